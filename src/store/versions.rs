//! Earlier versions of a session's file, kept in the user's data folder.
//!
//! A save puts a version aside before it replaces it: the one that was opened, what another program has written,
//! and else one a minute. Only bytes whose digest is that of a session that was read or written here count as a
//! version of ours, so a damaged file never takes the place of a sound one. They stand in a folder named after the
//! session's id and so outlive a file that is moved, renamed or removed. A copy of a session has the same id: each
//! version says of which file it is, and the versions of each file are thinned by themselves with age ([`surplus`]).

use std::collections::BTreeSet;
use std::fs::File;
use std::io::{self, Read as _};
use std::path::{Path, PathBuf};

use crate::format::session;
use crate::model::{Digest, Session, SessionId, Timestamp, limits};

use super::regular::{FileError, read_regular};
use super::{Place, SaveError, clock, journal, save, system};

/// The time after which a save puts the version that it replaces aside, in seconds.
const EVERY_SECS: i64 = 60;

/// How many of the last versions are kept whatever their age.
const LAST: usize = 10;

/// How many bytes the versions of one file may take; the last three are kept beyond that.
const MOST_BYTES: u64 = 300_000_000;

/// Hexadecimal digits that stand for a file.
const KEY: usize = 16;

/// Who wrote a version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// This program, or it was read and found sound by it.
    Own,
    /// Another program, while the session was open here.
    Other,
}

/// A version that was put aside.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Version {
    /// Where it stands.
    pub path: PathBuf,
    /// When it was written.
    pub at: Timestamp,
    /// Digest of its bytes.
    pub digest: Digest,
    /// Their number.
    pub bytes: u64,
    /// Who wrote it.
    pub origin: Origin,
    /// The key of the file that it stood in; `None` where that was not written down.
    file: Option<String>,
    /// The file that it stood in, where that is another one than the one whose versions were asked for.
    pub other_file: Option<PathBuf>,
}

/// The versions of a session that were put aside: those of its file at `path`, the last first, then those of other files
/// with the same session.
pub fn earlier_versions(id: SessionId, path: Option<&Path>) -> Vec<Version> {
    Place::of_user().map(|place| of_file_first(&place, id, path)).unwrap_or_default()
}

/// The versions of a file which no longer reads, in the same order: by the id that its first lines or the journal beside
/// it still tell, else by its path.
pub fn versions_of_file(path: &Path) -> Vec<Version> {
    Place::of_user().map(|place| versions_of_file_in(&place, path)).unwrap_or_default()
}

fn versions_of_file_in(place: &Place, path: &Path) -> Vec<Version> {
    if let Some(id) = session_of(path) {
        return of_file_first(place, id, Some(path));
    }
    let key = key_of(path);
    let folders = std::fs::read_dir(place.versions()).into_iter().flatten().flatten();
    let ids = folders.filter_map(|folder| folder.file_name().to_str()?.parse::<SessionId>().ok());
    let of_it = |version: &Version| version.file.as_ref() == Some(&key);
    let mut versions: Vec<Version> = ids.flat_map(|id| versions_in(place, id)).filter(of_it).collect();
    versions.sort_by_key(|version| std::cmp::Reverse(version.at));
    versions
}

fn of_file_first(place: &Place, id: SessionId, path: Option<&Path>) -> Vec<Version> {
    let key = path.map(key_of);
    let mut versions = versions_in(place, id);
    for version in &mut versions {
        if let Some(of) = version.file.as_ref().filter(|of| Some(*of) != key.as_ref()) {
            let named = std::fs::read_to_string(path_file(&place.versions_of(id), of));
            version.other_file = Some(PathBuf::from(named.unwrap_or_default()));
        }
    }
    // Stable: the last first in each part.
    versions.sort_by_key(|version| version.other_file.is_some());
    versions
}

/// What a file is called in the names of its versions.
fn key_of(path: &Path) -> String {
    let target = save::real_path(path).unwrap_or_else(|_| path.to_owned());
    let mut key = Digest::of(target.as_os_str().as_encoded_bytes()).to_string();
    key.truncate(KEY);
    key
}

/// Holds the path of the file with this key.
fn path_file(folder: &Path, key: &str) -> PathBuf {
    folder.join(format!("{key}.path"))
}

fn session_of(path: &Path) -> Option<SessionId> {
    const HEAD: u64 = 4_096;
    let mut head = Vec::new();
    let metadata = std::fs::metadata(path).ok()?;
    if metadata.is_file() {
        File::open(path).ok()?.take(HEAD).read_to_end(&mut head).ok()?;
    }
    let head = String::from_utf8_lossy(&head);
    let named =
        head.lines().find_map(|line| line.trim().strip_prefix("id: \"")?.split('"').next()?.parse().ok());
    named.or_else(|| {
        let target = save::real_path(path).unwrap_or_else(|_| path.to_owned());
        let found = journal::read_journal(&journal::beside(&target)).ok()??.ok()?;
        Some(found.journal.header.session)
    })
}

/// Reads a version.
///
/// # Errors
/// A sentence, when it is gone or damaged.
pub fn read_version(version: &Version) -> Result<Session, String> {
    let place = version.path.display();
    let bytes = read_regular(&version.path, limits::SESSION_BYTES).map_err(|error| error.to_string())?;
    if Digest::of(&bytes) != version.digest {
        return Err(format!("{place}: it was changed since it was put aside"));
    }
    session::read(&bytes).map(|read| read.session).map_err(|error| format!("{place}: {error}"))
}

pub(super) fn versions_in(place: &Place, id: SessionId) -> Vec<Version> {
    let entries = std::fs::read_dir(place.versions_of(id)).into_iter().flatten().flatten();
    let mut versions: Vec<Version> = entries.filter_map(|entry| version(&entry.path())).collect();
    versions.sort_by(|a, b| b.at.cmp(&a.at).then_with(|| a.path.cmp(&b.path)));
    versions
}

/// What a name says of a version: seconds since 1970, digest, key of its file, origin.
fn version(path: &Path) -> Option<Version> {
    let mut parts = path.file_name()?.to_str()?.strip_suffix(".ron")?.split('-');
    let at = Timestamp::from_second(parts.next()?.parse().ok()?);
    let digest = parts.next()?.parse().ok()?;
    let mut next = parts.next();
    let file = next.take_if(|part| part.len() == KEY).map(str::to_owned);
    let origin = match next.or_else(|| parts.next()) {
        None => Origin::Own,
        Some("other") => Origin::Other,
        Some(_) => return None,
    };
    let bytes = std::fs::metadata(path).ok()?.len();
    Some(Version { path: path.to_owned(), at, digest, bytes, origin, file, other_file: None })
}

/// What a save needs to know to put a version aside.
#[derive(Clone, Debug)]
pub(super) struct Shelf {
    pub place: Place,
    pub session: SessionId,
    /// The real file, if there is one.
    pub file: Option<PathBuf>,
}

impl Shelf {
    /// The versions of this file, the last first; with those of which it is not known of which file they are.
    fn versions(&self) -> Vec<Version> {
        let key = self.file.as_deref().map(key_of);
        let of_it = |version: &Version| version.file.is_none() || version.file == key;
        versions_in(&self.place, self.session).into_iter().filter(of_it).collect()
    }

    /// True when it is time to put a version aside that was written at `at`.
    pub fn is_due(&self, at: Timestamp) -> bool {
        let last = self.versions().first().map(|version| version.at);
        last.is_none_or(|last| at.as_second().saturating_sub(last.as_second()) >= EVERY_SECS)
    }

    /// Puts `bytes` aside, whole and synced, unless they stand there already, and thins what is old.
    pub fn put(&self, bytes: &[u8], at: Timestamp, origin: Origin) -> Result<(), SaveError> {
        let folder = self.place.versions_of(self.session);
        let digest = Digest::of(bytes);
        if self.versions().iter().any(|version| version.digest == digest) {
            return Ok(());
        }
        system::create_private_folder(&folder).map_err(|error| SaveError::io(&folder, &error))?;
        let end = match origin {
            Origin::Own => "",
            Origin::Other => "-other",
        };
        let of = match &self.file {
            Some(file) => self.named(&folder, file)?,
            None => String::new(),
        };
        let path = folder.join(format!("{}-{digest}{of}{end}.ron", at.as_second()));
        save::prepare(&path, bytes)?.commit()?;
        save::sync_folder_of(&path)?;
        let all = self.versions();
        let ages: Vec<(Timestamp, u64)> = all.iter().map(|version| (version.at, version.bytes)).collect();
        for index in surplus(&ages, clock::now()) {
            // One that can't be removed costs room and nothing else.
            let _ = std::fs::remove_file(&all[index].path);
        }
        Ok(())
    }

    /// The part of a version's name that says of which file it is; the path is written down beside it.
    fn named(&self, folder: &Path, file: &Path) -> Result<String, SaveError> {
        let key = key_of(file);
        let path = path_file(folder, &key);
        if !path.exists() {
            save::prepare(&path, file.to_string_lossy().as_bytes())?.commit()?;
        }
        Ok(format!("-{key}"))
    }
}

impl Place {
    pub(super) fn versions_of(&self, id: SessionId) -> PathBuf {
        self.versions().join(id.to_string())
    }

    /// The bytes of the version with this digest, if it was put aside.
    pub(super) fn version_with(&self, id: SessionId, digest: Digest) -> Result<Option<Vec<u8>>, FileError> {
        let versions = versions_in(self, id);
        let Some(version) = versions.iter().find(|version| version.digest == digest) else { return Ok(None) };
        let bytes = read_regular(&version.path, limits::SESSION_BYTES)?;
        Ok(Some(bytes).filter(|bytes| Digest::of(bytes) == digest))
    }
}

/// When a file was written last.
pub(super) fn written_at(metadata: &std::fs::Metadata) -> io::Result<Timestamp> {
    let since = metadata.modified()?.duration_since(std::time::UNIX_EPOCH).map_err(io::Error::other)?;
    Ok(Timestamp::from_second(i64::try_from(since.as_secs()).unwrap_or(i64::MAX)))
}

/// Which of the versions, the last first and each with its bytes, are to go: of those past the last ten one an hour
/// stays for two days, one a day for two months, one in thirty days after that; and what is too much for the room.
fn surplus(versions: &[(Timestamp, u64)], now: Timestamp) -> Vec<usize> {
    const HOUR: i64 = 3600;
    const DAY: i64 = 24 * HOUR;
    let mut slots = BTreeSet::new();
    let (mut gone, mut bytes) = (Vec::new(), 0_u64);
    for (index, (at, size)) in versions.iter().enumerate() {
        let age = now.as_second().saturating_sub(at.as_second());
        let slot = match age {
            _ if age < 2 * DAY => (HOUR, at.as_second().div_euclid(HOUR)),
            _ if age < 60 * DAY => (DAY, at.as_second().div_euclid(DAY)),
            _ => (30 * DAY, at.as_second().div_euclid(30 * DAY)),
        };
        let first_of_slot = slots.insert(slot);
        bytes = bytes.saturating_add(*size);
        if (index >= LAST && !first_of_slot) || (index >= 3 && bytes > MOST_BYTES) {
            gone.push(index);
            bytes -= size;
        }
    }
    gone
}

#[cfg(test)]
mod tests {
    use super::super::testing::{Desk, Work};
    use super::*;

    const DAY: i64 = 86_400;

    #[test]
    fn old_versions_grow_sparse_and_never_end() {
        let now = Timestamp::from_second(1_900_000_000);
        // One each ten minutes for a year.
        let mut kept: Vec<(Timestamp, u64)> = Vec::new();
        for number in (0..365 * 144).rev() {
            let at = Timestamp::from_second(now.as_second() - number * 600);
            kept.insert(0, (at, 1000));
            let gone = surplus(&kept, at);
            for index in gone.into_iter().rev() {
                kept.remove(index);
            }
        }
        let aged = |from: i64, to: i64| {
            let ages = kept.iter().map(|(at, _)| now.as_second() - at.as_second());
            ages.filter(|age| (from * DAY..to * DAY).contains(age)).count()
        };
        assert!((46..=60).contains(&aged(0, 2)), "{} in two days", aged(0, 2));
        assert!((56..=60).contains(&aged(2, 60)), "{} in two months", aged(2, 60));
        assert!((9..=12).contains(&aged(60, 366)), "{} in the rest of the year", aged(60, 366));
        let oldest = now.as_second() - kept.last().unwrap().0.as_second();
        assert!(oldest > 330 * DAY, "the oldest is {} days old", oldest / DAY);
    }

    #[test]
    fn large_versions_leave_room_and_the_last_three() {
        let at = |age: i64| Timestamp::from_second(1_900_000_000 - age);
        let sizes = [200_000_000, 200_000_000, 200_000_000, 1000, 200_000_000];
        let versions: Vec<(Timestamp, u64)> = (0..).map(|age| at(age * 60)).zip(sizes).collect();
        assert_eq!(surplus(&versions, at(0)), [3, 4]);
        assert_eq!(surplus(&versions[..3], at(0)), [] as [usize; 0]);
    }

    #[test]
    fn a_version_is_put_aside_once_and_read_again() {
        let work = Work::new();
        let desk = Desk::with(&work.session);
        let bytes = std::fs::read(&desk.path).unwrap();
        let shelf =
            Shelf { place: desk.place.clone(), session: work.session.id, file: Some(desk.path.clone()) };
        let at = Timestamp::from_second(1_900_000_000);
        assert!(shelf.is_due(at));
        shelf.put(&bytes, at, Origin::Own).unwrap();
        shelf.put(&bytes, Timestamp::from_second(1_900_000_500), Origin::Own).unwrap();
        assert!(!shelf.is_due(Timestamp::from_second(1_900_000_030)));
        assert!(shelf.is_due(Timestamp::from_second(1_900_000_060)));
        let versions = versions_in(&desk.place, work.session.id);
        assert_eq!(versions.len(), 1);
        assert_eq!((versions[0].at, versions[0].origin), (at, Origin::Own));
        assert_eq!(read_version(&versions[0]).unwrap(), work.session);
        std::fs::write(&versions[0].path, b"(").unwrap();
        assert!(read_version(&versions[0]).unwrap_err().contains("changed since it was put aside"));
    }

    #[test]
    fn a_copy_has_versions_of_its_own_and_an_emptied_file_finds_them_by_its_path() {
        let work = Work::new();
        let desk = Desk::with(&work.session);
        let bytes = std::fs::read(&desk.path).unwrap();
        let copy = desk.path.with_file_name("kopie 👮🏽‍♀️.ron");
        std::fs::copy(&desk.path, &copy).unwrap();
        let at = |second: i64| Timestamp::from_second(1_900_000_000 + second);
        let shelf = |path: &Path| Shelf {
            place: desk.place.clone(),
            session: work.session.id,
            file: Some(path.to_owned()),
        };
        // One of before files were told apart, then one of each file; the copy holds the same bytes and yet has its own.
        let old = desk.place.versions_of(work.session.id);
        std::fs::create_dir_all(&old).unwrap();
        std::fs::write(old.join(format!("1890000000-{}.ron", Digest::of(b"old"))), b"old").unwrap();
        shelf(&desk.path).put(&bytes, at(0), Origin::Own).unwrap();
        assert!(shelf(&copy).is_due(at(1)) && !shelf(&desk.path).is_due(at(1)));
        shelf(&copy).put(&bytes, at(30), Origin::Other).unwrap();
        let listed = |path: &Path| -> Vec<(i64, Option<PathBuf>)> {
            let all = of_file_first(&desk.place, work.session.id, Some(path));
            all.into_iter().map(|it| (it.at.as_second() - 1_900_000_000, it.other_file)).collect()
        };
        let old = (-10_000_000, None);
        assert_eq!(listed(&desk.path), [(0, None), old.clone(), (30, Some(copy.clone()))]);
        assert_eq!(listed(&copy), [(30, None), old, (0, Some(desk.path.clone()))]);
        // Nothing in it and no journal: its path tells.
        std::fs::write(&copy, b"").unwrap();
        let found: Vec<Timestamp> = versions_of_file_in(&desk.place, &copy).iter().map(|it| it.at).collect();
        assert_eq!(found, [at(30)]);
    }
}
