//! Steps that change very many annotations: made and applied on a worker, on a copy, which then takes the place of
//! the session. Meanwhile the window goes on, and actions wait in their order.

use std::collections::{BTreeMap, BTreeSet};

use crate::edit::{Edit, EditError, History, Step};
use crate::model::{Annotation, DocumentId, Session};

use super::cache::DocumentCache;

/// Annotations up to this number are changed at once; more by a worker.
pub const AT_ONCE: usize = 500;

/// What a worker is asked for.
pub(super) enum LargeWork {
    /// Make and apply a step: the edits, and the step with its time and signatures of them.
    Do(Box<dyn FnOnce(&Session) -> Result<(Step, String), String> + Send>),
    /// Take the last step back.
    Undo,
    /// Do it again.
    Redo,
}

/// What a worker has done: the session with its history from now on.
pub struct LargeDone {
    pub(super) session: Session,
    pub(super) history: History,
    /// The documents whose annotations have changed.
    pub(super) caches: BTreeMap<DocumentId, DocumentCache>,
    /// The step that was applied; `None`: there was nothing to do.
    pub(super) step: Option<Step>,
    /// What to say; an error says why nothing was done.
    pub(super) said: Result<LargeSaid, String>,
}

/// What to say when a worker is done.
pub(super) enum LargeSaid {
    /// This was done.
    Done(String),
    /// "Undone" or "Redone".
    Again(&'static str),
}

impl std::fmt::Debug for LargeDone {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("LargeDone").field("step", &self.step.as_ref().map(|step| &step.label)).finish()
    }
}

/// Does the work. On a refusal session and history come back as they were.
pub(super) fn work(mut session: Session, mut history: History, work: LargeWork) -> LargeDone {
    let refused = |error: EditError| error.to_string();
    let done = match work {
        LargeWork::Do(make) => make(&session).and_then(|(step, said)| {
            history.apply(&mut session, step.clone()).map_err(refused)?;
            Ok((Some(step), LargeSaid::Done(said)))
        }),
        LargeWork::Undo => {
            history.undo(&mut session).map(|step| (step, LargeSaid::Again("Undone"))).map_err(refused)
        }
        LargeWork::Redo => {
            history.redo(&mut session).map(|step| (step, LargeSaid::Again("Redone"))).map_err(refused)
        }
    };
    let (step, said) = match done {
        Ok((step, said)) => (step, Ok(said)),
        Err(error) => (None, Err(error)),
    };
    let caches = step.as_ref().map(|step| caches(&session, step)).unwrap_or_default();
    LargeDone { session, history, caches, step, said }
}

/// What is derived from the documents that a step has touched; of all of them where it removes something, for
/// where that stood is not known any more.
fn caches(session: &Session, step: &Step) -> BTreeMap<DocumentId, DocumentCache> {
    let all = step.edits.iter().any(|edit| {
        matches!(
            edit,
            Edit::RemoveAnnotation(_)
                | Edit::AddDocument { .. }
                | Edit::ReplaceDocument { .. }
                | Edit::RemoveDocument(_)
                | Edit::SetDocumentInfo { .. }
        )
    });
    let touched: BTreeSet<&DocumentId> = step
        .edits
        .iter()
        .filter_map(|edit| match edit {
            Edit::PutAnnotation(annotation) => Some(annotation.anchor.document()),
            _ => None,
        })
        .collect();
    let mut by_document: BTreeMap<&DocumentId, Vec<&Annotation>> = BTreeMap::new();
    for annotation in session.annotations.values() {
        by_document.entry(annotation.anchor.document()).or_default().push(annotation);
    }
    let documents = session.documents.iter().filter(|document| all || touched.contains(&document.id));
    documents
        .map(|document| {
            let annotations = by_document.remove(&document.id).unwrap_or_default();
            (document.id.clone(), DocumentCache::build(document, annotations.into_iter()))
        })
        .collect()
}
