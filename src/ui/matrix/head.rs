//! The bar over the matrix: what its columns are, its order, its filter, and what can be done with it.

use eframe::egui;
use eframe::egui::{Sense, Ui, pos2, vec2};

use crate::across::matrix::{Asked, ColumnsBy, RowSort};
use crate::app::{Action, Command, Desk, StatementAction};

use super::super::icons::Icon;
use super::super::keys::cap;
use super::super::theme::{Theme, font, size};
use super::super::voice_choice::{VoiceChoice, voice_choice_ui};
use super::super::widgets::{Button, Check, Row};

/// Draws the bar; it takes as many rows as it needs.
pub(super) fn head_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let asked = &desk.view.matrix.asked;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(size::SPACE[1], size::SPACE[0]);
        let title = match asked.columns {
            ColumnsBy::Document => "Statements by document",
            _ => "Statements by voice",
        };
        let words = font::title().line(ui.ctx(), title, theme.colors.text);
        let (rect, label) =
            ui.allocate_exact_size(vec2(words.size().x + size::SPACE[0], size::CONTROL), Sense::hover());
        label.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, title));
        let at = pos2(rect.left(), rect.center().y - words.size().y / 2.0);
        ui.painter().galley(at, words, theme.colors.text);
        columns_ui(ui, asked, theme, actions);
        sort_ui(ui, asked, theme, actions);
        voice_ui(ui, desk, asked, theme, actions);
        let mut disputed_only = asked.disputed_only;
        let says = "Only statements that are both claimed and denied";
        if ui.add(Check::new(&mut disputed_only, "disputed only")).on_hover_text(says).changed() {
            ask(actions, Asked { disputed_only, ..asked.clone() });
        }
        for (command, words) in [
            (Command::NewStatement, "New statement…"),
            (Command::CopyCard, "Copy card"),
            (Command::ExportMatrix, "Write…"),
        ] {
            let key = cap(ui.ctx(), command);
            let button = Button::plain(words).keycap(&key);
            if ui.add(button).on_hover_text(command.info().help).clicked() {
                actions.push(Action::Command(command));
            }
        }
    });
    let left_out = desk.board().matrix().rows_left_out;
    if left_out > 0 {
        let words = format!("{} not shown: not disputed", crate::app::count(left_out, "statement"));
        ui.label(font::meta().text(words, theme.colors.text3));
    }
}

fn ask(actions: &mut Vec<Action>, asked: Asked) {
    actions.push(Action::Statement(StatementAction::Ask(asked)));
}

fn columns_ui(ui: &mut Ui, asked: &Asked, theme: &Theme, actions: &mut Vec<Action>) {
    let button = ui.add(Button::quiet(asked.columns.name()).after(Icon::CaretDown));
    let button = button.on_hover_text("What the columns are");
    egui::Popup::menu(&button).frame(theme.popup_frame()).show(|ui| {
        ui.set_width(220.0);
        for columns in ColumnsBy::ALL {
            if ui.add(Row::new(columns.name()).on(columns == asked.columns)).clicked() {
                ask(actions, Asked { columns, ..asked.clone() });
                ui.close();
            }
        }
    });
}

fn sort_ui(ui: &mut Ui, asked: &Asked, theme: &Theme, actions: &mut Vec<Action>) {
    let words = format!("Sort: {}", asked.sort.name());
    let button = ui.add(Button::quiet(&words).after(Icon::CaretDown));
    egui::Popup::menu(&button).frame(theme.popup_frame()).show(|ui| {
        ui.set_width(320.0);
        for (sort, says) in [
            (RowSort::Hand, "as you have put them"),
            (RowSort::Date, "first appearance first"),
            (RowSort::Group, "by the groups you have named"),
            (RowSort::Disagreement, "claims against denials first"),
        ] {
            let name = crate::app::capitalized(sort.name());
            if ui.add(Row::new(&name).value(says).on(sort == asked.sort)).clicked() {
                ask(actions, Asked { sort, ..asked.clone() });
                ui.close();
            }
        }
    });
}

fn voice_ui(ui: &mut Ui, desk: &Desk, asked: &Asked, theme: &Theme, actions: &mut Vec<Action>) {
    let chosen = asked.voice.clone().map_or(VoiceChoice::All, VoiceChoice::Of);
    // Passages without a voice have a column of their own.
    if let Some(choice) = voice_choice_ui(ui, desk.session(), &chosen, false, theme) {
        let voice = if let VoiceChoice::Of(id) = choice { Some(id) } else { None };
        ask(actions, Asked { voice, ..asked.clone() });
    }
}
