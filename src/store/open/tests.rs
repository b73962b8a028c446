use std::fs;

use super::super::keeper::{Keeper, KeeperEvent};
use super::super::testing::{Desk, Work};
use super::super::unsaved::{list_in, open_unsaved_in};
use super::super::{journal, lock};
use super::*;

/// A session file, and a journal of `steps` beside it, as a killed program leaves them.
fn killed_after(work: &mut Work, steps: usize) -> Desk {
    let desk = Desk::with(&work.session);
    let opened = open_in(&desk.place, &desk.path).unwrap();
    let (send, receive) = std::sync::mpsc::channel();
    let keeper =
        Keeper::start(opened.home, opened.session, Box::new(move |event| drop(send.send(event)))).unwrap();
    for _ in 0..steps {
        let (revision, step) = work.mark();
        keeper.append(revision, step);
    }
    let last = work.revision;
    while receive.recv().unwrap() != (KeeperEvent::Journaled { revision: last }) {}
    drop(keeper);
    // The thread ends and with it its lock.
    while receive.recv().is_ok() {}
    desk
}

#[test]
fn a_journal_brings_back_what_the_file_lacks() {
    let mut work = Work::new();
    let desk = killed_after(&mut work, 3);
    let read = read(&desk.path).unwrap();
    assert_eq!(read.in_file.annotations.len(), 0);
    let opened = open_in(&desk.place, &desk.path).unwrap();
    assert_eq!(opened.session, work.session);
    let recovered = opened.recovered.unwrap();
    assert_eq!((recovered.steps, recovered.annotations), (3, 3));
    assert_eq!(recovered.to_string(), "3 steps brought back from the journal (3 annotations more)");
}

#[test]
fn whatever_is_cut_off_the_journal_the_whole_lines_survive() {
    let mut work = Work::new();
    let desk = killed_after(&mut work, 4);
    let path = journal::beside(&desk.path);
    let whole = fs::read(&path).unwrap();
    for cut in 0..=whole.len() {
        fs::write(&path, &whole[..cut]).unwrap();
        let lines = whole[..cut].iter().filter(|byte| **byte == b'\n').count();
        let found = journal::find(&desk.path, Digest::of(&fs::read(&desk.path).unwrap())).unwrap();
        let steps = found.continuing.map_or(0, |found| found.journal.steps.len());
        assert_eq!(steps, lines.saturating_sub(1), "cut at byte {cut} of {}", whole.len());
    }
}

#[test]
fn damage_in_the_middle_is_said_and_a_copy_kept() {
    let mut work = Work::new();
    let desk = killed_after(&mut work, 3);
    let path = journal::beside(&desk.path);
    let mut bytes = fs::read(&path).unwrap();
    let second = bytes.iter().enumerate().filter(|(_, byte)| **byte == b'\n').nth(1).unwrap().0;
    bytes[second + 60] ^= 1;
    fs::write(&path, &bytes).unwrap();
    let opened = open_in(&desk.place, &desk.path).unwrap();
    let recovered = opened.recovered.unwrap();
    assert_eq!(recovered.steps, 1);
    assert!(recovered.torn.is_some());
    assert_eq!(fs::read(recovered.set_aside.unwrap().path).unwrap(), bytes);
}

#[test]
fn a_journal_of_another_version_is_kept_and_not_applied() {
    let mut work = Work::new();
    let desk = killed_after(&mut work, 3);
    let journal = fs::read(journal::beside(&desk.path)).unwrap();
    let mut other = Work::new();
    other.mark();
    fs::remove_file(&desk.path).unwrap();
    super::super::create_session_file(&desk.path, &other.session).unwrap();
    let opened = open_in(&desk.place, &desk.path).unwrap();
    assert_eq!(opened.session, other.session);
    let aside = opened.recovered.unwrap().set_aside.unwrap();
    assert_eq!(aside.steps, 3);
    assert_eq!(fs::read(aside.path).unwrap(), journal);
    assert!(!journal::beside(&desk.path).exists());
}

#[test]
fn what_cannot_be_read_is_left_as_it_was() {
    let mut work = Work::new();
    let desk = killed_after(&mut work, 2);
    let journal = fs::read(journal::beside(&desk.path)).unwrap();
    let names = desk.names();
    for broken in [&b""[..], b"\0\0\0\0", b"Session(format: 1,\n", b"Session(format: 99)\n"] {
        fs::write(&desk.path, broken).unwrap();
        let error = open_in(&desk.place, &desk.path).unwrap_err();
        assert!(error.to_string().contains("haven.ron"), "{error}");
        assert!(matches!(error, OpenError::Read { .. }));
        assert_eq!(fs::read(&desk.path).unwrap(), broken);
        assert_eq!(fs::read(journal::beside(&desk.path)).unwrap(), journal);
        let without_lock: Vec<_> = names.iter().filter(|name| !name.contains("lock")).cloned().collect();
        assert_eq!(desk.names(), without_lock);
    }
}

#[test]
fn a_second_window_is_told_who_has_the_session() {
    let work = Work::new();
    let desk = Desk::with(&work.session);
    let first = open_in(&desk.place, &desk.path).unwrap();
    let error = open_in(&desk.place, &desk.path).unwrap_err();
    assert!(matches!(error, OpenError::Locked { .. }));
    let process = format!("process {}", std::process::id());
    assert!(error.to_string().contains("haven.ron") && error.to_string().contains(&process), "{error}");
    // Reading needs no lock.
    assert_eq!(read(&desk.path).unwrap().session, work.session);
    // As after kill -9: the lock's file stays, the lock does not.
    drop(first);
    assert!(lock::lock_path(&desk.path).exists());
    open_in(&desk.place, &desk.path).unwrap();
}

#[test]
fn nothing_there_a_folder_or_a_pipe_is_said() {
    let desk = Desk::new();
    let error = open_in(&desk.place, &desk.path).unwrap_err();
    assert!(error.to_string().ends_with("haven.ron: there is no such file"), "{error}");
    let error = open_in(&desk.place, desk.path.parent().unwrap()).unwrap_err();
    assert!(error.to_string().contains("this is a folder"), "{error}");
    assert!(desk.names().is_empty());
    #[cfg(unix)]
    {
        let error = open_in(&desk.place, Path::new("/dev/zero")).unwrap_err();
        assert!(error.to_string().contains("this is a device"), "{error}");
    }
}

#[test]
fn a_session_without_a_file_comes_back() {
    let mut work = Work::empty();
    let desk = Desk::new();
    let (send, receive) = std::sync::mpsc::channel();
    let notify = Box::new(move |event| drop(send.send(event)));
    let home = Home::unsaved_in(desk.place.clone(), Vec::new(), None);
    let keeper = Keeper::start(home, work.session.clone(), notify).unwrap();
    let step = work.document("brief", super::super::testing::TEXT);
    let (revision, step) = work.did(step);
    assert!(!desk.place.unsaved().exists());
    keeper.append(revision, step);
    assert_eq!(receive.recv(), Ok(KeeperEvent::Journaled { revision: 1 }));
    let (revision, step) = work.mark();
    keeper.append(revision, step);
    assert_eq!(receive.recv(), Ok(KeeperEvent::Journaled { revision: 2 }));
    // Open in a window, so not offered and not to be had.
    assert_eq!(list_in(&desk.place), []);
    assert!(matches!(open_unsaved_in(&desk.place, work.session.id), Err(OpenError::Locked { .. })));
    drop(keeper);
    while receive.recv().is_ok() {}

    let entries = list_in(&desk.place);
    assert_eq!(entries.len(), 1);
    assert_eq!((entries[0].documents, entries[0].annotations), (1, 1));
    assert!(entries[0].changed.as_second() > 0 && entries[0].problem.is_none());
    let opened = open_unsaved_in(&desk.place, entries[0].id).unwrap();
    assert_eq!(opened.session, work.session);
    assert_eq!(opened.path, None);
}

#[test]
fn a_journal_that_something_has_emptied_is_said() {
    let mut work = Work::new();
    let desk = killed_after(&mut work, 1);
    fs::write(journal::beside(&desk.path), "").unwrap();
    let aside = open_in(&desk.place, &desk.path).unwrap().recovered.and_then(|recovered| recovered.set_aside);
    assert!(aside.is_some_and(|aside| aside.why.contains("empty")));
}
