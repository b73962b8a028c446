//! What review and alerts leave behind in a session.

use super::{AnnotationId, AnnotatorId, Comment, Digest, SessionId, StatementId, TagId, Timestamp};

/// An alert that the reader has put aside.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Alert {
    /// What kind of alert, such as `caveat-dropped`.
    pub kind: String,
    /// What it is about, in a form that stays the same from run to run.
    pub subject: String,
    /// Who put it aside.
    pub by: AnnotatorId,
    /// When.
    pub at: Timestamp,
    /// Why, or empty.
    pub note: String,
}

/// Which of a colleague's tags is which of one's own, asked once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct TagMapping {
    /// The colleague's session.
    pub session: SessionId,
    /// Their tag.
    pub theirs: TagId,
    /// The tag of this session that it means.
    pub ours: TagId,
}

/// Which of a colleague's statements is which of one's own, asked once.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct StatementMapping {
    /// The colleague's session.
    pub session: SessionId,
    /// Their statement.
    pub theirs: StatementId,
    /// The statement of this session that it is.
    pub ours: StatementId,
}

/// A decision of adjudication; rejecting is a decision that counts as done.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision {
    /// The annotations it decided between, of any layer.
    pub about: Vec<AnnotationId>,
    /// What each of them said then, in the order of `about`: a digest, by which a layer that has changed since is
    /// told.
    pub seen: Vec<Digest>,
    /// What was decided.
    pub verdict: Verdict,
    /// The annotations that came of it; none when all were rejected.
    pub outcome: Vec<AnnotationId>,
    /// Who decided.
    pub by: AnnotatorId,
    /// When.
    pub at: Timestamp,
    /// Why, from the short list, or empty.
    pub reason: String,
    /// A note on it, or empty.
    pub note: String,
}

/// What was decided between annotations of several readers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The one of the session itself stays.
    Mine,
    /// One of a layer is taken over.
    Theirs,
    /// All of them stay side by side.
    Both,
    /// Another is made in their place.
    New,
    /// None of them stays.
    Neither,
    /// All agree, and a rule chosen beforehand takes it in.
    Rule,
}

/// A comment on an annotation of a colleague's session, kept here until it goes back to them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Remark {
    /// Their session.
    pub session: SessionId,
    /// Their annotation.
    pub annotation: AnnotationId,
    /// What is said of it.
    pub comment: Comment,
}

/// Two versions of one field that a merge could not reconcile, kept until someone decides.
///
/// Which of the two stands in the session does not depend on who merged: of records with a time the later one,
/// else the longer value. So `kept` and `other` say nothing of "ours" and "theirs".
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// What kind of record it is about.
    pub kind: RecordKind,
    /// The record's id as text; empty for the session itself.
    pub id: String,
    /// The field that both sides changed; [`Conflict::RECORD`] when one side removed what the other changed or uses.
    pub field: String,
    /// What stands in the session, as `review::merge` writes values; `None` where nothing does.
    pub kept: Option<String>,
    /// What gave way; `None` where the other side has nothing, or has removed the record.
    pub other: Option<String>,
}

impl Conflict {
    /// The field that stands for the record itself.
    pub const RECORD: &'static str = "record";
}

/// The kinds of records that a session holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum RecordKind {
    /// The session's own title and note.
    Session,
    /// A document.
    Document,
    /// A tag.
    Tag,
    /// An attribute.
    Attribute,
    /// A link kind.
    LinkKind,
    /// An annotator.
    Annotator,
    /// A person or organization.
    Actor,
    /// A statement.
    Statement,
    /// An annotation.
    Annotation,
    /// A link.
    Link,
    /// Which of a colleague's tags is which of one's own.
    TagMapping,
    /// Which of a colleague's statements is which of one's own.
    StatementMapping,
    /// A comment on an annotation of a colleague's session.
    Remark,
}

impl RecordKind {
    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Session => "session",
            Self::Document => "document",
            Self::Tag => "tag",
            Self::Attribute => "attribute",
            Self::LinkKind => "link kind",
            Self::Annotator => "annotator",
            Self::Actor => "voice",
            Self::Statement => "statement",
            Self::Annotation => "annotation",
            Self::Link => "link",
            Self::TagMapping => "tag mapping",
            Self::StatementMapping => "statement mapping",
            Self::Remark => "remark",
        }
    }
}
