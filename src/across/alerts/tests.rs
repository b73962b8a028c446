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

#[test]
fn capitals_of_common_words_at_the_beginning_of_a_sentence_are_no_names() {
    for (source, report) in [
        (
            "Gisteren telde de griffier van Haven twaalf verzegelde kisten in de kelder van het pakhuis.",
            "Woensdag telde de griffier van Haven twaalf verzegelde kisten in de kelder van het pakhuis.",
        ),
        (
            "Burgemeester Vos telde twaalf verzegelde kisten in de kelder van het pakhuis, zei Bert Vos.",
            "Wethouder Vos telde twaalf verzegelde kisten in de kelder van het pakhuis, zei Bert Vos.",
        ),
        (
            "Councillor Price counted twelve sealed crates in the cellar. Many were wet, he told the other councillor.",
            "Mayor Price counted twelve sealed crates in the cellar. Several were wet, he told the other councillor.",
        ),
    ] {
        assert_eq!(alerted(source, report), [], "{report}");
    }
}

#[test]
fn a_verb_of_denial_in_one_of_two_loose_sentences_is_no_alert() {
    for (source, report) in [
        (
            "De havenmeester ontkent dat de oude kraan vorige week zonder toezicht een lading kolen heeft gelost.",
            "De oude kraan krijgt een nieuwe arm en de havenmeester is blij met de schilder uit het dorp.",
        ),
        (
            "The permit forbids the shipping company to store ammonia in the northern shed after the first frost.",
            "The shipping company painted the northern shed green and gave the crew a day at the seaside.",
        ),
    ] {
        assert_eq!(alerted(source, report), [], "{report}");
    }
    // Where all else agrees, it is told, and not as a negation.
    assert_eq!(
        alerted(
            "De havenmeester ontkent dat de kraan kolen heeft gelost.",
            "De havenmeester bevestigt dat de kraan kolen heeft gelost."
        ),
        [(Kind::Polarity, owned(&["ontkent"]), owned(&[]))]
    );
}

#[test]
fn the_number_of_a_paragraph_counts_nothing() {
    let report = "the clerk of Haven counted twelve sealed crates in the cellar of the old warehouse.";
    let upper = report.replacen("the clerk", "The clerk", 1);
    for label in ["2.3 ", "14. ", "4) "] {
        assert_eq!(alerted(&format!("x\n\n{label}{upper}"), &format!("y\n\n{report}")), [], "{label}");
    }
    assert_eq!(
        alerted(&format!("x\n\n14 sealed {report}"), &format!("x\n\n12 sealed {report}")),
        [(Kind::Number, owned(&["14"]), owned(&["12"]))]
    );
}

#[test]
fn a_clause_that_was_left_out_turns_nothing() {
    for (source, report) in [
        (
            "Visitors were not told for five weeks, which was neither fair nor clever.",
            "We admit that visitors were not told for five weeks.",
        ),
        (
            "The survey took a year and was made by four divers, none of whom lives in Haven.",
            "The survey was made by four divers and took a year.",
        ),
    ] {
        assert_eq!(alerted(source, report), [], "{report}");
    }
}

#[test]
fn a_doubt_is_missed_where_the_rest_of_the_sentence_was_left_out_too() {
    assert_eq!(
        alerted(
            "De oorzaak is vermoedelijk roest in de ketel, maar de keuring door de havendienst is nog niet gedaan.",
            "De oorzaak is roest in de ketel."
        ),
        [(Kind::Hedge, owned(&["vermoedelijk"]), owned(&[]))]
    );
    assert_eq!(
        alerted(
            "Naar verwachting zijn alle sluizen voor de winter dicht.",
            "Alle sluizen zijn voor de winter dicht."
        ),
        [(Kind::Hedge, owned(&["verwachting"]), owned(&[]))]
    );
}
