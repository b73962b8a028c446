//! UIMA CAS JSON 0.4, as the specification of apache/uima-uimaj-io-jsoncas and its implementations have it: types,
//! feature structures and views; `@` before a feature that refers to another structure.

use std::io::Write;

use serde_json::{Map, Value as Json, json};

use super::read::{self, Found, Sofa};
use super::structure::Value;
use super::write::{self, File};
use super::{SOFA, VIEW};
use crate::format::export::{Export, Losses, Sink, WriteError};
use crate::format::import::{Foreign, Input, ReadError};
use crate::format::table::{Format, Goal, Shape};

/// Its entry in the table of formats.
pub const FORMAT: Format = Format {
    name: "cas-json",
    title: "UIMA CAS JSON 0.4",
    goal: Goal::Nlp,
    shape: Shape::Folder,
    extensions: &["json"],
    beside: &[],
    keeps: super::xmi::FORMAT.keeps,
    loses: super::xmi::FORMAT.loses,
    write: Some(write_to),
    read: Some(read_from),
};

fn write_to(export: &Export<'_>, sink: &mut dyn Sink) -> Result<Losses, WriteError> {
    write::write(export, "json", file, sink)
}

fn file(file: &File<'_>, to: &mut dyn Write) -> Result<(), WriteError> {
    let mut types = Map::new();
    for kind in file.types {
        let mut one = Map::new();
        one.insert("%NAME".to_owned(), kind.name.into());
        one.insert("%SUPER_TYPE".to_owned(), kind.parent.into());
        for (name, range) in &kind.features {
            one.insert(name.clone(), json!({ "%NAME": name, "%RANGE": range.name() }));
        }
        types.insert(kind.name.to_owned(), one.into());
    }
    writeln!(to, "{{\"%TYPES\": {},", Json::from(types))?;
    let sofa = json!({
        "%ID": 1, "%TYPE": SOFA, "sofaNum": 1, "sofaID": VIEW, "mimeType": "text", "sofaString": file.text,
    });
    write!(to, "\"%FEATURE_STRUCTURES\": [\n{sofa}")?;
    for structure in &file.structures {
        // What says what a structure is comes first, also for those who read as they go.
        let mut one = Map::new();
        one.insert("%ID".to_owned(), structure.id.into());
        one.insert("%TYPE".to_owned(), structure.kind.into());
        one.insert("@sofa".to_owned(), 1.into());
        for (name, value) in &structure.features {
            match value {
                Value::Text(text) => one.insert(name.clone(), text.as_str().into()),
                Value::Integer(number) => one.insert(name.clone(), (*number).into()),
                Value::Boolean(value) => one.insert(name.clone(), (*value).into()),
                Value::Of(id) => one.insert(format!("@{name}"), (*id).into()),
            };
        }
        write!(to, ",\n{}", Json::from(one))?;
    }
    let members: Vec<usize> = file.structures.iter().map(|structure| structure.id).collect();
    let views = json!({ VIEW: { "%SOFA": 1, "%MEMBERS": members } });
    writeln!(to, "\n],\n\"%VIEWS\": {views}}}")?;
    Ok(())
}

fn read_from(inputs: &[Input]) -> Result<Foreign, ReadError> {
    read::read(inputs, "json", found)
}

fn found(input: &Input) -> Result<Found, ReadError> {
    let json: Json = serde_json::from_str(input.json()?).map_err(|error| {
        ReadError::at(&input.name, format!("line {}", error.line()), "it is not JSON, or cut off")
    })?;
    let structures = json.get("%FEATURE_STRUCTURES").unwrap_or(&json);
    let all: Vec<(Option<String>, &Map<String, Json>)> = match structures {
        Json::Array(all) => all.iter().filter_map(|it| Some((None, it.as_object()?))).collect(),
        Json::Object(all) if json.get("%FEATURE_STRUCTURES").is_some() => {
            all.iter().filter_map(|(id, it)| Some((Some(id.clone()), it.as_object()?))).collect()
        }
        _ => return Err(ReadError::new(&input.name, "it has no %FEATURE_STRUCTURES, as a CAS in JSON has")),
    };
    let mut found = Found::default();
    for (id, structure) in all {
        let text = |name: &str| structure.get(name).and_then(Json::as_str).unwrap_or_default().to_owned();
        let id = id.or_else(|| Some(structure.get("%ID")?.to_string())).unwrap_or_default();
        let kind = text("%TYPE");
        if kind == SOFA {
            let string = structure.get("sofaString").and_then(Json::as_str).map(str::to_owned);
            found.sofas.insert(id, Sofa { view: text("sofaID"), text: string });
            continue;
        }
        let features =
            structure.iter().filter(|(name, _)| !name.starts_with('%')).filter_map(|(name, value)| {
                let value = match value {
                    Json::String(text) => text.clone(),
                    Json::Number(number) => number.to_string(),
                    Json::Bool(value) => value.to_string(),
                    _ => return None,
                };
                Some((name.trim_start_matches(['^', '#']).to_owned(), value))
            });
        found.put(id, kind, features.collect());
    }
    Ok(found)
}
