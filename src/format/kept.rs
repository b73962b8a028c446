//! What only Gainsay knows, as lines of JSON in the files of other tools: a tool that leaves them alone gives
//! everything back, one that drops them loses only what it could not show anyway.
//!
//! The JSON has the records of the session file, so a field that they gain is here at once. What a file says in its
//! own way goes before what stands here: someone may have changed it there.

pub(super) mod labels;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use serde::Serialize;

use super::export::{Losses, document_files, file_name};
use super::import::{Foreign, ForeignPassage, canonical};
use super::session::{FORMAT, v1};
use crate::format::import::json_words;
use crate::model::{
    Annotation, AnnotationId, Annotator, AnnotatorId, Digest, Document, Link, Session, Source, Span,
};

/// All of a session but its texts, annotations, links and the records of reviews: one line of JSON.
pub(super) fn head(session: &Session) -> String {
    let head = Session {
        documents: session.documents.clone(),
        scheme: Arc::clone(&session.scheme),
        info: session.info.clone(),
        annotators: session.annotators.clone(),
        actors: session.actors.clone(),
        statements: session.statements.clone(),
        ..Session::new(session.id, session.created)
    };
    json(&v1::file_of(&head, false))
}

/// An annotation as one line of JSON, without its quote.
pub(super) fn annotation(annotation: &Annotation) -> String {
    json(&v1::annotation_of(annotation, None))
}

/// Links as one line of JSON, a list.
pub(super) fn links(links: &[&Link]) -> String {
    json(&links.iter().map(|link| v1::Link::from(*link)).collect::<Vec<_>>())
}

/// JSON in which nothing stands that a program could take for the end of a line, or that XML can't hold.
fn json(value: &impl Serialize) -> String {
    let plain = serde_json::to_string(value).expect("structs of strings and numbers are written to memory");
    let mut safe = String::with_capacity(plain.len());
    for c in plain.chars() {
        if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{fffe}' | '\u{ffff}') {
            safe.push_str(&format!("\\u{:04x}", u32::from(c)));
        } else {
            safe.push(c);
        }
    }
    safe
}

/// What [`head`] wrote: a session whose documents have no text yet.
///
/// # Errors
/// In words, when it is not that.
pub(super) fn read_head(json: &str) -> Result<Session, String> {
    let file: v1::File<'static> = serde_json::from_str(json).map_err(|error| json_words(&error))?;
    if file.format == 0 || file.format > FORMAT {
        return Err(format!("they have format {}; this program reads formats up to {FORMAT}", file.format));
    }
    let mut head = Session::new(file.id.0, file.created.0);
    head.info.title = file.title.into_owned();
    head.info.note = file.note.into_owned();
    head.scheme = Arc::new(file.scheme.into_model());
    head.annotators = file.annotators.into_iter().map(v1::Annotator::into_model).collect();
    let actors = file.actors.into_iter().map(v1::Actor::into_model);
    head.actors = actors.map(|actor| (actor.id.clone(), Arc::new(actor))).collect();
    let statements = file.statements.into_iter().map(v1::Statement::into_model);
    head.statements = statements.map(|statement| (statement.id, Arc::new(statement))).collect();
    let documents = file.documents.into_iter().map(|document| document.into_model("".into()).map(Arc::new));
    head.documents = documents.collect::<Result<_, _>>()?;
    Ok(head)
}

/// What [`annotation`] wrote.
pub(super) fn read_annotation(json: &str) -> Option<Annotation> {
    let record: v1::Annotation<'static> = serde_json::from_str(json).ok()?;
    Some(record.into_model().ok()?.0)
}

/// What [`links`] wrote.
pub(super) fn read_links(json: &str) -> Option<Vec<Link>> {
    let records: Vec<v1::Link<'static>> = serde_json::from_str(json).ok()?;
    Some(records.into_iter().map(v1::Link::into_model).collect())
}

/// Gives `foreign`, of which only the documents are there yet, what the head knows: its scheme, people, statements,
/// and the records of the documents, which are put in its order.
///
/// # Errors
/// In words, when the records do not fit together; nothing is changed then but the order of documents.
pub(super) fn put_head(foreign: &mut Foreign, head: &Session) -> Result<(), String> {
    let names = document_files(head, "");
    let digests: Vec<Option<Digest>> = foreign
        .documents
        .iter()
        .map(|document| Some(Digest::of(canonical(document.text.as_deref()?).as_bytes())))
        .collect();
    let of_head = |at: usize| {
        let stem = stem(&foreign.documents[at].name);
        let is_named = |own: &usize| names[*own].trim_end_matches('.') == stem;
        let same_text = |own: &usize| Some(head.documents[*own].source.digest) == digests[at];
        let all = 0..head.documents.len();
        let both = all.clone().find(|own| is_named(own) && same_text(own));
        both.or_else(|| all.clone().find(same_text)).or_else(|| all.clone().find(is_named))
    };
    let mut order: Vec<(usize, usize)> =
        (0..foreign.documents.len()).map(|at| (of_head(at).unwrap_or(usize::MAX), at)).collect();
    order.sort_unstable();
    let mut documents = Vec::new();
    let mut with_texts = Vec::new();
    for (own, at) in order {
        let mut document = std::mem::take(&mut foreign.documents[at]);
        let first_of_it = !with_texts
            .iter()
            .any(|it: &Arc<Document>| head.documents.get(own).is_some_and(|own| it.id == own.id));
        if let Some(own) = head.documents.get(own).filter(|_| first_of_it) {
            let is_same = digests[at].is_none_or(|digest| digest == own.source.digest);
            let mut info = (*own.info).clone();
            if !is_same {
                // Counted in the text that is no longer there.
                info.furniture.clear();
            }
            let text = canonical(document.text.as_deref().unwrap_or_default());
            with_texts.push(Arc::new(Document {
                id: own.id.clone(),
                source: Arc::new(Source::new(text, own.source.import.clone())),
                info: Arc::new(info.clone()),
            }));
            document.id = Some(own.id.to_string());
            document.info = Some(info);
            document.import = is_same.then(|| own.source.import.clone());
        }
        documents.push(document);
    }
    foreign.documents = documents;
    let whole = Session { documents: with_texts, ..head.clone() };
    if let Some(problem) = whole.problems().first() {
        for document in &mut foreign.documents {
            (document.id, document.info, document.import) = (None, None, None);
        }
        return Err(problem.to_string());
    }
    foreign.origin = Some((head.id, head.created));
    foreign.info = head.info.clone();
    foreign.scheme = (*head.scheme).clone();
    foreign.annotators = head.annotators.clone();
    foreign.actors = head.actors.values().map(|actor| (**actor).clone()).collect();
    foreign.statements = head.statements.values().map(|statement| (**statement).clone()).collect();
    Ok(())
}

/// The name of a file without folders and without its last ending.
pub(super) fn stem(name: &str) -> &str {
    let name = name.rsplit('/').next().unwrap_or(name);
    name.rsplit_once('.').map_or(name, |(stem, _)| stem)
}

/// Gives a passage all that was kept of it but its place and its tag. Without the head of its session (`alone`), what
/// the head would explain is left out; returns whether there was such a thing.
pub(super) fn fill(passage: &mut ForeignPassage, kept: Annotation, alone: bool) -> bool {
    passage.id = Some(kept.id);
    passage.note = kept.note;
    passage.unsure = kept.unsure;
    passage.created = Some(kept.created);
    passage.modified = Some(kept.modified);
    passage.annotator = Some(kept.annotator);
    if alone {
        return kept.statement.is_some()
            || !kept.voice.is_empty()
            || !kept.attributes.is_empty()
            || !kept.comments.is_empty()
            || !kept.changes.is_empty()
            || kept.provenance.is_some();
    }
    passage.attributes = kept.attributes;
    passage.statement = kept.statement;
    passage.voice = kept.voice;
    passage.comments = kept.comments;
    passage.provenance = kept.provenance;
    passage.changes = kept.changes;
    false
}

/// Folders, names with `/` at their end, and whose they are.
pub(super) type Folders<'a> = Vec<(String, Option<&'a AnnotatorId>)>;

/// The folders of the annotators of whom something is written, in the order of their ids; a single one without a name, for
/// all, when they are not several.
pub(super) fn folders(session: &Session, is_written: impl Fn(&Annotation) -> bool) -> Folders<'_> {
    let written = session.annotations.values().filter(|annotation| is_written(annotation));
    let who: BTreeSet<&AnnotatorId> = written.map(|it| &it.annotator).collect();
    if who.len() < 2 {
        return vec![(String::new(), None)];
    }
    let mut folders = Folders::new();
    for annotator in who {
        let taken = |name: &str| {
            folders.iter().any(|(folder, _)| folder.trim_end_matches('/').eq_ignore_ascii_case(stem(name)))
        };
        let name = file_name(session.annotator_name(annotator), "d", taken);
        let name = format!("{}/", stem(&name));
        folders.push((name, Some(annotator)));
    }
    folders
}

/// The folder of an annotator.
pub(super) fn folder_of<'a>(folders: &'a Folders<'_>, annotator: &AnnotatorId) -> &'a str {
    let mut all = folders.iter();
    all.find(|(_, of)| of.is_none_or(|of| of == annotator)).map_or("", |(folder, _)| folder)
}

/// Whose a passage is of which the file itself says nothing, by folder: whose those are that Gainsay wrote there, else
/// whom the folder's name names. All of them are explained in `foreign`.
pub(super) fn people<'a>(
    foreign: &mut Foreign,
    known: BTreeMap<&'a str, BTreeSet<AnnotatorId>>,
) -> BTreeMap<&'a str, AnnotatorId> {
    let mut people = BTreeMap::new();
    for (folder, who) in known {
        who.iter().for_each(|id| explain(foreign, id));
        let name = folder.rsplit('/').next().unwrap_or_default();
        if let (Some(one), 1) = (who.first(), who.len()) {
            people.insert(folder, one.clone());
        } else if !name.is_empty() {
            people.insert(folder, foreign.annotator(name));
        }
    }
    people
}

/// Sees to it that an annotator is explained.
pub(super) fn explain(foreign: &mut Foreign, id: &AnnotatorId) {
    let named = || Annotator { name: id.to_string(), note: String::new() };
    foreign.annotators.entry(id.clone()).or_insert_with(named);
}

/// The links of a session by where they start, in the order of their ids.
pub(super) fn links_from(session: &Session) -> BTreeMap<AnnotationId, Vec<&Link>> {
    let mut links: BTreeMap<AnnotationId, Vec<&Link>> = BTreeMap::new();
    for link in session.links.values() {
        links.entry(link.from).or_default().push(link);
    }
    links
}

/// Says what none of these formats hold: orphans and the records of reviews.
pub(super) fn lost(session: &Session, losses: &mut Losses) {
    let orphans = session.annotations.values().filter(|it| it.anchor.span().is_none()).count();
    losses.add(
        orphans,
        "passage whose text is gone is not written",
        "passages whose text is gone are not written",
    );
    lost_reviews(session, losses);
}

/// Says that the records of reviews are not written.
pub(super) fn lost_reviews(session: &Session, losses: &mut Losses) {
    let reviews = session.alerts_aside.len()
        + session.tag_mappings.len()
        + session.statement_mappings.len()
        + session.decisions.len()
        + session.remarks.len()
        + session.conflicts.len();
    losses.add(reviews, "record of a review is not written", "records of reviews are not written");
}

/// The span that `kept` has, when it lies in this text.
pub(super) fn span_in(text: &str, kept: &Annotation) -> Option<Span> {
    kept.anchor.span().filter(|span| span.is_in(text))
}

#[cfg(test)]
pub(super) mod tests;
