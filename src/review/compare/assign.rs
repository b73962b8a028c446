//! The one-to-one assignment with the largest sum of gains.

use std::collections::BTreeMap;

/// Pairs of left and right indices, each at most once, whose gains have the largest sum. `pairs` are those that may be
/// taken, with gains above 0.
///
/// Each connected part by itself, by augmenting paths of largest gain (successive shortest paths, Jewell 1958).
pub(super) fn best(pairs: &[(usize, usize, f64)]) -> Vec<(usize, usize)> {
    let mut parts: BTreeMap<usize, Vec<(usize, usize, f64)>> = BTreeMap::new();
    let lefts = pairs.iter().map(|pair| pair.0).max().map_or(0, |max| max + 1);
    let rights = pairs.iter().map(|pair| pair.1).max().map_or(0, |max| max + 1);
    let mut roots: Vec<usize> = (0..lefts + rights).collect();
    for (i, j, _) in pairs {
        let (a, b) = (root(&mut roots, *i), root(&mut roots, lefts + j));
        roots[a.max(b)] = a.min(b);
    }
    for pair in pairs {
        parts.entry(root(&mut roots, pair.0)).or_default().push(*pair);
    }
    let mut found: Vec<(usize, usize)> = parts.values().flat_map(|part| part_best(part)).collect();
    found.sort_unstable();
    found
}

fn root(roots: &mut [usize], of: usize) -> usize {
    let mut at = of;
    while roots[at] != at {
        roots[at] = roots[roots[at]];
        at = roots[at];
    }
    at
}

fn part_best(pairs: &[(usize, usize, f64)]) -> Vec<(usize, usize)> {
    if let [(i, j, _)] = pairs {
        return vec![(*i, *j)];
    }
    // For each right index the edge it is taken by; for each left index the same.
    let mut taken: Vec<bool> = vec![false; pairs.len()];
    loop {
        let mut left: BTreeMap<usize, (f64, Option<usize>)> = BTreeMap::new();
        let mut right: BTreeMap<usize, (f64, usize)> = BTreeMap::new();
        let of_left = |i: usize| (0..pairs.len()).find(|at| taken[*at] && pairs[*at].0 == i);
        let of_right = |j: usize| (0..pairs.len()).find(|at| taken[*at] && pairs[*at].1 == j);
        for (i, _, _) in pairs {
            if of_left(*i).is_none() {
                left.insert(*i, (0.0, None));
            }
        }
        let mut changed = true;
        while changed {
            changed = false;
            for (at, (i, j, gain)) in pairs.iter().enumerate() {
                if taken[at] {
                    if let Some((sum, _)) = right.get(j).copied()
                        && left.get(i).is_none_or(|(known, _)| sum - gain > known + 1e-12)
                    {
                        left.insert(*i, (sum - gain, Some(at)));
                        changed = true;
                    }
                } else if let Some((sum, _)) = left.get(i).copied()
                    && right.get(j).is_none_or(|(known, _)| sum + gain > known + 1e-12)
                {
                    right.insert(*j, (sum + gain, at));
                    changed = true;
                }
            }
        }
        let free = right.iter().filter(|(j, _)| of_right(**j).is_none());
        let Some((j, (sum, _))) = free.max_by(|a, b| a.1.0.total_cmp(&b.1.0).then(b.0.cmp(a.0))) else {
            break;
        };
        if *sum <= 1e-12 {
            break;
        }
        let mut j = *j;
        loop {
            let (_, at) = right[&j];
            taken[at] = true;
            let Some((_, Some(before))) = left.get(&pairs[at].0) else { break };
            taken[*before] = false;
            j = pairs[*before].1;
        }
    }
    (0..pairs.len()).filter(|at| taken[*at]).map(|at| (pairs[at].0, pairs[at].1)).collect()
}
