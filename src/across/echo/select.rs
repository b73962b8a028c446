//! Of all that was found between two documents: the best of what overlaps, neighbors joined, ends on borders.

use std::collections::BTreeMap;
use std::ops::Range;

use super::super::index::{Index, Indexed, Word};
use super::super::names::is_name_at;
use super::super::words::lists::is_that;
use super::super::words::{flag, is_quotation_mark};
use super::{Found, Level};

/// What is covered so far is near-verbatim: it may be joined with its neighbor, and its ends stay where they are.
const NEAR_VERBATIM: f32 = 0.85;
/// Words between two neighbors that are joined.
const GAP: usize = 6;
/// Words in a row that both sides have, and the share of the longer side that must stand in such rows for a loose pair to be
/// the same wording rather than perhaps the same statement.
const ROW: usize = 3;
const IN_ROWS: f32 = 0.2;
/// Words to a border that an end moves over.
const SNAP: usize = 3;
const SNAP_LOOSE: usize = 5;
/// Words that say who said what was quoted.
const ATTRIBUTION: usize = 6;
/// Words to a border among which a number or a negation is sought.
const TELLING: usize = 6;
/// Words of a sentence before "that" among which a denial or a doubt is sought.
const DOUBT: usize = 14;
/// The share of a sentence from which a loose echo takes all of it.
const MOST_OF_IT: f32 = 0.4;

pub(super) fn select(index: &Index, found: Vec<Found>) -> Vec<Found> {
    let mut pairs: BTreeMap<(usize, usize), Vec<Found>> = BTreeMap::new();
    for mut it in found {
        // Both directions of a search are one pair.
        let is_turned = it.slots.0 > it.slots.1;
        let key = if is_turned { (it.slots.1, it.slots.0) } else { it.slots };
        if let Some(other) = pairs.get(&key).and_then(|found| found.first())
            && other.slots != it.slots
        {
            it = Found { slots: other.slots, here: it.there, there: it.here, ..it };
        }
        pairs.entry(key).or_default().push(it);
    }
    let mut kept = Vec::new();
    for found in pairs.into_values() {
        kept.extend(select_pair(index, found));
    }
    kept
}

fn select_pair(index: &Index, mut found: Vec<Found>) -> Vec<Found> {
    let Some(first) = found.first() else { return found };
    let (Some(here), Some(there)) = (index.document(first.slots.0), index.document(first.slots.1)) else {
        return Vec::new();
    };
    for it in &mut found {
        snap(index, here, there, it);
        level(index, here, there, it);
    }
    let mut found = best_of_overlapping(found);
    found.sort_by_key(|it| (it.here.start, it.there.start));
    let mut joined: Vec<Found> = Vec::new();
    for it in found {
        let near = joined.iter().rposition(|last| are_neighbors(last, &it));
        match near {
            Some(at) => {
                let last = &mut joined[at];
                let (a, b) = (last.here.len() as f32, it.here.len() as f32);
                last.coverage = (last.coverage * a + it.coverage * b) / (a + b);
                last.score += it.score;
                last.here = last.here.start.min(it.here.start)..last.here.end.max(it.here.end);
                last.there = last.there.start.min(it.there.start)..last.there.end.max(it.there.end);
                last.level = Level::Altered;
            }
            None => joined.push(it),
        }
    }
    for it in &mut joined {
        level(index, here, there, it);
    }
    best_of_overlapping(joined)
}

/// Sorted by score, what overlaps a better one by more than half on both sides is dropped. The same passage may have
/// echoes in several places.
fn best_of_overlapping(mut found: Vec<Found>) -> Vec<Found> {
    found.sort_by(|a, b| {
        let by_level = (a.level == Level::Statement).cmp(&(b.level == Level::Statement));
        by_level
            .then(b.score.total_cmp(&a.score))
            .then_with(|| (a.here.start, a.there.start).cmp(&(b.here.start, b.there.start)))
    });
    let mut kept: Vec<Found> = Vec::new();
    for it in found {
        let covers = |other: &Found| {
            let most = |a: &Range<usize>, b: &Range<usize>| overlap(a, b) * 2 > a.len().min(b.len());
            most(&other.here, &it.here) && most(&other.there, &it.there)
        };
        if !kept.iter().any(covers) {
            kept.push(it);
        }
    }
    kept
}

fn overlap(a: &Range<usize>, b: &Range<usize>) -> usize {
    a.end.min(b.end).saturating_sub(a.start.max(b.start))
}

/// In order on both sides, close together, and both near-verbatim.
fn are_neighbors(a: &Found, b: &Found) -> bool {
    let gap = |a: &Range<usize>, b: &Range<usize>| b.start as isize - a.end as isize;
    let (here, there) = (gap(&a.here, &b.here), gap(&a.there, &b.there));
    let fits = |gap: isize, range: &Range<usize>| gap <= GAP as isize && gap >= -(range.len() as isize) / 2;
    a.coverage.min(b.coverage) >= NEAR_VERBATIM
        && a.is_set_phrase == b.is_set_phrase
        && fits(here, &b.here)
        && fits(there, &b.there)
        && (here - there).abs() <= GAP as isize
}

/// Moves the ends to the border of a clause, quotation or sentence close by.
fn snap(index: &Index, here: &Indexed, there: &Indexed, it: &mut Found) {
    // Words equal on both sides belong to it in any case.
    while it.here.start > 0
        && it.there.start > 0
        && here.words[it.here.start - 1].id == there.words[it.there.start - 1].id
        && !(here.words[it.here.start].has(flag::SENTENCE) && there.words[it.there.start].has(flag::SENTENCE))
    {
        it.here.start -= 1;
        it.there.start -= 1;
    }
    while it.here.end < here.words.len()
        && it.there.end < there.words.len()
        && here.words[it.here.end].id == there.words[it.there.end].id
        && !(here.words[it.here.end].has(flag::SENTENCE) && there.words[it.there.end].has(flag::SENTENCE))
    {
        it.here.end += 1;
        it.there.end += 1;
    }
    it.here = without_attribution(here, it.here.clone());
    it.there = without_attribution(there, it.there.clone());
    leave_begun_clauses(index, here, there, it);
    take_in_telling_words(index, here, there, it);
    it.here = with_doubt(index, here, it.here.clone());
    it.there = with_doubt(index, there, it.there.clone());
    if it.coverage >= 0.97 {
        return;
    }
    it.here = snapped(here, it.here.clone(), it.coverage);
    it.there = snapped(there, it.there.clone(), it.coverage);
}

/// A function word at the end that begins a new clause ("…, and") is left off.
fn leave_begun_clauses(index: &Index, here: &Indexed, there: &Indexed, it: &mut Found) {
    let begins = |document: &Indexed, range: &Range<usize>| {
        let last = document.words[range.end - 1];
        let next = document.words.get(range.end);
        range.len() > 4
            && last.has(flag::CLAUSE)
            && index.vocabulary.entry(last.id).kind.function
            && next.is_some_and(|next| !next.has(flag::CLAUSE))
    };
    if begins(here, &it.here) && begins(there, &it.there) {
        it.here.end -= 1;
        it.there.end -= 1;
    }
}

/// A number, a negation, a word of doubt or a denial right before the first word or behind the last, in the same clause, belongs to
/// it: what agrees word for word may be turned round there. A name does, where the other side has one too or ends there.
fn take_in_telling_words(index: &Index, here: &Indexed, there: &Indexed, it: &mut Found) {
    let tells = |document: &Indexed, at: usize| {
        let entry = index.vocabulary.entry(document.words[at].id);
        entry.is_number || entry.kind.negation || entry.kind.hedge || entry.kind.polarity
    };
    let before = |document: &Indexed, start: usize| {
        let border = (start.saturating_sub(TELLING)..=start)
            .rev()
            .find(|at| document.words.get(*at).is_none_or(|word| word.has(flag::CLAUSE)))?;
        Some((border..start, (border..start).any(|at| tells(document, at))))
    };
    let behind = |document: &Indexed, end: usize| {
        let most = (end + TELLING).min(document.words.len());
        let border =
            (end..=most).find(|at| document.words.get(*at).is_none_or(|word| word.has(flag::CLAUSE)))?;
        Some((end..border, (end..border).any(|at| tells(document, at))))
    };
    let named = |a: &Range<usize>, b: &Range<usize>| {
        let has_name =
            |document: &Indexed, part: &Range<usize>| part.clone().any(|at| is_name_at(index, document, at));
        let (one, two) = (has_name(here, a), has_name(there, b));
        one && (two || b.is_empty()) || two && a.is_empty()
    };
    match (before(here, it.here.start), before(there, it.there.start)) {
        (Some((a, one)), Some((b, two))) if one || two || named(&a, &b) => {
            (it.here.start, it.there.start) = (a.start, b.start);
        }
        // The other side goes on before it with much else.
        (Some((a, _)), None) if turns(index, here, &a) => it.here.start = a.start,
        (None, Some((b, _))) if turns(index, there, &b) => it.there.start = b.start,
        _ => {}
    }
    match (behind(here, it.here.end), behind(there, it.there.end)) {
        (Some((a, one)), Some((b, two))) if one || two || named(&a, &b) => {
            (it.here.end, it.there.end) = (a.end, b.end);
        }
        (Some((a, _)), None) if turns(index, here, &a) => it.here.end = a.end,
        (None, Some((b, _))) if turns(index, there, &b) => it.there.end = b.end,
        _ => {}
    }
}

/// Whether some words deny, turn round or doubt.
fn turns(index: &Index, document: &Indexed, part: &Range<usize>) -> bool {
    let kind = |at: usize| index.vocabulary.entry(document.words[at].id).kind;
    part.clone().map(kind).any(|kind| kind.negation || kind.hedge || kind.polarity)
}

/// With what its sentence says before "that", if it denies or doubts: who repeats only what stands behind says more than was
/// said.
fn with_doubt(index: &Index, document: &Indexed, range: Range<usize>) -> Range<usize> {
    let words = &document.words;
    let is_that = |at: usize| is_that(index.vocabulary.text(words[at].id));
    let begins = |at: usize| words[at].has(flag::SENTENCE | flag::PARAGRAPH);
    let that = [range.start.checked_sub(1), Some(range.start)].into_iter().flatten().find(|at| is_that(*at));
    let Some(that) = that.filter(|that| !begins(range.start) && !begins(*that)) else { return range };
    let least = that.saturating_sub(DOUBT);
    let Some(start) = (least..that).rev().find(|at| begins(*at)) else { return range };
    if turns(index, document, &(start..that)) { start..range.end } else { range }
}

fn snapped(document: &Indexed, range: Range<usize>, coverage: f32) -> Range<usize> {
    let words = &document.words;
    let is_border = |at: usize| at == words.len() || words[at].has(flag::CLAUSE);
    let is_sentence = |at: usize| at == words.len() || words[at].has(flag::SENTENCE);
    let is_quote = |at: usize| at == words.len() || words[at].has(flag::QUOTE | flag::SENTENCE);
    let is_loose = coverage < NEAR_VERBATIM;
    let most = if is_loose { SNAP_LOOSE } else { SNAP };
    let nearest = |at: usize, outward: &dyn Fn(usize) -> Option<usize>| {
        (0..=most).find_map(|step| outward(step).filter(|at| is_border(*at))).unwrap_or(at)
    };
    let mut start = nearest(range.start, &|step| range.start.checked_sub(step));
    let mut end = nearest(range.end, &|step| Some(range.end + step).filter(|at| *at <= words.len()));
    if is_loose {
        // All of a sentence, if most of it is there; but an echo does not leave the quotation that it stands in.
        let is_most = |part: usize, sentence: Range<usize>| part as f32 >= MOST_OF_IT * sentence.len() as f32;
        let from = (0..=start).rev().find(|at| is_sentence(*at)).unwrap_or(0);
        let to = (start + 1..=words.len()).find(|at| is_sentence(*at)).unwrap_or(words.len());
        if !is_quote(start) && is_most(range.end.min(to).saturating_sub(range.start), from..to) {
            start = opening_behind(document, from..start).unwrap_or(from);
        }
        let from = (0..end).rev().find(|at| is_sentence(*at)).unwrap_or(0);
        let to = (end..=words.len()).find(|at| is_sentence(*at)).unwrap_or(words.len());
        if !is_quote(end) && is_most(range.end - range.start.max(from).min(range.end), from..to) {
            end = closing_before(document, end..to).unwrap_or(to);
        }
    }
    start..end
}

/// The quotation marks before a word: whether one closes and one opens a quotation. What stands right behind the word before
/// closes it.
fn marks_before(document: &Indexed, at: usize) -> (bool, bool) {
    let Some(word) = document.words.get(at).filter(|word| word.has(flag::QUOTE)) else {
        return (false, false);
    };
    let before = at.checked_sub(1).map_or(0, |at| document.words[at].end());
    let gap = document.text.get(before..word.start as usize).unwrap_or_default();
    let (behind, rest) = gap.split_at(gap.find(char::is_whitespace).unwrap_or(gap.len()));
    // French puts a space inside its marks.
    let is_french = rest.trim_start().starts_with("» ");
    let closes = behind.contains(is_quotation_mark) || is_french;
    (closes && at > 0, rest.contains(is_quotation_mark) && !is_french)
}

/// The last word of `range` that begins a quotation which is still open at its end.
fn opening_behind(document: &Indexed, range: Range<usize>) -> Option<usize> {
    let mut closed = 0;
    for at in range.rev() {
        match marks_before(document, at) {
            (_, true) if closed == 0 => return Some(at),
            (closes, true) => closed -= usize::from(!closes),
            (true, _) => closed += 1,
            _ => {}
        }
    }
    None
}

/// Without the words behind a quotation, if they are few and all before them stands in it: "…", said the mayor.
fn without_attribution(document: &Indexed, range: Range<usize>) -> Range<usize> {
    let end = match marks_before(document, range.start) {
        (_, true) => closing_before(document, range.start + 1..range.end),
        _ => None,
    };
    let is_short = |end: &usize| range.end - end <= ATTRIBUTION && end - range.start > ATTRIBUTION;
    range.start..end.filter(is_short).unwrap_or(range.end)
}

/// The first word of `range` before which a quotation is closed that was open at its beginning.
fn closing_before(document: &Indexed, range: Range<usize>) -> Option<usize> {
    let mut open = 0;
    for at in range {
        match marks_before(document, at) {
            (true, _) if open == 0 => return Some(at),
            (true, opens) => open -= usize::from(!opens),
            (_, true) => open += 1,
            _ => {}
        }
    }
    None
}

/// Verbatim, if both sides are the same words; no more than a statement, if it is loose and has hardly a row of words in common.
fn level(index: &Index, here: &Indexed, there: &Indexed, it: &mut Found) {
    let (a, b) = (&here.words[it.here.clone()], &there.words[it.there.clone()]);
    let is_same = a.len() == b.len() && a.iter().zip(b).all(|(a, b)| index.vocabulary.is_same(a.id, b.id));
    if is_same || letters(index, here, &it.here) == letters(index, there, &it.there) {
        it.level = Level::Verbatim;
        it.coverage = 1.0;
    } else if it.level == Level::Verbatim {
        it.level = Level::Altered;
    }
    if it.level == Level::Altered
        && it.coverage < NEAR_VERBATIM
        && (in_rows(index, a, b) as f32) < IN_ROWS * a.len().max(b.len()) as f32
    {
        it.level = Level::Statement;
    }
}

/// How many words of `a` stand in a row of words that `b` has too.
fn in_rows(index: &Index, a: &[Word], b: &[Word]) -> usize {
    let mut covered = 0;
    let mut at = 0;
    let row = |at: usize| {
        let from = |there: usize| {
            let pairs = a[at..].iter().zip(&b[there..]);
            pairs.take_while(|(one, two)| index.vocabulary.is_same(one.id, two.id)).count()
        };
        (0..b.len()).map(from).max().unwrap_or(0)
    };
    while at < a.len() {
        let length = row(at);
        let is_row = length >= ROW;
        covered += if is_row { length } else { 0 };
        at += if is_row { length } else { 1 };
    }
    covered
}

/// All letters in a row: a word that a line broke is the same word.
fn letters(index: &Index, document: &Indexed, range: &Range<usize>) -> String {
    document.words[range.clone()].iter().map(|word| index.vocabulary.text(word.id)).collect()
}
