//! A made dossier as files, for programs that read files: its documents as they are imported, and what was planted in
//! them. `benches/across/reference/run.sh` lays the reference programs over it.

use std::path::Path;

use serde_json::{Value as Json, json};

use super::made::{Case, Made};

/// Writes `made`, dossiers of `per` documents, to the folder `to`, with what the engine itself took for all pairs.
pub fn write(made: &Made, per: usize, to: &Path, cpu_seconds: f64) -> std::io::Result<()> {
    let texts = to.join("texts");
    std::fs::create_dir_all(&texts)?;
    let mut documents = Vec::new();
    for (at, text) in made.texts.iter().enumerate() {
        let file = format!("{at:05}.{}", if made.is_markdown[at] { "md" } else { "txt" });
        std::fs::write(texts.join(&file), text)?;
        documents.push(json!({ "file": file, "dossier": at / per, "origins": made.origins[at] }));
    }
    let cases: Vec<Json> = made.cases.iter().map(case).collect();
    let planted = json!({ "documents": documents, "cases": cases, "cpu_seconds": cpu_seconds });
    std::fs::write(to.join("planted.json"), planted.to_string())
}

/// Documents by their place in the list, spans in bytes.
fn case(case: &Case) -> Json {
    json!({
        "kind": format!("{:?}", case.kind).to_lowercase(),
        "source": case.source,
        "source_spans": case.source_spans,
        "report": case.report,
        "report_span": case.report_span,
        "is_quoted": case.is_quoted,
    })
}
