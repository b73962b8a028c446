//! doccano's lines of JSON for sequence labeling with relations: one line a document.
//!
//! `entities` and `relations` are what doccano draws. It counts offsets as its window does, which runs in a browser: in
//! UTF-16 units, unless a project counts grapheme clusters as one character (leave that off). Its own server looks at
//! no text, so it takes any number. `document` and `passages` are columns that doccano carries along as an example's
//! metadata and exports again: there stand the ids, words, notes, annotators and so on that it has no fields for. Its
//! server gives every entity a new id, so `passages` are found again by their offsets and label. `start_char` and
//! `end_char` there count code points, for Python.

mod read;

use std::collections::BTreeMap;
use std::io::Write as _;

use serde::Serialize;

use super::export::{Export, Losses, Sink, WriteError};
use super::extra::{self, DocumentExtra, Extra, Extras};
use super::passages::{self, tag_name};
use super::table::{Format, Goal, Shape};
use crate::model::{AnnotationId, Link};

/// Its entry in the table of formats.
pub const FORMAT: Format = Format {
    name: "doccano",
    title: "doccano (JSONL)",
    goal: Goal::Nlp,
    shape: Shape::File,
    extensions: &["jsonl"],
    beside: &[],
    keeps: "texts, passages (offsets in UTF-16 units, as doccano's window counts) with tags, links within a document; \
            note, attributes, annotator, statement, voice, times and links across documents in columns that doccano \
            carries along",
    loses: "comments, histories and what the scheme says of tags; doccano drops the second of two passages that \
            overlap unless its project allows overlapping",
    write: Some(write),
    read: Some(read::read),
};

#[derive(Serialize)]
struct Line<'a> {
    text: &'a str,
    entities: Vec<Entity<'a>>,
    relations: Vec<Relation<'a>>,
    document: DocumentExtra<'a>,
    passages: Vec<Column<'a>>,
}

#[derive(Serialize)]
struct Entity<'a> {
    id: usize,
    label: &'a str,
    start_offset: usize,
    end_offset: usize,
}

#[derive(Serialize)]
struct Relation<'a> {
    id: usize,
    from_id: usize,
    to_id: usize,
    #[serde(rename = "type")]
    kind: &'a str,
}

/// What belongs to an entity.
#[derive(Serialize)]
struct Column<'a> {
    entity: usize,
    start_offset: usize,
    end_offset: usize,
    start_char: usize,
    end_char: usize,
    #[serde(flatten)]
    extra: Extra<'a>,
}

/// One line a document.
///
/// # Errors
/// When the bytes can't be written.
fn write(export: &Export<'_>, sink: &mut dyn Sink) -> Result<Losses, WriteError> {
    let session = export.session;
    let extras = Extras::of(session);
    let to = &mut std::io::BufWriter::new(sink.file("passages.jsonl")?);
    let (mut entities, mut relations) = (0, 0);
    for document in passages::documents(session) {
        let placed: Vec<_> = document.placed().collect();
        let first = entities + 1;
        let numbers: BTreeMap<AnnotationId, usize> =
            placed.iter().enumerate().map(|(at, (passage, _))| (passage.annotation.id, first + at)).collect();
        entities += placed.len();
        let is_drawn = |link: &Link| numbers.contains_key(&link.from) && numbers.contains_key(&link.to);
        let mut line = Line {
            text: document.document.text(),
            entities: Vec::new(),
            relations: Vec::new(),
            document: extra::document(&document),
            passages: Vec::new(),
        };
        for (id, (passage, place)) in (first..).zip(&placed) {
            let label = tag_name(session, passage.annotation);
            let (start_offset, end_offset) = (place.utf16.0.0, place.utf16.1.0);
            line.entities.push(Entity { id, label, start_offset, end_offset });
            line.passages.push(Column {
                entity: id,
                start_offset,
                end_offset,
                start_char: place.chars.0.0,
                end_char: place.chars.1.0,
                extra: extras.passage(passage, place, label, false, &is_drawn),
            });
            for link in extras.links(passage.annotation.id) {
                let Some(to_id) = numbers.get(&link.to).copied() else { continue };
                relations += 1;
                let kind = extra::kind_name(session, link);
                line.relations.push(Relation { id: relations, from_id: id, to_id, kind });
            }
        }
        serde_json::to_writer(&mut *to, &line).map_err(std::io::Error::from)?;
        to.write_all(b"\n")?;
    }
    to.flush()?;
    let mut losses = extras.losses("doccano", relations);
    losses.add(
        extra::overlapping(session),
        "passage overlaps another: doccano drops it unless its project allows overlapping",
        "passages overlap others: doccano drops them unless its project allows overlapping",
    );
    Ok(losses)
}

#[cfg(test)]
mod tests;
