#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected shall stop")]

use uuid::Uuid;

use super::review_of;
use crate::edit::Edit;
use crate::model::{AnnotatorId, Comment, CommentId, CommentStatus, Remark, Session, Timestamp};
use crate::review::made::{id, put, session};
use crate::review::merge::take_review;

/// Ours with remarks of "A" on these annotations of `theirs`.
fn remarked(theirs: &Session, on: &[u32]) -> Session {
    let mut ours = session("A", 1, &[("brief", "[claim:De politie zegt] niets.")]);
    let remarks = on.iter().enumerate().map(|(nth, number)| Remark {
        session: theirs.id,
        annotation: id(*number),
        comment: Comment {
            id: CommentId(Uuid::from_u128(nth as u128 + 7_000)),
            author: AnnotatorId::new("A"),
            at: Timestamp::from_second(50 + nth as i64),
            text: format!("👮🏽‍♀️ e\u{301} “te ver” {nth}"),
            reply_to: None,
            status: Some(CommentStatus::Questioned),
        },
    });
    put(&mut ours, Edit::SetRemarks(remarks.collect()));
    ours
}

#[test]
fn a_review_brings_the_comments_and_nothing_else() {
    let theirs = session("B", 2, &[("brief", "[claim:De politie zegt] [denial:niets].")]);
    let ours = remarked(&theirs, &[201, 202, 201]);
    let review = review_of(&ours, &theirs).unwrap();
    assert_eq!((review.comments, review.gone.len()), (3, 0));
    assert_eq!(review.session.problems(), []);
    assert_eq!(review.session.annotations[&id(201)].comments.len(), 2);
    assert_eq!(review.session.annotator_name(&AnnotatorId::new("A")), "A");
    let mut bare = review.session.clone();
    bare.annotators.remove(&AnnotatorId::new("A"));
    for annotation in bare.annotations.values_mut() {
        std::sync::Arc::make_mut(annotation).comments.clear();
    }
    assert_eq!(bare, theirs);
    // Written again on what came back, nothing is doubled.
    assert_eq!(review_of(&ours, &review.session).unwrap().comments, 0);
    // Taken in by the colleague, it is what was written.
    let mut taken = theirs.clone();
    for edit in take_review(&theirs, &review.session).edits {
        put(&mut taken, edit);
    }
    assert_eq!(taken, review.session);
}

#[test]
fn remarks_on_what_is_gone_and_on_others_stay() {
    let theirs = session("B", 2, &[("brief", "[claim:De politie zegt] niets.")]);
    let other = session("C", 3, &[("brief", "[claim:De politie zegt] niets.")]);
    let ours = remarked(&theirs, &[201, 299]);
    let review = review_of(&ours, &theirs).unwrap();
    assert_eq!((review.comments, review.gone.len()), (1, 1));
    assert_eq!(review.gone[0].annotation, id(299));
    assert_eq!(review_of(&ours, &other).unwrap().session, other);
}
