use std::fs;

use super::super::testing::{Desk, Work, names};
use super::*;

#[test]
fn a_file_is_replaced_whole_and_nothing_is_left_behind() {
    let desk = Desk::new();
    write_file(&desk.path, b"one").unwrap();
    write_file(&desk.path, b"two").unwrap();
    assert_eq!(fs::read(&desk.path).unwrap(), b"two");
    assert_eq!(desk.names(), ["haven.ron"]);
}

#[cfg(unix)]
#[test]
fn mode_is_kept_and_a_link_stays_a_link() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let desk = Desk::new();
    for mode in [0o600, 0o664, 0o644] {
        fs::write(&desk.path, "one").unwrap();
        fs::set_permissions(&desk.path, fs::Permissions::from_mode(mode)).unwrap();
        let link = desk.path.with_file_name("link.ron");
        symlink(&desk.path, &link).unwrap();
        write_file(&link, b"two").unwrap();
        assert_eq!(fs::metadata(&desk.path).unwrap().permissions().mode() & 0o777, mode);
        assert!(link.symlink_metadata().unwrap().is_symlink());
        assert_eq!(fs::read(&desk.path).unwrap(), b"two");
        fs::remove_file(link).unwrap();
    }
}

#[cfg(unix)]
#[test]
fn a_write_protected_file_is_left_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    fs::write(&desk.path, "one").unwrap();
    fs::set_permissions(&desk.path, fs::Permissions::from_mode(0o444)).unwrap();
    let error = write_file(&desk.path, b"two").unwrap_err();
    assert!(matches!(error, SaveError::ReadOnly { .. }));
    assert!(error.to_string().contains("haven.ron") && error.to_string().contains("save under another name"));
    assert_eq!(fs::read(&desk.path).unwrap(), b"one");
    assert_eq!(desk.names(), ["haven.ron"]);
}

#[cfg(unix)]
#[test]
fn a_write_protected_folder_is_said_and_left_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let desk = Desk::new();
    let folder = desk.path.parent().unwrap();
    fs::write(&desk.path, "one").unwrap();
    fs::set_permissions(folder, fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(folder.join("probe"), "").is_ok() {
        println!("skipped: this user may write to a write-protected folder");
        return;
    }
    let error = write_file(&desk.path, b"two").unwrap_err().to_string();
    fs::set_permissions(folder, fs::Permissions::from_mode(0o755)).unwrap();
    assert!(error.contains("haven.ron") && error.contains("permission denied"), "{error}");
    assert_eq!(fs::read(&desk.path).unwrap(), b"one");
}

#[test]
fn a_folder_or_a_missing_folder_is_refused() {
    let desk = Desk::new();
    let folder = desk.path.parent().unwrap();
    assert!(matches!(write_file(folder, b"x"), Err(SaveError::NotAFile { .. })));
    let error = write_file(&folder.join("gone/haven.ron"), b"x").unwrap_err().to_string();
    assert!(error.contains("gone") && error.contains("the folder is not there"), "{error}");
}

#[test]
fn a_new_session_file_never_replaces_another() {
    let work = Work::new();
    let desk = Desk::with(&work.session);
    let before = fs::read(&desk.path).unwrap();
    assert!(matches!(create_session_file(&desk.path, &work.session), Err(SaveError::Exists { .. })));
    assert_eq!(fs::read(&desk.path).unwrap(), before);
    assert_eq!(desk.names(), ["haven.ron"]);
}

#[test]
fn only_our_own_temporary_files_are_swept() {
    let desk = Desk::new();
    let folder = desk.path.parent().unwrap();
    let others =
        [".~haven.ron.journal", ".~haven.ron.a.tmp", ".~other.ron.abcdef.tmp", "haven.ron.abcdef.tmp"];
    for name in others.iter().chain(&[".~haven.ron.x9Kq2Z.tmp"]) {
        fs::write(folder.join(name), "").unwrap();
    }
    sweep(&desk.path);
    let mut kept = others.map(str::to_owned);
    kept.sort();
    assert_eq!(names(folder), kept);
}
