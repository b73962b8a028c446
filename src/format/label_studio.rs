//! Label Studio: `tasks.json`, and `config.xml`, the labeling interface that goes with it.
//!
//! One task a document, one annotation an annotator, one region a passage; offsets in code points. A region's id is the
//! passage's. Its tag, attributes, doubt and note are rows of the region, each of a control of the interface: what
//! someone changes there is what is read back. All else that Gainsay knows of the passage stands in the region's `meta`,
//! which Label Studio carries along. It knows people by their accounts, which a file can't make, so an annotation says
//! whose it is in `created_username`, which an import there does not look at, and each region in `meta`.

mod config;
mod read;

use std::collections::BTreeMap;
use std::io::Write as _;

use serde::Serialize;
use serde_json::{Value, json};

use super::export::{Export, Losses, Sink, WriteError};
use super::extra::{self, DocumentExtra, Extra, Extras};
use super::passages::{self, Passage, Place, tag_name};
use super::table::{Format, Goal, Shape};
use crate::model::{AnnotationId, AnnotatorId, Link};
use config::{Controls, clean};

/// Its entry in the table of formats.
pub const FORMAT: Format = Format {
    name: "label-studio",
    title: "Label Studio (JSON)",
    goal: Goal::Nlp,
    shape: Shape::Folder,
    extensions: &["json"],
    beside: &["config.xml"],
    keeps: "texts, passages (offsets in code points) with tag, note, doubt and attributes, links within a document of one \
            annotator, and a labeling interface for them; annotator, statement, voice, times and other links in fields \
            that Label Studio carries along",
    loses: "comments, histories and dated rules",
    write: Some(write),
    read: Some(read::read),
};

#[derive(Serialize)]
struct Task<'a> {
    data: Data<'a>,
    annotations: Vec<Completion<'a>>,
}

#[derive(Serialize)]
struct Data<'a> {
    text: &'a str,
    title: &'a str,
    document: DocumentExtra<'a>,
    /// What the controls of the interface are in Gainsay.
    controls: &'a Value,
}

#[derive(Serialize)]
struct Completion<'a> {
    created_username: &'a str,
    created_at: String,
    updated_at: String,
    was_cancelled: bool,
    ground_truth: bool,
    result: Vec<Row<'a>>,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Row<'a> {
    Label {
        id: String,
        from_name: &'static str,
        to_name: &'static str,
        r#type: &'static str,
        value: Value,
        meta: Box<Meta<'a>>,
    },
    Value {
        id: String,
        from_name: &'a str,
        to_name: &'static str,
        r#type: &'static str,
        value: Value,
    },
    Relation {
        from_id: String,
        to_id: String,
        r#type: &'static str,
        direction: &'static str,
        labels: [String; 1],
    },
}

#[derive(Serialize)]
struct Meta<'a> {
    gainsay: Extra<'a>,
}

/// The tasks and their interface.
///
/// # Errors
/// When the bytes can't be written.
fn write(export: &Export<'_>, sink: &mut dyn Sink) -> Result<Losses, WriteError> {
    let session = export.session;
    let (extras, controls) = (Extras::of(session), Controls::of(&session.scheme));
    sink.file("config.xml")?.write_all(config::xml(&session.scheme, &controls).as_bytes())?;
    let explained = controls.explained(&session.scheme);
    let to = &mut std::io::BufWriter::new(sink.file("tasks.json")?);
    let (mut relations, mut before) = (0, "[\n");
    for document in passages::documents(session) {
        let mut by_annotator: BTreeMap<&AnnotatorId, Vec<(Passage<'_>, Place, String)>> = BTreeMap::new();
        let mut owners: BTreeMap<AnnotationId, &AnnotatorId> = BTreeMap::new();
        for (passage, place) in document.placed() {
            let tag = clean(tag_name(session, passage.annotation));
            owners.insert(passage.annotation.id, &passage.annotation.annotator);
            by_annotator.entry(&passage.annotation.annotator).or_default().push((passage, place, tag));
        }
        let is_drawn =
            |link: &Link| owners.get(&link.from).is_some_and(|owner| owners.get(&link.to) == Some(owner));
        let completion = |(annotator, placed): (&&'_ AnnotatorId, &'_ Vec<(Passage<'_>, Place, String)>)| {
            let times = placed.iter().map(|(passage, ..)| passage.annotation);
            Completion {
                created_username: session.annotators.get(*annotator).map_or("", |it| &it.name),
                created_at: times.clone().map(|it| it.created).min().unwrap_or(export.at).to_string(),
                updated_at: times.map(|it| it.modified).max().unwrap_or(export.at).to_string(),
                was_cancelled: false,
                ground_truth: false,
                result: Vec::new(),
            }
        };
        let mut annotations: Vec<Completion<'_>> = by_annotator.iter().map(completion).collect();
        for (annotation, placed) in annotations.iter_mut().zip(by_annotator.values()) {
            let result = &mut annotation.result;
            for (passage, place, tag) in placed {
                result.push(Row::Label {
                    id: passage.annotation.id.to_string(),
                    from_name: config::TAG,
                    to_name: config::TEXT,
                    r#type: "labels",
                    value: json!({
                        "start": place.chars.0, "end": place.chars.1, "text": passage.quote, "labels": [tag],
                    }),
                    meta: Box::new(Meta { gainsay: extras.passage(passage, place, tag, true, &is_drawn) }),
                });
                values(passage, place, &controls, result);
            }
            for link in placed.iter().flat_map(|(passage, ..)| extras.links(passage.annotation.id)) {
                if is_drawn(link) {
                    relations += 1;
                    result.push(Row::Relation {
                        from_id: link.from.to_string(),
                        to_id: link.to.to_string(),
                        r#type: "relation",
                        direction: "right",
                        labels: [clean(extra::kind_name(session, link))],
                    });
                }
            }
        }
        to.write_all(before.as_bytes())?;
        before = ",\n";
        let data = Data {
            text: document.document.text(),
            title: document.document.title(),
            document: extra::document(&document),
            controls: &explained,
        };
        serde_json::to_writer(&mut *to, &Task { data, annotations }).map_err(std::io::Error::from)?;
    }
    to.write_all(if before == "[\n" { b"[]\n" } else { b"\n]\n" })?;
    to.flush()?;
    Ok(extras.losses("Label Studio", relations))
}

/// The rows of a region beside its label.
fn values<'a>(passage: &Passage<'a>, place: &Place, controls: &'a Controls, result: &mut Vec<Row<'a>>) {
    let annotation = passage.annotation;
    let mut row = |from_name: &'a str, r#type: &'static str, key: &'static str, said: &str| {
        result.push(Row::Value {
            id: annotation.id.to_string(),
            from_name,
            to_name: config::TEXT,
            r#type,
            value: json!({ "start": place.chars.0, "end": place.chars.1, key: [said] }),
        });
    };
    for (id, value) in &annotation.attributes {
        match controls.of_attribute(id) {
            Some((name, true)) => row(name, "choices", "choices", &clean(value)),
            Some((name, false)) => row(name, "textarea", "text", value),
            None => {}
        }
    }
    if annotation.unsure {
        row(config::UNSURE, "choices", "choices", config::UNSURE);
    }
    if !annotation.note.is_empty() {
        row(config::NOTE, "textarea", "text", &annotation.note);
    }
}

#[cfg(test)]
mod tests;
