//! Comparing one's own annotations with those of a layer, pair by pair.
//!
//! Nothing of this says who is right. A document that one of the two has not finished is not compared, but named; an
//! annotation without a sure place in our text is named too.

mod links;
mod matching;
mod words;

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::model::{Annotation, AnnotationId, DocumentId, Session, Span};
use crate::text::is_blank;

use super::layer::{LaidAnnotation, Layer, finished};

pub use links::{LinkDifference, Tie};
pub(super) use matching::union;
pub use matching::{Mark, matching};
pub use words::describe;

/// How two readers stand to each other at one passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// The same passage with the same tag.
    Agree,
    /// The same tag, other ends.
    Ends,
    /// The same passage, another tag.
    Tag,
    /// Other ends and another tag.
    EndsAndTag,
    /// Only we marked it.
    OnlyOurs,
    /// Only they marked it.
    OnlyTheirs,
}

impl Kind {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::Agree, Self::Ends, Self::Tag, Self::EndsAndTag, Self::OnlyOurs, Self::OnlyTheirs];
}

/// One of the two that are compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Side {
    /// Our session.
    Ours,
    /// The layer.
    Theirs,
}

/// Two annotations that are each other's counterpart, or one that has none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Our document.
    pub document: DocumentId,
    /// Ours.
    pub ours: Option<AnnotationId>,
    /// Theirs.
    pub theirs: Option<AnnotationId>,
    /// How they stand to each other.
    pub kind: Kind,
    /// Ends differ by blanks and punctuation alone.
    pub slight: bool,
    /// What each has that the other has not, when ends differ.
    pub ends: Option<Ends>,
    /// What else differs: statement, attributes, voice, being sure.
    pub also: Vec<Also>,
    /// Of one without a counterpart: the annotation of the other side that has most in common with it.
    pub beside: Option<AnnotationId>,
    /// From where the first begins to where the last ends, in bytes of our text.
    pub span: Span,
}

impl Difference {
    /// True when nothing at all differs.
    pub fn agrees(&self) -> bool {
        self.kind == Kind::Agree && self.also.is_empty()
    }
}

/// What one has at an end of a passage and the other has not.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Overhang {
    /// Who has it.
    pub by: Side,
    /// Bytes of our text.
    pub span: Span,
}

/// How the ends of two passages differ.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Ends {
    /// At the start; `None` when both begin alike.
    pub start: Option<Overhang>,
    /// At the end.
    pub end: Option<Overhang>,
}

impl Ends {
    fn of(ours: Span, theirs: Span) -> Option<Self> {
        let overhang = |at: usize, other: usize, ours_first: bool| {
            let by = if (at < other) == ours_first { Side::Ours } else { Side::Theirs };
            Some(Overhang { by, span: Span::new(at.min(other), at.max(other))? })
        };
        let start = overhang(ours.start(), theirs.start(), true);
        let end = overhang(ours.end(), theirs.end(), false);
        (start.is_some() || end.is_some()).then_some(Self { start, end })
    }

    fn parts(self) -> impl Iterator<Item = Overhang> {
        self.start.into_iter().chain(self.end)
    }
}

/// Something besides ends and tag in which two annotations differ.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Also {
    /// What: "statement", "voice", "sure" or the name of an attribute.
    pub what: String,
    /// What ours says, in words.
    pub ours: String,
    /// What theirs says, in words.
    pub theirs: String,
}

/// Why a document is not compared.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unfinished {
    /// We have not finished it.
    Ours,
    /// They have not.
    Theirs,
    /// Neither has.
    Both,
    /// They do not have it.
    Absent,
}

/// A document that is not compared, and how many annotations stand in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NotCompared {
    /// Our document.
    pub document: DocumentId,
    /// Who has not finished it.
    pub by: Unfinished,
    /// Our annotations in it.
    pub ours: usize,
    /// Theirs.
    pub theirs: usize,
}

/// What comes of comparing a session with a layer.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Comparison {
    /// All pairs and singles, agreeing ones too: in the order of our documents, then by place.
    pub pairs: Vec<Difference>,
    /// Links that differ, between annotations of compared documents.
    pub links: Vec<LinkDifference>,
    /// Documents of ours that are not compared.
    pub not_compared: Vec<NotCompared>,
    /// Their annotations without a sure place in our texts, in compared documents.
    pub not_carried: Vec<AnnotationId>,
}

impl Comparison {
    /// How many pairs are of each kind.
    pub fn counts(&self) -> BTreeMap<Kind, usize> {
        let mut counts: BTreeMap<Kind, usize> = Kind::ALL.into_iter().map(|kind| (kind, 0)).collect();
        for pair in &self.pairs {
            *counts.entry(pair.kind).or_default() += 1;
        }
        counts
    }
}

/// How much a difference matters, larger first: another tag, a passage that one has not, other values, other ends; slight
/// ones last, agreement at 0. Of two alike, the one that differs in more of its text.
pub fn severity(difference: &Difference) -> u32 {
    let class = match difference.kind {
        Kind::Tag => 6,
        Kind::EndsAndTag => 5,
        Kind::OnlyOurs | Kind::OnlyTheirs => 4,
        _ if !difference.also.is_empty() => 3,
        Kind::Ends if !difference.slight => 2,
        Kind::Ends => 1,
        Kind::Agree => 0,
    };
    let beyond: usize = difference.ends.map_or(0, |ends| ends.parts().map(|part| part.span.len()).sum());
    let share = beyond * 999 / difference.span.len();
    class * 1_000 + u32::try_from(share.min(999)).unwrap_or(999)
}

/// Compares those annotations of `ours` for which `mine` holds with those of the layer. Documents that either has not
/// finished are left out and named, unless `all_documents` is set.
pub fn compare(
    ours: &Session,
    mine: &dyn Fn(&Annotation) -> bool,
    layer: &Layer,
    all_documents: bool,
) -> Comparison {
    let mut by_document: BTreeMap<&DocumentId, Vec<(Span, &Arc<Annotation>)>> = BTreeMap::new();
    for annotation in ours.annotations.values().filter(|annotation| mine(annotation)) {
        if let Some(span) = annotation.anchor.span() {
            by_document.entry(annotation.anchor.document()).or_default().push((span, annotation));
        }
    }
    let mut comparison = Comparison::default();
    for document in &ours.documents {
        let mut here = by_document.remove(&document.id).unwrap_or_default();
        here.sort_by_key(|(span, annotation)| (*span, annotation.id));
        let there = layer.annotations(&document.id);
        let open = (!finished(ours, &document.id), !layer.has_finished(&document.id));
        let by = match open {
            _ if !layer.documents.contains_key(&document.id) => Some(Unfinished::Absent),
            _ if all_documents => None,
            (true, true) => Some(Unfinished::Both),
            (true, false) => Some(Unfinished::Ours),
            (false, true) => Some(Unfinished::Theirs),
            (false, false) => None,
        };
        if let Some(by) = by {
            let (ours, theirs) = (here.len(), there.len());
            comparison.not_compared.push(NotCompared { document: document.id.clone(), by, ours, theirs });
            continue;
        }
        let sure = |laid: &&LaidAnnotation| laid.sure().is_some();
        let lost = there.iter().filter(|laid| laid.sure().is_none());
        comparison.not_carried.extend(lost.map(|laid| laid.annotation.id));
        let there: Vec<&LaidAnnotation> = there.iter().filter(sure).collect();
        let text = document.text();
        pairs(ours, layer, (&document.id, text), &here, &there, &mut comparison.pairs);
    }
    comparison.links = links::differences(ours, layer, &comparison.pairs);
    comparison
}

/// Adds the pairs of one document.
fn pairs(
    session: &Session,
    layer: &Layer,
    (document, text): (&DocumentId, &str),
    ours: &[(Span, &Arc<Annotation>)],
    theirs: &[&LaidAnnotation],
    pairs: &mut Vec<Difference>,
) {
    let a: Vec<Mark> = ours
        .iter()
        .map(|(span, annotation)| Mark { span: *span, tag: Some(annotation.tag.clone()) })
        .collect();
    // `theirs` are those with a sure place.
    let b: Vec<Mark> =
        theirs.iter().filter_map(|laid| Some(Mark { span: laid.sure()?, tag: laid.tag.clone() })).collect();
    let (beside_a, beside_b) = (Nearest::new(&a), Nearest::new(&b));
    for (i, j) in matching(&a, &b) {
        let difference = match (i, j) {
            (Some(i), Some(j)) => {
                let ends = Ends::of(a[i].span, b[j].span);
                let same_tag = a[i].tag == b[j].tag;
                Difference {
                    document: document.clone(),
                    ours: Some(ours[i].1.id),
                    theirs: Some(theirs[j].annotation.id),
                    kind: match (ends.is_some(), same_tag) {
                        (false, true) => Kind::Agree,
                        (true, true) => Kind::Ends,
                        (false, false) => Kind::Tag,
                        (true, false) => Kind::EndsAndTag,
                    },
                    slight: ends.is_some_and(|ends| {
                        ends.parts()
                            .all(|part| part.span.of(text).is_some_and(|text| text.chars().all(is_slight)))
                    }),
                    ends,
                    also: words::also(session, ours[i].1, layer, theirs[j]),
                    beside: None,
                    span: union(a[i].span, b[j].span),
                }
            }
            (i, j) => {
                let (mark, kind, beside) = match (i, j) {
                    (Some(i), _) => (&a[i], Kind::OnlyOurs, beside_b.of(&b, a[i].span)),
                    (None, Some(j)) => (&b[j], Kind::OnlyTheirs, beside_a.of(&a, b[j].span)),
                    (None, None) => continue,
                };
                let of_theirs = |at: usize| theirs[at].annotation.id;
                let of_ours = |at: usize| ours[at].1.id;
                Difference {
                    document: document.clone(),
                    ours: i.map(of_ours),
                    theirs: j.map(of_theirs),
                    kind,
                    slight: false,
                    ends: None,
                    also: Vec::new(),
                    beside: if i.is_some() { beside.map(of_theirs) } else { beside.map(of_ours) },
                    span: mark.span,
                }
            }
        };
        pairs.push(difference);
    }
}

/// Finds the mark that has most in common with a span. Marks are sorted by start.
struct Nearest {
    /// For each mark: the furthest end of it and all before it.
    reach: Vec<usize>,
}

impl Nearest {
    fn new(marks: &[Mark]) -> Self {
        let reach = marks.iter().scan(0, |reach, mark| {
            *reach = mark.span.end().max(*reach);
            Some(*reach)
        });
        Self { reach: reach.collect() }
    }

    /// The index of the mark with the largest overlap, of equal ones the shorter.
    fn of(&self, marks: &[Mark], span: Span) -> Option<usize> {
        let end = marks.partition_point(|mark| mark.span.start() < span.end());
        let begun = (0..end).rev().take_while(|i| self.reach[*i] > span.start());
        let overlap = |mark: &Mark| mark.span.end().min(span.end()) - mark.span.start().max(span.start());
        begun
            .filter(|i| marks[*i].span.overlaps(span))
            .max_by_key(|i| (overlap(&marks[*i]), std::cmp::Reverse((marks[*i].span.len(), *i))))
    }
}

/// Blanks, punctuation and marks of Markdown: an end that differs by these alone says nothing else. Signs that have a
/// meaning, such as % and €, are none.
pub(super) fn is_slight(c: char) -> bool {
    is_blank(c)
        || (c.is_ascii_punctuation() && !matches!(c, '%' | '$' | '+' | '=' | '<' | '&' | '@'))
        || matches!(c, '\u{2010}'..='\u{2027}' | '\u{2032}'..='\u{205E}' | '\u{3001}'..='\u{3011}' | '«' | '»' | '¿' | '¡' | '·' | '！' | '？' | '，' | '：' | '；')
}

#[cfg(test)]
mod tests;
