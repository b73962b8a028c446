//! Copying with a citation, and handing over.

use egui::Key;

use super::{DialogAnswer, Window, egui};

/// What the last message says that was copied.
fn copied(window: &Window) -> String {
    window
        .messages()
        .into_iter()
        .rfind(|message| message.starts_with("Copied: "))
        .expect("something was copied")
}

#[test]
fn a_passage_is_copied_with_who_when_and_where() {
    let mut window = Window::on_sample();
    window.key(Key::Tab);
    window.key(Key::J);
    let number = {
        let annotation = window.chosen();
        let (_, cache) = window.desk().document(annotation.anchor.document()).unwrap();
        cache.paragraphs.number_at(annotation.anchor.span().unwrap().start())
    };
    window.command_shift(Key::C);
    assert!(copied(&window).starts_with("Copied: “"));
    let document = window.chosen().anchor.document().clone();
    let session = window.session();
    let table = super::table_of(session);
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let names = reader.headers().unwrap().clone();
    let column = |name: &str| names.iter().position(|column| column == name).unwrap();
    let id = window.chosen().id.to_string();
    let row = reader
        .records()
        .map(Result::unwrap)
        .find(|row| &row[column("annotation_id")] == id.as_str())
        .unwrap();
    assert_eq!(&row[column("paragraph")], number.to_string());
    assert!(row[column("citation")].contains(&format!("¶ {number}")), "{}", &row[column("citation")]);
    assert!(
        row[column("citation")].contains(session.document(&document).unwrap().info.metadata.issued.as_str())
    );
    assert!(window.shows(&format!("¶ {number}")), "the inspector says the same");
}

#[test]
fn the_form_is_asked_for_and_kept() {
    if !super::alone("window::cite::the_form_is_asked_for_and_kept") {
        return;
    }
    let mut window = Window::on_sample();
    window.key(Key::J);
    window.command(Key::K);
    window.type_text("form of cit");
    window.key(Key::Enter);
    assert!(window.shows("How shall copied passages be cited?"));
    window.press("BibTeX key");
    window.command_shift(Key::C);
    let settings = &window.harness.state().workspace.settings;
    assert_eq!(settings.citation, gainsay::format::citation::CitationForm::Key);
    let plain = copied(&window);
    assert!(plain.starts_with("Copied: “"), "{plain}");
}

#[test]
fn an_answer_is_shown_with_its_question() {
    let letter =
        "# Letter\n\n**Question 1**\n\n**Did the cranes run at night?**\n\n**Answer to question 1**\n\nNo.\n";
    let mut window = Window::on(&[("letter.md", letter.as_bytes())]);
    window.until("it is open", |window| {
        window.harness.state().workspace.desk.as_ref().is_some_and(|desk| desk.view.panes.len() == 1)
    });
    window.click(window.paragraph("No.").left_center() + egui::vec2(6.0, 0.0));
    window.key(Key::Num2);
    assert_eq!(window.quote(), "No.");
    assert!(window.shows("Under “Answer to question 1”"));
    assert!(window.shows("Did the cranes run at night?"));
    window.command_shift(Key::C);
    assert!(window.said("Did the cranes run"));
}

#[test]
fn a_copy_for_a_second_coder_holds_documents_and_scheme_alone() {
    let mut window = Window::on_sample();
    window.key(Key::J);
    window.key(Key::N);
    window.type_text("kanarie");
    window.key(Key::Escape);
    let path = window.folder.path().join("second.ron");
    window.answers.borrow_mut().push(DialogAnswer::Picked(vec![path.clone()]));
    window.command(Key::K);
    window.type_text("second coder");
    window.key(Key::Enter);
    assert!(window.shows("Not in it: 26 annotations"));
    window.press("Write the copy…");
    window.until("it is written", |window| window.said("nothing of what you have marked"));
    let file = std::fs::read_to_string(&path).unwrap();
    let name = window.harness.state().workspace.my_name().to_owned();
    for word in ["kanarie", "E. Vos", name.as_str(), &window.folder.path().display().to_string()] {
        assert!(!file.contains(word), "{word}");
    }
    let copy = window.on_disk("second.ron");
    assert!(copy.annotations.is_empty() && copy.annotators.is_empty());
    assert_eq!(copy.documents.len(), window.session().documents.len());
    assert_ne!(copy.id, window.session().id);
}

/// The number of the paragraph at `offset`, counted line by line.
fn counted(text: &str, offset: usize) -> usize {
    let (mut number, mut blank, mut at) = (0, true, 0);
    for line in text.split('\n') {
        let is_blank = line.chars().all(|c| c == ' ' || c == '\t');
        number += usize::from(blank && !is_blank);
        (blank, at) = (is_blank, at + line.len() + 1);
        if offset < at {
            break;
        }
    }
    number.max(1)
}

/// A passage has one number and one section: in the margin, the inspector, the table of passages and on the clipboard.
fn same_everywhere(window: &mut Window, words: &str, section: Option<&str>) {
    let document = window.session().documents[0].clone();
    let text = document.text().to_owned();
    let start = text.find(words).unwrap_or_else(|| panic!("{words:?} is not there"));
    let span = gainsay::model::Span::new(start, start + words.len()).unwrap();
    let (document, tag) = (document.id.clone(), gainsay::model::TagId::new("claim"));
    window.harness.state_mut().workspace.dispatch(gainsay::app::Action::Mark { document, span, tag });
    window.settle();
    let (id, number) = (window.chosen().id, counted(&text, start));
    let (_, cache) = window.desk().document(&window.session().documents[0].id).unwrap();
    let block = &cache.rendering.blocks()[cache.rendering.block_at(start)];
    assert_eq!(block.paragraph, number, "in the margin, at {words:?}");
    assert!(window.shows(&format!("¶ {number}")), "in the inspector, at {words:?}");
    let table = super::table_of(window.session());
    let mut reader = csv::Reader::from_reader(table.as_bytes());
    let names = reader.headers().unwrap().clone();
    let row = reader.records().map(Result::unwrap).find(|row| row[0] == *id.to_string()).unwrap();
    let column = |name: &str| row[names.iter().position(|other| other == name).unwrap()].to_owned();
    assert_eq!(column("paragraph"), number.to_string(), "in the table, at {words:?}");
    window.command_shift(Key::C);
    let citation = column("citation");
    assert!(citation.contains(&format!("¶ {number}")), "{citation}");
    if let Some(section) = section {
        assert_eq!(column("section"), section, "at {words:?}");
        assert_eq!(window.shows(&format!("Under “{section}”")), !section.is_empty(), "at {words:?}");
        assert!(citation.contains(section), "{citation}");
    }
    // The clipboard's own words are said shortened.
    assert!(copied(window).starts_with("Copied: “"));
}

fn with_document(name: &str, bytes: &[u8]) -> Window {
    let mut window = Window::on(&[(name, bytes)]);
    window.until("it is open", |window| {
        window.harness.state().workspace.desk.as_ref().is_some_and(|desk| desk.view.panes.len() == 1)
    });
    window
}

#[test]
fn paragraphs_and_sections_are_the_same_everywhere() {
    let marks = "👮🏽‍♀️ Cafe\u{301} “x”";
    let one_block = format!("{marks}\nline two\nline three\n");
    let mut window = with_document("one.txt", one_block.as_bytes());
    same_everywhere(&mut window, "line three", Some(""));

    let crlf = format!("# Head\r\n\r\n{marks}\r\ngoes on\r\n \t\r\n**Question 1**\r\n\r\nIs it so?\r\n");
    let mut window = with_document("crlf.md", crlf.as_bytes());
    same_everywhere(&mut window, "goes on", Some("Head"));
    same_everywhere(&mut window, "Is it so?", Some("Question 1"));

    let lists = format!(
        "# Lists\n\n{marks}\n\n- first item\n- second item\n\n  still the second\n\n1. counted\n\n## Table\n\n\
         | a | b |\n|---|---|\n| cell one | cell two |\n\n> quoted words\n\n**All bold**\n\nthe end\n"
    );
    let mut window = with_document("lists.md", lists.as_bytes());
    for (words, section) in [
        ("second item", "Lists"),
        ("still the second", "Lists"),
        ("counted", "Lists"),
        ("cell two", "Table"),
        ("quoted words", "Table"),
        ("the end", "All bold"),
    ] {
        same_everywhere(&mut window, words, Some(section));
    }
}

#[test]
fn paragraphs_of_the_seeds_are_the_same_everywhere() {
    let seeds = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let Ok(entries) = std::fs::read_dir(&seeds) else {
        return println!("***** SKIPPED: the seeds are not there ({}) *****", seeds.display());
    };
    for path in entries.flatten().map(|entry| entry.path()) {
        let bytes = std::fs::read(&path).unwrap();
        let mut window = with_document("seed.txt", &bytes);
        let text = window.session().documents[0].text().to_owned();
        // A word of its own from the middle and one from near the end.
        for share in [2, 1] {
            let from = text.floor_char_boundary(text.len() * (3 - share) / 3);
            let word = text[from..].split_whitespace().skip(1).find(|word| {
                word.chars().all(char::is_alphabetic) && word.len() > 5 && text.matches(word).count() == 1
            });
            same_everywhere(&mut window, word.unwrap(), None);
        }
    }
}
