//! What became of every document, passage and link.

use crate::format::words::{count, grouped};

/// What happened to every document, passage and link.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Report {
    /// Documents that are new.
    pub documents: usize,
    /// Passages that are new.
    pub placed: usize,
    /// Links that are new.
    pub links: usize,
    /// Tags, attributes and link kinds that are new or have changed.
    pub scheme: usize,
    /// Passages and links that were there already.
    pub already: usize,
    /// What was converted on the way, a sentence each.
    pub converted: Vec<String>,
    /// What was not placed, each with the reason; its words are kept as an orphan where the document is known.
    pub not_placed: Vec<String>,
    /// What was not taken over, a sentence each.
    pub left_out: Vec<String>,
}

impl Report {
    /// "1 document, 12 passages and 3 links", when anything is new.
    pub fn news(&self) -> Option<String> {
        let mut news = Vec::new();
        for (number, one) in [(self.documents, "document"), (self.placed, "passage"), (self.links, "link")] {
            if number > 0 {
                news.push(count(number, one));
            }
        }
        if self.scheme > 0 {
            news.push(format!("{} to the scheme", count(self.scheme, "change")));
        }
        match &news[..] {
            [] => None,
            [one] => Some(one.clone()),
            [some @ .., last] => Some(format!("{} and {last}", some.join(", "))),
        }
    }

    /// ["4 there already", "2 not placed"].
    pub fn rest(&self) -> Vec<String> {
        let numbers = [(self.already, "there already"), (self.not_placed.len(), "not placed")];
        let some = numbers.into_iter().filter(|(number, _)| *number > 0);
        some.map(|(number, what)| format!("{} {what}", grouped(number))).collect()
    }

    /// "1 document, 12 passages and 3 links taken in, 4 there already, 2 not placed".
    pub fn summary(&self) -> String {
        let news = self.news().map_or("nothing new".to_owned(), |news| format!("{news} taken in"));
        std::iter::once(news).chain(self.rest()).collect::<Vec<_>>().join(", ")
    }

    /// All sentences after the summary.
    pub fn details(&self) -> impl Iterator<Item = &String> {
        self.converted.iter().chain(&self.not_placed).chain(&self.left_out)
    }
}
