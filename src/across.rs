//! Several documents: statements, echoes, quotation check, alerts, the matrix.
//!
//! - [`diff`]: the words that differ between two places
//! - [`echo`]: where a passage stands again; all pairs
//! - [`index`]: all documents, ready to be searched
//! - [`quotations`], [`verdict`]: what stands between quotation marks, and its best source
//! - [`words`]: a document as a stream of folded words
//!
//! Statements live in [`crate::model`].

mod align;
pub mod diff;
pub mod echo;
pub mod index;
mod query;
pub mod quotations;
mod runs;
mod set_phrases;
mod statement;
pub mod verdict;
mod vocabulary;
pub mod words;
