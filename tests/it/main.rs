//! What a user does, end to end: by command line, by file, by window.

#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "a test that meets the unexpected shall stop")]

mod agreement;
mod carry;
mod cli;
mod echoes;
mod hostile;
mod merge;
mod readme;
mod review;
mod sample;
mod sessions;
#[cfg(feature = "gui")]
mod window;
