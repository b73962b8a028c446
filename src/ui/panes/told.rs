//! What a screen reader is told of the place in the text: the words at the caret, or those selected.

use eframe::egui;
use eframe::egui::accesskit::{Live, Role};
use eframe::egui::{Id, Rect, Sense, Ui};

use crate::app::Desk;
use crate::model::Span;
use crate::text::sentences::sentence_at;

/// No more of a passage is told.
const LETTERS: usize = 255;

/// Puts the words into the tree: as the value of what has the keys, and as a status that is spoken when it changes.
pub(super) fn told_ui(ui: &Ui, desk: &Desk, keys: Id, area: Rect) {
    let ctx = ui.ctx();
    let id = Id::unique("words at the caret");
    // Costs nothing when no one listens.
    if ctx.accesskit_node_builder(keys, |_| ()).is_none() {
        return;
    }
    let words = words(desk).unwrap_or_default();
    ctx.accesskit_node_builder(keys, |node| node.set_value(words.as_str()));
    ui.interact(Rect::from_min_size(area.min, egui::Vec2::ZERO), id, Sense::empty());
    ctx.accesskit_node_builder(id, |node| {
        node.set_role(Role::Status);
        node.set_live(Live::Polite);
        node.set_label(words.as_str());
    });
}

/// "¶ 4: the sentence at the caret", "¶ 4, selected: the passage".
fn words(desk: &Desk) -> Option<String> {
    let pane = desk.view.pane(desk.view.focus?)?;
    let selection = desk.view.selection_in(pane.id)?;
    let (document, cache) = desk.document(&pane.document)?;
    let text = document.text();
    let (span, kind) = match selection.span() {
        Some(span) => (span, ", selected"),
        None => (sentence_at(text, &cache.prose, selection.head)?, ""),
    };
    let number = cache.paragraphs.number_at(span.start());
    // As much of the source as can hold the words that are told, marks included.
    let end = text.floor_char_boundary(span.end().min(span.start() + 16 * LETTERS));
    let passage = cache.rendering.plain_text(text, Span::new(span.start(), end)?);
    let passage: String = passage.chars().take(LETTERS).collect();
    Some(format!("¶ {number}{kind}: {}", passage.trim()))
}
