//! Small windows about voices: who speaks in a passage, and all who speak in the documents.

use eframe::egui;
use eframe::egui::{Key, Modifiers, ScrollArea, Ui};

use crate::app::statements::{Speaker, speakers};
use crate::app::{Action, Desk, StatementAction, Workspace};
use crate::model::{Actor, ActorKind};

use super::super::app::Local;
use super::super::icons::Icon;
use super::super::inspector::shortened;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, Field, Row};
use super::heading_ui;
use super::statements::{list_ui, passage, passage_words, search_ui};

/// How many lines the list has.
pub(super) fn rows(desk: &Desk, typed: &str) -> usize {
    // Without anything typed, the first place is that of the voice as it stands.
    voice_rows(desk, typed).len() + usize::from(typed.trim().is_empty())
}

/// A line of the list of those who may speak.
#[derive(Clone)]
enum VoiceRow {
    Known(Actor),
    New(String, ActorKind),
}

impl VoiceRow {
    fn speaker(self) -> Speaker {
        match self {
            Self::Known(actor) => Speaker::Known(actor.id),
            Self::New(name, kind) => Speaker::New(name, kind),
        }
    }
}

fn voice_rows(desk: &Desk, typed: &str) -> Vec<VoiceRow> {
    let found = speakers(desk.session(), typed);
    let name = typed.trim();
    let is_there = found.iter().any(|actor| actor.name.to_lowercase() == name.to_lowercase());
    let mut rows: Vec<VoiceRow> = found.iter().map(|actor| VoiceRow::Known(Actor::clone(actor))).collect();
    if !name.is_empty() && !is_there {
        rows.push(VoiceRow::New(name.to_owned(), ActorKind::Person));
        rows.push(VoiceRow::New(name.to_owned(), ActorKind::Organization));
    }
    rows
}

pub(super) fn keys(ctx: &egui::Context, desk: &Desk, local: &mut Local) -> Vec<Action> {
    let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let typed = !local.query.trim().is_empty();
    if !typed && pressed(Key::Backspace) {
        local.voice.pop();
    }
    if !pressed(Key::Enter) {
        return Vec::new();
    }
    if !typed && local.row == 0 {
        return vec![Action::Statement(StatementAction::Voice(local.voice.clone()))];
    }
    let row = if typed { local.row } else { local.row - 1 };
    if let Some(row) = voice_rows(desk, &local.query).into_iter().nth(row) {
        local.voice.push(row.speaker());
        (local.query, local.row) = (String::new(), 0);
    }
    Vec::new()
}

/// The voice of the passage, to begin with.
pub(super) fn voice_now(workspace: &Workspace) -> Vec<Speaker> {
    let now = workspace.desk.as_ref().and_then(passage).map(|annotation| annotation.voice.clone());
    now.unwrap_or_default().into_iter().map(Speaker::Known).collect()
}

/// Who speaks in the chosen or picked passages, outermost first, completed while typing.
pub(super) fn voice_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    theme: &Theme,
    local: &mut Local,
    fresh: bool,
    actions: &mut Vec<Action>,
) {
    let Some(desk) = &workspace.desk else { return };
    ui.set_width(480.0_f32.min(ui.ctx().content_rect().width() - 60.0));
    heading_ui(ui, theme, "Who says it? Outermost first");
    ui.label(font::passage_row().text(passage_words(desk), theme.colors.text2));
    ui.add_space(size::SPACE[1]);
    chain_ui(ui, desk, theme, local);
    search_ui(ui, local, "Voice", "Type a name: person or organization", fresh);
    let typed = !local.query.trim().is_empty();
    let rows = voice_rows(desk, &local.query);
    // Without anything typed, Enter is for the voice as it stands.
    let shift = usize::from(!typed);
    let on = local.row;
    let taken = list_ui(ui, on, rows.len(), |ui, at| {
        let (words, value, icon) = match &rows[at] {
            VoiceRow::Known(actor) => (actor.name.clone(), kind_words(actor.kind), None),
            VoiceRow::New(name, kind) => (format!("New {} “{name}”", kind_words(*kind)), "", Some(Icon::Add)),
        };
        let mut row = Row::new(&words).value(value).on(at + shift == on);
        if let Some(icon) = icon {
            row = row.icon(icon);
        }
        ui.add(row)
    });
    if let Some(row) = taken.and_then(|at| rows.into_iter().nth(at)) {
        local.voice.push(row.speaker());
        (local.query, local.row) = (String::new(), 0);
    }
    ui.add_space(size::SPACE[1]);
    let says = match (typed, local.voice.is_empty()) {
        (true, _) => "Enter takes the marked line into the chain, ↑ ↓ go to others",
        (false, true) => "Enter leaves it without a voice",
        (false, false) => "Enter sets the chain, Backspace takes the last one out of it",
    };
    ui.label(font::meta().text(says, theme.colors.text3));
    ui.add_space(size::SPACE[1]);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[2];
        let key = if typed { "" } else { "Enter" };
        if ui.add(Button::primary("Set the voice").keycap(key)).clicked() {
            actions.push(Action::Statement(StatementAction::Voice(local.voice.clone())));
        }
        let last = &desk.view.matrix.voice;
        let known = !last.is_empty() && last.iter().all(|id| desk.session().actors.contains_key(id));
        if known {
            let words = crate::across::card::voice_words(desk.session(), last);
            let words = format!("As last: {}", shortened(&words, 32));
            if ui.add(Button::plain(&words)).clicked() {
                let speakers = last.iter().cloned().map(Speaker::Known).collect();
                actions.push(Action::Statement(StatementAction::Voice(speakers)));
            }
        }
        if ui.add(Button::plain("Leave it").keycap("Esc")).clicked() {
            actions.push(Action::ShowOverlay(None));
        }
        let all = crate::app::Command::EditVoices;
        if all.enabled(workspace).is_ok()
            && ui.add(Button::link("All voices…")).on_hover_text(all.info().help).clicked()
        {
            actions.push(Action::ShowOverlay(None));
            actions.push(Action::Command(all));
        }
    });
}

const fn kind_words(kind: ActorKind) -> &'static str {
    match kind {
        ActorKind::Person => "person",
        ActorKind::Organization => "organization",
    }
}

/// The chain so far; a press takes one out of it.
fn chain_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, local: &mut Local) {
    if local.voice.is_empty() {
        let says =
            "No voice yet. A paper that quotes a minister who reports the police: paper, minister, police.";
        ui.label(font::meta().text(says, theme.colors.text3));
        ui.add_space(size::SPACE[1]);
        return;
    }
    let mut gone = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[0];
        for (at, speaker) in local.voice.iter().enumerate() {
            if at > 0 {
                ui.label(font::text().text("›", theme.colors.text3));
            }
            let name = match speaker {
                Speaker::Known(id) => {
                    desk.session().actors.get(id).map_or(id.as_str(), |actor| &actor.name).to_owned()
                }
                Speaker::New(name, _) => name.clone(),
            };
            let chip = Button::plain(&name).after(Icon::Close);
            if ui.add(chip).on_hover_text("Take it out of the chain").clicked() {
                gone = Some(at);
            }
        }
    });
    if let Some(at) = gone {
        local.voice.remove(at);
    }
    ui.add_space(size::SPACE[1]);
}

/// All who speak in the documents: their names, and what they are.
pub(super) fn voices_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    theme: &Theme,
    local: &mut Local,
    fresh: bool,
    actions: &mut Vec<Action>,
) {
    let Some(desk) = &workspace.desk else { return };
    ui.set_width(560.0_f32.min(ui.ctx().content_rect().width() - 60.0));
    heading_ui(ui, theme, "Persons and organizations");
    let says = "A name that another has makes one of both, in all passages.";
    ui.label(font::text().text(says, theme.colors.text2));
    ui.add_space(size::SPACE[1]);
    let actors = speakers(desk.session(), "");
    if fresh || local.fields.len() != actors.len() || !ui.ctx().text_edit_focused() {
        local.fields = actors.iter().map(|actor| actor.name.clone()).collect();
    }
    let height = (ui.ctx().content_rect().height() - 220.0).clamp(90.0, 460.0);
    let each = size::CONTROL + size::SPACE[0];
    ui.spacing_mut().item_spacing.y = 0.0;
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show_rows(
        ui,
        each,
        actors.len(),
        |ui, range| {
            for at in range {
                let (actor, Some(text)) = (actors[at], local.fields.get_mut(at)) else { continue };
                ui.horizontal(|ui| {
                    ui.set_height(each);
                    ui.spacing_mut().item_spacing.x = size::SPACE[1];
                    let width = ui.available_width() - 190.0;
                    let id = ui.scope_id().with(("voice", actor.id.as_str()));
                    let name = format!("Name of {}", actor.name);
                    let field = ui.add(Field::new(text, &name).width(width).id(id));
                    if field.lost_focus() && text.trim() != actor.name {
                        let actor = Actor { name: text.clone(), ..Actor::clone(actor) };
                        actions.push(Action::Statement(StatementAction::SetActor(Box::new(actor))));
                    }
                    let kind = Button::quiet(kind_words(actor.kind)).width(110.0);
                    if ui.add(kind).on_hover_text("Person or organization: the other").clicked() {
                        let kind = match actor.kind {
                            ActorKind::Person => ActorKind::Organization,
                            ActorKind::Organization => ActorKind::Person,
                        };
                        let actor = Actor { kind, ..Actor::clone(actor) };
                        actions.push(Action::Statement(StatementAction::SetActor(Box::new(actor))));
                    }
                    let words = format!("Delete {}, also from all chains", actor.name);
                    if ui.add(Button::sign(Icon::Delete, &words)).clicked() {
                        actions.push(Action::Statement(StatementAction::RemoveActor(actor.id.clone())));
                    }
                });
            }
        },
    );
    ui.add_space(size::SPACE[3]);
    if ui.add(Button::plain("Close").keycap("Esc")).clicked() {
        actions.push(Action::ShowOverlay(None));
    }
}
