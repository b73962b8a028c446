//! The scheme in format 1.

use serde::{Deserialize, Serialize};

use super::super::names::{Pattern, TagColor};
use super::super::text::Text;
use super::{Str, is_default};
use crate::model::{AnnotationId, AttributeId, LinkKindId, TagId, Timestamp};

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct Scheme<'a> {
    #[serde(default)]
    pub tags: Vec<Tag<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub attributes: Vec<Attribute<'a>>,
    #[serde(default)]
    pub link_kinds: Vec<LinkKind<'a>>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct Tag<'a> {
    pub id: Text<TagId>,
    pub name: Str<'a>,
    pub letter: char,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub key: Option<u8>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub parent: Option<Text<TagId>>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub definition: Str<'a>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub rules: Vec<Rule<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Example<'a>>,
    pub color: TagColor,
    pub pattern: Pattern,
    #[serde(default, skip_serializing_if = "is_default")]
    pub retired: bool,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct Rule<'a> {
    pub text: Str<'a>,
    pub since: Text<Timestamp>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Example<'a>>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct Example<'a> {
    pub quote: Str<'a>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub annotation: Option<Text<AnnotationId>>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub note: Str<'a>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct Attribute<'a> {
    pub id: Text<AttributeId>,
    pub name: Str<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub definition: Str<'a>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub values: Vec<AttributeValue<'a>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub default: Option<Str<'a>>,
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub tags: Vec<Text<TagId>>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub retired: bool,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct AttributeValue<'a> {
    pub name: Str<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub definition: Str<'a>,
}

#[derive(Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(in crate::format) struct LinkKind<'a> {
    pub id: Text<LinkKindId>,
    pub name: Str<'a>,
    pub inverse: Str<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub definition: Str<'a>,
    #[serde(default, skip_serializing_if = "is_default")]
    pub retired: bool,
}
