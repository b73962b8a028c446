//! Links that two readers drew differently between annotations that are each other's counterpart.

use std::collections::BTreeMap;

use crate::model::{AnnotationId, DocumentId, Link, LinkId, Session, Span};
use crate::review::layer::Layer;

use super::Difference;

/// How a link of one stands to those of the other.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Tie {
    /// Between the same two, in the same direction, of another kind.
    OtherKind,
    /// Of the same kind between the same two, the other way round.
    Turned,
    /// Only we have it.
    OnlyOurs,
    /// Only they have it.
    OnlyTheirs,
}

/// A link that differs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkDifference {
    /// Our document that it starts in.
    pub document: DocumentId,
    /// The passage that it starts from, in bytes of our text.
    pub span: Span,
    /// Ours.
    pub ours: Option<LinkId>,
    /// Theirs.
    pub theirs: Option<LinkId>,
    /// How they stand to each other.
    pub tie: Tie,
    /// One of its ends has no counterpart: the other could not have drawn it.
    pub loose: bool,
}

/// The links that differ, in the order of the pairs that they start from.
pub(super) fn differences(ours: &Session, layer: &Layer, pairs: &[Difference]) -> Vec<LinkDifference> {
    let index = |of: fn(&Difference) -> Option<AnnotationId>| -> BTreeMap<AnnotationId, usize> {
        pairs.iter().enumerate().filter_map(|(at, pair)| Some((of(pair)?, at))).collect()
    };
    let (our_pairs, their_pairs) = (index(|pair| pair.ours), index(|pair| pair.theirs));
    // The links of each by the pairs that they tie, in either direction under the same key.
    let mut ties: BTreeMap<(usize, usize), (Vec<&Link>, Vec<&Link>)> = BTreeMap::new();
    let ends = |link: &Link, index: &BTreeMap<AnnotationId, usize>| {
        let (from, to) = (*index.get(&link.from)?, *index.get(&link.to)?);
        Some((from.min(to), from.max(to)))
    };
    for link in ours.links.values() {
        if let Some(key) = ends(link, &our_pairs) {
            ties.entry(key).or_default().0.push(link);
        }
    }
    for link in layer.session.links.values() {
        if let Some(key) = ends(link, &their_pairs) {
            ties.entry(key).or_default().1.push(link);
        }
    }
    let mut found = Vec::new();
    for ((a, b), (mut ours, mut theirs)) in ties {
        let loose = [a, b].iter().any(|at| pairs[*at].ours.is_none() || pairs[*at].theirs.is_none());
        let along = |our: &Link, their: &Link| our_pairs.get(&our.from) == their_pairs.get(&their.from);
        let mut add = |tie, our: Option<&Link>, their: Option<&Link>| {
            let from = our.and_then(|link| our_pairs.get(&link.from));
            let Some(from) = from.or_else(|| their_pairs.get(&their?.from)) else { return };
            found.push((
                *from,
                LinkDifference {
                    document: pairs[*from].document.clone(),
                    span: pairs[*from].span,
                    ours: our.map(|link| link.id),
                    theirs: their.map(|link| link.id),
                    tie,
                    loose,
                },
            ));
        };
        take(&mut ours, &mut theirs, |our, their| along(our, their) && our.kind == their.kind);
        for (our, their) in take(&mut ours, &mut theirs, along) {
            add(Tie::OtherKind, Some(our), Some(their));
        }
        for (our, their) in take(&mut ours, &mut theirs, |our, their| our.kind == their.kind) {
            add(Tie::Turned, Some(our), Some(their));
        }
        for our in ours {
            add(Tie::OnlyOurs, Some(our), None);
        }
        for their in theirs {
            add(Tie::OnlyTheirs, None, Some(their));
        }
    }
    found.sort_by_key(|(from, link)| (*from, link.ours, link.theirs));
    found.into_iter().map(|(_, link)| link).collect()
}

/// Takes the pairs for which `fits` holds out of both lists, the first fitting one for each.
fn take<'a>(
    ours: &mut Vec<&'a Link>,
    theirs: &mut Vec<&'a Link>,
    fits: impl Fn(&Link, &Link) -> bool,
) -> Vec<(&'a Link, &'a Link)> {
    let mut taken = Vec::new();
    ours.retain(|our| match theirs.iter().position(|their| fits(our, their)) {
        Some(at) => {
            taken.push((*our, theirs.remove(at)));
            false
        }
        None => true,
    });
    taken
}
