use std::sync::Arc;

use proptest::prelude::*;

use super::{adopt, duplicate, join, merge_tags, new_tag, rename_value, retag, split};
use crate::edit::{Edit, Step, apply_step};
use crate::format::arbitrary;
use crate::model::{Anchor, Annotation, AnnotationId, Scheme, Session, Span, Tag};

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
    fn merging_tags_keeps_every_annotation(seed in any::<u64>()) {
        let session = arbitrary::session(seed);
        let ids: Vec<_> = session.scheme.tags.iter().map(|tag| tag.id.clone()).collect();
        for from in &ids {
            for into in &ids {
                let Some(edits) = merge_tags(&session, from, into) else {
                    prop_assert_eq!(from, into);
                    continue;
                };
                let after = there_and_back(&session, edits);
                prop_assert_eq!(after.scheme.tags.len(), ids.len() - 1);
                for (id, old) in &session.annotations {
                    let mut expected = Annotation::clone(old);
                    if old.tag == *from {
                        expected.tag = into.clone();
                    }
                    prop_assert_eq!(&*after.annotations[id], &expected);
                }
                let rules = |tag: &Tag| tag.rules.len() + tag.examples.len();
                let [a, b] = [from, into].map(|id| session.scheme.tag(id).map_or(0, rules));
                prop_assert_eq!(after.scheme.tag(into).map_or(0, rules), a + b);
            }
        }
    }

    #[test]
    fn a_value_is_renamed_wherever_it_stands(seed in any::<u64>()) {
        let session = arbitrary::session(seed);
        for attribute in &session.scheme.attributes {
            for value in &attribute.values {
                let edits = rename_value(&session, &attribute.id, &value.name, " quite new ").expect("it is free");
                let after = there_and_back(&session, edits);
                for (id, old) in &session.annotations {
                    let new = after.annotations[id].attributes.get(&attribute.id).map(String::as_str);
                    let expected = old.attributes.get(&attribute.id).map(|old| {
                        if *old == value.name { "quite new" } else { old.as_str() }
                    });
                    prop_assert_eq!(new, expected);
                }
                prop_assert!(rename_value(&session, &attribute.id, &value.name, &value.name).is_none());
            }
        }
    }

    #[test]
    fn retagging_leaves_only_what_would_stand_twice(seed in any::<u64>()) {
        let session = arbitrary::session(seed);
        let ids: Vec<AnnotationId> = session.annotations.keys().copied().collect();
        for tag in &session.scheme.tags {
            let (edits, left) = retag(&session, &ids, &tag.id);
            let after = there_and_back(&session, edits);
            let others = after.annotations.values().filter(|annotation| annotation.tag != tag.id);
            prop_assert_eq!(others.count(), left);
            prop_assert_eq!(after.annotations.len(), session.annotations.len());
        }
    }

    #[test]
    fn taking_over_a_scheme_leaves_a_valid_one_that_lacks_nothing(one in any::<u64>(), two in any::<u64>()) {
        let (session, other) = (arbitrary::session(one), arbitrary::session(two));
        let (new, adopted) = adopt(&session.scheme, &other.scheme);
        let after = there_and_back(&session, vec![Edit::SetScheme(Arc::new(new))]);
        for tag in &other.scheme.tags {
            let known = after.scheme.tags.iter().find(|own| {
                own.id == tag.id || own.name.to_lowercase() == tag.name.to_lowercase()
            });
            let known = known.expect("each tag is there");
            prop_assert!(tag.definition.is_empty() || known.definition == tag.definition || adopted.changed > 0);
            prop_assert!(tag.rules.iter().all(|rule| known.rules.iter().any(|own| own.text == rule.text)));
        }
        let (again, nothing) = adopt(&after.scheme, &after.scheme);
        prop_assert_eq!(nothing.added + nothing.changed, 0);
        prop_assert_eq!(&again, &*after.scheme);
    }

    #[test]
    fn new_tags_always_fit(seed in any::<u64>(), names in prop::collection::vec("[a-zé👮 ]{1,8}", 1..40)) {
        let session = arbitrary::session(seed);
        let mut scheme = Scheme::clone(&session.scheme);
        for name in names.iter().filter(|name| !name.trim().is_empty()) {
            let tag = new_tag(&scheme, name);
            scheme.tags.push(tag);
        }
        there_and_back(&session, vec![Edit::SetScheme(Arc::new(scheme))]);
    }

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
