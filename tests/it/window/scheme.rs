//! The scheme, changed while one works.

use egui::{Key, Modifiers};
use gainsay::model::{Pattern, Tag, TagColor, TagId};

use super::{DialogAnswer, Window, egui};

fn tag<'a>(window: &'a Window, id: &str) -> &'a Tag {
    window.session().scheme.tag(&TagId::new(id)).unwrap_or_else(|| panic!("no tag {id}"))
}

#[test]
fn a_tag_is_added_described_recolored_rekeyed_and_used_by_its_key() {
    let mut window = Window::on_sample();
    window.command(Key::G);
    window.type_text("promise");
    window.key(Key::Enter);
    assert_eq!((tag(&window, "promise").key, tag(&window, "promise").letter), (Some(4), 'P'));
    window.focus("Definition");
    window.type_text("says that it will be so");
    window.press("Color violet");
    window.press("Line dotted");
    let made = tag(&window, "promise");
    assert_eq!(
        made.definition, "says that it will be so",
        "what was typed is kept when something else is pressed"
    );
    assert_eq!((made.color, made.pattern), (TagColor::Violet, Pattern::Dotted));
    window.press("Key 2");
    assert_eq!((tag(&window, "promise").key, tag(&window, "denial").key), (Some(2), None));
    window.focus("Name");
    window.command(Key::A);
    window.type_text("pledge");
    window.key(Key::Escape);
    assert_eq!(tag(&window, "promise").name, "pledge", "also when the sheet is closed at once");
    assert!(window.harness.state().workspace.overlay.is_none());
    window.key(Key::S);
    window.key(Key::Num2);
    assert_eq!(window.chosen().tag.as_str(), "promise");
    assert!(window.shows("says that it will be so"), "the inspector tells what it means");
    for _ in 0..7 {
        window.command(Key::Z);
    }
    assert!(window.session().scheme.tag(&TagId::new("promise")).is_none(), "each change was a step");
}

#[test]
fn merging_says_what_it_touches_and_is_one_step() {
    let mut window = Window::on_sample();
    let before = window.session().clone();
    let of = |session: &gainsay::model::Session, tag: &str| {
        session.annotations.values().filter(|annotation| annotation.tag.as_str() == tag).count()
    };
    let (claims, caveats) = (of(&before, "claim"), of(&before, "caveat"));
    window.command(Key::G);
    window.press("Scheme tag caveat");
    window.press("Merge into…");
    window.press_last("claim");
    assert!(window.shows(&format!("{caveats} caveat annotations in")), "it says what it touches");
    assert_eq!(*window.session(), before);
    window.press("Merge into claim");
    assert_eq!(of(window.session(), "claim"), claims + caveats);
    assert!(window.session().scheme.tag(&TagId::new("caveat")).is_none());
    window.key(Key::Escape);
    window.command(Key::Z);
    assert_eq!((&window.session().scheme, of(window.session(), "caveat")), (&before.scheme, caveats));
    let words = |session: &gainsay::model::Session| -> Vec<(gainsay::model::AnnotationId, TagId, String)> {
        session.annotations.values().map(|it| (it.id, it.tag.clone(), it.note.clone())).collect()
    };
    assert_eq!(words(window.session()), words(&before));
}

#[test]
fn menus_of_the_sheet_open_again_after_one_was_used() {
    let mut window = Window::on_sample();
    window.command(Key::G);
    for _ in 0..3 {
        window.click_on("Merge into…", true);
        assert!(window.harness_all("denial").len() > 1, "the menu is open");
        window.click_on("denial", true);
        assert!(window.shows("Merge claim into denial?") || window.shows("Merge caveat into denial?"));
        window.click_on("Leave them apart", true);
    }
}

#[test]
fn a_retired_tag_stays_on_its_annotations_and_has_no_key() {
    let mut window = Window::on_sample();
    let before = window.session().annotations.clone();
    window.command(Key::G);
    window.press("Scheme tag denial");
    window.press("Retire");
    assert!(tag(&window, "denial").retired);
    assert_eq!(window.session().annotations, before);
    window.key(Key::Escape);
    window.key(Key::S);
    window.key(Key::Num2);
    assert_eq!(window.session().annotations.len(), before.len(), "its key marks nothing");
    window.command(Key::G);
    window.press("Scheme tag denial");
    window.press("Bring back");
    assert!(!tag(&window, "denial").retired);
}

#[test]
fn a_rule_is_dated_and_finds_what_was_made_before_it() {
    let mut window = Window::on_sample();
    let claims =
        window.session().annotations.values().filter(|annotation| annotation.tag.as_str() == "claim").count();
    window.command(Key::G);
    window.press("Scheme tag claim");
    window.focus("New rule");
    window.type_text("only what someone says");
    window.key(Key::Enter);
    assert_eq!(tag(&window, "claim").rules.len(), 1);
    // The sample is dated in a made-up future: nothing in it is older than a rule of today.
    assert!(window.shows("nothing marked before it"));
    let since: gainsay::model::Timestamp = "2040-01-01T00:00:00Z".parse().unwrap();
    let mut scheme = gainsay::model::Scheme::clone(&window.session().scheme);
    scheme.tags.iter_mut().find(|tag| tag.id.as_str() == "claim").unwrap().rules[0].since = since;
    let set = gainsay::app::Action::SetScheme(Box::new(scheme), "date a rule".to_owned());
    window.harness.state_mut().workspace.dispatch(set);
    window.settle();
    window.press(&format!("{claims} annotations made before it: show"));
    assert_eq!(window.desk().rows().ids().len(), claims);
    assert!(window.shows("claim, before the rule of"));
    window.press("Clear filter");
    assert!(window.desk().view.filter.before.is_none());
}

#[test]
fn an_example_is_added_by_one_key_and_leads_back() {
    let mut window = Window::on_sample();
    window.key(Key::J);
    let (id, tag_id) = (window.chosen().id, window.chosen().tag.clone());
    let words = window.quote();
    window.key(Key::E);
    let examples = &window.session().scheme.tag(&tag_id).unwrap().examples;
    assert_eq!(examples.last().unwrap().annotation, Some(id));
    let start: String = words.chars().take(20).collect();
    assert!(examples.last().unwrap().quote.starts_with(&start));
    window.key(Key::E);
    assert!(window.said("is an example of"), "once is enough");
    window.command(Key::G);
    window.press("Remove example");
    assert!(
        window.session().scheme.tag(&tag_id).unwrap().examples.iter().all(|it| it.annotation != Some(id))
    );
}

#[test]
fn attributes_have_values_and_a_default_and_link_kinds_are_named() {
    let mut window = Window::on_sample();
    window.command(Key::G);
    window.focus("New attribute");
    window.type_text("force");
    window.key(Key::Enter);
    window.focus("New value");
    for value in ["strong", "mild", "weak"] {
        window.type_text(value);
        window.key(Key::Enter);
    }
    // Undo works in the sheet, the focus stays where one types.
    window.command(Key::Z);
    window.command(Key::Z);
    window.type_text("weak");
    window.key(Key::Enter);
    let attribute = window.session().scheme.attributes.last().unwrap();
    assert_eq!(
        attribute.values.iter().map(|value| value.name.as_str()).collect::<Vec<_>>(),
        ["strong", "weak"]
    );
    let first = window.harness_all("default").remove(0);
    window.click(first);
    assert_eq!(window.session().scheme.attributes.last().unwrap().default.as_deref(), Some("strong"));
    window.focus("New link kind");
    window.type_text("echoes");
    window.key(Key::Enter);
    assert_eq!(window.session().scheme.link_kinds.last().unwrap().name, "echoes");
    window.key(Key::Escape);
    window.key(Key::S);
    window.key(Key::Num1);
    assert_eq!(
        window.chosen().attributes.values().collect::<Vec<_>>(),
        ["strong"],
        "new annotations have it"
    );
    // An attribute without values takes any text.
    window.command(Key::G);
    window.focus("New attribute");
    window.type_text("source");
    window.key(Key::Enter);
    window.key(Key::Escape);
    window.focus("source");
    window.type_text("by phone ");
    let texts = |window: &Window| window.chosen().attributes.values().cloned().collect::<Vec<_>>();
    // A moment after the last key, with the field as it is.
    window.until("it is handed over", |window| texts(window) == ["strong", "by phone"]);
    window.type_text("twice");
    window.key(Key::Tab);
    assert_eq!(texts(&window), ["strong", "by phone twice"]);
    // The focus has gone on to the next field: Esc leaves it to the text.
    window.key(Key::Escape);
    // Each time that something was handed over is a step.
    for _ in 0..20 {
        if texts(&window).len() > 1 {
            window.command(Key::Z);
        }
    }
    assert_eq!(texts(&window), ["strong"]);
    // Renamed, the value is renamed where it stands.
    window.command(Key::G);
    window.press_last("force");
    window.focus("Value 1");
    window.command(Key::A);
    window.type_text("firm");
    window.key(Key::Tab);
    assert_eq!(window.chosen().attributes.values().collect::<Vec<_>>(), ["firm"]);
}

#[test]
fn codebook_and_scheme_go_out_and_in() {
    let mut window = Window::on_sample();
    let (page, file) = (window.folder.path().join("book.html"), window.folder.path().join("scheme.ron"));
    for (name, path) in [("Codebook for printing…", &page), ("Export the scheme…", &file)] {
        window.answers.borrow_mut().push(DialogAnswer::Picked(vec![path.clone()]));
        window.command(Key::G);
        window.press_last(name);
        window.until("it is written", |_| path.exists());
        window.key(Key::Escape);
    }
    assert!(
        std::fs::read_to_string(&page)
            .unwrap()
            .contains("<h1>Codebook: Night noise at the Southern Quay</h1>")
    );
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(
        &file,
        text.replace("id: \"caveat\"", "id: \"doubt\"").replace("name: \"caveat\"", "name: \"doubt\""),
    )
    .unwrap();
    window.answers.borrow_mut().push(DialogAnswer::Picked(vec![file]));
    window.command(Key::G);
    window.press_last("Import a scheme…");
    window.until("it is taken over", |window| window.session().scheme.tag(&TagId::new("doubt")).is_some());
    assert!(window.session().scheme.tag(&TagId::new("caveat")).is_some(), "nothing goes");
    let doubt = tag(&window, "doubt");
    assert!(doubt.key.is_none() && doubt.letter != 'V', "key and letter were taken");
    window.key_with(Modifiers::NONE, Key::Escape);
    window.command(Key::Z);
    assert!(window.session().scheme.tag(&TagId::new("doubt")).is_none(), "one step");
}
