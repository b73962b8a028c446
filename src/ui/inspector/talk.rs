//! Comments on the chosen annotation, and its history.

use eframe::egui::{Align, Key, Layout, Modifiers, Ui};

use crate::app::{Access, Action, Command, Desk, Said, Workspace, count};
use crate::model::{Annotation, Timestamp};

use super::super::app::Local;
use super::super::keys::cap;
use super::super::review::status_words;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, Field, Keycap, section_label};

/// Entries of a history shown before one asks for all.
const HISTORY_AT_FIRST: usize = 4;

/// The comments by date, each with who and when, and a field for one's own.
pub(super) fn comments_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    desk: &Desk,
    annotation: &Annotation,
    theme: &Theme,
    local: &mut Local,
    actions: &mut Vec<Action>,
) {
    let (session, colors, me) = (desk.session(), &theme.colors, workspace.me());
    ui.horizontal(|ui| {
        section_label(ui, "Comments");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add(Keycap::new(&cap(ui.ctx(), Command::Comment)))
        });
    });
    ui.add_space(size::SPACE[0]);
    for comment in &annotation.comments {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = size::SPACE[0];
            let stand = comment.status.map(|status| format!(" {}", status_words(status))).unwrap_or_default();
            let name = session.annotator_name(&comment.author);
            let who = format!("{name}{stand} · {}", time_words(comment.at));
            ui.label(font::meta().text(who, colors.text3));
            let answered = annotation.comments.iter().any(|other| other.reply_to == Some(comment.id));
            if comment.author == me && !answered {
                ui.add_space(size::SPACE[1]);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    if ui.add(Button::link("Take back")).clicked() {
                        actions.push(Action::RemoveComment(annotation.id, comment.id));
                    }
                });
            }
        });
        if !comment.text.is_empty() {
            ui.label(font::text().text(&comment.text, colors.text));
        }
        ui.add_space(size::SPACE[1]);
    }
    let draft = local.comments.entry(annotation.id).or_default();
    let width = ui.available_width();
    // An id of its own: the one given by order changes with each comment above it, and the focus with it.
    let id = ui.scope_id().with(("comment", annotation.id.0));
    let field =
        Field::new(draft, "Comment").placeholder("Say something about it").width(width).rows(2).id(id);
    let response = ui.add(field);
    if desk.view.focus_comment {
        response.request_focus();
        response.scroll_to_me(Some(Align::Center));
        actions.push(Action::CommentFocused);
    }
    let sent =
        response.has_focus() && ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    if draft.trim().is_empty() {
        if !response.has_focus() {
            local.comments.remove(&annotation.id);
        }
        return;
    }
    ui.add_space(size::SPACE[0]);
    if ui.add(Button::plain("Add comment").keycap("Ctrl Enter")).clicked() || sent {
        let said = Said { text: draft.clone(), ..Said::default() };
        // Where it will be refused, what was written stays in its field.
        if desk.access != Access::ReadOnly {
            draft.clear();
        }
        actions.push(Action::AddComment(annotation.id, said));
    }
}

/// Who made it, and what was done to it since: the last first.
pub(super) fn history_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    desk: &Desk,
    annotation: &Annotation,
    theme: &Theme,
) {
    let me = workspace.me();
    let who = |id: &crate::model::AnnotatorId| {
        let name = desk.session().annotator_name(id);
        if *id == me { format!("{name} (you)") } else { name.to_owned() }
    };
    section_label(ui, "History");
    ui.add_space(size::SPACE[0]);
    let line = |ui: &mut Ui, words: String| ui.label(font::meta().text(words, theme.colors.text2));
    let changes = &annotation.changes;
    let id = ui.scope_id().with(("history", annotation.id.0));
    let all = changes.len() <= HISTORY_AT_FIRST || ui.data(|data| data.get_temp(id).unwrap_or(false));
    let shown = if all { changes.len() } else { HISTORY_AT_FIRST - 1 };
    for change in changes.iter().rev().take(shown) {
        let what = crate::app::capitalized(&change.what);
        line(ui, format!("{what} · {} · {}", who(&change.by), time_words(change.at)));
    }
    if !all {
        let words = count(changes.len() - shown, "earlier change");
        if ui.add(Button::link(&words)).clicked() {
            ui.data_mut(|data| data.insert_temp(id, true));
        }
    }
    line(ui, format!("Marked by {} · {}", who(&annotation.annotator), time_words(annotation.created)));
    if changes.is_empty() && annotation.modified != annotation.created {
        line(ui, format!("Last changed {}", time_words(annotation.modified)));
    }
    let length = desk.session().quote(annotation).chars().count();
    ui.label(font::meta().text(count(length, "character"), theme.colors.text3));
}

/// "3 Oct 2026, 14:05" where one is.
pub fn time_words(at: Timestamp) -> String {
    at.moment().to_zoned(jiff::tz::TimeZone::system()).strftime("%-d %b %Y, %H:%M").to_string()
}
