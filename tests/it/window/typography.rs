//! What texts are made of: scripts without a face, hidden characters, tables, the words at the caret.

use egui::{Key, MissingGlyphPolicy, pos2};
use gainsay::app::Action;

use super::{Window, egui};

/// A cluster of several characters, a combining accent and a curly quote: what offsets trip over.
const BEFORE: &str = "👮🏽\u{200d}♀\u{fe0f} Cafe\u{301} “ja”";

/// Opens a text on a machine that may lack a font for it. Its first line is a name that any window can show: those of
/// unsaved sessions stand in the welcome view of other tests.
fn open_any(name: &str, text: &str) -> Window {
    let mut window = Window::on(&[]);
    window.harness.ctx.set_missing_glyph_policy(MissingGlyphPolicy::Tofu);
    let path = window.folder.path().join(name);
    std::fs::write(&path, text).unwrap();
    window.harness.state_mut().workspace.dispatch(Action::OpenPaths(vec![path]));
    window.until("it is open", |window| {
        window.harness.state().workspace.desk.as_ref().is_some_and(|desk| !desk.view.panes.is_empty())
    });
    window.settle();
    window
}

/// Drags over a whole paragraph of one row.
fn sweep_all(window: &mut Window, paragraph: &str) {
    let rect = window.paragraph(paragraph);
    let y = rect.top() + 12.0;
    window.drag(pos2(rect.left() + 1.0, y), pos2(rect.right() - 1.0, y));
}

#[test]
fn a_text_in_any_script_opens_is_marked_exactly_and_says_when_it_is_not_shown_as_it_is_read() {
    const NOTICE: &str = "Right-to-left script: shown in the order of its characters, not as it is read";
    let hebrew = "המשטרה אמרה שלא ראתה דבר בנמל באותו לילה";
    let arabic = "قالت الشرطة إنها لم تر شيئا في الميناء";
    let text = format!("Letter\n\n{BEFORE} {hebrew} en verder\n\n{arabic} {BEFORE} einde\n\nPlain words.");
    let mut window = open_any("letter.txt", &text);
    assert!(window.shows(NOTICE));
    sweep_all(&mut window, BEFORE);
    window.key(Key::Num1);
    assert_eq!(window.quote(), format!("{BEFORE} {hebrew} en verder"));
    sweep_all(&mut window, arabic);
    window.key(Key::Num2);
    assert_eq!(window.quote(), format!("{arabic} {BEFORE} einde"));

    let window = open_any(
        "other.txt",
        "Scripts\n\n日本語の文章は空白なしで続きます。\n\nΚαι ελληνικά, и кириллица, हिन्दी.",
    );
    assert!(!window.shows(NOTICE));
    assert!(window.shows("日本語の文章"));
}

#[test]
fn hidden_characters_are_counted_and_stay_out_of_nothing_and_in_nothing() {
    let text = format!(
        "{BEFORE} betaal \u{202e}003.2\u{202c} euro aan Kraan\u{200b}huis\tin mei\n\nEen tweede alinea."
    );
    let mut window = open_any("invoice.txt", &text);
    assert!(window.shows("3 hidden characters"));
    assert!(!window.shows("RLO"), "a sign is drawn, not text");
    sweep_all(&mut window, BEFORE);
    window.key(Key::Num1);
    let first = text.lines().next().unwrap();
    assert_eq!(window.quote(), first, "the quote is the slice of the source, with what is hidden in it");
}

#[test]
fn a_screen_reader_is_told_the_words_at_the_caret() {
    let mut window = Window::on_sample();
    window.key(Key::S);
    let selected = window.selected();
    let words = format!("selected: {}", selected.split(['*', '[']).next().unwrap().trim_end());
    assert!(window.shows(&words), "{words}");
    let rect = window.paragraph("Please find below my answers");
    window.click(rect.left_top() + egui::vec2(60.0, 12.0));
    window.key(Key::Escape);
    window.key(Key::ArrowRight);
    assert!(window.shows(": Please find below my answers"), "the sentence at the caret");
}
