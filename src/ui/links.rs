//! Links as they are drawn: from the end of one passage over the gap to the lane of the other.

use eframe::egui::{Rangef, Rect, Ui, pos2};

use super::app::Local;
use super::between::{Between, Curve};
use super::places::{Column, Places};
use super::theme::{Theme, size};
use crate::app::{Desk, Pane};
use crate::model::{AnnotationId, DocumentId, Link, Span};

/// Asks where the ends of the links stand that are to be drawn.
pub fn ask(desk: &Desk, shown: &[Pane], places: &mut Places) {
    for link in drawn(desk) {
        for (document, span) in [link.from, link.to].into_iter().filter_map(|id| end(desk, id)) {
            for pane in shown.iter().filter(|pane| pane.document == document) {
                places.ask(pane.id, span);
            }
        }
    }
}

/// Draws them over the columns.
pub fn links_ui(ui: &Ui, desk: &Desk, shown: &[Pane], area: Rect, theme: &Theme, local: &Local) {
    let mut between = Between::new(ui, theme, area);
    for link in drawn(desk) {
        for pair in shown.windows(2) {
            let columns = (local.places.column(pair[0].id), local.places.column(pair[1].id));
            let (Some(left), Some(right)) = columns else { continue };
            link_ui(&mut between, desk, link, (&pair[0], left), (&pair[1], right), theme);
        }
    }
    between.paint();
}

fn link_ui(
    between: &mut Between<'_>,
    desk: &Desk,
    link: &Link,
    left: (&Pane, &Column),
    right: (&Pane, &Column),
    theme: &Theme,
) {
    let (Some(from), Some(to)) = (end(desk, link.from), end(desk, link.to)) else { return };
    let forward = from.0 == left.0.document && to.0 == right.0.document;
    let (at_left, at_right) = if forward { (from.1, to.1) } else { (to.1, from.1) };
    let other_way = to.0 == left.0.document && from.0 == right.0.document;
    let places = (left.1.place(at_left), right.1.place(at_right));
    let (Some(start), Some(end)) = (places.0, places.1) else { return };
    let (Some(start), Some(end)) = (start.shown(), end.shown()) else { return };
    if !forward && !other_way {
        return;
    }
    let tag = desk.annotation(link.from).and_then(|annotation| desk.session().scheme.tag(&annotation.tag));
    let color = tag.map_or(theme.colors.text2, |tag| theme.tag(tag.color, tag.retired).stroke);
    let curve = Curve {
        from: pos2(left.1.text.right() + size::SPACE[0], start.last.center().y),
        to: pos2(right.1.text.left() - size::SPACE[0], end.first.center().y),
    };
    between.curve(curve, size::LINK, color);
    let (tail, tip) = if forward { (curve.from, curve.to) } else { (curve.to, curve.from) };
    between.dot(tail, size::SPACE[0] / 2.0, color);
    between.arrow(tip, forward, color);
    let gap = Rangef::new(left.1.rect.right(), right.1.rect.left());
    let name = desk.session().scheme.link_kind(&link.kind).map_or("", |kind| &kind.name);
    let middle = pos2(gap.center(), curve.y_at(gap.center()));
    let room = Rect::from_x_y_ranges(left.1.text.right()..=right.1.text.left(), left.1.rect.y_range());
    between.label(middle, room, name, color, theme.colors.text);
}

/// The links that are drawn: those of the chosen annotation.
fn drawn(desk: &Desk) -> impl Iterator<Item = &Link> {
    desk.view.chosen.into_iter().flat_map(|id| desk.session().links_of(id)).map(|link| &**link)
}

fn end(desk: &Desk, id: AnnotationId) -> Option<(DocumentId, Span)> {
    let anchor = &desk.annotation(id)?.anchor;
    Some((anchor.document().clone(), anchor.span()?))
}
