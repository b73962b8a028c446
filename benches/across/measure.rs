//! What was planted against what was found.

use std::collections::BTreeMap;

use gainsay::across::echo::{Echo, Level, Place};
use gainsay::across::index::Index;
use gainsay::model::DocumentId;

use super::made::{Kind, Made};

pub fn index(made: &Made) -> Index {
    let mut index = Index::default();
    for (at, text) in made.texts.iter().enumerate() {
        index.put_text(&id(at), text.as_str().into(), made.is_markdown[at], &[]);
    }
    index
}

pub fn id(at: usize) -> DocumentId {
    DocumentId::new(&format!("{at:05}"))
}

fn number(place: &Place) -> usize {
    place.document.as_str().parse().unwrap()
}

fn overlap(a: (usize, usize), b: (usize, usize)) -> usize {
    a.1.min(b.1).saturating_sub(a.0.max(b.0))
}

fn range(place: &Place) -> (usize, usize) {
    (place.span.start(), place.span.end())
}

/// The source sentences that a place takes its words from: those of planted or own sentences that it covers by a third of
/// itself or of them.
fn origins(made: &Made, place: &Place) -> Vec<(usize, usize)> {
    let span = range(place);
    let touched = made.origins[number(place)].iter().filter(|(other, _)| {
        let shared = overlap(span, *other);
        shared * 3 >= (span.1 - span.0).min(other.1 - other.0)
    });
    touched.flat_map(|(_, from)| from.iter().copied()).collect()
}

/// Figures of a run.
#[derive(Debug, Default)]
pub struct Figures {
    pub recall: BTreeMap<Kind, (usize, usize)>,
    pub right: usize,
    pub wrong: usize,
    pub firm_right: usize,
    pub firm_wrong: usize,
}

/// Recall needs half of both sides; a pair is right if both places take words of one source sentence.
pub fn echoes(made: &Made, pairs: &[Echo]) -> Figures {
    let mut figures = Figures::default();
    let mut by_pair: BTreeMap<(usize, usize), Vec<&Echo>> = BTreeMap::new();
    for pair in pairs {
        by_pair.entry((number(&pair.a), number(&pair.b))).or_default().push(pair);
        let (a, b) = (origins(made, &pair.a), origins(made, &pair.b));
        let is_right = a.iter().any(|it| b.contains(it));
        let firm = pair.level != Level::Statement;
        match is_right {
            true => figures.right += 1,
            false => figures.wrong += 1,
        }
        match (firm, is_right) {
            (true, true) => figures.firm_right += 1,
            (true, false) => figures.firm_wrong += 1,
            _ => {}
        }
        if !is_right && std::env::var_os("SHOW_WRONG").is_some() {
            let text = |place: &Place| place.span.of(&made.texts[number(place)]).unwrap().replace('\n', "⏎");
            println!(
                "WRONG {:?} {:.1} {:.2}\n   {}\n   {}",
                pair.level,
                pair.score,
                pair.coverage,
                text(&pair.a),
                text(&pair.b)
            );
        }
    }
    let (mut recalls, mut found_cases, mut detections) = (0.0, 0_usize, 0_usize);
    for case in &made.cases {
        let key = (case.source.min(case.report), case.source.max(case.report));
        let near: Vec<((usize, usize), (usize, usize))> = by_pair
            .get(&key)
            .into_iter()
            .flatten()
            .map(|pair| {
                if number(&pair.a) == case.source {
                    (range(&pair.a), range(&pair.b))
                } else {
                    (range(&pair.b), range(&pair.a))
                }
            })
            .filter(|(source, report)| {
                case.source_spans.iter().any(|span| overlap(*span, *source) > 0)
                    && overlap(case.report_span, *report) > 0
            })
            .collect();
        let cover = |span: (usize, usize),
                     of: &dyn Fn(&((usize, usize), (usize, usize))) -> (usize, usize)| {
            let mut marks = vec![false; span.1 - span.0];
            for it in &near {
                let it = of(it);
                for at in it.0.max(span.0)..it.1.min(span.1) {
                    marks[at - span.0] = true;
                }
            }
            marks.iter().filter(|mark| **mark).count()
        };
        let report =
            cover(case.report_span, &|it| it.1) as f64 / (case.report_span.1 - case.report_span.0) as f64;
        let all: usize = case.source_spans.iter().map(|span| span.1 - span.0).sum();
        let covered: usize = case.source_spans.iter().map(|span| cover(*span, &|it| it.0)).sum();
        // Spliced parts take half a sentence or less.
        let wanted = if case.kind == Kind::Spliced { 0.25 } else { 0.5 };
        let is_found = report >= 0.5 && covered as f64 >= wanted * all as f64;
        let entry = figures.recall.entry(case.kind).or_default();
        entry.1 += 1;
        entry.0 += usize::from(is_found);
        recalls += (report + covered as f64 / all as f64) / 2.0;
        found_cases += usize::from(!near.is_empty());
        detections += near.len();
        if !is_found && std::env::var_os("SHOW_MISSED").is_some() {
            let text = |n: usize, span: (usize, usize)| made.texts[n][span.0..span.1].replace('\n', "⏎");
            println!(
                "MISSED {:?} {report:.2} {covered}/{all}\n   {}",
                case.kind,
                text(case.report, case.report_span)
            );
            case.source_spans.iter().for_each(|span| println!("   {}", text(case.source, *span)));
        }
    }
    for (kind, (found, all)) in &figures.recall {
        println!("  {kind:?}: recall {:.3} ({found} of {all})", *found as f64 / *all as f64);
    }
    let precision = figures.right as f64 / (figures.right + figures.wrong).max(1) as f64;
    let firm = figures.firm_right as f64 / (figures.firm_right + figures.firm_wrong).max(1) as f64;
    println!(
        "  precision {precision:.3} of {} pairs; verbatim and altered alone {firm:.3} of {}",
        figures.right + figures.wrong,
        figures.firm_right + figures.firm_wrong
    );
    let recall = recalls / made.cases.len() as f64;
    let granularity = detections as f64 / found_cases.max(1) as f64;
    let plagdet = 2.0 * precision * recall / (precision + recall) / (1.0 + granularity).log2();
    println!("  covered {recall:.3}, granularity {granularity:.2}, plagdet {plagdet:.3}");
    figures
}
