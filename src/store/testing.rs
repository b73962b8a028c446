//! Sessions and folders for the tests of this layer.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use crate::edit::{Edit, Step, apply_step};
use crate::model::*;

use super::Place;

pub const TEXT: &str = "👮🏽‍♀️ e\u{301}én “zin” over de haven.\n\nNog een zin, met “haken”.\n";

/// A session with one document, with what makes its next steps.
pub struct Work {
    pub session: Session,
    pub revision: u64,
    stamps: FixedStamps,
}

impl Work {
    pub fn new() -> Self {
        let mut work = Self::empty();
        let step = work.document("brief", TEXT);
        apply_step(&mut work.session, &step).unwrap();
        work
    }

    pub fn empty() -> Self {
        let mut stamps = FixedStamps::default();
        let session = Session::new(SessionId(stamps.id()), stamps.now());
        Self { session, revision: 0, stamps }
    }

    /// Work that goes on with `session` after a restart: its ids are new ones.
    pub fn later(session: Session) -> Self {
        Self { session, revision: 0, stamps: FixedStamps::new(1_900_000_000, 2) }
    }

    /// The step that brings a document and its annotator.
    pub fn document(&mut self, id: &str, text: &str) -> Step {
        let at = self.stamps.now();
        let import = ImportRecord { file_name: Some(format!("{id}.txt")), ..ImportRecord::of_text(text, at) };
        let source = Arc::new(Source::new(text, import));
        let document = Document { id: DocumentId::new(id), source, info: Arc::new(DocumentInfo::default()) };
        let vos = Annotator { name: "É. Vos".to_owned(), note: String::new() };
        let edits = vec![
            Edit::PutAnnotator(AnnotatorId::new("vos"), vos),
            Edit::AddDocument { at: self.session.documents.len(), document: Arc::new(document) },
        ];
        Step { label: format!("add {id}"), at, edits }
    }

    /// Applies and returns the next step, with its revision: a new annotation.
    pub fn mark(&mut self) -> (u64, Arc<Step>) {
        let at = self.stamps.now();
        let start = TEXT.find("zin").unwrap();
        let annotation = Annotation {
            id: AnnotationId(self.stamps.id()),
            anchor: Anchor::Placed {
                document: DocumentId::new("brief"),
                span: Span::new(start, start + 3).unwrap(),
            },
            tag: TagId::new("claim"),
            note: format!("“{}” 👮🏽‍♀️", self.revision),
            unsure: false,
            attributes: Default::default(),
            statement: None,
            voice: Vec::new(),
            comments: Vec::new(),
            annotator: AnnotatorId::new("vos"),
            created: at,
            modified: at,
            provenance: None,
            changes: Vec::new(),
        };
        let edits = vec![Edit::PutAnnotation(Arc::new(annotation))];
        self.did(Step { label: "tag claim".to_owned(), at, edits })
    }

    /// Applies a step and returns it with its revision.
    pub fn did(&mut self, step: Step) -> (u64, Arc<Step>) {
        apply_step(&mut self.session, &step).unwrap();
        self.revision += 1;
        (self.revision, Arc::new(step))
    }
}

/// A folder with a session file and a place for the rest.
pub struct Desk {
    pub folder: tempfile::TempDir,
    pub path: PathBuf,
    pub place: Place,
}

impl Desk {
    pub fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        // As the program sees it: a system's folder for temporary files may be behind a link.
        let real = folder.path().canonicalize().unwrap();
        std::fs::create_dir(real.join("work")).unwrap();
        Self { path: real.join("work/haven.ron"), place: Place::in_folder(real.join("home")), folder }
    }

    /// With `session` in the file.
    pub fn with(session: &Session) -> Self {
        let desk = Self::new();
        super::create_session_file(&desk.path, session).unwrap();
        desk
    }

    /// Names in the session's folder, sorted.
    pub fn names(&self) -> Vec<String> {
        names(self.path.parent().unwrap())
    }
}

pub fn names(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    let mut names: Vec<String> = entries.map(|name| name.into_string().unwrap()).collect();
    names.sort();
    names
}

/// A copy of a folder's files, as a crash would leave them.
pub fn copy_folder(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        if entry.file_type().unwrap().is_dir() {
            copy_folder(&entry.path(), &to.join(entry.file_name()));
        } else {
            std::fs::copy(entry.path(), to.join(entry.file_name())).unwrap();
        }
    }
}
