use std::sync::Arc;

use proptest::prelude::*;
use uuid::Uuid;

use super::super::made::{HARD, change, document, id, link, put};
use super::*;
use crate::edit::{Edit, Step, apply_step, make};
use crate::format::arbitrary;
use crate::model::*;

mod cases;
mod random;

use random::triple;

/// The session that the edits make of ours; they must all apply.
fn applied(ours: &Session, edits: &[Edit]) -> Session {
    let mut session = ours.clone();
    let step = Step { label: "merge".to_owned(), at: Timestamp::from_second(0), edits: edits.to_vec() };
    apply_step(&mut session, &step).unwrap_or_else(|error| panic!("{error}: {edits:#?}"));
    session
}

/// Where two sessions first differ: a whole session is too much to read.
fn difference(one: &Session, other: &Session) -> String {
    if one == other {
        return String::new();
    }
    let (one, other) = (format!("{one:#?}"), format!("{other:#?}"));
    let first = one.lines().zip(other.lines()).position(|(a, b)| a != b).unwrap_or_default();
    let part =
        |text: &str| text.lines().skip(first.saturating_sub(9)).take(20).collect::<Vec<_>>().join("\n");
    format!("{}\nagainst\n{}", part(&one), part(&other))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn the_order_of_the_sides_does_not_matter(seed: u64) {
        let (base, ours, theirs) = triple(seed);
        let (one, other) = (merge(&base, &ours, &theirs), merge(&base, &theirs, &ours));
        prop_assert_eq!(difference(&one.session, &other.session), "");
        prop_assert_eq!(one.conflicts, other.conflicts);
        let (one, other) = (merge_without_base(&ours, &theirs), merge_without_base(&theirs, &ours));
        prop_assert_eq!(difference(&one.session, &other.session), "");
    }

    #[test]
    fn the_result_is_valid_and_its_edits_make_it(seed: u64) {
        let (base, ours, theirs) = triple(seed);
        for merged in [merge(&base, &ours, &theirs), merge_without_base(&ours, &theirs)] {
            prop_assert_eq!(merged.session.problems(), vec![]);
            prop_assert_eq!(applied(&ours, &merged.edits), merged.session);
        }
    }

    #[test]
    fn merging_with_a_side_again_changes_nothing(seed: u64) {
        let (base, ours, theirs) = triple(seed);
        // A tag that lost its letter has another one of its own afterwards; where both sides had given letters anew,
        // it may get the lost one back. One that keeps its old letter for that, or its old place because two moves
        // made a circle, is when merged again as if nobody had changed it; what was put right is told either time.
        let put_right = |merged: &Merged| {
            let gives = |note: &String| note.contains("gets the letter") || note.contains("keeps the letter");
            merged.notes.iter().any(gives) || merged.conflicts.iter().any(|it| it.field == "parent")
        };
        let merged = merge(&base, &ours, &theirs);
        prop_assume!(!put_right(&merged));
        let merged = merged.session;
        prop_assert_eq!(difference(&merge(&base, &merged, &theirs).session, &merged), "");
        prop_assert_eq!(difference(&merge(&base, &merged, &ours).session, &merged), "");
        prop_assert_eq!(difference(&merge(&base, &ours, &ours).session, &ours), "");
        prop_assert_eq!(difference(&merge(&base, &base, &theirs).session, &theirs), "");
        prop_assert_eq!(difference(&merge(&base, &ours, &base).session, &ours), "");
        let merged = merge_without_base(&ours, &theirs);
        prop_assume!(!put_right(&merged));
        let merged = merged.session;
        prop_assert_eq!(difference(&merge_without_base(&merged, &theirs).session, &merged), "");
        prop_assert_eq!(difference(&merge_without_base(&ours, &merged).session, &merged), "");
    }

    /// What either side has is in the result, or in a conflict, or was removed or replaced by the other on purpose.
    #[test]
    fn nothing_is_lost(seed: u64) {
        let (base, ours, theirs) = triple(seed);
        let merged = merge(&base, &ours, &theirs);
        for (side, other) in [(&ours, &theirs), (&theirs, &ours)] {
            for (id, annotation) in &side.annotations {
                let known = base.annotations.get(id);
                let Some(result) = merged.session.annotations.get(id) else {
                    prop_assert!(known == Some(annotation) && !other.annotations.contains_key(id), "{id} is lost");
                    continue;
                };
                let conflict = |field: &str, said: Option<String>| {
                    let about = merged.conflicts.iter().filter(|it| it.id == id.to_string() && it.field == field);
                    about.into_iter().any(|it| it.kept == said || it.other == said)
                };
                let text = |it: &Annotation| Some(it.note.clone());
                let taken_back = known.is_some_and(|known| known.note == annotation.note);
                prop_assert!(result.note == annotation.note || taken_back || conflict("note", text(annotation)));
                let taken_back = known.is_some_and(|known| known.tag == annotation.tag);
                let tag = Some(annotation.tag.to_string());
                prop_assert!(result.tag == annotation.tag || taken_back || conflict("tag", tag));
                for comment in &annotation.comments {
                    let there = result.comments.iter().any(|it| it.id == comment.id);
                    let was = known.is_some_and(|known| known.comments.contains(comment));
                    prop_assert!(there || was, "a comment is lost");
                }
            }
            for (id, statement) in &side.statements {
                let removed = base.statements.get(id) == Some(statement) && !other.statements.contains_key(id);
                prop_assert!(merged.session.statements.contains_key(id) || removed);
            }
            for document in &side.documents {
                let has = |session: &Session| {
                    session.documents.iter().any(|it| it.source.digest == document.source.digest)
                };
                let (there, removed) = (has(&merged.session), has(&base) && !has(other));
                prop_assert!(there || removed);
            }
            for decision in &side.decisions {
                let removed = base.decisions.contains(decision) && !other.decisions.contains(decision);
                prop_assert!(merged.session.decisions.contains(decision) || removed);
            }
        }
    }

    /// The other version takes the place of the one that stands, and gives it back again.
    #[test]
    fn a_conflict_is_settled_either_way(seed: u64) {
        let (base, ours, theirs) = triple(seed);
        let Merged { session, conflicts, .. } = merge(&base, &ours, &theirs);
        let by = session.annotators.keys().next().cloned().unwrap();
        let at = Timestamp::from_second(3_900_000_000);
        for conflict in &conflicts {
            let kept = applied(&session, &resolve(&session, conflict, Choice::Kept, &by, at).unwrap());
            prop_assert!(!kept.conflicts.contains(conflict));
            prop_assert_eq!(difference(&Session { conflicts: session.conflicts.clone(), ..kept }, &session), "");
            let Ok(edits) = resolve(&session, conflict, Choice::Other, &by, at) else { continue };
            let settled = applied(&session, &edits);
            prop_assert!(!settled.conflicts.contains(conflict));
            let Conflict { kept, other, .. } = conflict.clone();
            if conflict.field == Conflict::RECORD || conflict.field.starts_with("comment ") {
                continue;
            }
            let back = Conflict { kept: other, other: kept, ..conflict.clone() };
            let again = applied(&settled, &resolve(&settled, &back, Choice::Other, &by, at).unwrap());
            let of_time = |session: &Session| {
                let mut session = session.clone();
                session.conflicts.clear();
                session.annotations.values_mut().for_each(|annotation| {
                    let annotation = Arc::make_mut(annotation);
                    annotation.modified = at;
                    annotation.changes.clear();
                });
                session.links.values_mut().for_each(|link| Arc::make_mut(link).modified = at);
                session
            };
            prop_assert_ne!(of_time(&settled), of_time(&session));
            prop_assert_eq!(difference(&of_time(&again), &of_time(&session)), "");
        }
    }

    /// Any edits lead from any session to any other.
    #[test]
    fn edits_lead_from_any_session_to_any_other(seed: u64) {
        let (base, ours, theirs) = triple(seed);
        for (from, to) in [(&base, &ours), (&ours, &theirs), (&theirs, &base)] {
            prop_assert_eq!(&applied(from, &edits_between(from, to)), to);
        }
        let other = arbitrary::session(seed.wrapping_add(77));
        let other = Session { id: base.id, created: base.created, ..other };
        prop_assert_eq!(&applied(&base, &edits_between(&base, &other)), &other);
    }

    #[test]
    fn a_review_taken_twice_is_taken_once(seed: u64) {
        let (_, ours, theirs) = triple(seed);
        let once = applied(&ours, &take_review(&ours, &theirs).edits);
        prop_assert_eq!(once.problems(), vec![]);
        prop_assert_eq!(take_review(&once, &theirs).edits, vec![]);
    }
}

#[test]
fn equal_records_are_as_many_after_merging_twice() {
    // One has removed the record, the other has it twice.
    let merged = list(&[7], &[], &[7, 7]);
    assert_eq!(merged, [7, 7]);
    assert_eq!(list(&[7], &merged, &[7, 7]), merged);
    assert_eq!(list(&[7], &merged, &[]), merged);
    assert_eq!(list(&[7, 7], &[7], &[7, 7, 8]), [7, 8]);
    assert_eq!(list(&[7], &[], &[7]), [] as [i32; 0]);
}
