//! `gainsay agreement`.

use std::io::Write;
use std::path::PathBuf;

use serde_json::{Map, Value as Json, json};

use crate::model::Session;
use crate::review::agreement::material::{Gathered, of_sessions};
use crate::review::agreement::measures::Measure;
use crate::review::agreement::report::all_measures;
use crate::store;

use super::words::plain;
use super::{Failure, complain};

/// The random numbers begin here unless asked otherwise.
pub(super) const SEED: u64 = 1;
/// Rounds of the bootstrap.
const ROUNDS: usize = 1_000;

#[derive(Debug, clap::Args)]
#[command(
    after_help = "Each session is an annotator; one session alone is compared by its annotators. Only documents \
    that all have finished count. Several documents are pooled, never averaged. A figure that cannot be computed \
    is null, with the reason."
)]
pub(super) struct Arguments {
    /// The sessions, on the same documents
    #[arg(required = true, value_name = "SESSION")]
    sessions: Vec<PathBuf>,
    /// Write all figures as JSON
    #[arg(long)]
    json: bool,
    /// Count documents that someone has not finished too
    #[arg(long)]
    all_documents: bool,
    /// Where the random numbers begin: the same seed gives the same figures
    #[arg(long, default_value_t = SEED)]
    seed: u64,
}

pub(super) fn run(arguments: &Arguments, out: &mut dyn Write) -> Result<(), Failure> {
    let mut sessions: Vec<(String, Session)> = Vec::new();
    for path in &arguments.sessions {
        let read = store::read(path).map_err(Failure::said)?;
        let label = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
        sessions.push((label, read.session));
    }
    let named: Vec<(&str, &Session)> =
        sessions.iter().map(|(label, session)| (label.as_str(), session)).collect();
    let gathered = of_sessions(&named, arguments.all_documents);
    if gathered.material.annotators.len() < 2 {
        let what = "there is one annotator only: agreement needs two sessions, or one that two have marked";
        return Err(Failure::said(what));
    }
    let measures = all_measures(&gathered.material, arguments.seed, ROUNDS, true, &|_| true)
        .ok_or_else(|| Failure::said("it was stopped"))?;
    if arguments.json {
        let text = serde_json::to_string_pretty(&as_json(&gathered, &measures))
            .map_err(|error| Failure::said(format!("the figures could not be written: {error}")))?;
        writeln!(out, "{text}")?;
    } else {
        table(&gathered, &measures, out)?;
    }
    for note in &gathered.notes {
        complain(note);
    }
    Ok(())
}

fn as_json(gathered: &Gathered, measures: &[Measure]) -> Json {
    let material = &gathered.material;
    let rows = measures.iter().map(|it| {
        let mut row = Map::new();
        let mut put = |name: &str, value: Json| row.insert(name.to_owned(), value);
        put("measure", json!(it.measure));
        put("unit", json!(it.unit));
        put("tag", json!(it.tag));
        put("document", json!(it.document.as_ref().map(|id| id.as_str())));
        if let Some(pair) = it.pair {
            put("pair", json!(pair.map(|at| &material.annotators[at])));
        }
        put("value", json!(it.value.as_ref().ok()));
        put("reason", json!(it.value.as_ref().err()));
        put("low", json!(it.low));
        put("high", json!(it.high));
        put("n", json!(it.n));
        if !it.proven {
            put("proven", json!(false));
        }
        Json::Object(row)
    });
    let left_out = gathered.left_out.iter();
    json!({
        "annotators": material.annotators,
        "documents": material.documents.iter().map(|it| it.id.as_str()).collect::<Vec<_>>(),
        "left_out": left_out
            .map(|it| json!({ "document": it.document.as_str(), "title": it.title, "reason": it.why }))
            .collect::<Vec<_>>(),
        "measures": rows.collect::<Vec<_>>(),
    })
}

/// What matters most, as text.
fn table(gathered: &Gathered, measures: &[Measure], out: &mut dyn Write) -> Result<(), Failure> {
    let material = &gathered.material;
    let text = |words: &str| plain(words).to_string();
    writeln!(out, "Annotators: {}", text(&material.annotators.join(", ")))?;
    let documents: Vec<&str> = material.documents.iter().map(|it| it.id.as_str()).collect();
    writeln!(out, "Documents that all have finished: {}", text(&documents.join(", ")))?;
    for left in &gathered.left_out {
        writeln!(out, "  left out: {} ({})", text(&left.title), text(&left.why))?;
    }
    writeln!(out)?;
    writeln!(
        out,
        "{:<14} {:<10} {:<16} {:>7}  {:<14} {:>9}",
        "measure", "unit", "tag", "value", "95 %", "n"
    )?;
    for it in measures.iter().filter(|it| it.document.is_none() && it.pair.is_none()) {
        let tag = it.tag.clone().unwrap_or_else(|| "all".to_owned());
        let (value, why) = match &it.value {
            Ok(value) => (format!("{value:.3}"), String::new()),
            Err(why) => ("-".to_owned(), format!("  {why}")),
        };
        let ends = match (it.low, it.high) {
            (Some(low), Some(high)) => format!("{low:.3} to {high:.3}"),
            _ => String::new(),
        };
        let row = format!(
            "{:<14} {:<10} {:<16} {value:>7}  {ends:<14} {:>9}{why}",
            it.measure,
            it.unit,
            text(&tag),
            it.n
        );
        writeln!(out, "{}", row.trim_end())?;
    }
    Ok(())
}
