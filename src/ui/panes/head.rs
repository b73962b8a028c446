//! The head of a column: title, what is known of the document, what can be done with the column.

use eframe::egui;
use eframe::egui::{Align, Layout, Rect, Sense, Ui, UiBuilder, vec2};

use crate::app::{Action, Command, Desk, Mode, Pane, Workspace, count};
use crate::model::Presentation;

use super::super::app::Local;
use super::super::icons::Icon;
use super::super::keys::cap;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, Row, elided};

#[expect(clippy::too_many_arguments, reason = "a head shows all of these")]
pub(super) fn head_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    desk: &Desk,
    pane: &Pane,
    rect: Rect,
    theme: &Theme,
    local: &mut Local,
    actions: &mut Vec<Action>,
) {
    let Some((document, cache)) = desk.document(&pane.document) else { return };
    let colors = &theme.colors;
    let focused = desk.view.focus == Some(pane.id);
    let id = ui.scope_id().with(("head", pane.id.0));
    let head = ui.interact(rect, id, Sense::click_and_drag());
    let name = format!("Column {}", document.title());
    head.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Group, true, &name));
    if head.drag_started() {
        local.dragged = Some(pane.id);
    }
    if head.clicked() {
        actions.push(Action::FocusPane(pane.id));
    }
    let inner = rect.shrink2(vec2(size::SPACE[3], size::SPACE[1]));
    ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
        ui.with_layout(Layout::right_to_left(Align::TOP), |ui| {
            ui.spacing_mut().item_spacing.x = 2.0;
            let close = Button::sign(Icon::Close, "Close column");
            if ui.add(close).on_hover_text("Close column; the document stays in the dossier").clicked() {
                actions.push(Action::ClosePane(pane.id));
            }
            if desk.view.links.locked.contains(&pane.id) {
                let key = cap(ui.ctx(), Command::LockColumns);
                let says = format!("Scrolls together with the others: press, or {key}, to let go");
                let lined = ui.add(Button::link("lined up").icon(Icon::Locked));
                if lined.on_hover_text(says).clicked() {
                    actions.push(Action::UnlockColumns);
                }
            }
            let more = ui.add(Button::sign(Icon::More, "More about this document"));
            column_menu(&more, desk, pane, theme, actions);
            ui.with_layout(Layout::top_down(Align::LEFT), |ui| {
                ui.spacing_mut().item_spacing.y = 2.0;
                let width = ui.available_width();
                if let Some(words) = layers_words(desk, pane) {
                    let title = if focused { colors.text } else { colors.text2 };
                    elided(ui, document.label(), &font::title(), title, width)
                        .on_hover_text(document.title());
                    elided(ui, &words, &font::meta(), colors.text3, width);
                    return;
                }
                let title = if focused { colors.text } else { colors.text2 };
                elided(ui, document.label(), &font::title(), title, width).on_hover_text(document.title());
                let me = workspace.me();
                let status = document.info.reading.get(&me).map(|reading| reading.status).unwrap_or_default();
                let status = super::super::dossier::reading_words(status, desk.seen_share(&document.id));
                let metadata = &document.info.metadata;
                let date = if metadata.issued.is_empty() { "no date" } else { metadata.issued.as_str() };
                let marks = count(cache.annotations(), "annotation");
                let hidden = match cache.hidden {
                    0 => String::new(),
                    number => count(number, "hidden character"),
                };
                let parts = [metadata.container_title.as_str(), date, &status, &hidden, &marks];
                let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
                let whole = parts.join(" · ");
                // Where there is no room for all, what differs least goes first.
                let fits =
                    |words: &String| font::meta().line(ui.ctx(), words, colors.text3).size().x <= width;
                let shorter = (0..parts.len()).map(|from| parts[from..].join(" · "));
                let shown = shorter.into_iter().find(fits).unwrap_or(marks.clone());
                let line = elided(ui, &shown, &font::meta(), colors.text3, width);
                if shown != whole {
                    line.on_hover_text(whole);
                }
            });
        });
    });
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, egui::Stroke::new(size::STROKE, colors.hair));
}

/// In a review: whose marks stand where.
fn layers_words(desk: &Desk, pane: &Pane) -> Option<String> {
    let found = desk.review.found();
    if desk.view.mode != Mode::Review || !found.marks.contains_key(&pane.document) {
        return None;
    }
    let names = found.names.iter().skip(usize::from(found.own_is_first));
    let theirs = names.map(String::as_str).collect::<Vec<_>>().join(", ");
    let mut twice = desk.view.panes.iter().filter(|other| other.document == pane.document);
    let first = twice.next().is_some_and(|first| first.id == pane.id);
    Some(
        match (
            desk.review.options.side_by_side
                && desk.view.panes.iter().filter(|other| other.document == pane.document).count() > 1,
            first,
            found.own_is_first,
        ) {
            (true, true, true) => "Mine".to_owned(),
            (true, true, false) => "The result".to_owned(),
            (true, false, _) => theirs,
            (false, _, true) => {
                format!("Mine at the left, lines below the words · {theirs} at the right, lines above")
            }
            (false, _, false) => format!("The result at the left · {theirs} at the right, lines above"),
        },
    )
}

/// Height of the strip under a head.
const STRIP: f32 = 26.0;
/// What is wrong with how such a text is shown.
const RIGHT_TO_LEFT: &str = "Right-to-left script: shown in the order of its characters, not as it is read";

/// What one has to know of how the document is shown, at the top of `body`. Returns what is left of it.
pub(super) fn notice_ui(ui: &mut Ui, right_to_left: bool, body: Rect, theme: &Theme) -> Rect {
    if !right_to_left {
        return body;
    }
    let (strip, rest) = body.split_top_bottom_at_y(body.top() + STRIP);
    ui.painter().rect_filled(strip, 0.0, theme.colors.panel);
    ui.painter().hline(
        strip.x_range(),
        strip.bottom() - 0.5,
        egui::Stroke::new(size::STROKE, theme.colors.hair),
    );
    let inner = strip.shrink2(vec2(size::SPACE[3], 0.0));
    ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
        ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
            let width = ui.available_width();
            elided(ui, RIGHT_TO_LEFT, &font::meta(), theme.colors.text2, width).on_hover_text(RIGHT_TO_LEFT);
        });
    });
    rest
}

fn column_menu(
    response: &egui::Response,
    desk: &Desk,
    pane: &Pane,
    theme: &Theme,
    actions: &mut Vec<Action>,
) {
    let Some(document) = desk.session().document(&pane.document) else { return };
    egui::Popup::menu(response).frame(theme.popup_frame()).show(|ui| {
        ui.set_width(300.0);
        let mut row = |ui: &mut Ui, words: &str, key: &str, action: Vec<Action>| {
            if ui.add(Row::new(words).keycap(key)).clicked() {
                actions.push(Action::FocusPane(pane.id));
                actions.extend(action);
                ui.close();
            }
        };
        let shown = match document.info.presentation {
            Presentation::Plain => "Show its Markdown as reading text",
            Presentation::Markdown => "Show as plain text",
        };
        let together = match desk.view.links.locked.is_empty() {
            true => "Scroll the columns together",
            false => "Scroll each column alone",
        };
        for (words, command) in [
            (shown, Command::TogglePresentation),
            ("Describe document…", Command::DescribeDocument),
            ("Second column on this document", Command::SplitPane),
            ("Move column left", Command::MovePaneLeft),
            ("Move column right", Command::MovePaneRight),
            (together, Command::LockColumns),
            ("Unread, reading, done: the next", Command::NextReading),
            ("Mark as done", Command::MarkDone),
            ("Close column", Command::ClosePane),
            ("Import a corrected version…", Command::ReplaceDocument),
            ("Remove from the session…", Command::RemoveDocument),
        ] {
            let key = cap(ui.ctx(), command);
            row(ui, words, &key, vec![Action::Command(command)]);
        }
        let others: Vec<_> =
            desk.session().documents.iter().filter(|other| other.id != document.id).collect();
        if !others.is_empty() {
            super::super::widgets::section_label(ui, "Show here instead");
            for other in others.into_iter().take(12) {
                let words = super::super::inspector::shortened(other.title(), 44);
                row(ui, &words, "", vec![Action::SwitchPane(pane.id, other.id.clone())]);
            }
        }
    });
}

/// While a head is dragged: a line where the column will stand; on release the column goes there.
pub(super) fn drop_ui(
    ui: &Ui,
    desk: &Desk,
    shown: &[Pane],
    columns: &[Rect],
    theme: &Theme,
    local: &mut Local,
    actions: &mut Vec<Action>,
) {
    let Some(dragged) = local.dragged else { return };
    let Some(pointer) = ui.input(|input| input.pointer.latest_pos()) else { return };
    let over = columns.iter().position(|rect| rect.x_range().contains(pointer.x));
    let target = over.filter(|i| shown[*i].id != dragged);
    if let Some(i) = target {
        ui.ctx().set_cursor_icon(egui::CursorIcon::Grabbing);
        let rect = columns[i];
        let stroke = egui::Stroke::new(2.0, theme.colors.accent);
        ui.painter().rect_stroke(rect, 0.0, stroke, egui::StrokeKind::Inside);
    }
    if ui.input(|input| input.pointer.any_released()) {
        local.dragged = None;
        if let Some(i) = target
            && let Some(to) = desk.view.panes.iter().position(|pane| pane.id == shown[i].id)
        {
            actions.push(Action::MovePane(dragged, to));
        }
    }
}
