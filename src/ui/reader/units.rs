//! What one, two, three and four clicks take.

use std::ops::Range;

use super::ReaderInput;
use crate::app::selection::Selection;
use crate::text::{sentences, words};

/// What a drag grows by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unit {
    Character,
    Word,
    Sentence,
    Paragraph,
}

impl Unit {
    /// The unit that so many clicks at one place take.
    pub fn of_clicks(count: u32) -> Self {
        match count {
            0 | 1 => Self::Character,
            2 => Self::Word,
            3 => Self::Sentence,
            _ => Self::Paragraph,
        }
    }

    /// Source bytes of the unit at `caret`; `under` is the source of the character under the pointer.
    pub fn range(self, input: &ReaderInput<'_>, caret: usize, under: Option<usize>) -> Range<usize> {
        let text = input.document.text();
        let at = under.unwrap_or(caret);
        let found = match self {
            Self::Character => None,
            Self::Word => words::word_at(text, at).map(|span| span.range()),
            Self::Sentence => sentences::sentence_at(text, input.paragraphs, at).map(|span| span.range()),
            Self::Paragraph => input.paragraphs.range(input.paragraphs.number_at(at)),
        };
        let found = found.filter(|range| range.start <= at && at <= range.end);
        // Between words: the one character.
        let single = match (self, under) {
            (Self::Character, _) | (_, None) => caret..caret,
            (_, Some(at)) => at..words::grapheme_next(text, at),
        };
        found.unwrap_or(single)
    }
}

/// A selection from the unit where a drag began to the unit it has reached.
pub(super) fn spanning(origin: &Range<usize>, here: &Range<usize>) -> Selection {
    if here.start < origin.start {
        Selection { anchor: origin.end, head: here.start }
    } else {
        Selection { anchor: origin.start, head: here.end.max(origin.end) }
    }
}
