//! What a user does, end to end.

mod cli;
mod sample;
