//! What a worker does to find hits, on a snapshot.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use crate::model::{Anchor, Annotation, Document, DocumentId, Session, Span};
use crate::text::Rendering;
use crate::text::search::{Finder, Hits, Seen};

use super::super::Desk;
use super::found::{AnnotationHit, AnnotationPart, Found, FoundIn};
use super::{Key, Scope};

/// More hits than this are not listed.
pub(super) const MOST_HITS: usize = 200_000;

/// A search that waits for its worker.
pub(super) struct Work {
    key: Key,
    number: u64,
    documents: Vec<(Arc<Document>, Arc<Rendering>)>,
    /// Where annotations are searched.
    session: Option<Session>,
    cancelled: Arc<AtomicBool>,
}

/// Takes the snapshot.
pub(super) fn prepare(desk: &Desk, key: Key, number: u64, cancelled: Arc<AtomicBool>) -> Work {
    let documents = key.documents.iter().filter_map(|id| desk.document(id));
    let documents =
        documents.map(|(document, cache)| (Arc::clone(document), Arc::clone(&cache.rendering))).collect();
    let session = (key.asked.scope == Scope::Annotations).then(|| desk.session().clone());
    Work { key, number, documents, session, cancelled }
}

impl Work {
    /// Looks; `None` when it is no longer wanted.
    pub fn run(self) -> Option<Found> {
        let mut found = Found { number: self.number, ..Found::default() };
        let finder = match self.key.asked.query.compile() {
            Ok(finder) => finder,
            Err(error) => {
                found.error = Some(error);
                None
            }
        };
        if let Some(finder) = finder {
            let mut annotations: BTreeMap<&DocumentId, Vec<&Annotation>> = BTreeMap::new();
            for annotation in self.session.iter().flat_map(|session| session.annotations.values()) {
                annotations.entry(annotation.anchor.document()).or_default().push(annotation);
            }
            for (document, rendering) in &self.documents {
                let mut on = annotations.remove(&document.id).unwrap_or_default();
                if self.session.is_some() && on.is_empty() {
                    continue;
                }
                let mut group = self.in_text(&finder, document, rendering, &mut found)?;
                if self.session.is_some() {
                    on.sort_by_key(|annotation| {
                        annotation.anchor.span().map(|span| (span.start(), span.end()))
                    });
                    self.in_annotations(&finder, &on, &mut group)?;
                    found.more |= group.len() > MOST_HITS - found.total;
                    group.annotations.iter_mut().for_each(|hits| hits.truncate(MOST_HITS - found.total));
                }
                group.first = found.total;
                found.total += group.len();
                if !group.is_empty() {
                    found.groups.push(group);
                }
                if found.more && found.total == MOST_HITS {
                    break;
                }
            }
        }
        found.key = self.key;
        Some(found)
    }

    fn in_text(
        &self,
        finder: &Finder,
        document: &Document,
        rendering: &Rendering,
        found: &mut Found,
    ) -> Option<FoundIn> {
        let seen = Seen::of(document.text(), rendering, document.info.presentation);
        // One more, so that what hits the mark exactly is not said to go on.
        let most = if self.session.is_some() { usize::MAX } else { MOST_HITS - found.total };
        let Hits { spans, more } = finder.find(&seen.text, most, &self.cancelled)?;
        found.more |= more;
        // An annotation on page furniture was put there on purpose.
        let everywhere = self.key.asked.furniture || self.session.is_some();
        let furniture = if everywhere { &[][..] } else { &document.info.furniture };
        let sources = spans.into_iter().filter_map(|hit| seen.source(hit));
        let (out, spans): (Vec<Span>, Vec<Span>) = sources.partition(|span| touches(furniture, *span));
        found.in_furniture += out.len();
        Some(FoundIn { document: document.id.clone(), first: 0, spans, annotations: None })
    }

    /// The hits in the annotations of a document. Their passages are not searched anew: a hit in the text is one in
    /// each passage that it lies in.
    fn in_annotations(
        &self,
        finder: &Finder,
        annotations: &[&Annotation],
        group: &mut FoundIn,
    ) -> Option<()> {
        let mut hits = Vec::new();
        let mut drawn = Vec::new();
        for annotation in annotations {
            let id = annotation.id;
            let mut add = |part, spans: Vec<Span>| {
                hits.extend(spans.into_iter().map(|span| AnnotationHit { id, part, range: span.range() }));
            };
            if let Some(passage) = annotation.anchor.span() {
                let from = group.spans.partition_point(|hit| hit.start() < passage.start());
                let inside = group.spans[from..].iter().take_while(|hit| hit.start() < passage.end());
                let inside: Vec<Span> = inside.filter(|hit| passage.contains(**hit)).copied().collect();
                drawn.extend_from_slice(&inside);
                add(AnnotationPart::Passage, inside);
            } else if let Anchor::Orphan(orphan) = &annotation.anchor {
                add(AnnotationPart::LostQuote, finder.find(&orphan.quote, MOST_HITS, &self.cancelled)?.spans);
            }
            add(AnnotationPart::Note, finder.find(&annotation.note, MOST_HITS, &self.cancelled)?.spans);
            for (at, comment) in annotation.comments.iter().enumerate() {
                let found = finder.find(&comment.text, MOST_HITS, &self.cancelled)?;
                add(AnnotationPart::Comment(at), found.spans);
            }
        }
        drawn.sort_unstable();
        drawn.dedup();
        group.spans = drawn;
        group.annotations = Some(hits);
        Some(())
    }
}

/// True when `span` has a byte in common with one of the sorted `spans`.
fn touches(spans: &[Span], span: Span) -> bool {
    let at = spans.partition_point(|other| other.end() <= span.start());
    spans.get(at).is_some_and(|other| other.start() < span.end())
}
