//! Lines of JSON as Prodigy's `spans.manual` and `ner.manual` write them, and as spaCy's users read them: one line for
//! each document and annotator, offsets in code points.
//!
//! A span has our own keys beside `start`, `end` and `label`; Prodigy carries them along. Its relations count tokens,
//! which only a tokenizer knows, so links stand with the span they begin at, as `links`. `docs/spacy.md` has a script
//! that loads the file into spaCy.

mod read;

use std::collections::BTreeMap;
use std::io::Write as _;

use serde::Serialize;

use super::export::{Export, Losses, Sink, WriteError};
use super::extra::{self, DocumentExtra, Extra, Extras};
use super::passages::{self, Passage, Place, tag_name};
use super::table::{Format, Goal, Shape};
use crate::model::AnnotatorId;

/// Its entry in the table of formats.
pub const FORMAT: Format = Format {
    name: "prodigy",
    title: "Prodigy / spaCy (JSONL)",
    goal: Goal::Nlp,
    shape: Shape::File,
    extensions: &["jsonl"],
    beside: &[],
    keeps: "texts, passages (offsets in code points) with tag, note, attributes, annotator, statement, voice and times; \
            links as keys of a span that Prodigy carries along",
    loses: "comments, histories and what the scheme says of tags; Prodigy draws no links, and spaCy's doc.ents holds \
            no passages that overlap",
    write: Some(write),
    read: Some(read::read),
};

#[derive(Serialize)]
struct Line<'a> {
    text: &'a str,
    spans: Vec<Span<'a>>,
    meta: &'a DocumentExtra<'a>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answer: Option<&'static str>,
    _view_id: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    _annotator_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    _session_id: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    _timestamp: Option<i64>,
}

#[derive(Serialize)]
struct Span<'a> {
    start: usize,
    end: usize,
    label: &'a str,
    #[serde(flatten)]
    extra: Extra<'a>,
}

/// One line for each document and annotator; a document without passages has one without an annotator or answer.
///
/// # Errors
/// When the bytes can't be written.
fn write(export: &Export<'_>, sink: &mut dyn Sink) -> Result<Losses, WriteError> {
    let session = export.session;
    let extras = Extras::of(session);
    let to = &mut std::io::BufWriter::new(sink.file("passages.jsonl")?);
    let mut line = |line: &Line<'_>| -> std::io::Result<()> {
        serde_json::to_writer(&mut *to, line)?;
        to.write_all(b"\n")
    };
    for document in passages::documents(session) {
        let meta = extra::document(&document);
        let mut by_annotator: BTreeMap<&AnnotatorId, Vec<(Passage<'_>, Place)>> = BTreeMap::new();
        for (passage, place) in document.placed() {
            by_annotator.entry(&passage.annotation.annotator).or_default().push((passage, place));
        }
        let plain = Line {
            text: document.document.text(),
            spans: Vec::new(),
            meta: &meta,
            answer: None,
            _view_id: "spans_manual",
            _annotator_id: None,
            _session_id: None,
            _timestamp: None,
        };
        if by_annotator.is_empty() {
            line(&plain)?;
        }
        for (annotator, placed) in &by_annotator {
            let spans = placed.iter().map(|(passage, place)| {
                let label = tag_name(session, passage.annotation);
                let extra = extras.passage(passage, place, label, false, &|_| false);
                Span { start: place.chars.0.0, end: place.chars.1.0, label, extra }
            });
            let name = session.annotator_name(annotator);
            line(&Line {
                spans: spans.collect(),
                answer: Some("accept"),
                _annotator_id: Some(name),
                _session_id: Some(name),
                _timestamp: placed.iter().map(|(passage, _)| passage.annotation.modified.as_second()).max(),
                ..plain
            })?;
        }
    }
    to.flush()?;
    Ok(extras.losses("Prodigy", 0))
}

#[cfg(test)]
mod tests;
