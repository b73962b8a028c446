//! The researcher's desk: whose work it is, annotations changed and changed together, furniture, reading, places.

use egui::{Key, Modifiers, Vec2};
use egui_kittest::kittest::Queryable as _;
use gainsay::app::{Access, AccessChoice, Action, Column};
use gainsay::model::{AnnotationId, ReadingStatus};

use super::{Window, egui};

#[path = "../../../benches/desk/made.rs"]
mod made;

const SHIFT: Modifiers = Modifiers { shift: true, ..Modifiers::NONE };

/// A made-up report with a line at the foot of each page, and what would mislead a count of bytes before it.
const REPORT: &str = "👮🏽‍♀️ ‘Cafe\u{301}’ report\n\nThe cranes were quiet. Nobody heard them.\n\nHarbour Board, page 1\n\n\
    Was it so? No.\n\nThe report of the Harbour Board, page 9, says more.\n\nHarbour Board, page 2\n\n\
    The meters were off. They are on now.\n\nHarbour Board, page 3\n";

fn on_report() -> Window {
    let mut window = Window::on(&[("report.txt", REPORT.as_bytes())]);
    window.until("the report is open", |window| {
        window.harness.state().workspace.desk.as_ref().is_some_and(|desk| desk.view.panes.len() == 1)
    });
    window
}

fn furniture(window: &Window) -> Vec<&str> {
    let document = &window.session().documents[0];
    document.info.furniture.iter().map(|span| &document.text()[span.range()]).collect()
}

/// Chooses the sample's first annotation of a tag, by keys.
fn choose(window: &mut Window, tag: &str) -> AnnotationId {
    for _ in 0..40 {
        window.key(Key::J);
        if window.chosen().tag.as_str() == tag {
            return window.chosen().id;
        }
    }
    panic!("no {tag} in this document");
}

#[test]
fn the_work_of_others_is_asked_about_once_before_the_first_change() {
    let mut window = Window::on_sample_of_others();
    let before = window.session().clone();
    window.key(Key::J);
    window.key(Key::U);
    assert!(window.shows("This is the work of E. Vos"));
    assert_eq!(*window.session(), before, "nothing is changed before the answer");
    window.press("Review it");
    assert_eq!(window.desk().access, Access::ReadOnly);
    window.key(Key::U);
    window.key(Key::Delete);
    assert_eq!(*window.session(), before, "one reads");
    assert!(window.said("You are reading this session"));

    window.press("Work on in it");
    window.key(Key::U);
    assert!(window.chosen().unsure, "asked once");
    let change = window.chosen().changes.last().expect("the history tells of it");
    assert_eq!(change.by, window.harness.state().workspace.me());
    assert_ne!(window.chosen().annotator, change.by, "the mark keeps its annotator");
}

#[test]
fn the_change_that_asked_is_made_when_one_works_on() {
    let mut window = Window::on_sample_of_others();
    window.key(Key::J);
    window.key(Key::U);
    window.press("Work on in it");
    assert!(window.chosen().unsure);
    assert_eq!(window.desk().access, Access::Open);
}

#[test]
fn afresh_is_a_session_of_ones_own_without_the_answers_of_others() {
    let mut window = Window::on_sample_of_others();
    let (id, documents) = (window.session().id, window.session().documents.len());
    window.key(Key::J);
    window.key(Key::Delete);
    window.press("Annotate afresh");
    window.until("the new session is there", |window| window.session().id != id);
    assert_eq!(window.session().documents.len(), documents);
    assert!(window.session().annotations.is_empty() && window.session().links.is_empty());
    assert_eq!(window.desk().access, Access::Open);
    window.key(Key::S);
    window.key(Key::Num1);
    assert_eq!(window.chosen().annotator, window.harness.state().workspace.me());
}

#[test]
fn rows_picked_by_keys_are_changed_as_one_step() {
    let mut window = Window::on_sample();
    let before = window.session().clone();
    window.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::A);
    let all = before.annotations.len();
    assert_eq!(window.desk().view.picked.len(), all);
    assert!(window.shows(&format!("{all} annotations picked")));
    window.key(Key::Num3);
    let tags = |window: &Window, tag: &str| {
        window.session().annotations.values().filter(|annotation| annotation.tag.as_str() == tag).count()
    };
    assert!(tags(&window, "caveat") > 20, "what would be twice on one passage stays");
    assert_eq!(window.desk().view.picked.len(), all, "they stay picked");
    window.key(Key::U);
    assert!(window.session().annotations.values().all(|annotation| annotation.unsure));
    window.key(Key::Delete);
    assert!(window.session().annotations.is_empty() && window.session().links.is_empty());
    for _ in 0..3 {
        window.command(Key::Z);
    }
    let without_people = |session: &gainsay::model::Session| session.annotations.clone();
    assert_eq!(without_people(window.session()), without_people(&before), "three steps, taken back");
}

#[test]
fn rows_are_picked_one_by_one_with_shift_j_and_with_control_and_shift_clicks() {
    let mut window = Window::on_sample();
    window
        .harness
        .state_mut()
        .workspace
        .dispatch(Action::SetSort(gainsay::app::Sort { column: Column::Place, descending: false }));
    let rows = window.desk().rows().ids().to_vec();
    window.harness.state_mut().workspace.dispatch(Action::JumpTo(rows[2]));
    window.settle();
    window.key_with(SHIFT, Key::J);
    window.key_with(SHIFT, Key::J);
    window.key_with(SHIFT, Key::K);
    let picked: Vec<_> = window.desk().view.picked.iter().copied().collect();
    let mut expected = rows[1..5].to_vec();
    expected.sort();
    assert_eq!(picked, expected);
    window.key(Key::Escape);
    assert!(window.desk().view.picked.is_empty());

    let passage = |window: &Window, row: usize| {
        let words = window.session().quote(&window.session().annotations[&rows[row]]).to_owned();
        words.chars().take(30).collect::<String>()
    };
    let at = |window: &Window, row: usize| {
        let words = passage(window, row);
        let below = |rect: &egui::Rect| rect.top() > 780.0;
        let nodes = window.harness.root().query_all_by(|node| {
            node.value().or_else(|| node.label()).is_some_and(|label| label.starts_with(&words))
        });
        nodes.into_iter().map(|node| node.rect()).find(below).expect("the row is on screen").center()
    };
    window.click(at(&window, 0));
    window.click_with(at(&window, 2), Modifiers::COMMAND);
    assert_eq!(window.desk().view.picked.iter().copied().collect::<Vec<_>>(), sorted(&[rows[0], rows[2]]));
    window.click_with(at(&window, 4), Modifiers::SHIFT);
    assert_eq!(
        window.desk().view.picked.iter().copied().collect::<Vec<_>>(),
        sorted(&[rows[0], rows[2], rows[3], rows[4]])
    );
    window.click_with(at(&window, 3), Modifiers::COMMAND);
    assert_eq!(window.desk().view.picked.len(), 3);
    window.press("Note…");
    window.type_text("zelfde bron");
    window.press("Add the note");
    let notes =
        window.session().annotations.values().filter(|annotation| annotation.note.contains("zelfde bron"));
    assert_eq!(notes.count(), 3);
}

#[test]
fn a_note_on_all_picked_is_written_by_its_key() {
    let mut window = Window::on_sample();
    window.command_shift(Key::A);
    window.key(Key::N);
    window.type_text("check");
    window.key_with(Modifiers::COMMAND, Key::Enter);
    assert!(window.session().annotations.values().all(|annotation| annotation.note.ends_with("check")));
}

#[test]
fn going_to_another_document_lets_go_of_what_is_chosen_in_this_one() {
    let mut window = Window::on_sample();
    window.key(Key::J);
    let before = window.session().annotations.clone();
    window.key(Key::Tab);
    assert!(window.desk().chosen().is_none());
    window.key(Key::Num3);
    assert!(before.iter().all(|(id, old)| window.session().annotations[id].tag == old.tag));
}

#[test]
fn joining_over_words_that_are_not_marked_is_asked_about() {
    let text = "👮🏽‍♀️ ‘Cafe\u{301}’. One is here. Two is not. Three is here. Four is here.\n";
    let mut window = Window::on(&[("a.txt", text.as_bytes())]);
    window.until("it is open", |window| window.harness.state().workspace.desk.is_some());
    for key in [Key::S, Key::S, Key::Num1, Key::S, Key::S, Key::Num1, Key::S, Key::Num1] {
        window.key(key);
    }
    assert_eq!(window.session().annotations.len(), 3);
    // The last: the one before touches it.
    window.key(Key::M);
    assert_eq!(window.quote(), "Three is here. Four is here.");
    window.key(Key::K);
    window.key(Key::M);
    assert!(window.shows("“Two is not.”"));
    window.press("Leave them apart");
    assert_eq!(window.session().annotations.len(), 2);
    window.key(Key::M);
    window.press("Join them with all of it");
    assert_eq!(window.quote(), "One is here. Two is not. Three is here. Four is here.");
}

fn sorted(ids: &[AnnotationId]) -> Vec<AnnotationId> {
    let mut ids = ids.to_vec();
    ids.sort();
    ids
}

#[test]
fn an_annotation_is_split_joined_marked_twice_and_commented_on_by_keys() {
    let mut window = Window::on_sample();
    choose(&mut window, "caveat");
    // A mark of one's own: the parts of another's would be marks of two annotators.
    window.key(Key::Escape);
    window.key(Key::S);
    window.key(Key::Num3);
    let whole = window.chosen().id;
    let start = window.chosen().anchor.span().unwrap().start();
    let pane = window.desk().view.focus.unwrap();
    window.harness.state_mut().workspace.dispatch(Action::Click { pane, offset: start, again: false });
    let before = window.session().clone();
    let words = window.quote();
    for _ in 0..3 {
        window.key_with(Modifiers::COMMAND, Key::ArrowRight);
    }
    // The caret has let the annotation go: the click on it takes both.
    window.harness.state_mut().workspace.dispatch(Action::Choose(Some(whole)));
    window.settle();
    window.key(Key::B);
    assert_eq!(window.session().annotations.len(), before.annotations.len() + 1);
    let first = window.session().quote(&window.session().annotations[&whole]).to_owned();
    let second = window.quote();
    assert!(words.starts_with(&first) && words.ends_with(&second), "{words:?} is {first:?} and {second:?}");
    assert!(words.len() - first.len() - second.len() <= 1, "no word is lost");

    window.harness.state_mut().workspace.dispatch(Action::Choose(Some(whole)));
    window.key(Key::M);
    assert_eq!(window.session().annotations.len(), before.annotations.len());
    assert_eq!(window.quote(), words);
    window.command(Key::Z);
    window.command(Key::Z);
    assert_eq!(window.session().annotations, before.annotations);

    window.harness.state_mut().workspace.dispatch(Action::Choose(Some(whole)));
    window.settle();
    window.key(Key::D);
    assert!(window.shows("Also mark this passage as"));
    window.key(Key::Num2);
    assert_eq!((window.chosen().tag.as_str(), window.quote()), ("denial", words.clone()));
    assert_eq!(window.session().annotations[&whole].tag.as_str(), "caveat");

    window.key(Key::C);
    window.type_text("klopt dit");
    window.key_with(Modifiers::COMMAND, Key::Enter);
    assert_eq!(window.chosen().comments.len(), 1);
    assert_eq!(window.chosen().comments[0].author, window.harness.state().workspace.me());
    assert!(window.shows("klopt dit"));
    window.key(Key::Escape);
    window.press("Take back");
    assert!(window.chosen().comments.is_empty());
    let done: Vec<&str> = window.chosen().changes.iter().map(|change| change.what.as_str()).collect();
    assert_eq!(done, ["comment on denial", "take back comment on denial"]);
    assert!(window.shows("Take back comment on denial"), "the inspector shows the history");
}

#[test]
fn furniture_is_marked_with_its_repetitions_after_a_list_and_is_no_sentence() {
    let mut window = on_report();
    window.click(window.paragraph("Harbour Board, page 1").left_center() + egui::vec2(20.0, 0.0));
    for _ in 0..3 {
        window.key(Key::W);
    }
    assert_eq!(window.selected(), "Harbour Board, page 1");
    window.key(Key::X);
    window.until("the list is there", |window| window.shows("This stands at 3 other places too"));
    assert!(furniture(&window).is_empty(), "nothing before the list");
    window.key(Key::Enter);
    assert_eq!(
        furniture(&window),
        ["Harbour Board, page 1", "Harbour Board, page 2", "Harbour Board, page 3"],
        "what stands within a line is left unticked"
    );
    // Sentence by sentence, no furniture is met.
    window.key_with(Modifiers::COMMAND, Key::Home);
    let mut sentences = Vec::new();
    for _ in 0..12 {
        window.key(Key::S);
        sentences.push(window.selected());
    }
    assert!(sentences.contains(&"They are on now.".to_owned()), "{sentences:?}");
    assert!(sentences.iter().all(|sentence| !sentence.starts_with("Harbour Board, page")), "{sentences:?}");

    window.click(window.paragraph("Harbour Board, page 2").left_center() + egui::vec2(20.0, 0.0));
    window.key(Key::X);
    assert_eq!(furniture(&window), ["Harbour Board, page 1", "Harbour Board, page 3"], "text again");
    window.command(Key::Z);
    window.command(Key::Z);
    assert!(furniture(&window).is_empty());
}

#[test]
fn one_key_says_how_far_one_is_and_what_was_on_screen_is_told() {
    let mut window = on_report();
    let status = |window: &Window| {
        let me = window.harness.state().workspace.me();
        window.session().documents[0].info.reading.get(&me).map(|reading| reading.status).unwrap_or_default()
    };
    assert_eq!(status(&window), ReadingStatus::Unread);
    for expected in [ReadingStatus::Reading, ReadingStatus::Done, ReadingStatus::Unread] {
        window.key(Key::R);
        assert_eq!(status(&window), expected);
    }
    window.until("the short text has been on screen", |window| {
        window.desk().seen_share(&window.session().documents[0].id) > 0.999
    });
    assert!(window.shows("unread, 100 % seen"));
    // Marking is reading.
    window.key(Key::S);
    window.key(Key::Num1);
    assert_eq!(status(&window), ReadingStatus::Reading);
}

#[test]
fn where_one_was_comes_back() {
    let mut window = Window::on_sample();
    let id = choose(&mut window, "denial");
    window.command(Key::W);
    window.command_shift(Key::F);
    window.type_text("kraan");
    window.key(Key::Escape);
    let panes: Vec<_> = window.desk().view.panes.iter().map(|pane| pane.document.clone()).collect();
    let access = window.desk().access;
    let path = window.folder.path().join("harbour.ron");
    window.harness.state_mut().workspace.dispatch(Action::Choose(Some(id)));
    window.settle();
    window.command(Key::Q);
    window.until("it has ended", |window| window.harness.state().workspace.is_quitting());
    let Window { harness, folder, .. } = window;
    drop(harness);
    let mut again = Window::open(folder, vec![path.clone()], Vec2::new(1920.0, 1080.0));
    again.until("it is open again", |window| window.harness.state().workspace.desk.is_some());
    let desk = again.desk();
    assert_eq!(desk.view.panes.iter().map(|pane| pane.document.clone()).collect::<Vec<_>>(), panes);
    assert_eq!((desk.view.chosen, desk.view.filter.text.as_str(), desk.access), (Some(id), "kraan", access));
    assert!(!std::fs::read_to_string(again.folder.path().join("harbour.ron")).unwrap().contains("kraan\""));

    // Someone else on this computer: the places are there, and what was said of the work of others is asked again.
    again.command(Key::Q);
    again.until("it has ended", |window| window.harness.state().workspace.is_quitting());
    let Window { harness, folder, .. } = again;
    drop(harness);
    let mut other = Window::open(folder, Vec::new(), Vec2::new(1920.0, 1080.0));
    let workspace = &mut other.harness.state_mut().workspace;
    workspace.settings.name = Some("Someone else".to_owned());
    workspace.dispatch(Action::OpenPaths(vec![path]));
    other.until("it is open for another", |window| window.harness.state().workspace.desk.is_some());
    assert_eq!((other.desk().view.chosen, other.desk().access), (Some(id), Access::Ask));
}

#[test]
fn very_many_are_changed_by_a_worker_and_what_is_done_meanwhile_waits() {
    let number = 2_500;
    let session = gainsay::format::session::write(&made::session(2, 60_000, number));
    let mut window = Window::on(&[("many.ron", session.as_bytes())]);
    window.until("it is open", |window| window.harness.state().workspace.desk.is_some());
    window.harness.state_mut().workspace.dispatch(Action::Access(AccessChoice::WorkOn));
    window.until("the table has them", |window| window.desk().rows().ids().len() == number);
    let before = window.session().annotations.clone();
    let workspace = &mut window.harness.state_mut().workspace;
    workspace.dispatch(Action::Pick(before.keys().copied().collect()));
    workspace.dispatch(Action::ChangePicked(gainsay::app::AnnotationChange::Tag(
        gainsay::model::TagId::new("denial"),
    )));
    let held = workspace.desk.as_ref().unwrap().session().annotations.clone();
    assert_eq!(held, before, "the window goes on with what there was");
    workspace.dispatch(Action::Command(gainsay::app::Command::ToggleUnsure));
    window.settle();
    let annotations = &window.session().annotations;
    assert!(annotations.values().all(|annotation| annotation.unsure), "what waited was done");
    let denial = |annotation: &gainsay::model::Annotation| annotation.tag.as_str() == "denial";
    for left in annotations.values().filter(|annotation| !denial(annotation)) {
        let twin = annotations.values().any(|other| denial(other) && other.anchor == left.anchor);
        assert!(twin, "only what would be twice on its passage keeps its tag");
    }
    assert_eq!(window.session().annotations.len(), number);
    for document in &window.session().documents {
        let cache = window.desk().cache(&document.id).unwrap();
        let annotations = window.session().annotations.values().map(|annotation| &**annotation);
        let anew = gainsay::app::DocumentCache::build(document, annotations);
        assert!(cache.counts == anew.counts && cache.marks == anew.marks);
    }
    window.command(Key::Z);
    window.command(Key::Z);
    assert_eq!(window.session().annotations, before);
}
