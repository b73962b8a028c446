//! Documents in, sessions kept, passages out.

use egui::{Key, ViewportCommand, ViewportEvent};
use egui_kittest::kittest::Queryable as _;
use gainsay::ui::dialogs::DialogAnswer;

use super::{Window, egui};

#[test]
fn documents_come_by_dialog_and_by_paste() {
    let mut window = Window::on(&[("a.txt", "Eerste stuk.\n".as_bytes())]);
    window.until("it is open", |window| window.harness.state().workspace.desk.is_some());
    let second = window.folder.path().join("b.md");
    std::fs::write(&second, "# Kop\n\nTweede **stuk** 👮🏽‍♀️.\n").unwrap();
    window.answers.borrow_mut().push(DialogAnswer::Picked(vec![second]));
    window.command(Key::O);
    window.until("the second is in", |window| window.session().documents.len() == 2);
    assert_eq!(window.session().documents[1].title(), "Kop");

    window.harness.event(egui::Event::Paste("Derde stuk, geplakt.".to_owned()));
    window.until("the third is in", |window| window.session().documents.len() == 3);
    assert_eq!(window.session().documents[2].text(), "Derde stuk, geplakt.");

    // The same text again is refused with a sentence.
    window.harness.event(egui::Event::Paste("Derde stuk, geplakt.".to_owned()));
    window.until("it says so", |window| window.said("already"));
    assert_eq!(window.session().documents.len(), 3);
}

/// A file as the system hands it over when it is dropped.
#[derive(Debug)]
struct Dropped(std::path::PathBuf);

impl egui::DroppedFile for Dropped {
    fn path(&self) -> &std::path::Path {
        &self.0
    }

    fn bytes(&self) -> Result<Vec<u8>, String> {
        std::fs::read(&self.0).map_err(|error| error.to_string())
    }
}

#[test]
fn documents_and_sessions_can_be_dropped_on_the_window() {
    let mut window = Window::on(&[]);
    let path = window.folder.path().join("a.txt");
    std::fs::write(&path, "Een gevallen tekst.").unwrap();
    window.harness.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path)));
    window.until("the document is in", |window| window.harness.state().workspace.desk.is_some());
    window.settle();
    assert_eq!(window.session().documents.len(), 1);
    assert!(!window.said("already"), "it was dropped once");

    // A session opens after the question about the one that has no file.
    let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/harbour.ron");
    let path = window.folder.path().join("harbour.ron");
    std::fs::copy(sample, &path).unwrap();
    window.harness.input_mut().dropped_files.push(std::sync::Arc::new(Dropped(path)));
    window.until("it asks", |window| window.harness.state().workspace.overlay.is_some());
    window.settle();
    window.press("Keep it for later");
    window.until("the session is open", |window| {
        window.harness.state().workspace.desk.as_ref().is_some_and(|desk| desk.session().documents.len() == 4)
    });
}

#[test]
fn files_that_are_no_text_get_a_sentence_and_nothing_is_half_imported() {
    let files: [(&str, &[u8]); 3] =
        [("scan.pdf", b"%PDF-1.7\n\x00\x01\x02"), ("empty.txt", b""), ("good.txt", b"Een goede tekst.")];
    let mut window = Window::on(&files);
    window.until("the good one is in", |window| window.harness.state().workspace.desk.is_some());
    window.settle();
    assert_eq!(window.session().documents.len(), 1);
    assert!(window.said("scan.pdf") && window.said("empty.txt"), "{:?}", window.messages());
}

#[test]
fn a_byte_that_is_not_utf_8_is_asked_about_and_read_as_chosen() {
    let mut window = Window::on(&[("oud.txt", b"De minister zei: caf\xe9 en \x93zo\x94.")]);
    window.until("it asks", |window| window.harness.state().workspace.overlay.is_some());
    window.settle();
    assert!(window.harness.state().workspace.desk.is_none());
    window.press("Read as windows-1252");
    window.until("it is read", |window| window.harness.state().workspace.desk.is_some());
    assert_eq!(window.session().documents[0].text(), "De minister zei: café en “zo”.");
    assert_eq!(window.session().documents[0].source.import.encoding, "windows-1252");
}

#[test]
fn the_welcome_screen_has_three_ways_in_and_the_sample_opens() {
    let mut window = Window::on(&[]);
    for way in ["Open documents…", "Open a session…", "Try the sample dossier"] {
        assert!(window.shows(way), "{way}");
    }
    window.press("Try the sample dossier");
    window.until("four documents", |window| {
        window.harness.state().workspace.desk.as_ref().is_some_and(|desk| desk.session().documents.len() == 4)
    });
    assert_eq!(window.desk().file.path, None);
}

#[test]
fn closing_asks_while_there_is_no_file_and_kept_work_is_listed() {
    let mut window = Window::on(&[("a.txt", "Een zin om te bewaren.".as_bytes())]);
    window.until("it is open", |window| window.harness.state().workspace.desk.is_some());
    window.key(Key::S);
    window.key(Key::Num1);
    let id = window.session().id;
    let root = window.harness.input().viewport_id;
    window.harness.input_mut().viewports.get_mut(&root).unwrap().events.push(ViewportEvent::Close);
    window.harness.step();
    let commands = &window.harness.output().viewport_output[&root].commands;
    assert!(commands.contains(&ViewportCommand::CancelClose), "{commands:?}");
    window.settle();
    window.press("Keep it for later");
    window.until("it ends", |window| window.harness.state().workspace.is_quitting());

    let mut next = Window::on(&[]);
    next.until("it is listed", |window| {
        window.harness.state().workspace.unsaved.iter().any(|entry| entry.id == id)
    });
    next.until("it is on the welcome screen", |window| window.shows("1 document, 1 annotation"));
}

#[test]
fn after_a_kill_the_next_start_brings_everything_back_and_says_so() {
    let mut window = Window::on_sample();
    window.sweep("Please find below my answers");
    let passage = window.selected();
    window.key(Key::Num2);
    let id = window.chosen().id;
    window.until("it is in the journal", |window| window.desk().file.journaled == window.desk().revision());
    let before = window.session().clone();
    // A killed process holds no lock; a forgotten one does, so the folder is looked at as another machine would.
    let folder = window.kill();
    let elsewhere = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap().flatten() {
        if !entry.file_name().to_string_lossy().contains("lock") {
            std::fs::copy(entry.path(), elsewhere.path().join(entry.file_name())).unwrap();
        }
    }
    let path = elsewhere.path().join("harbour.ron");
    let mut next = Window::open(elsewhere, vec![path], egui::vec2(1920.0, 1080.0));
    next.until("it is open", |window| window.harness.state().workspace.desk.is_some());
    assert_eq!(*next.session(), before);
    assert_eq!(next.session().quote(&next.session().annotations[&id]), passage);
    assert!(next.said("brought back"), "{:?}", next.messages());
    next.settle();
    next.command(Key::S);
    next.until("the file has it too", |window| window.desk().file.saved == Some(window.desk().revision()));
    assert!(next.on_disk("harbour.ron").annotations.contains_key(&id));
}

#[test]
fn where_no_dialog_opens_a_path_is_typed() {
    let mut window = Window::on(&[("a.txt", "Een zin.".as_bytes())]);
    window.until("it is open", |window| window.harness.state().workspace.desk.is_some());
    window.answers.borrow_mut().push(DialogAnswer::NotShown);
    window.command(Key::S);
    window.until("a path is asked for", |window| window.harness.state().workspace.overlay.is_some());
    window.settle();
    let path = window.folder.path().join("typed.ron");
    window.harness.get_by_label("Path").set_text_value_accesskit(&path.to_string_lossy());
    window.settle();
    window.command(Key::A);
    window.harness.event(egui::Event::Text(path.to_string_lossy().into_owned()));
    window.settle();
    window.key(Key::Enter);
    window.until("it is saved", |window| window.desk().file.saved.is_some());
    assert_eq!(window.on_disk("typed.ron"), *window.session());
}
