//! Several documents: statements, echoes, quotation check, alerts, the matrix.
//!
//! - [`index`]: all documents, ready to be searched
//! - [`words`]: a document as a stream of folded words
//!
//! Statements live in [`crate::model`].

pub mod index;
mod vocabulary;
pub mod words;
