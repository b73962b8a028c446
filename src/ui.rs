//! The window: egui reads the workspace and returns actions.

pub mod icons;
pub mod theme;
pub mod widgets;
pub mod reader;
