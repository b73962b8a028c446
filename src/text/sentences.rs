//! Sentences of Dutch and English.
//!
//! UAX #29 proposes the cuts; what follows an abbreviation, an initial or a number is joined again. Before
//! that a copy of the same length is made in which what would mislead UAX #29 is replaced: a line break
//! inside a paragraph ends nothing, `<sup>2</sup>` and Markdown's closing marks stay with the sentence before.
//!
//! Limits: an acronym before a capital ("in the U.S. Government") ends a sentence only where the next word
//! is one that sentences often begin with. A headline without a full stop, on the line above a text without a
//! blank line between, is one sentence with what follows.

mod abbreviations;
mod mask;

use std::ops::Range;

use unicode_segmentation::UnicodeSegmentation;

use crate::model::Span;
use crate::text::{Paragraphs, is_blank};
use abbreviations::{Ending, ending_of, is_starter};
use mask::{is_closer, mask};

/// Cuts the text of one paragraph. The ranges have no white space at their ends, do not overlap, and hold
/// every character that is not white space.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let (masked, forced) = mask(text);
    let mut cuts: Vec<usize> = masked.split_sentence_bound_indices().map(|(at, _)| at).collect();
    cuts.extend(&forced);
    cuts.sort_unstable();
    cuts.dedup();
    let mut start = 0;
    cuts.retain(|at| {
        let keep = forced.binary_search(at).is_ok() || is_end(&masked[start..*at], &masked[*at..]);
        start = if keep { *at } else { start };
        keep
    });
    cuts.push(text.len());
    let mut found: Vec<Range<usize>> = Vec::new();
    let mut start = 0;
    for end in cuts {
        let part = &text[start..end];
        let from = end - part.trim_start_matches(is_blank).len();
        let range = from..start + part.trim_end_matches(is_blank).len();
        start = end;
        if range.is_empty() || from > end {
            continue;
        }
        // A piece without a word (a lone mark or bracket) goes with its neighbor.
        let is_wordless = |range: &Range<usize>| !text[range.clone()].contains(char::is_alphanumeric);
        match found.last_mut() {
            Some(last) if is_wordless(&range) || is_wordless(last) => last.end = range.end,
            _ => found.push(range),
        }
    }
    found
}

/// Whether a full stop behind `token` need not end a sentence.
pub(crate) fn is_abbreviation(token: &str) -> bool {
    ending_of(token, false) != Ending::Word
}

/// The sentence around `offset` in a whole document; in a gap the one before. `None` in an empty document.
/// Markdown marks at its ends are the business of [`crate::text::Rendering::snap`].
pub fn sentence_at(text: &str, paragraphs: &Paragraphs, offset: usize) -> Option<Span> {
    let number = paragraphs.number_at(offset);
    let found = sentences_near(text, paragraphs.range(number)?, offset);
    let at = found.partition_point(|sentence| sentence.start <= offset).saturating_sub(1);
    found.get(at).and_then(span)
}

/// The first sentence with a word in it after the one at `offset`.
pub fn next_sentence(text: &str, paragraphs: &Paragraphs, offset: usize) -> Option<Span> {
    let from = sentence_at(text, paragraphs, offset)
        .map_or(offset, |sentence| if sentence.start() > offset { sentence.start() } else { sentence.end() });
    let first = paragraphs.number_at(offset);
    (first..=paragraphs.len()).find_map(|number| {
        let range = paragraphs.range(number)?;
        let near = from.max(range.start);
        let found = sentences_near(text, range, near);
        found.iter().find(|sentence| sentence.start >= from && has_word(text, sentence)).and_then(span)
    })
}

/// The last sentence with a word in it before the one at `offset`.
pub fn prev_sentence(text: &str, paragraphs: &Paragraphs, offset: usize) -> Option<Span> {
    let to = sentence_at(text, paragraphs, offset)
        .map_or(offset, |sentence| if sentence.end() < offset { offset } else { sentence.start() });
    (1..=paragraphs.number_at(offset)).rev().find_map(|number| {
        let range = paragraphs.range(number)?;
        let near = to.min(range.end);
        let found = sentences_near(text, range, near);
        found.iter().rev().find(|sentence| sentence.end <= to && has_word(text, sentence)).and_then(span)
    })
}

/// The sentences of a paragraph; of a very long one only those a good way around `offset`.
fn sentences_near(text: &str, paragraph: Range<usize>, offset: usize) -> Vec<Range<usize>> {
    const REACH: usize = 16_000;
    let mut range = paragraph;
    if range.len() > 4 * REACH {
        let offset = text.floor_char_boundary(offset.clamp(range.start, range.end));
        let from = text.ceil_char_boundary(offset.saturating_sub(REACH).max(range.start));
        let to = text.floor_char_boundary((offset + REACH).min(range.end));
        if from > range.start {
            // Begin at a likely end of a sentence, so that the pieces do not depend on where one looks from.
            let before = &text[from..offset];
            let end = before.find(". ").map(|at| at + 2).or_else(|| before.find(' ').map(|at| at + 1));
            range.start = from + end.unwrap_or(0);
        }
        if to < range.end {
            range.end = text[offset..to].rfind(' ').map_or(to, |at| offset + at);
        }
    }
    let start = range.start;
    sentences(&text[range]).into_iter().map(|found| start + found.start..start + found.end).collect()
}

fn span(range: &Range<usize>) -> Option<Span> {
    Span::new(range.start, range.end)
}

fn has_word(text: &str, range: &Range<usize>) -> bool {
    text[range.clone()].contains(char::is_alphanumeric)
}

/// Whether a sentence ends between `before` (from where it began) and `after`, both masked.
fn is_end(before: &str, after: &str) -> bool {
    let ended = before.trim_end_matches(is_blank);
    let stem = ended.trim_end_matches(is_closer);
    if ended.len() == before.len() {
        // No space: an address or a missing one, but Chinese and Japanese have none.
        return stem.ends_with(['。', '！', '？']);
    }
    let next = after.trim_start_matches(|c: char| !c.is_alphanumeric());
    let Some(first) = next.chars().next() else { return true };
    if first.is_lowercase() {
        return false;
    }
    let Some(body) = stem.strip_suffix('.') else { return true };
    // "(Hij kwam enz.) Daarna": what the bracket closes is asked, not the bracket.
    let token = body.rsplit(|c: char| is_blank(c) || "([{\"'“‘„«-–—/".contains(c)).next().unwrap_or_default();
    let has_address = |word: &str| word.contains("://") || word.contains("www.") || word.contains('@');
    if body.rsplit(is_blank).next().is_some_and(has_address) {
        return true;
    }
    let is_whole = body.trim_matches(|c: char| !c.is_alphanumeric()) == token;
    let word = next.split(|c: char| !c.is_alphanumeric()).next().unwrap_or_default();
    match ending_of(token, is_whole) {
        Ending::Word => true,
        Ending::Never => false,
        Ending::BeforeNumber => !first.is_numeric(),
        Ending::BeforeCapital => first.is_uppercase(),
        Ending::BeforeStarter => is_starter(word),
        Ending::Initial => is_starter(word) && !["De", "Den", "Het", "Van", "The"].contains(&word),
    }
}

#[cfg(test)]
mod tests;
