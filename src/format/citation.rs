//! Citations: a passage as a reader sees it, with who says it, when, and where it stands.
//!
//! A citation has no Markdown marks and no line breaks. In an answer to a numbered question the question stands
//! with it, since "No." says nothing alone.

use serde::{Deserialize, Serialize};

use crate::model::{Document, DocumentId, Session, Span};
use crate::text::{Paragraphs, Rendering, Sections};

/// How a copied passage is cited.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum CitationForm {
    /// “quote” (author or outlet, date, ¶ 4, section).
    #[default]
    InText,
    /// `“quote” [@key, ¶ 4]`, as Pandoc, Quarto and Zettlr read it.
    Key,
    /// The quote with a note mark, and the note with all that is known of the source.
    Footnote,
}

impl CitationForm {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 3] = [Self::InText, Self::Key, Self::Footnote];

    /// What it looks like.
    pub const fn example(self) -> &'static str {
        match self {
            Self::InText => "“…” (De Bode, 2031-06-13, ¶ 4)",
            Self::Key => "“…” [@bode2031kranen, ¶ 4]",
            Self::Footnote => "“…”¹ A. Vos, “Kranen”, De Bode, 2031-06-13, ¶ 4",
        }
    }

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::InText => "In the text",
            Self::Key => "BibTeX key",
            Self::Footnote => "Footnote",
        }
    }
}

/// A citation, ready for the clipboard.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// As plain text.
    pub plain: String,
    /// As an HTML fragment, which a text processor takes over with its formatting.
    pub html: String,
}

/// What is derived from a document's text and needed to cite it.
#[derive(Clone, Copy)]
pub struct Cited<'a> {
    /// The session.
    pub session: &'a Session,
    /// The document.
    pub document: &'a Document,
    /// Its paragraphs.
    pub paragraphs: &'a Paragraphs,
    /// Its sections.
    pub sections: &'a Sections,
    /// Its text as shown.
    pub rendering: &'a Rendering,
}

/// A question that is cited is cut after so many characters.
const QUESTION_CHARS: usize = 200;

impl Cited<'_> {
    /// The passage `span` (bytes of the canonical text) with its citation.
    pub fn passage(&self, span: Span, form: CitationForm) -> Citation {
        let quote = self.words(span);
        let (plain_quote, html_quote) = (format!("“{quote}”"), format!("“{}”", escaped(&quote)));
        match form {
            CitationForm::InText | CitationForm::Key => {
                let source = self.source(span, form);
                let html = match form {
                    CitationForm::Key => escaped(&source),
                    _ => self.html_of_source(span),
                };
                Citation {
                    plain: format!("{plain_quote} {source}"),
                    html: format!("<p>{html_quote} {html}</p>"),
                }
            }
            CitationForm::Footnote => {
                let note = self.note(span);
                let html_note = self.html_note(span);
                Citation {
                    plain: format!("{plain_quote}¹\n\n¹ {note}"),
                    // The classes and ids by which LibreOffice Writer makes a footnote of it; others show both parts.
                    html: format!(
                        "<p>{html_quote}<a class=\"sdfootnoteanc\" name=\"sdfootnote1anc\" \
                         href=\"#sdfootnote1sym\"><sup>1</sup></a></p>\n<div id=\"sdfootnote1\"><p>\
                         <a class=\"sdfootnotesym\" name=\"sdfootnote1sym\" href=\"#sdfootnote1anc\">1</a> \
                         {html_note}</p></div>"
                    ),
                }
            }
        }
    }

    /// What stands after the quote: "(De Bode, 2031-06-13, ¶ 4, Answer to question 2: “Is it so?”)".
    pub fn source(&self, span: Span, form: CitationForm) -> String {
        let place = self.paragraph_words(span);
        match form {
            CitationForm::Key => format!("[@{}, {place}]", key(self.session, &self.document.id)),
            CitationForm::InText => {
                let mut parts = vec![self.who().to_owned(), self.date().to_owned(), place];
                parts.extend(self.section_words(span));
                format!("({})", parts.join(", "))
            }
            CitationForm::Footnote => self.note(span),
        }
    }

    /// The visible words of a span, on one line.
    pub fn words(&self, span: Span) -> String {
        let visible = self.rendering.plain_text(self.document.text(), span);
        visible.split_whitespace().collect::<Vec<_>>().join(" ")
    }

    /// The title of the section that `span` begins in, or empty.
    pub fn section(&self, span: Span) -> &str {
        self.sections.at(span.start()).map_or("", |section| &section.title)
    }

    /// The words of the questions that the section of `span` answers, or empty.
    pub fn question(&self, span: Span) -> String {
        let questions = self.sections.at(span.start()).map_or(&[][..], |section| &section.questions);
        questions.iter().map(|question| self.words(*question)).collect::<Vec<_>>().join(" ")
    }

    /// "¶ 4", or "¶¶ 4–6".
    pub fn paragraph_words(&self, span: Span) -> String {
        let first = self.paragraphs.number_at(span.start());
        let last = self.paragraphs.number_at(span.end().saturating_sub(1).max(span.start()));
        if first == last { format!("¶ {first}") } else { format!("¶¶ {first}–{last}") }
    }

    /// The author, else the outlet, else the label.
    fn who(&self) -> &str {
        let metadata = &self.document.info.metadata;
        let names = [metadata.author.as_str(), &metadata.container_title, self.document.label()];
        names.into_iter().find(|name| !name.is_empty()).unwrap_or_else(|| self.document.title())
    }

    fn date(&self) -> &str {
        let issued = &self.document.info.metadata.issued;
        if issued.is_empty() { "no date" } else { issued.as_str() }
    }

    /// The section with the question that it answers.
    fn section_words(&self, span: Span) -> Option<String> {
        let (section, question) = (self.section(span), self.question(span));
        match (section, question.as_str()) {
            ("", _) => None,
            (section, "") => Some(section.to_owned()),
            (section, question) => Some(format!("{section}: “{}”", shortened(question))),
        }
    }

    fn html_of_source(&self, span: Span) -> String {
        let mut parts = vec![escaped(self.who()), escaped(self.date()), escaped(&self.paragraph_words(span))];
        parts.extend(self.section_words(span).map(|words| format!("<i>{}</i>", escaped(&words))));
        format!("({})", parts.join(", "))
    }

    /// "J. Vos, “Title”, De Bode, 2031-06-13, ¶ 4 (section), https://…".
    fn note(&self, span: Span) -> String {
        let [who, title, outlet, date, place, address] = self.note_parts(span);
        [who, title, outlet, date, place, address]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn html_note(&self, span: Span) -> String {
        let [who, title, outlet, date, place, address] = self.note_parts(span).map(|part| escaped(&part));
        let italic = |words: String| if words.is_empty() { words } else { format!("<i>{words}</i>") };
        let is_web = address.starts_with("https://") || address.starts_with("http://");
        let address = if is_web { format!("<a href=\"{address}\">{address}</a>") } else { address };
        [who, title, italic(outlet), date, place, address]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(", ")
    }

    fn note_parts(&self, span: Span) -> [String; 6] {
        let metadata = &self.document.info.metadata;
        let title = match metadata.title.as_str() {
            // What it is called for want of a title is no title: in brackets, as catalogs do.
            "" => format!("[{}]", self.document.title()),
            title => format!("“{title}”"),
        };
        let mut place = self.paragraph_words(span);
        if let Some(section) = self.section_words(span) {
            place.push_str(&format!(" ({section})"));
        }
        [
            metadata.author.clone(),
            title,
            metadata.container_title.clone(),
            self.date().to_owned(),
            place,
            metadata.url.clone(),
        ]
    }
}

/// A BibTeX key for a document: author or outlet, year, first word of the title; with a letter where two
/// documents of the session would have the same.
pub fn key(session: &Session, id: &DocumentId) -> String {
    let plain = |document: &Document| {
        let metadata = &document.info.metadata;
        let who = [metadata.author.as_str(), &metadata.container_title, &metadata.title_short];
        let who = who.into_iter().find(|name| !name.is_empty()).unwrap_or_default();
        // Of "A. Vos" the last name; of "Vos, A." too.
        let name = who.split(',').next().unwrap_or(who).split_whitespace().next_back().unwrap_or(who);
        let year = metadata.issued.as_str().get(..4).filter(|year| year.bytes().all(|b| b.is_ascii_digit()));
        let word = document.title().split_whitespace().find(|word| word.chars().count() > 3).unwrap_or("");
        let letters = |words: &str| crate::model::slug(words, "", |_| false).replace('-', "");
        format!("{}{}{}", letters(name), year.unwrap_or(""), letters(word))
    };
    let mut same = Vec::new();
    let own = session.document(id).map(|document| plain(document)).unwrap_or_default();
    for document in &session.documents {
        if plain(document) == own {
            same.push(&document.id);
        }
    }
    match same.iter().position(|other| *other == id) {
        Some(at) if same.len() > 1 => {
            let letter = char::from(b'a' + u8::try_from(at.min(25)).unwrap_or(25));
            format!("{own}{letter}")
        }
        _ => own,
    }
}

/// Cut after a word, at most [`QUESTION_CHARS`] characters.
fn shortened(words: &str) -> String {
    if words.chars().count() <= QUESTION_CHARS {
        return words.to_owned();
    }
    let cut: String = words.chars().take(QUESTION_CHARS).collect();
    let end = cut.rfind(' ').unwrap_or(cut.len());
    format!("{} […]", &cut[..end])
}

/// Text as it stands in HTML, in an attribute too.
pub fn escaped(text: &str) -> String {
    let mut html = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '\'' => html.push_str("&#39;"),
            c => html.push(c),
        }
    }
    html
}

#[cfg(test)]
mod tests;
