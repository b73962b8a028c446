//! The window while one looks at who says what: statements by documents or voices, the passages of one statement side by
//! side below, its card at the right.

mod card;
mod cell;
mod grid;
mod head;
mod passages;
mod timeline;

use eframe::egui;
use eframe::egui::{Margin, Ui};

use crate::app::{Action, Command, Desk, Panel, Workspace};

use super::keys::cap;
use super::theme::{Theme, font, size};
use super::widgets::{Button, Upright};

/// Width of the card.
const CARD: f32 = 300.0;
/// The card folds where less than this would be left of the matrix.
const BESIDE_CARD: f32 = 460.0;
/// Least height of the passages below, and of what must be left of the matrix above them.
const BELOW: f32 = 150.0;
const ABOVE: f32 = 190.0;

/// Draws all between the bars.
pub fn matrix_ui(ui: &mut Ui, workspace: &Workspace, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let panel = egui::Frame::new().fill(theme.colors.panel);
    let empty = desk.session().statements.is_empty() || desk.session().documents.is_empty();
    let wide = ui.available_width() > CARD + BESIDE_CARD;
    if !empty && wide {
        let open = workspace.shows(Panel::Inspector) || workspace.small;
        let width = if open { CARD } else { super::inspector::FOLDED };
        egui::Panel::right(if open { "matrix card" } else { "matrix card folded" })
            .exact_size(width)
            .frame(panel)
            .show_separator_line(false)
            .resizable(false)
            .show(ui, |ui| match open {
                true => card::card_ui(ui, desk, theme, actions),
                false => folded_ui(ui, actions),
            });
    }
    let room = ui.available_rect_before_wrap();
    if empty {
        ui.painter().rect_filled(room, 0.0, theme.colors.paper);
        return empty_ui(ui, desk, theme, actions);
    }
    let has_passages = !desk.board().card().appearances.is_empty();
    let below = match room.height() {
        height if height < ABOVE + BELOW => 0.0,
        height if has_passages => (height * 0.36).max(BELOW).min(height - ABOVE),
        _ => passages::BARE,
    };
    let (above, below) = room.split_top_bottom_at_y((room.bottom() - below).round());
    ui.painter().rect_filled(above, 0.0, theme.colors.paper);
    let part = |rect, salt| egui::UiBuilder::new().max_rect(rect).id_salt(salt);
    ui.scope_builder(part(above, "matrix"), |ui| {
        ui.shrink_clip_rect(above);
        let margin = Margin { left: 18, right: 0, top: 10, bottom: 0 };
        egui::Frame::new().inner_margin(margin).show(ui, |ui| {
            head::head_ui(ui, desk, theme, actions);
            ui.add_space(size::SPACE[1]);
            grid::grid_ui(ui, desk, theme, actions);
        });
    });
    if below.height() > 0.0 {
        ui.painter().rect_filled(below, 0.0, theme.colors.panel);
        let rule = egui::Stroke::new(size::STROKE, theme.colors.line);
        ui.painter().hline(below.x_range(), below.top(), rule);
        ui.scope_builder(part(below, "passages"), |ui| {
            ui.shrink_clip_rect(below);
            passages::passages_ui(ui, desk, theme, actions);
        });
    }
}

/// Draws the strip that unfolds the card.
fn folded_ui(ui: &mut Ui, actions: &mut Vec<Action>) {
    ui.add_space(size::SPACE[3]);
    ui.vertical_centered(|ui| {
        if ui.add(Upright::new("Statement")).on_hover_text("Unfold the card").clicked() {
            actions.push(Action::SetPanel(Panel::Inspector, true));
        }
    });
}

/// What a matrix is for, and the way to a first statement.
fn empty_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let no_documents = desk.session().documents.is_empty();
    egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        egui::Frame::new().inner_margin(Margin::symmetric(26, 26)).show(ui, |ui| {
            ui.set_max_width(620.0);
            ui.spacing_mut().item_spacing.y = size::SPACE[1];
            let title = if no_documents { "No documents yet" } else { "No statements yet" };
            ui.label(font::figure(20.0).text(title, theme.colors.text));
            let says = "A statement is a proposition that passages of several documents are about: that a machine was \
                        switched off, that nobody knew. The matrix shows who claims it, who denies it, with which \
                        caveats, and which documents are silent.";
            ui.label(font::text().text(says, theme.colors.text2));
            ui.add_space(size::SPACE[2]);
            let put = cap(ui.ctx(), Command::PutUnder);
            for (number, words) in [
                "Mark a passage in the text, or choose one that is marked.".to_owned(),
                format!("Press {put} and type what it is about: the statement is made with it."),
                format!("Press {put} on the passages of other documents: it is found as you type."),
            ]
            .into_iter()
            .enumerate()
            {
                ui.label(font::text().text(format!("{}.  {words}", number + 1), theme.colors.text));
            }
            ui.add_space(size::SPACE[3]);
            ui.horizontal_wrapped(|ui| {
                ui.spacing_mut().item_spacing.x = size::SPACE[2];
                let (command, words) = match no_documents {
                    true => (Command::OpenDocuments, "Open documents…"),
                    false => (Command::ShowMatrix, "To the text"),
                };
                if ui.add(Button::primary(words).keycap(&cap(ui.ctx(), command))).clicked() {
                    actions.push(Action::Command(command));
                }
                let key = cap(ui.ctx(), Command::NewStatement);
                let new = Button::plain("New statement…").keycap(&key);
                if ui.add(new).clicked() {
                    actions.push(Action::Command(Command::NewStatement));
                }
            });
        });
    });
}
