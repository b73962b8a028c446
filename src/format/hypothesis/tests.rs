use proptest::prelude::*;

use super::*;
use crate::edit::{Step, apply_step};
use crate::format::import::{Report, Taking, take_in};
use crate::model::{Session, SessionId};

const TEXT: &str = "👮🏽‍♀️ e\u{301} “quote” 🙂\nIt is so, they say.\nNee. Nee.\n";

/// A row as the interface gives it, with offsets in UTF-16 units, `off` from where the words stand.
fn row(id: &str, quote: &str, tags: &str, off: usize) -> String {
    let at = TEXT.find(quote).unwrap();
    let units = |end: usize| TEXT[..end].encode_utf16().count() + off;
    let (start, end) = (units(at), units(at + quote.len()));
    let (before, after) = (&TEXT[..at], &TEXT[at + quote.len()..]);
    serde_json::json!({
        "id": id, "uri": "https://example.org/letter", "user": "acct:ada@hypothes.is", "text": "let op 🙂",
        "created": "2026-01-05T09:00:00.123456+00:00", "updated": "2026-01-06T09:00:00.123456+00:00",
        "tags": tags.split_whitespace().collect::<Vec<_>>(), "document": {"title": ["Brief"]}, "links": {},
        "target": [{"source": "https://example.org/letter", "selector": [
            {"type": "RangeSelector", "startContainer": "/p[1]", "endContainer": "/p[1]", "startOffset": 0,
             "endOffset": 3},
            {"type": "TextPositionSelector", "start": start, "end": end},
            {"type": "TextQuoteSelector", "exact": quote, "prefix": before, "suffix": after}]}]
    })
    .to_string()
}

const MORE: [&str; 4] = [
    r#"{"id":"n","uri":"https://example.org/letter","user":"acct:ben@x","text":"page","tags":[],"target":[{"source":"x"}]}"#,
    r#"{"id":"r1","uri":"https://example.org/letter","user":"acct:ben@x","user_info":{"display_name":"Ben B."},
       "created":"2026-01-07T09:00:00Z","text":"echt?","tags":["vraag"],"references":["a"],"target":[]}"#,
    r#"{"id":"r2","uri":"https://example.org/letter","user":"acct:ada@x","text":"ja","tags":[],"references":["a","r1"]}"#,
    r#"{"id":"r3","uri":"https://example.org/letter","user":"acct:ada@x","text":"?","references":["gone"]}"#,
];

fn taken(json: &str) -> (Session, Report) {
    let file = |name: &str, text: &str| Input { name: name.to_owned(), bytes: text.as_bytes().to_vec() };
    let foreign = read(&[file("a.json", json), file("a.txt", TEXT)]).unwrap();
    let at = Timestamp::from_second(1_800_000_000);
    let mut session = Session::new(SessionId(uuid::Uuid::nil()), at);
    let taking = Taking { annotator: None, otherwise: "hypothesis", at, is_new: true };
    let taken = take_in(&session, foreign.clone(), taking);
    apply_step(&mut session, &Step { label: String::new(), at, edits: taken.edits }).unwrap();
    assert_eq!(session.problems(), []);
    let again = take_in(&session, foreign, Taking { is_new: false, ..taking });
    assert_eq!(again.edits, []);
    (session, taken.report)
}

#[test]
fn rows_become_passages_and_answers_comments() {
    let rows = [row("a", "It is so", "Claim Twijfel", 0), row("b", "“quote”", "", 0)];
    let all = rows.iter().map(String::as_str).chain(MORE).collect::<Vec<_>>().join(",");
    for json in [format!("{{\"total\":6,\"rows\":[{all}]}}"), format!("[{all}]")] {
        let (session, report) = taken(&json);
        let mut found: Vec<(&str, &str)> =
            session.annotations.values().map(|it| (it.tag.as_str(), session.quote(it))).collect();
        found.sort_unstable();
        assert_eq!(found, [("claim", "It is so"), ("highlight", "“quote”"), ("twijfel", "It is so")]);
        let claim = session.annotations.values().find(|it| it.tag.as_str() == "claim").unwrap();
        assert_eq!((claim.note.as_str(), session.annotator_name(&claim.annotator)), ("let op 🙂", "ada"));
        assert_eq!(claim.created.to_string(), "2026-01-05T09:00:00Z");
        let [question, answer] = &claim.comments[..] else { panic!("{:?}", claim.comments) };
        assert_eq!((question.text.as_str(), question.author.as_str()), ("echt?\nvraag", "Ben B."));
        assert_eq!((answer.text.as_str(), answer.reply_to), ("ja", Some(question.id)));
        let told = [
            "1 note on a whole page, which marks no passage: left out",
            "1 answer to what is not in the file: left out",
        ];
        assert_eq!(report.left_out, told);
        let metadata = &session.documents[0].info.metadata;
        assert_eq!((metadata.title.as_str(), metadata.url.as_str()), ("Brief", "https://example.org/letter"));
    }
}

#[test]
fn a_row_a_line_and_offsets_of_another_text() {
    let lines = [row("a", "It is so", "Claim", 200), row("b", "“quote”", "Claim", 3)].join("\n");
    let (session, report) = taken(&lines);
    assert_eq!(report.placed, 2, "{report:?}");
    assert!(session.annotations.values().all(|it| it.anchor.span().is_some()));
    assert!(report.converted.iter().any(|said| said.contains("found by the words")), "{report:?}");
}

#[test]
fn what_can_not_be_read_is_said() {
    let fails = |text: &str| {
        let input = Input { name: "a.json".to_owned(), bytes: text.as_bytes().to_vec() };
        read(&[input]).unwrap_err().to_string()
    };
    assert_eq!(fails("{\"rows\": [}"), "a.json: line 1, column 11: it is not sound JSON");
    assert_eq!(fails("[{}]"), "a.json: row 1: it has neither “uri” nor “target”: not Hypothesis’s");
    assert_eq!(fails("{\"uri\": \"x\"}\n{\"uri\""), "a.json: line 2, column 6: it is not sound JSON");
}

proptest! {
    #[test]
    fn no_bytes_make_it_panic(at in any::<prop::sample::Index>(), byte in any::<u8>()) {
        let mut bytes = format!("[{},{}]", row("a", "Nee.", "A", 0), MORE.join(",")).into_bytes();
        let at = at.index(bytes.len());
        bytes[at] = byte;
        drop(read(&[Input { name: "a.json".to_owned(), bytes }]));
    }
}
