//! Charts: seen, used, written.

use egui::Key;
use gainsay::app::ChartOf;

use super::{DialogAnswer, Window, egui};

#[test]
fn a_part_of_a_bar_leads_to_its_annotations_and_the_numbers_stand_beside() {
    let mut window = Window::on_sample();
    let of = |window: &Window, document: &str, tag: &str| {
        let here = |it: &&std::sync::Arc<gainsay::model::Annotation>| {
            it.anchor.document().as_str() == document && it.tag.as_str() == tag
        };
        window.session().annotations.values().filter(here).count()
    };
    let number = of(&window, "bode", "claim");
    assert!(number > 0);
    window.command(Key::H);
    let total: f64 = window.desk().chart().chart.rows.iter().flat_map(|(_, numbers)| numbers).sum();
    assert_eq!(total as usize, window.session().annotations.len());
    window.press(&format!("Bode, claim: {number}"));
    assert!(window.harness.state().workspace.overlay.is_none());
    assert_eq!(window.desk().rows().ids().len(), number);
    window.command(Key::H);
    assert!(window.shows(&format!("Only the {number} that the filter lets pass.")));
    assert_eq!(
        window.desk().chart().chart.rows.iter().flat_map(|(_, numbers)| numbers).sum::<f64>(),
        number as f64
    );
}

#[test]
fn along_a_document_a_mark_leads_to_its_passage() {
    let mut window = Window::on_sample();
    window.command(Key::H);
    window.press("Along a document");
    assert_eq!(window.desk().view.chart, ChartOf::Length);
    let chart = window.desk().chart().clone();
    let (place, id) =
        chart.first.iter().next().map(|(place, id)| (*place, *id)).expect("something is marked");
    let (label, numbers) = &chart.chart.rows[place.0];
    let name = format!("{}, {label} of the text: {}", chart.chart.series[place.1].name, numbers[place.1]);
    window.press(&name);
    assert_eq!(window.desk().view.chosen, Some(id));
}

#[test]
fn charts_are_written_as_svg_and_csv() {
    let mut window = Window::on_sample();
    let (picture, table) = (window.folder.path().join("c.svg"), window.folder.path().join("c.csv"));
    window.command(Key::H);
    window.press("Work per day");
    for (name, path) in [("As a picture (SVG)…", &picture), ("As CSV…", &table)] {
        window.answers.borrow_mut().push(DialogAnswer::Picked(vec![path.clone()]));
        window.press(name);
        window.until("it is written", |_| path.exists());
    }
    let svg = std::fs::read_to_string(&picture).unwrap();
    assert!(
        svg.starts_with("<svg ") && svg.contains("Annotations made per day") && svg.ends_with("</svg>\n")
    );
    let csv = std::fs::read_to_string(&table).unwrap();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let sum: f64 = (reader.records().map(Result::unwrap))
        .flat_map(|row| row.iter().skip(1).map(|cell| cell.parse::<f64>().unwrap()).collect::<Vec<_>>())
        .sum();
    assert_eq!(sum as usize, window.session().annotations.len());
    assert!(csv.starts_with("Day,E. Vos"), "{csv}");
}

#[test]
fn without_annotations_a_sentence_stands_there() {
    let mut window = Window::on(&[("a.txt", b"A crane." as &[u8])]);
    window.until("it is open", |window| window.harness.state().workspace.desk.is_some());
    window.command(Key::H);
    assert!(window.shows("Nothing is marked yet."));
}
