//! Lines as doccano, its older versions and its imitators write them.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use serde_json::{Map, Value};

use crate::format::extra::take::{Gathering, Marked, objects, offset, range, records, text};
use crate::format::import::{Foreign, Input, ReadError, Unit};

/// Reads `text` or `data` with `entities` and `relations`, or with `label` or `labels` of `[start, end, "tag"]`.
///
/// # Errors
/// When a file is not JSON, or nothing in it has a text.
pub(super) fn read(inputs: &[Input]) -> Result<Foreign, ReadError> {
    let mut gathering = Gathering::default();
    for input in inputs {
        // doccano writes one file a user when users do not share their work.
        let by = (inputs.len() > 1).then(|| input.stem());
        let mut texts = 0;
        for (place, record) in records(input)? {
            let Value::Object(record) = record else {
                return Err(ReadError::at(&input.name, place, "this is no object"));
            };
            match record.get("text").or_else(|| record.get("data")) {
                Some(Value::String(of)) => {
                    texts += 1;
                    line(of, &record, &place, input, by, &mut gathering);
                }
                _ => gathering.note("record without a text: left out", "records without a text: left out"),
            }
        }
        if texts == 0 {
            return Err(ReadError::new(&input.name, "no record in it has a `text`"));
        }
    }
    Ok(gathering.finish())
}

/// An entity of either shape.
struct Entity<'a> {
    id: Option<i64>,
    label: &'a str,
    range: Option<Range<usize>>,
}

fn entities<'a>(record: &'a Map<String, Value>, gathering: &mut Gathering) -> Vec<Entity<'a>> {
    let mut entities: Vec<Entity<'_>> = Vec::new();
    for entity in objects(record, "entities") {
        let at = || range(entity, "start_offset", "end_offset").or_else(|| range(entity, "start", "end"));
        entities.push(Entity {
            id: entity.get("id").and_then(Value::as_i64),
            label: text(entity, "label"),
            range: at(),
        });
    }
    let older = ["label", "labels", "entities"].into_iter().filter_map(|key| record.get(key)?.as_array());
    for item in older.flatten() {
        match item {
            Value::Array(parts) => match &parts[..] {
                [start, end, label, ..] => entities.push(Entity {
                    id: None,
                    label: label.as_str().unwrap_or_default(),
                    range: offset(Some(start)).zip(offset(Some(end))).map(|(start, end)| start..end),
                }),
                _ => gathering.note("label without offsets: left out", "labels without offsets: left out"),
            },
            Value::Object(_) => {}
            _ => gathering.note("label of a whole text: left out", "labels of whole texts: left out"),
        }
    }
    entities
}

fn line(
    of: &str,
    record: &Map<String, Value>,
    place: &str,
    input: &Input,
    by: Option<&str>,
    gathering: &mut Gathering,
) {
    let extra = record.get("document").and_then(Value::as_object);
    let document = gathering.document(of, extra, &format!("{} {place}", input.stem()));
    let entities = entities(record, gathering);
    let columns = columns(record, &entities, gathering);
    let has_relations = record.get("relations").is_some_and(Value::is_array);
    let mut by_id = BTreeMap::new();
    for (entity, extra) in entities.into_iter().zip(columns) {
        let name = entity.id.map_or_else(|| place.to_owned(), |id| format!("{place}, entity {id}"));
        let at = gathering.passage(Marked {
            name,
            document,
            range: entity.range,
            unit: Unit::Utf16,
            label: entity.label,
            words: None,
            annotator: by,
            extra,
            has_relations,
        });
        if let Some(id) = entity.id {
            by_id.insert(id, at);
        }
    }
    for relation in objects(record, "relations") {
        let end = |key| relation.get(key).and_then(Value::as_i64).and_then(|id| by_id.get(&id).copied());
        match (end("from_id"), end("to_id")) {
            (Some(from), Some(to)) => gathering.relation(text(relation, "type"), from, to, by),
            _ => gathering.note(
                "relation names an entity that is not there: left out",
                "relations name entities that are not there: left out",
            ),
        }
    }
    let comments = ["Comments", "comments"].into_iter().filter_map(|key| record.get(key)?.as_array());
    for _ in comments.flatten() {
        gathering.note("comment on a whole text: left out", "comments on whole texts: left out");
    }
}

/// What Gainsay had written beside each entity. doccano renumbers: what has the same offsets and label is the same,
/// else what has the same offsets, and where no id is another, what has the same id.
fn columns<'a>(
    record: &'a Map<String, Value>,
    entities: &[Entity<'_>],
    gathering: &mut Gathering,
) -> Vec<Option<&'a Map<String, Value>>> {
    let mut found = vec![None; entities.len()];
    let columns: Vec<_> = objects(record, "passages").collect();
    let mut free: BTreeSet<usize> = (0..columns.len()).collect();
    let place = |column: &Map<String, Value>| range(column, "start_offset", "end_offset");
    let id = |column: &Map<String, Value>| column.get("entity").and_then(Value::as_i64);
    let ids: BTreeSet<_> = columns.iter().map(|column| id(column)).collect();
    let are_kept = entities.iter().all(|entity| ids.contains(&entity.id));
    let mut by_place: BTreeMap<_, Vec<usize>> = BTreeMap::new();
    for (at, column) in columns.iter().enumerate() {
        by_place.entry(place(column).map(|it| (it.start, it.end))).or_default().push(at);
    }
    for round in 0..3 {
        for (entity, found) in entities.iter().zip(&mut found) {
            if found.is_some() || round == 2 && !are_kept {
                continue;
            }
            let near = || {
                let place = entity.range.as_ref().map(|it| (it.start, it.end));
                by_place.get(&place).into_iter().flatten().copied().filter(|at| free.contains(at))
            };
            let same = match round {
                0 => near()
                    // Twins have the same label too.
                    .filter(|at| text(columns[*at], "tag") == entity.label)
                    .min_by_key(|at| id(columns[*at]) != entity.id),
                1 => near().next(),
                _ => free.iter().copied().find(|at| id(columns[*at]) == entity.id),
            };
            if let Some(at) = same {
                free.remove(&at);
                *found = Some(columns[at]);
            }
        }
    }
    for _ in free {
        gathering
            .note("passage was removed in doccano: not read", "passages were removed in doccano: not read");
    }
    found
}
