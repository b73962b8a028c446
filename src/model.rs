//! What a session is: plain data and its invariants. No files, no clock, no screen.
mod offset;
pub use offset::{CharOffset, Span, Utf16Offset};

/// How a document is shown. Switching moves no offset.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Presentation {
    /// Every character as it stands.
    #[default]
    Plain,
    /// Markdown as reading text, its marks hidden.
    Markdown,
}
