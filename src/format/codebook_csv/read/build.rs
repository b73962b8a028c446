//! A scheme made row by row.

use std::collections::BTreeMap;

use super::{Headers, Row};
use crate::edit::make;
use crate::format::export::Losses;
use crate::format::{colors, tables};
use crate::model::{
    Attribute, AttributeId, AttributeValue, Example, LinkKind, LinkKindId, Rule, Scheme, Tag, TagId,
    Timestamp,
};

/// What a row with a parent can belong to.
#[derive(Clone, Copy)]
enum Owner {
    Tag(usize),
    Rule(usize, usize),
    Attribute(usize),
}

/// The scheme so far.
pub(super) struct Builder {
    is_own: bool,
    has_keys: bool,
    scheme: Scheme,
    /// Ids of rows, and what they became; the last one with an id counts.
    owners: BTreeMap<String, Owner>,
    /// Tags by their name, or by their whole path.
    paths: BTreeMap<String, usize>,
    /// Tags with what the file gives as their parents.
    parents: Vec<(usize, String)>,
    /// Attributes with what the file gives as their tags and values.
    of_tags: Vec<(usize, String, String)>,
    counts: Counts,
}

/// What did not fit.
#[derive(Default)]
struct Counts {
    nameless: usize,
    twice: usize,
    unknown: usize,
    homeless: usize,
    keys: usize,
    colors: usize,
    parents: usize,
    circles: usize,
    undated: usize,
    defaults: usize,
    of_tags: usize,
}

impl Builder {
    pub(super) fn new(headers: &Headers) -> Self {
        Self {
            is_own: headers.is_own,
            has_keys: headers.key.is_some(),
            scheme: Scheme::default(),
            owners: BTreeMap::new(),
            paths: BTreeMap::new(),
            parents: Vec::new(),
            of_tags: Vec::new(),
            counts: Counts::default(),
        }
    }

    pub(super) fn row(&mut self, row: &Row<'_>) {
        if row.record.iter().all(|cell| cell.trim().is_empty()) {
            return;
        }
        match row.cell("kind").trim().to_lowercase().as_str() {
            "" | "tag" | "code" | "label" | "category" => self.tag(row),
            "rule" => self.rule(row),
            "example" => self.example(row),
            "attribute" => self.attribute(row),
            "value" => self.value(row),
            "link" => self.link_kind(row),
            _ => self.counts.unknown += 1,
        }
    }

    fn name(&self, row: &Row<'_>) -> String {
        let name = row.at(row.headers.name);
        if self.is_own { name.to_owned() } else { name.trim().to_owned() }
    }

    /// The id that the file gives, when it is ours and free.
    fn id<'r>(&self, row: &'r Row<'_>, taken: impl Fn(&str) -> bool) -> Option<&'r str> {
        let id = row.cell("id");
        (self.is_own && !id.is_empty() && !taken(id)).then_some(id)
    }

    fn tag(&mut self, row: &Row<'_>) {
        let path = parts(row.at(row.headers.path));
        let name = match path.last() {
            Some(last) => (*last).to_owned(),
            None => self.name(row),
        };
        if name.trim().is_empty() {
            self.counts.nameless += 1;
            return;
        }
        let above = path.split_last().map_or(&[][..], |(_, above)| above);
        let up = self.above(above);
        let whole = if path.is_empty() { name.clone() } else { path.join("/") };
        if !self.is_own && self.paths.contains_key(&whole) {
            // A path may come after those below it: then the row tells of a tag that is there without a word.
            let definition = row.at(row.headers.definition);
            let known = self.paths.get(&whole).map(|at| &mut self.scheme.tags[*at]);
            match known.filter(|tag| tag.definition.is_empty() && !path.is_empty()) {
                Some(tag) => definition.clone_into(&mut tag.definition),
                None => self.counts.twice += 1,
            }
            return;
        }
        let mut tag = make::new_tag(&self.scheme, &name);
        if let Some(id) = self.id(row, |id| self.scheme.tag(&TagId::new(id)).is_some()) {
            tag.id = TagId::new(id);
        }
        row.at(row.headers.definition).clone_into(&mut tag.definition);
        tag.retired = row.is_yes("retired");
        self.marks(row, &mut tag);
        tag.parent = up.map(|at| self.scheme.tags[at].id.clone());
        let parent = row.cell("parent");
        if up.is_none() && !parent.trim().is_empty() {
            self.parents.push((self.scheme.tags.len(), parent.to_owned()));
        }
        self.put(tag, whole);
    }

    fn put(&mut self, tag: Tag, path: String) -> usize {
        let at = self.scheme.tags.len();
        self.owners.insert(tag.id.to_string(), Owner::Tag(at));
        self.paths.insert(path, at);
        self.scheme.tags.push(tag);
        at
    }

    /// The innermost of these tags, which are made where they are not there yet.
    fn above(&mut self, path: &[&str]) -> Option<usize> {
        let mut up = None;
        for depth in 1..=path.len() {
            let whole = path[..depth].join("/");
            let at = self.paths.get(&whole).copied().unwrap_or_else(|| {
                let mut tag = make::new_tag(&self.scheme, path[depth - 1]);
                tag.parent = up.map(|at: usize| self.scheme.tags[at].id.clone());
                self.put(tag, whole)
            });
            up = Some(at);
        }
        up
    }

    /// Letter, key, color and pattern, where the file gives them and they are free.
    fn marks(&mut self, row: &Row<'_>, tag: &mut Tag) {
        let mut letter = row.cell("letter").chars();
        if let (Some(letter), None) = (letter.next(), letter.next())
            && (tag.retired || !self.scheme.tags.iter().any(|it| !it.retired && it.letter == letter))
        {
            tag.letter = letter;
        }
        if self.has_keys {
            let text = row.at(row.headers.key).trim();
            let key = text.parse().ok().filter(|key| (1..=9).contains(key));
            tag.key = key.filter(|key| tag.retired || self.scheme.tag_for_key(*key).is_none());
            self.counts.keys += usize::from(tag.key.is_none() && !text.is_empty());
        }
        let color = row.at(row.headers.color);
        match colors::named(color) {
            Some(color) => tag.color = color,
            None => self.counts.colors += usize::from(!color.trim().is_empty()),
        }
        let pattern = row.cell("pattern").trim();
        if let Some((pattern, _)) = tables::PATTERNS.iter().find(|(_, name)| *name == pattern) {
            tag.pattern = *pattern;
        }
    }

    fn rule(&mut self, row: &Row<'_>) {
        let Some(Owner::Tag(tag)) = self.owners.get(row.cell("parent")).copied() else {
            self.counts.homeless += 1;
            return;
        };
        let since = row.cell("since").trim().parse();
        self.counts.undated += usize::from(since.is_err());
        let since = since.unwrap_or_else(|_| Timestamp::from_second(0));
        let rules = &mut self.scheme.tags[tag].rules;
        self.owners.insert(row.cell("id").to_owned(), Owner::Rule(tag, rules.len()));
        rules.push(Rule { text: row.at(row.headers.definition).to_owned(), since, examples: Vec::new() });
    }

    fn example(&mut self, row: &Row<'_>) {
        let example = Example {
            quote: row.at(row.headers.definition).to_owned(),
            annotation: row.cell("annotation_id").trim().parse().ok(),
            note: row.cell("note").to_owned(),
        };
        match self.owners.get(row.cell("parent")) {
            Some(Owner::Tag(tag)) => self.scheme.tags[*tag].examples.push(example),
            Some(Owner::Rule(tag, rule)) => self.scheme.tags[*tag].rules[*rule].examples.push(example),
            _ => self.counts.homeless += 1,
        }
    }

    fn attribute(&mut self, row: &Row<'_>) {
        let name = self.name(row);
        let mut attribute = make::new_attribute(&self.scheme, &name);
        if let Some(id) = self.id(row, |id| self.scheme.attribute(&AttributeId::new(id)).is_some()) {
            attribute.id = AttributeId::new(id);
        }
        row.at(row.headers.definition).clone_into(&mut attribute.definition);
        attribute.retired = row.is_yes("retired");
        attribute.default = Some(row.cell("default")).filter(|value| !value.is_empty()).map(str::to_owned);
        let at = self.scheme.attributes.len();
        self.of_tags.push((at, row.cell("tags").to_owned(), row.cell("allowed_values").to_owned()));
        self.owners.insert(attribute.id.to_string(), Owner::Attribute(at));
        self.scheme.attributes.push(attribute);
    }

    fn value(&mut self, row: &Row<'_>) {
        let Some(Owner::Attribute(attribute)) = self.owners.get(row.cell("parent")) else {
            self.counts.homeless += 1;
            return;
        };
        let definition = row.at(row.headers.definition).to_owned();
        let value = AttributeValue { name: self.name(row), definition };
        self.scheme.attributes[*attribute].values.push(value);
    }

    fn link_kind(&mut self, row: &Row<'_>) {
        let mut kind: LinkKind = make::new_link_kind(&self.scheme, &self.name(row));
        if let Some(id) = self.id(row, |id| self.scheme.link_kind(&LinkKindId::new(id)).is_some()) {
            kind.id = LinkKindId::new(id);
        }
        row.at(row.headers.definition).clone_into(&mut kind.definition);
        let inverse = row.cell("inverse");
        if self.is_own || !inverse.trim().is_empty() {
            inverse.clone_into(&mut kind.inverse);
        }
        kind.retired = row.is_yes("retired");
        self.scheme.link_kinds.push(kind);
    }

    /// The scheme, valid as far as a file's rows can make it so, and what did not fit.
    pub(super) fn finish(mut self) -> (Scheme, Losses) {
        for (at, parent) in std::mem::take(&mut self.parents) {
            let id = self.tag_named(&parent);
            match id {
                None => self.counts.parents += 1,
                Some(id) if self.is_at_or_under(&id, at) => self.counts.circles += 1,
                Some(id) => self.scheme.tags[at].parent = Some(id),
            }
        }
        for (at, of_tags, values) in std::mem::take(&mut self.of_tags) {
            for name in names(&of_tags) {
                match self.tag_named(name) {
                    Some(id) => self.scheme.attributes[at].tags.push(id),
                    None => self.counts.of_tags += 1,
                }
            }
            let attribute: &mut Attribute = &mut self.scheme.attributes[at];
            if attribute.values.is_empty() {
                let value = |name: &str| AttributeValue { name: name.to_owned(), definition: String::new() };
                attribute.values = names(&values).map(value).collect();
            }
            if attribute.default.as_ref().is_some_and(|value| !attribute.allows(value)) {
                attribute.default = None;
                self.counts.defaults += 1;
            }
        }
        (self.scheme, self.counts.told())
    }

    /// The tag with this id, else the first with this name.
    fn tag_named(&self, text: &str) -> Option<TagId> {
        let text = if self.is_own { text } else { text.trim() };
        let by_id = || self.scheme.tag(&TagId::new(text)).filter(|_| self.is_own);
        let by_name = || self.scheme.tags.iter().find(|tag| tag.name == text);
        let by_letters =
            || self.scheme.tags.iter().find(|tag| tag.name.to_lowercase() == text.to_lowercase());
        by_id().or_else(by_name).or_else(by_letters).map(|tag| tag.id.clone())
    }

    /// True when the tag `id` is the one at `at`, or a kind of it.
    fn is_at_or_under(&self, id: &TagId, at: usize) -> bool {
        let up = |tag: &&Tag| tag.parent.as_ref().and_then(|id| self.scheme.tag(id));
        let mut line = std::iter::successors(self.scheme.tag(id), up).take(self.scheme.tags.len());
        line.any(|tag| tag.id == self.scheme.tags[at].id)
    }
}

/// The names of a path, outermost first.
fn parts(path: &str) -> Vec<&str> {
    let between = ["::", ">", "/"].into_iter().find(|between| path.contains(between)).unwrap_or("/");
    path.split(between).map(str::trim).filter(|part| !part.is_empty()).collect()
}

/// The names in a cell.
fn names(cell: &str) -> impl Iterator<Item = &str> {
    cell.split(tables::BETWEEN.trim()).map(str::trim).filter(|name| !name.is_empty())
}

impl Counts {
    fn told(&self) -> Losses {
        let mut told = Losses::default();
        told.add(self.nameless, "row has no name: left out", "rows have no name: left out");
        told.add(self.twice, "row names a tag again: left out", "rows name a tag again: left out");
        told.add(self.unknown, "row is of no known kind: left out", "rows are of no known kind: left out");
        let (one, many) = ("row belongs to nothing", "rows belong to nothing");
        let what = "that stands before it: left out";
        told.add(
            self.homeless,
            &format!("{one} {what}"),
            &format!("{many} that stands before them: left out"),
        );
        told.add(self.keys, "key is taken or not 1 to 9: left out", "keys are taken or not 1 to 9: left out");
        told.add(
            self.colors,
            "color is not known: another was given",
            "colors are not known: others were given",
        );
        told.add(
            self.parents,
            "parent is not in the file: left out",
            "parents are not in the file: left out",
        );
        told.add(
            self.circles,
            "tag would be its own ancestor: its parent is left out",
            "tags would be their own ancestors: their parents are left out",
        );
        told.add(
            self.undated,
            "rule has no date: given that of 1970",
            "rules have no date: given that of 1970",
        );
        told.add(
            self.defaults,
            "first value is not among the allowed ones: left out",
            "first values are not among the allowed ones: left out",
        );
        told.add(
            self.of_tags,
            "tag of an attribute is not in the file: left out",
            "tags of attributes are not in the file: left out",
        );
        told
    }
}
