//! REFI-QDA 1.0, the exchange format of programs for qualitative data analysis (ATLAS.ti, MAXQDA, NVivo, QualCoder):
//! projects (`.qdpx`) and codebooks (`.qdc`).
//!
//! Offsets count code points of the source text, half open. A passage is a selection with a coding for its tag; its
//! attributes, statement, voice and doubt are further codings, with codes that stand under parents of ours which
//! can't be coded with ([`Group`]). What the format has no room for (ids, letters and rules of tags, how a text came
//! here) stands in one note of the project, the *record*. A reader that finds it gives everything its own name again;
//! without it the codes tell all.
//!
//! GUIDs of passages, links, statements and comments are their ids; all others are made of what they name, so the
//! same session always gives the same file.

mod archive;
mod codes;
mod read;
mod write;
mod xml;

use super::import::made_id;
use super::table::{Format, Goal, Shape};

/// The project's entry in the table of formats.
pub const FORMAT: Format = Format {
    name: "refi",
    title: "REFI-QDA project (QDPX)",
    goal: Goal::Qda,
    shape: Shape::File,
    extensions: &["qdpx"],
    beside: &[],
    keeps: "texts, metadata, the scheme, every passage with tag, note, comments, attributes, statement and voice, \
            and links",
    loses: "records of reviews; most other programs drop links, and codes are all that they keep of attributes",
    write: Some(write::project),
    read: Some(read::projects),
};

/// The codebook's entry in the table of formats.
pub const CODEBOOK: Format = Format {
    name: "qdc",
    title: "REFI-QDA codebook (QDC)",
    goal: Goal::Qda,
    shape: Shape::File,
    extensions: &["qdc"],
    beside: &[],
    keeps: "tags with definition, color and order, and attributes with their values",
    loses: "letters, keys, line patterns, rules, examples and link kinds; all documents and passages",
    write: Some(write::codebook),
    read: Some(read::codebooks),
};

/// What stands in `origin` of files that Gainsay writes.
const ORIGIN: &str = concat!("Gainsay ", env!("CARGO_PKG_VERSION"));

/// A selection's name is the beginning of its words, at most this many code points.
const NAME_CHARS: usize = 100;

/// The name of a note that is a comment; its status follows.
const COMMENT: &str = "Comment";

/// Parents of codes that are not tags. None can be coded with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Group {
    /// Attributes, which hold their values.
    Attributes,
    /// Statements.
    Statements,
    /// Persons and organizations that speak.
    Voices,
    /// The doubt of a tag.
    Status,
}

impl Group {
    const ALL: [Self; 4] = [Self::Attributes, Self::Statements, Self::Voices, Self::Status];

    const fn name(self) -> &'static str {
        match self {
            Self::Attributes => "Attributes",
            Self::Statements => "Statements",
            Self::Voices => "Voices",
            Self::Status => "Status",
        }
    }

    /// By which it is known again when another program has given it another GUID.
    const fn description(self) -> &'static str {
        match self {
            Self::Attributes => "From Gainsay: what is said of passages besides their tag",
            Self::Statements => "From Gainsay: what passages are about",
            Self::Voices => "From Gainsay: who says it, the outermost voice first",
            Self::Status => "From Gainsay: what the reader thinks of the tag",
        }
    }

    fn guid(self) -> String {
        guid("group", &[self.name()])
    }
}

/// The code for a doubted tag.
const UNSURE: &str = "unsure";

/// The GUID of something that has no UUID in Gainsay, made of its kind and its words.
fn guid(kind: &str, words: &[&str]) -> String {
    let all: Vec<&str> = ["refi", kind].into_iter().chain(words.iter().copied()).collect();
    made_id(&all).to_string()
}

#[cfg(test)]
mod tests;
