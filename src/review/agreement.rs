//! How far readers agree: the figures, what each rests on, and why one cannot be computed.
//!
//! A [`Material`] holds what was marked, in code points. Everything here takes the material apart into sums that add up
//! over documents and over sentences ([`sums`]), and computes figures from sums: so several documents are pooled and
//! never averaged, and a resample of the bootstrap is nothing but another sum.
//!
//! What the definitions leave open is decided so: a span that one reader marked twice with one tag counts once; an
//! *item* (word, sentence) has a tag when a span of that tag shares a character with it; the *layer* of a tag is its
//! spans, those that share a character made one; a reader's *units* are his layers cut at each other's ends, each valued
//! by its set of tags; units never cross the end of a document. Who marked nothing counts; who has not read a document
//! is left out of it.

use std::fmt;
use std::ops::Range;

use crate::model::{AnnotationId, DocumentId, TagId};

pub mod bootstrap;
pub mod coding;
pub mod gamma;
pub mod matching;
pub mod material;
pub mod measures;
pub mod report;
pub mod sums;
pub mod unitizing;
mod view;

pub use view::View;

#[cfg(test)]
mod tests;

/// What is measured: documents, each with every annotator's marks. Offsets are code points (Unicode scalar values) of the
/// canonical text.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Material {
    /// Names, in the order of the marks.
    pub annotators: Vec<String>,
    /// The tags that units name by their index.
    pub tags: Vec<TagId>,
    /// The documents that count.
    pub documents: Vec<MaterialDocument>,
}

/// One document of a [`Material`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MaterialDocument {
    /// Its id.
    pub id: DocumentId,
    /// How many code points it has.
    pub length: u64,
    /// Its words without the punctuation between them, in order.
    pub words: Vec<Range<u64>>,
    /// Its sentences, in order.
    pub sentences: Vec<Range<u64>>,
    /// By annotator what was marked; `None`: has not read it.
    pub marks: Vec<Option<Vec<Unit>>>,
}

/// One mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unit {
    /// The first code point.
    pub start: u64,
    /// The code point after the last.
    pub end: u64,
    /// Index into [`Material::tags`].
    pub tag: usize,
    /// The annotation that it is.
    pub annotation: Option<AnnotationId>,
}

/// A figure, or why there is none.
pub type Value = Result<f64, Undefined>;

/// Why a figure cannot be computed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Undefined {
    /// There is no text that these annotators have read.
    NothingRead,
    /// Nobody has marked anything.
    NothingMarked,
    /// All items have the same label for everyone.
    OneLabel,
    /// Everything is marked by everyone.
    NothingUnmarked,
    /// One tag only, where tags are compared.
    OneTag,
    /// No text is marked by two annotators.
    NothingShared,
    /// It is a mean over pairs, and one pair has no figure.
    APair,
    /// In passages made up at random the tags never differ, so there is no chance to correct for.
    NoChance,
}

impl fmt::Display for Undefined {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::NothingRead => "There is no text that all of them have read.",
            Self::NothingMarked => "No one marked anything here, so there is nothing to compare.",
            Self::OneLabel => {
                "Everyone used one tag only. They agree on 100 % of the text, but agreement beyond chance cannot be \
                 computed."
            }
            Self::NothingUnmarked => {
                "Everyone marked all of the text, so it cannot be said how well marked and unmarked text are told apart."
            }
            Self::OneTag => "Only one tag was used: there is no choice of tag to compare.",
            Self::NothingShared => "No passage was marked by both.",
            Self::APair => "It is a mean over the pairs of annotators, and for one pair it cannot be computed.",
            Self::NoChance => {
                "Passages drawn at random never differ in their tags, so there is no agreement by chance to compare with."
            }
        })
    }
}
