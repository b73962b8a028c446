//! Echoes: where a passage stands again in other documents, and all pairs of places of a dossier that repeat one another.
//!
//! What is found is graded in three levels and never accuses: wording that two documents share may come from a third, and
//! the copy at hand may be the wrong one. Which way it went is the reader's judgement.

mod neighbors;
mod quoted;
mod select;

use std::collections::BTreeMap;
use std::ops::Range;

use crate::model::{DocumentId, Span};

use super::align::{Alignment, Match, align};
use super::index::{Index, Indexed};
use super::query::{Query, Searcher, units};
use super::set_phrases::discount;
use super::statement::{Content, shared_words};
use neighbors::neighbors;
use quoted::quoted_parts;
use select::select;

/// How closely two places agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// The same words in the same order; case, accents, punctuation and marks may differ.
    Verbatim,
    /// Nearly: words left out, put in, replaced, moved. Half of both sides agrees by weight; and where less than 85 % does, a fifth
    /// of the words stands in rows of three and more that both have.
    Altered,
    /// Perhaps the same statement in other words, or in hardly a row of the same ones; apart from the others, to be opened by the
    /// reader.
    Statement,
}

impl Level {
    /// As it is written in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Altered => "altered",
            Self::Statement => "statement",
        }
    }
}

/// A stretch of a document.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Place {
    /// The document.
    pub document: DocumentId,
    /// Bytes of its canonical text.
    pub span: Span,
}

/// Two places of two documents that repeat one another.
#[derive(Clone, Debug, PartialEq)]
pub struct Echo {
    /// The passage; of a pair the place in the document whose id sorts first.
    pub a: Place,
    /// Where it stands again.
    pub b: Place,
    /// How closely.
    pub level: Level,
    /// In nats above chance; for the order alone.
    pub score: f32,
    /// The share of words, by weight, that is matched: the lesser of both sides. 0 to 1.
    pub coverage: f32,
    /// Only wording that recurs in the dossier: an office, a title, a formula.
    pub is_set_phrase: bool,
}

/// What is to be found.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Sentences that may state the same in other words, too.
    pub statements: bool,
    /// Wording that recurs in the dossier, too.
    pub set_phrases: bool,
}

impl Default for Options {
    fn default() -> Self {
        Self { statements: true, set_phrases: false }
    }
}

/// Nats above the chance that one of so many places agrees as well.
const STRICT: f32 = 2.5;
/// Nats that an echo must have more of if nothing of it were covered.
const LOOSE: f32 = 10.0;
/// Matched words at least, and content words that are no names among them.
const FEWEST: usize = 5;
const FEWEST_PLAIN: usize = 2;
/// Coverage below which an alignment is no more than perhaps the same statement.
const ALTERED: f32 = 0.5;
/// Similarity of sentences that may state the same.
const SIMILAR: f32 = 0.6;

/// An echo by slots and words, before it is turned into places.
#[derive(Clone, Debug)]
struct Found {
    slots: (usize, usize),
    here: Range<usize>,
    there: Range<usize>,
    level: Level,
    score: f32,
    coverage: f32,
    is_set_phrase: bool,
}

/// Where `passage` of a document stands again in the others, best first.
pub fn echoes_of(index: &Index, document: &DocumentId, passage: Span, options: &Options) -> Vec<Echo> {
    let mut searcher = Searcher::new(index);
    let Some(slot) = index.slot(document) else { return Vec::new() };
    let parts = quoted_parts(&searcher, slot, Some(passage));
    found_by(&mut searcher, slot, passage, options, parts)
}

/// The same by one who searches many passages, and keeps what was counted.
pub(crate) fn echoes_by(
    searcher: &mut Searcher,
    document: &DocumentId,
    passage: Span,
    options: &Options,
) -> Vec<Echo> {
    let Some(slot) = searcher.index.slot(document) else { return Vec::new() };
    found_by(searcher, slot, passage, options, Vec::new())
}

fn found_by(
    searcher: &mut Searcher,
    slot: usize,
    passage: Span,
    options: &Options,
    mut found: Vec<Found>,
) -> Vec<Echo> {
    let index = searcher.index;
    let Some(indexed) = index.document(slot) else { return Vec::new() };
    let mut sentences = Sentences::default();
    for unit in units(&indexed.words, indexed.words_in(passage)) {
        let best = search(searcher, slot, &unit, options, &mut sentences, &|_| true, &mut found);
        if options.statements {
            for (other, (_, range)) in &best {
                // Each must be the other's best match.
                let back = search(
                    searcher,
                    *other,
                    range,
                    options,
                    &mut sentences,
                    &|it| it == slot,
                    &mut Vec::new(),
                );
                found.extend(mutual(searcher, (slot, &unit), (*other, range), &best, &back));
            }
        }
    }
    let words = indexed.words_in(passage);
    let beside = neighbors(searcher, &found, &|of, unit| {
        of == slot && words.start <= unit.start && unit.end <= words.end
    });
    found.extend(beside);
    let mut echoes = places(index, select(index, found), false);
    echoes
        .sort_by(|a, b| a.level.cmp(&b.level).then(b.score.total_cmp(&a.score)).then_with(|| a.b.cmp(&b.b)));
    echoes
}

/// All pairs of places of different documents that repeat one another, in the order of the first place.
pub fn all_pairs(index: &Index, options: &Options) -> Vec<Echo> {
    let mut searcher = Searcher::new(index);
    let mut sentences = Sentences::default();
    let mut found = Vec::new();
    let mut best: BTreeMap<(usize, usize, usize), BTreeMap<usize, (f32, Range<usize>)>> = BTreeMap::new();
    for slot in index.slots() {
        let Some(indexed) = index.document(slot) else { continue };
        found.extend(quoted_parts(&searcher, slot, None));
        for unit in units(&indexed.words, 0..indexed.words.len()) {
            let of_unit = search(&mut searcher, slot, &unit, options, &mut sentences, &|_| true, &mut found);
            best.insert((slot, unit.start, unit.end), of_unit);
        }
    }
    if options.statements {
        for ((slot, start, end), others) in &best {
            for (other, (_, range)) in others.iter().filter(|(other, _)| *other > slot) {
                let Some(back) = best.get(&(*other, range.start, range.end)) else { continue };
                found.extend(mutual(&searcher, (*slot, &(*start..*end)), (*other, range), others, back));
            }
        }
    }
    let beside = neighbors(&mut searcher, &found, &|_, _| true);
    found.extend(beside);
    let mut pairs = places(index, select(index, found), true);
    pairs.sort_by(|x, y| (&x.a, &x.b).cmp(&(&y.a, &y.b)));
    pairs
}

/// The units of documents with what they say, made when first asked for.
#[derive(Default)]
struct Sentences(BTreeMap<usize, Vec<(Range<usize>, Content)>>);

impl Sentences {
    fn of(
        &mut self,
        searcher: &Searcher,
        slot: usize,
        document: &Indexed,
        window: &Range<usize>,
    ) -> &[(Range<usize>, Content)] {
        let all = self.0.entry(slot).or_insert_with(|| {
            let units = units(&document.words, 0..document.words.len()).into_iter();
            units.map(|unit| (unit.clone(), Content::of(searcher, document, unit))).collect()
        });
        let from = all.partition_point(|(unit, _)| unit.end <= window.start);
        let to = all.partition_point(|(unit, _)| unit.start < window.end);
        &all[from..to.max(from)]
    }
}

/// Searches one unit. Adds what aligns to `found`; the most similar sentence of each other document is the answer.
fn search(
    searcher: &mut Searcher,
    slot: usize,
    unit: &Range<usize>,
    options: &Options,
    sentences: &mut Sentences,
    takes: &dyn Fn(usize) -> bool,
    found: &mut Vec<Found>,
) -> BTreeMap<usize, (f32, Range<usize>)> {
    let index = searcher.index;
    let mut best: BTreeMap<usize, (f32, Range<usize>)> = BTreeMap::new();
    let Some(query) = searcher.query(slot, unit.clone()) else { return best };
    let strict = threshold(index);
    let content = options.statements.then(|| Content::of(searcher, query.document, unit.clone()));
    for (other_slot, window) in searcher.candidates(&query, strict * 0.6, takes) {
        let Some(other) = index.document(other_slot) else { continue };
        let aligned = align(searcher, &query, other, window.clone(), strict);
        let accepted =
            aligned.and_then(|aligned| accept(searcher, &query, (other_slot, other), aligned, strict));
        if accepted.is_none() && options.set_phrases {
            searcher.is_plain = true;
            let aligned = align(searcher, &query, other, window.clone(), strict);
            searcher.is_plain = false;
            let phrase = aligned.and_then(|aligned| {
                accept_undiscounted(searcher, &query, (other_slot, other), aligned, strict)
            });
            found.extend(phrase.map(|phrase| Found { is_set_phrase: true, ..phrase }));
        }
        found.extend(accepted);
        let Some(content) = content.as_ref().filter(|content| content.plain >= 3) else { continue };
        for (range, there) in sentences.of(searcher, other_slot, other, &window) {
            let least = best.get(&other_slot).map_or(SIMILAR, |(similarity, _)| *similarity);
            if there.plain < 3 || !content.may_state(there, strict, least) {
                continue;
            }
            let (similarity, shared) = content.similarity(there);
            if similarity >= SIMILAR
                && shared >= strict
                && best.get(&other_slot).is_none_or(|(other, _)| similarity > *other)
            {
                best.insert(other_slot, (similarity, range.clone()));
            }
        }
    }
    best
}

/// Nats that an alignment must have, if all of it is covered.
fn threshold(index: &Index) -> f32 {
    (index.words().max(1) as f32).ln() + STRICT
}

/// The alignment as an echo, if it is neither chance nor a set phrase. `least`: nats, if all of it is covered.
fn accept(
    searcher: &Searcher,
    query: &Query,
    other: (usize, &Indexed),
    aligned: Alignment,
    least: f32,
) -> Option<Found> {
    let found = accept_undiscounted(searcher, query, other, aligned.clone(), least)?;
    let asked = least + LOOSE * (1.0 - found.coverage);
    let discount = discount(searcher, query, other.1, &aligned, asked);
    let score = aligned.score - discount.off;
    (discount.telling >= FEWEST_PLAIN && score >= asked).then_some(Found { score, ..found })
}

/// The alignment as an echo, if it is no chance.
fn accept_undiscounted(
    searcher: &Searcher,
    query: &Query,
    (other_slot, other): (usize, &Indexed),
    aligned: Alignment,
    least: f32,
) -> Option<Found> {
    let index = searcher.index;
    // An office is written with capitals by some and without by others: a name here is one there.
    let is_plain = |document: &Indexed, at: usize| {
        let word = document.words[at];
        !index.vocabulary.entry(word.id).kind.function && !index.is_name(document, word)
    };
    let is_both = |it: &&Match| is_plain(other, it.there) && is_plain(query.document, it.here);
    let plain = aligned.matches.iter().filter(is_both).count();
    if aligned.matches.len() < FEWEST || plain < FEWEST_PLAIN {
        return None;
    }
    let coverage = coverage(searcher, query.document, other, &aligned);
    if aligned.score < least + LOOSE * (1.0 - coverage) {
        return None;
    }
    Some(Found {
        slots: (query.slot, other_slot),
        here: aligned.here,
        there: aligned.there,
        level: if coverage >= ALTERED { Level::Altered } else { Level::Statement },
        score: aligned.score,
        coverage,
        is_set_phrase: false,
    })
}

/// The share of each side's weight that is matched; the lesser of both.
fn coverage(searcher: &Searcher, here: &Indexed, there: &Indexed, aligned: &Alignment) -> f32 {
    let weight = |document: &Indexed, at: usize| -searcher.chance(document.words[at]).ln();
    let share = |document: &Indexed, range: Range<usize>, matched: f32| {
        matched / range.map(|at| weight(document, at)).sum::<f32>().max(0.001)
    };
    let matched_here = aligned.matches.iter().map(|it| weight(here, it.here)).sum();
    let matched_there = aligned.matches.iter().map(|it| weight(there, it.there)).sum();
    share(here, aligned.here.clone(), matched_here)
        .min(share(there, aligned.there.clone(), matched_there))
        .min(1.0)
}

/// The share of the nats asked elsewhere that two sentences must share once set phrases are taken off: each is the other's best
/// match already.
const OF_STATEMENT: f32 = 0.65;

/// A pair of sentences as an echo, if each is the best match of the other and what they share is more than set phrases.
fn mutual(
    searcher: &Searcher,
    (slot, unit): (usize, &Range<usize>),
    (other, range): (usize, &Range<usize>),
    best: &BTreeMap<usize, (f32, Range<usize>)>,
    back: &BTreeMap<usize, (f32, Range<usize>)>,
) -> Option<Found> {
    let (similarity, _) = best.get(&other)?;
    let (_, returned) = back.get(&slot)?;
    if returned != unit {
        return None;
    }
    let query = searcher.query(slot, unit.clone())?;
    let there = searcher.index.document(other)?;
    let shared = shared_words(searcher, &query, there, range);
    let asked = OF_STATEMENT * threshold(searcher.index);
    let discount = discount(searcher, &query, there, &shared, asked);
    let is_more = discount.telling >= FEWEST_PLAIN && shared.score - discount.off >= asked;
    is_more.then(|| Found {
        slots: (slot, other),
        here: unit.clone(),
        there: range.clone(),
        level: Level::Statement,
        // Below what aligns.
        score: similarity * (searcher.index.words().max(2) as f32).ln(),
        coverage: *similarity,
        is_set_phrase: false,
    })
}

/// From words to bytes; of pairs the document whose id sorts first stands first.
fn places(index: &Index, found: Vec<Found>, in_order: bool) -> Vec<Echo> {
    let echo = |it: Found| {
        let (here, there) = (index.document(it.slots.0)?, index.document(it.slots.1)?);
        let a = Place { document: here.id.clone(), span: here.span_of(it.here)? };
        let b = Place { document: there.id.clone(), span: there.span_of(it.there)? };
        let (a, b) = if in_order && b < a { (b, a) } else { (a, b) };
        Some(Echo {
            a,
            b,
            level: it.level,
            score: it.score,
            coverage: it.coverage,
            is_set_phrase: it.is_set_phrase,
        })
    };
    found.into_iter().filter_map(echo).collect()
}

#[cfg(test)]
mod tests;
