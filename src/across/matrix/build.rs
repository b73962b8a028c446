//! From a session to its matrix: one pass over the annotations.

use std::cmp::Reverse;
use std::collections::{BTreeMap, BTreeSet};

use jiff::civil::Date;

use crate::model::{
    ActorId, Annotation, Document, DocumentId, ReadingStatus, Session, Statement, StatementId,
};
use crate::text::fold::fold;

use super::super::stance::{disagreement, is_disputed, stance};
use super::{Asked, Column, ColumnKey, ColumnsBy, Found, Matrix, Row, RowSort};

/// Builds the matrix that is asked for.
pub fn build(session: &Session, asked: &Asked) -> Matrix {
    let mut tallies: BTreeMap<StatementId, Tally<'_>> = BTreeMap::new();
    let tag_places: BTreeMap<&str, usize> =
        session.scheme.tags.iter().enumerate().map(|(at, tag)| (tag.id.as_str(), at)).collect();
    let documents: BTreeMap<&DocumentId, &Document> =
        session.documents.iter().map(|document| (&document.id, &**document)).collect();
    let mut voices: BTreeMap<Option<&ActorId>, BTreeSet<&DocumentId>> = BTreeMap::new();
    for annotation in session.annotations.values() {
        let document = annotation.anchor.document();
        let speaker = speaker(annotation, asked.columns);
        if asked.columns != ColumnsBy::Document {
            voices.entry(speaker).or_default().insert(document);
        }
        let Some(tag) = tag_places.get(annotation.tag.as_str()) else { continue };
        let Some(statement) = annotation.statement else { continue };
        let tally = tallies.entry(statement).or_default();
        *tally.by_tag.entry(*tag).or_default() += 1;
        tally.documents.insert(document);
        let key = match asked.columns {
            ColumnsBy::Document => Place::Document(document),
            _ => Place::Voice(speaker),
        };
        let found = tally.found.entry(key).or_default();
        match asked.voice.as_ref().is_none_or(|voice| annotation.voice.contains(voice)) {
            true => {
                *found.by_tag.entry(*tag).or_default() += 1;
                found.unsure += usize::from(annotation.unsure);
            }
            false => found.left_out += 1,
        }
    }
    let columns = match asked.columns {
        ColumnsBy::Document => document_columns(session),
        _ => voice_columns(session, &voices),
    };
    let mut rows: Vec<(Row, &Statement)> = (session.statements.values())
        .map(|statement| (row(session, &documents, statement, tallies.get(&statement.id)), &**statement))
        .collect();
    let all = rows.len();
    rows.retain(|(row, _)| !asked.disputed_only || row.disputed);
    sort(&mut rows, asked.sort);
    let mut column_places = BTreeMap::new();
    for (at, column) in columns.iter().enumerate() {
        column_places.insert(Place::of(&column.key), at);
    }
    let mut found = BTreeMap::new();
    for (at, (row, _)) in rows.iter().enumerate() {
        let Some(tally) = tallies.get(&row.statement) else { continue };
        for (place, counts) in &tally.found {
            let Some(column) = column_places.get(place) else { continue };
            let by_tag = counts.by_tag.iter().map(|(tag, count)| (*tag, *count)).collect();
            found.insert((at, *column), Found { by_tag, unsure: counts.unsure, left_out: counts.left_out });
        }
    }
    let rows: Vec<Row> = rows.into_iter().map(|(row, _)| row).collect();
    let voice = asked.voice.as_ref().and_then(|id| session.actors.get(id)).map(|actor| actor.name.clone());
    let most_tags = found.values().map(|found: &Found| found.by_tag.len()).max().unwrap_or(0);
    Matrix { rows_left_out: all - rows.len(), rows, columns, voice, most_tags, found }
}

/// A column while counting.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Place<'a> {
    Document(&'a DocumentId),
    Voice(Option<&'a ActorId>),
}

impl<'a> Place<'a> {
    fn of(key: &'a ColumnKey) -> Self {
        match key {
            ColumnKey::Document(id) => Self::Document(id),
            ColumnKey::Voice(id) => Self::Voice(id.as_ref()),
        }
    }
}

/// What is counted of one statement.
#[derive(Default)]
struct Tally<'a> {
    by_tag: BTreeMap<usize, usize>,
    documents: BTreeSet<&'a DocumentId>,
    found: BTreeMap<Place<'a>, Counts>,
}

#[derive(Default)]
struct Counts {
    by_tag: BTreeMap<usize, usize>,
    unsure: usize,
    left_out: usize,
}

/// The voice of an annotation that makes its column.
fn speaker(annotation: &Annotation, by: ColumnsBy) -> Option<&ActorId> {
    match by {
        ColumnsBy::Document => None,
        ColumnsBy::OuterVoice => annotation.voice.first(),
        ColumnsBy::InnerVoice => annotation.voice.last(),
    }
}

fn row(
    session: &Session,
    documents: &BTreeMap<&DocumentId, &Document>,
    statement: &Statement,
    tally: Option<&Tally<'_>>,
) -> Row {
    let mut row = Row {
        statement: statement.id,
        name: statement.name.clone(),
        group: statement.group.clone(),
        first: None,
        undated: false,
        passages: 0,
        disagreement: 0.0,
        disputed: false,
    };
    let Some(tally) = tally else { return row };
    let counts: Vec<_> = (tally.by_tag.iter())
        .filter_map(|(tag, count)| {
            Some((stance(&session.scheme, &session.scheme.tags.get(*tag)?.id), *count))
        })
        .collect();
    row.passages = tally.by_tag.values().sum();
    row.disagreement = disagreement(&counts);
    row.disputed = is_disputed(&counts);
    for id in &tally.documents {
        match documents.get(id).and_then(|document| document.info.metadata.issued.bounds()) {
            Some((first, last)) => {
                let earlier = row.first.as_ref().is_none_or(|(_, day, _)| first < *day);
                if earlier {
                    row.first = Some((DocumentId::clone(id), first, last));
                }
            }
            None => row.undated = true,
        }
    }
    row
}

fn sort(rows: &mut [(Row, &Statement)], sort: RowSort) {
    rows.sort_by_cached_key(|(_, statement)| (statement.order, fold(&statement.name), statement.id));
    match sort {
        RowSort::Hand => {}
        RowSort::Date => rows.sort_by_key(|(row, _)| {
            let day = row.first.as_ref().map(|(_, first, _)| *first);
            // Those that appear nowhere come last, those without a date before them.
            (row.passages == 0, day.is_none(), day)
        }),
        RowSort::Group => {
            rows.sort_by_cached_key(|(_, statement)| (statement.group.is_empty(), fold(&statement.group)));
        }
        RowSort::Disagreement => rows.sort_by(|(one, _), (other, _)| {
            let by_size = Reverse(one.passages).cmp(&Reverse(other.passages));
            other.disagreement.total_cmp(&one.disagreement).then(by_size)
        }),
    }
}

fn document_columns(session: &Session) -> Vec<Column> {
    let mut documents: Vec<&Document> = session.documents.iter().map(|document| &**document).collect();
    documents.sort_by(|one, other| {
        one.info.metadata.issued.sort_key().cmp(&other.info.metadata.issued.sort_key())
    });
    documents.into_iter().map(|document| document_column(session, document)).collect()
}

fn document_column(session: &Session, document: &Document) -> Column {
    let reading = document.info.reading.iter();
    let done = reading.clone().filter(|(_, it)| it.status == ReadingStatus::Done);
    let readers: Vec<String> = done.map(|(id, _)| session.annotator_name(id).to_owned()).collect();
    Column {
        key: ColumnKey::Document(document.id.clone()),
        label: document.label().to_owned(),
        title: document.title().to_owned(),
        date: document.info.metadata.issued.as_str().to_owned(),
        days: document.info.metadata.issued.bounds(),
        read: !readers.is_empty(),
        begun: reading.into_iter().any(|(_, it)| it.status != ReadingStatus::Unread),
        readers,
        documents: 1,
    }
}

/// The voices by name; passages without one last.
fn voice_columns(
    session: &Session,
    voices: &BTreeMap<Option<&ActorId>, BTreeSet<&DocumentId>>,
) -> Vec<Column> {
    let mut columns: Vec<Column> =
        voices.iter().map(|(id, documents)| voice_column(session, *id, documents)).collect();
    columns.sort_by_cached_key(|column| (column.key == ColumnKey::Voice(None), fold(&column.label)));
    columns
}

fn voice_column(session: &Session, id: Option<&ActorId>, documents: &BTreeSet<&DocumentId>) -> Column {
    let behind: Vec<Column> = (documents.iter())
        .filter_map(|id| session.document(id))
        .map(|document| document_column(session, document))
        .collect();
    let days: Option<Vec<(Date, Date)>> = behind.iter().map(|column| column.days).collect();
    let days = days.and_then(|days| {
        let first = days.iter().map(|(first, _)| *first).min()?;
        Some((first, days.iter().map(|(_, last)| *last).max()?))
    });
    let name = id.map_or_else(
        || "No voice given".to_owned(),
        |id| session.actors.get(id).map_or_else(|| id.to_string(), |actor| actor.name.clone()),
    );
    Column {
        key: ColumnKey::Voice(id.cloned()),
        label: name.clone(),
        title: name,
        date: String::new(),
        days,
        read: behind.iter().all(|column| column.read),
        begun: behind.iter().any(|column| column.begun),
        readers: Vec::new(),
        documents: behind.len(),
    }
}
