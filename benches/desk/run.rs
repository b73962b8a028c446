//! The window without a window: frames as the program makes them, input as a user gives it, CPU time as it is spent.

use std::path::PathBuf;
use std::time::Duration;

use cpu_time::{ProcessTime, ThreadTime};
use eframe::App as _;
use eframe::egui;
use egui::{Event, FullOutput, Key, Modifiers, MouseWheelUnit, Pos2, RawInput, Rect, TouchPhase, Vec2};
use gainsay::app::{Desk, PathPurpose, Workspace};
use gainsay::ui::App;
use gainsay::ui::dialogs::{DialogAnswer, Dialogs};

/// No dialog is ever shown.
struct NoDialogs;

impl Dialogs for NoDialogs {
    fn ask(&mut self, _ctx: &egui::Context, _purpose: PathPurpose, _: &str, _: Option<PathBuf>) {}

    fn answer(&mut self) -> Option<(PathPurpose, DialogAnswer)> {
        None
    }
}

/// The program on a screen of 1920 × 1080 points that nobody sees.
pub struct Window {
    pub app: App,
    ctx: egui::Context,
    frame: eframe::Frame,
    events: Vec<Event>,
    output: FullOutput,
    time: f64,
}

impl Window {
    /// Opens files and waits until they are there and everything is at rest.
    pub fn open(paths: Vec<PathBuf>, accessible: bool) -> Self {
        let ctx = egui::Context::default();
        if accessible {
            ctx.enable_accesskit();
        }
        let app = App::new(&ctx, Box::new(NoDialogs), paths);
        let mut window = Self {
            app,
            ctx,
            frame: eframe::Frame::_new_kittest(),
            events: Vec::new(),
            output: FullOutput::default(),
            time: 0.0,
        };
        for _ in 0..6_000 {
            window.frame();
            let workspace = &window.app.workspace;
            if !workspace.busy() && workspace.desk.as_ref().is_some_and(|desk| !desk.view.panes.is_empty()) {
                break;
            }
            std::thread::sleep(Duration::from_millis(5));
        }
        assert!(window.app.workspace.desk.is_some(), "the session did not open");
        window.settle();
        window
    }

    /// Frames until no worker is at work, and a second more: what has rested on screen is noted then.
    pub fn settle(&mut self) {
        for _ in 0..6_000 {
            self.frame();
            if !self.app.workspace.busy() {
                break;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        for _ in 0..60 {
            self.frame();
        }
    }

    /// One frame: input, layout, painting, tessellation. A sixtieth of a second passes.
    pub fn frame(&mut self) {
        self.time += 1.0 / 60.0;
        let input = RawInput {
            screen_rect: Some(Rect::from_min_size(Pos2::ZERO, Vec2::new(1920.0, 1080.0))),
            time: Some(self.time),
            events: std::mem::take(&mut self.events),
            focused: true,
            ..RawInput::default()
        };
        let (app, frame) = (&mut self.app, &mut self.frame);
        let mut output = self.ctx.run_ui(input, |ui| {
            let ctx = ui.ctx().clone();
            app.logic(&ctx, frame);
            app.ui(ui, frame);
        });
        let shapes = std::mem::take(&mut output.shapes);
        std::hint::black_box(self.ctx.tessellate(shapes, output.pixels_per_point));
        // No one paints it: in a debug build egui insists that this was meant.
        output.textures_delta.clear();
        self.output = output;
    }

    pub fn event(&mut self, event: Event) {
        self.events.push(event);
    }

    pub fn press(&mut self, key: Key, modifiers: Modifiers) {
        self.event(Event::Key { key, physical_key: Some(key), pressed: true, repeat: false, modifiers });
    }

    /// Turns the wheel; up is positive.
    pub fn wheel(&mut self, points: f32) {
        self.event(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            source: egui::MouseWheelSource::Wheel,
            delta: Vec2::new(0.0, points),
            phase: TouchPhase::Move,
            modifiers: Modifiers::NONE,
        });
    }

    /// The mouse goes there.
    pub fn hover(&mut self, x: f32, y: f32) {
        self.event(Event::PointerMoved(Pos2::new(x, y)));
    }

    /// The mouse button goes down or up there.
    pub fn button(&mut self, x: f32, y: f32, pressed: bool) {
        let (pos, button) = (Pos2::new(x, y), egui::PointerButton::Primary);
        self.event(Event::PointerButton { pos, button, pressed, modifiers: Modifiers::NONE });
    }

    pub fn workspace(&mut self) -> &mut Workspace {
        &mut self.app.workspace
    }

    pub fn desk(&self) -> &Desk {
        self.app.workspace.desk.as_ref().unwrap()
    }

    /// How long until the window asks to be painted again.
    pub fn repaint_delay(&self) -> Duration {
        let delays = self.output.viewport_output.values().map(|viewport| viewport.repaint_delay);
        delays.min().unwrap_or_default()
    }
}

/// CPU times of one thing done many times.
pub struct Times(pub Vec<Duration>);

impl Times {
    /// The time of all threads. The first time fills caches and is not counted.
    pub fn of(times: usize, mut work: impl FnMut()) -> Self {
        work();
        let mut once = || {
            let begun = ProcessTime::now();
            work();
            begun.elapsed()
        };
        Self((0..times).map(|_| once()).collect())
    }

    /// The same, counting only the calling thread.
    pub fn of_thread(times: usize, mut work: impl FnMut()) -> Self {
        work();
        let mut once = || {
            let begun = ThreadTime::now();
            work();
            begun.elapsed()
        };
        Self((0..times).map(|_| once()).collect())
    }

    fn share(&self, share: f64) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort();
        let at = ((sorted.len() - 1) as f64 * share).round() as usize;
        sorted[at].as_secs_f64() * 1_000.0
    }

    pub fn print(&self, what: &str) {
        println!("| {what} | {:.2} | {:.2} |", self.share(0.5), self.share(0.95));
    }
}

/// A value of `/proc/self/status` in megabytes, such as `VmHWM` (the peak) or `VmRSS`.
pub fn megabytes(name: &str) -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(':'));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.map_or_else(|| "unknown".to_owned(), |kb| (kb / 1_024).to_string())
}
