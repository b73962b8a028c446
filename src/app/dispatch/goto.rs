//! Going to a place by its number, and back to where one came from.

use crate::model::AnnotationId;

use super::super::trail::Spot;
use super::super::{Desk, MessageKind, Overlay, ScrollPlace, ScrollTo, Selection, Workspace};
use super::select::pane_for;

/// Where one is.
fn here(desk: &Desk) -> Option<Spot> {
    let pane = desk.view.focused()?;
    let is_here = |id: &AnnotationId| {
        desk.annotation(*id).is_some_and(|annotation| *annotation.anchor.document() == pane.document)
    };
    Some(Spot { document: pane.document.clone(), top: pane.top, chosen: desk.view.chosen.filter(is_here) })
}

/// One is about to jump: where one is can be gone back to.
pub(super) fn leave(desk: &mut Desk) {
    if let Some(here) = here(desk) {
        desk.view.trail.leave(here);
    }
}

/// Goes back to where one was before the last jump, or forward again.
pub(super) fn go(workspace: &mut Workspace, back: bool) {
    let Some(desk) = &mut workspace.desk else { return };
    loop {
        let now = here(desk);
        let Some(spot) = desk.view.trail.go(now, back) else {
            let said =
                if back { "There is no place before this one" } else { "There is no place after this one" };
            return workspace.say(MessageKind::Notice, said, false);
        };
        // Documents go; the places in them with them.
        let Some(length) = desk.session().document(&spot.document).map(|document| document.text().len())
        else {
            continue;
        };
        let pane = pane_for(desk, &spot.document);
        desk.view.focus = Some(pane);
        if let Some(pane) = desk.view.pane_mut(pane) {
            pane.scroll_to = Some(ScrollTo::to(spot.top.min(length), ScrollPlace::Top));
        }
        let chosen = spot.chosen.and_then(|id| desk.annotation(id));
        if let Some((id, span)) =
            chosen.and_then(|annotation| Some((annotation.id, annotation.anchor.span()?)))
        {
            desk.view.chosen = Some(id);
            desk.view.selection = Some((pane, Selection::caret(span.start())));
        }
        return;
    }
}

/// Goes to a paragraph ("44", "¶ 44") or a line of the source ("line 120", "l 120") of the document in focus.
pub(super) fn number(workspace: &mut Workspace, typed: &str) {
    let Some(desk) = &mut workspace.desk else { return };
    let Some(pane) = desk.view.focused().cloned() else { return };
    let Some(cache) = desk.cache(&pane.document) else { return };
    let typed = typed.trim().trim_start_matches('¶').trim_start().to_lowercase();
    let digits = typed.trim_start_matches(|c: char| c.is_alphabetic() || matches!(c, '.' | ':' | ' '));
    let by_line = typed.starts_with('l') || typed.starts_with(':');
    let Ok(number) = digits.parse::<usize>() else {
        let wrong = "Type the number of a paragraph, or “line” and the number of a line".to_owned();
        workspace.overlay = Some(Overlay::GoTo { wrong });
        return;
    };
    let (what, most, offset) = match by_line {
        true => ("line", cache.lines.line_count(), cache.lines.range(number).map(|range| range.start)),
        false => ("¶", cache.paragraphs.len(), cache.paragraphs.range(number).map(|range| range.start)),
    };
    let Some(offset) = offset else {
        let wrong = format!("There is no {what} {number}: the last of this document is {most}");
        workspace.overlay = Some(Overlay::GoTo { wrong });
        return;
    };
    // What is shown of it begins after hidden marks.
    let block = cache.rendering.blocks().get(cache.rendering.block_at(offset));
    let offset = block.map_or(offset, |block| block.source.start.max(offset));
    workspace.overlay = None;
    let Some(desk) = &mut workspace.desk else { return };
    leave(desk);
    desk.view.chosen = None;
    desk.view.selection = Some((pane.id, Selection::caret(offset)));
    if let Some(pane) = desk.view.pane_mut(pane.id) {
        pane.scroll_to = Some(ScrollTo::to(offset, ScrollPlace::Center));
    }
}
