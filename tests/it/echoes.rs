//! `gainsay echoes` and `gainsay quotes`: what they answer, and the dossier that shows every alert once.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::sync::Arc;

use gainsay::across::alerts::alerts;
use gainsay::across::alerts::caveats::caveats;
use gainsay::across::echo::{Options, all_pairs};
use gainsay::across::index::Index;
use gainsay::across::verdict::{Verdict, check};
use gainsay::edit::{Edit, Step, apply_step};
use gainsay::format::{self, decode};
use gainsay::model::*;
use serde_json::Value as Json;

use crate::cli::{Desk, mark, session};

const SOURCE: &str = "👮🏽‍♀️ Cafe\u{301} “Zee”.\n\nThe clerk counted 17 sealed crates in the cellar of the old warehouse. \
    The alderman saw no objection to opening the harbor before the summer.\n";
const REPORT: &str = "👮🏽‍♀️ Cafe\u{301} “Zee”.\n\nRain fell all night. The clerk counted 19 sealed crates in the cellar of the \
    old warehouse. “The alderman saw no objection to opening the harbor before the summer”, wrote the mayor.\n";
const THIRD: &str = "👮🏽‍♀️ Cafe\u{301} “Zee”.\n\nIt is said that the clerk counted 17 sealed crates in the cellar of the old \
    warehouse. A dog barked.\n";

fn desk() -> Desk {
    let desk = Desk::with_session();
    for (name, text) in [("source.txt", SOURCE), ("report.txt", REPORT), ("third.txt", THIRD)] {
        fs::write(desk.path(name), text).unwrap();
    }
    desk.said(&["new", "s.ron", "source.txt", "report.txt", "third.txt"]);
    desk
}

fn json(desk: &Desk, arguments: &[&str]) -> Json {
    serde_json::from_str(&desk.said(arguments)).unwrap()
}

/// Every place of an answer has the words that its bytes say.
fn check_place(place: &Json) {
    let text = match place["document"].as_str().unwrap() {
        "source.txt" => SOURCE,
        "report.txt" => REPORT,
        _ => THIRD,
    };
    let (from, to) = (place["start_byte"].as_u64().unwrap(), place["end_byte"].as_u64().unwrap());
    assert_eq!(place["quote"], text[from as usize..to as usize]);
}

#[test]
fn echoes_answer_with_pairs_groups_and_alerts() {
    let desk = desk();
    let answer = json(&desk, &["echoes", "s.ron", "--json"]);
    let pairs = answer["pairs"].as_array().unwrap();
    // The two sentences of source and report stand together in both: one pair.
    assert_eq!(pairs.len(), 3, "{answer:#}");
    for pair in pairs {
        check_place(&pair["a"]);
        check_place(&pair["b"]);
        for key in ["level", "verdict", "score", "coverage", "set_phrase", "diff", "alerts"] {
            assert!(!pair[key].is_null(), "{key}");
        }
    }
    let alerts: Vec<&Json> = pairs.iter().flat_map(|pair| pair["alerts"].as_array().unwrap()).collect();
    assert_eq!(alerts.len(), 2, "17 against 19 in two pairs");
    for alert in alerts {
        assert_eq!((&alert["kind"], &alert["aside"]), (&"number".into(), &false.into()));
        assert!(["17 -> 19", "19 -> 17"].contains(&alert["words"].as_str().unwrap()));
        assert_eq!(alert["only_a"].as_array().unwrap().len(), 1);
        assert_eq!(alert["only_b"].as_array().unwrap().len(), 1);
    }
    let groups = answer["groups"].as_array().unwrap();
    assert_eq!((&groups[0]["documents"], &groups[0]["wordings"]), (&3.into(), &2.into()), "{answer:#}");
    for place in groups[0]["places"].as_array().unwrap() {
        check_place(place);
        assert_eq!(place["date"], Json::Null);
    }
    assert_eq!(answer["searched"].as_array().unwrap().len(), 3);
    let told = desk.said(&["echoes", "s.ron"]);
    assert!(told.contains("  ! number: ") && told.contains("stands in 3 documents in 2 wordings"), "{told}");
}

#[test]
fn the_echoes_of_one_passage() {
    let desk = desk();
    let start = SOURCE.find("The alderman").unwrap();
    let (from, to) = (start.to_string(), (SOURCE.len() - 1).to_string());
    let answer = json(&desk, &["echoes", "s.ron", "--json", "--span", "source.txt", &from, &to]);
    let pairs = answer["pairs"].as_array().unwrap();
    assert_eq!(pairs.len(), 1);
    assert_eq!(pairs[0]["level"], "verbatim");
    assert_eq!(pairs[0]["b"]["document"], "report.txt");
    check_place(&pairs[0]["b"]);
    // Bytes inside a character are moved out of it.
    let answer = json(&desk, &["echoes", "s.ron", "--json", "--span", "source.txt", "1", "2"]);
    assert_eq!(answer["pairs"], Json::Array(Vec::new()));

    let complaint = desk.refused(1, &["echoes", "s.ron", "--span", "nowhere.txt", "0", "9"]);
    assert!(complaint.contains("no document named \"nowhere.txt\""), "{complaint}");
    let complaint = desk.refused(1, &["echoes", "s.ron", "--span", "source.txt", "40", "40"]);
    assert!(complaint.contains("the passage is empty"), "{complaint}");
    let complaint = desk.refused(1, &["echoes", "s.ron", "--span", "source.txt", "x", "9"]);
    assert!(complaint.contains("no number of bytes"), "{complaint}");
    desk.refused(2, &["echoes", "s.ron", "--span", "source.txt"]);
    desk.refused(1, &["echoes", "none.ron"]);
    desk.refused(1, &["quotes", "none.ron"]);
}

#[test]
fn quotes_answer_with_verdicts() {
    let desk = desk();
    let answer = json(&desk, &["quotes", "s.ron", "--json"]);
    let pairs = answer["pairs"].as_array().unwrap();
    assert_eq!(pairs.len(), 1, "{answer:#}");
    check_place(&pairs[0]["a"]);
    check_place(&pairs[0]["b"]);
    assert_eq!(pairs[0]["verdict"], "verbatim");
    assert_eq!(pairs[0]["b"]["document"], "source.txt");
    assert_eq!(pairs[0]["alerts"], Json::Array(Vec::new()));
    assert!(desk.said(&["quotes", "s.ron"]).ends_with("1 quotation checked\n"));
}

#[test]
fn set_phrases_come_when_asked_for() {
    let desk = Desk::with_session();
    let phrase = "the honorable deputy keeper of the great northern lighthouse";
    let verbs = ["sang", "slept", "fished", "painted", "cooked", "danced", "wrote", "swam"];
    let mut arguments = vec!["new".to_owned(), "s.ron".to_owned()];
    for (at, verb) in verbs.iter().enumerate() {
        let other = ["apple", "bread", "candle", "drum", "easel", "flute", "goose", "hammer"][at];
        let text =
            format!("👮🏽‍♀️ e\u{301} “x”. On {other} day {phrase} {verb}. No {other} {verb}, {phrase} said.\n");
        fs::write(desk.path(&format!("{at}.txt")), text).unwrap();
        arguments.push(format!("{at}.txt"));
    }
    desk.said(&arguments.iter().map(String::as_str).collect::<Vec<_>>());
    let answer = json(&desk, &["echoes", "s.ron", "--json", "--no-statements"]);
    assert_eq!(answer["pairs"], Json::Array(Vec::new()), "{answer:#}");
    let answer = json(&desk, &["echoes", "s.ron", "--json", "--no-statements", "--set-phrases"]);
    let pairs = answer["pairs"].as_array().unwrap();
    assert!(!pairs.is_empty() && pairs.iter().all(|pair| pair["set_phrase"] == true));
    assert_eq!(answer["groups"], Json::Array(Vec::new()));
}

#[test]
fn alerts_put_aside_are_marked_and_not_hidden() {
    let desk = desk();
    let path = desk.path("s.ron");
    let mut changed = session(&path);
    let index = Index::of_session(&changed);
    let pairs = all_pairs(&index, &Options::default());
    let found = pairs.iter().flat_map(|it| alerts(&index, &it.a, &it.b)).next().unwrap();
    let at: Timestamp = "2026-01-05T09:00:00Z".parse().unwrap();
    let aside = Alert {
        kind: found.kind.name().to_owned(),
        subject: found.subject(),
        by: changed.annotators.keys().next().unwrap().clone(),
        at,
        note: String::new(),
    };
    let step = Step { label: "aside".to_owned(), at, edits: vec![Edit::SetAlertsAside(vec![aside])] };
    apply_step(&mut changed, &step).unwrap();
    fs::write(&path, format::session::write(&changed)).unwrap();
    let answer = json(&desk, &["echoes", "s.ron", "--json"]);
    let all = answer["pairs"].as_array().unwrap().iter();
    let aside: Vec<bool> =
        all.flat_map(|it| it["alerts"].as_array().unwrap()).map(|it| it["aside"] == true).collect();
    assert_eq!(aside.iter().filter(|it| **it).count(), 1);
    assert_eq!(aside.len(), 2);
    assert!(desk.said(&["echoes", "s.ron"]).contains("(put aside)"));
}

/// The dossier of `assets/alerts`, with the caveats of the letter marked.
fn dossier() -> Session {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/alerts");
    let at: Timestamp = "2031-09-05T09:00:00Z".parse().unwrap();
    let mut session = Session::new(SessionId(uuid::Uuid::nil()), at);
    let me = AnnotatorId::new("E. Vos");
    let annotator = Annotator { name: "E. Vos".to_owned(), note: String::new() };
    let mut edits = vec![Edit::PutAnnotator(me.clone(), annotator)];
    for (order, (name, date)) in
        [("letter.md", "2031-09-02"), ("article.txt", "2031-09-03")].into_iter().enumerate()
    {
        let decoded = decode::decode(&fs::read(folder.join(name)).unwrap(), None).unwrap();
        let id = DocumentId::new(name.split('.').next().unwrap());
        let mut document = decode::document(decoded, Some(name), at, id);
        let mut info = DocumentInfo::clone(&document.info);
        info.metadata.issued = PartialDate::new(date);
        document.info = Arc::new(info);
        edits.push(Edit::AddDocument { at: order, document: Arc::new(document) });
    }
    apply_step(&mut session, &Step { label: "documents".to_owned(), at, edits }).unwrap();
    let marks = [
        ("Inspector Harriet Noll tested every engine", "claim"),
        ("These tests were short and say little about heavy weather.", "caveat"),
        ("Perhaps the broken rudder came from a careless repair", "claim"),
        ("The hull was never looked at by a diver afterwards.", "caveat"),
    ];
    for (number, (quote, tag)) in marks.into_iter().enumerate() {
        let step = mark(&session, "letter", quote, tag, number as u128 + 1);
        apply_step(&mut session, &step).unwrap();
    }
    let id = |number: u128| AnnotationId(uuid::Uuid::from_u128(number));
    let link = |number: u128, from: u128, to: u128| Link {
        id: LinkId(uuid::Uuid::from_u128(number)),
        kind: LinkKindId::new("qualifies"),
        from: id(from),
        to: id(to),
        note: String::new(),
        annotator: me.clone(),
        created: at,
        modified: at,
    };
    let edits = [link(11, 2, 1), link(12, 4, 3)].map(|link| Edit::PutLink(Arc::new(link)));
    apply_step(&mut session, &Step { label: "links".to_owned(), at, edits: edits.to_vec() }).unwrap();
    session
}

#[test]
fn the_dossier_of_alerts_shows_each_once() {
    let session = dossier();
    let index = Index::of_session(&session);
    let mut told: Vec<String> = Vec::new();
    for echo in all_pairs(&index, &Options::default()) {
        // The article's id sorts first: read from the letter to it.
        assert_eq!((echo.a.document.as_str(), echo.b.document.as_str()), ("article", "letter"));
        for alert in alerts(&index, &echo.a, &echo.b) {
            told.push(format!("{}: {}", alert.kind.name(), alert.change(&session, true)));
        }
        for caveat in caveats(&session, &index, &echo.b, &echo.a) {
            told.push(format!("{}: {}", caveat.kind(), caveat.words()));
        }
    }
    told.sort();
    assert_eq!(
        told,
        [
            "caveat-carried: caveat carried in ¶ 11",
            "caveat-dropped: caveat not found in this document",
            "hedge: Perhaps (lost)",
            "name: Harriet -> Gerda",
            "negation: not (lost)",
            "number: 12 -> 14",
            "polarity: denies (lost)",
        ]
    );
    let mut verdicts: BTreeMap<Verdict, usize> = BTreeMap::new();
    for quotation in check(&session, &index) {
        let words = quotation.place.span.of(session.document(&quotation.place.document).unwrap().text());
        if quotation.place.document.as_str() == "article" {
            *verdicts.entry(quotation.verdict).or_default() += 1;
            println!("{:?} {words:?}", quotation.verdict);
        }
    }
    let once = [Verdict::Omission, Verdict::Spliced, Verdict::Altered, Verdict::NotFound];
    assert_eq!(verdicts, once.into_iter().map(|it| (it, 1)).collect());
}
