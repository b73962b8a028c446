//! In which order, and under which headings, documents are listed.

use std::collections::BTreeMap;

use crate::model::{Document, Session};
use crate::text::fold::fold;

/// The order of documents in the dossier. The session keeps the one by hand.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum DocumentOrder {
    /// As they were put.
    #[default]
    Hand,
    /// The earliest first, those without a date last.
    Date,
    /// By outlet, then date.
    Outlet,
    /// By title.
    Title,
}

impl DocumentOrder {
    /// All of them.
    pub const ALL: [Self; 4] = [Self::Hand, Self::Date, Self::Outlet, Self::Title];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Hand => "By hand",
            Self::Date => "By date",
            Self::Outlet => "By outlet",
            Self::Title => "By title",
        }
    }
}

/// Under which headings documents are listed.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Grouping {
    /// Under none.
    #[default]
    None,
    /// Under the groups that the reader has named.
    Group,
    /// Under their outlets.
    Outlet,
}

impl Grouping {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::None, Self::Group, Self::Outlet];

    /// What it is called.
    pub const fn name(self) -> &'static str {
        match self {
            Self::None => "No groups",
            Self::Group => "My groups",
            Self::Outlet => "Outlets",
        }
    }
}

/// A row of the list of documents.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Listed {
    /// The heading of a group.
    Heading(String),
    /// The document with this index in the session.
    Document(usize),
}

/// The list of documents, and how many of them have no date. Kept until something of it changes.
#[derive(Clone, Debug, Default)]
pub struct Listing {
    /// Headings and documents.
    pub rows: Vec<Listed>,
    /// Documents without a date.
    pub undated: usize,
    key: Option<(u64, DocumentOrder, Grouping)>,
}

impl Listing {
    /// Lists anew if anything has changed.
    pub(super) fn refresh(
        &mut self,
        session: &Session,
        revision: u64,
        order: DocumentOrder,
        grouping: Grouping,
    ) {
        let key = Some((revision, order, grouping));
        if self.key != key {
            self.key = key;
            self.rows = rows(session, order, grouping);
            let undated =
                session.documents.iter().filter(|document| document.info.metadata.issued.is_empty());
            self.undated = undated.count();
        }
    }

    /// The documents in order, as indexes of the session.
    pub fn documents(&self) -> impl Iterator<Item = usize> + '_ {
        self.rows.iter().filter_map(|row| match row {
            Listed::Document(index) => Some(*index),
            Listed::Heading(_) => None,
        })
    }
}

fn rows(session: &Session, order: DocumentOrder, grouping: Grouping) -> Vec<Listed> {
    let documents = &session.documents;
    let mut indexes: Vec<usize> = (0..documents.len()).collect();
    let date = |i: usize| {
        let issued = &documents[i].info.metadata.issued;
        let (unread, year, month, day, text) = issued.sort_key();
        (issued.is_empty(), unread, year, month, day, text.to_owned())
    };
    let outlet = |document: &Document| fold(&document.info.metadata.container_title);
    match order {
        DocumentOrder::Hand => {}
        DocumentOrder::Date => indexes.sort_by_cached_key(|i| date(*i)),
        DocumentOrder::Outlet => indexes.sort_by_cached_key(|i| {
            let outlet = outlet(&documents[*i]);
            (outlet.is_empty(), outlet, date(*i))
        }),
        DocumentOrder::Title => indexes.sort_by_cached_key(|i| fold(documents[*i].title())),
    }
    let heading = |i: usize| match grouping {
        Grouping::None => "",
        Grouping::Group => documents[i].info.group.as_str(),
        Grouping::Outlet => documents[i].info.metadata.container_title.as_str(),
    };
    // Groups in the order of their first documents, what has none last.
    let mut groups: Vec<(&str, Vec<usize>)> = Vec::new();
    let mut places: BTreeMap<&str, usize> = BTreeMap::new();
    for index in indexes {
        let name = heading(index);
        let at = *places.entry(name).or_insert_with(|| {
            groups.push((name, Vec::new()));
            groups.len() - 1
        });
        groups[at].1.push(index);
    }
    groups.sort_by_key(|(name, _)| name.is_empty());
    let many = groups.len() > 1 || groups.first().is_some_and(|(name, _)| !name.is_empty());
    let mut rows = Vec::new();
    for (name, indexes) in groups {
        if many && grouping != Grouping::None {
            let name = if name.is_empty() { "Without a group" } else { name };
            rows.push(Listed::Heading(name.to_owned()));
        }
        rows.extend(indexes.into_iter().map(Listed::Document));
    }
    rows
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::format::arbitrary;
    use crate::model::{DocumentId, DocumentInfo, PartialDate};

    fn session() -> Session {
        let mut session = arbitrary::session(5);
        let source = Arc::clone(&session.documents[0].source);
        let document = |title: &str, outlet: &str, date: &str, group: &str| {
            let mut info = DocumentInfo { group: group.to_owned(), ..DocumentInfo::default() };
            info.metadata.title = title.to_owned();
            info.metadata.container_title = outlet.to_owned();
            info.metadata.issued = PartialDate::new(date);
            Arc::new(Document {
                id: DocumentId::new(title),
                source: Arc::clone(&source),
                info: Arc::new(info),
            })
        };
        session.documents = vec![
            document("Zeta", "Herald", "2031-06-12", "press"),
            document("Éta", "", "", ""),
            document("Beta", "Bode", "spring 2031", "press"),
            document("Alpha", "Bode", "2031", "board"),
        ];
        session
    }

    fn list(order: DocumentOrder, grouping: Grouping) -> Vec<String> {
        let session = session();
        let mut listing = Listing::default();
        listing.refresh(&session, 1, order, grouping);
        assert_eq!(listing.undated, 1);
        let name = |row: &Listed| match row {
            Listed::Heading(name) => format!("# {name}"),
            Listed::Document(i) => session.documents[*i].title().to_owned(),
        };
        listing.rows.iter().map(name).collect()
    }

    #[test]
    fn documents_are_listed_by_hand_date_outlet_and_title() {
        assert_eq!(list(DocumentOrder::Hand, Grouping::None), ["Zeta", "Éta", "Beta", "Alpha"]);
        assert_eq!(list(DocumentOrder::Date, Grouping::None), ["Alpha", "Zeta", "Beta", "Éta"]);
        assert_eq!(list(DocumentOrder::Outlet, Grouping::None), ["Alpha", "Beta", "Zeta", "Éta"]);
        assert_eq!(list(DocumentOrder::Title, Grouping::None), ["Alpha", "Beta", "Éta", "Zeta"]);
        assert_eq!(
            list(DocumentOrder::Date, Grouping::Group),
            ["# board", "Alpha", "# press", "Zeta", "Beta", "# Without a group", "Éta"]
        );
    }
}
