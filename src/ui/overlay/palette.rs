//! Every action, by its name.

use eframe::egui;
use eframe::egui::{Key, Modifiers, Ui};

use crate::app::{Action, COMMANDS, CommandInfo, Workspace};
use crate::model::DocumentId;
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
    match found.get(local.row) {
        Some(item) if pressed(Key::Enter) => item.take(),
        _ => Vec::new(),
    }
}

/// A line of the palette.
enum Item {
    Command(&'static CommandInfo),
    Document { id: DocumentId, words: String },
}

impl Item {
    fn take(&self) -> Vec<Action> {
        match self {
            Self::Command(info) => super::take(info.command),
            Self::Document { id, .. } => {
                vec![Action::ShowOverlay(None), Action::ShowDocument(id.clone())]
            }
        }
    }
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
    ui.set_min_height(470.0);
    let response = ui.add(
        Field::new(&mut local.query, "Find an action").placeholder("What do you want to do?").width(560.0),
    );
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
        for (i, item) in found.iter().enumerate() {
            let (enabled, label, group, help) = match item {
                Item::Command(info) => {
                    (info.command.enabled(workspace), name(workspace, info), info.group.name(), info.help)
                }
                Item::Document { words, .. } => (Ok(()), words.clone(), "Documents", "Go to this document"),
            };
            let color = if enabled.is_ok() { theme.colors.text } else { theme.colors.text3 };
            let response = row_frame(ui, theme, i == local.row, |ui| {
                ui.horizontal(|ui| {
                    ui.label(font::text().text(super::super::inspector::shortened(&label, 60), color));
                    ui.label(font::meta().text(group, theme.colors.text3));
                    ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                        if let Item::Command(info) = item
                            && let Some(key) = workspace.keymap.keys(info.command).first()
                        {
                            ui.add(Keycap::new(&key.to_string()));
                        }
                    });
                });
            });
            response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, enabled.is_ok(), &label));
            if i == local.row && (moved || fresh) {
                response.scroll_to_me(None);
            }
            let hover = enabled.err().map_or(help.to_owned(), |reason| format!("{help}\nNot now: {reason}"));
            if response.on_hover_text(hover).clicked() {
                actions.extend(item.take());
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

/// The commands whose name or help holds every word of the query; those whose name alone holds them first. Keys of
/// tags that are not there are left out.
fn matches(workspace: &Workspace, query: &str) -> Vec<Item> {
    use crate::app::Command as C;
    let words: Vec<String> = fold(query).split_whitespace().map(str::to_owned).collect();
    let words_in = |text: &str| words.iter().all(|word| text.contains(word.as_str()));
    let there = |info: &&CommandInfo| match info.command {
        C::Tag(key) | C::Stick(key) => {
            workspace.desk.as_ref().is_some_and(|desk| desk.session().scheme.tag_for_key(key).is_some())
        }
        _ => true,
    };
    let documents = workspace.desk.iter().flat_map(|desk| &desk.session().documents).filter_map(|document| {
        let words = format!("Show “{}”", document.title());
        let folded = fold(&words);
        let item = Item::Document { id: document.id.clone(), words };
        words_in(&folded).then_some((1, item))
    });
    let mut found: Vec<(u8, Item)> = COMMANDS
        .iter()
        .filter(there)
        .filter_map(|info| {
            let name = fold(&name(workspace, info));
            let help = fold(info.help);
            let holds = |word: &String| name.contains(word.as_str()) || help.contains(word.as_str());
            let begins = words.first().is_some_and(|first| name.starts_with(first.as_str()));
            let rank = match words_in(&name) {
                true if begins => 0,
                true => 1,
                false if begins => 2,
                false => 3,
            };
            words.iter().all(holds).then_some((rank, Item::Command(info)))
        })
        .chain(documents)
        .collect();
    found.sort_by_key(|(rank, _)| *rank);
    found.into_iter().map(|(_, item)| item).collect()
}
