//! A button that opens the list of all who speak, for a filter by voice.

use eframe::egui;
use eframe::egui::Ui;

use crate::app::statements::speakers;
use crate::model::{ActorId, Session};

use super::icons::Icon;
use super::inspector::shortened;
use super::theme::Theme;
use super::widgets::{Button, Row};

/// Draws the button, where anyone speaks. What was chosen: all voices are `Some(None)`.
pub fn voice_choice_ui(
    ui: &mut Ui,
    session: &Session,
    chosen: Option<&ActorId>,
    theme: &Theme,
) -> Option<Option<ActorId>> {
    if session.actors.is_empty() && chosen.is_none() {
        return None;
    }
    let name = chosen.and_then(|id| session.actors.get(id)).map(|actor| actor.name.as_str());
    let words = name.map_or_else(|| "All voices".to_owned(), |name| shortened(name, 24));
    let button = ui.add(Button::quiet(&words).after(Icon::CaretDown).on(name.is_some()));
    let mut answer = None;
    egui::Popup::menu(&button).frame(theme.popup_frame()).show(|ui| {
        ui.set_width(260.0);
        if ui.add(Row::new("All voices").on(chosen.is_none())).clicked() {
            answer = Some(None);
            ui.close();
        }
        egui::ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
            for actor in speakers(session, "") {
                if ui.add(Row::new(&actor.name).on(chosen == Some(&actor.id))).clicked() {
                    answer = Some(Some(actor.id.clone()));
                    ui.close();
                }
            }
        });
    });
    answer
}
