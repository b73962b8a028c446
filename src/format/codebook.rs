//! The codebook: the scheme as a page (HTML) to read, print and pass on.

use crate::model::{Attribute, Example, LinkKind, Rule, Scheme, Session, Tag, TagId};

use super::citation::escaped;
use super::export::{Export, Losses, Sink, WriteError};
use super::page::lines;
use super::table::{Format, Goal, Shape};

/// Its entry in the table of formats.
pub const FORMAT: Format = Format {
    name: "codebook",
    title: "Codebook for printing (HTML)",
    goal: Goal::Text,
    shape: Shape::File,
    extensions: &["html"],
    beside: &[],
    keeps: "tags, attributes and link kinds with definitions, dated rules and examples",
    loses: "the documents and all that is marked in them",
    write: Some(write),
    read: None,
};

/// The page as an export.
///
/// # Errors
/// When the bytes can't be written.
pub fn write(export: &Export<'_>, sink: &mut dyn Sink) -> Result<Losses, WriteError> {
    sink.file("codebook.html")?.write_all(page(export.session).as_bytes())?;
    Ok(Losses::default())
}

/// The page, whole in one file: tags nested under what they are a kind of, each with its definition, dated rules and
/// examples; then attributes and link kinds; retired ones last.
pub fn page(session: &Session) -> String {
    let scheme = &session.scheme;
    let title = match session.info.title.as_str() {
        "" => "Codebook".to_owned(),
        title => format!("Codebook: {title}"),
    };
    let mut html = format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta name=\"viewport\" content=\"width=device-width\">\n<title>{0}</title>\n<style>{STYLE}</style>\n\
         </head>\n<body>\n<h1>{0}</h1>\n",
        escaped(&title)
    );
    html.push_str("<h2>Tags</h2>\n");
    for tag in scheme.tags.iter().filter(|tag| !tag.retired && parent(scheme, tag).is_none()) {
        tag_html(session, tag, 0, &mut html);
    }
    section(&mut html, "Attributes", scheme.attributes.iter().filter(|it| !it.retired), |html, attribute| {
        attribute_html(scheme, attribute, html);
    });
    section(&mut html, "Links", scheme.link_kinds.iter().filter(|it| !it.retired), link_html);
    let retired = scheme.tags.iter().filter(|tag| tag.retired);
    section(&mut html, "Retired tags", retired, |html, tag| {
        html.push_str(&format!("<h3>{}</h3>\n", escaped(&tag.name)));
        paragraph(html, "definition", &tag.definition);
    });
    html.push_str("</body>\n</html>\n");
    html
}

/// Legible on screen and on paper, without a font of its own or anything from elsewhere.
const STYLE: &str = "body{font:11pt/1.45 Georgia,serif;max-width:44em;margin:2em auto;padding:0 1em;color:#1d1b18}\
    h1{font-size:1.5em}h2{font-size:1.2em;border-bottom:1px solid #b9b2a6;margin-top:2em}\
    h3{font-size:1.05em;margin:1.4em 0 .2em}h3 .letter{display:inline-block;min-width:1.3em;text-align:center;\
    border:1px solid #1d1b18;border-radius:3px;margin-right:.5em}h3 .key{font-weight:normal;color:#6b655c}\
    .nested{margin-left:1.6em}blockquote{margin:.3em 0 .3em 1.2em;padding-left:.8em;border-left:2px solid #b9b2a6}\
    .since{color:#6b655c}ul,dl{margin:.3em 0}dt{font-weight:bold}@media print{body{margin:0;max-width:none}\
    h3,blockquote{break-inside:avoid}h3{break-after:avoid}}";

fn section<'a, T: 'a>(
    html: &mut String,
    heading: &str,
    items: impl Iterator<Item = &'a T>,
    write: impl Fn(&mut String, &T),
) {
    let mut items = items.peekable();
    if items.peek().is_none() {
        return;
    }
    html.push_str(&format!("<h2>{heading}</h2>\n"));
    for item in items {
        write(html, item);
    }
}

/// The parent, as long as it is offered.
fn parent<'a>(scheme: &'a Scheme, tag: &Tag) -> Option<&'a Tag> {
    scheme.tag(tag.parent.as_ref()?).filter(|parent| !parent.retired)
}

fn tag_html(session: &Session, tag: &Tag, depth: usize, html: &mut String) {
    let key = tag.key.map(|key| format!(" <span class=\"key\">key {key}</span>")).unwrap_or_default();
    let (letter, name) = (escaped(&tag.letter.to_string()), escaped(&tag.name));
    html.push_str(&format!("<section{}>\n", if depth > 0 { " class=\"nested\"" } else { "" }));
    html.push_str(&format!("<h3><span class=\"letter\">{letter}</span>{name}{key}</h3>\n"));
    paragraph(html, "definition", &tag.definition);
    for Rule { text, since, examples } in &tag.rules {
        let since = since.to_string();
        let day = since.split('T').next().unwrap_or(&since);
        html.push_str(&format!(
            "<p>{} <span class=\"since\">(rule since {})</span></p>\n",
            lines(text),
            escaped(day)
        ));
        examples_html(session, examples, html);
    }
    examples_html(session, &tag.examples, html);
    // A chain of parents has no circle in a valid scheme; a depth keeps an invalid one from going on for ever.
    for child in session.scheme.tags.iter().filter(|child| !child.retired && is_under(child, &tag.id)) {
        if depth < 20 {
            tag_html(session, child, depth + 1, html);
        }
    }
    html.push_str("</section>\n");
}

fn is_under(tag: &Tag, parent: &TagId) -> bool {
    tag.parent.as_ref() == Some(parent)
}

fn examples_html(session: &Session, examples: &[Example], html: &mut String) {
    for Example { quote, annotation, note } in examples {
        let from = annotation.and_then(|id| session.annotations.get(&id));
        let from = from.and_then(|annotation| session.document(annotation.anchor.document()));
        html.push_str(&format!("<blockquote>“{}”", lines(quote.trim())));
        if let Some(document) = from {
            html.push_str(&format!(" <span class=\"since\">({})</span>", escaped(document.label())));
        }
        if !note.is_empty() {
            html.push_str(&format!("<br>{}", lines(note)));
        }
        html.push_str("</blockquote>\n");
    }
}

fn attribute_html(scheme: &Scheme, attribute: &Attribute, html: &mut String) {
    html.push_str(&format!("<h3>{}</h3>\n", escaped(&attribute.name)));
    paragraph(html, "definition", &attribute.definition);
    if !attribute.tags.is_empty() {
        let names = attribute.tags.iter().filter_map(|id| scheme.tag(id)).map(|tag| escaped(&tag.name));
        html.push_str(&format!("<p>Of {}.</p>\n", names.collect::<Vec<_>>().join(", ")));
    }
    if attribute.values.is_empty() {
        html.push_str("<p>Any text.</p>\n");
        return;
    }
    html.push_str("<dl>\n");
    for value in &attribute.values {
        let first = if attribute.default.as_ref() == Some(&value.name) { " (at first)" } else { "" };
        html.push_str(&format!(
            "<dt>{}{first}</dt><dd>{}</dd>\n",
            escaped(&value.name),
            lines(&value.definition)
        ));
    }
    html.push_str("</dl>\n");
}

fn link_html(html: &mut String, kind: &LinkKind) {
    html.push_str(&format!(
        "<p><b>{}</b>, the other way <b>{}</b>: {}</p>\n",
        escaped(&kind.name),
        escaped(&kind.inverse),
        lines(&kind.definition)
    ));
}

fn paragraph(html: &mut String, class: &str, text: &str) {
    if !text.is_empty() {
        html.push_str(&format!("<p class=\"{class}\">{}</p>\n", lines(text)));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::format::arbitrary;
    use crate::model::*;

    #[test]
    fn the_page_tells_all_of_the_scheme_and_no_markup_of_its_own_is_taken_for_markup() {
        let mut scheme = Scheme::starter();
        scheme.tags[1].parent = Some(scheme.tags[0].id.clone());
        scheme.tags[0].definition = "says <b>so</b> & \"firmly\"".to_owned();
        let since = "2031-06-12T09:00:00Z".parse().unwrap();
        let example = Example {
            quote: "👮🏽‍♀️ “cafe\u{301}”".to_owned(),
            annotation: None,
            note: "seen <twice>".to_owned(),
        };
        scheme.tags[0].rules.push(Rule {
            text: "only with a source".to_owned(),
            since,
            examples: vec![example],
        });
        scheme.tags[2].retired = true;
        scheme.attributes.push(Attribute {
            id: AttributeId::new("force"),
            name: "force".to_owned(),
            definition: String::new(),
            values: vec![AttributeValue { name: "strong".to_owned(), definition: "no doubt".to_owned() }],
            default: Some("strong".to_owned()),
            tags: Vec::new(),
            retired: false,
        });
        let session = Session { scheme: Arc::new(scheme), ..arbitrary::session(1) };
        let page = page(&session);
        for words in [
            "says &lt;b&gt;so&lt;/b&gt; &amp; &quot;firmly&quot;",
            "only with a source <span class=\"since\">(rule since 2031-06-12)</span>",
            "<blockquote>“👮🏽‍♀️ “cafe\u{301}””<br>seen &lt;twice&gt;</blockquote>",
            "<section class=\"nested\">\n<h3><span class=\"letter\">D</span>denial <span class=\"key\">key 2</span></h3>",
            "<h2>Retired tags</h2>\n<h3>caveat</h3>",
            "<dt>strong (at first)</dt><dd>no doubt</dd>",
            "<b>denies</b>, the other way <b>denied by</b>",
        ] {
            assert!(page.contains(words), "{words}\n{page}");
        }
        assert!(!page.contains("<b>so") && !page.contains("<twice>"));
    }
}
