use std::io::Read;

use proptest::prelude::*;
use quick_xml::events::Event;

use super::*;
use crate::format::export::Files;
use crate::format::{arbitrary, hard};

fn exported(session: &Session) -> (Vec<u8>, Losses) {
    let mut files = Files::default();
    let losses = write(&Export { session, at: Timestamp::from_second(0) }, &mut files).unwrap();
    (files.first().to_vec(), losses)
}

/// The rows of all tables but their heads: the texts of their cells.
fn rows_of(package: &[u8]) -> Vec<Vec<String>> {
    let mut archive = zip::ZipArchive::new(Cursor::new(package)).unwrap();
    let mut document = String::new();
    for at in 0..archive.len() {
        let mut file = archive.by_index(at).unwrap();
        let mut text = String::new();
        file.read_to_string(&mut text).unwrap();
        let mut reader = quick_xml::Reader::from_str(&text);
        while reader.read_event().unwrap() != Event::Eof {}
        if file.name().unwrap() == "word/document.xml" {
            document = text;
        }
    }
    let mut reader = quick_xml::Reader::from_str(&document);
    let (mut rows, mut is_head, mut is_cell) = (Vec::<Vec<String>>::new(), Vec::new(), false);
    loop {
        let event = reader.read_event().unwrap();
        let cell = rows.last_mut().and_then(|row| row.last_mut()).filter(|_| is_cell);
        match event {
            Event::Start(start) if start.name().0 == "w:tr" => {
                rows.push(Vec::new());
                is_head.push(false);
            }
            Event::Start(start) if start.name().0 == "w:tc" => {
                rows.last_mut().unwrap().push(String::new());
                is_cell = true;
            }
            Event::End(end) if end.name().0 == "w:tc" => is_cell = false,
            Event::Empty(empty) => match empty.name().0 {
                "w:tblHeader" => *is_head.last_mut().unwrap() = true,
                "w:br" => cell.into_iter().for_each(|cell| cell.push('\n')),
                "w:tab" => cell.into_iter().for_each(|cell| cell.push('\t')),
                _ => {}
            },
            Event::Text(text) => {
                if let Some(cell) = cell {
                    cell.push_str(&text);
                }
            }
            Event::GeneralRef(name) => {
                let entity = format!("&{};", &*name);
                let words = quick_xml::escape::unescape(&entity).unwrap().into_owned();
                if let Some(cell) = cell {
                    cell.push_str(&words);
                }
            }
            Event::Eof => break,
            _ => {}
        }
    }
    std::iter::zip(rows, is_head).filter(|(_, is_head)| !is_head).map(|(row, _)| row).collect()
}

fn check(session: &Session) {
    let (package, losses) = exported(session);
    assert_eq!(exported(session).0, package);
    let expected = passages::documents(session).flat_map(|document| {
        let rows = document.passages().map(|it| {
            let (quote, lost) = printable(it.words.trim());
            let (note, _) = printable(&it.annotation.note);
            ([format!("“{quote}”"), note.into_owned()], lost)
        });
        rows.collect::<Vec<_>>()
    });
    let found = rows_of(&package);
    let mut lost = 0;
    let mut number = 0;
    for (row, (cells, controls)) in std::iter::zip(&found, expected) {
        assert_eq!(row.len(), COLUMNS.len());
        assert_eq!([&row[0], &row[4]], [&cells[0], &cells[1]]);
        lost += controls;
        number += 1;
    }
    assert_eq!((found.len(), number), (session.annotations.len(), number));
    assert!(lost == 0 || losses.0[0].contains("control character"));
}

#[test]
fn each_row_has_a_passage_and_its_note() {
    check(&hard::session());
}

proptest! {
    #[test]
    fn each_row_of_any_session_has_a_passage_and_its_note(seed in any::<u64>()) {
        check(&arbitrary::session(seed));
    }
}
