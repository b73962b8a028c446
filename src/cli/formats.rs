//! `gainsay formats`.

use std::io::Write;

use crate::format::FORMATS;

use super::Failure;

pub(super) fn run(out: &mut dyn Write) -> Result<(), Failure> {
    for format in FORMATS {
        let (name, title, keeps, loses) = (format.name, format.title, format.keeps, format.loses);
        let ways = match (format.write, format.read) {
            (Some(_), Some(_)) => "written and read",
            (Some(_), None) => "written",
            _ => "read",
        };
        writeln!(out, "{name}: {title}; {ways}; keeps {keeps}; loses {loses}")?;
    }
    Ok(())
}
