//! Left of the text: paragraph numbers, and a lane for each mark with its letter. Right of it the same for the marks of
//! colleagues.

use eframe::egui;
use eframe::egui::{Color32, Galley, Pos2, Rect, Vec2, pos2};
use std::sync::Arc;

use super::bands::{self, MarkLook};
use super::cache::{Placed, ReaderCache};
use super::ink::Ink;
use super::pointer::live_span;
use super::{ReaderInput, Theirs, hit};
use crate::app::marks::Mark;
use crate::model::AnnotationId;
use crate::ui::theme::{font, size};

/// What the margin says in words, painted over the mesh: galley, its corner, its color.
pub(super) type Words = Vec<(Pos2, Arc<Galley>, Color32)>;

/// Letters with their places, and the marks that they stand for.
pub(super) type Letters = Vec<(Rect, Vec<AnnotationId>)>;

/// A margin, with the marks whose lanes stand in it.
#[derive(Clone, Copy)]
enum Side<'a> {
    /// One's own.
    Left,
    /// Those of colleagues.
    Right(Theirs<'a>),
}

impl Side<'_> {
    /// How many lanes are shown.
    fn lanes(self) -> usize {
        match self {
            Self::Left => size::LANES,
            Self::Right(theirs) => theirs.lanes(),
        }
    }

    /// The middle of a lane, counted from the text outward.
    fn center(self, cache: &ReaderCache, lane: usize) -> f32 {
        let out = size::LANE_TO_TEXT + size::LANE * (lane as f32 + 0.5);
        match self {
            Self::Left => cache.geometry.text.left() - out,
            Self::Right(_) => cache.geometry.text.right() + out,
        }
    }

    /// The one lane that a mark can have, where several layers have a lane each.
    fn own_lane(self, id: AnnotationId) -> Option<usize> {
        match self {
            Self::Right(theirs) if theirs.layers > 1 => Some((theirs.layer_of)(id)),
            _ => None,
        }
    }

    /// The marks of a block, each with how it is drawn.
    fn marks<'a>(
        &'a self,
        input: &'a ReaderInput<'_>,
        block: usize,
    ) -> impl Iterator<Item = (&'a Mark, MarkLook)> {
        let marks = match self {
            Self::Left => input.marks.in_block(block),
            Self::Right(theirs) => theirs.marks.in_block(block),
        };
        marks.iter().filter_map(move |mark| {
            let look = match self {
                Self::Left => bands::look(input, mark),
                Self::Right(theirs) => bands::look_theirs(input, theirs, mark),
            };
            Some((mark, look?))
        })
    }
}

/// A mark's place in the margin of one block.
struct LaneMark {
    id: AnnotationId,
    look: MarkLook,
    lane: usize,
    rows: (usize, usize),
    /// It begins in an earlier block, or goes on in a later one.
    before: bool,
    after: bool,
}

/// Draws the margin of all blocks in view; returns its letters with their places.
pub(super) fn margin(
    ctx: &egui::Context,
    input: &ReaderInput<'_>,
    cache: &ReaderCache,
    ink: &mut Ink,
    words: &mut Words,
) -> Letters {
    let mut letters = Vec::new();
    for placed in &cache.placed {
        number(ctx, input, cache, placed, words);
        for side in [Some(Side::Left), input.theirs.map(Side::Right)].into_iter().flatten() {
            let marks = lanes(input, cache, placed, side);
            for mark in marks.iter().filter(|mark| mark.lane < side.lanes()) {
                lane_line(input, cache, placed, mark, side, ink);
            }
            for mark in marks.iter().filter(|mark| mark.lane < side.lanes() && !mark.before) {
                letters.push((letter(ctx, input, cache, placed, mark, side, ink, words), vec![mark.id]));
            }
            letters.extend(left_out(ctx, input, cache, placed, &marks, side, words));
        }
    }
    letters
}

/// Packs the marks of a block into lanes, by the rows they stand in: the first that is free. A mark over
/// several blocks keeps the lane that the index gave it, the same in all.
fn lanes(input: &ReaderInput<'_>, cache: &ReaderCache, placed: &Placed, side: Side<'_>) -> Vec<LaneMark> {
    let Some(block) = input.rendering.blocks().get(placed.block) else { return Vec::new() };
    let rows = &placed.layout.rows;
    if rows.is_empty() {
        return Vec::new();
    }
    let mut found: Vec<LaneMark> = Vec::new();
    for (mark, look) in side.marks(input, placed.block) {
        let span = live_span(cache, mark.id).unwrap_or(mark.span);
        let start = block.to_visible(span.start());
        // Never backward: a span may lie in hidden marks alone.
        let end = block.to_visible(span.end()).max(start + 1);
        let first = hit::row_of(rows, start);
        let last = rows.partition_point(|row| row.bytes.start < end).saturating_sub(1).max(first);
        let (before, after) = (span.start() < block.source.start, span.end() > block.source.end);
        let lane = match side.own_lane(mark.id) {
            Some(lane) => lane,
            None if before || after => usize::from(mark.lane),
            None => usize::MAX,
        };
        found.push(LaneMark { id: mark.id, look, lane, rows: (first, last), before, after });
    }
    let mut taken: Vec<u64> = vec![0; rows.len()];
    let bit = |lane: usize| 1_u64 << lane.min(63);
    for mark in found.iter_mut().filter(|mark| side.own_lane(mark.id).is_some()) {
        // What overlaps another mark of its layer has no place there: it is among the "+1".
        let rows = &mut taken[mark.rows.0..=mark.rows.1];
        if rows.iter().any(|row| row & bit(mark.lane) != 0) {
            mark.lane = side.lanes();
        } else {
            rows.iter_mut().for_each(|row| *row |= bit(mark.lane));
        }
    }
    if matches!(side, Side::Right(theirs) if theirs.layers > 1) {
        return found;
    }
    for mark in found.iter().filter(|mark| mark.lane != usize::MAX) {
        taken[mark.rows.0..=mark.rows.1].iter_mut().for_each(|row| *row |= bit(mark.lane));
    }
    for mark in found.iter_mut().filter(|mark| mark.lane == usize::MAX) {
        let rows = &mut taken[mark.rows.0..=mark.rows.1];
        let used = rows.iter().fold(0, |used, row| used | *row);
        mark.lane = used.trailing_ones() as usize;
        rows.iter_mut().for_each(|row| *row |= bit(mark.lane));
    }
    found
}

fn row_center(placed: &Placed, row: usize) -> f32 {
    let row = &placed.layout.rows[row];
    placed.top + (row.top + row.bottom) / 2.0
}

fn lane_line(
    input: &ReaderInput<'_>,
    cache: &ReaderCache,
    placed: &Placed,
    mark: &LaneMark,
    side: Side<'_>,
    ink: &mut Ink,
) {
    let half = size::LETTER_BOX_LANE / 2.0;
    let top = if mark.before {
        placed.top - cache.gap(input, placed.block) - 1.0
    } else {
        row_center(placed, mark.rows.0) + half + 3.0
    };
    let bottom = if mark.after { placed.bottom() } else { row_center(placed, mark.rows.1) + half - 1.0 };
    let view = cache.geometry.text;
    // Waves and dashes stay where they are when only a part is in view: whole periods are cut off.
    let cut = ((view.top() - 20.0 - top).max(0.0) / 63.0).floor() * 63.0;
    let (top, bottom) = (top + cut, bottom.min(view.bottom() + 20.0));
    let width = if mark.look.chosen { size::UNDERLINE_CHOSEN } else { size::UNDERLINE };
    let from = pos2(side.center(cache, mark.lane) - width / 2.0, top);
    ink.pattern(from, bottom - top, true, mark.look.pattern, width, mark.look.stroke(input));
}

#[expect(clippy::too_many_arguments, reason = "a letter needs its block, its mark and its margin")]
fn letter(
    ctx: &egui::Context,
    input: &ReaderInput<'_>,
    cache: &ReaderCache,
    placed: &Placed,
    mark: &LaneMark,
    side: Side<'_>,
    ink: &mut Ink,
    words: &mut Words,
) -> Rect {
    let center = pos2(side.center(cache, mark.lane), row_center(placed, mark.rows.0));
    letter_box(ctx, input, &mark.look, center, ink, words);
    let row = &placed.layout.rows[mark.rows.0];
    Rect::from_center_size(center, Vec2::new(size::LANE, row.bottom - row.top))
}

/// A tag's letter in its box: solid for the chosen one, hollow with "?" for an unsure one.
pub(super) fn letter_box(
    ctx: &egui::Context,
    input: &ReaderInput<'_>,
    look: &MarkLook,
    center: Pos2,
    ink: &mut Ink,
    words: &mut Words,
) {
    let colors = &input.theme.colors;
    let width = if look.unsure { size::LANE } else { size::LETTER_BOX_LANE };
    let rect = Rect::from_center_size(center, Vec2::new(width, size::LETTER_BOX_LANE + 1.0));
    let radius = f32::from(size::RADIUS_LETTER);
    let color = match (look.chosen, look.unsure, look.dimmed) {
        (_, _, true) => colors.text3,
        (true, false, _) => colors.paper,
        _ => look.colors.text,
    };
    match (look.chosen, look.unsure, look.dimmed) {
        (_, _, true) => {}
        (true, false, _) => ink.round_rect(rect, radius, look.colors.stroke),
        (false, false, _) => ink.round_rect(rect, radius, look.colors.fill),
        (chosen, true, _) => {
            ink.round_rect(rect, radius, if chosen { look.colors.lifted } else { colors.paper });
            ink.round_frame(rect, radius, size::CHOSEN_OUTLINE, look.colors.stroke);
        }
    }
    let mut role = font::letter();
    let mut text = String::from(look.letter);
    if look.unsure {
        text.push('?');
        role.font.size -= 1.5;
    }
    let galley = role.line(ctx, &text, color);
    words.push((center - galley.size() / 2.0, galley, color));
}

/// "+2" where marks begin whose lane is not shown. It opens a list of them.
fn left_out(
    ctx: &egui::Context,
    input: &ReaderInput<'_>,
    cache: &ReaderCache,
    placed: &Placed,
    marks: &[LaneMark],
    side: Side<'_>,
    words: &mut Words,
) -> Letters {
    let mut hidden: Vec<&LaneMark> =
        marks.iter().filter(|mark| mark.lane >= side.lanes() && !mark.before).collect();
    hidden.sort_by_key(|mark| mark.rows.0);
    let color = input.theme.colors.text2;
    let last = side.center(cache, side.lanes() - 1);
    let by_row = hidden.chunk_by(|a, b| a.rows.0 == b.rows.0);
    let signs = by_row.filter_map(|same| {
        let (first, count) = (same.first()?, same.len());
        let galley = font::letter().line(ctx, &format!("+{count}"), color);
        // The first row of a paragraph has its number there.
        let is_left = matches!(side, Side::Left);
        let down = if is_left && first.rows.0 == 0 { galley.size().y * 0.9 } else { 0.0 };
        let y = row_center(placed, first.rows.0) - galley.size().y / 2.0 + down;
        let left = match is_left {
            true => last - size::LANE / 2.0 - 1.0 - galley.size().x,
            false => last + size::LANE / 2.0 + 1.0,
        };
        let rect = Rect::from_min_size(pos2(left, y), galley.size());
        words.push((rect.min, galley, color));
        // All that begin there, those with a lane too.
        let begin = marks.iter().filter(|mark| mark.rows.0 == first.rows.0 && !mark.before);
        Some((rect.expand(2.0), begin.map(|mark| mark.id).collect()))
    });
    signs.collect()
}

/// The number of the paragraph that starts with this block.
fn number(
    ctx: &egui::Context,
    input: &ReaderInput<'_>,
    cache: &ReaderCache,
    placed: &Placed,
    words: &mut Words,
) {
    let blocks = input.rendering.blocks();
    let Some(block) = blocks.get(placed.block) else { return };
    let before = placed.block.checked_sub(1).and_then(|before| blocks.get(before));
    if before.is_some_and(|before| before.paragraph == block.paragraph) {
        return;
    }
    let color = input.theme.colors.text3;
    let galley = font::paragraph_number().line(ctx, &block.paragraph.to_string(), color);
    let lanes = size::LANE * size::LANES as f32 + size::LANE_TO_TEXT;
    let right = cache.geometry.text.left() - lanes;
    // On the baseline of the first row, as far as two faces can share one.
    let baseline = placed.layout.rows.first().map_or(input.text.row * 0.68, |row| row.baseline);
    let y = placed.top + baseline - galley.rows.first().map_or(0.0, first_baseline);
    // Clear of the lanes, as long as it has three digits at most.
    let left = (right - 4.0 - galley.size().x).max(right - size::PARAGRAPH_NUMBER + 2.0);
    words.push((pos2(left, y), galley, color));
}

fn first_baseline(row: &egui::epaint::text::PlacedRow) -> f32 {
    row.pos.y + row.row.glyphs.first().map_or(0.0, |glyph| glyph.pos.y)
}
