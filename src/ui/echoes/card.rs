//! A card: two places, how closely they agree, the words that differ, what can be done with them.

use eframe::egui::text::{LayoutJob, TextFormat};
use eframe::egui::{
    Color32, Label, Rect, Response, Role, Sense, Stroke, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2,
};

use crate::app::echoes::{AlertLine, Card, EchoAction, Piece, PieceKind, Stop, Tone};
use crate::app::{Action, Command, Desk};

use super::super::icons::Icon;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, focus_ring};

/// Draws it. `rect`: where it stood in the frame before. True while the pointer is over it.
pub(super) fn card_ui(
    ui: &mut Ui,
    desk: &Desk,
    theme: &Theme,
    (stop, card): (Stop, &Card),
    rect: Rect,
    actions: &mut Vec<Action>,
) -> bool {
    let chosen = desk.echoes.at == Some(stop);
    // First, so that the buttons on it come before it.
    let response = ui.interact(rect, ui.scope_id().with(("echo", stop_number(stop))), Sense::click());
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, super::spoken(card)));
    ground(ui, theme, rect, &response, chosen);
    if response.clicked() {
        actions.push(Action::Echoes(EchoAction::Choose(stop)));
    }
    let inner = Rect::from_min_max(
        pos2(rect.left() + size::SPACE[2], rect.top() + size::SPACE[1]),
        pos2(rect.right() - size::SPACE[1], rect.bottom().max(rect.top() + 4000.0)),
    );
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner).id_salt(("card", stop_number(stop))));
    child.spacing_mut().item_spacing.y = 0.0;
    content_ui(&mut child, desk, theme, (stop, card), chosen, actions);
    let height = child.min_rect().bottom() - rect.top() + size::SPACE[1];
    ui.allocate_exact_size(vec2(rect.width(), height.round()), Sense::hover());
    response.contains_pointer()
}

const fn stop_number(stop: Stop) -> (u8, usize) {
    match stop {
        Stop::Group(at) => (2, at),
        Stop::Echo(at) => (0, at),
        Stop::Finding(at) => (1, at),
    }
}

fn content_ui(
    ui: &mut Ui,
    desk: &Desk,
    theme: &Theme,
    (stop, card): (Stop, &Card),
    chosen: bool,
    actions: &mut Vec<Action>,
) {
    let colors = &theme.colors;
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(size::ICON_TO_WORD, 0.0);
        let (icon, color) = match card.tone {
            Tone::Same => (Icon::Saved, colors.accent),
            Tone::Differs => (Icon::Warning, colors.conflict),
            Tone::Open => (Icon::Question, colors.text2),
        };
        ui.label(icon.text(theme).color(color));
        ui.label(font::strong().text(&card.verdict, colors.text));
    });
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(size::SPACE[0], 0.0);
        let mut place = |ui: &mut Ui, words: &str, at: &crate::across::echo::Place| {
            let most = ui.max_rect().width();
            if !words.is_empty() && ui.add(Button::link(words).at_most(most)).on_hover_text(words).clicked() {
                actions.push(Action::Echoes(EchoAction::GoTo(at.clone())));
            }
        };
        if matches!(stop, Stop::Finding(_)) {
            place(ui, &card.here_words, &card.here);
            if card.there.is_some() {
                ui.label(Icon::ArrowLeft.text(theme));
            }
        }
        if let Some(there) = &card.there {
            place(ui, &card.there_words, there);
        }
    });
    let width = ui.available_width();
    diff_ui(ui, theme, &card.pieces, width);
    for words in [&card.beside].into_iter().chain(&card.notes).filter(|words| !words.is_empty()) {
        ui.add_space(size::SPACE[0]);
        ui.add(Label::new(font::meta().text(words, colors.text3)).wrap());
    }
    // The key is for the first that is not aside; where all are, it takes the first back.
    let keyed = card.alerts.iter().position(|alert| !alert.aside).unwrap_or(0);
    for (at, alert) in card.alerts.iter().enumerate() {
        alert_ui(ui, theme, alert, chosen && at == keyed, actions);
    }
    if card.there.is_none() {
        let add = Button::link("Add the source…");
        if ui.add(add).on_hover_text("Open documents; it is checked against them at once").clicked() {
            actions.push(Action::Command(Command::OpenDocuments));
        }
    }
    if chosen && card.there.is_some() {
        acts_ui(ui, desk, stop, card, actions);
    }
}

/// Draws the words of both places. The grounds lie under all rows: that of a row would cover the line of the row above.
fn diff_ui(ui: &mut Ui, theme: &Theme, pieces: &[Piece], width: f32) {
    let ground = ui.painter().layout_job(diff_job(theme, pieces, width, true));
    let words = ui.painter().layout_job(diff_job(theme, pieces, width, false));
    let (rect, response) = ui.allocate_exact_size(words.size(), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, words.text()));
    ui.painter().galley(rect.min, ground, theme.colors.text);
    ui.painter().galley(rect.min, words, theme.colors.text);
}

/// The words, with those struck through that the other place does not have, and those underlined that it alone has:
/// told apart without colors too.
fn diff_job(theme: &Theme, pieces: &[Piece], width: f32, ground: bool) -> LayoutJob {
    let colors = &theme.colors;
    let role = font::passage();
    let ink = if ground { Color32::TRANSPARENT } else { colors.text };
    let kept = TextFormat { line_height: Some(role.row), ..TextFormat::simple(role.font.clone(), ink) };
    let (removed, added) = match ground {
        true => (
            TextFormat { background: colors.removed, ..kept.clone() },
            TextFormat { background: colors.added, ..kept.clone() },
        ),
        false => (
            TextFormat { strikethrough: Stroke::new(1.2, ink), ..kept.clone() },
            TextFormat { underline: Stroke::new(1.5, ink), ..kept.clone() },
        ),
    };
    let mut job = LayoutJob::default();
    job.wrap.max_width = width;
    for (at, piece) in pieces.iter().enumerate() {
        if at > 0 {
            job.append(" ", 0.0, kept.clone());
        }
        let format = match piece.kind {
            PieceKind::Kept => kept.clone(),
            PieceKind::Removed => removed.clone(),
            PieceKind::Added => added.clone(),
        };
        job.append(&piece.words, 0.0, format);
    }
    job
}

/// An alert, with what puts it aside.
fn alert_ui(ui: &mut Ui, theme: &Theme, alert: &AlertLine, keyed: bool, actions: &mut Vec<Action>) {
    let colors = &theme.colors;
    ui.add_space(size::SPACE[0]);
    let ink = if alert.aside { colors.text3 } else { colors.text };
    let words = if alert.aside { format!("{} (put aside)", alert.words) } else { alert.words.clone() };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = vec2(size::ICON_TO_WORD, 0.0);
        let color = if alert.aside { colors.text3 } else { colors.conflict };
        ui.label(Icon::Warning.text(theme).color(color));
        ui.label(font::text().text(words, ink));
    });
    let id = (alert.kind.clone(), alert.subject.clone());
    ui.horizontal(|ui| {
        let key = super::key(ui, keyed, Command::PutAside);
        if alert.aside {
            if ui.add(Button::link("Show it again").keycap(&key)).clicked() {
                actions.push(Action::Echoes(EchoAction::TakeBack(id.0, id.1)));
            }
        } else if ui.add(Button::link("Put aside").keycap(&key)).clicked() {
            actions.push(Action::Echoes(EchoAction::PutAside(id.0, id.1)));
        }
    });
}

/// What can be done with the chosen card.
fn acts_ui(ui: &mut Ui, desk: &Desk, stop: Stop, card: &Card, actions: &mut Vec<Action>) {
    ui.add_space(size::SPACE[1]);
    let twin = card.twin.and_then(|id| desk.annotation(id));
    let is_tagged = twin.zip(desk.chosen()).is_some_and(|(twin, own)| twin.tag == own.tag);
    let tagged = is_tagged.then_some("it is tagged like the passage already");
    let tag = if card.twin.is_some() { "Tag it too" } else { "Tag like the passage" };
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(size::SPACE[0]);
        for (words, command, action) in [
            ("Line up", Command::AlignEcho, EchoAction::LineUp(stop)),
            ("Link…", Command::LinkEcho, EchoAction::AskLink(stop)),
            (tag, Command::TagEcho, EchoAction::TagLike(stop)),
        ] {
            let key = super::key(ui, true, command);
            let reason = tagged.filter(|_| command == Command::TagEcho);
            let button = Button::plain(words).keycap(&key).disabled(reason);
            if ui.add(button).on_hover_text(command.info().help).clicked() {
                actions.push(Action::Echoes(action));
            }
        }
    });
}

/// What lies under a row or card: its fill, the bar of the chosen one, the ring of the focus.
pub(super) fn ground(ui: &Ui, theme: &Theme, rect: Rect, response: &Response, chosen: bool) {
    let colors = &theme.colors;
    if chosen || response.hovered() {
        let fill = if chosen { colors.paper } else { colors.hover };
        ui.painter().rect_filled(rect, size::RADIUS_ROW, fill);
    }
    if chosen {
        let bar = Rect::from_min_size(rect.min, vec2(size::ROW_BAR, rect.height()));
        ui.painter().rect_filled(bar, size::RADIUS_FILL, colors.accent);
    }
    focus_ring(ui.painter(), theme, response, rect, size::RADIUS_ROW);
}
