//! Writing: annotation by annotation, never the whole in memory.

use std::collections::BTreeMap;
use std::io::{self, BufWriter, Write};

use serde::Serialize;

use super::spread::{Block, stand_in};
use super::{CONTEXT, STANDARD, person, urn};
use crate::format::export::{Export, Losses, Sink, WriteError};
use crate::format::passages::{self, Passage, tag_name};
use crate::format::session::v1;
use crate::model::{Anchor, Annotation, AnnotatorId, Comment, CommentStatus, Document, Link, Session};

/// Writes the collection.
///
/// # Errors
/// When the bytes can't be written.
pub(super) fn write(export: &Export<'_>, sink: &mut dyn Sink) -> Result<Losses, WriteError> {
    let mut to = BufWriter::new(sink.file("annotations.jsonld")?);
    collection(export.session, &mut to)?;
    to.flush()?;
    Ok(Losses::default())
}

fn collection(session: &Session, to: &mut dyn Write) -> io::Result<()> {
    let comments: usize = session.annotations.values().map(|annotation| annotation.comments.len()).sum();
    let total = session.annotations.len() + comments + session.links.len();
    let alone = Session { annotations: BTreeMap::new(), links: BTreeMap::new(), ..Session::clone(session) };
    {
        let mut block = Block::open(to, 0)?;
        context(block.begin("@context")?)?;
        block.key("id", &urn(session.id), 0)?;
        block.key("type", &"AnnotationCollection", 0)?;
        if !session.info.title.is_empty() {
            block.key("label", &session.info.title, 0)?;
        }
        block.key("created", &session.created.to_string(), 0)?;
        let generator = Agent { id: "urn:gainsay:program".to_owned(), kind: "Software", name: "Gainsay" };
        block.key("generator", &generator, 0)?;
        block.key("total", &total, 0)?;
        let mut page = Block::open(block.begin("first")?, 1)?;
        page.key("id", &(urn(session.id) + "#page"), 0)?;
        page.key("type", &"AnnotationPage", 0)?;
        page.key("startIndex", &0, 0)?;
        items(session, page.begin("items")?)?;
        page.close()?;
        block.key("session", &v1::file_of(&alone, true), 4)?;
        block.close()?;
    }
    to.write_all(b"\n")
}

fn context(to: &mut dyn Write) -> io::Result<()> {
    write!(to, "[\n    \"{STANDARD}\",\n    {{")?;
    for (number, (term, means)) in CONTEXT.iter().enumerate() {
        to.write_all(if number == 0 { b"\n" } else { b",\n" })?;
        write!(to, "      \"{term}\": {means}")?;
    }
    to.write_all(b"\n    }\n  ]")
}

/// How far annotations stand in, in levels.
const INDENT: usize = 3;

fn items(session: &Session, to: &mut dyn Write) -> io::Result<()> {
    to.write_all(b"[")?;
    let mut is_first = true;
    let mut next = |to: &mut dyn Write| {
        to.write_all(if std::mem::take(&mut is_first) { b"\n" } else { b",\n" })?;
        stand_in(to, INDENT)
    };
    for document in passages::documents(session) {
        for passage in document.passages() {
            let annotation = passage.annotation;
            next(to)?;
            of_passage(session, document.document, passage, to)?;
            for comment in &annotation.comments {
                next(to)?;
                of_comment(session, annotation, comment, to)?;
            }
        }
    }
    for link in session.links.values() {
        next(to)?;
        of_link(session, link, to)?;
    }
    if !is_first {
        to.write_all(b"\n")?;
        stand_in(to, INDENT - 1)?;
    }
    to.write_all(b"]")
}

#[derive(Serialize)]
struct Agent<'a> {
    id: String,
    #[serde(rename = "type")]
    kind: &'static str,
    name: &'a str,
}

fn agent<'a>(session: &'a Session, id: &'a AnnotatorId) -> Agent<'a> {
    Agent { id: person(session.id, id), kind: "Person", name: session.annotator_name(id) }
}

#[derive(Default, Serialize)]
struct Body<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    purpose: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    value: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    source: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tag: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    attribute: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    statement: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    voice: Option<&'a str>,
    #[serde(rename = "linkKind", skip_serializing_if = "Option::is_none")]
    link_kind: Option<&'a str>,
}

impl<'a> Body<'a> {
    fn text(purpose: &'static str, value: &'a str) -> Self {
        Self { kind: "TextualBody", purpose, value: Some(value), ..Self::default() }
    }
}

#[derive(Serialize)]
struct Target<'a> {
    #[serde(rename = "type")]
    kind: &'static str,
    source: String,
    document: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    paragraph: Option<usize>,
    #[serde(skip_serializing_if = "str::is_empty")]
    section: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    question: &'a str,
    #[serde(skip_serializing_if = "str::is_empty")]
    citation: &'a str,
    selector: Vec<Selector<'a>>,
}

#[derive(Serialize)]
#[serde(tag = "type")]
enum Selector<'a> {
    TextPositionSelector { start: usize, end: usize },
    TextQuoteSelector { exact: &'a str, prefix: &'a str, suffix: &'a str },
}

fn of_passage(
    session: &Session,
    document: &Document,
    passage: Passage<'_>,
    to: &mut dyn Write,
) -> io::Result<()> {
    let Passage { annotation, quote, words: _, before, after, place } = passage;
    let mut block = Block::open(to, INDENT)?;
    block.key("id", &urn(annotation.id), 0)?;
    block.key("type", &"Annotation", 0)?;
    block.key("motivation", &"classifying", 0)?;
    block.key("creator", &agent(session, &annotation.annotator), 0)?;
    block.key("created", &annotation.created.to_string(), 0)?;
    block.key("modified", &annotation.modified.to_string(), 0)?;
    block.key("body", &bodies(session, document, annotation), 1)?;
    let quote = Selector::TextQuoteSelector { exact: quote, prefix: before, suffix: after };
    let at = place.as_ref();
    let position = at.map(|at| Selector::TextPositionSelector { start: at.chars.0.0, end: at.chars.1.0 });
    let target = Target {
        kind: "SpecificResource",
        source: format!("urn:sha256:{}", document.source.digest),
        document: document.id.as_str(),
        paragraph: at.map(|at| at.paragraph),
        section: at.map_or("", |at| &at.section),
        question: at.map_or("", |at| &at.question),
        citation: at.map_or("", |at| &at.citation),
        selector: position.into_iter().chain([quote]).collect(),
    };
    block.key("target", &target, 1)?;
    if annotation.unsure {
        block.key("unsure", &true, 0)?;
    }
    if let Anchor::Orphan(orphan) = &annotation.anchor {
        block.key("orphan", &(orphan.last.start(), orphan.last.end()), 0)?;
    }
    if let Some(provenance) = &annotation.provenance {
        block.key("provenance", &v1::Provenance::from(provenance), 0)?;
    }
    if !annotation.changes.is_empty() {
        let changes: Vec<v1::Past<'_>> = annotation.changes.iter().map(Into::into).collect();
        block.key("changes", &changes, 1)?;
    }
    block.close()
}

fn bodies<'a>(session: &'a Session, document: &'a Document, annotation: &'a Annotation) -> Vec<Body<'a>> {
    let tag = Some(annotation.tag.as_str());
    let mut bodies = vec![Body { tag, ..Body::text("tagging", tag_name(session, annotation)) }];
    for (id, value) in &annotation.attributes {
        bodies.push(Body { attribute: Some(id.as_str()), ..Body::text("classifying", value) });
    }
    if let Some(id) = annotation.statement {
        let name = passages::statement_name(session, annotation);
        bodies.push(Body { statement: Some(urn(id)), ..Body::text("identifying", name) });
    }
    for id in &annotation.voice {
        let name = session.actors.get(id).map_or(id.as_str(), |actor| &actor.name);
        bodies.push(Body { voice: Some(id.as_str()), ..Body::text("identifying", name) });
    }
    bodies.extend(note(&annotation.note, &document.info.metadata.language));
    bodies
}

/// A note in the language of what it stands at, where that is given as RFC 5646 has it.
fn note<'a>(note: &'a str, language: &'a str) -> Option<Body<'a>> {
    let is_part =
        |part: &str| (1..=8).contains(&part.len()) && part.bytes().all(|b| b.is_ascii_alphanumeric());
    let language = Some(language).filter(|language| language.split('-').all(is_part));
    (!note.is_empty()).then(|| Body { language, ..Body::text("commenting", note) })
}

/// A stand as a word of the file.
pub(super) const STANDS: [(CommentStatus, &str); 3] = [
    (CommentStatus::Accepted, "accepted"),
    (CommentStatus::Questioned, "questioned"),
    (CommentStatus::Rejected, "rejected"),
];

fn of_comment(
    session: &Session,
    annotation: &Annotation,
    comment: &Comment,
    to: &mut dyn Write,
) -> io::Result<()> {
    let Comment { id, author, at, text, reply_to, status } = comment;
    let purpose = if reply_to.is_some() { "replying" } else { "commenting" };
    let stand = STANDS.iter().find(|(stand, _)| Some(*stand) == *status);
    let stand = stand.map(|(_, word)| Body::text("assessing", word));
    let bodies: Vec<Body<'_>> = std::iter::once(Body::text(purpose, text)).chain(stand).collect();
    let mut block = Block::open(to, INDENT)?;
    block.key("id", &urn(id), 0)?;
    block.key("type", &"Annotation", 0)?;
    block.key("motivation", &purpose, 0)?;
    block.key("creator", &agent(session, author), 0)?;
    block.key("created", &at.to_string(), 0)?;
    block.key("body", &bodies, 1)?;
    block.key("target", &reply_to.map_or_else(|| urn(annotation.id), urn), 0)?;
    block.key("on", &urn(annotation.id), 0)?;
    block.close()
}

fn of_link(session: &Session, link: &Link, to: &mut dyn Write) -> io::Result<()> {
    let Link { id, kind, from, to: end, note: words, annotator, created, modified } = link;
    let name = session.scheme.link_kind(kind).map_or(kind.as_str(), |kind| &kind.name);
    let source = Some(urn(end));
    let bodies: Vec<Body<'_>> = [
        Body { link_kind: Some(kind.as_str()), ..Body::text("tagging", name) },
        Body { kind: "SpecificResource", purpose: "linking", source, ..Body::default() },
    ]
    .into_iter()
    .chain(note(words, ""))
    .collect();
    let mut block = Block::open(to, INDENT)?;
    block.key("id", &urn(id), 0)?;
    block.key("type", &"Annotation", 0)?;
    block.key("motivation", &"linking", 0)?;
    block.key("creator", &agent(session, annotator), 0)?;
    block.key("created", &created.to_string(), 0)?;
    block.key("modified", &modified.to_string(), 0)?;
    block.key("body", &bodies, 1)?;
    block.key("target", &urn(from), 0)?;
    block.close()
}
