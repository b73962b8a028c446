//! The quotation check: each quoted stretch of a document with its best source among the other documents, a verdict, and
//! the rule that fired.
//!
//! A verdict accuses nobody. "Altered" says that the wording differs from a document at hand, whose copy may be the wrong
//! one; "not found" says nothing of documents that are not at hand.

mod near;

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::model::{Document, DocumentId, Session, Span};

use super::echo::{Echo, Level, Options, Place, echoes_by};
use super::index::{Index, Indexed};
use super::query::Searcher;
use super::quotations::quotations;
use super::runs::{ExactRun, exact_runs};
use super::words::flag;
use near::near_places;

/// How a quotation stands to its best source.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Verdict {
    /// The same words.
    Verbatim,
    /// The same words, with a mark where words were left out.
    Omission,
    /// Two places put together as if they were one.
    Spliced,
    /// Other words in places.
    Altered,
    /// A part of it is found.
    Partly,
    /// Nothing of it is found in these documents.
    NotFound,
}

impl Verdict {
    /// In words, as it is written in JSON too.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Verbatim => "verbatim",
            Self::Omission => "verbatim with omission",
            Self::Spliced => "spliced",
            Self::Altered => "altered",
            Self::Partly => "partly found",
            Self::NotFound => "not found in these documents",
        }
    }
}

/// What the dates say of a quotation and its source.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Order {
    /// The source is not later.
    Fits,
    /// The quotation is dated before the document: that cannot be its source.
    QuotedBefore,
    /// One of the two has no date.
    Undated,
}

/// A quoted stretch and what was found for it.
#[derive(Clone, Debug, PartialEq)]
pub struct Quotation {
    /// The words between the marks.
    pub place: Place,
    /// How it stands to its source.
    pub verdict: Verdict,
    /// Why, in a sentence.
    pub rule: String,
    /// The best source.
    pub source: Option<Place>,
    /// What the dates say; with a source.
    pub order: Option<Order>,
    /// Other places that have it, by document.
    pub others: Vec<Place>,
}

/// Words from which a stretch between marks is checked; titles and scare quotes are shorter.
const CHECKED: usize = 3;
/// Words in a row that are no chance between quotation marks.
const RUN: usize = 4;
/// Words in a row that are reused even if many documents have them; shorter ones that more than so many other documents
/// have are set phrases, and make no part of a quotation found.
const LONG_RUN: usize = 12;
const FEW_DOCUMENTS: usize = 2;
/// The share of a quotation that must be found for it to be an altered one.
const MOST: f32 = 0.4;
/// Words that may be lost at each end of a splice, and at its joint.
const LOST_AT_END: usize = 2;
const LOST_AT_JOINT: usize = 3;

/// Checks all quotations of all documents of a session, in order.
pub fn check(session: &Session, index: &Index) -> Vec<Quotation> {
    let quoted: BTreeMap<DocumentId, Vec<Span>> =
        session.documents.iter().map(|it| (it.id.clone(), quotations(it.text()))).collect();
    let mut checked = Vec::new();
    let mut searcher = Searcher::new(index);
    for document in &session.documents {
        let (Some(slot), Some(spans)) = (index.slot(&document.id), quoted.get(&document.id)) else {
            continue;
        };
        let Some(indexed) = index.document(slot) else { continue };
        for span in spans {
            let words = indexed.words_in(*span);
            if words.len() >= CHECKED {
                let place = Place { document: document.id.clone(), span: *span };
                checked.push(Check { session, index, quoted: &quoted, document, indexed, slot }.one(
                    &mut searcher,
                    place,
                    words,
                ));
            }
        }
    }
    checked
}

struct Check<'a> {
    session: &'a Session,
    index: &'a Index,
    quoted: &'a BTreeMap<DocumentId, Vec<Span>>,
    document: &'a Document,
    indexed: &'a Indexed,
    slot: usize,
}

impl Check<'_> {
    fn one(&self, searcher: &mut Searcher, place: Place, words: Range<usize>) -> Quotation {
        let runs = exact_runs(self.index, self.slot, words.clone());
        let whole = |run: &&ExactRun| run.here == words;
        let verbatim: Vec<Place> =
            runs.iter().filter(whole).filter_map(|run| self.place(run.slot, run.there.clone())).collect();
        if !verbatim.is_empty() {
            return self.found(place, Verdict::Verbatim, "all words stand in a row in the source", verbatim);
        }
        let omitted = self.omission(&words);
        if !omitted.is_empty() {
            let rule = "the parts around the mark of omission stand in the source, in order";
            return self.found(place, Verdict::Omission, rule, omitted);
        }
        let spliced = self.spliced(&words, &runs);
        if !spliced.is_empty() {
            let rule = "two parts stand in the source, but not together";
            return self.found(place, Verdict::Spliced, rule, spliced);
        }
        let length = words.len();
        let mut sources: Vec<(usize, Place)> = Vec::new();
        let telling: Vec<&ExactRun> = runs.iter().filter(|run| !is_set_phrase(run, &runs)).collect();
        for run in telling.iter().filter(|run| {
            run.here.len() * 2 > length
                && run.here.len() >= RUN.min(length)
                && self.has_half(&words, &run.here)
        }) {
            let place = self.stretched(run.slot, &run.there, &run.here, &words);
            sources.extend(place.map(|place| (run.here.len(), place)));
        }
        for (agree, slot, there) in near_places(searcher, self.indexed, &words, &runs) {
            sources.extend(self.place(slot, there).map(|place| (agree, place)));
        }
        let echoes = echoes_by(
            searcher,
            &self.document.id,
            place.span,
            &Options { statements: false, set_phrases: false },
        );
        // Sentences that only say something similar are no part of it.
        let firm: Vec<&Echo> = echoes.iter().filter(|echo| echo.level != Level::Statement).collect();
        let matched = |echo: &Echo| self.indexed.words_in(echo.a.span).len() as f32 * echo.coverage;
        let mut by_document: BTreeMap<&DocumentId, f32> = BTreeMap::new();
        for echo in &firm {
            *by_document.entry(&echo.b.document).or_default() += matched(echo);
        }
        // Its sentences may stand apart in the source.
        for echo in &firm {
            let together = by_document.get(&echo.b.document).copied().unwrap_or(0.0);
            if together >= MOST * length as f32 && matched(echo) >= MOST / 2.0 * length as f32 {
                let covered = self.indexed.words_in(echo.a.span).len();
                sources.push((covered, self.around(echo, &words)));
            }
        }
        if !sources.is_empty() {
            return self.found_by_length(
                place,
                Verdict::Altered,
                "most of it stands in the source, in other words in places",
                sources,
            );
        }
        let mut parts: Vec<(usize, Place)> = Vec::new();
        for echo in &firm {
            let here = self.indexed.words_in(echo.a.span);
            if self.is_part(&words, &here) {
                parts.push((here.len(), echo.b.clone()));
            }
        }
        for run in telling.iter().filter(|run| run.here.len() >= LONG_RUN || self.is_part(&words, &run.here))
        {
            parts.extend(self.place(run.slot, run.there.clone()).map(|place| (run.here.len(), place)));
        }
        if !parts.is_empty() {
            return self.found_by_length(place, Verdict::Partly, "a part of it stands in the source", parts);
        }
        let rule = "no run of words and no similar wording in the other documents".to_owned();
        Quotation { place, verdict: Verdict::NotFound, rule, source: None, order: None, others: Vec::new() }
    }

    /// Whether a run has half of the words that say what a quotation is about, not only the frame of its sentence.
    fn has_half(&self, words: &Range<usize>, run: &Range<usize>) -> bool {
        let content = |range: &Range<usize>| {
            let is_content =
                |at: &usize| !self.index.vocabulary.entry(self.indexed.words[*at].id).kind.function;
            range.clone().filter(is_content).count()
        };
        content(run) * 2 >= content(words)
    }

    /// Whether some words of a quotation are enough of it to be called a part: most of one of its sentences, or a third of
    /// the whole, with some words that say what it is about.
    fn is_part(&self, words: &Range<usize>, part: &Range<usize>) -> bool {
        let plain = part.clone().filter(|at| {
            let word = self.indexed.words[*at];
            let entry = self.index.vocabulary.entry(word.id);
            !entry.kind.function && !self.index.is_name(self.indexed, word)
        });
        // Two may belong to the frame of a sentence: "it is the aim that".
        let fewest = if part.len() < LONG_RUN { 3 } else { 2 };
        if part.len() < RUN + 2 || plain.count() < fewest {
            return false;
        }
        let starts = (words.start + 1..words.end).filter(|at| self.indexed.words[*at].has(flag::SENTENCE));
        let borders: Vec<usize> = [words.start].into_iter().chain(starts).chain([words.end]).collect();
        let is_most = |sentence: &[usize]| {
            let shared = part.end.min(sentence[1]).saturating_sub(part.start.max(sentence[0]));
            shared * 5 >= (sentence[1] - sentence[0]) * 3
        };
        part.len() * 3 >= words.len() && borders.len() == 2 || borders.windows(2).any(is_most)
    }

    /// The parts around marks of omission, each exact, in order, in one document and within about a page.
    fn omission(&self, words: &Range<usize>) -> Vec<Place> {
        const PAGE: usize = 500;
        let cuts = (words.start + 1..words.end).filter(|at| self.indexed.words[*at].has(flag::OMISSION));
        let borders: Vec<usize> = [words.start].into_iter().chain(cuts).chain([words.end]).collect();
        if borders.len() < 3 {
            return Vec::new();
        }
        let parts: Vec<Range<usize>> = borders.windows(2).map(|pair| pair[0]..pair[1]).collect();
        let of_part = |part: &Range<usize>| -> Vec<ExactRun> {
            let runs = exact_runs(self.index, self.slot, part.clone());
            runs.into_iter().filter(|run| run.here == *part).collect()
        };
        let mut chains: Vec<(usize, Range<usize>)> =
            of_part(&parts[0]).into_iter().map(|run| (run.slot, run.there)).collect();
        for part in &parts[1..] {
            let runs = of_part(part);
            chains = chains
                .into_iter()
                .filter_map(|(slot, there)| {
                    let follows = |run: &&ExactRun| {
                        run.slot == slot
                            && run.there.start >= there.end
                            && run.there.start - there.end <= PAGE
                    };
                    let next = runs.iter().filter(follows).min_by_key(|run| run.there.start)?;
                    Some((slot, there.start..next.there.end))
                })
                .collect();
        }
        chains.into_iter().filter_map(|(slot, there)| self.place(slot, there)).collect()
    }

    /// Two exact runs of one document that tile the quotation and stand apart there.
    fn spliced(&self, words: &Range<usize>, runs: &[ExactRun]) -> Vec<Place> {
        let mut found = Vec::new();
        let long: Vec<&ExactRun> = runs.iter().filter(|run| run.here.len() >= RUN).take(60).collect();
        for first in long.iter().filter(|run| run.here.start <= words.start + LOST_AT_END) {
            for second in
                long.iter().filter(|run| run.slot == first.slot && run.here.end + LOST_AT_END >= words.end)
            {
                let joint = second.here.start as isize - first.here.end as isize;
                let covered =
                    second.here.end.saturating_sub(second.here.start.max(first.here.end)) + first.here.len();
                let is_tiled = joint <= LOST_AT_JOINT as isize
                    && second.here.start > first.here.start
                    && covered * 5 >= words.len() * 4;
                let apart = (second.there.start as isize - first.there.start as isize)
                    - (second.here.start as isize - first.here.start as isize);
                // Two halves of one sentence that changed places are no splice.
                let is_turned = second.there.end <= first.there.start
                    && first.there.start - second.there.end <= LOST_AT_JOINT;
                if is_tiled && !is_turned && apart.unsigned_abs() > (words.len() / 2).max(12) {
                    found.extend(self.place(first.slot, first.there.clone()));
                    found.extend(self.place(second.slot, second.there.clone()));
                    return found;
                }
            }
        }
        found
    }

    /// A source that has some words of the quotation, with what stands there in place of the words before and behind them,
    /// as far as its sentence goes: else a word changed at an end would not be seen.
    fn stretched(
        &self,
        slot: usize,
        there: &Range<usize>,
        here: &Range<usize>,
        words: &Range<usize>,
    ) -> Option<Place> {
        let document = self.index.document(slot)?;
        let begins = |at: usize| document.words[at].has(flag::SENTENCE | flag::PARAGRAPH);
        let (mut start, mut end) = (there.start, there.end);
        for _ in words.start..here.start {
            if start == 0 || begins(start) {
                break;
            }
            start -= 1;
        }
        for _ in here.end..words.end {
            if end == document.words.len() || begins(end) {
                break;
            }
            end += 1;
        }
        self.place(slot, start..end)
    }

    /// The same for an echo.
    fn around(&self, echo: &Echo, words: &Range<usize>) -> Place {
        let slot = self.index.slot(&echo.b.document);
        let there = slot.and_then(|slot| Some((slot, self.index.document(slot)?.words_in(echo.b.span))));
        let here = self.indexed.words_in(echo.a.span);
        there
            .and_then(|(slot, there)| self.stretched(slot, &there, &here, words))
            .unwrap_or_else(|| echo.b.clone())
    }

    /// The verdict with that source first that has most words of the quotation, unless it is dated after it.
    fn found_by_length(
        &self,
        place: Place,
        verdict: Verdict,
        rule: &str,
        mut sources: Vec<(usize, Place)>,
    ) -> Quotation {
        sources.sort_by_key(|(length, source)| (self.order(source) == Order::QuotedBefore, Reverse(*length)));
        let longest = sources.first().cloned();
        let near = |(length, source): &(usize, Place)| {
            longest
                .as_ref()
                .is_some_and(|(most, best)| length * 5 >= most * 4 && self.order(source) == self.order(best))
        };
        let (best, rest): (Vec<_>, Vec<_>) = sources.into_iter().partition(near);
        let mut quotation =
            self.found(place, verdict, rule, best.into_iter().map(|(_, place)| place).collect());
        let is_apart = |other: &Place| {
            let source = quotation.source.as_ref();
            source.is_none_or(|it| it.document != other.document || !it.span.overlaps(other.span))
        };
        let mut others = quotation.others.clone();
        others.extend(rest.into_iter().map(|(_, place)| place));
        others.retain(is_apart);
        others.sort();
        others.dedup();
        quotation.others = others;
        quotation
    }

    /// The verdict with the best of its sources: not dated after the quotation, outside quotation marks, then as they
    /// come; earlier documents first.
    fn found(&self, place: Place, verdict: Verdict, rule: &str, mut sources: Vec<Place>) -> Quotation {
        let is_quoted = |source: &Place| {
            let spans = self.quoted.get(&source.document).map_or(&[][..], Vec::as_slice);
            spans.iter().any(|span| span.overlaps(source.span))
        };
        let rank = |source: &Place| {
            let date = self.session.document(&source.document).map(|it| it.info.metadata.issued.sort_key());
            (self.order(source) == Order::QuotedBefore, is_quoted(source), date)
        };
        if verdict != Verdict::Spliced {
            sources.sort_by(|a, b| rank(a).cmp(&rank(b)));
        }
        let source = sources.first().cloned();
        let mut others: Vec<Place> = sources.into_iter().skip(1).collect();
        others.sort();
        others.dedup();
        let order = source.as_ref().map(|source| self.order(source));
        Quotation { place, verdict, rule: rule.to_owned(), source, order, others }
    }

    /// Nothing dated before a document can quote it.
    fn order(&self, source: &Place) -> Order {
        let other = self.session.document(&source.document).and_then(|it| it.info.metadata.issued.parts());
        match (self.document.info.metadata.issued.parts(), other) {
            (Some(quoted), Some(source)) if is_before(quoted, source) => Order::QuotedBefore,
            (Some(_), Some(_)) => Order::Fits,
            _ => Order::Undated,
        }
    }

    fn place(&self, slot: usize, words: Range<usize>) -> Option<Place> {
        let document = self.index.document(slot)?;
        Some(Place { document: document.id.clone(), span: document.span_of(words)? })
    }
}

/// Whether a short run is wording that recurs: an office, a title, a formula, that stands in several documents.
fn is_set_phrase(run: &ExactRun, runs: &[ExactRun]) -> bool {
    let shares = |other: &&ExactRun| {
        let shared = run.here.end.min(other.here.end).saturating_sub(run.here.start.max(other.here.start));
        shared + 1 >= run.here.len()
    };
    let slots: BTreeSet<usize> = runs.iter().filter(shares).map(|other| other.slot).collect();
    run.here.len() < LONG_RUN && slots.len() > FEW_DOCUMENTS
}

/// Whether a date is surely before another; a year says nothing of its months.
pub(crate) fn is_before(one: (i16, u8, u8), other: (i16, u8, u8)) -> bool {
    if one.0 != other.0 || one.1 == 0 || other.1 == 0 {
        return one.0 < other.0;
    }
    if one.1 != other.1 || one.2 == 0 || other.2 == 0 {
        return one.1 < other.1;
    }
    one.2 < other.2
}

#[cfg(test)]
mod tests;
