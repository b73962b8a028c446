//! The journal: the steps since the last full save, one line each, appended and synced as they are made.
//!
//! The first line is the header; every other is `LENGTH CHECKSUM STEP`: the number of bytes of the step, the
//! first 16 hexadecimal digits of their SHA-256, the step as compact RON with a number that counts from 1.
//! A line half written in a crash is noticed by its length or checksum, dropped, and said. Steps carry whole
//! records, in the structs of the session file and under the same format number.

mod v1;

use crate::edit::Step;
use crate::model::{Digest, SessionId, Timestamp};

/// The first line of a journal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Header {
    /// The format of journal and session: [`super::session::FORMAT`].
    pub format: u32,
    /// The session that it continues.
    pub session: SessionId,
    /// When that session was begun: with the id it makes the empty session that a journal without base starts
    /// from.
    pub created: Timestamp,
    /// Digest of the bytes of the session file that it continues; `None` when there is none yet: the steps
    /// then build everything from [`crate::model::Session::new`].
    pub base: Option<Digest>,
    /// The session file's name or path, to tell a reader which session this was; `None` when it has none.
    pub file_name: Option<String>,
}

/// A journal as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Journal {
    /// Its header.
    pub header: Header,
    /// The sound steps, in order.
    pub steps: Vec<Step>,
    /// The number of bytes up to the end of the last sound line: where to cut before anything is appended.
    pub sound_bytes: u64,
    /// What was left out, in a sentence.
    pub torn: Option<String>,
}

/// Why nothing of a journal could be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum JournalError {
    /// It has no bytes: the program stopped before it wrote the first line. Nothing is lost with it.
    #[error("the journal is empty")]
    Empty,
    /// A newer program wrote it. It must not be changed by this one.
    #[error(
        "this journal has format {found}, which is newer than this program can read (format {})",
        super::session::FORMAT
    )]
    NewerFormat {
        /// The format it says it has.
        found: u64,
    },
    /// Its first line cannot be read.
    #[error("line 1 of the journal: {what}")]
    Header {
        /// What is wrong with it.
        what: String,
    },
}

/// The header as a line, its line end included.
pub fn write_header(header: &Header) -> String {
    v1::write_header(header)
}

/// Step `number` (from 1) as a line, its line end included.
pub fn write_step(number: u64, step: &Step) -> String {
    v1::write_step(number, step)
}

/// Reads a journal up to its first unsound line.
///
/// # Errors
/// When the header cannot be read or is of a newer format.
pub fn read(bytes: &[u8]) -> Result<Journal, JournalError> {
    v1::read(bytes)
}

#[cfg(test)]
mod tests;
