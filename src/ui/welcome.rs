//! The first screen: one sentence, three ways in, unsaved work first.

use std::path::Path;

use eframe::egui;
use eframe::egui::{Pos2, Rect, Ui, UiBuilder, Vec2};

use crate::app::{Action, Command, Workspace, count, moment_words};
use crate::model::Scheme;

use super::icons::Icon;
use super::keys::cap;
use super::theme::{Theme, font, size};
use super::widgets::{Button, Keycap, PatternSwatch, TagBox, elided, hairline, row_frame, section_label};

/// Draws the screen.
pub fn welcome_ui(ui: &mut Ui, workspace: &Workspace, theme: &Theme, actions: &mut Vec<Action>) {
    let full = ui.max_rect();
    egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
        let wide = full.width() >= 1100.0;
        let (left, right, gap) = (560.0_f32, 500.0_f32, 120.0_f32);
        let total = if wide { left + gap + right } else { left.min(full.width() - 48.0) };
        let gap = if wide { (full.width() - left - right - 96.0).clamp(40.0, gap) } else { gap };
        let total = if wide { left + gap + right } else { total };
        let x = full.left() + ((full.width() - total) / 2.0).max(24.0);
        let top = ui.cursor().top() + (full.height() * 0.16).clamp(24.0, 190.0);
        let column = |x: f32, y: f32, width: f32| {
            Rect::from_min_size(Pos2::new(x, y), Vec2::new(width, f32::INFINITY))
        };
        let first = UiBuilder::new().max_rect(column(x, top, left.min(total)));
        let used = ui.scope_builder(first, |ui| ways_in_ui(ui, theme, actions)).response.rect;
        let second = match wide {
            true => column(x + left + gap, top + 8.0, right),
            false => column(x, used.bottom() + size::SPACE[5], left.min(total)),
        };
        let used = ui
            .scope_builder(UiBuilder::new().max_rect(second), |ui| shelf_ui(ui, workspace, theme, actions))
            .response
            .rect
            .union(used);
        ui.advance_cursor_after_rect(used.expand2(Vec2::new(0.0, 24.0)));
    });
}

fn ways_in_ui(ui: &mut Ui, theme: &Theme, actions: &mut Vec<Action>) {
    let colors = &theme.colors;
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.label(font::welcome().text("Who claims it, who denies it,\nand with which caveats", colors.text));
    ui.add_space(size::SPACE[3]);
    let promise = "Put documents side by side, mark passages with one key,\nand keep everything in one file of your own.";
    ui.label(font::Role { font: font::reading(17.0), row: 26.0 }.text(promise, colors.text2));
    ui.add_space(size::SPACE[5]);
    let ways = [
        (Command::OpenDocuments, "or drop them anywhere in this window,\nor paste text with Ctrl V"),
        (Command::OpenSession, "work saved earlier, or a colleague's"),
        (Command::OpenSample, "four short documents about an invented affair,\nalready marked in part"),
    ];
    for (i, (command, aside)) in ways.into_iter().enumerate() {
        ui.horizontal(|ui| {
            let info = command.info();
            let button = if i == 0 { Button::primary(info.name) } else { Button::plain(info.name) };
            let key = cap(ui.ctx(), command);
            let button = button.keycap(&key).large().width(230.0);
            if ui.add(button).clicked() {
                actions.push(Action::Command(command));
            }
            ui.add_space(size::SPACE[4]);
            ui.label(font::text().text(aside, colors.text3));
        });
        ui.add_space(size::SPACE[3]);
    }
    ui.add_space(size::SPACE[5]);
    section_label(ui, "Three tags to start with, yours to change");
    ui.add_space(size::SPACE[2]);
    for tag in &Scheme::starter().tags {
        ui.horizontal(|ui| {
            ui.set_min_height(34.0);
            ui.spacing_mut().item_spacing.x = size::SPACE[2];
            ui.add(Keycap::new(&super::widgets::key_words(ui.ctx(), tag)));
            ui.add(TagBox::of(tag));
            ui.add(PatternSwatch::of(tag));
            ui.scope(|ui| {
                ui.set_min_width(64.0);
                ui.label(font::on().text(&tag.name, colors.text));
            });
            ui.label(font::text().text(&tag.definition, colors.text2));
        });
    }
}

/// Unsaved work, recent sessions, the annotator's name.
fn shelf_ui(ui: &mut Ui, workspace: &Workspace, theme: &Theme, actions: &mut Vec<Action>) {
    let colors = &theme.colors;
    ui.spacing_mut().item_spacing.y = 0.0;
    let now = crate::model::Timestamp::from_second(jiff::Timestamp::now().as_second());
    if !workspace.unsaved.is_empty() {
        section_label(ui, "Not saved to a file yet");
        ui.add_space(size::SPACE[1]);
        for entry in &workspace.unsaved {
            let what =
                format!("{}, {}", count(entry.documents, "document"), count(entry.annotations, "annotation"));
            let name = if entry.title.is_empty() { "Untitled session" } else { &entry.title };
            let below =
                format!("{what} · last change {} · safe on this computer", moment_words(entry.changed, now));
            egui::Frame::new().fill(colors.panel).corner_radius(size::RADIUS_ROW).inner_margin(10).show(
                ui,
                |ui| {
                    ui.horizontal(|ui| {
                        ui.label(Icon::Safe.text(theme).color(colors.accent));
                        ui.vertical(|ui| {
                            elided(
                                ui,
                                name,
                                &font::on(),
                                colors.text,
                                (ui.available_width() - 90.0).max(80.0),
                            );
                            ui.label(font::meta().text(below, colors.text3));
                        });
                        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                            if ui.add(Button::plain("Go on")).clicked() {
                                actions.push(Action::OpenUnsaved(entry.id));
                            }
                        });
                    });
                },
            );
            ui.add_space(size::SPACE[1]);
        }
        ui.add_space(size::SPACE[4]);
    }
    section_label(ui, "Recent sessions");
    ui.add_space(size::SPACE[1]);
    if workspace.recent.is_empty() {
        ui.label(font::text().text("Sessions you save will be listed here", colors.text3));
    }
    for entry in workspace.recent.iter().take(8) {
        let name = entry.path.file_name().unwrap_or_default().to_string_lossy();
        let what =
            format!("{}, {}", count(entry.documents, "document"), count(entry.annotations, "annotation"));
        let folder = entry.path.parent().map(home_relative).unwrap_or_default();
        let response = row_frame(ui, theme, false, |ui| {
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = size::SPACE[2];
                ui.label(Icon::Document.text(theme));
                ui.vertical(|ui| {
                    ui.label(font::on().text(&*name, colors.text));
                    ui.label(font::meta().text(&what, colors.text3));
                });
                ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                    ui.vertical(|ui| {
                        ui.with_layout(egui::Layout::top_down(egui::Align::RIGHT), |ui| {
                            ui.label(font::meta().text(moment_words(entry.at, now), colors.text3));
                            ui.label(font::meta().text(folder, colors.text3));
                        });
                    });
                });
            });
        });
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Open {name}")));
        if response.on_hover_text(entry.path.display().to_string()).clicked() {
            actions.push(Action::OpenPaths(vec![entry.path.clone()]));
        }
    }
    ui.add_space(size::SPACE[4]);
    hairline(ui);
    ui.add_space(size::SPACE[4]);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[0];
        ui.label(font::text().text("Marked by", colors.text2));
        ui.label(font::on().text(workspace.my_name(), colors.text));
        ui.label(font::text().text("·", colors.text2));
        if ui.add(Button::link("Change name")).clicked() {
            actions.push(Action::Command(Command::ChangeName));
        }
    });
    ui.label(font::text().text("Nothing leaves this computer", colors.text3));
}

/// A folder with the home folder as `~`.
fn home_relative(folder: &Path) -> String {
    let home = directories::BaseDirs::new();
    match home.as_ref().and_then(|home| folder.strip_prefix(home.home_dir()).ok()) {
        Some(rest) if rest.as_os_str().is_empty() => "~".to_owned(),
        Some(rest) => format!("~/{}", rest.display()),
        None => folder.display().to_string(),
    }
}
