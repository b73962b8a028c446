//! The list of differences, and below it what is not compared.

use eframe::egui;
use eframe::egui::{Align, Layout, Rect, Sense, Ui, vec2};

use crate::app::review::{CaseMark, Found, Options, Sides, kind_words};
use crate::app::{Action, Command, Desk, Review, ReviewAction};
use crate::model::TagId;
use crate::review::cases::State;

use super::super::icons::Icon;
use super::super::inspector::shortened;
use super::super::keys::cap;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, Keycap, LetterForm, Row, elided, paint_letter_box, paint_row};
use super::side::label_ui;
use super::sign::paint_sign;

pub(super) fn list_head_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let options = &desk.review.options;
    ui.horizontal(|ui| {
        ui.set_min_height(size::HIT);
        ui.spacing_mut().item_spacing.x = size::SPACE[0];
        let words = if options.by_weight { "By weight" } else { "In the text's order" };
        let order = ui.add(Button::quiet(words).after(Icon::CaretDown));
        egui::Popup::menu(&order).frame(theme.popup_frame()).show(|ui| {
            ui.set_width(250.0);
            let mut item = |ui: &mut Ui, words: &str, on: bool, options: Options| {
                if ui.add(Row::new(words).on(on)).clicked() {
                    actions.push(Action::Review(ReviewAction::Options(Box::new(options))));
                    ui.close();
                }
            };
            let with = |by_weight| Options { by_weight, ..options.clone() };
            item(ui, "In the order of the documents", !options.by_weight, with(false));
            item(ui, "Those that weigh most first", options.by_weight, with(true));
            let all = Options { all_documents: !options.all_documents, ..options.clone() };
            item(ui, "Documents not finished too", options.all_documents, all);
        });
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(size::SPACE[1]);
            for (command, words) in [(Command::PreviousDifference, "back"), (Command::NextDifference, "next")]
            {
                ui.add(Keycap::new(&cap(ui.ctx(), command)));
                ui.label(font::meta().text(words, theme.colors.text3));
            }
        });
    });
}

/// Of which tag alone differences are listed, and the way back to all.
pub(super) fn tag_filter_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let options = &desk.review.options;
    let Some(id) = &options.tag else { return };
    let name = desk.session().scheme.tag(id).map_or(id.as_str(), |tag| &tag.name);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[1];
        ui.add_space(size::SPACE[0]);
        ui.label(font::text().text(format!("Only where someone has {name}"), theme.colors.text2));
        if ui.add(Button::link("All tags")).clicked() {
            let options = Options { tag: None, ..options.clone() };
            actions.push(Action::Review(ReviewAction::Options(Box::new(options))));
        }
    });
}

/// The differences, one a row; only those in view are drawn.
pub(super) fn list_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let review = &desk.review;
    let found = review.found();
    let chosen = review.chosen_row();
    let row_height = size::LIST_ROW + 1.0;
    egui::ScrollArea::vertical().id_salt("differences").auto_shrink([false, false]).show_viewport(
        ui,
        |ui, view| {
            let count_of_rows = found.listed.len();
            if count_of_rows == 0 {
                ui.add_space(size::SPACE[1]);
                nothing_ui(ui, review, theme);
            }
            let top = ui.cursor().top();
            let first = ((view.min.y / row_height).floor().max(0.0) as usize).min(count_of_rows);
            let last = ((view.max.y / row_height).ceil().max(0.0) as usize + 1).min(count_of_rows);
            let width = ui.available_width();
            for row in first..last {
                let rect = Rect::from_min_size(
                    egui::pos2(ui.max_rect().left(), top + row as f32 * row_height),
                    vec2(width, row_height),
                );
                let case = &found.cases[found.listed[row]];
                case_row(ui, desk, found, case, rect, chosen == Some(row), theme, actions);
            }
            if review.row_wanted
                && let Some(row) = chosen
            {
                let y = top + row as f32 * row_height;
                ui.scroll_to_rect(
                    Rect::from_x_y_ranges(ui.max_rect().x_range(), y - 30.0..=y + row_height + 30.0),
                    None,
                );
                actions.push(Action::Review(ReviewAction::RowShown));
            }
            ui.allocate_space(vec2(width, count_of_rows as f32 * row_height));
            left_out_ui(ui, desk, found, theme, actions);
        },
    );
}

fn nothing_ui(ui: &mut Ui, review: &Review, theme: &Theme) {
    let found = review.found();
    let words = if review.is_computing() {
        "Being compared…"
    } else if found.cases.is_empty() && !found.not_compared.is_empty() {
        "No document has been finished by all readers yet: mark those that you have read to the end as done."
    } else if found.cases.is_empty() {
        "No reader has marked anything in the documents that all have."
    } else if review.options.undecided {
        "Nothing of these kinds waits for a decision."
    } else {
        "No difference of these kinds."
    };
    egui::Frame::new().inner_margin(egui::Margin::symmetric(10, 0)).show(ui, |ui| {
        ui.label(font::text().text(words, theme.colors.text2));
    });
}

#[expect(clippy::too_many_arguments, reason = "a row shows all of these")]
fn case_row(
    ui: &mut Ui,
    desk: &Desk,
    found: &Found,
    case: &Sides,
    rect: Rect,
    on: bool,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let id = ui.scope_id().with(("case", case.key()));
    let response = ui.interact(rect, id, Sense::click());
    let place = crate::app::review::place_words(desk, case, 20);
    let detail = crate::app::review::detail_words(desk, case, found);
    let kind = kind_words(case.kind, found);
    response.widget_info(|| {
        let state = match case.case.state {
            State::Open => "open",
            State::Decided(_) => "decided",
            State::Changed(_) => "changed since it was decided",
        };
        let words = format!("{kind}, {place}, {detail}, {state}");
        egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, on, words)
    });
    paint_row(ui, rect, &response, on);
    let colors = &theme.colors;
    let painter = ui.painter();
    let middle = rect.center().y;
    let line = |role: font::Role, words: &str, color| role.line(ui.ctx(), words, color);
    let put = |x: f32, galley: std::sync::Arc<egui::Galley>, color| {
        painter.galley(egui::pos2(x, middle - galley.size().y / 2.0), galley, color);
    };
    let mut x = rect.left() + 10.0;
    paint_sign(painter, case.kind, case.slight, egui::pos2(x + 6.0, middle), colors.text);
    x += 20.0;
    for mark in &case.marks {
        let place = Rect::from_center_size(egui::pos2(x + 8.0, middle), vec2(16.0, 17.0));
        match mark {
            Some(mark) => mark_box(ui, desk, found, mark, place, theme),
            None => put(x + 5.0, line(font::text(), "–", colors.text3), colors.text3),
        }
        x += 22.0;
    }
    x += 4.0;
    let mut right = rect.right() - 8.0;
    let state = match case.case.state {
        State::Open => None,
        State::Decided(_) => Some((Icon::Check, colors.accent)),
        State::Changed(_) => Some((Icon::Refresh, colors.conflict)),
    };
    if let Some((icon, color)) = state {
        let sign = line(font::icon_beside(), &icon.glyph().to_string(), color);
        right -= sign.size().x;
        put(right, sign, color);
        right -= 6.0;
    }
    let word_color = if case.is_decided() { colors.text3 } else { colors.text };
    let place_role = if on { font::on() } else { font::text() };
    let full = line(place_role.clone(), &place, word_color);
    let room = (right - x).max(0.0);
    let said = line(font::meta(), &detail, colors.text3);
    let place_width = full.size().x.min(room);
    let mut job = egui::text::LayoutJob::single_section(place, place_role.format(word_color));
    job.wrap = egui::text::TextWrapping::truncate_at_width(room);
    put(x, painter.layout_job(job), word_color);
    if !detail.is_empty() {
        let left = room - place_width - 10.0;
        if said.size().x <= left {
            put(right - said.size().x, said, colors.text3);
        } else if left > 46.0 {
            let mut job =
                egui::text::LayoutJob::single_section(detail.clone(), font::meta().format(colors.text3));
            job.wrap = egui::text::TextWrapping::truncate_at_width(left);
            let cut = painter.layout_job(job);
            put(right - cut.size().x, cut, colors.text3);
        }
    }
    let response = response.on_hover_ui(|ui| {
        ui.set_max_width(360.0);
        ui.label(font::text().text(hover_words(desk, found, case, &detail), colors.text));
    });
    if response.clicked() {
        actions.push(Action::Review(ReviewAction::Choose(case.key())));
    }
}

fn hover_words(desk: &Desk, found: &Found, case: &Sides, detail: &str) -> String {
    let kind = kind_words(case.kind, found);
    let text = desk
        .document(&case.case.document)
        .map(|(document, cache)| cache.rendering.plain_text(document.text(), case.case.span));
    let words = shortened(&text.unwrap_or_default().replace('\n', " "), 160);
    match detail {
        "" => format!("{}\n“{words}”", crate::app::capitalized(&kind)),
        detail => format!("{}: {detail}\n“{words}”", crate::app::capitalized(&kind)),
    }
}

/// The letter of a mark's tag.
fn mark_box(ui: &Ui, desk: &Desk, found: &Found, mark: &CaseMark, place: Rect, theme: &Theme) {
    let own = |id: &TagId| desk.session().scheme.tag(id).cloned();
    let tag = mark.tag.as_ref().and_then(own).or_else(|| found.scheme.tag(&mark.annotation.tag).cloned());
    let Some(tag) = tag else { return };
    let form = if mark.annotation.unsure { LetterForm::Unsure } else { LetterForm::Plain };
    paint_letter_box(ui.painter(), theme, place, tag.letter, theme.tag(tag.color, tag.retired), form);
}

/// So many lines are shown below the list of differences; all stand in `gainsay diff`.
const MOST_LINES: usize = 200;

/// What is not compared, and why; links that differ.
fn left_out_ui(ui: &mut Ui, desk: &Desk, found: &Found, theme: &Theme, actions: &mut Vec<Action>) {
    let say = |ui: &mut Ui, words: &str| {
        egui::Frame::new().inner_margin(egui::Margin { left: 10, right: 6, top: 0, bottom: 4 }).show(
            ui,
            |ui| {
                ui.label(font::text().text(words, theme.colors.text2));
            },
        );
    };
    if !found.not_compared.is_empty() {
        ui.add_space(size::SPACE[3]);
        label_ui(ui, "Not compared", |ui| {
            if ui.add(Button::link("Compare all the same")).clicked() {
                let options = Options { all_documents: true, ..desk.review.options.clone() };
                actions.push(Action::Review(ReviewAction::Options(Box::new(options))));
            }
        });
        for left in &found.not_compared {
            say(ui, &crate::app::review::not_compared_words(desk, found, left));
        }
    }
    let lost = &found.not_carried;
    if !lost.is_empty() {
        ui.add_space(size::SPACE[3]);
        label_ui(ui, "Without a sure place", |_| {});
        for words in lost.iter().take(MOST_LINES) {
            say(ui, words);
        }
    }
    let links = &found.links;
    if !links.is_empty() {
        ui.add_space(size::SPACE[3]);
        label_ui(ui, "Links that differ", |_| {});
        for (words, at) in links.iter().take(MOST_LINES) {
            ui.horizontal(|ui| {
                ui.add_space(size::SPACE[1]);
                let width = ui.available_width() - 8.0;
                let response = elided(ui, words, &font::text(), theme.colors.text, width);
                let response = response.interact(Sense::click()).on_hover_text(words);
                if response.clicked()
                    && let Some(case) = at.and_then(|id| found.case_of(id))
                {
                    actions.push(Action::Review(ReviewAction::Choose(case.key())));
                }
            });
            ui.add_space(size::SPACE[0]);
        }
    }
}
