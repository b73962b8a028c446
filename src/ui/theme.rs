//! Colors, sizes and fonts: all of them stand here, and nowhere else.
//!
//! A [`Theme`] is made by [`Theme::light`] or [`Theme::dark`] and put to work by [`Theme::install`]; widgets
//! find it with [`Theme::of`]. What egui keeps is a copy to paint with, never the reader's choice itself.
//!
//! Three surfaces by tone (bar, panel, paper) divide the window. Color is kept for tags; the one accent says
//! "you, now". Contrast of every pair in use is held by tests, in both themes.

mod colors;
#[cfg(test)]
mod contrast;
pub mod font;
mod fonts;
pub mod size;
mod style;

use std::sync::Arc;

use eframe::egui;
use eframe::egui::{Frame, Margin, Stroke};

pub use colors::{Colors, TagColors, opaque};
pub use fonts::install_fonts;

use crate::model::TagColor;

/// How the window looks.
#[derive(Clone, Debug, PartialEq)]
pub struct Theme {
    /// True for light text on dark surfaces.
    pub dark: bool,
    /// The colors that are no tag's.
    pub colors: Colors,
    /// Factor on the size of the text that is read, not of the panels; 1 at first.
    pub text_scale: f32,
    /// Letters in a row of that text where there is room for them: 70 at first, never past 80.
    pub measure: f32,
    /// Factor on the height of its rows; 1 at first.
    pub line_scale: f32,
    /// True when it is set in the sans.
    pub sans: bool,
}

impl Theme {
    /// Dark text on light surfaces.
    pub fn light() -> Self {
        Self {
            dark: false,
            colors: Colors::light(),
            text_scale: 1.0,
            measure: 70.0,
            line_scale: 1.0,
            sans: false,
        }
    }

    /// Light text on dark surfaces.
    pub fn dark() -> Self {
        Self {
            dark: true,
            colors: Colors::dark(),
            text_scale: 1.0,
            measure: 70.0,
            line_scale: 1.0,
            sans: false,
        }
    }

    /// The colors of a tag. A retired tag keeps its pattern and loses its hue.
    pub fn tag(&self, color: TagColor, retired: bool) -> TagColors {
        if retired { TagColors::retired(&self.colors) } else { TagColors::of(color, self.dark) }
    }

    /// Makes this the look of everything that egui paints, from the next frame on.
    pub fn install(&self, ctx: &egui::Context) {
        let theme = if self.dark { egui::Theme::Dark } else { egui::Theme::Light };
        ctx.set_theme(theme);
        ctx.set_style_of(theme, style::of(self));
        ctx.data_mut(|data| data.insert_temp(key(), Arc::new(self.clone())));
    }

    /// The theme that was installed last; the light one when none was.
    pub fn of(ctx: &egui::Context) -> Arc<Self> {
        ctx.data_mut(|data| data.get_temp_mut_or_insert_with(key(), || Arc::new(Self::light())).clone())
    }

    /// The frame of what can be typed in or pressed: raised, with a border.
    pub fn raised_frame(&self) -> Frame {
        Frame::new()
            .fill(self.colors.raised)
            .stroke(Stroke::new(size::STROKE, self.colors.control))
            .corner_radius(size::RADIUS_CONTROL)
    }

    /// The frame of a pop-up: raised, edged, the only thing with a shadow.
    pub fn popup_frame(&self) -> Frame {
        Frame::new()
            .fill(self.colors.raised)
            .stroke(Stroke::new(size::STROKE, self.colors.line))
            .corner_radius(size::RADIUS_POPUP)
            .shadow(self.popup_shadow())
            .inner_margin(Margin::same(7))
    }

    /// The frame of a card on a panel: paper, no border.
    pub fn card_frame(&self) -> Frame {
        Frame::new()
            .fill(self.colors.paper)
            .corner_radius(size::RADIUS_ROW)
            .inner_margin(Margin::symmetric(14, 10))
    }

    /// The one focus ring.
    pub fn focus_stroke(&self) -> Stroke {
        Stroke::new(size::FOCUS_RING, self.colors.accent)
    }

    fn popup_shadow(&self) -> egui::Shadow {
        egui::Shadow { offset: [0, 6], blur: 18, spread: 0, color: self.colors.shadow }
    }
}

fn key() -> egui::Id {
    egui::Id::unique("gainsay theme")
}
