//! Carrying passages from one version of a text to another: by alignment first, then by their words and what stood
//! around them. Nothing is moved on a guess: what is not sure says so.

mod likely;
mod proof;

use std::borrow::Cow;
use std::collections::HashMap;
use std::ops::Range;

use crate::model::Span;

use super::align::{Block, align};
use super::quote::context;

pub use likely::resembling;

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

impl Fate {
    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Moved => "moved",
            Self::Doubtful => "doubtful",
            Self::Lost => "lost",
        }
    }
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
/// A place is sure when the same words stand there and so much around them is the same that the whole stands nowhere
/// else, in neither text: what is said twice is never told apart by a guess.
///
/// Costs the difference of the two texts, a few passes over each, and a little for each span.
pub fn carry(old: &str, new: &str, spans: &[Span]) -> Vec<Carried> {
    let (a, b) = (Folded::of(old), Folded::of(new));
    let there = |span: &Span| span.is_in(old);
    let inside: Vec<Span> = spans.iter().filter(|span| there(span)).map(|span| a.folded(*span)).collect();
    let mut carried = carry_folded(&a.text, &b.text, &inside).into_iter();
    let back = |carried: Carried| Carried { span: carried.span.and_then(|span| b.unfolded(span)), ..carried };
    let each = |span: &Span| if there(span) { carried.next().map(back) } else { None };
    spans.iter().map(each).map(|carried| carried.unwrap_or(Carried::LOST)).collect()
}

/// A text with its quotation marks straight: whoever retypes them changes no word.
struct Folded<'a> {
    text: Cow<'a, str>,
    /// Where in `text` each mark ends that had three bytes.
    marks: Vec<usize>,
}

/// How many bytes shorter a straight mark is.
const SHORTER: usize = '“'.len_utf8() - 1;

impl<'a> Folded<'a> {
    fn of(text: &'a str) -> Self {
        const CURLY: [char; 6] = ['“', '”', '„', '‘', '’', '‚'];
        if !text.contains(CURLY) {
            return Self { text: Cow::Borrowed(text), marks: Vec::new() };
        }
        let (mut folded, mut marks) = (String::with_capacity(text.len()), Vec::new());
        for c in text.chars() {
            match c {
                '“' | '”' | '„' => folded.push('"'),
                '‘' | '’' | '‚' => folded.push('\''),
                _ => {
                    folded.push(c);
                    continue;
                }
            }
            marks.push(folded.len());
        }
        Self { text: Cow::Owned(folded), marks }
    }

    fn folded(&self, span: Span) -> Span {
        // The n-th mark ends at `marks[n] + (n + 1) * SHORTER` of the text itself.
        let at = |offset: usize| {
            let (mut low, mut high) = (0, self.marks.len());
            while low < high {
                let middle = low.midpoint(high);
                if self.marks[middle] + (middle + 1) * SHORTER <= offset {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            offset - low * SHORTER
        };
        Span::new(at(span.start()), at(span.end())).unwrap_or(span)
    }

    fn unfolded(&self, span: Span) -> Option<Span> {
        let at = |offset: usize| offset + self.marks.partition_point(|mark| *mark <= offset) * SHORTER;
        Span::new(at(span.start()), at(span.end()))
    }
}

/// White space of one byte as spaces: whoever wraps lines anew changes no word. No offset changes.
fn flat(text: &str) -> String {
    text.replace(['\n', '\t'], " ")
}

/// The same for texts with straight quotation marks, and spans that fit.
fn carry_folded(old: &str, new: &str, spans: &[Span]) -> Vec<Carried> {
    let (old_flat, new_flat) = (flat(old), flat(new));
    if old_flat == new_flat {
        return spans.iter().map(|span| Carried { fate: Fate::Kept, span: Some(*span) }).collect();
    }
    let starts = starts(&old_flat);
    let mut carried = vec![Carried::LOST; spans.len()];
    let open = open(&old_flat, &new_flat, &starts);
    let beside = |nth: &usize| match outside(&open, new.len(), old.len(), spans[*nth]) {
        Some(place) => {
            carried[*nth] = Carried { fate: Fate::Kept, span: Some(place) };
            false
        }
        None => true,
    };
    let inside: Vec<usize> = (0..spans.len()).filter(beside).collect();
    if inside.is_empty() {
        return carried;
    }
    let blocks = align(old, new);
    let mut claims = Vec::new();
    let mut rest = Vec::new();
    for nth in inside {
        let old_span = spans[nth];
        match aligned((old, &old_flat), (new, &new_flat), &blocks, old_span) {
            Some(place) => claims.push(Claim { nth, old: old_span, new: place, fate: Fate::Kept }),
            None => rest.push(nth),
        }
    }
    let quotes: Vec<&str> = rest.iter().map(|nth| spans[*nth].of(&old_flat).unwrap_or_default()).collect();
    for (nth, places) in rest.into_iter().zip(places(&new_flat, &quotes)) {
        let span = spans[nth];
        // Something like it where it stood, and the very words elsewhere: someone has to say which of them it is.
        match (changed(old, new, &blocks, span), likeliest(&old_flat, &new_flat, span, &places)) {
            (Some(changed), _) => carried[nth] = changed,
            (None, Some(place)) => claims.push(Claim { nth, old: span, new: place, fate: Fate::Moved }),
            (None, None) => {}
        }
    }
    for claim in &claims {
        carried[claim.nth] = Carried { fate: Fate::Doubtful, span: Some(claim.new) };
    }
    for claim in proof::proved(&old_flat, &new_flat, &starts, claims) {
        carried[claim.nth].fate = claim.fate;
    }
    carried
}

/// Where sentences begin, and the end of the text: near enough to tell what stands beside a passage. No language is
/// known here, and nothing but evidence hangs on it.
fn starts(text: &str) -> Vec<usize> {
    let mut starts = vec![0];
    let mut ended = false;
    let mut before = ' ';
    for (at, c) in text.char_indices() {
        if c.is_whitespace() {
            ended |= matches!(before, '.' | '?' | '!');
        } else if ended {
            starts.push(at);
            ended = false;
        }
        before = c;
    }
    starts.push(text.len());
    starts.dedup();
    starts
}

/// The one stretch of the old text outside of which both are the same, in whole sentences. What was added or taken out
/// may repeat what stands beside it: all places where that can have been belong to the stretch.
fn open(old: &str, new: &str, starts: &[usize]) -> Range<usize> {
    let before = old.bytes().zip(new.bytes()).take_while(|(a, b)| a == b).count();
    let after = old.bytes().rev().zip(new.bytes().rev()).take_while(|(a, b)| a == b).count();
    let (all, all_new) = (old.len(), new.len());
    let from = before.min(all - after).min(all_new - after);
    let to = before.max(all - after).max(before + all.saturating_sub(all_new));
    if before + after >= all.min(all_new) {
        // Something was added or taken out, and no more was done.
        let from = starts.partition_point(|start| *start <= from).saturating_sub(1);
        return starts[from]..starts.get(starts.partition_point(|start| *start < to)).copied().unwrap_or(all);
    }
    // Else what stands beside the stretch may be a copy of what is in it, where one of the two was changed since.
    let mut first = starts.partition_point(|start| *start < from).saturating_sub(1);
    let mut last = starts.partition_point(|start| *start <= to).min(starts.len() - 1);
    let said = |first: usize, last: usize, nth: usize| {
        let (from, to) = (starts[first], starts[last]);
        let parts = [old.get(from..to), new.get(from..(to + all_new).saturating_sub(all))];
        let sentence = old.get(starts[nth]..starts[nth + 1]).unwrap_or_default().trim_end();
        parts.into_iter().flatten().any(|part| has_piece(part, sentence))
    };
    while first > 0 && said(first, last, first - 1) {
        first -= 1;
    }
    while last + 1 < starts.len() && said(first, last, last) {
        last += 1;
    }
    starts[first]..starts[last]
}

/// Whether a fifth of a sentence stands in `text`: what is left of it after some changes.
fn has_piece(text: &str, sentence: &str) -> bool {
    let size = (sentence.len() / 5).max(8);
    let pieces = (0..sentence.len().div_ceil(size)).filter_map(|nth| {
        let from = sentence.ceil_char_boundary(nth * size);
        let to = sentence.ceil_char_boundary((nth * size + size).min(sentence.len()));
        sentence.get(from..to).filter(|piece| piece.len() >= size || sentence.len() < size)
    });
    pieces.into_iter().any(|piece| text.contains(piece))
}

/// Where a span is in a new text that is the same outside of `open`; `None` for one that has something of it.
fn outside(open: &Range<usize>, new: usize, old: usize, span: Span) -> Option<Span> {
    if span.end() <= open.start {
        return Some(span);
    }
    (open.end <= span.start()).then(|| Span::new(span.start() + new - old, span.end() + new - old))?
}

/// A passage and a place with the same words that may be its.
struct Claim {
    nth: usize,
    old: Span,
    new: Span,
    fate: Fate,
}

/// Of several places with the same words the one with most around it that is the same; the first of equals.
fn likeliest(old: &str, new: &str, span: Span, places: &[usize]) -> Option<Span> {
    let (before, after) = context(old, span, CONTEXT);
    let wanted = Wanted { quote: span.of(old)?, before, after };
    let mut scored: Vec<(usize, Span)> = places
        .iter()
        .filter_map(|at| Span::new(*at, at + span.len()))
        .map(|place| (score(new, place, &wanted), place))
        .collect();
    scored.sort_by_key(|(score, place)| (std::cmp::Reverse(*score), *place));
    scored.first().map(|(_, place)| *place)
}

/// Where passages whose text is gone stand in `text`, by their words and what stood around them.
pub fn seek(text: &str, wanted: &[Wanted]) -> Vec<Carried> {
    let quotes: Vec<&str> = wanted.iter().map(|wanted| wanted.quote).collect();
    let places = places(text, &quotes);
    let one =
        |(wanted, places): (&Wanted, &Vec<usize>)| settled(text, wanted, places).unwrap_or(Carried::LOST);
    wanted.iter().zip(&places).map(one).collect()
}

/// The blocks that have something of a span.
fn touching(blocks: &[Block], span: Span) -> &[Block] {
    let from = blocks.partition_point(|block| block.old + block.len <= span.start());
    let count = blocks[from..].partition_point(|block| block.old < span.end());
    &blocks[from..from + count]
}

/// The same words, where a block of the alignment puts the passage, or where its ends are put.
fn aligned(
    (old, old_flat): (&str, &str),
    (new, new_flat): (&str, &str),
    blocks: &[Block],
    span: Span,
) -> Option<Span> {
    let quote = span.of(old_flat)?;
    let shared = |block: &Block| (block.old + block.len).min(span.end()) - block.old.max(span.start());
    // The places that the blocks give, from the block that has most of it.
    let mut by_share: Vec<&Block> = touching(blocks, span).iter().collect();
    by_share.sort_by_key(|block| std::cmp::Reverse(shared(block)));
    let by_block = by_share.into_iter().take(8).find_map(|block| {
        let start = (block.new + span.start()).checked_sub(block.old)?;
        let place = Span::new(start, start + span.len())?;
        (place.of(new_flat) == Some(quote)).then_some(place)
    });
    by_block.or_else(|| {
        let place = changed(old, new, blocks, span)?.span?;
        let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
        (words(place.of(new)?) == words(quote)).then_some(place)
    })
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

/// The place among several with the same words, or a doubtful one.
fn settled(text: &str, wanted: &Wanted, places: &[usize]) -> Option<Carried> {
    let span = |at: usize| Span::new(at, at + wanted.quote.len());
    let mut scored: Vec<(usize, Span)> =
        places.iter().filter_map(|at| Some((score(text, span(*at)?, wanted), span(*at)?))).collect();
    scored.sort_by_key(|(score, span)| (std::cmp::Reverse(*score), *span));
    let (best, span) = *scored.first()?;
    let second = scored.get(1).map_or(0, |(score, _)| *score);
    let sure = match scored.len() {
        1 if wanted.quote.chars().nth(LONG).is_some() => true,
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

/// How much of two texts is the same, from 0 to 1: by characters of short ones, by words of long ones.
pub fn likeness(a: &str, b: &str) -> f32 {
    const SHORT: usize = 400;
    if a == b {
        return 1.0;
    }
    if a.is_empty() || b.is_empty() {
        return 0.0;
    }
    if a.len() <= SHORT && b.len() <= SHORT {
        let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
        let ops = similar::capture_diff_slices(similar::Algorithm::Myers, &a, &b);
        return similar::diff_ratio(&ops, a.len(), b.len());
    }
    // Words, each as often as both have it: the order of long texts is seen, not counted.
    let mut left: HashMap<&str, usize> = HashMap::new();
    let (mut all, mut both) = (0, 0);
    for word in a.split_whitespace() {
        *left.entry(word).or_default() += 1;
        all += 1;
    }
    for word in b.split_whitespace() {
        all += 1;
        if let Some(count) = left.get_mut(word).filter(|count| **count > 0) {
            *count -= 1;
            both += 2;
        }
    }
    both as f32 / all.max(1) as f32
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
