//! Where a session is kept.

use std::path::PathBuf;
use std::sync::Arc;

use crate::edit::Step;
use crate::model::Digest;

use super::super::Place;
use super::super::lock::Lock;
use super::super::versions::Shelf;

/// Where a session is kept: beside its file, or in the user's data folder while it has none.
#[derive(Debug)]
pub struct Home(pub(super) Kind);

#[derive(Debug)]
pub(super) enum Kind {
    Saved {
        saved: Saved,
        /// Steps of the journal that was found.
        steps: Vec<Arc<Step>>,
        /// The journal that was found is the next one of a save that was interrupted.
        next_is_live: bool,
    },
    Unsaved {
        place: Place,
        /// Taken when the journal is made.
        lock: Option<Lock>,
        /// Steps of the journal that was found.
        steps: Vec<Arc<Step>>,
    },
}

/// A session file that is ours.
#[derive(Debug)]
pub(in crate::store) struct Saved {
    /// As the user named it.
    pub path: PathBuf,
    /// The real file.
    pub target: PathBuf,
    /// Digest of its bytes as they were read or written last.
    pub digest: Digest,
    pub lock: Lock,
    /// Where its earlier versions are kept.
    pub shelf: Shelf,
}

impl Home {
    /// The home of a new session, without a file. Nothing is written before its first step.
    ///
    /// # Errors
    /// When the user has no home folder.
    pub fn unsaved() -> std::io::Result<Self> {
        Ok(Self::unsaved_in(Place::of_user()?, Vec::new(), None))
    }

    pub(in crate::store) fn unsaved_in(place: Place, steps: Vec<Arc<Step>>, lock: Option<Lock>) -> Self {
        Self(Kind::Unsaved { place, lock, steps })
    }

    pub(in crate::store) fn saved(saved: Saved, steps: Vec<Arc<Step>>, next_is_live: bool) -> Self {
        Self(Kind::Saved { saved, steps, next_is_live })
    }
}
