//! Annotations made of others: split, joined, duplicated. No one loses what was said of it.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{Anchor, Annotation, AnnotationId, AnnotatorId, Link, Session, Span, TagId, Timestamp};

use super::super::Edit;

/// Edits that split an annotation: it keeps its id, note, comments and links and stands on `first` from now on;
/// a new one with the same tag, statement, voice and attributes stands on `second`.
///
/// Nothing when the annotation is not there or has no place.
pub fn split(
    session: &Session,
    id: AnnotationId,
    [first, second]: [Span; 2],
    new: AnnotationId,
    by: &AnnotatorId,
    at: Timestamp,
) -> Vec<Edit> {
    let Some(old) = session.annotations.get(&id) else { return Vec::new() };
    let Anchor::Placed { document, .. } = &old.anchor else { return Vec::new() };
    let placed = |span| Anchor::Placed { document: document.clone(), span };
    let rest = Annotation { anchor: placed(second), ..copy(old, new, by, at) };
    let head = Annotation { anchor: placed(first), ..Annotation::clone(old) };
    vec![Edit::PutAnnotation(Arc::new(head)), Edit::PutAnnotation(Arc::new(rest))]
}

/// Edits that join `other` into `id`: one span over both and all between, notes one after the other, comments
/// and links of both; attributes, statement and voice of the first where it has any.
///
/// # Errors
/// Why the two can't be joined: other document, other tag, other annotator, no place.
pub fn join(session: &Session, id: AnnotationId, other: AnnotationId) -> Result<Vec<Edit>, &'static str> {
    let get = |id| session.annotations.get(&id).ok_or("it is not there");
    let (first, second) = (get(id)?, get(other)?);
    let (Some(a), Some(b)) = (first.anchor.span(), second.anchor.span()) else {
        return Err("its place is lost");
    };
    if id == other {
        return Err("it is the same annotation");
    }
    if first.anchor.document() != second.anchor.document() {
        return Err("they stand in two documents");
    }
    if first.tag != second.tag {
        return Err("they have two tags");
    }
    if first.annotator != second.annotator {
        return Err("they are marks of two annotators");
    }
    let span = Span::new(a.start().min(b.start()), a.end().max(b.end())).ok_or("its place is lost")?;
    let mut joined = Annotation::clone(first);
    joined.anchor = Anchor::Placed { document: first.anchor.document().clone(), span };
    joined.unsure |= second.unsure;
    if !second.note.is_empty() && second.note != first.note {
        if !joined.note.is_empty() {
            joined.note.push('\n');
        }
        joined.note.push_str(&second.note);
    }
    for (attribute, value) in &second.attributes {
        joined.attributes.entry(attribute.clone()).or_insert_with(|| value.clone());
    }
    joined.statement = joined.statement.or(second.statement);
    if joined.voice.is_empty() {
        joined.voice.clone_from(&second.voice);
    }
    if !second.comments.is_empty() {
        joined.comments.extend(second.comments.iter().cloned());
        joined.comments.sort_by_key(|comment| comment.at);
    }
    joined.created = joined.created.min(second.created);
    let mut edits: Vec<Edit> = Vec::new();
    let mut kept: Vec<(AnnotationId, AnnotationId, _)> = (session.links_of(id))
        .filter(|link| link.from != other && link.to != other)
        .map(|link| (link.from, link.to, link.kind.clone()))
        .collect();
    for link in session.links_of(other) {
        let to_first = |end| if end == other { id } else { end };
        let (from, to) = (to_first(link.from), to_first(link.to));
        // A tie between the two, and one that the first has already, have nothing left to say.
        let ends = (from, to, link.kind.clone());
        if from == to || kept.contains(&ends) {
            edits.push(Edit::RemoveLink(link.id));
        } else {
            edits.push(Edit::PutLink(Arc::new(Link { from, to, ..Link::clone(link) })));
            kept.push(ends);
        }
    }
    edits.push(Edit::RemoveAnnotation(other));
    edits.push(Edit::PutAnnotation(Arc::new(joined)));
    Ok(edits)
}

/// A second annotation on the passage of `old`, with another tag: same statement and voice, those attributes
/// that belong to the tag; no note, comments or links.
pub fn duplicate(
    session: &Session,
    old: &Annotation,
    tag: &TagId,
    new: AnnotationId,
    by: &AnnotatorId,
    at: Timestamp,
) -> Edit {
    let mut second = Annotation { tag: tag.clone(), ..copy(old, new, by, at) };
    second.attributes.retain(|id, _| {
        let attribute = session.scheme.attribute(id);
        attribute.is_some_and(|attribute| attribute.tags.is_empty() || attribute.tags.contains(tag))
    });
    Edit::PutAnnotation(Arc::new(second))
}

/// Edits that give annotations another tag; with how many were left as they were, because their annotator has
/// marked the same passage with that tag already.
pub fn retag(session: &Session, ids: &[AnnotationId], tag: &TagId) -> (Vec<Edit>, usize) {
    let place = |annotation: &Annotation| {
        let span = annotation.anchor.span()?;
        Some((annotation.anchor.document().clone(), span.start(), span.end(), annotation.annotator.clone()))
    };
    let marked = session.annotations.values().filter(|annotation| annotation.tag == *tag);
    let mut taken: BTreeSet<_> = marked.filter_map(|annotation| place(annotation)).collect();
    let (mut edits, mut left) = (Vec::new(), 0);
    for old in ids.iter().filter_map(|id| session.annotations.get(id)) {
        if old.tag == *tag {
            continue;
        }
        if place(old).is_some_and(|place| !taken.insert(place)) {
            left += 1;
            continue;
        }
        edits.push(Edit::PutAnnotation(Arc::new(Annotation { tag: tag.clone(), ..Annotation::clone(old) })));
    }
    (edits, left)
}

/// The same passage and what is said of it, without what belongs to the one annotation alone.
fn copy(old: &Annotation, new: AnnotationId, by: &AnnotatorId, at: Timestamp) -> Annotation {
    Annotation {
        unsure: old.unsure,
        attributes: old.attributes.clone(),
        statement: old.statement,
        voice: old.voice.clone(),
        ..Annotation::new(new, old.anchor.clone(), old.tag.clone(), by.clone(), at)
    }
}
