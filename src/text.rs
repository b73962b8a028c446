//! Functions over text: paragraphs, sentences, words, offsets, and the map between Markdown's visible text
//! and its source. Every offset is a byte offset of the canonical text unless a type says otherwise.
//!
//! - [`paragraphs`]: blocks between blank lines, the numbers that a passage is cited by
//! - [`rendering`]: what a reader sees, and the way from there to the source and back
//! - [`script`]: which way a text is read
//! - [`search`]: where a text has some words
//! - [`sections`]: the heading or question that a passage stands under
//! - [`sentences`], [`words`]: what one gesture or key marks
//! - [`offsets`]: bytes, code points, UTF-16 units, lines
//! - [`quote`]: the text around a span
//! - [`repeats`], [`spans`]: page furniture, and sorted spans
//! - [`guess`]: is it Markdown, and what is it called
//! - [`hidden`]: characters that are there and cannot be seen
//! - [`align`], [`reanchor`]: passages carried from one version of a text to another

pub mod align;
pub mod fold;
pub mod guess;
pub mod hidden;
#[doc(hidden)]
pub mod notation;
pub mod offsets;
pub mod paragraphs;
pub mod quote;
pub mod reanchor;
pub mod rendering;
pub mod repeats;
pub mod script;
pub mod search;
pub mod sections;
pub mod sentences;
pub mod spans;
pub mod words;

pub use paragraphs::Paragraphs;
pub use rendering::{Block, BlockKind, Piece, Rendering, Style, render};
pub use sections::{Section, Sections};

/// True for what has no ink: white space, and the format characters that stand at the ends of pasted text.
pub fn is_blank(character: char) -> bool {
    character.is_whitespace() || matches!(character, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}
