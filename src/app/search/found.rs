//! What a search has found, document by document.

use std::ops::Range;

use crate::model::{AnnotationId, DocumentId, Span};
use crate::text::search::QueryError;

use super::Key;

/// What a search has found.
#[derive(Clone, Debug, Default)]
pub struct Found {
    /// By document, in the order of the dossier; none without a hit.
    pub groups: Vec<FoundIn>,
    /// How many hits there are.
    pub total: usize,
    /// There are more, which are not listed.
    pub more: bool,
    /// How many were left out because they stand in page furniture.
    pub in_furniture: usize,
    /// Why nothing could be looked for.
    pub error: Option<QueryError>,
    /// Tells one search from another.
    pub number: u64,
    pub(super) key: Key,
}

/// The hits of a document.
#[derive(Clone, Debug)]
pub struct FoundIn {
    /// Which document.
    pub document: DocumentId,
    /// The number of its first hit in all.
    pub first: usize,
    /// Where there are hits in its text, sorted, none overlapping another.
    pub spans: Vec<Span>,
    /// The hits, where annotations were searched; else they are the spans.
    pub annotations: Option<Vec<AnnotationHit>>,
}

/// A hit in an annotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnnotationHit {
    /// Which annotation.
    pub id: AnnotationId,
    /// What of it.
    pub part: AnnotationPart,
    /// Bytes of the canonical text for a passage, else of the part.
    pub range: Range<usize>,
}

/// What of an annotation was searched.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnnotationPart {
    /// The text that it stands on.
    Passage,
    /// The quote of one whose place is lost.
    LostQuote,
    /// Its note.
    Note,
    /// One of its comments, by its place among them.
    Comment(usize),
}

/// Where a hit is.
#[derive(Clone, Debug)]
pub struct HitPlace<'a> {
    /// In which document.
    pub document: &'a DocumentId,
    /// Where in its text, unless it is in a note or comment.
    pub span: Option<Span>,
    /// In which annotation, where annotations were searched.
    pub annotation: Option<&'a AnnotationHit>,
}

impl FoundIn {
    /// How many hits it has.
    pub fn len(&self) -> usize {
        self.annotations.as_ref().map_or(self.spans.len(), Vec::len)
    }

    /// Never: a document without hits is not listed.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// Where its hit with this place among them is.
    pub fn place(&self, index: usize) -> Option<HitPlace<'_>> {
        let document = &self.document;
        let Some(annotations) = &self.annotations else {
            return self.spans.get(index).map(|span| HitPlace {
                document,
                span: Some(*span),
                annotation: None,
            });
        };
        let hit = annotations.get(index)?;
        let is_passage = hit.part == AnnotationPart::Passage;
        let span = Span::new(hit.range.start, hit.range.end).filter(|_| is_passage);
        Some(HitPlace { document, span, annotation: Some(hit) })
    }
}

impl Found {
    /// True unless annotations were searched.
    pub fn are_in_text(&self) -> bool {
        self.groups.iter().all(|group| group.annotations.is_none())
    }

    /// The hits of a document.
    pub fn in_document(&self, id: &DocumentId) -> Option<&FoundIn> {
        self.groups.iter().find(|group| group.document == *id)
    }

    /// Where the hit with this number is.
    pub fn place(&self, number: usize) -> Option<HitPlace<'_>> {
        let group = self.groups.partition_point(|group| group.first <= number).checked_sub(1)?;
        let group = self.groups.get(group)?;
        group.place(number - group.first)
    }

    /// The number of the hit that is there.
    pub(super) fn number_of(&self, place: &HitPlace<'_>) -> Option<usize> {
        let group = self.in_document(place.document)?;
        let index = match (&group.annotations, place.annotation) {
            (None, _) => group.spans.binary_search(&place.span?).ok(),
            (Some(hits), Some(hit)) => hits.iter().position(|other| other == hit),
            (Some(_), None) => None,
        };
        index.map(|index| group.first + index)
    }
}
