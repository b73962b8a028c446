//! Putting a file in the place of another, whole or not at all.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::Duration;

use crate::format;
use crate::model::{Digest, Session};

use super::lock::{Lock, LockError};
use super::sabotage::sabotaged;
use super::{Holder, regular, system};

/// Why a file was not written. The file that stood there is untouched.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SaveError {
    /// The system says why.
    #[error("{}: {what}", .path.display())]
    Io {
        /// The file to be written.
        path: PathBuf,
        /// Cause and remedy.
        what: String,
    },
    /// The file is write-protected.
    #[error("{}: the file is read-only; save under another name, or allow writing", .path.display())]
    ReadOnly {
        /// The file.
        path: PathBuf,
    },
    /// A folder or a device bears the name.
    #[error("{}: this is not a regular file; choose another name", .path.display())]
    NotAFile {
        /// The path.
        path: PathBuf,
    },
    /// A folder is to be written, and something else bears its name.
    #[error("{}: this is not a folder; choose another name", .path.display())]
    NotAFolder {
        /// The path.
        path: PathBuf,
    },
    /// It is open in another window.
    #[error("{}: it is open in another window, held by {holder}; close that first", .path.display())]
    Locked {
        /// The file.
        path: PathBuf,
        /// Who has it open.
        holder: Holder,
    },
    /// Someone else has changed it since it was read or written here.
    #[error("{}: someone else has changed the file since it was read here; nothing was overwritten", .path.display())]
    ChangedByOther {
        /// The file.
        path: PathBuf,
    },
    /// It exists, and was not to be replaced.
    #[error("{}: there is such a file already", .path.display())]
    Exists {
        /// The file.
        path: PathBuf,
    },
}

impl SaveError {
    pub(super) fn io(path: &Path, error: &io::Error) -> Self {
        Self::Io { path: path.to_owned(), what: regular::cause(error) }
    }

    pub(super) fn lock(path: &Path, error: LockError) -> Self {
        match error {
            LockError::Held(holder) => Self::Locked { path: path.to_owned(), holder },
            LockError::Io(error) => Self::io(path, &error),
        }
    }
}

/// The real file behind `path`: links are followed, so that a save replaces what a link points to and not the
/// link. A path to nothing is made absolute.
pub(super) fn resolve(path: &Path) -> io::Result<PathBuf> {
    match path.canonicalize() {
        Ok(target) => Ok(target),
        Err(error) if error.kind() == io::ErrorKind::NotFound => {
            let path = std::path::absolute(path)?;
            match (path.parent(), path.file_name()) {
                (Some(folder), Some(name)) => Ok(folder.canonicalize()?.join(name)),
                _ => Err(error),
            }
        }
        Err(error) => Err(error),
    }
}

/// The real file behind a path that may be a link, or name nothing yet.
///
/// # Errors
/// When its folder is not there.
pub fn real_path(path: &Path) -> io::Result<PathBuf> {
    resolve(path)
}

/// New content, complete and synced in a temporary file beside its target, one rename away from it.
pub(super) struct Prepared {
    file: tempfile::NamedTempFile,
    target: PathBuf,
}

/// New content on its way to a temporary file beside its target.
pub(super) struct Begun {
    file: io::BufWriter<tempfile::NamedTempFile>,
    old: Option<std::fs::Metadata>,
    target: PathBuf,
}

impl io::Write for Begun {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Begins a temporary file beside the resolved `target`.
pub(super) fn begin(target: &Path) -> Result<Begun, SaveError> {
    let io = |error: io::Error| SaveError::io(target, &error);
    let old = match target.metadata() {
        Ok(metadata) if !metadata.is_file() => return Err(SaveError::NotAFile { path: target.to_owned() }),
        Ok(metadata) if metadata.permissions().readonly() => {
            return Err(SaveError::ReadOnly { path: target.to_owned() });
        }
        Ok(metadata) => Some(metadata),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(io(error)),
    };
    let folder = target.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let prefix = temporary_prefix(target);
    let file = tempfile::Builder::new().prefix(&prefix).suffix(".tmp").tempfile_in(folder).map_err(io)?;
    Ok(Begun { file: io::BufWriter::new(file), old, target: target.to_owned() })
}

impl Begun {
    /// All is written: synced, with the mode of the file that stands at the target.
    pub(super) fn finish(self) -> Result<Prepared, SaveError> {
        let Self { file, old, target } = self;
        let io = |error: io::Error| SaveError::io(&target, &error);
        let file = file.into_inner().map_err(|error| io(error.into_error()))?;
        match &old {
            Some(old) => system::copy_mode(old, file.as_file()).map_err(io)?,
            None => system::usual_mode(file.as_file()).map_err(io)?,
        }
        if !sabotaged("session-unsynced") {
            file.as_file().sync_all().map_err(io)?;
        }
        Ok(Prepared { file, target })
    }
}

/// Writes and syncs `bytes` beside the resolved `target`. The mode is that of the file that stands there.
pub(super) fn prepare(target: &Path, bytes: &[u8]) -> Result<Prepared, SaveError> {
    let mut begun = begin(target)?;
    begun.write_all(bytes).map_err(|error| SaveError::io(target, &error))?;
    begun.finish()
}

impl Prepared {
    /// The target gets the new content. The change of names is not durable yet: see [`system::sync_folder`].
    pub(super) fn commit(self) -> Result<(), SaveError> {
        let mut file = self.file;
        if sabotaged("plain-overwrite") {
            return std::fs::read(file.path())
                .and_then(|bytes| std::fs::write(&self.target, bytes))
                .map_err(|error| SaveError::io(&self.target, &error));
        }
        for pause in [10, 25, 50, 100, 200] {
            match file.persist(&self.target) {
                Ok(_) => return Ok(()),
                Err(error) if system::passes_by(&error.error) => {
                    std::thread::sleep(Duration::from_millis(pause));
                    file = error.file;
                }
                Err(error) => return Err(SaveError::io(&self.target, &error.error)),
            }
        }
        file.persist(&self.target).map(drop).map_err(|error| SaveError::io(&self.target, &error.error))
    }
}

/// What the names of temporary files beside `target` begin with.
pub(super) fn temporary_prefix(target: &Path) -> String {
    format!(".~{}.", target.file_name().unwrap_or_default().to_string_lossy())
}

/// Removes temporary files that a killed program left beside `target`. Only for the holder of its lock.
pub(super) fn sweep(target: &Path) {
    let (Some(folder), prefix) = (target.parent(), temporary_prefix(target)) else { return };
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        let name = entry.file_name();
        let Some(name) = name.to_str() else { continue };
        // tempfile puts six characters in the middle.
        if sabotaged("temporary-left") {
            return;
        }
        let middle = name.strip_prefix(&prefix).and_then(|rest| rest.strip_suffix(".tmp"));
        if middle.is_some_and(|middle| middle.len() == 6 && !middle.contains('.')) {
            let _ = std::fs::remove_file(entry.path());
        }
    }
}

pub(super) fn sync_folder_of(target: &Path) -> Result<(), SaveError> {
    let folder = target.parent().unwrap_or(Path::new("."));
    system::sync_folder(folder).map_err(|error| SaveError::io(target, &error))
}

/// Writes a file that is not the program's own, such as an export: whole or not at all, links followed, mode
/// kept, durable when this returns.
///
/// # Errors
/// When it could not be written; what stood there is untouched.
pub fn write_file(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    let target = resolve(path).map_err(|error| SaveError::io(path, &error))?;
    prepare(&target, bytes)?.commit()?;
    sync_folder_of(&target)
}

/// Writes a session to a new file, and returns the digest of its bytes.
///
/// # Errors
/// When there is a file already, or it could not be written.
pub fn create_session_file(path: &Path, session: &Session) -> Result<Digest, SaveError> {
    let target = resolve(path).map_err(|error| SaveError::io(path, &error))?;
    if target.symlink_metadata().is_ok() {
        return Err(SaveError::Exists { path: path.to_owned() });
    }
    let lock = Lock::acquire(&target).map_err(|error| SaveError::lock(path, error))?;
    let bytes = format::session::write(session).into_bytes();
    let written = prepare(&target, &bytes).and_then(Prepared::commit).and_then(|()| sync_folder_of(&target));
    lock.release();
    written.map(|()| Digest::of(&bytes))
}

#[cfg(test)]
#[path = "save/tests.rs"]
mod tests;
