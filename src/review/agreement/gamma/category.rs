//! Gamma-cat: do those who mark the same place give it the same tag?

use super::disorder::{Continuum, Dissimilarity, Row, place};

/// Disorder of tags over the pairs of units that share a row: each pair weighs the more the closer its places are,
/// max(0, 1 - positional dissimilarity) / (units of the row - 1) (Mathet 2017, The agreement measure γcat, a complement
/// to γ focused on categorization of a continuum). With `only` a tag, of the pairs that have a unit with it (gamma-k).
/// An annotator who has nothing there has no say. None: no pair has any weight.
pub fn category_disorder(continuum: &Continuum, rows: &[Row], only: Option<usize>) -> Option<f64> {
    let (mut sum, mut weights) = (0.0, 0.0);
    for row in rows {
        let units: Vec<_> = row
            .units
            .iter()
            .zip(&continuum.annotators)
            .filter_map(|(unit, all)| Some(&all[(*unit)?]))
            .collect();
        for (at, a) in units.iter().enumerate() {
            for b in &units[at + 1..] {
                if only.is_some_and(|tag| a.tag != tag && b.tag != tag) {
                    continue;
                }
                let weight = (1.0 - place(a, b)).max(0.0) / (units.len() - 1) as f64;
                sum += weight * Dissimilarity::PlaceAndTag.tag(a, b);
                weights += weight;
            }
        }
    }
    (weights > 0.0).then(|| sum / weights)
}
