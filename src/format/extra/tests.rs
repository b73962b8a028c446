//! What holds for every format that carries [`Extra`].

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value;

use crate::edit::{Step, apply_step};
use crate::format::export::{Export, Files};
use crate::format::import::{Foreign, Input, Taken, Taking, take_in};
use crate::format::table::{Format, named};
use crate::format::{arbitrary, hard};
use crate::model::*;

pub(crate) const FORMATS: [&str; 3] = ["doccano", "label-studio", "prodigy"];

pub(crate) fn exported(format: &str, session: &Session) -> Vec<Input> {
    let mut files = Files::default();
    let write = named(format).and_then(|format| format.write).unwrap();
    write(&Export { session, at: Timestamp::from_second(1_800_000_000) }, &mut files).unwrap();
    files.0.into_iter().map(|(name, bytes)| Input { name, bytes }).collect()
}

fn format(name: &str) -> &'static Format {
    named(name).unwrap()
}

pub(crate) fn read(format: &str, inputs: &[Input]) -> Foreign {
    named(format).and_then(|format| format.read).unwrap()(inputs).unwrap()
}

/// One file as a reader gets it.
pub(crate) fn file(name: &str, text: &str) -> [Input; 1] {
    [Input { name: name.to_owned(), bytes: text.as_bytes().to_vec() }]
}

pub(crate) fn taken(session: &Session, foreign: Foreign, is_new: bool) -> Taken {
    let taking =
        Taking { annotator: None, otherwise: "tool", at: Timestamp::from_second(1_800_000_000), is_new };
    take_in(session, foreign, taking)
}

pub(crate) fn new_session(foreign: Foreign) -> (Session, Taken) {
    let mut session = Session::new(SessionId(uuid::Uuid::nil()), Timestamp::from_second(0));
    let taken = taken(&session, foreign, true);
    let step = Step { label: "import".to_owned(), at: Timestamp::from_second(0), edits: taken.edits.clone() };
    apply_step(&mut session, &step).unwrap();
    assert_eq!(session.problems(), []);
    (session, taken)
}

/// A passage with all that must come back, ids of other records as the names they stand for.
fn told(session: &Session, annotation: &Annotation) -> Value {
    let text = session.document(annotation.anchor.document()).unwrap().text();
    let voice: Vec<&str> = annotation.voice.iter().map(|id| session.actors[id].name.as_str()).collect();
    serde_json::json!({
        "text": text,
        "span": annotation.anchor.span().map(|span| [span.start(), span.end()]),
        "tag": session.scheme.tag(&annotation.tag).unwrap().id.as_str(),
        "note": annotation.note,
        "unsure": annotation.unsure,
        "attributes": annotation.attributes.iter().map(|(id, value)| (id.as_str(), value)).collect::<BTreeMap<_, _>>(),
        "statement": annotation.statement.map(|id| &session.statements[&id].name),
        "voice": voice,
        "annotator": annotation.annotator.as_str(),
        "created": annotation.created.to_string(),
        "modified": annotation.modified.to_string(),
    })
}

fn all_come_back(format: &str, session: &Session) {
    let inputs = exported(format, session);
    let again = taken(session, read(format, &inputs), false);
    assert_eq!(again.edits, [], "{format}");
    let (new, taken) = new_session(read(format, &inputs));
    // A text that is taken for no text (control characters) is refused and named, and its passages with it.
    let refused = |told: &String| told.ends_with(" is not here");
    if taken.report.not_placed.iter().any(refused) {
        assert!(taken.report.not_placed.iter().all(refused) && !taken.report.left_out.is_empty(), "{format}");
        return;
    }
    assert_eq!(taken.report.not_placed, [""; 0], "{format}");
    let placed: Vec<_> = session.annotations.values().filter(|it| it.anchor.span().is_some()).collect();
    assert_eq!(new.annotations.len(), placed.len(), "{format}");
    for annotation in placed {
        assert_eq!(told(session, annotation), told(&new, &new.annotations[&annotation.id]), "{format}");
    }
    let both = |link: &&Link| [link.from, link.to].iter().all(|id| new.annotations.contains_key(id));
    let links: Vec<&Link> = session.links.values().map(AsRef::as_ref).filter(both).collect();
    assert_eq!(new.links.values().map(AsRef::as_ref).collect::<Vec<&Link>>(), links, "{format}");
    for document in &new.documents {
        let own = session.documents.iter().find(|own| own.text() == document.text()).unwrap();
        assert_eq!(own.info.metadata, document.info.metadata, "{format}");
        assert_eq!(own.info.presentation, document.info.presentation, "{format}");
    }
}

#[test]
fn the_hard_session_comes_back_from_every_tool() {
    for format in FORMATS {
        all_come_back(format, &hard::session());
    }
}

#[test]
fn the_session_itself_is_told_nothing_is_different_but_comments() {
    let session = hard::session();
    for format in FORMATS {
        let again = taken(&session, read(format, &exported(format, &session)), false);
        // The one with a comment.
        assert_eq!(again.report.left_out.len(), 1, "{format}: {:?}", again.report);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn any_session_comes_back_from_every_tool(seed in any::<u64>()) {
        let session = arbitrary::session(seed);
        for format in FORMATS {
            all_come_back(format, &session);
        }
    }

    /// Whatever is done to the bytes: an answer or an error that names the file.
    #[test]
    fn no_bytes_make_a_reader_fall(seed in any::<u64>(), cuts in proptest::collection::vec((any::<usize>(), any::<u8>()), 1..6)) {
        let session = arbitrary::session(seed);
        for name in FORMATS {
            let mut inputs = exported(name, &session);
            for input in &mut inputs {
                for (at, byte) in &cuts {
                    // Digits, quotes, brackets: what most often still reads.
                    let byte = b"0123456789-\"[]{},:ntf"[usize::from(*byte) % 21];
                    let length = input.bytes.len();
                    input.bytes[at % length] = byte;
                }
            }
            if let Ok(foreign) = format(name).read.unwrap()(&inputs) {
                new_session(foreign);
            }
        }
    }
}

#[test]
fn a_wrong_unit_is_put_right_and_said() {
    let session = hard::session();
    let longer = |number: &Value| Value::from(number.as_u64().unwrap() + 1);
    for format in FORMATS {
        let mut inputs = exported(format, &session);
        let input = inputs.iter_mut().find(|input| !input.has_extension("xml")).unwrap();
        let text = String::from_utf8(input.bytes.clone()).unwrap();
        // All documents begin with an emoji or have one early: one more than it says is wrong for each passage.
        let shift = |mut value: Value| {
            let keys = [("entities", "start_offset", "end_offset"), ("spans", "start", "end")];
            for (list, start, end) in keys {
                for item in value.get_mut(list).and_then(Value::as_array_mut).into_iter().flatten() {
                    item[start] = longer(&item[start]);
                    item[end] = longer(&item[end]);
                }
            }
            for annotation in value.get_mut("annotations").and_then(Value::as_array_mut).into_iter().flatten()
            {
                for row in annotation["result"].as_array_mut().into_iter().flatten() {
                    if row["value"]["start"].is_number() {
                        row["value"]["start"] = longer(&row["value"]["start"]);
                        row["value"]["end"] = longer(&row["value"]["end"]);
                    }
                }
            }
            value
        };
        input.bytes = match serde_json::from_str(&text) {
            Ok(Value::Array(tasks)) => {
                serde_json::to_vec(&tasks.into_iter().map(shift).collect::<Vec<_>>()).unwrap()
            }
            _ => {
                let lines = text.lines().map(|line| shift(serde_json::from_str(line).unwrap()).to_string());
                lines.collect::<Vec<_>>().join("\n").into_bytes()
            }
        };
        let (new, taken) = new_session(read(format, &inputs));
        assert!(!taken.report.converted.is_empty(), "{format}");
        for annotation in session.annotations.values().filter(|it| it.anchor.span().is_some()) {
            let read = &new.annotations[&annotation.id];
            assert_eq!(session.quote(annotation), new.quote(read), "{format}");
            assert_eq!(annotation.anchor.span(), read.anchor.span(), "{format}");
        }
    }
}

#[test]
fn what_is_no_file_of_a_tool_is_refused_with_the_place() {
    for name in FORMATS {
        let error = |text: &str| format(name).read.unwrap()(&file("a.jsonl", text)).unwrap_err().to_string();
        assert!(error("{\"text\": \"a\"}\n{\"text\": ").starts_with("a.jsonl: line 2: "), "{name}");
        assert!(error("[1]").starts_with("a.jsonl: record 1: this is no "), "{name}");
        assert!(error("").starts_with("a.jsonl: no "), "{name}");
        assert!(error("{\"x\": 1}").starts_with("a.jsonl: no "), "{name}");
        assert!(error("{\"text\": {}, \"data\": []}").starts_with("a.jsonl: no "), "{name}");
    }
}
