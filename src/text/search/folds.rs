//! The way back from a folded letter to all characters that fold to it.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization as _;
use unicode_normalization::char::is_combining_mark;

use crate::text::fold::fold_char;

/// The characters, apart from itself, that fold to something; by what they fold to.
pub(super) static FOLDED_TO: LazyLock<BTreeMap<Vec<char>, Vec<char>>> = LazyLock::new(|| {
    let mut folded: BTreeMap<Vec<char>, Vec<char>> = BTreeMap::new();
    for c in RANGES.into_iter().flatten() {
        let to: Vec<char> = of(c).collect();
        if !to.is_empty() && to != [c] {
            folded.entry(to).or_default().push(c);
        }
    }
    folded
});

/// Where all characters stand that fold to something else: not among those of Chinese writing, private use and the
/// planes from the third on. A test holds that.
const RANGES: [std::ops::RangeInclusive<char>; 4] =
    ['\0'..='\u{33FF}', '\u{A640}'..='\u{D7A3}', '\u{F900}'..='\u{1FFFF}', '\u{2F800}'..='\u{2FA1F}'];

/// What a character folds to: nothing for a combining mark.
pub(super) fn of(c: char) -> impl Iterator<Item = char> {
    std::iter::once(c).nfd().filter(|c| !is_combining_mark(*c)).flat_map(fold_char)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_that_folds_stands_in_the_table() {
        let inside = |c: &char| RANGES.iter().any(|range| range.contains(c));
        for c in ('\0'..=char::MAX).filter(|c| !inside(c)) {
            assert!(is_combining_mark(c) || of(c).eq([c]), "{c:?} is left out");
        }
    }
}
