//! The form of a link kind.

use eframe::egui;
use eframe::egui::Ui;

use crate::app::{Action, Desk, count};
use crate::model::LinkKindId;

use super::super::super::theme::{Theme, font, size};
use super::super::super::widgets::{Button, Field};
use super::{SchemeDraft, label_ui};

pub(super) fn link_ui(
    ui: &mut Ui,
    desk: &Desk,
    theme: &Theme,
    draft: &mut SchemeDraft,
    id: &LinkKindId,
    actions: &mut Vec<Action>,
) {
    let Some(at) = draft.scheme.link_kinds.iter().position(|kind| kind.id == *id) else { return };
    let field_id = |field: &str| egui::Id::unique(("scheme link", id.as_str(), field));
    let name = draft.scheme.link_kinds[at].name.clone();
    let width = ui.available_width();
    let kind = &mut draft.scheme.link_kinds[at];
    let field = ui.add(Field::new(&mut kind.name, "Name").width(300.0).id(field_id("name")));
    draft.after_field(&field, &format!("rename {name}"), actions);
    label_ui(ui, "The other way round");
    let kind = &mut draft.scheme.link_kinds[at];
    let field = ui.add(Field::new(&mut kind.inverse, "Inverse").width(300.0).id(field_id("inverse")));
    draft.after_field(&field, &format!("inverse of {name}"), actions);
    label_ui(ui, "When does it hold?");
    let kind = &mut draft.scheme.link_kinds[at];
    let field =
        Field::new(&mut kind.definition, "Definition").rows(2).width(width).id(field_id("definition"));
    let field = ui.add(field);
    draft.after_field(&field, &format!("define {name}"), actions);
    ui.add_space(size::SPACE[4]);
    let used = desk.session().links.values().filter(|link| link.kind == *id).count();
    ui.label(font::meta().text(format!("{} are of this kind.", count(used, "link")), theme.colors.text2));
    ui.add_space(size::SPACE[0]);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[1];
        let retired = draft.scheme.link_kinds[at].retired;
        if ui.add(Button::plain(if retired { "Bring back" } else { "Retire" })).clicked() {
            draft.scheme.link_kinds[at].retired = !retired;
            draft.hand_over(format!("{} {name}", if retired { "bring back" } else { "retire" }), actions);
        }
        let reason = (used > 0).then_some("links are of it: retire it instead");
        if ui.add(Button::plain("Remove").disabled(reason)).clicked() {
            draft.scheme.link_kinds.remove(at);
            draft.hand_over(format!("remove link kind {name}"), actions);
        }
    });
}
