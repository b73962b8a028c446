//! The card of a statement as text, for the clipboard.

use crate::across::card::{appearances, voice_words};
use crate::across::matrix::{Asked, Cell, build};
use crate::format::citation::{Citation, CitationForm, Cited, escaped};
use crate::model::{Annotation, StatementId};

use super::super::desk::Desk;

/// Title, wording and all appearances in order of date, each with date, tag, voice, quote and citation; then which
/// documents say nothing.
pub(in crate::app) fn card_words(desk: &Desk, id: StatementId, form: CitationForm) -> Option<Citation> {
    let session = desk.session();
    let statement = session.statements.get(&id)?;
    let mut plain = vec![statement.name.clone()];
    let mut html = format!("<h3>{}</h3>", escaped(&statement.name));
    for words in [&statement.definition, &statement.note] {
        if !words.is_empty() {
            plain.push(words.clone());
            html.push_str(&format!("<p>{}</p>", escaped(words)));
        }
    }
    for appearance in appearances(session, id, None) {
        let Some(annotation) = desk.annotation(appearance.annotation) else { continue };
        let head = head(desk, annotation);
        let quoted = quoted(desk, annotation, form);
        plain.push(format!("{head}\n{}", quoted.plain));
        html.push_str(&format!("<p><b>{}</b></p>{}", escaped(&head), quoted.html));
    }
    for line in nothing(desk, id) {
        html.push_str(&format!("<p>{}</p>", escaped(&line)));
        plain.push(line);
    }
    Some(Citation { plain: plain.join("\n\n"), html })
}

/// "2021-09-28 · denial, unsure · minister › police"
fn head(desk: &Desk, annotation: &Annotation) -> String {
    let session = desk.session();
    let date = session.document(annotation.anchor.document()).map(|it| it.info.metadata.issued.as_str());
    let date = date.filter(|date| !date.is_empty()).unwrap_or("no date");
    let tag = session.scheme.tag(&annotation.tag).map_or(annotation.tag.as_str(), |tag| &tag.name);
    let unsure = if annotation.unsure { ", unsure" } else { "" };
    let mut head = format!("{date} · {tag}{unsure}");
    let voice = voice_words(session, &annotation.voice);
    if !voice.is_empty() {
        head.push_str(&format!(" · {voice}"));
    }
    head
}

fn quoted(desk: &Desk, annotation: &Annotation, form: CitationForm) -> Citation {
    let session = desk.session();
    let placed = desk.document(annotation.anchor.document()).zip(annotation.anchor.span());
    let Some(((document, cache), span)) = placed else {
        let label = session.document(annotation.anchor.document()).map_or("", |it| it.label());
        let plain = format!("“{}” ({label}, place lost)", session.quote(annotation));
        return Citation { html: format!("<p>{}</p>", escaped(&plain)), plain };
    };
    let cited = Cited {
        session,
        document,
        paragraphs: &cache.paragraphs,
        sections: &cache.sections,
        rendering: &cache.rendering,
    };
    // Footnotes of several passages would all have the number 1.
    let form = if form == CitationForm::Footnote { CitationForm::InText } else { form };
    cited.passage(span, form)
}

/// The documents that say nothing on it, by why that is so.
fn nothing(desk: &Desk, id: StatementId) -> Vec<String> {
    let matrix = build(desk.session(), &Asked::default());
    let Some(row) = matrix.row_of(id) else { return Vec::new() };
    let of = |wanted: Cell<'_>| -> Vec<&str> {
        let columns = matrix.columns.iter().enumerate();
        columns.filter(|(at, _)| matrix.cell(row, *at) == wanted).map(|(_, it)| it.label.as_str()).collect()
    };
    let line = |words: &str, labels: Vec<&str>| {
        (!labels.is_empty()).then(|| format!("{words}: {}", labels.join("; ")))
    };
    [
        line("Read and silent on it", of(Cell::Silent)),
        line("Read, and older than its first dated appearance", of(Cell::Earlier)),
        line("Not read to the end", of(Cell::NotRead)),
    ]
    .into_iter()
    .flatten()
    .collect()
}
