//! What a review finds: cases, what is listed of them, what is drawn.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::app::Desk;
use crate::app::marks::DocumentMarks;
use crate::model::{Anchor, Annotation, AnnotationId, AnnotatorId, DocumentId, Scheme, Session};
use crate::review::cases::{Source, cases, results};
use crate::review::compare::{Comparison, Kind, compare};
use crate::review::layer::Layer;
use crate::text::Rendering;

use super::side::{NotCompared, Sides, not_compared, sides};
use super::words::{link_words, not_carried_words};
use super::{AT_ONCE, Options, Review, Shown};

/// So many differences are told as those that pull the figures down.
const WORST: usize = 6;

/// What has been found.
#[derive(Debug, Default)]
pub struct Found {
    /// The layers in the session's terms, those that are hidden too.
    pub layers: Vec<Layer>,
    /// The layers whose marks are compared, in the order of their readers, as they are seen.
    pub compared: Vec<Layer>,
    /// The names of the readers whose marks are compared, in the order of [`Sides::marks`].
    pub names: Vec<String>,
    /// The readers: the session itself first, where it is one, then the layers that are seen.
    pub readers: Vec<Source>,
    /// The first reader is the session itself.
    pub own_is_first: bool,
    /// The place among all layers of each that is compared.
    seen: Vec<usize>,
    /// All cases, agreeing ones too, in the order of documents and places.
    pub cases: Vec<Sides>,
    /// The cases that the list shows, in its order.
    pub listed: Vec<usize>,
    /// How many cases of each kind wait for a decision, those of punctuation alone aside.
    pub counts: BTreeMap<Kind, usize>,
    /// How many of those that wait differ by blanks and punctuation alone.
    pub slight: usize,
    /// How many of those that wait agree in passage and tag, and not in all else that is said.
    pub said_otherwise: usize,
    /// How many are decided.
    pub decided: usize,
    /// Documents that are not compared, and why.
    pub not_compared: Vec<NotCompared>,
    /// The session's own marks beside those of each layer that is compared, where they are a reader's.
    pub comparisons: Vec<Comparison>,
    /// The marks of the layers that are seen, by document.
    pub marks: BTreeMap<DocumentId, DocumentMarks>,
    /// Where the tags stand that the session's scheme does not have.
    pub scheme: Scheme,
    /// The session's scheme with them.
    pub whole_scheme: Scheme,
    /// Annotations of layers that the session's own mark agrees with.
    pub agreeing: BTreeSet<AnnotationId>,
    /// Annotations of layers that nothing of the session's own answers.
    pub alone: BTreeSet<AnnotationId>,
    /// Marks of layers that have no sure place in the session's texts: a line each.
    pub not_carried: Vec<String>,
    /// Links that one reader has and another has not: a line each, with an annotation to go to.
    pub links: Vec<(String, Option<AnnotationId>)>,
    /// The name of the session itself as a reader.
    pub own_name: String,
    /// The differences that are about the most characters, the first first.
    pub worst: Vec<usize>,
    /// The characters that all differences are about.
    pub apart: usize,
    /// The case of each annotation.
    by_id: BTreeMap<AnnotationId, usize>,
    /// The row of the list that shows each case.
    rows: BTreeMap<usize, usize>,
}

/// What is asked: all that a worker needs.
pub(super) struct Ask {
    session: Session,
    layers: Vec<(Arc<Session>, Shown)>,
    renderings: BTreeMap<DocumentId, Arc<Rendering>>,
    options: Options,
    me: AnnotatorId,
}

impl Ask {
    pub fn of(desk: &Desk, review: &Review, me: &AnnotatorId) -> Self {
        let session = desk.session().clone();
        let renderings = session.documents.iter().filter_map(|document| {
            Some((document.id.clone(), Arc::clone(&desk.cache(&document.id)?.rendering)))
        });
        Self {
            renderings: renderings.collect(),
            layers: review.layers.iter().map(|layer| (Arc::clone(&layer.session), layer.shown)).collect(),
            options: review.options.clone(),
            me: me.clone(),
            session,
        }
    }

    /// How many annotations are compared.
    fn annotations(&self) -> usize {
        let theirs = self.layers.iter().map(|(session, _)| session.annotations.len());
        self.session.annotations.len() + theirs.sum::<usize>()
    }

    /// True when it takes no longer than a frame: few annotations, and no text to be aligned with another.
    pub fn is_quick(&self) -> bool {
        let known = |document: &Arc<crate::model::Document>| {
            self.session.documents.iter().any(|own| own.source.digest == document.source.digest)
        };
        self.annotations() <= AT_ONCE
            && self.layers.iter().all(|(layer, _)| layer.documents.iter().all(known))
    }

    pub fn find(self) -> Found {
        let layers: Vec<Layer> =
            self.layers.iter().map(|(session, _)| Layer::over(&self.session, Arc::clone(session))).collect();
        // A layer that is hidden is no reader; a blind one is, where it is seen.
        let seen: Vec<usize> = (0..layers.len()).filter(|at| self.layers[*at].1 != Shown::Hidden).collect();
        let compared: Vec<Layer> =
            seen.iter().map(|at| self.as_seen(&layers[*at], self.layers[*at].1)).collect();
        let refs: Vec<&Layer> = compared.iter().collect();
        let all_documents = self.options.all_documents;
        let results = results(&self.session);
        let queue = cases(&self.session, &|_| true, &refs, all_documents);
        let takes_part = |source: Source| {
            queue.cases.iter().any(|case| case.of(source).is_some() || case.silent.contains(&source))
        };
        let own_is_first = takes_part(Source::Own) || self.layers.len() < 2;
        let of_layers = (0..compared.len()).map(Source::Layer);
        let readers: Vec<Source> = own_is_first.then_some(Source::Own).into_iter().chain(of_layers).collect();
        let mine = |annotation: &Annotation| !results.contains(&annotation.id);
        let mut found = Found {
            names: self.names(&layers, own_is_first, &seen),
            comparisons: (compared.iter().filter(|_| own_is_first))
                .map(|layer| compare(&self.session, &mine, layer, all_documents))
                .collect(),
            scheme: theirs_alone(&self.session, &layers),
            cases: queue.cases.iter().map(|case| sides(&self.session, &refs, &readers, case)).collect(),
            not_compared: not_compared(&self.session, &refs, &readers, &queue, &mine),
            marks: self.marks(&compared),
            own_name: layer_name(&self.session),
            own_is_first,
            readers,
            seen,
            ..Found::default()
        };
        found.whole_scheme = Scheme::clone(&self.session.scheme);
        found.whole_scheme.tags.extend(found.scheme.tags.iter().cloned());
        found.not_carried = not_carried_words(&self.session, &layers);
        found.links = self.links(&found, &compared);
        found.layers = layers;
        found.compared = compared;
        found.index();
        found.list(&self.options);
        found
    }

    /// The layer without the documents in which it is blind: those that one has not finished oneself.
    fn as_seen(&self, layer: &Layer, shown: Shown) -> Layer {
        let mut layer = layer.clone();
        if shown == Shown::Blind {
            layer.documents.retain(|id, _| self.done(id));
        }
        layer
    }

    fn links(&self, found: &Found, compared: &[Layer]) -> Vec<(String, Option<AnnotationId>)> {
        let names = found.names.iter().skip(usize::from(found.own_is_first));
        let mut lines = Vec::new();
        for ((comparison, layer), name) in found.comparisons.iter().zip(compared).zip(names) {
            for link in &comparison.links {
                let Some((words, at)) = link_words(&self.session, layer, link, name) else { continue };
                let label = self.session.document(&link.document).map_or("", |document| document.label());
                let block = self
                    .renderings
                    .get(&link.document)
                    .and_then(|rendering| rendering.blocks().get(rendering.block_at(link.span.start())));
                let number = block.map_or(0, |block| block.paragraph);
                lines.push((format!("{label}, ¶ {number}: {words}"), at));
            }
        }
        lines
    }

    fn done(&self, id: &DocumentId) -> bool {
        let reading = self.session.document(id).and_then(|document| document.info.reading.get(&self.me));
        reading.is_some_and(|reading| reading.status == crate::model::ReadingStatus::Done)
    }

    /// The names of the readers, or letters in their place.
    fn names(&self, layers: &[Layer], own: bool, seen: &[usize]) -> Vec<String> {
        let own_name = own.then(|| "Mine".to_owned());
        let theirs = seen.iter().map(|at| match self.options.names_hidden {
            true => format!("Reader {}", letter(*at)),
            false => layer_name(&layers[*at].session),
        });
        own_name.into_iter().chain(theirs).collect()
    }

    /// What is drawn of the layers.
    fn marks(&self, layers: &[Layer]) -> BTreeMap<DocumentId, DocumentMarks> {
        let mut marks = BTreeMap::new();
        for (id, rendering) in &self.renderings {
            let laid = layers.iter().filter_map(|layer| layer.documents.get(id));
            let placed = laid.flat_map(|laid| &laid.annotations).filter_map(|laid| {
                let span = laid.sure()?;
                let tag = laid.tag.clone().unwrap_or_else(|| laid.annotation.tag.clone());
                let anchor = Anchor::Placed { document: id.clone(), span };
                let (by, at) = (laid.annotation.annotator.clone(), laid.annotation.created);
                let unsure = laid.annotation.unsure;
                Some(Annotation { unsure, ..Annotation::new(laid.annotation.id, anchor, tag, by, at) })
            });
            let placed: Vec<Annotation> = placed.collect();
            if !placed.is_empty() {
                marks.insert(id.clone(), DocumentMarks::build(rendering, placed.iter()));
            }
        }
        marks
    }
}

impl Found {
    fn index(&mut self) {
        for (at, case) in self.cases.iter().enumerate() {
            let mine = case.marks.first().filter(|_| self.own_is_first).and_then(Option::as_ref);
            for (reader, mark) in case.marks.iter().enumerate() {
                let Some(mark) = mark else { continue };
                let id = mark.annotation.id;
                self.by_id.insert(id, at);
                if self.own_is_first && reader == 0 {
                    continue;
                }
                match mine {
                    Some(mine) if mine.span == mark.span && mine.tag == mark.tag => {
                        self.agreeing.insert(id);
                    }
                    Some(_) => {}
                    None if self.own_is_first => {
                        self.alone.insert(id);
                    }
                    None => {}
                }
            }
        }
    }

    fn list(&mut self, options: &Options) {
        for case in &self.cases {
            match (case.is_decided(), case.slight) {
                (true, _) => self.decided += 1,
                (_, true) => self.slight += 1,
                _ if case.is_said_otherwise() => self.said_otherwise += 1,
                (_, false) => *self.counts.entry(case.kind).or_default() += 1,
            }
        }
        let shows = |case: &Sides| match (case.is_decided(), case.slight) {
            (true, _) => !options.undecided,
            (_, true) => options.slight,
            _ if case.is_said_otherwise() => !options.same_place_hidden,
            (_, false) => !options.left_out.contains(&case.kind),
        };
        let of_tag = |case: &Sides| {
            let has = |tag: &crate::model::TagId| {
                case.marks.iter().flatten().any(|mark| mark.tag.as_ref() == Some(tag))
            };
            options.tag.as_ref().is_none_or(has)
        };
        let listed = |case: &Sides| shows(case) && of_tag(case);
        self.listed = (0..self.cases.len()).filter(|at| listed(&self.cases[*at])).collect();
        if options.by_weight {
            self.listed.sort_by_key(|at| std::cmp::Reverse(self.cases[*at].weight()));
        }
        self.rows = self.listed.iter().enumerate().map(|(row, at)| (*at, row)).collect();
        let differing = |at: &usize| self.cases[*at].kind != Kind::Agree;
        self.worst = (0..self.cases.len()).filter(differing).collect();
        self.worst.sort_by_key(|at| std::cmp::Reverse(self.cases[*at].apart));
        self.apart = self.worst.iter().map(|at| self.cases[*at].apart).sum();
        self.worst.truncate(WORST);
    }

    /// The row of the list that shows a case, by the case's name.
    pub fn row(&self, key: &[AnnotationId]) -> Option<usize> {
        let at = self.by_id.get(key.first()?)?;
        self.rows.get(at).copied().filter(|_| self.cases[*at].key() == key)
    }

    /// The case with this name.
    pub fn case(&self, key: &[AnnotationId]) -> Option<&Sides> {
        let at = self.by_id.get(key.first()?)?;
        self.cases.get(*at).filter(|case| case.key() == key)
    }

    /// The case that an annotation stands in, of the session or of a layer.
    pub fn case_of(&self, id: AnnotationId) -> Option<&Sides> {
        self.cases.get(*self.by_id.get(&id)?)
    }

    /// The place among all layers of a reader's; none for the session itself.
    pub fn layer_of(&self, reader: usize) -> Option<usize> {
        match self.readers.get(reader)? {
            Source::Own => None,
            Source::Layer(at) => self.seen.get(*at).copied(),
        }
    }

    /// The layer that an annotation stands in, by number, and the annotation.
    pub fn in_layers(&self, id: AnnotationId) -> Option<(usize, &Arc<Annotation>)> {
        let mut layers = self.layers.iter().enumerate();
        layers.find_map(|(at, layer)| Some((at, layer.session.annotations.get(&id)?)))
    }
}

/// The name of a layer: of those who have marked in it, the busiest first.
pub fn layer_name(session: &Session) -> String {
    let mut marks: BTreeMap<&AnnotatorId, usize> = BTreeMap::new();
    // What was taken over in a review is not of the hand that works in it.
    let own = session
        .annotations
        .values()
        .filter(|it| it.provenance.as_ref().is_none_or(|it| it.session == session.id));
    for annotation in own {
        *marks.entry(&annotation.annotator).or_default() += 1;
    }
    if marks.is_empty() {
        marks.extend(session.annotators.keys().map(|id| (id, 0)));
    }
    let mut names: Vec<(usize, &str)> =
        marks.into_iter().map(|(id, marks)| (marks, session.annotator_name(id))).collect();
    names.sort_by(|a, b| b.0.cmp(&a.0).then(a.1.cmp(b.1)));
    match names.as_slice() {
        [] => "Someone".to_owned(),
        [(_, one)] => (*one).to_owned(),
        [(_, one), (_, two)] => format!("{one} and {two}"),
        [(_, one), rest @ ..] => format!("{one} and {} others", rest.len()),
    }
}

/// A, B, C … for readers whose names are hidden.
pub fn letter(at: usize) -> char {
    char::from(b'A' + u8::try_from(at.min(25)).unwrap_or(25))
}

/// The tags of layers that the session does not have, in a scheme of their own.
fn theirs_alone(session: &Session, layers: &[Layer]) -> Scheme {
    let mut scheme = Scheme { tags: Vec::new(), attributes: Vec::new(), link_kinds: Vec::new() };
    for tag in layers.iter().flat_map(|layer| &layer.session.scheme.tags) {
        if session.scheme.tag(&tag.id).is_none() && scheme.tag(&tag.id).is_none() {
            scheme.tags.push(tag.clone());
        }
    }
    scheme
}
