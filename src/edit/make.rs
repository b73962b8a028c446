//! Steps that need more than one edit, made from a session.

use std::sync::Arc;

use crate::model::{Annotation, AnnotationId, DocumentId, Session};

use super::Edit;

/// Edits that remove annotations and the links that hang on them.
pub fn remove_annotations(session: &Session, ids: &[AnnotationId]) -> Vec<Edit> {
    let touched = |id: &AnnotationId| ids.contains(id);
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

/// The annotation of the same span, tag and annotator, if there is one: its identical twin.
pub fn twin<'a>(session: &'a Session, annotation: &Annotation) -> Option<&'a Arc<Annotation>> {
    session.annotations.values().find(|other| {
        other.id != annotation.id
            && other.anchor == annotation.anchor
            && other.tag == annotation.tag
            && other.annotator == annotation.annotator
    })
}
