//! What pages (HTML) have in common: head, languages, lines, and no character that a page can't hold.

use std::borrow::Cow;
use std::io::Write;

use super::citation::escaped;
use super::export::{Losses, WriteError};
use crate::model::Document;

/// A page that is written part by part.
pub struct Page<'a> {
    to: &'a mut dyn Write,
    replaced: usize,
}

impl<'a> Page<'a> {
    /// Begins a page with a head of its own and nothing from elsewhere: neither scripts nor anything remote would
    /// be run or loaded, should a text ever get out of its quotes.
    ///
    /// # Errors
    /// When the bytes can't be written.
    pub fn begin(to: &'a mut dyn Write, title: &str, style: &str) -> Result<Self, WriteError> {
        let mut page = Self { to, replaced: 0 };
        page.put(&format!(
            "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src \
             'unsafe-inline'; base-uri 'none'; form-action 'none'\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n<meta name=\"generator\" content=\"Gainsay\">\n\
             <title>{}</title>\n<style>\n{style}</style>\n</head>\n<body>\n",
            escaped(title)
        ))?;
        Ok(page)
    }

    /// Adds a part of the body.
    ///
    /// # Errors
    /// When the bytes can't be written.
    pub fn put(&mut self, html: &str) -> Result<(), WriteError> {
        let (html, replaced) = printable(html);
        self.replaced += replaced;
        Ok(self.to.write_all(html.as_bytes())?)
    }

    /// Ends it and says what it could not hold.
    ///
    /// # Errors
    /// When the bytes can't be written.
    pub fn end(mut self, losses: &mut Losses) -> Result<(), WriteError> {
        self.put("</body>\n</html>\n")?;
        lost_controls(self.replaced, losses);
        Ok(())
    }
}

/// Says how many characters [`printable`] replaced.
pub fn lost_controls(replaced: usize, losses: &mut Losses) {
    losses.add(
        replaced,
        "control character stands as \u{fffd}: the format has none",
        "control characters stand as \u{fffd}: the format has none",
    );
}

/// `text` with U+FFFD for each character that HTML and XML can't hold, and how many those were.
pub fn printable(text: &str) -> (Cow<'_, str>, usize) {
    let is_lost = |c: char| {
        let is_control = c.is_control() && !matches!(c, '\t' | '\n' | '\r');
        is_control
            || matches!(u32::from(c) & 0xFFFF, 0xFFFE | 0xFFFF)
            || ('\u{fdd0}'..='\u{fdef}').contains(&c)
    };
    match text.chars().filter(|c| is_lost(*c)).count() {
        0 => (Cow::Borrowed(text), 0),
        lost => (Cow::Owned(text.replace(is_lost, "\u{fffd}")), lost),
    }
}

/// The attribute ` lang="nl"` of a document's text, with the space before it; empty where no language is known.
pub fn lang(document: &Document) -> String {
    language(document).map_or(String::new(), |tag| format!(" lang=\"{tag}\""))
}

/// The language of a document's text, when it looks like a BCP 47 tag.
pub fn language(document: &Document) -> Option<&str> {
    let tag = document.info.metadata.language.as_str();
    let mut parts = tag.split('-');
    let is_primary =
        |part: &str| matches!(part.len(), 2 | 3) && part.bytes().all(|b| b.is_ascii_alphabetic());
    let is_further =
        |part: &str| matches!(part.len(), 2..=8) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    (parts.next().is_some_and(is_primary) && parts.all(is_further)).then_some(tag)
}

/// An address as a link, when it is one of the web and can stand in an attribute; else as text.
pub fn address(url: &str) -> String {
    let is_web = url.starts_with("https://") || url.starts_with("http://");
    let is_sound = url.bytes().all(|b| b.is_ascii_graphic() && !b"<>\"\\^`{|}[]%".contains(&b) || b == b'%');
    let escapes = url
        .split('%')
        .skip(1)
        .all(|rest| rest.as_bytes().get(..2).is_some_and(|digits| digits.iter().all(u8::is_ascii_hexdigit)));
    let text = escaped(url);
    if is_web && is_sound && escapes { format!("<a href=\"{text}\">{text}</a>") } else { text }
}

/// Text with its line ends.
pub fn lines(text: &str) -> String {
    escaped(text).replace('\n', "<br>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn characters_that_no_page_holds_are_replaced_and_counted() {
        assert_eq!(printable("a\tb\n👮🏽‍♀️ e\u{301} “é”"), (Cow::Borrowed("a\tb\n👮🏽‍♀️ e\u{301} “é”"), 0));
        assert_eq!(printable("a\0b\u{85}c\u{ffff}"), (Cow::Borrowed("a\u{fffd}b\u{fffd}c\u{fffd}"), 3));
    }

    #[test]
    fn only_sound_addresses_are_links() {
        assert_eq!(
            address("https://a.nl/?b=1&c"),
            "<a href=\"https://a.nl/?b=1&amp;c\">https://a.nl/?b=1&amp;c</a>"
        );
        for text in ["javascript:alert(1)", "https://a.nl/ b", "https://a.nl/%zz", "https://a.nl/é"] {
            assert_eq!(address(text), escaped(text));
        }
    }
}
