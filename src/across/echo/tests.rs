use super::*;

/// Begins every text, so that no offset is one of ASCII.
const HEAD: &str = "👮🏽‍♀️ Cafe\u{301} “Zee”.\n\n";

/// An index of texts named a, b, c…
fn index(texts: &[&str]) -> Index {
    let mut index = Index::default();
    for (at, text) in texts.iter().enumerate() {
        let id = DocumentId::new(char::from(b'a' + at as u8).to_string());
        index.put_text(&id, format!("{HEAD}{text}").into(), true, &[]);
    }
    index
}

fn quote<'a>(index: &'a Index, place: &Place) -> &'a str {
    let document = index.document(index.slot(&place.document).unwrap()).unwrap();
    place.span.of(&document.text).unwrap()
}

/// Level and both quotes of all pairs.
fn pairs(index: &Index) -> Vec<(Level, &str, &str)> {
    let options = Options { statements: false, set_phrases: false };
    let found = all_pairs(index, &options);
    found
        .iter()
        .map(|it| (it.level, quote(index, &it.a), quote(index, &it.b)))
        .map(|(level, a, b)| (level, &*a.to_owned().leak(), &*b.to_owned().leak()))
        .collect()
}

const SOURCE: &str =
    "De griffier telde gisteren zeventien verzegelde kisten in de kelder van het oude pakhuis.";

#[test]
fn the_same_words_are_found_whatever_their_dress() {
    let dressed = "Volgens haar is dat zo: “de Griffier telde giste\u{AD}ren **17** verzegelde kis-\nten in de kelder van \
        het [oude pakhuis](https://voorbeeld.nl/pakhuis)”, aldus de krant.";
    let index = index(&[SOURCE, dressed, "Iets heel anders over appels en peren op de markt."]);
    let found = pairs(&index);
    let expected = (
        Level::Verbatim,
        SOURCE.trim_end_matches('.'),
        "de Griffier telde giste\u{AD}ren **17** verzegelde kis-\nten in de kelder van het [oude pakhuis",
    );
    assert_eq!(found, [expected]);
}

#[test]
fn words_may_be_put_in_left_out_moved_and_numbers_changed() {
    let altered = "In de kelder van het oude pakhuis telde de griffier gisteren slechts twaalf verzegelde kisten, zei hij.";
    let found = index(&[SOURCE, altered]);
    let found = pairs(&found);
    assert_eq!(found.len(), 1, "{found:?}");
    assert_eq!(found[0].0, Level::Altered);
    assert!(found[0].2.contains("verzegelde kisten") && found[0].2.starts_with("In de kelder"), "{found:?}");
}

#[test]
fn what_stands_everywhere_is_no_echo_unless_asked_for() {
    let says = |what: &str| {
        format!("De voorzitter van de commissie voor ruimtelijke ordening en visserij zei {what}.")
    };
    let texts = [
        "dat het regent",
        "niets te weten",
        "te gaan",
        "moe te zijn",
        "geen bezwaar te hebben",
        "ja",
        "nee toch",
        "het",
    ]
    .map(says);
    let index = index(&texts.each_ref().map(String::as_str));
    assert_eq!(pairs(&index), []);
    let all = all_pairs(&index, &Options { statements: false, set_phrases: true });
    assert!(!all.is_empty() && all.iter().all(|it| it.is_set_phrase));
}

#[test]
fn echoes_of_a_passage_leave_the_rest_of_the_document_alone() {
    let other = "Het bestuur wees elf aanvragen voor vergunningen langs de spoordijk zonder motivering af.";
    let index = index(&[&format!("{SOURCE} {other}"), &format!("{other} Zo is dat.\n\n{SOURCE}")]);
    let document = index.document(0).unwrap();
    let at = document.text.find("verzegelde").unwrap();
    let passage = Span::new(document.text.find("De griffier").unwrap(), at + 30).unwrap();
    let found = echoes_of(&index, &DocumentId::new("a"), passage, &Options::default());
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(quote(&index, &found[0].b).starts_with("De griffier telde gisteren"));
}

#[test]
fn a_paraphrase_with_hardly_a_row_of_the_same_words_is_not_called_altered() {
    for (source, other) in [
        (
            SOURCE,
            "Verzegelde kisten, zeventien volgens de griffier, stonden gisteren in het pakhuis, een oude kelder.",
        ),
        (
            "The harbor master measured poisonous dust on the eastern quay after the ammonia leak on Sunday.",
            "After Sunday, ammonia and a leak, dust that is poisonous: the eastern harbor, a quay its master measured.",
        ),
    ] {
        let index = index(&[source, other]);
        let found = all_pairs(&index, &Options::default());
        assert!(found.iter().all(|it| it.level == Level::Statement), "{found:?}");
    }
}

#[test]
fn an_echo_stays_within_the_quotation_it_stands_in() {
    let report = "“De griffier telde gisteren nog zeventien kisten in de kelder van een pakhuis”, schrijft Anna Vos aan Bert.";
    let index = index(&[SOURCE, report]);
    let found = pairs(&index);
    assert_eq!(found.len(), 1, "{found:?}");
    assert!(found[0].2.ends_with("pakhuis"), "{found:?}");
}

#[test]
fn fragments_put_together_between_quotation_marks_are_both_found() {
    let other = "Buiten stonden drie vrachtwagens te wachten op een vergunning die er nooit kwam. Daarna ging men naar huis.";
    let far = "Zo was het die dag en ook de dag erna, toen er weer regen viel op het land en de zee.";
    let report =
        "Dit schreef men: “telde gisteren zeventien verzegelde […] op een vergunning die er nooit kwam”.";
    let index = index(&[&format!("{SOURCE} {far} {other}"), report]);
    let found = pairs(&index);
    let quotes: Vec<&str> = found.iter().map(|it| it.2).collect();
    assert_eq!(
        quotes,
        ["telde gisteren zeventien verzegelde", "op een vergunning die er nooit kwam"],
        "{found:?}"
    );
}

#[test]
fn what_stands_before_that_and_doubts_it_belongs_to_an_echo() {
    let report = "Seventeen sealed crates were taken from the cellar of the old warehouse, the paper says.";
    for source in [
        "It is possible, although it can no longer be shown, that seventeen sealed crates were taken from the cellar of the old \
         warehouse.",
        "It is not true, as we have said before, that seventeen sealed crates were taken from the cellar of the old warehouse.",
    ] {
        let index = index(&[source, report]);
        let found = all_pairs(&index, &Options::default());
        assert_eq!(found.len(), 1, "{found:?}");
        assert_eq!(quote(&index, &found[0].a), source.trim_end_matches('.'));
        let told = crate::across::alerts::alerts(&index, &found[0].a, &found[0].b);
        assert!(!told.is_empty(), "{source}");
    }
}

#[test]
fn an_office_is_no_echo_where_one_document_writes_it_with_capitals() {
    let found = index(&[
        "Rosalind Obi, keeper emeritus of Eastern Harbor Works Company, went home on a cold day when the rain came in and all that was left to do was \
         to carry the chairs back into the shed behind the gate.",
        "A plate hung there for Rosalind Obi, Keeper Emeritus of Eastern Harbor Works Company; and nobody ever read it, though the \
         children who played ball in the yard threw their coats over it each summer.",
    ]);
    assert_eq!(pairs(&found), []);
}

#[test]
fn a_sentence_that_all_documents_quote_is_no_set_phrase() {
    let said = "An hour more of sleep at night is for a ferryman no small thing.";
    let other = [
        "The ferry sails at nine.",
        "Ropes were dear in March.",
        "A goat fell in the water.",
        "The bell was cast anew.",
        "Snow lay on the pier.",
    ];
    let mut texts: Vec<String> =
        other.iter().map(|it| format!("{it} “{said}” Of sleep at night nothing more. {it}")).collect();
    texts.push(format!("The paper says: “{}”", said.replace("no small", "a small")));
    let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
    let index = index(&texts);
    let found = pairs(&index);
    let turned =
        found.iter().filter(|(level, _, b)| *level == Level::Altered && b.contains("a small")).count();
    assert_eq!(turned, 5, "{found:?}");
}
