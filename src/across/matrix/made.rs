//! Sessions for the tests of this layer, written in the notation of [`crate::text::notation`].

use std::sync::Arc;

use uuid::Uuid;

use crate::edit::{Edit, apply};
use crate::model::{
    Actor, ActorId, ActorKind, Anchor, Annotation, AnnotationId, Annotator, AnnotatorId, Document,
    DocumentId, DocumentInfo, ImportRecord, PartialDate, Reading, ReadingStatus, Session, SessionId, Source,
    Statement, StatementId, TagId, Timestamp,
};
use crate::text::notation::parse;

/// Stands before each text: it counts differently in bytes, code points and clusters.
const HARD: &str = "👮🏽‍♀️ e\u{301} “vooraf”. ";

pub(crate) fn id(number: u32) -> AnnotationId {
    AnnotationId(Uuid::from_u128(u128::from(number)))
}

pub(crate) fn statement_id(number: u32) -> StatementId {
    StatementId(Uuid::from_u128(u128::from(number) << 64))
}

/// A session of one annotator with these documents, none of them read. Annotations are numbered from 1 on.
pub(crate) fn dossier(documents: &[(&str, &str)]) -> Session {
    let (by, at) = (AnnotatorId::new("vos"), Timestamp::from_second(1));
    let mut session = Session::new(SessionId(Uuid::from_u128(1)), at);
    put(
        &mut session,
        Edit::PutAnnotator(by.clone(), Annotator { name: "E. Vos".into(), note: String::new() }),
    );
    let mut number = 0;
    for (nth, (name, notation)) in documents.iter().enumerate() {
        let (text, spans) = parse(&format!("{HARD}{notation}"));
        put(&mut session, Edit::AddDocument { at: nth, document: document(name, &text) });
        for (tag, span) in spans {
            number += 1;
            let anchor = Anchor::Placed { document: DocumentId::new(name), span };
            let annotation = Annotation::new(id(number), anchor, TagId::new(tag), by.clone(), at);
            put(&mut session, Edit::PutAnnotation(Arc::new(annotation)));
        }
    }
    session
}

fn document(id: &str, text: &str) -> Arc<Document> {
    let import =
        ImportRecord { name: id.to_owned(), ..ImportRecord::of_text(text, Timestamp::from_second(0)) };
    let source = Arc::new(Source::new(text, import));
    Arc::new(Document { id: DocumentId::new(id), source, info: Arc::default() })
}

pub(crate) fn put(session: &mut Session, edit: Edit) {
    apply(session, &edit).unwrap();
}

pub(crate) fn statement(session: &mut Session, number: u32, name: &str, group: &str, order: u32) {
    let statement = Statement {
        id: statement_id(number),
        name: name.to_owned(),
        definition: String::new(),
        note: String::new(),
        date: PartialDate::default(),
        group: group.to_owned(),
        order,
    };
    put(session, Edit::PutStatement(Arc::new(statement)));
}

fn change(session: &mut Session, number: u32, how: impl FnOnce(&mut Annotation)) {
    let mut annotation = Annotation::clone(&session.annotations[&id(number)]);
    how(&mut annotation);
    put(session, Edit::PutAnnotation(Arc::new(annotation)));
}

/// Puts a passage under a statement.
pub(crate) fn about(session: &mut Session, number: u32, statement: u32) {
    change(session, number, |annotation| annotation.statement = Some(statement_id(statement)));
}

/// Says who speaks, outermost first.
pub(crate) fn speak(session: &mut Session, number: u32, voice: &[&str]) {
    for name in voice {
        let kind = ActorKind::Person;
        let actor = Actor { id: ActorId::new(name), name: (*name).to_owned(), kind, note: String::new() };
        put(session, Edit::PutActor(Arc::new(actor)));
    }
    change(session, number, |annotation| annotation.voice = voice.iter().map(ActorId::new).collect());
}

fn info(session: &mut Session, document: &str, how: impl FnOnce(&mut DocumentInfo)) {
    let id = DocumentId::new(document);
    let mut info = DocumentInfo::clone(&session.document(&id).unwrap().info);
    how(&mut info);
    put(session, Edit::SetDocumentInfo { id, info: Arc::new(info) });
}

pub(crate) fn dated(session: &mut Session, document: &str, date: &str) {
    info(session, document, |info| info.metadata.issued = PartialDate::new(date));
}

pub(crate) fn read(session: &mut Session, document: &str, status: ReadingStatus) {
    let reading = Reading { status, at: Timestamp::from_second(9) };
    info(session, document, |info| {
        info.reading.insert(AnnotatorId::new("vos"), reading);
    });
}
