//! The table of quotes for Word: an Office Open XML package (ECMA-376) with real headings and tables, and no more.
//!
//! It has the same bytes for the same session: files in a fixed order, without times of their own.

use std::io::{Cursor, Write};

use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, DateTime, ZipWriter};

use super::{COLUMNS, Row, lost, rows, title};
use crate::format::citation::escaped;
use crate::format::colors::shades;
use crate::format::export::{Export, Losses, Sink, WriteError};
use crate::format::page::{language, lost_controls, printable};
use crate::format::passages;
use crate::format::table::{Format, Goal, Shape};
use crate::format::words::count;
use crate::model::{Session, Timestamp};

/// Its entry in the table of formats.
pub const FORMAT: Format = Format {
    name: "quotes",
    title: "Table of quotes for Word (DOCX)",
    goal: Goal::Text,
    shape: Shape::File,
    extensions: &["docx"],
    beside: &[],
    keeps: "every passage's words, tag, statement, voice, note and citation",
    loses: "links, comments, attributes, the scheme and the texts",
    write: Some(write),
    read: None,
};

/// Widths of the columns in twentieths of a point; together what is between the margins of a page in landscape.
const WIDTHS: [u32; COLUMNS.len()] = [4_900, 1_350, 2_000, 1_600, 2_100, 2_620];

/// A row whose texts have more bytes than this may break across pages: it might not fit one.
const LONG_ROW: usize = 1_500;

/// The table for Word.
///
/// # Errors
/// When the bytes can't be written.
pub fn write(export: &Export<'_>, sink: &mut dyn Sink) -> Result<Losses, WriteError> {
    let session = export.session;
    let (document, replaced) = body(session);
    let core = core(&title(session), export.at);
    let files = [
        ("[Content_Types].xml", CONTENT_TYPES),
        ("_rels/.rels", RELATIONS),
        ("docProps/core.xml", &core),
        ("word/document.xml", &document),
        ("word/styles.xml", STYLES),
        ("word/footer1.xml", FOOTER),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS),
    ];
    let mut package = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default()
        .compression_method(CompressionMethod::Deflated)
        .last_modified_time(DateTime::default());
    for (name, text) in files {
        package.start_file(name, options).map_err(WriteError::unfit)?;
        package.write_all(format!("{DECLARATION}{text}").as_bytes())?;
    }
    let bytes = package.finish().map_err(WriteError::unfit)?.into_inner();
    sink.file("quotes.docx")?.write_all(&bytes)?;
    let mut losses = Losses::default();
    lost_controls(replaced, &mut losses);
    lost(session, &mut losses);
    Ok(losses)
}

/// `document.xml`, and how many characters it could not hold.
fn body(session: &Session) -> (String, usize) {
    let mut xml = format!("<w:document xmlns:w=\"{MAIN}\" xmlns:r=\"{REFERENCES}\"><w:body>");
    xml.push_str(&paragraph("Title", &run(&title(session), "")));
    for document in passages::documents(session) {
        xml.push_str(&paragraph("Heading1", &run(document.document.title(), "")));
        xml.push_str(&paragraph("Count", &run(&count(document.annotations.len(), "passage"), "")));
        if document.annotations.is_empty() {
            continue;
        }
        xml.push_str("<w:tbl><w:tblPr><w:tblStyle w:val=\"Quotes\"/>");
        xml.push_str(&format!("<w:tblW w:w=\"{}\" w:type=\"dxa\"/>", WIDTHS.iter().sum::<u32>()));
        xml.push_str("<w:tblLayout w:type=\"fixed\"/><w:tblLook w:val=\"0020\" w:firstRow=\"1\"/></w:tblPr><w:tblGrid>");
        WIDTHS.iter().for_each(|width| xml.push_str(&format!("<w:gridCol w:w=\"{width}\"/>")));
        xml.push_str("</w:tblGrid><w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>");
        for (name, width) in std::iter::zip(COLUMNS, WIDTHS) {
            xml.push_str(&cell(width, "", &paragraph("Head", &run(name, ""))));
        }
        xml.push_str("</w:tr>");
        for row in rows(session, &document) {
            xml.push_str(&row_xml(session, &row, language(document.document)));
        }
        xml.push_str("</w:tbl>");
    }
    // The last paragraph is what follows the last table, which Word wants.
    xml.push_str(
        "<w:p><w:pPr><w:pStyle w:val=\"Count\"/></w:pPr></w:p><w:sectPr><w:footerReference w:type=\"default\" r:id=\"rId2\"/>\
         <w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/><w:pgMar w:top=\"1134\" w:right=\"1134\" \
         w:bottom=\"1134\" w:left=\"1134\" w:header=\"567\" w:footer=\"567\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>",
    );
    let (xml, replaced) = printable(&xml);
    (xml.into_owned(), replaced)
}

fn row_xml(session: &Session, row: &Row<'_>, language: Option<&str>) -> String {
    let tag = session.scheme.tag(&row.annotation.tag);
    let shades = tag.map_or(["#4C4841", "#4C4841", "#F5F3EF"], |tag| shades(tag.color, false));
    let [stroke, words, fill] = shades.map(|color| color.trim_start_matches('#'));
    let letter = tag.map_or('?', |tag| tag.letter);
    let bar = format!(
        "<w:tcBorders><w:left w:val=\"single\" w:sz=\"24\" w:space=\"0\" w:color=\"{stroke}\"/></w:tcBorders>"
    );
    let shading = format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{fill}\"/>");
    let lang = language.map_or(String::new(), |tag| format!("<w:lang w:val=\"{tag}\"/>"));
    let bold = format!("<w:b/><w:color w:val=\"{words}\"/>");
    let color = format!("<w:color w:val=\"{words}\"/>");
    let cells = [
        (bar.as_str(), paragraph("Quote", &run(&row.quote, &lang))),
        (
            &shading,
            paragraph("Cell", &format!("{}{}", run(&format!("{letter} "), &bold), run(&row.tag, &color))),
        ),
        ("", paragraph("Cell", &run(row.statement, ""))),
        ("", paragraph("Cell", &run(&row.voice, ""))),
        ("", paragraph("Cell", &run(row.note, ""))),
        ("", paragraph("Cell", &run(&row.citation, ""))),
    ];
    let is_long = cells.iter().map(|(_, text)| text.len()).max().unwrap_or(0) > LONG_ROW;
    let whole = if is_long { "" } else { "<w:trPr><w:cantSplit/></w:trPr>" };
    let cells = std::iter::zip(cells, WIDTHS).map(|((look, text), width)| cell(width, look, &text));
    format!("<w:tr>{whole}{}</w:tr>", cells.collect::<String>())
}

fn cell(width: u32, look: &str, paragraph: &str) -> String {
    format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/>{look}</w:tcPr>{paragraph}</w:tc>")
}

fn paragraph(style: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>")
}

/// A run of text with the properties `look`; line ends and tabs as Word has them.
fn run(text: &str, look: &str) -> String {
    if text.is_empty() {
        return String::new();
    }
    let look = if look.is_empty() { String::new() } else { format!("<w:rPr>{look}</w:rPr>") };
    let lines: Vec<String> = text
        .split('\n')
        .map(|line| {
            let parts = line.split('\t').map(|part| match part {
                "" => String::new(),
                part => format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(part)),
            });
            parts.collect::<Vec<_>>().join("<w:tab/>")
        })
        .collect();
    format!("<w:r>{look}{}</w:r>", lines.join("<w:br/>"))
}

/// `docProps/core.xml`: title, program, and when it was made.
fn core(title: &str, at: Timestamp) -> String {
    let xml = format!(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title><dc:creator>Gainsay</dc:creator>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:created>\
         <dcterms:modified xsi:type=\"dcterms:W3CDTF\">{at}</dcterms:modified></cp:coreProperties>",
        escaped(title)
    );
    printable(&xml).0.into_owned()
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";
const MAIN: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";
const REFERENCES: &str = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
const CONTENT_TYPES: &str = include_str!("content_types.xml");
const RELATIONS: &str = include_str!("package.rels");
const DOCUMENT_RELATIONS: &str = include_str!("document.rels");
const STYLES: &str = include_str!("styles.xml");
const FOOTER: &str = include_str!("footer.xml");

#[cfg(test)]
mod tests;
