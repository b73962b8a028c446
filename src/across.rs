//! Several documents: statements, echoes, quotation check, alerts, the matrix.
//!
//! Nothing stands here yet; statements live in [`crate::model`].
