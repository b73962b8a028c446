//! What a tag means, where one tags: on hover, and in the inspector for the chosen annotation.

use eframe::egui::{Response, Ui};

use crate::app::{Action, Command, count};
use crate::model::{Rule, Tag};

use super::inspector::shortened;
use super::theme::{Theme, font, size};
use super::widgets::{Button, TagBox};

/// Width of the popup.
const WIDTH: f32 = 320.0;

/// Shows the tag's definition, its latest rule and an example when the pointer rests on `response`; `says` is what a
/// click does, or empty.
pub fn tag_tip(response: Response, theme: &Theme, tag: &Tag, says: &str) -> Response {
    response.on_hover_ui(|ui| {
        ui.set_max_width(WIDTH);
        ui.spacing_mut().item_spacing.y = size::SPACE[0];
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = size::SPACE[1];
            ui.add(TagBox::of(tag));
            ui.label(font::on().text(&tag.name, theme.colors.text));
        });
        if !tag.definition.is_empty() {
            ui.label(font::text().text(&tag.definition, theme.colors.text));
        }
        if let Some(rule) = tag.rules.last() {
            ui.label(font::text().text(rule_words(rule), theme.colors.text));
        }
        let examples = tag.examples.iter().chain(tag.rules.iter().flat_map(|rule| &rule.examples));
        if let Some(example) = examples.last() {
            let words = format!("Example: “{}”", shortened(&example.quote, 160));
            ui.label(font::passage_row().text(words, theme.colors.text2));
        }
        if !says.is_empty() {
            ui.label(font::meta().text(says, theme.colors.text3));
        }
    })
}

/// Definition, rules and examples in the inspector, folded where they are long.
pub fn tag_meaning_ui(ui: &mut Ui, theme: &Theme, tag: &Tag, actions: &mut Vec<Action>) {
    let line = |ui: &mut Ui, words: &str| {
        ui.label(font::meta().text(words, theme.colors.text2));
    };
    if !tag.definition.is_empty() {
        line(ui, &shortened(&tag.definition, 300));
    }
    if let Some(rule) = tag.rules.last() {
        line(ui, &shortened(&rule_words(rule), 240));
    }
    if let Some(example) = tag.examples.last() {
        let words = format!("Example: “{}”", shortened(&example.quote, 120));
        ui.label(font::passage_row().text(words, theme.colors.text2));
    }
    let more = tag.rules.len().saturating_sub(1) + tag.examples.len().saturating_sub(1);
    if more > 0 {
        let words = format!("{} more", count(more, "rule or example").replace("or examples", "and examples"));
        if ui.add(Button::link(&words)).clicked() {
            actions.push(Action::Command(Command::EditScheme));
        }
    }
}

fn rule_words(rule: &Rule) -> String {
    let day = rule.since.moment().to_zoned(jiff::tz::TimeZone::system()).strftime("%-d %b %Y").to_string();
    format!("Rule since {day}: {}", rule.text)
}
