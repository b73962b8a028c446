use super::*;
use crate::edit::{Step, apply_step};
use crate::format::arbitrary;
use crate::format::import::{ForeignDocument, Unit};
use crate::model::{Scheme, SessionId, TagId};

const TEXT: &str = "👮🏽‍♀️ e\u{301} “quote”\nIt is so, they say.\nIt is not so.\n";

fn foreign() -> Foreign {
    let mut foreign = Foreign::default();
    foreign.documents.push(ForeignDocument {
        name: "letter.txt".to_owned(),
        text: Some(TEXT.replace('\n', "\r\n")),
        ..ForeignDocument::default()
    });
    let (claim, denial) = (foreign.tag("Claim"), foreign.tag("Counter claim"));
    let by = foreign.annotator("Ben");
    let tone = foreign.attribute("tone");
    for (name, quote, tag) in [("T1", "It is so", claim), ("T2", "It is not so.", denial.clone())] {
        let start = TEXT.find(quote).unwrap();
        let count = |end: usize| TEXT[..end].encode_utf16().count();
        let place = Claim::at(count(start)..count(start + quote.len()), Unit::Utf16, quote);
        let mut passage = ForeignPassage::new(name, 0, place, tag);
        passage.annotator = Some(by.clone());
        passage.attributes.insert(tone.clone(), "sharp “e\u{301}”".to_owned());
        foreign.passages.push(passage);
    }
    let lost = Claim { quote: Some("It was so".to_owned()), ..Claim::default() };
    foreign.passages.push(ForeignPassage::new("T3", 0, lost, denial));
    let denies = foreign.link_kind("denies");
    let link = |to| ForeignLink {
        id: None,
        kind: denies.clone(),
        from: 1,
        to,
        note: String::new(),
        annotator: None,
        created: None,
        modified: None,
    };
    foreign.links = vec![link(0), link(7)];
    foreign.notes.push("1 relation with three ends: left out".to_owned());
    foreign
}

fn empty() -> Session {
    Session::new(SessionId(uuid::Uuid::nil()), Timestamp::from_second(0))
}

fn taking(is_new: bool) -> Taking<'static> {
    Taking { annotator: None, otherwise: "brat", at: Timestamp::from_second(1_800_000_000), is_new }
}

fn apply(session: &mut Session, taken: &Taken) {
    let step = Step { label: "import".to_owned(), at: Timestamp::from_second(0), edits: taken.edits.clone() };
    apply_step(session, &step).unwrap();
    assert_eq!(session.problems(), []);
}

#[test]
fn every_passage_is_placed_or_named_with_the_reason() {
    let mut session = empty();
    let taken = take_in(&session, foreign(), taking(true));
    apply(&mut session, &taken);
    let report = &taken.report;
    assert_eq!((report.documents, report.placed, report.links, report.already), (1, 2, 1, 0));
    assert_eq!(report.summary(), "1 document, 2 passages and 1 link taken in, 1 not placed");
    assert_eq!(report.not_placed, ["T3 “It was so”: its words are not in the text"]);
    let left_out = [
        "1 relation with three ends: left out",
        "the link “denies” from T2 to nothing: one of its ends is not here",
    ];
    assert_eq!(report.left_out, left_out);
    let document = &session.documents[0];
    assert_eq!((document.text(), document.id.as_str()), (TEXT, "letter"));
    let quotes: Vec<&str> = session.annotations.values().map(|it| session.quote(it)).collect();
    assert!(
        ["It is so", "It is not so.", "It was so"].iter().all(|quote| quotes.contains(quote)),
        "{quotes:?}"
    );
    let denial = session.annotations.values().find(|it| session.quote(it) == "It is not so.").unwrap();
    assert_eq!(denial.tag, TagId::new("counter-claim"));
    assert_eq!(session.annotator_name(&denial.annotator), "Ben");
    assert_eq!(denial.attributes.values().collect::<Vec<_>>(), ["sharp “e\u{301}”"]);
    // Read again: all of it is known.
    let again = take_in(&session, foreign(), taking(false));
    assert_eq!((again.edits, again.report.already), (Vec::new(), 4));
}

#[test]
fn what_is_here_stays_and_names_meet() {
    let mut session = empty();
    let first = take_in(&session, foreign(), taking(true));
    apply(&mut session, &first);
    // Another person's, of the same text: they come beside those that are here.
    let hers = Taking { annotator: Some("Ada"), ..taking(false) };
    let taken = take_in(&session, foreign(), hers);
    apply(&mut session, &taken);
    assert_eq!((taken.report.documents, taken.report.placed, taken.report.scheme), (0, 2, 0));
    assert!(session.annotators.contains_key(&AnnotatorId::new("Ada")));
    assert_eq!(session.annotations.len(), 6);
    // A tag of the same name is that tag, and keeps its own definition.
    let mut tag_only = Foreign::default();
    let id = tag_only.tag("CLAIM");
    assert_eq!(id, TagId::new("claim"));
    tag_only.scheme.tags[0].definition = "theirs".to_owned();
    assert_eq!(take_in(&session, tag_only.clone(), taking(false)).report.scheme, 1);
    tag_only.documents.push(ForeignDocument { name: "LETTER.md".to_owned(), ..ForeignDocument::default() });
    let quote = Some("they say".to_owned());
    tag_only.passages.push(ForeignPassage::new("a", 0, Claim { quote, ..Claim::default() }, id));
    let taken = take_in(&session, tag_only, taking(false));
    apply(&mut session, &taken);
    assert_eq!(session.scheme.tag(&TagId::new("claim")).map(|tag| tag.definition.as_str()), Some(""));
    assert_eq!(taken.report.placed, 1, "the document was found by its name");
    assert_eq!(taken.report.converted, ["LETTER.md: 1 passage found by the words, not where the file says"]);
}

#[test]
fn a_document_that_is_not_here_is_said() {
    let mut foreign = foreign();
    foreign.documents[0].text = None;
    let taken = take_in(&arbitrary::session(3), foreign, taking(false));
    assert_eq!(taken.report.not_placed.len(), 3);
    assert!(
        taken.report.not_placed[0].ends_with("its document letter.txt is not here"),
        "{:?}",
        taken.report
    );
}

#[test]
fn a_scheme_alone_counts_and_records_for_a_new_session_are_told_elsewhere() {
    let mut alone = Foreign { scheme: Scheme::starter(), ..Foreign::default() };
    let (tags, kinds) = (alone.scheme.tags.len(), alone.scheme.link_kinds.len());
    assert_eq!(take_in(&empty(), alone.clone(), taking(true)).report.scheme, tags + kinds);
    assert_eq!(take_in(&empty(), alone.clone(), taking(false)).report, Report::default());
    let decision = crate::model::Decision {
        about: Vec::new(),
        seen: Vec::new(),
        verdict: crate::model::Verdict::Neither,
        outcome: Vec::new(),
        by: AnnotatorId::new("Ben"),
        at: Timestamp::from_second(0),
        reason: "e\u{301}".to_owned(),
        note: String::new(),
    };
    alone.when_new.push(Edit::SetDecisions(vec![decision.clone()]));
    assert_eq!(take_in(&empty(), alone.clone(), taking(false)).report.left_out.len(), 1);
    let has_it = Session { decisions: vec![decision], ..empty() };
    assert_eq!(take_in(&has_it, alone, taking(false)).report.left_out, [""; 0]);
}

#[test]
fn what_a_file_says_more_of_a_known_passage_is_told() {
    let mut session = empty();
    let first = take_in(&session, foreign(), taking(true));
    apply(&mut session, &first);
    let mut noted = foreign();
    noted.passages[1].note = "👮🏽‍♀️ e\u{301} “nader”".to_owned();
    let taken = take_in(&session, noted, taking(false));
    assert_eq!((taken.edits, taken.report.already), (Vec::new(), 4));
    let told = "T2 “It is not so.”: it is here already, and the file says more of it: left as it is";
    assert!(taken.report.left_out.contains(&told.to_owned()), "{:?}", taken.report.left_out);
}
