//! Chips at the margin: where a link leads whose other end is not beside, and where a link starts that is being made.

use eframe::egui;
use eframe::egui::{CursorIcon, Rect, Sense, Ui, Vec2, pos2};

use super::super::between::Between;
use super::super::reader::ShownSpan;
use super::super::theme::{Theme, size};
use super::{Shown, color_of, end, left_of, right_of};
use crate::app::links::LinkAction;
use crate::app::{Action, Desk, shortened};
use crate::model::{AnnotationId, DocumentId, Link, Span};

/// Most chips at a passage.
pub(super) const MOST: usize = 5;
/// Letters of a document's name on a chip: as many as there is room for.
const NAMES: [usize; 3] = [16, 11, 7];

/// A chip at each place on screen of the end `near` of a link: a press goes to the other end. Returns where they are.
#[expect(clippy::too_many_arguments, reason = "a chip depends on all of these")]
pub(super) fn chip_ui(
    ui: &Ui,
    between: &mut Between<'_>,
    desk: &Desk,
    link: &Link,
    near: AnnotationId,
    shown: &[Shown<'_>],
    theme: &Theme,
    actions: &mut Vec<Action>,
) -> Vec<Rect> {
    let mut chips = Vec::new();
    let out = link.from == near;
    let far = if out { link.to } else { link.from };
    let (Some((document, span)), Some(other)) = (end(desk, near), desk.annotation(far)) else { return chips };
    let Some((source, cache)) = desk.document(other.anchor.document()) else { return chips };
    let place = match other.anchor.span() {
        Some(span) => format!("¶ {}", cache.paragraphs.number_at(span.start())),
        None => "place lost".to_owned(),
    };
    let arrow = if out { "→" } else { "←" };
    // Where there is little room the document's name goes, not the place: the pointer over it tells the whole.
    let names = if *other.anchor.document() == document { &[] } else { &NAMES[..] };
    let named = names.iter().map(|most| format!("{arrow} {} {place}", shortened(source.label(), *most)));
    let ways: Vec<String> = named.chain([format!("{arrow} {place}")]).collect();
    let kind = desk.session().scheme.link_kind(&link.kind);
    let says = kind.map_or("", |kind| if out { &kind.name } else { &kind.inverse });
    if let Some((index, place)) = stands(desk, shown, &document, span) {
        let pane = shown[index].0;
        let (room, x) = room(index, shown);
        let middle = pos2(x, place.last.center().y + between.label_height());
        let color = color_of(desk, theme, link.from);
        let words = between.that_fits(room, ways.iter().cloned());
        let rect = between.label(middle, room, &words, color, theme.colors.text);
        let id = ui.scope_id().with(("link chip", pane.id.0, link.id.0));
        let chip = ui.interact(rect.expand2(Vec2::new(2.0, 3.0)), id, Sense::click());
        let name = format!("{says} {}", desk.end_words(other));
        chip.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Link, true, &name));
        let chip = chip.on_hover_cursor(CursorIcon::PointingHand).on_hover_text(&name);
        if chip.clicked() {
            actions.push(Action::Link(LinkAction::GoTo(far)));
        }
        chips.push(chip.rect);
    }
    chips
}

/// How many links more there are than chips.
pub(super) fn more_ui(
    between: &mut Between<'_>,
    desk: &Desk,
    near: AnnotationId,
    more: usize,
    shown: &[Shown<'_>],
    theme: &Theme,
) {
    let Some((document, span)) = end(desk, near) else { return };
    if let Some((index, place)) = stands(desk, shown, &document, span) {
        let (room, x) = room(index, shown);
        let middle = pos2(x, place.last.center().y + between.label_height());
        let words = between.that_fits(room, [format!("and {more} more"), format!("{more} more")]);
        between.label(middle, room, &words, theme.colors.line, theme.colors.text3);
    }
}

/// Where a passage is on screen: in the column that has the focus, else in the first.
fn stands(desk: &Desk, shown: &[Shown<'_>], document: &DocumentId, span: Span) -> Option<(usize, ShownSpan)> {
    let at = |index: usize| {
        let (pane, column) = shown.get(index)?;
        let place = (pane.document == *document).then(|| column.place(span)).flatten()?;
        Some((index, *place.shown()?))
    };
    let focused = shown.iter().position(|(pane, _)| Some(pane.id) == desk.view.focus);
    focused.into_iter().chain(0..shown.len()).find_map(at)
}

/// The room for the chips of a column, and where their middle is to be: at its right, or at the left of the last.
fn room(index: usize, shown: &[Shown<'_>]) -> (Rect, f32) {
    let column = shown[index].1;
    let next = shown.get(index + 1).map(|(_, next)| left_of(next).max(column.rect.right() + size::PANE_GAP));
    let before = index.checked_sub(1).map(|before| shown[before].1.text.right());
    let rows = column.rect.y_range();
    match (next, before) {
        (Some(right), _) => {
            let room = Rect::from_x_y_ranges(column.text.right()..=right, rows);
            (room, room.center().x)
        }
        (None, Some(left)) => {
            let right = left_of(column).max(column.rect.left());
            let room = Rect::from_x_y_ranges(left..=right, rows);
            (room, (room.center().x + room.right()) / 2.0)
        }
        (None, None) => {
            let room = Rect::from_x_y_ranges(column.text.right()..=column.rect.right(), rows);
            (room, right_of(column) + size::SPACE[4])
        }
    }
}

/// Says at which passage a link starts that is being made.
pub(super) fn start_ui(between: &mut Between<'_>, desk: &Desk, shown: &[Shown<'_>], theme: &Theme) {
    let Some(start) = desk.view.links.start else { return };
    let Some((document, span)) = end(desk, start) else { return };
    for (index, (_, column)) in shown.iter().enumerate().filter(|(_, shown)| shown.0.document == document) {
        let Some(place) = column.place(span).and_then(|place| place.shown().copied()) else { continue };
        let (room, x) = room(index, shown);
        let color = theme.colors.accent;
        between.dot(pos2(right_of(column), place.last.center().y), size::LINK_DOT + 1.0, color);
        let middle = pos2(x, place.last.center().y - between.label_height());
        let ways = ["link starts here", "from here", "start"].map(str::to_owned);
        let words = between.that_fits(room, ways);
        between.label(middle, room, &words, color, theme.colors.text);
    }
}
