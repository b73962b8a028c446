//! One statement along a line of time: letters with counts, stacked where documents stand near one another. Those
//! without a date stand apart at the right.

use std::collections::BTreeMap;

use eframe::egui;
use eframe::egui::{Rect, Sense, Stroke, Ui, pos2, vec2};

use crate::across::matrix::ColumnKey;
use crate::across::timeline::Point;
use crate::app::{Action, Desk, StatementAction};

use super::super::theme::{Theme, font, size};
use super::super::widgets::{LetterForm, paint_letter_box};

/// Width in which documents share a stack.
const BIN: f32 = 26.0;
/// From one letter of a stack to the next.
const STEP: f32 = 18.0;
/// Room of those without a date.
const UNDATED: f32 = 54.0;
/// Room under the line.
const UNDER: f32 = 22.0;

/// A stack: where it stands, and its documents.
struct Stack<'a> {
    x: f32,
    points: Vec<&'a Point>,
    by_tag: BTreeMap<usize, usize>,
}

/// Draws it.
pub(super) fn timeline_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let line = &desk.board().card().timeline;
    if line.dated.is_empty() && line.undated.is_empty() {
        ui.label(font::text().text("It appears nowhere yet", theme.colors.text2));
        return;
    }
    let width = ui.available_width() - 4.0;
    let apart = if line.undated.is_empty() { 0.0 } else { UNDATED };
    let long = width - apart - BIN;
    let place = |day| BIN / 2.0 + line.share(day) * long;
    let mut stacks: Vec<Stack<'_>> = Vec::new();
    let middles = line.dated.iter().filter_map(|point| {
        let (first, last) = point.days?;
        Some((point, (place(first) + place(last)) / 2.0))
    });
    let mut middles: Vec<_> = middles.collect();
    middles.sort_by(|one, other| one.1.total_cmp(&other.1));
    for (point, x) in middles {
        match stacks.last_mut() {
            Some(stack) if x - stack.x < BIN => stack.points.push(point),
            _ => stacks.push(Stack { x, points: vec![point], by_tag: BTreeMap::new() }),
        }
    }
    if !line.undated.is_empty() {
        let points = line.undated.iter().collect();
        stacks.push(Stack { x: width - apart / 2.0, points, by_tag: BTreeMap::new() });
    }
    for stack in &mut stacks {
        for (tag, count) in stack.points.iter().flat_map(|point| &point.by_tag) {
            *stack.by_tag.entry(*tag).or_default() += count;
        }
    }
    let highest = stacks.iter().map(|stack| stack.by_tag.len()).max().unwrap_or(1).clamp(1, 6);
    let height = highest as f32 * STEP + 8.0 + UNDER;
    let (rect, _) = ui.allocate_exact_size(vec2(width, height), Sense::hover());
    let base = rect.bottom() - UNDER;
    axis(ui, desk, theme, rect, base, apart, &place);
    for stack in &stacks {
        stack_ui(ui, desk, theme, rect.left() + stack.x, base, stack, actions);
    }
}

fn axis(
    ui: &Ui,
    desk: &Desk,
    theme: &Theme,
    rect: Rect,
    base: f32,
    apart: f32,
    place: &dyn Fn(jiff::civil::Date) -> f32,
) {
    let (painter, colors) = (ui.painter(), &theme.colors);
    let line = &desk.board().card().timeline;
    let stroke = Stroke::new(size::STROKE, colors.control);
    // What would lie over the words before it is left out: its stroke stays.
    let mut taken = f32::NEG_INFINITY;
    let mut words = |words: &str, x: f32, right: f32| {
        let galley = font::meta().line(ui.ctx(), words, colors.text3);
        let half = galley.size().x / 2.0;
        let x = x.clamp(rect.left() + half, (right - half).max(rect.left() + half));
        if x - half >= taken {
            painter.galley(pos2(x - half, base + 3.0), galley, colors.text3);
            taken = x + half + size::SPACE[1];
        }
    };
    let end = rect.right() - apart;
    if apart > 0.0 {
        let from = pos2(rect.right() - apart + 4.0, base);
        let dashes = egui::Shape::dashed_line(&[from, pos2(rect.right(), base)], stroke, 3.0, 3.0);
        painter.extend(dashes);
    }
    if line.dated.is_empty() {
        return words("no date", rect.right() - apart / 2.0, rect.right());
    }
    painter.hline(rect.left()..=end, base, stroke);
    // A date that may mean many days is as long as they are.
    for (first, last) in line.dated.iter().filter_map(|point| point.days).filter(|(first, last)| first < last)
    {
        let range = rect.left() + place(first)..=rect.left() + place(last);
        painter.hline(range, base, Stroke::new(3.0, colors.control));
    }
    let marks = line.marks();
    for (day, name) in &marks {
        let x = rect.left() + place(*day);
        painter.vline(x, base..=base + 4.0, stroke);
        words(name, x, end);
    }
    if marks.is_empty()
        && let Some((first, last)) = line.range()
    {
        let name = if first == last { first.to_string() } else { format!("{first} to {last}") };
        words(&name, rect.left() + (place(first) + place(last)) / 2.0, end);
    }
    if apart > 0.0 {
        words("no date", rect.right() - apart / 2.0, rect.right());
    }
}

fn stack_ui(
    ui: &mut Ui,
    desk: &Desk,
    theme: &Theme,
    x: f32,
    base: f32,
    stack: &Stack<'_>,
    actions: &mut Vec<Action>,
) {
    let session = desk.session();
    let mut y = base - 6.0;
    for (tag, count) in stack.by_tag.iter().take(6) {
        let Some(tag) = session.scheme.tags.get(*tag) else { continue };
        let place = Rect::from_min_size(pos2(x - 12.0, y - 15.0), egui::Vec2::splat(15.0));
        let colors = theme.tag(tag.color, tag.retired);
        paint_letter_box(ui.painter(), theme, place, tag.letter, colors, LetterForm::Plain);
        let number = font::meta().line(ui.ctx(), &count.to_string(), theme.colors.text2);
        let at = pos2(place.right() + 2.0, place.center().y - number.size().y / 2.0);
        ui.painter().galley(at, number, theme.colors.text2);
        y -= STEP;
    }
    let Some(first) = stack.points.first() else { return };
    let rect = Rect::from_min_max(pos2(x - 13.0, y.min(base - size::HIT)), pos2(x + 13.0, base + 4.0));
    let response = ui.interact(rect, ui.scope_id().with(("stack", first.document.as_str())), Sense::click());
    let names = stack.points.iter().filter_map(|point| session.document(&point.document)).map(|document| {
        let date = document.info.metadata.issued.as_str();
        format!("{}, {}", document.label(), if date.is_empty() { "no date" } else { date })
    });
    let names: Vec<String> = names.collect();
    response.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Button, true, format!("On the line: {}", names.join("; ")))
    });
    super::super::widgets::focus_ring(ui.painter(), theme, &response, rect, size::RADIUS_CONTROL);
    if response.on_hover_text(names.join("\n")).clicked()
        && let Some(statement) = desk.board().card().statement
        && desk.view.matrix.asked.columns == crate::across::matrix::ColumnsBy::Document
    {
        let key = ColumnKey::Document(first.document.clone());
        actions.push(Action::Statement(StatementAction::Look(statement, key)));
    }
}
