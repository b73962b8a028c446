//! Links: directed, typed ties between two annotations, in one document or two.

use super::{AnnotationId, AnnotatorId, LinkId, LinkKindId, Timestamp};

/// A directed, typed tie between two annotations.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Link {
    /// Its id.
    pub id: LinkId,
    /// What it says: `from` *denies* `to`.
    pub kind: LinkKindId,
    /// Where it starts.
    pub from: AnnotationId,
    /// Where it ends.
    pub to: AnnotationId,
    /// A note, or empty.
    pub note: String,
    /// Who made it.
    pub annotator: AnnotatorId,
    /// When it was made.
    pub created: Timestamp,
    /// When it was last changed.
    pub modified: Timestamp,
}
