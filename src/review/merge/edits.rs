//! The edits that make one session of another.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::edit::Edit;
use crate::model::{AnnotationId, Attribute, Document, DocumentId, Link, LinkId, Scheme, Session, Tag};

/// Edits in an order in which each leaves the session valid. Both sessions must be valid.
pub fn edits_between(from: &Session, to: &Session) -> Vec<Edit> {
    let mut edits = Vec::new();
    if from.info != to.info {
        edits.push(Edit::SetInfo(to.info.clone()));
    }
    let annotators = to.annotators.iter().filter(|(id, it)| from.annotators.get(*id) != Some(it));
    edits.extend(annotators.map(|(id, it)| Edit::PutAnnotator(id.clone(), it.clone())));
    edits.extend(changed(&from.actors, &to.actors).map(|it| Edit::PutActor(Arc::clone(it))));
    edits.extend(changed(&from.statements, &to.statements).map(|it| Edit::PutStatement(Arc::clone(it))));
    // A text is never edited: where another stands under a document's id, the document goes with all that hangs on it
    // and all of it comes back.
    let replaced: BTreeSet<&DocumentId> = (from.documents.iter())
        .filter(|old| to.document(&old.id).is_some_and(|new| new.source != old.source))
        .map(|old| &old.id)
        .collect();
    let (links, annotations) = hanging(from, &replaced);
    edits.extend(links.iter().map(|id| Edit::RemoveLink(*id)));
    edits.extend(annotations.iter().map(|id| Edit::RemoveAnnotation(*id)));
    edits.extend(replaced.iter().map(|id| Edit::RemoveDocument((*id).clone())));
    let is_new =
        |document: &&Arc<Document>| from.document(&document.id).is_none() || replaced.contains(&document.id);
    let new = to.documents.iter().filter(is_new);
    edits.extend(new.map(|document| Edit::AddDocument { at: usize::MAX, document: Arc::clone(document) }));
    let there = to.documents.iter().filter(|document| !is_new(document));
    for document in there.filter(|it| from.document(&it.id).is_some_and(|old| old.info != it.info)) {
        edits.push(Edit::SetDocumentInfo { id: document.id.clone(), info: Arc::clone(&document.info) });
    }
    if from.scheme != to.scheme {
        edits.push(Edit::SetScheme(Arc::new(bridge(&from.scheme, &to.scheme))));
    }
    let still = |id: &LinkId| to.links.contains_key(id);
    let gone = from.links.keys().filter(|id| !links.contains(*id) && !still(id));
    edits.extend(gone.map(|id| Edit::RemoveLink(*id)));
    let put = to
        .annotations
        .iter()
        .filter(|(id, it)| annotations.contains(*id) || from.annotations.get(*id) != Some(it));
    edits.extend(put.map(|(_, it)| Edit::PutAnnotation(Arc::clone(it))));
    let put = to.links.iter().filter(|(id, it)| links.contains(*id) || from.links.get(*id) != Some(it));
    edits.extend(put.map(|(_, it): (_, &Arc<Link>)| Edit::PutLink(Arc::clone(it))));
    let gone =
        from.annotations.keys().filter(|id| !annotations.contains(*id) && !to.annotations.contains_key(id));
    edits.extend(gone.map(|id| Edit::RemoveAnnotation(*id)));
    lists(from, to, &mut edits);
    if edits.iter().any(|edit| matches!(edit, Edit::SetScheme(bridge) if *bridge != to.scheme)) {
        edits.push(Edit::SetScheme(Arc::clone(&to.scheme)));
    }
    documents(from, to, &replaced, &mut edits);
    let gone = from.statements.keys().filter(|id| !to.statements.contains_key(id));
    edits.extend(gone.map(|id| Edit::RemoveStatement(*id)));
    let gone = from.actors.keys().filter(|id| !to.actors.contains_key(*id));
    edits.extend(gone.map(|id| Edit::RemoveActor(id.clone())));
    let gone = from.annotators.keys().filter(|id| !to.annotators.contains_key(*id));
    edits.extend(gone.map(|id| Edit::RemoveAnnotator(id.clone())));
    edits
}

fn changed<'a, K: Ord, R: PartialEq>(
    from: &'a BTreeMap<K, R>,
    to: &'a BTreeMap<K, R>,
) -> impl Iterator<Item = &'a R> {
    to.iter().filter(|(id, record)| from.get(*id) != Some(record)).map(|(_, record)| record)
}

/// What stands in documents, and the links that hang on it.
fn hanging(
    session: &Session,
    documents: &BTreeSet<&DocumentId>,
) -> (BTreeSet<LinkId>, BTreeSet<AnnotationId>) {
    if documents.is_empty() {
        return Default::default();
    }
    let inside = session.annotations.values().filter(|it| documents.contains(it.anchor.document()));
    let annotations: BTreeSet<AnnotationId> = inside.map(|it| it.id).collect();
    let touched = |link: &&Arc<Link>| annotations.contains(&link.from) || annotations.contains(&link.to);
    (session.links.values().filter(touched).map(|link| link.id).collect(), annotations)
}

/// A scheme in which the records of either are allowed: `to`, and what only `from` has, retired.
fn bridge(from: &Scheme, to: &Scheme) -> Scheme {
    let mut both = to.clone();
    let gone = from.tags.iter().filter(|tag| to.tag(&tag.id).is_none());
    both.tags.extend(gone.map(|tag| Tag { parent: None, retired: true, ..tag.clone() }));
    for attribute in &mut both.attributes {
        if from.attribute(&attribute.id).is_some_and(|old| old.values != attribute.values) {
            // Any text.
            attribute.values.clear();
        }
    }
    let gone = from.attributes.iter().filter(|attribute| to.attribute(&attribute.id).is_none());
    both.attributes.extend(gone.map(|it| Attribute { tags: Vec::new(), ..it.clone() }));
    let gone = from.link_kinds.iter().filter(|kind| to.link_kind(&kind.id).is_none());
    both.link_kinds.extend(gone.cloned());
    both
}

fn lists(from: &Session, to: &Session, edits: &mut Vec<Edit>) {
    if from.alerts_aside != to.alerts_aside {
        edits.push(Edit::SetAlertsAside(to.alerts_aside.clone()));
    }
    if from.tag_mappings != to.tag_mappings {
        edits.push(Edit::SetTagMappings(to.tag_mappings.clone()));
    }
    if from.statement_mappings != to.statement_mappings {
        edits.push(Edit::SetStatementMappings(to.statement_mappings.clone()));
    }
    if from.decisions != to.decisions {
        edits.push(Edit::SetDecisions(to.decisions.clone()));
    }
    if from.remarks != to.remarks {
        edits.push(Edit::SetRemarks(to.remarks.clone()));
    }
    if from.conflicts != to.conflicts {
        edits.push(Edit::SetConflicts(to.conflicts.clone()));
    }
}

/// Removes documents, and moves the others to their places.
fn documents(from: &Session, to: &Session, replaced: &BTreeSet<&DocumentId>, edits: &mut Vec<Edit>) {
    let gone = from.documents.iter().filter(|document| to.document(&document.id).is_none());
    edits.extend(gone.map(|document| Edit::RemoveDocument(document.id.clone())));
    let stays = |id: &&DocumentId| to.document(id).is_some() && !replaced.contains(*id);
    let mut order: Vec<&DocumentId> =
        from.documents.iter().map(|document| &document.id).filter(stays).collect();
    let stayed: BTreeSet<&DocumentId> = order.iter().copied().collect();
    order.extend(to.documents.iter().map(|document| &document.id).filter(|id| !stayed.contains(id)));
    for (place, document) in to.documents.iter().enumerate() {
        if order[place] != &document.id {
            order.retain(|id| *id != &document.id);
            order.insert(place, &document.id);
            edits.push(Edit::MoveDocument { id: document.id.clone(), to: place });
        }
    }
}
