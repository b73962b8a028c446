//! Review without a window: the two sample sessions differ as their README says.

use std::path::Path;
use std::sync::Arc;

use gainsay::format::session;
use gainsay::model::{AnnotationId, Session};
use gainsay::review::compare::{Difference, Kind, compare};
use gainsay::review::layer::Layer;

fn sample(name: &str) -> Session {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample").join(name);
    session::read(&std::fs::read(path).unwrap()).unwrap().session
}

/// The cells of each row of the tables of a Markdown file, headings and rules aside.
fn rows(markdown: &str) -> Vec<Vec<String>> {
    let rows = markdown.lines().filter(|line| line.starts_with('|') && !line.contains("---"));
    let cells = |line: &str| line.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect();
    rows.map(cells).collect()
}

fn kind_words(kind: Kind) -> &'static str {
    match kind {
        Kind::Agree => "agree",
        Kind::Ends => "same tag, other ends",
        Kind::Tag => "same passage, other tag",
        Kind::EndsAndTag => "other ends and tag",
        Kind::OnlyOurs => "only E. Vos",
        Kind::OnlyTheirs => "only R. Adan",
    }
}

#[test]
fn the_two_samples_differ_exactly_as_their_readme_says() {
    let readme = Path::new(env!("CARGO_MANIFEST_DIR")).join("sessions/README.md");
    let rows = rows(&std::fs::read_to_string(readme).unwrap());
    let (vos, adan) = (sample("harbour.ron"), Arc::new(sample("harbour-adan.ron")));
    let layer = Layer::over(&vos, Arc::clone(&adan));
    let comparison = compare(&vos, &|_| true, &layer, false);
    assert_eq!((comparison.not_compared.len(), comparison.not_carried.len()), (0, 0));

    let told: Vec<(String, usize)> = (rows.iter().filter(|row| row.len() == 2))
        .filter_map(|row| Some((row[0].clone(), row[1].parse().ok()?)))
        .collect();
    let found: Vec<(String, usize)> =
        comparison.counts().into_iter().map(|(kind, n)| (kind_words(kind).to_owned(), n)).collect();
    assert_eq!(found, told);

    let said = |session: &Session, id: Option<AnnotationId>| {
        id.map(|id| {
            let annotation = &session.annotations[&id];
            (annotation.tag.to_string(), session.quote(annotation).to_owned())
        })
    };
    let differing: Vec<&Difference> =
        comparison.pairs.iter().filter(|pair| pair.kind != Kind::Agree).collect();
    let listed: Vec<&Vec<String>> =
        rows.iter().filter(|row| row.len() == 4 && row[0] != "document").collect();
    assert_eq!(differing.len(), listed.len());
    for (pair, row) in differing.into_iter().zip(listed) {
        assert_eq!(pair.document.as_str(), row[0], "{row:?}");
        let punctuation = if pair.slight { " (punctuation)" } else { "" };
        assert_eq!(format!("{}{punctuation}", kind_words(pair.kind)), row[1], "{row:?}");
        for (cell, said) in [(&row[2], said(&vos, pair.ours)), (&row[3], said(&adan, pair.theirs))] {
            match said {
                None => assert_eq!(cell, "", "{row:?}"),
                Some((tag, quote)) => {
                    let (told_tag, words) = cell.split_once(" “").unwrap();
                    assert_eq!(told_tag, tag, "{row:?}");
                    let words = words.strip_suffix('”').unwrap();
                    assert!(quote.starts_with(words), "{quote:?} does not begin with {words:?}");
                }
            }
        }
    }
}
