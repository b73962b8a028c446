//! The colors themselves. No other file makes one.

use eframe::egui::Color32;

use crate::model::TagColor;

/// The colors of a theme, tags apart.
#[derive(Clone, Debug, PartialEq)]
pub struct Colors {
    /// Top bar, hint bar, gaps between panes.
    pub bar: Color32,
    /// Dossier, inspector, table, overview track.
    pub panel: Color32,
    /// A document's text, the matrix, the one card that matters.
    pub paper: Color32,
    /// Fields, buttons, keycaps, pop-ups.
    pub raised: Color32,
    /// Rows and toggles under the pointer, or on.
    pub hover: Color32,
    /// Rows and toggles while pressed.
    pub pressed: Color32,
    /// Rules.
    pub hair: Color32,
    /// Edge of pop-ups.
    pub line: Color32,
    /// Borders of fields, buttons, keycaps; the scroll thumb.
    pub control: Color32,
    /// What is read, and values.
    pub text: Color32,
    /// Labels.
    pub text2: Color32,
    /// Meta, placeholders, what can't be used now.
    pub text3: Color32,
    /// Text of furniture, on paper.
    pub furniture: Color32,
    /// Focus, references, the primary button.
    pub accent: Color32,
    /// Words on the accent.
    pub on_accent: Color32,
    /// Fill of the selection.
    pub selection: Color32,
    /// Fill of a search hit.
    pub search_hit: Color32,
    /// Box around a search hit.
    pub search_box: Color32,
    /// A conflict or warning, always with a sign and words.
    pub conflict: Color32,
    /// Fill of a conflict.
    pub conflict_fill: Color32,
    /// Fill of an added word, with a solid line under it.
    pub added: Color32,
    /// Fill of a removed word, struck through.
    pub removed: Color32,
    /// Shadow of pop-ups.
    pub shadow: Color32,
}

impl Colors {
    pub(super) const fn light() -> Self {
        Self {
            bar: rgb(0xEBE8E2),
            panel: rgb(0xF5F3EF),
            paper: rgb(0xFFFEFB),
            raised: rgb(0xFFFFFF),
            hover: rgb(0xE6E2DA),
            pressed: rgb(0xD8D3C8),
            hair: rgb(0xDFDAD1),
            line: rgb(0xC9C2B5),
            control: rgb(0x8A8375),
            text: rgb(0x1E1C19),
            text2: rgb(0x4C4841),
            text3: rgb(0x655F56),
            furniture: rgb(0x746E65),
            accent: rgb(0x0B6E62),
            on_accent: rgb(0xFFFFFF),
            selection: rgb(0xCBE7E0),
            search_hit: rgb(0xE6F06E),
            search_box: rgb(0x1E1C19),
            conflict: rgb(0xA33B00),
            conflict_fill: rgb(0xFFE8D9),
            added: rgb(0xCDEBD0),
            removed: rgb(0xF6D5CF),
            shadow: black(0.18),
        }
    }

    pub(super) const fn dark() -> Self {
        Self {
            bar: rgb(0x151618),
            panel: rgb(0x1B1C1F),
            paper: rgb(0x212327),
            raised: rgb(0x2B2D32),
            hover: rgb(0x2F3237),
            pressed: rgb(0x3B3E45),
            hair: rgb(0x303338),
            line: rgb(0x474B52),
            control: rgb(0x7F848D),
            text: rgb(0xE9E5DD),
            text2: rgb(0xC2BDB3),
            text3: rgb(0xA19C92),
            furniture: rgb(0x969188),
            accent: rgb(0x55C4B0),
            on_accent: rgb(0x0C1917),
            selection: rgb(0x1E5048),
            search_hit: rgb(0x565B12),
            search_box: rgb(0xF4F0A0),
            conflict: rgb(0xF29A63),
            conflict_fill: rgb(0x4A2C18),
            added: rgb(0x1F4527),
            removed: rgb(0x55292A),
            // The same share of black would not be seen on surfaces that are nearly black.
            shadow: black(0.5),
        }
    }
}

/// The colors of one tag.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TagColors {
    /// Lines, outlines, the box of a solid letter (which is then in the paper's color).
    pub stroke: Color32,
    /// The tag's letter and name, on its fills.
    pub text: Color32,
    /// Behind its passages.
    pub fill: Color32,
    /// Behind the chosen passage.
    pub lifted: Color32,
}

impl TagColors {
    /// Stroke, text, fill, lifted. The first three hues were drawn by hand; the others are OKLCH colors
    /// (Ottosson 2020) at lightnesses that meet the same contrasts and keep any two strokes apart.
    pub(super) const fn of(color: TagColor, dark: bool) -> Self {
        use TagColor as C;
        let [stroke, text, fill, lifted] = match (color, dark) {
            (C::Blue, false) => [0x1F62B0, 0x174E8E, 0xE5EEFA, 0xBCD6F5],
            (C::Blue, true) => [0x82B4EE, 0xABCEF7, 0x20344B, 0x305785],
            (C::Wine, false) => [0x96183F, 0x86143A, 0xFAE7EB, 0xF1BAC8],
            (C::Wine, true) => [0xEE7A92, 0xF8ACBB, 0x42222C, 0x6E2E43],
            (C::Ochre, false) => [0x8F6C00, 0x664C00, 0xFBF2D3, 0xF2D987],
            (C::Ochre, true) => [0xE5BC45, 0xF1D37C, 0x37301A, 0x63521B],
            (C::Green, false) => [0x14833E, 0x00672D, 0xE5F4E8, 0xB4E0BB],
            (C::Green, true) => [0x56D57B, 0xA5E3B1, 0x203925, 0x30643D],
            (C::Violet, false) => [0x6521C9, 0x5D0FBE, 0xEFEDFD, 0xD4CBFC],
            (C::Violet, true) => [0xA486FD, 0xD2C8FF, 0x332E48, 0x4E4276],
            (C::Teal, false) => [0x007C89, 0x05616B, 0xDFF4F7, 0x9DE0EA],
            (C::Teal, true) => [0x5BD5E6, 0xA3DDE6, 0x0E393F, 0x04626D],
            (C::Rust, false) => [0xC24B0D, 0x8F3301, 0xFDEBE4, 0xFAC5B0],
            (C::Rust, true) => [0xF3743F, 0xFFC0A8, 0x472A1F, 0x723A24],
            (C::Slate, false) => [0x343E4D, 0x2C3645, 0xECEFF4, 0xCAD3E3],
            (C::Slate, true) => [0xCDD5E2, 0xCDD1D8, 0x2D333B, 0x4D5768],
            (C::Olive, false) => [0x444E05, 0x3C4500, 0xEDF1E1, 0xCED9A7],
            (C::Olive, true) => [0xDCF278, 0xCCD99B, 0x303619, 0x535D20],
            (C::Plum, false) => [0x75166D, 0x6B0864, 0xF9EAF6, 0xEEC3E7],
            (C::Plum, true) => [0xF598E8, 0xF2BEE9, 0x40293D, 0x72446C],
        };
        Self { stroke: rgb(stroke), text: rgb(text), fill: rgb(fill), lifted: rgb(lifted) }
    }

    pub(super) const fn retired(colors: &Colors) -> Self {
        Self { stroke: colors.text2, text: colors.text2, fill: colors.hover, lifted: colors.pressed }
    }
}

/// A color from `0xRRGGBB`.
#[expect(clippy::disallowed_methods, reason = "the one place where colors are made")]
const fn rgb(hex: u32) -> Color32 {
    let [_, r, g, b] = hex.to_be_bytes();
    Color32::from_rgb(r, g, b)
}

/// A color that was computed from others, for pictures.
#[expect(clippy::disallowed_methods, reason = "the one place where colors are made")]
pub const fn opaque(red: u8, green: u8, blue: u8) -> Color32 {
    Color32::from_rgb(red, green, blue)
}

/// Black at this opacity, 0 to 1.
#[expect(clippy::disallowed_methods, reason = "the one place where colors are made")]
const fn black(opacity: f32) -> Color32 {
    Color32::from_black_alpha((opacity * 255.0) as u8)
}
