//! The figures of the manual on gamma, in CPU time of the process. Prints a table; asserts nothing about time.
//!
//! `cargo bench --bench gamma`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that meets the unexpected shall stop"
)]

use cpu_time::ProcessTime;
use gainsay::model::{DocumentId, TagId};
use gainsay::review::agreement::gamma::align::best;
use gainsay::review::agreement::gamma::disorder::{Continuum, Dissimilarity, GammaUnit};
use gainsay::review::agreement::gamma::gamma;
use gainsay::review::agreement::{Material, MaterialDocument, Unit};

fn main() {
    println!("About 120 characters a passage; CPU ms, observed: median of 5\n");
    println!("| annotators × passages | observed | whole gamma | samples | gamma | observed is the least |");
    println!("| --- | ---: | ---: | ---: | ---: | --- |");
    for (annotators, passages) in
        [(2, 100), (2, 1_000), (2, 10_000), (3, 100), (3, 1_000), (3, 10_000), (4, 1_000), (5, 1_000)]
    {
        let (continuum, length) = made(annotators, passages, 0);
        row(annotators, passages, &continuum, length, "");
    }
    for (annotators, passages) in [(2, 1_000), (3, 200), (3, 1_000)] {
        let (continuum, length) = made(annotators, passages, 600);
        row(annotators, passages, &continuum, length, ", up to 600 characters longer");
    }
}

fn row(annotators: usize, passages: usize, continuum: &Continuum, length: u64, what: &str) {
    let mut gap = 0.0;
    let mut times: Vec<f64> = (0..5)
        .map(|_| {
            let begun = ProcessTime::now();
            let found = best(continuum, Dissimilarity::PlaceAndTag, 20_000_000);
            gap = if found.proven { 0.0 } else { 1.0 - found.at_least / found.disorder() };
            begun.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    times.sort_by(f64::total_cmp);
    let material = material(continuum, length);
    let begun = ProcessTime::now();
    let found = gamma(&material, 1, &|_| true).unwrap();
    println!(
        "| {annotators} × {passages}{what} | {:.2} | {:.0} | {} | {:.4} | {} |",
        times[2],
        begun.elapsed().as_secs_f64() * 1e3,
        found.samples,
        found.gamma.unwrap(),
        if gap == 0.0 { "proven".to_owned() } else { format!("within {:.2} %", gap * 100.0) },
    );
}

/// Annotators who mostly mark the same passages, with other ends or another tag, miss some and mark some of their own.
/// `longer`: passages are longer by up to this, so that they overlap.
fn made(annotators: usize, passages: usize, longer: u64) -> (Continuum, u64) {
    let mut seed = 7_u64;
    let mut next = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let mut continuum = Continuum { annotators: vec![Vec::new(); annotators] };
    for at in 0..passages as u64 {
        let (start, length, tag) = (at * 120 + next(40), 20 + next(60) + next(longer + 1), next(4) as usize);
        for units in &mut continuum.annotators {
            let mut unit = GammaUnit { start: start as f64, end: (start + length) as f64, tag };
            match next(10) {
                0 => continue,
                1 | 2 => unit.tag = next(4) as usize,
                3 | 4 => unit.end += next(20) as f64,
                5 => unit.start -= next(15).min(start) as f64,
                _ => {}
            }
            units.push(unit);
            if next(10) == 0 {
                let start = at * 120 + next(100);
                units.push(GammaUnit { start: start as f64, end: (start + 10 + next(40)) as f64, tag });
            }
        }
    }
    (continuum, passages as u64 * 120 + 1_000)
}

fn material(continuum: &Continuum, length: u64) -> Material {
    let of = |unit: &GammaUnit| Unit {
        start: unit.start as u64,
        end: unit.end as u64,
        tag: unit.tag,
        annotation: None,
    };
    let marks = continuum.annotators.iter().map(|units| Some(units.iter().map(of).collect())).collect();
    Material {
        annotators: (0..continuum.annotators.len()).map(|at| format!("annotator {at}")).collect(),
        tags: (0..4).map(|tag| TagId::new(format!("tag-{tag}"))).collect(),
        documents: vec![MaterialDocument {
            id: DocumentId::new("made"),
            length,
            words: Vec::new(),
            sentences: Vec::new(),
            marks,
        }],
    }
}
