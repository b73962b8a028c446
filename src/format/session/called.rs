//! What the records of a damaged file are called where they are named: words that a reader knows first, ids last.

use std::collections::BTreeMap;

use super::v1;
use crate::model::{AnnotationId, Digest, DocumentId, Link};
use crate::text::Paragraphs;

/// Letters of a passage that name it.
const LETTERS: usize = 40;

/// The annotations of a file, to name those that are left out or mended.
pub(super) struct Called {
    records: BTreeMap<AnnotationId, Record>,
    documents: BTreeMap<DocumentId, Named>,
}

struct Record {
    quote: String,
    document: DocumentId,
    start: usize,
}

/// A document: what it is called, and its text with its paragraphs where that is as it was.
struct Named {
    label: String,
    text: Option<(String, Paragraphs)>,
}

impl Called {
    pub(super) fn of(file: &v1::File<'_>) -> Self {
        let record = |it: &v1::Annotation<'_>| {
            let record =
                Record { quote: it.quote.to_string(), document: it.document.0.clone(), start: it.span.0 };
            (it.id.0, record)
        };
        let document = |it: &v1::Document<'_>| {
            let text = file.texts.iter().find(|text| text.document.0 == it.id.0);
            let text = text.map(|text| text.lines.join("\n"));
            let text = text.filter(|text| Digest::of(text.as_bytes()) == it.digest.0);
            let text = text.map(|text| {
                let paragraphs = Paragraphs::of(&text);
                (text, paragraphs)
            });
            (it.id.0.clone(), Named { label: label(it), text })
        };
        Self {
            records: file.annotations.iter().map(record).collect(),
            documents: file.documents.iter().map(document).collect(),
        }
    }

    /// The text of a document, if it is as it was.
    pub(super) fn sound_text(&self, id: &DocumentId) -> Option<&str> {
        self.documents.get(id)?.text.as_ref().map(|(text, _)| text.as_str())
    }

    /// What was found wrong with this annotation, a sentence that names it by its id, in a reader's words.
    pub(super) fn told(&self, id: &AnnotationId, what: &str) -> String {
        match self.name(id) {
            Some(name) => format!("{} ({id})", what.replace(&format!("annotation {id}"), &name)),
            None => what.to_owned(),
        }
    }

    /// The same of a link, which is named by the words at its ends.
    pub(super) fn told_of_link(&self, link: &Link, what: &str) -> String {
        let end = |id: &AnnotationId| {
            let quote = self.records.get(id).map_or("", |record| &record.quote);
            if quote.is_empty() { "a passage".to_owned() } else { format!("“{}”", short(quote)) }
        };
        let name = format!("the link from {} to {}", end(&link.from), end(&link.to));
        let hangs = [link.from, link.to].iter().any(|id| what.contains(&format!("annotation {id}")));
        let what = match hangs {
            true => format!("{name}: an annotation that it hangs on is not there; it was left out"),
            false => what.replace(&format!("link {}", link.id), &name),
        };
        format!("{what} ({})", link.id)
    }

    fn name(&self, id: &AnnotationId) -> Option<String> {
        let record = self.records.get(id)?;
        Some(match self.documents.get(&record.document) {
            Some(Named { label, text }) => {
                let number = text.as_ref().map(|(_, paragraphs)| paragraphs.number_at(record.start));
                annotation(&record.quote, label, number)
            }
            None => annotation(&record.quote, record.document.as_str(), None),
        })
    }
}

/// "the annotation on “The harbor is…” in Letter, ¶ 3".
pub(super) fn annotation(quote: &str, document: &str, paragraph: Option<usize>) -> String {
    let on = if quote.is_empty() { String::new() } else { format!(" on “{}”", short(quote)) };
    let paragraph = paragraph.map(|number| format!(", ¶ {number}")).unwrap_or_default();
    format!("the annotation{on} in {}{paragraph}", short(document))
}

/// What a document is called, as [`crate::model::Document::label`] has it.
pub(super) fn label(document: &v1::Document<'_>) -> String {
    let metadata = &document.info.metadata;
    let names = [&metadata.title_short, &metadata.title, &document.import.name];
    let name = names.into_iter().find(|name| !name.is_empty());
    name.map_or_else(|| document.id.0.to_string(), |name| name.to_string())
}

/// The first letters of a passage or name, on one line.
pub(super) fn short(words: &str) -> String {
    let words = words.replace(|c: char| c.is_control(), " ");
    match words.char_indices().nth(LETTERS) {
        None => words,
        Some((end, _)) => format!("{}…", words[..end].trim_end()),
    }
}
