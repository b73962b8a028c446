//! Every action, by its name.

use eframe::egui;
use eframe::egui::{Key, Modifiers, Ui};

use crate::app::{Action, COMMANDS, CommandInfo, Workspace};
use crate::text::fold::fold;

use super::super::app::Local;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Field, Keycap, row_frame};

pub(super) fn keys(ctx: &egui::Context, workspace: &Workspace, local: &mut Local) -> Vec<Action> {
    let found = matches(workspace, &local.query);
    let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowDown) {
        local.row = (local.row + 1).min(found.len().saturating_sub(1));
    }
    if pressed(Key::ArrowUp) {
        local.row = local.row.saturating_sub(1);
    }
    if pressed(Key::Enter)
        && let Some(info) = found.get(local.row)
    {
        return super::take(info.command);
    }
    Vec::new()
}

pub(super) fn palette_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    theme: &Theme,
    local: &mut Local,
    fresh: bool,
    actions: &mut Vec<Action>,
) {
    ui.set_width(560.0);
    let response = ui.add(Field::new(&mut local.query, "Find an action").placeholder("What do you want to do?").width(560.0));
    if fresh {
        response.request_focus();
    }
    if response.changed() {
        local.row = 0;
    }
    ui.add_space(size::SPACE[1]);
    let found = matches(workspace, &local.query);
    if found.is_empty() {
        ui.label(font::text().text("No action has these words in its name", theme.colors.text2));
    }
    let moved = ui.input(|input| input.key_down(Key::ArrowDown) || input.key_down(Key::ArrowUp));
    egui::ScrollArea::vertical().max_height(420.0).auto_shrink([false, true]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        for (i, info) in found.iter().enumerate() {
            let enabled = info.command.enabled(workspace);
            let color = if enabled.is_ok() { theme.colors.text } else { theme.colors.text3 };
            let response = row_frame(ui, theme, i == local.row, |ui| {
                ui.horizontal(|ui| {
                    ui.label(font::text().text(name(workspace, info), color));
                    ui.label(font::meta().text(info.group.name(), theme.colors.text3));
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        if let Some(key) = info.keys.first() {
                            ui.add(Keycap::new(&key.to_string()));
                        }
                    });
                });
            });
            let label = name(workspace, info);
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled.is_ok(), &label));
            if i == local.row && (moved || fresh) {
                response.scroll_to_me(None);
            }
            let hover = enabled.err().map_or(info.help.to_owned(), |reason| format!("{}\nNot now: {reason}", info.help));
            if response.on_hover_text(hover).clicked() {
                actions.extend(super::take(info.command));
            }
        }
    });
}

/// The name of a command, with the tag's name where a key stands for one.
pub(super) fn name(workspace: &Workspace, info: &CommandInfo) -> String {
    use crate::app::Command as C;
    let tag = |key| workspace.desk.as_ref()?.session().scheme.tag_for_key(key).map(|tag| tag.name.clone());
    match info.command {
        C::Tag(key) => tag(key).map_or_else(|| info.name.to_owned(), |name| format!("Tag as {name}")),
        C::Stick(key) => tag(key).map_or_else(|| info.name.to_owned(), |name| format!("Let {name} stick")),
        _ => info.name.to_owned(),
    }
}

/// The commands whose name or help holds every word of the query; those whose name begins with it first. Keys of
/// tags that are not there are left out.
fn matches(workspace: &Workspace, query: &str) -> Vec<&'static CommandInfo> {
    use crate::app::Command as C;
    let words: Vec<String> = fold(query).split_whitespace().map(str::to_owned).collect();
    let there = |info: &&CommandInfo| match info.command {
        C::Tag(key) | C::Stick(key) => workspace
            .desk
            .as_ref()
            .is_some_and(|desk| desk.session().scheme.tag_for_key(key).is_some()),
        _ => true,
    };
    let mut found: Vec<(u8, &CommandInfo)> = COMMANDS
        .iter()
        .filter(there)
        .filter_map(|info| {
            let name = fold(&name(workspace, info));
            let help = fold(info.help);
            let holds = |word: &String| name.contains(word.as_str()) || help.contains(word.as_str());
            let rank = match words.first() {
                Some(first) if name.starts_with(first.as_str()) => 0,
                Some(_) if words.iter().all(|word| name.contains(word.as_str())) => 1,
                _ => 2,
            };
            words.iter().all(holds).then_some((rank, info))
        })
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, info)| info).collect()
}
