use super::*;

fn pieces(marked: &str) -> Vec<Piece> {
    let piece = |words: &str| {
        let (kind, words) = match (words.strip_prefix('-'), words.strip_prefix('+')) {
            (Some(removed), _) => (PieceKind::Removed, removed),
            (_, Some(added)) => (PieceKind::Added, added),
            _ => (PieceKind::Kept, words),
        };
        Piece { kind, words: words.to_owned() }
    };
    marked.split('|').map(piece).collect()
}

#[test]
fn what_is_altered_is_counted_in_words_and_moved_words_are_told_apart() {
    let words = |marked: &str| altered_words(&pieces(marked));
    assert_eq!(words("👮🏽‍♀️ zo'n|-twaalf|+veertien|“kranen”"), "altered: 1 word");
    assert_eq!(words("e\u{301}n|-oude kisten|staan"), "altered: 2 words");
    assert_eq!(words("-is|de haven|+is|open"), "altered: word order");
    assert_eq!(words("-is|de haven|+is|-dicht|+open."), "altered: word order, 1 word");
}

#[test]
fn an_alert_is_the_same_with_its_places_the_other_way_round() {
    assert_eq!(mirrored("a:3..9|b:1..4"), "b:1..4|a:3..9");
    assert_eq!(mirrored(&mirrored("a:3..9|")), "a:3..9|");
    assert_eq!(mirrored("no bar"), "no bar");
}

fn found(document: &str, marked: &str) -> Found {
    let place = |id: &str| Place { document: DocumentId::new(id), span: Span::new(10, 90).unwrap() };
    Found {
        here: place("letter"),
        there: Some(place(document)),
        level: Some(Level::Altered),
        is_set_phrase: false,
        pieces: pieces(marked),
        alerts: Vec::new(),
        quotation: None,
        agree: None,
    }
}

#[test]
fn documents_with_the_same_other_wording_are_named_and_whether_any_has_the_passages() {
    let mut all = [
        found("a", "het aantal|-bevestigingen|+bevragingen"),
        found("b", "een aantal|-bevestigingen|+bevragingen,"),
    ];
    note_agreement(&mut all);
    let agree = all[1].agree.as_ref().expect("both have it");
    assert_eq!(agree.words, ("bevragingen".to_owned(), "bevestigingen".to_owned()));
    assert_eq!((agree.documents.len(), agree.is_alone), (2, true));
    let kept = Found { level: Some(Level::Verbatim), ..found("c", "het aantal bevestigingen") };
    let mut with_kept = [all[0].clone(), all[1].clone(), kept];
    note_agreement(&mut with_kept);
    assert!(with_kept[0].agree.as_ref().is_some_and(|agree| !agree.is_alone));
    assert!(with_kept[2].agree.is_none());
    // One document alone says nothing of the passage's own copy.
    let mut one = [found("a", "het aantal|-bevestigingen|+bevragingen")];
    note_agreement(&mut one);
    assert!(one[0].agree.is_none());
}
