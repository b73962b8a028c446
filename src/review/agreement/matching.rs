//! Matching passages: F1 = 2·matches/(passages of one + passages of the other), of exact passages, of those that share
//! text, and of characters. Only what is marked counts, so the unmarked text around does not move these figures.

use std::collections::BTreeMap;

use crate::review::assign;

use super::coding::pairs;
use super::sums::{Cells, Grain, at, cell_at, cuts, empty};
use super::{MaterialDocument, Undefined, Unit, Value, View};

/// What is summed of each pair of annotators.
#[derive(Clone, Copy)]
enum Part {
    /// Passages of both together.
    Passages,
    /// Passages with the same start, end and tag.
    Exact,
    /// Passages in the largest one-to-one matching of those that share a character and the tag.
    Overlap,
    /// Characters of both together, counted for each tag.
    Characters,
    /// Characters that both gave the same tag.
    Shared,
}

fn place(pair: usize, part: Part) -> usize {
    pair * 5 + part as usize
}

/// Takes a view apart; what not all have read is left out.
pub fn cells(view: &mut View<'_>, grain: Grain) -> Cells {
    let mut cells = empty(view, grain);
    let documents: Vec<(usize, &MaterialDocument)> = view.documents().collect();
    for (number, (_, document)) in documents.into_iter().enumerate() {
        if !view.all_read(document) {
            continue;
        }
        let cuts = cuts(document, grain);
        let marks: Vec<Vec<&Unit>> =
            (0..view.annotators.len()).map(|at| view.marks(document, at).unwrap_or_default()).collect();
        for (pair, (a, b)) in pairs(marks.len()).into_iter().enumerate() {
            for unit in marks[a].iter().chain(&marks[b]) {
                cells.put(number, cell_at(&cuts, unit.start), place(pair, Part::Passages), 1);
            }
            for (ours, theirs) in overlapping(&marks[a], &marks[b]) {
                let (ours, theirs) = (marks[a][ours], marks[b][theirs]);
                cells.put(
                    number,
                    cell_at(&cuts, ours.start.min(theirs.start)),
                    place(pair, Part::Overlap),
                    1,
                );
            }
            let key = |unit: &&Unit| (unit.start, unit.end, unit.tag);
            for unit in marks[a].iter().filter(|unit| marks[b].binary_search_by_key(&key(unit), key).is_ok())
            {
                cells.put(number, cell_at(&cuts, unit.start), place(pair, Part::Exact), 1);
            }
        }
        let (runs, _) = view.runs(document, &cuts);
        for run in runs {
            let cell = cell_at(&cuts, run.start);
            for (pair, (a, b)) in pairs(run.labels.len()).into_iter().enumerate() {
                let set = |at: usize| run.labels[at].map_or(&[][..], |label| &view.labels.sets()[label]);
                let (ours, theirs) = (set(a), set(b));
                let shared = ours.iter().filter(|tag| theirs.contains(tag)).count();
                let length = u128::from(run.length);
                let both = (ours.len() + theirs.len()) as u128;
                cells.put(number, cell, place(pair, Part::Characters), length * both);
                cells.put(number, cell, place(pair, Part::Shared), length * shared as u128);
            }
        }
    }
    cells
}

/// The largest one-to-one matching of marks that share a character and the tag; indices. Both are sorted by start.
pub fn overlapping(ours: &[&Unit], theirs: &[&Unit]) -> Vec<(usize, usize)> {
    // By tag, the marks of either side that may still meet a later one.
    let mut open: BTreeMap<usize, [Vec<usize>; 2]> = BTreeMap::new();
    let mut candidates = Vec::new();
    let sides = [ours, theirs];
    let mut next = [0, 0];
    while let Some(side) = earlier(sides, next) {
        let at = next[side];
        next[side] += 1;
        let unit = sides[side][at];
        let open = open.entry(unit.tag).or_default();
        let others = &mut open[1 - side];
        others.retain(|other| sides[1 - side][*other].end > unit.start);
        candidates
            .extend(others.iter().map(|other| if side == 0 { (at, *other, 1.0) } else { (*other, at, 1.0) }));
        open[side].push(at);
    }
    assign::best(&candidates)
}

/// The side whose next mark begins earlier.
fn earlier(sides: [&[&Unit]; 2], next: [usize; 2]) -> Option<usize> {
    match (sides[0].get(next[0]), sides[1].get(next[1])) {
        (Some(a), Some(b)) => Some(usize::from(b.start < a.start)),
        (Some(_), None) => Some(0),
        (None, Some(_)) => Some(1),
        (None, None) => None,
    }
}

/// The figures of some sums.
#[derive(Clone, Debug)]
pub struct Matching<'a> {
    sums: &'a [u128],
    pairs: usize,
}

impl<'a> Matching<'a> {
    /// `sums` are of [`cells`] of the view.
    pub fn of(view: &View<'_>, sums: &'a [u128]) -> Self {
        Self { sums, pairs: pairs(view.annotators.len()).len() }
    }

    fn at(&self, pair: usize, part: Part) -> u128 {
        at(self.sums, place(pair, part))
    }

    fn sum(&self, part: Part) -> u64 {
        (0..self.pairs).map(|pair| self.at(pair, part)).sum::<u128>() as u64
    }

    /// Passages of the annotators, over the pairs.
    pub fn passages(&self) -> u64 {
        self.sum(Part::Passages)
    }

    /// Passages that match another, over the pairs.
    pub fn overlaps(&self) -> u64 {
        self.sum(Part::Overlap)
    }

    /// Characters of the annotators, over the pairs; one with two tags counts twice.
    pub fn characters(&self) -> u64 {
        self.sum(Part::Characters)
    }

    /// The mean over the pairs. Of two who both marked nothing there is no figure.
    fn mean(&self, matched: Part, all: Part) -> Value {
        let one = |pair| match self.at(pair, all) {
            0 => Err(if self.pairs > 1 && self.sum(all) > 0 {
                Undefined::APair
            } else {
                Undefined::NothingMarked
            }),
            all => Ok(2.0 * self.at(pair, matched) as f64 / all as f64),
        };
        if self.pairs == 0 {
            return Err(Undefined::NothingRead);
        }
        let found: Vec<f64> = (0..self.pairs).map(one).collect::<Result<_, _>>()?;
        Ok(found.iter().sum::<f64>() / self.pairs as f64)
    }

    /// Passages that are the same in start, end and tag.
    pub fn f1_exact(&self) -> Value {
        self.mean(Part::Exact, Part::Passages)
    }

    /// Passages that share a character and have the same tag, matched one to one.
    pub fn f1_overlap(&self) -> Value {
        self.mean(Part::Overlap, Part::Passages)
    }

    /// Characters with the same tag. Of all tags together each counts for itself.
    pub fn f1_character(&self) -> Value {
        self.mean(Part::Shared, Part::Characters)
    }
}
