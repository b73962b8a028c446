//! Sessions opened or saved before.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::model::{Session, Timestamp, limits};

use super::regular::{FileError, read_regular};
use super::{Place, clock, save, system};

const ENTRIES: usize = 20;

/// A session opened or saved before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RecentEntry {
    /// Its file.
    pub path: PathBuf,
    /// Its title, or empty.
    pub title: String,
    /// How many documents it had.
    pub documents: usize,
    /// How many annotations it had.
    pub annotations: usize,
    /// When it was opened or saved last.
    pub at: Timestamp,
}

#[derive(Serialize, Deserialize)]
struct Entry {
    path: PathBuf,
    title: String,
    documents: usize,
    annotations: usize,
    at: String,
}

/// The user's recent sessions, the last first, and what was wrong with the list.
pub fn recent() -> (Vec<RecentEntry>, Option<String>) {
    match Place::of_user() {
        Ok(place) => recent_in(&place),
        Err(error) => (Vec::new(), Some(error.to_string())),
    }
}

/// Puts the session at `path` first in the list.
///
/// # Errors
/// A sentence, when the list could not be written.
pub fn remember(path: &Path, session: &Session) -> Result<(), String> {
    let place = Place::of_user().map_err(|error| error.to_string())?;
    remember_in(&place, path, session)
}

/// Takes `path` off the list.
///
/// # Errors
/// A sentence, when the list could not be written.
pub fn forget(path: &Path) -> Result<(), String> {
    let place = Place::of_user().map_err(|error| error.to_string())?;
    let (mut entries, _) = recent_in(&place);
    entries.retain(|entry| entry.path != path);
    write(&place, &entries)
}

fn remember_in(place: &Place, path: &Path, session: &Session) -> Result<(), String> {
    let path = std::path::absolute(path).unwrap_or_else(|_| path.to_owned());
    let (mut entries, _) = recent_in(place);
    entries.retain(|entry| entry.path != path);
    let entry = RecentEntry {
        path,
        title: session.info.title.clone(),
        documents: session.documents.len(),
        annotations: session.annotations.len(),
        at: clock::now(),
    };
    entries.insert(0, entry);
    entries.truncate(ENTRIES);
    write(place, &entries)
}

fn recent_in(place: &Place) -> (Vec<RecentEntry>, Option<String>) {
    let path = place.recent();
    let bytes = match read_regular(&path, limits::SETTINGS_BYTES) {
        Ok(bytes) => bytes,
        Err(FileError::Missing { .. }) => return (Vec::new(), None),
        Err(error) => return (Vec::new(), Some(error.to_string())),
    };
    match ron::de::from_bytes::<Vec<Entry>>(&bytes) {
        Ok(entries) => (entries.into_iter().filter_map(from_file).collect(), None),
        Err(error) => {
            let place = error.span.start;
            let warning =
                format!("the list of recent sessions could not be read ({}, {place})", path.display());
            (Vec::new(), Some(warning))
        }
    }
}

fn from_file(entry: Entry) -> Option<RecentEntry> {
    let Entry { path, title, documents, annotations, at } = entry;
    Some(RecentEntry { path, title, documents, annotations, at: at.parse().ok()? })
}

fn write(place: &Place, entries: &[RecentEntry]) -> Result<(), String> {
    let path = place.recent();
    let entries: Vec<Entry> = entries
        .iter()
        .map(|entry| Entry {
            path: entry.path.clone(),
            title: entry.title.clone(),
            documents: entry.documents,
            annotations: entry.annotations,
            at: entry.at.to_string(),
        })
        .collect();
    let text = ron::ser::to_string_pretty(&entries, ron::ser::PrettyConfig::default());
    let text = text.map_err(|error| format!("{}: {error}", path.display()))?;
    if let Some(folder) = path.parent() {
        let made = system::create_private_folder(folder);
        made.map_err(|error| format!("{}: {error}", folder.display()))?;
    }
    save::write_file(&path, text.as_bytes()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use crate::model::{SessionId, Stamps as _};

    use super::*;

    #[test]
    fn the_last_stands_first_and_once() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::in_folder(folder.path());
        let mut stamps = crate::model::FixedStamps::default();
        let session = Session::new(SessionId(stamps.id()), stamps.now());
        for name in ["/a/een.ron", "/a/twee.ron", "/a/een.ron"] {
            remember_in(&place, Path::new(name), &session).unwrap();
        }
        let (entries, warning) = recent_in(&place);
        let names: Vec<_> = entries.iter().filter_map(|entry| entry.path.file_name()).collect();
        assert_eq!((names, warning), (vec!["een.ron".as_ref(), "twee.ron".as_ref()], None));
    }

    #[test]
    fn a_broken_list_costs_a_warning() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::in_folder(folder.path());
        std::fs::create_dir_all(place.recent().parent().unwrap()).unwrap();
        std::fs::write(place.recent(), "[(path: \"/a/een.ron\"").unwrap();
        let (entries, warning) = recent_in(&place);
        assert!(entries.is_empty() && warning.unwrap().contains("recent.ron"));
    }
}
