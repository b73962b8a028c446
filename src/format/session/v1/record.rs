//! Documents in format 1.

use serde::{Deserialize, Serialize};

use super::super::names::{LineEnds, Presentation, ReadingStatus};
use super::super::text::Text;
use super::{Str, is_default};
use crate::model::{AnnotatorId, Digest, DocumentId, PartialDate, Timestamp};

/// A document without its text. `digest` is that of the canonical text.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct Document<'a> {
    pub id: Text<DocumentId>,
    pub digest: Text<Digest>,
    pub import: Import<'a>,
    #[serde(default)]
    pub info: DocumentInfo<'a>,
}

/// How its text came here. `digest` and `bytes` are of the file that it was read from.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct Import<'a> {
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file_name: Option<Str<'a>>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub name: Str<'a>,
    pub digest: Text<Digest>,
    pub bytes: u64,
    pub encoding: Str<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub byte_order_mark: bool,
    pub line_ends: LineEnds,
    pub at: Text<Timestamp>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct DocumentInfo<'a> {
    #[serde(default, skip_serializing_if = "is_default")]
    pub metadata: Metadata<'a>,
    pub presentation: Presentation,
    #[serde(default, skip_serializing_if = "is_default")]
    pub furniture: Vec<(usize, usize)>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub reading: Vec<Reading>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub group: Str<'a>,
    /// Digests of the texts that stood here before, sorted.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub earlier: Vec<Text<Digest>>,
}

impl Default for DocumentInfo<'_> {
    fn default() -> Self {
        Self {
            metadata: Metadata::default(),
            presentation: Presentation::Plain,
            furniture: Vec::new(),
            reading: Vec::new(),
            group: Str::default(),
            earlier: Vec::new(),
        }
    }
}

#[derive(Clone, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub(in crate::format) struct Metadata<'a> {
    #[serde(skip_serializing_if = "is_default")]
    pub title_short: Str<'a>,
    #[serde(skip_serializing_if = "is_default")]
    pub title: Str<'a>,
    #[serde(skip_serializing_if = "is_default")]
    pub author: Str<'a>,
    #[serde(skip_serializing_if = "is_default")]
    pub container_title: Str<'a>,
    #[serde(skip_serializing_if = "is_default")]
    pub issued: Text<PartialDate>,
    #[serde(skip_serializing_if = "is_default")]
    pub url: Str<'a>,
    #[serde(skip_serializing_if = "is_default")]
    pub accessed: Text<PartialDate>,
    #[serde(skip_serializing_if = "is_default")]
    pub language: Str<'a>,
    #[serde(skip_serializing_if = "is_default")]
    pub genre: Str<'a>,
    #[serde(skip_serializing_if = "is_default")]
    pub note: Str<'a>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct Reading {
    pub annotator: Text<AnnotatorId>,
    pub status: ReadingStatus,
    pub at: Text<Timestamp>,
}
