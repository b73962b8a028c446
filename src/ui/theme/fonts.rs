//! The font files, bundled unmodified, and the families made of them.

use std::sync::Arc;

use eframe::egui;
use eframe::egui::{FontData, FontDefinitions, FontFamily, FontTweak};

use super::font::FAMILIES;

macro_rules! files {
    ($($name:literal: $path:literal;)*) => {
        const FILES: &[(&str, &[u8])] =
            &[$(($name, include_bytes!(concat!("../../../assets/fonts/", $path)))),*];
    };
}

files! {
    "reading": "source-serif-4/SourceSerif4_400Regular.ttf";
    "reading bold": "source-serif-4/SourceSerif4_600SemiBold.ttf";
    "reading italic": "source-serif-4/SourceSerif4_400Regular_Italic.ttf";
    "reading bold italic": "source-serif-4/SourceSerif4_600SemiBold_Italic.ttf";
    "interface": "ibm-plex-sans/IBMPlexSans_400Regular.ttf";
    "interface medium": "ibm-plex-sans/IBMPlexSans_500Medium.ttf";
    "interface semibold": "ibm-plex-sans/IBMPlexSans_600SemiBold.ttf";
    "interface italic": "ibm-plex-sans/IBMPlexSans_400Regular_Italic.ttf";
    "interface semibold italic": "ibm-plex-sans/IBMPlexSans_600SemiBold_Italic.ttf";
    "icon": "phosphor/Phosphor.ttf";
    "emoji": "noto-emoji/NotoEmoji_400Regular.ttf";
}

/// Installs all families, from the next frame on. Each falls back on the bundled emoji, then on egui's fonts.
pub fn install_fonts(ctx: &egui::Context) {
    ctx.set_fonts(definitions());
}

fn definitions() -> FontDefinitions {
    let mut fonts = FontDefinitions::default();
    // egui's own widgets ask for these two; what we bundle goes first, and monospace keeps its even widths.
    let last = fonts.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    for (name, bytes) in FILES {
        let tweak = FontTweak { scale: if *name == "emoji" { 0.9 } else { 1.0 }, ..FontTweak::default() };
        fonts.font_data.insert((*name).to_owned(), Arc::new(FontData::from_static(bytes).tweak(tweak)));
    }
    let chain = |first: &str, second: &str| -> Vec<String> {
        let ours = [first, second, "emoji"].map(str::to_owned);
        ours.into_iter().chain(last.iter().cloned()).collect()
    };
    for family in FAMILIES {
        // Arrows and signs that the serif lacks stand in the sans.
        let second = if family.contains("bold") { "interface semibold" } else { "interface" };
        fonts.families.insert(FontFamily::Name((*family).into()), chain(family, second));
    }
    fonts.families.insert(FontFamily::Proportional, chain("interface", "reading"));
    let monospace = fonts.families.entry(FontFamily::Monospace).or_default();
    monospace.extend(["interface".to_owned(), "emoji".to_owned()]);
    fonts
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ui::theme::font;
    use eframe::egui::epaint::text::{Fonts, TextOptions};
    use eframe::egui::text::LayoutJob;

    #[test]
    fn every_family_has_a_face_of_its_own() {
        let fonts = definitions();
        for family in FAMILIES {
            let chain = &fonts.families[&FontFamily::Name((*family).into())];
            assert_eq!(chain[0], *family);
            assert!(chain.contains(&"emoji".to_owned()), "{family} has no emoji");
        }
    }

    #[test]
    fn real_bold_and_italic_differ_from_regular() {
        let mut fonts = Fonts::new(TextOptions::default(), definitions());
        let mut width = |font: egui::FontId| {
            let job =
                LayoutJob::simple_singleline("Handgloves 0123".into(), font, egui::Color32::PLACEHOLDER);
            fonts.with_pixels_per_point(4.0).layout_job(job).rect.width()
        };
        let faces = [
            [
                font::reading(40.0),
                font::reading_bold(40.0),
                font::reading_italic(40.0),
                font::reading_bold_italic(40.0),
            ],
            [font::ui(40.0), font::ui_medium(40.0), font::ui_semibold(40.0), font::ui_italic(40.0)],
        ];
        for family in faces {
            let widths = family.map(&mut width);
            for (i, a) in widths.iter().enumerate() {
                for b in &widths[i + 1..] {
                    assert!((a - b).abs() > 0.5, "two faces as wide as each other: {widths:?}");
                }
            }
        }
    }

    #[test]
    fn figures_are_tabular() {
        let mut fonts = Fonts::new(TextOptions::default(), definitions());
        let mut view = fonts.with_pixels_per_point(1.0);
        for face in [font::ui(13.0), font::ui_semibold(16.0), font::reading(15.5)] {
            let widths: Vec<f32> = ('0'..='9').map(|digit| view.glyph_width(&face, digit)).collect();
            assert!(widths.iter().all(|width| (width - widths[0]).abs() < 0.01), "{face:?}: {widths:?}");
        }
    }

    #[test]
    fn signs_have_glyphs_in_every_family() {
        let mut fonts = Fonts::new(TextOptions::default(), definitions());
        let mut view = fonts.with_pixels_per_point(1.0);
        for face in [
            font::reading(15.5),
            font::reading_bold(15.5),
            font::reading_italic(15.5),
            font::reading_bold_italic(15.5),
            font::ui(13.0),
            font::ui_medium(13.0),
            font::ui_semibold(13.0),
            font::ui_italic(13.0),
            font::ui_semibold_italic(13.0),
        ] {
            for sign in "👮🏽♀é“”‘’¶→←↑↓…·–—α×≠✓".chars() {
                assert!(view.has_glyph(&face, sign), "{face:?} has no {sign:?}");
            }
        }
    }

    #[test]
    fn clusters_are_laid_out_without_a_missing_glyph() {
        use eframe::egui::epaint::text::MissingGlyphPolicy;
        let mut fonts = Fonts::new(TextOptions::default(), definitions())
            .with_missing_glyph_policy(MissingGlyphPolicy::Panic);
        for face in [font::reading(15.5), font::ui(13.0), font::ui_semibold(13.0)] {
            let text = "👮🏽\u{200d}♀\u{fe0f} e\u{301} “curly”".to_owned();
            let job = LayoutJob::simple_singleline(text, face, egui::Color32::PLACEHOLDER);
            assert!(fonts.with_pixels_per_point(1.0).layout_job(job).rect.width() > 40.0);
        }
    }
}
