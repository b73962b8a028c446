//! Two sentences that may state the same in other words: a weaker sign than an alignment, with its own threshold, for
//! readers who ask for it.

use std::ops::Range;

use super::align::{Alignment, Match};
use super::index::Indexed;
use super::query::{Query, Searcher};

/// What counts for less than a content word.
const FUNCTION: f32 = 0.25;
const NAME: f32 = 0.5;
const ENDING: f32 = 0.4;

/// What a sentence says, as weights of its classes.
#[derive(Clone, Debug, Default)]
pub(crate) struct Content {
    /// Class, ending, weight; sorted by class, each once.
    words: Vec<(u32, u32, f32)>,
    weight: f32,
    /// Content words that are no names.
    pub plain: usize,
    /// A bit for each class, some share one.
    signature: [u64; 4],
}

/// The bit of a class in a signature.
fn bit(class: u32) -> (usize, u64) {
    ((class >> 6) as usize & 3, 1 << (class & 63))
}

impl Content {
    pub fn of(searcher: &Searcher, document: &Indexed, range: Range<usize>) -> Self {
        let index = searcher.index;
        let mut words: Vec<(u32, u32, f32)> = Vec::with_capacity(range.len());
        let mut plain = 0;
        for word in &document.words[range] {
            let entry = index.vocabulary.entry(word.id);
            let mut weight = -searcher.chance(*word).ln();
            if entry.kind.function && !entry.kind.negation {
                weight *= FUNCTION;
            } else if index.is_name(document, *word) {
                weight *= NAME;
            } else {
                let elsewhere = document.places(word.class).len().saturating_sub(1) as f32;
                weight = weight.min(-(0.5 * elsewhere / document.words.len() as f32).max(1e-9).ln());
                plain += 1;
            }
            words.push((word.class, entry.ending, weight));
        }
        words.sort_unstable_by_key(|(class, _, _)| *class);
        words.dedup_by_key(|(class, _, _)| *class);
        let weight = words.iter().map(|(_, _, weight)| weight).sum();
        let mut signature = [0; 4];
        for (at, bit) in words.iter().map(|(class, _, _)| bit(*class)) {
            signature[at] |= bit;
        }
        Self { words, weight, plain, signature }
    }

    /// Whether both may share `least` nats and be as similar as `similarity`: quickly told, and mostly not.
    pub fn may_state(&self, other: &Self, least: f32, similarity: f32) -> bool {
        let lesser = self.weight.min(other.weight);
        if lesser <= 0.0 {
            return false;
        }
        // The similarity is what is shared, times this.
        let factor = 1.0 / (self.weight + other.weight) + 0.5 / lesser;
        let asked = least.max(similarity / factor);
        self.most_shared(other) >= asked && other.most_shared(self) >= asked
    }

    /// The weight that both share is no more than this.
    fn most_shared(&self, other: &Self) -> f32 {
        let most = |(class, ending, weight): &(u32, u32, f32)| {
            let (at, bit) = bit(*class);
            match other.signature[at] & bit != 0 {
                true => *weight,
                false if *ending != 0 => ENDING * weight,
                false => 0.0,
            }
        };
        self.words.iter().map(most).sum::<f32>() * 1.001
    }

    /// Half Dice, half containment of the shorter one; and the weight that both share.
    pub fn similarity(&self, other: &Self) -> (f32, f32) {
        let (mut shared, mut a, mut b) = (0.0, 0, 0);
        let (mut loose_a, mut loose_b): (Vec<(u32, f32)>, Vec<(u32, f32)>) = (Vec::new(), Vec::new());
        while a < self.words.len() || b < other.words.len() {
            match (self.words.get(a), other.words.get(b)) {
                (Some(one), Some(two)) if one.0 == two.0 => {
                    shared += one.2.min(two.2);
                    (a, b) = (a + 1, b + 1);
                }
                (Some(one), two) if two.is_none_or(|two| one.0 < two.0) => {
                    if one.1 != 0 {
                        loose_a.push((one.1, one.2));
                    }
                    a += 1;
                }
                (_, Some(two)) => {
                    if two.1 != 0 {
                        loose_b.push((two.1, two.2));
                    }
                    b += 1;
                }
                _ => break,
            }
        }
        for (ending, weight) in &loose_a {
            if let Some(at) = loose_b.iter().position(|(other, _)| other == ending) {
                shared += ENDING * weight.min(loose_b.swap_remove(at).1);
            }
        }
        if self.weight <= 0.0 || other.weight <= 0.0 {
            return (0.0, 0.0);
        }
        let dice = 2.0 * shared / (self.weight + other.weight);
        (0.5 * dice + 0.5 * shared / self.weight.min(other.weight), shared)
    }
}

/// The words that a passage shares with a sentence, wherever they stand in it, as an alignment whose gains are their weights.
pub(crate) fn shared_words(
    searcher: &Searcher,
    query: &Query,
    other: &Indexed,
    range: &Range<usize>,
) -> Alignment {
    let index = searcher.index;
    let mut matches: Vec<Match> = Vec::new();
    for there in range.clone() {
        let word = other.words[there];
        let Some((_, place)) = query.places(word.class).first() else { continue };
        let here = query.range.start + *place as usize;
        if matches.iter().any(|it| it.here == here) {
            continue;
        }
        let entry = index.vocabulary.entry(word.id);
        let factor = match () {
            () if entry.kind.function && !entry.kind.negation => FUNCTION,
            () if index.is_name(other, word) => NAME,
            () => 1.0,
        };
        let gain = searcher.weight(query, *place as usize, other, word) * factor;
        matches.push(Match { here, there, gain, is_same: query.word(*place as usize).id == word.id });
    }
    let score = matches.iter().map(|it| it.gain).sum();
    Alignment { here: query.range.clone(), there: range.clone(), score, matches }
}
