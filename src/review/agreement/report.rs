//! What the window shows of the figures, and what they are called: which comes first, what each says, what it does not
//! see, and where its formula stands.

use crate::model::{DocumentId, TagId};

use super::coding::pairs;
use super::gamma::gamma;
use super::matching::{self, Matching};
use super::measures::{Asked, Measure, measures};
use super::sums::Grain;
use super::{Material, MaterialDocument, View};

/// What is known of a measure.
#[derive(Debug)]
pub struct About {
    /// Its name in the flat list.
    pub measure: &'static str,
    /// What it is called.
    pub name: &'static str,
    /// What it says, a sentence.
    pub says: &'static str,
    /// What it does not see, a sentence.
    pub blind: &'static str,
    /// Where its formula stands.
    pub source: &'static str,
}

/// All measures, those that answer most first.
pub const ABOUT: &[About] = &[
    About {
        measure: "u_alpha",
        name: "Krippendorff’s uα",
        says: "Do they mark the same text with the same tags, beyond what chance would give?",
        blind: "It does not see whether a passage was cut into several: same text, cut differently, is full agreement.",
        source: "Krippendorff, Mathet, Bouvry & Widlöcher 2016",
    },
    About {
        measure: "bar_u_alpha",
        name: "|uα, places alone",
        says: "Do they mark the same text, whatever the tag?",
        blind: "It does not see tags.",
        source: "Krippendorff, Mathet, Bouvry & Widlöcher 2016",
    },
    About {
        measure: "cu_alpha",
        name: "cuα, tags alone",
        says: "Where both have marked something, is it the same tag?",
        blind: "It does not see what only one of them has marked.",
        source: "Krippendorff, Mathet, Bouvry & Widlöcher 2016",
    },
    About {
        measure: "f1_exact",
        name: "F1, same passage",
        says: "Which share of their passages is the same in start, end and tag?",
        blind: "One character more or less counts as much as no passage at all; chance is not taken off.",
        source: "harmonic mean of precision and recall",
    },
    About {
        measure: "f1_overlap",
        name: "F1, overlapping passage",
        says: "Which share of their passages has a partner of the same tag that shares a character with it?",
        blind: "It does not see how much they share; chance is not taken off.",
        source: "largest one-to-one matching",
    },
    About {
        measure: "f1_character",
        name: "F1 of characters",
        says: "Which share of the marked text have both marked with the same tag?",
        blind: "Long passages weigh more; chance is not taken off.",
        source: "positive agreement, Feinstein & Cicchetti 1990",
    },
    About {
        measure: "gamma",
        name: "γ",
        says: "Passage by passage, in place and tag, how much better than passages strewn at random?",
        blind: "Chance is estimated from random passages: the seed is told. A long passage weighs as much as a short one.",
        source: "Mathet, Widlöcher & Métivier 2015",
    },
    About {
        measure: "gamma_cat",
        name: "γ-cat",
        says: "Of passages that answer one another, are the tags the same, beyond chance?",
        blind: "It does not see passages without an answer.",
        source: "Mathet 2017",
    },
    About {
        measure: "alpha",
        name: "Krippendorff’s α",
        says: "Are characters, words or sentences labelled alike, beyond chance?",
        blind: "It depends on how much unmarked text there is, and on what is counted: characters, words or sentences.",
        source: "Krippendorff 2011",
    },
    About {
        measure: "cohen",
        name: "Cohen’s κ",
        says: "The same for two annotators, each with a distribution of their own; of more the mean of the pairs.",
        blind: "With much unmarked text it is low although nearly all is labelled alike.",
        source: "Cohen 1960",
    },
    About {
        measure: "multi_kappa",
        name: "Davies & Fleiss’ κ",
        says: "The same for any number of annotators, each with a distribution of their own.",
        blind: "As Cohen’s κ.",
        source: "Davies & Fleiss 1982",
    },
    About {
        measure: "fleiss",
        name: "Fleiss’ κ",
        says: "The same with one distribution for all annotators.",
        blind: "As Cohen’s κ; that one marks more than the other counts as disagreement.",
        source: "Fleiss 1971",
    },
    About {
        measure: "ac1",
        name: "Gwet’s AC1",
        says: "Agreement with a chance that shrinks where one label is common.",
        blind: "It is nearly blind to rare tags: never report it alone.",
        source: "Gwet 2008",
    },
    About {
        measure: "observed",
        name: "Observed agreement",
        says: "Which share of characters, words or sentences is labelled alike?",
        blind: "Chance is not taken off: where little is marked it is high whatever they do.",
        source: "–",
    },
];

/// The figures as the window shows them.
#[derive(Clone, Debug, Default)]
pub struct Report {
    /// The names of those who are compared.
    pub annotators: Vec<String>,
    /// The documents that count.
    pub documents: Vec<DocumentId>,
    /// The figures of each tag.
    pub tags: Vec<TagFigure>,
    /// All figures.
    pub measures: Vec<Measure>,
    /// Where the random numbers began.
    pub seed: u64,
}

/// Did they mark the same text with this tag?
#[derive(Clone, Debug)]
pub struct TagFigure {
    /// The tag.
    pub tag: TagId,
    /// |uα of its layer.
    pub alpha: Measure,
    /// F1 of characters.
    pub f1: Measure,
    /// How many passages have a partner in the other's, over the pairs of annotators.
    pub shared: u64,
    /// How many different passages there are, over the pairs.
    pub all: u64,
}

impl Report {
    /// A figure over all documents.
    pub fn figure(&self, measure: &str, unit: &str) -> Option<&Measure> {
        let whole = |it: &&Measure| it.document.is_none() && it.pair.is_none() && it.tag.is_none();
        self.measures.iter().filter(whole).find(|it| it.measure == measure && it.unit == unit)
    }

    /// The figure of a document.
    pub fn of_document(&self, measure: &str, id: &DocumentId) -> Option<&Measure> {
        let here = |it: &&Measure| it.document.as_ref() == Some(id) && it.pair.is_none() && it.tag.is_none();
        self.measures.iter().filter(here).find(|it| it.measure == measure)
    }
}

/// All figures, those with chance in them too where `with_gamma` is set. `goes_on` is told the share that is done;
/// `None` when it says no.
pub fn all_measures(
    material: &Material,
    seed: u64,
    rounds: usize,
    with_gamma: bool,
    goes_on: &dyn Fn(f32) -> bool,
) -> Option<Vec<Measure>> {
    let asked = Asked { seed, rounds, by_document: true, by_pair: true };
    let part = if with_gamma { 0.6 } else { 1.0 };
    let measures = measures(material, asked, &|share| goes_on(share * part))?;
    let mut measures = measures;
    if with_gamma {
        gammas(material, seed, &mut measures, &|share| goes_on(part + share * (1.0 - part)))?;
    }
    Some(measures)
}

/// Gamma over all documents, for each of several, and for each pair of three annotators and more.
fn gammas(
    material: &Material,
    seed: u64,
    measures: &mut Vec<Measure>,
    goes_on: &dyn Fn(f32) -> bool,
) -> Option<()> {
    let mut scopes: Vec<(Material, Option<DocumentId>, Option<[usize; 2]>)> =
        vec![(material.clone(), None, None)];
    for document in &material.documents {
        let alone = Material { documents: vec![document.clone()], ..material.clone() };
        scopes.push((alone, Some(document.id.clone()), None));
    }
    if material.annotators.len() > 2 {
        for (a, b) in pairs(material.annotators.len()) {
            let two = |document: &MaterialDocument| MaterialDocument {
                marks: vec![document.marks[a].clone(), document.marks[b].clone()],
                ..document.clone()
            };
            let pair = Material {
                annotators: vec![material.annotators[a].clone(), material.annotators[b].clone()],
                documents: material.documents.iter().map(two).collect(),
                ..material.clone()
            };
            scopes.push((pair, None, Some([a, b])));
        }
    }
    let steps = scopes.len() as f32;
    for (at, (material, document, pair)) in scopes.into_iter().enumerate() {
        let it = gamma(&material, seed, &|share| goes_on((at as f32 + share) / steps))?;
        let unproven = if it.proven { "" } else { " (not proven)" };
        for (measure, value) in [
            ("gamma", it.gamma),
            ("gamma_cat", it.gamma_cat),
            ("gamma_observed_disorder", it.observed),
            ("gamma_expected_disorder", it.expected),
        ] {
            measures.push(Measure {
                measure,
                unit: "span",
                tag: None,
                document: document.clone(),
                pair,
                value: value.map_err(|why| format!("{why}{unproven}")),
                low: None,
                high: None,
                n: it.n as u64,
                proven: it.proven,
            });
        }
    }
    Some(())
}

/// The report of some material.
pub fn report(
    material: &Material,
    seed: u64,
    rounds: usize,
    with_gamma: bool,
    goes_on: &dyn Fn(f32) -> bool,
) -> Option<Report> {
    let measures = all_measures(material, seed, rounds, with_gamma, goes_on)?;
    let everyone: Vec<usize> = (0..material.annotators.len()).collect();
    let of_tag = |name: &str, tag: &TagId| {
        let whole = |it: &&Measure| it.document.is_none() && it.pair.is_none() && it.measure == name;
        measures.iter().filter(whole).find(|it| it.tag.as_deref() == Some(tag.as_str())).cloned()
    };
    let tags = material.tags.iter().enumerate().filter_map(|(at, tag)| {
        let mut view = View::new(material, &everyone, Some(at), None);
        if !view.has_marks() {
            return None;
        }
        let cells = matching::cells(&mut view, Grain::Documents);
        let sums = cells.total();
        let counts = Matching::of(&view, &sums);
        let (shared, passages) = (counts.overlaps(), counts.passages());
        let (alpha, f1) = (of_tag("bar_u_alpha", tag)?, of_tag("f1_character", tag)?);
        Some(TagFigure { tag: tag.clone(), alpha, f1, shared, all: passages - shared })
    });
    Some(Report {
        annotators: material.annotators.clone(),
        documents: material.documents.iter().map(|it| it.id.clone()).collect(),
        tags: tags.collect(),
        seed,
        measures: measures.clone(),
    })
}

/// A paragraph for a methods section: who, on what, how much, by which formula.
pub fn methods(report: &Report) -> String {
    let number = |it: Option<&Measure>| match it {
        Some(Measure { value: Ok(value), low, high, .. }) => match (low, high) {
            (Some(low), Some(high)) => format!("{value:.2} (95 % interval {low:.2} to {high:.2})"),
            _ => format!("{value:.2}"),
        },
        Some(Measure { value: Err(why), .. }) => format!("not defined ({})", why.trim_end_matches('.')),
        None => "not computed".to_owned(),
    };
    let names = report.annotators.len();
    let documents = documents_in_words(report.documents.len());
    let characters = report.figure("u_alpha", "character").map_or(0, |it| it.n);
    let tags: Vec<String> = report
        .tags
        .iter()
        .map(|it| format!("{} {} (|uα), F1 {}", it.tag, number(Some(&it.alpha)), number(Some(&it.f1))))
        .collect();
    let mut text = format!(
        "{names} annotators independently marked {documents} ({characters} characters), which all of them had read to \
         the end. Agreement on places and tags was {} (uα; Krippendorff, Mathet, Bouvry & Widlöcher 2016), on places \
         alone {} (|uα), on tags where both had marked something {} (cuα). Of all passages {} agreed exactly and {} \
         overlapped with the same tag (F1).",
        number(report.figure("u_alpha", "character")),
        number(report.figure("bar_u_alpha", "character")),
        number(report.figure("cu_alpha", "character")),
        number(report.figure("f1_exact", "span")),
        number(report.figure("f1_overlap", "span")),
    );
    if !tags.is_empty() {
        text.push_str(&format!(" By tag: {}.", tags.join("; ")));
    }
    if let Some(gamma) = report.figure("gamma", "span") {
        text.push_str(&format!(
            " γ was {} (Mathet, Widlöcher & Métivier 2015; seed {}).",
            number(Some(gamma)),
            report.seed
        ));
    }
    text.push_str(
        " Documents were pooled. Intervals are from a bootstrap over documents, or with fewer than ten documents over \
         the sentences of these documents.",
    );
    text
}

fn documents_in_words(documents: usize) -> String {
    if documents == 1 { "one document".to_owned() } else { format!("{documents} documents") }
}

/// All figures as a table (CSV, RFC 4180), with the source of each formula.
pub fn table(report: &Report) -> Vec<Vec<String>> {
    let mut rows = vec![
        ["measure", "unit", "tag", "document", "pair", "value", "reason", "low", "high", "n", "source"]
            .map(str::to_owned)
            .to_vec(),
    ];
    let number = |value: Option<f64>| value.map(|it| it.to_string()).unwrap_or_default();
    rows.extend(report.measures.iter().map(|it| {
        let about = ABOUT.iter().find(|about| about.measure == it.measure);
        vec![
            it.measure.to_owned(),
            it.unit.to_owned(),
            it.tag.clone().unwrap_or_default(),
            it.document.as_ref().map(ToString::to_string).unwrap_or_default(),
            it.pair.map(|pair| pair.map(|at| report.annotators[at].clone()).join(" | ")).unwrap_or_default(),
            number(it.value.as_ref().ok().copied()),
            it.value.as_ref().err().cloned().unwrap_or_default(),
            number(it.low),
            number(it.high),
            it.n.to_string(),
            about.map_or("", |about| about.source).to_owned(),
        ]
    }));
    rows
}
