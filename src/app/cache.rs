//! What is derived from a document and its annotations. Takes edits as they come; equals a full recomputation.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Annotation, Digest, Document, DocumentId, Presentation, Session, Span, TagId};
use crate::text::hidden::count_hidden;
use crate::text::offsets::LineIndex;
use crate::text::paragraphs::Paragraphs;
use crate::text::rendering::{Rendering, render};
use crate::text::script::has_right_to_left;
use crate::text::sections::Sections;

use super::marks::DocumentMarks;

/// What is derived from one document and the annotations placed in it.
pub struct DocumentCache {
    /// Citable paragraphs.
    pub paragraphs: Paragraphs,
    /// The same without page furniture: what sentences are taken from.
    pub prose: Paragraphs,
    /// What is drawn. Shared with workers.
    pub rendering: Arc<Rendering>,
    /// Headings and answers that passages stand under.
    pub sections: Sections,
    /// Lines of the canonical text.
    pub lines: LineIndex,
    /// Characters that cannot be seen, tabs left out.
    pub hidden: usize,
    /// The text has words that are read from right to left.
    pub right_to_left: bool,
    /// The annotations, ready to be drawn.
    pub marks: DocumentMarks,
    /// Annotations by tag, orphans included.
    pub counts: BTreeMap<TagId, usize>,
    /// What of the document's info all this rests on.
    rests_on: (Presentation, Vec<Span>),
}

/// Caches that a worker has made of texts that are about to come onto the desk, by the digest of the text.
#[derive(Default)]
pub struct Prepared(BTreeMap<Digest, DocumentCache>);

impl Prepared {
    /// Those of all documents of a session, with its annotations.
    pub fn of_session(session: &Session) -> Self {
        let mut by_document: BTreeMap<&DocumentId, Vec<&Annotation>> = BTreeMap::new();
        for annotation in session.annotations.values() {
            by_document.entry(annotation.anchor.document()).or_default().push(annotation);
        }
        let caches = session.documents.iter().map(|document| {
            let annotations = by_document.remove(&document.id).unwrap_or_default();
            (document.source.digest, DocumentCache::build(document, annotations.into_iter()))
        });
        Self(caches.collect())
    }

    /// Adds that of a document without annotations.
    pub fn add(&mut self, document: &Document) {
        self.0.insert(document.source.digest, DocumentCache::build(document, std::iter::empty()));
    }

    /// Adds those of others.
    pub(super) fn extend(&mut self, other: Self) {
        self.0.extend(other.0);
    }

    /// The cache of a document, if it was made and still fits.
    pub(super) fn take(&mut self, document: &Document) -> Option<DocumentCache> {
        self.0.remove(&document.source.digest).filter(|cache| cache.fits(document))
    }
}

impl std::fmt::Debug for Prepared {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_tuple("Prepared").field(&self.0.len()).finish()
    }
}

impl DocumentCache {
    /// Computes everything anew.
    pub fn build<'a>(document: &Document, annotations: impl Iterator<Item = &'a Annotation>) -> Self {
        let text = document.text();
        let rendering = Arc::new(render(text, document.info.presentation));
        let annotations: Vec<&Annotation> =
            annotations.filter(|annotation| *annotation.anchor.document() == document.id).collect();
        let mut counts = BTreeMap::new();
        for annotation in &annotations {
            *counts.entry(annotation.tag.clone()).or_default() += 1;
        }
        let paragraphs = Paragraphs::of(text);
        Self {
            prose: paragraphs.without(&document.info.furniture),
            paragraphs,
            sections: Sections::of(text, document.info.presentation, &document.info.furniture),
            lines: LineIndex::of(text),
            hidden: count_hidden(text),
            right_to_left: has_right_to_left(text),
            marks: DocumentMarks::build(&rendering, annotations.into_iter()),
            rendering,
            counts,
            rests_on: (document.info.presentation, document.info.furniture.clone()),
        }
    }

    /// True when a change of the document's info leaves all this as it is.
    pub fn fits(&self, document: &Document) -> bool {
        self.rests_on.0 == document.info.presentation && self.rests_on.1 == document.info.furniture
    }

    /// An annotation of this document was added.
    pub fn put(&mut self, annotation: &Annotation) {
        *self.counts.entry(annotation.tag.clone()).or_default() += 1;
        self.marks.put(&self.rendering, annotation);
    }

    /// An annotation of this document was replaced by one with the same id in this document.
    pub fn replace(&mut self, old: &Annotation, new: &Annotation) {
        if old.tag != new.tag {
            self.count_less(&old.tag);
            *self.counts.entry(new.tag.clone()).or_default() += 1;
        }
        self.marks.put(&self.rendering, new);
    }

    /// An annotation of this document was removed.
    pub fn remove(&mut self, annotation: &Annotation) {
        self.count_less(&annotation.tag);
        self.marks.remove(&self.rendering, annotation.id);
    }

    fn count_less(&mut self, tag: &TagId) {
        if let Some(count) = self.counts.get_mut(tag) {
            *count -= 1;
            if *count == 0 {
                self.counts.remove(tag);
            }
        }
    }

    /// The number of annotations in this document.
    pub fn annotations(&self) -> usize {
        self.counts.values().sum()
    }

    /// The ends of `span` as a coder means them: trimmed of space, out of hidden marks.
    pub fn snap(&self, text: &str, span: Span) -> Option<Span> {
        self.rendering.snap(text, span)
    }
}
