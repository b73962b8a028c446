//! Quotations that differ in a word or two: too short or too common in wording for a score to trust them, but between
//! quotation marks nearly the whole of a stretch that stands in another document is no chance.
//!
//! Where three words in a row agree, the words around them are compared with the quotation in order. What counts is the
//! share of both that agrees, by words and by what the words weigh: a frame of function words filled with other content is
//! no quotation.

use std::ops::Range;

use super::super::index::{Index, Indexed};
use super::super::query::Searcher;
use super::super::runs::ExactRun;

/// The share of words that must agree, in order, and of their weight.
const WORDS: f32 = 0.7;
const WEIGHT: f32 = 0.65;
/// The share of the quotation's content words.
const CONTENT: f32 = 0.6;
/// What a function word counts.
const FUNCTION: f32 = 0.25;
/// So many of the longest runs are tried.
const TRIED: usize = 80;
/// Longer quotations have scores of their own.
const LONGEST: usize = 60;

/// Places that nearly are the words `range` of a document, each with how many words agree.
pub(super) fn near_places(
    searcher: &Searcher,
    document: &Indexed,
    range: &Range<usize>,
    runs: &[ExactRun],
) -> Vec<(usize, usize, Range<usize>)> {
    if range.len() > LONGEST {
        return Vec::new();
    }
    let index = searcher.index;
    let slack = (range.len() / 4).max(2);
    let mut found: Vec<(usize, usize, Range<usize>)> = Vec::new();
    // Runs that stand as far apart here as there have the same words around them.
    let mut tried: Vec<(usize, usize, usize)> = Vec::new();
    for run in runs.iter().take(TRIED) {
        let Some(other) = index.document(run.slot) else { continue };
        if found.iter().any(|(_, slot, place)| {
            *slot == run.slot && place.start <= run.there.start && run.there.end <= place.end
        }) {
            continue;
        }
        let from = run.there.start.saturating_sub(run.here.start - range.start + slack);
        let to = (run.there.end + (range.end - run.here.end) + slack).min(other.words.len());
        if tried.contains(&(run.slot, from, to)) {
            continue;
        }
        tried.push((run.slot, from, to));
        let pairs = in_order(index, (document, range.clone()), (other, from..to));
        let (Some(first), Some(last)) = (pairs.first(), pairs.last()) else { continue };
        // Words before the first and behind the last that agree were replaced or are not there.
        let place = first.1..last.1 + 1;
        let share = |matched: f32, here: f32, there: f32| 2.0 * matched / (here + there).max(0.001);
        let weight = |document: &Indexed, words: &mut dyn Iterator<Item = usize>| -> f32 {
            let weigh = |at: usize| {
                let word = document.words[at];
                let function = index.vocabulary.entry(word.id).kind.function;
                -searcher.chance(word).ln() * if function { FUNCTION } else { 1.0 }
            };
            words.map(weigh).sum()
        };
        let words = share(pairs.len() as f32, range.len() as f32, place.len() as f32);
        let weights = share(
            weight(document, &mut pairs.iter().map(|it| it.0)),
            weight(document, &mut range.clone()),
            weight(other, &mut place.clone()),
        );
        let is_content = |at: &usize| !index.vocabulary.entry(document.words[*at].id).kind.function;
        let content = pairs.iter().filter(|it| is_content(&it.0)).count();
        let all = range.clone().filter(is_content).count() as f32;
        if words >= WORDS && weights >= WEIGHT && content >= 2 && content as f32 >= CONTENT * all {
            found.push((pairs.len(), run.slot, place));
        }
    }
    found
}

/// The longest common sequence of words, as pairs of positions.
fn in_order(
    index: &Index,
    (one, a): (&Indexed, Range<usize>),
    (two, b): (&Indexed, Range<usize>),
) -> Vec<(usize, usize)> {
    let keys = |document: &Indexed, range: &Range<usize>| -> Vec<u64> {
        document.words[range.clone()].iter().map(|word| index.vocabulary.same_key(word.id)).collect()
    };
    let (left, right) = (keys(one, &a), keys(two, &b));
    let width = b.len() + 1;
    let mut lengths = vec![0_u16; (a.len() + 1) * width];
    for (i, x) in left.iter().enumerate().rev() {
        for (j, y) in right.iter().enumerate().rev() {
            lengths[i * width + j] = if x == y {
                lengths[(i + 1) * width + j + 1] + 1
            } else {
                lengths[(i + 1) * width + j].max(lengths[i * width + j + 1])
            };
        }
    }
    let (mut i, mut j, mut pairs) = (0, 0, Vec::new());
    while i < a.len() && j < b.len() {
        if left[i] == right[j] {
            pairs.push((a.start + i, b.start + j));
            (i, j) = (i + 1, j + 1);
        } else if lengths[(i + 1) * width + j] >= lengths[i * width + j + 1] {
            i += 1;
        } else {
            j += 1;
        }
    }
    pairs
}
