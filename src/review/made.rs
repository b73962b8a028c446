//! Sessions for the tests of this layer, written in the notation of [`crate::text::notation`].

use std::sync::Arc;

use uuid::Uuid;

use crate::edit::{Edit, apply};
use crate::model::{
    Anchor, Annotation, AnnotationId, Annotator, AnnotatorId, Document, DocumentId, DocumentInfo,
    ImportRecord, Link, LinkId, LinkKindId, Metadata, PartialDate, Reading, ReadingStatus, Session,
    SessionId, Source, Span, Statement, StatementId, TagId, Timestamp,
};
use crate::text::notation::parse;

/// Puts something that counts differently in bytes, code points and clusters before a text.
pub(crate) const HARD: &str = "👮🏽‍♀️ e\u{301} “vooraf”. ";

pub(crate) fn id(number: u32) -> AnnotationId {
    AnnotationId(Uuid::from_u128(u128::from(number)))
}

pub(crate) fn statement_id(number: u32) -> StatementId {
    StatementId(Uuid::from_u128(u128::from(number) << 64))
}

pub(crate) fn document(id: &str, title: &str, text: &str) -> Arc<Document> {
    let import = ImportRecord {
        file_name: Some(format!("{id}.txt")),
        ..ImportRecord::of_text(text, Timestamp::from_second(0))
    };
    let metadata = Metadata { title: title.to_owned(), ..Metadata::default() };
    let info = DocumentInfo { metadata, ..DocumentInfo::default() };
    Arc::new(Document {
        id: DocumentId::new(id),
        source: Arc::new(Source::new(text, import)),
        info: Arc::new(info),
    })
}

/// A session of one annotator, with one document for each `(id, notation)`. Annotations are numbered from
/// `series * 100 + 1` on, in the order of the notation; all documents are done.
pub(crate) fn session(annotator: &str, series: u32, documents: &[(&str, &str)]) -> Session {
    let by = AnnotatorId::new(annotator);
    let at = Timestamp::from_second(i64::from(series) * 1_000);
    let mut session = Session::new(SessionId(Uuid::from_u128(u128::from(series) << 96)), at);
    put(
        &mut session,
        Edit::PutAnnotator(by.clone(), Annotator { name: annotator.to_owned(), note: String::new() }),
    );
    let mut number = series * 100;
    for (nth, (name, notation)) in documents.iter().enumerate() {
        let (text, spans) = parse(&format!("{HARD}{notation}"));
        put(&mut session, Edit::AddDocument { at: nth, document: document(name, name, &text) });
        set_reading(&mut session, name, annotator, ReadingStatus::Done);
        for (tag, span) in spans {
            number += 1;
            let anchor = Anchor::Placed { document: DocumentId::new(name), span };
            let annotation = Annotation::new(id(number), anchor, TagId::new(tag), by.clone(), at);
            put(&mut session, Edit::PutAnnotation(Arc::new(annotation)));
        }
    }
    session
}

pub(crate) fn put(session: &mut Session, edit: Edit) {
    apply(session, &edit).unwrap();
}

pub(crate) fn set_reading(session: &mut Session, document: &str, annotator: &str, status: ReadingStatus) {
    let id = DocumentId::new(document);
    let mut info = DocumentInfo::clone(&session.document(&id).unwrap().info);
    info.reading.insert(AnnotatorId::new(annotator), Reading { status, at: Timestamp::from_second(9) });
    put(session, Edit::SetDocumentInfo { id, info: Arc::new(info) });
}

pub(crate) fn add_statement(session: &mut Session, number: u32, name: &str) {
    put(
        session,
        Edit::PutStatement(Arc::new(Statement {
            id: statement_id(number),
            name: name.to_owned(),
            definition: String::new(),
            note: String::new(),
            date: PartialDate::default(),
            group: String::new(),
            order: 0,
        })),
    );
}

/// Changes an annotation.
pub(crate) fn change(session: &mut Session, number: u32, how: impl FnOnce(&mut Annotation)) {
    let mut annotation = Annotation::clone(&session.annotations[&id(number)]);
    how(&mut annotation);
    put(session, Edit::PutAnnotation(Arc::new(annotation)));
}

pub(crate) fn link(session: &mut Session, number: u32, kind: &str, from: u32, to: u32) {
    let annotator = session.annotators.keys().next().unwrap().clone();
    let at = Timestamp::from_second(3);
    put(
        session,
        Edit::PutLink(Arc::new(Link {
            id: LinkId(Uuid::from_u128(u128::from(number) << 32)),
            kind: LinkKindId::new(kind),
            from: id(from),
            to: id(to),
            note: String::new(),
            annotator,
            created: at,
            modified: at,
        })),
    );
}

/// What stands under a span of a document.
pub(crate) fn words<'a>(session: &'a Session, document: &str, span: Span) -> &'a str {
    span.of(session.document(&DocumentId::new(document)).unwrap().text()).unwrap()
}
