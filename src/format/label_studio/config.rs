//! The labeling interface: a label for each tag, a control for each attribute, for doubt and for the note.

use std::collections::BTreeMap;

use quick_xml::escape::escape;
use serde_json::{Value, json};

use crate::format::chart::ink;
use crate::model::{Attribute, AttributeId, Scheme, slug};

/// The control of tags.
pub const TAG: &str = "tag";
/// The text.
pub const TEXT: &str = "text";
/// The control of doubt, and its one choice.
pub const UNSURE: &str = "unsure";
/// The control of the note.
pub const NOTE: &str = "note";

/// What stands in an attribute of XML: control characters and line ends, which a reader of XML refuses or changes, are
/// spaces.
pub fn clean(words: &str) -> String {
    let space = |c: char| if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') { ' ' } else { c };
    words.chars().map(space).collect()
}

/// The names of the controls of attributes.
pub struct Controls(BTreeMap<AttributeId, (String, bool)>);

impl Controls {
    /// Of a scheme, by its attributes' ids.
    pub fn of(scheme: &Scheme) -> Self {
        let mut taken: Vec<String> = [TAG, TEXT, UNSURE, NOTE].map(str::to_owned).into();
        let named = scheme.attributes.iter().map(|attribute| {
            let name = slug(attribute.id.as_str(), "attribute", |name| taken.iter().any(|it| it == name));
            taken.push(name.clone());
            (attribute.id.clone(), (name, !attribute.values.is_empty()))
        });
        Self(named.collect())
    }

    /// The control of an attribute, and whether it has choices.
    pub fn of_attribute(&self, id: &AttributeId) -> Option<(&str, bool)> {
        self.0.get(id).map(|(name, has_choices)| (name.as_str(), *has_choices))
    }

    /// What each control is in Gainsay, for reading it back: `{control: {id, name, values: {as shown: as it is}}}`.
    pub fn explained(&self, scheme: &Scheme) -> Value {
        let one = |attribute: &Attribute| {
            let (name, _) = self.0.get(&attribute.id)?;
            let changed = attribute.values.iter().filter(|value| clean(&value.name) != value.name);
            let values: BTreeMap<String, &str> =
                changed.map(|value| (clean(&value.name), value.name.as_str())).collect();
            Some((
                name.clone(),
                json!({ "id": attribute.id.as_str(), "name": attribute.name, "values": values }),
            ))
        };
        Value::Object(scheme.attributes.iter().filter_map(one).collect())
    }
}

/// The interface as Label Studio reads it.
pub fn xml(scheme: &Scheme, controls: &Controls) -> String {
    let shown = |words: &str| escape(clean(words)).into_owned();
    // Without this Label Studio takes several spaces for one, and every offset after them is wrong.
    let mut xml = "<View>\n  <Style>.htx-text { white-space: pre-wrap; }</Style>\n".to_owned();
    if !scheme.link_kinds.is_empty() {
        xml += "  <Relations>\n";
        for kind in &scheme.link_kinds {
            xml += &format!("    <Relation value=\"{}\"/>\n", shown(&kind.name));
        }
        xml += "  </Relations>\n";
    }
    xml += &format!("  <Labels name=\"{TAG}\" toName=\"{TEXT}\">\n");
    for (tag, _) in scheme.nested() {
        xml += &format!("    <Label value=\"{}\" background=\"{}\"", shown(&tag.name), ink(tag.color));
        if !tag.definition.is_empty() {
            xml += &format!(" hint=\"{}\"", shown(&tag.definition));
        }
        xml += "/>\n";
    }
    xml += "  </Labels>\n";
    xml += &format!("  <Text name=\"{TEXT}\" value=\"$text\" granularity=\"symbol\"/>\n");
    for attribute in &scheme.attributes {
        let Some((name, has_choices)) = controls.of_attribute(&attribute.id) else { continue };
        xml += &format!("  <Header value=\"{}\" size=\"5\"/>\n", shown(&attribute.name));
        if !has_choices {
            xml += &area(name);
            continue;
        }
        xml +=
            &format!("  <Choices name=\"{name}\" toName=\"{TEXT}\" perRegion=\"true\" choice=\"single\">\n");
        for value in &attribute.values {
            xml += &format!("    <Choice value=\"{}\"/>\n", shown(&value.name));
        }
        xml += "  </Choices>\n";
    }
    xml +=
        &format!("  <Choices name=\"{UNSURE}\" toName=\"{TEXT}\" perRegion=\"true\" choice=\"multiple\">\n");
    xml += &format!("    <Choice value=\"{UNSURE}\"/>\n  </Choices>\n");
    xml + &area(NOTE) + "</View>\n"
}

fn area(name: &str) -> String {
    format!(
        "  <TextArea name=\"{name}\" toName=\"{TEXT}\" perRegion=\"true\" editable=\"true\" rows=\"3\"/>\n"
    )
}

/// The name of the field of a task's data that the interface shows as text, when it says so.
pub fn text_field(xml: &str) -> Option<String> {
    let mut reader = quick_xml::Reader::from_str(xml);
    loop {
        match reader.read_event().ok()? {
            quick_xml::events::Event::Start(element) | quick_xml::events::Event::Empty(element)
                if matches!(element.local_name().as_ref(), "Text" | "HyperText") =>
            {
                let attribute = element.try_get_attribute("value").ok()??;
                return attribute.value.strip_prefix('$').map(str::to_owned);
            }
            quick_xml::events::Event::Eof => return None,
            _ => {}
        }
    }
}
