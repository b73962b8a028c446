//! Several documents: statements and who says what of them.
//!
//! - [`matrix`]: statements by documents or voices: found, silent, not read, earlier
//! - [`card`]: all appearances of one statement, in order of date
//! - [`timeline`]: the same along a line of time
//! - [`stance`]: what a tag says of a statement, and how far passages disagree

pub mod card;
pub mod matrix;
pub mod stance;
pub mod timeline;
