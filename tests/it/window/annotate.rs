//! Marking by mouse and by keys.

use egui::{Key, Modifiers};
use gainsay::app::{Action, Filter};
use gainsay::model::TagId;

use super::{Window, egui};

const LETTER: &str = "Please find below my answers";

#[test]
fn by_mouse_a_passage_is_marked_retagged_undone_saved_and_there_again() {
    let mut window = Window::on_sample();
    window.sweep(LETTER);
    let passage = window.selected();
    assert!(passage.len() > 10, "{passage}");
    let before = window.session().annotations.len();

    window.key(Key::Num2);
    assert_eq!(window.session().annotations.len(), before + 1);
    assert_eq!((window.quote(), window.chosen().tag.as_str()), (passage.clone(), "denial"));
    assert!(window.desk().rows().ids().contains(&window.chosen().id), "it is in the table");
    assert!(window.shows(&passage), "the inspector shows it");
    assert!(window.said("Denial added"));

    window.key(Key::Num1);
    assert_eq!(window.chosen().tag.as_str(), "claim");
    window.command(Key::Z);
    assert_eq!(window.chosen().tag.as_str(), "denial");
    window.command(Key::Y);
    assert_eq!(window.chosen().tag.as_str(), "claim");

    let id = window.chosen().id;
    window.command(Key::S);
    window.until("the file has it", |window| window.desk().file.saved == Some(window.desk().revision()));
    assert_eq!(window.on_disk("harbour.ron").quote(&window.on_disk("harbour.ron").annotations[&id]), passage);

    let path = window.folder.path().join("harbour.ron");
    window.command(Key::Q);
    window.until("it has ended", |window| window.harness.state().workspace.is_quitting());
    let Window { harness, folder, .. } = window;
    drop(harness);
    let mut again = Window::open(folder, vec![path], egui::vec2(1920.0, 1080.0));
    again.until("it is open again", |window| window.harness.state().workspace.desk.is_some());
    assert_eq!(again.session().annotations[&id].tag, TagId::new("claim"));
}

#[test]
fn by_keys_alone_a_sentence_is_marked_noted_doubted_and_saved() {
    let mut window = Window::on_sample();
    window.key(Key::Tab);
    let focused = window.desk().view.focused().unwrap().document.clone();
    assert_eq!(focused.as_str(), "bode");
    window.key(Key::S);
    window.key(Key::S);
    let sentence = window.selected();
    window.key(Key::Num3);
    assert_eq!((window.quote(), window.chosen().tag.as_str()), (sentence, "caveat"));

    let count = window.session().annotations.len();
    window.key(Key::N);
    window.type_text("zie 12 en 3");
    assert_eq!(window.session().annotations.len(), count, "digits in a note mark nothing");
    window.key(Key::Escape);
    window.until("the note is kept", |window| window.chosen().note == "zie 12 en 3");
    window.key(Key::U);
    assert!(window.chosen().unsure);
    let id = window.chosen().id;
    window.command(Key::S);
    window.until("the file has it", |window| window.desk().file.saved == Some(window.desk().revision()));
    let there = &window.on_disk("harbour.ron").annotations[&id];
    assert_eq!((there.note.as_str(), there.unsure), ("zie 12 en 3", true));
}

#[test]
fn a_tag_key_marks_the_sentence_at_the_caret_but_never_out_of_sight() {
    let text = format!(
        "👮🏽‍♀️ e\u{301}\u{301} “Zo begint het.” Hier staat de zin. Dan nog een.\n\n{}\n\nHet einde.",
        "Een alinea die de bladzijde vult met woorden.\n\n".repeat(80)
    );
    let mut window = Window::on(&[("lang.txt", text.as_bytes())]);
    window.until("it is open", |window| window.harness.state().workspace.desk.is_some());
    window.settle();
    let rect = window.paragraph("👮🏽‍♀️");
    window.click(egui::pos2(rect.left() + 230.0, rect.top() + 12.0));
    window.key(Key::Num1);
    assert_eq!(window.quote(), "Hier staat de zin.");

    // The same again is a twin: refused, with a sentence.
    window.key(Key::Escape);
    window.key(Key::Num1);
    assert_eq!(window.session().annotations.len(), 1);
    assert!(window.said("already"), "{:?}", window.messages());

    // The caret is at the top, the view at the end.
    window.key(Key::Escape);
    let pane = window.desk().view.focus.unwrap();
    let end = text.len() - 3;
    let to = gainsay::app::ScrollTo::to(end, gainsay::app::ScrollPlace::Top);
    window.harness.state_mut().workspace.dispatch(Action::Scroll(pane, to));
    window.settle();
    window.key(Key::Num2);
    assert_eq!(window.session().annotations.len(), 1, "nothing is marked out of sight");
    assert!(window.said("out of sight"));
    assert_eq!(window.desk().view.focused().unwrap().top, 0);
    window.key(Key::Num2);
    assert_eq!(window.session().annotations.len(), 2, "the second press marks what is seen now");
}

#[test]
fn deleting_takes_links_along_and_undo_brings_them_back() {
    let mut window = Window::on_sample();
    let links = window.session().links.len();
    window.key(Key::J);
    window.key(Key::J);
    assert!(window.session().links_of(window.chosen().id).next().is_some());
    let before = window.session().clone();
    window.key(Key::Delete);
    assert_eq!(window.session().annotations.len(), before.annotations.len() - 1);
    assert!(window.session().links.len() < links);
    window.command(Key::Z);
    assert_eq!(*window.session(), before);
}

#[test]
fn a_sticky_tag_marks_on_release_until_escape() {
    let mut window = Window::on_sample();
    let before = window.session().annotations.len();
    window.key_with(Modifiers::ALT, Key::Num2);
    assert!(window.shows("Denial sticks"));
    window.sweep(LETTER);
    assert_eq!(window.session().annotations.len(), before + 1);
    assert_eq!(window.chosen().tag.as_str(), "denial");
    window.key(Key::Escape);
    assert_eq!(window.desk().view.sticky, None);
    window.sweep("To the members");
    assert_eq!(window.session().annotations.len(), before + 1);
}

#[test]
fn tag_keys_wait_while_someone_types() {
    let mut window = Window::on_sample();
    let before = window.session().clone();
    window.sweep(LETTER);
    window.command_shift(Key::F);
    window.type_text("12");
    assert_eq!(window.desk().view.filter.text, "12");
    window.key(Key::Escape);
    window.command(Key::K);
    window.type_text("3");
    window.key(Key::Escape);
    assert_eq!(*window.session(), before);
}

#[test]
fn digits_mark_by_place_on_a_french_keyboard() {
    let mut window = Window::on_sample();
    window.sweep(LETTER);
    // The third key of the digit row gives a quotation mark there.
    window.harness.event(egui::Event::Key {
        key: Key::Quote,
        physical_key: Some(Key::Num3),
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    });
    window.settle();
    assert_eq!(window.chosen().tag.as_str(), "caveat");
}

#[test]
fn a_click_takes_the_innermost_and_again_the_next_one_out() {
    let mut window = Window::on_sample();
    window.key(Key::J);
    window.key(Key::J);
    window.key(Key::J);
    // The caveat inside the claim of the letter's second answer.
    assert_eq!(window.quote(), "but the meters do not distinguish between sources");
    window.key(Key::Escape);
    let rect = window.paragraph("I consider it possible");
    let inside = egui::pos2(rect.left() + 200.0, rect.top() + 26.0 * 2.5);
    window.click(inside);
    assert_eq!(window.quote(), "but the meters do not distinguish between sources");
    window.click(inside);
    assert!(window.quote().starts_with("I consider it possible"), "{}", window.quote());
}

#[test]
fn a_mark_that_the_filter_hides_is_said_to_be_hidden_with_a_way_out() {
    let mut window = Window::on_sample();
    let tags = vec![TagId::new("denial")];
    let filter = Filter { tags, ..Filter::default() };
    window.harness.state_mut().workspace.dispatch(Action::SetFilter(filter));
    window.settle();
    window.sweep(LETTER);
    window.key(Key::Num2);
    assert!(window.said("Denial added") && !window.shows("hidden by the filter"));
    window.key(Key::Num1);
    assert!(window.shows("hidden by the filter"));
    window.press("Clear");
    assert!(window.desk().view.filter.is_empty() && !window.shows("hidden by the filter"));
    // By words, which may stand in the name of its statement.
    let filter = Filter { text: "no passage has these words".to_owned(), ..Filter::default() };
    window.harness.state_mut().workspace.dispatch(Action::SetFilter(filter));
    window.settle();
    window.key(Key::Num2);
    assert!(window.shows("hidden by the filter"));
}

#[test]
fn passages_without_a_voice_can_be_asked_for() {
    let mut window = Window::on_sample();
    window.sweep(LETTER);
    window.key(Key::Num2);
    let all = window.session().annotations.values();
    let without = all.filter(|annotation| annotation.voice.is_empty()).count();
    assert!(0 < without && without < window.session().annotations.len(), "{without}");
    if !window.shows("All voices") {
        window.command(Key::T);
    }
    window.press("All voices");
    window.press("No voice");
    assert!(window.desk().view.filter.voiceless);
    assert_eq!(window.desk().rows().ids().len(), without);
    window.press("No voice");
    window.press("All voices");
    assert!(window.desk().view.filter.is_empty());
}
