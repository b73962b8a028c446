//! The README's tables are made from the program's own.

use std::fmt::Write as _;
use std::path::Path;

use gainsay::app::{COMMANDS, Group};
use gainsay::format::FORMATS;

fn keys() -> String {
    let mut table = String::from("| key | what it does | |\n| --- | --- | --- |\n");
    for group in Group::ALL {
        for info in COMMANDS.iter().filter(|info| info.group == group && !info.keys.is_empty()) {
            let keys: Vec<String> = info.keys.iter().map(|key| format!("`{key}`")).collect();
            writeln!(
                table,
                "| {} | {}: {} | {} |",
                keys.join(" "),
                info.name,
                lower(info.help),
                group.name()
            )
            .unwrap();
        }
    }
    table
}

fn lower(help: &str) -> String {
    let mut chars = help.chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

fn formats() -> String {
    let mut table =
        String::from("| format | file | written, read | keeps | loses |\n| --- | --- | --- | --- | --- |\n");
    for format in FORMATS {
        let ways = match (format.write, format.read) {
            (Some(_), Some(_)) => "both",
            (Some(_), None) => "written",
            _ => "read",
        };
        let file = format.extension().map_or("a folder".to_owned(), |extension| format!("`.{extension}`"));
        writeln!(
            table,
            "| {} (`{}`) | {file} | {ways} | {} | {} |",
            format.title, format.name, format.keeps, format.loses
        )
        .unwrap();
    }
    table
}

/// Puts `table` between the comments that begin with `<!-- NAME` and `<!-- end NAME`.
fn with_table(readme: &str, name: &str, table: &str) -> String {
    let start = readme.find(&format!("<!-- {name}")).expect("the comment is there");
    let start = start + readme[start..].find('\n').unwrap() + 1;
    let end = readme.find(&format!("<!-- end {name} -->")).expect("the end is there");
    format!("{}{table}{}", &readme[..start], &readme[end..])
}

#[test]
fn the_tables_of_keys_and_formats_are_those_of_the_program() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let readme = std::fs::read_to_string(&path).unwrap();
    let wanted = with_table(&with_table(&readme, "keys", &keys()), "formats", &formats());
    if std::env::var_os("GAINSAY_WRITE_README").is_some() {
        std::fs::write(&path, &wanted).unwrap();
    } else if !cfg!(target_os = "macos") {
        // On macOS shortcuts are written with Cmd.
        assert!(readme == wanted, "run GAINSAY_WRITE_README=1 cargo test --test it readme");
    }
}
