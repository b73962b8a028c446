//! Between points on a laid-out block and bytes of its visible text. The only file that knows how egui
//! counts: a galley has one glyph a character (or, see [`follows_text`], sections that tell), rows follow on one
//! another, and a line break has no glyph.

use std::ops::Range;

use eframe::egui::epaint::text::{ByteRangeExt as _, Galley};
use unicode_segmentation::UnicodeSegmentation as _;

/// One row of a laid-out block. Positions count from the galley's corner, bytes in the visible text.
#[derive(Clone, Debug)]
pub(super) struct Row {
    /// Bytes of the row, spaces at its end included, a line break not.
    pub bytes: Range<usize>,
    /// After the last visible letter; the start of the row when it has none.
    pub ink_end: usize,
    pub top: f32,
    pub bottom: f32,
    pub baseline: f32,
    /// Where a caret can stand: before each grapheme cluster, and after the last. Never empty, sorted.
    stops: Vec<Stop>,
    /// Characters that cannot be seen: the byte of each, and from where to where its sign has room.
    pub signs: Vec<(usize, Range<f32>)>,
}

#[derive(Clone, Copy, Debug)]
struct Stop {
    byte: usize,
    x: f32,
}

impl Row {
    /// Where the caret stands before `byte`, which is clamped into the row; inside a cluster: before it.
    pub fn x_of(&self, byte: usize) -> f32 {
        let after = self.stops.partition_point(|stop| stop.byte <= byte);
        self.stops.get(after.saturating_sub(1)).map_or(0.0, |stop| stop.x)
    }

    /// The nearest caret position.
    pub fn nearest(&self, x: f32) -> usize {
        let after = self.stops.partition_point(|stop| stop.x < x);
        match (after.checked_sub(1).and_then(|before| self.stops.get(before)), self.stops.get(after)) {
            (Some(before), Some(after)) if x - before.x < after.x - x => before.byte,
            (_, Some(after)) => after.byte,
            (Some(before), None) => before.byte,
            (None, None) => self.bytes.start,
        }
    }

    /// The cluster under `x`; `None` beside the row's letters.
    pub fn under(&self, x: f32) -> Option<Range<usize>> {
        let after = self.stops.partition_point(|stop| stop.x <= x);
        let (before, after) = (self.stops.get(after.checked_sub(1)?)?, self.stops.get(after)?);
        (before.byte < self.ink_end).then_some(before.byte..after.byte)
    }

    /// From where to where `bytes` reach in this row; spaces at the row's end are left out, unless the row
    /// has nothing else. `None` when they do not.
    pub fn reach(&self, bytes: &Range<usize>) -> Option<(f32, f32)> {
        let start = bytes.start.max(self.bytes.start);
        let end = bytes.end.min(self.ink_end);
        (start < end).then(|| (self.x_of(start), self.x_of(end)))
    }
}

/// True when a galley has its clusters in the order of its text, and as many glyphs for each as it has characters.
/// Where it has not (a run that is shaped from right to left, a letter made of two glyphs), each cluster has to be a
/// section of its own. Within a cluster glyphs may name another of its characters: an emoji with a skin color does.
pub(super) fn follows_text(galley: &Galley) -> bool {
    let mut glyphs = galley.rows.iter().flat_map(|placed| &placed.row.glyphs).map(|glyph| glyph.chr);
    let clusters = galley.text().graphemes(true).filter(|cluster| *cluster != "\n");
    let mut follow = clusters.map(|cluster| {
        let mut characters = cluster.chars();
        glyphs.next() == characters.next() && characters.all(|_| glyphs.next().is_some())
    });
    follow.all(|follows| follows) && glyphs.next().is_none()
}

/// The height of the rows of a section: a hair more in every other one. A glyph does not say which section it
/// belongs to, but it does say its height.
pub(super) fn seamed(height: f32, section: usize) -> f32 {
    if section % 2 == 1 { height.next_up() } else { height }
}

/// The rows of a galley. `by_cluster`: each of its sections is one grapheme cluster or a part of one, and its
/// height is [`seamed`]. `hidden`:
/// bytes of characters that cannot be seen, and the room that was left after each. `fallback_baseline` serves
/// rows without glyphs.
pub(super) fn rows(
    galley: &Galley,
    by_cluster: bool,
    hidden: &[(usize, f32)],
    fallback_baseline: f32,
) -> Vec<Row> {
    let text = galley.text();
    let mut start = 0;
    let mut rows: Vec<Row> = Vec::with_capacity(galley.rows.len());
    let mut hidden = hidden.iter().peekable();
    let sections = galley.job.sections.iter().map(|section| section.byte_range.as_usize());
    let mut sections = sections.filter(|range| text.get(range.clone()) != Some("\n"));
    let (mut section, mut height) = (0..0, None);
    for placed in &galley.rows {
        let glyphs = &placed.row.glyphs;
        // Which byte each glyph stands for.
        let mut end = start;
        let mut characters = text.get(start..).unwrap_or_default().chars();
        let mut places: Vec<Stop> = Vec::with_capacity(glyphs.len());
        for glyph in glyphs {
            let byte = if by_cluster {
                if height != Some(glyph.line_height) {
                    height = Some(glyph.line_height);
                    section = sections.next().unwrap_or(text.len()..text.len());
                }
                end = section.end;
                section.start.max(start)
            } else {
                let byte = end;
                end += characters.next().map_or(0, char::len_utf8);
                byte
            };
            let x = placed.pos.x + glyph.pos.x;
            match places.last_mut().filter(|last| by_cluster && last.byte == byte) {
                // A mark can come before its letter, and stand anywhere over it.
                Some(last) => last.x = last.x.min(x),
                None => places.push(Stop { byte, x }),
            }
        }
        let bytes = start..end.min(text.len());
        let line = text.get(bytes.clone()).unwrap_or_default();
        let mut right = placed.pos.x + glyphs.iter().map(|glyph| glyph.max_x()).fold(0.0, f32::max);
        let mut signs = Vec::new();
        while let Some((byte, room)) = hidden.next_if(|(byte, _)| *byte < bytes.end) {
            let after = places.partition_point(|place| place.byte < *byte);
            let left = places.get(after).map_or(right, |place| place.x);
            let next = places.get(after..).unwrap_or_default().iter().find(|place| place.byte > *byte);
            right = if next.is_none() { right.max(left + room) } else { right };
            signs.push((*byte, left..next.map_or(right, |next| next.x)));
        }
        let mut stops = Vec::with_capacity(line.len() + 1);
        let mut place = 0;
        for (at, _) in line.grapheme_indices(true) {
            let byte = bytes.start + at;
            while places.get(place).is_some_and(|place| place.byte < byte) {
                place += 1;
            }
            let x = places.get(place).map_or(right, |place| place.x);
            let before = stops.last().map_or(x, |before: &Stop| before.x);
            stops.push(Stop { byte, x: x.max(before) });
        }
        stops.push(Stop { byte: bytes.end, x: right });
        // The text's own face is the largest in the row: superscripts stand higher.
        let main = glyphs.iter().max_by(|a, b| a.font_height.total_cmp(&b.font_height));
        let baseline = main.map_or(fallback_baseline, |glyph| glyph.pos.y);
        rows.push(Row {
            ink_end: bytes.start + line.trim_end().len(),
            bytes: bytes.clone(),
            top: placed.min_y(),
            bottom: placed.max_y(),
            baseline: placed.pos.y + baseline,
            stops,
            signs,
        });
        start = bytes.end + usize::from(placed.ends_with_newline);
        if placed.ends_with_newline {
            height = None;
        }
    }
    rows
}

/// The row that a caret before `byte` stands in: where two rows meet, the second.
pub(super) fn row_of(rows: &[Row], byte: usize) -> usize {
    rows.partition_point(|row| row.bytes.start <= byte).saturating_sub(1)
}

/// The row nearest to `y`.
pub(super) fn row_at(rows: &[Row], y: f32) -> usize {
    rows.partition_point(|row| row.bottom <= y).min(rows.len().saturating_sub(1))
}
