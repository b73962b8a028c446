//! What is sound in a file of which not all is.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::build::build;
use super::raw::parse;
use crate::model::{Anchor, Annotation, Document, DocumentInfo, OrphanAnchor, Scheme, Session, Source, Tag};

pub(super) fn read_sound(bytes: &[u8]) -> Option<(Session, Vec<String>)> {
    let raw = parse(bytes).ok()?;
    if raw.lacks_texts() {
        return None;
    }
    let built = build(raw.file);
    let mut said: Vec<String> =
        built.found.into_iter().map(|found| format!("{}; {}", found.what, found.fate)).collect();
    let session = sound_documents(built.session, &mut said);
    let mut session = Session { scheme: Arc::new(sound_scheme(&session.scheme, &mut said)), ..session };
    // What is left out may be named by what was sound until then; each round leaves out at least one record.
    for _ in 0..4 {
        if session.problems().is_empty() {
            return Some((session, said));
        }
        session = sound_records(session, &mut said);
    }
    session.problems().is_empty().then_some((session, said))
}

/// Damaged texts are taken as they stand, under their own digest; annotations whose quote is no longer at
/// their span became orphans before.
fn sound_documents(session: Session, said: &mut Vec<String>) -> Session {
    let mut annotations = session.annotations.clone();
    let mut documents = Vec::new();
    for document in &session.documents {
        let mut sound = Document::clone(document);
        let text = document.text();
        if text.contains('\r') || text.starts_with('\u{feff}') {
            let clean: Arc<str> =
                text.trim_start_matches('\u{feff}').replace("\r\n", "\n").replace('\r', "\n").into();
            for annotation in annotations.values_mut().filter(|it| it.anchor.document() == &document.id) {
                *annotation = Arc::new(moved(annotation, text, &clean));
            }
            sound.source = Arc::new(Source { text: clean, ..Source::clone(&document.source) });
        }
        let source = Source::new(Arc::clone(&sound.source.text), document.source.import.clone());
        if source.digest != document.source.digest {
            said.push(format!(
                "the text of document {} is damaged and was taken as it stands; \
                 annotations whose quote is not in its place any more are orphans",
                document.id
            ));
            sound.source = Arc::new(source);
        }
        sound.info = Arc::new(sound_info(&sound, &session, said));
        documents.push(Arc::new(sound));
    }
    Session { documents, annotations, ..session }
}

/// The annotation on a text that was cleaned: an orphan when its quote is not at its span any more.
fn moved(annotation: &Annotation, old: &str, new: &str) -> Annotation {
    let Anchor::Placed { document, span } = &annotation.anchor else { return annotation.clone() };
    let quote = span.of(old).unwrap_or_default();
    if span.of(new) == Some(quote) {
        return annotation.clone();
    }
    let orphan = OrphanAnchor {
        document: document.clone(),
        quote: quote.to_owned(),
        before: String::new(),
        after: String::new(),
        last: *span,
    };
    Annotation { anchor: Anchor::Orphan(orphan), ..annotation.clone() }
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
fn sound_records(session: Session, said: &mut Vec<String>) -> Session {
    let mut annotations = session.annotations.clone();
    annotations.retain(|_, annotation| match session.annotation_problems(annotation).first() {
        None => true,
        Some(problem) => {
            said.push(format!("left out: {problem}"));
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
