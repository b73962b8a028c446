//! What a user does, end to end: by command line, by file, by window.

mod cli;
mod readme;
mod sample;
#[cfg(feature = "gui")]
mod window;
