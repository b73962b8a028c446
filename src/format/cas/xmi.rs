//! UIMA CAS in XML (XMI 2.0), with its types in `TypeSystem.xml` beside.
//!
//! A line end in an attribute is written `&#10;`: as it stands a reader makes a space of it. XML can't hold most
//! control characters; U+FFFD, of the same length in UTF-16, stands for them.

use std::fmt::Write as _;
use std::io::Write;

use quick_xml::Reader;
use quick_xml::events::{BytesStart, Event};

use super::read::{self, Found, Sofa};
use super::structure::{Value, types};
use super::write::{self, File};
use super::{SOFA, VIEW};
use crate::format::export::{Export, Losses, Sink, WriteError};
use crate::format::import::{Foreign, Input, ReadError};
use crate::format::kept::labels::Labels;
use crate::format::table::{Format, Goal, Shape};
use crate::model::limits;

/// Its entry in the table of formats.
pub const FORMAT: Format = Format {
    name: "cas-xmi",
    title: "UIMA CAS XMI (INCEpTION)",
    goal: Goal::Nlp,
    shape: Shape::Folder,
    extensions: &["xmi"],
    beside: &[],
    keeps: "texts, passages with place, section, citation, tag, note, attributes, statement, voice, annotator and times, and links",
    loses: "passages whose text is gone, records of reviews; links across documents become features",
    write: Some(write_to),
    read: Some(read_from),
};

/// Stands for what XML can't hold.
const REPLACEMENT: char = '\u{fffd}';

fn write_to(export: &Export<'_>, sink: &mut dyn Sink) -> Result<Losses, WriteError> {
    let scheme = &export.session.scheme;
    let mut system = String::from(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <typeSystemDescription xmlns=\"http://uima.apache.org/resourceSpecifier\">\n<types>\n",
    );
    for kind in types(scheme, &Labels::of(scheme)) {
        let (name, parent) = (kind.name, kind.parent);
        system += &format!("<typeDescription><name>{name}</name><description/>");
        system += &format!("<supertypeName>{parent}</supertypeName><features>\n");
        for (name, range) in kind.features {
            let range = range.name();
            system += &format!("<featureDescription><name>{name}</name><description/>");
            system += &format!("<rangeTypeName>{range}</rangeTypeName></featureDescription>\n");
        }
        system += "</features></typeDescription>\n";
    }
    system += "</types>\n</typeSystemDescription>\n";
    sink.file("TypeSystem.xml")?.write_all(system.as_bytes())?;
    let mut losses = write::write(export, "xmi", file, sink)?;
    let replaced =
        |document: &&std::sync::Arc<crate::model::Document>| document.text().chars().any(|c| !is_xml(c));
    losses.add(
        export.session.documents.iter().filter(replaced).count(),
        "text has control characters, which XML can't hold: U+FFFD stands for them",
        "texts have control characters, which XML can't hold: U+FFFD stands for them",
    );
    Ok(losses)
}

fn file(file: &File<'_>, to: &mut dyn Write) -> Result<(), WriteError> {
    writeln!(to, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>")?;
    write!(to, "<xmi:XMI xmlns:xmi=\"http://www.omg.org/XMI\" xmlns:cas=\"http:///uima/cas.ecore\"")?;
    write!(to, " xmlns:custom=\"http:///webanno/custom.ecore\" xmlns:type=\"http:///")?;
    writeln!(to, "de/tudarmstadt/ukp/dkpro/core/api/metadata/type.ecore\" xmi:version=\"2.0\">")?;
    writeln!(to, "<cas:NULL xmi:id=\"0\"/>")?;
    let mut members = String::new();
    for structure in &file.structures {
        let local = structure.kind.rsplit('.').next().unwrap_or_default();
        let prefix = if structure.kind.starts_with("webanno.") { "custom" } else { "type" };
        write!(to, "<{prefix}:{local} xmi:id=\"{}\" sofa=\"1\"", structure.id)?;
        for (name, value) in &structure.features {
            match value {
                Value::Text(text) => write!(to, " {name}=\"{}\"", attribute(text))?,
                Value::Integer(number) | Value::Of(number) => write!(to, " {name}=\"{number}\"")?,
                Value::Boolean(value) => write!(to, " {name}=\"{value}\"")?,
            }
        }
        writeln!(to, "/>")?;
        members += &format!(" {}", structure.id);
    }
    write!(to, "<cas:Sofa xmi:id=\"1\" sofaNum=\"1\" sofaID=\"{VIEW}\" mimeType=\"text\"")?;
    writeln!(to, " sofaString=\"{}\"/>", attribute(file.text))?;
    writeln!(to, "<cas:View sofa=\"1\" members=\"{}\"/>\n</xmi:XMI>", members.trim_start())?;
    Ok(())
}

/// True for what XML 1.0 can hold.
fn is_xml(c: char) -> bool {
    matches!(c, '\t' | '\n' | '\r') || c >= ' ' && !matches!(c, '\u{fffe}' | '\u{ffff}')
}

/// A text with what XML can't hold replaced.
pub(super) fn held(text: &str) -> String {
    text.chars().map(|c| if is_xml(c) { c } else { REPLACEMENT }).collect()
}

fn attribute(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len() + text.len() / 8);
    for c in text.chars() {
        match c {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '"' => escaped.push_str("&quot;"),
            // Others that a reader may take for the end of a line are safe as numbers too.
            '\t' | '\n' | '\r' | '\u{7f}'..='\u{9f}' | '\u{2028}' | '\u{2029}' => {
                let _ = write!(escaped, "&#{};", u32::from(c));
            }
            _ if is_xml(c) => escaped.push(c),
            _ => escaped.push(REPLACEMENT),
        }
    }
    escaped
}

fn read_from(inputs: &[Input]) -> Result<Foreign, ReadError> {
    read::read(inputs, "xmi", found)
}

fn found(input: &Input) -> Result<Found, ReadError> {
    let text = input.text()?;
    let mut reader = Reader::from_str(text);
    let mut found = Found::default();
    let mut names: Vec<(String, String)> = Vec::new();
    let (mut depth, mut count) = (0_usize, 0_usize);
    // The structure that is open, and the words of the feature in it that is.
    let mut open: Option<(String, String, Vec<(String, String)>)> = None;
    let mut words = String::new();
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(text.len());
        let wrong = |what: &dyn std::fmt::Display| {
            let line =
                1 + text.as_bytes()[..at.min(text.len())].iter().filter(|byte| **byte == b'\n').count();
            ReadError::at(&input.name, format!("line {line}"), what)
        };
        let event = reader.read_event().map_err(|error| wrong(&error))?;
        if matches!(event, Event::Start(_) | Event::Empty(_)) {
            count += 1;
            if count > limits::XML_ELEMENTS {
                return Err(wrong(&"it holds more elements than can be read at once; split the file"));
            }
        }
        match event {
            Event::DocType(_) => return Err(wrong(&"it has a DOCTYPE, which is not read")),
            Event::Start(start) => {
                depth += 1;
                match depth {
                    1 => names = namespaces(&start).map_err(|what| wrong(&what))?,
                    2 => open = Some(structure(&start, &names).map_err(|what| wrong(&what))?),
                    _ => words.clear(),
                }
            }
            Event::Empty(start) if depth == 0 => names = namespaces(&start).map_err(|what| wrong(&what))?,
            Event::Empty(start) if depth == 1 => {
                let (id, kind, features) = structure(&start, &names).map_err(|what| wrong(&what))?;
                put(&mut found, id, kind, features);
            }
            Event::Text(text) => words.push_str(&text.xml10_content()),
            Event::CData(text) => words.push_str(&text.xml10_content()),
            Event::GeneralRef(reference) => {
                let entity = quick_xml::escape::resolve_predefined_entity(&reference.xml10_content())
                    .map(str::to_owned);
                let character = reference.resolve_char_ref().ok().flatten().map(String::from);
                words += &entity.or(character).ok_or_else(|| wrong(&"it has an entity of its own"))?;
            }
            Event::End(end) => {
                if depth == 3
                    && let Some((_, _, features)) = &mut open
                {
                    let name = end.name().into_inner().to_owned();
                    let words = std::mem::take(&mut words);
                    match features.iter_mut().find(|(own, _)| *own == name) {
                        Some((_, all)) => *all += &format!("; {words}"),
                        None => features.push((name, words)),
                    }
                }
                if depth == 2
                    && let Some((id, kind, features)) = open.take()
                {
                    put(&mut found, id, kind, features);
                }
                depth = depth.saturating_sub(1);
            }
            Event::Eof if depth > 0 => return Err(wrong(&"it is cut off")),
            Event::Eof => break,
            _ => {}
        }
    }
    if names.iter().all(|(_, uri)| !uri.ends_with("/XMI")) {
        return Err(ReadError::new(&input.name, "it is no XMI: its first element does not say so"));
    }
    Ok(found)
}

fn put(found: &mut Found, id: String, kind: String, features: Vec<(String, String)>) {
    if kind != SOFA {
        found.put(id, kind, features);
        return;
    }
    let feature = |name: &str| features.iter().find(|(own, _)| own == name).map(|(_, value)| value.clone());
    let sofa = Sofa { view: feature("sofaID").unwrap_or_default(), text: feature("sofaString") };
    found.sofas.insert(id, sofa);
}

/// Prefixes and what they stand for.
fn namespaces(start: &BytesStart<'_>) -> Result<Vec<(String, String)>, String> {
    let mut names = Vec::new();
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        if let Some(prefix) = attribute.key.into_inner().strip_prefix("xmlns:") {
            names.push((prefix.to_owned(), attribute.value.to_string()));
        }
    }
    Ok(names)
}

/// Id, type and features of an element.
#[expect(clippy::type_complexity, reason = "the parts of one structure, taken apart at once")]
fn structure(
    start: &BytesStart<'_>,
    names: &[(String, String)],
) -> Result<(String, String, Vec<(String, String)>), String> {
    let name = start.name().into_inner().to_owned();
    let (prefix, local) = name.split_once(':').unwrap_or(("", &name));
    let space = names.iter().find(|(own, _)| own == prefix).map_or("", |(_, uri)| uri);
    let space = space.strip_prefix("http:///").unwrap_or(space);
    let space = space.strip_suffix(".ecore").unwrap_or(space).replace('/', ".");
    let kind = match space.as_str() {
        "" | "uima.noNamespace" => local.to_owned(),
        space => format!("{space}.{local}"),
    };
    let (mut id, mut features) = (String::new(), Vec::new());
    for attribute in start.attributes() {
        let attribute = attribute.map_err(|error| error.to_string())?;
        // Not as XML says, which makes spaces of line ends: who writes them so means them.
        let value = quick_xml::escape::unescape(&attribute.value).map_err(|error| error.to_string())?;
        match attribute.key.into_inner() {
            "xmi:id" => id = value.into_owned(),
            key if key.contains(':') => {}
            key => features.push((key.to_owned(), value.into_owned())),
        }
    }
    Ok((id, kind, features))
}
