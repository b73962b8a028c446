//! Bytes to values and back, pure: no files, no clock.
//!
//! - [`session`]: the session file, readable RON
//! - [`journal`]: the steps since the last full save, one line each
//! - [`decode`]: the bytes of a document to its canonical text, never by a silent guess
//! - [`export`], [`passages`]: what every writer is given
//! - [`import`]: what every reader tells, and how it comes into a session
//! - [`tables`]: passages, links, documents, comments and scheme as rows; [`colors`]: tags' colors for files
//! - [`csv`]: passages as a table; [`package`]: all tables and texts as a folder, for R and Python
//! - [`xlsx`], [`excel_csv`]: for spreadsheets
//! - [`brat`], [`cas`]: for tools that learn from annotated text; `kept`: what such a file keeps for Gainsay alone
//! - [`citation`]: a passage with who, when and where
//! - [`doccano`], [`label_studio`], [`prodigy`]: passages for tools that learn from text; [`extra`]: what those carry
//!   along
//! - [`chart`]: counts as pictures (SVG) and tables
//! - [`matrix`]: statements by documents as page, table and picture
//! - [`codebook`]: the scheme as a page to print; [`scheme`]: the scheme alone as RON;
//!   [`codebook_csv`]: as a table
//! - [`refi`]: projects and codebooks for ATLAS.ti, MAXQDA, NVivo and QualCoder
//! - [`report`], [`report_md`]: a report to read and print, as a page and as Markdown; [`entries`]: what both say
//! - [`quotes`]: tables of quotes, as a page and for Word
//! - [`page`]: what pages (HTML) have in common
//! - [`handover`]: the copy for a second coder
//! - [`table`]: one table of formats; menus, dialogs, command line and manual read it
//! - [`w3c`]: the W3C's Web Annotation, the lossless interchange; [`hypothesis`]: annotations of the web's margins, read
//! - [`words`]: counts in words
//!
//! What a file holds has structs of its own (`session/v1.rs`), apart from the model's: a format version is a
//! file that no longer changes once it is released.

pub mod brat;
pub mod cas;
pub mod chart;
pub mod citation;
pub mod codebook;
pub mod codebook_csv;
pub mod colors;
pub mod csv;
pub mod decode;
pub mod doccano;
pub mod entries;
pub mod excel_csv;
pub mod export;
pub mod extra;
pub mod handover;
pub mod hypothesis;
pub mod import;
pub mod journal;
mod kept;
pub mod label_studio;
pub mod matrix;
mod nesting;
pub mod package;
pub mod page;
pub mod passages;
pub mod prodigy;
pub mod quotes;
pub mod refi;
pub mod report;
pub mod report_md;
pub mod scheme;
pub mod session;
pub mod table;
pub mod tables;
pub mod w3c;
pub mod words;
pub mod xlsx;

pub use table::{FORMATS, Format, Goal, Shape};

#[cfg(test)]
pub(crate) mod arbitrary;
#[cfg(test)]
pub(crate) mod hard;
