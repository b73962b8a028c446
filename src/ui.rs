//! The window. Reads the workspace and returns actions; nothing changes while it is painted.

mod app;
#[allow(dead_code, reason = "echo ribbons use what links do not")]
mod between;
mod clipboard;
pub mod dialogs;
mod dossier;
mod echoes;
mod find;
mod hint_bar;
pub mod icons;
mod inspector;
pub mod keys;
mod letters;
mod links;
mod matrix;
mod overlay;
mod panes;
mod picked;
pub mod picture;
#[allow(dead_code, reason = "echo ribbons use what links do not")]
mod places;
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
