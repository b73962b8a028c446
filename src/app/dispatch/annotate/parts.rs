//! One annotation: split, joined, marked once more, commented on.

use std::sync::Arc;

use crate::edit::{Edit, make};
use crate::model::{Annotation, AnnotationId, Comment, CommentId, Span, TagId};

use super::super::super::{
    Action, Answer, MessageKind, Overlay, Said, Selection, Workspace, capitalized, count, shortened,
};
use super::{introduce, step, tag_name, twin};

/// Splits the chosen annotation at the caret.
pub(super) fn split(workspace: &mut Workspace) {
    let Some(desk) = &workspace.desk else { return };
    let Some(old) = desk.chosen() else { return };
    let caret = desk.view.selection.map(|(_, selection)| selection.head);
    let inside = |span: &Span| caret.is_some_and(|at| span.start() < at && at < span.end());
    let place = old.anchor.span().filter(inside).zip(caret).zip(desk.document(old.anchor.document()));
    let Some(((span, at), (document, cache))) = place else {
        let said = "Click into the passage where it shall be split, then press the key again";
        workspace.say(MessageKind::Notice, said, false);
        return;
    };
    let half = |start, end| cache.snap(document.text(), Span::new(start, end)?);
    let (Some(first), Some(second)) = (half(span.start(), at), half(at, span.end())) else {
        workspace.say(MessageKind::Notice, "There are no words on one side of the caret", false);
        return;
    };
    let (id, name, me) = (old.id, tag_name(desk, &old.tag), workspace.me());
    let new = AnnotationId(workspace.stamps.id());
    let now = workspace.now();
    let Some(desk) = &workspace.desk else { return };
    let mut edits: Vec<Edit> = introduce(workspace, &me).into_iter().collect();
    edits.extend(make::split(desk.session(), id, [first, second], new, &me, now));
    let said = format!("{} split in two; note, comments and links stay with the first", capitalized(&name));
    if step(workspace, &format!("split {name}"), &said, edits)
        && let Some(desk) = &mut workspace.desk
    {
        desk.view.chosen = Some(new);
    }
}

/// Joins the chosen annotation with the next of its document that has the same tag and annotator; with the one before
/// where that one touches it and the next does not. Where words stand between the two, one is asked first.
pub(super) fn join_next(workspace: &mut Workspace) {
    let Some(desk) = &workspace.desk else { return };
    let Some(old) = desk.chosen() else { return };
    let (Some((document, cache)), Some(span)) = (desk.document(old.anchor.document()), old.anchor.span())
    else {
        return;
    };
    let name = tag_name(desk, &old.tag);
    let alike = desk.session().annotations.values().filter(|other| {
        other.id != old.id
            && other.tag == old.tag
            && other.annotator == old.annotator
            && other.anchor.document() == old.anchor.document()
    });
    let mut alike: Vec<(Span, AnnotationId)> =
        alike.filter_map(|other| Some((other.anchor.span()?, other.id))).collect();
    alike.sort();
    let at = alike.partition_point(|(other, _)| (other.start(), other.end()) <= (span.start(), span.end()));
    // What stands between two places and would be marked too.
    let between = |first: Span, second: Span| {
        let gap = Span::new(first.end(), second.start())?;
        let seen = cache.snap(document.text(), gap)?;
        Some(cache.rendering.plain_text(document.text(), seen))
    };
    let next = alike.get(at).map(|(other, id)| (*id, between(span, *other)));
    let before = at.checked_sub(1).map(|at| alike[at]).map(|(other, id)| (id, between(other, span)));
    let (other, words) = match (next, before) {
        (Some((id, None)), _) | (_, Some((id, None))) => (id, None),
        (Some(next), _) => next,
        (None, _) => {
            let said = format!("No {name} of the same annotator follows in this document");
            workspace.say(MessageKind::Notice, said, false);
            return;
        }
    };
    let first = old.id;
    let Some(words) = words else { return join(workspace, first, other) };
    let long = count(words.chars().count(), "character");
    let text = format!("Between the two {name}s stand {long}. Mark all of it?");
    let details =
        vec![format!("“{}”", shortened(&words.split_whitespace().collect::<Vec<_>>().join(" "), 300))];
    let answers = vec![
        Answer { words: "Leave them apart".to_owned(), action: Action::Nothing },
        Answer { words: "Join them with all of it".to_owned(), action: Action::Join(first, other) },
    ];
    workspace.overlay = Some(Overlay::Question { text, details, answers });
}

/// Joins two annotations: the first in the text keeps its identity.
pub(in crate::app::dispatch) fn join(workspace: &mut Workspace, one: AnnotationId, other: AnnotationId) {
    let Some(desk) = &workspace.desk else { return };
    let start =
        |id| desk.annotation(id).and_then(|annotation| annotation.anchor.span()).map(|span| span.start());
    let (first, second) = if start(one) <= start(other) { (one, other) } else { (other, one) };
    let name = desk.annotation(first).map(|annotation| tag_name(desk, &annotation.tag)).unwrap_or_default();
    match make::join(desk.session(), first, second) {
        Ok(edits) => {
            let said = format!("Two {name}s are one");
            if step(workspace, &format!("join two {name}s"), &said, edits)
                && let Some(desk) = &mut workspace.desk
            {
                desk.view.chosen = Some(first);
            }
        }
        Err(why) => workspace.say(MessageKind::Notice, format!("Not joined: {why}"), false),
    }
}

/// Marks the chosen passage with a further tag.
pub(in crate::app::dispatch) fn also_tag(workspace: &mut Workspace, tag: &TagId) {
    workspace.overlay = None;
    let Some(desk) = &workspace.desk else { return };
    let Some(old) = desk.chosen().cloned() else { return };
    let (me, name) = (workspace.me(), tag_name(desk, tag));
    let document = old.anchor.document();
    if old.anchor.span().is_some_and(|span| twin(desk, document, span, tag, &me, None)) {
        workspace.say(MessageKind::Notice, format!("You have marked this passage as {name} already"), false);
        return;
    }
    let new = AnnotationId(workspace.stamps.id());
    let now = workspace.now();
    let Some(desk) = &workspace.desk else { return };
    let mut edits: Vec<Edit> = introduce(workspace, &me).into_iter().collect();
    edits.push(make::duplicate(desk.session(), &old, tag, new, &me, now));
    if step(workspace, &format!("also tag {name}"), &format!("Also marked as {name}"), edits)
        && let Some(desk) = &mut workspace.desk
    {
        desk.view.chosen = Some(new);
        if let Some((_, selection)) = &mut desk.view.selection {
            *selection = Selection::caret(selection.head);
        }
    }
}

/// Says something about an annotation, under one's name.
pub(in crate::app::dispatch) fn add_comment(workspace: &mut Workspace, id: AnnotationId, said: Said) {
    let text = said.text.trim();
    let me = workspace.me();
    let comment = CommentId(workspace.stamps.id());
    let at = workspace.now();
    let Some(desk) = &workspace.desk else { return };
    let is_something = !text.is_empty() || said.status.is_some();
    let Some(old) = desk.annotation(id).filter(|_| is_something) else { return };
    let mut new = Annotation::clone(old);
    let Said { status, reply_to, .. } = said;
    let text = text.to_owned();
    let comment = Comment { id: comment, author: me.clone(), at, text, reply_to, status };
    new.comments.push(comment);
    let label = format!("comment on {}", tag_name(desk, &old.tag));
    let mut edits: Vec<Edit> = introduce(workspace, &me).into_iter().collect();
    edits.push(Edit::PutAnnotation(Arc::new(new)));
    step(workspace, &label, "Comment added", edits);
}

/// Takes back a comment of one's own.
pub(in crate::app::dispatch) fn remove_comment(
    workspace: &mut Workspace,
    id: AnnotationId,
    comment: CommentId,
) {
    let me = workspace.me();
    let Some(desk) = &workspace.desk else { return };
    let Some(old) = desk.annotation(id) else { return };
    let mut new = Annotation::clone(old);
    let answered = new.comments.iter().any(|other| other.reply_to == Some(comment));
    new.comments.retain(|other| other.id != comment || other.author != me || answered);
    if new.comments.len() == old.comments.len() {
        let said = "Only a comment of one's own that nobody has answered can be taken back";
        workspace.say(MessageKind::Notice, said, false);
        return;
    }
    let label = format!("take back comment on {}", tag_name(desk, &old.tag));
    step(workspace, &label, "Comment taken back", vec![Edit::PutAnnotation(Arc::new(new))]);
}
