//! The report to read and print: one page (HTML) with the texts, the passages marked in them and listed below, and
//! what the statements are about.
//!
//! It has no script and loads nothing. Each passage is found by its id: `p-ID` where it begins in the text, `n-ID` in
//! the list; each `<mark>` names in `data-ids` the passages that it lies in.

mod style;
mod text;

use super::citation::escaped;
use super::entries::{Entries, Entry, Tie, lost_in_reports, minute};
use super::export::{Export, Losses, Sink, WriteError};
use super::page::{self, Page, address, lines};
use super::passages::{self, DocumentPassages};
use super::table::{Format, Goal, Shape};
use super::words::{count, grouped};
use crate::model::{Annotation, Document, Pattern, Session, Tag};
use text::Placed;

/// Its entry in the table of formats.
pub const FORMAT: Format = Format {
    name: "report",
    title: "Report to read and print (HTML)",
    goal: Goal::Text,
    shape: Shape::File,
    extensions: &["html"],
    beside: &[],
    keeps: "the texts with their passages marked, all that is said of each, links, comments and statements",
    loses: "rules and examples of the scheme, earlier changes, decisions of reviews",
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
    let title = title(session);
    let mut page = Page::begin(sink.file("report.html")?, &title, &style::sheet(&session.scheme))?;
    page.put(&format!("<header>\n<h1>{}</h1>\n", escaped(&title)))?;
    let made = format!(
        "{} in {}, {}. {}",
        count(session.annotations.len(), "passage"),
        count(session.documents.len(), "document"),
        count(session.links.len(), "link"),
        minute(export.at)
    );
    page.put(&format!("<p class=\"lead\">{made}</p>\n"))?;
    if !session.info.note.is_empty() {
        page.put(&format!("<p class=\"remark\">{}</p>\n", escaped(&session.info.note)))?;
    }
    page.put("</header>\n<main>\n")?;
    page.put(&summary(session))?;
    page.put(&legend(session))?;
    let mut unseen = 0;
    for (number, document) in passages::documents(session).enumerate() {
        let (html, not_seen) = article(session, &entries, number, &document);
        unseen += not_seen;
        page.put(&html)?;
    }
    page.put(&statements(session, &entries))?;
    page.put("</main>\n")?;
    let mut losses = Losses::default();
    page.end(&mut losses)?;
    losses.add(
        unseen,
        "passage has no visible words: it is only in the list",
        "passages have no visible words: they are only in the lists",
    );
    lost_in_reports(session, &mut losses);
    Ok(losses)
}

/// What the report is called.
pub(super) fn title(session: &Session) -> String {
    match session.info.title.trim() {
        "" => "Report".to_owned(),
        title => title.to_owned(),
    }
}

/// The documents with the number of passages of each tag.
fn summary(session: &Session) -> String {
    let used = used_tags(session);
    let of = |document: &Document, tag: &Tag| {
        let here =
            |it: &&std::sync::Arc<Annotation>| it.tag == tag.id && *it.anchor.document() == document.id;
        session.annotations.values().filter(here).count()
    };
    let cell = |number: usize| {
        format!("<td class=\"n\">{}</td>", if number == 0 { "–".to_owned() } else { grouped(number) })
    };
    let mut html = String::from(
        "<section>\n<h2>Documents</h2>\n<div class=\"scroll\"><table class=\"counts\">\n<thead><tr><th scope=\"col\">Document</th>",
    );
    for (number, tag) in &used {
        html.push_str(&format!(
            "<th scope=\"col\" class=\"n\">{} {}</th>",
            letter(*number, tag),
            escaped(&tag.name)
        ));
    }
    html.push_str("<th scope=\"col\" class=\"n\">All</th></tr></thead>\n<tbody>\n");
    let mut sums = vec![0; used.len()];
    for (number, document) in session.documents.iter().enumerate() {
        let metadata = &document.info.metadata;
        let known = [metadata.author.as_str(), &metadata.container_title, metadata.issued.as_str()];
        let known = known.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join(", ");
        html.push_str(&format!(
            "<tr><th scope=\"row\"><a href=\"#d-{}\">{}</a><span class=\"meta\">{}</span></th>",
            number + 1,
            escaped(document.title()),
            escaped(&known)
        ));
        let counts: Vec<usize> = used.iter().map(|(_, tag)| of(document, tag)).collect();
        std::iter::zip(&mut sums, &counts).for_each(|(sum, count)| *sum += count);
        counts.iter().for_each(|count| html.push_str(&cell(*count)));
        html.push_str(&format!("{}</tr>\n", cell(counts.iter().sum())));
    }
    html.push_str("</tbody>\n<tfoot><tr><th scope=\"row\">All</th>");
    sums.iter().for_each(|sum| html.push_str(&cell(*sum)));
    html.push_str(&format!("{}</tr></tfoot>\n</table></div>\n</section>\n", cell(sums.iter().sum())));
    html
}

/// The tags that something is marked with, in the scheme's order, with their indices there.
fn used_tags(session: &Session) -> Vec<(usize, &Tag)> {
    let is_used = |tag: &Tag| session.annotations.values().any(|it| it.tag == tag.id);
    session.scheme.tags.iter().enumerate().filter(|(_, tag)| is_used(tag)).collect()
}

fn letter(number: usize, tag: &Tag) -> String {
    format!("<span class=\"chip t{number}\"><b>{}</b></span>", escaped(&tag.letter.to_string()))
}

/// The tags with letter, color, line and definition: those in use, and those that are offered.
fn legend(session: &Session) -> String {
    let mut html = String::from("<section>\n<h2>Tags</h2>\n<dl class=\"legend\">\n");
    let used = used_tags(session);
    for (number, tag) in session.scheme.tags.iter().enumerate() {
        if tag.retired && !used.iter().any(|(other, _)| *other == number) {
            continue;
        }
        let parent = tag.parent.as_ref().and_then(|id| session.scheme.tag(id));
        let kind = parent.map_or(String::new(), |up| format!("a kind of {}", up.name));
        let words = [kind.as_str(), tag.definition.as_str(), if tag.retired { "no longer set" } else { "" }];
        let words = words.into_iter().filter(|it| !it.is_empty()).collect::<Vec<_>>().join("; ");
        html.push_str(&format!(
            "<dt>{}<span class=\"name\"><mark class=\"t{number} line lane-0\">{}</mark></span></dt>\n<dd>{}</dd>\n",
            letter(number, tag),
            escaped(&tag.name),
            escaped(&words)
        ));
    }
    html.push_str("</dl>\n<p class=\"small\">A number leads from a passage to what is said of it, and back. \
                   Hatched, with “?”: the reader was not sure. In the margin: numbers of paragraphs.</p>\n</section>\n");
    html
}

/// A document: what is known of it, its text, its passages; and of how many passages nothing is seen in the text.
fn article<'a>(
    session: &'a Session,
    entries: &Entries<'a>,
    number: usize,
    document: &DocumentPassages<'a>,
) -> (String, usize) {
    let placed: Vec<Placed> =
        document.annotations.iter().filter_map(|it| placed(session, entries, it)).collect();
    let (text, unseen) = text::html(document.document, document.rendering(), &placed);
    let mut html = format!(
        "<article id=\"d-{}\">\n<div class=\"about\"><h2>{}</h2>\n{}</div>\n{}{text}</div>\n",
        number + 1,
        escaped(document.document.title()),
        metadata(document.document),
        text::opening(document.document)
    );
    let orphans = document.orphans();
    let list = |html: &mut String, heading: &str, is_orphan: bool| {
        html.push_str(&format!("<h3 class=\"list\">{heading}</h3>\n<ol class=\"notes\">\n"));
        for passage in document.passages().filter(|it| it.place.is_none() == is_orphan) {
            let is_seen = !is_orphan && !unseen.contains(&passage.annotation.id);
            let lang = page::lang(document.document);
            html.push_str(&note(session, entries, &entries.entry(document, passage), is_seen, &lang));
        }
        html.push_str("</ol>\n");
    };
    if document.annotations.is_empty() {
        html.push_str("<p class=\"small\">No passages.</p>\n");
    }
    if document.annotations.len() > orphans {
        list(&mut html, &count(document.annotations.len() - orphans, "passage"), false);
    }
    if orphans > 0 {
        list(&mut html, &format!("{} whose text is gone", count(orphans, "orphan")), true);
    }
    html.push_str("</article>\n");
    (html, unseen.len())
}

fn metadata(document: &Document) -> String {
    let metadata = &document.info.metadata;
    let from = document.source.import.file_name.as_deref().unwrap_or_default();
    let facts = [
        ("Author", escaped(&metadata.author)),
        ("In", escaped(&metadata.container_title)),
        ("Date", escaped(metadata.issued.as_str())),
        ("Kind", escaped(&metadata.genre)),
        ("Language", escaped(&metadata.language)),
        ("Address", address(&metadata.url)),
        ("Retrieved", escaped(metadata.accessed.as_str())),
        ("File", escaped(from)),
        ("Group", escaped(&document.info.group)),
        ("Note", escaped(&metadata.note)),
    ];
    definitions(facts.into_iter().map(|(name, words)| (name.to_owned(), words)))
}

/// A list of names and what they are, as HTML already; empty ones left out.
fn definitions(facts: impl Iterator<Item = (String, String)>) -> String {
    let rows = facts.filter(|(_, words)| !words.trim().is_empty());
    let rows: String = rows.map(|(name, words)| format!("<dt>{name}</dt><dd>{words}</dd>\n")).collect();
    if rows.is_empty() { rows } else { format!("<dl class=\"facts\">\n{rows}</dl>\n") }
}

/// The index of an annotation's tag; past the end for none.
fn tag_index(session: &Session, annotation: &Annotation) -> usize {
    let tags = &session.scheme.tags;
    tags.iter().position(|tag| tag.id == annotation.tag).unwrap_or(tags.len())
}

fn tag_letter(session: &Session, annotation: &Annotation) -> char {
    session.scheme.tag(&annotation.tag).map_or('?', |tag| tag.letter)
}

fn placed(session: &Session, entries: &Entries<'_>, annotation: &Annotation) -> Option<Placed> {
    let number = entries.spot(annotation.id)?.number;
    let unsure = if annotation.unsure { " (unsure)" } else { "" };
    let statement = match passages::statement_name(session, annotation) {
        "" => String::new(),
        name => format!(": {name}"),
    };
    Some(Placed {
        id: annotation.id,
        span: annotation.anchor.span()?,
        number,
        tag: tag_index(session, annotation),
        letter: tag_letter(session, annotation),
        unsure: annotation.unsure,
        tip: format!("{number} {}{unsure}{statement}", passages::tag_name(session, annotation)),
    })
}

/// A passage in the list.
fn note(session: &Session, entries: &Entries<'_>, entry: &Entry<'_>, is_seen: bool, lang: &str) -> String {
    let annotation = entry.annotation;
    let (id, tag) = (annotation.id, tag_index(session, annotation));
    let edge = match session.scheme.tag(&annotation.tag).map(|tag| tag.pattern) {
        Some(Pattern::Dashed | Pattern::DashDot) => " dashed",
        Some(Pattern::Dotted | Pattern::Wavy) => " dotted",
        Some(Pattern::Double) => " double",
        _ => "",
    };
    let unsure = if annotation.unsure { ", unsure" } else { "" };
    let gone = match (is_seen, annotation.anchor.span()) {
        (false, Some(_)) => ", of which nothing is seen in the text",
        _ => "",
    };
    let mut html = format!(
        "<li id=\"n-{id}\" class=\"t{tag}{edge}\">\n<p class=\"head\">{} <b>{}</b>{unsure}{gone}</p>\n\
         <blockquote dir=\"auto\"{lang}>“{}”</blockquote>\n",
        chip(session, annotation, entry.number, if is_seen { "p" } else { "n" }),
        escaped(entry.tag),
        escaped(entry.words.trim())
    );
    let facts = entry.facts.iter().map(|(name, words)| (escaped(name), escaped(words)));
    let ties: String =
        entry.ties.iter().map(|tie| format!("<li>{}</li>", tie_html(session, entries, tie))).collect();
    let comments =
        entry.comments.iter().map(|(who, words)| format!("<li>{}: {}</li>", escaped(who), lines(words)));
    let lists = [("Links", ties), ("Comments", comments.collect())];
    let lists = lists.into_iter().filter(|(_, rows)| !rows.is_empty());
    let lists = lists.map(|(name, rows)| (name.to_owned(), format!("<ul>{rows}</ul>")));
    html.push_str(&definitions(facts.chain(lists)));
    html.push_str(&format!("<p class=\"made\">{}</p>\n</li>\n", escaped(&entry.made)));
    html
}

/// The number of a passage as a link to it: in the text (`p`) or in the list (`n`).
fn chip(session: &Session, annotation: &Annotation, number: usize, to: &str) -> String {
    format!(
        "<a class=\"chip t{}\" href=\"#{to}-{}\"><b>{}{}</b>{number}</a>",
        tag_index(session, annotation),
        annotation.id,
        escaped(&tag_letter(session, annotation).to_string()),
        if annotation.unsure { "?" } else { "" }
    )
}

fn tie_html(session: &Session, entries: &Entries<'_>, tie: &Tie<'_>) -> String {
    let arrow = if tie.is_from { "→" } else { "←" };
    let mut html = format!("{arrow} {} ", escaped(tie.says));
    if let (Some(other), Some(spot)) = (session.annotations.get(&tie.other), entries.spot(tie.other)) {
        let document = session.documents.get(spot.document).map_or("", |document| document.label());
        html.push_str(&format!(
            "{} “{}” ({})",
            chip(session, other, spot.number, "n"),
            escaped(&spot.words),
            escaped(document)
        ));
    }
    if !tie.note.is_empty() {
        html.push_str(&format!("<br>{}", lines(tie.note)));
    }
    html
}

/// The statements, each with the passages about it by document and tag.
fn statements(session: &Session, entries: &Entries<'_>) -> String {
    let statements = entries.statements();
    if statements.is_empty() {
        return String::new();
    }
    let mut html = String::from("<section class=\"statements\">\n<h2>Statements</h2>\n");
    for (statement, about) in statements {
        html.push_str(&format!("<div class=\"statement\">\n<h3>{}</h3>\n", escaped(&statement.name)));
        let facts = [
            ("Meant", statement.definition.as_str()),
            ("Date", statement.date.as_str()),
            ("Group", &statement.group),
            ("Note", &statement.note),
        ];
        html.push_str(&definitions(facts.into_iter().map(|(name, words)| (name.to_owned(), escaped(words)))));
        if about.is_empty() {
            html.push_str("<p class=\"small\">No passage is about it.</p>\n");
        }
        for (number, document) in session.documents.iter().enumerate() {
            let here = about.iter().filter_map(|id| Some((session.annotations.get(id)?, entries.spot(*id)?)));
            let mut here: Vec<_> = here.filter(|(_, spot)| spot.document == number).collect();
            here.sort_by_key(|(annotation, spot)| (tag_index(session, annotation), spot.number));
            if here.is_empty() {
                continue;
            }
            html.push_str(&format!("<h4>{}</h4>\n<ul>\n", escaped(document.title())));
            for (annotation, spot) in here {
                let voice = match passages::voice_names(session, annotation).as_str() {
                    "" => String::new(),
                    names => format!(", {}", escaped(names)),
                };
                html.push_str(&format!(
                    "<li>{}{}{voice}: <q{}>{}</q></li>\n",
                    chip(session, annotation, spot.number, "n"),
                    escaped(passages::tag_name(session, annotation)),
                    page::lang(document),
                    escaped(&spot.words)
                ));
            }
            html.push_str("</ul>\n");
        }
        html.push_str("</div>\n");
    }
    html.push_str("</section>\n");
    html
}

#[cfg(test)]
mod tests;
