use std::collections::BTreeMap;

use serde_json::{Value, json};

use super::config;
use crate::format::extra::tests::{exported, file, new_session, read};
use crate::format::{arbitrary, hard};

#[test]
fn python_slices_our_quotes() {
    let session = hard::session();
    let inputs = exported("label-studio", &session);
    let tasks = inputs.iter().find(|input| input.name == "tasks.json").unwrap();
    let tasks: Vec<Value> = serde_json::from_slice(&tasks.bytes).unwrap();
    let mut regions = BTreeMap::new();
    for task in &tasks {
        let text = task["data"]["text"].as_str().unwrap();
        for row in
            task["annotations"].as_array().unwrap().iter().flat_map(|it| it["result"].as_array().unwrap())
        {
            if row["type"] == "relation" {
                continue;
            }
            let annotation = &session.annotations[&row["id"].as_str().unwrap().parse().unwrap()];
            let number = |key: &str| row["value"][key].as_u64().unwrap() as usize;
            let (start, end) = (number("start"), number("end"));
            let sliced: String = text.chars().skip(start).take(end - start).collect();
            assert_eq!(sliced, session.quote(annotation));
            if row["from_name"] == "note" {
                assert_eq!(row["value"]["text"], json!([annotation.note]));
            }
            *regions.entry(annotation.id).or_insert(0) += usize::from(row["type"] == "labels");
        }
    }
    assert!(regions.values().all(|labels| *labels == 1));
    assert_eq!(regions.len(), session.annotations.values().filter(|it| it.anchor.span().is_some()).count());
}

#[test]
fn the_interface_is_xml_whatever_tags_are_called() {
    for session in [hard::session(), arbitrary::session(5), arbitrary::session(11)] {
        let inputs = exported("label-studio", &session);
        let xml = inputs.iter().find(|input| input.name == "config.xml").unwrap().text().unwrap();
        let mut reader = quick_xml::Reader::from_str(xml);
        let mut labels = Vec::new();
        loop {
            match reader.read_event().unwrap() {
                quick_xml::events::Event::Empty(element) if element.name().as_ref() == "Label" => {
                    let value = element.try_get_attribute("value").unwrap().unwrap();
                    labels.push(quick_xml::escape::unescape(&value.value).unwrap().into_owned());
                }
                quick_xml::events::Event::Eof => break,
                _ => {}
            }
        }
        let mut names: Vec<String> = session.scheme.tags.iter().map(|tag| config::clean(&tag.name)).collect();
        names.sort();
        labels.sort();
        assert_eq!(labels, names);
        assert_eq!(config::text_field(xml).as_deref(), Some("text"));
    }
}

const TEXT: &str = "👮🏽‍♀️ e\u{301} “quote”: It is so. It is not so.";

fn value(words: &str, key: &str, said: &str) -> Value {
    let start = TEXT[..TEXT.find(words).unwrap()].chars().count();
    json!({ "start": start, "end": start + words.chars().count(), key: [said] })
}

#[test]
fn exports_of_label_studio_are_read() {
    let row = |id: &str, control: &str, kind: &str, value: Value| json!({ "id": id, "from_name": control, "to_name": "txt", "type": kind, "value": value });
    let task = json!({
        "id": 3, "data": { "body": TEXT, "id": "x" }, "drafts": [{}],
        "annotations": [
            { "completed_by": { "email": "ada@example.org" }, "result": [
                row("r1", "note", "textarea", value("It is so.", "text", "zie “é” 🙂")),
                row("r1", "kind", "labels", value("It is so.", "labels", "claim")),
                row("r1", "certainty", "choices", value("It is so.", "choices", "certain")),
                row("r2", "kind", "labels", value("It is not so.", "labels", "denial")),
                row("r3", "mood", "choices", json!({ "choices": ["sour"] })),
                json!({ "type": "relation", "from_id": "r2", "to_id": "r1", "direction": "right", "labels": ["denies"] }),
                json!({ "type": "relation", "from_id": "r2", "to_id": "r1", "direction": "left" }),
                json!({ "type": "relation", "from_id": "r2", "to_id": "r9" }),
            ] },
            { "completed_by": 4, "was_cancelled": true, "result": [] },
        ],
        "predictions": [{ "model_version": "m 1", "result": [row("p", "kind", "labels", value("quote", "labels", "claim"))] }],
    });
    let (session, taken) =
        new_session(read("label-studio", &file("export.json", &json!([task]).to_string())));
    let by_quote: BTreeMap<&str, _> =
        session.annotations.values().map(|it| (session.quote(it), it)).collect();
    assert_eq!(by_quote.keys().copied().collect::<Vec<_>>(), ["It is not so.", "It is so.", "quote"]);
    let claim = by_quote["It is so."];
    assert_eq!((claim.note.as_str(), claim.annotator.as_str()), ("zie “é” 🙂", "ada@example.org"));
    assert_eq!(claim.attributes.values().collect::<Vec<_>>(), ["certain"]);
    assert_eq!(by_quote["quote"].annotator.as_str(), "m 1");
    let mut links: Vec<(&str, bool)> =
        session.links.values().map(|it| (it.kind.as_str(), it.to == claim.id)).collect();
    links.sort_unstable();
    assert_eq!(links, [("denies", true), ("related-to", false)]);
    let left_out = [
        "1 annotation was skipped: left out",
        "1 draft is left out",
        "1 prediction is read as an annotation",
        "1 relation names a region that is not there: left out",
        "1 value is not one of a passage: left out",
    ];
    assert_eq!(taken.report.left_out, left_out);
}

#[test]
fn json_min_is_read_as_far_as_it_goes() {
    let mark = |words: &str, label: &str| {
        let mut mark = value(words, "labels", label);
        mark["text"] = json!(words);
        mark
    };
    let task = json!({
        "id": 1, "text": TEXT, "annotator": 2, "created_at": "2026-01-05T09:00:00Z",
        "kind": [mark("It is so.", "claim"), mark("It is not so.", "denial")], "certainty": ["certain", "possible"],
    });
    let (session, taken) = new_session(read("label-studio", &file("min.json", &json!([task]).to_string())));
    assert_eq!(taken.report.placed, 2);
    assert!(session.annotations.values().all(|it| it.annotator.as_str() == "user 2"));
    assert_eq!(taken.report.left_out, ["1 list of values is not tied to passages: left out"]);
}

#[test]
fn what_was_changed_in_label_studio_is_what_is_read() {
    let session = hard::session();
    let mut inputs = exported("label-studio", &session);
    let input = inputs.iter_mut().find(|input| input.name == "tasks.json").unwrap();
    let mut tasks: Value = serde_json::from_slice(&input.bytes).unwrap();
    let result = tasks[1]["annotations"][0]["result"].as_array_mut().unwrap();
    result.retain(|row| row["type"] != "relation");
    let label = result.iter_mut().find(|row| row["type"] == "labels").unwrap();
    label["value"]["labels"] = json!(["rumour"]);
    let id: crate::model::AnnotationId = label["id"].as_str().unwrap().parse().unwrap();
    result.retain(|row| row["id"] != id.to_string() || row["type"] != "choices");
    let related: Vec<_> = session.links.values().map(|link| link.id).collect();
    input.bytes = serde_json::to_vec(&tasks).unwrap();
    let (new, _) = new_session(read("label-studio", &inputs));
    assert_eq!(new.annotations[&id].tag.as_str(), "rumour");
    assert!(new.annotations[&id].attributes.is_empty() && !new.annotations[&id].unsure);
    assert!(new.links.len() <= related.len());
}
