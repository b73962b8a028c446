//! Offsets and spans. Inside the program everything counts in bytes of the canonical text; code points
//! and UTF-16 units exist at the edges only, each with a type of its own, so that a mix-up does not compile.

use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A half-open range of bytes of a canonical text, never empty.
///
/// Whether it lies on character boundaries inside a given text is checked by [`Span::is_in`];
/// a [`crate::model::Session`] holds only spans for which that is so.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: usize,
    end: usize,
}

impl Span {
    /// `None` when `start..end` is empty or turned round.
    pub const fn new(start: usize, end: usize) -> Option<Self> {
        if start < end { Some(Self { start, end }) } else { None }
    }

    /// First byte.
    pub const fn start(self) -> usize {
        self.start
    }

    /// The byte after the last.
    pub const fn end(self) -> usize {
        self.end
    }

    /// Length in bytes, at least 1.
    #[expect(clippy::len_without_is_empty, reason = "a span is never empty")]
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// The span as a range, for slicing.
    pub const fn range(self) -> Range<usize> {
        self.start..self.end
    }

    /// True when the span lies inside `text` and starts and ends on character boundaries.
    pub fn is_in(self, text: &str) -> bool {
        self.end <= text.len() && text.is_char_boundary(self.start) && text.is_char_boundary(self.end)
    }

    /// The slice of `text`, or `None` when the span does not fit it.
    pub fn of(self, text: &str) -> Option<&str> {
        text.get(self.range())
    }

    /// True when both have at least one byte in common.
    pub const fn overlaps(self, other: Self) -> bool {
        self.start < other.end && other.start < self.end
    }

    /// True when every byte of `other` lies in `self`.
    pub const fn contains(self, other: Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }
}

impl fmt::Debug for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

impl fmt::Display for Span {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}..{}", self.start, self.end)
    }
}

macro_rules! offset {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[serde(transparent)]
        pub struct $name(pub usize);

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                self.0.fmt(f)
            }
        }
    };
}

offset!(
    /// An offset in Unicode code points, as Python's `str` counts.
    CharOffset
);
offset!(
    /// An offset in UTF-16 code units, as JavaScript and Java count.
    Utf16Offset
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_span_is_never_empty_or_turned_round() {
        assert_eq!(Span::new(3, 3), None);
        assert_eq!(Span::new(4, 3), None);
        assert_eq!(Span::new(3, 4).map(Span::len), Some(1));
    }

    #[test]
    fn a_span_fits_only_on_character_boundaries() {
        let text = "👮🏽‍♀️ e\u{301} “ja”";
        let whole = Span::new(0, text.len()).unwrap();
        assert!(whole.is_in(text));
        assert!(!Span::new(1, 8).unwrap().is_in(text));
        assert_eq!(Span::new(0, text.len() + 1).unwrap().of(text), None);
    }

    #[test]
    fn neighbors_do_not_overlap() {
        let a = Span::new(0, 4).unwrap();
        let b = Span::new(4, 8).unwrap();
        assert!(!a.overlaps(b) && !b.overlaps(a));
        assert!(Span::new(0, 8).unwrap().contains(b));
    }
}
