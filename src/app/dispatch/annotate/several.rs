//! Several annotations, picked in the table, changed as one step.

use std::sync::Arc;

use crate::edit::Edit;
use crate::model::{Annotation, AnnotationId};

use super::super::super::{AnnotationChange, Desk, MessageKind, Workspace, count};
use super::{step, tag_name, twin};

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
    let mut twins = 0;
    let mut edits = Vec::new();
    for old in desk.view.picked.iter().filter_map(|id| desk.annotation(*id)) {
        let mut new = Annotation::clone(old);
        match &change {
            AnnotationChange::Tag(tag) => {
                let span = old.anchor.span();
                let document = old.anchor.document();
                let is_twin = |span| twin(desk, document, span, tag, &old.annotator, Some(old.id));
                if *tag != old.tag && span.is_some_and(is_twin) {
                    twins += 1;
                    continue;
                }
                new.tag = tag.clone();
            }
            AnnotationChange::Unsure(unsure) => new.unsure = *unsure,
            AnnotationChange::Attribute(attribute, value) => {
                match value {
                    Some(value) => new.attributes.insert(attribute.clone(), value.clone()),
                    None => new.attributes.remove(attribute),
                };
            }
            AnnotationChange::Statement(statement) => new.statement = *statement,
            AnnotationChange::Note(_) | AnnotationChange::Span(_) => {}
        }
        if new != **old {
            edits.push(Edit::PutAnnotation(Arc::new(new)));
        }
    }
    let what = count(edits.len(), "annotation");
    let doing = match &change {
        AnnotationChange::Tag(tag) => format!("retag {what} as {}", tag_name(desk, tag)),
        AnnotationChange::Unsure(true) => format!("mark {what} as unsure"),
        AnnotationChange::Unsure(false) => format!("mark {what} as sure"),
        _ => format!("change {what}"),
    };
    let left = match twins {
        0 => String::new(),
        _ => format!("; {} left as they were: the passage has that tag already", count(twins, "annotation")),
    };
    if edits.is_empty() {
        workspace.say(MessageKind::Notice, format!("Nothing to change{left}"), false);
        return;
    }
    let said = format!("Done: {doing}{left}");
    step(workspace, &doing, &said, edits);
}

/// Adds words to the note of each picked annotation, as a line of its own.
pub(in crate::app::dispatch) fn note_picked(workspace: &mut Workspace, words: &str) {
    workspace.overlay = None;
    let words = words.trim();
    let Some(desk) = &workspace.desk else { return };
    if words.is_empty() {
        return;
    }
    let noted = |old: &Arc<Annotation>| {
        let mut new = Annotation::clone(old);
        if !new.note.is_empty() {
            new.note.push('\n');
        }
        new.note.push_str(words);
        Edit::PutAnnotation(Arc::new(new))
    };
    let picked = desk.view.picked.iter().filter_map(|id| desk.annotation(*id));
    let edits: Vec<Edit> = picked.map(noted).collect();
    let what = format!("note on {}", count(edits.len(), "annotation"));
    step(workspace, &what, &format!("Done: {what}"), edits);
}
