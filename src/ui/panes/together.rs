//! Columns that stand level, and columns that scroll together.

use std::collections::BTreeMap;

use eframe::egui::{Context, Rect};

use crate::app::links::Level;
use crate::app::{Action, Desk, Pane, PaneId, ScrollPlace, ScrollTo};
use crate::model::Span;

use super::super::app::Local;
use super::super::reader::ReaderOutput;

/// Tries until columns stand level, or as nearly so as their ends allow.
const TRIES: u8 = 3;
/// Less is no scrolling.
const LEAST: f32 = 0.01;
/// So near is level.
const NEAR: f32 = 1.5;

/// By how much columns are still to be scrolled, as others were.
#[derive(Default)]
pub struct Together {
    /// Down the document. What a column cannot do at its end is kept: who scrolls back finds it as it was.
    owed: BTreeMap<PaneId, f32>,
    /// What came up in this frame, for the next.
    came: BTreeMap<PaneId, f32>,
    /// Something came up in the last frame.
    due: bool,
    /// The passages that were made level last.
    stood: Vec<(PaneId, Span)>,
    /// The columns of the last frame and their widths.
    widths: Vec<(PaneId, f32)>,
}

impl Together {
    /// How far a column is to be scrolled in this frame.
    pub(super) fn wanted(&self, pane: PaneId) -> f32 {
        if self.due { self.owed.get(&pane).copied().unwrap_or_default() } else { 0.0 }
    }

    /// Takes what a column has done: `carry` is what it was asked for.
    pub(super) fn take(
        &mut self,
        ctx: &Context,
        locked: &[PaneId],
        pane: PaneId,
        carry: f32,
        drawn: &ReaderOutput,
    ) {
        if !locked.contains(&pane) {
            self.owed.remove(&pane);
            return;
        }
        if carry != 0.0 {
            *self.owed.entry(pane).or_default() -= drawn.carried;
        }
        if drawn.moved.abs() > LEAST {
            self.owed.remove(&pane);
            for other in locked.iter().filter(|other| **other != pane) {
                *self.came.entry(*other).or_default() += drawn.moved;
            }
            ctx.request_repaint();
        }
    }

    /// A frame begins: what came up in the last one is done in it.
    pub(super) fn begin(&mut self) {
        self.due = !self.came.is_empty();
        for (pane, points) in std::mem::take(&mut self.came) {
            *self.owed.entry(pane).or_default() += points;
        }
    }
}

/// The places among all columns of those that are to stand level, as many as fit on screen.
fn places(desk: &Desk, fit: usize) -> Vec<usize> {
    let at = |id: PaneId| desk.view.panes.iter().position(|pane| pane.id == id);
    let level = desk.view.links.level.iter().flat_map(|level| &level.places);
    level.take(fit).filter_map(|(id, _)| at(*id)).collect()
}

/// The first and the last of the columns that are to stand level, where they can be seen together.
pub(super) fn in_view(desk: &Desk, fit: usize) -> Option<(usize, usize)> {
    let places = places(desk, fit);
    let (first, last) = (*places.iter().min()?, *places.iter().max()?);
    (last - first < fit).then_some((first, last))
}

/// A column that stands too far from the first of those that are to stand level to be seen beside it, and the place where
/// it can be. One in a frame: each changes the places of the others.
pub(super) fn brought_beside(desk: &Desk, fit: usize) -> Option<(PaneId, usize)> {
    if in_view(desk, fit).is_some() {
        return None;
    }
    let places = places(desk, fit);
    let lead = *places.first()?;
    let far = *places.iter().max_by_key(|place| place.abs_diff(lead))?;
    Some((desk.view.panes[far].id, if far > lead { lead + 1 } else { lead }))
}

/// The columns that are to stand level after this frame, and at which height.
pub(super) fn level(desk: &Desk, local: &Local) -> Option<Level> {
    let level = desk.view.links.level.clone()?;
    let (lead, span) = *level.places.first()?;
    let reader = local.readers.get(&lead);
    let rendering = desk.view.pane(lead).and_then(|pane| desk.cache(&pane.document)).map(|it| &it.rendering);
    let stands = reader.zip(rendering).and_then(|(reader, rendering)| {
        let (y, height) = (reader.y_of(rendering, span.start())?, reader.view_height());
        (0.0..height * 0.7).contains(&y).then_some(y)
    });
    let height = reader.map_or(0.0, super::super::reader::ReaderCache::view_height);
    let y = level.y.unwrap_or_else(|| stands.unwrap_or(height * 0.3).round() as i32);
    Some(Level { y: Some(y), ..level })
}

/// Columns that stand level go on doing so when they become wider or narrower, because a panel opens or ribbons are drawn:
/// their rows break elsewhere then. Whoever has scrolled one of them on has it left where it is.
pub(super) fn kept(desk: &Desk, local: &mut Local, shown: &[Pane], columns: &[Rect]) -> Option<Level> {
    let widths = shown.iter().zip(columns).map(|(pane, rect)| (pane.id, rect.width())).collect();
    let before = std::mem::replace(&mut local.together.widths, widths);
    if before == local.together.widths || local.together.stood.is_empty() {
        return None;
    }
    let places = std::mem::take(&mut local.together.stood);
    // Where they stood in the last frame: the new one has not been laid out.
    let stand: Vec<f32> = places.iter().filter_map(|place| stands(desk, local, place)).collect();
    let y = *stand.first()?;
    let is_level = stand.len() == places.len() && stand.iter().all(|it| (it - y).abs() <= NEAR);
    let are_shown = places.iter().all(|(id, _)| shown.iter().any(|pane| pane.id == *id));
    (is_level && are_shown).then(|| Level { places, y: Some(y.round() as i32), tries: 0 })
}

/// How far below the top of its column a passage stands, as last drawn.
fn stands(desk: &Desk, local: &Local, (pane, span): &(PaneId, Span)) -> Option<f32> {
    let cache = desk.cache(&desk.view.pane(*pane)?.document)?;
    local.readers.get(pane)?.y_of(&cache.rendering, span.start())
}

/// Where a column is to scroll: to its place among those that stand level, else where it was asked to.
pub(super) fn scroll_to(level: Option<&Level>, pane: &Pane) -> Option<ScrollTo> {
    let place = level.and_then(|level| {
        let (_, span) = level.places.iter().find(|(id, _)| *id == pane.id)?;
        Some(ScrollTo::to_span(*span, ScrollPlace::At(level.y?)))
    });
    place.or(pane.scroll_to)
}

/// Looks where the passages have come to stand. Near an end of its text a column may not have come so far: then all
/// go where that one is.
pub(super) fn leveled(
    ctx: &Context,
    desk: &Desk,
    level: Option<Level>,
    local: &mut Local,
    actions: &mut Vec<Action>,
) {
    let Some(level) = level else { return };
    let wanted = level.y.unwrap_or_default() as f32;
    let stand: Vec<f32> = level.places.iter().filter_map(|place| stands(desk, local, place)).collect();
    let highest = stand.iter().copied().fold(wanted, f32::min);
    let lowest = stand.iter().copied().fold(wanted, f32::max);
    let tries = level.tries + 1;
    let next = match () {
        // A column behind a tab has not been drawn.
        () if tries >= TRIES || (wanted - highest <= NEAR && lowest - wanted <= NEAR) => None,
        () if wanted - highest > NEAR => Some(highest),
        () => Some(lowest),
    };
    if next.is_none() {
        local.together.stood.clone_from(&level.places);
    }
    ctx.request_repaint();
    actions.push(Action::Aligned(next.map(|y| Level { y: Some(y.round() as i32), tries, ..level })));
}
