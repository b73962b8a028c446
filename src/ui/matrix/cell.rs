//! A cell: letters with counts, or the sign and word for nothing. Every kind has a sign of its own shape.

use eframe::egui;
use eframe::egui::{Painter, Pos2, Rect, Shape, Stroke, pos2, vec2};

use crate::across::matrix::Cell;
use crate::model::Scheme;

use super::super::theme::{Theme, font, size};
use super::super::widgets::{LetterForm, paint_letter_box};

/// A letter's box with its number, and the room after them.
pub(super) const COUNT: f32 = 42.0;
/// From a cell's edge to what stands in it.
pub(super) const INSET: f32 = 10.0;
/// Most letters with numbers that stand in a cell.
pub(super) const MOST: usize = 4;

/// Paints what a cell says.
pub(super) fn paint_cell(painter: &Painter, theme: &Theme, scheme: &Scheme, rect: Rect, cell: Cell<'_>) {
    let mut left = pos2(rect.left() + INSET, rect.center().y);
    let Cell::Found(found) = cell else {
        paint_sign(painter, theme, left + vec2(6.0, 0.0), cell);
        let (words, role) = match cell {
            Cell::Silent => ("silent".to_owned(), font::meta()),
            Cell::Earlier => ("earlier".to_owned(), font::aside()),
            Cell::OtherVoices(count) => (format!("others, {count}"), font::meta()),
            _ => ("not read".to_owned(), font::meta()),
        };
        let words = role.line(painter.ctx(), &words, theme.colors.text3);
        painter.galley(pos2(left.x + 22.0, left.y - words.size().y / 2.0), words, theme.colors.text3);
        return;
    };
    let shown = if found.by_tag.len() > MOST { MOST - 1 } else { found.by_tag.len() };
    for (tag, count) in found.by_tag.iter().take(shown) {
        let Some(tag) = scheme.tags.get(*tag) else { continue };
        let place = Rect::from_min_size(
            pos2(left.x, left.y - size::LETTER_BOX / 2.0),
            egui::Vec2::splat(size::LETTER_BOX),
        );
        let colors = theme.tag(tag.color, tag.retired);
        paint_letter_box(painter, theme, place, tag.letter, colors, LetterForm::Plain);
        // With three digits the number comes nearer to its letter's box.
        let number = font::on().line(painter.ctx(), &count.to_string(), theme.colors.text);
        let gap = if *count > 99 { 2.0 } else { 5.0 };
        painter.galley(pos2(place.right() + gap, left.y - number.size().y / 2.0), number, theme.colors.text);
        left.x += COUNT;
    }
    if shown < found.by_tag.len() {
        let more = format!("+{}", found.by_tag.len() - shown);
        let more = font::meta().line(painter.ctx(), &more, theme.colors.text2);
        painter.galley(pos2(left.x, left.y - more.size().y / 2.0), more, theme.colors.text2);
    }
}

/// A ring for silent, a dashed square for not read, an angle for earlier, a bar for other voices.
pub(super) fn paint_sign(painter: &Painter, theme: &Theme, middle: Pos2, cell: Cell<'_>) {
    let colors = &theme.colors;
    match cell {
        Cell::Silent => {
            painter.circle_stroke(middle, 4.5, Stroke::new(1.5, colors.text2));
        }
        Cell::NotRead => {
            let square = Rect::from_center_size(middle, egui::Vec2::splat(10.0));
            let path = [
                square.left_top(),
                square.right_top(),
                square.right_bottom(),
                square.left_bottom(),
                square.left_top(),
            ];
            painter.extend(Shape::dashed_line(&path, Stroke::new(1.2, colors.control), 2.5, 2.0));
        }
        Cell::Earlier => {
            let angle = [middle + vec2(2.0, -4.0), middle - vec2(2.0, 0.0), middle + vec2(2.0, 4.0)];
            painter.line(angle.to_vec(), Stroke::new(1.3, colors.text3));
        }
        Cell::OtherVoices(_) => {
            painter.hline(middle.x - 4.0..=middle.x + 4.0, middle.y, Stroke::new(1.5, colors.text3));
        }
        Cell::Found(_) => {}
    }
}
