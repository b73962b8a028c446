//! The word diff of two places: what stands in both, and what in one alone, as bytes of both texts.
//!
//! Words are compared as they are folded, so that it shows what was changed in words, not in dress. What differs in
//! case, accents, punctuation or hyphens alone is kept.

use std::ops::Range;

use similar::{Algorithm, DiffOp, capture_diff_slices};

use crate::model::Span;

use super::echo::Place;
use super::index::{Index, Indexed};

/// What became of a run of words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// In both.
    Kept,
    /// In the first alone.
    Removed,
    /// In the second alone.
    Added,
    /// Other words in its place.
    Changed,
}

impl Change {
    /// As it is written in JSON.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Kept => "kept",
            Self::Removed => "removed",
            Self::Added => "added",
            Self::Changed => "changed",
        }
    }
}

/// A run of words; on the side where it has none the span is missing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Run {
    /// What became of it.
    pub change: Change,
    /// Bytes of the first text.
    pub a: Option<Span>,
    /// Bytes of the second text.
    pub b: Option<Span>,
}

/// A run by positions of words.
#[derive(Clone, Debug)]
pub(crate) struct WordRun {
    pub change: Change,
    pub a: Range<usize>,
    pub b: Range<usize>,
}

/// The runs that lead from `a` to `b`, in order. Empty when a document is not in the index.
pub fn diff(index: &Index, a: &Place, b: &Place) -> Vec<Run> {
    let find = |place: &Place| index.slot(&place.document).and_then(|slot| index.document(slot));
    let (Some(one), Some(two)) = (find(a), find(b)) else { return Vec::new() };
    let runs = word_diff(index, (one, one.words_in(a.span)), (two, two.words_in(b.span)));
    let span = |document: &Indexed, range: Range<usize>| match range.is_empty() {
        true => None,
        false => document.span_of(range),
    };
    runs.into_iter().map(|run| Run { change: run.change, a: span(one, run.a), b: span(two, run.b) }).collect()
}

/// The same by words.
pub(crate) fn word_diff(
    index: &Index,
    (one, a): (&Indexed, Range<usize>),
    (two, b): (&Indexed, Range<usize>),
) -> Vec<WordRun> {
    // A number and its name are the same.
    let key = |document: &Indexed, at: usize| {
        let entry = index.vocabulary.entry(document.words[at].id);
        if entry.is_number { (true, entry.stem) } else { (false, document.words[at].id) }
    };
    let left: Vec<_> = a.clone().map(|at| key(one, at)).collect();
    let right: Vec<_> = b.clone().map(|at| key(two, at)).collect();
    let mut runs: Vec<WordRun> = Vec::new();
    for op in capture_diff_slices(Algorithm::Myers, &left, &right) {
        let (change, old, new) = match op {
            DiffOp::Equal { .. } => (Change::Kept, op.old_range(), op.new_range()),
            DiffOp::Delete { .. } => (Change::Removed, op.old_range(), op.new_range()),
            DiffOp::Insert { .. } => (Change::Added, op.old_range(), op.new_range()),
            DiffOp::Replace { .. } => (Change::Changed, op.old_range(), op.new_range()),
        };
        let (old, new) = (a.start + old.start..a.start + old.end, b.start + new.start..b.start + new.end);
        // A word that a line or a hyphen broke is the same word.
        let letters = |document: &Indexed, range: &Range<usize>| -> String {
            document.words[range.clone()].iter().map(|word| index.vocabulary.text(word.id)).collect()
        };
        let is_kept = change == Change::Changed && letters(one, &old) == letters(two, &new);
        let change = if is_kept { Change::Kept } else { change };
        match runs.last_mut() {
            Some(last) if last.change == change => {
                last.a.end = old.end;
                last.b.end = new.end;
            }
            Some(last) if change != Change::Kept && last.change != Change::Kept => {
                last.a.end = last.a.end.max(old.end);
                last.b.end = last.b.end.max(new.end);
                last.change = Change::Changed;
            }
            _ => runs.push(WordRun { change, a: old, b: new }),
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::DocumentId;

    /// `[removed-]`, `{+added+}`, `[old-]{+new+}` and what is kept.
    fn shown(one: &str, two: &str) -> String {
        let mut index = Index::default();
        let head = "👮🏽‍♀️ e\u{301} “x” ";
        let mut place = |id: &str, text: &str| {
            let text = format!("{head}{text}");
            let span = Span::new(head.len(), text.len()).unwrap();
            index.put_text(&DocumentId::new(id), text.clone().into(), true, &[]);
            (Place { document: DocumentId::new(id), span }, text)
        };
        let ((a, one), (b, two)) = (place("a", one), place("b", two));
        let mut parts = Vec::new();
        for run in diff(&index, &a, &b) {
            let (old, new) = (run.a.map(|it| it.of(&one).unwrap()), run.b.map(|it| it.of(&two).unwrap()));
            match run.change {
                Change::Kept => parts.push(new.unwrap().to_owned()),
                _ => parts.extend(
                    [old.map(|old| format!("[{old}-]")), new.map(|new| format!("{{+{new}+}}"))]
                        .into_iter()
                        .flatten(),
                ),
            }
        }
        parts.join(" ")
    }

    #[test]
    fn words_that_differ_are_told_from_words_in_another_dress() {
        assert_eq!(
            shown("De haven gaat open.", "de Haven, gaat “niet” open"),
            "de Haven, gaat {+niet+} open"
        );
        assert_eq!(shown("twaalf kisten in mei", "12 kisten"), "12 kisten [in mei-]");
        assert_eq!(
            shown("tussen 50 en 100 keer", "tussen 51 en 100 keer"),
            "tussen [50-] {+51+} en 100 keer"
        );
        assert_eq!(
            shown("gezichts-herkenning werkt", "gezichtsherkenning werkt"),
            "gezichtsherkenning werkt"
        );
    }
}
