//! The matrix itself: only the rows and columns in view are painted; headings and names stay where they are.

use eframe::egui;
use eframe::egui::{Rect, ScrollArea, Sense, Stroke, StrokeKind, Ui, WidgetInfo, pos2, vec2};

use crate::across::matrix::{Cell, ColumnKey, Matrix};
use crate::app::statements::{column_words, place};
use crate::app::{Action, Command, Desk, StatementAction};
use crate::model::AnnotationId;

use super::super::keys::cap;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Row, focus_ring};
use super::cell::{COUNT, INSET, MOST, paint_cell};

/// Height of a row.
const ROW: f32 = 38.0;
/// Height of the headings, with names on one row or on two.
const HEAD: f32 = 46.0;
const HEAD_TWO: f32 = 64.0;
/// Fewest points of a column: "not read" with its sign. Most: with short names, and with those that need two rows.
const COLUMN: f32 = 104.0;
/// What a date and "being read" take: names give way to that.
const COLUMN_WANTED: f32 = 160.0;
const COLUMN_MOST: f32 = 190.0;
const COLUMN_MOST_TWO: f32 = 260.0;
/// Points that a letter of a heading takes, as a measure of whether all of them fit on one row.
const LETTER: f32 = 7.0;
/// "disputed", beside a name.
const REMARK: f32 = 62.0;

/// Where everything stands.
struct Places {
    names: f32,
    column: f32,
    /// Height of the headings.
    head: f32,
    origin: egui::Pos2,
    clip: Rect,
    /// Where the last row ends.
    foot: f32,
}

impl Places {
    fn cell(&self, row: usize, column: usize) -> Rect {
        let corner =
            self.origin + vec2(self.names + self.column * column as f32, self.head + ROW * row as f32);
        Rect::from_min_size(corner, vec2(self.column, ROW))
    }

    /// What is seen of the cells.
    fn body(&self) -> Rect {
        Rect::from_min_max(self.clip.min + vec2(self.names, self.head), self.clip.max)
    }

    /// A tip under the last row, or under the matrix where it goes on: it tells of one cell and covers no other.
    fn tip(&self, response: &egui::Response, said: &str) {
        let foot = self.foot.min(self.clip.bottom());
        let line = Rect::from_x_y_ranges(response.rect.x_range(), foot..=foot);
        let mut tip = egui::Tooltip::for_enabled(response);
        let others = &[egui::RectAlign::BOTTOM_END, egui::RectAlign::TOP_START, egui::RectAlign::TOP_END];
        tip.popup = tip.popup.anchor(line).align(egui::RectAlign::BOTTOM_START).align_alternatives(others);
        tip.show(|ui| ui.label(said));
    }
}

/// Draws it in all the room there is.
pub(super) fn grid_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let matrix = desk.board().matrix();
    let room = ui.available_size();
    let narrowest = (matrix.most_tags.min(MOST) as f32 * COUNT + INSET + 4.0).max(COLUMN);
    // What the columns leave of the room is for the names first, then for the headings.
    let number = matrix.columns.len() as f32;
    let left = room.x - narrowest.max(COLUMN_WANTED) * number - size::SPACE[3];
    let names = match room.x {
        x if x < 380.0 => 110.0,
        x if x < 720.0 => 190.0,
        _ => left.clamp(300.0, 380.0).floor(),
    };
    let each = ((room.x - names - size::SPACE[3]) / number.max(1.0)).floor();
    let longest = matrix.columns.iter().map(|column| column.label.len()).max().unwrap_or(0);
    let is_long = |column: f32| longest as f32 * LETTER > column - INSET - 4.0;
    let most = if is_long(COLUMN_MOST) { COLUMN_MOST_TWO } else { COLUMN_MOST };
    let column = each.clamp(narrowest, most.max(narrowest));
    let head = if is_long(column) { HEAD_TWO } else { HEAD };
    let wanted = vec2(
        names + column * matrix.columns.len() as f32 + size::SPACE[3],
        head + ROW * matrix.rows.len() as f32 + size::SPACE[2],
    );
    ScrollArea::both().id_salt("matrix").auto_shrink([false, false]).show_viewport(ui, |ui, viewport| {
        let (content, _) = ui.allocate_exact_size(wanted, Sense::hover());
        let foot = content.min.y + head + ROW * matrix.rows.len() as f32;
        let places = Places { names, column, head, origin: content.min, clip: ui.clip_rect(), foot };
        let rows = range(viewport.top(), viewport.bottom() - head, ROW, matrix.rows.len());
        let columns = range(viewport.left(), viewport.right() - names, column, matrix.columns.len());
        ui.painter().rect_filled(places.clip, 0.0, theme.colors.paper);
        cells_ui(ui, desk, matrix, theme, &places, rows.clone(), columns.clone(), actions);
        headings_ui(ui, matrix, theme, &places, columns, actions);
        names_ui(ui, desk, matrix, theme, &places, rows, actions);
        corner_ui(ui, theme, &places);
        if desk.view.matrix.cell_wanted {
            if let Some((row, column)) = place(desk) {
                // With what the headings and names would cover of it.
                let cell = places.cell(row, column);
                ui.scroll_to_rect(Rect::from_min_max(cell.min - vec2(names, head), cell.max), None);
            }
            actions.push(Action::Statement(StatementAction::CellShown));
        }
    });
}

/// The rows or columns that are in view.
fn range(from: f32, to: f32, each: f32, count: usize) -> std::ops::Range<usize> {
    let first = (from.max(0.0) / each).floor() as usize;
    let last = (to.max(0.0) / each).ceil() as usize;
    first.min(count)..last.min(count)
}

#[expect(clippy::too_many_arguments, reason = "cells need all of these")]
fn cells_ui(
    ui: &mut Ui,
    desk: &Desk,
    matrix: &Matrix,
    theme: &Theme,
    places: &Places,
    rows: std::ops::Range<usize>,
    columns: std::ops::Range<usize>,
    actions: &mut Vec<Action>,
) {
    let body = places.body();
    let painter = ui.painter().with_clip_rect(body);
    let colors = &theme.colors;
    let rule = Stroke::new(size::STROKE, colors.hair);
    for at in columns.clone().filter(|at| !matrix.columns[*at].read) {
        let column = places.cell(rows.start, at).union(places.cell(rows.end.saturating_sub(1), at));
        painter.rect_filled(column, 0.0, colors.bar);
    }
    for row in rows.clone() {
        let y = places.cell(row, 0).bottom();
        let right = places.cell(row, matrix.columns.len().saturating_sub(1)).right();
        painter.hline(body.left()..=right.min(body.right()), y, rule);
        for column in columns.clone() {
            let rect = places.cell(row, column);
            let seen = rect.intersect(body);
            if !seen.is_positive() {
                continue;
            }
            let (statement, key) = (matrix.rows[row].statement, &matrix.columns[column].key);
            let response = ui.interact(seen, ui.scope_id().with((statement.0, key_id(key))), Sense::click());
            response.widget_info(|| {
                let says = matrix.words(desk.session(), row, column);
                let (row, column) = (&matrix.rows[row].name, &matrix.columns[column].label);
                WidgetInfo::labeled(egui::Role::Button, true, format!("{row}, {column}: {says}"))
            });
            if response.hovered() {
                painter.rect_filled(rect.shrink(1.0), size::RADIUS_CONTROL, colors.hover);
            }
            let cell = matrix.cell(row, column);
            paint_cell(&painter, theme, &desk.session().scheme, rect, cell);
            focus_ring(&painter, theme, &response, rect.shrink(3.0), size::RADIUS_CONTROL);
            if response.double_clicked() {
                actions.push(look(statement, key));
                actions.push(Action::Command(Command::OpenCell));
            } else if response.clicked() {
                actions.push(look(statement, key));
            }
            if response.hovered() {
                places.tip(&response, &tip_words(desk, matrix, row, column));
            }
        }
    }
    if let Some((row, column)) = place(desk) {
        let rect = places.cell(row, column).shrink(1.5);
        let ring = Stroke::new(size::FOCUS_RING, colors.accent);
        painter.rect_stroke(rect, size::RADIUS_CONTROL, ring, StrokeKind::Inside);
    }
}

fn look(statement: crate::model::StatementId, key: &ColumnKey) -> Action {
    Action::Statement(StatementAction::Look(statement, key.clone()))
}

fn key_id(key: &ColumnKey) -> String {
    match key {
        ColumnKey::Document(id) => id.to_string(),
        ColumnKey::Voice(id) => format!("voice {}", id.as_ref().map_or("", |id| id.as_str())),
    }
}

/// What a cell says, and why.
fn tip_words(desk: &Desk, matrix: &Matrix, row: usize, column: usize) -> String {
    let words = matrix.words(desk.session(), row, column);
    let reason = matrix.reason(desk.session(), row, column);
    // The reason says it again, with more.
    let words = if reason.starts_with(&words) { String::new() } else { words };
    let what = match matrix.cell(row, column) {
        Cell::Found(_) => "Enter or a double click opens the passages side by side".to_owned(),
        _ => String::new(),
    };
    let said: Vec<&str> =
        [&matrix.columns[column].title, &words, &reason, &what].into_iter().map(String::as_str).collect();
    said.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("\n")
}

fn headings_ui(
    ui: &mut Ui,
    matrix: &Matrix,
    theme: &Theme,
    places: &Places,
    columns: std::ops::Range<usize>,
    actions: &mut Vec<Action>,
) {
    let band = Rect::from_min_max(
        places.clip.min + vec2(places.names, 0.0),
        pos2(places.clip.right(), places.clip.top() + places.head),
    );
    let painter = ui.painter().with_clip_rect(band);
    painter.rect_filled(band, 0.0, theme.colors.paper);
    for at in columns {
        let column = &matrix.columns[at];
        let left = places.cell(0, at).left();
        let rect = Rect::from_min_size(pos2(left, band.top()), vec2(places.column, places.head));
        let width = places.column - INSET - 4.0;
        let meta = column_words(column);
        // The meta stand on one line in all columns; a name of one row stands just over them.
        let base = places.head - 23.0;
        let rows = if places.head > HEAD { 2 } else { 1 };
        let (ink, faint) = (theme.colors.text, theme.colors.text3);
        let name = lines(ui, &column.label, &font::on(), ink, width, rows);
        painter.galley(pos2(left + INSET, band.top() + base - 1.0 - name.size().y), name, ink);
        let meta_line = line(ui, &meta, &font::meta(), faint, width);
        painter.galley(pos2(left + INSET, band.top() + base), meta_line, faint);
        let seen = rect.intersect(band);
        if !seen.is_positive() {
            continue;
        }
        let ColumnKey::Document(id) = &column.key else {
            let head = ui.interact(seen, ui.scope_id().with((key_id(&column.key), "head")), Sense::hover());
            if head.hovered() {
                places.tip(&head, &column.title);
            }
            continue;
        };
        let response = ui.interact(seen, ui.scope_id().with((id.as_str(), "head")), Sense::click());
        response.widget_info(|| {
            WidgetInfo::labeled(egui::Role::Button, true, format!("Column {}, {meta}", column.title))
        });
        focus_ring(&painter, theme, &response, rect.shrink(3.0), size::RADIUS_CONTROL);
        let clicked = response.clicked();
        if response.hovered() {
            let by = match column.readers.is_empty() {
                true => String::new(),
                false => format!(" to the end by {}", column.readers.join(", ")),
            };
            places.tip(&response, &format!("{}\n{meta}{by}\nA click opens it", column.title));
        }
        if clicked {
            actions.push(Action::ShowDocument(id.clone()));
        }
    }
}

fn names_ui(
    ui: &mut Ui,
    desk: &Desk,
    matrix: &Matrix,
    theme: &Theme,
    places: &Places,
    rows: std::ops::Range<usize>,
    actions: &mut Vec<Action>,
) {
    let band = Rect::from_min_max(
        places.clip.min + vec2(0.0, places.head),
        pos2(places.clip.left() + places.names, places.clip.bottom()),
    );
    let painter = ui.painter().with_clip_rect(band);
    painter.rect_filled(band, 0.0, theme.colors.paper);
    let looked_at = desk.view.matrix.cell.as_ref();
    for at in rows {
        let row = &matrix.rows[at];
        let top = places.cell(at, 0).top();
        let rect = Rect::from_min_size(pos2(band.left(), top), vec2(places.names, ROW));
        let seen = rect.intersect(band);
        if !seen.is_positive() {
            continue;
        }
        let on = looked_at.is_some_and(|(statement, _)| *statement == row.statement);
        let response = ui.interact(seen, ui.scope_id().with(("row", row.statement.0)), Sense::click());
        response.widget_info(|| {
            let words = name_words(row);
            WidgetInfo::selected(egui::Role::ListBoxOption, true, on, words)
        });
        let dropping = response.dnd_hover_payload::<AnnotationId>().is_some();
        let fill = match (dropping, response.hovered()) {
            (true, _) => Some(theme.colors.selection),
            (_, true) => Some(theme.colors.hover),
            _ => None,
        };
        if let Some(fill) = fill {
            painter.rect_filled(rect.shrink2(vec2(0.0, 1.0)), size::RADIUS_ROW, fill);
        }
        let remark = if row.disputed && places.names > 200.0 { REMARK } else { 0.0 };
        let role = if on { font::on() } else { font::strong() };
        let galley = lines(ui, &row.name, &role, theme.colors.text, places.names - remark - 16.0, 2);
        let cut = galley.elided;
        let y = rect.center().y - galley.size().y / 2.0;
        painter.galley(pos2(rect.left() + 6.0, y), galley, theme.colors.text);
        if remark > 0.0 {
            let galley = line(ui, "disputed", &font::meta(), theme.colors.text2, remark);
            let y = rect.center().y - galley.size().y / 2.0;
            painter.galley(pos2(rect.right() - remark, y), galley, theme.colors.text2);
        }
        painter.hline(rect.x_range(), rect.bottom(), Stroke::new(size::STROKE, theme.colors.hair));
        focus_ring(&painter, theme, &response, rect.shrink(3.0), size::RADIUS_ROW);
        if let Some(passage) = response.dnd_release_payload::<AnnotationId>() {
            actions.push(Action::Statement(StatementAction::PutPassage(*passage, row.statement)));
        }
        if response.clicked() || response.secondary_clicked() {
            let kept = looked_at.map(|(_, column)| column.clone());
            let key = kept.or_else(|| matrix.columns.first().map(|column| column.key.clone()));
            actions.extend(key.map(|key| look(row.statement, &key)));
        }
        if response.double_clicked() {
            actions.push(Action::Command(Command::EditStatement));
        }
        menu_ui(&response, theme, actions);
        if response.hovered() {
            let cut = if cut { format!("{}\n", row.name) } else { String::new() };
            places.tip(&response, &format!("{cut}{}", row_words(row)));
        }
    }
}

/// What can be done with a statement.
fn menu_ui(response: &egui::Response, theme: &Theme, actions: &mut Vec<Action>) {
    egui::Popup::context_menu(response).frame(theme.popup_frame()).show(|ui| {
        ui.set_width(260.0);
        for command in [
            Command::EditStatement,
            Command::CopyCard,
            Command::StatementUp,
            Command::StatementDown,
            Command::RemoveStatement,
        ] {
            if ui.add(Row::new(command.info().name).keycap(&cap(ui.ctx(), command))).clicked() {
                actions.push(Action::Command(command));
                ui.close();
            }
        }
    });
}

fn name_words(row: &crate::across::matrix::Row) -> String {
    let disputed = if row.disputed { ", disputed" } else { "" };
    format!("Statement {}{disputed}", row.name)
}

fn row_words(row: &crate::across::matrix::Row) -> String {
    let mut words = crate::app::count(row.passages, "passage");
    if row.passages > 1 {
        words.push_str(&format!(", disagreement {:.2}", row.disagreement));
    }
    if !row.group.is_empty() {
        words.push_str(&format!(" · {}", row.group));
    }
    words
}

fn corner_ui(ui: &mut Ui, theme: &Theme, places: &Places) {
    let corner = Rect::from_min_size(places.clip.min, vec2(places.names, places.head));
    let painter = ui.painter().with_clip_rect(places.clip);
    painter.rect_filled(corner, 0.0, theme.colors.paper);
    let words = font::section().line(ui.ctx(), "Statement", theme.colors.text3);
    painter.galley(corner.min + vec2(6.0, places.head - 23.0), words, theme.colors.text3);
    let line = Stroke::new(size::STROKE, theme.colors.line);
    painter.hline(places.clip.x_range(), corner.bottom(), line);
}

/// One line that ends in "…" where there is no room.
fn line(
    ui: &Ui,
    words: &str,
    role: &font::Role,
    color: egui::Color32,
    width: f32,
) -> std::sync::Arc<egui::Galley> {
    lines(ui, words, role, color, width, 1)
}

/// At most so many rows, the last of which ends in "…" where there is no room.
fn lines(
    ui: &Ui,
    words: &str,
    role: &font::Role,
    color: egui::Color32,
    width: f32,
    rows: usize,
) -> std::sync::Arc<egui::Galley> {
    let mut job = egui::text::LayoutJob::single_section(words.to_owned(), role.format(color));
    job.wrap = egui::text::TextWrapping {
        max_width: width.max(8.0),
        max_rows: rows,
        break_anywhere: rows == 1,
        ..egui::text::TextWrapping::default()
    };
    ui.painter().layout_job(job)
}
