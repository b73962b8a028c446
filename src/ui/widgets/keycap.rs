//! Keys as they are printed everywhere: "Ctrl K" on one cap.

use eframe::egui::{
    Align2, Color32, Context, Painter, Pos2, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2,
    Widget, WidgetInfo, vec2,
};

use crate::ui::theme::{Theme, font, size};

/// What a keycap stands on.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum KeycapTone {
    /// A surface.
    #[default]
    Raised,
    /// The primary button.
    Accent,
    /// An action that can't be used now.
    Disabled,
}

/// A keycap as a widget of its own.
#[derive(Clone, Copy, Debug)]
#[must_use = "add it to a ui"]
pub struct Keycap<'a> {
    keys: &'a str,
}

impl<'a> Keycap<'a> {
    /// A cap with these keys: "Ctrl K".
    pub fn new(keys: &'a str) -> Self {
        Self { keys }
    }
}

impl Widget for Keycap<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let (rect, response) = ui.allocate_exact_size(keycap_size(ui.ctx(), self.keys), Sense::hover());
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("key {}", self.keys)));
        if ui.is_rect_visible(rect) {
            let theme = Theme::of(ui.ctx());
            paint_keycap(ui.painter(), &theme, rect.left_center(), self.keys, KeycapTone::Raised);
        }
        response
    }
}

/// The size of a cap with these keys.
pub fn keycap_size(ctx: &Context, keys: &str) -> Vec2 {
    let width = font::keycap().line(ctx, keys, Color32::PLACEHOLDER).size().x;
    vec2((width + 10.0).ceil().max(size::KEYCAP), size::KEYCAP)
}

/// Paints a cap whose left edge stands here, centered on its height. Returns where it is.
pub fn paint_keycap(
    painter: &Painter,
    theme: &Theme,
    left_center: Pos2,
    keys: &str,
    tone: KeycapTone,
) -> Rect {
    let c = &theme.colors;
    let (fill, edge, ink) = match tone {
        KeycapTone::Raised => (c.raised, c.control, c.text),
        KeycapTone::Accent => (Color32::TRANSPARENT, c.on_accent, c.on_accent),
        KeycapTone::Disabled => (Color32::TRANSPARENT, c.control, c.text3),
    };
    let rect = Align2::LEFT_CENTER.anchor_size(left_center, keycap_size(painter.ctx(), keys));
    painter.rect(rect, size::RADIUS_KEYCAP, fill, Stroke::new(size::STROKE, edge), StrokeKind::Inside);
    let word = font::keycap().line(painter.ctx(), keys, ink);
    painter.galley(rect.center() - word.size() / 2.0, word, ink);
    rect
}
