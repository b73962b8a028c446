//! The table of all documents' metadata, with the keys of a spreadsheet. What the text says of itself is offered in
//! empty cells, marked as a guess, and taken only when the reader says so.

use std::collections::BTreeMap;

use eframe::egui;
use eframe::egui::{Align, Event, Key, Layout, Modifiers, Rect, Sense, TextEdit, Ui};
use egui_extras::{Column, TableBuilder};

use crate::app::{Action, Command, Desk, DocumentOrder, Grouping, Workspace};
use crate::model::{Document, DocumentId, DocumentInfo};
use crate::text::guess::{Guess, source_guesses};

use super::super::app::Local;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, Choice, elided};
use super::fields::{FIELDS, MetadataField};

/// Height of a row.
const ROW: f32 = 28.0;

/// What the table keeps while it is open.
#[derive(Default)]
pub struct SourcesTable {
    /// Row and column of the cell that keys go to.
    cursor: (usize, usize),
    /// What is being typed into that cell.
    editing: Option<String>,
    /// The field of the cell shall get the focus.
    grab: bool,
    /// Frames since a field was left in which keys are the table's, whatever egui makes of them: it locks the
    /// focus against arrows and Tab only from the frame after it was given.
    back: u8,
    /// The cell shall be on screen.
    show: bool,
    /// Keys and letters that came in one frame with others before them: each does its work in its turn, however fast
    /// one types and however slow a frame is.
    waiting: Vec<Event>,
    /// The documents from the top.
    order: Vec<DocumentId>,
    /// What that order rests on: how documents are listed, and their order by hand.
    arranged: Option<(DocumentOrder, Grouping, Vec<DocumentId>)>,
    /// What each document's text says of itself.
    guesses: BTreeMap<DocumentId, Vec<Guess>>,
}

impl SourcesTable {
    /// Esc: what was being typed is forgotten; `false` when nothing was.
    pub fn cancel(&mut self) -> bool {
        self.editing.take().is_some()
    }

    /// Puts the rows in the order of the listing, and leaves them so while one types: a date that was just given does
    /// not carry its row away under the hands.
    fn arrange(&mut self, desk: &Desk) {
        let by_hand = desk.session().documents.iter().map(|document| document.id.clone()).collect();
        let key = Some((desk.view.order, desk.view.grouping, by_hand));
        if self.arranged != key {
            self.arranged = key;
            let documents = &desk.session().documents;
            self.order = desk.listing().documents().map(|i| documents[i].id.clone()).collect();
        }
    }

    fn guess(&mut self, document: &Document, field: &MetadataField) -> Option<&Guess> {
        let kind = field.guess?;
        let guesses = self
            .guesses
            .entry(document.id.clone())
            .or_insert_with(|| source_guesses(document.text(), document.info.presentation));
        guesses.iter().find(|guess| guess.field == kind)
    }

    /// What is typed becomes part of the session.
    fn commit(&mut self, rows: &[&Document], actions: &mut Vec<Action>) {
        if let Some(text) = self.editing.take()
            && let (Some(document), Some(field)) = (rows.get(self.cursor.0), FIELDS.get(self.cursor.1))
        {
            actions.extend(change(document, field, text.trim().to_owned()));
        }
    }

    fn go(&mut self, rows: usize, down: isize, right: isize) {
        let step =
            |at: usize, by: isize, count: usize| at.saturating_add_signed(by).min(count.saturating_sub(1));
        self.cursor = (step(self.cursor.0, down, rows), step(self.cursor.1, right, FIELDS.len()));
        self.show = true;
    }

    fn begin(&mut self, text: String) {
        (self.editing, self.grab, self.show) = (Some(text), true, true);
    }
}

/// The action that sets one field, if it changes anything.
fn change(document: &Document, field: &MetadataField, text: String) -> Option<Action> {
    let mut info = DocumentInfo::clone(&document.info);
    (field.set)(&mut info, text);
    (info != *document.info)
        .then(|| Action::SetDocumentInfo(document.id.clone(), Box::new(info), field.label))
}

/// Draws the sheet's content; its heading is drawn already.
pub(super) fn sources_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    desk: &Desk,
    theme: &Theme,
    local: &mut Local,
    fresh: bool,
    actions: &mut Vec<Action>,
) {
    let table = &mut local.sources;
    let documents = &desk.session().documents;
    if fresh {
        *table = SourcesTable { show: true, ..SourcesTable::default() };
        table.arrange(desk);
        // Where the work is: the first document without a date.
        let date = FIELDS.iter().position(|field| field.name == "Date").unwrap_or(0);
        let undated = |id: &DocumentId| {
            desk.session().document(id).is_some_and(|it| it.info.metadata.issued.is_empty())
        };
        if let Some(row) = table.order.iter().position(undated) {
            table.cursor = (row, date);
        }
    }
    table.arrange(desk);
    let order = table.order.clone();
    let rows: Vec<&Document> =
        order.iter().filter_map(|id| documents.iter().find(|it| it.id == *id)).map(|it| &**it).collect();
    take_turns(ui, table);
    let id = egui::Id::unique("sources table");
    if table.editing.is_none() {
        let focused = ui.memory(|memory| memory.focused());
        let back = table.back > 0;
        table.back = table.back.saturating_sub(1);
        if fresh || back || focused.is_none() {
            ui.memory_mut(|memory| memory.request_focus(id));
        }
        if ui.memory(|memory| memory.has_focus(id)) {
            let all = egui::EventFilter {
                tab: true,
                horizontal_arrows: true,
                vertical_arrows: true,
                escape: false,
            };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, all));
            keys(ui, table, desk, &rows, actions);
        }
    }
    order_ui(ui, desk, theme, table, &rows, actions);
    ui.add_space(size::SPACE[1]);
    let room = ui.available_rect_before_wrap();
    let body = ui.interact(room.with_max_y(room.max.y - 26.0), id, Sense::focusable_noninteractive());
    body.widget_info(|| {
        egui::WidgetInfo::labeled(egui::Role::Group, true, "Sources, takes the keys of a table")
    });
    ui.scope_builder(egui::UiBuilder::new().max_rect(room.with_max_y(room.max.y - 26.0)), |ui| {
        egui::ScrollArea::horizontal().auto_shrink([false, false]).show(ui, |ui| {
            table_ui(ui, theme, table, &rows, id, actions);
        });
    });
    let foot = room.with_min_y(room.max.y - 24.0);
    ui.scope_builder(egui::UiBuilder::new().max_rect(foot), |ui| {
        let words = match table.editing {
            Some(_) => "Enter: done, next row   Tab: done, next cell   Esc: as it was",
            None => {
                "Arrows, Tab: move   Enter: take the guess or edit   F2: edit   Ctrl D: as above   \
                 Del: empty   Alt ↑ ↓: move the document"
            }
        };
        elided(ui, words, &font::meta(), theme.colors.text3, foot.width());
    });
    ui.advance_cursor_after_rect(room);
    let _ = workspace;
}

/// Leaves in this frame's input what is done in it; the rest waits for the next one.
fn take_turns(ui: &Ui, table: &mut SourcesTable) {
    let key_of = |event: &Event| match event {
        Event::Key { key, pressed: true, .. } => Some(*key),
        _ => None,
    };
    let ends_edit = |event: &Event| {
        key_of(event).is_some_and(|key| matches!(key, Key::Tab | Key::Enter | Key::ArrowUp | Key::ArrowDown))
    };
    // The key of a letter means nothing by itself: its text follows.
    let is_letter = |key: Key| key.name().chars().count() == 1 || key == Key::Space;
    let is_meant = |event: &Event| {
        matches!(event, Event::Text(_) | Event::Paste(_) | Event::Copy | Event::Cut)
            || match event {
                Event::Key { key, pressed: true, modifiers, .. } => !is_letter(*key) || modifiers.command,
                _ => false,
            }
    };
    ui.input_mut(|input| {
        let mut events = std::mem::take(&mut table.waiting);
        events.append(&mut input.events);
        let end = match table.editing {
            Some(_) => events.iter().position(ends_edit).map(|at| at + 1),
            None => events.iter().position(is_meant).map(|at| at + 1),
        };
        table.waiting = end.map(|end| events.split_off(end)).unwrap_or_default();
        input.events = events;
    });
    if !table.waiting.is_empty() {
        ui.ctx().request_repaint();
    }
}

/// The keys of a spreadsheet, while no cell is edited.
fn keys(ui: &Ui, table: &mut SourcesTable, desk: &Desk, rows: &[&Document], actions: &mut Vec<Action>) {
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let count = rows.len();
    let Some(document) = rows.get(table.cursor.0.min(count.saturating_sub(1))) else { return };
    table.cursor.0 = table.cursor.0.min(count - 1);
    let field = &FIELDS[table.cursor.1];
    let last = table.cursor == (count - 1, FIELDS.len() - 1);
    for (key, down) in [(Key::ArrowUp, -1), (Key::ArrowDown, 1)] {
        if pressed(Modifiers::ALT, key) {
            if desk.view.order == DocumentOrder::Hand
                && let Some(at) = desk.session().document_index(&document.id)
            {
                let to = at.saturating_add_signed(down).min(count - 1);
                actions.push(Action::MoveDocument(document.id.clone(), to));
                table.go(count, down, 0);
            }
        } else if pressed(Modifiers::NONE, key) {
            table.go(count, down, 0);
        }
    }
    for (key, right) in [(Key::ArrowLeft, -1), (Key::ArrowRight, 1)] {
        if pressed(Modifiers::NONE, key) {
            table.go(count, 0, right);
        }
    }
    if pressed(Modifiers::NONE, Key::Home) {
        table.go(count, 0, -(FIELDS.len() as isize));
    }
    if pressed(Modifiers::NONE, Key::End) {
        table.go(count, 0, FIELDS.len() as isize);
    }
    if pressed(Modifiers::SHIFT, Key::Tab) {
        step_back(table, count);
    } else if pressed(Modifiers::NONE, Key::Tab) {
        match last {
            true => ui.memory_mut(|memory| memory.move_focus(egui::FocusDirection::Next)),
            false => step_on(table, count),
        }
    }
    let value = (field.get)(&document.info).to_owned();
    if pressed(Modifiers::NONE, Key::F2) {
        table.begin(value.clone());
    } else if pressed(Modifiers::NONE, Key::Enter) {
        let guess = table.guess(document, field).filter(|_| value.is_empty()).cloned();
        match guess {
            Some(guess) => {
                actions.extend(change(document, field, guess.value));
                table.go(count, 1, 0);
            }
            None => table.begin(value.clone()),
        }
    } else if pressed(Modifiers::NONE, Key::Delete) || pressed(Modifiers::NONE, Key::Backspace) {
        actions.extend(change(document, field, String::new()));
    } else if pressed(Modifiers::COMMAND, Key::D) {
        if let Some(above) = table.cursor.0.checked_sub(1).and_then(|row| rows.get(row)) {
            actions.extend(change(document, field, (field.get)(&above.info).to_owned()));
        }
    } else if pressed(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z) || pressed(Modifiers::COMMAND, Key::Y) {
        actions.push(Action::Command(Command::Redo));
    } else if pressed(Modifiers::COMMAND, Key::Z) {
        actions.push(Action::Command(Command::Undo));
    }
    typed(ui, table, document, field, &value, actions);
}

/// Typing begins anew; copying and pasting take the whole cell.
fn typed(
    ui: &Ui,
    table: &mut SourcesTable,
    document: &Document,
    field: &MetadataField,
    value: &str,
    actions: &mut Vec<Action>,
) {
    let (mut text, mut pasted, mut copied) = (String::new(), None, false);
    ui.input_mut(|input| {
        input.events.retain(|event| {
            match event {
                Event::Text(typed) => text.push_str(typed),
                Event::Paste(words) => pasted = Some(words.clone()),
                Event::Copy => copied = true,
                _ => return true,
            }
            false
        });
    });
    if copied {
        ui.ctx().copy_text(value.to_owned());
    }
    if let Some(words) = pasted {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        actions.extend(change(document, field, words));
    } else if !text.trim().is_empty() {
        table.begin(text);
    }
}

fn step_on(table: &mut SourcesTable, rows: usize) {
    match table.cursor.1 + 1 < FIELDS.len() {
        true => table.go(rows, 0, 1),
        false => {
            table.cursor.1 = 0;
            table.go(rows, 1, 0);
        }
    }
}

fn step_back(table: &mut SourcesTable, rows: usize) {
    match table.cursor.1 > 0 {
        true => table.go(rows, 0, -1),
        false if table.cursor.0 > 0 => {
            table.cursor.1 = FIELDS.len() - 1;
            table.go(rows, -1, 0);
        }
        false => {}
    }
}

/// In which order, under which headings; and all guesses of a column at once.
fn order_ui(
    ui: &mut Ui,
    desk: &Desk,
    theme: &Theme,
    table: &mut SourcesTable,
    rows: &[&Document],
    actions: &mut Vec<Action>,
) {
    ui.horizontal_wrapped(|ui| {
        ui.spacing_mut().item_spacing = egui::vec2(size::SPACE[2], size::SPACE[0]);
        let view = &desk.view;
        let mut order = DocumentOrder::ALL.iter().position(|order| *order == view.order).unwrap_or(0);
        if ui.add(Choice::new(&DocumentOrder::ALL.map(DocumentOrder::name), &mut order)).changed() {
            actions.push(Action::ListDocuments(DocumentOrder::ALL[order], view.grouping));
        }
        let mut grouping = Grouping::ALL.iter().position(|grouping| *grouping == view.grouping).unwrap_or(0);
        if ui.add(Choice::new(&Grouping::ALL.map(Grouping::name), &mut grouping)).changed() {
            actions.push(Action::ListDocuments(view.order, Grouping::ALL[grouping]));
        }
        let field = &FIELDS[table.cursor.1];
        let mut offered: Vec<(usize, String)> = Vec::new();
        for (row, document) in rows.iter().enumerate() {
            if (field.get)(&document.info).is_empty()
                && let Some(guess) = table.guess(document, field)
            {
                offered.push((row, guess.value.clone()));
            }
        }
        if offered.is_empty() {
            let words = "Guesses are grey, with a question mark";
            ui.label(font::meta().text(words, theme.colors.text3));
            return;
        }
        let guesses =
            if offered.len() == 1 { "1 guess".to_owned() } else { format!("{} guesses", offered.len()) };
        let words = format!("Take {guesses} in “{}”", field.name);
        if ui.add(Button::plain(&words)).clicked() {
            let taken = offered.into_iter().map(|(row, value)| {
                let mut info = DocumentInfo::clone(&rows[row].info);
                (field.set)(&mut info, value);
                (rows[row].id.clone(), info)
            });
            actions.push(Action::SetDocumentInfos(taken.collect(), format!("take guesses: {}", field.label)));
        }
    });
}

fn table_ui(
    ui: &mut Ui,
    theme: &Theme,
    table: &mut SourcesTable,
    rows: &[&Document],
    id: egui::Id,
    actions: &mut Vec<Action>,
) {
    ui.spacing_mut().item_spacing = egui::vec2(0.0, 0.0);
    let total: f32 = FIELDS.iter().map(|field| field.width).sum();
    let stretch = (ui.available_width() / total).max(1.0);
    let mut builder = TableBuilder::new(ui)
        .id_salt("sources")
        .cell_layout(Layout::left_to_right(Align::Center))
        .auto_shrink([false, false]);
    for field in FIELDS {
        builder = builder.column(Column::exact((field.width * stretch).floor()).clip(true));
    }
    if std::mem::take(&mut table.show) {
        builder = builder.scroll_to_row(table.cursor.0, None);
    }
    builder
        .header(26.0, |mut header| {
            for field in FIELDS {
                header.col(|ui| {
                    ui.add_space(size::SPACE[1]);
                    ui.label(font::meta().text(field.name, theme.colors.text2));
                });
            }
        })
        .body(|body| {
            body.rows(ROW, rows.len(), |mut row| {
                let at = row.index();
                for (column, field) in FIELDS.iter().enumerate() {
                    row.col(|ui| cell_ui(ui, theme, table, rows, (at, column), field, id, actions));
                }
            });
        });
}

#[expect(clippy::too_many_arguments, reason = "a cell shows all of these")]
fn cell_ui(
    ui: &mut Ui,
    theme: &Theme,
    table: &mut SourcesTable,
    rows: &[&Document],
    at: (usize, usize),
    field: &MetadataField,
    id: egui::Id,
    actions: &mut Vec<Action>,
) {
    let document = rows[at.0];
    let colors = &theme.colors;
    let rect = ui.max_rect();
    let on = table.cursor == at;
    let stroke = egui::Stroke::new(size::STROKE, colors.hair);
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, stroke);
    ui.painter().vline(rect.right() - 0.5, rect.y_range(), stroke);
    if at.1 == 0 {
        ui.painter().vline(rect.left() + 0.5, rect.y_range(), stroke);
    }
    if at.0 == 0 {
        ui.painter().hline(rect.x_range(), rect.top() + 0.5, stroke);
    }
    if on && table.editing.is_some() {
        return edit_ui(ui, theme, table, rows, rect, field, id, actions);
    }
    let value = (field.get)(&document.info).to_owned();
    let guess = if value.is_empty() { table.guess(document, field).cloned() } else { None };
    // The focus is the table's: a cell takes clicks alone.
    let response = ui.interact(rect, id.with(at), Sense::CLICK);
    let said = match &guess {
        Some(guess) => format!("{}, {}: guess {}", field.name, document.label(), guess.value),
        None => format!("{}, {}: {value}", field.name, document.label()),
    };
    response.widget_info(|| egui::WidgetInfo::selected(egui::Role::Button, true, on, &said));
    if on {
        ui.painter().rect_filled(rect.shrink(1.0), 0.0, colors.hover);
        let ring = egui::Stroke::new(size::FOCUS_RING, colors.accent);
        ui.painter().rect_stroke(rect.shrink(1.0), 2.0, ring, egui::StrokeKind::Inside);
    }
    ui.add_space(size::SPACE[1]);
    let width = (rect.width() - 2.0 * size::SPACE[1]).max(8.0);
    match &guess {
        Some(guess) => {
            let words = format!("{} ?", guess.value);
            elided(ui, &words, &font::text(), colors.text3, width);
        }
        // Which document this is must be seen before it has a title.
        None if field.name == "Title" && value.is_empty() => {
            elided(ui, document.title(), &font::text(), colors.text3, width)
                .on_hover_text("It is called so, by its first words, until it has a title");
        }
        None => {
            let issued = &document.info.metadata.issued;
            let odd = field.name == "Date" && !issued.is_empty() && issued.parts().is_none();
            let color = if odd { colors.conflict } else { colors.text };
            elided(ui, &value, &font::text(), color, width);
        }
    }
    if response.double_clicked() {
        table.cursor = at;
        table.begin(value.clone());
    } else if response.clicked() {
        table.commit(rows, actions);
        table.cursor = at;
        ui.memory_mut(|memory| memory.request_focus(id));
    }
    if let Some(guess) = guess {
        let place = guess.read_at.map(|span| &document.text()[span.range()]);
        let read =
            place.map_or_else(|| "the words of the text".to_owned(), |words| format!("“{}”", words.trim()));
        response.on_hover_text(format!("A guess, read from {read}. Enter takes it; typing overrules it"));
    } else if field.name == "Date" && !value.is_empty() && document.info.metadata.issued.parts().is_none() {
        response.on_hover_text("Kept as typed, but not understood: listed after dates like 2021-09-28, 28-9-2021, 28 september 2021, 2021-09 and 2021");
    }
}

/// The field in the cell that is edited.
#[expect(clippy::too_many_arguments, reason = "a field needs all of these")]
fn edit_ui(
    ui: &mut Ui,
    theme: &Theme,
    table: &mut SourcesTable,
    rows: &[&Document],
    rect: Rect,
    field: &MetadataField,
    id: egui::Id,
    actions: &mut Vec<Action>,
) {
    // Before the field sees them: they leave it.
    let pressed = |modifiers, key| ui.input_mut(|input| input.consume_key(modifiers, key));
    let (back, on) = (pressed(Modifiers::SHIFT, Key::Tab), pressed(Modifiers::NONE, Key::Tab));
    let (enter, up) = (pressed(Modifiers::NONE, Key::Enter), pressed(Modifiers::NONE, Key::ArrowUp));
    let down = enter || pressed(Modifiers::NONE, Key::ArrowDown);
    let Some(text) = &mut table.editing else { return };
    ui.painter().rect_filled(rect, 0.0, theme.colors.raised);
    let edit = TextEdit::singleline(text)
        .id(id.with("field"))
        .frame(egui::Frame::NONE.inner_margin(egui::Margin::symmetric(size::SPACE[1] as i8, 4)))
        .font(font::text().font)
        .text_color(theme.colors.text)
        .hint_text(font::text().text(field.example, theme.colors.text3))
        .lock_focus(true)
        .desired_width(rect.width() - 2.0 * size::SPACE[1]);
    let response = ui.put(rect, edit).accessible_name(field.name);
    let ring = egui::Stroke::new(size::FOCUS_RING, theme.colors.accent);
    ui.painter().rect_stroke(rect.shrink(1.0), 2.0, ring, egui::StrokeKind::Inside);
    if std::mem::take(&mut table.grab) {
        response.request_focus();
        return;
    }
    let count = rows.len();
    if back || on || up || down || response.lost_focus() {
        table.commit(rows, actions);
        ui.memory_mut(|memory| memory.request_focus(id));
        table.back = 2;
    }
    if back {
        step_back(table, count);
    } else if on {
        step_on(table, count);
    } else if up {
        table.go(count, -1, 0);
    } else if down {
        table.go(count, 1, 0);
    }
}
