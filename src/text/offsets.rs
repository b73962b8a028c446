//! Bytes to code points, UTF-16 units and lines, and back. Only exports, imports and the cursor of a toolkit
//! need them; inside the program everything is bytes.

use std::ops::Range;

use crate::model::{CharOffset, Utf16Offset};

/// `None` when `byte` lies outside `text` or inside a character. Linear in `byte`; for many see [`CharIndex`].
pub fn byte_to_char(text: &str, byte: usize) -> Option<CharOffset> {
    text.get(..byte).map(|before| CharOffset(count_chars(before.as_bytes())))
}

/// `None` when `text` has fewer characters.
pub fn char_to_byte(text: &str, char: CharOffset) -> Option<usize> {
    seek(text, 0, char.0, |_| 1)
}

/// `None` when `byte` lies outside `text` or inside a character.
pub fn byte_to_utf16(text: &str, byte: usize) -> Option<Utf16Offset> {
    text.get(..byte).map(|before| Utf16Offset(count_utf16(before.as_bytes())))
}

/// `None` when `text` is shorter, or the offset lies between the halves of a surrogate pair.
pub fn utf16_to_byte(text: &str, utf16: Utf16Offset) -> Option<usize> {
    seek(text, 0, utf16.0, char::len_utf16)
}

/// Checkpoints that make the conversions quick for many offsets of one text.
#[derive(Clone, Debug, Default)]
pub struct CharIndex {
    /// For every [`STEP`] bytes: the code points and UTF-16 units that begin before.
    checkpoints: Vec<(usize, usize)>,
}

const STEP: usize = 1_024;

impl CharIndex {
    /// Linear in the text. The index is for this text only.
    pub fn of(text: &str) -> Self {
        let mut counts = (0, 0);
        let mut checkpoints = vec![counts];
        for chunk in text.as_bytes().chunks_exact(STEP) {
            counts.0 += count_chars(chunk);
            counts.1 += count_utf16(chunk);
            checkpoints.push(counts);
        }
        Self { checkpoints }
    }

    /// As [`byte_to_char`].
    pub fn byte_to_char(&self, text: &str, byte: usize) -> Option<CharOffset> {
        let (from, (chars, _)) = self.before(text, byte)?;
        Some(CharOffset(chars + count_chars(&text.as_bytes()[from..byte])))
    }

    /// As [`byte_to_utf16`].
    pub fn byte_to_utf16(&self, text: &str, byte: usize) -> Option<Utf16Offset> {
        let (from, (_, units)) = self.before(text, byte)?;
        Some(Utf16Offset(units + count_utf16(&text.as_bytes()[from..byte])))
    }

    /// As [`char_to_byte`].
    pub fn char_to_byte(&self, text: &str, char: CharOffset) -> Option<usize> {
        let at = self.checkpoints.partition_point(|checkpoint| checkpoint.0 <= char.0).checked_sub(1)?;
        seek(text, at * STEP, char.0 - self.checkpoints[at].0, |_| 1)
    }

    /// As [`utf16_to_byte`].
    pub fn utf16_to_byte(&self, text: &str, utf16: Utf16Offset) -> Option<usize> {
        let at = self.checkpoints.partition_point(|checkpoint| checkpoint.1 <= utf16.0).checked_sub(1)?;
        seek(text, at * STEP, utf16.0 - self.checkpoints[at].1, char::len_utf16)
    }

    fn before(&self, text: &str, byte: usize) -> Option<(usize, (usize, usize))> {
        let at = byte / STEP;
        text.is_char_boundary(byte).then_some(())?;
        Some((at * STEP, *self.checkpoints.get(at)?))
    }
}

/// Where the lines of a text begin.
#[derive(Clone, Debug, Default)]
pub struct LineIndex {
    starts: Vec<usize>,
    len: usize,
}

impl LineIndex {
    /// Lines end in LF.
    pub fn of(text: &str) -> Self {
        let starts = std::iter::once(0).chain(text.match_indices('\n').map(|(at, _)| at + 1)).collect();
        Self { starts, len: text.len() }
    }

    /// The line that holds `byte`, from 1; a line break belongs to the line that it ends.
    pub fn line_of(&self, byte: usize) -> usize {
        self.starts.partition_point(|start| *start <= byte).max(1)
    }

    /// How many lines there are, at least 1.
    pub fn line_count(&self) -> usize {
        self.starts.len().max(1)
    }

    /// The bytes of line `number` (from 1) without its line break.
    pub fn range(&self, number: usize) -> Option<Range<usize>> {
        let start = *self.starts.get(number.checked_sub(1)?)?;
        Some(start..self.starts.get(number).map_or(self.len, |next| next - 1))
    }
}

/// Bytes that begin a code point.
fn count_chars(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0xC0 != 0x80).count()
}

/// UTF-16 units of the code points that begin in `bytes`: two for those of four bytes.
fn count_utf16(bytes: &[u8]) -> usize {
    count_chars(bytes) + bytes.iter().filter(|byte| **byte >= 0xF0).count()
}

/// The byte where `count` units from `from` on are over; `from` may lie inside a character that is counted
/// already. `None` past the end and inside a character.
fn seek(text: &str, from: usize, count: usize, units: impl Fn(char) -> usize) -> Option<usize> {
    let from = text.ceil_char_boundary(from);
    let mut left = count;
    for (at, c) in text[from..].char_indices() {
        if left == 0 {
            return Some(from + at);
        }
        left = left.checked_sub(units(c))?;
    }
    (left == 0).then_some(text.len())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn emoji_accents_and_quotes_before_the_passage() {
        let text = "👮🏽‍♀️ e\u{301} “passage”";
        let byte = text.find("passage").unwrap();
        assert_eq!(byte_to_char(text, byte), Some(CharOffset(10)));
        assert_eq!(byte_to_utf16(text, byte), Some(Utf16Offset(12)));
        assert_eq!(char_to_byte(text, CharOffset(10)), Some(byte));
        assert_eq!(utf16_to_byte(text, Utf16Offset(12)), Some(byte));
        assert_eq!(byte_to_char(text, 1), None, "inside a character");
        assert_eq!(utf16_to_byte(text, Utf16Offset(1)), None, "inside a surrogate pair");
        assert_eq!(char_to_byte(text, CharOffset(99)), None);
        assert_eq!(byte_to_char(text, text.len() + 1), None);
    }

    #[test]
    fn lines_count_from_one() {
        let text = "één\n\ndrie\n";
        let index = LineIndex::of(text);
        assert_eq!([0, 5, 6, 7, 11, 12, 99].map(|at| index.line_of(at)), [1, 1, 2, 3, 3, 4, 4]);
        assert_eq!(index.range(3).map(|range| &text[range]), Some("drie"));
        assert_eq!(index.range(4), Some(12..12));
        assert_eq!((index.range(0), index.range(5), index.line_count()), (None, None, 4));
    }

    proptest! {
        #[test]
        fn an_index_agrees_with_counting(words in prop::collection::vec("[a👮\u{301}“é\n]{0,900}", 0..6)) {
            let text = words.concat();
            let index = CharIndex::of(&text);
            let ends = [0, text.len(), text.len() + 1, STEP, STEP + 1, 2 * STEP];
            for byte in ends.into_iter().chain((0..text.len()).step_by(37)) {
                let char = byte_to_char(&text, byte);
                let utf16 = byte_to_utf16(&text, byte);
                prop_assert_eq!(char.map(|c| c.0), text.get(..byte).map(|t| t.chars().count()));
                prop_assert_eq!(utf16.map(|c| c.0), text.get(..byte).map(|t| t.encode_utf16().count()));
                prop_assert_eq!(index.byte_to_char(&text, byte), char);
                prop_assert_eq!(index.byte_to_utf16(&text, byte), utf16);
                if let (Some(char), Some(utf16)) = (char, utf16) {
                    prop_assert_eq!(char_to_byte(&text, char), Some(byte));
                    prop_assert_eq!(index.char_to_byte(&text, char), Some(byte));
                    prop_assert_eq!(utf16_to_byte(&text, utf16), Some(byte));
                    prop_assert_eq!(index.utf16_to_byte(&text, utf16), Some(byte));
                }
            }
            for unit in (0..text.len()).step_by(13) {
                prop_assert_eq!(index.utf16_to_byte(&text, Utf16Offset(unit)), utf16_to_byte(&text, Utf16Offset(unit)));
            }
        }
    }
}
