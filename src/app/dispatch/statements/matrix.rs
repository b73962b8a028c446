//! The matrix: walking from cell to cell, opening passages, copying a card, writing files.

use std::path::PathBuf;

use crate::across::matrix::{Asked, ColumnKey, ColumnsBy, RowSort};
use crate::model::{DocumentId, StatementId};
use crate::store;

use super::super::super::statements::{StatementAction, card_words, passages_of, place, sheet};
use super::super::super::{
    Action, Answer, Command, Desk, Effect, JobResult, MessageKind, Mode, Overlay, PathPurpose, ScrollPlace,
    ScrollTo, Selection, Workspace,
};
use super::super::session::{file_name, with_extension};

/// Rows by which a page is walked.
const PAGE: isize = 10;
/// Documents that are opened side by side.
const SIDE_BY_SIDE: usize = 3;

pub(in crate::app::dispatch) fn command(workspace: &mut Workspace, command: Command) {
    use Command as C;
    const FAR: isize = isize::MAX / 2;
    match command {
        C::ShowMatrix => {
            let mode = if workspace.mode() == Mode::Matrix { Mode::Annotate } else { Mode::Matrix };
            super::super::review::set_mode(workspace, mode);
            enter(workspace);
        }
        C::LeaveMatrix => super::super::review::set_mode(workspace, Mode::Annotate),
        C::CellLeft => walk(workspace, 0, -1),
        C::CellRight => walk(workspace, 0, 1),
        C::CellUp => walk(workspace, -1, 0),
        C::CellDown => walk(workspace, 1, 0),
        C::CellPageUp => walk(workspace, -PAGE, 0),
        C::CellPageDown => walk(workspace, PAGE, 0),
        C::CellFirst => walk(workspace, 0, -FAR),
        C::CellLast => walk(workspace, 0, FAR),
        C::CellTop => walk(workspace, -FAR, 0),
        C::CellBottom => walk(workspace, FAR, 0),
        C::OpenCell => open(workspace),
        C::CopyCard => copy(workspace),
        C::NextSort => ask(workspace, |asked| {
            let at = RowSort::ALL.iter().position(|sort| *sort == asked.sort).unwrap_or(0);
            asked.sort = RowSort::ALL[(at + 1) % RowSort::ALL.len()];
        }),
        C::NextColumns => ask(workspace, |asked| {
            let at = ColumnsBy::ALL.iter().position(|by| *by == asked.columns).unwrap_or(0);
            asked.columns = ColumnsBy::ALL[(at + 1) % ColumnsBy::ALL.len()];
        }),
        C::EditStatement => {
            if let Some(id) = looked_at(workspace) {
                workspace.overlay = Some(Overlay::Statement(Some(id)));
            }
        }
        C::RemoveStatement => {
            if let Some(id) = looked_at(workspace) {
                super::change(workspace, StatementAction::Remove(id));
            }
        }
        C::StatementUp | C::StatementDown => {
            let by = if command == C::StatementUp { -1 } else { 1 };
            if let Some(id) = looked_at(workspace) {
                super::change(workspace, StatementAction::Move(id, by));
            }
        }
        C::ExportMatrix => ask_export(workspace),
        _ => {}
    }
}

/// What changes the view of the matrix alone.
pub(super) fn change(workspace: &mut Workspace, action: StatementAction) {
    match action {
        StatementAction::Ask(asked) => ask(workspace, |now| *now = asked),
        StatementAction::Show(id) => show(workspace, id),
        StatementAction::Look(statement, column) => {
            if let Some(desk) = &mut workspace.desk {
                desk.view.matrix.cell = Some((statement, column));
            }
        }
        StatementAction::CellShown => {
            if let Some(desk) = &mut workspace.desk {
                desk.view.matrix.cell_wanted = false;
            }
        }
        _ => {}
    }
}

fn ask(workspace: &mut Workspace, how: impl FnOnce(&mut Asked)) {
    let Some(desk) = &mut workspace.desk else { return };
    let by = desk.view.matrix.asked.columns;
    how(&mut desk.view.matrix.asked);
    desk.view.matrix.cell_wanted = true;
    if desk.view.matrix.asked.columns != by {
        // The columns are others: the row is what is kept.
        let statement = desk.view.matrix.cell.take().map(|(statement, _)| statement);
        bring_up_to_date(workspace);
        let Some(desk) = &mut workspace.desk else { return };
        let first = desk.board().matrix().columns.first().map(|column| column.key.clone());
        desk.view.matrix.cell = statement.zip(first);
    }
}

/// Before keys walk, the matrix must be that of the session as it is.
fn bring_up_to_date(workspace: &mut Workspace) {
    workspace.refresh_board();
}

fn looked_at(workspace: &Workspace) -> Option<StatementId> {
    let desk = workspace.desk.as_ref()?;
    let (statement, _) = desk.view.matrix.cell.as_ref()?;
    desk.session().statements.contains_key(statement).then_some(*statement)
}

/// Goes to the matrix, with a cell to start from.
fn enter(workspace: &mut Workspace) {
    bring_up_to_date(workspace);
    let Some(desk) = &mut workspace.desk else { return };
    desk.view.matrix.cell_wanted = true;
    if place(desk).is_some() {
        return;
    }
    // The statement of the chosen passage, and its document; else the first of all.
    let chosen = desk.chosen().and_then(|annotation| {
        Some((annotation.statement?, ColumnKey::Document(annotation.anchor.document().clone())))
    });
    let matrix = desk.board().matrix();
    let there = |cell: &(StatementId, ColumnKey)| {
        matrix.row_of(cell.0).is_some() && matrix.column_of(&cell.1).is_some()
    };
    let first = || Some((matrix.rows.first()?.statement, matrix.columns.first()?.key.clone()));
    desk.view.matrix.cell = chosen.filter(there).or_else(first);
}

/// Looks at a statement in the matrix.
pub(super) fn show(workspace: &mut Workspace, id: StatementId) {
    if workspace.mode() != Mode::Matrix {
        super::super::review::set_mode(workspace, Mode::Matrix);
    }
    if let Some(desk) = &mut workspace.desk {
        // What would hide it is left.
        desk.view.matrix.asked.disputed_only = false;
    }
    bring_up_to_date(workspace);
    let Some(desk) = &mut workspace.desk else { return };
    let matrix = desk.board().matrix();
    let column = place(desk).map_or(0, |(_, column)| column);
    desk.view.matrix.cell = matrix.columns.get(column).map(|column| (id, column.key.clone()));
    desk.view.matrix.cell_wanted = true;
}

fn walk(workspace: &mut Workspace, rows: isize, columns: isize) {
    bring_up_to_date(workspace);
    let Some(desk) = &mut workspace.desk else { return };
    let matrix = desk.board().matrix();
    let (Some(last_row), Some(last_column)) =
        (matrix.rows.len().checked_sub(1), matrix.columns.len().checked_sub(1))
    else {
        return;
    };
    let to = match place(desk) {
        Some((row, column)) => (
            row.saturating_add_signed(rows).min(last_row),
            column.saturating_add_signed(columns).min(last_column),
        ),
        None => (0, 0),
    };
    desk.view.matrix.cell = Some((matrix.rows[to.0].statement, matrix.columns[to.1].key.clone()));
    desk.view.matrix.cell_wanted = true;
}

/// Opens the documents of the statement side by side at its passages, that of the cell first and in focus.
fn open(workspace: &mut Workspace) {
    bring_up_to_date(workspace);
    let small = workspace.small;
    let Some(desk) = &mut workspace.desk else { return };
    let Some((_, column)) = desk.view.matrix.cell.clone() else { return };
    let own: Vec<_> = passages_of(desk, &column).map(|it| (it.anchor.document().clone(), it.id)).collect();
    let mut documents: Vec<DocumentId> = match &column {
        ColumnKey::Document(id) => vec![id.clone()],
        ColumnKey::Voice(_) => Vec::new(),
    };
    let all = desk.board().card().appearances.iter().map(|it| it.document.clone());
    for document in own.iter().map(|(document, _)| document.clone()).chain(all) {
        if !documents.contains(&document) && desk.session().document(&document).is_some() {
            documents.push(document);
        }
    }
    documents.truncate(if small { 2 } else { SIDE_BY_SIDE });
    if documents.is_empty() {
        return;
    }
    super::super::goto::leave(desk);
    side_by_side(desk, &documents);
    let first = own.first().map(|(_, id)| *id);
    desk.view.mode = Mode::Annotate;
    let back = workspace.keymap.cap(Command::ShowMatrix);
    match first {
        Some(id) => super::super::dispatch(workspace, Action::JumpTo(id)),
        None => super::super::dispatch(workspace, Action::Choose(None)),
    }
    if let Some(desk) = &mut workspace.desk {
        scroll_to_passages(desk);
    }
    workspace.say(MessageKind::Notice, format!("{back} goes back to the matrix"), false);
}

/// Columns on these documents alone, in this order; those that are open stay what they are.
fn side_by_side(desk: &mut Desk, documents: &[DocumentId]) {
    let mut open = std::mem::take(&mut desk.view.panes);
    for document in documents {
        match open.iter().position(|pane| pane.document == *document) {
            Some(at) => desk.view.panes.push(open.remove(at)),
            None => {
                desk.view.add_pane(usize::MAX, document.clone());
            }
        }
    }
    for pane in &mut desk.view.panes {
        pane.share = 1.0;
    }
    desk.view.focus = desk.view.panes.first().map(|pane| pane.id);
    let gone = |selection: &(super::super::super::PaneId, Selection)| desk.view.pane(selection.0).is_none();
    if desk.view.selection.as_ref().is_some_and(gone) {
        desk.view.selection = None;
    }
}

/// Each column but the one in focus shows its first passage of the statement.
fn scroll_to_passages(desk: &mut Desk) {
    let Some(focus) = desk.view.focus else { return };
    let board = desk.board();
    let first = |document: &DocumentId| {
        let mut here = board.card().appearances.iter().filter(|it| it.document == *document);
        here.find_map(|it| desk.annotation(it.annotation)?.anchor.span())
    };
    let spans: Vec<_> = desk.view.panes.iter().map(|pane| (pane.id, first(&pane.document))).collect();
    for (id, span) in spans.into_iter().filter(|(id, _)| *id != focus) {
        if let (Some(span), Some(pane)) = (span, desk.view.pane_mut(id)) {
            pane.scroll_to = Some(ScrollTo::to_span(span, ScrollPlace::Center));
        }
    }
}

fn copy(workspace: &mut Workspace) {
    let Some(id) = looked_at(workspace) else { return };
    let form = workspace.settings.citation;
    let Some(card) = workspace.desk.as_ref().and_then(|desk| card_words(desk, id, form)) else { return };
    workspace.effects.push(Effect::CopyRich { plain: card.plain, html: card.html });
    workspace.say(MessageKind::Done, "Card copied, with quotes and citations", false);
}

/// Asks in which form the matrix is to be written.
fn ask_export(workspace: &mut Workspace) {
    let answer = |words: &str, purpose| Answer { words: words.to_owned(), action: Action::AskPath(purpose) };
    let mut answers = vec![
        answer("Page (HTML)…", PathPurpose::MatrixHtml),
        answer("Table (CSV)…", PathPurpose::MatrixCsv),
        answer("Picture (SVG)…", PathPurpose::MatrixSvg),
    ];
    if cfg!(feature = "gui") {
        answers.push(answer("Picture (PNG)…", PathPurpose::MatrixPng));
    }
    answers.push(Answer { words: "Leave it".to_owned(), action: Action::ShowOverlay(None) });
    let text = "How shall the matrix be written?".to_owned();
    let details = vec!["As it is shown: its order, its columns and its filter by voice.".to_owned()];
    workspace.overlay = Some(Overlay::Question { text, details, answers });
}

/// Writes the matrix as it is shown, on a worker; a picture of points is painted by the window first.
pub(in crate::app::dispatch) fn write_to(workspace: &mut Workspace, purpose: &PathPurpose, path: PathBuf) {
    bring_up_to_date(workspace);
    let Some(desk) = &workspace.desk else { return };
    let sheet = sheet(desk);
    let path = with_extension(path, purpose.extension().unwrap_or("csv"));
    if *purpose == PathPurpose::MatrixPng {
        workspace.effects.push(Effect::PaintMatrix { sheet: Box::new(sheet), path });
        return;
    }
    let purpose = purpose.clone();
    workspace.jobs.start("matrix", move || {
        let bytes = match purpose {
            PathPurpose::MatrixHtml => Ok(sheet.html().into_bytes()),
            PathPurpose::MatrixSvg => Ok(sheet.svg().into_bytes()),
            _ => sheet.csv(),
        };
        let written =
            bytes.and_then(|bytes| store::write_file(&path, &bytes).map_err(|error| error.to_string()));
        JobResult::Written(written.map(|()| format!("Matrix written to {}", file_name(Some(&path)))))
    });
}

/// Writes what the window has painted.
pub(in crate::app::dispatch) fn write_painted(
    workspace: &mut Workspace,
    path: PathBuf,
    png: Result<Vec<u8>, String>,
) {
    workspace.jobs.start("matrix", move || {
        let written =
            png.and_then(|bytes| store::write_file(&path, &bytes).map_err(|error| error.to_string()));
        JobResult::Written(written.map(|()| format!("Matrix written to {}", file_name(Some(&path)))))
    });
}
