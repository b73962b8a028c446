//! Reading files that someone names: regular files only, never without a limit.

use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::model::limits;

use super::system;

/// Why a file could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FileError {
    /// There is none.
    #[error("{}: there is no such file", .path.display())]
    Missing {
        /// The path.
        path: PathBuf,
    },
    /// It is a folder.
    #[error("{}: this is a folder without text files; choose files", .path.display())]
    Folder {
        /// The path.
        path: PathBuf,
    },
    /// It is a pipe or a device: reading it might never end.
    #[error("{}: this is {what}, not a regular file", .path.display())]
    Special {
        /// The path.
        path: PathBuf,
        /// What it is, with its article.
        what: &'static str,
    },
    /// It is longer than this program reads.
    #[error("{}: it is larger than {}, the most that is read of such a file; split it, or leave out what is not needed", .path.display(), limits::megabytes(*.limit))]
    TooLarge {
        /// The path.
        path: PathBuf,
        /// The limit in bytes.
        limit: u64,
    },
    /// The system says why.
    #[error("{}: {what}", .path.display())]
    Io {
        /// The path.
        path: PathBuf,
        /// Cause and remedy.
        what: String,
    },
}

/// Reads a scheme file, or a session file whose scheme is wanted.
///
/// # Errors
/// When it is not there, is no regular file, is too large or cannot be read.
pub fn read_scheme_file(path: &Path) -> Result<Vec<u8>, FileError> {
    read_regular(path, limits::SESSION_BYTES)
}

impl FileError {
    pub(super) fn io(path: &Path, error: &io::Error) -> Self {
        let path = path.to_owned();
        match error.kind() {
            io::ErrorKind::NotFound => Self::Missing { path },
            _ => Self::Io { path, what: cause(error) },
        }
    }
}

/// What an error means, in words, with what can be done where that is known.
pub(super) fn cause(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::PermissionDenied => {
            "permission denied; ask its owner for access, or choose another place".to_owned()
        }
        io::ErrorKind::ReadOnlyFilesystem => "the disk is read-only; choose another place".to_owned(),
        io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => {
            "the disk is full; free some space, or choose another place".to_owned()
        }
        io::ErrorKind::NotFound => "the folder is not there; was it moved, or a drive removed?".to_owned(),
        _ => error.to_string(),
    }
}

/// The bytes of a regular file of at most `limit` bytes.
pub(super) fn read_regular(path: &Path, limit: u64) -> Result<Vec<u8>, FileError> {
    let io = |error: io::Error| FileError::io(path, &error);
    // Before it is opened: opening a pipe waits for ever.
    let metadata = std::fs::metadata(path).map_err(io)?;
    if metadata.is_dir() {
        return Err(FileError::Folder { path: path.to_owned() });
    }
    if !metadata.is_file() {
        return Err(FileError::Special { path: path.to_owned(), what: system::special_kind(&metadata) });
    }
    let too_large = || FileError::TooLarge { path: path.to_owned(), limit };
    if metadata.len() > limit {
        return Err(too_large());
    }
    let mut bytes = Vec::with_capacity(usize::try_from(metadata.len()).unwrap_or(0));
    File::open(path).map_err(io)?.take(limit + 1).read_to_end(&mut bytes).map_err(io)?;
    if bytes.len() as u64 > limit { Err(too_large()) } else { Ok(bytes) }
}
