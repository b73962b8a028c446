//! What a reader sees of a text, and the way from there to the source and back.
//!
//! A [`Rendering`] is a list of [`Block`]s in the order of the text, disjoint, none empty. A block is the
//! reader's unit of layout, caching and accessibility. Spans are always spans of the source: switching
//! between plain and Markdown moves none of them.
//!
//! Nothing is lost: a line of the source with a letter or digit in it, and in no block by Markdown's own
//! rules (a link definition, say), is shown as it stands.

mod block;
mod markdown;
mod plain;

pub use block::{Block, BlockKind, CELL_SEPARATOR, Piece, Style};
pub(crate) use markdown::OPTIONS;
pub use plain::MAX_BLOCK_BYTES;

use crate::model::{Presentation, Span};
use crate::text::Paragraphs;

/// A text as it is shown.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Rendering {
    blocks: Vec<Block>,
}

/// Cuts `text` into the blocks that a reader sees.
pub fn render(text: &str, presentation: Presentation) -> Rendering {
    let paragraphs = Paragraphs::of(text);
    let blocks = match presentation {
        Presentation::Plain => plain::blocks(text, &paragraphs),
        Presentation::Markdown => markdown::blocks(text, &paragraphs),
    };
    Rendering { blocks }
}

impl Rendering {
    /// The blocks, sorted by source, disjoint, none with an empty source.
    pub fn blocks(&self) -> &[Block] {
        &self.blocks
    }

    /// The index of the block that holds the source byte `offset`. Between two blocks it is the one before
    /// for the offset where that block ends, the one after further on. 0 when there are no blocks.
    pub fn block_at(&self, offset: usize) -> usize {
        let after = self.blocks.partition_point(|block| block.source.start <= offset);
        let Some(before) = after.checked_sub(1) else { return 0 };
        let is_past = self.blocks[before].source.end < offset;
        if is_past && after < self.blocks.len() { after } else { before }
    }

    /// The passage: what a reader sees of `span`, without Markdown marks. Blocks of one paragraph stand on
    /// lines of their own, paragraphs are parted by a blank line. Raised and lowered digits stay so (`¹`, `₂`): the
    /// number of a footnote must not be read as one of the sentence.
    pub fn plain_text(&self, text: &str, span: Span) -> String {
        let mut passage = String::new();
        let mut last: Option<&Block> = None;
        for block in self.overlapping(span) {
            let visible = block.visible(text);
            let seen = block.to_visible(span.start())..block.to_visible(span.end());
            if visible.get(seen.clone()).is_none_or(str::is_empty) {
                continue;
            }
            if let Some(last) = last {
                passage.push_str(match () {
                    () if last.source.end == block.source.start => "",
                    () if last.paragraph == block.paragraph => "\n",
                    () => "\n\n",
                });
            }
            for (part, style) in block.styles(text) {
                let words =
                    visible.get(part.start.max(seen.start)..part.end.min(seen.end)).unwrap_or_default();
                match style.raised || style.lowered {
                    true => passage.extend(words.chars().map(|c| small_digit(c, style.raised))),
                    false => passage.push_str(words),
                }
            }
            last = Some(block);
        }
        passage
    }

    /// `span` with its ends trimmed of white space and moved out of hidden marks, so that two readers who
    /// sweep the same visible words get the same span. `None` when nothing visible is left.
    pub fn snap(&self, text: &str, span: Span) -> Option<Span> {
        let blocks = self.overlapping(span);
        let start = blocks.iter().find_map(|block| block.first_ink(text, span))?;
        let end = blocks.iter().rev().find_map(|block| block.last_ink(text, span))?;
        Span::new(start, end)
    }

    /// The blocks that have a byte in common with `span`.
    pub fn overlapping(&self, span: Span) -> &[Block] {
        let first = self.blocks.partition_point(|block| block.source.end <= span.start());
        let last = self.blocks.partition_point(|block| block.source.start < span.end());
        self.blocks.get(first..last).unwrap_or_default()
    }
}

/// A digit as it is written above or below the line; any other character as it is.
fn small_digit(c: char, raised: bool) -> char {
    const RAISED: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];
    const LOWERED: [char; 10] = ['₀', '₁', '₂', '₃', '₄', '₅', '₆', '₇', '₈', '₉'];
    let digits = if raised { RAISED } else { LOWERED };
    c.to_digit(10).and_then(|digit| digits.get(digit as usize).copied()).unwrap_or(c)
}

#[cfg(test)]
mod tests;
