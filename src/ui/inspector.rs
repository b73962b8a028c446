//! The panel at the right: the chosen annotation.

mod links;
mod talk;

pub use talk::time_words;

use eframe::egui;
use eframe::egui::{Align, Layout, TextEdit, Ui, Vec2};

use crate::app::replacing::ReplaceAction;
use crate::app::{Action, AnnotationChange, Command, Desk, Filter, Panel, StatementAction, Workspace};
use crate::model::{Annotation, Attribute};

pub use crate::app::shortened;

use super::app::{AttributeDraft, Local, NoteDraft};
use super::keys::cap;
use super::tag_tip::{tag_meaning_ui, tag_tip};
use super::theme::{Theme, font, size};
use super::widgets::{Button, Check, Field, Row, TagChoice, Upright, elided, hairline, section_label};

/// Width of the panel when it is folded.
pub const FOLDED: f32 = 36.0;
/// Seconds after the first letter that was not handed over yet until a note is handed over and journaled.
pub const NOTE_SECS: f64 = 0.7;

/// Draws the panel.
pub fn inspector_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    desk: &Desk,
    theme: &Theme,
    local: &mut Local,
    actions: &mut Vec<Action>,
) {
    egui::Frame::new().inner_margin(egui::Margin::symmetric(14, 10)).show(ui, |ui| {
        ui.horizontal(|ui| {
            section_label(ui, "Annotation");
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let fold = Button::sign(super::icons::Icon::CaretRight, "Fold the inspector");
                if ui.add(fold).clicked() {
                    actions.push(Action::SetPanel(Panel::Inspector, false));
                }
            });
        });
        ui.add_space(size::SPACE[1]);
        if !desk.view.picked.is_empty() {
            return super::picked::picked_ui(ui, desk, theme, &mut local.picked, actions);
        }
        let Some(annotation) = desk.chosen() else {
            nothing_chosen_ui(ui, desk, theme);
            // A field that was asked for and is not there does not wait for the next choice.
            if desk.view.focus_note {
                actions.push(Action::NoteFocused);
            }
            if desk.view.focus_comment {
                actions.push(Action::CommentFocused);
            }
            return;
        };
        let width = ui.available_width();
        elided(ui, &place_words(desk, annotation), &font::meta(), theme.colors.text3, width);
        ui.add_space(size::SPACE[1]);
        egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            annotation_ui(ui, workspace, desk, annotation, theme, local, actions);
        });
    });
}

/// Draws the strip that unfolds the panel.
pub fn folded_ui(ui: &mut Ui, actions: &mut Vec<Action>) {
    ui.add_space(size::SPACE[3]);
    ui.vertical_centered(|ui| {
        if ui.add(Upright::new("Inspector")).on_hover_text("Unfold the inspector").clicked() {
            actions.push(Action::SetPanel(Panel::Inspector, true));
        }
    });
}

fn nothing_chosen_ui(ui: &mut Ui, desk: &Desk, theme: &Theme) {
    let words = match desk.session().annotations.is_empty() {
        true => "No annotations yet. Select text and press 1, 2 or 3.",
        false => "Nothing chosen. Click a marked passage, or press J for the next one.",
    };
    ui.label(font::text().text(words, theme.colors.text2));
}

/// Where a passage stands: "Letter, ¶ 44".
pub fn place_words(desk: &Desk, annotation: &Annotation) -> String {
    desk.place_words(annotation)
}

/// An annotation whose text is gone: where it may stand, and how it gets a place again.
fn place_lost_ui(ui: &mut Ui, annotation: &Annotation, theme: &Theme, actions: &mut Vec<Action>) {
    ui.add_space(size::SPACE[0]);
    let words = "These words stand in its document no more. Tag, note and links are kept: select a passage to give it \
                 a place again.";
    ui.label(font::meta().text(words, theme.colors.conflict));
    ui.add_space(size::SPACE[0]);
    for (words, action) in [
        ("Show where it may be", ReplaceAction::ShowProposal(annotation.id)),
        ("Put it on the selection", ReplaceAction::PlaceAgain(annotation.id)),
    ] {
        if ui.add(Button::plain(words)).clicked() {
            actions.push(Action::Replace(action));
        }
        ui.add_space(size::SPACE[0]);
    }
}

fn annotation_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    desk: &Desk,
    annotation: &Annotation,
    theme: &Theme,
    local: &mut Local,
    actions: &mut Vec<Action>,
) {
    let colors = &theme.colors;
    let session = desk.session();
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(size::SPACE[0]);
        for tag in session.scheme.tags.iter().filter(|tag| !tag.retired || tag.id == annotation.tag) {
            let chosen = tag.id == annotation.tag;
            let choice = ui.add(TagChoice::new(tag, chosen));
            if tag_tip(choice, theme, tag, "").clicked() && !chosen {
                actions.push(Action::Change(annotation.id, AnnotationChange::Tag(tag.id.clone())));
            }
        }
    });
    ui.add_space(size::SPACE[1]);
    if let Some(tag) = session.scheme.tag(&annotation.tag) {
        tag_meaning_ui(ui, theme, tag, actions);
    }
    ui.add_space(size::SPACE[3]);
    let passage = match (desk.document(annotation.anchor.document()), annotation.anchor.span()) {
        (Some((document, cache)), Some(span)) => cache.rendering.plain_text(document.text(), span),
        _ => session.quote(annotation).to_owned(),
    };
    // Onto a statement in the dossier.
    let words = ui.label(font::passage().text(shortened(&passage, 1_200), colors.text));
    words.interact(egui::Sense::drag()).dnd_set_drag_payload(annotation.id);
    if annotation.anchor.span().is_none() {
        place_lost_ui(ui, annotation, theme, actions);
    }
    if let (Some((_, cache)), Some(span)) =
        (desk.document(annotation.anchor.document()), annotation.anchor.span())
        && let Some(section) = cache.sections.at(span.start())
    {
        ui.add_space(size::SPACE[0]);
        ui.label(font::meta().text(format!("Under “{}”", shortened(&section.title, 60)), colors.text3));
        // "No." says nothing without its question.
        for question in &section.questions {
            let text = desk.session().document(annotation.anchor.document()).map_or("", |it| it.text());
            let question = cache.rendering.plain_text(text, *question);
            ui.label(font::meta().text(shortened(question.trim(), 240), colors.text2));
        }
    }
    ui.add_space(size::SPACE[3]);
    let mut unsure = annotation.unsure;
    if ui.add(Check::new(&mut unsure, "Unsure").keycap(&cap(ui.ctx(), Command::ToggleUnsure))).changed() {
        actions.push(Action::Change(annotation.id, AnnotationChange::Unsure(unsure)));
    }
    ui.add_space(size::SPACE[3]);
    note_ui(ui, desk, annotation, theme, local, actions);
    for attribute in session
        .scheme
        .attributes
        .iter()
        .filter(|attribute| attribute.tags.is_empty() || attribute.tags.contains(&annotation.tag))
        // One that is retired is shown where it says something.
        .filter(|attribute| !attribute.retired || annotation.attributes.contains_key(&attribute.id))
    {
        ui.add_space(size::SPACE[3]);
        section_label(ui, &attribute.name);
        ui.add_space(size::SPACE[0]);
        let value = annotation.attributes.get(&attribute.id);
        if attribute.values.is_empty() {
            text_value_ui(ui, annotation, attribute, local, actions);
            continue;
        }
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing = Vec2::splat(size::SPACE[0]);
            for allowed in &attribute.values {
                let on = value == Some(&allowed.name);
                if ui.add(Button::quiet(&allowed.name).on(on)).on_hover_text(&allowed.definition).clicked() {
                    let value = (!on).then(|| allowed.name.clone());
                    let change = AnnotationChange::Attribute(attribute.id.clone(), value);
                    actions.push(Action::Change(annotation.id, change));
                }
            }
        });
    }
    about_ui(ui, desk, annotation, theme, actions);
    ui.add_space(size::SPACE[3]);
    talk::comments_ui(ui, workspace, desk, annotation, theme, local, actions);
    ui.add_space(size::SPACE[4]);
    hairline(ui);
    ui.add_space(size::SPACE[2]);
    talk::history_ui(ui, workspace, desk, annotation, theme);
    ui.add_space(size::SPACE[3]);
    acts_ui(ui, actions);
    ui.add_space(size::SPACE[2]);
}

/// The value of an attribute that takes any text; it becomes part of the session a moment after the last key, as a note
/// does.
fn text_value_ui(
    ui: &mut Ui,
    annotation: &Annotation,
    attribute: &Attribute,
    local: &mut Local,
    actions: &mut Vec<Action>,
) {
    let own = |draft: &AttributeDraft| draft.annotation == annotation.id && draft.attribute == attribute.id;
    let typed = local.attribute.as_ref().filter(|draft| own(draft)).map(|draft| draft.text.clone());
    let mut text = typed.or_else(|| annotation.attributes.get(&attribute.id).cloned()).unwrap_or_default();
    let id = ui.scope_id().with(("attribute", annotation.id.0, attribute.id.as_str()));
    let width = ui.available_width();
    let field = ui.add(Field::new(&mut text, &attribute.name).placeholder("Any text").width(width).id(id));
    if field.changed() {
        // What was typed elsewhere is handed over first.
        actions.extend(local.attribute.take_if(|draft| !own(draft)).map(|draft| draft.action()));
        let before = local.attribute.as_ref().and_then(|draft| draft.typed_at);
        let typed_at = before.or_else(|| Some(ui.input(|input| input.time)));
        let (annotation, attribute) = (annotation.id, attribute.id.clone());
        local.attribute = Some(AttributeDraft { annotation, attribute, text, typed_at });
    }
    if field.lost_focus() {
        actions.extend(local.attribute.take().map(|draft| draft.action()));
    }
}

/// What can be done with the annotation as a whole.
fn acts_ui(ui: &mut Ui, actions: &mut Vec<Action>) {
    for (words, command) in [
        ("Also mark as…", Command::AlsoTag),
        ("Split at the caret", Command::SplitAnnotation),
        ("Join with the next", Command::JoinNext),
        ("Delete annotation", Command::Delete),
    ] {
        let key = cap(ui.ctx(), command);
        if ui.add(Row::new(words).keycap(&key)).on_hover_text(command.info().help).clicked() {
            actions.push(Action::Command(command));
        }
    }
}

fn note_ui(
    ui: &mut Ui,
    desk: &Desk,
    annotation: &Annotation,
    theme: &Theme,
    local: &mut Local,
    actions: &mut Vec<Action>,
) {
    ui.horizontal(|ui| {
        section_label(ui, "Note");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add(super::widgets::Keycap::new(&cap(ui.ctx(), Command::EditNote)));
        });
    });
    ui.add_space(size::SPACE[0]);
    // A draft of another annotation is handed over before this one's field is shown.
    if let Some(draft) = local.note.take_if(|draft| draft.annotation != annotation.id) {
        actions.push(Action::Change(draft.annotation, AnnotationChange::Note(draft.text)));
    }
    let mut text = local.note.as_ref().map_or_else(|| annotation.note.clone(), |draft| draft.text.clone());
    let id = ui.scope_id().with(("note", annotation.id.0));
    let frame = theme.raised_frame().inner_margin(egui::Margin::symmetric(10, 7));
    let response = frame
        .show(ui, |ui| {
            let edit = TextEdit::multiline(&mut text)
                .id(id)
                .frame(egui::Frame::NONE)
                .font(font::text().font)
                .text_color(theme.colors.text)
                .hint_text(font::text().text("Why this tag? What to look up?", theme.colors.text3))
                .desired_rows(3)
                .desired_width(f32::INFINITY);
            ui.add(edit)
        })
        .inner;
    response.widget_info(|| {
        let mut info = egui::WidgetInfo::text_edit(true, &annotation.note, &text, "");
        info.label = Some("Note".to_owned());
        info
    });
    if desk.view.focus_note {
        response.request_focus();
        actions.push(Action::NoteFocused);
    }
    if response.changed() {
        // Of the first that was not handed over yet: who types on and on loses no more than that time's worth.
        let typed_at =
            local.note.as_ref().map_or_else(|| ui.input(|input| input.time), |draft| draft.typed_at);
        local.note = Some(NoteDraft { annotation: annotation.id, text, typed_at });
    }
    if response.lost_focus()
        && let Some(draft) = local.note.take()
    {
        actions.push(Action::Change(draft.annotation, AnnotationChange::Note(draft.text)));
    }
    if response.has_focus() {
        ui.painter().rect_stroke(
            response.rect.expand2(Vec2::new(10.0, 7.0)).expand(size::FOCUS_GAP),
            size::RADIUS_CONTROL,
            theme.focus_stroke(),
            egui::StrokeKind::Outside,
        );
    }
}

/// Statement, voices, links.
fn about_ui(ui: &mut Ui, desk: &Desk, annotation: &Annotation, theme: &Theme, actions: &mut Vec<Action>) {
    ui.add_space(size::SPACE[3]);
    statement_ui(ui, desk, annotation, actions);
    ui.add_space(size::SPACE[3]);
    voice_ui(ui, desk, annotation, actions);
    ui.add_space(size::SPACE[3]);
    links::links_ui(ui, desk, annotation, theme, actions);
}

/// The statement that the passage stands under; a press asks for another.
fn statement_ui(ui: &mut Ui, desk: &Desk, annotation: &Annotation, actions: &mut Vec<Action>) {
    keyed_label(ui, "Statement", Command::PutUnder);
    let statement = annotation.statement.and_then(|id| desk.session().statements.get(&id));
    let words = statement.map_or_else(|| "None yet…".to_owned(), |it| it.name.clone());
    let width = ui.available_width();
    let button = ui.add(Button::plain(&words).value(width));
    let full = statement.map_or(Command::PutUnder.info().help, |it| it.name.as_str());
    if button.on_hover_text(full).clicked() {
        actions.push(Action::Command(Command::PutUnder));
    }
    let Some(statement) = statement else { return };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[1];
        if ui.add(Button::link("In the matrix")).on_hover_text("All its passages, by document").clicked() {
            actions.push(Action::Statement(StatementAction::Show(statement.id)));
        }
        let filter = &desk.view.filter;
        if filter.statement != Some(statement.id)
            && ui.add(Button::link("Show only this statement")).clicked()
        {
            let statement = Some(statement.id);
            actions.push(Action::SetFilter(Filter { statement, ..filter.clone() }));
        }
    });
}

/// Who says it; a press asks for another chain.
fn voice_ui(ui: &mut Ui, desk: &Desk, annotation: &Annotation, actions: &mut Vec<Action>) {
    keyed_label(ui, "Voice, outermost first", Command::SetVoice);
    let voice = crate::across::card::voice_words(desk.session(), &annotation.voice);
    let words = if voice.is_empty() { "None yet…" } else { voice.as_str() };
    let width = ui.available_width();
    let full = if voice.is_empty() { Command::SetVoice.info().help } else { &voice };
    if ui.add(Button::plain(words).value(width)).on_hover_text(full).clicked() {
        actions.push(Action::Command(Command::SetVoice));
    }
}

/// The label over a field, with the key that goes there.
fn keyed_label(ui: &mut Ui, words: &str, command: Command) {
    ui.horizontal(|ui| {
        section_label(ui, words);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add(super::widgets::Keycap::new(&cap(ui.ctx(), command)));
        });
    });
    ui.add_space(size::SPACE[0]);
}
