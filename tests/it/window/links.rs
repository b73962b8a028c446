//! Links between annotations and columns that stand level: what a user does with them, by mouse and by keys.

use egui::{Event, Key, Modifiers, pos2};
use gainsay::app::{AccessChoice, Action, Command};
use gainsay::model::{Annotation, AnnotationId, DocumentId, DocumentInfo, Link, Span, TagId};

use super::{Window, egui};

const CAVEAT: &str = "It can not be ruled out that an officer has tried it.";
const CLAIM: &str = "The police used the software for years, says “De Bode”.";
const QUOTE: &str = "It can not be ruled out that an officer has tried it";

/// Before each passage signs that are longer in bytes than on screen.
fn letter() -> String {
    let mut text = "# Letter 👮🏽‍♀️ cafe\u{301}\n\n“Honorable” chair 👮🏽‍♀️ e\u{301}.\n\n".to_owned();
    for i in 0..30 {
        text.push_str(&format!("Answer {i} to a question that was “asked” 👮🏽‍♀️ e\u{301} in the house.\n\n"));
    }
    text.push_str(&format!("We looked, e\u{301} 👮🏽‍♀️ “well”. {CAVEAT} The rest follows.\n\n"));
    for i in 30..90 {
        text.push_str(&format!("Answer {i} to a further question, “asked” 👮🏽‍♀️ e\u{301} later.\n\n"));
    }
    text
}

fn article() -> String {
    let mut text = "“Scoop” 👮🏽‍♀️ e\u{301} in the paper.\n\n".to_owned();
    for i in 0..50 {
        text.push_str(&format!(
            "Line {i} of the paper 👮🏽‍♀️ e\u{301} “as printed”, and what it says of it.\n\n"
        ));
    }
    text.push_str(&format!("They say: 👮🏽‍♀️ e\u{301} “indeed”. {CLAIM} So it is.\n\n"));
    text.push_str(&format!("The minister wrote 👮🏽‍♀️ e\u{301}: “{QUOTE}”, and no more.\n\n"));
    for i in 50..110 {
        text.push_str(&format!("Line {i} of the paper 👮🏽‍♀️ e\u{301} “as printed”, to its end.\n\n"));
    }
    text
}

/// A window on both, with a caveat in the letter, a claim and another caveat in the article.
fn window() -> Window {
    let mut window = Window::on(&[("letter.md", letter().as_bytes()), ("article.txt", article().as_bytes())]);
    window.until("both are open", |window| {
        window.harness.state().workspace.desk.as_ref().is_some_and(|desk| desk.view.panes.len() == 2)
    });
    window.settle();
    for (document, title) in [("letter", "Letter"), ("article", "Article")] {
        let id = DocumentId::new(document);
        let mut info = DocumentInfo::clone(&window.session().document(&id).unwrap().info);
        info.metadata.title = title.to_owned();
        act(&mut window, Action::SetDocumentInfo(id, Box::new(info), "title"));
    }
    for (document, words, tag) in
        [("article", CLAIM, "claim"), ("article", QUOTE, "caveat"), ("letter", CAVEAT, "caveat")]
    {
        mark(&mut window, document, words, tag);
    }
    act(&mut window, Action::Choose(None));
    window
}

fn act(window: &mut Window, action: Action) {
    window.harness.state_mut().workspace.dispatch(action);
    window.settle();
}

fn mark(window: &mut Window, document: &str, words: &str, tag: &str) {
    let document = DocumentId::new(document);
    let text = window.session().document(&document).unwrap().text();
    let at = text.find(words).unwrap();
    let span = Span::new(at, at + words.len()).unwrap();
    act(window, Action::Mark { document, span, tag: TagId::new(tag) });
}

/// The annotation on these words.
fn on(window: &Window, document: &str, words: &str) -> AnnotationId {
    let session = window.session();
    let is = |it: &&std::sync::Arc<Annotation>| {
        it.anchor.document().as_str() == document && session.quote(it) == words
    };
    session.annotations.values().find(is).expect("it is marked").id
}

fn caveat(window: &Window) -> AnnotationId {
    on(window, "letter", CAVEAT)
}

fn claim(window: &Window) -> AnnotationId {
    on(window, "article", CLAIM)
}

fn quote(window: &Window) -> AnnotationId {
    on(window, "article", QUOTE)
}

/// Kind, start and end of all links.
fn links(window: &Window) -> Vec<(String, AnnotationId, AnnotationId)> {
    window.session().links.values().map(|link| (link.kind.to_string(), link.from, link.to)).collect()
}

fn link(window: &Window) -> Link {
    let links = &window.session().links;
    assert_eq!(links.len(), 1);
    Link::clone(links.values().next().unwrap())
}

/// Makes a link by keys from the caveat to the claim.
fn make(window: &mut Window) {
    let (caveat, claim) = (caveat(window), claim(window));
    act(window, Action::JumpTo(caveat));
    window.key(Key::L);
    act(window, Action::JumpTo(claim));
    window.key(Key::L);
    window.key(Key::Enter);
}

/// Where a passage stands on screen: the top of the paragraph with these words at its start.
fn top(window: &Window, words: &str) -> f32 {
    window.paragraph(words).top()
}

#[test]
fn by_keys_a_link_goes_from_one_passage_to_another_and_is_one_step() {
    let mut window = window();
    let (caveat, claim) = (caveat(&window), claim(&window));
    let first = window.desk().view.panes[0].id;
    act(&mut window, Action::FocusPane(first));
    window.key(Key::J);
    assert_eq!(window.chosen().id, caveat);
    window.key(Key::L);
    assert!(window.shows("A link from caveat, Letter"), "the hint bar says where it starts");
    window.key(Key::L);
    assert!(window.said("The link starts here"));
    window.key(Key::Tab);
    window.key(Key::J);
    assert_eq!(window.chosen().id, claim);
    let steps = window.desk().history().done().len();
    window.key(Key::L);
    assert!(window.shows("A new link says") && window.shows("caveat, Letter, ¶ 33"));
    window.key(Key::Enter);
    assert_eq!(links(&window), [("qualifies".to_owned(), caveat, claim)], "a caveat qualifies");
    assert!(window.said("Link added: caveat, Letter, ¶ 33 qualifies claim, Article, ¶ 52"));
    assert_eq!(window.desk().history().done().len(), steps + 1);
    assert!(window.desk().view.links.start.is_none());
    window.command(Key::Z);
    assert_eq!(links(&window), []);
    window.command_shift(Key::Z);
    assert_eq!(links(&window).len(), 1);
    // The same again is said, not doubled; turned around it is another.
    make(&mut window);
    assert_eq!(links(&window).len(), 1);
    assert!(window.said("That link is there already"));
    act(&mut window, Action::JumpTo(caveat));
    window.key(Key::L);
    act(&mut window, Action::JumpTo(claim));
    window.key(Key::L);
    window.key(Key::T);
    window.key(Key::Num2);
    assert_eq!(links(&window).len(), 2);
    assert!(links(&window).iter().any(|(_, from, to)| (*from, *to) == (claim, caveat)));
}

#[test]
fn a_link_needs_annotations_and_escape_ends_it() {
    let mut window = window();
    window.key(Key::L);
    assert!(window.said("Choose an annotation first"));
    window.sweep("Line 0");
    window.key(Key::L);
    assert!(window.said("Tag the selection first"));
    let id = caveat(&window);
    act(&mut window, Action::JumpTo(id));
    window.key(Key::L);
    assert_eq!(window.desk().view.links.start, Some(id));
    window.key(Key::Escape);
    assert_eq!(window.desk().view.links.start, None);
    assert!(window.desk().view.chosen.is_some(), "the choice stays");
    // Who deletes the passage where it starts has begun none.
    window.key(Key::L);
    window.key(Key::Delete);
    assert_eq!(window.desk().view.links.start, None);
}

#[test]
fn same_words_are_a_quotation_by_default() {
    let mut window = window();
    let (caveat, quote) = (caveat(&window), quote(&window));
    act(&mut window, Action::JumpTo(quote));
    window.key(Key::L);
    act(&mut window, Action::JumpTo(caveat));
    window.key(Key::L);
    window.key(Key::Enter);
    assert_eq!(links(&window), [("quotes".to_owned(), quote, caveat)]);
}

#[test]
fn by_mouse_a_link_is_dragged_to_another_passage() {
    let mut window = window();
    let (caveat, claim) = (caveat(&window), claim(&window));
    act(&mut window, Action::JumpTo(claim));
    act(&mut window, Action::JumpTo(caveat));
    let handle = window.harness_all("Link handle")[0];
    let target = window.paragraph("They say:");
    // Outside of any passage nothing comes of it.
    window.drag(handle, pos2(target.left() + 30.0, 90.0));
    assert!(window.harness.state().workspace.overlay.is_none());
    let row = pos2(target.left() + 260.0, target.top() + 12.0);
    window.drag(handle, row);
    assert!(window.shows("A new link says"));
    window.key(Key::Num1);
    assert_eq!(links(&window).len(), 1);
    let (_, from, to) = links(&window)[0].clone();
    assert_eq!((from, to), (caveat, claim));
    assert_eq!(window.chosen().id, caveat, "a drag of the link leaves the choice");
}

#[test]
fn a_link_is_followed_there_and_back() {
    let mut window = window();
    make(&mut window);
    let (caveat, claim, quote) = (caveat(&window), claim(&window), quote(&window));
    act(&mut window, Action::JumpTo(quote));
    window.key(Key::L);
    act(&mut window, Action::JumpTo(caveat));
    window.key(Key::L);
    window.key(Key::Enter);
    window.key(Key::F);
    assert_eq!(window.chosen().id, claim);
    assert!(window.said("Link 1 of 2: qualifies claim, Article, ¶ 52"));
    window.key(Key::F);
    assert_eq!(window.chosen().id, quote, "the same key goes on");
    assert!(window.said("Link 2 of 2: quoted by caveat, Article, ¶ 53"));
    window.key(Key::F);
    assert_eq!(window.chosen().id, caveat, "and comes back");
    window.key(Key::F);
    assert_eq!(window.chosen().id, claim);
    // Back is the trail's: to the column and place that one came from.
    let letter = window.desk().view.panes[0].id;
    window.key_with(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(window.desk().view.focus, Some(letter));
}

#[test]
fn the_inspector_leads_along_links_and_changes_them() {
    let mut window = window();
    make(&mut window);
    let (caveat, claim) = (caveat(&window), claim(&window));
    assert_eq!(window.chosen().id, claim);
    assert!(window.shows("qualified by"), "read from the other end");
    window.press("caveat, Letter, ¶ 33");
    assert_eq!(window.chosen().id, caveat);
    window.press("qualifies");
    assert!(window.shows("The link says"));
    window.press_last("answers");
    assert_eq!(links(&window), [("answers".to_owned(), caveat, claim)]);
    window.press("Note on the link");
    window.focus("Note on the link");
    window.type_text("see there");
    window.key_with(Modifiers::COMMAND, Key::Enter);
    assert_eq!(link(&window).note, "see there");
    assert!(window.shows("see there"));
    window.press("Remove link");
    assert_eq!(links(&window), []);
    window.command(Key::Z);
    assert_eq!(link(&window).note, "see there");
    window.press("Add link…");
    assert_eq!(window.desk().view.links.start, Some(caveat));
}

#[test]
fn links_are_in_the_file_and_come_back() {
    let mut window = window();
    make(&mut window);
    let made = link(&window);
    let path = window.folder.path().join("linked.ron");
    act(&mut window, Action::SaveTo(path.clone()));
    window.until("it is saved", |window| window.desk().file.saved == Some(window.desk().revision()));
    let links = window.on_disk("linked.ron").links;
    assert_eq!((links.len(), &*links[&made.id]), (1, &made));
    act(&mut window, Action::Command(Command::CloseSession));
    act(&mut window, Action::OpenPaths(vec![path]));
    window.until("it is open", |window| {
        let desk = window.harness.state().workspace.desk.as_ref();
        desk.is_some_and(|desk| !desk.session().links.is_empty())
    });
    assert_eq!(link(&window), made);
    let ties = window.desk().ties(made.from).len();
    assert_eq!(ties, 1);
}

#[test]
fn a_session_that_is_read_gets_no_links() {
    let mut window = Window::on_sample_of_others();
    act(&mut window, Action::Access(AccessChoice::Review));
    let before = links(&window);
    let ids: Vec<AnnotationId> = window.session().annotations.keys().copied().take(2).collect();
    act(&mut window, Action::JumpTo(ids[0]));
    window.key(Key::L);
    act(&mut window, Action::JumpTo(ids[1]));
    window.key(Key::L);
    window.key(Key::Num3);
    assert_eq!(links(&window), before);
    assert!(window.desk().history().done().is_empty());
}

#[test]
fn where_the_other_end_is_not_beside_a_chip_leads_there() {
    let mut window = window();
    make(&mut window);
    let (caveat, claim) = (caveat(&window), claim(&window));
    act(&mut window, Action::JumpTo(caveat));
    let article = window.desk().view.panes[1].id;
    act(&mut window, Action::ClosePane(article));
    let chip = window.harness_all("qualifies claim, Article, ¶ 52")[0];
    window.click(chip);
    assert_eq!(window.chosen().id, claim);
    assert_eq!(window.desk().view.panes.len(), 2, "a column was opened for it");
    // All links: the switch says what it does.
    window.key_with(Modifiers::SHIFT, Key::L);
    assert!(window.desk().view.links.all && window.said("All links on screen are drawn"));
    act(&mut window, Action::Choose(None));
    window.key_with(Modifiers::SHIFT, Key::L);
    assert!(!window.desk().view.links.all);
}

#[test]
fn columns_stand_level_and_scroll_together() {
    let mut window = window();
    make(&mut window);
    let caveat = caveat(&window);
    let article = window.desk().view.panes[1].id;
    act(&mut window, Action::ClosePane(article));
    act(&mut window, Action::JumpTo(caveat));
    window.key(Key::A);
    assert_eq!(window.desk().view.panes.len(), 2, "the other end has a column again");
    let stand = |window: &Window| (top(window, "We looked"), top(window, "They say:"));
    let (letter, article) = stand(&window);
    assert!((letter - article).abs() < 2.0, "{letter} {article}");
    window.key_with(Modifiers::SHIFT, Key::A);
    assert_eq!(window.harness_all("lined up").len(), 2, "each head says so");
    let over = window.paragraph("We looked").center();
    let scroll = |window: &mut Window, points: f32| {
        window.harness.hover_at(over);
        window.harness.step();
        window.harness.event(Event::MouseWheel {
            unit: egui::MouseWheelUnit::Point,
            delta: egui::vec2(0.0, points),
            phase: egui::TouchPhase::Move,
            source: egui::MouseWheelSource::Unknown,
            modifiers: Modifiers::NONE,
        });
        for _ in 0..30 {
            window.harness.step();
        }
        window.settle();
    };
    scroll(&mut window, -60.0);
    let (a, b) = stand(&window);
    assert!(letter - a > 30.0, "it has scrolled: {letter} {a}");
    assert!((a - b).abs() < 2.0, "and the other with it: {a} {b}");
    // To the top, where one column ends before the other, and back: they stand as they stood.
    scroll(&mut window, 5_000.0);
    scroll(&mut window, -600.0);
    window.key(Key::Escape);
    window.key(Key::Escape);
    assert_eq!(window.harness_all("lined up").len(), 0, "Esc lets go");
    assert!(window.desk().view.links.locked.is_empty());
}

#[test]
fn near_the_start_of_a_text_columns_stand_as_high_as_they_can() {
    let mut window = window();
    mark(&mut window, "article", "in the paper", "denial");
    let (start, caveat) = (on(&window, "article", "in the paper"), caveat(&window));
    act(&mut window, Action::JumpTo(caveat));
    window.key(Key::L);
    act(&mut window, Action::JumpTo(start));
    window.key(Key::L);
    window.key(Key::Enter);
    act(&mut window, Action::JumpTo(caveat));
    window.key(Key::A);
    let (letter, article) = (top(&window, "We looked"), top(&window, "“Scoop”"));
    assert!((letter - article).abs() < 2.0, "{letter} {article}");
}

#[test]
fn a_column_behind_a_tab_comes_beside_to_stand_level() {
    let mut window = window();
    let (from, to) = (on(&window, "letter", CAVEAT), on(&window, "article", QUOTE));
    act(&mut window, Action::JumpTo(from));
    for _ in 0..4 {
        act(&mut window, Action::Command(Command::SplitPane));
    }
    let first = window.desk().view.panes[0].id;
    act(&mut window, Action::FocusPane(first));
    let place = |window: &Window, id| {
        let annotation = &window.session().annotations[&id];
        (annotation.anchor.document().clone(), annotation.anchor.span().unwrap())
    };
    let places = vec![place(&window, from), place(&window, to)];
    let span = places[1].1;
    act(&mut window, Action::AlignColumns(places));
    let view = &window.desk().view;
    let article = view.panes.iter().position(|pane| pane.document.as_str() == "article").unwrap();
    let focus = view.panes.iter().position(|pane| Some(pane.id) == view.focus).unwrap();
    assert_eq!((view.panes[focus].document.as_str(), article.abs_diff(focus)), ("letter", 1));
    let visible = &view.panes[article].visible;
    assert!(visible.start <= span.start() && span.end() <= visible.end, "{visible:?} {span}");
}

#[test]
fn columns_behind_tabs_do_not_scroll_together_and_are_not_counted() {
    let mut window = window();
    for _ in 0..4 {
        act(&mut window, Action::Command(Command::SplitPane));
    }
    let view = &window.desk().view;
    let (all, shown) = (view.panes.len(), view.on_screen.clone());
    assert!(1 < shown.len() && shown.len() < all, "{shown:?} of {all}");
    window.key_with(Modifiers::SHIFT, Key::A);
    assert!(window.said(&format!("{} columns scroll together", shown.len())), "{:?}", window.messages());
    assert_eq!(window.desk().view.links.locked, shown);
}
