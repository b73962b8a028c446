//! The figures of agreement.

/// What is asked of them, and what has been computed.
#[derive(Debug, Default)]
pub struct Agreed {}

/// Computed figures.
#[derive(Debug, Default)]
pub struct Figures {}

impl Agreed {
    /// All of them are wanted.
    pub fn ask_all(&mut self) {}

    /// The paragraph for a methods section.
    pub fn methods(&self) -> Option<String> {
        None
    }

    /// A worker has computed them.
    pub fn take(&mut self, _asked: u64, _figures: Figures) {}
}
