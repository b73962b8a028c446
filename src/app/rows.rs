//! The rows of the annotation table: which annotations, in which order.

use std::collections::BTreeSet;

use crate::across::card::voice_words;
use crate::model::{ActorId, Annotation, AnnotationId, Session, StatementId};
use crate::text::fold::fold;

use super::desk::Desk;
use super::view::{Filter, Sort};

/// A column of the table that it can be sorted by.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Column {
    /// Tag, in the scheme's order.
    Tag,
    /// Passage, by its words.
    Passage,
    /// Document in the dossier's order, then place.
    #[default]
    Place,
    /// Statement, by its title.
    Statement,
    /// Voice, outermost first.
    Voice,
    /// Note.
    Note,
    /// Time of the last change.
    When,
}

/// The annotations that the filter lets pass, in order. Kept until session, filter or order change.
#[derive(Clone, Debug, Default)]
pub struct Rows {
    ids: Vec<AnnotationId>,
    /// What they rest on.
    key: Option<RowsKey>,
    /// What a worker is computing rows for.
    computing: Option<RowsKey>,
}

/// What rows rest on: the revisions of the session and of filter and order.
pub type RowsKey = (u64, u64);

/// With more annotations than this, rows are computed on a worker.
const AT_ONCE: usize = 2_000;

impl Rows {
    /// The annotations in order. While a worker computes new ones, those of before.
    pub fn ids(&self) -> &[AnnotationId] {
        &self.ids
    }

    /// True when they are those of the present session, filter and order.
    pub fn are_current(&self, desk: &Desk) -> bool {
        self.key == Some(key_of(desk))
    }

    /// Computes the rows again if anything that they rest on has changed. Returns the work for a worker, where
    /// it is one for a worker and none is at it.
    pub(super) fn refresh(
        &mut self,
        desk: &Desk,
    ) -> Option<impl FnOnce() -> Vec<AnnotationId> + Send + 'static + use<>> {
        let key = key_of(desk);
        if self.key == Some(key) || self.computing.is_some() {
            return None;
        }
        let order: Vec<usize> = desk.listing().documents().collect();
        if desk.session().annotations.len() <= AT_ONCE {
            self.ids = compute(desk.session(), &desk.view.filter, desk.view.sort, &order);
            self.key = Some(key);
            return None;
        }
        self.computing = Some(key);
        let (session, filter, sort) = (desk.session().clone(), desk.view.filter.clone(), desk.view.sort);
        Some(move || compute(&session, &filter, sort, &order))
    }

    /// A worker has computed them.
    pub(super) fn take(&mut self, ids: Vec<AnnotationId>) {
        self.ids = ids;
        self.key = self.computing.take();
    }

    /// The worker met a bug: no rows rather than those of before, not tried again until something else is asked for.
    pub(super) fn give_up(&mut self) {
        if self.computing.is_some() {
            self.take(Vec::new());
        }
    }
}

fn key_of(desk: &Desk) -> RowsKey {
    (desk.revision(), desk.view.filter_revision)
}

/// `documents`: the documents as they are listed, as indexes of the session.
fn compute(session: &Session, filter: &Filter, sort: Sort, documents: &[usize]) -> Vec<AnnotationId> {
    let words = Words::of(session, &filter.text);
    let mut rows: Vec<&Annotation> = session
        .annotations
        .values()
        .map(|annotation| &**annotation)
        .filter(|annotation| passes(session, annotation, filter, &words))
        .collect();
    let listed = documents.iter().filter_map(|index| session.documents.get(*index));
    let order: std::collections::BTreeMap<_, usize> =
        listed.enumerate().map(|(i, document)| (&document.id, i)).collect();
    let place = |annotation: &Annotation| {
        let span = annotation.anchor.span();
        let document = order.get(annotation.anchor.document()).copied();
        (document, span.map(|span| (span.start(), span.end())), annotation.id)
    };
    rows.sort_by_cached_key(|annotation| place(annotation));
    match sort.column {
        Column::Place => {}
        Column::Tag => {
            let at = |annotation: &&Annotation| {
                session.scheme.tags.iter().position(|tag| tag.id == annotation.tag)
            };
            rows.sort_by_key(at);
        }
        Column::Passage => rows.sort_by_cached_key(|annotation| fold(session.quote(annotation))),
        Column::Statement => rows.sort_by_cached_key(|annotation| {
            let statement = annotation.statement.and_then(|id| session.statements.get(&id));
            (statement.is_none(), statement.map(|it| fold(&it.name)))
        }),
        Column::Voice => rows.sort_by_cached_key(|annotation| {
            (annotation.voice.is_empty(), fold(&voice_words(session, &annotation.voice)))
        }),
        Column::Note => {
            rows.sort_by_cached_key(|annotation| (annotation.note.is_empty(), fold(&annotation.note)))
        }
        Column::When => rows.sort_by_key(|annotation| annotation.modified),
    }
    if sort.descending {
        rows.reverse();
    }
    rows.into_iter().map(|annotation| annotation.id).collect()
}

/// What was typed, folded, with the statements and voices whose names hold it.
struct Words {
    folded: String,
    statements: BTreeSet<StatementId>,
    voices: BTreeSet<ActorId>,
}

impl Words {
    fn of(session: &Session, typed: &str) -> Self {
        let folded = fold(typed.trim());
        if folded.is_empty() {
            return Self { folded, statements: BTreeSet::new(), voices: BTreeSet::new() };
        }
        let holds = |name: &str| fold(name).contains(&folded);
        let statements = session.statements.values().filter(|it| holds(&it.name)).map(|it| it.id).collect();
        let voices = session.actors.values().filter(|it| holds(&it.name)).map(|it| it.id.clone()).collect();
        Self { folded, statements, voices }
    }
}

impl Desk {
    /// True when the filter lets an annotation pass, its words and notes too. By what belongs to it alone: the cost does
    /// not grow with the session.
    pub fn passes_filter(&self, annotation: &Annotation) -> bool {
        let (session, filter) = (self.session(), &self.view.filter);
        let typed = fold(filter.text.trim());
        let holds = |words: &str| fold(words).contains(&typed);
        let statement = || annotation.statement.and_then(|id| session.statements.get(&id));
        let mut voices = annotation.voice.iter().filter_map(|id| session.actors.get(id));
        filter.passes(annotation)
            && (typed.is_empty()
                || holds(session.quote(annotation))
                || holds(&annotation.note)
                || statement().is_some_and(|it| holds(&it.name))
                || voices.any(|it| holds(&it.name)))
    }
}

fn passes(session: &Session, annotation: &Annotation, filter: &Filter, words: &Words) -> bool {
    filter.passes(annotation)
        && (words.folded.is_empty()
            || fold(session.quote(annotation)).contains(&words.folded)
            || fold(&annotation.note).contains(&words.folded)
            || annotation.statement.is_some_and(|id| words.statements.contains(&id))
            || annotation.voice.iter().any(|id| words.voices.contains(id)))
}
