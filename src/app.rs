//! placeholder

pub mod marks;
pub mod selection;
