//! The figures of the manual on echoes, quotations and alerts: recall per kind, precision, plagdet on made dossiers
//! (`benches/across/made.rs`), and CPU times. Prints tables; asserts nothing about time.
//!
//! `cargo bench --bench across [-- SEED [--write FOLDER]]`; `GAINSAY_BENCH_SPEED`: `0` leaves out the 100 MB, `only`
//! measures nothing else. `--write`: the dossier as files, for the programs of `benches/across/reference/run.sh`.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that meets the unexpected shall stop"
)]

#[path = "across/made.rs"]
mod made;
#[path = "across/measure.rs"]
mod measure;
#[path = "across/write.rs"]
mod write;

use std::path::Path;

use cpu_time::ProcessTime;
use gainsay::across::echo::{Options, all_pairs, echoes_of};
use gainsay::across::group::groups;
use gainsay::across::index::Index;
use gainsay::across::verdict::check;
use gainsay::model::{DocumentId, Span};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let seeds: Vec<u64> = arguments.iter().filter_map(|it| it.parse().ok()).collect();
    let written = arguments.iter().position(|it| it == "--write").map(|at| Path::new(&arguments[at + 1]));
    let speeds = std::env::var("GAINSAY_BENCH_SPEED").unwrap_or_default();
    if speeds != "only" {
        for seed in if seeds.is_empty() { vec![1, 2] } else { seeds } {
            quality(seed, written);
        }
        repeated(1);
    }
    if speeds != "0" {
        speed();
    }
}

fn quality(seed: u64, written: Option<&Path>) {
    const DOCUMENTS: usize = 20;
    let made = made::made(seed, 10, DOCUMENTS, 600);
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
    let found = begun.elapsed();
    println!("index {:.2} s, all pairs {:.2} s CPU", indexed.as_secs_f64(), found.as_secs_f64());
    let session = measure::session(&made);
    let begun = ProcessTime::now();
    let grouped = groups(&session, &index, &pairs);
    let places: usize = grouped.iter().map(|group| group.places.len()).sum();
    let taken = begun.elapsed().as_secs_f64();
    println!("{} groups with {places} places of {} pairs: {taken:.2} s CPU", grouped.len(), pairs.len());
    if let Some(folder) = written {
        write::write(&made, DOCUMENTS, folder, (indexed + found).as_secs_f64()).unwrap();
    }
    measure::echoes(&made, &pairs);
    measure::alerts(&made, &index, &pairs);
    let begun = ProcessTime::now();
    let checked = check(&session, &index);
    println!("{} quotations checked in {:.2} s CPU", checked.len(), begun.elapsed().as_secs_f64());
    measure::verdicts(&made, &checked);
}

/// Ten sentences of one document in all of the others: the most that groups can be made of.
fn repeated(seed: u64) {
    let mut made = made::made(seed, 10, 20, 600);
    let sentences: Vec<String> =
        made.texts[0].split(". ").filter(|it| it.len() > 60).take(10).map(str::to_owned).collect();
    for (at, text) in made.texts.iter_mut().enumerate().skip(1) {
        for (number, sentence) in sentences.iter().enumerate() {
            text.push_str(&format!("\n\nPart {at} of {number} begins. {sentence}. It ends with {at}."));
        }
    }
    let index = measure::index(&made);
    let begun = ProcessTime::now();
    let pairs = all_pairs(&index, &Options::default());
    let found = begun.elapsed().as_secs_f64();
    let begun = ProcessTime::now();
    let grouped = groups(&measure::session(&made), &index, &pairs);
    let taken = begun.elapsed().as_secs_f64();
    let most = grouped.iter().map(|group| group.documents).max().unwrap_or(0);
    println!(
        "\n{} sentences in all {} documents: {} pairs in {found:.2} s, {} groups in {taken:.2} s CPU, most in {most}",
        sentences.len(),
        made.texts.len(),
        pairs.len(),
        grouped.len()
    );
}

/// 100 MB of text in documents of some 60 kB, with planted sentences that are then searched for.
fn speed() {
    const BYTES: usize = 100_000_000;
    let part = made::made(9, 40, 20, 7_000);
    let mut index = Index::default();
    let before = resident_mb();
    let mut taken = std::time::Duration::ZERO;
    let mut total = 0;
    'filled: for round in 0.. {
        // Another seed would take most of the time to make: other documents are made of other words in the same manner.
        for (at, text) in part.texts.iter().enumerate() {
            let text: std::sync::Arc<str> =
                if round == 0 { text.as_str().into() } else { turned(text, round).into() };
            total += text.len();
            let begun = ProcessTime::now();
            index.put_text(&DocumentId::new(format!("{round}-{at}")), text, part.is_markdown[at], &[]);
            taken += begun.elapsed();
            if total >= BYTES {
                break 'filled;
            }
        }
    }
    let rate = total as f64 / 1e6 / taken.as_secs_f64();
    println!("\nindex of {:.0} MB: {:.2} s CPU, {rate:.0} MB/s", total as f64 / 1e6, taken.as_secs_f64());
    if let (Some(before), Some(after)) = (before, resident_mb()) {
        println!("memory of texts and index: {:.0} MB, {} words", after - before, index.words());
    }
    let (mut times, mut found): (Vec<f64>, usize) = (Vec::new(), 0);
    for case in part.cases.iter().take(200) {
        let id = DocumentId::new(format!("0-{}", case.report));
        let span = Span::new(case.report_span.0, case.report_span.1).unwrap();
        let begun = ProcessTime::now();
        let echoes = echoes_of(&index, &id, span, &Options { statements: false, set_phrases: false });
        times.push(begun.elapsed().as_secs_f64() * 1e3);
        let source = DocumentId::new(format!("0-{}", case.source));
        found += usize::from(echoes.iter().any(|echo| echo.b.document == source));
    }
    times.sort_by(f64::total_cmp);
    let at = |share: f64| times[((times.len() - 1) as f64 * share) as usize];
    println!(
        "echoes of a planted passage in it: median {:.1} ms, p99 {:.1}, most {:.1}; in its source {found} of {}",
        at(0.5),
        at(0.99),
        at(1.0),
        times.len()
    );
    let begun = ProcessTime::now();
    index.put_text(&DocumentId::new("0-0"), "een nieuwe tekst".into(), false, &[]);
    println!("one document replaced: {:.2} ms", begun.elapsed().as_secs_f64() * 1e3);
}

/// Memory that this process has, where the system tells.
fn resident_mb() -> Option<f64> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmRSS:"))?;
    line.trim().trim_end_matches(" kB").parse::<f64>().ok().map(|kib| kib * 1024.0 / 1e6)
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
