//! Reading a codebook: our own back, whole; another program's by the names of its columns.
//!
//! The name of a tag stands under `tag`, `name`, `code` or `path`, its definition under `description` or `definition`.
//! Under `path`, `a/b`, `a::b` and `a > b` are the tag *b* under the tag *a*. What does not fit is told, with a count.

mod build;

use build::Builder;

use crate::edit::make;
use crate::format::export::Losses;
use crate::format::import::{Foreign, Input, ReadError};
use crate::format::scheme::problem;
use crate::format::words::grouped;
use crate::model::{Scheme, limits};

/// The schemes of codebooks, the first one's words first.
///
/// # Errors
/// When one is not UTF-8, has no column of names, no rows or too many, or makes no valid scheme.
pub fn read(inputs: &[Input]) -> Result<Foreign, ReadError> {
    let mut foreign = Foreign::default();
    for input in inputs {
        let (scheme, notes) = scheme(input)?;
        foreign.notes.extend(notes.0.into_iter().map(|note| format!("{}: {note}", input.name)));
        foreign.scheme = if foreign.scheme == Scheme::default() {
            scheme
        } else {
            make::adopt(&foreign.scheme, &scheme).0
        };
    }
    Ok(foreign)
}

fn scheme(input: &Input) -> Result<(Scheme, Losses), ReadError> {
    let mut text = input.text()?;
    let mut delimiter = None;
    // What Excel takes for the delimiter's declaration.
    if let Some((first, rest)) = text.split_once('\n')
        && let Some(declared) = first.trim_end().strip_prefix("sep=")
    {
        (delimiter, text) = (declared.bytes().next(), rest);
    }
    let first = text.lines().next().unwrap_or_default();
    let often = |byte: &u8| first.bytes().filter(|other| other == byte).count();
    let delimiter = delimiter.or_else(|| [b'\t', b';', b','].into_iter().max_by_key(often)).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(delimiter)
        .has_headers(false)
        .flexible(true)
        .from_reader(text.as_bytes());
    let mut records = reader.records();
    let at_line = |error: csv::Error| {
        let line = error.position().map_or(1, csv::Position::line);
        ReadError::at(&input.name, format!("line {line}"), error)
    };
    let Some(headers) = records.next() else {
        return Err(ReadError::new(&input.name, "it is empty"));
    };
    let headers = Headers::of(&headers.map_err(at_line)?);
    if headers.name.is_none() && headers.path.is_none() {
        let what = "none of its columns is called tag, name, code or path";
        return Err(ReadError::at(&input.name, "line 1", what));
    }
    let mut builder = Builder::new(&headers);
    for (number, record) in records.enumerate() {
        if number == limits::CODEBOOK_ROWS {
            return Err(ReadError::new(
                &input.name,
                format!("it has more than {} rows; no codebook has", grouped(limits::CODEBOOK_ROWS)),
            ));
        }
        builder.row(&Row { headers: &headers, record: record.map_err(at_line)? });
    }
    let (scheme, notes) = builder.finish();
    if scheme == Scheme::default() {
        return Err(ReadError::new(&input.name, "there is no tag below its headers"));
    }
    match problem(&scheme) {
        Some(problem) => Err(ReadError::new(&input.name, problem)),
        None => Ok((scheme, notes)),
    }
}

/// Where the columns stand.
struct Headers {
    name: Option<usize>,
    path: Option<usize>,
    definition: Option<usize>,
    color: Option<usize>,
    key: Option<usize>,
    all: Vec<String>,
    /// It is ours, or another Gainsay's: names are taken as they stand, and ids count.
    is_own: bool,
}

impl Headers {
    fn of(record: &csv::StringRecord) -> Self {
        let all: Vec<String> = record.iter().map(|name| name.trim().to_lowercase()).collect();
        let at = |names: &[&str]| names.iter().find_map(|name| all.iter().position(|other| other == name));
        Self {
            name: at(&["tag", "name", "code"]),
            path: at(&["path"]),
            definition: at(&["definition", "description"]),
            color: at(&["color", "colour"]),
            key: at(&["key", "shortcut"]),
            is_own: ["kind", "id", "letter", "pattern"].iter().all(|name| at(&[name]).is_some()),
            all,
        }
    }
}

/// A row of the file.
struct Row<'a> {
    headers: &'a Headers,
    record: csv::StringRecord,
}

impl Row<'_> {
    /// The cell of this column; empty where there is none.
    fn at(&self, column: Option<usize>) -> &str {
        column.and_then(|column| self.record.get(column)).unwrap_or_default()
    }

    /// The cell under this header.
    fn cell(&self, header: &str) -> &str {
        self.at(self.headers.all.iter().position(|name| name == header))
    }

    fn is_yes(&self, header: &str) -> bool {
        ["true", "yes", "1"].contains(&self.cell(header).trim().to_lowercase().as_str())
    }
}
