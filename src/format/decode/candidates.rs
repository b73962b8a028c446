//! Encodings to choose from.

/// An encoding in which a file can be read, with what it would look like.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Candidate {
    /// The encoding, as the WHATWG Encoding Standard names it.
    pub encoding: String,
    /// The text around the first byte that does not fit UTF-8.
    pub preview: String,
}
