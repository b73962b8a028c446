use std::collections::BTreeMap;

use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::model::{Anchor, AnnotatorId, DocumentId, Presentation, Timestamp};
use crate::text::render;

fn annotation(number: u128, start: usize, end: usize) -> Annotation {
    let span = Span::new(start, end).unwrap();
    let anchor = Anchor::Placed { document: DocumentId::new("letter"), span };
    let (id, at) = (AnnotationId(Uuid::from_u128(number)), Timestamp::from_second(0));
    Annotation::new(id, anchor, TagId::new("claim"), AnnotatorId::new("vos"), at)
}

fn levels(marks: &DocumentMarks) -> Vec<(usize, u16)> {
    marks.all().map(|mark| (mark.span.start(), mark.level)).collect()
}

#[test]
fn bands_grow_outward() {
    let text = "aaaa bbbb cccc dddd eeee";
    let rendering = render(text, Presentation::Plain);
    let all = [annotation(1, 0, 24), annotation(2, 5, 19), annotation(3, 10, 14), annotation(4, 20, 24)];
    let marks = DocumentMarks::build(&rendering, all.iter());
    assert_eq!(levels(&marks), [(0, 2), (5, 1), (10, 0), (20, 0)]);
    let at: Vec<_> = marks.at(&rendering, 12).iter().map(|mark| mark.span.start()).collect();
    assert_eq!(at, [10, 5, 0]);
}

#[test]
fn crossing_and_equal_marks_have_levels_of_their_own() {
    let text = "aaaa bbbb cccc dddd";
    let rendering = render(text, Presentation::Plain);
    let all = [annotation(1, 0, 9), annotation(2, 5, 19), annotation(3, 5, 19)];
    let marks = DocumentMarks::build(&rendering, all.iter());
    assert_eq!(levels(&marks), [(0, 0), (5, 1), (5, 2)]);
}

#[test]
fn a_long_mark_that_crosses_a_nest_is_not_pushed_outward() {
    let text = "aaaa bbbb cccc dddd eeee ffff gggg hhhh";
    let rendering = render(text, Presentation::Plain);
    // Three nested, and a long one that crosses the outermost alone.
    let all = [annotation(1, 0, 19), annotation(2, 0, 9), annotation(3, 0, 4), annotation(4, 15, 39)];
    let marks = DocumentMarks::build(&rendering, all.iter());
    let level = |number: u128| marks.all().find(|mark| mark.id.0.as_u128() == number).unwrap().level;
    assert_eq!([level(3), level(2), level(1), level(4)], [0, 1, 2, 0]);
}

#[test]
fn a_mark_over_blocks_stands_in_each_with_one_lane() {
    let text = "👮🏽‍♀️ e\u{301}\n\n“twee”\n\ndrie\n\nvier";
    let rendering = render(text, Presentation::Plain);
    let (two, three) = (text.find('“').unwrap(), text.find("drie").unwrap());
    let all = [
        annotation(1, 0, two + 3),
        annotation(2, two, three + 4),
        annotation(3, three, three + 2),
        annotation(4, three, text.len()),
    ];
    let marks = DocumentMarks::build(&rendering, all.iter());
    assert_eq!(marks.in_block(1).len(), 2);
    assert_eq!(marks.len(), 4);
    let lanes: Vec<_> = marks.all().map(|mark| (mark.id.0.as_u128(), mark.lane)).collect();
    assert_eq!(lanes, [(1, 0), (2, 1), (4, 0), (3, 0)]);
}

#[test]
fn a_document_without_text_has_no_marks() {
    let rendering = render("", Presentation::Plain);
    let mut marks = DocumentMarks::build(&rendering, std::iter::empty());
    marks.put(&rendering, &annotation(1, 0, 1));
    assert!(marks.at(&rendering, 0).is_empty());
    marks.remove(&rendering, annotation(1, 0, 1).id);
    assert!(marks.is_empty());
}

const TEXT: &str = "aaaa bbbb\n\ncccc dddd\neeee ffff\n\n\ngggg hhhh iiii\n\njjjj";

proptest! {
    #[test]
    fn changes_one_by_one_equal_a_rebuild(
        changes in prop::collection::vec((0_u128..12, 0_usize..TEXT.len(), 1_usize..30, any::<bool>()), 1..40)
    ) {
        let rendering = render(TEXT, Presentation::Plain);
        let mut now: BTreeMap<u128, Annotation> = BTreeMap::new();
        let mut marks = DocumentMarks::build(&rendering, std::iter::empty());
        for (number, start, length, removes) in changes {
            let before = marks.revision;
            if removes && now.remove(&number).is_some() {
                marks.remove(&rendering, AnnotationId(Uuid::from_u128(number)));
            } else {
                let mut changed = annotation(number, start, (start + length).min(TEXT.len()));
                marks.put(&rendering, &changed);
                if removes {
                    // The same place, another tag.
                    changed.tag = TagId::new("denial");
                    marks.put(&rendering, &changed);
                }
                now.insert(number, changed);
            }
            prop_assert_ne!(marks.revision, before);
            prop_assert_eq!(&marks, &DocumentMarks::build(&rendering, now.values()));
            prop_assert_eq!(marks.all().count(), marks.len());
            for tag in ["claim", "denial"].map(TagId::new) {
                let there = |block: usize| marks.in_block(block).iter().any(|mark| mark.tag == tag);
                let told = |blocks| marks.counts(&tag).is_some_and(|counts| counts.any(blocks));
                let all = rendering.blocks().len();
                prop_assert!((0..all).all(|block| told(block..block + 1) == there(block)));
                prop_assert_eq!(told(1..all), (1..all).any(there));
            }
            for mark in marks.all() {
                let clash = marks.all().find(|other| {
                    other.id != mark.id && other.span.overlaps(mark.span) && other.level == mark.level
                });
                prop_assert!(clash.is_none());
            }
        }
    }
}
