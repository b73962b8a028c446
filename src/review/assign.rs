//! The one-to-one assignment with the largest sum of gains.

use std::cmp::Ordering;
use std::collections::BinaryHeap;

/// Pairs of left and right indices, each at most once, whose gains have the largest sum. `pairs` are those that may be
/// taken, with gains above 0.
///
/// Left indices come in one after the other, each by a shortest augmenting path over reduced costs (Jonker and
/// Volgenant 1987, A shortest augmenting path algorithm for dense and sparse linear assignment problems). A path ends
/// at a right index that is free or at a left index that is better left out. It looks no further than it must, so that
/// many small groups of pairs cost no more than each group alone. Ties go to more pairs, then to lower indices.
pub(super) fn best(pairs: &[(usize, usize, f64)]) -> Vec<(usize, usize)> {
    let mut by_left = pairs.to_vec();
    by_left.sort_by(|a, b| (a.0, a.1).cmp(&(b.0, b.1)).then(b.2.total_cmp(&a.2)));
    let rights = pairs.iter().map(|pair| pair.1).max().map_or(0, |max| max + 1);
    let mut rows: Vec<Row> = Vec::new();
    for (at, pair) in by_left.iter().enumerate() {
        match rows.last_mut() {
            Some(row) if row.left == pair.0 => row.end = at + 1,
            _ => rows.push(Row { left: pair.0, begin: at, end: at + 1, price: 0.0, reached: 0.0 }),
        }
    }
    let mut columns = vec![Column { row: None, price: 0.0, reached: f64::INFINITY, from: 0 }; rights];
    for new in 0..rows.len() {
        bring_in(new, &mut rows, &mut columns, &by_left);
    }
    let mut found: Vec<(usize, usize)> =
        (0..rights).filter_map(|right| columns[right].row.map(|row| (rows[row].left, right))).collect();
    found.sort_unstable();
    found
}

/// A left index with its range of pairs.
struct Row {
    left: usize,
    begin: usize,
    end: usize,
    price: f64,
    /// Length of the path to it, in the search that runs.
    reached: f64,
}

/// A right index.
#[derive(Clone)]
struct Column {
    row: Option<usize>,
    price: f64,
    /// Length of the shortest path to it so far, in the search that runs.
    reached: f64,
    /// The row that this path comes from.
    from: usize,
}

enum End {
    Column(usize),
    /// This row is left out.
    Row(usize),
}

/// Adds row `new` to the best assignment of the rows before it. The cost of a pair is its gain below zero, that of
/// leaving a row out is 0; prices keep every `cost - row's price - column's price` at or above 0.
fn bring_in(new: usize, rows: &mut [Row], columns: &mut [Column], pairs: &[(usize, usize, f64)]) {
    rows[new].price = pairs[rows[new].begin..rows[new].end]
        .iter()
        .map(|(_, right, gain)| -gain - columns[*right].price)
        .fold(0.0, f64::min);
    let mut heap: BinaryHeap<Reached> = BinaryHeap::new();
    let mut seen: Vec<usize> = Vec::new();
    let mut settled: Vec<usize> = Vec::new();
    let mut left_out = (f64::INFINITY, new);
    let mut row = new;
    rows[new].reached = 0.0;
    let (length, end) = loop {
        let base = rows[row].reached - rows[row].price;
        if base < left_out.0 {
            left_out = (base, row);
        }
        for (_, right, gain) in &pairs[rows[row].begin..rows[row].end] {
            let length = (base - gain - columns[*right].price).max(rows[row].reached);
            if length < columns[*right].reached {
                if columns[*right].reached.is_infinite() {
                    seen.push(*right);
                }
                columns[*right].reached = length;
                columns[*right].from = row;
                heap.push(Reached { length, right: *right });
            }
        }
        let next = loop {
            match heap.pop() {
                // A longer path than the one known by now.
                Some(found) if found.length > columns[found.right].reached => {}
                found => break found,
            }
        };
        match next {
            Some(found) if found.length <= left_out.0 => match columns[found.right].row {
                None => break (found.length, End::Column(found.right)),
                Some(taken) => {
                    settled.push(found.right);
                    rows[taken].reached = found.length;
                    row = taken;
                }
            },
            _ => break (left_out.0, End::Row(left_out.1)),
        }
    };
    for right in settled {
        let rest = length - columns[right].reached;
        columns[right].price -= rest;
        if let Some(taken) = columns[right].row {
            rows[taken].price += rest;
        }
    }
    rows[new].price += length;
    let mut at = match end {
        End::Column(right) => Some(right),
        End::Row(out) => {
            let freed = if out == new { None } else { column_of(out, rows, columns, pairs) };
            if let Some(right) = freed {
                columns[right].row = None;
            }
            freed
        }
    };
    while let Some(right) = at {
        let from = columns[right].from;
        at = if from == new { None } else { column_of(from, rows, columns, pairs) };
        columns[right].row = Some(from);
    }
    for right in seen {
        columns[right].reached = f64::INFINITY;
    }
}

fn column_of(row: usize, rows: &[Row], columns: &[Column], pairs: &[(usize, usize, f64)]) -> Option<usize> {
    pairs[rows[row].begin..rows[row].end]
        .iter()
        .map(|(_, right, _)| *right)
        .find(|right| columns[*right].row == Some(row))
}

/// A right index at the end of a path; the shortest is the greatest, as the heap gives the greatest first.
struct Reached {
    length: f64,
    right: usize,
}

impl Ord for Reached {
    fn cmp(&self, other: &Self) -> Ordering {
        other.length.total_cmp(&self.length).then(other.right.cmp(&self.right))
    }
}

impl PartialOrd for Reached {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for Reached {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other) == Ordering::Equal
    }
}

impl Eq for Reached {}

#[cfg(test)]
mod tests {
    use super::best;
    use proptest::prelude::*;

    /// The largest sum over all assignments: each left index with every right index that is free, or with none.
    fn brute(pairs: &[(usize, usize, f64)], left: usize, used: &mut Vec<usize>) -> f64 {
        let Some(last) = pairs.iter().map(|pair| pair.0).max() else { return 0.0 };
        if left > last {
            return 0.0;
        }
        let mut most = brute(pairs, left + 1, used);
        for (i, j, gain) in pairs {
            if *i == left && !used.contains(j) {
                used.push(*j);
                most = most.max(gain + brute(pairs, left + 1, used));
                used.pop();
            }
        }
        most
    }

    proptest! {
        #[test]
        fn no_assignment_gains_more(
            gains in proptest::collection::btree_map((0..6_usize, 0..6_usize), 1..9_u8, 0..24)
        ) {
            let pairs: Vec<(usize, usize, f64)> =
                gains.iter().map(|((i, j), gain)| (*i, *j, f64::from(*gain) / 8.0)).collect();
            let found = best(&pairs);
            let sum: f64 = found.iter().map(|(i, j)| f64::from(gains[&(*i, *j)]) / 8.0).sum();
            prop_assert!((sum - brute(&pairs, 0, &mut Vec::new())).abs() < 1e-9, "{pairs:?}: {found:?}");
            for (at, (i, j)) in found.iter().enumerate() {
                prop_assert!(found[at + 1..].iter().all(|(k, l)| k != i && l != j));
            }
        }
    }

    #[test]
    fn a_greedy_choice_is_taken_back() {
        assert_eq!(best(&[(0, 0, 3.0), (0, 1, 2.0), (1, 0, 2.0)]), [(0, 1), (1, 0)]);
        // Here the one rich pair is worth more than the two.
        assert_eq!(best(&[(0, 0, 5.0), (0, 1, 2.0), (1, 0, 2.0)]), [(0, 0)]);
        assert_eq!(best(&[]), []);
    }

    #[test]
    fn one_that_came_in_early_is_left_out() {
        // Left 0 first takes right 0, and has to go for left 1.
        assert_eq!(best(&[(0, 0, 1.0), (1, 0, 4.0)]), [(1, 0)]);
        assert_eq!(best(&[(0, 0, 1.0), (1, 0, 2.0), (1, 1, 1.5), (2, 1, 4.0)]), [(1, 0), (2, 1)]);
    }
}
