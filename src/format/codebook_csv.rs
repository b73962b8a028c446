//! The scheme as a table, to share it and to edit it in a spreadsheet. Written as `codebook.csv` of the package is; read
//! from that, and from the codebooks of other programs.

mod read;

use super::export::{Export, Losses, Sink, WriteError};
use super::table::{Format, Goal, Shape};
use super::tables::{self, Table, Tables};

pub use read::read;

/// Its entry in the table of formats.
pub const FORMAT: Format = Format {
    name: "codebook-csv",
    title: "Codebook as a table (CSV)",
    goal: Goal::Colleague,
    shape: Shape::File,
    extensions: &["csv", "tsv"],
    beside: &[],
    keeps: "tags, attributes and link kinds, with definitions, dated rules and examples",
    loses: "the documents and all that is marked in them",
    write: Some(write),
    read: Some(read),
};

/// The table.
///
/// # Errors
/// When the bytes can't be written.
pub fn write(export: &Export<'_>, sink: &mut dyn Sink) -> Result<Losses, WriteError> {
    let tables = Tables::of(export.session);
    let columns = tables.columns(Table::Codebook);
    let headers = columns.iter().map(|column| &*column.name);
    let file = sink.file("codebook.csv")?;
    tables::csv(file, &csv::WriterBuilder::new(), headers, |to| tables.rows(Table::Codebook, to))?;
    Ok(Losses::default())
}

#[cfg(test)]
mod tests;
