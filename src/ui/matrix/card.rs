//! The card of the statement that is looked at: what it says, when it appears; how to read a cell; what to look at next.

use eframe::egui;
use eframe::egui::{Align, Layout, ScrollArea, Sense, Ui, pos2, vec2};

use crate::across::matrix::{Cell, ColumnKey};
use crate::app::{Action, Command, Desk, Panel, count};
use crate::model::DocumentId;

use super::super::icons::Icon;
use super::super::inspector::shortened;
use super::super::keys::cap;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, Row, TagBox, section_label};
use super::cell::paint_sign;
use super::timeline::timeline_ui;

/// Documents that are named as not read.
const UNREAD: usize = 5;

/// Draws it.
pub(super) fn card_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    egui::Frame::new().inner_margin(egui::Margin::symmetric(14, 10)).show(ui, |ui| {
        ui.horizontal(|ui| {
            section_label(ui, "Statement");
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let fold = Button::sign(Icon::CaretRight, "Fold the card");
                if ui.add(fold).clicked() {
                    actions.push(Action::SetPanel(Panel::Inspector, false));
                }
            });
        });
        ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = size::SPACE[0];
            statement_ui(ui, desk, theme, actions);
            ui.add_space(size::SPACE[3]);
            legend_ui(ui, desk, theme);
            ui.add_space(size::SPACE[3]);
            next_ui(ui, desk, theme, actions);
        });
    });
}

fn statement_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let card = desk.board().card();
    let Some(statement) = card.statement.and_then(|id| desk.session().statements.get(&id)) else {
        let says = "Choose a cell: its statement stands here";
        ui.label(font::text().text(says, theme.colors.text2));
        return;
    };
    ui.label(font::title().text(&statement.name, theme.colors.text));
    if !statement.definition.is_empty() {
        ui.label(font::passage().text(shortened(&statement.definition, 800), theme.colors.text));
    }
    if !statement.note.is_empty() {
        ui.label(font::text().text(shortened(&statement.note, 600), theme.colors.text2));
    }
    let mut beside = vec![count(desk.board().count(statement.id), "passage")];
    if !statement.group.is_empty() {
        beside.push(format!("group {}", statement.group));
    }
    if !statement.date.is_empty() {
        beside.push(format!("said of {}", statement.date));
    }
    ui.label(font::meta().text(beside.join(" · "), theme.colors.text3));
    for command in [Command::EditStatement, Command::CopyCard, Command::RemoveStatement] {
        let info = command.info();
        let row = Row::new(info.name);
        if ui.add(row.keycap(&cap(ui.ctx(), command))).on_hover_text(info.help).clicked() {
            actions.push(Action::Command(command));
        }
    }
    ui.add_space(size::SPACE[2]);
    section_label(ui, "By date");
    timeline_ui(ui, desk, theme, actions);
}

/// How to read a cell.
fn legend_ui(ui: &mut Ui, desk: &Desk, theme: &Theme) {
    section_label(ui, "How to read a cell");
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[0];
        for tag in desk.session().scheme.tags.iter().filter(|tag| !tag.retired) {
            ui.add(TagBox::of(tag));
            ui.label(font::text().text(&tag.name, theme.colors.text2));
            ui.add_space(size::SPACE[0]);
        }
        ui.label(font::text().text("with how many passages", theme.colors.text2));
    });
    let mut signs = vec![
        (Cell::Silent, "silent: read to the end, says nothing on it"),
        (Cell::NotRead, "not read to the end: nothing can be said yet"),
        (Cell::Earlier, "earlier: older than the first dated appearance"),
    ];
    if desk.view.matrix.asked.voice.is_some() {
        signs.push((Cell::OtherVoices(0), "others: passages of other voices alone"));
    }
    for (cell, says) in signs {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = size::SPACE[1];
            let (rect, _) = ui.allocate_exact_size(vec2(16.0, 18.0), Sense::hover());
            paint_sign(ui.painter(), theme, pos2(rect.center().x, rect.center().y), cell);
            ui.add(egui::Label::new(font::text().text(says, theme.colors.text2)).wrap());
        });
    }
}

/// The documents that nobody has read: their columns say nothing yet.
fn next_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let unread: Vec<_> = (desk.board().matrix().columns.iter())
        .filter(|column| !column.read)
        .filter_map(|column| match &column.key {
            ColumnKey::Document(id) => Some((id, &column.label)),
            ColumnKey::Voice(_) => None,
        })
        .collect();
    if unread.is_empty() {
        return;
    }
    section_label(ui, "Not read to the end");
    for (id, label) in unread.iter().take(UNREAD) {
        let row = Row::new(label).value("Read it");
        if ui.add(row).on_hover_text("Opens it in the text").clicked() {
            actions.push(Action::ShowDocument(DocumentId::clone(id)));
        }
    }
    if unread.len() > UNREAD {
        let more = format!("and {}", count(unread.len() - UNREAD, "further document"));
        ui.label(font::meta().text(more, theme.colors.text3));
    }
}
