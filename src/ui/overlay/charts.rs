//! Charts, with their numbers as a table beside them. Color never says it alone: each part bears its letter.

use eframe::egui;
use eframe::egui::{Align, Align2, Layout, Rect, ScrollArea, Sense, Ui, pos2, vec2};
use egui_extras::{Column, TableBuilder};

use crate::app::{Action, ChartOf, ChartView, Desk, Filter, PathPurpose, Workspace};
use crate::format::chart::ChartKind;

use super::super::app::Local;
use super::super::icons::Icon;
use super::super::inspector::shortened;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, Choice, Row, elided};

/// Room for the labels of rows.
const LABELS: f32 = 150.0;
/// Height of a row of bars.
const ROW: f32 = 26.0;
/// Height of a strip.
const STRIP: f32 = 64.0;

/// Draws the sheet's content; its heading is drawn already.
pub(super) fn charts_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    desk: &Desk,
    theme: &Theme,
    _local: &mut Local,
    _fresh: bool,
    actions: &mut Vec<Action>,
) {
    let view = desk.chart();
    head_ui(ui, desk, theme, actions);
    ui.add_space(size::SPACE[2]);
    if desk.session().annotations.is_empty() {
        let words = "Nothing is marked yet. Mark a few passages: then there is something to see here.";
        ui.label(font::text().text(words, theme.colors.text2));
        return;
    }
    if !desk.view.filter.is_empty() {
        ui.horizontal(|ui| {
            let words = format!("Only the {} that the filter lets pass.", desk.rows().ids().len());
            ui.label(font::text().text(words, theme.colors.text2));
            if ui.add(Button::link("Clear filter")).clicked() {
                actions.push(Action::Command(crate::app::Command::ClearFilter));
            }
        });
        ui.add_space(size::SPACE[1]);
    }
    let room = ui.available_rect_before_wrap();
    // As wide as the numbers need, at most half.
    let numbers = 180.0 + (NUMBER + size::SPACE[1]) * view.chart.series.len() as f32;
    let side = numbers.clamp(240.0, (room.width() * 0.5).max(240.0));
    let (left, right) = room.split_left_right_at_x(room.right() - side);
    ui.scope_builder(egui::UiBuilder::new().max_rect(left.with_max_x(left.right() - 16.0)), |ui| {
        ui.label(font::on().text(&view.chart.title, theme.colors.text));
        ui.add_space(size::SPACE[2]);
        legend_ui(ui, theme, view);
        ScrollArea::vertical().id_salt("chart").auto_shrink([false, false]).show(ui, |ui| {
            match view.chart.kind {
                ChartKind::Strips => strips_ui(ui, theme, view, actions),
                _ => bars_ui(ui, desk, theme, view, actions),
            }
        });
    });
    ui.painter().vline(right.left(), right.y_range(), egui::Stroke::new(size::STROKE, theme.colors.hair));
    ui.scope_builder(egui::UiBuilder::new().max_rect(right.with_min_x(right.left() + 14.0)), |ui| {
        numbers_ui(ui, theme, view);
    });
    ui.advance_cursor_after_rect(room);
    let _ = workspace;
}

fn head_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[1];
        let mut at = ChartOf::ALL.iter().position(|of| *of == desk.view.chart).unwrap_or(0);
        if ui.add(Choice::new(&ChartOf::ALL.map(ChartOf::name), &mut at)).changed() {
            actions.push(Action::ShowChart(ChartOf::ALL[at], desk.view.chart_document.clone()));
        }
        if desk.view.chart == ChartOf::Length && desk.session().documents.len() > 1 {
            let response = ui.add(Button::quiet("Another document").after(Icon::CaretDown));
            egui::Popup::menu(&response).frame(theme.popup_frame()).show(|ui| {
                ui.set_width(280.0);
                ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
                    for document in &desk.session().documents {
                        if ui.add(Row::new(&shortened(document.title(), 44))).clicked() {
                            actions.push(Action::ShowChart(ChartOf::Length, Some(document.id.clone())));
                            ui.close();
                        }
                    }
                });
            });
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            for (words, purpose) in
                [("As CSV…", PathPurpose::ChartCsv), ("As a picture (SVG)…", PathPurpose::ChartSvg)]
            {
                if ui.add(Button::quiet(words)).clicked() {
                    actions.push(Action::AskPath(purpose));
                }
            }
        });
    });
}

fn legend_ui(ui: &mut Ui, theme: &Theme, view: &ChartView) {
    if view.chart.series.len() < 2 || view.chart.kind == ChartKind::Strips {
        return;
    }
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(size::SPACE[1], size::SPACE[0]);
        for series in &view.chart.series {
            ui.add(super::super::widgets::TagBox::new(series.letter, series.color, &series.name));
            ui.label(font::text().text(&series.name, theme.colors.text2));
            ui.add_space(size::SPACE[1]);
        }
    });
    ui.add_space(size::SPACE[2]);
}

fn bars_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, view: &ChartView, actions: &mut Vec<Action>) {
    let chart = &view.chart;
    let largest = chart.largest() as f32;
    let width = ui.available_width();
    let bars = (width - LABELS - 70.0).max(60.0);
    for (row, (label, numbers)) in chart.rows.iter().enumerate() {
        let (rect, _) = ui.allocate_exact_size(vec2(width, ROW), Sense::hover());
        if !ui.is_rect_visible(rect) {
            continue;
        }
        let name = Rect::from_min_size(rect.min, vec2(LABELS - 10.0, ROW));
        ui.scope_builder(egui::UiBuilder::new().max_rect(name), |ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let width = ui.available_width();
                elided(ui, label, &font::text(), theme.colors.text, width);
            });
        });
        let mut x = rect.left() + LABELS;
        for (column, number) in numbers.iter().enumerate().filter(|(_, number)| **number > 0.0) {
            let series = &chart.series[column];
            let long = (*number as f32 / largest * bars).max(2.0);
            let part = Rect::from_min_size(pos2(x, rect.top() + 4.0), vec2(long, ROW - 8.0));
            x += long;
            let words = format!("{label}, {}: {}", series.name, chart.words(*number));
            let response = part_ui(ui, theme, part, series, numbers.len() > 1, &words);
            if response.clicked()
                && let Some(document) = view.documents.get(row)
            {
                let tag = match desk.view.chart {
                    ChartOf::Tags => view
                        .first
                        .get(&(row, column))
                        .and_then(|id| desk.annotation(*id))
                        .map(|it| it.tag.clone()),
                    _ => None,
                };
                let filter = Filter {
                    document: Some(document.clone()),
                    tags: tag.into_iter().collect(),
                    ..Filter::default()
                };
                actions.push(Action::SetFilter(filter));
                actions.push(Action::SetPanel(crate::app::Panel::Table, true));
                actions.push(Action::ShowOverlay(None));
                actions.push(Action::ShowDocument(document.clone()));
            }
        }
        let sum = chart.words(numbers.iter().sum());
        let at = pos2(x + 7.0, rect.center().y);
        ui.painter().text(at, Align2::LEFT_CENTER, sum, font::text().font, theme.colors.text2);
    }
}

/// One part of a bar, with its letter where there is room.
fn part_ui(
    ui: &mut Ui,
    theme: &Theme,
    rect: Rect,
    series: &crate::format::chart::Series,
    lettered: bool,
    words: &str,
) -> egui::Response {
    let response = ui.interact(rect, ui.scope_id().with(words), Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, words));
    let colors = theme.tag(series.color, false);
    let inner = rect.shrink2(vec2(0.5, 0.0));
    let fill = if response.hovered() || response.has_focus() { colors.lifted } else { colors.fill };
    ui.painter().rect(
        inner,
        size::RADIUS_FILL,
        fill,
        (size::STROKE, colors.stroke),
        egui::StrokeKind::Inside,
    );
    if lettered && rect.width() > 16.0 {
        let letter = series.letter.to_string();
        ui.painter().text(rect.center(), Align2::CENTER_CENTER, letter, font::on().font, colors.text);
    }
    response.on_hover_text(words)
}

fn strips_ui(ui: &mut Ui, theme: &Theme, view: &ChartView, actions: &mut Vec<Action>) {
    let chart = &view.chart;
    let largest = chart.largest() as f32;
    let width = ui.available_width();
    let cell = ((width - LABELS - 8.0) / chart.rows.len().max(1) as f32).max(2.0);
    for (column, series) in chart.series.iter().enumerate() {
        let (rect, _) = ui.allocate_exact_size(vec2(width, STRIP), Sense::hover());
        let base = rect.bottom() - 8.0;
        let name =
            Rect::from_min_max(pos2(rect.left(), base - 26.0), pos2(rect.left() + LABELS - 10.0, base));
        ui.scope_builder(egui::UiBuilder::new().max_rect(name), |ui| {
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add(super::super::widgets::TagBox::new(series.letter, series.color, &series.name));
                let width = ui.available_width();
                elided(ui, &series.name, &font::text(), theme.colors.text, width);
            });
        });
        let start = rect.left() + LABELS;
        ui.painter().hline(
            start..=start + cell * chart.rows.len() as f32,
            base,
            (size::STROKE, theme.colors.line),
        );
        for (row, (label, numbers)) in chart.rows.iter().enumerate().filter(|(_, row)| row.1[column] > 0.0) {
            let high = (numbers[column] as f32 / largest * (STRIP - 18.0)).max(4.0);
            let x = start + row as f32 * cell;
            let part = Rect::from_min_max(pos2(x, base - high), pos2(x + cell, base));
            let words = format!("{}, {label} of the text: {}", series.name, chart.words(numbers[column]));
            if part_ui(ui, theme, part, series, true, &words).clicked()
                && let Some(id) = view.first.get(&(row, column))
            {
                actions.push(Action::ShowOverlay(None));
                actions.push(Action::JumpTo(*id));
            }
        }
    }
    let (rect, _) = ui.allocate_exact_size(vec2(width, 20.0), Sense::hover());
    let (role, color) = (font::meta(), theme.colors.text3);
    let start = rect.left() + LABELS;
    ui.painter().text(
        pos2(start, rect.top()),
        Align2::LEFT_TOP,
        "start of the text",
        role.font.clone(),
        color,
    );
    let end = pos2(start + cell * chart.rows.len() as f32, rect.top());
    ui.painter().text(end, Align2::RIGHT_TOP, "end", role.font, color);
}

/// Width of a column of numbers.
const NUMBER: f32 = 72.0;

/// The numbers as a table, ready to be copied.
fn numbers_ui(ui: &mut Ui, theme: &Theme, view: &ChartView) {
    let chart = &view.chart;
    ui.horizontal(|ui| {
        ui.label(font::on().text("Numbers", theme.colors.text));
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            if ui.add(Button::link("Copy table")).clicked() {
                let cells = |label: &str, numbers: Vec<String>| {
                    std::iter::once(label.to_owned()).chain(numbers).collect::<Vec<_>>().join("\t")
                };
                let names = chart.series.iter().map(|series| series.name.clone()).collect();
                let head = cells(&chart.rows_are, names);
                let row = |(label, numbers): &(String, Vec<f64>)| {
                    cells(label, numbers.iter().map(ToString::to_string).collect())
                };
                let rows = std::iter::once(head).chain(chart.rows.iter().map(row));
                ui.ctx().copy_text(rows.collect::<Vec<_>>().join("\n"));
            }
        });
    });
    ui.add_space(size::SPACE[1]);
    ScrollArea::horizontal().auto_shrink([false, false]).show(ui, |ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[1];
        let numbers = (NUMBER + size::SPACE[1]) * chart.series.len() as f32;
        let first = (ui.available_width() - numbers - size::SPACE[3]).max(110.0).floor();
        let mut table = TableBuilder::new(ui)
            .id_salt("numbers")
            .cell_layout(Layout::left_to_right(Align::Center))
            .auto_shrink([false, false])
            .column(Column::exact(first).clip(true));
        for _ in &chart.series {
            table = table.column(Column::exact(NUMBER).clip(true));
        }
        table
            .header(24.0, |mut header| {
                header.col(|ui| {
                    let width = ui.available_width();
                    elided(ui, &chart.rows_are, &font::meta(), theme.colors.text2, width);
                });
                for series in &chart.series {
                    header.col(|ui| {
                        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                            let width = ui.available_width();
                            elided(ui, &series.name, &font::meta(), theme.colors.text2, width);
                        });
                    });
                }
            })
            .body(|body| {
                body.rows(22.0, chart.rows.len(), |mut row| {
                    let (label, numbers) = &chart.rows[row.index()];
                    row.col(|ui| {
                        let width = ui.available_width();
                        elided(ui, label, &font::text(), theme.colors.text, width);
                    });
                    for number in numbers {
                        row.col(|ui| {
                            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                                ui.label(font::text().text(chart.words(*number), theme.colors.text2));
                            });
                        });
                    }
                });
            });
    });
}
