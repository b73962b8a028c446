//! Where one passage stands again: asked of a worker; a newer question ends the older.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::across::alerts::alerts;
use crate::across::echo::{Level, Options, Place, echoes_of};
use crate::across::index::Index;

use super::super::{Desk, JobResult};
use super::cards::Found;
use super::pieces::{pieces, told};
use super::shelf::Library;
use super::{Shelves, Work};

pub(super) const WORKER: &str = "echoes";

/// More places than this are not listed.
const MOST: usize = 300;
/// Answers that are kept.
const KEPT: usize = 64;

/// What an answer rests on.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    passage: Place,
    set_phrases: bool,
    /// Of the texts.
    revision: u64,
}

/// Where a passage stands again.
#[derive(Debug, Default)]
pub struct Heard {
    pub(super) found: Vec<Found>,
    /// Places that were found and not listed.
    pub(super) more: usize,
}

/// The question that is asked, and answers.
#[derive(Default)]
pub(super) struct Asking {
    passage: Option<Place>,
    heard: Arc<Heard>,
    key: Option<Key>,
    number: u64,
    running: Option<(Key, Arc<AtomicBool>)>,
    answers: BTreeMap<Key, Arc<Heard>>,
}

impl Asking {
    pub fn passage(&self) -> Option<&Place> {
        self.passage.as_ref()
    }

    pub fn is_running(&self) -> bool {
        self.running.is_some()
    }

    /// What was found of the passage, and a number that changes with it.
    pub fn heard(&self) -> (&Arc<Heard>, u64) {
        (&self.heard, self.number)
    }

    /// Asks for `passage`, if that is not known.
    pub fn refresh(
        &mut self,
        desk: &Desk,
        passage: Option<Place>,
        set_phrases: bool,
        shelves: Option<&Shelves>,
    ) -> Option<Work> {
        let Some(passage) = passage else {
            self.cancel();
            if self.passage.take().is_some() {
                (self.heard, self.key) = (Arc::default(), None);
                self.number += 1;
            }
            return None;
        };
        if self.passage.as_ref() != Some(&passage) {
            self.cancel();
            // Cards of another passage would be read as those of this one.
            (self.heard, self.key) = (Arc::default(), None);
            self.number += 1;
            self.passage = Some(passage.clone());
        }
        let shelves = shelves?;
        let key = Key { passage, set_phrases, revision: shelves.revision };
        let known = self.running.as_ref().map(|(key, _)| key).or(self.key.as_ref());
        if known == Some(&key) {
            return None;
        }
        self.cancel();
        self.number += 1;
        self.answers.retain(|kept, _| kept.revision == key.revision);
        if let Some(answer) = self.answers.get(&key) {
            (self.heard, self.key) = (Arc::clone(answer), Some(key));
            return None;
        }
        let (number, cancelled) = (self.number, Arc::new(AtomicBool::new(false)));
        self.running = Some((key.clone(), Arc::clone(&cancelled)));
        let (shelves, desk) = (shelves.clone(), desk.number);
        Some((
            WORKER,
            Box::new(move || {
                let heard = hear(&shelves, &key, &cancelled).map(Box::new);
                JobResult::Echoes(desk, number, heard)
            }),
        ))
    }

    /// Takes up an answer, if it is to what was asked last.
    pub fn take(&mut self, number: u64, heard: Option<Heard>) {
        if number != self.number {
            return;
        }
        let Some((key, _)) = self.running.take() else { return };
        let heard = Arc::new(heard.unwrap_or_default());
        if self.answers.len() >= KEPT {
            self.answers.clear();
        }
        self.answers.insert(key.clone(), Arc::clone(&heard));
        (self.heard, self.key) = (heard, Some(key));
        self.number += 1;
    }

    pub fn give_up(&mut self) {
        self.key = self.running.take().map(|(key, _)| key);
        self.heard = Arc::default();
        self.number += 1;
    }

    fn cancel(&mut self) {
        if let Some((_, cancelled)) = self.running.take() {
            cancelled.store(true, Ordering::Relaxed);
        }
    }
}

/// Looks; `None` when it is no longer wanted.
fn hear(shelves: &Shelves, key: &Key, cancelled: &AtomicBool) -> Option<Heard> {
    if cancelled.load(Ordering::Relaxed) {
        return None;
    }
    let (index, library): (&Index, &Library) = (&shelves.index, &shelves.library);
    let options = Options { statements: true, set_phrases: key.set_phrases };
    let echoes = echoes_of(index, &key.passage.document, key.passage.span, &options);
    let more = echoes.len().saturating_sub(MOST);
    let mut found = Vec::new();
    for echo in echoes.into_iter().take(MOST) {
        if cancelled.load(Ordering::Relaxed) {
            return None;
        }
        let differs = echo.level != Level::Statement;
        found.push(Found {
            pieces: pieces(library, index, &echo.a, &echo.b, differs),
            alerts: match echo.level {
                Level::Altered => told(library, &alerts(index, &echo.a, &echo.b)),
                _ => Vec::new(),
            },
            here: echo.a,
            there: Some(echo.b),
            level: Some(echo.level),
            is_set_phrase: echo.is_set_phrase,
            quotation: None,
            agree: None,
        });
    }
    super::cards::note_agreement(&mut found);
    Some(Heard { found, more })
}
