//! The bar at the bottom: what can be done now, with its keys, and what the last act did. Never hidden.

use eframe::egui;
use eframe::egui::{Align, Frame, Layout, Stroke, Ui};

use crate::app::{Action, Command, Desk, MessageKind, Selection, Workspace, count};

use super::icons::Icon;
use super::keys::cap;
use super::theme::{Theme, font, size};
use super::widgets::{Button, Keycap, TagBox, elided, solid_when};

/// Draws the bar.
pub fn hint_bar_ui(ui: &mut Ui, workspace: &Workspace, theme: &Theme, actions: &mut Vec<Action>) {
    let sticky = workspace
        .desk
        .as_ref()
        .and_then(|desk| desk.session().scheme.tag(desk.view.sticky.as_ref()?).cloned());
    if let Some(tag) = &sticky {
        let colors = theme.tag(tag.color, tag.retired);
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0.0, colors.fill);
        ui.painter().hline(rect.x_range(), rect.top() + 1.0, Stroke::new(2.0, colors.stroke));
    }
    Frame::new().show(ui, |ui| {
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = size::SPACE[1];
            ui.add_space(size::SPACE[3]);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(size::SPACE[3]);
                if ui.add(Button::quiet("All keys").keycap(&cap(ui.ctx(), Command::Help))).clicked() {
                    actions.push(Action::Command(Command::Help));
                }
                message_ui(ui, workspace, theme, actions);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| match &sticky {
                    Some(tag) => {
                        let name = crate::app::capitalized(&tag.name);
                        ui.add(TagBox::of(tag).form(solid_when(true)));
                        ui.label(font::on().text(format!("{name} sticks"), theme.colors.text));
                        let says = "each passage you sweep is marked at once";
                        ui.label(font::text().text(says, theme.colors.text2));
                        hint(ui, theme, Command::Leave, "ends it");
                    }
                    None => hints_ui(ui, workspace, theme),
                });
            });
        });
    });
}

/// The last message, with undo beside it when it tells of an act.
fn message_ui(ui: &mut Ui, workspace: &Workspace, theme: &Theme, actions: &mut Vec<Action>) {
    let Some(message) = workspace.messages.current() else { return };
    let colors = &theme.colors;
    if message.undo
        && Command::Undo.enabled(workspace).is_ok()
        && ui.add(Button::link("Undo").keycap(&cap(ui.ctx(), Command::Undo))).clicked()
    {
        actions.push(Action::Command(Command::Undo));
    }
    let color = if message.kind == MessageKind::Problem { colors.conflict } else { colors.text };
    let width = ui.available_width() * 0.55;
    let response = elided(ui, &message.text, &font::text(), color, width);
    if response.interact(egui::Sense::click()).clicked() {
        actions.push(Action::Command(Command::Log));
    }
    if message.kind == MessageKind::Problem {
        ui.label(Icon::Warning.text(theme).color(colors.conflict));
    }
}

fn hints_ui(ui: &mut Ui, workspace: &Workspace, theme: &Theme) {
    let strong = |ui: &mut Ui, words: &str| {
        ui.label(font::on().text(words, theme.colors.text));
        ui.add_space(size::SPACE[0]);
    };
    let Some(desk) = &workspace.desk else {
        strong(ui, "Start here");
        for command in [Command::OpenDocuments, Command::PasteDocument, Command::OpenSession] {
            let info = command.info();
            hint(ui, theme, command, &info.name.trim_end_matches('…').to_lowercase());
        }
        return;
    };
    if desk.session().documents.is_empty() {
        strong(ui, "No documents yet");
        hint(ui, theme, Command::OpenDocuments, "open documents");
        hint(ui, theme, Command::PasteDocument, "paste text");
        return;
    }
    if super::find::has_focus(ui.ctx()) {
        strong(ui, "Find");
        key_hint(ui, theme, "Enter", "next hit");
        key_hint(ui, theme, "Shift Enter", "previous hit");
        hint(ui, theme, Command::FindNext, "go to the next, to tag it");
        hint(ui, theme, Command::TagHits, "tag all hits");
        hint(ui, theme, Command::Leave, "close");
        return;
    }
    let selection = desk.view.selection.map(|(_, selection)| selection);
    let selected = selection.and_then(Selection::span);
    if selected.is_none() && !desk.view.picked.is_empty() {
        strong(ui, &format!("{} picked", count(desk.view.picked.len(), "annotation")));
        tag_hints(ui, desk, theme, "all ");
        hint(ui, theme, Command::ToggleUnsure, "unsure");
        hint(ui, theme, Command::Delete, "delete all");
        hint(ui, theme, Command::Leave, "let go");
    } else if let Some(span) = selected {
        strong(ui, &selection_words(desk, span));
        tag_hints(ui, desk, theme, "");
        if desk.view.search.open && desk.view.search.current.is_some() {
            hint(ui, theme, Command::FindNext, "next hit");
            hint(ui, theme, Command::TagHits, "tag all hits");
        }
        hint(ui, theme, Command::Widen, "widen");
        hint(ui, theme, Command::ExtendCharRight, "extend");
        hint(ui, theme, Command::Copy, "copy");
        hint(ui, theme, Command::Leave, "clear");
    } else if let Some(annotation) = desk.chosen() {
        let name = desk.session().scheme.tag(&annotation.tag).map_or("annotation", |tag| &tag.name);
        strong(ui, &format!("{} chosen", crate::app::capitalized(name)));
        tag_hints(ui, desk, theme, "");
        hint(ui, theme, Command::EditNote, "note");
        hint(ui, theme, Command::ToggleUnsure, "unsure");
        hint(ui, theme, Command::Delete, "delete");
        hint(ui, theme, Command::NextAnnotation, "next");
        hint(ui, theme, Command::Leave, "let go");
    } else {
        strong(ui, "Reading");
        tag_hints(ui, desk, theme, "");
        hint(ui, theme, Command::NextSentence, "next sentence");
        hint(ui, theme, Command::NextAnnotation, "next annotation");
        hint(ui, theme, Command::NextPane, "next document");
        hint(ui, theme, Command::Find, "find");
        hint(ui, theme, Command::FocusFilter, "filter");
    }
}

fn selection_words(desk: &Desk, span: crate::model::Span) -> String {
    let pane = desk.view.selection.and_then(|(pane, _)| desk.view.pane(pane));
    let text = pane
        .and_then(|pane| desk.document(&pane.document))
        .map_or(String::new(), |(document, cache)| cache.rendering.plain_text(document.text(), span));
    format!("Selection, {}", count(text.chars().count(), "character"))
}

fn tag_hints(ui: &mut Ui, desk: &Desk, theme: &Theme, prefix: &str) {
    for tag in desk.session().scheme.tags.iter().filter(|tag| !tag.retired) {
        if let Some(key) = tag.key {
            hint(ui, theme, Command::Tag(key), &format!("{prefix}{}", tag.name));
        }
    }
}

/// A key and what it does; left out when there is no room for the whole of it.
fn hint(ui: &mut Ui, theme: &Theme, command: Command, words: &str) {
    let key = cap(ui.ctx(), command);
    if !key.is_empty() {
        key_hint(ui, theme, &key, words);
    }
}

fn key_hint(ui: &mut Ui, theme: &Theme, key: &str, words: &str) {
    let width =
        |ui: &Ui, role: &font::Role, text: &str| role.line(ui.ctx(), text, theme.colors.text2).size().x;
    let need = width(ui, &font::keycap(), key) + width(ui, &font::text(), words) + 40.0;
    if ui.available_width() < need {
        // Nothing after it may take the place of a hint that did not fit.
        ui.set_max_width(0.0);
        return;
    }
    ui.add(Keycap::new(key));
    ui.label(font::text().text(words, theme.colors.text2));
    ui.add_space(size::SPACE[1]);
}
