//! An `.ann` file, sorted by what its lines are about.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use super::line::{self, Line};
use super::{NOTE, OTHER_FILE, OWN_LINK, OWN_PASSAGE, OWN_PLACE};
use crate::format::words::count;

/// How many lines that can't be read are named one by one.
const NAMED: usize = 20;

/// What stands in an `.ann` file.
#[derive(Default)]
pub(super) struct File<'a> {
    /// Its name without its ending.
    pub path: &'a str,
    /// The name of its document.
    pub document: String,
    pub texts: Vec<Text<'a>>,
    /// Label and value, by what has them.
    pub attributes: BTreeMap<&'a str, Vec<(&'a str, Option<&'a str>)>>,
    /// Notes that are not ours, by what they are on.
    pub notes: BTreeMap<&'a str, Vec<String>>,
    /// Our own JSON, by what it is on.
    pub passages: BTreeMap<&'a str, &'a str>,
    pub links: BTreeMap<&'a str, &'a str>,
    pub ties: Vec<Tie<'a>>,
    /// The triggers of events.
    pub events: BTreeMap<&'a str, &'a str>,
    /// The events of a trigger.
    triggers: BTreeMap<&'a str, Vec<&'a str>>,
    /// How many arguments events have.
    pub roles: usize,
    /// What could not be read or tied to anything, a sentence each.
    pub wrong: Vec<String>,
}

/// A `T` line.
pub(super) struct Text<'a> {
    pub id: &'a str,
    pub label: &'a str,
    pub ranges: Vec<Range<usize>>,
    pub words: Option<&'a str>,
}

/// Something between two passages.
pub(super) struct Tie<'a> {
    pub line: usize,
    pub id: &'a str,
    pub label: &'a str,
    pub from: &'a str,
    pub to: End<'a>,
}

/// Where a tie leads.
pub(super) enum End<'a> {
    /// To an id of this file.
    Here(&'a str),
    /// To an id of the file with this name, without ending.
    There(&'a str, &'a str),
}

impl<'a> File<'a> {
    /// Reads the text of the file `path`.
    pub(super) fn of(path: &'a str, document: String, text: &'a str) -> Self {
        let mut file = Self { path, document, ..Self::default() };
        let mut unread = 0;
        let mut targets = Vec::new();
        for (number, line) in (1..).zip(text.split('\n')) {
            let line = line.trim_end_matches('\r');
            if line.trim().is_empty() {
                continue;
            }
            match line::read(line) {
                Ok(line) => targets.extend(file.put(number, line).map(|target| (number, target))),
                Err(why) => {
                    unread += 1;
                    if unread <= NAMED {
                        file.wrong.push(format!("{path}.ann: line {number}: {why}: left out"));
                    }
                }
            }
        }
        if unread > NAMED {
            let more = count(unread - NAMED, "more line");
            file.wrong.push(format!("{path}.ann: {more} that can't be read: left out"));
        }
        file.dangling(&targets);
        file
    }

    /// Sorts a line in and returns what it is said of.
    fn put(&mut self, number: usize, line: Line<'a>) -> Option<&'a str> {
        match line {
            Line::Text { id, label, ranges, words } => {
                self.texts.push(Text { id, label, ranges, words });
                None
            }
            Line::Attribute { label, target, value } => {
                self.attributes.entry(target).or_default().push((label, value));
                Some(target)
            }
            Line::Relation { id, label, ends: [from, to] } => {
                self.ties.push(Tie { line: number, id, label, from, to: End::Here(to) });
                None
            }
            Line::Equivalent { label, ends } => {
                for pair in ends.windows(2) {
                    let (from, to) = (pair[0], End::Here(pair[1]));
                    self.ties.push(Tie { line: number, id: "*", label, from, to });
                }
                None
            }
            Line::Event { id, trigger, roles } => {
                self.events.insert(id, trigger);
                self.triggers.entry(trigger).or_default().push(id);
                self.roles += roles;
                Some(trigger)
            }
            Line::Reference { id, label, target, database, entry, words } => {
                if let Some((path, to)) = entry.rsplit_once('#').filter(|_| database == OTHER_FILE) {
                    let label = words.split_once(": ").map_or(label, |(kind, _)| kind);
                    self.ties.push(Tie { line: number, id, label, from: target, to: End::There(path, to) });
                    return None;
                }
                let note = format!("{label} {database}:{entry} {words}");
                self.notes.entry(target).or_default().push(note.trim_end().to_owned());
                Some(target)
            }
            Line::Note { kind, target, words } => {
                match kind {
                    OWN_PASSAGE => drop(self.passages.insert(target, words)),
                    OWN_LINK => drop(self.links.insert(target, words)),
                    OWN_PLACE => {}
                    NOTE => self.notes.entry(target).or_default().push(words.trim_end().to_owned()),
                    _ => self.notes.entry(target).or_default().push(format!("{kind}: {words}")),
                }
                Some(target)
            }
        }
    }

    /// Names the lines that are said of nothing.
    fn dangling(&mut self, targets: &[(usize, &'a str)]) {
        let ids: BTreeSet<&str> = self.texts.iter().map(|text| text.id).collect();
        let ties: BTreeSet<&str> = self.ties.iter().map(|tie| tie.id).collect();
        let is_there = |id: &str| ids.contains(id) || ties.contains(id) || self.events.contains_key(id);
        let of_nothing: Vec<_> = targets.iter().filter(|(_, target)| !is_there(target)).collect();
        for (number, target) in of_nothing.iter().take(NAMED) {
            let what =
                format!("{}.ann: line {number}: it is said of {target}, which is not there", self.path);
            self.wrong.push(format!("{what}: left out"));
        }
        if of_nothing.len() > NAMED {
            let more = count(of_nothing.len() - NAMED, "more line");
            self.wrong.push(format!("{}.ann: {more} said of what is not there: left out", self.path));
        }
        let of_ties: usize = self
            .attributes
            .iter()
            .filter(|(target, _)| ties.contains(*target))
            .map(|(_, all)| all.len())
            .sum();
        if of_ties > 0 {
            let what = count(of_ties, "attribute");
            self.wrong.push(format!("{}.ann: {what} of relations: left out", self.path));
        }
    }

    /// The folder that it lies in, or empty.
    pub(super) fn folder(&self) -> &'a str {
        self.path.rsplit_once('/').map_or("", |(folder, _)| folder)
    }

    /// The id of the passage that stands for this id: for an event its trigger.
    pub(super) fn passage_id<'b>(&self, id: &'b str) -> &'b str
    where
        'a: 'b,
    {
        self.events.get(id).copied().unwrap_or(id)
    }

    /// All that is said of a passage, or of the events that it triggers.
    pub(super) fn of_passage<'b, T>(&self, all: &'b BTreeMap<&'a str, Vec<T>>, id: &str) -> Vec<&'b T> {
        let events = self.triggers.get(id).into_iter().flatten().copied();
        let ids = std::iter::once(id).chain(events);
        ids.filter_map(|id| all.get(id)).flatten().collect()
    }
}
