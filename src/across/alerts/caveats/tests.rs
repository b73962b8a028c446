use std::sync::Arc;

use super::*;
use crate::model::{
    Anchor, AnnotatorId, Document, DocumentId, DocumentInfo, ImportRecord, Link, LinkId, LinkKindId,
    Metadata, PartialDate, SessionId, Source, StatementId, Timestamp,
};

const CLAIM: &str = "The clerk counted seventeen sealed crates in the cellar of the old warehouse.";
const CAVEAT_WORDS: &str = "These figures are provisional and were never validated by an inspector.";

fn at() -> Timestamp {
    "2026-01-01T00:00:00Z".parse().unwrap()
}

fn document(id: &str, date: &str, text: &str) -> Arc<Document> {
    let import = ImportRecord { name: id.to_owned(), ..ImportRecord::of_text(text, at()) };
    let metadata = Metadata { issued: PartialDate::new(date), ..Metadata::default() };
    Arc::new(Document {
        id: DocumentId::new(id),
        source: Arc::new(Source::new(format!("👮🏽‍♀️ Cafe\u{301} “Zee”.\n\n{text}"), import)),
        info: Arc::new(DocumentInfo { metadata, ..DocumentInfo::default() }),
    })
}

fn place(session: &Session, id: &str, words: &str) -> Place {
    let document = session.document(&DocumentId::new(id)).unwrap();
    let start = document.text().find(words).unwrap();
    Place { document: document.id.clone(), span: Span::new(start, start + words.len()).unwrap() }
}

fn mark(session: &mut Session, number: u128, words: &str, tag: &str, statement: Option<u128>) {
    let place = place(session, "source", words);
    let annotation = Annotation {
        changes: Vec::new(),
        id: AnnotationId(uuid::Uuid::from_u128(number)),
        anchor: Anchor::Placed { document: place.document, span: place.span },
        tag: TagId::new(tag),
        note: String::new(),
        unsure: false,
        attributes: Default::default(),
        statement: statement.map(|it| StatementId(uuid::Uuid::from_u128(it))),
        voice: Vec::new(),
        comments: Vec::new(),
        annotator: AnnotatorId::new("vos"),
        created: at(),
        modified: at(),
        provenance: None,
    };
    session.annotations.insert(annotation.id, Arc::new(annotation));
}

/// A source with a claim and, `between` them other words, its caveat; and a report.
fn dossier(between: &str, report: &str, dates: [&str; 2]) -> Session {
    let mut session = Session::new(SessionId(uuid::Uuid::nil()), at());
    session.documents = vec![
        document("report", dates[1], report),
        document("source", dates[0], &format!("{CLAIM} {between}{CAVEAT_WORDS} Rain fell.")),
    ];
    session
}

fn told(session: &Session) -> Vec<(String, String)> {
    let index = Index::of_session(session);
    let (source, echo) = (place(session, "source", CLAIM), place(session, "report", CLAIM));
    let found = caveats(session, &index, &source, &echo);
    found.iter().map(|it| (it.kind().to_owned(), it.words())).collect()
}

fn one(kind: &str, words: &str) -> Vec<(String, String)> {
    vec![(kind.to_owned(), words.to_owned())]
}

const DROPPED: &str = "The harbor was quiet. A dog barked.";

fn linked(between: &str, report: &str, dates: [&str; 2]) -> Session {
    let mut session = dossier(between, report, dates);
    mark(&mut session, 1, CLAIM, "claim", None);
    mark(&mut session, 2, CAVEAT_WORDS, "caveat", None);
    let link = Link {
        id: LinkId(uuid::Uuid::from_u128(3)),
        kind: LinkKindId::new("qualifies"),
        from: AnnotationId(uuid::Uuid::from_u128(2)),
        to: AnnotationId(uuid::Uuid::from_u128(1)),
        note: String::new(),
        annotator: AnnotatorId::new("vos"),
        created: at(),
        modified: at(),
    };
    session.links.insert(link.id, Arc::new(link));
    session
}

#[test]
fn a_linked_caveat_that_the_report_lacks_was_dropped() {
    let report = format!("{CLAIM} {DROPPED}");
    let far = "The mayor was abroad. Nobody had asked him. ";
    let session = linked(far, &report, ["2021-03-01", "2021-03-02"]);
    assert_eq!(told(&session), one(KIND, "caveat not found in this document"));
}

#[test]
fn a_caveat_further_down_is_carried_in_its_paragraph() {
    let report = format!("{CLAIM}\n\n{DROPPED}\n\nStill: {CAVEAT_WORDS}");
    let session = linked("", &report, ["2021-03-01", "2021-03-02"]);
    // The heading with the marks is the first paragraph.
    assert_eq!(told(&session), one(KIND_CARRIED, "caveat carried in ¶ 4"));
}

#[test]
fn what_is_dated_before_the_source_cannot_have_dropped_its_caveat() {
    let report = format!("{CLAIM} {DROPPED}");
    assert_eq!(told(&linked("", &report, ["2021-03-02", "2021-03-01"])), []);
    let words = "caveat not found in this document; which is earlier is not known: a date is missing";
    assert_eq!(told(&linked("", &report, ["2021-03-02", ""])), one(KIND, words));
}

#[test]
fn a_caveat_in_the_next_sentence_under_the_same_statement_needs_no_link() {
    let report = format!("{CLAIM} {DROPPED}");
    let session = |between: &str, statements: [Option<u128>; 2]| {
        let mut session = dossier(between, &report, ["2021", "2022"]);
        mark(&mut session, 1, CLAIM, "claim", statements[0]);
        mark(&mut session, 2, CAVEAT_WORDS, "caveat", statements[1]);
        session
    };
    let dropped = one(KIND, "caveat not found in this document");
    assert_eq!(told(&session("", [Some(7), Some(7)])), dropped);
    assert_eq!(told(&session("", [Some(7), Some(8)])), [], "another statement");
    assert_eq!(told(&session("", [None, None])), [], "no statement");
    let far = "The mayor was abroad that week. Nobody had asked him. ";
    assert_eq!(told(&session(far, [Some(7), Some(7)])), [], "further down");
}
