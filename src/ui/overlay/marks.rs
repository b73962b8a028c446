//! Small windows about annotations: a further tag, a note on several, what is not text.

use eframe::egui;
use eframe::egui::{Key, Modifiers, ScrollArea, Ui};

use crate::app::{Action, FurniturePlace, Workspace, count};
use crate::model::{DocumentId, Span};

use super::super::app::Local;
use super::super::inspector::shortened;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, Check, Field, key_words, tag_row};
use super::heading_ui;

/// A further tag for the chosen passage, by its key or a click.
pub(super) fn also_tag_ui(ui: &mut Ui, workspace: &Workspace, theme: &Theme, actions: &mut Vec<Action>) {
    let Some(desk) = &workspace.desk else { return };
    let Some(chosen) = desk.chosen() else { return };
    ui.set_width(300.0);
    heading_ui(ui, theme, "Also mark this passage as");
    ui.label(font::passage_row().text(shortened(&desk.passage_line(chosen), 90), theme.colors.text2));
    ui.add_space(size::SPACE[2]);
    for tag in desk.session().scheme.tags.iter().filter(|tag| !tag.retired && tag.id != chosen.tag) {
        let digit = tag.key.and_then(|key| Key::from_name(&key.to_string()));
        let pressed = digit.is_some_and(|key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)));
        if ui.add(tag_row(tag, &tag.name, &key_words(ui.ctx(), tag))).clicked() || pressed {
            actions.push(Action::AlsoTag(tag.id.clone()));
        }
    }
    ui.add_space(size::SPACE[1]);
    let says = "The passage then bears both marks; each has its own note.";
    ui.label(font::meta().text(says, theme.colors.text3));
}

/// A tag for all hits of the search, by its key or a click.
pub(super) fn tag_hits_ui(ui: &mut Ui, workspace: &Workspace, theme: &Theme, actions: &mut Vec<Action>) {
    let Some(desk) = &workspace.desk else { return };
    let found = &desk.view.search.found;
    ui.set_width(320.0);
    let hits = count(found.total, "hit");
    heading_ui(ui, theme, &format!("Mark {hits} in {} as", count(found.groups.len(), "document")));
    ui.label(
        font::passage_row().text(shortened(&desk.view.search.asked.query.words, 90), theme.colors.text2),
    );
    ui.add_space(size::SPACE[2]);
    for tag in desk.session().scheme.tags.iter().filter(|tag| !tag.retired) {
        let digit = tag.key.and_then(|key| Key::from_name(&key.to_string()));
        let pressed = digit.is_some_and(|key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)));
        if ui.add(tag_row(tag, &tag.name, &key_words(ui.ctx(), tag))).clicked() || pressed {
            actions.push(Action::TagHits(tag.id.clone()));
        }
    }
    ui.add_space(size::SPACE[1]);
    let says = "One step, which one undo takes back. Hits that you have marked so already are left.";
    ui.label(font::meta().text(says, theme.colors.text3));
}

/// Words for the notes of all picked annotations.
pub(super) fn note_picked_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    theme: &Theme,
    local: &mut Local,
    fresh: bool,
    actions: &mut Vec<Action>,
) {
    let Some(desk) = &workspace.desk else { return };
    ui.set_width(460.0);
    let words = format!("A note on {}", count(desk.view.picked.len(), "annotation"));
    heading_ui(ui, theme, &words);
    let width = ui.available_width();
    let response = ui.add(Field::new(&mut local.typed, "Note on the picked").width(width).rows(3));
    if fresh {
        response.request_focus();
    }
    ui.add_space(size::SPACE[1]);
    let says = "It is added as a line of its own; notes that are there stay.";
    ui.label(font::meta().text(says, theme.colors.text2));
    ui.add_space(size::SPACE[3]);
    let enter = ui.input_mut(|input| input.consume_key(Modifiers::COMMAND, Key::Enter));
    ui.horizontal(|ui| {
        let add = Button::primary("Add the note").keycap("Ctrl Enter");
        if (ui.add(add).clicked() || enter) && !local.typed.trim().is_empty() {
            actions.push(Action::NotePicked(local.typed.clone()));
        }
        if ui.add(Button::plain("Leave it")).clicked() {
            actions.push(Action::ShowOverlay(None));
        }
    });
}

/// Where a passage stands again: what of it shall be marked as not text.
#[expect(clippy::too_many_arguments, reason = "a list shows all of these")]
pub(super) fn not_text_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    theme: &Theme,
    local: &mut Local,
    document: &DocumentId,
    span: Span,
    places: &[FurniturePlace],
    fresh: bool,
    actions: &mut Vec<Action>,
) {
    let Some(desk) = &workspace.desk else { return };
    if fresh || local.ticks.len() != places.len() {
        local.ticks = places.iter().map(|place| place.likely).collect();
    }
    let height = (ui.ctx().content_rect().height() - 300.0).clamp(120.0, 460.0);
    ui.set_width(640.0_f32.min(ui.ctx().content_rect().width() - 60.0));
    let words = format!("This stands at {} too", count(places.len(), "other place"));
    heading_ui(ui, theme, &words);
    let says = "What is ticked is marked as not text with it: grey, and outside of sentences, headings and \
                coverage. Leave unticked what is text: a short answer may stand at several places.";
    ui.label(font::text().text(says, theme.colors.text2));
    ui.add_space(size::SPACE[1]);
    let mut focus = fresh;
    ui.horizontal(|ui| {
        for (words, tick) in [("Tick all", true), ("Tick none", false)] {
            if ui.add(Button::link(words)).clicked() {
                local.ticks.fill(tick);
                // Enter is for what is done with them.
                focus = true;
            }
        }
    });
    ui.add_space(size::SPACE[0]);
    ScrollArea::vertical().max_height(height).auto_shrink([false, true]).show_rows(
        ui,
        size::LIST_ROW,
        places.len(),
        |ui, rows| {
            for i in rows {
                let place = &places[i];
                let Some((source, cache)) = desk.document(&place.document) else { continue };
                let number = cache.paragraphs.number_at(place.span.start());
                let label = format!("{}, ¶ {number}", shortened(source.label(), 24));
                ui.horizontal(|ui| {
                    ui.set_height(size::LIST_ROW);
                    ui.spacing_mut().item_spacing.x = size::SPACE[1];
                    ui.add(Check::new(&mut local.ticks[i], &label));
                    place_words_ui(ui, theme, place);
                });
            }
        },
    );
    ui.add_space(size::SPACE[3]);
    let ticked = local.ticks.iter().filter(|tick| **tick).count();
    ui.horizontal(|ui| {
        let words = match ticked {
            0 => "Mark only the selection".to_owned(),
            _ => format!("Mark {} as not text", count(ticked + 1, "place")),
        };
        let mark = ui.add(Button::primary(&words));
        if focus {
            mark.request_focus();
        }
        if mark.clicked() {
            let ticked = places.iter().zip(&local.ticks).filter(|(_, tick)| **tick);
            let mut chosen: Vec<_> = ticked.map(|(place, _)| (place.document.clone(), place.span)).collect();
            chosen.push((document.clone(), span));
            actions.push(Action::SetFurniture(chosen, true));
        }
        if ui.add(Button::plain("Leave it").keycap("Esc")).clicked() {
            actions.push(Action::ShowOverlay(None));
        }
    });
}

/// The passage within its line, what stands around it lighter.
fn place_words_ui(ui: &mut Ui, theme: &Theme, place: &FurniturePlace) {
    let mut job = egui::text::LayoutJob::default();
    let role = font::passage_row();
    let mut add = |words: &str, color| {
        job.append(words, 0.0, egui::TextFormat::simple(role.font.clone(), color));
    };
    if !place.before.is_empty() {
        add(&format!("{} ", place.before), theme.colors.text3);
    }
    add(&place.words, theme.colors.text);
    if !place.after.is_empty() {
        add(&format!(" {}", place.after), theme.colors.text3);
    }
    job.wrap = egui::text::TextWrapping::truncate_at_width(ui.available_width());
    ui.label(job);
}
