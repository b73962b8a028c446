//! Echoes: where a passage stands again, quotations, alerts, ribbons; by mouse and by keys.

use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable as _;
use gainsay::app::echoes::{Card, EchoAction, Shown, Stop};
use gainsay::app::{AccessChoice, Action, Command};
use gainsay::model::{DocumentId, Session};

use super::{Window, egui};

/// Counts differently in bytes, code points and clusters; stands before all passages.
const HARD: &str = "👮🏽‍♀️ Ve\u{301}ra says “so”.";
const SPOKEN: &str = "The northern quay stays closed to all heavy traffic until twelve new cranes have been inspected by the \
     harbour office.";
const ALTERED: &str = "The northern quay stays closed to all heavy traffic until fourteen new cranes have been inspected by the \
     harbour office.";
const ELSEWHERE: &str = "Rain fell on the market for most of the afternoon, and the choir sang in the church as it does each spring.";

fn files() -> Vec<(&'static str, Vec<u8>)> {
    let text = |name: &str, other: &str, words: &str| {
        format!("{name} {HARD}\n\n{other}\n\n{words}\n\nThe rest of it is of no matter here.\n").into_bytes()
    };
    let quoted = format!("“{ALTERED}” said the mayor to a reporter on the bridge.");
    vec![
        ("letter.txt", text("Letter", ELSEWHERE, SPOKEN)),
        ("article.txt", text("Article", "Nothing else was said.", &quoted)),
        ("paper.txt", text("Paper", "It was late.", &quoted)),
    ]
}

fn opened() -> Window {
    let files = files();
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let mut window = Window::on(&files);
    window.until("three documents", |window| window.session().documents.len() == 3);
    window.settle();
    window
}

fn text<'a>(session: &'a Session, id: &DocumentId) -> &'a str {
    session.document(id).unwrap().text()
}

fn there(window: &Window, card: &Card) -> String {
    let place = card.there.as_ref().expect("another place");
    text(window.session(), &place.document)[place.span.range()].to_owned()
}

/// Clicks into the sentence, in the column of the letter.
fn look_at_the_sentence(window: &mut Window) {
    let at = window.paragraph("The northern quay").left_top() + egui::vec2(40.0, 14.0);
    window.click(at);
}

fn cards(window: &Window) -> &[Card] {
    window.desk().echoes.cards()
}

#[test]
fn the_panel_shows_where_the_sentence_at_the_caret_stands_again() {
    let mut window = opened();
    window.key(Key::H);
    assert!(window.shows("Click into a sentence"));
    look_at_the_sentence(&mut window);
    assert!(window.shows("Echoes of ¶ 3"));
    assert!(window.shows("2 documents searched, all of them"));
    assert!(window.shows("altered 2"));
    assert!(window.shows("Stands in 3 of 3 documents, earliest first: "));
    assert_eq!(cards(&window).len(), 2);
    for card in cards(&window) {
        assert!(there(&window, card).contains("fourteen new cranes"), "{}", there(&window, card));
        assert_eq!(card.verdict, "altered: 1 word");
        assert!(
            card.alerts.iter().any(|alert| alert.words == "Number: twelve → fourteen"),
            "{:?}",
            card.alerts
        );
        assert!(card.notes.iter().any(|note| note.contains("have “fourteen” where")), "{:?}", card.notes);
    }
    // It follows the caret, and says so where there is nothing.
    let at = window.paragraph("Rain fell").left_top() + egui::vec2(40.0, 14.0);
    window.click(at);
    assert!(window.shows("No other place with this wording was found"));
    assert!(window.shows("wording of fewer than 5 words"));
    assert!(!window.shows("original"));
    window.key(Key::H);
    assert!(!window.shows("Echoes of"));
    // A note is written in the inspector: it comes back for it.
    window.key(Key::H);
    assert!(window.shows("Echoes of"));
    window.key(Key::Num1);
    window.key(Key::N);
    assert!(!window.desk().echoes.open);
    window.type_text("why");
    window.key(Key::Escape);
    assert_eq!(window.chosen().note, "why");
}

#[test]
fn by_keys_one_goes_from_card_to_card_lines_up_and_closes() {
    let mut window = opened();
    look_at_the_sentence(&mut window);
    window.key(Key::H);
    window.key(Key::J);
    assert_eq!(window.desk().echoes.at, Some(Stop::Echo(0)));
    window.key(Key::ArrowDown);
    assert_eq!(window.desk().echoes.at, Some(Stop::Echo(1)));
    window.key(Key::K);
    assert_eq!(window.desk().echoes.at, Some(Stop::Echo(0)));
    let place = window.desk().echoes.chosen().unwrap().there.clone().unwrap();
    assert_eq!(window.desk().echoes.lit(&place.document, None, None), [place.span]);
    // Its column is closed: Enter opens it again, beside the passage, and the passage stays the one that is looked at.
    let pane = window.desk().view.panes.iter().find(|pane| pane.document == place.document).unwrap().id;
    window.harness.state_mut().workspace.dispatch(Action::ClosePane(pane));
    window.settle();
    let looked_at = window.desk().echoes.passage().cloned();
    window.key(Key::Enter);
    let panes: Vec<_> = window.desk().view.panes.iter().map(|pane| pane.document.clone()).collect();
    assert_eq!(panes[1], place.document, "{panes:?}");
    assert_eq!(window.desk().echoes.passage().cloned(), looked_at);
    window.key(Key::Escape);
    assert!(!window.desk().echoes.open);
    // The key means again what it meant.
    assert!(window.desk().view.selection.is_some());
}

#[test]
fn a_twin_and_a_link_are_made_by_key_alone_and_taken_back_in_one_step() {
    let mut window = opened();
    look_at_the_sentence(&mut window);
    window.key(Key::H);
    window.key(Key::J);
    window.key(Key::T);
    assert!(window.said("tag it first"));
    assert!(window.session().annotations.is_empty());
    window.key(Key::Num1);
    let original = window.chosen().clone();
    assert_eq!(window.session().annotations.len(), 1);
    window.key(Key::J);
    let place = window.desk().echoes.chosen().unwrap().there.clone().unwrap();
    window.key(Key::L);
    assert!(window.shows("Link the other place to this one"));
    window.key(Key::Enter);
    let session = window.session();
    let link = session.links.values().next().expect("a link").clone();
    let twin = session.annotations.get(&link.from).expect("a twin").clone();
    assert_eq!((link.kind.as_str(), link.to), ("quotes", original.id));
    assert_eq!(twin.anchor.document(), &place.document);
    assert!(session.quote(&twin).contains("fourteen new cranes"));
    assert_eq!((&twin.tag, twin.statement, twin.voice.len()), (&original.tag, original.statement, 0));
    assert!(window.said("Link made") && window.said("added at the other place"));
    window.command(Key::Z);
    assert_eq!((window.session().links.len(), window.session().annotations.len()), (0, 1));
    // Tagged, then linked: the twin is taken as it is.
    window.key(Key::T);
    assert_eq!(window.session().annotations.len(), 2);
    window.key(Key::T);
    assert!(window.said("already"));
    window.key(Key::L);
    window.key(Key::Num5);
    assert_eq!((window.session().links.len(), window.session().annotations.len()), (1, 2));
    assert_eq!(window.session().links.values().next().unwrap().kind.as_str(), "repeats");
    window.key(Key::L);
    window.key(Key::Num5);
    assert_eq!(window.session().links.len(), 1);
}

#[test]
fn quotations_and_alerts_stand_below_and_an_alert_is_put_aside_for_good() {
    let mut window = opened();
    window.key(Key::H);
    let article =
        window.desk().session().document(&DocumentId::new("article")).expect("it has its name").clone();
    let pane = window.desk().view.panes.iter().find(|pane| pane.document == article.id).unwrap().id;
    window.harness.state_mut().workspace.dispatch(Action::FocusPane(pane));
    window.settle();
    let checked: Vec<&Card> = window.desk().echoes.findings().iter().filter(|it| it.is_quotation).collect();
    assert_eq!(checked.len(), 1, "{checked:?}");
    assert!(checked[0].notes[0].starts_with("Between quotation marks"));
    let alerts = |window: &Window| {
        let findings = window.desk().echoes.findings().iter();
        findings.flat_map(|card| card.alerts.clone()).collect::<Vec<_>>()
    };
    let all = alerts(&window);
    assert!(all.iter().any(|alert| alert.kind == "number"), "{all:?}");
    // To the card that has it, by keys.
    for _ in 0..12 {
        window.key(Key::J);
        let chosen = window.desk().echoes.chosen();
        if chosen.is_some_and(|card| card.alerts.iter().any(|alert| !alert.aside)) {
            break;
        }
    }
    window.key(Key::X);
    assert_eq!(window.session().alerts_aside.len(), 1);
    assert!(window.said("Alert put aside"));
    assert!(window.shows("1 put aside"));
    assert!(alerts(&window).iter().any(|alert| alert.aside));
    window.command(Key::Z);
    assert!(window.session().alerts_aside.is_empty());
    window.command(Key::Y);
    // Kept in the file.
    let path = window.folder.path().join("aside.ron");
    window.harness.state_mut().workspace.dispatch(Action::SaveTo(path.clone()));
    window.until("it is saved", |window| window.desk().file.saved == Some(window.desk().revision()));
    assert_eq!(window.on_disk("aside.ron").alerts_aside, window.session().alerts_aside);
    window.press("1 put aside");
    assert!(window.shows("(put aside)"));
    window.press("Show it again");
    assert!(window.session().alerts_aside.is_empty());
}

#[test]
fn by_mouse_a_card_is_chosen_and_its_place_gone_to() {
    let mut window = opened();
    look_at_the_sentence(&mut window);
    window.key_with(Modifiers::NONE, Key::H);
    let name = cards(&window)[1].there_words.clone();
    let place = cards(&window)[1].there.clone().unwrap();
    window.click_on(&name, false);
    assert_eq!(window.selected(), text(window.session(), &place.document)[place.span.range()]);
    assert_eq!(window.desk().echoes.passage(), Some(&place));
    // A level that is not wanted is not shown.
    let shown = window.desk().echoes.stops().count();
    let levels = window.desk().echoes.heads().levels;
    window.press(&format!("altered {}", levels[1]));
    assert_eq!(window.desk().echoes.stops().count(), shown - levels[1]);
}

#[test]
fn ribbons_are_drawn_when_asked_for_and_a_click_looks_at_the_pair() {
    let mut window = opened();
    window.key(Key::H);
    let before = window.paragraph("Article").left();
    assert!(window.harness_all("Ribbons").is_empty());
    window.key(Key::R);
    assert!(window.desk().echoes.shown.ribbons);
    assert!(window.paragraph("Article").left() > before, "the gap is wider");
    let gap = window.harness_all("Ribbons")[0];
    let (left, right) = (window.paragraph("The northern quay"), window.paragraph("“The northern quay"));
    window.click(egui::pos2(gap.x + 20.0, (left.center().y + right.center().y) / 2.0));
    let passage = window.desk().echoes.passage().expect("the left end is looked at").clone();
    assert!(text(window.session(), &passage.document)[passage.span.range()].contains("twelve new cranes"));
    let card = window.desk().echoes.chosen().expect("its card is chosen");
    let there = card.there.as_ref().unwrap().document.clone();
    assert_eq!(there, window.desk().view.panes[1].document);
    window.key(Key::R);
    assert!(window.harness_all("Ribbons").is_empty());
}

/// Three documents long enough to be scrolled, with the passage at another height in each, and lines that only the
/// document itself has.
fn opened_long() -> Window {
    let text = |name: &str, before: usize, line: &dyn Fn(usize) -> String, words: &str| {
        let lines =
            |from: usize, to: usize| (from..to).map(|i| format!("{}\n\n", line(i))).collect::<String>();
        format!("{name} {HARD}\n\n{}{words}\n\n{}", lines(0, before), lines(before, before + 70)).into_bytes()
    };
    let quoted = format!("“{ALTERED}” said the mayor to a reporter on the bridge.");
    let files = [
        (
            "letter.txt",
            text("Letter", 24, &|i| format!("Answer {i} was given in the house 👮🏽‍♀️ e\u{301}."), SPOKEN),
        ),
        (
            "article.txt",
            text("Article", 40, &|i| format!("Under heading {i} we print a drawing 👮🏽‍♀️."), &quoted),
        ),
        ("paper.txt", text("Paper", 31, &|i| format!("Ferry {i} stayed in port all day 👮🏽‍♀️."), &quoted)),
    ];
    let files: Vec<(&str, &[u8])> = files.iter().map(|(name, bytes)| (*name, bytes.as_slice())).collect();
    let mut window = Window::on(&files);
    window.until("three documents", |window| window.session().documents.len() == 3);
    window.settle();
    window
}

fn act(window: &mut Window, action: Action) {
    window.harness.state_mut().workspace.dispatch(action);
    window.settle();
}

/// How high the passage stands in each column that shows it, from the left.
fn heights(window: &Window) -> Vec<f32> {
    let found = window.harness.root().query_all_by(|node| {
        let is_it = |words: String| words.trim_start_matches('“').starts_with("The northern quay");
        node.role() == egui::accesskit::Role::Paragraph && node.label().is_some_and(is_it)
    });
    let mut rects: Vec<egui::Rect> = found.into_iter().map(|node| node.rect()).collect();
    rects.sort_by(|a, b| a.left().total_cmp(&b.left()));
    rects.iter().map(egui::Rect::top).collect()
}

/// The first two columns show the passage at one height.
fn are_level(window: &Window) -> bool {
    matches!(heights(window).as_slice(), [one, other, ..] if (one - other).abs() < 2.0)
}

#[test]
fn without_a_passage_the_panel_lists_what_stands_in_several_documents_and_lines_them_up() {
    let mut window = opened_long();
    window.key(Key::H);
    assert!(window.shows("Click into a sentence"));
    assert!(window.shows("What stands in several documents"));
    assert!(window.shows("3 documents compared, all of them"));
    assert!(window.shows("In 3 of 3 documents, 2 wordings"));
    let group = &window.desk().echoes.groups()[0];
    assert_eq!((group.group.documents, group.group.wordings, group.first_places().len()), (3, 2, 3));
    assert!(group.wording.contains("northern quay stays closed"), "{}", group.wording);
    window.key(Key::J);
    assert_eq!(window.desk().echoes.at, Some(Stop::Group(0)));
    assert!(window.shows("Passage 1 of 1"));
    // All its places are lit.
    for document in ["letter", "article", "paper"] {
        assert_eq!(window.desk().echoes.lit(&DocumentId::new(document), None, None).len(), 1);
    }
    window.key(Key::Enter);
    let on_screen = window.desk().view.on_screen.len();
    assert!(window.said(&format!("{on_screen} columns lined up")), "{:?}", window.messages());
    assert!(are_level(&window), "{:?}", heights(&window));
    // A link or a tag is for a pair.
    window.key(Key::L);
    assert!(window.said("this is for one card"));
    // To one of its places: that is looked at from now on.
    let (places, more) = window.desk().echoes.groups()[0].places(window.desk());
    assert_eq!((places.len(), more), (3, 0));
    window.click_on(&places[1].words, false);
    assert_eq!(window.desk().echoes.passage(), Some(&places[1].place));
    assert!(window.shows("Echoes of"));
    assert!(!window.shows("In 3 of 3 documents, 2 wordings"));
}

#[test]
fn all_documents_are_asked_for_by_key_or_mouse_whatever_is_looked_at() {
    let mut window = opened_long();
    window.key_with(Modifiers::SHIFT, Key::H);
    assert!(window.desk().echoes.open && window.desk().echoes.shown.all);
    assert!(window.shows("1 passage stands in more than one"));
    assert!(window.shows("set phrases."), "it says what was not searched");
    window.press("This passage");
    assert!(!window.desk().echoes.shown.all);
    window.key_with(Modifiers::SHIFT, Key::H);
    assert!(window.desk().echoes.shown.all);
    // A click lines up at once.
    let row = window.desk().echoes.groups()[0].wording.clone();
    let at = window.harness_all(&row)[0];
    window.click(at);
    assert_eq!(window.desk().echoes.at, Some(Stop::Group(0)));
    assert!(are_level(&window), "{:?}", heights(&window));
    window.key_with(Modifiers::SHIFT, Key::H);
    assert!(!window.desk().echoes.shown.all);
    assert_eq!(window.desk().echoes.at, None);
}

#[test]
fn columns_that_stand_level_are_left_so_by_ribbons_and_by_the_panel() {
    let mut window = opened_long();
    window.key_with(Modifiers::SHIFT, Key::H);
    window.key(Key::J);
    window.key(Key::Enter);
    assert!(are_level(&window), "{:?}", heights(&window));
    window.key(Key::R);
    assert!(window.desk().echoes.shown.ribbons);
    assert!(are_level(&window), "the gaps are wider: {:?}", heights(&window));
    window.key(Key::R);
    assert!(are_level(&window), "and narrow again: {:?}", heights(&window));
    window.key(Key::Escape);
    assert!(!window.desk().echoes.open);
    assert!(are_level(&window), "the panel is gone: {:?}", heights(&window));
}

#[test]
fn a_card_that_is_asked_for_before_it_is_found_is_waited_for() {
    let mut window = opened_long();
    let workspace = &mut window.harness.state_mut().workspace;
    workspace.dispatch(Action::Command(Command::Echoes));
    workspace.dispatch(Action::Command(Command::NextEcho));
    assert!(window.said("Still looking"));
    assert!(!window.said("no card"));
    window.settle();
    assert_eq!(window.desk().echoes.at, Some(Stop::Group(0)));
}

/// Goes by keys to the first quotation of the document in focus; true when both its sides are on screen.
fn quotation_shows_both_sides(window: &mut Window) -> bool {
    for _ in 0..8 {
        window.key(Key::J);
        if window.desk().echoes.chosen().is_some_and(|card| card.is_quotation) {
            break;
        }
    }
    let card = window.desk().echoes.chosen().expect("a quotation").clone();
    assert!(card.is_quotation);
    [card.here, card.there.expect("it has a source")].iter().all(|place| {
        let mut shown = window.desk().view.shown().filter(|pane| pane.document == place.document);
        shown.any(|pane| pane.visible.start <= place.span.start() && place.span.end() <= pane.visible.end)
    })
}

#[test]
fn of_a_quotation_both_sides_come_into_view() {
    let mut window = opened_long();
    let pane = |window: &Window, name: &str| {
        let panes = &window.desk().view.panes;
        panes.iter().find(|pane| pane.document.as_str() == name).map(|pane| pane.id)
    };
    let article = pane(&window, "article").unwrap();
    act(&mut window, Action::FocusPane(article));
    window.key(Key::H);
    assert!(quotation_shows_both_sides(&mut window), "both columns are scrolled");
    assert!(window.shows("Quotation or alert "));
    // Its source is behind a tab, or in no column at all.
    window.key(Key::Escape);
    for _ in 0..4 {
        window.command(Key::Num2);
    }
    window.key(Key::H);
    assert!(quotation_shows_both_sides(&mut window), "it comes from behind its tab");
    window.key(Key::Escape);
    for name in ["letter", "paper"] {
        let closed = pane(&window, name).unwrap();
        act(&mut window, Action::ClosePane(closed));
    }
    window.key(Key::H);
    assert!(quotation_shows_both_sides(&mut window), "it is opened");
}

/// How many corners of what is painted at the right of `left` and at the left of `right` have the color of what is lit.
pub(super) fn lit_between(window: &Window, left: f32, right: f32) -> usize {
    fn count(shape: &egui::Shape, is_lit: &dyn Fn(&egui::epaint::Vertex) -> bool) -> usize {
        match shape {
            egui::Shape::Vec(shapes) => shapes.iter().map(|shape| count(shape, is_lit)).sum(),
            egui::Shape::Mesh(mesh) => mesh.vertices.iter().filter(|it| is_lit(it)).count(),
            _ => 0,
        }
    }
    let lit = gainsay::ui::theme::Theme::of(&window.harness.ctx).colors.selection;
    let is_lit = |it: &egui::epaint::Vertex| it.color == lit && (left..right).contains(&it.pos.x);
    window.harness.output().shapes.iter().map(|it| count(&it.shape, &is_lit)).sum()
}

#[test]
fn the_pointer_over_a_card_lights_up_its_other_side() {
    let mut window = opened();
    look_at_the_sentence(&mut window);
    window.key(Key::H);
    let card = cards(&window)[0].clone();
    let there = card.there.clone().unwrap();
    let column = window.desk().view.panes.iter().position(|pane| pane.document == there.document).unwrap();
    assert!(column > 0);
    let quotes = window.harness.root().query_all_by(|node| {
        node.role() == egui::accesskit::Role::Paragraph
            && node.label().is_some_and(|label| label.starts_with("“The northern quay"))
    });
    let mut rects: Vec<egui::Rect> = quotes.into_iter().map(|node| node.rect()).collect();
    rects.sort_by(|a, b| a.left().total_cmp(&b.left()));
    let rect = rects[column - 1];
    assert_eq!(lit_between(&window, rect.left(), rect.right()), 0);
    let at = window.harness_all(&card.there_words)[0];
    window.harness.hover_at(at);
    window.settle();
    window.settle();
    assert!(lit_between(&window, rect.left(), rect.right()) > 0);
    assert_eq!(window.desk().echoes.at, None, "nothing was chosen");
}

#[test]
fn who_only_reads_changes_nothing_from_the_panel_and_is_told_so() {
    let mut window = opened();
    look_at_the_sentence(&mut window);
    window.key(Key::Num1);
    act(&mut window, Action::Access(AccessChoice::Review));
    window.key(Key::H);
    window.key(Key::J);
    assert!(window.desk().echoes.chosen().is_some_and(|card| !card.alerts.is_empty()));
    let told = |window: &Window| {
        window.messages().iter().filter(|said| said.contains("nothing is changed in it")).count()
    };
    let revision = window.desk().revision();
    for key in [Key::T, Key::L, Key::X] {
        let before = told(&window);
        window.key(key);
        assert_eq!(told(&window), before + 1, "{key:?}: {:?}", window.messages());
        assert!(window.harness.state().workspace.overlay.is_none());
    }
    assert_eq!(window.desk().revision(), revision);
    assert_eq!((window.session().annotations.len(), window.session().links.len()), (1, 0));
    assert!(window.session().alerts_aside.is_empty());
}

#[test]
fn echoes_and_quotations_are_counted_apart() {
    let mut window = opened();
    look_at_the_sentence(&mut window);
    window.key(Key::H);
    let findings = window.desk().echoes.findings().len();
    assert!(window.shows("2 echoes, "), "of {findings} findings");
    window.key(Key::J);
    assert!(window.shows("Echo 1 of 2"));
    let shown = Shown { all: true, ..window.desk().echoes.shown };
    act(&mut window, Action::Echoes(EchoAction::Show(shown)));
    assert_eq!(window.desk().echoes.at, None);
    let groups = gainsay::app::count(window.desk().echoes.groups().len(), "passage");
    assert!(window.shows(&format!("{groups} in several documents")), "{groups}");
}
