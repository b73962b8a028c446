//! `gainsay agreement` on files: the values of the reference programs come out of it, whole.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use gainsay::edit::{Edit, apply};
use gainsay::format;
use gainsay::model::*;
use serde_json::Value as Json;
use uuid::Uuid;

use crate::cli::Desk;

/// Eight code points of 25 bytes, and one, two and one to see.
const HARD: &str = "👮🏽‍♀️e\u{301}“";

/// A text of so many code points without blanks.
fn text(length: usize) -> String {
    HARD.chars().chain(('a'..='z').cycle()).take(length).collect()
}

/// A document for a test: its id, its text, and by annotator the marks in code points.
struct Given {
    id: &'static str,
    text: String,
    marks: Vec<(String, Vec<(usize, usize, String)>)>,
}

impl Given {
    fn of_case(id: &'static str, case: &Json) -> Self {
        let number = |json: &Json| usize::try_from(json.as_u64().unwrap()).unwrap();
        let mark = |it: &Json| (number(&it[0]), number(&it[1]), it[2].as_str().unwrap().to_owned());
        let all = |marks: &Json| marks.as_array().unwrap().iter().map(mark).collect();
        let annotators = case["annotators"].as_object().unwrap();
        let marks = annotators.iter().map(|(name, marks)| (name.clone(), all(marks))).collect();
        Self { id, text: text(number(&case["length"])), marks }
    }

    fn annotators(&self) -> Vec<&str> {
        self.marks.iter().map(|(name, _)| name.as_str()).collect()
    }

    /// This one with another laid behind it.
    fn followed_by(&self, id: &'static str, other: &Self) -> Self {
        let shift = self.text.chars().count();
        let marks = self.marks.iter().zip(&other.marks).map(|((name, first), (_, second))| {
            let second = second.iter().map(|(start, end, tag)| (start + shift, end + shift, tag.clone()));
            (name.clone(), first.iter().cloned().chain(second).collect())
        });
        Self { id, marks: marks.collect(), text: format!("{}{}", self.text, other.text) }
    }
}

fn put(session: &mut Session, edit: Edit) {
    apply(session, &edit).unwrap();
}

/// A session in which these annotators have marked and finished the documents.
fn session(annotators: &[&str], tags: &[&str], documents: &[&Given]) -> Session {
    let at = Timestamp::from_second(1_000);
    let series =
        annotators.iter().flat_map(|name| name.bytes()).fold(0, |sum, byte| sum * 256 + u128::from(byte));
    let mut session = Session::new(SessionId(Uuid::from_u128(series)), at);
    let mut scheme = Scheme::clone(&session.scheme);
    let like = scheme.tags[0].clone();
    let tag = |name: &&str| {
        let letter = name.chars().next_back().unwrap();
        Tag { id: TagId::new(*name), name: (*name).to_owned(), letter, key: None, ..like.clone() }
    };
    scheme.tags = tags.iter().map(tag).collect();
    put(&mut session, Edit::SetScheme(Arc::new(scheme)));
    let mut number = series << 32;
    for name in annotators {
        let annotator = Annotator { name: (*name).to_owned(), note: String::new() };
        put(&mut session, Edit::PutAnnotator(AnnotatorId::new(*name), annotator));
    }
    for (nth, given) in documents.iter().enumerate() {
        let import = ImportRecord::of_text(&given.text, at);
        let done = Reading { status: ReadingStatus::Done, at };
        let info = DocumentInfo {
            metadata: Metadata { title: format!("Title of {}", given.id), ..Metadata::default() },
            reading: annotators.iter().map(|name| (AnnotatorId::new(*name), done)).collect(),
            ..DocumentInfo::default()
        };
        let source = Arc::new(Source::new(given.text.as_str(), import));
        let document = Document { id: DocumentId::new(given.id), source, info: Arc::new(info) };
        put(&mut session, Edit::AddDocument { at: nth, document: Arc::new(document) });
        let bytes: Vec<usize> =
            given.text.char_indices().map(|(at, _)| at).chain([given.text.len()]).collect();
        for (name, marks) in given.marks.iter().filter(|(name, _)| annotators.contains(&name.as_str())) {
            for (start, end, tag) in marks {
                number += 1;
                let span = Span::new(bytes[*start], bytes[*end]).unwrap();
                let anchor = Anchor::Placed { document: DocumentId::new(given.id), span };
                let id = AnnotationId(Uuid::from_u128(number));
                let annotation = Annotation::new(id, anchor, TagId::new(tag), AnnotatorId::new(name), at);
                put(&mut session, Edit::PutAnnotation(Arc::new(annotation)));
            }
        }
    }
    session
}

fn write(path: &Path, session: &Session) {
    fs::write(path, format::session::write(session)).unwrap();
}

const TAGS: [&str; 3] = ["caveat", "claim", "denial"];

/// The answer of the program on one session for each annotator.
fn answer(tags: &[&str], documents: &[&Given], options: &[&str]) -> Json {
    let desk = Desk::with_session();
    let annotators = documents[0].annotators();
    let files: Vec<String> = annotators.iter().map(|name| format!("{name}.ron")).collect();
    for (name, file) in annotators.iter().zip(&files) {
        write(&desk.path(file), &session(&[name], tags, documents));
    }
    let mut arguments = vec!["agreement", "--json"];
    arguments.extend(options);
    arguments.extend(files.iter().map(String::as_str));
    serde_json::from_str(&desk.said(&arguments)).unwrap()
}

/// The one row with this name.
#[track_caller]
fn row<'a>(answer: &'a Json, measure: &str, unit: &str, tag: Option<&str>, pair: Option<&str>) -> &'a Json {
    let pair: Option<Vec<&str>> = pair.map(|names| names.split('|').collect());
    let of = |it: &&Json| {
        it["measure"] == measure
            && it["unit"] == unit
            && it["tag"].as_str() == tag
            && it["document"].is_null()
            && it.get("pair").map(|it| it.as_array().unwrap().iter().map(|it| it.as_str().unwrap()).collect())
                == pair
    };
    let found: Vec<&Json> = answer["measures"].as_array().unwrap().iter().filter(of).collect();
    assert_eq!(found.len(), 1, "{measure} {unit} {tag:?} {pair:?}: {found:?}");
    found[0]
}

/// The value of a row is the expected one to 1e-9; null: none, with a reason.
#[track_caller]
fn check(what: &str, row: &Json, expected: &Json) {
    let what = format!("{what}: {row}, expected {expected}");
    match expected.as_f64() {
        Some(expected) => {
            let value = row["value"].as_f64().unwrap_or_else(|| panic!("{what}"));
            assert!((value - expected).abs() < 1e-9 && row["reason"].is_null(), "{what}");
        }
        None => {
            assert!(row["value"].is_null(), "{what}");
            assert!(row["reason"].as_str().is_some_and(|words| words.len() > 10), "{what}");
        }
    }
}

/// Values of reference programs that were run, and published ones; `None` where they are not at hand.
fn reference() -> Option<Json> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/facts/agreement-cases.json");
    match fs::read_to_string(path) {
        Ok(text) => Some(serde_json::from_str(&text).unwrap()),
        Err(_) => {
            println!("skipped: ../shared/facts/agreement-cases.json is not there");
            None
        }
    }
}

fn case<'a>(reference: &'a Json, name: &str) -> &'a Json {
    reference["cases"].as_array().unwrap().iter().find(|case| case["name"] == name).unwrap()
}

fn object(json: &Json) -> impl Iterator<Item = (&str, &Json)> {
    json.as_object().unwrap().iter().map(|(key, value)| (key.as_str(), value))
}

/// Checks all values of a case that depend on characters and spans alone; how many there were.
fn check_case(case: &Json, answer: &Json) -> usize {
    let name = case["name"].as_str().unwrap();
    let three = case["annotators"].as_object().unwrap().len() > 2;
    let expected = &case["expected"];
    let mut checked = 0;
    let mut same = |row: &Json, expected: &Json| {
        check(name, row, expected);
        checked += 1;
    };
    for (label, values) in object(&expected["coding"]["character"]) {
        let tag = (label != "tag_set").then_some(label);
        for measure in ["observed", "cohen", "multi_kappa", "fleiss", "alpha", "ac1"] {
            same(row(answer, measure, "character", tag, None), &values[measure]);
        }
        for (pair, expected) in values.get("cohen_pairs").map(object).into_iter().flatten() {
            same(row(answer, "cohen", "character", tag, Some(pair)), expected);
        }
    }
    let unitizing = &expected["unitizing"];
    for measure in ["u_alpha", "bar_u_alpha", "cu_alpha"] {
        same(row(answer, measure, "character", None, None), &unitizing[measure]);
    }
    for (label, ku) in object(&unitizing["ku"]) {
        same(row(answer, "ku_alpha", "character", Some(label), None), &ku["alpha"]);
    }
    for (tag, expected) in object(&unitizing["per_tag_bar_u_alpha"]) {
        same(row(answer, "bar_u_alpha", "character", Some(tag), None), expected);
    }
    for (pair, values) in object(&expected["matching"]) {
        let pair = three.then_some(pair);
        same(row(answer, "f1_exact", "span", None, pair), &values["f1"]["exact"]);
        same(row(answer, "f1_overlap", "span", None, pair), &values["f1"]["overlap_same_tag"]);
        for (tag, expected) in object(&values["character_f1"]) {
            same(row(answer, "f1_character", "character", Some(tag), pair), expected);
        }
    }
    let gamma = &expected["gamma"]["combined"];
    // Where nobody has marked anything there is none at all.
    same(row(answer, "gamma_observed_disorder", "span", None, None), &gamma["observed_disorder"]);
    if gamma.is_null() {
        same(row(answer, "gamma", "span", None, None), &Json::Null);
        same(row(answer, "gamma_cat", "span", None, None), &Json::Null);
    }
    if let Some(chance) = gamma["gamma"].as_object() {
        // Two means of random numbers from two generators: 100 samples there, at least 30 here.
        let within =
            4.0 * chance["expected_disorder_sd"].as_f64().unwrap() * (1.0_f64 / 100.0 + 1.0 / 30.0).sqrt();
        let found = row(answer, "gamma_expected_disorder", "span", None, None)["value"].as_f64().unwrap();
        let expected = chance["expected_disorder"].as_f64().unwrap();
        assert!((found - expected).abs() <= within + 1e-9, "{name}: {found}, expected {expected} ± {within}");
        let observed = row(answer, "gamma_observed_disorder", "span", None, None)["value"].as_f64().unwrap();
        let value = if observed == 0.0 { 1.0 } else { 1.0 - observed / found };
        same(row(answer, "gamma", "span", None, None), &value.into());
    }
    checked
}

#[test]
fn files_give_the_values_of_the_reference_programs() {
    let Some(reference) = reference() else { return };
    for case in reference["cases"].as_array().unwrap() {
        let tags: Vec<&str> =
            case["tags"].as_array().unwrap().iter().map(|tag| tag.as_str().unwrap()).collect();
        let given = Given::of_case("d", case);
        let answer = answer(&tags, &[&given], &[]);
        assert_eq!(answer["annotators"], serde_json::json!(given.annotators()));
        assert!(check_case(case, &answer) > 30, "{}", case["name"]);
        rows_are_as_told(&answer);
    }
}

/// What the issue says of every row.
fn rows_are_as_told(answer: &Json) {
    for row in answer["measures"].as_array().unwrap() {
        let unit = row["unit"].as_str().unwrap();
        assert!(["character", "word", "sentence", "span"].contains(&unit), "{row}");
        assert_ne!(row["value"].is_null(), row["reason"].is_null(), "{row}");
        assert_eq!(row["low"].is_null(), row["high"].is_null(), "{row}");
        assert!(row["n"].is_u64(), "{row}");
        let ends = (row["low"].as_f64(), row["high"].as_f64());
        assert!(ends.0 <= ends.1, "{row}");
    }
}

/// Rows over all documents that rest on characters and spans, in their order.
fn whole(answer: &Json) -> Vec<&Json> {
    let rows = answer["measures"].as_array().unwrap().iter();
    let of = |it: &&Json| it["document"].is_null() && (it["unit"] == "character" || it["unit"] == "span");
    rows.filter(of).collect()
}

/// Not the mean of documents, and no passage crosses an end.
#[test]
fn documents_are_pooled_as_if_laid_end_to_end() {
    let Some(reference) = reference() else { return };
    let first = Given::of_case("first", case(&reference, "random-2a"));
    let second = Given::of_case("second", case(&reference, "random-2b"));
    let joined = first.followed_by("joined", &second);
    let (two, one) = (answer(&TAGS, &[&first, &second], &[]), answer(&TAGS, &[&joined], &[]));
    assert_eq!(two["documents"], serde_json::json!(["first", "second"]));
    let (two, one) = (whole(&two), whole(&one));
    assert!(two.len() > 30 && two.len() == one.len());
    for (two, one) in two.into_iter().zip(one) {
        assert_eq!((&two["measure"], &two["tag"], &two["n"]), (&one["measure"], &one["tag"], &one["n"]));
        if two["measure"].as_str().is_some_and(|name| !name.starts_with("gamma")) {
            check("pooled", two, &one["value"]);
        }
    }
}

#[test]
fn what_one_has_not_finished_is_named_and_not_counted() {
    let Some(reference) = reference() else { return };
    let read = Given::of_case("read", case(&reference, "tiny-shifted"));
    let half = Given::of_case("half", case(&reference, "split"));
    let desk = Desk::with_session();
    write(&desk.path("a.ron"), &session(&["A"], &TAGS, &[&read, &half]));
    let mut theirs = session(&["B"], &TAGS, &[&read, &half]);
    let mut info = DocumentInfo::clone(&theirs.documents[1].info);
    info.reading.get_mut(&AnnotatorId::new("B")).unwrap().status = ReadingStatus::Reading;
    put(&mut theirs, Edit::SetDocumentInfo { id: DocumentId::new("half"), info: Arc::new(info) });
    write(&desk.path("b.ron"), &theirs);
    let found: Json = serde_json::from_str(&desk.said(&["agreement", "a.ron", "b.ron", "--json"])).unwrap();
    assert_eq!(found["documents"], serde_json::json!(["read"]));
    let left = &found["left_out"];
    assert_eq!((&left[0]["document"], &left[0]["reason"]), (&"half".into(), &"not finished by B".into()));
    assert_eq!(left.as_array().unwrap().len(), 1);
    check_case(case(&reference, "tiny-shifted"), &found);
    let all = desk.said(&["agreement", "a.ron", "b.ron", "--json", "--all-documents"]);
    let all: Json = serde_json::from_str(&all).unwrap();
    assert_eq!(
        (&all["documents"], &all["left_out"]),
        (&serde_json::json!(["read", "half"]), &serde_json::json!([]))
    );
    let table = desk.said(&["agreement", "a.ron", "b.ron"]);
    assert!(table.contains("left out: Title of half (not finished by B)"), "{table}");
}

#[test]
fn one_file_with_two_annotators_is_as_two_files() {
    let Some(reference) = reference() else { return };
    let given = Given::of_case("d", case(&reference, "random-2a"));
    let desk = Desk::with_session();
    write(&desk.path("both.ron"), &session(&["A", "B"], &TAGS, &[&given]));
    let one: Json = serde_json::from_str(&desk.said(&["agreement", "both.ron", "--json"])).unwrap();
    assert_eq!(one, answer(&TAGS, &[&given], &[]));
    write(&desk.path("alone.ron"), &session(&["A"], &TAGS, &[&given]));
    let complaint = desk.refused(1, &["agreement", "alone.ron"]);
    assert!(complaint.contains("one annotator only"), "{complaint}");
}

/// The samples have sentences enough for intervals.
#[test]
fn a_seed_fixes_what_is_random() {
    let sample = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample").join(name);
    let (vos, adan) = (sample("harbour.ron"), sample("harbour-adan.ron"));
    let (vos, adan) = (vos.to_str().unwrap(), adan.to_str().unwrap());
    let desk = Desk::with_session();
    let with = |seed: &str| desk.said(&["agreement", vos, adan, "--json", "--all-documents", "--seed", seed]);
    let first = with("5");
    assert_eq!(first, with("5"));
    assert_ne!(first, with("6"));
    let first: Json = serde_json::from_str(&first).unwrap();
    rows_are_as_told(&first);
    assert!(row(&first, "u_alpha", "character", None, None)["low"].is_f64());
}
