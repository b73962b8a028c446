//! Settings: name, theme, citation form, and keys of one's own.

use egui::{Key, Modifiers};
use gainsay::app::Command;
use gainsay::format::citation::CitationForm;
use gainsay::store::{Face, LineHeight, Theme};

use super::{Window, alone, egui};

const SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::NONE };

fn workspace(window: &Window) -> &gainsay::app::Workspace {
    &window.harness.state().workspace
}

#[test]
fn keys_are_set_by_pressing_them_and_a_clash_is_asked_about() {
    if !alone("window::settings::keys_are_set_by_pressing_them_and_a_clash_is_asked_about") {
        return;
    }
    let mut window = Window::on_sample();
    window.command(Key::Comma);
    window.focus("Find an action or a key");
    window.type_text("next sentence");
    window.press("Change the key of Next sentence");
    assert!(window.shows("Press the new key"));
    window.key(Key::Q);
    let keys = |window: &Window, command| {
        workspace(window).keymap.keys(command).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(keys(&window, Command::NextSentence), ["Q"]);

    // N is the key of the note: it is not taken without a word.
    window.press("Change the key of Next sentence");
    window.key(Key::N);
    assert!(window.shows("N is the key of Write a note"));
    assert_eq!(keys(&window, Command::NextSentence), ["Q"]);
    window.press("Take it");
    assert_eq!(keys(&window, Command::NextSentence), ["N"]);
    assert_eq!(keys(&window, Command::EditNote), [""; 0]);

    // Esc leaves the key, then the sheet.
    window.press("Change the key of Next sentence");
    window.key(Key::Escape);
    assert!(!window.shows("Press the new key") && window.shows("Keys"));
    window.key(Key::Escape);
    assert!(workspace(&window).overlay.is_none());
    let before = window.desk().view.selection;
    window.key(Key::S);
    assert_eq!(window.desk().view.selection, before, "S does nothing any more");
    window.key(Key::N);
    assert!(!window.selected().is_empty());
    window.key(Key::Escape);
    assert!(window.shows("next sentence") && window.shows("key N"), "the hints print the key as it is now");

    // The set is in the settings as it is printed, and holds when the program starts again.
    window.settle();
    let settings = gainsay::store::Settings::load().unwrap();
    assert_eq!(settings.keys["NextSentence"], ["N"]);
    assert_eq!(settings.keys["EditNote"], [""; 0]);
    window.command(Key::Comma);
    window.focus("Find an action or a key");
    window.type_text("write a note");
    window.press("As it was");
    assert_eq!(keys(&window, Command::EditNote), ["N"]);
    assert_eq!(keys(&window, Command::NextSentence), [""; 0]);
}

#[test]
fn name_theme_and_citation_form_are_set_and_kept() {
    if !alone("window::settings::name_theme_and_citation_form_are_set_and_kept") {
        return;
    }
    let mut window = Window::on_sample();
    window.command(Key::Comma);
    window.press("Dark");
    assert!(workspace(&window).is_dark());
    window.press("Footnote");
    window.settle();
    let settings = gainsay::store::Settings::load().unwrap();
    assert_eq!((settings.theme, settings.citation), (Theme::Dark, CitationForm::Footnote));
    // A key with Shift in the field is text, not a command.
    window.focus("Find an action or a key");
    window.key_with(SHIFT, Key::J);
    assert!(window.desk().view.picked.is_empty());
}

#[test]
fn face_measure_and_row_height_are_set_kept_and_leave_the_place() {
    if !alone("window::settings::face_measure_and_row_height_are_set_kept_and_leave_the_place") {
        return;
    }
    let text: String = (1..300)
        .map(|i| format!("{i}. 👮🏽\u{200d}♀\u{fe0f} “Cafe\u{301}” {}\n\n", "tot hier. ".repeat(30)))
        .collect();
    let mut window = Window::on(&[("long.txt", text.as_bytes())]);
    window.until("it is open", |window| window.harness.state().workspace.desk.is_some());
    window.settle();
    let pane = window.desk().view.panes[0].id;
    let offset = text.find("150. ").unwrap() + 90;
    let to = gainsay::app::ScrollTo::to(offset, gainsay::app::ScrollPlace::Top);
    window.harness.state_mut().workspace.dispatch(gainsay::app::Action::Scroll(pane, to));
    window.settle();
    let row_of = |window: &Window| window.paragraph("150. ").height();
    let (before, top) = (row_of(&window), window.desk().view.panes[0].top);
    window.command(Key::Comma);
    for choice in ["Sans", "50", "Widest"] {
        window.press(choice);
        assert_eq!(window.desk().view.panes[0].top, top, "{choice}");
        let visible = window.desk().view.panes[0].visible.clone();
        assert!(visible.contains(&top) && visible.start + 120 > top, "{choice}: {top} in {visible:?}");
    }
    assert!(row_of(&window) > before * 1.5, "narrower rows, further apart: {before} {}", row_of(&window));
    window.settle();
    let settings = gainsay::store::Settings::load().unwrap();
    assert_eq!((settings.face, settings.measure), (Face::Sans, 50));
    assert_eq!(settings.line_height, LineHeight::Widest);
}
