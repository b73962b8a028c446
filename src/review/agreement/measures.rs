//! All figures as one flat list: for all tags and for each, over all documents and for each, and with three annotators
//! and more also for each pair.

use crate::model::DocumentId;

use super::bootstrap::{grain, intervals};
use super::coding::{self, Base, Coding};
use super::matching::{self, Matching};
use super::sums::{Cells, Grain};
use super::unitizing::{self, Unitizing};
use super::{Material, Value, View};

/// One figure.
#[derive(Clone, Debug)]
pub struct Measure {
    /// Its name: `alpha`, `u_alpha`, `f1_exact` and so on.
    pub measure: &'static str,
    /// What it is computed on: `character`, `word`, `sentence` or `span`.
    pub unit: &'static str,
    /// The tag, or several joined by `+` where text bears them all; `None`: all tags.
    pub tag: Option<String>,
    /// The document; `None`: all of them pooled.
    pub document: Option<DocumentId>,
    /// Of three annotators and more: these two.
    pub pair: Option<[usize; 2]>,
    /// The figure, or why there is none, in words.
    pub value: Result<f64, String>,
    /// The lower end of its 95 % interval.
    pub low: Option<f64>,
    /// The upper end.
    pub high: Option<f64>,
    /// How many units it rests on: characters, words, sentences; of spans those of all annotators.
    pub n: u64,
    /// It is what its definition says; of gamma with very many overlapping passages only near it.
    pub proven: bool,
}

/// How intervals are computed, or that none are.
#[derive(Clone, Copy, Debug)]
pub struct Asked {
    /// Where the random numbers begin.
    pub seed: u64,
    /// Rounds of the bootstrap; 0: no intervals.
    pub rounds: usize,
    /// Figures for each document too.
    pub by_document: bool,
    /// Figures for each pair too, where there are three annotators or more.
    pub by_pair: bool,
}

/// All figures but those with chance in them. `goes_on` is asked as the work goes on, with the share that is done;
/// `None` when it says no.
pub fn measures(material: &Material, asked: Asked, goes_on: &dyn Fn(f32) -> bool) -> Option<Vec<Measure>> {
    let everyone: Vec<usize> = (0..material.annotators.len()).collect();
    let mut groups: Vec<(Vec<usize>, Option<[usize; 2]>)> = vec![(everyone.clone(), None)];
    if everyone.len() > 2 && asked.by_pair {
        groups.extend(coding::pairs(everyone.len()).into_iter().map(|(a, b)| (vec![a, b], Some([a, b]))));
    }
    let mut documents: Vec<Option<usize>> = vec![None];
    if asked.by_document {
        documents.extend((0..material.documents.len()).map(Some));
    }
    let tags: Vec<Option<usize>> = std::iter::once(None).chain((0..material.tags.len()).map(Some)).collect();
    let steps = groups.len() * documents.len() * tags.len();
    let mut found = Vec::new();
    let mut done = 0;
    for (annotators, pair) in &groups {
        for document in &documents {
            for tag in &tags {
                let share = |part: f32| (done as f32 + part) / steps as f32;
                if !goes_on(share(0.0)) {
                    return None;
                }
                let rounds = if document.is_none() && pair.is_none() { asked.rounds } else { 0 };
                let scope = Scope {
                    material,
                    annotators,
                    pair: *pair,
                    document: *document,
                    tag: *tag,
                    rounds,
                    seed: asked.seed,
                };
                scope.measure(&mut found, &|part| goes_on(share(part)))?;
                done += 1;
            }
        }
    }
    Some(found)
}

/// What a group of figures is about.
struct Scope<'a> {
    material: &'a Material,
    annotators: &'a [usize],
    pair: Option<[usize; 2]>,
    document: Option<usize>,
    tag: Option<usize>,
    rounds: usize,
    seed: u64,
}

impl<'a> Scope<'a> {
    fn view(&self) -> View<'a> {
        View::new(self.material, self.annotators, self.tag, self.document)
    }

    fn grain(&self) -> Grain {
        if self.rounds == 0 { Grain::Documents } else { grain(self.material.documents.len()) }
    }

    /// Computes figures with their intervals and adds them.
    fn add(
        &self,
        found: &mut Vec<Measure>,
        unit: &'static str,
        names: &[(&'static str, Option<String>)],
        cells: &Cells,
        figures: &dyn Fn(&[u128]) -> (Vec<Value>, u64),
        goes_on: &dyn Fn() -> bool,
    ) -> Option<()> {
        let (values, n) = figures(&cells.total());
        let ends = match self.rounds {
            0 => vec![None; values.len()],
            rounds => intervals(cells, &|sums| figures(sums).0, rounds, self.seed, goes_on)?,
        };
        for (((measure, tag), value), ends) in names.iter().zip(values).zip(ends) {
            let tag = tag.clone().or_else(|| self.tag.map(|tag| self.material.tags[tag].to_string()));
            found.push(Measure {
                measure,
                unit,
                tag,
                document: self.document.map(|at| self.material.documents[at].id.clone()),
                pair: self.pair,
                value: value.map_err(|why| why.to_string()),
                low: ends.map(|ends| ends.0),
                high: ends.map(|ends| ends.1),
                n,
                proven: true,
            });
        }
        Some(())
    }

    fn measure(&self, found: &mut Vec<Measure>, goes_on: &dyn Fn(f32) -> bool) -> Option<()> {
        const CODING: [&str; 6] = ["observed", "cohen", "multi_kappa", "fleiss", "alpha", "ac1"];
        for (at, (base, unit)) in Base::ALL.into_iter().zip(["character", "word", "sentence"]).enumerate() {
            let go = || goes_on(at as f32 / 5.0);
            let mut view = self.view();
            let cells = coding::cells(&mut view, base, self.grain());
            let figures = |sums: &[u128]| {
                let it = Coding::of(&view, sums);
                let values = [it.observed(), it.cohen(), it.multi_kappa(), it.fleiss(), it.alpha(), it.ac1()];
                (values.to_vec(), it.items())
            };
            self.add(found, unit, &CODING.map(|name| (name, None)), &cells, &figures, &go)?;
        }
        let go = || goes_on(0.6);
        let mut view = self.view();
        let cells = unitizing::cells(&mut view, self.grain());
        let length: u64 = self.read_length();
        let labels: Vec<Vec<usize>> = view.labels.sets().to_vec();
        let mut names: Vec<(&'static str, Option<String>)> = vec![("u_alpha", None), ("bar_u_alpha", None)];
        if self.tag.is_none() {
            names.push(("cu_alpha", None));
            let name = |set: &Vec<usize>| {
                let mut tags: Vec<&str> = set.iter().map(|tag| self.material.tags[*tag].as_str()).collect();
                tags.sort_unstable();
                ("ku_alpha", Some(tags.join("+")))
            };
            names.extend(labels.iter().skip(1).map(name));
        }
        let figures = |sums: &[u128]| {
            let it = Unitizing::of(&view, sums);
            let mut values = vec![it.u_alpha(), it.bar_u_alpha()];
            if self.tag.is_none() {
                values.push(it.cu_alpha());
                values.extend((1..labels.len()).map(|label| it.ku_alpha(label)));
            }
            (values, length)
        };
        self.add(found, "character", &names, &cells, &figures, &go)?;
        let go = || goes_on(0.8);
        let mut view = self.view();
        // Every passage is counted with each of the other annotators.
        let partners = self.annotators.len().saturating_sub(1).max(1) as u64;
        let cells = matching::cells(&mut view, self.grain());
        let spans = |sums: &[u128]| {
            let it = Matching::of(&view, sums);
            (vec![it.f1_exact(), it.f1_overlap()], it.passages() / partners)
        };
        self.add(found, "span", &[("f1_exact", None), ("f1_overlap", None)], &cells, &spans, &go)?;
        let characters = |sums: &[u128]| {
            let it = Matching::of(&view, sums);
            (vec![it.f1_character()], it.characters() / partners)
        };
        self.add(found, "character", &[("f1_character", None)], &cells, &characters, &go)
    }

    /// The characters that all of the annotators have read.
    fn read_length(&self) -> u64 {
        let view = self.view();
        view.documents().filter(|(_, document)| view.all_read(document)).map(|(_, it)| it.length).sum()
    }
}

#[cfg(test)]
mod tests;
