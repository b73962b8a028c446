//! Faces and roles. Bold and semibold are families of their own: egui thickens and slants nothing well.
//!
//! A face is a [`FontId`]; a role is a face with its row height, [`Role`].

use std::sync::{Arc, LazyLock};

use eframe::egui;
use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{Align, Color32, FontFamily, FontId, RichText};

use super::Theme;

macro_rules! faces {
    ($($(#[$doc:meta])* $name:ident = $family:literal;)*) => {
        /// The names of all families, as `install_fonts` binds them.
        pub(super) const FAMILIES: &[&str] = &[$($family),*];
        $($(#[$doc])*
        pub fn $name(size: f32) -> FontId {
            static FAMILY: LazyLock<FontFamily> = LazyLock::new(|| FontFamily::Name($family.into()));
            FontId::new(size, FAMILY.clone())
        })*
    };
}

faces! {
    /// Source Serif 4, regular: text that is read.
    reading = "reading";
    /// Source Serif 4, semibold.
    reading_bold = "reading bold";
    /// Source Serif 4, italic.
    reading_italic = "reading italic";
    /// Source Serif 4, semibold italic.
    reading_bold_italic = "reading bold italic";
    /// IBM Plex Sans, regular: everything that is not read.
    ui = "interface";
    /// IBM Plex Sans, medium: buttons and references.
    ui_medium = "interface medium";
    /// IBM Plex Sans, semibold: titles and section labels.
    ui_semibold = "interface semibold";
    /// IBM Plex Sans, italic.
    ui_italic = "interface italic";
    /// IBM Plex Sans, semibold italic: for documents set in the sans.
    ui_semibold_italic = "interface semibold italic";
    /// Phosphor: icons, by the code points of [`crate::ui::icons::Icon`].
    icon = "icon";
}

/// A face and the height of its rows.
#[derive(Clone, Debug, PartialEq)]
pub struct Role {
    /// Face and size.
    pub font: FontId,
    /// Height of a row in points.
    pub row: f32,
}

impl Role {
    fn new(font: FontId, row: f32) -> Self {
        Self { font, row }
    }

    /// Text in this role and color, for labels.
    pub fn text(&self, text: impl Into<String>, color: Color32) -> RichText {
        RichText::new(text).font(self.font.clone()).line_height(Some(self.row)).color(color)
    }

    /// A format for a stretch of a layout job.
    pub fn format(&self, color: Color32) -> TextFormat {
        TextFormat {
            line_height: Some(self.row),
            valign: Align::Center,
            ..TextFormat::simple(self.font.clone(), color)
        }
    }

    /// One line of text, laid out, that ends in "…" past this width.
    pub fn line_within(
        &self,
        ctx: &egui::Context,
        text: &str,
        color: Color32,
        width: f32,
    ) -> Arc<egui::Galley> {
        let mut job = LayoutJob::single_section(text.to_owned(), self.format(color));
        job.break_on_newline = false;
        job.wrap = egui::text::TextWrapping::truncate_at_width(width);
        ctx.fonts_mut(|fonts| fonts.layout_job(job))
    }

    /// One line of text, laid out.
    pub fn line(&self, ctx: &egui::Context, text: &str, color: Color32) -> Arc<egui::Galley> {
        let mut job = LayoutJob::single_section(text.to_owned(), self.format(color));
        job.break_on_newline = false;
        ctx.fonts_mut(|fonts| fonts.layout_job(job))
    }
}

/// The text of a document, with so many panes side by side.
pub fn document(theme: &Theme, panes: usize) -> Role {
    let (size, row) = match panes {
        0 | 1 => (17.5, 31.0),
        2 => (16.5, 28.0),
        _ => (15.5, 26.0),
    };
    let size = size * theme.text_scale;
    // Whole rows keep straight lines on whole pixels, and three stacked underlines need 1.6 of the size.
    let row = (row * theme.text_scale * theme.line_scale).round().max((size * 1.6).ceil());
    // The small letters of the sans are taller: this makes both look as large as each other.
    Role::new(if theme.sans { ui(size * 0.93) } else { reading(size) }, row)
}

/// A face of a document's text; `sans` as in [`Theme::sans`].
pub fn document_face(sans: bool, bold: bool, italic: bool, size: f32) -> FontId {
    match (sans, bold, italic) {
        (false, false, false) => reading(size),
        (false, true, false) => reading_bold(size),
        (false, false, true) => reading_italic(size),
        (false, true, true) => reading_bold_italic(size),
        (true, false, false) => ui(size),
        (true, true, false) => ui_semibold(size),
        (true, false, true) => ui_italic(size),
        (true, true, true) => ui_semibold_italic(size),
    }
}

/// A heading inside a document's text, given the role of that text.
pub fn document_heading(text: &Role) -> Role {
    Role::new(ui_semibold(text.font.size * 0.9), text.row)
}

/// The letters of a sign for a character that cannot be seen, given the role of the text around it.
pub fn document_sign(text: &Role) -> Role {
    let size = (text.font.size * 0.54).max(8.0);
    Role::new(ui_medium(size), (size * 1.3).round())
}

/// A passage in the inspector or on a card.
pub fn passage() -> Role {
    Role::new(reading(15.0), 23.0)
}

/// A passage in the table.
pub fn passage_row() -> Role {
    Role::new(reading(14.0), 26.0)
}

/// Words of the interface.
pub fn text() -> Role {
    Role::new(ui(13.0), 18.0)
}

/// Words on buttons, references.
pub fn strong() -> Role {
    Role::new(ui_medium(13.0), 18.0)
}

/// A row that is on, the name of a document.
pub fn on() -> Role {
    Role::new(ui_semibold(13.0), 18.0)
}

/// Words that are no one's: *earlier*.
pub fn aside() -> Role {
    Role::new(ui_italic(13.0), 18.0)
}

/// The title of a pane or of the session.
pub fn title() -> Role {
    Role::new(ui_semibold(14.0), 20.0)
}

/// The label over a section.
pub fn section() -> Role {
    Role::new(ui_semibold(12.0), 16.0)
}

/// What stands beside: dates, counts, places.
pub fn meta() -> Role {
    Role::new(ui(12.0), 17.0)
}

/// The first lines of a file.
pub fn file() -> Role {
    Role::new(FontId::monospace(11.5), 15.0)
}

/// A paragraph number.
pub fn paragraph_number() -> Role {
    Role::new(ui(11.0), 16.0)
}

/// The letter in a lane.
pub fn letter() -> Role {
    Role::new(ui_semibold(11.0), 13.0)
}

/// The letter in a box in a list.
pub fn letter_large() -> Role {
    Role::new(ui_semibold(11.5), 16.0)
}

/// The word on a keycap.
pub fn keycap() -> Role {
    Role::new(ui_medium(11.5), 16.0)
}

/// A figure that counts, in sizes 16, 20 and 26.
pub fn figure(size: f32) -> Role {
    Role::new(ui_semibold(size), (size * 1.25).round())
}

/// The welcome line.
pub fn welcome() -> Role {
    Role::new(reading(40.0), 48.0)
}

/// An icon beside a word.
pub fn icon_beside() -> Role {
    Role::new(icon(16.0), 18.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_leave_room_for_three_underlines() {
        for panes in 1..4 {
            for sans in [false, true] {
                for text_scale in [0.7, 1.0, 1.25, 2.0] {
                    for line_scale in [0.95, 1.0, 1.15, 1.3] {
                        let theme = Theme { sans, text_scale, line_scale, ..Theme::light() };
                        let role = document(&theme, panes);
                        assert!(role.row >= role.font.size * 1.6, "{role:?}");
                    }
                }
            }
        }
    }
}
