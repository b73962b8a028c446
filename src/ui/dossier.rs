//! The panel at the left: documents with their counts, and the tags.

mod statements;

use std::collections::BTreeMap;

use eframe::egui;
use eframe::egui::{Align, Layout, Sense, Ui};

use crate::app::replacing::ReplaceAction;
use crate::app::{Action, Command, Desk, DocumentOrder, Filter, Grouping, Listed, Overlay, Workspace};
use crate::model::{Document, DocumentId, ReadingStatus, Tag};

use super::icons::Icon;
use super::tag_tip::tag_tip;
use super::theme::{Theme, font, size};
use super::widgets::{
    Button, Keycap, PatternSwatch, Row, TagBox, elided, elided_rows, key_words, row_frame, section_label,
    solid_when,
};

/// How high each document's row was when it was drawn last: those far from view are passed over.
#[derive(Default)]
pub struct RowHeights {
    rows: BTreeMap<DocumentId, f32>,
    narrow: bool,
}

impl RowHeights {
    /// Draws a row that is in view or near it, so that keys can go on to it; leaves the room for one that is not.
    fn row_ui(&mut self, ui: &mut Ui, id: &DocumentId, draw: impl FnOnce(&mut Ui)) {
        let top = ui.cursor().top();
        let near = ui.clip_rect().expand(NEAR).y_range();
        match self.rows.get(id) {
            Some(height) if top + height < near.min || top > near.max => {
                ui.allocate_space(egui::vec2(ui.available_width(), *height));
            }
            _ => {
                draw(ui);
                self.rows.insert(id.clone(), ui.cursor().top() - top);
            }
        }
    }
}

/// Points beyond the view in which rows are drawn too.
const NEAR: f32 = 200.0;

/// Draws the panel.
pub fn dossier_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    desk: &Desk,
    theme: &Theme,
    heights: &mut RowHeights,
    actions: &mut Vec<Action>,
) {
    let narrow = workspace.small;
    if heights.narrow != narrow {
        *heights = RowHeights { narrow, ..RowHeights::default() };
    }
    let margin = if narrow { size::SPACE[0] } else { size::SPACE[1] };
    egui::Frame::new().inner_margin(egui::Margin::symmetric(margin as i8, 10)).show(ui, |ui| {
        egui::ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| {
            ui.spacing_mut().item_spacing.y = 0.0;
            if !narrow {
                super::find::dossier_field_ui(ui, desk, actions);
                ui.add_space(size::SPACE[2]);
            }
            ui.horizontal(|ui| {
                ui.set_min_height(size::HIT);
                ui.add_space(size::SPACE[1]);
                section_label(ui, "Documents");
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let add = Button::link(if narrow { "Add" } else { "Add…" });
                    if ui.add(add).on_hover_text(Command::OpenDocuments.info().help).clicked() {
                        actions.push(Action::Command(Command::OpenDocuments));
                    }
                    if desk.session().documents.len() > 1 && !narrow {
                        order_ui(ui, desk, theme, actions);
                    }
                });
            });
            ui.add_space(size::SPACE[0]);
            if desk.session().documents.is_empty() {
                let empty =
                    "No documents yet. Open them, drop them on the window, or paste text with Ctrl V.";
                ui.label(font::text().text(empty, theme.colors.text2));
            }
            for row in &desk.listing().rows {
                match row {
                    Listed::Heading(words) => {
                        ui.add_space(size::SPACE[2]);
                        ui.horizontal(|ui| {
                            ui.add_space(size::SPACE[1]);
                            ui.label(font::meta().text(words, theme.colors.text2));
                        });
                    }
                    Listed::Document(index) => {
                        let Some(document) = desk.session().documents.get(*index) else { continue };
                        heights.row_ui(ui, &document.id, |ui| {
                            document_ui(ui, workspace, desk, document, theme, actions);
                        });
                    }
                }
            }
            ui.add_space(size::SPACE[4]);
            ui.horizontal(|ui| {
                ui.set_min_height(size::HIT);
                ui.add_space(size::SPACE[1]);
                section_label(ui, "Tags");
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                    let edit = Button::link(if narrow { "Edit" } else { "Edit…" });
                    if ui.add(edit).on_hover_text(Command::EditScheme.info().help).clicked() {
                        actions.push(Action::Command(Command::EditScheme));
                    }
                });
            });
            ui.add_space(size::SPACE[0]);
            for (tag, depth) in desk.session().scheme.nested() {
                let (marks, _) = desk.weight_of_tag(&tag.id);
                if !tag.retired || marks > 0 {
                    tag_ui(ui, workspace, desk, tag, depth, marks, theme, actions);
                }
            }
            statements::statements_ui(ui, desk, narrow, theme, actions);
        });
    });
}

/// In which order documents are listed, under which headings, and the way to the table of sources.
fn order_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let view = &desk.view;
    let response = ui.add(Button::quiet(view.order.name()).after(Icon::CaretDown));
    egui::Popup::menu(&response).frame(theme.popup_frame()).show(|ui| {
        ui.set_width(190.0);
        for order in DocumentOrder::ALL {
            if ui.add(Row::new(order.name()).on(order == view.order)).clicked() {
                actions.push(Action::ListDocuments(order, view.grouping));
                ui.close();
            }
        }
        section_label(ui, "Headings");
        for grouping in Grouping::ALL {
            if ui.add(Row::new(grouping.name()).on(grouping == view.grouping)).clicked() {
                actions.push(Action::ListDocuments(view.order, grouping));
                ui.close();
            }
        }
        if ui.add(Row::new("Sources table…")).clicked() {
            actions.push(Action::Command(Command::EditSources));
            ui.close();
        }
    });
}

fn document_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    desk: &Desk,
    document: &Document,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let (narrow, colors) = (workspace.small, &theme.colors);
    let focused = desk.view.focused().is_some_and(|pane| pane.document == document.id);
    let open = desk.view.panes.iter().any(|pane| pane.document == document.id);
    let me = workspace.me();
    let status = document.info.reading.get(&me).map(|reading| reading.status).unwrap_or_default();
    let response = row_frame(ui, theme, focused, |ui| {
        ui.spacing_mut().item_spacing.y = 1.0;
        let width = ui.available_width();
        let role = if open { font::on() } else { font::strong() };
        elided_rows(ui, document.label(), &role, colors.text, width, 2).on_hover_text(document.title());
        ui.horizontal(|ui| {
            let date = document.info.metadata.issued.as_str();
            let date = if date.is_empty() { "no date" } else { date };
            ui.spacing_mut().item_spacing.x = size::SPACE[0];
            let words = reading_words(status, desk.seen_share(&document.id));
            if narrow {
                let width = ui.available_width();
                elided(ui, &words, &font::meta(), colors.text3, width);
                return;
            }
            // The date gives way where there is no room for both.
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.label(font::meta().text(words, colors.text3));
                if status == ReadingStatus::Done {
                    ui.label(Icon::Check.text(theme).size(13.0));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let width = ui.available_width();
                    elided(ui, date, &font::meta(), colors.text3, width);
                });
            });
        });
        if narrow {
            return;
        }
        if let Some(cache) = desk.cache(&document.id) {
            ui.add_space(3.0);
            ui.horizontal(|ui| {
                ui.spacing_mut().item_spacing.x = size::SPACE[1];
                for tag in &desk.session().scheme.tags {
                    let number = cache.counts.get(&tag.id).copied().unwrap_or(0);
                    if number > 0 {
                        ui.add(TagBox::of(tag));
                        ui.label(font::meta().text(number.to_string(), colors.text2));
                        ui.add_space(size::SPACE[0]);
                    }
                }
                if cache.counts.is_empty() {
                    ui.label(font::meta().text("nothing marked yet", colors.text3));
                }
            });
        }
    });
    let name = format!("Document {}", document.title());
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::ListBoxOption, true, focused, &name));
    if response.clicked() {
        actions.push(Action::ShowDocument(document.id.clone()));
    }
    document_menu(&response, desk, document, theme, actions);
}

/// How far one is with a document: what one has said of it, and what share has been on screen.
pub fn reading_words(status: ReadingStatus, seen: f32) -> String {
    // All but all is not all: what is missing may be the passage.
    let percent = if seen >= 0.999 { 100 } else { ((seen * 100.0).round() as u32).min(99) };
    match status {
        ReadingStatus::Unread if percent == 0 => "unread".to_owned(),
        ReadingStatus::Unread => format!("unread, {percent} % seen"),
        ReadingStatus::Reading => format!("reading, {percent} % seen"),
        ReadingStatus::Done if percent == 100 => "done".to_owned(),
        ReadingStatus::Done => format!("done, {percent} % seen"),
    }
}

/// What can be done with a document.
pub fn document_menu(
    response: &egui::Response,
    desk: &Desk,
    document: &Document,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    egui::Popup::context_menu(response).frame(theme.popup_frame()).show(|ui| {
        ui.set_width(280.0);
        let mut row = |ui: &mut Ui, words: &str, action: Action| {
            if ui.add(Row::new(words)).clicked() {
                actions.push(action);
                ui.close();
            }
        };
        row(ui, "Show in a further column", Action::ShowBeside(document.id.clone()));
        row(ui, "Describe…", Action::ShowOverlay(Some(Overlay::Document(document.id.clone()))));
        row(ui, "Mark as unread", Action::SetReading(document.id.clone(), ReadingStatus::Unread));
        row(ui, "Mark as being read", Action::SetReading(document.id.clone(), ReadingStatus::Reading));
        row(ui, "Mark as done", Action::SetReading(document.id.clone(), ReadingStatus::Done));
        let filter = Filter { document: Some(document.id.clone()), ..Filter::default() };
        row(ui, "Show only its annotations in the table", Action::SetFilter(filter));
        let at =
            desk.session().document_index(&document.id).filter(|_| desk.view.order == DocumentOrder::Hand);
        if let Some(at) = at {
            if at > 0 {
                row(ui, "Move up", Action::MoveDocument(document.id.clone(), at - 1));
            }
            if at + 1 < desk.session().documents.len() {
                row(ui, "Move down", Action::MoveDocument(document.id.clone(), at + 1));
            }
        }
        let replace = Action::Replace(ReplaceAction::Ask(document.id.clone()));
        row(ui, "Import a corrected version…", replace);
        row(ui, "Remove from the session…", Action::RemoveDocument(document.id.clone()));
    });
}

#[expect(clippy::too_many_arguments, reason = "a row shows all of these")]
fn tag_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    desk: &Desk,
    tag: &Tag,
    depth: usize,
    number: usize,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let sticks = desk.view.sticky.as_ref() == Some(&tag.id);
    let response = row_frame(ui, theme, sticks, |ui| {
        ui.set_min_height(size::LIST_ROW - 6.0);
        ui.horizontal(|ui| {
            ui.spacing_mut().item_spacing.x = size::SPACE[1];
            ui.add_space(depth as f32 * size::SPACE[2]);
            ui.add(TagBox::of(tag).form(solid_when(sticks)));
            if !workspace.small {
                ui.add(PatternSwatch::of(tag));
            }
            let color = if tag.retired { theme.colors.text3 } else { theme.colors.text };
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                if tag.key.is_some() && !tag.retired {
                    ui.add(Keycap::new(&key_words(ui.ctx(), tag)));
                }
                if !workspace.small {
                    ui.label(font::text().text(number.to_string(), theme.colors.text2));
                }
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                    let width = ui.available_width();
                    elided(ui, &tag.name, &font::text(), color, width);
                });
            });
        });
    });
    let says = "Click: mark the selection with it. Double-click: let it stick, until Esc";
    let name = format!("Tag {}, {number}", tag.name);
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
    let response = tag_tip(response, theme, tag, says).interact(Sense::click());
    if response.double_clicked() && !tag.retired {
        actions.push(Action::Stick(Some(tag.id.clone())));
    } else if response.clicked() {
        let selected = desk.view.selection.is_some_and(|(_, selection)| !selection.is_caret());
        match sticks {
            _ if tag.retired => {}
            true => actions.push(Action::Stick(None)),
            false if selected || desk.view.chosen.is_some() => actions.push(Action::Tag(tag.id.clone())),
            false => {}
        }
    }
}
