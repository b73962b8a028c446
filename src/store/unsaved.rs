//! Sessions that have no file yet: each is a journal in the user's data folder.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::model::{Session, SessionId, Stamps as _, Timestamp};

use super::founding::founding_step;
use super::journal::{self, FoundJournal};
use super::keeper::Home;
use super::lock::{Lock, LockError};
use super::open::{self, OpenError, Opened, Recovered, SetAside};
use super::regular::FileError;
use super::{Keeper, Place, SaveError, SystemStamps};

/// A session that has no file yet.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnsavedEntry {
    /// Its id, for [`open_unsaved`].
    pub id: SessionId,
    /// Its title, or that of its first document, or empty.
    pub title: String,
    /// How many documents it has.
    pub documents: usize,
    /// How many annotations it has.
    pub annotations: usize,
    /// When it was changed last.
    pub changed: Timestamp,
    /// What is wrong with it, in a sentence; then the rest may be empty.
    pub problem: Option<String>,
}

impl Place {
    pub(super) fn unsaved_journal(&self, id: SessionId) -> PathBuf {
        self.unsaved().join(format!("{id}.journal"))
    }
}

/// Sessions that have no file and are open in no window, the last changed first.
pub fn list_unsaved() -> Vec<UnsavedEntry> {
    Place::of_user().map(|place| list_in(&place)).unwrap_or_default()
}

pub(super) fn list_in(place: &Place) -> Vec<UnsavedEntry> {
    let entries = std::fs::read_dir(place.unsaved()).into_iter().flatten().flatten();
    let paths = entries.map(|entry| entry.path());
    let mut unsaved: Vec<UnsavedEntry> = paths.filter_map(|path| entry(&path)).collect();
    unsaved.sort_by_key(|entry| (std::cmp::Reverse(entry.changed), entry.id));
    unsaved
}

fn entry(path: &Path) -> Option<UnsavedEntry> {
    let id: SessionId = path.file_name()?.to_str()?.strip_suffix(".journal")?.parse().ok()?;
    if Lock::is_held(path) {
        return None;
    }
    let modified = std::fs::metadata(path).and_then(|metadata| metadata.modified()).ok();
    let since = modified.and_then(|at| at.duration_since(std::time::UNIX_EPOCH).ok());
    let changed = since.map_or(0, |since| i64::try_from(since.as_secs()).unwrap_or(i64::MAX));
    let mut entry = UnsavedEntry {
        id,
        title: String::new(),
        documents: 0,
        annotations: 0,
        changed: Timestamp::from_second(changed),
        problem: None,
    };
    match read_unsaved(path, id) {
        Ok((session, _, replay)) => {
            let first = session.documents.first().map(|document| document.title());
            let title = Some(session.info.title.as_str()).filter(|title| !title.is_empty()).or(first);
            entry.title = title.unwrap_or_default().to_owned();
            entry.documents = session.documents.len();
            entry.annotations = session.annotations.len();
            entry.problem = replay.torn.filter(|_| replay.keep_copy);
        }
        Err(None) => return None,
        Err(Some(error)) => entry.problem = Some(error.to_string()),
    }
    Some(entry)
}

/// Keeps a session among those that have no file yet, whole: what could not be written where it belongs.
///
/// # Errors
/// A sentence, when that can't be written either.
pub fn keep_for_later(session: &Session) -> Result<(), String> {
    let place = Place::of_user().map_err(|error| error.to_string())?;
    let mut session = session.clone();
    if place.unsaved_journal(session.id).exists() {
        session.id = SessionId(SystemStamps.id());
    }
    let Some(step) = founding_step(&session) else { return Ok(()) };
    let empty = Session::new(session.id, session.created);
    let home = Home::unsaved_in(place, Vec::new(), None);
    let keeper = Keeper::start(home, empty, Box::new(|_| {})).map_err(|error| error.to_string())?;
    keeper.append(1, Arc::new(step));
    keeper.close()
}

/// Opens a session that has no file yet.
///
/// # Errors
/// When it is not there, is open elsewhere, or its journal cannot be read; that is then as it was.
pub fn open_unsaved(id: SessionId) -> Result<Opened, OpenError> {
    let place = Place::of_user().map_err(|error| FileError::io(Path::new(""), &error))?;
    open_unsaved_in(&place, id)
}

pub(super) fn open_unsaved_in(place: &Place, id: SessionId) -> Result<Opened, OpenError> {
    let path = place.unsaved_journal(id);
    if !path.exists() {
        return Err(FileError::Missing { path }.into());
    }
    let lock = match Lock::acquire(&path) {
        Ok(lock) => lock,
        Err(LockError::Held(holder)) => return Err(OpenError::Locked { path, holder }),
        Err(LockError::Io(error)) => return Err(FileError::io(&path, &error).into()),
    };
    match open_locked(&path, id) {
        Ok((session, replay, recovered)) => Ok(Opened {
            places: super::Places::of(place, session.id),
            drafts: super::drafts::take(&path, session.id),
            in_file: Session::new(session.id, session.created),
            session,
            path: None,
            notices: Vec::new(),
            recovered: Some(recovered),
            read_only: None,
            home: Home::unsaved_in(place.clone(), replay.steps, Some(lock)),
        }),
        Err(error) => {
            lock.release();
            Err(error)
        }
    }
}

fn open_locked(path: &Path, id: SessionId) -> Result<(Session, open::Replay, Recovered), OpenError> {
    let empty = || OpenError::Unsaved { path: path.to_owned(), what: "the journal is empty".to_owned() };
    let (session, _, replay) = read_unsaved(path, id).map_err(|error| error.unwrap_or_else(empty))?;
    let mut recovered = Recovered {
        steps: replay.steps.len(),
        what: Vec::new(),
        undo: None,
        annotations: open::difference(session.annotations.len(), 0),
        torn: replay.torn.clone(),
        damaged: replay.keep_copy,
        set_aside: None,
    };
    if replay.keep_copy {
        let name = journal::aside_name(path);
        let copied = std::fs::copy(path, &name).and_then(|_| std::fs::File::open(&name)?.sync_all());
        copied.map_err(|error| OpenError::SetAside(SaveError::io(path, &error)))?;
        let steps = replay.steps.len();
        recovered.set_aside = Some(SetAside { path: name, steps, why: "it is damaged".to_owned() });
    }
    Ok((session, replay, recovered))
}

/// `Err(None)`: there is nothing in it.
fn read_unsaved(
    path: &Path,
    id: SessionId,
) -> Result<(Session, FoundJournal, open::Replay), Option<OpenError>> {
    let wrong = |what: String| Some(OpenError::Unsaved { path: path.to_owned(), what });
    let found = match journal::read_journal(path) {
        Ok(Some(Ok(found))) => found,
        Ok(Some(Err(error))) => return Err(wrong(error.to_string())),
        Ok(None) => return Err(None),
        Err(error) => return Err(Some(OpenError::Journal(error))),
    };
    let header = &found.journal.header;
    if header.session != id || header.base.is_some() {
        return Err(wrong("the journal belongs to another session".to_owned()));
    }
    let mut session = Session::new(header.session, header.created);
    let replay = open::replay_on(&mut session, &found);
    Ok((session, found, replay))
}

/// Throws a session away that has no file. Nothing brings it back.
///
/// # Errors
/// When it is open elsewhere or could not be removed.
pub fn discard_unsaved(id: SessionId) -> Result<(), SaveError> {
    let place = Place::of_user().map_err(|error| SaveError::io(Path::new(""), &error))?;
    let path = place.unsaved_journal(id);
    let lock = Lock::acquire(&path).map_err(|error| SaveError::lock(&path, error))?;
    let removed = std::fs::remove_file(&path).map_err(|error| SaveError::io(&path, &error));
    let _ = std::fs::remove_file(super::drafts::beside(&path));
    lock.release();
    removed
}
