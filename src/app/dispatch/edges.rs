//! Moving an end of the chosen annotation by keys: first the end is picked, then arrows move it, Enter keeps it. All
//! of it is one step.

use crate::model::Span;
use crate::text::Rendering;
use crate::text::sentences::{next_sentence, prev_sentence, sentence_at};
use crate::text::words;

use super::super::view::Edge;
use super::super::{Action, AnnotationChange, Command, Desk, MessageKind, ScrollPlace, ScrollTo, Workspace};
use super::select::visible_step;

/// Does a command that means something for the end that is being moved; `false`: it is not one of them. Any other
/// command keeps the end where it is.
pub(super) fn takes(workspace: &mut Workspace, command: Command) -> bool {
    use Command as C;
    let Some(desk) = &mut workspace.desk else { return false };
    let picked = desk.view.edge;
    match (command, picked) {
        (C::MoveStart | C::MoveEnd, Some(edge)) if edge.start == (command == C::MoveStart) => keep(workspace),
        (C::MoveStart | C::MoveEnd, _) => {
            keep(workspace);
            pick(workspace, command == C::MoveStart);
        }
        (_, None) => return false,
        (C::Leave | C::Undo, Some(_)) => {
            desk.view.edge = None;
            workspace.say(MessageKind::Notice, "The passage is as it was", false);
        }
        (C::ShowDetails, Some(_)) => keep(workspace),
        (C::CharLeft | C::CharRight, Some(edge)) => {
            let step = if command == C::CharLeft { words::grapheme_prev } else { words::grapheme_next };
            moved(desk, edge, |rendering, text, at| visible_step(text, rendering, at, step));
        }
        (C::WordLeft, Some(edge)) => moved(desk, edge, |_, text, at| words::prev_word_boundary(text, at)),
        (C::WordRight, Some(edge)) => moved(desk, edge, |_, text, at| words::next_word_boundary(text, at)),
        (C::NextSentence | C::LineDown, Some(edge)) => by_sentence(desk, edge, true),
        (C::PreviousSentence | C::LineUp, Some(edge)) => by_sentence(desk, edge, false),
        (_, Some(_)) => {
            keep(workspace);
            return false;
        }
    }
    true
}

/// Keeps the end where it has been moved to.
pub(super) fn keep(workspace: &mut Workspace) {
    let Some(desk) = &mut workspace.desk else { return };
    let Some(edge) = desk.view.edge.take() else { return };
    let Some(annotation) = desk.annotation(edge.id) else { return };
    let Some((document, cache)) = desk.document(annotation.anchor.document()) else { return };
    let snapped = cache.snap(document.text(), edge.span);
    if let Some(span) = snapped.filter(|span| Some(*span) != annotation.anchor.span()) {
        workspace.dispatch(Action::Change(edge.id, AnnotationChange::Span(span)));
    }
}

fn pick(workspace: &mut Workspace, start: bool) {
    let Some(desk) = &mut workspace.desk else { return };
    let Some((id, span)) = desk.chosen().and_then(|it| Some((it.id, it.anchor.span()?))) else { return };
    desk.view.edge = Some(Edge { id, start, span });
    show(desk);
    let which = if start { "start" } else { "end" };
    let said = format!(
        "The arrows move the {which}: by character, with Ctrl by word, up and down by sentence. Enter keeps it"
    );
    workspace.say(MessageKind::Notice, said, false);
}

fn moved(desk: &mut Desk, edge: Edge, step: impl Fn(&Rendering, &str, usize) -> usize) {
    let Some(annotation) = desk.annotation(edge.id) else { return };
    let Some((document, cache)) = desk.document(annotation.anchor.document()) else { return };
    let at = step(&cache.rendering, document.text(), edge.at());
    put(desk, edge, at);
}

/// A start goes to starts of sentences, an end to their ends.
fn by_sentence(desk: &mut Desk, edge: Edge, forward: bool) {
    let Some(annotation) = desk.annotation(edge.id) else { return };
    let Some((document, cache)) = desk.document(annotation.anchor.document()) else { return };
    let (text, prose) = (document.text(), &cache.prose);
    let seen = |sentence: Span| cache.snap(text, sentence);
    let edge_of = |sentence: Span| if edge.start { sentence.start() } else { sentence.end() };
    let inside = if edge.start { edge.at() } else { edge.at().saturating_sub(1) };
    let mut from = text.floor_char_boundary(inside);
    let mut found = sentence_at(text, prose, from);
    // The sentence that it stands in may have its own edge ahead; else the next ones, hidden marks passed over.
    for _ in 0..1_000 {
        let target = found.and_then(seen).map(edge_of);
        if let Some(at) = target.filter(|at| if forward { *at > edge.at() } else { *at < edge.at() }) {
            return put(desk, edge, at);
        }
        found = match forward {
            true => next_sentence(text, prose, from),
            false => prev_sentence(text, prose, from),
        };
        let Some(next) = found else { return };
        from = if forward { next.end().saturating_sub(1) } else { next.start() };
    }
}

/// Puts the end at `at`, as long as something is left of the passage.
fn put(desk: &mut Desk, edge: Edge, at: usize) {
    let span = match edge.start {
        true => Span::new(at, edge.span.end()),
        false => Span::new(edge.span.start(), at),
    };
    if let Some(span) = span {
        desk.view.edge = Some(Edge { span, ..edge });
        show(desk);
    }
}

/// Scrolls to the end that is being moved.
fn show(desk: &mut Desk) {
    let Some(edge) = desk.view.edge else { return };
    let Some(document) = desk.annotation(edge.id).map(|it| it.anchor.document().clone()) else { return };
    let at = if edge.start { edge.at() } else { edge.at().saturating_sub(1) };
    if let Some(pane) = desk.view.panes.iter_mut().find(|pane| pane.document == document) {
        pane.scroll_to = Some(ScrollTo::to(at, ScrollPlace::IfHidden));
    }
}
