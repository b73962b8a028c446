//! One table of formats; menus, command line and manual read it.

use crate::model::Session;

/// A file format that a session can be written to.
#[derive(Clone, Copy)]
pub struct Format {
    /// The name on the command line: `--to csv`.
    pub name: &'static str,
    /// The name in menus.
    pub title: &'static str,
    /// The extension of its files, without the dot.
    pub extension: &'static str,
    /// What it keeps.
    pub keeps: &'static str,
    /// What it loses.
    pub loses: &'static str,
    /// Writes it; `None` when it is only read.
    pub write: Option<Writer>,
}

/// A session as the bytes of a file, or why not.
pub type Writer = fn(&Session) -> Result<Vec<u8>, String>;

/// All formats, in the order of menus.
pub const FORMATS: &[Format] = &[Format {
    name: "csv",
    title: "Table of passages (CSV)",
    extension: "csv",
    keeps: "every passage with its place, tag, note, statement, voice and attributes",
    loses: "links, comments, the scheme and the texts",
    write: Some(|session| {
        super::csv::passages(session).map(String::into_bytes).map_err(|error| error.to_string())
    }),
}];

/// The format with this name.
pub fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
