//! The best alignment: every unit in one row, with the least sum of disorders.
//!
//! A row of several units can be in it only if it costs less than it does with one of its units taken out to stand
//! alone, that is, if the dissimilarities of each unit to the others of the row come to less than C + K - 1 (C pairs
//! of annotators, K units in the row). What is farther apart is never looked at.

use std::collections::BTreeMap;

use super::disorder::{Continuum, Dissimilarity, GammaUnit, Row, pairs};
use super::parts;
use crate::review::assign;

/// The best alignment that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Alignment {
    /// Its rows, in the order of their first units.
    pub rows: Vec<Row>,
    /// No alignment has less disorder.
    pub proven: bool,
    /// Sum of disorders that no alignment goes below; the sum of [`Self::rows`] if proven.
    pub at_least: f64,
}

impl Alignment {
    /// Sum of the disorders of its rows.
    pub fn disorder(&self) -> f64 {
        self.rows.iter().map(Row::disorder).sum()
    }
}

/// The best alignment of `continuum`. Exact for two annotators; for more, exact as long as `effort`, a number of steps
/// for each part of the continuum that hangs together, is enough.
pub fn best(continuum: &Continuum, by: Dissimilarity, effort: u64) -> Alignment {
    let annotators = continuum.annotators.len();
    let units = sorted(continuum);
    let (groups, known) = match annotators {
        0 | 1 => (Vec::new(), None),
        2 => (pair(&units, &near(&units, 2.0, by, usize::MAX).unwrap_or_default()), None),
        _ => more(&units, annotators, by, effort),
    };
    let mut single = vec![true; units.len()];
    let mut found: Vec<(usize, Row)> = Vec::with_capacity(units.len());
    let mut push = |members: &[usize]| {
        let mut row = vec![None; annotators];
        for member in members {
            row[units[*member].annotator] = Some(units[*member].index);
        }
        found.push((members[0], Row::of(continuum, row, by)));
    };
    for group in &groups {
        for member in group {
            single[*member] = false;
        }
        push(group);
    }
    for (at, single) in single.iter().enumerate() {
        if *single {
            push(&[at]);
        }
    }
    found.sort_by_key(|(first, _)| *first);
    let mut alignment =
        Alignment { rows: found.into_iter().map(|(_, row)| row).collect(), proven: true, at_least: 0.0 };
    let disorder = alignment.disorder();
    // What is less than rounding is no gap.
    alignment.at_least = known.map_or(disorder, |known| known.min(disorder));
    alignment.proven = known.is_none();
    alignment
}

/// A unit among all units of a continuum.
pub(super) struct Placed {
    pub unit: GammaUnit,
    pub annotator: usize,
    /// Among the annotator's units.
    pub index: usize,
}

/// All units by start.
fn sorted(continuum: &Continuum) -> Vec<Placed> {
    let mut units: Vec<Placed> = Vec::with_capacity(continuum.units());
    for (annotator, of) in continuum.annotators.iter().enumerate() {
        units.extend(of.iter().enumerate().map(|(index, unit)| Placed { unit: *unit, annotator, index }));
    }
    units.sort_by(|a, b| {
        let by_place = a.unit.start.total_cmp(&b.unit.start).then(a.unit.end.total_cmp(&b.unit.end));
        by_place.then((a.annotator, a.index).cmp(&(b.annotator, b.index)))
    });
    units
}

/// Two units of different annotators, by their places among all, the lower first, with their dissimilarity.
#[derive(Clone, Copy)]
pub(super) struct Near {
    pub first: usize,
    pub second: usize,
    pub apart: f64,
}

/// All pairs of units of different annotators that are less than `limit` apart. None if these are more than `most`.
///
/// Two spans with a gap g between them have a positional dissimilarity of (1 + 2g / sum of lengths)², so that only
/// those matter that meet when each is drawn out on both sides by (√limit - 1) / 2 of its length.
pub(super) fn near(units: &[Placed], limit: f64, by: Dissimilarity, most: usize) -> Option<Vec<Near>> {
    let factor = ((limit.sqrt() - 1.0) / 2.0).max(0.0);
    let reach = |at: usize| {
        let unit = &units[at].unit;
        let more = (unit.end - unit.start) * factor;
        (unit.start - more, unit.end + more)
    };
    let mut order: Vec<usize> = (0..units.len()).collect();
    order.sort_by(|a, b| reach(*a).0.total_cmp(&reach(*b).0).then(a.cmp(b)));
    let mut open: Vec<usize> = Vec::new();
    let mut found = Vec::new();
    for at in order {
        let from = reach(at).0;
        open.retain(|other| reach(*other).1 >= from);
        for other in &open {
            if units[*other].annotator != units[at].annotator {
                let apart = by.between(&units[at].unit, &units[*other].unit);
                if apart < limit {
                    found.push(Near { first: at.min(*other), second: at.max(*other), apart });
                }
            }
        }
        if found.len() > most {
            return None;
        }
        open.push(at);
    }
    Some(found)
}

/// The best pairs of two annotators' units: a pair costs its dissimilarity, two single units 2.
fn pair(units: &[Placed], near: &[Near]) -> Vec<Vec<usize>> {
    let gains: Vec<(usize, usize, f64)> = near
        .iter()
        .map(|pair| {
            let swap = units[pair.first].annotator > units[pair.second].annotator;
            let (left, right) = if swap { (pair.second, pair.first) } else { (pair.first, pair.second) };
            (left, right, 2.0 - pair.apart)
        })
        .collect();
    assign::best(&gains).into_iter().map(|(a, b)| vec![a.min(b), a.max(b)]).collect()
}

/// The best rows of three and more annotators, and what no alignment goes below if they are not proven to be the best.
fn more(
    units: &[Placed],
    annotators: usize,
    by: Dissimilarity,
    effort: u64,
) -> (Vec<Vec<usize>>, Option<f64>) {
    let found = parts::best(units, annotators, by, effort);
    let at_least = found.at_least.map(|at_least| at_least.max(by_pairs(units, annotators, by)));
    (found.rows, at_least)
}

/// A lower bound: what the pairs of annotators cost, each aligned for itself.
fn by_pairs(units: &[Placed], annotators: usize, by: Dissimilarity) -> f64 {
    let Some(near) = near(units, 2.0, by, 10_000_000) else { return 0.0 };
    let mut of_pair: BTreeMap<(usize, usize), Vec<(usize, usize, f64)>> = BTreeMap::new();
    for pair in &near {
        let (a, b) = (units[pair.first].annotator, units[pair.second].annotator);
        let (left, right) = if a > b { (pair.second, pair.first) } else { (pair.first, pair.second) };
        of_pair.entry((a.min(b), a.max(b))).or_default().push((left, right, 2.0 - pair.apart));
    }
    let mut sum = (units.len() * (annotators - 1)) as f64;
    for gains in of_pair.values_mut() {
        gains.sort_by_key(|(left, right, _)| (*left, *right));
        let taken = assign::best(gains);
        let place = |pair| gains.binary_search_by_key(&pair, |(left, right, _)| (*left, *right));
        sum -= taken.into_iter().filter_map(|pair| Some(gains[place(pair).ok()?].2)).sum::<f64>();
    }
    sum / pairs(annotators)
}
