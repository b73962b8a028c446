//! Which blocks stand where. Everything is placed outward from the anchor, by true heights: a wrong estimate
//! further up or down never moves what is being read.

use eframe::egui::Context;

use super::cache::{Anchor, Placed, ReaderCache};
use super::hit;
use super::{Place, ReaderInput, ScrollTo, TOP_MARGIN};

/// Lays out what is in view and puts it in `cache.placed`, top to bottom.
pub(super) fn place(cache: &mut ReaderCache, ctx: &Context, input: &ReaderInput<'_>) {
    cache.placed.clear();
    let view = cache.geometry.text;
    let count = input.rendering.blocks().len();
    let start = input.rendering.block_at(cache.anchor.offset);
    let Some(layout) = cache.layout(ctx, input, start) else { return };
    let row_top = row_top(input, start, cache.anchor.offset, &layout.rows);
    let top = view.top() + cache.anchor.y - row_top;
    let mut placed = vec![Placed { block: start, top, layout }];

    fill_up(cache, ctx, input, &mut placed);
    // Not below the top margin.
    if let Some(first) = placed.last()
        && first.block == 0
        && first.top > view.top() + TOP_MARGIN
    {
        shift(cache, &mut placed, view.top() + TOP_MARGIN);
    }
    placed.reverse();
    fill_down(cache, ctx, input, &mut placed);
    // Not above the end: one row of paper stays under the last.
    if let Some(last) = placed.last()
        && last.block + 1 == count
        && last.bottom() < view.bottom() - input.text.row
    {
        let by = view.bottom() - input.text.row - last.bottom();
        for block in &mut placed {
            block.top += by;
        }
        cache.anchor.y += by;
        placed.reverse();
        fill_up(cache, ctx, input, &mut placed);
        if let Some(first) = placed.last()
            && first.block == 0
            && first.top > view.top() + TOP_MARGIN
        {
            shift(cache, &mut placed, view.top() + TOP_MARGIN);
        }
        placed.reverse();
    }
    placed.retain(|block| block.bottom() > view.top() && block.top < view.bottom());
    cache.placed = placed;
    cache.trim();
}

/// Adds blocks above; `placed` is bottom to top.
fn fill_up(cache: &mut ReaderCache, ctx: &Context, input: &ReaderInput<'_>, placed: &mut Vec<Placed>) {
    while let Some(first) = placed.last() {
        let edge = first.top - cache.gap(input, first.block);
        let Some(block) = first.block.checked_sub(1) else { return };
        if edge <= cache.geometry.text.top() {
            return;
        }
        let Some(layout) = cache.layout(ctx, input, block) else { return };
        placed.push(Placed { block, top: edge - layout.height, layout });
    }
}

/// Adds blocks below; `placed` is top to bottom.
fn fill_down(cache: &mut ReaderCache, ctx: &Context, input: &ReaderInput<'_>, placed: &mut Vec<Placed>) {
    while let Some(last) = placed.last() {
        let (block, bottom) = (last.block + 1, last.bottom());
        if bottom >= cache.geometry.text.bottom() {
            return;
        }
        let Some(layout) = cache.layout(ctx, input, block) else { return };
        placed.push(Placed { block, top: bottom + cache.gap(input, block), layout });
    }
}

/// Moves everything so that the uppermost block (the last in `placed`) stands at `top`.
fn shift(cache: &mut ReaderCache, placed: &mut [Placed], top: f32) {
    let by = placed.last().map_or(0.0, |first| top - first.top);
    for block in placed {
        block.top += by;
    }
    cache.anchor.y += by;
}

/// Hangs the place on the first row in view, after a scroll. Not done when only width or size changed, so
/// that going back and forth ends where it began.
pub(super) fn take_anchor(cache: &mut ReaderCache, input: &ReaderInput<'_>) {
    let top = cache.geometry.text.top();
    for placed in &cache.placed {
        let Some(block) = input.rendering.blocks().get(placed.block) else { continue };
        if placed.layout.rows.is_empty() && placed.top >= top - input.text.row / 2.0 {
            cache.anchor = Anchor { offset: block.source.start, y: placed.top - top };
            return;
        }
        let first = placed.layout.rows.iter().find(|row| placed.top + row.top >= top - input.text.row / 2.0);
        if let Some(row) = first {
            let offset = block.to_source_start(row.bytes.start);
            cache.anchor = Anchor { offset, y: placed.top + row.top - top };
            return;
        }
    }
}

/// Where the blocks on screen stand, to tell how far a scroll has gone.
#[derive(Clone, Copy)]
pub(super) struct Standing {
    /// The first and the last block on screen, and their tops below the top of the view.
    ends: [(usize, f32); 2],
    height: f64,
}

/// Where the blocks of the last frame stand.
pub(super) fn standing(cache: &ReaderCache, input: &ReaderInput<'_>) -> Option<Standing> {
    let top = cache.geometry.text.top();
    let end = |placed: &Placed| (placed.block, placed.top - top);
    let ends = [end(cache.placed.first()?), end(cache.placed.last()?)];
    Some(Standing { ends, height: height_at_top(cache, input) })
}

/// By how many points the text has gone up since: exactly where something is on screen that was so before, else by
/// the heights known so far.
pub(super) fn moved_since(cache: &ReaderCache, input: &ReaderInput<'_>, stood: Standing) -> f32 {
    let top = cache.geometry.text.top();
    let same = stood.ends.iter().find_map(|(block, before)| {
        let at = cache.placed.binary_search_by_key(block, |placed| placed.block).ok()?;
        Some(before - (cache.placed[at].top - top))
    });
    same.unwrap_or_else(|| (height_at_top(cache, input) - stood.height) as f32)
}

/// Scrolls by points, down the document.
pub(super) fn scroll_by(cache: &mut ReaderCache, points: f32) {
    cache.anchor.y -= points;
}

/// Sets the anchor for a jump. What is in view is that of the last frame.
pub(super) fn scroll_to(cache: &mut ReaderCache, ctx: &Context, input: &ReaderInput<'_>, to: ScrollTo) {
    let view = cache.geometry.text;
    let row = input.text.row;
    let centered = ((view.height() - row) * 0.4).max(0.0);
    let y = match to.place {
        Place::Top => TOP_MARGIN,
        Place::Center => centered,
        Place::At(y) => y as f32,
        Place::IfHidden => {
            place(cache, ctx, input);
            let block = input.rendering.block_at(to.offset);
            let at = y_of(cache, input, to.offset);
            // A little paper above and below, so that one sees on.
            let (room, highest) = (view.height() - 2.0 * row, row * 0.5);
            // The passage is shown to its end, as far as there is room for both.
            let long = match (at, y_of(cache, input, last_of(to))) {
                (Some(start), Some(end)) => end - start,
                _ => rows_between(cache, ctx, input, to),
            };
            let lowest = (room - long).max(highest);
            match at {
                Some(at) if at >= 0.0 && at + long + row <= view.height() => return,
                Some(at) if at >= 0.0 && at <= highest && long > room => return,
                Some(at) if at >= 0.0 && at + row <= view.height() => lowest.min(at),
                Some(at) if at < 0.0 && at > -4.0 * row => highest,
                Some(at) if at > lowest && at < view.height() + 3.0 * row => lowest,
                _ => {
                    let last = cache.placed.last().map(|placed| placed.block);
                    let first = cache.placed.first().map(|placed| placed.block);
                    if last.is_some_and(|last| last + 1 == block) {
                        lowest
                    } else if first.is_some_and(|first| first == block + 1) {
                        highest
                    } else {
                        centered
                    }
                }
            }
        }
    };
    cache.anchor = Anchor { offset: to.offset, y };
}

/// The last character of the passage that is to be shown.
fn last_of(to: ScrollTo) -> usize {
    to.end.saturating_sub(1).max(to.offset)
}

/// How far below the top of the view the row with this offset stands; `None` when its block is not in view.
fn y_of(cache: &ReaderCache, input: &ReaderInput<'_>, offset: usize) -> Option<f32> {
    let block = input.rendering.block_at(offset);
    let near = cache.placed.iter().find(|placed| placed.block == block)?;
    Some(near.top - cache.geometry.text.top() + row_top(input, block, offset, &near.layout.rows))
}

/// From the first row of a passage to its last; over several blocks the height of the view.
fn rows_between(cache: &mut ReaderCache, ctx: &Context, input: &ReaderInput<'_>, to: ScrollTo) -> f32 {
    let (block, last) = (input.rendering.block_at(to.offset), last_of(to));
    if input.rendering.block_at(last) != block {
        return cache.geometry.text.height();
    }
    let Some(layout) = cache.layout(ctx, input, block) else { return 0.0 };
    row_top(input, block, last, &layout.rows) - row_top(input, block, to.offset, &layout.rows)
}

/// Sets the anchor so that the whole document's height `y` stands at the top of the view.
pub(super) fn scroll_to_height(cache: &mut ReaderCache, input: &ReaderInput<'_>, y: f64) {
    let Some(heights) = cache.heights() else { return };
    let block = heights.block_at(y.max(0.0));
    let inside = (y - heights.before(block)) as f32;
    let Some(start) = input.rendering.blocks().get(block).map(|block| block.source.start) else { return };
    let gap = cache.gap(input, block);
    cache.anchor = Anchor { offset: start, y: TOP_MARGIN + gap - inside };
}

/// How far down the document the view's top is, by the heights known so far.
pub(super) fn height_at_top(cache: &ReaderCache, input: &ReaderInput<'_>) -> f64 {
    let (Some(first), Some(heights)) = (cache.placed.first(), cache.heights()) else { return 0.0 };
    let gap = cache.gap(input, first.block);
    heights.before(first.block) + f64::from(gap + cache.geometry.text.top() + TOP_MARGIN - first.top)
}

/// The top of the row that holds a source offset, from the top of its block.
pub(super) fn row_top(input: &ReaderInput<'_>, block: usize, offset: usize, rows: &[hit::Row]) -> f32 {
    let visible = input.rendering.blocks().get(block).map_or(0, |block| block.to_visible(offset));
    rows.get(hit::row_of(rows, visible)).map_or(0.0, |row| row.top)
}
