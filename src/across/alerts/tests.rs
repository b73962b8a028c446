use super::*;
use crate::model::{DocumentId, Span};

/// The alerts between two texts, as kind and words.
fn alerted(one: &str, two: &str) -> Vec<(Kind, Vec<String>, Vec<String>)> {
    let mut index = Index::default();
    let head = "👮🏽‍♀️ e\u{301} “x” ";
    let mut place = |id: &str, text: &str| {
        let text = format!("{head}{text}");
        let span = Span::new(head.len(), text.len()).unwrap();
        index.put_text(&DocumentId::new(id), text.clone().into(), true, &[]);
        (Place { document: DocumentId::new(id), span }, text)
    };
    let ((a, one), (b, two)) = (place("a", one), place("b", two));
    let words = |places: &[Place], text: &str| {
        places.iter().map(|it| it.span.of(text).unwrap().to_owned()).collect::<Vec<_>>()
    };
    let all = alerts(&index, &a, &b);
    all.iter().map(|it| (it.kind, words(&it.only_a, &one), words(&it.only_b, &two))).collect()
}

fn owned(words: &[&str]) -> Vec<String> {
    words.iter().map(|it| (*it).to_owned()).collect()
}

#[test]
fn numbers_names_negations_and_hedges_are_told() {
    let source = "The clerk of Haven counted 12 sealed crates but the mayor may not open them.";
    for (report, expected) in [
        (
            "The clerk of Haven counted 14 sealed crates but the mayor may not open them.",
            (Kind::Number, owned(&["12"]), owned(&["14"])),
        ),
        (
            "The clerk of Dorp counted twelve sealed crates but the mayor may not open them.",
            (Kind::Name, owned(&["Haven"]), owned(&["Dorp"])),
        ),
        (
            "The clerk of Haven counted 12 sealed crates but the mayor may open them.",
            (Kind::Negation, owned(&["not"]), owned(&[])),
        ),
        (
            "The clerk of Haven counted 12 sealed crates but the mayor did not open them.",
            (Kind::Hedge, owned(&["may"]), owned(&[])),
        ),
    ] {
        assert_eq!(alerted(source, report), [expected], "{report}");
    }
}

#[test]
fn what_was_moved_or_dressed_otherwise_is_no_change() {
    assert_eq!(
        alerted(
            "Het college telde 12 kisten, niet in Haven.",
            "Niet in Haven telde het college twaalf kisten."
        ),
        []
    );
    assert_eq!(alerted("Geen kist ging open.", "Een kist ging niet open."), []);
}

#[test]
fn a_longer_place_is_no_change_of_number() {
    assert_eq!(alerted("Er waren 12 kisten.", "Er waren 12 kisten, in 1999 gebracht."), []);
}

#[test]
fn one_negation_lost_and_one_put_in_are_two_changes() {
    let source =
        "The clerk did not open the crates in the cellar. The mayor read the letter from the harbor.";
    let report =
        "The clerk did open the crates in the cellar. The mayor never read the letter from the harbor.";
    assert_eq!(alerted(source, report), [(Kind::Negation, owned(&["not"]), owned(&["never"]))]);
}

#[test]
fn what_one_place_says_besides_turns_nothing() {
    let source = "The clerk counted twelve crates in the cellar of the warehouse.";
    let report = format!("{source} Nobody had seen any horses nor heard music on Thursday.");
    assert_eq!(alerted(source, &report), []);
}

#[test]
fn a_name_that_begins_a_sentence_is_a_name() {
    assert_eq!(
        alerted(
            "Anna Vos counted twelve crates in the cellar of the old warehouse by the harbor, said Bert Vos.",
            "Berta Vos counted twelve crates in the cellar of the old warehouse by the harbor, said Bert Vos."
        ),
        [(Kind::Name, owned(&["Anna"]), owned(&["Berta"]))]
    );
}
