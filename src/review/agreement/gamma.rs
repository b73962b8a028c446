//! Mathet's gamma.

pub mod align;
mod candidates;
pub mod disorder;
mod parts;
mod prices;
mod search;
