//! Alignment of two versions of a text: which stretches stand in both, in the same order.
//!
//! First what both begin and end with, then whole lines, then words in what is left (the difference of two sequences
//! after Myers 1986, from `similar`). Words are those of UAX #29, so that no block ends inside what a reader sees as
//! one character. No clock decides when to stop: the same two texts always align the same way.

mod anchors;

use std::collections::HashMap;
use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_segmentation::UnicodeSegmentation as _;

use anchors::anchors;

/// A stretch that stands in both texts. Bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it begins in the old text.
    pub old: usize,
    /// Where it begins in the new text.
    pub new: usize,
    /// Its length, at least 1.
    pub len: usize,
}

impl Block {
    fn old_end(self) -> usize {
        self.old + self.len
    }

    fn new_end(self) -> usize {
        self.new + self.len
    }
}

/// The stretches that two texts have in common, in the order of both, none touching the next in both texts at once.
pub fn align(old: &str, new: &str) -> Vec<Block> {
    let (prefix, suffix) = (common_prefix(old, new), common_suffix(old, new));
    let shorter = old.len().min(new.len());
    if prefix + suffix >= shorter {
        // One insertion or deletion, or none. Where exactly is open when it repeats what stands beside it.
        let longer = if old.len() >= new.len() { old } else { new };
        let gap = longer.len() - shorter;
        let cut = best_cut(longer, shorter - suffix..prefix, gap);
        let blocks = [
            Block { old: 0, new: 0, len: cut },
            Block { old: old.len() - (shorter - cut), new: new.len() - (shorter - cut), len: shorter - cut },
        ];
        return joined(blocks.into_iter().filter(|block| block.len > 0));
    }
    // Whole lines, and words where a line is not whole.
    let start = line_or_word(old, prefix);
    let rest = old.len() - suffix;
    let end_skip = old[rest..].find('\n').map_or(0, |at| suffix - at - 1);
    let middle = (start..old.len() - end_skip, start..new.len() - end_skip);
    let mut blocks = vec![Block { old: 0, new: 0, len: start }];
    lines(old, new, middle, &mut blocks);
    blocks.push(Block { old: old.len() - end_skip, new: new.len() - end_skip, len: end_skip });
    let mut blocks = joined(blocks.into_iter().filter(|block| block.len > 0));
    slide(old, new, &mut blocks);
    joined(blocks.into_iter().filter(|block| block.len > 0))
}

/// Adds the blocks between two ranges of the texts, whole lines first.
fn lines(old: &str, new: &str, (a, b): (Range<usize>, Range<usize>), blocks: &mut Vec<Block>) {
    let (old_lines, new_lines) = (pieces(old, a.clone(), true), pieces(new, b.clone(), true));
    let ops = difference(Algorithm::Histogram, (old, &old_lines), (new, &new_lines));
    let (mut old_done, mut new_done) = (a.start, b.start);
    for (old_at, new_at, count) in ops {
        let block = block(&old_lines, &new_lines, old_at, new_at, count);
        // Empty lines and closing brackets say nothing about where one is.
        let ink = old[block.old..block.old_end()].chars().filter(|c| c.is_alphanumeric()).take(8).count();
        if ink < 8 {
            continue;
        }
        words(old, new, (old_done..block.old, new_done..block.new), blocks);
        blocks.push(block);
        (old_done, new_done) = (block.old_end(), block.new_end());
    }
    words(old, new, (old_done..a.end, new_done..b.end), blocks);
}

/// So many words of both texts together are compared as they are; longer stretches are first held together by runs of
/// words that stand once.
const FEW: usize = 20_000;

/// Adds the blocks between two ranges of the texts by words.
fn words(old: &str, new: &str, (a, b): (Range<usize>, Range<usize>), blocks: &mut Vec<Block>) {
    if a.is_empty() || b.is_empty() {
        return;
    }
    let (old_words, new_words) = (pieces(old, a, false), pieces(new, b, false));
    let (mut old_done, mut new_done) = (0, 0);
    if old_words.len() + new_words.len() > FEW {
        for (old_at, new_at) in anchors((old, &old_words), (new, &new_words)) {
            few_words((old, &old_words[old_done..old_at]), (new, &new_words[new_done..new_at]), blocks);
            blocks.push(block(&old_words, &new_words, old_at, new_at, 1));
            (old_done, new_done) = (old_at + 1, new_at + 1);
        }
    }
    few_words((old, &old_words[old_done..]), (new, &new_words[new_done..]), blocks);
}

/// Adds the blocks between a few words. Long stretches without a single run in common have nothing to align.
fn few_words(
    (old, old_words): (&str, &[Range<usize>]),
    (new, new_words): (&str, &[Range<usize>]),
    blocks: &mut Vec<Block>,
) {
    if old_words.is_empty() || new_words.is_empty() || old_words.len() + new_words.len() > 2 * FEW {
        return;
    }
    if let ([old_word], [new_word]) = (old_words, new_words) {
        if old[old_word.clone()] == new[new_word.clone()] {
            blocks.push(block(old_words, new_words, 0, 0, 1));
        }
        return;
    }
    for (old_at, new_at, count) in difference(Algorithm::Myers, (old, old_words), (new, new_words)) {
        blocks.push(block(old_words, new_words, old_at, new_at, count));
    }
}

fn block(old: &[Range<usize>], new: &[Range<usize>], old_at: usize, new_at: usize, count: usize) -> Block {
    let (first, last) = (&old[old_at], &old[old_at + count - 1]);
    Block { old: first.start, new: new[new_at].start, len: last.end - first.start }
}

/// Lines with their ends, or words and what stands between them.
fn pieces(text: &str, range: Range<usize>, lines: bool) -> Vec<Range<usize>> {
    let part = &text[range.clone()];
    let mut at = range.start;
    let next = |piece: &str| {
        at += piece.len();
        at - piece.len()..at
    };
    if lines {
        part.split_inclusive('\n').map(next).collect()
    } else {
        part.split_word_bounds().map(next).collect()
    }
}

/// The runs of pieces that are equal: where in the old, where in the new, how many.
fn difference(
    algorithm: Algorithm,
    (old, old_pieces): (&str, &[Range<usize>]),
    (new, new_pieces): (&str, &[Range<usize>]),
) -> Vec<(usize, usize, usize)> {
    let mut numbers: HashMap<&str, u32> = HashMap::new();
    let mut number = |piece| {
        let next = u32::try_from(numbers.len()).unwrap_or(u32::MAX);
        *numbers.entry(piece).or_insert(next)
    };
    let a: Vec<u32> = old_pieces.iter().map(|piece| number(&old[piece.clone()])).collect();
    let b: Vec<u32> = new_pieces.iter().map(|piece| number(&new[piece.clone()])).collect();
    let equal = |op: DiffOp| match op {
        DiffOp::Equal { old_index, new_index, len } => Some((old_index, new_index, len)),
        _ => None,
    };
    capture_diff_slices(algorithm, &a, &b).into_iter().filter_map(equal).filter(|run| run.2 > 0).collect()
}

/// Blocks that follow one another in both texts as one.
fn joined(blocks: impl Iterator<Item = Block>) -> Vec<Block> {
    let mut joined: Vec<Block> = Vec::new();
    for block in blocks {
        match joined.last_mut() {
            Some(last) if last.old_end() == block.old && last.new_end() == block.new => last.len += block.len,
            _ => joined.push(block),
        }
    }
    joined
}

/// How far an insertion is looked over for a better place.
const SLIDE: usize = 4_096;

/// An insertion or deletion that repeats what stands beside it can be told in several places; it is put where a
/// paragraph, a line or a word begins.
fn slide(old: &str, new: &str, blocks: &mut [Block]) {
    for i in 1..blocks.len() {
        let (before, after) = (blocks[i - 1], blocks[i]);
        let (text, start, end) = if before.old_end() == after.old {
            (new, before.new_end(), after.new)
        } else if before.new_end() == after.new {
            (old, before.old_end(), after.old)
        } else {
            continue;
        };
        let bytes = text.as_bytes();
        let left =
            (0..before.len.min(SLIDE)).take_while(|k| bytes[start - 1 - k] == bytes[end - 1 - k]).count();
        let right = (0..after.len.min(SLIDE)).take_while(|k| bytes[start + k] == bytes[end + k]).count();
        let cut = best_cut(text, start - left..start + right, end - start);
        if cut < start {
            let by = start - cut;
            blocks[i - 1].len -= by;
            blocks[i] = Block { old: after.old - by, new: after.new - by, len: after.len + by };
        } else {
            let by = cut - start;
            blocks[i - 1].len += by;
            blocks[i] = Block { old: after.old + by, new: after.new + by, len: after.len - by };
        }
    }
}

/// Among the places where an insertion of `gap` bytes may begin, the one that cuts least; the first of equals.
fn best_cut(text: &str, places: Range<usize>, gap: usize) -> usize {
    let last = places.end;
    let worth = |at: usize| match text[..at].chars().next_back() {
        _ if !text.is_char_boundary(at) || !text.is_char_boundary(at + gap) => 0,
        None => 6,
        _ if at + gap == text.len() => 6,
        Some('\n') if text[..at].ends_with("\n\n") => 5,
        Some('\n') => 4,
        Some(c) if c.is_whitespace() => 3,
        Some(c) if !c.is_alphanumeric() => 2,
        Some(_) => 1,
    };
    let from = places.start.max(last.saturating_sub(SLIDE));
    let near = [places.start, text.floor_char_boundary(last)];
    let places = near.into_iter().chain(from..=last).filter(|at| text.is_char_boundary(*at));
    let mut best = None;
    for at in places {
        if best.is_none_or(|(most, first)| worth(at) > most || (worth(at) == most && at < first)) {
            best = Some((worth(at), at));
        }
    }
    best.map_or(last, |(_, at)| at)
}

/// `at`, or where its line or, in a long line, its word begins.
fn line_or_word(text: &str, at: usize) -> usize {
    let before = &text[..at];
    let line = before.rfind('\n').map_or(0, |end| end + 1);
    if at - line <= SLIDE {
        return line;
    }
    before.rfind(char::is_whitespace).map_or(line, |space| text.ceil_char_boundary(space + 1).min(at))
}

/// Bytes that both begin with, up to a border of characters.
fn common_prefix(a: &str, b: &str) -> usize {
    let same = a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count();
    (0..=same).rev().find(|at| a.is_char_boundary(*at) && b.is_char_boundary(*at)).unwrap_or(0)
}

/// Bytes that both end with, up to a border of characters.
fn common_suffix(a: &str, b: &str) -> usize {
    let same = a.bytes().rev().zip(b.bytes().rev()).take_while(|(a, b)| a == b).count();
    let border = |len: &usize| a.is_char_boundary(a.len() - len) && b.is_char_boundary(b.len() - len);
    (0..=same).rev().find(border).unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn holds(old: &str, new: &str, blocks: &[Block]) {
        for block in blocks {
            assert!(block.len > 0);
            assert_eq!(old.get(block.old..block.old_end()), new.get(block.new..block.new_end()), "{block:?}");
            assert!(old.get(block.old..block.old_end()).is_some(), "{block:?} cuts a character");
        }
        for pair in blocks.windows(2) {
            let (a, b) = (pair[0], pair[1]);
            assert!(a.old_end() <= b.old && a.new_end() <= b.new, "{a:?} {b:?}");
            assert!(a.old_end() < b.old || a.new_end() < b.new, "{a:?} {b:?} are one");
        }
    }

    fn common(old: &str, new: &str) -> Vec<String> {
        let blocks = align(old, new);
        holds(old, new, &blocks);
        blocks.iter().map(|block| old[block.old..block.old_end()].to_owned()).collect()
    }

    #[test]
    fn an_insertion_is_put_where_a_word_begins() {
        assert_eq!(common("“ja” 👮🏽‍♀️", "“nee” “ja” 👮🏽‍♀️"), ["“ja” 👮🏽‍♀️"]);
        assert_eq!(common("e\u{301}en twee vier", "e\u{301}en twee drie vier"), ["e\u{301}en twee ", "vier"]);
        assert_eq!(common("een twee twee drie", "een twee drie"), ["een ", "twee drie"]);
        assert_eq!(common("een", ""), [""; 0]);
        assert_eq!(common("een", "een"), ["een"]);
    }

    #[test]
    fn words_stay_whole() {
        let old = "👮🏽‍♀️ De kranen zijn mogelijk te luid.\nTweede regel e\u{301}n meer.\nDerde “regel”.\n";
        let new = "👮🏽‍♀️ De kranen zijn waarschijnlijk te luid.\nTweede regel én meer.\nDerde “regel”.\n";
        let found = common(old, new);
        assert_eq!(found, ["👮🏽‍♀️ De kranen zijn ", " te luid.\nTweede regel ", " meer.\nDerde “regel”.\n"]);
    }

    #[test]
    fn lines_that_were_wrapped_anew_align_by_words() {
        let old = "👮🏽‍♀️ een twee drie vier\nvijf zes zeven acht\n\nnegen";
        let new = "👮🏽‍♀️ een twee\ndrie vier vijf zes\nzeven acht\n\nnegen";
        assert_eq!(common(old, new).concat(), "👮🏽‍♀️ een tweedrie viervijf zeszeven acht\n\nnegen");
    }

    #[test]
    fn long_texts_align_by_runs_of_words() {
        // Numbers, so that every run of words stands once; on one line, so that no line helps.
        let text = |from: usize, to: usize| (from..to).map(|at| format!("e\u{301}{at} ")).collect::<String>();
        let (old, new) = (text(0, 30_000), format!("👮🏽‍♀️{}“x” {}", text(0, 9_000), text(9_001, 29_990)));
        let blocks = align(&old, &new);
        holds(&old, &new, &blocks);
        // All but the number that was taken out; the space after it stands after what came in its place.
        let shared: usize = blocks.iter().map(|block| block.len).sum();
        assert_eq!(shared, text(0, 9_000).len() + " ".len() + text(9_001, 29_990).len());
        // Nothing in common: nothing to align but what stands between words.
        let other: String = (0..30_000).map(|at| format!("z{at}\n")).collect();
        assert_eq!(align(&old, &other), []);
    }

    proptest! {
        #[test]
        fn blocks_are_equal_stretches_in_order(
            old in "[ab \n👮🏽e\u{301}“.]{0,40}", new in "[ab \n👮🏽e\u{301}“.]{0,40}",
        ) {
            holds(&old, &new, &align(&old, &new));
        }

        #[test]
        fn one_insertion_leaves_all_aligned(
            before in "[ab \n👮e\u{301}“.]{0,20}", added in "[ab \n👮“.]{0,20}", after in "[ab \n👮“.]{0,20}",
        ) {
            let (old, new) = (format!("{before}{after}"), format!("{before}{added}{after}"));
            let blocks = align(&old, &new);
            holds(&old, &new, &blocks);
            prop_assert_eq!(blocks.iter().map(|block| block.len).sum::<usize>(), old.len());
            let turned = align(&new, &old);
            holds(&new, &old, &turned);
            prop_assert_eq!(turned.iter().map(|block| block.len).sum::<usize>(), old.len());
        }
    }
}
