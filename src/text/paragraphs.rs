//! Paragraph numbers: where a passage can be cited. They depend on the canonical text alone, not on how it
//! is shown, so that two readers with different presentations cite the same number.

use std::ops::Range;

use crate::model::Span;

/// Blocks between blank lines (lines of only spaces and tabs), counted from 1.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Paragraphs {
    ranges: Vec<Range<usize>>,
}

impl Paragraphs {
    /// Cuts `text`, whose lines end in LF.
    pub fn of(text: &str) -> Self {
        let mut ranges: Vec<Range<usize>> = Vec::new();
        let mut open = false;
        let mut start = 0;
        for line in text.split('\n') {
            let end = start + line.len();
            if is_blank_line(line) {
                open = false;
            } else if open && let Some(last) = ranges.last_mut() {
                last.end = end;
            } else {
                ranges.push(start..end);
                open = true;
            }
            start = end + 1;
        }
        Self { ranges }
    }

    /// The same blocks without `furniture` (sorted, not overlapping) and cut by it: what sentences are taken from.
    /// Their numbers are not those that one cites.
    pub fn without(&self, furniture: &[Span]) -> Self {
        let mut ranges = Vec::with_capacity(self.ranges.len());
        for range in &self.ranges {
            let mut start = range.start;
            let from = furniture.partition_point(|span| span.end() <= range.start);
            for span in furniture[from..].iter().take_while(|span| span.start() < range.end) {
                if start < span.start() {
                    ranges.push(start..span.start());
                }
                start = span.end();
            }
            if start < range.end {
                ranges.push(start..range.end);
            }
        }
        Self { ranges }
    }

    /// How many paragraphs there are; also the number of the last.
    pub fn len(&self) -> usize {
        self.ranges.len()
    }

    /// True when the text has nothing but blank lines.
    pub fn is_empty(&self) -> bool {
        self.ranges.is_empty()
    }

    /// The bytes of paragraph `number` (from 1), whole lines, without the line break that ends it.
    pub fn range(&self, number: usize) -> Option<Range<usize>> {
        self.ranges.get(number.checked_sub(1)?).cloned()
    }

    /// The number of the paragraph that holds byte `offset`. In a gap: the paragraph before it; before the
    /// first, and in a text without paragraphs: 1.
    pub fn number_at(&self, offset: usize) -> usize {
        self.ranges.partition_point(|range| range.start <= offset).max(1)
    }
}

/// True for a line that parts two paragraphs.
pub(crate) fn is_blank_line(line: &str) -> bool {
    line.bytes().all(|byte| matches!(byte, b' ' | b'\t'))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn blank_lines_part_and_line_breaks_do_not() {
        let text = "\n\nÉén\ntwee\n \t\n\n👮🏽‍♀️ drie\n";
        let paragraphs = Paragraphs::of(text);
        let all: Vec<_> = (1..=paragraphs.len()).map(|n| &text[paragraphs.range(n).unwrap()]).collect();
        assert_eq!(all, ["Één\ntwee", "👮🏽‍♀️ drie"]);
        assert_eq!(paragraphs.range(0), None);
        assert_eq!(paragraphs.range(3), None);
    }

    #[test]
    fn a_gap_belongs_to_the_paragraph_before() {
        let paragraphs = Paragraphs::of("\n\na\n\nb");
        assert_eq!([0, 2, 3, 4, 5, 6].map(|at| paragraphs.number_at(at)), [1, 1, 1, 1, 2, 2]);
        assert_eq!(Paragraphs::of(" \n\t").number_at(1), 1);
        assert!(Paragraphs::of("").is_empty());
    }

    #[test]
    fn furniture_is_cut_out() {
        let text = "👮🏽‍♀️ kop\n\ne\u{301}én\nblad 2\n‘twee’\n\ndrie";
        let span = |words: &str| {
            let start = text.find(words).unwrap();
            Span::new(start, start + words.len()).unwrap()
        };
        let paragraphs = Paragraphs::of(text).without(&[span("👮🏽‍♀️ kop"), span("blad 2"), span("ie")]);
        let all: Vec<_> = (1..=paragraphs.len()).map(|n| &text[paragraphs.range(n).unwrap()]).collect();
        assert_eq!(all, ["e\u{301}én\n", "\n‘twee’", "dr"]);
    }

    proptest! {
        #[test]
        fn paragraphs_are_sorted_and_hold_every_word(text in "[ \t\n\na😀e\u{301}“”*#>|-]{0,60}") {
            let paragraphs = Paragraphs::of(&text);
            let mut end = 0;
            for number in 1..=paragraphs.len() {
                let range = paragraphs.range(number).unwrap();
                prop_assert!(end <= range.start && range.start < range.end);
                prop_assert!(text[end..range.start].trim().is_empty());
                prop_assert_eq!(paragraphs.number_at(range.start), number);
                prop_assert_eq!(paragraphs.number_at(range.end), number);
                end = range.end;
            }
            prop_assert!(text[end..].trim().is_empty());
        }
    }
}
