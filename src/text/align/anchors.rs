//! Words by which two long texts are held together: runs that stand once in each, in the same order.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::ops::Range;

/// Words of a run that must stand once. Fewer are too often the same by chance, more miss what stands between two
/// changes.
const RUN: usize = 6;

/// Pairs of places in two lists of pieces where the same run of words begins, in the order of both, as many as there
/// are: the longest rising sequence of the runs that stand once in each (the anchors of Bram Cohen's patience
/// difference). What stands between words makes no difference.
pub(super) fn anchors(
    (old, old_pieces): (&str, &[Range<usize>]),
    (new, new_pieces): (&str, &[Range<usize>]),
) -> Vec<(usize, usize)> {
    let (a, b) = (runs(old, old_pieces), runs(new, new_pieces));
    let (in_old, in_new) = (once(&a), once(&b));
    let shared = |(run, at): &(u64, usize)| {
        let single = |places: &HashMap<u64, Option<usize>>| places.get(run).copied().flatten();
        single(&in_old)?;
        Some((*at, single(&in_new)?))
    };
    // Hashes may meet by chance, words do not.
    let same = |(i, j): &(usize, usize)| old[old_pieces[*i].clone()] == new[new_pieces[*j].clone()];
    rising(&a.iter().filter_map(shared).filter(same).collect::<Vec<_>>())
}

/// The hash of each run of words, with the piece that it begins with.
fn runs(text: &str, pieces: &[Range<usize>]) -> Vec<(u64, usize)> {
    let words = pieces.iter().enumerate().filter_map(|(at, piece)| {
        let word = &text[piece.clone()];
        word.contains(char::is_alphanumeric).then(|| {
            let mut hasher = DefaultHasher::new();
            word.hash(&mut hasher);
            (hasher.finish(), at)
        })
    });
    let words: Vec<(u64, usize)> = words.collect();
    let hash = |run: &[(u64, usize)]| {
        let mut hasher = DefaultHasher::new();
        run.iter().for_each(|(word, _)| word.hash(&mut hasher));
        hasher.finish()
    };
    words.windows(RUN).map(|run| (hash(run), run[0].1)).collect()
}

/// Where each run stands; `None` for one that stands twice.
fn once(runs: &[(u64, usize)]) -> HashMap<u64, Option<usize>> {
    let mut places = HashMap::with_capacity(runs.len());
    for (run, at) in runs {
        places.entry(*run).and_modify(|place| *place = None).or_insert(Some(*at));
    }
    places
}

/// The longest sequence of pairs that rises in both; the first of each pair rises already.
fn rising(pairs: &[(usize, usize)]) -> Vec<(usize, usize)> {
    // For each length the pair that ends such a sequence lowest, and for each pair the one before it.
    let mut ends: Vec<usize> = Vec::new();
    let mut before: Vec<Option<usize>> = Vec::with_capacity(pairs.len());
    for (at, (_, new)) in pairs.iter().enumerate() {
        let length = ends.partition_point(|end| pairs[*end].1 < *new);
        before.push(length.checked_sub(1).map(|length| ends[length]));
        if length == ends.len() {
            ends.push(at);
        } else {
            ends[length] = at;
        }
    }
    let mut found: Vec<(usize, usize)> =
        std::iter::successors(ends.last().copied(), |at| before[*at]).map(|at| pairs[at]).collect();
    found.reverse();
    found
}

#[cfg(test)]
mod tests {
    use unicode_segmentation::UnicodeSegmentation as _;

    use super::*;

    #[test]
    fn the_longest_rising_sequence() {
        let found = rising(&[(0, 5), (1, 1), (2, 2), (3, 0), (4, 9), (5, 3)]);
        assert_eq!(found, [(1, 1), (2, 2), (5, 3)]);
        assert_eq!(rising(&[]), []);
    }

    #[test]
    fn runs_that_stand_once_in_each_anchor_whatever_stands_between_the_words() {
        let pieces = |text: &str| -> Vec<Range<usize>> {
            text.split_word_bound_indices().map(|(at, piece)| at..at + piece.len()).collect()
        };
        let old = "👮🏽‍♀️ e\u{301}en twee “drie” vier vijf zes zeven. a b c d e f. a b c d e f.";
        let new = "nul “e\u{301}en” twee drie\nvier vijf zes acht a b c d e f.";
        let found = anchors((old, &pieces(old)), (new, &pieces(new)));
        let words: Vec<&str> = found.iter().map(|(i, _)| &old[pieces(old)[*i].clone()]).collect();
        assert_eq!(words, ["e\u{301}en"], "the run from a to f stands twice");
    }
}
