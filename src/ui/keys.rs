//! From egui's key events to commands. The only place where egui's keys meet ours.

use std::sync::Arc;

use eframe::egui;
use eframe::egui::{Event, Id, Modifiers};

use crate::app::keys::{Key, Shortcut};
use crate::app::{Command, Group, KeyMap, Mode};

/// The commands that the keys of this frame ask for; their events are taken out of the input.
///
/// While a text field has the focus, only what no field uses is taken: a tag key never fires while someone types.
/// `was_typing`: a field had the focus in the last frame. Egui takes it away on Escape before anyone sees the key.
/// `in_panels`: a button or row has the focus; keys that go from one to the next and press it are left to it.
pub fn commands(
    ctx: &egui::Context,
    keymap: &KeyMap,
    mode: Mode,
    was_typing: bool,
    in_panels: bool,
) -> Vec<Command> {
    let typing = was_typing || ctx.text_edit_focused();
    let mut commands = Vec::new();
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            let command = match event {
                Event::Key { key, physical_key, pressed: true, modifiers, .. } => {
                    let meant = shortcuts(*key, *physical_key, *modifiers).into_iter().flatten();
                    meant.filter(|shortcut| !(in_panels && moves_focus(*shortcut))).find_map(|shortcut| {
                        keymap.command(shortcut, mode).filter(|c| !typing || outranks_fields(*c, shortcut))
                    })
                }
                // Ctrl C and Ctrl X arrive as what they mean in a field.
                Event::Copy if !typing => keymap.command(Shortcut::command(Key::Letter('C')), mode),
                Event::Cut if !typing => keymap.command(Shortcut::command(Key::Letter('X')), mode),
                _ => None,
            };
            commands.extend(command);
            command.is_none()
        });
    });
    commands
}

/// Text pasted while no field has the focus.
pub fn pasted(ctx: &egui::Context) -> Option<String> {
    if ctx.text_edit_focused() {
        return None;
    }
    let mut text = None;
    ctx.input_mut(|input| {
        input.events.retain(|event| match event {
            Event::Paste(pasted) => {
                text = Some(pasted.clone());
                false
            }
            _ => true,
        });
    });
    text
}

/// Lets keycaps print what the user has set.
pub fn install(ctx: &egui::Context, keymap: &KeyMap) {
    let keymap = Arc::new(keymap.clone());
    ctx.data_mut(|data| data.insert_temp(Id::unique("keymap"), keymap));
}

/// The key of a command as it stands on a keycap; empty when it has none.
pub fn cap(ctx: &egui::Context, command: Command) -> String {
    let keymap: Option<Arc<KeyMap>> = ctx.data(|data| data.get_temp(Id::unique("keymap")));
    keymap.map_or_else(|| KeyMap::default().cap(command), |keymap| keymap.cap(command))
}

/// The key that is pressed in this frame, taken out of the input; what no shortcut can be is left.
pub fn pressed(ctx: &egui::Context) -> Option<Shortcut> {
    let mut found = None;
    ctx.input_mut(|input| {
        input.events.retain(|event| {
            if let Event::Key { key, physical_key, pressed: true, modifiers, .. } = event
                && found.is_none()
            {
                found = shortcuts(*key, *physical_key, *modifiers)[0];
                return found.is_none();
            }
            // A letter that sets a key types nothing; Ctrl C arrives as Copy.
            match event {
                Event::Copy => found = found.or(Some(Shortcut::command(Key::Letter('C')))),
                Event::Cut => found = found.or(Some(Shortcut::command(Key::Letter('X')))),
                Event::Paste(_) => found = found.or(Some(Shortcut::command(Key::Letter('V')))),
                Event::Text(_) => {}
                _ => return true,
            }
            false
        });
    });
    found
}

/// True for keys by which one goes through buttons and rows and presses them.
fn moves_focus(shortcut: Shortcut) -> bool {
    let arrow = matches!(shortcut.key, Key::Left | Key::Right | Key::Up | Key::Down);
    !shortcut.command
        && !shortcut.alt
        && (arrow || matches!(shortcut.key, Key::Tab | Key::Enter | Key::Escape))
}

/// True for what is done although a text field has the focus.
fn outranks_fields(command: Command, shortcut: Shortcut) -> bool {
    let group = command.info().group;
    !shortcut.belongs_to_fields()
        && command != Command::PasteDocument
        && matches!(group, Group::Session | Group::View | Group::Help | Group::Documents | Group::Find)
}

/// What a key event may stand for: first by the character on the key, then by its place in the digit row. On a
/// French keyboard the digit row gives `&é"'(-` and needs Shift for digits; by place it is the digits all the same.
fn shortcuts(key: egui::Key, physical: Option<egui::Key>, modifiers: Modifiers) -> [Option<Shortcut>; 3] {
    let with = |key| Shortcut { key, command: modifiers.command, shift: modifiers.shift, alt: modifiers.alt };
    let logical = key_of(key).map(with);
    let placed = physical.and_then(key_of).filter(|key| matches!(key, Key::Digit(_))).map(with);
    // A digit is the same with and without Shift; plus needs Shift on some keyboards.
    let unshifted = (logical.into_iter().chain(placed))
        .find(|shortcut| matches!(shortcut.key, Key::Digit(_) | Key::Plus | Key::Minus | Key::Question))
        .map(|shortcut| Shortcut { shift: false, ..shortcut });
    let digit_row = placed.is_some() && !modifiers.command;
    // Without Ctrl the place decides, so that `-` on a French keyboard is the sixth tag.
    if digit_row {
        [placed, unshifted.filter(|s| matches!(s.key, Key::Digit(_))).or(placed), None]
    } else {
        [logical, unshifted, None]
    }
}

fn key_of(key: egui::Key) -> Option<Key> {
    use egui::Key as E;
    Some(match key {
        E::ArrowLeft => Key::Left,
        E::ArrowRight => Key::Right,
        E::ArrowUp => Key::Up,
        E::ArrowDown => Key::Down,
        E::Home => Key::Home,
        E::End => Key::End,
        E::PageUp => Key::PageUp,
        E::PageDown => Key::PageDown,
        E::Enter => Key::Enter,
        E::Escape => Key::Escape,
        E::Tab => Key::Tab,
        E::Delete => Key::Delete,
        E::Backspace => Key::Backspace,
        E::Plus | E::Equals => Key::Plus,
        E::Minus => Key::Minus,
        E::Questionmark => Key::Question,
        E::Comma => Key::Comma,
        E::OpenBracket | E::OpenCurlyBracket => Key::OpenBracket,
        E::CloseBracket | E::CloseCurlyBracket => Key::CloseBracket,
        E::Num0 => Key::Digit(0),
        E::Num1 => Key::Digit(1),
        E::Num2 => Key::Digit(2),
        E::Num3 => Key::Digit(3),
        E::Num4 => Key::Digit(4),
        E::Num5 => Key::Digit(5),
        E::Num6 => Key::Digit(6),
        E::Num7 => Key::Digit(7),
        E::Num8 => Key::Digit(8),
        E::Num9 => Key::Digit(9),
        other => return letter_or_function(other),
    })
}

fn letter_or_function(key: egui::Key) -> Option<Key> {
    let name = key.name();
    let mut chars = name.chars();
    match (chars.next()?, chars.as_str()) {
        (letter @ 'A'..='Z', "") => Some(Key::Letter(letter)),
        ('F', number) => number.parse().ok().filter(|number| (1..=12).contains(number)).map(Key::Function),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn command(key: egui::Key, physical: egui::Key, modifiers: Modifiers) -> Option<Command> {
        shortcuts(key, Some(physical), modifiers)
            .into_iter()
            .flatten()
            .find_map(|it| KeyMap::default().command(it, Mode::Annotate))
    }

    #[test]
    fn tag_keys_work_by_digit_and_by_place_with_and_without_shift() {
        use egui::Key as E;
        assert_eq!(command(E::Num2, E::Num2, Modifiers::NONE), Some(Command::Tag(2)));
        // US keyboard with Shift: "!" on the first key
        assert_eq!(command(E::Exclamationmark, E::Num1, Modifiers::SHIFT), Some(Command::Tag(1)));
        // French keyboard: egui reports "-" for the sixth key
        assert_eq!(command(E::Minus, E::Num6, Modifiers::NONE), Some(Command::Tag(6)));
        assert_eq!(command(E::Num6, E::Num6, Modifiers::SHIFT), Some(Command::Tag(6)));
        // Number pad: no place in the digit row
        assert_eq!(
            shortcuts(E::Num3, None, Modifiers::NONE)[0]
                .and_then(|it| KeyMap::default().command(it, Mode::Annotate)),
            Some(Command::Tag(3))
        );
        assert_eq!(command(E::Num3, E::Num3, Modifiers::ALT), Some(Command::Stick(3)));
    }

    #[test]
    fn text_size_keys_work_with_and_without_shift() {
        use egui::Key as E;
        let ctrl = Modifiers::COMMAND;
        assert_eq!(command(E::Plus, E::Equals, ctrl | Modifiers::SHIFT), Some(Command::TextLarger));
        assert_eq!(command(E::Equals, E::Equals, ctrl), Some(Command::TextLarger));
        assert_eq!(command(E::Minus, E::Minus, ctrl), Some(Command::TextSmaller));
        assert_eq!(command(E::Num0, E::Num0, ctrl), Some(Command::TextNormal));
    }
}
