//! The window. Reads the workspace and returns actions; nothing changes while it is painted.

mod app;
mod clipboard;
pub mod dialogs;
mod dossier;
mod find;
mod hint_bar;
pub mod icons;
mod inspector;
pub mod keys;
mod letters;
mod matrix;
mod overlay;
mod panes;
mod picked;
pub mod picture;
pub mod reader;
mod review;
mod start;
mod strip;
mod table;
mod tag_bar;
mod tag_tip;
pub mod theme;
mod top_bar;
mod voice_choice;
mod welcome;
pub mod widgets;

pub use app::App;
pub use start::run;
