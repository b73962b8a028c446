//! What tags' colors look like, for files that are looked at: the light theme's colors, which the window
//! takes from its own table.

use crate::model::TagColor;

/// The color of lines and letters, as `#rrggbb`; legible on white and on [`fill`].
pub fn hex(color: TagColor) -> &'static str {
    shades(color, false)[0]
}

/// A pale color to lie behind a passage, as `#rrggbb`.
pub fn fill(color: TagColor) -> &'static str {
    shades(color, false)[2]
}

/// The name that files give it.
pub fn name(color: TagColor) -> &'static str {
    match color {
        TagColor::Blue => "blue",
        TagColor::Wine => "wine",
        TagColor::Ochre => "ochre",
        TagColor::Green => "green",
        TagColor::Violet => "violet",
        TagColor::Teal => "teal",
        TagColor::Rust => "rust",
        TagColor::Slate => "slate",
        TagColor::Olive => "olive",
        TagColor::Plum => "plum",
    }
}

/// The color of this name, or the one nearest to an `#rrggbb` of another program.
pub fn named(text: &str) -> Option<TagColor> {
    let text = text.trim();
    let by_name = TagColor::ALL.into_iter().find(|color| name(*color).eq_ignore_ascii_case(text));
    by_name.or_else(|| {
        let wanted = channels(text)?;
        let distance = |color: &TagColor| -> u32 {
            let own = channels(hex(*color)).unwrap_or_default();
            std::iter::zip(own, wanted).map(|(a, b)| u32::from(a.abs_diff(b)).pow(2)).sum()
        };
        TagColor::ALL.into_iter().min_by_key(distance)
    })
}

/// Red, green and blue.
fn channels(text: &str) -> Option<[u8; 3]> {
    let digits = text.strip_prefix('#').filter(|digits| digits.len() == 6)?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    let [_, red, green, blue] = u32::from_str_radix(digits, 16).ok()?.to_be_bytes();
    Some([red, green, blue])
}

/// The color of lines, of words on the fill, and of the fill itself, as `#rrggbb`, on a light or dark page.
pub const fn shades(color: TagColor, dark: bool) -> [&'static str; 3] {
    use TagColor as C;
    match (color, dark) {
        (C::Blue, false) => ["#1F62B0", "#174E8E", "#E5EEFA"],
        (C::Blue, true) => ["#82B4EE", "#ABCEF7", "#20344B"],
        (C::Wine, false) => ["#96183F", "#86143A", "#FAE7EB"],
        (C::Wine, true) => ["#EE7A92", "#F8ACBB", "#42222C"],
        (C::Ochre, false) => ["#8F6C00", "#664C00", "#FBF2D3"],
        (C::Ochre, true) => ["#E5BC45", "#F1D37C", "#37301A"],
        (C::Green, false) => ["#14833E", "#00672D", "#E5F4E8"],
        (C::Green, true) => ["#56D57B", "#A5E3B1", "#203925"],
        (C::Violet, false) => ["#6521C9", "#5D0FBE", "#EFEDFD"],
        (C::Violet, true) => ["#A486FD", "#D2C8FF", "#332E48"],
        (C::Teal, false) => ["#007C89", "#05616B", "#DFF4F7"],
        (C::Teal, true) => ["#5BD5E6", "#A3DDE6", "#0E393F"],
        (C::Rust, false) => ["#C24B0D", "#8F3301", "#FDEBE4"],
        (C::Rust, true) => ["#F3743F", "#FFC0A8", "#472A1F"],
        (C::Slate, false) => ["#343E4D", "#2C3645", "#ECEFF4"],
        (C::Slate, true) => ["#CDD5E2", "#CDD1D8", "#2D333B"],
        (C::Olive, false) => ["#444E05", "#3C4500", "#EDF1E1"],
        (C::Olive, true) => ["#DCF278", "#CCD99B", "#303619"],
        (C::Plum, false) => ["#75166D", "#6B0864", "#F9EAF6"],
        (C::Plum, true) => ["#F598E8", "#F2BEE9", "#40293D"],
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colors_are_known_by_name_and_by_nearness() {
        for color in TagColor::ALL {
            assert_eq!((named(name(color)), named(hex(color))), (Some(color), Some(color)));
            assert!(channels(fill(color)).is_some());
        }
        assert_eq!(named("#3B82F6"), Some(TagColor::Blue));
        assert_eq!(named("#FF0000"), Some(TagColor::Rust));
        assert_eq!(["", "#12", "mauve", "#12345é"].map(named), [None; 4]);
    }
}
