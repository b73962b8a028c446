//! The journal beside a session file, and how it and the file are replaced together.
//!
//! A journal names in its first line the digest of the session file that it continues, its *base*. It stands
//! in `.~NAME.journal`; while the file is being replaced the next one stands in `.~NAME.journal.new`. A save of
//! a snapshot turns file F (digest d) with journal J (base d) into F' with J' so:
//!
//! 1. F' is written to a temporary file and synced.
//! 2. J' (base d', with the steps that are newer than the snapshot) is written to `.journal.new`, complete, and
//!    synced; so is the folder.
//! 3. F' is renamed onto F, and the folder is synced. **This is the moment at which the save happens.**
//! 4. `.journal.new` is renamed onto `.journal`, and the folder is synced.
//!
//! No step is appended between 2 and 4. Whoever reads takes `.journal` if its base is the digest of the file
//! as it is, else `.journal.new` if *its* base is ([`find`]). Before 3 the file is F and J has base d; from 3
//! on the file is F', J has base d ≠ d' and J' is complete. So a step is never applied twice and none is lost,
//! whenever the program stops. If d' = d (all was undone), J and J' lead to the same session. When 4
//! fails, or the folder cannot be synced in 3, nothing more is appended to either: the journal is written anew
//! under another name, with base d', synced with the folder, and renamed onto `.journal`.
//!
//! A journal with steps whose base is neither can only be there because someone else replaced the file. It is
//! never applied unasked nor removed: it is set aside under another name.

use std::fs::{File, Metadata, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::edit::Step;
use crate::format::journal::{self, Header, Journal, JournalError};
use crate::model::{Digest, limits};

use super::regular::{FileError, read_regular};
use super::sabotage::{self, sabotaged};
use super::system;

/// The journal of the session file `target`.
pub(super) fn beside(target: &Path) -> PathBuf {
    named(target, "")
}

/// The next journal of the session file `target`, while that is being replaced.
pub(super) fn next_beside(target: &Path) -> PathBuf {
    named(target, ".new")
}

fn named(target: &Path, end: &str) -> PathBuf {
    let name = target.file_name().unwrap_or_default().to_string_lossy();
    target.with_file_name(format!(".~{name}.journal{end}"))
}

/// A journal file open for appending. All that was appended with success is on disk.
#[derive(Debug)]
pub(super) struct JournalFile {
    file: File,
    steps: u64,
}

impl JournalFile {
    /// Makes or replaces the file at `path` with header and steps, synced. Its name is not durable yet.
    /// `like` is the session file, whose mode it takes; without one its owner alone can read it.
    pub(super) fn create<'a>(
        path: &Path,
        header: &Header,
        steps: impl Iterator<Item = &'a Arc<Step>>,
        like: Option<&Metadata>,
    ) -> io::Result<Self> {
        let mut options = OpenOptions::new();
        let file = system::private(options.write(true).create(true).truncate(true)).open(path)?;
        if let Some(like) = like {
            system::copy_mode(like, &file)?;
        }
        let mut journal = Self { file, steps: 0 };
        journal.file.write_all(journal::write_header(header).as_bytes())?;
        journal.append(steps)?;
        Ok(journal)
    }

    /// Appends and syncs. After an error nothing is known about the end of the file: use it no more.
    pub(super) fn append<'a>(&mut self, steps: impl Iterator<Item = &'a Arc<Step>>) -> io::Result<()> {
        let mut lines = String::new();
        let mut number = self.steps;
        for step in steps {
            number += 1;
            lines.push_str(&journal::write_step(number, step));
        }
        let written = self.file.write_all(lines.as_bytes());
        let synced =
            if sabotaged("journal-unsynced") { Ok(()) } else { written.and_then(|()| self.file.sync_data()) };
        if !sabotaged("error-swallowed") {
            synced?;
        }
        self.steps = number;
        Ok(())
    }
}

/// A journal as it was found.
#[derive(Clone, Debug)]
pub(super) struct FoundJournal {
    pub path: PathBuf,
    pub journal: Journal,
    /// More than a half-written last line is wrong with it: a copy is kept.
    pub damaged: bool,
}

/// What stands beside a session file.
#[derive(Clone, Debug, Default)]
pub(super) struct Found {
    /// The journal that continues the file.
    pub continuing: Option<FoundJournal>,
    /// A journal with steps that belongs to another version of the file.
    pub unrelated: Option<FoundJournal>,
    /// A journal whose first line cannot be read.
    pub unreadable: Option<(PathBuf, String)>,
}

/// Why it cannot be said what the journal holds.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FindError {
    /// Its bytes could not be read.
    #[error(transparent)]
    File(#[from] FileError),
    /// A newer program wrote it.
    #[error("{}: {error}", .path.display())]
    Newer {
        /// The journal.
        path: PathBuf,
        /// What it says.
        error: JournalError,
    },
}

/// Looks for the journal that continues the session file `target` whose bytes have `digest`.
pub(super) fn find(target: &Path, digest: Digest) -> Result<Found, FindError> {
    let mut found = Found::default();
    for path in [beside(target), next_beside(target)] {
        let is_next = path != beside(target);
        match read_journal(&path)? {
            // It gets its name after it was written and synced: something else has emptied it.
            None if !is_next && std::fs::metadata(&path).is_ok() => {
                found.unreadable = Some((path, "it is empty, and what it held is gone".to_owned()));
            }
            None => {}
            Some(Ok(journal))
                if found.continuing.is_none()
                    && (journal.journal.header.base == Some(digest) || sabotaged("journal-mispaired")) =>
            {
                found.continuing = Some(journal);
            }
            // The next journal of a save that did not happen, or that came to the same bytes: all its steps are
            // in the other one.
            Some(_) if is_next => {}
            Some(Ok(journal)) if journal.journal.steps.is_empty() && !journal.damaged => {}
            Some(Ok(journal)) => found.unrelated = Some(journal),
            Some(Err(error)) => found.unreadable = Some((path, error.to_string())),
        }
    }
    if found.continuing.as_ref().is_some_and(|continuing| continuing.path == next_beside(target)) {
        // The save happened: what the old journal holds is in the file.
        found.unrelated = None;
    }
    Ok(found)
}

/// Reads the journal at `path`. `None` when there is none, or when it is empty: the program stopped before the
/// first line was written, and nothing was acknowledged.
pub(super) fn read_journal(path: &Path) -> Result<Option<Result<FoundJournal, JournalError>>, FindError> {
    let bytes = match read_regular(path, limits::JOURNAL_BYTES) {
        Ok(bytes) => sabotage::resealed(bytes),
        Err(FileError::Missing { .. }) => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    match journal::read(&bytes) {
        Ok(journal) => {
            let sound = usize::try_from(journal.sound_bytes).unwrap_or(bytes.len()).min(bytes.len());
            let damaged = bytes[sound..].contains(&b'\n');
            Ok(Some(Ok(FoundJournal { path: path.to_owned(), journal, damaged })))
        }
        Err(JournalError::Empty) => Ok(None),
        Err(error @ JournalError::NewerFormat { .. }) => {
            Err(FindError::Newer { path: path.to_owned(), error })
        }
        Err(error) => Ok(Some(Err(error))),
    }
}

/// A free name to set the journal at `path` aside under.
pub(super) fn aside_name(path: &Path) -> PathBuf {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let candidate = |number: u32| path.with_file_name(format!("{name}.aside-{number}"));
    (1..).map(candidate).find(|path| path.symlink_metadata().is_err()).unwrap_or_else(|| candidate(0))
}
