//! Hypothesis: highlights and notes made in the margin of web pages, as its program or its interface exports them.
//! Read only.
//!
//! The file is `{"rows": […]}` (or `annotations`), a list of rows, or a row a line. A row with several tags becomes a
//! passage for each tag, all with its note, so that each can be counted; an untagged one gets the tag *highlight*.
//! Replies become comments on the passage at the head of their thread. Offsets count UTF-16 units of the page as a
//! browser shows it, which is seldom the text that stands here, so the words decide, within their context.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::Value;

use super::import::{Claim, Foreign, ForeignDocument, ForeignPassage, Input, ReadError, Unit, made_id};
use super::table::{Format, Goal, Shape};
use super::words::count;
use crate::format::import::json_words;
use crate::model::{Comment, CommentId, DocumentInfo, TagId, Timestamp};

/// Its entry in the table of formats.
pub const FORMAT: Format = Format {
    name: "hypothesis",
    title: "Hypothesis annotations (JSON)",
    goal: Goal::Colleague,
    shape: Shape::File,
    extensions: &["json", "jsonl"],
    beside: &[".txt"],
    keeps: "highlights with their tags, notes, people, times and replies",
    loses: "notes on a whole page",
    write: None,
    read: Some(read),
};

/// The tag of rows that have none.
const UNTAGGED: &str = "highlight";

/// A row of the export.
#[derive(Deserialize)]
struct Row {
    #[serde(default)]
    id: String,
    #[serde(default)]
    uri: String,
    #[serde(default)]
    text: Option<String>,
    #[serde(default)]
    tags: Vec<String>,
    #[serde(default)]
    user: String,
    #[serde(default)]
    user_info: Option<UserInfo>,
    #[serde(default)]
    created: Option<String>,
    #[serde(default)]
    updated: Option<String>,
    #[serde(default)]
    references: Vec<String>,
    #[serde(default)]
    document: Option<Page>,
    #[serde(default)]
    target: Vec<Target>,
}

#[derive(Default, Deserialize)]
struct UserInfo {
    display_name: Option<String>,
}

#[derive(Default, Deserialize)]
struct Page {
    #[serde(default)]
    title: Value,
}

#[derive(Deserialize)]
struct Target {
    #[serde(default)]
    source: Option<String>,
    #[serde(default)]
    selector: Vec<Selector>,
}

#[derive(Deserialize)]
struct Selector {
    #[serde(rename = "type", default)]
    kind: String,
    exact: Option<String>,
    prefix: Option<String>,
    suffix: Option<String>,
    start: Option<usize>,
    end: Option<usize>,
}

/// Reads exports, and the texts of the pages beside them.
///
/// # Errors
/// When a file is not JSON, or its rows are not those of Hypothesis.
pub fn read(inputs: &[Input]) -> Result<Foreign, ReadError> {
    let (texts, files): (Vec<&Input>, Vec<&Input>) = inputs.iter().partition(|it| it.has_extension("txt"));
    let mut foreign = Foreign::default();
    for file in files {
        let rows = rows(file)?;
        let beside = texts.iter().find(|text| text.stem() == file.stem());
        take(&mut foreign, &rows, beside.copied())?;
    }
    Ok(foreign)
}

fn rows(file: &Input) -> Result<Vec<Row>, ReadError> {
    let text = file.json()?;
    let wrong = |error: serde_json::Error, from: usize| {
        let place = format!("line {}, column {}", error.line() + from, error.column());
        ReadError::at(&file.name, place, "it is not sound JSON")
    };
    let values = match serde_json::from_str::<Value>(text) {
        Ok(Value::Array(values)) => values,
        Ok(Value::Object(mut map)) => match map.remove("rows").or_else(|| map.remove("annotations")) {
            Some(Value::Array(values)) => values,
            _ => vec![Value::Object(map)],
        },
        Ok(_) => Vec::new(),
        Err(error) => {
            let mut lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()).peekable();
            // A whole file that is not sound is told at its own place, lines that are rows at theirs.
            if lines.peek().is_none_or(|(_, line)| serde_json::from_str::<Value>(line).is_err()) {
                return Err(wrong(error, 0));
            }
            let parsed = lines.map(|(at, line)| serde_json::from_str(line).map_err(|error| wrong(error, at)));
            parsed.collect::<Result<_, _>>()?
        }
    };
    let row = |(number, value): (usize, Value)| {
        let place = format!("row {}", number + 1);
        if !["uri", "target"].iter().any(|key| value.get(key).is_some()) {
            return Err(ReadError::at(
                &file.name,
                place,
                "it has neither “uri” nor “target”: not Hypothesis’s",
            ));
        }
        serde_json::from_value(value).map_err(|error| ReadError::at(&file.name, place, json_words(&error)))
    };
    values.into_iter().enumerate().map(row).collect()
}

fn take(foreign: &mut Foreign, rows: &[Row], beside: Option<&Input>) -> Result<(), ReadError> {
    let mut pages: BTreeMap<&str, usize> = BTreeMap::new();
    let mut passages: BTreeMap<&str, usize> = BTreeMap::new();
    let (mut of_pages, mut undated) = (0, 0);
    let uris = rows.iter().map(Row::page).collect::<std::collections::BTreeSet<_>>();
    // A text beside belongs to the page when there is but one.
    let text = beside.filter(|_| uris.len() == 1);
    if let Some(text) = beside.filter(|_| uris.len() > 1) {
        let pages = count(uris.len(), "page");
        foreign.notes.push(format!("{}: not used, as the file is about {pages}", text.name));
    }
    for (number, row) in rows.iter().enumerate().filter(|(_, row)| row.references.is_empty()) {
        let claims: Vec<Claim> = row.target.iter().filter_map(Target::claim).collect();
        if claims.is_empty() {
            of_pages += 1;
            continue;
        }
        let document = match pages.get(row.page()) {
            Some(document) => *document,
            None => {
                foreign.documents.push(row.document(text)?);
                *pages.entry(row.page()).or_insert(foreign.documents.len() - 1)
            }
        };
        let tags = row.tags.iter().map(|tag| tag.trim()).filter(|tag| !tag.is_empty());
        let mut tags: Vec<TagId> = tags.map(|tag| foreign.tag(tag)).collect();
        if tags.is_empty() {
            tags.push(foreign.tag(UNTAGGED));
        }
        tags.dedup();
        let (created, updated) = (time(row.created.as_deref()), time(row.updated.as_deref()));
        undated += usize::from(created.is_none());
        let name = if row.id.is_empty() { format!("row {}", number + 1) } else { row.id.clone() };
        let annotator = row.by().map(|name| foreign.annotator(name));
        for claim in claims {
            for tag in &tags {
                let passage = ForeignPassage {
                    note: row.text.clone().unwrap_or_default(),
                    annotator: annotator.clone(),
                    created,
                    modified: updated,
                    ..ForeignPassage::new(name.clone(), document, claim.clone(), tag.clone())
                };
                passages.entry(&row.id).or_insert(foreign.passages.len());
                foreign.passages.push(passage);
            }
        }
    }
    let replies: BTreeMap<&str, &Row> =
        rows.iter().filter(|row| !row.references.is_empty()).map(|row| (row.id.as_str(), row)).collect();
    let mut lost = 0;
    for row in rows.iter().filter(|row| !row.references.is_empty()) {
        let Some(at) = row.references.iter().find_map(|id| passages.get(id.as_str())).copied() else {
            lost += 1;
            continue;
        };
        let author = foreign.annotator(row.by().unwrap_or("unknown"));
        let passage = &mut foreign.passages[at];
        let id = CommentId(made_id(&["hypothesis", &row.id]));
        if passage.comments.iter().any(|comment| comment.id == id) {
            lost += 1;
            continue;
        }
        // The last of the references is what it answers; the first is the head of the thread.
        let answered = row.references.last().filter(|id| {
            let in_thread = replies
                .get(id.as_str())
                .is_some_and(|other| other.references.first() == row.references.first());
            in_thread && **id != row.id
        });
        let at = time(row.created.as_deref()).or(passage.created).unwrap_or(Timestamp::from_second(0));
        let tags = row.tags.iter().map(String::as_str);
        let text: Vec<&str> =
            row.text.as_deref().into_iter().chain(tags).filter(|it| !it.is_empty()).collect();
        passage.comments.push(Comment {
            id,
            author,
            at,
            text: text.join("\n"),
            reply_to: answered.map(|id| CommentId(made_id(&["hypothesis", id]))),
            status: None,
        });
    }
    for passage in &mut foreign.passages {
        let ids: Vec<CommentId> = passage.comments.iter().map(|comment| comment.id).collect();
        for comment in &mut passage.comments {
            comment.reply_to = comment.reply_to.filter(|id| ids.contains(id));
        }
    }
    let mut say = |number: usize, one: &str, what: &str| {
        if number > 0 {
            foreign.notes.push(format!("{} {what}", count(number, one)));
        }
    };
    say(of_pages, "note", "on a whole page, which marks no passage: left out");
    say(lost, "answer", "to what is not in the file: left out");
    say(undated, "row", "without a time that can be read");
    Ok(())
}

impl Row {
    fn page(&self) -> &str {
        let source = self.target.first().and_then(|target| target.source.as_deref());
        if self.uri.is_empty() { source.unwrap_or_default() } else { &self.uri }
    }

    /// The page, with its text where that is at hand; else it is known by its address.
    fn document(&self, beside: Option<&Input>) -> Result<ForeignDocument, ReadError> {
        let title = self.document.as_ref().map(|page| &page.title);
        let title = title.and_then(|title| title.get(0).unwrap_or(title).as_str()).unwrap_or_default();
        let Some(text) = beside else {
            return Ok(ForeignDocument { name: self.page().to_owned(), ..ForeignDocument::default() });
        };
        let mut info = DocumentInfo::default();
        info.metadata.title = title.to_owned();
        info.metadata.url = self.page().to_owned();
        let (name, text) = (text.name.clone(), Some(text.text()?.to_owned()));
        Ok(ForeignDocument { name, text, info: Some(info), ..ForeignDocument::default() })
    }

    /// The name shown, else that of the account: `acct:ada@hypothes.is` is ada.
    fn by(&self) -> Option<&str> {
        let shown = self.user_info.as_ref().and_then(|info| info.display_name.as_deref());
        let account = self.user.strip_prefix("acct:").unwrap_or(&self.user);
        let account = account.split('@').next().unwrap_or(account);
        shown.or(Some(account)).filter(|name| !name.is_empty())
    }
}

impl Target {
    fn claim(&self) -> Option<Claim> {
        let of = |kind: &str| self.selector.iter().find(|selector| selector.kind == kind);
        let (quote, position) = (of("TextQuoteSelector"), of("TextPositionSelector"));
        let range = position.and_then(|position| Some(position.start?..position.end?));
        let words = |words: Option<&String>| words.cloned().unwrap_or_default();
        let claim = Claim {
            ranges: range.into_iter().collect(),
            unit: Unit::Utf16,
            quote: quote.and_then(|quote| quote.exact.clone()),
            before: words(quote.and_then(|quote| quote.prefix.as_ref())),
            after: words(quote.and_then(|quote| quote.suffix.as_ref())),
            ..Claim::default()
        };
        (claim.quote.is_some() || !claim.ranges.is_empty()).then_some(claim)
    }
}

fn time(text: Option<&str>) -> Option<Timestamp> {
    text?.parse().ok()
}

#[cfg(test)]
mod tests;
