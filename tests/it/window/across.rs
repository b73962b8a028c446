//! Statements, matrix and echoes in the window: what must not lie over what, and what is told in which words.

use egui::{Key, Modifiers, Rect, vec2};
use egui_kittest::kittest::{NodeT as _, Queryable as _};
use gainsay::app::Action;
use gainsay::app::echoes::Stop;

use super::{Window, egui};

/// Counts differently in bytes, code points and clusters; stands before all passages.
const HARD: &str = "👮🏽‍♀️ Ve\u{301}ra says “so”.";
const SPOKEN: &str = "The northern quay stays closed to all heavy traffic until twelve new cranes have been inspected by the \
     harbour office.";

/// Two wordings of one sentence in three documents.
fn repeated(size: egui::Vec2) -> Window {
    let folder = tempfile::tempdir().unwrap();
    let text = |name: &str, words: &str| format!("{name} {HARD}\n\n{words}\n\nThe rest does not matter.\n");
    let other = SPOKEN.replace("twelve", "fourteen");
    let files = [("letter", SPOKEN), ("a-long-name-of-an-article", &other), ("paper", &other)];
    let paths = files.map(|(name, words)| {
        let path = folder.path().join(format!("{name}.txt"));
        std::fs::write(&path, text(name, words)).unwrap();
        path
    });
    let mut window = Window::open(folder, paths.to_vec(), size);
    window.until("three documents", |window| {
        window.harness.state().workspace.desk.is_some() && window.session().documents.len() == 3
    });
    window.settle();
    window
}

/// Where everything stands whose words hold these.
fn places(window: &Window, words: &str) -> Vec<Rect> {
    let holds = |text: Option<String>| text.is_some_and(|text| text.contains(words));
    let found = window.harness.root().query_all_by(|node| holds(node.label()) || holds(node.value()));
    // What is only spoken has no place.
    let found = found.into_iter().filter(|node| node.accesskit_node().bounding_box().is_some());
    found.map(|node| node.rect()).collect()
}

#[test]
fn what_is_asked_about_a_passage_tells_it_as_it_is_read() {
    let text = format!("{HARD}\n\nThe **quiet mode** was *off* again.\n");
    let mut window = Window::on(&[("note.md", text.as_bytes())]);
    for key in [Key::S, Key::S, Key::S, Key::Num1] {
        window.key(key);
    }
    assert_eq!(window.quote(), "The **quiet mode** was *off* again.");
    for (key, heading) in [
        (Key::P, "Put under a statement"),
        (Key::V, "Who says it? Outermost first"),
        (Key::D, "Also mark this passage as"),
    ] {
        window.key(key);
        assert!(window.shows(heading));
        assert!(window.shows("The quiet mode was off again."));
        assert!(!window.shows("**quiet"), "{heading}");
        window.key(Key::Escape);
    }
}

#[test]
fn the_tip_of_a_cell_covers_no_other_cell() {
    let mut window = Window::on_sample();
    window.command(Key::B);
    let name = "The night limit in the Pilots' Quarter was exceeded, Letter: ";
    let all = places(&window, ": silent").into_iter().chain(places(&window, ": not read"));
    let foot = all.chain(places(&window, name)).map(|rect| rect.bottom()).fold(0.0, f32::max);
    let names = places(&window, "Statement ").into_iter().filter(|rect| rect.height() > 20.0);
    let foot = names.map(|rect| rect.bottom()).fold(foot, f32::max);
    let at = places(&window, name)[0].center();
    window.harness.hover_at(at);
    window.until("its tip is there", |window| window.shows("a double click opens the passages"));
    window.settle();
    let tip = places(&window, "a double click opens the passages")[0];
    assert!(tip.top() >= foot, "{tip:?} lies over cells, which end at {foot}");
}

#[test]
fn dates_and_wordings_stand_in_one_line_below_each_other() {
    for width in [1366.0, 1920.0] {
        let mut window = repeated(vec2(width, 900.0));
        window.key_with(Modifiers::SHIFT, Key::H);
        window.key(Key::J);
        assert_eq!(window.desk().echoes.at, Some(Stop::Group(0)));
        window.settle();
        let rects = painted(&window, |words| words.ends_with("wording 1") || words.ends_with("wording 2"));
        assert_eq!(rects.len(), 3);
        let level = |edge: &dyn Fn(&Rect) -> f32| {
            rects.windows(2).all(|pair| (edge(&pair[0]) - edge(&pair[1])).abs() < 1.0)
        };
        assert!(level(&|rect| rect.left()) || level(&|rect| rect.right()), "{rects:?}");
    }
}

#[test]
fn what_is_lined_up_is_on_screen_also_where_one_reads_another_document() {
    let mut window = repeated(vec2(1366.0, 900.0));
    // A fourth document that does not have the sentence, and room for two.
    let path = window.folder.path().join("other.txt");
    std::fs::write(&path, format!("Other {HARD}\n\nNothing of it stands here.\n")).unwrap();
    window.harness.state_mut().workspace.dispatch(Action::OpenPaths(vec![path]));
    window.until("four documents", |window| window.session().documents.len() == 4);
    let other = window.session().documents[3].id.clone();
    window.harness.state_mut().workspace.dispatch(Action::ShowDocument(other.clone()));
    window.settle();
    window.key_with(Modifiers::SHIFT, Key::H);
    window.key(Key::J);
    window.key(Key::Enter);
    let view = &window.desk().view;
    assert_eq!(view.on_screen.len(), 2, "there is room for two");
    let shown: Vec<_> = view.shown().map(|pane| pane.document.clone()).collect();
    assert!(!shown.contains(&other), "{shown:?}");
    assert!(shown.contains(&view.focused().unwrap().document));
    window.key_with(Modifiers::ALT, Key::ArrowLeft);
    assert_eq!(window.desk().view.focused().unwrap().document, other, "and back");
}

#[test]
fn ribbons_of_the_chosen_group_stand_out() {
    let mut window = repeated(vec2(1920.0, 1080.0));
    window.key_with(Modifiers::SHIFT, Key::H);
    window.key(Key::R);
    let gap = window.harness_all("Ribbons")[0];
    let lit = |window: &Window| super::echoes::lit_between(window, gap.x - 20.0, gap.x + 20.0);
    assert_eq!(lit(&window), 0, "none is chosen yet");
    window.key(Key::J);
    window.settle();
    assert!(lit(&window) > 0);
}

#[test]
fn a_passage_is_dragged_from_inspector_and_matrix_onto_a_statement() {
    let mut window = Window::on_sample();
    let [one, two] =
        ["The night limit in the Pilots' Quarter was exceeded", "The cranes' quiet mode was switched off"];
    let id = |window: &Window, name: &str| {
        let mut all = window.session().statements.values();
        all.find(|it| it.name.starts_with(name)).expect("there is such a statement").id
    };
    window.key(Key::J);
    let chosen = window.chosen().clone();
    let to = if chosen.statement == Some(id(&window, one)) { two } else { one };
    let words: String = window.desk().passage_line(&chosen).chars().take(16).collect();
    let from = places(&window, &words).into_iter().max_by(|a, b| a.left().total_cmp(&b.left()));
    let onto = places(&window, &format!("Statement {to}"))[0].center();
    window.drag(from.expect("the inspector shows it").left_top() + vec2(30.0, 12.0), onto);
    assert_eq!(window.desk().annotation(chosen.id).unwrap().statement, Some(id(&window, to)));
    // In the matrix, from the passages below to the name of another row.
    window.command(Key::B);
    let cell = window.desk().view.matrix.cell.clone().expect("a cell is looked at").0;
    let dragged = window.desk().board().card().appearances[0].annotation;
    let words: String = {
        let annotation = window.desk().annotation(dragged).unwrap();
        window.desk().passage_line(annotation).chars().take(16).collect()
    };
    let from = places(&window, &words).into_iter().max_by(|a, b| a.top().total_cmp(&b.top()));
    let other = if cell == id(&window, one) { two } else { one };
    let onto = places(&window, &format!("Statement {other}"))[0].center();
    window.drag(from.expect("its passages stand below").center(), onto);
    assert_eq!(window.desk().annotation(dragged).unwrap().statement, Some(id(&window, other)));
    window.command(Key::Z);
    assert_eq!(window.desk().annotation(dragged).unwrap().statement, Some(cell));
}

#[test]
fn marks_of_time_do_not_lie_over_each_other() {
    let folder = tempfile::tempdir().unwrap();
    let paths = ["2030-02-01", "2030-06-20", "2031-03-04"].map(|date| {
        let path = folder.path().join(format!("{date}.txt"));
        std::fs::write(&path, format!("{HARD} Cranes were loud on {date}.\n")).unwrap();
        path
    });
    let mut window = Window::open(folder, paths.to_vec(), vec2(1600.0, 900.0));
    window.until("three documents", |window| {
        window.harness.state().workspace.desk.is_some() && window.session().documents.len() == 3
    });
    window.settle();
    for at in 0..3 {
        let document = window.session().documents[at].clone();
        let mut info = gainsay::model::DocumentInfo::clone(&document.info);
        info.metadata.issued =
            gainsay::model::PartialDate::new(["2030-02-01", "2030-06-20", "2031-03-04"][at]);
        let action = Action::SetDocumentInfo(document.id.clone(), Box::new(info), "a date");
        window.harness.state_mut().workspace.dispatch(action);
        window.harness.state_mut().workspace.dispatch(Action::ShowDocument(document.id.clone()));
        window.settle();
        for key in [Key::S, Key::S, Key::Num1, Key::P] {
            window.key(key);
        }
        if at == 0 {
            window.type_text("Cranes were loud");
        }
        window.key(Key::Enter);
    }
    window.command(Key::B);
    let mut marks = painted(&window, |words| words.len() == 7 && words.starts_with("203"));
    marks.sort_by(|a, b| a.left().total_cmp(&b.left()));
    assert!(marks.len() > 1, "{marks:?}");
    assert!(marks.windows(2).all(|pair| pair[0].right() < pair[1].left()), "{marks:?}");
}

/// Where words are painted.
fn painted(window: &Window, is_it: impl Fn(&str) -> bool) -> Vec<Rect> {
    fn texts<'a>(shape: &'a egui::Shape, found: &mut Vec<&'a egui::epaint::TextShape>) {
        match shape {
            egui::Shape::Vec(shapes) => shapes.iter().for_each(|shape| texts(shape, found)),
            egui::Shape::Text(text) => found.push(text),
            _ => {}
        }
    }
    let mut found = Vec::new();
    window.harness.output().shapes.iter().for_each(|it| texts(&it.shape, &mut found));
    let its = found.into_iter().filter(|text| is_it(text.galley.text()));
    its.map(|text| text.galley.rect.translate(text.pos.to_vec2())).collect()
}

#[test]
fn where_a_link_leads_is_told_with_its_paragraph_however_narrow_the_gap() {
    let mut window = repeated(vec2(1366.0, 900.0));
    // From the letter to the last document, which stands behind a tab.
    let mut ids = Vec::new();
    for at in [2, 0] {
        let document = window.session().documents[at].id.clone();
        window.harness.state_mut().workspace.dispatch(Action::ShowDocument(document));
        window.settle();
        for key in [Key::S, Key::S, Key::S, Key::Num1] {
            window.key(key);
        }
        ids.push(window.chosen().id);
    }
    let link = gainsay::app::links::LinkAction::Ask(ids[1], ids[0]);
    window.harness.state_mut().workspace.dispatch(Action::Link(link));
    window.settle();
    window.key(Key::Enter);
    assert_eq!(window.session().links.len(), 1);
    let chips = painted(&window, |words| words.starts_with('→') && words.contains('¶'));
    assert_eq!(chips.len(), 1);
    assert!(painted(&window, |words| words.starts_with('→') && words.ends_with('…')).is_empty());
}

#[test]
fn a_right_click_offers_statement_voice_links_and_echoes() {
    let text = format!("{HARD}\n\nThe cranes were loud again.\n");
    let mut window = Window::on(&[("note.txt", text.as_bytes())]);
    for key in [Key::S, Key::S, Key::S, Key::Num1] {
        window.key(key);
    }
    assert_eq!(window.quote(), "The cranes were loud again.");
    let at = window.paragraph("The cranes were loud").left_top() + vec2(60.0, 14.0);
    let open = |window: &mut Window| {
        window.harness.hover_at(at);
        window.harness.step();
        for pressed in [true, false] {
            window.harness.event(egui::Event::PointerButton {
                pos: at,
                button: egui::PointerButton::Secondary,
                pressed,
                modifiers: Modifiers::NONE,
            });
            window.harness.step();
        }
        window.settle();
    };
    for (name, asked) in [
        ("Put under a statement…", "Put under a statement"),
        ("Voice…", "Who says it? Outermost first"),
        ("Where else it stands", "Echoes of"),
    ] {
        open(&mut window);
        for row in ["Link…", "Line up what goes with it"] {
            assert!(!window.harness_all(row).is_empty(), "{row}");
        }
        window.press_last(name);
        assert!(window.shows(asked), "{name}");
        window.key(Key::Escape);
    }
}

#[test]
fn of_a_voice_s_cell_its_own_passages_are_told_apart() {
    let mut window = Window::on_sample();
    window.command(Key::B);
    window.key(Key::V);
    window.key(Key::ArrowRight);
    let cell = window.desk().view.matrix.cell.clone().expect("a cell is looked at");
    let gainsay::across::matrix::ColumnKey::Voice(voice) = cell.1 else { panic!("{cell:?}") };
    let appearances = window.desk().board().card().appearances.clone();
    let of_it = appearances.iter().filter_map(|it| window.desk().annotation(it.annotation));
    let own = of_it.filter(|it| it.voice.first() == voice.as_ref()).count();
    let told = window.harness.root().query_all_by(|node| {
        node.toggled() == Some(egui::accesskit::Toggled::True)
            && node.label().is_some_and(|it| it.contains(", ¶ "))
    });
    assert!(own > 0);
    assert_eq!(told.count(), own);
}
