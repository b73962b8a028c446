//! The drawing as SVG.

use super::super::chart::ink as tag_ink;
use super::super::citation::escaped;
use super::super::page::printable;
use super::drawing::{Drawing, Ink, Mark, Stroke, Words};
use crate::model::TagColor;

/// Writes a drawing.
pub(super) fn write(drawing: &Drawing, title: &str) -> String {
    let (width, height) = (drawing.width, drawing.height);
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
         height=\"{height}\" font-family=\"sans-serif\">\n<title>{}</title>\n\
         <rect width=\"{width}\" height=\"{height}\" fill=\"#ffffff\"/>\n",
        text(title)
    );
    for mark in &drawing.marks {
        svg.push_str(&element(mark));
        svg.push('\n');
    }
    svg.push_str("</svg>\n");
    svg
}

fn element(mark: &Mark) -> String {
    match mark {
        Mark::Rect([x, y, width, height], fill, stroke) => {
            let fill = fill.map_or("none", hex);
            let stroke = stroke.map_or(String::new(), |(ink, stroke)| {
                let dashes = match stroke {
                    Stroke::Solid => "",
                    Stroke::Dashed => " stroke-dasharray=\"3.5 2\"",
                    Stroke::Dotted => " stroke-dasharray=\"1.2 1.8\"",
                };
                format!(" stroke=\"{}\" stroke-width=\"1.2\" rx=\"2.5\"{dashes}", hex(ink))
            });
            format!(
                "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{fill}\"{stroke}/>"
            )
        }
        Mark::Line([x1, y1, x2, y2], ink) => {
            let width = if *ink == Ink::Rule { 1.0 } else { 1.4 };
            format!(
                "<line x1=\"{x1}\" y1=\"{y1}\" x2=\"{x2}\" y2=\"{y2}\" stroke=\"{}\" stroke-width=\"{width}\"/>",
                hex(*ink)
            )
        }
        Mark::Ring([x, y, radius], ink) => format!(
            "<circle cx=\"{x}\" cy=\"{y}\" r=\"{radius}\" fill=\"none\" stroke=\"{}\" stroke-width=\"1.4\"/>",
            hex(*ink)
        ),
        Mark::Words(words) => written(words),
    }
}

fn written(words: &Words) -> String {
    let Words { x, y, size, .. } = words;
    let bold = if words.bold { " font-weight=\"600\"" } else { "" };
    let italic = if words.italic { " font-style=\"italic\"" } else { "" };
    let middle = if words.centered { " text-anchor=\"middle\"" } else { "" };
    format!(
        "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\" fill=\"{}\"{bold}{italic}{middle}>{}</text>",
        hex(words.ink),
        text(&words.text)
    )
}

fn text(words: &str) -> String {
    escaped(&printable(words).0)
}

fn hex(ink: Ink) -> &'static str {
    match ink {
        Ink::Text => "#1e1c19",
        Ink::Meta => "#655f56",
        Ink::Rule => "#c9c2b5",
        Ink::Shade => "#ebe8e2",
        Ink::Tag(color) => tag_ink(color),
        Ink::Fill(color) => fill(color),
    }
}

/// What stands behind a tag's letter on paper.
const fn fill(color: TagColor) -> &'static str {
    match color {
        TagColor::Blue => "#e5eefa",
        TagColor::Wine => "#fae7eb",
        TagColor::Ochre => "#fbf2d3",
        TagColor::Green => "#e5f4e8",
        TagColor::Violet => "#efedfd",
        TagColor::Teal => "#dff4f7",
        TagColor::Rust => "#fdebe4",
        TagColor::Slate => "#eceff4",
        TagColor::Olive => "#edf1e1",
        TagColor::Plum => "#f9eaf6",
    }
}
