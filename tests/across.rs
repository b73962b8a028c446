//! Echoes in a made dossier: what was planted is found, and little else. The figures are looser than those that
//! `cargo bench --bench across` prints; a change that breaks the search falls below them.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    dead_code,
    reason = "the measure is shared with the benchmark, which uses all of it"
)]

#[path = "across/dossiers.rs"]
mod dossiers;
#[path = "across/judge.rs"]
mod judge;
#[path = "../benches/across/made.rs"]
mod made;
#[path = "../benches/across/measure.rs"]
mod measure;

use std::collections::BTreeMap;

use gainsay::across::echo::{Level, Options, all_pairs};
use gainsay::across::verdict::check;
use judge::Share;
use made::{Kind, Trick};

/// What is reached at least: recall of verbatim and altered echoes, of statements; precision of firm echoes, of statements;
/// verdicts; alerts that are told, and that are right.
fn reaches(dossier: &dossiers::Dossier, least: [f64; 7]) {
    let figures = judge::judge(dossier);
    let firm = |shares: &BTreeMap<Level, Share>| shares[&Level::Verbatim] + shares[&Level::Altered];
    let statement =
        |shares: &BTreeMap<Level, Share>| shares.get(&Level::Statement).copied().unwrap_or_default();
    let reached = [
        firm(&figures.recall),
        statement(&figures.recall),
        firm(&figures.precision),
        statement(&figures.precision),
        figures.verdicts,
        figures.told,
        figures.alerts,
    ];
    let is_enough = reached.iter().zip(least).all(|(share, least)| share.of() >= least);
    assert!(is_enough, "{}: {reached:.2?} of {least:?}", dossier.name);
}

#[test]
fn what_was_listed_by_hand_is_found_and_little_else() {
    reaches(&dossiers::VATS, [0.95, 1.0, 0.95, 0.25, 1.0, 1.0, 1.0]);
    reaches(&dossiers::TUNNEL, [1.0, 0.08, 1.0, 0.8, 1.0, 0.9, 0.9]);
    reaches(&dossiers::HOSPITAL, [0.95, 0.12, 1.0, 1.0, 0.9, 1.0, 0.8]);
    reaches(&dossiers::SLEEP, [1.0, 0.04, 0.95, 1.0, 1.0, 1.0, 1.0]);
}

#[test]
fn planted_echoes_are_found_and_little_else() {
    let made = made::made(5, 2, 12, 350);
    let index = measure::index(&made);
    let pairs = all_pairs(&index, &Options::default());
    let figures = measure::echoes(&made, &pairs);
    for (kind, least) in
        [(Kind::Verbatim, 0.95), (Kind::Altered, 0.93), (Kind::Spliced, 0.65), (Kind::Paraphrase, 0.7)]
    {
        let (found, all) = figures.recall[&kind];
        assert!(all > 5 && found as f64 >= least * all as f64, "{kind:?}: {found} of {all}");
    }
    let firm = figures.firm_right as f64 / (figures.firm_right + figures.firm_wrong) as f64;
    assert!(firm > 0.85, "precision {firm}");

    let alerts = measure::alerts(&made, &index, &pairs);
    let [found, all, _, _] = alerts[&Trick::Negation];
    assert!(all > 5 && found as f64 >= 0.85 * all as f64, "negations: {found} of {all}");
}

#[test]
fn planted_quotations_get_their_verdicts() {
    let made = made::made(5, 2, 12, 350);
    let verdicts = measure::verdicts(&made, &check(&measure::session(&made), &measure::index(&made)));
    let least = BTreeMap::from([
        (Some(Kind::Verbatim), 0.95),
        (Some(Kind::Altered), 0.85),
        (Some(Kind::Spliced), 0.85),
    ]);
    for (kind, least) in least {
        let (right, all) = verdicts[&kind];
        assert!(all > 3 && right as f64 >= least * all as f64, "{kind:?}: {right} of {all}");
    }
}
