//! The one-to-one assignment with the largest sum of gains.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BinaryHeap};

/// Pairs of left and right indices, each index at most once, whose gains have the largest sum. `pairs` are those that
/// may be taken, with gains above 0; others are left aside. Sorted.
///
/// Left indices are put in one by one, each by the shortest augmenting path from it, and may stay alone at no cost
/// (Jonker and Volgenant 1987, on a sparse matrix). A path ends as soon as it finds a free index, so what is far apart
/// costs nothing; the same pairs in any order give the same result.
pub fn best(pairs: &[(usize, usize, f64)]) -> Vec<(usize, usize)> {
    // Numbers without gaps, and for each left index the right ones it may take, with what that costs.
    let lefts = numbered(pairs.iter().map(|pair| pair.0));
    let rights = numbered(pairs.iter().map(|pair| pair.1));
    let mut edges: Vec<Vec<(usize, f64)>> = vec![Vec::new(); lefts.len()];
    for (left, right, gain) in pairs.iter().filter(|pair| pair.2 > 0.0) {
        edges[lefts[left]].push((rights[right], -gain));
    }
    for edges in &mut edges {
        edges.sort_by(|a, b| a.0.cmp(&b.0).then(a.1.total_cmp(&b.1)));
        // The same pair named twice counts with its larger gain.
        edges.dedup_by_key(|edge| edge.0);
    }
    let mut search = Search::new(&edges, rights.len());
    for left in 0..edges.len() {
        search.put_in(left);
    }
    let (left_names, right_names): (Vec<usize>, Vec<usize>) =
        (lefts.into_keys().collect(), rights.into_keys().collect());
    let taken = search.right_of.iter().enumerate();
    taken.filter_map(|(left, right)| Some((left_names[left], right_names[(*right)?]))).collect()
}

fn numbered(names: impl Iterator<Item = usize>) -> BTreeMap<usize, usize> {
    let mut numbers: BTreeMap<usize, usize> = names.map(|name| (name, 0)).collect();
    for (at, number) in numbers.values_mut().enumerate() {
        *number = at;
    }
    numbers
}

/// A distance as a key of the heap.
#[derive(PartialEq)]
struct Distance(f64);

impl Eq for Distance {}

impl PartialOrd for Distance {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Distance {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.0.total_cmp(&other.0)
    }
}

struct Search<'a> {
    edges: &'a [Vec<(usize, f64)>],
    right_of: Vec<Option<usize>>,
    left_of: Vec<Option<usize>>,
    /// Prices of the dual problem: for every edge, cost − left price − right price is at least 0, and 0 for those taken.
    left_price: Vec<f64>,
    right_price: Vec<f64>,
    /// Of the present search, for each right index: how far it is, and from which left one.
    reached: Vec<(f64, usize)>,
    /// Of the present search: the right indices whose distance is final.
    is_closed: Vec<bool>,
}

impl<'a> Search<'a> {
    fn new(edges: &'a [Vec<(usize, f64)>], rights: usize) -> Self {
        Self {
            edges,
            right_of: vec![None; edges.len()],
            left_of: vec![None; rights],
            left_price: vec![0.0; edges.len()],
            right_price: vec![0.0; rights],
            reached: vec![(f64::INFINITY, 0); rights],
            is_closed: vec![false; rights],
        }
    }

    /// Finds the shortest path from a new left index to a free right one, or to a left one that is better left alone, and
    /// turns it over.
    fn put_in(&mut self, new: usize) {
        let mut heap: BinaryHeap<Reverse<(Distance, usize)>> = BinaryHeap::new();
        let (mut touched, mut closed) = (Vec::new(), Vec::new());
        // The left index that would be left alone, and how far that is.
        let mut alone = (f64::INFINITY, new);
        let (mut left, mut so_far) = (new, 0.0);
        let end = loop {
            let base = so_far - self.left_price[left];
            if base < alone.0 {
                alone = (base, left);
            }
            let edges = self.edges;
            for (right, cost) in &edges[left] {
                if self.is_closed[*right] {
                    continue;
                }
                let distance = base + cost - self.right_price[*right];
                if distance < self.reached[*right].0 {
                    self.reached[*right] = (distance, left);
                    touched.push(*right);
                    heap.push(Reverse((Distance(distance), *right)));
                }
            }
            // What was reached on a shorter way since stands in the heap twice.
            while let Some(Reverse((Distance(distance), right))) = heap.peek()
                && *distance > self.reached[*right].0
            {
                heap.pop();
            }
            match heap.pop() {
                Some(Reverse((Distance(distance), right))) if distance <= alone.0 => {
                    so_far = distance;
                    match self.left_of[right] {
                        None => break Some(right),
                        Some(next) => {
                            closed.push(right);
                            self.is_closed[right] = true;
                            left = next;
                        }
                    }
                }
                _ => {
                    so_far = alone.0;
                    break None;
                }
            }
        };
        self.left_price[new] += so_far;
        for right in &closed {
            let slack = so_far - self.reached[*right].0;
            self.right_price[*right] -= slack;
            if let Some(left) = self.left_of[*right] {
                self.left_price[left] += slack;
            }
        }
        // Along the path each left index takes the right one that it was found by.
        let mut free = match end {
            Some(right) => Some(right),
            None => self.right_of[alone.1].take(),
        };
        if end.is_some() || alone.1 != new {
            while let Some(right) = free {
                let left = self.reached[right].1;
                self.left_of[right] = Some(left);
                free = self.right_of[left].replace(right);
                if left == new {
                    break;
                }
            }
        }
        for right in touched {
            self.reached[right] = (f64::INFINITY, 0);
            self.is_closed[right] = false;
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn two_small_gains_are_more_than_one_large() {
        assert_eq!(best(&[(0, 0, 0.9), (0, 1, 0.6), (7, 0, 0.5)]), [(0, 1), (7, 0)]);
        assert_eq!(best(&[(0, 0, 0.9), (0, 1, 0.3), (7, 0, 0.5)]), [(0, 0)]);
        assert_eq!(best(&[]), []);
        assert_eq!(best(&[(3, 4, 0.0), (3, 5, -1.0)]), []);
        assert_eq!(best(&[(3, 4, 0.1), (3, 4, 0.9), (3, 5, 0.5)]), [(3, 4)]);
    }

    /// The largest sum, by trying all.
    fn largest(pairs: &[(usize, usize, f64)], lefts: &[usize], taken: &mut Vec<usize>) -> f64 {
        let Some((left, rest)) = lefts.split_first() else { return 0.0 };
        let mut most = largest(pairs, rest, taken);
        for (_, right, gain) in pairs.iter().filter(|pair| pair.0 == *left) {
            if !taken.contains(right) {
                taken.push(*right);
                most = most.max(gain + largest(pairs, rest, taken));
                taken.pop();
            }
        }
        most
    }

    proptest! {
        #[test]
        fn no_other_assignment_has_more(
            pairs in prop::collection::vec((0_usize..6, 0_usize..6, 1_u32..12), 0..18),
        ) {
            let pairs: Vec<(usize, usize, f64)> =
                pairs.into_iter().map(|(left, right, gain)| (left, right, f64::from(gain) / 8.0)).collect();
            let found = best(&pairs);
            let gain = |(left, right): &(usize, usize)| {
                let of = pairs.iter().filter(|pair| (pair.0, pair.1) == (*left, *right)).map(|pair| pair.2);
                of.fold(f64::NEG_INFINITY, f64::max)
            };
            let sum: f64 = found.iter().map(gain).sum();
            let most = largest(&pairs, &[0, 1, 2, 3, 4, 5], &mut Vec::new());
            prop_assert!((sum - most).abs() < 1e-9, "{} is not {}", sum, most);
            let mut rights: Vec<usize> = found.iter().map(|pair| pair.1).collect();
            rights.sort_unstable();
            rights.dedup();
            prop_assert_eq!(rights.len(), found.len());
            prop_assert!(found.windows(2).all(|two| two[0].0 < two[1].0));
            let turned: Vec<(usize, usize, f64)> = pairs.iter().rev().copied().collect();
            prop_assert_eq!(best(&turned), found);
        }
    }
}
