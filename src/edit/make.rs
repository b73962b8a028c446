//! Steps that need more than one edit, made from a session.

mod annotations;
mod scheme;

use std::sync::Arc;

use crate::model::{AnnotationId, DocumentId, Session};

use super::Edit;

pub use annotations::{duplicate, join, retag, split};
pub use scheme::{
    Adopted, adopt, free_letter, merge_tags, new_attribute, new_link_kind, new_tag, rename_value,
};

/// Edits that remove annotations and the links that hang on them.
pub fn remove_annotations(session: &Session, ids: &[AnnotationId]) -> Vec<Edit> {
    let gone: std::collections::BTreeSet<&AnnotationId> = ids.iter().collect();
    let touched = |id: &AnnotationId| gone.contains(id);
    let links = session.links.values().filter(|link| touched(&link.from) || touched(&link.to));
    let mut edits: Vec<Edit> = links.map(|link| Edit::RemoveLink(link.id)).collect();
    edits.extend(ids.iter().map(|id| Edit::RemoveAnnotation(*id)));
    edits
}

/// Edits that remove a document with its annotations and their links; with them all comes back by undo.
pub fn remove_document(session: &Session, id: &DocumentId) -> Vec<Edit> {
    let on_it = session.annotations.values().filter(|annotation| annotation.anchor.document() == id);
    let ids: std::collections::BTreeSet<AnnotationId> = on_it.map(|annotation| annotation.id).collect();
    let links = session.links.values().filter(|link| ids.contains(&link.from) || ids.contains(&link.to));
    let mut edits: Vec<Edit> = links.map(|link| Edit::RemoveLink(link.id)).collect();
    edits.extend(ids.iter().map(|id| Edit::RemoveAnnotation(*id)));
    edits.push(Edit::RemoveDocument(id.clone()));
    edits
}

/// Edits that make `session` of an empty one with the same id and time of birth.
pub fn everything(session: &Session) -> Vec<Edit> {
    let mut edits = vec![Edit::SetInfo(session.info.clone()), Edit::SetScheme(Arc::clone(&session.scheme))];
    let annotators = session.annotators.iter();
    edits.extend(annotators.map(|(id, annotator)| Edit::PutAnnotator(id.clone(), annotator.clone())));
    edits.extend(session.actors.values().map(|actor| Edit::PutActor(Arc::clone(actor))));
    edits.extend(session.statements.values().map(|statement| Edit::PutStatement(Arc::clone(statement))));
    let documents = session.documents.iter().enumerate();
    edits.extend(documents.map(|(at, document)| Edit::AddDocument { at, document: Arc::clone(document) }));
    edits.extend(session.annotations.values().map(|annotation| Edit::PutAnnotation(Arc::clone(annotation))));
    edits.extend(session.links.values().map(|link| Edit::PutLink(Arc::clone(link))));
    edits.push(Edit::SetAlertsAside(session.alerts_aside.clone()));
    edits.push(Edit::SetTagMappings(session.tag_mappings.clone()));
    edits.push(Edit::SetStatementMappings(session.statement_mappings.clone()));
    edits.push(Edit::SetDecisions(session.decisions.clone()));
    edits.push(Edit::SetRemarks(session.remarks.clone()));
    edits.push(Edit::SetConflicts(session.conflicts.clone()));
    edits
}

#[cfg(test)]
mod tests;
