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
use super::splice::{RUN, omission, spliced};
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
    /// What of it the source has, where that is not the whole: of a splice, the first half.
    pub part: Option<Place>,
}

impl Quotation {
    /// The words that are to be compared with the source: what was not found in it was not changed either.
    pub fn compared(&self) -> &Place {
        self.part.as_ref().unwrap_or(&self.place)
    }
}

/// Words from which a stretch between marks is checked; titles and scare quotes are shorter.
const CHECKED: usize = 3;
/// Words in a row that are reused even if many documents have them; shorter ones that more than so many other documents
/// have are set phrases, and make no part of a quotation found.
const LONG_RUN: usize = 12;
const FEW_DOCUMENTS: usize = 2;
/// The share of a quotation that must be found for it to be an altered one.
const MOST: f32 = 0.4;

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
        let omitted: Vec<Place> = omission(self.index, (self.slot, self.indexed), &words)
            .into_iter()
            .filter_map(|(slot, parts)| {
                let (first, last) = (parts.first()?, parts.last()?);
                self.place(slot, first.there.start..last.there.end)
            })
            .collect();
        if !omitted.is_empty() {
            let rule = "the parts around the mark of omission stand in the source, in order";
            return self.found(place, Verdict::Omission, rule, omitted);
        }
        if let Some((slot, parts)) = spliced(&words, &runs) {
            let part = self.place(self.slot, parts[0].here.clone());
            let spliced = parts.into_iter().filter_map(|part| self.place(slot, part.there)).collect();
            let rule = "two parts stand in the source, but not together";
            return Quotation { part, ..self.found(place, Verdict::Spliced, rule, spliced) };
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
        let mut stretches: Vec<(Place, Place)> = Vec::new();
        for echo in &firm {
            let together = by_document.get(&echo.b.document).copied().unwrap_or(0.0);
            if together >= MOST * length as f32 && matched(echo) >= MOST / 2.0 * length as f32 {
                let here = self.indexed.words_in(echo.a.span);
                let source = self.around(echo, &words);
                if let Some(part) = self.sentences_of(&here, &words) {
                    stretches.push((source.clone(), part));
                }
                sources.push((here.len(), source));
            }
        }
        if !sources.is_empty() {
            let rule = "most of it stands in the source, in other words in places";
            let found = self.found_by_length(place, Verdict::Altered, rule, sources);
            let of_source = stretches.into_iter().find(|(source, _)| Some(source) == found.source.as_ref());
            return Quotation { part: of_source.map(|(_, part)| part), ..found };
        }
        let mut parts: Vec<(usize, Place)> = Vec::new();
        // What of the quotation each of them is.
        let mut stretches: Vec<(Place, Option<Place>)> = Vec::new();
        for echo in &firm {
            let here = self.indexed.words_in(echo.a.span);
            if self.is_part(&words, &here) {
                parts.push((here.len(), echo.b.clone()));
                stretches.push((echo.b.clone(), Some(echo.a.clone())));
            }
        }
        for run in telling.iter().filter(|run| run.here.len() >= LONG_RUN || self.is_part(&words, &run.here))
        {
            let Some(source) = self.place(run.slot, run.there.clone()) else { continue };
            stretches.push((source.clone(), self.place(self.slot, run.here.clone())));
            parts.push((run.here.len(), source));
        }
        if !parts.is_empty() {
            let rule = "a part of it stands in the source";
            let found = self.found_by_length(place, Verdict::Partly, rule, parts);
            let of_source = stretches.into_iter().find(|(source, _)| Some(source) == found.source.as_ref());
            return Quotation { part: of_source.and_then(|(_, part)| part), ..found };
        }
        let rule = "no run of words and no similar wording in the other documents".to_owned();
        Quotation {
            place,
            verdict: Verdict::NotFound,
            rule,
            source: None,
            order: None,
            others: Vec::new(),
            part: None,
        }
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

    /// The sentences of a quotation that some of its words belong to, if they are not all.
    fn sentences_of(&self, here: &Range<usize>, words: &Range<usize>) -> Option<Place> {
        let begins = |at: &usize| self.indexed.words[*at].has(flag::SENTENCE);
        let start = (words.start + 1..=here.start).rev().find(begins).unwrap_or(words.start);
        let end = (here.end.max(start + 1)..words.end).find(begins).unwrap_or(words.end);
        ((start..end) != *words).then(|| self.place(self.slot, start..end)).flatten()
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
        Quotation { place, verdict, rule: rule.to_owned(), source, order, others, part: None }
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
