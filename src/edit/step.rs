//! Edits and steps as data.

use std::sync::Arc;

use crate::model::{
    Actor, ActorId, Alert, Anchor, Annotation, AnnotationId, Annotator, AnnotatorId, Conflict, Decision,
    Document, DocumentId, DocumentInfo, Link, LinkId, Remark, Scheme, Session, SessionInfo, Statement,
    StatementId, StatementMapping, TagMapping, Timestamp,
};

use super::{EditError, apply};

/// One change of one record. `Put` inserts or replaces by id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Edit {
    /// Change title or note of the session.
    SetInfo(SessionInfo),
    /// Add a document at a place in the order.
    AddDocument {
        /// Place in the order.
        at: usize,
        /// The document.
        document: Arc<Document>,
    },
    /// Remove a document that no annotation names.
    RemoveDocument(DocumentId),
    /// Move a document to a place in the order.
    MoveDocument {
        /// Which.
        id: DocumentId,
        /// Its new place, counted without it.
        to: usize,
    },
    /// Put another text, with what is known about it, under a document's id, and its annotations on their places in
    /// it. Whoever is not named keeps the place it has, which must fit the new text.
    ReplaceDocument {
        /// The document with its new text.
        document: Arc<Document>,
        /// Where annotations stand from now on, or that they are orphans.
        anchors: Vec<(AnnotationId, Anchor)>,
    },
    /// Change what is known about a document.
    SetDocumentInfo {
        /// Which.
        id: DocumentId,
        /// The new metadata, presentation, furniture and reading status.
        info: Arc<DocumentInfo>,
    },
    /// Replace the scheme. It is small, and its parts hang together.
    SetScheme(Arc<Scheme>),
    /// Add or change an annotator.
    PutAnnotator(AnnotatorId, Annotator),
    /// Remove an annotator whom nothing names.
    RemoveAnnotator(AnnotatorId),
    /// Add or change a person or organization.
    PutActor(Arc<Actor>),
    /// Remove one that no voice names.
    RemoveActor(ActorId),
    /// Add or change a statement.
    PutStatement(Arc<Statement>),
    /// Remove a statement that no annotation is about.
    RemoveStatement(StatementId),
    /// Add or change an annotation.
    PutAnnotation(Arc<Annotation>),
    /// Remove an annotation without links.
    RemoveAnnotation(AnnotationId),
    /// Add or change a link.
    PutLink(Arc<Link>),
    /// Remove a link.
    RemoveLink(LinkId),
    /// Replace the alerts put aside.
    SetAlertsAside(Vec<Alert>),
    /// Replace the mappings of colleagues' tags.
    SetTagMappings(Vec<TagMapping>),
    /// Replace the mappings of colleagues' statements.
    SetStatementMappings(Vec<StatementMapping>),
    /// Replace the decisions of adjudication.
    SetDecisions(Vec<Decision>),
    /// Add a decision at a place in their list: what a decision costs does not grow with those before it.
    AddDecision {
        /// Place in the list.
        at: usize,
        /// The decision.
        decision: Decision,
    },
    /// Remove the decision at this place of the list.
    RemoveDecision(usize),
    /// Replace the comments on colleagues' annotations.
    SetRemarks(Vec<Remark>),
    /// Replace what a merge left undecided.
    SetConflicts(Vec<Conflict>),
}

/// What a step did, in words for the history: "tag caveat", "delete 3 annotations".
pub type Label = String;

/// One gesture: its edits in order, applied whole or not at all.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// What it did.
    pub label: Label,
    /// When.
    pub at: Timestamp,
    /// The edits, in the order in which they apply.
    pub edits: Vec<Edit>,
}

impl Step {
    /// True when the step carries a document's text.
    pub fn brings_text(&self) -> bool {
        let brings = |edit: &Edit| matches!(edit, Edit::AddDocument { .. } | Edit::ReplaceDocument { .. });
        self.edits.iter().any(brings)
    }
}

/// Applies all edits of a step and returns the step that takes them back, with the same label and time.
///
/// # Errors
/// The first edit that is refused; the session is then as it was.
pub fn apply_step(session: &mut Session, step: &Step) -> Result<Step, EditError> {
    let mut inverses = Vec::with_capacity(step.edits.len());
    for edit in &step.edits {
        match apply(session, edit) {
            Ok(inverse) => inverses.push(inverse),
            Err(error) => {
                for inverse in inverses.iter().rev() {
                    apply(session, inverse).expect("the inverse of an edit just applied applies");
                }
                return Err(error);
            }
        }
    }
    inverses.reverse();
    Ok(Step { label: step.label.clone(), at: step.at, edits: inverses })
}
