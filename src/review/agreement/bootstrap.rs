//! Intervals by the bootstrap: what a figure would be if the documents, or the sentences of these documents, had been
//! drawn again.
//!
//! From ten documents up whole documents are drawn, with replacement; below that sentences within each document, their
//! number kept, and the interval is for these documents only. Below five units there is none. The ends are percentiles
//! (Efron 1979), from twenty units up bias-corrected and accelerated (BCa: Efron 1987, Better bootstrap confidence
//! intervals). Resamples without a figure are left out; over 5 % of them: no interval.

use super::Value;
use super::sums::{Cells, Grain};

/// So many documents are resampled as wholes.
const DOCUMENTS: usize = 10;
/// Fewer units give no interval.
const FEWEST: usize = 5;
/// From so many units on the ends are corrected for bias and skew.
const CORRECTED: usize = 20;
/// The share of resamples that may be without a figure.
const MAY_FAIL: f64 = 0.05;
/// Between these two lie 95 %.
const ENDS: [f64; 2] = [0.025, 0.975];

/// What is drawn for a material of so many documents.
pub fn grain(documents: usize) -> Grain {
    if documents >= DOCUMENTS { Grain::Documents } else { Grain::Sentences }
}

/// A generator of random numbers: SplitMix64 (Steele, Lea & Flood 2014, Fast splittable pseudorandom number generators).
#[derive(Clone, Debug)]
pub struct Random(u64);

impl Random {
    /// The same numbers for the same seed.
    pub fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number below `bound`.
    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.number()) * bound as u128) >> 64) as usize
    }
}

/// The intervals of the figures that `figures` computes from the sums of a resample, in their order; `None` where there
/// is none. `cells` are cut as [`grain`] says. `goes_on` is asked between rounds; `None` when it says no.
pub fn intervals(
    cells: &Cells,
    figures: &dyn Fn(&[u128]) -> Vec<Value>,
    rounds: usize,
    seed: u64,
    goes_on: &dyn Fn() -> bool,
) -> Option<Vec<Option<(f64, f64)>>> {
    let whole = cells.documents.iter().all(|document| document.len() == 1);
    let units: usize = cells.documents.iter().map(Vec::len).sum();
    let estimates = figures(&cells.total());
    if units < FEWEST {
        return Some(vec![None; estimates.len()]);
    }
    let mut random = Random::new(seed);
    let mut replicates: Vec<Vec<f64>> = vec![Vec::with_capacity(rounds); estimates.len()];
    // How often each unit is drawn is counted first: so the units are then gone through in their order, which with many
    // of them takes a tenth of the time.
    let flat = Flat::of(cells);
    let mut drawn = vec![0_u32; units];
    let mut sums = vec![0; cells.size];
    for _ in 0..rounds {
        if !goes_on() {
            return None;
        }
        drawn.fill(0);
        if whole {
            (0..units).for_each(|_| drawn[random.below(units)] += 1);
        } else {
            let mut first = 0;
            for document in &cells.documents {
                let drawn = &mut drawn[first..first + document.len()];
                (0..drawn.len()).for_each(|_| drawn[random.below(drawn.len())] += 1);
                first += document.len();
            }
        }
        sums.fill(0);
        flat.add(&mut sums, &drawn);
        for (replicates, value) in replicates.iter_mut().zip(figures(&sums)) {
            replicates.extend(value.ok());
        }
    }
    let without = if units >= CORRECTED { jackknife(cells, figures) } else { Vec::new() };
    let ends = estimates.iter().enumerate().map(|(at, estimate)| {
        let (estimate, replicates) = (*estimate.as_ref().ok()?, &mut replicates[at]);
        if (replicates.len() as f64) < rounds as f64 * (1.0 - MAY_FAIL) {
            return None;
        }
        replicates.sort_by(f64::total_cmp);
        match without.get(at) {
            Some(without) => Some(bca(replicates, estimate, without)),
            None => Some((quantile(replicates, ENDS[0]), quantile(replicates, ENDS[1]))),
        }
    });
    Some(ends.collect())
}

/// The cells of all documents, one after another.
struct Flat {
    /// Place in the sums and amount, of all cells.
    entries: Vec<(usize, u128)>,
    /// Where each cell ends among them.
    ends: Vec<usize>,
}

impl Flat {
    fn of(cells: &Cells) -> Self {
        let (mut entries, mut ends) = (Vec::new(), Vec::new());
        for cell in cells.documents.iter().flatten() {
            entries.extend_from_slice(cell);
            ends.push(entries.len());
        }
        Self { entries, ends }
    }

    /// Adds each cell as often as it was drawn.
    fn add(&self, sums: &mut [u128], drawn: &[u32]) {
        let mut start = 0;
        for (end, times) in self.ends.iter().zip(drawn) {
            if *times > 0 {
                for (place, amount) in &self.entries[start..*end] {
                    sums[*place] += amount * u128::from(*times);
                }
            }
            start = *end;
        }
    }
}

/// The figures without each unit in turn; a figure that cannot be computed then is left out.
fn jackknife(cells: &Cells, figures: &dyn Fn(&[u128]) -> Vec<Value>) -> Vec<Vec<f64>> {
    let total = cells.total();
    let mut without: Vec<Vec<f64>> = Vec::new();
    let mut sums = total.clone();
    for cell in cells.documents.iter().flatten() {
        sums.copy_from_slice(&total);
        for (place, amount) in cell {
            sums[*place] -= amount;
        }
        let values = figures(&sums);
        without.resize(values.len(), Vec::new());
        for (without, value) in without.iter_mut().zip(values) {
            without.extend(value.ok());
        }
    }
    without
}

/// The quantile of sorted numbers, linear between two of them (numpy's default; Hyndman & Fan 1996, type 7).
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    let place = share.clamp(0.0, 1.0) * last as f64;
    let (below, above) = (place.floor() as usize, place.ceil() as usize);
    match (sorted.get(below), sorted.get(above)) {
        (Some(below), Some(above)) => below + (above - below) * place.fract(),
        _ => f64::NAN,
    }
}

/// The bias-corrected and accelerated ends (Efron 1987): `sorted` are the replicates, `without` the figures with one unit
/// left out each.
pub fn bca(sorted: &[f64], estimate: f64, without: &[f64]) -> (f64, f64) {
    let (z0, acceleration) = (bias(sorted, estimate), acceleration(without));
    let end = |share: f64| {
        let z = z0 + probit(share);
        quantile(sorted, normal(z0 + z / (1.0 - acceleration * z)))
    };
    let (low, high) = (end(ENDS[0]), end(ENDS[1]));
    if low.is_finite() && high.is_finite() {
        (low, high)
    } else {
        // All replicates on one side of the estimate: there is nothing to correct by.
        (quantile(sorted, ENDS[0]), quantile(sorted, ENDS[1]))
    }
}

/// z₀: how far the replicates lie to one side of the estimate; those equal to it count half.
pub fn bias(sorted: &[f64], estimate: f64) -> f64 {
    let below = sorted.iter().filter(|it| **it < estimate).count();
    let up_to = sorted.iter().filter(|it| **it <= estimate).count();
    probit((below + up_to) as f64 / (2 * sorted.len()) as f64)
}

/// The acceleration a = Σ(θ̄ − θᵢ)³ / (6 (Σ(θ̄ − θᵢ)²)^{3/2}).
pub fn acceleration(without: &[f64]) -> f64 {
    let mean = without.iter().sum::<f64>() / without.len() as f64;
    let power = |n: i32| without.iter().map(|it| (mean - it).powi(n)).sum::<f64>();
    let (squares, cubes) = (power(2), power(3));
    if squares == 0.0 { 0.0 } else { cubes / (6.0 * squares.powf(1.5)) }
}

/// Φ: the share of a normal distribution below `z`.
fn normal(z: f64) -> f64 {
    0.5 * libm::erfc(-z / std::f64::consts::SQRT_2)
}

/// Φ⁻¹, by halving: the digits of Φ itself.
fn probit(share: f64) -> f64 {
    if share <= 0.0 {
        return f64::NEG_INFINITY;
    }
    if share >= 1.0 {
        return f64::INFINITY;
    }
    let (mut low, mut high) = (-40.0_f64, 40.0_f64);
    for _ in 0..100 {
        let middle = f64::midpoint(low, high);
        if normal(middle) < share { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

#[cfg(test)]
mod tests;
