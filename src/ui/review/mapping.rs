//! Which of a colleague's tags and statements are which of one's own; and the tag of a new mark.

use std::collections::BTreeMap;

use eframe::egui;
use eframe::egui::{Key, Modifiers, Ui};

use crate::app::{Action, ReviewAction, Workspace, count};
use crate::model::{StatementId, TagId};

use super::super::icons::Icon;
use super::super::inspector::shortened;
use super::super::overlay::heading_ui;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, Row, TagBox, key_words, section_label, tag_row};

/// What is said so far, until it is kept.
#[derive(Default)]
pub struct MappingDraft {
    layer: usize,
    tags: Vec<(TagId, Option<TagId>)>,
    statements: Vec<(StatementId, Option<StatementId>)>,
    /// How many marks of theirs have a tag: counted once, when the dialog opens.
    marks: BTreeMap<TagId, usize>,
}

/// Asks which tags and statements of a layer are which of one's own.
pub fn mapping_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    theme: &Theme,
    layer: usize,
    draft: &mut MappingDraft,
    fresh: bool,
    actions: &mut Vec<Action>,
) {
    let Some(desk) = &workspace.desk else { return };
    let Some(open) = desk.review.layers().get(layer) else { return };
    let theirs = &open.session;
    if fresh {
        let laid = crate::review::layer::Layer::over(desk.session(), std::sync::Arc::clone(theirs));
        let mut marks = BTreeMap::new();
        for annotation in theirs.annotations.values() {
            *marks.entry(annotation.tag.clone()).or_default() += 1;
        }
        let used = |id: &TagId| marks.contains_key(id);
        let tags = theirs.scheme.tags.iter().filter(|tag| used(&tag.id) && !is_same(desk.session(), &tag.id));
        *draft = MappingDraft {
            layer,
            tags: tags.map(|tag| (tag.id.clone(), laid.tags.get(&tag.id).cloned())).collect(),
            statements: laid.unknown_statements.iter().map(|id| (*id, None)).collect(),
            marks,
        };
    }
    let name = crate::app::review::layer_name(theirs);
    ui.set_width(560.0);
    heading_ui(ui, theme, &format!("Which of your tags are those of {name}?"));
    let says = "A tag of theirs that has another name with you is asked for once. What is not matched is shown, but \
                not compared by tag.";
    ui.label(font::text().text(says, theme.colors.text2));
    ui.add_space(size::SPACE[2]);
    egui::ScrollArea::vertical().max_height(380.0).show(ui, |ui| {
        if draft.tags.is_empty() {
            ui.label(font::text().text("All tags in use have the same ids with you.", theme.colors.text2));
        }
        for (theirs_id, ours) in &mut draft.tags {
            let Some(tag) = theirs.scheme.tag(theirs_id) else { continue };
            let marks = draft.marks.get(theirs_id).copied().unwrap_or_default();
            ui.horizontal(|ui| {
                ui.set_min_height(32.0);
                ui.spacing_mut().item_spacing.x = size::SPACE[1];
                ui.add(TagBox::of(tag));
                ui.label(font::on().text(&tag.name, theme.colors.text));
                ui.label(font::text().text(format!("{} is", count(marks, "mark")), theme.colors.text2));
                let own = ours.as_ref().and_then(|id| desk.session().scheme.tag(id));
                let words = own.map_or("none of mine", |tag| tag.name.as_str());
                let choice = ui.add(Button::plain(words).after(Icon::CaretDown));
                egui::Popup::menu(&choice).frame(theme.popup_frame()).show(|ui| {
                    ui.set_width(220.0);
                    for own in desk.session().scheme.tags.iter().filter(|tag| !tag.retired) {
                        if ui.add(tag_row(own, &own.name, "").on(ours.as_ref() == Some(&own.id))).clicked() {
                            *ours = Some(own.id.clone());
                            ui.close();
                        }
                    }
                    if ui.add(Row::new("none of mine").on(ours.is_none())).clicked() {
                        *ours = None;
                        ui.close();
                    }
                });
            });
            if !tag.definition.is_empty() {
                ui.horizontal(|ui| {
                    ui.add_space(26.0);
                    ui.label(font::meta().text(shortened(&tag.definition, 110), theme.colors.text3));
                });
            }
        }
        if !draft.statements.is_empty() {
            ui.add_space(size::SPACE[2]);
            section_label(ui, "Statements");
        }
        for (theirs_id, ours) in &mut draft.statements {
            let Some(statement) = theirs.statements.get(theirs_id) else { continue };
            ui.label(font::on().text(&statement.name, theme.colors.text));
            let own = ours.and_then(|id| desk.session().statements.get(&id));
            let words = own.map_or_else(|| "none of mine".to_owned(), |own| shortened(&own.name, 60));
            let choice = ui.add(Button::plain(&words).after(Icon::CaretDown));
            egui::Popup::menu(&choice).frame(theme.popup_frame()).show(|ui| {
                ui.set_width(420.0);
                for own in desk.session().statements.values() {
                    if ui.add(Row::new(&own.name).on(*ours == Some(own.id))).clicked() {
                        *ours = Some(own.id);
                        ui.close();
                    }
                }
                if ui.add(Row::new("none of mine").on(ours.is_none())).clicked() {
                    *ours = None;
                    ui.close();
                }
            });
            ui.add_space(size::SPACE[0]);
        }
    });
    ui.add_space(size::SPACE[3]);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[1];
        if ui.add(Button::primary("Keep this")).clicked() {
            let map = ReviewAction::Map(draft.layer, draft.tags.clone(), draft.statements.clone());
            actions.push(Action::Review(map));
        }
        if ui.add(Button::plain("Not now")).clicked() {
            actions.push(Action::ShowOverlay(None));
        }
    });
}

/// Their tag and one of ours have the same id: nothing is asked.
fn is_same(ours: &crate::model::Session, id: &TagId) -> bool {
    ours.scheme.tag(id).is_some()
}

/// Asks for the tag of the mark that is to stand in the place of those of a difference.
pub fn make_new_ui(ui: &mut Ui, workspace: &Workspace, theme: &Theme, actions: &mut Vec<Action>) {
    let Some(desk) = &workspace.desk else { return };
    ui.set_width(380.0);
    heading_ui(ui, theme, "A new mark in the place of these");
    let swept = desk.view.selection.is_some_and(|(_, selection)| !selection.is_caret());
    let says = match swept {
        true => "It stands on what is selected. With which tag?",
        false => "It stands on the whole place; select text before to have it elsewhere. With which tag?",
    };
    ui.label(font::text().text(says, theme.colors.text2));
    ui.add_space(size::SPACE[1]);
    for tag in desk.session().scheme.tags.iter().filter(|tag| !tag.retired) {
        let key = key_words(ui.ctx(), tag);
        let pressed = tag.key.is_some_and(|digit| {
            let keys = [
                Key::Num1,
                Key::Num2,
                Key::Num3,
                Key::Num4,
                Key::Num5,
                Key::Num6,
                Key::Num7,
                Key::Num8,
                Key::Num9,
            ];
            let key = keys.get(usize::from(digit).wrapping_sub(1));
            key.is_some_and(|key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, *key)))
        });
        if ui.add(tag_row(tag, &tag.name, &key)).clicked() || pressed {
            actions.push(Action::Review(ReviewAction::MakeNew(tag.id.clone())));
        }
    }
}
