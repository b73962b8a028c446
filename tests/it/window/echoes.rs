//! Echoes: where a passage stands again, quotations, alerts, ribbons; by mouse and by keys.

use egui::{Key, Modifiers};
use gainsay::app::echoes::{Card, Stop};
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
    window.harness.state_mut().workspace.dispatch(gainsay::app::Action::ClosePane(pane));
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
    window.harness.state_mut().workspace.dispatch(gainsay::app::Action::FocusPane(pane));
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
    window.harness.state_mut().workspace.dispatch(gainsay::app::Action::SaveTo(path.clone()));
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
