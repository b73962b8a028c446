//! The matrix at scale: 500 statements by 500 documents. CPU time of the window's thread in a frame, at rest, while it
//! scrolls and while keys walk its cells; building it; writing it. Prints a table; asserts nothing about time.
//!
//! `cargo bench --bench matrix`, or `cargo bench --bench matrix -- STATEMENTS DOCUMENTS ANNOTATIONS`.

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

use std::sync::Arc;

use eframe::egui::{Key, Modifiers};
use gainsay::across::matrix::{Asked, build};
use gainsay::app::statements::sheet;
use gainsay::app::{AccessChoice, Action, Command};
use gainsay::edit::{Edit, apply};
use gainsay::format::session;
use gainsay::model::{
    Annotation, AnnotatorId, DocumentInfo, PartialDate, Reading, ReadingStatus, Session, Statement,
    StatementId, Timestamp,
};

use run::{Times, Window};

/// A session whose annotations are spread over statements, and whose documents have dates; every seventh is unread.
fn made(statements: usize, documents: usize, annotations: usize) -> Session {
    let mut session = made::session(documents, 900, annotations);
    let id = |at: usize| StatementId(uuid::Uuid::from_u128(at as u128 + 1));
    for at in 0..statements {
        let statement = Statement {
            id: id(at),
            name: format!("Statement {at}: the cranes at the quay were measured at night"),
            definition: String::new(),
            note: String::new(),
            date: PartialDate::default(),
            group: format!("group {}", at % 9),
            order: at as u32,
        };
        apply(&mut session, &Edit::PutStatement(Arc::new(statement))).unwrap();
    }
    let infos: Vec<_> = session.documents.iter().map(|it| (it.id.clone(), Arc::clone(&it.info))).collect();
    for (at, (id, info)) in infos.into_iter().enumerate() {
        let mut info = DocumentInfo::clone(&info);
        info.metadata.issued = PartialDate::new(&format!("{}-{:02}", 2000 + at / 12, at % 12 + 1));
        let status = if at % 7 == 0 { ReadingStatus::Reading } else { ReadingStatus::Done };
        let reading = Reading { status, at: Timestamp::from_second(1) };
        info.reading.insert(AnnotatorId::new("bench"), reading);
        apply(&mut session, &Edit::SetDocumentInfo { id, info: Arc::new(info) }).unwrap();
    }
    let all: Vec<Arc<Annotation>> = session.annotations.values().cloned().collect();
    for (at, annotation) in all.into_iter().enumerate() {
        let mut annotation = Annotation::clone(&annotation);
        annotation.statement = Some(id(at.wrapping_mul(31) % statements));
        apply(&mut session, &Edit::PutAnnotation(Arc::new(annotation))).unwrap();
    }
    session
}

fn main() {
    let numbers: Vec<usize> = std::env::args().filter_map(|it| it.parse().ok()).collect();
    let at = |place: usize, first: usize| numbers.get(place).copied().unwrap_or(first);
    let (statements, documents, annotations) = (at(0, 500), at(1, 500), at(2, 20_000));
    let what = format!("{statements} statements by {documents} documents, {annotations} passages");
    let session = made(statements, documents, annotations);
    println!("| what | median, ms | 95th percentile, ms |\n| --- | --- | --- |");
    Times::of_thread(30, || {
        std::hint::black_box(build(&session, &Asked::default()));
    })
    .print(&format!("the matrix of {what}, built"));

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("matrix.ron");
    gainsay::store::write_file(&path, session::write(&session).as_bytes()).unwrap();
    for accessible in [false, true] {
        let mut window = Window::open(vec![path.clone()], accessible);
        window.workspace().dispatch(Action::Access(AccessChoice::WorkOn));
        window.workspace().dispatch(Action::Command(Command::ShowMatrix));
        window.settle();
        let heard = if accessible { ", a screen reader listening" } else { "" };
        Times::of_thread(200, || window.frame()).print(&format!("a frame of {what}, at rest{heard}"));
        window.hover(700.0, 400.0);
        window.frame();
        let mut turn = 0;
        Times::of_thread(400, || {
            turn += 1;
            window.wheel(if turn % 200 < 100 { -90.0 } else { 90.0 });
            window.frame();
        })
        .print(&format!("the same, while scrolling{heard}"));
        let keys = [Key::ArrowRight, Key::ArrowDown, Key::ArrowRight, Key::PageDown];
        Times::of_thread(200, || {
            turn += 1;
            window.press(keys[turn % keys.len()], Modifiers::NONE);
            window.frame();
        })
        .print(&format!("the same, a key walks to the next cell{heard}"));
    }
    let mut window = Window::open(vec![path], false);
    window.workspace().dispatch(Action::Command(Command::ShowMatrix));
    window.settle();
    Times::of_thread(5, || {
        std::hint::black_box(sheet(window.desk()).svg());
    })
    .print("written as SVG");
    Times::of_thread(5, || {
        std::hint::black_box(sheet(window.desk()).html());
    })
    .print("written as HTML");
}
