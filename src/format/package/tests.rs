use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::format::export::Files;
use crate::format::{arbitrary, hard};
use crate::model::{Session, Timestamp};

fn written(session: &Session) -> (Files, Losses) {
    let mut files = Files::default();
    let losses = write(&Export { session, at: Timestamp::from_second(1_800_000_000) }, &mut files).unwrap();
    (files, losses)
}

fn rows(files: &Files, name: &str) -> Vec<BTreeMap<String, String>> {
    let mut reader = csv::Reader::from_reader(files.named(name).unwrap());
    let names = reader.headers().unwrap().clone();
    let row = |record: csv::StringRecord| {
        names.iter().map(str::to_owned).zip(record.iter().map(str::to_owned)).collect()
    };
    reader.records().map(|record| row(record.unwrap())).collect()
}

fn check(session: &Session) {
    let (files, _) = written(session);
    assert_eq!(files.0, written(session).0.0, "the same every time");
    let documents = rows(&files, "documents.csv");
    let file_of =
        |id: &str| documents.iter().find(|row| row["document_id"] == id).unwrap()["text_file"].clone();
    let passages = rows(&files, "passages.csv");
    assert_eq!(passages.len(), session.annotations.len());
    for row in passages.iter().filter(|row| !row["start_char"].is_empty()) {
        let text = std::str::from_utf8(files.named(&file_of(&row["document_id"])).unwrap()).unwrap();
        let number = |column: &str| row[column].parse::<usize>().unwrap();
        let (start, end) = (number("start_char"), number("end_char"));
        let slice: String = text.chars().skip(start).take(end - start).collect();
        assert_eq!(slice, row["quote"]);
        assert_eq!(text[number("start_byte")..number("end_byte")], row["quote"]);
    }
    let links = rows(&files, "links.csv");
    assert_eq!(links.len(), session.links.len());
    for link in &links {
        for end in ["from_id", "to_id"] {
            assert!(passages.iter().any(|row| row["annotation_id"] == link[end]));
        }
    }
    let package: Value = serde_json::from_slice(files.named("datapackage.json").unwrap()).unwrap();
    for resource in package["resources"].as_array().unwrap() {
        let mut reader = csv::Reader::from_reader(files.named(resource["path"].as_str().unwrap()).unwrap());
        let headers = reader.headers().unwrap();
        let fields = resource["schema"]["fields"].as_array().unwrap();
        let names: Vec<&str> = fields.iter().map(|field| field["name"].as_str().unwrap()).collect();
        assert_eq!(headers.iter().collect::<Vec<_>>(), names);
    }
    let crate_: Value = serde_json::from_slice(files.named("ro-crate-metadata.json").unwrap()).unwrap();
    let graph = crate_["@graph"].as_array().unwrap();
    for part in graph[1]["hasPart"].as_array().unwrap() {
        assert!(files.named(part["@id"].as_str().unwrap()).is_some(), "{part}");
    }
}

proptest! {
    #[test]
    fn every_passage_is_where_the_tables_say(seed in any::<u64>()) {
        check(&arbitrary::session(seed));
    }
}

#[test]
fn the_hard_session_is_told_in_full() {
    let session = hard::session();
    check(&session);
    let (files, losses) = written(&session);
    let passages = rows(&files, "passages.csv");
    let first = passages.iter().find(|row| row["note"].starts_with("=HYPERLINK")).unwrap();
    assert_eq!((first["certainty_e"].as_str(), first["remark"].as_str()), ("certain", ""));
    assert_eq!((first["n_links_out"].as_str(), first["n_links_in"].as_str()), ("1", "1"));
    assert_eq!(first["statement"], "De commissie “gebruikte” het 🙂");
    assert_eq!(rows(&files, "comments.csv")[0]["status"], "questioned");
    let expected = [
        "1 passage is an orphan: written without offsets",
        "1 statement is written by its name alone",
        "2 voices are written by their names alone",
    ];
    assert_eq!(losses.0, expected);
    let crate_: Value = serde_json::from_slice(files.named("ro-crate-metadata.json").unwrap()).unwrap();
    assert_eq!(crate_["@graph"][1]["datePublished"], "2027-01-15T08:00:00Z");
    let package: Value = serde_json::from_slice(files.named("datapackage.json").unwrap()).unwrap();
    let fields = package["resources"][0]["schema"]["fields"].as_array().unwrap();
    let field = |name: &str| &fields.iter().find(|field| field["name"] == name).unwrap()["constraints"];
    assert_eq!(field("tag")["required"], true);
    assert_eq!(field("start_char").get("required"), None, "the orphan has none");
    assert_eq!(field("certainty_e")["enum"][1], "possible “é”");
}
