//! What a corrected text would make of a document's annotations: each old passage beside its new one.

use eframe::egui;
use eframe::egui::{Rect, ScrollArea, Ui, UiBuilder, pos2, vec2};

use crate::app::replacing::{ReplaceAction, Replacing};
use crate::app::{Action, Desk, Workspace, count};
use crate::review::carry::Row;
use crate::text::reanchor::Fate;

use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, Check, TagBox, elided, elided_rows, hairline};

/// Height of a row of the list.
const ROW: f32 = 92.0;
/// Width of the column that says what becomes of it.
const FATE: f32 = 190.0;
/// Width of the column where one says yes.
const YES: f32 = 130.0;

/// Draws the sheet below its heading.
pub fn replace_ui(ui: &mut Ui, workspace: &Workspace, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let Some(replacing) = &workspace.replacing else { return };
    let colors = &theme.colors;
    let plan = &replacing.plan;
    let mut act = |action| actions.push(Action::Replace(action));
    let words = format!(
        "{}: {} as they would stand in the corrected text. One undo takes all of it back.",
        plan.old.title(),
        count(plan.rows.len(), "annotation")
    );
    let width = ui.available_width();
    elided(ui, &words, &font::text(), colors.text2, width);
    for note in &plan.notes {
        ui.label(font::meta().text(note, colors.text2));
    }
    ui.add_space(size::SPACE[2]);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[1];
        let all = format!("all {}", plan.rows.len());
        if ui.add(Button::quiet(&all).on(replacing.only.is_none())).clicked() {
            act(ReplaceAction::Only(None));
        }
        for fate in [Fate::Kept, Fate::Moved, Fate::Doubtful, Fate::Lost] {
            let words = format!("{} {}", fate.name(), plan.count(fate));
            let on = replacing.only == Some(fate);
            if ui.add(Button::quiet(&words).on(on)).on_hover_text(meaning(fate)).clicked() {
                act(ReplaceAction::Only(Some(fate)));
            }
        }
        let doubtful = plan.doubtful().count();
        if doubtful > 0 {
            ui.add_space(size::SPACE[3]);
            let all = replacing.accepted.len() == doubtful;
            let words = if all { "Take all yeses back" } else { "Say yes to all doubtful ones" };
            if ui.add(Button::link(words)).clicked() {
                act(ReplaceAction::AcceptAll(!all));
            }
        }
    });
    ui.add_space(size::SPACE[1]);
    hairline(ui);
    let rows = replacing.rows();
    let height = ui.available_height() - size::CONTROL - size::SPACE[4];
    if rows.is_empty() {
        ui.add_space(size::SPACE[3]);
        ui.label(font::text().text("None of this kind.", colors.text2));
        ui.add_space((height - size::SPACE[3] - size::LIST_ROW).max(0.0));
    } else {
        ui.spacing_mut().item_spacing.y = 0.0;
        ScrollArea::vertical().auto_shrink(false).max_height(height).show_rows(
            ui,
            ROW,
            rows.len(),
            |ui, shown| {
                for row in &rows[shown] {
                    row_ui(ui, desk, theme, replacing, row, &mut act);
                }
            },
        );
    }
    ui.add_space(size::SPACE[2]);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[2];
        if ui.add(Button::primary("Put the corrected text in")).clicked() {
            act(ReplaceAction::Apply);
        }
        let orphans = replacing.orphans();
        let placed = plan.rows.len() - orphans;
        let words = match orphans {
            0 => format!("{} placed", count(placed, "annotation")),
            _ => format!(
                "{} placed; {} without a place, kept with their words",
                count(placed, "annotation"),
                orphans
            ),
        };
        ui.label(font::text().text(words, colors.text2));
    });
}

/// What a fate means.
fn meaning(fate: Fate) -> &'static str {
    match fate {
        Fate::Kept => "The same words in the same place",
        Fate::Moved => "The same words in another place",
        Fate::Doubtful => "Not sure: placed only with your yes",
        Fate::Lost => "The words are gone: it stays in the session without a place",
    }
}

fn row_ui(
    ui: &mut Ui,
    desk: &Desk,
    theme: &Theme,
    replacing: &Replacing,
    row: &Row,
    act: &mut impl FnMut(ReplaceAction),
) {
    let colors = &theme.colors;
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), ROW), egui::Sense::hover());
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, (size::STROKE, colors.hair));
    let inner = rect.shrink2(vec2(0.0, size::SPACE[1]));
    let passage = (inner.width() - FATE - YES - 2.0 * size::SPACE[3]) / 2.0;
    let part = |left: f32, width: f32| {
        Rect::from_min_size(pos2(inner.left() + left, inner.top()), vec2(width, inner.height()))
    };
    let mut child = |rect: Rect, name: &str| {
        ui.new_child(UiBuilder::new().max_rect(rect).id_salt((row.annotation, name)))
    };
    let mut left = child(part(0.0, FATE - size::SPACE[3]), "fate");
    left.horizontal(|ui| {
        let tag = desk.annotation(row.annotation).and_then(|it| desk.session().scheme.tag(&it.tag));
        if let Some(tag) = tag {
            ui.add(TagBox::of(tag));
        }
        let color = match row.fate {
            Fate::Kept | Fate::Moved => colors.text,
            Fate::Doubtful | Fate::Lost => colors.conflict,
        };
        ui.label(font::on().text(row.fate.name(), color));
    });
    left.label(font::meta().text(row.why, colors.text2));
    let mut old = child(part(FATE, passage), "old");
    elided_rows(&mut old, &row.old_quote, &font::passage(), colors.text2, passage, 3);
    let mut new = child(part(FATE + passage + size::SPACE[3], passage), "new");
    match row.new {
        Some(_) => {
            elided_rows(&mut new, &row.new_quote, &font::passage(), colors.text, passage, 3);
        }
        None => {
            new.label(font::text().text("gone", colors.text3));
        }
    }
    if row.asks() {
        let mut yes = replacing.accepted.contains(&row.annotation);
        let mut right = child(part(FATE + 2.0 * (passage + size::SPACE[3]), YES), "yes");
        if right.add(Check::new(&mut yes, "yes, it is this")).changed() {
            act(ReplaceAction::Accept(row.annotation, yes));
        }
    }
}
