//! Several annotations, picked in the table: what they are, and what can be done with all at once.

use std::collections::BTreeMap;

use eframe::egui::{Ui, Vec2};

use crate::app::{Action, AnnotationChange, Command, Desk, count};
use crate::model::{AnnotationId, TagId};

use super::theme::{Theme, font, size};
use super::widgets::{Button, TagBox, TagChoice, section_label};

/// The line above the table: how many, and the acts.
pub fn picked_bar_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let words = format!("{} picked", count(desk.view.picked.len(), "annotation"));
    ui.label(font::on().text(words, theme.colors.text));
    tags_ui(ui, desk, actions);
    acts_ui(ui, desk, actions);
}

/// What the inspector shows: how many of which tag, in how many documents, and the acts.
pub fn picked_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let mut tags: BTreeMap<&TagId, usize> = BTreeMap::new();
    let mut documents = std::collections::BTreeSet::new();
    for annotation in desk.view.picked.iter().filter_map(|id| desk.annotation(*id)) {
        *tags.entry(&annotation.tag).or_default() += 1;
        documents.insert(annotation.anchor.document());
    }
    let words = format!(
        "{} picked, in {}",
        count(desk.view.picked.len(), "annotation"),
        count(documents.len(), "document")
    );
    ui.label(font::text().text(words, theme.colors.text));
    ui.add_space(size::SPACE[1]);
    for tag in &desk.session().scheme.tags {
        let Some(number) = tags.get(&tag.id) else { continue };
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = size::SPACE[1];
            ui.add(TagBox::of(tag));
            ui.label(font::text().text(format!("{} {number}", tag.name), theme.colors.text2));
        });
    }
    ui.add_space(size::SPACE[3]);
    section_label(ui, "Tag all as");
    ui.add_space(size::SPACE[0]);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(size::SPACE[0]);
        tags_ui(ui, desk, actions);
    });
    ui.add_space(size::SPACE[3]);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(size::SPACE[1]);
        acts_ui(ui, desk, actions);
    });
}

fn tags_ui(ui: &mut Ui, desk: &Desk, actions: &mut Vec<Action>) {
    for tag in desk.session().scheme.tags.iter().filter(|tag| !tag.retired) {
        let words = format!("Tag all as {}", tag.name);
        if ui.add(TagChoice::new(tag, false)).on_hover_text(words).clicked() {
            actions.push(Action::ChangePicked(AnnotationChange::Tag(tag.id.clone())));
        }
    }
}

fn acts_ui(ui: &mut Ui, desk: &Desk, actions: &mut Vec<Action>) {
    let sure = |id: &AnnotationId| desk.annotation(*id).is_some_and(|annotation| !annotation.unsure);
    let unsure = desk.view.picked.iter().any(sure);
    if ui.add(Button::quiet("Note…")).clicked() {
        actions.push(Action::Command(Command::NotePicked));
    }
    let words = if unsure { "Unsure" } else { "Not unsure" };
    if ui.add(Button::quiet(words).keycap("U")).clicked() {
        actions.push(Action::ChangePicked(AnnotationChange::Unsure(unsure)));
    }
    if ui.add(Button::quiet("Delete all picked").keycap("Del")).clicked() {
        actions.push(Action::Command(Command::Delete));
    }
    if ui.add(Button::quiet("Let go").keycap("Esc")).clicked() {
        actions.push(Action::Unpick(desk.view.picked.iter().copied().collect()));
    }
}
