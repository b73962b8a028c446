//! How much annotators agree, in figures.
//!
//! - [`gamma`]: Mathet's gamma and gamma-cat

pub mod gamma;

use std::ops::Range;

use crate::model::{AnnotationId, DocumentId, TagId};

/// What is measured: documents, each with every annotator's marks. Offsets are code points (Unicode scalar values) of
/// the canonical text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Material {
    /// Names of the annotators.
    pub annotators: Vec<String>,
    /// Tags that are compared; units name them by index.
    pub tags: Vec<TagId>,
    /// Documents in order.
    pub documents: Vec<MaterialDocument>,
}

/// One document of a [`Material`].
#[derive(Clone, Debug, PartialEq)]
pub struct MaterialDocument {
    /// Which document.
    pub id: DocumentId,
    /// Its length in code points.
    pub length: u64,
    /// Its words.
    pub words: Vec<Range<u64>>,
    /// Its sentences.
    pub sentences: Vec<Range<u64>>,
    /// Marks by annotator, as [`Material::annotators`] has them. None: has not read it.
    pub marks: Vec<Option<Vec<Unit>>>,
}

/// One mark: a span of text with a tag.
#[derive(Clone, Debug, PartialEq)]
pub struct Unit {
    /// First code point.
    pub start: u64,
    /// Code point after the last.
    pub end: u64,
    /// Index in [`Material::tags`].
    pub tag: usize,
    /// The annotation it comes from.
    pub annotation: Option<AnnotationId>,
}
