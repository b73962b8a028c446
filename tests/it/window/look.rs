//! Columns, sizes, themes.

use egui::Key;
use gainsay::model::Presentation;

use super::{Window, egui};

#[test]
fn removing_a_document_says_what_goes_with_it_and_undo_brings_all_back() {
    let mut window = Window::on_sample();
    let before = window.session().clone();
    let id = before.documents[0].id.clone();
    window.harness.state_mut().workspace.dispatch(gainsay::app::Action::RemoveDocument(id));
    window.settle();
    assert!(window.shows("9 annotations"));
    window.press("Remove");
    assert_eq!(window.session().documents.len(), 3);
    window.command(Key::Z);
    assert_eq!(*window.session(), before);
}

#[test]
fn plain_and_rendered_change_no_offset() {
    let mut window = Window::on_sample();
    let annotations = window.session().annotations.clone();
    window.command(Key::M);
    assert_eq!(window.session().documents[0].info.presentation, Presentation::Plain);
    assert!(window.shows("# Answers to written questions"));
    assert_eq!(window.session().annotations, annotations);
    window.command(Key::M);
    assert!(!window.shows("# Answers to written questions"));
}

#[test]
fn columns_open_twice_close_and_move() {
    let mut window = Window::on_sample();
    window.command(Key::Num2);
    let documents = |window: &Window| -> Vec<String> {
        window.desk().view.panes.iter().map(|pane| pane.document.to_string()).collect()
    };
    assert_eq!(documents(&window), ["council-letter", "council-letter", "bode", "herald"]);
    window.command(Key::PageDown);
    assert_eq!(documents(&window), ["council-letter", "bode", "council-letter", "herald"]);
    window.command(Key::W);
    assert_eq!(documents(&window), ["council-letter", "bode", "herald"]);
}

#[test]
fn small_windows_fold_their_panels_and_reach_columns_by_tabs() {
    for size in [egui::vec2(1366.0, 768.0), egui::vec2(640.0, 400.0)] {
        let sample = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/harbour.ron");
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("harbour.ron");
        std::fs::copy(sample, &path).unwrap();
        let mut window = Window::open(folder, vec![path], size);
        window.until("it is open", |window| window.harness.state().workspace.desk.is_some());
        window.settle();
        window.key(Key::Tab);
        window.key(Key::Tab);
        assert_eq!(window.desk().view.focused().unwrap().document.as_str(), "herald");
        assert!(window.shows("MERRENDAM, Saturday"), "the focused column is on screen at {size}");
        window.key(Key::J);
        window.settle();
    }
}

#[test]
fn at_rest_nothing_is_painted() {
    let mut window = Window::on_sample();
    window.settle();
    for _ in 0..5 {
        window.harness.step();
        assert!(window.at_rest(), "a repaint is asked for at rest");
    }
}

#[test]
fn f6_goes_to_the_panels_where_tab_goes_from_button_to_button() {
    let mut window = Window::on_sample();
    let pane = window.desk().view.focus;
    window.key(Key::F6);
    window.key(Key::Tab);
    window.key(Key::Tab);
    assert_eq!(window.desk().view.focus, pane, "Tab stays among the panels");
    window.key(Key::F6);
    window.key(Key::Tab);
    assert_ne!(window.desk().view.focus, pane, "Tab goes to the next document again");
}

#[test]
fn a_sentence_selected_by_keys_is_shown_to_its_end() {
    let mut window = Window::on_sample();
    for _ in 0..40 {
        window.key(Key::S);
        let (pane, selection) = window.desk().view.selection.unwrap();
        let span = selection.span().unwrap();
        let visible = window.desk().view.pane(pane).unwrap().visible.clone();
        assert!(visible.start <= span.start() && span.end() <= visible.end, "{span:?} of {visible:?}");
    }
}

#[test]
fn help_opens_and_closes_by_its_key() {
    let mut window = Window::on_sample();
    window.key(Key::F1);
    assert!(window.shows("All keys"));
    window.key(Key::F1);
    assert!(window.harness.state().workspace.overlay.is_none());
}
