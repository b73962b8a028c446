//! Two sessions: layers, comparison, adjudication. Pure: what comes out are values and edits.
//!
//! - [`layer`]: one session laid over another, in the terms of that one
//! - [`compare`]: its annotations beside one's own, pair by pair
//! - [`cases`]: adjudication, from the annotations of several readers to one result
//! - [`agreement`]: how much annotators agree, in figures
//! - [`talk`]: comments that go back to a colleague

pub mod agreement;
pub mod cases;
pub mod compare;
pub mod layer;
pub mod merge;
pub mod talk;

mod assign;

#[cfg(test)]
mod made;
