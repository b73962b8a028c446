//! What is selected in a document.

use crate::model::Span;

/// A selection in byte offsets of the canonical text: from where it began to where it ends now. A caret when both
/// are the same.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Where it began.
    pub anchor: usize,
    /// Where it ends now; the caret stands here.
    pub head: usize,
}

impl Selection {
    /// A caret.
    pub const fn caret(at: usize) -> Self {
        Self { anchor: at, head: at }
    }

    /// A selection of `span`, with the caret at its end.
    pub const fn of(span: Span) -> Self {
        Self { anchor: span.start(), head: span.end() }
    }

    /// True when nothing is selected.
    pub const fn is_caret(self) -> bool {
        self.anchor == self.head
    }

    /// The selected span; `None` for a caret.
    pub fn span(self) -> Option<Span> {
        Span::new(self.anchor.min(self.head), self.anchor.max(self.head))
    }
}
