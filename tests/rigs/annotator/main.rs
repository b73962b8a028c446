//! A scripted annotator without a window, on the program's own keeper: what the rigs kill, starve and judge.
//!
//! ```text
//! annotator run FOLDER SEED WORD...   works by a plan, and says each acknowledgement the moment it comes
//! annotator check FOLDER SEED         judges what stands there
//! annotator check -                   the same for each line `SEED FOLDER` of standard input
//! ```

#![allow(clippy::unwrap_used, reason = "a rig that meets the unexpected shall stop")]

mod check;
mod found;
mod say;
mod script;
mod work;

use std::io::BufRead as _;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use say::say;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words[..] {
        ["run", folder, seed, ..] => {
            let work = work::Work::open(&absolute(folder), seed.parse().unwrap());
            match work.and_then(|work| work.follow(&arguments[3..])) {
                Ok(()) => ExitCode::SUCCESS,
                Err(why) => {
                    say(&format!("STOPPED {why}"));
                    ExitCode::from(3)
                }
            }
        }
        ["check", "-"] => {
            for line in std::io::stdin().lock().lines() {
                let line = line.unwrap();
                let (seed, folder) = line.split_once(' ').unwrap();
                say(&check::check(&absolute(folder), seed.parse().unwrap()).line());
            }
            ExitCode::SUCCESS
        }
        ["check", folder, seed] => {
            let verdict = check::check(&absolute(folder), seed.parse().unwrap());
            say(&verdict.line());
            ExitCode::from(u8::from(!verdict.wrong.is_empty()))
        }
        _ => {
            say("annotator run FOLDER SEED WORD... | annotator check FOLDER SEED");
            ExitCode::from(2)
        }
    }
}

fn absolute(folder: &str) -> PathBuf {
    let folder = std::path::absolute(Path::new(folder)).unwrap();
    folder.canonicalize().unwrap_or(folder)
}
