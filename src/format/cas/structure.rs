//! Feature structures and their types, before they are XML or JSON.

use super::{ATTRIBUTE, HEAD, LINK, METADATA, PASSAGE};
use crate::format::kept::labels::Labels;
use crate::model::{AttributeId, Scheme};

/// What a feature holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Range {
    Text,
    Integer,
    Boolean,
    /// A passage.
    Passage,
}

impl Range {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Text => "uima.cas.String",
            Self::Integer => "uima.cas.Integer",
            Self::Boolean => "uima.cas.Boolean",
            Self::Passage => PASSAGE,
        }
    }
}

/// A type of our own.
pub(super) struct Type {
    pub name: &'static str,
    pub parent: &'static str,
    pub features: Vec<(String, Range)>,
}

/// A value of a feature.
pub(super) enum Value {
    Text(String),
    Integer(usize),
    Boolean(bool),
    /// The id of a structure.
    Of(usize),
}

/// A feature structure.
pub(super) struct Structure {
    pub id: usize,
    pub kind: &'static str,
    pub features: Vec<(String, Value)>,
}

/// The name of the feature that holds an attribute.
pub(super) fn feature_of(labels: &Labels, attribute: &AttributeId) -> String {
    format!("{ATTRIBUTE}{}", labels.attribute(attribute).replace('-', "_"))
}

/// The types of a session's files. A reader refuses what is not listed.
pub(super) fn types(scheme: &Scheme, labels: &Labels) -> Vec<Type> {
    let texts =
        |names: &[&str]| names.iter().map(|name| ((*name).to_owned(), Range::Text)).collect::<Vec<_>>();
    let mut passage = texts(&["annId", "tag", "note", "statement", "voice"]);
    passage.push(("unsure".to_owned(), Range::Boolean));
    passage.extend(scheme.attributes.iter().map(|it| (feature_of(labels, &it.id), Range::Text)));
    passage.extend(texts(&["annotator", "created", "modified", "quote"]));
    passage.push(("paragraph".to_owned(), Range::Integer));
    passage.extend(texts(&["section", "citation", "linkTarget", "linkData", "data"]));
    let mut link = vec![("Governor".to_owned(), Range::Passage), ("Dependent".to_owned(), Range::Passage)];
    link.extend(texts(&["annId", "kind", "note", "annotator", "created", "modified", "data"]));
    let mut metadata =
        texts(&["documentTitle", "documentId", "documentUri", "collectionId", "documentBaseUri"]);
    metadata.push(("isLastSegment".to_owned(), Range::Boolean));
    vec![
        Type { name: METADATA, parent: "uima.tcas.DocumentAnnotation", features: metadata },
        Type { name: HEAD, parent: "uima.cas.AnnotationBase", features: texts(&["digest", "records"]) },
        Type { name: PASSAGE, parent: "uima.tcas.Annotation", features: passage },
        Type { name: LINK, parent: "uima.tcas.Annotation", features: link },
    ]
}
