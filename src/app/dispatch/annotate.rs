//! Marking, retagging, notes, deleting, undo.

mod parts;
mod several;

pub(super) use parts::{add_comment, also_tag, join, remove_comment};
pub(super) use several::{change_picked, note_picked, pick, pick_to, unpick};

use std::sync::Arc;

use crate::edit::{Edit, Step, make};
use crate::model::{
    Anchor, Annotation, AnnotationId, Annotator, AnnotatorId, Change, DocumentId, DocumentInfo, Reading,
    ReadingStatus, Session, Span, Tag, TagId, Timestamp,
};
use crate::text::sentences::sentence_at;
use crate::text::spans;

use super::super::{
    Access, AnnotationChange, Command, Desk, MessageKind, Overlay, PendingStep, ScrollPlace, ScrollTo,
    Selection, Workspace, capitalized, count,
};

/// Applies edits as one step, says what was done, or why it was refused.
pub(super) fn step(workspace: &mut Workspace, label: &str, said: &str, edits: Vec<Edit>) -> bool {
    let at = workspace.now();
    let Some(desk) = &workspace.desk else { return false };
    let edits = match desk.access {
        Access::Open => signed(desk.session(), &workspace.me(), workspace.my_name(), label, at, edits),
        // What is refused is signed when it is done after all.
        _ => edits,
    };
    step_as_it_is(workspace, label, said, edits)
}

/// The same for what is not of one's own hand, such as a colleague's comments: it enters no history of an annotation.
pub(super) fn step_as_it_is(workspace: &mut Workspace, label: &str, said: &str, edits: Vec<Edit>) -> bool {
    let at = workspace.now();
    let Some(desk) = &mut workspace.desk else { return false };
    if desk.access != Access::Open {
        super::access::refuse(workspace, label, said, edits);
        return false;
    }
    match desk.apply(Step { label: label.to_owned(), at, edits }) {
        Ok(()) => {
            // A message about an earlier act would put its "Undo" beside this one.
            match said {
                "" => workspace.messages.clear(),
                said => workspace.say(MessageKind::Done, said, true),
            }
            true
        }
        Err(error) => {
            workspace.problem(format!("Not done: {error}"));
            false
        }
    }
}

/// Seconds within which the same change by the same hand counts as one: a note that is being written.
const ONE_CHANGE_SECS: i64 = 600;

/// The edits, with an entry in the history of each annotation that they change: who, when, what.
pub(super) fn signed(
    session: &Session,
    me: &AnnotatorId,
    name: &str,
    label: &str,
    at: Timestamp,
    mut edits: Vec<Edit>,
) -> Vec<Edit> {
    let mut changed = false;
    for edit in &mut edits {
        let Edit::PutAnnotation(annotation) = edit else { continue };
        let old = session.annotations.get(&annotation.id).filter(|old| *old != annotation);
        let Some(old) = old else { continue };
        changed = true;
        let annotation = Arc::make_mut(annotation);
        annotation.modified = at;
        annotation.changes.clone_from(&old.changes);
        let goes_on = |last: &&mut Change| {
            let since = at.moment().as_second() - last.at.moment().as_second();
            last.by == *me && last.what == label && since < ONE_CHANGE_SECS
        };
        match annotation.changes.last_mut().filter(goes_on) {
            Some(last) => last.at = at,
            None => annotation.changes.push(Change { by: me.clone(), at, what: label.to_owned() }),
        }
    }
    let introduced = edits.iter().any(|edit| matches!(edit, Edit::PutAnnotator(id, _) if id == me));
    if changed && !introduced && !session.annotators.contains_key(me) {
        let annotator = Annotator { name: name.to_owned(), note: String::new() };
        edits.insert(0, Edit::PutAnnotator(me.clone(), annotator));
    }
    edits
}

/// The edit that makes one known to the session, if one is not yet.
pub(super) fn introduce(workspace: &Workspace, me: &AnnotatorId) -> Option<Edit> {
    let known = workspace.desk.as_ref()?.session().annotators.contains_key(me);
    let annotator = Annotator { name: workspace.my_name().to_owned(), note: String::new() };
    (!known).then(|| Edit::PutAnnotator(me.clone(), annotator))
}

pub(super) fn command(workspace: &mut Workspace, command: Command) {
    let Some(desk) = &mut workspace.desk else { return };
    let by_key = |desk: &Desk, key| desk.session().scheme.tag_for_key(key).map(|tag| tag.id.clone());
    match command {
        Command::Tag(key) => {
            if let Some(id) = by_key(desk, key) {
                tag(workspace, &id);
            }
        }
        Command::Stick(key) => {
            let id = by_key(desk, key).filter(|id| desk.view.sticky.as_ref() != Some(id));
            stick(workspace, id);
        }
        Command::EditNote if !desk.view.picked.is_empty() => workspace.overlay = Some(Overlay::NotePicked),
        Command::EditNote => {
            desk.view.focus_note = true;
            super::view::set_panel(workspace, super::super::Panel::Inspector, true);
        }
        Command::ToggleUnsure if !desk.view.picked.is_empty() => {
            let sure = |id: &AnnotationId| desk.annotation(*id).is_some_and(|annotation| !annotation.unsure);
            let unsure = desk.view.picked.iter().any(sure);
            change_picked(workspace, AnnotationChange::Unsure(unsure));
        }
        Command::ToggleUnsure => {
            if let Some((id, unsure)) = desk.chosen().map(|annotation| (annotation.id, annotation.unsure)) {
                change(workspace, id, AnnotationChange::Unsure(!unsure));
            }
        }
        Command::Delete if !desk.view.picked.is_empty() => {
            let ids: Vec<AnnotationId> = desk.view.picked.iter().copied().collect();
            delete(workspace, &ids);
        }
        Command::SplitAnnotation => parts::split(workspace),
        Command::JoinNext => parts::join_next(workspace),
        Command::AlsoTag => workspace.overlay = Some(Overlay::AlsoTag),
        Command::Comment => {
            desk.view.focus_comment = true;
            super::view::set_panel(workspace, super::super::Panel::Inspector, true);
        }
        Command::PickAll => {
            let ids = desk.rows().ids().to_vec();
            super::view::set_panel(workspace, super::super::Panel::Table, true);
            pick(workspace, ids);
        }
        Command::PickNext => several::pick_neighbor(workspace, true),
        Command::PickPrevious => several::pick_neighbor(workspace, false),
        Command::NotePicked => workspace.overlay = Some(Overlay::NotePicked),
        Command::Delete => {
            if let Some(id) = desk.view.chosen {
                delete(workspace, &[id]);
            }
        }
        _ => {}
    }
}

/// What a tag key does: mark the selection; retag the chosen annotation; mark the sentence at the caret.
pub(super) fn tag(workspace: &mut Workspace, tag: &TagId) {
    let Some(desk) = &mut workspace.desk else { return };
    let Some(pane) = desk.view.focused().cloned() else { return };
    let selection = desk.view.selection_in(pane.id);
    if let Some(span) = selection.and_then(Selection::span) {
        mark(workspace, &pane.document, span, tag);
    } else if !desk.view.picked.is_empty() {
        change_picked(workspace, AnnotationChange::Tag(tag.clone()));
    } else if let Some(id) = desk.view.chosen {
        change(workspace, id, AnnotationChange::Tag(tag.clone()));
    } else if let Some(caret) = selection.map(|selection| selection.head) {
        let Some((document, cache)) = desk.document(&pane.document) else { return };
        let is_furniture = spans::holds(&document.info.furniture, caret);
        let sentence = (!is_furniture)
            .then(|| sentence_at(document.text(), &cache.prose, caret))
            .flatten()
            .and_then(|sentence| cache.snap(document.text(), sentence));
        let Some(sentence) = sentence else {
            workspace.say(MessageKind::Notice, "No sentence stands at the caret", false);
            return;
        };
        let on_screen = pane.visible.start <= sentence.start() && sentence.start() < pane.visible.end;
        if on_screen {
            mark(workspace, &pane.document, sentence, tag);
        } else {
            let scroll_to = Some(ScrollTo::to_span(sentence, ScrollPlace::Center));
            if let Some(pane) = desk.view.pane_mut(pane.id) {
                pane.scroll_to = scroll_to;
            }
            let said = "The caret was out of sight: here it is. Press the key again to mark its sentence";
            workspace.say(MessageKind::Notice, said, false);
        }
    } else {
        workspace.say(MessageKind::Notice, "Select text first, or click into it", false);
    }
}

/// Makes an annotation on a span and chooses it.
pub(super) fn mark(workspace: &mut Workspace, document: &DocumentId, span: Span, tag: &TagId) {
    let me = workspace.me();
    let Some(desk) = &workspace.desk else { return };
    let Some((source, cache)) = desk.document(document) else { return };
    let Some(span) = cache.snap(source.text(), span) else {
        workspace.say(MessageKind::Notice, "Nothing to mark here: only space is selected", false);
        return;
    };
    let name = tag_name(desk, tag);
    if twin(desk, document, span, tag, &me, None) {
        workspace.say(MessageKind::Notice, format!("You have marked this passage as {name} already"), false);
        return;
    }
    let attributes = desk.session().scheme.first_values(tag);
    let id = AnnotationId(workspace.stamps.id());
    let now = workspace.stamps.now();
    let anchor = Anchor::Placed { document: document.clone(), span };
    let annotation = Annotation { attributes, ..Annotation::new(id, anchor, tag.clone(), me.clone(), now) };
    let mut edits: Vec<Edit> = introduce(workspace, &me).into_iter().collect();
    edits.push(Edit::PutAnnotation(Arc::new(annotation)));
    edits.extend(begun(desk, document, &me, now));
    if step(workspace, &format!("tag {name}"), &format!("{} added", capitalized(&name)), edits)
        && let Some(desk) = &mut workspace.desk
    {
        desk.view.chosen = Some(id);
        desk.view.row_wanted = true;
        if let Some((_, selection)) = &mut desk.view.selection {
            *selection = Selection::caret(selection.head);
        }
    }
}

/// Who marks in a document reads it: the edit that says so, if it is unread.
pub(super) fn begun(desk: &Desk, document: &DocumentId, me: &AnnotatorId, at: Timestamp) -> Option<Edit> {
    let info = &desk.session().document(document)?.info;
    if info.reading.get(me).is_some_and(|reading| reading.status != ReadingStatus::Unread) {
        return None;
    }
    let mut info = DocumentInfo::clone(info);
    info.reading.insert(me.clone(), Reading { status: ReadingStatus::Reading, at });
    Some(Edit::SetDocumentInfo { id: document.clone(), info: Arc::new(info) })
}

/// Changes one field of an annotation.
pub(super) fn change(workspace: &mut Workspace, id: AnnotationId, change: AnnotationChange) {
    let Some(desk) = &workspace.desk else { return };
    let Some(old) = desk.annotation(id) else { return };
    let mut new = Annotation::clone(old);
    let name = tag_name(desk, &old.tag);
    let (label, said) = match change {
        AnnotationChange::Tag(tag) => {
            let to = tag_name(desk, &tag);
            let document = old.anchor.document();
            if tag == old.tag {
                workspace.say(MessageKind::Notice, format!("It is a {to} already"), false);
                return;
            }
            let annotator = &old.annotator;
            let twin =
                old.anchor.span().is_some_and(|span| twin(desk, document, span, &tag, annotator, Some(id)));
            if twin {
                let said = format!("This passage is marked as {to} already: delete the {name} instead");
                workspace.say(MessageKind::Notice, said, false);
                return;
            }
            new.tag = tag;
            (format!("retag {name} as {to}"), format!("{} is now a {to}", capitalized(&name)))
        }
        AnnotationChange::Note(note) => {
            new.note = note;
            (format!("note on {name}"), String::new())
        }
        AnnotationChange::Unsure(unsure) => {
            new.unsure = unsure;
            let word = if unsure { "unsure" } else { "sure" };
            (format!("mark {name} as {word}"), format!("{} marked as {word}", capitalized(&name)))
        }
        AnnotationChange::Span(span) => {
            let Some((document, cache)) = desk.document(old.anchor.document()) else { return };
            let Some(span) = cache.snap(document.text(), span) else { return };
            let document = document.id.clone();
            if twin(desk, &document, span, &old.tag, &old.annotator, Some(id)) {
                let said = format!("This passage is marked as {name} already");
                workspace.say(MessageKind::Notice, said, false);
                return;
            }
            let starts = old.anchor.span().map(Span::start) != Some(span.start());
            let ends = old.anchor.span().map(Span::end) != Some(span.end());
            let what = match (starts, ends) {
                (true, false) => "start",
                (false, true) => "end",
                _ => "place",
            };
            new.anchor = Anchor::Placed { document, span };
            (format!("move the {what} of {name}"), format!("{} of {name} moved", capitalized(what)))
        }
        AnnotationChange::Attribute(attribute, value) => {
            match value {
                Some(value) => new.attributes.insert(attribute.clone(), value),
                None => new.attributes.remove(&attribute),
            };
            (format!("set {attribute} of {name}"), format!("{} set", capitalized(attribute.as_str())))
        }
        AnnotationChange::Statement(statement) => {
            new.statement = statement;
            (format!("set statement of {name}"), "Statement set".to_owned())
        }
    };
    if new == **old {
        return;
    }
    step(workspace, &label, &said, vec![Edit::PutAnnotation(Arc::new(new))]);
}

/// Deletes annotations with their links.
pub(super) fn delete(workspace: &mut Workspace, ids: &[AnnotationId]) {
    let Some(desk) = &workspace.desk else { return };
    if ids.is_empty() {
        return;
    }
    let what = match ids {
        [id] => desk.annotation(*id).map_or_else(String::new, |annotation| tag_name(desk, &annotation.tag)),
        _ => count(ids.len(), "annotation"),
    };
    let ids = ids.to_vec();
    super::large::step(workspace, ids.len(), move |session| {
        let edits = make::remove_annotations(session, &ids);
        let links = edits.len() - ids.len();
        let with = if links > 0 { format!(" with {}", count(links, "link")) } else { String::new() };
        let said = format!("{} deleted{with}", capitalized(&what));
        PendingStep { label: format!("delete {what}"), said, edits }
    });
}

/// Makes a tag sticky, or none.
pub(super) fn stick(workspace: &mut Workspace, tag: Option<TagId>) {
    let Some(desk) = &mut workspace.desk else { return };
    desk.view.sticky = tag;
    if desk.view.sticky.is_none() {
        workspace.messages.clear();
    }
}

pub(super) fn undo_or_redo(workspace: &mut Workspace, command: Command) {
    if super::large::undo_or_redo(workspace, command) {
        return;
    }
    let Some(desk) = &mut workspace.desk else { return };
    let (done, result) = match command {
        Command::Undo => ("Undone", desk.undo()),
        _ => ("Redone", desk.redo()),
    };
    match result {
        Ok(Some(step)) => {
            show_step(workspace, &step);
            workspace.say(MessageKind::Notice, format!("{done}: {}", step.label), false);
        }
        Ok(None) => {}
        Err(error) => workspace.problem(format!("Not {}: {error}", done.to_lowercase())),
    }
}

/// Scrolls to what a step changed, where it can be seen.
pub(super) fn show_step(workspace: &mut Workspace, step: &Step) {
    let Some(desk) = &mut workspace.desk else { return };
    let changed = step.edits.iter().rev().find_map(|edit| match edit {
        Edit::PutAnnotation(annotation) => desk.annotation(annotation.id).cloned(),
        _ => None,
    });
    let Some(annotation) = changed else { return };
    let Some(span) = annotation.anchor.span() else { return };
    if desk.view.picked.is_empty() {
        desk.view.chosen = Some(annotation.id);
    }
    let scroll_to = Some(ScrollTo::to_span(span, ScrollPlace::IfHidden));
    let shows = |pane: &&mut super::super::Pane| pane.document == *annotation.anchor.document();
    if let Some(pane) = desk.view.panes.iter_mut().find(shows) {
        pane.scroll_to = scroll_to;
        desk.view.focus = Some(pane.id);
    }
}

/// True when the same annotator has the same tag on the same span.
pub(super) fn twin(
    desk: &Desk,
    document: &DocumentId,
    span: Span,
    tag: &TagId,
    annotator: &AnnotatorId,
    except: Option<AnnotationId>,
) -> bool {
    let Some(cache) = desk.cache(document) else { return false };
    cache.marks.at(&cache.rendering, span.start()).into_iter().any(|mark| {
        mark.span == span
            && mark.tag == *tag
            && Some(mark.id) != except
            && desk.annotation(mark.id).is_some_and(|other| other.annotator == *annotator)
    })
}

pub(super) fn tag_name(desk: &Desk, tag: &TagId) -> String {
    desk.session().scheme.tag(tag).map_or_else(|| tag.to_string(), |Tag { name, .. }| name.clone())
}
