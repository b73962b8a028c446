//! The scheme: tags, attributes and link kinds of a session.

use std::collections::BTreeMap;

use super::{AnnotationId, AttributeId, LinkKindId, TagId, Timestamp};

/// The tags, attributes and link kinds of a session, each list in the user's order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Scheme {
    /// Tags.
    pub tags: Vec<Tag>,
    /// Attributes.
    pub attributes: Vec<Attribute>,
    /// Link kinds.
    pub link_kinds: Vec<LinkKind>,
}

impl Scheme {
    /// The tag with this id.
    pub fn tag(&self, id: &TagId) -> Option<&Tag> {
        self.tags.iter().find(|tag| tag.id == *id)
    }

    /// The attribute with this id.
    pub fn attribute(&self, id: &AttributeId) -> Option<&Attribute> {
        self.attributes.iter().find(|attribute| attribute.id == *id)
    }

    /// The link kind with this id.
    pub fn link_kind(&self, id: &LinkKindId) -> Option<&LinkKind> {
        self.link_kinds.iter().find(|kind| kind.id == *id)
    }

    /// The tags as they are listed, each with how deep it stands: after its parent, retired ones last and flat.
    pub fn nested(&self) -> Vec<(&Tag, usize)> {
        fn add<'a>(
            scheme: &'a Scheme,
            parent: Option<&TagId>,
            depth: usize,
            rows: &mut Vec<(&'a Tag, usize)>,
        ) {
            for tag in scheme.tags.iter().filter(|tag| !tag.retired) {
                let offered = tag.parent.as_ref().filter(|id| scheme.tag(id).is_some_and(|up| !up.retired));
                // A valid scheme has no circles, but one that is being typed into is drawn too.
                if offered == parent && depth < scheme.tags.len() {
                    rows.push((tag, depth));
                    add(scheme, Some(&tag.id), depth + 1, rows);
                }
            }
        }
        let mut rows = Vec::new();
        add(self, None, 0, &mut rows);
        rows.extend(self.tags.iter().filter(|tag| tag.retired).map(|tag| (tag, 0)));
        rows
    }

    /// The values that a new annotation with this tag begins with.
    pub fn first_values(&self, tag: &TagId) -> BTreeMap<AttributeId, String> {
        let asked = self.attributes.iter().filter(|attribute| {
            !attribute.retired && (attribute.tags.is_empty() || attribute.tags.contains(tag))
        });
        asked.filter_map(|attribute| Some((attribute.id.clone(), attribute.default.clone()?))).collect()
    }

    /// The tag that the key `1`..=`9` sets: the one with that key, retired tags left out.
    pub fn tag_for_key(&self, key: u8) -> Option<&Tag> {
        self.tags.iter().find(|tag| tag.key == Some(key) && !tag.retired)
    }

    /// Claim, denial and caveat, and the six link kinds that a new session starts with.
    pub fn starter() -> Self {
        let tag = |id: &str, key, letter, color, pattern, definition: &str| Tag {
            key: Some(key),
            definition: definition.to_owned(),
            ..Tag::new(TagId::new(id), id, letter, color, pattern)
        };
        let kind = |id: &str, inverse: &str, definition: &str| LinkKind {
            id: LinkKindId::new(id),
            name: id.to_owned(),
            inverse: inverse.to_owned(),
            definition: definition.to_owned(),
            retired: false,
        };
        Self {
            tags: vec![
                tag("claim", 1, 'C', TagColor::Blue, Pattern::Solid, "says that it is so"),
                tag("denial", 2, 'D', TagColor::Wine, Pattern::Dashed, "says that it is not so"),
                tag("caveat", 3, 'V', TagColor::Ochre, Pattern::Wavy, "limits a claim or a denial"),
            ],
            attributes: Vec::new(),
            link_kinds: vec![
                kind("denies", "denied by", "says that the other is not so"),
                kind("qualifies", "qualified by", "limits the other"),
                kind("supports", "supported by", "gives a reason for the other"),
                kind("quotes", "quoted by", "gives the other's words as its words"),
                kind("repeats", "repeated by", "says the same in other words"),
                kind("answers", "answered by", "is the answer to the other"),
            ],
        }
    }
}

/// What an annotation says its passage is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tag {
    /// A readable id that stays when the name changes.
    pub id: TagId,
    /// The name shown.
    pub name: String,
    /// The letter in its lane, unique in the scheme.
    pub letter: char,
    /// The number key `1`..=`9` that sets it.
    pub key: Option<u8>,
    /// The tag that this one is a kind of.
    pub parent: Option<TagId>,
    /// When a passage is this.
    pub definition: String,
    /// Dated rules, oldest first.
    pub rules: Vec<Rule>,
    /// Passages that show what is meant.
    pub examples: Vec<Example>,
    /// Its color.
    pub color: TagColor,
    /// Its line pattern: color never says it alone.
    pub pattern: Pattern,
    /// No longer set by keys and bars; annotations keep it.
    pub retired: bool,
}

impl Tag {
    /// A tag without key, definition, rules or examples.
    pub fn new(id: TagId, name: &str, letter: char, color: TagColor, pattern: Pattern) -> Self {
        Self {
            id,
            name: name.to_owned(),
            letter,
            key: None,
            parent: None,
            definition: String::new(),
            rules: Vec::new(),
            examples: Vec::new(),
            color,
            pattern,
            retired: false,
        }
    }
}

/// A rule for the use of a tag.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Rule {
    /// The rule.
    pub text: String,
    /// Since when it holds.
    pub since: Timestamp,
    /// Passages that show it.
    pub examples: Vec<Example>,
}

/// A passage that shows what a tag or rule means.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Example {
    /// The passage as it was when added.
    pub quote: String,
    /// The annotation it was taken from, should it still exist.
    pub annotation: Option<AnnotationId>,
    /// A note.
    pub note: String,
}

/// A property with allowed values that annotations can have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Attribute {
    /// A readable id.
    pub id: AttributeId,
    /// The name shown.
    pub name: String,
    /// What it says.
    pub definition: String,
    /// Allowed values; empty: any text.
    pub values: Vec<AttributeValue>,
    /// The value of new annotations.
    pub default: Option<String>,
    /// The tags it belongs to; empty: all.
    pub tags: Vec<TagId>,
    /// No longer offered; annotations keep it.
    pub retired: bool,
}

impl Attribute {
    /// True when `value` may stand in this attribute.
    pub fn allows(&self, value: &str) -> bool {
        self.values.is_empty() || self.values.iter().any(|allowed| allowed.name == value)
    }
}

/// An allowed value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AttributeValue {
    /// The value itself.
    pub name: String,
    /// When it holds.
    pub definition: String,
}

/// What a link can say.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkKind {
    /// A readable id.
    pub id: LinkKindId,
    /// From first to second: "denies".
    pub name: String,
    /// From second to first: "denied by".
    pub inverse: String,
    /// When it holds.
    pub definition: String,
    /// No longer offered; links keep it.
    pub retired: bool,
}

/// The line pattern of a tag.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pattern {
    /// ———
    #[default]
    Solid,
    /// – – –
    Dashed,
    /// ∿∿∿
    Wavy,
    /// · · ·
    Dotted,
    /// ═══
    Double,
    /// – · –
    DashDot,
}

impl Pattern {
    /// All of them, in the order in which new tags take them.
    pub const ALL: [Self; 6] =
        [Self::Solid, Self::Dashed, Self::Wavy, Self::Dotted, Self::Double, Self::DashDot];
}

/// A tag's color by name; the theme says what it looks like in light and dark.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum TagColor {
    /// Blue, of *claim*.
    #[default]
    Blue,
    /// Wine red, of *denial*.
    Wine,
    /// Ochre, of *caveat*.
    Ochre,
    /// Green.
    Green,
    /// Violet.
    Violet,
    /// Teal.
    Teal,
    /// Rust.
    Rust,
    /// Slate.
    Slate,
    /// Olive.
    Olive,
    /// Plum.
    Plum,
}

impl TagColor {
    /// All of them, in the order in which new tags take them.
    pub const ALL: [Self; 10] = [
        Self::Blue,
        Self::Wine,
        Self::Ochre,
        Self::Green,
        Self::Violet,
        Self::Teal,
        Self::Rust,
        Self::Slate,
        Self::Olive,
        Self::Plum,
    ];
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_are_listed_under_their_parents_and_retired_ones_last() {
        let mut scheme = Scheme::starter();
        let [claim, denial, caveat] = [0, 1, 2].map(|i| scheme.tags[i].id.clone());
        scheme.tags[0].parent = Some(caveat);
        scheme.tags[1].parent = Some(claim);
        let rows = |scheme: &Scheme| {
            let rows = scheme.nested();
            rows.iter().map(|(tag, depth)| format!("{}{}", "-".repeat(*depth), tag.name)).collect::<Vec<_>>()
        };
        assert_eq!(rows(&scheme), ["caveat", "-claim", "--denial"]);
        scheme.tags[0].retired = true;
        assert_eq!(rows(&scheme), ["denial", "caveat", "claim"]);
        // A circle, as it may stand in a draft: nothing hangs.
        scheme.tags[0].retired = false;
        scheme.tags[2].parent = Some(denial);
        assert_eq!(rows(&scheme), [""; 0]);
    }
}
