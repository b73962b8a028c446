//! What a mark, or a sign of a character that cannot be seen, says when the pointer rests on it.

use eframe::egui;
use eframe::egui::{Id, Rect, Response, Tooltip, Ui};

use super::cache::{Hover, Hovered, ReaderCache};
use super::pointer::locate;
use super::{ReaderInput, signs};
use crate::ui::theme::font;

/// How long the pointer rests before it is told what it rests on.
const REST_SECS: f64 = 0.45;

pub(super) fn tooltip_ui(ui: &Ui, input: &ReaderInput<'_>, cache: &mut ReaderCache, response: &Response) {
    let pos = response.hover_pos().filter(|_| cache.drag.is_none() && response.hovered());
    let found = pos.and_then(|pos| {
        if let Some((rect, ids)) = cache.letters.iter().find(|(rect, _)| rect.contains(pos)) {
            return Some((pos, Hovered::Mark(*ids.first()?), *rect));
        }
        if let Some((hidden, offset, rect)) = signs::under(input, cache, pos) {
            return Some((pos, Hovered::Sign(hidden, offset), rect));
        }
        let located = locate(input, cache, pos)?;
        let mark = input.marks.at(input.rendering, located.under?).first().map(|mark| mark.id)?;
        Some((pos, Hovered::Mark(mark), located.row))
    });
    let Some((pos, what, row)) = found else {
        cache.hover = None;
        return;
    };
    let now = ui.input(|i| i.time);
    // Who works with keys has not asked: the pointer lies where it was left. Who clicks knows what is there.
    let acts = ui.input(|i| {
        i.events.iter().any(|event| {
            matches!(
                event,
                egui::Event::Key { pressed: true, .. } | egui::Event::PointerButton { pressed: true, .. }
            )
        })
    });
    if acts {
        cache.left_at = Some(pos);
    }
    if cache.left_at.is_some_and(|left| left.distance(pos) < 2.0) {
        cache.hover = None;
        return;
    }
    cache.left_at = None;
    let since = match cache.hover {
        Some(hover) if hover.what == what && hover.at.distance(pos) < 24.0 => hover.since,
        _ => {
            cache.hover = Some(Hover { what, at: pos, since: now });
            now
        }
    };
    let left = REST_SECS - (now - since);
    if left > 0.0 {
        ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left + 0.01));
        return;
    }
    let text = match what {
        Hovered::Mark(mark) => (input.describe)(mark),
        Hovered::Sign(hidden, _) => Some(hidden.name()),
    };
    let Some(text) = text else { return };
    // Below the row that the pointer is in, or above: the row itself stays free.
    let anchor = Rect::from_x_y_ranges(pos.x..=pos.x, row.y_range());
    let id = Id::unique(("mark tooltip", input.salt));
    Tooltip::always_open(ui.ctx().clone(), ui.layer_id(), id, anchor).gap(6.0).show(|ui| {
        ui.set_max_width(320.0);
        ui.label(font::text().text(text, input.theme.colors.text));
    });
}
