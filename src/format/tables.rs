//! A session as tables: passages, links, documents, comments, codebook. One way to their rows, so that the folder for
//! R and Python, the sheets for spreadsheets and the table of passages say the same.
//!
//! Cells are values, not yet text of a file: a sheet writes numbers as numbers, and a data package names their types.

mod codebook;
mod documents;
mod links;
mod passages;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::io::Write;

use super::export::{Losses, WriteError, document_files};
use crate::model::{AnnotationId, AttributeId, Session, Statement, Timestamp, slug};

pub use codebook::{BETWEEN, PATTERNS};
pub use passages::FIELDS;

/// The folder of the texts.
pub const TEXTS: &str = "texts";

/// A table of a session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Table {
    /// One row a passage.
    Passages,
    /// One row a link.
    Links,
    /// One row a document.
    Documents,
    /// One row a comment.
    Comments,
    /// One row a tag, rule, example, attribute, value or link kind.
    Codebook,
}

impl Table {
    /// All of them.
    pub const ALL: [Self; 5] = [Self::Passages, Self::Links, Self::Documents, Self::Comments, Self::Codebook];

    /// The name, as files and data packages say it.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Passages => "passages",
            Self::Links => "links",
            Self::Documents => "documents",
            Self::Comments => "comments",
            Self::Codebook => "codebook",
        }
    }
}

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// Text.
    Text,
    /// A whole number, 0 or more.
    Number,
    /// True or false.
    Truth,
    /// A moment, RFC 3339 in UTC.
    Time,
}

/// A column of a table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Column {
    /// Its header.
    pub name: Cow<'static, str>,
    /// What stands in it.
    pub kind: Kind,
    /// What it says.
    pub about: Cow<'static, str>,
    /// The values that may stand in it; empty: any.
    pub allowed: Vec<String>,
}

impl Column {
    const fn new(name: &'static str, kind: Kind, about: &'static str) -> Self {
        Self { name: Cow::Borrowed(name), kind, about: Cow::Borrowed(about), allowed: Vec::new() }
    }
}

/// What stands in a cell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Text; empty where there is nothing to say.
    Text(Cow<'a, str>),
    /// A number.
    Number(usize),
    /// True or false.
    Truth(bool),
}

impl<'a> Cell<'a> {
    /// Nothing.
    pub const EMPTY: Self = Self::Text(Cow::Borrowed(""));

    /// As text.
    pub fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Text(text) => Cow::Borrowed(text),
            Self::Number(number) => Cow::Owned(number.to_string()),
            Self::Truth(truth) => Cow::Borrowed(if *truth { "true" } else { "false" }),
        }
    }

    /// True when nothing stands in it.
    pub fn is_empty(&self) -> bool {
        matches!(self, Self::Text(text) if text.is_empty())
    }

    fn some(text: Option<impl Into<Cow<'a, str>>>) -> Self {
        text.map_or(Self::EMPTY, |text| Self::Text(text.into()))
    }
}

impl<'a> From<&'a str> for Cell<'a> {
    fn from(text: &'a str) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl<'a> From<&'a String> for Cell<'a> {
    fn from(text: &'a String) -> Self {
        Self::Text(Cow::Borrowed(text))
    }
}

impl From<String> for Cell<'_> {
    fn from(text: String) -> Self {
        Self::Text(Cow::Owned(text))
    }
}

impl From<Timestamp> for Cell<'_> {
    fn from(at: Timestamp) -> Self {
        at.to_string().into()
    }
}

/// Takes the rows of a table, one by one.
pub type Rows<'r> = dyn FnMut(&[Cell<'_>]) -> Result<(), WriteError> + 'r;

/// The tables of a session.
pub struct Tables<'a> {
    session: &'a Session,
    /// Names of the files of the documents' texts, in their order.
    files: Vec<String>,
    /// Links from and to each annotation that has some.
    links: BTreeMap<AnnotationId, [usize; 2]>,
    /// The columns of attributes.
    attributes: Vec<(&'a AttributeId, String)>,
}

impl<'a> Tables<'a> {
    /// The tables of this session.
    pub fn of(session: &'a Session) -> Self {
        let mut links: BTreeMap<_, [usize; 2]> = BTreeMap::new();
        for link in session.links.values() {
            links.entry(link.from).or_default()[0] += 1;
            links.entry(link.to).or_default()[1] += 1;
        }
        let mut attributes: Vec<(&AttributeId, String)> = Vec::new();
        for attribute in &session.scheme.attributes {
            let name = header(&attribute.name, |name| {
                FIELDS.iter().any(|field| field.column.name == name)
                    || attributes.iter().any(|(_, other)| other == name)
            });
            attributes.push((&attribute.id, name));
        }
        Self { session, files: document_files(session, "txt"), links, attributes }
    }

    /// The columns of a table.
    pub fn columns(&self, table: Table) -> Vec<Column> {
        match table {
            Table::Passages => passages::columns(self),
            Table::Links => links::COLUMNS.into(),
            Table::Documents => documents::COLUMNS.into(),
            Table::Comments => links::COMMENT_COLUMNS.into(),
            Table::Codebook => codebook::COLUMNS.into(),
        }
    }

    /// Hands out the rows of a table, as many cells as it has columns.
    ///
    /// # Errors
    /// Those of `to`.
    pub fn rows(&self, table: Table, to: &mut Rows<'_>) -> Result<(), WriteError> {
        match table {
            Table::Passages => passages::rows(self, &passages::wide(self), to),
            Table::Links => links::rows(self, to),
            Table::Documents => documents::rows(self, to),
            Table::Comments => links::comment_rows(self, to),
            Table::Codebook => codebook::rows(self, to),
        }
    }

    /// The table of passages with these fixed columns, and none for attributes of their own.
    ///
    /// # Errors
    /// Those of `to`.
    pub fn passages(&self, fields: &[&str], to: &mut Rows<'_>) -> Result<(), WriteError> {
        let all = FIELDS.iter().filter(|field| fields.contains(&&*field.column.name));
        passages::rows(self, &all.map(passages::Source::Field).collect::<Vec<_>>(), to)
    }
}

/// A header made of a name: lower-case letters, digits and underscores, a letter first, as R and Python take it for
/// the name of a variable.
fn header(name: &str, taken: impl Fn(&str) -> bool) -> String {
    let begins_well = slug(name, "attribute", |_| false).starts_with(|c: char| c.is_ascii_alphabetic());
    let name = if begins_well { name.to_owned() } else { format!("attribute {name}") };
    slug(&name, "attribute", |slug| taken(&slug.replace('-', "_"))).replace('-', "_")
}

/// Writes a table as CSV, quoted as RFC 4180 says; `form` gives the delimiter and the ends of rows (LF at first).
///
/// # Errors
/// When the bytes can't be written, or those of `rows`.
pub fn csv<'c>(
    to: &mut dyn Write,
    form: &csv::WriterBuilder,
    headers: impl Iterator<Item = &'c str>,
    rows: impl FnOnce(&mut Rows<'_>) -> Result<(), WriteError>,
) -> Result<(), WriteError> {
    let of_csv = |error: csv::Error| WriteError::Io(error.into());
    let mut writer = form.from_writer(to);
    writer.write_record(headers).map_err(of_csv)?;
    rows(&mut |cells| {
        for cell in cells {
            writer.write_field(&*cell.text()).map_err(of_csv)?;
        }
        writer.write_record(None::<&[u8]>).map_err(of_csv)
    })?;
    Ok(writer.flush()?)
}

/// What no table holds of a session.
pub fn losses(session: &Session) -> Losses {
    let mut losses = Losses::default();
    let annotations = || session.annotations.values();
    let orphans = annotations().filter(|it| it.anchor.span().is_none()).count();
    let (one, many) = ("passage is an orphan: written", "passages are orphans: written");
    losses.add(orphans, &format!("{one} without offsets"), &format!("{many} without offsets"));
    let changed = annotations().filter(|it| !it.changes.is_empty()).count();
    losses.add(
        changed,
        "passage is written without its history",
        "passages are written without their history",
    );
    let adopted = annotations().filter(|it| it.provenance.is_some()).count();
    let (one, many) = ("passage is written", "passages are written");
    let what = "without where a review took it from";
    losses.add(adopted, &format!("{one} {what}"), &format!("{many} {what}"));
    let statements = session.statements.values();
    let said = |it: &&std::sync::Arc<Statement>| {
        [&it.definition, &it.note, &it.group].iter().any(|text| !text.is_empty()) || !it.date.is_empty()
    };
    let statements = statements.filter(said).count();
    losses.add(
        statements,
        "statement is written by its name alone",
        "statements are written by their names alone",
    );
    losses.add(
        session.actors.len(),
        "voice is written by its name alone",
        "voices are written by their names alone",
    );
    let furniture = session.documents.iter().map(|document| document.info.furniture.len()).sum();
    losses.add(furniture, "\"not text\" range is left out", "\"not text\" ranges are left out");
    let review = session.decisions.len()
        + session.conflicts.len()
        + session.remarks.len()
        + session.alerts_aside.len();
    losses.add(
        review,
        "decision, conflict or alert put aside is left out",
        "decisions, conflicts or alerts put aside are left out",
    );
    losses
}

#[cfg(test)]
mod tests;
