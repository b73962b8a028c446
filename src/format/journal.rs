//! The journal: the steps since the last full save, one line each, appended and synced as they are made.
//!
//! The first line is the header; every other is `LENGTH CHECKSUM STEP`: the number of bytes of the step, the
//! first 16 hexadecimal digits of their SHA-256, the step as compact RON with a number that counts from 1.
//! A line half written in a crash is noticed by its length or checksum, dropped, and said. Steps carry whole
//! records, in the structs of the session file and under the same format number.

mod v1;

use std::borrow::Cow;

use super::session::FORMAT;
use super::session::text::Text;
use crate::edit::Step;
use crate::format::nesting::{self, Notation};
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
    let Header { format, session, created, base, file_name } = header;
    let header = v1::Header {
        format: *format,
        session: Text(*session),
        created: Text(*created),
        base: base.map(Text),
        file_name: file_name.as_deref().map(Cow::Borrowed),
    };
    let config = ron::ser::PrettyConfig::new().struct_names(true).depth_limit(0).new_line("\n");
    let line = ron::ser::to_string_pretty(&header, config).expect(PLAIN);
    format!("{line}{HEADER_CHECKSUM}{}\n", checksum(line.as_bytes()))
}

/// Step `number` (from 1) as a line, its line end included.
pub fn write_step(number: u64, step: &Step) -> String {
    let line = ron::to_string(&v1::Step::of(number, step)).expect(PLAIN);
    format!("{} {} {line}\n", line.len(), checksum(line.as_bytes()))
}

/// Reads a journal up to its first unsound line.
///
/// # Errors
/// When the header cannot be read or is of a newer format.
pub fn read(bytes: &[u8]) -> Result<Journal, JournalError> {
    let mut lines = bytes.split_inclusive(|byte| *byte == b'\n');
    let first = lines.next().ok_or(JournalError::Empty)?;
    let mut journal = Journal {
        header: read_header(first)?,
        steps: Vec::new(),
        sound_bytes: first.len() as u64,
        torn: None,
    };
    let lines: Vec<&[u8]> = lines.collect();
    for (index, line) in lines.iter().enumerate() {
        match read_step(line, index as u64 + 1) {
            Ok(step) => {
                journal.steps.push(step);
                journal.sound_bytes += line.len() as u64;
            }
            Err(what) => {
                journal.torn = Some(torn(index + 2, lines.len() - index - 1, line, &what));
                break;
            }
        }
    }
    Ok(journal)
}

/// What was left out, in a sentence: line `number` and the `after` lines after it.
fn torn(number: usize, after: usize, line: &[u8], what: &str) -> String {
    if after == 0 && !line.ends_with(b"\n") {
        return format!(
            "the last line of the journal ({number}) was not written to its end; it was left out"
        );
    }
    let rest = match after {
        0 => String::new(),
        1 => " and the line after it".to_owned(),
        n => format!(" and the {n} lines after it"),
    };
    format!("line {number} of the journal is damaged ({what}); it{rest} was left out")
}

fn read_header(line: &[u8]) -> Result<Header, JournalError> {
    let error = |what: &str| JournalError::Header { what: what.to_owned() };
    let text = std::str::from_utf8(line).map_err(|_| error("it is not text"))?;
    let rest = text.strip_prefix("Journal(format:").ok_or_else(|| {
        error(if line.ends_with(b"\n") { "this is not a journal" } else { "it was not written to its end" })
    })?;
    let rest = rest.trim_start();
    let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
    // As text and before the checksum, which a newer format may not have.
    match rest[..digits].parse::<u64>() {
        Ok(found) if found > u64::from(FORMAT) => return Err(JournalError::NewerFormat { found }),
        Ok(0) => return Err(error("there is no format 0")),
        Ok(_) => {}
        Err(_) => return Err(error("it does not say which format it has")),
    }
    let line = text.strip_suffix('\n').ok_or_else(|| error("it was not written to its end"))?;
    let (line, found) = line.rsplit_once(HEADER_CHECKSUM).ok_or_else(|| error("it has no checksum"))?;
    if checksum(line.as_bytes()) != found {
        return Err(error("its checksum is not the one recorded for it"));
    }
    nesting::check(line, Notation::Ron).map_err(|excess| error(&excess.what))?;
    let header: v1::Header<'_> = ron::from_str(line).map_err(|_| error("it does not follow the format"))?;
    Ok(Header {
        format: header.format,
        session: header.session.0,
        created: header.created.0,
        base: header.base.map(|digest| digest.0),
        file_name: header.file_name.map(Cow::into_owned),
    })
}

fn read_step(line: &[u8], number: u64) -> Result<Step, String> {
    let line = line.strip_suffix(b"\n").ok_or("it has no end")?;
    let line = std::str::from_utf8(line).map_err(|_| "it is not text")?;
    let mut parts = line.splitn(3, ' ');
    let (Some(length), Some(found), Some(step)) = (parts.next(), parts.next(), parts.next()) else {
        return Err("it has no length and checksum".to_owned());
    };
    if length != step.len().to_string() {
        return Err("it has another length than recorded".to_owned());
    }
    if found != checksum(step.as_bytes()) {
        return Err("its checksum is not the one recorded for it".to_owned());
    }
    nesting::check(step, Notation::Ron).map_err(|excess| excess.what)?;
    let step: v1::Step<'_> = ron::from_str(step).map_err(|_| "it does not follow the format")?;
    if step.number != number {
        return Err(format!("it is step {} where step {number} should be", step.number));
    }
    step.into_model()
}

/// The first 16 hexadecimal digits of the SHA-256.
fn checksum(bytes: &[u8]) -> String {
    let mut digest = Digest::of(bytes).to_string();
    digest.truncate(16);
    digest
}

const HEADER_CHECKSUM: &str = " // sha256: ";

const PLAIN: &str = "plain structs of strings and numbers are written to memory without an error";

#[cfg(test)]
mod tests;
