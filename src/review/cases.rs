//! Adjudication: from the annotations of several readers to one result.
//!
//! A [`Case`] is what several sources have at one passage. The sources are the session itself and the layers over it;
//! the result is the session. What was decided stands in the session ([`Decision`]) with a digest of what each
//! annotation said then, so that a layer that has changed since shows what is new while the decision is kept.

mod bring;
mod content;
mod decide;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Annotation, AnnotationId, Decision, Digest, Document, DocumentId, Session, Span, TagId};

use super::compare::{Mark, is_slight, matching, union};
use super::layer::{Layer, finished};

pub use content::content_digest;
pub use decide::{Agreeing, Choice, Refused, Ruling, agreed, decide, withdraw};

/// Whose annotation it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Source {
    /// The session itself.
    Own,
    /// The layer of this index.
    Layer(usize),
}

/// An annotation of one source at a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Member {
    /// Whose it is.
    pub source: Source,
    /// Which.
    pub annotation: AnnotationId,
    /// Bytes of our text.
    pub span: Span,
    /// Our tag that it is; `None` when that is not known.
    pub tag: Option<TagId>,
}

/// How far the sources agree at a passage.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Accord {
    /// All have it, and say the same in everything that is compared.
    Exact,
    /// All have it and say the same; ends differ by blanks and punctuation alone.
    Slight,
    /// Something differs, or someone does not have it.
    Differ,
}

/// Whether a case is decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum State {
    /// Not yet.
    Open,
    /// By the decision at this place of the session's list.
    Decided(usize),
    /// By that decision, but an annotation of it has changed, joined or left since.
    Changed(usize),
}

/// What several sources have at one passage: at most one annotation of each.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Case {
    /// Our document.
    pub document: DocumentId,
    /// From where the first begins to where the last ends, in bytes of our text.
    pub span: Span,
    /// The annotations, in the order of the sources.
    pub members: Vec<Member>,
    /// Sources that have finished the document and have nothing here.
    pub silent: Vec<Source>,
    /// How far they agree.
    pub accord: Accord,
    /// Whether it is decided.
    pub state: State,
}

impl Case {
    /// The member of a source.
    pub fn of(&self, source: Source) -> Option<&Member> {
        self.members.iter().find(|member| member.source == source)
    }
}

/// All cases of a session, and what is in none.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Queue {
    /// In the order of our documents, then by place.
    pub cases: Vec<Case>,
    /// Documents in which a source takes no part, because it has not finished them.
    pub unfinished: Vec<(DocumentId, Source)>,
    /// Annotations of layers without a sure place in our texts.
    pub not_carried: Vec<(usize, AnnotationId)>,
}

/// How many cases are in which state.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Progress {
    /// Not decided.
    pub open: usize,
    /// Decided.
    pub decided: usize,
    /// Decided, and changed since.
    pub changed: usize,
}

impl Queue {
    /// How many cases are in which state.
    pub fn progress(&self) -> Progress {
        let mut progress = Progress::default();
        for case in &self.cases {
            match case.state {
                State::Open => progress.open += 1,
                State::Decided(_) => progress.decided += 1,
                State::Changed(_) => progress.changed += 1,
            }
        }
        progress
    }
}

/// What came of decisions and is no reader's own mark: to be left out where readers are compared.
pub fn results(session: &Session) -> BTreeSet<AnnotationId> {
    let made = |decision: &Decision| -> Vec<AnnotationId> {
        decision.outcome.iter().filter(|id| !decision.about.contains(id)).copied().collect()
    };
    session.decisions.iter().flat_map(made).collect()
}

/// An annotation that takes part.
struct Item<'a> {
    annotation: &'a Arc<Annotation>,
    mark: Mark,
}

/// The cases of a session with its layers. `mine` says which annotations of the session count as its own; results of
/// decisions never do. A source takes part in a document that it has finished; with `all_documents` in every document
/// that it has, the session itself only where it has marks.
pub fn cases(
    ours: &Session,
    mine: &dyn Fn(&Annotation) -> bool,
    layers: &[&Layer],
    all_documents: bool,
) -> Queue {
    let results = results(ours);
    let mut own: BTreeMap<&DocumentId, Vec<Item>> = BTreeMap::new();
    for annotation in ours.annotations.values() {
        let Some(span) = annotation.anchor.span() else { continue };
        if !results.contains(&annotation.id) && mine(annotation) {
            let mark = Mark { span, tag: Some(annotation.tag.clone()) };
            own.entry(annotation.anchor.document()).or_default().push(Item { annotation, mark });
        }
    }
    let decided = latest_decisions(ours);
    let mut queue = Queue::default();
    for document in &ours.documents {
        let items = own.remove(&document.id).unwrap_or_default();
        let mut sources: Vec<(Source, Vec<Item>)> = Vec::new();
        if finished(ours, &document.id) || (all_documents && !items.is_empty()) {
            sources.push((Source::Own, items));
        } else {
            queue.unfinished.push((document.id.clone(), Source::Own));
        }
        for (at, layer) in layers.iter().enumerate() {
            let source = Source::Layer(at);
            if !layer.documents.contains_key(&document.id) {
                continue;
            }
            if !all_documents && !layer.has_finished(&document.id) {
                queue.unfinished.push((document.id.clone(), source));
                continue;
            }
            let mut items = Vec::new();
            for laid in layer.annotations(&document.id) {
                match laid.sure() {
                    Some(span) => items.push(Item {
                        annotation: &laid.annotation,
                        mark: Mark { span, tag: laid.tag.clone() },
                    }),
                    None => queue.not_carried.push((at, laid.annotation.id)),
                }
            }
            sources.push((source, items));
        }
        if sources.len() < 2 {
            continue;
        }
        let mut here: Vec<Case> = Vec::new();
        for cluster in clusters(ours, &sources, &decided) {
            here.extend(case(ours, layers, document, &sources, cluster.members, &decided));
        }
        here.sort_by_key(|case| (case.span, case.members.first().map(|member| member.annotation)));
        queue.cases.extend(here);
    }
    queue
}

/// For each annotation that was decided about, the last decision.
fn latest_decisions(session: &Session) -> BTreeMap<AnnotationId, usize> {
    let decisions = session.decisions.iter().enumerate();
    decisions.flat_map(|(at, decision)| decision.about.iter().map(move |id| (*id, at))).collect()
}

/// Annotations that belong together.
#[derive(Default)]
struct Cluster {
    /// Places in the lists of sources: which source, which of its items.
    members: Vec<(usize, usize)>,
    /// The decision that keeps them together.
    decision: Option<usize>,
}

/// What belongs together: what was decided together, and of the rest source by source what fits a cluster best. Only what
/// was made after a decision can join what was decided; what was there is a case of its own, as it was then.
fn clusters(
    ours: &Session,
    sources: &[(Source, Vec<Item>)],
    decided: &BTreeMap<AnnotationId, usize>,
) -> Vec<Cluster> {
    let mut known: BTreeMap<usize, Cluster> = BTreeMap::new();
    let mut free: Vec<Vec<usize>> = Vec::new();
    for (source, (_, items)) in sources.iter().enumerate() {
        let mut rest = Vec::new();
        for (at, item) in items.iter().enumerate() {
            match decided.get(&item.annotation.id) {
                Some(decision) => known.entry(*decision).or_default().members.push((source, at)),
                None => rest.push(at),
            }
        }
        free.push(rest);
    }
    let mut clusters: Vec<Cluster> = Vec::new();
    for (decision, mut cluster) in known {
        cluster.decision = Some(decision);
        clusters.push(cluster);
    }
    let mark = |(source, at): (usize, usize)| sources[source].1[at].mark.clone();
    let first = ours.decisions.iter().map(|decision| decision.at).min();
    for (source, mut rest) in free.into_iter().enumerate() {
        join(&mut clusters, source, &mut rest, &mark, false, &|_, _| true);
        let is_later = |cluster: &Cluster, at: usize| {
            let created = sources[source].1[at].annotation.created;
            cluster.decision.is_some_and(|decision| ours.decisions[decision].at < created)
        };
        let (mut late, early): (Vec<usize>, Vec<usize>) = rest
            .into_iter()
            .partition(|at| first.is_some_and(|first| first < sources[source].1[*at].annotation.created));
        join(&mut clusters, source, &mut late, &mark, true, &is_later);
        let alone = early.into_iter().chain(late);
        clusters.extend(alone.map(|at| Cluster { members: vec![(source, at)], decision: None }));
    }
    clusters
}

/// Puts those of `rest` into the clusters that fit them best, of those that are decided or of those that are not, where
/// `may` allows it, and leaves the others in `rest`.
fn join(
    clusters: &mut [Cluster],
    source: usize,
    rest: &mut Vec<usize>,
    mark: &dyn Fn((usize, usize)) -> Mark,
    decided: bool,
    may: &dyn Fn(&Cluster, usize) -> bool,
) {
    if rest.is_empty() {
        return;
    }
    let has_room = |cluster: &Cluster| cluster.members.iter().all(|member| member.0 != source);
    let candidate = |at: &usize| clusters[*at].decision.is_some() == decided && has_room(&clusters[*at]);
    let candidates: Vec<usize> = (0..clusters.len()).filter(candidate).collect();
    let heads: Vec<Mark> = candidates.iter().map(|at| mark(clusters[*at].members[0])).collect();
    let marks: Vec<Mark> = rest.iter().map(|at| mark((source, *at))).collect();
    let mut left = Vec::new();
    for (head, own) in matching(&heads, &marks) {
        let head = head.map(|head| candidates[head]);
        match (head, own.map(|own| rest[own])) {
            (Some(head), Some(own)) if may(&clusters[head], own) => {
                clusters[head].members.push((source, own))
            }
            (_, Some(own)) => left.push(own),
            (_, None) => {}
        }
    }
    *rest = left;
}

fn case(
    ours: &Session,
    layers: &[&Layer],
    document: &Document,
    sources: &[(Source, Vec<Item>)],
    mut cluster: Vec<(usize, usize)>,
    decided: &BTreeMap<AnnotationId, usize>,
) -> Option<Case> {
    cluster.sort_unstable();
    let items: Vec<(Source, &Item)> =
        cluster.iter().map(|(source, at)| (sources[*source].0, &sources[*source].1[*at])).collect();
    let silent: Vec<Source> = (0..sources.len())
        .filter(|source| cluster.iter().all(|member| member.0 != *source))
        .map(|source| sources[source].0)
        .collect();
    let span = items.iter().map(|(_, item)| item.mark.span).reduce(union)?;
    let accord =
        if silent.is_empty() { accord(ours, layers, document.text(), &items) } else { Accord::Differ };
    let member = |(source, item): &(Source, &Item)| Member {
        source: *source,
        annotation: item.annotation.id,
        span: item.mark.span,
        tag: item.mark.tag.clone(),
    };
    let members: Vec<Member> = items.iter().map(member).collect();
    let decision = members.iter().filter_map(|member| decided.get(&member.annotation)).max();
    let state = match decision {
        None => State::Open,
        Some(at) if stands(ours, layers, &ours.decisions[*at], &members) => State::Decided(*at),
        Some(at) => State::Changed(*at),
    };
    Some(Case { document: document.id.clone(), span, members, silent, accord, state })
}

fn accord(ours: &Session, layers: &[&Layer], text: &str, items: &[(Source, &Item)]) -> Accord {
    let Some(((source, first), rest)) = items.split_first() else { return Accord::Differ };
    if first.mark.tag.is_none() {
        return Accord::Differ;
    }
    let said = content::said(ours, layers, *source, first.annotation);
    let mut accord = Accord::Exact;
    for (source, item) in rest {
        if item.mark.tag != first.mark.tag || content::said(ours, layers, *source, item.annotation) != said {
            return Accord::Differ;
        }
        let (a, b) = (first.mark.span, item.mark.span);
        let ends = [(a.start(), b.start()), (a.end(), b.end())];
        let between = |(a, b): (usize, usize)| text.get(a.min(b)..a.max(b)).unwrap_or_default();
        if !ends.into_iter().flat_map(|ends| between(ends).chars()).all(is_slight) {
            return Accord::Differ;
        }
        if a != b {
            accord = Accord::Slight;
        }
    }
    accord
}

/// Whether all is as it was when it was decided: nothing that was seen says anything else or is gone, nothing joined,
/// and what came of it is there.
fn stands(ours: &Session, layers: &[&Layer], decision: &Decision, members: &[Member]) -> bool {
    let nothing = content::nothing();
    let there = |id: &AnnotationId, seen: &Digest| {
        let said = |session: &Session| {
            session.annotations.get(id).is_some_and(|annotation| content_digest(session, annotation) == *seen)
        };
        *seen == nothing
            || decision.outcome.contains(id)
            || said(ours)
            || layers.iter().any(|layer| said(&layer.session))
    };
    decision.about.iter().zip(&decision.seen).all(|(id, seen)| there(id, seen))
        && decision.outcome.iter().all(|id| ours.annotations.contains_key(id))
        && members.iter().all(|member| decision.about.contains(&member.annotation))
}

#[cfg(test)]
mod tests;
