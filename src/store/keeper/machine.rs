//! The keeper as a machine: whatever order of steps, saves, crashes, restarts and changes by others, what was
//! acknowledged is on disk.

use std::fs;
use std::sync::mpsc::Receiver;

use proptest::prelude::*;

use super::super::testing::{Desk, Work};
use super::super::{SaveError, open};
use super::*;

#[derive(Clone, Debug)]
enum Act {
    Steps(usize),
    /// A step that nobody waits for.
    Unheard,
    Save,
    /// A snapshot, and steps made while it is written.
    SaveAmid(usize),
    SaveAs(bool),
    Copy,
    Crash,
    Close,
    /// Someone else changes the file; `true`: then our version is written over it, on a yes.
    Foreign(bool),
}

fn acts() -> impl Strategy<Value = Vec<Act>> {
    let act = prop_oneof![
        4 => (1usize..4).prop_map(Act::Steps),
        1 => Just(Act::Unheard),
        3 => Just(Act::Save),
        2 => (1usize..4).prop_map(Act::SaveAmid),
        1 => any::<bool>().prop_map(Act::SaveAs),
        1 => Just(Act::Copy),
        3 => Just(Act::Crash),
        1 => Just(Act::Close),
        1 => any::<bool>().prop_map(Act::Foreign),
    ];
    prop::collection::vec(act, 1..25)
}

/// What runs, and what the model says must be on disk.
struct Machine {
    desk: Desk,
    work: Work,
    keeper: Option<(Keeper, Receiver<KeeperEvent>)>,
    /// The session after each revision since the last start; the first is what was opened.
    made: Vec<Session>,
    /// Up to here it is acknowledged.
    known: usize,
}

impl Machine {
    fn new() -> Self {
        let work = Work::new();
        let desk = Desk::with(&work.session);
        let mut machine = Self { desk, work, keeper: None, made: Vec::new(), known: 0 };
        machine.start();
        machine
    }

    fn start(&mut self) {
        let opened = open::open_in(&self.desk.place, &self.desk.path).unwrap();
        self.begin(opened);
    }

    fn begin(&mut self, opened: open::Opened) {
        self.work.session = opened.session.clone();
        self.work.revision = 0;
        self.made = vec![opened.session.clone()];
        self.known = 0;
        let (send, events) = channel();
        let notify = Box::new(move |event| drop(send.send(event)));
        self.keeper = Some((Keeper::start(opened.home, opened.session, notify).unwrap(), events));
    }

    fn step(&mut self) {
        let (revision, step) = self.work.mark();
        self.made.push(self.work.session.clone());
        self.keeper.as_ref().unwrap().0.append(revision, step);
    }

    fn until(&mut self, wanted: impl Fn(&KeeperEvent) -> bool) -> KeeperEvent {
        loop {
            let events = &self.keeper.as_ref().unwrap().1;
            let event = events.recv_timeout(Duration::from_secs(60)).expect("each request is answered");
            if let KeeperEvent::Journaled { revision } | KeeperEvent::Saved { revision, .. } = &event {
                self.known = self.known.max(usize::try_from(*revision).unwrap());
            }
            if wanted(&event) {
                return event;
            }
        }
    }

    fn heard(&mut self) {
        let last = self.made.len() - 1;
        if self.known < last {
            let last = last as u64;
            self.until(|event| matches!(event, KeeperEvent::Journaled { revision } | KeeperEvent::Saved { revision, .. } if *revision >= last));
        }
    }

    fn save_ends(&mut self) -> KeeperEvent {
        self.until(|event| matches!(event, KeeperEvent::Saved { .. } | KeeperEvent::SaveFailed { .. }))
    }

    /// What stands on disk is a session that was made, and none older than what was acknowledged.
    fn on_disk(&self) {
        let found = open::read(&self.desk.path).unwrap().session;
        let at =
            self.made.iter().rposition(|made| *made == found).expect("the session on disk was made here");
        assert!(at >= self.known, "revision {at} on disk, {} acknowledged", self.known);
    }

    fn crash(&mut self) {
        let (keeper, events) = self.keeper.take().unwrap();
        keeper.crash();
        for event in events.try_iter() {
            if let KeeperEvent::Journaled { revision } | KeeperEvent::Saved { revision, .. } = event {
                self.known = self.known.max(usize::try_from(revision).unwrap());
            }
        }
        self.on_disk();
        self.start();
    }

    fn act(&mut self, act: &Act) {
        let revision = |machine: &Self| machine.work.revision;
        match act {
            Act::Steps(count) => {
                (0..*count).for_each(|_| self.step());
                self.heard();
                self.on_disk();
            }
            Act::Unheard => self.step(),
            Act::Save => {
                self.keeper.as_ref().unwrap().0.save(revision(self), self.work.session.clone());
                let event = self.save_ends();
                assert!(matches!(event, KeeperEvent::Saved { .. }), "{event:?}");
                let read = open::read(&self.desk.path).unwrap();
                assert_eq!(
                    (read.in_file, read.session),
                    (self.work.session.clone(), self.work.session.clone())
                );
            }
            Act::SaveAmid(count) => {
                let snapshot = self.work.session.clone();
                self.keeper.as_ref().unwrap().0.save(revision(self), snapshot.clone());
                (0..*count).for_each(|_| self.step());
                self.save_ends();
                self.heard();
                let read = open::read(&self.desk.path).unwrap();
                assert_eq!((read.in_file, read.session), (snapshot, self.work.session.clone()));
            }
            Act::SaveAs(other) => {
                let name = if *other { "twee.ron" } else { "haven.ron" };
                self.desk.path.set_file_name(name);
                let (path, session) = (self.desk.path.clone(), self.work.session.clone());
                self.keeper.as_ref().unwrap().0.save_as(path, revision(self), session);
                let event = self.save_ends();
                assert!(matches!(event, KeeperEvent::Saved { .. }), "{event:?}");
                self.on_disk();
            }
            Act::Copy => {
                let copy = self.desk.path.with_file_name("kopie.ron");
                self.keeper.as_ref().unwrap().0.save_copy(copy.clone(), self.work.session.clone());
                self.until(|event| matches!(event, KeeperEvent::CopySaved { .. }));
                assert_eq!(open::read(&copy).unwrap().in_file, self.work.session);
            }
            Act::Crash => self.crash(),
            Act::Close => {
                self.keeper.take().unwrap().0.close().unwrap();
                self.known = self.made.len() - 1;
                self.on_disk();
                self.start();
            }
            Act::Foreign(overwrite) => self.foreign(*overwrite),
        }
    }

    /// Nothing is written over a colleague's version before a yes; after it all of ours is there.
    fn foreign(&mut self, overwrite: bool) {
        self.heard();
        let ours = fs::read(&self.desk.path).unwrap();
        let theirs = [&ours[..], b"// theirs\n"].concat();
        fs::write(&self.desk.path, &theirs).unwrap();
        let session = self.work.session.clone();
        self.keeper.as_ref().unwrap().0.save(self.work.revision, session.clone());
        let event = self.save_ends();
        assert!(
            matches!(event, KeeperEvent::SaveFailed { error: SaveError::ChangedByOther { .. } }),
            "{event:?}"
        );
        assert_eq!(fs::read(&self.desk.path).unwrap(), theirs);
        if overwrite {
            self.keeper.as_ref().unwrap().0.overwrite(self.work.revision, session);
            self.save_ends();
        } else {
            // They take their change back: the journal continues the file as before.
            fs::write(&self.desk.path, &ours).unwrap();
        }
        self.on_disk();
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 32, max_shrink_iters: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_happens_what_was_acknowledged_is_on_disk(acts in acts()) {
        let mut machine = Machine::new();
        for act in &acts {
            machine.act(act);
        }
        machine.crash();
    }
}
