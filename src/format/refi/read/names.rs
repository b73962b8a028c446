//! Words that stand in several places, and words that are cut.

use super::super::NAME_CHARS;
use crate::format::import::Claim;

/// What several places say, each thing once; `None` when they say nothing.
pub(super) fn together(texts: &[&str]) -> Option<String> {
    let mut all: Vec<&str> = Vec::new();
    for text in texts.iter().filter(|text| !text.trim().is_empty()) {
        if !all.iter().any(|own| own.trim() == text.trim()) {
            all.push(text);
        }
    }
    (!all.is_empty()).then(|| all.join("\n"))
}

/// Gives a claim the words of a selection, which are its name: most programs cut them, at about 100 characters.
pub(super) fn quote(claim: &mut Claim, name: &str, is_own: bool) {
    // What XML can't hold was written as this; the words before it are enough.
    let (words, is_broken) = match name.split_once('\u{fffd}') {
        Some((before, _)) => (before, true),
        None => (name, false),
    };
    if words.trim().is_empty() {
        return;
    }
    let count = words.chars().count();
    let is_short = |range: &std::ops::Range<usize>| count < range.end.saturating_sub(range.start);
    let ends = words.ends_with('…') || words.ends_with("...");
    let is_long = count + 10 >= NAME_CHARS;
    claim.cut = is_broken || ends || is_long || is_own && claim.ranges.iter().any(is_short);
    claim.quote = Some(words.to_owned());
}
