//! Two sessions: layers, comparison, adjudication. Pure: what comes out are values and edits.
//!
//! - [`layer`]: one session laid over another, in the terms of that one
//! - [`compare`]: its annotations beside one's own, pair by pair

pub mod compare;
pub mod layer;

#[cfg(test)]
mod made;
