//! What is in the session already.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::super::ForeignPassage;
use super::names::Names;
use super::{Taken, made_id, named};
use crate::edit::Edit;
use crate::model::{Anchor, Annotation, AnnotationId, Document, DocumentId, Session, Span};

/// What is in the session already, by place and tag.
pub(super) struct Known<'a> {
    session: &'a Session,
    /// Annotations that no passage of the file has been found to be yet.
    free: BTreeMap<(DocumentId, Option<Span>, crate::model::TagId), Vec<&'a Annotation>>,
    made: BTreeSet<AnnotationId>,
}

impl<'a> Known<'a> {
    pub(super) fn of(session: &'a Session) -> Self {
        let mut free: BTreeMap<_, Vec<&Annotation>> = BTreeMap::new();
        for annotation in session.annotations.values() {
            free.entry(Self::key(annotation)).or_default().push(annotation);
        }
        Self { session, free, made: BTreeSet::new() }
    }

    fn key(annotation: &Annotation) -> (DocumentId, Option<Span>, crate::model::TagId) {
        (annotation.anchor.document().clone(), annotation.anchor.span(), annotation.tag.clone())
    }

    /// Adds the annotation unless it is there; returns the id under which it is.
    pub(super) fn put(
        &mut self,
        mut annotation: Annotation,
        passage: &ForeignPassage,
        (part, parts): (usize, usize),
        document: &Document,
        names: &Names,
        taken: &mut Taken,
    ) -> AnnotationId {
        let has_id = passage.id.is_some() && part == 0;
        if has_id && let Some(own) = self.session.annotations.get(&annotation.id) {
            taken.report.already += 1;
            if **own != annotation {
                let what = format!("{}: it is here already, and different: left as it is", named(passage));
                taken.report.left_out.push(what);
            }
            return own.id;
        }
        if !has_id {
            let is_told = names.said.is_some() || passage.annotator.is_some();
            let same = |own: &&Annotation| {
                (!is_told || own.annotator == annotation.annotator)
                    && (own.anchor.span().is_some() || own.anchor == annotation.anchor)
            };
            if let Some(free) = self.free.get_mut(&Self::key(&annotation))
                && let Some(at) = free.iter().position(same)
            {
                let own = free.swap_remove(at);
                taken.report.already += 1;
                if says_more(&annotation, own) {
                    let what = "it is here already, and the file says more of it: left as it is";
                    taken.report.left_out.push(format!("{}: {what}", named(passage)));
                }
                return own.id;
            }
            annotation.id = self.new_id(&annotation, document);
        }
        if parts > 1 {
            let told = format!("part {} of {parts} of {}", part + 1, passage.name);
            let note = &mut annotation.note;
            *note = if note.is_empty() { told } else { format!("{note}\n{told}") };
        }
        let id = annotation.id;
        if !self.made.insert(id) {
            taken.report.left_out.push(format!("{}: a second passage with its id: left out", named(passage)));
            return id;
        }
        taken.report.placed += usize::from(annotation.anchor.span().is_some());
        taken.edits.push(Edit::PutAnnotation(Arc::new(annotation)));
        id
    }

    /// An id made of what the annotation is, the same when the file is read again.
    fn new_id(&self, annotation: &Annotation, document: &Document) -> AnnotationId {
        let digest = document.source.digest.to_string();
        let (place, words) = match &annotation.anchor {
            Anchor::Placed { span, .. } => (span.to_string(), span.of(document.text()).unwrap_or_default()),
            Anchor::Orphan(orphan) => ("orphan".to_owned(), orphan.quote.as_str()),
        };
        for twin in 0_u32.. {
            let twin = twin.to_string();
            let (tag, by) = (annotation.tag.as_str(), annotation.annotator.as_str());
            let id = AnnotationId(made_id(&["annotation", &digest, tag, by, &place, words, &twin]));
            if !self.made.contains(&id) && !self.session.annotations.contains_key(&id) {
                return id;
            }
        }
        unreachable!("numbers do not end before ids do")
    }
}

/// True when something is said of a passage that is not said of it here.
fn says_more(theirs: &Annotation, own: &Annotation) -> bool {
    let note = theirs.note.trim();
    !note.is_empty() && !own.note.contains(note)
        || theirs.attributes.iter().any(|(id, value)| own.attributes.get(id) != Some(value))
        || theirs.statement.is_some() && theirs.statement != own.statement
        || !theirs.voice.is_empty() && theirs.voice != own.voice
        || theirs.unsure && !own.unsure
        || theirs.comments.iter().any(|comment| !own.comments.iter().any(|it| it.text == comment.text))
}
