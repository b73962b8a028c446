//! By keys alone: ends of a passage, sentences and paragraphs, places by number, back and forward; the list where many
//! marks lie.

use egui::{Key, Modifiers};

use super::{Window, egui};

const ALT: Modifiers = Modifiers::ALT;
const SHIFT: Modifiers = Modifiers::SHIFT;

const TEXT: &str = "👮🏽‍♀️ ‘Cafe\u{301}’ notes\n\nOne was first. Two came after it. Three went.\n\n\
    The second paragraph is here. It has two sentences.\n\nThe third ends it.\n";

fn on_text() -> Window {
    let mut window = Window::on(&[("notes.txt", TEXT.as_bytes())]);
    window.until("it is open", |window| window.harness.state().workspace.desk.is_some());
    window.settle();
    window
}

fn on_sentence(words: &str) -> Window {
    let mut window = on_text();
    for _ in 0..8 {
        window.key(Key::S);
        if window.selected() == words {
            window.key(Key::Num1);
            return window;
        }
    }
    panic!("no such sentence: {words}");
}

#[test]
fn an_end_is_moved_by_character_word_and_sentence_and_is_one_step() {
    let mut window = on_sentence("Two came after it.");
    let steps = window.desk().history().done().len();
    window.key(Key::CloseBracket);
    assert!(window.shows("Moving the end"));
    window.key(Key::ArrowLeft);
    window.key_with(Modifiers::COMMAND, Key::ArrowLeft);
    assert_eq!(window.quote(), "Two came after it.", "not before it is kept");
    let edge = window.desk().view.edge.unwrap();
    assert_eq!(&TEXT[edge.span.range()], "Two came after ", "live");
    window.key(Key::Enter);
    assert_eq!(window.quote(), "Two came after");
    assert_eq!(window.desk().history().done().len(), steps + 1, "one step");

    window.key(Key::OpenBracket);
    window.key(Key::ArrowUp);
    window.key(Key::Enter);
    assert_eq!(window.quote(), "One was first. Two came after");
    window.key(Key::CloseBracket);
    window.key_with(ALT, Key::ArrowDown);
    window.key_with(ALT, Key::ArrowDown);
    window.key(Key::Escape);
    assert_eq!(window.quote(), "One was first. Two came after", "Esc: as it was");
    window.key(Key::CloseBracket);
    window.key_with(ALT, Key::ArrowDown);
    // Another key keeps it, and does its own work.
    window.key(Key::U);
    assert_eq!(window.quote(), "One was first. Two came after it.");
    assert!(window.chosen().unsure);
    for _ in 0..4 {
        window.command(Key::Z);
    }
    assert_eq!(window.quote(), "Two came after it.");
}

#[test]
fn an_end_never_stops_inside_a_cluster_nor_past_the_other_end() {
    let mut window = on_sentence("One was first.");
    window.key(Key::OpenBracket);
    for _ in 0..40 {
        window.key(Key::ArrowLeft);
        let start = window.desk().view.edge.unwrap().span.start();
        let clusters = ["👮🏽‍♀️", "e\u{301}"].map(|cluster| {
            let at = TEXT.find(cluster).unwrap();
            at..at + cluster.len()
        });
        assert!(clusters.iter().all(|cluster| start <= cluster.start || cluster.end <= start), "{start}");
    }
    assert_eq!(window.desk().view.edge.unwrap().span.start(), 0);
    window.key(Key::Escape);
    window.key(Key::CloseBracket);
    for _ in 0..6 {
        window.key_with(Modifiers::COMMAND, Key::ArrowLeft);
    }
    window.key(Key::Enter);
    assert_eq!(window.quote(), "One");
}

#[test]
fn the_caret_goes_by_paragraphs_and_extends_by_sentences() {
    let mut window = on_text();
    window.command(Key::Home);
    window.command(Key::ArrowDown);
    window.key_with(ALT | SHIFT, Key::ArrowDown);
    assert_eq!(window.selected(), "One was first.");
    window.key_with(ALT | SHIFT, Key::ArrowDown);
    assert_eq!(window.selected(), "One was first. Two came after it.");
    window.key_with(ALT | SHIFT, Key::ArrowUp);
    assert_eq!(window.selected(), "One was first.");
    window.command_shift(Key::ArrowDown);
    assert_eq!(window.selected(), "One was first. Two came after it. Three went.");
    window.command(Key::ArrowDown);
    window.command(Key::ArrowUp);
    window.command(Key::ArrowUp);
    window.command_shift(Key::ArrowDown);
    assert!(window.selected().starts_with("One was"));
}

#[test]
fn one_goes_to_a_paragraph_or_line_by_number_and_back() {
    let mut window = Window::on_sample();
    let place = |window: &Window| {
        let pane = window.desk().view.focused().unwrap();
        (pane.document.clone(), pane.top)
    };
    let (document, _) = place(&window);
    window.key(Key::G);
    window.type_text("34");
    window.key(Key::Enter);
    assert!(window.harness.state().workspace.overlay.is_none());
    let (_, cache) = window.desk().document(&document).unwrap();
    let caret = window.desk().view.selection.unwrap().1.head;
    assert_eq!(cache.paragraphs.number_at(caret), 34);
    let visible = window.desk().view.focused().unwrap().visible.clone();
    assert!(visible.contains(&caret), "and it is shown");
    let there = place(&window);

    window.key(Key::G);
    window.type_text("line 1");
    window.key(Key::Enter);
    assert_eq!(window.desk().view.selection.unwrap().1.head, 0);
    window.key(Key::G);
    window.type_text("4000");
    window.key(Key::Enter);
    assert!(window.shows("There is no ¶ 4000"));
    window.key(Key::Escape);

    window.key_with(ALT, Key::ArrowLeft);
    assert_eq!(place(&window), there);
    window.key_with(ALT, Key::ArrowLeft);
    // The first that is shown stands behind the mark of a quotation.
    assert!(place(&window).1 <= 2);
    window.key_with(ALT, Key::ArrowLeft);
    assert!(window.said("you have not jumped yet") || window.said("no place before"));
    window.key_with(ALT, Key::ArrowRight);
    assert_eq!(place(&window), there);
}

#[test]
fn only_ones_own_marks_are_shown_on_demand() {
    let mut window = Window::on_sample();
    window.key(Key::S);
    window.key(Key::Num2);
    assert!(window.desk().rows().ids().len() > 1);
    window.press("mine only");
    assert_eq!(window.desk().rows().ids(), [window.chosen().id]);
}

#[test]
fn a_click_where_many_marks_lie_lists_them() {
    let mut window = on_sentence("Two came after it.");
    // Three marks on one another: the sentence as two tags, and the paragraph.
    window.key(Key::D);
    window.key(Key::Num2);
    window.key(Key::Escape);
    window.key(Key::W);
    window.key(Key::W);
    window.key(Key::W);
    window.key(Key::Num3);
    assert_eq!(window.session().annotations.len(), 3);
    let rect = window.paragraph("One was first.");
    window.key(Key::Escape);
    window.click(egui::pos2(rect.left() + 180.0, rect.top() + 12.0));
    assert!(window.shows("3 annotations lie here"));
    window.press_last("caveat: One was first. Two came after it. Three went.");
    assert_eq!(window.chosen().tag.as_str(), "caveat");
    assert!(!window.shows("annotations lie here"));
}
