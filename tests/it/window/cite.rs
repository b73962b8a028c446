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
    let table = gainsay::format::csv::passages(session).unwrap();
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
