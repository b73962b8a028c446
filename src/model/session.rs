//! The session: one researcher's work on one dossier.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{
    Actor, ActorId, Alert, Annotation, AnnotationId, AnnotatorId, Conflict, Decision, Document, DocumentId,
    Link, LinkId, Remark, Scheme, SessionId, Statement, StatementId, StatementMapping, TagMapping, Timestamp,
};

/// One researcher's work on one dossier: documents, scheme, annotations, links.
///
/// The fields are public to read; only [`crate::edit`] changes a session, and `tests/layering.rs` holds the
/// other layers to that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Session {
    /// The same in every copy of the file.
    pub id: SessionId,
    /// When it was begun.
    pub created: Timestamp,
    /// Title and note.
    pub info: SessionInfo,
    /// Documents in the user's order.
    pub documents: Vec<Arc<Document>>,
    /// Tags, attributes, link kinds.
    pub scheme: Arc<Scheme>,
    /// Who works on it.
    pub annotators: BTreeMap<AnnotatorId, Annotator>,
    /// Who speaks in the documents.
    pub actors: BTreeMap<ActorId, Arc<Actor>>,
    /// What passages are about.
    pub statements: BTreeMap<StatementId, Arc<Statement>>,
    /// Annotations by id.
    pub annotations: BTreeMap<AnnotationId, Arc<Annotation>>,
    /// Links by id.
    pub links: BTreeMap<LinkId, Arc<Link>>,
    /// Alerts put aside.
    pub alerts_aside: Vec<Alert>,
    /// Which of colleagues' tags are which of ours.
    pub tag_mappings: Vec<TagMapping>,
    /// Which of colleagues' statements are which of ours.
    pub statement_mappings: Vec<StatementMapping>,
    /// Decisions of adjudication.
    pub decisions: Vec<Decision>,
    /// Comments on annotations of colleagues' sessions.
    pub remarks: Vec<Remark>,
    /// What a merge left undecided.
    pub conflicts: Vec<Conflict>,
}

/// Title and note of a session.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SessionInfo {
    /// The dossier's title; empty: the file's name stands for it.
    pub title: String,
    /// A note on the session.
    pub note: String,
}

/// Someone who works on the session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotator {
    /// The name shown.
    pub name: String,
    /// A note: affiliation, address.
    pub note: String,
}

impl Session {
    /// An empty session with the starter scheme.
    pub fn new(id: SessionId, created: Timestamp) -> Self {
        Self {
            id,
            created,
            info: SessionInfo::default(),
            documents: Vec::new(),
            scheme: Arc::new(Scheme::starter()),
            annotators: BTreeMap::new(),
            actors: BTreeMap::new(),
            statements: BTreeMap::new(),
            annotations: BTreeMap::new(),
            links: BTreeMap::new(),
            alerts_aside: Vec::new(),
            tag_mappings: Vec::new(),
            statement_mappings: Vec::new(),
            decisions: Vec::new(),
            remarks: Vec::new(),
            conflicts: Vec::new(),
        }
    }

    /// The document with this id.
    pub fn document(&self, id: &DocumentId) -> Option<&Arc<Document>> {
        self.documents.iter().find(|document| document.id == *id)
    }

    /// The place of a document in the user's order.
    pub fn document_index(&self, id: &DocumentId) -> Option<usize> {
        self.documents.iter().position(|document| document.id == *id)
    }

    /// The exact slice of the canonical text under an annotation; for an orphan the quote it kept.
    pub fn quote<'a>(&'a self, annotation: &'a Annotation) -> &'a str {
        match &annotation.anchor {
            super::Anchor::Placed { document, span } => {
                self.document(document).and_then(|document| span.of(document.text())).unwrap_or_default()
            }
            super::Anchor::Orphan(orphan) => &orphan.quote,
        }
    }

    /// The name of an annotator; the id where none is given.
    pub fn annotator_name<'a>(&'a self, id: &'a AnnotatorId) -> &'a str {
        self.annotators.get(id).map_or(id.as_str(), |annotator| &annotator.name)
    }

    /// Links from or to an annotation.
    pub fn links_of(&self, id: AnnotationId) -> impl Iterator<Item = &Arc<Link>> {
        self.links.values().filter(move |link| link.from == id || link.to == id)
    }
}
