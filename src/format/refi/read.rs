//! Reads projects and codebooks, as any program writes them.

mod codes;
mod names;
mod sources;

use std::collections::{BTreeMap, BTreeSet};

use super::archive::Archive;
use super::write;
use super::xml::{Element, clean};
use crate::edit::make;
use crate::format::decode;
use crate::format::export::Losses;
use crate::format::import::{Foreign, ForeignLink, Input, ReadError};
use crate::format::kept;
use crate::model::{Annotation, AnnotationId, AnnotatorId, Session, Timestamp};

use codes::Codes;

/// The tag of a selection without a code.
const UNTAGGED: &str = "highlight";

/// The project of a file.
///
/// # Errors
/// When it is no zip with a project in it, or its XML can't be read.
pub(super) fn projects(inputs: &[Input]) -> Result<Foreign, ReadError> {
    let [input] = inputs else {
        let second = inputs.get(1).map_or("", |input| &input.name);
        return Err(ReadError::new(second, "one project is read at a time"));
    };
    let (archive, name, bytes) = Archive::open(input)?;
    let root = root(&format!("{}: {name}", input.name), &bytes, "Project")?;
    let mut project = Project::of(archive, &root);
    project.read()?;
    Ok(project.done())
}

/// The codebooks of files, the first one's words first.
///
/// # Errors
/// When one can't be read.
pub(super) fn codebooks(inputs: &[Input]) -> Result<Foreign, ReadError> {
    let mut all = Foreign::default();
    for input in inputs {
        let root = root(&input.name, &input.bytes, "CodeBook")?;
        let mut foreign = Foreign::default();
        let codes = Codes::read(root.list("Codes"), &mut foreign, false, &|_| None);
        let mut notes = Losses(codes.notes);
        let sets = root.list("Sets").filter(|it| it.name == "Set").count();
        notes.add(sets, "set of codes: left out", "sets of codes: left out");
        all.notes.extend(notes.0);
        all.scheme = make::adopt(&all.scheme, &foreign.scheme).0;
    }
    Ok(all)
}

fn root(file: &str, bytes: &[u8], wanted: &str) -> Result<Element, ReadError> {
    // UTF-16 comes with a byte-order mark, which decoding understands.
    let text = decode::decode(bytes, None).map_err(|error| ReadError::new(file, error))?.text;
    let root = Element::parse(&text).map_err(|(at, what)| {
        let before =
            text.as_bytes().get(..usize::try_from(at).unwrap_or(usize::MAX)).unwrap_or(text.as_bytes());
        let line = 1 + before.iter().filter(|byte| **byte == b'\n').count();
        ReadError::at(file, format!("line {line}"), what)
    })?;
    if root.name == wanted {
        return Ok(root);
    }
    // A codebook can be taken out of the XML of a project.
    let Element { name, children, .. } = root;
    let inner = children.into_iter().find(|child| child.name == wanted);
    inner.ok_or_else(|| {
        ReadError::at(file, format!("<{name}>"), format!("it has no <{wanted}> where one must stand"))
    })
}

/// A moment as programs write it; without a zone it is taken for UTC.
fn time(element: &Element, name: &str) -> Option<Timestamp> {
    let text = element.get(name)?.trim();
    let zoned = || text.parse().ok();
    let civil = || {
        let date: jiff::civil::DateTime = text.parse().ok()?;
        let zoned = date.to_zoned(jiff::tz::TimeZone::UTC).ok()?;
        Some(Timestamp::from_second(zoned.timestamp().as_second()))
    };
    zoned().or_else(civil)
}

/// A project while it is read.
struct Project<'a> {
    archive: Archive<'a>,
    root: &'a Element,
    foreign: Foreign,
    /// The head of the session, when Gainsay wrote the project.
    head: Option<Session>,
    /// What the record knows of passages besides.
    kept: BTreeMap<AnnotationId, Annotation>,
    /// GUID, name and element of each text, in the order of the file.
    sources: Vec<(String, String, &'a Element)>,
    codes: Codes,
    users: BTreeMap<String, AnnotatorId>,
    notes: BTreeMap<String, &'a Element>,
    /// Texts of notes that stand in files of their own.
    note_files: BTreeMap<String, String>,
    /// Notes that have come in.
    used_notes: BTreeSet<String>,
    variables: BTreeMap<String, &'a str>,
    /// The first passage of a selection.
    passages: BTreeMap<String, usize>,
    told: sources::Told,
}

impl<'a> Project<'a> {
    fn of(archive: Archive<'a>, root: &'a Element) -> Self {
        let with_guid = |element: &'a Element| Some((element.guid("guid")?, element));
        let notes: BTreeMap<String, &Element> = root.list("Notes").filter_map(with_guid).collect();
        let variables = root.list("Variables").filter_map(with_guid);
        Self {
            archive,
            root,
            foreign: Foreign::default(),
            head: None,
            kept: BTreeMap::new(),
            sources: Vec::new(),
            codes: Codes::default(),
            users: BTreeMap::new(),
            notes,
            note_files: BTreeMap::new(),
            used_notes: BTreeSet::new(),
            variables: variables
                .map(|(guid, it)| (guid, it.get("name").unwrap_or_default().trim()))
                .collect(),
            passages: BTreeMap::new(),
            told: sources::Told::default(),
        }
    }

    fn read(&mut self) -> Result<(), ReadError> {
        let root = self.root;
        self.record();
        self.note_files()?;
        self.documents()?;
        if let Some(head) = &self.head
            && let Err(why) = kept::put_head(&mut self.foreign, head)
        {
            self.foreign
                .notes
                .push(format!("its Gainsay record does not fit it ({why}): read like any other project"));
            (self.head, self.kept) = (None, BTreeMap::new());
        }
        if self.head.is_none() {
            root.get("name").unwrap_or_default().clone_into(&mut self.foreign.info.title);
            root.description().clone_into(&mut self.foreign.info.note);
        }
        self.users();
        let mut foreign = std::mem::take(&mut self.foreign);
        let notes = |code: &Element| {
            let texts = code.targets("NoteRef").filter_map(|guid| self.note_text(&guid));
            names::together(&texts.collect::<Vec<_>>())
        };
        let codes = root.child("CodeBook").map_or(root, |book| book);
        let codes = Codes::read(codes.list("Codes"), &mut foreign, self.head.is_some(), &notes);
        self.foreign = foreign;
        let of_codes = all_targets(root.child("CodeBook"));
        self.used_notes.extend(of_codes);
        self.foreign.notes.extend(codes.notes.iter().cloned());
        self.codes = codes;
        for (_, name, source) in std::mem::take(&mut self.sources) {
            let at = self.foreign.documents.iter().position(|document| document.name == name);
            if let Some(at) = at {
                self.source(at, source);
            }
        }
        self.orphans();
        for link in root.list("Links").filter(|it| it.name == "Link") {
            self.link(link);
        }
        Ok(())
    }

    /// Takes the note by which Gainsay knows its own project again.
    fn record(&mut self) {
        let Some(note) = self.notes.remove(&write::of_record()) else { return };
        let mut lines = note.child("PlainTextContent").map_or("", |it| &it.text).lines();
        match kept::read_head(lines.next().unwrap_or_default()) {
            Ok(head) => self.head = Some(head),
            Err(why) => {
                let what = format!("its Gainsay record can't be read ({why}): read like any other project");
                self.foreign.notes.push(what);
            }
        }
        self.kept = lines.filter_map(kept::read_annotation).map(|it| (it.id, it)).collect();
    }

    /// The texts of notes that stand in files of their own.
    fn note_files(&mut self) -> Result<(), ReadError> {
        for (guid, note) in &self.notes {
            let path = note.get("plainTextPath").filter(|_| note.child("PlainTextContent").is_none());
            let Some(bytes) = path.map(|path| self.archive.source(path)).transpose()?.flatten() else {
                continue;
            };
            if let Ok(decoded) = decode::decode(&bytes, None) {
                self.note_files.insert(guid.clone(), decoded.text);
            }
        }
        Ok(())
    }

    /// What a note says; `None` when it is not here, or has no plain text.
    fn note_text(&self, guid: &str) -> Option<&str> {
        let note = self.notes.get(guid)?;
        let content = note.child("PlainTextContent").or_else(|| note.child("Description"));
        self.note_files.get(guid).map(String::as_str).or_else(|| content.map(|it| it.text.as_str()))
    }

    fn users(&mut self) {
        let own: BTreeMap<String, AnnotatorId> =
            self.foreign.annotators.keys().map(|id| (write::of_annotator(id), id.clone())).collect();
        for user in self.root.list("Users") {
            let Some(guid) = user.guid("guid") else { continue };
            let names = [user.get("name"), user.get("id")].into_iter().flatten().map(str::trim);
            let name = names.into_iter().find(|name| !name.is_empty());
            let id = match own.get(&guid) {
                Some(id) => id.clone(),
                None => self.foreign.annotator(name.unwrap_or(&guid)),
            };
            self.users.insert(guid, id);
        }
    }

    fn user(&self, element: &Element) -> Option<AnnotatorId> {
        self.users.get(&element.guid("creatingUser")?).cloned()
    }

    fn link(&mut self, link: &Element) {
        let end = |name| link.guid(name).and_then(|guid| self.passages.get(&guid).copied());
        let (Some(from), Some(to)) = (end("originGUID"), end("targetGUID")) else {
            self.told.other_links += 1;
            return;
        };
        if link.get("direction").is_some_and(|direction| direction != "OneWay") {
            self.told.undirected += 1;
        }
        let notes: Vec<String> = link.targets("NoteRef").collect();
        let made_by =
            notes.iter().find_map(|guid| self.notes.get(guid).copied()).filter(|_| self.head.is_some());
        let note = names::together(&notes.iter().filter_map(|guid| self.note_text(guid)).collect::<Vec<_>>());
        let name = link.get("name").map(str::trim).filter(|name| !name.is_empty()).unwrap_or("link");
        let mut kinds = self.foreign.scheme.link_kinds.iter();
        let own_kind = kinds.find(|kind| clean(&kind.name).trim() == name).map(|kind| kind.id.clone());
        let new = ForeignLink {
            id: self.own_id(link).map(crate::model::LinkId),
            kind: own_kind.unwrap_or_else(|| self.foreign.link_kind(name)),
            from,
            to,
            note: note.unwrap_or_default(),
            annotator: made_by.and_then(|note| self.user(note)),
            created: made_by.and_then(|note| time(note, "creationDateTime")),
            modified: made_by.and_then(|note| time(note, "modifiedDateTime")),
        };
        self.foreign.links.push(new);
        self.used_notes.extend(notes);
    }

    /// The id of something, when the project is Gainsay's own.
    fn own_id(&self, element: &Element) -> Option<uuid::Uuid> {
        self.head.as_ref()?;
        uuid::Uuid::parse_str(&element.guid("guid")?).ok()
    }

    fn done(mut self) -> Foreign {
        let mut notes = self.told.sentences();
        let list = |name, inner: &str| self.root.list(name).filter(|it| it.name == inner).count();
        notes.add(list("Cases", "Case"), "case: left out", "cases: left out");
        notes.add(list("Sets", "Set"), "set: left out", "sets: left out");
        notes.add(list("Graphs", "Graph"), "graph: left out", "graphs: left out");
        let unused: Vec<&Element> = self
            .notes
            .iter()
            .filter(|(guid, _)| !self.used_notes.contains(*guid))
            .map(|(_, note)| *note)
            .collect();
        let names: Vec<&str> = unused.iter().filter_map(|note| note.get("name")).take(3).collect();
        let named =
            if names.is_empty() { String::new() } else { format!(" (“{}”)", names.join("”, “")) };
        notes.add(
            unused.len(),
            &format!("memo that belongs to no passage or code{named}: left out"),
            &format!("memos that belong to no passage or code{named}: left out"),
        );
        self.foreign.notes.append(&mut notes.0);
        self.foreign
    }
}

/// What notes an element and all below it refer to.
fn all_targets(element: Option<&Element>) -> Vec<String> {
    let mut open: Vec<&Element> = element.into_iter().collect();
    let mut targets = Vec::new();
    while let Some(element) = open.pop() {
        targets.extend(element.targets("NoteRef"));
        open.extend(&element.children);
    }
    targets
}
