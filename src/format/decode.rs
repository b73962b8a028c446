//! The bytes of a document file to its canonical text, never by a silent guess.
//!
//! Valid UTF-8 is UTF-8, a byte-order mark decides, and anything else is refused with the place of the first
//! byte that does not fit and a preview under the likeliest encodings, for a person to choose from.

mod candidates;
mod kind;

use std::sync::Arc;

use crate::model::{
    Digest, Document, DocumentId, DocumentInfo, ImportRecord, LineEnds, Metadata, Presentation, Source,
    Timestamp,
};

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
    let _ = (bytes, encoding);
    todo!()
}

/// A document of a decoded text: its title is its first heading or first words, and it is shown as Markdown
/// when its name or its text says that it is.
pub fn document(decoded: Decoded, file_name: Option<&str>, at: Timestamp, id: DocumentId) -> Document {
    let presentation = Presentation::Plain;
    let title = String::new();
    let import = ImportRecord {
        file_name: file_name.map(str::to_owned),
        digest: decoded.digest,
        bytes: decoded.bytes,
        encoding: decoded.encoding,
        byte_order_mark: decoded.byte_order_mark,
        line_ends: decoded.line_ends,
        at,
    };
    let info = DocumentInfo {
        metadata: Metadata { title, ..Metadata::default() },
        presentation,
        ..DocumentInfo::default()
    };
    Document { id, source: Arc::new(Source::new(decoded.text, import)), info: Arc::new(info) }
}

#[cfg(test)]
mod tests;
