//! Caret, selection, and the chosen annotation.

use crate::model::AnnotationId;
use crate::text::sentences::{next_sentence, prev_sentence, sentence_at};
use crate::text::words;

use super::super::{Command, Desk, Motion, PaneId, ScrollPlace, ScrollTo, Selection, Workspace};
use super::annotate;

/// The selection in a pane is this now.
pub(super) fn select(workspace: &mut Workspace, pane: PaneId, selection: Selection) {
    let Some(desk) = &mut workspace.desk else { return };
    desk.view.focus = Some(pane);
    desk.view.selection = Some((pane, selection));
    let document = desk.view.pane(pane).map(|pane| pane.document.clone());
    // One that has no place stays chosen: the selection may be its place.
    desk.view.chosen = desk.view.chosen.filter(|id| is_orphan_of(desk, *id, document.as_ref()));
    desk.view.picked.clear();
}

/// True for an annotation of this document whose words are gone.
fn is_orphan_of(desk: &Desk, id: AnnotationId, document: Option<&crate::model::DocumentId>) -> bool {
    let anchor = desk.annotation(id).map(|annotation| &annotation.anchor);
    anchor.is_some_and(|anchor| anchor.span().is_none() && Some(anchor.document()) == document)
}

/// The mouse was released: a sticky tag marks.
pub(super) fn released(workspace: &mut Workspace, pane: PaneId, selection: Selection) {
    select(workspace, pane, selection);
    let Some(desk) = &workspace.desk else { return };
    let (Some(tag), Some(pane)) = (desk.view.sticky.clone(), desk.view.pane(pane)) else { return };
    if let Some(span) = selection.span() {
        let document = pane.document.clone();
        annotate::mark(workspace, &document, span, &tag);
    }
}

/// A click chooses the shortest annotation there; the same click again the next one out.
pub(super) fn click(workspace: &mut Workspace, pane: PaneId, offset: usize, again: bool) {
    let Some(desk) = &mut workspace.desk else { return };
    let last = desk.view.selection_in(pane).filter(|selection| selection.is_caret()).map(|it| it.head);
    desk.view.focus = Some(pane);
    desk.view.selection = Some((pane, Selection::caret(offset)));
    desk.view.picked.clear();
    let Some(document) = desk.view.pane(pane).map(|pane| pane.document.clone()) else { return };
    let Some(cache) = desk.cache(&document) else { return };
    let marks = |offset: usize| -> Vec<AnnotationId> {
        cache.marks.at(&cache.rendering, offset).into_iter().map(|mark| mark.id).collect()
    };
    let here = marks(offset);
    // Again also a little beside, as long as the same marks lie there.
    let again = again || last.is_some_and(|last| last.abs_diff(offset) < 40 && marks(last) == here);
    let current = here.iter().position(|id| Some(*id) == desk.view.chosen);
    let next = match current {
        Some(at) if again => (at + 1) % here.len(),
        _ => 0,
    };
    desk.view.chosen = here.get(next).copied();
    desk.view.row_wanted = true;
}

/// Chooses an annotation where it is.
pub(super) fn choose(workspace: &mut Workspace, id: Option<AnnotationId>) {
    let Some(desk) = &mut workspace.desk else { return };
    desk.view.chosen = id.filter(|id| desk.annotation(*id).is_some());
    desk.view.row_wanted = true;
    desk.view.picked.clear();
    let selected = desk.view.selection.and_then(|(pane, _)| desk.view.pane(pane));
    let document = selected.map(|pane| pane.document.clone());
    if !id.is_some_and(|id| is_orphan_of(desk, id, document.as_ref())) {
        collapse(desk);
    }
}

/// Chooses an annotation and shows it, in a column of its document.
pub(super) fn jump_to(workspace: &mut Workspace, id: AnnotationId) {
    choose(workspace, Some(id));
    let Some(desk) = &mut workspace.desk else { return };
    let Some(annotation) = desk.annotation(id).cloned() else { return };
    let Some(span) = annotation.anchor.span() else { return };
    let document = annotation.anchor.document();
    let in_view = |pane: &super::super::Pane| {
        pane.document == *document && pane.visible.start <= span.start() && span.end() <= pane.visible.end
    };
    if !desk.view.focused().is_some_and(in_view) {
        super::goto::leave(desk);
    }
    let pane = pane_for(desk, document);
    desk.view.focus = Some(pane);
    desk.view.selection = Some((pane, Selection::caret(span.start())));
    if let Some(pane) = desk.view.pane_mut(pane) {
        let hidden = !(pane.visible.start <= span.start() && span.end() <= pane.visible.end);
        let place = if hidden { ScrollPlace::Center } else { ScrollPlace::IfHidden };
        pane.scroll_to = Some(ScrollTo::to_span(span, place));
    }
}

/// The pane that shows a document: the focused one if it does, else the first that does, else a new one.
pub(super) fn pane_for(desk: &mut Desk, document: &crate::model::DocumentId) -> PaneId {
    if let Some(pane) = desk.view.focused().filter(|pane| pane.document == *document) {
        return pane.id;
    }
    match desk.view.panes.iter().find(|pane| pane.document == *document) {
        Some(pane) => pane.id,
        None => desk.view.add_pane(usize::MAX, document.clone()),
    }
}

pub(super) fn command(workspace: &mut Workspace, command: Command) {
    use Command as C;
    let Some(desk) = &mut workspace.desk else { return };
    match command {
        C::NextAnnotation | C::PreviousAnnotation => step_annotation(workspace, command == C::NextAnnotation),
        C::NextSentence | C::PreviousSentence => step_sentence(desk, command == C::NextSentence),
        C::Widen => widen(desk),
        C::SelectAll => {
            let Some(pane) = desk.view.focused() else { return };
            let Some(document) = desk.session().document(&pane.document) else { return };
            let all = Selection { anchor: 0, head: document.text().len() };
            desk.view.selection = Some((pane.id, all));
            desk.view.chosen = None;
        }
        C::Leave => leave(workspace),
        C::Copy => copy(workspace),
        _ => {
            if let Some((motion, extend)) = motion_of(command) {
                move_caret(desk, motion, extend);
            }
        }
    }
}

/// What a command of moving means. Those that need the layout are done by the window, which answers with
/// [`super::super::Action::Select`].
fn motion_of(command: Command) -> Option<(Motion, bool)> {
    use Command as C;
    Some(match command {
        C::CharLeft => (Motion::CharLeft, false),
        C::CharRight => (Motion::CharRight, false),
        C::WordLeft => (Motion::WordLeft, false),
        C::WordRight => (Motion::WordRight, false),
        C::LineUp => (Motion::Rows(-1), false),
        C::LineDown => (Motion::Rows(1), false),
        C::LineStart => (Motion::RowStart, false),
        C::LineEnd => (Motion::RowEnd, false),
        C::PageUp => (Motion::Pages(-1), false),
        C::PageDown => (Motion::Pages(1), false),
        C::ParagraphUp => (Motion::ParagraphUp, false),
        C::ParagraphDown => (Motion::ParagraphDown, false),
        C::ExtendSentenceBack => (Motion::SentenceBack, true),
        C::ExtendSentenceOn => (Motion::SentenceOn, true),
        C::ExtendParagraphUp => (Motion::ParagraphUp, true),
        C::ExtendParagraphDown => (Motion::ParagraphDown, true),
        C::DocumentStart => (Motion::DocumentStart, false),
        C::DocumentEnd => (Motion::DocumentEnd, false),
        C::ExtendCharLeft => (Motion::CharLeft, true),
        C::ExtendCharRight => (Motion::CharRight, true),
        C::ExtendWordLeft => (Motion::WordLeft, true),
        C::ExtendWordRight => (Motion::WordRight, true),
        C::ExtendLineUp => (Motion::Rows(-1), true),
        C::ExtendLineDown => (Motion::Rows(1), true),
        C::ExtendLineStart => (Motion::RowStart, true),
        C::ExtendLineEnd => (Motion::RowEnd, true),
        C::ExtendPageUp => (Motion::Pages(-1), true),
        C::ExtendPageDown => (Motion::Pages(1), true),
        C::ExtendDocumentStart => (Motion::DocumentStart, true),
        C::ExtendDocumentEnd => (Motion::DocumentEnd, true),
        _ => return None,
    })
}

impl Command {
    /// The motion that a command stands for and whether it extends, when the window must do it because it
    /// needs the layout: rows and pages.
    pub fn layout_motion(self) -> Option<(Motion, bool)> {
        let by_layout = |motion: &Motion| {
            matches!(motion, Motion::Rows(_) | Motion::Pages(_) | Motion::RowStart | Motion::RowEnd)
        };
        motion_of(self).filter(|(motion, _)| by_layout(motion))
    }
}

fn move_caret(desk: &mut Desk, motion: Motion, extend: bool) {
    let Some(pane) = desk.view.focused() else { return };
    let Some((document, cache)) = desk.document(&pane.document) else { return };
    let text = document.text();
    let id = pane.id;
    // Without a caret, one begins where one reads.
    let from = desk.view.selection_in(id).unwrap_or(Selection::caret(pane.top));
    let collapse = !extend && !from.is_caret();
    let head = match motion {
        Motion::CharLeft if collapse => from.anchor.min(from.head),
        Motion::CharRight if collapse => from.anchor.max(from.head),
        Motion::CharLeft => visible_step(text, &cache.rendering, from.head, words::grapheme_prev),
        Motion::CharRight => visible_step(text, &cache.rendering, from.head, words::grapheme_next),
        Motion::WordLeft => words::prev_word_boundary(text, from.head),
        Motion::WordRight => words::next_word_boundary(text, from.head),
        Motion::SentenceBack => sentence_edge(text, cache, from.head, false),
        Motion::SentenceOn => sentence_edge(text, cache, from.head, true),
        Motion::ParagraphUp => {
            let here = cache.paragraphs.number_at(from.head);
            let start = |number| cache.paragraphs.range(number).map_or(0, |range| range.start);
            match start(here) < from.head {
                true => start(here),
                false => here.checked_sub(1).map_or(0, start),
            }
        }
        Motion::ParagraphDown => {
            let next = cache.paragraphs.number_at(from.head) + 1;
            cache.paragraphs.range(next).map_or(text.len(), |range| range.start)
        }
        Motion::DocumentStart => 0,
        Motion::DocumentEnd => text.len(),
        Motion::Rows(_) | Motion::Pages(_) | Motion::RowStart | Motion::RowEnd => return,
    };
    let selection = Selection { anchor: if extend { from.anchor } else { head }, head };
    if matches!(motion, Motion::DocumentStart | Motion::DocumentEnd) {
        super::goto::leave(desk);
    }
    desk.view.selection = Some((id, selection));
    desk.view.chosen = None;
    scroll_to(desk, id, ScrollTo::to(head, ScrollPlace::IfHidden));
}

/// The start of the sentence at `from`, or of the one before; or the end of it, or of the next.
fn sentence_edge(text: &str, cache: &super::super::DocumentCache, from: usize, forward: bool) -> usize {
    let mut at = if forward { from } else { text.floor_char_boundary(from.saturating_sub(1)) };
    let mut found = sentence_at(text, &cache.prose, at);
    loop {
        let seen = found.and_then(|sentence| cache.snap(text, sentence));
        if let Some(span) = seen.filter(|span| if forward { span.end() > from } else { span.start() < from })
        {
            return if forward { span.end() } else { span.start() };
        }
        found = match forward {
            true => next_sentence(text, &cache.prose, at),
            false => prev_sentence(text, &cache.prose, at),
        };
        let Some(next) = found else { return from };
        at = if forward { next.end().saturating_sub(1) } else { next.start() };
    }
}

/// A step that does not stop inside hidden Markdown marks.
pub(super) fn visible_step(
    text: &str,
    rendering: &crate::text::rendering::Rendering,
    from: usize,
    step: impl Fn(&str, usize) -> usize,
) -> usize {
    let place = |offset: usize| {
        let index = rendering.block_at(offset);
        rendering.blocks().get(index).map(|block| (index, block.to_visible(offset)))
    };
    let start = place(from);
    let mut at = from;
    loop {
        let next = step(text, at);
        if next == at || place(next) != start {
            return next;
        }
        at = next;
    }
}

fn step_sentence(desk: &mut Desk, forward: bool) {
    let Some(pane) = desk.view.focused() else { return };
    let Some((document, cache)) = desk.document(&pane.document) else { return };
    let (text, paragraphs) = (document.text(), &cache.prose);
    let selection = desk.view.selection_in(pane.id);
    let chosen = desk.chosen().filter(|annotation| *annotation.anchor.document() == pane.document);
    let chosen = chosen.and_then(|annotation| annotation.anchor.span());
    let mut from = match (selection.and_then(Selection::span).or(chosen), selection) {
        (Some(span), _) => {
            if forward {
                span.end().saturating_sub(1)
            } else {
                span.start()
            }
        }
        (None, Some(caret)) => caret.head,
        (None, None) => pane.top,
    };
    from = text.floor_char_boundary(from);
    let fresh = selection.is_none_or(Selection::is_caret) && chosen.is_none();
    let mut sentence = if fresh && forward { sentence_at(text, paragraphs, from) } else { None };
    // Sentences of nothing but hidden marks (a rule, an address of a link) are passed over.
    for _ in 0..1_000 {
        let next = sentence.take().or_else(|| match forward {
            true => next_sentence(text, paragraphs, from),
            false => prev_sentence(text, paragraphs, from),
        });
        let Some(next) = next else { return };
        if let Some(span) = cache.snap(text, next) {
            let id = pane.id;
            desk.view.selection = Some((id, Selection::of(span)));
            desk.view.chosen = None;
            scroll_to(desk, id, ScrollTo::to_span(span, ScrollPlace::IfHidden));
            return;
        }
        from = if forward { next.end().saturating_sub(1) } else { next.start() };
    }
}

/// From the caret to the word, the sentence, the paragraph.
fn widen(desk: &mut Desk) {
    let Some(pane) = desk.view.focused() else { return };
    let Some((document, cache)) = desk.document(&pane.document) else { return };
    let text = document.text();
    let selection = desk.view.selection_in(pane.id).unwrap_or(Selection::caret(pane.top));
    let (start, end) = (selection.anchor.min(selection.head), selection.anchor.max(selection.head));
    let paragraph = cache.paragraphs.range(cache.paragraphs.number_at(start));
    let wider = [
        words::word_at(text, start),
        sentence_at(text, &cache.prose, start),
        paragraph.and_then(|range| crate::model::Span::new(range.start, range.end)),
    ];
    let next = wider
        .into_iter()
        .flatten()
        .filter_map(|span| cache.snap(text, span))
        .find(|span| span.start() <= start && end <= span.end() && span.len() > end - start);
    if let Some(span) = next {
        desk.view.selection = Some((pane.id, Selection::of(span)));
        desk.view.chosen = None;
    }
}

fn step_annotation(workspace: &mut Workspace, forward: bool) {
    let Some(desk) = &workspace.desk else { return };
    let Some(pane) = desk.view.focused() else { return };
    let Some(cache) = desk.cache(&pane.document) else { return };
    let mut places: Vec<_> =
        cache.marks.all().map(|mark| (mark.span.start(), mark.span.end(), mark.id)).collect();
    places.sort();
    places.dedup();
    let chosen = desk.view.chosen.and_then(|id| places.iter().position(|place| place.2 == id));
    let caret = desk.view.selection_in(pane.id).map_or(pane.top, |selection| selection.head);
    let next = match (chosen, forward) {
        (Some(at), true) => places.get(at + 1),
        (Some(at), false) => at.checked_sub(1).and_then(|at| places.get(at)),
        (None, true) => places.iter().find(|place| place.0 >= caret),
        (None, false) => places.iter().rev().find(|place| place.0 < caret),
    };
    match next {
        Some(&(_, _, id)) => jump_to(workspace, id),
        None => {
            let said = if forward { "No annotation after this one" } else { "No annotation before this one" };
            workspace.say(super::super::MessageKind::Notice, said, false);
        }
    }
}

/// Esc: what stands over the window, the sticky tag, the selection, the choice, the search, the message.
fn leave(workspace: &mut Workspace) {
    if workspace.overlay.take().is_some() {
        return;
    }
    let Some(desk) = &mut workspace.desk else { return };
    let selected = desk.view.selection.is_some_and(|(_, selection)| !selection.is_caret());
    if desk.view.sticky.take().is_some() || super::links::end_link(desk) {
    } else if !desk.view.picked.is_empty() {
        desk.view.picked.clear();
    } else if desk.echoes.open && desk.view.mode == super::super::Mode::Annotate {
        super::echoes::close(workspace);
    } else if selected {
        collapse(desk);
    } else if desk.view.chosen.take().is_some() || super::links::unlock(desk) {
    } else if desk.view.search.open {
        super::search::close(workspace);
    } else {
        workspace.messages.clear();
    }
}

fn copy(workspace: &mut Workspace) {
    let Some(desk) = &workspace.desk else { return };
    let selected = desk
        .view
        .selection
        .and_then(|(pane, selection)| Some((desk.view.pane(pane)?.document.clone(), selection.span()?)));
    let chosen = || {
        let anchor = &desk.chosen()?.anchor;
        Some((anchor.document().clone(), anchor.span()?))
    };
    let Some((id, span)) = selected.or_else(chosen) else { return };
    let Some((document, cache)) = desk.document(&id) else { return };
    let passage = cache.rendering.plain_text(document.text(), span);
    workspace.effects.push(super::super::Effect::CopyText(passage));
    workspace.say(super::super::MessageKind::Done, "Passage copied", false);
}

fn collapse(desk: &mut Desk) {
    if let Some((_, selection)) = &mut desk.view.selection {
        *selection = Selection::caret(selection.head);
    }
}

fn scroll_to(desk: &mut Desk, pane: PaneId, to: ScrollTo) {
    if let Some(pane) = desk.view.pane_mut(pane) {
        pane.scroll_to = Some(to);
    }
}
