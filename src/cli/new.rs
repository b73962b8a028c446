//! `gainsay new`.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;

use crate::edit::{Edit, Step, apply_step};
use crate::format::decode::{self, DecodeError};
use crate::model::slug;
use crate::model::{
    Annotator, AnnotatorId, Digest, DocumentId, Session, SessionId, SessionInfo, Stamps as _,
};
use crate::store::{self, ImportError};

use super::Failure;
use super::words::{count, plain};

#[derive(Debug, clap::Args)]
pub(super) struct Arguments {
    /// The session file to be made
    session: PathBuf,
    /// The documents, in order: plain text or Markdown
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The encoding of files that are not UTF-8, such as windows-1252
    #[arg(long, value_name = "NAME")]
    encoding: Option<String>,
    /// The dossier's title
    #[arg(long, default_value = "")]
    title: String,
    /// The name of the annotator [default: that of your account]
    #[arg(long, value_name = "NAME")]
    annotator: Option<String>,
}

/// All files or none.
pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Failure> {
    let mut stamps = store::SystemStamps;
    let mut session = Session::new(SessionId(stamps.id()), stamps.now());
    let name = arguments.annotator.clone().unwrap_or_else(store::login_name);
    let mut edits = vec![
        Edit::SetInfo(SessionInfo { title: arguments.title.clone(), note: String::new() }),
        Edit::PutAnnotator(AnnotatorId::new(&name), Annotator { name, note: String::new() }),
    ];
    let mut problems = Vec::new();
    let mut ids: Vec<String> = Vec::new();
    let mut known: BTreeMap<Digest, PathBuf> = BTreeMap::new();
    for path in &arguments.files.iter().flat_map(|path| store::documents_at(path)).collect::<Vec<_>>() {
        let (decoded, name) = match store::read_document_file(path, arguments.encoding.as_deref()) {
            Ok(read) => read,
            Err(error) => {
                problems.push(error.to_string());
                problems.extend(encodings_to_try(&error));
                continue;
            }
        };
        let stem = path.file_stem().map(|stem| stem.to_string_lossy().into_owned());
        let taken = |id: &str| ids.iter().any(|other| other == id);
        let id = slug(stem.as_deref().unwrap_or_default(), "document", taken);
        let document = decode::document(decoded, Some(&name), stamps.now(), DocumentId::new(&id));
        if let Some(twin) = known.insert(document.source.digest, path.clone()) {
            problems.push(format!("{}: this has the same text as {}", path.display(), twin.display()));
            continue;
        }
        edits.push(Edit::AddDocument { at: ids.len(), document: Arc::new(document) });
        ids.push(id);
    }
    if !problems.is_empty() {
        problems.push("no session was made".to_owned());
        return Err(Failure::Said(problems));
    }
    let step = Step { label: "new session".to_owned(), at: session.created, edits };
    apply_step(&mut session, &step).map_err(Failure::said)?;
    store::create_session_file(&arguments.session, &session).map_err(Failure::said)?;
    let path = plain(&arguments.session.display().to_string());
    writeln!(out, "{path}: a new session with {}", count(session.documents.len(), "document"))?;
    for document in &session.documents {
        let encoding = &document.source.import.encoding;
        writeln!(out, "  {}  {} ({encoding})", plain(document.id.as_str()), plain(document.title()))?;
    }
    Ok(())
}

/// Lines that show what the file would look like.
fn encodings_to_try(error: &ImportError) -> Vec<String> {
    let ImportError::Decode { error: DecodeError::NotUtf8 { candidates, .. }, .. } = error else {
        return Vec::new();
    };
    let try_one = |candidate: &decode::Candidate| {
        format!("  --encoding {} would read “{}”", candidate.encoding, candidate.preview.trim())
    };
    candidates.iter().map(try_one).collect()
}
