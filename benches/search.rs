//! The figures of the README on search: 100 MB of prose, in CPU time of the process. Prints a table; asserts nothing
//! about time.
//!
//! `cargo bench --bench search`

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "a benchmark that meets the unexpected shall stop"
)]

#[path = "desk/made.rs"]
#[expect(dead_code, reason = "of the made-up session the prose alone is wanted")]
mod made;

use std::sync::atomic::AtomicBool;

use cpu_time::ProcessTime;
use gainsay::model::Presentation;
use gainsay::text::render;
use gainsay::text::search::{Mode, Query, Seen};

const BYTES: usize = 100_000_000;

fn main() {
    let mut seed = 7;
    let mut text = made::prose(BYTES, &mut seed);
    text.push_str("Verifiëren kan hier “alleen” wie zoekt.\n");
    println!("{} MB of made-up prose, CPU ms, median of 5\n", text.len() / 1_000_000);
    println!("| query | mode | folded | hits | ms |\n| --- | --- | --- | ---: | ---: |");
    let queries = [
        ("verifieren", Mode::Plain, true),
        ("Verifiëren", Mode::Plain, false),
        ("verifieren", Mode::WholeWord, true),
        ("\"alleen\" wie", Mode::Plain, true),
        ("mogelijk volgens", Mode::Plain, true),
        ("haven", Mode::Plain, true),
        ("haven", Mode::Plain, false),
        ("e", Mode::Plain, true),
        (r"verif\w+ kan", Mode::Regex, true),
        (r"\bVerif\w+", Mode::Regex, false),
        (r"\w+loos\b", Mode::Regex, true),
        (r"wie \w+\.$", Mode::Regex, true),
    ];
    for (words, mode, fold) in queries {
        let query = Query { words: words.to_owned(), mode, fold };
        let mut hits = 0;
        let mut times: Vec<f64> = (0..5)
            .map(|_| {
                let begun = ProcessTime::now();
                let finder = query.compile().unwrap().unwrap();
                // As the program asks for them.
                hits = finder.find(&text, 200_000, &AtomicBool::new(false)).unwrap().spans.len();
                begun.elapsed().as_secs_f64() * 1e3
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!(
            "| `{words}` | {} | {} | {hits} | {:.0} |",
            mode.name(),
            if fold { "yes" } else { "no" },
            times[2]
        );
    }
    let part = &text[..text.floor_char_boundary(10_000_000)];
    let rendering = render(part, Presentation::Markdown);
    let begun = ProcessTime::now();
    let seen = Seen::of(part, &rendering, Presentation::Markdown);
    println!("\n10 MB of Markdown as it is seen: {:.0} ms", begun.elapsed().as_secs_f64() * 1e3);
    assert!(!seen.text.is_empty());
}
