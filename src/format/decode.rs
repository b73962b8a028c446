//! The bytes of a document file to its canonical text, never by a silent guess.
//!
//! Valid UTF-8 is UTF-8, a byte-order mark decides, and anything else is refused with the place of the first
//! byte that does not fit and a preview under the likeliest encodings, for a person to choose from.

mod candidates;
mod kind;

use std::sync::Arc;

use encoding_rs::{DecoderResult, Encoding, UTF_8, UTF_16BE, UTF_16LE};

use crate::model::{
    Digest, Document, DocumentId, DocumentInfo, ImportRecord, LineEnds, Presentation, Source, Timestamp,
    limits,
};

use crate::format::words::grouped;
use crate::text::{guess, is_blank};

pub use candidates::Candidate;

/// A canonical text and what was done to get it.
#[derive(Clone, PartialEq, Eq)]
pub struct Decoded {
    /// The canonical text.
    pub text: String,
    /// The encoding, as the WHATWG Encoding Standard names it.
    pub encoding: String,
    /// A byte-order mark was removed.
    pub byte_order_mark: bool,
    /// The line ends that were turned into LF.
    pub line_ends: LineEnds,
    /// Digest of the original bytes.
    pub digest: Digest,
    /// Number of original bytes.
    pub bytes: u64,
}

impl std::fmt::Debug for Decoded {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Never the text itself: debug output may reach a log.
        f.debug_struct("Decoded").field("bytes", &self.bytes).field("encoding", &self.encoding).finish()
    }
}

/// Why a document file has no canonical text.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DecodeError {
    /// It has no bytes, or only white space.
    #[error("it is empty")]
    Empty,
    /// It is not text.
    #[error("it is {what}, not a text file{}", kind::way_out(what))]
    Binary {
        /// What it is, with its article: "a PDF".
        what: &'static str,
        /// The byte that shows it, counted from 0.
        at: u64,
    },
    /// It is text in an encoding that a person has to choose.
    #[error("it is not UTF-8: byte {at}, in line {line}, does not fit; choose the encoding it is in")]
    NotUtf8 {
        /// The first byte that does not fit, counted from 0.
        at: u64,
        /// The line it stands in, counted from 1.
        line: usize,
        /// Encodings in which all of it can be read, likeliest first.
        candidates: Vec<Candidate>,
    },
    /// It has more lines than a document may have.
    #[error(
        "it has more than {} lines, the most that a document may have; split it",
        grouped(limits::DOCUMENT_LINES)
    )]
    TooManyLines,
    /// The encoding asked for is not known.
    #[error("there is no encoding named {0:?}")]
    UnknownEncoding(String),
    /// It says that it is in this encoding, or was asked to be read in it, and is not.
    #[error("it is not {encoding}: byte {at} does not fit")]
    Malformed {
        /// The encoding.
        encoding: String,
        /// The first byte that does not fit, counted from 0.
        at: u64,
    },
}

/// Decodes the bytes of a document file. `encoding` is a label of the WHATWG Encoding Standard that a person
/// chose; without one only UTF-8 and what a byte-order mark announces is taken.
///
/// # Errors
/// When the bytes are not text, or not text in that encoding.
pub fn decode(bytes: &[u8], encoding: Option<&str>) -> Result<Decoded, DecodeError> {
    if bytes.is_empty() {
        return Err(DecodeError::Empty);
    }
    if let Some((what, at)) = kind::magic(bytes) {
        return Err(DecodeError::Binary { what, at });
    }
    let encoding = match encoding {
        Some(label) => named(label)?,
        None => match Encoding::for_bom(bytes) {
            Some((encoding, _)) => encoding,
            None => utf8(bytes)?,
        },
    };
    let text = decode_as(bytes, encoding)
        .map_err(|at| DecodeError::Malformed { encoding: encoding.name().to_owned(), at: at as u64 })?;
    let is_unicode = encoding == UTF_8 || encoding == UTF_16LE || encoding == UTF_16BE;
    let without_mark = if is_unicode { text.trim_start_matches('\u{feff}') } else { text.as_str() };
    if without_mark.contains('\0') {
        let at = bytes.iter().position(|byte| *byte == 0).unwrap_or_default() as u64;
        return Err(DecodeError::Binary { what: kind::BINARY, at });
    }
    if without_mark.chars().all(is_blank) {
        return Err(DecodeError::Empty);
    }
    let ends = without_mark.bytes().filter(|byte| matches!(byte, b'\n' | b'\r')).count();
    if ends > limits::DOCUMENT_LINES {
        return Err(DecodeError::TooManyLines);
    }
    let line_ends = line_ends(without_mark);
    Ok(Decoded {
        text: match line_ends {
            LineEnds::None | LineEnds::Lf => without_mark.to_owned(),
            _ => without_mark.replace("\r\n", "\n").replace('\r', "\n"),
        },
        encoding: encoding.name().to_owned(),
        byte_order_mark: without_mark.len() < text.len(),
        line_ends,
        digest: Digest::of(bytes),
        bytes: bytes.len() as u64,
    })
}

/// The encoding with this label. That the standard decodes some labels to nothing but an error is of no use.
fn named(label: &str) -> Result<&'static Encoding, DecodeError> {
    let encoding =
        Encoding::for_label(label.as_bytes()).filter(|encoding| *encoding != encoding_rs::REPLACEMENT);
    encoding.ok_or_else(|| DecodeError::UnknownEncoding(label.to_owned()))
}

/// UTF-8, when that is what the bytes are.
fn utf8(bytes: &[u8]) -> Result<&'static Encoding, DecodeError> {
    let nul = bytes.iter().position(|byte| *byte == 0);
    let Err(error) = std::str::from_utf8(bytes) else {
        let Some(at) = nul else { return Ok(UTF_8) };
        return match candidates::utf16(bytes, at) {
            candidates if candidates.is_empty() => {
                Err(DecodeError::Binary { what: kind::BINARY, at: at as u64 })
            }
            candidates => Err(not_utf8(bytes, at, candidates)),
        };
    };
    let at = error.valid_up_to();
    match nul {
        None => Err(not_utf8(bytes, at, candidates::single_bytes(bytes, at))),
        Some(nul) => match candidates::utf16(bytes, at) {
            candidates if candidates.is_empty() => {
                Err(DecodeError::Binary { what: kind::BINARY, at: nul as u64 })
            }
            candidates => Err(not_utf8(bytes, at, candidates)),
        },
    }
}

fn not_utf8(bytes: &[u8], at: usize, candidates: Vec<Candidate>) -> DecodeError {
    let count = |end: u8| bytes[..at].iter().filter(|byte| **byte == end).count();
    let line = 1 + if bytes.contains(&b'\n') { count(b'\n') } else { count(b'\r') };
    DecodeError::NotUtf8 { at: at as u64, line, candidates }
}

/// The text, its byte-order mark included, or the first byte that does not fit.
fn decode_as(bytes: &[u8], encoding: &'static Encoding) -> Result<String, usize> {
    let mut decoder = encoding.new_decoder_without_bom_handling();
    let needed = decoder.max_utf8_buffer_length_without_replacement(bytes.len());
    let mut text = String::with_capacity(needed.unwrap_or(bytes.len()));
    let (result, read) = decoder.decode_to_string_without_replacement(bytes, &mut text, true);
    match result {
        DecoderResult::InputEmpty => {
            text.shrink_to_fit();
            Ok(text)
        }
        DecoderResult::Malformed(length, after) => {
            Err(read.saturating_sub(usize::from(length) + usize::from(after)))
        }
        DecoderResult::OutputFull => Err(read),
    }
}

fn line_ends(text: &str) -> LineEnds {
    let (mut crlf, mut cr, mut lf) = (false, false, false);
    let bytes = text.as_bytes();
    for (at, byte) in bytes.iter().enumerate() {
        match byte {
            b'\r' if bytes.get(at + 1) == Some(&b'\n') => crlf = true,
            b'\r' => cr = true,
            b'\n' if at == 0 || bytes[at - 1] != b'\r' => lf = true,
            _ => {}
        }
    }
    match (crlf, cr, lf) {
        (false, false, false) => LineEnds::None,
        (true, false, false) => LineEnds::CrLf,
        (false, true, false) => LineEnds::Cr,
        (false, false, true) => LineEnds::Lf,
        _ => LineEnds::Mixed,
    }
}

/// A document of a decoded text: until it has a title it is called by its first heading or first words, and it is
/// shown as Markdown when its name or its text says that it is.
pub fn document(decoded: Decoded, file_name: Option<&str>, at: Timestamp, id: DocumentId) -> Document {
    let extension = file_name.and_then(|name| name.rsplit_once('.')).map(|(_, extension)| extension);
    let named_markdown =
        extension.is_some_and(|it| ["md", "markdown"].iter().any(|md| it.eq_ignore_ascii_case(md)));
    let is_markdown = named_markdown || guess::looks_like_markdown(&decoded.text);
    let presentation = if is_markdown { Presentation::Markdown } else { Presentation::Plain };
    let import = ImportRecord {
        file_name: file_name.map(str::to_owned),
        name: guess::title_of(&decoded.text, presentation),
        digest: decoded.digest,
        bytes: decoded.bytes,
        encoding: decoded.encoding,
        byte_order_mark: decoded.byte_order_mark,
        line_ends: decoded.line_ends,
        at,
    };
    let info = DocumentInfo { presentation, ..DocumentInfo::default() };
    Document { id, source: Arc::new(Source::new(decoded.text, import)), info: Arc::new(info) }
}

#[cfg(test)]
mod tests;
