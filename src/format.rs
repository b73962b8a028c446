//! Bytes to values and back, pure: no files, no clock.
//!
//! - [`session`]: the session file, readable RON
//! - [`journal`]: the steps since the last full save, one line each
//! - [`decode`]: the bytes of a document to its canonical text, never by a silent guess
//! - [`export`], [`passages`]: what every writer is given
//! - [`import`]: what every reader tells, and how it comes into a session
//! - [`csv`]: passages as a table
//! - [`citation`]: a passage with who, when and where
//! - [`chart`]: counts as pictures (SVG) and tables
//! - [`codebook`]: the scheme as a page to print; [`scheme`]: the scheme alone as RON
//! - [`report`], [`report_md`]: a report to read and print, as a page and as Markdown; [`entries`]: what both say
//! - [`quotes`]: tables of quotes, as a page and for Word
//! - [`page`], [`colors`]: what pages (HTML) have in common
//! - [`handover`]: the copy for a second coder
//! - [`table`]: one table of formats; menus, dialogs, command line and manual read it
//! - [`words`]: counts in words
//!
//! What a file holds has structs of its own (`session/v1.rs`), apart from the model's: a format version is a
//! file that no longer changes once it is released.

pub mod chart;
pub mod citation;
pub mod codebook;
pub mod colors;
pub mod csv;
pub mod decode;
pub mod entries;
pub mod export;
pub mod handover;
pub mod import;
pub mod journal;
pub mod page;
pub mod passages;
pub mod quotes;
pub mod report;
pub mod report_md;
pub mod scheme;
pub mod session;
pub mod table;
pub mod words;

pub use table::{FORMATS, Format, Goal, Shape};

#[cfg(test)]
pub(crate) mod arbitrary;
#[cfg(test)]
pub(crate) mod hard;
