//! The figures of agreement: per tag first, one headline, what pulls it down; the rest on a sheet.

use eframe::egui;
use eframe::egui::{Align, Layout, Rect, Sense, Ui, pos2, vec2};

use crate::app::review::{Figures, place_words};
use crate::app::{Action, Command, Desk, PathPurpose, ReviewAction, count};
use crate::review::agreement::measures::Measure;
use crate::review::agreement::report::{ABOUT, TagFigure};

use super::super::icons::Icon;
use super::super::inspector::shortened;
use super::super::keys::cap;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, TagBox, paint_row, section_label};
use super::sign::paint_sign;

/// Draws the panel.
pub fn figures_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    egui::Frame::new().inner_margin(egui::Margin::symmetric(14, 10)).show(ui, |ui| {
        egui::ScrollArea::vertical().id_salt("figures").auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            let agreed = desk.review.agreed();
            let Some(figures) = agreed.figures() else {
                section_label(ui, "Did we mark the same text?");
                ui.add_space(size::SPACE[1]);
                let words = match agreed.progress() {
                    Some(_) => "Being computed…",
                    None => "Agreement needs two readers who have finished the same documents.",
                };
                ui.label(font::text().text(words, theme.colors.text2));
                return;
            };
            tags_ui(ui, desk, figures, theme, actions);
            ui.add_space(size::SPACE[3]);
            headline_ui(ui, desk, figures, theme, actions);
            ui.add_space(size::SPACE[4]);
            culprits_ui(ui, desk, theme, actions);
            ui.add_space(size::SPACE[4]);
            documents_ui(ui, desk, figures, theme, actions);
            left_out_ui(ui, figures, theme);
        });
    });
}

/// ".58"; "1.00"; "-.12": two digits, without a nought that says nothing.
fn figure(value: f64) -> String {
    let text = format!("{value:.2}");
    match text.strip_prefix("-0") {
        Some(rest) => format!("−{rest}"),
        None => text.strip_prefix('0').map_or(text.clone(), str::to_owned).replace('-', "−"),
    }
}

fn tags_ui(ui: &mut Ui, desk: &Desk, figures: &Figures, theme: &Theme, actions: &mut Vec<Action>) {
    let colors = &theme.colors;
    ui.horizontal(|ui| {
        section_label(ui, "Did we mark the same text?");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            let documents = count(figures.report.documents.len(), "document");
            ui.label(font::meta().text(format!("{documents} read by all"), colors.text3));
        });
    });
    ui.add_space(size::SPACE[0]);
    if figures.report.tags.is_empty() {
        ui.label(font::text().text("No one marked anything in these documents.", colors.text2));
        return;
    }
    let columns = Columns::of(ui.available_width());
    row(ui, 20.0, |ui, rect| {
        let put =
            |x: f32, words: &str, right: bool| text_at(ui, rect, x, words, font::meta(), colors.text3, right);
        put(0.0, "Tag", false);
        put(columns.value, "|uα", false);
        put(columns.bar, "0", false);
        put(columns.bar + columns.bar_width * 0.5 - 14.0, "95 %", false);
        put(columns.bar + columns.bar_width, "1", true);
        put(rect.width(), "F1 · shared of all", true);
    });
    for tag in &figures.report.tags {
        tag_row(ui, desk, tag, &columns, theme, actions);
    }
}

/// Where the columns of the panel stand.
struct Columns {
    value: f32,
    bar: f32,
    bar_width: f32,
}

impl Columns {
    fn of(width: f32) -> Self {
        let bar = 118.0;
        Self { value: 78.0, bar, bar_width: (width - bar - 108.0).max(40.0) }
    }
}

fn tag_row(
    ui: &mut Ui,
    desk: &Desk,
    it: &TagFigure,
    columns: &Columns,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let colors = &theme.colors;
    let found = desk.review.found();
    let tag = desk.session().scheme.tag(&it.tag).or_else(|| found.scheme.tag(&it.tag));
    let name = tag.map_or(it.tag.as_str(), |tag| &tag.name).to_owned();
    let shared = format!("{} of {}", it.shared, it.all);
    let f1 = it.f1.value.as_ref().map_or_else(|_| "–".to_owned(), |value| figure(*value));
    let response = row(ui, 27.0, |ui, rect| {
        if let Some(tag) = tag {
            let place = Rect::from_center_size(pos2(rect.left() + 9.0, rect.center().y), vec2(18.0, 19.0));
            let mut child = ui.new_child(egui::UiBuilder::new().max_rect(place).id_salt(("tag", &it.tag)));
            child.add(TagBox::of(tag));
        }
        text_at(ui, rect, 24.0, &shortened(&name, 8), font::text(), colors.text, false);
        match &it.alpha.value {
            Ok(value) => {
                text_at(ui, rect, columns.value, &figure(*value), font::figure(15.0), colors.text, false)
            }
            Err(_) => text_at(ui, rect, columns.value, "–", font::text(), colors.text3, false),
        }
        interval(ui, rect, columns, &it.alpha, theme);
        text_at(ui, rect, rect.width(), &format!("{f1} · {shared}"), font::text(), colors.text2, true);
    });
    let words = match &it.alpha.value {
        Ok(_) => format!("{name}: {} (|uα), F1 of characters {f1}, {shared} passages", told(&it.alpha)),
        Err(why) => format!("{name}: {why}"),
    };
    let response = response.interact(Sense::click());
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &words));
    if response.hovered() {
        ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
    }
    if response.on_hover_text(format!("{words}\nClick: list what pulls it down")).clicked() {
        actions.push(Action::Review(ReviewAction::Culprits("bar_u_alpha", Some(it.tag.clone()))));
    }
}

/// ".58, 95 % between .40 and .71".
fn told(it: &Measure) -> String {
    match (&it.value, it.low, it.high) {
        (Ok(value), Some(low), Some(high)) => {
            format!("{}, 95 % between {} and {}", figure(*value), figure(low), figure(high))
        }
        (Ok(value), ..) => figure(*value),
        (Err(why), ..) => why.clone(),
    }
}

/// A line from 0 to 1 with the interval and the figure on it.
fn interval(ui: &Ui, rect: Rect, columns: &Columns, it: &Measure, theme: &Theme) {
    let colors = &theme.colors;
    let y = rect.center().y;
    let x = |value: f64| rect.left() + columns.bar + columns.bar_width * value.clamp(0.0, 1.0) as f32;
    let painter = ui.painter();
    painter.hline(x(0.0)..=x(1.0), y, egui::Stroke::new(1.0, colors.line));
    if let (Some(low), Some(high)) = (it.low, it.high) {
        painter.hline(x(low)..=x(high), y, egui::Stroke::new(2.5, colors.control));
    }
    if let Ok(value) = it.value {
        let mark = Rect::from_center_size(pos2(x(value), y), vec2(5.0, 11.0));
        painter.rect_filled(mark, 1.0, colors.text);
    }
}

/// The one figure to report, with what it says and what it does not see.
fn headline_ui(ui: &mut Ui, desk: &Desk, figures: &Figures, theme: &Theme, actions: &mut Vec<Action>) {
    let colors = &theme.colors;
    let frame = egui::Frame::new().fill(colors.paper).corner_radius(7).inner_margin(14);
    frame.show(ui, |ui| {
        ui.set_min_width(ui.available_width());
        let about = ABOUT.iter().find(|about| about.measure == "u_alpha");
        let (Some(about), Some(it)) = (about, figures.report.figure("u_alpha", "character")) else { return };
        ui.horizontal(|ui| {
            ui.label(font::on().text(about.name, colors.text));
            ui.label(font::text().text("places and tags", colors.text2));
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                let value = it.value.as_ref().map_or_else(|_| "–".to_owned(), |value| figure(*value));
                ui.label(font::figure(26.0).text(value, colors.text));
            });
        });
        let line = match (&it.value, it.low, it.high) {
            (Err(why), ..) => why.clone(),
            (_, Some(low), Some(high)) => {
                format!("95 % between {} and {} · {} characters", figure(low), figure(high), grouped(it.n))
            }
            _ => format!("{} characters; too few units for an interval", grouped(it.n)),
        };
        ui.label(font::text().text(line, colors.text2));
        let short = |measure: &str, name: &str| {
            let it = figures.report.figure(measure, "character")?;
            Some(format!(
                "{name} {}",
                it.value.as_ref().map_or_else(|_| "–".to_owned(), |value| figure(*value))
            ))
        };
        let parts: Vec<String> = [short("bar_u_alpha", "places alone"), short("cu_alpha", "tags alone")]
            .into_iter()
            .flatten()
            .collect();
        ui.label(font::text().text(parts.join(" · "), colors.text2));
        ui.add_space(size::SPACE[0]);
        ui.label(font::meta().text(about.blind, colors.text3));
        ui.add_space(size::SPACE[1]);
        ui.horizontal_wrapped(|ui| {
            ui.spacing_mut().item_spacing.x = size::SPACE[3];
            if ui.add(Button::link("Copy paragraph for methods")).clicked() {
                actions.push(Action::Review(ReviewAction::CopyMethods));
            }
            if ui.add(Button::link("Export table…")).clicked() {
                actions.push(Action::AskPath(PathPurpose::Agreement));
            }
            let key = cap(ui.ctx(), Command::Agreement);
            if ui.add(Button::link("More measures").keycap(&key)).clicked() {
                actions.push(Action::Command(Command::Agreement));
            }
        });
        if desk.review.agreed().progress().is_some() {
            ui.label(font::meta().text("Being computed anew…", colors.text3));
        }
    });
}

/// 17,412.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The differences that are about the most characters.
fn culprits_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let colors = &theme.colors;
    let found = desk.review.found();
    ui.horizontal(|ui| {
        section_label(ui, "Passages that pull it down");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(font::meta().text("characters apart", colors.text3));
        });
    });
    if found.worst.is_empty() {
        ui.label(font::text().text("There is no difference.", colors.text2));
        return;
    }
    for case in found.worst.iter().map(|at| &found.cases[*at]) {
        let apart = case.apart;
        let text = desk.document(&case.case.document).map(|(document, cache)| {
            cache.rendering.plain_text(document.text(), case.case.span).replace('\n', " ")
        });
        let place = place_words(desk, case, 12);
        let response = row(ui, size::LIST_ROW + 1.0, |ui, rect| {
            paint_sign(
                ui.painter(),
                case.kind,
                case.slight,
                pos2(rect.left() + 8.0, rect.center().y),
                colors.text,
            );
            text_at(ui, rect, rect.width(), &apart.to_string(), font::text(), colors.text2, true);
            let end = rect.width() - 38.0;
            text_at(ui, rect, end, &place, font::strong(), colors.accent, true);
            let words = shortened(&text.clone().unwrap_or_default(), 24);
            text_at(ui, rect, 22.0, &words, font::passage_row(), colors.text, false);
        });
        let response = response.interact(Sense::click());
        let name = format!("{place}: {apart} characters apart");
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
        if response.hovered() {
            ui.ctx().set_cursor_icon(egui::CursorIcon::PointingHand);
        }
        if response.clicked() {
            actions.push(Action::Review(ReviewAction::Choose(case.key())));
        }
    }
    let sum: usize = found.worst.iter().map(|at| found.cases[*at].apart).sum();
    if found.apart > 0 && found.worst.len() > 1 {
        let share = (sum as f64 / found.apart as f64 * 100.0).round();
        let words = format!("These {} make {share} % of all characters apart.", found.worst.len());
        ui.label(font::meta().text(words, colors.text3));
    }
}

fn documents_ui(ui: &mut Ui, desk: &Desk, figures: &Figures, theme: &Theme, actions: &mut Vec<Action>) {
    let colors = &theme.colors;
    if figures.report.documents.len() < 2 {
        return;
    }
    ui.horizontal(|ui| {
        section_label(ui, "By document");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.label(font::meta().text("uα", colors.text3));
        });
    });
    let columns = Columns { value: 150.0, bar: 196.0, bar_width: (ui.available_width() - 200.0).max(40.0) };
    for id in &figures.report.documents {
        let Some(it) = figures.report.of_document("u_alpha", id) else { continue };
        let label = desk.session().document(id).map_or(id.as_str(), |document| document.label()).to_owned();
        let response = row(ui, size::LIST_ROW, |ui, rect| {
            text_at(ui, rect, 0.0, &shortened(&label, 20), font::text(), colors.text, false);
            match &it.value {
                Ok(value) => {
                    text_at(ui, rect, columns.value, &figure(*value), font::on(), colors.text, false)
                }
                Err(_) => text_at(ui, rect, columns.value, "–", font::text(), colors.text3, false),
            }
            interval(ui, rect, &columns, it, theme);
        });
        let words = format!("{label}: {}", told(it));
        response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &words));
        if response.on_hover_text(words).interact(Sense::click()).clicked() {
            actions.push(Action::ShowDocument(id.clone()));
        }
    }
}

fn left_out_ui(ui: &mut Ui, figures: &Figures, theme: &Theme) {
    if figures.left_out.is_empty() && figures.notes.is_empty() {
        return;
    }
    ui.add_space(size::SPACE[4]);
    section_label(ui, "Left out");
    for left in &figures.left_out {
        let words = format!("{}: {}", left.title, left.why);
        ui.label(font::text().text(words, theme.colors.text2));
    }
    for note in &figures.notes {
        ui.label(font::text().text(note, theme.colors.text2));
    }
}

/// A row of the panel, drawn by hand.
fn row(ui: &mut Ui, height: f32, draw: impl FnOnce(&mut Ui, Rect)) -> egui::Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::hover());
    if ui.is_rect_visible(rect) {
        if response.hovered() {
            paint_row(ui, rect.expand2(vec2(6.0, 0.0)), &response, false);
        }
        draw(ui, rect);
    }
    response
}

/// Words in a row, from `x` on or up to it.
fn text_at(ui: &Ui, rect: Rect, x: f32, words: &str, role: font::Role, color: egui::Color32, right: bool) {
    let galley = role.line(ui.ctx(), words, color);
    let left = rect.left() + x - if right { galley.size().x } else { 0.0 };
    ui.painter().galley(pos2(left, rect.center().y - galley.size().y / 2.0), galley, color);
}

/// All figures, each with what it says, what it does not see, and where it comes from.
pub fn agreement_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let colors = &theme.colors;
    let agreed = desk.review.agreed();
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[3];
        if let Some(share) = agreed.progress() {
            ui.label(font::text().text(format!("Being computed: {:.0} %", share * 100.0), colors.text2));
            ui.ctx().request_repaint_after_secs(0.2);
        }
        if agreed.figures().is_some() {
            if ui.add(Button::plain("Copy paragraph for methods").icon(Icon::Copy)).clicked() {
                actions.push(Action::Review(ReviewAction::CopyMethods));
            }
            if ui.add(Button::plain("Export table…").icon(Icon::Export)).clicked() {
                actions.push(Action::AskPath(PathPurpose::Agreement));
            }
        }
    });
    ui.add_space(size::SPACE[1]);
    let Some(figures) = agreed.figures() else {
        let words = "Agreement needs two readers who have finished the same documents.";
        ui.label(font::text().text(words, colors.text2));
        return;
    };
    let who = figures.report.annotators.join(", ");
    let words = format!(
        "{who} · {} pooled, never averaged · random numbers from seed {}",
        count(figures.report.documents.len(), "document"),
        figures.report.seed
    );
    ui.label(font::text().text(words, colors.text2));
    ui.add_space(size::SPACE[2]);
    egui::ScrollArea::vertical().id_salt("measures").auto_shrink([false, false]).show(ui, |ui| {
        for about in ABOUT {
            let rows = || {
                let whole = |it: &&Measure| {
                    it.measure == about.measure
                        && it.document.is_none()
                        && it.pair.is_none()
                        && it.tag.is_none()
                };
                figures.report.measures.iter().filter(whole)
            };
            if rows().next().is_none() {
                continue;
            }
            ui.horizontal(|ui| {
                ui.label(font::title().text(about.name, colors.text));
                ui.label(font::meta().text(about.source, colors.text3));
                if ui.add(Button::link("See what pulls it down")).clicked() {
                    actions.push(Action::Review(ReviewAction::Culprits(about.measure, None)));
                }
            });
            ui.label(font::text().text(about.says, colors.text2));
            ui.label(font::text().text(about.blind, colors.text3));
            for it in rows() {
                ui.horizontal(|ui| {
                    ui.set_min_height(size::LIST_ROW);
                    ui.add_space(size::SPACE[2]);
                    let words = format!("on {}s", it.unit);
                    ui.allocate_ui_with_layout(
                        vec2(120.0, 20.0),
                        Layout::left_to_right(Align::Center),
                        |ui| {
                            ui.set_min_width(120.0);
                            ui.label(font::text().text(words, colors.text2));
                        },
                    );
                    let strong = if it.value.is_ok() { font::figure(15.0) } else { font::text() };
                    ui.label(strong.text(told(it), colors.text));
                    ui.label(font::meta().text(format!("n = {}", grouped(it.n)), colors.text3));
                });
            }
            tags_of_measure(ui, desk, figures, about.measure, theme);
            ui.add_space(size::SPACE[3]);
        }
    });
}

/// The figure of each tag, on one line a unit.
fn tags_of_measure(ui: &mut Ui, desk: &Desk, figures: &Figures, measure: &str, theme: &Theme) {
    let mut units: Vec<&str> = Vec::new();
    let of_tags = || {
        let tag = |it: &&Measure| {
            it.measure == measure && it.document.is_none() && it.pair.is_none() && it.tag.is_some()
        };
        figures.report.measures.iter().filter(tag).filter(|it| it.value.is_ok())
    };
    for it in of_tags() {
        if !units.contains(&it.unit) {
            units.push(it.unit);
        }
    }
    for unit in units {
        let parts: Vec<String> = of_tags()
            .filter(|it| it.unit == unit)
            .map(|it| {
                let id = it.tag.clone().unwrap_or_default();
                let tag = desk.session().scheme.tag(&crate::model::TagId::new(&id));
                let name = tag.map_or(id.as_str(), |tag| &tag.name).to_owned();
                format!(
                    "{name} {}",
                    it.value.as_ref().map_or_else(|_| "–".to_owned(), |value| figure(*value))
                )
            })
            .collect();
        ui.horizontal(|ui| {
            ui.add_space(size::SPACE[2]);
            let words = format!("{unit}s by tag: {}", parts.join(" · "));
            ui.add(egui::Label::new(font::meta().text(words, theme.colors.text2)).wrap());
        });
    }
}
