//! The matrix: statements by documents, or by voices.
//!
//! A cell says what a document says of a statement, and where it says nothing, why that is so:
//!
//! - **found**: passages stand there, counted by tag. This outranks all below: what was found was found.
//! - **other voices**: with a filter by voice, the document has passages on it, but of other voices.
//! - **not read**: nobody has read the document to its end, so nothing can be said yet. This outranks *earlier*: an old
//!   document that nobody has read may turn out to be where the statement first appears.
//! - **earlier**: read, nothing found, and older than the statement's first appearance: it could not have spoken of it.
//! - **silent**: read to the end, and it says nothing.
//!
//! Dates are partial, so *earlier* is said only where it holds whatever day is meant: the last day that the document's
//! date may mean lies before the first day that the first dated appearance may mean. A document without a date that is
//! understood is never earlier, and an appearance in one is no first appearance.
//!
//! A voice is silent, not read or earlier by the documents in which it speaks at all.
//!
//! What is found is kept sparsely; the rest follows from row and column, so that the matrix costs what the annotations
//! cost, not statements times documents. It is built anew when the session changes, never per frame.

mod build;
#[cfg(test)]
pub(crate) mod made;
#[cfg(test)]
mod tests;
mod words;

use std::collections::BTreeMap;

use jiff::civil::Date;

use crate::model::{ActorId, DocumentId, StatementId};

pub use build::build;

/// What is asked of the matrix.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    /// What the columns are.
    pub columns: ColumnsBy,
    /// The order of the rows.
    pub sort: RowSort,
    /// Only passages in whose voice this one speaks, at any place of the chain.
    pub voice: Option<ActorId>,
    /// Only statements that are both claimed and denied.
    pub disputed_only: bool,
}

/// What the columns are.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnsBy {
    /// Documents, the earliest first, those without a date last.
    #[default]
    Document,
    /// The outermost voices: who tells it to us.
    OuterVoice,
    /// The innermost voices: who says it in the end.
    InnerVoice,
}

impl ColumnsBy {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Document, Self::OuterVoice, Self::InnerVoice];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Document => "Documents",
            Self::OuterVoice => "Outermost voices",
            Self::InnerVoice => "Innermost voices",
        }
    }
}

/// The order of the rows.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub enum RowSort {
    /// As the reader has put them.
    #[default]
    Hand,
    /// By first appearance.
    Date,
    /// By group, those of none last.
    Group,
    /// Where passages disagree most first, by [`super::stance::disagreement`].
    Disagreement,
}

impl RowSort {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Hand, Self::Date, Self::Group, Self::Disagreement];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hand => "by hand",
            Self::Date => "date",
            Self::Group => "group",
            Self::Disagreement => "disagreement",
        }
    }
}

/// A column by its name.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ColumnKey {
    /// A document.
    Document(DocumentId),
    /// A voice; `None`: passages for which no voice is given.
    Voice(Option<ActorId>),
}

/// A statement in the matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Row {
    /// Which.
    pub statement: StatementId,
    /// Its name.
    pub name: String,
    /// Its group, or empty.
    pub group: String,
    /// The document of its first dated appearance, and the days that the date of that may mean.
    pub first: Option<(DocumentId, Date, Date)>,
    /// It also appears in a document without a date that is understood.
    pub undated: bool,
    /// Passages of any voice.
    pub passages: usize,
    /// How far they disagree, 0 to 1.
    pub disagreement: f64,
    /// Some claim it and some deny it.
    pub disputed: bool,
}

/// A document or a voice in the matrix.
#[derive(Clone, Debug, PartialEq)]
pub struct Column {
    /// Which.
    pub key: ColumnKey,
    /// What it is called where there is little room.
    pub label: String,
    /// What it is called in full.
    pub title: String,
    /// A document's date as typed, or empty.
    pub date: String,
    /// The days that the date may mean; of a voice: those of all its documents, where all are understood.
    pub days: Option<(Date, Date)>,
    /// Read to the end by someone; of a voice: all documents in which it speaks.
    pub read: bool,
    /// Someone is reading it.
    pub begun: bool,
    /// Who has read it to the end, by name.
    pub readers: Vec<String>,
    /// The documents that stand behind it: one, or those in which the voice speaks.
    pub documents: usize,
}

/// Passages of one statement in one column.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Found {
    /// How many of each tag, by the tag's place in the scheme, sorted.
    pub by_tag: Vec<(usize, usize)>,
    /// How many of them are unsure.
    pub unsure: usize,
    /// Passages that the filter by voice leaves out.
    pub left_out: usize,
}

impl Found {
    /// All passages.
    pub fn total(&self) -> usize {
        self.by_tag.iter().map(|(_, count)| count).sum()
    }
}

/// What a cell says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cell<'a> {
    /// Passages.
    Found(&'a Found),
    /// So many passages, all of other voices than the one asked for.
    OtherVoices(usize),
    /// Read to the end: nothing.
    Silent,
    /// Not read to the end: nothing can be said.
    NotRead,
    /// Read, and older than the statement's first appearance.
    Earlier,
}

/// Statements by documents, or by voices.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Matrix {
    /// The statements, in order.
    pub rows: Vec<Row>,
    /// The documents or voices, in order.
    pub columns: Vec<Column>,
    /// Statements that a filter leaves out.
    pub rows_left_out: usize,
    /// The name of the voice that was asked for.
    pub voice: Option<String>,
    /// The most tags that any cell has.
    pub most_tags: usize,
    found: BTreeMap<(usize, usize), Found>,
}

impl Matrix {
    /// What the cell in this row and column says.
    pub fn cell(&self, row: usize, column: usize) -> Cell<'_> {
        if let Some(found) = self.found.get(&(row, column)) {
            return match found.by_tag.is_empty() {
                true => Cell::OtherVoices(found.left_out),
                false => Cell::Found(found),
            };
        }
        let (Some(row), Some(column)) = (self.rows.get(row), self.columns.get(column)) else {
            return Cell::NotRead;
        };
        if !column.read {
            return Cell::NotRead;
        }
        match (&row.first, column.days) {
            (Some((_, first, _)), Some((_, last))) if last < *first => Cell::Earlier,
            _ => Cell::Silent,
        }
    }

    /// The place of a statement.
    pub fn row_of(&self, id: StatementId) -> Option<usize> {
        self.rows.iter().position(|row| row.statement == id)
    }

    /// The place of a document or voice.
    pub fn column_of(&self, key: &ColumnKey) -> Option<usize> {
        self.columns.iter().position(|column| column.key == *key)
    }
}
