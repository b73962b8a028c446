//! Several annotations, picked in the table, changed as one step.

use std::sync::Arc;

use crate::edit::{Edit, make};
use crate::model::{Annotation, AnnotationId, Session};

use super::super::super::{AnnotationChange, Desk, PendingStep, Workspace, count};
use super::super::large;
use super::tag_name;

/// Picks annotations, besides those that are picked. One alone is the chosen one, not a pick.
pub(in crate::app::dispatch) fn pick(workspace: &mut Workspace, ids: Vec<AnnotationId>) {
    let Some(desk) = &mut workspace.desk else { return };
    if desk.view.picked.is_empty() {
        desk.view.picked.extend(desk.view.chosen);
    }
    desk.view.pick_from = ids.last().copied();
    let there = ids.into_iter().filter(|id| desk.session().annotations.contains_key(id));
    let there: Vec<AnnotationId> = there.collect();
    desk.view.picked.extend(there);
    settle(desk);
}

/// Picks annotations no longer.
pub(in crate::app::dispatch) fn unpick(workspace: &mut Workspace, ids: &[AnnotationId]) {
    let Some(desk) = &mut workspace.desk else { return };
    for id in ids {
        desk.view.picked.remove(id);
    }
    settle(desk);
}

/// Picks all rows from the last one picked, or the chosen one, to this.
pub(in crate::app::dispatch) fn pick_to(workspace: &mut Workspace, id: AnnotationId) {
    let Some(desk) = &workspace.desk else { return };
    let rows = desk.rows().ids();
    let row = |id: AnnotationId| rows.iter().position(|row| *row == id);
    let Some(to) = row(id) else { return };
    let from_id = desk.view.pick_from.or(desk.view.chosen).filter(|id| row(*id).is_some());
    let from = from_id.and_then(row).unwrap_or(to);
    let ids: Vec<AnnotationId> = rows[from.min(to)..=from.max(to)].to_vec();
    pick(workspace, ids);
    if let Some(desk) = &mut workspace.desk {
        desk.view.pick_from = from_id.or(Some(id));
    }
}

/// Picks the row after the last one picked or chosen, or the row before the first.
pub(super) fn pick_neighbor(workspace: &mut Workspace, after: bool) {
    let Some(desk) = &workspace.desk else { return };
    let rows = desk.rows().ids();
    let is_on = |id: &AnnotationId| desk.view.picked.contains(id) || desk.view.chosen == Some(*id);
    let next = match after {
        true => rows.iter().rposition(is_on).map_or(Some(0), |at| Some(at + 1)),
        false => rows.iter().position(is_on).map_or(rows.len().checked_sub(1), |at| at.checked_sub(1)),
    };
    let Some(&id) = next.and_then(|at| rows.get(at)) else { return };
    super::super::view::set_panel(workspace, super::super::super::Panel::Table, true);
    pick(workspace, vec![id]);
    if let Some(desk) = &mut workspace.desk {
        desk.view.row_wanted = true;
    }
}

/// A single pick is no pick: it is the chosen annotation.
fn settle(desk: &mut Desk) {
    if desk.view.picked.len() == 1 {
        desk.view.chosen = desk.view.picked.pop_first();
    }
}

/// Changes all picked annotations in one step. A tag that would put the same mark twice on one passage is left
/// as it is there, and said.
pub(in crate::app::dispatch) fn change_picked(workspace: &mut Workspace, change: AnnotationChange) {
    let Some(desk) = &workspace.desk else { return };
    let ids: Vec<AnnotationId> = desk.view.picked.iter().copied().collect();
    let to = match &change {
        AnnotationChange::Tag(tag) => tag_name(desk, tag),
        _ => String::new(),
    };
    large::step(workspace, ids.len(), move |session| {
        let (edits, twins) = match &change {
            AnnotationChange::Tag(tag) => make::retag(session, &ids, tag),
            change => (changed(session, &ids, |annotation| set(annotation, change)), 0),
        };
        let what = count(edits.len(), "annotation");
        let label = match &change {
            AnnotationChange::Tag(_) => format!("retag {what} as {to}"),
            AnnotationChange::Unsure(true) => format!("mark {what} as unsure"),
            AnnotationChange::Unsure(false) => format!("mark {what} as sure"),
            _ => format!("change {what}"),
        };
        let left = match twins {
            0 => String::new(),
            _ => format!(
                "; {} left as they were: their passage has that tag already",
                count(twins, "annotation")
            ),
        };
        let said = match edits.is_empty() {
            true => format!("Nothing to change{left}"),
            false => format!("Done: {label}{left}"),
        };
        PendingStep { label, said, edits }
    });
}

/// Sets what can be set on several at once.
fn set(annotation: &mut Annotation, change: &AnnotationChange) {
    match change {
        AnnotationChange::Unsure(unsure) => annotation.unsure = *unsure,
        AnnotationChange::Attribute(attribute, Some(value)) => {
            annotation.attributes.insert(attribute.clone(), value.clone());
        }
        AnnotationChange::Attribute(attribute, None) => {
            annotation.attributes.remove(attribute);
        }
        AnnotationChange::Statement(statement) => annotation.statement = *statement,
        // A note and a span belong to one; a tag is seen to by `make::retag`.
        AnnotationChange::Note(_) | AnnotationChange::Span(_) | AnnotationChange::Tag(_) => {}
    }
}

/// The edits that do `change` to annotations, where it changes anything.
fn changed(session: &Session, ids: &[AnnotationId], change: impl Fn(&mut Annotation)) -> Vec<Edit> {
    let edit = |id: &AnnotationId| {
        let old = session.annotations.get(id)?;
        let mut new = Annotation::clone(old);
        change(&mut new);
        (new != **old).then(|| Edit::PutAnnotation(Arc::new(new)))
    };
    ids.iter().filter_map(edit).collect()
}

/// Adds words to the note of each picked annotation, as a line of its own.
pub(in crate::app::dispatch) fn note_picked(workspace: &mut Workspace, words: &str) {
    workspace.overlay = None;
    let words = words.trim().to_owned();
    let Some(desk) = workspace.desk.as_ref().filter(|_| !words.is_empty()) else { return };
    let ids: Vec<AnnotationId> = desk.view.picked.iter().copied().collect();
    large::step(workspace, ids.len(), move |session| {
        let edits = changed(session, &ids, |annotation| {
            if !annotation.note.is_empty() {
                annotation.note.push('\n');
            }
            annotation.note.push_str(&words);
        });
        let label = format!("note on {}", count(edits.len(), "annotation"));
        let said = format!("Done: {label}");
        PendingStep { label, said, edits }
    });
}
