//! Forms: what is known of a document, and of the session.

use eframe::egui;
use eframe::egui::{Key, Ui};

use crate::app::{Action, Overlay, Workspace, count};
use crate::model::{DocumentId, DocumentInfo, SessionInfo};

use super::super::app::Local;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, Field};
use super::fields::FIELDS;
use super::heading_ui;

/// What stands in the fields at first.
pub(super) fn fields(workspace: &Workspace, overlay: &Overlay) -> Vec<String> {
    let Some(desk) = &workspace.desk else { return Vec::new() };
    match overlay {
        Overlay::Document(id) => match desk.session().document(id) {
            Some(document) => FIELDS.iter().map(|field| (field.get)(&document.info).to_owned()).collect(),
            None => Vec::new(),
        },
        Overlay::Session => vec![desk.session().info.title.clone(), desk.session().info.note.clone()],
        _ => Vec::new(),
    }
}

pub(super) fn document_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    theme: &Theme,
    local: &mut Local,
    id: &DocumentId,
    fresh: bool,
    actions: &mut Vec<Action>,
) {
    let Some((document, cache)) = workspace.desk.as_ref().and_then(|desk| desk.document(id)) else { return };
    ui.set_width(560.0);
    heading_ui(ui, theme, "About this document");
    let rows = FIELDS.iter().map(|field| (field.name, field.example));
    let done = form_ui(ui, theme, &mut local.fields, rows, fresh, actions);
    ui.add_space(size::SPACE[1]);
    let import = &document.source.import;
    let from = import.file_name.as_deref().unwrap_or("pasted text");
    let mark = if import.byte_order_mark { ", byte-order mark removed" } else { "" };
    let read = format!("From {from}: {} bytes, read as {}{mark}", import.bytes, import.encoding);
    ui.label(font::meta().text(read, theme.colors.text3));
    if cache.hidden > 0 {
        let words = format!("{}, shown as signs", count(cache.hidden, "hidden control character"));
        ui.label(font::meta().text(words, theme.colors.text3));
    }
    if done {
        let mut info = DocumentInfo::clone(&document.info);
        for (field, typed) in FIELDS.iter().zip(&local.fields) {
            (field.set)(&mut info, typed.trim().to_owned());
        }
        actions.push(Action::ShowOverlay(None));
        actions.push(Action::SetDocumentInfo(id.clone(), Box::new(info), "describe"));
    }
}

pub(super) fn session_ui(
    ui: &mut Ui,
    theme: &Theme,
    local: &mut Local,
    fresh: bool,
    actions: &mut Vec<Action>,
) {
    ui.set_width(560.0);
    heading_ui(ui, theme, "About this session");
    let rows = [("Title", "What the dossier is about"), ("Note", "")];
    if form_ui(ui, theme, &mut local.fields, rows.into_iter(), fresh, actions) {
        let mut typed = local.fields.iter().map(|text| text.trim().to_owned());
        let info =
            SessionInfo { title: typed.next().unwrap_or_default(), note: typed.next().unwrap_or_default() };
        actions.push(Action::ShowOverlay(None));
        actions.push(Action::SetInfo(info));
    }
}

/// A field a row; true when the form was confirmed.
fn form_ui<'a>(
    ui: &mut Ui,
    theme: &Theme,
    fields: &mut Vec<String>,
    rows: impl ExactSizeIterator<Item = (&'a str, &'a str)>,
    fresh: bool,
    actions: &mut Vec<Action>,
) -> bool {
    fields.resize(rows.len(), String::new());
    let mut entered = false;
    for (i, ((name, example), text)) in rows.zip(fields.iter_mut()).enumerate() {
        ui.horizontal(|ui| {
            ui.allocate_ui_with_layout(
                egui::vec2(96.0, size::CONTROL),
                egui::Layout::left_to_right(egui::Align::Center),
                |ui| {
                    ui.set_min_width(96.0);
                    ui.label(font::text().text(name, theme.colors.text2));
                },
            );
            let width = ui.available_width();
            let field = ui.add(Field::new(text, name).placeholder(example).width(width));
            if fresh && i == 0 {
                field.request_focus();
            }
            entered |= field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
        });
        ui.add_space(size::SPACE[0]);
    }
    ui.add_space(size::SPACE[1]);
    ui.horizontal(|ui| {
        entered |= ui.add(Button::primary("Done").keycap("Enter")).clicked();
        if ui.add(Button::plain("Leave it").keycap("Esc")).clicked() {
            actions.push(Action::ShowOverlay(None));
        }
    });
    entered
}
