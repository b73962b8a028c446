//! The bar at the top: whose session this is, what can be undone, and the honest mark of where the work is.

use eframe::egui;
use eframe::egui::{Align, Layout, RichText, Sense, Ui};

use crate::app::safety::SafetyAction;
use crate::app::{Action, Command, Desk, Mode, ReviewAction, SaveMark, Workspace};

use super::icons::Icon;
use super::keys::cap;
use super::theme::{Theme, font, size};
use super::widgets::{Button, Choice, Row, elided};

/// Draws the bar.
pub fn top_bar_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    theme: &Theme,
    is_typing: bool,
    actions: &mut Vec<Action>,
) {
    ui.add_space(0.0);
    let mode_right = mode_ui(ui, workspace, ui.max_rect(), actions);
    ui.horizontal_centered(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[3];
        ui.add_space(size::SPACE[3]);
        let title = workspace.desk.as_ref().map_or_else(|| "Gainsay".to_owned(), Desk::title);
        let width = title_width(ui.max_rect());
        let shown = elided(ui, &title, &font::title(), theme.colors.text, width);
        if workspace.desk.is_some() {
            let caret = ui.label(Icon::CaretDown.text(theme));
            session_menu(&shown.union(caret), theme, actions);
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add_space(size::SPACE[3]);
            let mut ask = |ui: &mut Ui, command: Command, words: &str, icon: Icon, key: bool| {
                let info = command.info();
                let enabled = command.enabled(workspace);
                let shortcut = if key { cap(ui.ctx(), command) } else { String::new() };
                let button = Button::quiet(words).icon(icon).disabled(enabled.err());
                let response = ui.add(button.keycap(&shortcut));
                let response = if enabled.is_ok() { response.on_hover_text(info.help) } else { response };
                if response.clicked() {
                    actions.push(Action::Command(command));
                }
            };
            let Some(desk) = &workspace.desk else {
                ask(ui, Command::Palette, "All actions", Icon::Menu, true);
                ask(ui, Command::Help, "Help", Icon::Keyboard, true);
                return;
            };
            let explain = save_mark_ui(ui, desk, theme, is_typing);
            ui.add_space(size::SPACE[2]);
            if ui.available_width() > 760.0 {
                let name = short(workspace.my_name(), 24);
                ask(ui, Command::ChangeName, &name, Icon::Person, false);
            }
            // What has no room right of the choice in the middle is left to the palette.
            let room = |ui: &Ui| ui.available_rect_before_wrap().right() - mode_right;
            if room(ui) > 160.0 {
                ask(ui, Command::Palette, "All actions", Icon::Menu, true);
            }
            if room(ui) > 120.0 {
                ask(ui, Command::Find, "Find", Icon::Search, true);
            }
            if room(ui) > 280.0 {
                ask(ui, Command::Export, "Export…", Icon::Export, false);
                ask(ui, Command::OpenDocuments, "Add documents…", Icon::AddDocument, false);
            }
            // As much of its name as leaves air before the choice in the middle.
            let undo = desk.history().undo_label().and_then(|label| {
                let words = [28, 18, 12].map(|most| format!("Undo “{}”", short(label, most)));
                let width = |words: &str| font::text().line(ui.ctx(), words, theme.colors.text2).size().x;
                let fits = |words: &String| width(words) + UNDO_ROOM <= room(ui);
                words.into_iter().find(fits)
            });
            if let Some(words) = undo {
                ask(ui, Command::Undo, &words, Icon::Undo, false);
            }
            if explain {
                actions.push(Action::Safety(SafetyAction::Trouble));
            }
        });
    });
}

/// What the undo button needs besides its words: its sign, its edges, and air at its left.
const UNDO_ROOM: f32 = 62.0;

/// Annotate, matrix or review, in the middle of the bar.
/// Returns where it ends.
fn mode_ui(ui: &mut Ui, workspace: &Workspace, bar: egui::Rect, actions: &mut Vec<Action>) -> f32 {
    if workspace.desk.is_none() {
        return bar.left();
    }
    let mode = workspace.mode();
    let mut chosen = ALL.iter().position(|other| *other == mode).unwrap_or(0);
    let width = Choice::width(ui, &MODES);
    let middle = bar.left() + bar.width() * if bar.width() < 1300.0 { 0.30 } else { 0.42 };
    // Never over the title and the sign that its menu opens.
    let left = (middle - width / 2.0).max(bar.left() + title_width(bar) + 48.0);
    let corner = egui::pos2(left, bar.center().y - size::CONTROL / 2.0);
    let rect = egui::Rect::from_min_size(corner, egui::vec2(width, size::CONTROL));
    // A child of its own: what stands at the left and the right has the whole bar.
    let mut child = ui.new_child(egui::UiBuilder::new().max_rect(rect).id_salt("mode"));
    let choice = child.add(Choice::new(&MODES, &mut chosen));
    if choice.changed() {
        actions.push(match ALL[chosen] {
            // By its command, so that there is a cell to start from.
            Mode::Matrix => Action::Command(Command::ShowMatrix),
            mode => Action::Review(ReviewAction::Mode(mode)),
        });
    }
    rect.right()
}

/// The most that the title may take.
fn title_width(bar: egui::Rect) -> f32 {
    let least = if bar.width() < 700.0 { 64.0 } else { 120.0 };
    (bar.width() * 0.18).max(least)
}

/// What the window can be for.
const MODES: [&str; 3] = ["Annotate", "Matrix", "Review"];
const ALL: [Mode; 3] = [Mode::Annotate, Mode::Matrix, Mode::Review];

fn short(words: &str, most: usize) -> String {
    if words.chars().count() <= most {
        return words.to_owned();
    }
    let cut: String = words.chars().take(most - 1).collect();
    format!("{}…", cut.trim_end())
}

/// What can be done with the session as a whole.
fn session_menu(title: &egui::Response, theme: &Theme, actions: &mut Vec<Action>) {
    let title = title.clone().interact(Sense::click()).on_hover_cursor(egui::CursorIcon::PointingHand);
    egui::Popup::menu(&title).frame(theme.popup_frame()).show(|ui| {
        ui.set_width(300.0);
        for command in [
            Command::Save,
            Command::SaveAs,
            Command::EarlierVersions,
            Command::Export,
            Command::ExportAgain,
            Command::Import,
            Command::OpenLayer,
            Command::MergeSession,
            Command::TakeReview,
            Command::DescribeSession,
            Command::Find,
            Command::OpenDocuments,
            Command::OpenSession,
            Command::NewSession,
            Command::CloseSession,
        ] {
            let info = command.info();
            if ui.add(Row::new(info.name).keycap(&cap(ui.ctx(), command))).clicked() {
                actions.push(Action::Command(command));
                ui.close();
            }
        }
    });
}

/// A note that is being written (`is_typing`) is not handed over yet: then nothing is said to be safe. Else
/// *Safe on this computer* when the journal has it, *Saved in NAME.ron* when the file itself has it. True when it was
/// asked why it is not saved.
fn save_mark_ui(ui: &mut Ui, desk: &Desk, theme: &Theme, is_typing: bool) -> bool {
    let colors = &theme.colors;
    let clock = |at: Option<crate::model::Timestamp>| {
        let zone = jiff::tz::TimeZone::system();
        at.map(|at| at.moment().to_zoned(zone).strftime("%H:%M").to_string()).unwrap_or_default()
    };
    let (icon, color, strong, weak, explained) = match desk.save_mark() {
        SaveMark::Empty => return false,
        SaveMark::Safe { .. } | SaveMark::Saved { .. } if is_typing => (
            Icon::Refresh,
            colors.text2,
            "Saving…".to_owned(),
            String::new(),
            "What you type is being written",
        ),
        SaveMark::Writing => {
            (Icon::Refresh, colors.text2, "Saving…".to_owned(), String::new(), "Being written")
        }
        SaveMark::Safe { file } => {
            let weak = match file {
                Some((name, Some(at))) => format!("{name} from {}", clock(Some(at))),
                Some((name, None)) => format!("not yet in {name}"),
                None => "no file yet".to_owned(),
            };
            let explained = "A crash loses nothing: your changes stand in the journal on this computer. \
                             The file itself follows when you pause";
            (Icon::Safe, colors.accent, "Safe on this computer".to_owned(), weak, explained)
        }
        SaveMark::Saved { name, at } => {
            let explained = "The file itself has everything and can be passed on as it is";
            (Icon::Saved, colors.accent, format!("Saved in {name}"), clock(at), explained)
        }
        SaveMark::Reading { name } => {
            let explained = "Another window has this session open; here it can only be read";
            (Icon::Person, colors.text2, "Only to be read".to_owned(), name, explained)
        }
        SaveMark::Trouble(why) => {
            (Icon::Warning, colors.conflict, "Not saved".to_owned(), short(&why, 60), "It is tried again")
        }
    };
    // Right to left: what stands last is drawn first.
    let full = match &desk.file.trouble {
        Some(why) => format!("{strong}: {why}"),
        None => format!("{strong} {weak}"),
    };
    let is_trouble = desk.file.trouble.is_some();
    let sense = if is_trouble { Sense::click() } else { Sense::hover() };
    let said = if is_trouble {
        format!("{full}. Click for what can be done")
    } else {
        format!("{full}. {explained}")
    };
    let label = |words: RichText| egui::Label::new(words).sense(sense).selectable(!is_trouble);
    let mut clicked = false;
    // In a tiny window the sign alone, with its words on hover.
    let words = ui.max_rect().width() > 560.0;
    if !weak.is_empty() && words {
        let response = ui.add(label(font::text().text(weak, colors.text3)));
        clicked |= if is_trouble { response.on_hover_text(&said) } else { response }.clicked();
    }
    ui.spacing_mut().item_spacing.x = size::ICON_TO_WORD;
    if words {
        let explained = if is_trouble { said.as_str() } else { explained };
        clicked |= ui.add(label(font::on().text(strong, colors.text))).on_hover_text(explained).clicked();
    }
    let glyph = RichText::new(icon.glyph().to_string()).font(font::icon(size::ICON)).color(color);
    let response = ui.add(label(glyph)).on_hover_text(said);
    clicked |= response.clicked();
    response.widget_info(|| egui::WidgetInfo::labeled(egui::Role::Label, true, format!("State: {full}")));
    ui.spacing_mut().item_spacing.x = size::SPACE[3];
    clicked && is_trouble
}
