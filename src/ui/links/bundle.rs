//! All links that are on screen: faint, their ends gathered by paragraph, so that hundreds stay legible. What the
//! pointer is on stands out and says what it is.

use std::collections::BTreeMap;

use eframe::egui::pos2;

use super::super::between::{Between, Curve};
use super::super::theme::{Theme, size};
use super::Wire;
use crate::app::{Desk, count};
use crate::model::{Link, LinkKindId};

/// How near the pointer has to be.
const NEAR: f32 = 4.0;

/// A column, and a paragraph in it.
type Port = (usize, usize);

/// The links between the same two paragraphs.
#[derive(Default)]
struct Strand {
    /// Heights of their ends.
    left: Vec<f32>,
    right: Vec<f32>,
    /// By kind, and how many go from left to right.
    kinds: BTreeMap<LinkKindId, usize>,
    forward: usize,
    curve: Option<Curve>,
    room: Option<eframe::egui::Rect>,
    gap: (f32, f32),
}

/// Links gathered by the paragraphs where they end.
#[derive(Default)]
pub(super) struct Bundle {
    strands: BTreeMap<(Port, Port), Strand>,
    brackets: Vec<[eframe::egui::Pos2; 4]>,
}

impl Bundle {
    /// Adds a link that is not of the chosen annotation.
    pub fn add(&mut self, desk: &Desk, link: &Link, wire: &Wire) {
        if wire.is_bracket() {
            self.brackets.push(wire.bracket_points());
            return;
        }
        let ends = if wire.forward { (link.from, link.to) } else { (link.to, link.from) };
        let paragraph = |id| {
            let anchor = &desk.annotation(id)?.anchor;
            Some(desk.cache(anchor.document())?.paragraphs.number_at(anchor.span()?.start()))
        };
        let (Some(left), Some(right)) = (paragraph(ends.0), paragraph(ends.1)) else { return };
        let strand = self.strands.entry(((wire.columns.0, left), (wire.columns.1, right))).or_default();
        strand.left.push(wire.curve.from.y);
        strand.right.push(wire.curve.to.y);
        *strand.kinds.entry(link.kind.clone()).or_default() += 1;
        strand.forward += usize::from(wire.forward);
        strand.curve = Some(wire.curve);
        strand.room = Some(wire.room);
        strand.gap = (wire.gap.min, wire.gap.max);
    }

    /// Draws all of them: short ends to where a paragraph's links leave it, one line from there to the other's.
    pub fn draw(self, between: &mut Between<'_>, desk: &Desk, theme: &Theme) {
        // Where the links of a paragraph leave it: in the middle of all their ends there.
        let mut ports: BTreeMap<(Port, bool), (f32, usize)> = BTreeMap::new();
        for ((left, right), strand) in &self.strands {
            for (port, at_left, ends) in [(*left, true, &strand.left), (*right, false, &strand.right)] {
                let port = ports.entry((port, at_left)).or_default();
                *port = (port.0 + ends.iter().sum::<f32>(), port.1 + ends.len());
            }
        }
        let port = |port: Port, at_left: bool| {
            ports.get(&(port, at_left)).map_or(0.0, |(sum, number)| sum / *number as f32)
        };
        let faint = theme.colors.control.gamma_multiply(0.55);
        for points in &self.brackets {
            between.line(points, size::STROKE, faint);
        }
        for ((left, right), strand) in &self.strands {
            let Some(ends) = strand.curve else { continue };
            let main = Curve {
                from: pos2(strand.gap.0 - size::SPACE[1], port(*left, true)),
                to: pos2(strand.gap.1, port(*right, false)),
            };
            let number = strand.left.len();
            let lit = between.pointer().is_some_and(|at| main.is_near(at, NEAR));
            let color = if lit { theme.colors.accent } else { faint };
            // Twice as many are a little wider.
            let width = size::STROKE + 0.8 * (number as f32).log2();
            between.curve(main, width.min(4.0), color);
            let mut heights = strand.left.clone();
            heights.sort_by(f32::total_cmp);
            heights.dedup();
            for y in heights {
                let start = Curve { from: pos2(ends.from.x, y), to: main.from };
                between.curve(start, size::STROKE, color);
            }
            let mut heights = strand.right.clone();
            heights.sort_by(f32::total_cmp);
            heights.dedup();
            for y in heights {
                // The last stretch to the text, where there is one.
                let end = Curve { from: main.to, to: pos2(ends.to.x.max(main.to.x + size::SPACE[1]), y) };
                between.curve(end, size::STROKE, color);
            }
            if lit && let Some(room) = strand.room {
                let middle = pos2((main.from.x + main.to.x) / 2.0, (main.from.y + main.to.y) / 2.0);
                between.label(middle, room, &words(desk, strand), theme.colors.accent, theme.colors.text);
            }
        }
    }
}

/// What the links of a strand say: "→ quotes", or how many there are.
fn words(desk: &Desk, strand: &Strand) -> String {
    let number = strand.left.len();
    let arrow = match strand.forward {
        forward if forward == number => "→ ",
        0 => "← ",
        _ => "",
    };
    let name = |id| desk.session().scheme.link_kind(id).map_or("", |kind| kind.name.as_str());
    match (strand.kinds.len(), strand.kinds.first_key_value()) {
        (1, Some((kind, 1))) => format!("{arrow}{}", name(kind)),
        (1, Some((kind, number))) => format!("{arrow}{number} × {}", name(kind)),
        _ => format!("{arrow}{}", count(number, "link")),
    }
}
