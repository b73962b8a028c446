//! The mouse in the text: clicks, drags, handles, wheel. Events are taken one by one, in order: at a slow
//! frame rate a press, a move and a release come in one.

use std::ops::Range;

use eframe::egui::{CursorIcon, Event, Modifiers, PointerButton, Pos2, Rect, Response, Ui, Vec2};

use super::cache::ReaderCache;
use super::place;
use super::units::{Unit, spanning};
use super::{ReaderEvent, ReaderInput, hit};
use crate::app::selection::Selection;
use crate::model::{AnnotationId, Span};
use crate::ui::theme::size;

/// Longest time between the clicks of a double click.
const CLICK_SECS: f64 = 0.4;
/// How far the pointer may move in a click.
const CLICK_POINTS: f32 = 4.0;
/// So near to an edge a drag scrolls.
const SCROLL_EDGE: f32 = 14.0;

/// What a held button does.
#[derive(Clone, Debug)]
pub(super) enum Drag {
    Select {
        unit: Unit,
        /// The unit where it began, in source bytes.
        origin: Range<usize>,
        pressed: Pos2,
        moved: bool,
        extends: bool,
        under: Option<usize>,
        live: Selection,
    },
    Handle {
        id: AnnotationId,
        before: Span,
        /// The end that stays.
        fixed: usize,
        live: Span,
    },
}

/// The clicks so far, for double clicks and for the click that takes the next mark out.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Clicks {
    count: u32,
    last: Option<(Pos2, f64)>,
    last_offset: Option<usize>,
}

/// What stands at a point.
pub(super) struct Located {
    /// The nearest place for a caret, a source offset.
    pub caret: usize,
    /// The source offset of the character under the point.
    pub under: Option<usize>,
    /// The row, across the column.
    pub row: Rect,
}

/// The place in the text nearest to a point of the screen.
pub(super) fn locate(input: &ReaderInput<'_>, cache: &ReaderCache, pos: Pos2) -> Option<Located> {
    let distance = |top: f32, bottom: f32| (top - pos.y).max(pos.y - bottom).max(0.0);
    let nearest = cache
        .placed
        .iter()
        .filter(|placed| !placed.layout.rows.is_empty())
        .min_by(|a, b| distance(a.top, a.bottom()).total_cmp(&distance(b.top, b.bottom())))?;
    let block = input.rendering.blocks().get(nearest.block)?;
    let row = nearest.layout.rows.get(hit::row_at(&nearest.layout.rows, pos.y - nearest.top))?;
    let text = cache.geometry.text;
    let x = pos.x - text.left() - nearest.layout.indent;
    let rect = Rect::from_x_y_ranges(text.x_range(), nearest.top + row.top..=nearest.top + row.bottom);
    let inside = rect.y_range().contains(pos.y);
    let under = row.under(x).filter(|_| inside).map(|bytes| block.to_source_start(bytes.start));
    let caret = row.nearest(x).min(row.ink_end.max(row.bytes.start));
    Some(Located { caret: block.to_source_start(caret), under, row: rect })
}

/// The selection while a drag goes on: newer than the input's.
pub(super) fn live_selection(cache: &ReaderCache) -> Option<Selection> {
    match &cache.drag {
        Some(Drag::Select { live, .. }) => Some(*live),
        _ => None,
    }
}

/// The span of a mark while its handle is dragged, or its end moved by keys.
pub(super) fn live_span(cache: &ReaderCache, id: AnnotationId) -> Option<Span> {
    match &cache.drag {
        Some(Drag::Handle { id: dragged, live, .. }) if *dragged == id => Some(*live),
        _ => cache.moved.filter(|(moved, _)| *moved == id).map(|(_, span)| span),
    }
}

/// Scrolls by wheel and by a drag at the edge. True when it did.
pub(super) fn scroll(ui: &Ui, input: &ReaderInput<'_>, cache: &mut ReaderCache, response: &Response) -> bool {
    let mut points = 0.0;
    let strip = cache.geometry.strip.union(cache.geometry.thumb_track);
    let over_strip = ui.rect_contains_pointer(strip);
    if response.contains_pointer() || over_strip {
        points -= ui.input_mut(|i| std::mem::take(&mut i.smooth_scroll_delta.y));
    }
    if cache.drag.is_some()
        && let Some(pos) = ui.input(|i| i.pointer.latest_pos())
    {
        let view = cache.geometry.pane;
        let past =
            (pos.y - view.bottom() + SCROLL_EDGE).max(0.0) - (view.top() + SCROLL_EDGE - pos.y).max(0.0);
        if past != 0.0 && drag_has_moved(cache) {
            let seconds = ui.input(|i| i.stable_dt).min(0.1);
            points += past.clamp(-60.0, 60.0) * 12.0 * seconds;
            ui.ctx().request_repaint();
        }
    }
    if points == 0.0 || input.rendering.blocks().is_empty() {
        return false;
    }
    place::scroll_by(cache, points);
    true
}

fn drag_has_moved(cache: &ReaderCache) -> bool {
    match &cache.drag {
        Some(Drag::Select { moved, .. }) => *moved,
        other => other.is_some(),
    }
}

/// Takes the pointer's events.
pub(super) fn pointer(
    ui: &Ui,
    input: &ReaderInput<'_>,
    cache: &mut ReaderCache,
    response: &Response,
    events: &mut Vec<ReaderEvent>,
) {
    let ours = response.contains_pointer() || response.is_pointer_button_down_on() || response.clicked();
    let covered = |pos: Pos2| input.covered.iter().any(|rect| rect.contains(pos));
    let owns = |pos: Pos2| {
        ours && !covered(pos)
            && response.interact_rect.contains(pos)
            && ui.ctx().layer_id_at(pos) == Some(ui.layer_id())
    };
    let (time, is_down, raw) = ui.input(|i| (i.time, i.pointer.primary_down(), i.events.clone()));
    for event in raw {
        match event {
            Event::PointerButton { pos, button: PointerButton::Primary, pressed: true, modifiers }
                if owns(pos) =>
            {
                press(input, cache, pos, modifiers, time, events);
            }
            Event::PointerMoved(pos) => drag_to(input, cache, pos, events),
            Event::PointerButton { pos, button: PointerButton::Primary, pressed: false, modifiers }
                if cache.drag.is_some() =>
            {
                drag_to(input, cache, pos, events);
                release(input, cache, modifiers, events);
            }
            Event::PointerButton { pos, button: PointerButton::Secondary, pressed: false, .. }
                if owns(pos) =>
            {
                events.push(ReaderEvent::Focused);
                if let Some(located) = locate(input, cache, pos) {
                    let offset = located.under.unwrap_or(located.caret);
                    events.push(ReaderEvent::ContextMenu { offset, pos });
                }
            }
            _ => {}
        }
    }
    // The text may have moved under a resting pointer; or the release went to another window.
    if cache.drag.is_some() {
        match ui.input(|i| i.pointer.latest_pos()) {
            Some(pos) if is_down => drag_to(input, cache, pos, events),
            // Outside the window, the button still held.
            None if is_down => {}
            _ => cache.drag = None,
        }
    }
    if cache.drag.is_some() {
        ui.ctx().set_cursor_icon(CursorIcon::Text);
    } else if response.hovered()
        && let Some(pos) = response.hover_pos().filter(|pos| !covered(*pos))
    {
        let icon = if cache.letters.iter().any(|(rect, _)| rect.contains(pos)) {
            CursorIcon::PointingHand
        } else if handle_at(input, cache, pos).is_some() {
            CursorIcon::ResizeHorizontal
        } else {
            CursorIcon::Text
        };
        ui.ctx().set_cursor_icon(icon);
    }
}

fn press(
    input: &ReaderInput<'_>,
    cache: &mut ReaderCache,
    pos: Pos2,
    modifiers: Modifiers,
    time: f64,
    events: &mut Vec<ReaderEvent>,
) {
    events.push(ReaderEvent::Focused);
    if let Some((_, ids)) = cache.letters.iter().find(|(rect, _)| rect.contains(pos)) {
        events.push(match ids.as_slice() {
            [id] => ReaderEvent::OpenMark(*id),
            ids => ReaderEvent::OpenMarks(ids.to_vec()),
        });
        return;
    }
    if let Some((id, span, is_start)) = handle_at(input, cache, pos) {
        let fixed = if is_start { span.end() } else { span.start() };
        cache.drag = Some(Drag::Handle { id, before: span, fixed, live: span });
        return;
    }
    let Some(located) = locate(input, cache, pos) else { return };
    let clicks = &mut cache.clicks;
    let follows =
        clicks.last.is_some_and(|(at, when)| time - when <= CLICK_SECS && at.distance(pos) <= CLICK_POINTS);
    clicks.count = if follows && !modifiers.shift { clicks.count % 4 + 1 } else { 1 };
    clicks.last = Some((pos, time));
    let extended = input.selection.filter(|_| modifiers.shift);
    let (unit, origin, live) = if let Some(selection) = extended {
        let anchor = selection.anchor;
        (Unit::Character, anchor..anchor, Selection { anchor, head: located.caret })
    } else {
        let unit = Unit::of_clicks(clicks.count);
        let origin = unit.range(input, located.caret, located.under);
        (unit, origin.clone(), spanning(&origin, &origin))
    };
    cache.drag = Some(Drag::Select {
        unit,
        origin,
        pressed: pos,
        moved: false,
        extends: extended.is_some(),
        under: located.under,
        live,
    });
    events.push(ReaderEvent::Select(live));
}

fn drag_to(input: &ReaderInput<'_>, cache: &mut ReaderCache, pos: Pos2, events: &mut Vec<ReaderEvent>) {
    if cache.drag.is_none() {
        return;
    }
    let Some(located) = locate(input, cache, pos) else { return };
    match &mut cache.drag {
        Some(Drag::Select { unit, origin, pressed, moved, live, .. }) => {
            *moved |= pressed.distance(pos) >= CLICK_POINTS;
            if !*moved {
                return;
            }
            let here = unit.range(input, located.caret, located.under);
            let now = spanning(origin, &here);
            if now != *live {
                *live = now;
                events.push(ReaderEvent::Select(now));
            }
        }
        Some(Drag::Handle { fixed, live, .. }) => {
            let swept = Selection { anchor: *fixed, head: located.caret }.span();
            *live = swept.unwrap_or(*live);
        }
        None => {}
    }
}

fn release(
    input: &ReaderInput<'_>,
    cache: &mut ReaderCache,
    modifiers: Modifiers,
    events: &mut Vec<ReaderEvent>,
) {
    match cache.drag.take() {
        Some(Drag::Select { live, under, extends, unit, .. }) => {
            if live.is_caret() && !extends && unit == Unit::Character {
                let offset = under.unwrap_or(live.head);
                let again = cache.clicks.last_offset.replace(offset) == Some(offset);
                events.push(ReaderEvent::Clicked { offset, on_text: under.is_some(), again, modifiers });
            } else {
                cache.clicks.last_offset = None;
                if !live.is_caret() {
                    events.push(ReaderEvent::SelectionReleased(live));
                }
            }
        }
        Some(Drag::Handle { id, before, live, .. }) => {
            let snapped = input.rendering.snap(input.document.text(), live);
            if let Some(span) = snapped.filter(|span| *span != before) {
                events.push(ReaderEvent::Resized { id, span });
            }
        }
        None => {}
    }
}

/// The handle of the chosen mark at a point: its annotation and span, and whether it is the one at the start.
fn handle_at(input: &ReaderInput<'_>, cache: &ReaderCache, pos: Pos2) -> Option<(AnnotationId, Span, bool)> {
    let id = input.chosen?;
    let span = input.marks.span(id)?;
    let hit = |offset: usize, is_start: bool| {
        handle_rect(input, cache, offset, is_start).is_some_and(|rect| rect.contains(pos))
    };
    if hit(span.start(), true) {
        Some((id, span, true))
    } else if hit(span.end(), false) {
        Some((id, span, false))
    } else {
        None
    }
}

/// Where the pointer takes a handle: beside the passage rather than over its letters, which one may want to
/// select.
fn handle_rect(input: &ReaderInput<'_>, cache: &ReaderCache, offset: usize, is_start: bool) -> Option<Rect> {
    let edge = caret_rect(input, cache, offset, is_start)?;
    let out = if is_start { -size::HANDLE_HIT / 4.0 } else { size::HANDLE_HIT / 4.0 };
    let center = edge.center() + Vec2::new(out, 0.0);
    Some(Rect::from_center_size(center, Vec2::new(size::HANDLE_HIT, edge.height())))
}

/// The row height at a source offset, without width. `None` when that is not on screen. Where two rows meet
/// a start belongs to the second, an end to the first.
pub(super) fn caret_rect(
    input: &ReaderInput<'_>,
    cache: &ReaderCache,
    offset: usize,
    is_start: bool,
) -> Option<Rect> {
    let index = input.rendering.block_at(offset);
    let placed = cache.placed.iter().find(|placed| placed.block == index)?;
    let visible = input.rendering.blocks().get(index)?.to_visible(offset);
    let rows = &placed.layout.rows;
    let mut at = hit::row_of(rows, visible);
    if !is_start && at > 0 && rows.get(at)?.bytes.start == visible {
        at -= 1;
    }
    let row = rows.get(at)?;
    let x = cache.geometry.text.left() + placed.layout.indent + row.x_of(visible);
    Some(Rect::from_x_y_ranges(x..=x, placed.top + row.top..=placed.top + row.bottom))
}
