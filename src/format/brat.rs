//! brat standoff: a folder of texts, each with the lines that are said of it.
//!
//! `DOC.txt` is the canonical text, `DOC.ann` beside it counts its code points, half open. brat keeps one annotator a
//! file, so several annotators get a folder each, with all documents; `annotation.conf` stands in each, so that each
//! can be opened alone. A `T` line can't hold a line end: a passage over several lines has a part for each, as brat
//! itself writes it.
//!
//! What brat has no place for stands in notes of types of our own, as JSON (see [`super::kept`]): `Gainsay` the whole
//! annotation, `GainsayLink` a link, `GainsayPlace` words that say where the passage can be cited. The records of the
//! session stand in a comment of `annotation.conf`. A link between two files, which brat does not know, is a reference
//! `Doc:FILE#ID`.

mod file;
mod line;
mod read;
mod write;

use std::ops::Range;

use super::table::{Format, Goal, Shape};
use crate::model::Span;

/// Its entry in the table of formats.
pub const FORMAT: Format = Format {
    name: "brat",
    title: "brat standoff (folder)",
    goal: Goal::Nlp,
    shape: Shape::Folder,
    extensions: &["ann"],
    beside: &[".txt", "annotation.conf"],
    keeps: "texts, passages with tag, note, attributes, statement, voice, annotator and times, and links",
    loses: "passages whose text is gone, records of reviews; links across documents become references",
    write: Some(write::write),
    read: Some(read::read),
};

/// The file that says which labels there are.
const CONFIGURATION: &str = "annotation.conf";
/// Before the records of the session, in a comment of [`CONFIGURATION`].
const HEAD: &str = "# gainsay: ";
/// The type of brat's own notes.
const NOTE: &str = "AnnotatorNotes";
const OWN_PASSAGE: &str = "Gainsay";
const OWN_LINK: &str = "GainsayLink";
const OWN_PLACE: &str = "GainsayPlace";
/// The attribute of a passage whose tag is doubted. Labels of a scheme have no capitals.
const UNSURE: &str = "Unsure";
/// The database that references to passages of other files name.
const OTHER_FILE: &str = "Doc";

/// What some program takes for the end of a line: Python's `splitlines`, by which brat reads.
fn ends_line(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\u{b}' | '\u{c}' | '\u{1c}'..='\u{1e}' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The parts of a span that a `T` line can hold, in bytes: one a line, without the white space around it. Empty for a
/// span of white space alone.
fn parts(text: &str, span: Span) -> Vec<Range<usize>> {
    let is_space = |c: char| c.is_whitespace() || ends_line(c) || c == '\u{1f}';
    let mut parts = Vec::new();
    let mut at = span.start();
    for piece in span.of(text).unwrap_or_default().split(ends_line) {
        let start = at + (piece.len() - piece.trim_start_matches(is_space).len());
        let end = start + piece.trim_matches(is_space).len();
        if start < end {
            parts.push(start..end);
        }
        at += piece.len();
        at += text[at..].chars().next().map_or(0, char::len_utf8);
    }
    parts
}

/// A text in one line, as brat shows it.
fn shown(text: &str) -> String {
    text.chars()
        .map(|c| {
            if ends_line(c) {
                '⏎'
            } else if c == '\t' {
                ' '
            } else {
                c
            }
        })
        .collect()
}

#[cfg(test)]
mod tests;
