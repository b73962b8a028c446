//! The table, the filter, the palette.

use egui::Key;
use egui_kittest::kittest::Queryable as _;

use super::{Window, egui};

#[test]
fn a_filter_that_leaves_nothing_says_so_and_is_cleared_by_one_press() {
    let mut window = Window::on_sample();
    let all = window.session().annotations.len();
    window.command_shift(Key::F);
    window.type_text("xyzzy");
    assert!(window.desk().rows().ids().is_empty());
    assert!(window.shows(&format!("0 of {all} shown")));
    window.harness.get_all_by_label("Clear filter").next().unwrap().click();
    window.settle();
    assert_eq!(window.desk().rows().ids().len(), all);
}

#[test]
fn the_filter_does_not_mind_case_and_accents() {
    let mut window = Window::on_sample();
    window.command_shift(Key::F);
    window.type_text("voor de petitie");
    // The Bode writes "vóór de petitie".
    assert_eq!(window.desk().rows().ids().len(), 1, "{:?}", window.desk().view.filter);
}

#[test]
fn a_row_of_the_table_leads_to_its_passage() {
    let mut window = Window::on_sample();
    // The press release has no column yet.
    let id = *window.desk().rows().ids().last().unwrap();
    window.harness.state_mut().workspace.dispatch(gainsay::app::Action::JumpTo(id));
    window.settle();
    let pane = window.desk().view.focused().unwrap();
    let annotation = &window.session().annotations[&id];
    assert_eq!(pane.document, *annotation.anchor.document());
    let span = annotation.anchor.span().unwrap();
    assert!(pane.visible.start <= span.start() && span.start() < pane.visible.end);
    assert_eq!(window.chosen().id, id);
}

#[test]
fn a_click_on_a_row_chooses_it() {
    let mut window = Window::on_sample();
    let cell = {
        let mut cells = window.harness.get_all_by_value("denial").map(|node| node.rect());
        cells.find(|rect| (800.0..1030.0).contains(&rect.top())).expect("the table has a denial")
    };
    window.click(cell.center());
    assert_eq!(window.chosen().tag.as_str(), "denial");
}

#[test]
fn the_palette_finds_actions_and_documents() {
    let mut window = Window::on_sample();
    window.command(Key::K);
    window.type_text("show working");
    window.key(Key::Enter);
    assert_eq!(window.desk().view.focused().unwrap().document.as_str(), "press-release");
    window.command(Key::K);
    window.type_text("dark");
    window.key(Key::Escape);
    assert!(window.harness.state().workspace.overlay.is_none());
}

#[test]
fn the_table_shows_statement_and_voice_and_filters_by_a_voice() {
    let mut window = Window::on_sample();
    assert!(window.shows("Statement") && window.shows("Voice"), "the columns have names");
    let all = window.session().annotations.len();
    window.harness.get_by_label("All voices").click();
    window.settle();
    window.press("Two crane drivers, unnamed");
    let speaks = |annotation: &gainsay::model::Annotation, session: &gainsay::model::Session| {
        annotation.voice.iter().any(|id| session.actors[id].name == "Two crane drivers, unnamed")
    };
    let session = window.session().clone();
    let wanted = session.annotations.values().filter(|it| speaks(it, &session)).count();
    assert!(0 < wanted && wanted < all);
    assert_eq!(window.desk().rows().ids().len(), wanted);
    assert!(window.shows(&format!("{wanted} of {all} shown")));
    window.harness.get_all_by_label("Clear filter").next().unwrap().click();
    window.settle();
    // The name of a voice, typed.
    window.command_shift(Key::F);
    window.type_text("unnamed");
    assert!(window.desk().rows().ids().len() >= wanted);
    assert!(window.desk().rows().ids().iter().any(|id| speaks(&session.annotations[id], &session)));
}
