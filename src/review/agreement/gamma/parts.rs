//! Units that hang together by rows they could share: each such part is aligned by itself.

use super::align::Placed;
use super::candidates::{Candidate, Candidates};
use super::disorder::Dissimilarity;
use super::search;

/// Rows that may be taken for one part of a continuum, by local indices of its units in order.
pub(super) struct Part {
    /// Number of units.
    pub units: usize,
    /// Rows by their first units.
    pub rows: Vec<Candidate>,
    /// Units of all rows.
    pub members: Vec<u32>,
}

impl Part {
    /// Two and more units in order.
    pub fn members(&self, row: &Candidate) -> &[u32] {
        row.of(&self.members)
    }
}

/// What was found for a whole continuum.
pub(super) struct Found {
    /// Rows of two and more units, by their places among all units.
    pub rows: Vec<Vec<usize>>,
    /// Sum of disorders that no alignment of the candidates goes below, if it is not that of [`Self::rows`].
    pub at_least: Option<f64>,
}

/// The best rows of three and more annotators.
pub(super) fn best(units: &[Placed], annotators: usize, by: Dissimilarity, mut effort: u64) -> Found {
    let candidates = Candidates::of(units, annotators, by);
    let mut roots: Vec<usize> = (0..units.len()).collect();
    for row in &candidates.rows {
        let members = candidates.members(row);
        for other in &members[1..] {
            let (a, b) = (root(&mut roots, members[0] as usize), root(&mut roots, *other as usize));
            roots[a.max(b)] = a.min(b);
        }
    }
    // The root of a part is its first unit, so that parts come in order.
    let mut parts: Vec<(Vec<usize>, Part)> = Vec::new();
    let mut place = vec![(0, 0); units.len()];
    for at in 0..units.len() {
        let root = root(&mut roots, at);
        if root == at {
            place[at] = (parts.len(), 0);
            parts.push((vec![at], Part { units: 1, rows: Vec::new(), members: Vec::new() }));
        } else {
            let (members, part) = &mut parts[place[root].0];
            place[at] = (place[root].0, members.len());
            members.push(at);
            part.units += 1;
        }
    }
    for row in &candidates.rows {
        let members = candidates.members(row);
        let part = &mut parts[place[members[0] as usize].0].1;
        part.rows.push(Candidate { begin: part.members.len() as u32, ..*row });
        part.members.extend(members.iter().map(|member| place[*member as usize].1 as u32));
    }
    let mut found = Found { rows: Vec::new(), at_least: None };
    let mut at_least = 0.0;
    let mut proven = candidates.all;
    for (members, part) in &parts {
        if part.rows.is_empty() {
            at_least += part.units as f64;
            continue;
        }
        let best = search::best(part, annotators, &mut effort);
        at_least += best.at_least;
        proven &= best.proven;
        for row in best.rows {
            let row = part.members(&part.rows[row]);
            found.rows.push(row.iter().map(|member| members[*member as usize]).collect());
        }
    }
    if !proven {
        found.at_least = Some(if candidates.all { at_least } else { 0.0 });
    }
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
