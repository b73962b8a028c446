//! The passages of the statement that is looked at, side by side, a column a document, in order of date.

use eframe::egui;
use eframe::egui::{Align, Layout, Rect, ScrollArea, Sense, Ui, pos2, vec2};

use crate::across::card::voice_words;
use crate::across::matrix::ColumnKey;
use crate::app::statements::{place, stands_in};
use crate::app::{Action, Command, Desk, count};
use crate::model::{Annotation, DocumentId};

use super::super::inspector::shortened;
use super::super::keys::cap;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, TagBox, elided, elided_rows, letter_form, row_frame};

/// Height without passages: the line that says so.
pub(super) const BARE: f32 = 64.0;
/// Least and greatest width of a document's column.
const COLUMN: [f32; 2] = [240.0, 460.0];
/// Passages of one document that are shown; the text shows all.
const MOST: usize = 40;

/// Draws them.
pub(super) fn passages_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let margin = egui::Margin { left: 18, right: 8, top: 8, bottom: 4 };
    egui::Frame::new().inner_margin(margin).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = size::SPACE[0];
        let groups = groups(desk);
        title_ui(ui, desk, theme, &groups, actions);
        reason_ui(ui, desk, theme);
        if groups.is_empty() {
            return;
        }
        ScrollArea::horizontal().id_salt("passages").auto_shrink([false, false]).show_viewport(
            ui,
            |ui, viewport| {
                let height = ui.available_height();
                // As many whole columns as fit: none is cut at the right.
                let fit = (viewport.width() / COLUMN[0]).floor().max(1.0).min(groups.len() as f32);
                let each = (viewport.width() / fit).min(COLUMN[1]).floor();
                let whole = vec2(each * groups.len() as f32, height);
                let (rect, _) = ui.allocate_exact_size(whole, Sense::hover());
                let first = (viewport.left() / each).max(0.0) as usize;
                let last = (viewport.right() / each).max(0.0) as usize + 1;
                for (at, (id, passages)) in groups.iter().enumerate().take(last).skip(first) {
                    let corner = pos2(rect.left() + each * at as f32, rect.top());
                    let part = Rect::from_min_size(corner, vec2(each - size::SPACE[4], height));
                    let builder = egui::UiBuilder::new().max_rect(part).id_salt(("passages", id.as_str()));
                    ui.scope_builder(builder, |ui| document_ui(ui, desk, theme, id, passages, actions));
                }
            },
        );
    });
}

/// The passages by document, in order of date.
fn groups(desk: &Desk) -> Vec<(DocumentId, Vec<&Annotation>)> {
    let mut groups: Vec<(DocumentId, Vec<&Annotation>)> = Vec::new();
    for appearance in &desk.board().card().appearances {
        let Some(annotation) = desk.annotation(appearance.annotation) else { continue };
        match groups.last_mut() {
            Some((id, passages)) if *id == appearance.document => passages.push(annotation),
            _ => groups.push((appearance.document.clone(), vec![annotation])),
        }
    }
    groups
}

fn title_ui(
    ui: &mut Ui,
    desk: &Desk,
    theme: &Theme,
    groups: &[(DocumentId, Vec<&Annotation>)],
    actions: &mut Vec<Action>,
) {
    let name = desk.board().card().statement.and_then(|id| desk.session().statements.get(&id));
    let Some(statement) = name else {
        ui.label(font::text().text("Choose a cell by a click or with the arrow keys", theme.colors.text2));
        return;
    };
    let passages = groups.iter().map(|(_, passages)| passages.len()).sum();
    ui.horizontal(|ui| {
        ui.set_min_height(size::HIT);
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(size::SPACE[2]);
            let key = cap(ui.ctx(), Command::OpenCell);
            let open = Button::link("Open side by side").keycap(&key);
            if ui.add(open).on_hover_text(Command::OpenCell.info().help).clicked() {
                actions.push(Action::Command(Command::OpenCell));
            }
            if ui.available_width() > 380.0 {
                let words = match passages {
                    0 => "no passages yet".to_owned(),
                    _ => format!(
                        "{} in {}, by date",
                        count(passages, "passage"),
                        count(groups.len(), "document")
                    ),
                };
                ui.label(font::meta().text(words, theme.colors.text3));
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let width = ui.available_width();
                elided(ui, &statement.name, &font::title(), theme.colors.text, width);
            });
        });
    });
}

/// Why the cell that is looked at is empty.
fn reason_ui(ui: &mut Ui, desk: &Desk, theme: &Theme) {
    let Some((row, column)) = place(desk) else { return };
    let matrix = desk.board().matrix();
    let reason = matrix.reason(desk.session(), row, column);
    if reason.is_empty() {
        return;
    }
    let words = format!("{}: {reason}", matrix.columns[column].label);
    let width = ui.available_width();
    elided(ui, &words, &font::text(), theme.colors.text2, width);
}

fn document_ui(
    ui: &mut Ui,
    desk: &Desk,
    theme: &Theme,
    id: &DocumentId,
    passages: &[&Annotation],
    actions: &mut Vec<Action>,
) {
    let Some(document) = desk.session().document(id) else { return };
    let looked_at = desk.view.matrix.cell.as_ref().map(|(_, column)| column);
    let on = looked_at == Some(&ColumnKey::Document(id.clone()));
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[1];
        ui.add_space(size::SPACE[2]);
        let date = document.info.metadata.issued.as_str();
        let date = if date.is_empty() { "no date" } else { date };
        let role = if on { font::on() } else { font::strong() };
        let color = if on { theme.colors.accent } else { theme.colors.text };
        let width = (ui.available_width() - 110.0).max(60.0);
        elided(ui, document.label(), &role, color, width);
        let width = ui.available_width();
        elided(ui, date, &font::meta(), theme.colors.text3, width);
    });
    ScrollArea::vertical().id_salt(id.as_str()).auto_shrink([false, false]).show(ui, |ui| {
        for passage in passages.iter().take(MOST) {
            passage_ui(ui, desk, theme, passage, actions);
        }
        if passages.len() > MOST {
            let more = format!("and {} more in the text", passages.len() - MOST);
            ui.label(font::meta().text(more, theme.colors.text3));
        }
    });
}

fn passage_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, passage: &Annotation, actions: &mut Vec<Action>) {
    let session = desk.session();
    let colors = &theme.colors;
    let placed = desk.document(passage.anchor.document()).zip(passage.anchor.span());
    let number = placed.map_or_else(
        || "place lost".to_owned(),
        |((_, cache), span)| format!("¶ {}", cache.paragraphs.number_at(span.start())),
    );
    let words = desk.passage_line(passage);
    let tag = session.scheme.tag(&passage.tag);
    // Of a voice, what it says itself is told apart; of a document its name is.
    let looked_at = desk.view.matrix.cell.as_ref().map(|(_, column)| column);
    let voice = looked_at.filter(|column| matches!(column, ColumnKey::Voice(_)));
    let on = voice.is_some_and(|column| stands_in(desk, column, passage));
    let response = row_frame(ui, theme, on, |ui| {
        ui.spacing_mut().item_spacing = vec2(size::SPACE[1], 1.0);
        let top = ui.cursor().min;
        if let Some(tag) = tag {
            let place = Rect::from_min_size(top + vec2(0.0, 3.0), egui::Vec2::splat(size::LETTER_BOX));
            ui.put(place, TagBox::of(tag).form(letter_form(passage.unsure, false)));
        }
        let left = size::LETTER_BOX + size::SPACE[2];
        let rect = Rect::from_min_max(top + vec2(left, 0.0), pos2(ui.max_rect().right(), f32::INFINITY));
        ui.scope_builder(egui::UiBuilder::new().max_rect(rect), |ui| {
            ui.spacing_mut().item_spacing.y = 1.0;
            let width = ui.available_width();
            elided_rows(ui, &words, &font::passage(), colors.text, width, 5);
            let voice = voice_words(session, &passage.voice);
            let beside = match voice.is_empty() {
                true => number.clone(),
                false => format!("{number} · {voice}"),
            };
            elided(ui, &beside, &font::meta(), colors.text3, width);
        });
    });
    let name = tag.map_or("", |tag| tag.name.as_str());
    response.widget_info(|| {
        let label = format!("{name}, {number}: {}", shortened(&words, 80));
        match voice {
            Some(_) => egui::WidgetInfo::selected(egui::Role::Button, true, on, label),
            None => egui::WidgetInfo::labeled(egui::Role::Button, true, label),
        }
    });
    // Onto the name of another statement.
    let response = response.interact(Sense::drag());
    response.dnd_set_drag_payload(passage.id);
    let says = "A click goes to it in the text; dragged onto another statement it stands under that";
    if response.on_hover_text(says).clicked() {
        actions.push(Action::JumpTo(passage.id));
    }
}
