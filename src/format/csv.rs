//! Passages as a table: one row a passage, for spreadsheets, R and pandas.
//!
//! UTF-8 without a byte-order mark, quoted as RFC 4180 says, rows end in LF. Offsets are half open;
//! `start_char` and `end_char` count code points of the canonical text (Python: `text[start_char:end_char] ==
//! quote`), `start_byte` and `end_byte` its bytes. Line, paragraph and character counts: lines and paragraphs
//! from 1, offsets from 0. `quote` is the exact slice with all its line ends, `passage` what a reader sees of
//! it. `question` is what the section answers, `citation` what stands after the quote when it is copied. An orphan
//! has no offsets. `voice` is given outermost first.

use std::collections::BTreeMap;

use super::citation::{CitationForm, Cited};
use crate::model::{Anchor, Annotation, Document, Session};
use crate::text::offsets::{CharIndex, LineIndex};
use crate::text::{Paragraphs, Rendering, Sections, quote, render};

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

/// How much context the table gives, in characters.
const CONTEXT_CHARS: usize = 32;

/// The table of all passages, sorted by the session's order of documents, start, end and id; the orphans of a
/// document after its placed ones.
///
/// # Errors
/// Never while the table is made in memory; the writer's error is handed on all the same.
pub fn passages(session: &Session) -> Result<String, csv::Error> {
    let mut by_document: BTreeMap<usize, Vec<&Annotation>> = BTreeMap::new();
    let places: BTreeMap<_, usize> =
        session.documents.iter().enumerate().map(|(at, document)| (&document.id, at)).collect();
    for annotation in session.annotations.values() {
        let place = places.get(annotation.anchor.document()).copied().unwrap_or(usize::MAX);
        by_document.entry(place).or_default().push(annotation);
    }
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record(COLUMNS)?;
    for (place, mut annotations) in by_document {
        annotations.sort_by_key(|annotation| {
            let span = annotation.anchor.span();
            (span.is_none(), span.map(|span| (span.start(), span.end())), annotation.id)
        });
        let Some(document) = session.documents.get(place) else { continue };
        let text = DocumentText::of(document);
        for annotation in annotations {
            writer.write_record(row(session, document, &text, annotation))?;
        }
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8(bytes).expect("only strings were written, so it is UTF-8"))
}

/// What is needed to cite passages of one document.
struct DocumentText {
    chars: CharIndex,
    lines: LineIndex,
    paragraphs: Paragraphs,
    sections: Sections,
    rendering: Rendering,
}

impl DocumentText {
    fn of(document: &Document) -> Self {
        let (text, info) = (document.text(), &document.info);
        Self {
            chars: CharIndex::of(text),
            lines: LineIndex::of(text),
            paragraphs: Paragraphs::of(text),
            sections: Sections::of(text, info.presentation, &info.furniture),
            rendering: render(text, info.presentation),
        }
    }
}

fn row(
    session: &Session,
    document: &Document,
    index: &DocumentText,
    annotation: &Annotation,
) -> [String; COLUMNS.len()] {
    let text = document.text();
    let char_offset =
        |byte| index.chars.byte_to_char(text, byte).map(|at| at.to_string()).unwrap_or_default();
    let cite = Cited {
        session,
        document,
        paragraphs: &index.paragraphs,
        sections: &index.sections,
        rendering: &index.rendering,
    };
    let (passage, offsets, [paragraph, section, question, line, citation], before, after) =
        match &annotation.anchor {
            Anchor::Placed { span, .. } => {
                let (start, end) = (span.start(), span.end());
                let offsets = [char_offset(start), char_offset(end), start.to_string(), end.to_string()];
                let cited = [
                    index.paragraphs.number_at(start).to_string(),
                    cite.section(*span).to_owned(),
                    cite.question(*span),
                    index.lines.line_of(start).to_string(),
                    cite.source(*span, CitationForm::InText),
                ];
                let (before, after) = quote::context(text, *span, CONTEXT_CHARS);
                (index.rendering.plain_text(text, *span), offsets, cited, before, after)
            }
            Anchor::Orphan(orphan) => {
                let (offsets, cited) = Default::default();
                (orphan.quote.clone(), offsets, cited, orphan.before.as_str(), orphan.after.as_str())
            }
        };
    let [start_char, end_char, start_byte, end_byte] = offsets;
    let tag = session.scheme.tag(&annotation.tag).map_or(annotation.tag.as_str(), |tag| &tag.name);
    let statement = annotation.statement.and_then(|id| session.statements.get(&id));
    let voice = annotation.voice.iter().map(|id| session.actors.get(id).map_or(id.as_str(), |it| &it.name));
    let attributes = annotation.attributes.iter().map(|(id, value)| format!("{id}={value}"));
    [
        annotation.id.to_string(),
        document.id.to_string(),
        document.info.metadata.title.clone(),
        tag.to_owned(),
        session.quote(annotation).to_owned(),
        passage,
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
        statement.map(|statement| statement.name.clone()).unwrap_or_default(),
        voice.collect::<Vec<_>>().join("; "),
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
