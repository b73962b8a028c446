//! How many marks of a tag stand in a run of blocks: what an overview asks for each of its pixels.

/// Counts by block with running sums (Fenwick 1994): a change and a question cost the logarithm of the number of
/// blocks.
#[derive(Clone, Debug, Default)]
pub struct BlockCounts {
    sums: Vec<u32>,
}

impl BlockCounts {
    pub(super) fn new(blocks: usize) -> Self {
        Self { sums: vec![0; blocks] }
    }

    pub(super) fn add(&mut self, block: usize, more: bool) {
        let mut i = block;
        while let Some(sum) = self.sums.get_mut(i) {
            *sum = if more { sum.wrapping_add(1) } else { sum.wrapping_sub(1) };
            i |= i + 1;
        }
    }

    fn before(&self, block: usize) -> u32 {
        let (mut sum, mut i) = (0_u32, block.min(self.sums.len()));
        while i > 0 {
            sum = sum.wrapping_add(self.sums[i - 1]);
            i &= i - 1;
        }
        sum
    }

    /// True when a mark stands in one of these blocks.
    pub fn any(&self, blocks: std::ops::Range<usize>) -> bool {
        blocks.start < blocks.end && self.before(blocks.end) != self.before(blocks.start)
    }
}
