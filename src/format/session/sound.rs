//! What is sound in a file of which not all is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::build::build;
use super::v1::File;
use super::{ReadError, loose, raw};
use crate::format::words::count;
use crate::model::{AnnotationId, Digest, Document, DocumentInfo, Scheme, Session, Tag};

/// Where annotations stood, to name those that are left out: not by their words, which an error never repeats.
type Places = BTreeMap<AnnotationId, String>;

pub(super) fn read_sound(bytes: &[u8]) -> Result<(Session, Vec<String>), String> {
    let (file, mut said) = match raw::parse(bytes) {
        Ok(raw) if raw.lacks_texts() => return Err("it was saved without its texts".to_owned()),
        Ok(raw) => (raw.file, Vec::new()),
        Err(error @ ReadError::NewerFormat { .. }) => return Err(error.to_string()),
        Err(_) => loose::read(bytes)?,
    };
    let places = (file.annotations.iter())
        .map(|record| (record.id.0, place(&record.document.0.to_string(), record.span)))
        .collect();
    let (documents, annotations) = (file.documents.len(), file.annotations.len());
    let session = sound_of(file, &places, &mut said)
        .ok_or_else(|| "what is sound in it does not fit together".to_owned())?;
    if session.documents.is_empty() && documents + annotations > 0 {
        return Err(no_texts("", documents, annotations));
    }
    Ok((session, said))
}

fn sound_of(file: File<'static>, places: &Places, said: &mut Vec<String>) -> Option<Session> {
    let built = build(file);
    let mut contradicted = BTreeSet::new();
    for found in built.found {
        // Its quote and its place contradict each other: which of them is right can't be known.
        if let Some(id) = found.orphaned {
            contradicted.insert(id);
            said.push(format!("{}{}; it was left out", found.what, named(places, &id)));
        } else {
            said.push(format!("{}; {}", found.what, found.fate));
        }
    }
    let annotations = built.session.annotations.into_iter().filter(|(id, _)| !contradicted.contains(id));
    let session = Session { annotations: annotations.collect(), ..built.session };
    let session = sound_documents(session, said);
    let mut session = Session { scheme: Arc::new(sound_scheme(&session.scheme, said)), ..session };
    // What is left out may be named by what was sound until then; each round leaves out at least one record.
    for _ in 0..4 {
        if session.problems().is_empty() {
            return Some(session);
        }
        session = sound_records(session, places, said);
    }
    session.problems().is_empty().then_some(session)
}

/// Why nothing of a file is offered in which there is not one whole text.
pub(super) fn no_texts(cause: &str, documents: usize, annotations: usize) -> String {
    format!(
        "the texts of its documents are missing or damaged{cause}: {} and {} were found in it, and none of these \
         annotations can be placed",
        count(documents, "document"),
        count(annotations, "annotation")
    )
}

/// Where an annotation stood.
pub(super) fn place(document: &str, (start, end): (usize, usize)) -> String {
    format!("on {document}, bytes {start} to {end}")
}

fn named(places: &Places, id: &AnnotationId) -> String {
    places.get(id).map(|place| format!(" ({place})")).unwrap_or_default()
}

/// The documents whose texts are as they were. What was marked in another is left out with it: no passage is shown in
/// a text that is not the one it was read in.
fn sound_documents(session: Session, said: &mut Vec<String>) -> Session {
    let mut documents = Vec::new();
    for document in &session.documents {
        let text = document.text();
        let is_canonical = !text.contains('\r') && !text.starts_with('\u{feff}');
        if !is_canonical || Digest::of(text.as_bytes()) != document.source.digest {
            said.push(format!(
                "document {} (“{}”): its text is damaged; it was left out, with what was marked in it",
                document.id,
                document.title()
            ));
            continue;
        }
        let info = Arc::new(sound_info(document, &session, said));
        documents.push(Arc::new(Document { info, ..Document::clone(document) }));
    }
    Session { documents, ..session }
}

fn sound_info(document: &Document, session: &Session, said: &mut Vec<String>) -> DocumentInfo {
    let mut info = DocumentInfo::clone(&document.info);
    info.reading.retain(|annotator, _| session.annotators.contains_key(annotator));
    let mut end = 0;
    info.furniture.retain(|span| {
        let fits = span.is_in(document.text()) && span.start() >= end;
        end = if fits { span.end() } else { end };
        fits
    });
    if info != *document.info {
        said.push(format!(
            "document {}: \"not text\" ranges off its text and reading entries of unknown annotators were left out",
            document.id
        ));
    }
    info
}

/// The scheme with the first of each id, a free letter and key for each tag, and no parent that cannot be.
fn sound_scheme(scheme: &Scheme, said: &mut Vec<String>) -> Scheme {
    let mut ids = BTreeSet::new();
    let mut tags: Vec<Tag> = scheme.tags.iter().filter(|tag| ids.insert(tag.id.clone())).cloned().collect();
    let mut letters: BTreeSet<char> = BTreeSet::new();
    let mut keys = BTreeSet::new();
    for tag in &mut tags {
        if tag.name.trim().is_empty() {
            tag.name = tag.id.to_string();
        }
        tag.key = tag.key.filter(|key| (1..=9).contains(key));
        if tag.retired {
            continue;
        }
        tag.key = tag.key.filter(|key| keys.insert(*key));
        let free = std::iter::once(tag.letter).chain('A'..='Z').chain('a'..='z').chain('0'..='9');
        tag.letter = free.into_iter().find(|letter| letters.insert(*letter)).unwrap_or(tag.letter);
    }
    let parents: BTreeMap<_, _> = tags.iter().map(|tag| (tag.id.clone(), tag.parent.clone())).collect();
    for tag in &mut tags {
        let mut next = tag.parent.clone();
        let known = next.as_ref().is_none_or(|parent| parents.contains_key(parent));
        let mut steps = 0;
        while let Some(parent) = next.filter(|_| steps <= parents.len()) {
            next = parents.get(&parent).cloned().flatten();
            steps += 1;
        }
        if !known || steps > parents.len() {
            tag.parent = None;
        }
    }
    let mut ids = BTreeSet::new();
    let mut attributes: Vec<_> =
        scheme.attributes.iter().filter(|attribute| ids.insert(attribute.id.clone())).cloned().collect();
    for attribute in &mut attributes {
        if attribute.default.as_deref().is_some_and(|value| !attribute.allows(value)) {
            attribute.default = None;
        }
        attribute.tags.retain(|tag| parents.contains_key(tag));
    }
    let mut ids = BTreeSet::new();
    let link_kinds = scheme.link_kinds.iter().filter(|kind| ids.insert(kind.id.clone())).cloned().collect();
    let sound = Scheme { tags, attributes, link_kinds };
    if sound != *scheme {
        said.push(
            "the scheme did not fit together: ids, letters and keys in use twice, unknown parents and \
             values that are not allowed were left out or changed"
                .to_owned(),
        );
    }
    sound
}

/// The session without annotations, links and tag mappings that do not fit the rest.
fn sound_records(session: Session, places: &Places, said: &mut Vec<String>) -> Session {
    let mut annotations = session.annotations.clone();
    annotations.retain(|id, annotation| match session.annotation_problems(annotation).first() {
        None => true,
        Some(problem) => {
            said.push(format!("left out: {problem}{}", named(places, id)));
            false
        }
    });
    let mut links = session.links.clone();
    links.retain(|_, link| match session.link_problems(link).first() {
        None => true,
        Some(problem) => {
            said.push(format!("left out: {problem}"));
            false
        }
    });
    let mut tag_mappings = session.tag_mappings.clone();
    tag_mappings.retain(|mapping| session.scheme.tag(&mapping.ours).is_some());
    if tag_mappings.len() < session.tag_mappings.len() {
        said.push("left out: tag mappings to tags that do not exist".to_owned());
    }
    let mut statement_mappings = session.statement_mappings.clone();
    statement_mappings.retain(|mapping| session.statements.contains_key(&mapping.ours));
    if statement_mappings.len() < session.statement_mappings.len() {
        said.push("left out: statement mappings to statements that do not exist".to_owned());
    }
    let mut remarks = session.remarks.clone();
    remarks.retain(|remark| session.annotators.contains_key(&remark.comment.author));
    remarks.sort_by_key(|remark| remark.comment.id);
    remarks.dedup_by_key(|remark| remark.comment.id);
    if remarks.len() < session.remarks.len() {
        said.push("left out: remarks that stand twice or whose author is not named".to_owned());
    }
    Session { annotations, links, tag_mappings, statement_mappings, remarks, ..session }
}
