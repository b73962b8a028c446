//! A tree of codes becomes tags, and what stands under our own parents becomes again what it was.

use std::collections::BTreeMap;

use super::super::xml::{Element, clean};
use super::super::{Group, UNSURE};
use super::names::together;
use crate::edit::make;
use crate::format::colors;
use crate::format::export::Losses;
use crate::format::import::Foreign;
use crate::format::refi::codes as written;
use crate::model::{ActorId, AttributeId, AttributeValue, StatementId, TagId};

/// What a code says of a passage.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Tag(TagId),
    Value(AttributeId, String),
    Statement(StatementId),
    Voice(ActorId),
    Doubt,
}

/// All codes, by GUID.
#[derive(Default)]
pub(super) struct Codes {
    meanings: BTreeMap<String, Meaning>,
    /// What could not be kept, a sentence each.
    pub(super) notes: Vec<String>,
}

/// Where in the tree a code stands.
#[derive(Clone)]
enum Under {
    Tag(Option<TagId>),
    Group(Group),
    Attribute(AttributeId),
}

struct Walk<'a> {
    foreign: &'a mut Foreign,
    /// What the record names.
    own: BTreeMap<String, Meaning>,
    own_attributes: BTreeMap<String, AttributeId>,
    notes_of: &'a dyn Fn(&Element) -> Option<String>,
    meanings: BTreeMap<String, Meaning>,
    twins: usize,
    renamed: usize,
}

impl Codes {
    /// Adds the codes to the scheme of `foreign`. With a record, it is complete already, and what the codes say of it
    /// newly counts. `notes_of` gives the memos of a code.
    pub(super) fn read<'e>(
        codes: impl Iterator<Item = &'e Element>,
        foreign: &mut Foreign,
        has_record: bool,
        notes_of: &dyn Fn(&Element) -> Option<String>,
    ) -> Self {
        let (own, own_attributes) = if has_record { known(foreign) } else { Default::default() };
        let (meanings, twins, renamed) = (BTreeMap::new(), 0, 0);
        let mut walk = Walk { foreign, own, own_attributes, notes_of, meanings, twins, renamed };
        for code in codes.filter(|it| it.name == "Code") {
            walk.code(code, &Under::Tag(None));
        }
        let mut notes = Losses::default();
        notes.add(
            walk.twins,
            "code with the GUID of another: left out",
            "codes with the GUIDs of others: left out",
        );
        notes.add(
            walk.renamed,
            "code with the name of another: named with its parent's too",
            "codes with the names of others: named with their parents' too",
        );
        Self { meanings: walk.meanings, notes: notes.0 }
    }

    /// What the code with this GUID says.
    pub(super) fn meaning(&self, guid: &str) -> Option<&Meaning> {
        self.meanings.get(guid)
    }
}

/// The codes of all that the record names, and those of attributes.
fn known(foreign: &Foreign) -> (BTreeMap<String, Meaning>, BTreeMap<String, AttributeId>) {
    let (mut own, mut attributes) = (BTreeMap::new(), BTreeMap::new());
    for tag in &foreign.scheme.tags {
        own.insert(written::of_tag(&tag.id), Meaning::Tag(tag.id.clone()));
    }
    for attribute in &foreign.scheme.attributes {
        attributes.insert(written::of_attribute(&attribute.id), attribute.id.clone());
        for value in &attribute.values {
            let meaning = Meaning::Value(attribute.id.clone(), value.name.clone());
            own.insert(written::of_value(&attribute.id, &value.name), meaning);
        }
    }
    for statement in &foreign.statements {
        own.insert(statement.id.to_string(), Meaning::Statement(statement.id));
    }
    for actor in &foreign.actors {
        own.insert(written::of_actor(&actor.id), Meaning::Voice(actor.id.clone()));
    }
    (own, attributes)
}

impl Walk<'_> {
    fn code(&mut self, code: &Element, under: &Under) {
        let guid = code.guid("guid").unwrap_or_default();
        let under = match self.entered(code, &guid, under) {
            Ok(below) => below,
            Err(meaning) => {
                let below = match (&meaning, under) {
                    (Meaning::Tag(tag), _) => Under::Tag(Some(tag.clone())),
                    (_, under) => under.clone(),
                };
                if !guid.is_empty() {
                    self.meanings.insert(guid, meaning);
                }
                below
            }
        };
        for child in code.all("Code") {
            self.code(child, &under);
        }
    }

    /// What stands below a code that says nothing itself, or the meaning of one that does.
    fn entered(&mut self, code: &Element, guid: &str, under: &Under) -> Result<Under, Meaning> {
        if self.meanings.contains_key(guid) {
            self.twins += 1;
            return Ok(under.clone());
        }
        let name = code.get("name").unwrap_or_default();
        match under {
            Under::Tag(None) if let Some(group) = group(code, guid) => Ok(Under::Group(group)),
            Under::Group(Group::Attributes) => Ok(Under::Attribute(self.attribute(code, guid, name))),
            Under::Group(_) | Under::Attribute(_) if let Some(own) = self.own.get(guid) => Err(own.clone()),
            Under::Attribute(id) => Err(self.value(code, guid, id, name)),
            Under::Group(Group::Statements) => {
                let is_new = !self.foreign.statements.iter().any(|statement| statement.name == name);
                let id = self.foreign.statement(name);
                if let Some(statement) = self.foreign.statements.last_mut().filter(|_| is_new) {
                    code.description().clone_into(&mut statement.definition);
                }
                Err(Meaning::Statement(id))
            }
            Under::Group(Group::Voices) => {
                let is_new = !self.foreign.actors.iter().any(|actor| actor.name == name);
                let id = self.foreign.actor(name);
                if let Some(actor) = self.foreign.actors.last_mut().filter(|_| is_new) {
                    code.description().clone_into(&mut actor.note);
                }
                Err(Meaning::Voice(id))
            }
            Under::Group(Group::Status) if guid == written::of_doubt() || name == UNSURE => {
                Err(Meaning::Doubt)
            }
            Under::Group(Group::Status) => Err(Meaning::Tag(self.tag(code, guid, None))),
            Under::Tag(parent) => Err(Meaning::Tag(self.tag(code, guid, parent.as_ref()))),
        }
    }

    fn attribute(&mut self, code: &Element, guid: &str, name: &str) -> AttributeId {
        if let Some(id) = self.own_attributes.get(guid) {
            return id.clone();
        }
        let attribute = make::new_attribute(&self.foreign.scheme, name);
        let known = self.foreign.scheme.attributes.iter().find(|own| own.name == name);
        if let Some(known) = known {
            return known.id.clone();
        }
        let id = attribute.id.clone();
        let definition = code.description().to_owned();
        self.foreign.scheme.attributes.push(crate::model::Attribute { definition, ..attribute });
        id
    }

    fn value(&mut self, code: &Element, guid: &str, id: &AttributeId, name: &str) -> Meaning {
        let is_own = self.own_attributes.values().any(|own| own == id);
        let mut value = name.to_owned();
        if let Some(attribute) = self.foreign.scheme.attributes.iter_mut().find(|it| it.id == *id) {
            // Where two attributes have a value in common, the second has its attribute's name in front.
            let prefix = format!("{}: ", attribute.name);
            let without = name.strip_prefix(&prefix).unwrap_or(name);
            let is_whole = is_own && guid == written::of_value(id, name);
            value = if is_whole { name } else { without }.to_owned();
            if !is_own && !attribute.values.iter().any(|own| own.name == value) {
                let definition = code.description().to_owned();
                attribute.values.push(AttributeValue { name: value.clone(), definition });
            }
        }
        Meaning::Value(id.clone(), value)
    }

    /// Gives a tag the name that the file has for it, unless another has that.
    fn rename(&mut self, id: &TagId, name: &str) {
        let lower = name.to_lowercase();
        let tags = &mut self.foreign.scheme.tags;
        if tags.iter().all(|tag| tag.id == *id || tag.name.to_lowercase() != lower)
            && let Some(tag) = tags.iter_mut().find(|tag| tag.id == *id)
        {
            name.clone_into(&mut tag.name);
        }
    }

    fn tag(&mut self, code: &Element, guid: &str, parent: Option<&TagId>) -> TagId {
        let name = code.get("name").unwrap_or_default().trim();
        let color = code.get("color").and_then(colors::named);
        if let Some(Meaning::Tag(id)) = self.own.get(guid)
            && let Some(tag) = self.foreign.scheme.tags.iter_mut().find(|tag| tag.id == *id)
        {
            if let Some(said) = code.child("Description").filter(|said| said.text != clean(&tag.definition)) {
                tag.definition.clone_from(&said.text);
            }
            tag.color = color.unwrap_or(tag.color);
            tag.parent = parent.cloned();
            let (id, is_other) = (tag.id.clone(), !name.is_empty() && name != clean(&tag.name).trim());
            if is_other {
                self.rename(&id, name);
            }
            return id;
        }
        let scheme = &self.foreign.scheme;
        let is_taken = |name: &str| {
            let name = name.to_lowercase();
            scheme.tags.iter().any(|tag| tag.name.to_lowercase() == name)
        };
        let mut full = if name.is_empty() { "(no name)".to_owned() } else { name.to_owned() };
        if is_taken(&full) {
            self.renamed += 1;
            if let Some(parent) = parent.and_then(|id| scheme.tag(id)) {
                full = format!("{}: {full}", parent.name);
            }
            let mut all =
                std::iter::once(full.clone()).chain((2_u64..).map(|number| format!("{full} ({number})")));
            full = all.find(|name| !is_taken(name)).unwrap_or(full);
        }
        let mut tag = make::new_tag(scheme, &full);
        let said = [Some(code.description().to_owned()), (self.notes_of)(code)];
        tag.definition =
            together(&said.iter().flatten().map(String::as_str).collect::<Vec<_>>()).unwrap_or_default();
        tag.color = color.unwrap_or(tag.color);
        tag.parent = parent.cloned();
        let id = tag.id.clone();
        self.foreign.scheme.tags.push(tag);
        id
    }
}

/// The parent of ours that a code is.
fn group(code: &Element, guid: &str) -> Option<Group> {
    let is = |group: &Group| {
        guid == group.guid()
            || code.get("name") == Some(group.name()) && code.description() == group.description()
    };
    Group::ALL.into_iter().find(is)
}
