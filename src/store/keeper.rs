//! The thread that owns journal, lock and file of one open session.

mod place;
mod state;

use std::collections::VecDeque;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::mpsc::{Receiver, RecvTimeoutError, Sender, channel};
use std::thread::JoinHandle;
use std::time::{Duration, Instant};

use crate::edit::Step;
use crate::model::{Digest, Session, Timestamp};

use super::drafts::{self, Draft};
use super::sabotage::sabotaged;
use super::versions::Origin;
use super::{SaveError, clock};

pub use place::Home;
pub(super) use place::Saved;
use state::{Over, PutAside, State, Written};

/// How long after a failed write the journal is tried again.
const RETRY: Duration = Duration::from_secs(3);

/// What a keeper tells.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeeperEvent {
    /// All steps up to this revision are on disk, in the journal or in the file: fsync has returned.
    Journaled {
        /// The revision.
        revision: u64,
    },
    /// Steps up to this revision are in memory only. They are tried again with the next step, and every few
    /// seconds.
    JournalFailed {
        /// The revision.
        revision: u64,
        /// The journal, the cause and the remedy.
        error: String,
    },
    /// The file holds all steps up to this revision.
    Saved {
        /// The revision.
        revision: u64,
        /// The file.
        path: PathBuf,
        /// Digest of its bytes.
        digest: Digest,
        /// When.
        at: Timestamp,
    },
    /// The file was not written. What stood there is untouched, and the journal has what it had.
    SaveFailed {
        /// Why.
        error: SaveError,
    },
    /// The version that a save has replaced could not be put among the earlier versions.
    NotPutAside {
        /// Why.
        error: SaveError,
    },
    /// The file is no longer where it was: someone else has moved, renamed or removed it.
    Gone {
        /// Where it was.
        path: PathBuf,
    },
    /// Comments that are being written could not be kept.
    DraftsFailed {
        /// The file and the cause.
        error: String,
    },
    /// A copy was written.
    CopySaved {
        /// Where.
        path: PathBuf,
    },
    /// Someone else has changed the file.
    ChangedOnDisk {
        /// The file.
        path: PathBuf,
    },
}

/// A handle on the thread `gainsay-keeper`. No method but [`Keeper::close`] and [`Keeper::discard`] waits.
///
/// A keeper that is dropped without [`Keeper::close`] ends as if the program had been killed: nothing
/// acknowledged is lost, and the journal stays.
#[derive(Debug)]
pub struct Keeper {
    commands: Sender<Command>,
    thread: Option<JoinHandle<Option<String>>>,
}

enum Command {
    Append(u64, Arc<Step>),
    Save(Save),
    SaveAs { path: PathBuf, revision: u64, session: Session },
    SaveCopy { path: PathBuf, session: Session },
    PutAside { session: Session },
    Drafts(Vec<Draft>),
    CheckDisk,
    Written(Box<Result<Written, SaveError>>),
    Close,
    Discard,
    Abandon,
}

struct Save {
    revision: u64,
    session: Session,
    over: Over,
}

impl Keeper {
    /// Starts the thread. `session` is what is on disk at `home`, journal included: revision 0. For a home
    /// without a file it is what the journal shall begin with.
    ///
    /// # Errors
    /// When no thread can be started.
    pub fn start(home: Home, session: Session, notify: Box<dyn Fn(KeeperEvent) + Send>) -> io::Result<Self> {
        let (commands, receiver) = channel();
        let own = commands.clone();
        let body = move || {
            let state = State::new(home, &session);
            drop(session);
            Worker {
                state,
                notify,
                receiver,
                sender: own,
                waiting: VecDeque::new(),
                in_flight: false,
                next_save: None,
                drafts: Vec::new(),
                gone_told: false,
                announced: 0,
                retry_at: None,
            }
            .run()
        };
        let thread = std::thread::Builder::new().name("gainsay-keeper".to_owned()).spawn(body)?;
        Ok(Self { commands, thread: Some(thread) })
    }

    /// Appends a step to the journal; answered by [`KeeperEvent::Journaled`]. Revisions count up from 1.
    pub fn append(&self, revision: u64, step: Arc<Step>) {
        self.send(Command::Append(revision, step));
    }

    /// Rewrites the file with the session as it is at `revision`, and lets the journal start anew with the steps
    /// that are newer. Where there is no file yet, nothing happens. Of several that wait only the last is done.
    pub fn save(&self, revision: u64, session: Session) {
        self.send(Command::Save(Save { revision, session, over: Over::Known }));
    }

    /// The explicit yes after [`SaveError::ChangedByOther`]: like [`Keeper::save`], over what is there.
    pub fn overwrite(&self, revision: u64, session: Session) {
        self.send(Command::Save(Save { revision, session, over: Over::Anything }));
    }

    /// Like [`Keeper::save`], also over the file with the digest `merged`: what another program has written there is
    /// in the session by now.
    pub fn save_merged(&self, revision: u64, session: Session, merged: Digest) {
        self.send(Command::Save(Save { revision, session, over: Over::Merged(merged) }));
    }

    /// Puts the session as it is among the earlier versions: its file is not ours for now.
    pub fn put_aside(&self, session: Session) {
        self.send(Command::PutAside { session });
    }

    /// Keeps comments that are being written beside the journal: these, and no others. They are found again by the next
    /// start ([`super::Opened::drafts`]), also after a clean end.
    pub fn keep_drafts(&self, drafts: Vec<Draft>) {
        self.send(Command::Drafts(drafts));
    }

    /// Writes the session to `path` and keeps it there from now on. What stands there is replaced: the user has
    /// said so. The journal of a session without a file is removed after success.
    pub fn save_as(&self, path: PathBuf, revision: u64, session: Session) {
        self.send(Command::SaveAs { path, revision, session });
    }

    /// Writes a copy of the session to `path`.
    pub fn save_copy(&self, path: PathBuf, session: Session) {
        self.send(Command::SaveCopy { path, session });
    }

    /// Looks whether someone else has changed the file; answered by [`KeeperEvent::ChangedOnDisk`] if so.
    pub fn check_disk(&self) {
        self.send(Command::CheckDisk);
    }

    /// Finishes what was asked for, frees the lock, and waits for the end. When the file holds everything, the
    /// journal goes; else it stays.
    ///
    /// # Errors
    /// A sentence, when steps could not be written anywhere: they are lost with the program.
    pub fn close(self) -> Result<(), String> {
        self.end(Command::Close)
    }

    /// Throws away the journal of a session without a file, frees the lock, and waits for the end. A session with
    /// a file loses only what is not in the file.
    ///
    /// # Errors
    /// A sentence, when the journal could not be removed.
    pub fn discard(self) -> Result<(), String> {
        self.end(Command::Discard)
    }

    fn end(mut self, command: Command) -> Result<(), String> {
        self.send(command);
        match self.thread.take().map(JoinHandle::join) {
            Some(Ok(Some(problem))) => Err(problem),
            Some(Err(_)) => Err("the thread that saves has stopped".to_owned()),
            Some(Ok(None)) | None => Ok(()),
        }
    }

    #[cfg(test)]
    fn crash(self) {
        let _ = self.end(Command::Abandon);
    }

    fn send(&self, command: Command) {
        // The thread is gone only after a panic of its own; `close` says so.
        let _ = self.commands.send(command);
    }
}

impl Drop for Keeper {
    fn drop(&mut self) {
        if self.thread.is_some() {
            self.send(Command::Abandon);
        }
    }
}

struct Worker {
    state: State,
    notify: Box<dyn Fn(KeeperEvent) + Send>,
    receiver: Receiver<Command>,
    sender: Sender<Command>,
    /// Received and not yet done.
    waiting: VecDeque<Command>,
    /// A session is being written out by another thread, which sends [`Command::Written`].
    in_flight: bool,
    next_save: Option<Save>,
    /// Comments that are being written.
    drafts: Vec<Draft>,
    /// It was told that the file is gone.
    gone_told: bool,
    announced: u64,
    retry_at: Option<Instant>,
}

impl Worker {
    fn run(mut self) -> Option<String> {
        loop {
            match self.next() {
                None => self.flush(),
                Some(Command::Append(revision, step)) => {
                    self.state.push(revision, step);
                    // One fsync for all that waits.
                    while matches!(self.peek(), Some(Command::Append(..))) {
                        if let Some(Command::Append(revision, step)) = self.waiting.pop_front() {
                            self.state.push(revision, step);
                        }
                    }
                    if sabotaged("told-too-early") {
                        (self.notify)(KeeperEvent::Journaled { revision: self.state.last_revision() });
                    }
                    self.flush();
                }
                Some(Command::Save(save)) => {
                    // A yes that was given is not taken back by a save that follows.
                    let given = self.next_save.as_ref().map(|waiting| waiting.over);
                    let over = given.filter(|_| save.over == Over::Known).unwrap_or(save.over);
                    self.next_save = Some(Save { over, ..save });
                    self.start_save();
                }
                Some(Command::Written(written)) => self.written(*written),
                Some(Command::SaveAs { path, revision, session }) => {
                    self.settle();
                    let before = self.state.journal();
                    let result = self.state.save_as(&path, revision, &session);
                    self.move_drafts(&before);
                    self.saved(revision, result);
                }
                Some(Command::SaveCopy { path, session }) => {
                    let event = match self.state.save_copy(&path, &session) {
                        Ok(()) => KeeperEvent::CopySaved { path },
                        Err(error) => KeeperEvent::SaveFailed { error },
                    };
                    (self.notify)(event);
                }
                Some(Command::PutAside { session }) => {
                    let bytes = crate::format::session::write(&session).into_bytes();
                    let put = self.state.shelf().put(&bytes, clock::now(), Origin::Own);
                    if let Err(error) = put {
                        (self.notify)(KeeperEvent::NotPutAside { error });
                    }
                }
                Some(Command::Drafts(drafts)) => {
                    self.drafts = drafts;
                    self.write_drafts();
                }
                Some(Command::CheckDisk) => {
                    let gone = self.state.target().filter(|target| is_gone(target));
                    if let Some(path) = gone.clone().filter(|_| !self.gone_told) {
                        (self.notify)(KeeperEvent::Gone { path });
                    }
                    self.gone_told = gone.is_some();
                    if let Some(path) = self.state.changed_on_disk() {
                        (self.notify)(KeeperEvent::ChangedOnDisk { path });
                    }
                }
                Some(Command::Close) => {
                    self.settle();
                    self.flush();
                    return self.state.close();
                }
                Some(Command::Discard) => {
                    self.settle();
                    self.drafts.clear();
                    self.write_drafts();
                    return self.state.discard();
                }
                Some(Command::Abandon) => return None,
            }
        }
    }

    /// The next command; `None` when it is time to try the journal again.
    fn next(&mut self) -> Option<Command> {
        if let Some(command) = self.waiting.pop_front() {
            return Some(command);
        }
        let Some(at) = self.retry_at else {
            return Some(self.receiver.recv().unwrap_or(Command::Abandon));
        };
        match self.receiver.recv_timeout(at.saturating_duration_since(Instant::now())) {
            Ok(command) => Some(command),
            Err(RecvTimeoutError::Timeout) => None,
            Err(RecvTimeoutError::Disconnected) => Some(Command::Abandon),
        }
    }

    fn peek(&mut self) -> Option<&Command> {
        self.waiting.extend(self.receiver.try_iter());
        self.waiting.front()
    }

    /// Finishes saves that are under way or wait; what comes in meanwhile is done afterwards.
    fn settle(&mut self) {
        self.start_save();
        while self.in_flight {
            let waits = self.waiting.iter().position(|command| matches!(command, Command::Written(_)));
            let next = waits.and_then(|at| self.waiting.remove(at)).map_or_else(|| self.receiver.recv(), Ok);
            match next {
                Ok(Command::Written(written)) => self.written(*written),
                Ok(command) => self.waiting.push_back(command),
                Err(_) => return,
            }
        }
    }

    fn flush(&mut self) {
        match self.state.flush() {
            Ok(()) => {
                self.retry_at = None;
                self.announce();
            }
            Err(error) => {
                self.retry_at = Some(Instant::now() + RETRY);
                let revision = self.state.last_revision();
                let path = self.state.journal();
                let error = format!("{}: {}", path.display(), super::regular::cause(&error));
                if !sabotaged("failure-unsaid") {
                    (self.notify)(KeeperEvent::JournalFailed { revision, error });
                }
            }
        }
    }

    /// True when they are on disk.
    fn write_drafts(&self) -> bool {
        let (journal, file) = (self.state.journal(), self.state.target());
        let session = self.state.shelf().session;
        let kept = drafts::keep(&journal, session, &self.drafts, file.as_deref());
        if let Err(error) = &kept {
            let path = drafts::beside(&journal);
            let error = format!("{}: {}", path.display(), super::regular::cause(error));
            (self.notify)(KeeperEvent::DraftsFailed { error });
        }
        kept.is_ok()
    }

    /// The session is kept elsewhere than with the journal `before`, perhaps: what is being written goes along.
    fn move_drafts(&self, before: &Path) {
        if self.state.journal() != before && self.write_drafts() {
            let _ = drafts::keep(before, self.state.shelf().session, &[], None);
        }
    }

    fn announce(&mut self) {
        if let Some(revision) = self.state.acknowledged().filter(|revision| *revision > self.announced) {
            self.announced = revision;
            (self.notify)(KeeperEvent::Journaled { revision });
        }
    }

    fn start_save(&mut self) {
        if self.in_flight {
            return;
        }
        let Some(Save { revision, session, over }) = self.next_save.take() else { return };
        let Some(target) = self.state.target() else { return };
        // On a thread of its own: writing out a large session must not keep a step from the journal.
        let sender = self.sender.clone();
        let body = {
            let target = target.clone();
            let shelf = self.state.shelf();
            let known = self.state.put_aside(&shelf).map(|aside| (aside.known, aside.always));
            move || {
                let aside = known.map(|(known, always)| PutAside { shelf: &shelf, known, always });
                let written = state::write_beside(&target, revision, &session, over, aside);
                let _ = sender.send(Command::Written(Box::new(written)));
            }
        };
        match std::thread::Builder::new().name("gainsay-writer".to_owned()).spawn(body) {
            Ok(_) => self.in_flight = true,
            Err(error) => {
                (self.notify)(KeeperEvent::SaveFailed { error: SaveError::io(&target, &error) });
            }
        }
    }

    fn written(&mut self, written: Result<Written, SaveError>) {
        self.in_flight = false;
        let revision = written.as_ref().map_or(0, |written| written.revision);
        let mut written = written;
        if let Ok(Written { not_put_aside, .. }) = &mut written
            && let Some(error) = not_put_aside.take()
        {
            (self.notify)(KeeperEvent::NotPutAside { error });
        }
        let result = written.and_then(|written| self.state.finish_save(written));
        self.saved(revision, result);
        self.start_save();
    }

    fn saved(&mut self, revision: u64, result: Result<(PathBuf, Digest), SaveError>) {
        match result {
            Ok((path, digest)) => {
                self.announce();
                (self.notify)(KeeperEvent::Saved { revision, path, digest, at: clock::now() });
            }
            Err(error) => (self.notify)(KeeperEvent::SaveFailed { error }),
        }
    }
}

fn is_gone(target: &Path) -> bool {
    target.metadata().is_err_and(|error| error.kind() == io::ErrorKind::NotFound)
}

#[cfg(test)]
#[path = "keeper/tests.rs"]
mod tests;

#[cfg(test)]
#[path = "keeper/machine.rs"]
mod machine;
