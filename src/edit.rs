//! Edits: every change to a session as data, with an inverse. The only code that changes a [`Session`].
//!
//! [`Edit`] is one change of one record; [`Step`] is one gesture of the user, whole or not at all, with a label;
//! [`History`] undoes and redoes steps. An edit leaves the session valid or is refused and leaves it untouched:
//! so whoever removes a document removes its annotations first, and their links before them, in one step.
//!
//! [`Session`]: crate::model::Session

mod apply;
mod history;
pub mod make;
mod step;

pub use apply::{EditError, apply};
pub use history::{Entry, History};
pub use step::{Edit, Label, Step, apply_step};

#[cfg(test)]
mod tests;
