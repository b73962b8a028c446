//! What is asked of an export, a preview of it, and what was read for an import.

use std::path::PathBuf;

use crate::format::export::{Choice, Export, Files, Sink, narrowed};
use crate::format::import::{Foreign, Report, Taking, take_in};
use crate::format::table::named;
use crate::format::{FORMATS, Format, Goal, passages};
use crate::model::{AnnotationId, Session, Timestamp};

use super::Desk;

/// Where an export goes, in which format, and what goes along.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ExportForm {
    /// Where it is to go.
    pub goal: Goal,
    /// The name of the format, one of the goal's.
    pub format: &'static str,
    /// What goes along.
    pub choice: Choice,
    /// Only what the table shows.
    pub filtered: bool,
    /// The texts that offsets count in are written beside.
    pub texts: bool,
}

impl Default for ExportForm {
    fn default() -> Self {
        let goal = Goal::Text;
        let format = formats_for(goal).next().map_or("csv", |format| format.name);
        Self { goal, format, choice: Choice::default(), filtered: false, texts: false }
    }
}

/// The formats that are written for a goal, in the order in which they are offered.
pub fn formats_for(goal: Goal) -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(move |format| format.goal == goal && format.write.is_some())
}

/// The formats that are read.
pub fn formats_read() -> impl Iterator<Item = &'static Format> {
    FORMATS.iter().filter(|format| format.read.is_some())
}

/// What an export would be.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportPreview {
    /// How many passages, links and documents go along.
    pub counts: [usize; 3],
    /// The first lines of the file, or the first passages where a file does not begin with them.
    pub lines: Vec<String>,
    /// They are lines of the file.
    pub is_file: bool,
    /// What the file will not hold.
    pub losses: Vec<String>,
    /// Why it can't be written, or empty.
    pub refused: String,
}

/// The state of the export sheet.
#[derive(Clone, Debug, Default)]
pub struct Exporting {
    /// What is asked for.
    pub form: ExportForm,
    /// What was written last, and where: one key does it again.
    pub last: Option<(ExportForm, PathBuf)>,
    preview: ExportPreview,
    key: Option<PreviewKey>,
    computing: Option<PreviewKey>,
}

type PreviewKey = (u64, u64, ExportForm);

/// Passages that a preview is made of.
const PREVIEWED: usize = 5;
/// Lines and characters that are shown of it.
const LINES: (usize, usize) = (14, 200);
/// With more annotations than this what is lost is told after writing, not before.
const LOSSES_UP_TO: usize = 20_000;

impl Exporting {
    /// The preview of what is asked for; of what was asked for before, while a worker is at it.
    pub fn preview(&self) -> &ExportPreview {
        &self.preview
    }

    /// The work that makes the preview anew, if it is out of date and none is at it.
    pub(super) fn refresh(
        &self,
        desk: &Desk,
    ) -> Option<(PreviewKey, impl FnOnce() -> ExportPreview + Send + 'static + use<>)> {
        let key = (desk.revision(), desk.view.filter_revision, self.form.clone());
        if self.key.as_ref() == Some(&key) || self.computing.is_some() || !desk.rows().are_current(desk) {
            return None;
        }
        let (session, form) = (desk.session().clone(), self.form.clone());
        let choice = choice(&form, desk.rows().ids());
        Some((key, move || preview(&session, &choice, form.format)))
    }

    pub(super) fn computes(&mut self, key: PreviewKey) {
        self.computing = Some(key);
    }

    pub(super) fn take(&mut self, preview: ExportPreview) {
        self.preview = preview;
        self.key = self.computing.take();
    }

    /// The worker met a bug: not tried again until something else is asked for.
    pub(super) fn give_up(&mut self) {
        if self.computing.is_some() {
            let said = "no preview could be made: an unexpected error".to_owned();
            self.take(ExportPreview { losses: vec![said], ..ExportPreview::default() });
        }
    }
}

/// The whole choice of a form; `rows`: what the table shows.
pub(super) fn choice(form: &ExportForm, rows: &[AnnotationId]) -> Choice {
    let annotations = form.filtered.then(|| rows.iter().copied().collect());
    Choice { annotations, ..form.choice.clone() }
}

fn preview(session: &Session, choice: &Choice, format: &str) -> ExportPreview {
    let part = narrowed(session, choice);
    let mut preview = ExportPreview {
        counts: [part.session.annotations.len(), part.session.links.len(), part.session.documents.len()],
        losses: part.losses.0,
        ..ExportPreview::default()
    };
    let Some(write) = named(format).and_then(|format| format.write) else { return preview };
    // The moment does not matter here.
    let at = session.created;
    if part.session.annotations.len() <= LOSSES_UP_TO {
        match write(&Export { session: &part.session, at }, &mut Nowhere(std::io::sink())) {
            Ok(losses) => preview.losses.extend(losses.0),
            Err(error) => preview.refused = error.to_string(),
        }
    }
    let ordered = passages::documents(&part.session)
        .flat_map(|document| document.annotations.iter().map(|annotation| annotation.id).collect::<Vec<_>>());
    let first: std::collections::BTreeSet<AnnotationId> = ordered.take(PREVIEWED).collect();
    let used = part.session.annotations.values().filter(|it| first.contains(&it.id));
    let documents = used.map(|annotation| annotation.anchor.document().clone()).collect();
    let few = Choice { annotations: Some(first), documents: Some(documents), ..Choice::default() };
    let few = narrowed(&part.session, &few).session;
    let mut files = Files::default();
    if write(&Export { session: &few, at }, &mut files).is_ok() {
        (preview.lines, preview.is_file) = lines(&few, &files);
    }
    preview
}

/// Endings of files that begin with passages, or with what they look like.
const BEGIN_WITH_PASSAGES: [&str; 5] = [".csv", ".jsonl", ".md", ".ann", ".ron"];

/// The first lines of the first file (`true`), or the first passages.
fn lines(session: &Session, files: &Files) -> (Vec<String>, bool) {
    let (most, longest) = LINES;
    let cut = |line: &str| {
        let kept: String = line.chars().take(longest).map(|c| if c == '\t' { ' ' } else { c }).collect();
        if kept.chars().count() < line.chars().count() { format!("{kept}…") } else { kept }
    };
    let begins = |(name, _): &&(String, Vec<u8>)| BEGIN_WITH_PASSAGES.iter().any(|end| name.ends_with(end));
    if let Some((name, bytes)) = files.0.iter().find(begins)
        && let Ok(text) = std::str::from_utf8(bytes)
    {
        // A byte-order mark is no letter to show.
        let text = text.trim_start_matches('\u{feff}');
        if name.ends_with(".csv") {
            return (columns(text), true);
        }
        return (text.lines().take(most).map(cut).collect(), true);
    }
    let mut lines = Vec::new();
    for document in passages::documents(session) {
        for (passage, place) in document.placed() {
            let tag = passages::tag_name(session, passage.annotation);
            lines.push(cut(&format!("{tag}  “{}”  {}", passage.words, place.citation)));
        }
    }
    (lines, false)
}

/// The rows of a table, a line each, its cells under one another and cut to a few letters.
fn columns(text: &str) -> Vec<String> {
    const SHOWN: usize = 20;
    let head = text.lines().next().unwrap_or_default();
    let delimiter = if head.contains(';') { b';' } else { b',' };
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let rows: Vec<Vec<String>> = reader
        .into_records()
        .map_while(Result::ok)
        .map(|row| {
            let cell =
                |cell: &str| super::shortened(&cell.split_whitespace().collect::<Vec<_>>().join(" "), SHOWN);
            row.iter().map(cell).collect()
        })
        .collect();
    let width = |column: usize| {
        let cells = rows.iter().filter_map(|row| row.get(column));
        cells.map(|cell| cell.chars().count()).max().unwrap_or(0)
    };
    let widths: Vec<usize> = (0..rows.first().map_or(0, Vec::len)).map(width).collect();
    let line = |row: &Vec<String>| {
        let cells = std::iter::zip(row, &widths).map(|(cell, width)| format!("{cell:width$}"));
        cells.collect::<Vec<_>>().join("  ").trim_end().to_owned()
    };
    rows.iter().map(line).collect()
}

/// A sink that keeps nothing.
struct Nowhere(std::io::Sink);

impl Sink for Nowhere {
    fn file(&mut self, _name: &str) -> std::io::Result<&mut dyn std::io::Write> {
        Ok(&mut self.0)
    }
}

/// What was read of other programs' files, waiting for a yes.
pub struct Imported {
    /// The name of its format.
    pub format: &'static str,
    /// What stands in the files.
    pub foreign: Foreign,
    /// Whose it is, whatever the files say.
    pub annotator: Option<String>,
    /// When it was read.
    pub at: Timestamp,
    /// What taking it in would do.
    pub report: Report,
    /// How many annotations and links it would change.
    pub weight: usize,
}

impl std::fmt::Debug for Imported {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        // Never the texts: debug output may reach a log.
        f.debug_struct("Imported").field("format", &self.format).field("report", &self.report).finish()
    }
}

impl Imported {
    /// Tries what taking it into `session` would do.
    pub(super) fn tried(
        session: &Session,
        format: &'static Format,
        foreign: Foreign,
        annotator: Option<String>,
        at: Timestamp,
    ) -> Self {
        let mut imported =
            Self { format: format.name, foreign, annotator, at, report: Report::default(), weight: 0 };
        let taken = take_in(session, imported.foreign.clone(), imported.taking(session));
        imported.weight = taken.edits.len();
        imported.report = taken.report;
        imported
    }

    /// How it is taken in: into a session in which nothing was done yet, with scheme and title.
    pub(super) fn taking(&self, session: &Session) -> Taking<'_> {
        let untouched = Session::new(session.id, session.created);
        let is_new = session.documents.is_empty() && *session == untouched;
        let otherwise = named(self.format).map_or(self.format, |format| format.title);
        Taking { annotator: self.annotator.as_deref(), otherwise, at: self.at, is_new }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_of_a_table_stand_under_one_another() {
        let table = "id;quote\r\n1;\"👮🏽‍♀️ e\u{301}; “twee\nregels” en nog veel meer\"\r\n22;x\r\n";
        let rows = columns(table);
        assert_eq!(rows[0], "id  quote");
        assert_eq!(rows[2], "22  x");
        assert!(rows[1].starts_with("1   👮🏽‍♀️ e\u{301}; “twee") && rows[1].ends_with('…'), "{rows:?}");
    }
}
