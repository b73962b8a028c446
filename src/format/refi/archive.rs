//! The zip of a project, read with caps: it may come from anywhere.

use std::io::{Cursor, Read as _};

use zip::ZipArchive;

use crate::format::import::{Input, ReadError};
use crate::model::limits;

/// A zip with a project in it.
pub(super) struct Archive<'a> {
    file: &'a str,
    zip: ZipArchive<Cursor<&'a [u8]>>,
    names: Vec<String>,
    /// The folder that holds the project, with `/` at its end, or empty.
    base: String,
    /// How much may still be unpacked.
    left: u64,
}

impl<'a> Archive<'a> {
    /// Opens it and returns the bytes of the project's XML, which may have any name.
    ///
    /// # Errors
    /// When it is no zip, asks for more than it may, or does not hold just one project.
    pub(super) fn open(input: &'a Input) -> Result<(Self, String, Vec<u8>), ReadError> {
        let file = input.name.as_str();
        let fail = |what: String| ReadError::new(file, what);
        let zip = ZipArchive::new(Cursor::new(&input.bytes[..]))
            .map_err(|error| fail(format!("it is not a zip that can be read ({error})")))?;
        if zip.len() > limits::ZIP_FILES {
            return Err(fail(format!("it holds more than {} files", limits::ZIP_FILES)));
        }
        let names: Result<Vec<String>, _> = zip
            .file_names()
            .map(|name| Ok(name.map_err(|error| fail(error.to_string()))?.replace('\\', "/")))
            .collect();
        let names = names?;
        if let Some(name) = names.iter().find(|name| leaves(name)) {
            return Err(ReadError::at(file, name.clone(), "its name leads out of the zip"));
        }
        // What macOS puts beside the files.
        let beside = |name: &str| name.starts_with("__MACOSX/") || base(name).1.starts_with("._");
        let is_project = |name: &&String| name.to_ascii_lowercase().ends_with(".qde") && !beside(name);
        let mut projects: Vec<&String> = names.iter().filter(is_project).collect();
        if projects.len() > 1 {
            projects.retain(|name| base(name).1.eq_ignore_ascii_case("project.qde"));
            // Some programs pack the project among the sources once more.
            let depth = |name: &&String| name.matches('/').count();
            let least = projects.iter().map(depth).min();
            projects.retain(|name| Some(depth(name)) == least);
        }
        let [project] = projects[..] else {
            return Err(fail("it does not hold just one project (a file ending in .qde)".to_owned()));
        };
        let project = project.clone();
        let base = base(&project).0.to_owned();
        let mut archive = Self { file, zip, names, base, left: limits::ZIP_TOTAL_BYTES };
        let bytes = archive.read(&project)?;
        Ok((archive, project, bytes))
    }

    /// The bytes of a source by its path in the project, such as `internal://GUID.txt`; `None` when it is not in here.
    ///
    /// # Errors
    /// When it can't be unpacked or is too large.
    pub(super) fn source(&mut self, path: &str) -> Result<Option<Vec<u8>>, ReadError> {
        let Some(path) = path.strip_prefix("internal://") else { return Ok(None) };
        let wanted = format!("{}sources/{}", self.base, path.trim_start_matches('/'));
        let name = self.names.iter().find(|name| **name == wanted);
        let name =
            name.or_else(|| self.names.iter().find(|name| name.eq_ignore_ascii_case(&wanted))).cloned();
        name.map(|name| self.read(&name)).transpose()
    }

    fn read(&mut self, name: &str) -> Result<Vec<u8>, ReadError> {
        let fail = |what: String| ReadError::at(self.file, name, what);
        let at = self.names.iter().position(|own| own == name).unwrap_or(self.names.len());
        let mut entry = self.zip.by_index(at).map_err(|error| fail(error.to_string()))?;
        let by_ratio = entry.compressed_size().saturating_mul(limits::ZIP_RATIO).max(limits::ZIP_SMALL_BYTES);
        let allowed = limits::ZIP_FILE_BYTES.min(self.left).min(by_ratio);
        let mut bytes = Vec::new();
        // Not what the zip says of its size: what comes out.
        let read = entry.by_ref().take(allowed + 1).read_to_end(&mut bytes);
        read.map_err(|error| fail(format!("it can't be unpacked ({error})")))?;
        let size = bytes.len() as u64;
        if size > allowed {
            return Err(fail(format!(
                "unpacked it is larger than {} MB, more than is taken in; was it packed to do harm?",
                allowed / 1_000_000
            )));
        }
        self.left -= size;
        Ok(bytes)
    }
}

/// The folder of a path, with its `/`, and the name in it.
fn base(path: &str) -> (&str, &str) {
    path.split_at(path.rfind('/').map_or(0, |at| at + 1))
}

fn leaves(name: &str) -> bool {
    name.starts_with('/') || name.contains('\0') || name.split('/').any(|part| part == "..") || {
        // `C:`
        name.as_bytes().get(1) == Some(&b':') && name.as_bytes()[0].is_ascii_alphabetic()
    }
}
