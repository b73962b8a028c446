//! Random numbers that come out the same for a seed on every machine and in every version.

use std::f64::consts::TAU;

/// SplitMix64 (Steele, Lea and Flood 2014, Fast splittable pseudorandom number generators).
pub(super) struct Random(u64);

impl Random {
    /// Numbers of sample `index` under `seed`.
    pub fn of(seed: u64, index: u64) -> Self {
        let mut seeded = Self(seed);
        let begin = seeded.next();
        Self(begin ^ Self(index).next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// Uniform from 0 up to, but not, 1.
    pub fn uniform(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1_u64 << 53) as f64
    }

    /// Normal (Box and Muller 1958, A note on the generation of random normal deviates).
    pub fn normal(&mut self, Spread { mean, sd }: Spread) -> f64 {
        let radius = (-2.0 * (1.0 - self.uniform()).ln()).sqrt();
        mean + sd * radius * (TAU * self.uniform()).cos()
    }
}

/// Mean and standard deviation (of the population).
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Spread {
    pub mean: f64,
    pub sd: f64,
}

impl Spread {
    /// Of `values`; 0 and 0 if there are none.
    pub fn of(values: &[f64]) -> Self {
        let count = values.len().max(1) as f64;
        let mean = values.iter().sum::<f64>() / count;
        let squares: f64 = values.iter().map(|value| (value - mean).powi(2)).sum();
        Self { mean, sd: (squares / count).sqrt() }
    }
}

#[cfg(test)]
mod tests {
    use super::{Random, Spread};

    #[test]
    fn the_generator_is_the_published_one() {
        // First numbers for seed 0 and for seed 1234567, as other implementations of SplitMix64 give them.
        assert_eq!(Random(0).next(), 0xe220_a839_7b1d_cdaf);
        let mut random = Random(1_234_567);
        assert_eq!([random.next(), random.next()], [6_457_827_717_110_365_317, 3_203_168_211_198_807_973]);
    }

    #[test]
    fn normal_numbers_have_the_spread_asked_for() {
        let mut random = Random::of(7, 0);
        let values: Vec<f64> = (0..100_000).map(|_| random.normal(Spread { mean: 3.0, sd: 2.0 })).collect();
        let found = Spread::of(&values);
        // Four standard errors: 2 / √100,000 of the mean, 2 / √200,000 of the deviation.
        assert!((found.mean - 3.0).abs() < 0.026 && (found.sd - 2.0).abs() < 0.018, "{found:?}");
        let within = values.iter().filter(|value| (**value - 3.0).abs() < 2.0).count();
        assert!(within.abs_diff(68_269) < 600, "{within}");
    }
}
