//! What stands over the window: palette, keys, messages, questions.

mod charts;
mod describe;
mod echoes;
mod exchange;
mod fields;
mod links;
mod marks;
mod pages;
mod palette;
mod replace;
pub(super) mod scheme;
pub(super) mod settings;
pub(super) mod sources;
mod statements;
mod versions;
mod voices;

use eframe::egui;
use eframe::egui::{Key, Modal, Modifiers, Ui};

use crate::app::{Action, Command, Overlay, PathPurpose, Workspace};

use super::app::Local;
use super::review;
use super::theme::{Theme, font, size};
use super::widgets::{Button, Field};

/// The keys of an overlay; all others wait.
pub fn keys(ctx: &egui::Context, workspace: &Workspace, local: &mut Local) -> Vec<Action> {
    if matches!(workspace.overlay, Some(Overlay::Settings))
        && let Some(actions) = settings::keys(ctx, workspace, &mut local.settings)
    {
        return actions;
    }
    let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    let close = pressed(Key::Escape)
        || (matches!(workspace.overlay, Some(Overlay::Help)) && pressed(Key::F1))
        || (matches!(workspace.overlay, Some(Overlay::Palette))
            && ctx.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::K)));
    if close {
        if matches!(workspace.overlay, Some(Overlay::Sources)) && local.sources.cancel() {
            return Vec::new();
        }
        return leave(workspace);
    }
    if matches!(workspace.overlay, Some(Overlay::Scheme))
        && !(local.scheme.is_typing() && ctx.text_edit_focused())
    {
        let consume = |modifiers, key| ctx.input_mut(|input| input.consume_key(modifiers, key));
        if consume(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z) || consume(Modifiers::COMMAND, Key::Y) {
            return vec![Action::Command(Command::Redo)];
        }
        if consume(Modifiers::COMMAND, Key::Z) {
            return vec![Action::Command(Command::Undo)];
        }
    }
    match &workspace.overlay {
        Some(Overlay::Palette) => palette::keys(ctx, workspace, local),
        Some(Overlay::Export) => exchange::keys(ctx, workspace),
        Some(Overlay::LinkKind { .. } | Overlay::LinkEcho) => links::keys(ctx, workspace, local),
        Some(Overlay::PutUnder | Overlay::Voice) => statements::keys(ctx, workspace, local),
        _ => Vec::new(),
    }
}

/// Draws the overlay that is open.
pub fn overlay_ui(
    ctx: &egui::Context,
    workspace: &Workspace,
    theme: &Theme,
    local: &mut Local,
) -> Vec<Action> {
    let mut actions = Vec::new();
    let kind = workspace.overlay.as_ref().map(std::mem::discriminant);
    let fresh = local.overlay != kind;
    local.overlay = kind;
    let Some(overlay) = &workspace.overlay else { return actions };
    if fresh {
        (local.query, local.row) = (String::new(), links::first_row(workspace));
        local.fields = match overlay {
            Overlay::Statement(id) => statements::fields(workspace, *id),
            _ => describe::fields(workspace, overlay),
        };
        local.voice = voices::voice_now(workspace);
        local.typed = match overlay {
            Overlay::Name => workspace.my_name().to_owned(),
            Overlay::Import => {
                workspace.desk.as_ref().map(|desk| desk.view.import_as.clone()).unwrap_or_default()
            }
            Overlay::Path(purpose) => suggested_path(workspace, purpose),
            _ => String::new(),
        };
    }
    let backdrop = theme.colors.text.gamma_multiply(if theme.dark { 0.10 } else { 0.18 });
    // Below the order of menus: where a press and its release come in one frame, egui raises both, and a menu that
    // was open before would come to lie behind.
    let id = egui::Id::unique("overlay");
    let area = Modal::default_area(id).order(egui::Order::Middle);
    let passage = passage_rect(workspace, local, overlay);
    let area = match passage.and_then(|passage| beside(ctx.content_rect(), passage)) {
        Some((align, offset)) => area.anchor(align, offset),
        None => area,
    };
    let modal = Modal::new(id)
        .area(area)
        .frame(theme.popup_frame().inner_margin(18))
        .backdrop_color(backdrop)
        .show(ctx, |ui| match overlay {
            Overlay::Palette => palette::palette_ui(ui, workspace, theme, local, fresh, &mut actions),
            Overlay::Help => pages::help_ui(ui, workspace, theme),
            Overlay::Log => pages::log_ui(ui, workspace, theme),
            Overlay::About => pages::about_ui(ui, theme),
            Overlay::Document(id) => {
                describe::document_ui(ui, workspace, theme, local, id, fresh, &mut actions)
            }
            Overlay::Session => describe::session_ui(ui, theme, local, fresh, &mut actions),
            Overlay::GoTo { wrong } => goto_ui(ui, workspace, theme, local, wrong, fresh, &mut actions),
            Overlay::Name => name_ui(ui, theme, local, fresh, &mut actions),
            Overlay::Path(purpose) => path_ui(ui, theme, local, purpose, fresh, &mut actions),
            Overlay::PutUnder => statements::put_ui(ui, workspace, theme, local, fresh, &mut actions),
            Overlay::Voice => voices::voice_ui(ui, workspace, theme, local, fresh, &mut actions),
            Overlay::Voices => voices::voices_ui(ui, workspace, theme, local, fresh, &mut actions),
            Overlay::Statement(id) => {
                statements::statement_ui(ui, workspace, theme, local, *id, fresh, &mut actions);
            }
            Overlay::LinkEcho => echoes::link_ui(ui, workspace, theme, local, &mut actions),
            Overlay::LinkKind { from, to, link } => {
                links::kind_ui(ui, workspace, theme, local, (*from, *to), *link, &mut actions);
            }
            Overlay::LinkNote(id) => links::note_ui(ui, workspace, theme, local, *id, fresh, &mut actions),
            Overlay::AlsoTag => marks::also_tag_ui(ui, workspace, theme, &mut actions),
            Overlay::TagHits => marks::tag_hits_ui(ui, workspace, theme, &mut actions),
            Overlay::NotePicked => {
                marks::note_picked_ui(ui, workspace, theme, local, fresh, &mut actions);
            }
            Overlay::NotText { document, span, places } => {
                marks::not_text_ui(ui, workspace, theme, local, document, *span, places, fresh, &mut actions);
            }
            Overlay::Mapping(layer) => {
                review::mapping_ui(ui, workspace, theme, *layer, &mut local.mapping, fresh, &mut actions);
            }
            Overlay::MakeNew => review::make_new_ui(ui, workspace, theme, &mut actions),
            Overlay::Import => exchange::import_ui(ui, theme, local, &mut actions),
            Overlay::Scheme
            | Overlay::Sources
            | Overlay::Charts
            | Overlay::Settings
            | Overlay::Export
            | Overlay::Agreement
            | Overlay::Versions
            | Overlay::Replace => {
                sheet_ui(ui, workspace, theme, local, overlay, fresh, &mut actions);
            }
            Overlay::Question { text, details, answers } => {
                question_ui(ui, theme, text, details, answers, fresh, &mut actions);
            }
        });
    let question = matches!(overlay, Overlay::Question { .. });
    if actions.is_empty() && !question && modal.should_close() {
        actions.extend(leave(workspace));
    }
    actions
}

/// Where the chosen passage stands on screen, for what is asked about it.
fn passage_rect(workspace: &Workspace, local: &Local, overlay: &Overlay) -> Option<egui::Rect> {
    if !matches!(overlay, Overlay::PutUnder | Overlay::Voice | Overlay::AlsoTag) {
        return None;
    }
    let desk = workspace.desk.as_ref().filter(|desk| desk.view.picked.is_empty())?;
    let anchor = &desk.chosen()?.anchor;
    let span = anchor.span()?;
    // The column in focus first; the passage may be on screen in another one.
    let mut panes: Vec<&crate::app::Pane> =
        desk.view.panes.iter().filter(|pane| pane.document == *anchor.document()).collect();
    panes.sort_by_key(|pane| Some(pane.id) != desk.view.focus);
    panes.into_iter().find_map(|pane| {
        let shown = local.places.of(pane.id, span)?.shown().copied()?;
        let text = local.places.column(pane.id)?.text;
        Some(egui::Rect::from_x_y_ranges(text.x_range(), shown.rows))
    })
}

/// Room between a passage and what is asked about it.
const FROM_PASSAGE: f32 = 14.0;
/// As high and wide as the lists of statements and voices become.
const ASKED: egui::Vec2 = egui::vec2(520.0, 410.0);

/// Where to ask about a passage so that it can be read: below it, above it, or at a side of its column, whichever has
/// room first; `None` when none has. Places are anchored by the near corner, so that a list that grows goes away from it.
fn beside(room: egui::Rect, passage: egui::Rect) -> Option<(egui::Align2, egui::Vec2)> {
    let room = room.shrink(FROM_PASSAGE);
    let fit = |min: f32, most: f32| min.clamp(room.left(), (room.right() - most).max(room.left()));
    let (left, down) = (fit(passage.left(), ASKED.x), passage.bottom() + FROM_PASSAGE);
    let up = passage.top() - FROM_PASSAGE;
    let level = passage.top().clamp(room.top(), (room.bottom() - ASKED.y).max(room.top()));
    let outer = room.expand(FROM_PASSAGE);
    let below = || egui::vec2(left, down) - outer.min.to_vec2();
    let above = || egui::vec2(left - outer.left(), up - outer.bottom());
    let right_of = passage.right() + FROM_PASSAGE + size::OVERVIEW + size::SCROLL_THUMB;
    let left_of = passage.left() - FROM_PASSAGE - size::LANE * size::LANES as f32;
    match () {
        () if down + ASKED.y <= room.bottom() => Some((egui::Align2::LEFT_TOP, below())),
        () if up - ASKED.y >= room.top() => Some((egui::Align2::LEFT_BOTTOM, above())),
        () if right_of + ASKED.x <= room.right() => {
            Some((egui::Align2::LEFT_TOP, egui::vec2(right_of, level) - outer.min.to_vec2()))
        }
        () if left_of - ASKED.x >= room.left() => {
            Some((egui::Align2::RIGHT_TOP, egui::vec2(left_of - outer.right(), level - outer.top())))
        }
        () => None,
    }
}

/// Closes the overlay. A path that was not given is an answer too: nothing waits for it any longer.
fn leave(workspace: &Workspace) -> Vec<Action> {
    let mut actions = vec![Action::ShowOverlay(None)];
    if let Some(Overlay::Path(purpose)) = &workspace.overlay {
        actions.push(Action::Picked(purpose.clone(), None));
    }
    actions
}

/// A page that takes most of the window: its heading with a way to close it, and its content.
fn sheet_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    theme: &Theme,
    local: &mut Local,
    overlay: &Overlay,
    fresh: bool,
    actions: &mut Vec<Action>,
) {
    let room = ui.ctx().content_rect().size() - egui::vec2(SHEET_MARGIN, SHEET_MARGIN);
    ui.set_width(room.x.min(SHEET_WIDTH));
    ui.set_height(room.y);
    let title = match overlay {
        Overlay::Scheme => "Tags and scheme",
        Overlay::Sources => "Sources",
        Overlay::Settings => "Settings",
        Overlay::Export => "Export: where is it to go?",
        Overlay::Agreement => "Agreement",
        Overlay::Versions => "Earlier versions",
        Overlay::Replace => "A corrected version",
        _ => "Charts",
    };
    ui.horizontal(|ui| {
        ui.label(font::figure(16.0).text(title, theme.colors.text));
        ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
            if ui.add(Button::sign(super::icons::Icon::Close, "Close")).clicked() {
                actions.push(Action::ShowOverlay(None));
            }
        });
    });
    ui.add_space(size::SPACE[1]);
    match (overlay, &workspace.desk) {
        (Overlay::Settings, _) => settings::settings_ui(ui, workspace, theme, local, fresh, actions),
        (Overlay::Scheme, Some(desk)) => {
            scheme::scheme_ui(ui, workspace, desk, theme, local, fresh, actions);
        }
        (Overlay::Sources, Some(desk)) => {
            sources::sources_ui(ui, workspace, desk, theme, local, fresh, actions);
        }
        (Overlay::Agreement, Some(desk)) => review::agreement_ui(ui, desk, theme, actions),
        (Overlay::Replace, Some(desk)) => replace::replace_ui(ui, workspace, desk, theme, actions),
        (Overlay::Versions, Some(_)) => versions::versions_ui(ui, workspace, theme, actions),
        (Overlay::Export, Some(desk)) => exchange::export_ui(ui, desk, theme, actions),
        (_, Some(desk)) => charts::charts_ui(ui, workspace, desk, theme, local, fresh, actions),
        (_, None) => {}
    }
}

/// What is left of the window around a sheet and within its frame.
const SHEET_MARGIN: f32 = 76.0;
/// A sheet need not be wider than this.
const SHEET_WIDTH: f32 = 1500.0;

/// While a passage is dragged: what can be done with it.
pub fn dragging_ui(ctx: &egui::Context, theme: &Theme) {
    if !egui::DragAndDrop::has_payload_of_type::<crate::model::AnnotationId>(ctx) {
        return;
    }
    let Some(at) = ctx.pointer_interact_pos() else { return };
    let painter = ctx.layer_painter(egui::LayerId::new(egui::Order::Tooltip, egui::Id::unique("dragging")));
    let words = font::strong().line(ctx, "Drop it on a statement", theme.colors.text);
    let rect = egui::Rect::from_min_size(at + egui::vec2(14.0, 10.0), words.size() + egui::vec2(16.0, 8.0));
    let edge = egui::Stroke::new(size::STROKE, theme.colors.line);
    painter.rect(rect, size::RADIUS_CONTROL, theme.colors.raised, edge, egui::StrokeKind::Inside);
    painter.galley(rect.min + egui::vec2(8.0, 4.0), words, theme.colors.text);
}

/// While files are held over the window.
pub fn dropping_ui(ctx: &egui::Context, theme: &Theme) {
    if ctx.input(|input| input.raw.hovered_files.is_empty()) {
        return;
    }
    let layer = egui::LayerId::new(egui::Order::Tooltip, egui::Id::unique("dropping"));
    let (painter, rect) = (ctx.layer_painter(layer), ctx.content_rect());
    painter.rect_filled(rect, 0.0, theme.colors.selection.gamma_multiply(0.85));
    painter.rect_stroke(
        rect.shrink(10.0),
        8.0,
        egui::Stroke::new(3.0, theme.colors.accent),
        egui::StrokeKind::Inside,
    );
    painter.text(
        rect.center(),
        egui::Align2::CENTER_CENTER,
        "Drop documents here to add them, or a session to open it",
        font::figure(20.0).font,
        theme.colors.text,
    );
}

pub(super) fn heading_ui(ui: &mut Ui, theme: &Theme, words: &str) {
    ui.label(font::figure(16.0).text(words, theme.colors.text));
    ui.add_space(size::SPACE[2]);
}

fn suggested_path(workspace: &Workspace, purpose: &PathPurpose) -> String {
    let name = if purpose.writes() { workspace.suggested_name(purpose) } else { String::new() };
    let folder = workspace.folder_for(purpose).or_else(|| std::env::current_dir().ok()).unwrap_or_default();
    format!("{}{}{name}", folder.display(), std::path::MAIN_SEPARATOR)
}

fn name_ui(ui: &mut Ui, theme: &Theme, local: &mut Local, fresh: bool, actions: &mut Vec<Action>) {
    ui.set_width(380.0);
    heading_ui(ui, theme, "Under which name do you mark?");
    let enter = entry_ui(ui, local, "Your name", fresh);
    ui.add_space(size::SPACE[1]);
    let says = "It stands with every annotation you make from now on. Those made before keep theirs.";
    ui.label(font::meta().text(says, theme.colors.text2));
    ui.add_space(size::SPACE[3]);
    ui.horizontal(|ui| {
        if ui.add(Button::primary("Use this name")).clicked() || enter {
            actions.push(Action::SetName(local.typed.clone()));
        }
        if ui.add(Button::plain("Leave it")).clicked() {
            actions.push(Action::ShowOverlay(None));
        }
    });
}

fn goto_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    theme: &Theme,
    local: &mut Local,
    wrong: &str,
    fresh: bool,
    actions: &mut Vec<Action>,
) {
    ui.set_width(380.0);
    heading_ui(ui, theme, "Go to");
    let enter = entry_ui(ui, local, "Paragraph, or “line” and a number", fresh);
    ui.add_space(size::SPACE[1]);
    let cache = workspace.desk.as_ref().and_then(|desk| desk.cache(&desk.view.focused()?.document));
    if let Some(cache) = cache {
        let says = format!(
            "This document has {} and {}.",
            crate::app::count(cache.paragraphs.len(), "paragraph"),
            crate::app::count(cache.lines.line_count(), "line")
        );
        ui.label(font::meta().text(says, theme.colors.text2));
    }
    if !wrong.is_empty() {
        ui.label(font::text().text(wrong, theme.colors.conflict));
    }
    if enter {
        actions.push(Action::GoTo(local.typed.clone()));
    }
}

fn path_ui(
    ui: &mut Ui,
    theme: &Theme,
    local: &mut Local,
    purpose: &PathPurpose,
    fresh: bool,
    actions: &mut Vec<Action>,
) {
    ui.set_width(560.0);
    heading_ui(ui, theme, purpose.title());
    let says = match purpose {
        _ if purpose.writes() => "This system shows no file dialog: type where to write it.",
        PathPurpose::Documents => {
            "This system shows no file dialog: type a path. A folder stands for the text and Markdown files in it; \
             files can also be dropped on the window."
        }
        _ => "This system shows no file dialog: type a path. Files can also be dropped on the window.",
    };
    ui.label(font::text().text(says, theme.colors.text2));
    ui.add_space(size::SPACE[2]);
    let enter = entry_ui(ui, local, "Path", fresh);
    ui.add_space(size::SPACE[3]);
    ui.horizontal(|ui| {
        let verb = if purpose.writes() { "Write it" } else { "Open" };
        if (ui.add(Button::primary(verb)).clicked() || enter) && !local.typed.trim().is_empty() {
            let path = std::path::PathBuf::from(local.typed.trim());
            actions.push(Action::ShowOverlay(None));
            actions.push(Action::PathTyped(purpose.clone(), path));
        }
        if ui.add(Button::plain("Cancel")).clicked() {
            actions.push(Action::ShowOverlay(None));
            actions.push(Action::Picked(purpose.clone(), None));
        }
    });
}

/// The one field of an overlay; true when Enter was pressed in it.
fn entry_ui(ui: &mut Ui, local: &mut Local, name: &str, fresh: bool) -> bool {
    let width = ui.available_width();
    let response = ui.add(Field::new(&mut local.typed, name).width(width));
    if fresh {
        response.request_focus();
        select_name(ui.ctx(), response.id, &local.typed);
    }
    let enter = response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
    if enter {
        // Where it was wrong one types on.
        response.request_focus();
    }
    enter
}

/// Selects what one is likely to change: the name of a file without folders and ending, or all there is.
fn select_name(ctx: &egui::Context, id: egui::Id, typed: &str) {
    let is_name = |c: char| c != '/' && c != '\\';
    let start = typed.chars().count() - typed.chars().rev().take_while(|c| is_name(*c)).count();
    let name: String = typed.chars().skip(start).collect();
    let length = name.rfind('.').map_or(name.chars().count(), |dot| name[..dot].chars().count());
    let mut state = egui::text_edit::TextEditState::load(ctx, id).unwrap_or_default();
    let (from, to) = (egui::text::CCursor::new(start), egui::text::CCursor::new(start + length));
    state.cursor.set_char_range(Some(egui::text::CCursorRange::two(from, to)));
    state.store(ctx, id);
}

fn question_ui(
    ui: &mut Ui,
    theme: &Theme,
    text: &str,
    details: &[String],
    answers: &[crate::app::Answer],
    fresh: bool,
    actions: &mut Vec<Action>,
) {
    ui.set_width(560.0);
    ui.label(font::figure(16.0).text(text, theme.colors.text));
    ui.add_space(size::SPACE[1]);
    egui::ScrollArea::vertical().max_height(260.0).show(ui, |ui| {
        for detail in details {
            ui.label(font::text().text(detail, theme.colors.text2));
            ui.add_space(size::SPACE[0]);
        }
    });
    ui.add_space(size::SPACE[3]);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(size::SPACE[2], size::SPACE[2]);
        for (i, answer) in answers.iter().enumerate() {
            let button = if i == 0 { Button::primary(&answer.words) } else { Button::plain(&answer.words) };
            let response = ui.add(button);
            if i == 0 && fresh {
                response.request_focus();
            }
            if response.clicked() {
                actions.push(Action::Answer(i));
            }
        }
    });
}

/// A command of the palette was taken.
pub(super) fn take(command: Command) -> Vec<Action> {
    vec![Action::ShowOverlay(None), Action::Command(command)]
}
