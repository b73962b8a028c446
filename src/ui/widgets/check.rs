//! A box to check, with its word and key.

use eframe::egui::{
    Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, Widget, WidgetInfo, pos2, vec2,
};

use super::{KeycapTone, focus_ring, keycap_size, paint_keycap, state_fill};
use crate::ui::theme::{Theme, font, size};

/// A checkbox.
#[must_use = "add it to a ui"]
pub struct Check<'a> {
    on: &'a mut bool,
    word: &'a str,
    keycap: Option<&'a str>,
    fill_width: bool,
}

impl<'a> Check<'a> {
    /// A box with this word; [`Response::changed`] says that it was switched.
    pub fn new(on: &'a mut bool, word: &'a str) -> Self {
        Self { on, word, keycap: None, fill_width: false }
    }

    /// Prints its key, at the right edge of what room there is.
    pub fn keycap(mut self, keys: &'a str) -> Self {
        self.keycap = (!keys.is_empty()).then_some(keys);
        self.fill_width = true;
        self
    }
}

impl Widget for Check<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let theme = Theme::of(ui.ctx());
        let c = &theme.colors;
        let word = font::text().line(ui.ctx(), self.word, c.text);
        let cap = self.keycap.map_or(0.0, |keys| keycap_size(ui.ctx(), keys).x + 7.0);
        let natural = (14.0 + 8.0 + word.size().x + cap + 4.0).ceil();
        let width = if self.fill_width { ui.available_width().max(natural) } else { natural };
        let (rect, mut response) = ui.allocate_exact_size(vec2(width, size::HIT), Sense::click());
        if response.clicked() {
            *self.on = !*self.on;
            response.mark_changed();
        }
        let on = *self.on;
        response.widget_info(|| WidgetInfo::selected(Role::CheckBox, response.enabled(), on, self.word));
        if ui.is_rect_visible(rect) {
            let painter = ui.painter();
            let square = Rect::from_center_size(pos2(rect.left() + 7.0, rect.center().y), Vec2::splat(14.0));
            let fill = state_fill(&theme, &response, c.raised);
            painter.rect(square, size::RADIUS_LETTER, fill, Stroke::new(1.2, c.control), StrokeKind::Inside);
            let ink = if response.enabled() { c.text } else { c.text3 };
            if on {
                // Heavier than the icon, which fades at this size.
                let mark = [vec2(-3.5, 0.2), vec2(-1.0, 2.8), vec2(3.7, -2.6)].map(|by| square.center() + by);
                painter.line(mark.to_vec(), Stroke::new(1.6, ink));
            }
            let x = square.right() + 8.0;
            painter.galley_with_override_text_color(
                pos2(x, rect.center().y - word.size().y / 2.0),
                word.clone(),
                ink,
            );
            if let Some(keys) = self.keycap {
                let left = pos2(rect.right() - cap + 7.0, rect.center().y);
                paint_keycap(painter, &theme, left, keys, KeycapTone::Raised);
            }
            let used = Rect::from_min_max(rect.min, pos2(x + word.size().x + 2.0, rect.max.y));
            focus_ring(painter, &theme, &response, used, size::RADIUS_KEYCAP);
        }
        response
    }
}
