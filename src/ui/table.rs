//! The table of all annotations: filter, sort, jump.

use eframe::egui;
use eframe::egui::{Align, Layout, Sense, Ui};
use egui_extras::{Column as Width, TableBuilder};

use crate::across::card::voice_words;
use crate::app::{Action, Column, Command, Desk, Filter, Panel, Sort, Workspace};
use crate::model::{Annotation, AnnotationId, Tag};

use super::app::Local;
use super::icons::Icon;
use super::inspector::{place_words, shortened};
use super::keys::cap;
use super::theme::{Theme, font, size};
use super::voice_choice::{VoiceChoice, voice_choice_ui};
use super::widgets::{Button, Check, Field, Row, TagBox, elided, letter_form, solid_when};

/// Height of the panel when it is folded.
pub const FOLDED: f32 = 38.0;

/// What stands in the panel besides its rows.
const AROUND_ROWS: f32 = 4.0 + 32.0 + 24.0 + 2.0;

/// Height of the panel, given whole rows and the room there is: a quarter, five rows at least.
pub fn height(available: f32) -> f32 {
    let rows = ((available * 0.25).clamp(150.0, 320.0) - AROUND_ROWS) / size::TABLE_ROW;
    rows.round() * size::TABLE_ROW + AROUND_ROWS
}

/// Draws the table, or its one folded line.
pub fn table_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    desk: &Desk,
    theme: &Theme,
    shown: bool,
    local: &mut Local,
    actions: &mut Vec<Action>,
) {
    ui.painter().hline(
        ui.max_rect().x_range(),
        ui.max_rect().top(),
        egui::Stroke::new(size::STROKE, theme.colors.hair),
    );
    egui::Frame::new().inner_margin(egui::Margin { left: 14, right: 14, top: 4, bottom: 2 }).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        head_ui(ui, workspace, desk, theme, shown, local, actions);
        if shown {
            rows_ui(ui, desk, theme, actions);
        }
    });
}

fn head_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    desk: &Desk,
    theme: &Theme,
    shown: bool,
    local: &mut Local,
    actions: &mut Vec<Action>,
) {
    // What counts stands at the right whatever the width; what has no room at its left can be scrolled to.
    ui.allocate_ui_with_layout(
        egui::vec2(ui.available_width(), 32.0),
        Layout::right_to_left(Align::Center),
        |ui| {
            ui.spacing_mut().item_spacing.x = size::SPACE[2];
            if desk.view.picked.is_empty() {
                if shown {
                    count_ui(ui, desk, theme, actions);
                } else {
                    folded_choice_ui(ui, workspace, desk, theme, actions);
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let (icon, words) = if shown {
                    (Icon::CaretDown, "Fold the table")
                } else {
                    (Icon::CaretRight, "Unfold the table")
                };
                if ui.add(Button::sign(icon, words)).clicked() {
                    actions.push(Action::SetPanel(Panel::Table, !shown));
                }
                egui::ScrollArea::horizontal()
                    .id_salt("table head")
                    .scroll_bar_visibility(egui::scroll_area::ScrollBarVisibility::AlwaysHidden)
                    .show(ui, |ui| {
                        if !desk.view.picked.is_empty() {
                            super::picked::picked_bar_ui(ui, desk, theme, &mut local.picked, actions);
                        } else if shown {
                            ui.label(font::on().text("Annotations", theme.colors.text));
                            filter_ui(ui, workspace, desk, theme, actions);
                        } else {
                            let (all, few) = (desk.session().annotations.len(), desk.rows().ids().len());
                            let what = match desk.view.filter.is_empty() {
                                true => format!("{all}, all of them shown"),
                                false => format!("{few} of {all} shown"),
                            };
                            ui.label(font::on().text("Annotations", theme.colors.text));
                            ui.label(font::text().text(what, theme.colors.text2));
                            if !desk.view.filter.is_empty() && ui.add(Button::link("Clear filter")).clicked()
                            {
                                actions.push(Action::Command(Command::ClearFilter));
                            }
                        }
                    });
            });
        },
    );
}

/// How many are shown, by which rule, and the way back to all.
fn count_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let (filter, all) = (&desk.view.filter, desk.session().annotations.len());
    let what = format!("{} of {all} shown", desk.rows().ids().len());
    ui.label(font::text().text(what, theme.colors.text2));
    if !filter.is_empty() && ui.add(Button::link("Clear filter")).clicked() {
        actions.push(Action::Command(Command::ClearFilter));
    }
    if let Some(statement) = filter.statement.and_then(|id| desk.session().statements.get(&id)) {
        let words = format!("about “{}”", shortened(&statement.name, 40));
        ui.label(font::on().text(words, theme.colors.text));
    }
    if let Some((tag, at)) = &filter.before {
        let name = desk.session().scheme.tag(tag).map_or(tag.as_str(), |tag| &tag.name);
        let day = at.moment().to_zoned(jiff::tz::TimeZone::system()).strftime("%-d %b %H:%M");
        let words = format!("{name}, before the rule of {day}");
        ui.label(font::on().text(words, theme.colors.text));
    }
}

/// By tag, doubt, document and words.
fn filter_ui(ui: &mut Ui, workspace: &Workspace, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let filter = &desk.view.filter;
    for tag in &desk.session().scheme.tags {
        let on = filter.tags.contains(&tag.id);
        let (number, _) = desk.weight_of_tag(&tag.id);
        if tag.retired && number == 0 {
            continue;
        }
        let words = format!("{} {number}", tag.name);
        let chip = super::widgets::TagChoice::new(tag, on).word(&words);
        if ui.add(chip).on_hover_text("Show only this tag").clicked() {
            let mut filter = filter.clone();
            match on {
                true => filter.tags.retain(|id| *id != tag.id),
                false => filter.tags.push(tag.id.clone()),
            }
            actions.push(Action::SetFilter(filter));
        }
    }
    let mut unsure = filter.unsure;
    if ui.add(Check::new(&mut unsure, "unsure only")).changed() {
        actions.push(Action::SetFilter(Filter { unsure, ..filter.clone() }));
    }
    if desk.session().annotators.len() > 1 || filter.annotator.is_some() {
        let me = workspace.me();
        let mut mine = filter.annotator.as_ref() == Some(&me);
        if ui.add(Check::new(&mut mine, "mine only")).changed() {
            let annotator = mine.then_some(me);
            actions.push(Action::SetFilter(Filter { annotator, ..filter.clone() }));
        }
    }
    document_choice_ui(ui, desk, theme, actions);
    let voice = match (&filter.voice, filter.voiceless) {
        (_, true) => VoiceChoice::Nobody,
        (Some(id), false) => VoiceChoice::Of(id.clone()),
        (None, false) => VoiceChoice::All,
    };
    if let Some(choice) = voice_choice_ui(ui, desk.session(), &voice, true, theme) {
        let voiceless = choice == VoiceChoice::Nobody;
        let voice = if let VoiceChoice::Of(id) = choice { Some(id) } else { None };
        actions.push(Action::SetFilter(Filter { voice, voiceless, ..filter.clone() }));
    }
    let mut text = filter.text.clone();
    let field = Field::new(&mut text, "Filter by text, note, statement or voice")
        .placeholder("Text, note, statement");
    // An id of its own: what comes and goes beside it must not take the focus.
    let field = field.width(180.0).id(egui::Id::unique("table filter"));
    let response = ui.add(field);
    if desk.view.focus_filter {
        response.request_focus();
        response.scroll_to_me(None);
        actions.push(Action::FilterFocused);
    }
    if response.changed() {
        actions.push(Action::SetFilter(Filter { text, ..filter.clone() }));
    }
}

/// The chosen passage on the folded line.
fn folded_choice_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    desk: &Desk,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let Some(annotation) = desk.chosen() else { return };
    let Some(tag) = desk.session().scheme.tag(&annotation.tag) else { return };
    if !workspace.shows(Panel::Inspector)
        && ui.add(Button::link("Show details").keycap(&cap(ui.ctx(), Command::ShowDetails))).clicked()
    {
        actions.push(Action::Command(Command::ShowDetails));
    }
    let width = (ui.available_width() - 230.0).max(0.0);
    elided(ui, &place_words(desk, annotation), &font::text(), theme.colors.text2, width);
    if ui.available_width() > 230.0 {
        ui.label(font::text().text(&tag.name, theme.colors.text));
        ui.add(TagBox::of(tag).form(solid_when(true)));
    }
}

fn document_choice_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let filter = &desk.view.filter;
    let chosen = filter.document.as_ref().and_then(|id| desk.session().document(id));
    let words = chosen.map_or_else(|| "All documents".to_owned(), |document| shortened(document.label(), 18));
    let response = ui.add(Button::quiet(&words).icon(Icon::CaretDown));
    egui::Popup::menu(&response).frame(theme.popup_frame()).show(|ui| {
        ui.set_width(320.0);
        let mut row = |ui: &mut Ui, words: &str, id| {
            if ui.add(Row::new(words)).clicked() {
                actions.push(Action::SetFilter(Filter { document: id, ..filter.clone() }));
                ui.close();
            }
        };
        row(ui, "All documents", None);
        for document in &desk.session().documents {
            row(ui, &shortened(document.title(), 48), Some(document.id.clone()));
        }
    });
}

fn rows_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let rows = desk.rows().ids();
    let all = desk.session().annotations.len();
    if rows.is_empty() {
        ui.add_space(size::SPACE[2]);
        let words = match all {
            0 => "No annotations yet. Select text and press 1, 2 or 3.".to_owned(),
            _ => format!("0 of {all} shown."),
        };
        ui.horizontal(|ui| {
            ui.label(font::text().text(words, theme.colors.text2));
            if all > 0 && ui.add(Button::link("Clear filter")).clicked() {
                actions.push(Action::Command(Command::ClearFilter));
            }
        });
        return;
    }
    let wanted = match desk.view.picked.is_empty() {
        true => desk.view.chosen,
        false => desk.view.pick_from,
    };
    let wanted_row = wanted.filter(|_| desk.view.row_wanted).map(|id| rows.iter().position(|row| *row == id));
    let wide = ui.available_width();
    ui.spacing_mut().item_spacing.x = size::SPACE[2];
    ui.visuals_mut().selection.bg_fill = theme.colors.hover;
    // A row under the pointer: the tables' own choice is the color of scroll thumbs.
    ui.visuals_mut().widgets.hovered.bg_fill = theme.colors.hover;
    let columns = columns(desk, wide);
    let mut table = TableBuilder::new(ui)
        .id_salt("annotations")
        .sense(Sense::click_and_drag())
        .cell_layout(Layout::left_to_right(Align::Center))
        .auto_shrink([false, false]);
    for (.., width) in &columns {
        table = table.column(width.map_or_else(
            || Width::remainder().at_least(160.0).clip(true),
            |width| Width::exact(width).clip(true),
        ));
    }
    if let Some(row) = wanted_row {
        // While a worker computes them, the rows of before may not have it yet.
        if row.is_some() || desk.rows().are_current(desk) {
            actions.push(Action::RowShown);
        }
        if let Some(row) = row {
            table = table.scroll_to_row(row, None);
        }
    }
    table
        .header(24.0, |mut header| {
            for (words, column, _) in &columns {
                header.col(|ui| heading_ui(ui, desk, theme, words, *column, actions));
            }
        })
        .body(|body| {
            body.rows(size::TABLE_ROW, rows.len(), |mut row| {
                let Some(&id) = rows.get(row.index()) else { return };
                let picked = desk.view.picked.contains(&id);
                row.set_selected(desk.view.chosen == Some(id) || picked);
                row_ui(&mut row, desk, id, &columns, theme);
                let response = row.response();
                // Onto a statement in the dossier.
                response.dnd_set_drag_payload(id);
                if response.clicked() {
                    let held = response.ctx.input(|input| input.modifiers);
                    actions.push(match picked {
                        _ if held.shift => Action::PickTo(id),
                        true if held.command => Action::Unpick(vec![id]),
                        false if held.command => Action::Pick(vec![id]),
                        _ => Action::JumpTo(id),
                    });
                }
            });
        });
}

/// A column: what it is called, what it is sorted by, how wide it is; the passage takes what is left.
type ColumnLook = (&'static str, Option<Column>, Option<f32>);

/// Points that the passage keeps: what tells less is left out first.
const PASSAGE_MIN: f32 = 280.0;

/// The columns that have room. Statement and voice are shown once the session has any.
fn columns(desk: &Desk, wide: f32) -> Vec<ColumnLook> {
    let session = desk.session();
    let mut columns: Vec<ColumnLook> = vec![
        ("Tag", Some(Column::Tag), Some(100.0)),
        ("Passage", Some(Column::Passage), None),
        ("Document", Some(Column::Place), Some((wide * 0.11).clamp(90.0, 220.0))),
        ("¶", None, Some(34.0)),
    ];
    if !session.statements.is_empty() {
        columns.push(("Statement", Some(Column::Statement), Some((wide * 0.15).clamp(110.0, 260.0))));
    }
    if !session.actors.is_empty() {
        columns.push(("Voice", Some(Column::Voice), Some((wide * 0.12).clamp(90.0, 200.0))));
    }
    let share = if columns.len() > 4 { 0.12 } else { 0.2 };
    columns.push(("Note", Some(Column::Note), Some((wide * share).clamp(90.0, 320.0))));
    columns.push(("When", Some(Column::When), Some(90.0)));
    for left_out in [Column::Voice, Column::Note, Column::When] {
        let taken: f32 = columns.iter().map(|(.., width)| width.unwrap_or(0.0) + size::SPACE[2]).sum();
        if columns.len() > 6 && wide - taken < PASSAGE_MIN {
            columns.retain(|(_, column, _)| *column != Some(left_out));
        }
    }
    columns
}

fn heading_ui(
    ui: &mut Ui,
    desk: &Desk,
    theme: &Theme,
    words: &str,
    column: Option<Column>,
    actions: &mut Vec<Action>,
) {
    let sort = desk.view.sort;
    let on = column == Some(sort.column);
    let label = ui.label(font::meta().text(words, if on { theme.colors.text } else { theme.colors.text3 }));
    if on {
        let icon = if sort.descending { Icon::CaretUp } else { Icon::CaretDown };
        ui.label(icon.text(theme).size(11.0));
    }
    let Some(column) = column else { return };
    let response = label.interact(Sense::click()).on_hover_text("Sort by this; again: the other way round");
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, true, format!("Sort by {}", words.to_lowercase()))
    });
    if response.clicked() {
        actions.push(Action::SetSort(Sort { column, descending: on && !sort.descending }));
    }
}

fn row_ui(
    row: &mut egui_extras::TableRow<'_, '_>,
    desk: &Desk,
    id: AnnotationId,
    columns: &[ColumnLook],
    theme: &Theme,
) {
    let colors = &theme.colors;
    let session = desk.session();
    let Some(annotation) = desk.annotation(id) else { return };
    let Some(tag) = session.scheme.tag(&annotation.tag) else { return };
    let document = desk.document(annotation.anchor.document());
    let span = annotation.anchor.span();
    let number = || {
        let number = document.zip(span).map(|((_, cache), span)| cache.paragraphs.number_at(span.start()));
        number.map_or_else(|| "lost".to_owned(), |number| number.to_string())
    };
    let on = desk.view.chosen == Some(id) || desk.view.picked.contains(&id);
    for (_, column, _) in columns {
        row.col(|ui| {
            let width = ui.available_width();
            let mut cut = |words: &str| drop(elided(ui, words, &font::text(), colors.text2, width));
            match column {
                Some(Column::Tag) => tag_ui(ui, annotation, tag, on, theme),
                Some(Column::Passage) => {
                    let words = desk.passage_line(annotation);
                    drop(elided(ui, &words, &font::passage_row(), colors.text, width));
                }
                Some(Column::Place) => cut(document.map_or("", |(document, _)| document.label())),
                Some(Column::Statement) => {
                    let statement = annotation.statement.and_then(|id| session.statements.get(&id));
                    cut(statement.map_or("", |it| &it.name));
                }
                Some(Column::Voice) => cut(&voice_words(session, &annotation.voice)),
                Some(Column::Note) => cut(&annotation.note.replace('\n', " ")),
                Some(Column::When) => {
                    let at = annotation.modified.moment().to_zoned(jiff::tz::TimeZone::system());
                    cut(&at.strftime("%-d %b %H:%M").to_string());
                }
                None => cut(&number()),
            }
        });
    }
}

/// The tag of a row, with a bar where it is chosen: chosen and under the pointer differ by more than a tone.
fn tag_ui(ui: &mut Ui, annotation: &Annotation, tag: &Tag, on: bool, theme: &Theme) {
    ui.spacing_mut().item_spacing.x = size::SPACE[1];
    if on {
        let rect = ui.max_rect();
        let min = rect.min - egui::vec2(4.0, 0.0);
        let bar = egui::Rect::from_min_size(min, egui::vec2(size::ROW_BAR, rect.height()));
        ui.painter().with_clip_rect(bar).rect_filled(bar, 0.0, theme.colors.accent);
    }
    ui.add(TagBox::of(tag).form(letter_form(annotation.unsure, on)));
    let words = if annotation.unsure { format!("{} ?", tag.name) } else { tag.name.clone() };
    ui.label(font::text().text(words, theme.colors.text));
}
