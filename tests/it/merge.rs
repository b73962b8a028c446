//! `gainsay diff` and `gainsay merge`, by themselves and as a merge driver of git.

use std::fs;
use std::path::Path;
use std::process::{Command, Output};

use gainsay::edit::{Edit, Step, apply_step};
use gainsay::format;
use gainsay::model::*;

use crate::cli::{Desk, mark, session};

/// Changes a session file as the program would.
fn change(path: &Path, edits: impl FnOnce(&Session) -> Vec<Edit>) {
    let mut session = session(path);
    let step = Step { label: String::new(), at: Timestamp::from_second(1), edits: edits(&session) };
    apply_step(&mut session, &step).unwrap();
    fs::write(path, format::session::write(&session)).unwrap();
}

fn marked(path: &Path, quote: &str, tag: &str, number: u128) {
    change(path, |session| mark(session, "letter", quote, tag, number).edits);
}

fn retagged(path: &Path, tag: &str, second: i64) {
    change(path, |session| {
        let mut annotation = Annotation::clone(&session.annotations[&AnnotationId(uuid::Uuid::from_u128(1))]);
        annotation.tag = TagId::new(tag);
        annotation.modified = Timestamp::from_second(second);
        vec![Edit::PutAnnotation(annotation.into())]
    });
}

/// A desk with a marked session, and two copies of it.
fn copies() -> Desk {
    let desk = Desk::with_session();
    marked(&desk.path("harbor.ron"), "said “no”", "denial", 1);
    for copy in ["ours.ron", "theirs.ron"] {
        fs::copy(desk.path("harbor.ron"), desk.path(copy)).unwrap();
    }
    desk
}

fn tags(session: &Session) -> Vec<&str> {
    session.annotations.values().map(|annotation| annotation.tag.as_str()).collect()
}

#[test]
fn diff_tells_passages_and_answers_with_its_exit_code() {
    let desk = copies();
    assert_eq!(desk.said(&["diff", "ours.ron", "theirs.ron"]), "");
    retagged(&desk.path("theirs.ron"), "caveat", 2_000_000_000);
    let output = desk.gainsay(&["diff", "ours.ron", "theirs.ron"]);
    assert_eq!(output.status.code(), Some(1));
    let line = "Letter 👮🏽‍♀️, ¶ 2  “said “no””  retagged: denial → caveat\n";
    assert_eq!(String::from_utf8(output.stdout).unwrap(), line);
    assert_eq!(output.stderr, b"");
    let complaint = desk.refused(2, &["diff", "ours.ron", "gone.ron"]);
    assert!(complaint.contains("gone.ron"), "{complaint}");
}

#[test]
fn merge_writes_what_both_did_and_keeps_conflicts() {
    let desk = copies();
    marked(&desk.path("ours.ron"), "It will not open", "denial", 2);
    marked(&desk.path("theirs.ron"), "the harbor", "claim", 3);
    let files = ["merge", "harbor.ron", "ours.ron", "theirs.ron"];
    let answer = desk.said(&[&files[..], &["--dry-run"]].concat());
    assert!(answer.starts_with("nothing was written: 1 change against OURS, 0 conflicts\n"), "{answer}");
    let answer = desk.said(&[&files[..], &["-o", "both.ron"]].concat());
    assert!(answer.contains("“the harbor”  claim added"), "{answer}");
    assert_eq!(tags(&session(&desk.path("both.ron"))), ["denial", "denial", "claim"]);

    // No file is replaced but OURS, when it is named.
    let complaint = desk.refused(2, &[&files[..], &["-o", "both.ron"]].concat());
    assert!(complaint.contains("there is such a file already"), "{complaint}");
    for input in ["theirs.ron", "harbor.ron"] {
        let before = fs::read(desk.path(input)).unwrap();
        desk.refused(2, &[&files[..], &["-o", input]].concat());
        assert_eq!(fs::read(desk.path(input)).unwrap(), before);
    }
    retagged(&desk.path("ours.ron"), "claim", 2_000_000_000);
    retagged(&desk.path("theirs.ron"), "caveat", 2_100_000_000);
    let output = desk.gainsay(&[&files[..], &["-o", "ours.ron"]].concat());
    assert_eq!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
    let answer = String::from_utf8(output.stdout).unwrap();
    assert!(answer.contains("tag: “caveat” stands, the other is “claim”"), "{answer}");
    let merged = session(&desk.path("ours.ron"));
    assert_eq!((tags(&merged).len(), merged.conflicts.len()), (3, 1));
    assert!(desk.said(&["check", "ours.ron"]).contains("  conflict: annotation “said “no””, tag: "));
    assert!(desk.said(&["info", "ours.ron"]).contains("conflicts: 1 left by a merge\n"));
}

#[test]
fn what_is_no_version_of_the_base_is_refused_in_a_sentence() {
    let desk = copies();
    desk.said(&["new", "other.ron", "report.txt"]);
    let complaint = desk.refused(2, &["merge", "harbor.ron", "ours.ron", "other.ron", "-o", "out.ron"]);
    assert!(complaint.contains("other.ron: it is another session than the base"), "{complaint}");
    assert!(!desk.path("out.ron").exists());
    // Without a base all of both comes in.
    fs::write(desk.path("none"), "").unwrap();
    desk.gainsay(&["merge", "none", "ours.ron", "other.ron", "-o", "out.ron"]);
    assert_eq!(session(&desk.path("out.ron")).documents.len(), 2);
}

#[test]
fn git_merges_sessions_through_the_driver() {
    if Command::new("git").arg("--version").output().is_err() {
        println!("git is not installed: its merges are not tested here");
        return;
    }
    let desk = Desk::with_session();
    let path = desk.path("harbor.ron");
    let git = |arguments: &[&str]| -> Output {
        let mut command = Command::new("git");
        command.args(["-c", "user.name=É. Vos", "-c", "user.email=vos@example.org"]);
        // Neither the settings of this machine nor those of a repository around it.
        command.env("GIT_CONFIG_GLOBAL", desk.path("none")).env("GIT_CONFIG_NOSYSTEM", "1");
        for name in ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE"] {
            command.env_remove(name);
        }
        command.args(arguments).current_dir(path.parent().unwrap()).output().unwrap()
    };
    let done = |arguments: &[&str]| {
        let output = git(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    // As the manual says it, but for where the program is.
    let driver = format!("'{}' merge --git %O %A %B", env!("CARGO_BIN_EXE_gainsay"));
    fs::write(desk.path("none"), "").unwrap();
    done(&["init", "-q", "-b", "main"]);
    done(&["config", "merge.gainsay.name", "sessions of Gainsay"]);
    done(&["config", "merge.gainsay.driver", &driver]);
    fs::write(desk.path(".gitattributes"), "*.ron merge=gainsay\n").unwrap();
    marked(&path, "said “no”", "denial", 1);
    done(&["add", ".gitattributes", "harbor.ron"]);
    done(&["commit", "-qm", "begun"]);

    // Two people mark passages next to each other: lines of one file meet.
    done(&["checkout", "-qb", "wit"]);
    marked(&path, "It will not open", "denial", 2);
    done(&["commit", "-qam", "Wit marks"]);
    done(&["checkout", "-q", "main"]);
    marked(&path, "to the harbor", "claim", 3);
    done(&["commit", "-qam", "Vos marks"]);
    done(&["merge", "-q", "--no-edit", "wit"]);
    assert_eq!(session(&path).annotations.len(), 3);
    assert_eq!(session(&path).conflicts, []);

    // Both retag the same passage.
    done(&["checkout", "-q", "wit"]);
    done(&["merge", "-q", "main"]);
    retagged(&path, "claim", 2_000_000_000);
    done(&["commit", "-qam", "a claim"]);
    done(&["checkout", "-q", "main"]);
    retagged(&path, "caveat", 2_100_000_000);
    done(&["commit", "-qam", "a caveat"]);
    let merge = git(&["merge", "-q", "--no-edit", "wit"]);
    assert_eq!(merge.status.code(), Some(1), "{}", String::from_utf8_lossy(&merge.stderr));
    let merged = session(&path);
    assert_eq!(merged.annotations.len(), 3, "the file is whole and valid");
    assert_eq!(merged.conflicts.len(), 1);
    let Conflict { field, kept, other, .. } = &merged.conflicts[0];
    assert_eq!((field.as_str(), kept.as_deref(), other.as_deref()), ("tag", Some("caveat"), Some("claim")));
    done(&["commit", "-qam", "merged, to be decided"]);

    // A file that is no session stops the merge and is left as it is.
    done(&["checkout", "-qb", "broken"]);
    fs::write(&path, "Session(").unwrap();
    done(&["commit", "-qam", "broken"]);
    done(&["checkout", "-q", "main"]);
    marked(&path, "The cafe", "claim", 4);
    let before = fs::read(&path).unwrap();
    done(&["commit", "-qam", "one more"]);
    assert!(!git(&["merge", "-q", "--no-edit", "broken"]).status.success());
    assert_eq!(fs::read(&path).unwrap(), before);
}
