//! One passage against all other documents: what its words weigh, and where it is worth looking.

use std::cell::Cell;
use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher};
use std::ops::Range;
use std::sync::Mutex;

use super::align::most_of_word;
use super::index::{BUCKET, Index, Indexed, MORE, Word};
use super::vocabulary::ClassId;
use super::words::flag;

/// The prior counts as so many words of text.
const PRIOR_WORDS: f32 = 3_000.0;
/// Places worth aligning, at most.
const CANDIDATES: usize = 25;
/// A class with more places than this is passed over, once rarer ones have given enough.
const COMMON: u32 = 20_000;
/// A class with more places than this counts only beside what rarer ones have touched, once these have given enough.
const FREQUENT: u32 = 1_000;
/// Buckets to a block, all of which are beside a touched one; more than a window has.
const BLOCK: u32 = 16;
/// Pairs of words are counted at so many places at most.
const PAIR_PLACES: usize = 600;

/// A hash of pairs of numbers of our own: nobody chooses them to collide.
#[derive(Clone, Copy, Default)]
struct Quick(u64);

impl BuildHasher for Quick {
    type Hasher = Self;

    fn build_hasher(&self) -> Self {
        Self(0)
    }
}

impl Hasher for Quick {
    fn write(&mut self, bytes: &[u8]) {
        bytes.iter().for_each(|byte| self.write_u64(u64::from(*byte)));
    }

    fn write_u64(&mut self, number: u64) {
        let mixed = (self.0 ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15);
        self.0 = mixed ^ mixed >> 32;
    }

    fn finish(&self) -> u64 {
        self.0
    }
}

/// What a search needs and leaves as it found it, or has counted: kept with the index until a document comes or goes, because
/// a passage is found in less time than these arrays take to be made.
#[derive(Debug, Default)]
pub(crate) struct Scratch {
    /// All zero between searches.
    buckets: Vec<f32>,
    touched: Vec<(u32, u32)>,
    /// A bit by block of buckets; none set between searches.
    beside: Vec<u64>,
    /// How often a word follows another.
    pairs: HashMap<u64, f32, Quick>,
}

impl Scratch {
    /// Adds the weight of a class to a bucket; `only_beside`: if it is near one that has some.
    #[inline]
    fn add(&mut self, bucket: u32, slot: u32, weight: f32, only_beside: bool) {
        let block = (bucket / BLOCK) as usize;
        if only_beside && self.beside[block / 64] >> (block % 64) & 1 == 0 {
            return;
        }
        let sum = &mut self.buckets[bucket as usize];
        if *sum == 0.0 {
            self.touched.push((bucket, slot));
            if !only_beside {
                blocks(bucket).for_each(|block| self.beside[block / 64] |= 1 << (block % 64));
            }
        }
        *sum += weight;
    }
}

/// Pairs that are remembered, at most.
const MOST_PAIRS: usize = 1 << 20;

/// The [`Scratch`] of searches that are over. A copy of an index has none.
#[derive(Debug, Default)]
pub(crate) struct Pool(Mutex<Vec<Scratch>>);

impl Pool {
    fn take(&self) -> Scratch {
        self.0.lock().ok().and_then(|mut kept| kept.pop()).unwrap_or_default()
    }

    fn put(&self, scratch: Scratch) {
        if let Ok(mut kept) = self.0.lock() {
            kept.push(scratch);
        }
    }
}

impl Clone for Pool {
    fn clone(&self) -> Self {
        Self::default()
    }
}

/// Searches an index. Keeps what it has counted, and the arrays of the candidate search.
pub(crate) struct Searcher<'a> {
    pub index: &'a Index,
    scratch: Scratch,
    /// Words that always follow one another count in full: to find set phrases.
    pub is_plain: bool,
}

impl Drop for Searcher<'_> {
    fn drop(&mut self) {
        // A search that was broken off by a panic may have left its traces.
        if !std::thread::panicking() {
            self.index.pool.put(std::mem::take(&mut self.scratch));
        }
    }
}

/// A class of a passage: its places, none where nothing is held, and what a match of it gains at most.
#[derive(Clone, Copy, Debug, Default)]
struct Own {
    class: ClassId,
    from: u16,
    to: u16,
    most: [f32; 2],
}

/// What holds a class in a table, or would.
#[inline]
fn slot_of(table: &[Own], class: ClassId) -> usize {
    let mask = table.len() - 1;
    let mut at = class as usize & mask;
    while (table[at].to != 0) & (table[at].class != class) {
        at = (at + 1) & mask;
    }
    at
}

/// A passage as it is searched for.
pub(crate) struct Query<'a> {
    pub slot: usize,
    pub document: &'a Indexed,
    /// Its words.
    pub range: Range<usize>,
    /// Place in the passage by class, sorted.
    places: Vec<(ClassId, u16)>,
    /// Where in `places` each class has its own: an open-addressing table, because all words of a window are looked up.
    table: Vec<Own>,
    /// By place: chance of the word in all documents, and in the passage's own apart from here.
    chances: Vec<f32>,
    /// By place: what it weighs, if it does not stand elsewhere in the other document.
    weights: Vec<f32>,
    /// By place: what it is worth behind the word before it, once that was asked.
    following: Vec<Cell<Option<f32>>>,
}

impl Query<'_> {
    /// The places of a class in the passage.
    #[inline]
    pub fn places(&self, class: ClassId) -> &[(ClassId, u16)] {
        let own = &self.table[slot_of(&self.table, class)];
        &self.places[usize::from(own.from)..usize::from(own.to)]
    }

    /// What a match of a class gains at most if it does not follow another, and if it is a name; `None`: not in the passage.
    #[inline]
    pub fn most(&self, class: ClassId) -> Option<[f32; 2]> {
        let own = &self.table[slot_of(&self.table, class)];
        (own.to != 0).then_some(own.most)
    }

    pub fn word(&self, place: usize) -> Word {
        self.document.words[self.range.start + place]
    }

    /// What the word at a place weighs at most.
    pub fn weight(&self, place: usize) -> f32 {
        self.weights[place]
    }

    /// What the word at a place is worth at most where the word before it was matched too.
    pub fn follows(&self, searcher: &mut Searcher, place: usize) -> f32 {
        let weight = self.weights[place];
        if searcher.is_plain {
            return weight;
        }
        let known = self.following[place].get();
        let worth = known.unwrap_or_else(|| searcher.follows(self, place, weight));
        self.following[place].set(Some(worth));
        worth
    }
}

impl<'a> Searcher<'a> {
    pub fn new(index: &'a Index) -> Self {
        let mut scratch = index.pool.take();
        scratch.buckets.resize(index.buckets() + 1, 0.0);
        scratch.beside.resize(index.buckets() / BLOCK as usize / 64 + 2, 0);
        if scratch.pairs.len() > MOST_PAIRS {
            scratch.pairs.clear();
        }
        Self { index, scratch, is_plain: false }
    }

    /// Prepares the words `range` of the document in `slot`.
    pub fn query(&self, slot: usize, range: Range<usize>) -> Option<Query<'a>> {
        let document = self.index.document(slot)?;
        let words = document.words.get(range.clone())?;
        let mut places: Vec<(ClassId, u16)> =
            words.iter().enumerate().map(|(place, word)| (word.class, place as u16)).collect();
        places.sort_unstable();
        let in_document = |word: &Word| {
            let here = places.iter().filter(|(class, _)| *class == word.class).count();
            (document.places(word.class).len() - here) as f32 / document.words.len() as f32
        };
        let chances: Vec<f32> =
            words.iter().map(|word| self.chance(*word).max(0.5 * in_document(word))).collect();
        let weights: Vec<f32> = chances.iter().map(|chance| -chance.min(1.0).ln()).collect();
        let mut table = vec![Own::default(); (places.len() * 4).next_power_of_two()];
        let mut from = 0;
        for group in places.chunk_by(|a, b| a.0 == b.0) {
            let class = group[0].0;
            let gains = group.iter().map(|(_, place)| usize::from(*place));
            let gains = gains.map(|place| most_of_word(words[place], weights[place], words.len()));
            let most = gains.fold([f32::MIN; 2], |most, it| [most[0].max(it[0]), most[1].max(it[1])]);
            let to = from + group.len() as u16;
            let at = slot_of(&table, class);
            table[at] = Own { class, from, to, most };
            from = to;
        }
        let following = vec![Cell::new(None); chances.len()];
        Some(Query { slot, document, range, places, table, chances, weights, following })
    }

    /// How likely a word is to stand anywhere.
    pub fn chance(&self, word: Word) -> f32 {
        let vocabulary = &self.index.vocabulary;
        let entry = vocabulary.entry(word.id);
        let count = entry.count.max(vocabulary.class_count(word.class) / 4);
        (count as f32 + PRIOR_WORDS * entry.prior) / (self.index.words() as f32 + PRIOR_WORDS)
    }

    /// What a match of a word of the passage with `word` of `other` is worth.
    pub fn weight(&self, query: &Query, place: usize, other: &Indexed, word: Word) -> f32 {
        let mut chance = query.chances[place];
        if !self.index.vocabulary.entry(word.id).kind.function {
            let elsewhere = other.places(word.class).len().saturating_sub(1);
            chance = chance.max(0.5 * elsewhere as f32 / other.words.len() as f32);
        }
        -chance.min(1.0).ln()
    }

    /// What a word of the passage is worth where the word before it was matched too: how seldom it follows that word,
    /// the places at hand left out.
    pub fn follows(&mut self, query: &Query, place: usize, weight: f32) -> f32 {
        const SMOOTH: f32 = 2.0;
        if self.is_plain {
            return weight;
        }
        let own = self.index.own_places();
        let (before, word) = (query.word(place - 1), query.word(place));
        let chance = (-weight).exp();
        let all = (self.index.vocabulary.entry(before.id).count as f32 - own).max(0.0);
        let pairs = (self.pair(before, word) - own).max(0.0);
        -((pairs + SMOOTH * chance) / (all + SMOOTH)).min(1.0).ln()
    }

    /// How often `word` follows `before` in all documents; an estimate where both are common.
    fn pair(&mut self, before: Word, word: Word) -> f32 {
        let key = u64::from(before.id) << 32 | u64::from(word.id);
        if let Some(count) = self.scratch.pairs.get(&key) {
            return *count;
        }
        let vocabulary = &self.index.vocabulary;
        let is_rarer = vocabulary.class_count(before.class) < vocabulary.class_count(word.class);
        let sought = if is_rarer { before } else { word };
        let total = vocabulary.class_count(sought.class) as usize;
        let stride = total.div_ceil(PAIR_PLACES).max(1);
        let (mut seen, mut count) = (0, 0);
        for posting in self.index.postings(sought.class) {
            let length = posting.count as usize;
            let first = (stride - seen % stride) % stride;
            seen += length;
            if first >= length {
                continue;
            }
            let Some((document, places)) = self.index.places_of(posting) else { continue };
            for &at in places[first..].iter().step_by(stride) {
                let at = if is_rarer { at as usize } else { (at as usize).wrapping_sub(1) };
                let pair = (document.words.get(at), document.words.get(at.wrapping_add(1)));
                if let (Some(one), Some(next)) = pair
                    && one.id == before.id
                    && next.id == word.id
                {
                    count += 1;
                }
            }
        }
        let count = (count * stride) as f32;
        self.scratch.pairs.insert(key, count);
        count
    }

    /// Windows of other documents that share enough with the passage to be aligned: slot and words, best first. `takes`
    /// says which documents.
    pub fn candidates(
        &mut self,
        query: &Query,
        least: f32,
        takes: impl Fn(usize) -> bool,
    ) -> Vec<(usize, Range<usize>)> {
        let vocabulary = &self.index.vocabulary;
        let mut classes: Vec<(u32, ClassId, f32)> = Vec::new();
        for place in 0..query.range.len() {
            let word = query.word(place);
            if vocabulary.entry(word.id).kind.function || query.places(word.class)[0].1 as usize != place {
                continue;
            }
            let name = if self.index.is_name(query.document, word) { 0.5 } else { 1.0 };
            classes.push((vocabulary.class_count(word.class), word.class, query.weights[place] * name));
        }
        if classes.is_empty() {
            return Vec::new();
        }
        classes.sort_unstable_by_key(|(count, class, _)| (*count, *class));
        let all: f32 = classes.iter().map(|(_, _, weight)| weight).sum();
        let (mut given, mut taken) = (0.0, 0);
        let scratch = &mut self.scratch;
        for (count, class, weight) in &classes {
            let is_enough = taken >= 4 && given > 0.6 * all;
            if is_enough && *count > COMMON {
                continue;
            }
            let only_beside = is_enough && *count > FREQUENT;
            given += weight;
            taken += 1;
            for posting in self.index.postings(*class) {
                let slot = posting.slot as usize;
                if slot == query.slot || !takes(slot) {
                    continue;
                }
                let (base, _) = self.index.buckets_of(posting.slot);
                let mut last = u32::MAX;
                let mut add = |bucket: u32| {
                    if bucket != last {
                        last = bucket;
                        scratch.add(base + bucket, posting.slot, *weight, only_beside);
                    }
                };
                if posting.near[3] != MORE {
                    posting.near.iter().for_each(|bucket| add(u32::from(*bucket)));
                } else if let Some((_, places)) = self.index.places_of(posting) {
                    places.iter().for_each(|place| add(place / BUCKET as u32));
                }
            }
        }
        let found = self.peaks(query, least);
        let scratch = &mut self.scratch;
        for (bucket, _) in scratch.touched.drain(..) {
            scratch.buckets[bucket as usize] = 0.0;
            blocks(bucket).for_each(|block| scratch.beside[block / 64] = 0);
        }
        found
    }

    /// The best places among the buckets touched.
    fn peaks(&self, query: &Query, least: f32) -> Vec<(usize, Range<usize>)> {
        let span = (query.range.len() * 3 / 2).div_ceil(BUCKET) + 1;
        let mut peaks: Vec<(f32, u32, u32)> = Vec::new();
        for &(bucket, slot) in &self.scratch.touched {
            let end = self.index.buckets_of(slot).1 as usize;
            let (from, to) = (bucket as usize, (bucket as usize + span).min(end));
            let sum: f32 = self.scratch.buckets[from..to].iter().sum();
            if sum >= least {
                peaks.push((sum, bucket, slot));
            }
        }
        peaks.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
        let mut kept: Vec<(u32, u32)> = Vec::new();
        let near = (span / 2).max(1) as u32;
        for (_, bucket, slot) in peaks {
            if kept.iter().all(|(other, in_slot)| *in_slot != slot || bucket.abs_diff(*other) > near) {
                kept.push((bucket, slot));
                if kept.len() == CANDIDATES {
                    break;
                }
            }
        }
        let margin = BUCKET / 2 + query.range.len() / 2;
        let windows = kept.into_iter().filter_map(|(bucket, slot)| {
            let document = self.index.document(slot as usize)?;
            let from = (bucket - self.index.buckets_of(slot).0) as usize * BUCKET;
            let to = (from + span * BUCKET + margin).min(document.words.len());
            Some((slot as usize, from.saturating_sub(margin)..to))
        });
        windows.collect()
    }
}

/// The blocks with the buckets within half a block of one.
fn blocks(bucket: u32) -> impl Iterator<Item = usize> {
    [bucket.saturating_sub(BLOCK / 2), bucket + BLOCK / 2].into_iter().map(|it| (it / BLOCK) as usize)
}

/// Words of a document in units that are searched for one by one: sentences; short ones together, long ones in parts.
pub(crate) fn units(words: &[Word], range: Range<usize>) -> Vec<Range<usize>> {
    const SHORTEST: usize = 6;
    const LONGEST: usize = 60;
    let mut units: Vec<Range<usize>> = Vec::new();
    let mut start = range.start;
    for at in range.start + 1..=range.end {
        // Nothing follows the last word.
        let next = words[..range.end].get(at);
        let follows = |flag: u16| next.is_some_and(|word| word.has(flag));
        let ends = next.is_none() || follows(flag::SENTENCE);
        let length = at - start;
        let breaks = length >= LONGEST || length >= LONGEST / 2 && follows(flag::CLAUSE);
        if !(ends || breaks && range.end - at > SHORTEST) {
            continue;
        }
        let is_new = next.is_none() || follows(flag::PARAGRAPH);
        if length >= SHORTEST || is_new || !ends {
            units.push(start..at);
            start = at;
        }
    }
    units
}
