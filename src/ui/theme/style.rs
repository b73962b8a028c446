//! The theme in egui's own terms, for the little of egui's look that is left: text fields, menus, tooltips,
//! scroll bars.

use std::collections::BTreeMap;

use eframe::egui;
use eframe::egui::epaint::FontColorTransferFunction;
use eframe::egui::style::{
    ScrollAnimation, ScrollStyle, Selection, Spacing, TextCursorStyle, WidgetVisuals, Widgets,
};
use eframe::egui::{Color32, CornerRadius, Margin, Stroke, Style, TextStyle, Visuals, vec2};

use super::{Theme, font, size};

/// The style of this theme. Nothing moves by itself: no animation, no blinking caret.
pub(super) fn of(theme: &Theme) -> Style {
    let mut style = Style {
        text_styles: text_styles(),
        spacing: spacing(),
        visuals: visuals(theme),
        animation_time: 0.0,
        scroll_animation: ScrollAnimation::none(),
        compact_menu_style: false,
        ..Style::default()
    };
    // Words of the interface are no text to copy; where they are, the widget says so.
    style.interaction.selectable_labels = false;
    style.interaction.multi_widget_text_select = false;
    style.interaction.interact_radius = 0.0;
    style.interaction.resize_grab_radius_side = size::SPLITTER / 2.0;
    style
}

fn text_styles() -> BTreeMap<TextStyle, egui::FontId> {
    [
        (TextStyle::Small, font::meta().font),
        (TextStyle::Body, font::text().font),
        (TextStyle::Button, font::strong().font),
        (TextStyle::Heading, font::title().font),
        (TextStyle::Monospace, egui::FontId::monospace(12.5)),
    ]
    .into()
}

fn spacing() -> Spacing {
    Spacing {
        item_spacing: vec2(7.0, 4.0),
        window_margin: Margin::same(14),
        button_padding: vec2(10.0, 5.0),
        menu_margin: Margin::same(7),
        interact_size: vec2(size::HIT, size::HIT),
        icon_width: 14.0,
        icon_width_inner: 10.0,
        icon_spacing: size::ICON_TO_WORD,
        indent: 18.0,
        tooltip_width: 420.0,
        scroll: ScrollStyle {
            bar_width: 7.0,
            floating_width: size::SCROLL_THUMB,
            floating_allocated_width: size::SCROLL_THUMB + size::PANE_EDGE,
            handle_min_length: 26.0,
            bar_inner_margin: 2.0,
            bar_outer_margin: 2.0,
            foreground_color: false,
            dormant_background_opacity: 0.0,
            active_background_opacity: 0.0,
            interact_background_opacity: 0.0,
            dormant_handle_opacity: 1.0,
            active_handle_opacity: 1.0,
            interact_handle_opacity: 1.0,
            fade: egui::style::ScrollFadeStyle { strength: 0.0, ..Default::default() },
            ..ScrollStyle::floating()
        },
        ..Spacing::default()
    }
}

fn visuals(theme: &Theme) -> Visuals {
    let c = &theme.colors;
    let mut visuals = if theme.dark { Visuals::dark() } else { Visuals::light() };
    if !theme.dark {
        // Grayscale edges make dark text on paper thinner than it was drawn; this gives the weight back.
        visuals.text_options.color_transfer_function = FontColorTransferFunction::Gamma(0.8);
    }
    visuals.weak_text_color = Some(c.text3);
    visuals.widgets = widgets(theme);
    visuals.selection = Selection { bg_fill: c.selection, stroke: Stroke::new(size::FOCUS_RING, c.accent) };
    visuals.ime_composition.active_underline_stroke = Stroke::new(size::FOCUS_RING, c.accent);
    visuals.ime_composition.inactive_underline_stroke = Stroke::new(size::STROKE, c.accent);
    visuals.hyperlink_color = c.accent;
    visuals.faint_bg_color = c.hover;
    visuals.extreme_bg_color = c.raised;
    visuals.text_edit_bg_color = Some(c.raised);
    visuals.code_bg_color = c.hover;
    visuals.warn_fg_color = c.conflict;
    visuals.error_fg_color = c.conflict;
    visuals.window_corner_radius = CornerRadius::same(size::RADIUS_POPUP);
    visuals.window_shadow = theme.popup_shadow();
    visuals.window_fill = c.raised;
    visuals.window_stroke = Stroke::new(size::STROKE, c.line);
    visuals.window_highlight_topmost = false;
    visuals.menu_corner_radius = CornerRadius::same(size::RADIUS_POPUP);
    visuals.panel_fill = c.panel;
    visuals.popup_shadow = theme.popup_shadow();
    visuals.text_cursor =
        TextCursorStyle { stroke: Stroke::new(1.5, c.accent), blink: false, ..TextCursorStyle::default() };
    visuals.indent_has_left_vline = false;
    visuals.striped = false;
    // What can't be used now is never paler: it says so by its color, and why on hover.
    visuals.disabled_alpha = 1.0;
    visuals
}

fn widgets(theme: &Theme) -> Widgets {
    let c = &theme.colors;
    let state = |thumb: Color32, fill: Color32, edge: Color32, ink: Color32| WidgetVisuals {
        bg_fill: thumb,
        weak_bg_fill: fill,
        bg_stroke: Stroke::new(size::STROKE, edge),
        corner_radius: CornerRadius::same(size::RADIUS_CONTROL),
        fg_stroke: Stroke::new(size::STROKE, ink),
        expansion: 0.0,
    };
    // egui paints scroll thumbs with `bg_fill` or `fg_stroke`, buttons and menu items with `weak_bg_fill`.
    Widgets {
        noninteractive: state(c.panel, c.panel, c.line, c.text),
        inactive: state(c.control, c.raised, c.control, c.text),
        hovered: state(c.text3, c.hover, c.control, c.text),
        active: state(c.text2, c.pressed, c.accent, c.text),
        open: state(c.hover, c.hover, c.control, c.text),
    }
}
