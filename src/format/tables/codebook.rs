//! The scheme as a table: a row a tag, rule, example, attribute, value and link kind, each with the id of what it
//! belongs to. Nothing of the scheme is left out, so that it can be read back.

use super::{Cell, Column, Kind, Rows, Tables};
use crate::format::colors;
use crate::format::export::WriteError;
use crate::model::{Example, Pattern, Tag};

pub(super) const COLUMNS: [Column; 18] = [
    Column::new("kind", Kind::Text, "tag, rule, example, attribute, value or link"),
    Column::new(
        "id",
        Kind::Text,
        "its id; of rules, examples and values a number within what they belong to",
    ),
    Column::new("name", Kind::Text, "its name; of a value the value itself"),
    Column::new("definition", Kind::Text, "when it holds; of a rule the rule; of an example the quote"),
    Column::new(
        "parent",
        Kind::Text,
        "id of what it belongs to: a tag's parent, a rule's tag, a value's attribute",
    ),
    Column::new("letter", Kind::Text, "a tag's letter in the margin"),
    Column::new("key", Kind::Number, "the number key that sets a tag"),
    Column::new("color", Kind::Text, "a tag's color"),
    Column::new("pattern", Kind::Text, "a tag's line pattern"),
    Column::new("retired", Kind::Truth, "no longer offered"),
    Column::new("allowed_values", Kind::Text, "an attribute's values, between semicolons; empty: any text"),
    Column::new("default", Kind::Text, "an attribute's first value"),
    Column::new(
        "tags",
        Kind::Text,
        "ids of the tags that an attribute is for, between semicolons; empty: all",
    ),
    Column::new("column", Kind::Text, "an attribute's column in the table of passages"),
    Column::new("inverse", Kind::Text, "a link's name the other way"),
    Column::new("since", Kind::Time, "since when a rule holds"),
    Column::new("annotation_id", Kind::Text, "the passage that an example was taken from"),
    Column::new("note", Kind::Text, "a note on an example"),
];

/// What is between several names in one cell.
pub const BETWEEN: &str = "; ";

/// A line pattern and the name that files give it.
pub const PATTERNS: [(Pattern, &str); 6] = [
    (Pattern::Solid, "solid"),
    (Pattern::Dashed, "dashed"),
    (Pattern::Wavy, "wavy"),
    (Pattern::Dotted, "dotted"),
    (Pattern::Double, "double"),
    (Pattern::DashDot, "dash-dot"),
];

/// The cells of a row, by the columns' order.
#[derive(Default)]
struct Row<'a> {
    kind: &'static str,
    id: String,
    name: &'a str,
    definition: &'a str,
    parent: &'a str,
    of_tag: Option<&'a Tag>,
    retired: Option<bool>,
    allowed_values: String,
    default: &'a str,
    tags: String,
    column: &'a str,
    inverse: &'a str,
    since: Option<String>,
    annotation: Option<String>,
    note: &'a str,
}

impl Row<'_> {
    fn put(self, to: &mut Rows<'_>) -> Result<(), WriteError> {
        let tag = self.of_tag;
        let key = tag.and_then(|tag| tag.key);
        let pattern = |tag: &Tag| PATTERNS.iter().find(|(pattern, _)| *pattern == tag.pattern);
        to(&[
            self.kind.into(),
            self.id.into(),
            self.name.into(),
            self.definition.into(),
            self.parent.into(),
            Cell::some(tag.map(|tag| tag.letter.to_string())),
            key.map_or(Cell::EMPTY, |key| Cell::Number(usize::from(key))),
            Cell::some(tag.map(|tag| colors::name(tag.color))),
            Cell::some(tag.and_then(pattern).map(|(_, name)| *name)),
            self.retired.map_or(Cell::EMPTY, Cell::Truth),
            self.allowed_values.into(),
            self.default.into(),
            self.tags.into(),
            self.column.into(),
            self.inverse.into(),
            Cell::some(self.since),
            Cell::some(self.annotation),
            self.note.into(),
        ])
    }
}

pub(super) fn rows(tables: &Tables<'_>, to: &mut Rows<'_>) -> Result<(), WriteError> {
    let scheme = &tables.session.scheme;
    for tag in &scheme.tags {
        let row = Row {
            kind: "tag",
            id: tag.id.to_string(),
            name: &tag.name,
            definition: &tag.definition,
            parent: tag.parent.as_ref().map_or("", |id| id.as_str()),
            of_tag: Some(tag),
            retired: Some(tag.retired),
            ..Row::default()
        };
        row.put(to)?;
        examples(tag.id.as_str(), &tag.examples, to)?;
        for (number, rule) in tag.rules.iter().enumerate() {
            let id = format!("{}/rule/{}", tag.id, number + 1);
            let row = Row {
                kind: "rule",
                id: id.clone(),
                definition: &rule.text,
                parent: tag.id.as_str(),
                since: Some(rule.since.to_string()),
                ..Row::default()
            };
            row.put(to)?;
            examples(&id, &rule.examples, to)?;
        }
    }
    for (attribute, (_, column)) in std::iter::zip(&scheme.attributes, &tables.attributes) {
        let joined = |names: Vec<&str>| names.join(BETWEEN);
        let row = Row {
            kind: "attribute",
            id: attribute.id.to_string(),
            name: &attribute.name,
            definition: &attribute.definition,
            retired: Some(attribute.retired),
            allowed_values: joined(attribute.values.iter().map(|value| value.name.as_str()).collect()),
            default: attribute.default.as_deref().unwrap_or_default(),
            tags: joined(attribute.tags.iter().map(|id| id.as_str()).collect()),
            column,
            ..Row::default()
        };
        row.put(to)?;
        for (number, value) in attribute.values.iter().enumerate() {
            let row = Row {
                kind: "value",
                id: format!("{}/value/{}", attribute.id, number + 1),
                name: &value.name,
                definition: &value.definition,
                parent: attribute.id.as_str(),
                ..Row::default()
            };
            row.put(to)?;
        }
    }
    for kind in &scheme.link_kinds {
        let row = Row {
            kind: "link",
            id: kind.id.to_string(),
            name: &kind.name,
            definition: &kind.definition,
            retired: Some(kind.retired),
            inverse: &kind.inverse,
            ..Row::default()
        };
        row.put(to)?;
    }
    Ok(())
}

fn examples(owner: &str, examples: &[Example], to: &mut Rows<'_>) -> Result<(), WriteError> {
    for (number, example) in examples.iter().enumerate() {
        let row = Row {
            kind: "example",
            id: format!("{owner}/example/{}", number + 1),
            definition: &example.quote,
            parent: owner,
            annotation: example.annotation.map(|id| id.to_string()),
            note: &example.note,
            ..Row::default()
        };
        row.put(to)?;
    }
    Ok(())
}
