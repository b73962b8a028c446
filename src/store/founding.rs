//! A whole session as one step, for a journal that has no file to build on.

use std::sync::Arc;

use crate::edit::{Edit, Step};
use crate::model::Session;

/// The step that makes `session` from the empty session of its id; `None` when it is that empty session.
pub(super) fn founding_step(session: &Session) -> Option<Step> {
    let empty = Session::new(session.id, session.created);
    if *session == empty {
        return None;
    }
    let mut edits = Vec::new();
    if session.info != empty.info {
        edits.push(Edit::SetInfo(session.info.clone()));
    }
    if session.scheme != empty.scheme {
        edits.push(Edit::SetScheme(Arc::clone(&session.scheme)));
    }
    let annotators = session.annotators.iter();
    edits.extend(annotators.map(|(id, annotator)| Edit::PutAnnotator(id.clone(), annotator.clone())));
    edits.extend(session.actors.values().map(|actor| Edit::PutActor(Arc::clone(actor))));
    edits.extend(session.statements.values().map(|statement| Edit::PutStatement(Arc::clone(statement))));
    for (at, document) in session.documents.iter().enumerate() {
        edits.push(Edit::AddDocument { at, document: Arc::clone(document) });
    }
    edits.extend(session.annotations.values().map(|annotation| Edit::PutAnnotation(Arc::clone(annotation))));
    edits.extend(session.links.values().map(|link| Edit::PutLink(Arc::clone(link))));
    if !session.alerts_aside.is_empty() {
        edits.push(Edit::SetAlertsAside(session.alerts_aside.clone()));
    }
    if !session.tag_mappings.is_empty() {
        edits.push(Edit::SetTagMappings(session.tag_mappings.clone()));
    }
    if !session.decisions.is_empty() {
        edits.push(Edit::SetDecisions(session.decisions.clone()));
    }
    if !session.conflicts.is_empty() {
        edits.push(Edit::SetConflicts(session.conflicts.clone()));
    }
    Some(Step { label: "begin with what there was".to_owned(), at: session.created, edits })
}
