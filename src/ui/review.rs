//! The review: layers and differences at the left, the difference that is looked at below the text, figures at the
//! right.

mod case;
mod figures;
mod list;
mod mapping;
mod side;
mod sign;

pub use case::{case_ui, height, remark_on, status_words};
pub use figures::{agreement_ui, figures_ui};
pub use mapping::{MappingDraft, make_new_ui, mapping_ui};
pub use side::side_ui;

/// Width of the panel with layers and differences.
pub const SIDE: f32 = 318.0;
/// The same in a small window.
pub const SIDE_SMALL: f32 = 250.0;
/// Width of the panel with figures.
pub const FIGURES: f32 = 348.0;
