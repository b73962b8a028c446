//! Tables of quotes for a text that is being written: one row a passage, one table a document. As a page (HTML) and for
//! Word ([`docx`]); both have the same rows.

pub mod docx;

use super::citation::escaped;
use super::colors::shades;
use super::export::{Export, Losses, Sink, WriteError};
use super::page::{self, Page, lines};
use super::passages::{self, DocumentPassages, statement_name, tag_name, voice_names};
use super::table::{Format, Goal, Shape};
use super::words::count;
use crate::model::{Annotation, Session};

/// Its entry in the table of formats.
pub const FORMAT: Format = Format {
    name: "quotes-html",
    title: "Table of quotes (HTML)",
    goal: Goal::Text,
    shape: Shape::File,
    extensions: &["html"],
    beside: &[],
    keeps: "every passage's words, tag, statement, voice, note and citation",
    loses: "links, comments, attributes, the scheme and the texts",
    write: Some(write),
    read: None,
};

/// The columns, in order.
pub const COLUMNS: [&str; 6] = ["Quote", "Tag", "Statement", "Voice", "Note", "Citation"];

/// The table as a page.
///
/// # Errors
/// When the bytes can't be written.
pub fn write(export: &Export<'_>, sink: &mut dyn Sink) -> Result<Losses, WriteError> {
    let session = export.session;
    let title = title(session);
    let mut page = Page::begin(sink.file("quotes.html")?, &title, &style(session))?;
    page.put(&format!("<h1>{}</h1>\n", escaped(&title)))?;
    for document in passages::documents(session) {
        let number = count(document.annotations.len(), "passage");
        let heading = escaped(document.document.title());
        page.put(&format!("<section>\n<h2>{heading} <span>{number}</span></h2>\n"))?;
        if !document.annotations.is_empty() {
            page.put("<table>\n<thead><tr>")?;
            for (number, column) in COLUMNS.iter().enumerate() {
                page.put(&format!("<th scope=\"col\" class=\"c{number}\">{column}</th>"))?;
            }
            page.put("</tr></thead>\n<tbody>\n")?;
            for row in rows(session, &document) {
                page.put(&row_html(session, &row, &page::lang(document.document)))?;
            }
            page.put("</tbody>\n</table>\n")?;
        }
        page.put("</section>\n")?;
    }
    let mut losses = Losses::default();
    page.end(&mut losses)?;
    lost(session, &mut losses);
    Ok(losses)
}

/// A row.
pub(super) struct Row<'a> {
    annotation: &'a Annotation,
    /// What a reader sees, in quotation marks.
    quote: String,
    /// The tag's name, and whether the reader was sure of it.
    tag: String,
    statement: &'a str,
    voice: String,
    note: &'a str,
    citation: String,
}

pub(super) fn rows<'a>(
    session: &'a Session,
    document: &'a DocumentPassages<'a>,
) -> impl Iterator<Item = Row<'a>> + 'a {
    document.passages().map(|passage| {
        let annotation = passage.annotation;
        let unsure = if annotation.unsure { " (unsure)" } else { "" };
        let gone = || "no longer in the text".to_owned();
        Row {
            annotation,
            quote: format!("“{}”", passage.words.trim()),
            tag: format!("{}{unsure}", tag_name(session, annotation)),
            statement: statement_name(session, annotation),
            voice: voice_names(session, annotation),
            note: &annotation.note,
            citation: passage.place.map_or_else(gone, |place| place.citation),
        }
    })
}

fn title(session: &Session) -> String {
    match session.info.title.trim() {
        "" => "Quotes".to_owned(),
        title => format!("Quotes: {title}"),
    }
}

/// What the tables do not hold.
fn lost(session: &Session, losses: &mut Losses) {
    losses.add(session.links.len(), "link is not in this table", "links are not in this table");
    let all = || session.annotations.values();
    let comments = all().map(|it| it.comments.len()).sum();
    losses.add(comments, "comment is not in this table", "comments are not in this table");
    let values = all().map(|it| it.attributes.len()).sum();
    losses.add(
        values,
        "value of an attribute is not in this table",
        "values of attributes are not in this table",
    );
    let by_others = all().any(|it| all().next().is_some_and(|first| first.annotator != it.annotator));
    if by_others {
        losses.say("who marked a passage is not in this table");
    }
}

fn row_html(session: &Session, row: &Row<'_>, lang: &str) -> String {
    let tag = session.scheme.tags.iter().position(|tag| tag.id == row.annotation.tag);
    let letter = tag.map_or('?', |tag| session.scheme.tags[tag].letter);
    format!(
        "<tr class=\"t{}\" id=\"n-{}\"><td dir=\"auto\"{lang} class=\"quote\">{}</td><td><b>{}</b> {}</td><td>{}</td>\
         <td>{}</td><td>{}</td><td>{}</td></tr>\n",
        tag.unwrap_or_default(),
        row.annotation.id,
        lines(&row.quote),
        escaped(&letter.to_string()),
        escaped(&row.tag),
        escaped(row.statement),
        escaped(&row.voice),
        lines(row.note),
        escaped(&row.citation)
    )
}

fn style(session: &Session) -> String {
    let mut style = STYLE.to_owned();
    for dark in [false, true] {
        style.push_str(if dark { "@media screen and (prefers-color-scheme:dark){\n" } else { "" });
        for (number, tag) in session.scheme.tags.iter().enumerate() {
            let [stroke, words, fill] = shades(tag.color, dark);
            style.push_str(&format!(".t{number}{{--stroke:{stroke};--words:{words};--fill:{fill}}}\n"));
        }
        style.push_str(if dark { "}\n" } else { "" });
    }
    style
}

const STYLE: &str = include_str!("quotes/quotes.css");

#[cfg(test)]
mod tests;
