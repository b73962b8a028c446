//! Keys and shortcuts by name, without any window library.

use std::fmt;

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
}

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
        let name = match self {
            Self::Letter(letter) => return write!(f, "{letter}"),
            Self::Digit(digit) => return write!(f, "{digit}"),
            Self::Function(number) => return write!(f, "F{number}"),
            Self::Left => "←",
            Self::Right => "→",
            Self::Up => "↑",
            Self::Down => "↓",
            Self::Home => "Home",
            Self::End => "End",
            Self::PageUp => "Page up",
            Self::PageDown => "Page down",
            Self::Enter => "Enter",
            Self::Escape => "Esc",
            Self::Tab => "Tab",
            Self::Delete => "Del",
            Self::Backspace => "Backspace",
            Self::Plus => "+",
            Self::Minus => "-",
            Self::Question => "?",
        };
        f.write_str(name)
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
