//! One table of formats; menus, dialogs, command line and manual read it.

use super::export::{Export, Losses, Sink, WriteError};
use super::import::{Foreign, Input, ReadError};
use crate::model::limits;

/// A file format that a session, or a part of it, can be written to or read from.
#[derive(Clone, Copy)]
pub struct Format {
    /// The name on the command line: `--to csv`.
    pub name: &'static str,
    /// The name in menus.
    pub title: &'static str,
    /// Where people go with it.
    pub goal: Goal,
    /// One file, or a folder of files.
    pub shape: Shape,
    /// Endings of its files without the dot, the one it is written with first.
    pub extensions: &'static [&'static str],
    /// What stands beside a file that is read and belongs to it: `.txt` for the same name with this ending, or a name.
    pub beside: &'static [&'static str],
    /// What it keeps.
    pub keeps: &'static str,
    /// What it loses.
    pub loses: &'static str,
    /// Writes it; `None` when it is only read.
    pub write: Option<Writer>,
    /// Reads it; `None` when it is only written.
    pub read: Option<Reader>,
}

/// Writes an export and tells what it does not hold.
pub type Writer = fn(&Export<'_>, &mut dyn Sink) -> Result<Losses, WriteError>;

/// Reads files and tells what stands in them, without placing it.
pub type Reader = fn(&[Input]) -> Result<Foreign, ReadError>;

/// Where an export is to go: what the window asks first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Goal {
    /// Word, Writer, a browser, paper.
    Text,
    /// Excel and other spreadsheets.
    Spreadsheet,
    /// R, Python and other programs of one's own.
    Statistics,
    /// ATLAS.ti, MAXQDA, NVivo, QualCoder.
    Qda,
    /// Tools that learn from annotated text.
    Nlp,
    /// Someone else's Gainsay, or an archive.
    Colleague,
}

impl Goal {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 6] =
        [Self::Text, Self::Spreadsheet, Self::Statistics, Self::Qda, Self::Nlp, Self::Colleague];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Text => "Word, or a text to read",
            Self::Spreadsheet => "Excel, or another spreadsheet",
            Self::Statistics => "R, Python or statistics",
            Self::Qda => "Another QDA program",
            Self::Nlp => "A language tool",
            Self::Colleague => "A colleague, or an archive",
        }
    }
}

/// What a format is written to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// One file.
    File,
    /// A folder of files.
    Folder,
}

impl Format {
    /// Reads files of this format, with what stands beside them.
    ///
    /// # Errors
    /// When one of them can't be read, or all are only such as stand beside.
    pub fn read_files(&self, inputs: &[Input]) -> Result<Foreign, ReadError> {
        let whole = inputs.iter().map(|input| input.name.as_str()).collect::<Vec<_>>().join(", ");
        let Some(read) = self.read else {
            return Err(ReadError::new(&whole, format!("{} is written, not read", self.title)));
        };
        let stands_beside = |input: &Input| {
            let named = self.beside.iter().any(|beside| match beside.strip_prefix('.') {
                Some(extension) => input.has_extension(extension),
                None => input.name.rsplit('/').next() == Some(*beside),
            });
            named && !self.extensions.iter().any(|extension| input.has_extension(extension))
        };
        if inputs.iter().all(stands_beside) {
            let wanted = self.extensions.iter().map(|it| format!(".{it}")).collect::<Vec<_>>().join(" or ");
            return Err(ReadError::new(&whole, format!("there is no {wanted} file among them")));
        }
        read(inputs)
    }

    /// False for formats of the scheme alone.
    pub fn holds_passages(&self) -> bool {
        !matches!(self.name, "codebook" | "codebook-csv" | "qdc" | "scheme")
    }

    /// The most bytes that are read of one of its files.
    pub fn most_bytes(&self) -> u64 {
        if self.holds_passages() { limits::IMPORT_BYTES } else { limits::CODEBOOK_BYTES }
    }

    /// The ending of the file it is written to, without the dot; of a folder none.
    pub fn extension(&self) -> Option<&'static str> {
        (self.shape == Shape::File).then(|| self.extensions[0])
    }
}

/// All formats, in the order of menus.
pub const FORMATS: &[Format] = &[
    super::quotes::docx::FORMAT,
    super::quotes::FORMAT,
    super::report::FORMAT,
    super::report_md::FORMAT,
    super::codebook::FORMAT,
    super::xlsx::FORMAT,
    super::excel_csv::FORMAT,
    super::package::FORMAT,
    super::csv::FORMAT,
    super::refi::FORMAT,
    super::refi::CODEBOOK,
    super::brat::FORMAT,
    super::cas::xmi::FORMAT,
    super::cas::json::FORMAT,
    super::doccano::FORMAT,
    super::label_studio::FORMAT,
    super::prodigy::FORMAT,
    super::w3c::FORMAT,
    super::hypothesis::FORMAT,
    super::codebook_csv::FORMAT,
    super::scheme::FORMAT,
];

/// The format with this name.
pub fn named(name: &str) -> Option<&'static Format> {
    FORMATS.iter().find(|format| format.name == name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn formats_have_different_names_and_can_do_something() {
        let mut names: Vec<&str> = FORMATS.iter().map(|format| format.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), FORMATS.len());
        for format in FORMATS {
            assert!(format.write.is_some() || format.read.is_some(), "{}", format.name);
            assert!(!format.extensions.is_empty() && !format.keeps.is_empty(), "{}", format.name);
        }
    }
}
