//! Exports and imports: chosen, written, read, taken back.

use egui::{Key, Modifiers};
use gainsay::app::Overlay;

use super::{DialogAnswer, Window, egui};

impl Window {
    fn answer(&self, path: &std::path::Path) {
        self.answers.borrow_mut().push(DialogAnswer::Picked(vec![path.to_owned()]));
    }

    fn is_previewed(&self, passages: usize) -> bool {
        self.desk().view.exporting.preview().counts[0] == passages
    }
}

#[test]
fn three_actions_lead_to_a_file_and_one_key_does_it_again() {
    let mut window = Window::on_sample();
    let out = window.folder.path().join("out.csv");
    window.answer(&out);
    // Open, say where it goes, write.
    window.command(Key::E);
    window.key(Key::Num3);
    window.press("Write Table of passages (CSV)");
    window
        .until("it is written", |window| window.said("26 passages written to out.csv. Not in it: 21 links"));
    assert!(window.harness.state().workspace.overlay.is_none(), "the sheet has gone");
    let first = std::fs::read_to_string(&out).unwrap();
    assert!(first.starts_with("annotation_id,document_id"));
    std::fs::remove_file(&out).unwrap();
    window.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::E);
    window.until("it is written again", |_| out.exists());
    window.settle();
    assert_eq!(std::fs::read_to_string(&out).unwrap(), first);
}

#[test]
fn by_keys_alone_to_a_workbook() {
    let mut window = Window::on_sample();
    let out = window.folder.path().join("book");
    window.answer(&out);
    window.command(Key::E);
    window.key(Key::Num2);
    window.key(Key::Enter);
    let out = out.with_extension("xlsx");
    window.until("it is written", |_| out.exists());
    assert!(std::fs::read(&out).unwrap().starts_with(b"PK"));
}

#[test]
fn what_goes_along_is_chosen_and_previewed() {
    let mut window = Window::on_sample();
    window.command(Key::E);
    window.key(Key::Num3);
    window.until("all is previewed", |window| window.is_previewed(26));
    let of = |window: &Window, tag: &str| {
        window.session().annotations.values().filter(|it| it.tag.as_str() == tag).count()
    };
    let without = 26 - of(&window, "claim");
    window.press_last("claim");
    window.until("claims are left out", |window| window.is_previewed(without));
    assert!(window.shows("The texts beside, as files"));
    window.press("The texts beside, as files");
    let out = window.folder.path().join("some.csv");
    window.answer(&out);
    window.press("Write Table of passages (CSV)");
    let texts = window.folder.path().join("some-texts");
    window.until("it is written with its texts", |_| out.exists() && texts.exists());
    window.settle();
    let table = std::fs::read_to_string(&out).unwrap();
    let rows = csv::Reader::from_reader(table.as_bytes()).records().count();
    assert_eq!((rows, std::fs::read_dir(texts).unwrap().count()), (without, 4));
}

#[test]
fn only_what_the_table_shows_goes_along_on_request() {
    let mut window = Window::on_sample();
    window.command(Key::E);
    assert!(!window.shows("Only what the table shows: 26 passages"));
    window.key(Key::Escape);
    let denials = window.session().annotations.values().filter(|it| it.tag.as_str() == "denial").count();
    window.press(&format!("denial {denials}"));
    window.command(Key::E);
    window.press(&format!("Only what the table shows: {denials} passages"));
    window.until("they are previewed", |window| window.is_previewed(denials));
}

#[test]
fn a_colleague_s_file_is_shown_before_it_is_taken_in_and_one_undo_takes_it_back() {
    let mut window = Window::on_sample();
    let out = window.folder.path().join("all.jsonld");
    window.answer(&out);
    window.command(Key::E);
    window.key(Key::Num6);
    window.press("Write W3C Web Annotation (JSON-LD)");
    window.until("it is written", |window| window.said("written to all.jsonld"));
    // All of it is known.
    window.answer(&out);
    window.command(Key::K);
    window.type_text("import annotations");
    window.key(Key::Enter);
    window.press("Read files of W3C Web Annotation (JSON-LD)");
    let asks = |words: &'static str| {
        move |window: &Window| match &window.harness.state().workspace.overlay {
            Some(Overlay::Question { text, .. }) => text.contains(words),
            _ => false,
        }
    };
    window.until("it says so", asks("Nothing new, 47 there already"));
    window.key(Key::Escape);
    // A few are gone: they come back, and go again.
    let before = window.session().clone();
    window.key(Key::J);
    window.key(Key::Delete);
    window.settle();
    let fewer = window.session().clone();
    assert_eq!(fewer.annotations.len(), 25);
    window.answer(&out);
    window.command(Key::K);
    window.type_text("import annotations");
    window.key(Key::Enter);
    window.press("Read files of W3C Web Annotation (JSON-LD)");
    window.until("it asks", asks("1 passage"));
    assert_eq!(*window.session(), fewer, "nothing was taken in yet");
    window.press("Take it in");
    window.settle();
    assert_eq!(window.session().annotations, before.annotations);
    assert_eq!(window.session().links, before.links);
    window.command(Key::Z);
    assert_eq!(window.session().annotations, fewer.annotations);
}

#[test]
fn a_file_that_cannot_be_read_says_why_and_changes_nothing() {
    let mut window = Window::on_sample();
    let before = window.session().clone();
    let bad = window.folder.path().join("bad.jsonld");
    std::fs::write(&bad, "{\n  \"type\": \"Annotation\",\n").unwrap();
    window.answer(&bad);
    window.command(Key::K);
    window.type_text("import annotations");
    window.key(Key::Enter);
    window.press("Read files of W3C Web Annotation (JSON-LD)");
    window.until("it says so", |window| window.said("Nothing was read: bad.jsonld: "));
    assert_eq!(*window.session(), before);
}

#[test]
fn a_codebook_from_the_sheet_closes_it_and_the_session_itself_is_never_written_over() {
    let mut window = Window::on_sample();
    let book = window.folder.path().join("book.csv");
    window.answer(&book);
    window.command(Key::E);
    window.key(Key::Num6);
    window.press("Write Codebook as a table (CSV)");
    window.until("it is written", |window| window.said("The codebook was written to book.csv"));
    assert!(window.harness.state().workspace.overlay.is_none(), "the sheet has gone");
    let before = window.on_disk("harbour.ron");
    // By a way round.
    std::fs::create_dir(window.folder.path().join("in")).unwrap();
    window.answer(&window.folder.path().join("in/../harbour.ron"));
    window.command(Key::E);
    window.key(Key::Num6);
    window.press("Write The scheme alone (RON)");
    window.until("it is refused", |window| window.said("is the session itself"));
    assert_eq!(window.on_disk("harbour.ron"), before);
}
