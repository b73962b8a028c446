//! The scheme: tags, attributes, link kinds. What is typed becomes part of the session when its field is left;
//! each such change is one undo step.

mod attribute;
mod link;
mod tag;

use std::collections::{BTreeMap, BTreeSet};

use eframe::egui;
use eframe::egui::{ScrollArea, Ui};

use crate::app::{Action, Command, Desk, Workspace};
use crate::edit::make;
use crate::model::{AttributeId, LinkKindId, Scheme, Tag, TagId, Timestamp};

use super::super::app::Local;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, Field, Row, TagBox, row_frame, section_label};

/// The sheet while it is open: a copy of the scheme that is typed into, and what is chosen.
#[derive(Default)]
pub struct SchemeDraft {
    scheme: Scheme,
    /// The revision of the session that the copy is of.
    revision: Option<u64>,
    /// What has been typed and not handed over, as the step will be called.
    typed: Option<String>,
    chosen: Option<Chosen>,
    new: [String; 3],
    new_rule: String,
    new_value: String,
    /// Values being renamed: the attribute, the old name, what is typed.
    renamed: Option<(AttributeId, String, String)>,
    /// Annotations of a tag made before a rule.
    before: BTreeMap<(TagId, Timestamp), usize>,
    /// The values that annotations have.
    used: BTreeMap<AttributeId, BTreeSet<String>>,
}

/// What the form shows.
#[derive(Clone, PartialEq, Eq)]
enum Chosen {
    Tag(TagId),
    Attribute(AttributeId),
    Link(LinkKindId),
}

impl SchemeDraft {
    /// What was typed and is not part of the session yet.
    pub fn take_typed(&mut self) -> Option<Action> {
        let label = self.typed.take()?;
        self.revision = None;
        Some(Action::SetScheme(Box::new(self.scheme.clone()), label))
    }

    /// Something stands in a field that is not part of the session: undo is the field's own.
    pub fn is_typing(&self) -> bool {
        let fields = self.new.iter().chain([&self.new_rule, &self.new_value]);
        self.typed.is_some() || self.renamed.is_some() || fields.into_iter().any(|field| !field.is_empty())
    }

    /// Takes the scheme of the session, unless something is being typed into the copy.
    fn refresh(&mut self, desk: &Desk) {
        if self.typed.is_some() || self.revision == Some(desk.revision()) {
            return;
        }
        self.scheme = Scheme::clone(&desk.session().scheme);
        self.revision = Some(desk.revision());
        let there = match &self.chosen {
            Some(Chosen::Tag(id)) => self.scheme.tag(id).is_some(),
            Some(Chosen::Attribute(id)) => self.scheme.attribute(id).is_some(),
            Some(Chosen::Link(id)) => self.scheme.link_kind(id).is_some(),
            None => false,
        };
        if !there {
            self.chosen = self.scheme.tags.first().map(|tag| Chosen::Tag(tag.id.clone()));
        }
        self.before.clear();
        self.used.clear();
        for annotation in desk.session().annotations.values() {
            for (attribute, value) in &annotation.attributes {
                self.used.entry(attribute.clone()).or_default().insert(value.clone());
            }
        }
        for tag in &self.scheme.tags {
            for rule in &tag.rules {
                let made = desk.session().annotations.values();
                let before = made.filter(|it| it.tag == tag.id && it.created < rule.since).count();
                self.before.insert((tag.id.clone(), rule.since), before);
            }
        }
    }

    /// Something was changed at once: it is handed over as it is.
    fn hand_over(&mut self, label: impl Into<String>, actions: &mut Vec<Action>) {
        self.typed = Some(label.into());
        actions.extend(self.take_typed());
    }

    /// A field was typed into, or left.
    fn after_field(&mut self, field: &egui::Response, label: &str, actions: &mut Vec<Action>) {
        if field.changed() {
            self.typed = Some(label.to_owned());
        }
        if field.lost_focus() {
            actions.extend(self.take_typed());
        }
    }
}

/// Draws the sheet's content; its heading is drawn already.
pub(super) fn scheme_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    desk: &Desk,
    theme: &Theme,
    local: &mut Local,
    fresh: bool,
    actions: &mut Vec<Action>,
) {
    let draft = &mut local.scheme;
    if fresh && let Some(chosen) = desk.chosen() {
        draft.chosen = Some(Chosen::Tag(chosen.tag.clone()));
    }
    draft.refresh(desk);
    let room = ui.available_rect_before_wrap();
    let list = (room.width() * 0.27).clamp(210.0, 300.0);
    let (left, right) = room.split_left_right_at_x(room.left() + list);
    ui.painter().vline(right.left(), room.y_range(), egui::Stroke::new(size::STROKE, theme.colors.hair));
    ui.scope_builder(egui::UiBuilder::new().max_rect(left).id_salt("scheme list"), |ui| {
        ScrollArea::vertical().id_salt("list").auto_shrink([false, false]).show(ui, |ui| {
            ui.set_max_width(list - size::SPACE[3]);
            ui.spacing_mut().item_spacing.y = 0.0;
            lists_ui(ui, desk, theme, draft, fresh, actions);
            ui.add_space(size::SPACE[4]);
            files_ui(ui, workspace, actions);
        });
    });
    let right = right.with_min_x(right.left() + size::SPACE[3]);
    ui.scope_builder(egui::UiBuilder::new().max_rect(right).id_salt("scheme form"), |ui| {
        ScrollArea::vertical().id_salt("form").auto_shrink([false, false]).show(ui, |ui| {
            ui.set_max_width((right.width() - size::SPACE[3]).min(760.0));
            ui.spacing_mut().item_spacing.y = 0.0;
            match draft.chosen.clone() {
                Some(Chosen::Tag(id)) => tag::tag_ui(ui, desk, theme, draft, &id, actions),
                Some(Chosen::Attribute(id)) => attribute::attribute_ui(ui, theme, draft, &id, actions),
                Some(Chosen::Link(id)) => link::link_ui(ui, desk, theme, draft, &id, actions),
                None => {
                    let words = "No tag yet. Add one at the left: a name is enough.";
                    ui.label(font::text().text(words, theme.colors.text2));
                }
            }
        });
    });
    ui.advance_cursor_after_rect(room);
}

fn lists_ui(
    ui: &mut Ui,
    desk: &Desk,
    theme: &Theme,
    draft: &mut SchemeDraft,
    fresh: bool,
    actions: &mut Vec<Action>,
) {
    section_label(ui, "Tags");
    ui.add_space(size::SPACE[0]);
    for (tag, depth) in draft.scheme.nested() {
        tag_row_ui(ui, desk, theme, tag, depth, &mut draft.chosen);
    }
    if let Some(name) = new_ui(ui, "New tag", &mut draft.new[0], fresh) {
        let tag = make::new_tag(&draft.scheme, &name);
        draft.chosen = Some(Chosen::Tag(tag.id.clone()));
        draft.scheme.tags.push(tag);
        draft.hand_over(format!("add tag {name}"), actions);
    }
    ui.add_space(size::SPACE[3]);
    section_label(ui, "Attributes");
    ui.add_space(size::SPACE[0]);
    for attribute in &draft.scheme.attributes {
        let on = draft.chosen == Some(Chosen::Attribute(attribute.id.clone()));
        let value = if attribute.retired { "retired" } else { "" };
        if ui.add(Row::new(&attribute.name).value(value).on(on)).clicked() {
            draft.chosen = Some(Chosen::Attribute(attribute.id.clone()));
        }
    }
    if let Some(name) = new_ui(ui, "New attribute", &mut draft.new[1], false) {
        let attribute = make::new_attribute(&draft.scheme, &name);
        draft.chosen = Some(Chosen::Attribute(attribute.id.clone()));
        // Its values come next.
        let id = egui::Id::unique(("new value", attribute.id.as_str()));
        ui.memory_mut(|memory| memory.request_focus(id));
        draft.scheme.attributes.push(attribute);
        draft.hand_over(format!("add attribute {name}"), actions);
    }
    ui.add_space(size::SPACE[3]);
    section_label(ui, "Link kinds");
    ui.add_space(size::SPACE[0]);
    for kind in &draft.scheme.link_kinds {
        let on = draft.chosen == Some(Chosen::Link(kind.id.clone()));
        let value = if kind.retired { "retired" } else { "" };
        if ui.add(Row::new(&kind.name).value(value).on(on)).clicked() {
            draft.chosen = Some(Chosen::Link(kind.id.clone()));
        }
    }
    if let Some(name) = new_ui(ui, "New link kind", &mut draft.new[2], false) {
        let kind = make::new_link_kind(&draft.scheme, &name);
        draft.chosen = Some(Chosen::Link(kind.id.clone()));
        draft.scheme.link_kinds.push(kind);
        draft.hand_over(format!("add link kind {name}"), actions);
    }
}

fn tag_row_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, tag: &Tag, depth: usize, chosen: &mut Option<Chosen>) {
    let on = *chosen == Some(Chosen::Tag(tag.id.clone()));
    let (marks, _) = desk.weight_of_tag(&tag.id);
    let response = row_frame(ui, theme, on, |ui| {
        ui.set_min_height(size::LIST_ROW - 6.0);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = size::SPACE[1];
            ui.add_space(depth as f32 * size::SPACE[3]);
            ui.add(TagBox::of(tag));
            let color = if tag.retired { theme.colors.text3 } else { theme.colors.text };
            let name = if tag.name.is_empty() { "(no name)" } else { &tag.name };
            ui.label(font::text().text(name, color));
            ui.with_layout(egui::Layout::right_to_left(egui::Align::Center), |ui| {
                let words = if tag.retired { format!("retired, {marks}") } else { marks.to_string() };
                ui.label(font::meta().text(words, theme.colors.text2));
            });
        });
    });
    let name = format!("Scheme tag {}", tag.name);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, on, &name));
    if response.clicked() {
        *chosen = Some(Chosen::Tag(tag.id.clone()));
    }
}

/// A field for the name of a new thing; the name, once Enter was pressed or the button.
fn new_ui(ui: &mut Ui, words: &str, name: &mut String, focus: bool) -> Option<String> {
    ui.add_space(size::SPACE[0]);
    let mut done = false;
    let id = egui::Id::unique(("new in scheme", words));
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[0];
        let add = "Add";
        let width = ui.available_width() - 52.0;
        let field = ui.add(Field::new(name, words).width(width).id(id));
        if focus {
            field.request_focus();
        }
        done = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let reason = name.trim().is_empty().then_some("type a name first");
        done |= ui.add(Button::plain(add).disabled(reason)).clicked();
    });
    let typed = name.trim().to_owned();
    (done && !typed.is_empty()).then(|| {
        name.clear();
        // One seldom comes alone.
        ui.memory_mut(|memory| memory.request_focus(id));
        typed
    })
}

fn files_ui(ui: &mut Ui, workspace: &Workspace, actions: &mut Vec<Action>) {
    for command in [Command::ExportCodebook, Command::ExportScheme, Command::ImportScheme] {
        let info = command.info();
        let row = Row::new(info.name);
        if ui.add(row).on_hover_text(info.help).clicked() && command.enabled(workspace).is_ok() {
            actions.push(Action::Command(command));
        }
    }
}

/// The label before a control of the form.
fn label_ui(ui: &mut Ui, words: &str) {
    ui.add_space(size::SPACE[3]);
    section_label(ui, words);
    ui.add_space(size::SPACE[0]);
}

/// Moves the item at `from` one up or down in its list.
fn moved<T>(items: &mut [T], from: usize, down: bool) -> bool {
    let to = if down { from + 1 } else { from.wrapping_sub(1) };
    if to < items.len() {
        items.swap(from, to);
        return true;
    }
    false
}
