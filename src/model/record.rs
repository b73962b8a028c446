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
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Remark {
    /// Their session.
    pub session: SessionId,
    /// Their annotation.
    pub annotation: AnnotationId,
    /// What is said of it.
    pub comment: Comment,
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
