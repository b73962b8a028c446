use std::fs;
use std::path::Path;
use std::sync::mpsc::Receiver;
use std::sync::{Arc as Shared, Mutex};

use super::super::testing::{Desk, TEXT, Work, copy_folder, names};
use super::super::unsaved::list_in;
use super::super::versions::{Origin, read_version, versions_in};
use super::super::{Place, journal, open};
use super::*;

fn start(home: Home, session: &Session) -> (Keeper, Receiver<KeeperEvent>) {
    let (send, receive) = channel();
    let keeper = Keeper::start(home, session.clone(), Box::new(move |event| drop(send.send(event)))).unwrap();
    (keeper, receive)
}

fn open_desk(desk: &Desk) -> (Keeper, Receiver<KeeperEvent>) {
    let opened = open::open_in(&desk.place, &desk.path).unwrap();
    start(opened.home, &opened.session)
}

fn until(events: &Receiver<KeeperEvent>, wanted: impl Fn(&KeeperEvent) -> bool) -> KeeperEvent {
    loop {
        let event = events.recv_timeout(Duration::from_secs(60)).expect("the keeper tells before long");
        if wanted(&event) {
            return event;
        }
    }
}

fn journaled(revision: u64) -> impl Fn(&KeeperEvent) -> bool {
    move |event| *event == KeeperEvent::Journaled { revision }
}

fn saved(revision: u64) -> impl Fn(&KeeperEvent) -> bool {
    move |event| matches!(event, KeeperEvent::Saved { revision: at, .. } if *at == revision)
}

fn on_disk(path: &Path) -> Session {
    open::read(path).unwrap().session
}

#[test]
fn a_clean_end_leaves_the_file_alone_with_everything() {
    let mut work = Work::new();
    let desk = Desk::with(&work.session);
    let (keeper, events) = open_desk(&desk);
    for _ in 0..5 {
        let (revision, step) = work.mark();
        keeper.append(revision, step);
    }
    until(&events, journaled(5));
    assert_eq!(desk.names(), [".~haven.ron.journal", ".~lock.haven.ron#", "haven.ron"]);
    keeper.save(5, work.session.clone());
    let KeeperEvent::Saved { digest, path, .. } = until(&events, saved(5)) else { unreachable!() };
    assert_eq!((digest, &path), (Digest::of(&fs::read(&path).unwrap()), &desk.path));
    keeper.close().unwrap();
    assert_eq!(desk.names(), ["haven.ron"]);
    assert_eq!(on_disk(&desk.path), work.session);
}

#[test]
fn what_is_newer_than_the_snapshot_stays_in_the_journal() {
    let mut work = Work::new();
    let desk = Desk::with(&work.session);
    let (keeper, events) = open_desk(&desk);
    let (revision, step) = work.mark();
    keeper.append(revision, step);
    let snapshot = work.session.clone();
    for _ in 0..3 {
        let (revision, step) = work.mark();
        keeper.append(revision, step);
    }
    keeper.save(1, snapshot);
    until(&events, saved(1));
    let (revision, step) = work.mark();
    keeper.append(revision, step);
    until(&events, journaled(5));
    keeper.crash();
    let read = open::read(&desk.path).unwrap();
    assert_eq!((read.in_file.annotations.len(), read.session), (1, work.session));
}

#[test]
fn a_crash_after_recovery_loses_nothing() {
    let mut work = Work::new();
    let desk = Desk::with(&work.session);
    for _ in 0..3 {
        let opened = open::open_in(&desk.place, &desk.path).unwrap();
        assert_eq!(opened.session, work.session);
        let (keeper, events) = start(opened.home, &opened.session);
        work.revision = 0;
        for _ in 0..2 {
            let (revision, step) = work.mark();
            keeper.append(revision, step);
        }
        until(&events, journaled(2));
        keeper.crash();
    }
    assert_eq!(on_disk(&desk.path), work.session);
    assert_eq!(work.session.annotations.len(), 6);
}

/// Copies of the whole desk at every moment between two operations of `act`.
fn moments(desk: &Desk, state: &mut State, act: impl FnOnce(&mut State)) -> Vec<(String, tempfile::TempDir)> {
    let copies = Shared::new(Mutex::new(Vec::new()));
    let (from, into) = (desk.folder.path().to_owned(), Shared::clone(&copies));
    state.after = Box::new(move |moment| {
        let copy = tempfile::tempdir().unwrap();
        copy_folder(&from, copy.path());
        into.lock().unwrap().push((moment.to_owned(), copy));
    });
    act(state);
    state.after = Box::new(|_| {});
    std::mem::take(&mut *copies.lock().unwrap())
}

#[test]
fn a_crash_at_any_moment_of_a_save_loses_nothing_and_applies_nothing_twice() {
    let mut work = Work::new();
    let desk = Desk::with(&work.session);
    let opened = open::open_in(&desk.place, &desk.path).unwrap();
    let mut state = State::new(opened.home, &opened.session);
    let mut seen = Vec::new();
    for round in 0..3 {
        let mut snapshot = work.session.clone();
        // A document cannot be added twice, so a step that is applied again does not go unnoticed.
        let step = work.document(&format!("bericht-{round}"), TEXT);
        let (revision, step) = work.did(step);
        state.push(revision, step);
        for at in 0..4 {
            let (revision, step) = work.mark();
            state.push(revision, step);
            if at == 1 {
                snapshot = work.session.clone();
            }
        }
        state.flush().unwrap();
        let revision = work.revision - 2;
        let copies = moments(&desk, &mut state, |state| {
            let shelf = state.shelf();
            let aside = state.put_aside(&shelf);
            let target = state.target().unwrap();
            let written = state::write_beside(&target, revision, &snapshot, Over::Known, aside).unwrap();
            state.finish_save(written).unwrap();
        });
        for (moment, copy) in &copies {
            let path = copy.path().join("work/haven.ron");
            let opened = open::open_in(&Place::in_folder(copy.path()), &path).unwrap();
            assert_eq!(opened.session, work.session, "round {round}, after: {moment}");
            let aside = opened.recovered.unwrap().set_aside;
            assert_eq!(aside, None, "round {round}, after: {moment}");
            // And once more after a second crash, with a step made in between.
            let mut again = State::new(opened.home, &opened.session);
            let mut later = Work::later(opened.session);
            let (revision, step) = later.mark();
            again.push(revision, step);
            again.flush().unwrap();
            drop(again);
            assert_eq!(on_disk(&path), later.session, "round {round}, after: {moment}, then a step");
        }
        seen = copies.into_iter().map(|(moment, _)| moment).collect();
    }
    let all = [
        "session written out",
        "next journal written",
        "session renamed",
        "session synced",
        "journal renamed",
    ];
    assert_eq!(seen[..5], all);
}

#[test]
fn a_crash_at_any_moment_of_the_first_save_leaves_the_session_somewhere() {
    let mut work = Work::empty();
    let desk = Desk::new();
    let mut state = State::new(Home::unsaved_in(desk.place.clone(), Vec::new(), None), &work.session);
    let step = work.document("brief", TEXT);
    let (revision, step) = work.did(step);
    state.push(revision, step);
    let (revision, step) = work.mark();
    state.push(revision, step);
    state.flush().unwrap();
    let copies = moments(&desk, &mut state, |state| {
        state.save_as(&desk.path, 2, &work.session).unwrap();
    });
    assert!(copies.len() >= 6);
    for (moment, copy) in copies {
        let path = copy.path().join("work/haven.ron");
        let in_file = open::open_in(&Place::in_folder(copy.path()), &path).ok().map(|opened| opened.session);
        let unsaved = list_in(&Place::in_folder(copy.path().join("home")));
        assert!(in_file == Some(work.session.clone()) || unsaved.len() == 1, "after: {moment}");
    }
    assert_eq!(state.close(), None);
    assert_eq!(desk.names(), ["haven.ron"]);
    assert_eq!(names(&desk.place.unsaved()), [""; 0]);
    assert_eq!(on_disk(&desk.path), work.session);
}

#[test]
fn a_stale_journal_is_not_applied_twice() {
    let mut work = Work::new();
    let desk = Desk::with(&work.session);
    let (keeper, events) = open_desk(&desk);
    let (revision, step) = work.mark();
    keeper.append(revision, step);
    until(&events, journaled(1));
    let stale = fs::read(journal::beside(&desk.path)).unwrap();
    keeper.save(1, work.session.clone());
    until(&events, saved(1));
    keeper.crash();
    // As if the last rename had not reached the disk.
    fs::rename(journal::beside(&desk.path), journal::next_beside(&desk.path)).unwrap();
    fs::write(journal::beside(&desk.path), stale).unwrap();
    let opened = open::open_in(&desk.place, &desk.path).unwrap();
    assert_eq!((opened.session, opened.recovered), (work.session, None));
}

#[test]
fn what_someone_else_wrote_is_not_overwritten_without_a_yes() {
    let mut work = Work::new();
    let desk = Desk::with(&work.session);
    let (keeper, events) = open_desk(&desk);
    let (revision, step) = work.mark();
    keeper.append(revision, step);
    keeper.check_disk();
    until(&events, journaled(1));
    let theirs = format!("{}// theirs\n", fs::read_to_string(&desk.path).unwrap());
    fs::write(&desk.path, &theirs).unwrap();
    keeper.check_disk();
    until(&events, |event| *event == KeeperEvent::ChangedOnDisk { path: desk.path.clone() });
    keeper.save(1, work.session.clone());
    let refused = SaveError::ChangedByOther { path: desk.path.clone() };
    until(&events, |event| *event == KeeperEvent::SaveFailed { error: refused.clone() });
    assert_eq!(fs::read_to_string(&desk.path).unwrap(), theirs);
    keeper.overwrite(1, work.session.clone());
    until(&events, saved(1));
    keeper.close().unwrap();
    assert_eq!((on_disk(&desk.path), desk.names()), (work.session, vec!["haven.ron".to_owned()]));
}

#[test]
fn saving_elsewhere_moves_there_and_a_copy_does_not() {
    let mut work = Work::new();
    let desk = Desk::with(&work.session);
    let (keeper, events) = open_desk(&desk);
    let other = desk.path.with_file_name("twee.ron");
    let copy = desk.path.with_file_name("kopie.ron");
    let (revision, step) = work.mark();
    keeper.append(revision, step);
    keeper.save_copy(copy.clone(), work.session.clone());
    until(&events, |event| *event == KeeperEvent::CopySaved { path: copy.clone() });
    keeper.save_as(other.clone(), 1, work.session.clone());
    let KeeperEvent::Saved { path, .. } = until(&events, saved(1)) else { unreachable!() };
    assert_eq!(path, other);
    let (revision, step) = work.mark();
    keeper.append(revision, step);
    until(&events, journaled(2));
    keeper.crash();
    assert_eq!(on_disk(&other), work.session);
    assert_eq!(on_disk(&copy).annotations.len(), 1);
    assert_eq!(on_disk(&desk.path).annotations.len(), 0);
    let left = [".~lock.twee.ron#", ".~twee.ron.journal", "haven.ron", "kopie.ron", "twee.ron"];
    let mut left = left.map(str::to_owned).to_vec();
    left.sort();
    assert_eq!(desk.names(), left);
}

#[test]
fn work_in_a_journal_of_either_name_outlives_a_save_as_over_its_file() {
    for of in [journal::beside, journal::next_beside] {
        let mut work = Work::new();
        let desk = Desk::with(&work.session);
        let (keeper, events) = open_desk(&desk);
        let (revision, step) = work.mark();
        keeper.append(revision, step);
        until(&events, journaled(1));
        keeper.crash();
        fs::rename(journal::beside(&desk.path), of(&desk.path)).unwrap();
        let journal = fs::read(of(&desk.path)).unwrap();
        let other = Work::new();
        let (keeper, events) = start(Home::unsaved_in(desk.place.clone(), Vec::new(), None), &other.session);
        keeper.save_as(desk.path.clone(), 0, other.session.clone());
        until(&events, saved(0));
        keeper.close().unwrap();
        let mut kept = desk.names().into_iter().filter(|name| name.contains(".aside-"));
        let aside = desk.path.with_file_name(kept.next().expect("it is set aside"));
        assert_eq!(fs::read(aside).unwrap(), journal);
    }
}

#[test]
fn a_session_open_elsewhere_is_not_saved_over() {
    let work = Work::new();
    let desk = Desk::with(&work.session);
    let held = open::open_in(&desk.place, &desk.path).unwrap();
    let (keeper, events) = start(Home::unsaved_in(desk.place.clone(), Vec::new(), None), &work.session);
    let before = fs::read(&desk.path).unwrap();
    keeper.save_as(desk.path.clone(), 0, work.session.clone());
    until(&events, |event| matches!(event, KeeperEvent::SaveFailed { error: SaveError::Locked { .. } }));
    assert_eq!(fs::read(&desk.path).unwrap(), before);
    drop(held);
    keeper.close().unwrap();
}

#[test]
fn a_journal_that_cannot_be_written_is_said_and_tried_again() {
    let mut work = Work::new();
    let desk = Desk::with(&work.session);
    let (keeper, events) = open_desk(&desk);
    // A folder in its place: also root cannot write there.
    let obstacle = journal::beside(&desk.path);
    fs::create_dir(&obstacle).unwrap();
    fs::write(obstacle.join("x"), "").unwrap();
    let (revision, step) = work.mark();
    keeper.append(revision, step);
    let event = until(&events, |_| true);
    assert!(matches!(event, KeeperEvent::JournalFailed { revision: 1, .. }), "{event:?}");
    fs::remove_dir_all(&obstacle).unwrap();
    // By itself, after a few seconds.
    until(&events, journaled(1));
    keeper.crash();
    assert_eq!(on_disk(&desk.path), work.session);
}

#[test]
fn a_session_that_began_with_something_is_whole_in_its_journal() {
    let mut work = Work::new();
    work.mark();
    work.revision = 0;
    let desk = Desk::new();
    let (keeper, events) = start(Home::unsaved_in(desk.place.clone(), Vec::new(), None), &work.session);
    let (revision, step) = work.mark();
    keeper.append(revision, step);
    until(&events, journaled(1));
    keeper.close().unwrap();
    let entries = list_in(&desk.place);
    let opened = super::super::unsaved::open_unsaved_in(&desk.place, entries[0].id).unwrap();
    assert_eq!(opened.session, work.session);
    let (keeper, _) = start(opened.home, &opened.session);
    keeper.discard().unwrap();
    assert_eq!(names(&desk.place.unsaved()), [""; 0]);
}

#[test]
fn a_journal_with_work_that_is_not_in_the_file_outlives_a_clean_end() {
    let mut work = Work::new();
    let desk = Desk::with(&work.session);
    let (keeper, _events) = open_desk(&desk);
    let (revision, step) = work.mark();
    keeper.append(revision, step);
    keeper.close().unwrap();
    assert_eq!(desk.names(), [".~haven.ron.journal", "haven.ron"]);
    let opened = open::open_in(&desk.place, &desk.path).unwrap();
    assert_eq!(opened.session, work.session);
}

#[test]
fn saves_that_follow_closely_end_with_the_last() {
    let mut work = Work::new();
    let desk = Desk::with(&work.session);
    let (keeper, events) = open_desk(&desk);
    for _ in 0..30 {
        let (revision, step) = work.mark();
        keeper.append(revision, step);
        keeper.save(revision, work.session.clone());
    }
    keeper.close().unwrap();
    let saved: Vec<u64> = events
        .iter()
        .filter_map(|event| match event {
            KeeperEvent::Saved { revision, .. } => Some(revision),
            KeeperEvent::SaveFailed { error } => panic!("{error}"),
            _ => None,
        })
        .collect();
    assert!(saved.is_sorted() && saved.last() == Some(&30), "{saved:?}");
    assert_eq!((on_disk(&desk.path), desk.names()), (work.session, vec!["haven.ron".to_owned()]));
}

#[test]
fn what_a_save_replaces_is_put_aside() {
    let mut work = Work::new();
    let desk = Desk::with(&work.session);
    let opened = fs::read(&desk.path).unwrap();
    let (keeper, events) = open_desk(&desk);
    for _ in 0..3 {
        let (revision, step) = work.mark();
        keeper.append(revision, step);
        keeper.save(revision, work.session.clone());
        until(&events, saved(revision));
    }
    // The one that was opened, and of those written within a minute none.
    let kept = versions_in(&desk.place, work.session.id);
    assert_eq!(kept.len(), 1);
    assert_eq!(fs::read(&kept[0].path).unwrap(), opened);
    // What another program writes is put aside too before the user has it written over.
    let mut theirs = Work::later(work.session.clone());
    theirs.mark();
    fs::write(&desk.path, crate::format::session::write(&theirs.session)).unwrap();
    let (revision, step) = work.mark();
    keeper.append(revision, step);
    keeper.save(revision, work.session.clone());
    until(&events, |event| {
        matches!(event, KeeperEvent::SaveFailed { error: SaveError::ChangedByOther { .. } })
    });
    keeper.overwrite(revision, work.session.clone());
    until(&events, saved(revision));
    keeper.close().unwrap();
    let kept = versions_in(&desk.place, work.session.id);
    let other: Vec<_> = kept.iter().filter(|version| version.origin == Origin::Other).collect();
    assert_eq!(other.len(), 1);
    assert_eq!(read_version(other[0]).unwrap(), theirs.session);
    assert_eq!(on_disk(&desk.path), work.session);
}

#[test]
fn a_merged_version_is_written_over_and_no_other() {
    let mut work = Work::new();
    let desk = Desk::with(&work.session);
    let (keeper, events) = open_desk(&desk);
    let (revision, step) = work.mark();
    keeper.append(revision, step);
    let mut theirs = Work::later(work.session.clone());
    theirs.mark();
    let bytes = crate::format::session::write(&theirs.session);
    fs::write(&desk.path, &bytes).unwrap();
    let changed = |event: &KeeperEvent| {
        matches!(event, KeeperEvent::SaveFailed { error: SaveError::ChangedByOther { .. } })
    };
    keeper.save_merged(revision, work.session.clone(), Digest::of(b"another version"));
    until(&events, changed);
    keeper.save_merged(revision, work.session.clone(), Digest::of(bytes.as_bytes()));
    until(&events, saved(revision));
    assert_eq!(on_disk(&desk.path), work.session);
}

#[test]
fn a_place_for_earlier_versions_that_cannot_be_written_is_told_and_stops_no_save() {
    let mut work = Work::new();
    let desk = Desk::with(&work.session);
    fs::create_dir_all(desk.place.versions().parent().unwrap()).unwrap();
    fs::write(desk.place.versions(), b"in the way").unwrap();
    let (keeper, events) = open_desk(&desk);
    let (revision, step) = work.mark();
    keeper.append(revision, step);
    keeper.save(revision, work.session.clone());
    until(&events, |event| matches!(event, KeeperEvent::NotPutAside { .. }));
    until(&events, saved(revision));
    assert_eq!(on_disk(&desk.path), work.session);
}
