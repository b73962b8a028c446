//! The sample sessions are made from the documents in `assets/sample`: by hand they would drift apart. Those in
//! `assets/sample` stay as they are; their copies in `sessions` are there to be opened and worked on.
//!
//! `GAINSAY_WRITE_SAMPLE=1 cargo test --test it sample` writes them anew.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use gainsay::edit::{Edit, Step, apply_step};
use gainsay::format::{decode, session};
use gainsay::model::{
    Actor, ActorId, ActorKind, Anchor, Annotation, AnnotationId, Annotator, AnnotatorId, DocumentId,
    DocumentInfo, FixedStamps, Link, LinkId, LinkKindId, PartialDate, Presentation, Reading, ReadingStatus,
    Session, SessionId, SessionInfo, Span, Stamps as _, Statement, StatementId, TagId,
};
use serde_json::Value;

/// The nth (from 1) occurrence of a quote.
fn find(text: &str, quote: &str, occurrence: usize) -> Span {
    let start =
        text.match_indices(quote).nth(occurrence - 1).unwrap_or_else(|| panic!("not there: {quote}")).0;
    Span::new(start, start + quote.len()).unwrap()
}

fn words(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn build(annotator: &str, series: u32) -> Session {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample");
    let json: Value =
        serde_json::from_str(&std::fs::read_to_string(folder.join("annotations.json")).unwrap()).unwrap();
    // 2031-06-18T08:00:00Z and a day later
    let mut stamps = FixedStamps::new(1_939_536_000 + i64::from(series) * 86_400, series);
    let mut session = Session::new(SessionId(stamps.id()), stamps.now());
    let me = AnnotatorId::new(annotator);
    let mut edits = vec![
        Edit::SetInfo(SessionInfo { title: words(&json["title"]), note: String::new() }),
        Edit::PutAnnotator(me.clone(), Annotator { name: annotator.to_owned(), note: String::new() }),
    ];
    for actor in json["actors"].as_array().unwrap() {
        let kind = if actor["kind"] == "person" { ActorKind::Person } else { ActorKind::Organization };
        let id = ActorId::new(words(&actor["id"]));
        edits.push(Edit::PutActor(Arc::new(Actor {
            id,
            name: words(&actor["name"]),
            kind,
            note: String::new(),
        })));
    }
    // Statements are shared by both sessions, so their ids are too.
    let mut shared = FixedStamps::new(1_939_536_000, 9);
    let mut statements = BTreeMap::new();
    for (order, statement) in json["statements"].as_array().unwrap().iter().enumerate() {
        let id = StatementId(shared.id());
        statements.insert(words(&statement["id"]), id);
        edits.push(Edit::PutStatement(Arc::new(Statement {
            id,
            name: words(&statement["name"]),
            definition: String::new(),
            note: String::new(),
            date: PartialDate::default(),
            group: String::new(),
            order: order as u32,
        })));
    }
    let mut texts = BTreeMap::new();
    let names = ["council-letter.md", "bode.txt", "herald.txt", "press-release.md"];
    for (at, name) in names.into_iter().enumerate() {
        let decoded = decode::decode(&std::fs::read(folder.join(name)).unwrap(), None).unwrap();
        let id = DocumentId::new(name.split('.').next().unwrap());
        let mut document = decode::document(decoded, Some(name), stamps.now(), id.clone());
        let metadata = &json["metadata"][name];
        let mut info = DocumentInfo::clone(&document.info);
        info.metadata.title = words(&metadata["title"]);
        info.metadata.title_short = words(&metadata["short"]);
        info.metadata.author = words(&metadata["author"]);
        info.metadata.container_title = words(&metadata["container_title"]);
        info.metadata.issued = PartialDate::new(metadata["issued"].as_str().unwrap_or_default());
        info.metadata.genre = words(&metadata["genre"]);
        info.metadata.language = words(&metadata["language"]);
        for range in json["furniture"][name].as_array().into_iter().flatten() {
            let occurrence = range["occurrence"].as_u64().unwrap_or(1) as usize;
            info.furniture.push(find(document.text(), range["quote"].as_str().unwrap(), occurrence));
        }
        info.furniture.sort();
        info.reading.insert(me.clone(), Reading { status: ReadingStatus::Done, at: stamps.now() });
        assert_eq!(
            info.presentation,
            if name.ends_with(".md") { Presentation::Markdown } else { Presentation::Plain },
            "{name}"
        );
        document.info = Arc::new(info);
        texts.insert(name, (id, document.text().to_owned()));
        edits.push(Edit::AddDocument { at, document: Arc::new(document) });
    }
    let mut ids = Vec::new();
    for mark in json["annotators"][annotator].as_array().unwrap() {
        let (document, text) = &texts[mark["document"].as_str().unwrap()];
        let occurrence = mark["occurrence"].as_u64().unwrap_or(1) as usize;
        let id = AnnotationId(stamps.id());
        ids.push(id);
        let at = stamps.now();
        let span = find(text, mark["quote"].as_str().unwrap(), occurrence);
        let anchor = Anchor::Placed { document: document.clone(), span };
        let annotation = Annotation {
            note: words(&mark["note"]),
            unsure: mark["unsure"] == true,
            statement: mark["statement"].as_str().map(|id| statements[id]),
            voice: mark["voice"].as_array().into_iter().flatten().map(|id| ActorId::new(words(id))).collect(),
            ..Annotation::new(id, anchor, TagId::new(words(&mark["tag"])), me.clone(), at)
        };
        edits.push(Edit::PutAnnotation(Arc::new(annotation)));
    }
    for link in json["links"].as_array().unwrap().iter().filter(|link| link["annotator"] == annotator) {
        let end = |name: &str| ids[link[name].as_u64().unwrap() as usize];
        let at = stamps.now();
        edits.push(Edit::PutLink(Arc::new(Link {
            id: LinkId(stamps.id()),
            kind: LinkKindId::new(words(&link["kind"])),
            from: end("from"),
            to: end("to"),
            note: String::new(),
            annotator: me.clone(),
            created: at,
            modified: at,
        })));
    }
    let step = Step { label: "make the sample".to_owned(), at: stamps.now(), edits };
    apply_step(&mut session, &step).unwrap();
    assert_eq!(session.problems(), vec![]);
    session
}

#[test]
fn the_sample_sessions_are_what_the_sample_documents_make() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    for (file, annotator, series) in [("harbour.ron", "E. Vos", 1), ("harbour-adan.ron", "R. Adan", 2)] {
        let written = session::write(&build(annotator, series));
        if std::env::var_os("GAINSAY_WRITE_SAMPLE").is_some() {
            std::fs::write(root.join("assets/sample").join(file), &written).unwrap();
            std::fs::write(root.join("sessions").join(file), &written).unwrap();
        }
        let there = std::fs::read_to_string(root.join("assets/sample").join(file)).unwrap();
        assert!(there == written, "{file} is not what assets/sample makes; see the head of this test");
        let read = session::read(there.as_bytes()).unwrap();
        assert!(read.notices.is_empty());
        assert_eq!(read.session, build(annotator, series));

        // The one in `sessions` is there to be worked on: whatever was done to it, it is a session.
        let worked_on = session::read(&std::fs::read(root.join("sessions").join(file)).unwrap()).unwrap();
        assert_eq!(worked_on.session.id, read.session.id);
    }
}
