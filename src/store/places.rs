//! Where one was in a session, kept outside its file: a colleague who opens the file begins at the top.

use std::path::PathBuf;
use std::time::SystemTime;

use serde::{Deserialize, Serialize};

use crate::model::{SessionId, limits};

use super::regular::read_regular;
use super::{Place, save, system};

/// Sessions whose places are kept; beyond, those left longest ago are forgotten.
const KEPT: usize = 300;

/// Where one was. Names are ids as text; what no longer exists is passed over by who reads it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Places {
    /// The columns, from the left.
    pub panes: Vec<PlacePane>,
    /// Which of them had the keys.
    pub focus: usize,
    /// The chosen annotation.
    pub chosen: Option<String>,
    /// The table shows only these tags.
    pub tags: Vec<String>,
    /// The table shows only this document.
    pub document: Option<String>,
    /// The table shows only what holds this.
    pub text: String,
    /// The table shows only what is unsure.
    pub unsure: bool,
    /// The column that the table is sorted by, and whether from its end.
    pub sort: (u8, bool),
    /// The order of documents and their headings, by number.
    pub listing: (u8, u8),
    /// Sorted spans of bytes that have been on screen, by document.
    pub seen: Vec<(String, Vec<(usize, usize)>)>,
    /// The table shows only the marks of this annotator.
    pub annotator: Option<String>,
    /// The table shows only what is about this statement.
    pub statement: Option<String>,
    /// The table shows only what this voice says.
    pub voice: Option<String>,
    /// The table shows only what was made before a rule: the tag, and the moment.
    pub before: Option<(String, String)>,
    /// What one has said one wants to do with the work of others.
    pub access: Option<PlaceAccess>,
    /// The name under which one has said so.
    pub name: String,
    /// What was exported last.
    pub export: Option<PlaceExport>,
    /// Colleagues' sessions that lie over it: their files, and how they are shown, by number.
    pub layers: Vec<(PathBuf, u8)>,
    /// The window shows the review.
    pub reviewing: bool,
}

/// What was exported last: one key does it again. Empty lists in `Some` choose nothing, `None` all.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlaceExport {
    /// The name of the format.
    pub format: String,
    /// Where it was written.
    pub path: PathBuf,
    /// Only what the table showed.
    pub filtered: bool,
    /// With the texts beside.
    pub texts: bool,
    /// These documents.
    pub documents: Option<Vec<String>>,
    /// These tags.
    pub tags: Option<Vec<String>>,
    /// These statements; `None` in the list: what is about none.
    pub statements: Option<Vec<Option<String>>>,
    /// What these annotators have made.
    pub annotators: Option<Vec<String>>,
}

/// A column.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct PlacePane {
    /// The document it showed.
    pub document: String,
    /// The first byte on screen.
    pub top: usize,
    /// Its share of the width.
    pub share: f32,
}

/// What one has said one wants to do with the work of others.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum PlaceAccess {
    /// Read it.
    Review,
    /// Work on in it.
    WorkOn,
}

impl Places {
    /// Keeps them for the session with this id.
    ///
    /// # Errors
    /// A sentence, when they could not be written.
    pub fn keep(&self, session: SessionId) -> Result<(), String> {
        self.keep_in(&Place::of_user().map_err(|error| error.to_string())?, session)
    }

    fn keep_in(&self, place: &Place, session: SessionId) -> Result<(), String> {
        let path = file(place, session);
        let text = ron::ser::to_string(self).map_err(|error| error.to_string())?;
        let folder = place.places();
        system::create_private_folder(&folder).map_err(|error| format!("{}: {error}", folder.display()))?;
        save::write_file(&path, text.as_bytes()).map_err(|error| error.to_string())?;
        forget_old(&folder);
        Ok(())
    }

    /// Where one was in the session with this id. What cannot be read costs nothing but that.
    pub(super) fn of(place: &Place, session: SessionId) -> Option<Self> {
        let bytes = read_regular(&file(place, session), limits::PLACES_BYTES).ok()?;
        ron::de::from_bytes(&bytes).ok()
    }
}

fn file(place: &Place, session: SessionId) -> PathBuf {
    place.places().join(format!("{session}.ron"))
}

fn forget_old(folder: &std::path::Path) {
    let Ok(entries) = std::fs::read_dir(folder) else { return };
    let mut files: Vec<(SystemTime, PathBuf)> = entries
        .flatten()
        .filter_map(|entry| Some((entry.metadata().ok()?.modified().ok()?, entry.path())))
        .collect();
    if files.len() > KEPT {
        files.sort();
        for (_, path) in &files[..files.len() - KEPT] {
            // A file that cannot be removed is forgotten another time.
            let _ = std::fs::remove_file(path);
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::model::{FixedStamps, Stamps as _};

    use super::*;

    #[test]
    fn places_come_back_and_a_broken_file_is_no_place() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::in_folder(folder.path());
        let id = SessionId(FixedStamps::default().id());
        assert_eq!(Places::of(&place, id), None);
        let places = Places {
            panes: vec![PlacePane { document: "brief".into(), top: 120, share: 0.5 }],
            seen: vec![("brief".into(), vec![(0, 40), (90, 400)])],
            access: Some(PlaceAccess::Review),
            ..Places::default()
        };
        places.keep_in(&place, id).unwrap();
        assert_eq!(Places::of(&place, id), Some(places));
        std::fs::write(file(&place, id), "(panes: [").unwrap();
        assert_eq!(Places::of(&place, id), None);
    }

    #[test]
    fn the_oldest_are_forgotten() {
        let folder = tempfile::tempdir().unwrap();
        let place = Place::in_folder(folder.path());
        let mut stamps = FixedStamps::default();
        let ids: Vec<SessionId> = (0..KEPT + 5).map(|_| SessionId(stamps.id())).collect();
        std::fs::create_dir_all(place.places()).unwrap();
        for (at, id) in ids[..ids.len() - 1].iter().enumerate() {
            let path = file(&place, *id);
            std::fs::write(&path, "()").unwrap();
            let at = SystemTime::UNIX_EPOCH + std::time::Duration::from_secs(at as u64);
            std::fs::File::options().write(true).open(&path).unwrap().set_modified(at).unwrap();
        }
        Places::default().keep_in(&place, ids[ids.len() - 1]).unwrap();
        assert_eq!(std::fs::read_dir(place.places()).unwrap().count(), KEPT);
        assert!(Places::of(&place, ids[0]).is_none() && Places::of(&place, ids[ids.len() - 1]).is_some());
    }
}
