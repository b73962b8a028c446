//! Several annotations, picked in the table: what they are, and what can be done with all at once.

use std::collections::{BTreeMap, BTreeSet};

use eframe::egui::{Ui, Vec2};

use crate::app::{Action, AnnotationChange, Command, Desk, count};
use crate::model::{AnnotationId, TagId};

use super::keys::cap;
use super::theme::{Theme, font, size};
use super::widgets::{Button, TagBox, TagChoice, section_label};

/// What the picked annotations are. Computed when they or the session change, not at each frame.
#[derive(Default)]
pub struct PickedSummary {
    key: Option<(u64, usize, Option<AnnotationId>, Option<AnnotationId>)>,
    tags: BTreeMap<TagId, usize>,
    documents: usize,
    /// Not all of them are marked unsure.
    some_sure: bool,
}

impl PickedSummary {
    fn refresh(&mut self, desk: &Desk) {
        let picked = &desk.view.picked;
        let key = Some((desk.revision(), picked.len(), picked.first().copied(), picked.last().copied()));
        if self.key == key {
            return;
        }
        *self = Self { key, ..Self::default() };
        let mut documents = BTreeSet::new();
        for annotation in picked.iter().filter_map(|id| desk.annotation(*id)) {
            *self.tags.entry(annotation.tag.clone()).or_default() += 1;
            documents.insert(annotation.anchor.document());
            self.some_sure |= !annotation.unsure;
        }
        self.documents = documents.len();
    }
}

/// The line above the table: how many, and the acts.
pub fn picked_bar_ui(
    ui: &mut Ui,
    desk: &Desk,
    theme: &Theme,
    summary: &mut PickedSummary,
    actions: &mut Vec<Action>,
) {
    summary.refresh(desk);
    let words = format!("{} picked", count(desk.view.picked.len(), "annotation"));
    ui.label(font::on().text(words, theme.colors.text));
    tags_ui(ui, desk, actions);
    acts_ui(ui, desk, summary, false, actions);
}

/// What the inspector shows: how many of which tag, in how many documents, and the acts.
pub fn picked_ui(
    ui: &mut Ui,
    desk: &Desk,
    theme: &Theme,
    summary: &mut PickedSummary,
    actions: &mut Vec<Action>,
) {
    summary.refresh(desk);
    let words = format!(
        "{} picked, in {}",
        count(desk.view.picked.len(), "annotation"),
        count(summary.documents, "document")
    );
    ui.label(font::text().text(words, theme.colors.text));
    ui.add_space(size::SPACE[1]);
    for tag in &desk.session().scheme.tags {
        let Some(number) = summary.tags.get(&tag.id) else { continue };
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
        acts_ui(ui, desk, summary, true, actions);
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

fn acts_ui(ui: &mut Ui, desk: &Desk, summary: &PickedSummary, wide: bool, actions: &mut Vec<Action>) {
    let unsure = summary.some_sure;
    let [note, doubt, trust, delete, leave] = match wide {
        true => {
            ["Note on all picked…", "All are unsure", "None is unsure", "Delete all picked", "Let them go"]
        }
        false => ["Note…", "Unsure", "Not unsure", "Delete all", "Let go"],
    };
    if ui.add(Button::quiet(note).keycap(&cap(ui.ctx(), Command::EditNote))).clicked() {
        actions.push(Action::Command(Command::NotePicked));
    }
    if ui
        .add(Button::quiet(if unsure { doubt } else { trust }).keycap(&cap(ui.ctx(), Command::ToggleUnsure)))
        .clicked()
    {
        actions.push(Action::ChangePicked(AnnotationChange::Unsure(unsure)));
    }
    if ui.add(Button::quiet(delete).keycap(&cap(ui.ctx(), Command::Delete))).clicked() {
        actions.push(Action::Command(Command::Delete));
    }
    if ui.add(Button::quiet(leave).keycap(&cap(ui.ctx(), Command::Leave))).clicked() {
        actions.push(Action::Unpick(desk.view.picked.iter().copied().collect()));
    }
}
