//! What was planted against what was found.

use std::collections::BTreeMap;
use std::sync::Arc;

use gainsay::across::alerts;
use gainsay::across::echo::{Echo, Level, Place};
use gainsay::across::index::Index;
use gainsay::across::verdict::{Quotation, Verdict};
use gainsay::model::{Document, DocumentId, ImportRecord, Session, SessionId, Source, Timestamp};

use super::made::{Case, Kind, Made, Trick};

pub fn index(made: &Made) -> Index {
    let mut index = Index::default();
    for (at, text) in made.texts.iter().enumerate() {
        index.put_text(&id(at), text.as_str().into(), made.is_markdown[at], &[]);
    }
    index
}

pub fn id(at: usize) -> DocumentId {
    DocumentId::new(format!("{at:05}"))
}

/// The documents as a session, without dates.
pub fn session(made: &Made) -> Session {
    let created: Timestamp = "2026-01-01T00:00:00Z".parse().unwrap();
    let mut session = Session::new(SessionId(uuid::Uuid::nil()), created);
    let document = |(at, text): (usize, &String)| {
        let import = ImportRecord { name: id(at).to_string(), ..ImportRecord::of_text(text, created) };
        let source = Arc::new(Source::new(text.as_str(), import));
        Arc::new(Document { id: id(at), source, info: Arc::default() })
    };
    session.documents = made.texts.iter().enumerate().map(document).collect();
    session
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
        let is_found = report >= 0.5 && covered as f64 >= 0.5 * all as f64;
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

/// Verdicts on planted quotations: how many are right, of how many, per kind; `None` are quotations from nowhere.
pub fn verdicts(made: &Made, checked: &[Quotation]) -> BTreeMap<Option<Kind>, (usize, usize)> {
    let mut figures: BTreeMap<Option<Kind>, (usize, usize)> = BTreeMap::new();
    let planted = made.cases.iter().filter(|case| case.is_quoted);
    let planted = planted.map(|case| (Some(case.kind), case.report, case.report_span, Some(case)));
    let loose = made.loose.iter().map(|it| (None, it.report, it.span, None));
    for (kind, report, span, case) in planted.chain(loose) {
        let entry = figures.entry(kind).or_default();
        entry.1 += 1;
        // Its full stop may stand inside the marks.
        let found =
            checked.iter().find(|it| number(&it.place) == report && overlap(range(&it.place), span) > 0);
        let is_right = found.is_some_and(|it| is_right(kind, it.verdict));
        entry.0 += usize::from(is_right);
        if !is_right && std::env::var_os("SHOW_VERDICTS").is_some() {
            println!(
                "VERDICT {kind:?}: {:?}, {}\n   {}",
                found.map(|it| it.verdict),
                found.map_or("", |it| it.rule.as_str()),
                made.texts[report][span.0..span.1].replace('\n', "⏎")
            );
            show_sources(made, case);
        }
    }
    let (right, all) = figures.values().fold((0, 0), |sum, it| (sum.0 + it.0, sum.1 + it.1));
    println!("  verdicts right {:.3} ({right} of {all}): {figures:?}", right as f64 / all.max(1) as f64);
    figures
}

fn show_sources(made: &Made, case: Option<&Case>) {
    for (case, span) in
        case.into_iter().flat_map(|case| case.source_spans.iter().map(move |span| (case, span)))
    {
        println!("   {}", made.texts[case.source][span.0..span.1].replace('\n', "⏎"));
    }
}

/// A splice at a mark of omission is rightly called verbatim with omission, if its parts are in order.
fn is_right(kind: Option<Kind>, verdict: Verdict) -> bool {
    match kind {
        Some(Kind::Verbatim) => verdict == Verdict::Verbatim,
        Some(Kind::Altered | Kind::Paraphrase) => verdict == Verdict::Altered,
        Some(Kind::Spliced) => matches!(verdict, Verdict::Spliced | Verdict::Omission),
        None => verdict == Verdict::NotFound,
    }
}

/// Alerts on echoes of planted changes: found, of how many changes, and alerts of that kind where none was planted, of how
/// many altered passages.
pub fn alerts(made: &Made, index: &Index, pairs: &[Echo]) -> BTreeMap<Trick, [usize; 4]> {
    let mut figures: BTreeMap<Trick, [usize; 4]> = BTreeMap::new();
    for case in made.cases.iter().filter(|it| matches!(it.kind, Kind::Altered | Kind::Verbatim)) {
        let near = pairs.iter().filter(|pair| {
            let sides = [(&pair.a, &pair.b), (&pair.b, &pair.a)];
            sides.into_iter().any(|(source, report)| {
                number(source) == case.source
                    && number(report) == case.report
                    && overlap(range(report), case.report_span) > 0
                    && case.source_spans.iter().any(|span| overlap(range(source), *span) > 0)
            })
        });
        let near: Vec<&Echo> = near.collect();
        if near.is_empty() {
            continue;
        }
        let kinds: Vec<alerts::Kind> =
            near.iter().flat_map(|pair| alerts::alerts(index, &pair.a, &pair.b)).map(|it| it.kind).collect();
        let tricks = [
            (Trick::Number, alerts::Kind::Number),
            (Trick::Negation, alerts::Kind::Negation),
            (Trick::Name, alerts::Kind::Name),
        ];
        for (trick, kind) in tricks {
            let entry = figures.entry(trick).or_default();
            let has = kinds.contains(&kind);
            let at = if case.tricks.contains(&trick) { 0 } else { 2 };
            entry[at] += usize::from(has);
            entry[at + 1] += 1;
            if (at == 0) != has && std::env::var_os("SHOW_ALERTS").is_some() {
                println!(
                    "ALERT {} {trick:?} {kinds:?}\n   {}",
                    if at == 0 { "MISSED" } else { "NEEDLESS" },
                    made.texts[case.report][case.report_span.0..case.report_span.1].replace('\n', "⏎")
                );
                show_sources(made, Some(case));
                for pair in &near {
                    let text = |it: &Place| it.span.of(&made.texts[number(it)]).unwrap().replace('\n', "⏎");
                    println!("     a {}\n     b {}", text(&pair.a), text(&pair.b));
                }
            }
        }
    }
    for (trick, [found, all, needless, without]) in &figures {
        println!(
            "  {trick:?}: alert {:.3} ({found} of {all} changes), {needless} needless on {without} passages",
            *found as f64 / (*all).max(1) as f64
        );
    }
    figures
}
