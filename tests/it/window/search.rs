//! Finding words in documents and annotations, by keys and by mouse.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use gainsay::app::search::Scope;
use gainsay::app::{Action, AnnotationChange};
use gainsay::model::{DocumentId, Span};

use super::{Window, egui};

/// What would mislead a count of bytes or characters stands before every passage.
const LETTER: &str = "👮🏽‍♀️ ‘Cafe\u{301}’ letter\n\nThe Board could verifiëren nothing. Nobody could VERIFIEREN.\n\n\
    Harbour Board, page 1\n\nThe Board said “no” to that.\n";
const ARTICLE: &str =
    "👮🏽‍♀️ ‘Cafe\u{301}’ article\n\nThey verifie\u{308}ren it all. The Board\nsaid \"no\" again.\n";

fn on_two() -> Window {
    let mut window = Window::on(&[("letter.txt", LETTER.as_bytes()), ("article.txt", ARTICLE.as_bytes())]);
    window.until("both are open", |window| {
        window.harness.state().workspace.desk.as_ref().is_some_and(|desk| desk.view.panes.len() == 2)
    });
    window
}

fn total(window: &Window) -> usize {
    window.desk().view.search.found.total
}

/// Opens the search and types, by keys alone.
fn find(window: &mut Window, words: &str) {
    window.command(Key::F);
    window.type_text(words);
    window.settle();
}

fn tagged(window: &Window, tag: &str) -> Vec<String> {
    let session = window.session();
    let with = session.annotations.values().filter(|annotation| annotation.tag.as_str() == tag);
    with.map(|annotation| session.quote(annotation).to_owned()).collect()
}

#[test]
fn words_are_found_while_they_are_typed_and_enter_goes_from_hit_to_hit() {
    let mut window = on_two();
    find(&mut window, "verif");
    assert_eq!(total(&window), 3);
    window.type_text("ieren");
    assert!(window.shows("3 hits"));
    assert!(window.shows("The Board could verifiëren nothing."), "with what stands around it");
    assert!(window.session().annotations.is_empty());
    let first = window.desk().view.focus;
    window.key(Key::Enter);
    // The article has the focus: what follows there is next.
    assert!(window.shows("3 of 3") || window.shows("1 of 3"));
    window.key(Key::Enter);
    window.key(Key::Enter);
    assert_ne!(window.desk().view.search.current, None);
    let panes: Vec<_> = window.desk().view.panes.iter().map(|pane| pane.id).collect();
    assert!(panes.len() == 2 && first.is_some());
    let before = window.desk().view.search.current;
    window.key_with(Modifiers::SHIFT, Key::Enter);
    assert_ne!(window.desk().view.search.current, before);
    window.key(Key::ArrowDown);
    assert_eq!(window.desk().view.search.current, before);
    // The field still has the keys: a tag key is typed.
    window.type_text("1");
    assert!(window.session().annotations.is_empty());
    assert_eq!(window.desk().view.search.asked.query.words, "verifieren1");
}

#[test]
fn after_f3_the_hit_is_the_selection_and_a_tag_key_marks_it() {
    let mut window = on_two();
    find(&mut window, "verifieren");
    let mut found = Vec::new();
    for tag in [Key::Num1, Key::Num2, Key::Num3] {
        window.key(Key::F3);
        found.push(window.selected());
        window.key(tag);
    }
    found.sort();
    assert_eq!(found, ["VERIFIEREN", "verifie\u{308}ren", "verifiëren"]);
    assert_eq!(window.session().annotations.len(), 3);
    window.key_with(Modifiers::SHIFT, Key::F3);
    assert!(window.shows("2 of 3") || window.shows("1 of 3"));
    window.command(Key::Z);
    assert_eq!(window.session().annotations.len(), 2);
}

#[test]
fn all_hits_are_tagged_as_one_step_without_those_that_are_marked_so() {
    let mut window = on_two();
    find(&mut window, "verifieren");
    window.key(Key::F3);
    window.key(Key::Num3);
    window.command(Key::F3);
    assert!(window.shows("Mark 3 hits in 2 documents as"));
    window.key(Key::Num3);
    assert_eq!(tagged(&window, "caveat").len(), 3);
    assert!(window.said("2 hits marked as caveat; 1 had that mark already"), "{:?}", window.messages());
    window.command(Key::Z);
    assert_eq!(tagged(&window, "caveat").len(), 1, "one step back");
    // The same by mouse.
    window.press("Tag all 3 hits…");
    window.press_last("claim");
    let mut claims = tagged(&window, "claim");
    claims.sort();
    assert_eq!(claims, ["VERIFIEREN", "verifie\u{308}ren", "verifiëren"]);
    window.command(Key::Z);
    assert!(tagged(&window, "claim").is_empty());
}

#[test]
fn very_many_hits_are_tagged_by_a_worker_and_taken_back() {
    let text = format!("{LETTER}\n{}", "Er is niets, en niets is er.\n\n".repeat(1_500));
    let mut window = Window::on(&[("long.txt", text.as_bytes())]);
    window.until("it is open", |window| {
        window.harness.state().workspace.desk.as_ref().is_some_and(|desk| desk.view.panes.len() == 1)
    });
    find(&mut window, "niets");
    assert_eq!(total(&window), 3_000);
    assert!(window.shows("3,000 hits"));
    window.command(Key::F3);
    window.key(Key::Num2);
    window.until("all are marked", |window| window.session().annotations.len() == 3_000);
    assert!(tagged(&window, "denial").iter().all(|quote| quote == "niets"));
    window.settle();
    window.command(Key::Z);
    window.until("none is", |window| window.session().annotations.is_empty());
}

#[test]
fn a_click_on_a_hit_goes_there() {
    let mut window = on_two();
    find(&mut window, "said \"no\"");
    // Quotes of one kind find those of another, white space a line break.
    assert_eq!(total(&window), 2);
    let row = window.harness.get_by_label_contains("page 1 The Board said “no”");
    let at = row.rect().center();
    window.click(at);
    assert_eq!(window.selected(), "said “no”");
    assert!(window.shows("1 of 2"));
    window.press("Next hit (F3)");
    assert_eq!(window.selected(), "said \"no\"");
    window.press("Next hit (F3)");
    assert!(window.said("From the last hit on to the first"));
    window.press("Tag this hit as denial");
    assert_eq!(tagged(&window, "denial"), ["said “no”"]);
}

#[test]
fn a_bad_expression_is_explained_where_it_is_typed() {
    let mut window = on_two();
    window.command(Key::F);
    window.press("Regular expression");
    window.focus("Find");
    window.type_text("é(nee|ja");
    assert!(window.shows("“(” at character 2: this bracket is not closed: a ) is missing"));
    window.type_text(")");
    assert!(window.shows("Not found in the open documents"));
}

#[test]
fn whole_words_case_and_accents_are_choices() {
    let mut window = on_two();
    find(&mut window, "verif");
    assert_eq!(total(&window), 3);
    window.press("Whole word");
    assert_eq!(total(&window), 0);
    window.press("Search parts of words too");
    assert_eq!(total(&window), 3);
    window.press("Ignore case and accents");
    assert_eq!(total(&window), 2, "not the capitals");
}

#[test]
fn page_furniture_is_left_out_until_it_is_asked_for() {
    let mut window = on_two();
    let document = window.session().documents.iter().find(|it| it.text() == LETTER).unwrap().id.clone();
    let start = LETTER.find("Harbour Board, page").unwrap();
    let span = Span::new(start, start + "Harbour Board, page 1".len()).unwrap();
    window.harness.state_mut().workspace.dispatch(Action::SetFurniture(vec![(document, span)], true));
    find(&mut window, "harbour");
    assert_eq!(total(&window), 0);
    assert!(window.shows("but for 1 hit in page furniture"));
    window.press("Search page furniture too");
    assert_eq!(total(&window), 1);
}

#[test]
fn the_field_of_the_dossier_looks_in_documents_that_have_no_column() {
    let mut window = Window::on_sample();
    window.focus("Find in the dossier");
    window.type_text("orlevaar");
    assert_eq!(window.desk().view.search.asked.scope, Scope::Dossier);
    let all = total(&window);
    assert_eq!(window.desk().view.search.found.groups.len(), 4, "in all documents");
    for _ in 0..2 * all {
        window.key(Key::Enter);
        assert!(window.desk().view.panes.len() <= 4, "one further column at most");
    }
    assert!(window.shows(&format!(" of {all}")));
    window.press("Open documents");
    assert!(total(&window) <= all);
}

#[test]
fn markdown_is_found_as_it_is_read() {
    let mut window = Window::on_sample();
    // In the source: "the *measurement protocol* allows", and an address that no one reads.
    find(&mut window, "stronger than the measurement protocol allows");
    assert_eq!(total(&window), 1);
    window.key(Key::F3);
    assert_eq!(window.selected(), "stronger than the *measurement protocol* allows");
    find(&mut window, "merrendam.example");
    assert_eq!(total(&window), 0);
}

#[test]
fn annotations_are_found_by_passage_and_note() {
    let mut window = Window::on_sample();
    let id = *window.desk().rows().ids().first().unwrap();
    let note = "👮🏽‍♀️ ‘Cafe\u{301}’: vergelijk met Loodskwartier".to_owned();
    window.harness.state_mut().workspace.dispatch(Action::Change(id, AnnotationChange::Note(note)));
    window.command(Key::F);
    window.press("Annotations");
    window.focus("Find");
    window.type_text("vergelijk");
    assert_eq!(total(&window), 1);
    window.key(Key::Enter);
    assert_eq!(window.chosen().id, id);
    assert!(window.shows("1 of 1"));
    window.focus("Find");
    window.command(Key::F);
    window.type_text("quay");
    let hits = total(&window);
    assert!(hits > 1);
    window.key(Key::Enter);
    assert!(window.quote().to_lowercase().contains("quay"));
}

#[test]
fn esc_puts_the_search_away_and_gives_the_text_its_keys_back() {
    let mut window = on_two();
    find(&mut window, "verifieren");
    window.key(Key::Enter);
    window.key(Key::Escape);
    assert!(!window.desk().view.search.open);
    window.key(Key::Num1);
    assert_eq!(window.session().annotations.len(), 1, "the hit was still selected");
    // F3 takes it up again, and Ctrl F offers the words again.
    window.key(Key::F3);
    assert!(window.desk().view.search.open);
    assert!(window.desk().view.search.current.is_some());
    window.key(Key::Escape);
    window.key(Key::Escape);
    assert!(!window.desk().view.search.open, "selection first, then the search");
    window.command(Key::F);
    window.type_text("Nobody");
    assert_eq!(window.desk().view.search.asked.query.words, "Nobody", "typing replaces the words of before");
}

#[test]
fn what_is_selected_is_looked_for() {
    let mut window = on_two();
    let document = DocumentId::new(window.session().documents[0].id.as_str());
    window.harness.state_mut().workspace.dispatch(Action::ShowDocument(document));
    window.settle();
    window.key(Key::S);
    while !window.selected().contains("Board") {
        window.key(Key::S);
    }
    let selected = window.selected();
    window.command(Key::F);
    assert_eq!(window.desk().view.search.asked.query.words, selected);
    window.settle();
    assert_eq!(total(&window), 1);
}

#[test]
fn a_list_of_very_many_hits_makes_only_the_rows_in_view() {
    let text = format!("{LETTER}\n{}", "Er is er een, er zijn er twee.\n\n".repeat(30_000));
    let mut window = Window::on(&[("long.txt", text.as_bytes())]);
    window.until("it is open", |window| {
        window.harness.state().workspace.desk.as_ref().is_some_and(|desk| desk.view.panes.len() == 1)
    });
    window.command(Key::F);
    window.press("Whole word");
    window.type_text("er");
    assert_eq!(total(&window), 120_000);
    let last = window.desk().view.search.found.total - 1;
    window.harness.state_mut().workspace.dispatch(Action::GoToHit(last));
    window.settle();
    assert!(window.shows("120,000 of 120,000"));
    let rows = window.harness.query_all_by_label_contains("Er is er een, er zijn er twee.").count();
    assert!((1..100).contains(&rows), "{rows} rows");
    let chosen = window.harness.root().query_all_by(|node| {
        node.role() == egui::accesskit::Role::ListBoxOption
            && node.toggled() == Some(egui::accesskit::Toggled::True)
            && node.label().is_some_and(|label| label.contains("er twee"))
    });
    assert_eq!(chosen.count(), 1, "the list has gone along");
}

#[test]
fn a_choice_made_by_mouse_leaves_the_cursor_in_the_field() {
    let mut window = on_two();
    find(&mut window, "verif");
    let at = window.harness.get_by_label("Whole word").rect().center();
    window.click(at);
    window.type_text("1");
    assert!(window.session().annotations.is_empty(), "no tag key");
    assert_eq!(window.desk().view.search.asked.query.words, "verif1");
}
