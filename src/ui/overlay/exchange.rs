//! Export: where it is to go, in which format, and what goes along. Import: from which program's files.

use std::collections::BTreeSet;

use eframe::egui;
use eframe::egui::{Key, Modifiers, Rect, ScrollArea, Stroke, Ui, UiBuilder};

use crate::app::{
    Action, Command, Desk, ExportForm, ExportPreview, PathPurpose, Workspace, count, formats_for,
    formats_read,
};
use crate::format::{Format, Goal};

use super::super::app::Local;
use super::super::inspector::shortened;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, Check, Field, Row, row_frame};
use super::heading_ui;

/// Width of the list of goals.
const GOALS: f32 = 264.0;
/// Room for the button that writes.
const WRITE: f32 = 104.0;
/// Width of what goes along.
const ALONG: f32 = 300.0;

/// The keys of the export sheet: a number for the goal, arrows for the format, Enter to write.
pub(super) fn keys(ctx: &egui::Context, workspace: &Workspace) -> Vec<Action> {
    let Some(desk) = &workspace.desk else { return Vec::new() };
    let form = &desk.view.exporting.form;
    let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let numbers = [Key::Num1, Key::Num2, Key::Num3, Key::Num4, Key::Num5, Key::Num6];
    for (goal, key) in std::iter::zip(Goal::ALL, numbers) {
        if pressed(key) {
            return set(for_goal(form, goal));
        }
    }
    // Someone who walks with Tab presses what has the focus.
    if ctx.memory(|memory| memory.focused().is_some()) {
        return Vec::new();
    }
    let formats: Vec<&Format> = formats_for(form.goal).collect();
    let at = formats.iter().position(|format| format.name == form.format).unwrap_or(0);
    for (key, next) in [(Key::ArrowDown, at + 1), (Key::ArrowUp, at.wrapping_sub(1))] {
        if pressed(key)
            && let Some(format) = formats.get(next)
        {
            return set(ExportForm { format: format.name, ..form.clone() });
        }
    }
    if pressed(Key::Enter) && desk.view.exporting.preview().refused.is_empty() {
        return vec![Action::AskPath(PathPurpose::Export(form.format))];
    }
    Vec::new()
}

fn set(form: ExportForm) -> Vec<Action> {
    vec![Action::SetExport(Box::new(form))]
}

/// The form for another goal: its first format.
fn for_goal(form: &ExportForm, goal: Goal) -> ExportForm {
    let format = formats_for(goal).next().map_or(form.format, |format| format.name);
    if form.goal == goal { form.clone() } else { ExportForm { goal, format, ..form.clone() } }
}

/// Draws the export sheet's content; its heading is drawn already.
pub(super) fn export_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let room = ui.available_rect_before_wrap();
    let hair = Stroke::new(size::STROKE, theme.colors.hair);
    if room.width() < GOALS + ALONG + 320.0 {
        ScrollArea::vertical().id_salt("export").auto_shrink([false, false]).show(ui, |ui| {
            goals_ui(ui, desk, theme, actions);
            ui.add_space(size::SPACE[2]);
            formats_ui(ui, desk, theme, actions);
            ui.add_space(size::SPACE[3]);
            along_ui(ui, desk, theme, actions);
            ui.add_space(size::SPACE[3]);
            preview_ui(ui, theme, desk.view.exporting.preview());
        });
        return;
    }
    let (left, rest) = room.split_left_right_at_x(room.left() + GOALS);
    let (middle, right) = rest.split_left_right_at_x(rest.right() - ALONG);
    ui.painter().vline(left.right(), room.y_range(), hair);
    ui.painter().vline(right.left(), room.y_range(), hair);
    part_ui(ui, left.with_max_x(left.right() - size::SPACE[2]), "goals", |ui| {
        goals_ui(ui, desk, theme, actions);
    });
    let middle = middle.shrink2(egui::vec2(size::SPACE[3], 0.0));
    part_ui(ui, middle, "formats", |ui| {
        formats_ui(ui, desk, theme, actions);
        ui.add_space(size::SPACE[3]);
        preview_ui(ui, theme, desk.view.exporting.preview());
    });
    part_ui(ui, right.with_min_x(right.left() + size::SPACE[3]), "along", |ui| {
        along_ui(ui, desk, theme, actions);
    });
    ui.advance_cursor_after_rect(room);
}

fn part_ui(ui: &mut Ui, rect: Rect, name: &str, contents: impl FnOnce(&mut Ui)) {
    ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(name), |ui| {
        ScrollArea::vertical().id_salt(name).auto_shrink([false, false]).show(ui, contents);
    });
}

fn goals_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let form = &desk.view.exporting.form;
    for (number, goal) in Goal::ALL.into_iter().enumerate() {
        let key = (number + 1).to_string();
        if ui.add(Row::new(goal.name()).keycap(&key).on(form.goal == goal)).clicked() {
            actions.extend(set(for_goal(form, goal)));
        }
    }
    if let Some((last, path)) = &desk.view.exporting.last {
        ui.add_space(size::SPACE[3]);
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy();
        let title = crate::format::table::named(last.format).map_or(last.format, |format| format.title);
        ui.label(font::meta().text(format!("Last time: {title}, to {name}"), theme.colors.text2));
        let keys = super::super::keys::cap(ui.ctx(), Command::ExportAgain);
        if ui.add(Button::plain("Export again").keycap(&keys)).clicked() {
            actions.push(Action::ShowOverlay(None));
            actions.push(Action::Command(Command::ExportAgain));
        }
    }
}

fn formats_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let form = &desk.view.exporting.form;
    for format in formats_for(form.goal) {
        let on = format.name == form.format;
        // The button stands beside what can be pressed to look at the format.
        let (mut looked_at, mut write) = (false, false);
        ui.horizontal(|ui| {
            let width = ui.available_width() - WRITE;
            ui.vertical(|ui| {
                ui.set_width(width);
                let response = row_frame(ui, theme, on, |ui| {
                    ui.label(font::on().text(format.title, theme.colors.text));
                    let words = format!("Keeps {}. Loses {}.", format.keeps, format.loses);
                    ui.label(font::meta().text(words, theme.colors.text2));
                });
                response.widget_info(|| {
                    egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, on, format.title)
                });
                looked_at = response.clicked();
            });
            let refused = &desk.view.exporting.preview().refused;
            let reason = (on && !refused.is_empty()).then_some(refused.as_str());
            let button = if on { Button::primary("Write…") } else { Button::plain("Write…") };
            let response = ui.add(button.disabled(reason));
            response.widget_info(|| {
                let words = format!("Write {}", format.title);
                egui::WidgetInfo::labeled(egui::Role::Button, reason.is_none(), words)
            });
            write = response.clicked();
        });
        if write || looked_at {
            actions.extend(set(ExportForm { format: format.name, ..form.clone() }));
        }
        if write {
            actions.push(Action::AskPath(PathPurpose::Export(format.name)));
        }
    }
}

/// The first lines of what will be written, and what will be missing.
fn preview_ui(ui: &mut Ui, theme: &Theme, preview: &ExportPreview) {
    let [passages, links, documents] = preview.counts;
    let words = [count(passages, "passage"), count(links, "link"), count(documents, "document")].join(" · ");
    ui.label(font::on().text(&words, theme.colors.text));
    if !preview.refused.is_empty() {
        ui.label(font::text().text(&preview.refused, theme.colors.conflict));
    }
    if !preview.losses.is_empty() {
        ui.add_space(size::SPACE[0]);
        ui.label(font::meta().text("What it does not hold, or not as it is here", theme.colors.text2));
        for loss in &preview.losses {
            ui.label(font::text().text(format!("•  {loss}"), theme.colors.text));
        }
    }
    if preview.lines.is_empty() {
        return;
    }
    ui.add_space(size::SPACE[1]);
    egui::Frame::new().fill(theme.colors.panel).inner_margin(8).corner_radius(size::RADIUS_ROW).show(
        ui,
        |ui| {
            ui.set_width(ui.available_width());
            for line in &preview.lines {
                // An empty line has its height too.
                let line = if line.is_empty() { " " } else { line };
                let role = if preview.is_file { font::file() } else { font::text() };
                let text = role.text(line, theme.colors.text2);
                ui.add(egui::Label::new(text).truncate());
            }
        },
    );
}

/// What goes along: the rows of the table or all, and which documents, tags, statements and annotators.
fn along_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let (session, form) = (desk.session(), &desk.view.exporting.form);
    let mut new = form.clone();
    ui.label(font::on().text("What goes along", theme.colors.text));
    ui.add_space(size::SPACE[0]);
    if !desk.view.filter.is_empty() || form.filtered {
        let words = format!("Only what the table shows: {}", count(desk.rows().ids().len(), "passage"));
        ui.add(Check::new(&mut new.filtered, &words));
    }
    ui.add(Check::new(&mut new.texts, "The texts beside, as files"));
    let documents = session.documents.iter().map(|it| (it.id.clone(), shortened(it.label(), 34)));
    list_ui(ui, theme, "Documents", documents.collect(), &mut new.choice.documents);
    let tags = session.scheme.tags.iter().map(|tag| (tag.id.clone(), tag.name.clone()));
    list_ui(ui, theme, "Tags", tags.collect(), &mut new.choice.tags);
    let mut about: Vec<_> =
        session.statements.values().map(|it| (Some(it.id), shortened(&it.name, 34))).collect();
    if !about.is_empty() {
        about.push((None, "About no statement".to_owned()));
    }
    list_ui(ui, theme, "Statements", about, &mut new.choice.statements);
    let annotators = session.annotators.iter().map(|(id, it)| (id.clone(), shortened(&it.name, 34)));
    list_ui(ui, theme, "Annotators", annotators.collect(), &mut new.choice.annotators);
    if new != *form {
        actions.extend(set(new));
    }
}

/// Boxes for all of a kind; nothing where there is no choice.
fn list_ui<T: Ord + Clone>(
    ui: &mut Ui,
    theme: &Theme,
    heading: &str,
    all: Vec<(T, String)>,
    chosen: &mut Option<BTreeSet<T>>,
) {
    if all.len() < 2 {
        return;
    }
    ui.add_space(size::SPACE[2]);
    ui.horizontal(|ui| {
        ui.label(font::meta().text(heading, theme.colors.text2));
        if chosen.is_some() && ui.add(Button::link("All")).clicked() {
            *chosen = None;
        }
    });
    ui.push_id(heading, |ui| {
        for (id, name) in &all {
            let mut on = chosen.as_ref().is_none_or(|chosen| chosen.contains(id));
            if ui.add(Check::new(&mut on, name)).changed() {
                let mut set = chosen.take().unwrap_or_else(|| all.iter().map(|(id, _)| id.clone()).collect());
                if on {
                    set.insert(id.clone());
                } else {
                    set.remove(id);
                }
                *chosen = (set.len() < all.len()).then_some(set);
            }
        }
    });
}

/// Draws the import dialog.
pub(super) fn import_ui(ui: &mut Ui, theme: &Theme, local: &mut Local, actions: &mut Vec<Action>) {
    ui.set_width(620.0);
    heading_ui(ui, theme, "Take in annotations from files of…");
    let height = (ui.ctx().content_rect().height() - 300.0).clamp(160.0, 720.0);
    ScrollArea::vertical().max_height(height).id_salt("formats read").show(ui, |ui| {
        for format in formats_read() {
            let response = row_frame(ui, theme, false, |ui| {
                ui.label(font::on().text(format.title, theme.colors.text));
                let endings = format.extensions.iter().map(|it| format!(".{it}")).collect::<Vec<_>>();
                let words = format!("{}: {}", endings.join(", "), format.keeps);
                ui.label(font::meta().text(&words, theme.colors.text2));
            });
            response.widget_info(|| {
                let words = format!("Read files of {}", format.title);
                egui::WidgetInfo::labeled(egui::Role::Button, true, words)
            });
            if response.clicked() {
                actions.push(Action::SetImportAs(local.typed.clone()));
                actions.push(Action::AskPath(PathPurpose::Import(format.name)));
            }
        }
    });
    ui.add_space(size::SPACE[2]);
    ui.label(font::text().text("Whose are they?", theme.colors.text));
    let width = ui.available_width();
    ui.add(Field::new(&mut local.typed, "Empty: as the files say").width(width));
    ui.add_space(size::SPACE[1]);
    let says = "What was read is shown before anything is taken in, and one undo takes it all back.";
    ui.label(font::meta().text(says, theme.colors.text2));
    ui.add_space(size::SPACE[2]);
    if ui.add(Button::plain("Leave it")).clicked() {
        actions.push(Action::ShowOverlay(None));
    }
}
