//! Passages carried from a text to an edited form of it, judged by a truth that the edits keep: how many are kept,
//! moved, doubtful, lost, and how many are put on a wrong passage, of which there must be none. Then what carrying costs
//! where nothing of a text is left.
//!
//! `cargo bench --bench carry`, with further texts: `cargo bench --bench carry -- FILE…`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that meets the unexpected shall stop"
)]

#[path = "carry/editing.rs"]
mod editing;

use cpu_time::ProcessTime;
use editing::{Dice, Edited, Verdict, made, passages, span};
use gainsay::model::Span;
use gainsay::text::reanchor::{Fate, carry};

/// Passages by fate, and those on a wrong place.
#[derive(Default)]
struct Rates {
    fates: [usize; 4],
    wrong: usize,
}

fn judged(rates: &mut Rates, old: &str, seed: u64, edits: usize, count: usize, shown: &mut usize) {
    let mut dice = Dice::new(seed);
    let marks = passages(old, &mut dice, count);
    let mut edited = Edited::new(old);
    edited.edit(&mut dice, edits);
    let new = edited.text();
    let spans: Vec<Span> = marks.iter().map(|mark| span(old, *mark)).collect();
    for ((mark, old_span), carried) in marks.iter().zip(&spans).zip(carry(old, &new, &spans)) {
        rates.fates[carried.fate as usize] += 1;
        let Some(sure) = carried.sure() else { continue };
        if edited.judge(*mark, sure) == Verdict::Wrong {
            rates.wrong += 1;
            if *shown > 0 {
                *shown -= 1;
                let around = |text: &str, span: Span| {
                    let from = text.floor_char_boundary(span.start().saturating_sub(80));
                    let to = text.ceil_char_boundary((span.end() + 80).min(text.len()));
                    format!(
                        "{:?} [{:?}] {:?}",
                        &text[from..span.start()],
                        span.of(text),
                        &text[span.end()..to]
                    )
                };
                println!("wrong ({:?}, seed {seed}, {edits} edits)", carried.fate);
                println!("  old {}\n  new {}", around(old, *old_span), around(&new, sure));
            }
        }
    }
}

fn told(name: &str, rates: &Rates) {
    let all: usize = rates.fates.iter().sum();
    let share = |count: usize| 100.0 * count as f64 / all.max(1) as f64;
    let [kept, moved, doubtful, lost] = rates.fates.map(share);
    println!(
        "{name:<28} {all:>7} passages: kept {kept:5.1} %, moved {moved:4.1} %, doubtful {doubtful:4.1} %, \
         lost {lost:4.1} %; wrong {}",
        rates.wrong
    );
}

fn main() {
    for edits in [1, 4, 12, 40, 120] {
        let (mut rates, mut shown) = (Rates::default(), 2);
        for seed in 0..120 {
            let size = 6 + Dice::new(seed).roll(60);
            let text = made(&mut Dice::new(seed + 1_000), size);
            judged(&mut rates, &text, seed * 7 + edits as u64, edits, 50, &mut shown);
        }
        told(&format!("generated texts, {edits} edits"), &rates);
    }
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/sample/");
    let sample = ["bode.txt", "council-letter.md", "herald.txt", "press-release.md"];
    let mut files: Vec<String> = sample.iter().map(|name| format!("{folder}{name}")).collect();
    let further: Vec<String> = std::env::args().skip(1).filter(|it| !it.starts_with("--")).collect();
    for (name, list) in [("sample dossier", &mut files), ("further texts", &mut { further })] {
        for edits in [1, 4, 12, 40] {
            let (mut rates, mut shown) = (Rates::default(), 2);
            for (nth, file) in list.iter().enumerate() {
                let Ok(text) = std::fs::read_to_string(file) else { continue };
                let text = text.replace("\r\n", "\n");
                for seed in 0..60 {
                    judged(&mut rates, &text, seed * 31 + nth as u64, edits, 30, &mut shown);
                }
            }
            if !list.is_empty() {
                told(&format!("{name}, {edits} edits"), &rates);
            }
        }
    }
    speed();
}

/// A text of which nothing is left.
fn speed() {
    let words = |seed: u64, letter: char| {
        let mut dice = Dice::new(seed);
        let mut text = String::new();
        while text.len() < 10_000_000 {
            text.push_str(&format!("{letter}{:x} ", dice.roll(1 << 20)));
            if dice.roll(12) == 0 {
                text.push_str(".\n\n");
            }
        }
        text
    };
    let (old, new) = (words(1, 'p'), words(2, 'q'));
    let marks: Vec<Span> = (0..2_000).filter_map(|at| Span::new(at * 4_000, at * 4_000 + 90)).collect();
    let from = ProcessTime::now();
    let lost = carry(&old, &new, &marks).iter().filter(|it| it.fate == Fate::Lost).count();
    println!(
        "10 MB of which nothing is left: {:.2} s, {lost} of {} lost",
        from.elapsed().as_secs_f64(),
        marks.len()
    );
}
