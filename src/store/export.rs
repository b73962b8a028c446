//! Writing exports: one file, or a folder of files; whole or not at all. And reading what other programs wrote.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use crate::format::export::{Sink, WriteError};
use crate::format::import::Input;
use crate::format::{Format, Shape};
use crate::model::limits;

use super::regular::{FileError, read_regular};
use super::save::{self, Begun, SaveError};

/// Why an export was not written. What stood there is untouched.
#[derive(Debug, thiserror::Error)]
pub enum ExportError {
    /// The files could not be written.
    #[error(transparent)]
    Save(#[from] SaveError),
    /// The format can't hold the session.
    #[error("{}: {error}", .path.display())]
    Write {
        /// The file or folder.
        path: PathBuf,
        /// Why.
        error: WriteError,
    },
}

/// Writes an export to a file or a folder, as bytes come: all of it stands under temporary names first. In a folder
/// that is there files of the same names are replaced, one by one, and others stay.
///
/// # Errors
/// When something can't be written; nothing has changed then, unless the system stops in the middle of renaming.
pub fn write_export<T>(
    path: &Path,
    shape: Shape,
    write: impl FnOnce(&mut dyn Sink) -> Result<T, WriteError>,
) -> Result<T, ExportError> {
    let target = save::real_path(path).map_err(|error| SaveError::io(path, &error))?;
    let failed = |error: WriteError| match error {
        WriteError::Io(error) => SaveError::io(path, &error).into(),
        error @ WriteError::Unfit(_) => ExportError::Write { path: path.to_owned(), error },
    };
    match shape {
        Shape::File => {
            let mut sink = FileSink { target: &target, file: None };
            let told = write(&mut sink).map_err(failed)?;
            let file =
                sink.file.ok_or_else(|| failed(WriteError::Unfit("there is nothing to write".to_owned())))?;
            file.finish()?.commit()?;
            save::sync_folder_of(&target)?;
            Ok(told)
        }
        Shape::Folder => {
            let io = |error: io::Error| SaveError::io(path, &error);
            if target.exists() && !target.is_dir() {
                return Err(SaveError::NotAFolder { path: path.to_owned() }.into());
            }
            let beside = target.parent().unwrap_or(Path::new("."));
            let prefix = save::temporary_prefix(&target);
            let folder = tempfile::Builder::new().prefix(&prefix).suffix(".tmp").tempdir_in(beside);
            let folder = folder.map_err(io)?;
            let mut sink = FolderSink { folder: folder.path().to_owned(), names: Vec::new(), open: None };
            let told = write(&mut sink).map_err(failed)?;
            let names = sink.finish().map_err(|error| failed(error.into()))?;
            fs::create_dir_all(&target).map_err(io)?;
            for name in names {
                let place = target.join(&name);
                let folder_of = place.parent().unwrap_or(&target);
                fs::create_dir_all(folder_of).map_err(io)?;
                fs::rename(folder.path().join(&name), &place)
                    .map_err(|error| SaveError::io(&place, &error))?;
                save::sync_folder_of(&place)?;
            }
            save::sync_folder_of(&target)?;
            Ok(told)
        }
    }
}

struct FileSink<'a> {
    target: &'a Path,
    file: Option<Begun>,
}

impl Sink for FileSink<'_> {
    fn file(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        if self.file.is_some() {
            return Err(io::Error::other(format!("{name} is a second file, and there is room for one")));
        }
        let begun = save::begin(self.target).map_err(io::Error::other)?;
        Ok(self.file.insert(begun))
    }
}

struct FolderSink {
    folder: PathBuf,
    names: Vec<String>,
    open: Option<io::BufWriter<fs::File>>,
}

impl FolderSink {
    fn close(&mut self) -> io::Result<()> {
        let Some(file) = self.open.take() else { return Ok(()) };
        file.into_inner().map_err(io::IntoInnerError::into_error)?.sync_all()
    }

    fn finish(mut self) -> io::Result<Vec<String>> {
        self.close()?;
        Ok(std::mem::take(&mut self.names))
    }
}

impl Sink for FolderSink {
    fn file(&mut self, name: &str) -> io::Result<&mut dyn Write> {
        self.close()?;
        let is_safe =
            |part: &str| !part.is_empty() && part != "." && part != ".." && !part.contains(['\\', ':']);
        if !name.split('/').all(is_safe) {
            return Err(io::Error::other(format!("{name:?} is no name within a folder")));
        }
        let path = self.folder.join(name);
        fs::create_dir_all(path.parent().unwrap_or(&self.folder))?;
        self.names.push(name.to_owned());
        Ok(self.open.insert(io::BufWriter::new(fs::File::create_new(path)?)))
    }
}

/// Reads the files that a person named to be imported: of a folder all that bear one of the format's endings, folders
/// within it included; with each file what the format says stands beside it.
///
/// # Errors
/// When one can't be read, or a folder holds none.
pub fn read_inputs(paths: &[PathBuf], format: &Format) -> Result<Vec<Input>, FileError> {
    let mut found: Vec<(String, PathBuf)> = Vec::new();
    for path in paths {
        if path.is_dir() {
            let before = found.len();
            files_in(path, "", format, 0, &mut found)?;
            if found.len() == before {
                return Err(FileError::Folder { path: path.clone() });
            }
            continue;
        }
        let name = path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned();
        let twin = found.iter().any(|(other, _)| *other == name);
        let folder = path.parent().and_then(Path::file_name).map(|it| it.to_string_lossy().into_owned());
        let prefix = folder.filter(|_| twin).map(|folder| format!("{folder}/")).unwrap_or_default();
        for beside in format.beside {
            let other = match beside.strip_prefix('.') {
                Some(extension) => path.with_extension(extension),
                None => path.with_file_name(beside),
            };
            if other.is_file() && other != *path {
                let name = other.file_name().unwrap_or_default().to_string_lossy().into_owned();
                found.push((format!("{prefix}{name}"), other));
            }
        }
        found.push((format!("{prefix}{name}"), path.clone()));
    }
    let mut seen = BTreeSet::new();
    let mut inputs = Vec::new();
    let mut left = limits::IMPORT_TOTAL_BYTES;
    for (name, path) in found {
        if seen.insert(save::real_path(&path).unwrap_or_else(|_| path.clone())) {
            let bytes = read_regular(&path, format.most_bytes())?;
            left = left.checked_sub(bytes.len() as u64).ok_or_else(|| too_much(&path))?;
            inputs.push(Input { name, bytes });
        }
    }
    Ok(inputs)
}

fn too_much(path: &Path) -> FileError {
    let what = format!(
        "with this the files come to more than {} or {} files, the most that is imported at once; import them in parts",
        limits::megabytes(limits::IMPORT_TOTAL_BYTES),
        limits::IMPORT_FILES
    );
    FileError::Io { path: path.to_owned(), what }
}

/// The files of a folder by name, those of folders within it after them.
fn files_in(
    folder: &Path,
    prefix: &str,
    format: &Format,
    depth: usize,
    found: &mut Vec<(String, PathBuf)>,
) -> Result<(), FileError> {
    let io = |error: io::Error| FileError::io(folder, &error);
    let mut entries = fs::read_dir(folder).map_err(io)?.collect::<io::Result<Vec<_>>>().map_err(io)?;
    entries.sort_by_key(fs::DirEntry::file_name);
    let mut folders = Vec::new();
    for entry in entries {
        let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
        if name.starts_with('.') {
            continue;
        }
        if path.is_dir() {
            folders.push((path, name));
            continue;
        }
        let extension = path.extension().map(|it| it.to_string_lossy().to_lowercase()).unwrap_or_default();
        let beside = format.beside.iter().any(|it| it.strip_prefix('.') == Some(&extension) || **it == *name);
        if beside || format.extensions.contains(&extension.as_str()) {
            if found.len() == limits::IMPORT_FILES {
                return Err(too_much(&path));
            }
            found.push((format!("{prefix}{name}"), path));
        }
    }
    for (path, name) in folders.into_iter().filter(|_| depth < limits::FOLDER_DEPTH) {
        files_in(&path, &format!("{prefix}{name}/"), format, depth + 1, found)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::format::FORMATS;

    fn two(sink: &mut dyn Sink) -> Result<usize, WriteError> {
        sink.file("a.txt")?.write_all("👮🏽‍♀️ e\u{301} “a”".as_bytes())?;
        sink.file("in/b.txt")?.write_all(b"b")?;
        Ok(2)
    }

    #[test]
    fn a_folder_is_written_whole_and_other_files_stay() {
        let work = tempfile::tempdir().unwrap();
        let target = work.path().join("out");
        assert_eq!(write_export(&target, Shape::Folder, two).unwrap(), 2);
        fs::write(target.join("mine.txt"), "mine").unwrap();
        fs::write(target.join("a.txt"), "old").unwrap();
        write_export(&target, Shape::Folder, two).unwrap();
        let read = |name: &str| fs::read_to_string(target.join(name)).unwrap();
        assert_eq!([read("a.txt"), read("in/b.txt"), read("mine.txt")], ["👮🏽‍♀️ e\u{301} “a”", "b", "mine"]);
        // A writer that fails leaves everything as it was, and nothing behind.
        let failing = |sink: &mut dyn Sink| {
            sink.file("a.txt")?.write_all(b"half")?;
            Err::<(), _>(WriteError::Unfit("no".to_owned()))
        };
        assert!(write_export(&target, Shape::Folder, failing).is_err());
        assert_eq!(read("a.txt"), "👮🏽‍♀️ e\u{301} “a”");
        assert!(
            write_export(&target, Shape::Folder, |sink| Ok(sink.file("../c")?.write_all(b"c")?)).is_err()
        );
        assert_eq!(fs::read_dir(work.path()).unwrap().count(), 1);
    }

    #[test]
    fn a_file_is_written_whole() {
        let work = tempfile::tempdir().unwrap();
        let target = work.path().join("out.csv");
        write_export(&target, Shape::File, |sink| Ok(sink.file("x")?.write_all("é".as_bytes())?)).unwrap();
        assert!(write_export(&target, Shape::File, two).is_err(), "two files in one");
        assert_eq!(fs::read_to_string(&target).unwrap(), "é");
        assert!(write_export(work.path(), Shape::File, |sink| Ok(sink.file("x")?.write_all(b"")?)).is_err());
        assert!(write_export(&target, Shape::Folder, two).is_err(), "a file is no folder");
        assert_eq!(fs::read_dir(work.path()).unwrap().count(), 1);
    }

    #[test]
    fn what_belongs_to_a_file_is_read_with_it() {
        let work = tempfile::tempdir().unwrap();
        let texts = work.path().join("in");
        write_export(&texts, Shape::Folder, two).unwrap();
        fs::write(texts.join("a.ann"), "T1").unwrap();
        fs::write(texts.join("c.jpg"), "no").unwrap();
        let format = Format { extensions: &["ann"], beside: &[".txt"], ..FORMATS[0] };
        let names = |paths: &[PathBuf]| {
            let inputs = read_inputs(paths, &format).unwrap();
            inputs.into_iter().map(|input| input.name).collect::<Vec<_>>()
        };
        assert_eq!(names(&[texts.join("a.ann")]), ["a.txt", "a.ann"]);
        assert_eq!(names(&[texts.join("a.ann"), texts.join("a.txt")]), ["a.txt", "a.ann"]);
        assert_eq!(names(std::slice::from_ref(&texts)), ["a.ann", "a.txt", "in/b.txt"]);
        assert!(read_inputs(&[work.path().join("none")], &format).is_err());
    }
}
