//! Finding: the field, how and where is looked, and the hits, in the place of the table of annotations.
//!
//! The dossier has a field of its own, which looks in the whole dossier; both show the one search that there is.

mod list;

use eframe::egui;
use eframe::egui::{Align, Id, Key, Layout, Modifiers, Response, Stroke, Ui};

use crate::app::search::{Asked, Scope, Search};
use crate::app::{Action, Command, Desk, Workspace, count};
use crate::text::search::{Mode, Query, QueryError};

use super::icons::Icon;
use super::keys::cap;
use super::theme::{Theme, font, size};
use super::widgets::{Button, Check, Choice, Field, Row, TagChoice, elided};

/// Height of the panel, given the room there is: as the table's, but with the lines over the list.
pub fn height(available: f32) -> f32 {
    super::table::height(available).max(216.0).min(available * 0.5)
}

/// Under this width, where is looked is a menu.
const WIDE: f32 = 1290.0;

/// Draws the panel.
pub fn find_ui(ui: &mut Ui, workspace: &Workspace, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let top = ui.max_rect().top();
    ui.painter().hline(ui.max_rect().x_range(), top, Stroke::new(size::STROKE, theme.colors.hair));
    egui::Frame::new().inner_margin(egui::Margin { left: 14, right: 14, top: 4, bottom: 2 }).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 0.0;
        let line = |ui: &mut Ui, add: &mut dyn FnMut(&mut Ui)| {
            let size = egui::vec2(ui.available_width(), 32.0);
            ui.allocate_ui_with_layout(size, Layout::left_to_right(Align::Center), |ui| {
                ui.spacing_mut().item_spacing.x = size::SPACE[2];
                add(ui);
            });
        };
        line(ui, &mut |ui| words_ui(ui, workspace, desk, theme, actions));
        line(ui, &mut |ui| choices_ui(ui, desk, theme, actions));
        let search = &desk.view.search;
        match search.found.total {
            0 => nothing_ui(ui, search, theme, actions),
            _ => list::list_ui(ui, desk, theme, actions),
        }
    });
}

/// The field, how many hits there are, and what can be done with them.
fn words_ui(ui: &mut Ui, workspace: &Workspace, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let search = &desk.view.search;
    let id = field_id();
    let width = (ui.available_width() * 0.3).clamp(200.0, 380.0);
    let mut words = search.asked.query.words.clone();
    let field =
        Field::new(&mut words, "Find").placeholder("Words to find").icon(Icon::Search).width(width).id(id);
    let response = ui.add(field);
    if search.focus_field {
        response.request_focus();
        select_all(ui.ctx(), id, words.chars().count());
        actions.push(Action::SearchFocused);
    }
    field_keys(ui, &response, search, words, search.asked.scope, actions);
    if let Some(error) = &search.found.error {
        let edge = response.rect.shrink2(egui::vec2(3.0, 0.0));
        ui.painter().hline(edge.x_range(), edge.bottom() - 1.0, Stroke::new(2.0, theme.colors.conflict));
        ui.label(Icon::Warning.text(theme).color(theme.colors.conflict));
        let words = error_words(&search.asked.query, error);
        let width = ui.available_width() - 40.0;
        elided(ui, &words, &font::text(), theme.colors.conflict, width);
    } else {
        for (icon, command) in [(Icon::ArrowUp, Command::FindPrevious), (Icon::ArrowDown, Command::FindNext)]
        {
            let name = format!("{} ({})", command.info().name, cap(ui.ctx(), command));
            let why = (search.found.total == 0).then_some("there are no hits");
            if ui.add(Button::sign(icon, &name).disabled(why)).clicked() {
                actions.push(Action::Command(command));
            }
        }
        ui.label(font::on().text(count_words(search), theme.colors.text));
    }
    ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
        if ui.add(Button::sign(Icon::Close, "Close the search (Esc)")).clicked() {
            actions.push(Action::CloseSearch);
        }
        let (total, found) = (search.found.total, &search.found);
        if total == 0 || !found.are_in_text() {
            return;
        }
        let all = match total {
            1 => "Tag the hit…".to_owned(),
            _ => format!("Tag all {} hits…", thousands(total)),
        };
        let enabled = Command::TagHits.enabled(workspace);
        let key = cap(ui.ctx(), Command::TagHits);
        let button = Button::plain(&all).keycap(&key).disabled(enabled.err());
        if ui.add(button).clicked() {
            actions.push(Action::Command(Command::TagHits));
        }
        if search.current.is_some() && ui.available_width() > 420.0 {
            // Right to left: the last stands first. More than four are in the list of all.
            let tags: Vec<_> = desk.session().scheme.tags.iter().filter(|tag| !tag.retired).take(4).collect();
            for tag in tags.into_iter().rev() {
                let name = format!("Tag this hit as {}", tag.name);
                let response = ui.add(TagChoice::new(tag, false)).on_hover_text(&name);
                response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Button, true, &name));
                if response.clicked() {
                    actions.push(Action::TagHit(tag.id.clone()));
                }
            }
            ui.label(font::text().text("Tag this hit", theme.colors.text2));
        }
    });
}

/// Where is looked, and how. A choice made by mouse leaves the cursor in the field: one goes on typing.
fn choices_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, actions: &mut Vec<Action>) {
    let search = &desk.view.search;
    let mut asked = search.asked.clone();
    scope_ui(ui, theme, &mut asked);
    let names = Mode::ALL.map(Mode::name);
    let mut chosen = Mode::ALL.iter().position(|mode| *mode == asked.query.mode).unwrap_or(0);
    ui.add(Choice::new(&names, &mut chosen));
    asked.query.mode = Mode::ALL[chosen];
    ui.add(Check::new(&mut asked.query.fold, "Ignore case and accents"));
    if asked.scope != Scope::Annotations {
        let words = match search.found.in_furniture {
            0 => "Page furniture too".to_owned(),
            more => format!("Page furniture too: {more} more"),
        };
        ui.add(Check::new(&mut asked.furniture, &words));
    }
    if asked != search.asked {
        if !super::panes::in_panels(ui.ctx()) {
            ui.memory_mut(|memory| memory.request_focus(field_id()));
        }
        actions.push(Action::Search(asked));
    }
}

fn scope_ui(ui: &mut Ui, theme: &Theme, asked: &mut Asked) {
    if ui.available_width() > WIDE {
        let names = Scope::ALL.map(Scope::name);
        let mut chosen = Scope::ALL.iter().position(|scope| *scope == asked.scope).unwrap_or(0);
        ui.add(Choice::new(&names, &mut chosen));
        asked.scope = Scope::ALL[chosen];
        return;
    }
    let response = ui.add(Button::plain(asked.scope.name()).after(Icon::CaretDown));
    egui::Popup::menu(&response).frame(theme.popup_frame()).show(|ui| {
        ui.set_width(190.0);
        for scope in Scope::ALL {
            if ui.add(Row::new(scope.name()).on(scope == asked.scope)).clicked() {
                asked.scope = scope;
                ui.close();
            }
        }
    });
}

fn field_id() -> Id {
    Id::unique("find")
}

fn dossier_field_id() -> Id {
    Id::unique("find in the dossier")
}

/// True while one types what to find.
pub fn has_focus(ctx: &egui::Context) -> bool {
    ctx.memory(|memory| memory.has_focus(field_id()) || memory.has_focus(dossier_field_id()))
}

/// What stands in the place of the list when it is empty, with the way on.
fn nothing_ui(ui: &mut Ui, search: &Search, theme: &Theme, actions: &mut Vec<Action>) {
    ui.add_space(size::SPACE[2]);
    let asked = &search.asked;
    let label = |ui: &mut Ui, words: &str| {
        ui.label(font::text().text(words, theme.colors.text2));
    };
    if asked.query.is_empty() {
        return label(
            ui,
            "Type what to find. Enter goes from hit to hit; F3 too, and there a tag key marks the hit.",
        );
    }
    if search.is_running() || search.found.error.is_some() {
        return;
    }
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[3];
        let mut words = format!("Not found {}.", asked.scope.words());
        if search.found.in_furniture > 0 {
            let hits = count(search.found.in_furniture, "hit");
            words = format!("Not found {} but for {hits} in page furniture.", asked.scope.words());
        }
        label(ui, &words);
        let mut way = |ui: &mut Ui, holds: bool, words: &str, other: &dyn Fn(&mut Asked)| {
            if holds && ui.add(Button::link(words)).clicked() {
                let mut asked = asked.clone();
                other(&mut asked);
                actions.push(Action::Search(asked));
            }
        };
        let query = &asked.query;
        way(ui, search.found.in_furniture > 0, "Search page furniture too", &|asked| asked.furniture = true);
        let narrow = asked.scope != Scope::Dossier;
        way(ui, narrow, "Search the whole dossier", &|asked| asked.scope = Scope::Dossier);
        way(ui, !query.fold, "Ignore case and accents", &|asked| asked.query.fold = true);
        let whole = query.mode == Mode::WholeWord;
        way(ui, whole, "Search parts of words too", &|asked| asked.query.mode = Mode::Plain);
    });
}

/// The field of the dossier: what is typed there is looked for in the whole dossier.
pub fn dossier_field_ui(ui: &mut Ui, desk: &Desk, actions: &mut Vec<Action>) {
    let search = &desk.view.search;
    let shown = search.open && search.asked.scope == Scope::Dossier;
    let mut words = if shown { search.asked.query.words.clone() } else { String::new() };
    let field = Field::new(&mut words, "Find in the dossier").icon(Icon::Search).id(dossier_field_id());
    // Room for the focus ring, which the list would cut off.
    let response = egui::Frame::new().inner_margin(3).show(ui, |ui| ui.add(field)).inner;
    field_keys(ui, &response, search, words, Scope::Dossier, actions);
}

/// What is typed into a field, and the keys that mean something in it: Enter and the arrows go from hit to hit, Esc
/// puts the search away.
fn field_keys(
    ui: &Ui,
    response: &Response,
    search: &Search,
    words: String,
    scope: Scope,
    actions: &mut Vec<Action>,
) {
    if response.changed() {
        let query = Query { words, ..search.asked.query.clone() };
        actions.push(Action::Search(Asked { query, scope, ..search.asked.clone() }));
    }
    let pressed = |key| ui.input(|input| input.key_pressed(key));
    let mut step = None;
    if response.lost_focus() && pressed(Key::Enter) {
        step = Some(if ui.input(|input| input.modifiers.shift) {
            Command::FindPrevious
        } else {
            Command::FindNext
        });
        response.request_focus();
    } else if response.lost_focus() && pressed(Key::Escape) {
        actions.push(Action::CloseSearch);
    } else if response.has_focus() {
        let taken = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
        if taken(Key::ArrowDown) {
            step = Some(Command::FindNext);
        } else if taken(Key::ArrowUp) {
            step = Some(Command::FindPrevious);
        }
    }
    if let Some(step) = step.filter(|_| search.open) {
        actions.push(Action::Command(step));
    }
}

/// Selects what stands in a field, so that typing replaces it.
fn select_all(ctx: &egui::Context, id: Id, chars: usize) {
    use egui::text::{CCursor, CCursorRange};
    let mut state = egui::TextEdit::load_state(ctx, id).unwrap_or_default();
    state.cursor.set_char_range(Some(CCursorRange::two(CCursor::new(0), CCursor::new(chars))));
    egui::TextEdit::store_state(ctx, id, state);
}

/// "3 of 41", "41 hits", or why there are none.
fn count_words(search: &Search) -> String {
    let found = &search.found;
    let total = thousands(found.total);
    match search.current {
        _ if search.asked.query.is_empty() => String::new(),
        _ if search.is_running() => "Searching…".to_owned(),
        _ if found.total == 0 => "No hits".to_owned(),
        Some(current) => format!("{} of {total}", thousands(current + 1)),
        None if found.more => format!("The first {total} hits"),
        None if found.total == 1 => "1 hit".to_owned(),
        None => format!("{total} hits"),
    }
}

/// A number with its thousands apart.
fn thousands(number: usize) -> String {
    let digits = number.to_string();
    let mut words = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            words.push(',');
        }
        words.push(digit);
    }
    words
}

/// What is wrong with a query, with its place in it.
fn error_words(query: &Query, error: &QueryError) -> String {
    let Some(place) = &error.place else { return crate::app::capitalized(&error.what) };
    let (before, sign) = (query.words.get(..place.start), query.words.get(place.clone()));
    let at = before.unwrap_or_default().chars().count() + 1;
    match sign.filter(|sign| !sign.is_empty()) {
        Some(sign) => format!("“{sign}” at character {at}: {}", error.what),
        None => format!("At character {at}: {}", error.what),
    }
}
