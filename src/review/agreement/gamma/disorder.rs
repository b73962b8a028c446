//! What two units, and one row of an alignment, cost.

/// One unit of an annotator: a span on a line, with a tag.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct GammaUnit {
    /// Where it begins.
    pub start: f64,
    /// Where it ends.
    pub end: f64,
    /// Its tag.
    pub tag: usize,
}

/// Units of several annotators on one line. An annotator without units counts as one.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Continuum {
    /// Units by annotator.
    pub annotators: Vec<Vec<GammaUnit>>,
}

impl Continuum {
    /// Number of units of all annotators.
    pub fn units(&self) -> usize {
        self.annotators.iter().map(Vec::len).sum()
    }
}

/// What units are compared by. Place, tag and an empty partner weigh the same, 1 (the authors leave this open).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Dissimilarity {
    /// Where they stand and which tag they have.
    #[default]
    PlaceAndTag,
    /// Where they stand.
    Place,
}

impl Dissimilarity {
    /// Dissimilarity of two units.
    pub fn between(self, a: &GammaUnit, b: &GammaUnit) -> f64 {
        place(a, b) + self.tag(a, b)
    }

    /// The part of it that is the tag.
    pub fn tag(self, a: &GammaUnit, b: &GammaUnit) -> f64 {
        if self == Self::PlaceAndTag && a.tag != b.tag { 1.0 } else { 0.0 }
    }
}

/// Positional dissimilarity: 0 for equal spans, at most 1 if one touches or holds the other, above 1 if they stand
/// apart (Mathet, Widlöcher and Métivier 2015, section 4.3.1).
pub fn place(a: &GammaUnit, b: &GammaUnit) -> f64 {
    let apart = (a.start - b.start).abs() + (a.end - b.end).abs();
    if apart == 0.0 {
        return 0.0;
    }
    (apart / ((a.end - a.start) + (b.end - b.start))).powi(2)
}

/// A row of an alignment (unitary alignment): units that are taken for one.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Index of the unit of each annotator; None where he has none here.
    pub units: Vec<Option<usize>>,
    /// The part of its disorder that comes from places.
    pub place: f64,
    /// The part that comes from tags.
    pub tag: f64,
    /// The part that comes from annotators who have none.
    pub missing: f64,
}

impl Row {
    /// The row of `units` with its disorder: the mean over pairs of annotators, where a pair with an empty one costs 1.
    pub fn of(continuum: &Continuum, units: Vec<Option<usize>>, by: Dissimilarity) -> Self {
        let pairs = pairs(units.len());
        let present: Vec<&GammaUnit> =
            units.iter().zip(&continuum.annotators).filter_map(|(unit, all)| Some(&all[(*unit)?])).collect();
        let mut row = Self { units, place: 0.0, tag: 0.0, missing: 0.0 };
        let mut both = 0.0;
        for (at, a) in present.iter().enumerate() {
            for b in &present[at + 1..] {
                row.place += place(a, b);
                row.tag += by.tag(a, b);
                both += 1.0;
            }
        }
        if pairs > 0.0 {
            row.place /= pairs;
            row.tag /= pairs;
            row.missing = (pairs - both) / pairs;
        }
        row
    }

    /// Its disorder (unitary disorder).
    pub fn disorder(&self) -> f64 {
        self.place + self.tag + self.missing
    }
}

/// Number of pairs of `annotators`.
pub(super) fn pairs(annotators: usize) -> f64 {
    (annotators * annotators.saturating_sub(1) / 2) as f64
}
