//! Everything that is no annotation and no link.

use std::collections::{BTreeMap, BTreeSet};

use crate::model::{
    ActorKind, Attribute, AttributeValue, Conflict, Document, Metadata, Presentation, ReadingStatus, Session,
    Tag,
};

use super::words::{count, quoted, text, value};

pub(super) fn session(a: &Session, b: &Session, lines: &mut Vec<String>) {
    let what = [text("title", &a.info.title, &b.info.title), text("note", &a.info.note, &b.info.note)];
    lines.extend(what.into_iter().flatten().map(|what| format!("session: {what}")));
    let people = named(
        "annotator",
        &a.annotators,
        &b.annotators,
        |it| &it.name,
        |one, other| {
            [text("name", &one.name, &other.name), text("note", &one.note, &other.note)]
                .into_iter()
                .flatten()
                .collect()
        },
    );
    lines.extend(people);
    let order = |session: &Session, other: &Session| -> Vec<_> {
        let there = session.documents.iter().filter(|it| other.document(&it.id).is_some());
        there.map(|it| it.id.clone()).collect()
    };
    if order(a, b) != order(b, a) {
        let labels: Vec<&str> = b.documents.iter().map(|document| document.label()).collect();
        lines.push(format!("session: documents now in the order {}", labels.join(", ")));
    }
}

/// Records of one kind by id: added, removed, changed.
fn named<K: Ord, R>(
    kind: &str,
    a: &BTreeMap<K, R>,
    b: &BTreeMap<K, R>,
    name: impl Fn(&R) -> &str,
    changes: impl Fn(&R, &R) -> Vec<String>,
) -> Vec<String> {
    let ids: BTreeSet<&K> = a.keys().chain(b.keys()).collect();
    let line = |id: &K| match (a.get(id), b.get(id)) {
        (Some(one), None) => Some(format!("{kind} {}: removed", quoted(name(one)))),
        (None, Some(other)) => Some(format!("{kind} {}: added", quoted(name(other)))),
        (Some(one), Some(other)) => {
            let changes = changes(one, other);
            (!changes.is_empty()).then(|| format!("{kind} {}: {}", quoted(name(one)), changes.join("; ")))
        }
        (None, None) => None,
    };
    ids.into_iter().filter_map(line).collect()
}

pub(super) fn scheme(a: &Session, b: &Session, lines: &mut Vec<String>) {
    let tags = |session: &Session| -> BTreeMap<_, Tag> {
        session.scheme.tags.iter().map(|tag| (tag.id.clone(), tag.clone())).collect()
    };
    lines.extend(named("tag", &tags(a), &tags(b), |it| &it.name, |one, other| tag([a, b], one, other)));
    let attributes = |session: &Session| -> BTreeMap<_, Attribute> {
        session.scheme.attributes.iter().map(|it| (it.id.clone(), it.clone())).collect()
    };
    lines.extend(named(
        "attribute",
        &attributes(a),
        &attributes(b),
        |it| &it.name,
        |one, other| attribute([a, b], one, other),
    ));
    let kinds = |session: &Session| -> BTreeMap<_, _> {
        session.scheme.link_kinds.iter().map(|it| (it.id.clone(), it.clone())).collect()
    };
    lines.extend(named(
        "link kind",
        &kinds(a),
        &kinds(b),
        |it| &it.name,
        |one, other| {
            let texts = [
                text("name", &one.name, &other.name),
                text("inverse", &one.inverse, &other.inverse),
                text("definition", &one.definition, &other.definition),
                retired(one.retired, other.retired),
            ];
            texts.into_iter().flatten().collect()
        },
    ));
    fn order<T, K: Clone + PartialEq>(a: &[T], b: &[T], id: impl Fn(&T) -> K) -> bool {
        let ids = |list: &[T]| list.iter().map(&id).collect::<Vec<K>>();
        let (one, other) = (ids(a), ids(b));
        let shared =
            |list: &[K], with: &[K]| list.iter().filter(|id| with.contains(id)).cloned().collect::<Vec<K>>();
        shared(&one, &other) != shared(&other, &one)
    }
    if order(&a.scheme.tags, &b.scheme.tags, |it| it.id.clone())
        || order(&a.scheme.attributes, &b.scheme.attributes, |it| it.id.clone())
        || order(&a.scheme.link_kinds, &b.scheme.link_kinds, |it| it.id.clone())
    {
        lines.push("scheme: in another order".to_owned());
    }
}

fn retired(a: bool, b: bool) -> Option<String> {
    (a != b).then(|| if b { "retired" } else { "in use again" }.to_owned())
}

fn tag([a, b]: [&Session; 2], one: &Tag, other: &Tag) -> Vec<String> {
    let key = |tag: &Tag| tag.key.map_or("none".to_owned(), |key| key.to_string());
    let parent = |session: &Session, tag: &Tag| {
        let parent = tag.parent.as_ref().and_then(|id| session.scheme.tag(id));
        parent.map(|parent| parent.name.clone()).unwrap_or_default()
    };
    let mut changes: Vec<String> = [
        text("name", &one.name, &other.name),
        value("letter", &one.letter, &other.letter),
        value("key", &key(one), &key(other)),
        text("under", &parent(a, one), &parent(b, other)),
        text("definition", &one.definition, &other.definition),
    ]
    .into_iter()
    .flatten()
    .collect();
    counted("rule", &one.rules, &other.rules, &mut changes);
    counted("example", &one.examples, &other.examples, &mut changes);
    if (one.color, one.pattern) != (other.color, other.pattern) {
        changes.push("another look".to_owned());
    }
    changes.extend(retired(one.retired, other.retired));
    changes
}

fn attribute([a, b]: [&Session; 2], one: &Attribute, other: &Attribute) -> Vec<String> {
    let values = |attribute: &Attribute| {
        attribute.values.iter().map(|value| value.name.as_str()).collect::<Vec<_>>().join(", ")
    };
    let tags = |session: &Session, attribute: &Attribute| {
        let name = |id| session.scheme.tag(id).map_or("", |tag| tag.name.as_str());
        attribute.tags.iter().map(name).collect::<Vec<_>>().join(", ")
    };
    let default = |attribute: &Attribute| attribute.default.clone().unwrap_or_default();
    let mut changes: Vec<String> = [
        text("name", &one.name, &other.name),
        text("definition", &one.definition, &other.definition),
        text("values", &values(one), &values(other)),
        text("default", &default(one), &default(other)),
        text("of tags", &tags(a, one), &tags(b, other)),
    ]
    .into_iter()
    .flatten()
    .collect();
    for value in &other.values {
        let was: Option<&AttributeValue> = one.values.iter().find(|it| it.name == value.name);
        let what = was.and_then(|was| text("definition", &was.definition, &value.definition));
        changes.extend(what.map(|what| format!("value {}, {what}", value.name)));
    }
    changes.extend(retired(one.retired, other.retired));
    changes
}

/// "2 rules added", "1 rule removed".
fn counted<T: PartialEq>(what: &str, a: &[T], b: &[T], changes: &mut Vec<String>) {
    let new = b.iter().filter(|item| !a.contains(item)).count();
    let gone = a.iter().filter(|item| !b.contains(item)).count();
    for (number, how) in [(new, "added"), (gone, "removed")] {
        if number > 0 {
            changes.push(format!("{} {how}", count(number, what)));
        }
    }
    if new == 0 && gone == 0 && a != b {
        changes.push(format!("{what}s in another order or number"));
    }
}

pub(super) fn document(a: &Session, b: &Session, one: &Document, other: &Document, lines: &mut Vec<String>) {
    let mut changes = Vec::new();
    if one.id != other.id {
        changes.push(format!("id: {} → {}", one.id, other.id));
    }
    if one.source.digest != other.source.digest {
        changes.push(format!("another text, {} bytes → {} bytes", one.text().len(), other.text().len()));
    }
    let fields = Metadata::NAMES
        .into_iter()
        .zip(one.info.metadata.fields().into_iter().zip(other.info.metadata.fields()));
    changes.extend(fields.filter_map(|(name, (a, b))| text(name, a, b)));
    if one.info.presentation != other.info.presentation {
        let markdown = other.info.presentation == Presentation::Markdown;
        changes.push(if markdown { "shown as Markdown" } else { "shown as it stands" }.to_owned());
    }
    counted("furniture range", &one.info.furniture, &other.info.furniture, &mut changes);
    changes.extend(text("group", &one.info.group, &other.info.group));
    let readers: BTreeSet<_> = one.info.reading.keys().chain(other.info.reading.keys()).collect();
    for reader in readers {
        let status = |document: &Document| {
            document.info.reading.get(reader).map_or(ReadingStatus::Unread, |it| it.status)
        };
        let name = if b.annotators.contains_key(reader) {
            b.annotator_name(reader)
        } else {
            a.annotator_name(reader)
        };
        if status(one) != status(other) {
            changes.push(match status(other) {
                ReadingStatus::Unread => format!("not read yet by {name}"),
                ReadingStatus::Reading => format!("being read by {name}"),
                ReadingStatus::Done => format!("read by {name}"),
            });
        }
    }
    if !changes.is_empty() {
        lines.push(format!("{}: {}", one.label(), changes.join("; ")));
    }
}

pub(super) fn statements_and_voices(a: &Session, b: &Session, lines: &mut Vec<String>) {
    lines.extend(named(
        "statement",
        &a.statements,
        &b.statements,
        |it| &it.name,
        |one, other| {
            let changes = [
                text("name", &one.name, &other.name),
                text("definition", &one.definition, &other.definition),
                text("note", &one.note, &other.note),
                text("date", one.date.as_str(), other.date.as_str()),
                text("group", &one.group, &other.group),
                value("place in lists", &one.order, &other.order),
            ];
            changes.into_iter().flatten().collect()
        },
    ));
    lines.extend(named(
        "voice",
        &a.actors,
        &b.actors,
        |it| &it.name,
        |one, other| {
            let kind = (one.kind != other.kind).then(|| match other.kind {
                ActorKind::Person => "now a person".to_owned(),
                ActorKind::Organization => "now an organization".to_owned(),
            });
            [text("name", &one.name, &other.name), kind, text("note", &one.note, &other.note)]
                .into_iter()
                .flatten()
                .collect()
        },
    ));
}

pub(super) fn lists(a: &Session, b: &Session, lines: &mut Vec<String>) {
    let mut changes = Vec::new();
    counted("set-aside alert", &a.alerts_aside, &b.alerts_aside, &mut changes);
    counted("tag mapping", &a.tag_mappings, &b.tag_mappings, &mut changes);
    counted("statement mapping", &a.statement_mappings, &b.statement_mappings, &mut changes);
    counted("decision", &a.decisions, &b.decisions, &mut changes);
    counted("remark", &a.remarks, &b.remarks, &mut changes);
    lines.extend(changes.into_iter().map(|what| format!("review: {what}")));
    let new = b.conflicts.iter().filter(|it| !a.conflicts.contains(it));
    lines.extend(new.map(|it| format!("conflict: {}", conflict(it, b))));
    let settled = a.conflicts.iter().filter(|it| !b.conflicts.contains(it));
    lines.extend(settled.map(|it| format!("conflict settled: {}", conflict(it, a))));
}

/// A conflict in words: what it is about, what stands, what gave way.
pub fn conflict(conflict: &Conflict, session: &Session) -> String {
    let Conflict { kind, id, field, kept, other } = conflict;
    let about = match kind {
        crate::model::RecordKind::Session => "the session".to_owned(),
        crate::model::RecordKind::Annotation => {
            let annotation = id.parse().ok().and_then(|id| session.annotations.get(&id));
            let quote = annotation.map(|it| quoted(session.quote(it)));
            format!("annotation {}", quote.unwrap_or_else(|| id.clone()))
        }
        kind => format!("{} {id}", kind.name()),
    };
    if field == Conflict::RECORD {
        return format!(
            "{about}: removed by one, {} by the other; it stays",
            kept.as_deref().unwrap_or("changed")
        );
    }
    let said = |value: &Option<String>| value.as_deref().map_or("nothing".to_owned(), quoted);
    format!("{about}, {field}: {} stands, the other is {}", said(kept), said(other))
}
