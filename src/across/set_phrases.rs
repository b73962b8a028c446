//! The discount for set phrases: offices, titles, formulas that stand everywhere. Without it they are nearly all that is
//! found.
//!
//! Wording that recurs in the same company is no evidence that one place was taken from the other: for the rarest matched
//! words the surroundings of all their other places are looked at, and what stands there too gains only as much as
//! its share among them is surprising.

mod bits;

use std::ops::Range;

use super::align::Alignment;
use super::index::Indexed;
use super::query::{Query, Searcher};
use super::words::flag;
use bits::Bits;

/// So many of the rarest matched classes are asked.
const ANCHORS: usize = 4;
/// A class that has not so many places more than a statement and its echoes tells nothing of what recurs.
const RECURS: f32 = 4.0;
/// Words of a dossier in which phrases stand too seldom to be counted.
const SMALL: usize = 5_000;
/// A class with fewer places tells nothing even where it recurs within one document.
const FEWEST: u32 = 4;
/// Words before and after a place that are its surroundings.
const AROUND: usize = 10;
/// The most that is taken off: a long statement that twenty papers quote survives, a title of six words does not.
const MOST: f32 = 40.0;
/// What a statement ends at, and the most words of it that are gone through.
const BORDERS: u16 = flag::SENTENCE | flag::QUOTE | flag::OMISSION;
const LONGEST: usize = 80;
/// So many surroundings are looked at.
const LOOKED_AT: usize = 200;
/// A word that has the same words right beside it in most of its places is one of a frame ("it is the aim that"): so many of
/// the words so near, in such a share of its places.
const FRAME: usize = 3;
const BESIDE: usize = 3;
const FRAMED: f32 = 0.6;

/// What the dossier's set phrases leave of an alignment.
pub(crate) struct Discount {
    /// To be taken off its score.
    pub off: f32,
    /// Content words that are no names and belong to no frame.
    pub telling: usize,
}

/// What is to be taken off the score of an alignment. No more is looked for once less than `asked` is left of it.
pub(crate) fn discount(
    searcher: &Searcher,
    query: &Query,
    other: &Indexed,
    found: &Alignment,
    asked: f32,
) -> Discount {
    let index = searcher.index;
    let vocabulary = &index.vocabulary;
    // The classes matched, each with its gains.
    let mut classes: Vec<(u32, u32, f32)> = Vec::new();
    for it in &found.matches {
        let word = other.words[it.there];
        match classes.iter_mut().find(|(_, class, _)| *class == word.class) {
            Some((_, _, gain)) => *gain += it.gain.max(0.0),
            None => classes.push((vocabulary.class_count(word.class), word.class, it.gain.max(0.0))),
        }
    }
    let is_function = |class: u32| {
        let at = found.matches.iter().find(|it| other.words[it.there].class == class);
        at.is_some_and(|it| vocabulary.entry(other.words[it.there].id).kind.function)
    };
    let is_open = is_open(query.document, &found.here, found.matches.len())
        && is_open(other, &found.there, found.matches.len());
    let mut anchors: Vec<(u32, u32)> = classes
        .iter()
        .filter(|(count, class, _)| *count as f32 >= RECURS + index.own_places() && !is_function(*class))
        .map(|(count, class, _)| (*count, *class))
        .collect();
    anchors.sort_unstable();
    anchors.truncate(ANCHORS);
    // In a small dossier a phrase shows itself by recurring within one document.
    if index.words() < SMALL && anchors.len() < ANCHORS && is_open {
        let mut more: Vec<(u32, u32)> = classes
            .iter()
            .filter(|(count, class, _)| *count >= FEWEST && !is_function(*class))
            .map(|(count, class, _)| (*count, *class))
            .filter(|it| !anchors.contains(it) && recurs(searcher, other, found, it.1))
            .collect();
        more.sort_unstable();
        anchors.extend(more.into_iter().take(ANCHORS));
        anchors.sort_unstable();
        anchors.truncate(ANCHORS);
    }
    let bits = Bits::of(classes.iter().map(|(_, class, _)| *class));
    let mask = |takes: &dyn Fn(u32) -> bool| {
        let bits = classes.iter().take(bits::MOST).enumerate().filter(|(_, (_, class, _))| takes(*class));
        bits.fold(0_u64, |all, (at, _)| all | 1 << at)
    };
    let content = mask(&|class| !is_function(class));
    let mut left: Vec<f32> = classes.iter().map(|(_, _, gain)| *gain).collect();
    let gained: f32 = classes.iter().map(|(_, _, gain)| gain).sum();
    let off = |left: &[f32]| (gained - left.iter().sum::<f32>()).min(MOST);
    let mut frame = vec![false; classes.len()];
    for (order, (count, anchor)) in anchors.iter().enumerate() {
        let stride = (*count as usize).div_ceil(LOOKED_AT).max(1);
        let (mut seen, mut places, mut framed) = (0_usize, 0_u32, 0_u32);
        let of_anchor = mask(&|class| class == *anchor);
        let own = found.matches.iter().map(|it| it.there).find(|at| other.words[*at].class == *anchor);
        let mut together = vec![0_u32; classes.len()];
        for posting in index.postings(*anchor) {
            // One of so many places is looked at.
            let first = stride - 1 - seen % stride;
            seen += posting.count as usize;
            if first >= posting.count as usize {
                continue;
            }
            let Some((document, positions)) = index.places_of(posting) else { continue };
            let (is_here, is_there) = (posting.slot as usize == query.slot, std::ptr::eq(document, other));
            for at in positions[first..].iter().step_by(stride) {
                let at = *at as usize;
                if is_here && found.here.contains(&at) || is_there && found.there.contains(&at) {
                    continue;
                }
                places += 1;
                let around = at.saturating_sub(AROUND)..(at + AROUND + 1).min(document.words.len());
                let around = document.words[around].iter();
                let mut met = around.fold(0, |met, word| met | bits.bit(word.class));
                // The same sentence once more makes no phrase of it.
                if !is_open
                    && is_most_of(met & content, content)
                    && sentence_around(document, at).len() * 2 <= found.there.len() * 3
                {
                    places -= 1;
                    continue;
                }
                // With the same words beside it, and without any other that says something: no repeated statement, but a frame.
                let is_alone = met & content & !of_anchor == 0;
                framed +=
                    u32::from(is_alone && own.is_some_and(|own| is_framed((other, own), (document, at))));
                while met != 0 {
                    together[met.trailing_zeros() as usize] += 1;
                    met &= met - 1;
                }
            }
        }
        if places < 2 {
            continue;
        }
        if framed as f32 >= FRAMED * places as f32 {
            let at = classes.iter().position(|(_, class, _)| class == anchor);
            at.into_iter().for_each(|at| frame[at] = true);
        }
        for (place, (_, class, _)) in classes.iter().enumerate() {
            let is_earlier = anchors[..=order].iter().any(|(_, earlier)| earlier == class);
            if !is_earlier && together[place] >= 2 {
                let share = together[place] as f32 / places as f32;
                left[place] = left[place].min(-share.min(1.0).ln());
            }
        }
        if found.score - off(&left) < asked {
            return Discount { off: off(&left), telling: 0 };
        }
    }
    let is_plain = |class: u32| {
        let at = found.matches.iter().find(|it| other.words[it.there].class == class);
        at.is_some_and(|it| !index.is_name(other, other.words[it.there])) && !is_function(class)
    };
    let tells = |at: &usize| !frame[*at] && is_plain(classes[*at].1);
    let telling = (0..classes.len()).filter(tells).count();
    Discount { off: off(&left), telling }
}

/// Whether two thirds and more of some classes are among those met.
fn is_most_of(met: u64, all: u64) -> bool {
    all != 0 && met.count_ones() * 3 >= all.count_ones() * 2
}

/// The sentence or quotation that a word stands in.
fn sentence_around(document: &Indexed, at: usize) -> Range<usize> {
    let begins = |at: &usize| document.words[*at].has(BORDERS);
    let start = (at.saturating_sub(LONGEST)..=at).rev().find(begins).unwrap_or(at.saturating_sub(LONGEST));
    let end = (at + 1..document.words.len().min(at + LONGEST)).find(begins);
    start..end.unwrap_or(document.words.len().min(at + LONGEST))
}

/// Whether a match is no more than a part of its sentence: whole sentences and quotations that recur are statements,
/// not set phrases.
fn is_open(document: &Indexed, range: &Range<usize>, matched: usize) -> bool {
    let is_border = |at: usize| document.words.get(at).is_none_or(|word| word.has(BORDERS));
    !(is_border(range.start) && is_border(range.end) && matched * 5 >= range.len() * 4)
}

/// Whether some document has a word twice with the same words beside it as the match has: a text says a thing once, and its
/// offices and formulas as often as it needs them.
fn recurs(searcher: &Searcher, other: &Indexed, found: &Alignment, class: u32) -> bool {
    let Some(own) = found.matches.iter().map(|it| it.there).find(|at| other.words[*at].class == class) else {
        return false;
    };
    searcher.index.places(class).any(|(slot, places)| {
        let Some(document) = searcher.index.document(slot).filter(|_| places.len() >= 2) else {
            return false;
        };
        let alike = places.iter().filter(|at| is_framed((other, own), (document, **at as usize)));
        alike.take(2).count() == 2
    })
}

/// Whether two places of a word have the same words right beside it.
fn is_framed((one, here): (&Indexed, usize), (two, there): (&Indexed, usize)) -> bool {
    let same = |step: usize| {
        let ahead = here >= step && there >= step && one.words[here - step].id == two.words[there - step].id;
        let behind = match (one.words.get(here + step), two.words.get(there + step)) {
            (Some(a), Some(b)) => a.id == b.id,
            _ => false,
        };
        usize::from(ahead) + usize::from(behind)
    };
    (1..=BESIDE).map(same).sum::<usize>() >= FRAME
}
