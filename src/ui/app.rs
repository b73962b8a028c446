//! The application: one frame after the other.

mod drafts;

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use eframe::egui;
use eframe::egui::{ViewportCommand, ViewportEvent};

use crate::app::{
    Action, Command, Config, Desk, Effect, KeyMap, Mode, Overlay, PaneId, Panel, SaveMark, Workspace,
};
use crate::model::AnnotationId;
use crate::store::{self, Face, MEASURES};

pub use drafts::{AttributeDraft, KeptDrafts, NoteDraft, RemarkDraft};

use super::clipboard::Clipboard;
use super::dialogs::Dialogs;
use super::reader::ReaderCache;
use super::theme::{self, Theme, size};
use super::{
    dossier, echoes, find, hint_bar, inspector, keys, letters, matrix, overlay, panes, picture, review,
    strip, table, tag_bar, top_bar, welcome,
};

/// Seconds without an edit after which the file itself is rewritten.
const PAUSE_SECS: f64 = 4.0;

/// A large file is rewritten only after a pause of so many times the seconds that writing it took.
const WRITE_SHARE: f64 = 3.0;

/// The window's part of the program.
pub struct App {
    /// All that the program knows.
    pub workspace: Workspace,
    pub(super) local: Local,
    dialogs: Box<dyn Dialogs>,
    clipboard: Clipboard,
    theme: Theme,
    /// The keys that keycaps print.
    keymap: KeyMap,
    /// Revision last seen, and when it was new.
    changed: (u64, f64),
    /// Events that wait for the next frame.
    held_back: Vec<egui::Event>,
    /// Since when the file is being written.
    writing_since: Option<f64>,
    /// How long that took the last time.
    write_secs: f64,
    had_focus: bool,
    /// The window was asked to close; done once what was typed before is where it belongs.
    close_wanted: bool,
    title: String,
}

/// What the window keeps while something is typed or dragged, and what it has laid out.
#[derive(Default)]
pub struct Local {
    /// Layouts by pane.
    pub readers: BTreeMap<PaneId, ReaderCache>,
    /// The note being written, until it is handed over.
    pub note: Option<NoteDraft>,
    /// The text of an attribute being written, until it is handed over.
    pub attribute: Option<AttributeDraft>,
    /// What was typed into the palette, and the line chosen there.
    pub query: String,
    /// The line chosen in the palette.
    pub row: usize,
    /// What was typed into a field of an overlay.
    pub typed: String,
    /// What was typed into the fields of a form.
    pub fields: Vec<String>,
    /// What the picked annotations are.
    pub picked: super::picked::PickedSummary,
    /// The table of sources while it is open.
    pub sources: overlay::sources::SourcesTable,
    /// Heights of the dossier's rows.
    pub dossier: dossier::RowHeights,
    /// The settings while their sheet is open.
    pub settings: overlay::settings::SettingsSheet,
    /// The scheme while its sheet is open.
    pub scheme: overlay::scheme::SchemeDraft,
    /// Comments being written, by annotation.
    pub comments: BTreeMap<AnnotationId, String>,
    /// Things being said of the marks of a difference, by annotation.
    pub remarks: BTreeMap<AnnotationId, RemarkDraft>,
    /// Which of these two are where a crash does not reach them.
    pub kept_drafts: KeptDrafts,
    /// Which of a colleague's tags are which of one's own, while it is asked.
    pub mapping: review::MappingDraft,
    /// Shown in the place of one's own marks where these are hidden.
    pub no_marks: crate::app::marks::DocumentMarks,
    /// The panel of echoes.
    pub echoes: echoes::EchoPanel,
    /// The voice that is being put together.
    pub voice: Vec<crate::app::Speaker>,
    /// What is ticked in a list of an overlay.
    pub ticks: Vec<bool>,
    /// What each pane shows, since when (seconds of egui's clock), and whether that has been told.
    pub resting: BTreeMap<PaneId, (std::ops::Range<usize>, f64, bool)>,
    /// The pane whose head is dragged.
    pub dragged: Option<PaneId>,
    /// Which overlay the typed text belongs to.
    pub overlay: Option<std::mem::Discriminant<Overlay>>,
    /// Where passages stand on screen, for what is drawn between columns.
    pub places: super::places::Places,
    /// Links as they are drawn and dragged.
    pub links: super::links::LinkLayer,
    /// Columns that scroll together.
    pub together: panes::Together,
    /// Ribbons are drawn between columns: the gaps are wider.
    pub ribbons: bool,
    /// Where the selection ends on screen, for the tag bar: the pane, and the row's end.
    pub selection_end: Option<(PaneId, egui::Rect)>,
    /// First of the columns on screen, where not all fit.
    pub first_column: usize,
    /// A list of annotations that lie on one another.
    pub pile: Option<panes::Pile>,
    /// Where a menu of a passage was asked for.
    pub menu: Option<(PaneId, egui::Pos2)>,
    /// The mouse is down in a text: the tag bar waits.
    pub selecting: bool,
    /// A text field had the focus at the end of the last frame.
    pub typing: bool,
    /// A button or row of a panel had the focus at the end of the last frame.
    pub in_panels: bool,
    /// Keys that need the layout, for the focused pane.
    pub layout_commands: Vec<Command>,
}

impl App {
    /// An application on the welcome screen, opening `paths`.
    pub fn new(ctx: &egui::Context, dialogs: Box<dyn Dialogs>, paths: Vec<PathBuf>) -> Self {
        theme::install_fonts(ctx);
        ctx.options_mut(|options| options.zoom_with_keyboard = false);
        let wake = ctx.clone();
        let mut workspace = Workspace::new(Config {
            stamps: Box::new(store::SystemStamps),
            login: store::login_name(),
            wake: Arc::new(move || wake.request_repaint()),
        });
        if !paths.is_empty() {
            workspace.dispatch(Action::OpenPaths(paths));
        }
        let theme = Theme::light();
        theme.install(ctx);
        Self {
            workspace,
            local: Local::default(),
            dialogs,
            clipboard: Clipboard::default(),
            theme,
            keymap: KeyMap::default(),
            changed: (0, 0.0),
            held_back: Vec::new(),
            writing_since: None,
            write_secs: 0.0,
            had_focus: true,
            close_wanted: false,
            title: String::new(),
        }
    }

    fn do_all(&mut self, ctx: &egui::Context, mut actions: Vec<Action>) {
        if !actions.is_empty() {
            ctx.request_repaint();
        }
        // What was typed so far belongs to the session before anything else is done with it.
        if actions.iter().any(ends_typing)
            && let Some(note) = self.finish_note(f64::INFINITY)
        {
            self.workspace.dispatch(note);
        }
        if actions.iter().any(ends_typing)
            && let Some(draft) = self.local.attribute.take()
        {
            self.workspace.dispatch(draft.action());
        }
        if actions.iter().any(ends_session) && self.send_comments() {
            // One is asked first whether one works on in a session of others.
            actions.retain(|action| !ends_session(action));
        }
        if actions.iter().any(ends_typing) {
            self.keep_drafts(f64::INFINITY);
        }
        let leaves = |action: &Action| ends_typing(action) || matches!(action, Action::ShowOverlay(_));
        if actions.iter().any(leaves)
            && let Some(scheme) = self.local.scheme.take_typed()
        {
            self.workspace.dispatch(scheme);
        }
        for action in actions {
            self.workspace.dispatch(action);
        }
        for effect in self.workspace.take_effects() {
            match effect {
                Effect::Pick { purpose, suggested, folder } => {
                    self.dialogs.ask(ctx, purpose, &suggested, folder);
                }
                Effect::CopyText(text) => ctx.copy_text(text),
                Effect::CopyRich { plain, html } => {
                    if !self.clipboard.copy(&plain, &html) {
                        ctx.copy_text(plain);
                    }
                }
                Effect::PaintMatrix { sheet, path } => {
                    let png = picture::png(&sheet.drawing());
                    self.workspace.dispatch(Action::MatrixPainted(path, png));
                }
                Effect::RequestPaste => ctx.send_viewport_cmd(ViewportCommand::RequestPaste),
                Effect::Quit => ctx.send_viewport_cmd(ViewportCommand::Close),
            }
        }
    }

    /// What came from outside: dialogs, dropped files, closing, the focus of the window, time.
    fn outside(&mut self, ctx: &egui::Context) -> Vec<Action> {
        let mut actions = Vec::new();
        if let Some((purpose, answer)) = self.dialogs.answer() {
            actions.push(answer.action(purpose));
        }
        // Taken, not read: while the window is hidden the same input is seen again.
        let dropped = ctx.input_mut(|input| std::mem::take(&mut input.raw.dropped_files));
        let dropped: Vec<PathBuf> = dropped.iter().map(|file| file.path().to_path_buf()).collect();
        if !dropped.is_empty() {
            actions.push(Action::OpenPaths(dropped));
        }
        let close = ctx.input(|input| input.viewport().events.contains(&ViewportEvent::Close));
        let close = close && !self.workspace.is_quitting();
        if close {
            ctx.send_viewport_cmd(ViewportCommand::CancelClose);
        }
        if self.close_wanted && self.held_back.is_empty() {
            // Letters that came with the request have reached their field by now. Not asked whether the request is over:
            // while the window is hidden it is seen again and again.
            self.close_wanted = false;
            actions.push(Action::CloseRequested);
        } else if close {
            self.close_wanted = true;
            ctx.request_repaint();
        }
        let focused = ctx.input(|input| input.focused);
        match (self.had_focus, focused) {
            (true, false) => actions.push(Action::Pause),
            (false, true) => actions.push(Action::CameBack),
            _ => {}
        }
        self.had_focus = focused;
        actions.extend(self.pause(ctx));
        actions
    }

    /// The file is rewritten when the reader pauses; a note is handed over a moment after the last key.
    fn pause(&mut self, ctx: &egui::Context) -> Vec<Action> {
        let now = ctx.input(|input| input.time);
        let mut actions: Vec<Action> = self.finish_note(now).into_iter().collect();
        actions.extend(self.finish_attribute(now));
        let note = self.local.note.as_ref().map(|note| note.typed_at);
        let attribute = self.local.attribute.as_ref().and_then(|draft| draft.typed_at);
        for typed_at in note.into_iter().chain(attribute) {
            ctx.request_repaint_after_secs((typed_at + inspector::NOTE_SECS - now).max(0.05) as f32);
        }
        if let Some(left) = self.keep_drafts(now) {
            ctx.request_repaint_after_secs(left.max(0.05) as f32);
        }
        let Some(desk) = &self.workspace.desk else { return actions };
        if desk.revision() != self.changed.0 {
            self.changed = (desk.revision(), now);
        }
        match (desk.file.saving, self.writing_since) {
            (true, None) => self.writing_since = Some(now),
            (false, Some(since)) => (self.writing_since, self.write_secs) = (None, now - since),
            _ => {}
        }
        if desk.is_behind() && !desk.file.saving && desk.file.trouble.is_none() {
            // A file that takes long to write is written less often.
            let left = self.changed.1 + PAUSE_SECS.max(WRITE_SHARE * self.write_secs) - now;
            if left <= 0.0 {
                actions.push(Action::Pause);
            } else {
                ctx.request_repaint_after_secs(left as f32);
            }
        }
        actions
    }

    fn set_title(&mut self, ctx: &egui::Context) {
        let title = match &self.workspace.desk {
            None => "Gainsay".to_owned(),
            Some(desk) => {
                let state = match desk.save_mark() {
                    SaveMark::Saved { .. } | SaveMark::Empty => "",
                    SaveMark::Safe { file: Some(_) } => " (safe on this computer)",
                    SaveMark::Safe { file: None } => " (no file yet, safe on this computer)",
                    SaveMark::Writing => " (saving…)",
                    SaveMark::Reading { .. } => " (only to be read)",
                    SaveMark::Trouble(_) => " (not saved)",
                };
                format!("{}{state} - Gainsay", desk.title())
            }
        };
        #[cfg(feature = "sabotage")]
        if let Some(desk) = &self.workspace.desk
            && matches!(desk.save_mark(), SaveMark::Saved { .. } | SaveMark::Safe { .. })
        {
            let notes: usize =
                desk.session().annotations.values().map(|annotation| annotation.note.len()).sum();
            let words = format!("{} {notes}", desk.session().annotations.len());
            store::tell_outside("safe", &words);
            if !self.local.kept_drafts.is_waiting() {
                store::tell_outside("draft", &self.local.kept_drafts.bytes().to_string());
            }
        }
        if title != self.title {
            ctx.send_viewport_cmd(ViewportCommand::Title(title.clone()));
            self.title = title;
        }
    }

    fn install_theme(&mut self, ctx: &egui::Context) {
        self.workspace.system_dark = ctx.system_theme() == Some(egui::Theme::Dark);
        let mut theme = if self.workspace.is_dark() { Theme::dark() } else { Theme::light() };
        let settings = &self.workspace.settings;
        theme.text_scale = settings.text_scale;
        // A file edited by hand may say anything.
        theme.measure = f32::from(settings.measure.clamp(MEASURES[0], MEASURES[MEASURES.len() - 1]));
        theme.line_scale = settings.line_height.factor();
        theme.sans = settings.face == Face::Sans;
        if theme != self.theme {
            theme.install(ctx);
            self.theme = theme;
        }
    }

    /// The commands that keys ask for.
    fn asked(&self, ctx: &egui::Context) -> Vec<Command> {
        let in_panels = self.local.in_panels || panes::in_panels(ctx);
        let mode = self.workspace.key_mode();
        keys::commands(ctx, &self.workspace.keymap, mode, self.local.typing, in_panels)
    }

    fn window_ui(&mut self, ui: &mut egui::Ui) -> Vec<Action> {
        let mut actions = Vec::new();
        let (workspace, theme, local) = (&self.workspace, &self.theme, &mut self.local);
        let bar = egui::Frame::new().fill(theme.colors.bar);
        let panel = egui::Frame::new().fill(theme.colors.panel);
        egui::Panel::top("top bar")
            .exact_size(size::TOP_BAR)
            .frame(bar)
            .show_separator_line(false)
            .resizable(false)
            .show(ui, |ui| {
                let is_typing = local.is_typing();
                top_bar::top_bar_ui(ui, workspace, theme, is_typing, &mut actions);
            });
        egui::Panel::bottom("hint bar")
            .exact_size(size::HINT_BAR)
            .frame(bar)
            .show_separator_line(false)
            .resizable(false)
            .show(ui, |ui| hint_bar::hint_bar_ui(ui, workspace, theme, &mut actions));
        let Some(desk) = &workspace.desk else {
            let paper = egui::Frame::new().fill(theme.colors.paper);
            egui::CentralPanel::no_frame()
                .frame(paper)
                .show(ui, |ui| welcome::welcome_ui(ui, workspace, theme, &mut actions));
            return actions;
        };
        if workspace.mode() == Mode::Matrix {
            matrix::matrix_ui(ui, desk, theme, &mut actions);
            return actions;
        }
        if workspace.is_reviewing() {
            return review_ui(ui, workspace, desk, theme, local, actions);
        }
        if workspace.shows(Panel::Dossier) {
            let width = if workspace.small { size::DOSSIER_NARROW } else { size::DOSSIER };
            egui::Panel::left("dossier")
                .exact_size(width)
                .frame(panel)
                .show_separator_line(false)
                .resizable(false)
                .show(ui, |ui| {
                    dossier::dossier_ui(ui, workspace, desk, theme, &mut local.dossier, &mut actions);
                });
        }
        let inspector = desk.echoes.open || workspace.shows(Panel::Inspector);
        let width = match inspector {
            true if desk.echoes.open => echoes::width(ui.ctx().content_rect().width()),
            true => size::INSPECTOR,
            false => inspector::FOLDED,
        };
        egui::Panel::right(if inspector { "inspector" } else { "inspector folded" })
            .exact_size(width)
            .frame(if inspector { panel } else { bar })
            .show_separator_line(false)
            .resizable(false)
            .show(ui, |ui| {
                // What is too wide is cut: it must not move the texts.
                let rect = ui.max_rect();
                let mut ui = ui.new_child(egui::UiBuilder::new().max_rect(rect).id_salt("fixed"));
                ui.shrink_clip_rect(rect);
                match inspector {
                    true if desk.echoes.open => echoes::echoes_ui(&mut ui, desk, theme, local, &mut actions),
                    true => inspector::inspector_ui(&mut ui, workspace, desk, theme, local, &mut actions),
                    false => inspector::folded_ui(&mut ui, &mut actions),
                }
            });
        let shown = workspace.shows(Panel::Table);
        if !(inspector && desk.echoes.open) {
            local.echoes.hovered = None;
        }
        // Divided by hand: what stands in the table must not move its edge.
        let room = ui.available_rect_before_wrap();
        let finding = desk.view.search.open;
        let height = match (finding, shown) {
            (true, _) => find::height(room.height()),
            (false, true) => table::height(room.height()),
            (false, false) => table::FOLDED,
        };
        let (above, below) = room.split_top_bottom_at_y((room.bottom() - height).round());
        let above = strip::strips_ui(ui, above, workspace, desk, theme, &mut actions);
        ui.painter().rect_filled(above, 0.0, theme.colors.bar);
        ui.painter().rect_filled(below, 0.0, theme.colors.panel);
        let part = |rect, salt| egui::UiBuilder::new().max_rect(rect).id_salt(salt);
        ui.scope_builder(part(below, "table"), |ui| {
            ui.shrink_clip_rect(below);
            match finding {
                true => find::find_ui(ui, workspace, desk, theme, &mut actions),
                false => table::table_ui(ui, workspace, desk, theme, shown, local, &mut actions),
            }
        });
        ui.scope_builder(part(above, "panes"), |ui| {
            ui.shrink_clip_rect(above);
            panes::panes_ui(ui, workspace, desk, theme, local, &mut actions);
        });
        if workspace.overlay.is_none() {
            tag_bar::tag_bar_ui(ui.ctx(), desk, theme, local, &mut actions);
        }
        actions
    }
}

/// The window while one compares and decides: layers and differences, the texts above the difference, figures.
fn review_ui(
    ui: &mut egui::Ui,
    workspace: &Workspace,
    desk: &Desk,
    theme: &Theme,
    local: &mut Local,
    mut actions: Vec<Action>,
) -> Vec<Action> {
    let panel = egui::Frame::new().fill(theme.colors.panel);
    let width = if workspace.small { review::SIDE_SMALL } else { review::SIDE };
    let side = |name: &'static str, width: f32, left: bool| {
        let panel_of = if left { egui::Panel::left(name) } else { egui::Panel::right(name) };
        panel_of.exact_size(width).frame(panel).show_separator_line(false).resizable(false)
    };
    side("review side", width, true).show(ui, |ui| {
        review::side_ui(ui, workspace, desk, theme, &mut actions);
    });
    if workspace.shows(Panel::Inspector) && !desk.review.layers().is_empty() {
        side("review figures", review::FIGURES, false).show(ui, |ui| {
            review::figures_ui(ui, desk, theme, &mut actions);
        });
    }
    let room = ui.available_rect_before_wrap();
    let height = match desk.review.layers().is_empty() {
        true => 0.0,
        false => review::height(desk, room.height()),
    };
    let (above, below) = room.split_top_bottom_at_y((room.bottom() - height).round());
    let above = strip::strips_ui(ui, above, workspace, desk, theme, &mut actions);
    ui.painter().rect_filled(above, 0.0, theme.colors.bar);
    ui.painter().rect_filled(below, 0.0, theme.colors.panel);
    let part = |rect, salt| egui::UiBuilder::new().max_rect(rect).id_salt(salt);
    if height > 0.0 {
        ui.scope_builder(part(below, "case"), |ui| {
            ui.shrink_clip_rect(below);
            review::case_ui(ui, desk, theme, local, &mut actions);
        });
    }
    ui.scope_builder(part(above, "panes"), |ui| {
        ui.shrink_clip_rect(above);
        panes::panes_ui(ui, workspace, desk, theme, local, &mut actions);
    });
    if workspace.overlay.is_none() {
        tag_bar::tag_bar_ui(ui.ctx(), desk, theme, local, &mut actions);
    }
    actions
}

/// True for what may save, close or leave the session, or look at another passage.
fn ends_typing(action: &Action) -> bool {
    matches!(
        action,
        Action::Command(_)
            | Action::Answer(_)
            | Action::OpenPaths(_)
            | Action::OpenUnsaved(_)
            | Action::Picked(..)
            | Action::Choose(_)
            | Action::JumpTo(_)
            | Action::Link(_)
            | Action::GoToHit(_)
            | Action::Click { .. }
            | Action::Pause
            | Action::CloseRequested
    )
}

/// True for what may leave the session.
fn ends_session(action: &Action) -> bool {
    let command = |command| matches!(command, Command::Quit | Command::CloseSession | Command::NewSession);
    matches!(action, Action::CloseRequested) || matches!(action, Action::Command(it) if command(*it))
}

impl eframe::App for App {
    fn raw_input_hook(&mut self, ctx: &egui::Context, raw_input: &mut egui::RawInput) {
        if letters::hold_back(&mut self.held_back, &mut raw_input.events) {
            ctx.request_repaint();
        }
    }

    fn logic(&mut self, ctx: &egui::Context, _frame: &mut eframe::Frame) {
        #[cfg(feature = "sabotage")]
        store::die_when_told();
        self.workspace.collect();
        let actions = self.outside(ctx);
        self.do_all(ctx, actions);
        self.set_title(ctx);
    }

    fn ui(&mut self, ui: &mut egui::Ui, _frame: &mut eframe::Frame) {
        let ctx = ui.ctx().clone();
        self.install_theme(&ctx);
        if self.keymap != self.workspace.keymap {
            self.keymap = self.workspace.keymap.clone();
            keys::install(&ctx, &self.keymap);
        }
        self.workspace.small = ui.available_width() < size::SMALL_WINDOW;
        let mut actions = Vec::new();
        let modal = self.workspace.overlay.is_some();
        if modal {
            actions.extend(overlay::keys(&ctx, &self.workspace, &mut self.local));
        } else if (self.local.menu.is_some() || self.local.pile.is_some())
            && ctx.input_mut(|input| input.consume_key(egui::Modifiers::NONE, egui::Key::Escape))
        {
            // A list or menu at the pointer goes first.
            (self.local.menu, self.local.pile) = (None, None);
        } else {
            for command in self.asked(&ctx) {
                if command == Command::FocusPanels {
                    panes::switch_focus(&ctx);
                    continue;
                }
                if command == Command::Comment && self.workspace.is_reviewing() {
                    if let Some(annotation) = review::remark_on(&self.workspace) {
                        self.local.open_remark(annotation, None);
                    }
                    continue;
                }
                if matches!(command, Command::FindNext | Command::FindPrevious) {
                    // Where it leads, the tag keys are wanted next.
                    panes::take_focus(&ctx);
                }
                let edge = self.workspace.desk.as_ref().is_some_and(|desk| desk.view.edge.is_some());
                match command.layout_motion() {
                    Some(_) if !edge => self.local.layout_commands.push(command),
                    _ => actions.push(Action::Command(command)),
                }
            }
            actions.extend(keys::pasted(&ctx).map(Action::PasteText));
        }
        // Keys act before the frame is painted, so that what they did is seen at once.
        self.do_all(&ctx, actions);
        let mut actions = self.window_ui(ui);
        actions.extend(overlay::overlay_ui(&ctx, &self.workspace, &self.theme, &mut self.local));
        overlay::dropping_ui(&ctx, &self.theme);
        overlay::dragging_ui(&ctx, &self.theme);
        self.do_all(&ctx, actions);
        if self.workspace.overlay.is_none() {
            panes::keep_focus(&ctx, self.workspace.desk.is_some());
        }
        self.local.typing = ctx.text_edit_focused();
        self.local.in_panels = panes::in_panels(&ctx);
    }

    fn clear_color(&self, _visuals: &egui::Visuals) -> [f32; 4] {
        self.theme.colors.bar.to_normalized_gamma_f32()
    }
}
