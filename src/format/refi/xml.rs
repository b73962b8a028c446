//! The little of XML that REFI-QDA needs: elements as a tree for reading, escaped text for writing.

use std::borrow::Cow;
use std::io::{self, Write};

use quick_xml::events::{BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use crate::model::limits;

/// An element as read. Namespaces are left aside: programs write several.
#[derive(Debug, Default)]
pub(super) struct Element {
    /// The local name.
    pub name: String,
    attributes: Vec<(String, String)>,
    /// The elements in it.
    pub children: Vec<Element>,
    /// The text directly in it, line ends as LF.
    pub text: String,
}

impl Element {
    /// The root element of a file. A document type is refused, and with it entities of one's own.
    ///
    /// # Errors
    /// What is wrong, and the byte after which it was seen.
    pub(super) fn parse(text: &str) -> Result<Self, (u64, String)> {
        let mut reader = Reader::from_str(text);
        reader.config_mut().expand_empty_elements = true;
        // The elements that are open, the root's parent first.
        let mut open = vec![Self::default()];
        let mut count = 0;
        loop {
            let event = reader.read_event().map_err(|error| (reader.error_position(), error.to_string()))?;
            let at = reader.buffer_position();
            let wrong = |what: &str| (at, what.to_owned());
            let last = open.last_mut().ok_or_else(|| wrong("an element ends that never began"))?;
            match event {
                Event::Start(start) => {
                    let element = Self::started(&start).map_err(|what| (at, what))?;
                    count += 1 + element.attributes.len();
                    if count > limits::XML_ELEMENTS {
                        return Err(wrong("it holds more elements than can be read at once"));
                    }
                    if open.len() > limits::XML_DEPTH {
                        return Err(wrong("its elements stand too deep in each other"));
                    }
                    open.push(element);
                }
                Event::End(_) => {
                    let done = open.pop().ok_or_else(|| wrong("an element ends that never began"))?;
                    open.last_mut()
                        .ok_or_else(|| wrong("an element ends that never began"))?
                        .children
                        .push(done);
                }
                Event::Text(text) => last.text.push_str(&text.xml10_content()),
                Event::CData(text) => last.text.push_str(&text.xml10_content()),
                Event::GeneralRef(reference) => {
                    let char = reference.resolve_char_ref().map_err(|error| (at, error.to_string()))?;
                    let named = || quick_xml::escape::resolve_xml_entity(&reference);
                    match (char, named()) {
                        (Some(char), _) => last.text.push(char),
                        (None, Some(text)) => last.text.push_str(text),
                        (None, None) => return Err((at, format!("it names the entity {:?}", &*reference))),
                    }
                }
                Event::DocType(_) => return Err(wrong("it has a document type, which is not read")),
                Event::Eof => break,
                _ => {}
            }
        }
        let end = text.len() as u64;
        let mut roots = match open.as_mut_slice() {
            [top] => std::mem::take(&mut top.children),
            _ => return Err((end, "it ends in the middle of an element".to_owned())),
        };
        match (roots.pop(), roots.is_empty()) {
            (Some(root), true) => Ok(root),
            _ => Err((end, "it has not just one root element".to_owned())),
        }
    }

    fn started(start: &BytesStart<'_>) -> Result<Self, String> {
        let mut attributes = Vec::new();
        for attribute in start.attributes() {
            let attribute = attribute.map_err(|error| error.to_string())?;
            let value =
                attribute.normalized_value(XmlVersion::Implicit1_0).map_err(|error| error.to_string())?;
            attributes.push((attribute.key.local_name().as_ref().to_owned(), value.into_owned()));
        }
        Ok(Self { name: start.local_name().as_ref().to_owned(), attributes, ..Self::default() })
    }

    /// The value of an attribute.
    pub(super) fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(own, _)| own == name).map(|(_, value)| value.as_str())
    }

    /// A GUID, without braces and in lower case: programs differ in both.
    pub(super) fn guid(&self, name: &str) -> Option<String> {
        let value = self.get(name)?.trim().trim_start_matches('{').trim_end_matches('}');
        (!value.is_empty()).then(|| value.to_ascii_lowercase())
    }

    /// The first child of this name.
    pub(super) fn child(&self, name: &str) -> Option<&Self> {
        self.children.iter().find(|child| child.name == name)
    }

    /// The children of this name.
    pub(super) fn all<'a>(&'a self, name: &'a str) -> impl Iterator<Item = &'a Self> {
        self.children.iter().filter(move |child| child.name == name)
    }

    /// The children in the first child of this name.
    pub(super) fn list<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a Self> + use<'a> {
        self.child(name).into_iter().flat_map(|list| &list.children)
    }

    /// The description, or empty.
    pub(super) fn description(&self) -> &str {
        self.child("Description").map_or("", |it| &it.text)
    }

    /// What the children of this name point to.
    pub(super) fn targets<'a>(&'a self, name: &'a str) -> impl Iterator<Item = String> + use<'a> {
        self.all(name).filter_map(|reference| reference.guid("targetGUID"))
    }
}

/// Writes elements, each on a line of its own, and counts what XML can't hold.
pub(super) struct Out<W> {
    to: W,
    depth: usize,
    /// Control characters that were written as U+FFFD.
    pub replaced: usize,
}

impl<W: Write> Out<W> {
    /// Begins with the XML declaration.
    pub(super) fn new(mut to: W) -> io::Result<Self> {
        to.write_all(b"<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n")?;
        Ok(Self { to, depth: 0, replaced: 0 })
    }

    /// Begins an element that holds others.
    pub(super) fn open(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.start(name, attributes)?;
        self.depth += 1;
        self.to.write_all(b">\n")
    }

    /// Ends it.
    pub(super) fn close(&mut self, name: &str) -> io::Result<()> {
        self.depth -= 1;
        writeln!(self.to, "{:1$}</{name}>", "", self.depth)
    }

    /// An element with nothing in it.
    pub(super) fn empty(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        self.start(name, attributes)?;
        self.to.write_all(b"/>\n")
    }

    /// An element with text in it, exactly as it is.
    pub(super) fn text(&mut self, name: &str, text: &str) -> io::Result<()> {
        self.start(name, &[])?;
        self.to.write_all(b">")?;
        self.escaped(text, false)?;
        writeln!(self.to, "</{name}>")
    }

    fn start(&mut self, name: &str, attributes: &[(&str, &str)]) -> io::Result<()> {
        write!(self.to, "{:1$}<{name}", "", self.depth)?;
        for (key, value) in attributes {
            write!(self.to, " {key}=\"")?;
            self.escaped(value, true)?;
            self.to.write_all(b"\"")?;
        }
        Ok(())
    }

    fn escaped(&mut self, text: &str, in_attribute: bool) -> io::Result<()> {
        let clean = clean(text);
        if let Cow::Owned(_) = clean {
            self.replaced += text.chars().filter(|c| is_foreign(*c)).count();
        }
        let mut rest = &*clean;
        // A carriage return, and in attributes every line end and tab, would be read as something else.
        let special =
            |c: char| matches!(c, '&' | '<' | '>' | '\r') || in_attribute && matches!(c, '"' | '\n' | '\t');
        while let Some(at) = rest.find(special) {
            self.to.write_all(&rest.as_bytes()[..at])?;
            self.to.write_all(match rest.as_bytes()[at] {
                b'&' => b"&amp;",
                b'<' => b"&lt;",
                b'>' => b"&gt;",
                b'"' => b"&quot;",
                b'\n' => b"&#10;",
                b'\t' => b"&#9;",
                _ => b"&#13;",
            })?;
            rest = &rest[at + 1..];
        }
        self.to.write_all(rest.as_bytes())
    }
}

/// True for what XML 1.0 has no way to write.
fn is_foreign(c: char) -> bool {
    matches!(c, '\0'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

/// The text as XML can hold it.
pub(super) fn clean(text: &str) -> Cow<'_, str> {
    if text.contains(is_foreign) {
        Cow::Owned(text.replace(is_foreign, "\u{fffd}"))
    } else {
        Cow::Borrowed(text)
    }
}
