//! A bit for each class of an alignment: which of them stand around a place is asked of thousands of words.

use super::super::vocabulary::ClassId;

/// Classes that have a bit, at most.
pub(super) const MOST: usize = 64;
/// Four times as many, so that most classes are found, or not, where they are first looked for.
const SIZE: usize = 4 * MOST;

/// An open-addressing table. No bit is held where no class is.
pub(super) struct Bits([(ClassId, u64); SIZE]);

impl Bits {
    /// The first classes, each given once, in order from the lowest bit.
    pub fn of(classes: impl Iterator<Item = ClassId>) -> Self {
        let mut bits = Self([(0, 0); SIZE]);
        for (at, class) in classes.take(MOST).enumerate() {
            let home = bits.home(class);
            bits.0[home] = (class, 1 << at);
        }
        bits
    }

    /// The bit of a class; none if it is not one of them.
    pub fn bit(&self, class: ClassId) -> u64 {
        let (held, bit) = self.0[self.home(class)];
        if held == class { bit } else { 0 }
    }

    /// Where a class is held, or would be.
    fn home(&self, class: ClassId) -> usize {
        let mut at = class as usize % SIZE;
        while (self.0[at].1 != 0) & (self.0[at].0 != class) {
            at = (at + 1) % SIZE;
        }
        at
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn classes_that_meet_in_the_table_keep_their_bits() {
        let size = SIZE as ClassId;
        let bits = Bits::of([7, 7 + size, 8, 0, 7 + 2 * size].into_iter());
        let held = [7, 7 + size, 8, 0, 7 + 2 * size].map(|class| bits.bit(class));
        assert_eq!(held, [1, 2, 4, 8, 16]);
        assert_eq!([9, 8 + size, 7 + 3 * size].map(|class| bits.bit(class)), [0; 3]);
        assert_eq!(Bits::of(0..100).bit(64), 0);
    }
}
