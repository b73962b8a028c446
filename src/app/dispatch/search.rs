//! Finding: what is looked for, going from hit to hit, marking hits.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::edit::Edit;
use crate::model::{Anchor, Annotation, AnnotationId, DocumentId, Span, TagId};
use crate::text::search::Mode;

use super::super::search::{Asked, Found};
use super::super::{
    Command, Desk, MessageKind, Overlay, PaneId, PendingStep, ScrollPlace, ScrollTo, Selection, Workspace,
    capitalized, count,
};
use super::{annotate, large, select};

/// A selection of more bytes than this is a passage, not what one looks for.
const LONGEST_PREFILL: usize = 200;

pub(super) fn command(workspace: &mut Workspace, command: Command) {
    match command {
        Command::Find => open(workspace),
        Command::FindNext => step(workspace, true),
        Command::FindPrevious => step(workspace, false),
        Command::TagHits => workspace.overlay = Some(Overlay::TagHits),
        _ => {}
    }
}

/// Puts the cursor into the field. What is selected is what one looks for.
fn open(workspace: &mut Workspace) {
    let Some(desk) = &mut workspace.desk else { return };
    let selected = selected(desk).and_then(|(document, span)| {
        let (document, cache) = desk.document(&document)?;
        let words =
            (span.len() <= LONGEST_PREFILL).then(|| cache.rendering.plain_text(document.text(), span))?;
        Some(words.split_whitespace().collect::<Vec<_>>().join(" "))
    });
    // A hit that one has stepped to is no new question.
    let at_hit = current_is_selected(desk);
    let search = &mut desk.view.search;
    if let Some(words) =
        selected.filter(|words| !words.is_empty() && !at_hit && search.asked.query.mode != Mode::Regex)
    {
        search.asked.query.words = words;
    }
    (search.open, search.focus_field) = (true, true);
}

/// Searches for this.
pub(super) fn ask(workspace: &mut Workspace, asked: Asked) {
    let Some(desk) = &mut workspace.desk else { return };
    let search = &mut desk.view.search;
    if search.asked != asked {
        search.current = None;
        search.then = None;
    }
    (search.open, search.asked) = (true, asked);
}

/// Puts the search away; its words stay for the next time.
pub(super) fn close(workspace: &mut Workspace) {
    let Some(desk) = &mut workspace.desk else { return };
    let search = &mut desk.view.search;
    (search.open, search.focus_field, search.then) = (false, false, None);
    search.cancel();
}

/// A worker has looked.
pub(super) fn found(workspace: &mut Workspace, desk_number: u64, number: u64, found: Found) {
    let Some(desk) = workspace.desk.as_mut().filter(|desk| desk.number == desk_number) else { return };
    if desk.view.search.take(number, found)
        && let Some(forward) = desk.view.search.then.take()
    {
        step(workspace, forward);
    }
}

/// Goes to the next hit after the caret, or the one before; from the last on to the first.
fn step(workspace: &mut Workspace, forward: bool) {
    let Some(desk) = &mut workspace.desk else { return };
    let search = &mut desk.view.search;
    if search.asked.query.is_empty() {
        return open(workspace);
    }
    search.open = true;
    // Typed a moment ago: what is on its way is meant.
    if !super::super::search::is_current(desk) {
        desk.view.search.then = Some(forward);
        return;
    }
    let search = &desk.view.search;
    let total = search.found.total;
    if total == 0 {
        let said = format!("No hits {}", search.asked.scope.words());
        workspace.say(MessageKind::Notice, said, false);
        return;
    }
    let (next, wraps) = neighbor(desk, forward);
    go_to(workspace, next);
    if wraps && total > 1 {
        let said =
            if forward { "From the last hit on to the first" } else { "From the first hit back to the last" };
        workspace.say(MessageKind::Notice, said, false);
    }
}

/// The hit after (or before) the caret, and whether the end was passed on the way.
fn neighbor(desk: &Desk, forward: bool) -> (usize, bool) {
    let search = &desk.view.search;
    let (found, total) = (&search.found, search.found.total);
    let by_number = |at: usize| match forward {
        true => ((at + 1) % total, at + 1 == total),
        false => ((at + total - 1) % total, at == 0),
    };
    // From hit to hit by number, as long as one has not gone elsewhere: hits in notes have no place in a text, and
    // one that was just marked is left by the caret at its end.
    let left = search.current.filter(|_| !found.are_in_text() || is_at_current(desk));
    if let Some(current) = left {
        return by_number(current);
    }
    let Some(pane) = desk.view.focused() else { return (if forward { 0 } else { total - 1 }, false) };
    let order = |id: &DocumentId| desk.session().document_index(id);
    let here = order(&pane.document);
    let selection = desk.view.selection_in(pane.id).unwrap_or(Selection::caret(pane.top));
    let (start, end) = (selection.anchor.min(selection.head), selection.anchor.max(selection.head));
    let mut next = None;
    for group in &found.groups {
        let number = |index: usize| group.first + index;
        let at = order(&group.document);
        if at == here && group.annotations.is_none() {
            let after = group.spans.partition_point(|hit| hit.start() < end);
            let before = group.spans.partition_point(|hit| hit.end() <= start);
            match forward {
                true if after < group.spans.len() => next = next.or(Some(number(after))),
                false if before > 0 => next = Some(number(before - 1)),
                _ => {}
            }
        } else if forward && at >= here {
            next = next.or(Some(group.first));
        } else if !forward && at < here {
            next = Some(number(group.len() - 1));
        }
    }
    match next {
        Some(next) => (next, false),
        None => (if forward { 0 } else { total - 1 }, true),
    }
}

/// Goes to a hit: its document is shown, the hit selected, or its annotation chosen.
pub(super) fn go_to(workspace: &mut Workspace, number: usize) {
    let Some(desk) = &mut workspace.desk else { return };
    let found = Arc::clone(&desk.view.search.found);
    let Some(place) = found.place(number) else { return };
    if desk.session().document(place.document).is_none() {
        return;
    }
    if desk.view.search.current.replace(number).is_none() {
        super::goto::leave(desk);
    }
    desk.view.search.row_wanted = true;
    let pane = pane_for(desk, place.document);
    if let Some(hit) = place.annotation {
        // A column is there: this opens no other.
        select::jump_to(workspace, hit.id);
    }
    let (Some(desk), Some(span)) = (&mut workspace.desk, place.span) else { return };
    if place.annotation.is_none() {
        desk.view.focus = Some(pane);
        desk.view.selection = Some((pane, Selection::of(span)));
        desk.view.chosen = None;
        desk.view.picked.clear();
    }
    if let Some(pane) = desk.view.pane_mut(pane) {
        let hidden = !(pane.visible.start <= span.start() && span.end() <= pane.visible.end);
        let place = if hidden { ScrollPlace::Center } else { ScrollPlace::IfHidden };
        pane.scroll_to = Some(ScrollTo::to_span(span, place));
    }
}

/// The column for a hit. Documents that have none share one that the search has opened: going through a dossier hit by
/// hit does not fill the window with columns.
fn pane_for(desk: &mut Desk, document: &DocumentId) -> PaneId {
    let has_one = desk.view.panes.iter().any(|pane| pane.document == *document);
    let own = desk.view.search.pane.and_then(|id| desk.view.pane_mut(id)).filter(|_| !has_one);
    if let Some(pane) = own {
        pane.document = document.clone();
        (pane.top, pane.visible, pane.scroll_to) = (0, 0..0, None);
        let id = pane.id;
        desk.view.selection = desk.view.selection.filter(|(pane, _)| *pane != id);
        return id;
    }
    let id = select::pane_for(desk, document);
    if !has_one {
        desk.view.search.pane = Some(id);
    }
    id
}

/// What is selected, and in which document.
fn selected(desk: &Desk) -> Option<(DocumentId, Span)> {
    let (pane, selection) = desk.view.selection?;
    Some((desk.view.pane(pane)?.document.clone(), selection.span()?))
}

/// True when the current hit is what is selected.
fn current_is_selected(desk: &Desk) -> bool {
    let place = desk.view.search.current.and_then(|current| desk.view.search.found.place(current));
    place.is_some_and(|place| {
        Some((place.document.clone(), place.span)) == selected(desk).map(|(id, span)| (id, Some(span)))
    })
}

/// True when the current hit is selected, or the caret stands at one of its ends.
fn is_at_current(desk: &Desk) -> bool {
    let place = desk.view.search.current.and_then(|current| desk.view.search.found.place(current));
    let Some((pane, selection)) = desk.view.selection else { return false };
    let shown = desk.view.pane(pane).map(|pane| &pane.document);
    place.is_some_and(|place| {
        Some(place.document) == shown
            && place.span.is_some_and(|span| {
                selection.span() == Some(span)
                    || selection.is_caret()
                        && (span.start() <= selection.head && selection.head <= span.end())
            })
    })
}

/// Marks the current hit, or the first one.
pub(super) fn tag_hit(workspace: &mut Workspace, tag: &TagId) {
    let Some(desk) = &workspace.desk else { return };
    let number = desk.view.search.current.unwrap_or(0);
    let place = desk.view.search.found.place(number);
    let Some((document, span)) = place.and_then(|place| Some((place.document.clone(), place.span?))) else {
        return;
    };
    go_to(workspace, number);
    annotate::mark(workspace, &document, span, tag);
}

/// Marks all hits with a tag, as one step; those that one has marked so already are left as they are.
pub(super) fn tag_hits(workspace: &mut Workspace, tag: &TagId) {
    workspace.overlay = None;
    if Command::TagHits.enabled(workspace).is_err() {
        return;
    }
    let (me, at, seed) = (workspace.me(), workspace.now(), workspace.stamps.id());
    let introduced = annotate::introduce(workspace, &me);
    let Some(desk) = &workspace.desk else { return };
    let found = Arc::clone(&desk.view.search.found);
    let groups = found.groups.iter().filter_map(|group| {
        let (document, cache) = desk.document(&group.document)?;
        Some((group.document.clone(), Arc::clone(&document.source), Arc::clone(&cache.rendering)))
    });
    let groups: Vec<_> = groups.collect();
    let begun = groups.iter().filter_map(|(document, ..)| annotate::begun(desk, document, &me, at));
    let begun: Vec<Edit> = begun.collect();
    let (tag, name) = (tag.clone(), annotate::tag_name(desk, tag));
    large::step(workspace, found.total, move |session| {
        let by_me = session.annotations.values().filter(|other| other.tag == tag && other.annotator == me);
        let place = |document: &DocumentId, span: Span| (document.clone(), span.start(), span.end());
        let mut marked: BTreeSet<_> =
            by_me.filter_map(|other| Some(place(other.anchor.document(), other.anchor.span()?))).collect();
        let mut edits: Vec<Edit> = introduced.into_iter().collect();
        let (mut made, mut left) = (0, 0);
        for (document, source, rendering) in &groups {
            let hits = found.in_document(document).map_or(&[][..], |group| &group.spans);
            for span in hits.iter().filter_map(|hit| rendering.snap(&source.text, *hit)) {
                if !marked.insert(place(document, span)) {
                    left += 1;
                    continue;
                }
                let anchor = Anchor::Placed { document: document.clone(), span };
                let id = AnnotationId(numbered(seed, made));
                let annotation = Annotation {
                    attributes: session.scheme.first_values(&tag),
                    ..Annotation::new(id, anchor, tag.clone(), me.clone(), at)
                };
                edits.push(Edit::PutAnnotation(Arc::new(annotation)));
                made += 1;
            }
        }
        let had = match left {
            0 => String::new(),
            1 => "; 1 had that mark already".to_owned(),
            _ => format!("; {left} had that mark already"),
        };
        if made == 0 {
            return PendingStep {
                label: String::new(),
                said: format!("Nothing to mark{had}"),
                edits: Vec::new(),
            };
        }
        edits.extend(begun);
        let what = count(made, "hit");
        let said = format!("{} marked as {name}{had}", capitalized(&what));
        PendingStep { label: format!("tag {what} as {name}"), said, edits }
    });
}

/// The id with this place after `first`: ids for a worker, which has no stamps. It is counted up in the bits that are
/// random, so it stays a UUIDv7 of the same moment.
fn numbered(first: uuid::Uuid, index: usize) -> uuid::Uuid {
    const RANDOM: u128 = (1 << 62) - 1;
    let bits = first.as_u128();
    uuid::Uuid::from_u128((bits & !RANDOM) | ((bits & RANDOM).wrapping_add(index as u128) & RANDOM))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_count_on_and_stay_of_version_7() {
        let first = uuid::Uuid::now_v7();
        let ids: BTreeSet<_> = (0..1000).map(|index| numbered(first, index)).collect();
        assert_eq!(ids.len(), 1000);
        assert!(ids.iter().all(|id| id.get_version_num() == 7 && id.get_variant() == uuid::Variant::RFC4122));
        assert_eq!(numbered(first, 0), first);
    }
}
