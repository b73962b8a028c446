//! Where a passage stands again: letterheads, page numbers, navigation.
//!
//! Two passages are the same here when they differ in nothing but white space, numbers and marks of Markdown:
//! "**page 3** of 9" repeats "page 2 of 9".

use crate::model::Span;

use super::is_blank;

/// A place where the passage stands again.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeat {
    /// Where, in bytes.
    pub span: Span,
    /// Nothing else stands on its line or lines.
    pub alone: bool,
}

/// All places in `text` where `passage` stands, on word boundaries, in order and without overlap.
pub fn repeats(text: &str, passage: &str) -> Vec<Repeat> {
    let needle = Pattern::of(passage.trim_matches(is_blank)).words;
    if needle.trim().is_empty() {
        return Vec::new();
    }
    let hay = Pattern::of(text);
    let mut found: Vec<Repeat> = Vec::new();
    let mut from = 0;
    while let Some(at) = hay.words[from..].find(&needle).map(|at| from + at) {
        let (start, end) = (hay.starts[at], hay.ends[at + needle.len() - 1]);
        let parts_word = |before: Option<char>, after: Option<char>| {
            before.is_some_and(char::is_alphanumeric) && after.is_some_and(char::is_alphanumeric)
        };
        let cuts = parts_word(text[..start].chars().next_back(), text[start..].chars().next())
            || parts_word(text[..end].chars().next_back(), text[end..].chars().next());
        if !cuts && let Some(span) = Span::new(start, end) {
            found.push(Repeat { span, alone: is_alone(text, span) });
            from = at + needle.len();
        } else {
            from = at + hay.words[at..].chars().next().map_or(1, char::len_utf8);
        }
    }
    found
}

/// True when nothing else stands on the lines of `span`.
pub fn is_alone(text: &str, span: Span) -> bool {
    let before = text[..span.start()].rsplit('\n').next().unwrap_or_default();
    let after = text[span.end()..].split('\n').next().unwrap_or_default();
    before.chars().chain(after.chars()).all(|c| is_blank(c) || is_mark(c))
}

/// A mark of Markdown: headings, quotations, emphasis.
fn is_mark(c: char) -> bool {
    matches!(c, '*' | '_' | '#' | '>')
}

/// A text without marks, with white space as one space and numbers as one `0`, and where each of its bytes comes from.
struct Pattern {
    words: String,
    /// For each byte: where what it stands for starts.
    starts: Vec<usize>,
    /// For each byte: where what it stands for ends.
    ends: Vec<usize>,
}

impl Pattern {
    fn of(text: &str) -> Self {
        let mut pattern = Self {
            words: String::with_capacity(text.len()),
            starts: Vec::with_capacity(text.len()),
            ends: Vec::with_capacity(text.len()),
        };
        let mut last = None;
        for (at, c) in text.char_indices() {
            if is_mark(c) {
                continue;
            }
            let end = at + c.len_utf8();
            let meant = match c {
                c if is_blank(c) => ' ',
                c if c.is_ascii_digit() => '0',
                c => c,
            };
            if matches!(meant, ' ' | '0') && last == Some(meant) {
                if let Some(last) = pattern.ends.last_mut() {
                    *last = end;
                }
            } else {
                pattern.words.push(meant);
                for _ in 0..meant.len_utf8() {
                    pattern.starts.push(at);
                    pattern.ends.push(end);
                }
            }
            last = Some(meant);
        }
        pattern
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found<'a>(text: &'a str, passage: &str) -> Vec<(&'a str, bool)> {
        repeats(text, passage).iter().map(|repeat| (&text[repeat.span.range()], repeat.alone)).collect()
    }

    #[test]
    fn numbers_and_white_space_may_differ() {
        let text = "👮🏽‍♀️ cafe\u{301} ‘x’\nHarbour  board, page 3\n\nNo.\n\nHarbour board,\npage 12\nthe harbour board, page 4 says";
        assert_eq!(
            found(text, "Harbour board, page 1"),
            [("Harbour  board, page 3", true), ("Harbour board,\npage 12", true)]
        );
        assert_eq!(found(text, "harbour board, page 9"), [("harbour board, page 4", false)]);
    }

    #[test]
    fn marks_of_markdown_may_differ() {
        let text = "👮🏽‍♀️ cafe\u{301} ‘x’\n> **Harbour board**, page 3\n\n#### Harbour *board*, page 4\nHarbour board, page 5";
        let plain = [
            ("Harbour board**, page 3", true),
            ("Harbour *board*, page 4", true),
            ("Harbour board, page 5", true),
        ];
        assert_eq!(found(text, "Harbour board, page 5"), plain);
        assert_eq!(found(text, "**Harbour board**, page 3"), plain);
    }

    #[test]
    fn a_passage_is_found_on_word_boundaries_only() {
        assert_eq!(found("a page, pages, page2, Page", "page"), [("page", false)]);
        assert_eq!(found("1 12 3a 4", "7"), [("1", false), ("12", false), ("4", false)]);
        assert_eq!(found("— —", "—"), [("—", false), ("—", false)]);
        assert!(found("text", "  \n").is_empty());
    }
}
