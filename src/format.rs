//! Bytes to values and back, pure: no files, no clock.
//!
//! - [`session`]: the session file, readable RON
//! - [`journal`]: the steps since the last full save, one line each
//! - [`decode`]: the bytes of a document to its canonical text, never by a silent guess
//! - [`export`], [`passages`]: what every writer is given
//! - [`import`]: what every reader tells, and how it comes into a session
//! - [`csv`]: passages as a table
//! - [`citation`]: a passage with who, when and where
//! - [`doccano`], [`label_studio`], [`prodigy`]: passages for tools that learn from text; [`extra`]: what those carry
//!   along
//! - [`chart`]: counts as pictures (SVG) and tables
//! - [`codebook`]: the scheme as a page to print; [`scheme`]: the scheme alone as RON
//! - [`handover`]: the copy for a second coder
//! - [`table`]: one table of formats; menus, dialogs, command line and manual read it
//! - [`words`]: counts in words
//!
//! What a file holds has structs of its own (`session/v1.rs`), apart from the model's: a format version is a
//! file that no longer changes once it is released.

pub mod chart;
pub mod citation;
pub mod codebook;
pub mod csv;
pub mod decode;
pub mod doccano;
pub mod export;
pub mod extra;
pub mod handover;
pub mod import;
pub mod journal;
pub mod label_studio;
pub mod passages;
pub mod prodigy;
pub mod scheme;
pub mod session;
pub mod table;
pub mod words;

pub use table::{FORMATS, Format, Goal, Shape};

#[cfg(test)]
pub(crate) mod arbitrary;
#[cfg(test)]
pub(crate) mod hard;
