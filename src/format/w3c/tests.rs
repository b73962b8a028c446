use proptest::prelude::*;
use serde_json::Value;

use super::*;
use crate::edit::{Step, apply_step};
use crate::format::export::{Export, Files};
use crate::format::import::{Foreign, Input, Report, Taking, take_in};
use crate::format::{arbitrary, hard, passages};
use crate::model::{Session, Timestamp};

fn exported(session: &Session) -> String {
    let mut files = Files::default();
    let export = Export { session, at: Timestamp::from_second(0) };
    let losses = (FORMAT.write.unwrap())(&export, &mut files).unwrap();
    assert_eq!(losses.0, [""; 0]);
    String::from_utf8(files.first().to_vec()).unwrap()
}

fn input(name: &str, text: impl Into<String>) -> Input {
    Input { name: name.to_owned(), bytes: text.into().into_bytes() }
}

fn read(text: impl Into<String>) -> Foreign {
    read::read(&[input("a.jsonld", text)]).unwrap()
}

fn take(session: &mut Session, foreign: Foreign, is_new: bool) -> Report {
    let at = Timestamp::from_second(1_800_000_000);
    let taken = take_in(session, foreign, Taking { annotator: None, otherwise: "w3c", at, is_new });
    let step = Step { label: String::new(), at, edits: taken.edits };
    apply_step(session, &step).unwrap();
    assert_eq!(session.problems(), []);
    taken.report
}

fn new_of(foreign: Foreign) -> (Session, Report) {
    let (id, created) = foreign.origin.unwrap_or((SessionId(uuid::Uuid::nil()), Timestamp::from_second(0)));
    let mut session = Session::new(id, created);
    let report = take(&mut session, foreign, true);
    (session, report)
}

fn there_and_back(session: &Session) {
    let text = exported(session);
    let foreign = read(text.clone());
    let again = take_in(
        session,
        foreign.clone(),
        Taking { annotator: None, otherwise: "w3c", at: Timestamp::from_second(0), is_new: false },
    );
    assert_eq!((again.edits.len(), &again.report.not_placed), (0, &Vec::new()), "{:?}", again.report);
    let (back, report) = new_of(foreign);
    assert_eq!(report.details().collect::<Vec<_>>(), [""; 0]);
    assert_eq!(back, *session);
    assert_eq!(exported(&back), text);
}

#[test]
fn the_hard_session_comes_back_whole() {
    there_and_back(&hard::session());
}

proptest! {
    #[test]
    fn any_session_comes_back_whole(seed in any::<u64>()) {
        there_and_back(&arbitrary::session(seed));
    }

    #[test]
    fn no_bytes_make_it_panic(seed in 0_u64..50, at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<bool>()) {
        let mut bytes = exported(&arbitrary::session(seed)).into_bytes();
        let at = at.index(bytes.len());
        if cut { bytes.truncate(at) } else { bytes[at] = byte }
        if let Ok(foreign) = read::read(&[Input { name: "a.json".to_owned(), bytes }]) {
            new_of(foreign);
        }
    }
}

/// The numbers are those of code points, taken from the file without our reader.
#[test]
fn every_selector_is_the_quote() {
    let session = hard::session();
    let value: Value = serde_json::from_str(&exported(&session)).unwrap();
    let mut number = 0;
    for item in value["first"]["items"].as_array().unwrap() {
        let id = item["id"].as_str().unwrap();
        assert!(id.starts_with("urn:uuid:") && item["type"] == "Annotation");
        let (position, quote) = (&item["target"]["selector"][0], &item["target"]["selector"][1]);
        if quote.is_null() {
            continue;
        }
        let source = item["target"]["source"].as_str().unwrap();
        let digest = |it: &&std::sync::Arc<crate::model::Document>| {
            source == format!("urn:sha256:{}", it.source.digest)
        };
        let document = session.documents.iter().find(digest).unwrap();
        let chars: Vec<char> = document.text().chars().collect();
        let [start, end] = ["start", "end"].map(|key| position[key].as_u64().unwrap() as usize);
        assert_eq!(chars[start..end].iter().collect::<String>(), quote["exact"].as_str().unwrap());
        let before: String = chars[..start].iter().collect();
        assert!(before.ends_with(quote["prefix"].as_str().unwrap()));
        number += 1;
    }
    let placed: usize = passages::documents(&session).map(|document| document.placed().count()).sum();
    assert_eq!((number, placed), (16, 16));
    assert_eq!(value["total"], 22);
}

/// Offsets that another program has turned into UTF-16 units.
#[test]
fn the_wrong_unit_is_put_right() {
    let session = hard::session();
    let mut value: Value = serde_json::from_str(&exported(&session)).unwrap();
    for item in value["first"]["items"].as_array_mut().unwrap() {
        let source = item["target"]["source"].as_str().unwrap_or_default().to_owned();
        let digest = |it: &&std::sync::Arc<crate::model::Document>| {
            source == format!("urn:sha256:{}", it.source.digest)
        };
        let Some(document) = session.documents.iter().find(digest) else { continue };
        for key in ["start", "end"] {
            let Some(at) = item["target"]["selector"][0][key].as_u64() else { continue };
            let units: usize = document.text().chars().take(at as usize).map(char::len_utf16).sum();
            item["target"]["selector"][0][key] = units.into();
        }
    }
    let (back, report) = new_of(read(value.to_string()));
    assert_eq!(back, session);
    assert_eq!(report.converted.len(), 2, "{report:?}");
    assert!(report.converted.iter().all(|said| said.contains("UTF-16")), "{report:?}");
}

const TEXT: &str = "👮🏽‍♀️ e\u{301} “quote”\nIt is so, they say.\nIt is not so. Nee. Nee.\n";

/// What others write, with the text beside: the tags and quotes that come of it, and what is told.
fn of_others(json: &str) -> (Vec<(String, String)>, Session, Report) {
    let inputs = [input("letter.json", json), input("letter.txt", TEXT)];
    let (session, report) = new_of(read::read(&inputs).unwrap());
    let mut found: Vec<(String, String)> = Vec::new();
    for document in passages::documents(&session) {
        for passage in document.passages() {
            found.push((
                passages::tag_name(&session, passage.annotation).to_owned(),
                passage.quote.to_owned(),
            ));
        }
    }
    (found, session, report)
}

fn pairs(found: &[(String, String)]) -> Vec<(&str, &str)> {
    found.iter().map(|(tag, quote)| (tag.as_str(), quote.as_str())).collect()
}

#[test]
fn recogito_with_a_relation() {
    let (found, session, report) = of_others(
        r##"[{"@context":"http://www.w3.org/ns/anno.jsonld","id":"#a","type":"Annotation",
          "body":[{"type":"TextualBody","value":"Claim","purpose":"tagging"},
                  {"type":"TextualBody","value":"zie 🙂","purpose":"commenting"}],
          "creator":{"id":"https://example.org/ada","name":"Ada"},"created":"2026-01-05T09:00:00.123+02:00",
          "target":{"selector":[{"type":"TextQuoteSelector","exact":"It is so"},
                                {"type":"TextPositionSelector","start":17,"end":25}]}},
         {"id":"#b","type":"Annotation","body":{"type":"TextualBody","value":"Denial","purpose":"tagging"},
          "rights":"https://example.org/licence",
          "target":{"selector":{"type":"TextQuoteSelector","exact":"It is not so."}}},
         {"id":"#r","type":"Annotation","motivation":"linking",
          "body":[{"type":"TextualBody","value":"denies","purpose":"tagging"}],
          "target":[{"id":"#b"},{"id":"#a"}]}]"##,
    );
    assert_eq!(pairs(&found), [("Claim", "It is so"), ("Denial", "It is not so.")]);
    let claim = session.annotations.values().find(|it| session.quote(it) == "It is so").unwrap();
    assert_eq!((claim.note.as_str(), session.annotator_name(&claim.annotator)), ("zie 🙂", "Ada"));
    assert_eq!(claim.created.to_string(), "2026-01-05T07:00:00Z");
    let link = session.links.values().next().unwrap();
    assert_eq!((link.kind.as_str(), link.to), ("denies", claim.id));
    assert_eq!(report.left_out, ["1 × “rights” of an annotation: left out"]);
    assert_eq!(session.documents[0].source.import.file_name.as_deref(), Some("letter.txt"));
}

#[test]
fn the_standards_own_shapes() {
    // A page in a collection; bodyValue, a string body, several tags, several targets, refinedBy, a range, RFC 5147.
    let (found, _, report) = of_others(
        r#"{"@context":"http://www.w3.org/ns/anno.jsonld","type":"AnnotationCollection","first":
          {"type":"AnnotationPage","next":"https://example.org/page2","items":[
          {"id":"https://e.org/1","type":"Annotation","bodyValue":"ja","target":{"source":"https://e.org/letter.html",
            "selector":{"type":"FragmentSelector","conformsTo":"http://tools.ietf.org/rfc/rfc5147","value":"char=17,25"}}},
          {"id":"https://e.org/2","type":"Annotation","motivation":"tagging","body":["A","B"],
            "target":{"source":{"id":"https://e.org/letter.html"},"selector":{"type":"TextQuoteSelector",
            "exact":"Nee.","prefix":"so. ","suffix":" Nee"}}},
          {"id":"https://e.org/3","type":"Annotation","target":[{"source":"https://e.org/letter.html#x",
            "selector":{"type":"TextPositionSelector","start":17,"end":36,
              "refinedBy":{"type":"TextPositionSelector","start":10,"end":14}}},
            "https://e.org/letter.html",
            {"source":"https://e.org/letter.html","selector":{"type":"RangeSelector",
              "startSelector":{"type":"TextPositionSelector","start":17,"end":19},
              "endSelector":{"type":"TextPositionSelector","start":22,"end":23}}},
            {"source":"https://e.org/letter.html","selector":{"type":"SvgSelector","value":"<svg/>"}}]}]}}"#,
    );
    let expected = [
        ("highlight", "It is"),
        ("highlight", "It is so"),
        ("highlight", "they"),
        ("A", "Nee."),
        ("B", "Nee."),
    ];
    assert_eq!(pairs(&found), expected);
    let told = [
        "1 × annotation by SvgSelector, which marks no text that can be looked for: left out",
        "1 × annotation of a whole document, not of a passage in it: left out",
        "1 × page of annotations is elsewhere: only what is in the file was read",
    ];
    assert_eq!(report.left_out, told);
}

#[test]
fn annotorious_with_answers() {
    let (found, session, _) = of_others(
        r#"[{"id":"k1","bodies":[{"purpose":"tagging","value":"Claim"}],"target":{"annotation":"k1",
          "creator":{"id":"u1","name":"Ada"},"created":"2026-01-05T09:00:00Z",
          "selector":[{"quote":"“quote”","start":9,"end":16}]}},
         {"id":"https://e.org/c1","motivation":"commenting","body":"echt?","creator":"Ben","target":"k1"},
         {"id":"https://e.org/c2","motivation":"replying","body":[{"value":"ja"},
           {"value":"accepted","purpose":"assessing"}],"target":{"id":"https://e.org/c1"}}]"#,
    );
    assert_eq!(pairs(&found), [("Claim", "“quote”")]);
    let claim = session.annotations.values().next().unwrap();
    assert_eq!(session.annotator_name(&claim.annotator), "Ada");
    let [question, answer] = &claim.comments[..] else { panic!("{:?}", claim.comments) };
    assert_eq!((question.text.as_str(), question.author.as_str()), ("echt?", "Ben"));
    assert_eq!((answer.text.as_str(), answer.reply_to), ("ja", Some(question.id)));
    assert_eq!(answer.status, Some(crate::model::CommentStatus::Accepted));
}

#[test]
fn documents_of_the_session_are_found_by_digest_and_name() {
    let mut session = hard::session();
    let digest = session.documents[1].source.digest;
    let note = |source: &str, quote: &str| {
        format!(
            r#"{{"type":"Annotation","body":{{"value":"new","purpose":"tagging"}},
            "target":{{"source":"{source}","selector":{{"type":"TextQuoteSelector","exact":"{quote}"}}}}}}"#
        )
    };
    let notes = [
        note(&format!("urn:sha256:{digest}"), "meldt de krant"),
        note("https://example.org/letter?a=1&b=2", "Dat is stellig."),
        note("https://elsewhere.org/letter é.md", "De vrager vraagt door."),
        note("https://elsewhere.org/nothing", "De vrager vraagt door."),
    ];
    let report = take(&mut session, read(format!("[{}]", notes.join(","))), false);
    assert_eq!(report.placed, 2 + 1, "{report:?}");
    assert_eq!(report.not_placed.len(), 1);
}

#[test]
fn what_can_not_be_read_is_said() {
    let fails = |text: &str| read::read(&[input("a.json", text)]).unwrap_err().to_string();
    assert_eq!(fails("{\n\"a\": }"), "a.json: line 2, column 6: it is not sound JSON");
    assert_eq!(fails("{\"rows\": []}"), "a.json: there are no annotations of the W3C's data model in it");
    let text = exported(&hard::session());
    let damaged = fails(&text.replacen("Dat is stellig.\"", "Dat is zo.\"", 1));
    assert!(damaged.contains("damaged") || damaged.contains("annotations"), "{damaged}");
    let newer = fails(&text.replace("\"format\": 1,", "\"format\": 7,"));
    assert_eq!(newer, "a.json: session: it has format 7; this program reads formats up to 1");
}

/// A person can read it: an annotation is a block, its bodies and selectors are a line each.
#[test]
fn it_is_laid_out_for_reading() {
    let text = exported(&hard::session());
    assert!(text.contains(
        "        \"body\": [\n          {\"type\": \"TextualBody\", \"purpose\": \"tagging\", \"value\": \"denial\", \"tag\": \"denial\"}"
    ));
    assert!(text.lines().count() < 1_200);
}
