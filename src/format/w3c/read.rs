//! Reading: our own files, and what Recogito, Annotorious and others write.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::{Map, Value};

use super::bodies::{Named, Said, address, id, kinds, list, text};
use super::selector::Selected;
use super::{STANDARD, UNTAGGED, decoded, person_of, ties, uuid_of};
use crate::edit::Edit;
use crate::format::import::{Foreign, ForeignDocument, ForeignPassage, Input, ReadError, json_words};
use crate::format::session::{self, v1};
use crate::format::words::grouped;
use crate::model::{
    ActorId, AnnotationId, AnnotatorId, AttributeId, DocumentInfo, Scheme, Session, StatementId, Tag, TagId,
    Timestamp,
};

/// Reads files of annotations and the texts beside them.
///
/// # Errors
/// When a file is not JSON, holds no annotations, or what Gainsay wrote into it does not fit together.
pub(super) fn read(inputs: &[Input]) -> Result<Foreign, ReadError> {
    let (texts, files): (Vec<&Input>, Vec<&Input>) = inputs.iter().partition(|it| it.has_extension("txt"));
    let mut reading = Reading { texts, ..Reading::default() };
    for input in files {
        let value: Value = serde_json::from_str(input.json()?).map_err(|error| {
            let place = format!("line {}, column {}", error.line(), error.column());
            ReadError::at(&input.name, place, "it is not sound JSON")
        })?;
        let before = reading.items.len();
        let is_ours = reading.collect(value, input)?;
        if reading.items.len() == before && !is_ours {
            return Err(ReadError::new(
                &input.name,
                "there are no annotations of the W3C's data model in it",
            ));
        }
    }
    reading.finish()
}

/// An annotation of a file.
pub(super) struct Item<'a> {
    pub map: Map<String, Value>,
    pub file: &'a Input,
}

/// What was read so far.
#[derive(Default)]
pub(super) struct Reading<'a> {
    pub foreign: Foreign,
    texts: Vec<&'a Input>,
    pub items: Vec<Item<'a>>,
    /// Places in [`Foreign::documents`], by what a target calls them.
    documents: BTreeMap<String, usize>,
    /// The passage of each annotation (the first, where it became several), by its address.
    pub passages: BTreeMap<String, usize>,
    /// What is to be told, with how often.
    pub told: BTreeMap<String, usize>,
}

impl<'a> Reading<'a> {
    /// Takes the annotations out of one, a list, a page or a collection. True when it is a file of ours.
    fn collect(&mut self, value: Value, file: &'a Input) -> Result<bool, ReadError> {
        let mut map = match value {
            Value::Array(values) => {
                let mut is_ours = false;
                for value in values {
                    is_ours |= self.collect(value, file)?;
                }
                return Ok(is_ours);
            }
            Value::Object(map) => map,
            _ => return Ok(false),
        };
        let own = map.remove("session").filter(|_| is_standard(&map));
        let is_ours = own.is_some();
        if let Some(records) = own {
            self.session(records, file)?;
        }
        if ["target", "hasTarget"].iter().any(|key| map.contains_key(*key)) {
            self.items.push(Item { map, file });
            return Ok(is_ours);
        }
        for key in ["@graph", "annotations", "items", "first", "next"] {
            match map.remove(key) {
                Some(Value::String(_)) => {
                    self.tell("page of annotations is elsewhere: only what is in the file was read")
                }
                Some(Value::Array(values)) if values.iter().all(Value::is_string) && !values.is_empty() => {
                    self.tell("list of annotations holds addresses alone: they are elsewhere");
                }
                Some(value) => drop(self.collect(value, file)?),
                None => {}
            }
        }
        Ok(is_ours)
    }

    /// Notes it; sentences about things that there can be many of begin with the thing.
    pub(super) fn tell(&mut self, what: &str) {
        *self.told.entry(what.to_owned()).or_default() += 1;
    }

    /// What Gainsay has put into its own file.
    fn session(&mut self, records: Value, file: &Input) -> Result<(), ReadError> {
        let wrong = |what: String| ReadError::at(&file.name, "session", what);
        if self.foreign.origin.is_some() {
            return Err(wrong("a second session: read one after the other".to_owned()));
        }
        let records: v1::File<'static> =
            serde_json::from_value(records).map_err(|error| wrong(json_words(&error)))?;
        let session = session::of_records(records).map_err(wrong)?;
        for document in &session.documents {
            let at = self.foreign.documents.len();
            self.documents.insert(format!("id {}", document.id), at);
            self.documents.entry(format!("urn:sha256:{}", document.source.digest)).or_insert(at);
            let import = &document.source.import;
            self.foreign.documents.push(ForeignDocument {
                name: import.file_name.clone().unwrap_or_else(|| document.id.to_string()),
                id: Some(document.id.to_string()),
                text: Some(document.text().to_owned()),
                digest: None,
                info: Some(DocumentInfo::clone(&document.info)),
                import: Some(import.clone()),
            });
        }
        let foreign = &mut self.foreign;
        foreign.origin = Some((session.id, session.created));
        foreign.when_new = when_new(&session);
        foreign.info = session.info;
        foreign.scheme = Scheme::clone(&session.scheme);
        foreign.annotators = session.annotators;
        foreign.actors = session.actors.values().map(|actor| (**actor).clone()).collect();
        foreign.statements = session.statements.values().map(|statement| (**statement).clone()).collect();
        Ok(())
    }

    fn finish(mut self) -> Result<Foreign, ReadError> {
        let ids: BTreeSet<String> =
            self.items.iter().filter_map(|item| id(&item.map)).map(str::to_owned).collect();
        let (ties, items): (Vec<_>, Vec<_>) =
            std::mem::take(&mut self.items).into_iter().partition(|item| ties::is_tie(&item.map, &ids));
        self.texts_beside(&items)?;
        for (number, item) in items.iter().enumerate() {
            self.passage(number, item);
        }
        ties::take(&mut self, &ties);
        for text in &self.texts {
            let note = format!("{}: a text to which no annotation belongs", text.name);
            self.foreign.notes.push(note);
        }
        let told = self.told.iter().map(|(what, number)| format!("{} × {what}", grouped(*number)));
        self.foreign.notes.extend(told);
        Ok(self.foreign)
    }

    /// Gives the texts to the documents that targets name: by the name of the file, or the only text to the only
    /// document of a file of the same name.
    fn texts_beside(&mut self, items: &[Item<'_>]) -> Result<(), ReadError> {
        let mut sources: BTreeMap<&str, BTreeSet<String>> = BTreeMap::new();
        for item in items {
            for target in targets(&item.map) {
                let own = sources.entry(&item.file.name).or_default();
                own.insert(source(target).unwrap_or_default().to_owned());
            }
        }
        for (file, named) in sources {
            let file = stem(file);
            let is_only = named.len() == 1;
            for source in named {
                let key = key(&source, &file);
                if self.documents.contains_key(&key) {
                    continue;
                }
                let wanted = if source.is_empty() { file.clone() } else { stem(&source) };
                let fits = |name: &str| stem(name) == wanted || is_only && stem(name) == file;
                let Some(at) = self.texts.iter().position(|text| fits(&text.name)) else { continue };
                let text = self.texts.remove(at);
                let mut info = DocumentInfo::default();
                info.metadata.url = if source.starts_with("http") { source } else { String::new() };
                let number = self.document(key);
                let document = &mut self.foreign.documents[number];
                document.name.clone_from(&text.name);
                document.text = Some(text.text()?.to_owned());
                document.info = (info != DocumentInfo::default()).then_some(info);
            }
        }
        Ok(())
    }

    /// The document of this key, made when it is new.
    fn document(&mut self, key: String) -> usize {
        let documents = &mut self.foreign.documents;
        *self.documents.entry(key).or_insert_with_key(|key| {
            let digest = key.strip_prefix("urn:sha256:").map(str::to_owned);
            documents.push(ForeignDocument { name: key.clone(), digest, ..ForeignDocument::default() });
            documents.len() - 1
        })
    }

    fn passage(&mut self, number: usize, item: &Item<'_>) {
        let map = &item.map;
        self.tell_of_unknown(map);
        let name = id(map).map_or_else(|| format!("annotation {}", number + 1), str::to_owned);
        let said = Said::of(map);
        let mut first = self.said(map, &said);
        let mut tags: Vec<TagId> = said.tags.iter().map(|tag| self.tag(tag)).collect();
        if tags.is_empty() {
            tags.push(self.foreign.tag(UNTAGGED));
        }
        for target in targets(map) {
            let own = target.as_object().and_then(|target| text(target, "document"));
            let own = own.and_then(|id| self.documents.get(&format!("id {id}")).copied());
            let source = source(target).unwrap_or_default();
            let Some(selector) = target.as_object().and_then(|target| target.get("selector")) else {
                self.tell("annotation of a whole document, not of a passage in it: left out");
                continue;
            };
            let mut selected = Selected::of(selector);
            if let Some(last) = orphan(map) {
                selected.claim.orphan = true;
                selected.claim.ranges = vec![last];
            } else if !selected.marks_text() {
                let by = selected.others.join(", ");
                self.tell(&format!(
                    "annotation by {by}, which marks no text that can be looked for: left out"
                ));
                continue;
            }
            let document = own.unwrap_or_else(|| self.document(key(source, &stem(&item.file.name))));
            for tag in &tags {
                let at = self.foreign.passages.len();
                let more = ForeignPassage::new(name.clone(), document, selected.claim.clone(), tag.clone());
                // Ids, comments and history belong to one.
                let one = first.take().unwrap_or_else(|| ForeignPassage {
                    id: None,
                    changes: Vec::new(),
                    ..self.foreign.passages[at - 1].clone()
                });
                let ForeignPassage { name, document, claim, tag, .. } = more;
                self.foreign.passages.push(ForeignPassage { name, document, claim, tag, ..one });
                if let Some(id) = id(map) {
                    self.passages.entry(id.to_owned()).or_insert(at);
                }
            }
        }
    }

    /// All of a passage but its place and tag.
    fn said(&mut self, map: &Map<String, Value>, said: &Said) -> Option<ForeignPassage> {
        let origin = self.foreign.origin;
        let nowhere = TagId::new("");
        let mut passage = ForeignPassage::new("", 0, Default::default(), nowhere);
        // Others give UUIDs too; an id is taken over from our own files alone.
        passage.id = id(map).and_then(uuid_of).map(AnnotationId).filter(|_| origin.is_some());
        passage.note = said.note();
        passage.unsure = map.get("unsure") == Some(&Value::Bool(true));
        for (name, value) in &said.attributes {
            let id = AttributeId::new(name.as_str());
            let is_known = self.foreign.scheme.attribute(&id).is_some();
            let id = if is_known { id } else { self.foreign.attribute(name) };
            if passage.attributes.insert(id, value.clone()).is_some() {
                self.tell("second value of an attribute of one annotation: left out");
            }
        }
        passage.statement = said.statement.as_ref().map(|(id, name)| {
            let id = id.as_deref().and_then(uuid_of).map(StatementId);
            let known = id.filter(|id| self.foreign.statements.iter().any(|it| it.id == *id));
            known.unwrap_or_else(|| self.foreign.statement(name))
        });
        for (id, name) in &said.voice {
            let id = id.as_deref().map(ActorId::new);
            let known = id.filter(|id| self.foreign.actors.iter().any(|it| it.id == *id));
            let actor = known.unwrap_or_else(|| self.foreign.actor(name));
            passage.voice.push(actor);
        }
        passage.annotator = self.creator(map);
        passage.created = self.time(map, "created");
        passage.modified = self.time(map, "modified");
        if let Some(records) = map.get("provenance").filter(|_| origin.is_some()) {
            match serde_json::from_value::<v1::Provenance<'static>>(records.clone()) {
                Ok(record) => passage.provenance = Some(record.into_model()),
                Err(_) => self.tell("provenance that can't be read: left out"),
            }
        }
        for record in map.get("changes").filter(|_| origin.is_some()).into_iter().flat_map(list) {
            match serde_json::from_value::<v1::Past<'static>>(record.clone()) {
                Ok(record) => passage.changes.push(record.into_model()),
                Err(_) => self.tell("change that can't be read: left out"),
            }
        }
        Some(passage)
    }

    /// The tag: by our id while it has the name that we gave it, else by its name.
    fn tag(&mut self, (id, name): &Named) -> TagId {
        let id = id.as_deref().map(TagId::new);
        let is_nameless = name.trim().is_empty();
        let fits = |tag: &Tag| is_nameless || tag.name == *name;
        let known = id.filter(|id| self.foreign.scheme.tag(id).is_some_and(fits));
        known.unwrap_or_else(|| self.foreign.tag(if is_nameless { UNTAGGED } else { name }))
    }

    /// The first of its makers.
    pub(super) fn creator(&mut self, map: &Map<String, Value>) -> Option<AnnotatorId> {
        let target = map.get("target").and_then(Value::as_object);
        // Annotorious puts it on the target.
        let creators = map.get("creator").or_else(|| target?.get("creator"))?;
        if list(creators).count() > 1 {
            self.tell("annotation by several people: the first one's name was kept");
        }
        let creator = list(creators).next()?;
        let iri = address(creator);
        let own = self.foreign.origin.and_then(|(session, _)| person_of(session, iri?));
        if let Some(own) = own.filter(|own| self.foreign.annotators.contains_key(own)) {
            return Some(own);
        }
        let map = creator.as_object();
        let named = ["name", "nickname", "email"].into_iter().find_map(|key| text(map?, key));
        Some(self.foreign.annotator(named.or(iri)?))
    }

    pub(super) fn time(&mut self, map: &Map<String, Value>, key: &str) -> Option<Timestamp> {
        let target = map.get("target").and_then(Value::as_object);
        let time = text(map, key).or_else(|| text(target?, key))?;
        let read = time.parse().ok();
        if read.is_none() {
            self.tell("time without a zone, or that is none: left out");
        }
        read
    }

    /// What the standard knows and Gainsay has no place for.
    pub(super) fn tell_of_unknown(&mut self, map: &Map<String, Value>) {
        for key in map.keys().filter(|key| !KNOWN.contains(&key.as_str())) {
            self.tell(&format!("“{key}” of an annotation: left out"));
        }
    }
}

/// Keys of annotations that are read, or say nothing of the passage.
const KNOWN: [&str; 23] = [
    "@context",
    "id",
    "@id",
    "type",
    "@type",
    "motivation",
    "creator",
    "created",
    "modified",
    "generator",
    "generated",
    "body",
    "bodies",
    "bodyValue",
    "target",
    "unsure",
    "orphan",
    "provenance",
    "changes",
    "on",
    "label",
    "partOf",
    "canonical",
];

fn when_new(session: &Session) -> Vec<Edit> {
    let Session {
        scheme, alerts_aside, tag_mappings, statement_mappings, decisions, conflicts, remarks, ..
    } = session;
    let mut edits = Vec::new();
    if **scheme == Scheme::default() {
        // A file without a scheme leaves a new session its own; this one has none.
        edits.push(Edit::SetScheme(scheme.clone()));
    }
    if !alerts_aside.is_empty() {
        edits.push(Edit::SetAlertsAside(alerts_aside.clone()));
    }
    if !tag_mappings.is_empty() {
        edits.push(Edit::SetTagMappings(tag_mappings.clone()));
    }
    if !statement_mappings.is_empty() {
        edits.push(Edit::SetStatementMappings(statement_mappings.clone()));
    }
    if !remarks.is_empty() {
        edits.push(Edit::SetRemarks(remarks.clone()));
    }
    if !decisions.is_empty() {
        edits.push(Edit::SetDecisions(decisions.clone()));
    }
    if !conflicts.is_empty() {
        edits.push(Edit::SetConflicts(conflicts.clone()));
    }
    edits
}

fn is_standard(map: &Map<String, Value>) -> bool {
    map.get("@context").into_iter().flat_map(list).any(|context| context.as_str() == Some(STANDARD))
        && kinds(map).any(|kind| kind == "AnnotationCollection")
}

pub(super) fn targets(map: &Map<String, Value>) -> impl Iterator<Item = &Value> {
    ["target", "hasTarget"].into_iter().filter_map(|key| map.get(key)).flat_map(list)
}

/// What a target calls its document: an address without its fragment.
fn source(target: &Value) -> Option<&str> {
    let iri = address(target)?;
    Some(iri.split_once('#').map_or(iri, |(iri, _)| iri))
}

fn key(source: &str, file: &str) -> String {
    if source.is_empty() { file.to_owned() } else { source.to_owned() }
}

/// The last span of an orphan, in bytes of a text that is gone.
fn orphan(map: &Map<String, Value>) -> Option<std::ops::Range<usize>> {
    let ends: (usize, usize) = serde_json::from_value(map.get("orphan")?.clone()).ok()?;
    Some(ends.0..ends.1)
}

/// The name of a file, at the end of a path or an address, without its ending.
fn stem(path: &str) -> String {
    let name = path.rsplit(['/', '\\']).next().unwrap_or(path);
    let name = decoded(name).unwrap_or_else(|| name.to_owned());
    name.rsplit_once('.').map_or(name.as_str(), |(stem, _)| stem).to_lowercase()
}
