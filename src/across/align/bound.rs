//! What an alignment may come to at most. Of the windows that share enough words with a passage only every eighth has them
//! close enough together; the others need not be walked with all that a match may gain or lose.
//!
//! Each word gains here the most that [`super::walk`] could give it wherever the matches before it stand, so that no window
//! is passed over that would have been accepted.

use std::ops::Range;

use super::super::index::{Indexed, Word};
use super::super::query::{Query, Searcher};
use super::super::words::flag;
use super::{FUNCTION_ALONE, FUNCTION_MOST, JUMP, KEPT, NAME, lost};

/// For sums of the same numbers in another order.
const ROUNDING: f32 = 0.05;

/// What all matches of a stretch but the first lose at least: they are in order, and jump, or are not, and are moved.
fn jump(passage: usize) -> f32 {
    JUMP.min((passage as f32).ln())
}

/// The most that a word of this weight gains which does not follow another match; and if it is a name.
pub(in super::super) fn most_of_word(word: Word, weight: f32, passage: usize) -> [f32; 2] {
    if word.has(flag::FUNCTION) {
        return [weight.min(FUNCTION_ALONE) + KEPT[1]; 2];
    }
    let gain = weight - jump(passage);
    [gain + KEPT[0], NAME * gain + KEPT[0]]
}

/// No stretch of the window sums up to more nats than this.
pub(super) fn most(searcher: &mut Searcher, query: &Query, other: &Indexed, window: Range<usize>) -> f32 {
    let (mut sum, mut best) = (0.0_f32, 0.0_f32);
    let mut before: Option<Word> = None;
    for word in &other.words[window] {
        let known = query.most(word.class);
        let is_name = usize::from(other.is_capital(*word));
        let mut gain = known.map_or(lost(*word), |gains| gains[is_name]);
        if known.is_some()
            && let Some(before) = before
        {
            gain = gain.max(following(searcher, query, before, *word));
        }
        before = known.map(|_| *word);
        sum = (sum + gain).max(0.0);
        best = best.max(sum);
    }
    best + jump(query.range.len()) + ROUNDING
}

/// The most that `word` gains if it follows the match `before`.
fn following(searcher: &mut Searcher, query: &Query, before: Word, word: Word) -> f32 {
    let mut most = f32::NEG_INFINITY;
    for (_, place) in query.places(word.class) {
        let place = usize::from(*place);
        if place == 0 || query.word(place - 1).class != before.class {
            continue;
        }
        let gain = query.follows(searcher, place).max(0.1 * query.weight(place));
        most = most.max(match word.has(flag::FUNCTION) {
            true => gain.min(FUNCTION_MOST) + KEPT[1],
            false => gain + KEPT[0],
        });
    }
    most
}
