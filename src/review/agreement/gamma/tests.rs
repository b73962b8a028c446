//! Values of `cases.json`: observed disorders, best alignments and disorders of tags from an integer program in double
//! precision (HiGHS), those of the small cases also by brute force; mean and deviation of the expected disorder over
//! 100 random continua, and gamma, from pygamma-agreement 0.5.9.

use std::cell::Cell;

use proptest::prelude::*;
use serde_json::Value;

use super::align::best;
use super::disorder::{Continuum, Dissimilarity, GammaUnit};
use super::{Gamma, Undefined, category_disorder, gamma, observed_disorder};
use crate::model::{DocumentId, TagId};
use crate::review::agreement::{Material, MaterialDocument, Unit};

const PLENTY: u64 = 10_000_000;

fn cases() -> Value {
    serde_json::from_str(include_str!("cases.json")).unwrap()
}

fn continuum(annotators: &Value, tags: &[&str]) -> Continuum {
    let unit = |unit: &Value| GammaUnit {
        start: unit[0].as_f64().unwrap(),
        end: unit[1].as_f64().unwrap(),
        tag: tags.iter().position(|tag| *tag == unit[2].as_str().unwrap()).unwrap(),
    };
    let of = |units: &Value| units.as_array().unwrap().iter().map(unit).collect();
    Continuum { annotators: annotators.as_object().unwrap().values().map(of).collect() }
}

fn tags(case: &Value) -> Vec<&str> {
    case["tags"].as_array().unwrap().iter().map(|tag| tag.as_str().unwrap()).collect()
}

fn document(id: &str, length: u64, continuum: &Continuum) -> MaterialDocument {
    let unit = |unit: &GammaUnit| Unit {
        start: unit.start as u64,
        end: unit.end as u64,
        tag: unit.tag,
        annotation: None,
    };
    let marks = continuum.annotators.iter().map(|units| Some(units.iter().map(unit).collect())).collect();
    MaterialDocument { id: DocumentId::new(id), length, words: Vec::new(), sentences: Vec::new(), marks }
}

fn material(documents: Vec<MaterialDocument>) -> Material {
    let annotators = (0..documents[0].marks.len()).map(|at| format!("annotator {at}")).collect();
    let tags = (0..9).map(|tag| TagId::new(format!("tag-{tag}"))).collect();
    Material { annotators, tags, documents }
}

fn of_one(continuum: &Continuum, length: u64, seed: u64) -> Gamma {
    gamma(&material(vec![document("one", length, continuum)]), seed, &|_| true).unwrap()
}

#[track_caller]
fn near(found: f64, wanted: f64, what: &str) {
    assert!((found - wanted).abs() < 1e-9, "{what}: {found}, not {wanted}");
}

#[test]
fn observed_disorders_and_alignments_are_those_of_the_integer_program() {
    let mut unique = 0;
    for case in cases()["cases"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let tags = tags(case);
        let continuum = continuum(&case["annotators"], &tags);
        for (kind, by) in [("combined", Dissimilarity::PlaceAndTag), ("positional", Dissimilarity::Place)] {
            let wanted = &case["gamma"][kind];
            let Some(disorder) = wanted["observed_disorder"].as_f64() else {
                assert_eq!(observed_disorder(&continuum, by), Err(Undefined::NobodyMarked), "{name}");
                continue;
            };
            near(observed_disorder(&continuum, by).unwrap(), disorder, name);
            let alignment = best(&continuum, by, PLENTY);
            assert!(alignment.proven, "{name}");
            near(alignment.at_least, alignment.disorder(), name);
            if !wanted["alignment_is_unique"].as_bool().unwrap() {
                continue;
            }
            unique += 1;
            let row = |row: &Value| -> Vec<Option<usize>> {
                row.as_array().unwrap().iter().map(|unit| unit.as_u64().map(|unit| unit as usize)).collect()
            };
            let mut rows: Vec<(Vec<Option<usize>>, f64)> = (wanted["alignment"].as_array().unwrap().iter())
                .zip(wanted["disorders"].as_array().unwrap())
                .map(|(units, disorder)| (row(units), disorder.as_f64().unwrap()))
                .collect();
            rows.sort_by(|a, b| a.0.cmp(&b.0));
            let mut found: Vec<_> =
                alignment.rows.iter().map(|row| (row.units.clone(), row.disorder())).collect();
            found.sort_by(|a, b| a.0.cmp(&b.0));
            assert_eq!(found.len(), rows.len(), "{name}");
            for ((found, disorder), (wanted, of)) in found.iter().zip(&rows) {
                assert_eq!(found, wanted, "{name}");
                near(*disorder, *of, name);
            }
            let Some(of_tags) = wanted["category_disorder"].as_object() else { continue };
            for (tag, wanted) in of_tags {
                let only = tags.iter().position(|other| other == tag);
                let found = category_disorder(&continuum, &alignment.rows, only);
                assert_eq!(found.is_some(), wanted.is_f64(), "{name} {tag}");
                near(found.unwrap_or(0.0), wanted.as_f64().unwrap_or(0.0), &format!("{name} {tag}"));
            }
        }
    }
    assert!(unique > 25, "{unique}");
}

#[test]
fn gamma_is_as_near_the_published_program_as_chance_lets_it() {
    for case in cases()["cases"].as_array().unwrap() {
        let name = case["name"].as_str().unwrap();
        let continuum = continuum(&case["annotators"], &tags(case));
        let found = of_one(&continuum, case["length"].as_u64().unwrap(), 1);
        let wanted = &case["gamma"]["combined"];
        let Some(mean) = wanted["expected_mean"].as_f64() else {
            assert_eq!(found.gamma, Err(Undefined::NobodyMarked));
            assert_eq!(found.gamma_cat, Err(Undefined::NobodyMarked));
            continue;
        };
        assert!((30..=300).contains(&found.samples));
        let sd = wanted["expected_sd"].as_f64().unwrap();
        let (theirs, ours) = (wanted["samples"].as_f64().unwrap(), found.samples as f64);
        let tolerance = 4.0 * sd * (1.0 / theirs + 1.0 / ours).sqrt();
        let expected = found.expected.unwrap();
        assert!((expected - mean).abs() <= tolerance, "{name}: {expected}, not {mean} ± {tolerance}");
        let observed = wanted["observed_disorder"].as_f64().unwrap();
        near(found.observed.unwrap(), observed, name);
        let value = found.gamma.unwrap();
        let reference = wanted["gamma"].as_f64().unwrap();
        if observed == 0.0 {
            assert_eq!((value, reference), (1.0, 1.0), "{name}");
        } else {
            near(value, 1.0 - observed / expected, name);
            let error = (1.0 - reference) * tolerance / (mean - tolerance).max(1e-6);
            assert!((value - reference).abs() <= error, "{name}: {value}, not {reference} ± {error}");
        }
        if wanted["alignment_is_unique"].as_bool().unwrap() {
            assert_eq!(
                found.observed_cat.ok().is_some(),
                wanted["category_disorder"]["all"].is_f64(),
                "{name}"
            );
        }
        assert_eq!(found.gamma_cat.is_ok(), found.observed_cat.is_ok(), "{name}");
    }
}

#[test]
fn over_fixed_continua_gamma_is_exact() {
    let all = cases();
    let fixed = &all["fixed_samples"];
    let case = all["cases"].as_array().unwrap().iter().find(|case| case["name"] == fixed["case"]).unwrap();
    let tags = tags(case);
    let by = Dissimilarity::PlaceAndTag;
    let observed = observed_disorder(&continuum(&case["annotators"], &tags), by).unwrap();
    near(observed, fixed["observed_disorder"].as_f64().unwrap(), "observed");
    let samples = fixed["samples"].as_array().unwrap();
    let mut sum = 0.0;
    for sample in samples {
        let disorder = observed_disorder(&continuum(&sample["annotators"], &tags), by).unwrap();
        near(disorder, sample["disorder"].as_f64().unwrap(), "sample");
        sum += disorder;
    }
    let expected = sum / samples.len() as f64;
    near(expected, fixed["expected_disorder"].as_f64().unwrap(), "expected");
    near(super::beyond(observed, expected).unwrap(), fixed["gamma"].as_f64().unwrap(), "gamma");
}

/// The least sum of disorders over all alignments: every row of units, one an annotator at most, is tried for the
/// first unit that has none.
fn brute(continuum: &Continuum, by: Dissimilarity) -> f64 {
    let n = continuum.annotators.len();
    let units: Vec<(usize, &GammaUnit)> = continuum
        .annotators
        .iter()
        .enumerate()
        .flat_map(|(at, units)| units.iter().map(move |unit| (at, unit)))
        .collect();
    let mut least = vec![f64::INFINITY; 1 << units.len()];
    least[0] = 0.0;
    let mut rows: Vec<(usize, f64)> = Vec::new();
    for row in 1..1_usize << units.len() {
        let of: Vec<_> = (0..units.len()).filter(|at| row >> at & 1 == 1).map(|at| units[at]).collect();
        if of.windows(2).any(|two| two[0].0 == two[1].0) {
            continue;
        }
        let mut cost = 0.0;
        for a in 0..n {
            for b in a + 1..n {
                let unit = |annotator| of.iter().find(|(at, _)| *at == annotator);
                cost += match (unit(a), unit(b)) {
                    (Some((_, a)), Some((_, b))) => {
                        let sides = (a.start - b.start).abs() + (a.end - b.end).abs();
                        let place = sides / (a.end - a.start + b.end - b.start);
                        let tag = if by == Dissimilarity::Place || a.tag == b.tag { 0.0 } else { 1.0 };
                        place * place + tag
                    }
                    _ => 1.0,
                };
            }
        }
        rows.push((row, cost / (n * (n - 1) / 2) as f64));
    }
    for used in 0..least.len() - 1 {
        let first = 1 << used.trailing_ones();
        for (row, cost) in &rows {
            if row & first != 0 && row & used == 0 {
                least[used | row] = f64::min(least[used | row], least[used] + cost);
            }
        }
    }
    least[least.len() - 1]
}

fn some_units(most: usize) -> impl Strategy<Value = Vec<GammaUnit>> {
    let unit = (0..40_u8, 1..12_u8, 0..3_usize).prop_map(|(start, length, tag)| GammaUnit {
        start: f64::from(start),
        end: f64::from(start + length),
        tag,
    });
    prop::collection::vec(unit, 0..=most)
}

fn some_continuum() -> impl Strategy<Value = Continuum> {
    let of = |annotators, most| {
        prop::collection::vec(some_units(most), annotators).prop_map(|annotators| Continuum { annotators })
    };
    prop_oneof![of(2, 4), of(3, 4), of(4, 2)]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn no_alignment_has_less_disorder(continuum in some_continuum()) {
        for by in [Dissimilarity::PlaceAndTag, Dissimilarity::Place] {
            let alignment = best(&continuum, by, PLENTY);
            let least = brute(&continuum, by);
            prop_assert!((alignment.disorder() - least).abs() < 1e-9, "{} {least}", alignment.disorder());
            prop_assert!(alignment.proven && (alignment.at_least - least).abs() < 1e-9);
            covers(&continuum, &alignment);
        }
    }

    #[test]
    fn neither_a_shift_nor_the_order_of_annotators_changes_it(mut continuum in some_continuum()) {
        let disorder = best(&continuum, Dissimilarity::PlaceAndTag, PLENTY).disorder();
        for unit in continuum.annotators.iter_mut().flatten() {
            unit.start += 1e8;
            unit.end += 1e8;
        }
        prop_assert_eq!(best(&continuum, Dissimilarity::PlaceAndTag, PLENTY).disorder(), disorder);
        continuum.annotators.reverse();
        prop_assert!((best(&continuum, Dissimilarity::PlaceAndTag, PLENTY).disorder() - disorder).abs() < 1e-9);
    }
}

/// Every unit stands in exactly one row.
fn covers(continuum: &Continuum, alignment: &super::align::Alignment) {
    let mut met: Vec<Vec<usize>> = continuum.annotators.iter().map(|units| vec![0; units.len()]).collect();
    for row in &alignment.rows {
        for (unit, met) in row.units.iter().zip(&mut met) {
            if let Some(unit) = unit {
                met[*unit] += 1;
            }
        }
    }
    assert!(met.iter().flatten().all(|times| *times == 1), "{met:?}");
}

fn units(of: &[(u32, u32, usize)]) -> Vec<GammaUnit> {
    of.iter()
        .map(|(start, end, tag)| GammaUnit { start: (*start).into(), end: (*end).into(), tag: *tag })
        .collect()
}

#[test]
fn where_everything_overlaps_the_gap_is_told() {
    // A made-up heap: 3 × 24 units of which each meets most others.
    let mut seed = 11_u32;
    let mut next = |below: u32| {
        seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (seed >> 16) % below
    };
    let mut heap = || {
        let of: Vec<_> = (0..24)
            .map(|_| {
                let start = next(300);
                (start, start + 200 + next(300), next(3) as usize)
            })
            .collect();
        units(&of)
    };
    let continuum = Continuum { annotators: vec![heap(), heap(), heap()] };
    let quick = best(&continuum, Dissimilarity::PlaceAndTag, 0);
    covers(&continuum, &quick);
    assert!(quick.at_least <= quick.disorder() && quick.at_least > 0.0, "{}", quick.at_least);
    assert_eq!(quick.proven, quick.at_least == quick.disorder());
    let longer = best(&continuum, Dissimilarity::PlaceAndTag, 300_000);
    assert!(longer.disorder() <= quick.disorder() + 1e-9 && longer.at_least >= quick.at_least - 1e-9);
    // The two bounds belong to one optimum.
    assert!(longer.at_least <= quick.disorder() + 1e-9 && quick.at_least <= longer.disorder() + 1e-9);
}

#[test]
fn identical_layers_agree_whatever_the_number_of_tags() {
    let one = units(&[(3, 9, 0), (12, 40, 1), (30, 44, 0)]);
    let found = of_one(&Continuum { annotators: vec![one.clone(), one.clone(), one] }, 50, 3);
    assert_eq!((found.gamma, found.gamma_cat, found.observed), (Ok(1.0), Ok(1.0), Ok(0.0)));
    // At the very beginning, so that there is one gap only: every random continuum is the same.
    let same = units(&[(0, 9, 0)]);
    let found = of_one(&Continuum { annotators: vec![same.clone(), same] }, 50, 3);
    assert_eq!((found.gamma, found.expected), (Ok(1.0), Ok(0.0)));
}

#[test]
fn one_who_marked_nothing_counts_and_one_who_has_not_read_does_not() {
    let mut document =
        document("one", 50, &Continuum { annotators: vec![units(&[(3, 10, 0), (20, 32, 1)]), Vec::new()] });
    let found = gamma(&material(vec![document.clone()]), 1, &|_| true).unwrap();
    // Each unit costs 1, and an annotator has one on average.
    assert_eq!(found.observed, Ok(2.0));
    assert_eq!(found.gamma_cat, Err(Undefined::NoAlignedPair));
    assert!(found.documents[0].1.iter().all(|row| row.missing == 1.0 && row.disorder() == 1.0));
    document.marks[1] = None;
    let found = gamma(&material(vec![document]), 1, &|_| true).unwrap();
    assert_eq!(found.gamma, Err(Undefined::NobodyMarked));
    assert_eq!(found.left_out, [DocumentId::new("one")]);
}

#[test]
fn documents_are_pooled_and_no_row_crosses_their_ends() {
    // The end of the first document and the beginning of the second are near each other when laid end to end.
    let first = Continuum { annotators: vec![units(&[(0, 10, 0), (40, 50, 1)]), units(&[(1, 10, 0)])] };
    let second = Continuum { annotators: vec![units(&[(20, 30, 0)]), units(&[(0, 10, 1), (20, 32, 0)])] };
    let found =
        gamma(&material(vec![document("a", 50, &first), document("b", 60, &second)]), 1, &|_| true).unwrap();
    // (1/19)² and 1 in the first, 1 and (2/22)² in the second; six units of two annotators.
    near(found.observed.unwrap(), (1.0 / 361.0 + 2.0 + 4.0 / 484.0) / 3.0, "two documents");
    let rows = |at: usize| -> Vec<Vec<Option<usize>>> {
        found.documents[at].1.iter().map(|row| row.units.clone()).collect()
    };
    assert_eq!(rows(0), [vec![Some(0), Some(0)], vec![Some(1), None]]);
    assert_eq!(rows(1), [vec![None, Some(0)], vec![Some(0), Some(1)]]);
    assert_eq!(found.n, 6);
}

#[test]
fn a_mark_made_twice_counts_once_and_rows_name_marks() {
    let twice = units(&[(20, 30, 1), (3, 10, 0), (3, 10, 0)]);
    let found = of_one(&Continuum { annotators: vec![twice, units(&[(3, 10, 0)])] }, 50, 1);
    assert_eq!(found.n, 3);
    let rows: Vec<_> = found.documents[0].1.iter().map(|row| row.units.clone()).collect();
    assert_eq!(rows, [vec![Some(1), Some(0)], vec![Some(0), None]]);
}

#[test]
fn a_seed_gives_one_value_and_the_work_can_be_stopped() {
    let continuum = Continuum {
        annotators: vec![units(&[(3, 10, 0), (20, 32, 1)]), units(&[(4, 12, 0), (22, 30, 0), (60, 70, 1)])],
    };
    let found = of_one(&continuum, 80, 5);
    assert_eq!(found, of_one(&continuum, 80, 5));
    assert_ne!(found.expected, of_one(&continuum, 80, 6).expected);
    let told = Cell::new(0.0);
    let stopped = gamma(&material(vec![document("one", 80, &continuum)]), 5, &|share| {
        assert!(share >= told.get() && share <= 1.0);
        told.set(share);
        share < 0.15
    });
    assert_eq!(stopped, None);
    assert!(told.get() >= 0.15 && told.get() < 0.2);
}
