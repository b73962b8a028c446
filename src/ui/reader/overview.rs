//! Right of the text: the strip with a tick for each mark, a frame around what is in view, and the thumb.

use eframe::egui;
use eframe::egui::epaint::Mesh;
use eframe::egui::{CursorIcon, Rect, Sense, Ui, pos2};
use std::sync::Arc;

use super::cache::ReaderCache;
use super::ink::Ink;
use super::{ReaderInput, TOP_MARGIN, place};
use crate::app::marks::BlockCounts;
use crate::model::TagId;
use crate::ui::theme::size;

/// Height of a hit's tick, and width of its ends.
const HIT_TICK: f32 = 2.0;

/// The ticks as drawn, kept until something changes that can be seen.
pub(super) struct Ticks {
    mesh: Arc<Mesh>,
    key: Key,
}

#[derive(Clone, Debug, PartialEq)]
struct Key {
    revision: u64,
    hits: (u64, Option<crate::model::Span>),
    strip: Rect,
    dark: bool,
    /// In steps of half a pixel of the strip: an estimate that becomes known seldom moves a tick.
    total: u64,
    scheme: Vec<(TagId, crate::model::TagColor, bool)>,
    pixels_per_point: f32,
}

/// Takes clicks and drags on strip and thumb. True when they scroll.
pub(super) fn scroll(ui: &Ui, input: &ReaderInput<'_>, cache: &mut ReaderCache) -> bool {
    let geometry = cache.geometry;
    let total = total(cache);
    let view = f64::from(geometry.text.height());
    let strip = ui.interact(geometry.strip, super::id(input, "strip"), Sense::CLICK | Sense::DRAG);
    let track = geometry.thumb_track.expand2(egui::vec2(size::PANE_EDGE, 0.0));
    let track = ui.interact(track, super::id(input, "thumb"), Sense::CLICK | Sense::DRAG);
    if strip.hovered() {
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
    }
    let down = |response: &egui::Response| {
        (response.is_pointer_button_down_on() || response.clicked())
            .then(|| response.interact_pointer_pos())
            .flatten()
    };
    let fraction = |y: f32| f64::from((y - geometry.pane.top()) / geometry.pane.height());
    if let Some(pos) = down(&strip) {
        place::scroll_to_height(cache, input, fraction(pos.y).clamp(0.0, 1.0) * total - view / 2.0);
        return true;
    }
    let Some(pos) = down(&track) else {
        cache.thumb_grab = None;
        return false;
    };
    let thumb = thumb(input, cache);
    // A press beside the thumb brings its middle there.
    let grab = *cache.thumb_grab.get_or_insert(if thumb.y_range().contains(pos.y) {
        pos.y - thumb.top()
    } else {
        thumb.height() / 2.0
    });
    place::scroll_to_height(cache, input, fraction(pos.y - grab) * total);
    true
}

pub(super) fn overview_ui(ui: &Ui, input: &ReaderInput<'_>, cache: &mut ReaderCache) {
    let painter = ui.painter();
    let colors = &input.theme.colors;
    let strip = cache.geometry.strip;
    painter.rect_filled(strip, 0.0, colors.panel);
    painter.add(egui::Shape::Mesh(ticks(ui, input, cache)));
    let thumb = thumb(input, cache);
    let view = f64::from(cache.geometry.text.height());
    if total(cache) > view {
        let frame = Rect::from_x_y_ranges(strip.x_range(), thumb.y_range()).shrink(0.5);
        let stroke = egui::Stroke::new(size::STROKE, colors.control);
        painter.rect_stroke(frame, f32::from(size::RADIUS_LETTER), stroke, egui::StrokeKind::Inside);
        let inner = thumb.shrink2(egui::vec2(0.5, 0.0));
        painter.rect_filled(inner, size::SCROLL_THUMB / 2.0, colors.control);
    }
}

/// The height of the whole document with the paper above and below.
fn total(cache: &ReaderCache) -> f64 {
    cache.heights().map_or(0.0, super::heights::Heights::total) + f64::from(2.0 * TOP_MARGIN)
}

fn thumb(input: &ReaderInput<'_>, cache: &ReaderCache) -> Rect {
    let (pane, track) = (cache.geometry.pane, cache.geometry.thumb_track);
    let total = total(cache).max(1.0);
    let share = |points: f64| (points / total * f64::from(pane.height())) as f32;
    let top = pane.top() + share(place::height_at_top(cache, input).max(0.0));
    let height = share(f64::from(pane.height())).clamp(size::HIT, pane.height());
    let top = top.min(pane.bottom() - height).max(pane.top());
    Rect::from_x_y_ranges(track.x_range(), top..=top + height)
}

fn ticks(ui: &Ui, input: &ReaderInput<'_>, cache: &mut ReaderCache) -> Arc<Mesh> {
    let strip = cache.geometry.strip;
    let total = total(cache).max(1.0);
    let key = Key {
        revision: input.marks.revision,
        hits: (input.hits_number, input.current_hit),
        strip,
        dark: input.theme.dark,
        total: (total.ln() * 2.0 * f64::from(strip.height())).round() as u64,
        scheme: input.scheme.tags.iter().map(|tag| (tag.id.clone(), tag.color, tag.retired)).collect(),
        pixels_per_point: ui.ctx().pixels_per_point(),
    };
    if let Some(kept) = cache.ticks.as_ref().filter(|kept| kept.key == key) {
        return Arc::clone(&kept.mesh);
    }
    let mesh = Arc::new(draw_ticks(input, cache, total, key.pixels_per_point));
    cache.ticks = Some(Ticks { mesh: Arc::clone(&mesh), key });
    mesh
}

/// One tick a mark, in the column of its tag. What falls on the same pixels is drawn once.
fn draw_ticks(input: &ReaderInput<'_>, cache: &ReaderCache, total: f64, pixels_per_point: f32) -> Mesh {
    let mut ink = Ink::new(pixels_per_point);
    let strip = cache.geometry.strip;
    let Some(heights) = cache.heights() else { return ink.mesh };
    let blocks = input.rendering.blocks();
    let y_in = |index: usize, before: f64, offset: usize| {
        let inside = blocks.get(index).map_or(0.0, |block| {
            let part = offset.saturating_sub(block.source.start) as f32 / block.source.len().max(1) as f32;
            f64::from(part.min(1.0) * heights.height(index))
        });
        strip.top() + ((before + inside + f64::from(TOP_MARGIN)) / total) as f32 * strip.height()
    };
    // The marks' own copies of the ids, which are compared without a look at their text.
    let columns: Vec<(&TagId, &BlockCounts, usize, egui::Color32)> = (input.marks.tags())
        .filter_map(|(id, counts)| {
            let at = input.scheme.tags.iter().position(|tag| tag.id == *id)?;
            let tag = &input.scheme.tags[at];
            Some((id, counts, at % 3, input.theme.tag(tag.color, tag.retired).stroke))
        })
        .collect();
    let gap = (strip.width() - 3.0 * size::OVERVIEW_COLUMN) / 4.0;
    let height_at = |y: f32| f64::from((y - strip.top()) / strip.height()) * total - f64::from(TOP_MARGIN);
    let pixel = 1.0 / pixels_per_point;
    hit_ticks(input, heights, &y_in, &mut ink, strip);
    // The lowest point drawn so far, by tag.
    let mut drawn = vec![f32::NEG_INFINITY; columns.len()];
    let mut tick = |of: usize, top: f32, bottom: f32| {
        let top = ink.snap(top);
        let bottom = ink.snap(bottom).max(top + 3.0);
        if bottom > drawn[of] {
            drawn[of] = bottom;
            let (_, _, column, color) = columns[of];
            let left = strip.left() + gap + column as f32 * (size::OVERVIEW_COLUMN + gap);
            ink.rect(Rect::from_min_max(pos2(left, top), pos2(left + size::OVERVIEW_COLUMN, bottom)), color);
        }
    };
    let mut y = strip.top();
    while y < strip.bottom() {
        let first = heights.block_at(height_at(y).max(0.0));
        let after = heights.block_at(height_at(y + pixel).max(0.0));
        if first < after {
            // Several blocks on one pixel: one tick says that there is a mark in them.
            for (of, (_, counts, ..)) in columns.iter().enumerate() {
                if counts.any(first..after) {
                    tick(of, y, y + pixel);
                }
            }
            y += pixel;
            continue;
        }
        // A block higher than a pixel: each mark where it stands. A mark over several blocks comes once in each.
        let before = heights.before(first);
        let end = blocks.get(first).map_or(0, |block| block.source.end);
        for mark in input.marks.in_block(first) {
            let Some(of) = columns.iter().position(|(id, ..)| **id == mark.tag) else { continue };
            tick(of, y_in(first, before, mark.span.start()), y_in(first, before, mark.span.end().min(end)));
        }
        let below = before + f64::from(heights.height(first)) + f64::from(TOP_MARGIN);
        y = (strip.top() + (below / total) as f32 * strip.height()).max(y + pixel);
    }
    ink.mesh
}

/// One tick a hit over the whole width of the strip, under those of marks: its fill, with its box as dark ends. The
/// current one is dark.
fn hit_ticks(
    input: &ReaderInput<'_>,
    heights: &super::heights::Heights,
    y_in: &dyn Fn(usize, f64, usize) -> f32,
    ink: &mut Ink,
    strip: Rect,
) {
    let colors = &input.theme.colors;
    let mut hits = input.hits.iter().peekable();
    let (mut before, mut drawn) = (0.0, f32::NEG_INFINITY);
    for (index, block) in input.rendering.blocks().iter().enumerate() {
        while let Some(hit) = hits.next_if(|hit| hit.start() < block.source.end) {
            let top = ink.snap(y_in(index, before, hit.start()));
            let is_current = input.current_hit == Some(*hit);
            if top < drawn && !is_current {
                continue;
            }
            let bottom = top + HIT_TICK;
            drawn = bottom;
            let part = |left: f32, right: f32| Rect::from_min_max(pos2(left, top), pos2(right, bottom));
            let whole = part(strip.left(), strip.right());
            if is_current {
                ink.rect(whole.expand2(egui::vec2(0.0, 1.0)), colors.search_box);
                continue;
            }
            ink.rect(whole, colors.search_hit);
            ink.rect(part(strip.left(), strip.left() + HIT_TICK), colors.search_box);
            ink.rect(part(strip.right() - HIT_TICK, strip.right()), colors.search_box);
        }
        if hits.peek().is_none() {
            break;
        }
        before += f64::from(heights.height(index));
    }
}
