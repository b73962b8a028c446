//! What the JSON formats of language tools carry of Gainsay beside the tool's own fields: the id, place, words, note,
//! annotator and so on of each passage, and who and what its document is. One way to write it here, one way to read it
//! in [`take`], so that all of them keep the same.

pub mod take;

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::export::Losses;
use super::passages::{DocumentPassages, Passage, Place, statement_name};
use crate::model::{
    Annotation, AnnotationId, DocumentId, Link, LinkId, Metadata, Presentation, Session, Span, Timestamp,
};

/// A passage beyond what the tool has fields for. Empty fields are left out.
#[derive(Serialize)]
pub struct Extra<'a> {
    #[serde(serialize_with = "shown")]
    id: AnnotationId,
    /// The label as it stands in the tool's own field: when it is another, someone has changed it there.
    tag: &'a str,
    tag_id: &'a str,
    quote: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    before: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    after: &'a str,
    paragraph: usize,
    #[serde(skip_serializing_if = "str::is_empty")]
    section: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    citation: &'a str,
    annotator: &'a str,
    annotator_id: &'a str,
    #[serde(serialize_with = "shown")]
    created: Timestamp,
    #[serde(serialize_with = "shown")]
    modified: Timestamp,
    #[serde(flatten)]
    said: Option<Said<'a>>,
    #[serde(skip_serializing_if = "str::is_empty")]
    statement: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    statement_id: Option<String>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    voice: Vec<Named<'a>>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    links: Vec<LinkExtra<'a>>,
}

/// Note, doubt and attributes, for tools that have no fields for them.
#[derive(Serialize)]
struct Said<'a> {
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    unsure: bool,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    attributes: Vec<AttributeExtra<'a>>,
}

#[derive(Serialize)]
struct AttributeExtra<'a> {
    id: &'a str,
    name: &'a str,
    value: &'a str,
}

#[derive(Serialize)]
struct Named<'a> {
    id: &'a str,
    name: &'a str,
}

#[derive(Serialize)]
struct LinkExtra<'a> {
    #[serde(serialize_with = "shown")]
    id: LinkId,
    kind: &'a str,
    kind_id: &'a str,
    #[serde(serialize_with = "shown")]
    to: AnnotationId,
    /// It stands among the tool's own relations too: gone there, it is gone.
    drawn: bool,
    #[serde(skip_serializing_if = "str::is_empty")]
    note: &'a str,
    annotator: &'a str,
    annotator_id: &'a str,
    #[serde(serialize_with = "shown")]
    created: Timestamp,
    #[serde(serialize_with = "shown")]
    modified: Timestamp,
}

/// A document beyond its text.
#[derive(Serialize)]
pub struct DocumentExtra<'a> {
    id: &'a str,
    name: &'a str,
    /// Of the canonical text, in which all offsets count.
    digest: String,
    presentation: &'static str,
    #[serde(skip_serializing_if = "str::is_empty")]
    group: &'a str,
    #[serde(flatten)]
    metadata: BTreeMap<&'static str, &'a str>,
}

/// The fields of a document's metadata that are given, by the names of CSL-JSON.
fn fields(metadata: &Metadata) -> BTreeMap<&'static str, &str> {
    std::iter::zip(Metadata::NAMES, metadata.fields()).filter(|(_, value)| !value.is_empty()).collect()
}

fn shown<T: std::fmt::Display, S: serde::Serializer>(value: &T, to: S) -> Result<S::Ok, S::Error> {
    to.collect_str(value)
}

/// What is written beside the passages of a session.
pub struct Extras<'a> {
    session: &'a Session,
    links: BTreeMap<AnnotationId, Vec<&'a Link>>,
}

impl<'a> Extras<'a> {
    /// Of a session.
    pub fn of(session: &'a Session) -> Self {
        let mut links: BTreeMap<_, Vec<&Link>> = BTreeMap::new();
        for link in session.links.values() {
            links.entry(link.from).or_default().push(link);
        }
        Self { session, links }
    }

    /// The links that begin at a passage.
    pub fn links(&self, from: AnnotationId) -> &[&'a Link] {
        self.links.get(&from).map_or(&[], Vec::as_slice)
    }

    /// What is said of a passage, which the tool calls `tag`. `has_fields`: note, doubt and attributes stand in fields
    /// of the tool. `is_drawn` says which links stand among the tool's relations.
    pub fn passage<'b>(
        &'b self,
        passage: &'b Passage<'a>,
        place: &'b Place,
        tag: &'b str,
        has_fields: bool,
        is_drawn: &dyn Fn(&Link) -> bool,
    ) -> Extra<'b> {
        let (session, annotation) = (self.session, passage.annotation);
        let statement_id = annotation.statement.map(|id| id.to_string());
        let voice = annotation.voice.iter().map(|id| Named {
            id: id.as_str(),
            name: session.actors.get(id).map_or("", |actor| &actor.name),
        });
        // Where the other end is not in the file, the link is not either.
        let links = self.links(annotation.id).iter().filter(|link| is_placed(session, link.to));
        Extra {
            id: annotation.id,
            tag,
            tag_id: annotation.tag.as_str(),
            quote: passage.quote,
            before: passage.before,
            after: passage.after,
            paragraph: place.paragraph,
            section: &place.section,
            citation: &place.citation,
            annotator: session.annotator_name(&annotation.annotator),
            annotator_id: annotation.annotator.as_str(),
            created: annotation.created,
            modified: annotation.modified,
            said: (!has_fields).then(|| said(session, annotation)),
            statement: statement_name(session, annotation),
            statement_id,
            voice: voice.collect(),
            links: links.map(|link| self.link(link, is_drawn(link))).collect(),
        }
    }

    fn link(&self, link: &'a Link, drawn: bool) -> LinkExtra<'a> {
        LinkExtra {
            id: link.id,
            kind: kind_name(self.session, link),
            kind_id: link.kind.as_str(),
            to: link.to,
            drawn,
            note: &link.note,
            annotator: self.session.annotator_name(&link.annotator),
            annotator_id: link.annotator.as_str(),
            created: link.created,
            modified: link.modified,
        }
    }

    /// What is lost of the session in every one of these formats; `drawn` links stand among the tool's relations.
    pub fn losses(&self, tool: &str, drawn: usize) -> Losses {
        let (session, mut losses) = (self.session, Losses::default());
        let annotations = session.annotations.values();
        let orphans = annotations.clone().filter(|it| it.anchor.span().is_none()).count();
        losses.add(
            orphans,
            "passage whose text is gone is not in the file",
            "passages whose text is gone are not in the file",
        );
        let kept =
            |link: &&std::sync::Arc<Link>| is_placed(session, link.from) && is_placed(session, link.to);
        let kept = session.links.values().filter(kept).count();
        losses.add(
            session.links.len() - kept,
            "link is left out: a text at its end is gone",
            "links are left out: a text at their end is gone",
        );
        losses.add(
            kept - drawn,
            &format!("link is only for Gainsay to read back: {tool} has no room for it"),
            &format!("links are only for Gainsay to read back: {tool} has no room for them"),
        );
        let comments = annotations.map(|annotation| annotation.comments.len()).sum();
        losses.add(comments, "comment is not in the file", "comments are not in the file");
        losses
    }
}

fn is_placed(session: &Session, id: AnnotationId) -> bool {
    session.annotations.get(&id).is_some_and(|it| it.anchor.span().is_some())
}

fn said<'a>(session: &'a Session, annotation: &'a Annotation) -> Said<'a> {
    let attributes = annotation.attributes.iter().map(|(id, value)| AttributeExtra {
        id: id.as_str(),
        name: session.scheme.attribute(id).map_or("", |attribute| &attribute.name),
        value,
    });
    Said { note: &annotation.note, unsure: annotation.unsure, attributes: attributes.collect() }
}

/// The name of a link's kind.
pub fn kind_name<'a>(session: &'a Session, link: &'a Link) -> &'a str {
    session.scheme.link_kind(&link.kind).map_or(link.kind.as_str(), |kind| &kind.name)
}

/// What is said of a document.
pub fn document<'a>(of: &DocumentPassages<'a>) -> DocumentExtra<'a> {
    let document = of.document;
    let import = &document.source.import;
    DocumentExtra {
        id: document.id.as_str(),
        name: import.file_name.as_deref().unwrap_or(&import.name),
        digest: document.source.digest.to_string(),
        presentation: match document.info.presentation {
            Presentation::Plain => "plain",
            Presentation::Markdown => "markdown",
        },
        group: &document.info.group,
        metadata: fields(&document.info.metadata),
    }
}

/// How many passages overlap one before them in their document: tools that hold one label a word drop them.
pub fn overlapping(session: &Session) -> usize {
    let mut spans: BTreeMap<&DocumentId, BTreeSet<(Span, AnnotationId)>> = BTreeMap::new();
    for annotation in session.annotations.values() {
        if let Some(span) = annotation.anchor.span() {
            spans.entry(annotation.anchor.document()).or_default().insert((span, annotation.id));
        }
    }
    let overlaps = spans.values().map(|spans| {
        let mut end = 0;
        let overlaps = |(span, _): &&(Span, AnnotationId)| {
            let overlaps = end > span.start();
            end = end.max(span.end());
            overlaps
        };
        spans.iter().filter(overlaps).count()
    });
    overlaps.sum()
}

#[cfg(test)]
pub(crate) mod tests;
