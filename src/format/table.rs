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
pub const FORMATS: &[Format] = &[
    Format {
        name: "csv",
        title: "Table of passages (CSV)",
        extension: "csv",
        keeps: "every passage with its place, section, citation, tag, note, statement, voice and attributes",
        loses: "links, comments, the scheme and the texts",
        write: Some(|session| {
            super::csv::passages(session).map(String::into_bytes).map_err(|error| error.to_string())
        }),
    },
    Format {
        name: "codebook",
        title: "Codebook for printing (HTML)",
        extension: "html",
        keeps: "tags, attributes and link kinds with definitions, dated rules and examples",
        loses: "the documents and all that is marked in them",
        write: Some(|session| Ok(super::codebook::page(session).into_bytes())),
    },
    Format {
        name: "scheme",
        title: "The scheme alone (RON)",
        extension: "ron",
        keeps: "tags, attributes and link kinds, ready for another session",
        loses: "the documents, all that is marked in them, and where examples were taken from",
        write: Some(|session| Ok(super::scheme::write(&session.scheme).into_bytes())),
    },
];

/// The format with this name.
pub fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}
