//! All that the program can do, without a screen: the [`Workspace`], the table of [`Command`]s, [`Action`]s and
//! what they do.
//!
//! The window reads the workspace and returns actions; [`Workspace::dispatch`] is the only way in. An action
//! changes the view, or makes a [`crate::edit::Step`] that is applied, remembered and journaled, or starts a job on
//! a named worker thread whose result comes back as an action.

mod action;
mod cache;
mod charts;
mod command;
mod desk;
mod dispatch;
pub mod echoes;
mod exchange;
mod jobs;
pub mod keymap;
pub mod keys;
mod large;
pub mod links;
mod listing;
mod messages;
pub mod panics;
pub mod replacing;
pub mod review;
mod rows;
pub mod safety;
pub mod search;
pub mod selection;
pub mod statements;
mod trail;
mod view;
mod words;
mod workspace;

pub mod marks;

pub use crate::format::words::count;
pub use action::{AccessChoice, Action, AnnotationChange, Answer, PathPurpose, PendingStep, Said};
pub use cache::{DocumentCache, Prepared};
pub use charts::{ChartOf, ChartView};
pub use command::{COMMANDS, Command, CommandInfo, Group};
pub use desk::{Access, Desk, SaveMark};
pub use exchange::{ExportForm, ExportPreview, Exporting, Imported, formats_for, formats_read};
pub use jobs::{AfterClose, Effect, JobResult, Jobs};
pub use keymap::KeyMap;
pub use large::LargeDone;
pub use listing::{DocumentOrder, Grouping, Listed, Listing};
pub use messages::{Message, MessageKind, Messages};
pub use review::{Mode, Review, ReviewAction};
pub use rows::{Column, Rows};
pub use selection::Selection;
pub use statements::{Board, MatrixView, Speaker, StatementAction};
pub use view::{
    Edge, Filter, FurniturePlace, Motion, Overlay, Pane, PaneId, ScrollPlace, ScrollTo, Sort, View,
};
pub use words::{capitalized, day_and_hour, moment_words, shortened};
pub use workspace::{Config, Panel, Workspace};

#[cfg(test)]
mod tests;
