//! The other way: what a file of a language tool says becomes a [`Foreign`]. What Gainsay has written beside the tool's
//! fields is taken where it still fits them; all of it may be absent, or of another program.

use std::collections::BTreeMap;
use std::ops::Range;

use serde_json::{Map, Value};

use crate::edit::make;
use crate::format::import::json_words;
use crate::format::import::{
    Claim, Foreign, ForeignDocument, ForeignLink, ForeignPassage, Input, ReadError, Unit,
};
use crate::format::words::grouped;
use crate::model::{
    Actor, ActorId, AnnotationId, Annotator, AnnotatorId, Attribute, AttributeId, Digest, DocumentInfo,
    LinkKind, LinkKindId, Metadata, PartialDate, Presentation, Statement, StatementId, Tag, TagId,
};

/// What has been read so far.
#[derive(Default)]
pub struct Gathering {
    /// The passages, documents and so on. Links are kept apart until all passages are known.
    pub foreign: Foreign,
    documents: BTreeMap<(Digest, String), usize>,
    by_id: BTreeMap<AnnotationId, usize>,
    relations: Vec<Relation>,
    told: Vec<Told>,
    notes: BTreeMap<(&'static str, &'static str), usize>,
    /// The tags by their names, which would otherwise be looked for one by one.
    tags: BTreeMap<String, TagId>,
}

/// A relation of the tool's own.
struct Relation {
    kind: String,
    from: usize,
    to: usize,
    annotator: Option<String>,
}

/// A link that Gainsay has written beside a passage.
struct Told {
    from: usize,
    to: AnnotationId,
    kind: String,
    link: Map<String, Value>,
    /// The tool's own relations were there to compare with, and this was among them.
    checked: bool,
}

/// What a tool's file says of a passage in its own fields.
pub struct Marked<'a> {
    /// For the report.
    pub name: String,
    /// Place in the documents.
    pub document: usize,
    /// Half open, where it has offsets that are numbers.
    pub range: Option<Range<usize>>,
    /// What they count in.
    pub unit: Unit,
    /// Its label.
    pub label: &'a str,
    /// Its words, when the tool itself gives them.
    pub words: Option<&'a str>,
    /// Whose it is, when nothing nearer says so.
    pub annotator: Option<&'a str>,
    /// What Gainsay has written beside it.
    pub extra: Option<&'a Map<String, Value>>,
    /// The tool's relations of this record are in the file, so links that Gainsay had drawn among them can be checked.
    pub has_relations: bool,
}

/// The text at `key`, or empty.
pub fn text<'a>(map: &'a Map<String, Value>, key: &str) -> &'a str {
    map.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// The objects in the list at `key`.
pub fn objects<'a>(map: &'a Map<String, Value>, key: &str) -> impl Iterator<Item = &'a Map<String, Value>> {
    map.get(key).and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_object)
}

/// An offset, as a number or as digits.
pub fn offset(value: Option<&Value>) -> Option<usize> {
    match value? {
        Value::String(digits) => digits.trim().parse().ok(),
        value => value.as_u64().and_then(|at| usize::try_from(at).ok()),
    }
}

/// Both offsets.
pub fn range(map: &Map<String, Value>, start: &str, end: &str) -> Option<Range<usize>> {
    Some(offset(map.get(start))?..offset(map.get(end))?)
}

/// The records of a file: lines of JSON, or one JSON array or object; each with where it stands.
///
/// # Errors
/// When it is not UTF-8, or a line is not JSON.
pub fn records(input: &Input) -> Result<Vec<(String, Value)>, ReadError> {
    let all = input.json()?;
    let is_list = all.trim_start().starts_with('[');
    let whole = |all: &str| -> Option<Vec<(String, Value)>> {
        match serde_json::from_str(all).ok()? {
            // `["text", {…}]` is a record in itself.
            Value::Array(list) if !list.first().is_some_and(Value::is_string) => {
                let place = |(at, value)| (format!("record {}", at + 1), value);
                Some(list.into_iter().enumerate().map(place).collect())
            }
            value => Some(vec![("record 1".to_owned(), value)]),
        }
    };
    if is_list && let Some(records) = whole(all) {
        return Ok(records);
    }
    let mut records = Vec::new();
    for (at, line) in all.split('\n').enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let place = format!("line {}", at + 1);
        match serde_json::from_str(line) {
            Ok(value) => records.push((place, value)),
            // One object or list over many lines.
            Err(error) => {
                let rest = records.is_empty().then(|| whole(all)).flatten();
                return rest.ok_or_else(|| ReadError::at(&input.name, place, json_words(&error)));
            }
        }
    }
    Ok(records)
}

impl Gathering {
    /// Counts something that is left out or changed: `one` and `many` as in "3 " + `many`.
    pub fn note(&mut self, one: &'static str, many: &'static str) {
        *self.notes.entry((one, many)).or_insert(0) += 1;
    }

    /// The document with this text and extra record, known already or new; `name` when the record has none.
    pub fn document(&mut self, of: &str, extra: Option<&Map<String, Value>>, name: &str) -> usize {
        let id = extra.map(|extra| text(extra, "id")).filter(|id| !id.is_empty());
        let key = (Digest::of(of.as_bytes()), id.unwrap_or_default().to_owned());
        let next = self.foreign.documents.len();
        let at = *self.documents.entry(key).or_insert(next);
        if at == next {
            let named = extra.map(|extra| text(extra, "name")).filter(|name| !name.is_empty());
            self.foreign.documents.push(ForeignDocument {
                name: named.unwrap_or(name).to_owned(),
                id: id.map(str::to_owned),
                text: Some(of.to_owned()),
                digest: None,
                info: extra.map(info),
                import: None,
            });
        }
        at
    }

    fn annotator(&mut self, id: &str, name: &str) -> AnnotatorId {
        let id = AnnotatorId::new(id);
        let new = || Annotator { name: name.to_owned(), note: String::new() };
        self.foreign.annotators.entry(id.clone()).or_insert_with(new);
        id
    }

    fn annotator_of(&mut self, map: &Map<String, Value>) -> Option<AnnotatorId> {
        let id = map.get("annotator_id").and_then(Value::as_str)?;
        Some(self.annotator(id, text(map, "annotator")))
    }

    /// The tag of this label.
    pub fn tag(&mut self, label: &str) -> TagId {
        let label = if label.trim().is_empty() { "no label" } else { label };
        if let Some(id) = self.tags.get(label) {
            return id.clone();
        }
        let id = self.foreign.tag(label);
        self.tags.insert(label.to_owned(), id.clone());
        id
    }

    fn tag_of(&mut self, label: &str, extra: Option<&Map<String, Value>>) -> TagId {
        let id = extra.filter(|extra| text(extra, "tag") == label).map(|extra| text(extra, "tag_id"));
        let Some(id) = id.filter(|id| !id.is_empty()) else { return self.tag(label) };
        let id = TagId::new(id);
        if self.foreign.scheme.tag(&id).is_none() {
            let name = if label.trim().is_empty() { id.as_str() } else { label };
            let new = make::new_tag(&self.foreign.scheme, name);
            self.foreign.scheme.tags.push(Tag { id: id.clone(), ..new });
        }
        id
    }

    /// The attribute with this id, and this name when it is new.
    pub fn attribute(&mut self, id: &str, name: &str) -> AttributeId {
        let id = AttributeId::new(id);
        if self.foreign.scheme.attribute(&id).is_none() {
            let new = make::new_attribute(&self.foreign.scheme, name);
            self.foreign.scheme.attributes.push(Attribute { id: id.clone(), ..new });
        }
        id
    }

    /// A passage; returns its place among them.
    pub fn passage(&mut self, marked: Marked<'_>) -> usize {
        let Marked { name, document, range, unit, label, words, annotator, extra, has_relations } = marked;
        let tag = self.tag_of(label, extra);
        let none = Map::new();
        let extra = extra.unwrap_or(&none);
        let quote = words.or_else(|| extra.get("quote").and_then(Value::as_str));
        let claim = Claim {
            ranges: range.into_iter().collect(),
            unit,
            quote: quote.map(str::to_owned),
            before: text(extra, "before").to_owned(),
            after: text(extra, "after").to_owned(),
            ..Claim::default()
        };
        let at = self.foreign.passages.len();
        let mut passage = ForeignPassage::new(name, document, claim, tag);
        passage.id = text(extra, "id").parse().ok().filter(|id| !self.by_id.contains_key(id));
        if let Some(id) = passage.id {
            self.by_id.insert(id, at);
        }
        passage.note = text(extra, "note").to_owned();
        passage.unsure = extra.get("unsure").and_then(Value::as_bool).unwrap_or_default();
        for attribute in objects(extra, "attributes") {
            let id = self.attribute(text(attribute, "id"), text(attribute, "name"));
            passage.attributes.insert(id, text(attribute, "value").to_owned());
        }
        passage.statement = self.statement_of(extra);
        for actor in objects(extra, "voice") {
            let (id, name) = (ActorId::new(text(actor, "id")), text(actor, "name").to_owned());
            passage.voice.push(id.clone());
            if !self.foreign.actors.iter().any(|actor| actor.id == id) {
                let (kind, note) = Default::default();
                self.foreign.actors.push(Actor { id, name, kind, note });
            }
        }
        passage.annotator =
            self.annotator_of(extra).or_else(|| annotator.map(|name| self.annotator(name, name)));
        passage.created = text(extra, "created").parse().ok();
        passage.modified = text(extra, "modified").parse().ok();
        for link in objects(extra, "links") {
            let Ok(to) = text(link, "to").parse() else { continue };
            let is_drawn = link.get("drawn").and_then(Value::as_bool).unwrap_or_default();
            let (kind, link) = (text(link, "kind").to_owned(), link.clone());
            self.told.push(Told { from: at, to, kind, link, checked: is_drawn && has_relations });
        }
        self.foreign.passages.push(passage);
        at
    }

    fn statement_of(&mut self, extra: &Map<String, Value>) -> Option<StatementId> {
        let id = StatementId(uuid::Uuid::parse_str(text(extra, "statement_id")).ok()?);
        if !self.foreign.statements.iter().any(|statement| statement.id == id) {
            self.foreign.statements.push(Statement {
                id,
                name: text(extra, "statement").to_owned(),
                definition: String::new(),
                note: String::new(),
                date: PartialDate::default(),
                group: String::new(),
                order: u32::try_from(self.foreign.statements.len()).unwrap_or(u32::MAX),
            });
        }
        Some(id)
    }

    /// A relation that the tool itself has between two passages.
    pub fn relation(&mut self, kind: &str, from: usize, to: usize, annotator: Option<&str>) {
        let kind = if kind.trim().is_empty() { "related to" } else { kind };
        let annotator = annotator.map(str::to_owned);
        self.relations.push(Relation { kind: kind.to_owned(), from, to, annotator });
    }

    /// All that was read, with its links and notes.
    pub fn finish(mut self) -> Foreign {
        let mut drawn: BTreeMap<(usize, usize, String), usize> = BTreeMap::new();
        for relation in &self.relations {
            *drawn.entry((relation.from, relation.to, relation.kind.clone())).or_insert(0) += 1;
        }
        for Told { from, to, kind, link, checked } in std::mem::take(&mut self.told) {
            let Some(to) = self.by_id.get(&to).copied() else {
                self.note(
                    "link leads to a passage that is not in the file: left out",
                    "links lead to passages that are not in the file: left out",
                );
                continue;
            };
            match drawn.get_mut(&(from, to, kind.clone())) {
                Some(number) if *number > 0 => *number -= 1,
                _ if checked => continue,
                _ => {}
            }
            let kind = self.link_kind(text(&link, "kind_id"), &kind);
            let annotator = self.annotator_of(&link);
            self.foreign.links.push(ForeignLink {
                id: text(&link, "id").parse().ok(),
                kind,
                from,
                to,
                note: text(&link, "note").to_owned(),
                annotator,
                created: text(&link, "created").parse().ok(),
                modified: text(&link, "modified").parse().ok(),
            });
        }
        for Relation { kind, from, to, annotator } in std::mem::take(&mut self.relations) {
            match drawn.get_mut(&(from, to, kind.clone())) {
                Some(number) if *number > 0 => *number -= 1,
                // One of Gainsay's own, taken above.
                _ => continue,
            }
            let kind = self.foreign.link_kind(&kind);
            let annotator = annotator.map(|name| self.annotator(&name, &name));
            let (note, created, modified) = Default::default();
            self.foreign.links.push(ForeignLink {
                id: None,
                kind,
                from,
                to,
                note,
                annotator,
                created,
                modified,
            });
        }
        for ((one, many), number) in self.notes {
            let sentence =
                if number == 1 { format!("1 {one}") } else { format!("{} {many}", grouped(number)) };
            self.foreign.notes.push(sentence);
        }
        self.foreign
    }

    fn link_kind(&mut self, id: &str, name: &str) -> LinkKindId {
        if id.is_empty() {
            return self.foreign.link_kind(name);
        }
        let id = LinkKindId::new(id);
        if self.foreign.scheme.link_kind(&id).is_none() {
            let new = make::new_link_kind(&self.foreign.scheme, name);
            self.foreign.scheme.link_kinds.push(LinkKind { id: id.clone(), ..new });
        }
        id
    }
}

fn info(extra: &Map<String, Value>) -> DocumentInfo {
    let field = |key| text(extra, key).to_owned();
    let metadata = Metadata {
        title_short: field("title-short"),
        title: field("title"),
        author: field("author"),
        container_title: field("container-title"),
        issued: PartialDate::new(text(extra, "issued")),
        url: field("URL"),
        accessed: PartialDate::new(text(extra, "accessed")),
        language: field("language"),
        genre: field("genre"),
        note: field("note"),
    };
    let presentation = match text(extra, "presentation") {
        "markdown" => Presentation::Markdown,
        _ => Presentation::Plain,
    };
    DocumentInfo { metadata, presentation, group: field("group"), ..DocumentInfo::default() }
}
