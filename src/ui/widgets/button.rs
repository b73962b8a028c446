//! Buttons: verbs, with their key where there is one.

use eframe::egui::{
    Color32, Galley, Painter, Rect, Response, Role, Sense, Stroke, StrokeKind, Ui, Widget, WidgetInfo, pos2,
    vec2,
};
use std::sync::Arc;

use super::{KeycapTone, focus_ring, keycap_size, paint_keycap, state_fill};
use crate::ui::icons::Icon;
use crate::ui::theme::{Theme, font, size};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Primary,
    Plain,
    Link,
    Quiet,
    Sign,
}

/// A button with a word; an icon before it, a keycap or icon after it.
#[derive(Clone, Copy, Debug)]
#[must_use = "add it to a ui"]
pub struct Button<'a> {
    kind: Kind,
    word: &'a str,
    icon: Option<Icon>,
    after: Option<Icon>,
    keycap: Option<&'a str>,
    on: Option<bool>,
    large: bool,
    width: Option<f32>,
    most: Option<f32>,
    disabled: Option<&'a str>,
}

impl<'a> Button<'a> {
    fn new(kind: Kind, word: &'a str) -> Self {
        Self {
            kind,
            word,
            icon: None,
            after: None,
            keycap: None,
            on: None,
            large: false,
            width: None,
            most: None,
            disabled: None,
        }
    }

    /// The one that is meant, filled with the accent: at most one in view.
    pub fn primary(word: &'a str) -> Self {
        Self::new(Kind::Primary, word)
    }

    /// Raised, with a border.
    pub fn plain(word: &'a str) -> Self {
        Self::new(Kind::Plain, word)
    }

    /// Only its word, in the accent: "Add…", a reference to follow.
    pub fn link(word: &'a str) -> Self {
        Self::new(Kind::Link, word)
    }

    /// Only its word, in the color of labels: for bars and filters.
    pub fn quiet(word: &'a str) -> Self {
        Self::new(Kind::Quiet, word)
    }

    /// A sign everyone knows (close, more); `name` is read aloud and shown on hover.
    pub fn sign(icon: Icon, name: &'a str) -> Self {
        Self::new(Kind::Sign, name).icon(icon)
    }

    /// Puts an icon before the word.
    pub fn icon(mut self, icon: Icon) -> Self {
        self.icon = Some(icon);
        self
    }

    /// Puts an icon at the right: a caret where a list opens.
    pub fn after(mut self, icon: Icon) -> Self {
        self.after = Some(icon);
        self
    }

    /// Prints its keys at the right.
    pub fn keycap(mut self, keys: &'a str) -> Self {
        self.keycap = (!keys.is_empty()).then_some(keys);
        self
    }

    /// Makes it a toggle that is on or off now.
    pub fn on(mut self, on: bool) -> Self {
        self.on = Some(on);
        self
    }

    /// The size of the welcome view.
    pub fn large(mut self) -> Self {
        self.large = true;
        self
    }

    /// This wide, and no verb but a value, which ends in "…" where there is no room: the caller shows the whole on hover.
    pub fn value(self, width: f32) -> Self {
        self.width(width).at_most(width)
    }

    /// Never wider than this: a name, which ends in "…" where there is no room, and no verb.
    pub fn at_most(mut self, width: f32) -> Self {
        self.most = Some(width);
        self
    }

    /// At least this wide, with its word at the left.
    pub fn width(mut self, width: f32) -> Self {
        self.width = Some(width);
        self
    }

    /// It can't be used now when there is a reason, which is shown on hover.
    pub fn disabled(mut self, reason: Option<&'a str>) -> Self {
        self.disabled = reason;
        self
    }

    fn role(&self) -> font::Role {
        let mut role = match (self.kind, self.on) {
            (_, Some(true)) => font::on(),
            (Kind::Quiet, _) => font::text(),
            _ => font::strong(),
        };
        if self.large {
            role.font.size = 14.5;
            role.row = 20.0;
        }
        role
    }

    fn ink(&self, theme: &Theme, response: &Response) -> Color32 {
        let c = &theme.colors;
        if self.disabled.is_some() || !response.enabled() {
            return c.text3;
        }
        match self.kind {
            Kind::Primary => c.on_accent,
            Kind::Plain => c.text,
            Kind::Link => c.accent,
            Kind::Quiet | Kind::Sign if self.on == Some(true) || response.hovered() => c.text,
            Kind::Quiet | Kind::Sign => c.text2,
        }
    }

    fn fill(&self, theme: &Theme, response: &Response) -> Color32 {
        let c = &theme.colors;
        let usable = self.disabled.is_none() && response.enabled();
        let rest = match self.kind {
            Kind::Primary if !usable => return c.hover,
            Kind::Primary if response.is_pointer_button_down_on() => {
                return c.accent.lerp_to_gamma(c.text, 0.3);
            }
            Kind::Primary if response.hovered() => return c.accent.lerp_to_gamma(c.text, 0.15),
            Kind::Primary => return c.accent,
            Kind::Plain if !usable => c.panel,
            Kind::Plain => c.raised,
            _ if self.on == Some(true) => c.hover,
            _ => Color32::TRANSPARENT,
        };
        if usable { state_fill(theme, response, rest) } else { rest }
    }
}

/// What stands on a button, laid out.
struct Content {
    word: Option<Arc<Galley>>,
    icon: Option<Arc<Galley>>,
    after: Option<Arc<Galley>>,
    cap_width: f32,
}

impl Widget for Button<'_> {
    fn ui(self, ui: &mut Ui) -> Response {
        let theme = Theme::of(ui.ctx());
        let ctx = ui.ctx().clone();
        let glyph =
            |icon: Icon| font::icon_beside().line(&ctx, &icon.glyph().to_string(), Color32::PLACEHOLDER);
        let content = Content {
            word: (self.kind != Kind::Sign).then(|| self.role().line(&ctx, self.word, Color32::PLACEHOLDER)),
            icon: self.icon.map(glyph),
            after: self.after.map(glyph),
            cap_width: self.keycap.map_or(0.0, |keys| keycap_size(&ctx, keys).x),
        };
        // Toggles are as wide as when they are on, so that nothing moves.
        let mut word_width = content.word.as_ref().map_or(0.0, |word| word.size().x);
        if self.on.is_some() {
            word_width = word_width.max(font::on().line(&ctx, self.word, Color32::PLACEHOLDER).size().x);
        }
        let pad = match self.kind {
            Kind::Link => 4.0,
            Kind::Sign => 4.0,
            Kind::Quiet => 7.0,
            _ if self.large => 14.0,
            _ => 11.0,
        };
        let before = content.icon.as_ref().map_or(0.0, |icon| icon.size().x);
        let between = if content.icon.is_some() && content.word.is_some() { size::ICON_TO_WORD } else { 0.0 };
        let after = content.after.as_ref().map_or(0.0, |icon| icon.size().x + 7.0)
            + if content.cap_width > 0.0 { content.cap_width + 8.0 } else { 0.0 };
        let natural = (pad * 2.0 + before + between + word_width + after).ceil().max(size::HIT);
        let mut content = content;
        let natural = match self.most {
            Some(most) if natural > most => {
                let room = (word_width - (natural - most)).max(0.0);
                content.word = Some(self.role().line_within(&ctx, self.word, Color32::PLACEHOLDER, room));
                most
            }
            _ => natural,
        };
        let height = match self.kind {
            _ if self.large => size::CONTROL_LARGE,
            Kind::Link | Kind::Sign => size::HIT,
            _ => size::CONTROL,
        };
        let width = self.width.unwrap_or(natural).max(natural);
        let sense = if self.disabled.is_some() { Sense::hover() } else { Sense::click() };
        let (rect, response) = ui.allocate_exact_size(vec2(width, height), sense);
        let usable = self.disabled.is_none() && ui.is_enabled();
        response.widget_info(|| match self.on {
            Some(on) => WidgetInfo::selected(Role::Button, usable, on, self.word),
            None => WidgetInfo::labeled(Role::Button, usable, self.word),
        });
        if ui.is_rect_visible(rect) {
            self.paint(ui.painter(), &theme, &response, rect, pad, content);
        }
        match self.disabled {
            Some(reason) => response.on_hover_text(reason),
            None if self.kind == Kind::Sign => response.on_hover_text(self.word),
            None => response,
        }
    }
}

impl Button<'_> {
    fn paint(
        &self,
        painter: &Painter,
        theme: &Theme,
        response: &Response,
        rect: Rect,
        pad: f32,
        content: Content,
    ) {
        let ink = self.ink(theme, response);
        let edge = match self.kind {
            Kind::Plain => Stroke::new(size::STROKE, theme.colors.control),
            _ => Stroke::NONE,
        };
        painter.rect(rect, size::RADIUS_CONTROL, self.fill(theme, response), edge, StrokeKind::Inside);
        let put = |x: f32, galley: Arc<Galley>, ink: Color32| {
            painter.galley(pos2(x, rect.center().y - galley.size().y / 2.0), galley, ink);
        };
        let mut x = rect.left() + pad;
        if let Some(icon) = content.icon {
            let width = icon.size().x;
            if content.word.is_none() {
                x = rect.center().x - width / 2.0;
            }
            put(x, icon, ink);
            x += width + size::ICON_TO_WORD;
        }
        if let Some(word) = content.word {
            if self.kind == Kind::Link && response.hovered() && self.disabled.is_none() {
                let y = rect.center().y + word.size().y / 2.0 - 2.0;
                painter.hline(x..=x + word.size().x, y, Stroke::new(size::STROKE, ink));
            }
            put(x, word, ink);
        }
        let mut right = rect.right() - pad;
        if let Some(icon) = content.after {
            right -= icon.size().x;
            put(right, icon, ink);
            right -= 7.0;
        }
        if let Some(keys) = self.keycap {
            let tone = match self.kind {
                _ if self.disabled.is_some() || !response.enabled() => KeycapTone::Disabled,
                Kind::Primary => KeycapTone::Accent,
                _ => KeycapTone::Raised,
            };
            paint_keycap(painter, theme, pos2(right - content.cap_width, rect.center().y), keys, tone);
        }
        focus_ring(painter, theme, response, rect, size::RADIUS_CONTROL);
    }
}
