//! Small windows about statements: one for a passage, its own words.

use eframe::egui;
use eframe::egui::{Key, Modifiers, ScrollArea, Ui};

use crate::app::statements::found;
use crate::app::{Action, Desk, Overlay, StatementAction, Workspace, count};
use crate::model::{Annotation, PartialDate, Statement, StatementId};

use super::super::app::Local;
use super::super::icons::Icon;
use super::super::inspector::shortened;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, Field, Row};
use super::heading_ui;

/// Most rows of a list without scrolling.
const ROWS: f32 = 9.0;

/// The passage that is meant, or the first of several.
pub(super) fn passage(desk: &Desk) -> Option<&Annotation> {
    let picked = desk.view.picked.first().and_then(|id| desk.annotation(*id));
    picked.or_else(|| desk.chosen()).map(|annotation| &**annotation)
}

pub(super) fn passage_words(desk: &Desk) -> String {
    match desk.view.picked.len() {
        0 => desk.chosen().map_or_else(String::new, |chosen| shortened(&desk.passage_line(chosen), 110)),
        picked => count(picked, "passage"),
    }
}

/// The keys of the lists: up, down, take.
pub(super) fn keys(ctx: &egui::Context, workspace: &Workspace, local: &mut Local) -> Vec<Action> {
    let Some(desk) = &workspace.desk else { return Vec::new() };
    let rows = match workspace.overlay {
        Some(Overlay::PutUnder) => put_rows(desk, &local.query).len(),
        _ => super::voices::rows(desk, &local.query),
    };
    let pressed = |key| ctx.input_mut(|input| input.consume_key(Modifiers::NONE, key));
    if pressed(Key::ArrowDown) {
        local.row = (local.row + 1).min(rows.saturating_sub(1));
    }
    if pressed(Key::ArrowUp) {
        local.row = local.row.saturating_sub(1);
    }
    match workspace.overlay {
        Some(Overlay::PutUnder) if pressed(Key::Enter) => {
            put_rows(desk, &local.query).into_iter().nth(local.row).map(PutRow::action).into_iter().collect()
        }
        Some(Overlay::Voice) => super::voices::keys(ctx, desk, local),
        _ => Vec::new(),
    }
}

/// A line of the list of statements.
enum PutRow {
    Known(StatementId, String, usize),
    New(String),
    None,
}

impl PutRow {
    fn action(self) -> Action {
        Action::Statement(match self {
            Self::Known(id, ..) => StatementAction::Put(Some(id)),
            Self::New(name) => StatementAction::PutNew(name),
            Self::None => StatementAction::Put(None),
        })
    }
}

fn put_rows(desk: &Desk, typed: &str) -> Vec<PutRow> {
    let found = found(desk, typed);
    let name = typed.trim();
    let is_there = found.iter().any(|it| it.name.to_lowercase() == name.to_lowercase());
    let mut rows: Vec<PutRow> =
        found.iter().map(|it| PutRow::Known(it.id, it.name.clone(), desk.board().count(it.id))).collect();
    if !name.is_empty() && !is_there {
        rows.push(PutRow::New(name.to_owned()));
    }
    if name.is_empty() && passage(desk).is_some_and(|annotation| annotation.statement.is_some()) {
        rows.push(PutRow::None);
    }
    rows
}

/// A statement for the chosen or picked passages: the one used last first, found by typing, or a new one.
pub(super) fn put_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    theme: &Theme,
    local: &mut Local,
    fresh: bool,
    actions: &mut Vec<Action>,
) {
    let Some(desk) = &workspace.desk else { return };
    ui.set_width(480.0_f32.min(ui.ctx().content_rect().width() - 60.0));
    heading_ui(ui, theme, "Put under a statement");
    ui.label(font::passage_row().text(passage_words(desk), theme.colors.text2));
    ui.add_space(size::SPACE[1]);
    search_ui(ui, local, "Statement", "Type to find one, or a new one", fresh);
    let rows = put_rows(desk, &local.query);
    local.row = local.row.min(rows.len().saturating_sub(1));
    if rows.is_empty() {
        let says = "No statements yet: type the first one, in a few words.";
        ui.label(font::text().text(says, theme.colors.text2));
    }
    let now = passage(desk).and_then(|annotation| annotation.statement);
    list_ui(ui, local.row, rows.len(), |ui, at| {
        let (words, value, icon) = match &rows[at] {
            PutRow::Known(id, name, number) => {
                let value = match (now == Some(*id), desk.view.matrix.used.first() == Some(id)) {
                    (true, _) => "it stands here".to_owned(),
                    (_, true) => format!("last used · {number}"),
                    _ => number.to_string(),
                };
                (name.clone(), value, None)
            }
            PutRow::New(name) => (format!("New statement “{name}”"), String::new(), Some(Icon::Add)),
            PutRow::None => ("Under no statement".to_owned(), String::new(), None),
        };
        let mut row = Row::new(&words).value(&value).on(at == local.row);
        if let Some(icon) = icon {
            row = row.icon(icon);
        }
        ui.add(row)
    })
    .into_iter()
    .for_each(|at| actions.extend(put_rows(desk, &local.query).into_iter().nth(at).map(PutRow::action)));
    ui.add_space(size::SPACE[1]);
    ui.label(font::meta().text("Enter takes the marked line, ↑ ↓ go to others", theme.colors.text3));
}

pub(super) fn search_ui(ui: &mut Ui, local: &mut Local, name: &str, placeholder: &str, fresh: bool) {
    let width = ui.available_width();
    let field = ui.add(Field::new(&mut local.query, name).placeholder(placeholder).width(width));
    if fresh || !field.has_focus() {
        field.request_focus();
    }
    if field.changed() {
        local.row = 0;
    }
    ui.add_space(size::SPACE[1]);
}

/// Only the rows in view; which one was pressed.
pub(super) fn list_ui(
    ui: &mut Ui,
    on: usize,
    rows: usize,
    mut row_ui: impl FnMut(&mut Ui, usize) -> egui::Response,
) -> Option<usize> {
    let mut taken = None;
    ui.spacing_mut().item_spacing.y = 0.0;
    let moved = ui.input(|input| input.key_down(Key::ArrowDown) || input.key_down(Key::ArrowUp));
    let mut area = ScrollArea::vertical().max_height(size::LIST_ROW * ROWS).auto_shrink([false, true]);
    if moved {
        area = area.vertical_scroll_offset((on as f32 - ROWS / 2.0).max(0.0) * size::LIST_ROW);
    }
    area.show_rows(ui, size::LIST_ROW, rows, |ui, range| {
        for at in range {
            if row_ui(ui, at).clicked() {
                taken = Some(at);
            }
        }
    });
    taken
}

/// What stands in the fields of a statement at first.
pub(super) fn fields(workspace: &Workspace, id: Option<StatementId>) -> Vec<String> {
    let statements = workspace.desk.as_ref().map(|desk| &desk.session().statements);
    let known = statements.zip(id).and_then(|(statements, id)| statements.get(&id));
    known.map_or_else(
        || vec![String::new(); 5],
        |it| {
            let date = it.date.as_str().to_owned();
            vec![it.name.clone(), it.definition.clone(), it.note.clone(), it.group.clone(), date]
        },
    )
}

/// A statement's title, wording, note, group and date.
pub(super) fn statement_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    theme: &Theme,
    local: &mut Local,
    id: Option<StatementId>,
    fresh: bool,
    actions: &mut Vec<Action>,
) {
    let Some(desk) = &workspace.desk else { return };
    ui.set_width(560.0_f32.min(ui.ctx().content_rect().width() - 60.0));
    heading_ui(ui, theme, if id.is_some() { "The statement" } else { "A new statement" });
    local.fields.resize(5, String::new());
    let names = [
        ("Title", "In a few words", 1),
        ("Wording", "What exactly is meant", 3),
        ("Note", "", 2),
        ("Group", "A name to sort statements by", 1),
        ("Date", "When it is said to have been so", 1),
    ];
    let mut entered = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    ScrollArea::vertical().max_height(ui.ctx().content_rect().height() - 180.0).show(ui, |ui| {
        for (at, ((name, placeholder, rows), text)) in names.into_iter().zip(&mut local.fields).enumerate() {
            ui.label(font::text().text(name, theme.colors.text2));
            let width = ui.available_width();
            let field = ui.add(Field::new(text, name).placeholder(placeholder).width(width).rows(rows));
            if fresh && at == 0 {
                field.request_focus();
            }
            entered |= rows == 1 && field.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter));
            ui.add_space(size::SPACE[0]);
        }
    });
    ui.add_space(size::SPACE[2]);
    let typed: Vec<String> = local.fields.iter().map(|text| text.trim().to_owned()).collect();
    ui.horizontal(|ui| {
        let missing = typed[0].is_empty().then_some("a statement needs a title");
        entered |= ui.add(Button::primary("Done").keycap("Enter").disabled(missing)).clicked();
        if ui.add(Button::plain("Leave it").keycap("Esc")).clicked() {
            actions.push(Action::ShowOverlay(None));
        }
    });
    if !entered || typed[0].is_empty() {
        return;
    }
    let [name, definition, note, group, date] = [0, 1, 2, 3, 4].map(|at| typed[at].clone());
    let date = PartialDate::new(&date);
    let statements = &desk.session().statements;
    actions.push(Action::Statement(match id.and_then(|id| statements.get(&id)) {
        Some(old) => StatementAction::Set(Box::new(Statement {
            name,
            definition,
            note,
            group,
            date,
            ..Statement::clone(old)
        })),
        None => {
            let id = StatementId(uuid::Uuid::nil());
            let statement = Statement { id, name, definition, note, date, group, order: 0 };
            StatementAction::New(Box::new(statement))
        }
    }));
}
