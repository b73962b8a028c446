//! The table of sources, by keys and by mouse.

use egui::{Key, Modifiers};
use gainsay::app::{DocumentOrder, Grouping, Listed};

use super::{Window, egui};

const A: &str = "👮🏽‍♀️ ‘Cafe\u{301}’ in the harbour\nBy Anna de Vos\n12 June 2031\n\nThe crane was not to blame and it was off, says the board of the town.";
const B: &str = "A second piece\n\nIt was the crane that made the noise, and that is not what the board has said to the town.";

fn open() -> Window {
    let mut window = Window::on(&[("a.txt", A.as_bytes()), ("b.txt", B.as_bytes())]);
    window.until("both are open", |window| {
        window.harness.state().workspace.desk.as_ref().is_some_and(|desk| desk.session().documents.len() == 2)
    });
    window
}

fn info(window: &Window, document: usize) -> &gainsay::model::Metadata {
    &window.session().documents[document].info.metadata
}

#[test]
fn by_keys_cells_are_filled_copied_down_and_guesses_taken() {
    let mut window = open();
    assert!(window.shows("2 documents have no date."));
    window.press("Fill in table");
    // The cursor stands in the first empty date, where the text offers one.
    assert!(window.shows("Date, 👮🏽‍♀️ ‘Cafe\u{301}’ in the harbour: guess 2031-06-12"));
    assert!(info(&window, 0).issued.is_empty(), "a guess is not taken by itself");
    window.key(Key::Enter);
    assert_eq!(info(&window, 0).issued.as_str(), "2031-06-12");
    // Below, nothing is offered: typing begins, Tab goes right.
    window.type_text("2031");
    window.key(Key::Tab);
    assert_eq!(info(&window, 1).issued.as_str(), "2031");
    window.key_with(Modifiers::SHIFT, Key::Tab);
    window.key_with(Modifiers::SHIFT, Key::Tab);
    window.key(Key::ArrowUp);
    window.type_text("the herald");
    window.key(Key::Enter);
    assert_eq!(info(&window, 0).container_title, "the herald");
    window.command(Key::D);
    assert_eq!(info(&window, 1).container_title, "the herald");
    window.command(Key::Z);
    assert_eq!(info(&window, 1).container_title, "", "one cell is one step");
    window.key(Key::F2);
    window.type_text("x");
    window.key(Key::Escape);
    assert_eq!(info(&window, 1).container_title, "", "Esc leaves the cell as it was");
    assert!(window.shows("Sources"), "and the table open");
    window.key(Key::ArrowUp);
    window.key(Key::Delete);
    assert_eq!(info(&window, 0).container_title, "");
    window.key(Key::Escape);
    assert!(window.harness.state().workspace.overlay.is_none());
    assert!(!window.shows("have no date"), "the strip is gone when nothing is missing");
}

#[test]
fn what_is_typed_in_one_slow_frame_goes_where_it_is_meant() {
    let mut window = open();
    window.command_shift(Key::I);
    let key = |key| egui::Event::Key {
        key,
        physical_key: Some(key),
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    };
    let text = |text: &str| egui::Event::Text(text.to_owned());
    let typed = [
        vec![key(Key::Num2), text("2"), text("031"), key(Key::Enter)],
        vec![
            key(Key::M),
            text("m"),
            text("ay"),
            key(Key::Tab),
            key(Key::ArrowUp),
            text("x"),
            key(Key::Enter),
        ],
    ];
    for event in typed.into_iter().flatten() {
        window.harness.event(event);
    }
    window.settle();
    assert_eq!([0, 1].map(|i| info(&window, i).issued.as_str()), ["2031", "may"]);
    assert_eq!(info(&window, 0).url, "x");
}

#[test]
fn by_mouse_a_cell_is_edited_and_all_guesses_of_a_column_are_one_step() {
    let mut window = open();
    window.press("Later");
    assert!(!window.shows("have no date"), "not again for now");
    window.command_shift(Key::I);
    window.press("Language, A second piece: guess en");
    window.press("Take 2 guesses in “Language”");
    assert_eq!([0, 1].map(|i| info(&window, i).language.as_str()), ["en", "en"]);
    window.command(Key::Z);
    assert_eq!([0, 1].map(|i| info(&window, i).language.as_str()), ["", ""]);
    window.press("Author, 👮🏽‍♀️ ‘Cafe\u{301}’ in the harbour: guess Anna de Vos");
    window.key(Key::Enter);
    assert_eq!(info(&window, 0).author, "Anna de Vos");
}

#[test]
fn documents_are_listed_by_hand_date_and_group() {
    let mut window = open();
    window.command_shift(Key::I);
    let listed = |window: &Window| -> Vec<String> {
        let name = |row: &Listed| match row {
            Listed::Heading(words) => words.clone(),
            Listed::Document(i) => window.session().documents[*i].id.to_string(),
        };
        window.desk().listing().rows.iter().map(name).collect()
    };
    assert_eq!(listed(&window), ["a", "b"]);
    window.key_with(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(listed(&window), ["b", "a"]);
    window.press("Date, 👮🏽‍♀️ ‘Cafe\u{301}’ in the harbour: guess 2031-06-12");
    window.key(Key::Enter);
    window.press("By date");
    assert_eq!(window.desk().view.order, DocumentOrder::Date);
    assert_eq!(listed(&window), ["a", "b"]);
    window.press("Group, A second piece: ");
    window.type_text("press");
    window.key(Key::Enter);
    window.press("My groups");
    assert_eq!(window.desk().view.grouping, Grouping::Group);
    assert_eq!(listed(&window), ["press", "b", "Without a group", "a"]);
}
