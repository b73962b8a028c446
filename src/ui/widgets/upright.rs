//! Upright words: a folded panel at the right edge.

use eframe::egui::epaint::TextShape;
use eframe::egui::{Color32, Response, Role, Sense, Ui, Widget, WidgetInfo, pos2, vec2};

use super::{focus_ring, state_fill};
use crate::ui::theme::{Theme, font, size};

/// A word that reads upwards; pressed, it unfolds its panel.
#[derive(Clone, Copy, Debug)]
#[must_use = "add it to a ui"]
pub struct Upright<'a> {
    word: &'a str,
}

impl<'a> Upright<'a> {
    /// This word.
    pub fn new(word: &'a str) -> Self {
        Self { word }
    }
}

impl Widget for Upright<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let theme = Theme::of(ui.ctx());
        let c = &theme.colors;
        let word = font::text().line(ui.ctx(), self.word, Color32::PLACEHOLDER);
        let wanted = vec2(size::CONTROL, (word.size().x + 20.0).ceil());
        let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
        response.widget_info(|| WidgetInfo::labeled(Role::Button, response.enabled(), self.word));
        if ui.is_rect_visible(rect) {
            let fill = state_fill(&theme, &response, Color32::TRANSPARENT);
            ui.painter().rect_filled(rect, size::RADIUS_CONTROL, fill);
            let ink = if response.hovered() { c.text } else { c.text2 };
            let corner = pos2(rect.center().x - word.size().y / 2.0, rect.center().y + word.size().x / 2.0);
            let shape = TextShape::new(corner.round(), word, ink).with_angle(-std::f32::consts::FRAC_PI_2);
            ui.painter().add(shape);
            focus_ring(ui.painter(), &theme, &response, rect, size::RADIUS_CONTROL);
        }
        response
    }
}
