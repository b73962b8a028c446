//! The statements, in the panel at the left: how often each is spoken of. A passage can be dropped on one.

use eframe::egui;
use eframe::egui::{Align, Layout, Sense, Stroke, StrokeKind, Ui, vec2};

use crate::app::statements::ordered;
use crate::app::{Action, Command, Desk, StatementAction};
use crate::model::{AnnotationId, Statement};

use super::super::theme::{Theme, size};
use super::super::widgets::{Button, Row, section_label};

/// Draws them; rows that are not in view only take their room.
pub(super) fn statements_ui(
    ui: &mut Ui,
    desk: &Desk,
    narrow: bool,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    ui.add_space(size::SPACE[4]);
    ui.horizontal(|ui| {
        ui.set_min_height(size::HIT);
        ui.add_space(size::SPACE[1]);
        section_label(ui, "Statements");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let new = Button::link(if narrow { "New" } else { "New…" });
            if ui.add(new).on_hover_text(Command::NewStatement.info().help).clicked() {
                actions.push(Action::Command(Command::NewStatement));
            }
        });
    });
    ui.add_space(size::SPACE[0]);
    let statements = ordered(desk.session());
    let top = ui.cursor().top();
    let clip = ui.clip_rect();
    let row_at = |y: f32| ((y - top) / size::LIST_ROW).max(0.0) as usize;
    let (first, last) = (row_at(clip.top()), row_at(clip.bottom()) + 1);
    let skipped = first.min(statements.len());
    ui.add_space(size::LIST_ROW * skipped as f32);
    for statement in statements.iter().take(last).skip(skipped) {
        statement_ui(ui, desk, narrow, statement, theme, actions);
    }
    ui.add_space(size::LIST_ROW * statements.len().saturating_sub(last.max(skipped)) as f32);
}

fn statement_ui(
    ui: &mut Ui,
    desk: &Desk,
    narrow: bool,
    statement: &Statement,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let chosen = desk.chosen().is_some_and(|annotation| annotation.statement == Some(statement.id));
    let number = desk.board().count(statement.id).to_string();
    let mut row = Row::new(&statement.name).on(chosen);
    if !narrow {
        row = row.value(&number);
    }
    let (rect, _) = ui.allocate_exact_size(vec2(ui.available_width(), size::LIST_ROW), Sense::hover());
    let response = ui.put(rect, row);
    response.widget_info(|| {
        let name = format!("Statement {}, {number}", statement.name);
        egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, chosen, name)
    });
    if response.dnd_hover_payload::<AnnotationId>().is_some() {
        let ring = Stroke::new(size::FOCUS_RING, theme.colors.accent);
        ui.painter().rect_stroke(rect, size::RADIUS_ROW, ring, StrokeKind::Inside);
    }
    if let Some(passage) = response.dnd_release_payload::<AnnotationId>() {
        actions.push(Action::Statement(StatementAction::PutPassage(*passage, statement.id)));
    }
    if response.clicked() {
        actions.push(Action::Statement(StatementAction::Show(statement.id)));
    }
}
