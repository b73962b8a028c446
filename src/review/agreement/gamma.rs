//! Mathet's gamma: agreement passage by passage, long and short ones alike.
//!
//! Units of several annotators are put into rows of at most one unit each, so that the rows have as little disorder as
//! possible; gamma is 1 - that disorder / the mean disorder of random continua (Mathet, Widlöcher and Métivier 2015, The
//! unified and holistic method gamma (γ) for inter-annotator agreement measure and alignment). Gamma-cat looks at the
//! tags within these rows.
//!
//! - [`disorder`]: what two units and a row cost
//! - [`align`]: the rows with the least disorder
//! - [`category`]: gamma-cat, the tags within these rows
//!
//! What the authors leave open: place, tag and an empty partner weigh the same. Several documents are one continuum,
//! laid end to end, but no row crosses the end of a document. A document that someone has not read is left out.

pub mod align;
mod candidates;
pub mod category;
pub mod disorder;
mod parts;
mod prices;
mod random;
mod sample;
mod search;
#[cfg(test)]
mod tests;

use align::best;
use category::category_disorder;
use disorder::{Continuum, Dissimilarity, GammaUnit, Row};
use random::{Random, Spread};
use sample::Sampler;

use super::{Material, MaterialDocument};
use crate::model::DocumentId;

/// Random continua at least, at most, and the relative precision of the expected disorder that decides between them,
/// at a confidence of 95 %.
const SAMPLES: (usize, usize, f64) = (30, 300, 0.02);

/// Steps that the observed alignment and that of one sample may take past what they always get: a second or so, and a
/// tenth.
const EFFORT: (u64, u64) = (20_000_000, 1_000_000);

/// Gamma of some material, with what it is made of.
#[derive(Clone, Debug, PartialEq)]
pub struct Gamma {
    /// 1 - observed / expected disorder; 1 if the observed disorder is 0.
    pub gamma: Result<f64, Undefined>,
    /// The same of the tags in the rows.
    pub gamma_cat: Result<f64, Undefined>,
    /// Sum of the disorders of all rows / mean number of units of an annotator.
    pub observed: Result<f64, Undefined>,
    /// Mean of that over random continua.
    pub expected: Result<f64, Undefined>,
    /// Standard deviation of one random continuum; the error of the expected disorder is this / √samples.
    pub expected_sd: f64,
    /// Disorder of the tags.
    pub observed_cat: Result<f64, Undefined>,
    /// Mean of that over the random continua where it is defined.
    pub expected_cat: Result<f64, Undefined>,
    /// Number of random continua.
    pub samples: usize,
    /// Number of units it rests on.
    pub n: usize,
    /// No other rows have less disorder. Always so for two annotators; for more, unless very many units overlap.
    pub proven: bool,
    /// What the observed disorder cannot go below; the same if proven.
    pub at_least: Result<f64, Undefined>,
    /// The rows of each document, units named by their place in [`MaterialDocument::marks`].
    pub documents: Vec<(DocumentId, Vec<Row>)>,
    /// Documents that someone has not read.
    pub left_out: Vec<DocumentId>,
}

/// Why a value is undefined.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Undefined {
    /// Fewer than two annotators.
    #[error("there are not two annotators to compare")]
    OneAnnotator,
    /// No units.
    #[error("no one marked anything here, so there is nothing to compare")]
    NobodyMarked,
    /// No row has two units near each other.
    #[error("no passage of one can be taken for a passage of another, so there are no tags to compare")]
    NoAlignedPair,
    /// The random continua have no disorder.
    #[error("by chance there would be no disagreement at all, so agreement beyond chance cannot be computed")]
    NoChance,
}

/// Observed disorder of one continuum, with its best alignment: sum of disorders / mean number of units.
pub fn observed_disorder(continuum: &Continuum, by: Dissimilarity) -> Result<f64, Undefined> {
    let mean = mean_units(continuum.annotators.len(), continuum.units())?;
    Ok(best(continuum, by, EFFORT.0).disorder() / mean)
}

/// Gamma over all documents of `material`. The same `seed` gives the same value. `progress` is told the share that is
/// done, and says whether to go on; None if not.
pub fn gamma(material: &Material, seed: u64, progress: &dyn Fn(f32) -> bool) -> Option<Gamma> {
    let annotators = material.annotators.len();
    let mut end_to_end = Continuum { annotators: vec![Vec::new(); annotators] };
    let mut found = Gamma::undefined(Undefined::NobodyMarked);
    let (mut disorder, mut at_least, mut offset) = (0.0, 0.0, 0);
    let mut rows_end_to_end = Vec::new();
    for document in &material.documents {
        let Some((continuum, places)) = of_document(document) else {
            found.left_out.push(document.id.clone());
            continue;
        };
        let alignment = best(&continuum, Dissimilarity::PlaceAndTag, EFFORT.0);
        disorder += alignment.disorder();
        at_least += alignment.at_least;
        found.proven &= alignment.proven;
        found.n += continuum.units();
        let mut rows = alignment.rows;
        rows_end_to_end.extend(rows.iter().map(|row| shifted(row, &end_to_end)));
        for row in &mut rows {
            for (unit, places) in row.units.iter_mut().zip(&places) {
                *unit = unit.map(|unit| places[unit]);
            }
        }
        found.documents.push((document.id.clone(), rows));
        for (all, units) in end_to_end.annotators.iter_mut().zip(&continuum.annotators) {
            let by = offset as f64;
            all.extend(units.iter().map(|unit| GammaUnit {
                start: unit.start + by,
                end: unit.end + by,
                ..*unit
            }));
        }
        offset += document.length;
        if !progress(0.1 * found.documents.len() as f32 / material.documents.len() as f32) {
            return None;
        }
    }
    let mean = match mean_units(annotators, found.n) {
        Ok(mean) => mean,
        Err(undefined) => return Some(found.with_values(undefined)),
    };
    let observed = disorder / mean;
    let observed_cat = category_disorder(&end_to_end, &rows_end_to_end, None).ok_or(Undefined::NoAlignedPair);
    let chance = Chance::of(&end_to_end, seed, &|share| progress(0.1 + 0.9 * share))?;
    found.observed = Ok(observed);
    found.at_least = Ok(at_least / mean);
    found.expected = Ok(chance.disorder.mean);
    found.expected_sd = chance.disorder.sd;
    found.samples = chance.samples;
    found.gamma = beyond(observed, chance.disorder.mean);
    found.observed_cat = observed_cat;
    found.expected_cat = chance.category.ok_or(Undefined::NoAlignedPair);
    found.gamma_cat = observed_cat.and_then(|observed| match chance.category {
        Some(expected) => beyond(observed, expected),
        None if observed == 0.0 => Ok(1.0),
        None => Err(Undefined::NoChance),
    });
    Some(found)
}

impl Gamma {
    fn undefined(why: Undefined) -> Self {
        Self {
            gamma: Err(why),
            gamma_cat: Err(why),
            observed: Err(why),
            expected: Err(why),
            expected_sd: 0.0,
            observed_cat: Err(why),
            expected_cat: Err(why),
            samples: 0,
            n: 0,
            proven: true,
            at_least: Err(why),
            documents: Vec::new(),
            left_out: Vec::new(),
        }
    }

    /// All values undefined, the rest kept.
    fn with_values(self, why: Undefined) -> Self {
        let Self { n, documents, left_out, .. } = self;
        Self { n, documents, left_out, ..Self::undefined(why) }
    }
}

/// 1 - observed / expected.
fn beyond(observed: f64, expected: f64) -> Result<f64, Undefined> {
    if observed == 0.0 {
        Ok(1.0)
    } else if expected == 0.0 {
        Err(Undefined::NoChance)
    } else {
        Ok(1.0 - observed / expected)
    }
}

/// Mean number of units of an annotator, above 0.
fn mean_units(annotators: usize, units: usize) -> Result<f64, Undefined> {
    match (annotators, units) {
        (0 | 1, _) => Err(Undefined::OneAnnotator),
        (_, 0) => Err(Undefined::NobodyMarked),
        _ => Ok(units as f64 / annotators as f64),
    }
}

/// Units of a document, with their places in its marks: each span with one tag once, empty ones left out. None:
/// someone has not read it.
fn of_document(document: &MaterialDocument) -> Option<(Continuum, Vec<Vec<usize>>)> {
    let (mut annotators, mut places) = (Vec::new(), Vec::new());
    for marks in &document.marks {
        let marks = marks.as_ref()?;
        let mut order: Vec<usize> = (0..marks.len()).filter(|at| marks[*at].start < marks[*at].end).collect();
        let key = |at: &usize| (marks[*at].start, marks[*at].end, marks[*at].tag);
        order.sort_by_key(|at| (key(at), *at));
        order.dedup_by_key(|at| key(at));
        annotators.push(
            order
                .iter()
                .map(|at| &marks[*at])
                .map(|unit| GammaUnit { start: unit.start as f64, end: unit.end as f64, tag: unit.tag })
                .collect(),
        );
        places.push(order);
    }
    Some((Continuum { annotators }, places))
}

/// `row` of a document that comes after those of `before`.
fn shifted(row: &Row, before: &Continuum) -> Row {
    let units = row.units.iter().zip(&before.annotators);
    Row { units: units.map(|(unit, before)| unit.map(|unit| unit + before.len())).collect(), ..row.clone() }
}

/// What random continua give.
struct Chance {
    disorder: Spread,
    category: Option<f64>,
    samples: usize,
}

impl Chance {
    /// None: `progress` said so.
    fn of(continuum: &Continuum, seed: u64, progress: &dyn Fn(f32) -> bool) -> Option<Self> {
        let (least, most, precision) = SAMPLES;
        let Some(sampler) = Sampler::of(continuum) else {
            return Some(Self { disorder: Spread { mean: 0.0, sd: 0.0 }, category: None, samples: 0 });
        };
        let (mut disorders, mut categories) = (Vec::new(), Vec::new());
        let mut wanted = least;
        while disorders.len() < wanted {
            let drawn = sampler.draw(&mut Random::of(seed, disorders.len() as u64));
            let alignment = best(&drawn, Dissimilarity::PlaceAndTag, EFFORT.1);
            disorders.push(alignment.disorder() * drawn.annotators.len() as f64 / drawn.units() as f64);
            categories.extend(category_disorder(&drawn, &alignment.rows, None));
            if disorders.len() == least {
                let Spread { mean, sd } = Spread::of(&disorders);
                // A share of an error of 1.96 / √n standard deviations.
                let enough = if mean > 0.0 { (1.96 * sd / mean / precision).powi(2).ceil() } else { 0.0 };
                wanted = (enough as usize).clamp(least, most);
            }
            let expected = if disorders.len() < least { most } else { wanted };
            if !progress(disorders.len() as f32 / expected as f32) {
                return None;
            }
        }
        let category = (!categories.is_empty()).then(|| Spread::of(&categories).mean);
        Some(Self { disorder: Spread::of(&disorders), category, samples: disorders.len() })
    }
}
