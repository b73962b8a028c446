//! The session file: one readable RON file that holds a whole dossier.
//!
//! `format` stands first, the texts stand last as lists of lines, and the last line is a comment with the
//! SHA-256 of all before it. A file whose digest differs but which reads and validates was edited by hand and
//! opens with a [`Notice`]; a *document's* digest that differs is damage. Nothing is ever dropped in silence:
//! what does not read is an error with line and column, and [`read_sound`] opens the rest as a copy.

mod build;
mod called;
mod error;
mod loose;
mod mend;
mod names;
mod pieces;
mod raw;
mod sound;
mod syntax;
pub(in crate::format) mod text;
pub(in crate::format) mod v1;

use std::collections::BTreeMap;
use std::fmt;

use crate::model::{Digest, DocumentId, Session};

pub use error::{Place, ReadError};

/// The version that this program writes, and the newest that it reads.
pub const FORMAT: u32 = 1;

/// A session as it was read.
#[derive(Clone, Debug)]
pub struct ReadSession {
    /// The session, valid.
    pub session: Session,
    /// Digest of the file's bytes as they were read, to notice a change made by someone else.
    pub digest: Digest,
    /// What the reader should be told.
    pub notices: Vec<Notice>,
}

/// Something that a reader should know about a file that opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Notice {
    /// The digest in the last line is missing or is not that of the file, but all of it reads and validates.
    EditedByHand,
    /// Line ends were turned from LF into CRLF on the way here. No text changed by it.
    LineEndsConverted,
    /// A byte-order mark was put before the file on the way here.
    ByteOrderMarkAdded,
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::EditedByHand => "the file was changed outside this program; all of it reads and is valid",
            Self::LineEndsConverted => "the file's line ends were converted on the way here; no text changed",
            Self::ByteOrderMarkAdded => {
                "a byte-order mark was put before the file on the way here; no text changed"
            }
        })
    }
}

/// A session file without its texts, waiting for its sources.
#[derive(Clone, Debug)]
pub struct WithoutTexts {
    /// The sources that are needed, in the session's order.
    pub wanted: Vec<Wanted>,
    raw: raw::Raw,
}

/// A source that a session file without texts needs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Wanted {
    /// The document.
    pub document: DocumentId,
    /// Its title, or empty.
    pub title: String,
    /// The name of the file it was read from; `None` for pasted text.
    pub file_name: Option<String>,
    /// Digest of its canonical text.
    pub digest: Digest,
    /// Digest of the bytes that it was read from.
    pub file_digest: Digest,
    /// The encoding that those bytes were read in.
    pub encoding: String,
}

impl WithoutTexts {
    /// The session with its canonical texts, as [`crate::format::decode::decode`] gives them.
    ///
    /// # Errors
    /// When a text is missing ([`ReadError::NeedsSources`] again) or is not the one with the digest recorded
    /// ([`ReadError::OtherSources`]), or when the rest of the file is invalid.
    pub fn with_sources(&self, texts: &BTreeMap<DocumentId, String>) -> Result<ReadSession, ReadError> {
        raw::with_sources(self, texts)
    }
}

/// The file of a session, texts included.
pub fn write(session: &Session) -> String {
    v1::write(session, true)
}

/// The file of a session without its documents' texts, for material that may not be passed on. Annotations
/// keep their quotes.
pub fn write_without_texts(session: &Session) -> String {
    v1::write(session, false)
}

/// Reads a session file.
///
/// # Errors
/// When it cannot be read whole, or what it holds is not valid.
pub fn read(bytes: &[u8]) -> Result<ReadSession, ReadError> {
    raw::read(bytes)
}

/// Reads what is sound in a session file that is damaged, also where its structure is, and says in a sentence each
/// what was left out or changed. Each annotation in it is one of the file's, on the text that it was made on. Open the
/// result as a copy.
///
/// # Errors
/// Why nothing can be offered, in a sentence.
pub fn read_sound(bytes: &[u8]) -> Result<(Session, Vec<String>), String> {
    sound::read_sound(bytes)
}

/// The session of records that another format carries. It holds no annotations and links but those of the records.
///
/// # Errors
/// When a record can't be taken over, or they don't fit together; in words.
pub(in crate::format) fn of_records(file: v1::File<'static>) -> Result<Session, String> {
    if file.format == 0 || file.format > FORMAT {
        return Err(format!("it has format {}; this program reads formats up to {FORMAT}", file.format));
    }
    let built = build::build(file);
    if let Some(found) = built.found.into_iter().next() {
        return Err(found.what);
    }
    match built.session.problems().first() {
        Some(problem) => Err(problem.to_string()),
        None => Ok(built.session),
    }
}

#[cfg(test)]
mod tests;
