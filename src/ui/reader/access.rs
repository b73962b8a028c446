//! What a screen reader, or a test, is told: the pane is a document, each block in view a paragraph or
//! heading in it with its text, each mark a child of its paragraph.

use eframe::egui;
use eframe::egui::accesskit::Role;
use eframe::egui::{Rect, Sense, Ui, UiBuilder};

use super::cache::ReaderCache;
use super::{ReaderInput, signs};
use crate::text::BlockKind;

/// AccessKit's text runs are as long at most; so are our labels.
const LABEL_CHARS: usize = 255;

pub(super) fn describe(ui: &mut Ui, input: &ReaderInput<'_>, cache: &ReaderCache) {
    // Cost is nothing when no one listens.
    let own = ui.unique_id();
    let Some(()) = ui.ctx().accesskit_node_builder(own, |node| {
        node.set_role(Role::Document);
        node.set_label(input.document.title());
    }) else {
        return;
    };
    let ctx = ui.ctx().clone();
    let geometry = cache.geometry;
    for placed in &cache.placed {
        let Some(block) = input.rendering.blocks().get(placed.block) else { continue };
        let rect = Rect::from_x_y_ranges(geometry.text.x_range(), placed.top..=placed.bottom());
        let id = own.with(("block", placed.block));
        ui.interact(rect, id, Sense::empty());
        let visible = placed.layout.galley.text();
        ctx.accesskit_node_builder(id, |node| {
            match block.kind {
                BlockKind::Heading(level) => {
                    node.set_role(Role::Heading);
                    node.set_level(usize::from(level));
                }
                BlockKind::Rule => node.set_role(Role::Splitter),
                _ => node.set_role(Role::Paragraph),
            }
            node.set_label(if matches!(block.kind, BlockKind::Rule) { "Rule" } else { visible });
            let hidden = signs::names(&placed.layout.signs);
            if !hidden.is_empty() {
                node.set_description(hidden);
            }
            node.set_bounds(egui::accesskit::Rect {
                x0: rect.left().into(),
                y0: rect.top().into(),
                x1: rect.right().into(),
                y1: rect.bottom().into(),
            });
        });
        let mine = input.marks.in_block(placed.block).iter().map(|mark| (mark, ""));
        let theirs = input.theirs.map_or(&[][..], |theirs| theirs.marks.in_block(placed.block));
        for (mark, whose) in mine.chain(theirs.iter().map(|mark| (mark, "Colleague's "))) {
            let of_theirs = || input.theirs.and_then(|theirs| theirs.scheme.tag(&mark.tag));
            let Some(tag) = input.scheme.tag(&mark.tag).or_else(of_theirs) else { continue };
            let bytes = block.to_visible(mark.span.start())..block.to_visible(mark.span.end());
            let passage = visible.get(bytes).unwrap_or_default();
            let unsure = if mark.unsure { " (unsure)" } else { "" };
            let label: String =
                format!("{whose}{}{unsure}: {passage}", tag.name).chars().take(LABEL_CHARS).collect();
            ui.new_child(
                UiBuilder::new()
                    .id_salt(("mark", placed.block, mark.id))
                    .max_rect(rect)
                    .accessibility_parent(id)
                    .accessibility_role(Role::Mark)
                    .accessibility_label(label),
            );
        }
    }
}
