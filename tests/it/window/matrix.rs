//! Statements, voices, the matrix: what a user does with them, by mouse and by keys.

use egui::{Key, Modifiers, pos2, vec2};
use egui_kittest::kittest::Queryable as _;
use gainsay::app::{Action, Command, Effect, Mode, StatementAction};
use gainsay::model::{ActorKind, DocumentId, ReadingStatus, StatementId};

use super::{DialogAnswer, Window, egui};

const LIMIT: &str = "The night limit in the Pilots' Quarter was exceeded";
const QUIET: &str = "The cranes' quiet mode was switched off at night";

fn statement(window: &Window, name: &str) -> StatementId {
    window.session().statements.values().find(|it| it.name == name).expect("there is such a statement").id
}

/// How many passages of a document stand under a statement with this tag, counted by hand.
fn count(window: &Window, name: &str, document: &str, tag: &str) -> usize {
    let id = statement(window, name);
    let annotations = window.session().annotations.values();
    let counted = annotations.filter(|it| {
        it.statement == Some(id) && it.anchor.document().as_str() == document && it.tag.as_str() == tag
    });
    counted.count()
}

/// What a cell is called: its statement, document, and counts in the order of the scheme.
fn cell(window: &Window, name: &str, document: &str) -> String {
    let label = window.session().document(&DocumentId::new(document)).unwrap().label();
    let counts = ["claim", "denial", "caveat"].map(|tag| (count(window, name, document, tag), tag));
    let counts = counts.iter().filter(|(count, _)| *count > 0).map(|(count, tag)| format!("{count} {tag}"));
    format!("{name}, {label}: {}", counts.collect::<Vec<_>>().join(", "))
}

fn mode(window: &Window) -> Mode {
    window.harness.state().workspace.mode()
}

fn panes(window: &Window) -> Vec<String> {
    window.desk().view.panes.iter().map(|pane| pane.document.to_string()).collect()
}

#[test]
fn by_keys_a_cell_is_reached_opened_and_come_back_to() {
    let mut window = Window::on_sample();
    window.command(Key::B);
    assert_eq!(mode(&window), Mode::Matrix);
    for (name, document) in [(LIMIT, "council-letter"), (LIMIT, "bode"), (QUIET, "herald")] {
        let cell = cell(&window, name, document);
        assert!(window.shows(&cell), "{cell}");
    }
    for key in [Key::Home, Key::ArrowUp, Key::ArrowUp, Key::ArrowUp] {
        window.key(key);
    }
    window.key(Key::ArrowDown);
    window.key(Key::ArrowDown);
    window.key(Key::ArrowRight);
    let looked_at = window.desk().view.matrix.cell.clone().unwrap();
    assert_eq!(looked_at.0, statement(&window, QUIET));
    let column = window.desk().board().matrix().columns[1].label.clone();
    window.key(Key::Enter);
    assert_eq!(mode(&window), Mode::Annotate);
    let first = panes(&window)[0].clone();
    assert_eq!(window.session().document(&DocumentId::new(&first)).unwrap().label(), column);
    assert!(panes(&window).len() > 1, "side by side with the others that speak of it");
    if let Some(chosen) = window.desk().chosen() {
        assert_eq!(chosen.statement, Some(looked_at.0));
        assert_eq!(chosen.anchor.document().as_str(), first);
    }
    assert!(window.said("goes back to the matrix"));
    window.command(Key::B);
    assert_eq!((mode(&window), window.desk().view.matrix.cell.clone()), (Mode::Matrix, Some(looked_at)));
    window.key(Key::Escape);
    assert_eq!(mode(&window), Mode::Annotate);
}

#[test]
fn by_mouse_a_cell_shows_its_passages_and_a_passage_leads_to_the_text() {
    let mut window = Window::on_sample();
    window.press("Matrix");
    let name = cell(&window, LIMIT, "herald");
    window.click_on(&name, false);
    let looked_at = window.desk().view.matrix.cell.clone().unwrap();
    assert_eq!(looked_at.0, statement(&window, LIMIT));
    let all = window.desk().board().card().appearances.clone();
    let by_hand =
        window.session().annotations.values().filter(|it| it.statement == Some(looked_at.0)).count();
    assert_eq!(all.len(), by_hand);
    // By date: letter before the papers.
    let documents: Vec<&str> = all.iter().map(|it| it.document.as_str()).collect();
    assert!(documents.is_sorted_by_key(|id| {
        window.session().document(&DocumentId::new(id)).unwrap().info.metadata.issued.as_str().to_owned()
    }));
    let annotation = window.desk().annotation(all[0].annotation).unwrap().clone();
    let (_, cache) = window.desk().document(annotation.anchor.document()).unwrap();
    let number = cache.paragraphs.number_at(annotation.anchor.span().unwrap().start());
    let prefix = format!("{}, ¶ {number}: ", annotation.tag);
    let found = window
        .harness
        .root()
        .query_all_by(|node| node.label().is_some_and(|label| label.starts_with(&prefix)));
    let at = found.into_iter().next().expect("the passage stands below").rect().center();
    window.click(at);
    assert_eq!(mode(&window), Mode::Annotate);
    assert_eq!(window.chosen().statement, Some(looked_at.0));
    // And the way to all of them side by side.
    window.press("Matrix");
    let at = window.harness_all(&name)[0];
    window.click(at);
    window.press("Open side by side");
    assert_eq!((mode(&window), panes(&window)[0].as_str()), (Mode::Annotate, "herald"));
}

#[test]
fn silence_is_shown_and_told_apart_from_what_nobody_has_read() {
    let mut window = Window::on_sample();
    window.command(Key::B);
    window.key(Key::N);
    window.type_text("Gulls are louder");
    window.key(Key::Enter);
    assert!(window.said("Statement added"));
    assert!(window.shows("Gulls are louder, Herald: silent"));
    let everyone = window.session().annotators.clone();
    let herald = DocumentId::new("herald");
    let mut info = gainsay::model::DocumentInfo::clone(&window.session().document(&herald).unwrap().info);
    for id in everyone.keys() {
        if let Some(reading) = info.reading.get_mut(id) {
            reading.status = ReadingStatus::Reading;
        }
    }
    let action = Action::SetDocumentInfo(herald, Box::new(info), "as if it were not read");
    window.harness.state_mut().workspace.dispatch(action);
    window.settle();
    assert!(window.shows("Gulls are louder, Herald: not read"));
    assert!(window.shows("Gulls are louder, Bode: silent"));
    // It appears late in the release: what is older is earlier, the same day is silent.
    let matrix = window.desk().board().matrix();
    let last = matrix.columns.last().unwrap().clone();
    let passage =
        window.session().annotations.values().find(|it| {
            gainsay::across::matrix::ColumnKey::Document(it.anchor.document().clone()) == last.key
        });
    let passage = passage.expect("the last document is marked").id;
    let gulls = statement(&window, "Gulls are louder");
    let action = Action::Statement(StatementAction::PutPassage(passage, gulls));
    window.harness.state_mut().workspace.dispatch(action);
    window.settle();
    assert!(window.shows("Gulls are louder, Letter: earlier"));
    window.command(Key::Z);
    assert!(window.shows("Gulls are louder, Letter: silent"));
}

#[test]
fn a_passage_is_put_under_a_statement_by_one_key() {
    let mut window = Window::on_sample();
    window.key(Key::S);
    window.key(Key::S);
    window.key(Key::Num1);
    let id = window.chosen().id;
    let before = window.session().statements.len();
    // New on the fly, one step.
    window.key(Key::P);
    assert!(window.shows("Put under a statement"));
    window.type_text("noise at e");
    window.key(Key::Enter);
    let new = statement(&window, "noise at e");
    assert_eq!((window.chosen().statement, window.chosen().id), (Some(new), id));
    assert_eq!(window.session().statements.len(), before + 1);
    assert!(window.said("under the new statement “noise at e”"));
    window.command(Key::Z);
    assert_eq!((window.session().statements.len(), window.chosen().statement), (before, None));
    window.command(Key::Y);
    // The last one again, for the next passage.
    window.key(Key::S);
    window.key(Key::Num2);
    assert_eq!(window.chosen().statement, None);
    window.key_with(Modifiers::SHIFT, Key::P);
    assert_eq!(window.chosen().statement, Some(new));
    // Found by typing: its words need not be the first.
    window.key(Key::P);
    window.type_text("quiet mode");
    window.key(Key::Enter);
    assert_eq!(window.chosen().statement, Some(statement(&window, QUIET)));
    // And under none, which is the last line.
    window.key(Key::P);
    for _ in 0..20 {
        window.key(Key::ArrowDown);
    }
    window.key(Key::Enter);
    assert_eq!(window.chosen().statement, None);
    assert!(window.chosen().changes.iter().any(|it| it.what.starts_with("put 1 passage under")));
}

#[test]
fn by_mouse_a_statement_is_chosen_from_the_inspector() {
    let mut window = Window::on_sample();
    for key in [Key::S, Key::S, Key::Num1] {
        window.key(key);
    }
    window.click_on("None yet…", false);
    assert!(window.shows("Put under a statement"));
    window.press_last(QUIET);
    assert_eq!(window.chosen().statement, Some(statement(&window, QUIET)));
}

#[test]
fn a_voice_is_a_chain_completed_while_typing() {
    let mut window = Window::on_sample();
    window.key(Key::S);
    window.key(Key::S);
    window.key(Key::Num1);
    let before = window.session().actors.len();
    window.key(Key::V);
    window.type_text("merrend");
    window.key(Key::Enter);
    window.type_text("A. Drent");
    window.key(Key::ArrowDown);
    window.key(Key::Enter);
    window.key(Key::Enter);
    let voice = window.chosen().voice.clone();
    let names: Vec<&str> = voice.iter().map(|id| window.session().actors[id].name.as_str()).collect();
    assert_eq!(names.len(), 2);
    assert!(names[0].contains("Merrend") && names[1] == "A. Drent", "{names:?}");
    assert_eq!(window.session().actors[&voice[1]].kind, ActorKind::Organization);
    assert!(window.shows(&format!("{} › A. Drent", names[0])));
    window.command(Key::Z);
    assert!(window.chosen().voice.is_empty());
    assert_eq!(window.session().actors.len(), before, "one step");
    // The same name is no second person; Backspace takes the last out of the chain.
    window.command(Key::Y);
    window.key(Key::V);
    window.key(Key::Backspace);
    window.type_text("a. drent");
    window.key(Key::Enter);
    window.key(Key::Enter);
    assert_eq!(window.chosen().voice, voice);
    assert_eq!(window.session().actors.len(), before + 1);
}

#[test]
fn persons_and_organizations_are_renamed_joined_and_deleted_in_all_chains() {
    let mut window = Window::on_sample();
    let before = window.session().clone();
    let id = |name: &str, window: &Window| {
        window.session().actors.values().find(|it| it.name == name).map(|it| it.id.clone())
    };
    let (bode, herald) =
        (id("De Merrendamse Bode", &window).unwrap(), id("Merrendam Herald", &window).unwrap());
    let speak = |of: &gainsay::model::ActorId, window: &Window| {
        window.session().annotations.values().filter(|it| it.voice.contains(of)).count()
    };
    let both = window
        .session()
        .annotations
        .values()
        .filter(|it| it.voice.contains(&bode) || it.voice.contains(&herald))
        .count();
    window.harness.state_mut().workspace.dispatch(Action::Command(Command::EditVoices));
    window.settle();
    window.focus("Name of Merrendam Herald");
    window.key_with(Modifiers::COMMAND, Key::A);
    window.type_text("de merrendamse bode");
    window.key(Key::Enter);
    assert_eq!(id("Merrendam Herald", &window), None, "one of two");
    assert_eq!(speak(&bode, &window), both);
    window.press("Delete De Merrendamse Bode, also from all chains");
    assert_eq!(speak(&bode, &window), 0);
    window.key(Key::Escape);
    window.command(Key::Z);
    window.command(Key::Z);
    assert_eq!(window.session().actors, before.actors);
    assert_eq!((speak(&bode, &window), speak(&herald, &window)), {
        let of = |id| before.annotations.values().filter(|it| it.voice.contains(id)).count();
        (of(&bode), of(&herald))
    });
}

#[test]
fn a_filter_by_voice_leaves_no_document_silent_that_speaks() {
    let mut window = Window::on_sample();
    window.command(Key::B);
    window.press("All voices");
    window.press("Two crane drivers, unnamed");
    let matrix = window.desk().board().matrix();
    assert_eq!(matrix.voice.as_deref(), Some("Two crane drivers, unnamed"));
    let row = matrix.row_of(statement(&window, LIMIT)).unwrap();
    let words: Vec<String> =
        (0..matrix.columns.len()).map(|column| matrix.words(window.session(), row, column)).collect();
    assert!(words.iter().any(|it| it.starts_with("other voices")), "{words:?}");
    assert!(window.shows("others: passages of other voices alone"), "the legend says it");
    // Voices as columns.
    window.key(Key::V);
    assert!(window.shows("Statements by voice"));
    window.key(Key::V);
    window.key(Key::V);
    assert!(window.shows("Statements by document"));
}

#[test]
fn a_statement_is_edited_moved_and_deleted_and_its_passages_stay() {
    let mut window = Window::on_sample();
    window.command(Key::B);
    for key in [Key::Home, Key::PageUp] {
        window.key(key);
    }
    assert_eq!(window.desk().view.matrix.cell.as_ref().unwrap().0, statement(&window, LIMIT));
    let before = window.session().clone();
    window.key(Key::E);
    window.focus("Wording");
    window.type_text("more than 41 nights");
    window.focus("Group");
    window.type_text("noise");
    window.key(Key::Enter);
    let edited = &window.session().statements[&statement(&window, LIMIT)];
    assert_eq!((edited.definition.as_str(), edited.group.as_str()), ("more than 41 nights", "noise"));
    assert!(window.shows("more than 41 nights"), "the card shows it");
    window.key_with(Modifiers::ALT, Key::ArrowDown);
    assert_eq!(window.desk().board().matrix().rows[1].name, LIMIT);
    let about = statement(&window, LIMIT);
    let passages = window.desk().board().count(about);
    assert!(passages > 0);
    window.key(Key::Delete);
    assert!(!window.session().statements.contains_key(&about));
    assert!(window.said(&format!("Statement deleted; {passages} passages kept")));
    assert_eq!(window.session().annotations.len(), before.annotations.len());
    for _ in 0..3 {
        window.command(Key::Z);
    }
    assert_eq!(window.session().statements, before.statements);
    let of = |session: &gainsay::model::Session| -> Vec<Option<StatementId>> {
        session.annotations.values().map(|annotation| annotation.statement).collect()
    };
    assert_eq!(of(window.session()), of(&before));
    assert_eq!(window.desk().board().count(about), passages);
}

#[test]
fn the_card_is_copied_in_order_of_date_with_quotes_and_citations() {
    let mut window = Window::on_sample();
    window.command(Key::B);
    for key in [Key::Home, Key::PageUp] {
        window.key(key);
    }
    let workspace = &mut window.harness.state_mut().workspace;
    workspace.dispatch(Action::Command(Command::CopyCard));
    let effects = workspace.take_effects();
    let Some(Effect::CopyRich { plain, html }) = effects.first() else { panic!("{effects:?}") };
    assert!(plain.starts_with(LIMIT) && html.contains("<h3>"));
    let appearances = window.desk().board().card().appearances.clone();
    let mut from = 0;
    for appearance in &appearances {
        let annotation = window.desk().annotation(appearance.annotation).unwrap();
        let (document, cache) = window.desk().document(annotation.anchor.document()).unwrap();
        let words = cache.rendering.plain_text(document.text(), annotation.anchor.span().unwrap());
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        let at = plain[from..].find(&format!("“{words}”")).expect("it stands after the one before");
        from += at;
    }
    assert_eq!(plain.matches("¶").count(), appearances.len());
    window.key(Key::C);
    assert!(window.said("Card copied"));
}

#[test]
fn the_matrix_is_written_as_page_table_and_pictures() {
    let mut window = Window::on_sample();
    window.command(Key::B);
    for (name, file) in [
        ("Page (HTML)…", "m.html"),
        ("Table (CSV)…", "m.csv"),
        ("Picture (SVG)…", "m.svg"),
        ("Picture (PNG)…", "m.png"),
    ] {
        let path = window.folder.path().join(file);
        window.answers.borrow_mut().push(DialogAnswer::Picked(vec![path.clone()]));
        window.key(Key::X);
        window.press(name);
        window.until("it is written", |_| path.exists());
        window.settle();
    }
    let read = |file: &str| std::fs::read(window.folder.path().join(file)).unwrap();
    let text = |file: &str| String::from_utf8(read(file)).unwrap();
    let csv = text("m.csv");
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let head = reader.headers().unwrap().clone();
    let bode = head.iter().position(|it| it.contains("Kranen Zuidkade")).unwrap();
    let row = reader.records().map(Result::unwrap).find(|row| &row[0] == LIMIT).unwrap();
    let expected = cell(&window, LIMIT, "bode");
    assert_eq!(&row[bode], expected.rsplit(": ").next().unwrap());
    assert!(text("m.html").contains("<table>") && !text("m.html").contains("<script"));
    let svg = text("m.svg");
    assert!(svg.starts_with("<svg ") && svg.contains(">Bode<"));
    let png = read("m.png");
    assert_eq!(&png[..8], b"\x89PNG\r\n\x1a\n");
    // Twice the points of the drawing, and neither empty nor full.
    let wide = svg.split("width=\"").nth(1).unwrap().split('"').next().unwrap().parse::<f32>().unwrap();
    let width = u32::from_be_bytes(png[16..20].try_into().unwrap());
    assert_eq!(width, (wide * 2.0).ceil() as u32);
    let image = pixels(&png);
    let dark = image.chunks(3).filter(|it| it.iter().all(|part| *part < 100)).count() as f32;
    let share = dark / (image.len() / 3) as f32;
    assert!((0.002..0.2).contains(&share), "letters are dark: {share}");
}

/// The points of a picture, three bytes each.
fn pixels(png: &[u8]) -> Vec<u8> {
    let mut reader = png::Decoder::new(std::io::Cursor::new(png)).read_info().unwrap();
    let mut bytes = vec![0; reader.output_buffer_size().unwrap()];
    reader.next_frame(&mut bytes).unwrap();
    bytes
}

#[test]
fn a_passage_is_dragged_from_the_table_onto_a_statement() {
    let mut window = Window::on_sample();
    let id = window.desk().rows().ids()[0];
    window.harness.state_mut().workspace.dispatch(Action::JumpTo(id));
    window.settle();
    let name = format!("Statement {QUIET}, ");
    let found =
        window.harness.root().query_all_by(|node| node.label().is_some_and(|label| label.starts_with(&name)));
    let to = found.into_iter().next().expect("statements stand at the left").rect().center();
    let quote = window.session().quote(window.chosen()).split_whitespace().take(4).collect::<Vec<_>>();
    let words = quote.join(" ");
    let rows = window.harness.root().query_all_by(|node| {
        let says = node.label().or_else(|| node.value());
        says.is_some_and(|says| says.starts_with(&words))
    });
    let rect = rows.into_iter().map(|node| node.rect()).max_by(|a, b| a.top().total_cmp(&b.top()));
    let from = rect.expect("its row stands in the table");
    window.drag(pos2(from.left() + 20.0, from.center().y), to);
    assert_eq!(window.desk().annotation(id).unwrap().statement, Some(statement(&window, QUIET)));
    // A click in the table still chooses.
    window.click(pos2(from.left() + 20.0, from.center().y));
    assert_eq!(window.chosen().id, id);
}

#[test]
fn keys_for_the_text_do_nothing_beside_the_matrix() {
    let mut window = Window::on_sample();
    window.key(Key::J);
    let before = window.session().clone();
    window.command(Key::B);
    for key in [Key::Num2, Key::U, Key::D, Key::M, Key::B, Key::G, Key::R] {
        window.key(key);
    }
    assert_eq!(*window.session(), before);
    assert!(window.said("this is for the text"));
}

#[test]
fn without_statements_the_way_to_a_first_one_is_told_and_small_windows_hold() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.txt");
    std::fs::write(&path, "👮🏽‍♀️ e\u{301}en “kraan”. Nog een.").unwrap();
    let mut window = Window::open(folder, vec![path], vec2(420.0, 320.0));
    window.until("it is open", |window| window.harness.state().workspace.desk.is_some());
    window.command(Key::B);
    assert!(window.shows("No statements yet") && window.shows("Press P"));
    window.key(Key::N);
    window.type_text("Cranes are loud");
    window.key(Key::Enter);
    assert_eq!(mode(&window), Mode::Matrix);
    assert!(window.shows("Cranes are loud, "), "its cell is there");
    for key in [Key::ArrowDown, Key::ArrowRight, Key::End, Key::PageDown, Key::T] {
        window.key(key);
    }
}

#[test]
fn what_is_asked_of_a_passage_leaves_it_to_be_read() {
    let mut window = Window::on_sample();
    // Wherever it stands: of each document the first and the last passage.
    let mut ids = Vec::new();
    for document in window.session().documents.clone() {
        let of_it = window.session().annotations.values().filter(|it| *it.anchor.document() == document.id);
        let mut of_it: Vec<_> = of_it.map(|it| (it.anchor.span(), it.id)).collect();
        of_it.sort();
        ids.extend(of_it.first().into_iter().chain(of_it.last()).map(|(_, id)| *id));
    }
    assert!(ids.len() > 3);
    for (id, key) in ids.into_iter().flat_map(|id| [(id, Key::P), (id, Key::V)]) {
        window.harness.state_mut().workspace.dispatch(Action::JumpTo(id));
        window.settle();
        window.key(key);
        let heading = if key == Key::P { "Put under a statement" } else { "Who says it? Outermost first" };
        let found = window.harness.query_all_by_label(heading).last().map(|node| node.rect());
        // With what stands under the heading at the least: the passage, a field, some rows.
        let asked = found.expect("it is asked");
        let asked = egui::Rect::from_min_max(asked.min, asked.max + vec2(200.0, 180.0));
        let annotation = window.desk().annotation(id).unwrap();
        let words: String = window.session().quote(annotation).chars().take(12).collect();
        let place = window.desk().view.focused().map(|pane| pane.id);
        let column = window.desk().view.on_screen.iter().position(|id| Some(*id) == place).unwrap();
        let is_paragraph = |role| role == egui::accesskit::Role::Paragraph;
        let all = window.harness.root().query_all_by(|node| is_paragraph(node.role()));
        let mut lefts: Vec<i32> = all.into_iter().map(|node| node.rect().left() as i32).collect();
        lefts.sort_unstable();
        lefts.dedup_by_key(|left| *left / 120);
        let its = window.harness.root().query_all_by(|node| {
            is_paragraph(node.role()) && node.label().is_some_and(|label| label.contains(&words))
        });
        // A short paragraph is left free as a whole; of a long one only the rows of the passage.
        let over: Vec<egui::Rect> = (its.into_iter().map(|node| node.rect()))
            .filter(|rect| (rect.left() as i32 - lefts[column]).abs() < 120)
            .filter(|rect| rect.height() < 150.0 && rect.intersects(asked))
            .collect();
        assert!(over.is_empty(), "{key:?}, {words:?}: {asked:?} lies over {over:?}");
        window.key(Key::Escape);
    }
}
