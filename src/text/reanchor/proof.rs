//! When a place with the words of a passage is sure to be its place.
//!
//! Sentences are said twice, copied, damaged and taken out, and then the words of a passage may stand where it never
//! stood. What cannot be copied by chance is the company that it keeps. So a place is sure when the sentence before the
//! passage and the one after it are there too, whole, and each of them with the passage stands once in the old text and
//! once in the new one. All else is a question.
//!
//! A whole paragraph may be copied and the original changed since. Of that pieces are left: what stood once and stands
//! twice now makes a question of all that it is a part of.

use std::ops::Range;

use super::{Claim, places};

/// Bytes that stand beside a passage at the least, where its neighbors are as short as “No.”
const LEAST: usize = 60;
/// Bytes beside a passage that are enough, in texts without sentences.
const MOST: usize = 600;

/// The claims that are sure.
pub(super) fn proved(old: &str, new: &str, starts: &[usize], claims: Vec<Claim>) -> Vec<Claim> {
    let with_sides = |claim: Claim| {
        let sides = sides(old, new, starts, &claim)?;
        Some((claim, sides))
    };
    let (claims, sides): (Vec<Claim>, Vec<[&str; 2]>) = claims.into_iter().filter_map(with_sides).unzip();
    let all = sides.concat();
    let (here, there) = (places(old, &all), places(new, &all));
    let once = |at: usize| all[at].is_empty() || (here[at].len() == 1 && there[at].len() == 1);
    let sure = |(nth, claim)| {
        (once(2 * nth) && once(2 * nth + 1)).then_some((claim, [all[2 * nth], all[2 * nth + 1]]))
    };
    uncopied(old, new, claims.into_iter().enumerate().filter_map(sure).collect())
}

/// Bytes of a piece that tells of a copy.
const PIECE: usize = 32;

/// The claims of which no piece that stood once stands twice.
fn uncopied(old: &str, new: &str, claims: Vec<(Claim, [&str; 2])>) -> Vec<Claim> {
    let mut pieces = Vec::new();
    let cut = |(claim, [left, right]): (Claim, [&str; 2])| {
        let from = claim.old.end() - left.len().max(claim.old.len());
        let to = claim.old.start() + right.len().max(claim.old.len());
        let first = pieces.len();
        for at in (from..to).step_by(PIECE) {
            let range = old.ceil_char_boundary(at)..old.ceil_char_boundary((at + PIECE).min(to));
            pieces.extend(old.get(range).filter(|piece| piece.len() >= PIECE / 2));
        }
        (claim, first..pieces.len())
    };
    let claims: Vec<_> = claims.into_iter().map(cut).collect();
    let (here, there) = (places(old, &pieces), places(new, &pieces));
    let copied = |at: usize| here[at].len() == 1 && there[at].len() > 1;
    let sure = |(claim, mut its): (Claim, Range<usize>)| (!its.any(copied)).then_some(claim);
    claims.into_iter().filter_map(sure).collect()
}

/// The passage with the sentence before it, and with the one after it, when both stand at the place of the claim too;
/// empty where there is none, because both texts begin or end there.
fn sides<'a>(old: &'a str, new: &str, starts: &[usize], claim: &Claim) -> Option<[&'a str; 2]> {
    let (from, to) =
        (company_before(old, starts, claim.old.start()), company_after(old, starts, claim.old.end()));
    let (before, after) = (&old[from..claim.old.start()], &old[claim.old.end()..to]);
    let (new_before, new_after) = (&new[..claim.new.start()], &new[claim.new.end()..]);
    if !new_before.ends_with(before) || !new_after.starts_with(after) {
        return None;
    }
    // Where there is no whole sentence more, the text itself must begin or end.
    let (begins, ends) = (from == 0, to == old.trim_end().len().max(claim.old.end()));
    if (begins && new_before.len() > before.len()) || (ends && !new_after[after.len()..].trim().is_empty()) {
        return None;
    }
    let left = if before.is_empty() { "" } else { &old[from..claim.old.end()] };
    let right = if after.is_empty() { "" } else { &old[claim.old.start()..to] };
    Some([left, right])
}

/// Where the sentence before the one around `at` begins; earlier when that is near.
fn company_before(text: &str, starts: &[usize], at: usize) -> usize {
    let own = starts.partition_point(|start| *start <= at).saturating_sub(1);
    let least = at.saturating_sub(LEAST);
    let from = starts[..own].iter().rev().copied().find(|start| *start <= least).unwrap_or(0);
    from.max(text.ceil_char_boundary(at.saturating_sub(MOST)).min(at))
}

/// Where the sentence after the one around `at` ends, without the white space after it; later when that is near.
fn company_after(text: &str, starts: &[usize], at: usize) -> usize {
    let next = starts.partition_point(|start| *start < at);
    let least = at + LEAST;
    let later = starts.get(next + 1..).unwrap_or_default();
    let to = later.iter().copied().find(|start| *start >= least).unwrap_or(text.len());
    let to = to.min(text.floor_char_boundary(at + MOST)).max(at);
    at + text[at..to].trim_end().len()
}
