//! Why a session file could not be read.

use std::fmt;

use super::WithoutTexts;

/// A place in a file: line and column, both counted from 1, the column in characters.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// Line.
    pub line: usize,
    /// Column.
    pub column: usize,
}

impl Place {
    /// The place of the byte `offset` of `bytes`.
    pub fn of(bytes: &[u8], offset: usize) -> Self {
        let before = &bytes[..offset.min(bytes.len())];
        let line_start = memchr::memrchr(b'\n', before).map_or(0, |at| at + 1);
        let line = 1 + memchr::memchr_iter(b'\n', before).count();
        // Every byte but a continuation byte of UTF-8 begins a character.
        let begin = |part: &[u8]| part.iter().map(|byte| u8::from(*byte & 0xC0 != 0x80)).sum::<u8>();
        // In parts whose count a byte holds: many of them are counted at once.
        let column = 1 + before[line_start..].chunks(255).map(|part| usize::from(begin(part))).sum::<usize>();
        Self { line, column }
    }
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

/// Why a session file could not be read. Each displays as one sentence without the file's name and without
/// any of a document's text.
#[derive(Clone, Debug, thiserror::Error)]
pub enum ReadError {
    /// A newer program wrote it. It must not be changed by this one.
    #[error(
        "this session has format {found}, which is newer than this program can read (format {})",
        super::FORMAT
    )]
    NewerFormat {
        /// The format it says it has.
        found: u64,
    },
    /// It is something else, or nothing at all.
    #[error("this is not a session file: {why}")]
    NotASession {
        /// What it is instead.
        why: String,
    },
    /// It is a session file that does not follow the rules of its format.
    #[error("{place}: {what}")]
    Syntax {
        /// Where.
        place: Place,
        /// What is wrong there.
        what: String,
        /// The file ends before its end: it was cut off, or copied in part.
        cut_off: bool,
    },
    /// The text of a document does not have the digest recorded for it.
    #[error("the text of {} is damaged: it does not have the digest recorded for it", titles(documents))]
    Damaged {
        /// Titles (or ids) of the documents.
        documents: Vec<String>,
    },
    /// The texts handed over are not those that the session was made with.
    #[error("the text given for {} is not the one that this session was made with", titles(documents))]
    OtherSources {
        /// Titles (or ids) of the documents.
        documents: Vec<String>,
    },
    /// It reads, but what it holds does not fit together.
    #[error("{}", sentence(problems))]
    Invalid {
        /// Each problem with its place, where one is known.
        problems: Vec<(Option<Place>, String)>,
    },
    /// It was saved without texts: hand them over by [`WithoutTexts::with_sources`].
    #[error("this session was saved without its texts; it needs {} of them to open", .0.wanted.len())]
    NeedsSources(Box<WithoutTexts>),
}

impl ReadError {
    /// True when [`super::read_sound`] may open a part of the file.
    pub fn may_be_partly_sound(&self) -> bool {
        !matches!(self, Self::NewerFormat { .. } | Self::OtherSources { .. } | Self::NeedsSources(_))
    }
}

fn titles(documents: &[String]) -> String {
    documents.iter().map(|title| format!("“{title}”")).collect::<Vec<_>>().join(", ")
}

/// The first problem with its place, and how many more there are.
fn sentence(problems: &[(Option<Place>, String)]) -> String {
    let first = match problems.first() {
        Some((Some(place), what)) => format!("{place}: {what}"),
        Some((None, what)) => what.clone(),
        None => "it is not valid".to_owned(),
    };
    match problems.len() {
        0 | 1 => first,
        2 => format!("{first} (and one more problem)"),
        n => format!("{first} (and {} more problems)", n - 1),
    }
}
