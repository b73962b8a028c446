//! The heights of all blocks at one width and size: estimated until a block is laid out. Sums and look-ups
//! cost the logarithm of the number of blocks, so that a long document scrolls like a short one.

/// Heights of blocks, the space above each included, with running sums (Fenwick 1994).
#[derive(Clone, Debug, Default)]
pub(super) struct Heights {
    heights: Vec<f32>,
    known: Vec<bool>,
    /// `sums[i]` is the sum of the `lowest_bit(i + 1)` heights that end with block `i`.
    sums: Vec<f64>,
}

impl Heights {
    pub fn estimated(heights: Vec<f32>) -> Self {
        let mut sums: Vec<f64> = heights.iter().map(|&height| f64::from(height)).collect();
        for i in 0..sums.len() {
            let parent = i | (i + 1);
            if parent < sums.len() {
                sums[parent] += sums[i];
            }
        }
        Self { known: vec![false; heights.len()], heights, sums }
    }

    /// Notes the true height of a block.
    pub fn set(&mut self, block: usize, height: f32) {
        let Some(old) = self.heights.get_mut(block) else { return };
        let change = f64::from(height) - f64::from(*old);
        *old = height;
        self.known[block] = true;
        if change == 0.0 {
            return;
        }
        let mut i = block;
        while i < self.sums.len() {
            self.sums[i] += change;
            i |= i + 1;
        }
    }

    /// The height of everything before a block.
    pub fn before(&self, block: usize) -> f64 {
        let mut sum = 0.0;
        let mut i = block.min(self.sums.len());
        while i > 0 {
            sum += self.sums[i - 1];
            i &= i - 1;
        }
        sum
    }

    pub fn total(&self) -> f64 {
        self.before(self.heights.len())
    }

    pub fn height(&self, block: usize) -> f32 {
        self.heights.get(block).copied().unwrap_or_default()
    }

    /// How many blocks have been laid out.
    #[cfg(test)]
    pub fn known(&self) -> usize {
        self.known.iter().filter(|known| **known).count()
    }

    /// The block at height `y`; the last one below all.
    pub fn block_at(&self, y: f64) -> usize {
        let mut step = self.sums.len().checked_ilog2().map_or(0, |log| 1_usize << log);
        let (mut block, mut rest) = (0, y);
        while step > 0 {
            if let Some(&sum) = self.sums.get(block + step - 1)
                && sum <= rest
            {
                block += step;
                rest -= sum;
            }
            step >>= 1;
        }
        block.min(self.sums.len().saturating_sub(1))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn sums_equal_plain_sums(
            start in prop::collection::vec(1_u8..50, 1..60),
            changes in prop::collection::vec((0_usize..60, 1_u8..50), 0..30),
        ) {
            let mut plain: Vec<f32> = start.iter().map(|&height| f32::from(height)).collect();
            let mut heights = Heights::estimated(plain.clone());
            for (block, height) in changes {
                heights.set(block, f32::from(height));
                if let Some(old) = plain.get_mut(block) {
                    *old = f32::from(height);
                }
            }
            for block in 0..=plain.len() {
                prop_assert_eq!(heights.before(block), plain[..block].iter().map(|&h| f64::from(h)).sum::<f64>());
            }
            for block in 0..plain.len() {
                prop_assert_eq!(heights.block_at(heights.before(block)), block);
                prop_assert_eq!(heights.block_at(heights.before(block + 1) - 0.5), block);
            }
        }
    }
}
