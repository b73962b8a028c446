//! Several documents: statements and who says what of them, echoes, the quotation check.
//!
//! - [`matrix`]: statements by documents or voices: found, silent, not read, earlier
//! - [`card`]: all appearances of one statement, in order of date
//! - [`timeline`]: the same along a line of time
//! - [`stance`]: what a tag says of a statement, and how far passages disagree
//! - [`echo`]: where a passage stands again; all pairs
//! - [`group`]: from pairs to "this sentence stands in four documents"
//! - [`diff`]: the words that differ between two places
//! - [`quotations`], [`verdict`]: what stands between quotation marks, and its best source
//! - [`alerts`]: a number, a name, a negation or a caveat that differs between two places
//! - [`index`]: all documents, ready to be searched
//! - [`words`]: a document as a stream of folded words
//!
//! Statements live in [`crate::model`].

pub mod alerts;
mod align;
pub mod card;
pub mod diff;
pub mod echo;
pub mod group;
pub mod index;
pub mod matrix;
mod names;
mod query;
pub mod quotations;
mod runs;
mod set_phrases;
mod splice;
pub mod stance;
mod statement;
pub mod timeline;
pub mod verdict;
mod vocabulary;
pub mod words;
