//! Quotations that were put together: two places of a document as if they were one, or parts around a mark of omission.
//! Each part stands word for word in the source, though it may be too short for a score to trust it in running text.

use std::ops::Range;

use super::index::{Index, Indexed};
use super::runs::{ExactRun, exact_runs_in};
use super::words::flag;

/// Words in a row that are no chance between quotation marks.
pub(crate) const RUN: usize = 4;
/// Words that may be lost at each end of a splice, and at its joint.
const LOST_AT_END: usize = 2;
const LOST_AT_JOINT: usize = 3;
/// Words between the parts around a mark of omission: about a page.
const PAGE: usize = 500;
/// So many of the longest runs are tried.
const TRIED: usize = 60;

/// The share of its words that the parts of a splice must have.
const TILED: (usize, usize) = (4, 5);

/// A part of a quotation and where it stands in the source.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub here: Range<usize>,
    pub there: Range<usize>,
}

/// Two exact runs of one document that tile the quotation `words` and stand apart there: the slot of the document, and both.
pub(crate) fn spliced(words: &Range<usize>, runs: &[ExactRun]) -> Option<(usize, [Part; 2])> {
    let long: Vec<&ExactRun> = runs.iter().filter(|run| run.here.len() >= RUN).take(TRIED).collect();
    for first in long.iter().filter(|run| run.here.start <= words.start + LOST_AT_END) {
        for second in
            long.iter().filter(|run| run.slot == first.slot && run.here.end + LOST_AT_END >= words.end)
        {
            let joint = second.here.start as isize - first.here.end as isize;
            let covered =
                second.here.end.saturating_sub(second.here.start.max(first.here.end)) + first.here.len();
            let is_tiled = joint <= LOST_AT_JOINT as isize
                && second.here.start > first.here.start
                && covered * TILED.1 >= words.len() * TILED.0;
            let apart = (second.there.start as isize - first.there.start as isize)
                - (second.here.start as isize - first.here.start as isize);
            // Two halves of one sentence that changed places are no splice.
            let is_turned = second.there.end <= first.there.start
                && first.there.start - second.there.end <= LOST_AT_JOINT;
            if is_tiled && !is_turned && apart.unsigned_abs() > (words.len() / 2).max(12) {
                let part = |run: &ExactRun| Part { here: run.here.clone(), there: run.there.clone() };
                return Some((first.slot, [part(first), part(second)]));
            }
        }
    }
    None
}

/// By slot, whether a document has enough of the words of a quotation to hold all its parts.
pub(crate) fn sources(index: &Index, document: &Indexed, words: &Range<usize>) -> Vec<bool> {
    let content = document.words[words.clone()].iter().filter(|word| !word.has(flag::FUNCTION));
    let mut had = vec![0; index.most_slots()];
    let mut all = 0;
    for word in content {
        all += 1;
        index.postings(word.class).iter().for_each(|posting| had[posting.slot as usize] += 1);
    }
    let least = all - (words.len() * (TILED.1 - TILED.0) / TILED.1).min(all);
    had.into_iter().map(|had: usize| had >= least).collect()
}

/// The parts of the quotation `words` around marks of omission, each exact, in order, in one document and within about a page:
/// all that begin with another place of the first part.
pub(crate) fn omission(
    index: &Index,
    of: (usize, &Indexed),
    words: &Range<usize>,
) -> Vec<(usize, Vec<Part>)> {
    omission_in(index, of, words, &|_| true)
}

/// The same of the documents that `takes` accepts.
pub(crate) fn omission_in(
    index: &Index,
    (slot, document): (usize, &Indexed),
    words: &Range<usize>,
    takes: &dyn Fn(usize) -> bool,
) -> Vec<(usize, Vec<Part>)> {
    let cuts = (words.start + 1..words.end).filter(|at| document.words[*at].has(flag::OMISSION));
    let borders: Vec<usize> = [words.start].into_iter().chain(cuts).chain([words.end]).collect();
    if borders.len() < 3 {
        return Vec::new();
    }
    let of_part = |here: &Range<usize>| -> Vec<(usize, Part)> {
        let runs =
            exact_runs_in(index, slot, here.clone(), takes).into_iter().filter(|run| run.here == *here);
        runs.map(|run| (run.slot, Part { here: run.here, there: run.there })).collect()
    };
    let mut parts = borders.windows(2).map(|pair| of_part(&(pair[0]..pair[1])));
    let first = parts.next().unwrap_or_default();
    let mut chains: Vec<(usize, Vec<Part>)> = first.into_iter().map(|(slot, it)| (slot, vec![it])).collect();
    for part in parts {
        chains.retain_mut(|(slot, chain)| {
            let end = chain.last().map_or(0, |last| last.there.end);
            let follows = |it: &&(usize, Part)| {
                it.0 == *slot && it.1.there.start >= end && it.1.there.start - end <= PAGE
            };
            let next = part.iter().filter(follows).min_by_key(|it| it.1.there.start);
            chain.extend(next.map(|it| it.1.clone()));
            next.is_some()
        });
    }
    chains
}
