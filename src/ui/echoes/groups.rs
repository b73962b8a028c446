//! What stands in several documents: a row for each wording, the largest groups first. Only the rows in view are made;
//! under the chosen one stand its places.

use eframe::egui::{Align, Label, Layout, Rect, Role, Sense, Ui, UiBuilder, Vec2, WidgetInfo, pos2, vec2};

use crate::app::echoes::{EchoAction, Grouped, Shown, Stop};
use crate::app::{Action, Command, Desk};

use super::super::app::Local;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, elided, elided_rows};

/// Rows of a wording that are shown.
const WORDING_ROWS: usize = 2;

/// From the edge of a link to its word.
const LINK_PAD: f32 = 4.0;
/// What a place takes on one row beside its words: both edges of the link, and the room after it.
const BESIDE: f32 = 2.0 * LINK_PAD + size::SPACE[2];

/// Height of a row: how many documents, the wording, which documents.
fn row_height() -> f32 {
    let wording = WORDING_ROWS as f32 * font::passage().row;
    font::strong().row + wording + font::meta().row + 2.0 * size::SPACE[1] + size::SPACE[0]
}

/// The list of all, with what was not searched.
pub(super) fn all_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, local: &mut Local, actions: &mut Vec<Action>) {
    let echoes = &desk.echoes;
    if echoes.groups().is_empty() && !echoes.is_looking() {
        let words = "No passage was found in more than one document of this session. That is no proof that there is \
                     none: it may stand in other words.";
        ui.label(font::text().text(words, theme.colors.text2));
    }
    rows_ui(ui, desk, theme, local, actions);
    ui.add_space(size::SPACE[1]);
    ui.label(font::meta().text(&echoes.heads().left_out_of_all, theme.colors.text3));
}

/// The first few, with the way to all: where no passage is looked at.
pub(super) fn few_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, local: &mut Local, actions: &mut Vec<Action>) {
    let (listed, all) = (desk.echoes.listed_groups(), desk.echoes.groups().len());
    if listed == 0 {
        return;
    }
    ui.add_space(size::SPACE[2]);
    ui.label(font::title().text("What stands in several documents", theme.colors.text));
    ui.label(font::meta().text(&desk.echoes.heads().all, theme.colors.text3));
    ui.add_space(size::SPACE[0]);
    rows_ui(ui, desk, theme, local, actions);
    if listed < all && ui.add(Button::link(&format!("Show all {all}"))).clicked() {
        let shown = Shown { all: true, ..desk.echoes.shown };
        actions.push(Action::Echoes(EchoAction::Show(shown)));
    }
}

fn rows_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, local: &mut Local, actions: &mut Vec<Action>) {
    let listed = desk.echoes.listed_groups();
    let at = desk.echoes.at;
    let chosen = (0..listed).contains(&chosen_row(at)).then(|| chosen_row(at));
    let opened = if chosen.is_some() { local.echoes.opened } else { 0.0 };
    let (row, width) = (row_height(), ui.available_width());
    let (all, _) = ui.allocate_exact_size(vec2(width, listed as f32 * row + opened), Sense::hover());
    let below = |number: usize| if chosen.is_some_and(|chosen| number > chosen) { opened } else { 0.0 };
    let rect_of = |number: usize| {
        let top = all.top() + number as f32 * row + below(number);
        let height = row + if Some(number) == chosen { opened } else { 0.0 };
        Rect::from_min_size(pos2(all.left(), top), vec2(width, height))
    };
    if let Some(number) = chosen.filter(|_| desk.echoes.card_wanted) {
        ui.scroll_to_rect(rect_of(number), None);
        actions.push(Action::Echoes(EchoAction::CardShown));
    }
    let clip = ui.clip_rect();
    let first = ((clip.top() - all.top() - opened) / row).floor().max(0.0) as usize;
    for number in (first..listed).take_while(|number| rect_of(*number).top() < clip.bottom()) {
        let Some(group) = desk.echoes.groups().get(number) else { continue };
        let height = row_ui(ui, desk, theme, local, (number, group), rect_of(number), actions);
        if Some(number) == chosen {
            let drawn = (height - row).max(0.0);
            if (drawn - local.echoes.opened).abs() > 0.5 {
                local.echoes.opened = drawn;
                ui.ctx().request_repaint();
            }
        }
    }
}

/// The number of the chosen row; past all rows when it is none.
const fn chosen_row(at: Option<Stop>) -> usize {
    match at {
        Some(Stop::Group(at)) => at,
        _ => usize::MAX,
    }
}

/// Draws a row; returns how high it has become.
fn row_ui(
    ui: &mut Ui,
    desk: &Desk,
    theme: &Theme,
    local: &mut Local,
    (number, group): (usize, &Grouped),
    rect: Rect,
    actions: &mut Vec<Action>,
) -> f32 {
    let colors = &theme.colors;
    let stop = Stop::Group(number);
    let chosen = desk.echoes.at == Some(stop);
    let line = group.line(desk);
    // First, so that what can be pressed on it comes before it.
    let response = ui.interact(rect, ui.scope_id().with(("group", number)), Sense::click());
    let spoken = || format!("{}: {}", line.head, group.wording);
    response.widget_info(|| WidgetInfo::selected(Role::ListBoxOption, true, chosen, spoken()));
    super::card::ground(ui, theme, rect, &response, chosen);
    if response.contains_pointer() {
        local.echoes.hovered = Some(stop);
    }
    if response.clicked() {
        actions.push(Action::Echoes(EchoAction::Choose(stop)));
        actions.push(Action::Echoes(EchoAction::LineUp(stop)));
    }
    let inner = Rect::from_min_max(
        pos2(rect.left() + size::SPACE[2], rect.top() + size::SPACE[1]),
        pos2(rect.right() - size::SPACE[1], rect.top() + 4000.0),
    );
    let mut child = ui.new_child(UiBuilder::new().max_rect(inner).id_salt(("group row", number)));
    child.spacing_mut().item_spacing.y = 0.0;
    let width = inner.width();
    elided(&mut child, &line.head, &font::strong(), colors.text, width);
    elided_rows(&mut child, &group.wording, &font::passage(), colors.text, width, WORDING_ROWS);
    child.add_space(size::SPACE[0]);
    elided(&mut child, &line.documents, &font::meta(), colors.text3, width);
    if !chosen {
        return row_height();
    }
    child.add_space(size::SPACE[0]);
    places_ui(&mut child, desk, theme, stop, group, actions);
    child.min_rect().bottom() - rect.top() + size::SPACE[1]
}

/// The places of the chosen row.
fn places_ui(
    ui: &mut Ui,
    desk: &Desk,
    theme: &Theme,
    stop: Stop,
    group: &Grouped,
    actions: &mut Vec<Action>,
) {
    let colors = &theme.colors;
    let (places, more) = group.places(desk);
    let most = ui.available_width();
    // Date and wording stand beside all of them or under all of them: a list is read down one edge.
    let is_wide = places.iter().all(|line| {
        let width = |role: font::Role, words: &str| role.line(ui.ctx(), words, colors.text).size().x;
        width(font::strong(), &line.words) + width(font::meta(), &line.beside) + BESIDE <= most
    });
    let says = if desk.echoes.shown.all { "Go there" } else { "Go there: its echoes are looked at then" };
    for line in places {
        let go = |ui: &mut Ui| {
            let button = ui.add(Button::link(&line.words).at_most(most));
            button.on_hover_text(says).clicked()
        };
        let beside = || Label::new(font::meta().text(&line.beside, colors.text3));
        let clicked = if is_wide {
            let row = |ui: &mut Ui| {
                let clicked = go(ui);
                ui.with_layout(Layout::right_to_left(Align::Center), |ui| ui.add(beside().extend()));
                clicked
            };
            ui.horizontal(row).inner
        } else {
            let clicked = go(ui);
            if !line.beside.is_empty() {
                ui.horizontal(|ui| {
                    ui.add_space(LINK_PAD);
                    ui.add(beside().truncate());
                });
                ui.add_space(size::SPACE[0]);
            }
            clicked
        };
        if clicked {
            actions.push(Action::Echoes(EchoAction::GoTo(line.place)));
        }
    }
    if more > 0 {
        ui.label(font::meta().text(format!("and {more} more places"), colors.text3));
    }
    ui.add_space(size::SPACE[1]);
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = Vec2::splat(size::SPACE[0]);
        let key = super::key(ui, true, Command::AlignEcho);
        let help = Command::AlignEcho.info().help;
        if ui.add(Button::plain("Line up").keycap(&key)).on_hover_text(help).clicked() {
            actions.push(Action::Echoes(EchoAction::LineUp(stop)));
        }
    });
}
