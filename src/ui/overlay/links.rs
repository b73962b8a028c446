//! Small windows about links: what one says, its note.

use eframe::egui;
use eframe::egui::{Key, Modifiers, Ui};

use crate::across::echo::Level;
use crate::app::echoes::EchoAction;
use crate::app::links::LinkAction;
use crate::app::{Action, Desk, Overlay, Workspace};
use crate::model::{AnnotationId, LinkId, LinkKind, LinkKindId};

use super::super::app::Local;
use super::super::inspector::shortened;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, Field, Row, TagBox};
use super::heading_ui;

/// Turns the link around.
const TURN: Key = Key::T;

/// The kinds that are asked about in the scheme's order, so that a digit always means the same, and what takes one.
fn asked(workspace: &Workspace) -> Option<(Vec<&LinkKind>, fn(LinkKindId) -> Action)> {
    let desk = workspace.desk.as_ref()?;
    match &workspace.overlay {
        Some(Overlay::LinkKind { from, to, .. }) => {
            Some((desk.kinds_for(*from, *to).0, |kind| Action::Link(LinkAction::Take(kind))))
        }
        Some(Overlay::LinkEcho) => {
            let kinds = desk.session().scheme.link_kinds.iter().filter(|kind| !kind.retired);
            Some((kinds.collect(), |kind| Action::Echoes(EchoAction::Link(kind))))
        }
        _ => None,
    }
}

/// The kind that is chosen at first: that of the link, else what fits.
pub(super) fn first_row(workspace: &Workspace) -> usize {
    if matches!(workspace.overlay, Some(Overlay::LinkEcho)) {
        return first_of_echo(workspace);
    }
    let (Some(desk), Some(Overlay::LinkKind { from, to, link })) = (&workspace.desk, &workspace.overlay)
    else {
        return 0;
    };
    let (kinds, fits) = desk.kinds_for(*from, *to);
    let known = link.and_then(|id| desk.session().links.get(&id));
    known.and_then(|link| kinds.iter().position(|kind| kind.id == link.kind)).unwrap_or(fits)
}

/// The keys of the list of kinds.
pub(super) fn keys(ctx: &egui::Context, workspace: &Workspace, local: &mut Local) -> Vec<Action> {
    let Some((kinds, take)) = asked(workspace) else { return Vec::new() };
    let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowDown) {
        local.row = (local.row + 1).min(kinds.len().saturating_sub(1));
    }
    if pressed(Key::ArrowUp) {
        local.row = local.row.saturating_sub(1);
    }
    if matches!(workspace.overlay, Some(Overlay::LinkKind { .. })) && pressed(TURN) {
        return vec![Action::Link(LinkAction::Turn)];
    }
    let digit = |at: usize| Key::from_name(&(at + 1).to_string());
    let by_digit = (0..kinds.len().min(9)).find(|at| digit(*at).is_some_and(pressed));
    let taken = by_digit.or_else(|| pressed(Key::Enter).then_some(local.row));
    let kind = taken.and_then(|at| kinds.get(at));
    kind.map(|kind| take(kind.id.clone())).into_iter().collect()
}

/// What an echo is likeliest to be: a quotation, or the same said in other words.
fn first_of_echo(workspace: &Workspace) -> usize {
    let card = workspace.desk.as_ref().and_then(|desk| desk.echoes.chosen());
    let is_statement = card.is_some_and(|card| card.level == Some(Level::Statement));
    let likely = if is_statement { "repeats" } else { "quotes" };
    let kinds = asked(workspace).map(|(kinds, _)| kinds).unwrap_or_default();
    kinds.iter().position(|kind| kind.id.as_str() == likely).unwrap_or(0)
}

/// The list of kinds with their digits; a click takes one.
pub(super) fn kinds_ui(ui: &mut Ui, workspace: &Workspace, on: usize, actions: &mut Vec<Action>) {
    let Some((kinds, take)) = asked(workspace) else { return };
    ui.spacing_mut().item_spacing.y = 0.0;
    for (at, kind) in kinds.iter().enumerate() {
        let digit = if at < 9 { (at + 1).to_string() } else { String::new() };
        let row = ui.add(Row::new(&kind.name).keycap(&digit).on(at == on));
        if row.on_hover_text(&kind.definition).clicked() {
            actions.push(take(kind.id.clone()));
        }
    }
}

/// What a link says: a sentence from where it starts to where it ends.
pub(super) fn kind_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    theme: &Theme,
    local: &Local,
    (from, to): (AnnotationId, AnnotationId),
    link: Option<LinkId>,
    actions: &mut Vec<Action>,
) {
    let Some(desk) = &workspace.desk else { return };
    let kinds = desk.kinds_for(from, to).0;
    ui.set_width(440.0_f32.min(ui.ctx().content_rect().width() - 60.0));
    heading_ui(ui, theme, if link.is_some() { "The link says" } else { "A new link says" });
    end_ui(ui, desk, theme, from);
    ui.add_space(size::SPACE[0]);
    ui.horizontal(|ui| {
        ui.add_space(size::SPACE[4]);
        let chosen = kinds.get(local.row).map_or("…", |kind| &kind.name);
        ui.label(font::aside().text(chosen, theme.colors.accent));
        ui.add_space(size::SPACE[1]);
        if ui.add(Button::quiet("Turn around").keycap("T")).clicked() {
            actions.push(Action::Link(LinkAction::Turn));
        }
    });
    ui.add_space(size::SPACE[0]);
    end_ui(ui, desk, theme, to);
    ui.add_space(size::SPACE[3]);
    kinds_ui(ui, workspace, local.row, actions);
    ui.add_space(size::SPACE[2]);
    let definition = kinds.get(local.row).map_or("", |kind| &kind.definition);
    let says = match definition {
        "" => "Enter takes it, Esc leaves it".to_owned(),
        words => format!("It {words}. Enter takes it, Esc leaves it"),
    };
    ui.label(font::meta().text(says, theme.colors.text3));
}

/// One end: its tag, where it stands, its words.
fn end_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, id: AnnotationId) {
    let Some(annotation) = desk.annotation(id) else { return };
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::ICON_TO_WORD;
        if let Some(tag) = desk.session().scheme.tag(&annotation.tag) {
            ui.add(TagBox::of(tag));
        }
        ui.label(font::on().text(desk.end_words(annotation), theme.colors.text));
    });
    let words = shortened(&desk.passage_line(annotation), 64);
    ui.label(font::passage_row().text(words, theme.colors.text2));
}

/// The note of a link.
pub(super) fn note_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    theme: &Theme,
    local: &mut Local,
    id: LinkId,
    fresh: bool,
    actions: &mut Vec<Action>,
) {
    let link = workspace.desk.as_ref().and_then(|desk| desk.session().links.get(&id));
    ui.set_width(440.0_f32.min(ui.ctx().content_rect().width() - 60.0));
    heading_ui(ui, theme, "A note on the link");
    if fresh {
        local.typed = link.map(|link| link.note.clone()).unwrap_or_default();
    }
    let width = ui.available_width();
    let field = ui.add(Field::new(&mut local.typed, "Note on the link").width(width).rows(3));
    if fresh {
        field.request_focus();
    }
    ui.add_space(size::SPACE[3]);
    let enter = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    ui.horizontal(|ui| {
        if ui.add(Button::primary("Done").keycap("Ctrl Enter")).clicked() || enter {
            actions.push(Action::Link(LinkAction::SetNote(id, local.typed.trim().to_owned())));
        }
        if ui.add(Button::plain("Leave it").keycap("Esc")).clicked() {
            actions.push(Action::ShowOverlay(None));
        }
    });
}
