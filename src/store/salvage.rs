//! Getting out of a session's files what is sound, without changing them.

use std::path::Path;

use crate::edit::apply_step;
use crate::format::session;
use crate::model::{Digest, Session, limits};

use super::journal::{self, FoundJournal};
use super::open::OpenError;
use super::regular::{FileError, read_regular};
use super::{Place, save};

/// What could be read of a session.
#[derive(Clone, Debug)]
pub struct Salvaged {
    /// The session. It is a copy with the same id.
    pub session: Session,
    /// How many steps of a journal were applied.
    pub steps: usize,
    /// What was left out or changed, a sentence each.
    pub left_out: Vec<String>,
}

/// Reads what is sound in the session file at `path` (or in the journal of a session without a file) with its
/// journal. `extra` is a journal that was set aside: where the version of the file that it continues is among the
/// earlier versions, the two make the session as it was; else each of its steps that fits the file is applied.
///
/// # Errors
/// When nothing can be read.
pub fn salvage(path: &Path, extra: Option<&Path>) -> Result<Salvaged, OpenError> {
    let place = Place::of_user().map_err(|error| FileError::io(path, &error))?;
    salvage_in(&place, path, extra)
}

pub(super) fn salvage_in(place: &Place, path: &Path, extra: Option<&Path>) -> Result<Salvaged, OpenError> {
    let extra = extra.map(read_extra).transpose()?;
    if let Some(journal) = &extra
        && let Some(base) = journal.journal.header.base
        && let Some(bytes) = place.version_with(journal.journal.header.session, base)?
        && let Ok(read) = session::read(&bytes)
    {
        let mut salvaged = Salvaged { session: read.session, steps: 0, left_out: Vec::new() };
        apply_each(&mut salvaged, journal);
        return Ok(salvaged);
    }
    let bytes = read_regular(path, limits::SALVAGE_BYTES)?;
    let mut salvaged = match session::read(&bytes) {
        Ok(read) => Salvaged {
            session: read.session,
            steps: 0,
            left_out: read.notices.iter().map(ToString::to_string).collect(),
        },
        Err(error) if error.may_be_partly_sound() => match session::read_sound(&bytes) {
            Ok((session, left_out)) => Salvaged { session, steps: 0, left_out },
            Err(why) => return from_journal_alone(path, error, why),
        },
        Err(error) => return Err(OpenError::Read { path: path.to_owned(), error }),
    };
    let target = save::resolve(path).map_err(|error| FileError::io(path, &error))?;
    let found = journal::find(&target, Digest::of(&bytes)).map_err(OpenError::Journal)?;
    if let Some(journal) = &found.continuing {
        apply_each(&mut salvaged, journal);
    } else if let Some(journal) = &found.unrelated {
        salvaged.left_out.push(format!(
            "{}: this journal of {} steps belongs to another version of the file; to try its steps one by one, name it with --journal",
            journal.path.display(),
            journal.journal.steps.len()
        ));
    }
    if let Some((path, why)) = &found.unreadable {
        salvaged.left_out.push(format!("{}: {why}", path.display()));
    }
    if let Some(extra) = extra {
        apply_each(&mut salvaged, &extra);
    }
    Ok(salvaged)
}

fn read_extra(path: &Path) -> Result<FoundJournal, OpenError> {
    match journal::read_journal(path).map_err(OpenError::Journal)? {
        Some(Ok(journal)) => Ok(journal),
        Some(Err(error)) => Err(OpenError::Unsaved { path: path.to_owned(), what: error.to_string() }),
        None => Err(FileError::Missing { path: path.to_owned() }.into()),
    }
}

/// Applies every step that fits.
fn apply_each(salvaged: &mut Salvaged, found: &FoundJournal) {
    let path = found.path.display();
    for (index, step) in found.journal.steps.iter().enumerate() {
        match apply_step(&mut salvaged.session, step) {
            Ok(_) => salvaged.steps += 1,
            Err(error) => {
                salvaged.left_out.push(format!("{path}: step {} does not fit: {error}", index + 1));
            }
        }
    }
    salvaged.left_out.extend(found.journal.torn.as_ref().map(|torn| format!("{path}: {torn}")));
}

fn from_journal_alone(path: &Path, error: session::ReadError, why: String) -> Result<Salvaged, OpenError> {
    match journal::read_journal(path) {
        Ok(Some(Ok(found))) if found.journal.header.base.is_none() => {
            let session = Session::new(found.journal.header.session, found.journal.header.created);
            let mut salvaged = Salvaged { session, steps: 0, left_out: Vec::new() };
            apply_each(&mut salvaged, &found);
            Ok(salvaged)
        }
        _ => Err(OpenError::NothingSound { path: path.to_owned(), error, why }),
    }
}

#[cfg(test)]
mod tests {
    use super::super::keeper::{Keeper, KeeperEvent};
    use super::super::testing::{Desk, Work};
    use super::super::{journal, open};
    use super::*;

    #[test]
    fn a_journal_set_aside_meets_the_version_that_it_continues() {
        let mut work = Work::new();
        let desk = Desk::with(&work.session);
        let opened = open::open_in(&desk.place, &desk.path).unwrap();
        let (send, receive) = std::sync::mpsc::channel();
        let keeper =
            Keeper::start(opened.home, opened.session, Box::new(move |event| drop(send.send(event))))
                .unwrap();
        for _ in 0..3 {
            let (revision, step) = work.mark();
            keeper.append(revision, step);
        }
        while receive.recv().unwrap() != (KeeperEvent::Journaled { revision: 3 }) {}
        // Another program writes the file; ours looks, puts what it has aside, and is killed.
        let base = std::fs::read(&desk.path).unwrap();
        let shelf = super::super::versions::Shelf {
            place: desk.place.clone(),
            session: work.session.id,
            file: Some(desk.path.clone()),
        };
        let at = crate::model::Timestamp::from_second(1_900_000_000);
        shelf.put(&base, at, super::super::Origin::Own).unwrap();
        let mut theirs = Work::new();
        theirs.mark();
        let changed = Session { id: work.session.id, ..theirs.session.clone() };
        std::fs::write(&desk.path, session::write(&changed)).unwrap();
        drop(keeper);
        while receive.recv().is_ok() {}
        let aside = journal::beside(&desk.path);
        let salvaged = salvage_in(&desk.place, &desk.path, Some(&aside)).unwrap();
        assert_eq!((salvaged.steps, salvaged.left_out.len()), (3, 0));
        assert_eq!(salvaged.session, work.session);
    }
}
