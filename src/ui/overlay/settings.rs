//! What the user sets: name, theme, text, citation form, and the key of every action.

use eframe::egui;
use eframe::egui::{Align, Key, Layout, Modifiers, ScrollArea, Ui, UiBuilder};

use crate::app::keys::Shortcut;
use crate::app::{Action, COMMANDS, Command, CommandInfo, Group, Workspace};
use crate::format::citation::CitationForm;
use crate::store::{Face, LineHeight, MEASURES, Theme as ThemeSetting};
use crate::text::fold::fold;

use super::super::app::Local;
use super::super::keys;
use super::super::theme::{Theme, font, size};
use super::super::widgets::{Button, Choice, Field, Keycap, section_label};
use super::palette;

/// Width of the form at the left.
const FORM: f32 = 360.0;
/// Height of a row of keys.
const ROW: f32 = 34.0;

/// What the sheet keeps while it is open.
#[derive(Default)]
pub struct SettingsSheet {
    name: String,
    wanted: String,
    waiting: Option<Waiting>,
}

/// A key is being set.
enum Waiting {
    /// The next key that is pressed becomes that of this command.
    ForKey(Command),
    /// This key is that of others already: shall it be taken from them?
    ForAnswer { command: Command, key: Shortcut, owners: Vec<Command> },
}

impl Waiting {
    fn command(&self) -> Command {
        match self {
            Self::ForKey(command) | Self::ForAnswer { command, .. } => *command,
        }
    }
}

/// The keys of the sheet, before anything else sees them: while a key is set, all are meant for it. `None`: they are
/// those of any overlay.
pub(super) fn keys(
    ctx: &egui::Context,
    workspace: &Workspace,
    sheet: &mut SettingsSheet,
) -> Option<Vec<Action>> {
    let waiting = sheet.waiting.take()?;
    if ctx.input_mut(|input| input.consume_key(Modifiers::NONE, Key::Escape)) {
        return Some(Vec::new());
    }
    let command = match waiting {
        Waiting::ForKey(command) => command,
        Waiting::ForAnswer { .. } => {
            sheet.waiting = Some(waiting);
            return Some(Vec::new());
        }
    };
    let Some(key) = keys::pressed(ctx) else {
        sheet.waiting = Some(Waiting::ForKey(command));
        return Some(Vec::new());
    };
    let owners: Vec<Command> =
        workspace.keymap.owners(key, command.mode()).filter(|owner| *owner != command).collect();
    if owners.is_empty() {
        return Some(vec![Action::SetKeys(command, Some(vec![key]))]);
    }
    sheet.waiting = Some(Waiting::ForAnswer { command, key, owners });
    Some(Vec::new())
}

/// Draws the sheet's content; its heading is drawn already.
pub(super) fn settings_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    theme: &Theme,
    local: &mut Local,
    fresh: bool,
    actions: &mut Vec<Action>,
) {
    let sheet = &mut local.settings;
    if fresh {
        *sheet = SettingsSheet { name: workspace.my_name().to_owned(), ..SettingsSheet::default() };
    }
    let room = ui.available_rect_before_wrap();
    if room.width() < 2.0 * FORM {
        ScrollArea::vertical().id_salt("settings").auto_shrink([false, false]).show(ui, |ui| {
            form_ui(ui, workspace, theme, sheet, actions);
            ui.add_space(size::SPACE[4]);
            keys_ui(ui, workspace, theme, sheet, false, actions);
        });
        return;
    }
    let (left, right) = room.split_left_right_at_x(room.left() + FORM);
    ui.painter().vline(right.left(), room.y_range(), egui::Stroke::new(size::STROKE, theme.colors.hair));
    ui.scope_builder(UiBuilder::new().max_rect(left).id_salt("settings form"), |ui| {
        ScrollArea::vertical().id_salt("form").auto_shrink([false, false]).show(ui, |ui| {
            ui.set_max_width(FORM - size::SPACE[4]);
            form_ui(ui, workspace, theme, sheet, actions);
        });
    });
    let right = right.with_min_x(right.left() + size::SPACE[4]);
    ui.scope_builder(UiBuilder::new().max_rect(right).id_salt("settings keys"), |ui| {
        keys_ui(ui, workspace, theme, sheet, true, actions);
    });
    ui.advance_cursor_after_rect(room);
}

fn form_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    theme: &Theme,
    sheet: &mut SettingsSheet,
    actions: &mut Vec<Action>,
) {
    let settings = &workspace.settings;
    ui.spacing_mut().item_spacing.y = 0.0;
    section_label(ui, "Your name");
    ui.add_space(size::SPACE[0]);
    let width = ui.available_width();
    let field = ui.add(Field::new(&mut sheet.name, "Your name").width(width));
    if field.lost_focus() {
        match sheet.name.trim() {
            "" => workspace.my_name().clone_into(&mut sheet.name),
            name => actions.push(Action::SetName(name.to_owned())),
        }
    }
    ui.add_space(size::SPACE[0]);
    says_ui(
        ui,
        theme,
        "It stands with every annotation you make from now on; those made before keep theirs.",
    );

    ui.add_space(size::SPACE[4]);
    section_label(ui, "Theme");
    ui.add_space(size::SPACE[0]);
    let themes = [ThemeSetting::System, ThemeSetting::Light, ThemeSetting::Dark];
    let mut chosen = themes.iter().position(|it| *it == settings.theme).unwrap_or(0);
    if ui.add(Choice::new(&["As the system", "Light", "Dark"], &mut chosen)).changed() {
        actions.push(Action::SetTheme(themes[chosen]));
    }

    ui.add_space(size::SPACE[4]);
    section_label(ui, "The documents' text");
    ui.add_space(size::SPACE[0]);
    ui.horizontal(|ui| {
        ui.spacing_mut().item_spacing.x = size::SPACE[1];
        let step = |ui: &mut Ui, words: &str, command: Command, actions: &mut Vec<Action>| {
            let key = workspace.keymap.cap(command);
            if ui.add(Button::plain(words).keycap(&key)).clicked() {
                actions.push(Action::Command(command));
            }
        };
        step(ui, "Smaller", Command::TextSmaller, actions);
        let percent = format!("{} %", (settings.text_scale * 100.0).round());
        ui.label(font::on().text(percent, theme.colors.text));
        step(ui, "Larger", Command::TextLarger, actions);
    });
    text_ui(ui, workspace, theme, actions);

    ui.add_space(size::SPACE[4]);
    section_label(ui, "Copied passages are cited");
    ui.add_space(size::SPACE[0]);
    let mut form = CitationForm::ALL.iter().position(|it| *it == settings.citation).unwrap_or(0);
    if ui.add(Choice::new(&CitationForm::ALL.map(CitationForm::name), &mut form)).changed() {
        actions.push(Action::SetCitationForm(CitationForm::ALL[form]));
    }
    ui.add_space(size::SPACE[0]);
    says_ui(ui, theme, settings.citation.example());

    ui.add_space(size::SPACE[4]);
    section_label(ui, "Where this is kept");
    ui.add_space(size::SPACE[0]);
    let place = crate::store::Settings::path();
    let place = place.map_or_else(|| "no home folder is known".to_owned(), |path| path.display().to_string());
    says_ui(
        ui,
        theme,
        &format!("{place}\nA text file that can be read, edited and copied to another computer."),
    );
}

/// Face, measure and row height of documents' text.
fn text_ui(ui: &mut Ui, workspace: &Workspace, theme: &Theme, actions: &mut Vec<Action>) {
    let settings = &workspace.settings;
    ui.add_space(size::SPACE[2]);
    says_ui(ui, theme, "Face");
    ui.add_space(2.0);
    let mut face = Face::ALL.iter().position(|it| *it == settings.face).unwrap_or(0);
    if ui.add(Choice::new(&Face::ALL.map(Face::name), &mut face)).changed() {
        actions.push(Action::SetFace(Face::ALL[face]));
    }
    ui.add_space(size::SPACE[2]);
    says_ui(ui, theme, "Letters in a row, where there is room");
    ui.add_space(2.0);
    let letters = MEASURES.map(|letters| letters.to_string());
    let mut measure = MEASURES.iter().position(|it| *it == settings.measure).unwrap_or(MEASURES.len());
    if ui.add(Choice::new(&letters.each_ref().map(String::as_str), &mut measure)).changed() {
        actions.push(Action::SetMeasure(MEASURES[measure]));
    }
    ui.add_space(size::SPACE[2]);
    says_ui(ui, theme, "Space between rows");
    ui.add_space(2.0);
    let mut height = LineHeight::ALL.iter().position(|it| *it == settings.line_height).unwrap_or(0);
    if ui.add(Choice::new(&LineHeight::ALL.map(LineHeight::name), &mut height)).changed() {
        actions.push(Action::SetLineHeight(LineHeight::ALL[height]));
    }
}

fn says_ui(ui: &mut Ui, theme: &Theme, words: &str) {
    ui.label(font::meta().text(words, theme.colors.text2));
}

/// All actions with their keys.
fn keys_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    theme: &Theme,
    sheet: &mut SettingsSheet,
    scrolls: bool,
    actions: &mut Vec<Action>,
) {
    ui.spacing_mut().item_spacing.y = 0.0;
    ui.horizontal(|ui| {
        section_label(ui, "Keys");
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.add(Field::new(&mut sheet.wanted, "Find an action or a key").width(220.0));
        });
    });
    ui.add_space(size::SPACE[1]);
    let words: Vec<String> = fold(&sheet.wanted).split_whitespace().map(str::to_owned).collect();
    let wanted = |info: &&CommandInfo| {
        let keys = workspace.keymap.keys(info.command).iter().map(|key| format!("{key} "));
        let text = fold(&format!("{} {}", palette::name(workspace, info), keys.collect::<String>()));
        words.iter().all(|word| text.contains(word.as_str()))
    };
    let rows: Vec<&CommandInfo> = Group::ALL
        .into_iter()
        .flat_map(|group| COMMANDS.iter().filter(move |info| info.group == group))
        .filter(wanted)
        .collect();
    if rows.is_empty() {
        says_ui(ui, theme, "No action has these words in its name or this key");
    }
    let mut row = |ui: &mut Ui, at: usize| row_ui(ui, workspace, theme, sheet, rows[at], actions);
    if scrolls {
        ScrollArea::vertical().id_salt("keys").auto_shrink([false, false]).show_rows(
            ui,
            ROW,
            rows.len(),
            |ui, shown| {
                shown.for_each(|at| row(ui, at));
            },
        );
    } else {
        (0..rows.len()).for_each(|at| row(ui, at));
    }
}

fn row_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    theme: &Theme,
    sheet: &mut SettingsSheet,
    info: &CommandInfo,
    actions: &mut Vec<Action>,
) {
    let colors = &theme.colors;
    let name = palette::name(workspace, info);
    let name = name.trim_end_matches('…');
    let (rect, _) = ui.allocate_exact_size(egui::vec2(ui.available_width(), ROW), egui::Sense::hover());
    ui.painter().hline(rect.x_range(), rect.bottom() - 0.5, egui::Stroke::new(size::STROKE, colors.hair));
    ui.scope_builder(UiBuilder::new().max_rect(rect).id_salt(("key of", info.command)), |ui| {
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| {
            ui.spacing_mut().item_spacing.x = size::SPACE[1];
            ui.add_space(size::SPACE[2]);
            let waiting = sheet.waiting.take_if(|waiting| waiting.command() == info.command);
            match waiting {
                Some(waiting) => sheet.waiting = waiting_ui(ui, workspace, theme, waiting, actions),
                None => {
                    let change =
                        ui.add(Button::quiet("Change…")).accessible_name(format!("Change the key of {name}"));
                    if change.clicked() {
                        sheet.waiting = Some(Waiting::ForKey(info.command));
                    }
                    if workspace.keymap.is_set(info.command)
                        && ui
                            .add(Button::link("As it was"))
                            .on_hover_text("The program's own key again")
                            .clicked()
                    {
                        actions.push(Action::SetKeys(info.command, None));
                    }
                    for key in workspace.keymap.keys(info.command).iter().rev() {
                        // Only a settings file edited by hand can have one key for two actions.
                        if let Some(other) = workspace
                            .keymap
                            .owners(*key, info.command.mode())
                            .find(|owner| *owner != info.command)
                        {
                            let words =
                                format!("also the key of {}", other.info().name.trim_end_matches('…'));
                            ui.label(font::meta().text(words, colors.conflict));
                        }
                        ui.add(Keycap::new(&key.to_string()));
                    }
                }
            }
            ui.with_layout(Layout::left_to_right(Align::Center), |ui| {
                ui.label(font::text().text(name, colors.text)).on_hover_text(info.help);
                ui.label(font::meta().text(info.group.name(), colors.text3));
            });
        });
    });
}

/// A row while its key is set.
fn waiting_ui(
    ui: &mut Ui,
    workspace: &Workspace,
    theme: &Theme,
    waiting: Waiting,
    actions: &mut Vec<Action>,
) -> Option<Waiting> {
    let leave = ui.add(Button::quiet("Leave it").keycap("Esc")).clicked();
    match &waiting {
        Waiting::ForKey(command) => {
            let none =
                !workspace.keymap.keys(*command).is_empty() && ui.add(Button::quiet("No key")).clicked();
            if none {
                actions.push(Action::SetKeys(*command, Some(Vec::new())));
            }
            ui.label(font::on().text("Press the new key", theme.colors.accent));
            (!leave && !none).then_some(waiting)
        }
        Waiting::ForAnswer { command, key, owners } => {
            let take = ui.add(Button::plain("Take it")).clicked();
            if take {
                actions.push(Action::SetKeys(*command, Some(vec![*key])));
            }
            let names: Vec<&str> = owners.iter().map(|it| it.info().name.trim_end_matches('…')).collect();
            let words = format!("{key} is the key of {}", names.join(" and "));
            ui.label(font::on().text(words, theme.colors.conflict));
            (!leave && !take).then_some(waiting)
        }
    }
}
