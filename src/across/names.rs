//! Whether a word is a name where it stands.
//!
//! A capital tells a name inside a sentence. At its beginning every word has one, and in a headline many do: there only what
//! the rest of the dossier writes like a name is taken for one, or what stands before a name and is nowhere a common word.

use super::index::{Index, Indexed, Word};
use super::words::flag;

/// Words that stand before a name with a capital and are none.
const TITLES: &str = "minister staatssecretaris burgemeester wethouder president premier koning koningin voorzitter \
     directeur professor dokter meneer mevrouw dominee rechter officier \
     mayor senator secretary chairman chairwoman director judge officer king queen lord lady sir doctor \
     mr mrs ms miss dr prof drs mr ir ing frau herr madame monsieur";
/// Words of a line that may be a headline.
const HEADLINE: usize = 20;

/// Whether the word at a position is a name: by its own capital, or that of the name behind it.
pub(crate) fn is_name_at(index: &Index, document: &Indexed, at: usize) -> bool {
    let word = document.words[at];
    let entry = index.vocabulary.entry(word.id);
    if !word.has(flag::CAPITAL) || entry.is_number || entry.kind.function || is_title(index, word) {
        return false;
    }
    let is_name = |word: Word| index.is_name(document, word);
    let is_inside = |next: &&Word| !next.has(flag::CLAUSE | flag::SENTENCE);
    let next = document.words.get(at + 1).filter(is_inside);
    let begins_name =
        || next.is_some_and(|next| next.has(flag::CAPITAL) && is_name(*next)) && !is_common(index, word);
    (is_name(word) || begins_name()) && !is_in_headline(index, document, at)
}

fn is_title(index: &Index, word: Word) -> bool {
    let text = index.vocabulary.text(word.id);
    TITLES.split_ascii_whitespace().any(|title| title == text)
}

/// Whether a word stands somewhere without a capital.
fn is_common(index: &Index, word: Word) -> bool {
    index.places(word.class).any(|(slot, places)| {
        let words = index.document(slot).map_or(&[][..], |document| &document.words);
        places.iter().any(|at| {
            let other = words[*at as usize];
            other.id == word.id && !other.has(flag::CAPITAL)
        })
    })
}

/// Whether a word stands in a line of its own in which nearly every word has a capital: there it tells nothing.
fn is_in_headline(index: &Index, document: &Indexed, at: usize) -> bool {
    let words = &document.words;
    let begins = |at: &usize| words[*at].has(flag::LINE | flag::PARAGRAPH);
    let from = (at.saturating_sub(HEADLINE)..=at).rev().find(begins);
    let to = (at + 1..(at + HEADLINE).min(words.len())).find(begins);
    let to = to.or((words.len() <= at + HEADLINE).then_some(words.len()));
    let (Some(from), Some(to)) = (from, to) else { return false };
    // A line that goes on is none.
    if to < words.len() && !words[to].has(flag::SENTENCE | flag::PARAGRAPH) {
        return false;
    }
    let telling = || (from..to).filter(|at| !index.vocabulary.entry(words[*at].id).kind.function);
    let capitals = telling().filter(|at| words[*at].has(flag::CAPITAL)).count();
    let is_alone =
        words[from].has(flag::PARAGRAPH) && words.get(to).is_none_or(|next| next.has(flag::PARAGRAPH));
    to - from >= 3 && is_alone && capitals >= 3 && capitals * 4 >= telling().count() * 3
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::DocumentId;

    /// The names of a text.
    fn names(text: &str) -> Vec<String> {
        let mut index = Index::default();
        let text = format!("👮🏽‍♀️ e\u{301} “x”\n\n{text}");
        index.put_text(&DocumentId::new("a"), text.as_str().into(), true, &[]);
        let document = index.document(0).unwrap();
        let all = (0..document.words.len()).filter(|at| is_name_at(&index, document, *at));
        all.map(|at| text[document.words[at].start as usize..document.words[at].end()].to_owned()).collect()
    }

    #[test]
    fn capitals_at_the_beginning_of_a_sentence_are_no_names() {
        assert_eq!(names("Gisteren zei Vos dat het water stijgt. Water genoeg, aldus Vos."), ["Vos", "Vos"]);
        assert_eq!(
            names(
                "Minister Vos kwam laat. Anna Vos kwam vroeg, dachten zij, want er lag die hele nacht al sneeuw op het spoor."
            ),
            ["Vos", "Anna", "Vos"]
        );
        assert_eq!(names("Boze Vos kwam laat, en de boze man bleef daar de hele dag staan."), ["Vos"]);
    }

    #[test]
    fn a_headline_in_capitals_has_no_names() {
        let body =
            "The old harbor was closed by the town on a cold day in the autumn, and the crews went home.";
        assert_eq!(names(&format!("# Mayor Denies Leak In Harbor\n\n{body}")), [""; 0]);
        assert_eq!(names(&format!("{body}\n\nLEAK IN HARBOR DENIED\n\n{body}")), [""; 0]);
    }
}
