//! Whether and where a passage stands in a window of another document: a likelihood ratio, "reused" against "chance",
//! summed over words. One score serves verbatim, altered and moved wording, and has a threshold with a meaning.
//!
//! The window is walked once: each word gains what its match is worth, or costs what a copyist would not have
//! added; the stretch that sums up highest is kept (Kadane's maximum subarray). Then the passage is cut in the same way by
//! the gains of its matched words, then the window again, until both ends stand still. Order pays but is not required.

mod bound;

use std::ops::Range;

use super::index::{Indexed, Word};
use super::query::{Query, Searcher};
use super::words::flag;
pub(super) use bound::most_of_word;

/// Any match: the chance that a copyist keeps the word.
const KEPT: [f32; 2] = [-0.35, -0.05];
/// A word that was not matched: content, number, function.
const LOST: [f32; 3] = [-1.1, -0.8, -0.25];
/// How far words may be apart to be in order.
const NEAR: usize = 4;
/// What a match in order, but not next to the one before, loses.
const JUMP: f32 = 1.4;
/// Another word of the same class; another form of the same stem.
const OTHER_STEM: f32 = -1.2;
const OTHER_FORM: f32 = -0.2;
/// The most that a function word gains.
const FUNCTION_MOST: f32 = 1.5;
const FUNCTION_ALONE: f32 = 0.3;
/// Nats below which words of a neighboring sentence do not belong.
const WEAK: f32 = 6.0;
/// What a name counts.
const NAME: f32 = 0.5;
/// Nats that the first walk may come short of what the cut alignment has.
const SLACK: f32 = 3.0;

/// A word of the passage and the word of the window that it matches.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct Match {
    /// Position in the passage's document.
    pub here: usize,
    /// Position in the other document.
    pub there: usize,
    /// In nats.
    pub gain: f32,
    /// The same word, not only the same class.
    pub is_same: bool,
}

/// The best stretch of a window.
#[derive(Clone, Debug)]
pub(crate) struct Alignment {
    /// Words of the passage's document.
    pub here: Range<usize>,
    /// Words of the other document.
    pub there: Range<usize>,
    /// In nats.
    pub score: f32,
    /// In the order of `there`.
    pub matches: Vec<Match>,
}

/// Aligns the passage of `query` with the words `window` of `other`, if it may come to `least` nats.
pub(crate) fn align(
    searcher: &mut Searcher,
    query: &Query,
    other: &Indexed,
    window: Range<usize>,
    least: f32,
) -> Option<Alignment> {
    if bound::most(searcher, query, other, window.clone()) + SLACK < least {
        return None;
    }
    let (mut there, mut matches, first) = walk(searcher, query, other, window)?;
    // Cutting only takes off, but for the little that a match costs more than a word that was lost.
    if first + SLACK < least {
        return None;
    }
    let mut here = query.range.clone();
    let mut score = 0.0;
    for _ in 0..4 {
        let words_here = &query.document.words;
        let mut gains: Vec<(usize, f32)> = matches.iter().map(|it| (it.here, it.gain)).collect();
        gains.sort_unstable_by_key(|(at, _)| *at);
        let (new_here, score_here) = best_stretch(words_here, query.range.clone(), &gains)?;
        matches.retain(|it| new_here.contains(&it.here));
        let gains: Vec<(usize, f32)> = matches.iter().map(|it| (it.there, it.gain)).collect();
        let (new_there, score_there) = best_stretch(&other.words, there.clone(), &gains)?;
        matches.retain(|it| new_there.contains(&it.there));
        score = score_here.min(score_there);
        let is_still = new_here == here && new_there == there;
        (here, there) = (new_here, new_there);
        if is_still {
            break;
        }
    }
    // What chance adds from the neighboring sentence is left off.
    let gains = |side: fn(&Match) -> usize, matches: &[Match]| {
        let mut gains: Vec<(usize, f32)> = matches.iter().map(|it| (side(it), it.gain)).collect();
        gains.sort_unstable_by_key(|(at, _)| *at);
        gains
    };
    let whole = (here.clone(), there.clone());
    here = trimmed(&query.document.words, here, &gains(|it| it.here, &matches));
    there = trimmed(&other.words, there, &gains(|it| it.there, &matches));
    if whole != (here.clone(), there.clone()) {
        matches.retain(|it| here.contains(&it.here) && there.contains(&it.there));
        let words_here = &query.document.words;
        let (new_here, score_here) = best_stretch(words_here, here, &gains(|it| it.here, &matches))?;
        matches.retain(|it| new_here.contains(&it.here));
        let (new_there, score_there) = best_stretch(&other.words, there, &gains(|it| it.there, &matches))?;
        matches.retain(|it| new_there.contains(&it.there));
        (here, there, score) = (new_here, new_there, score_here.min(score_there));
    }
    (matches.len() >= 2).then_some(Alignment { here, there, score, matches })
}

/// Without the beginning that belongs to the sentence before, or the end that belongs to the next, if little agrees there.
fn trimmed(words: &[Word], range: Range<usize>, gains: &[(usize, f32)]) -> Range<usize> {
    let sum = |part: Range<usize>| -> f32 {
        let from = gains.partition_point(|(at, _)| *at < part.start);
        let matched = gains[from..].iter().take_while(|(at, _)| *at < part.end);
        let (count, gain) = matched.fold((0, 0.0), |(count, sum), (_, gain)| (count + 1, sum + gain));
        let unmatched = part.len().saturating_sub(count) as f32;
        gain - 0.5 * unmatched
    };
    let borders: Vec<usize> =
        (range.start + 1..range.end).filter(|at| words[*at].has(flag::SENTENCE)).collect();
    let third = range.len() / 3;
    let is_weak = |part: Range<usize>| part.len() <= third && sum(part) < WEAK;
    let first = borders.iter().copied().filter(|at| is_weak(range.start..*at)).max();
    let start = first.unwrap_or(range.start);
    let last = borders.iter().copied().filter(|at| *at > start && is_weak(*at..range.end)).min();
    start..last.unwrap_or(range.end)
}

/// Matches the words of the window in order and keeps the stretch that sums up highest, with its sum.
fn walk(
    searcher: &mut Searcher,
    query: &Query,
    other: &Indexed,
    window: Range<usize>,
) -> Option<(Range<usize>, Vec<Match>, f32)> {
    let mut used = vec![0_u32; query.range.len()];
    let mut epoch = 1;
    let (mut sum, mut start, mut first) = (0.0_f32, window.start, 0);
    let (mut best, mut best_range, mut best_matches) = (0.0_f32, 0..0, 0..0);
    let mut matches: Vec<Match> = Vec::new();
    // The last match: where here, where there, whether it was the same word.
    let mut last: Option<(usize, usize, bool)> = None;
    for at in window {
        let word = other.words[at];
        let places = query.places(word.class);
        let mut gain = lost(word);
        if !places.is_empty()
            && let Some((place, found, moves)) =
                matched(searcher, query, other, (at, word), places, &used, epoch, last)
        {
            gain = found.gain;
            if moves {
                last = Some((place, at, found.is_same));
            }
            used[place] = epoch;
            matches.push(found);
        }
        sum += gain;
        if sum <= 0.0 {
            (sum, start, first, last) = (0.0, at + 1, matches.len(), None);
            epoch += 1;
        } else if sum > best {
            (best, best_range, best_matches) = (sum, start..at + 1, first..matches.len());
        }
    }
    (best > 0.0).then(|| (best_range, matches[best_matches].to_vec(), best))
}

/// The word of the passage that a word of the window is taken for: its place there, the match, and whether what follows
/// is to be sought behind it.
#[expect(
    clippy::too_many_arguments,
    reason = "the state of one loop, which would only be wrapped and unwrapped"
)]
fn matched(
    searcher: &mut Searcher,
    query: &Query,
    other: &Indexed,
    (at, word): (usize, Word),
    places: &[(u32, u16)],
    used: &[u32],
    epoch: u32,
    last: Option<(usize, usize, bool)>,
) -> Option<(usize, Match, bool)> {
    let free = places.iter().map(|(_, place)| *place as usize).filter(|place| used[*place] != epoch);
    let distance = |place: usize| match last {
        Some((before, _, _)) if place > before => (place - before - 1, 0),
        Some((before, _, _)) => (before - place + NEAR, 1),
        None => (0, place),
    };
    let place = free.min_by_key(|place| distance(*place))?;
    let mine = query.document.words[query.range.start + place];
    let index = searcher.index;
    let is_same = index.vocabulary.is_same(mine.id, word.id);
    let is_function = index.vocabulary.entry(word.id).kind.function;
    let weight = searcher.weight(query, place, other, word);
    let follows =
        last.is_some_and(|(before, there, same)| place == before + 1 && at == there + 1 && same && is_same);
    let in_order = last
        .is_none_or(|(before, there, _)| place > before && place - before <= NEAR && at - there <= NEAR + 1);
    let mut gain = if follows {
        searcher.follows(query, place, weight).max(0.1 * weight)
    } else if last.is_none() {
        weight
    } else if in_order {
        weight - JUMP
    } else if is_function {
        return None;
    } else {
        weight - (query.range.len() as f32).ln()
    };
    if !is_same {
        let is_form = index.vocabulary.entry(mine.id).stem == index.vocabulary.entry(word.id).stem;
        gain += if is_form { OTHER_FORM } else { OTHER_STEM };
    }
    if is_function {
        // Apart from its neighbors a function word says nothing.
        gain = gain.min(if follows { FUNCTION_MOST } else { FUNCTION_ALONE });
    } else if index.is_name(other, word) {
        gain *= NAME;
    }
    gain += KEPT[usize::from(is_function)];
    // A function word that could begin anything holds nothing in its place.
    let moves = !is_function || in_order && last.is_some();
    let found = Match { here: query.range.start + place, there: at, gain, is_same };
    Some((place, found, moves || is_function && last.is_none()))
}

/// What a word costs that is not matched.
fn lost(word: Word) -> f32 {
    LOST[if word.has(flag::FUNCTION) { 2 } else { usize::from(word.has(flag::VALUE)) }]
}

/// The stretch of `range` that sums up highest; `gains` are of matched words, sorted.
fn best_stretch(words: &[Word], range: Range<usize>, gains: &[(usize, f32)]) -> Option<(Range<usize>, f32)> {
    let mut gains = gains.iter().peekable();
    let (mut sum, mut start) = (0.0_f32, range.start);
    let (mut best, mut best_range) = (0.0_f32, 0..0);
    for at in range {
        sum += match gains.next_if(|(matched, _)| *matched == at) {
            Some((_, gain)) => *gain,
            None => lost(words[at]),
        };
        if sum <= 0.0 {
            (sum, start) = (0.0, at + 1);
        } else if sum > best {
            (best, best_range) = (sum, start..at + 1);
        }
    }
    (best > 0.0).then_some((best_range, best))
}
