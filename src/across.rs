//! Several documents: statements, echoes, quotation check, alerts, the matrix.
//!
//! - [`words`]: a document as a stream of folded words
//!
//! Statements live in [`crate::model`].

pub mod words;
