//! The same jobs without a window.
//!
//! What a command answers goes to standard output, one clear line each; what went wrong goes to standard error
//! as `gainsay: …`. Exit codes: 0 done, 1 something is wrong with the files, 2 the command cannot be run so. `diff` and
//! `merge` answer with their exit code and say in their help what it means.

mod agreement;
mod alerts;
mod check;
mod diff;
mod echoes;
mod export;
mod formats;
mod handover;
mod import;
mod info;
mod keep;
mod merge;
mod new;
mod quotes;
mod recover;
mod replace;
mod words;

use std::ffi::OsString;
use std::io::{self, Write};
use std::path::PathBuf;

use clap::{Parser, Subcommand};

/// What is left to do after the command line was read and, if it was a command, done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// End with this exit code.
    Exit(u8),
    /// Open the window with a session or with documents.
    Window(Vec<PathBuf>),
}

/// Read documents side by side and mark who claims what, who denies it, and with which caveats.
#[derive(Debug, Parser)]
#[command(name = "gainsay", version = VERSION, args_conflicts_with_subcommands = true)]
#[command(override_usage = "gainsay [SESSION | FILES…]\n       gainsay <COMMAND>")]
struct Arguments {
    #[command(subcommand)]
    command: Option<Command>,
    /// A session (.ron) to open in the window, or documents to begin one with
    #[arg(value_name = "FILES")]
    files: Vec<PathBuf>,
}

/// Version of the program and of the session files that it writes.
const VERSION: &str = concat!(env!("CARGO_PKG_VERSION"), " (writes session format 1)");

#[derive(Debug, Subcommand)]
enum Command {
    /// Make a session of text files
    New(new::Arguments),
    /// Say whether sessions are valid, and what they and their journals hold
    Check(check::Arguments),
    /// Say what a session holds
    Info(info::Arguments),
    /// Write a session and what its journal brings back to a new file
    Recover(recover::Arguments),
    /// Write a session's passages for another program
    Export(export::Arguments),
    /// Read the passages of another program's files into a session
    Import(import::Arguments),
    /// Put a corrected text in the place of a document's, and say what becomes of each annotation
    Replace(replace::Arguments),
    /// Write a copy for a second coder: documents and scheme, and nothing of what was marked or noted
    Handover(handover::Arguments),
    /// Say what differs between two sessions, passage by passage
    Diff(diff::Arguments),
    /// Make one session of two versions of it; also as a merge driver of git
    Merge(merge::Arguments),
    /// Say how far readers agree, in figures
    Agreement(agreement::Arguments),
    /// Say which places of a session's documents repeat one another, and how closely
    Echoes(echoes::Arguments),
    /// Check the quotations of a session's documents against the other documents
    Quotes(quotes::Arguments),
    /// List the formats, what each keeps and what it loses
    Formats,
}

/// Why a command did not do what it was asked for.
#[derive(Debug)]
enum Failure {
    /// Sentences for the user, each a line; exit code 1.
    Said(Vec<String>),
    /// The same with an exit code that the command's help tells; without a sentence it is an answer, no complaint.
    Coded(u8, Vec<String>),
    /// Standard output is gone or full.
    Output(io::Error),
}

impl From<io::Error> for Failure {
    fn from(error: io::Error) -> Self {
        Self::Output(error)
    }
}

impl Failure {
    fn said(what: impl std::fmt::Display) -> Self {
        Self::Said(vec![what.to_string()])
    }

    fn coded(code: u8, sentences: impl Into<Vec<String>>) -> Self {
        Self::Coded(code, sentences.into())
    }

    /// The same failure with another exit code.
    fn with_code(self, code: u8) -> Self {
        match self {
            Self::Said(sentences) | Self::Coded(_, sentences) => Self::Coded(code, sentences),
            Self::Output(error) => Self::Output(error),
        }
    }
}

/// Reads the arguments, program name first, and does what they ask for.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Outcome {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(error) => return usage(&error),
    };
    let Some(command) = arguments.command else { return Outcome::Window(arguments.files) };
    let mut out = io::BufWriter::new(io::stdout().lock());
    let done = match command {
        Command::New(arguments) => new::run(&arguments, &mut out),
        Command::Check(arguments) => check::run(&arguments, &mut out),
        Command::Info(arguments) => info::run(&arguments, &mut out),
        Command::Recover(arguments) => recover::run(&arguments, &mut out),
        Command::Export(arguments) => export::run(&arguments, &mut out),
        Command::Import(arguments) => import::run(&arguments, &mut out),
        Command::Replace(arguments) => replace::run(&arguments, &mut out),
        Command::Handover(arguments) => handover::run(&arguments, &mut out),
        Command::Diff(arguments) => diff::run(&arguments, &mut out),
        Command::Merge(arguments) => merge::run(&arguments, &mut out),
        Command::Agreement(arguments) => agreement::run(&arguments, &mut out),
        Command::Echoes(arguments) => echoes::run(&arguments, &mut out),
        Command::Quotes(arguments) => quotes::run(&arguments, &mut out),
        Command::Formats => formats::run(&mut out),
    };
    match done.and_then(|()| Ok(out.flush()?)) {
        Ok(()) => Outcome::Exit(0),
        Err(failure) => {
            // What was answered before stands first.
            let _ = out.flush();
            report(failure)
        }
    }
}

fn report(failure: Failure) -> Outcome {
    match failure {
        Failure::Said(sentences) => report(Failure::Coded(1, sentences)),
        Failure::Coded(code, sentences) => {
            for sentence in sentences {
                complain(&sentence);
            }
            Outcome::Exit(code)
        }
        // Whoever reads has read enough: `gainsay check … | head`.
        Failure::Output(error) if error.kind() == io::ErrorKind::BrokenPipe => Outcome::Exit(0),
        Failure::Output(error) => {
            complain(&format!("the answer could not be written: {error}"));
            Outcome::Exit(1)
        }
    }
}

/// Says on standard error what is wrong.
pub fn complain(sentence: &str) {
    // Nowhere is left to say that this failed.
    let _ = writeln!(io::stderr(), "gainsay: {}", words::plain(sentence));
}

fn usage(error: &clap::Error) -> Outcome {
    if error.use_stderr() {
        let text = error.to_string();
        let text = text.strip_prefix("error: ").unwrap_or(&text);
        let _ = write!(io::stderr(), "gainsay: {text}");
        Outcome::Exit(2)
    } else {
        let _ = write!(io::stdout(), "{error}");
        Outcome::Exit(0)
    }
}
