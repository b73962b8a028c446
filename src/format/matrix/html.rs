//! The matrix as a page.

use super::super::chart::ink;
use super::super::citation::escaped;
use super::super::export::Losses;
use super::super::page::Page;
use super::drawing::SIGNS;
use super::{Sheet, SheetCell, SheetTag};
use crate::model::Pattern;

const STYLE: &str = "\
body { font: 14px/1.4 sans-serif; color: #1e1c19; background: #fff; margin: 1.5em; }
h1 { font-size: 1.3em; margin: 0; } .meta { color: #655f56; font-size: 0.9em; font-weight: normal; }
table { border-collapse: separate; border-spacing: 0; margin: 1em 0; }
th, td { text-align: left; padding: 0.45em 0.7em; border-bottom: 1px solid #dfdad1; background: #fff; }
td { white-space: nowrap; }
thead th { position: sticky; top: 0; vertical-align: bottom; z-index: 1; }
tbody th { position: sticky; left: 0; font-weight: 600; max-width: 22em; }
.unread { background: #ebe8e2; }
.box { display: inline-block; min-width: 1.2em; text-align: center; font-weight: 600; border: 1.5px solid; \
border-radius: 3px; }
.dashed { border-style: dashed; } .dotted { border-style: dotted; } .double { border: 3px double; }
.n { font-weight: 600; margin: 0 0.6em 0 0.25em; }
.none { color: #655f56; } .earlier { font-style: italic; }
dt { float: left; clear: left; min-width: 2em; } dd { margin: 0 0 0.3em 2.4em; }
@media (prefers-color-scheme: dark) { body, th, td { color: #e9e5dd; background: #212327; }
.unread { background: #2f3237; } .meta, .none { color: #a19c92; } .box { background: #fff; } }
@media print { body, th, td { background: #fff; color: #000; } thead th, tbody th { position: static; } }
";

/// Writes the page.
pub(super) fn page(sheet: &Sheet) -> String {
    let mut bytes = Vec::new();
    let done = Page::begin(&mut bytes, &sheet.title, STYLE).and_then(|mut page| {
        page.put(&format!(
            "<h1>{}</h1>\n<p class=\"meta\">{}</p>\n",
            escaped(&sheet.title),
            escaped(&sheet.subtitle)
        ))?;
        page.put(&table(sheet))?;
        page.put(&legend(sheet))?;
        page.end(&mut Losses::default())
    });
    debug_assert!(done.is_ok(), "writing into memory does not fail");
    String::from_utf8_lossy(&bytes).into_owned()
}

fn table(sheet: &Sheet) -> String {
    let mut html = format!("<table>\n<thead><tr><th scope=\"col\">{}</th>", escaped(&sheet.rows_are));
    for column in &sheet.columns {
        html.push_str(&format!(
            "<th scope=\"col\" title=\"{}\">{}<br><span class=\"meta\">{}</span></th>",
            escaped(&column.title),
            escaped(&column.label),
            escaped(&column.meta)
        ));
    }
    html.push_str("</tr></thead>\n<tbody>\n");
    for row in &sheet.rows {
        let beside = [&row.remark, &row.group].into_iter().filter(|it| !it.is_empty());
        let beside = beside.cloned().collect::<Vec<_>>().join(" · ");
        html.push_str(&format!(
            "<tr><th scope=\"row\">{} <span class=\"meta\">{}</span></th>",
            escaped(&row.name),
            escaped(&beside)
        ));
        for (cell, column) in row.cells.iter().zip(&sheet.columns) {
            let class = if column.unread { " class=\"unread\"" } else { "" };
            html.push_str(&format!("<td{class}>{}</td>", cell_words(sheet, cell)));
        }
        html.push_str("</tr>\n");
    }
    html.push_str("</tbody>\n</table>\n");
    html
}

fn cell_words(sheet: &Sheet, cell: &SheetCell) -> String {
    let SheetCell::Found(counts) = cell else {
        let class = if *cell == SheetCell::Earlier { "none earlier" } else { "none" };
        return format!("<span class=\"{class}\">{} {}</span>", sign(cell), escaped(&sheet.words(cell)));
    };
    let one = |(tag, count): &(usize, usize)| {
        let tag = sheet.tags.get(*tag).map_or(String::new(), letter);
        format!("{tag}<span class=\"n\">{count}</span>")
    };
    counts.iter().map(one).collect()
}

/// A tag's letter in a box with its pattern; its name on hover.
fn letter(tag: &SheetTag) -> String {
    let pattern = match tag.pattern {
        Pattern::Solid => "",
        Pattern::Double => " double",
        Pattern::Dashed | Pattern::DashDot => " dashed",
        Pattern::Wavy | Pattern::Dotted => " dotted",
    };
    format!(
        "<span class=\"box{pattern}\" style=\"color: {}\" title=\"{}\">{}</span>",
        ink(tag.color),
        escaped(&tag.name),
        escaped(&tag.letter.to_string())
    )
}

fn sign(cell: &SheetCell) -> &'static str {
    match cell {
        SheetCell::Silent => "○",
        SheetCell::NotRead => "□",
        SheetCell::Earlier => "‹",
        _ => "–",
    }
}

fn legend(sheet: &Sheet) -> String {
    let mut html = "<dl>\n".to_owned();
    for tag in &sheet.tags {
        html.push_str(&format!(
            "<dt>{}</dt><dd>{}, with how many passages</dd>\n",
            letter(tag),
            escaped(&tag.name)
        ));
    }
    for (cell, says) in SIGNS {
        html.push_str(&format!("<dt>{}</dt><dd>{}</dd>\n", sign(&cell), escaped(says)));
    }
    html.push_str("</dl>\n");
    html
}
