//! A drawing as points (PNG): laid out and tessellated by egui with the window's own faces, in a context of its own, and
//! filled in by the processor. So the picture has the letters of the window, fallback faces included, without a second
//! stack of fonts and without a window.

use eframe::egui;
use eframe::egui::epaint::{Mesh, Primitive, Vertex};
use eframe::egui::{Align2, Color32, ColorImage, Rect, Shape, Stroke, pos2, vec2};

use crate::format::matrix::{Drawing, Ink, Mark, Stroke as Outline};

use super::theme::{self, Theme, font};

/// Points of the picture in a point of the drawing.
const SCALE: f32 = 2.0;
/// More points than this are too many for most programs that show pictures.
const MOST: usize = 60_000_000;

/// Paints a drawing.
///
/// # Errors
/// In words, when it is too large.
pub fn png(drawing: &Drawing) -> Result<Vec<u8>, String> {
    let (width, height) = ((drawing.width * SCALE).ceil() as usize, (drawing.height * SCALE).ceil() as usize);
    if width.saturating_mul(height) > MOST {
        return Err(format!(
            "the picture would be {width} by {height} points, which few programs show: write it as SVG, or filter it"
        ));
    }
    let image = paint(drawing, [width, height]);
    let mut bytes = Vec::new();
    let (wide, high) = (u32::try_from(width).unwrap_or(0), u32::try_from(height).unwrap_or(0));
    let mut encoder = png::Encoder::new(&mut bytes, wide, high);
    encoder.set_color(png::ColorType::Rgb);
    encoder.set_depth(png::BitDepth::Eight);
    let data: Vec<u8> = image.iter().flat_map(|color| [color.r(), color.g(), color.b()]).collect();
    encoder
        .write_header()
        .and_then(|mut writer| writer.write_image_data(&data))
        .map_err(|error| error.to_string())?;
    Ok(bytes)
}

fn paint(drawing: &Drawing, [width, height]: [usize; 2]) -> Vec<Color32> {
    let ctx = egui::Context::default();
    theme::install_fonts(&ctx);
    let theme = Theme::light();
    let screen = Rect::from_min_size(egui::Pos2::ZERO, vec2(drawing.width, drawing.height));
    let mut atlas = ColorImage::default();
    let mut meshes = Vec::new();
    // Fonts that are new, and the size of points, hold from the next pass on.
    for _ in 0..2 {
        let mut input = egui::RawInput { screen_rect: Some(screen), ..egui::RawInput::default() };
        input.viewports.entry(egui::ViewportId::ROOT).or_default().native_pixels_per_point = Some(SCALE);
        let mut output = ctx.run_ui(input, |ui| {
            let painter = ui.ctx().layer_painter(egui::LayerId::background());
            for mark in &drawing.marks {
                painter.extend(shapes(ui.ctx(), &theme, mark));
            }
        });
        for delta in output.textures_delta.set.values().flatten() {
            take(&mut atlas, delta);
        }
        output.textures_delta.clear();
        meshes = ctx.tessellate(output.shapes, output.pixels_per_point);
    }
    let mut canvas = Canvas { points: vec![theme.colors.raised; width * height], width, height };
    for clipped in &meshes {
        if let Primitive::Mesh(mesh) = &clipped.primitive {
            canvas.mesh(mesh, &atlas);
        }
    }
    canvas.points
}

/// Brings the atlas of letters up to date.
fn take(atlas: &mut ColorImage, delta: &egui::epaint::ImageDelta) {
    let egui::epaint::ImageData::Color(image) = &delta.image;
    let Some([left, top]) = delta.pos else {
        *atlas = ColorImage::clone(image);
        return;
    };
    let [width, height] = image.size;
    for y in 0..height {
        let to = (top + y) * atlas.size[0] + left;
        if let Some(row) = atlas.pixels.get_mut(to..to + width) {
            row.copy_from_slice(&image.pixels[y * width..(y + 1) * width]);
        }
    }
}

fn color(theme: &Theme, ink: Ink) -> Color32 {
    match ink {
        Ink::Text => theme.colors.text,
        Ink::Meta => theme.colors.text3,
        Ink::Rule => theme.colors.line,
        Ink::Shade => theme.colors.bar,
        Ink::Tag(tag) => theme.tag(tag, false).stroke,
        Ink::Fill(tag) => theme.tag(tag, false).fill,
    }
}

fn shapes(ctx: &egui::Context, theme: &Theme, mark: &Mark) -> Vec<Shape> {
    match mark {
        Mark::Rect([x, y, width, height], fill, outline) => {
            let rect = Rect::from_min_size(pos2(*x, *y), vec2(*width, *height));
            let mut shapes: Vec<Shape> =
                fill.iter().map(|ink| Shape::rect_filled(rect, 2.0, color(theme, *ink))).collect();
            if let Some((ink, outline)) = outline {
                let stroke = Stroke::new(1.2, color(theme, *ink));
                let corners = [rect.left_top(), rect.right_top(), rect.right_bottom(), rect.left_bottom()];
                let path: Vec<egui::Pos2> = corners.into_iter().chain([rect.left_top()]).collect();
                match outline {
                    Outline::Solid => shapes.push(Shape::closed_line(corners.to_vec(), stroke)),
                    Outline::Dashed => shapes.extend(Shape::dashed_line(&path, stroke, 3.5, 2.0)),
                    Outline::Dotted => shapes.extend(Shape::dashed_line(&path, stroke, 1.2, 1.8)),
                }
            }
            shapes
        }
        Mark::Line([x1, y1, x2, y2], ink) => {
            let width = if *ink == Ink::Rule { 1.0 } else { 1.4 };
            vec![Shape::line_segment(
                [pos2(*x1, *y1), pos2(*x2, *y2)],
                Stroke::new(width, color(theme, *ink)),
            )]
        }
        Mark::Ring([x, y, radius], ink) => {
            vec![Shape::circle_stroke(pos2(*x, *y), *radius, Stroke::new(1.4, color(theme, *ink)))]
        }
        Mark::Words(words) => {
            let face = match (words.bold, words.italic) {
                (true, _) => font::ui_semibold(words.size),
                (_, true) => font::ui_italic(words.size),
                _ => font::ui(words.size),
            };
            let ink = color(theme, words.ink);
            let galley = ctx.fonts_mut(|fonts| fonts.layout_no_wrap(words.text.clone(), face, ink));
            // A row's letters stand on their baseline at about four fifths of its height.
            let ascent =
                galley.rows.first().and_then(|row| row.glyphs.first()).map_or(0.0, |glyph| glyph.pos.y);
            let anchor = if words.centered { Align2::CENTER_TOP } else { Align2::LEFT_TOP };
            let rect = anchor.anchor_size(pos2(words.x, words.y - ascent), galley.size());
            vec![Shape::galley(rect.min, galley, ink)]
        }
    }
}

/// Where triangles are filled in.
struct Canvas {
    points: Vec<Color32>,
    width: usize,
    height: usize,
}

impl Canvas {
    fn mesh(&mut self, mesh: &Mesh, atlas: &ColorImage) {
        for triangle in mesh.indices.chunks_exact(3) {
            let corner = |at: usize| mesh.vertices.get(triangle[at] as usize).copied();
            if let (Some(a), Some(b), Some(c)) = (corner(0), corner(1), corner(2)) {
                self.triangle([a, b, c], atlas);
            }
        }
    }

    /// Fills a triangle: each point whose middle lies in it, once, on an edge that two share too.
    fn triangle(&mut self, [a, mut b, mut c]: [Vertex; 3], atlas: &ColorImage) {
        let at = |vertex: &Vertex| (vertex.pos.x * SCALE, vertex.pos.y * SCALE);
        let cross = |(x1, y1): (f32, f32), (x2, y2): (f32, f32), (x, y): (f32, f32)| {
            (x2 - x1) * (y - y1) - (y2 - y1) * (x - x1)
        };
        let mut area = cross(at(&a), at(&b), at(&c));
        if area == 0.0 {
            return;
        }
        if area < 0.0 {
            std::mem::swap(&mut b, &mut c);
            area = -area;
        }
        let [pa, pb, pc] = [at(&a), at(&b), at(&c)];
        // Of two triangles at an edge, the one below or right of it has it.
        let owns = |(x1, y1): (f32, f32), (x2, y2): (f32, f32)| y2 < y1 || (y1 == y2 && x2 > x1);
        let inside = |weight: f32, owned: bool| weight > 0.0 || (weight == 0.0 && owned);
        let (own_a, own_b, own_c) = (owns(pb, pc), owns(pc, pa), owns(pa, pb));
        let least =
            |values: [f32; 3]| values.into_iter().fold(f32::INFINITY, f32::min).floor().max(0.0) as usize;
        let most = |values: [f32; 3], end: usize| {
            (values.into_iter().fold(0.0, f32::max).ceil().max(0.0) as usize).min(end)
        };
        let (xs, ys) = ([pa.0, pb.0, pc.0], [pa.1, pb.1, pc.1]);
        for y in least(ys)..most(ys, self.height) {
            for x in least(xs)..most(xs, self.width) {
                let middle = (x as f32 + 0.5, y as f32 + 0.5);
                let (wa, wb, wc) = (cross(pb, pc, middle), cross(pc, pa, middle), cross(pa, pb, middle));
                if inside(wa, own_a) && inside(wb, own_b) && inside(wc, own_c) {
                    let weights = [wa / area, wb / area, wc / area];
                    let source = shade([&a, &b, &c], weights, atlas);
                    let under = &mut self.points[y * self.width + x];
                    *under = over(source, *under);
                }
            }
        }
    }
}

/// The color at a point of a triangle, its parts from 0 to 255, multiplied by its opacity.
fn shade(corners: [&Vertex; 3], weights: [f32; 3], atlas: &ColorImage) -> [f32; 4] {
    let mut color = [0.0; 4];
    let mut uv = (0.0, 0.0);
    for (corner, weight) in corners.into_iter().zip(weights) {
        for (part, value) in color.iter_mut().zip(corner.color.to_array()) {
            *part += f32::from(value) * weight;
        }
        uv = (uv.0 + corner.uv.x * weight, uv.1 + corner.uv.y * weight);
    }
    let texel = texel(atlas, uv.0, uv.1);
    std::array::from_fn(|part| color[part] * texel[part] / 255.0)
}

/// The atlas between its points.
fn texel(atlas: &ColorImage, u: f32, v: f32) -> [f32; 4] {
    let [width, height] = atlas.size;
    if width == 0 || height == 0 {
        return [255.0; 4];
    }
    let (x, y) = ((u * width as f32 - 0.5).max(0.0), (v * height as f32 - 0.5).max(0.0));
    let (left, top) = (x.floor(), y.floor());
    let (right_share, low_share) = (x - left, y - top);
    let at = |x: usize, y: usize| atlas.pixels[y.min(height - 1) * width + x.min(width - 1)].to_array();
    let (left, top) = (left as usize, top as usize);
    let corners = [at(left, top), at(left + 1, top), at(left, top + 1), at(left + 1, top + 1)];
    let shares = [
        (1.0 - right_share) * (1.0 - low_share),
        right_share * (1.0 - low_share),
        (1.0 - right_share) * low_share,
        right_share * low_share,
    ];
    std::array::from_fn(|part| {
        corners.iter().zip(shares).map(|(corner, share)| f32::from(corner[part]) * share).sum()
    })
}

/// A color over what is there.
fn over(source: [f32; 4], under: Color32) -> Color32 {
    let rest = 1.0 - source[3] / 255.0;
    let under = under.to_array();
    let part = |at: usize| (source[at] + f32::from(under[at]) * rest).round().clamp(0.0, 255.0) as u8;
    theme::opaque(part(0), part(1), part(2))
}
