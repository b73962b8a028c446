//! The unitizing alphas of 2016 (Krippendorff, Mathet, Bouvry, Widlöcher, On the reliability of unitizing textual continua:
//! Further developments): did readers cut the same units from the text, and value them alike?
//!
//! In words: draw two characters from all readings, not both of one unit; how often do they differ? A unit is one
//! decision, while in a gap each character is one. Sums are integers, and each expected disagreement is brought to
//! (n² − Σ n_c²)/(n − own/n), so nothing is lost where the marked text is a speck in a long one.

use super::sums::{Cells, Grain, at, cell_at, cuts, empty};
use super::{MaterialDocument, Undefined, Value, View};

/// Characters that the annotators have read, times the annotators.
const READ: usize = 0;
/// Units.
const UNITS: usize = 1;

/// What is summed of each label; label 0 is the gap.
#[derive(Clone, Copy)]
enum Part {
    /// Characters with the label, over all annotators.
    Row,
    /// Characters that both of an ordered pair of annotators gave it.
    Same,
    /// Characters that one of an ordered pair gave it where the other has a gap.
    Gap,
    /// What may not be drawn together: squares of the lengths of units; of gaps the lengths.
    Own,
    /// Squares of what other annotators marked of each unit.
    Met,
}

fn place(label: usize, part: Part) -> usize {
    2 + label * 5 + part as usize
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
        let (runs, units) = view.runs(document, &cuts);
        let count = view.annotators.len();
        let mut met: Vec<Vec<u128>> = units.iter().map(|units| vec![0; units.len() * count]).collect();
        for run in &runs {
            let cell = cell_at(&cuts, run.start);
            let length = u128::from(run.length);
            let mut put = |label, part, times| cells.put(number, cell, place(label, part), length * times);
            let labels: Vec<usize> = run.labels.iter().flatten().copied().collect();
            for (a, label) in labels.iter().enumerate() {
                let others = || labels.iter().enumerate().filter(move |(b, _)| *b != a);
                put(*label, Part::Row, 1);
                put(*label, Part::Same, others().filter(|(_, other)| *other == label).count() as u128);
                if *label == 0 {
                    put(0, Part::Own, 1);
                } else {
                    put(*label, Part::Gap, others().filter(|(_, other)| **other == 0).count() as u128);
                }
                let Some(unit) = run.pieces[a] else { continue };
                for (b, _) in others().filter(|(_, other)| **other != 0) {
                    met[a][unit * count + b] += length;
                }
            }
            cells.put(number, cell, READ, length * count as u128);
        }
        for (units, met) in units.iter().zip(&met) {
            for (unit, met) in units.iter().zip(met.chunks(count)) {
                let cell = cell_at(&cuts, unit.start);
                let length = u128::from(unit.end - unit.start);
                cells.put(number, cell, UNITS, 1);
                cells.put(number, cell, place(unit.label, Part::Own), length * length);
                cells.put(number, cell, place(unit.label, Part::Met), met.iter().map(|met| met * met).sum());
            }
        }
    }
    cells
}

/// The figures of some sums.
#[derive(Clone, Debug)]
pub struct Unitizing<'a> {
    sums: &'a [u128],
    labels: usize,
    /// How many others each annotator is compared with.
    others: u128,
}

impl<'a> Unitizing<'a> {
    /// `sums` are of [`cells`] of the view.
    pub fn of(view: &View<'_>, sums: &'a [u128]) -> Self {
        let others = view.annotators.len().saturating_sub(1) as u128;
        Self { sums, labels: view.labels.sets().len(), others }
    }

    fn at(&self, label: usize, part: Part) -> u128 {
        at(self.sums, place(label, part))
    }

    fn sum(&self, part: Part) -> u128 {
        (0..self.labels).map(|label| self.at(label, part)).sum()
    }

    /// The units of all annotators.
    pub fn units(&self) -> u64 {
        at(self.sums, UNITS) as u64
    }

    fn read(&self) -> Result<u128, Undefined> {
        match at(self.sums, READ) {
            0 => Err(Undefined::NothingRead),
            _ if self.others == 0 => Err(Undefined::NothingRead),
            _ if self.units() == 0 => Err(Undefined::NothingMarked),
            read => Ok(read),
        }
    }

    /// n − own/n, both in units of 1/scale. Of a resample, in which a unit can be without the sentence that it begins in,
    /// it can be nothing; such a resample has no figure.
    fn drawn(all: u128, own: u128, scale: u128) -> Result<f64, Undefined> {
        let drawn = all as f64 / scale as f64 - own as f64 / all as f64;
        if drawn > 0.0 { Ok(drawn) } else { Err(Undefined::NothingShared) }
    }

    /// uα: places and tags together.
    pub fn u_alpha(&self) -> Value {
        let all = self.read()?;
        let observed = (all * self.others - self.sum(Part::Same)) as f64 / self.others as f64;
        let squares: u128 = (0..self.labels).map(|label| self.at(label, Part::Row).pow(2)).sum();
        if all * all == squares {
            return Err(Undefined::OneLabel);
        }
        Ok(1.0 - observed * Self::drawn(all, self.sum(Part::Own), 1)? / (all * all - squares) as f64)
    }

    /// |uα: places alone, marked against not marked.
    pub fn bar_u_alpha(&self) -> Value {
        let all = self.read()?;
        let gaps = self.at(0, Part::Row);
        if gaps == 0 || gaps == all {
            return Err(Undefined::NothingUnmarked);
        }
        let observed = self.sum(Part::Gap) as f64 / self.others as f64;
        Ok(1.0 - observed * Self::drawn(all, self.sum(Part::Own), 1)? / (gaps * (all - gaps)) as f64)
    }

    /// Characters with this label that another annotator marked too, over ordered pairs.
    fn both(&self, label: usize) -> u128 {
        self.at(label, Part::Row) * self.others - self.at(label, Part::Gap)
    }

    fn all_both(&self) -> Result<u128, Undefined> {
        self.read()?;
        match (1..self.labels).map(|label| self.both(label)).sum() {
            0 => Err(Undefined::NothingShared),
            both => Ok(both),
        }
    }

    /// Undefined where one label alone is in use: nothing is chosen.
    fn choice(&self) -> Result<u128, Undefined> {
        self.read()?;
        let used = (1..self.labels).filter(|label| self.at(*label, Part::Row) > 0).count();
        if used == 1 {
            return Err(Undefined::OneTag);
        }
        let all = self.all_both()?;
        if (1..self.labels).any(|label| self.both(label) == all) {
            return Err(Undefined::OneTag);
        }
        Ok(all)
    }

    fn own_met(&self) -> u128 {
        (1..self.labels).map(|label| self.at(label, Part::Met)).sum()
    }

    /// cuα: the tags where units of two annotators meet.
    pub fn cu_alpha(&self) -> Value {
        let all = self.choice()?;
        let same: u128 = (1..self.labels).map(|label| self.at(label, Part::Same)).sum();
        let squares: u128 = (1..self.labels).map(|label| self.both(label).pow(2)).sum();
        let scale = self.others as f64;
        let observed = (all - same) as f64 / scale;
        let drawn = Self::drawn(all, self.own_met(), self.others)?;
        Ok(1.0 - observed * drawn / ((all * all - squares) as f64 / (scale * scale)))
    }

    /// (k)uα: one label, a number of the view's, where its units meet any.
    pub fn ku_alpha(&self, label: usize) -> Value {
        self.read()?;
        let met = self.both(label);
        if met == 0 {
            return Err(Undefined::NothingShared);
        }
        let all = self.choice()?;
        let observed = (met - self.at(label, Part::Same)) as f64 / met as f64;
        // ε_·k − ε_kk over ε_·k: rows of ε do not sum to those of ℓ.
        let own = self.at(label, Part::Met) * self.others;
        // As in `drawn`, a resample can be without a figure.
        let drawn =
            (all * met).checked_sub(own).filter(|drawn| *drawn > 0).ok_or(Undefined::NothingShared)?;
        Ok(1.0 - observed * drawn as f64 / (met * (all - met)) as f64)
    }

    /// The share of pairable text that two annotators have marked.
    pub fn coverage(&self) -> Value {
        Ok(self.all_both()? as f64 / (self.read()? * self.others) as f64)
    }

    /// The share of a label's text that another annotator has marked.
    pub fn ku_coverage(&self, label: usize) -> Value {
        match self.at(label, Part::Row) {
            0 => Err(Undefined::NothingMarked),
            row => Ok(self.both(label) as f64 / (row * self.others) as f64),
        }
    }
}
