//! Labels: of a section, beside things, cut when there is no room.

use eframe::egui::{
    Color32, Label, Response, Role, Sense, Stroke, Ui, Widget, WidgetInfo, text::LayoutJob,
    text::TextWrapping, vec2,
};

use crate::ui::theme::{Theme, font, size};

/// The label over a section.
pub fn section_label(ui: &mut Ui, text: &str) -> Response {
    let color = Theme::of(ui.ctx()).colors.text3;
    ui.add(Label::new(font::section().text(text, color)))
}

/// What stands beside: a date, a count, a place. Wraps.
pub fn meta(ui: &mut Ui, text: &str) -> Response {
    let color = Theme::of(ui.ctx()).colors.text3;
    ui.add(Label::new(font::meta().text(text, color)))
}

/// Words of the interface, in the color of labels. Wraps.
pub fn text(ui: &mut Ui, text: &str) -> Response {
    let color = Theme::of(ui.ctx()).colors.text2;
    ui.add(Label::new(font::text().text(text, color)))
}

/// A rule over all the width there is.
pub fn hairline(ui: &mut Ui) -> Response {
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), size::STROKE), Sense::hover());
    let stroke = Stroke::new(size::STROKE, Theme::of(ui.ctx()).colors.hair);
    ui.painter().hline(rect.x_range(), rect.center().y, stroke);
    response
}

/// One line that ends in "…" when there is no room, and shows the whole text on hover. For tables: a word in a
/// button, tab or heading is never cut.
#[derive(Clone, Debug)]
#[must_use = "add it to a ui"]
pub struct Elided<'a> {
    text: &'a str,
    role: font::Role,
    color: Option<Color32>,
    width: Option<f32>,
    sense: Sense,
}

impl<'a> Elided<'a> {
    /// One line in this role.
    pub fn new(text: &'a str, role: font::Role) -> Self {
        Self { text, role, color: None, width: None, sense: Sense::hover() }
    }

    /// In this color; that of values when not said.
    pub fn color(mut self, color: Color32) -> Self {
        self.color = Some(color);
        self
    }

    /// At most this wide; all there is when not said.
    pub fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// Takes clicks too.
    pub fn sense(mut self, sense: Sense) -> Self {
        self.sense = sense;
        self
    }
}

impl Widget for Elided<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let color = self.color.unwrap_or_else(|| Theme::of(ui.ctx()).colors.text);
        let mut job = LayoutJob::single_section(self.text.to_owned(), self.role.format(color));
        job.wrap = TextWrapping::truncate_at_width(self.width.unwrap_or_else(|| ui.available_width()));
        let galley = ui.painter().layout_job(job);
        let (rect, response) = ui.allocate_exact_size(galley.size(), self.sense);
        response.widget_info(|| WidgetInfo::labeled(Role::Label, true, self.text));
        let elided = galley.elided;
        ui.painter().galley(rect.min, galley, color);
        if elided { response.on_hover_text(self.text) } else { response }
    }
}

/// One line in this role and color, at most this wide, that ends in "…" when there is no room.
pub fn elided(ui: &mut Ui, text: &str, role: &font::Role, color: Color32, width: f32) -> Response {
    ui.add(Elided::new(text, role.clone()).color(color).width(width))
}

/// At most so many rows, the last of which ends in "…" when there is no room. Lets the pointer through.
pub fn elided_rows(
    ui: &mut Ui,
    text: &str,
    role: &font::Role,
    color: Color32,
    width: f32,
    rows: usize,
) -> Response {
    let mut job = LayoutJob::single_section(text.to_owned(), role.format(color));
    job.wrap = TextWrapping { max_width: width, max_rows: rows, ..TextWrapping::default() };
    let galley = ui.painter().layout_job(job);
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, text));
    ui.painter().galley(rect.min, galley, color);
    response
}
