//! Where several annotations lie on one another: a short list to choose from.

use eframe::egui;
use eframe::egui::Pos2;

use crate::app::{Action, Desk};
use crate::model::AnnotationId;

use super::super::app::Local;
use super::super::inspector::shortened;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Row, TagBox, letter_form, row_frame};

/// With so many on one place a click shows the list.
pub(super) const MANY: usize = 3;
/// Rows shown without scrolling.
const ROWS: f32 = 8.0;

/// The list while it is open.
pub struct Pile {
    /// Where on the screen it was asked for.
    pub at: Pos2,
    /// The annotations, the innermost first.
    pub ids: Vec<AnnotationId>,
    /// In which pass it was asked for: the press that did so does not close it.
    pub pass: u64,
}

/// Draws the list. A number, a click or Enter on a row chooses; Esc and a click beside it close it.
pub(super) fn pile_ui(
    ctx: &egui::Context,
    desk: &Desk,
    theme: &Theme,
    local: &mut Local,
    actions: &mut Vec<Action>,
) {
    let Some(pile) = &local.pile else { return };
    let (mut chosen, mut closed): (Option<AnnotationId>, bool) = (None, false);
    let area = egui::Area::new(egui::Id::unique("pile of annotations"))
        .order(egui::Order::Foreground)
        .fixed_pos(pile.at + egui::vec2(12.0, 14.0))
        .constrain(true);
    let shown = area.show(ctx, |ui| {
        theme.popup_frame().show(ui, |ui| {
            ui.set_width(340.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            let words =
                format!("{} lie here, the innermost first", crate::app::count(pile.ids.len(), "annotation"));
            ui.label(font::meta().text(words, theme.colors.text3));
            ui.add_space(size::SPACE[0]);
            egui::ScrollArea::vertical().max_height(ROWS * 30.0).auto_shrink([false, true]).show(ui, |ui| {
                for id in &pile.ids {
                    let Some(annotation) = desk.annotation(*id) else { continue };
                    let Some(tag) = desk.session().scheme.tag(&annotation.tag) else { continue };
                    let on = desk.view.chosen == Some(*id);
                    let words = shortened(&desk.passage_line(annotation), 90);
                    let response = row_frame(ui, theme, on, |ui| {
                        ui.horizontal(|ui| {
                            ui.spacing_mut().item_spacing.x = size::SPACE[1];
                            ui.add(TagBox::of(tag).form(letter_form(annotation.unsure, on)));
                            let words = font::passage_row().text(&words, theme.colors.text);
                            ui.add(egui::Label::new(words).truncate());
                        });
                    });
                    let name = format!("{}: {words}", tag.name);
                    response.widget_info(|| {
                        egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, on, &name)
                    });
                    if response.clicked() {
                        chosen = Some(*id);
                    }
                }
            });
            ui.add_space(size::SPACE[0]);
            closed = ui.add(Row::new("Close the list").keycap("Esc")).clicked();
        });
    });
    let fresh = pile.pass == ctx.cumulative_pass_nr();
    let outside = ctx.input(|input| {
        !fresh
            && input.pointer.any_pressed()
            && input.pointer.interact_pos().is_some_and(|at| !shown.response.rect.contains(at))
    });
    if outside || closed || chosen.is_some() {
        local.pile = None;
    }
    actions.extend(chosen.map(|id| Action::Choose(Some(id))));
}
