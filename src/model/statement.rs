//! Statements, and the persons and organizations that speak.

use super::{ActorId, PartialDate, StatementId};

/// A proposition that passages of many documents are about.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Statement {
    /// Its id.
    pub id: StatementId,
    /// The proposition in a few words.
    pub name: String,
    /// What exactly is meant.
    pub definition: String,
    /// A note.
    pub note: String,
    /// When it is said to have been so, possibly partial.
    pub date: PartialDate,
    /// A free name to group statements by, or empty.
    pub group: String,
    /// Place in lists: smaller first; equal ones by name.
    pub order: u32,
}

/// A person or organization that speaks in the documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Actor {
    /// A readable id.
    pub id: ActorId,
    /// The name.
    pub name: String,
    /// Person or organization.
    pub kind: ActorKind,
    /// A note: office, affiliation.
    pub note: String,
}

/// What an actor is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum ActorKind {
    /// A person.
    #[default]
    Person,
    /// An organization.
    Organization,
}
