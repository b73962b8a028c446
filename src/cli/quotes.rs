//! `gainsay quotes`.

use std::io::Write;
use std::path::PathBuf;

use serde_json::{Value as Json, json};

use crate::across::index::Index;
use crate::across::verdict::{Order, Quotation, Verdict, check};
use crate::model::Session;
use crate::store;

use super::echoes::{diff_json, document_name, place_json, quote};
use super::words::{count, plain};
use super::{Failure, alerts};

#[derive(Debug, clap::Args)]
#[command(
    after_help = "JSON: {\"pairs\": [{\"a\": {\"document\", \"start_byte\", \"end_byte\", \"quote\"}, \"b\": {the same, or null}, \
    \"level\", \"verdict\", \"rule\", \"dates\", \"others\", \"diff\": [{\"change\", \"a\", \"b\"}], \"alerts\": [{\"kind\", \"words\", \"only_a\", \
    \"only_b\", \"aside\"}]}]}. Diff and the words of alerts are read from the source to the quotation. a is the quotation, b its best \
    source among the other documents. Verdicts: verbatim, verbatim with omission, spliced, altered, partly found, not \
    found in these documents. Stretches of fewer than three words are not checked. A quotation that differs may be right: our \
    own copy of the source may be the wrong one."
)]
pub(super) struct Arguments {
    /// The session file
    session: PathBuf,
    /// Write JSON
    #[arg(long)]
    json: bool,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Failure> {
    let read = store::read(&arguments.session).map_err(Failure::said)?;
    let session = &read.session;
    let index = Index::of_session(session);
    let checked = check(session, &index);
    if arguments.json {
        let pairs: Vec<Json> = checked.iter().map(|it| as_json(session, &index, it)).collect();
        let text = serde_json::to_string_pretty(&json!({ "pairs": pairs })).map_err(Failure::said)?;
        writeln!(out, "{text}")?;
        return Ok(());
    }
    for it in &checked {
        let name = document_name(session, &it.place);
        writeln!(out, "{}: {} {}", it.verdict.name(), plain(&name), it.place.span)?;
        writeln!(out, "  quoted: {}", plain(&quote(session, &it.place)))?;
        if let Some(source) = &it.source {
            let name = document_name(session, source);
            writeln!(out, "  source: {} {}: {}", plain(&name), source.span, plain(&quote(session, source)))?;
            for line in alerts::of_quotation(session, &index, it, source).lines(session) {
                writeln!(out, "  ! {}", plain(&line))?;
            }
        }
        writeln!(out, "  {}{}", it.rule, dates(it).map_or(String::new(), |words| format!("; {words}")))?;
    }
    writeln!(out, "{} checked", count(checked.len(), "quotation"))?;
    Ok(())
}

fn dates(it: &Quotation) -> Option<&'static str> {
    match it.order? {
        Order::Fits => None,
        Order::QuotedBefore => Some("the quotation is dated before this document"),
        Order::Undated => Some("which is earlier is not known: a date is missing"),
    }
}

fn as_json(session: &Session, index: &Index, it: &Quotation) -> Json {
    let level = match it.verdict {
        Verdict::Verbatim | Verdict::Omission | Verdict::Spliced => Some("verbatim"),
        Verdict::Altered | Verdict::Partly => Some("altered"),
        Verdict::NotFound => None,
    };
    json!({
        "a": place_json(session, &it.place),
        "b": it.source.as_ref().map(|source| place_json(session, source)),
        "level": level,
        "verdict": it.verdict.name(),
        "rule": it.rule,
        "dates": dates(it),
        "others": it.others.iter().map(|place| place_json(session, place)).collect::<Vec<_>>(),
        "diff": it.source.as_ref().map_or_else(Vec::new, |source| diff_json(session, index, source, &it.place)),
        "alerts": it.source.as_ref().map_or_else(Vec::new, |source| {
            alerts::of_quotation(session, index, it, source).as_json(session, &it.place)
        }),
    })
}
