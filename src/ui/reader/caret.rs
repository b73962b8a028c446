//! Moves of the caret by rows of the layout. Moves by letters, words and sentences need no layout: they stand
//! in `text`.

use eframe::egui::Context;

use super::cache::{ReaderCache, WishedX};
use super::{ReaderInput, hit};
use crate::app::selection::Selection;

/// A move that depends on how the text is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CaretMove {
    /// Rows down; up when negative.
    Rows(isize),
    /// Pages down; up when negative.
    Pages(isize),
    /// To the start of the row.
    RowStart,
    /// To the end of the row.
    RowEnd,
}

/// The selection after a move: extended, or a caret. Moves by rows keep to the x where they began.
///
/// The pane has been drawn before; else nothing moves.
pub fn move_caret(
    ctx: &Context,
    cache: &mut ReaderCache,
    input: &ReaderInput<'_>,
    selection: Selection,
    movement: CaretMove,
    extend: bool,
) -> Selection {
    let blocks = input.rendering.blocks();
    let mut index = input.rendering.block_at(selection.head);
    let Some(mut block) = blocks.get(index) else { return selection };
    if cache.heights().is_none() {
        return selection;
    }
    let Some(mut layout) = cache.layout(ctx, input, index) else { return selection };
    let visible = block.to_visible(selection.head);
    let mut at = hit::row_of(&layout.rows, visible);
    let Some(row) = layout.rows.get(at) else { return selection };

    let rows = match movement {
        CaretMove::RowStart => return moved(selection, block.to_source_start(row.bytes.start), extend),
        CaretMove::RowEnd => return moved(selection, block.to_source_end(row.ink_end), extend),
        CaretMove::Rows(rows) => rows,
        CaretMove::Pages(pages) => {
            let seen = (cache.geometry.text.height() / input.text.row).floor() as isize;
            pages * (seen - 2).max(1)
        }
    };
    let x = match cache.wished {
        Some(wished) if wished.head == selection.head => wished.x,
        _ => layout.indent + row.x_of(visible),
    };
    for _ in 0..rows.unsigned_abs() {
        if rows > 0 && at + 1 < layout.rows.len() {
            at += 1;
        } else if rows < 0 && at > 0 {
            at -= 1;
        } else {
            // The next block with text in it.
            let mut next = index;
            let found = loop {
                let beyond = if rows > 0 { Some(next + 1) } else { next.checked_sub(1) };
                let Some(beyond) = beyond.filter(|&beyond| beyond < blocks.len()) else { break None };
                next = beyond;
                let Some(layout) = cache.layout(ctx, input, next) else { break None };
                if !layout.rows.is_empty() {
                    break Some(layout);
                }
            };
            let Some(found) = found else {
                let end = if rows > 0 { layout.rows[at].ink_end } else { layout.rows[at].bytes.start };
                return moved(selection, block.to_source_start(end), extend);
            };
            index = next;
            block = &blocks[index];
            layout = found;
            at = if rows > 0 { 0 } else { layout.rows.len() - 1 };
        }
    }
    let row = &layout.rows[at];
    let byte = row.nearest(x - layout.indent).min(row.ink_end.max(row.bytes.start));
    let head = block.to_source_start(byte);
    cache.wished = Some(WishedX { head, x });
    moved(selection, head, extend)
}

fn moved(selection: Selection, head: usize, extend: bool) -> Selection {
    selection.moved_to(head, extend)
}
