//! `gainsay formats`.

use std::io::Write;

use crate::format::FORMATS;

use super::Failure;

pub(super) fn run(out: &mut dyn Write) -> Result<(), Failure> {
    for format in FORMATS {
        let (name, title, keeps, loses) = (format.name, format.title, format.keeps, format.loses);
        writeln!(out, "{name}: {title}; keeps {keeps}; loses {loses}")?;
    }
    Ok(())
}
