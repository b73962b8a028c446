//! Groups: what stands in several documents of the session, for the panel's list of all documents. They are found by the
//! worker that compares all documents; a row is put into words when it is on screen, so that no frame grows with them.

use crate::across::echo::{Echo, Place};
use crate::across::group::{Group, groups};
use crate::across::index::Index;
use crate::model::{Document, Session};

use super::super::{Desk, count, shortened};
use super::cards::paragraph;
use super::shelf::Library;

/// Characters of a wording that are kept for its row.
const LONGEST: usize = 320;
/// Documents that are named in a row, and places that are listed under the chosen one.
const NAMED: usize = 4;
const LISTED: usize = 12;

/// A group with its words.
#[derive(Debug)]
pub struct Grouped {
    /// Its places, the earliest first.
    pub group: Group,
    /// The words of the earliest place.
    pub wording: String,
}

/// A place of a group, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlaceLine {
    /// It.
    pub place: Place,
    /// "Letter, ¶ 44".
    pub words: String,
    /// Its date, and which wording it has where there are several.
    pub beside: String,
}

/// What a row says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GroupLine {
    /// "In 4 of 5 documents, 3 wordings".
    pub head: String,
    /// The documents with their dates, the earliest first.
    pub documents: String,
}

/// The groups of the pairs of all documents: those that stand in most documents first.
pub(super) fn grouped(session: &Session, index: &Index, library: &Library, pairs: &[Echo]) -> Vec<Grouped> {
    let with_words = |group: Group| {
        let words = group.places.first().map(|it| super::pieces::words(library, &it.place));
        Grouped { wording: shortened(&words.unwrap_or_default(), LONGEST), group }
    };
    groups(session, index, pairs).into_iter().map(with_words).collect()
}

impl Grouped {
    /// The places by which columns are lined up: the first of each document.
    pub fn first_places(&self) -> Vec<&Place> {
        let mut firsts: Vec<&Place> = Vec::new();
        for it in &self.group.places {
            if firsts.iter().all(|first| first.document != it.place.document) {
                firsts.push(&it.place);
            }
        }
        firsts
    }

    /// What its row says.
    pub fn line(&self, desk: &Desk) -> GroupLine {
        let group = &self.group;
        let all = desk.session().documents.len();
        let wordings = match group.wordings {
            0 | 1 => "one wording".to_owned(),
            many => count(many, "wording"),
        };
        let is_dated = group.places.first().is_some_and(|it| it.is_dated);
        let mut named: Vec<String> = Vec::new();
        let mut seen: Vec<&Place> = Vec::new();
        for it in &group.places {
            if named.len() == NAMED {
                break;
            }
            if seen.iter().all(|other| other.document != it.place.document) {
                seen.push(&it.place);
                let document = desk.session().document(&it.place.document);
                named.extend(document.map(|it| match is_dated {
                    true => format!("{}, {}", shortened(it.label(), 24), date(it)),
                    false => shortened(it.label(), 24),
                }));
            }
        }
        let more = group.documents.saturating_sub(named.len());
        let more = if more > 0 { format!(" · {more} more") } else { String::new() };
        let lead = if is_dated { "Earliest first: " } else { "No dates: " };
        GroupLine {
            head: format!("In {} of {all} documents, {wordings}", group.documents),
            documents: format!("{lead}{}{more}", named.join(" · ")),
        }
    }

    /// Its places, and how many are not listed.
    pub fn places(&self, desk: &Desk) -> (Vec<PlaceLine>, usize) {
        let is_dated = self.group.places.iter().any(|it| it.is_dated);
        let line = |it: &crate::across::group::Standing| {
            let document = desk.session().document(&it.place.document)?;
            let date = if is_dated { date(document) } else { "" };
            let wording = match self.group.wordings {
                0 | 1 => String::new(),
                _ => format!("wording {}", it.wording + 1),
            };
            let dot = if date.is_empty() || wording.is_empty() { "" } else { " · " };
            Some(PlaceLine {
                place: it.place.clone(),
                words: format!("{}, {}", shortened(document.label(), 24), paragraph(desk, &it.place)),
                beside: format!("{date}{dot}{wording}"),
            })
        };
        let listed = self.group.places.iter().take(LISTED).filter_map(line).collect();
        (listed, self.group.places.len().saturating_sub(LISTED))
    }
}

fn date(document: &Document) -> &str {
    match document.info.metadata.issued.as_str() {
        "" => "no date",
        date => date,
    }
}
