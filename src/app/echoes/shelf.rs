//! The index of all documents, brought up to date document by document: what has not changed is never read again.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::across::index::Index;
use crate::model::{Digest, Document, DocumentId, Presentation, Span};
use crate::text::Rendering;

use super::super::{Desk, JobResult};
use super::{Shelves, Work};

pub(super) const WORKER: &str = "echo index";

/// Documents with how they are shown, for workers.
pub(in crate::app) type Library = BTreeMap<DocumentId, (Arc<Document>, Arc<Rendering>)>;

/// What the index of a document rests on.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Rests {
    digest: Digest,
    is_markdown: bool,
    furniture: Vec<Span>,
}

impl Rests {
    fn of(document: &Document) -> Self {
        Self {
            digest: document.source.digest,
            is_markdown: document.info.presentation == Presentation::Markdown,
            furniture: document.info.furniture.clone(),
        }
    }
}

/// The index as far as it was made.
#[derive(Default)]
pub(super) struct Shelf {
    index: Arc<Index>,
    library: Arc<Library>,
    rests: BTreeMap<DocumentId, Rests>,
    /// How many lines of each document were left out because they recur.
    recurring: BTreeMap<DocumentId, usize>,
    /// The revision of texts that it is of.
    revision: Option<u64>,
    /// A worker brings it to this one.
    running: Option<u64>,
}

/// What a worker has made of the index.
#[derive(Debug)]
pub struct Shelved {
    pub(super) index: Arc<Index>,
    recurring: BTreeMap<DocumentId, usize>,
    /// Documents that were read for it, and those that were taken out.
    pub read: usize,
    /// How many were taken out.
    pub removed: usize,
}

impl Shelf {
    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// How many lines of a document are not searched because they recur as headers of pages do.
    pub fn recurring(&self, document: &DocumentId) -> usize {
        self.recurring.get(document).copied().unwrap_or(0)
    }

    /// The index, if it is of the texts as they are.
    pub fn current(&self, desk: &Desk) -> Option<Shelves> {
        (self.running.is_none() && self.revision == Some(desk.texts_revision())).then(|| Shelves {
            index: Arc::clone(&self.index),
            library: Arc::clone(&self.library),
            revision: desk.texts_revision(),
        })
    }

    /// What is to be read, if any document has changed, come or gone. Waits as long as another worker reads the index:
    /// it would have to be copied.
    pub fn refresh(&mut self, desk: &Desk) -> Option<Work> {
        let revision = desk.texts_revision();
        if self.running.is_some() || self.revision == Some(revision) {
            return None;
        }
        Arc::get_mut(&mut self.index)?;
        let documents = &desk.session().documents;
        let rests: BTreeMap<DocumentId, Rests> =
            documents.iter().map(|document| (document.id.clone(), Rests::of(document))).collect();
        let changed = documents.iter().filter(|it| self.rests.get(&it.id) != rests.get(&it.id));
        let put: Vec<Arc<Document>> = changed.cloned().collect();
        let gone: Vec<DocumentId> =
            self.rests.keys().filter(|id| !rests.contains_key(*id)).cloned().collect();
        let library = documents.iter().filter_map(|document| {
            let cache = desk.cache(&document.id)?;
            Some((document.id.clone(), (Arc::clone(document), Arc::clone(&cache.rendering))))
        });
        (self.library, self.rests) = (Arc::new(library.collect()), rests);
        if put.is_empty() && gone.is_empty() {
            self.revision = Some(revision);
            return None;
        }
        self.running = Some(revision);
        let (index, number) = (std::mem::take(&mut self.index), desk.number);
        Some((
            WORKER,
            Box::new(move || JobResult::EchoIndex(number, Box::new(bring_up_to_date(index, &put, &gone)))),
        ))
    }

    pub fn take(&mut self, shelved: Shelved) {
        (self.index, self.recurring) = (shelved.index, shelved.recurring);
        self.revision = self.running.take();
    }

    /// The index is gone with its worker: it is made anew when a document changes.
    pub fn give_up(&mut self) {
        self.rests.clear();
        self.revision = self.running.take();
    }
}

/// Reads what has changed, and takes out what has gone.
pub(super) fn bring_up_to_date(mut index: Arc<Index>, put: &[Arc<Document>], gone: &[DocumentId]) -> Shelved {
    let changed = Arc::make_mut(&mut index);
    let removed = gone.iter().filter(|id| changed.remove(id)).count();
    put.iter().for_each(|document| changed.put(document));
    let recurring = changed.documents().map(|id| (id.clone(), changed.recurring_lines(id).len())).collect();
    Shelved { index, recurring, read: put.len(), removed }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::across::echo::{Options, all_pairs};
    use crate::across::matrix::made::dossier;

    fn document(id: &str, words: &str) -> Arc<Document> {
        Arc::clone(&dossier(&[(id, words)]).documents[0])
    }

    #[test]
    fn an_index_kept_by_documents_equals_a_fresh_one() {
        let spoken = "De havenmeester sluit de noordelijke kade tijdens de storm van dinsdag op woensdag.";
        let other = "De gemeente betaalt twaalf nieuwe bruggen uit de reserve van het vorige jaar.";
        let first = [document("a", spoken), document("b", spoken), document("c", other)];
        let kept = bring_up_to_date(Arc::default(), &first, &[]).index;
        let changed = document("c", &format!("{other} {spoken}"));
        let last = document("d", other);
        let gone = [DocumentId::new("b")];
        let kept = bring_up_to_date(kept, &[Arc::clone(&changed), Arc::clone(&last)], &gone);
        assert_eq!((kept.read, kept.removed), (2, 1));
        let fresh = bring_up_to_date(Arc::default(), &[Arc::clone(&first[0]), changed, last], &[]);
        let options = Options { statements: true, set_phrases: true };
        let pairs = all_pairs(&fresh.index, &options);
        assert_eq!(all_pairs(&kept.index, &options), pairs);
        assert!(!pairs.is_empty());
        assert_eq!(kept.index.words(), fresh.index.words());
    }
}
