//! Annotations: a span with a tag, and what the reader says of it.

use std::collections::BTreeMap;

use super::{
    ActorId, AnnotationId, AnnotatorId, AttributeId, CommentId, DocumentId, SessionId, Span, StatementId,
    TagId, Timestamp,
};

/// A passage with a tag, and what the reader says of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Annotation {
    /// Its id, the same in every copy of the session.
    pub id: AnnotationId,
    /// Where it stands.
    pub anchor: Anchor,
    /// What it says its passage is.
    pub tag: TagId,
    /// A note, or empty.
    pub note: String,
    /// The reader is not sure of the tag.
    pub unsure: bool,
    /// Values of the scheme's attributes.
    pub attributes: BTreeMap<AttributeId, String>,
    /// The statement that the passage is about.
    pub statement: Option<StatementId>,
    /// Who says it, outermost first: the minister, reporting the police.
    pub voice: Vec<ActorId>,
    /// Comments, oldest first.
    pub comments: Vec<Comment>,
    /// Who made it.
    pub annotator: AnnotatorId,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
    /// Where it came from, when it was taken over in a review.
    pub provenance: Option<Provenance>,
    /// What was done to it since it was made, oldest first.
    pub changes: Vec<Change>,
}

impl Annotation {
    /// An annotation that says nothing but its tag.
    pub fn new(
        id: AnnotationId,
        anchor: Anchor,
        tag: TagId,
        annotator: AnnotatorId,
        created: Timestamp,
    ) -> Self {
        Self {
            id,
            anchor,
            tag,
            note: String::new(),
            unsure: false,
            attributes: BTreeMap::new(),
            statement: None,
            voice: Vec::new(),
            comments: Vec::new(),
            annotator,
            created,
            modified: created,
            provenance: None,
            changes: Vec::new(),
        }
    }
}

/// A change of an annotation, for its history.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Change {
    /// Who changed it.
    pub by: AnnotatorId,
    /// When.
    pub at: Timestamp,
    /// What was done, as the step that did it was called: "retag claim as denial".
    pub what: String,
}

/// Where an annotation stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Anchor {
    /// On a span of a document's text.
    Placed {
        /// The document.
        document: DocumentId,
        /// Bytes of its canonical text.
        span: Span,
    },
    /// Its text is gone: kept with all that is known, rather than put on a wrong passage.
    Orphan(OrphanAnchor),
}

impl Anchor {
    /// The document it stands in, or stood in.
    pub fn document(&self) -> &DocumentId {
        match self {
            Self::Placed { document, .. } => document,
            Self::Orphan(orphan) => &orphan.document,
        }
    }

    /// The span, unless it is an orphan.
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Placed { span, .. } => Some(*span),
            Self::Orphan(_) => None,
        }
    }
}

/// What is known of a passage whose text is gone.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrphanAnchor {
    /// The document it stood in.
    pub document: DocumentId,
    /// The exact text it stood on.
    pub quote: String,
    /// Up to ~32 characters before it.
    pub before: String,
    /// Up to ~32 characters after it.
    pub after: String,
    /// Its last span, in bytes of the text that is gone.
    pub last: Span,
}

/// A comment on an annotation, by anyone.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Comment {
    /// Its id.
    pub id: CommentId,
    /// Who wrote it.
    pub author: AnnotatorId,
    /// When.
    pub at: Timestamp,
    /// What it says.
    pub text: String,
    /// The comment that it answers.
    pub reply_to: Option<CommentId>,
    /// What the author thinks of the annotation.
    pub status: Option<CommentStatus>,
}

/// A reviewer's stand on an annotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum CommentStatus {
    /// Agreed with.
    Accepted,
    /// Doubted.
    Questioned,
    /// Disagreed with.
    Rejected,
}

/// Where an annotation came from, when it was adopted or decided in a review.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Provenance {
    /// The session it came from.
    pub session: SessionId,
    /// The annotations it was made from.
    pub from: Vec<AnnotationId>,
    /// Who decided.
    pub decided_by: AnnotatorId,
    /// When.
    pub at: Timestamp,
    /// Why, in words.
    pub reason: String,
}
