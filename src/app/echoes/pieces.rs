//! The words of two places as they are shown: what both have, what only one has.

use crate::across::alerts::Alert;
use crate::across::diff::{Change, diff};
use crate::across::echo::Place;
use crate::across::index::Index;
use crate::model::Span;

use super::cards::Told;
use super::shelf::Library;

/// Where a piece stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PieceKind {
    /// In both places.
    Kept,
    /// In the passage alone.
    Removed,
    /// In the other place alone.
    Added,
}

/// Some words in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// Where they stand.
    pub kind: PieceKind,
    /// They.
    pub words: String,
}

/// A run of words that both have is cut in its middle when it is longer.
const LONGEST: usize = 44;
/// Words that are left of it at each end.
const LEFT: usize = 18;

/// The words of `b`, with those of `a` that it does not have. Where they do not correspond word by word, those of `b`.
pub(super) fn pieces(
    library: &Library,
    index: &Index,
    a: &Place,
    b: &Place,
    corresponds: bool,
) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut add = |kind, place: &Place| {
        let words = words(library, place);
        if !words.is_empty() {
            pieces.push(Piece {
                kind,
                words: if kind == PieceKind::Kept { middle_cut(&words) } else { words },
            });
        }
    };
    let runs = if corresponds { diff(index, a, b) } else { Vec::new() };
    if runs.is_empty() {
        add(PieceKind::Kept, b);
        return pieces;
    }
    for (at, run) in runs.iter().enumerate() {
        if let Some(span) = run.a.filter(|_| run.change != Change::Kept) {
            add(PieceKind::Removed, &Place { document: a.document.clone(), span });
        }
        let Some(span) = run.b else { continue };
        // Marks between words stay with the words before them.
        let next = runs[at + 1..].iter().find_map(|next| next.b).map_or(b.span.end(), Span::start);
        let Some(span) = Span::new(span.start(), next.max(span.end())) else { continue };
        let kind = if run.change == Change::Kept { PieceKind::Kept } else { PieceKind::Added };
        add(kind, &Place { document: b.document.clone(), span });
    }
    pieces
}

/// The words of a place, without Markdown marks, on one line.
pub(super) fn words(library: &Library, place: &Place) -> String {
    let Some((document, rendering)) = library.get(&place.document) else { return String::new() };
    let plain = rendering.plain_text(document.text(), place.span);
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn middle_cut(words: &str) -> String {
    let all: Vec<&str> = words.split(' ').collect();
    if all.len() <= LONGEST {
        return words.to_owned();
    }
    format!("{} … {}", all[..LEFT].join(" "), all[all.len() - LEFT..].join(" "))
}

/// Alerts with the words that they are about.
pub(super) fn told(library: &Library, alerts: &[Alert]) -> Vec<Told> {
    let quoted =
        |places: &[Place]| places.iter().map(|place| words(library, place)).collect::<Vec<_>>().join(", ");
    let of = |alert: &Alert| Told {
        kind: alert.kind.name().to_owned(),
        subject: alert.subject(),
        a: quoted(&alert.only_a),
        b: quoted(&alert.only_b),
        is_calm: false,
        says: None,
    };
    alerts.iter().map(of).collect()
}
