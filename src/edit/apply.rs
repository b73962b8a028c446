//! Applying one edit.

mod replace;

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use crate::model::{Annotation, AnnotatorId, Problem, Session, limits};

use super::Edit;

/// Why an edit was refused. The session is as it was.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum EditError {
    /// It would leave the session invalid.
    #[error(transparent)]
    Invalid(#[from] Problem),
    /// It names a record that is not there.
    #[error("there is no {kind} {id}")]
    Missing {
        /// What kind of record.
        kind: &'static str,
        /// The id.
        id: String,
    },
    /// It adds a document, and with it the session would be larger than this program opens again.
    #[error(
        "with this document the session would hold more than {} of text or {} lines; begin a second session for it",
        limits::megabytes(limits::SESSION_TEXT_BYTES as u64),
        limits::SESSION_TEXT_LINES
    )]
    TooMuch,
    /// It removes what another record names.
    #[error("the {kind} {id} is still used by {by}")]
    InUse {
        /// What kind of record.
        kind: &'static str,
        /// The id.
        id: String,
        /// Who uses it.
        by: String,
    },
}

/// Applies `edit` and returns its inverse. Costs by the edit, not by the session, but for the rare edits that
/// remove a record or change the scheme: those look whether anything names it.
///
/// # Errors
/// When the edit would leave the session invalid; the session is then as it was.
pub fn apply(session: &mut Session, edit: &Edit) -> Result<Edit, EditError> {
    Ok(match edit {
        Edit::SetInfo(info) => {
            first(crate::model::info_problems(info))?;
            Edit::SetInfo(std::mem::replace(&mut session.info, info.clone()))
        }
        Edit::AddDocument { .. }
        | Edit::RemoveDocument(_)
        | Edit::MoveDocument { .. }
        | Edit::ReplaceDocument { .. }
        | Edit::SetDocumentInfo { .. } => apply_to_documents(session, edit)?,
        Edit::SetScheme(scheme) => {
            let old = std::mem::replace(&mut session.scheme, Arc::clone(scheme));
            if let Some(problem) = scheme_problem(session) {
                session.scheme = old;
                return Err(problem.into());
            }
            Edit::SetScheme(old)
        }
        Edit::PutAnnotator(id, annotator) => {
            first(crate::model::annotator_problems(id, annotator))?;
            match session.annotators.insert(id.clone(), annotator.clone()) {
                Some(old) => Edit::PutAnnotator(id.clone(), old),
                None => Edit::RemoveAnnotator(id.clone()),
            }
        }
        Edit::RemoveAnnotator(id) => {
            if let Some(by) = annotator_user(session, id) {
                return Err(in_use("annotator", id, by));
            }
            Edit::PutAnnotator(id.clone(), take(&mut session.annotators, id, "annotator")?)
        }
        Edit::PutActor(actor) => {
            first(crate::model::actor_problems(actor))?;
            match session.actors.insert(actor.id.clone(), Arc::clone(actor)) {
                Some(old) => Edit::PutActor(old),
                None => Edit::RemoveActor(actor.id.clone()),
            }
        }
        Edit::RemoveActor(id) => {
            unused_by_annotations(session, "voice", id, |annotation| annotation.voice.contains(id))?;
            Edit::PutActor(take(&mut session.actors, id, "voice")?)
        }
        Edit::PutStatement(statement) => {
            first(crate::model::statement_problems(statement))?;
            match session.statements.insert(statement.id, Arc::clone(statement)) {
                Some(old) => Edit::PutStatement(old),
                None => Edit::RemoveStatement(statement.id),
            }
        }
        Edit::RemoveStatement(id) => {
            unused_by_annotations(session, "statement", id, |annotation| annotation.statement == Some(*id))?;
            if let Some(mapping) = session.statement_mappings.iter().find(|mapping| mapping.ours == *id) {
                return Err(in_use("statement", id, format!("the mapping for session {}", mapping.session)));
            }
            Edit::PutStatement(take(&mut session.statements, id, "statement")?)
        }
        Edit::PutAnnotation(annotation) => {
            first(session.annotation_problems(annotation))?;
            match session.annotations.insert(annotation.id, Arc::clone(annotation)) {
                Some(old) => Edit::PutAnnotation(old),
                None => Edit::RemoveAnnotation(annotation.id),
            }
        }
        Edit::RemoveAnnotation(id) => {
            if let Some(link) = session.links_of(*id).next() {
                return Err(in_use("annotation", id, format!("link {}", link.id)));
            }
            Edit::PutAnnotation(take(&mut session.annotations, id, "annotation")?)
        }
        Edit::PutLink(link) => {
            first(session.link_problems(link))?;
            match session.links.insert(link.id, Arc::clone(link)) {
                Some(old) => Edit::PutLink(old),
                None => Edit::RemoveLink(link.id),
            }
        }
        Edit::RemoveLink(id) => Edit::PutLink(take(&mut session.links, id, "link")?),
        Edit::SetAlertsAside(alerts) => {
            Edit::SetAlertsAside(std::mem::replace(&mut session.alerts_aside, alerts.clone()))
        }
        Edit::SetTagMappings(mappings) => {
            if let Some(mapping) = mappings.iter().find(|mapping| session.scheme.tag(&mapping.ours).is_none())
            {
                return Err(EditError::Missing { kind: "tag", id: mapping.ours.to_string() });
            }
            Edit::SetTagMappings(std::mem::replace(&mut session.tag_mappings, mappings.clone()))
        }
        Edit::SetStatementMappings(mappings) => {
            let unknown = mappings.iter().find(|mapping| !session.statements.contains_key(&mapping.ours));
            if let Some(mapping) = unknown {
                return Err(EditError::Missing { kind: "statement", id: mapping.ours.to_string() });
            }
            Edit::SetStatementMappings(std::mem::replace(&mut session.statement_mappings, mappings.clone()))
        }
        Edit::AddDecision { at, decision } => {
            let at = (*at).min(session.decisions.len());
            session.decisions.insert(at, decision.clone());
            Edit::RemoveDecision(at)
        }
        Edit::RemoveDecision(at) => {
            if *at >= session.decisions.len() {
                return Err(EditError::Missing { kind: "decision", id: at.to_string() });
            }
            Edit::AddDecision { at: *at, decision: session.decisions.remove(*at) }
        }
        Edit::SetRemarks(remarks) => {
            let authors = remarks.iter().map(|remark| &remark.comment.author);
            if let Some(id) = authors.into_iter().find(|id| !session.annotators.contains_key(*id)) {
                return Err(EditError::Missing { kind: "annotator", id: id.to_string() });
            }
            Edit::SetRemarks(std::mem::replace(&mut session.remarks, remarks.clone()))
        }
        Edit::SetDecisions(decisions) => {
            Edit::SetDecisions(std::mem::replace(&mut session.decisions, decisions.clone()))
        }
        Edit::SetConflicts(conflicts) => {
            Edit::SetConflicts(std::mem::replace(&mut session.conflicts, conflicts.clone()))
        }
    })
}

fn apply_to_documents(session: &mut Session, edit: &Edit) -> Result<Edit, EditError> {
    let missing = |id: &dyn fmt::Display| EditError::Missing { kind: "document", id: id.to_string() };
    Ok(match edit {
        Edit::AddDocument { at, document } => {
            if session.document(&document.id).is_some() {
                return Err(Problem::Twice { kind: "document", id: document.id.to_string() }.into());
            }
            first(session.document_problems(document))?;
            let texts = || session.documents.iter().chain([document]).map(|document| document.text());
            let lines = |text: &str| text.bytes().filter(|byte| *byte == b'\n').count();
            if texts().map(|text| text.len()).sum::<usize>() > limits::SESSION_TEXT_BYTES {
                return Err(EditError::TooMuch);
            }
            // Counting lines costs a pass over all: only where there may be too many.
            if texts().map(|text| text.len()).sum::<usize>() > limits::SESSION_TEXT_LINES
                && texts().map(lines).sum::<usize>() > limits::SESSION_TEXT_LINES
            {
                return Err(EditError::TooMuch);
            }
            let at = (*at).min(session.documents.len());
            session.documents.insert(at, Arc::clone(document));
            Edit::RemoveDocument(document.id.clone())
        }
        Edit::RemoveDocument(id) => {
            let at = session.document_index(id).ok_or_else(|| missing(id))?;
            let on_it = |annotation: &Annotation| annotation.anchor.document() == id;
            unused_by_annotations(session, "document", id, on_it)?;
            Edit::AddDocument { at, document: session.documents.remove(at) }
        }
        Edit::MoveDocument { id, to } => {
            let at = session.document_index(id).ok_or_else(|| missing(id))?;
            let document = session.documents.remove(at);
            session.documents.insert((*to).min(session.documents.len()), document);
            Edit::MoveDocument { id: id.clone(), to: at }
        }
        Edit::ReplaceDocument { document, anchors } => replace::replace(session, document, anchors)?,
        Edit::SetDocumentInfo { id, info } => {
            let at = session.document_index(id).ok_or_else(|| missing(id))?;
            let old = Arc::clone(&session.documents[at]);
            let new = crate::model::Document {
                id: id.clone(),
                source: Arc::clone(&old.source),
                info: Arc::clone(info),
            };
            first(session.document_problems(&new))?;
            session.documents[at] = Arc::new(new);
            Edit::SetDocumentInfo { id: id.clone(), info: Arc::clone(&old.info) }
        }
        _ => unreachable!("only edits of documents are handed here"),
    })
}

/// What the session's new scheme breaks: the scheme itself, an annotation, a link, a mapping.
fn scheme_problem(session: &Session) -> Option<Problem> {
    let mut problems = crate::model::scheme_problems(&session.scheme);
    problems.extend(
        session.annotations.values().flat_map(|annotation| session.annotation_problems(annotation)).take(1),
    );
    problems.extend(session.links.values().flat_map(|link| session.link_problems(link)).take(1));
    let unmapped = session.tag_mappings.iter().find(|mapping| session.scheme.tag(&mapping.ours).is_none());
    problems.extend(unmapped.map(|mapping| Problem::Dangling {
        owner: "a tag mapping".to_owned(),
        kind: "tag",
        id: mapping.ours.to_string(),
    }));
    problems.into_iter().next()
}

fn annotator_user(session: &Session, id: &AnnotatorId) -> Option<String> {
    let document = session.documents.iter().find(|document| document.info.reading.contains_key(id));
    let annotation = session.annotations.values().find(|annotation| {
        annotation.annotator == *id
            || annotation.comments.iter().any(|comment| comment.author == *id)
            || annotation.changes.iter().any(|change| change.by == *id)
    });
    let link = session.links.values().find(|link| link.annotator == *id);
    let remark = session.remarks.iter().find(|remark| remark.comment.author == *id);
    (document.map(|document| format!("document {}", document.id)))
        .or_else(|| annotation.map(|annotation| format!("annotation {}", annotation.id)))
        .or_else(|| link.map(|link| format!("link {}", link.id)))
        .or_else(|| remark.map(|remark| format!("remark {}", remark.comment.id)))
}

fn unused_by_annotations(
    session: &Session,
    kind: &'static str,
    id: &impl fmt::Display,
    uses: impl Fn(&Annotation) -> bool,
) -> Result<(), EditError> {
    match session.annotations.values().find(|annotation| uses(annotation)) {
        Some(annotation) => Err(in_use(kind, id, format!("annotation {}", annotation.id))),
        None => Ok(()),
    }
}

fn in_use(kind: &'static str, id: &impl fmt::Display, by: String) -> EditError {
    EditError::InUse { kind, id: id.to_string(), by }
}

fn first(problems: Vec<Problem>) -> Result<(), EditError> {
    problems.into_iter().next().map_or(Ok(()), |problem| Err(problem.into()))
}

fn take<K: Ord + fmt::Display, V>(
    records: &mut BTreeMap<K, V>,
    id: &K,
    kind: &'static str,
) -> Result<V, EditError> {
    records.remove(id).ok_or_else(|| EditError::Missing { kind, id: id.to_string() })
}
