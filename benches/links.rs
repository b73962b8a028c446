//! Links at scale: five columns, 200 links and more on screen, all of them drawn. CPU time of the window's thread in a
//! frame, with none drawn and with all; while it scrolls; lining up. Prints a table; asserts nothing about time.
//!
//! `cargo bench --bench links`, or `cargo bench --bench links -- LINKS`.

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

use gainsay::app::{AccessChoice, Action, Command};
use gainsay::edit::{Edit, apply};
use gainsay::format::session;
use gainsay::model::{Annotation, AnnotatorId, Link, LinkId, LinkKindId, Session, Timestamp};

use run::{Times, Window};

/// Documents of a screen's height, and links from each to the next.
fn made(documents: usize, links: usize) -> Session {
    let mut session = made::session(documents, 1_600, documents * 60);
    let all: Vec<Arc<Annotation>> = session.annotations.values().cloned().collect();
    let of = |document: usize| -> Vec<&Arc<Annotation>> {
        let id = session.documents[document].id.clone();
        all.iter().filter(|it| *it.anchor.document() == id).collect()
    };
    let by_document: Vec<_> = (0..documents).map(of).collect();
    let kinds = ["denies", "qualifies", "supports", "quotes"];
    let made: Vec<Link> = (0..links)
        .map(|at| {
            let (one, other) = (&by_document[at % (documents - 1)], &by_document[at % (documents - 1) + 1]);
            let ends = (one[at * 7 % one.len()].id, other[at * 13 % other.len()].id);
            let (from, to) = if at % 3 == 0 { (ends.1, ends.0) } else { ends };
            Link {
                id: LinkId(uuid::Uuid::from_u128(at as u128 + 1)),
                kind: LinkKindId::new(kinds[at % kinds.len()]),
                from,
                to,
                note: String::new(),
                annotator: AnnotatorId::new("bench"),
                created: Timestamp::from_second(1),
                modified: Timestamp::from_second(1),
            }
        })
        .collect();
    for link in made {
        apply(&mut session, &Edit::PutLink(Arc::new(link))).unwrap();
    }
    session
}

fn main() {
    let links = std::env::args().filter_map(|it| it.parse().ok()).next().unwrap_or(200);
    let session = made(5, links);
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("links.ron");
    gainsay::store::write_file(&path, session::write(&session).as_bytes()).unwrap();
    let mut window = Window::open(vec![path], false);
    window.workspace().dispatch(Action::Access(AccessChoice::WorkOn));
    for document in session.documents.iter().skip(3) {
        window.workspace().dispatch(Action::ShowBeside(document.id.clone()));
    }
    window.settle();
    println!("| what | median, ms | 95th percentile, ms |\n| --- | --- | --- |");
    let what = format!("five documents with {links} links");
    Times::of_thread(300, || window.frame()).print(&format!("a frame of {what}, none drawn"));
    window.workspace().dispatch(Action::Command(Command::AllLinks));
    window.settle();
    Times::of_thread(300, || window.frame()).print(&format!("a frame of {what}, all drawn"));
    window.hover(700.0, 400.0);
    let mut turn = 0;
    Times::of_thread(300, || {
        turn += 1;
        window.wheel(if turn % 20 < 10 { -9.0 } else { 9.0 });
        window.frame();
    })
    .print("the same, while scrolling");
    let first = session.links.values().next().unwrap().from;
    window.workspace().dispatch(Action::JumpTo(first));
    window.settle();
    Times::of_thread(50, || {
        window.workspace().dispatch(Action::Command(Command::AlignColumns));
        window.frame();
    })
    .print("lining columns up at a linked passage");
}
