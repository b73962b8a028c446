//! Random continua like a given one: what agreement by chance is measured on.
//!
//! How many units an annotator has, how long they are and how far apart are drawn from normal distributions with the
//! mean and deviation that they have in the given one, over all annotators; tags by their shares. This is the default
//! of pygamma-agreement, of which the published values of the last years come; it knows no end of the text.

use super::disorder::{Continuum, GammaUnit};
use super::random::{Random, Spread};

/// What random continua are drawn from.
pub(super) struct Sampler {
    annotators: usize,
    units: Spread,
    lengths: Spread,
    gaps: Spread,
    /// Tags of all units; a draw from them has each by its share.
    tags: Vec<usize>,
}

impl Sampler {
    /// None: there are no units.
    pub fn of(continuum: &Continuum) -> Option<Self> {
        let (mut lengths, mut tags, mut gaps) = (Vec::new(), Vec::new(), vec![0.0]);
        for units in &continuum.annotators {
            let mut units = units.clone();
            units.sort_by(|a, b| {
                a.start.total_cmp(&b.start).then(a.end.total_cmp(&b.end)).then(a.tag.cmp(&b.tag))
            });
            for (at, unit) in units.iter().enumerate() {
                match at.checked_sub(1) {
                    Some(before) => gaps.push(unit.start - units[before].end),
                    None if unit.start > 0.0 => gaps.push(unit.start),
                    None => {}
                }
                lengths.push(unit.end - unit.start);
                tags.push(unit.tag);
            }
        }
        tags.sort_unstable();
        let counts: Vec<f64> = continuum.annotators.iter().map(|units| units.len() as f64).collect();
        (!tags.is_empty()).then(|| Self {
            annotators: counts.len(),
            units: Spread::of(&counts),
            lengths: Spread::of(&lengths),
            gaps: Spread::of(&gaps),
            tags,
        })
    }

    /// One random continuum.
    pub fn draw(&self, random: &mut Random) -> Continuum {
        let mut drawn = Continuum::default();
        for annotator in 0..self.annotators {
            let least = if annotator == 0 { 1 } else { 0 };
            let count = (random.normal(self.units).abs() as usize).max(least);
            let mut units = Vec::with_capacity(count);
            let mut position = 0.0;
            for _ in 0..count {
                let start = position + random.normal(self.gaps);
                let mut length = 0.0;
                while length < 1e-6 {
                    length = random.normal(self.lengths).abs();
                }
                let tag = self.tags[(random.uniform() * self.tags.len() as f64) as usize];
                position = start + length;
                units.push(GammaUnit { start, end: position, tag });
            }
            drawn.annotators.push(units);
        }
        drawn
    }
}
