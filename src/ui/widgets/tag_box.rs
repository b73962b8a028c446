//! A tag's letter in its box, and the button that sets a tag.

use eframe::egui::{
    Painter, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Vec2, Widget, WidgetInfo, pos2, vec2,
};

use super::{KeycapTone, focus_ring, keycap_size, paint_keycap, state_fill};
use crate::model::{Tag, TagColor};
use crate::ui::theme::{TagColors, Theme, font, size};

/// How a letter stands in its box.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum LetterForm {
    /// On the tag's fill.
    #[default]
    Plain,
    /// In paper color on the tag's stroke: the chosen annotation.
    Solid,
    /// In an outline, with "?": an unsure annotation.
    Unsure,
    /// In an outline: a colleague's annotation.
    Outline,
}

/// A letter box as a widget of its own.
#[derive(Clone, Copy, Debug)]
#[must_use = "add it to a ui"]
pub struct TagBox<'a> {
    letter: char,
    color: TagColor,
    retired: bool,
    form: LetterForm,
    name: &'a str,
}

impl<'a> TagBox<'a> {
    /// The box of this tag, named by it.
    pub fn of(tag: &'a Tag) -> Self {
        Self::new(tag.letter, tag.color, &tag.name).retired(tag.retired)
    }

    /// A box with this letter; `name` is what a screen reader says.
    pub fn new(letter: char, color: TagColor, name: &'a str) -> Self {
        Self { letter, color, retired: false, form: LetterForm::Plain, name }
    }

    /// Without hue.
    pub fn retired(mut self, retired: bool) -> Self {
        self.retired = retired;
        self
    }

    /// How the letter stands in the box.
    pub fn form(mut self, form: LetterForm) -> Self {
        self.form = form;
        self
    }
}

impl Widget for TagBox<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let wide = if self.form == LetterForm::Unsure { 4.0 } else { 0.0 };
        let (rect, response) =
            ui.allocate_exact_size(vec2(size::LETTER_BOX + wide, size::LETTER_BOX), Sense::hover());
        let unsure = if self.form == LetterForm::Unsure { ", unsure" } else { "" };
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, format!("{}{unsure}", self.name)));
        if ui.is_rect_visible(rect) {
            let theme = Theme::of(ui.ctx());
            let colors = theme.tag(self.color, self.retired);
            paint_letter_box(ui.painter(), &theme, rect, self.letter, colors, self.form);
        }
        response
    }
}

/// Paints a letter in its box. For a lane: [`size::LETTER_BOX_LANE`] wide and high.
pub fn paint_letter_box(
    painter: &Painter,
    theme: &Theme,
    rect: Rect,
    letter: char,
    colors: TagColors,
    form: LetterForm,
) {
    let (fill, edge, ink) = match form {
        LetterForm::Plain => (colors.fill, Stroke::NONE, colors.text),
        LetterForm::Solid => (colors.stroke, Stroke::NONE, theme.colors.paper),
        LetterForm::Unsure => (theme.colors.paper, Stroke::new(1.2, colors.stroke), colors.text),
        LetterForm::Outline => (colors.fill, Stroke::new(1.0, colors.stroke), colors.text),
    };
    painter.rect(rect, size::RADIUS_LETTER, fill, edge, StrokeKind::Inside);
    let mut role = if rect.height() < size::LETTER_BOX { font::letter() } else { font::letter_large() };
    let mut word = letter.to_string();
    if form == LetterForm::Unsure {
        word.push('?');
        role.font.size -= 1.0;
    }
    let word = role.line(painter.ctx(), &word, ink);
    painter.galley(rect.center() - word.size() / 2.0, word, ink);
}

/// The button that gives the chosen annotation a tag: letter, name, and the key at its right if there is room.
#[derive(Clone, Copy, Debug)]
#[must_use = "add it to a ui"]
pub struct TagChoice<'a> {
    tag: &'a Tag,
    word: &'a str,
    on: bool,
    keycap: Option<&'a str>,
    width: Option<f32>,
}

impl<'a> TagChoice<'a> {
    /// A button for this tag; `on` when the annotation has it.
    pub fn new(tag: &'a Tag, on: bool) -> Self {
        Self { tag, word: &tag.name, on, keycap: None, width: None }
    }

    /// Prints its key.
    pub fn keycap(mut self, keys: &'a str) -> Self {
        self.keycap = (!keys.is_empty()).then_some(keys);
        self
    }

    /// Says more than the tag's name: a count.
    pub fn word(mut self, word: &'a str) -> Self {
        self.word = word;
        self
    }

    /// Makes it this wide.
    pub fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }
}

impl Widget for TagChoice<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let theme = Theme::of(ui.ctx());
        let colors = theme.tag(self.tag.color, self.tag.retired);
        let ink = if self.on { colors.text } else { theme.colors.text };
        let role = if self.on { font::on() } else { font::strong() };
        let word = role.line(ui.ctx(), self.word, ink);
        // As wide as with the bolder word: nothing moves when it is chosen.
        let widest = font::on().line(ui.ctx(), self.word, ink).size().x;
        let cap = self.keycap.map_or(Vec2::ZERO, |keys| keycap_size(ui.ctx(), keys) + vec2(7.0, 0.0));
        let width = (7.0 + size::LETTER_BOX + 7.0 + widest + cap.x + 8.0).ceil();
        let wanted = vec2(self.width.unwrap_or(width).max(width), size::CONTROL);
        let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
        response
            .widget_info(|| WidgetInfo::selected(Role::RadioButton, response.enabled(), self.on, self.word));
        if ui.is_rect_visible(rect) {
            let painter = ui.painter();
            let fill = if self.on { colors.fill } else { state_fill(&theme, &response, theme.colors.raised) };
            let edge = if self.on { (1.5, colors.stroke) } else { (size::STROKE, theme.colors.control) };
            painter.rect(rect, size::RADIUS_CONTROL, fill, edge, StrokeKind::Inside);
            let letter = Rect::from_center_size(
                pos2(rect.left() + 7.0 + size::LETTER_BOX / 2.0, rect.center().y),
                Vec2::splat(size::LETTER_BOX),
            );
            let form = if self.on { LetterForm::Solid } else { LetterForm::Plain };
            paint_letter_box(painter, &theme, letter, self.tag.letter, colors, form);
            painter.galley(pos2(letter.right() + 7.0, rect.center().y - word.size().y / 2.0), word, ink);
            if let Some(keys) = self.keycap {
                let left = pos2(rect.right() - 7.0 - cap.x + 7.0, rect.center().y);
                paint_keycap(painter, &theme, left, keys, KeycapTone::Raised);
            }
            focus_ring(painter, &theme, &response, rect, size::RADIUS_CONTROL);
        }
        response
    }
}

/// The letter of something chosen is solid.
pub fn solid_when(chosen: bool) -> LetterForm {
    if chosen { LetterForm::Solid } else { LetterForm::Plain }
}

/// The letter of an annotation in a list.
pub fn letter_form(unsure: bool, chosen: bool) -> LetterForm {
    match (chosen, unsure) {
        (true, _) => LetterForm::Solid,
        (false, true) => LetterForm::Unsure,
        (false, false) => LetterForm::Plain,
    }
}
