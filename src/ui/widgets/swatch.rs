//! A sample of a tag's fill and line.

use eframe::egui::{Response, Role, Sense, Stroke, Ui, Widget, WidgetInfo, pos2, vec2};

use super::{paint_pattern_line, pattern_name};
use crate::model::{Pattern, Tag, TagColor};
use crate::ui::theme::{Theme, size};

/// A sample of a tag's fill with its line below, as passages have it.
#[derive(Clone, Copy, Debug)]
#[must_use = "add it to a ui"]
pub struct PatternSwatch {
    color: TagColor,
    pattern: Pattern,
    retired: bool,
    width: f32,
}

impl PatternSwatch {
    /// The sample of this tag.
    pub fn of(tag: &Tag) -> Self {
        Self { color: tag.color, pattern: tag.pattern, retired: tag.retired, width: 28.0 }
    }

    /// The sample of this color and pattern.
    pub fn new(color: TagColor, pattern: Pattern) -> Self {
        Self { color, pattern, retired: false, width: 28.0 }
    }

    /// Makes it this wide.
    pub fn width(mut self, width: f32) -> Self {
        self.width = width;
        self
    }
}

impl Widget for PatternSwatch {
    fn ui(self, ui: &mut Ui) -> Response {
        let (rect, response) = ui.allocate_exact_size(vec2(self.width, 16.0), Sense::hover());
        let name = format!("{} line", pattern_name(self.pattern));
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, &name));
        if ui.is_rect_visible(rect) {
            let colors = Theme::of(ui.ctx()).tag(self.color, self.retired);
            ui.painter().rect_filled(rect, size::RADIUS_FILL, colors.fill);
            let y = rect.bottom() - 4.0;
            let stroke = Stroke::new(size::UNDERLINE, colors.stroke);
            paint_pattern_line(
                ui.painter(),
                self.pattern,
                pos2(rect.left(), y),
                pos2(rect.right(), y),
                stroke,
            );
        }
        response
    }
}
