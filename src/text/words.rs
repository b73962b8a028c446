//! Words and grapheme clusters (UAX #29), for the caret and the double click.

use std::ops::Range;

use unicode_segmentation::{GraphemeCursor, UnicodeSegmentation};

use crate::model::Span;

/// The word at byte `offset`; at the end of a word, that word. `None` between words.
///
/// A word has a letter or a digit: `foto's` is one, `politie- en` are two.
pub fn word_at(text: &str, offset: usize) -> Option<Span> {
    let offset = text.floor_char_boundary(offset);
    let window = window_around(text, offset);
    let mut ended = None;
    for (at, piece) in text[window.clone()].split_word_bound_indices() {
        let word = ink_of(window.start + at, piece);
        if window.start + at > offset {
            break;
        }
        if word.contains(&offset) {
            return Span::new(word.start, word.end);
        }
        if word.end == offset && !word.is_empty() {
            ended = Span::new(word.start, word.end);
        }
    }
    ended
}

/// All words, in order, without the punctuation between them: as [`word_at`] finds them.
pub fn words(text: &str) -> impl Iterator<Item = Range<usize>> + '_ {
    text.split_word_bound_indices().map(|(at, piece)| ink_of(at, piece)).filter(|word| !word.is_empty())
}

/// The end of the word at `offset`, or of the next one; the end of the text when there is none.
pub fn next_word_boundary(text: &str, offset: usize) -> usize {
    let offset = text.floor_char_boundary(offset);
    let mut pieces = text[offset..].split_word_bound_indices().map(|(at, piece)| ink_of(offset + at, piece));
    pieces.find(|word| !word.is_empty()).map_or(text.len(), |word| word.end)
}

/// The start of the word that `offset` stands in or after; 0 when there is none.
pub fn prev_word_boundary(text: &str, offset: usize) -> usize {
    let offset = text.floor_char_boundary(offset);
    let mut pieces = text[..offset].split_word_bound_indices().rev().map(|(at, piece)| ink_of(at, piece));
    pieces.find(|word| !word.is_empty()).map_or(0, |word| word.start)
}

/// The end of the grapheme cluster that begins at or holds `offset`; never past the text.
pub fn grapheme_next(text: &str, offset: usize) -> usize {
    let offset = text.floor_char_boundary(offset);
    let next = GraphemeCursor::new(offset, text.len(), true).next_boundary(text, 0);
    next.ok().flatten().unwrap_or(text.len())
}

/// The start of the grapheme cluster that ends at or holds `offset`; 0 at the start.
pub fn grapheme_prev(text: &str, offset: usize) -> usize {
    let offset = text.ceil_char_boundary(offset.min(text.len()));
    GraphemeCursor::new(offset, text.len(), true).prev_boundary(text, 0).ok().flatten().unwrap_or(0)
}

/// The word in a piece between two word boundaries, empty when it has no letter or digit. UAX #29 counts
/// underscores to the word; Markdown's emphasis is made of them.
fn ink_of(start: usize, piece: &str) -> Range<usize> {
    if !piece.contains(char::is_alphanumeric) {
        return start..start;
    }
    let from = start + piece.len() - piece.trim_start_matches('_').len();
    from..start + piece.trim_end_matches('_').len()
}

/// The line around `offset`, or the stretch between spaces a good way around it where the line is long.
fn window_around(text: &str, offset: usize) -> Range<usize> {
    const REACH: usize = 2_000;
    let from = text.ceil_char_boundary(offset.saturating_sub(REACH));
    let to = text.floor_char_boundary((offset + REACH).min(text.len()));
    let (before, after) = (&text[from..offset], &text[offset..to]);
    let start = match before.rfind('\n') {
        Some(at) => from + at + 1,
        None if from == 0 => 0,
        None => before.find(' ').map_or(from, |at| from + at + 1),
    };
    let end = match after.find('\n') {
        Some(at) => offset + at,
        None if to == text.len() => to,
        None => after.rfind(' ').map_or(to, |at| offset + at),
    };
    start..end
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn word(text: &str, at: &str) -> Option<String> {
        let offset = text.find(at).unwrap();
        word_at(text, offset).map(|span| span.of(text).unwrap().to_owned())
    }

    #[test]
    fn words_in_dutch() {
        let text = "👮🏽‍♀️ e\u{301}én “foto's”, foto’s, politie- en 2.500 (_cursief_)\nWob-verzoek 2021Z14612.";
        assert_eq!(word(text, "oto's").as_deref(), Some("foto's"));
        assert_eq!(word(text, "’s").as_deref(), Some("foto’s"));
        assert_eq!(word(text, "olitie").as_deref(), Some("politie"));
        assert_eq!(word(text, " en").as_deref(), None);
        assert_eq!(word(text, "- en").as_deref(), Some("politie"), "at its end");
        assert_eq!(word(text, ".500").as_deref(), Some("2.500"));
        assert_eq!(word(text, "ursief").as_deref(), Some("cursief"));
        assert_eq!(word(text, "én").as_deref(), Some("e\u{301}én"));
        assert_eq!(word(text, "verz").as_deref(), Some("verzoek"));
        assert_eq!(word(text, "👮"), None);
        assert_eq!(word_at("", 0), None);
        assert_eq!(word_at("a", 7), Span::new(0, 1));
    }

    #[test]
    fn a_long_line_is_not_read_whole() {
        let text = "woord ".repeat(10_000) + &"x".repeat(9_000);
        assert_eq!(word_at(&text, 30_001), Span::new(30_000, 30_005));
        assert!(word_at(&text, text.len() - 10).is_some());
    }

    #[test]
    fn the_caret_walks_over_words_and_clusters() {
        let text = "“Ja” – 👮🏽‍♀️, e\u{301}n";
        assert_eq!(next_word_boundary(text, 0), text.find('”').unwrap());
        assert_eq!(next_word_boundary(text, text.find('”').unwrap()), text.len());
        assert_eq!(next_word_boundary(text, text.len()), text.len());
        assert_eq!(prev_word_boundary(text, text.len()), text.rfind('e').unwrap());
        assert_eq!(prev_word_boundary(text, text.rfind('e').unwrap()), text.find("Ja").unwrap());
        assert_eq!(prev_word_boundary(text, 3), 0);
        let (emoji, comma) = (text.find('👮').unwrap(), text.find(',').unwrap());
        assert_eq!(grapheme_next(text, emoji), comma);
        assert_eq!(grapheme_next(text, emoji + 4), comma, "from inside a cluster");
        assert_eq!(grapheme_prev(text, comma), emoji);
        assert_eq!((grapheme_next(text, 999), grapheme_prev(text, 0)), (text.len(), 0));
    }

    proptest! {
        #[test]
        fn every_offset_is_safe(text in "[a’'_ \n👮🏽e\u{301}“1.,\u{200d}-]{0,40}", offset in 0_usize..200) {
            if let Some(span) = word_at(&text, offset) {
                prop_assert!(span.is_in(&text) && span.start() <= offset);
            }
            let at = text.floor_char_boundary(offset);
            prop_assert!(next_word_boundary(&text, offset) >= at && prev_word_boundary(&text, offset) <= at);
            for to in [grapheme_next(&text, offset), grapheme_prev(&text, offset),
                       next_word_boundary(&text, offset), prev_word_boundary(&text, offset)] {
                prop_assert!(text.is_char_boundary(to));
            }
        }
    }
}
