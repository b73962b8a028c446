//! Two sessions: layers, comparison, merging, adjudication. Pure: what comes out are values and edits.
//!
//! - [`layer`]: one session laid over another, in the terms of that one
//! - [`compare`]: its annotations beside one's own, pair by pair
//! - [`diff`](mod@diff): what differs between two sessions, a line a record
//! - [`merge`]: two versions of a session made into one, what both changed kept as conflicts

pub mod compare;
pub mod diff;
pub mod layer;
pub mod merge;

#[cfg(test)]
mod made;
