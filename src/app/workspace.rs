//! The whole state of the program, and the only way in.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::sync::Arc;

use crate::model::{AnnotatorId, Session, Stamps, Timestamp};
use crate::store;

use super::replacing::Replacing;
use super::safety::Versions;
use super::{Action, Desk, Effect, Jobs, KeyMap, Message, MessageKind, Messages, Overlay, PathPurpose};

/// What the program is started with.
pub struct Config {
    /// Clock and ids.
    pub stamps: Box<dyn Stamps>,
    /// The name of the user's account, which stands as annotator until changed.
    pub login: String,
    /// Called from worker threads when there is something to collect.
    pub wake: Arc<dyn Fn() + Send + Sync>,
}

/// All that the program knows: the open session, settings, messages, running jobs.
pub struct Workspace {
    /// The open session; `None` on the welcome screen.
    pub desk: Option<Desk>,
    /// What the user has set.
    pub settings: store::Settings,
    /// Which keys do what.
    pub keymap: KeyMap,
    /// Sessions never saved to a file.
    pub unsaved: Vec<store::UnsavedEntry>,
    /// Sessions opened or saved before.
    pub recent: Vec<store::RecentEntry>,
    /// What the program has said.
    pub messages: Messages,
    /// The earlier versions of the open session, while they are looked at.
    pub versions: Versions,
    /// A corrected text in the place of a document's, while it is looked at.
    pub replacing: Option<Replacing>,
    /// What stands over the window.
    pub overlay: Option<Overlay>,
    /// The sheet that comes back when the question or path over it is answered.
    pub(super) under: Option<Overlay>,
    pub(super) stamps: Box<dyn Stamps>,
    pub(super) login: String,
    pub(super) jobs: Jobs,
    pub(super) effects: Vec<Effect>,
    pub(super) desks_opened: u64,
    /// What to do once the session has a file.
    pub(super) after_save: Option<Action>,
    pub(super) quitting: bool,
    /// While a worker has the session: the actions that wait for it.
    pub(super) held: Option<Vec<Action>>,
    /// Comments that were being written in the session that has come onto the desk, until the window takes them.
    pub(super) drafts_came: Option<Vec<store::Draft>>,
    /// The system asks for dark windows.
    pub system_dark: bool,
    /// The window is too narrow for all panels at once: they fold, and unfold one by one.
    pub small: bool,
}

/// A panel that can be folded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Panel {
    /// Documents and tags, at the left.
    Dossier,
    /// The chosen annotation, at the right.
    Inspector,
    /// All annotations, below.
    Table,
}

impl Workspace {
    /// A workspace on the welcome screen.
    pub fn new(config: Config) -> Self {
        let mut workspace = Self {
            desk: None,
            settings: store::Settings::default(),
            keymap: KeyMap::default(),
            unsaved: Vec::new(),
            recent: Vec::new(),
            messages: Messages::default(),
            versions: Versions::default(),
            replacing: None,
            overlay: None,
            under: None,
            stamps: config.stamps,
            login: config.login,
            jobs: Jobs::new(config.wake),
            effects: Vec::new(),
            desks_opened: 0,
            after_save: None,
            quitting: false,
            held: None,
            drafts_came: None,
            system_dark: false,
            small: false,
        };
        match store::Settings::load() {
            Ok(settings) => super::dispatch::take_settings(&mut workspace, settings),
            Err(warning) => workspace.say(MessageKind::Notice, warning, false),
        }
        workspace.read_shelf();
        workspace
    }

    /// Does one action. What only the window can do is left in [`Workspace::take_effects`].
    pub fn dispatch(&mut self, action: Action) {
        if let Some(held) = &mut self.held
            && super::dispatch::waits(&action)
        {
            held.push(action);
            return;
        }
        let (sheet, asked) = (self.overlay.as_ref().and_then(Overlay::sheet), self.is_asking());
        let reading = self.desk.as_ref().and_then(|desk| Some(desk.view.focused()?.document.clone()));
        super::dispatch::dispatch(self, action);
        if let Some(desk) = &mut self.desk {
            desk.let_go_elsewhere(reading.as_ref());
        }
        if self.is_asking() {
            self.under = sheet.or(self.under.take());
        } else {
            let under = self.under.take();
            if asked && self.overlay.is_none() {
                self.overlay = under;
            }
        }
        if let Some(desk) = &mut self.desk {
            desk.refresh_listing();
        }
        if let Some(desk) = &mut self.desk
            && let Some(work) = desk.refresh_rows()
        {
            let number = desk.number;
            self.jobs.start("rows", move || super::JobResult::Rows(number, work()));
        }
        if let Some(desk) = &mut self.desk
            && let Some((number, work)) = super::search::refresh(desk)
        {
            let desk = desk.number;
            self.jobs.start("search", move || match work() {
                Some(found) => super::JobResult::Found(desk, number, Box::new(found)),
                None => super::JobResult::Nothing,
            });
        }
        if let Some(desk) = &mut self.desk {
            for (name, work) in super::echoes::refresh(desk) {
                self.jobs.start(name, work);
            }
        }
        super::dispatch::echoes_arrived(self);
        if self.mode() == super::Mode::Matrix {
            self.refresh_board();
        }
        let me = self.me();
        if let Some(desk) = &mut self.desk
            && let Some(work) = desk.refresh_review(&me)
        {
            let number = desk.number;
            self.jobs.start("review", move || super::JobResult::Reviewed(number, Box::new(work())));
        }
        let shows_figures = self.is_reviewing() && self.shows(Panel::Inspector);
        if (shows_figures || matches!(self.overlay, Some(Overlay::Agreement)))
            && let Some(desk) = &mut self.desk
            && let Some(work) = desk.refresh_agreed()
        {
            let number = desk.number;
            self.jobs.start("agreement", move || super::JobResult::Agreed(number, Box::new(work())));
        }
        if matches!(self.overlay, Some(Overlay::Export))
            && let Some(desk) = &mut self.desk
            && let Some((key, work)) = desk.view.exporting.refresh(desk)
        {
            let number = desk.number;
            desk.view.exporting.computes(key);
            self.jobs.start("preview", move || super::JobResult::ExportPreview(number, Box::new(work())));
        }
        if matches!(self.overlay, Some(Overlay::Charts))
            && let Some(desk) = &mut self.desk
            && let Some(work) = desk.refresh_chart()
        {
            let number = desk.number;
            self.jobs.start("chart", move || super::JobResult::Chart(number, Box::new(work())));
        }
    }

    /// Does what worker threads have sent back. To be called once a frame.
    pub fn collect(&mut self) {
        for action in self.jobs.collect() {
            self.dispatch(action);
        }
    }

    /// What only the window can do, in order.
    pub fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.effects)
    }

    /// Something is asked over the window.
    fn is_asking(&self) -> bool {
        matches!(self.overlay, Some(Overlay::Question { .. } | Overlay::Path(_)))
    }

    /// Builds the matrix and the card that is looked at anew, where they are out of date.
    pub(super) fn refresh_board(&mut self) {
        if let Some(desk) = &mut self.desk
            && let Some(work) = desk.refresh_board()
        {
            let number = desk.number;
            self.jobs.start("matrix", move || super::JobResult::Matrix(number, Box::new(work())));
        }
    }

    /// What the window is for at the moment.
    pub fn mode(&self) -> super::Mode {
        self.desk.as_ref().map_or_else(Default::default, |desk| desk.view.mode)
    }

    /// What keys are for: while the panel of echoes is open, its own come first.
    pub fn key_mode(&self) -> super::Mode {
        match &self.desk {
            // A link that was started is ended by its own key.
            Some(desk) if desk.echoes.open && desk.view.links.start.is_some() => self.mode(),
            Some(desk) if desk.echoes.open && desk.view.mode == super::Mode::Annotate => super::Mode::Echoes,
            _ => self.mode(),
        }
    }

    /// True while the window shows a review.
    pub fn is_reviewing(&self) -> bool {
        self.desk.as_ref().is_some_and(|desk| desk.view.mode == super::Mode::Review)
    }

    /// True while a worker has not come back.
    pub fn busy(&self) -> bool {
        self.jobs.busy()
    }

    /// The name under which one marks.
    pub fn my_name(&self) -> &str {
        self.settings.name.as_deref().filter(|name| !name.is_empty()).unwrap_or(&self.login)
    }

    /// The annotator under whom one marks in the open session.
    pub fn me(&self) -> AnnotatorId {
        match &self.desk {
            Some(desk) => self.me_in(desk.session()),
            None => AnnotatorId::new(self.my_name()),
        }
    }

    /// The annotator under whom one marks in `session`.
    pub(super) fn me_in(&self, session: &Session) -> AnnotatorId {
        let name = self.my_name();
        let known = session.annotators.iter().find(|(_, annotator)| annotator.name == name);
        known.map_or_else(|| AnnotatorId::new(name), |(id, _)| id.clone())
    }

    /// The names of those who have marked in the open session besides oneself, the busiest first.
    pub fn others(&self) -> String {
        self.desk.as_ref().map_or_else(String::new, |desk| super::dispatch::others(self, desk.session()))
    }

    /// The present moment.
    pub fn now(&mut self) -> Timestamp {
        self.stamps.now()
    }

    /// True for light text on dark surfaces.
    pub fn is_dark(&self) -> bool {
        match self.settings.theme {
            store::Theme::System => self.system_dark,
            store::Theme::Light => false,
            store::Theme::Dark => true,
        }
    }

    /// The panels that are open.
    pub fn shows(&self, panel: Panel) -> bool {
        match panel {
            Panel::Dossier => self.settings.dossier,
            Panel::Inspector if self.small => self.settings.inspector_small,
            Panel::Inspector => self.settings.inspector,
            Panel::Table if self.small => self.settings.table_small,
            Panel::Table => self.settings.table,
        }
    }

    /// How many annotations, documents and links a removal would take with it.
    pub fn weight_of(&self, id: &crate::model::DocumentId) -> (usize, usize) {
        let Some(desk) = &self.desk else { return (0, 0) };
        let edits = crate::edit::make::remove_document(desk.session(), id);
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for edit in &edits {
            match edit {
                crate::edit::Edit::RemoveAnnotation(_) => *counts.entry("annotations").or_default() += 1,
                crate::edit::Edit::RemoveLink(_) => *counts.entry("links").or_default() += 1,
                _ => {}
            }
        }
        let of = |kind| counts.get(kind).copied().unwrap_or(0);
        (of("annotations"), of("links"))
    }

    pub(super) fn say(&mut self, kind: MessageKind, text: impl Into<String>, undo: bool) {
        let at = self.stamps.now();
        self.messages.say(Message { at, kind, text: text.into(), undo, more: false });
    }

    /// Says something that the messages before it tell more of.
    pub(super) fn say_with_more(&mut self, kind: MessageKind, text: impl Into<String>) {
        let at = self.stamps.now();
        self.messages.say(Message { at, kind, text: text.into(), undo: false, more: true });
    }

    pub(super) fn problem(&mut self, text: impl Into<String>) {
        self.say(MessageKind::Problem, text, false);
    }

    /// Reads what the welcome screen lists, on a worker.
    pub(super) fn read_shelf(&mut self) {
        self.jobs.start("shelf", || {
            let (recent, warning) = store::recent();
            super::JobResult::Shelf { unsaved: store::list_unsaved(), recent, warning }
        });
    }

    /// Writes the settings, on a worker.
    pub(super) fn write_settings(&mut self) {
        let settings = self.settings.clone();
        self.jobs.start("settings", move || match settings.save() {
            Ok(()) => super::JobResult::Nothing,
            Err(warning) => super::JobResult::Warning(warning),
        });
    }

    /// A file name for the open session.
    pub fn suggested_name(&self, purpose: &PathPurpose) -> String {
        let title = self.desk.as_ref().map(Desk::title).unwrap_or_default();
        let slug = crate::model::slug(&title, "session", |_| false);
        let ending = purpose.extension().map(|extension| format!(".{extension}")).unwrap_or_default();
        format!("{slug}{}{ending}", purpose.suffix())
    }

    /// Asks for a file, by the system's dialog or by a typed path; answered by [`Action::Picked`].
    pub(super) fn pick(&mut self, purpose: PathPurpose) {
        let suggested = if purpose.writes() { self.suggested_name(&purpose) } else { String::new() };
        let folder = self.folder_for(&purpose);
        self.effects.push(Effect::Pick { purpose, suggested, folder });
    }

    /// The folder where one will likely look: where one was last for such a thing, else where the session is.
    pub fn folder_for(&self, purpose: &PathPurpose) -> Option<PathBuf> {
        let last = if purpose.writes() { &self.settings.write_folder } else { &self.settings.open_folder };
        let beside = || self.path().and_then(|path| path.parent()).map(PathBuf::from);
        last.clone().or_else(beside)
    }

    /// The path of the open session, if it has one.
    pub fn path(&self) -> Option<&PathBuf> {
        self.desk.as_ref()?.file.path.as_ref()
    }

    /// True once the program shall end.
    pub fn is_quitting(&self) -> bool {
        self.quitting
    }
}
