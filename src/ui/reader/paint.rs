//! Draws the pane: paper, what belongs to blocks, marks, words, caret.

use eframe::egui::{Id, LayerId, Order, Rect, Ui, Vec2, pos2};

use super::bands::{self, MarkLook};
use super::cache::{Placed, ReaderCache};
use super::ink::Ink;
use super::margin::{self, Words};
use super::{ReaderInput, ReaderOutput, layout, pointer, signs};
use crate::text::BlockKind;
use crate::ui::theme::size;

pub(super) fn paint(ui: &Ui, input: &ReaderInput<'_>, cache: &mut ReaderCache, out: &mut ReaderOutput) {
    let ctx = ui.ctx();
    let painter = ui.painter();
    let colors = &input.theme.colors;
    let geometry = cache.geometry;
    painter.rect_filled(geometry.pane, 0.0, colors.paper);

    let mut under = Ink::with_room(ctx.pixels_per_point(), cache.ink_room);
    let mut words: Words = Vec::new();
    for placed in &cache.placed {
        decoration(input, cache, placed, &mut under);
    }
    let drawn = bands::bands(input, cache, &mut under);
    out.selection_end_rect = bands::selection_end(input, cache);
    cache.letters = margin::margin(ctx, input, cache, &mut under, &mut words);
    for placed in &cache.placed {
        signs::paint(input, cache, placed, &mut under, &mut words);
    }
    cache.ink_room = under.room();
    painter.add(under.mesh);

    for placed in &cache.placed {
        let corner = pos2(geometry.text.left() + placed.layout.indent, placed.top);
        if let Some(marker) = &placed.layout.marker {
            let gap = input.text.font.size * 0.4;
            painter.galley(corner - Vec2::new(marker.size().x + gap, 0.0), marker.clone(), colors.text2);
        }
        painter.galley(corner, placed.layout.galley.clone(), colors.text);
    }
    for (corner, galley, color) in words {
        painter.galley(corner, galley, color);
    }

    let mut over = Ink::new(ctx.pixels_per_point());
    bands::handles(input, &drawn, &mut over);
    out.mark_rects = drawn.rects;
    caret(input, cache, &mut over);
    painter.add(over.mesh);
    sticky(ui, input, cache);
}

/// What belongs to a block besides its letters: rule, quote line, ground of code, bar of furniture.
fn decoration(input: &ReaderInput<'_>, cache: &ReaderCache, placed: &Placed, ink: &mut Ink) {
    let Some(block) = input.rendering.blocks().get(placed.block) else { return };
    let colors = &input.theme.colors;
    let text = cache.geometry.text;
    let rows = placed.top..=placed.bottom();
    // Blocks of one paragraph hang together; a gap within is bridged.
    let before = placed.block.checked_sub(1).and_then(|before| input.rendering.blocks().get(before));
    let joins = before.is_some_and(|before| before.kind == block.kind);
    let top = if joins { placed.top - cache.gap(input, placed.block) } else { placed.top };
    match block.kind {
        BlockKind::Rule => {
            let y = placed.top + placed.layout.height / 2.0;
            ink.rect(Rect::from_x_y_ranges(text.x_range(), y..=y + size::STROKE), colors.line);
        }
        BlockKind::Quote => {
            let x = text.left() + 2.0;
            ink.rect(Rect::from_x_y_ranges(x..=x + size::STROKE, top..=placed.bottom()), colors.line);
        }
        BlockKind::Code => {
            ink.rect(Rect::from_x_y_ranges(text.x_range(), rows), colors.panel);
        }
        BlockKind::TableRow => {
            let left = text.left() + placed.layout.indent;
            for bar in &placed.layout.bars {
                let y = placed.top + bar.top..=placed.top + bar.bottom;
                ink.rect(Rect::from_x_y_ranges(left + bar.x..=left + bar.x + size::STROKE, y), colors.line);
            }
            // Under the head a line that can be seen, between other rows a fine one.
            let is_head = !before.is_some_and(|before| joins && before.paragraph == block.paragraph);
            let color = if is_head { colors.control } else { colors.hair };
            let y = placed.bottom();
            ink.rect(Rect::from_x_y_ranges(text.x_range(), y - size::STROKE..=y), color);
        }
        _ => {}
    }
    for hold in layout::furniture_in(block, &input.document.info.furniture) {
        for row in &placed.layout.rows {
            if row.bytes.start < hold.end && hold.start < row.ink_end {
                let x = text.left() + placed.layout.indent - 7.0;
                let mut y = placed.top + row.top + 3.0;
                while y < placed.top + row.bottom - 2.0 {
                    ink.rect(Rect::from_min_size(pos2(x, y), Vec2::splat(2.0)), colors.control);
                    y += 5.0;
                }
            }
        }
    }
}

fn caret(input: &ReaderInput<'_>, cache: &ReaderCache, ink: &mut Ink) {
    let selection = pointer::live_selection(cache).or(input.selection);
    let Some(selection) = selection.filter(|selection| input.focused && selection.is_caret()) else { return };
    let Some(rect) = pointer::caret_rect(input, cache, selection.head, true) else { return };
    let line = Rect::from_x_y_ranges(
        rect.left() - 0.75..=rect.left() + 0.75,
        rect.shrink2(Vec2::new(0.0, 3.0)).y_range(),
    );
    let corners = [line.left_top(), line.right_top(), line.right_bottom(), line.left_bottom()];
    ink.convex(&corners, input.theme.colors.accent);
}

/// The letter of a sticky tag, at the pointer.
fn sticky(ui: &Ui, input: &ReaderInput<'_>, cache: &ReaderCache) {
    let Some(tag) = input.sticky else { return };
    let Some(pos) = ui.input(|i| i.pointer.latest_pos()) else { return };
    let body = Rect::from_min_max(cache.geometry.pane.min, cache.geometry.strip.left_bottom());
    if !body.contains(pos) || ui.ctx().layer_id_at(pos) != Some(ui.layer_id()) {
        return;
    }
    let look = MarkLook {
        colors: input.theme.tag(tag.color, tag.retired),
        pattern: tag.pattern,
        letter: tag.letter,
        unsure: false,
        chosen: true,
        dimmed: false,
    };
    let mut ink = Ink::new(ui.ctx().pixels_per_point());
    let mut words = Words::new();
    margin::letter_box(ui.ctx(), input, &look, pos + Vec2::new(18.0, 20.0), &mut ink, &mut words);
    let layer = LayerId::new(Order::Tooltip, Id::unique(("sticky tag", input.salt)));
    let painter = ui.ctx().layer_painter(layer);
    painter.add(ink.mesh);
    for (corner, galley, color) in words {
        painter.galley(corner, galley, color);
    }
}
