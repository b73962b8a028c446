//! A conflict that someone has decided.

use std::sync::Arc;

use crate::edit::{Edit, Step, apply_step, make};
use crate::model::{
    Actor, Annotation, AnnotationId, Annotator, AnnotatorId, AttributeId, Change, Comment, Conflict,
    DocumentId, DocumentInfo, Link, RecordKind, Scheme, Session, Statement, StatementId, TagId, Timestamp,
};

use super::say::Said;

/// Which version of a conflict shall stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// What stands in the session.
    Kept,
    /// What gave way: its value takes the field, or the record that one side had removed goes.
    Other,
}

/// Edits that settle a conflict of the session: the field says what was chosen, and the conflict is gone. `by` and `at`
/// go into the history of an annotation that changes.
///
/// # Errors
/// In a sentence, why the other version can't be taken any more: what it names, or the record itself, is gone, or what
/// one side had removed is still in use.
pub fn resolve(
    session: &Session,
    conflict: &Conflict,
    choice: Choice,
    by: &AnnotatorId,
    at: Timestamp,
) -> Result<Vec<Edit>, String> {
    let mut edits = match choice {
        Choice::Kept => Vec::new(),
        Choice::Other => {
            let found = if conflict.field == Conflict::RECORD {
                removal(session, conflict)
            } else {
                change(session, conflict, by, at)
            };
            found.ok_or_else(|| {
                format!("the {} {} is not what it was any more", conflict.kind.name(), conflict.id)
            })?
        }
    };
    let open = session.conflicts.iter().filter(|other| *other != conflict);
    edits.push(Edit::SetConflicts(open.cloned().collect()));
    let step = Step { label: String::new(), at, edits };
    // A copy costs little: its records are shared.
    apply_step(&mut session.clone(), &step).map_err(|error| error.to_string())?;
    Ok(step.edits)
}

/// The edits that remove what one side had removed.
fn removal(session: &Session, Conflict { kind, id, .. }: &Conflict) -> Option<Vec<Edit>> {
    let mut scheme = Scheme::clone(&session.scheme);
    Some(match kind {
        RecordKind::Document => {
            session.document(&DocumentId::new(id))?;
            vec![Edit::RemoveDocument(DocumentId::new(id))]
        }
        RecordKind::Tag => {
            scheme.tags.retain(|tag| tag.id.as_str() != id);
            vec![Edit::SetScheme(Arc::new(scheme))]
        }
        RecordKind::Attribute => {
            scheme.attributes.retain(|attribute| attribute.id.as_str() != id);
            vec![Edit::SetScheme(Arc::new(scheme))]
        }
        RecordKind::LinkKind => {
            scheme.link_kinds.retain(|kind| kind.id.as_str() != id);
            vec![Edit::SetScheme(Arc::new(scheme))]
        }
        RecordKind::Annotator => vec![Edit::RemoveAnnotator(AnnotatorId::new(id))],
        RecordKind::Actor => vec![Edit::RemoveActor(session.actors.get(id.as_str())?.id.clone())],
        RecordKind::Statement => vec![Edit::RemoveStatement(id.parse().ok()?)],
        RecordKind::Annotation => {
            let id: AnnotationId = id.parse().ok()?;
            session.annotations.get(&id)?;
            make::remove_annotations(session, &[id])
        }
        RecordKind::Link => vec![Edit::RemoveLink(id.parse().ok()?)],
        RecordKind::Remark => {
            let others = session.remarks.iter().filter(|remark| remark.comment.id.to_string() != *id);
            vec![Edit::SetRemarks(others.cloned().collect())]
        }
        RecordKind::Session | RecordKind::TagMapping | RecordKind::StatementMapping => return None,
    })
}

/// Lets a field say what `other` says.
fn set<T: Said>(field: &mut T, other: Option<&str>) -> Option<()> {
    *field = T::read(other)?;
    Some(())
}

/// The edits that give a field its other value.
fn change(session: &Session, conflict: &Conflict, by: &AnnotatorId, at: Timestamp) -> Option<Vec<Edit>> {
    let Conflict { kind, id, field, .. } = conflict;
    let (field, other) = (field.as_str(), conflict.other.as_deref());
    let edit = match kind {
        RecordKind::Session => {
            let mut info = session.info.clone();
            match field {
                "title" => set(&mut info.title, other)?,
                "note" => set(&mut info.note, other)?,
                _ => return None,
            }
            Edit::SetInfo(info)
        }
        RecordKind::Document => {
            let document = session.document(&DocumentId::new(id))?;
            let mut info = DocumentInfo::clone(&document.info);
            match field {
                "presentation" => set(&mut info.presentation, other)?,
                "group" => set(&mut info.group, other)?,
                name => info.metadata.set(name, other?).then_some(())?,
            }
            Edit::SetDocumentInfo { id: document.id.clone(), info: Arc::new(info) }
        }
        RecordKind::Tag | RecordKind::Attribute | RecordKind::LinkKind => {
            let mut scheme = Scheme::clone(&session.scheme);
            part_of_scheme(&mut scheme, *kind, id, field, other)?;
            Edit::SetScheme(Arc::new(scheme))
        }
        RecordKind::Annotator => {
            let mut annotator = Annotator::clone(session.annotators.get(id.as_str())?);
            match field {
                "name" => set(&mut annotator.name, other)?,
                "note" => set(&mut annotator.note, other)?,
                _ => return None,
            }
            Edit::PutAnnotator(AnnotatorId::new(id), annotator)
        }
        RecordKind::Actor => {
            let mut actor = Actor::clone(session.actors.get(id.as_str())?);
            match field {
                "name" => set(&mut actor.name, other)?,
                "kind" => set(&mut actor.kind, other)?,
                "note" => set(&mut actor.note, other)?,
                _ => return None,
            }
            Edit::PutActor(Arc::new(actor))
        }
        RecordKind::Statement => {
            let mut statement = Statement::clone(session.statements.get(&id.parse::<StatementId>().ok()?)?);
            match field {
                "name" => set(&mut statement.name, other)?,
                "definition" => set(&mut statement.definition, other)?,
                "note" => set(&mut statement.note, other)?,
                "date" => set(&mut statement.date, other)?,
                "group" => set(&mut statement.group, other)?,
                _ => return None,
            }
            Edit::PutStatement(Arc::new(statement))
        }
        RecordKind::Annotation => {
            let mut annotation =
                Annotation::clone(session.annotations.get(&id.parse::<AnnotationId>().ok()?)?);
            part_of_annotation(&mut annotation, field, other)?;
            annotation.modified = at;
            let what = format!("settle a conflict: {field}");
            annotation.changes.push(Change { by: by.clone(), at, what });
            Edit::PutAnnotation(Arc::new(annotation))
        }
        RecordKind::Link => {
            let mut link = Link::clone(session.links.values().find(|link| link.id.to_string() == *id)?);
            match field {
                "kind" => set(&mut link.kind, other)?,
                "ends" => (link.from, link.to) = Said::read(other)?,
                "note" => set(&mut link.note, other)?,
                "annotator" => set(&mut link.annotator, other)?,
                _ => return None,
            }
            link.modified = at;
            Edit::PutLink(Arc::new(link))
        }
        RecordKind::TagMapping => {
            let mut mappings = session.tag_mappings.clone();
            let about = |session, theirs: &TagId| format!("{session} {theirs}") == *id;
            let mapping = mappings.iter_mut().find(|it| about(it.session, &it.theirs))?;
            set(&mut mapping.ours, other)?;
            Edit::SetTagMappings(mappings)
        }
        RecordKind::StatementMapping => {
            let mut mappings = session.statement_mappings.clone();
            let mapping = mappings.iter_mut().find(|it| format!("{} {}", it.session, it.theirs) == *id)?;
            set(&mut mapping.ours, other)?;
            Edit::SetStatementMappings(mappings)
        }
        RecordKind::Remark => {
            let mut remarks = session.remarks.clone();
            let remark = remarks.iter_mut().find(|remark| remark.comment.id.to_string() == *id)?;
            match field {
                "text" => set(&mut remark.comment.text, other)?,
                "status" => set(&mut remark.comment.status, other)?,
                _ => return None,
            }
            Edit::SetRemarks(remarks)
        }
    };
    Some(vec![edit])
}

fn part_of_scheme(
    scheme: &mut Scheme,
    kind: RecordKind,
    id: &str,
    field: &str,
    other: Option<&str>,
) -> Option<()> {
    if kind == RecordKind::Tag {
        let tag = scheme.tags.iter_mut().find(|tag| tag.id.as_str() == id)?;
        return match field {
            "name" => set(&mut tag.name, other),
            "parent" => set(&mut tag.parent, other),
            "definition" => set(&mut tag.definition, other),
            "color" => set(&mut tag.color, other),
            "pattern" => set(&mut tag.pattern, other),
            "retired" => set(&mut tag.retired, other),
            _ => None,
        };
    }
    if kind == RecordKind::LinkKind {
        let kind = scheme.link_kinds.iter_mut().find(|kind| kind.id.as_str() == id)?;
        return match field {
            "name" => set(&mut kind.name, other),
            "inverse" => set(&mut kind.inverse, other),
            "definition" => set(&mut kind.definition, other),
            "retired" => set(&mut kind.retired, other),
            _ => None,
        };
    }
    let attribute = scheme.attributes.iter_mut().find(|attribute| attribute.id.as_str() == id)?;
    match field {
        "name" => set(&mut attribute.name, other),
        "definition" => set(&mut attribute.definition, other),
        "default" => set(&mut attribute.default, other),
        "retired" => set(&mut attribute.retired, other),
        field => {
            let name = field.strip_prefix("value ")?;
            let value = attribute.values.iter_mut().find(|value| value.name == name)?;
            set(&mut value.definition, other)
        }
    }
}

fn part_of_annotation(annotation: &mut Annotation, field: &str, other: Option<&str>) -> Option<()> {
    fn comment<'a>(annotation: &'a mut Annotation, id: &str) -> Option<&'a mut Comment> {
        annotation.comments.iter_mut().find(|comment| comment.id.to_string() == id)
    }
    match field {
        "anchor" => set(&mut annotation.anchor, other),
        "tag" => set(&mut annotation.tag, other),
        "note" => set(&mut annotation.note, other),
        "unsure" => set(&mut annotation.unsure, other),
        "statement" => set(&mut annotation.statement, other),
        "voice" => set(&mut annotation.voice, other),
        "annotator" => set(&mut annotation.annotator, other),
        "provenance" => set(&mut annotation.provenance, other),
        field => {
            if let Some(id) = field.strip_prefix("attribute ") {
                let id = AttributeId::new(id);
                match other {
                    Some(value) => drop(annotation.attributes.insert(id, value.to_owned())),
                    None => drop(annotation.attributes.remove(&id)),
                }
                Some(())
            } else if let Some(id) = field.strip_prefix("text of comment ") {
                set(&mut comment(annotation, id)?.text, other)
            } else if let Some(id) = field.strip_prefix("status of comment ") {
                set(&mut comment(annotation, id)?.status, other)
            } else {
                // Removed by one and changed by the other.
                let id = comment(annotation, field.strip_prefix("comment ")?)?.id;
                annotation.comments.retain(|comment| comment.id != id);
                Some(())
            }
        }
    }
}
