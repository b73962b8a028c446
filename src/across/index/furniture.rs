//! Lines that recur as the headers and footers of pages do. They break running text in the middle of a sentence, and
//! would be echoes of one another.
//!
//! A line of hard-wrapped text may be one short word that stands in three places ("met"), so a line counts only if it
//! has three words or begins a paragraph, or stands beside such a line. Numbers make no difference: "page 3 of 9".

use std::collections::HashMap;
use std::ops::Range;

use crate::model::Span;

use super::super::words::flag;
use super::{Word, line_around};

/// Lines longer than this are text.
const MOST_WORDS: usize = 12;
/// A line that stands so often recurs.
const OFTEN: u32 = 3;

/// Takes recurring lines out of `words`; where they stood.
pub(super) fn take_out(words: &mut Vec<Word>, text: &str) -> Vec<Span> {
    let lines = short_lines(words);
    let mut counts: HashMap<u64, u32> = HashMap::with_capacity(lines.len());
    for (_, hash) in &lines {
        *counts.entry(*hash).or_default() += 1;
    }
    let recurs = |hash: &u64| counts.get(hash).is_some_and(|count| *count >= OFTEN);
    let mut taken: Vec<bool> = lines
        .iter()
        .map(|(line, hash)| recurs(hash) && (line.len() >= 3 || words[line.start].has(flag::PARAGRAPH)))
        .collect();
    if !taken.contains(&true) {
        return Vec::new();
    }
    let touch = |a: usize, b: usize| lines[a].0.end == lines[b].0.start;
    for at in 1..lines.len() {
        taken[at] |= taken[at - 1] && touch(at - 1, at) && recurs(&lines[at].1);
    }
    for at in (1..lines.len()).rev() {
        taken[at - 1] |= taken[at] && touch(at - 1, at) && recurs(&lines[at - 1].1);
    }
    let mut spans = Vec::new();
    let mut out: Vec<bool> = vec![false; words.len()];
    for ((line, _), _) in lines.iter().zip(&taken).filter(|(_, taken)| **taken) {
        out[line.clone()].fill(true);
        spans.extend(line_around(text, words[line.start].start as usize, words[line.end - 1].end()));
    }
    let mut at = 0;
    words.retain(|_| {
        at += 1;
        !out[at - 1]
    });
    spans
}

/// Lines of few words, each with a hash of its words.
fn short_lines(words: &[Word]) -> Vec<(Range<usize>, u64)> {
    let mut lines = Vec::new();
    let mut start = 0;
    for at in 1..=words.len() {
        if at < words.len() && !words[at].has(flag::LINE) {
            continue;
        }
        if at - start <= MOST_WORDS {
            let hash = words[start..at].iter().fold(0xcbf2_9ce4_8422_2325_u64, |hash, word| {
                let id = if word.has(flag::NUMBER) { u32::MAX } else { word.id };
                (hash ^ u64::from(id)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23)
            });
            lines.push((start..at, hash));
        }
        start = at;
    }
    lines
}
