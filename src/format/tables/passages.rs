//! The table of passages, one row a passage: each column a name, a kind, what it says, and how it is got.

use super::{Cell, Column, Kind, Rows, Tables};
use crate::format::export::WriteError;
use crate::format::passages::{self, Passage, Place, statement_name, tag_name, voice_names};
use crate::model::{AttributeId, Document};

/// A column that is there in every session.
pub struct Field {
    /// The column.
    pub column: Column,
    get: for<'r> fn(&'r Row<'_>) -> Cell<'r>,
}

/// A passage and what is around it.
pub struct Row<'a> {
    tables: &'a Tables<'a>,
    document: &'a Document,
    passage: Passage<'a>,
}

/// Where the cells of a column come from.
pub(super) enum Source<'a> {
    Field(&'static Field),
    Attribute(&'a AttributeId),
}

const fn field(
    name: &'static str,
    kind: Kind,
    about: &'static str,
    get: for<'r> fn(&'r Row<'_>) -> Cell<'r>,
) -> Field {
    Field { column: Column::new(name, kind, about), get }
}

/// The column in which a narrow table holds what a wide one has columns of attributes for.
const ATTRIBUTES: &str = "attributes";

/// All such columns, in their order.
pub static FIELDS: [Field; 31] = [
    field("annotation_id", Kind::Text, "the passage's id, the same in every copy of the session", |row| {
        row.passage.annotation.id.to_string().into()
    }),
    field("document_id", Kind::Text, "the document it stands in", |row| row.document.id.as_str().into()),
    field("document_title", Kind::Text, "the document's title", |row| {
        (&row.document.info.metadata.title).into()
    }),
    field("tag", Kind::Text, "what the passage is: the name of its tag", |row| {
        tag_name(row.tables.session, row.passage.annotation).into()
    }),
    field("quote", Kind::Text, "the exact slice of the text, line ends included", |row| {
        row.passage.quote.into()
    }),
    field("passage", Kind::Text, "what a reader sees of it: one line, no Markdown marks", |row| {
        (&row.passage.words).into()
    }),
    field("start_char", Kind::Number, "first code point in the text, from 0; empty for an orphan", |row| {
        at(row, |place| Cell::Number(place.chars.0.0))
    }),
    field("end_char", Kind::Number, "code point after the last", |row| {
        at(row, |place| Cell::Number(place.chars.1.0))
    }),
    field("start_byte", Kind::Number, "first byte of the text in UTF-8, from 0", |row| {
        at(row, |place| Cell::Number(place.span.start()))
    }),
    field("end_byte", Kind::Number, "byte after the last", |row| {
        at(row, |place| Cell::Number(place.span.end()))
    }),
    field("paragraph", Kind::Number, "number of the paragraph in the text, from 1", |row| {
        at(row, |place| Cell::Number(place.paragraph))
    }),
    field("section", Kind::Text, "the heading or question it stands under", |row| {
        at(row, |place| (&place.section).into())
    }),
    field("question", Kind::Text, "the question that the section answers", |row| {
        at(row, |place| (&place.question).into())
    }),
    field("line", Kind::Number, "number of the line in the text, from 1", |row| {
        at(row, |place| Cell::Number(place.line))
    }),
    field("context_before", Kind::Text, "up to 32 code points before it", |row| row.passage.before.into()),
    field("context_after", Kind::Text, "up to 32 code points after it", |row| row.passage.after.into()),
    field("citation", Kind::Text, "what stands after the quote when it is cited", |row| {
        at(row, |place| (&place.citation).into())
    }),
    field("unsure", Kind::Truth, "the annotator is not sure of the tag", |row| {
        Cell::Truth(row.passage.annotation.unsure)
    }),
    field("note", Kind::Text, "a note on it", |row| (&row.passage.annotation.note).into()),
    field("statement", Kind::Text, "the statement that it is about", |row| {
        statement_name(row.tables.session, row.passage.annotation).into()
    }),
    field("voice", Kind::Text, "who says it, outermost first, between semicolons", |row| {
        voice_names(row.tables.session, row.passage.annotation).into()
    }),
    field(ATTRIBUTES, Kind::Text, "its attributes, id=value, between semicolons", |row| {
        let all = row.passage.annotation.attributes.iter().map(|(id, value)| format!("{id}={value}"));
        all.collect::<Vec<_>>().join("; ").into()
    }),
    field("annotator", Kind::Text, "who made it", |row| {
        row.tables.session.annotator_name(&row.passage.annotation.annotator).into()
    }),
    field("created_at", Kind::Time, "when it was made", |row| row.passage.annotation.created.into()),
    field("modified_at", Kind::Time, "when it was last changed", |row| {
        row.passage.annotation.modified.into()
    }),
    field("document_digest", Kind::Text, "SHA-256 of the text in UTF-8", |row| {
        row.document.source.digest.to_string().into()
    }),
    field("tag_id", Kind::Text, "id of its tag in the codebook", |row| {
        row.passage.annotation.tag.as_str().into()
    }),
    field("statement_id", Kind::Text, "id of its statement", |row| {
        Cell::some(row.passage.annotation.statement.map(|id| id.to_string()))
    }),
    field("n_links_out", Kind::Number, "how many links begin at it", |row| Cell::Number(links(row)[0])),
    field("n_links_in", Kind::Number, "how many links end at it", |row| Cell::Number(links(row)[1])),
    field("n_comments", Kind::Number, "how many comments there are on it", |row| {
        Cell::Number(row.passage.annotation.comments.len())
    }),
];

fn at<'r>(row: &'r Row<'_>, get: impl FnOnce(&'r Place) -> Cell<'r>) -> Cell<'r> {
    row.passage.place.as_ref().map_or(Cell::EMPTY, get)
}

fn links(row: &Row<'_>) -> [usize; 2] {
    row.tables.links.get(&row.passage.annotation.id).copied().unwrap_or_default()
}

/// The sources of the wide table: one column for each attribute.
pub(super) fn wide<'a>(tables: &'a Tables<'_>) -> Vec<Source<'a>> {
    let mut sources = Vec::new();
    for field in &FIELDS {
        if field.column.name == ATTRIBUTES {
            sources.extend(tables.attributes.iter().map(|(id, _)| Source::Attribute(id)));
        } else {
            sources.push(Source::Field(field));
        }
    }
    sources
}

/// The columns of the wide table.
pub(super) fn columns(tables: &Tables<'_>) -> Vec<Column> {
    let scheme = &tables.session.scheme;
    let mut headers = tables.attributes.iter();
    let column = |source| match source {
        Source::Field(field) => {
            let allowed = match &*field.column.name {
                "tag" => distinct(scheme.tags.iter().map(|tag| tag.name.as_str())),
                "tag_id" => distinct(scheme.tags.iter().map(|tag| tag.id.as_str())),
                _ => Vec::new(),
            };
            Column { allowed, ..field.column.clone() }
        }
        Source::Attribute(id) => {
            let attribute = scheme.attribute(id);
            let name = attribute.map_or(id.as_str(), |attribute| &attribute.name);
            let values = attribute.into_iter().flat_map(|attribute| &attribute.values);
            Column {
                name: headers.next().map_or_else(|| id.to_string(), |(_, header)| header.clone()).into(),
                kind: Kind::Text,
                about: format!("the attribute “{name}”").into(),
                allowed: distinct(values.map(|value| value.name.as_str())),
            }
        }
    };
    wide(tables).into_iter().map(column).collect()
}

/// Each once and none that is empty, in their order.
fn distinct<'a>(names: impl Iterator<Item = &'a str>) -> Vec<String> {
    let mut all: Vec<String> = Vec::new();
    for name in names.filter(|name| !name.is_empty()) {
        if !all.iter().any(|other| other == name) {
            all.push(name.to_owned());
        }
    }
    all
}

/// The rows, by the session's order of documents, start, end and id; the orphans of a document after its placed ones.
pub(super) fn rows(tables: &Tables<'_>, sources: &[Source<'_>], to: &mut Rows<'_>) -> Result<(), WriteError> {
    for document in passages::documents(tables.session) {
        for passage in document.passages() {
            let row = Row { tables, document: document.document, passage };
            let cell = |source: &Source<'_>| match source {
                Source::Field(field) => (field.get)(&row),
                Source::Attribute(id) => Cell::some(row.passage.annotation.attributes.get(*id)),
            };
            to(&sources.iter().map(cell).collect::<Vec<_>>())?;
        }
    }
    Ok(())
}
