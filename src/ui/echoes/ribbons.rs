//! Ribbons: what neighboring columns have in common, over the gap between them. Only pairs with both ends on screen are
//! looked at: the cost of a frame does not grow with the documents.

use eframe::egui::{Id, Pos2, Rect, Response, Sense, Ui, WidgetInfo, pos2};

use crate::across::echo::{Level, Place};
use crate::app::echoes::{EchoAction, Echoes, Ribbon};
use crate::app::{Action, Desk, Pane};

use super::super::app::Local;
use super::super::between::{Between, RibbonLook};
use super::super::places::Places;
use super::super::theme::{Theme, size};

/// Of so many ribbons in a gap each has its words; of more only the chosen one and the one under the pointer.
const FEW: usize = 6;

/// Asks where the ends stand that may be on screen.
pub fn ask(desk: &Desk, shown: &[Pane], places: &mut Places) {
    for pair in shown.windows(2) {
        for ribbon in on_screen(&desk.echoes, &pair[0], &pair[1]) {
            places.ask(pair[0].id, ribbon.left);
            places.ask(pair[1].id, ribbon.right);
        }
    }
}

/// What takes a click on a ribbon, before the splitters in the same gaps.
pub fn gaps_ui(ui: &Ui, desk: &Desk, columns: &[Rect]) -> Vec<Response> {
    if !(desk.echoes.open && desk.echoes.shown.ribbons) {
        return Vec::new();
    }
    let of = |pair: &[Rect]| {
        let gap = Rect::from_min_max(
            pos2(pair[0].right(), pair[0].top() + size::PANE_HEAD),
            pos2(pair[1].left(), pair[0].bottom()),
        );
        let response = ui.interact(gap, Id::unique(("ribbons", gap.left() as i32)), Sense::click());
        response.widget_info(|| WidgetInfo::labeled(eframe::egui::Role::Group, true, "Ribbons"));
        response
    };
    columns.windows(2).map(of).collect()
}

/// Draws them. A click looks at the pair; the pointer lights up both ends.
pub fn ribbons_ui(
    ui: &Ui,
    desk: &Desk,
    shown: &[Pane],
    gaps: &[Response],
    theme: &Theme,
    local: &mut Local,
    actions: &mut Vec<Action>,
) {
    let before = local.echoes.pair.take();
    let mut hovered = None;
    for (pair, response) in shown.windows(2).zip(gaps) {
        let gap = response.rect;
        let mut between = Between::new(ui, theme, gap);
        let (left, right) = (&pair[0], &pair[1]);
        let ribbons: Vec<&Ribbon> = on_screen(&desk.echoes, left, right).collect();
        let mut labels: Vec<Rect> = Vec::new();
        let few = ribbons.len() <= FEW;
        let (looked_at, others): (Vec<&Ribbon>, Vec<&Ribbon>) =
            ribbons.into_iter().partition(|ribbon| is_looked_at(&desk.echoes, ribbon, left, right));
        // The one that is looked at lies on top.
        for (ribbon, chosen) in
            others.into_iter().map(|it| (it, false)).chain(looked_at.into_iter().map(|it| (it, true)))
        {
            let rows = |pane: &Pane, span| local.places.of(pane.id, span)?.shown().map(|shown| shown.rows);
            let ends = (rows(left, ribbon.left), rows(right, ribbon.right));
            let (Some(from), Some(to)) = ends else { continue };
            let places = || {
                let of = |pane: &Pane, span| Place { document: pane.document.clone(), span };
                (of(left, ribbon.left), of(right, ribbon.right))
            };
            let was_hovered = before.as_ref().is_some_and(|it| *it == places());
            let colors = &theme.colors;
            let look = match chosen || was_hovered {
                true => RibbonLook { fill: colors.selection, edge: colors.accent, width: 1.2 },
                false => RibbonLook { fill: colors.panel, edge: colors.line, width: 1.0 },
            };
            if between.ribbon(gap, from, to, look) {
                hovered = Some(places());
            }
            let words = if ribbon.level == Level::Verbatim { "verbatim" } else { "altered" };
            let middle = Pos2::new(gap.center().x, (from.center() + to.center()) / 2.0);
            let near = Rect::from_center_size(middle, eframe::egui::vec2(70.0, 22.0));
            let is_free = labels.iter().all(|label| !label.intersects(near));
            let has_room = gap.width() >= near.width();
            if has_room && (chosen || was_hovered || few && is_free) {
                let edge = if chosen || was_hovered { colors.accent } else { colors.control };
                labels.push(between.label(middle, gap, words, edge, colors.text2));
            }
        }
        between.paint();
        if response.clicked()
            && let Some((here, there)) = hovered.clone()
        {
            actions.push(Action::Echoes(EchoAction::ChoosePair(here, there)));
        }
    }
    if hovered != before {
        ui.ctx().request_repaint();
    }
    local.echoes.pair = hovered;
}

/// The pairs of two columns with both ends on screen, as last drawn.
fn on_screen<'a>(echoes: &'a Echoes, left: &Pane, right: &Pane) -> impl Iterator<Item = &'a Ribbon> {
    let shown = echoes.shown;
    echoes
        .ribbons(&left.document, &right.document)
        .within(left.visible.clone(), right.visible.clone())
        .filter(move |ribbon| if ribbon.level == Level::Verbatim { shown.verbatim } else { shown.altered })
}

fn is_looked_at(echoes: &Echoes, ribbon: &Ribbon, left: &Pane, right: &Pane) -> bool {
    let is_end = |place: &Place, pane: &Pane, span: crate::model::Span| {
        place.document == pane.document && place.span.overlaps(span)
    };
    if let Some(group) = echoes.chosen_group() {
        let stands = |pane: &Pane, span| group.group.places.iter().any(|it| is_end(&it.place, pane, span));
        return stands(left, ribbon.left) && stands(right, ribbon.right);
    }
    let Some(card) = echoes.chosen() else { return false };
    let Some(there) = &card.there else { return false };
    is_end(&card.here, left, ribbon.left) && is_end(there, right, ribbon.right)
        || is_end(there, left, ribbon.left) && is_end(&card.here, right, ribbon.right)
}
