//! Keys and shortcuts by name, without any window library.

use std::fmt;
use std::str::FromStr;

/// A key of the keyboard, as far as shortcuts use it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// A letter, upper case.
    Letter(char),
    /// A digit, by digit or by its place in the digit row, or on the number pad.
    Digit(u8),
    /// `F1` to `F12`.
    Function(u8),
    /// Arrow key.
    Left,
    /// Arrow key.
    Right,
    /// Arrow key.
    Up,
    /// Arrow key.
    Down,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Enter.
    Enter,
    /// Escape.
    Escape,
    /// Tab.
    Tab,
    /// Delete.
    Delete,
    /// Backspace.
    Backspace,
    /// Plus or equals.
    Plus,
    /// Minus.
    Minus,
    /// Question mark.
    Question,
    /// Comma.
    Comma,
    /// `[`
    OpenBracket,
    /// `]`
    CloseBracket,
}

/// The keys that have a name of their own, as it is printed.
const NAMED: &[(Key, &str)] = &[
    (Key::Left, "←"),
    (Key::Right, "→"),
    (Key::Up, "↑"),
    (Key::Down, "↓"),
    (Key::Home, "Home"),
    (Key::End, "End"),
    (Key::PageUp, "Page up"),
    (Key::PageDown, "Page down"),
    (Key::Enter, "Enter"),
    (Key::Escape, "Esc"),
    (Key::Tab, "Tab"),
    (Key::Delete, "Del"),
    (Key::Backspace, "Backspace"),
    (Key::Plus, "+"),
    (Key::Minus, "-"),
    (Key::Question, "?"),
    (Key::Comma, ","),
    (Key::OpenBracket, "["),
    (Key::CloseBracket, "]"),
];

/// A key with the modifiers held. `command` is Ctrl, on macOS ⌘.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Shortcut {
    /// The key.
    pub key: Key,
    /// Ctrl, on macOS ⌘.
    pub command: bool,
    /// Shift.
    pub shift: bool,
    /// Alt.
    pub alt: bool,
}

impl Shortcut {
    /// A key alone.
    pub const fn plain(key: Key) -> Self {
        Self { key, command: false, shift: false, alt: false }
    }

    /// With Ctrl or ⌘.
    pub const fn command(key: Key) -> Self {
        Self { key, command: true, shift: false, alt: false }
    }

    /// With Alt.
    pub const fn alt(key: Key) -> Self {
        Self { key, command: false, shift: false, alt: true }
    }

    /// The same with Shift.
    pub const fn with_shift(self) -> Self {
        Self { shift: true, ..self }
    }

    /// True when it types a character into a field that has the focus, or moves in it.
    pub const fn belongs_to_fields(self) -> bool {
        !self.command && !self.alt && !matches!(self.key, Key::Function(_) | Key::Escape)
    }
}

impl fmt::Display for Key {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Letter(letter) => write!(f, "{letter}"),
            Self::Digit(digit) => write!(f, "{digit}"),
            Self::Function(number) => write!(f, "F{number}"),
            named => f.write_str(NAMED.iter().find(|(key, _)| key == named).map_or("", |(_, name)| name)),
        }
    }
}

impl fmt::Display for Shortcut {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let command = if cfg!(target_os = "macos") { "Cmd " } else { "Ctrl " };
        for (held, name) in [(self.command, command), (self.alt, "Alt "), (self.shift, "Shift ")] {
            if held {
                f.write_str(name)?;
            }
        }
        self.key.fmt(f)
    }
}

impl FromStr for Key {
    type Err = ();

    fn from_str(name: &str) -> Result<Self, ()> {
        let named = NAMED.iter().find(|(_, known)| known.eq_ignore_ascii_case(name));
        if let Some((key, _)) = named {
            return Ok(*key);
        }
        let mut chars = name.chars();
        match (chars.next().map(|first| first.to_ascii_uppercase()), chars.as_str()) {
            (Some(letter @ 'A'..='Z'), "") => Ok(Self::Letter(letter)),
            (Some(digit @ '0'..='9'), "") => Ok(Self::Digit(digit as u8 - b'0')),
            (Some('F'), number) => {
                number.parse().ok().filter(|number| (1..=12).contains(number)).map(Self::Function).ok_or(())
            }
            _ => Err(()),
        }
    }
}

impl FromStr for Shortcut {
    type Err = String;

    /// Reads a shortcut as it is printed, on any system: Ctrl and Cmd are the same.
    fn from_str(printed: &str) -> Result<Self, String> {
        let (mut held, mut rest) = (Self::plain(Key::Enter), printed.trim());
        while let Some((first, after)) = rest.split_once(' ') {
            match first.to_ascii_lowercase().as_str() {
                "ctrl" | "cmd" => held.command = true,
                "alt" => held.alt = true,
                "shift" => held.shift = true,
                _ => break,
            }
            rest = after.trim_start();
        }
        let key = rest
            .parse()
            .map_err(|()| format!("“{printed}” is no key; one looks like “Ctrl Shift A” or “F3”"))?;
        Ok(Self { key, ..held })
    }
}
