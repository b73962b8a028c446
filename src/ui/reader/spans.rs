//! Where spans stand on screen, for what is drawn between columns. From the blocks that are laid out anyway: the
//! cost of a span does not grow with the document, nor with the span.

use eframe::egui::{Rangef, Rect};

use super::ReaderInput;
use super::bands::{pieces, row_range};
use super::cache::{Placed, ReaderCache};
use crate::model::Span;

/// Where a span stands in a pane.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum SpanPlace {
    /// It ends above what is in view.
    Above,
    /// Rows of it are in view.
    Shown(ShownSpan),
    /// It starts below what is in view.
    Below,
}

/// The rows of a span that are in view.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ShownSpan {
    /// Its first row in view: letters from left to right, the row from top to bottom.
    pub first: Rect,
    /// Its last row in view.
    pub last: Rect,
    /// From its first row to its last, as far as they are in view.
    pub rows: Rangef,
}

impl SpanPlace {
    /// Its rows, when some are in view.
    pub const fn shown(&self) -> Option<&ShownSpan> {
        match self {
            Self::Shown(shown) => Some(shown),
            Self::Above | Self::Below => None,
        }
    }
}

/// Where `span` stands; what has no letters in view stands above or below.
pub(super) fn place_of(input: &ReaderInput<'_>, cache: &ReaderCache, span: Span) -> SpanPlace {
    let blocks = input.rendering.blocks();
    let (from, to) = (input.rendering.block_at(span.start()), input.rendering.block_at(span.end() - 1));
    let first = cache.placed.partition_point(|placed| placed.block < from);
    let after = cache.placed.partition_point(|placed| placed.block <= to);
    let view = cache.geometry.text.y_range();
    let in_view = |placed: &Placed| {
        let block = blocks.get(placed.block)?;
        let mut rows = pieces(cache, placed, block, span).filter_map(|(row, left, right)| {
            let rows = row_range(placed, row);
            rows.intersects(view).then(|| Rect::from_x_y_ranges(left..=right, rows))
        });
        let first = rows.next()?;
        Some((first, rows.last().unwrap_or(first)))
    };
    let reached = cache.placed.get(first..after).unwrap_or_default();
    let ends = reached.iter().find_map(in_view).zip(reached.iter().rev().find_map(in_view));
    if let Some(((first, _), (_, last))) = ends {
        let rows = Rangef::new(first.top(), last.bottom()).intersection(view);
        return SpanPlace::Shown(ShownSpan { first, last, rows });
    }
    if span.start() < super::visible(input, cache).start { SpanPlace::Above } else { SpanPlace::Below }
}
