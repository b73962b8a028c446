//! The numbers behind the charts: tags by document and along a document, coverage, work by day.

use std::collections::{BTreeMap, BTreeSet};

use crate::format::chart::{Chart, ChartKind, Series};
use crate::model::{Annotation, AnnotationId, Document, DocumentId, Session, Span, TagColor};
use crate::text::spans;

use super::desk::Desk;

/// Which chart is shown.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ChartOf {
    /// Annotations of each tag, by document.
    #[default]
    Tags,
    /// Annotations of each tag, along one document.
    Length,
    /// The share of each document that is marked.
    Coverage,
    /// Annotations made, by day and annotator.
    Days,
}

impl ChartOf {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Tags, Self::Length, Self::Coverage, Self::Days];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Tags => "Tags per document",
            Self::Length => "Along a document",
            Self::Coverage => "Coverage",
            Self::Days => "Work per day",
        }
    }
}

/// Along a document there are so many parts of equal length.
const PARTS: usize = 50;
/// With more annotations than this, charts are computed on a worker.
const AT_ONCE: usize = 2_000;

/// A chart, and what its numbers lead to.
#[derive(Clone, Debug, Default)]
pub struct ChartView {
    /// The chart.
    pub chart: Chart,
    /// The document of each row, where rows are documents.
    pub documents: Vec<DocumentId>,
    /// The first annotation behind a number, by row and series.
    pub first: BTreeMap<(usize, usize), AnnotationId>,
}

/// What is asked for, and what has been computed of it.
#[derive(Clone, Debug, Default)]
pub(super) struct Charts {
    view: ChartView,
    key: Option<ChartKey>,
    computing: Option<ChartKey>,
}

type ChartKey = (u64, u64, usize, Option<DocumentId>);

impl Charts {
    pub fn view(&self) -> &ChartView {
        &self.view
    }

    /// Computes the chart anew if it is out of date. Returns the work for a worker, where it is one for a worker and
    /// none is at it.
    pub fn refresh(&mut self, desk: &Desk) -> Option<impl FnOnce() -> ChartView + Send + 'static + use<>> {
        let (of, document) = (desk.view.chart, chart_document(desk));
        let place = ChartOf::ALL.iter().position(|other| *other == of).unwrap_or(0);
        let key = (desk.revision(), desk.view.filter_revision, place, document.clone());
        if self.key.as_ref() == Some(&key) || self.computing.is_some() || !desk.rows().are_current(desk) {
            return None;
        }
        let only = (!desk.view.filter.is_empty()).then(|| desk.rows().ids().to_vec());
        let order: Vec<usize> = desk.listing().documents().collect();
        if desk.session().annotations.len() <= AT_ONCE {
            self.view = compute(desk.session(), of, document.as_ref(), &order, only.as_deref());
            self.key = Some(key);
            return None;
        }
        self.computing = Some(key);
        let session = desk.session().clone();
        Some(move || compute(&session, of, document.as_ref(), &order, only.as_deref()))
    }

    /// A worker has computed it.
    pub fn take(&mut self, view: ChartView) {
        self.view = view;
        self.key = self.computing.take();
    }

    /// The worker met a bug: an empty chart, not tried again until something else is asked for.
    pub fn give_up(&mut self) {
        if self.computing.is_some() {
            self.take(ChartView::default());
        }
    }
}

/// The document that a chart along a document shows: the one asked for, else the one in focus.
fn chart_document(desk: &Desk) -> Option<DocumentId> {
    let there = |id: &DocumentId| desk.session().document(id).is_some();
    let asked = desk.view.chart_document.clone().filter(there);
    let focused = || desk.view.focused().map(|pane| pane.document.clone());
    asked.or_else(focused).or_else(|| desk.session().documents.first().map(|document| document.id.clone()))
}

/// Computes a chart of the annotations in `only`, or of all; documents in this order.
pub(super) fn compute(
    session: &Session,
    of: ChartOf,
    document: Option<&DocumentId>,
    order: &[usize],
    only: Option<&[AnnotationId]>,
) -> ChartView {
    let only: Option<BTreeSet<AnnotationId>> = only.map(|ids| ids.iter().copied().collect());
    let counted = |annotation: &&Annotation| only.as_ref().is_none_or(|only| only.contains(&annotation.id));
    let annotations: Vec<&Annotation> =
        session.annotations.values().map(|it| &**it).filter(counted).collect();
    let documents: Vec<&Document> =
        order.iter().filter_map(|i| session.documents.get(*i)).map(|it| &**it).collect();
    match of {
        ChartOf::Tags => tags(session, &documents, &annotations),
        ChartOf::Length => match document.and_then(|id| session.document(id)) {
            Some(document) => length(session, document, &annotations),
            None => ChartView::default(),
        },
        ChartOf::Coverage => coverage(&documents, &annotations),
        ChartOf::Days => days(session, &annotations),
    }
}

/// The tags that are offered or borne, as series; and the place of each.
fn tag_series(session: &Session, annotations: &[&Annotation]) -> (Vec<Series>, BTreeMap<String, usize>) {
    let borne: BTreeSet<&str> = annotations.iter().map(|it| it.tag.as_str()).collect();
    let shown = session.scheme.tags.iter().filter(|tag| !tag.retired || borne.contains(tag.id.as_str()));
    let (mut series, mut places) = (Vec::new(), BTreeMap::new());
    for tag in shown {
        places.insert(tag.id.to_string(), series.len());
        series.push(Series { name: tag.name.clone(), letter: tag.letter, color: tag.color });
    }
    (series, places)
}

fn tags(session: &Session, documents: &[&Document], annotations: &[&Annotation]) -> ChartView {
    let (series, places) = tag_series(session, annotations);
    let row_of: BTreeMap<&DocumentId, usize> =
        documents.iter().enumerate().map(|(i, it)| (&it.id, i)).collect();
    let mut numbers = vec![vec![0.0; series.len()]; documents.len()];
    let mut first: BTreeMap<(usize, usize), &Annotation> = BTreeMap::new();
    for annotation in annotations {
        let row = row_of.get(annotation.anchor.document());
        let (Some(row), Some(column)) = (row, places.get(annotation.tag.as_str())) else { continue };
        numbers[*row][*column] += 1.0;
        keep_first(&mut first, (*row, *column), annotation);
    }
    let rows = documents.iter().map(|it| it.label().to_owned()).zip(numbers).collect();
    ChartView {
        chart: Chart {
            title: "Annotations per document and tag".to_owned(),
            rows_are: "Document".to_owned(),
            series,
            rows,
            kind: ChartKind::Bars,
        },
        documents: documents.iter().map(|it| it.id.clone()).collect(),
        first: ids(first),
    }
}

fn keep_first<'a>(
    first: &mut BTreeMap<(usize, usize), &'a Annotation>,
    place: (usize, usize),
    annotation: &'a Annotation,
) {
    let start = |it: &Annotation| it.anchor.span().map_or(usize::MAX, |span| span.start());
    let earlier = first.get(&place).is_none_or(|known| start(annotation) < start(known));
    if earlier {
        first.insert(place, annotation);
    }
}

fn ids(first: BTreeMap<(usize, usize), &Annotation>) -> BTreeMap<(usize, usize), AnnotationId> {
    first.into_iter().map(|(place, annotation)| (place, annotation.id)).collect()
}

/// Where annotations begin, in parts of the text without page furniture.
fn length(session: &Session, document: &Document, annotations: &[&Annotation]) -> ChartView {
    let here: Vec<&Annotation> =
        annotations.iter().copied().filter(|it| *it.anchor.document() == document.id).collect();
    let (series, places) = tag_series(session, annotations);
    let furniture = &document.info.furniture;
    let all = document.text().len().saturating_sub(spans::total(furniture)).max(1);
    let mut numbers = vec![vec![0.0; series.len()]; PARTS];
    let mut first: BTreeMap<(usize, usize), &Annotation> = BTreeMap::new();
    for annotation in here {
        let (Some(span), Some(column)) = (annotation.anchor.span(), places.get(annotation.tag.as_str()))
        else {
            continue;
        };
        let before = Span::new(0, span.start())
            .map_or(0, |before| before.len() - spans::overlap(furniture, &[before]));
        let part = (before * PARTS / all).min(PARTS - 1);
        numbers[part][*column] += 1.0;
        keep_first(&mut first, (part, *column), annotation);
    }
    let share = 100 / PARTS;
    let rows = numbers.into_iter().enumerate();
    let rows = rows.map(|(i, numbers)| (format!("{}–{} %", i * share, (i + 1) * share), numbers)).collect();
    ChartView {
        chart: Chart {
            title: format!("Annotations along “{}”", document.label()),
            rows_are: "Part of the text".to_owned(),
            series,
            rows,
            kind: ChartKind::Strips,
        },
        documents: Vec::new(),
        first: ids(first),
    }
}

/// The share of each text's characters, page furniture aside, that at least one annotation covers.
fn coverage(documents: &[&Document], annotations: &[&Annotation]) -> ChartView {
    let mut marked: BTreeMap<&DocumentId, Vec<Span>> = BTreeMap::new();
    for annotation in annotations {
        if let Some(span) = annotation.anchor.span() {
            spans::add(marked.entry(annotation.anchor.document()).or_default(), span);
        }
    }
    let rows = documents.iter().map(|document| {
        let text = document.text();
        let chars =
            |spans: &[Span]| spans.iter().map(|span| text[span.range()].chars().count()).sum::<usize>();
        let mut prose: Vec<Span> = Span::new(0, text.len()).into_iter().collect();
        let mut covered = marked.remove(&document.id).unwrap_or_default();
        for span in &document.info.furniture {
            spans::cut(&mut prose, *span);
            spans::cut(&mut covered, *span);
        }
        let (covered, all) = (chars(&covered), chars(&prose));
        let share = if all == 0 { 0.0 } else { covered as f64 / all as f64 };
        // Of a share nobody needs more than a tenth of a percent.
        (document.label().to_owned(), vec![(share * 1_000.0).round() / 1_000.0])
    });
    let series = Series { name: "Share marked".to_owned(), letter: 'M', color: TagColor::Teal };
    ChartView {
        chart: Chart {
            title: "Share of each document that is marked".to_owned(),
            rows_are: "Document".to_owned(),
            series: vec![series],
            rows: rows.collect(),
            kind: ChartKind::Shares,
        },
        documents: documents.iter().map(|it| it.id.clone()).collect(),
        first: BTreeMap::new(),
    }
}

/// Annotations made on each day, in the time zone of this computer.
fn days(session: &Session, annotations: &[&Annotation]) -> ChartView {
    let zone = jiff::tz::TimeZone::system();
    let mut days: BTreeMap<String, BTreeMap<&str, f64>> = BTreeMap::new();
    for annotation in annotations {
        let day = annotation.created.moment().to_zoned(zone.clone()).strftime("%Y-%m-%d").to_string();
        *days.entry(day).or_default().entry(annotation.annotator.as_str()).or_default() += 1.0;
    }
    let ids: BTreeSet<&str> = annotations.iter().map(|it| it.annotator.as_str()).collect();
    let mut taken = BTreeSet::new();
    let series: Vec<Series> = (ids.iter().enumerate())
        .map(|(i, id)| {
            let name = session.annotator_name(&crate::model::AnnotatorId::new(id)).to_owned();
            let own = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase);
            let letter = own.chain('A'..='Z').find(|c| taken.insert(*c)).unwrap_or('?');
            Series { name, letter, color: TagColor::ALL[i % TagColor::ALL.len()] }
        })
        .collect();
    let rows = days
        .into_iter()
        .map(|(day, by)| (day, ids.iter().map(|id| by.get(id).copied().unwrap_or(0.0)).collect()));
    ChartView {
        chart: Chart {
            title: "Annotations made per day".to_owned(),
            rows_are: "Day".to_owned(),
            series,
            rows: rows.collect(),
            kind: ChartKind::Bars,
        },
        documents: Vec::new(),
        first: BTreeMap::new(),
    }
}

#[cfg(test)]
mod tests;
