//! What a merge must put right so that the session is valid: what one side removed and the other still names
//! stays, letters and keys are given once, no tag stands under itself.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::model::{Annotation, AttributeValue, Conflict, RecordKind, Scheme, StatementId, Tag, TagId};

use super::parts::Parts;

/// The parts that are being merged, and where they come from.
pub(super) struct Repair<'a> {
    pub merged: &'a mut Parts,
    pub base: &'a Parts,
    pub ours: &'a Parts,
    pub theirs: &'a Parts,
    pub conflicts: &'a mut Vec<Conflict>,
    /// What was done without a conflict, a sentence each.
    pub notes: &'a mut Vec<String>,
}

/// Puts a record back that one side removed and that something names, and marks it.
macro_rules! bring_back {
    ($repair:ident, $records:ident, $id:expr, $kind:ident) => {
        if !$repair.merged.$records.contains_key($id) {
            let one = $repair.ours.$records.get($id).or_else(|| $repair.theirs.$records.get($id));
            if let Some(record) = one.or_else(|| $repair.base.$records.get($id)).cloned() {
                $repair.merged.$records.insert($id.clone(), record);
                $repair.conflicts.push(removed(RecordKind::$kind, $id, "used"));
            }
        }
    };
}

/// A record that one side removed; why it is still there.
pub(super) fn removed(kind: RecordKind, id: impl ToString, why: &str) -> Conflict {
    let field = Conflict::RECORD.to_owned();
    Conflict { kind, id: id.to_string(), field, kept: Some(why.to_owned()), other: None }
}

impl Repair<'_> {
    /// All of it. `mapped` names tags and statements that mappings name.
    pub fn all(mut self, mapped: (&BTreeSet<TagId>, &BTreeSet<StatementId>)) {
        self.links();
        self.annotations();
        self.rest(mapped);
        self.scheme();
    }

    fn links(&mut self) {
        let links: Vec<_> = self.merged.links.values().cloned().collect();
        for link in links {
            bring_back!(self, annotations, &link.from, Annotation);
            bring_back!(self, annotations, &link.to, Annotation);
            bring_back!(self, link_kinds, &link.kind, LinkKind);
            bring_back!(self, annotators, &link.annotator, Annotator);
        }
    }

    fn annotations(&mut self) {
        let annotations: Vec<Arc<Annotation>> = self.merged.annotations.values().cloned().collect();
        let mut values: BTreeMap<_, BTreeSet<&str>> = BTreeMap::new();
        for annotation in &annotations {
            bring_back!(self, documents, annotation.anchor.document(), Document);
            bring_back!(self, tags, &annotation.tag, Tag);
            if let Some(statement) = &annotation.statement {
                bring_back!(self, statements, statement, Statement);
            }
            for actor in &annotation.voice {
                bring_back!(self, actors, actor, Actor);
            }
            bring_back!(self, annotators, &annotation.annotator, Annotator);
            let authors = annotation.comments.iter().map(|comment| &comment.author);
            for annotator in authors.chain(annotation.changes.iter().map(|change| &change.by)) {
                bring_back!(self, annotators, annotator, Annotator);
            }
            for (attribute, value) in &annotation.attributes {
                bring_back!(self, attributes, attribute, Attribute);
                values.entry(attribute).or_default().insert(value);
            }
        }
        for (id, values) in values {
            for value in values {
                self.allow(id.as_str(), value);
            }
        }
    }

    /// Lets an attribute have a value that something bears.
    fn allow(&mut self, attribute: &str, value: &str) {
        let Some(allowing) = self.merged.attributes.get_mut(attribute).filter(|it| !it.allows(value)) else {
            return;
        };
        let known = [self.ours, self.theirs, self.base].into_iter().find_map(|parts| {
            parts.attributes.get(attribute)?.values.iter().find(|it| it.name == value).cloned()
        });
        let known =
            known.unwrap_or_else(|| AttributeValue { name: value.to_owned(), definition: String::new() });
        allowing.values.push(known);
        self.notes
            .push(format!("the value “{value}” of the attribute {} is in use and stays", allowing.name));
    }

    fn rest(&mut self, (tags, statements): (&BTreeSet<TagId>, &BTreeSet<StatementId>)) {
        let documents: Vec<_> = self.merged.documents.values().cloned().collect();
        for annotator in documents.iter().flat_map(|document| document.info.reading.keys()) {
            bring_back!(self, annotators, annotator, Annotator);
        }
        let remarks: Vec<_> = self.merged.remarks.values().cloned().collect();
        for remark in remarks {
            bring_back!(self, annotators, &remark.comment.author, Annotator);
        }
        for tag in tags {
            bring_back!(self, tags, tag, Tag);
        }
        for statement in statements {
            bring_back!(self, statements, statement, Statement);
        }
    }

    fn scheme(&mut self) {
        loop {
            let attributes =
                self.merged.attributes.values().flat_map(|attribute| attribute.tags.iter().cloned());
            let parents = self.merged.tags.values().filter_map(|tag| tag.parent.clone());
            let named: BTreeSet<TagId> = attributes.chain(parents).collect();
            let before = self.merged.tags.len();
            for tag in &named {
                bring_back!(self, tags, tag, Tag);
            }
            if self.merged.tags.len() == before {
                break;
            }
        }
        self.open_circles();
        let defaults: Vec<_> = self
            .merged
            .attributes
            .values()
            .filter_map(|it| Some((it.id.clone(), it.default.clone()?)))
            .collect();
        for (attribute, value) in defaults {
            self.allow(attribute.as_str(), &value);
        }
        self.letters();
        self.keys();
    }

    /// Two moves that put two tags under each other: one of them goes back to where it was.
    fn open_circles(&mut self) {
        while let Some(circle) = circle(&self.merged.tags) {
            let before = |id: &TagId| self.base.tags.get(id).and_then(|tag| tag.parent.clone());
            let moved = circle.iter().filter(|id| self.merged.tags[*id].parent != before(id)).max();
            // A circle without a move would be one of the base, which is valid.
            let Some(id) = moved.cloned() else { return };
            let parent = before(&id);
            if let Some(tag) = self.merged.tags.get_mut(&id) {
                let other = std::mem::replace(&mut tag.parent, parent.clone());
                let [kept, other] = [parent, other].map(|parent| parent.map(|id| id.to_string()));
                let field = "parent".to_owned();
                self.conflicts.push(Conflict {
                    kind: RecordKind::Tag,
                    id: id.to_string(),
                    field,
                    kept,
                    other,
                });
            }
        }
    }

    /// Tags in use in the order in which they may choose: those that had what they have first.
    fn by_right(&self, had: impl Fn(&Tag, &Tag) -> bool) -> Vec<TagId> {
        let used = self.merged.tags.values().filter(|tag| !tag.retired);
        let mut used: Vec<&Tag> = used.collect();
        used.sort_by_key(|tag| !self.base.tags.get(&tag.id).is_some_and(|base| had(base, tag)));
        used.into_iter().map(|tag| tag.id.clone()).collect()
    }

    fn letters(&mut self) {
        let mut taken = BTreeSet::new();
        let mut without = Vec::new();
        for id in self.by_right(|base, tag| !base.retired && base.letter == tag.letter) {
            if !taken.insert(self.merged.tags[&id].letter) {
                without.push(id);
            }
        }
        let mut losers = Vec::new();
        for id in without {
            let before =
                self.base.tags.get(&id).map(|tag| tag.letter).filter(|letter| !taken.contains(letter));
            match (before, self.merged.tags.get_mut(&id)) {
                (Some(letter), Some(tag)) => {
                    taken.insert(letter);
                    let other = std::mem::replace(&mut tag.letter, letter);
                    self.notes
                        .push(format!("the tag {} keeps the letter {letter}: {other} is taken", tag.name));
                }
                _ => losers.push(id),
            }
        }
        for id in losers {
            let has_place = |tag: &&Tag| tag.id != id && !tag.retired && taken.contains(&tag.letter);
            let scheme = Scheme {
                tags: self.merged.tags.values().filter(has_place).cloned().collect(),
                ..Scheme::default()
            };
            if let Some(tag) = self.merged.tags.get_mut(&id) {
                let old = tag.letter;
                tag.letter = crate::edit::make::free_letter(&scheme, old, &tag.name);
                taken.insert(tag.letter);
                self.notes
                    .push(format!("the tag {} gets the letter {}: {old} is taken", tag.name, tag.letter));
            }
        }
    }

    fn keys(&mut self) {
        let mut taken = BTreeSet::new();
        for id in self.by_right(|base, tag| !base.retired && base.key == tag.key) {
            let Some(tag) = self.merged.tags.get_mut(&id) else { continue };
            let Some(key) = tag.key else { continue };
            if !taken.insert(key) {
                tag.key = None;
                self.notes.push(format!("the tag {} loses its key: {key} is that of another", tag.name));
            }
        }
    }
}

/// Tags that stand under each other in a circle, if any do.
fn circle(tags: &BTreeMap<TagId, Tag>) -> Option<Vec<TagId>> {
    tags.keys().find_map(|start| {
        let mut path = vec![start.clone()];
        let mut at = tags[start].parent.as_ref();
        while let Some(id) = at {
            if id == start {
                return Some(path);
            }
            if path.contains(id) {
                return None;
            }
            path.push(id.clone());
            at = tags.get(id).and_then(|tag| tag.parent.as_ref());
        }
        None
    })
}
