//! Letters that come in one frame with the Escape after them.
//!
//! egui takes the focus from a field at Escape before the field has seen the letters of the same frame: on a slow frame
//! the last letters of a note would be lost. What follows such letters waits for the next frame.

use eframe::egui::{Event, Key};

/// Puts back what was held, holds back what must wait. Returns true when something waits.
pub fn hold_back(held: &mut Vec<Event>, events: &mut Vec<Event>) -> bool {
    let mut all = std::mem::take(held);
    all.append(events);
    let is_escape = |event: &Event| matches!(event, Event::Key { key: Key::Escape, pressed: true, .. });
    let is_text = |event: &Event| matches!(event, Event::Text(_) | Event::Paste(_) | Event::Ime(_));
    if let Some(escape) = all.iter().position(is_escape)
        && all[..escape].iter().any(is_text)
    {
        *held = all.split_off(escape);
    }
    *events = all;
    !held.is_empty()
}

#[cfg(test)]
mod tests {
    use eframe::egui::Modifiers;

    use super::*;

    fn key(key: Key) -> Event {
        Event::Key { key, physical_key: None, pressed: true, repeat: false, modifiers: Modifiers::NONE }
    }

    #[test]
    fn escape_waits_for_the_letters_before_it() {
        let text = |letter: &str| Event::Text(letter.to_owned());
        let mut held = Vec::new();
        let mut events = vec![text("o"), text("m"), key(Key::Escape), text("1")];
        assert!(hold_back(&mut held, &mut events));
        assert_eq!(events, [text("o"), text("m")]);
        let mut next = vec![text("2")];
        assert!(!hold_back(&mut held, &mut next));
        assert_eq!(next, [key(Key::Escape), text("1"), text("2")]);
        let mut alone = vec![key(Key::Escape), text("x")];
        assert!(!hold_back(&mut held, &mut alone));
        assert_eq!(alone.len(), 2);
    }
}
