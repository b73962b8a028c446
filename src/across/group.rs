//! From pairs to groups: "this sentence stands in four documents", with the places in order of date and the wordings told
//! apart. Seven documents that repeat a sentence are one group, not twenty-one pairs.
//!
//! A group grows around a stretch, the shortest first: every pair that has it on one side leads to its place on the other, and
//! from there to further documents. A short sentence inside a long repeated stretch has a group of its own when more
//! documents have it. Dates order the places and do not say who took from whom.

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::Session;

use super::diff::{Change, word_diff};
use super::echo::{Echo, Level, Place};
use super::index::Index;

/// A place of a group.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    /// Where it stands.
    pub place: Place,
    /// The date of its document is understood. Places without one stand last.
    pub is_dated: bool,
    /// Which wording it has, from 0, in the order in which wordings first appear.
    pub wording: usize,
}

/// A stretch and all documents where it stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Group {
    /// By date, undated last.
    pub places: Vec<Standing>,
    /// How many documents have it.
    pub documents: usize,
    /// How many wordings it has. Equal are those whose folded words are.
    pub wordings: usize,
}

/// The share of a stretch that a pair must have on one side to lead on from it.
const HELD: f32 = 0.7;
/// Words that a place must have to be one of a group.
const SHORTEST: usize = 4;

/// A stretch by slot and words.
type Stretch = (usize, Range<usize>);

/// A pair by words.
struct Pair {
    sides: [Stretch; 2],
    /// Words of the first and of the second side that are the same, in order.
    kept: Vec<(usize, usize)>,
}

/// The groups of some echoes: those that stand in most documents first, then the longest. Sentences that only may state the
/// same, and set phrases, make no groups.
pub fn groups(session: &Session, index: &Index, echoes: &[Echo]) -> Vec<Group> {
    let firm = echoes.iter().filter(|it| it.level != Level::Statement && !it.is_set_phrase);
    let pairs: Vec<Pair> = firm.filter_map(|echo| pair(index, echo)).collect();
    let mut of_slot: BTreeMap<usize, Vec<(usize, usize)>> = BTreeMap::new();
    for (at, pair) in pairs.iter().enumerate() {
        for side in 0..2 {
            of_slot.entry(pair.sides[side].0).or_default().push((at, side));
        }
    }
    let mut seeds: Vec<&Stretch> = pairs.iter().flat_map(|pair| &pair.sides).collect();
    seeds.sort_by_key(|(slot, words)| (words.len(), *slot, words.start));
    seeds.dedup();
    let mut found: Vec<Vec<Stretch>> = seeds.into_iter().map(|seed| grown(&pairs, &of_slot, seed)).collect();
    let documents = |group: &Vec<Stretch>| {
        let mut slots: Vec<usize> = group.iter().map(|(slot, _)| *slot).collect();
        slots.sort_unstable();
        slots.dedup();
        slots.len()
    };
    let words = |group: &Vec<Stretch>| group.iter().map(|(_, words)| words.len()).max().unwrap_or(0);
    found.retain(|group| documents(group) > 1);
    found.sort_by(|a, b| {
        (documents(b), words(b)).cmp(&(documents(a), words(a))).then_with(|| start(a).cmp(&start(b)))
    });
    let mut kept: Vec<Vec<Stretch>> = Vec::new();
    for group in found {
        if !kept.iter().any(|other| says_no_more(&group, other)) {
            kept.push(group);
        }
    }
    kept.into_iter().map(|group| in_order(session, index, &group)).collect()
}

fn start(group: &[Stretch]) -> Option<(usize, usize)> {
    group.iter().map(|(slot, words)| (*slot, words.start)).min()
}

fn pair(index: &Index, echo: &Echo) -> Option<Pair> {
    let side = |place: &Place| -> Option<Stretch> {
        let slot = index.slot(&place.document)?;
        Some((slot, index.document(slot)?.words_in(place.span)))
    };
    let sides = [side(&echo.a)?, side(&echo.b)?];
    let (one, two) = (index.document(sides[0].0)?, index.document(sides[1].0)?);
    let runs = word_diff(index, (one, sides[0].1.clone()), (two, sides[1].1.clone()));
    let kept = runs.into_iter().filter(|run| run.change == Change::Kept);
    let kept = kept.flat_map(|run| run.a.zip(run.b)).collect();
    Some(Pair { sides, kept })
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// All places that pairs lead to from a stretch.
fn grown(pairs: &[Pair], of_slot: &BTreeMap<usize, Vec<(usize, usize)>>, seed: &Stretch) -> Vec<Stretch> {
    let mut group = vec![seed.clone()];
    let mut next = 0;
    while let Some((slot, words)) = group.get(next).cloned() {
        next += 1;
        for &(at, side) in of_slot.get(&slot).into_iter().flatten() {
            let mine = &pairs[at].sides[side].1;
            if (overlap(mine, &words) as f32) < HELD * words.len() as f32 {
                continue;
            }
            let other_slot = pairs[at].sides[1 - side].0;
            let there = across(&pairs[at], side, &words);
            let fits = there.len() >= SHORTEST.min(seed.1.len()) && there.len() * 2 >= seed.1.len();
            let is_known =
                group.iter().any(|(slot, known)| *slot == other_slot && overlap(known, &there) > 0);
            if fits && !is_known {
                group.push((other_slot, there));
            }
        }
    }
    group.sort_by_key(|(slot, words)| (*slot, words.start));
    group
}

/// The part of the other side that stands for some words of one side: up to its ends where they are those of the pair.
fn across(pair: &Pair, side: usize, words: &Range<usize>) -> Range<usize> {
    let (mine, other) = (&pair.sides[side].1, &pair.sides[1 - side].1);
    let kept = pair.kept.iter().map(|(a, b)| if side == 0 { (*a, *b) } else { (*b, *a) });
    let inside: Vec<(usize, usize)> = kept.filter(|(here, _)| words.contains(here)).collect();
    let from = if words.start <= mine.start { Some(other.start) } else { inside.first().map(|it| it.1) };
    let to = if words.end >= mine.end { Some(other.end) } else { inside.last().map(|it| it.1 + 1) };
    from.zip(to).map_or(0..0, |(from, to)| from..to.max(from))
}

/// Whether each place of a group lies in one of a group that was kept, for the most part.
fn says_no_more(group: &[Stretch], kept: &[Stretch]) -> bool {
    group.iter().all(|(slot, words)| {
        kept.iter().any(|(other, place)| slot == other && overlap(words, place) * 2 > words.len())
    })
}

fn in_order(session: &Session, index: &Index, group: &[Stretch]) -> Group {
    let mut standing: Vec<(Place, Vec<(bool, u32)>)> = Vec::new();
    // A number and its name are the same word.
    let key_of = |id: u32| {
        let entry = index.vocabulary.entry(id);
        if entry.is_number { (true, entry.stem) } else { (false, id) }
    };
    for (slot, words) in group {
        let Some(document) = index.document(*slot) else { continue };
        let Some(span) = document.span_of(words.clone()) else { continue };
        let folded = document.words[words.clone()].iter().map(|word| key_of(word.id)).collect();
        standing.push((Place { document: document.id.clone(), span }, folded));
    }
    let date = |place: &Place| session.document(&place.document).map(|it| &it.info.metadata.issued);
    let key = |place: &Place| date(place).map(|date| date.sort_key());
    standing.sort_by(|(a, _), (b, _)| {
        let by_date = key(a).is_none().cmp(&key(b).is_none()).then_with(|| key(a).cmp(&key(b)));
        by_date.then_with(|| a.cmp(b))
    });
    let mut wordings: Vec<&[(bool, u32)]> = Vec::new();
    let mut places = Vec::new();
    for (place, folded) in &standing {
        let wording = wordings.iter().position(|it| it == folded).unwrap_or_else(|| {
            wordings.push(folded);
            wordings.len() - 1
        });
        let is_dated = date(place).is_some_and(|date| date.parts().is_some());
        places.push(Standing { place: place.clone(), is_dated, wording });
    }
    let mut documents: Vec<_> = places.iter().map(|it| &it.place.document).collect();
    documents.sort();
    documents.dedup();
    Group { documents: documents.len(), wordings: wordings.len(), places }
}

#[cfg(test)]
mod tests;
