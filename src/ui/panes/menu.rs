//! The right click in a text: all that can be done with a passage.

use eframe::egui;

use crate::app::{Action, AnnotationChange, Command, Desk, Selection};
use crate::text::spans;

use super::super::app::Local;
use super::super::keys::cap;
use super::super::theme::Theme;
use super::super::widgets::{Row, key_words, tag_row};

pub(super) fn menu_ui(
    ctx: &egui::Context,
    desk: &Desk,
    theme: &Theme,
    local: &mut Local,
    actions: &mut Vec<Action>,
) {
    let Some((pane, pos)) = local.menu else { return };
    let selected = desk.view.selection_in(pane).is_some_and(|selection| !Selection::is_caret(selection));
    let chosen = desk.chosen().filter(|_| !selected);
    let in_furniture = desk.view.selection_in(pane).is_some_and(|selection| {
        let document = desk.view.pane(pane).and_then(|pane| desk.session().document(&pane.document));
        document.is_some_and(|document| {
            spans::holds(&document.info.furniture, selection.anchor.min(selection.head))
        })
    });
    let before = actions.len();
    let area = egui::Area::new(egui::Id::unique("passage menu"))
        .order(egui::Order::Foreground)
        .fixed_pos(pos)
        .constrain(true);
    let shown = area.show(ctx, |ui| {
        theme.popup_frame().show(ui, |ui| {
            ui.set_width(236.0);
            ui.spacing_mut().item_spacing.y = 0.0;
            for tag in desk.session().scheme.tags.iter().filter(|tag| !tag.retired) {
                if chosen.is_some_and(|annotation| annotation.tag == tag.id) {
                    continue;
                }
                let words = if chosen.is_some() {
                    format!("Make it a {}", tag.name)
                } else {
                    format!("Mark as {}", tag.name)
                };
                if ui.add(tag_row(tag, &words, &key_words(ui.ctx(), tag))).clicked() {
                    actions.push(Action::Tag(tag.id.clone()));
                }
            }
            let mut row = |ui: &mut egui::Ui, words: &str, command: Command, action: Option<Action>| {
                if ui.add(Row::new(words).keycap(&cap(ui.ctx(), command))).clicked() {
                    actions.push(action.unwrap_or(Action::Command(command)));
                }
            };
            if let Some(annotation) = chosen {
                row(ui, "Write a note", Command::EditNote, None);
                let words = if annotation.unsure { "Not unsure any more" } else { "Unsure" };
                let change = AnnotationChange::Unsure(!annotation.unsure);
                row(ui, words, Command::ToggleUnsure, Some(Action::Change(annotation.id, change)));
                row(ui, "Put under a statement…", Command::PutUnder, None);
                row(ui, "Voice…", Command::SetVoice, None);
                row(ui, "Link…", Command::StartLink, None);
                if !desk.links().links_at(annotation.id).is_empty() {
                    row(ui, "Follow link", Command::FollowLink, None);
                    let all = if desk.view.links.all { "Its links alone" } else { "All links" };
                    row(ui, all, Command::AllLinks, None);
                }
                row(ui, "Line up what goes with it", Command::AlignColumns, None);
                row(ui, "Also mark as…", Command::AlsoTag, None);
                row(ui, "Comment…", Command::Comment, None);
                row(ui, "Add as an example of its tag", Command::AddExample, None);
                row(ui, "Split at the caret", Command::SplitAnnotation, None);
                row(ui, "Join with the next", Command::JoinNext, None);
                row(ui, "Show details", Command::ShowDetails, None);
                row(ui, "Delete annotation", Command::Delete, Some(Action::Delete(vec![annotation.id])));
            }
            if !desk.echoes.open {
                row(ui, "Where else it stands", Command::Echoes, None);
            }
            row(ui, "Widen selection", Command::Widen, None);
            if selected || chosen.is_some() {
                row(ui, "Copy passage", Command::Copy, None);
                row(ui, "Copy with citation", Command::CopyCitation, None);
            }
            if in_furniture {
                row(ui, "It is text after all", Command::NotText, None);
            } else if selected {
                row(ui, "Not text…", Command::NotText, None);
            }
        });
    });
    let outside = ctx.input(|input| {
        input.pointer.any_pressed()
            && input.pointer.interact_pos().is_some_and(|at| !shown.response.rect.contains(at))
    });
    if actions.len() > before || outside {
        local.menu = None;
    }
}
