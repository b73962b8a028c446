//! Sums that figures are computed from. They add up: over documents, over sentences, over a resample of either.

use super::{MaterialDocument, View};

/// What one cell, a document or a sentence of it, adds to the sums: places in the sums, ascending, with what is added there.
pub type Cell = Vec<(usize, u128)>;

/// How finely the material is cut into cells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Grain {
    /// Each document a cell.
    Documents,
    /// Each sentence a cell, with the text before it up to the sentence before.
    Sentences,
}

/// The material of a view as cells.
#[derive(Clone, Debug, Default)]
pub struct Cells {
    /// By document the cells of it.
    pub documents: Vec<Vec<Cell>>,
    /// How many places the sums have.
    pub size: usize,
}

impl Cells {
    /// The sums over all cells.
    pub fn total(&self) -> Vec<u128> {
        let mut sums = vec![0; self.size];
        for cell in self.documents.iter().flatten() {
            add(&mut sums, cell);
        }
        sums
    }

    /// Puts `amount` into a cell of a document.
    pub(super) fn put(&mut self, document: usize, cell: usize, place: usize, amount: u128) {
        if amount == 0 {
            return;
        }
        self.size = self.size.max(place + 1);
        let cell = &mut self.documents[document][cell];
        match cell.binary_search_by_key(&place, |(other, _)| *other) {
            Ok(at) => cell[at].1 += amount,
            Err(at) => cell.insert(at, (place, amount)),
        }
    }
}

/// Adds one cell.
pub fn add(sums: &mut [u128], cell: &Cell) {
    for (place, amount) in cell {
        sums[*place] += amount;
    }
}

/// Where a document is cut into cells: the start of each cell after the first.
pub(super) fn cuts(document: &MaterialDocument, grain: Grain) -> Vec<u64> {
    match grain {
        Grain::Documents => Vec::new(),
        Grain::Sentences => document.sentences.iter().skip(1).map(|sentence| sentence.start).collect(),
    }
}

/// The cell that a place of a document lies in.
pub(super) fn cell_at(cuts: &[u64], place: u64) -> usize {
    cuts.partition_point(|cut| *cut <= place)
}

/// Empty cells for the documents of a view.
pub(super) fn empty(view: &View<'_>, grain: Grain) -> Cells {
    let count = |document| cuts(document, grain).len() + 1;
    Cells {
        documents: view.documents().map(|(_, document)| vec![Vec::new(); count(document)]).collect(),
        size: 0,
    }
}

/// A place that was never added to holds nothing.
pub(super) fn at(sums: &[u128], place: usize) -> u128 {
    sums.get(place).copied().unwrap_or(0)
}
