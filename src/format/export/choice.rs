//! What of a session is to be exported.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{Annotation, AnnotationId, AnnotatorId, DocumentId, Session, StatementId, TagId};

use super::Losses;

/// What is exported; `None` means all. An annotation is taken when all that is said here fits it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Choice {
    /// These documents, and what is marked in them.
    pub documents: Option<BTreeSet<DocumentId>>,
    /// What bears these tags.
    pub tags: Option<BTreeSet<TagId>>,
    /// What is about these statements; `None` in the set: what is about none.
    pub statements: Option<BTreeSet<Option<StatementId>>>,
    /// What these annotators have made.
    pub annotators: Option<BTreeSet<AnnotatorId>>,
    /// These annotations: what a filter shows.
    pub annotations: Option<BTreeSet<AnnotationId>>,
}

impl Choice {
    /// True when the whole session is chosen.
    pub fn is_all(&self) -> bool {
        *self == Self::default()
    }

    /// True when an annotation is taken.
    pub fn takes(&self, annotation: &Annotation) -> bool {
        fn fits<T: Ord>(set: Option<&BTreeSet<T>>, value: &T) -> bool {
            set.is_none_or(|set| set.contains(value))
        }
        fits(self.documents.as_ref(), annotation.anchor.document())
            && fits(self.tags.as_ref(), &annotation.tag)
            && fits(self.statements.as_ref(), &annotation.statement)
            && fits(self.annotators.as_ref(), &annotation.annotator)
            && fits(self.annotations.as_ref(), &annotation.id)
    }
}

/// A part of a session, valid in itself, and what did not come along.
pub struct Narrowed {
    /// The part: scheme, statements and voices stay whole.
    pub session: Session,
    /// Links that lead to what was left out.
    pub losses: Losses,
}

/// The chosen part of a session. Links stay when both ends do.
pub fn narrowed(session: &Session, choice: &Choice) -> Narrowed {
    if choice.is_all() {
        return Narrowed { session: session.clone(), losses: Losses::default() };
    }
    let documents = session.documents.iter();
    let documents =
        documents.filter(|it| choice.documents.as_ref().is_none_or(|chosen| chosen.contains(&it.id)));
    let annotations = session.annotations.iter().filter(|(_, annotation)| choice.takes(annotation));
    let mut part = Session {
        documents: documents.map(Arc::clone).collect(),
        annotations: annotations.map(|(id, annotation)| (*id, Arc::clone(annotation))).collect(),
        ..session.clone()
    };
    let (mut links, mut cut) = (session.links.clone(), 0);
    links.retain(|_, link| {
        let ends = [&link.from, &link.to].map(|id| part.annotations.contains_key(id));
        cut += usize::from(ends[0] != ends[1]);
        ends == [true, true]
    });
    part.links = links;
    let mut losses = Losses::default();
    losses.add(
        cut,
        "link leads to a passage that was not chosen: left out",
        "links lead to passages that were not chosen: left out",
    );
    Narrowed { session: part, losses }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::format::arbitrary;

    proptest! {
        #[test]
        fn a_part_is_valid_in_itself(seed in any::<u64>()) {
            let session = arbitrary::session(seed);
            prop_assert_eq!(&narrowed(&session, &Choice::default()).session, &session);
            let choice = Choice {
                documents: Some([session.documents[0].id.clone()].into()),
                tags: Some([TagId::new("claim"), TagId::new("own")].into()),
                ..Choice::default()
            };
            let part = narrowed(&session, &choice);
            prop_assert_eq!(part.session.problems(), []);
            let taken = session.annotations.values().filter(|it| choice.takes(it)).count();
            prop_assert_eq!(part.session.annotations.len(), taken);
            let lost = session.links.len() - part.session.links.len();
            prop_assert!(part.losses.0.len() <= lost);
        }
    }
}
