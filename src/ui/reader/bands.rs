//! Marks in the text: bands, underlines, outlines; the selection; search hits. All of it goes into one mesh
//! under the galleys.

use std::cmp::Reverse;
use std::ops::Range;

use eframe::egui;
use eframe::egui::{Color32, Pos2, Rect, Vec2, pos2};

use super::cache::{Placed, ReaderCache};
use super::ink::Ink;
use super::pointer::{live_selection, live_span};
use super::{MarkRect, ReaderInput, Theirs};
use crate::app::marks::Mark;
use crate::model::{AnnotationId, Pattern, Span};
use crate::text::Block;
use crate::ui::theme::{TagColors, size};

/// How far a band stands out beside its letters.
const BAND_BESIDE: f32 = 1.0;
/// Stripes of what is unsure: width, and from one to the next.
const HATCH: (f32, f32) = (1.5, 5.0);

/// One row of one mark.
struct Band {
    id: AnnotationId,
    level: usize,
    look: MarkLook,
    left: f32,
    right: f32,
    baseline: f32,
    /// The mark starts, or ends, in this row.
    opens: bool,
    closes: bool,
}

/// How a mark is drawn.
#[derive(Clone, Copy)]
pub(super) struct MarkLook {
    pub colors: TagColors,
    pub pattern: Pattern,
    pub letter: char,
    pub unsure: bool,
    pub chosen: bool,
    pub dimmed: bool,
}

/// How a mark is drawn; `None` when its tag is not in the scheme.
pub(super) fn look(input: &ReaderInput<'_>, mark: &Mark) -> Option<MarkLook> {
    let tag = input.scheme.tag(&mark.tag)?;
    Some(MarkLook {
        colors: input.theme.tag(tag.color, tag.retired),
        pattern: tag.pattern,
        letter: tag.letter,
        unsure: mark.unsure,
        chosen: input.chosen == Some(mark.id),
        dimmed: input.dimmed.is_some_and(|dimmed| dimmed(mark)),
    })
}

impl MarkLook {
    /// The color of its lines.
    pub fn stroke(&self, input: &ReaderInput<'_>) -> Color32 {
        if self.dimmed { input.theme.colors.line } else { self.colors.stroke }
    }
}

/// How a colleague's mark is drawn; `None` when no scheme has its tag.
pub(super) fn look_theirs(input: &ReaderInput<'_>, theirs: &Theirs<'_>, mark: &Mark) -> Option<MarkLook> {
    let tag = input.scheme.tag(&mark.tag).or_else(|| theirs.scheme.tag(&mark.tag))?;
    Some(MarkLook {
        colors: input.theme.tag(tag.color, tag.retired),
        pattern: tag.pattern,
        letter: tag.letter,
        unsure: mark.unsure,
        chosen: theirs.chosen.contains(&mark.id),
        dimmed: false,
    })
}

/// Where the marks in view stand.
pub(super) struct Drawn {
    pub rects: Vec<MarkRect>,
    /// The rows of the chosen mark.
    chosen: Vec<Band>,
}

/// Draws all bands in view.
pub(super) fn bands(input: &ReaderInput<'_>, cache: &ReaderCache, ink: &mut Ink) -> Drawn {
    let mut bands = collect(input, cache);
    let mut rects: Vec<MarkRect> = Vec::new();
    for band in &bands {
        let rect = band.rect(input.text.font.size);
        match rects.iter_mut().rev().take(64).find(|known| known.id == band.id) {
            Some(known) => known.last = rect,
            None => rects.push(MarkRect { id: band.id, first: rect, last: rect }),
        }
    }
    // The outermost first, so that inner bands lie on top.
    bands.sort_by_key(|band| Reverse(band.level));
    let points = input.text.font.size;
    for band in &bands {
        fill(input, band, points, ink);
    }
    lit(input, cache, ink);
    selection(input, cache, ink);
    hits(input, cache, ink);
    for band in &bands {
        line(input, band, ink);
    }
    if let Some(theirs) = &input.theirs {
        lines_above(input, theirs, cache, ink);
    }
    for band in bands.iter().filter(|band| band.look.chosen) {
        outline(band, points, ink);
    }
    Drawn { rects, chosen: bands.into_iter().filter(|band| band.look.chosen).collect() }
}

impl Band {
    fn steps(&self) -> f32 {
        self.level.min(size::BAND_LEVELS - 1) as f32
    }

    fn rect(&self, points: f32) -> Rect {
        let top = self.baseline - points * size::BAND_ABOVE - size::BAND_STEP_ABOVE * self.steps();
        let bottom = self.baseline + size::BAND_BELOW + size::BAND_STEP_BELOW * self.steps();
        Rect::from_min_max(pos2(self.left - BAND_BESIDE, top), pos2(self.right + BAND_BESIDE, bottom))
    }

    /// True when lanes alone tell of it.
    fn is_hidden(&self) -> bool {
        self.level >= size::BAND_LEVELS && !self.look.chosen
    }
}

/// The marks of colleagues: a line above the words, boxed with dots where nothing of one's own answers, nothing where
/// one's own stands just so.
fn lines_above(input: &ReaderInput<'_>, theirs: &Theirs<'_>, cache: &ReaderCache, ink: &mut Ink) {
    let points = input.text.font.size;
    for placed in &cache.placed {
        let Some(block) = input.rendering.blocks().get(placed.block) else { continue };
        let mut bands = Vec::new();
        for mark in theirs.marks.in_block(placed.block) {
            let Some(look) = look_theirs(input, theirs, mark) else { continue };
            if (theirs.agrees)(mark.id) && !look.chosen {
                continue;
            }
            for (row, left, right) in pieces(cache, placed, block, mark.span) {
                bands.push(Band {
                    id: mark.id,
                    level: usize::from(mark.level),
                    look,
                    left,
                    right,
                    baseline: placed.top + placed.layout.rows[row].baseline,
                    opens: opens(placed, block, row, mark.span),
                    closes: closes(placed, block, row, mark.span),
                });
            }
        }
        lower(&mut bands);
        for band in bands.iter().filter(|band| !band.is_hidden()) {
            let width = if band.look.chosen { size::UNDERLINE_CHOSEN } else { size::UNDERLINE };
            let y =
                band.baseline - points * size::BAND_ABOVE - size::OVERLINE_STEP * band.steps() - width / 2.0;
            let from = pos2(band.left - BAND_BESIDE, y);
            let length = band.right - band.left + 2.0 * BAND_BESIDE;
            ink.pattern(from, length, false, band.look.pattern, width, band.look.stroke(input));
            if (theirs.alone)(band.id) {
                dotted_box(band, points, ink);
            }
        }
    }
}

/// The edge of what only a colleague has marked, open where it runs on to another row.
fn dotted_box(band: &Band, points: f32, ink: &mut Ink) {
    let rect = band.rect(points);
    let color = band.look.colors.stroke;
    let mut side = |from: Pos2, length: f32, down: bool| {
        ink.pattern(from, length, down, Pattern::Dotted, 1.0, color);
    };
    side(rect.left_bottom(), rect.width(), false);
    if band.opens {
        side(rect.left_top(), rect.height(), true);
    }
    if band.closes {
        side(rect.right_top(), rect.height(), true);
    }
}

/// The rows in view of all marks.
fn collect(input: &ReaderInput<'_>, cache: &ReaderCache) -> Vec<Band> {
    let mut bands = Vec::new();
    for placed in &cache.placed {
        let Some(block) = input.rendering.blocks().get(placed.block) else { continue };
        let moved = input.chosen.and_then(|id| Some((id, live_span(cache, id)?)));
        let first = bands.len();
        for mark in input.marks.in_block(placed.block) {
            let Some(look) = look(input, mark) else { continue };
            let span = moved.filter(|(id, _)| *id == mark.id).map_or(mark.span, |(_, span)| span);
            for (row, left, right) in pieces(cache, placed, block, span) {
                bands.push(Band {
                    id: mark.id,
                    level: usize::from(mark.level),
                    look,
                    left,
                    right,
                    baseline: placed.top + placed.layout.rows[row].baseline,
                    opens: opens(placed, block, row, span),
                    closes: closes(placed, block, row, span),
                });
            }
        }
        lower(&mut bands[first..]);
    }
    bands
}

/// Lets each band of a row sink as far as those under it there leave room: the outer marks of a deep nest are seen
/// where the inner ones have ended. No two that overlap come to have the same level, and none passes another.
fn lower(bands: &mut [Band]) {
    let mut order: Vec<usize> = (0..bands.len()).collect();
    order.sort_by(|a, b| {
        let (a, b) = (&bands[*a], &bands[*b]);
        a.baseline.total_cmp(&b.baseline).then(a.level.cmp(&b.level))
    });
    // By level that can be told apart: how far the bands of this row reach that have it.
    let mut taken: [Vec<(f32, f32)>; size::BAND_LEVELS] = Default::default();
    let mut row = f32::NEG_INFINITY;
    for index in order {
        let band = &mut bands[index];
        if band.baseline != row {
            row = band.baseline;
            taken.iter_mut().for_each(Vec::clear);
        }
        let over = |reaches: &Vec<(f32, f32)>| {
            reaches.iter().any(|(left, right)| *left < band.right && band.left < *right)
        };
        band.level = taken.iter().rposition(over).map_or(0, |level| level + 1);
        if let Some(reaches) = taken.get_mut(band.level) {
            reaches.push((band.left, band.right));
        }
    }
}

fn opens(placed: &Placed, block: &Block, row: usize, span: Span) -> bool {
    let bytes = &placed.layout.rows[row].bytes;
    span.start() >= block.source.start && block.to_visible(span.start()) >= bytes.start
}

fn closes(placed: &Placed, block: &Block, row: usize, span: Span) -> bool {
    span.end() <= block.source.end && block.to_visible(span.end()) <= placed.layout.rows[row].bytes.end
}

pub(super) fn row_range(placed: &Placed, row: usize) -> egui::Rangef {
    let row = &placed.layout.rows[row];
    egui::Rangef::new(placed.top + row.top, placed.top + row.bottom)
}

/// The rows in view that a span reaches in a block, with its left and right edge there.
pub(super) fn pieces<'a>(
    cache: &ReaderCache,
    placed: &'a Placed,
    block: &Block,
    span: Span,
) -> impl Iterator<Item = (usize, f32, f32)> + use<'a> {
    let bytes: Range<usize> = block.to_visible(span.start())..block.to_visible(span.end());
    let view = cache.geometry.text;
    let left = view.left() + placed.layout.indent;
    let rows = &placed.layout.rows;
    let first = rows.partition_point(|row| row.bytes.end <= bytes.start && row.bytes.end < bytes.end);
    rows.iter()
        .enumerate()
        .skip(first)
        .take_while({
            let end = bytes.end;
            move |(_, row)| row.bytes.start < end
        })
        .filter(move |(_, row)| {
            placed.top + row.bottom + 12.0 > view.top() && placed.top + row.top - 6.0 < view.bottom()
        })
        .filter_map(move |(index, row)| {
            let (from, to) = row.reach(&bytes)?;
            Some((index, left + from, left + to))
        })
}

fn fill(input: &ReaderInput<'_>, band: &Band, points: f32, ink: &mut Ink) {
    if band.is_hidden() || band.look.dimmed {
        return;
    }
    let (rect, colors) = (band.rect(points), band.look.colors);
    let radius = f32::from(size::RADIUS_FILL);
    match (band.look.unsure, band.look.chosen) {
        (false, false) => ink.round_rect(rect, radius, colors.fill),
        (false, true) => ink.round_rect(rect, radius, colors.lifted),
        (true, chosen) => {
            let ground = if chosen { colors.fill } else { input.theme.colors.paper };
            ink.round_rect(rect, radius, ground);
            ink.hatch(rect, HATCH.0, HATCH.1, colors.lifted);
        }
    }
}

fn line(input: &ReaderInput<'_>, band: &Band, ink: &mut Ink) {
    if band.is_hidden() {
        return;
    }
    let width = if band.look.chosen { size::UNDERLINE_CHOSEN } else { size::UNDERLINE };
    let y = band.baseline + size::UNDERLINE_OFFSET + size::UNDERLINE_STEP * band.steps() - width / 2.0;
    let from = pos2(band.left - BAND_BESIDE, y);
    let length = band.right - band.left + 2.0 * BAND_BESIDE;
    ink.pattern(from, length, false, band.look.pattern, width, band.look.stroke(input));
}

/// The edge of the chosen passage, open where it runs on to another row.
fn outline(band: &Band, points: f32, ink: &mut Ink) {
    let rect = band.rect(points);
    let (width, color) = (size::CHOSEN_OUTLINE, band.look.colors.stroke);
    let length = rect.width();
    ink.pattern(rect.left_top(), length, false, Pattern::Solid, width, color);
    ink.pattern(rect.left_bottom(), length, false, Pattern::Solid, width, color);
    if band.opens {
        ink.pattern(rect.left_top(), rect.height(), true, Pattern::Solid, width, color);
    }
    if band.closes {
        let from = rect.right_top() - Vec2::new(width, 0.0);
        ink.pattern(from, rect.height(), true, Pattern::Solid, width, color);
    }
}

/// The two handles of the chosen passage, as far as they are in view. They lie over the text.
pub(super) fn handles(input: &ReaderInput<'_>, drawn: &Drawn, ink: &mut Ink) {
    let points = input.text.font.size;
    let paper = input.theme.colors.paper;
    for band in &drawn.chosen {
        let rect = band.rect(points);
        let color = band.look.colors.stroke;
        let mut handle = |x: f32, ring: f32| {
            let bar = Rect::from_x_y_ranges(x - 1.0..=x + 1.0, rect.y_range());
            ink.rect(bar, color);
            ink.ring(Pos2::new(x, ring), size::HANDLE_RADIUS, 1.6, color, paper);
        };
        if band.opens {
            handle(rect.left(), rect.top() - 2.0);
        }
        if band.closes {
            handle(rect.right(), rect.bottom() + 2.0);
        }
    }
}

/// Places that are lit: the fill of a selection, a rule at the left of each row, no bars at the ends.
fn lit(input: &ReaderInput<'_>, cache: &ReaderCache, ink: &mut Ink) {
    let colors = &input.theme.colors;
    for &span in input.lit {
        for placed in &cache.placed {
            let Some(block) = input.rendering.blocks().get(placed.block) else { continue };
            if block.source.end <= span.start() || span.end() <= block.source.start {
                continue;
            }
            for (row, left, right) in pieces(cache, placed, block, span) {
                let rows = row_range(placed, row);
                let rect = Rect::from_x_y_ranges(left - 2.0..=right + 2.0, rows.shrink(1.0));
                ink.round_rect(rect, f32::from(size::RADIUS_LETTER), colors.selection);
            }
        }
    }
}

fn selection(input: &ReaderInput<'_>, cache: &ReaderCache, ink: &mut Ink) {
    let Some(span) = selected(input, cache) else { return };
    let colors = &input.theme.colors;
    for placed in &cache.placed {
        let Some(block) = input.rendering.blocks().get(placed.block) else { continue };
        for (row, left, right) in pieces(cache, placed, block, span) {
            let rows = row_range(placed, row);
            ink.rect(Rect::from_x_y_ranges(left..=right, rows), colors.selection);
            let mut bar = |x: f32| {
                let half = size::SELECTION_BAR / 2.0;
                ink.convex(
                    &[
                        pos2(x - half, rows.min),
                        pos2(x + half, rows.min),
                        pos2(x + half, rows.max),
                        pos2(x - half, rows.max),
                    ],
                    colors.accent,
                );
            };
            if opens(placed, block, row, span) {
                bar(left);
            }
            if closes(placed, block, row, span) {
                bar(right);
            }
        }
    }
}

/// What is selected, as a key would mark it: its ends on visible letters.
fn selected(input: &ReaderInput<'_>, cache: &ReaderCache) -> Option<Span> {
    let swept = live_selection(cache).or(input.selection)?.span()?;
    Some(input.rendering.snap(input.document.text(), swept).unwrap_or(swept))
}

/// The last row of the selection that is on screen.
pub(super) fn selection_end(input: &ReaderInput<'_>, cache: &ReaderCache) -> Option<Rect> {
    let span = selected(input, cache)?;
    cache.placed.iter().rev().find_map(|placed| {
        let block = input.rendering.blocks().get(placed.block)?;
        let (row, left, right) = pieces(cache, placed, block, span).last()?;
        Some(Rect::from_x_y_ranges(left..=right, row_range(placed, row)))
    })
}

fn hits(input: &ReaderInput<'_>, cache: &ReaderCache, ink: &mut Ink) {
    let colors = &input.theme.colors;
    let points = input.text.font.size;
    for placed in &cache.placed {
        let Some(block) = input.rendering.blocks().get(placed.block) else { continue };
        let first = input.hits.partition_point(|hit| hit.end() <= block.source.start);
        for &hit in input.hits[first..].iter().take_while(|hit| hit.start() < block.source.end) {
            let is_current = input.current_hit == Some(hit);
            for (row, left, right) in pieces(cache, placed, block, hit) {
                let baseline = placed.top + placed.layout.rows[row].baseline;
                let rect = Rect::from_min_max(
                    pos2(left - 2.0, baseline - points * 0.92),
                    pos2(right + 2.0, baseline + size::BAND_BELOW),
                );
                let radius = f32::from(size::RADIUS_LETTER);
                ink.round_rect(rect, radius, colors.search_hit);
                let width = if is_current { 2.0 } else { 1.0 };
                ink.round_frame(rect, radius, width, colors.search_box);
            }
        }
    }
}
