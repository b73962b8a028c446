//! Another text under a document's id, with the places that its annotations have in it.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Anchor, Annotation, AnnotationId, Document, Problem, Session};

use super::super::Edit;
use super::{EditError, first};

/// Puts `document` in the place of the one with its id, and the annotations named on their new anchors. Texts and
/// anchors change together: between the two no session would be valid. The inverse is the same edit with the old
/// document and the old anchors.
pub(super) fn replace(
    session: &mut Session,
    document: &Arc<Document>,
    anchors: &[(AnnotationId, Anchor)],
) -> Result<Edit, EditError> {
    let id = &document.id;
    let at = session
        .document_index(id)
        .ok_or_else(|| EditError::Missing { kind: "document", id: id.to_string() })?;
    first(session.document_problems(document))?;
    let mut new: BTreeMap<AnnotationId, &Anchor> = BTreeMap::new();
    for (annotation, anchor) in anchors {
        if new.insert(*annotation, anchor).is_some() {
            return Err(Problem::Twice { kind: "annotation", id: annotation.to_string() }.into());
        }
        if anchor.document() != id {
            return Err(elsewhere(*annotation, document));
        }
    }
    let mut old = Vec::with_capacity(anchors.len());
    for (annotation, _) in anchors {
        let record = session.annotations.get(annotation);
        let record =
            record.ok_or_else(|| EditError::Missing { kind: "annotation", id: annotation.to_string() })?;
        if record.anchor.document() != id {
            return Err(elsewhere(*annotation, document));
        }
        old.push((*annotation, record.anchor.clone()));
    }
    let inside = session.annotations.values().filter(|annotation| annotation.anchor.document() == id);
    for annotation in inside {
        let anchor = new.get(&annotation.id).copied().unwrap_or(&annotation.anchor);
        first(fits(annotation.id, anchor, document).into_iter().collect())?;
    }
    let old_document = std::mem::replace(&mut session.documents[at], Arc::clone(document));
    for (annotation, anchor) in anchors {
        if let Some(record) = session.annotations.get_mut(annotation).filter(|it| it.anchor != *anchor) {
            let moved = Annotation { anchor: anchor.clone(), ..Annotation::clone(record) };
            *record = Arc::new(moved);
        }
    }
    Ok(Edit::ReplaceDocument { document: old_document, anchors: old })
}

fn fits(id: AnnotationId, anchor: &Anchor, document: &Document) -> Option<Problem> {
    let span = anchor.span()?;
    (!span.is_in(document.text())).then(|| Problem::Misplaced {
        owner: format!("annotation {id}"),
        document: document.id.to_string(),
        start: span.start(),
        end: span.end(),
        why: "past the end of its text or inside a character",
    })
}

fn elsewhere(annotation: AnnotationId, document: &Document) -> EditError {
    let what = format!("it does not stand in the document {}, which is replaced", document.id);
    Problem::Other { owner: format!("annotation {annotation}"), what }.into()
}
