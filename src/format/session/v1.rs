//! Format 1: the structs of the session file, as they stand in it.
//!
//! Plain structs with every field by name, optional ones left out when they are empty; unknown fields are
//! errors, because a program that skips what it does not know loses it on saving. Once format 1 is released
//! this file does not change any more: a new format gets a file of its own.

mod from_model;
mod record;
mod scheme;
mod to_model;

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::names::{ActorKind, CommentStatus, RecordKind, Verdict};
use super::text::Text;
use crate::model::{
    ActorId, AnnotationId, AnnotatorId, AttributeId, CommentId, Digest, DocumentId, LinkId, LinkKindId,
    PartialDate, Session, SessionId, StatementId, TagId, Timestamp,
};

pub(in crate::format) use from_model::{annotation as annotation_of, annotator_of, file as file_of};
pub(in crate::format) use record::{Document, DocumentInfo, Import, Metadata, Reading};
pub(in crate::format) use scheme::{Attribute, AttributeValue, Example, LinkKind, Rule, Scheme, Tag};
pub(in crate::format) use to_model::Context;

/// A string of a record: borrowed while writing, owned while reading.
pub(in crate::format) type Str<'a> = Cow<'a, str>;

/// The whole file.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename = "Session", deny_unknown_fields)]
pub(in crate::format) struct File<'a> {
    pub format: u32,
    pub id: Text<SessionId>,
    pub created: Text<Timestamp>,
    #[serde(default)]
    pub title: Str<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub note: Str<'a>,
    #[serde(default)]
    pub annotators: Vec<Annotator<'a>>,
    #[serde(default)]
    pub documents: Vec<Document<'a>>,
    pub scheme: Scheme<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub actors: Vec<Actor<'a>>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub statements: Vec<Statement<'a>>,
    #[serde(default)]
    pub annotations: Vec<Annotation<'a>>,
    #[serde(default)]
    pub links: Vec<Link<'a>>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub alerts_aside: Vec<Alert<'a>>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub tag_mappings: Vec<TagMapping>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub statement_mappings: Vec<StatementMapping>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub decisions: Vec<Decision<'a>>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub remarks: Vec<Remark<'a>>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub conflicts: Vec<Conflict<'a>>,
    #[serde(default)]
    pub texts: Vec<DocumentText<'a>>,
}

/// The canonical text of a document: its lines, split at LF alone, so that joining them with LF gives it back.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(rename = "Text", deny_unknown_fields)]
pub(in crate::format) struct DocumentText<'a> {
    pub document: Text<DocumentId>,
    pub lines: Vec<Str<'a>>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct Annotator<'a> {
    pub id: Text<AnnotatorId>,
    pub name: Str<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub note: Str<'a>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct Actor<'a> {
    pub id: Text<ActorId>,
    pub name: Str<'a>,
    pub kind: ActorKind,
    #[serde(default, skip_serializing_if = "is_default")]
    pub note: Str<'a>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct Statement<'a> {
    pub id: Text<StatementId>,
    pub name: Str<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub definition: Str<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub note: Str<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub date: Text<PartialDate>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub group: Str<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub order: u32,
}

/// One annotation. `span` is in bytes of the canonical text, half open. For an orphan it is its last one, in a
/// text that is gone, and quote and context are all that is left. In a journal, where the text is not at hand,
/// an annotation that is placed has no quote and context.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct Annotation<'a> {
    pub id: Text<AnnotationId>,
    pub document: Text<DocumentId>,
    pub span: (usize, usize),
    #[serde(default, skip_serializing_if = "is_default")]
    pub orphan: bool,
    pub tag: Text<TagId>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub quote: Str<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub before: Str<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub after: Str<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub note: Str<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub unsure: bool,
    #[serde(default, skip_serializing_if = "is_default")]
    pub statement: Option<Text<StatementId>>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub voice: Vec<Text<ActorId>>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub attributes: Vec<Value<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub comments: Vec<Comment<'a>>,
    pub annotator: Text<AnnotatorId>,
    pub created: Text<Timestamp>,
    pub modified: Text<Timestamp>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provenance: Option<Provenance<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub changes: Vec<Past<'a>>,
}

/// A change of an annotation.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct Past<'a> {
    pub by: Text<AnnotatorId>,
    pub at: Text<Timestamp>,
    pub what: Str<'a>,
}

/// The value of an attribute. A list of these rather than a map: RON lets a key stand twice in a map and keeps
/// the last in silence.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct Value<'a> {
    pub attribute: Text<AttributeId>,
    pub value: Str<'a>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct Comment<'a> {
    pub id: Text<CommentId>,
    pub author: Text<AnnotatorId>,
    pub at: Text<Timestamp>,
    pub text: Str<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub reply_to: Option<Text<CommentId>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<CommentStatus>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct Provenance<'a> {
    pub session: Text<SessionId>,
    pub from: Vec<Text<AnnotationId>>,
    pub decided_by: Text<AnnotatorId>,
    pub at: Text<Timestamp>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub reason: Str<'a>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct Link<'a> {
    pub id: Text<LinkId>,
    pub kind: Text<LinkKindId>,
    pub from: Text<AnnotationId>,
    pub to: Text<AnnotationId>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub note: Str<'a>,
    pub annotator: Text<AnnotatorId>,
    pub created: Text<Timestamp>,
    pub modified: Text<Timestamp>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct Alert<'a> {
    pub kind: Str<'a>,
    pub subject: Str<'a>,
    pub by: Text<AnnotatorId>,
    pub at: Text<Timestamp>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub note: Str<'a>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct TagMapping {
    pub session: Text<SessionId>,
    pub theirs: Text<TagId>,
    pub ours: Text<TagId>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct Decision<'a> {
    pub about: Vec<Text<AnnotationId>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub seen: Vec<Text<Digest>>,
    pub verdict: Verdict,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub outcome: Vec<Text<AnnotationId>>,
    pub by: Text<AnnotatorId>,
    pub at: Text<Timestamp>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub reason: Str<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub note: Str<'a>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct StatementMapping {
    pub session: Text<SessionId>,
    pub theirs: Text<StatementId>,
    pub ours: Text<StatementId>,
}

/// A comment on an annotation of another session.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct Remark<'a> {
    pub session: Text<SessionId>,
    pub annotation: Text<AnnotationId>,
    pub comment: Comment<'a>,
}

/// Two versions of one field that a merge left undecided; a version left out is none.
#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct Conflict<'a> {
    pub kind: RecordKind,
    #[serde(default, skip_serializing_if = "is_default")]
    pub id: Str<'a>,
    pub field: Str<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kept: Option<Str<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub other: Option<Str<'a>>,
}

/// True for the value that reading takes where a field is left out.
pub(in crate::format) fn is_default<T: Default + PartialEq>(value: &T) -> bool {
    *value == T::default()
}

/// What the last line says before the digest.
pub(super) const DIGEST_LINE: &str = "// sha256: ";

/// The file of a session, with or without its texts, and its digest as the last line.
pub(super) fn write(session: &Session, texts: bool) -> String {
    let config = ron::ser::PrettyConfig::new().struct_names(true).new_line("\n").indentor("  ");
    let mut file = ron::ser::to_string_pretty(&file_of(session, texts), config)
        .expect("plain structs of strings and numbers are written to memory without an error");
    file.push('\n');
    let digest = Digest::of(file.as_bytes());
    file.push_str(DIGEST_LINE);
    file.push_str(&digest.to_string());
    file.push('\n');
    file
}
