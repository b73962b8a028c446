//! Places, quotes and values as a line of a diff says them.

use std::collections::BTreeMap;
use std::fmt::Display;

use unicode_segmentation::UnicodeSegmentation as _;

use crate::model::{Annotation, DocumentId, Session, Span};
use crate::text::Paragraphs;
use crate::text::rendering::{Rendering, render};

/// A quote is cut after so many grapheme clusters.
const QUOTE_CHARS: usize = 40;

/// What is needed to say where something stands in a session.
pub(super) struct Places<'a> {
    session: &'a Session,
    documents: BTreeMap<&'a DocumentId, (Paragraphs, Rendering)>,
}

impl<'a> Places<'a> {
    pub fn of(session: &'a Session) -> Self {
        let read = |text: &str, presentation| (Paragraphs::of(text), render(text, presentation));
        let documents = session.documents.iter();
        let documents = documents.map(|it| (&it.id, read(it.text(), it.info.presentation))).collect();
        Self { session, documents }
    }

    /// "Letter, ¶ 44  “Het is echter niet…”".
    pub fn place(&self, annotation: &Annotation) -> String {
        let id = annotation.anchor.document();
        let label = self.session.document(id).map_or(id.as_str(), |document| document.label());
        match (annotation.anchor.span(), self.documents.get(id)) {
            (Some(span), Some((paragraphs, _))) => {
                let first = paragraphs.number_at(span.start());
                let last = paragraphs.number_at(span.end().saturating_sub(1).max(span.start()));
                let number =
                    if first == last { format!("¶ {first}") } else { format!("¶¶ {first}–{last}") };
                format!("{label}, {number}  {}", self.words(id, span))
            }
            _ => format!("{label}, place lost  {}", quoted(self.session.quote(annotation))),
        }
    }

    /// The visible words of a span, in quotes and cut.
    pub fn words(&self, id: &DocumentId, span: Span) -> String {
        match (self.session.document(id), self.documents.get(id)) {
            (Some(document), Some((_, rendering))) => quoted(&rendering.plain_text(document.text(), span)),
            _ => String::new(),
        }
    }
}

/// On one line, in quotes, cut after a few words.
pub(super) fn quoted(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut clusters = line.grapheme_indices(true);
    match clusters.nth(QUOTE_CHARS) {
        Some((end, _)) => format!("“{}…”", line[..end].trim_end()),
        None => format!("“{line}”"),
    }
}

/// "note: “old” → “new”"; nothing when both are equal.
pub(super) fn text(what: &str, a: &str, b: &str) -> Option<String> {
    let said = |text: &str| if text.is_empty() { "none".to_owned() } else { quoted(text) };
    (a != b).then(|| match (said(a), said(b)) {
        // Cut, they would look the same.
        (a, b) if a == b => format!("{what} changed: {a}"),
        (a, b) => format!("{what}: {a} → {b}"),
    })
}

/// "key: 1 → 2"; nothing when both are equal.
pub(super) fn value<T: PartialEq + Display>(what: &str, a: &T, b: &T) -> Option<String> {
    (a != b).then(|| format!("{what}: {a} → {b}"))
}

/// "1 rule", "2 rules".
pub(super) fn count(number: usize, what: &str) -> String {
    if number == 1 { format!("1 {what}") } else { format!("{number} {what}s") }
}
