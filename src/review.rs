//! Two sessions: layers, comparison, merging, adjudication. Pure: what comes out are values and edits.
//!
//! - [`layer`]: one session laid over another, in the terms of that one
//! - [`compare`]: its annotations beside one's own, pair by pair
//! - [`diff`](mod@diff): what differs between two sessions, a line a record
//! - [`mod@carry`]: a corrected text in the place of a document's, and what becomes of its annotations
//! - [`cases`]: adjudication, from the annotations of several readers to one result
//! - [`assign`]: the one-to-one assignment with the largest sum, for all of these
//! - [`agreement`]: how far readers agree, in figures
//! - [`talk`]: comments that go back to a colleague
//! - [`merge`]: two versions of a session made into one, what both changed kept as conflicts
//! - [`assign`]: the one-to-one assignment with the largest sum, for all of these

pub mod agreement;
pub mod assign;
pub mod carry;
pub mod cases;
pub mod compare;
pub mod diff;
pub mod layer;
pub mod merge;
pub mod talk;

#[cfg(test)]
mod made;
