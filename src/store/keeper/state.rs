//! What the keeper's thread knows, and each thing it does to the disk. The protocol is told in
//! `store/journal.rs`.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::edit::Step;
use crate::format;
use crate::format::journal::Header;
use crate::model::{Digest, Session, SessionId, Timestamp};

use super::super::founding::founding_step;
use super::super::journal::{self, JournalFile};
use super::super::lock::{Lock, LockError};
use super::super::sabotage::sabotaged;
use super::super::save::{self, Prepared};
use super::super::versions::{Origin, Shelf, written_at};
use super::super::{Place, SaveError, system};
use super::place::{Home, Kind, Saved};

/// Journal, lock and file of one session.
pub(super) struct State {
    session: SessionId,
    created: Timestamp,
    home: Kept,
    /// The steps that the journal holds or shall hold, with their revisions: those since the file was written.
    steps: Vec<(u64, Arc<Step>)>,
    /// How many of them are known to be on disk.
    on_disk: usize,
    /// The journal, when it can be appended to; `None`: it has to be written anew.
    file: Option<JournalFile>,
    /// The journal that continues the file bears the name of the next one, and must not be written over.
    next_is_live: bool,
    /// The version that was opened has been put aside, or was written here.
    opened_is_aside: bool,
    last_revision: u64,
    /// Told after each operation on the disk; tests look at the folder then.
    pub(super) after: Box<dyn FnMut(&'static str) + Send>,
}

enum Kept {
    Saved(Saved),
    Unsaved { place: Place, lock: Option<Lock> },
}

/// A session written out and synced beside its file, one rename away from it.
pub(super) struct Written {
    pub revision: u64,
    prepared: Prepared,
    digest: Digest,
    over: Over,
    /// Of the file that is to be replaced, taken before it is compared with what we know.
    seen: Option<(Digest, Stamp)>,
    /// Why the version that is replaced was not put aside.
    pub not_put_aside: Option<SaveError>,
}

/// What a save may be written over.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Over {
    /// The file as it was read or written here last.
    Known,
    /// Also the file with this digest, which another program has written and which was merged.
    Merged(Digest),
    /// Whatever stands there: the user has said so.
    Anything,
}

/// Whether the version that a save replaces is put aside first.
pub(super) struct PutAside<'a> {
    pub shelf: &'a Shelf,
    /// The digest of the version that is ours.
    pub known: Digest,
    /// It is the one that was opened.
    pub always: bool,
}

/// Tells cheaply that a file was not changed within a short time.
type Stamp = (u64, Option<std::time::SystemTime>);

/// Writes `session` out beside `target`. Touches nothing else.
pub(super) fn write_beside(
    target: &Path,
    revision: u64,
    session: &Session,
    over: Over,
    aside: Option<PutAside<'_>>,
) -> Result<Written, SaveError> {
    let bytes = format::session::write(session).into_bytes();
    let prepared = save::prepare(target, &bytes)?;
    let there = look(target).map_err(|error| SaveError::io(target, &error))?;
    let put = there.as_ref().zip(aside).map(|(there, aside)| put_aside(target, there, &aside));
    let seen = there.map(|there| (there.digest, there.stamp));
    let not_put_aside = put.and_then(Result::err);
    Ok(Written { revision, prepared, digest: Digest::of(&bytes), over, seen, not_put_aside })
}

/// Puts the version that is about to be replaced aside, when it is time or it is not ours.
fn put_aside(target: &Path, there: &Seen, aside: &PutAside<'_>) -> Result<(), SaveError> {
    let metadata = std::fs::metadata(target).map_err(|error| SaveError::io(target, &error))?;
    let at = written_at(&metadata).map_err(|error| SaveError::io(target, &error))?;
    if there.digest != aside.known {
        return aside.shelf.put(&there.bytes, at, Origin::Other);
    }
    if aside.always || aside.shelf.is_due(at) {
        return aside.shelf.put(&there.bytes, at, Origin::Own);
    }
    Ok(())
}

/// A file as it was found.
struct Seen {
    bytes: Vec<u8>,
    digest: Digest,
    stamp: Stamp,
}

/// A file as it is; `None` when there is none.
fn look(target: &Path) -> io::Result<Option<Seen>> {
    let stamp = match stamp(target) {
        Ok(stamp) => stamp,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
        Err(error) => return Err(error),
    };
    let bytes = std::fs::read(target)?;
    Ok(Some(Seen { digest: Digest::of(&bytes), bytes, stamp }))
}

fn stamp(target: &Path) -> io::Result<Stamp> {
    let metadata = std::fs::metadata(target)?;
    Ok((metadata.len(), metadata.modified().ok()))
}

impl State {
    pub fn new(home: Home, session: &Session) -> Self {
        let (kept, steps, next_is_live) = match home.0 {
            Kind::Saved { saved, steps, next_is_live } => (Kept::Saved(saved), steps, next_is_live),
            Kind::Unsaved { place, lock, steps } if steps.is_empty() => {
                let founding = founding_step(session).map(Arc::new).into_iter().collect();
                (Kept::Unsaved { place, lock }, founding, false)
            }
            Kind::Unsaved { place, lock, steps } => (Kept::Unsaved { place, lock }, steps, false),
        };
        let mut state = Self {
            session: session.id,
            created: session.created,
            home: kept,
            on_disk: steps.len(),
            steps: steps.into_iter().map(|step| (0, step)).collect(),
            file: None,
            next_is_live,
            opened_is_aside: false,
            last_revision: 0,
            after: Box::new(|_| {}),
        };
        state.tidy();
        state
    }

    /// Finishes or clears what an interrupted save left.
    fn tidy(&mut self) {
        let Kept::Saved(saved) = &self.home else { return };
        save::sweep(&saved.target);
        let (journal, next) = (journal::beside(&saved.target), journal::next_beside(&saved.target));
        let _ = std::fs::remove_file(anew(&journal));
        if !self.next_is_live || sabotaged("next-journal-swept") {
            let _ = std::fs::remove_file(next);
        } else if std::fs::rename(&next, &journal).is_ok() && save::sync_folder_of(&journal).is_ok() {
            self.next_is_live = false;
        }
    }

    /// Takes a step into the list of what the journal shall hold.
    pub fn push(&mut self, revision: u64, step: Arc<Step>) {
        self.last_revision = revision;
        self.steps.push((revision, step));
    }

    pub fn last_revision(&self) -> u64 {
        self.last_revision
    }

    /// The revision up to which everything is on disk, if that is all.
    pub fn acknowledged(&self) -> Option<u64> {
        (self.on_disk == self.steps.len()).then_some(self.last_revision)
    }

    /// The real file, if there is one.
    pub fn target(&self) -> Option<PathBuf> {
        match &self.home {
            Kept::Saved(saved) => Some(saved.target.clone()),
            Kept::Unsaved { .. } => None,
        }
    }

    /// Where earlier versions of the session are kept.
    pub fn shelf(&self) -> Shelf {
        match &self.home {
            Kept::Saved(saved) => saved.shelf.clone(),
            Kept::Unsaved { place, .. } => Shelf { place: place.clone(), session: self.session, file: None },
        }
    }

    /// What a save of the file needs to know to put the version aside that it replaces.
    pub fn put_aside<'a>(&self, shelf: &'a Shelf) -> Option<PutAside<'a>> {
        match &self.home {
            Kept::Saved(saved) => {
                Some(PutAside { shelf, known: saved.digest, always: !self.opened_is_aside })
            }
            Kept::Unsaved { .. } => None,
        }
    }

    /// The journal.
    pub fn journal(&self) -> PathBuf {
        match &self.home {
            Kept::Saved(saved) => journal::beside(&saved.target),
            Kept::Unsaved { place, .. } => place.unsaved_journal(self.session),
        }
    }

    /// Brings all steps to disk.
    pub fn flush(&mut self) -> io::Result<()> {
        if self.on_disk == self.steps.len() && (!self.next_is_live || self.steps.is_empty()) {
            return Ok(());
        }
        let Some(file) = &mut self.file else { return self.write_anew() };
        match file.append(self.steps[self.on_disk..].iter().map(|(_, step)| step)) {
            Ok(()) => {
                self.on_disk = self.steps.len();
                (self.after)("steps appended");
                Ok(())
            }
            Err(error) => {
                // After a failed fsync nothing can be said about the file, also not by a second fsync.
                if !sabotaged("sync-retried") {
                    self.file = None;
                }
                Err(error)
            }
        }
    }

    /// Puts a journal with all steps in the place of the one that is there.
    fn write_anew(&mut self) -> io::Result<()> {
        let (path, like) = match &mut self.home {
            Kept::Saved(saved) => (journal::beside(&saved.target), std::fs::metadata(&saved.target).ok()),
            Kept::Unsaved { place, lock } => {
                system::create_private_folder(&place.unsaved())?;
                for above in place.unsaved().ancestors().skip(1).take(2) {
                    // Made at an earlier try, perhaps, that ended before they were synced.
                    let _ = system::sync_folder(above);
                }
                let path = place.unsaved_journal(self.session);
                if lock.is_none() {
                    *lock = Some(Lock::acquire(&path).map_err(|error| match error {
                        LockError::Io(error) => error,
                        LockError::Held(holder) => io::Error::other(format!(
                            "the session is open in another window, held by {holder}"
                        )),
                    })?);
                }
                (path, None)
            }
        };
        let new = anew(&path);
        let header = self.header();
        let made = JournalFile::create(&new, &header, self.steps.iter().map(|(_, step)| step), like.as_ref())
            .and_then(|file| {
                (self.after)("journal written anew");
                // The file that it continues may have been renamed into its place without a sync.
                sync_folder_of(&path)?;
                std::fs::rename(&new, &path)?;
                (self.after)("new journal renamed");
                sync_folder_of(&path)?;
                Ok(file)
            });
        match made {
            Ok(file) => {
                self.file = Some(file);
                self.on_disk = self.steps.len();
                if let Kept::Saved(saved) = &self.home {
                    let _ = std::fs::remove_file(journal::next_beside(&saved.target));
                }
                self.next_is_live = false;
                (self.after)("new journal synced");
                Ok(())
            }
            Err(error) => {
                let _ = std::fs::remove_file(&new);
                Err(error)
            }
        }
    }

    fn header(&self) -> Header {
        let (base, file_name) = match &self.home {
            Kept::Saved(saved) => (Some(saved.digest), saved.target.file_name()),
            Kept::Unsaved { .. } => (None, None),
        };
        Header {
            format: format::session::FORMAT,
            session: self.session,
            created: self.created,
            base,
            file_name: file_name.map(|name| name.to_string_lossy().into_owned()),
        }
    }

    /// The file, when someone else has changed it. One that is gone is written again by the next save.
    pub fn changed_on_disk(&self) -> Option<PathBuf> {
        let Kept::Saved(saved) = &self.home else { return None };
        let there = look(&saved.target).ok()??;
        (there.digest != saved.digest).then(|| saved.path.clone())
    }

    /// Puts a session that was written out in the place of the file, and starts the journal anew with the steps
    /// that are newer.
    pub fn finish_save(&mut self, written: Written) -> Result<(PathBuf, Digest), SaveError> {
        // A journal that cannot be written is no reason not to save; what is tried here is to have the steps on
        // disk also when this save fails.
        let flushed = self.flush();
        let Kept::Saved(saved) = &self.home else {
            return Err(SaveError::NotAFile { path: PathBuf::new() });
        };
        let (path, target) = (saved.path.clone(), saved.target.clone());
        if written.over != Over::Anything && (self.is_foreign(&written, saved))? {
            return Err(SaveError::ChangedByOther { path });
        }
        if let (Err(error), true) = (flushed, self.next_is_live && !self.steps.is_empty()) {
            return Err(SaveError::io(&journal::beside(&target), &error));
        }
        let digest = written.digest;
        let newer = self.newer_than(written.revision);
        let header = Header { base: Some(digest), ..self.header() };
        let known_newer = self.steps[..self.on_disk].iter().filter(|(at, _)| *at > written.revision).count();
        let installed = install(&target, &header, &newer, written.prepared, &mut self.after)?;
        // From here on the file is the new one.
        if let Kept::Saved(saved) = &mut self.home {
            saved.digest = digest;
        }
        self.opened_is_aside = true;
        self.steps = newer;
        match installed {
            Installed::Whole(file) => {
                self.on_disk = self.steps.len();
                self.file = Some(file);
                self.next_is_live = false;
            }
            Installed::JournalNotRenamed => {
                self.on_disk = self.steps.len();
                self.file = None;
                self.next_is_live = true;
            }
            Installed::FolderNotSynced(error) => {
                self.on_disk = known_newer;
                self.file = None;
                self.next_is_live = true;
                return Err(error);
            }
        }
        Ok((path, digest))
    }

    fn is_foreign(&self, written: &Written, saved: &Saved) -> Result<bool, SaveError> {
        match &written.seen {
            // Gone: nobody's work is overwritten, unless it has come again.
            None => Ok(saved.target.exists()),
            Some(_) if sabotaged("foreign-overwritten") => Ok(false),
            Some((digest, seen)) => {
                if *digest != saved.digest && written.over != Over::Merged(*digest) {
                    return Ok(true);
                }
                let now = stamp(&saved.target).map_err(|error| SaveError::io(&saved.target, &error))?;
                Ok(now != *seen)
            }
        }
    }

    fn newer_than(&self, revision: u64) -> Vec<(u64, Arc<Step>)> {
        let wanted = |at: u64| at > revision && !sabotaged("steps-forgotten");
        self.steps.iter().filter(|(at, _)| wanted(*at)).cloned().collect()
    }

    /// Writes the session to another file and keeps it there. On an error all stays where it was.
    pub fn save_as(
        &mut self,
        path: &Path,
        revision: u64,
        session: &Session,
    ) -> Result<(PathBuf, Digest), SaveError> {
        let io = |error: io::Error| SaveError::io(path, &error);
        let target = save::resolve(path).map_err(io)?;
        if self.target().as_ref() == Some(&target) {
            let shelf = self.shelf();
            let aside = self.put_aside(&shelf);
            let written = write_beside(&target, revision, session, Over::Anything, aside)?;
            return self.finish_save(written);
        }
        let lock = Lock::acquire(&target).map_err(|error| SaveError::lock(path, error))?;
        save::sweep(&target);
        if let (Kept::Unsaved { place, .. }, true) = (&self.home, sabotaged("left-too-early")) {
            let _ = std::fs::remove_file(place.unsaved_journal(self.session));
        }
        match self.install_at(&target, revision, session) {
            Ok((file, digest)) => {
                let shelf = Shelf { file: Some(target.clone()), ..self.shelf() };
                let saved = Saved { path: path.to_owned(), target, digest, lock, shelf };
                let old = std::mem::replace(&mut self.home, Kept::Saved(saved));
                self.steps = self.newer_than(revision);
                self.on_disk = self.steps.len();
                self.next_is_live = file.is_none();
                self.file = file;
                (self.after)("moved");
                self.leave(old);
                Ok((path.to_owned(), digest))
            }
            Err(error) => {
                lock.release();
                Err(error)
            }
        }
    }

    fn install_at(
        &mut self,
        target: &Path,
        revision: u64,
        session: &Session,
    ) -> Result<(Option<JournalFile>, Digest), SaveError> {
        let written = write_beside(target, revision, session, Over::Anything, None)?;
        // The journal of a session that is replaced here may hold work that is nowhere else.
        for beside in [journal::beside(target), journal::next_beside(target)] {
            let empty = journal::read_journal(&beside)
                .ok()
                .flatten()
                .and_then(Result::ok)
                .is_some_and(|found| found.journal.steps.is_empty() && !found.damaged);
            if beside.exists() && !empty {
                let aside = journal::aside_name(&beside);
                std::fs::rename(&beside, aside).map_err(|error| SaveError::io(&beside, &error))?;
            }
        }
        let digest = written.digest;
        let name = target.file_name().map(|name| name.to_string_lossy().into_owned());
        let header = Header { base: Some(digest), file_name: name, ..self.header() };
        let newer = self.newer_than(revision);
        match install(target, &header, &newer, written.prepared, &mut self.after)? {
            Installed::Whole(file) => Ok((Some(file), digest)),
            Installed::JournalNotRenamed => Ok((None, digest)),
            Installed::FolderNotSynced(error) => {
                let _ = std::fs::remove_file(journal::next_beside(target));
                Err(error)
            }
        }
    }

    /// Clears a home that the session has left: all of it is at the new one.
    fn leave(&self, old: Kept) {
        match old {
            Kept::Saved(saved) => {
                remove_journals(&saved.target);
                saved.lock.release();
            }
            Kept::Unsaved { place, lock } => {
                let _ = std::fs::remove_file(place.unsaved_journal(self.session));
                if let Some(lock) = lock {
                    lock.release();
                }
            }
        }
    }

    /// Writes a copy elsewhere.
    pub fn save_copy(&self, path: &Path, session: &Session) -> Result<(), SaveError> {
        let target = save::resolve(path).map_err(|error| SaveError::io(path, &error))?;
        if let Kept::Saved(saved) = &self.home
            && saved.target == target
        {
            return Err(SaveError::Exists { path: path.to_owned() });
        }
        let lock = Lock::acquire(&target).map_err(|error| SaveError::lock(path, error))?;
        save::sweep(&target);
        let written = save::write_file(&target, format::session::write(session).as_bytes());
        lock.release();
        written
    }

    /// Ends cleanly. Returns a sentence when steps are nowhere on disk.
    pub fn close(self) -> Option<String> {
        let lost = self.steps.len() - self.on_disk;
        match self.home {
            Kept::Saved(saved) => {
                // After a save that could not be synced the old journal may still be needed.
                if self.steps.is_empty()
                    && (!self.next_is_live || save::sync_folder_of(&saved.target).is_ok())
                {
                    remove_journals(&saved.target);
                }
                saved.lock.release();
            }
            Kept::Unsaved { lock, .. } => {
                if let Some(lock) = lock {
                    lock.release();
                }
            }
        }
        let steps = if lost == 1 { "the last step".to_owned() } else { format!("the last {lost} steps") };
        (lost > 0).then(|| format!("{steps} could not be written to disk"))
    }

    /// Ends and throws away what is only in the journal.
    pub fn discard(self) -> Option<String> {
        let (path, lock) = match self.home {
            Kept::Saved(saved) => {
                let _ = std::fs::remove_file(journal::next_beside(&saved.target));
                (journal::beside(&saved.target), Some(saved.lock))
            }
            Kept::Unsaved { place, lock } => (place.unsaved_journal(self.session), lock),
        };
        let problem = match std::fs::remove_file(&path) {
            Err(error) if error.kind() != io::ErrorKind::NotFound => {
                Some(SaveError::io(&path, &error).to_string())
            }
            _ => None,
        };
        if let Some(lock) = lock {
            lock.release();
        }
        problem
    }
}

/// How far [`install`] came once the file was in its place.
enum Installed {
    Whole(JournalFile),
    /// The next journal is complete and continues the file, under its own name.
    JournalNotRenamed,
    /// It is not known which of the two files a power cut would leave; each has its journal.
    FolderNotSynced(SaveError),
}

/// Steps 2 to 4 of a save. On an error the old file is in its place with its journal.
fn install(
    target: &Path,
    header: &Header,
    newer: &[(u64, Arc<Step>)],
    prepared: Prepared,
    after: &mut dyn FnMut(&'static str),
) -> Result<Installed, SaveError> {
    let (journal, next) = (journal::beside(target), journal::next_beside(target));
    after("session written out");
    let like = std::fs::metadata(target).ok();
    let made = JournalFile::create(&next, header, newer.iter().map(|(_, step)| step), like.as_ref())
        .and_then(|file| sync_folder_of(&next).map(|()| file))
        .map_err(|error| SaveError::io(target, &error));
    after("next journal written");
    if sabotaged("journal-first") {
        let _ = std::fs::rename(&next, &journal);
    }
    let committed = made.and_then(|file| prepared.commit().map(|()| file));
    let file = match committed {
        Ok(file) => file,
        Err(error) => {
            let _ = std::fs::remove_file(&next);
            return Err(error);
        }
    };
    after("session renamed");
    if let Err(error) = save::sync_folder_of(target) {
        return Ok(Installed::FolderNotSynced(error));
    }
    after("session synced");
    if std::fs::rename(&next, &journal).is_err() && !sabotaged("journal-first") {
        return Ok(Installed::JournalNotRenamed);
    }
    after("journal renamed");
    // Whichever of its two names a power cut leaves, it is found.
    let _ = sync_folder_of(&journal);
    after("journal synced");
    Ok(Installed::Whole(file))
}

fn remove_journals(target: &Path) {
    for path in [journal::beside(target), journal::next_beside(target)] {
        let _ = std::fs::remove_file(path);
    }
}

/// The name under which a journal is written before it replaces `journal`.
fn anew(journal: &Path) -> PathBuf {
    let name = journal.file_name().unwrap_or_default().to_string_lossy();
    journal.with_file_name(format!("{name}.tmp"))
}

fn sync_folder_of(path: &Path) -> io::Result<()> {
    system::sync_folder(path.parent().unwrap_or(Path::new(".")))
}
