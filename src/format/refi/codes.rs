//! The scheme, and what else is said of passages, as a tree of codes.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, Write};

use super::xml::Out;
use super::{Group, UNSURE, guid};
use crate::format::colors;
use crate::model::{Actor, Annotation, Attribute, AttributeId, Scheme, Session, Statement, TagId};

/// A code as it is written.
pub(super) struct Code<'a> {
    guid: String,
    name: String,
    is_codable: bool,
    color: Option<&'static str>,
    description: &'a str,
    children: Vec<Code<'a>>,
}

/// The GUID of a tag's code.
pub(super) fn of_tag(tag: &TagId) -> String {
    guid("tag", &[tag.as_str()])
}

/// The GUID of an attribute's code, which holds those of its values.
pub(super) fn of_attribute(attribute: &AttributeId) -> String {
    guid("attribute", &[attribute.as_str()])
}

/// The GUID of a value's code.
pub(super) fn of_value(attribute: &AttributeId, value: &str) -> String {
    guid("value", &[attribute.as_str(), value])
}

/// The GUID of an actor's code.
pub(super) fn of_actor(actor: &crate::model::ActorId) -> String {
    guid("actor", &[actor.as_str()])
}

/// The GUID of the code for a doubted tag.
pub(super) fn of_doubt() -> String {
    guid("status", &[UNSURE])
}

/// The codes of a passage in the order in which they are written: its tag first.
pub(super) fn of_passage(annotation: &Annotation) -> Vec<String> {
    let mut codes = vec![of_tag(&annotation.tag)];
    codes.extend(annotation.attributes.iter().map(|(id, value)| of_value(id, value)));
    codes.extend(annotation.statement.map(|id| id.to_string()));
    codes.extend(annotation.voice.iter().map(of_actor));
    codes.extend(annotation.unsure.then(of_doubt));
    codes
}

/// The codes of a session.
pub(super) fn of_session(session: &Session) -> Vec<Code<'_>> {
    let mut codes = of_scheme(&session.scheme, &used(session));
    let mut statements: Vec<&Statement> = session.statements.values().map(AsRef::as_ref).collect();
    statements.sort_by_key(|statement| (statement.order, statement.id));
    let statements = statements.into_iter().map(|statement| Code {
        description: &statement.definition,
        ..Code::leaf(statement.id.to_string(), &statement.name)
    });
    let voices = session.actors.values().map(|actor: &std::sync::Arc<Actor>| Code {
        description: &actor.note,
        ..Code::leaf(of_actor(&actor.id), &actor.name)
    });
    codes.extend(Code::group(Group::Statements, statements.collect()));
    codes.extend(Code::group(Group::Voices, voices.collect()));
    let is_doubted = session.annotations.values().any(|annotation| annotation.unsure);
    let doubt = is_doubted.then(|| Code::leaf(of_doubt(), UNSURE));
    codes.extend(Code::group(Group::Status, doubt.into_iter().collect()));
    codes
}

/// The tags, nested, and the attributes with their values and those `used` besides.
pub(super) fn of_scheme<'a>(
    scheme: &'a Scheme,
    used: &BTreeMap<&'a AttributeId, BTreeSet<&'a str>>,
) -> Vec<Code<'a>> {
    let mut codes = of_tags(scheme, None);
    // Some programs want every name once.
    let mut names: BTreeSet<String> = scheme.tags.iter().map(|tag| tag.name.to_lowercase()).collect();
    let attribute = |attribute: &'a Attribute| {
        let declared = attribute.values.iter().map(|value| (value.name.as_str(), value.definition.as_str()));
        let others = used.get(&attribute.id).into_iter().flatten().map(|value| (*value, ""));
        let others = others.filter(|(value, _)| !attribute.values.iter().any(|it| it.name == *value));
        let values = declared.chain(others).map(|(value, description)| {
            let is_new = names.insert(value.to_lowercase());
            let name = if is_new { value.to_owned() } else { format!("{}: {value}", attribute.name) };
            Code { description, ..Code::leaf(of_value(&attribute.id, value), &name) }
        });
        Code {
            is_codable: false,
            description: &attribute.definition,
            children: values.collect(),
            ..Code::leaf(of_attribute(&attribute.id), &attribute.name)
        }
    };
    codes.extend(Code::group(Group::Attributes, scheme.attributes.iter().map(attribute).collect()));
    codes
}

fn of_tags<'a>(scheme: &'a Scheme, parent: Option<&TagId>) -> Vec<Code<'a>> {
    let here = scheme.tags.iter().filter(|tag| tag.parent.as_ref() == parent);
    here.map(|tag| Code {
        color: Some(colors::hex(tag.color)),
        description: &tag.definition,
        children: of_tags(scheme, Some(&tag.id)),
        ..Code::leaf(of_tag(&tag.id), &tag.name)
    })
    .collect()
}

/// The values that passages have, by attribute.
fn used(session: &Session) -> BTreeMap<&AttributeId, BTreeSet<&str>> {
    let mut used: BTreeMap<&AttributeId, BTreeSet<&str>> = BTreeMap::new();
    for (id, value) in session.annotations.values().flat_map(|annotation| &annotation.attributes) {
        used.entry(id).or_default().insert(value);
    }
    used
}

impl Code<'_> {
    fn leaf(guid: String, name: &str) -> Self {
        Self {
            guid,
            name: name.to_owned(),
            is_codable: true,
            color: None,
            description: "",
            children: Vec::new(),
        }
    }

    /// A parent of ours; none when there is nothing in it.
    fn group(group: Group, children: Vec<Self>) -> Option<Self> {
        let (is_codable, description) = (false, group.description());
        let code = Self { is_codable, description, ..Self::leaf(group.guid(), group.name()) };
        (!children.is_empty()).then_some(Self { children, ..code })
    }

    /// Writes it with all below it.
    pub(super) fn write(&self, out: &mut Out<impl Write>) -> io::Result<()> {
        let is_codable = if self.is_codable { "true" } else { "false" };
        let mut attributes =
            vec![("guid", self.guid.as_str()), ("name", &self.name), ("isCodable", is_codable)];
        attributes.extend(self.color.map(|color| ("color", color)));
        if self.description.is_empty() && self.children.is_empty() {
            return out.empty("Code", &attributes);
        }
        out.open("Code", &attributes)?;
        if !self.description.is_empty() {
            out.text("Description", self.description)?;
        }
        for child in &self.children {
            child.write(out)?;
        }
        out.close("Code")
    }
}
