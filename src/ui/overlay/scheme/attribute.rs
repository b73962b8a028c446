//! The form of an attribute: its allowed values, its default, the tags it belongs to.

use eframe::egui;
use eframe::egui::{Ui, Vec2};

use crate::app::Action;
use crate::model::{AttributeId, AttributeValue};

use super::super::super::theme::{Theme, font, size};
use super::super::super::widgets::{Button, Check, Field, TagChoice};
use super::{SchemeDraft, label_ui};

pub(super) fn attribute_ui(
    ui: &mut Ui,
    theme: &Theme,
    draft: &mut SchemeDraft,
    id: &AttributeId,
    actions: &mut Vec<Action>,
) {
    let Some(at) = draft.scheme.attributes.iter().position(|attribute| attribute.id == *id) else { return };
    let name = draft.scheme.attributes[at].name.clone();
    let field_id = |field: &str| egui::Id::unique(("scheme attribute", id.as_str(), field));
    let field = Field::new(&mut draft.scheme.attributes[at].name, "Name").width(300.0).id(field_id("name"));
    let field = ui.add(field);
    draft.after_field(&field, &format!("rename {name}"), actions);
    label_ui(ui, "What does it say?");
    let width = ui.available_width();
    let field = Field::new(&mut draft.scheme.attributes[at].definition, "Definition").rows(2).width(width);
    let field = ui.add(field.id(field_id("definition")));
    draft.after_field(&field, &format!("define {name}"), actions);
    values_ui(ui, theme, draft, at, actions);
    tags_ui(ui, draft, at, actions);
    ui.add_space(size::SPACE[4]);
    let used = draft.used.contains_key(id);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[1];
        let retired = draft.scheme.attributes[at].retired;
        if ui.add(Button::plain(if retired { "Bring back" } else { "Retire" })).clicked() {
            draft.scheme.attributes[at].retired = !retired;
            draft.hand_over(format!("{} {name}", if retired { "bring back" } else { "retire" }), actions);
        }
        let reason = used.then_some("annotations have values of it: retire it instead");
        if ui.add(Button::plain("Remove").disabled(reason)).clicked() {
            draft.scheme.attributes.remove(at);
            draft.hand_over(format!("remove attribute {name}"), actions);
        }
    });
}

fn values_ui(ui: &mut Ui, theme: &Theme, draft: &mut SchemeDraft, at: usize, actions: &mut Vec<Action>) {
    label_ui(ui, "Allowed values");
    let attribute = draft.scheme.attributes[at].clone();
    if attribute.values.is_empty() {
        ui.label(font::text().text("Any text, as long as none is listed.", theme.colors.text3));
    }
    for (i, value) in attribute.values.iter().enumerate() {
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = size::SPACE[1];
            value_ui(ui, draft, at, i, value, actions);
        });
        ui.add_space(size::SPACE[0]);
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[0];
        let id = egui::Id::unique(("new value", attribute.id.as_str()));
        let field = ui.add(Field::new(&mut draft.new_value, "New value").width(180.0).id(id));
        let enter = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let typed = draft.new_value.trim().to_owned();
        let taken = attribute.values.iter().any(|value| value.name == typed);
        let other =
            draft.used.get(&attribute.id).is_some_and(|used| used.iter().any(|value| *value != typed));
        let reason = if typed.is_empty() {
            Some("type the value first")
        } else if taken {
            Some("it is there already")
        } else if attribute.values.is_empty() && other {
            Some("annotations have other texts: any text must stay allowed")
        } else {
            None
        };
        if (ui.add(Button::plain("Add value").disabled(reason)).clicked() || enter) && reason.is_none() {
            draft.new_value.clear();
            // One seldom comes alone.
            field.request_focus();
            let value = AttributeValue { name: typed.clone(), definition: String::new() };
            draft.scheme.attributes[at].values.push(value);
            draft.hand_over(format!("add the value {typed}"), actions);
        }
    });
}

fn value_ui(
    ui: &mut Ui,
    draft: &mut SchemeDraft,
    at: usize,
    i: usize,
    value: &AttributeValue,
    actions: &mut Vec<Action>,
) {
    let attribute = draft.scheme.attributes[at].clone();
    let field_id = |field: &str| egui::Id::unique(("scheme value", attribute.id.as_str(), i, field));
    let mut typed = match &draft.renamed {
        Some((id, old, typed)) if *id == attribute.id && *old == value.name => typed.clone(),
        _ => value.name.clone(),
    };
    let label = format!("Value {}", i + 1);
    let field = ui.add(Field::new(&mut typed, &label).width(180.0).id(field_id("name")));
    if field.changed() {
        draft.renamed = Some((attribute.id.clone(), value.name.clone(), typed));
    }
    if field.lost_focus()
        && let Some((id, old, new)) = draft.renamed.take()
        && new.trim() != old
    {
        draft.revision = None;
        actions.push(Action::RenameValue(id, old, new));
    }
    let words = &mut draft.scheme.attributes[at].values[i].definition;
    let width = (ui.available_width() - 210.0).max(80.0);
    let field = ui.add(Field::new(words, "When it holds").width(width).id(field_id("definition")));
    draft.after_field(&field, &format!("define the value {}", value.name), actions);
    let mut first = attribute.default.as_ref() == Some(&value.name);
    if ui.add(Check::new(&mut first, "default")).on_hover_text("New annotations have this value").changed() {
        draft.scheme.attributes[at].default = first.then(|| value.name.clone());
        draft.hand_over(format!("default of {}", attribute.name), actions);
    }
    let used = draft.used.get(&attribute.id).is_some_and(|used| used.contains(&value.name));
    let reason = used.then_some("annotations have it");
    if ui.add(Button::link("Remove").disabled(reason)).clicked() {
        let attribute = &mut draft.scheme.attributes[at];
        attribute.values.remove(i);
        if attribute.default.as_ref() == Some(&value.name) {
            attribute.default = None;
        }
        draft.hand_over(format!("remove the value {}", value.name), actions);
    }
}

/// The tags it belongs to; none: all.
fn tags_ui(ui: &mut Ui, draft: &mut SchemeDraft, at: usize, actions: &mut Vec<Action>) {
    label_ui(ui, "For which tags? None chosen: for all");
    let mut switched = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(size::SPACE[0]);
        for tag in draft.scheme.tags.iter().filter(|tag| !tag.retired) {
            let on = draft.scheme.attributes[at].tags.contains(&tag.id);
            if ui.add(TagChoice::new(tag, on)).clicked() {
                switched = Some((tag.id.clone(), on));
            }
        }
    });
    if let Some((tag, on)) = switched {
        let attribute = &mut draft.scheme.attributes[at];
        match on {
            true => attribute.tags.retain(|other| *other != tag),
            false => attribute.tags.push(tag),
        }
        let name = attribute.name.clone();
        draft.hand_over(format!("tags of {name}"), actions);
    }
}
