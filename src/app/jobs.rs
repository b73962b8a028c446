//! Worker threads: each named, each given a snapshot, its result a value that comes back as an action.

use std::panic::AssertUnwindSafe;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};

use crate::model::Document;
use crate::store;

use super::{Action, PathPurpose};

/// What only the window can do.
#[derive(Clone, Debug, PartialEq)]
pub enum Effect {
    /// Show a file dialog; answered by [`Action::Picked`].
    Pick {
        /// What for.
        purpose: PathPurpose,
        /// A name to begin with.
        suggested: String,
        /// The folder to begin in.
        folder: Option<PathBuf>,
    },
    /// Put this on the clipboard.
    CopyText(String),
    /// Put this on the clipboard, formatted for programs that take it so.
    CopyRich {
        /// As plain text.
        plain: String,
        /// As an HTML fragment.
        html: String,
    },
    /// Paint the matrix as a picture of points for this file; answered by [`Action::MatrixPainted`].
    PaintMatrix {
        /// What stands in it.
        sheet: Box<crate::format::matrix::Sheet>,
        /// The file.
        path: PathBuf,
    },
    /// Ask the system for the clipboard's text; it comes back as [`Action::PasteText`].
    RequestPaste,
    /// End the program.
    Quit,
}

/// What a worker thread came back with.
#[derive(Debug)]
pub enum JobResult {
    /// A session was opened, or not.
    SessionOpened(PathBuf, Result<store::Opened, store::OpenError>, super::Prepared),
    /// A session that was never saved was taken up again, or not.
    UnsavedOpened(Result<store::Opened, store::OpenError>, super::Prepared),
    /// What is sound of a damaged session, with what was left out; or why nothing is.
    SoundRead(PathBuf, Result<(crate::model::Session, Vec<String>), String>),
    /// Document files were read, or not. The documents have no ids of their own yet.
    DocumentsRead(Vec<(PathBuf, Result<Box<Document>, store::ImportError>)>, super::Prepared),
    /// An export was written: what to say, and what it does not hold; or why not.
    Exported(Result<(String, Vec<String>), String>),
    /// What an export would be, of the session with this number.
    ExportPreview(u64, Box<super::ExportPreview>),
    /// Files of other programs were read for the session with this number, or not.
    ImportRead(u64, Result<Box<super::Imported>, String>),
    /// A large step was made and applied to a copy of the session with this number.
    Large(u64, Box<super::LargeDone>),
    /// What differs from the layers of the session with this number.
    Reviewed(u64, Box<super::review::Found>),
    /// Figures of agreement of the session with this number.
    Agreed(u64, Box<super::review::Figures>),
    /// Colleagues' sessions were read for the session with this number, or not; in the order in which they were named.
    LayersRead(u64, Vec<LayerRead>),
    /// Another copy of the session with this number was read for its comments, or not.
    CopyRead(u64, PathBuf, Result<Box<crate::model::Session>, String>),
    /// What merging another copy of the session with the first number would do, at the revision that is the second; or
    /// why it can't be read.
    MergeOffered((u64, u64), PathBuf, Result<Box<super::review::MergeOffer>, String>),
    /// A copy of the session with the first number, at the revision that is the second, was written before a merge, or
    /// why not; with the step that merges.
    CopyKept((u64, u64), Box<super::PendingStep>, Result<(), String>),
    /// A session that is open elsewhere was read, or not.
    ReadElsewhere(
        super::safety::HeldElsewhere,
        Result<Box<store::ReadOnDisk>, store::OpenError>,
        super::Prepared,
    ),
    /// What a corrected text would make of a document of the session with the first number, at the revision that is the
    /// second; or why not.
    ReplacePlanned(u64, u64, Result<Box<crate::review::carry::Plan>, String>),
    /// What another program has written to the file of the session with this number, or why it can't be read.
    ChangedRead(u64, PathBuf, Result<Box<super::safety::Changed>, String>),
    /// What a sync client has put beside the file of the session with this number, and whether each holds what is not
    /// in it; or why it can't be read.
    CopiesBeside(u64, Vec<(PathBuf, Result<bool, String>)>),
    /// The earlier versions of the session with this number.
    VersionsListed(u64, Vec<store::Version>),
    /// How the version at this place differs from the session with this number, or why it can't be read.
    VersionRead(u64, usize, Result<super::safety::VersionView, String>),
    /// The version of this moment, to be opened as a copy, or why it can't be read.
    VersionOpened(String, Result<Arc<crate::model::Session>, String>),
    /// The matrix of the session with this number.
    Matrix(u64, Box<crate::across::matrix::Matrix>),
    /// A chart of the session with this number.
    Chart(u64, Box<super::ChartView>),
    /// The index of all documents was brought up to date, for the session with this number.
    EchoIndex(u64, Box<super::echoes::Shelved>),
    /// Where a passage stands again, in the session with the first number, as asked by the question with the second;
    /// `None`: it was no longer wanted.
    Echoes(u64, u64, Option<Box<super::echoes::Heard>>),
    /// What the session with this number holds twice.
    EchoPairs(u64, Box<super::echoes::Compared>),
    /// What the search with the second number has found in the session with the first.
    Found(u64, u64, Box<super::search::Found>),
    /// The rows of the table, of the session with this number.
    Rows(u64, Vec<crate::model::AnnotationId>),
    /// Where a passage stands again that is to be marked as not text, in the session with this number.
    Repeats {
        /// The number of the desk.
        number: u64,
        /// The document where it was selected.
        document: crate::model::DocumentId,
        /// Where in it.
        span: crate::model::Span,
        /// The other places.
        places: Vec<super::FurniturePlace>,
    },
    /// A scheme was read, or not.
    SchemeRead(PathBuf, Result<Box<crate::model::Scheme>, String>),
    /// A file was written, or a job of that kind done: what to say, or why not.
    Written(Result<String, String>),
    /// The keeper of the session with this number tells something.
    Keeper(u64, store::KeeperEvent),
    /// What the welcome screen lists.
    Shelf {
        /// Sessions that were never saved to a file.
        unsaved: Vec<store::UnsavedEntry>,
        /// Sessions opened or saved before, the last first.
        recent: Vec<store::RecentEntry>,
        /// What could not be read.
        warning: Option<String>,
    },
    /// The keeper of a session has ended: everything is on disk, or why not.
    Closed {
        /// Why not.
        result: Result<(), String>,
        /// What comes then.
        next: AfterClose,
        /// The session of which steps are nowhere on the disk.
        lost: Option<Box<crate::model::Session>>,
    },
    /// Something small could not be written.
    Warning(String),
    /// The worker of this name met a bug and ended without a result.
    Ended(String),
    /// Nothing to tell.
    Nothing,
}

/// What stands in a colleague's file, and how it meets the open session.
#[derive(Debug)]
pub struct LayerFile {
    /// The session.
    pub session: Arc<crate::model::Session>,
    /// Digest of the file's bytes.
    pub digest: crate::model::Digest,
    /// How many documents both have.
    pub documents: usize,
    /// It has tags or statements of which it is not known which of one's own they are.
    pub asks: bool,
}

/// A colleague's session that was read to be laid over the open one.
#[derive(Debug)]
pub struct LayerRead {
    /// Its file.
    pub path: PathBuf,
    /// What was read, or why it could not be.
    pub result: Result<LayerFile, String>,
    /// How it was shown before, where it is opened again.
    pub shown: Option<super::review::Shown>,
}

/// What comes when a session has been closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AfterClose {
    /// Another session, or the welcome screen.
    Stay,
    /// The end of the program.
    Quit,
}

/// Starts worker threads and collects what they come back with.
pub struct Jobs {
    sender: Sender<Action>,
    receiver: Receiver<Action>,
    wake: Arc<dyn Fn() + Send + Sync>,
    running: usize,
}

impl Jobs {
    /// `wake` is called from a worker thread whenever there is something to collect.
    pub fn new(wake: Arc<dyn Fn() + Send + Sync>) -> Self {
        let (sender, receiver) = channel();
        Self { sender, receiver, wake, running: 0 }
    }

    /// Runs `work` on a thread named `gainsay-NAME`.
    pub fn start(&mut self, name: &str, work: impl FnOnce() -> JobResult + Send + 'static) {
        let (sender, wake) = (self.sender.clone(), Arc::clone(&self.wake));
        let job = name.to_owned();
        let body = move || {
            // Where a worker meets a bug, whatever waits for it must hear of it. It owned what it worked on.
            let result = std::panic::catch_unwind(AssertUnwindSafe(work));
            let result = result.unwrap_or(JobResult::Ended(job));
            // The receiver is gone only when the program ends.
            let _ = sender.send(Action::Job(Box::new(result)));
            wake();
        };
        self.running += 1;
        if let Err(error) = std::thread::Builder::new().name(format!("gainsay-{name}")).spawn(body) {
            let warning = JobResult::Warning(format!("no thread could be started: {error}"));
            let _ = self.sender.send(Action::Job(Box::new(warning)));
        }
    }

    /// A function for other threads that hands in results as they come.
    pub fn inbox(&self) -> impl Fn(JobResult) + Send + 'static {
        let (sender, wake) = (self.sender.clone(), Arc::clone(&self.wake));
        move |result| {
            let _ = sender.send(Action::Job(Box::new(result)));
            wake();
        }
    }

    /// What has come back since the last call.
    pub fn collect(&mut self) -> Vec<Action> {
        let actions: Vec<Action> = self.receiver.try_iter().collect();
        let own = |action: &&Action| match action {
            Action::Job(result) => !matches!(**result, JobResult::Keeper(..)),
            _ => false,
        };
        self.running = self.running.saturating_sub(actions.iter().filter(own).count());
        actions
    }

    /// True while a worker started by [`Jobs::start`] has not come back.
    pub fn busy(&self) -> bool {
        self.running > 0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_worker_that_meets_a_bug_is_told_by_name_and_waited_for_no_longer() {
        let mut jobs = Jobs::new(Arc::new(|| {}));
        jobs.start("search", || {
            let text = "👮🏽‍♀️ e\u{301} “no”";
            assert!(text[std::hint::black_box(2)..].is_empty());
            JobResult::Nothing
        });
        assert!(jobs.busy());
        let action = jobs.receiver.recv().unwrap();
        assert!(
            matches!(&action, Action::Job(job) if matches!(&**job, JobResult::Ended(name) if name == "search"))
        );
        jobs.sender.send(action).unwrap();
        assert_eq!(jobs.collect().len(), 1);
        assert!(!jobs.busy());
    }
}
