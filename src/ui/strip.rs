//! A strip above the columns: something to know, and what can be done about it.

use eframe::egui::{Align, Layout, Rect, Stroke, Ui, UiBuilder};

use crate::app::safety::SafetyAction;
use crate::app::{Access, AccessChoice, Action, Desk, Workspace};

use super::theme::{Theme, font, size};
use super::widgets::{Button, elided, elided_rows};

/// Height of a strip.
const HEIGHT: f32 = 34.0;

/// Height of a second row of words, where they have no room in one.
const ROW: f32 = 18.0;

/// Draws the strips that are due at the top of `room` and returns what is left of it.
pub fn strips_ui(
    ui: &mut Ui,
    room: Rect,
    workspace: &Workspace,
    desk: &Desk,
    theme: &Theme,
    actions: &mut Vec<Action>,
) -> Rect {
    let mut left = room;
    if let Some(back) = &desk.file.back {
        let acts = vec![
            ("Leave it out", Action::Safety(SafetyAction::LeaveOut)),
            ("What it is…", Action::Safety(SafetyAction::Look)),
            ("Keep it", Action::Safety(SafetyAction::Keep)),
        ];
        left = strip_ui(ui, left, theme, &back.said, acts, actions);
        #[cfg(feature = "sabotage")]
        crate::store::tell_outside("back", &back.said);
    }
    if let Some(drafts) = &desk.file.drafts {
        let mut acts = vec![("All right", Action::Safety(SafetyAction::DraftSeen))];
        if drafts.first.is_some() {
            acts.push(("Go to it", Action::Safety(SafetyAction::GoToDraft)));
        }
        left = strip_ui(ui, left, theme, &drafts.said, acts, actions);
    }
    if desk.file.changed_by_other {
        let words =
            "The file was changed by another program. It is not written before you say what you want.";
        let acts = vec![("What changed…", Action::Safety(SafetyAction::AskChanged))];
        left = strip_ui(ui, left, theme, words, acts, actions);
    }
    if let Some(held) = &desk.file.held {
        let words = format!("You are reading: {} has this session open.", held.holder);
        let mut acts = vec![("Open for work", Action::Safety(SafetyAction::OpenForWork))];
        if held.holder.may_be_gone {
            acts = vec![("Nobody works on it there: take over", Action::Safety(SafetyAction::TakeOver))];
        }
        left = strip_ui(ui, left, theme, &words, acts, actions);
    } else if desk.access == Access::ReadOnly {
        let words = format!("You are reading the work of {}. Nothing is changed in it.", workspace.others());
        let acts = [("Work on in it", AccessChoice::WorkOn), ("Annotate afresh", AccessChoice::Afresh)];
        let acts = acts.map(|(words, choice)| (words, Action::Access(choice)));
        left = strip_ui(ui, left, theme, &words, acts.into(), actions);
    }
    let undated = desk.listing().undated;
    if undated > 0 && !desk.view.later && desk.access != Access::ReadOnly {
        let words = match undated {
            1 => "1 document has no date.".to_owned(),
            _ => format!("{undated} documents have no date."),
        };
        let acts = vec![
            ("Later", Action::Later),
            ("Fill in table", Action::Command(crate::app::Command::EditSources)),
        ];
        left = strip_ui(ui, left, theme, &words, acts, actions);
    }
    left
}

/// Draws one strip at the top of `room`; returns the rest.
fn strip_ui(
    ui: &mut Ui,
    room: Rect,
    theme: &Theme,
    words: &str,
    acts: Vec<(&str, Action)>,
    actions: &mut Vec<Action>,
) -> Rect {
    let line = |role: &font::Role, words: &str| role.line(ui.ctx(), words, theme.colors.text).size().x;
    let buttons: f32 = acts.iter().map(|(words, _)| line(&font::text(), words) + 3.0 * size::SPACE[1]).sum();
    let width = room.width() - 2.0 * size::SPACE[3] - buttons - size::SPACE[3];
    let rows = if line(&font::text(), words) > width { 2 } else { 1 };
    let height = HEIGHT + (rows - 1) as f32 * ROW;
    let (strip, rest) = room.split_top_bottom_at_y(room.top() + height);
    ui.painter().rect_filled(strip, 0.0, theme.colors.selection);
    ui.painter().hline(strip.x_range(), strip.bottom() - 0.5, Stroke::new(size::STROKE, theme.colors.hair));
    let inner = strip.shrink2([size::SPACE[3], 0.0].into());
    ui.scope_builder(UiBuilder::new().max_rect(inner).id_salt(("strip", words)), |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = size::SPACE[1];
            for (words, action) in acts {
                if ui.add(Button::quiet(words)).clicked() {
                    actions.push(action);
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                let width = ui.available_width();
                match rows {
                    1 => elided(ui, words, &font::text(), theme.colors.text, width),
                    _ => elided_rows(ui, words, &font::text(), theme.colors.text, width, rows)
                        .on_hover_text(words),
                };
            });
        });
    });
    rest
}
