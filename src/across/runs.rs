//! Exact runs: the longest stretches of a passage that stand word for word in other documents. Half of a verdict on a
//! quotation, and what finds fragments made of function words, which no score would trust.

use std::collections::BTreeSet;
use std::ops::Range;

use super::index::Index;

/// A stretch of the passage and its equal in another document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct ExactRun {
    pub slot: usize,
    pub here: Range<usize>,
    pub there: Range<usize>,
}

/// Words with more places than this are no seeds, but for the rarest.
const COMMON: u32 = 2_000;
/// So many of the rarest words are seeds in any case.
const SEEDS: usize = 2;

/// All maximal runs of at least three words (or the whole of a shorter passage), the longest first.
pub(crate) fn exact_runs(index: &Index, slot: usize, range: Range<usize>) -> Vec<ExactRun> {
    let Some(document) = index.document(slot) else { return Vec::new() };
    let least = range.len().min(3);
    let mut seeds: Vec<usize> = range.clone().collect();
    let count = |at: usize| index.vocabulary.class_count(document.words[at].class);
    seeds.sort_by_key(|at| (count(*at), *at));
    let mut seen: BTreeSet<(usize, usize, usize)> = BTreeSet::new();
    let mut runs = Vec::new();
    let same = |here: usize, other: &super::index::Indexed, there: usize| {
        index.vocabulary.is_same(document.words[here].id, other.words[there].id)
    };
    for (order, seed) in seeds.into_iter().enumerate() {
        if order >= SEEDS && count(seed) > COMMON {
            break;
        }
        for (other_slot, places) in index.places(document.words[seed].class) {
            let Some(other) = index.document(other_slot).filter(|_| other_slot != slot) else { continue };
            for &place in places {
                let place = place as usize;
                if !same(seed, other, place) {
                    continue;
                }
                let back = (0..=(seed - range.start).min(place))
                    .take_while(|step| same(seed - step, other, place - step))
                    .count()
                    - 1;
                let most = (range.end - seed).min(other.words.len() - place);
                let on = (0..most).take_while(|step| same(seed + step, other, place + step)).count();
                let here = seed - back..seed + on;
                if here.len() >= least && seen.insert((other_slot, here.start, place - back)) {
                    runs.push(ExactRun { slot: other_slot, there: place - back..place + on, here });
                }
            }
        }
    }
    runs.sort_by_key(|run| (std::cmp::Reverse(run.here.len()), run.slot, run.there.start));
    runs
}
