//! Reading a source.

use std::path::Path;

use crate::format::decode::{self, DecodeError, Decoded};

use super::regular::{FileError, read_regular};

/// The largest document that is read, in bytes.
pub const DOCUMENT_LIMIT: u64 = 200_000_000;

/// Why a document file could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ImportError {
    /// Its bytes could not be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// Its bytes are no text, or of an encoding that a person has to choose.
    #[error("{name}: {error}")]
    Decode {
        /// The file's name, without folders.
        name: String,
        /// What is wrong with the bytes.
        error: DecodeError,
    },
}

/// Reads and decodes the regular file at `path`, at most 200 MB; `encoding` is one that a person chose. Returns
/// the text and the file's name without folders.
///
/// # Errors
/// When the file cannot be read or is not text in that encoding; nothing is taken over then.
pub fn read_document_file(path: &Path, encoding: Option<&str>) -> Result<(Decoded, String), ImportError> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let bytes = read_regular(path, DOCUMENT_LIMIT)?;
    match decode::decode(&bytes, encoding) {
        Ok(decoded) => Ok((decoded, name)),
        Err(error) => Err(ImportError::Decode { name, error }),
    }
}
