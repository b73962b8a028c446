//! Holds the arrows of `ARCHITECTURE.md`: which layer may import which, and what belongs to one layer alone.

#![allow(clippy::unwrap_used, reason = "a test that meets the unexpected shall stop")]

use std::fs;
use std::path::{Path, PathBuf};

/// Each layer with the layers it may import.
const ARROWS: &[(&str, &[&str])] = &[
    ("model", &[]),
    ("text", &["model"]),
    ("edit", &["text", "model"]),
    ("format", &["edit", "text", "model"]),
    ("across", &["edit", "text", "model"]),
    ("review", &["edit", "text", "model"]),
    ("store", &["format", "edit", "text", "model"]),
    ("app", &["store", "review", "across", "format", "edit", "text", "model"]),
    ("cli", &["app", "store", "review", "across", "format", "edit", "text", "model"]),
    ("ui", &["app", "store", "review", "across", "format", "edit", "text", "model"]),
];

/// Words that only these layers may say, and why.
const RESERVED: &[(&str, &[&str], &str)] = &[
    ("egui", &["ui"], "nothing below the window knows egui"),
    ("eframe", &["ui"], "nothing below the window knows egui"),
    ("winit", &["ui"], "nothing below the window knows the window system"),
    ("rfd", &["ui"], "dialogs belong to the window"),
    ("std::fs", &["store"], "only the store touches the file system"),
    ("File::open", &["store"], "only the store touches the file system"),
    ("SystemTime", &["store"], "times come from `Stamps`"),
    ("Timestamp::now", &["store", "ui"], "times come from `Stamps`; the window may say how long ago"),
    ("Instant::now", &["store", "ui"], "times come from `Stamps`"),
    ("Uuid::now_v7", &["store"], "ids come from `Stamps`"),
];

/// What may be done to a session outside `edit`: nothing. These are the ways to do it in place.
const CHANGES: &[&str] = &[
    "session.annotations.insert",
    "session.annotations.remove",
    "session.annotations.retain",
    "session.documents.push",
    "session.documents.insert",
    "session.documents.remove",
    "session.links.insert",
    "session.links.remove",
    "session.scheme =",
    "session.info =",
];

/// What is wrong with one source file of a layer, a line each.
fn wrongs(layer: &str, source: &str) -> Vec<String> {
    let allowed = ARROWS.iter().find(|(name, _)| *name == layer).map_or(&[][..], |(_, allowed)| allowed);
    let mut wrongs = Vec::new();
    // Tests may use what they like, and stand last in a file.
    let tests = ["#[cfg(test)]\nmod tests {", "#[cfg(test)]\npub(crate) mod tests {"];
    let end = tests.iter().filter_map(|start| source.find(start)).min().unwrap_or(source.len());
    let code = &source[..end];
    for (number, line) in code.lines().enumerate() {
        let line = line.split("//").next().unwrap_or_default();
        for (other, _) in ARROWS {
            let named = line.match_indices(&format!("crate::{other}")).any(|(at, found)| {
                let next = line[at + found.len()..].chars().next();
                !next.is_some_and(|c| c.is_alphanumeric() || c == '_')
            });
            if named && *other != layer && !allowed.contains(other) {
                wrongs.push(format!("{}: {layer} must not import {other}", number + 1));
            }
        }
        for (word, layers, why) in RESERVED {
            let said = line.match_indices(word).any(|(at, _)| {
                let before = line[..at].chars().next_back();
                !before.is_some_and(|c| c.is_alphanumeric() || c == '_')
            });
            if said && !layers.contains(&layer) {
                wrongs.push(format!("{}: {layer} says {word}: {why}", number + 1));
            }
        }
        if layer != "edit" && CHANGES.iter().any(|change| line.contains(change)) {
            wrongs.push(format!("{}: only edit changes a session", number + 1));
        }
    }
    wrongs
}

fn rust_files(folder: &Path, files: &mut Vec<PathBuf>) {
    let Ok(entries) = fs::read_dir(folder) else { return };
    for entry in entries.flatten() {
        let path = entry.path();
        if path.is_dir() {
            rust_files(&path, files);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
}

#[test]
fn imports_point_down() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = Vec::new();
    let mut seen = 0;
    for (layer, _) in ARROWS {
        let mut files = vec![src.join(format!("{layer}.rs"))];
        rust_files(&src.join(layer), &mut files);
        for file in files {
            // Files of tests alone, told by their names.
            let name = file.file_stem().unwrap_or_default().to_string_lossy().into_owned();
            if ["tests", "arbitrary", "hard", "gallery", "contrast", "machine"].contains(&name.as_str())
                || file.components().any(|part| part.as_os_str() == "tests")
            {
                continue;
            }
            seen += 1;
            let source = fs::read_to_string(&file).unwrap();
            let shown = file.strip_prefix(&src).unwrap().display();
            found.extend(wrongs(layer, &source).into_iter().map(|wrong| format!("{shown}:{wrong}")));
        }
    }
    assert!(seen > 50, "the layers were not found");
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_folder_of_src_is_a_layer() {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    for entry in fs::read_dir(src).unwrap().flatten() {
        let name = entry.path().file_stem().unwrap().to_string_lossy().into_owned();
        let known =
            ARROWS.iter().any(|(layer, _)| *layer == name) || ["lib", "main"].contains(&name.as_str());
        assert!(known, "{name} is no layer of ARCHITECTURE.md");
    }
}

#[test]
fn a_planted_wrong_arrow_is_found() {
    assert_eq!(wrongs("model", "use crate::text::words;"), ["1: model must not import text"]);
    assert_eq!(wrongs("text", "\nuse eframe::egui;").len(), 2);
    assert_eq!(wrongs("review", "use crate::format::session;").len(), 1);
    assert_eq!(wrongs("cli", "use crate::ui::run;").len(), 1);
    assert_eq!(wrongs("app", "session.annotations.insert(id, annotation);").len(), 1);
    assert_eq!(wrongs("format", "let now = jiff::Timestamp::now();").len(), 1);
    assert_eq!(wrongs("ui", "use crate::application::x; use crate::app::Desk; // crate::cli"), [""; 0]);
}
