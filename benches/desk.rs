//! The figures of the README: opening, saving, tagging, and a frame of the window. CPU time of the process, so that
//! other work on the machine counts little. Prints a table; asserts nothing about time.
//!
//! `cargo bench --bench desk`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that meets the unexpected shall stop"
)]

#[path = "desk/made.rs"]
mod made;

use std::path::{Path, PathBuf};
use std::time::Duration;

use cpu_time::{ProcessTime, ThreadTime};
use eframe::egui;
use egui::{Event, Key, Modifiers, MouseWheelUnit, TouchPhase, Vec2};
use egui_kittest::Harness;
use gainsay::app::{AccessChoice, Action, AnnotationChange, Command, Filter, PathPurpose};
use gainsay::format::session;
use gainsay::model::AnnotationId;
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

/// CPU times of one thing done many times.
struct Times(Vec<Duration>);

impl Times {
    fn of(times: usize, mut work: impl FnMut()) -> Self {
        let once = |work: &mut dyn FnMut()| {
            let begun = ProcessTime::now();
            work();
            begun.elapsed()
        };
        // The first one fills caches and is not counted.
        work();
        Self((0..times).map(|_| once(&mut work)).collect())
    }

    /// The same, counting only the calling thread.
    fn of_thread(times: usize, mut work: impl FnMut()) -> Self {
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

    fn print(&self, what: &str) {
        println!("| {what} | {:.2} | {:.2} |", self.share(0.5), self.share(0.95));
    }
}

fn window(paths: Vec<PathBuf>) -> Harness<'static, App> {
    let mut harness = Harness::builder()
        .with_size(Vec2::new(1920.0, 1080.0))
        .build_eframe(move |context| App::new(&context.egui_ctx, Box::new(NoDialogs), paths));
    for _ in 0..2_000 {
        harness.step();
        let workspace = &harness.state().workspace;
        if !workspace.busy() && workspace.desk.as_ref().is_some_and(|desk| !desk.view.panes.is_empty()) {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    for _ in 0..20 {
        harness.step();
    }
    assert!(harness.state().workspace.desk.is_some(), "the session did not open");
    harness
}

/// A frame: layout and painting, then tessellation, as the program does it.
fn frame(harness: &mut Harness<'static, App>) {
    harness.step();
    let output = harness.output();
    let primitives = harness.ctx.tessellate(output.shapes.clone(), output.pixels_per_point);
    std::hint::black_box(primitives);
}

fn press(harness: &Harness<'static, App>, key: Key) {
    harness.event(Event::Key {
        key,
        physical_key: Some(key),
        pressed: true,
        repeat: false,
        modifiers: Modifiers::NONE,
    });
}

fn frames(what: &str, paths: Vec<PathBuf>) {
    let mut harness = window(paths);
    let rest = (harness.output().viewport_output.values())
        .map(|viewport| viewport.repaint_delay)
        .min()
        .unwrap_or_default();
    Times::of(200, || frame(&mut harness)).print(&format!("a frame, {what}, at rest, were one painted"));
    harness.hover_at(egui::pos2(500.0, 400.0));
    harness.step();
    let mut up = false;
    Times::of(300, || {
        harness.event(Event::MouseWheel {
            unit: MouseWheelUnit::Point,
            source: egui::MouseWheelSource::Wheel,
            delta: Vec2::new(0.0, if up { 60.0 } else { -60.0 }),
            phase: TouchPhase::Move,
            modifiers: Modifiers::NONE,
        });
        frame(&mut harness);
        let desk = harness.state().workspace.desk.as_ref().unwrap();
        let pane = &desk.view.panes[0];
        let length = desk.session().document(&pane.document).unwrap().text().len();
        up = if up { pane.top > 0 } else { pane.visible.end >= length };
    })
    .print(&format!("a frame, {what}, while scrolling"));
    println!(
        "| next repaint asked for at rest, {what} | {} | |",
        if rest == Duration::MAX { "never".to_owned() } else { format!("{rest:?}") }
    );
}

/// In CPU time of the window's thread: the longest that it is held up in one frame, from an action until all workers are done.
fn worst_frame(harness: &mut Harness<'static, App>, mut action: impl FnMut() -> Action) -> Times {
    let mut worst = Vec::new();
    for _ in 0..15 {
        let begun = ThreadTime::now();
        harness.state_mut().workspace.dispatch(action());
        let mut longest = Duration::ZERO;
        let mut first = Some(begun.elapsed());
        for _ in 0..2_000 {
            let begun = ThreadTime::now();
            frame(harness);
            longest = longest.max(begun.elapsed() + first.take().unwrap_or_default());
            if !harness.state().workspace.busy() {
                break;
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        worst.push(longest);
    }
    Times(worst)
}

/// What touches very many annotations at once: the time that the thread of the window is held up.
fn at_once(folder: &Path, big: &gainsay::model::Session) {
    let path = folder.join("once.ron");
    gainsay::store::write_file(&path, session::write(big).as_bytes()).unwrap();
    let mut harness = window(vec![path]);
    let ids: Vec<AnnotationId> = big.annotations.keys().copied().collect();
    let tags: Vec<_> = big.scheme.tags.iter().map(|tag| tag.id.clone()).collect();
    harness.state_mut().workspace.dispatch(Action::Access(AccessChoice::WorkOn));
    harness.state_mut().workspace.dispatch(Action::Pick(ids));
    let mut turn = 0;
    worst_frame(&mut harness, || {
        turn += 1;
        Action::ChangePicked(AnnotationChange::Tag(tags[turn % tags.len()].clone()))
    })
    .print("the worst frame while 10,000 annotations are retagged at once");
    worst_frame(&mut harness, || Action::Command(Command::Undo))
        .print("the worst frame while that is taken back");
    // All of them with one tag, which is then merged into another; every second time that is taken back.
    worst_frame(&mut harness, || Action::ChangePicked(AnnotationChange::Tag(tags[0].clone())));
    let mut merged = false;
    worst_frame(&mut harness, || {
        merged = !merged;
        match merged {
            true => Action::MergeTags(tags[0].clone(), tags[1].clone()),
            false => Action::Command(Command::Undo),
        }
    })
    .print(
        "the worst frame while a tag with 10,000 annotations is merged into another, or that is taken back",
    );
    drop(harness);

    let path = folder.join("rows.ron");
    let huge = made::session(100, 100_000, 100_000);
    gainsay::store::write_file(&path, session::write(&huge).as_bytes()).unwrap();
    drop(huge);
    let mut harness = window(vec![path]);
    let word = "nacht meter raad";
    let mut typed = 0;
    Times::of_thread(48, || {
        typed = (typed + 1) % (word.len() + 1);
        let text = word[..typed].to_owned();
        let filter = Filter { text, ..Filter::default() };
        harness.state_mut().workspace.dispatch(Action::SetFilter(filter));
        frame(&mut harness);
    })
    .print("a frame with a table of 100,000 rows, while typing into its filter");
}

fn main() {
    let folder = tempfile::tempdir().unwrap();
    gainsay::store::use_folder(folder.path().join("home"));
    println!("| what | CPU ms, median | 95th percentile |\n| --- | --- | --- |");

    let big = made::session(100, 20_000, 10_000);
    let bytes = session::write(&big);
    let path = folder.path().join("big.ron");
    Times::of(15, || drop(session::read(bytes.as_bytes()).unwrap()))
        .print("read a session: 100 documents, 2 MB, 10,000 annotations");
    Times::of(15, || drop(std::hint::black_box(session::write(&big)))).print("write it");
    Times::of(15, || gainsay::store::write_file(&path, bytes.as_bytes()).unwrap())
        .print("replace its file, with fsync");
    let opened = ProcessTime::now();
    let mut harness = window(vec![path.clone()]);
    println!(
        "| open it in the window, to its first frames | {:.0} | |",
        opened.elapsed().as_secs_f64() * 1_000.0
    );
    let mut tag = 0;
    Times::of(200, || {
        press(&harness, Key::S);
        harness.step();
        tag = tag % 3 + 1;
        press(&harness, [Key::Num1, Key::Num2, Key::Num3][tag - 1]);
        frame(&mut harness);
    })
    .print("select the next sentence and tag it there: two frames, journal included");
    drop(harness);
    frames("that session", vec![path]);

    at_once(folder.path(), &big);

    let seeds = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/seeds");
    let mut paths: Vec<PathBuf> = std::fs::read_dir(&seeds)
        .map(|entries| entries.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default();
    paths.sort();
    let name = if paths.is_empty() {
        paths.push(Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/harbour.ron"));
        "the sample dossier"
    } else {
        "five real documents"
    };
    frames(name, paths);
    println!("\nsession file: {:.1} MB for 2 MB of text and 10,000 annotations", bytes.len() as f64 / 1e6);
    println!("peak memory of this process: {} MB", peak_megabytes());
}

#[cfg(target_os = "linux")]
fn peak_megabytes() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.split_whitespace().next()?.parse::<u64>().ok());
    kilobytes.map_or_else(|| "unknown".to_owned(), |kb| (kb / 1_024).to_string())
}

#[cfg(not(target_os = "linux"))]
fn peak_megabytes() -> String {
    "unknown".to_owned()
}
