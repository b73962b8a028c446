//! Passages as CSV that opens in Excel with a double click where the comma is the decimal mark: with a byte-order mark,
//! semicolons and CRLF.
//!
//! Excel and LibreOffice take a cell that begins with `=`, `+`, `-`, `@`, tab or CR for a formula, in quotes or not:
//! such a cell gets a `'` in front. So a quote is no longer always the slice of the text, and what looks like a number
//! or a date is shown as one: who can, takes the workbook.

use super::export::{Export, Losses, Sink, WriteError};
use super::table::{Format, Goal, Shape};
use super::tables::{self, Cell, Table, Tables};
use super::xlsx::{MAX_UNITS, add_cut, fitted, next_row};

/// Its entry in the table of formats.
pub const FORMAT: Format = Format {
    name: "excel-csv",
    title: "CSV for Excel (lossy)",
    goal: Goal::Spreadsheet,
    shape: Shape::File,
    extensions: &["csv"],
    beside: &[],
    keeps: "every passage with its place, section, citation, tag, note, statement, voice and attributes",
    loses: "links, comments, the scheme and the texts; cells that could be formulas get a ' in front, and Excel shows \
            what looks like a number or date as one",
    write: Some(write),
    read: None,
};

/// The table.
///
/// # Errors
/// When it has more rows than a sheet, or the bytes can't be written.
pub fn write(export: &Export<'_>, sink: &mut dyn Sink) -> Result<Losses, WriteError> {
    let session = export.session;
    let tables = Tables::of(session);
    let file = sink.file("passages.csv")?;
    file.write_all("\u{feff}".as_bytes())?;
    let mut form = csv::WriterBuilder::new();
    form.delimiter(b';').terminator(csv::Terminator::CRLF);
    let columns = tables.columns(Table::Passages);
    let (mut row, mut guarded, mut cut) = (0, 0, 0);
    tables::csv(file, &form, columns.iter().map(|column| &*column.name), |to| {
        tables.rows(Table::Passages, &mut |cells| {
            row = next_row(row, Table::Passages)?;
            let safe = cells.iter().map(|cell| {
                let Cell::Text(text) = cell else { return cell.clone() };
                // With room for the guard.
                let fitted = fitted(text, MAX_UNITS - 1);
                cut += usize::from(fitted.is_some());
                let text = fitted.as_deref().unwrap_or(text);
                let is_risky = text.starts_with(['=', '+', '-', '@', '\t', '\r']);
                guarded += usize::from(is_risky);
                if is_risky { format!("'{text}").into() } else { text.to_owned().into() }
            });
            to(&safe.collect::<Vec<_>>())
        })
    })?;
    let mut losses = Losses::default();
    losses.add(
        guarded,
        "cell could be taken for a formula: it has a ' in front",
        "cells could be taken for formulas: they have a ' in front",
    );
    add_cut(&mut losses, cut);
    losses.add(session.links.len(), "link is not in this table", "links are not in this table");
    let comments = session.annotations.values().map(|annotation| annotation.comments.len()).sum();
    losses.add(comments, "comment is not in this table", "comments are not in this table");
    Ok(losses)
}

#[cfg(test)]
mod tests;
