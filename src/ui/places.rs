//! Where passages stand in the columns on screen. What is to be drawn between columns asks before they are drawn,
//! and is told after.

use std::collections::BTreeMap;

use eframe::egui::Rect;

use super::reader::{ReaderOutput, SpanPlace};
use crate::app::PaneId;
use crate::model::Span;

/// The columns of this frame and the passages asked for.
#[derive(Default)]
pub struct Places {
    /// From the left.
    columns: Vec<Column>,
    asked: BTreeMap<PaneId, Vec<Span>>,
}

/// A column on screen.
pub struct Column {
    /// Its pane.
    pub pane: PaneId,
    /// Its text and what stands beside it, without the head.
    pub rect: Rect,
    /// The column of letters in it.
    pub text: Rect,
    /// The passages asked for, sorted, and where each stands.
    spans: Vec<(Span, SpanPlace)>,
}

impl Places {
    /// Forgets the last frame.
    pub fn begin(&mut self) {
        self.columns.clear();
        self.asked.clear();
    }

    /// Asks where a passage stands in a pane. Before the columns are drawn.
    pub fn ask(&mut self, pane: PaneId, span: Span) {
        self.asked.entry(pane).or_default().push(span);
    }

    /// The passages asked for in a pane, sorted, each once.
    pub fn asked(&mut self, pane: PaneId) -> Vec<Span> {
        let mut spans = self.asked.remove(&pane).unwrap_or_default();
        spans.sort_unstable();
        spans.dedup();
        spans
    }

    /// Notes what a column came to.
    pub fn note(&mut self, pane: PaneId, asked: &[Span], drawn: &ReaderOutput) {
        let spans = std::iter::zip(asked.iter().copied(), drawn.spans.iter().copied()).collect();
        self.columns.push(Column { pane, rect: drawn.rect, text: drawn.text_rect, spans });
    }

    /// The columns drawn, from the left.
    pub fn columns(&self) -> &[Column] {
        &self.columns
    }

    /// A column by its pane.
    pub fn column(&self, pane: PaneId) -> Option<&Column> {
        self.columns.iter().find(|column| column.pane == pane)
    }

    /// Where a passage stands that was asked for; `None` when its pane is not drawn.
    pub fn of(&self, pane: PaneId, span: Span) -> Option<SpanPlace> {
        self.column(pane)?.place(span)
    }
}

impl Column {
    /// Where a passage stands that was asked for.
    pub fn place(&self, span: Span) -> Option<SpanPlace> {
        let at = self.spans.binary_search_by_key(&span, |(span, _)| *span).ok()?;
        self.spans.get(at).map(|(_, place)| *place)
    }
}
