//! A button that opens the list of all who speak, for a filter by voice.

use eframe::egui;
use eframe::egui::Ui;

use crate::app::statements::speakers;
use crate::model::{ActorId, Session};

use super::icons::Icon;
use super::inspector::shortened;
use super::theme::Theme;
use super::widgets::{Button, Row};

/// Whose passages are shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VoiceChoice {
    /// Everyone's.
    All,
    /// Those for which no voice is given.
    Nobody,
    /// Those in whose chain of voices this one speaks.
    Of(ActorId),
}

/// Draws the button, where anyone speaks. What was chosen. `offers_nobody`: passages without a voice can be asked for.
pub fn voice_choice_ui(
    ui: &mut Ui,
    session: &Session,
    chosen: &VoiceChoice,
    offers_nobody: bool,
    theme: &Theme,
) -> Option<VoiceChoice> {
    let is_all = *chosen == VoiceChoice::All;
    if session.actors.is_empty() && is_all {
        return None;
    }
    let words = match chosen {
        VoiceChoice::Nobody => "No voice".to_owned(),
        VoiceChoice::Of(id) => {
            session.actors.get(id).map_or_else(|| "All voices".to_owned(), |actor| shortened(&actor.name, 24))
        }
        VoiceChoice::All => "All voices".to_owned(),
    };
    let button = ui.add(Button::quiet(&words).after(Icon::CaretDown).on(!is_all));
    let mut answer = None;
    egui::Popup::menu(&button).frame(theme.popup_frame()).show(|ui| {
        ui.set_width(260.0);
        let mut row = |ui: &mut Ui, words: &str, choice: VoiceChoice| {
            if ui.add(Row::new(words).on(*chosen == choice)).clicked() {
                answer = Some(choice);
                ui.close();
            }
        };
        row(ui, "All voices", VoiceChoice::All);
        if offers_nobody {
            row(ui, "No voice", VoiceChoice::Nobody);
        }
        egui::ScrollArea::vertical().max_height(360.0).show(ui, |ui| {
            for actor in speakers(session, "") {
                row(ui, &actor.name, VoiceChoice::Of(actor.id.clone()));
            }
        });
    });
    answer
}
