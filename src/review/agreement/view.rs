//! A part of the material: some annotators, one tag or all, cut into runs on which nothing changes.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::{Material, MaterialDocument, Unit};

/// Some annotators' marks with one tag or with all.
#[derive(Clone, Debug)]
pub struct View<'a> {
    /// All that there is.
    pub material: &'a Material,
    /// Who is looked at, as indices into the material's annotators.
    pub annotators: Vec<usize>,
    /// The tag looked at; `None`: all, a label being a set of tags.
    pub tag: Option<usize>,
    /// The document looked at; `None`: all.
    pub document: Option<usize>,
    /// The sets of tags in use; number 0 is the empty set.
    pub labels: Labels,
}

/// Sets of tags and their numbers.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    numbers: BTreeMap<Vec<usize>, usize>,
    sets: Vec<Vec<usize>>,
}

impl Labels {
    /// The sets by number, each sorted; the empty one first.
    pub fn sets(&self) -> &[Vec<usize>] {
        &self.sets
    }

    /// The number of a sorted set.
    fn number(&mut self, set: &[usize]) -> usize {
        if let Some(number) = self.numbers.get(set) {
            return *number;
        }
        self.sets.push(set.to_vec());
        self.numbers.insert(set.to_vec(), self.sets.len() - 1);
        self.sets.len() - 1
    }
}

/// A stretch that one reader marked with one set of tags.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The first code point.
    pub start: u64,
    /// The code point after the last.
    pub end: u64,
    /// The number of its set of tags, never 0.
    pub label: usize,
}

/// A stretch on which no reader's label changes and none of their units begins or ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Run {
    /// The first code point.
    pub start: u64,
    /// How many code points or items.
    pub length: u64,
    /// Labels by annotator of the view; `None`: has not read the document.
    pub labels: Vec<Option<usize>>,
    /// By annotator the number of the piece that he has here.
    pub pieces: Vec<Option<usize>>,
}

impl<'a> View<'a> {
    /// All annotators or some, one tag or all, one document or all.
    pub fn new(
        material: &'a Material,
        annotators: &[usize],
        tag: Option<usize>,
        document: Option<usize>,
    ) -> Self {
        let mut labels = Labels::default();
        labels.number(&[]);
        Self { material, annotators: annotators.to_vec(), tag, document, labels }
    }

    /// The documents looked at, with their indices.
    pub fn documents(&self) -> impl Iterator<Item = (usize, &'a MaterialDocument)> + use<'a> {
        let only = self.document;
        self.material.documents.iter().enumerate().filter(move |(at, _)| only.is_none_or(|only| only == *at))
    }

    /// Whether all annotators of the view have read the document.
    pub fn all_read(&self, document: &MaterialDocument) -> bool {
        self.annotators.iter().all(|at| document.marks.get(*at).is_some_and(Option::is_some))
    }

    /// The marks of one annotator of the view, each once, sorted; `None`: has not read the document.
    pub fn marks(&self, document: &'a MaterialDocument, annotator: usize) -> Option<Vec<&'a Unit>> {
        let marks = document.marks.get(self.annotators[annotator])?.as_ref()?;
        let wanted = |unit: &&Unit| self.tag.is_none_or(|tag| tag == unit.tag) && unit.start < unit.end;
        let mut marks: Vec<&Unit> = marks.iter().filter(wanted).collect();
        marks.sort_by_key(|unit| (unit.start, unit.end, unit.tag, unit.annotation));
        marks.dedup_by_key(|unit| (unit.start, unit.end, unit.tag));
        Some(marks)
    }

    /// Whether any annotator of the view has marked something in the documents looked at.
    pub fn has_marks(&self) -> bool {
        self.documents().any(|(_, document)| {
            let marks = |annotator| self.marks(document, annotator);
            (0..self.annotators.len()).any(|at| marks(at).is_some_and(|marks| !marks.is_empty()))
        })
    }

    /// One annotator's units: his layers cut at each other's ends, each valued by its set of tags.
    pub fn pieces(&mut self, document: &'a MaterialDocument, annotator: usize) -> Option<Vec<Piece>> {
        let marks = self.marks(document, annotator)?;
        // (place, does it begin, tag); at one place ends come before beginnings.
        let mut ends: Vec<(u64, bool, usize)> = Vec::new();
        for (tag, layer) in layers(&marks) {
            ends.extend(layer.iter().flat_map(|span| [(span.start, true, tag), (span.end, false, tag)]));
        }
        ends.sort_unstable();
        let mut open = BTreeSet::new();
        let mut pieces: Vec<Piece> = Vec::new();
        let mut since = 0;
        for (place, begins, tag) in ends {
            if place > since && !open.is_empty() {
                let set: Vec<usize> = open.iter().copied().collect();
                pieces.push(Piece { start: since, end: place, label: self.labels.number(&set) });
            }
            since = place;
            if begins {
                open.insert(tag)
            } else {
                open.remove(&tag)
            };
        }
        Some(pieces)
    }

    /// The document cut wherever anyone's units begin or end, and at the `cuts`, which are sorted.
    pub fn runs(&mut self, document: &'a MaterialDocument, cuts: &[u64]) -> (Vec<Run>, Vec<Vec<Piece>>) {
        let pieces: Vec<Option<Vec<Piece>>> =
            (0..self.annotators.len()).map(|at| self.pieces(document, at)).collect();
        let mut places: Vec<u64> = vec![0, document.length];
        places.extend(cuts.iter().copied());
        places.extend(pieces.iter().flatten().flatten().flat_map(|piece| [piece.start, piece.end]));
        places.sort_unstable();
        places.dedup();
        let mut next = vec![0; pieces.len()];
        let mut runs = Vec::with_capacity(places.len());
        for ends in places.windows(2) {
            let (mut labels, mut numbers) = (Vec::new(), Vec::new());
            for (pieces, next) in pieces.iter().zip(&mut next) {
                let Some(pieces) = pieces else {
                    labels.push(None);
                    numbers.push(None);
                    continue;
                };
                while pieces.get(*next).is_some_and(|piece| piece.end <= ends[0]) {
                    *next += 1;
                }
                let here = pieces.get(*next).filter(|piece| piece.start <= ends[0]);
                labels.push(Some(here.map_or(0, |piece| piece.label)));
                numbers.push(here.map(|_| *next));
            }
            runs.push(Run { start: ends[0], length: ends[1] - ends[0], labels, pieces: numbers });
        }
        (runs, pieces.into_iter().map(Option::unwrap_or_default).collect())
    }

    /// Words or sentences as runs: neighbors with the same labels are one, unless one of the `cuts`, which are sorted,
    /// lies between. `length` counts items; `start` is where the first begins.
    pub fn items(&mut self, document: &'a MaterialDocument, items: &[Range<u64>], cuts: &[u64]) -> Vec<Run> {
        let count = self.annotators.len();
        let labels: Vec<Option<Vec<usize>>> = (0..count)
            .map(|annotator| {
                let marks = self.marks(document, annotator)?;
                let mut tagged: Vec<(usize, usize)> = Vec::new();
                for (tag, layer) in layers(&marks) {
                    for span in layer {
                        let first = items.partition_point(|item| item.end <= span.start);
                        let inside = (first..items.len()).take_while(|at| items[*at].start < span.end);
                        tagged.extend(inside.map(|at| (at, tag)));
                    }
                }
                tagged.sort_unstable();
                tagged.dedup();
                let mut labels = vec![0; items.len()];
                for tagged in tagged.chunk_by(|a, b| a.0 == b.0) {
                    let set: Vec<usize> = tagged.iter().map(|(_, tag)| *tag).collect();
                    labels[tagged[0].0] = self.labels.number(&set);
                }
                Some(labels)
            })
            .collect();
        let at = |item: usize| labels.iter().map(move |labels| labels.as_ref().map(|labels| labels[item]));
        let mut runs: Vec<Run> = Vec::new();
        let mut next_cut = 0;
        for (number, item) in items.iter().enumerate() {
            let before = next_cut;
            while cuts.get(next_cut).is_some_and(|cut| *cut <= item.start) {
                next_cut += 1;
            }
            match runs.last_mut() {
                Some(run) if before == next_cut && at(number).eq(run.labels.iter().copied()) => {
                    run.length += 1
                }
                _ => {
                    let labels = at(number).collect();
                    runs.push(Run { start: item.start, length: 1, labels, pieces: vec![None; count] });
                }
            }
        }
        runs
    }
}

/// The layer of each tag: its spans, those that share a character made one. The marks are sorted by start.
pub fn layers(marks: &[&Unit]) -> BTreeMap<usize, Vec<Range<u64>>> {
    let mut layers: BTreeMap<usize, Vec<Range<u64>>> = BTreeMap::new();
    for unit in marks {
        let layer = layers.entry(unit.tag).or_default();
        match layer.last_mut() {
            Some(last) if unit.start < last.end => last.end = last.end.max(unit.end),
            _ => layer.push(unit.start..unit.end),
        }
    }
    layers
}
