//! The two sample sessions, laid over one another: exactly the differences that their marks have.

use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

use gainsay::format::session;
use gainsay::model::Session;
use gainsay::review::compare::{Comparison, Difference, Kind, Tie, compare, describe};
use gainsay::review::layer::{Layer, Sameness};

fn sample(name: &str) -> Session {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample").join(name);
    session::read(&std::fs::read(path).unwrap()).unwrap().session
}

/// The differences of a document that are no full agreement, in words, each with the first words of its passage.
fn told(vos: &Session, layer: &Layer, comparison: &Comparison, document: &str) -> Vec<String> {
    let text = vos.documents.iter().find(|other| other.id.as_str() == document).unwrap().text();
    let differ = comparison.pairs.iter().filter(|pair| pair.document.as_str() == document && !pair.agrees());
    let one = |pair: &Difference| {
        let words = pair.span.of(text).unwrap().split_whitespace().take(3).collect::<Vec<_>>().join(" ");
        format!("{words}: {}", describe(pair, vos, layer, ["E. Vos", "R. Adan"]))
    };
    differ.map(one).collect()
}

/// Worked out by hand from `assets/sample/annotations.json`.
#[test]
fn the_samples_differ_where_their_marks_do() {
    let (vos, adan) = (sample("harbour.ron"), sample("harbour-adan.ron"));
    let layer = Layer::over(&vos, Arc::new(adan.clone()));
    assert!(
        layer.unmatched.is_empty() && layer.unknown_tags.is_empty() && layer.unknown_statements.is_empty()
    );
    assert!(layer.documents.values().all(|laid| laid.text == Sameness::Same));
    let comparison = compare(&vos, &|_| true, &layer, false);
    let ids: Vec<&str> = vos.documents.iter().map(|document| document.id.as_str()).collect();
    let found: BTreeMap<&str, Vec<String>> =
        ids.iter().map(|id| (*id, told(&vos, &layer, &comparison, id))).collect();
    let expected: BTreeMap<&str, Vec<String>> = EXPECTED
        .iter()
        .map(|(id, lines)| (*id, lines.iter().map(|line| (*line).to_owned()).collect()))
        .collect();
    assert_eq!(found, expected);
    assert_eq!(comparison.counts()[&Kind::Agree], 11);
    // Of E. Vos's 21 links and R. Adan's 11 eight are the same.
    let links = |tie: Tie, loose: bool| {
        comparison.links.iter().filter(|link| link.tie == tie && link.loose == loose).count()
    };
    assert_eq!((links(Tie::OnlyOurs, false), links(Tie::OnlyOurs, true)), (10, 3));
    assert_eq!((links(Tie::OnlyTheirs, false), links(Tie::OnlyTheirs, true)), (0, 3));
    assert_eq!(comparison.links.len(), 16);
    // The other way round each has the other's part.
    let layer = Layer::over(&adan, Arc::new(vos));
    let turned = compare(&adan, &|_| true, &layer, false).counts();
    let counts = comparison.counts();
    for (kind, other) in [
        (Kind::Agree, Kind::Agree),
        (Kind::Ends, Kind::Ends),
        (Kind::Tag, Kind::Tag),
        (Kind::EndsAndTag, Kind::EndsAndTag),
        (Kind::OnlyOurs, Kind::OnlyTheirs),
        (Kind::OnlyTheirs, Kind::OnlyOurs),
    ] {
        assert_eq!(counts[&kind], turned[&other], "{kind:?}");
    }
}

/// Theirs is told by how it differs from E. Vos's: the numbers are counted in the quotes of `annotations.json`.
const EXPECTED: &[(&str, &[&str])] = &[
    (
        "council-letter",
        &[
            "I consider it: ends 52 characters earlier",
            "but the meters: ends differ by punctuation or space alone",
            "No conclusion about: only R. Adan, nothing of E. Vos here",
            "Orlevaar Terminals has: claim against denial",
            "The municipality has: ends 48 characters earlier",
            "Was the municipality: only E. Vos, nothing of R. Adan here",
            "in which the: only R. Adan, nothing of E. Vos here",
            "Provisional figures, not: only E. Vos, nothing of R. Adan here",
        ],
    ),
    (
        "bode",
        &[
            "„Ik acht het: ends differ by punctuation or space alone",
            "„Ik heb in: denial against claim",
            "Een woordvoerder van: only E. Vos, nothing of R. Adan here",
        ],
    ),
    (
        "herald",
        &[
            "Noise in the: ends 60 characters later",
            "Orlevaar has told: only R. Adan, nothing of E. Vos here",
            "“No.” Mr J.: claim against denial; starts 6 characters later",
        ],
    ),
    (
        "press-release",
        &[
            "The municipality speaks: only E. Vos, overlapping R. Adan’s denial",
            "its figures are: denial against caveat; sure against not sure",
            "As far as: only E. Vos, inside R. Adan’s denial",
            "on the instructions: only E. Vos, inside R. Adan’s denial",
        ],
    ),
];
