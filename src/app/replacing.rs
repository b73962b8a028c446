//! A corrected text in the place of a document's, while it is looked at.

use std::collections::BTreeSet;

use crate::model::{AnnotationId, DocumentId};
use crate::review::carry::{Plan, Row};
use crate::text::reanchor::Fate;

/// What a corrected text would make of a document's annotations, and what one has said to it so far.
#[derive(Debug)]
pub struct Replacing {
    /// What would become of each.
    pub plan: Plan,
    /// The doubtful ones that one has said yes to.
    pub accepted: BTreeSet<AnnotationId>,
    /// Only those of this fate are listed.
    pub only: Option<Fate>,
    /// The revision for which it was found.
    pub(super) revision: u64,
}

impl Replacing {
    /// Of a plan just made: shown are first those that ask, where there are any.
    pub(super) fn of(plan: Plan, revision: u64) -> Self {
        let only = (plan.doubtful().next().is_some()).then_some(Fate::Doubtful);
        Self { plan, accepted: BTreeSet::new(), only, revision }
    }

    /// The rows that are listed.
    pub fn rows(&self) -> Vec<&Row> {
        self.plan.rows.iter().filter(|row| self.only.is_none_or(|fate| row.fate == fate)).collect()
    }

    /// How many annotations would lose their place.
    pub fn orphans(&self) -> usize {
        let stays = |row: &&Row| {
            matches!(row.fate, Fate::Kept | Fate::Moved) || self.accepted.contains(&row.annotation)
        };
        self.plan.rows.len() - self.plan.rows.iter().filter(stays).count()
    }
}

/// What one does about a corrected text.
#[derive(Debug)]
pub enum ReplaceAction {
    /// Ask for the corrected file of a document.
    Ask(DocumentId),
    /// Say yes to the place that is proposed for an annotation, or take that back.
    Accept(AnnotationId, bool),
    /// Say yes to all proposed places, or take that back.
    AcceptAll(bool),
    /// List only those of one fate.
    Only(Option<Fate>),
    /// Do it, as one step.
    Apply,
    /// Put an annotation whose text is gone on the selection.
    PlaceAgain(AnnotationId),
    /// Go to the place where its words may stand now.
    ShowProposal(AnnotationId),
}
