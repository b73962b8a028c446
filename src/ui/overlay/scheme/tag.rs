//! The form of a tag.

use eframe::egui;
use eframe::egui::{Align, Layout, Ui, Vec2};

use crate::app::{Action, Desk, Filter, count};
use crate::model::{Example, Pattern, Scheme, Tag, TagColor, TagId};

use super::super::super::icons::Icon;
use super::super::super::inspector::shortened;
use super::super::super::theme::{Theme, font, size};
use super::super::super::widgets::{
    Button, Field, Row, TagBox, focus_ring, paint_pattern_line, pattern_name, solid_when,
};
use super::{SchemeDraft, label_ui, moved};

pub(super) fn tag_ui(
    ui: &mut Ui,
    desk: &Desk,
    theme: &Theme,
    draft: &mut SchemeDraft,
    id: &TagId,
    actions: &mut Vec<Action>,
) {
    let Some(at) = draft.scheme.tags.iter().position(|tag| tag.id == *id) else { return };
    head_ui(ui, theme, draft, at, actions);
    look_ui(ui, theme, draft, at, actions);
    label_ui(ui, "When is a passage this?");
    let width = ui.available_width();
    let name = draft.scheme.tags[at].name.clone();
    let field = Field::new(&mut draft.scheme.tags[at].definition, "Definition").rows(2).width(width);
    let field = ui.add(field.id(field_id(id, "definition")));
    draft.after_field(&field, &format!("define {name}"), actions);
    rules_ui(ui, theme, draft, at, actions);
    examples_ui(ui, desk, theme, draft, at, actions);
    ui.add_space(size::SPACE[4]);
    fate_ui(ui, desk, theme, draft, at, actions);
    ui.add_space(size::SPACE[4]);
}

/// Fields keep their focus whatever comes and goes above them.
fn field_id(tag: &TagId, field: &str) -> egui::Id {
    egui::Id::unique(("scheme field", tag.as_str(), field))
}

/// Name, letter, key, place in the tree and in the list.
fn head_ui(ui: &mut Ui, theme: &Theme, draft: &mut SchemeDraft, at: usize, actions: &mut Vec<Action>) {
    let id = draft.scheme.tags[at].id.clone();
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        ui.spacing_mut().item_spacing.x = size::SPACE[1];
        ui.add(TagBox::of(&draft.scheme.tags[at]).form(solid_when(true)));
        let old = draft.scheme.tags[at].name.clone();
        let field = Field::new(&mut draft.scheme.tags[at].name, "Name").width(240.0);
        let field = ui.add(field.id(field_id(&id, "name")));
        if field.lost_focus() && draft.scheme.tags[at].name.trim().is_empty() {
            // A tag without a name is no tag: what was there stays.
            draft.revision = None;
            draft.typed = None;
        }
        draft.after_field(&field, &format!("rename {old}"), actions);
        ui.label(font::text().text("Letter", theme.colors.text2));
        let mut letter = draft.scheme.tags[at].letter.to_string();
        let field = Field::new(&mut letter, "Letter").width(34.0).id(field_id(&id, "letter"));
        let field = ui.add(field);
        let typed =
            letter.chars().rev().find(|c| c.is_alphanumeric()).map(|c| c.to_uppercase().next().unwrap_or(c));
        if field.changed()
            && let Some(letter) = typed.filter(|letter| *letter != draft.scheme.tags[at].letter)
        {
            let taken = draft.scheme.tags.iter().any(|tag| !tag.retired && tag.letter == letter);
            if !taken {
                draft.scheme.tags[at].letter = letter;
                draft.hand_over(format!("letter of {old}"), actions);
            }
        }
        field.on_hover_text("The letter in the margin; no two tags have the same");
    });
    ui.add_space(size::SPACE[1]);
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        ui.spacing_mut().item_spacing.x = size::SPACE[0];
        ui.label(font::text().text("Key", theme.colors.text2));
        let now = draft.scheme.tags[at].key;
        for key in (1..=9).map(Some).chain([None]) {
            let words = key.map_or_else(|| "none".to_owned(), |key| key.to_string());
            let owner = key.and_then(|key| draft.scheme.tag_for_key(key)).filter(|tag| tag.id != id);
            let hover = owner.map(|tag| format!("Now the key of {}, which then has none", tag.name));
            let name = format!("Key {words}");
            let mut button = ui.add(Button::quiet(&words).on(key == now)).accessible_name(&name);
            if let Some(hover) = hover {
                button = button.on_hover_text(hover);
            }
            if button.clicked() && key != now {
                for tag in draft.scheme.tags.iter_mut().filter(|tag| key.is_some() && tag.key == key) {
                    tag.key = None;
                }
                draft.scheme.tags[at].key = key;
                let name = draft.scheme.tags[at].name.clone();
                draft.hand_over(format!("key of {name}"), actions);
            }
        }
    });
    ui.horizontal(|ui| {
        ui.set_min_height(size::CONTROL);
        ui.spacing_mut().item_spacing.x = size::SPACE[0];
        ui.label(font::text().text("A kind of", theme.colors.text2));
        parent_ui(ui, theme, draft, at, actions);
        let mut shift = |ui: &mut Ui, icon, words: &str, down| {
            if ui.add(Button::sign(icon, words)).clicked() && moved(&mut draft.scheme.tags, at, down) {
                draft.hand_over("order of the tags", actions);
            }
        };
        ui.add_space(size::SPACE[3]);
        shift(ui, Icon::ArrowUp, "Tag up", false);
        shift(ui, Icon::ArrowDown, "Tag down", true);
    });
}

fn parent_ui(ui: &mut Ui, theme: &Theme, draft: &mut SchemeDraft, at: usize, actions: &mut Vec<Action>) {
    let tag = &draft.scheme.tags[at];
    let now = tag.parent.as_ref().and_then(|id| draft.scheme.tag(id));
    let words = now.map_or("nothing else", |tag| &tag.name).to_owned();
    let response = ui.add(Button::quiet(&words).after(Icon::CaretDown));
    let mut wanted: Option<Option<TagId>> = None;
    egui::Popup::menu(&response).frame(theme.popup_frame()).show(|ui| {
        ui.set_width(220.0);
        if ui.add(Row::new("nothing else").on(now.is_none())).clicked() {
            wanted = Some(None);
            ui.close();
        }
        let offered = draft.scheme.tags.iter().filter(|other| !other.retired);
        for other in offered.filter(|other| !is_below(&draft.scheme, other, &tag.id)) {
            if ui.add(Row::new(&other.name).letter(other.letter, other.color)).clicked() {
                wanted = Some(Some(other.id.clone()));
                ui.close();
            }
        }
    });
    if let Some(parent) = wanted.filter(|parent| *parent != draft.scheme.tags[at].parent) {
        draft.scheme.tags[at].parent = parent;
        let name = draft.scheme.tags[at].name.clone();
        draft.hand_over(format!("nest {name}"), actions);
    }
}

/// True when `tag` is `id` or stands below it.
fn is_below(scheme: &Scheme, tag: &Tag, id: &TagId) -> bool {
    let up = std::iter::successors(Some(tag), |tag| scheme.tag(tag.parent.as_ref()?));
    up.take(scheme.tags.len() + 1).any(|tag| tag.id == *id)
}

/// Color and line pattern, each shown as it will look.
fn look_ui(ui: &mut Ui, theme: &Theme, draft: &mut SchemeDraft, at: usize, actions: &mut Vec<Action>) {
    let (color, pattern) = (draft.scheme.tags[at].color, draft.scheme.tags[at].pattern);
    label_ui(ui, "Color and line");
    let mut look = None;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(size::SPACE[0]);
        for other in TagColor::ALL {
            let name = format!("Color {}", format!("{other:?}").to_lowercase());
            if swatch_ui(ui, theme, other, pattern, other == color, &name) {
                look = Some((other, pattern));
            }
        }
    });
    ui.add_space(size::SPACE[0]);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(size::SPACE[0]);
        for other in Pattern::ALL {
            let name = format!("Line {}", pattern_name(other));
            if swatch_ui(ui, theme, color, other, other == pattern, &name) {
                look = Some((color, other));
            }
        }
    });
    if let Some((new_color, new_pattern)) = look.filter(|look| *look != (color, pattern)) {
        let tag = &mut draft.scheme.tags[at];
        (tag.color, tag.pattern) = (new_color, new_pattern);
        let label = format!("look of {}", tag.name);
        draft.hand_over(label, actions);
    }
}

/// A button that shows fill and line; true when it was pressed.
fn swatch_ui(ui: &mut Ui, theme: &Theme, color: TagColor, pattern: Pattern, on: bool, name: &str) -> bool {
    let (rect, response) = ui.allocate_exact_size(Vec2::new(44.0, size::CONTROL), egui::Sense::click());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::RadioButton, true, on, name));
    if ui.is_rect_visible(rect) {
        let colors = theme.tag(color, false);
        let width = if on { 2.0 } else { size::STROKE };
        let edge = if on { theme.colors.text } else { theme.colors.line };
        ui.painter().rect(rect, size::RADIUS_CONTROL, colors.fill, (width, edge), egui::StrokeKind::Inside);
        let y = rect.bottom() - 9.0;
        let stroke = egui::Stroke::new(size::UNDERLINE_CHOSEN, colors.stroke);
        let (from, to) = (rect.left() + 7.0, rect.right() - 7.0);
        paint_pattern_line(ui.painter(), pattern, egui::pos2(from, y), egui::pos2(to, y), stroke);
        focus_ring(ui.painter(), theme, &response, rect, size::RADIUS_CONTROL);
    }
    response.on_hover_text(name).clicked()
}

/// The dated rules, each with how many annotations are older.
fn rules_ui(ui: &mut Ui, theme: &Theme, draft: &mut SchemeDraft, at: usize, actions: &mut Vec<Action>) {
    label_ui(ui, "Rules");
    let (id, name) = (draft.scheme.tags[at].id.clone(), draft.scheme.tags[at].name.clone());
    let mut removed = None;
    for i in 0..draft.scheme.tags[at].rules.len() {
        let since = draft.scheme.tags[at].rules[i].since;
        let older = draft.before.get(&(id.clone(), since)).copied().unwrap_or(0);
        let width = ui.available_width();
        let text = &mut draft.scheme.tags[at].rules[i].text;
        let rows = text.lines().count().clamp(1, 5);
        let label = format!("Rule {}", i + 1);
        let field = Field::new(text, &label).rows(rows.max(2)).width(width).id(field_id(&id, &label));
        let field = ui.add(field);
        draft.after_field(&field, &format!("word a rule of {name}"), actions);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = size::SPACE[1];
            let day = since.moment().to_zoned(jiff::tz::TimeZone::system()).strftime("%-d %B %Y, %H:%M");
            ui.label(font::meta().text(format!("since {day}"), theme.colors.text3));
            match older {
                0 => {
                    ui.label(font::meta().text("nothing marked before it", theme.colors.text3));
                }
                _ => {
                    let words = format!("{} made before it: show", count(older, "annotation"));
                    if ui.add(Button::link(&words)).clicked() {
                        let before = Some((id.clone(), since));
                        let tags = vec![id.clone()];
                        actions.push(Action::SetFilter(Filter { tags, before, ..Filter::default() }));
                        actions.push(Action::SetPanel(crate::app::Panel::Table, true));
                        actions.push(Action::ShowOverlay(None));
                    }
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.add(Button::link("Remove rule")).clicked() {
                    removed = Some(i);
                }
            });
        });
        ui.add_space(size::SPACE[1]);
    }
    if let Some(i) = removed {
        draft.scheme.tags[at].rules.remove(i);
        draft.hand_over(format!("remove a rule of {name}"), actions);
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[0];
        let width = ui.available_width() - 84.0;
        let field = Field::new(&mut draft.new_rule, "New rule").placeholder("A rule that holds from now on");
        let field = ui.add(field.width(width).id(field_id(&id, "new rule")));
        let enter = field.lost_focus() && ui.input(|input| input.key_pressed(egui::Key::Enter));
        let reason = draft.new_rule.trim().is_empty().then_some("type the rule first");
        if (ui.add(Button::plain("Add rule").disabled(reason)).clicked() || enter) && reason.is_none() {
            let text = std::mem::take(&mut draft.new_rule).trim().to_owned();
            actions.extend(draft.take_typed());
            draft.revision = None;
            actions.push(Action::AddRule(id.clone(), text));
            field.request_focus();
        }
    });
}

/// The examples, each with where it stands.
fn examples_ui(
    ui: &mut Ui,
    desk: &Desk,
    theme: &Theme,
    draft: &mut SchemeDraft,
    at: usize,
    actions: &mut Vec<Action>,
) {
    label_ui(ui, "Examples");
    let name = draft.scheme.tags[at].name.clone();
    if draft.scheme.tags[at].examples.is_empty() {
        let words = "None yet. Choose a passage in the text and press E to add it.";
        ui.label(font::text().text(words, theme.colors.text3));
        return;
    }
    let mut removed = None;
    for (i, example) in draft.scheme.tags[at].examples.iter().enumerate() {
        let Example { quote, annotation, note } = example;
        ui.label(font::passage_row().text(format!("“{}”", shortened(quote, 300)), theme.colors.text));
        if !note.is_empty() {
            ui.label(font::text().text(note, theme.colors.text2));
        }
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = size::SPACE[1];
            let there = annotation.and_then(|id| desk.annotation(id));
            if let Some(annotation) = there {
                let words = super::super::super::inspector::place_words(desk, annotation);
                if ui.add(Button::link(&words)).clicked() {
                    actions.push(Action::ShowOverlay(None));
                    actions.push(Action::JumpTo(annotation.id));
                }
            }
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if ui.add(Button::link("Remove example")).clicked() {
                    removed = Some(i);
                }
            });
        });
        ui.add_space(size::SPACE[1]);
    }
    if let Some(i) = removed {
        draft.scheme.tags[at].examples.remove(i);
        draft.hand_over(format!("remove an example of {name}"), actions);
    }
}

/// Retire, bring back, merge, remove: each says what it touches.
fn fate_ui(
    ui: &mut Ui,
    desk: &Desk,
    theme: &Theme,
    draft: &mut SchemeDraft,
    at: usize,
    actions: &mut Vec<Action>,
) {
    let tag = draft.scheme.tags[at].clone();
    let (marks, documents) = desk.weight_of_tag(&tag.id);
    let bears = match marks {
        0 => format!("Nothing is marked as {}.", tag.name),
        _ => format!(
            "{} in {} {} this tag. Retire it: they keep it, and it is offered no more. Merge it: they get another.",
            count(marks, "annotation"),
            count(documents, "document"),
            if marks == 1 { "bears" } else { "bear" }
        ),
    };
    ui.label(font::meta().text(bears, theme.colors.text2));
    ui.add_space(size::SPACE[0]);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[1];
        if tag.retired {
            if ui.add(Button::plain("Bring back")).clicked() {
                let (letter, key) = (tag.letter, tag.key);
                let free = crate::edit::make::free_letter(&draft.scheme, letter, &tag.name);
                let key = key.filter(|key| draft.scheme.tag_for_key(*key).is_none());
                let own = &mut draft.scheme.tags[at];
                (own.retired, own.letter, own.key) = (false, free, key);
                draft.hand_over(format!("bring {} back", tag.name), actions);
            }
        } else if ui.add(Button::plain("Retire")).clicked() {
            draft.scheme.tags[at].retired = true;
            draft.hand_over(format!("retire {}", tag.name), actions);
        }
        let merge = ui.add(Button::plain("Merge into…").after(Icon::CaretDown));
        egui::Popup::menu(&merge).frame(theme.popup_frame()).show(|ui| {
            ui.set_width(220.0);
            let others = draft.scheme.tags.iter().filter(|other| other.id != tag.id && !other.retired);
            for other in others {
                if ui.add(Row::new(&other.name).letter(other.letter, other.color)).clicked() {
                    actions.push(Action::AskMergeTags(tag.id.clone(), other.id.clone()));
                    ui.close();
                }
            }
        });
        let children = draft.scheme.tags.iter().any(|other| other.parent.as_ref() == Some(&tag.id));
        let reason = if marks > 0 {
            Some("annotations bear it: retire or merge it instead")
        } else if children {
            Some("tags stand below it")
        } else {
            None
        };
        if ui.add(Button::plain("Remove").disabled(reason)).clicked() {
            draft.scheme.tags.remove(at);
            for attribute in &mut draft.scheme.attributes {
                attribute.tags.retain(|other| *other != tag.id);
            }
            draft.hand_over(format!("remove tag {}", tag.name), actions);
        }
    });
}
