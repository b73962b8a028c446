use serde_json::{Value, json};

use crate::format::extra::tests::{exported, file, new_session, read};
use crate::format::hard;

fn slice(text: &str, start: &Value, end: &Value) -> String {
    let (start, end) = (start.as_u64().unwrap() as usize, end.as_u64().unwrap() as usize);
    text.chars().skip(start).take(end - start).collect()
}

#[test]
fn python_slices_our_quotes() {
    let session = hard::session();
    let inputs = exported("prodigy", &session);
    let mut spans = 0;
    for line in std::str::from_utf8(&inputs[0].bytes).unwrap().lines() {
        let line: Value = serde_json::from_str(line).unwrap();
        for span in line["spans"].as_array().unwrap() {
            spans += 1;
            let annotation = &session.annotations[&span["id"].as_str().unwrap().parse().unwrap()];
            assert_eq!(
                slice(line["text"].as_str().unwrap(), &span["start"], &span["end"]),
                session.quote(annotation)
            );
            assert_eq!(line["_annotator_id"], session.annotator_name(&annotation.annotator));
        }
    }
    assert_eq!(spans, session.annotations.values().filter(|it| it.anchor.span().is_some()).count());
}

const TEXT: &str = "👮🏽‍♀️ e\u{301} “quote”: It is so. It is not so.";

fn at(words: &str) -> (usize, usize) {
    let start = TEXT[..TEXT.find(words).unwrap()].chars().count();
    (start, start + words.chars().count())
}

#[test]
fn lines_of_prodigy_are_read() {
    let (a, b) = (at("It is so."), at("It is not so."));
    let line = |answer: &str| {
        json!({
            "text": TEXT, "answer": answer, "_annotator_id": "set-ada", "_session_id": "set-ada", "meta": { "source": "brief" },
            "tokens": [], "label": "MIXED", "_input_hash": -7, "spans": [
                { "start": a.0, "end": a.1, "label": "claim", "token_start": 4, "token_end": 7 },
                { "start": b.0, "end": b.1, "label": "denial", "token_start": 8, "token_end": 12 },
                { "label": "box", "points": [[1, 2]] },
            ],
            "relations": [
                { "head": 12, "child": 7, "label": "denies" },
                { "head": 1, "child": 7, "label": "denies" },
                { "head": 12, "child": 7, "label": "quotes",
                  "head_span": { "start": b.0, "end": b.1 }, "child_span": { "start": a.0, "end": a.1 } },
            ],
        })
    };
    let all = ["accept", "reject", "ignore"].map(|answer| line(answer).to_string()).join("\n");
    let (session, taken) = new_session(read("prodigy", &file("set.jsonl", &all)));
    let mut quotes: Vec<&str> = session.annotations.values().map(|it| session.quote(it)).collect();
    quotes.sort_unstable();
    assert_eq!(quotes, ["It is not so.", "It is so."]);
    assert!(session.annotations.values().all(|it| it.annotator.as_str() == "set-ada"));
    assert_eq!((session.links.len(), session.documents[0].id.as_str()), (2, "brief"));
    let left_out = [
        "1 label of a whole text: left out",
        "1 relation ties tokens that are no span: left out",
        "1 span without offsets: left out",
        "1 text was rejected: left out",
        "1 text was skipped: left out",
    ];
    assert_eq!(taken.report.left_out, left_out);
}

#[test]
fn documents_and_pairs_of_spacy_are_read() {
    let (a, b) = (at("It is so."), at("It is not so."));
    let document = json!({
        "text": TEXT, "ents": [{ "start": a.0, "end": a.1, "label": "claim" }], "tokens": [],
        "spans": { "passages": [{ "start": b.0, "end": b.1, "label": "denial", "kb_id": "" }] },
    });
    let pair = json!(["“It” is", { "entities": [[1, 3, "claim"]] }]);
    for text in [format!("{document}\n{pair}\n"), json!([document, pair]).to_string()] {
        let (session, _) = new_session(read("prodigy", &file("made.json", &text)));
        let mut quotes: Vec<&str> = session.annotations.values().map(|it| session.quote(it)).collect();
        quotes.sort_unstable();
        assert_eq!(quotes, ["It", "It is not so.", "It is so."]);
    }
}
