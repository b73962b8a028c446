//! The bar at the bottom: what can be done now, with its keys, and what the last act did. Never hidden.

use eframe::egui;
use eframe::egui::{Align, Frame, Layout, Stroke, Ui};

use crate::app::{Access, Action, Command, Desk, MessageKind, Mode, Selection, Workspace, count};

use super::icons::Icon;
use super::keys::cap;
use super::theme::{Theme, font, size};
use super::widgets::{Button, Keycap, TagBox, elided, solid_when};

/// Draws the bar.
pub fn hint_bar_ui(ui: &mut Ui, workspace: &Workspace, theme: &Theme, actions: &mut Vec<Action>) {
    let sticky = workspace
        .desk
        .as_ref()
        .and_then(|desk| desk.session().scheme.tag(desk.view.sticky.as_ref()?).cloned());
    if let Some(tag) = &sticky {
        let colors = theme.tag(tag.color, tag.retired);
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, 0.0, colors.fill);
        ui.painter().hline(rect.x_range(), rect.top() + 1.0, Stroke::new(2.0, colors.stroke));
    }
    Frame::new().show(ui, |ui| {
        ui.horizontal_centered(|ui| {
            ui.spacing_mut().item_spacing.x = size::SPACE[1];
            ui.add_space(size::SPACE[3]);
            ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
                ui.add_space(size::SPACE[3]);
                if ui.add(Button::quiet("All keys").keycap(&cap(ui.ctx(), Command::Help))).clicked() {
                    actions.push(Action::Command(Command::Help));
                }
                message_ui(ui, workspace, theme, actions);
                ui.with_layout(Layout::left_to_right(Align::Center), |ui| match &sticky {
                    Some(tag) => {
                        let name = crate::app::capitalized(&tag.name);
                        ui.add(TagBox::of(tag).form(solid_when(true)));
                        ui.label(font::on().text(format!("{name} sticks"), theme.colors.text));
                        let says = "each passage you sweep is marked at once";
                        ui.label(font::text().text(says, theme.colors.text2));
                        hint(ui, theme, Command::Leave, "ends it");
                    }
                    None => hints_ui(ui, workspace, theme),
                });
            });
        });
    });
}

/// The last message, with undo beside it when it tells of an act.
fn message_ui(ui: &mut Ui, workspace: &Workspace, theme: &Theme, actions: &mut Vec<Action>) {
    let Some(message) = workspace.messages.current() else { return };
    let colors = &theme.colors;
    if message.undo
        && Command::Undo.enabled(workspace).is_ok()
        && ui.add(Button::link("Undo").keycap(&cap(ui.ctx(), Command::Undo))).clicked()
    {
        actions.push(Action::Command(Command::Undo));
    }
    // What has just been marked is looked for where it is listed.
    if workspace.desk.as_ref().is_some_and(hides_chosen) && message.kind == MessageKind::Done {
        let clear = ui.add(Button::link("Clear")).on_hover_text(Command::ClearFilter.info().help);
        if clear.clicked() {
            actions.push(Action::Command(Command::ClearFilter));
        }
        ui.label(font::text().text("hidden by the filter", colors.conflict));
    }
    let color = if message.kind == MessageKind::Problem { colors.conflict } else { colors.text };
    let width = ui.available_width() * 0.55;
    let is_cut = font::text().line(ui.ctx(), &message.text, color).size().x > width;
    if (message.more || is_cut) && ui.add(Button::link("Messages")).clicked() {
        actions.push(Action::Command(Command::Log));
    }
    let width = width.min(ui.available_width() * 0.75);
    let response = elided(ui, &message.text, &font::text(), color, width);
    if response.interact(egui::Sense::click()).clicked() {
        actions.push(Action::Command(Command::Log));
    }
    if message.kind == MessageKind::Problem {
        ui.label(Icon::Warning.text(theme).color(colors.conflict));
    }
}

/// The filter leaves out what is chosen.
fn hides_chosen(desk: &Desk) -> bool {
    !desk.view.filter.is_empty() && desk.chosen().is_some_and(|annotation| !desk.passes_filter(annotation))
}

/// What can be done now: the words that say where one is, and keys with what they do.
type Hints = (String, Vec<(Command, String)>);

fn hints_ui(ui: &mut Ui, workspace: &Workspace, theme: &Theme) {
    let (state, hints) = hints(ui, workspace);
    let width = ui.available_width();
    elided(ui, &state, &font::on(), theme.colors.text, width);
    ui.add_space(size::SPACE[0]);
    for (command, words) in hints {
        // The first that has no room ends them: nothing after it may take its place.
        if !hint(ui, theme, command, &words) {
            break;
        }
    }
}

fn hints(ui: &Ui, workspace: &Workspace) -> Hints {
    use Command as C;
    let named =
        |hints: &[(C, &str)]| hints.iter().map(|(command, words)| (*command, (*words).to_owned())).collect();
    let Some(desk) = &workspace.desk else {
        let hints = [C::OpenDocuments, C::PasteDocument, C::OpenSession]
            .map(|command| (command, command.info().name.trim_end_matches('…').to_lowercase()));
        return ("Start here".to_owned(), hints.into());
    };
    if desk.session().documents.is_empty() {
        let hints = [(C::OpenDocuments, "open documents"), (C::PasteDocument, "paste text")];
        return ("No documents yet".to_owned(), named(&hints));
    }
    if desk.view.mode == Mode::Matrix {
        return matrix_hints(desk);
    }
    if super::find::has_focus(ui.ctx()) {
        let hints = [
            (C::FindNext, "go to the next, to tag it"),
            (C::FindPrevious, "the one before"),
            (C::TagHits, "tag all hits"),
            (C::Leave, "close"),
        ];
        return ("Find: Enter goes on".to_owned(), named(&hints));
    }
    if ui.ctx().text_edit_focused() {
        return ("Typing".to_owned(), named(&[(C::Leave, "back to the text")]));
    }
    if let Some(edge) = desk.view.edge {
        let state = if edge.start { "Moving the start" } else { "Moving the end" };
        let hints = [
            (C::CharLeft, "character back"),
            (C::CharRight, "on"),
            (C::WordRight, "word"),
            (C::NextSentence, "sentence"),
            (C::ShowDetails, "keep"),
            (C::Leave, "as it was"),
        ];
        return (state.to_owned(), named(&hints));
    }
    if let Some(start) = desk.view.links.start.and_then(|id| desk.annotation(id)) {
        let hints = [(C::StartLink, "at the other passage"), (C::Leave, "ends it")];
        return (format!("A link from {}", desk.end_words(start)), named(&hints));
    }
    if desk.view.mode == Mode::Review && desk.view.selection.is_none_or(|(_, selection)| selection.is_caret())
    {
        return review_hints(desk);
    }
    if desk.echoes.open && desk.view.mode == Mode::Annotate {
        return echo_hints(desk);
    }
    let selection = desk.view.selection.map(|(_, selection)| selection);
    let selected = selection.and_then(Selection::span);
    let (state, prefix, rest): (String, &str, &[(C, &str)]) = if selected.is_none()
        && !desk.view.picked.is_empty()
    {
        (
            format!("{} picked", count(desk.view.picked.len(), "annotation")),
            "all ",
            &[
                (C::EditNote, "note on all"),
                (C::ToggleUnsure, "unsure"),
                (C::Delete, "delete all"),
                (C::Leave, "let go"),
            ],
        )
    } else if let Some(span) = selected {
        let hits: &[(C, &str)] = match desk.view.search.open && desk.view.search.current.is_some() {
            true => &[(C::FindNext, "next hit"), (C::TagHits, "tag all hits"), (C::Leave, "clear")],
            false => {
                &[(C::Widen, "widen"), (C::ExtendCharRight, "extend"), (C::Copy, "copy"), (C::Leave, "clear")]
            }
        };
        (selection_words(desk, span), "", hits)
    } else if let Some(annotation) = desk.chosen() {
        let name = desk.session().scheme.tag(&annotation.tag).map_or("annotation", |tag| &tag.name);
        (
            format!("{} chosen", crate::app::capitalized(name)),
            "",
            &[
                (C::EditNote, "note"),
                (C::PutUnder, "statement"),
                (C::SetVoice, "voice"),
                (C::StartLink, "link"),
                (C::ToggleUnsure, "unsure"),
                (C::Delete, "delete"),
                (C::NextAnnotation, "next"),
                (C::Leave, "let go"),
            ],
        )
    } else {
        (
            "Reading".to_owned(),
            "",
            &[
                (C::NextSentence, "next sentence"),
                (C::NextAnnotation, "next annotation"),
                (C::NextPane, "next document"),
                (C::Find, "find"),
                (C::FocusFilter, "filter"),
            ],
        )
    };
    if desk.access == Access::ReadOnly {
        // Nothing that changes the session is promised.
        let reads = |command: &C| {
            matches!(
                command,
                C::Widen
                    | C::ExtendCharRight
                    | C::Copy
                    | C::Leave
                    | C::NextSentence
                    | C::NextAnnotation
                    | C::NextPane
                    | C::Find
                    | C::FindNext
                    | C::FocusFilter
            )
        };
        let rest: Vec<_> = rest.iter().filter(|(command, _)| reads(command)).copied().collect();
        return (state, named(&rest));
    }
    let tags = desk.session().scheme.tags.iter().filter(|tag| !tag.retired);
    let tags = tags.filter_map(|tag| Some((C::Tag(tag.key?), format!("{prefix}{}", tag.name))));
    (state, tags.chain(named(rest)).collect())
}

/// What can be done with the cell that is looked at.
fn matrix_hints(desk: &Desk) -> Hints {
    use Command as C;
    let named =
        |hints: &[(C, &str)]| hints.iter().map(|(command, words)| (*command, (*words).to_owned())).collect();
    let matrix = desk.board().matrix();
    let Some((row, column)) = crate::app::statements::place(desk) else {
        let hints = [(C::NewStatement, "new statement"), (C::LeaveMatrix, "back to the text")];
        return ("Matrix".to_owned(), named(&hints));
    };
    let cell = format!(
        "{} × {}",
        crate::app::shortened(&matrix.rows[row].name, 28),
        crate::app::shortened(&matrix.columns[column].label, 20)
    );
    let hints = [
        (C::CellLeft, ""),
        (C::CellRight, ""),
        (C::CellUp, ""),
        (C::CellDown, "move"),
        (C::OpenCell, "open side by side"),
        (C::CopyCard, "copy card"),
        (C::NextSort, "sort"),
        (C::NextColumns, "voices"),
        (C::EditStatement, "edit"),
        (C::NewStatement, "new"),
        (C::LeaveMatrix, "back"),
    ];
    (cell, named(&hints))
}

/// What can be done with the card that is looked at.
fn echo_hints(desk: &Desk) -> Hints {
    use Command as C;
    let named =
        |hints: &[(C, &str)]| hints.iter().map(|(command, words)| (*command, (*words).to_owned())).collect();
    let (state, is_at) = echo_state(desk);
    let other = if desk.echoes.shown.all { "this passage" } else { "all documents" };
    if !is_at {
        let first = if desk.echoes.listed_groups() > 0 { "first row" } else { "first card" };
        let hints = [
            (C::NextEcho, first),
            (C::NextSentence, "next sentence"),
            (C::AllEchoes, other),
            (C::Ribbons, "ribbons"),
            (C::Echoes, "close"),
        ];
        return (state, named(&hints));
    }
    let mut hints = vec![(C::NextEcho, "next"), (C::PreviousEcho, "before")];
    let card = desk.echoes.chosen();
    if card.is_none() {
        hints.extend([(C::AlignEcho, "line up its documents"), (C::AllEchoes, other)]);
    }
    if card.is_some_and(|card| card.there.is_some()) {
        hints.push((C::AlignEcho, "line up both columns"));
        if desk.access != Access::ReadOnly {
            hints.extend([(C::LinkEcho, "link"), (C::TagEcho, "tag like the passage")]);
        }
    }
    if card.is_some_and(|card| !card.alerts.is_empty()) {
        hints.push((C::PutAside, "put alert aside"));
    }
    hints.extend([(C::Ribbons, "ribbons"), (C::Leave, "close")]);
    (state, named(&hints))
}

/// What is looked at and how many there are of it, echoes and quotations apart; and whether anything is.
fn echo_state(desk: &Desk) -> (String, bool) {
    use crate::app::echoes::Stop;
    let echoes = &desk.echoes;
    let groups = echoes.listed_groups();
    let cards: Vec<Stop> = echoes.stops().collect();
    let first = cards.partition_point(|stop| matches!(stop, Stop::Echo(_)));
    let findings = cards.len() - first;
    let place = echoes.at.and_then(|at| cards.iter().position(|stop| *stop == at));
    let state = match (echoes.at, place) {
        (Some(Stop::Group(at)), _) if at < groups => {
            format!("Passage {} of {}", at + 1, echoes.groups().len())
        }
        (Some(Stop::Echo(_)), Some(at)) => format!("Echo {} of {first}", at + 1),
        (Some(Stop::Finding(_)), Some(at)) => {
            format!("Quotation or alert {} of {findings}", at + 1 - first)
        }
        _ if echoes.is_looking() => return ("Looking…".to_owned(), false),
        _ if echoes.shown.all => {
            return (format!("{} in several documents", count(groups, "passage")), false);
        }
        _ => {
            let found = match echoes.passage() {
                Some(_) if first == 1 => "1 echo".to_owned(),
                Some(_) => format!("{first} echoes"),
                None => "No passage".to_owned(),
            };
            let other = if findings == 1 {
                "1 quotation or alert"
            } else {
                &format!("{findings} quotations and alerts")
            };
            return (format!("{found}, {other}"), false);
        }
    };
    (state, true)
}

/// What can be done with the difference that is looked at.
fn review_hints(desk: &Desk) -> Hints {
    use Command as C;
    let review = &desk.review;
    let found = review.found();
    let named =
        |hints: &[(C, &str)]| hints.iter().map(|(command, words)| (*command, (*words).to_owned())).collect();
    if review.layers().is_empty() {
        let hints = [(C::OpenLayer, "lay a colleague's session over this one"), (C::ShowReview, "annotate")];
        return ("Review".to_owned(), named(&hints));
    }
    let Some(row) = review.chosen_row() else {
        let hints = [(C::NextDifference, "first difference"), (C::ShowReview, "annotate")];
        return (count(found.listed.len(), "difference"), named(&hints));
    };
    let state = format!("Difference {} of {}", row + 1, found.listed.len());
    let mut hints: Vec<(C, String)> = Vec::new();
    for (at, name) in found.names.iter().take(4).enumerate() {
        let words = if name == "Mine" {
            "mine".to_owned()
        } else {
            format!("{}’s", crate::app::shortened(name, 16))
        };
        hints.push((C::Take(at as u8 + 1), words));
    }
    let rest: Hints = (
        String::new(),
        named(&[
            (C::KeepAll, "all"),
            (C::MakeNew, "new"),
            (C::RejectAll, "reject"),
            (C::NextDifference, "next"),
            (C::PreviousDifference, "back"),
            (C::Comment, "comment"),
            (C::ShowReview, "annotate"),
        ]),
    );
    hints.extend(rest.1);
    (state, hints)
}

fn selection_words(desk: &Desk, span: crate::model::Span) -> String {
    let pane = desk.view.selection.and_then(|(pane, _)| desk.view.pane(pane));
    let text = pane
        .and_then(|pane| desk.document(&pane.document))
        .map_or(String::new(), |(document, cache)| cache.rendering.plain_text(document.text(), span));
    format!("Selection, {}", count(text.chars().count(), "character"))
}

/// A key and what it does; `false` when there is no room for the whole of it.
fn hint(ui: &mut Ui, theme: &Theme, command: Command, words: &str) -> bool {
    let key = cap(ui.ctx(), command);
    if key.is_empty() {
        return true;
    }
    let width =
        |ui: &Ui, role: &font::Role, text: &str| role.line(ui.ctx(), text, theme.colors.text2).size().x;
    let need = width(ui, &font::keycap(), &key) + width(ui, &font::text(), words) + 40.0;
    if ui.available_width() < need {
        return false;
    }
    ui.add(Keycap::new(&key));
    if words.is_empty() {
        // The next one says what both do.
        return true;
    }
    ui.label(font::text().text(words, theme.colors.text2));
    ui.add_space(size::SPACE[1]);
    true
}
