//! Pages to read: keys, messages, about.

use eframe::egui;
use eframe::egui::{ScrollArea, Ui};

use crate::app::{COMMANDS, Group, MessageKind, Workspace};

use super::super::theme::{Theme, font, size};
use super::super::widgets::{Keycap, section_label};
use super::{heading_ui, palette};

/// Every key, by group, in two columns.
pub(super) fn help_ui(ui: &mut Ui, workspace: &Workspace, theme: &Theme) {
    let width = (ui.ctx().content_rect().width() - 120.0).clamp(320.0, 980.0);
    let height = (ui.ctx().content_rect().height() - 180.0).max(200.0);
    ui.set_width(width);
    ui.set_min_height(height);
    heading_ui(ui, theme, "All keys");
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show(ui, |ui| {
        let columns = if width > 700.0 { 2 } else { 1 };
        ui.columns(columns, |columns| {
            let half = [
                &[Group::Annotate, Group::Documents, Group::Review, Group::Session][..],
                &[Group::Select, Group::Find, Group::Edit, Group::View, Group::Help][..],
            ];
            for (i, groups) in half.iter().enumerate() {
                let ui = &mut columns[i % columns.len()];
                for group in *groups {
                    group_ui(ui, workspace, theme, *group);
                }
            }
        });
        ui.add_space(size::SPACE[2]);
        let mouse = "Mouse: drag to select; double-click a word, again the sentence, again the paragraph; Shift-click \
                     extends; click a marked passage to choose it, again for the one around it; right click for \
                     all that can be done.";
        ui.label(font::text().text(mouse, theme.colors.text2));
    });
}

fn group_ui(ui: &mut Ui, workspace: &Workspace, theme: &Theme, group: Group) {
    section_label(ui, group.name());
    ui.add_space(size::SPACE[0]);
    let there = |info: &&crate::app::CommandInfo| {
        use crate::app::Command as C;
        match info.command {
            C::Tag(key) | C::Stick(key) => workspace
                .desk
                .as_ref()
                .map_or(key <= 3, |desk| desk.session().scheme.tag_for_key(key).is_some()),
            _ => true,
        }
    };
    let keys = |info: &crate::app::CommandInfo| workspace.keymap.keys(info.command);
    let with_keys =
        COMMANDS.iter().filter(|info| info.group == group && !keys(info).is_empty()).filter(there);
    for info in with_keys {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = size::SPACE[0];
            ui.scope(|ui| {
                ui.set_min_width(150.0);
                for key in keys(info) {
                    ui.add(Keycap::new(&key.to_string()));
                }
            });
            ui.label(font::text().text(palette::name(workspace, info), theme.colors.text))
                .on_hover_text(info.help);
        });
    }
    ui.add_space(size::SPACE[3]);
}

/// The messages that have gone by, the last first.
pub(super) fn log_ui(ui: &mut Ui, workspace: &Workspace, theme: &Theme) {
    ui.set_width(640.0);
    ui.set_min_height(360.0);
    heading_ui(ui, theme, "Messages");
    let messages = workspace.messages.all();
    if messages.is_empty() {
        ui.label(font::text().text("None yet", theme.colors.text2));
    }
    ScrollArea::vertical().max_height(460.0).auto_shrink([false, true]).show(ui, |ui| {
        for message in messages.iter().rev() {
            ui.horizontal_wrapped(|ui| {
                let zone = jiff::tz::TimeZone::system();
                let at = message.at.moment().to_zoned(zone).strftime("%H:%M").to_string();
                ui.label(font::meta().text(at, theme.colors.text3));
                let color = match message.kind {
                    MessageKind::Problem => theme.colors.conflict,
                    _ => theme.colors.text,
                };
                let words = match message.kind {
                    MessageKind::Problem => format!("Problem: {}", message.text),
                    _ => message.text.clone(),
                };
                ui.add(egui::Label::new(font::text().text(words, color)).selectable(true));
            });
        }
    });
}

/// Version, format, licenses.
pub(super) fn about_ui(ui: &mut Ui, theme: &Theme) {
    ui.set_width(460.0);
    heading_ui(ui, theme, "Gainsay");
    let lines = [
        format!("Version {}", env!("CARGO_PKG_VERSION")),
        format!("Session format {}", crate::format::session::FORMAT),
        "License: MIT or Apache-2.0, as you like".to_owned(),
        "Faces: Source Serif 4, IBM Plex Sans, Noto Emoji (OFL 1.1); icons: Phosphor (MIT)".to_owned(),
        "Nothing leaves this computer: the program opens no network connection".to_owned(),
    ];
    for line in lines {
        ui.label(font::text().text(line, theme.colors.text2));
    }
}
