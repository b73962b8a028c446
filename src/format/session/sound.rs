//! What is sound in a file of which not all is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::build::build;
use super::called::Called;
use super::v1::File;
use super::{ReadError, loose, raw};
use crate::format::words::count;
use crate::model::{
    Anchor, Annotation, Digest, Document, DocumentInfo, OrphanAnchor, Scheme, Session, Span, Tag,
};

pub(super) fn read_sound(bytes: &[u8]) -> Result<(Session, Vec<String>), String> {
    let (file, mut said) = match raw::parse(bytes) {
        Ok(raw) if raw.lacks_texts() => return Err("it was saved without its texts".to_owned()),
        Ok(raw) => (raw.file, Vec::new()),
        Err(error @ ReadError::NewerFormat { .. }) => return Err(error.to_string()),
        Err(_) => loose::read(bytes)?,
    };
    let called = Called::of(&file);
    let (documents, annotations) = (file.documents.len(), file.annotations.len());
    let session = sound_of(file, &called, &mut said)
        .ok_or_else(|| "what is sound in it does not fit together".to_owned())?;
    if session.documents.is_empty() && documents + annotations > 0 {
        return Err(no_texts("", documents, annotations));
    }
    Ok((session, said))
}

fn sound_of(file: File<'static>, called: &Called, said: &mut Vec<String>) -> Option<Session> {
    let built = build(file);
    let mut annotations = built.session.annotations;
    for found in built.found {
        let Some(id) = found.orphaned else {
            let what = format!("{}; {}", found.what, found.fate);
            said.push(found.annotation().map_or(what.clone(), |id| called.told(&id, &what)));
            continue;
        };
        // Its quote and its place contradict each other. Where the rest tells which of them is damaged, it stays.
        let placed = annotations.get(&id).and_then(|it| placed(it, called));
        let fate = match placed {
            Some((annotation, how)) => {
                annotations.insert(id, Arc::new(annotation));
                how
            }
            None => {
                annotations.remove(&id);
                "it was left out"
            }
        };
        said.push(called.told(&id, &format!("{}; {fate}", found.what)));
    }
    let session = Session { annotations, ..built.session };
    let session = sound_documents(session, said);
    let mut session = Session { scheme: Arc::new(sound_scheme(&session.scheme, said)), ..session };
    // What is left out may be named by what was sound until then; each round leaves out at least one record.
    for _ in 0..4 {
        if session.problems().is_empty() {
            return Some(session);
        }
        session = sound_records(session, called, said);
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

/// An annotation whose quote is not what stands at its span, at the one place of its sound text where it must have
/// been: where its whole quote stands between what it says stands around it, else where its span says, between the
/// same, when no more than some letters of the quote differ.
fn placed(annotation: &Annotation, called: &Called) -> Option<(Annotation, &'static str)> {
    let Anchor::Orphan(OrphanAnchor { document, quote, before, after, last }) = &annotation.anchor else {
        return None;
    };
    let text = called.sound_text(document)?;
    let is_between =
        |start: usize, end: usize| text[..start].ends_with(before) && text[end..].starts_with(after);
    let at = |span: Span| {
        let anchor = Anchor::Placed { document: document.clone(), span };
        Annotation { anchor, ..annotation.clone() }
    };
    if !quote.is_empty() {
        let places = text.match_indices(quote.as_str()).map(|(start, _)| (start, start + quote.len()));
        let mut places = places.filter(|(start, end)| is_between(*start, *end));
        match (places.next(), places.next()) {
            (Some((start, end)), None) => {
                let how = "its place was damaged: it is where its words are";
                return Some((at(Span::new(start, end)?), how));
            }
            // Which of them can't be known.
            (Some(_), Some(_)) => return None,
            (None, _) => {}
        }
    }
    let there = last.of(text)?;
    let is_there = is_between(last.start(), last.end()) && (quote.is_empty() || is_near(quote, there));
    is_there.then(|| (at(*last), "its words are taken from the text at its place"))
}

/// True when two passages differ in one place of a few bytes.
fn is_near(one: &str, other: &str) -> bool {
    const DAMAGE: usize = 4;
    let (one, other) = (one.as_bytes(), other.as_bytes());
    let most = one.len().min(other.len());
    let first = one.iter().zip(other).take_while(|(a, b)| a == b).count();
    let last = one.iter().rev().zip(other.iter().rev()).take_while(|(a, b)| a == b).count();
    first + last.min(most - first) + DAMAGE >= one.len().max(other.len())
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
fn sound_records(session: Session, called: &Called, said: &mut Vec<String>) -> Session {
    let mut annotations = session.annotations.clone();
    annotations.retain(|id, annotation| match session.annotation_problems(annotation).first() {
        None => true,
        Some(problem) => {
            said.push(called.told(id, &format!("{problem}; it was left out")));
            false
        }
    });
    let mut links = session.links.clone();
    links.retain(|_, link| match session.link_problems(link).first() {
        None => true,
        Some(problem) => {
            said.push(called.told_of_link(link, &format!("{problem}; it was left out")));
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
