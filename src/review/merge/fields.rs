//! Records of one kind that both sides changed, field by field.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{
    Actor, Annotation, Annotator, Attribute, AttributeId, AttributeValue, Comment, CommentId, Conflict,
    Document, DocumentInfo, Link, LinkKind, Metadata, RecordKind, Remark, SessionInfo, Source, Span,
    Statement, Tag,
};

use super::three::{Fields, Three, records};

fn fields<'a, R>(
    kind: RecordKind,
    id: impl ToString,
    (base, ours, theirs, conflicts): (Option<&'a R>, &'a R, &'a R, &'a mut Vec<Conflict>),
) -> Fields<'a, R> {
    Fields { kind, id: id.to_string(), base, ours, theirs, time: Ordering::Equal, conflicts }
}

pub(super) fn info(
    base: Option<&SessionInfo>,
    one: &SessionInfo,
    other: &SessionInfo,
    conflicts: &mut Vec<Conflict>,
) -> SessionInfo {
    let mut both = fields(RecordKind::Session, "", (base, one, other, conflicts));
    SessionInfo { title: both.field("title", |it| &it.title), note: both.field("note", |it| &it.note) }
}

pub(super) fn annotator(
    id: &str,
    base: Option<&Annotator>,
    one: &Annotator,
    other: &Annotator,
    conflicts: &mut Vec<Conflict>,
) -> Annotator {
    let mut both = fields(RecordKind::Annotator, id, (base, one, other, conflicts));
    Annotator { name: both.field("name", |it| &it.name), note: both.field("note", |it| &it.note) }
}

pub(super) fn actor(
    base: Option<&Actor>,
    one: &Actor,
    other: &Actor,
    conflicts: &mut Vec<Conflict>,
) -> Actor {
    let mut both = fields(RecordKind::Actor, &one.id, (base, one, other, conflicts));
    Actor {
        id: one.id.clone(),
        name: both.field("name", |it| &it.name),
        kind: both.field("kind", |it| &it.kind),
        note: both.field("note", |it| &it.note),
    }
}

pub(super) fn statement(
    base: Option<&Statement>,
    one: &Statement,
    other: &Statement,
    conflicts: &mut Vec<Conflict>,
) -> Statement {
    let mut both = fields(RecordKind::Statement, one.id, (base, one, other, conflicts));
    Statement {
        id: one.id,
        name: both.field("name", |it| &it.name),
        definition: both.field("definition", |it| &it.definition),
        note: both.field("note", |it| &it.note),
        date: both.field("date", |it| &it.date),
        group: both.field("group", |it| &it.group),
        order: both.greater(|it| &it.order),
    }
}

/// Which letter and key a tag has is settled when all tags are there, so that there is never a conflict about them.
pub(super) fn tag(base: Option<&Tag>, one: &Tag, other: &Tag, conflicts: &mut Vec<Conflict>) -> Tag {
    let mut both = fields(RecordKind::Tag, &one.id, (base, one, other, conflicts));
    let mut rules = both.list(|it| &it.rules);
    // By date, unless someone has put them in another order: a tag that only one side changed keeps that too.
    if [one, other].iter().all(|tag| tag.rules.is_sorted_by_key(|rule| rule.since)) {
        rules.sort_by(|a, b| (a.since, a).cmp(&(b.since, b)));
    }
    Tag {
        id: one.id.clone(),
        name: both.field("name", |it| &it.name),
        letter: both.greater(|it| &it.letter),
        // A key that was lost to another tag stays lost.
        key: both.lesser(|it| &it.key),
        parent: both.field("parent", |it| &it.parent),
        definition: both.field("definition", |it| &it.definition),
        rules,
        examples: both.list(|it| &it.examples),
        color: both.field("color", |it| &it.color),
        pattern: both.field("pattern", |it| &it.pattern),
        retired: both.field("retired", |it| &it.retired),
    }
}

pub(super) fn attribute(
    base: Option<&Attribute>,
    one: &Attribute,
    other: &Attribute,
    conflicts: &mut Vec<Conflict>,
) -> Attribute {
    fn values(attribute: &Attribute) -> BTreeMap<&str, &AttributeValue> {
        attribute.values.iter().map(|value| (value.name.as_str(), value)).collect()
    }
    let known = base.map(values).unwrap_or_default();
    let versions = Three { base: &known, ours: &values(one), theirs: &values(other) };
    let mut disputed = Vec::new();
    // A value that one removed and the other explained anew stays: that is all there is to tell.
    let (allowed, _) = records(versions, |name, base, one, other| {
        disputed.push((
            (*name).to_owned(),
            base.map(|it| it.definition.clone()),
            one.definition.clone(),
            other.definition.clone(),
        ));
        one
    });
    let mut allowed: BTreeMap<&str, AttributeValue> =
        allowed.into_iter().map(|(name, value)| (name, value.clone())).collect();
    let mut both = fields(RecordKind::Attribute, &one.id, (base, one, other, conflicts));
    for (name, base, one, other) in &disputed {
        let definition = both.value(&format!("value {name}"), base.as_ref(), one, other);
        if let Some(value) = allowed.get_mut(name.as_str()) {
            value.definition = definition;
        }
    }
    Attribute {
        id: one.id.clone(),
        name: both.field("name", |it| &it.name),
        definition: both.field("definition", |it| &it.definition),
        values: allowed.into_values().collect(),
        default: both.field("default", |it| &it.default),
        tags: both.list(|it| &it.tags),
        retired: both.field("retired", |it| &it.retired),
    }
}

pub(super) fn link_kind(
    base: Option<&LinkKind>,
    one: &LinkKind,
    other: &LinkKind,
    conflicts: &mut Vec<Conflict>,
) -> LinkKind {
    let mut both = fields(RecordKind::LinkKind, &one.id, (base, one, other, conflicts));
    LinkKind {
        id: one.id.clone(),
        name: both.field("name", |it| &it.name),
        inverse: both.field("inverse", |it| &it.inverse),
        definition: both.field("definition", |it| &it.definition),
        retired: both.field("retired", |it| &it.retired),
    }
}

pub(super) fn link(base: Option<&Link>, one: &Link, other: &Link, conflicts: &mut Vec<Conflict>) -> Link {
    let mut both = fields(RecordKind::Link, one.id, (base, one, other, conflicts));
    both.time = one.modified.cmp(&other.modified);
    // Both ends as one: each by itself could tie an annotation to itself.
    let ends = |link: &Link| (link.from, link.to);
    let (from, to) = both.value("ends", base.map(ends).as_ref(), &ends(one), &ends(other));
    Link {
        id: one.id,
        kind: both.field("kind", |it| &it.kind),
        from,
        to,
        note: both.field("note", |it| &it.note),
        annotator: both.field("annotator", |it| &it.annotator),
        created: one.created.min(other.created),
        modified: one.modified.max(other.modified),
    }
}

pub(super) fn remark(
    base: Option<&Remark>,
    one: &Remark,
    other: &Remark,
    conflicts: &mut Vec<Conflict>,
) -> Remark {
    let mut both = fields(RecordKind::Remark, one.comment.id, (base, one, other, conflicts));
    both.time = one.comment.at.cmp(&other.comment.at);
    Remark {
        session: both.greater(|it| &it.session),
        annotation: both.greater(|it| &it.annotation),
        comment: Comment {
            id: one.comment.id,
            author: both.greater(|it| &it.comment.author),
            at: both.greater(|it| &it.comment.at),
            text: both.field("text", |it| &it.comment.text),
            reply_to: both.greater(|it| &it.comment.reply_to),
            status: both.field("status", |it| &it.comment.status),
        },
    }
}

/// Of how a text was imported the earlier record stays: both say of the same text how it came.
pub(super) fn document(
    base: Option<&Document>,
    one: &Document,
    other: &Document,
    conflicts: &mut Vec<Conflict>,
) -> Document {
    let source = match base {
        Some(base) if base.source == one.source => &other.source,
        Some(base) if base.source == other.source => &one.source,
        _ => std::cmp::min_by_key(&one.source, &other.source, |it| imported(it)),
    };
    let infos = (base.map(|it| &*it.info), &*one.info, &*other.info);
    let mut both = fields(RecordKind::Document, &one.id, (infos.0, infos.1, infos.2, conflicts));
    let mut metadata = Metadata::default();
    for (at, name) in Metadata::NAMES.into_iter().enumerate() {
        let text = |info: &DocumentInfo| info.metadata.fields()[at].to_owned();
        let known = infos.0.map(text);
        let text = both.value(name, known.as_ref(), &text(infos.1), &text(infos.2));
        metadata.set(name, &text);
    }
    let reading = Three {
        base: &infos.0.map(|info| info.reading.clone()).unwrap_or_default(),
        ours: &infos.1.reading,
        theirs: &infos.2.reading,
    };
    // How far someone has read is what they said last.
    let (reading, _) =
        records(reading, |_, _, one, other| *std::cmp::max_by_key(one, other, |it| (it.at, it.status)));
    let info = DocumentInfo {
        metadata,
        presentation: both.field("presentation", |it| &it.presentation),
        furniture: united(both.list(|it| &it.furniture)),
        reading,
        group: both.field("group", |it| &it.group),
        earlier: both.list(|it| &it.earlier),
    };
    Document { id: one.id.clone(), source: Arc::clone(source), info: Arc::new(info) }
}

fn imported(source: &Source) -> impl Ord + use<> {
    let import = &source.import;
    (
        import.at,
        import.file_name.clone(),
        import.digest,
        import.name.clone(),
        import.encoding.clone(),
        import.bytes,
    )
}

/// Ranges of page furniture in order, those that overlap made one.
fn united(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort();
    let mut united: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match united.last_mut() {
            Some(last) if span.start() < last.end() => {
                *last = Span::new(last.start(), last.end().max(span.end()))
                    .expect("two spans that overlap make one");
            }
            _ => united.push(span),
        }
    }
    united
}

pub(super) fn annotation(
    base: Option<&Annotation>,
    one: &Annotation,
    other: &Annotation,
    conflicts: &mut Vec<Conflict>,
) -> Annotation {
    let comments = comments(base, one, other, conflicts);
    let mut both = fields(RecordKind::Annotation, one.id, (base, one, other, conflicts));
    both.time = one.modified.cmp(&other.modified);
    let names: BTreeSet<&AttributeId> = one.attributes.keys().chain(other.attributes.keys()).collect();
    let value = |name: &AttributeId| {
        let of = |annotation: &Annotation| annotation.attributes.get(name).cloned();
        let known = base.map(of);
        let value = both.value(&format!("attribute {name}"), known.as_ref(), &of(one), &of(other));
        Some((name.clone(), value?))
    };
    let attributes = names.into_iter().filter_map(value).collect();
    let mut changes = both.list(|it| &it.changes);
    // Of one second the order is lost when both sides changed the annotation, so that it is the same for all.
    changes.sort_by(|a, b| (a.at, a).cmp(&(b.at, b)));
    Annotation {
        id: one.id,
        anchor: both.field("anchor", |it| &it.anchor),
        tag: both.field("tag", |it| &it.tag),
        note: both.field("note", |it| &it.note),
        unsure: both.field("unsure", |it| &it.unsure),
        attributes,
        statement: both.field("statement", |it| &it.statement),
        voice: both.field("voice", |it| &it.voice),
        comments,
        annotator: both.field("annotator", |it| &it.annotator),
        created: one.created.min(other.created),
        modified: one.modified.max(other.modified),
        provenance: both.field("provenance", |it| &it.provenance),
        changes,
    }
}

/// Comments by id, oldest first. One that is answered stays whoever removed it.
fn comments(
    base: Option<&Annotation>,
    one: &Annotation,
    other: &Annotation,
    conflicts: &mut Vec<Conflict>,
) -> Vec<Comment> {
    fn by_id(annotation: &Annotation) -> BTreeMap<CommentId, Comment> {
        annotation.comments.iter().map(|comment| (comment.id, comment.clone())).collect()
    }
    let versions = [base.map(by_id).unwrap_or_default(), by_id(one), by_id(other)];
    let three = Three { base: &versions[0], ours: &versions[1], theirs: &versions[2] };
    let (mut merged, kept) = records(three, |id, base, one_comment, other_comment| {
        let mut both = fields(RecordKind::Annotation, one.id, (base, one_comment, other_comment, conflicts));
        both.time = one_comment.at.cmp(&other_comment.at);
        Comment {
            id: *id,
            author: both.greater(|it| &it.author),
            at: both.greater(|it| &it.at),
            text: both.field(&format!("text of comment {id}"), |it| &it.text),
            reply_to: both.greater(|it| &it.reply_to),
            status: both.field(&format!("status of comment {id}"), |it| &it.status),
        }
    });
    for kept in kept {
        let comment = &merged[&kept.0];
        conflicts.push(Conflict {
            kind: RecordKind::Annotation,
            id: one.id.to_string(),
            field: format!("comment {}", kept.0),
            kept: Some(comment.text.clone()),
            other: None,
        });
    }
    while let Some(id) = merged.values().filter_map(|it| it.reply_to).find(|id| !merged.contains_key(id)) {
        let [_, one, other] = &versions;
        let comment =
            one.get(&id).or_else(|| other.get(&id)).expect("a reply's comment is there where the reply is");
        merged.insert(id, comment.clone());
    }
    let mut comments: Vec<Comment> = merged.into_values().collect();
    comments.sort_by_key(|comment| (comment.at, comment.id));
    comments
}
