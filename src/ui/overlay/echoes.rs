//! Which link to make of an echo.

use eframe::egui::Ui;

use crate::app::{Action, Workspace, shortened};

use super::super::app::Local;
use super::super::theme::{Theme, font, size};
use super::heading_ui;

/// The kinds of the scheme, in its order; by digit or a click, the likeliest by Enter.
pub(super) fn link_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    theme: &Theme,
    local: &Local,
    actions: &mut Vec<Action>,
) {
    let Some(desk) = &workspace.desk else { return };
    let Some(card) = desk.echoes.chosen() else { return };
    let session = desk.session();
    let is_back = card.link_goes_from_here(session);
    let label = session.document(&card.here.document).map_or("", |it| it.label());
    let own = format!("{}, {}", shortened(label, 24), card.here_words);
    let (from, to) = if is_back { (&own, &card.there_words) } else { (&card.there_words, &own) };
    ui.set_width(420.0);
    heading_ui(
        ui,
        theme,
        if is_back { "Link this place to the other one" } else { "Link the other place to this one" },
    );
    ui.label(font::text().text(format!("From {from} to {to}"), theme.colors.text2));
    ui.add_space(size::SPACE[1]);
    super::links::kinds_ui(ui, workspace, local.row, actions);
    ui.add_space(size::SPACE[1]);
    let says = match card.twin {
        Some(_) => "Enter takes it, Esc leaves it. One step, which one undo takes back.",
        None => {
            "Enter takes it, Esc leaves it. The other place is tagged like the passage first; both are one step."
        }
    };
    ui.label(font::meta().text(says, theme.colors.text3));
}
