//! Which link to make of an echo.

use eframe::egui::{Key, Modifiers, Ui};

use crate::across::echo::Level;
use crate::app::echoes::EchoAction;
use crate::app::{Action, Workspace, shortened};

use super::super::theme::{Theme, font, size};
use super::super::widgets::Row;
use super::heading_ui;

/// The kinds of the scheme, in its order; by digit or a click, the likeliest by Enter.
pub(super) fn link_ui(ui: &mut Ui, workspace: &Workspace, theme: &Theme, actions: &mut Vec<Action>) {
    let Some(desk) = &workspace.desk else { return };
    let Some(card) = desk.echoes.chosen() else { return };
    let session = desk.session();
    let is_back = card.link_goes_from_here(session);
    let label = session.document(&card.here.document).map_or("", |it| it.label());
    let own = format!("{}, {}", shortened(label, 24), card.here_words);
    let (from, to) = if is_back { (&own, &card.there_words) } else { (&card.there_words, &own) };
    ui.set_width(420.0);
    heading_ui(
        ui,
        theme,
        if is_back { "Link this place to the other one" } else { "Link the other place to this one" },
    );
    ui.label(font::text().text(format!("From {from} to {to}"), theme.colors.text2));
    ui.add_space(size::SPACE[1]);
    let likely = if card.level == Some(Level::Statement) { "repeats" } else { "quotes" };
    let kinds: Vec<_> = session.scheme.link_kinds.iter().filter(|kind| !kind.retired).collect();
    let likely = kinds.iter().position(|kind| kind.id.as_str() == likely).unwrap_or(0);
    for (at, kind) in kinds.iter().enumerate() {
        let digit = if at < 9 { Key::from_name(&(at + 1).to_string()) } else { None };
        let mut pressed =
            digit.is_some_and(|key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key)));
        pressed |= at == likely && ui.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Enter));
        let cap = if at < 9 { (at + 1).to_string() } else { String::new() };
        if ui
            .add(Row::new(&kind.name).keycap(&cap).on(at == likely))
            .on_hover_text(&kind.definition)
            .clicked()
            || pressed
        {
            actions.push(Action::Echoes(EchoAction::Link(kind.id.clone())));
        }
    }
    ui.add_space(size::SPACE[1]);
    let says = match card.twin {
        Some(_) => "Enter takes it, Esc leaves it. One step, which one undo takes back.",
        None => {
            "Enter takes it, Esc leaves it. The other place is tagged like the passage first; both are one step."
        }
    };
    ui.label(font::meta().text(says, theme.colors.text3));
}
