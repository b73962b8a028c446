//! What sync clients leave beside a session's file when it was written on two machines.

use std::path::{Path, PathBuf};

/// Words that sync clients put into the name of such a copy, in lower case: "harbour (Ada's conflicted copy
/// 2026-11-26).ron", "harbour.sync-conflict-20261126-101112-ABCDEFG.ron", "harbour (Conflicterende kopie …).ron".
const WORDS: [&str; 3] = ["conflict", "konflikt", "conflit"];

/// The files beside the session at `path` that a sync client has named as its conflicted copies, in order of name;
/// none where the folder can't be read.
pub fn conflicted_copies(path: &Path) -> Vec<PathBuf> {
    let (Some(folder), Some(name)) = (path.parent(), path.file_name()) else { return Vec::new() };
    let folder = if folder.as_os_str().is_empty() { Path::new(".") } else { folder };
    let Ok(entries) = std::fs::read_dir(folder) else { return Vec::new() };
    let name = name.to_string_lossy();
    let files = entries.flatten().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()));
    let copies = files.filter(|entry| is_copy(&name, &entry.file_name().to_string_lossy()));
    let mut copies: Vec<PathBuf> = copies.map(|entry| path.with_file_name(entry.file_name())).collect();
    copies.sort();
    copies
}

fn is_copy(name: &str, other: &str) -> bool {
    let (Some((stem, ending)), Some((of, end))) = (name.rsplit_once('.'), other.rsplit_once('.')) else {
        return false;
    };
    let Some(rest) = of.strip_prefix(stem).filter(|_| end.eq_ignore_ascii_case(ending)) else { return false };
    let rest = rest.to_lowercase();
    WORDS.iter().any(|word| rest.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn copies_are_known_by_the_names_that_sync_clients_give() {
        let copies = [
            "havené (Ada's conflicted copy 2026-11-26).ron",
            "havené (Conflicterende kopie van Ada 2026-11-26).ron",
            "havené (conflicted copy 2026-11-26 101112).RON",
            "havené.sync-conflict-20261126-101112-ABCDEFG.ron",
            "havené (In Konflikt stehende Kopie).ron",
        ];
        let others = [
            "havené.ron",
            "havené-before-merge-1.ron",
            "havené 2.ron",
            "haven (conflicted copy).ron",
            "havené (conflicted copy).md",
            ".~lock.havené.ron#",
            "conflict.ron",
        ];
        let folder = tempfile::tempdir().unwrap();
        for name in copies.iter().chain(&others) {
            std::fs::write(folder.path().join(name), "").unwrap();
        }
        std::fs::create_dir(folder.path().join("havené (conflict).ron")).unwrap();
        let found = conflicted_copies(&folder.path().join("havené.ron"));
        let mut expected: Vec<PathBuf> = copies.iter().map(|name| folder.path().join(name)).collect();
        expected.sort();
        assert_eq!(found, expected);
        assert!(conflicted_copies(&folder.path().join("nowhere/havené.ron")).is_empty());
        // The conflict is in the session's own name.
        assert!(!is_copy("conflict.ron", "conflict-2.ron"));
    }
}
