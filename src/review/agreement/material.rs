//! Material from sessions: who has marked what in the documents that all of them have finished.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use crate::model::{
    Annotation, AnnotationId, AnnotatorId, Document, DocumentId, ReadingStatus, Session, Span, TagId,
};
use crate::review::cases::results;
use crate::review::layer::{Layer, finished};
use crate::text::offsets::CharIndex;
use crate::text::sentences::sentences;
use crate::text::words::words;
use crate::text::{Paragraphs, is_blank};

use super::{Material, MaterialDocument, Unit};

/// Material, and what is not in it.
#[derive(Clone, Debug, Default)]
pub struct Gathered {
    /// What is measured.
    pub material: Material,
    /// Documents that do not count, and why.
    pub left_out: Vec<LeftOut>,
    /// What else is not measured, a sentence each.
    pub notes: Vec<String>,
}

/// A document that does not count.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LeftOut {
    /// The document, of the first session.
    pub document: DocumentId,
    /// Its title or first words.
    pub title: String,
    /// Why, in words.
    pub why: String,
}

/// One annotator's marks in one document: spans of its text with a tag of the material.
type Marks = Vec<(Span, TagId, AnnotationId)>;

/// One annotator.
struct Column<'a> {
    name: String,
    /// Whether the document has been finished; `None`: this annotator does not have it.
    finished: Box<dyn Fn(&DocumentId) -> Option<bool> + 'a>,
    marks: Box<dyn Fn(&DocumentId) -> Marks + 'a>,
}

/// Material of sessions on the same documents, each an annotator, named by those who have marked in it; `labels` tell
/// apart two of one name. One session alone: its annotators. Documents count where all have finished them, unless
/// `all_documents` is set.
pub fn of_sessions(sessions: &[(&str, &Session)], all_documents: bool) -> Gathered {
    let Some(((_, first), rest)) = sessions.split_first() else { return Gathered::default() };
    if rest.is_empty() {
        return of_annotators(first, all_documents);
    }
    let layers: Vec<Layer> =
        rest.iter().map(|(_, session)| Layer::over(first, std::sync::Arc::new((*session).clone()))).collect();
    let names = names(sessions);
    let refs: Vec<(String, &Layer)> = names.iter().skip(1).cloned().zip(&layers).collect();
    over(first, names.first().cloned(), &refs, all_documents)
}

/// Material of layers over a session, each named; with a name for the session it is an annotator too, the first.
pub fn over(
    session: &Session,
    own: Option<String>,
    layers: &[(String, &Layer)],
    all_documents: bool,
) -> Gathered {
    let results = results(session);
    let mut columns: Vec<Column<'_>> = Vec::new();
    let mut notes = Vec::new();
    if let Some(name) = own {
        let by_document = by_document(session, |it| !results.contains(&it.id));
        orphans(session, &name, &mut notes);
        columns.push(Column {
            name,
            finished: Box::new(|id| Some(finished(session, id))),
            marks: Box::new(move |id| by_document.get(id).cloned().unwrap_or_default()),
        });
    }
    for (name, layer) in layers {
        let lost: usize = layer
            .documents
            .values()
            .map(|laid| laid.annotations.iter().filter(|it| it.sure().is_none()).count())
            .sum();
        if lost > 0 {
            notes.push(format!(
                "{lost} of the marks of {name} have no sure place in these texts and are not measured"
            ));
        }
        for id in &layer.unmatched {
            let title = layer.session.document(id).map_or(id.as_str(), |document| document.title());
            notes.push(format!("{title}, which {name} has read, is no document of the first session"));
        }
        let results = self::results(&layer.session);
        columns.push(Column {
            name: name.clone(),
            finished: Box::new(|id| layer.documents.contains_key(id).then(|| layer.has_finished(id))),
            marks: Box::new(move |id| {
                let laid = layer.annotations(id).iter().filter(|it| !results.contains(&it.annotation.id));
                let mark = |it: &crate::review::layer::LaidAnnotation| {
                    let tag = it.tag.clone().unwrap_or_else(|| it.annotation.tag.clone());
                    Some((it.sure()?, tag, it.annotation.id))
                };
                laid.filter_map(mark).collect()
            }),
        });
    }
    gather(session, &columns, all_documents, notes)
}

/// Material of one session: each of its annotators.
fn of_annotators(session: &Session, all_documents: bool) -> Gathered {
    let results = results(session);
    let marks = session.annotations.values().filter(|it| !results.contains(&it.id));
    let mut ids: BTreeSet<&AnnotatorId> = marks.map(|it| &it.annotator).collect();
    ids.extend(session.documents.iter().flat_map(|document| document.info.reading.keys()));
    let columns = ids.into_iter().map(|id| {
        let by_document = by_document(session, |it| it.annotator == *id && !results.contains(&it.id));
        let done = move |document: &DocumentId| {
            let reading = session.document(document)?.info.reading.get(id);
            Some(reading.is_some_and(|reading| reading.status == ReadingStatus::Done))
        };
        Column {
            name: session.annotator_name(id).to_owned(),
            finished: Box::new(done),
            marks: Box::new(move |id| by_document.get(id).cloned().unwrap_or_default()),
        }
    });
    let columns: Vec<Column<'_>> = columns.collect();
    let mut notes = Vec::new();
    orphans(session, "this session", &mut notes);
    gather(session, &columns, all_documents, notes)
}

fn by_document(session: &Session, counts: impl Fn(&Annotation) -> bool) -> BTreeMap<DocumentId, Marks> {
    let mut marks: BTreeMap<DocumentId, Marks> = BTreeMap::new();
    for annotation in session.annotations.values().filter(|it| counts(it)) {
        if let Some(span) = annotation.anchor.span() {
            let here = marks.entry(annotation.anchor.document().clone()).or_default();
            here.push((span, annotation.tag.clone(), annotation.id));
        }
    }
    marks
}

fn orphans(session: &Session, name: &str, notes: &mut Vec<String>) {
    let lost = session.annotations.values().filter(|it| it.anchor.span().is_none()).count();
    if lost > 0 {
        notes.push(format!("{lost} of the marks of {name} have lost their text and are not measured"));
    }
}

/// The names of sessions as annotators: of those who have marked in them; a label in brackets where two are the same.
fn names(sessions: &[(&str, &Session)]) -> Vec<String> {
    let name = |session: &Session| {
        let own = |it: &&std::sync::Arc<Annotation>| {
            it.provenance.as_ref().is_none_or(|from| from.session == session.id)
        };
        let marked: BTreeSet<&AnnotatorId> =
            session.annotations.values().filter(own).map(|it| &it.annotator).collect();
        let named = |ids: BTreeSet<&AnnotatorId>| {
            ids.into_iter().map(|id| session.annotator_name(id)).collect::<Vec<_>>().join(", ")
        };
        match (marked.is_empty(), session.annotators.is_empty()) {
            (false, _) => Some(named(marked)),
            // Who has marked nothing is known by what they have read.
            (true, false) => Some(named(session.annotators.keys().collect())),
            (true, true) => None,
        }
    };
    let found: Vec<Option<String>> = sessions.iter().map(|(_, session)| name(session)).collect();
    let all: Vec<(&str, Option<&str>)> =
        found.iter().zip(sessions).map(|(name, (label, _))| (*label, name.as_deref())).collect();
    let named = all.iter().enumerate().map(|(at, own @ (label, name))| {
        let same_name = all.iter().filter(|other| other.1 == *name).count();
        let same = all.iter().filter(|other| *other == own).count();
        let nth = all[..=at].iter().filter(|other| *other == own).count();
        match name {
            Some(name) if same > 1 => format!("{name} ({label}, {nth})"),
            Some(name) if same_name > 1 => format!("{name} ({label})"),
            Some(name) => (*name).to_owned(),
            None if same > 1 => format!("{label} ({nth})"),
            None => (*label).to_owned(),
        }
    });
    named.collect()
}

fn gather(session: &Session, columns: &[Column<'_>], all_documents: bool, notes: Vec<String>) -> Gathered {
    let mut gathered = Gathered { notes, ..Gathered::default() };
    gathered.material.annotators = columns.iter().map(|column| column.name.clone()).collect();
    let mut found: Vec<(&Document, Vec<Option<Marks>>)> = Vec::new();
    for document in &session.documents {
        let states: Vec<Option<bool>> =
            columns.iter().map(|column| (column.finished)(&document.id)).collect();
        let who = |wanted: fn(&Option<bool>) -> bool| {
            let names = columns.iter().zip(&states).filter(move |(_, state)| wanted(state));
            names.map(|(column, _)| column.name.as_str()).collect::<Vec<_>>().join(" and ")
        };
        let missing = who(|state| state.is_none());
        let unfinished = who(|state| *state == Some(false));
        let why = match (missing.is_empty(), unfinished.is_empty() || all_documents) {
            (true, true) => None,
            (false, _) => Some(format!("{missing} does not have it")),
            (true, false) => Some(format!("not finished by {unfinished}")),
        };
        if let Some(why) = why {
            let title = document.title().to_owned();
            gathered.left_out.push(LeftOut { document: document.id.clone(), title, why });
            continue;
        }
        found.push((document, columns.iter().map(|column| Some((column.marks)(&document.id))).collect()));
    }
    let used: BTreeSet<&TagId> =
        found.iter().flat_map(|(_, marks)| marks.iter().flatten().flatten()).map(|(_, tag, _)| tag).collect();
    let scheme = session.scheme.tags.iter().filter(|tag| !tag.retired || used.contains(&tag.id));
    let mut tags: Vec<TagId> = scheme.map(|tag| tag.id.clone()).collect();
    tags.extend(used.iter().filter(|id| session.scheme.tag(id).is_none()).map(|id| (*id).clone()));
    let (mut blank, mut twice) = (0, 0);
    for (document, columns) in found {
        let text = document.text();
        let index = CharIndex::of(text);
        let at = |byte: usize| index.byte_to_char(text, byte).map_or(0, |offset| offset.0 as u64);
        let range = |range: Range<usize>| at(range.start)..at(range.end);
        let marks = columns.into_iter().map(|marks| {
            let mut seen = BTreeSet::new();
            let mut units = Vec::new();
            for (span, tag, id) in marks? {
                let Some(span) = trimmed(text, span) else {
                    blank += 1;
                    continue;
                };
                if !seen.insert((span, tag.clone())) {
                    twice += 1;
                    continue;
                }
                let tag = tags.iter().position(|other| *other == tag).unwrap_or(0);
                units.push(Unit { start: at(span.start()), end: at(span.end()), tag, annotation: Some(id) });
            }
            units.sort_by_key(|unit| (unit.start, unit.end, unit.tag));
            Some(units)
        });
        let marks = marks.collect();
        gathered.material.documents.push(MaterialDocument {
            id: document.id.clone(),
            length: at(text.len()),
            words: words(text).map(range).collect(),
            sentences: all_sentences(text).into_iter().map(range).collect(),
            marks,
        });
    }
    gathered.material.tags = tags;
    for (number, what) in [
        (blank, "stand on blanks alone and are not measured"),
        (twice, "stand twice on the same passage with the same tag and count once"),
    ] {
        if number > 0 {
            gathered.notes.push(format!("{number} of the marks {what}"));
        }
    }
    gathered
}

/// The sentences of all paragraphs, in order.
fn all_sentences(text: &str) -> Vec<Range<usize>> {
    let paragraphs = Paragraphs::of(text);
    let ranges = (1..=paragraphs.len()).filter_map(|number| paragraphs.range(number));
    let of = |range: Range<usize>| {
        let start = range.start;
        sentences(&text[range]).into_iter().map(move |it| start + it.start..start + it.end)
    };
    ranges.flat_map(of).collect()
}

/// A span without the blanks at its ends, or nothing when it holds nothing else.
fn trimmed(text: &str, span: Span) -> Option<Span> {
    let words = span.of(text)?;
    let start = span.start() + (words.len() - words.trim_start_matches(is_blank).len());
    let end = span.end() - (words.len() - words.trim_end_matches(is_blank).len());
    Span::new(start, end)
}

#[cfg(test)]
mod tests;
