//! What a user does in the window: the real app on real files, seen through the accessibility tree. Only the
//! file dialog is a stand-in.

mod across;
mod annotate;
mod charts;
mod cite;
mod desk;
mod echoes;
mod exchange;
mod files;
mod find;
mod keys;
mod links;
mod look;
mod matrix;
mod review;
mod safety;
mod scheme;
mod search;
mod settings;
mod sources;
mod typography;

use std::cell::RefCell;
use std::path::{Path, PathBuf};
use std::rc::Rc;
use std::sync::OnceLock;
use std::time::Duration;

use eframe::egui;
use egui::{Event, Key, Modifiers, Pos2, Rect, Vec2, pos2};
use egui_kittest::Harness;
use egui_kittest::kittest::Queryable as _;
use gainsay::app::{AccessChoice, Action, Desk, PathPurpose};
use gainsay::model::{Annotation, Session};
use gainsay::ui::App;
use gainsay::ui::dialogs::{DialogAnswer, Dialogs};

/// The passages of a session as CSV.
fn table_of(session: &Session) -> String {
    let mut files = gainsay::format::export::Files::default();
    let export = gainsay::format::export::Export { session, at: session.created };
    gainsay::format::csv::FORMAT.write.unwrap()(&export, &mut files).unwrap();
    String::from_utf8(files.first().to_vec()).unwrap()
}

/// The answers that the dialogs will give, in order; none: the dialog is left.
type Answers = Rc<RefCell<Vec<DialogAnswer>>>;

#[derive(Default)]
struct StandIn {
    answers: Answers,
    asked: Vec<(PathPurpose, DialogAnswer)>,
}

impl Dialogs for StandIn {
    fn ask(&mut self, _ctx: &egui::Context, purpose: PathPurpose, _: &str, _: Option<PathBuf>) {
        let mut answers = self.answers.borrow_mut();
        let answer = if answers.is_empty() { DialogAnswer::Left } else { answers.remove(0) };
        self.asked.push((purpose, answer));
    }

    fn answer(&mut self) -> Option<(PathPurpose, DialogAnswer)> {
        self.asked.pop()
    }
}

/// The window under test, with a folder of its own.
struct Window {
    harness: Harness<'static, App>,
    answers: Answers,
    folder: tempfile::TempDir,
}

impl Window {
    /// Opens the window at full-HD size on files made in its folder.
    fn on(files: &[(&str, &[u8])]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let paths: Vec<PathBuf> = files.iter().map(|(name, _)| folder.path().join(name)).collect();
        for ((_, bytes), path) in files.iter().zip(&paths) {
            std::fs::write(path, bytes).unwrap();
        }
        Self::open(folder, paths, Vec2::new(1920.0, 1080.0))
    }

    /// Opens the window on a copy of the sample session.
    fn on_sample_of_others() -> Self {
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/harbour.ron");
        let text = std::fs::read_to_string(sample).unwrap();
        let id = gainsay::format::session::read(text.as_bytes()).unwrap().session.id.to_string();
        // An id of its own, or the places that one test leaves would be restored in another.
        let text = text.replace(&id, &uuid::Uuid::now_v7().to_string());
        let mut window = Self::on(&[("harbour.ron", text.as_bytes())]);
        window.until("the sample is open", |window| {
            window.harness.state().workspace.desk.as_ref().is_some_and(|desk| desk.view.panes.len() == 3)
        });
        window
    }

    /// The same, for one who has said that they work on in what others have marked.
    fn on_sample() -> Self {
        let mut window = Self::on_sample_of_others();
        window.harness.state_mut().workspace.dispatch(Action::Access(AccessChoice::WorkOn));
        window.settle();
        window
    }

    fn open(folder: tempfile::TempDir, paths: Vec<PathBuf>, size: Vec2) -> Self {
        keep_user_data_away();
        let answers = Answers::default();
        let dialogs = Box::new(StandIn { answers: Rc::clone(&answers), asked: Vec::new() });
        let harness = Harness::builder()
            .with_size(size)
            .with_max_steps(32)
            .build_eframe(move |context| App::new(&context.egui_ctx, dialogs, paths));
        let mut window = Self { harness, answers, folder };
        window.settle();
        window
    }

    fn desk(&self) -> &Desk {
        self.harness.state().workspace.desk.as_ref().expect("a session is open")
    }

    fn session(&self) -> &Session {
        self.desk().session()
    }

    /// Steps until workers are done and nothing moves.
    fn settle(&mut self) {
        for _ in 0..400 {
            self.harness.step();
            if !self.harness.state().workspace.busy() && self.at_rest() {
                return;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("the window did not come to rest");
    }

    /// True when no repaint is asked for at once.
    fn at_rest(&self) -> bool {
        let output = self.harness.output();
        output.viewport_output.values().all(|viewport| viewport.repaint_delay > Duration::ZERO)
    }

    /// Steps until something holds.
    #[track_caller]
    fn until(&mut self, what: &str, holds: impl Fn(&Self) -> bool) {
        for _ in 0..600 {
            if holds(self) {
                return;
            }
            self.harness.step();
            std::thread::sleep(Duration::from_millis(5));
        }
        panic!("not so in time: {what}\nmessages: {:?}", self.messages());
    }

    fn messages(&self) -> Vec<String> {
        self.harness.state().workspace.messages.all().iter().map(|message| message.text.clone()).collect()
    }

    fn said(&self, words: &str) -> bool {
        self.messages().iter().any(|message| message.contains(words))
    }

    fn key(&mut self, key: Key) {
        self.key_with(Modifiers::NONE, key);
    }

    fn key_with(&mut self, modifiers: Modifiers, key: Key) {
        self.harness.key_press_modifiers(modifiers, key);
        self.harness.step();
        self.settle();
    }

    fn command(&mut self, key: Key) {
        self.key_with(Modifiers::COMMAND, key);
    }

    fn command_shift(&mut self, key: Key) {
        self.key_with(Modifiers::COMMAND | Modifiers::SHIFT, key);
    }

    fn type_text(&mut self, text: &str) {
        for c in text.chars() {
            if let Some(key) = Key::from_name(&c.to_uppercase().to_string()) {
                self.harness.event(Event::Key {
                    key,
                    physical_key: Some(key),
                    pressed: true,
                    repeat: false,
                    modifiers: Modifiers::NONE,
                });
            }
            self.harness.event(Event::Text(c.to_string()));
            self.harness.step();
        }
        self.settle();
    }

    /// The place of a paragraph that begins with these words.
    #[track_caller]
    fn paragraph(&self, words: &str) -> Rect {
        let found = self.harness.root().query_all_by(|node| {
            node.role() == egui::accesskit::Role::Paragraph
                && node.label().is_some_and(|label| label.starts_with(words))
        });
        found.into_iter().next().unwrap_or_else(|| panic!("no paragraph begins with {words:?}")).rect()
    }

    /// Drags from one point to another.
    fn drag(&mut self, from: Pos2, to: Pos2) {
        self.harness.hover_at(from);
        self.harness.step();
        self.harness.drag_at(from);
        self.harness.step();
        for share in [0.3, 0.7, 1.0] {
            self.harness.hover_at(from + (to - from) * share);
            self.harness.step();
        }
        self.harness.event(Event::PointerButton {
            pos: to,
            button: egui::PointerButton::Primary,
            pressed: false,
            modifiers: Modifiers::NONE,
        });
        self.harness.step();
        self.settle();
    }

    fn click(&mut self, at: Pos2) {
        self.click_with(at, Modifiers::NONE);
    }

    fn click_with(&mut self, at: Pos2, modifiers: Modifiers) {
        // A click of its own, not the second of a double click.
        for _ in 0..40 {
            self.harness.step();
        }
        self.harness.hover_at(at);
        self.harness.step();
        self.harness.event(Event::ModifiersChanged(modifiers));
        for pressed in [true, false] {
            self.harness.event(Event::PointerButton {
                pos: at,
                button: egui::PointerButton::Primary,
                pressed,
                modifiers,
            });
            self.harness.step();
        }
        self.harness.event(Event::ModifiersChanged(Modifiers::NONE));
        self.settle();
    }

    /// Sweeps the first row of a paragraph from near its start.
    fn sweep(&mut self, paragraph: &str) {
        let rect = self.paragraph(paragraph);
        let y = rect.top() + 12.0;
        self.drag(pos2(rect.left() + 30.0, y), pos2(rect.left() + 240.0, y));
    }

    /// Presses the last of those that have this name: what stands in a sheet over the window.
    #[track_caller]
    fn press_last(&mut self, name: &str) {
        let found: Vec<_> = self.harness.query_all_by_label(name).collect();
        found.last().unwrap_or_else(|| panic!("nothing is called {name:?}")).click();
        self.harness.step();
        self.settle();
    }

    /// Clicks with the mouse on the first, or last, of those that have this name.
    #[track_caller]
    fn click_on(&mut self, name: &str, last: bool) {
        let found = self.harness_all(name);
        let at = if last { found.last() } else { found.first() };
        self.click(*at.unwrap_or_else(|| panic!("nothing is called {name:?}")));
    }

    /// Gives the focus to the field with this name.
    #[track_caller]
    fn focus(&mut self, name: &str) {
        use egui::accesskit::Role;
        let is_field = |role| matches!(role, Role::TextInput | Role::MultilineTextInput);
        let field = self
            .harness
            .root()
            .query_all_by(|node| is_field(node.role()) && node.label().is_some_and(|label| label == name));
        field.into_iter().last().unwrap_or_else(|| panic!("no field is called {name:?}")).focus();
        self.harness.step();
        self.settle();
    }

    /// Presses what has this name.
    #[track_caller]
    fn press(&mut self, name: &str) {
        self.harness.get_by_label(name).click();
        self.harness.step();
        self.settle();
    }

    /// The middles of all that have this name, in order.
    fn harness_all(&self, name: &str) -> Vec<Pos2> {
        self.harness.query_all_by_label(name).map(|node| node.rect().center()).collect()
    }

    fn shows(&self, words: &str) -> bool {
        let holds = |text: Option<String>| text.is_some_and(|text| text.contains(words));
        self.harness.root().query_all_by(|node| holds(node.label()) || holds(node.value())).next().is_some()
    }

    /// The selected passage, as it would be marked.
    fn selected(&self) -> String {
        let view = &self.desk().view;
        let (pane, selection) = view.selection.expect("something is selected");
        let (document, cache) = self.desk().document(&view.pane(pane).unwrap().document).unwrap();
        let span = cache.snap(document.text(), selection.span().expect("not a caret")).unwrap();
        document.text()[span.range()].to_owned()
    }

    fn chosen(&self) -> &Annotation {
        self.desk().chosen().expect("an annotation is chosen")
    }

    fn quote(&self) -> String {
        self.session().quote(self.chosen()).to_owned()
    }

    /// The session as it stands in the file.
    fn on_disk(&self, name: &str) -> Session {
        let bytes = std::fs::read(self.folder.path().join(name)).unwrap();
        gainsay::format::session::read(&bytes).unwrap().session
    }

    /// The program is gone without having closed anything; its folder stays.
    fn kill(self) -> tempfile::TempDir {
        let Self { harness, folder, .. } = self;
        std::mem::forget(harness);
        folder
    }
}

/// True in a process of its own; else runs the test with this name in one. For tests of settings, which all windows of
/// a process share.
fn alone(test: &str) -> bool {
    const MARK: &str = "GAINSAY_TEST_ALONE";
    if std::env::var_os(MARK).is_some() {
        return true;
    }
    let program = std::env::current_exe().unwrap();
    let run = std::process::Command::new(program).args(["--exact", test]).env(MARK, "1").output().unwrap();
    let out = String::from_utf8_lossy(&run.stdout).into_owned();
    assert!(run.status.success(), "{out}{}", String::from_utf8_lossy(&run.stderr));
    assert!(out.contains("1 passed"), "no test is called {test}");
    false
}

/// One folder a test process for settings, recent list and unsaved sessions.
fn keep_user_data_away() {
    static HOME: OnceLock<tempfile::TempDir> = OnceLock::new();
    HOME.get_or_init(|| {
        let home = tempfile::tempdir().unwrap();
        gainsay::store::use_folder(home.path());
        home
    });
}
