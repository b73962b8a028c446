//! Passages as a table: one row a passage, for spreadsheets, R and pandas.
//!
//! UTF-8 without a byte-order mark, quoted as RFC 4180 says, rows end in LF. Offsets are half open;
//! `start_char` and `end_char` count code points of the canonical text (Python: `text[start_char:end_char] ==
//! quote`), `start_byte` and `end_byte` its bytes. Line, paragraph and character counts: lines and paragraphs
//! from 1, offsets from 0. `quote` is the exact slice with all its line ends, `passage` what a reader sees of
//! it. `question` is what the section answers, `citation` what stands after the quote when it is copied. An orphan
//! has no offsets. `voice` is given outermost first.

use super::export::{Export, Losses, Sink, WriteError};
use super::table::{Format, Goal, Shape};
use super::tables::{self, Tables};

/// Its entry in the table of formats.
pub const FORMAT: Format = Format {
    name: "csv",
    title: "Table of passages (CSV)",
    goal: Goal::Statistics,
    shape: Shape::File,
    extensions: &["csv"],
    beside: &[],
    keeps: "every passage with its place, section, citation, tag, note, statement, voice and attributes",
    loses: "links, comments, the scheme and the texts",
    write: Some(write),
    read: None,
};

/// The columns, in order.
pub const COLUMNS: [&str; 27] = [
    "annotation_id",
    "document_id",
    "document_title",
    "tag",
    "quote",
    "passage",
    "start_char",
    "end_char",
    "start_byte",
    "end_byte",
    "paragraph",
    "section",
    "question",
    "line",
    "context_before",
    "context_after",
    "citation",
    "unsure",
    "note",
    "statement",
    "voice",
    "attributes",
    "annotator",
    "created_at",
    "modified_at",
    "document_digest",
    "tag_id",
];

/// The table of all passages, sorted by the session's order of documents, start, end and id; the orphans of a
/// document after its placed ones.
///
/// # Errors
/// When the bytes can't be written.
pub fn write(export: &Export<'_>, sink: &mut dyn Sink) -> Result<Losses, WriteError> {
    let session = export.session;
    let tables = Tables::of(session);
    let file = sink.file("passages.csv")?;
    tables::csv(file, &csv::WriterBuilder::new(), COLUMNS.into_iter(), |to| tables.passages(&COLUMNS, to))?;
    let mut losses = Losses::default();
    losses.add(session.links.len(), "link is not in this table", "links are not in this table");
    let comments = session.annotations.values().map(|annotation| annotation.comments.len()).sum();
    losses.add(comments, "comment is not in this table", "comments are not in this table");
    Ok(losses)
}

/// Rows of text as a table, the first its heading.
///
/// # Errors
/// In words, when a row is longer than the first, which none of ours is.
pub fn table(rows: &[Vec<String>]) -> Result<Vec<u8>, String> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(|error| error.to_string())?;
    }
    writer.into_inner().map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests;
