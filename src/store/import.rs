//! Reading a source.

use std::path::{Path, PathBuf};

use crate::format::decode::{self, DecodeError, Decoded};
use crate::model::limits;

use super::regular::{FileError, read_regular};

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

/// The documents that a path stands for: itself, or the text and Markdown files of a folder, by name; what stands in
/// folders within it and what begins with a dot is left out. A folder without any stands for itself, which is then
/// refused by name.
pub fn documents_at(path: &Path) -> Vec<PathBuf> {
    let itself = vec![path.to_owned()];
    let Ok(entries) = std::fs::read_dir(path) else { return itself };
    let is_text = |path: &PathBuf| {
        let hidden = path.file_name().is_some_and(|name| name.to_string_lossy().starts_with('.'));
        let extension = path.extension().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default();
        !hidden && TEXT_EXTENSIONS.contains(&extension.as_str()) && path.is_file()
    };
    let mut files: Vec<PathBuf> = entries.flatten().map(|entry| entry.path()).filter(is_text).collect();
    files.sort();
    if files.is_empty() { itself } else { files }
}

/// True when something stands at this path.
pub fn is_there(path: &Path) -> bool {
    std::fs::symlink_metadata(path).is_ok()
}

/// True when something stands at this path and holds not one byte; true of a null device.
pub fn is_empty_file(path: &Path) -> bool {
    std::fs::metadata(path).is_ok_and(|metadata| !metadata.is_dir() && metadata.len() == 0)
}

/// The endings of text files, in lower case.
const TEXT_EXTENSIONS: [&str; 4] = ["txt", "md", "markdown", "text"];

/// Reads and decodes the regular file at `path`, of at most [`limits::DOCUMENT_BYTES`]; `encoding` is one that a person chose. Returns
/// the text and the file's name without folders.
///
/// # Errors
/// When the file cannot be read or is not text in that encoding; nothing is taken over then.
pub fn read_document_file(path: &Path, encoding: Option<&str>) -> Result<(Decoded, String), ImportError> {
    let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
    let bytes = read_regular(path, limits::DOCUMENT_BYTES)?;
    match decode::decode(&bytes, encoding) {
        Ok(decoded) => Ok((decoded, name)),
        Err(error) => Err(ImportError::Decode { name, error }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_stands_for_its_text_files() {
        let folder = tempfile::tempdir().unwrap();
        let path = |name: &str| folder.path().join(name);
        assert_eq!(documents_at(folder.path()), [folder.path()]);
        for name in ["b.MD", "a.txt", ".c.txt", "d.pdf"] {
            std::fs::write(path(name), "e\u{301}").unwrap();
        }
        std::fs::create_dir(path("e.txt")).unwrap();
        assert_eq!(documents_at(folder.path()), [path("a.txt"), path("b.MD")]);
        assert_eq!(documents_at(&path("d.pdf")), [path("d.pdf")]);
        assert_eq!(documents_at(&path("none")), [path("none")]);
    }
}
