//! What the files of the folder are, for programs and archives.

use serde_json::{Map, Value, json};

use crate::format::export::{Export, document_files};
use crate::format::tables::{Column, Kind, TEXTS, Table};
use crate::format::words::count;
use crate::model::{Session, slug};

/// The name of a table's file.
pub(super) fn file(table: Table) -> String {
    format!("{}.csv", table.name())
}

const fn about(table: Table) -> &'static str {
    match table {
        Table::Passages => "One row a passage",
        Table::Links => "One row a link from one passage to another",
        Table::Documents => "One row a document",
        Table::Comments => "One row a comment on a passage",
        Table::Codebook => "One row a tag, rule, example, attribute, value or link kind",
    }
}

/// The columns that no two rows share.
const fn key(table: Table) -> &'static [&'static str] {
    match table {
        Table::Passages => &["annotation_id"],
        Table::Links => &["link_id"],
        Table::Documents => &["document_id"],
        Table::Comments => &["annotation_id", "comment_id"],
        Table::Codebook => &["kind", "id"],
    }
}

/// Columns whose values stand in a column of another table, or, with an empty name, of the same.
const fn leads(table: Table) -> &'static [(&'static str, &'static str, &'static str)] {
    match table {
        Table::Passages => &[("document_id", "documents", "document_id"), ("tag_id", "codebook", "id")],
        Table::Links => &[
            ("kind_id", "codebook", "id"),
            ("from_id", "passages", "annotation_id"),
            ("to_id", "passages", "annotation_id"),
            ("from_document", "documents", "document_id"),
            ("to_document", "documents", "document_id"),
        ],
        Table::Documents => &[],
        Table::Comments => &[("annotation_id", "passages", "annotation_id"), ("reply_to", "", "comment_id")],
        Table::Codebook => &[("parent", "", "id")],
    }
}

/// A table as a resource of a data package; `is_full` says of each column whether no cell of it is empty.
pub(super) fn resource(table: Table, columns: &[Column], is_full: &[bool]) -> Value {
    let field = |(column, is_full): (&Column, &bool)| {
        let kind = match column.kind {
            Kind::Text => "string",
            Kind::Number => "integer",
            Kind::Truth => "boolean",
            Kind::Time => "datetime",
        };
        let mut rules = Map::new();
        if *is_full {
            rules.insert("required".to_owned(), true.into());
        }
        if column.kind == Kind::Number {
            rules.insert("minimum".to_owned(), 0.into());
        }
        if !column.allowed.is_empty() {
            rules.insert("enum".to_owned(), json!(column.allowed));
        }
        if key(table) == [&*column.name] {
            rules.insert("unique".to_owned(), true.into());
        }
        json!({ "name": column.name, "type": kind, "description": column.about, "constraints": rules })
    };
    let fields: Vec<Value> = std::iter::zip(columns, is_full).map(field).collect();
    let lead = |(column, table, other): &(&str, &str, &str)| json!({ "fields": [column], "reference": { "resource": table, "fields": [other] } });
    let leads: Vec<Value> = leads(table).iter().map(lead).collect();
    let mut schema = json!({ "fields": fields, "missingValues": [""], "primaryKey": key(table) });
    if !leads.is_empty() {
        schema["foreignKeys"] = leads.into();
    }
    json!({
        "name": table.name(),
        "path": file(table),
        "profile": "tabular-data-resource",
        "description": about(table),
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": { "delimiter": ",", "lineTerminator": "\n", "quoteChar": "\"", "doubleQuote": true },
        "schema": schema,
    })
}

fn title(session: &Session) -> &str {
    if session.info.title.trim().is_empty() { "Passages and tables" } else { &session.info.title }
}

fn description(session: &Session) -> String {
    let passages = count(session.annotations.len(), "passage");
    let documents = count(session.documents.len(), "document");
    let made = format!("{passages} marked in {documents}, with links, codebook and texts.");
    if session.info.note.is_empty() { made } else { format!("{made}\n\n{}", session.info.note) }
}

/// The names of those who worked on it, each with a number.
fn annotators(session: &Session) -> impl Iterator<Item = (usize, &str)> {
    let name = session.annotators.iter().map(|(id, annotator)| match annotator.name.trim() {
        "" => id.as_str(),
        name => name,
    });
    name.filter(|name| !name.trim().is_empty()).enumerate().map(|(at, name)| (at + 1, name))
}

/// `datapackage.json`.
pub(super) fn data_package(export: &Export<'_>, resources: Vec<Value>) -> Value {
    let session = export.session;
    let contributors: Vec<Value> =
        annotators(session).map(|(_, name)| json!({ "title": name, "role": "contributor" })).collect();
    let mut package = json!({
        "profile": "tabular-data-package",
        "name": slug(title(session), "session", |_| false),
        "id": session.id.to_string(),
        "title": title(session),
        "description": description(session),
        "created": export.at.to_string(),
        "resources": resources,
    });
    if !contributors.is_empty() {
        package["contributors"] = contributors.into();
    }
    package
}

/// `ro-crate-metadata.json`.
pub(super) fn ro_crate(export: &Export<'_>) -> Value {
    let session = export.session;
    let mut files: Vec<Value> = Vec::new();
    for table in Table::ALL {
        files.push(json!({
            "@id": file(table),
            "@type": "File",
            "name": file(table),
            "description": about(table),
            "encodingFormat": "text/csv",
        }));
    }
    files.push(json!({
        "@id": "datapackage.json",
        "@type": "File",
        "name": "datapackage.json",
        "description": "The columns of the tables and how they belong together (Frictionless Data Package)",
        "encodingFormat": "application/json",
    }));
    for (document, name) in std::iter::zip(&session.documents, document_files(session, "txt")) {
        let metadata = &document.info.metadata;
        let mut file = json!({
            "@id": format!("{TEXTS}/{name}"),
            "@type": "File",
            "name": document.title(),
            "encodingFormat": "text/plain; charset=utf-8",
            "identifier": format!("sha256:{}", document.source.digest),
            "contentSize": document.text().len().to_string(),
        });
        for (key, value) in [
            ("author", metadata.author.as_str()),
            ("publisher", &metadata.container_title),
            ("datePublished", metadata.issued.as_str()),
            ("inLanguage", &metadata.language),
            ("url", &metadata.url),
        ] {
            if !value.is_empty() {
                file[key] = value.into();
            }
        }
        files.push(file);
    }
    let people: Vec<Value> = annotators(session)
        .map(|(number, name)| json!({ "@id": format!("#annotator-{number}"), "@type": "Person", "name": name }))
        .collect();
    let ids = |all: &[Value]| all.iter().map(|one| json!({ "@id": one["@id"] })).collect::<Vec<_>>();
    let mut root = json!({
        "@id": "./",
        "@type": "Dataset",
        "name": title(session),
        "description": description(session),
        "identifier": format!("urn:uuid:{}", session.id),
        "datePublished": export.at.to_string(),
        "hasPart": ids(&files),
    });
    if !people.is_empty() {
        root["creator"] = ids(&people).into();
    }
    let descriptor = json!({
        "@id": "ro-crate-metadata.json",
        "@type": "CreativeWork",
        "conformsTo": { "@id": "https://w3id.org/ro/crate/1.1" },
        "about": { "@id": "./" },
    });
    let graph: Vec<Value> = [descriptor, root].into_iter().chain(files).chain(people).collect();
    json!({ "@context": "https://w3id.org/ro/crate/1.1/context", "@graph": graph })
}
