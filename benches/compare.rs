//! The figures of the README on comparing: two sessions of 10,000 annotations, and a text of 10 MB that was corrected,
//! in CPU time of the process. Prints a table; asserts nothing about time.
//!
//! `cargo bench --bench compare`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that meets the unexpected shall stop"
)]

#[path = "desk/made.rs"]
mod made;

use std::sync::Arc;

use cpu_time::ProcessTime;
use gainsay::edit::{Edit, apply};
use gainsay::model::{Anchor, Annotation, AnnotationId, Session, Span, TagId};
use gainsay::review::cases::cases;
use gainsay::review::compare::compare;
use gainsay::review::layer::Layer;
use gainsay::text::reanchor::{Fate, carry};
use uuid::Uuid;

/// Another reader of the same documents: of each three marks one the same, one with other ends, one with another tag.
fn another(session: &Session) -> Session {
    let mut other = session.clone();
    for (number, annotation) in session.annotations.values().enumerate() {
        apply(&mut other, &Edit::RemoveAnnotation(annotation.id)).unwrap();
        let mut changed = Annotation::clone(annotation);
        changed.id = AnnotationId(Uuid::from_u128(annotation.id.0.as_u128() ^ 1 << 20));
        let Anchor::Placed { document, span } = &annotation.anchor else { continue };
        let text = session.document(document).unwrap().text();
        if number % 3 == 1 {
            let end = text.floor_char_boundary((span.end() + 17).min(text.len()));
            let span = Span::new(span.start(), end).unwrap();
            changed.anchor = Anchor::Placed { document: document.clone(), span };
        } else if number % 3 == 2 {
            changed.tag = TagId::new(if changed.tag.as_str() == "claim" { "denial" } else { "claim" });
        }
        apply(&mut other, &Edit::PutAnnotation(Arc::new(changed))).unwrap();
    }
    other
}

fn median<T>(runs: usize, mut run: impl FnMut() -> T) -> (f64, T) {
    let mut last = None;
    let mut times: Vec<f64> = (0..runs)
        .map(|_| {
            let begun = ProcessTime::now();
            last = Some(run());
            begun.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    (times[runs / 2], last.unwrap())
}

fn main() {
    println!("CPU ms, median of 5\n\n| what | ms | result |\n| --- | ---: | --- |");
    for (documents, bytes) in [(100, 20_000), (1, 2_000_000), (1, 100_000)] {
        let ours = made::session(documents, bytes, 10_000);
        let theirs = Arc::new(another(&ours));
        let (laid, layer) = median(5, || Layer::over(&ours, Arc::clone(&theirs)));
        let (compared, comparison) = median(5, || compare(&ours, &|_| true, &layer, true));
        let (queued, queue) = median(5, || cases(&ours, &|_| true, &[&layer], true));
        let size = format!("{documents} × {} KB, 10,000 and 10,000", bytes / 1_000);
        println!("| layer over a session, {size} | {laid:.0} | {} documents |", layer.documents.len());
        println!("| compare, {size} | {compared:.0} | {:?} |", comparison.counts());
        println!("| cases, {size} | {queued:.0} | {} |", queue.cases.len());
    }
    let session = made::session(1, 10_000_000, 10_000);
    let old = session.documents[0].text();
    let spans: Vec<Span> =
        session.annotations.values().filter_map(|annotation| annotation.anchor.span()).collect();
    let corrected = old.replace("mogelijk volgens", "waarschijnlijk, naar verluidt,");
    let half = old.floor_char_boundary(old.len() / 2);
    let turned = format!("{}{}", &old[half..], &old[..half]);
    let mut seed = 99;
    let other = made::prose(10_000_000, &mut seed);
    let wrapped = old.replace(". ", ".\n");
    for (what, new) in [
        ("corrected in places", &corrected),
        ("halves turned", &turned),
        ("other text", &other),
        ("wrapped", &wrapped),
    ] {
        let (ms, carried) = median(1, || carry(old, new, &spans));
        let count = |fate| carried.iter().filter(|carried| carried.fate == fate).count();
        let [kept, moved, doubtful, lost] = [Fate::Kept, Fate::Moved, Fate::Doubtful, Fate::Lost].map(count);
        println!(
            "| carry 10,000 over 10 MB, {what} | {ms:.0} | {kept} kept, {moved} moved, {doubtful} doubtful, {lost} lost |"
        );
    }
}
