//! Signs for characters that cannot be seen. They are painted into room that the layout leaves after the
//! character, whose own glyph has no ink: the text of the galley is that of the rendering, so that no offset
//! moves and nothing of a sign is ever copied.

use std::sync::Arc;

use eframe::egui::{Color32, Context, Galley, Pos2, Rect, pos2, vec2};

use super::ReaderInput;
use super::cache::{Placed, ReaderCache};
use super::ink::Ink;
use super::margin::Words;
use crate::text::hidden::{Hidden, hidden_in};
use crate::ui::theme::font::{self, Role};
use crate::ui::theme::size;

/// Between the letters of a sign and its frame, and between the frame and the text.
const PAD: f32 = 2.0;

/// A character that cannot be seen, and what is drawn for it.
#[derive(Debug)]
pub(super) struct Sign {
    /// The character, by its byte in the block's visible text.
    pub hidden: Hidden,
    /// Room that its sign needs after it; a tab has its own.
    pub room: f32,
    /// Its letters; a tab has an arrow.
    label: Option<Arc<Galley>>,
}

/// The signs of a block's visible text, in order.
pub(super) fn of(ctx: &Context, role: &Role, visible: &str) -> Vec<Sign> {
    let sign = |hidden: Hidden| {
        let label = hidden
            .is_control()
            .then(|| font::document_sign(role).line(ctx, &hidden.label(), Color32::PLACEHOLDER));
        let room = label.as_ref().map_or(0.0, |label| (label.size().x + 4.0 * PAD).ceil());
        Sign { hidden, room, label }
    };
    hidden_in(visible).map(sign).collect()
}

/// Room for the widest of them.
pub(super) fn widest(signs: &[Sign]) -> f32 {
    signs.iter().map(|sign| sign.room).fold(0.0, f32::max)
}

/// Where the signs of a block stand on the screen.
fn places<'p>(cache: &ReaderCache, placed: &'p Placed) -> impl Iterator<Item = (&'p Sign, Rect, f32)> {
    let corner = pos2(cache.geometry.text.left() + placed.layout.indent, placed.top);
    let in_rows = placed.layout.rows.iter().flat_map(|row| row.signs.iter().map(move |sign| (row, sign)));
    placed.layout.signs.iter().zip(in_rows).map(move |(sign, (row, (_, x)))| {
        let y = corner.y + row.top..=corner.y + row.bottom;
        let rect = Rect::from_x_y_ranges(corner.x + x.start..=corner.x + x.end, y);
        (sign, rect, corner.y + row.baseline)
    })
}

/// Draws the signs of a block.
pub(super) fn paint(
    input: &ReaderInput<'_>,
    cache: &ReaderCache,
    placed: &Placed,
    ink: &mut Ink,
    words: &mut Words,
) {
    let colors = &input.theme.colors;
    let points = input.text.font.size;
    for (sign, rect, baseline) in places(cache, placed) {
        let Some(label) = &sign.label else {
            arrow(rect, baseline - points * 0.3, ink, colors.control);
            continue;
        };
        let height = label.size().y.min(points);
        let frame = Rect::from_min_size(
            pos2(rect.center().x - label.size().x / 2.0 - PAD, baseline - points * 0.33 - height / 2.0),
            vec2(label.size().x + 2.0 * PAD, height),
        );
        ink.round_frame(frame, f32::from(size::RADIUS_FILL), size::STROKE, colors.control);
        words.push((frame.center() - label.size() / 2.0, Arc::clone(label), colors.text2));
    }
}

/// The arrow of a tab.
fn arrow(rect: Rect, y: f32, ink: &mut Ink, color: Color32) {
    let (left, right) = (rect.left() + 3.0, rect.right() - 3.0);
    if right - left < 4.0 {
        return;
    }
    ink.polyline(&[pos2(left, y), pos2(right, y)], size::STROKE, color);
    ink.polyline(
        &[pos2(right - 3.0, y - 2.5), pos2(right, y), pos2(right - 3.0, y + 2.5)],
        size::STROKE,
        color,
    );
}

/// The hidden character whose sign is under a point, its source offset and the place of its sign.
pub(super) fn under(
    input: &ReaderInput<'_>,
    cache: &ReaderCache,
    pos: Pos2,
) -> Option<(Hidden, usize, Rect)> {
    let placed = cache.placed.iter().find(|placed| placed.top <= pos.y && pos.y < placed.bottom())?;
    let block = input.rendering.blocks().get(placed.block)?;
    let (sign, rect, _) = places(cache, placed).find(|(_, rect, _)| rect.contains(pos))?;
    Some((sign.hidden, block.to_source_start(sign.hidden.at), rect))
}

/// What a screen reader is told of them: "hidden: right-to-left override, U+202E; soft hyphen, U+00AD".
pub(super) fn names(signs: &[Sign]) -> String {
    let names = signs.iter().map(|sign| sign.hidden).filter(|hidden| hidden.is_control());
    let names: Vec<String> = names.take(8).map(Hidden::name).collect();
    if names.is_empty() { String::new() } else { format!("hidden: {}", names.join("; ")) }
}
