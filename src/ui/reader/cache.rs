//! What a pane keeps between frames: where it is scrolled to, what it has laid out, what the pointer is at.
//! Nothing of it lives in egui's memory, and nothing of it is work.

use std::collections::BTreeMap;
use std::sync::Arc;

use eframe::egui::{Color32, Context, Galley, Pos2, Rect};

use super::ReaderInput;
use super::heights::Heights;
use super::hit;
use super::ink::Room;
use super::layout::{self, BlockLayout, Setting, gap_above};
use super::overview::Ticks;
use super::pointer::{Clicks, Drag};
use super::table;
use crate::model::{AnnotationId, Digest, Presentation, Span};
use crate::text::Rendering;
use crate::text::hidden::Hidden;
use crate::ui::theme::font::Role;

/// Galleys kept besides those on screen.
const KEPT_LAYOUTS: usize = 256;
/// Widths and sizes whose heights are remembered.
const KEPT_TABLES: usize = 4;

/// The state of one pane. Make one a pane with `Default`; it fits any document, and starts at its top.
#[derive(Default)]
pub struct ReaderCache {
    pub(super) anchor: Anchor,
    pub(super) placed: Vec<Placed>,
    pub(super) geometry: Geometry,
    pub(super) drag: Option<Drag>,
    /// A mark whose end is moved by keys, and where it would stand.
    pub(super) moved: Option<(AnnotationId, Span)>,
    pub(super) clicks: Clicks,
    pub(super) wished: Option<WishedX>,
    pub(super) thumb_grab: Option<f32>,
    pub(super) hover: Option<Hover>,
    /// Where the pointer was when a key was pressed last.
    pub(super) left_at: Option<Pos2>,
    pub(super) ticks: Option<Ticks>,
    /// Letters in the lanes and where they stand, of the last frame.
    pub(super) letters: Vec<(Rect, Vec<AnnotationId>)>,
    /// How large the mesh of marks was.
    pub(super) ink_room: Room,
    document: Option<(Digest, Presentation)>,
    look: Option<Look>,
    pub(super) advance: f32,
    layouts: BTreeMap<usize, Arc<BlockLayout>>,
    /// Where the columns of tables begin, by their first row; `None`: they do not line up.
    columns: BTreeMap<usize, Option<Vec<f32>>>,
    tables: Vec<(TableKey, Heights)>,
    /// A galley that egui keeps as long as its glyph atlas stands.
    witness: Option<Arc<Galley>>,
    laid_out: usize,
}

/// The place that stays when heights, width or size change: the row with `offset` stands `y` points below
/// the top of the view.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Anchor {
    pub offset: usize,
    pub y: f32,
}

/// A block on screen.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    pub block: usize,
    /// The top of its first row on the screen.
    pub top: f32,
    pub layout: Arc<BlockLayout>,
}

impl Placed {
    pub fn bottom(&self) -> f32 {
        self.top + self.layout.height
    }
}

/// Where the parts of the pane stand on the screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Geometry {
    /// The whole pane.
    pub pane: Rect,
    /// The column of text.
    pub text: Rect,
    pub strip: Rect,
    pub thumb_track: Rect,
}

impl Default for Geometry {
    fn default() -> Self {
        Self { pane: Rect::ZERO, text: Rect::ZERO, strip: Rect::ZERO, thumb_track: Rect::ZERO }
    }
}

/// The x that vertical moves of the caret keep to.
#[derive(Clone, Copy, Debug)]
pub(super) struct WishedX {
    pub head: usize,
    pub x: f32,
}

/// What a resting pointer can be told of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Hovered {
    Mark(AnnotationId),
    /// The sign of a character that cannot be seen, by its source offset.
    Sign(Hidden, usize),
}

/// What is under a resting pointer.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hover {
    pub what: Hovered,
    pub at: Pos2,
    pub since: f64,
}

/// What a kept galley depends on.
#[derive(Clone, Debug, PartialEq)]
struct Look {
    table: TableKey,
    dark: bool,
    furniture: Vec<Span>,
}

#[derive(Clone, Debug, PartialEq)]
struct TableKey {
    role: Role,
    width: f32,
    pixels_per_point: f32,
}

impl ReaderCache {
    /// How often a block has been laid out: what a test of virtualization counts.
    pub fn layout_count(&self) -> usize {
        self.laid_out
    }

    /// The source offset of the first row on screen.
    pub fn top(&self) -> usize {
        self.anchor.offset
    }

    /// How far below the top of the text the row with this source offset stands; `None` when it is not laid out on
    /// screen.
    pub fn y_of(&self, rendering: &Rendering, offset: usize) -> Option<f32> {
        let index = rendering.block_at(offset);
        let at = self.placed.binary_search_by_key(&index, |placed| placed.block).ok()?;
        let placed = self.placed.get(at)?;
        let visible = rendering.blocks().get(index)?.to_visible(offset);
        let row = placed.layout.rows.get(hit::row_of(&placed.layout.rows, visible))?;
        Some(placed.top + row.top - self.geometry.text.top())
    }

    /// The height of the text on screen.
    pub fn view_height(&self) -> f32 {
        self.geometry.text.height()
    }

    /// The source offset of the character at a point of the screen.
    pub fn character_at(&self, rendering: &Rendering, at: Pos2) -> Option<usize> {
        let placed = self.placed.iter().find(|placed| placed.top <= at.y && at.y < placed.bottom())?;
        let block = rendering.blocks().get(placed.block)?;
        let row = placed.layout.rows.get(hit::row_at(&placed.layout.rows, at.y - placed.top))?;
        let under = row.under(at.x - self.geometry.text.left() - placed.layout.indent)?;
        self.geometry.pane.contains(at).then(|| block.to_source_start(under.start))
    }

    /// Makes the cache fit the input: what no longer holds is dropped.
    pub(super) fn prepare(&mut self, ctx: &Context, input: &ReaderInput<'_>, geometry: Geometry) {
        self.moved = input.moved;
        let document = (input.document.source.digest, input.document.info.presentation);
        if self.document.as_ref().map(|(digest, _)| digest) != Some(&document.0) {
            self.anchor = Anchor { offset: 0, y: super::TOP_MARGIN };
            self.drag = None;
            self.wished = None;
        }
        if self.document.as_ref() != Some(&document) {
            self.document = Some(document);
            self.look = None;
            self.tables.clear();
        }
        // egui drops its glyph atlas when it is full or when a theme brings other text options, and with it what
        // our galleys point to. It drops its own galleys then too: one of those tells.
        let witness = ctx.fonts_mut(|fonts| {
            fonts.layout_no_wrap("Gainsay".to_owned(), input.text.font.clone(), Color32::PLACEHOLDER)
        });
        if !self.witness.as_ref().is_some_and(|known| Arc::ptr_eq(known, &witness)) {
            self.layouts.clear();
        }
        self.witness = Some(witness);

        let table = TableKey {
            role: input.text.clone(),
            width: geometry.text.width(),
            pixels_per_point: ctx.pixels_per_point(),
        };
        let furniture = &input.document.info.furniture;
        let fits = self.look.as_ref().is_some_and(|look| {
            look.table == table && look.dark == input.theme.dark && look.furniture == *furniture
        });
        if !fits {
            self.layouts.clear();
            self.columns.clear();
            self.advance = layout::mean_advance(ctx, &input.text.font);
            self.use_table(&table, input);
            self.look = Some(Look { table, dark: input.theme.dark, furniture: furniture.clone() });
        }
        self.geometry = geometry;
    }

    /// Puts the heights for this width and size first; the oldest are forgotten.
    fn use_table(&mut self, key: &TableKey, input: &ReaderInput<'_>) {
        let heights = match self.tables.iter().position(|(other, _)| other == key) {
            Some(at) => self.tables.remove(at).1,
            None => {
                let blocks = input.rendering.blocks();
                let estimates = blocks.iter().enumerate().map(|(i, block)| {
                    let before = i.checked_sub(1).and_then(|i| blocks.get(i));
                    gap_above(before, block, key.role.row)
                        + layout::estimated_height(block, &key.role, key.width, self.advance)
                });
                Heights::estimated(estimates.collect())
            }
        };
        self.tables.insert(0, (key.clone(), heights));
        self.tables.truncate(KEPT_TABLES);
    }

    /// The heights of all blocks as far as they are known, the space above each included.
    pub(super) fn heights(&self) -> Option<&Heights> {
        self.tables.first().map(|(_, heights)| heights)
    }

    /// The space above a block.
    pub(super) fn gap(&self, input: &ReaderInput<'_>, block: usize) -> f32 {
        let blocks = input.rendering.blocks();
        let before = block.checked_sub(1).and_then(|before| blocks.get(before));
        blocks.get(block).map_or(0.0, |this| gap_above(before, this, input.text.row))
    }

    /// A block laid out, kept or new. `None` when there is no such block.
    pub(super) fn layout(
        &mut self,
        ctx: &Context,
        input: &ReaderInput<'_>,
        index: usize,
    ) -> Option<Arc<BlockLayout>> {
        if let Some(layout) = self.layouts.get(&index) {
            return Some(Arc::clone(layout));
        }
        let blocks = input.rendering.blocks();
        let block = blocks.get(index)?;
        let setting = Setting {
            ctx,
            theme: input.theme,
            role: input.text,
            width: self.geometry.text.width(),
            text: input.document.text(),
            furniture: &input.document.info.furniture,
        };
        let columns = table::first_row(blocks, index).and_then(|first| {
            let known = self.columns.entry(first).or_insert_with(|| table::columns(setting, blocks, first));
            known.as_deref()
        });
        let layout = Arc::new(layout::lay_out(setting, block, columns));
        self.laid_out += 1;
        let gap = self.gap(input, index);
        if let Some((_, heights)) = self.tables.first_mut() {
            heights.set(index, gap + layout.height);
        }
        self.layouts.insert(index, Arc::clone(&layout));
        Some(layout)
    }

    /// Forgets galleys far from the screen.
    pub(super) fn trim(&mut self) {
        while self.layouts.len() > KEPT_LAYOUTS + self.placed.len() {
            let here = self.placed.first().map_or(0, |placed| placed.block);
            let first = self.layouts.first_key_value().map_or(0, |(&block, _)| block);
            let last = self.layouts.last_key_value().map_or(0, |(&block, _)| block);
            let far = if here.saturating_sub(first) > last.saturating_sub(here) { first } else { last };
            self.layouts.remove(&far);
        }
    }
}
