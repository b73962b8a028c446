//! The small bar with the tags, beside a selection made with the mouse. It stands over gap and margin, never over
//! the text.

use eframe::egui;
use eframe::egui::Pos2;

use crate::app::{Action, Desk};

use super::app::Local;
use super::tag_tip::tag_tip;
use super::theme::{Theme, size};
use super::widgets::{key_words, tag_row};

/// Draws the bar, when there is a selection on screen and the mouse is up.
pub fn tag_bar_ui(ctx: &egui::Context, desk: &Desk, theme: &Theme, local: &Local, actions: &mut Vec<Action>) {
    let Some((pane, row_end)) = local.selection_end else { return };
    let selected = desk.view.selection_in(pane).is_some_and(|selection| !selection.is_caret());
    if !selected || local.selecting || desk.view.sticky.is_some() {
        return;
    }
    let tags: Vec<_> = desk.session().scheme.tags.iter().filter(|tag| !tag.retired).collect();
    // As wide as strip, gap and the neighbor's margin together.
    let (width, margin) = (130.0, 5.0);
    let height = tags.len() as f32 * size::LIST_ROW + 2.0 * margin;
    let screen = ctx.content_rect();
    // At the right of the text column, at the height of the selection's last row.
    let x = (row_end.left() + 1.0).min(screen.right() - width - size::SPACE[0]);
    let y = (row_end.top() - size::SPACE[0])
        .clamp(size::TOP_BAR, (screen.bottom() - size::HINT_BAR - height).max(size::TOP_BAR));
    let area = egui::Area::new(egui::Id::unique("tag bar"))
        .fixed_pos(Pos2::new(x, y))
        .order(egui::Order::Foreground);
    area.show(ctx, |ui| {
        theme.popup_frame().inner_margin(margin).show(ui, |ui| {
            ui.set_width(width - 2.0 * margin);
            ui.spacing_mut().item_spacing.y = 0.0;
            for tag in tags {
                let row = ui.add(tag_row(tag, &tag.name, &key_words(ui.ctx(), tag)));
                if tag_tip(row, theme, tag, "").clicked() {
                    actions.push(Action::Tag(tag.id.clone()));
                }
            }
        });
    });
}
