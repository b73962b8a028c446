//! The figures of the README: opening, saving, tagging, and a frame of the window. CPU time of the process, so that
//! other work on the machine counts little. Prints a table; asserts nothing about time.
//!
//! `cargo bench --bench desk`, or `cargo bench --bench desk -- PART…` for some of its parts: file, frames, once,
//! rows, documents.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that meets the unexpected shall stop"
)]

#[path = "desk/made.rs"]
mod made;
#[path = "desk/run.rs"]
#[allow(dead_code, reason = "shared by benchmarks that use parts of it")]
mod run;

use std::path::{Path, PathBuf};
use std::time::Duration;

use cpu_time::{ProcessTime, ThreadTime};
use eframe::egui::{Key, Modifiers};
use gainsay::app::{AccessChoice, Action, AnnotationChange, Command, Filter};
use gainsay::format::session;
use gainsay::model::AnnotationId;

use run::{Times, Window, megabytes};

/// Frames at rest and while scrolling, without and with what a screen reader is told.
fn frames(what: &str, paths: Vec<PathBuf>) {
    for accessible in [false, true] {
        let what = if accessible { format!("{what}, a screen reader listening") } else { what.to_owned() };
        let mut window = Window::open(paths.clone(), accessible);
        let rest = window.repaint_delay();
        Times::of(200, || window.frame()).print(&format!("a frame, {what}, at rest, were one painted"));
        window.hover(500.0, 400.0);
        window.frame();
        let mut up = false;
        Times::of(300, || {
            window.wheel(if up { 60.0 } else { -60.0 });
            window.frame();
            let desk = window.desk();
            let pane = &desk.view.panes[0];
            let length = desk.session().document(&pane.document).unwrap().text().len();
            up = if up { pane.top > 0 } else { pane.visible.end >= length };
        })
        .print(&format!("a frame, {what}, while scrolling"));
        if !accessible {
            let rest = if rest == Duration::MAX { "never".to_owned() } else { format!("{rest:?}") };
            println!("| next repaint asked for at rest, {what} | {rest} | |");
        }
    }
}

/// In CPU time of the window's thread: the longest that it is held up in one frame, from an action until all workers are done.
fn worst_frame(window: &mut Window, mut action: impl FnMut() -> Action) -> Times {
    let mut worst = Vec::new();
    for _ in 0..15 {
        let begun = ThreadTime::now();
        window.workspace().dispatch(action());
        let mut longest = Duration::ZERO;
        let mut first = Some(begun.elapsed());
        for _ in 0..2_000 {
            let begun = ThreadTime::now();
            window.frame();
            longest = longest.max(begun.elapsed() + first.take().unwrap_or_default());
            if !window.app.workspace.busy() {
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
    let mut window = Window::open(vec![path], false);
    let ids: Vec<AnnotationId> = big.annotations.keys().copied().collect();
    let tags: Vec<_> = big.scheme.tags.iter().map(|tag| tag.id.clone()).collect();
    window.workspace().dispatch(Action::Access(AccessChoice::WorkOn));
    window.workspace().dispatch(Action::Pick(ids));
    let mut turn = 0;
    worst_frame(&mut window, || {
        turn += 1;
        Action::ChangePicked(AnnotationChange::Tag(tags[turn % tags.len()].clone()))
    })
    .print("the worst frame while 10,000 annotations are retagged at once");
    worst_frame(&mut window, || Action::Command(Command::Undo))
        .print("the worst frame while that is taken back");
    // All of them with one tag, which is then merged into another; every second time that is taken back.
    worst_frame(&mut window, || Action::ChangePicked(AnnotationChange::Tag(tags[0].clone())));
    let mut merged = false;
    worst_frame(&mut window, || {
        merged = !merged;
        match merged {
            true => Action::MergeTags(tags[0].clone(), tags[1].clone()),
            false => Action::Command(Command::Undo),
        }
    })
    .print(
        "the worst frame while a tag with 10,000 annotations is merged into another, or that is taken back",
    );
}

/// A table of very many rows.
fn rows(folder: &Path) {
    let path = folder.join("rows.ron");
    let huge = made::session(100, 100_000, 100_000);
    gainsay::store::write_file(&path, session::write(&huge).as_bytes()).unwrap();
    drop(huge);
    let mut window = Window::open(vec![path], false);
    let word = "nacht meter raad";
    let mut typed = 0;
    Times::of_thread(48, || {
        typed = (typed + 1) % (word.len() + 1);
        let text = word[..typed].to_owned();
        let filter = Filter { text, ..Filter::default() };
        window.workspace().dispatch(Action::SetFilter(filter));
        window.frame();
    })
    .print("a frame with a table of 100,000 rows, while typing into its filter");
}

fn main() {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    let wants = |part: &str| wanted.is_empty() || wanted.iter().any(|it| it == part);
    let folder = tempfile::tempdir().unwrap();
    gainsay::store::use_folder(folder.path().join("home"));
    println!("| what | CPU ms, median | 95th percentile |\n| --- | --- | --- |");

    let big = made::session(100, 20_000, 10_000);
    let bytes = session::write(&big);
    let path = folder.path().join("big.ron");
    gainsay::store::write_file(&path, bytes.as_bytes()).unwrap();
    if wants("file") {
        file(&big, &bytes, &path);
    }
    if wants("frames") {
        tagging(&path);
        frames("that session", vec![path.clone()]);
    }
    if wants("once") {
        at_once(folder.path(), &big);
    }
    if wants("rows") {
        rows(folder.path());
    }
    if wants("documents") {
        documents();
    }
    println!("\nsession file: {:.1} MB for 2 MB of text and 10,000 annotations", bytes.len() as f64 / 1e6);
    println!("peak memory of this process: {} MB", megabytes("VmHWM"));
}

/// The file of a session.
fn file(big: &gainsay::model::Session, bytes: &str, path: &Path) {
    Times::of(15, || drop(session::read(bytes.as_bytes()).unwrap()))
        .print("read a session: 100 documents, 2 MB, 10,000 annotations");
    Times::of(15, || drop(std::hint::black_box(session::write(big)))).print("write it");
    Times::of(15, || gainsay::store::write_file(path, bytes.as_bytes()).unwrap())
        .print("replace its file, with fsync");
}

/// Opening a session, and tagging sentence by sentence.
fn tagging(path: &Path) {
    let opened = ProcessTime::now();
    let mut window = Window::open(vec![path.to_owned()], false);
    println!(
        "| open it in the window, to its first frames | {:.0} | |",
        opened.elapsed().as_secs_f64() * 1_000.0
    );
    let mut tag = 0;
    Times::of(200, || {
        window.press(Key::S, Modifiers::NONE);
        window.frame();
        tag = tag % 3 + 1;
        window.press([Key::Num1, Key::Num2, Key::Num3][tag - 1], Modifiers::NONE);
        window.frame();
    })
    .print("select the next sentence and tag it there: two frames, journal included");
}

/// Real documents.
fn documents() {
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
}
