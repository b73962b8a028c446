//! The reader at scale: very long documents, very many annotations, very dense ones. CPU time of the window's thread;
//! memory of a process that does nothing else. Prints a table; asserts nothing about time.
//!
//! `cargo bench --bench reader`, or `cargo bench --bench reader -- PART…` for some of its parts: long, dense, line,
//! huge, memory.

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

use cpu_time::ThreadTime;
use eframe::egui::{Key, Modifiers};
use gainsay::app::{AccessChoice, Action, Command, PaneId};
use gainsay::format::session;

use run::{Times, Window, megabytes};

/// A session of one document in a file.
fn written(folder: &Path, name: &str, bytes: usize, annotations: usize) -> PathBuf {
    let path = folder.join(name);
    let made = made::session(1, bytes, annotations);
    gainsay::store::write_file(&path, session::write(&made).as_bytes()).unwrap();
    path
}

/// A window on it with so many columns on its document.
fn columns(path: &Path, columns: usize, accessible: bool) -> Window {
    let mut window = Window::open(vec![path.to_owned()], accessible);
    window.workspace().dispatch(Action::Access(AccessChoice::WorkOn));
    for _ in 1..columns {
        window.workspace().dispatch(Action::Command(Command::SplitPane));
    }
    window.settle();
    window
}

/// Scrolls through the document with the wheel.
fn scroll(window: &mut Window, what: &str) {
    window.hover(400.0, 400.0);
    window.frame();
    Times::of_thread(600, || {
        window.wheel(-90.0);
        window.frame();
    })
    .print(&format!("{what}: a frame while scrolling"));
}

/// Selects across pages with the mouse held at the lower edge.
fn sweep(window: &mut Window, what: &str) {
    window.button(400.0, 300.0, true);
    window.frame();
    Times::of_thread(300, || {
        window.hover(420.0, 1_200.0);
        window.frame();
    })
    .print(&format!("{what}: a frame while a sweep goes on over pages"));
    window.button(420.0, 700.0, false);
    window.settle();
}

fn jump(window: &mut Window, what: &str) {
    let mut down = false;
    Times::of_thread(60, || {
        down = !down;
        window.press(if down { Key::End } else { Key::Home }, Modifiers::COMMAND);
        window.frame();
    })
    .print(&format!("{what}: the frame of a jump to the end, or back"));
}

fn splitter(window: &mut Window, what: &str) {
    let ids: Vec<PaneId> = window.desk().view.panes.iter().map(|pane| pane.id).collect();
    let mut step = 0;
    Times::of_thread(120, || {
        step += 1;
        let share = 1.0 + 0.002 * (step % 100) as f32;
        let shares = ids.iter().enumerate().map(|(i, id)| (*id, if i == 0 { share } else { 1.0 }));
        window.workspace().dispatch(Action::SetShares(shares.collect()));
        window.frame();
    })
    .print(&format!("{what}: a frame while an edge between columns is dragged"));
}

fn tag(window: &mut Window, what: &str) {
    window.press(Key::Home, Modifiers::COMMAND);
    window.frame();
    let mut longest = Duration::ZERO;
    Times::of_thread(60, || {
        let begun = ThreadTime::now();
        window.press(Key::S, Modifiers::NONE);
        window.frame();
        window.press(Key::Num2, Modifiers::NONE);
        window.frame();
        longest = longest.max(begun.elapsed());
    })
    .print(&format!("{what}: the next sentence selected and tagged, two frames"));
    window.settle();
}

fn long(folder: &Path) {
    let path = written(folder, "long.ron", 10_000_000, 100_000);
    for accessible in [false, true] {
        let what = match accessible {
            false => "10 MB, 100,000 annotations, four columns",
            true => "the same, a screen reader listening",
        };
        let mut window = columns(&path, 4, accessible);
        scroll(&mut window, what);
        sweep(&mut window, what);
        jump(&mut window, what);
        splitter(&mut window, what);
        tag(&mut window, what);
    }
}

fn dense(folder: &Path) {
    let what = "100,000 annotations in 100 KB";
    let path = written(folder, "dense.ron", 100_000, 100_000);
    let mut window = columns(&path, 1, false);
    scroll(&mut window, what);
    jump(&mut window, what);
}

/// Opens a text of its own and prints the longest time that the window was held up until it was there.
fn opened(folder: &Path, what: &str, text: &str) -> Window {
    let path = folder.join("text.txt");
    std::fs::write(&path, text).unwrap();
    let begun = ThreadTime::now();
    let window = Window::open(vec![path], false);
    println!("| {what}: opened, all frames together | {:.0} | |", begun.elapsed().as_secs_f64() * 1_000.0);
    window
}

fn line(folder: &Path) {
    let what = "one line of 5 MB";
    let text = made::session(1, 5_000_000, 0).documents[0].text().replace('\n', " ");
    let mut window = opened(folder, what, &text);
    scroll(&mut window, what);
    jump(&mut window, what);
    tag(&mut window, what);
}

fn huge(folder: &Path) {
    let what = "50 MB";
    let made = made::session(1, 50_000_000, 0);
    let mut window = opened(folder, what, made.documents[0].text());
    drop(made);
    scroll(&mut window, what);
    jump(&mut window, what);
    tag(&mut window, what);
}

/// Opens, saves and rests in a process of its own, and tells what memory that took.
fn memory(folder: &Path) {
    let path = written(folder, "memory.ron", 10_000_000, 100_000);
    let program = std::env::current_exe().unwrap();
    let told = std::process::Command::new(program).arg("rest-on").arg(&path).output().unwrap();
    assert!(told.status.success(), "{}", String::from_utf8_lossy(&told.stderr));
    print!("{}", String::from_utf8_lossy(&told.stdout));
}

fn rest_on(path: &Path) {
    let mut window = columns(path, 4, false);
    println!("| 10 MB, 100,000 annotations: memory at rest, MB | {} | |", megabytes("VmRSS"));
    println!("| the same: its peak while opening, MB | {} | |", megabytes("VmHWM"));
    window.press(Key::S, Modifiers::NONE);
    window.frame();
    window.press(Key::Num1, Modifiers::NONE);
    window.frame();
    window.workspace().dispatch(Action::Command(Command::Save));
    window.settle();
    println!("| the same: its peak with saving, MB | {} | |", megabytes("VmHWM"));
    println!("| the same: at rest after saving, MB | {} | |", megabytes("VmRSS"));
}

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with('-')).collect();
    let folder = tempfile::tempdir().unwrap();
    gainsay::store::use_folder(folder.path().join("home"));
    if let [command, path] = arguments.as_slice()
        && command == "rest-on"
    {
        return rest_on(Path::new(path));
    }
    let wants = |part: &str| arguments.is_empty() || arguments.iter().any(|it| it == part);
    println!("| what | CPU ms, median | 95th percentile |\n| --- | --- | --- |");
    let parts: [(&str, fn(&Path)); 5] =
        [("long", long), ("dense", dense), ("line", line), ("huge", huge), ("memory", memory)];
    for (name, part) in parts {
        if wants(name) {
            part(folder.path());
        }
    }
}
