//! What is selected in a document: two source offsets, ours and not egui's, so that a selection outlives
//! scrolling, switching documents and changing how they are shown.

use crate::model::Span;

/// A selection or, when both ends are equal, a caret. Byte offsets of the canonical text, on character
/// boundaries.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// The end that stays when the selection is extended.
    pub anchor: usize,
    /// The end that moves; where the caret stands.
    pub head: usize,
}

impl Selection {
    /// A caret at `offset`.
    pub const fn caret(offset: usize) -> Self {
        Self { anchor: offset, head: offset }
    }

    /// A selection of `span`, with the caret at its end.
    pub const fn of(span: Span) -> Self {
        Self { anchor: span.start(), head: span.end() }
    }

    /// What lies between the ends, as swept: not snapped to visible text yet. `None` for a caret.
    pub const fn span(self) -> Option<Span> {
        if self.anchor <= self.head {
            Span::new(self.anchor, self.head)
        } else {
            Span::new(self.head, self.anchor)
        }
    }

    /// True when nothing lies between the ends.
    pub const fn is_caret(self) -> bool {
        self.anchor == self.head
    }

    /// The same with the head at `head`; a caret there unless `extend`.
    pub const fn moved_to(self, head: usize, extend: bool) -> Self {
        if extend { Self { anchor: self.anchor, head } } else { Self::caret(head) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_selection_has_a_span_in_either_direction() {
        assert_eq!(Selection { anchor: 7, head: 3 }.span(), Span::new(3, 7));
        assert_eq!(Selection { anchor: 3, head: 7 }.span(), Span::new(3, 7));
        assert_eq!(Selection::caret(3).span(), None);
        assert_eq!(Selection::caret(3).moved_to(9, true).span(), Span::new(3, 9));
        assert!(Selection { anchor: 3, head: 7 }.moved_to(9, false).is_caret());
    }
}
