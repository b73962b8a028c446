//! Carrying passages from one version of a text to another: by alignment first, then by their words and what stood
//! around them. Nothing is moved on a guess: what is not sure says so.

use std::collections::HashMap;
use std::ops::Range;

use crate::model::Span;

use super::align::{Block, align};
use super::quote::context;

/// What became of a passage in another version of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Fate {
    /// Its words stand where the alignment of the two texts says.
    Kept,
    /// Its words stand elsewhere: once, or once in what stood around them.
    Moved,
    /// The words are others at its place, or stand in several places. A span is proposed, and someone must look.
    Doubtful,
    /// Nothing like it is there.
    Lost,
}

/// A passage in another version of its text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Carried {
    /// How sure its place is.
    pub fate: Fate,
    /// Bytes of the other text; `None` when it is lost.
    pub span: Option<Span>,
}

impl Carried {
    const LOST: Self = Self { fate: Fate::Lost, span: None };

    /// The span, when it may be taken without a look: kept or moved.
    pub fn sure(self) -> Option<Span> {
        self.span.filter(|_| matches!(self.fate, Fate::Kept | Fate::Moved))
    }
}

/// A passage whose text is gone: its words and what stood around them.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    /// Its exact words.
    pub quote: &'a str,
    /// What stood before it.
    pub before: &'a str,
    /// What stood after it.
    pub after: &'a str,
}

/// Code points of context on each side by which a passage is told from another with the same words.
const CONTEXT: usize = 32;
/// Code points of context that must agree before it decides.
const ENOUGH: usize = 12;
/// Quotes of so many code points do not stand in two places by chance.
const LONG: usize = 24;
/// More places with the same words than this are not told apart.
const MANY: usize = 1_000;

/// Where `spans` of `old` are in `new`, in the order of `spans`. A span that does not fit `old` is lost.
///
/// Costs the difference of the two texts, one pass over each for the words that were not found so, and a little for
/// each span.
pub fn carry(old: &str, new: &str, spans: &[Span]) -> Vec<Carried> {
    let blocks = align(old, new);
    let wanted = |span: Span| {
        let (before, after) = context(old, span, CONTEXT);
        Some(Wanted { quote: span.of(old)?, before, after })
    };
    let kept = |span: &Span| kept(new, &blocks, *span, &wanted(*span)?);
    let mut carried: Vec<Option<Carried>> = spans.iter().map(kept).collect();
    let rest: Vec<usize> = (0..spans.len()).filter(|i| carried[*i].is_none()).collect();
    let quotes: Vec<&str> = rest.iter().map(|i| spans[*i].of(old).unwrap_or_default()).collect();
    let (there, here) =
        (places(new, &quotes), if rest.is_empty() { Vec::new() } else { places(old, &quotes) });
    for (nth, i) in rest.into_iter().enumerate() {
        let Some(wanted) = wanted(spans[i]) else { continue };
        let found = settled(new, &wanted, &there[nth], here[nth].len() == 1);
        carried[i] = Some(match found {
            Some(found) if found.fate == Fate::Moved => found,
            found => changed(old, new, &blocks, spans[i]).or(found).unwrap_or(Carried::LOST),
        });
    }
    carried.into_iter().map(|carried| carried.unwrap_or(Carried::LOST)).collect()
}

/// Where passages whose text is gone stand in `text`, by their words and what stood around them.
pub fn seek(text: &str, wanted: &[Wanted]) -> Vec<Carried> {
    let quotes: Vec<&str> = wanted.iter().map(|wanted| wanted.quote).collect();
    let places = places(text, &quotes);
    let one = |(wanted, places): (&Wanted, &Vec<usize>)| {
        settled(text, wanted, places, true).unwrap_or(Carried::LOST)
    };
    wanted.iter().zip(&places).map(one).collect()
}

/// The blocks that have something of a span.
fn touching(blocks: &[Block], span: Span) -> &[Block] {
    let from = blocks.partition_point(|block| block.old + block.len <= span.start());
    let count = blocks[from..].partition_point(|block| block.old < span.end());
    &blocks[from..from + count]
}

/// The passage, when the same words stand where a block of the alignment puts them.
fn kept(new: &str, blocks: &[Block], span: Span, wanted: &Wanted) -> Option<Carried> {
    let touching = touching(blocks, span);
    let shared = |block: &Block| (block.old + block.len).min(span.end()) - block.old.max(span.start());
    // The places that the blocks give, from the block that has most of it.
    let mut by_share: Vec<&Block> = touching.iter().collect();
    by_share.sort_by_key(|block| std::cmp::Reverse(shared(block)));
    for block in by_share.into_iter().take(8) {
        let Some(start) = (block.new + span.start()).checked_sub(block.old) else { continue };
        if new.get(start..start + span.len()) != Some(wanted.quote) {
            continue;
        }
        let span = Span::new(start, start + span.len())?;
        // A word or two may align by chance; a sentence does not.
        if wanted.quote.chars().nth(LONG).is_some() || agrees(score(new, span, wanted), wanted) {
            return Some(Carried { fate: Fate::Kept, span: Some(span) });
        }
    }
    None
}

/// How many code points around `span` are as they were around the passage.
fn score(text: &str, span: Span, wanted: &Wanted) -> usize {
    let before = text[..span.start()].chars().rev().zip(wanted.before.chars().rev());
    let after = text[span.end()..].chars().zip(wanted.after.chars());
    before.take_while(|(a, b)| a == b).count() + after.take_while(|(a, b)| a == b).count()
}

/// Whether enough of what stood around the passage is as it was.
fn agrees(score: usize, wanted: &Wanted) -> bool {
    score >= ENOUGH.min(wanted.before.chars().count() + wanted.after.chars().count())
}

/// The place among several with the same words, or a doubtful one. `sole` says that the words stood once in the text
/// that the passage comes from.
fn settled(text: &str, wanted: &Wanted, places: &[usize], sole: bool) -> Option<Carried> {
    let span = |at: usize| Span::new(at, at + wanted.quote.len());
    let mut scored: Vec<(usize, Span)> =
        places.iter().filter_map(|at| Some((score(text, span(*at)?, wanted), span(*at)?))).collect();
    scored.sort_by_key(|(score, span)| (std::cmp::Reverse(*score), *span));
    let (best, span) = *scored.first()?;
    let second = scored.get(1).map_or(0, |(score, _)| *score);
    let sure = match scored.len() {
        1 if sole && wanted.quote.chars().nth(LONG).is_some() => true,
        1 => agrees(best, wanted),
        many => many < MANY && agrees(best, wanted) && best >= 2 * second && best > second,
    };
    Some(Carried { fate: if sure { Fate::Moved } else { Fate::Doubtful }, span: Some(span) })
}

/// What stands in the place of a passage whose words were changed, if enough of them are left.
fn changed(old: &str, new: &str, blocks: &[Block], span: Span) -> Option<Carried> {
    let from = blocks.partition_point(|block| block.old + block.len <= span.start());
    let touching = touching(blocks, span);
    let before = from.checked_sub(1).and_then(|i| blocks.get(i));
    let after = blocks.get(from + touching.len());
    let quote = span.of(old)?;
    let ink = |text: &str| text.chars().filter(|c| c.is_alphanumeric()).count();
    let share = |block: &Block| &old[block.old.max(span.start())..(block.old + block.len).min(span.end())];
    let left: usize = touching.iter().map(|block| ink(share(block))).sum();
    // Where the gap at an end of the passage begins with it, all that stands in the gap now belongs to it.
    let start = match (touching.first(), before) {
        (Some(first), _) if first.old <= span.start() => first.new + span.start() - first.old,
        (_, Some(before)) if before.old + before.len == span.start() => before.new + before.len,
        (_, None) if span.start() == 0 => 0,
        (Some(first), _) => first.new,
        (None, _) => return None,
    };
    let end = match (touching.last(), after) {
        (Some(last), _) if last.old + last.len >= span.end() => last.new + span.end() - last.old,
        (_, Some(after)) if after.old == span.end() => after.new,
        (_, None) if span.end() == old.len() => new.len(),
        (Some(last), _) => last.new + last.len,
        (None, _) => return None,
    };
    let proposed = super::quote::trim(new, Span::new(start, end)?)?;
    // Half of its letters are there yet, or a short passage reads much the same.
    let similar = 2 * left >= ink(quote).max(1) || alike(quote, proposed.of(new)?);
    // What is put in its place may be far longer than it.
    (similar && proposed.len() <= 4 * span.len() + 64)
        .then_some(Carried { fate: Fate::Doubtful, span: Some(proposed) })
}

/// True for two short texts that have most of their characters in common, in order.
fn alike(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    if a.len() > 200 || b.len() > 200 {
        return false;
    }
    let ops = similar::capture_diff_slices(similar::Algorithm::Myers, &a, &b);
    similar::diff_ratio(&ops, a.len(), b.len()) > 0.6
}

/// Where each of the quotes stands, in order, at most [`MANY`] places each. One pass over the text for all that are
/// 8 bytes or longer.
fn places(text: &str, quotes: &[&str]) -> Vec<Vec<usize>> {
    let mut places = vec![Vec::new(); quotes.len()];
    let mut by_head: HashMap<[u8; 8], Vec<usize>> = HashMap::new();
    let mut heads = vec![false; 1 << 16];
    let mut short: HashMap<&str, Range<usize>> = HashMap::new();
    for (i, quote) in quotes.iter().enumerate().filter(|(_, quote)| !quote.is_empty()) {
        if let Some(head) = quote.as_bytes().first_chunk::<8>() {
            by_head.entry(*head).or_default().push(i);
            heads[pair(head)] = true;
        } else if let Some(done) = short.get(quote) {
            places[i] = places[done.start].clone();
        } else {
            places[i] = text.match_indices(*quote).map(|(at, _)| at).take(MANY).collect();
            short.insert(quote, i..i + 1);
        }
    }
    if !by_head.is_empty() {
        let bytes = text.as_bytes();
        for (at, window) in bytes.windows(8).enumerate() {
            let Some(head) = window.first_chunk::<8>().filter(|head| heads[pair(head)]) else { continue };
            for i in by_head.get(head).into_iter().flatten() {
                if bytes[at..].starts_with(quotes[*i].as_bytes()) && places[*i].len() < MANY {
                    places[*i].push(at);
                }
            }
        }
    }
    places
}

fn pair(head: &[u8; 8]) -> usize {
    usize::from(head[0]) << 8 | usize::from(head[1])
}

#[cfg(test)]
mod tests;
