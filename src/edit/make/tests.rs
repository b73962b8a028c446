use proptest::prelude::*;

use super::{duplicate, join, split};
use crate::edit::{Edit, Step, apply_step};
use crate::format::arbitrary;
use crate::model::{Anchor, AnnotationId, Session, Span};

/// Applies the edits, checks the session, takes them back and expects the session from before.
fn there_and_back(session: &Session, edits: Vec<Edit>) -> Session {
    let mut changed = session.clone();
    let step = Step { label: "try".to_owned(), at: session.created, edits };
    let inverse = apply_step(&mut changed, &step).expect("the edits apply");
    assert_eq!(changed.problems(), []);
    let after = changed.clone();
    apply_step(&mut changed, &inverse).expect("the inverse applies");
    assert_eq!(changed, *session);
    after
}

fn new_id() -> AnnotationId {
    AnnotationId(uuid::Uuid::from_u128(7))
}

proptest! {
    #[test]
    fn split_keeps_all_and_joins_back(seed in any::<u64>()) {
        let session = arbitrary::session(seed);
        for annotation in session.annotations.values() {
            let Anchor::Placed { document, span } = &annotation.anchor else { continue };
            let text = session.document(document).expect("it is there").text();
            let words = &text[span.start()..span.end()];
            let Some((cut, _)) = words.char_indices().nth(words.chars().count() / 2).filter(|(at, _)| *at > 0) else {
                continue;
            };
            let cut = span.start() + cut;
            let halves = [Span::new(span.start(), cut).unwrap(), Span::new(cut, span.end()).unwrap()];
            let by = &annotation.annotator;
            let edits = split(&session, annotation.id, halves, new_id(), by, session.created);
            let after = there_and_back(&session, edits);
            prop_assert_eq!(after.annotations.len(), session.annotations.len() + 1);
            prop_assert_eq!(&after.links, &session.links);
            let edits = join(&after, annotation.id, new_id()).expect("the halves join");
            let joined = there_and_back(&after, edits);
            let again = &joined.annotations[&annotation.id];
            prop_assert_eq!(&again.anchor, &annotation.anchor);
            prop_assert_eq!(&again.note, &annotation.note);
            prop_assert_eq!(&again.comments, &annotation.comments);
            prop_assert_eq!(joined.annotations.len(), session.annotations.len());
        }
    }

    #[test]
    fn join_loses_no_note_comment_or_neighbor(seed in any::<u64>()) {
        let session = arbitrary::session(seed);
        let ids: Vec<AnnotationId> = session.annotations.keys().copied().collect();
        for pair in ids.windows(2) {
            let Ok(edits) = join(&session, pair[0], pair[1]) else { continue };
            let after = there_and_back(&session, edits);
            let [a, b] = [&session.annotations[&pair[0]], &session.annotations[&pair[1]]];
            let joined = &after.annotations[&pair[0]];
            prop_assert!(joined.note.contains(&a.note) && joined.note.contains(&b.note));
            prop_assert_eq!(joined.comments.len(), a.comments.len() + b.comments.len());
            prop_assert_eq!(after.annotations.len(), session.annotations.len() - 1);
            for link in session.links.values() {
                let between = [link.from, link.to].iter().all(|end| pair.contains(end));
                let twin = after.links.values().any(|kept| kept.kind == link.kind);
                prop_assert!(between || after.links.contains_key(&link.id) || twin);
            }
        }
    }

    #[test]
    fn a_duplicate_stands_beside_the_first(seed in any::<u64>()) {
        let session = arbitrary::session(seed);
        let Some(tag) = session.scheme.tags.last() else { return Ok(()) };
        for annotation in session.annotations.values() {
            let by = &annotation.annotator;
            let edit = duplicate(&session, annotation, &tag.id, new_id(), by, session.created);
            let after = there_and_back(&session, vec![edit]);
            let second = &after.annotations[&new_id()];
            prop_assert_eq!((&second.anchor, &second.tag), (&annotation.anchor, &tag.id));
            prop_assert_eq!(&after.annotations[&annotation.id], annotation);
        }
    }
}
