//! One of a few, side by side: Annotate, Matrix, Review.

use eframe::egui::{Color32, Rect, Response, Role, Sense, Ui, Widget, WidgetInfo, vec2};

use super::{focus_ring, state_fill};
use crate::ui::theme::{Theme, font, size};

/// A segmented choice.
#[must_use = "add it to a ui"]
pub struct Choice<'a> {
    options: &'a [&'a str],
    chosen: &'a mut usize,
}

impl<'a> Choice<'a> {
    /// One of these words; `chosen` is its index. [`Response::changed`] says that it is another one now.
    pub fn new(options: &'a [&'a str], chosen: &'a mut usize) -> Self {
        Self { options, chosen }
    }

    /// How wide it will be.
    pub fn width(ui: &Ui, options: &[&str]) -> f32 {
        options.iter().map(|word| option_width(ui, word)).sum()
    }
}

fn option_width(ui: &Ui, word: &str) -> f32 {
    // Room for the bolder word that the chosen one has: nothing moves.
    (font::on().line(ui.ctx(), word, Color32::PLACEHOLDER).size().x + 2.0 * 16.0).ceil()
}

impl Widget for Choice<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let theme = Theme::of(ui.ctx());
        let c = &theme.colors;
        let width = Self::width(ui, self.options);
        let (rect, mut all) = ui.allocate_exact_size(vec2(width, size::CONTROL), Sense::hover());
        // A track, so that the chosen one stands out on a sheet as it does on a bar.
        ui.painter().rect_filled(rect, size::RADIUS_ROW, c.bar);
        let mut left = rect.left();
        for (index, word) in self.options.iter().enumerate() {
            let part = Rect::from_min_size(
                rect.left_top() + vec2(left - rect.left(), 0.0),
                vec2(option_width(ui, word), rect.height()),
            );
            left = part.right();
            let response = ui.interact(part, all.id.with(index), Sense::click());
            if response.clicked() && *self.chosen != index {
                *self.chosen = index;
                all.mark_changed();
            }
            let on = *self.chosen == index;
            response.widget_info(|| WidgetInfo::selected(Role::RadioButton, response.enabled(), on, word));
            if ui.is_rect_visible(part) {
                let fill = if on { c.raised } else { state_fill(&theme, &response, Color32::TRANSPARENT) };
                ui.painter().rect_filled(part, size::RADIUS_ROW, fill);
                let (role, ink) = if on { (font::on(), c.text) } else { (font::text(), c.text2) };
                let galley = role.line(ui.ctx(), word, ink);
                ui.painter().galley(part.center() - galley.size() / 2.0, galley, ink);
                focus_ring(ui.painter(), &theme, &response, part, size::RADIUS_ROW);
            }
        }
        all
    }
}
