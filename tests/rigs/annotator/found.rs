//! What stands in a folder, read as the program reads it.

use std::path::{Path, PathBuf};

use gainsay::model::{Session, SessionId};
use gainsay::store;

use crate::script::{Script, number_in};

/// The session files of a rig's folder, sorted, those that are copies last.
pub fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder.join("work")).into_iter().flatten().flatten();
    let mut files: Vec<PathBuf> = entries
        .map(|entry| entry.path())
        .filter(|path| {
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            name.ends_with(".ron") && !name.starts_with(".~")
        })
        .collect();
    files.sort_by_key(|path| (is_copy(path), path.clone()));
    files
}

pub fn is_copy(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("copy"))
}

/// Sessions without a file.
pub fn unsaved() -> Vec<SessionId> {
    store::list_unsaved().into_iter().map(|entry| entry.id).collect()
}

/// The script's number of a session that is exactly what the script made.
pub fn judged(session: &Session, seed: u64) -> Result<u64, String> {
    let number = number_in(session).ok_or_else(|| format!("no number of a step: {:?}", session.info.note))?;
    let wanted = Script::up_to(seed, number).session;
    if *session == wanted { Ok(number) } else { Err(format!("it is not what {number} steps make")) }
}
