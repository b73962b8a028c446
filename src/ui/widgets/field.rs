//! Text to type: a field of one line, or a note of several.

use eframe::egui::{
    Align2, CursorIcon, FontSelection, Id, Margin, Response, RichText, TextEdit, Ui, Widget, vec2,
};

use super::focus_ring;
use crate::ui::icons::Icon;
use crate::ui::theme::{Theme, font, size};

/// A field, raised, with a border; its placeholder says what to type.
#[must_use = "add it to a ui"]
pub struct Field<'a> {
    text: &'a mut String,
    name: &'a str,
    placeholder: &'a str,
    icon: Option<Icon>,
    width: Option<f32>,
    rows: usize,
    id: Option<Id>,
}

impl<'a> Field<'a> {
    /// A field of one line; `name` is what a screen reader says, and the placeholder unless another is given.
    pub fn new(text: &'a mut String, name: &'a str) -> Self {
        Self { text, name, placeholder: name, icon: None, width: None, rows: 1, id: None }
    }

    /// What stands in the empty field.
    pub fn placeholder(mut self, placeholder: &'a str) -> Self {
        self.placeholder = placeholder;
        self
    }

    /// Puts an icon before the text.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// This wide; all there is when not said.
    pub fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// Several rows; Enter starts a new line.
    pub fn rows(mut self, rows: usize) -> Self {
        self.rows = rows.max(1);
        self
    }

    /// The id by which the focus can be asked for.
    pub fn id(mut self, id: Id) -> Self {
        self.id = Some(id);
        self
    }
}

impl Widget for Field<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let theme = Theme::of(ui.ctx());
        let width = self.width.unwrap_or_else(|| ui.available_width());
        let several = self.rows > 1;
        let edit = if several { TextEdit::multiline(self.text) } else { TextEdit::singleline(self.text) };
        let hint = RichText::new(self.placeholder).font(font::text().font).color(theme.colors.text3);
        let mut edit = edit
            .font(FontSelection::FontId(font::text().font))
            .text_color(theme.colors.text)
            .hint_text(hint)
            .frame(theme.raised_frame().inner_margin(Margin::symmetric(8, if several { 6 } else { 4 })))
            .desired_width(width)
            .min_size(vec2(0.0, size::CONTROL))
            .align(if several { Align2::LEFT_TOP } else { Align2::LEFT_CENTER })
            .desired_rows(self.rows);
        if let Some(icon) = self.icon {
            edit = edit.prefix(icon.text(&theme));
        }
        if let Some(id) = self.id {
            edit = edit.id(id);
        }
        let response = ui.add(edit).accessible_name(self.name).on_hover_cursor(CursorIcon::Text);
        focus_ring(ui.painter(), &theme, &response, response.rect.shrink(1.0), size::RADIUS_CONTROL);
        response
    }
}
