//! A plain text: a line is a block, a blank line is a gap.

use unicode_segmentation::GraphemeCursor;

use super::block::{Block, BlockKind};
use crate::text::Paragraphs;
use crate::text::paragraphs::is_blank_line;

/// Longer blocks are cut at a space, so that no layout takes longer than a few milliseconds.
pub const MAX_BLOCK_BYTES: usize = 4_000;

pub(super) fn blocks(text: &str, paragraphs: &Paragraphs) -> Vec<Block> {
    let mut blocks = Vec::new();
    for number in 1..=paragraphs.len() {
        let Some(range) = paragraphs.range(number) else { continue };
        let mut start = range.start;
        for line in text[range].split('\n') {
            debug_assert!(!is_blank_line(line));
            push_cut(&mut blocks, Block::plain(start..start + line.len(), number, BlockKind::Text), text);
            start += line.len() + 1;
        }
    }
    blocks
}

/// Adds `block`, in pieces when it is too long. The pieces follow on one another without a gap.
pub(super) fn push_cut(blocks: &mut Vec<Block>, mut block: Block, text: &str) {
    while block.visible_len() > MAX_BLOCK_BYTES {
        let at = cut(&block.visible(text));
        let rest = block.split_off(at);
        if rest.visible_len() == 0 {
            // One piece that is shown as something else fills the block: it stays whole.
            block.source.end = rest.source.end;
            break;
        }
        blocks.push(std::mem::replace(&mut block, rest));
    }
    blocks.push(block);
}

/// Where to cut a text that is too long: after a space, else between two grapheme clusters, else between two
/// characters. Never 0, never the end.
fn cut(text: &str) -> usize {
    let limit = text.floor_char_boundary(MAX_BLOCK_BYTES);
    let half = text.floor_char_boundary(MAX_BLOCK_BYTES / 2);
    let spaces = text[half..limit].rmatch_indices([' ', '\t']).map(|(at, _)| half + at + 1);
    let is_boundary =
        |at: &usize| GraphemeCursor::new(*at, text.len(), true).is_boundary(text, 0).unwrap_or(true);
    if let Some(at) = spaces.take(16).find(is_boundary) {
        return at;
    }
    if is_boundary(&limit) {
        return limit;
    }
    match GraphemeCursor::new(limit, text.len(), true).prev_boundary(text, 0) {
        Ok(Some(at)) if at >= half => at,
        _ => limit,
    }
}
