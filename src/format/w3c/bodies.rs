//! What the bodies of an annotation say, and the small helpers to take JSON-LD as it comes.

use serde_json::{Map, Value};

use super::write::STANDS;
use crate::model::CommentStatus;

/// One value or a list of them: JSON-LD makes no difference.
pub(super) fn list(value: &Value) -> impl Iterator<Item = &Value> {
    let (many, one) = match value {
        Value::Array(values) => (values.as_slice(), None),
        Value::Null => (&[][..], None),
        one => (&[][..], Some(one)),
    };
    many.iter().chain(one)
}

/// The string under a key.
pub(super) fn text<'v>(map: &'v Map<String, Value>, key: &str) -> Option<&'v str> {
    map.get(key).and_then(Value::as_str)
}

/// All strings under a key.
pub(super) fn texts<'v>(map: &'v Map<String, Value>, key: &str) -> impl Iterator<Item = &'v str> {
    map.get(key).into_iter().flat_map(list).filter_map(Value::as_str)
}

/// The address of an object, in either of JSON-LD's spellings.
pub(super) fn id(map: &Map<String, Value>) -> Option<&str> {
    text(map, "id").or_else(|| text(map, "@id"))
}

/// The types of an object without prefix, in either spelling.
pub(super) fn kinds(map: &Map<String, Value>) -> impl Iterator<Item = &str> {
    texts(map, "type").chain(texts(map, "@type")).map(plain)
}

/// The motivations or purposes under a key, without prefix.
fn purposes<'v>(map: &'v Map<String, Value>, key: &str) -> Vec<&'v str> {
    texts(map, key).map(plain).collect()
}

fn plain(name: &str) -> &str {
    name.strip_prefix("oa:").unwrap_or(name)
}

/// The address that a value is or has: a string, an object's source or id.
pub(super) fn address(value: &Value) -> Option<&str> {
    match value {
        Value::String(iri) => Some(iri),
        Value::Object(map) => map.get("source").and_then(address).or_else(|| id(map)),
        _ => None,
    }
}

/// A name with the id that we have given it, where the file is ours.
pub(super) type Named = (Option<String>, String);

/// What the bodies of an annotation say.
#[derive(Debug, Default)]
pub(super) struct Said {
    pub tags: Vec<Named>,
    pub attributes: Vec<(String, String)>,
    pub statement: Option<Named>,
    pub voice: Vec<Named>,
    pub notes: Vec<String>,
    pub stand: Option<CommentStatus>,
    pub link_kind: Option<Named>,
    /// Addresses that it links to.
    pub ends: Vec<String>,
}

impl Said {
    pub(super) fn of(item: &Map<String, Value>) -> Self {
        let mut said = Self::default();
        let motivation = purposes(item, "motivation");
        if let Some(value) = text(item, "bodyValue") {
            said.words(value, &motivation);
        }
        for body in ["body", "bodies"].into_iter().filter_map(|key| item.get(key)).flat_map(list) {
            said.body(body, &motivation);
        }
        said
    }

    /// The note: all texts.
    pub(super) fn note(&self) -> String {
        self.notes.join("\n")
    }

    fn words(&mut self, words: &str, purposes: &[&str]) {
        let is = |names: &[&str]| purposes.iter().any(|purpose| names.contains(purpose));
        let stand = STANDS.iter().find(|(_, word)| *word == words);
        if is(&["tagging", "classifying", "identifying"]) && !words.trim().is_empty() {
            self.tags.push((None, words.trim().to_owned()));
        } else if let Some((stand, _)) = stand.filter(|_| is(&["assessing", "moderating"])) {
            self.stand = Some(*stand);
        } else {
            self.notes.push(words.to_owned());
        }
    }

    fn body(&mut self, body: &Value, motivation: &[&str]) {
        let Value::Object(map) = body else {
            let Some(iri) = body.as_str() else { return };
            if motivation.contains(&"linking") {
                return self.ends.push(iri.to_owned());
            }
            return self.words(iri, motivation);
        };
        if let Some(choices) = map.get("items") {
            return list(choices).for_each(|choice| self.body(choice, motivation));
        }
        let own = purposes(map, "purpose");
        let purposes = if own.is_empty() { motivation } else { &own };
        let value = ["value", "chars", "label", "name"].into_iter().find_map(|key| text(map, key));
        let named =
            |key: &str| Some((Some(text(map, key)?.to_owned()), value.unwrap_or_default().to_owned()));
        if let Some(tag) = named("tag") {
            self.tags.push(tag);
        } else if let Some(attribute) = text(map, "attribute") {
            self.attributes.push((attribute.to_owned(), value.unwrap_or_default().to_owned()));
        } else if let Some(statement) = named("statement") {
            self.statement = Some(statement);
        } else if let Some(voice) = named("voice") {
            self.voice.push(voice);
        } else if let Some(kind) = named("linkKind") {
            self.link_kind = Some(kind);
        } else if let Some(end) = address(body).filter(|_| purposes.contains(&"linking") && value.is_none()) {
            self.ends.push(end.to_owned());
        } else if let Some(value) = value.or_else(|| address(body)) {
            self.words(value, purposes);
        }
    }
}
