//! Opening a session: the file, and what its journal brings back.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::{Duration, Instant};

use crate::edit::{Edit, Step, apply_step};
use crate::format::session::{self, Notice, ReadError};
use crate::model::{AnnotationId, Digest, DocumentId, Session, Timestamp, limits};

use super::drafts::{self, Draft};
use super::journal::{self, FindError, Found, FoundJournal};
use super::keeper::{Home, Saved};
use super::lock::{Lock, LockError};
use super::regular::{FileError, read_regular};
use super::sabotage::{self, sabotaged};
use super::versions::Shelf;
use super::{Holder, Place, SaveError, save};

/// How long this program may take to close a session that it opens again.
const OWN_CLOSING: Duration = Duration::from_secs(3);

/// A session with its lock, ready to be worked on.
#[derive(Debug)]
pub struct Opened {
    /// The session, with what the journal brought back.
    pub session: Session,
    /// The same as it stands in the file; empty for one never saved.
    pub in_file: Session,
    /// Its file as it was named; `None` for one never saved, or whose folder cannot be written to.
    pub path: Option<PathBuf>,
    /// What the reader should be told about the file.
    pub notices: Vec<Notice>,
    /// What the journal brought back: tell it, and save soon.
    pub recovered: Option<Recovered>,
    /// Why nothing can be written beside the file, in a sentence: the work is kept on this computer as a session
    /// without a file until it is saved elsewhere.
    pub read_only: Option<String>,
    /// Where one was in it.
    pub places: Option<super::Places>,
    /// Comments that were being written and are not posted.
    pub drafts: Vec<Draft>,
    /// Hand this to [`super::Keeper::start`].
    pub home: Home,
}

/// A session as it stands on disk, journal included, without a lock. Nothing was changed.
#[derive(Clone, Debug)]
pub struct ReadOnDisk {
    /// The session, with what the journal brings back.
    pub session: Session,
    /// The same without the journal.
    pub in_file: Session,
    /// Digest of the file's bytes.
    pub digest: Digest,
    /// What the reader should be told about the file.
    pub notices: Vec<Notice>,
    /// What the journal brings back.
    pub recovered: Option<Recovered>,
}

/// What was found in a journal.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Recovered {
    /// How many steps were brought back.
    pub steps: usize,
    /// What they did, each with when and in which documents.
    pub what: Vec<BroughtBack>,
    /// The one step that takes them back.
    pub undo: Option<Step>,
    /// How many annotations there are more (or fewer) than in the file.
    pub annotations: i64,
    /// What of the journal was left out, in a sentence.
    pub torn: Option<String>,
    /// What was left out is more than the half-written last line that a crash leaves: acknowledged steps.
    pub damaged: bool,
    /// A journal that was not applied.
    pub set_aside: Option<SetAside>,
}

/// A step that a journal brought back.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroughtBack {
    /// What it did: "tag claim".
    pub label: String,
    /// When.
    pub at: Timestamp,
    /// What was done, one a record; what only goes along with it is left out.
    pub deeds: Vec<Deed>,
}

impl BroughtBack {
    /// In which documents, as far as it can be told, each once.
    pub fn documents(&self) -> Vec<DocumentId> {
        let mut documents: Vec<DocumentId> = Vec::new();
        for document in self.deeds.iter().filter_map(|deed| deed.document.as_ref()) {
            if !documents.contains(document) {
                documents.push(document.clone());
            }
        }
        documents
    }
}

/// One thing that a step did.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Deed {
    /// What.
    pub kind: DeedKind,
    /// With which annotation, to count one that was changed several times once.
    pub annotation: Option<AnnotationId>,
    /// In which document.
    pub document: Option<DocumentId>,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum DeedKind {
    /// A passage was marked.
    Mark,
    /// A note was written or changed.
    Note,
    /// A comment was posted or taken back.
    Comment,
    /// Something else of an annotation was changed.
    Change,
    /// An annotation was removed.
    Removal,
    /// Two passages were linked, or no longer are.
    Link,
    /// A document came, went or was changed.
    Document,
    /// Anything else.
    Other,
}

/// A journal that is kept and was not applied.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetAside {
    /// Where it is kept.
    pub path: PathBuf,
    /// How many steps it holds.
    pub steps: usize,
    /// Why it was not applied, in a clause.
    pub why: String,
}

impl std::fmt::Display for Recovered {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let plural = |n: u64, one: &str| if n == 1 { format!("1 {one}") } else { format!("{n} {one}s") };
        let mut parts = Vec::new();
        if self.steps > 0 {
            let mut part = format!("{} brought back from the journal", plural(self.steps as u64, "step"));
            match self.annotations {
                0 => {}
                n if n > 0 => part += &format!(" ({} more)", plural(n.unsigned_abs(), "annotation")),
                n => part += &format!(" ({} fewer)", plural(n.unsigned_abs(), "annotation")),
            }
            parts.push(part);
        }
        parts.extend(self.torn.clone());
        if let Some(SetAside { path, steps, why }) = &self.set_aside {
            let steps = plural(*steps as u64, "step");
            parts.push(format!(
                "a journal of {steps} was not applied, because {why}; it is kept: {}",
                path.display()
            ));
        }
        f.write_str(&parts.join("; "))
    }
}

/// Why a session could not be opened. All files are as they were.
#[derive(Clone, Debug, thiserror::Error)]
pub enum OpenError {
    /// Its bytes could not be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// Its bytes are no valid session.
    #[error("{}: {error}", .path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, and where.
        error: ReadError,
    },
    /// Its bytes are no valid session, and nothing in it can be offered.
    #[error("{}: {error}; {why}", .path.display())]
    NothingSound {
        /// The file.
        path: PathBuf,
        /// What is wrong with it, and where.
        error: ReadError,
        /// Why nothing can be offered.
        why: String,
    },
    /// It is open in another window.
    #[error("{}: it is open in another window, held by {holder}", .path.display())]
    Locked {
        /// The file.
        path: PathBuf,
        /// Who has it open.
        holder: Holder,
    },
    /// Its journal cannot be used, and must not be overwritten.
    #[error("{0}; move the journal away to open the session without it")]
    Journal(FindError),
    /// The journal of a session without a file cannot be read.
    #[error("{}: {what}", .path.display())]
    Unsaved {
        /// The journal.
        path: PathBuf,
        /// What is wrong with it.
        what: String,
    },
    /// Its folder cannot be written to, and work on it from an earlier time stands among the unsaved sessions.
    #[error("{}: nothing can be written beside it, and there is unsaved work on it on this computer; open that from the unsaved sessions", .path.display())]
    UnsavedWork {
        /// The file.
        path: PathBuf,
    },
    /// A journal could not be set aside.
    #[error(transparent)]
    SetAside(SaveError),
}

/// Reads what is sound of a damaged session file, with a sentence for each thing left out. Nothing is changed.
///
/// # Errors
/// A sentence, when the file cannot be read or nothing in it is sound.
pub fn read_sound(path: &Path) -> Result<(Session, Vec<String>), String> {
    let bytes = read_regular(path, limits::SESSION_BYTES).map_err(|error| error.to_string())?;
    session::read_sound(&bytes).map_err(|why| format!("{}: {why}", path.display()))
}

/// Opens the session file at `path` for work: takes its lock, reads it, replays its journal.
///
/// # Errors
/// When it cannot be read, is not valid, or is open elsewhere; all files are then as they were.
pub fn open(path: &Path) -> Result<Opened, OpenError> {
    open_with(path, Lock::acquire)
}

/// Opens it also when another computer has signed its lock: the user has said that nobody works on it there.
///
/// # Errors
/// As [`open`].
pub fn take_over(path: &Path) -> Result<Opened, OpenError> {
    open_with(path, Lock::take_over)
}

type Locking = fn(&Path) -> Result<Lock, LockError>;

fn open_with(path: &Path, locking: Locking) -> Result<Opened, OpenError> {
    let place = Place::of_user().map_err(|error| FileError::io(path, &error))?;
    let since = Instant::now();
    loop {
        match open_locking(&place, path, locking) {
            // This very program is just closing it.
            Err(OpenError::Locked { holder, .. }) if holder.is_us() && since.elapsed() < OWN_CLOSING => {
                std::thread::sleep(Duration::from_millis(20));
            }
            result => return result,
        }
    }
}

#[cfg(test)]
pub(super) fn open_in(place: &Place, path: &Path) -> Result<Opened, OpenError> {
    open_locking(place, path, Lock::acquire)
}

fn open_locking(place: &Place, path: &Path, locking: Locking) -> Result<Opened, OpenError> {
    let target = save::resolve(path).map_err(|error| FileError::io(path, &error))?;
    // Before a lock is put beside it, so that a wrong name leaves nothing behind.
    regular_file(path)?;
    let lock = match locking(&target) {
        Ok(lock) => Ok(lock),
        Err(LockError::Held(holder)) => return Err(OpenError::Locked { path: path.to_owned(), holder }),
        Err(LockError::Io(error)) => Err(super::regular::cause(&error)),
    };
    let opened = replayed(path, &target).and_then(|replayed| match &lock {
        Ok(_) => set_aside(replayed),
        Err(_) => Ok(replayed),
    });
    let Replayed { on_disk, steps, found, .. } = match (opened, &lock) {
        (Ok(replayed), _) => replayed,
        (Err(error), _) => {
            if let Ok(lock) = lock {
                lock.release();
            }
            return Err(error);
        }
    };
    let ReadOnDisk { session, in_file, digest, notices, recovered } = on_disk;
    let (home, path, read_only, journal) = match lock {
        Ok(lock) => {
            let next_is_live =
                found.continuing.is_some_and(|journal| journal.path == journal::next_beside(&target));
            let shelf = Shelf { place: place.clone(), session: session.id, file: Some(target.clone()) };
            let journal = journal::beside(&target);
            let saved = Saved { path: path.to_owned(), target, digest, lock, shelf };
            let home = Home::saved(saved, steps, next_is_live);
            (home, Some(path.to_owned()), None, journal)
        }
        Err(why) => {
            let journal = place.unsaved_journal(session.id);
            if journal.exists() {
                return Err(OpenError::UnsavedWork { path: path.to_owned() });
            }
            (Home::unsaved_in(place.clone(), Vec::new(), None), None, Some(why), journal)
        }
    };
    let places = super::Places::of(place, session.id);
    let drafts = drafts::take(&journal, session.id);
    Ok(Opened { session, in_file, path, notices, recovered, read_only, places, drafts, home })
}

/// Reads the session file at `path` with what its journal brings back, without a lock and without changing
/// anything.
///
/// # Errors
/// When it cannot be read or is not valid.
pub fn read(path: &Path) -> Result<ReadOnDisk, OpenError> {
    let target = save::resolve(path).map_err(|error| FileError::io(path, &error))?;
    Ok(replayed(path, &target)?.on_disk)
}

/// Reads a session file without its journal: what another program has written there. Returns the digest of its bytes
/// too.
///
/// # Errors
/// When it cannot be read or is not valid.
pub fn read_file_alone(path: &Path) -> Result<(Session, Digest), OpenError> {
    let bytes = read_regular(path, limits::SESSION_BYTES)?;
    let read = session::read(&bytes).map_err(|error| OpenError::Read { path: path.to_owned(), error })?;
    Ok((read.session, read.digest))
}

fn regular_file(path: &Path) -> Result<(), OpenError> {
    match std::fs::metadata(path) {
        Ok(metadata) if metadata.is_file() => Ok(()),
        // Says what it is.
        _ => Ok(read_regular(path, 0).map(drop)?),
    }
}

struct Replayed {
    on_disk: ReadOnDisk,
    /// The steps that were applied.
    steps: Vec<Arc<Step>>,
    found: Found,
    /// The continuing journal could not be applied whole.
    keep_copy: bool,
}

fn replayed(path: &Path, target: &Path) -> Result<Replayed, OpenError> {
    let bytes = read_regular(path, limits::SESSION_BYTES)?;
    let bytes = sabotage::resealed(bytes);
    let read = session::read(&bytes).or_else(|error| {
        // Only then: looking for what is sound takes as long as reading.
        if sabotaged("damage-hidden")
            && let Ok((session, _)) = session::read_sound(&bytes)
        {
            return Ok(session::ReadSession { session, digest: Digest::of(&bytes), notices: Vec::new() });
        }
        Err(OpenError::Read { path: path.to_owned(), error })
    })?;
    let found = journal::find(target, read.digest).map_err(OpenError::Journal)?;
    let in_file = read.session.clone();
    let mut session = read.session;
    let mut replay = Replay::default();
    let mut recovered = Recovered::default();
    if let Some(found) = &found.continuing {
        replay = replay_on(&mut session, found);
        recovered.steps = replay.steps.len();
        recovered.what = std::mem::take(&mut replay.what);
        recovered.undo = replay.undo();
        recovered.torn.clone_from(&replay.torn);
        recovered.damaged = replay.keep_copy;
        recovered.annotations = difference(session.annotations.len(), in_file.annotations.len());
    }
    recovered.set_aside = match (&found.unrelated, &found.unreadable) {
        (Some(journal), _) => Some(SetAside {
            path: journal.path.clone(),
            steps: journal.journal.steps.len(),
            why: "it belongs to another version of the file".to_owned(),
        }),
        (None, Some((path, why))) => Some(SetAside { path: path.clone(), steps: 0, why: why.clone() }),
        (None, None) => None,
    };
    let recovered = (recovered != Recovered::default()).then_some(recovered);
    let on_disk = ReadOnDisk { session, in_file, digest: read.digest, notices: read.notices, recovered };
    Ok(Replayed { on_disk, steps: replay.steps, found, keep_copy: replay.keep_copy })
}

/// What came of replaying a journal.
#[derive(Default)]
pub(super) struct Replay {
    /// The steps that were applied.
    pub steps: Vec<Arc<Step>>,
    /// What each of them did.
    pub what: Vec<BroughtBack>,
    /// The steps that take each of them back.
    inverses: Vec<Step>,
    /// What was left out, in a sentence.
    pub torn: Option<String>,
    /// More than a half-written line was left out: a copy of the journal should be kept.
    pub keep_copy: bool,
}

impl Replay {
    /// The one step that takes all back.
    fn undo(&mut self) -> Option<Step> {
        let at = self.inverses.last()?.at;
        let label = "leave out what the journal brought back".to_owned();
        let edits = self.inverses.drain(..).rev().flat_map(|step| step.edits).collect();
        Some(Step { label, at, edits })
    }
}

/// What a step does, in the session before it.
fn deeds_of(session: &Session, step: &Step) -> Vec<Deed> {
    let of = |kind, annotation, document: Option<&DocumentId>| Deed {
        kind,
        annotation,
        document: document.cloned(),
    };
    let mut deeds: Vec<Deed> = Vec::new();
    for edit in &step.edits {
        deeds.push(match edit {
            Edit::PutAnnotation(new) => {
                let kind = match session.annotations.get(&new.id) {
                    None => DeedKind::Mark,
                    Some(old) if old.note != new.note => DeedKind::Note,
                    Some(old) if old.comments != new.comments => DeedKind::Comment,
                    Some(_) => DeedKind::Change,
                };
                of(kind, Some(new.id), Some(new.anchor.document()))
            }
            Edit::RemoveAnnotation(id) => {
                let document = session.annotations.get(id).map(|it| it.anchor.document());
                of(DeedKind::Removal, Some(*id), document)
            }
            Edit::PutLink(_) | Edit::RemoveLink(_) => of(DeedKind::Link, None, None),
            Edit::AddDocument { document, .. } | Edit::ReplaceDocument { document, .. } => {
                of(DeedKind::Document, None, Some(&document.id))
            }
            Edit::SetDocumentInfo { id, .. } | Edit::RemoveDocument(id) => {
                of(DeedKind::Document, None, Some(id))
            }
            _ => continue,
        });
    }
    if deeds.is_empty() {
        deeds.push(of(DeedKind::Other, None, None));
    }
    deeds
}

/// Applies the steps of a journal up to the first that does not fit.
pub(super) fn replay_on(session: &mut Session, found: &FoundJournal) -> Replay {
    let mut replay =
        Replay { torn: found.journal.torn.clone(), keep_copy: found.damaged, ..Replay::default() };
    let all = found.journal.steps.len();
    for (index, step) in found.journal.steps.iter().enumerate() {
        let deeds = deeds_of(session, step);
        let inverse = apply_step(session, step);
        if let Err(error) = inverse {
            let rest = all - index;
            replay.torn = Some(format!(
                "step {} of {all} in the journal does not fit ({error}); {rest} were left out",
                index + 1
            ));
            replay.keep_copy = true;
            break;
        }
        replay.inverses.extend(inverse);
        replay.what.push(BroughtBack { label: step.label.clone(), at: step.at, deeds });
        replay.steps.push(Arc::new(step.clone()));
    }
    replay
}

pub(super) fn difference(now: usize, before: usize) -> i64 {
    let signed = |n: usize| i64::try_from(n).unwrap_or(i64::MAX);
    signed(now) - signed(before)
}

/// Moves away a journal that was not applied, and keeps a copy of one that was applied in part, before
/// anything is written over them.
fn set_aside(mut replayed: Replayed) -> Result<Replayed, OpenError> {
    let io = |path: &Path, error: &std::io::Error| OpenError::SetAside(SaveError::io(path, error));
    if let Some(aside) =
        replayed.on_disk.recovered.as_mut().and_then(|recovered| recovered.set_aside.as_mut())
    {
        let name = journal::aside_name(&aside.path);
        if sabotaged("journal-discarded") {
            let _ = std::fs::remove_file(&aside.path);
            return Ok(replayed);
        }
        std::fs::rename(&aside.path, &name).map_err(|error| io(&aside.path, &error))?;
        save::sync_folder_of(&name).map_err(OpenError::SetAside)?;
        aside.path = name;
    }
    if replayed.keep_copy
        && let Some(journal) = &replayed.found.continuing
    {
        let name = journal::aside_name(&journal.path);
        std::fs::copy(&journal.path, &name)
            .and_then(|_| std::fs::File::open(&name)?.sync_all())
            .map_err(|error| io(&journal.path, &error))?;
        save::sync_folder_of(&name).map_err(OpenError::SetAside)?;
        if let Some(recovered) = &mut replayed.on_disk.recovered
            && recovered.set_aside.is_none()
        {
            let why = "it is damaged".to_owned();
            let steps = journal.journal.steps.len();
            recovered.set_aside = Some(SetAside { path: name, steps, why });
        }
    }
    Ok(replayed)
}

#[cfg(test)]
#[path = "open/tests.rs"]
mod tests;
