//! `gainsay echoes`.

use std::io::Write;
use std::path::PathBuf;

use serde_json::{Value as Json, json};

use crate::across::diff::diff;
use crate::across::echo::{Echo, Level, Options, Place, all_pairs, echoes_of};
use crate::across::group::{Group, groups};
use crate::across::index::Index;
use crate::model::{Document, Session, Span};
use crate::store;

use super::words::{count, plain};
use super::{Failure, alerts};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "JSON: {\"pairs\": [{\"a\": {\"document\", \"start_byte\", \"end_byte\", \"quote\"}, \"b\": {the same}, \
    \"level\", \"verdict\", \"score\", \"coverage\", \"set_phrase\", \"diff\": [{\"change\", \"a\", \"b\"}], \
    \"alerts\": [{\"kind\", \"words\", \"only_a\", \"only_b\", \"aside\"}]}], \"groups\": [{\"documents\", \"wordings\", \
    \"places\": [{\"document\", \"start_byte\", \"end_byte\", \"quote\", \"date\", \"wording\"}]}], \
    \"searched\": [{\"document\", \"left_out\"}]}. Alerts: negation, polarity (a denying verb), number, name, hedge (a word of \
    doubt), caveat-dropped, caveat-carried; words are read from the earlier document to the later where dates tell, else from \
    a to b; aside: put aside in the session. Groups: the places of one sentence in order of date, undated last with date null; \
    places with the same number of wording have the same words. Offsets are bytes of the canonical text; level is verbatim, altered or \
    statement (perhaps the same statement in other words); the score is for the order alone. Ranges marked not text, \
    recurring page headers, and set phrases are left out. A pair says that two places agree, not which was first, nor that \
    one was taken from the other; that none is found says nothing about documents that are not in the session."
)]
pub(super) struct Arguments {
    /// The session file
    session: PathBuf,
    /// Write JSON
    #[arg(long)]
    json: bool,
    /// Only the echoes of one passage: document (file name, id or title), first byte, byte after the last
    #[arg(long, num_args = 3, value_names = ["DOCUMENT", "START", "END"])]
    span: Option<Vec<String>>,
    /// Set phrases too: offices, titles and formulas that stand everywhere
    #[arg(long)]
    set_phrases: bool,
    /// Only verbatim and altered echoes, no sentences that may state the same in other words
    #[arg(long)]
    no_statements: bool,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Failure> {
    let read = store::read(&arguments.session).map_err(Failure::said)?;
    let session = &read.session;
    let options = Options { statements: !arguments.no_statements, set_phrases: arguments.set_phrases };
    let index = Index::of_session(session);
    let found = match &arguments.span {
        Some(passage) => {
            let (document, span) = passage_of(session, passage)?;
            echoes_of(&index, &document.id, span, &options)
        }
        None => all_pairs(&index, &options),
    };
    let groups = groups(session, &index, &found);
    if arguments.json {
        let pairs: Vec<Json> = found.iter().map(|echo| as_json(session, &index, echo)).collect();
        let groups: Vec<Json> = groups.iter().map(|it| group_json(session, it)).collect();
        let answer = json!({ "pairs": pairs, "groups": groups, "searched": searched(session, &index) });
        let text = serde_json::to_string_pretty(&answer).map_err(Failure::said)?;
        writeln!(out, "{text}")?;
        return Ok(());
    }
    for echo in &found {
        let words = match echo.level {
            Level::Verbatim => "verbatim",
            Level::Altered => "altered",
            Level::Statement => "same statement?",
        };
        let phrase = if echo.is_set_phrase { ", set phrase" } else { "" };
        writeln!(out, "{words}{phrase}")?;
        for place in [&echo.a, &echo.b] {
            let name = document_name(session, place);
            writeln!(out, "  {} {}: {}", plain(&name), place.span, plain(&quote(session, place)))?;
        }
        for line in alerts::found(session, &index, &echo.a, &echo.b).lines(session) {
            writeln!(out, "  ! {}", plain(&line))?;
        }
    }
    for group in groups.iter().filter(|it| it.documents > 2) {
        write_group(session, group, out)?;
    }
    let documents = count(session.documents.len(), "document");
    writeln!(
        out,
        "{} in {documents}, {} searched",
        count(found.len(), "pair"),
        count(index.words(), "word")
    )?;
    Ok(())
}

/// What was searched, and the lines that were left out because they recur as headers of pages do.
fn searched(session: &Session, index: &Index) -> Vec<Json> {
    let spans =
        |spans: &[Span]| spans.iter().map(|span| json!([span.start(), span.end()])).collect::<Vec<_>>();
    let of = |document: &std::sync::Arc<Document>| {
        let mut left_out = document.info.furniture.clone();
        left_out.extend(index.recurring_lines(&document.id));
        left_out.sort_unstable();
        json!({ "document": name_of(document), "left_out": spans(&left_out) })
    };
    session.documents.iter().map(of).collect()
}

/// The document and span that were asked for, moved to character boundaries.
fn passage_of<'a>(session: &'a Session, passage: &[String]) -> Result<(&'a Document, Span), Failure> {
    let [name, start, end] = passage else { return Err(Failure::said("--span takes DOCUMENT START END")) };
    let is_it = |it: &&std::sync::Arc<Document>| {
        it.source.import.file_name.as_ref() == Some(name) || it.id.as_str() == name || it.title() == name
    };
    let document = session.documents.iter().find(is_it);
    let document = document
        .ok_or_else(|| Failure::said(format!("there is no document named {name:?} in the session")))?;
    let number = |text: &String| {
        text.parse::<usize>().map_err(|_| Failure::said(format!("{text:?} is no number of bytes")))
    };
    let text = document.text();
    let (start, end) = (number(start)?.min(text.len()), number(end)?.min(text.len()));
    let span = Span::new(text.floor_char_boundary(start), text.ceil_char_boundary(end));
    let span = span.ok_or_else(|| Failure::said("the passage is empty"))?;
    Ok((document, span))
}

/// The date of a document as it is typed, if it is understood.
fn date_of(session: &Session, place: &Place) -> Option<String> {
    let document = session.document(&place.document)?;
    let issued = &document.info.metadata.issued;
    issued.parts().map(|_| issued.as_str().to_owned())
}

fn group_json(session: &Session, group: &Group) -> Json {
    let place = |it: &crate::across::group::Standing| {
        let mut json = place_json(session, &it.place);
        json["date"] = json!(date_of(session, &it.place));
        json["wording"] = json!(it.wording + 1);
        json
    };
    json!({
        "documents": group.documents,
        "wordings": group.wordings,
        "places": group.places.iter().map(place).collect::<Vec<_>>(),
    })
}

fn write_group(session: &Session, group: &Group, out: &mut dyn Write) -> Result<(), Failure> {
    let wordings = count(group.wordings, "wording");
    writeln!(out, "stands in {} in {wordings}", count(group.documents, "document"))?;
    for it in &group.places {
        let name = document_name(session, &it.place);
        let date = date_of(session, &it.place).unwrap_or_else(|| "undated".to_owned());
        let (name, words) = (plain(&name), plain(&quote(session, &it.place)));
        writeln!(out, "  {} {name} {}, wording {}: {words}", plain(&date), it.place.span, it.wording + 1)?;
    }
    Ok(())
}

/// A pair as JSON.
fn as_json(session: &Session, index: &Index, echo: &Echo) -> Json {
    json!({
        "a": place_json(session, &echo.a),
        "b": place_json(session, &echo.b),
        "level": echo.level.name(),
        "verdict": echo.level.name(),
        "score": rounded(echo.score),
        "coverage": rounded(echo.coverage),
        "set_phrase": echo.is_set_phrase,
        "diff": diff_json(session, index, &echo.a, &echo.b),
        "alerts": alerts::found(session, index, &echo.a, &echo.b).as_json(session, &echo.a),
    })
}

pub(super) fn rounded(value: f32) -> f64 {
    (f64::from(value) * 100.0).round() / 100.0
}

pub(super) fn place_json(session: &Session, place: &Place) -> Json {
    json!({
        "document": document_name(session, place),
        "start_byte": place.span.start(),
        "end_byte": place.span.end(),
        "quote": quote(session, place),
    })
}

pub(super) fn diff_json(session: &Session, index: &Index, a: &Place, b: &Place) -> Vec<Json> {
    let text = |place: &Place, span: Option<Span>| {
        span.map_or(String::new(), |span| quote(session, &Place { span, ..place.clone() }))
    };
    let runs = diff(index, a, b).into_iter();
    runs.map(|run| json!({ "change": run.change.name(), "a": text(a, run.a), "b": text(b, run.b) })).collect()
}

pub(super) fn name_of(document: &Document) -> String {
    document.source.import.file_name.clone().unwrap_or_else(|| document.id.to_string())
}

pub(super) fn document_name(session: &Session, place: &Place) -> String {
    session.document(&place.document).map_or_else(|| place.document.to_string(), |document| name_of(document))
}

pub(super) fn quote(session: &Session, place: &Place) -> String {
    let document = session.document(&place.document);
    document.and_then(|document| place.span.of(document.text())).unwrap_or_default().to_owned()
}
