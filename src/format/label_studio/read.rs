//! Label Studio's exports: JSON, and JSON_MIN as far as it goes.

use std::collections::BTreeMap;

use serde_json::{Map, Value};

use super::config::{self, NOTE, UNSURE};
use crate::format::extra::take::{Gathering, Marked, objects, range, records, text};
use crate::format::import::{Foreign, Input, ReadError, Unit};

/// Reads tasks with their annotations and predictions.
///
/// # Errors
/// When a file is not JSON, or nothing in it has a text.
pub(super) fn read(inputs: &[Input]) -> Result<Foreign, ReadError> {
    let mut gathering = Gathering::default();
    let config = inputs.iter().find(|input| input.has_extension("xml"));
    let field = config.map(Input::text).transpose()?.and_then(config::text_field);
    let mut texts = 0;
    let files = inputs.iter().filter(|input| !input.has_extension("xml"));
    for input in files {
        for (place, record) in records(input)? {
            let Value::Object(task) = record else {
                return Err(ReadError::at(&input.name, place, "this is no task"));
            };
            let name = format!("{} {place}", input.stem());
            texts += usize::from(read_task(&task, &name, field.as_deref(), &mut gathering));
        }
    }
    let first = inputs.first().map_or("", |input| &input.name);
    if texts == 0 {
        return Err(ReadError::new(first, "no task in it has a text"));
    }
    Ok(gathering.finish())
}

/// False when the task has no text.
fn read_task(task: &Map<String, Value>, name: &str, field: Option<&str>, gathering: &mut Gathering) -> bool {
    let data = task.get("data").and_then(Value::as_object);
    let flat = data.unwrap_or(task);
    let Some(of) = text_of(flat, field) else {
        gathering.note("task without a text: left out", "tasks without a text: left out");
        return false;
    };
    let document = gathering.document(of, flat.get("document").and_then(Value::as_object), name);
    let controls = flat.get("controls").and_then(Value::as_object);
    let reading = Reading { name, document, controls };
    if data.is_none() {
        reading.minimal(task, gathering);
        return true;
    }
    let made = objects(task, "annotations").chain(objects(task, "completions"));
    for annotation in made {
        if annotation.get("was_cancelled").and_then(Value::as_bool) == Some(true) {
            gathering.note("annotation was skipped: left out", "annotations were skipped: left out");
            continue;
        }
        let by = by(annotation);
        reading.result(annotation, by.as_deref(), gathering);
    }
    for prediction in objects(task, "predictions") {
        gathering.note("prediction is read as an annotation", "predictions are read as annotations");
        let model = Some(text(prediction, "model_version")).filter(|name| !name.is_empty());
        reading.result(prediction, Some(model.unwrap_or("prediction")), gathering);
    }
    for _ in objects(task, "drafts") {
        gathering.note("draft is left out", "drafts are left out");
    }
    true
}

/// The text of a task: what the interface shows, else `text`, else the longest there is.
fn text_of<'a>(data: &'a Map<String, Value>, field: Option<&str>) -> Option<&'a str> {
    let named = [field.unwrap_or("text"), "text"].into_iter().find_map(|key| data.get(key)?.as_str());
    named.or_else(|| {
        let strings = data.iter().filter(|(key, _)| !key.ends_with("_at"));
        strings.filter_map(|(_, value)| value.as_str()).max_by_key(|text| text.len())
    })
}

/// Whose an annotation is, as far as the file tells.
fn by(annotation: &Map<String, Value>) -> Option<String> {
    let said = text(annotation, "created_username");
    // "name@example.org, 1"
    let name =
        said.rsplit_once(", ").filter(|(_, id)| id.parse::<u64>().is_ok()).map_or(said, |(name, _)| name);
    let person = |value: &Value| match value {
        Value::Object(user) => {
            let whole = format!("{} {}", text(user, "first_name"), text(user, "last_name"));
            let names = [whole.trim(), text(user, "email"), text(user, "username")];
            names.into_iter().find(|name| !name.is_empty()).map(str::to_owned)
        }
        Value::Number(id) => Some(format!("user {id}")),
        Value::String(name) => Some(name.clone()),
        _ => None,
    };
    let user = ["completed_by", "annotator"].into_iter().find_map(|key| annotation.get(key).and_then(person));
    if name.is_empty() { user } else { Some(name.to_owned()) }
}

struct Reading<'a> {
    name: &'a str,
    document: usize,
    controls: Option<&'a Map<String, Value>>,
}

impl Reading<'_> {
    /// The rows of an annotation: labels of regions first, then what other rows say of those.
    fn result(&self, annotation: &Map<String, Value>, by: Option<&str>, gathering: &mut Gathering) {
        let mut regions: BTreeMap<&str, usize> = BTreeMap::new();
        for row in objects(annotation, "result") {
            let Some(value) = row.get("value").and_then(Value::as_object) else { continue };
            let labels = ["labels", "hypertextlabels"].into_iter().find_map(|key| value.get(key)?.as_array());
            let Some(labels) = labels else { continue };
            let extra = row.get("meta").and_then(|meta| meta.get("gainsay")).and_then(Value::as_object);
            for (at, label) in labels.iter().enumerate() {
                let id = text(row, "id");
                let here = Marked {
                    extra: extra.filter(|_| at == 0),
                    annotator: by,
                    has_relations: true,
                    ..self.marked(id, value, label.as_str().unwrap_or_default())
                };
                if here.range.is_none() && here.words.is_none() {
                    gathering.note(
                        "label has neither offsets nor a text: left out",
                        "labels have neither offsets nor a text: left out",
                    );
                    continue;
                }
                let place = gathering.passage(here);
                regions.entry(id).or_insert(place);
            }
        }
        for row in objects(annotation, "result") {
            if text(row, "type") == "relation" {
                let end = |key| regions.get(text(row, key)).copied();
                let (Some(from), Some(to)) = (end("from_id"), end("to_id")) else {
                    gathering.note(
                        "relation names a region that is not there: left out",
                        "relations name regions that are not there: left out",
                    );
                    continue;
                };
                let (from, to) = if text(row, "direction") == "left" { (to, from) } else { (from, to) };
                let labels = row.get("labels").and_then(Value::as_array);
                let labels: Vec<&str> = labels.into_iter().flatten().filter_map(Value::as_str).collect();
                for label in if labels.is_empty() { vec![""] } else { labels } {
                    gathering.relation(label, from, to, by);
                }
                continue;
            }
            self.value(row, &regions, gathering);
        }
    }

    fn marked<'b>(&self, id: &str, value: &'b Map<String, Value>, label: &'b str) -> Marked<'b> {
        // In HTML `start` is an element; the offsets then stand apart, if at all.
        let global = value.get("globalOffsets").and_then(Value::as_object).unwrap_or(value);
        Marked {
            name: if id.is_empty() { self.name.to_owned() } else { format!("{}, region {id}", self.name) },
            document: self.document,
            range: range(global, "start", "end"),
            unit: Unit::Chars,
            label,
            words: value.get("text").and_then(Value::as_str),
            annotator: None,
            extra: None,
            has_relations: false,
        }
    }

    /// A row that says more of a region: doubt, note, attribute.
    fn value(&self, row: &Map<String, Value>, regions: &BTreeMap<&str, usize>, gathering: &mut Gathering) {
        let Some(value) = row.get("value").and_then(Value::as_object) else { return };
        if ["labels", "hypertextlabels"].iter().any(|key| value.contains_key(*key)) {
            return;
        }
        let kind = text(row, "type");
        let said = match value.get(if kind == "textarea" { "text" } else { kind }) {
            Some(Value::Array(said)) => said.iter().map(words).collect(),
            Some(said) => vec![words(said)],
            None => Vec::new(),
        };
        let region = regions.get(text(row, "id")).copied();
        let (Some(region), false) = (region, said.is_empty()) else {
            gathering
                .note("value is not one of a passage: left out", "values are not ones of passages: left out");
            return;
        };
        match text(row, "from_name") {
            NOTE if kind == "textarea" => gathering.foreign.passages[region].note = said.join("\n"),
            UNSURE if kind == "choices" => gathering.foreign.passages[region].unsure = true,
            control => {
                let own = self.controls.and_then(|controls| controls.get(control)).and_then(Value::as_object);
                let id = match own {
                    Some(own) => gathering.attribute(text(own, "id"), text(own, "name")),
                    None => gathering.foreign.attribute(if control.is_empty() { kind } else { control }),
                };
                let exact = |said: &String| {
                    let exact = own?.get("values")?.get(said)?.as_str()?;
                    Some(exact.to_owned())
                };
                let said: Vec<String> =
                    said.iter().map(|it| exact(it).unwrap_or_else(|| it.clone())).collect();
                let separator = if kind == "textarea" { "\n" } else { "; " };
                gathering.foreign.passages[region].attributes.insert(id, said.join(separator));
            }
        }
    }

    /// JSON_MIN: lists of labels by the names of their controls; what else was said is not tied to a passage there.
    fn minimal(&self, task: &Map<String, Value>, gathering: &mut Gathering) {
        let by = by(task);
        for (control, list) in task {
            if !list.is_array() {
                continue;
            }
            let mut marks = 0;
            for value in objects(task, control) {
                let labels = value.get("labels").or_else(|| value.get("hypertextlabels"));
                for label in labels.and_then(Value::as_array).into_iter().flatten() {
                    let marked = self.marked("", value, label.as_str().unwrap_or_default());
                    if marked.range.is_some() || marked.words.is_some() {
                        marks += 1;
                        gathering.passage(Marked { annotator: by.as_deref(), ..marked });
                    }
                }
            }
            if marks == 0 {
                gathering.note(
                    "list of values is not tied to passages: left out",
                    "lists of values are not tied to passages: left out",
                );
            }
        }
    }
}

fn words(value: &Value) -> String {
    match value {
        Value::String(words) => words.clone(),
        Value::Array(path) => path.iter().map(words).collect::<Vec<_>>().join(" / "),
        other => other.to_string(),
    }
}
