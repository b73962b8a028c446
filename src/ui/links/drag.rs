//! A link made by mouse: from the dot beside the chosen passage to another passage. Dropped elsewhere it is none.

use eframe::egui;
use eframe::egui::{CursorIcon, Pos2, Rect, Sense, Ui, Vec2, pos2, vec2};

use super::super::app::Local;
use super::super::between::{Between, Curve};
use super::super::theme::{Theme, size};
use super::{Shown, color_of, end, right_of};
use crate::app::links::LinkAction;
use crate::app::{Action, Desk};
use crate::model::AnnotationId;

/// A link that is being dragged.
#[derive(Clone, Copy, Debug)]
pub struct LinkDrag {
    target: Option<AnnotationId>,
}

impl LinkDrag {
    /// The annotation under the pointer.
    pub fn target(&self) -> Option<AnnotationId> {
        self.target
    }
}

/// Draws the dot, and the line while it is dragged. Returns the drag as it is now, and where the dots are.
pub(super) fn handle_ui(
    ui: &Ui,
    between: &mut Between<'_>,
    desk: &Desk,
    shown: &[Shown<'_>],
    local: &Local,
    theme: &Theme,
    actions: &mut Vec<Action>,
) -> (Option<LinkDrag>, Vec<Rect>) {
    let (mut drag, mut handles) = (None, Vec::new());
    let place = desk.view.chosen.and_then(|id| Some((id, end(desk, id)?)));
    let Some((from, (document, span))) = place else { return (drag, handles) };
    for (pane, column) in shown.iter().filter(|shown| shown.0.document == document) {
        let Some(place) = column.place(span).and_then(|place| place.shown().copied()) else { continue };
        let at = pos2(right_of(column), place.last.center().y);
        let color = color_of(desk, theme, from);
        let hit = Rect::from_center_size(at + vec2(4.0, 0.0), Vec2::new(14.0, size::HIT));
        let id = ui.scope_id().with(("link handle", pane.id.0));
        let handle = ui.interact(hit, id, Sense::drag());
        handle.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Group, true, "Link handle"));
        handles.push(hit);
        let lit = handle.hovered() || handle.dragged();
        between.ring(at, if lit { size::LINK_DOT + 1.0 } else { size::LINK_DOT }, color, theme.colors.paper);
        let pointer = ui.ctx().pointer_latest_pos();
        if handle.drag_stopped()
            && let Some(target) = pointer.and_then(|pos| target_at(desk, shown, local, from, pos))
        {
            actions.push(Action::Link(LinkAction::Ask(from, target)));
        }
        if handle.dragged()
            && let Some(pos) = pointer
        {
            let target = target_at(desk, shown, local, from, pos);
            drag = Some(LinkDrag { target });
            drag_ui(ui, desk, shown, at, pos, target, theme);
        }
        if lit {
            ui.ctx().set_cursor_icon(CursorIcon::Crosshair);
        }
        if !handle.dragged() {
            handle.on_hover_text("Drag to another passage to link it");
        }
    }
    (drag, handles)
}

/// The shortest annotation at a point of the screen, but not the one where the link starts.
fn target_at(
    desk: &Desk,
    shown: &[Shown<'_>],
    local: &Local,
    from: AnnotationId,
    pos: Pos2,
) -> Option<AnnotationId> {
    let (pane, _) = shown.iter().find(|(_, column)| column.rect.contains(pos))?;
    let cache = desk.cache(&pane.document)?;
    let offset = local.readers.get(&pane.id)?.character_at(&cache.rendering, pos)?;
    cache.marks.at(&cache.rendering, offset).into_iter().map(|mark| mark.id).find(|id| *id != from)
}

/// The line to the pointer, over everything, and the passage where it would end.
fn drag_ui(
    ui: &Ui,
    desk: &Desk,
    shown: &[Shown<'_>],
    at: Pos2,
    pos: Pos2,
    target: Option<AnnotationId>,
    theme: &Theme,
) {
    let painter = ui.painter();
    let color = theme.colors.accent;
    let curve = Curve { from: at, to: pos };
    painter.add(egui::Shape::line(curve.points().to_vec(), egui::Stroke::new(size::LINK, color)));
    painter.circle_filled(pos, size::LINK_DOT, color);
    let Some(annotation) = target.and_then(|id| desk.annotation(id)) else { return };
    let words = desk.end_words(annotation);
    if let Some(span) = annotation.anchor.span() {
        for (_, column) in shown.iter().filter(|shown| shown.0.document == *annotation.anchor.document()) {
            let Some(place) = column.place(span).and_then(|place| place.shown().copied()) else { continue };
            let bar = Rect::from_x_y_ranges(column.text.left() - 4.0..=column.text.left() - 1.0, place.rows);
            painter.rect_filled(bar, 0.0, color);
        }
    }
    let words = super::super::theme::font::keycap().line(ui.ctx(), &format!("→ {words}"), theme.colors.text);
    let rect = Rect::from_min_size(pos + vec2(12.0, 14.0), words.size() + vec2(14.0, 4.0));
    let stroke = egui::Stroke::new(size::STROKE, color);
    painter.rect(rect, size::RADIUS_KEYCAP, theme.colors.raised, stroke, egui::StrokeKind::Inside);
    painter.galley(rect.min + vec2(7.0, 2.0), words, theme.colors.text);
}
