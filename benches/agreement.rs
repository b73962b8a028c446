//! The figures of the README on agreement: three readers with 10,000 passages each in 1.2 million characters, in CPU time
//! of the process. Prints a table; asserts nothing about time. With a path, the same layers are written there as JSON, for
//! `tests/peers/agreement/ratios.py`.
//!
//! `cargo bench --bench agreement [-- LAYERS.json]`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that meets the unexpected shall stop"
)]

use std::ops::Range;

use cpu_time::ProcessTime;
use gainsay::model::{DocumentId, TagId};
use gainsay::review::agreement::bootstrap::intervals;
use gainsay::review::agreement::coding::{self, Base, Coding};
use gainsay::review::agreement::matching::{self, Matching};
use gainsay::review::agreement::sums::Grain;
use gainsay::review::agreement::unitizing::{self, Unitizing};
use gainsay::review::agreement::{Material, MaterialDocument, Unit, View};

const READERS: usize = 3;

/// SplitMix64 (Steele, Lea, Flood 2014).
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: u64) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % bound
    }
}

/// A passage for every 120 characters; the others leave out, shift, cut and retag what the first has marked.
fn made(passages: u64) -> Material {
    let mut chance = Chance(7);
    let length = passages * 120;
    let words: Vec<Range<u64>> = (0..length / 6).map(|at| at * 6..at * 6 + 5).collect();
    let sentences: Vec<Range<u64>> = (0..length / 90).map(|at| at * 90..at * 90 + 89).collect();
    let mut marks: Vec<Vec<Unit>> = vec![Vec::new(); READERS];
    let mut put = |reader: usize, start: u64, end: u64, tag: usize| {
        let marks: &mut Vec<Unit> = &mut marks[reader];
        marks.push(Unit { start, end: end.max(start + 1).min(length), tag, annotation: None });
    };
    for at in 0..passages {
        let start = at * 120 + chance.below(60);
        let end = start + 10 + chance.below(80);
        let tag = chance.below(3) as usize;
        put(0, start, end, tag);
        for reader in 1..READERS {
            match chance.below(10) {
                0 => put(reader, start, end, (tag + 1) % 3),
                1 => {
                    put(reader, start, start + 5, tag);
                    put(reader, start + 6, end, tag);
                }
                2 | 3 => put(reader, start + chance.below(12), end + chance.below(12), tag),
                4 => {}
                _ => put(reader, start, end, tag),
            }
        }
    }
    Material {
        annotators: (0..READERS).map(|at| format!("reader {at}")).collect(),
        tags: ["claim", "denial", "caveat"].map(TagId::new).to_vec(),
        documents: vec![MaterialDocument {
            id: DocumentId::new("d"),
            length,
            words,
            sentences,
            marks: marks.into_iter().map(Some).collect(),
        }],
    }
}

/// The median CPU time of five runs in ms, and what the last gave.
fn timed<T>(mut run: impl FnMut() -> T) -> (f64, T) {
    let mut last = None;
    let mut times: Vec<f64> = (0..5)
        .map(|_| {
            let begun = ProcessTime::now();
            last = Some(run());
            begun.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    (times[2], last.unwrap())
}

fn main() {
    let layers = std::env::args().skip(1).find(|argument| argument.ends_with(".json"));
    println!("{READERS} readers, a passage for every 120 characters, CPU ms, median of 5\n");
    println!("| passages of each | what | value | ms |\n| ---: | --- | ---: | ---: |");
    for passages in [100, 1_000, 10_000] {
        let material = made(passages);
        let row =
            |what: &str, (ms, value): (f64, f64)| println!("| {passages} | {what} | {value:.6} | {ms:.3} |");
        let view = || View::new(&material, &[0, 1, 2], None, None);
        for base in Base::ALL {
            let coding = || {
                let mut view = view();
                let sums = coding::cells(&mut view, base, Grain::Documents).total();
                let coding = Coding::of(&view, &sums);
                (coding.fleiss(), coding.cohen(), coding.multi_kappa(), coding.ac1(), coding.alpha())
                    .4
                    .unwrap()
            };
            row(&format!("kappas and alpha, {base:?}").to_lowercase(), timed(coding));
        }
        let alphas = || {
            let mut view = view();
            let sums = unitizing::cells(&mut view, Grain::Documents).total();
            let unitizing = Unitizing::of(&view, &sums);
            (unitizing.bar_u_alpha(), unitizing.cu_alpha(), unitizing.u_alpha()).2.unwrap()
        };
        row("unitizing alphas", timed(alphas));
        let matching = || {
            let mut view = view();
            let sums = matching::cells(&mut view, Grain::Documents).total();
            let matching = Matching::of(&view, &sums);
            (matching.f1_overlap(), matching.f1_character(), matching.f1_exact()).2.unwrap()
        };
        row("f1", timed(matching));
        let resampled = || {
            let mut view = view();
            let cells = unitizing::cells(&mut view, Grain::Sentences);
            let figures = |sums: &[u128]| vec![Unitizing::of(&view, sums).u_alpha()];
            let ends = intervals(&cells, &figures, 1_000, 7, &|| true).unwrap();
            ends[0].unwrap().0
        };
        row("lower end of uα, 1,000 resamples of sentences", timed(resampled));
        if let (Some(path), 1_000) = (&layers, passages) {
            std::fs::write(path, json(&material)).unwrap();
        }
    }
}

/// One document as JSON: its length, words and sentences, and the marks of each reader.
fn json(material: &Material) -> String {
    let document = &material.documents[0];
    let pairs =
        |ranges: &[Range<u64>]| ranges.iter().map(|range| [range.start, range.end]).collect::<Vec<_>>();
    let marks = |marks: &Option<Vec<Unit>>| {
        let marks = marks.iter().flatten();
        marks.map(|unit| (unit.start, unit.end, material.tags[unit.tag].as_str())).collect::<Vec<_>>()
    };
    serde_json::json!({
        "length": document.length,
        "words": pairs(&document.words),
        "sentences": pairs(&document.sentences),
        "layers": document.marks.iter().map(marks).collect::<Vec<_>>(),
    })
    .to_string()
}
