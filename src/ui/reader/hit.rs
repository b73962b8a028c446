//! Between points on a laid-out block and bytes of its visible text. The only file that knows how egui
//! counts: a galley has one glyph a character, rows follow on one another, and a line break has no glyph.

use std::ops::Range;

use eframe::egui::epaint::text::Galley;
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

/// The rows of a galley. `fallback_baseline` serves rows without glyphs.
pub(super) fn rows(galley: &Galley, fallback_baseline: f32) -> Vec<Row> {
    let text = galley.text();
    let mut start = 0;
    let mut rows: Vec<Row> = Vec::with_capacity(galley.rows.len());
    for placed in &galley.rows {
        let glyphs = &placed.row.glyphs;
        let length: usize = glyphs.iter().map(|glyph| glyph.chr.len_utf8()).sum();
        let bytes = start..(start + length).min(text.len());
        let line = text.get(bytes.clone()).unwrap_or_default();
        let mut stops = Vec::with_capacity(line.len() + 1);
        let mut glyph = 0;
        for (at, cluster) in line.grapheme_indices(true) {
            let x = glyphs.get(glyph).map_or(0.0, |glyph| glyph.pos.x);
            stops.push(Stop { byte: bytes.start + at, x: placed.pos.x + x });
            glyph += cluster.chars().count();
        }
        let right = glyphs.iter().map(|glyph| glyph.max_x()).fold(0.0, f32::max);
        stops.push(Stop { byte: bytes.end, x: placed.pos.x + right });
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
        });
        start = bytes.end + usize::from(placed.ends_with_newline);
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
