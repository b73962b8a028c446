//! The sentences beside an echo: a report that takes one sentence often takes the next. There an alignment is not the best of
//! all places of the dossier but of one, and less of it is no chance.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::super::align::align;
use super::super::query::{Searcher, units};
use super::{Found, Level, accept};

/// Nats that the alignment must have: the chance of a few places, and more than elsewhere, because so many are asked.
const LEAST: f32 = 9.5;
/// Words between the end of an echo and that of its sentence.
const LOST: usize = 4;
/// Words that the other side may have besides.
const BESIDE: usize = 8;

/// What aligns beside the echoes `found` and is not among them. Only sentences that `takes` accepts are looked at.
pub(super) fn neighbors(
    searcher: &mut Searcher,
    found: &[Found],
    takes: &dyn Fn(usize, &Range<usize>) -> bool,
) -> Vec<Found> {
    let index = searcher.index;
    let mut known: BTreeMap<(usize, usize), Vec<(Range<usize>, Range<usize>)>> = BTreeMap::new();
    for it in found {
        known.entry(it.slots).or_default().push((it.here.clone(), it.there.clone()));
        known.entry((it.slots.1, it.slots.0)).or_default().push((it.there.clone(), it.here.clone()));
    }
    let mut of_slot: BTreeMap<usize, Vec<Range<usize>>> = BTreeMap::new();
    let mut asked: BTreeSet<(usize, usize, usize, usize)> = BTreeSet::new();
    let mut more = Vec::new();
    for it in found.iter().filter(|it| it.level != Level::Statement && !it.is_set_phrase) {
        let (Some(here), Some(there)) = (index.document(it.slots.0), index.document(it.slots.1)) else {
            continue;
        };
        let units = of_slot.entry(it.slots.0).or_insert_with(|| units(&here.words, 0..here.words.len()));
        let last = units.partition_point(|unit| unit.end < it.here.end);
        let first = units.partition_point(|unit| unit.end <= it.here.start);
        let next = units.get(last).filter(|unit| unit.end <= it.here.end + LOST).and(units.get(last + 1));
        let before = units.get(first).filter(|unit| unit.start + LOST >= it.here.start);
        let before = before.and(first.checked_sub(1)).and_then(|at| units.get(at));
        let behind = |unit: &Range<usize>| {
            let start = it.there.end.saturating_sub(LOST);
            start..(it.there.end + unit.len() * 3 / 2 + BESIDE).min(there.words.len())
        };
        let ahead = |unit: &Range<usize>| {
            it.there.start.saturating_sub(unit.len() * 3 / 2 + BESIDE)..it.there.start + LOST
        };
        let beside = next.map(|unit| (unit.clone(), behind(unit)));
        let beside = beside.into_iter().chain(before.map(|unit| (unit.clone(), ahead(unit))));
        for (unit, window) in beside {
            let touches = |a: &Range<usize>, b: &Range<usize>| {
                let shared = a.end.min(b.end).saturating_sub(a.start.max(b.start));
                shared * 3 > a.len().min(b.len())
            };
            let is_known = known.get(&it.slots).is_some_and(|pairs| {
                pairs.iter().any(|(here, there)| touches(here, &unit) && touches(there, &window))
            });
            if is_known
                || !takes(it.slots.0, &unit)
                || !asked.insert((it.slots.0, unit.start, it.slots.1, window.start))
            {
                continue;
            }
            let Some(query) = searcher.query(it.slots.0, unit) else { continue };
            let Some(aligned) = align(searcher, &query, there, window, LEAST) else { continue };
            more.extend(accept(searcher, &query, (it.slots.1, there), aligned, LEAST));
        }
    }
    more
}
