//! The reader: one pane with one document, our own widget.
//!
//! A block of the rendering is the unit of layout, caching and accessibility; only what is in view is laid
//! out. Marks are painted under the galleys from caret positions, as one mesh a pane, and cause no layout.
//! The reader changes nothing: it reads its [`ReaderInput`] and returns [`ReaderEvent`]s. What it keeps
//! between frames stands in a [`ReaderCache`], keyed by source offsets, never in egui's memory.
//!
//! Every offset is a byte of the canonical text; egui's character indices appear in `hit` alone. Text that
//! runs from right to left is shown, but not reordered: egui does not.
//!
//! - `place`: which blocks stand where, outward from an anchor; `heights`: all others, estimated
//! - `layout`, `hit`: one block: galley, rows, caret positions
//! - `pointer`, `units`, `caret`: selecting by mouse and by keys
//! - `paint`, `bands`, `margin`, `overview`, `ink`: what is drawn
//! - `table`: columns that line up
//! - `spans`: where passages stand, for what is drawn between columns
//! - `signs`: signs for characters that cannot be seen
//! - `access`: what a screen reader is told

mod access;
mod bands;
mod cache;
mod caret;
mod heights;
mod hit;
mod ink;
mod layout;
mod margin;
mod overview;
mod paint;
mod place;
mod pointer;
mod signs;
mod spans;
mod table;
#[cfg(test)]
mod tests;
mod tooltip;
mod units;

use std::ops::Range;

use eframe::egui;
use eframe::egui::{Id, Modifiers, Pos2, Rect, Sense, Ui, pos2};

pub use cache::ReaderCache;
pub use caret::{CaretMove, move_caret};
pub use ink::Ink;
pub use spans::{ShownSpan, SpanPlace};

use crate::app::marks::{DocumentMarks, Mark};
use crate::app::selection::Selection;
use crate::model::{AnnotationId, Document, Scheme, Span, Tag};
use crate::text::{Paragraphs, Rendering};
use crate::ui::theme::font::Role;
use crate::ui::theme::{Theme, size};
use cache::Geometry;

/// Paper above the first row.
const TOP_MARGIN: f32 = 10.0;

/// Everything that a pane shows. All of it is read, none of it changed.
#[derive(Clone, Copy)]
pub struct ReaderInput<'a> {
    /// Tells two panes apart, also when both show one document.
    pub salt: u64,
    /// The document.
    pub document: &'a Document,
    /// Its text as shown.
    pub rendering: &'a Rendering,
    /// Its paragraphs without page furniture: what sentences and paragraphs are taken from when one selects.
    pub paragraphs: &'a Paragraphs,
    /// Its marks.
    pub marks: &'a DocumentMarks,
    /// Where the tags of the marks stand.
    pub scheme: &'a Scheme,
    /// The marks of colleagues; `None`: no layer is shown.
    pub theirs: Option<Theirs<'a>>,
    /// Colors.
    pub theme: &'a Theme,
    /// Size and row height of the text: [`crate::ui::theme::font::document`].
    pub text: &'a Role,
    /// The selection or caret in this pane.
    pub selection: Option<Selection>,
    /// The annotation that is chosen.
    pub chosen: Option<AnnotationId>,
    /// A mark whose end is moved by keys, and where it would stand.
    pub moved: Option<(AnnotationId, Span)>,
    /// The tag that marks when the mouse is released.
    pub sticky: Option<&'a Tag>,
    /// What a search has found, sorted.
    pub hits: &'a [Span],
    /// A number that changes when the hits do.
    pub hits_number: u64,
    /// The hit that the search stands at.
    pub current_hit: Option<Span>,
    /// Places that are lit: ends of an echo that is looked at, sorted.
    pub lit: &'a [Span],
    /// Marks that a filter leaves out: shown, but without a fill.
    pub dimmed: Option<&'a dyn Fn(&Mark) -> bool>,
    /// The pane takes the keys: it shows a caret.
    pub focused: bool,
    /// Where to scroll, once.
    pub scroll_to: Option<ScrollTo>,
    /// Scroll by so many points, as another column was scrolled.
    pub carry: f32,
    /// What lies over the pane and takes the pointer.
    pub covered: &'a [Rect],
    /// Where these passages stand is told.
    pub asked: &'a [Span],
    /// What to say of an annotation when the pointer rests on it: tag, note, who.
    pub describe: &'a dyn Fn(AnnotationId) -> Option<String>,
}

/// The marks of colleagues: lines above the words and lanes at the right, where one's own are below and left.
#[derive(Clone, Copy)]
pub struct Theirs<'a> {
    /// Those of all layers that are shown, in this document.
    pub marks: &'a DocumentMarks,
    /// Where the tags of theirs stand that the session's own scheme does not have.
    pub scheme: &'a Scheme,
    /// One's own mark stands just so: drawn in the margin alone.
    pub agrees: &'a dyn Fn(AnnotationId) -> bool,
    /// Nothing of one's own answers it: boxed with dots.
    pub alone: &'a dyn Fn(AnnotationId) -> bool,
    /// Those of the difference that is looked at.
    pub chosen: &'a [AnnotationId],
    /// How many layers are shown: of several each has a lane of its own.
    pub layers: usize,
    /// The layer that a mark is of, counted from the text outward.
    pub layer_of: &'a dyn Fn(AnnotationId) -> usize,
}

impl Theirs<'_> {
    /// How many lanes stand at the right of the text.
    pub fn lanes(&self) -> usize {
        if self.layers < 2 { size::LANES_RIGHT } else { self.layers.min(size::LANES) }
    }
}

/// A place to scroll to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct ScrollTo {
    /// A source offset.
    pub offset: usize,
    /// Where the passage ends that begins there: shown with it, as far as there is room.
    pub end: usize,
    /// Where in the pane.
    pub place: Place,
}

/// Where in the pane a row comes to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// At the top.
    Top,
    /// A little above the middle.
    Center,
    /// Where it is, when it is in view; else as near as shows it.
    IfHidden,
    /// So many points below the top of the text.
    At(i32),
}

/// What a frame of a pane came to.
#[derive(Clone, Debug)]
pub struct ReaderOutput {
    /// What the user did, in order.
    pub events: Vec<ReaderEvent>,
    /// Source bytes on screen.
    pub visible: Range<usize>,
    /// Source offset of the first row on screen.
    pub top: usize,
    /// The last row of the selection, from its left to its right end, when on screen.
    pub selection_end_rect: Option<Rect>,
    /// The pane.
    pub rect: Rect,
    /// The column of text.
    pub text_rect: Rect,
    /// First and last visible piece of each mark on screen, for links and chips.
    pub mark_rects: Vec<MarkRect>,
    /// By how many points the user has scrolled, down the document.
    pub moved: f32,
    /// How far it could be carried along of what was asked for.
    pub carried: f32,
    /// Where the passages stand that were asked for, in their order.
    pub spans: Vec<SpanPlace>,
}

/// Where a mark stands on screen.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct MarkRect {
    /// The annotation.
    pub id: AnnotationId,
    /// Its first piece on screen.
    pub first: Rect,
    /// Its last piece on screen.
    pub last: Rect,
}

/// What the user did in a pane.
#[derive(Clone, Debug, PartialEq)]
pub enum ReaderEvent {
    /// Pressed anywhere in the pane.
    Focused,
    /// The selection is now this: while dragging, and by clicks.
    Select(Selection),
    /// The mouse was released with something selected.
    SelectionReleased(Selection),
    /// A plain click, which has also set the caret.
    Clicked {
        /// The character under the pointer; beside the text, the caret's place.
        offset: usize,
        /// False beside the text.
        on_text: bool,
        /// The same place as the last click: the caller takes the next mark out.
        again: bool,
        /// Keys held.
        modifiers: Modifiers,
    },
    /// A right click.
    ContextMenu {
        /// The character under the pointer.
        offset: usize,
        /// Where on the screen.
        pos: Pos2,
    },
    /// A handle was dragged: the annotation is to have this span, already snapped.
    Resized {
        /// The chosen annotation.
        id: AnnotationId,
        /// Its new span.
        span: Span,
    },
    /// A letter in a lane was clicked.
    OpenMark(AnnotationId),
    /// "+2" in the margin was clicked: these marks begin there and have no lane of their own.
    OpenMarks(Vec<AnnotationId>),
    /// The pane shows another part of its document.
    Scrolled,
}

/// Draws a pane into all of the room that `ui` has, and returns what was done in it.
pub fn reader_ui(ui: &mut Ui, input: &ReaderInput<'_>, cache: &mut ReaderCache) -> ReaderOutput {
    let pane = ui.available_rect_before_wrap();
    ui.advance_cursor_after_rect(pane);
    let ctx = ui.ctx().clone();
    let geometry = geometry(&ctx, input, pane);
    let scope = egui::UiBuilder::new()
        .id_salt(("reader", input.salt))
        .max_rect(pane)
        .accessibility_role(egui::accesskit::Role::Document)
        .accessibility_label(input.document.title());
    let mut child = ui.new_child(scope);
    let ui = &mut child;
    ui.shrink_clip_rect(pane);

    let before = cache.anchor;
    cache.prepare(&ctx, input, geometry);
    let mut out = ReaderOutput {
        events: Vec::new(),
        visible: 0..0,
        top: 0,
        selection_end_rect: None,
        rect: pane,
        text_rect: geometry.text,
        mark_rects: Vec::new(),
        moved: 0.0,
        carried: 0.0,
        spans: Vec::new(),
    };
    let body = Rect::from_min_max(pane.min, pos2(geometry.strip.left(), pane.bottom()));
    let response = ui.interact(body, id(input, "text"), Sense::CLICK | Sense::DRAG);

    let stood = place::standing(cache, input);
    let mut scrolled = overview::scroll(ui, input, cache);
    scrolled |= pointer::scroll(ui, input, cache, &response);
    if let Some(to) = input.scroll_to {
        place::scroll_to(cache, &ctx, input, to);
        scrolled = true;
    }
    if input.carry != 0.0 {
        place::scroll_by(cache, input.carry);
    }
    place::place(cache, &ctx, input);
    if scrolled || input.carry != 0.0 {
        place::take_anchor(cache, input);
        let moved = stood.map_or(0.0, |stood| place::moved_since(cache, input, stood));
        let leveled = input.scroll_to.is_some_and(|to| matches!(to.place, Place::At(_)));
        match input.carry != 0.0 {
            true => out.carried = moved,
            false if leveled => {}
            false => out.moved = moved,
        }
    }
    pointer::pointer(ui, input, cache, &response, &mut out.events);

    paint::paint(ui, input, cache, &mut out);
    overview::overview_ui(ui, input, cache);
    access::describe(ui, input, cache);
    tooltip::tooltip_ui(ui, input, cache, &response);

    out.top = cache.anchor.offset;
    out.visible = visible(input, cache);
    out.spans = input.asked.iter().map(|span| spans::place_of(input, cache, *span)).collect();
    if before.offset != cache.anchor.offset {
        out.events.push(ReaderEvent::Scrolled);
    }
    if !out.events.is_empty() {
        // What they bring about shows in the next frame.
        ctx.request_repaint();
    }
    out
}

fn id(input: &ReaderInput<'_>, part: &str) -> Id {
    Id::unique(("reader", input.salt, part))
}

/// Where the parts of a pane stand: number, lanes, text, strip, thumb.
fn geometry(ctx: &egui::Context, input: &ReaderInput<'_>, pane: Rect) -> Geometry {
    let margin = size::PARAGRAPH_NUMBER + size::LANE * size::LANES as f32 + size::LANE_TO_TEXT;
    let thumb_left = pane.right() - size::PANE_EDGE - size::SCROLL_THUMB;
    let strip_left = thumb_left - size::OVERVIEW;
    let right_lanes = match input.theirs {
        // Beside the last lane room for "+1".
        Some(theirs) => size::LANE_TO_TEXT + size::LANE * (theirs.lanes() + 1) as f32,
        None => 0.0,
    };
    let room = (strip_left - size::TEXT_TO_OVERVIEW - right_lanes - pane.left() - margin).max(40.0);
    let width = room.min(layout::mean_advance(ctx, &input.text.font) * input.theme.measure).floor();
    let left = (pane.left() + margin + ((room - width) / 2.0)).floor();
    let column =
        |left: f32, width: f32| Rect::from_min_max(pos2(left, pane.top()), pos2(left + width, pane.bottom()));
    Geometry {
        pane,
        text: column(left, width),
        strip: column(strip_left, size::OVERVIEW),
        thumb_track: column(thumb_left, size::SCROLL_THUMB),
    }
}

/// Source bytes from the first to the last row on screen.
fn visible(input: &ReaderInput<'_>, cache: &ReaderCache) -> Range<usize> {
    let view = cache.geometry.text;
    let blocks = input.rendering.blocks();
    let (Some(first), Some(last)) = (cache.placed.first(), cache.placed.last()) else { return 0..0 };
    let (Some(first_block), Some(last_block)) = (blocks.get(first.block), blocks.get(last.block)) else {
        return 0..0;
    };
    let seen = |placed: &cache::Placed, row: &&hit::Row| {
        placed.top + row.bottom > view.top() && placed.top + row.top < view.bottom()
    };
    let start = first.layout.rows.iter().find(|row| seen(first, row));
    let end = last.layout.rows.iter().rev().find(|row| seen(last, row));
    let start = start.map_or(first_block.source.start, |row| first_block.to_source_start(row.bytes.start));
    let end = end.map_or(last_block.source.end, |row| last_block.to_source_end(row.bytes.end));
    start..end.max(start)
}
