//! Statements on the desk: the matrix, the card of the statement that is looked at, how often each is spoken of.
//!
//! Matrix and card are caches, built when the session or what is asked has changed and the matrix is looked at: at once
//! for most sessions, on a worker for very large ones. How often each statement is spoken of is kept by edits.

mod copy;
mod sheet;

pub use sheet::{column_words, sheet};

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::across::card::{Appearance, in_order};
use crate::across::matrix::{Asked, Cell, ColumnKey, Matrix, build};
use crate::across::timeline::{Timeline, timeline};
use crate::model::{Actor, ActorId, ActorKind, Annotation, AnnotationId, Session, Statement, StatementId};
use crate::text::fold::fold;

use super::desk::Desk;

pub(super) use copy::card_words;

/// With more annotations than this, the matrix is built on a worker.
const AT_ONCE: usize = 20_000;
/// So many statements that were used last are remembered.
const USED: usize = 6;

/// What is on screen of the matrix. Not undone, not in the session file.
#[derive(Clone, Debug, Default)]
pub struct MatrixView {
    /// What is asked of it.
    pub asked: Asked,
    /// The cell that keys start from.
    pub cell: Option<(StatementId, ColumnKey)>,
    /// The cell shall be scrolled to.
    pub cell_wanted: bool,
    /// The card at its right is folded.
    pub card_folded: bool,
    /// The statements that passages were put under, the last one first. Some may be gone: undone, deleted.
    pub used: Vec<StatementId>,
    /// The voice given last.
    pub voice: Vec<ActorId>,
}

impl MatrixView {
    /// Remembers a statement that a passage was put under.
    pub(super) fn use_statement(&mut self, id: StatementId) {
        self.used.retain(|used| *used != id);
        self.used.insert(0, id);
        self.used.truncate(USED);
    }
}

/// Something to do with statements and voices.
#[derive(Clone, Debug, PartialEq)]
pub enum StatementAction {
    /// Put the chosen or picked passages under a statement, or under none.
    Put(Option<StatementId>),
    /// Make a statement of this name and put the chosen or picked passages under it.
    PutNew(String),
    /// Put one passage under a statement.
    PutPassage(AnnotationId, StatementId),
    /// Add or change a statement.
    Set(Box<Statement>),
    /// Make a statement, and show it in the matrix.
    New(Box<Statement>),
    /// Delete a statement; its passages stay, under none.
    Remove(StatementId),
    /// Move a statement so many places down in the order by hand, or up.
    Move(StatementId, isize),
    /// The chosen or picked passages are said by these, outermost first.
    Voice(Vec<Speaker>),
    /// Change a person or organization.
    SetActor(Box<Actor>),
    /// Take a person or organization out of the session and of all chains.
    RemoveActor(ActorId),
    /// Ask something else of the matrix.
    Ask(Asked),
    /// Look at this cell.
    Look(StatementId, ColumnKey),
    /// Look at a statement in the matrix.
    Show(StatementId),
    /// The matrix has scrolled to the cell.
    CellShown,
    /// Fold the card at the right of the matrix, or unfold it.
    FoldCard(bool),
}

/// One of a voice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Speaker {
    /// Of the session.
    Known(ActorId),
    /// Not yet.
    New(String, ActorKind),
}

/// A statement with its appearances.
#[derive(Clone, Debug, Default)]
pub struct Card {
    /// Which; `None` while none is looked at.
    pub statement: Option<StatementId>,
    /// Where it appears, in order of date.
    pub appearances: Vec<Appearance>,
    /// The same along a line of time.
    pub timeline: Timeline,
}

/// What was built of statements, and of what.
#[derive(Debug, Default)]
pub struct Board {
    matrix: Arc<Matrix>,
    card: Card,
    key: Option<(u64, Asked)>,
    computing: Option<(u64, Asked)>,
    card_key: Option<(u64, Option<StatementId>, Option<ActorId>)>,
    /// The passages under each statement, kept by edits.
    under: BTreeMap<StatementId, BTreeSet<AnnotationId>>,
}

impl Board {
    /// The matrix, as it was built last.
    pub fn matrix(&self) -> &Matrix {
        &self.matrix
    }

    /// The card of the statement that is looked at.
    pub fn card(&self) -> &Card {
        &self.card
    }

    /// How many passages stand under a statement.
    pub fn count(&self, id: StatementId) -> usize {
        self.under.get(&id).map_or(0, BTreeSet::len)
    }

    /// Counts all anew.
    pub(super) fn recount(&mut self, session: &Session) {
        self.under.clear();
        self.put(session.annotations.values());
    }

    /// Annotations went and came.
    pub(super) fn count_edit<'a>(
        &mut self,
        gone: &[Arc<Annotation>],
        came: impl Iterator<Item = &'a Arc<Annotation>>,
    ) {
        for (statement, id) in gone.iter().filter_map(|it| Some((it.statement?, it.id))) {
            if let Some(ids) = self.under.get_mut(&statement) {
                ids.remove(&id);
                if ids.is_empty() {
                    self.under.remove(&statement);
                }
            }
        }
        self.put(came);
    }

    fn put<'a>(&mut self, annotations: impl Iterator<Item = &'a Arc<Annotation>>) {
        for (statement, id) in annotations.filter_map(|it| Some((it.statement?, it.id))) {
            self.under.entry(statement).or_default().insert(id);
        }
    }

    /// Builds matrix and card anew where they are out of date. Returns the work for a worker, where it is one for a
    /// worker and none is at it.
    pub(super) fn refresh(
        &mut self,
        desk: &Desk,
    ) -> Option<impl FnOnce() -> Matrix + Send + 'static + use<>> {
        let asked = &desk.view.matrix.asked;
        let looked_at = desk.view.matrix.cell.as_ref().map(|(statement, _)| *statement);
        let card_key = (desk.revision(), looked_at, asked.voice.clone());
        if self.card_key.as_ref() != Some(&card_key) {
            self.card = looked_at.map_or_else(Card::default, |statement| {
                let under = self.under.get(&statement).into_iter().flatten();
                let passages = under.filter_map(|id| desk.annotation(*id)).map(|annotation| &**annotation);
                let appearances = in_order(desk.session(), passages, asked.voice.as_ref());
                let timeline = timeline(desk.session(), &appearances);
                Card { statement: Some(statement), appearances, timeline }
            });
            self.card_key = Some(card_key);
        }
        let key = (desk.revision(), asked.clone());
        if self.key.as_ref() == Some(&key) || self.computing.is_some() {
            return None;
        }
        if desk.session().annotations.len() <= AT_ONCE {
            self.matrix = Arc::new(build(desk.session(), asked));
            self.key = Some(key);
            return None;
        }
        let (session, asked) = (desk.session().clone(), asked.clone());
        self.computing = Some(key);
        Some(move || build(&session, &asked))
    }

    /// A worker has built the matrix.
    pub(super) fn take(&mut self, matrix: Matrix) {
        self.matrix = Arc::new(matrix);
        self.key = self.computing.take();
    }
}

/// The statements in the order by hand.
pub fn ordered(session: &Session) -> Vec<&Arc<Statement>> {
    let mut statements: Vec<&Arc<Statement>> = session.statements.values().collect();
    statements.sort_by_cached_key(|it| (it.order, fold(&it.name), it.id));
    statements
}

/// The statements whose name, wording or group holds all these words: those that were used last first, then those whose
/// name begins with the words, then by hand.
pub fn found<'a>(desk: &'a Desk, typed: &str) -> Vec<&'a Arc<Statement>> {
    let typed = fold(typed.trim());
    let words: Vec<&str> = typed.split_whitespace().collect();
    let mut statements = ordered(desk.session());
    statements.retain(|it| {
        let all = fold(&format!("{} {} {}", it.name, it.definition, it.group));
        words.iter().all(|word| all.contains(word))
    });
    let used = &desk.view.matrix.used;
    statements.sort_by_cached_key(|it| {
        let last = used.iter().position(|used| *used == it.id).unwrap_or(usize::MAX);
        let begins = !typed.is_empty() && fold(&it.name).starts_with(&typed);
        (!begins, last)
    });
    statements
}

/// The persons and organizations whose name holds what was typed, those whose name begins with it first.
pub fn speakers<'a>(session: &'a Session, typed: &str) -> Vec<&'a Arc<Actor>> {
    let typed = fold(typed.trim());
    let mut actors: Vec<&Arc<Actor>> =
        session.actors.values().filter(|actor| fold(&actor.name).contains(&typed)).collect();
    actors.sort_by_cached_key(|actor| {
        let name = fold(&actor.name);
        (!name.starts_with(&typed), name)
    });
    actors
}

/// The passages of a cell, in order of date.
pub fn passages_of<'a>(desk: &'a Desk, column: &ColumnKey) -> impl Iterator<Item = &'a Arc<Annotation>> {
    let column = column.clone();
    let all = desk.board().card().appearances.iter().filter_map(|it| desk.annotation(it.annotation));
    all.filter(move |annotation| stands_in(desk, &column, annotation))
}

/// True when a passage is one of a column of the matrix.
pub fn stands_in(desk: &Desk, column: &ColumnKey, annotation: &Annotation) -> bool {
    match column {
        ColumnKey::Document(id) => annotation.anchor.document() == id,
        ColumnKey::Voice(id) => {
            let speaker = match desk.view.matrix.asked.columns {
                crate::across::matrix::ColumnsBy::OuterVoice => annotation.voice.first(),
                _ => annotation.voice.last(),
            };
            speaker == id.as_ref()
        }
    }
}

/// The place in the matrix of the cell that is looked at.
pub fn place(desk: &Desk) -> Option<(usize, usize)> {
    let (statement, column) = desk.view.matrix.cell.as_ref()?;
    let matrix = desk.board().matrix();
    Some((matrix.row_of(*statement)?, matrix.column_of(column)?))
}

/// True when a cell has passages.
pub fn is_found(cell: Cell<'_>) -> bool {
    matches!(cell, Cell::Found(_))
}
