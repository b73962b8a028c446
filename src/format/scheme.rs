//! The scheme alone, as RON: for another session, or for a colleague.

use serde::{Deserialize, Serialize};

use super::export::{Export, Losses, Sink, WriteError};
use super::import::{self, Foreign, Input};
use super::session::{self, Place, ReadError};
use super::table::{Format, Goal, Shape};
use crate::format::nesting::{self, Notation};
use crate::model::{Scheme, Session, SessionId, Timestamp};

/// Its entry in the table of formats.
pub const FORMAT: Format = Format {
    name: "scheme",
    title: "The scheme alone (RON)",
    goal: Goal::Colleague,
    shape: Shape::File,
    extensions: &["ron"],
    beside: &[],
    keeps: "tags, attributes and link kinds, ready for another session",
    loses: "the documents, all that is marked in them, and where examples were taken from",
    write: Some(write_to),
    read: Some(read_foreign),
};

/// The version that this program writes, and the newest that it reads.
pub const VERSION: u32 = 1;

#[derive(Serialize, Deserialize)]
#[serde(rename = "Scheme", deny_unknown_fields)]
struct File<'a> {
    format: u32,
    scheme: session::v1::Scheme<'a>,
}

/// Why a scheme could not be read.
#[derive(Clone, Debug, thiserror::Error)]
pub enum SchemeError {
    /// It is a session file that cannot be read.
    #[error(transparent)]
    Session(ReadError),
    /// It is not UTF-8.
    #[error("it is not UTF-8 text")]
    NotText,
    /// It was written by a newer program.
    #[error("it has format {0}; this program reads formats up to {VERSION}")]
    Newer(u32),
    /// It is neither a scheme nor a session, or something in it is wrong.
    #[error("{place}: {what}")]
    Syntax {
        /// Where.
        place: Place,
        /// What is wrong.
        what: String,
    },
    /// It reads, but does not fit together.
    #[error("{0}")]
    Invalid(String),
}

/// The file of a scheme. Examples keep their words, not the annotations that they were taken from.
pub fn write(scheme: &Scheme) -> String {
    let mut scheme = scheme.clone();
    for tag in &mut scheme.tags {
        let of_rules = tag.rules.iter_mut().flat_map(|rule| &mut rule.examples);
        tag.examples.iter_mut().chain(of_rules).for_each(|example| example.annotation = None);
    }
    let config = ron::ser::PrettyConfig::new().struct_names(true).new_line("\n").indentor("  ");
    let file = File { format: VERSION, scheme: (&scheme).into() };
    let text = ron::ser::to_string_pretty(&file, config);
    text.expect("plain structs of strings and numbers are written to memory without an error") + "\n"
}

/// The file of a scheme as an export.
///
/// # Errors
/// When the bytes can't be written.
pub fn write_to(export: &Export<'_>, sink: &mut dyn Sink) -> Result<Losses, WriteError> {
    sink.file("scheme.ron")?.write_all(write(&export.session.scheme).as_bytes())?;
    Ok(Losses::default())
}

/// The schemes of files, the first one's words first.
///
/// # Errors
/// When one can't be read.
pub fn read_foreign(inputs: &[Input]) -> Result<Foreign, import::ReadError> {
    let mut foreign = Foreign::default();
    for input in inputs {
        let scheme = read(&input.bytes).map_err(|error| import::ReadError::new(&input.name, error))?;
        // The first one exactly as it is: taking it over could change its letters.
        foreign.scheme = match foreign.scheme == Scheme::default() {
            true => scheme,
            false => crate::edit::make::adopt(&foreign.scheme, &scheme).0,
        };
    }
    Ok(foreign)
}

/// Reads the file of a scheme, or takes the scheme of a session file.
///
/// # Errors
/// When it is neither, or not valid.
pub fn read(bytes: &[u8]) -> Result<Scheme, SchemeError> {
    let text = std::str::from_utf8(bytes).map_err(|_| SchemeError::NotText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if text.trim_start().starts_with("Session") {
        return session::read(bytes)
            .map(|read| Scheme::clone(&read.session.scheme))
            .map_err(SchemeError::Session);
    }
    nesting::check(text, Notation::Ron).map_err(|excess| SchemeError::Syntax {
        place: Place::of(text.as_bytes(), excess.at),
        what: excess.what,
    })?;
    let file: File<'static> = ron::from_str(text).map_err(|error| SchemeError::Syntax {
        place: Place { line: error.span.start.line, column: error.span.start.col },
        what: error.code.to_string(),
    })?;
    if file.format == 0 || file.format > VERSION {
        return Err(SchemeError::Newer(file.format));
    }
    let scheme = file.scheme.into_model();
    match problem(&scheme) {
        Some(problem) => Err(SchemeError::Invalid(problem)),
        None => Ok(scheme),
    }
}

/// What is wrong with a scheme, first of all; `None` when it is valid.
pub(super) fn problem(scheme: &Scheme) -> Option<String> {
    // A session with nothing but this scheme is valid just when the scheme is.
    let empty = Session::new(SessionId(uuid::Uuid::nil()), Timestamp::from_second(0));
    let alone = Session { scheme: std::sync::Arc::new(scheme.clone()), ..empty };
    alone.problems().first().map(ToString::to_string)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::format::arbitrary;

    proptest! {
        #[test]
        fn a_scheme_comes_back_without_its_ties(seed in any::<u64>()) {
            let session = arbitrary::session(seed);
            let read_back = read(write(&session.scheme).as_bytes()).unwrap();
            let mut expected = Scheme::clone(&session.scheme);
            for tag in &mut expected.tags {
                tag.examples.iter_mut().for_each(|example| example.annotation = None);
                for rule in &mut tag.rules {
                    rule.examples.iter_mut().for_each(|example| example.annotation = None);
                }
            }
            prop_assert_eq!(read_back, expected);
            let of_session = read(session::write(&session).as_bytes()).unwrap();
            prop_assert_eq!(&of_session, &*session.scheme);
        }
    }

    #[test]
    fn what_is_wrong_is_said_with_its_place() {
        let good = write(&Scheme::starter());
        let place = |bytes: &str| read(bytes.as_bytes()).unwrap_err().to_string();
        assert!(
            place(&good.replace("letter: 'D'", "letter: 12")).contains("line"),
            "{}",
            place(&good.replace("letter: 'D'", "letter: 12"))
        );
        let twice = place(&good.replace("id: \"denial\"", "id: \"claim\""));
        assert!(twice.contains("claim"), "{twice}");
        assert!(matches!(read(&[0xff, 0xfe]), Err(SchemeError::NotText)));
        assert!(matches!(
            read(good.replace("format: 1", "format: 7").as_bytes()),
            Err(SchemeError::Newer(7))
        ));
        assert!(read(b"hello").is_err());
    }
}
