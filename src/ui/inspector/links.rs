//! The links of the chosen annotation: where each leads, what it says, its note.

use eframe::egui::{Align, Color32, Layout, Ui};

use crate::app::links::{LinkAction, Tie};
use crate::app::{Action, Command, Desk};
use crate::model::Annotation;

use super::super::icons::Icon;
use super::super::keys::cap;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, section_label};
use super::shortened;

/// Letters of a document's name: as many as there is room for.
const NAMES: [usize; 6] = [30, 24, 20, 16, 12, 8];

/// Draws them.
pub(super) fn links_ui(
    ui: &mut Ui,
    desk: &Desk,
    annotation: &Annotation,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    ui.horizontal(|ui| {
        section_label(ui, "Links");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let add = Button::link("Add link…");
            let key = cap(ui.ctx(), Command::StartLink);
            if ui.add(add.keycap(&key)).clicked() {
                actions.push(Action::Link(LinkAction::Start(annotation.id)));
            }
        });
    });
    let ties = desk.ties(annotation.id);
    if ties.is_empty() {
        ui.label(font::text().text("None yet.", theme.colors.text2));
    }
    for tie in ties {
        tie_ui(ui, desk, &tie, theme, actions);
    }
}

/// The other end, with as much of its document's name as leaves room for the paragraph.
fn end_words(ui: &Ui, desk: &Desk, other: &Annotation) -> String {
    let tag = desk.session().scheme.tag(&other.tag).map_or("annotation", |tag| &tag.name);
    let words = |most: &usize| format!("{tag}, {}", desk.place_words_in(other, *most));
    let fits = |words: &String| {
        let wide = font::strong().line(ui.ctx(), words, Color32::PLACEHOLDER).size().x;
        wide + 2.0 * size::SPACE[0] <= ui.available_width()
    };
    let mut ways = NAMES.iter().map(words);
    ways.find(fits).unwrap_or_else(|| words(&NAMES[NAMES.len() - 1]))
}

/// A link as this end sees it: "← quoted by  Article 000, ¶ 3".
fn tie_ui(ui: &mut Ui, desk: &Desk, tie: &Tie<'_>, theme: &Theme, actions: &mut Vec<Action>) {
    let id = tie.link.id;
    ui.push_id(("tie", id.0), |ui| {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            ui.label(if tie.out { Icon::ArrowRight } else { Icon::ArrowLeft }.text(theme));
            let says = ui.add(Button::quiet(tie.words(desk.session())));
            if says.on_hover_text("Say something else with this link").clicked() {
                actions.push(Action::Link(LinkAction::AskKind(id)));
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = 0.0;
                if ui.add(Button::sign(Icon::Close, "Remove link")).clicked() {
                    actions.push(Action::Link(LinkAction::Remove(id)));
                }
                if ui.add(Button::sign(Icon::Note, "Note on the link")).clicked() {
                    actions.push(Action::Link(LinkAction::AskNote(id)));
                }
            });
        });
        ui.horizontal(|ui| {
            ui.add_space(size::ICON);
            let there = ui.add(Button::link(&end_words(ui, desk, tie.other)).at_most(ui.available_width()));
            let clicked = there.clicked();
            if there.hovered() {
                let words = shortened(&desk.passage_line(tie.other), 400);
                there.on_hover_text(format!("{}: {words}", desk.end_words(tie.other)));
            }
            if clicked {
                actions.push(Action::Link(LinkAction::GoTo(tie.other.id)));
            }
        });
        if !tie.link.note.is_empty() {
            ui.horizontal(|ui| {
                ui.add_space(size::ICON + size::SPACE[0]);
                ui.label(font::meta().text(shortened(&tie.link.note, 300), theme.colors.text2));
            });
        }
        ui.add_space(size::SPACE[0]);
    });
}
