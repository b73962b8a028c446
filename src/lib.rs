//! Gainsay: read documents side by side and mark, passage by passage, who claims what, who denies it,
//! and with which caveats.
//!
//! Folders are layers. Imports point down this list only (`tests/layering.rs` holds it):
//!
//! - `ui` (feature `gui`): egui; reads the workspace, returns actions
//! - [`cli`]: the same jobs without a window
//! - [`app`]: the workspace, the table of actions, dispatch
//! - [`store`]: the only module that touches the file system
//! - [`review`]: two sessions: matching, agreement, merge
//! - [`across`]: several documents: statements, echoes, the matrix
//! - [`mod@format`]: bytes to values and back, pure
//! - [`edit`]: edits, their inverses, the history; the only code that changes a session
//! - [`text`]: functions over text: segmentation, offsets, Markdown's visible text
//! - [`model`]: what a session is: plain data and its invariants

pub mod across;
pub mod app;
pub mod cli;
pub mod edit;
pub mod format;
pub mod model;
pub mod review;
pub mod store;
pub mod text;
#[cfg(feature = "gui")]
pub mod ui;
