//! Our own widgets: builders that draw themselves by the theme and name themselves for screen readers.
//!
//! Whatever can be pressed is at least 24 points wide and high, shows hover and pressed by tone, focus by one
//! ring, and says why it can't be used now when it can't. Keys are printed where the action is, in the same
//! [`Keycap`] everywhere.

mod button;
mod check;
mod choice;
mod field;
#[cfg(test)]
mod gallery;
mod keycap;
mod pattern;
mod row;
mod swatch;
mod tag_box;
#[cfg(test)]
mod tests;
mod text;
mod upright;

use eframe::egui::{Color32, CornerRadius, Painter, Rect, Response, StrokeKind};

pub use button::Button;
pub use check::Check;
pub use choice::Choice;
pub use field::Field;
pub use keycap::{Keycap, KeycapTone, keycap_size, paint_keycap};
pub use pattern::{hatch, paint_hatch, paint_pattern_line, pattern_line, pattern_name, strip};
pub use row::{Row, key_words, paint_row, row_frame, tag_row};
pub use swatch::PatternSwatch;
pub use tag_box::{LetterForm, TagBox, TagChoice, letter_form, paint_letter_box, solid_when};
pub use text::{Elided, elided, elided_rows, hairline, meta, section_label, text};
pub use upright::Upright;

use super::theme::{Theme, size};

/// The fill of something that can be pressed: `rest` unless it is under the pointer or pressed.
pub fn state_fill(theme: &Theme, response: &Response, rest: Color32) -> Color32 {
    if !response.enabled() {
        rest
    } else if response.is_pointer_button_down_on() {
        theme.colors.pressed
    } else if response.hovered() {
        theme.colors.hover
    } else {
        rest
    }
}

/// The ring around what has the focus; paints nothing for anything else.
pub fn focus_ring(painter: &Painter, theme: &Theme, response: &Response, rect: Rect, radius: u8) {
    if response.has_focus() {
        let radius = CornerRadius::same(radius.saturating_add(2));
        painter.rect_stroke(rect.expand(size::FOCUS_GAP), radius, theme.focus_stroke(), StrokeKind::Outside);
    }
}
