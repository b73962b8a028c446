//! The program: reads the arguments, starts the window or a command, maps errors to exit codes.

use std::process::ExitCode;

use gainsay::cli::{self, Outcome};

fn main() -> ExitCode {
    gainsay::app::panics::tell_without_content();
    match cli::run(std::env::args_os()) {
        Outcome::Exit(code) => ExitCode::from(code),
        Outcome::Window(paths) => open_window(paths),
    }
}

#[cfg(feature = "gui")]
fn open_window(paths: Vec<std::path::PathBuf>) -> ExitCode {
    match gainsay::ui::run(paths) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            cli::complain(&sentence);
            ExitCode::from(2)
        }
    }
}

#[cfg(not(feature = "gui"))]
fn open_window(_paths: Vec<std::path::PathBuf>) -> ExitCode {
    cli::complain("this build has no window; `gainsay --help` lists what works without one");
    ExitCode::from(2)
}
