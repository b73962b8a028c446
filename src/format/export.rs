//! What a writer is given, where its bytes go, and what it says it has lost.
//!
//! A writer gets a whole valid session; what is not to be exported was left out before ([`choice`]). It opens no
//! file: it names the files of the export and writes their bytes to a [`Sink`], as they come.

pub mod choice;

use std::io::{self, Write};

use crate::model::{Session, Timestamp};

pub use choice::{Choice, Narrowed, narrowed};

use super::words::grouped;

/// What is to be written.
#[derive(Clone, Copy)]
pub struct Export<'a> {
    /// The session, or the part of it that was chosen; valid in itself.
    pub session: &'a Session,
    /// When the export is made, for formats that must say so.
    pub at: Timestamp,
}

/// Where an export goes: one file or several.
pub trait Sink {
    /// Begins a file and returns where its bytes go. `name` is a path within the export, with `/` between folders
    /// and of safe letters only (see [`file_name`]); a format of one file begins one, whose name is a proposal.
    ///
    /// # Errors
    /// When it can't be begun.
    fn file(&mut self, name: &str) -> io::Result<&mut dyn Write>;
}

/// An export in memory: names and bytes, for previews and tests.
#[derive(Clone, Debug, Default)]
pub struct Files(pub Vec<(String, Vec<u8>)>);

impl Sink for Files {
    fn file(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        self.0.push((name.to_owned(), Vec::new()));
        let (_, bytes) = self.0.last_mut().expect("one was just put there");
        Ok(bytes)
    }
}

impl Files {
    /// The bytes of the file with this name.
    pub fn named(&self, name: &str) -> Option<&[u8]> {
        self.0.iter().find(|(other, _)| other == name).map(|(_, bytes)| bytes.as_slice())
    }

    /// The bytes of the first file.
    pub fn first(&self) -> &[u8] {
        self.0.first().map_or(&[], |(_, bytes)| bytes)
    }
}

/// Why nothing was written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The system says why.
    #[error(transparent)]
    Io(#[from] io::Error),
    /// The format can't hold it, in words.
    #[error("{0}")]
    Unfit(String),
}

impl WriteError {
    /// From any other error of a library that makes the bytes.
    pub fn unfit(error: impl std::fmt::Display) -> Self {
        Self::Unfit(error.to_string())
    }
}

/// What the file does not hold of what was in the session, a sentence each: "2 links cross documents: written as
/// references".
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Losses(pub Vec<String>);

impl Losses {
    /// Notes that `number` things have suffered it: "1 " + `one`, or the number + " " + `many`. Nothing for 0.
    pub fn add(&mut self, number: usize, one: &str, many: &str) {
        match number {
            0 => {}
            1 => self.0.push(format!("1 {one}")),
            _ => self.0.push(format!("{} {many}", grouped(number))),
        }
    }

    /// Notes a sentence.
    pub fn say(&mut self, sentence: impl Into<String>) {
        self.0.push(sentence.into());
    }
}

/// The name of a file made from `name`, such as a document's id: its letters, digits, `-`, `_` and `.` stay (never a
/// dot in front), all else becomes `-`; at most 80 characters; `taken` says which names are in use, case not counted.
pub fn file_name(name: &str, extension: &str, taken: impl Fn(&str) -> bool) -> String {
    let safe = |c: char| if c.is_ascii_alphanumeric() || "-_.".contains(c) { c } else { '-' };
    let stem: String = name.chars().take(80).map(safe).collect();
    let stem = stem.trim_matches(['.', '-']);
    // Names that Windows keeps for devices.
    let device = ["con", "prn", "aux", "nul"].contains(&stem.to_ascii_lowercase().as_str());
    let stem = if stem.is_empty() || device { format!("document{stem}") } else { stem.to_owned() };
    let names = std::iter::once(format!("{stem}.{extension}"));
    let mut names = names.chain((2_u64..).map(|number| format!("{stem}-{number}.{extension}")));
    names.find(|name| !taken(&name.to_ascii_lowercase())).expect("numbers do not end")
}

/// Names for the documents of a session in its order, as [`file_name`] makes them of their ids; all different.
pub fn document_files(session: &Session, extension: &str) -> Vec<String> {
    let mut taken = std::collections::BTreeSet::new();
    let names = session.documents.iter().map(|document| {
        let name = file_name(document.id.as_str(), extension, |name| taken.contains(name));
        taken.insert(name.to_ascii_lowercase());
        name
    });
    names.collect()
}

/// The canonical texts, in which all offsets count, as files of the folder `folder` ("" for none): UTF-8, no
/// byte-order mark, lines ending in LF.
///
/// # Errors
/// When the sink has one.
pub fn texts(session: &Session, folder: &str, sink: &mut dyn Sink) -> Result<(), WriteError> {
    for (document, name) in session.documents.iter().zip(document_files(session, "txt")) {
        let path = if folder.is_empty() { name } else { format!("{folder}/{name}") };
        sink.file(&path)?.write_all(document.text().as_bytes())?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_files_are_safe_and_all_different() {
        let none = |_: &str| false;
        assert_eq!(file_name("een-brief", "txt", none), "een-brief.txt");
        assert_eq!(file_name("../é 👮🏽‍♀️/..", "ann", none), "document.ann");
        assert_eq!(file_name("CON", "txt", none), "documentCON.txt");
        assert_eq!(file_name("A", "txt", |name| name == "a.txt"), "A-2.txt");
    }

    #[test]
    fn losses_agree_with_their_numbers() {
        let mut losses = Losses::default();
        losses.add(0, "link is lost", "links are lost");
        losses.add(1, "link is lost", "links are lost");
        losses.add(1_200, "link is lost", "links are lost");
        assert_eq!(losses.0, ["1 link is lost", "1,200 links are lost"]);
    }
}
