//! The six line patterns and the hatch, as vertices: for underlines, lanes, swatches.
//!
//! A pane gathers all its lines in one mesh. Straight lines keep to whole pixels, so that they are as sharp as
//! the text; waves and slopes have feathered edges, one pixel wide.

use eframe::egui::{Color32, Mesh, Painter, Pos2, Rect, Shape, Stroke, pos2};

use crate::model::Pattern;

/// A wave's length, and how far its middle goes to each side of the line.
const WAVE: (f32, f32) = (7.0, 1.3);
/// Points of a wave's polyline a period: peaks are among them.
const WAVE_STEPS: f32 = 6.0;
/// From the middle of a double line to each of its lines.
const DOUBLE: f32 = 1.4;
/// The hatch: width of a stripe and distance of two, measured across.
const HATCH: (f32, f32) = (1.5, 5.0);

/// Adds a line of this pattern, whose middle runs from `from` to `to`; the pattern starts at `from`.
pub fn pattern_line(
    mesh: &mut Mesh,
    pattern: Pattern,
    from: Pos2,
    to: Pos2,
    stroke: Stroke,
    pixels_per_point: f32,
) {
    let length = (to - from).length();
    if length < 0.5 {
        return;
    }
    let along = (to - from) / length;
    let across = along.rot90();
    let at = |distance: f32| from + along * distance.min(length);
    let mut dashes = |lengths: &[f32]| {
        let mut start = 0.0;
        for pair in lengths.chunks_exact(2).cycle() {
            if start >= length {
                break;
            }
            segment(mesh, at(start), at(start + pair[0]), stroke, pixels_per_point);
            start += pair[0] + pair[1];
        }
    };
    match pattern {
        Pattern::Solid => segment(mesh, from, to, stroke, pixels_per_point),
        Pattern::Dashed => dashes(&[6.0, 3.0]),
        Pattern::Dotted => dashes(&[2.0, 3.0]),
        Pattern::DashDot => dashes(&[7.0, 2.5, 2.0, 2.5]),
        Pattern::Double => {
            let thin = Stroke::new((stroke.width * 0.65).max(1.0), stroke.color);
            for side in [-DOUBLE, DOUBLE] {
                segment(mesh, from + across * side, to + across * side, thin, pixels_per_point);
            }
        }
        Pattern::Wavy => {
            let (period, height) = WAVE;
            let steps = (length / period * WAVE_STEPS).ceil() as usize;
            let points = (0..=steps).map(|step| {
                let distance = step as f32 * period / WAVE_STEPS;
                // Starts in a trough, so that the first sample after it is no peak cut flat.
                let phase = std::f32::consts::TAU * (distance.min(length) / period + 0.25);
                at(distance) + across * (height * phase.sin())
            });
            strip(mesh, points, Stroke::new(stroke.width * 0.85, stroke.color), pixels_per_point);
        }
    }
}

/// What a pattern is called on screen.
pub fn pattern_name(pattern: Pattern) -> &'static str {
    match pattern {
        Pattern::Solid => "solid",
        Pattern::Dashed => "dashed",
        Pattern::Wavy => "wavy",
        Pattern::Dotted => "dotted",
        Pattern::Double => "double",
        Pattern::DashDot => "dash-dot",
    }
}

/// Paints one line of this pattern; for many, gather them with [`pattern_line`].
pub fn paint_pattern_line(painter: &Painter, pattern: Pattern, from: Pos2, to: Pos2, stroke: Stroke) {
    let mut mesh = Mesh::default();
    pattern_line(&mut mesh, pattern, from, to, stroke, painter.pixels_per_point());
    painter.add(Shape::mesh(mesh));
}

/// Adds a hatch of rising stripes in `rect`, whose corners stay square.
pub fn hatch(mesh: &mut Mesh, rect: Rect, color: Color32, pixels_per_point: f32) {
    let (width, distance) = HATCH;
    // Along x + y a stripe is wider than across it.
    let diagonal = std::f32::consts::SQRT_2;
    let (width, distance, feather) = (width * diagonal, distance * diagonal, diagonal / pixels_per_point);
    let place = |point: Pos2| (point.x - rect.left()) + (point.y - rect.top());
    let last = rect.width() + rect.height();
    let mut start = -width;
    while start < last + feather {
        let stops = [
            start - feather / 2.0,
            start + feather / 2.0,
            start + width - feather / 2.0,
            start + width + feather / 2.0,
        ];
        for (low, high, ends) in [
            (stops[0], stops[1], [0.0, 1.0]),
            (stops[1], stops[2], [1.0, 1.0]),
            (stops[2], stops[3], [1.0, 0.0]),
        ] {
            let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()];
            let part = clip(&clip(&corners, |point| place(point) - low), |point| high - place(point));
            let cover = |point: Pos2| {
                let t = ((place(point) - low) / (high - low)).clamp(0.0, 1.0);
                color.gamma_multiply(ends[0] + (ends[1] - ends[0]) * t)
            };
            fan(mesh, &part, cover);
        }
        start += distance;
    }
}

/// Paints one hatched rectangle.
pub fn paint_hatch(painter: &Painter, rect: Rect, color: Color32) {
    let mut mesh = Mesh::default();
    hatch(&mut mesh, rect, color, painter.pixels_per_point());
    painter.add(Shape::mesh(mesh));
}

/// Adds a line through these points, with feathered edges and blunt ends.
pub fn strip(mesh: &mut Mesh, points: impl IntoIterator<Item = Pos2>, stroke: Stroke, pixels_per_point: f32) {
    let points: Vec<Pos2> = points.into_iter().collect();
    if points.len() < 2 {
        return;
    }
    let feather = 1.0 / pixels_per_point;
    let inner = ((stroke.width - feather) / 2.0).max(0.0);
    let outer = (stroke.width + feather) / 2.0;
    // Thinner than a pixel: paler instead.
    let color = stroke.color.gamma_multiply((stroke.width / feather).min(1.0));
    for (i, point) in points.iter().enumerate() {
        let before = points[i.saturating_sub(1)];
        let after = points[(i + 1).min(points.len() - 1)];
        let across = (after - before).normalized().rot90();
        let first = mesh.vertices.len() as u32;
        for (side, color) in
            [(-outer, Color32::TRANSPARENT), (-inner, color), (inner, color), (outer, Color32::TRANSPARENT)]
        {
            mesh.colored_vertex(*point + across * side, color);
        }
        if i > 0 {
            for corner in first..first + 3 {
                mesh.add_triangle(corner - 4, corner - 3, corner);
                mesh.add_triangle(corner - 3, corner, corner + 1);
            }
        }
    }
}

/// A straight stretch: whole pixels when it is level or upright.
fn segment(mesh: &mut Mesh, from: Pos2, to: Pos2, stroke: Stroke, pixels_per_point: f32) {
    let level = (from.y - to.y).abs() < 0.01;
    if !level && (from.x - to.x).abs() >= 0.01 {
        return strip(mesh, [from, to], stroke, pixels_per_point);
    }
    let snap = |value: f32| (value * pixels_per_point).round() / pixels_per_point;
    let pixel = 1.0 / pixels_per_point;
    let pixels = (stroke.width * pixels_per_point).max(1.0);
    let (whole, rest) = (pixels.floor(), pixels.fract());
    let mut bar = |side: f32, thickness: f32, color: Color32| {
        let rect = if level {
            let (left, right) = (snap(from.x.min(to.x)), snap(from.x.max(to.x)));
            Rect::from_min_max(pos2(left, side), pos2(right, side + thickness))
        } else {
            let (top, bottom) = (snap(from.y.min(to.y)), snap(from.y.max(to.y)));
            Rect::from_min_max(pos2(side, top), pos2(side + thickness, bottom))
        };
        mesh.add_colored_rect(rect, color);
    };
    let side = snap(if level { from.y } else { from.x } - stroke.width / 2.0);
    bar(side, whole * pixel, stroke.color);
    if rest > 0.1 {
        // What is left of the width makes one paler row of pixels: the weight is right, one edge sharp.
        bar(side + whole * pixel, pixel, stroke.color.gamma_multiply(rest));
    }
}

/// The part of a convex polygon where `inside` is not negative (Sutherland and Hodgman 1974).
fn clip(polygon: &[Pos2], inside: impl Fn(Pos2) -> f32) -> Vec<Pos2> {
    let mut out = Vec::with_capacity(polygon.len() + 1);
    for (i, &point) in polygon.iter().enumerate() {
        let next = polygon[(i + 1) % polygon.len()];
        let (a, b) = (inside(point), inside(next));
        if a >= 0.0 {
            out.push(point);
        }
        if (a >= 0.0) != (b >= 0.0) {
            out.push(point + (next - point) * (a / (a - b)));
        }
    }
    out
}

fn fan(mesh: &mut Mesh, polygon: &[Pos2], color: impl Fn(Pos2) -> Color32) {
    if polygon.len() < 3 {
        return;
    }
    let first = mesh.vertices.len() as u32;
    for &point in polygon {
        mesh.colored_vertex(point, color(point));
    }
    for corner in 1..polygon.len() as u32 - 1 {
        mesh.add_triangle(first, first + corner, first + corner + 1);
    }
}

#[cfg(test)]
mod tests {
    use eframe::egui::{Vec2, vec2};

    use super::*;

    fn bounds(pattern: Pattern, to: Vec2) -> Rect {
        let mut mesh = Mesh::default();
        let from = pos2(10.0, 20.0);
        pattern_line(&mut mesh, pattern, from, from + to, Stroke::new(1.7, Color32::WHITE), 1.0);
        assert!(mesh.is_valid() && !mesh.is_empty(), "{pattern:?}");
        mesh.calc_bounds()
    }

    #[test]
    fn every_pattern_stays_on_its_line() {
        for pattern in Pattern::ALL {
            let level = bounds(pattern, vec2(50.0, 0.0));
            assert!(level.left() >= 9.0 && level.right() <= 61.5, "{pattern:?}: {level:?}");
            assert!(level.top() >= 16.5 && level.bottom() <= 23.5, "{pattern:?}: {level:?}");
            let upright = bounds(pattern, vec2(0.0, 50.0));
            assert!(upright.left() >= 6.5 && upright.right() <= 13.5, "{pattern:?}: {upright:?}");
        }
    }

    #[test]
    fn a_hatch_stays_in_its_rectangle() {
        let rect = Rect::from_min_size(pos2(3.0, 4.0), vec2(41.0, 17.0));
        let mut mesh = Mesh::default();
        hatch(&mut mesh, rect, Color32::WHITE, 1.5);
        assert!(mesh.is_valid() && rect.expand(0.01).contains_rect(mesh.calc_bounds()));
    }

    #[test]
    fn nothing_is_drawn_for_no_length() {
        let mut mesh = Mesh::default();
        let at = pos2(1.0, 1.0);
        pattern_line(&mut mesh, Pattern::Wavy, at, at, Stroke::new(1.7, Color32::WHITE), 1.0);
        assert!(mesh.is_empty());
    }
}
