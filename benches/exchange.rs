//! The figures of the README on interchange: every format writes 100,000 passages in 10 MB of text, and reads its own
//! file of 10,000 passages back into a new session. CPU time of the process. Prints two tables, and a line for each
//! bound that is broken; asserts nothing about time, but that every passage comes back.
//!
//! `cargo bench --bench exchange`, or with names of formats: `cargo bench --bench exchange -- csv xlsx`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that meets the unexpected shall stop"
)]

#[path = "exchange/made.rs"]
mod made;

use std::io::{self, Write};

use cpu_time::ProcessTime;
use gainsay::edit::{Step, apply_step};
use gainsay::format::export::{Export, Files, Sink};
use gainsay::format::import::{Input, Taking, take_in};
use gainsay::format::table::{FORMATS, Format};
use gainsay::model::{Session, SessionId, Timestamp};

/// CPU seconds that `csv` may take.
const CSV_SECONDS: f64 = 1.0;
/// CPU seconds that any other format may take: ten times as many.
const OTHER_SECONDS: f64 = 10.0;

fn main() {
    // Cargo adds `--bench`.
    let wanted: Vec<String> = std::env::args().skip(1).filter(|name| !name.starts_with('-')).collect();
    let is_wanted = |format: &&Format| wanted.is_empty() || wanted.iter().any(|name| name == format.name);
    let session = made::session(20, 10_000_000, 100_000);
    let csv = FORMATS.iter().find(|format| format.name == "csv").unwrap();
    let (csv_seconds, ..) = written(csv, &session);
    let mut broken = Vec::new();
    if csv_seconds > CSV_SECONDS {
        broken.push(format!("csv takes {csv_seconds:.2} s, more than {CSV_SECONDS:.0} s"));
    }
    println!("| 100,000 passages written as | CPU s | × csv | MB |\n| --- | ---: | ---: | ---: |");
    for format in FORMATS.iter().filter(is_wanted).filter(|format| format.write.is_some()) {
        let (seconds, bytes) = written(format, &session);
        let (times, size) = (seconds / csv_seconds, bytes as f64 / 1e6);
        println!("| {} | {seconds:.2} | {times:.1} | {size:.1} |", format.name);
        if seconds > OTHER_SECONDS {
            broken.push(format!("{} takes {seconds:.2} s, more than {OTHER_SECONDS:.0} s", format.name));
        }
    }
    drop(session);
    let session = made::session(20, 1_000_000, 10_000);
    println!("\n| 10,000 passages read from | CPU s |\n| --- | ---: |");
    for format in FORMATS.iter().filter(is_wanted).filter(|it| it.read.is_some() && it.write.is_some()) {
        println!("| {} | {:.2} |", format.name, read(format, &session));
    }
    for what in &broken {
        println!("\nBROKEN: {what}");
    }
}

fn at() -> Timestamp {
    Timestamp::from_second(1_800_000_000)
}

/// CPU seconds (median of 3) and bytes.
fn written(format: &Format, session: &Session) -> (f64, u64) {
    let write = format.write.unwrap();
    let mut bytes = 0;
    let seconds = median(|| {
        let mut counter = Counter(0);
        write(&Export { session, at: at() }, &mut counter).unwrap();
        bytes = counter.0;
    });
    (seconds, bytes)
}

/// CPU seconds (median of 3) of reading what the format writes of `session` and taking it into a new session.
fn read(format: &Format, session: &Session) -> f64 {
    let (write, read) = (format.write.unwrap(), format.read.unwrap());
    let mut files = Files::default();
    write(&Export { session, at: at() }, &mut files).unwrap();
    let inputs: Vec<Input> = files.0.into_iter().map(|(name, bytes)| Input { name, bytes }).collect();
    let passages = if format.holds_passages() { session.annotations.len() } else { 0 };
    median(|| {
        let foreign = read(&inputs).unwrap();
        let (id, created) = foreign.origin.unwrap_or((SessionId(uuid::Uuid::nil()), at()));
        let mut new = Session::new(id, created);
        let taking = Taking { annotator: None, otherwise: format.name, at: at(), is_new: true };
        let taken = take_in(&new, foreign, taking);
        let step = Step { label: "import".to_owned(), at: at(), edits: taken.edits };
        apply_step(&mut new, &step).unwrap();
        assert_eq!(new.annotations.len(), passages, "{}: {}", format.name, taken.report.summary());
        assert!(new.annotations.values().all(|annotation| annotation.anchor.span().is_some()));
    })
}

/// The median CPU seconds of three runs.
fn median(mut run: impl FnMut()) -> f64 {
    let mut times = [(); 3].map(|()| {
        let begun = ProcessTime::now();
        run();
        begun.elapsed().as_secs_f64()
    });
    times.sort_by(f64::total_cmp);
    times[1]
}

/// A sink that keeps nothing.
struct Counter(u64);

impl Sink for Counter {
    fn file(&mut self, _: &str) -> io::Result<&mut dyn Write> {
        Ok(self)
    }
}

impl Write for Counter {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
