//! Links as they are drawn: from the end of one passage over the gap to the other; as a bracket within a column; as a
//! chip at the margin where the other end is not beside. Painting changes nothing; `drag`: making one by mouse.

mod bundle;
mod chip;
mod drag;

use std::collections::BTreeSet;

use eframe::egui::{Color32, Pos2, Rangef, Rect, Ui, pos2};

pub use drag::LinkDrag;

use super::app::Local;
use super::between::{Between, Curve};
use super::places::Column;
use super::reader::ShownSpan;
use super::theme::{Theme, size};
use crate::app::{Action, Desk, Pane};
use crate::model::{AnnotationId, DocumentId, Link, LinkId, Span};

/// What is kept of links from frame to frame.
#[derive(Default)]
pub struct LinkLayer {
    /// Those that are drawn in this frame.
    drawn: Vec<LinkId>,
    /// One that is being dragged.
    drag: Option<LinkDrag>,
    /// Chips and handles on screen.
    covered: Vec<Rect>,
}

impl LinkLayer {
    /// Where chips and handles lie over the columns.
    pub fn covered(&self) -> Vec<Rect> {
        self.covered.clone()
    }
}

/// A column on screen with its pane.
type Shown<'a> = (&'a Pane, &'a Column);

/// Asks where the ends of the links stand that are to be drawn.
pub fn ask(desk: &Desk, shown: &[Pane], local: &mut Local) {
    local.links.drawn = drawn(desk, shown);
    let links = local.links.drawn.iter().filter_map(|id| desk.session().links.get(id));
    let mut asked: Vec<AnnotationId> = links.flat_map(|link| [link.from, link.to]).collect();
    asked.extend(desk.view.chosen);
    asked.extend(desk.view.links.start);
    asked.extend(local.links.drag.as_ref().and_then(LinkDrag::target));
    for (document, span) in asked.into_iter().filter_map(|id| end(desk, id)) {
        for pane in shown.iter().filter(|pane| pane.document == document) {
            local.places.ask(pane.id, span);
        }
    }
}

/// The links that are drawn: those of the chosen annotation, or all that have an end on screen.
fn drawn(desk: &Desk, shown: &[Pane]) -> Vec<LinkId> {
    let of = |id: AnnotationId| desk.links().links_at(id).iter().copied();
    if !desk.view.links.all || desk.session().links.is_empty() {
        return desk.view.chosen.into_iter().flat_map(of).collect();
    }
    let mut all: BTreeSet<LinkId> = desk.view.chosen.into_iter().flat_map(of).collect();
    for pane in shown {
        let Some(cache) = desk.cache(&pane.document) else { continue };
        let blocks =
            cache.rendering.block_at(pane.visible.start)..=cache.rendering.block_at(pane.visible.end);
        all.extend(blocks.flat_map(|block| cache.marks.in_block(block)).flat_map(|mark| of(mark.id)));
    }
    all.into_iter().collect()
}

fn end(desk: &Desk, id: AnnotationId) -> Option<(DocumentId, Span)> {
    let anchor = &desk.annotation(id)?.anchor;
    Some((anchor.document().clone(), anchor.span()?))
}

/// The color of a link: that of the tag where it starts.
fn color_of(desk: &Desk, theme: &Theme, id: AnnotationId) -> Color32 {
    let tag = desk.annotation(id).and_then(|annotation| desk.session().scheme.tag(&annotation.tag));
    tag.map_or(theme.colors.text2, |tag| theme.tag(tag.color, tag.retired).stroke)
}

/// Draws them over the columns, and the handle by which one is made.
pub fn links_ui(
    ui: &Ui,
    desk: &Desk,
    panes: &[Pane],
    area: Rect,
    theme: &Theme,
    local: &mut Local,
    actions: &mut Vec<Action>,
) {
    let shown: Vec<Shown<'_>> =
        panes.iter().filter_map(|pane| Some((pane, local.places.column(pane.id)?))).collect();
    let mut between = Between::new(ui, theme, area);
    let mut bundle = bundle::Bundle::default();
    let mut chips = Vec::new();
    for link in local.links.drawn.iter().filter_map(|id| desk.session().links.get(id)) {
        let strong = desk.view.chosen.filter(|id| [link.from, link.to].contains(id));
        let wires = wires(desk, link, &shown);
        for wire in &wires {
            match strong {
                Some(_) => wire_ui(&mut between, desk, link, wire, theme),
                None => bundle.add(desk, link, wire),
            }
        }
        match strong {
            Some(near) if wires.is_empty() => chips.push((link, near)),
            _ => {}
        }
    }
    bundle.draw(&mut between, desk, theme);
    let mut covered = Vec::new();
    for (link, near) in chips.iter().take(chip::MOST) {
        covered.extend(chip::chip_ui(ui, &mut between, desk, link, *near, &shown, theme, actions));
    }
    if let Some((_, near)) = chips.get(chip::MOST) {
        chip::more_ui(&mut between, desk, *near, chips.len() - chip::MOST, &shown, theme);
    }
    chip::start_ui(&mut between, desk, &shown, theme);
    let (drag, handles) = drag::handle_ui(ui, &mut between, desk, &shown, local, theme, actions);
    between.paint();
    covered.extend(handles);
    (local.links.drag, local.links.covered) = (drag, covered);
}

/// A link whose two ends are on screen, beside each other or in one column.
struct Wire {
    /// The columns of its ends, from the left; twice the same for a bracket.
    columns: (usize, usize),
    /// It starts at the left; in a bracket above.
    forward: bool,
    /// From the text at the left to the text at the right.
    room: Rect,
    curve: Curve,
    /// The gap between the columns.
    gap: Rangef,
}

/// Left of the numbers and lanes of a column.
fn left_of(column: &Column) -> f32 {
    column.text.left() - size::LANE_TO_TEXT - size::LANE * size::LANES as f32 - size::PARAGRAPH_NUMBER
}

fn right_of(column: &Column) -> f32 {
    column.text.right() + size::SPACE[0]
}

/// All places where a link can be drawn from end to end.
fn wires(desk: &Desk, link: &Link, shown: &[Shown<'_>]) -> Vec<Wire> {
    let (Some(from), Some(to)) = (end(desk, link.from), end(desk, link.to)) else { return Vec::new() };
    let at = |index: usize, end: &(DocumentId, Span)| -> Option<ShownSpan> {
        let (pane, column) = shown.get(index)?;
        (pane.document == end.0).then(|| column.place(end.1)?.shown().copied()).flatten()
    };
    let mut wires = Vec::new();
    for index in 0..shown.len() {
        let here = (at(index, &from), at(index, &to));
        if let (Some(a), Some(b)) = here {
            let forward = a.rows.min <= b.rows.min;
            let (left, right) = if forward { (a, b) } else { (b, a) };
            wires.push(bracket(shown, index, left, right, forward));
            continue;
        }
        for forward in [true, false] {
            let (start, goal) = if forward { (&from, &to) } else { (&to, &from) };
            if let (Some(left), Some(right)) = (at(index, start), at(index + 1, goal)) {
                wires.push(wire(shown, index, left, right, forward));
            }
        }
    }
    wires
}

fn wire(shown: &[Shown<'_>], index: usize, left: ShownSpan, right: ShownSpan, forward: bool) -> Wire {
    let (one, other) = (shown[index].1, shown[index + 1].1);
    let gap = Rangef::new(one.rect.right(), other.rect.left());
    Wire {
        columns: (index, index + 1),
        forward,
        room: Rect::from_x_y_ranges(one.text.right()..=other.text.left(), one.rect.y_range()),
        curve: Curve {
            from: pos2(right_of(one), left.last.center().y),
            to: pos2(left_of(other).max(gap.max - size::SPACE[0]), right.first.center().y),
        },
        gap,
    }
}

fn bracket(shown: &[Shown<'_>], index: usize, upper: ShownSpan, lower: ShownSpan, forward: bool) -> Wire {
    let column = shown[index].1;
    // At the right, where there is room for its word: the last column has it at its left.
    let before = index.checked_sub(1).filter(|_| index + 1 == shown.len());
    let (x, room) = match (before, shown.get(index + 1)) {
        (Some(before), _) => {
            let x = left_of(column).max(column.rect.left());
            (x, Rangef::new(shown[before].1.text.right(), x))
        }
        (None, Some((_, next))) => (right_of(column) - 2.0, Rangef::new(column.text.right(), left_of(next))),
        (None, None) => (right_of(column) - 2.0, Rangef::new(column.text.right(), column.rect.right())),
    };
    Wire {
        columns: (index, index),
        forward,
        room: Rect::from_x_y_ranges(room, column.rect.y_range()),
        curve: Curve {
            from: pos2(x, if before.is_some() { upper.first } else { upper.last }.center().y),
            to: pos2(x, lower.first.center().y),
        },
        gap: room,
    }
}

impl Wire {
    fn is_bracket(&self) -> bool {
        self.columns.0 == self.columns.1
    }

    /// True for a bracket at the left of its column.
    fn at_left(&self) -> bool {
        self.is_bracket() && self.room.center().x < self.curve.from.x
    }

    /// Three sides of a bracket beside the text.
    fn bracket_points(&self) -> [Pos2; 4] {
        let deep = size::SPACE[0] + 1.0;
        let out = self.curve.from.x + if self.at_left() { -deep } else { deep };
        [self.curve.from, pos2(out, self.curve.from.y), pos2(out, self.curve.to.y), self.curve.to]
    }
}

/// A link of the chosen annotation: its curve, where it starts and ends, its word.
fn wire_ui(between: &mut Between<'_>, desk: &Desk, link: &Link, wire: &Wire, theme: &Theme) {
    let color = color_of(desk, theme, link.from);
    let (tail, tip) =
        if wire.forward { (wire.curve.from, wire.curve.to) } else { (wire.curve.to, wire.curve.from) };
    let middle = match wire.is_bracket() {
        true => {
            between.line(&wire.bracket_points(), size::LINK, color);
            let beside = if wire.at_left() { 3.0 } else { -3.0 };
            between.arrow(tip + eframe::egui::vec2(beside, 0.0), wire.at_left(), color);
            let middle = wire.curve.from.lerp(wire.curve.to, 0.5);
            if wire.at_left() { pos2(wire.room.right(), middle.y) } else { middle }
        }
        false => {
            between.curve(wire.curve, size::LINK, color);
            between.arrow(tip, wire.forward, color);
            pos2(wire.gap.center(), wire.curve.y_at(wire.gap.center()))
        }
    };
    between.dot(tail, size::LINK_DOT, color);
    let name = desk.session().scheme.link_kind(&link.kind).map_or("", |kind| &kind.name);
    between.label(middle, wire.room, name, color, theme.colors.text);
}
