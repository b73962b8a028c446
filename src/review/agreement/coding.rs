//! Agreement on items: each character, word or sentence is an item, its label the set of its tags, or for one tag whether
//! it has it.

use super::sums::{Cell, Cells, Grain, at, cell_at, cuts, empty};
use super::view::Run;
use super::{MaterialDocument, Undefined, Value, View};

/// What the items are.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Base {
    /// Unicode scalar values.
    Character,
    /// Words without the punctuation between them.
    Word,
    /// Sentences.
    Sentence,
}

impl Base {
    /// All, in the order of reports.
    pub const ALL: [Self; 3] = [Self::Character, Self::Word, Self::Sentence];
}

/// Where a number stands in the sums of `annotators`.
#[derive(Clone, Copy, Debug)]
struct Places {
    annotators: usize,
}

impl Places {
    const ITEMS: usize = 0;

    fn pairs(self) -> usize {
        self.annotators * self.annotators.saturating_sub(1) / 2
    }

    /// Items that a pair of annotators gave one label.
    fn equal(pair: usize) -> usize {
        1 + pair
    }

    /// Ordered pairs of different labels on items that have `readers` labels.
    fn different(self, readers: usize) -> usize {
        1 + self.pairs() + readers
    }

    /// Items that an annotator gave the label, of those that all have read.
    fn given(self, label: usize, annotator: usize) -> usize {
        2 + self.pairs() + self.annotators + label * (self.annotators + 1) + annotator
    }

    /// How often the label was given on items that two or more have read.
    fn paired(self, label: usize) -> usize {
        self.given(label, self.annotators)
    }
}

/// Takes a view apart. Alpha takes what two have read, the other figures what all have read.
pub fn cells(view: &mut View<'_>, base: Base, grain: Grain) -> Cells {
    let places = Places { annotators: view.annotators.len() };
    let mut cells = empty(view, grain);
    let documents: Vec<(usize, &MaterialDocument)> = view.documents().collect();
    for (number, (_, document)) in documents.into_iter().enumerate() {
        let cuts = cuts(document, grain);
        let runs = match base {
            Base::Character => view.runs(document, &cuts).0,
            Base::Word => view.items(document, &document.words, &cuts),
            Base::Sentence => view.items(document, &document.sentences, &cuts),
        };
        let all_read = view.all_read(document);
        for run in &runs {
            let cell = cell_at(&cuts, run.start);
            for (place, amount) in of_run(places, run, all_read) {
                cells.put(number, cell, place, amount);
            }
        }
    }
    cells
}

fn of_run(places: Places, run: &Run, all_read: bool) -> Cell {
    let length = u128::from(run.length);
    let labels: Vec<usize> = run.labels.iter().flatten().copied().collect();
    let mut found = Vec::new();
    if labels.len() >= 2 {
        let different = |a: &usize| labels.iter().filter(|b| a != *b).count() as u128;
        let different: u128 = labels.iter().map(different).sum();
        found.push((places.different(labels.len()), different * length));
        found.extend(labels.iter().map(|label| (places.paired(*label), length)));
    }
    if all_read {
        found.push((Places::ITEMS, length));
        let given = labels.iter().enumerate();
        found.extend(given.map(|(annotator, label)| (places.given(*label, annotator), length)));
        for (pair, (a, b)) in pairs(labels.len()).into_iter().enumerate() {
            found.push((Places::equal(pair), if labels[a] == labels[b] { length } else { 0 }));
        }
    }
    found
}

/// Pairs of annotators in their order.
pub fn pairs(annotators: usize) -> Vec<(usize, usize)> {
    (0..annotators).flat_map(|a| (a + 1..annotators).map(move |b| (a, b))).collect()
}

/// The figures of some sums.
#[derive(Clone, Debug)]
pub struct Coding<'a> {
    sums: &'a [u128],
    places: Places,
    /// Of one tag there are two labels to choose from; of sets those in use.
    one_tag: bool,
    labels: usize,
}

impl<'a> Coding<'a> {
    /// `sums` are of [`cells`] of the view.
    pub fn of(view: &View<'_>, sums: &'a [u128]) -> Self {
        let places = Places { annotators: view.annotators.len() };
        Self { sums, places, one_tag: view.tag.is_some(), labels: view.labels.sets().len() }
    }

    fn at(&self, place: usize) -> i128 {
        at(self.sums, place) as i128
    }

    /// The items that all have read.
    pub fn items(&self) -> u64 {
        at(self.sums, Places::ITEMS) as u64
    }

    fn given(&self, label: usize, annotator: usize) -> i128 {
        self.at(self.places.given(label, annotator))
    }

    /// How often each label was given by all together.
    fn totals(&self) -> Vec<i128> {
        let of = |label| (0..self.places.annotators).map(|annotator| self.given(label, annotator)).sum();
        (0..self.labels).map(of).collect()
    }

    /// Why nothing beyond chance can be said: one label was given throughout.
    fn one_label(totals: &[i128]) -> Undefined {
        if totals.iter().skip(1).all(|total| *total == 0) {
            Undefined::NothingMarked
        } else {
            Undefined::OneLabel
        }
    }

    fn any(&self) -> Result<i128, Undefined> {
        match self.at(Places::ITEMS) {
            0 => Err(Undefined::NothingRead),
            items if self.places.annotators > 1 => Ok(items),
            _ => Err(Undefined::NothingRead),
        }
    }

    /// The mean over pairs of annotators of the share of items with equal labels.
    pub fn observed(&self) -> Value {
        let items = self.any()?;
        let equal: i128 = (0..self.places.pairs()).map(|pair| self.at(Places::equal(pair))).sum();
        Ok(equal as f64 / (items * self.places.pairs() as i128) as f64)
    }

    /// Cohen's kappa (Cohen 1960, A coefficient of agreement for nominal scales); of three and more annotators the mean
    /// over the pairs.
    pub fn cohen(&self) -> Value {
        let pairs = pairs(self.places.annotators);
        let many = pairs.len() > 1;
        let of = |pair: usize| self.kappa(&[pair]).map_err(|why| if many { Undefined::APair } else { why });
        self.any()?;
        let kappas: Vec<f64> = (0..pairs.len()).map(of).collect::<Result<_, _>>()?;
        Ok(kappas.iter().sum::<f64>() / kappas.len() as f64)
    }

    /// Davies and Fleiss' kappa: every annotator has his own distribution of labels (Davies and Fleiss 1982, Measuring
    /// agreement for multinomial data; the same as Hubert's and Conger's).
    pub fn multi_kappa(&self) -> Value {
        let all: Vec<usize> = (0..self.places.pairs()).collect();
        self.kappa(&all)
    }

    /// (A_o − A_e)/(1 − A_e), both means over these pairs of annotators; A_e of a pair = Σ p_Ak·p_Bk.
    fn kappa(&self, chosen: &[usize]) -> Value {
        let items = self.any()?;
        let pairs = pairs(self.places.annotators);
        let (mut equal, mut chance) = (0, 0);
        for pair in chosen {
            let (a, b) = pairs[*pair];
            equal += self.at(Places::equal(*pair)) * items;
            chance += (0..self.labels).map(|label| self.given(label, a) * self.given(label, b)).sum::<i128>();
        }
        let all = items * items * chosen.len() as i128;
        if all == chance {
            return Err(Self::one_label(&self.totals()));
        }
        Ok((equal - chance) as f64 / (all - chance) as f64)
    }

    /// Fleiss' kappa: all annotators share one distribution of labels (Fleiss 1971, Measuring nominal scale agreement
    /// among many raters); of two annotators Scott's pi (Scott 1955).
    pub fn fleiss(&self) -> Value {
        let observed = self.observed()?;
        let totals = self.totals();
        let all: i128 = totals.iter().sum();
        let squares: i128 = totals.iter().map(|total| total * total).sum();
        if squares == all * all {
            return Err(Self::one_label(&totals));
        }
        Ok(1.0 - (1.0 - observed) * (all * all) as f64 / (all * all - squares) as f64)
    }

    /// Krippendorff's alpha for names (Krippendorff 2011, Computing Krippendorff's alpha-reliability). Items that fewer
    /// than two have read drop out.
    pub fn alpha(&self) -> Value {
        let totals: Vec<i128> = (0..self.labels).map(|label| self.at(self.places.paired(label))).collect();
        let all: i128 = totals.iter().sum();
        let squares: i128 = totals.iter().map(|total| total * total).sum();
        if all == 0 {
            return Err(Undefined::NothingRead);
        }
        if squares == all * all {
            return Err(Self::one_label(&totals));
        }
        let different =
            |readers: usize| self.at(self.places.different(readers)) as f64 / (readers as f64 - 1.0);
        let observed: f64 = (2..=self.places.annotators).map(different).sum();
        Ok(1.0 - observed * (all - 1) as f64 / (all * all - squares) as f64)
    }

    /// AC1 (Gwet 2008, Computing inter-rater reliability and its variance in the presence of high agreement):
    /// A_e = Σ π_k(1 − π_k)/(q − 1), π_k the share of a label over all annotators, q the number of labels.
    pub fn ac1(&self) -> Value {
        let observed = self.observed()?;
        let totals = self.totals();
        let labels = if self.one_tag { 2 } else { totals.iter().filter(|total| **total > 0).count() };
        if labels < 2 {
            return Err(Self::one_label(&totals));
        }
        let all: i128 = totals.iter().sum();
        let squares: i128 = totals.iter().map(|total| total * total).sum();
        let chance = (all * all - squares) as f64 / (all * all) as f64 / (labels as f64 - 1.0);
        Ok((observed - chance) / (1.0 - chance))
    }
}
