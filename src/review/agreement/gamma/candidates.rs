//! Rows of two and more units that can be in a best alignment of three and more annotators.

use super::align::{Near, Placed, near};
use super::disorder::{Dissimilarity, pairs};

/// At most so many rows, and so many pairs of units, are kept at once.
const MOST: usize = 4_000_000;

/// Rows that may be taken.
pub(super) struct Candidates {
    /// By their first units.
    pub rows: Vec<Candidate>,
    /// Units of all rows, by their places among all; those of a row in order.
    members: Vec<u32>,
    /// No row of a best alignment is left out.
    pub all: bool,
}

/// One row.
#[derive(Clone, Copy)]
pub(super) struct Candidate {
    /// Where its units begin in the list of all rows' units.
    pub begin: u32,
    /// Number of its units.
    pub size: u32,
    /// Its disorder.
    pub cost: f64,
}

impl Candidate {
    /// Its units, of `all`.
    pub fn of(self, all: &[u32]) -> &[u32] {
        &all[self.begin as usize..(self.begin + self.size) as usize]
    }
}

impl Candidates {
    /// The rows for `units`. Where there are too many, those of units that stand farther apart are left out.
    pub fn of(units: &[Placed], annotators: usize, by: Dissimilarity) -> Self {
        let widest = pairs(annotators) + annotators as f64 - 1.0;
        let mut limit = widest;
        loop {
            let mut found = Self { rows: Vec::new(), members: Vec::new(), all: limit == widest };
            let complete = near(units, limit, by, MOST).is_some_and(|near| {
                let later = Later::of(&near, units.len());
                let mut row = Growing { units, annotators, by, limit, later: &later, found: &mut found };
                (0..units.len()).all(|first| row.grow(&mut vec![(first, 0.0)], later.begin[first]))
            });
            // With a limit of almost nothing only equal spans are left; who marks one span a thousand times is not
            // served better by a smaller one.
            if complete || limit < 1e-3 {
                return found;
            }
            limit /= 2.0;
        }
    }

    /// Units of a row, by their places among all.
    pub fn members(&self, row: &Candidate) -> &[u32] {
        row.of(&self.members)
    }
}

/// For each unit those near it that come later.
struct Later {
    begin: Vec<usize>,
    others: Vec<(usize, f64)>,
}

impl Later {
    fn of(near: &[Near], units: usize) -> Self {
        let mut begin = vec![0; units + 1];
        for pair in near {
            begin[pair.first + 1] += 1;
        }
        for at in 0..units {
            begin[at + 1] += begin[at];
        }
        let mut free = begin.clone();
        let mut others = vec![(0, 0.0); near.len()];
        for pair in near {
            others[free[pair.first]] = (pair.second, pair.apart);
            free[pair.first] += 1;
        }
        for at in 0..units {
            others[begin[at]..begin[at + 1]].sort_by_key(|(other, _)| *other);
        }
        Self { begin, others }
    }
}

struct Growing<'a> {
    units: &'a [Placed],
    annotators: usize,
    by: Dissimilarity,
    limit: f64,
    later: &'a Later,
    found: &'a mut Candidates,
}

impl Growing<'_> {
    /// Adds every row that begins with `row`, whose units stand with their dissimilarities to the others of the row;
    /// further units come from place `from` of those near the first. False: there are too many.
    fn grow(&mut self, row: &mut Vec<(usize, f64)>, from: usize) -> bool {
        let first = row[0].0;
        let most = pairs(self.annotators) + self.annotators as f64 - 1.0;
        for at in from..self.later.begin[first + 1] {
            let (other, to_first) = self.later.others[at];
            if row.iter().any(|(member, _)| self.units[*member].annotator == self.units[other].annotator) {
                continue;
            }
            let before: Vec<f64> = row.iter().map(|(_, sum)| *sum).collect();
            let mut own = 0.0;
            let mut fits = true;
            for (place, (member, sum)) in row.iter_mut().enumerate() {
                let apart = if place == 0 {
                    to_first
                } else {
                    self.by.between(&self.units[*member].unit, &self.units[other].unit)
                };
                own += apart;
                *sum += apart;
                fits &= apart < self.limit && *sum < most;
            }
            let mut go_on = true;
            if fits && own < most {
                row.push((other, own));
                self.keep(row);
                go_on = self.found.rows.len() <= MOST && self.grow(row, at + 1);
                row.pop();
            }
            for ((_, sum), before) in row.iter_mut().zip(before) {
                *sum = before;
            }
            if !go_on {
                return false;
            }
        }
        true
    }

    fn keep(&mut self, row: &[(usize, f64)]) {
        let pairs = pairs(self.annotators);
        let size = row.len() as f64;
        if row.iter().any(|(_, sum)| *sum >= pairs + size - 1.0) {
            return;
        }
        let apart = row.iter().map(|(_, sum)| sum).sum::<f64>() / 2.0;
        self.found.rows.push(Candidate {
            begin: self.found.members.len() as u32,
            size: row.len() as u32,
            cost: (apart + pairs - size * (size - 1.0) / 2.0) / pairs,
        });
        self.found.members.extend(row.iter().map(|(member, _)| *member as u32));
    }
}
