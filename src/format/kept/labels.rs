//! Names of a scheme in formats whose names are identifiers: letters, digits and hyphens.

use crate::model::{AttributeId, LinkKindId, Scheme, TagId, slug};

/// The labels of a scheme, always the same for the same scheme, so that a reader that has it finds the way back.
pub(in crate::format) struct Labels {
    tags: Vec<(TagId, String)>,
    attributes: Vec<(AttributeId, String)>,
    values: Vec<(AttributeId, String, String)>,
    link_kinds: Vec<(LinkKindId, String)>,
}

impl Labels {
    pub(in crate::format) fn of(scheme: &Scheme) -> Self {
        let mut values = Vec::new();
        for attribute in &scheme.attributes {
            let names = attribute.values.iter().map(|value| (value.name.clone(), value.name.as_str()));
            let of_it = labels(names, "value");
            values.extend(of_it.into_iter().map(|(value, label)| (attribute.id.clone(), value, label)));
        }
        Self {
            tags: labels(scheme.tags.iter().map(|tag| (tag.id.clone(), tag.name.as_str())), "tag"),
            attributes: labels(
                scheme.attributes.iter().map(|it| (it.id.clone(), it.name.as_str())),
                "attribute",
            ),
            values,
            link_kinds: labels(scheme.link_kinds.iter().map(|it| (it.id.clone(), it.name.as_str())), "link"),
        }
    }

    pub(in crate::format) fn tag(&self, id: &TagId) -> &str {
        label(&self.tags, id).unwrap_or("tag")
    }

    pub(in crate::format) fn tag_id(&self, label: &str) -> Option<TagId> {
        id(&self.tags, label)
    }

    pub(in crate::format) fn attribute(&self, id: &AttributeId) -> &str {
        label(&self.attributes, id).unwrap_or("attribute")
    }

    pub(in crate::format) fn attribute_id(&self, label: &str) -> Option<AttributeId> {
        id(&self.attributes, label)
    }

    /// The label of an allowed value; `None` for a value of an attribute that takes any.
    pub(in crate::format) fn value(&self, attribute: &AttributeId, value: &str) -> Option<&str> {
        let mut all = self.values.iter();
        all.find(|(of, own, _)| of == attribute && own == value).map(|(_, _, label)| label.as_str())
    }

    /// The labels of the values of an attribute.
    pub(in crate::format) fn values(&self, attribute: &AttributeId) -> impl Iterator<Item = &str> {
        self.values.iter().filter(move |(of, _, _)| of == attribute).map(|(_, _, label)| label.as_str())
    }

    /// The value that has this label.
    pub(in crate::format) fn value_named(&self, attribute: &AttributeId, label: &str) -> Option<&str> {
        let mut all = self.values.iter();
        all.find(|(of, _, own)| of == attribute && own == label).map(|(_, value, _)| value.as_str())
    }

    pub(in crate::format) fn link_kind(&self, id: &LinkKindId) -> &str {
        label(&self.link_kinds, id).unwrap_or("link")
    }

    pub(in crate::format) fn link_kind_id(&self, label: &str) -> Option<LinkKindId> {
        id(&self.link_kinds, label)
    }
}

fn labels<'a, T>(names: impl Iterator<Item = (T, &'a str)>, fallback: &str) -> Vec<(T, String)> {
    let mut labels: Vec<(T, String)> = Vec::new();
    for (id, name) in names {
        let label = slug(name, fallback, |label| labels.iter().any(|(_, other)| other == label));
        labels.push((id, label));
    }
    labels
}

fn label<'a, T: PartialEq>(labels: &'a [(T, String)], id: &T) -> Option<&'a str> {
    labels.iter().find(|(own, _)| own == id).map(|(_, label)| label.as_str())
}

fn id<T: Clone>(labels: &[(T, String)], label: &str) -> Option<T> {
    labels.iter().find(|(_, own)| own == label).map(|(id, _)| id.clone())
}
