//! The figures of the manual on echoes, quotations and alerts: recall per kind, precision, plagdet on made dossiers
//! (`benches/across/made.rs`), and CPU times. Prints tables; asserts nothing about time.
//!
//! `cargo bench --bench across [-- SEED]`; `GAINSAY_BENCH_SPEED`: `0` leaves out the 100 MB, `only` measures nothing else.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that meets the unexpected shall stop"
)]

#[path = "across/made.rs"]
mod made;
#[path = "across/measure.rs"]
mod measure;

use cpu_time::ProcessTime;
use gainsay::across::echo::{Options, all_pairs, echoes_of};
use gainsay::across::index::Index;
use gainsay::across::verdict::check;
use gainsay::model::{DocumentId, Span};

fn main() {
    let seeds: Vec<u64> = std::env::args().skip(1).filter_map(|it| it.parse().ok()).collect();
    let speeds = std::env::var("GAINSAY_BENCH_SPEED").unwrap_or_default();
    if speeds != "only" {
        for seed in if seeds.is_empty() { vec![1, 2] } else { seeds } {
            quality(seed);
        }
    }
    if speeds != "0" {
        speed();
    }
}

fn quality(seed: u64) {
    let made = made::made(seed, 10, 20, 600);
    let words: usize = made.texts.iter().map(|text| text.split_whitespace().count()).sum();
    println!(
        "\nSeed {seed}: {} documents, {words} words, {} planted cases",
        made.texts.len(),
        made.cases.len()
    );
    let begun = ProcessTime::now();
    let index = measure::index(&made);
    let indexed = begun.elapsed();
    let begun = ProcessTime::now();
    let pairs = all_pairs(&index, &Options::default());
    println!("index {:.2} s, all pairs {:.2} s CPU", indexed.as_secs_f64(), begun.elapsed().as_secs_f64());
    measure::echoes(&made, &pairs);
    measure::alerts(&made, &index, &pairs);
    let session = measure::session(&made);
    let begun = ProcessTime::now();
    let checked = check(&session, &index);
    println!("{} quotations checked in {:.2} s CPU", checked.len(), begun.elapsed().as_secs_f64());
    measure::verdicts(&made, &checked);
}

/// 100 MB of text in documents of some 40 kB, with planted sentences that are then searched for.
fn speed() {
    let part = made::made(9, 40, 20, 7_000);
    let mut index = Index::default();
    let mut taken = std::time::Duration::ZERO;
    let mut total = 0;
    for round in 0.. {
        // Another seed would take most of the time to make: other documents are made of other words in the same manner.
        for (at, text) in part.texts.iter().enumerate() {
            let text: std::sync::Arc<str> =
                if round == 0 { text.as_str().into() } else { turned(text, round).into() };
            total += text.len();
            let begun = ProcessTime::now();
            index.put_text(&DocumentId::new(format!("{round}-{at}")), text, part.is_markdown[at], &[]);
            taken += begun.elapsed();
        }
        if total >= 100_000_000 {
            break;
        }
    }
    let rate = total as f64 / 1e6 / taken.as_secs_f64();
    println!("\nindex of {:.0} MB: {:.2} s CPU, {rate:.0} MB/s", total as f64 / 1e6, taken.as_secs_f64());
    let mut times: Vec<f64> = Vec::new();
    for case in part.cases.iter().take(200) {
        let id = DocumentId::new(format!("0-{}", case.report));
        let span = Span::new(case.report_span.0, case.report_span.1).unwrap();
        let begun = ProcessTime::now();
        std::hint::black_box(echoes_of(
            &index,
            &id,
            span,
            &Options { statements: false, set_phrases: false },
        ));
        times.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "echoes of a planted passage in it: median {:.1} ms, p99 {:.1}, most {:.1}",
        at(0.5),
        at(0.99),
        at(1.0)
    );
    let begun = ProcessTime::now();
    index.put_text(&DocumentId::new("0-0"), "een nieuwe tekst".into(), false, &[]);
    println!("one document replaced: {:.2} ms", begun.elapsed().as_secs_f64() * 1e3);
}

/// The text with its words in other places: the same words, as often, that say something else.
fn turned(text: &str, round: usize) -> String {
    let mut dice = made::Dice::new(round as u64);
    let mut words: Vec<&str> = text.split(' ').collect();
    for at in (1..words.len()).rev() {
        words.swap(at, dice.below(at + 1));
    }
    words.join(" ")
}
