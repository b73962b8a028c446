//! What is said when the program meets a bug of its own: where, and that no work is lost; never what it met.
//!
//! The words of a panic may hold the text of a document ("byte index 31 is not a char boundary; it is inside … of …"),
//! and standard error ends up in logs and bug reports. So the words are thrown away: thread, file and line are enough
//! to find the cause.

use std::backtrace::{Backtrace, BacktraceStatus};
use std::io::Write as _;
use std::panic::Location;

/// Makes every panic of this process, of whatever thread, be told so. To be called once, first of all.
pub fn tell_without_content() {
    std::panic::set_hook(Box::new(|info| {
        let thread = std::thread::current();
        let mut report = report(thread.name(), info.location());
        // Names of functions and lines of source, when someone asks for them by RUST_BACKTRACE.
        let trace = Backtrace::capture();
        if trace.status() == BacktraceStatus::Captured {
            report += &format!("\n{trace}");
        }
        // Nothing can be done about a standard error that is gone; a second panic would end the program.
        let _ = writeln!(std::io::stderr().lock(), "{report}");
    }));
}

fn report(thread: Option<&str>, at: Option<&Location<'_>>) -> String {
    let place = at.map_or_else(
        || "an unknown place".to_owned(),
        |at| format!("{}, line {}", without_home(at.file()), at.line()),
    );
    format!(
        "gainsay: an unexpected error in thread “{}” at {place} (version {}). This is a bug: please report this line; \
         it holds nothing of your documents. What was shown as saved is safe and comes back at the next start.",
        thread.unwrap_or("without a name"),
        env!("CARGO_PKG_VERSION")
    )
}

/// The source file from its crate on: what stands before it names the folders of whoever built the program.
fn without_home(file: &str) -> &str {
    let is_bar = |c: char| c == '/' || c == '\\';
    let Some(source) = file.rfind("/src/").or_else(|| file.rfind("\\src\\")) else { return file };
    file[..source].rfind(is_bar).map_or(file, |at| &file[at + 1..])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_begin_with_the_crate() {
        assert_eq!(without_home("/home/é/registry/winit-0.30/src/lib.rs"), "winit-0.30/src/lib.rs");
        assert_eq!(without_home("src/text/words.rs"), "src/text/words.rs");
        assert_eq!(without_home("C:\\x\\winit\\src\\lib.rs"), "winit\\src\\lib.rs");
        assert_eq!(without_home("/build/library.rs"), "/build/library.rs");
    }

    /// Not a test by itself: what the next one runs in a process of its own, since a hook belongs to the process.
    #[test]
    #[ignore = "panics on purpose"]
    fn meets_a_bug() {
        tell_without_content();
        let text = "👮🏽‍♀️ e\u{301} “Hartelust” zegt dat het niet waar is.";
        let work = move || {
            let at = std::hint::black_box(2);
            assert!(!text[at..].is_empty());
        };
        let worker = std::thread::Builder::new().name("gainsay-search".to_owned()).spawn(work).unwrap();
        assert!(worker.join().is_err());
        let met: Result<(), String> = std::hint::black_box(Err(text.to_owned()));
        met.unwrap();
    }

    #[test]
    fn a_panic_tells_where_and_nothing_of_a_text() {
        let mut child = std::process::Command::new(std::env::current_exe().unwrap());
        child.args([
            "--exact",
            "app::panics::tests::meets_a_bug",
            "--ignored",
            "--nocapture",
            "--test-threads=1",
        ]);
        for trace in ["0", "1"] {
            let output = child.env("RUST_BACKTRACE", trace).output().unwrap();
            assert!(!output.status.success());
            let said = String::from_utf8_lossy(&output.stderr);
            assert!(!said.contains("Hartelust") && !said.contains("boundary"), "{said}");
            let reports: Vec<&str> = said.lines().filter(|line| line.starts_with("gainsay: ")).collect();
            assert_eq!(reports.len(), 2, "{said}");
            assert!(reports[0].contains("“gainsay-search” at src/app/panics.rs, line "), "{said}");
            assert!(
                reports.iter().all(|it| it.contains(env!("CARGO_PKG_VERSION")) && it.contains("is safe"))
            );
        }
    }
}
