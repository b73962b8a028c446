//! Passages as a table: one row a passage, for spreadsheets, R and pandas.
//!
//! UTF-8 without a byte-order mark, quoted as RFC 4180 says, rows end in LF. Offsets are half open;
//! `start_char` and `end_char` count code points of the canonical text (Python: `text[start_char:end_char] ==
//! quote`), `start_byte` and `end_byte` its bytes. Line, paragraph and character counts: lines and paragraphs
//! from 1, offsets from 0. `quote` is the exact slice with all its line ends, `passage` what a reader sees of
//! it. `question` is what the section answers, `citation` what stands after the quote when it is copied. An orphan
//! has no offsets. `voice` is given outermost first.

use std::io::Write;

use super::export::{Export, Losses, Sink, WriteError};
use super::passages::{self, Passage, statement_name, tag_name, voice_names};
use super::table::{Format, Goal, Shape};
use crate::model::{Document, Session};

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
    rows(session, sink.file("passages.csv")?)?;
    let mut losses = Losses::default();
    losses.add(session.links.len(), "link is not in this table", "links are not in this table");
    let comments = session.annotations.values().map(|annotation| annotation.comments.len()).sum();
    losses.add(comments, "comment is not in this table", "comments are not in this table");
    Ok(losses)
}

fn rows(session: &Session, to: &mut dyn Write) -> Result<(), WriteError> {
    let mut writer = csv::Writer::from_writer(to);
    writer.write_record(COLUMNS).map_err(of_csv)?;
    for document in passages::documents(session) {
        for passage in document.passages() {
            writer.write_record(row(session, document.document, passage)).map_err(of_csv)?;
        }
    }
    Ok(writer.flush()?)
}

fn of_csv(error: csv::Error) -> WriteError {
    WriteError::Io(error.into())
}

fn row(session: &Session, document: &Document, passage: Passage<'_>) -> [String; COLUMNS.len()] {
    let Passage { annotation, quote, words, before, after, place } = passage;
    let (offsets, [paragraph, section, question, line, citation]) = match place {
        None => Default::default(),
        Some(place) => (
            [place.chars.0.0, place.chars.1.0, place.span.start(), place.span.end()].map(|at| at.to_string()),
            [
                place.paragraph.to_string(),
                place.section,
                place.question,
                place.line.to_string(),
                place.citation,
            ],
        ),
    };
    let [start_char, end_char, start_byte, end_byte] = offsets;
    let attributes = annotation.attributes.iter().map(|(id, value)| format!("{id}={value}"));
    [
        annotation.id.to_string(),
        document.id.to_string(),
        document.info.metadata.title.clone(),
        tag_name(session, annotation).to_owned(),
        quote.to_owned(),
        words,
        start_char,
        end_char,
        start_byte,
        end_byte,
        paragraph,
        section,
        question,
        line,
        before.to_owned(),
        after.to_owned(),
        citation,
        annotation.unsure.to_string(),
        annotation.note.clone(),
        statement_name(session, annotation).to_owned(),
        voice_names(session, annotation),
        attributes.collect::<Vec<_>>().join("; "),
        session.annotator_name(&annotation.annotator).to_owned(),
        annotation.created.to_string(),
        annotation.modified.to_string(),
        document.source.digest.to_string(),
        annotation.tag.to_string(),
    ]
}

#[cfg(test)]
mod tests;
