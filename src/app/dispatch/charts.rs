//! Charts: which one, and their files.

use std::path::PathBuf;

use crate::store;

use super::super::{JobResult, PathPurpose, Workspace};
use super::session::{file_name, with_extension};

/// Writes the chart that is shown, on a worker.
pub(super) fn write_to(workspace: &mut Workspace, purpose: &PathPurpose, path: PathBuf) {
    let Some(desk) = &workspace.desk else { return };
    let (chart, is_svg) = (desk.chart().chart.clone(), *purpose == PathPurpose::ChartSvg);
    let path = with_extension(path, if is_svg { "svg" } else { "csv" });
    workspace.jobs.start("chart", move || {
        let bytes = if is_svg { Ok(chart.svg()) } else { chart.csv().map_err(|error| error.to_string()) };
        let written = bytes
            .and_then(|bytes| store::write_file(&path, bytes.as_bytes()).map_err(|error| error.to_string()));
        JobResult::Written(
            written.map(|()| format!("“{}” written to {}", chart.title, file_name(Some(&path)))),
        )
    });
}
