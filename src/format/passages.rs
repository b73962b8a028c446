//! The annotations of a session in the order of reading, each with all that formats say of its place: offsets in
//! every unit, paragraph, section, citation, context. One way to it, so that all formats say the same.

use std::sync::Arc;

use super::citation::{CitationForm, Cited};
use crate::model::{Anchor, Annotation, CharOffset, Document, Session, Span, Utf16Offset};
use crate::text::offsets::{CharIndex, LineIndex};
use crate::text::{Paragraphs, Rendering, Sections, quote, render};

/// How much context is given on each side, in code points.
pub const CONTEXT_CHARS: usize = 32;

/// A document with its annotations and what is derived from its text.
pub struct DocumentPassages<'a> {
    session: &'a Session,
    /// The document.
    pub document: &'a Document,
    /// Its annotations by start, end and id; orphans last.
    pub annotations: Vec<&'a Annotation>,
    chars: CharIndex,
    lines: LineIndex,
    paragraphs: Paragraphs,
    sections: Sections,
    rendering: Rendering,
}

/// An annotation with its place.
pub struct Passage<'a> {
    /// The annotation.
    pub annotation: &'a Annotation,
    /// The exact slice of the canonical text; for an orphan the quote it kept.
    pub quote: &'a str,
    /// What a reader sees of it: no Markdown marks; one line.
    pub words: String,
    /// Up to 32 code points before it.
    pub before: &'a str,
    /// Up to 32 code points after it.
    pub after: &'a str,
    /// Where it stands; `None` for an orphan.
    pub place: Option<Place>,
}

/// Where a passage stands, half open.
#[derive(Clone, Debug)]
pub struct Place {
    /// In bytes of the canonical text.
    pub span: Span,
    /// In code points, as Python and R count.
    pub chars: (CharOffset, CharOffset),
    /// In UTF-16 units, as Java and JavaScript count.
    pub utf16: (Utf16Offset, Utf16Offset),
    /// The paragraph's number, from 1.
    pub paragraph: usize,
    /// The line's number, from 1.
    pub line: usize,
    /// The heading or question it stands under, or empty.
    pub section: String,
    /// The question that the section answers, or empty.
    pub question: String,
    /// What stands after the quote when it is cited in a text.
    pub citation: String,
}

/// The documents of a session in its order, each with its annotations. What is derived from a text is made when its
/// turn comes.
pub fn documents(session: &Session) -> impl Iterator<Item = DocumentPassages<'_>> {
    let mut by_document: Vec<Vec<&Annotation>> = vec![Vec::new(); session.documents.len()];
    let numbers: std::collections::BTreeMap<_, usize> =
        session.documents.iter().enumerate().map(|(at, document)| (&document.id, at)).collect();
    for annotation in session.annotations.values() {
        if let Some(number) = numbers.get(annotation.anchor.document()) {
            by_document[*number].push(annotation);
        }
    }
    std::iter::zip(&session.documents, by_document).map(|(document, mut annotations)| {
        annotations.sort_by_key(|annotation| {
            let span = annotation.anchor.span();
            (span.is_none(), span.map(|span| (span.start(), span.end())), annotation.id)
        });
        DocumentPassages::of(session, document, annotations)
    })
}

impl<'a> DocumentPassages<'a> {
    fn of(session: &'a Session, document: &'a Arc<Document>, annotations: Vec<&'a Annotation>) -> Self {
        let (text, info) = (document.text(), &document.info);
        Self {
            session,
            document,
            annotations,
            chars: CharIndex::of(text),
            lines: LineIndex::of(text),
            paragraphs: Paragraphs::of(text),
            sections: Sections::of(text, info.presentation, &info.furniture),
            rendering: render(text, info.presentation),
        }
    }

    /// The passages, made one by one.
    pub fn passages(&self) -> impl Iterator<Item = Passage<'a>> + '_ {
        self.annotations.iter().map(|annotation| self.passage(annotation))
    }

    /// The placed ones.
    pub fn placed(&self) -> impl Iterator<Item = (Passage<'a>, Place)> + '_ {
        self.passages().filter_map(|mut passage| {
            let place = passage.place.take()?;
            Some((passage, place))
        })
    }

    /// How many of the annotations are orphans.
    pub fn orphans(&self) -> usize {
        self.annotations.iter().filter(|annotation| annotation.anchor.span().is_none()).count()
    }

    /// Code points of the document.
    pub fn char_count(&self) -> usize {
        self.chars.byte_to_char(self.document.text(), self.document.text().len()).map_or(0, |at| at.0)
    }

    /// The document's text as shown.
    pub fn rendering(&self) -> &Rendering {
        &self.rendering
    }

    /// A span in code points.
    pub fn chars(&self, span: Span) -> (CharOffset, CharOffset) {
        let (start, quote) = (self.chars.byte_to_char(self.document.text(), span.start()), self.quote(span));
        let start = start.expect("a placed span fits its text");
        // Passages are short: counted from their start rather than looked up.
        (start, CharOffset(start.0 + quote.chars().count()))
    }

    /// A span in UTF-16 units.
    pub fn utf16(&self, span: Span) -> (Utf16Offset, Utf16Offset) {
        let (start, quote) = (self.chars.byte_to_utf16(self.document.text(), span.start()), self.quote(span));
        let start = start.expect("a placed span fits its text");
        (start, Utf16Offset(start.0 + quote.chars().map(char::len_utf16).sum::<usize>()))
    }

    fn quote(&self, span: Span) -> &str {
        span.of(self.document.text()).expect("a placed span fits its text")
    }

    /// What cites passages of this document.
    pub fn cited(&self) -> Cited<'_> {
        Cited {
            session: self.session,
            document: self.document,
            paragraphs: &self.paragraphs,
            sections: &self.sections,
            rendering: &self.rendering,
        }
    }

    /// One annotation of this document with its place.
    pub fn passage(&self, annotation: &'a Annotation) -> Passage<'a> {
        let document: &'a Document = self.document;
        let text = document.text();
        match &annotation.anchor {
            Anchor::Placed { span, .. } => {
                let (before, after) = quote::context(text, *span, CONTEXT_CHARS);
                let cited = self.cited();
                let place = Place {
                    span: *span,
                    chars: self.chars(*span),
                    utf16: self.utf16(*span),
                    paragraph: self.paragraphs.number_at(span.start()),
                    line: self.lines.line_of(span.start()),
                    section: cited.section(*span).to_owned(),
                    question: cited.question(*span),
                    citation: cited.source(*span, CitationForm::InText),
                };
                let quote = span.of(text).unwrap_or_default();
                let words = self.rendering.plain_text(text, *span);
                Passage { annotation, quote, words, before, after, place: Some(place) }
            }
            Anchor::Orphan(orphan) => Passage {
                annotation,
                quote: &orphan.quote,
                words: orphan.quote.clone(),
                before: &orphan.before,
                after: &orphan.after,
                place: None,
            },
        }
    }
}

/// The name of an annotation's tag.
pub fn tag_name<'a>(session: &'a Session, annotation: &'a Annotation) -> &'a str {
    session.scheme.tag(&annotation.tag).map_or(annotation.tag.as_str(), |tag| &tag.name)
}

/// The name of the statement that an annotation is about, or empty.
pub fn statement_name<'a>(session: &'a Session, annotation: &Annotation) -> &'a str {
    annotation.statement.and_then(|id| session.statements.get(&id)).map_or("", |statement| &statement.name)
}

/// The names of an annotation's voice, outermost first, between `; `.
pub fn voice_names(session: &Session, annotation: &Annotation) -> String {
    let names = annotation.voice.iter().map(|id| session.actors.get(id).map_or(id.as_str(), |it| &it.name));
    names.collect::<Vec<_>>().join("; ")
}
