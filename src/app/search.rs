//! Searching the session: what is looked for and where, and the hits, which a worker finds.

mod found;
mod work;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::model::{DocumentId, Span};
use crate::text::search::Query;

use super::{Desk, PaneId};

pub use found::{AnnotationHit, AnnotationPart, Found, FoundIn, HitPlace};

/// Where is looked.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Scope {
    /// In the document that has the focus.
    Document,
    /// In all documents that have a column.
    #[default]
    Open,
    /// In all documents.
    Dossier,
    /// In the passages, notes and comments of all annotations.
    Annotations,
}

impl Scope {
    /// All of them, from the narrowest.
    pub const ALL: [Self; 4] = [Self::Document, Self::Open, Self::Dossier, Self::Annotations];

    /// Its name on screen.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Document => "This document",
            Self::Open => "Open documents",
            Self::Dossier => "Dossier",
            Self::Annotations => "Annotations",
        }
    }

    /// In the middle of a sentence.
    pub const fn words(self) -> &'static str {
        match self {
            Self::Document => "in this document",
            Self::Open => "in the open documents",
            Self::Dossier => "in the dossier",
            Self::Annotations => "in the annotations",
        }
    }
}

/// What the user asks for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// What is looked for.
    pub query: Query,
    /// Where.
    pub scope: Scope,
    /// In page furniture too.
    pub furniture: bool,
}

/// The search of a desk.
#[derive(Clone, Debug, Default)]
pub struct Search {
    /// It is on screen.
    pub open: bool,
    /// What is asked for.
    pub asked: Asked,
    /// What was found last. While a worker looks, that of before.
    pub found: Arc<Found>,
    /// The hit that the search stands at, by its number in all.
    pub current: Option<usize>,
    /// Its field is asked for.
    pub focus_field: bool,
    /// The list shall scroll to the current hit.
    pub row_wanted: bool,
    /// The column that was opened for a hit in a document that had none: the next such hit takes it over.
    pub(super) pane: Option<PaneId>,
    /// Go to the next (or previous) hit once there are any.
    pub(super) then: Option<bool>,
    number: u64,
    running: Option<(Key, Arc<AtomicBool>)>,
}

/// What hits rest on.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Key {
    asked: Asked,
    documents: Vec<DocumentId>,
    /// Of texts and how they are shown; of the session, where annotations are searched.
    revision: u64,
}

impl Search {
    /// True while a worker looks.
    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// The hits to be drawn in a document, sorted, and a number that changes with them.
    pub fn hits_in(&self, document: &DocumentId) -> (&[Span], u64) {
        match self.found.in_document(document).filter(|_| self.open) {
            Some(found) => (&found.spans, self.found.number),
            None => (&[], 0),
        }
    }

    /// The current hit, where it stands in this document.
    pub fn current_in(&self, document: &DocumentId) -> Option<Span> {
        let place = self.found.place(self.current.filter(|_| self.open)?)?;
        place.span.filter(|_| place.document == document)
    }

    /// Takes up what a worker has found, if it is what was asked for last.
    pub(super) fn take(&mut self, number: u64, found: Found) -> bool {
        if number != self.number {
            return false;
        }
        self.running = None;
        let here = self.current.and_then(|current| self.found.place(current));
        self.current = here.and_then(|place| found.number_of(&place));
        self.found = Arc::new(found);
        true
    }

    /// What was asked for last is not found and not looked for again: its worker met a bug.
    pub(super) fn give_up(&mut self) {
        if let Some((key, _)) = self.running.take() {
            self.current = None;
            self.found = Arc::new(Found { key, number: self.number, ..Found::default() });
        }
    }

    /// Ends what a worker looks for; opened again, it is looked for anew.
    pub(super) fn cancel(&mut self) {
        if let Some((_, cancelled)) = self.running.take() {
            cancelled.store(true, Ordering::Relaxed);
        }
    }
}

/// Looks again if anything that the hits rest on has changed. Returns the work for a worker and its number; a work
/// that is no longer wanted ends by itself.
pub(super) fn refresh(
    desk: &mut Desk,
) -> Option<(u64, impl FnOnce() -> Option<Found> + Send + 'static + use<>)> {
    let search = &desk.view.search;
    if !search.open {
        return None;
    }
    let key = key_of(desk);
    let known = search.running.as_ref().map_or(&search.found.key, |(key, _)| key);
    if *known == key {
        return None;
    }
    let search = &mut desk.view.search;
    search.cancel();
    search.number += 1;
    if key.asked.query.is_empty() {
        search.current = None;
        search.found = Arc::new(Found { key, number: search.number, ..Found::default() });
        return None;
    }
    let (number, cancelled) = (search.number, Arc::new(AtomicBool::new(false)));
    search.running = Some((key.clone(), Arc::clone(&cancelled)));
    let work = work::prepare(desk, key, number, cancelled);
    Some((number, move || work.run()))
}

/// True when what was found is what is asked for, of the texts as they are.
pub(super) fn is_current(desk: &Desk) -> bool {
    !desk.view.search.is_running() && desk.view.search.found.key == key_of(desk)
}

fn key_of(desk: &Desk) -> Key {
    let (session, asked) = (desk.session(), &desk.view.search.asked);
    let listed = session.documents.iter().map(|document| &document.id);
    let is_open = |id: &&DocumentId| desk.view.panes.iter().any(|pane| pane.document == **id);
    let documents = match asked.scope {
        Scope::Document => desk.view.focused().map(|pane| pane.document.clone()).into_iter().collect(),
        Scope::Open => listed.filter(is_open).cloned().collect(),
        Scope::Dossier | Scope::Annotations => listed.cloned().collect(),
    };
    let revision = match asked.scope {
        Scope::Annotations => desk.revision(),
        _ => desk.texts_revision(),
    };
    Key { asked: asked.clone(), documents, revision }
}
