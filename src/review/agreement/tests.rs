#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected shall stop")]

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::Value as Json;

use super::coding::{Base, Coding};
use super::matching::Matching;
use super::sums::Grain;
use super::unitizing::Unitizing;
use super::view::Piece;
use super::*;

/// Values of reference programs that were run, and published ones; `None` where they are not at hand.
pub(super) fn reference() -> Option<Json> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/facts/agreement-cases.json");
    match std::fs::read_to_string(path) {
        Ok(text) => Some(serde_json::from_str(&text).unwrap()),
        Err(_) => {
            eprintln!("skipped: ../shared/facts/agreement-cases.json is not there");
            None
        }
    }
}

fn ranges(json: &Json) -> Vec<Range<u64>> {
    json.as_array().unwrap().iter().map(|pair| pair[0].as_u64().unwrap()..pair[1].as_u64().unwrap()).collect()
}

/// One case of the reference file as material of one document.
pub(super) fn material_of(case: &Json) -> Material {
    let names: Vec<&str> = case["tags"].as_array().unwrap().iter().map(|tag| tag.as_str().unwrap()).collect();
    let tag = |json: &Json| names.iter().position(|name| *name == json.as_str().unwrap()).unwrap();
    let unit = |json: &Json| Unit {
        start: json[0].as_u64().unwrap(),
        end: json[1].as_u64().unwrap(),
        tag: tag(&json[2]),
        annotation: None,
    };
    let mut annotators: Vec<(&String, &Json)> = case["annotators"].as_object().unwrap().iter().collect();
    annotators.sort_by_key(|annotator| annotator.0);
    let marks =
        annotators.iter().map(|(_, marks)| Some(marks.as_array().unwrap().iter().map(unit).collect()));
    let document = MaterialDocument {
        id: DocumentId::new("d"),
        length: case["length"].as_u64().unwrap(),
        words: ranges(&case["words"]),
        sentences: ranges(&case["sentences"]),
        marks: marks.collect(),
    };
    Material {
        annotators: annotators.iter().map(|(name, _)| (*name).clone()).collect(),
        tags: names.into_iter().map(TagId::new).collect(),
        documents: vec![document],
    }
}

pub(super) fn everyone(material: &Material) -> Vec<usize> {
    (0..material.annotators.len()).collect()
}

/// A figure is the expected one; null: undefined.
#[track_caller]
fn same(what: &str, value: Value, expected: &Json) {
    match expected.as_f64() {
        Some(expected) => {
            let value = value.unwrap_or_else(|why| panic!("{what}: {why}, expected {expected}"));
            assert!((value - expected).abs() < 1e-9, "{what}: {value}, expected {expected}");
        }
        None => assert!(value.is_err(), "{what}: {value:?}, expected none"),
    }
}

fn check_coding(what: &str, view: &mut View<'_>, base: Base, expected: &Json) {
    for grain in [Grain::Documents, Grain::Sentences] {
        let cells = coding::cells(view, base, grain);
        let sums = cells.total();
        let coding = Coding::of(view, &sums);
        for (measure, value) in [
            ("observed", coding.observed()),
            ("cohen", coding.cohen()),
            ("multi_kappa", coding.multi_kappa()),
            ("fleiss", coding.fleiss()),
            ("alpha", coding.alpha()),
            ("ac1", coding.ac1()),
        ] {
            if let Some(expected) = expected.get(measure) {
                same(&format!("{what} {base:?} {measure}"), value, expected);
            }
        }
    }
}

#[test]
fn coding_is_that_of_the_reference_programs() {
    let Some(reference) = reference() else { return };
    for case in reference["cases"].as_array().unwrap() {
        let material = material_of(case);
        let name = case["name"].as_str().unwrap();
        for base in Base::ALL {
            let expected = &case["expected"]["coding"][format!("{base:?}").to_lowercase()];
            for (label, expected) in expected.as_object().unwrap() {
                if !expected.is_object() {
                    continue;
                }
                let tag = material.tags.iter().position(|tag| tag.as_str() == label);
                assert!(tag.is_some() || label == "tag_set");
                let mut view = View::new(&material, &everyone(&material), tag, None);
                check_coding(&format!("{name} {label}"), &mut view, base, expected);
                for (pair, expected) in
                    expected.get("cohen_pairs").and_then(Json::as_object).into_iter().flatten()
                {
                    let index = |name| material.annotators.iter().position(|other| other == name).unwrap();
                    let pair: Vec<usize> = pair.split('|').map(index).collect();
                    let mut view = View::new(&material, &pair, tag, None);
                    check_coding(name, &mut view, base, &serde_json::json!({ "cohen": expected }));
                }
            }
        }
    }
}

/// Items given by the labels of each annotator, as material: each item a sentence and a character, each label a tag.
fn items(rows: &[Vec<Option<char>>]) -> Material {
    let mut labels: Vec<char> = rows.iter().flatten().flatten().copied().collect();
    labels.sort_unstable();
    labels.dedup();
    let document = |at: usize| MaterialDocument {
        id: DocumentId::new(at.to_string()),
        length: 1,
        words: std::iter::once(0..1).collect(),
        sentences: std::iter::once(0..1).collect(),
        marks: rows
            .iter()
            .map(|row| {
                let tag = labels.iter().position(|label| Some(*label) == row[at])?;
                Some(vec![Unit { start: 0, end: 1, tag, annotation: None }])
            })
            .collect(),
    };
    Material {
        annotators: (0..rows.len()).map(|at| at.to_string()).collect(),
        tags: labels.iter().map(|label| TagId::new(label.to_string())).collect(),
        documents: (0..rows[0].len()).map(document).collect(),
    }
}

#[test]
fn coding_is_as_published() {
    let Some(reference) = reference() else { return };
    for published in reference["published_coding"].as_array().unwrap() {
        let mut rows: Vec<Vec<Option<char>>> = Vec::new();
        if let Some(table) = published["table"].as_array() {
            rows = vec![Vec::new(), Vec::new()];
            for (a, counts) in table.iter().enumerate() {
                for (b, count) in counts.as_array().unwrap().iter().enumerate() {
                    for _ in 0..count.as_u64().unwrap() {
                        rows[0].push(char::from_digit(a as u32, 10));
                        rows[1].push(char::from_digit(b as u32, 10));
                    }
                }
            }
        } else if let Some(items) = published["items"].as_array() {
            let items: Vec<Vec<char>> =
                items.iter().map(|item| item.as_str().unwrap().chars().collect()).collect();
            rows = (0..items[0].len()).map(|at| items.iter().map(|item| Some(item[at])).collect()).collect();
        } else {
            for row in published["rows"].as_array().unwrap() {
                rows.push(
                    row.as_str().unwrap().chars().map(|label| (label != '.').then_some(label)).collect(),
                );
            }
        }
        let material = items(&rows);
        let name = published["name"].as_str().unwrap();
        for base in Base::ALL {
            let mut view = View::new(&material, &everyone(&material), None, None);
            check_coding(name, &mut view, base, &published["expected"]);
            let sums = coding::cells(&mut view, base, Grain::Documents).total();
            let coding = Coding::of(&view, &sums);
            for (measure, value) in
                [("cohen", coding.cohen()), ("fleiss", coding.fleiss()), ("alpha", coding.alpha())]
            {
                if let Some(printed) = published["published"].get(measure).and_then(Json::as_f64) {
                    assert!((value.unwrap() - printed).abs() <= 0.001, "{name} {measure}");
                }
            }
        }
    }
}

#[test]
fn unitizing_is_that_of_two_ways_and_as_published() {
    let Some(reference) = reference() else { return };
    for case in reference["cases"].as_array().unwrap() {
        let material = material_of(case);
        let name = case["name"].as_str().unwrap();
        let expected = &case["expected"]["unitizing"];
        for grain in [Grain::Documents, Grain::Sentences] {
            let mut view = View::new(&material, &everyone(&material), None, None);
            let sums = unitizing::cells(&mut view, grain).total();
            let unitizing = Unitizing::of(&view, &sums);
            same(&format!("{name} u_alpha"), unitizing.u_alpha(), &expected["u_alpha"]);
            same(&format!("{name} bar_u_alpha"), unitizing.bar_u_alpha(), &expected["bar_u_alpha"]);
            same(&format!("{name} cu_alpha"), unitizing.cu_alpha(), &expected["cu_alpha"]);
            let coverage = unitizing.coverage().unwrap_or(0.0);
            same(&format!("{name} cu_coverage"), Ok(coverage), &expected["cu_coverage"]);
            let ku = expected["ku"].as_object().unwrap();
            assert_eq!(ku.len(), view.labels.sets().len() - 1, "{name}");
            for (number, set) in view.labels.sets().iter().enumerate().skip(1) {
                let mut names: Vec<&str> = set.iter().map(|tag| material.tags[*tag].as_str()).collect();
                names.sort_unstable();
                let expected = &ku[&names.join("+")];
                same(&format!("{name} ku {names:?}"), unitizing.ku_alpha(number), &expected["alpha"]);
                same(&format!("{name} ku {names:?}"), unitizing.ku_coverage(number), &expected["coverage"]);
            }
            for (tag, expected) in expected["per_tag_bar_u_alpha"].as_object().unwrap() {
                let number = material.tags.iter().position(|other| other.as_str() == tag);
                let mut view = View::new(&material, &everyone(&material), number, None);
                let sums = unitizing::cells(&mut view, grain).total();
                same(&format!("{name} {tag}"), Unitizing::of(&view, &sums).bar_u_alpha(), expected);
            }
        }
    }
}

#[test]
fn matching_is_that_of_the_reference_programs() {
    let Some(reference) = reference() else { return };
    for case in reference["cases"].as_array().unwrap() {
        let material = material_of(case);
        let name = case["name"].as_str().unwrap();
        for (pair, expected) in case["expected"]["matching"].as_object().unwrap() {
            let index = |name| material.annotators.iter().position(|other| other == name).unwrap();
            let both: Vec<usize> = pair.split('|').map(index).collect();
            for grain in [Grain::Documents, Grain::Sentences] {
                let mut view = View::new(&material, &both, None, None);
                let sums = matching::cells(&mut view, grain).total();
                let matching = Matching::of(&view, &sums);
                assert_eq!(Some(matching.overlaps()), expected["overlap_same_tag"].as_u64(), "{name} {pair}");
                same(&format!("{name} {pair} exact"), matching.f1_exact(), &expected["f1"]["exact"]);
                let overlap = &expected["f1"]["overlap_same_tag"];
                same(&format!("{name} {pair} overlap"), matching.f1_overlap(), overlap);
                for (tag, expected) in expected["character_f1"].as_object().unwrap() {
                    let number = material.tags.iter().position(|other| other.as_str() == tag);
                    let mut view = View::new(&material, &both, number, None);
                    let sums = matching::cells(&mut view, grain).total();
                    same(
                        &format!("{name} {pair} {tag}"),
                        Matching::of(&view, &sums).f1_character(),
                        expected,
                    );
                }
            }
        }
    }
}

/// All figures of a material by name, over all documents.
fn figures(material: &Material, annotators: &[usize]) -> BTreeMap<String, Value> {
    let mut found = BTreeMap::new();
    for tag in std::iter::once(None).chain((0..material.tags.len()).map(Some)) {
        let mut put = |name: &str, value| {
            found.insert(format!("{name} {:?}", tag.map(|tag| &material.tags[tag])), value)
        };
        let mut view = View::new(material, annotators, tag, None);
        for base in Base::ALL {
            let sums = coding::cells(&mut view, base, Grain::Documents).total();
            let coding = Coding::of(&view, &sums);
            put(&format!("observed {base:?}"), coding.observed());
            put(&format!("cohen {base:?}"), coding.cohen());
            put(&format!("multi_kappa {base:?}"), coding.multi_kappa());
            put(&format!("fleiss {base:?}"), coding.fleiss());
            put(&format!("alpha {base:?}"), coding.alpha());
            put(&format!("ac1 {base:?}"), coding.ac1());
        }
        let sums = unitizing::cells(&mut view, Grain::Documents).total();
        let unitizing = Unitizing::of(&view, &sums);
        put("u_alpha", unitizing.u_alpha());
        put("bar_u_alpha", unitizing.bar_u_alpha());
        put("cu_alpha", unitizing.cu_alpha());
        let sums = matching::cells(&mut view, Grain::Documents).total();
        let matching = Matching::of(&view, &sums);
        put("f1_exact", matching.f1_exact());
        put("f1_overlap", matching.f1_overlap());
        put("f1_character", matching.f1_character());
    }
    found
}

#[track_caller]
fn all_same(ours: &BTreeMap<String, Value>, theirs: &BTreeMap<String, Value>) {
    assert_eq!(ours.len(), theirs.len());
    for ((name, a), (other, b)) in ours.iter().zip(theirs) {
        assert_eq!(name, other);
        match (a, b) {
            (Ok(a), Ok(b)) => assert!((a - b).abs() < 1e-9, "{name}: {a} and {b}"),
            _ => assert_eq!(a.is_err(), b.is_err(), "{name}: {a:?} and {b:?}"),
        }
    }
}

/// Marks of `annotators` in a text of 40 characters, in words of four with a blank and sentences of two words.
fn materials(annotators: usize) -> impl Strategy<Value = Material> {
    let unit = (0..40u64, 1..9u64, 0..3usize).prop_map(|(start, length, tag)| Unit {
        start,
        end: (start + length).min(40),
        tag,
        annotation: None,
    });
    let marks = prop::collection::vec(prop::collection::vec(unit, 0..5), annotators);
    let document = marks.prop_map(|marks| MaterialDocument {
        id: DocumentId::new("d"),
        length: 40,
        words: (0..8).map(|at| at * 5..at * 5 + 4).collect(),
        sentences: (0..4).map(|at| at * 10..at * 10 + 9).collect(),
        marks: marks.into_iter().map(Some).collect(),
    });
    prop::collection::vec(document, 1..3).prop_map(move |documents| Material {
        annotators: (0..annotators).map(|at| at.to_string()).collect(),
        tags: ["a", "b", "c"].map(TagId::new).to_vec(),
        documents,
    })
}

/// uα by drawing every pair of characters of all readings.
fn u_alpha_by_pairs(material: &Material) -> Value {
    let mut view = View::new(material, &everyone(material), None, None);
    // Of each character its document, place, reader, label and unit.
    let mut drawn: Vec<(usize, u64, usize, usize, Option<Piece>)> = Vec::new();
    for (number, document) in material.documents.iter().enumerate() {
        for reader in everyone(material) {
            let pieces = view.pieces(document, reader).unwrap();
            for place in 0..document.length {
                let here = pieces.iter().find(|piece| piece.start <= place && place < piece.end).copied();
                drawn.push((number, place, reader, here.map_or(0, |piece| piece.label), here));
            }
        }
    }
    let (mut observed, mut pairs, mut expected, mut all) = (0.0, 0.0, 0.0, 0.0);
    for (at, a) in drawn.iter().enumerate() {
        for (other, b) in drawn.iter().enumerate() {
            let differs = f64::from(u8::from(a.3 != b.3));
            if (a.0, a.1) == (b.0, b.1) && a.2 != b.2 {
                observed += differs;
                pairs += 1.0;
            }
            let one_unit = at == other || (a.4.is_some() && (a.0, a.2, a.4) == (b.0, b.2, b.4));
            if !one_unit {
                expected += differs;
                all += 1.0;
            }
        }
    }
    if drawn.iter().all(|one| one.3 == drawn[0].3) {
        return Err(Undefined::OneLabel);
    }
    Ok(1.0 - (observed / pairs) / (expected / all))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn u_alpha_is_that_of_all_pairs_of_characters(material in (2..4usize).prop_flat_map(materials)) {
        let mut view = View::new(&material, &everyone(&material), None, None);
        let sums = unitizing::cells(&mut view, Grain::Documents).total();
        match (Unitizing::of(&view, &sums).u_alpha(), u_alpha_by_pairs(&material)) {
            (Ok(a), Ok(b)) => prop_assert!((a - b).abs() < 1e-9, "{a} and {b}"),
            (a, b) => prop_assert_eq!(a.is_err(), b.is_err()),
        }
    }

    #[test]
    fn the_order_of_annotators_and_documents_changes_nothing(material in (2..5usize).prop_flat_map(materials)) {
        let all = figures(&material, &everyone(&material));
        let reversed: Vec<usize> = everyone(&material).into_iter().rev().collect();
        all_same(&all, &figures(&material, &reversed));
        let mut other = material.clone();
        other.documents.reverse();
        for document in &mut other.documents {
            document.marks.iter_mut().flatten().for_each(|marks| marks.reverse());
        }
        all_same(&all, &figures(&other, &everyone(&other)));
    }

    #[test]
    fn identical_layers_give_one_or_nothing(material in materials(1)) {
        let mut material = material;
        material.annotators.push("twin".to_owned());
        for document in &mut material.documents {
            let twin = document.marks[0].clone();
            document.marks.push(twin);
        }
        for (name, value) in figures(&material, &[0, 1]) {
            prop_assert!(value.is_err() || value == Ok(1.0), "{}: {:?}", name, value);
        }
    }

    #[test]
    fn two_documents_are_one_end_to_end(material in materials(3)) {
        let mut whole = material.clone();
        let mut one = whole.documents.remove(0);
        for document in whole.documents.drain(..) {
            let moved = |range: &Range<u64>| range.start + one.length..range.end + one.length;
            one.words.extend(document.words.iter().map(moved).collect::<Vec<_>>());
            one.sentences.extend(document.sentences.iter().map(moved).collect::<Vec<_>>());
            for (marks, more) in one.marks.iter_mut().zip(&document.marks) {
                for unit in more.iter().flatten() {
                    let at = moved(&(unit.start..unit.end));
                    marks.as_mut().unwrap().push(Unit { start: at.start, end: at.end, ..unit.clone() });
                }
            }
            one.length += document.length;
        }
        whole.documents.push(one);
        all_same(&figures(&material, &everyone(&material)), &figures(&whole, &everyone(&whole)));
    }

    /// Once a resample without the sentence in which a long passage begins was subtracted below zero.
    #[test]
    fn resamples_have_figures_or_none(material in materials(3), seed in 0..100u64) {
        let mut view = View::new(&material, &everyone(&material), None, None);
        let cells = unitizing::cells(&mut view, Grain::Sentences);
        let labels = view.labels.sets().len();
        let figures = |sums: &[u128]| {
            let it = Unitizing::of(&view, sums);
            let mut values = vec![it.u_alpha(), it.bar_u_alpha(), it.cu_alpha()];
            values.extend((1..labels).map(|label| it.ku_alpha(label)));
            assert!(values.iter().flatten().all(|value| value.is_finite()));
            values
        };
        let ends = bootstrap::intervals(&cells, &figures, 40, seed, &|| true).unwrap();
        prop_assert!(ends.iter().flatten().all(|(low, high)| low <= high));
    }

    #[test]
    fn a_hundred_million_characters_before_change_no_digit(material in materials(2)) {
        const BEFORE: u64 = 100_000_000;
        let mut far = material.clone();
        for document in &mut far.documents {
            document.length += BEFORE;
            for range in document.words.iter_mut().chain(&mut document.sentences) {
                *range = range.start + BEFORE..range.end + BEFORE;
            }
            for unit in document.marks.iter_mut().flatten().flatten() {
                (unit.start, unit.end) = (unit.start + BEFORE, unit.end + BEFORE);
            }
        }
        let (near, far) = (figures(&material, &[0, 1]), figures(&far, &[0, 1]));
        // What does not depend on the text around.
        let steady = |name: &str| name.starts_with("f1") || name.starts_with("cu_alpha") || name.contains("Word");
        let only = |all: BTreeMap<String, Value>| all.into_iter().filter(|(name, _)| steady(name)).collect();
        all_same(&only(near), &only(far));
    }
}
