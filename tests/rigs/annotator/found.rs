//! What stands in a folder, read as the program reads it.

use std::path::{Path, PathBuf};

use gainsay::model::{Session, SessionId};
use gainsay::store;

use crate::script::{Script, number_in};

/// The session files of a rig's folder, sorted, those that are copies last. What cannot be listed at the moment is
/// not taken for nothing.
pub fn files(folder: &Path) -> Result<Vec<PathBuf>, String> {
    let wanted = |name: &str| name.ends_with(".ron") && !name.starts_with(".~");
    let mut files = listed(&folder.join("work"), wanted)?;
    files.sort_by_key(|path| (is_copy(path), path.clone()));
    Ok(files)
}

/// Journals that were set aside.
pub fn aside(folder: &Path) -> Result<Vec<PathBuf>, String> {
    listed(&folder.join("work"), |name| name.contains(".aside-"))
}

fn listed(folder: &Path, wanted: impl Fn(&str) -> bool) -> Result<Vec<PathBuf>, String> {
    let wrong = |error: std::io::Error| format!("{}: {error}", folder.display());
    let entries = match std::fs::read_dir(folder) {
        Ok(entries) => entries.collect::<Result<Vec<_>, _>>().map_err(wrong)?,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Vec::new(),
        Err(error) => return Err(wrong(error)),
    };
    let paths = entries.into_iter().map(|entry| entry.path());
    Ok(paths.filter(|path| wanted(&path.file_name().unwrap_or_default().to_string_lossy())).collect())
}

pub fn is_copy(path: &Path) -> bool {
    path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("copy"))
}

/// Sessions without a file.
pub fn unsaved(folder: &Path) -> Result<Vec<SessionId>, String> {
    let there = listed(&folder.join("home/data/unsaved"), |name| name.ends_with(".journal"))?;
    let listed = store::list_unsaved();
    if listed.len() < there.len() {
        return Err(format!("{}: only {} can be listed", there[0].display(), listed.len()));
    }
    Ok(listed.into_iter().map(|entry| entry.id).collect())
}

/// The script's number of a session that is exactly what the script made.
pub fn judged(session: &Session, seed: u64) -> Result<u64, String> {
    let number = number_in(session).ok_or_else(|| format!("no number of a step: {:?}", session.info.note))?;
    let wanted = Script::up_to(seed, number).session;
    if *session == wanted { Ok(number) } else { Err(format!("it is not what {number} steps make")) }
}
