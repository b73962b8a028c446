//! A made-up session of any size: the same every time.

use std::sync::Arc;

use gainsay::edit::{Edit, Step, apply_step};
use gainsay::format::decode;
use gainsay::model::{
    Anchor, Annotation, AnnotationId, Annotator, AnnotatorId, DocumentId, FixedStamps, Session, SessionId,
    Span, Stamps as _, TagId,
};

const WORDS: [&str; 24] = [
    "haven",
    "kraan",
    "nacht",
    "meter",
    "raad",
    "brief",
    "the",
    "quay",
    "council",
    "noise",
    "measured",
    "limit",
    "niet",
    "wel",
    "mogelijk",
    "volgens",
    "café",
    "één",
    "“stil”",
    "👮🏽‍♀️",
    "cause",
    "answer",
    "wind",
    "zegt",
];

/// The next number of a simple generator (Numerical Recipes' LCG).
fn next(seed: &mut u32) -> usize {
    *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    (*seed >> 8) as usize
}

/// Prose of about so many bytes: sentences of 6 to 19 words, paragraphs of 3 to 8 sentences.
pub fn prose(bytes: usize, seed: &mut u32) -> String {
    let mut text = String::with_capacity(bytes + 200);
    while text.len() < bytes {
        for _ in 0..3 + next(seed) % 6 {
            text.push_str("Dan ");
            for _ in 0..6 + next(seed) % 14 {
                text.push_str(WORDS[next(seed) % WORDS.len()]);
                text.push(' ');
            }
            text.push_str("klaar. ");
        }
        text.push_str("\n\n");
    }
    text
}

/// A session with so many documents of so many bytes, and so many annotations spread over them.
pub fn session(documents: usize, bytes: usize, annotations: usize) -> Session {
    let (mut stamps, mut seed) = (FixedStamps::default(), 7);
    let mut session = Session::new(SessionId(stamps.id()), stamps.now());
    let me = AnnotatorId::new("bench");
    let mut edits =
        vec![Edit::PutAnnotator(me.clone(), Annotator { name: "bench".to_owned(), note: String::new() })];
    let mut texts = Vec::new();
    for at in 0..documents {
        let text = prose(bytes, &mut seed);
        let decoded = decode::decode(text.as_bytes(), None).unwrap();
        let id = DocumentId::new(format!("document-{at}"));
        let document = decode::document(decoded, Some("made.txt"), stamps.now(), id.clone());
        texts.push((id, text));
        edits.push(Edit::AddDocument { at, document: Arc::new(document) });
    }
    for number in 0..annotations {
        let (document, text) = &texts[number % documents];
        let start = text.floor_char_boundary(next(&mut seed) % (text.len() - 400));
        let start = start + text[start..].find("Dan").unwrap_or(0);
        // Now and then one over several pages.
        let long = if number % 997 == 996 { 6_000 } else { 0 };
        let end = text.floor_char_boundary((start + long + 20 + next(&mut seed) % 220).min(text.len()));
        let Some(span) = Span::new(start, end) else { continue };
        let now = stamps.now();
        let anchor = Anchor::Placed { document: document.clone(), span };
        let tag = TagId::new(["claim", "denial", "caveat"][number % 3]);
        let annotation = Annotation {
            note: if number % 5 == 0 { "een korte notitie".to_owned() } else { String::new() },
            unsure: number % 17 == 0,
            ..Annotation::new(AnnotationId(stamps.id()), anchor, tag, me.clone(), now)
        };
        edits.push(Edit::PutAnnotation(Arc::new(annotation)));
    }
    let step = Step { label: "make".to_owned(), at: stamps.now(), edits };
    apply_step(&mut session, &step).unwrap();
    session
}
