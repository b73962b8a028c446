//! What keeps work from being lost: what a journal brought back, a session that is open elsewhere, a file that
//! another program has changed, and earlier versions of it.

use std::path::PathBuf;

use crate::edit::{Edit, Step};
use crate::model::{AnnotationId, Digest, Timestamp};
use crate::store::{BroughtBack, Draft, Holder, Version};

use super::Workspace;

/// What a journal brought back, until one has said that it is to be kept.
#[derive(Clone, Debug)]
pub struct BackAgain {
    /// In a sentence.
    pub said: String,
    /// Each step: when, what, where.
    pub steps: Vec<String>,
    /// The step that takes all of it back.
    pub(super) undo: Option<Step>,
}

/// Comments that were being written when the program ended: they stand in their fields again.
#[derive(Clone, Debug)]
pub struct DraftsBack {
    /// In a sentence.
    pub said: String,
    /// The first annotation of one's own that one was writing about.
    pub first: Option<AnnotationId>,
}

/// What one does about what keeps work from being lost.
#[derive(Debug)]
pub enum SafetyAction {
    /// Keep what a journal brought back.
    Keep,
    /// List what it was.
    Look,
    /// Leave it out, as one step.
    LeaveOut,
    /// Go to the first comment that was being written.
    GoToDraft,
    /// Say no more that it came back.
    DraftSeen,
    /// Bring back in a copy what a journal holds that continues another version of the file.
    BringAside {
        /// The file.
        file: PathBuf,
        /// The journal.
        journal: PathBuf,
    },
    /// Open the session for work that was open elsewhere.
    OpenForWork,
    /// The same, also when another computer seems to have it open.
    TakeOver,
    /// Say again what another program has changed.
    AskChanged,
    /// Make this of the file that another program has changed.
    TakeChanged(Box<Taken>),
    /// Show how an earlier version differs.
    ShowVersion(usize),
    /// Open an earlier version as a copy.
    OpenVersion(usize),
    /// Open the last earlier version of a file that does not read, as a copy.
    OpenVersionOf(PathBuf),
}

/// Edits that bring in what another program has written, and the digest of that.
#[derive(Debug)]
pub struct Taken {
    /// The name of the step.
    pub label: String,
    /// What is said when it is done.
    pub said: String,
    /// The edits.
    pub edits: Vec<Edit>,
    /// Digest of the file that they bring in.
    pub digest: Digest,
    /// The revision for which they were made.
    pub revision: u64,
}

/// The file as another program has written it, beside the open session.
#[derive(Debug)]
pub struct Changed {
    /// Both made one.
    pub merge: Taken,
    /// Theirs in the place of ours.
    pub reload: Taken,
    /// What is different there, a line each.
    pub details: Vec<String>,
    /// Something has been done here since the file was written.
    pub ours_is_newer: bool,
}

/// The earlier versions of the open session.
#[derive(Debug, Default)]
pub struct Versions {
    /// The last first.
    pub list: Vec<Version>,
    /// The one that is shown.
    pub shown: Option<usize>,
    /// How the shown one differs from the session as it is; `None` while that is being found.
    pub view: Option<Result<VersionView, String>>,
}

/// An earlier version.
#[derive(Clone, Debug)]
pub struct VersionView {
    /// Its documents.
    pub documents: usize,
    /// Its annotations.
    pub annotations: usize,
    /// What was changed since, a line each.
    pub changes: Vec<String>,
}

/// Where the open session stands that can only be read.
#[derive(Clone, Debug)]
pub struct HeldElsewhere {
    /// The file.
    pub path: PathBuf,
    /// Who has it.
    pub holder: Holder,
}

impl Workspace {
    /// The comments that were being written in the session that has come onto the desk since this was asked last: they
    /// belong in their fields, and no others.
    pub fn take_drafts(&mut self) -> Option<Vec<Draft>> {
        self.drafts_came.take()
    }

    /// Keeps the comments that are being written, for the next start.
    pub fn keep_drafts(&self, drafts: Vec<Draft>) {
        if let Some(keeper) = self.desk.as_ref().and_then(|desk| desk.keeper.as_ref()) {
            keeper.keep_drafts(drafts);
        }
    }
}

/// The moment at which a step was made, with what it did.
pub(super) fn step_words(
    step: &BroughtBack,
    titles: &[String],
    clock: impl Fn(Timestamp) -> String,
) -> String {
    let place = if titles.is_empty() { String::new() } else { format!(", in {}", titles.join(" and ")) };
    format!("{} {}{place}", clock(step.at), step.label)
}
