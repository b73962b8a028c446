//! The colors of tags as files give them: those of the window's theme.

use crate::model::TagColor;

/// The color of a tag's lines and letter on white, as `1F62B0`.
pub const fn hex(color: TagColor) -> &'static str {
    shades(color, false)[0]
}

/// The same on a dark page.
pub const fn hex_dark(color: TagColor) -> &'static str {
    shades(color, true)[0]
}

/// The color of lines, of words on the fill, and of the fill itself.
pub const fn shades(color: TagColor, dark: bool) -> [&'static str; 3] {
    use TagColor as C;
    match (color, dark) {
        (C::Blue, false) => ["1F62B0", "174E8E", "E5EEFA"],
        (C::Blue, true) => ["82B4EE", "ABCEF7", "20344B"],
        (C::Wine, false) => ["96183F", "86143A", "FAE7EB"],
        (C::Wine, true) => ["EE7A92", "F8ACBB", "42222C"],
        (C::Ochre, false) => ["8F6C00", "664C00", "FBF2D3"],
        (C::Ochre, true) => ["E5BC45", "F1D37C", "37301A"],
        (C::Green, false) => ["14833E", "00672D", "E5F4E8"],
        (C::Green, true) => ["56D57B", "A5E3B1", "203925"],
        (C::Violet, false) => ["6521C9", "5D0FBE", "EFEDFD"],
        (C::Violet, true) => ["A486FD", "D2C8FF", "332E48"],
        (C::Teal, false) => ["007C89", "05616B", "DFF4F7"],
        (C::Teal, true) => ["5BD5E6", "A3DDE6", "0E393F"],
        (C::Rust, false) => ["C24B0D", "8F3301", "FDEBE4"],
        (C::Rust, true) => ["F3743F", "FFC0A8", "472A1F"],
        (C::Slate, false) => ["343E4D", "2C3645", "ECEFF4"],
        (C::Slate, true) => ["CDD5E2", "CDD1D8", "2D333B"],
        (C::Olive, false) => ["444E05", "3C4500", "EDF1E1"],
        (C::Olive, true) => ["DCF278", "CCD99B", "303619"],
        (C::Plum, false) => ["75166D", "6B0864", "F9EAF6"],
        (C::Plum, true) => ["F598E8", "F2BEE9", "40293D"],
    }
}
