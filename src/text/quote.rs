//! What stands around a span, by which it is found again in a corrected text.

use unicode_segmentation::GraphemeCursor;

use crate::model::Span;
use crate::text::is_blank;

/// At most `chars` code points before and after `span`, cut between grapheme clusters. Empty where the span
/// does not fit the text.
pub fn context(text: &str, span: Span, chars: usize) -> (&str, &str) {
    if !span.is_in(text) || chars == 0 {
        return ("", "");
    }
    let (before, after) = (&text[..span.start()], &text[span.end()..]);
    let mut start = before.char_indices().rev().nth(chars - 1).map_or(0, |(at, _)| at);
    let mut end = after.char_indices().nth(chars).map_or(text.len(), |(at, _)| span.end() + at);
    let mut cursor = GraphemeCursor::new(start, text.len(), true);
    if cursor.is_boundary(text, 0) == Ok(false) {
        start = cursor.next_boundary(text, 0).ok().flatten().unwrap_or(start).min(span.start());
    }
    let mut cursor = GraphemeCursor::new(end, text.len(), true);
    if cursor.is_boundary(text, 0) == Ok(false) {
        end = cursor.prev_boundary(text, 0).ok().flatten().unwrap_or(end).max(span.end());
    }
    (&text[start..span.start()], &text[span.end()..end])
}

/// `span` without white space at its ends; `None` when nothing is left or it does not fit the text.
pub fn trim(text: &str, span: Span) -> Option<Span> {
    let quote = span.of(text)?;
    let start = span.end() - quote.trim_start_matches(is_blank).len();
    Span::new(start, span.start() + quote.trim_end_matches(is_blank).len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn context_is_cut_between_clusters() {
        let text = "“a👮🏽‍♀️e\u{301}[x]e\u{301}👮🏽‍♀️b";
        let start = text.find("[x]").unwrap();
        let span = Span::new(start, start + 3).unwrap();
        assert_eq!(context(text, span, 1), ("", ""));
        assert_eq!(context(text, span, 2), ("e\u{301}", "e\u{301}"));
        assert_eq!(context(text, span, 4), ("e\u{301}", "e\u{301}"));
        assert_eq!(context(text, span, 8), ("a👮🏽‍♀️e\u{301}", "e\u{301}👮🏽‍♀️b"));
        assert_eq!(context(text, span, 99), (&text[..start], &text[start + 3..]));
        assert_eq!(context(text, span, 0), ("", ""));
        assert_eq!(context("é", Span::new(1, 2).unwrap(), 3), ("", ""), "not on a boundary");
    }

    #[test]
    fn white_space_at_the_ends_goes() {
        let text = " \u{a0}\n“a b”\t\u{200b} ";
        let whole = Span::new(0, text.len()).unwrap();
        assert_eq!(trim(text, whole).and_then(|span| span.of(text)), Some("“a b”"));
        assert_eq!(trim(text, Span::new(0, 4).unwrap()), None);
        assert_eq!(trim(text, Span::new(0, 99).unwrap()), None);
    }
}
