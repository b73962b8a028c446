//! Exact runs: the longest stretches of a passage that stand word for word in other documents. Half of a verdict on a
//! quotation, and what finds fragments made of function words, which no score would trust.

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
    exact_runs_in(index, slot, range, &|_| true)
}

/// The same of the documents that `takes` accepts.
pub(crate) fn exact_runs_in(
    index: &Index,
    slot: usize,
    range: Range<usize>,
    takes: &dyn Fn(usize) -> bool,
) -> Vec<ExactRun> {
    let Some(document) = index.document(slot) else { return Vec::new() };
    let least = range.len().min(3);
    let count = |at: usize| index.vocabulary.class_count(document.words[at].class);
    let mut rarest: Vec<usize> = range.clone().collect();
    rarest.sort_by_key(|at| (count(*at), *at));
    // A run holds some words in a row, and with them the rarest of these.
    let in_a_row = |from: usize| (from..from + least).min_by_key(|at| (count(*at), *at));
    let mut seeds: Vec<usize> =
        (range.start..(range.end + 1).saturating_sub(least)).filter_map(in_a_row).collect();
    seeds.retain(|seed| count(*seed) <= COMMON);
    seeds.extend(rarest.into_iter().take(SEEDS));
    seeds.sort_unstable();
    seeds.dedup();
    let mut runs = Vec::new();
    let same = |here: usize, other: &super::index::Indexed, there: usize| {
        index.vocabulary.is_same(document.words[here].id, other.words[there].id)
    };
    for seed in seeds {
        for posting in index.postings(document.words[seed].class) {
            let other_slot = posting.slot as usize;
            if other_slot == slot || !takes(other_slot) {
                continue;
            }
            let Some((other, places)) = index.places_of(posting) else { continue };
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
                if here.len() >= least {
                    runs.push(ExactRun { slot: other_slot, there: place - back..place + on, here });
                }
            }
        }
    }
    runs.sort_unstable_by_key(|run| {
        (std::cmp::Reverse(run.here.len()), run.slot, run.there.start, run.here.start)
    });
    runs.dedup();
    runs
}
