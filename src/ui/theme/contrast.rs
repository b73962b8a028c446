//! Contrast of every pair in use, both themes, all tags.
//!
//! Relative luminance and contrast ratio as in WCAG 2.1 (W3C 2018), "relative luminance" and "contrast ratio";
//! what is needed: 4.5 for text (success criterion 1.4.3), 3 for lines and borders (1.4.11).

use eframe::egui::Color32;

use super::{Colors, Theme};
use crate::model::TagColor;

const TEXT: f64 = 4.5;
const LINE: f64 = 3.0;

fn luminance(color: Color32) -> f64 {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.03928 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * linear(color.r()) + 0.7152 * linear(color.g()) + 0.0722 * linear(color.b())
}

fn contrast(a: Color32, b: Color32) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[track_caller]
fn check(what: &str, ink: Color32, grounds: &[(&str, Color32)], need: f64) {
    for (ground, color) in grounds {
        let ratio = contrast(ink, *color);
        assert!(ratio >= need, "{what} on {ground}: {ratio:.2}, needs {need}");
    }
}

fn themes() -> [Theme; 2] {
    [Theme::light(), Theme::dark()]
}

#[test]
fn the_formula_gives_known_ratios() {
    assert!((contrast(Color32::BLACK, Color32::WHITE) - 21.0).abs() < 1e-9);
    let light = Colors::light();
    assert!((contrast(light.text, light.paper) - 16.9).abs() < 0.05);
}

#[test]
fn words_are_legible_on_every_surface() {
    for Theme { dark, colors: c, .. } in themes() {
        let surfaces = [("paper", c.paper), ("panel", c.panel), ("bar", c.bar), ("raised", c.raised)];
        let states = [("hover", c.hover), ("pressed", c.pressed)];
        let marks = [
            ("selection", c.selection),
            ("search hit", c.search_hit),
            ("conflict", c.conflict_fill),
            ("added", c.added),
            ("removed", c.removed),
        ];
        let theme = if dark { "dark" } else { "light" };
        check(&format!("{theme} text"), c.text, &[&surfaces[..], &states, &marks].concat(), TEXT);
        check(&format!("{theme} text2"), c.text2, &[&surfaces[..], &states, &marks[..1]].concat(), TEXT);
        check(&format!("{theme} text3"), c.text3, &[&surfaces[..], &states[..1]].concat(), TEXT);
        check(&format!("{theme} furniture"), c.furniture, &surfaces[..1], TEXT);
        check(&format!("{theme} accent"), c.accent, &[&surfaces[..], &states[..1]].concat(), TEXT);
        check(&format!("{theme} on accent"), c.on_accent, &[("accent", c.accent)], TEXT);
        let conflict = [("paper", c.paper), ("panel", c.panel), ("bar", c.bar), ("fill", c.conflict_fill)];
        check(&format!("{theme} conflict"), c.conflict, &conflict, TEXT);
    }
}

#[test]
fn borders_are_seen() {
    for Theme { colors: c, .. } in themes() {
        let grounds = [("paper", c.paper), ("panel", c.panel), ("raised", c.raised), ("bar", c.bar)];
        check("control", c.control, &grounds, LINE);
        check("search box", c.search_box, &[("hit", c.search_hit), ("paper", c.paper)], LINE);
        check("focus ring", c.accent, &[("raised", c.raised), ("hover", c.hover)], LINE);
        check("selection bar", c.accent, &[("selection", c.selection)], LINE);
    }
}

#[test]
fn tags_are_legible() {
    for theme in themes() {
        let c = &theme.colors;
        for color in TagColor::ALL {
            for retired in [false, true] {
                let tag = theme.tag(color, retired);
                let what = |part: &str| format!("{color:?}, dark {}, retired {retired}: {part}", theme.dark);
                let fills = [("fill", tag.fill), ("lifted fill", tag.lifted)];
                check(&what("reading text"), c.text, &fills, TEXT);
                check(&what("text2"), c.text2, &fills[..1], TEXT);
                check(&what("tag text"), tag.text, &fills, TEXT);
                check(&what("tag text"), tag.text, &[("paper", c.paper), ("raised", c.raised)], TEXT);
                check(&what("paper letter"), c.paper, &[("solid box", tag.stroke)], TEXT);
                check(&what("line"), tag.stroke, &fills, LINE);
                let grounds = [("paper", c.paper), ("panel", c.panel), ("bar", c.bar)];
                check(&what("line"), tag.stroke, &grounds, LINE);
            }
        }
    }
}

/// OKLab (Ottosson 2020): lightness and two opponent axes, in which distance is near to what is seen.
fn oklab(color: Color32) -> [f64; 3] {
    let linear = |channel: u8| {
        let value = f64::from(channel) / 255.0;
        if value <= 0.04045 { value / 12.92 } else { ((value + 0.055) / 1.055).powf(2.4) }
    };
    let [r, g, b] = [linear(color.r()), linear(color.g()), linear(color.b())];
    let l = (0.412_221_470_8 * r + 0.536_332_536_3 * g + 0.051_445_992_9 * b).cbrt();
    let m = (0.211_903_498_2 * r + 0.680_699_545_1 * g + 0.107_396_956_6 * b).cbrt();
    let s = (0.088_302_461_9 * r + 0.281_718_837_6 * g + 0.629_978_700_5 * b).cbrt();
    [
        0.210_454_255_3 * l + 0.793_617_785_0 * m - 0.004_072_046_8 * s,
        1.977_998_495_1 * l - 2.428_592_205_0 * m + 0.450_593_709_9 * s,
        0.025_904_037_1 * l + 0.782_771_766_2 * m - 0.808_675_766_0 * s,
    ]
}

#[test]
fn strokes_of_two_tags_are_told_apart() {
    for theme in themes() {
        for (i, a) in TagColor::ALL.iter().enumerate() {
            for b in &TagColor::ALL[i + 1..] {
                let [p, q] = [a, b].map(|color| oklab(theme.tag(*color, false).stroke));
                let distance = (0..3).map(|k| (p[k] - q[k]).powi(2)).sum::<f64>().sqrt();
                assert!(distance > 0.09, "dark {}: {a:?} and {b:?} are {distance:.3} apart", theme.dark);
            }
        }
    }
}

#[test]
fn on_paper_tags_have_the_colors_of_the_light_window() {
    for color in TagColor::ALL {
        let [r, g, b, _] = Theme::light().tag(color, false).stroke.to_array();
        assert_eq!(crate::format::chart::ink(color), format!("#{r:02x}{g:02x}{b:02x}"));
    }
}
