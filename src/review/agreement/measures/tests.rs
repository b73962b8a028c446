#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected shall stop")]

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::*;
use crate::model::TagId;
use crate::review::agreement::{MaterialDocument, Unit};

const PLAIN: Asked = Asked { seed: 1, rounds: 0, by_document: true, by_pair: true };

fn all(material: &Material, asked: Asked) -> Vec<Measure> {
    measures(material, asked, &|_| true).unwrap()
}

/// A document of 40 characters, eight words and four sentences.
fn document(id: &str, marks: Vec<Option<Vec<(u64, u64, usize)>>>) -> MaterialDocument {
    let units = |marks: Vec<(u64, u64, usize)>| {
        marks.into_iter().map(|(start, end, tag)| Unit { start, end, tag, annotation: None }).collect()
    };
    MaterialDocument {
        id: DocumentId::new(id),
        length: 40,
        words: (0..8).map(|at| at * 5..at * 5 + 4).collect(),
        sentences: (0..4).map(|at| at * 10..at * 10 + 9).collect(),
        marks: marks.into_iter().map(|marks| marks.map(units)).collect(),
    }
}

fn material(documents: Vec<MaterialDocument>) -> Material {
    let annotators = (0..documents[0].marks.len()).map(|at| format!("annotator {at}")).collect();
    Material { annotators, tags: ["claim", "denial"].map(TagId::new).to_vec(), documents }
}

fn three() -> Material {
    material(vec![
        document(
            "a",
            vec![
                Some(vec![(0, 10, 0), (22, 30, 1)]),
                Some(vec![(2, 10, 0), (20, 30, 1)]),
                Some(vec![(0, 7, 1)]),
            ],
        ),
        document("b", vec![Some(vec![(5, 15, 0)]), Some(vec![]), Some(vec![(5, 15, 0), (30, 35, 1)])]),
    ])
}

type Key = (&'static str, &'static str, Option<String>);

/// Figures by name, unit and tag of one document and one pair.
fn of(list: &[Measure], document: Option<&str>, pair: Option<[usize; 2]>) -> BTreeMap<Key, (String, u64)> {
    let here = |it: &&Measure| it.document.as_ref().map(|id| id.as_str()) == document && it.pair == pair;
    let told = |it: &Measure| match &it.value {
        Ok(value) => format!("{value:.9}"),
        Err(why) => why.clone(),
    };
    let rows = list.iter().filter(here);
    rows.map(|it| ((it.measure, it.unit, it.tag.clone()), (told(it), it.n))).collect()
}

#[test]
fn figures_of_a_document_or_a_pair_are_those_of_it_alone() {
    let whole = three();
    let list = all(&whole, PLAIN);
    let keys = |it: &Measure| (it.measure, it.unit, it.tag.clone(), it.document.clone(), it.pair);
    let unique: std::collections::BTreeSet<_> = list.iter().map(keys).collect();
    assert_eq!(unique.len(), list.len(), "no row twice");
    for (at, name) in ["a", "b"].into_iter().enumerate() {
        let alone = Material { documents: vec![whole.documents[at].clone()], ..whole.clone() };
        let alone = of(&all(&alone, PLAIN), None, None);
        assert!(alone.len() > 50);
        assert_eq!(of(&list, Some(name), None), alone, "{name}");
    }
    for pair in [[0, 1], [0, 2], [1, 2]] {
        let mut two = whole.clone();
        two.annotators = pair.map(|at| whole.annotators[at].clone()).to_vec();
        for document in &mut two.documents {
            document.marks = pair.map(|at| document.marks[at].clone()).to_vec();
        }
        let found = all(&two, PLAIN);
        assert!(found.iter().all(|it| it.pair.is_none()), "two annotators are their only pair");
        assert_eq!(of(&list, None, Some(pair)), of(&found, None, None), "{pair:?}");
    }
}

/// Counted by hand: 80 characters, 16 words, 8 sentences; 8 passages; of characters those that are marked.
#[test]
fn each_figure_tells_what_it_rests_on() {
    let list = all(&three(), PLAIN);
    let whole = of(&list, None, None);
    let n = |measure, unit| whole[&(measure, unit, None)].1;
    assert_eq!([n("alpha", "character"), n("alpha", "word"), n("alpha", "sentence")], [80, 16, 8]);
    assert_eq!((n("u_alpha", "character"), n("f1_exact", "span")), (80, 8));
    // Annotators 0 and 2 have (5, 15) of b alike, of six passages; no other pair has any: the mean of 0, 2/6 and 0.
    assert_eq!(whole[&("f1_exact", "span", None)].0, format!("{:.9}", 1.0 / 9.0));
}

#[test]
fn who_has_not_read_a_document_is_left_out_of_it() {
    let mut partly = three();
    partly.documents[1].marks[2] = None;
    let list = all(&partly, PLAIN);
    let first = Material { documents: vec![partly.documents[0].clone()], ..partly.clone() };
    let of_first = of(&all(&first, PLAIN), None, Some([0, 2]));
    assert_eq!(of(&list, None, Some([0, 2])), of_first, "b is none of this pair’s");
    let plain = of(&all(&three(), PLAIN), None, Some([0, 1]));
    assert_eq!(of(&list, None, Some([0, 1])), plain, "the others have read both");
    let nothing = Material {
        documents: vec![document("c", vec![Some(vec![(0, 4, 0)]), None])],
        annotators: vec!["A".to_owned(), "B".to_owned()],
        ..three()
    };
    for it in all(&nothing, PLAIN) {
        assert!(it.value.is_err(), "{it:?}");
    }
}

#[test]
fn nothing_marked_and_one_tag_are_told_in_words() {
    let empty = material(vec![document("a", vec![Some(vec![]), Some(vec![])])]);
    for it in all(&empty, PLAIN) {
        // That of one tag is 1 by its formula: two labels to choose from, and one never chosen.
        if it.measure != "observed" && (it.measure != "ac1" || it.tag.is_none()) {
            assert_eq!(
                it.value,
                Err("No one marked anything here, so there is nothing to compare.".to_owned())
            );
        }
    }
    let one = material(vec![document("a", vec![Some(vec![(0, 10, 0)]), Some(vec![(0, 5, 0)])])]);
    let whole = of(&all(&one, PLAIN), None, None);
    let words = "Only one tag was used: there is no choice of tag to compare.";
    assert_eq!(whole[&("cu_alpha", "character", None)].0, words);
}

#[test]
fn it_stops_when_told_and_tells_how_far_it_is() {
    let told = std::cell::RefCell::new(Vec::new());
    let asked = Asked { rounds: 20, ..PLAIN };
    let on = |share: f32| {
        told.borrow_mut().push(share);
        true
    };
    measures(&three(), asked, &on).unwrap();
    let told = told.into_inner();
    assert!(told.is_sorted() && told.iter().all(|share| (0.0..=1.0).contains(share)), "{told:?}");
    assert!(measures(&three(), asked, &|share| share < 0.3).is_none());
}

#[test]
fn intervals_stand_at_what_is_pooled() {
    let list = all(&three(), Asked { rounds: 200, ..PLAIN });
    for it in &list {
        assert_eq!(it.low.is_some(), it.high.is_some());
        assert!(it.low.is_none() || (it.document.is_none() && it.pair.is_none()), "{it:?}");
        assert!(it.low <= it.high, "{it:?}");
    }
    let with = |measure| list.iter().find(|it| it.measure == measure && it.unit == "character").unwrap();
    let alpha = with("alpha");
    let value = alpha.value.clone().unwrap();
    assert!(alpha.low.unwrap() < value && value < alpha.high.unwrap(), "{alpha:?}");
    let again = all(&three(), Asked { rounds: 200, ..PLAIN });
    let ends = |list: &[Measure]| list.iter().map(|it| (it.low, it.high)).collect::<Vec<_>>();
    assert_eq!(ends(&list), ends(&again));
}

fn some_marks() -> impl Strategy<Value = Vec<(u64, u64, usize)>> {
    let mark = (0_u64..36, 1_u64..12, 0_usize..2);
    prop::collection::vec(mark.prop_map(|(start, length, tag)| (start, (start + length).min(40), tag)), 0..4)
}

fn some_material() -> impl Strategy<Value = Material> {
    let one = prop::collection::vec(some_marks(), 3);
    prop::collection::vec(one, 1..3).prop_map(|documents| {
        let of = |(at, marks): (usize, Vec<Vec<(u64, u64, usize)>>)| {
            let mut marks: Vec<Vec<_>> = marks;
            // As material from sessions has it: in order, and nothing twice.
            marks.iter_mut().for_each(|marks| {
                marks.sort_unstable();
                marks.dedup();
            });
            document(&format!("d{at}"), marks.into_iter().map(Some).collect())
        };
        material(documents.into_iter().enumerate().map(of).collect())
    })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_annotators_documents_and_tags_does_not_matter(given in some_material()) {
        let mut turned = given.clone();
        turned.documents.reverse();
        turned.annotators.reverse();
        turned.tags.reverse();
        for document in &mut turned.documents {
            document.marks.reverse();
            for unit in document.marks.iter_mut().flatten().flatten() {
                unit.tag = 1 - unit.tag;
            }
        }
        let (given, turned) = (all(&given, PLAIN), all(&turned, PLAIN));
        prop_assert_eq!(of(&given, None, None), of(&turned, None, None));
        for (pair, other) in [([0, 1], [1, 2]), ([0, 2], [0, 2]), ([1, 2], [0, 1])] {
            prop_assert_eq!(of(&given, None, Some(pair)), of(&turned, None, Some(other)));
        }
    }

    #[test]
    fn those_who_mark_alike_agree_wholly(marks in some_marks()) {
        let mut marks = marks;
        marks.sort_unstable();
        marks.dedup();
        let same = material(vec![document("a", vec![Some(marks.clone()), Some(marks)])]);
        for it in all(&same, PLAIN) {
            prop_assert!(it.value.as_ref().map_or(true, |value| (value - 1.0).abs() < 1e-9), "{:?}", it);
        }
    }
}
