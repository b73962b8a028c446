//! Several documents: statements, echoes, quotation check, alerts, the matrix.
//!
//! - [`diff`]: the words that differ between two places
//! - [`echo`]: where a passage stands again; all pairs
//! - [`index`]: all documents, ready to be searched
//! - [`words`]: a document as a stream of folded words
//!
//! Statements live in [`crate::model`].

mod align;
pub mod diff;
pub mod echo;
pub mod index;
mod query;
mod set_phrases;
mod statement;
mod vocabulary;
pub mod words;
