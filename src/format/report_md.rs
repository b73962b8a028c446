//! The report as Markdown, for people who write in it: by document the passages in order, each as a quotation with its
//! citation, tag, notes and links; then what the statements are about.
//!
//! Nothing of the session can become structure: what CommonMark, GitHub or Pandoc would take for a mark has a `\`
//! before it.

use super::entries::{Entries, Entry, lost_in_reports, minute};
use super::export::{Export, Losses, Sink, WriteError};
use super::page::{lost_controls, printable};
use super::passages::{self, DocumentPassages, voice_names};
use super::table::{Format, Goal, Shape};
use super::words::count;
use crate::model::{Document, Session};

/// Its entry in the table of formats.
pub const FORMAT: Format = Format {
    name: "report-md",
    title: "Report as Markdown",
    goal: Goal::Text,
    shape: Shape::File,
    extensions: &["md"],
    beside: &[],
    keeps: "every passage with its words, citation, tag, note, links and comments; statements",
    loses: "the texts around the passages, rules and examples of the scheme, earlier changes",
    write: Some(write),
    read: None,
};

/// The report as an export.
///
/// # Errors
/// When the bytes can't be written.
pub fn write(export: &Export<'_>, sink: &mut dyn Sink) -> Result<Losses, WriteError> {
    let session = export.session;
    let entries = Entries::of(session);
    let to = sink.file("report.md")?;
    let mut replaced = 0;
    let mut put = |part: String| -> Result<(), WriteError> {
        let (part, lost) = printable(&part);
        replaced += lost;
        Ok(to.write_all(part.as_bytes())?)
    };
    put(head(export))?;
    for document in passages::documents(session) {
        put(document_md(&entries, &document))?;
    }
    put(statements(session, &entries))?;
    let mut losses = Losses::default();
    lost_controls(replaced, &mut losses);
    losses.add(
        session.documents.len(),
        "text is not here as a whole, only its passages",
        "texts are not here as a whole, only their passages",
    );
    lost_in_reports(session, &mut losses);
    Ok(losses)
}

fn head(export: &Export<'_>) -> String {
    let session = export.session;
    let mut out = format!(
        "# {}\n\n{} in {}, {}.\n\n",
        line(&super::report::title(session)),
        count(session.annotations.len(), "passage"),
        count(session.documents.len(), "document"),
        minute(export.at)
    );
    block(&mut out, &session.info.note);
    out.push_str("## Tags\n\n");
    for tag in session.scheme.tags.iter().filter(|tag| !tag.retired) {
        item(&mut out, &format!("{} {}", tag.letter, tag.name), &tag.definition);
    }
    out.push('\n');
    out
}

fn document_md(entries: &Entries<'_>, document: &DocumentPassages<'_>) -> String {
    let mut out = format!("## {}\n\n", line(document.document.title()));
    let start = out.len();
    for (name, words) in metadata(document.document) {
        item(&mut out, name, words);
    }
    if out.len() > start {
        out.push('\n');
    }
    for passage in document.passages() {
        entry_md(&mut out, entries, &entries.entry(document, passage));
    }
    if document.annotations.is_empty() {
        out.push_str("No passages.\n\n");
    }
    out
}

fn metadata(document: &Document) -> impl Iterator<Item = (&'static str, &str)> {
    let metadata = &document.info.metadata;
    let facts = [
        ("Author", metadata.author.as_str()),
        ("In", &metadata.container_title),
        ("Date", metadata.issued.as_str()),
        ("Kind", &metadata.genre),
        ("Address", &metadata.url),
        ("Retrieved", metadata.accessed.as_str()),
        ("Note", &metadata.note),
    ];
    facts.into_iter().filter(|(_, words)| !words.trim().is_empty())
}

fn entry_md(out: &mut String, entries: &Entries<'_>, entry: &Entry<'_>) {
    let unsure = if entry.annotation.unsure { " (unsure)" } else { "" };
    out.push_str(&format!("### {}. {}{unsure}\n\n", entry.number, line(entry.tag)));
    // Quotation marks first: no line of the text begins a line of the file.
    let quote = format!("“{}”", entry.words.trim());
    quotation(out, &quote);
    for (name, words) in &entry.facts {
        item(out, name, words);
    }
    for tie in &entry.ties {
        let spot = entries.spot(tie.other);
        let (number, words) = spot.map_or((0, ""), |spot| (spot.number, spot.words.as_str()));
        let arrow = if tie.is_from { "→" } else { "←" };
        let note = if tie.note.is_empty() { String::new() } else { format!(": {}", tie.note) };
        item(out, "Link", &format!("{arrow} {} {number}, “{words}”{note}", tie.says));
    }
    for (who, words) in &entry.comments {
        item(out, "Comment", &format!("{who}: {words}"));
    }
    item(out, "Marked by", &entry.made);
    out.push('\n');
}

fn statements(session: &Session, entries: &Entries<'_>) -> String {
    let mut out = String::new();
    for (number, (statement, about)) in entries.statements().into_iter().enumerate() {
        if number == 0 {
            out.push_str("## Statements\n\n");
        }
        out.push_str(&format!("### {}\n\n", line(&statement.name)));
        for words in [&statement.definition, statement.date.as_str(), &statement.group, &statement.note] {
            block(&mut out, words);
        }
        for id in about {
            let (Some(annotation), Some(spot)) = (session.annotations.get(id), entries.spot(*id)) else {
                continue;
            };
            let document = session.documents.get(spot.document).map_or("", |document| document.label());
            let voice = voice_names(session, annotation);
            let voice = if voice.is_empty() { voice } else { format!(", {voice}") };
            let name = format!("{document}, {}{voice}", passages::tag_name(session, annotation));
            item(&mut out, &name, &format!("{}, “{}”", spot.number, spot.words));
        }
        out.push_str(if about.is_empty() { "No passage is about it.\n\n" } else { "\n" });
    }
    out
}

/// A paragraph of the session's own words.
fn block(out: &mut String, words: &str) {
    if !words.trim().is_empty() {
        out.push_str(&paragraphs(words, ""));
        out.push('\n');
    }
}

/// A quotation; blank lines of the text part its paragraphs.
fn quotation(out: &mut String, words: &str) {
    out.push_str(&paragraphs(words, "> "));
    out.push('\n');
}

/// An item of a list: a name and what it is; further lines belong to it.
fn item(out: &mut String, name: &str, words: &str) {
    let text = paragraphs(words, "  ");
    let text = text.trim_start().trim_end();
    let colon = if text.is_empty() { "" } else { ": " };
    out.push_str(&format!("- **{}**{colon}{text}\n", line(name)));
}

/// Lines with `\` for a line end within a paragraph, `before` in front of each.
fn paragraphs(words: &str, before: &str) -> String {
    let lines: Vec<&str> = words.trim().split('\n').map(str::trim).collect();
    let mut out = String::new();
    for (at, words) in lines.iter().enumerate() {
        let is_broken = !words.is_empty() && lines.get(at + 1).is_some_and(|next| !next.is_empty());
        let text = format!("{before}{}{}", line(words), if is_broken { "\\" } else { "" });
        out.push_str(text.trim_end());
        out.push('\n');
    }
    out
}

/// Words on one line, with a `\` before each character that could be a mark.
fn line(words: &str) -> String {
    let words = words.split(['\n', '\r']).collect::<Vec<_>>().join(" ");
    let words = words.trim();
    let mut out = String::with_capacity(words.len() + 8);
    // A number with a full stop or bracket after it begins a list where it begins a line.
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    for (at, c) in words.char_indices() {
        let is_mark = "\\`*_[]<>&|~#^$@{}".contains(c)
            || at == 0 && "+-=:%.".contains(c)
            || at == digits && digits > 0 && ".)".contains(c);
        if is_mark {
            out.push('\\');
        }
        out.push(c);
    }
    out
}

#[cfg(test)]
mod tests;
