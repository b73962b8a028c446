//! What review and alerts leave behind in a session.

use super::{AnnotationId, AnnotatorId, SessionId, TagId, Timestamp};

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

/// A decision of adjudication; rejecting is a decision that counts as done.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Decision {
    /// The annotations it decided between, of any layer.
    pub about: Vec<AnnotationId>,
    /// The annotation that came of it; `None` when all were rejected.
    pub outcome: Option<AnnotationId>,
    /// Who decided.
    pub by: AnnotatorId,
    /// When.
    pub at: Timestamp,
    /// Why, or empty.
    pub reason: String,
}

/// Two versions of one record that a merge could not reconcile, kept until someone decides.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Conflict {
    /// The annotation.
    pub annotation: AnnotationId,
    /// The field that both sides changed.
    pub field: String,
    /// Our value, as the file writes it.
    pub ours: String,
    /// Their value, as the file writes it.
    pub theirs: String,
    /// The session that theirs came from.
    pub session: SessionId,
}
