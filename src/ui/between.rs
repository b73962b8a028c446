//! What is drawn between columns: curves from one passage to another, ribbons from one range of rows to another,
//! and words on them. It lies over the columns and is clipped to the room between two texts, so that nothing that
//! is read is ever covered.

use std::sync::Arc;

use eframe::egui;
use eframe::egui::{Color32, Galley, Pos2, Rangef, Rect, Ui, Vec2, pos2, vec2};

use super::reader::Ink;
use super::theme::{Theme, font, size};

/// Straight pieces of a curve.
const PIECES: usize = 24;
/// A label that finds its place taken is moved by so much at a time.
const LABEL_STEP: f32 = 5.0;
/// How often.
const MOST_STEPS: usize = 60;
/// Room around the words of a label.
const LABEL_BESIDE: Vec2 = vec2(7.0, 1.0);

/// One mesh and some words, painted at the end.
pub struct Between<'a> {
    ui: &'a Ui,
    theme: &'a Theme,
    ink: Ink,
    /// Everything is clipped to this.
    clip: Rect,
    labels: Vec<Label>,
    pointer: Option<Pos2>,
}

struct Label {
    rect: Rect,
    words: Arc<Galley>,
    edge: Color32,
    ink: Color32,
}

/// How a ribbon looks.
#[derive(Clone, Copy, Debug)]
pub struct RibbonLook {
    /// Between its edges.
    pub fill: Color32,
    /// Its edges.
    pub edge: Color32,
    /// Width of an edge.
    pub width: f32,
}

impl<'a> Between<'a> {
    /// An empty layer over `clip`.
    pub fn new(ui: &'a Ui, theme: &'a Theme, clip: Rect) -> Self {
        let pixels_per_point = ui.ctx().pixels_per_point();
        let pointer = ui.ctx().pointer_hover_pos().filter(|at| {
            clip.contains(*at) && ui.ctx().layer_id_at(*at).is_none_or(|layer| layer == ui.layer_id())
        });
        Self { ui, theme, ink: Ink::new(pixels_per_point), clip, labels: Vec::new(), pointer }
    }

    /// Where the pointer is, when it is over this layer.
    pub fn pointer(&self) -> Option<Pos2> {
        self.pointer
    }

    /// A ribbon over a gap from rows at its left to rows at its right. True when the pointer is on it.
    pub fn ribbon(&mut self, gap: Rect, left: Rangef, right: Rangef, look: RibbonLook) -> bool {
        let top = Curve { from: pos2(gap.left(), left.min), to: pos2(gap.right(), right.min) };
        let bottom = Curve { from: pos2(gap.left(), left.max), to: pos2(gap.right(), right.max) };
        let (top_line, bottom_line) = (top.points(), bottom.points());
        self.ink.between(&top_line, &bottom_line, look.fill);
        if look.width > 0.0 {
            self.ink.polyline(&top_line, look.width, look.edge);
            self.ink.polyline(&bottom_line, look.width, look.edge);
        }
        self.pointer.is_some_and(|at| gap.contains(at) && top.y_at(at.x) <= at.y && at.y <= bottom.y_at(at.x))
    }

    /// A curve from a point to a point.
    pub fn curve(&mut self, curve: Curve, width: f32, color: Color32) {
        self.ink.polyline(&curve.points(), width, color);
    }

    /// A straight line through points.
    pub fn line(&mut self, points: &[Pos2], width: f32, color: Color32) {
        self.ink.polyline(points, width, color);
    }

    /// A dot, where a curve starts.
    pub fn dot(&mut self, at: Pos2, radius: f32, color: Color32) {
        self.ink.ring(at, radius, 0.5, color, color);
    }

    /// A ring, by which something is dragged.
    pub fn ring(&mut self, at: Pos2, radius: f32, color: Color32, inside: Color32) {
        self.ink.ring(at, radius, 1.4, color, inside);
    }

    /// Height of a label.
    pub fn label_height(&self) -> f32 {
        font::keycap().row + 2.0 * LABEL_BESIDE.y
    }

    /// An arrow head whose tip is at `tip`, pointing right or left.
    pub fn arrow(&mut self, tip: Pos2, right: bool, color: Color32) {
        let back = if right { -size::ARROW } else { size::ARROW };
        let (upper, lower) = (tip + vec2(back, -0.55 * size::ARROW), tip + vec2(back, 0.55 * size::ARROW));
        let points = if right { [tip, lower, upper] } else { [tip, upper, lower] };
        self.ink.convex(&points, color);
    }

    /// The first of several ways to say something that fits on a label in `room`; the last where none does.
    pub fn that_fits(&self, room: Rect, ways: impl IntoIterator<Item = String>) -> String {
        let mut last = String::new();
        for words in ways {
            let wide = font::keycap().line(self.ui.ctx(), &words, Color32::PLACEHOLDER).size().x;
            let fits = wide + 2.0 * LABEL_BESIDE.x <= room.width();
            last = words;
            if fits {
                break;
            }
        }
        last
    }

    /// Words on a label whose middle is at `middle`, kept inside `room`; returns where it stands.
    pub fn label(&mut self, middle: Pos2, room: Rect, words: &str, edge: Color32, ink: Color32) -> Rect {
        // What is longer than its room is cut, not laid over a text.
        let most = (room.width() - 2.0 * LABEL_BESIDE.x).max(size::HIT);
        let words = font::keycap().line_within(self.ui.ctx(), words, ink, most);
        let size = words.size() + 2.0 * LABEL_BESIDE;
        let min = (middle - size / 2.0).max(room.min).min(room.max - size).max(room.min).round();
        let rect = self.free(Rect::from_min_size(min, size), room);
        self.labels.push(Label { rect, words, edge, ink });
        rect
    }

    /// Where a label has room that others leave: as near as there is any, below before above.
    fn free(&self, wanted: Rect, room: Rect) -> Rect {
        let is_free = |rect: &Rect| {
            let inside = room.top() <= rect.top() && rect.bottom() <= room.bottom();
            inside && !self.labels.iter().any(|other| other.rect.expand(1.0).intersects(*rect))
        };
        let steps = (0..MOST_STEPS).flat_map(|step| [step as f32, -(step as f32)]);
        let mut places = steps.map(|step| wanted.translate(vec2(0.0, step * LABEL_STEP)));
        places.find(is_free).unwrap_or(wanted)
    }

    /// Paints what was drawn. Labels lie on top.
    pub fn paint(self) {
        let painter = self.ui.painter().with_clip_rect(self.clip.intersect(self.ui.clip_rect()));
        painter.add(self.ink.mesh);
        let colors = &self.theme.colors;
        for label in self.labels {
            let stroke = egui::Stroke::new(size::STROKE, label.edge);
            let inside = egui::StrokeKind::Inside;
            painter.rect(label.rect, size::RADIUS_KEYCAP, colors.raised, stroke, inside);
            painter.galley(label.rect.min + LABEL_BESIDE, label.words, label.ink);
        }
    }
}

/// A cubic that leaves `from` and reaches `to` on the level, and is a function of x.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Curve {
    /// Its left end.
    pub from: Pos2,
    /// Its right end.
    pub to: Pos2,
}

impl Curve {
    /// Its height over `x`.
    pub fn y_at(&self, x: f32) -> f32 {
        let width = self.to.x - self.from.x;
        let along = if width == 0.0 { 1.0 } else { ((x - self.from.x) / width).clamp(0.0, 1.0) };
        self.from.y + (self.to.y - self.from.y) * along * along * (3.0 - 2.0 * along)
    }

    /// Points along it, close enough together to look round.
    pub fn points(&self) -> [Pos2; PIECES + 1] {
        std::array::from_fn(|i| {
            let x = egui::lerp(self.from.x..=self.to.x, i as f32 / PIECES as f32);
            pos2(x, self.y_at(x))
        })
    }

    /// True when a point is near.
    pub fn is_near(&self, at: Pos2, within: f32) -> bool {
        let across = Rangef::new(self.from.x, self.to.x).expand(within);
        across.contains(at.x)
            && self.points().windows(2).any(|piece| {
                let (start, along) = (piece[0], piece[1] - piece[0]);
                let part = ((at - start).dot(along) / along.length_sq().max(0.001)).clamp(0.0, 1.0);
                (start + along * part).distance(at) <= within
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_level_at_its_ends_and_half_way_up_in_the_middle() {
        let curve = Curve { from: pos2(10.0, 100.0), to: pos2(50.0, 300.0) };
        assert_eq!((curve.y_at(10.0), curve.y_at(30.0), curve.y_at(50.0)), (100.0, 200.0, 300.0));
        assert_eq!((curve.y_at(0.0), curve.y_at(99.0)), (100.0, 300.0), "beside it as at its ends");
        // A tenth of the way along, 0.01 * (3 - 0.2) = 0.028 of the way up.
        assert!((curve.y_at(14.0) - 105.6).abs() < 0.01);
        assert!(curve.is_near(pos2(33.0, 200.0), 4.0), "a steep curve is near at its side");
        assert!(!curve.is_near(pos2(20.0, 200.0), 4.0));
    }
}
