//! How the report looks: on a screen, light and dark, and on paper.

use crate::format::colors::shades;
use crate::model::{Pattern, Scheme, Tag, TagColor};

/// The style sheet, with the colors and line patterns of the scheme's tags.
pub(super) fn sheet(scheme: &Scheme) -> String {
    let mut sheet = SHEET.to_owned();
    for (number, tag) in scheme.tags.iter().enumerate() {
        sheet.push_str(&format!(
            ".t{number}{{{};--pattern:{}}}\n",
            variables(tag.color, false),
            decoration(tag)
        ));
        if tag.pattern == Pattern::DashDot {
            // No decoration of text has this pattern.
            sheet.push_str(&format!(
                ".t{number}.line{{text-decoration:none;background-image:repeating-linear-gradient(90deg,\
                 var(--stroke) 0 7px,transparent 7px 10px,var(--stroke) 10px 12px,transparent 12px 15px);\
                 background-size:100% 1.6px;background-position:0 100%;background-repeat:no-repeat;\
                 padding-bottom:calc(.02em + var(--down))}}\n"
            ));
        }
    }
    sheet.push_str("@media screen and (prefers-color-scheme:dark){\n");
    for (number, tag) in scheme.tags.iter().enumerate() {
        sheet.push_str(&format!(".t{number}{{{}}}\n", variables(tag.color, true)));
    }
    sheet.push_str("}\n");
    sheet
}

fn variables(color: TagColor, dark: bool) -> String {
    let [stroke, words, fill] = shades(color, dark);
    format!("--stroke:{stroke};--words:{words};--fill:{fill}")
}

fn decoration(tag: &Tag) -> &'static str {
    match tag.pattern {
        Pattern::Solid => "solid",
        Pattern::Dashed | Pattern::DashDot => "dashed",
        Pattern::Wavy => "wavy",
        Pattern::Dotted => "dotted",
        Pattern::Double => "double",
    }
}

const SHEET: &str = include_str!("report.css");
