//! One window on one session.

use std::fmt;
use std::fs::{File, OpenOptions, TryLockError};
use std::io::{self, Read as _, Seek as _, Write as _};
use std::path::{Path, PathBuf};

use super::sabotage::sabotaged;
use super::{clock, system};

/// A lock on a session: an open, locked file `.~lock.NAME#` beside it. The system frees it when the program
/// ends, however it ends, so one that is left behind on this computer is taken over without a question. Of one that
/// another computer has signed it cannot be known here whether its program still runs (a shared folder may carry the
/// file and not the lock): it is taken over only when the user says so.
///
/// The session file itself cannot carry the lock: each save puts another file in its place.
#[derive(Debug)]
pub struct Lock {
    file: File,
    path: PathBuf,
}

/// Who holds a lock.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Holder {
    /// The account's name.
    pub who: String,
    /// The computer's name.
    pub host: String,
    /// The process.
    pub pid: u32,
    /// Since when, as RFC 3339.
    pub since: String,
    /// It is not known whether its program still runs: the lock may be taken over.
    pub may_be_gone: bool,
}

impl fmt::Display for Holder {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.who.is_empty() {
            return f.write_str("another window");
        }
        let Self { who, host, pid, .. } = self;
        let since = self.since_when();
        match self.may_be_gone {
            true => write!(f, "{who} on {host} since {since}"),
            false => write!(f, "{who} on {host} (process {pid}, since {since})"),
        }
    }
}

impl Holder {
    /// Since when: "2026-11-26 14:56 UTC"; a time of any other form as it is.
    fn since_when(&self) -> String {
        let parts = self.since.strip_suffix('Z').and_then(|it| it.split_once('T'));
        match parts.and_then(|(day, time)| Some((day, time.get(..5)?))) {
            Some((day, time)) => format!("{day} {time} UTC"),
            None => self.since.clone(),
        }
    }

    /// True when it is this program itself.
    pub fn is_us(&self) -> bool {
        self.pid == std::process::id() && self.host == system::host_name()
    }
}

/// Why a lock was not to be had.
#[derive(Debug)]
pub(super) enum LockError {
    /// Someone has it.
    Held(Holder),
    /// The file could not be made.
    Io(io::Error),
}

/// The lock file of a session or journal file.
pub(super) fn lock_path(target: &Path) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".~lock.{name}#"))
}

impl Lock {
    /// Takes the lock that goes with the file `target`, which need not exist.
    pub(super) fn acquire(target: &Path) -> Result<Self, LockError> {
        Self::take(target, Theirs::Held)
    }

    /// The same, also when another computer has signed it and seems to hold it no longer.
    pub(super) fn take_over(target: &Path) -> Result<Self, LockError> {
        Self::take(target, Theirs::Gone)
    }

    fn take(target: &Path, theirs: Theirs) -> Result<Self, LockError> {
        let path = lock_path(target);
        loop {
            let mut options = OpenOptions::new();
            options.read(true).write(true).create(true).truncate(false);
            let file = match options.open(&path) {
                Ok(file) => file,
                // A colleague's, in a folder that is shared.
                Err(error) if error.kind() == io::ErrorKind::PermissionDenied => {
                    clear_stale(&path).map_err(|held| held.unwrap_or(LockError::Io(error)))?;
                    continue;
                }
                Err(error) => return Err(LockError::Io(error)),
            };
            match file.try_lock() {
                Ok(()) => {}
                Err(TryLockError::WouldBlock) if sabotaged("lock-ignored") => {}
                Err(TryLockError::WouldBlock) => return Err(LockError::Held(read_holder(file))),
                // A file system without locks: better unguarded than not at all.
                Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
                Err(TryLockError::Error(error)) => return Err(LockError::Io(error)),
            }
            // Its last holder may have removed the name between our opening and our locking; then what we have
            // locked is nobody's, and someone else may make a new one.
            if system::is_same_file(&file, &path).map_err(LockError::Io)? {
                if theirs == Theirs::Held
                    && let Some(holder) = signed_elsewhere(&path)
                {
                    return Err(LockError::Held(holder));
                }
                let mut lock = Self { file, path };
                lock.sign().map_err(LockError::Io)?;
                return Ok(lock);
            }
        }
    }

    /// True when someone has the lock of `target` now.
    pub(super) fn is_held(target: &Path) -> bool {
        let Ok(file) = File::open(lock_path(target)) else { return false };
        matches!(file.try_lock_shared(), Err(TryLockError::WouldBlock))
    }

    /// Frees the lock and removes its file, in this order of need: the name goes while nobody else can have it.
    pub(super) fn release(self) {
        // A name left behind does no harm.
        let _ = std::fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }

    fn sign(&mut self) -> io::Result<()> {
        let (who, host) = (system::login_name(), system::host_name());
        let text = format!("{who}\n{host}\n{}\n{}\n", std::process::id(), clock::now());
        self.file.set_len(0)?;
        self.file.rewind()?;
        self.file.write_all(text.as_bytes())
    }
}

/// What is taken for true of a lock that another computer has signed.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Theirs {
    /// Its program may still run.
    Held,
    /// The user has said that it does not.
    Gone,
}

/// Who has signed the lock file at `path`, which is locked by us, if it was on another computer.
fn signed_elsewhere(path: &Path) -> Option<Holder> {
    let holder = File::open(path).map(read_holder).ok()?;
    let here = system::host_name();
    // Where either name is not known, the system's own lock is all there is to go by.
    let known = |host: &str| !host.is_empty() && host != system::UNNAMED_HOST;
    let elsewhere = known(&holder.host) && known(&here) && holder.host != here;
    elsewhere.then_some(Holder { may_be_gone: true, ..holder })
}

/// Removes a lock file that we may not write to and that nobody holds. `Err(None)`: it cannot be removed.
fn clear_stale(path: &Path) -> Result<(), Option<LockError>> {
    let file = File::open(path).map_err(|_| None)?;
    match file.try_lock() {
        Ok(()) => std::fs::remove_file(path).map_err(|_| None),
        Err(TryLockError::WouldBlock) => Err(Some(LockError::Held(read_holder(file)))),
        Err(TryLockError::Error(_)) => Err(None),
    }
}

fn read_holder(file: File) -> Holder {
    let mut text = String::new();
    // Windows does not let us read a locked file; then the holder stays unknown.
    let _ = file.take(4096).read_to_string(&mut text);
    let mut lines = text.lines().map(str::to_owned);
    let mut next = || lines.next().unwrap_or_default();
    Holder { who: next(), host: next(), pid: next().parse().unwrap_or(0), since: next(), may_be_gone: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_second_handle_is_told_who_holds_it() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("haven.ron");
        let lock = Lock::acquire(&target).unwrap();
        assert!(Lock::is_held(&target));
        let Err(LockError::Held(holder)) = Lock::acquire(&target) else { panic!("the lock was given twice") };
        assert_eq!(holder.pid, std::process::id());
        assert!(!holder.who.is_empty() && !holder.host.is_empty() && holder.since.ends_with('Z'));
        lock.release();
        assert!(!lock_path(&target).exists());
        assert!(!Lock::is_held(&target));
        Lock::acquire(&target).unwrap();
    }

    #[test]
    fn a_lock_left_behind_asks_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("haven.ron");
        let here = system::host_name();
        let left = format!("someone\n{here}\n1\n2020-01-01T00:00:00Z\n");
        std::fs::write(lock_path(&target), left).unwrap();
        assert!(!Lock::is_held(&target));
        let lock = Lock::acquire(&target).unwrap();
        assert!(!std::fs::read_to_string(lock_path(&target)).unwrap().contains("2020"));
        drop(lock);
    }

    #[test]
    fn a_lock_of_a_computer_without_a_name_asks_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("haven.ron");
        let left = format!("vos\n{}\n1\n2020-01-01T00:00:00Z\n", system::UNNAMED_HOST);
        std::fs::write(lock_path(&target), left).unwrap();
        drop(Lock::acquire(&target).unwrap());
    }

    #[test]
    fn a_lock_of_another_computer_is_taken_over_only_when_told_so() {
        let folder = tempfile::tempdir().unwrap();
        let target = folder.path().join("haven.ron");
        let left = "vos\nanother computer\n1\n2020-01-01T00:00:00Z\n";
        std::fs::write(lock_path(&target), left).unwrap();
        let Err(LockError::Held(holder)) = Lock::acquire(&target) else { panic!("it was taken unasked") };
        assert_eq!(holder.to_string(), "vos on another computer since 2020-01-01 00:00 UTC");
        assert!(holder.may_be_gone);
        assert_eq!(std::fs::read_to_string(lock_path(&target)).unwrap(), left);
        let lock = Lock::take_over(&target).unwrap();
        let Err(LockError::Held(holder)) = Lock::take_over(&target) else { panic!("it was given twice") };
        assert!(!holder.may_be_gone);
        lock.release();
    }
}
