//! Where a passage whose text is gone may stand: a proposal to look at, never more.
//!
//! The text that it comes from is not at hand, only its words and what stood around them. These are taken for a text of
//! their own, laid over the stretch of the new one that has most of their pieces, and the passage is carried over as from
//! one version of a text to the next: so the search after a correction finds what the correction itself proposes.

use std::collections::BTreeMap;

use memchr::memmem;

use super::{Folded, MANY, Wanted, carry_folded, flat, seek};
use crate::model::Span;
use crate::text::quote::trim;

/// Code points of a piece by which the stretch is found: rarer than a word, shorter than what is seldom left unchanged.
const PIECE: usize = 10;

/// Bytes of text that are looked at on each side of where the passage must be.
const AROUND: usize = 256;

/// Where a passage whose text is gone may stand in `text`: its words, words like them, or what stands now between what
/// stood around it.
pub fn resembling(text: &str, wanted: &Wanted) -> Option<Span> {
    let folded = Folded::of(text);
    let flat_text = flat(&folded.text);
    let [quote, before, after] =
        [wanted.quote, wanted.before, wanted.after].map(|words| flat(&Folded::of(words).text));
    let flat_wanted = Wanted { quote: &quote, before: &before, after: &after };
    let exact = seek(&flat_text, std::slice::from_ref(&flat_wanted)).first().and_then(|it| it.span);
    let found = exact
        .or_else(|| between(&flat_text, &flat_wanted))
        .or_else(|| carried(&folded.text, &flat_text, &flat_wanted))?;
    trim(text, folded.unfolded(found)?)
}

/// What stands now between what stood around it, where each of these stands once.
fn between(text: &str, wanted: &Wanted) -> Option<Span> {
    let known = |context: &str| context.chars().filter(|c| c.is_alphanumeric()).count() >= 8;
    let only = |context: &str| {
        let mut places = text.match_indices(context).map(|(at, _)| at);
        let at = places.next()?;
        places.next().is_none().then_some(at)
    };
    if !known(wanted.before) || !known(wanted.after) {
        return None;
    }
    let start = only(wanted.before)? + wanted.before.len();
    let span = trim(text, Span::new(start, only(wanted.after)?)?)?;
    (span.len() <= 4 * wanted.quote.len() + 64).then_some(span)
}

/// What the passage has become in the stretch that has most of its pieces.
fn carried(text: &str, flat_text: &str, wanted: &Wanted) -> Option<Span> {
    let old = [wanted.before, wanted.quote, wanted.after].concat();
    let span = Span::new(wanted.before.len(), wanted.before.len() + wanted.quote.len())?;
    let start = likely_start(flat_text, &old)?;
    let border = |mut at: usize| {
        at = at.min(text.len());
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        at
    };
    let from = border(start.saturating_sub(AROUND));
    let to = border(start.saturating_add(old.len() + wanted.quote.len() + AROUND));
    let place = carry_folded(&old, &text[from..to], &[span]).first()?.span?;
    Span::new(from + place.start(), from + place.end())
}

/// Where `old` would begin in `text` by most of its pieces; the first of several such places.
fn likely_start(text: &str, old: &str) -> Option<usize> {
    let starts: Vec<usize> = old.char_indices().map(|(at, _)| at).chain([old.len()]).collect();
    let mut votes: BTreeMap<usize, usize> = BTreeMap::new();
    for piece in (0..starts.len()).step_by(PIECE) {
        let from = starts[piece];
        let to = starts.get(piece + PIECE).copied().unwrap_or(old.len());
        let words = &old[from..to];
        if words.chars().filter(|c| c.is_alphanumeric()).count() < PIECE / 2 {
            continue;
        }
        for at in memmem::find_iter(text.as_bytes(), words).take(MANY) {
            // Words that were put in or left out move what follows: near is the same.
            let begin = at.saturating_sub(from);
            *votes.entry(begin / AROUND).or_default() += 1;
        }
    }
    let most = votes.values().max().copied()?;
    let bucket = votes.iter().find(|(_, count)| **count == most).map(|(bucket, _)| *bucket)?;
    Some(bucket * AROUND + AROUND / 2)
}

#[cfg(test)]
mod tests {
    use super::super::carry;
    use super::*;
    use crate::text::quote::context;

    /// What [`carry`] proposes between two texts is what is found again without the first of them.
    fn check(old: &str, quote: &str, new: &str, expected: &str) {
        let start = old.find(quote).unwrap();
        let span = Span::new(start, start + quote.len()).unwrap();
        let (before, after) = context(old, span, 32);
        let found = resembling(new, &Wanted { quote, before, after });
        assert_eq!(found.and_then(|span| span.of(new)), Some(expected));
        let carried = carry(old, new, &[span])[0].span;
        assert_eq!(carried.and_then(|span| span.of(new)), Some(expected), "as the correction has it");
    }

    const OLD: &str = "👮🏽‍♀️ Het e\u{301}erste deel.\n\nDe haven meet elke nacht het geluid van twaalf kranen, zegt \
                       “de dienst”.\n\nNiemand heeft dat ooit ontkend.\n";

    #[test]
    fn what_a_correction_proposes_is_found_without_the_text_of_before() {
        let quote = "De haven meet elke nacht het geluid van twaalf kranen";
        // One word is another; the marks of quotation too; lines are wrapped anew.
        let new = OLD.replace("twaalf", "veertien");
        check(OLD, quote, &new, "De haven meet elke nacht het geluid van veertien kranen");
        let new = OLD.replace("“de dienst”", "\"de dienst\"").replace("elke nacht", "elke\nnacht");
        check(OLD, quote, &new, "De haven meet elke\nnacht het geluid van twaalf kranen");
        // What stood around it is other, too.
        let new = OLD.replace("twaalf", "wel dertig").replace("zegt", "meldt").replace("deel", "stuk");
        check(OLD, quote, &new, "De haven meet elke nacht het geluid van wel dertig kranen");
    }

    #[test]
    fn nothing_like_it_is_nothing() {
        let wanted = Wanted { quote: "De kade is afgesloten voor verkeer", before: "", after: "" };
        assert_eq!(resembling(OLD, &wanted), None);
        assert_eq!(resembling("", &wanted), None);
        assert_eq!(resembling(OLD, &Wanted { quote: "", before: "", after: "" }), None);
    }
}
