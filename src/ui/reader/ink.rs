//! One mesh for all fills and lines of a pane, with soft edges made of thin quads: thousands of them cost
//! one shape.

use eframe::egui::epaint::{Mesh, Vertex, WHITE_UV};
use eframe::egui::{Color32, Pos2, Rect, Vec2, pos2, vec2};

use crate::model::Pattern;

/// A mesh being drawn. Positions are points on the screen.
pub struct Ink {
    /// What was drawn.
    pub mesh: Mesh,
    /// Width of a pixel in points.
    pixel: f32,
}

/// How large a mesh was.
#[derive(Clone, Copy, Default)]
pub(super) struct Room {
    vertices: usize,
    indices: usize,
}

impl Ink {
    /// Nothing yet.
    pub fn new(pixels_per_point: f32) -> Self {
        Self { mesh: Mesh::default(), pixel: 1.0 / pixels_per_point }
    }

    /// With room for as much as `room` says, so that a mesh of many thousand corners is not moved as it grows.
    pub(super) fn with_room(pixels_per_point: f32, room: Room) -> Self {
        let mut ink = Self::new(pixels_per_point);
        ink.mesh.reserve_vertices(room.vertices);
        ink.mesh.indices.reserve(room.indices);
        ink
    }

    /// The room that it takes, and a little more.
    pub(super) fn room(&self) -> Room {
        let more = |len: usize| len + len / 8;
        Room { vertices: more(self.mesh.vertices.len()), indices: more(self.mesh.indices.len()) }
    }

    /// On a whole pixel.
    pub fn snap(&self, at: f32) -> f32 {
        (at / self.pixel).round() * self.pixel
    }

    /// A rectangle with hard edges, on whole pixels.
    pub fn rect(&mut self, rect: Rect, color: Color32) {
        let rect = self.snapped(rect);
        self.mesh.add_colored_rect(rect, color);
    }

    /// A rectangle on whole pixels with rounded corners.
    pub fn round_rect(&mut self, rect: Rect, radius: f32, color: Color32) {
        let rect = self.snapped(rect);
        let (base, half) = (self.next(), self.pixel / 2.0);
        let points = std::iter::zip(corners(rect, radius), DIRECTIONS);
        self.mesh.vertices.extend(points.flat_map(|(point, out)| {
            let out = out * half;
            let inner = Vertex { pos: point - out, uv: WHITE_UV, color };
            [inner, Vertex { pos: point + out, uv: WHITE_UV, color: Color32::TRANSPARENT }]
        }));
        self.fan(base, DIRECTIONS.len() as u32);
    }

    /// The edge of a rectangle, `width` wide inside it.
    pub fn round_frame(&mut self, rect: Rect, radius: f32, width: f32, color: Color32) {
        let corners = corners(self.snapped(rect).shrink(width / 2.0), radius);
        let points: Vec<Pos2> = corners.into_iter().chain(corners.first().copied()).collect();
        self.polyline(&points, width, color);
    }

    /// A ring.
    pub fn ring(&mut self, center: Pos2, radius: f32, width: f32, color: Color32, inside: Color32) {
        let circle: Vec<Pos2> = (0..24)
            .map(|i| center + Vec2::angled(i as f32 / 24.0 * std::f32::consts::TAU) * radius)
            .collect();
        self.convex(&circle, inside);
        let closed: Vec<Pos2> = circle.iter().chain(circle.first()).copied().collect();
        self.polyline(&closed, width, color);
    }

    /// A convex polygon with soft edges, its points clockwise on the screen.
    pub fn convex(&mut self, points: &[Pos2], color: Color32) {
        let count = points.len();
        if count < 3 {
            return;
        }
        let base = self.next();
        let half = self.pixel / 2.0;
        for (i, &point) in points.iter().enumerate() {
            let (before, after) = (points[(i + count - 1) % count], points[(i + 1) % count]);
            let out = corner_normal(before, point, after) * half;
            self.mesh.colored_vertex(point - out, color);
            self.mesh.colored_vertex(point + out, Color32::TRANSPARENT);
        }
        self.fan(base, count as u32);
    }

    /// The triangles of a convex polygon whose corners have two vertices each, the inner one first.
    fn fan(&mut self, base: u32, count: u32) {
        for i in 0..count {
            let (a, b) = (base + 2 * i, base + 2 * ((i + 1) % count));
            if i >= 2 {
                self.mesh.indices.extend([base, base + 2 * (i - 1), a]);
            }
            self.mesh.indices.extend([a, a + 1, b, b, a + 1, b + 1]);
        }
    }

    /// A line through points, with soft edges.
    pub fn polyline(&mut self, points: &[Pos2], width: f32, color: Color32) {
        if points.len() < 2 {
            return;
        }
        let base = self.next();
        let inner = ((width - self.pixel) / 2.0).max(0.0);
        let outer = (width + self.pixel) / 2.0;
        let closed = points.first() == points.last();
        for (i, &point) in points.iter().enumerate() {
            let last = points.len() - 1;
            let before = if i > 0 {
                points[i - 1]
            } else if closed {
                points[last - 1]
            } else {
                point
            };
            let after = if i < last {
                points[i + 1]
            } else if closed {
                points[1]
            } else {
                point
            };
            let normal = corner_normal(before, point, after);
            self.mesh.colored_vertex(point + normal * outer, Color32::TRANSPARENT);
            self.mesh.colored_vertex(point + normal * inner, color);
            self.mesh.colored_vertex(point - normal * inner, color);
            self.mesh.colored_vertex(point - normal * outer, Color32::TRANSPARENT);
        }
        self.strip(base, points.len() as u32, 4);
    }

    /// The area between two lines of as many points each, the first above the second. It may be concave.
    pub fn between(&mut self, upper: &[Pos2], lower: &[Pos2], color: Color32) {
        let base = self.next();
        let points = std::iter::zip(upper, lower);
        self.mesh.vertices.extend(
            points.flat_map(|(upper, lower)| [*upper, *lower].map(|pos| Vertex { pos, uv: WHITE_UV, color })),
        );
        self.strip(base, upper.len().min(lower.len()) as u32, 2);
    }

    /// A horizontal or vertical line in a tag's pattern. `from` is its left or upper end, at the top or left
    /// edge of a straight line, which stands on whole pixels.
    pub fn pattern(
        &mut self,
        from: Pos2,
        length: f32,
        down: bool,
        pattern: Pattern,
        width: f32,
        color: Color32,
    ) {
        if length <= 0.0 {
            return;
        }
        match pattern {
            Pattern::Solid => self.bar(from, 0.0, length, down, width, color),
            Pattern::Double => {
                let thin = (width * 0.6).max(self.pixel);
                self.bar(from, 0.0, length, down, thin, color);
                let apart = thin + (width * 0.7).max(self.pixel);
                self.bar(from + across(down) * apart, 0.0, length, down, thin, color);
            }
            Pattern::Dashed => self.dashes(from, length, down, &[6.0, 3.0], width, color),
            Pattern::Dotted => self.dashes(from, length, down, &[2.0, 3.0], width, color),
            Pattern::DashDot => self.dashes(from, length, down, &[7.0, 3.0, 2.0, 3.0], width, color),
            Pattern::Wavy => self.wave(from, length, down, width, color),
        }
    }

    /// Stripes at 45° over a rectangle.
    pub fn hatch(&mut self, rect: Rect, width: f32, every: f32, color: Color32) {
        let rect = self.snapped(rect);
        let across = width * std::f32::consts::SQRT_2;
        let step = every * std::f32::consts::SQRT_2;
        // Stripes run where x + y is the same; they start from the screen's corner, so that those of two
        // rows meet.
        let mut at = ((rect.left() + rect.top()) / step).floor() * step;
        while at < rect.right() + rect.bottom() {
            let stripe = clip_stripe(rect, at, at + across);
            self.convex(&stripe, color);
            at += step;
        }
    }

    fn wave(&mut self, from: Pos2, length: f32, down: bool, width: f32, color: Color32) {
        const PERIOD: f32 = 7.0;
        const HEIGHT: f32 = 3.0;
        const STEPS: usize = 6;
        // The phase hangs on the screen, not on the passage: two rows or passages look alike. Points stand at
        // sixths of a period on the screen, whose heights and slopes come again and again.
        let one = |phase: f32| {
            let (sin, cos) = (phase * std::f32::consts::TAU).sin_cos();
            let slope = cos * std::f32::consts::TAU / PERIOD * HEIGHT / 2.0;
            (sin * HEIGHT / 2.0, vec2(slope, -1.0) / (1.0 + slope * slope).sqrt())
        };
        let sixths: [(f32, Vec2); STEPS] = std::array::from_fn(|i| one(i as f32 / STEPS as f32));
        let origin = if down { from.y } else { from.x };
        let middle = (if down { from.x } else { from.y }) + width / 2.0;
        let width = width.min(1.6);
        let (inner, outer) = ((width - self.pixel) / 2.0, (width + self.pixel) / 2.0);
        // A line hardly wider than a pixel is a ridge, of the same ink; a wider one has a flat top.
        let ridge = [(width, Color32::TRANSPARENT), (0.0, color), (-width, Color32::TRANSPARENT)];
        let flat =
            [(outer, Color32::TRANSPARENT), (inner, color), (-inner, color), (-outer, Color32::TRANSPARENT)];
        let profile: &[(f32, Color32)] = if inner < 0.4 * self.pixel { &ridge } else { &flat };
        let base = self.next();
        let mut points = 0_u32;
        let mut add = |ink: &mut Self, along: f32, (height, normal): (f32, Vec2)| {
            ink.mesh.vertices.extend(profile.iter().map(|(out, color)| {
                let (x, y) = (along + normal.x * out, middle + height + normal.y * out);
                let pos = if down { pos2(y, x) } else { pos2(x, y) };
                Vertex { pos, uv: WHITE_UV, color: *color }
            }));
            points += 1;
        };
        let step = PERIOD / STEPS as f32;
        add(self, origin, one(origin / PERIOD));
        let first = (origin / step).floor() as i64 + 1;
        let mut i = first;
        while (i as f32) * step < origin + length {
            add(self, i as f32 * step, sixths[i.rem_euclid(STEPS as i64) as usize]);
            i += 1;
        }
        add(self, origin + length, one((origin + length) / PERIOD));
        self.strip(base, points, profile.len() as u32);
    }

    /// The triangles of a line whose points have so many vertices each, from one soft edge to the other.
    fn strip(&mut self, base: u32, points: u32, vertices: u32) {
        for i in 0..points.saturating_sub(1) {
            let row = base + vertices * i;
            for a in row..row + vertices - 1 {
                let b = a + vertices;
                self.mesh.indices.extend([a, a + 1, b, b, a + 1, b + 1]);
            }
        }
    }

    fn dashes(&mut self, from: Pos2, length: f32, down: bool, rhythm: &[f32], width: f32, color: Color32) {
        let mut at = 0.0;
        for (i, step) in rhythm.iter().cycle().enumerate() {
            if at >= length {
                break;
            }
            if i % 2 == 0 {
                self.bar(from, at, (at + step).min(length), down, width, color);
            }
            at += step;
        }
    }

    /// A straight piece, `start..end` along the line, its first edge on a whole pixel and the rest of its
    /// width as a paler pixel: sharp at one side, right in weight.
    fn bar(&mut self, from: Pos2, start: f32, end: f32, down: bool, width: f32, color: Color32) {
        let a = self.snap(if down { from.x } else { from.y });
        let along = if down { from.y } else { from.x };
        let (s, e) = (self.snap(along + start), self.snap(along + end));
        let place = |from_across: f32, to_across: f32| {
            if down {
                Rect::from_min_max(pos2(a + from_across, s), pos2(a + to_across, e))
            } else {
                Rect::from_min_max(pos2(s, a + from_across), pos2(e, a + to_across))
            }
        };
        let whole = (width / self.pixel).floor().max(1.0) * self.pixel;
        let rest = (width - whole) / self.pixel;
        let (full, paler) = (place(0.0, whole), place(whole, whole + self.pixel));
        self.mesh.add_colored_rect(full, color);
        if rest > 0.05 {
            self.mesh.add_colored_rect(paler, color.gamma_multiply(rest));
        }
    }

    fn snapped(&self, rect: Rect) -> Rect {
        let snap = |at: Pos2| pos2(self.snap(at.x), self.snap(at.y));
        Rect::from_min_max(snap(rect.min), snap(rect.max))
    }

    fn next(&self) -> u32 {
        self.mesh.vertices.len() as u32
    }
}

fn across(down: bool) -> Vec2 {
    if down { vec2(1.0, 0.0) } else { vec2(0.0, 1.0) }
}

/// Outward at a corner of a clockwise polygon, long enough that both edges move out by 1.
fn corner_normal(before: Pos2, point: Pos2, after: Pos2) -> Vec2 {
    let normal = |a: Pos2, b: Pos2| {
        let along = (b - a).normalized();
        vec2(along.y, -along.x)
    };
    let (a, b) = (normal(before, point), normal(point, after));
    let sum = match (before == point, point == after) {
        (true, _) => return b,
        (_, true) => return a,
        _ => a + b,
    };
    let square = sum.length_sq();
    if square < 0.5 { a } else { sum * (2.0 / square) }
}

/// Outward at the corners of a rounded rectangle, clockwise from the left: three a corner.
const DIRECTIONS: [Vec2; 12] = {
    const S: f32 = std::f32::consts::FRAC_1_SQRT_2;
    [
        vec2(-1.0, 0.0),
        vec2(-S, -S),
        vec2(0.0, -1.0),
        vec2(0.0, -1.0),
        vec2(S, -S),
        vec2(1.0, 0.0),
        vec2(1.0, 0.0),
        vec2(S, S),
        vec2(0.0, 1.0),
        vec2(0.0, 1.0),
        vec2(-S, S),
        vec2(-1.0, 0.0),
    ]
};

/// The outline of a rectangle with rounded corners, clockwise.
fn corners(rect: Rect, radius: f32) -> [Pos2; 12] {
    let radius = radius.min(rect.width() / 2.0).min(rect.height() / 2.0).max(0.0);
    let inner = rect.shrink(radius);
    let centers = [inner.left_top(), inner.right_top(), inner.right_bottom(), inner.left_bottom()];
    std::array::from_fn(|i| centers[i / 3] + DIRECTIONS[i] * radius)
}

/// The part of `rect` where `from <= x + y <= to`, clockwise.
fn clip_stripe(rect: Rect, from: f32, to: f32) -> Vec<Pos2> {
    let whole = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()];
    let lower = clip(&whole, |point| point.x + point.y - from);
    clip(&lower, |point| to - point.x - point.y)
}

/// The part of a convex polygon where `depth` is not negative (Sutherland and Hodgman 1974).
fn clip(polygon: &[Pos2], depth: impl Fn(Pos2) -> f32) -> Vec<Pos2> {
    let mut kept = Vec::with_capacity(polygon.len() + 1);
    for (i, &point) in polygon.iter().enumerate() {
        let next = polygon[(i + 1) % polygon.len()];
        let (here, there) = (depth(point), depth(next));
        if here >= 0.0 {
            kept.push(point);
        }
        if (here < 0.0) != (there < 0.0) {
            kept.push(point + (next - point) * (here / (here - there)));
        }
    }
    kept
}
