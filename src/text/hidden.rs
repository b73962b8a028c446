//! Characters that are there and cannot be seen: controls, marks of direction, joiners, soft hyphens. In a
//! text that is evidence they matter, so the window shows a sign for each; the text itself stays as it is.
//!
//! What belongs to the writing of a sign or a script is left alone: the joiners and variation selectors of an
//! emoji, the tags of a flag, the joiners of Arabic, Indic and Mongolian letters. So is the no-break space.

use std::borrow::Cow;

/// A character that cannot be seen.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Hidden {
    /// Where it begins, in bytes of the text that was looked through.
    pub at: usize,
    /// The character.
    pub character: char,
}

impl Hidden {
    /// False for a tab: it is no more than white space with a sign.
    pub fn is_control(self) -> bool {
        self.character != '\t'
    }

    /// The letters of its sign.
    pub fn label(self) -> Cow<'static, str> {
        label(self.character)
    }

    /// Its name and code point: "right-to-left override, U+202E".
    pub fn name(self) -> String {
        format!("{}, U+{:04X}", name(self.character), u32::from(self.character))
    }
}

/// The hidden characters of `text`, in order. A line break is none.
pub fn hidden_in(text: &str) -> impl Iterator<Item = Hidden> {
    let candidates = text.char_indices().filter(|(_, character)| is_candidate(*character));
    let shown = candidates.filter(|(at, character)| !belongs(text, *at, *character));
    shown.map(|(at, character)| Hidden { at, character })
}

/// How many hidden characters a text has, tabs left out.
pub fn count_hidden(text: &str) -> usize {
    hidden_in(text).filter(|hidden| hidden.is_control()).count()
}

/// True for what is hidden wherever it stands, or may be.
fn is_candidate(character: char) -> bool {
    matches!(character,
        '\0'..='\t' | '\u{B}'..='\u{1F}' | '\u{7F}'..='\u{9F}'
        | '\u{AD}' | '\u{34F}' | '\u{61C}' | '\u{115F}' | '\u{1160}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}'
        | '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{3164}'
        | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFA0}' | '\u{FFF9}'..='\u{FFFB}'
        | '\u{1D173}'..='\u{1D17A}' | '\u{E0000}'..='\u{E0FFF}')
}

/// True where such a character is part of how a sign or a script is written.
fn belongs(text: &str, at: usize, character: char) -> bool {
    let before = text.get(..at).unwrap_or_default();
    let last = before.chars().next_back();
    match character {
        '\u{200C}' | '\u{200D}' if last.is_some_and(is_joining) => true,
        '\u{200D}' => {
            let after = text.get(at + character.len_utf8()..).and_then(|after| after.chars().next());
            let sign = before.chars().rev().find(|before| *before != '\u{FE0F}');
            sign.is_some_and(is_pictograph) && after.is_some_and(is_pictograph)
        }
        // One selector after a sign chooses its form; a row of them says something else.
        '\u{FE00}'..='\u{FE0F}' | '\u{E0100}'..='\u{E01EF}' => {
            last.is_some_and(|last| !last.is_whitespace() && !is_candidate(last))
        }
        '\u{180B}'..='\u{180F}' => last.is_some_and(is_joining),
        // The regional flags: a black flag, up to six letters, an end.
        '\u{E0020}'..='\u{E007F}' => {
            let flag =
                before.chars().rev().take(7).find(|before| !matches!(before, '\u{E0020}'..='\u{E007E}'));
            flag == Some('\u{1F3F4}')
        }
        _ => false,
    }
}

/// Letters of scripts whose forms depend on joiners.
fn is_joining(character: char) -> bool {
    matches!(character,
        '\u{620}'..='\u{8FF}' | '\u{900}'..='\u{DFF}' | '\u{1000}'..='\u{109F}' | '\u{1780}'..='\u{18AF}'
        | '\u{FB50}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}')
}

fn is_pictograph(character: char) -> bool {
    matches!(character, '©' | '®' | '\u{2190}'..='\u{2BFF}' | '\u{1F000}'..='\u{1FAFF}')
}

fn label(character: char) -> Cow<'static, str> {
    const C0: [&str; 32] = [
        "NUL", "SOH", "STX", "ETX", "EOT", "ENQ", "ACK", "BEL", "BS", "HT", "LF", "VT", "FF", "CR", "SO",
        "SI", "DLE", "DC1", "DC2", "DC3", "DC4", "NAK", "SYN", "ETB", "CAN", "EM", "SUB", "ESC", "FS", "GS",
        "RS", "US",
    ];
    Cow::Borrowed(match character {
        '\t' => "→",
        '\u{7F}' => "DEL",
        '\u{85}' => "NEL",
        '\u{AD}' => "-",
        '\u{61C}' => "ALM",
        '\u{200B}' => "ZWSP",
        '\u{200C}' => "ZWNJ",
        '\u{200D}' => "ZWJ",
        '\u{200E}' => "LRM",
        '\u{200F}' => "RLM",
        '\u{2028}' => "LS",
        '\u{2029}' => "PS",
        '\u{202A}' => "LRE",
        '\u{202B}' => "RLE",
        '\u{202C}' => "PDF",
        '\u{202D}' => "LRO",
        '\u{202E}' => "RLO",
        '\u{2060}' => "WJ",
        '\u{2066}' => "LRI",
        '\u{2067}' => "RLI",
        '\u{2068}' => "FSI",
        '\u{2069}' => "PDI",
        '\u{FEFF}' => "BOM",
        other => match C0.get(other as usize) {
            Some(label) => label,
            None => return Cow::Owned(format!("{:X}", u32::from(other))),
        },
    })
}

fn name(character: char) -> &'static str {
    match character {
        '\t' => "tab",
        '\0' => "null",
        '\u{8}' => "backspace",
        '\u{B}' => "vertical tab",
        '\u{C}' => "form feed",
        '\u{1B}' => "escape",
        '\u{7F}' => "delete",
        '\u{85}' => "next line",
        '\0'..='\u{9F}' => "control character",
        '\u{AD}' => "soft hyphen",
        '\u{34F}' => "combining grapheme joiner",
        '\u{61C}' => "Arabic letter mark",
        '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' => "Hangul filler",
        '\u{200B}' => "zero-width space",
        '\u{200C}' => "zero-width non-joiner",
        '\u{200D}' => "zero-width joiner",
        '\u{200E}' => "left-to-right mark",
        '\u{200F}' => "right-to-left mark",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{202A}' => "left-to-right embedding",
        '\u{202B}' => "right-to-left embedding",
        '\u{202C}' => "pop directional formatting",
        '\u{202D}' => "left-to-right override",
        '\u{202E}' => "right-to-left override",
        '\u{2060}' => "word joiner",
        '\u{2061}'..='\u{2064}' => "invisible operator",
        '\u{2066}' => "left-to-right isolate",
        '\u{2067}' => "right-to-left isolate",
        '\u{2068}' => "first strong isolate",
        '\u{2069}' => "pop directional isolate",
        '\u{FEFF}' => "zero-width no-break space or byte-order mark",
        '\u{FE00}'..='\u{FE0F}' | '\u{180B}'..='\u{180F}' | '\u{E0100}'..='\u{E01EF}' => "variation selector",
        '\u{FFF9}'..='\u{FFFB}' => "interlinear annotation mark",
        '\u{E0000}'..='\u{E007F}' => "tag character",
        _ => "hidden character",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn signs(text: &str) -> Vec<String> {
        hidden_in(text).map(|hidden| format!("{} {}", hidden.at, hidden.label())).collect()
    }

    #[test]
    fn what_cannot_be_seen_is_found() {
        let text = "👮🏽\u{200d}♀\u{fe0f} Cafe\u{301} “ja”\u{202e}x\u{202c} a\u{ad}b\u{200b}c\u{feff}d\te\u{0}f\u{9b}g";
        let labels: Vec<_> = hidden_in(text).map(|hidden| hidden.label().into_owned()).collect();
        assert_eq!(labels, ["RLO", "PDF", "-", "ZWSP", "BOM", "→", "NUL", "9B"]);
        for hidden in hidden_in(text) {
            assert!(text[hidden.at..].starts_with(hidden.character));
        }
        assert_eq!(count_hidden(text), 7, "the tab is none");
        let first = hidden_in(text).next().unwrap();
        assert_eq!(first.name(), "right-to-left override, U+202E");
    }

    #[test]
    fn what_belongs_to_a_sign_or_script_is_left_alone() {
        for text in [
            "👮🏽\u{200d}♀\u{fe0f}",
            "👩\u{200d}❤\u{fe0f}\u{200d}👩",
            "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
            "1\u{fe0f}\u{20e3}",
            "می\u{200c}خواهم",
            "क\u{94d}\u{200d}ष",
            "a\u{a0}b\u{202f}c",
            "葛\u{e0100}",
            "line\nline",
        ] {
            assert_eq!(signs(text), [""; 0], "{text:?}");
        }
    }

    #[test]
    fn smuggled_text_is_found() {
        assert_eq!(signs("a\u{200d}b"), ["1 ZWJ"]);
        assert_eq!(signs("👮 \u{200d}b").len(), 1);
        assert_eq!(signs("a\u{fe01}\u{fe02}\u{fe03}").len(), 2);
        assert_eq!(signs("a\u{e0041}\u{e0042}").len(), 2);
        assert_eq!(signs(&format!("🏴{}", "\u{e0061}".repeat(30))).len(), 23);
    }
}
