//! Sorted spans that neither overlap nor touch: what of a text is marked *not text*, what has been on screen.

use crate::model::Span;

/// Adds `span`, joined with those that it overlaps or touches.
pub fn add(spans: &mut Vec<Span>, span: Span) {
    let from = spans.partition_point(|other| other.end() < span.start());
    let to = spans.partition_point(|other| other.start() <= span.end());
    let start = spans[from..to].first().map_or(span.start(), |first| first.start().min(span.start()));
    let end = spans[from..to].last().map_or(span.end(), |last| last.end().max(span.end()));
    spans.splice(from..to, Span::new(start, end));
}

/// Takes the bytes of `span` out.
pub fn cut(spans: &mut Vec<Span>, span: Span) {
    let from = spans.partition_point(|other| other.end() <= span.start());
    let to = spans.partition_point(|other| other.start() < span.end());
    if from >= to {
        return;
    }
    let before = Span::new(spans[from].start(), span.start());
    let after = Span::new(span.end(), spans[to - 1].end());
    spans.splice(from..to, before.into_iter().chain(after));
}

/// How many bytes all of them hold.
pub fn total(spans: &[Span]) -> usize {
    spans.iter().map(|span| span.len()).sum()
}

/// True when byte `offset` lies in one of them.
pub fn holds(spans: &[Span], offset: usize) -> bool {
    let at = spans.partition_point(|span| span.end() <= offset);
    spans.get(at).is_some_and(|span| span.start() <= offset)
}

/// How many bytes lie in both.
pub fn overlap(a: &[Span], b: &[Span]) -> usize {
    let (mut i, mut j, mut sum) = (0, 0, 0);
    while let (Some(one), Some(two)) = (a.get(i), b.get(j)) {
        let (start, end) = (one.start().max(two.start()), one.end().min(two.end()));
        sum += end.saturating_sub(start);
        if one.end() <= two.end() {
            i += 1;
        } else {
            j += 1;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn bits(spans: &[Span]) -> Vec<bool> {
        (0..60).map(|at| spans.iter().any(|span| span.start() <= at && at < span.end())).collect()
    }

    proptest! {
        #[test]
        fn spans_are_the_set_of_their_bytes(
            steps in prop::collection::vec((any::<bool>(), 0usize..50, 1usize..10), 0..30),
            other in prop::collection::vec((0usize..50, 1usize..10), 0..10),
        ) {
            let (mut spans, mut set) = (Vec::new(), vec![false; 60]);
            for (adds, start, len) in steps {
                let span = Span::new(start, start + len).unwrap();
                if adds { add(&mut spans, span) } else { cut(&mut spans, span) }
                set[start..start + len].fill(adds);
                prop_assert_eq!(bits(&spans), set.clone());
                prop_assert!(spans.windows(2).all(|pair| pair[0].end() < pair[1].start()));
            }
            let mut others = Vec::new();
            for (start, len) in other {
                add(&mut others, Span::new(start, start + len).unwrap());
            }
            let both = bits(&others).into_iter().zip(&set).filter(|(a, b)| *a && **b).count();
            prop_assert_eq!(overlap(&spans, &others), both);
            prop_assert_eq!(total(&spans), set.iter().filter(|on| **on).count());
            prop_assert!((0..60).all(|at| holds(&spans, at) == set[at]));
        }
    }
}
