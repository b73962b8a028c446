//! All tables of a session and its texts, as a folder for R and Python: `passages.csv`, `links.csv`, `documents.csv`,
//! `comments.csv`, `codebook.csv` and `texts/`.
//!
//! Two files say what the others are: `datapackage.json` (Frictionless Data Package 1.0: every column with its type,
//! what it may hold, and which tables it leads to) and `ro-crate-metadata.json` (RO-Crate 1.1). All tables are always
//! there, also without rows, so that a script finds the same files each time.
//!
//! Tables are UTF-8 without a byte-order mark, with commas, rows ending in LF, cells as they are. Offsets count in
//! `texts/`: `text[start_char:end_char]` in Python (read with `newline=""`), `substr(text, start_char + 1, end_char)`
//! in R.

mod describe;

use super::export::{Export, Losses, Sink, WriteError, texts};
use super::table::{Format, Goal, Shape};
use super::tables::{self, TEXTS, Table, Tables};

/// Its entry in the table of formats.
pub const FORMAT: Format = Format {
    name: "package",
    title: "Tables for R and Python (folder)",
    goal: Goal::Statistics,
    shape: Shape::Folder,
    extensions: &["csv"],
    beside: &[],
    keeps: "passages with a column for each attribute, links, documents, comments, codebook and texts, described for \
            archives (Data Package, RO-Crate)",
    loses: "definitions of statements, histories and decisions",
    write: Some(write),
    read: None,
};

/// The folder.
///
/// # Errors
/// When the bytes can't be written.
pub fn write(export: &Export<'_>, sink: &mut dyn Sink) -> Result<Losses, WriteError> {
    let session = export.session;
    let tables = Tables::of(session);
    let mut resources = Vec::new();
    for table in Table::ALL {
        let columns = tables.columns(table);
        let mut is_full = vec![true; columns.len()];
        let file = sink.file(&describe::file(table))?;
        let headers = columns.iter().map(|column| &*column.name);
        tables::csv(file, &csv::WriterBuilder::new(), headers, |to| {
            tables.rows(table, &mut |cells| {
                for (is_full, cell) in std::iter::zip(&mut is_full, cells) {
                    *is_full &= !cell.is_empty();
                }
                to(cells)
            })
        })?;
        resources.push(describe::resource(table, &columns, &is_full));
    }
    texts(session, TEXTS, sink)?;
    for (name, value) in [
        ("datapackage.json", describe::data_package(export, resources)),
        ("ro-crate-metadata.json", describe::ro_crate(export)),
    ] {
        let text = serde_json::to_string_pretty(&value).map_err(WriteError::unfit)?;
        sink.file(name)?.write_all((text + "\n").as_bytes())?;
    }
    Ok(tables::losses(session))
}

#[cfg(test)]
mod tests;
