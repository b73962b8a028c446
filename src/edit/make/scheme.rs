//! Changes of the scheme that reach into annotations, and schemes taken over from elsewhere.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::{
    Annotation, Attribute, AttributeId, LinkKind, LinkKindId, Scheme, Session, Tag, TagColor, TagId,
    TagMapping, slug,
};

use super::super::Edit;

/// Edits that give all that bears the tag `from` the tag `into`, whose rules and examples grow by those of
/// `from`; tags under `from` come to stand under `into`. No annotation goes, and none loses anything.
///
/// `None` when one of the two is not there, or both are the same.
pub fn merge_tags(session: &Session, from: &TagId, into: &TagId) -> Option<Vec<Edit>> {
    let scheme = &session.scheme;
    let old = scheme.tag(from).filter(|_| from != into)?;
    scheme.tag(into)?;
    let mut new = Scheme::clone(scheme);
    for tag in &mut new.tags {
        if tag.id == *into {
            if tag.definition.is_empty() {
                tag.definition.clone_from(&old.definition);
            }
            tag.rules.extend(old.rules.iter().cloned());
            tag.rules.sort_by_key(|rule| rule.since);
            tag.examples.extend(old.examples.iter().cloned());
        }
        if tag.parent.as_ref() == Some(from) {
            // Under itself a tag cannot stand: then it takes the place of the one that goes.
            tag.parent = if tag.id == *into { old.parent.clone() } else { Some(into.clone()) };
        }
    }
    // Where `into` stands below a child of `from`, that child must not come to stand below `into`.
    break_circle(&mut new, into, old.parent.as_ref());
    for attribute in &mut new.attributes {
        if attribute.tags.contains(from) {
            attribute.tags.retain(|tag| tag != from && tag != into);
            attribute.tags.push(into.clone());
        }
    }
    let with_both = Edit::SetScheme(Arc::new(new.clone()));
    new.tags.retain(|tag| tag.id != *from);
    let mut edits = vec![with_both];
    let marked = session.annotations.values().filter(|annotation| annotation.tag == *from);
    edits.extend(marked.map(|old| {
        Edit::PutAnnotation(Arc::new(Annotation { tag: into.clone(), ..Annotation::clone(old) }))
    }));
    if session.tag_mappings.iter().any(|mapping| mapping.ours == *from) {
        let ours =
            |mapping: &TagMapping| if mapping.ours == *from { into.clone() } else { mapping.ours.clone() };
        let mappings = session.tag_mappings.iter().map(|it| TagMapping { ours: ours(it), ..it.clone() });
        edits.push(Edit::SetTagMappings(mappings.collect()));
    }
    edits.push(Edit::SetScheme(Arc::new(new)));
    Some(edits)
}

/// Takes a tag out of the circle that a merge may have closed: it then stands where `parent` says.
fn break_circle(scheme: &mut Scheme, id: &TagId, parent: Option<&TagId>) {
    let mut at = scheme.tag(id).and_then(|tag| tag.parent.clone());
    for _ in 0..scheme.tags.len() {
        match at {
            Some(up) if up == *id => {
                let parent = parent.cloned();
                if let Some(tag) = scheme.tags.iter_mut().find(|tag| tag.id == *id) {
                    tag.parent = parent;
                }
                return;
            }
            Some(up) => at = scheme.tag(&up).and_then(|tag| tag.parent.clone()),
            None => return,
        }
    }
}

/// Edits that give an allowed value another name, in the scheme and in all annotations that have it.
///
/// `None` when there is no such value, or the new name is taken or empty.
pub fn rename_value(session: &Session, attribute: &AttributeId, old: &str, new: &str) -> Option<Vec<Edit>> {
    let new = new.trim();
    let known = session.scheme.attribute(attribute)?;
    let there = |name: &str| known.values.iter().any(|value| value.name == name);
    if new.is_empty() || !there(old) || there(new) {
        return None;
    }
    let change = |scheme: &mut Scheme, keeps_old: bool| {
        let Some(attribute) = scheme.attributes.iter_mut().find(|it| it.id == *attribute) else { return };
        let Some(at) = attribute.values.iter().position(|value| value.name == old) else { return };
        if keeps_old {
            let renamed =
                crate::model::AttributeValue { name: new.to_owned(), ..attribute.values[at].clone() };
            attribute.values.insert(at, renamed);
        } else {
            new.clone_into(&mut attribute.values[at].name);
            if attribute.default.as_deref() == Some(old) {
                attribute.default = Some(new.to_owned());
            }
        }
    };
    let (mut with_both, mut renamed) = (Scheme::clone(&session.scheme), Scheme::clone(&session.scheme));
    change(&mut with_both, true);
    change(&mut renamed, false);
    let mut edits = vec![Edit::SetScheme(Arc::new(with_both))];
    let with_value = session
        .annotations
        .values()
        .filter(|it| it.attributes.get(attribute).is_some_and(|value| value == old));
    edits.extend(with_value.map(|it| {
        let mut it = Annotation::clone(it);
        it.attributes.insert(attribute.clone(), new.to_owned());
        Edit::PutAnnotation(Arc::new(it))
    }));
    edits.push(Edit::SetScheme(Arc::new(renamed)));
    Some(edits)
}

/// What taking over a scheme has changed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Adopted {
    /// Tags, attributes and link kinds that are new.
    pub added: usize,
    /// Those that were there and have got another definition, or further rules, examples or values.
    pub changed: usize,
}

/// The scheme with all that `other` has: what is new is added, what is there (by id, else by name) gets the other's
/// definition, rules, examples and values. Nothing is removed or renamed, and keys and colors stay.
pub fn adopt(scheme: &Scheme, other: &Scheme) -> (Scheme, Adopted) {
    let (mut new, mut adopted) = (scheme.clone(), Adopted::default());
    let mut ids: Vec<(TagId, TagId)> = Vec::new();
    for tag in &other.tags {
        let same = |own: &&mut Tag| own.id == tag.id || own.name.to_lowercase() == tag.name.to_lowercase();
        if let Some(own) = new.tags.iter_mut().find(same) {
            ids.push((tag.id.clone(), own.id.clone()));
            adopted.changed += usize::from(grow(own, tag));
        } else {
            let added = Tag {
                letter: free_letter(&new, tag.letter, &tag.name),
                key: tag.key.filter(|key| new.tag_for_key(*key).is_none()),
                parent: None,
                ..tag.clone()
            };
            ids.push((tag.id.clone(), added.id.clone()));
            new.tags.push(added);
            adopted.added += 1;
        }
    }
    let ours = |theirs: &TagId| ids.iter().find(|(other, _)| other == theirs).map(|(_, own)| own.clone());
    for tag in other.tags.iter().filter(|tag| scheme.tag(&tag.id).is_none()) {
        let parent = tag.parent.as_ref().and_then(ours);
        if let Some(own) = new.tags.iter_mut().find(|own| own.id == tag.id) {
            own.parent = parent;
        }
    }
    for attribute in &other.attributes {
        let same = |own: &&mut Attribute| {
            own.id == attribute.id || own.name.to_lowercase() == attribute.name.to_lowercase()
        };
        match new.attributes.iter_mut().find(same) {
            Some(own) => {
                let before = own.clone();
                replace_if_said(&mut own.definition, &attribute.definition);
                if !own.values.is_empty() {
                    for value in &attribute.values {
                        if !own.values.iter().any(|other| other.name == value.name) {
                            own.values.push(value.clone());
                        }
                    }
                }
                adopted.changed += usize::from(*own != before);
            }
            None => {
                let tags = attribute.tags.iter().filter_map(ours).collect();
                new.attributes.push(Attribute { tags, ..attribute.clone() });
                adopted.added += 1;
            }
        }
    }
    for kind in &other.link_kinds {
        let same =
            |own: &&mut LinkKind| own.id == kind.id || own.name.to_lowercase() == kind.name.to_lowercase();
        match new.link_kinds.iter_mut().find(same) {
            Some(own) => {
                adopted.changed += usize::from(replace_if_said(&mut own.definition, &kind.definition))
            }
            None => {
                new.link_kinds.push(kind.clone());
                adopted.added += 1;
            }
        }
    }
    (new, adopted)
}

/// Definition, rules and examples of `other`; true when anything was new.
fn grow(own: &mut Tag, other: &Tag) -> bool {
    let mut grown = replace_if_said(&mut own.definition, &other.definition);
    let rules = own.rules.len();
    for rule in &other.rules {
        if !own.rules.iter().any(|known| known.text == rule.text) {
            own.rules.push(rule.clone());
            grown = true;
        }
    }
    // Where nothing came, nothing is moved either.
    if own.rules.len() > rules {
        own.rules.sort_by_key(|rule| rule.since);
    }
    for example in &other.examples {
        if !own.examples.iter().any(|known| known.quote == example.quote) {
            own.examples.push(example.clone());
            grown = true;
        }
    }
    grown
}

fn replace_if_said(own: &mut String, other: &str) -> bool {
    let said = !other.is_empty() && own != other;
    if said {
        other.clone_into(own);
    }
    said
}

/// A letter that no tag offered has: `wanted`, else one of the name, else any.
pub fn free_letter(scheme: &Scheme, wanted: char, name: &str) -> char {
    let taken: BTreeSet<char> = scheme.tags.iter().filter(|tag| !tag.retired).map(|tag| tag.letter).collect();
    let of_name = name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_uppercase);
    let mut likely =
        std::iter::once(wanted).chain(of_name).chain('A'..='Z').chain('0'..='9').chain('a'..='z');
    let free = likely.find(|letter| letter.is_alphanumeric() && !taken.contains(letter));
    // More tags than Latin letters: those of all other scripts follow, Greek ones first.
    let others = || ('\u{391}'..).find(|letter| letter.is_alphanumeric() && !taken.contains(letter));
    free.or_else(others).unwrap_or('?')
}

/// A new tag with a free letter, key, color and pattern.
pub fn new_tag(scheme: &Scheme, name: &str) -> Tag {
    let id = TagId::new(slug(name, "tag", |id| scheme.tag(&TagId::new(id)).is_some()));
    let color = TagColor::ALL[scheme.tags.len() % TagColor::ALL.len()];
    let pattern = crate::model::Pattern::ALL[scheme.tags.len() % crate::model::Pattern::ALL.len()];
    let letter = free_letter(scheme, name.chars().next().unwrap_or('T').to_ascii_uppercase(), name);
    let key = (1..=9).find(|key| scheme.tag_for_key(*key).is_none());
    Tag { key, ..Tag::new(id, name, letter, color, pattern) }
}

/// A new attribute without values.
pub fn new_attribute(scheme: &Scheme, name: &str) -> Attribute {
    Attribute {
        id: AttributeId::new(slug(name, "attribute", |id| scheme.attribute(&AttributeId::new(id)).is_some())),
        name: name.to_owned(),
        definition: String::new(),
        values: Vec::new(),
        default: None,
        tags: Vec::new(),
        retired: false,
    }
}

/// A new link kind.
pub fn new_link_kind(scheme: &Scheme, name: &str) -> LinkKind {
    LinkKind {
        id: LinkKindId::new(slug(name, "link", |id| scheme.link_kind(&LinkKindId::new(id)).is_some())),
        name: name.to_owned(),
        inverse: format!("{name} (the other way)"),
        definition: String::new(),
        retired: false,
    }
}
