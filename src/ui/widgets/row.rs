//! A row of a list: a word, what counts at the right, one accent bar when it is on.

use eframe::egui::{
    Context, Rect, Response, Role, Sense, Ui, Vec2, Widget, WidgetInfo, pos2, text::LayoutJob,
    text::TextWrapping, vec2,
};

use super::{KeycapTone, LetterForm, focus_ring, keycap_size, paint_keycap, paint_letter_box, state_fill};
use crate::app::Command;
use crate::model::{Tag, TagColor};
use crate::ui::icons::Icon;
use crate::ui::keys::cap;
use crate::ui::theme::{Theme, font, size};

/// A row that can be pressed; it takes all the width there is.
#[derive(Clone, Copy, Debug)]
#[must_use = "add it to a ui"]
pub struct Row<'a> {
    word: &'a str,
    value: Option<&'a str>,
    icon: Option<Icon>,
    letter: Option<(char, TagColor)>,
    keycap: Option<&'a str>,
    on: bool,
    height: f32,
}

impl<'a> Row<'a> {
    /// A row with this word.
    pub fn new(word: &'a str) -> Self {
        Self { word, value: None, icon: None, letter: None, keycap: None, on: false, height: size::LIST_ROW }
    }

    /// What stands at the right: a count, a place, a date.
    pub fn value(mut self, value: &'a str) -> Self {
        self.value = Some(value);
        self
    }

    /// Puts an icon before the word.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Puts a tag's letter before the word.
    pub fn letter(mut self, letter: char, color: TagColor) -> Self {
        self.letter = Some((letter, color));
        self
    }

    /// Prints its keys at the right.
    pub fn keycap(mut self, keys: &'a str) -> Self {
        self.keycap = (!keys.is_empty()).then_some(keys);
        self
    }

    /// True for the one that is chosen.
    pub fn on(mut self, on: bool) -> Self {
        self.on = on;
        self
    }

    /// Another height than that of lists.
    pub fn height(mut self, height: f32) -> Self {
        self.height = height;
        self
    }
}

impl Widget for Row<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let wanted = vec2(ui.available_width(), self.height.max(size::HIT));
        let (rect, response) = ui.allocate_exact_size(wanted, Sense::click());
        response.widget_info(|| {
            WidgetInfo::selected(Role::ListBoxOption, response.enabled(), self.on, self.word)
        });
        let elided = ui.is_rect_visible(rect) && self.paint(ui, rect, &response);
        if elided { response.on_hover_text(self.word) } else { response }
    }
}

impl Row<'_> {
    /// Paints it; true when the word did not fit.
    fn paint(&self, ui: &Ui, rect: Rect, response: &Response) -> bool {
        let theme = Theme::of(ui.ctx());
        let c = &theme.colors;
        let painter = ui.painter();
        paint_row(ui, rect, response, self.on);
        let middle = rect.center().y;
        let mut left = rect.left() + 10.0;
        if let Some((letter, color)) = self.letter {
            let place = Rect::from_center_size(
                pos2(left + size::LETTER_BOX / 2.0, middle),
                Vec2::splat(size::LETTER_BOX),
            );
            paint_letter_box(painter, &theme, place, letter, theme.tag(color, false), LetterForm::Plain);
            left = place.right() + size::ICON_TO_WORD;
        }
        if let Some(icon) = self.icon {
            let sign = font::icon_beside().line(ui.ctx(), &icon.glyph().to_string(), c.text2);
            let width = sign.size().x;
            painter.galley(pos2(left, middle - sign.size().y / 2.0), sign, c.text2);
            left += width + size::ICON_TO_WORD;
        }
        let mut right = rect.right() - 10.0;
        if let Some(keys) = self.keycap {
            right -= keycap_size(ui.ctx(), keys).x;
            paint_keycap(painter, &theme, pos2(right, middle), keys, KeycapTone::Raised);
            right -= 7.0;
        }
        if let Some(value) = self.value {
            let value = font::text().line(ui.ctx(), value, c.text2);
            right -= value.size().x;
            painter.galley(pos2(right, middle - value.size().y / 2.0), value, c.text2);
            right -= 10.0;
        }
        let role = if self.on { font::on() } else { font::text() };
        let mut job = LayoutJob::single_section(self.word.to_owned(), role.format(c.text));
        job.wrap = TextWrapping::truncate_at_width((right - left).max(0.0));
        let word = painter.layout_job(job);
        let elided = word.elided;
        painter.galley(pos2(left, middle - word.size().y / 2.0), word, c.text);
        elided
    }
}

/// The ground of a row, for rows that hold more than [`Row`] does: tone, accent bar, focus ring.
pub fn paint_row(ui: &Ui, rect: Rect, response: &Response, on: bool) {
    let theme = Theme::of(ui.ctx());
    let c = &theme.colors;
    let rest = if on { c.hover } else { eframe::egui::Color32::TRANSPARENT };
    ui.painter().rect_filled(rect, size::RADIUS_ROW, state_fill(&theme, response, rest));
    if on {
        // The row's own rounding shapes the bar: the row in the accent, clipped to its left edge.
        let bar = Rect::from_min_size(rect.min, vec2(size::ROW_BAR, rect.height()));
        ui.painter().with_clip_rect(bar.intersect(ui.clip_rect())).rect_filled(
            rect,
            size::RADIUS_ROW,
            c.accent,
        );
    }
    focus_ring(ui.painter(), &theme, response, rect.shrink(3.0), size::RADIUS_ROW);
}

/// A row that holds what `contents` draws; it takes all the width there is and can be pressed.
pub fn row_frame(ui: &mut Ui, theme: &Theme, on: bool, contents: impl FnOnce(&mut Ui)) -> Response {
    let ground = ui.painter().add(eframe::egui::Shape::Noop);
    let frame = eframe::egui::Frame::new().inner_margin(eframe::egui::Margin::symmetric(10, 5));
    let rect = frame
        .show(ui, |ui| {
            ui.set_min_width(ui.available_width());
            contents(ui);
        })
        .response
        .rect;
    let response = ui.interact(rect, ui.next_auto_id().with("row"), Sense::click());
    ui.skip_ahead_auto_ids(1);
    let rest = if on { theme.colors.hover } else { eframe::egui::Color32::TRANSPARENT };
    let fill = state_fill(theme, &response, rest);
    ui.painter().set(ground, eframe::egui::Shape::rect_filled(rect, size::RADIUS_ROW, fill));
    if on {
        let bar = Rect::from_min_size(rect.min, vec2(size::ROW_BAR, rect.height()));
        ui.painter().with_clip_rect(bar.intersect(ui.clip_rect())).rect_filled(
            rect,
            size::RADIUS_ROW,
            theme.colors.accent,
        );
    }
    focus_ring(ui.painter(), theme, &response, rect.shrink(3.0), size::RADIUS_ROW);
    response
}

/// A row that sets a tag.
pub fn tag_row<'a>(tag: &'a Tag, word: &'a str, key: &'a str) -> Row<'a> {
    Row::new(word).letter(tag.letter, tag.color).keycap(key)
}

/// The key of a tag, or nothing.
pub fn key_words(ctx: &Context, tag: &Tag) -> String {
    tag.key.map_or_else(String::new, |key| cap(ctx, Command::Tag(key)))
}
