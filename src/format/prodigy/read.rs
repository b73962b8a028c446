//! Lines as Prodigy writes them, spaCy's documents as JSON (`Doc.to_json`), and its older pairs of a text and
//! `{"entities": [[start, end, "label"]]}`.

use std::ops::Range;

use serde_json::{Map, Value};

use crate::format::extra::take::{Gathering, Marked, objects, offset, range, records, text};
use crate::format::import::{Foreign, Input, ReadError, Unit};

/// Reads what has a `text` and spans in code points.
///
/// # Errors
/// When a file is not JSON, or nothing in it has a text.
pub(super) fn read(inputs: &[Input]) -> Result<Foreign, ReadError> {
    let mut gathering = Gathering::default();
    for input in inputs {
        let mut texts = 0;
        for (place, record) in records(input)? {
            let record = match record {
                Value::Object(record) => record,
                Value::Array(pair) => match &pair[..] {
                    [of @ Value::String(_), Value::Object(rest), ..] => {
                        let mut record = rest.clone();
                        record.insert("text".to_owned(), of.clone());
                        record
                    }
                    _ => return Err(ReadError::at(&input.name, place, "this is no object")),
                },
                _ => return Err(ReadError::at(&input.name, place, "this is no object")),
            };
            match record.get("text") {
                Some(Value::String(of)) => {
                    texts += 1;
                    line(of, &record, &place, input, &mut gathering);
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

fn line(of: &str, record: &Map<String, Value>, place: &str, input: &Input, gathering: &mut Gathering) {
    let meta = record.get("meta").and_then(Value::as_object);
    // A digest says that the record is Gainsay's.
    let own = meta.filter(|meta| meta.contains_key("digest"));
    let named = || Some(text(meta?, "source")).filter(|name| !name.is_empty());
    let name = named().map_or_else(|| format!("{} {place}", input.stem()), str::to_owned);
    match text(record, "answer") {
        "" | "accept" => {}
        "reject" => return gathering.note("text was rejected: left out", "texts were rejected: left out"),
        _ => return gathering.note("text was skipped: left out", "texts were skipped: left out"),
    }
    let document = gathering.document(of, own, &name);
    let by =
        ["_annotator_id", "_session_id"].into_iter().map(|key| text(record, key)).find(|id| !id.is_empty());
    let mut spans: Vec<(Range<usize>, Option<Range<usize>>, usize)> = Vec::new();
    for (label, span) in marked(record) {
        let Some(range) = range(span, "start", "end") else {
            gathering.note("span without offsets: left out", "spans without offsets: left out");
            continue;
        };
        let at = gathering.passage(Marked {
            name: format!("{place}, span {}", spans.len() + 1),
            document,
            range: Some(range.clone()),
            unit: Unit::Chars,
            label,
            words: span.get("text").and_then(Value::as_str),
            annotator: by,
            extra: Some(span),
            has_relations: false,
        });
        spans.push((range, self::range(span, "token_start", "token_end"), at));
    }
    for entity in record.get("entities").and_then(Value::as_array).into_iter().flatten() {
        let parts = entity.as_array().map_or(&[][..], Vec::as_slice);
        let [start, end, label, ..] = parts else {
            gathering.note("entity without offsets: left out", "entities without offsets: left out");
            continue;
        };
        gathering.passage(Marked {
            name: format!("{place}, entity"),
            document,
            range: offset(Some(start)).zip(offset(Some(end))).map(|(start, end)| start..end),
            unit: Unit::Chars,
            label: label.as_str().unwrap_or_default(),
            words: None,
            annotator: by,
            extra: None,
            has_relations: false,
        });
    }
    relations(record, &spans, by, gathering);
    let of_all = [record.get("accept"), record.get("cats"), record.get("label").filter(|it| it.is_string())];
    for _ in of_all.into_iter().flatten() {
        gathering.note("label of a whole text: left out", "labels of whole texts: left out");
    }
}

/// Every span with its label: Prodigy's `spans`, the entities and groups of spans of `Doc.to_json`.
fn marked(record: &Map<String, Value>) -> Vec<(&str, &Map<String, Value>)> {
    let mut marked: Vec<&Map<String, Value>> =
        objects(record, "spans").chain(objects(record, "ents")).collect();
    if let Some(groups) = record.get("spans").and_then(Value::as_object) {
        marked.extend(groups.keys().flat_map(|group| objects(groups, group)));
    }
    marked.into_iter().map(|span| (text(span, "label"), span)).collect()
}

/// Prodigy's relations name tokens, and the spans at their ends where there are some.
fn relations(
    record: &Map<String, Value>,
    spans: &[(Range<usize>, Option<Range<usize>>, usize)],
    by: Option<&str>,
    gathering: &mut Gathering,
) {
    for relation in objects(record, "relations") {
        let end = |span: &str, token: &str| {
            let named = relation.get(span).and_then(Value::as_object);
            let said = named.and_then(|named| range(named, "start", "end"));
            let token = offset(relation.get(token));
            let found = spans.iter().find(|(range, tokens, _)| match (&said, tokens, token) {
                (Some(said), _, _) => said == range,
                // The last token of a span stands within it.
                (None, Some(tokens), Some(token)) => tokens.start <= token && token <= tokens.end,
                _ => false,
            });
            found.map(|(_, _, at)| *at)
        };
        match (end("head_span", "head"), end("child_span", "child")) {
            (Some(from), Some(to)) => gathering.relation(text(relation, "label"), from, to, by),
            _ => gathering.note(
                "relation ties tokens that are no span: left out",
                "relations tie tokens that are no spans: left out",
            ),
        }
    }
}
