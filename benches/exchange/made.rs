//! A made-up session of any size with what passages can have: the same every time.

use std::sync::Arc;

use gainsay::edit::{Edit, Step, apply_step};
use gainsay::format::decode;
use gainsay::model::*;

const WORDS: [&str; 16] = [
    "harbor",
    "kraan",
    "nacht",
    "council",
    "noise",
    "measured",
    "limit",
    "niet",
    "mogelijk",
    "volgens",
    "één",
    "“still”",
    "🙂",
    "ne\u{301}gen",
    "wind",
    "says",
];

/// The next number of a simple generator (Numerical Recipes' LCG).
fn next(seed: &mut u32) -> usize {
    *seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
    (*seed >> 8) as usize
}

/// Paragraphs of about 600 bytes, each with an emoji of several code points, a combining accent and curly quotes; in
/// `is_markdown` numbered questions and answers between them, and bold words.
fn text(bytes: usize, is_markdown: bool, seed: &mut u32) -> String {
    let mut text = String::with_capacity(bytes + 1_000);
    let mut number = 0;
    while text.len() < bytes {
        if is_markdown && number % 8 == 0 {
            let question = 1 + number / 8;
            text += &format!("**Question {question}**\n\nIs it “so”, and *since when*?\n\n");
            text += &format!("**Answer to question {question}**\n\n");
        }
        number += 1;
        text += "“The 👮🏽‍♀️ in the cafe\u{301}” ";
        for _ in 0..5 {
            for _ in 0..8 + next(seed) % 14 {
                text += WORDS[next(seed) % WORDS.len()];
                text += " ";
            }
            text += if is_markdown { "**done**. " } else { "done. " };
        }
        text.truncate(text.trim_end().len());
        text += "\n\n";
    }
    text
}

/// So many documents of so many bytes altogether, every other one Markdown, and so many passages spread over them,
/// one link for fifty of them.
pub fn session(documents: usize, bytes: usize, passages: usize) -> Session {
    let (mut stamps, mut seed) = (FixedStamps::default(), 7);
    let mut session = Session::new(SessionId(stamps.id()), stamps.now());
    let people = ["ada", "ben"].map(AnnotatorId::new);
    let mut edits: Vec<Edit> = Vec::new();
    for id in &people {
        edits.push(Edit::PutAnnotator(
            id.clone(),
            Annotator { name: format!("{id} “é”"), note: String::new() },
        ));
    }
    edits.push(Edit::SetScheme(Arc::new(scheme())));
    let actors = ["council", "minister"].map(ActorId::new);
    for id in &actors {
        let (name, kind) = (format!("The {id}"), ActorKind::Organization);
        edits.push(Edit::PutActor(Arc::new(Actor { id: id.clone(), name, kind, note: String::new() })));
    }
    let statements: Vec<StatementId> = (0..40).map(|_| StatementId(stamps.id())).collect();
    for (number, id) in statements.iter().enumerate() {
        edits.push(Edit::PutStatement(Arc::new(Statement {
            id: *id,
            name: format!("The limit was kept in night {number}"),
            definition: String::new(),
            note: String::new(),
            date: PartialDate::new("2031"),
            group: String::new(),
            order: number as u32,
        })));
    }
    let mut ids = Vec::new();
    for at in 0..documents {
        let is_markdown = at % 2 == 1;
        let text = text(bytes / documents, is_markdown, &mut seed);
        let decoded = decode::decode(text.as_bytes(), None).unwrap();
        let file = format!("letter {at}.{}", if is_markdown { "md" } else { "txt" });
        let id = DocumentId::new(format!("letter-{at}"));
        let mut document = decode::document(decoded, Some(&file), stamps.now(), id.clone());
        let mut info = DocumentInfo::clone(&document.info);
        info.presentation = if is_markdown { Presentation::Markdown } else { Presentation::Plain };
        info.metadata.title = format!("Letter {at} “é”");
        info.metadata.author = "A. Vos".to_owned();
        info.metadata.issued = PartialDate::new("2031-06-13");
        document.info = Arc::new(info);
        edits.push(Edit::AddDocument { at, document: Arc::new(document) });
        let here = passages / documents;
        for number in 0..here {
            let anchor = Anchor::Placed { document: id.clone(), span: words(&text, number, here, &mut seed) };
            let (tag, person) = (TagId::new(TAGS[next(&mut seed) % 4]), &people[number % 2]);
            let mut annotation =
                Annotation::new(AnnotationId(stamps.id()), anchor, tag, person.clone(), stamps.now());
            annotation.unsure = number % 17 == 0;
            if number % 5 == 0 {
                annotation.note = "een “korte” notitie 🙂".to_owned();
            }
            if number % 3 == 0 {
                annotation.attributes.insert(AttributeId::new("certainty"), "possible".to_owned());
            }
            if number % 7 == 0 {
                annotation.attributes.insert(AttributeId::new("tone"), "sharp".to_owned());
            }
            if number % 4 == 0 {
                annotation.statement = Some(statements[next(&mut seed) % statements.len()]);
                annotation.voice = actors[..1 + number % 2].to_vec();
            }
            ids.push(annotation.id);
            edits.push(Edit::PutAnnotation(Arc::new(annotation)));
        }
    }
    let now = stamps.now();
    for number in 0..passages / 50 {
        let from = next(&mut seed) % ids.len();
        // Every fourth one to anywhere, the others to a neighbor.
        let to = if number % 4 == 0 { next(&mut seed) % ids.len() } else { (from + 1) % ids.len() };
        if from != to {
            edits.push(Edit::PutLink(Arc::new(Link {
                id: LinkId(stamps.id()),
                kind: LinkKindId::new("supports"),
                from: ids[from],
                to: ids[to],
                note: String::new(),
                annotator: people[0].clone(),
                created: now,
                modified: now,
            })));
        }
    }
    let step = Step { label: "make".to_owned(), at: stamps.now(), edits };
    apply_step(&mut session, &step).unwrap();
    session
}

const TAGS: [&str; 4] = ["claim", "denial", "caveat", "flat-denial"];

fn scheme() -> Scheme {
    let mut scheme = Scheme::starter();
    let flat = Tag::new(TagId::new(TAGS[3]), "flat denial", 'F', TagColor::Teal, Pattern::Dotted);
    scheme.tags.push(Tag { parent: Some(TagId::new(TAGS[1])), ..flat });
    for (id, values) in [("certainty", ["certain", "possible"]), ("tone", ["mild", "sharp"])] {
        let value = |name: &str| AttributeValue { name: name.to_owned(), definition: String::new() };
        scheme.attributes.push(Attribute {
            id: AttributeId::new(id),
            name: id.to_owned(),
            definition: String::new(),
            values: values.map(value).into(),
            default: None,
            tags: Vec::new(),
            retired: false,
        });
    }
    scheme
}

/// Whole words, the passage with this number of so many that are spread evenly over a text; the next one begins
/// further on.
fn words(text: &str, number: usize, of: usize, seed: &mut u32) -> Span {
    let from = text.floor_char_boundary(text.len() * number / (of + 4));
    let blank = from + text[from..].find(' ').unwrap() + 1;
    let start = text.len() - text[blank..].trim_start().len();
    let least = text.ceil_char_boundary((start + 20 + next(seed) % 160).min(text.len()));
    let end = text[least..].find([' ', '\n']).map_or(text.len(), |at| least + at);
    Span::new(start, start + text[start..end].trim_end().len()).unwrap()
}
