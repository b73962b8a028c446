//! What a colleague has said of one's session, taken over.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::edit::Edit;
use crate::model::{Annotation, AnnotationId, AnnotatorId, Comment, CommentId, Session};

/// What comes of taking over a review.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TakenReview {
    /// Edits that add the new comments, and their authors where they are not known yet.
    pub edits: Vec<Edit>,
    /// The annotations that get comments, and how many.
    pub taken: BTreeMap<AnnotationId, usize>,
    /// Comments on annotations that are not here any more.
    pub gone: Vec<(AnnotationId, Comment)>,
}

/// Takes the comments of `review` that `ours` does not have, and nothing else: those on annotations of a copy of
/// ours, and those that the review's session has put down as remarks on ours. Taken again, nothing is new.
pub fn take_review(ours: &Session, review: &Session) -> TakenReview {
    let mut said: BTreeMap<AnnotationId, Vec<&Comment>> = BTreeMap::new();
    for annotation in review.annotations.values() {
        said.entry(annotation.id).or_default().extend(&annotation.comments);
    }
    for remark in review.remarks.iter().filter(|remark| remark.session == ours.id) {
        said.entry(remark.annotation).or_default().push(&remark.comment);
    }
    let mut taken = TakenReview::default();
    let mut authors: BTreeSet<&AnnotatorId> = BTreeSet::new();
    let mut puts = Vec::new();
    for (id, comments) in said {
        let Some(annotation) = ours.annotations.get(&id) else {
            taken.gone.extend(comments.into_iter().map(|comment| (id, comment.clone())));
            continue;
        };
        let mut known: BTreeSet<CommentId> = annotation.comments.iter().map(|comment| comment.id).collect();
        let mut changed = Annotation::clone(annotation);
        let mut new = 0;
        for comment in comments {
            if !known.insert(comment.id) {
                continue;
            }
            authors.insert(&comment.author);
            changed.comments.push(comment.clone());
            new += 1;
        }
        if new == 0 {
            continue;
        }
        for comment in &mut changed.comments {
            // The answer to a comment that was removed here stands by itself.
            comment.reply_to = comment.reply_to.filter(|id| known.contains(id));
        }
        changed.comments.sort_by_key(|comment| comment.at);
        taken.taken.insert(id, new);
        puts.push(Edit::PutAnnotation(Arc::new(changed)));
    }
    for id in authors.into_iter().filter(|id| !ours.annotators.contains_key(*id)) {
        if let Some(author) = review.annotators.get(id) {
            taken.edits.push(Edit::PutAnnotator(id.clone(), author.clone()));
        }
    }
    taken.edits.extend(puts);
    taken
}
