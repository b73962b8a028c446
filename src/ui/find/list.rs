//! The hits with what stands around them, document by document. Only the rows in view are made.

use std::sync::Arc;

use eframe::egui;
use eframe::egui::text::{LayoutJob, TextWrapping};
use eframe::egui::{Color32, Galley, Rect, Sense, Stroke, StrokeKind, Ui, pos2, vec2};

use crate::app::search::{AnnotationHit, AnnotationPart, FoundIn};
use crate::app::{Action, Desk, count};
use crate::model::Span;

use super::super::inspector::shortened;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{letter_form, paint_letter_box, paint_row};

/// Bytes of the text that are looked at on either side of a hit.
const AROUND: usize = 240;
/// Characters of a hit that are shown.
const LONGEST: usize = 120;
/// Between a hit and what stands beside it, besides their space: room for its box.
const BESIDE: f32 = 3.0;
/// Where the column of hits begins, as a share of what is left of the width.
const PIVOT: f32 = 0.4;

/// Draws the list into all the room there is.
pub(super) fn list_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let search = &desk.view.search;
    let groups = &search.found.groups;
    let rows = groups.len() + search.found.total;
    egui::ScrollArea::vertical().id_salt("hits").auto_shrink([false, false]).show_viewport(ui, |ui, view| {
        ui.set_height(rows as f32 * size::TABLE_ROW);
        let (left, top) = (ui.max_rect().left(), ui.min_rect().top());
        let width = ui.available_width();
        let rect_of = |row: usize| {
            Rect::from_min_size(pos2(left, top + row as f32 * size::TABLE_ROW), vec2(width, size::TABLE_ROW))
        };
        if search.row_wanted {
            if let Some(current) = search.current {
                let group = groups.partition_point(|group| group.first <= current);
                ui.scroll_to_rect_animation(
                    rect_of(current + group),
                    None,
                    egui::style::ScrollAnimation::none(),
                );
            }
            actions.push(Action::HitShown);
        }
        let first = (view.top() / size::TABLE_ROW).floor().max(0.0) as usize;
        let last = ((view.bottom() / size::TABLE_ROW).ceil() as usize).min(rows);
        for row in first..last {
            let after = group_after(groups, row);
            let Some((at, group)) = after.checked_sub(1).and_then(|at| Some((at, groups.get(at)?))) else {
                continue;
            };
            match row.checked_sub(group.first + at + 1) {
                None => heading_ui(ui, desk, group, rect_of(row), theme),
                Some(index) => row_ui(ui, desk, group, index, rect_of(row), theme, actions),
            }
        }
    });
}

/// How many groups begin at or before a row; each has a row for its heading.
fn group_after(groups: &[FoundIn], row: usize) -> usize {
    let (mut low, mut high) = (0, groups.len());
    while low < high {
        let middle = (low + high) / 2;
        if groups[middle].first + middle <= row { low = middle + 1 } else { high = middle }
    }
    low
}

fn heading_ui(ui: &Ui, desk: &Desk, group: &FoundIn, rect: Rect, theme: &Theme) {
    let label = desk.session().document(&group.document).map_or("", |document| document.label());
    let hits = count(group.len(), "hit");
    let response = ui.interact(rect, ui.scope_id().with(("hits of", group.first)), Sense::hover());
    let name = format!("{label}, {hits}");
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, &name));
    let title = font::on().line(ui.ctx(), &shortened(label, 80), theme.colors.text);
    let at = pos2(rect.left() + size::SPACE[1], rect.center().y - title.size().y / 2.0);
    let right = at.x + title.size().x;
    ui.painter().galley(at, title, theme.colors.text);
    let hits = font::meta().line(ui.ctx(), &hits, theme.colors.text3);
    ui.painter().galley(
        pos2(right + size::SPACE[2], rect.center().y - hits.size().y / 2.0),
        hits,
        theme.colors.text3,
    );
}

/// What a row says.
struct HitRow {
    place: String,
    part: &'static str,
    before: String,
    hit: String,
    after: String,
}

fn row_ui(
    ui: &Ui,
    desk: &Desk,
    group: &FoundIn,
    index: usize,
    rect: Rect,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let number = group.first + index;
    let Some(row) = hit_row(desk, group, index) else { return };
    let annotation = group.place(index).and_then(|place| desk.annotation(place.annotation?.id));
    let tag = annotation.and_then(|annotation| desk.session().scheme.tag(&annotation.tag));
    let on = desk.view.search.current == Some(number);
    let response = ui.interact(rect, ui.scope_id().with(("hit", number)), Sense::click());
    let what = tag.map_or_else(String::new, |tag| format!("{}, {}, ", tag.name, row.part));
    let name = format!("{what}{}: {}{}{}", row.place, row.before, row.hit, row.after);
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, on, &name));
    if response.clicked() {
        actions.push(Action::GoToHit(number));
    }
    paint_row(ui, rect, &response, on);
    let (colors, middle) = (&theme.colors, rect.center().y);
    let place = font::meta().line(ui.ctx(), &row.place, colors.text2);
    let mut left = rect.left() + 60.0;
    ui.painter().galley(
        pos2(left - 12.0 - place.size().x, middle - place.size().y / 2.0),
        place,
        colors.text2,
    );
    if let (Some(tag), Some(annotation)) = (tag, annotation) {
        let square = Rect::from_center_size(pos2(left + 8.0, middle), egui::Vec2::splat(size::LETTER_BOX));
        let look = theme.tag(tag.color, tag.retired);
        paint_letter_box(
            ui.painter(),
            theme,
            square,
            tag.letter,
            look,
            letter_form(annotation.unsure, false),
        );
        let part = font::meta().line(ui.ctx(), row.part, colors.text2);
        ui.painter().galley(pos2(left + 24.0, middle - part.size().y / 2.0), part, colors.text2);
        left += 110.0;
    }
    let role = font::passage_row();
    let inside = Rect::from_min_max(pos2(left, rect.top()), rect.max).intersect(ui.clip_rect());
    let painter = ui.painter().with_clip_rect(inside);
    let pivot = left + (rect.right() - left) * PIVOT;
    let hit = role.line(ui.ctx(), &row.hit, colors.text);
    let y = middle - hit.size().y / 2.0;
    let before = fitting_end(ui, &row.before, &role, colors.text2, pivot - BESIDE - left);
    painter.galley(pos2(pivot - BESIDE - before.size().x, y), before, colors.text2);
    let field =
        Rect::from_min_max(pos2(pivot, rect.top() + 4.0), pos2(pivot + hit.size().x, rect.bottom() - 4.0));
    painter.rect(
        field.expand2(vec2(1.0, 0.0)),
        size::RADIUS_LETTER,
        colors.search_hit,
        Stroke::new(size::STROKE, colors.search_box),
        StrokeKind::Outside,
    );
    painter.galley(pos2(pivot, y), hit, colors.text);
    let from = field.right() + BESIDE;
    let mut job = LayoutJob::single_section(row.after, role.format(colors.text2));
    job.wrap = TextWrapping::truncate_at_width((rect.right() - size::SPACE[2] - from).max(0.0));
    painter.galley(pos2(from, y), painter.layout_job(job), colors.text2);
}

/// The last words of a line, as many as fit; "…" stands for those that do not.
fn fitting_end(ui: &Ui, words: &str, role: &font::Role, color: Color32, room: f32) -> Arc<Galley> {
    let whole = role.line(ui.ctx(), words, color);
    if whole.size().x <= room {
        return whole;
    }
    // About so many letters fit; then a word less until it is so.
    let share = (1.0 - room / whole.size().x).clamp(0.0, 1.0);
    let mut from = words.ceil_char_boundary((words.len() as f32 * share) as usize);
    loop {
        from = words[from..].find(' ').map_or(words.len(), |at| from + at + 1);
        let line = role.line(ui.ctx(), &format!("… {}", &words[from..]), color);
        if line.size().x <= room || from == words.len() {
            return line;
        }
    }
}

/// What stands in and around a hit.
fn hit_row(desk: &Desk, group: &FoundIn, index: usize) -> Option<HitRow> {
    let place = group.place(index)?;
    let (document, cache) = desk.document(place.document)?;
    let paragraph = |offset: usize| format!("¶ {}", cache.paragraphs.number_at(offset));
    let Some(span) = place.span else {
        let hit = place.annotation?;
        let annotation = desk.annotation(hit.id)?;
        let text = part_of(annotation, hit)?;
        let span = annotation.anchor.span();
        return Some(HitRow {
            place: span.map_or_else(|| "lost".to_owned(), |span| paragraph(span.start())),
            part: part_name(hit.part),
            before: ending(&one_line(text.get(..hit.range.start)?)),
            hit: shortened(&one_line(text.get(hit.range.clone())?), LONGEST),
            after: one_line(text.get(hit.range.end..)?).chars().take(AROUND).collect(),
        });
    };
    let text = document.text();
    let seen = |start: usize, end: usize| {
        Span::new(start, end).map_or_else(String::new, |span| cache.rendering.plain_text(text, span))
    };
    let from = text.floor_char_boundary(span.start().saturating_sub(AROUND));
    let to = text.ceil_char_boundary((span.end() + AROUND).min(text.len()));
    let shown = text.ceil_char_boundary(span.end().min(span.start() + 4 * LONGEST));
    Some(HitRow {
        place: paragraph(span.start()),
        part: part_name(AnnotationPart::Passage),
        before: ending(&one_line(&seen(from, span.start()))),
        hit: shortened(&one_line(&seen(span.start(), shown)), LONGEST),
        after: one_line(&seen(span.end(), to)),
    })
}

fn part_of<'a>(annotation: &'a crate::model::Annotation, hit: &AnnotationHit) -> Option<&'a str> {
    Some(match hit.part {
        AnnotationPart::Note => &annotation.note,
        AnnotationPart::Comment(at) => &annotation.comments.get(at)?.text,
        AnnotationPart::LostQuote | AnnotationPart::Passage => match &annotation.anchor {
            crate::model::Anchor::Orphan(orphan) => &orphan.quote,
            crate::model::Anchor::Placed { .. } => return None,
        },
    })
}

const fn part_name(part: AnnotationPart) -> &'static str {
    match part {
        AnnotationPart::Passage => "passage",
        AnnotationPart::LostQuote => "lost passage",
        AnnotationPart::Note => "note",
        AnnotationPart::Comment(_) => "comment",
    }
}

/// The last characters of what stands before a hit.
fn ending(words: &str) -> String {
    let from = words.char_indices().rev().nth(AROUND).map_or(0, |(at, _)| at);
    words[from..].to_owned()
}

/// White space of any kind and length as one space; that at the ends too, which parts a hit from its neighbors.
fn one_line(words: &str) -> String {
    let mut line = String::with_capacity(words.len());
    for c in words.chars() {
        match c.is_whitespace() {
            true if line.ends_with(' ') => {}
            true => line.push(' '),
            false => line.push(c),
        }
    }
    line
}
