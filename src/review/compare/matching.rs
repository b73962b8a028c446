//! Which annotation of one reader is which of another.

use std::collections::BTreeMap;

use crate::model::{Span, TagId};
use crate::review::assign;

/// A span with a tag, in terms of one text and one scheme. `None` is a tag of which that is not known; it equals no
/// other.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of the text.
    pub span: Span,
    /// The tag.
    pub tag: Option<TagId>,
}

/// What the same tag adds to the gain of a pair, whose overlap is at most 1: of two marks on nearly the same passage,
/// the one with the same tag is the counterpart.
const SAME_TAG: f64 = 0.1;
/// The share that two marks with different tags must have in common to be of the same passage. Below it, they are two
/// marks that happen to touch: a caveat in a long claim.
const SAME_PASSAGE: f64 = 0.2;

impl Mark {
    fn agrees_in_tag(&self, other: &Self) -> bool {
        self.tag.is_some() && self.tag == other.tag
    }

    /// What both cover, as a share of what either covers.
    fn share(&self, other: &Self) -> f64 {
        let (a, b) = (self.span, other.span);
        let shared = a.end().min(b.end()).saturating_sub(a.start().max(b.start()));
        // Lengths of texts are far below 2^53.
        shared as f64 / (a.len() + b.len() - shared) as f64
    }

    /// What it is worth to take the two for the same, from 0 (not at all) to 1 and a little.
    fn gain(&self, other: &Self) -> f64 {
        let share = self.share(other);
        match self.agrees_in_tag(other) {
            true if share > 0.0 => share + SAME_TAG,
            false if share >= SAME_PASSAGE => share,
            _ => 0.0,
        }
    }
}

/// Pairs of marks that are the same in two lists, and those of either that have no counterpart, by where they begin.
///
/// The same span with the same tag first; of the rest the one-to-one assignment with the largest sum of overlaps
/// (what both cover as a share of what either covers, and a little for the same tag). Each index occurs once. Costs by
/// the marks and by how many pairs of them overlap.
pub fn matching(a: &[Mark], b: &[Mark]) -> Vec<(Option<usize>, Option<usize>)> {
    let mut taken = (vec![false; a.len()], vec![false; b.len()]);
    let mut pairs = Vec::with_capacity(a.len().max(b.len()));
    let mut same: BTreeMap<(Span, &TagId), Vec<usize>> = BTreeMap::new();
    for (j, mark) in b.iter().enumerate().rev() {
        if let Some(tag) = &mark.tag {
            same.entry((mark.span, tag)).or_default().push(j);
        }
    }
    for (i, mark) in a.iter().enumerate() {
        let Some(tag) = &mark.tag else { continue };
        if let Some(j) = same.get_mut(&(mark.span, tag)).and_then(Vec::pop) {
            (taken.0[i], taken.1[j]) = (true, true);
            pairs.push((Some(i), Some(j)));
        }
    }
    let gains = gains(a, b, &taken);
    for (i, j) in assign::best(&gains) {
        (taken.0[i], taken.1[j]) = (true, true);
        pairs.push((Some(i), Some(j)));
    }
    pairs.extend((0..a.len()).filter(|i| !taken.0[*i]).map(|i| (Some(i), None)));
    pairs.extend((0..b.len()).filter(|j| !taken.1[*j]).map(|j| (None, Some(j))));
    pairs.sort_by_key(|(i, j)| {
        let spans = [i.map(|i| a[i].span), j.map(|j| b[j].span)];
        let union = spans.into_iter().flatten().reduce(union);
        (union, i.is_none(), *i, *j)
    });
    pairs
}

/// The span from where the first of the two begins to where the last ends.
pub(in crate::review) fn union(a: Span, b: Span) -> Span {
    Span::new(a.start().min(b.start()), a.end().max(b.end())).unwrap_or(a)
}

/// All pairs of free marks that are worth something together, found by going over the text once.
fn gains(a: &[Mark], b: &[Mark], taken: &(Vec<bool>, Vec<bool>)) -> Vec<(usize, usize, f64)> {
    let by_start = |marks: &[Mark], taken: &[bool]| {
        let mut order: Vec<usize> = (0..marks.len()).filter(|i| !taken[*i]).collect();
        order.sort_by_key(|i| (marks[*i].span, *i));
        order
    };
    let (order_a, order_b) = (by_start(a, &taken.0), by_start(b, &taken.1));
    let mut gains = Vec::new();
    // What has begun and not ended, of either.
    let (mut open_a, mut open_b): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    let (mut next_a, mut next_b) = (order_a.into_iter().peekable(), order_b.into_iter().peekable());
    loop {
        let first_is_a = match (next_a.peek(), next_b.peek()) {
            (None, None) => break,
            (Some(_), None) => true,
            (None, Some(_)) => false,
            (Some(i), Some(j)) => a[*i].span.start() <= b[*j].span.start(),
        };
        if first_is_a {
            let Some(i) = next_a.next() else { break };
            open_b.retain(|j| b[*j].span.end() > a[i].span.start());
            gains.extend(open_b.iter().map(|j| (i, *j, a[i].gain(&b[*j]))));
            open_a.push(i);
        } else {
            let Some(j) = next_b.next() else { break };
            open_a.retain(|i| a[*i].span.end() > b[j].span.start());
            gains.extend(open_a.iter().map(|i| (*i, j, a[*i].gain(&b[j]))));
            open_b.push(j);
        }
    }
    gains.retain(|(_, _, gain)| *gain > 0.0);
    gains.sort_by_key(|(i, j, _)| (*i, *j));
    gains
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn mark(start: usize, end: usize, tag: &str) -> Mark {
        let tag = (tag != "?").then(|| TagId::new(tag));
        Mark { span: Span::new(start, end).unwrap(), tag }
    }

    #[test]
    fn the_same_passage_and_tag_come_first_even_where_a_sum_would_be_larger() {
        let a = [mark(0, 10, "claim"), mark(0, 9, "claim")];
        let b = [mark(0, 9, "claim"), mark(0, 5, "claim")];
        assert_eq!(matching(&a, &b), [(Some(1), Some(0)), (Some(0), Some(1))]);
    }

    #[test]
    fn the_best_sum_of_overlaps_is_not_greedy() {
        // Greedy takes the pair 0, 0 (9 of 11) and leaves two alone; the two other pairs together have more.
        let a = [mark(0, 10, "claim"), mark(8, 20, "claim")];
        let b = [mark(1, 11, "claim"), mark(0, 6, "claim")];
        assert_eq!(matching(&a, &b), [(Some(0), Some(1)), (Some(1), Some(0))]);
    }

    #[test]
    fn the_same_tag_decides_between_near_equals_and_a_touch_is_no_passage() {
        let a = [mark(0, 100, "claim")];
        let b = [mark(0, 100, "denial"), mark(0, 95, "claim")];
        assert_eq!(matching(&a, &b), [(Some(0), Some(1)), (None, Some(0))]);
        let b = [mark(10, 20, "denial")];
        assert_eq!(matching(&a, &b), [(Some(0), None), (None, Some(0))], "a denial in a long claim");
        let b = [mark(10, 20, "claim")];
        assert_eq!(matching(&a, &b), [(Some(0), Some(0))], "the same tag, other ends");
        assert_eq!(matching(&a, &[mark(100, 120, "claim")]).len(), 2, "neighbors have nothing in common");
    }

    #[test]
    fn a_tag_that_is_not_known_equals_none() {
        let (a, b) = ([mark(0, 9, "?")], [mark(0, 9, "?"), mark(0, 9, "claim")]);
        assert_eq!(matching(&a, &b).len(), 2);
        assert_eq!(matching(&[], &b), [(None, Some(0)), (None, Some(1))]);
    }

    fn marks() -> impl Strategy<Value = Vec<Mark>> {
        let one = (0_usize..30, 1_usize..12, 0_usize..3);
        let mark = |(start, len, tag): (usize, usize, usize)| {
            mark(start, start + len, ["claim", "denial", "?"][tag])
        };
        prop::collection::vec(one.prop_map(mark), 0..7)
    }

    /// The largest sum of gains, by trying all.
    fn largest(a: &[Mark], b: &[Mark], free: &mut Vec<bool>) -> f64 {
        let Some((first, rest)) = a.split_first() else { return 0.0 };
        let mut best = largest(rest, b, free);
        for j in 0..b.len() {
            if free[j] && first.gain(&b[j]) > 0.0 {
                free[j] = false;
                best = best.max(first.gain(&b[j]) + largest(rest, b, free));
                free[j] = true;
            }
        }
        best
    }

    proptest! {
        #[test]
        fn every_mark_occurs_once_and_the_rest_is_matched_best(a in marks(), b in marks()) {
            let pairs = matching(&a, &b);
            let mut seen: Vec<usize> = pairs.iter().filter_map(|pair| pair.0).collect();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..a.len()).collect::<Vec<_>>());
            let mut seen: Vec<usize> = pairs.iter().filter_map(|pair| pair.1).collect();
            seen.sort_unstable();
            prop_assert_eq!(seen, (0..b.len()).collect::<Vec<_>>());
            let is_same = |i: usize, j: usize| a[i].tag.is_some() && a[i] == b[j];
            let both: Vec<(usize, usize)> = pairs.iter().filter_map(|(i, j)| Some(((*i)?, (*j)?))).collect();
            let others: Vec<_> = both.iter().filter(|(i, j)| !is_same(*i, *j)).collect();
            let sum: f64 = others.iter().map(|(i, j)| a[*i].gain(&b[*j])).sum();
            let same: Vec<_> = both.iter().filter(|(i, j)| is_same(*i, *j)).collect();
            let rest_a: Vec<Mark> =
                (0..a.len()).filter(|i| same.iter().all(|pair| pair.0 != *i)).map(|i| a[i].clone()).collect();
            let rest_b: Vec<Mark> =
                (0..b.len()).filter(|j| same.iter().all(|pair| pair.1 != *j)).map(|j| b[j].clone()).collect();
            prop_assert!(!rest_a.iter().any(|mark| mark.tag.is_some() && rest_b.contains(mark)));
            let best = largest(&rest_a, &rest_b, &mut vec![true; rest_b.len()]);
            prop_assert!((sum - best).abs() < 1e-9, "{} {}", sum, best);
            // The other way round it is the same sum.
            let turned: f64 = matching(&b, &a).iter().filter_map(|(j, i)| Some(((*i)?, (*j)?)))
                .filter(|(i, j)| !is_same(*i, *j)).map(|(i, j)| a[i].gain(&b[j])).sum();
            prop_assert!((turned - best).abs() < 1e-9);
        }
    }
}
