//! From the file's records to those of the model. What can be wrong with a record by itself is said here; how
//! records fit together is the model's to say.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::super::text::Text;
use super::{
    Actor, Alert, Annotation, Annotator, Attribute, Comment, Conflict, Decision, Document, DocumentInfo,
    Example, Link, LinkKind, Metadata, Past, Provenance, Remark, Rule, Scheme, Statement, StatementMapping,
    Tag, TagMapping,
};
use crate::model::{self, AnnotatorId, Span};

/// Quote and context of an annotation as the file has them, to be checked against its text.
pub(in crate::format) struct Context {
    pub quote: String,
    pub before: String,
    pub after: String,
}

impl Annotation<'_> {
    /// The annotation, with quote and context (empty for an orphan, which keeps its own).
    pub(in crate::format) fn into_model(self) -> Result<(model::Annotation, Context), String> {
        let span = Span::new(self.span.0, self.span.1).ok_or("its span is empty or turned round")?;
        let document = self.document.0;
        let mut context = Context {
            quote: self.quote.into_owned(),
            before: self.before.into_owned(),
            after: self.after.into_owned(),
        };
        let anchor = if self.orphan {
            let Context { quote, before, after } = std::mem::replace(
                &mut context,
                Context { quote: String::new(), before: String::new(), after: String::new() },
            );
            model::Anchor::Orphan(model::OrphanAnchor { document, quote, before, after, last: span })
        } else {
            model::Anchor::Placed { document, span }
        };
        let mut attributes = BTreeMap::new();
        for value in self.attributes {
            if attributes.insert(value.attribute.0, value.value.into_owned()).is_some() {
                return Err("it has two values of one attribute".to_owned());
            }
        }
        let annotation = model::Annotation {
            id: self.id.0,
            anchor,
            tag: self.tag.0,
            note: self.note.into_owned(),
            unsure: self.unsure,
            attributes,
            statement: self.statement.map(|id| id.0),
            voice: plain(self.voice),
            comments: self.comments.into_iter().map(Comment::into_model).collect(),
            annotator: self.annotator.0,
            created: self.created.0,
            modified: self.modified.0,
            provenance: self.provenance.map(Provenance::into_model),
            changes: self.changes.into_iter().map(Past::into_model).collect(),
        };
        Ok((annotation, context))
    }
}

impl Past<'_> {
    pub(in crate::format) fn into_model(self) -> model::Change {
        model::Change { by: self.by.0, at: self.at.0, what: self.what.into_owned() }
    }
}

impl Document<'_> {
    /// The document with its canonical text, which is not checked here against the digest.
    pub(in crate::format) fn into_model(self, text: Arc<str>) -> Result<model::Document, String> {
        let import = model::ImportRecord {
            file_name: self.import.file_name.map(|name| name.into_owned()),
            name: self.import.name.into_owned(),
            digest: self.import.digest.0,
            bytes: self.import.bytes,
            encoding: self.import.encoding.into_owned(),
            byte_order_mark: self.import.byte_order_mark,
            line_ends: self.import.line_ends.into(),
            at: self.import.at.0,
        };
        let source = model::Source { text, digest: self.digest.0, import };
        Ok(model::Document {
            id: self.id.0,
            source: Arc::new(source),
            info: Arc::new(self.info.into_model()?),
        })
    }
}

impl DocumentInfo<'_> {
    pub(in crate::format) fn into_model(self) -> Result<model::DocumentInfo, String> {
        let furniture = self.furniture.into_iter().map(|(start, end)| {
            Span::new(start, end).ok_or("one of its \"not text\" ranges is empty or turned round")
        });
        let mut reading = BTreeMap::new();
        for entry in self.reading {
            let value = model::Reading { status: entry.status.into(), at: entry.at.0 };
            if reading.insert(entry.annotator.0, value).is_some() {
                return Err("it has two reading entries of one annotator".to_owned());
            }
        }
        Ok(model::DocumentInfo {
            metadata: self.metadata.into_model(),
            presentation: self.presentation.into(),
            furniture: furniture.collect::<Result<_, _>>()?,
            reading,
            group: self.group.into_owned(),
            earlier: self.earlier.into_iter().map(|digest| digest.0).collect(),
        })
    }
}

impl Metadata<'_> {
    fn into_model(self) -> model::Metadata {
        model::Metadata {
            title_short: self.title_short.into_owned(),
            title: self.title.into_owned(),
            author: self.author.into_owned(),
            container_title: self.container_title.into_owned(),
            issued: self.issued.0,
            url: self.url.into_owned(),
            accessed: self.accessed.0,
            language: self.language.into_owned(),
            genre: self.genre.into_owned(),
            note: self.note.into_owned(),
        }
    }
}

impl Scheme<'_> {
    pub(in crate::format) fn into_model(self) -> model::Scheme {
        model::Scheme {
            tags: self.tags.into_iter().map(Tag::into_model).collect(),
            attributes: self.attributes.into_iter().map(Attribute::into_model).collect(),
            link_kinds: self.link_kinds.into_iter().map(LinkKind::into_model).collect(),
        }
    }
}

impl Tag<'_> {
    fn into_model(self) -> model::Tag {
        model::Tag {
            id: self.id.0,
            name: self.name.into_owned(),
            letter: self.letter,
            key: self.key,
            parent: self.parent.map(|id| id.0),
            definition: self.definition.into_owned(),
            rules: self.rules.into_iter().map(Rule::into_model).collect(),
            examples: self.examples.into_iter().map(Example::into_model).collect(),
            color: self.color.into(),
            pattern: self.pattern.into(),
            retired: self.retired,
        }
    }
}

impl Rule<'_> {
    fn into_model(self) -> model::Rule {
        let examples = self.examples.into_iter().map(Example::into_model).collect();
        model::Rule { text: self.text.into_owned(), since: self.since.0, examples }
    }
}

impl Example<'_> {
    fn into_model(self) -> model::Example {
        model::Example {
            quote: self.quote.into_owned(),
            annotation: self.annotation.map(|id| id.0),
            note: self.note.into_owned(),
        }
    }
}

impl Attribute<'_> {
    fn into_model(self) -> model::Attribute {
        let values = self.values.into_iter().map(|value| model::AttributeValue {
            name: value.name.into_owned(),
            definition: value.definition.into_owned(),
        });
        model::Attribute {
            id: self.id.0,
            name: self.name.into_owned(),
            definition: self.definition.into_owned(),
            values: values.collect(),
            default: self.default.map(|value| value.into_owned()),
            tags: plain(self.tags),
            retired: self.retired,
        }
    }
}

impl LinkKind<'_> {
    fn into_model(self) -> model::LinkKind {
        model::LinkKind {
            id: self.id.0,
            name: self.name.into_owned(),
            inverse: self.inverse.into_owned(),
            definition: self.definition.into_owned(),
            retired: self.retired,
        }
    }
}

impl Annotator<'_> {
    pub(in crate::format) fn into_model(self) -> (AnnotatorId, model::Annotator) {
        (self.id.0, model::Annotator { name: self.name.into_owned(), note: self.note.into_owned() })
    }
}

impl Actor<'_> {
    pub(in crate::format) fn into_model(self) -> model::Actor {
        model::Actor {
            id: self.id.0,
            name: self.name.into_owned(),
            kind: self.kind.into(),
            note: self.note.into_owned(),
        }
    }
}

impl Statement<'_> {
    pub(in crate::format) fn into_model(self) -> model::Statement {
        model::Statement {
            id: self.id.0,
            name: self.name.into_owned(),
            definition: self.definition.into_owned(),
            note: self.note.into_owned(),
            date: self.date.0,
            group: self.group.into_owned(),
            order: self.order,
        }
    }
}

impl Comment<'_> {
    fn into_model(self) -> model::Comment {
        model::Comment {
            id: self.id.0,
            author: self.author.0,
            at: self.at.0,
            text: self.text.into_owned(),
            reply_to: self.reply_to.map(|id| id.0),
            status: self.status.map(Into::into),
        }
    }
}

impl Provenance<'_> {
    pub(in crate::format) fn into_model(self) -> model::Provenance {
        model::Provenance {
            session: self.session.0,
            from: plain(self.from),
            decided_by: self.decided_by.0,
            at: self.at.0,
            reason: self.reason.into_owned(),
        }
    }
}

impl Link<'_> {
    pub(in crate::format) fn into_model(self) -> model::Link {
        model::Link {
            id: self.id.0,
            kind: self.kind.0,
            from: self.from.0,
            to: self.to.0,
            note: self.note.into_owned(),
            annotator: self.annotator.0,
            created: self.created.0,
            modified: self.modified.0,
        }
    }
}

impl Alert<'_> {
    pub(in crate::format) fn into_model(self) -> model::Alert {
        model::Alert {
            kind: self.kind.into_owned(),
            subject: self.subject.into_owned(),
            by: self.by.0,
            at: self.at.0,
            note: self.note.into_owned(),
        }
    }
}

impl TagMapping {
    pub(in crate::format) fn into_model(self) -> model::TagMapping {
        model::TagMapping { session: self.session.0, theirs: self.theirs.0, ours: self.ours.0 }
    }
}

impl Decision<'_> {
    pub(in crate::format) fn into_model(self) -> model::Decision {
        model::Decision {
            about: plain(self.about),
            seen: plain(self.seen),
            verdict: self.verdict.into(),
            outcome: plain(self.outcome),
            by: self.by.0,
            at: self.at.0,
            reason: self.reason.into_owned(),
            note: self.note.into_owned(),
        }
    }
}

impl StatementMapping {
    pub(in crate::format) fn into_model(self) -> model::StatementMapping {
        model::StatementMapping { session: self.session.0, theirs: self.theirs.0, ours: self.ours.0 }
    }
}

impl Remark<'_> {
    pub(in crate::format) fn into_model(self) -> model::Remark {
        model::Remark {
            session: self.session.0,
            annotation: self.annotation.0,
            comment: self.comment.into_model(),
        }
    }
}

impl Conflict<'_> {
    pub(in crate::format) fn into_model(self) -> model::Conflict {
        model::Conflict {
            kind: self.kind.into(),
            id: self.id.into_owned(),
            field: self.field.into_owned(),
            kept: self.kept.map(std::borrow::Cow::into_owned),
            other: self.other.map(std::borrow::Cow::into_owned),
        }
    }
}

fn plain<T>(values: Vec<Text<T>>) -> Vec<T> {
    values.into_iter().map(|value| value.0).collect()
}
