//! Earlier versions of the session: when, how much, and what was changed since.

use eframe::egui;
use eframe::egui::{ScrollArea, Ui};

use crate::app::safety::SafetyAction;
use crate::app::{Action, Workspace, count, day_and_hour};
use crate::model::Timestamp;
use crate::store::Origin;

use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, Row, section_label};

/// Width of the list.
const LIST: f32 = 320.0;

/// Draws the sheet below its heading.
pub fn versions_ui(ui: &mut Ui, workspace: &Workspace, theme: &Theme, actions: &mut Vec<Action>) {
    let colors = &theme.colors;
    let versions = &workspace.versions;
    if versions.list.is_empty() {
        let words = "No earlier version is kept yet. The first is put aside when the session's file is written \
                     the next time, then one a minute at most; with age they are thinned.";
        ui.label(font::text().text(words, colors.text2));
        return;
    }
    let words = "What the file held before. A version opens as a copy: the session itself stays as it is.";
    ui.label(font::text().text(words, colors.text2));
    ui.add_space(size::SPACE[2]);
    let room = ui.available_rect_before_wrap();
    let (list, rest) = room.split_left_right_at_x(room.left() + LIST);
    let mut left = ui.new_child(egui::UiBuilder::new().max_rect(list).id_salt("versions"));
    let row_height = size::LIST_ROW;
    ScrollArea::vertical().id_salt("list").show_rows(
        &mut left,
        row_height,
        versions.list.len(),
        |ui, shown| {
            for at in shown {
                let version = &versions.list[at];
                let mut words = day_and_hour(version.at, now());
                if version.origin == Origin::Other {
                    words.push_str(" · by another program");
                }
                if let Some(file) = &version.other_file {
                    let name = file.file_name().map(|name| name.to_string_lossy().into_owned());
                    words.push_str(&format!(" · of {}", name.unwrap_or_else(|| "another file".to_owned())));
                }
                let kilobytes = format!("{} KB", version.bytes.div_ceil(1000));
                let row = Row::new(&words).value(&kilobytes).on(versions.shown == Some(at));
                let mut response = ui.add(row);
                if let Some(file) = &version.other_file {
                    let words = format!("It stood in {}, which holds the same session", file.display());
                    response = response.on_hover_text(words);
                }
                if response.clicked() {
                    actions.push(Action::Safety(SafetyAction::ShowVersion(at)));
                }
            }
        },
    );
    let rest = rest.with_min_x(rest.left() + size::SPACE[4]);
    let mut right = ui.new_child(egui::UiBuilder::new().max_rect(rest).id_salt("version"));
    let ui = &mut right;
    let Some(at) = versions.shown else { return };
    match &versions.view {
        None => {
            ui.label(font::text().text("Being compared…", colors.text2));
        }
        Some(Err(error)) => {
            ui.label(font::text().text(error, colors.conflict));
        }
        Some(Ok(view)) => {
            let holds =
                format!("{}, {}", count(view.documents, "document"), count(view.annotations, "annotation"));
            ui.horizontal(|ui| {
                ui.label(font::on().text(holds, colors.text));
                ui.add_space(size::SPACE[3]);
                if ui.add(Button::primary("Open as a copy")).clicked() {
                    actions.push(Action::Safety(SafetyAction::OpenVersion(at)));
                }
            });
            ui.add_space(size::SPACE[2]);
            if view.changes.is_empty() {
                ui.label(font::text().text("It holds what the session holds now.", colors.text2));
                return;
            }
            section_label(ui, &format!("Changed since · {}", view.changes.len()));
            let height = ui.text_style_height(&egui::TextStyle::Body).max(size::LIST_ROW);
            ScrollArea::both().id_salt("changes").auto_shrink(false).show_rows(
                ui,
                height,
                view.changes.len(),
                |ui, shown| {
                    for line in &view.changes[shown] {
                        ui.add(
                            egui::Label::new(font::text().text(line, colors.text))
                                .wrap_mode(egui::TextWrapMode::Extend),
                        );
                    }
                },
            );
        }
    }
}

fn now() -> Timestamp {
    Timestamp::from_second(jiff::Timestamp::now().as_second())
}
