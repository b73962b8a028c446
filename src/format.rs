//! Bytes to values and back, pure: no files, no clock.
//!
//! - [`session`]: the session file, readable RON
//! - [`journal`]: the steps since the last full save, one line each
//! - [`decode`]: the bytes of a document to its canonical text, never by a silent guess
//! - [`csv`]: passages as a table
//! - [`table`]: one table of formats; menus, command line and manual read it
//!
//! What a file holds has structs of its own (`session/v1.rs`), apart from the model's: a format version is a
//! file that no longer changes once it is released.

pub mod csv;
pub mod decode;
pub mod journal;
pub mod session;
pub mod table;

pub use table::{FORMATS, Format};

#[cfg(test)]
pub(crate) mod arbitrary;
