//! From the model's records to those of the file. Every struct of the model is taken apart by name, so that a
//! new field there does not compile until the file has a place for it.

use std::borrow::Cow;

use super::super::text::Text;
use super::{
    Actor, Alert, Annotation, Annotator, Attribute, AttributeValue, Comment, Conflict, Decision, Document,
    DocumentInfo, DocumentText, Example, File, Import, Link, LinkKind, Metadata, Past, Provenance, Reading,
    Remark, Rule, Scheme, Statement, StatementMapping, Str, Tag, TagMapping, Value,
};
use crate::model::{self, AnnotatorId, Session, Span};
use crate::text::quote;

/// How much context an annotation carries, in characters.
const CONTEXT_CHARS: usize = 32;

/// The file of a session. Annotations are sorted by document, start, end, id.
pub(in crate::format) fn file(session: &Session, texts: bool) -> File<'_> {
    let Session {
        id,
        created,
        info: model::SessionInfo { title, note },
        documents,
        scheme,
        annotators,
        actors,
        statements,
        annotations,
        links,
        alerts_aside,
        tag_mappings,
        statement_mappings,
        decisions,
        remarks,
        conflicts,
    } = session;
    let mut sorted: Vec<&model::Annotation> = annotations.values().map(AsRef::as_ref).collect();
    sorted.sort_by_key(|annotation| {
        let span = last_span(annotation);
        (annotation.anchor.document(), span.start(), span.end(), annotation.id)
    });
    let mut texts_of = std::collections::BTreeMap::new();
    texts_of.extend(documents.iter().map(|document| (&document.id, document.text())));
    File {
        format: super::super::FORMAT,
        id: Text(*id),
        created: Text(*created),
        title: s(title),
        note: s(note),
        annotators: annotators.iter().map(|(id, annotator)| annotator_of(id, annotator)).collect(),
        documents: documents.iter().map(|document| Document::from(&**document)).collect(),
        scheme: Scheme::from(&**scheme),
        actors: actors.values().map(|actor| Actor::from(&**actor)).collect(),
        statements: statements.values().map(|statement| Statement::from(&**statement)).collect(),
        annotations: sorted
            .into_iter()
            .map(|record| annotation(record, texts_of.get(record.anchor.document()).copied()))
            .collect(),
        links: links.values().map(|link| Link::from(&**link)).collect(),
        alerts_aside: alerts_aside.iter().map(Alert::from).collect(),
        tag_mappings: tag_mappings.iter().map(TagMapping::from).collect(),
        statement_mappings: statement_mappings.iter().map(StatementMapping::from).collect(),
        decisions: decisions.iter().map(Decision::from).collect(),
        remarks: remarks.iter().map(Remark::from).collect(),
        conflicts: conflicts.iter().map(Conflict::from).collect(),
        texts: documents.iter().filter(|_| texts).map(|document| text_of(document)).collect(),
    }
}

fn text_of(document: &model::Document) -> DocumentText<'_> {
    let lines = document.text().split('\n').map(Cow::Borrowed).collect();
    DocumentText { document: Text(document.id.clone()), lines }
}

/// An annotation with its quote and context out of `text`, its document's; without both when that is not at
/// hand, as in a journal.
pub(in crate::format) fn annotation<'a>(
    record: &'a model::Annotation,
    text: Option<&'a str>,
) -> Annotation<'a> {
    let model::Annotation {
        id,
        anchor,
        tag,
        note,
        unsure,
        attributes,
        statement,
        voice,
        comments,
        annotator,
        created,
        modified,
        provenance,
        changes,
    } = record;
    let span = last_span(record);
    let (orphan, its_quote, before, after) = match anchor {
        model::Anchor::Placed { .. } => {
            let there = text.and_then(|text| span.of(text)).unwrap_or_default();
            let (before, after) = text.map_or(("", ""), |text| quote::context(text, span, CONTEXT_CHARS));
            (false, there, before, after)
        }
        model::Anchor::Orphan(model::OrphanAnchor { document: _, quote, before, after, last: _ }) => {
            (true, quote.as_str(), before.as_str(), after.as_str())
        }
    };
    let values = attributes.iter();
    let values = values.map(|(id, value)| Value { attribute: Text(id.clone()), value: s(value) }).collect();
    Annotation {
        id: Text(*id),
        document: Text(anchor.document().clone()),
        span: (span.start(), span.end()),
        orphan,
        tag: Text(tag.clone()),
        quote: s(its_quote),
        before: s(before),
        after: s(after),
        note: s(note),
        unsure: *unsure,
        statement: statement.map(Text),
        voice: voice.iter().cloned().map(Text).collect(),
        attributes: values,
        comments: comments.iter().map(Comment::from).collect(),
        annotator: Text(annotator.clone()),
        created: Text(*created),
        modified: Text(*modified),
        provenance: provenance.as_ref().map(Provenance::from),
        changes: changes.iter().map(Past::from).collect(),
    }
}

impl<'a> From<&'a model::Change> for Past<'a> {
    fn from(model::Change { by, at, what }: &'a model::Change) -> Self {
        Self { by: Text(by.clone()), at: Text(*at), what: s(what) }
    }
}

/// The span, or an orphan's last one.
fn last_span(annotation: &model::Annotation) -> Span {
    match &annotation.anchor {
        model::Anchor::Placed { span, .. } => *span,
        model::Anchor::Orphan(orphan) => orphan.last,
    }
}

/// An annotator under an id.
pub(in crate::format) fn annotator_of<'a>(
    id: &AnnotatorId,
    annotator: &'a model::Annotator,
) -> Annotator<'a> {
    let model::Annotator { name, note } = annotator;
    Annotator { id: Text(id.clone()), name: s(name), note: s(note) }
}

fn s(text: &str) -> Str<'_> {
    Cow::Borrowed(text)
}

impl<'a> From<&'a model::Document> for Document<'a> {
    fn from(record: &'a model::Document) -> Self {
        let model::Document { id, source, info } = record;
        let model::Source { text: _, digest, import } = &**source;
        let model::ImportRecord {
            file_name,
            name,
            digest: file_digest,
            bytes,
            encoding,
            byte_order_mark,
            line_ends,
            at,
        } = import;
        let import = Import {
            file_name: file_name.as_deref().map(s),
            name: s(name),
            digest: Text(*file_digest),
            bytes: *bytes,
            encoding: s(encoding),
            byte_order_mark: *byte_order_mark,
            line_ends: (*line_ends).into(),
            at: Text(*at),
        };
        Self { id: Text(id.clone()), digest: Text(*digest), import, info: (&**info).into() }
    }
}

impl<'a> From<&'a model::DocumentInfo> for DocumentInfo<'a> {
    fn from(record: &'a model::DocumentInfo) -> Self {
        let model::DocumentInfo { metadata, presentation, furniture, reading, group, earlier } = record;
        let reading = reading.iter().map(|(id, model::Reading { status, at })| Reading {
            annotator: Text(id.clone()),
            status: (*status).into(),
            at: Text(*at),
        });
        Self {
            metadata: metadata.into(),
            presentation: (*presentation).into(),
            furniture: furniture.iter().map(|span| (span.start(), span.end())).collect(),
            reading: reading.collect(),
            group: s(group),
            earlier: earlier.iter().copied().map(Text).collect(),
        }
    }
}

impl<'a> From<&'a model::Metadata> for Metadata<'a> {
    fn from(record: &'a model::Metadata) -> Self {
        let model::Metadata {
            title_short,
            title,
            author,
            container_title,
            issued,
            url,
            accessed,
            language,
            genre,
            note,
        } = record;
        Self {
            title_short: s(title_short),
            title: s(title),
            author: s(author),
            container_title: s(container_title),
            issued: Text(issued.clone()),
            url: s(url),
            accessed: Text(accessed.clone()),
            language: s(language),
            genre: s(genre),
            note: s(note),
        }
    }
}

impl<'a> From<&'a model::Scheme> for Scheme<'a> {
    fn from(record: &'a model::Scheme) -> Self {
        let model::Scheme { tags, attributes, link_kinds } = record;
        Self {
            tags: tags.iter().map(Tag::from).collect(),
            attributes: attributes.iter().map(Attribute::from).collect(),
            link_kinds: link_kinds.iter().map(LinkKind::from).collect(),
        }
    }
}

impl<'a> From<&'a model::Tag> for Tag<'a> {
    fn from(record: &'a model::Tag) -> Self {
        let model::Tag {
            id,
            name,
            letter,
            key,
            parent,
            definition,
            rules,
            examples,
            color,
            pattern,
            retired,
        } = record;
        let rules = rules.iter().map(|model::Rule { text, since, examples }| Rule {
            text: s(text),
            since: Text(*since),
            examples: examples.iter().map(Example::from).collect(),
        });
        Self {
            id: Text(id.clone()),
            name: s(name),
            letter: *letter,
            key: *key,
            parent: parent.clone().map(Text),
            definition: s(definition),
            rules: rules.collect(),
            examples: examples.iter().map(Example::from).collect(),
            color: (*color).into(),
            pattern: (*pattern).into(),
            retired: *retired,
        }
    }
}

impl<'a> From<&'a model::Example> for Example<'a> {
    fn from(record: &'a model::Example) -> Self {
        let model::Example { quote, annotation, note } = record;
        Self { quote: s(quote), annotation: annotation.map(Text), note: s(note) }
    }
}

impl<'a> From<&'a model::Attribute> for Attribute<'a> {
    fn from(record: &'a model::Attribute) -> Self {
        let model::Attribute { id, name, definition, values, default, tags, retired } = record;
        let values = values.iter().map(|model::AttributeValue { name, definition }| AttributeValue {
            name: s(name),
            definition: s(definition),
        });
        Self {
            id: Text(id.clone()),
            name: s(name),
            definition: s(definition),
            values: values.collect(),
            default: default.as_deref().map(s),
            tags: tags.iter().cloned().map(Text).collect(),
            retired: *retired,
        }
    }
}

impl<'a> From<&'a model::LinkKind> for LinkKind<'a> {
    fn from(record: &'a model::LinkKind) -> Self {
        let model::LinkKind { id, name, inverse, definition, retired } = record;
        Self {
            id: Text(id.clone()),
            name: s(name),
            inverse: s(inverse),
            definition: s(definition),
            retired: *retired,
        }
    }
}

impl<'a> From<&'a model::Actor> for Actor<'a> {
    fn from(record: &'a model::Actor) -> Self {
        let model::Actor { id, name, kind, note } = record;
        Self { id: Text(id.clone()), name: s(name), kind: (*kind).into(), note: s(note) }
    }
}

impl<'a> From<&'a model::Statement> for Statement<'a> {
    fn from(record: &'a model::Statement) -> Self {
        let model::Statement { id, name, definition, note, date, group, order } = record;
        Self {
            id: Text(*id),
            name: s(name),
            definition: s(definition),
            note: s(note),
            date: Text(date.clone()),
            group: s(group),
            order: *order,
        }
    }
}

impl<'a> From<&'a model::Comment> for Comment<'a> {
    fn from(record: &'a model::Comment) -> Self {
        let model::Comment { id, author, at, text, reply_to, status } = record;
        Self {
            id: Text(*id),
            author: Text(author.clone()),
            at: Text(*at),
            text: s(text),
            reply_to: reply_to.map(Text),
            status: status.map(Into::into),
        }
    }
}

impl<'a> From<&'a model::Provenance> for Provenance<'a> {
    fn from(record: &'a model::Provenance) -> Self {
        let model::Provenance { session, from, decided_by, at, reason } = record;
        Self {
            session: Text(*session),
            from: from.iter().copied().map(Text).collect(),
            decided_by: Text(decided_by.clone()),
            at: Text(*at),
            reason: s(reason),
        }
    }
}

impl<'a> From<&'a model::Link> for Link<'a> {
    fn from(record: &'a model::Link) -> Self {
        let model::Link { id, kind, from, to, note, annotator, created, modified } = record;
        Self {
            id: Text(*id),
            kind: Text(kind.clone()),
            from: Text(*from),
            to: Text(*to),
            note: s(note),
            annotator: Text(annotator.clone()),
            created: Text(*created),
            modified: Text(*modified),
        }
    }
}

impl<'a> From<&'a model::Alert> for Alert<'a> {
    fn from(record: &'a model::Alert) -> Self {
        let model::Alert { kind, subject, by, at, note } = record;
        Self { kind: s(kind), subject: s(subject), by: Text(by.clone()), at: Text(*at), note: s(note) }
    }
}

impl From<&model::TagMapping> for TagMapping {
    fn from(record: &model::TagMapping) -> Self {
        let model::TagMapping { session, theirs, ours } = record;
        Self { session: Text(*session), theirs: Text(theirs.clone()), ours: Text(ours.clone()) }
    }
}

impl<'a> From<&'a model::Decision> for Decision<'a> {
    fn from(record: &'a model::Decision) -> Self {
        let model::Decision { about, seen, verdict, outcome, by, at, reason, note } = record;
        Self {
            about: about.iter().copied().map(Text).collect(),
            seen: seen.iter().copied().map(Text).collect(),
            verdict: (*verdict).into(),
            outcome: outcome.iter().copied().map(Text).collect(),
            by: Text(by.clone()),
            at: Text(*at),
            reason: s(reason),
            note: s(note),
        }
    }
}

impl From<&model::StatementMapping> for StatementMapping {
    fn from(record: &model::StatementMapping) -> Self {
        let model::StatementMapping { session, theirs, ours } = record;
        Self { session: Text(*session), theirs: Text(*theirs), ours: Text(*ours) }
    }
}

impl<'a> From<&'a model::Remark> for Remark<'a> {
    fn from(record: &'a model::Remark) -> Self {
        let model::Remark { session, annotation, comment } = record;
        Self { session: Text(*session), annotation: Text(*annotation), comment: comment.into() }
    }
}

impl<'a> From<&'a model::Conflict> for Conflict<'a> {
    fn from(record: &'a model::Conflict) -> Self {
        let model::Conflict { kind, id, field, kept, other } = record;
        Self {
            kind: (*kind).into(),
            id: s(id),
            field: s(field),
            kept: kept.as_deref().map(s),
            other: other.as_deref().map(s),
        }
    }
}
