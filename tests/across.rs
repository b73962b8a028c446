//! Echoes in a made dossier: what was planted is found, and little else. The figures are looser than those that
//! `cargo bench --bench across` prints; a change that breaks the search falls below them.

#![allow(
    clippy::unwrap_used,
    dead_code,
    reason = "the measure is shared with the benchmark, which uses all of it"
)]

#[path = "../benches/across/made.rs"]
mod made;
#[path = "../benches/across/measure.rs"]
mod measure;

use gainsay::across::echo::{Options, all_pairs};
use made::Kind;

#[test]
fn planted_echoes_are_found_and_little_else() {
    let made = made::made(5, 2, 12, 350);
    let index = measure::index(&made);
    let figures = measure::echoes(&made, &all_pairs(&index, &Options::default()));
    for (kind, least) in
        [(Kind::Verbatim, 0.95), (Kind::Altered, 0.93), (Kind::Spliced, 0.65), (Kind::Paraphrase, 0.7)]
    {
        let (found, all) = figures.recall[&kind];
        assert!(all > 5 && found as f64 >= least * all as f64, "{kind:?}: {found} of {all}");
    }
    let firm = figures.firm_right as f64 / (figures.firm_right + figures.firm_wrong) as f64;
    assert!(firm > 0.85, "precision {firm}");
}
