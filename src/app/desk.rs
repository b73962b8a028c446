//! An open session with all that belongs to working on it.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::across::matrix::Matrix;
use crate::edit::{Edit, EditError, History, Step};
use crate::model::{Annotation, AnnotationId, AnnotatorId, Document, DocumentId, Session, Timestamp};
use crate::store::Keeper;
use crate::text::spans;

use super::cache::{DocumentCache, Prepared};
use super::charts::{ChartView, Charts};
use super::links::LinkIndex;
use super::listing::Listing;
use super::review::{Figures, Found, Review};
use super::rows::Rows;
use super::safety::{BackAgain, DraftsBack, HeldElsewhere};
use super::statements::Board;
use super::view::View;

/// An open session: the session itself, its history, what is derived from it, what is on screen, its file.
pub struct Desk {
    session: Session,
    history: History,
    revision: u64,
    texts_revision: u64,
    caches: BTreeMap<DocumentId, DocumentCache>,
    /// Made by a worker, for documents that are about to come.
    pub(super) prepared: Prepared,
    rows: Rows,
    listing: Listing,
    charts: Charts,
    board: Board,
    links: LinkIndex,
    /// What is on screen.
    pub view: View,
    /// Where passages stand again.
    pub echoes: super::echoes::Echoes,
    /// Colleagues' sessions over this one, and what differs.
    pub review: Review,
    /// Whether the session may be changed.
    pub access: Access,
    /// Where the session is kept.
    pub file: File,
    pub(super) keeper: Option<Keeper>,
    /// Tells the keeper's messages from those of a desk closed before.
    pub(super) number: u64,
}

/// Where a session is kept and how far that has come.
#[derive(Clone, Debug, Default)]
pub struct File {
    /// Its file; `None` while it has no name.
    pub path: Option<PathBuf>,
    /// Edits up to this revision are in the journal, on disk.
    pub journaled: u64,
    /// Edits up to this revision are in the file itself; `None`: it is older than what was opened.
    pub saved: Option<u64>,
    /// When the file was written last.
    pub saved_at: Option<Timestamp>,
    /// A save has been asked for and has not come back.
    pub saving: bool,
    /// Why the journal or the file could not be written.
    pub trouble: Option<String>,
    /// Someone else has changed the file.
    pub changed_by_other: bool,
    /// What a journal brought back, until one has said that it is kept. The file is not rewritten before.
    pub back: Option<BackAgain>,
    /// Comments that were being written when the program ended, until one has seen them.
    pub drafts: Option<DraftsBack>,
    /// The session is open elsewhere, and can only be read here.
    pub held: Option<HeldElsewhere>,
    /// The session as it stands in the file: what a merge with another program's changes starts from.
    pub(super) base: Option<Session>,
    /// What was given to be written, with its revision.
    pub(super) sent: Option<(u64, Session)>,
    /// Copies beside the file that were looked at.
    pub(super) beside: Vec<PathBuf>,
    /// It was told that versions can't be put aside.
    pub(super) aside_told: bool,
    /// Documents and annotations as the recent list has them.
    pub(super) listed: (usize, usize),
}

/// Whether the open session may be changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Access {
    /// Yes.
    #[default]
    Open,
    /// Others have worked in it: before the first change one is asked what one wants.
    Ask,
    /// No: it is read.
    ReadOnly,
}

/// What the mark at the top says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveMark {
    /// There is nothing to save yet.
    Empty,
    /// Being written to the journal.
    Writing,
    /// The journal has everything: a crash loses nothing.
    Safe {
        /// The file's name and when it was written, if it has one.
        file: Option<(String, Option<Timestamp>)>,
    },
    /// The file itself has everything.
    Saved {
        /// The file's name.
        name: String,
        /// When it was written.
        at: Option<Timestamp>,
    },
    /// It is read, and changed elsewhere.
    Reading {
        /// The file's name.
        name: String,
    },
    /// It could not be written.
    Trouble(String),
}

impl Desk {
    /// A desk on `session`, with a pane for each of its first documents.
    pub(super) fn new(session: Session, number: u64, prepared: Prepared) -> Self {
        let mut desk = Self {
            session,
            history: History::default(),
            revision: 0,
            texts_revision: 0,
            caches: BTreeMap::new(),
            prepared,
            rows: Rows::default(),
            listing: Listing::default(),
            charts: Charts::default(),
            board: Board::default(),
            links: LinkIndex::default(),
            view: View::default(),
            echoes: super::echoes::Echoes::default(),
            review: Review::default(),
            access: Access::Open,
            file: File::default(),
            keeper: None,
            number,
        };
        let mut by_document: BTreeMap<&DocumentId, Vec<&Annotation>> = BTreeMap::new();
        for annotation in desk.session.annotations.values() {
            by_document.entry(annotation.anchor.document()).or_default().push(annotation);
        }
        desk.board.recount(&desk.session);
        desk.links = LinkIndex::of(&desk.session);
        for document in &desk.session.documents {
            let annotations = by_document.remove(&document.id).unwrap_or_default();
            let cache = desk.prepared.take(document);
            let cache = cache.unwrap_or_else(|| DocumentCache::build(document, annotations.into_iter()));
            desk.caches.insert(document.id.clone(), cache);
        }
        desk
    }

    /// The session.
    pub fn session(&self) -> &Session {
        &self.session
    }

    /// What was done and undone.
    pub fn history(&self) -> &History {
        &self.history
    }

    /// Counts the changes of this session since it was opened.
    pub fn revision(&self) -> u64 {
        self.revision
    }

    /// Counts the changes of documents that what is derived from their texts rests on.
    pub fn texts_revision(&self) -> u64 {
        self.texts_revision
    }

    /// What is derived from a document.
    pub fn cache(&self, id: &DocumentId) -> Option<&DocumentCache> {
        self.caches.get(id)
    }

    /// A document with what is derived from it.
    pub fn document(&self, id: &DocumentId) -> Option<(&Arc<Document>, &DocumentCache)> {
        Some((self.session.document(id)?, self.caches.get(id)?))
    }

    /// The annotation with this id.
    pub fn annotation(&self, id: AnnotationId) -> Option<&Arc<Annotation>> {
        self.session.annotations.get(&id)
    }

    /// The chosen annotation.
    pub fn chosen(&self) -> Option<&Arc<Annotation>> {
        self.annotation(self.view.chosen?)
    }

    /// How many annotations bear a tag, and in how many documents.
    pub fn weight_of_tag(&self, tag: &crate::model::TagId) -> (usize, usize) {
        let counts = self.caches.values().filter_map(|cache| cache.counts.get(tag).copied());
        counts.fold((0, 0), |(marks, documents), here| (marks + here, documents + 1))
    }

    /// What share of a document has been on screen, page furniture aside: 0 to 1, by bytes.
    pub fn seen_share(&self, id: &DocumentId) -> f32 {
        let (Some(document), Some(seen)) = (self.session.document(id), self.view.seen.get(id)) else {
            return 0.0;
        };
        let furniture = &document.info.furniture;
        let all = document.text().trim_end().len().saturating_sub(spans::total(furniture));
        let seen = spans::total(seen) - spans::overlap(seen, furniture);
        if all == 0 { 0.0 } else { (seen as f32 / all as f32).min(1.0) }
    }

    /// Which links hang on which annotations.
    pub fn links(&self) -> &LinkIndex {
        &self.links
    }

    /// The annotations of the table, in order.
    pub fn rows(&self) -> &Rows {
        &self.rows
    }

    /// The documents as they are listed.
    pub fn listing(&self) -> &Listing {
        &self.listing
    }

    /// The matrix, the card that is looked at, how often statements are spoken of.
    pub fn board(&self) -> &Board {
        &self.board
    }

    pub(super) fn refresh_board(&mut self) -> Option<impl FnOnce() -> Matrix + Send + 'static + use<>> {
        let mut board = std::mem::take(&mut self.board);
        let work = board.refresh(self);
        self.board = board;
        work
    }

    pub(super) fn take_matrix(&mut self, matrix: Matrix) {
        self.board.take(matrix);
    }

    /// The chart that is shown.
    pub fn chart(&self) -> &ChartView {
        self.charts.view()
    }

    pub(super) fn refresh_chart(&mut self) -> Option<impl FnOnce() -> ChartView + Send + 'static + use<>> {
        let mut charts = std::mem::take(&mut self.charts);
        let work = charts.refresh(self);
        self.charts = charts;
        work
    }

    pub(super) fn take_chart(&mut self, view: ChartView) {
        self.charts.take(view);
    }

    pub(super) fn refresh_review(
        &mut self,
        me: &AnnotatorId,
    ) -> Option<impl FnOnce() -> Found + Send + 'static + use<>> {
        let mut review = std::mem::take(&mut self.review);
        let work = review.refresh(self, me);
        self.review = review;
        work
    }

    /// The work of computing figures of agreement, where they are out of date.
    pub(super) fn refresh_agreed(&mut self) -> Option<impl FnOnce() -> Figures + Send + 'static + use<>> {
        let mut agreed = std::mem::take(&mut self.review.agreed);
        let (revision, all) = (self.review.layers_revision, self.review.options.all_documents);
        let work = agreed.refresh(self, revision, all);
        self.review.agreed = agreed;
        work
    }

    pub(super) fn refresh_listing(&mut self) {
        let (order, grouping) = (self.view.order, self.view.grouping);
        self.listing.refresh(&self.session, self.revision, order, grouping);
    }

    pub(super) fn refresh_rows(
        &mut self,
    ) -> Option<impl FnOnce() -> Vec<AnnotationId> + Send + 'static + use<>> {
        let mut rows = std::mem::take(&mut self.rows);
        let work = rows.refresh(self);
        self.rows = rows;
        work
    }

    pub(super) fn take_rows(&mut self, ids: Vec<AnnotationId>) {
        self.rows.take(ids);
    }

    /// The worker of this name met a bug: nothing waits for it any more, and what it was to make anew is empty.
    pub(super) fn give_up(&mut self, worker: &str) {
        match worker {
            "agreement" => self.review.agreed.give_up(),
            "chart" => self.charts.give_up(),
            "echo index" | "echo pairs" | "echoes" => self.echoes.give_up(worker),
            "preview" => self.view.exporting.give_up(),
            "review" => self.review.give_up(),
            "rows" => self.rows.give_up(),
            "search" => self.view.search.give_up(),
            _ => {}
        }
    }

    /// What the mark at the top says.
    pub fn save_mark(&self) -> SaveMark {
        let name = |path: &PathBuf| {
            path.file_name().map_or_else(|| "session".to_owned(), |name| name.to_string_lossy().into_owned())
        };
        if let Some(trouble) = &self.file.trouble {
            return SaveMark::Trouble(trouble.clone());
        }
        match &self.file.path {
            Some(path) if self.file.held.is_some() => SaveMark::Reading { name: name(path) },
            Some(path) if self.file.saved == Some(self.revision) => {
                SaveMark::Saved { name: name(path), at: self.file.saved_at }
            }
            None if self.revision == 0 && self.session.documents.is_empty() => SaveMark::Empty,
            path if self.file.journaled == self.revision => {
                SaveMark::Safe { file: path.as_ref().map(|path| (name(path), self.file.saved_at)) }
            }
            _ => SaveMark::Writing,
        }
    }

    /// The dossier's name: its title, else its file's name.
    pub fn title(&self) -> String {
        if !self.session.info.title.is_empty() {
            return self.session.info.title.clone();
        }
        match self.file.path.as_ref().and_then(|path| path.file_stem()) {
            Some(stem) => stem.to_string_lossy().into_owned(),
            None => "Untitled session".to_owned(),
        }
    }

    /// Applies a step, remembers it for undo and hands it to the journal.
    pub(super) fn apply(&mut self, step: Step) -> Result<(), EditError> {
        let removed = self.before(&step);
        self.history.apply(&mut self.session, step.clone())?;
        self.after(step, removed);
        Ok(())
    }

    /// Takes the last step back. Returns its label and the step that did so.
    pub(super) fn undo(&mut self) -> Result<Option<Step>, EditError> {
        let Some(entry) = self.history.done().last() else { return Ok(None) };
        let removed = self.before(&entry.inverse);
        let step = self.history.undo(&mut self.session)?;
        if let Some(step) = &step {
            self.after(step.clone(), removed);
        }
        Ok(step)
    }

    /// Does the step again that was undone last.
    pub(super) fn redo(&mut self) -> Result<Option<Step>, EditError> {
        let Some(entry) = self.history.undone().last() else { return Ok(None) };
        let removed = self.before(&entry.step);
        let step = self.history.redo(&mut self.session)?;
        if let Some(step) = &step {
            self.after(step.clone(), removed);
        }
        Ok(step)
    }

    /// The annotations that a step is about to replace or remove.
    fn before(&self, step: &Step) -> Vec<Arc<Annotation>> {
        let touched = step.edits.iter().filter_map(|edit| match edit {
            Edit::PutAnnotation(annotation) => Some(annotation.id),
            Edit::RemoveAnnotation(id) => Some(*id),
            _ => None,
        });
        let ids: std::collections::BTreeSet<AnnotationId> = touched.collect();
        ids.iter().filter_map(|id| self.session.annotations.get(id).cloned()).collect()
    }

    /// Brings the caches up to date with a step that was applied, and hands it to the journal.
    fn after(&mut self, step: Step, removed: Vec<Arc<Annotation>>) {
        self.revision += 1;
        self.links.take(&step);
        let mut put = std::collections::BTreeSet::new();
        let mut rebuilt = std::collections::BTreeSet::new();
        for edit in &step.edits {
            match edit {
                Edit::AddDocument { document, .. } | Edit::ReplaceDocument { document, .. } => {
                    rebuilt.insert(document.id.clone());
                }
                Edit::SetDocumentInfo { id, .. } => {
                    let fits = self.document(id).is_some_and(|(document, cache)| cache.fits(document));
                    if !fits {
                        rebuilt.insert(id.clone());
                    }
                }
                Edit::RemoveDocument(id) => {
                    self.texts_revision += 1;
                    self.caches.remove(id);
                    self.view.panes.retain(|pane| pane.document != *id);
                }
                Edit::PutAnnotation(annotation) => {
                    put.insert(annotation.id);
                }
                _ => {}
            }
        }
        // Each touched once: what was there before, and what is there now.
        let came = put.iter().filter_map(|id| self.session.annotations.get(id));
        self.board.count_edit(&removed, came);
        self.texts_revision += rebuilt.len() as u64;
        for id in &rebuilt {
            self.rebuild(id);
        }
        for old in removed {
            let document = old.anchor.document();
            let new = self.session.annotations.get(&old.id);
            let Some(cache) = self.caches.get_mut(document).filter(|_| !rebuilt.contains(document)) else {
                continue;
            };
            match new.filter(|new| new.anchor.document() == document) {
                Some(new) => {
                    put.remove(&old.id);
                    cache.replace(&old, new);
                }
                None => cache.remove(&old),
            }
        }
        for annotation in put.iter().filter_map(|id| self.session.annotations.get(id)) {
            let document = annotation.anchor.document();
            if !rebuilt.contains(document)
                && let Some(cache) = self.caches.get_mut(document)
            {
                cache.put(annotation);
            }
        }
        self.go_along(&step);
        self.repair();
        let brings_text = step.brings_text();
        if let Some(keeper) = &self.keeper {
            keeper.append(self.revision, Arc::new(step));
        }
        if brings_text {
            // A text stands in the journal once; the file is rewritten right after it.
            self.save();
        }
    }

    /// The history, for a worker that brings it back by [`Desk::install`].
    pub(super) fn take_history(&mut self) -> History {
        std::mem::take(&mut self.history)
    }

    /// Puts what a worker has made in the place of session and history; `step` is what it did. Returns what stood
    /// there before.
    pub(super) fn install(
        &mut self,
        session: Session,
        history: History,
        caches: BTreeMap<DocumentId, DocumentCache>,
        step: Option<Step>,
    ) -> (Session, BTreeMap<DocumentId, DocumentCache>) {
        self.history = history;
        let Some(step) = step else { return (session, caches) };
        let old = std::mem::replace(&mut self.session, session);
        self.revision += 1;
        self.texts_revision += 1;
        self.board.recount(&self.session);
        self.links = LinkIndex::of(&self.session);
        let mut replaced = BTreeMap::new();
        for (id, cache) in caches {
            if let Some(old) = self.caches.insert(id.clone(), cache) {
                replaced.insert(id, old);
            }
        }
        let session = &self.session;
        self.caches.retain(|id, _| session.document(id).is_some());
        self.view.panes.retain(|pane| session.document(&pane.document).is_some());
        self.go_along(&step);
        self.repair();
        let brings_text = step.brings_text();
        if let Some(keeper) = &self.keeper {
            keeper.append(self.revision, Arc::new(step));
        }
        if brings_text {
            self.save();
        }
        (old, replaced)
    }

    /// Asks for the file to be rewritten, if there is one and it is behind.
    pub(super) fn save(&mut self) {
        if self.is_behind() {
            self.write(Keeper::save);
        }
    }

    /// True when the file can be rewritten without a question, and lacks something.
    pub fn is_behind(&self) -> bool {
        let File { path, saved, changed_by_other, back, held, .. } = &self.file;
        let ours = path.is_some() && held.is_none() && !changed_by_other && back.is_none();
        ours && *saved != Some(self.revision)
    }

    /// Gives the session to be written as it is.
    pub(super) fn write(&mut self, how: impl FnOnce(&Keeper, u64, Session)) {
        if let Some(keeper) = &self.keeper {
            self.file.saving = true;
            self.file.sent = Some((self.revision, self.session.clone()));
            how(keeper, self.revision, self.session.clone());
        }
    }

    /// Who goes to another document than `before` lets go of what is chosen elsewhere: no key shall change what is
    /// not where one reads.
    pub(super) fn let_go_elsewhere(&mut self, before: Option<&DocumentId>) {
        let now = self.view.focused().map(|pane| &pane.document);
        let elsewhere = |annotation: &Arc<Annotation>| Some(annotation.anchor.document()) != now;
        if before.is_some() && now != before && self.chosen().is_some_and(elsewhere) {
            self.view.chosen = None;
        }
    }

    /// Panes stay about where they were when another text comes under their document; what was selected in it and what
    /// of it has been on screen was of the old one.
    fn go_along(&mut self, step: &Step) {
        for edit in &step.edits {
            if let Edit::ReplaceDocument { document, .. } = edit {
                self.view.text_replaced(&document.id, document.text());
            }
        }
    }

    /// The view never names what is gone.
    fn repair(&mut self) {
        self.view.repair();
        if self.chosen().is_none() {
            self.view.chosen = None;
        }
        super::dispatch::repair_links(self);
        self.view.edge = self.view.edge.filter(|edge| self.view.chosen == Some(edge.id));
        let annotations = &self.session.annotations;
        self.view.picked.retain(|id| annotations.contains_key(id));
        let sticks = |tag: &crate::model::Tag| Some(&tag.id) == self.view.sticky.as_ref() && !tag.retired;
        if !self.session.scheme.tags.iter().any(sticks) {
            self.view.sticky = None;
        }
    }

    fn rebuild(&mut self, id: &DocumentId) {
        if let Some(document) = self.session.document(id) {
            let annotations = || self.session.annotations.values().map(|annotation| &**annotation);
            let is_new = |cache: &DocumentCache| cache.annotations() == 0;
            let cache = self.prepared.take(document).filter(is_new);
            let bare = cache.is_some() && !annotations().any(|it| it.anchor.document() == id);
            let cache = cache.filter(|_| bare);
            let cache = cache.unwrap_or_else(|| DocumentCache::build(document, annotations()));
            self.caches.insert(id.clone(), cache);
        }
    }
}
