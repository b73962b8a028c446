//! Comments that go back to a colleague: their session with one's remarks in it, and nothing else changed.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::edit::{Edit, EditError, apply};
use crate::model::{Annotation, AnnotationId, Remark, Session};

/// A review that is ready to be sent back.
#[derive(Clone, Debug)]
pub struct Review {
    /// Their session with the comments in it.
    pub session: Session,
    /// How many comments it brings.
    pub comments: usize,
    /// Remarks on annotations that are not in their session any more.
    pub gone: Vec<Remark>,
}

/// `theirs` with every remark that `ours` keeps on it. Comments that are there already are not doubled.
///
/// # Errors
/// When an edit is refused, which a valid session does not do.
pub fn review_of(ours: &Session, theirs: &Session) -> Result<Review, EditError> {
    let mut by_annotation: BTreeMap<AnnotationId, Vec<&Remark>> = BTreeMap::new();
    for remark in ours.remarks.iter().filter(|remark| remark.session == theirs.id) {
        by_annotation.entry(remark.annotation).or_default().push(remark);
    }
    let mut review = Review { session: theirs.clone(), comments: 0, gone: Vec::new() };
    for (id, remarks) in by_annotation {
        let Some(old) = theirs.annotations.get(&id) else {
            review.gone.extend(remarks.into_iter().cloned());
            continue;
        };
        let known: BTreeSet<_> = old.comments.iter().map(|comment| comment.id).collect();
        let mut new = Annotation::clone(old);
        for remark in remarks.into_iter().filter(|remark| !known.contains(&remark.comment.id)) {
            let author = &remark.comment.author;
            if !review.session.annotators.contains_key(author)
                && let Some(annotator) = ours.annotators.get(author)
            {
                apply(&mut review.session, &Edit::PutAnnotator(author.clone(), annotator.clone()))?;
            }
            let mut comment = remark.comment.clone();
            // An answer to a comment that they have taken back is a comment by itself.
            comment.reply_to = comment.reply_to.filter(|id| new.comments.iter().any(|other| other.id == *id));
            new.comments.push(comment);
            review.comments += 1;
        }
        apply(&mut review.session, &Edit::PutAnnotation(Arc::new(new)))?;
    }
    Ok(review)
}

#[cfg(test)]
mod tests;
