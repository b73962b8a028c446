use serde_json::Value;

use crate::format::export::{Export, Files};
use crate::format::extra::tests::{exported, file, new_session, read};
use crate::format::hard;
use crate::model::Timestamp;

/// What doccano's window shows: a slice of a string of JavaScript.
fn shown(text: &str, start: u64, end: u64) -> String {
    let units: Vec<u16> = text.encode_utf16().collect();
    String::from_utf16(&units[start as usize..end as usize]).unwrap()
}

#[test]
fn the_window_shows_our_quotes() {
    let session = hard::session();
    let inputs = exported("doccano", &session);
    let (mut entities, mut relations) = (0, 0);
    for line in std::str::from_utf8(&inputs[0].bytes).unwrap().lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        let text = line["text"].as_str().unwrap();
        for (entity, passage) in
            line["entities"].as_array().unwrap().iter().zip(line["passages"].as_array().unwrap())
        {
            entities += 1;
            assert_eq!(entity["id"], entities);
            let annotation = &session.annotations[&passage["id"].as_str().unwrap().parse().unwrap()];
            let (start, end) =
                (entity["start_offset"].as_u64().unwrap(), entity["end_offset"].as_u64().unwrap());
            assert_eq!(shown(text, start, end), session.quote(annotation));
            let (start, end) =
                (passage["start_char"].as_u64().unwrap(), passage["end_char"].as_u64().unwrap());
            let sliced: String = text.chars().skip(start as usize).take((end - start) as usize).collect();
            assert_eq!(sliced, session.quote(annotation));
            assert_eq!(entity["label"], session.scheme.tag(&annotation.tag).unwrap().name);
        }
        relations += line["relations"].as_array().unwrap().len();
    }
    let placed = session.annotations.values().filter(|it| it.anchor.span().is_some()).count();
    assert_eq!((entities as usize, relations), (placed, 2));
}

#[test]
fn what_doccano_has_no_room_for_is_said() {
    let session = hard::session();
    let export = Export { session: &session, at: Timestamp::from_second(0) };
    let losses = super::write(&export, &mut Files::default()).unwrap();
    assert_eq!(losses.0.len(), 4, "{losses:?}");
    assert_eq!(losses.0[0], "1 passage whose text is gone is not in the file");
    assert_eq!(losses.0[1], "2 links are only for Gainsay to read back: doccano has no room for them");
    assert_eq!(losses.0[2], "1 comment is not in the file");
    assert!(losses.0[3].contains("overlap others"));
}

#[test]
fn shapes_of_other_versions_are_read() {
    let text = "👮🏽‍♀️ e\u{301} “quote”: It is so. It is not so.";
    let at = |words: &str| {
        let start = text[..text.find(words).unwrap()].encode_utf16().count();
        (start, start + words.encode_utf16().count())
    };
    let (a, b) = (at("It is so."), at("It is not so."));
    let new = serde_json::json!({
        "id": 7, "text": text, "Comments": ["hm"],
        "entities": [
            { "id": 90, "label": "claim", "start_offset": a.0, "end_offset": a.1 },
            { "id": 91, "label": "denial", "start_offset": b.0, "end_offset": b.1 },
        ],
        "relations": [
            { "id": 1, "from_id": 91, "to_id": 90, "type": "denies" },
            { "id": 2, "from_id": 91, "to_id": 12, "type": "denies" },
        ],
    });
    let old = serde_json::json!({ "data": "e\u{301} It", "label": [[3, 5, "claim"], "whole"] });
    let older = serde_json::json!({ "text": "“It”", "labels": [[1, 3, "claim"], [1]] });
    let foreign = read("doccano", &file("all.jsonl", &format!("{new}\r\n{old}\r\n\r\n{older}\r\n")));
    let (session, taken) = new_session(foreign);
    let mut quotes: Vec<&str> = session.annotations.values().map(|it| session.quote(it)).collect();
    quotes.sort_unstable();
    assert_eq!(quotes, ["It", "It", "It is not so.", "It is so."]);
    assert_eq!((session.documents.len(), session.links.len()), (3, 1));
    let left_out = &taken.report.left_out;
    assert_eq!(
        *left_out,
        [
            "1 comment on a whole text: left out",
            "1 label of a whole text: left out",
            "1 label without offsets: left out",
            "1 relation names an entity that is not there: left out",
        ]
    );
}

#[test]
fn what_was_changed_in_doccano_is_what_is_read() {
    let session = hard::session();
    let inputs = exported("doccano", &session);
    let mut lines: Vec<Value> = std::str::from_utf8(&inputs[0].bytes)
        .unwrap()
        .lines()
        .map(|line| serde_json::from_str(line).unwrap())
        .collect();
    // Its server numbers anew; one label changed, one entity and one relation gone, one entity new.
    for line in &mut lines {
        for (at, entity) in line["entities"].as_array_mut().unwrap().iter_mut().enumerate() {
            entity["id"] = Value::from(1_000 + at);
        }
        line["relations"] = Value::Array(Vec::new());
    }
    lines[1]["entities"][0]["label"] = Value::from("rumour");
    let gone = lines[1]["entities"].as_array_mut().unwrap().pop().unwrap();
    let new = serde_json::json!({ "id": 5_000, "label": gone["label"], "start_offset": 0, "end_offset": 6 });
    lines[1]["entities"].as_array_mut().unwrap().push(new);
    let changed: String = lines.iter().map(|line| format!("{line}\n")).collect();
    let (new, taken) = new_session(read("doccano", &file("all.jsonl", &changed)));
    assert_eq!(taken.report.placed, session.annotations.len() - 1);
    assert!(new.annotations.values().any(|it| new.quote(it) == "Nieuws"));
    assert_eq!(new.annotations.values().filter(|it| it.tag.as_str() == "rumour").count(), 1);
    assert_eq!(new.links.len(), 2, "those across documents, which doccano does not know");
    assert!(taken.report.left_out.contains(&"1 passage was removed in doccano: not read".to_owned()));
}

#[test]
fn a_file_a_user_is_whose_it_is() {
    let line = "{\"text\": \"“It” is\", \"label\": [[1, 3, \"claim\"]]}";
    let inputs = ["ada", "ben"].map(|name| file(&format!("{name}.jsonl"), line)).concat();
    let (session, _) = new_session(read("doccano", &inputs));
    let names: Vec<&str> = session.annotations.values().map(|it| it.annotator.as_str()).collect();
    assert_eq!((names.len(), session.documents.len()), (2, 1));
    assert!(names.contains(&"ada") && names.contains(&"ben"));
}
