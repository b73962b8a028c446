//! The signs of kinds of differences: painted, since not every face has them.

use eframe::egui;
use eframe::egui::{Color32, Pos2, Sense, Shape, Stroke, Ui, pos2, vec2};

use crate::review::compare::Kind;

/// Paints the sign of a kind, or of punctuation alone, around a point.
pub fn paint_sign(painter: &egui::Painter, kind: Kind, slight: bool, at: Pos2, color: Color32) {
    let stroke = Stroke::new(1.4, color);
    let line = |from: Pos2, to: Pos2| painter.line_segment([from, to], stroke);
    let bar = |down: f32| line(pos2(at.x - 4.5, at.y + down), pos2(at.x + 4.5, at.y + down));
    match kind {
        _ if slight => {
            painter.circle_filled(at, 1.6, color);
        }
        Kind::Agree => {
            bar(-2.0);
            bar(2.0);
        }
        Kind::Tag | Kind::EndsAndTag => {
            bar(-2.0);
            bar(2.0);
            line(pos2(at.x - 2.5, at.y + 5.0), pos2(at.x + 2.5, at.y - 5.0));
        }
        Kind::Ends => {
            bar(0.0);
            for side in [-1.0, 1.0] {
                let tip = pos2(at.x + side * 5.0, at.y);
                line(tip, tip + vec2(-side * 2.8, -2.8));
                line(tip, tip + vec2(-side * 2.8, 2.8));
            }
        }
        Kind::OnlyOurs | Kind::OnlyTheirs => {
            let side = if kind == Kind::OnlyOurs { -1.0 } else { 1.0 };
            let points = vec![
                pos2(at.x + side * 4.0, at.y),
                pos2(at.x - side * 3.0, at.y - 4.0),
                pos2(at.x - side * 3.0, at.y + 4.0),
            ];
            painter.add(Shape::convex_polygon(points, color, Stroke::NONE));
        }
    }
}

/// The sign as a part of a row.
pub fn sign_ui(ui: &mut Ui, kind: Kind, slight: bool, color: Color32) {
    let (rect, _) = ui.allocate_exact_size(vec2(16.0, 18.0), Sense::hover());
    paint_sign(ui.painter(), kind, slight, rect.center(), color);
}
