//! What makes a session valid, checked record by record so that an edit is checked by its own cost.

use std::collections::BTreeSet;
use std::fmt;

use super::{
    Actor, Anchor, Annotation, Annotator, AnnotatorId, Document, Link, Metadata, Scheme, Session,
    SessionInfo, Statement, Tag, TagId, limits,
};

/// One thing that is wrong with a session.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Problem {
    /// Two records of one kind have the same id.
    #[error("two {kind}s have the id {id}")]
    Twice {
        /// What kind of record.
        kind: &'static str,
        /// The id.
        id: String,
    },
    /// A record names another that is not there.
    #[error("{owner} names the {kind} {id}, which does not exist")]
    Dangling {
        /// The record that names it.
        owner: String,
        /// What kind of record is named.
        kind: &'static str,
        /// The id named.
        id: String,
    },
    /// A span does not fit its text.
    #[error("{owner} stands at bytes {start} to {end} of {document}, which is {why}")]
    Misplaced {
        /// The record with the span.
        owner: String,
        /// The document.
        document: String,
        /// First byte.
        start: usize,
        /// Byte after the last.
        end: usize,
        /// Off the text, or inside a character.
        why: &'static str,
    },
    /// A document's digest is not that of its text.
    #[error("the text of {document} does not have the digest recorded for it: it is damaged")]
    Damaged {
        /// The document.
        document: String,
    },
    /// Anything else, in words.
    #[error("{owner}: {what}")]
    Other {
        /// The record.
        owner: String,
        /// What is wrong with it.
        what: String,
    },
}

impl Session {
    /// Everything that is wrong with the session; empty when it is valid. Costs a hash of all texts.
    pub fn problems(&self) -> Vec<Problem> {
        let mut problems = info_problems(&self.info);
        unique("document", self.documents.iter().map(|document| &document.id), &mut problems);
        for document in &self.documents {
            problems.extend(self.document_problems(document));
            if super::Digest::of(document.text().as_bytes()) != document.source.digest {
                problems.push(Problem::Damaged { document: document.id.to_string() });
            }
        }
        problems.extend(scheme_problems(&self.scheme));
        for (id, annotation) in &self.annotations {
            keyed("annotation", *id, annotation.id, &mut problems);
            problems.extend(self.annotation_problems(annotation));
        }
        for (id, link) in &self.links {
            keyed("link", *id, link.id, &mut problems);
            problems.extend(self.link_problems(link));
        }
        for (id, statement) in &self.statements {
            keyed("statement", *id, statement.id, &mut problems);
            problems.extend(statement_problems(statement));
        }
        for (id, actor) in &self.actors {
            keyed("voice", id, &actor.id, &mut problems);
            problems.extend(actor_problems(actor));
        }
        for (id, annotator) in &self.annotators {
            problems.extend(annotator_problems(id, annotator));
        }
        for mapping in &self.tag_mappings {
            if self.scheme.tag(&mapping.ours).is_none() {
                let owner = format!("the tag mapping for session {}", mapping.session);
                problems.push(dangling(owner, "tag", &mapping.ours));
            }
        }
        for mapping in &self.statement_mappings {
            if !self.statements.contains_key(&mapping.ours) {
                let owner = format!("the statement mapping for session {}", mapping.session);
                problems.push(dangling(owner, "statement", mapping.ours));
            }
        }
        for remark in &self.remarks {
            if !self.annotators.contains_key(&remark.comment.author) {
                let owner = format!("the remark {}", remark.comment.id);
                problems.push(dangling(owner, "annotator", &remark.comment.author));
            }
        }
        unique("remark", self.remarks.iter().map(|remark| &remark.comment.id), &mut problems);
        problems
    }

    /// What is wrong with a document's furniture and reading status (not its digest).
    pub fn document_problems(&self, document: &Document) -> Vec<Problem> {
        let owner = || format!("document {}", document.id);
        let mut problems = Vec::new();
        for span in &document.info.furniture {
            problems
                .extend(misplaced(document, *span, || format!("a \"not text\" range of {}", document.id)));
        }
        if document.info.furniture.windows(2).any(|pair| pair[0].end() > pair[1].start()) {
            let what = "its \"not text\" ranges overlap or are not sorted".to_owned();
            problems.push(Problem::Other { owner: owner(), what });
        }
        if document.text().contains('\r') || document.text().starts_with('\u{feff}') {
            let what = "its text holds a carriage return or starts with a byte-order mark".to_owned();
            problems.push(Problem::Other { owner: owner(), what });
        }
        let named = Metadata::NAMES.iter().zip(document.info.metadata.fields());
        let (notes, names): (Vec<_>, Vec<_>) = named.partition(|(name, _)| **name == "note");
        let group = ("group", document.info.group.as_str());
        let names = names.into_iter().map(|(name, text)| (*name, text)).chain([group]);
        problems.extend(too_long(owner, names, limits::NAME_BYTES));
        problems.extend(too_long(
            owner,
            notes.into_iter().map(|(name, text)| (*name, text)),
            limits::NOTE_BYTES,
        ));
        for annotator in document.info.reading.keys().filter(|id| !self.annotators.contains_key(*id)) {
            problems.push(dangling(owner(), "annotator", annotator));
        }
        problems
    }

    /// What is wrong with an annotation, given the rest of the session.
    pub fn annotation_problems(&self, annotation: &Annotation) -> Vec<Problem> {
        let owner = || format!("annotation {}", annotation.id);
        let mut problems = Vec::new();
        match (&annotation.anchor, self.document(annotation.anchor.document())) {
            (anchor, None) => problems.push(dangling(owner(), "document", anchor.document())),
            (Anchor::Placed { span, .. }, Some(document)) => {
                problems.extend(misplaced(document, *span, owner));
            }
            (Anchor::Orphan(_), Some(_)) => {}
        }
        if self.scheme.tag(&annotation.tag).is_none() {
            problems.push(dangling(owner(), "tag", &annotation.tag));
        }
        for (id, value) in &annotation.attributes {
            match self.scheme.attribute(id) {
                None => problems.push(dangling(owner(), "attribute", id)),
                Some(attribute) if !attribute.allows(value) => {
                    let what = format!("the value {value:?} is not allowed for the attribute {id}");
                    problems.push(Problem::Other { owner: owner(), what });
                }
                Some(_) => {}
            }
        }
        let values = annotation.attributes.values().map(|value| ("an attribute", value.as_str()));
        problems.extend(too_long(owner, values, limits::NAME_BYTES));
        let comments = annotation.comments.iter().map(|comment| ("a comment", comment.text.as_str()));
        let notes = comments.chain([("note", annotation.note.as_str())]);
        problems.extend(too_long(owner, notes, limits::NOTE_BYTES));
        if let Some(id) = annotation.statement.filter(|id| !self.statements.contains_key(id)) {
            problems.push(dangling(owner(), "statement", id));
        }
        for actor in annotation.voice.iter().filter(|id| !self.actors.contains_key(*id)) {
            problems.push(dangling(owner(), "voice", actor));
        }
        let authors = annotation.comments.iter().map(|comment| &comment.author);
        let changers = annotation.changes.iter().map(|change| &change.by);
        for annotator in authors.chain(changers).chain([&annotation.annotator]) {
            if !self.annotators.contains_key(annotator) {
                problems.push(dangling(owner(), "annotator", annotator));
            }
        }
        unique("comment", annotation.comments.iter().map(|comment| &comment.id), &mut problems);
        for id in annotation.comments.iter().filter_map(|comment| comment.reply_to) {
            if !annotation.comments.iter().any(|comment| comment.id == id) {
                problems.push(dangling(owner(), "comment", id));
            }
        }
        problems
    }

    /// What is wrong with a link, given the rest of the session.
    pub fn link_problems(&self, link: &Link) -> Vec<Problem> {
        let owner = || format!("link {}", link.id);
        let mut problems = Vec::new();
        for end in [link.from, link.to] {
            if !self.annotations.contains_key(&end) {
                problems.push(dangling(owner(), "annotation", end));
            }
        }
        if link.from == link.to {
            problems
                .push(Problem::Other { owner: owner(), what: "it ties an annotation to itself".to_owned() });
        }
        if self.scheme.link_kind(&link.kind).is_none() {
            problems.push(dangling(owner(), "link kind", &link.kind));
        }
        if !self.annotators.contains_key(&link.annotator) {
            problems.push(dangling(owner(), "annotator", &link.annotator));
        }
        problems
    }
}

/// What is wrong with a scheme taken by itself.
pub(crate) fn scheme_problems(scheme: &Scheme) -> Vec<Problem> {
    let mut problems = Vec::new();
    unique("tag", scheme.tags.iter().map(|tag| &tag.id), &mut problems);
    unique("attribute", scheme.attributes.iter().map(|attribute| &attribute.id), &mut problems);
    unique("link kind", scheme.link_kinds.iter().map(|kind| &kind.id), &mut problems);
    let letters = scheme.tags.iter().filter(|tag| !tag.retired).map(|tag| tag.letter);
    unique("tag letter", letters, &mut problems);
    let keys = scheme.tags.iter().filter(|tag| !tag.retired).filter_map(|tag| tag.key);
    unique("tag key", keys, &mut problems);
    for tag in &scheme.tags {
        let owner = || format!("tag {}", tag.id);
        if let Some(parent) = &tag.parent {
            if scheme.tag(parent).is_none() {
                problems.push(dangling(owner(), "tag", parent));
            } else if ancestors(scheme, tag).any(|id| *id == tag.id) {
                problems.push(Problem::Other { owner: owner(), what: "it is its own ancestor".to_owned() });
            }
        }
        if tag.key.is_some_and(|key| !(1..=9).contains(&key)) {
            problems.push(Problem::Other { owner: owner(), what: "its key is not 1 to 9".to_owned() });
        }
        problems.extend(too_long(owner, [("name", tag.name.as_str())], limits::NAME_BYTES));
        let rules = tag.rules.iter().flat_map(|rule| {
            let examples = rule.examples.iter().map(|example| ("an example", example.quote.as_str()));
            examples.chain([("a rule", rule.text.as_str())])
        });
        let notes = rules.chain([("definition", tag.definition.as_str())]);
        problems.extend(too_long(owner, notes, limits::NOTE_BYTES));
        if tag.name.trim().is_empty() {
            problems.push(Problem::Other { owner: owner(), what: "it has no name".to_owned() });
        }
    }
    for attribute in &scheme.attributes {
        let owner = || format!("attribute {}", attribute.id);
        if let Some(value) = attribute.default.as_deref().filter(|value| !attribute.allows(value)) {
            let what = format!("its default {value:?} is not among its values");
            problems.push(Problem::Other { owner: owner(), what });
        }
        let values = attribute.values.iter().map(|value| ("a value", value.name.as_str()));
        let names = values.chain([("name", attribute.name.as_str())]);
        problems.extend(too_long(owner, names, limits::NAME_BYTES));
        let definitions = attribute.values.iter().map(|value| ("definition", value.definition.as_str()));
        let definitions = definitions.chain([("definition", attribute.definition.as_str())]);
        problems.extend(too_long(owner, definitions, limits::NOTE_BYTES));
        for tag in attribute.tags.iter().filter(|id| scheme.tag(id).is_none()) {
            problems.push(dangling(owner(), "tag", tag));
        }
    }
    for kind in &scheme.link_kinds {
        let owner = || format!("link kind {}", kind.id);
        let names = [("name", kind.name.as_str()), ("inverse", kind.inverse.as_str())];
        problems.extend(too_long(owner, names, limits::NAME_BYTES));
        problems.extend(too_long(owner, [("definition", kind.definition.as_str())], limits::NOTE_BYTES));
    }
    problems
}

/// What is wrong with what is said of the session as a whole.
pub(crate) fn info_problems(info: &SessionInfo) -> Vec<Problem> {
    let owner = || "the session".to_owned();
    let problems = too_long(owner, [("title", info.title.as_str())], limits::NAME_BYTES);
    problems.into_iter().chain(too_long(owner, [("note", info.note.as_str())], limits::NOTE_BYTES)).collect()
}

/// What is wrong with a statement taken by itself.
pub(crate) fn statement_problems(statement: &Statement) -> Vec<Problem> {
    let owner = || format!("statement {}", statement.id);
    let names = [("name", statement.name.as_str()), ("group", statement.group.as_str())];
    let notes = [("definition", statement.definition.as_str()), ("note", statement.note.as_str())];
    let problems = too_long(owner, names, limits::NAME_BYTES);
    problems.into_iter().chain(too_long(owner, notes, limits::NOTE_BYTES)).collect()
}

/// What is wrong with a voice taken by itself.
pub(crate) fn actor_problems(actor: &Actor) -> Vec<Problem> {
    let owner = || format!("voice {}", actor.id);
    let problems = too_long(owner, [("name", actor.name.as_str())], limits::NAME_BYTES);
    problems.into_iter().chain(too_long(owner, [("note", actor.note.as_str())], limits::NOTE_BYTES)).collect()
}

/// What is wrong with an annotator taken by themselves.
pub(crate) fn annotator_problems(id: &AnnotatorId, annotator: &Annotator) -> Vec<Problem> {
    let owner = || format!("annotator {id}");
    let problems = too_long(owner, [("name", annotator.name.as_str())], limits::NAME_BYTES);
    let notes = [("note", annotator.note.as_str())];
    problems.into_iter().chain(too_long(owner, notes, limits::NOTE_BYTES)).collect()
}

/// The fields that are longer than the window can lay out without being waited for.
fn too_long<'a>(
    owner: impl Fn() -> String,
    fields: impl IntoIterator<Item = (&'static str, &'a str)>,
    most: usize,
) -> Vec<Problem> {
    let long = fields.into_iter().filter(|(_, text)| text.len() > most);
    let problem = |(field, text): (&str, &str)| Problem::Other {
        owner: owner(),
        what: format!("its {field} is {} bytes long; more than {most} are not taken", text.len()),
    };
    long.map(problem).collect()
}

/// The parents of a tag, nearest first; ends after as many steps as there are tags, so also in a circle.
fn ancestors<'a>(scheme: &'a Scheme, tag: &'a Tag) -> impl Iterator<Item = &'a TagId> {
    std::iter::successors(tag.parent.as_ref(), |id| scheme.tag(id).and_then(|tag| tag.parent.as_ref()))
        .take(scheme.tags.len())
}

fn misplaced(document: &Document, span: super::Span, owner: impl Fn() -> String) -> Option<Problem> {
    let text = document.text();
    let why = if span.is_in(text) {
        return None;
    } else if span.end() > text.len() {
        "past the end of its text"
    } else {
        "inside a character"
    };
    let document = document.id.to_string();
    Some(Problem::Misplaced { owner: owner(), document, start: span.start(), end: span.end(), why })
}

fn dangling(owner: String, kind: &'static str, id: impl fmt::Display) -> Problem {
    Problem::Dangling { owner, kind, id: id.to_string() }
}

fn unique<T: Ord + fmt::Display>(
    kind: &'static str,
    ids: impl Iterator<Item = T>,
    problems: &mut Vec<Problem>,
) {
    let mut seen = BTreeSet::new();
    for id in ids {
        let text = id.to_string();
        if !seen.insert(id) {
            problems.push(Problem::Twice { kind, id: text });
        }
    }
}

fn keyed<T: PartialEq + fmt::Display>(kind: &'static str, key: T, id: T, problems: &mut Vec<Problem>) {
    if key != id {
        let what = format!("it is filed under {key}");
        problems.push(Problem::Other { owner: format!("{kind} {id}"), what });
    }
}
