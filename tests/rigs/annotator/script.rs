//! What the annotator does: step `n` follows from the seed, `n` and the session alone.
//!
//! So a session that is found on disk can be judged without knowing how it came there: its note tells `n`, and the
//! script up to `n` must give an equal session.

use std::sync::{Arc, Mutex};

use gainsay::edit::{Edit, Step, apply_step, make};
use gainsay::model::*;

/// Begins each document: characters of several bytes stand before every passage.
const TEXT: &str = "👮🏽‍♀️ e\u{301}én “zin” over de haven.\n\nNog een zin, met “haken” en een naam.\n";
const WORDS: [&str; 4] = ["zin", "haven", "haken", "naam"];
const TAGS: [&str; 3] = ["claim", "denial", "caveat"];
/// More annotations than this are not kept, so that a long life costs no more than a short one.
const MOST: usize = 120;

/// A session in the making.
#[derive(Clone)]
pub struct Script {
    pub session: Session,
    /// How many steps were made.
    pub done: u64,
    seed: u64,
    /// What takes the last step back.
    inverse: Option<Step>,
}

impl Script {
    pub fn new(seed: u64) -> Self {
        let mut stamps = stamps(seed, 0);
        let session = Session::new(SessionId(stamps.id()), stamps.now());
        Self { session, done: 0, seed, inverse: None }
    }

    /// The script up to step `n`. What was asked for before is remembered.
    pub fn up_to(seed: u64, n: u64) -> Self {
        static MADE: Mutex<Vec<Script>> = Mutex::new(Vec::new());
        let mut made = MADE.lock().expect("nothing panics while it is held");
        if made.first().is_none_or(|first| first.seed != seed) {
            *made = vec![Self::new(seed)];
        }
        let wanted = usize::try_from(n).expect("as many steps as fit into memory");
        while made.len() <= wanted {
            let mut next = made[made.len() - 1].clone();
            next.next();
            made.push(next);
        }
        made[wanted].clone()
    }

    pub fn seed(&self) -> u64 {
        self.seed
    }

    /// Makes and applies the next step.
    pub fn next(&mut self) -> Arc<Step> {
        let n = self.done + 1;
        let mut random = Random::of(self.seed, n);
        let mut stamps = stamps(self.seed, n);
        let (label, mut edits) = self.gesture(n, &mut random, &mut stamps);
        let note = format!("step {n}");
        edits.push(Edit::SetInfo(SessionInfo { title: format!("script {}", self.seed), note }));
        let step = Step { label: label.to_owned(), at: stamps.now(), edits };
        self.inverse = Some(apply_step(&mut self.session, &step).expect("the script makes steps that fit"));
        self.done = n;
        Arc::new(step)
    }

    fn gesture(&self, n: u64, random: &mut Random, stamps: &mut FixedStamps) -> (&'static str, Vec<Edit>) {
        if n == 1 || (n.is_multiple_of(40) && self.session.documents.len() < 6) {
            return ("add document", self.document(n, stamps));
        }
        let ids: Vec<AnnotationId> = self.session.annotations.keys().copied().collect();
        let chosen = ids.get(random.below(ids.len().max(1)));
        let one = chosen.and_then(|id| self.session.annotations.get(id));
        match (random.below(10), one) {
            (0, Some(one)) => {
                let mut changed = Annotation::clone(one);
                changed.note = format!("noot {n} “👮🏽‍♀️”\nmet een tweede regel");
                changed.modified = stamps.now();
                ("note", vec![Edit::PutAnnotation(Arc::new(changed))])
            }
            (1 | 2, Some(one)) => {
                let tag = TagId::new(TAGS[random.below(TAGS.len())]);
                ("retag", make::retag(&self.session, &[one.id], &tag).0)
            }
            (3, Some(one)) => ("delete", make::remove_annotations(&self.session, &[one.id])),
            (4, Some(one)) if ids.len() > 1 => {
                let other = ids[random.below(ids.len())];
                if other == one.id { ("nothing", Vec::new()) } else { ("link", link(one.id, other, stamps)) }
            }
            (5, _) if n > 2 => ("undo", self.undo()),
            (_, Some(one)) if ids.len() >= MOST => {
                ("delete", make::remove_annotations(&self.session, &[one.id]))
            }
            _ => ("mark", self.mark(n, random, stamps)),
        }
    }

    /// Takes the last step back, as a new step. A document stays: its annotations would have to go first.
    fn undo(&self) -> Vec<Edit> {
        let edits = self.inverse.iter().flat_map(|step| step.edits.clone());
        edits.filter(|edit| !matches!(edit, Edit::RemoveDocument(_) | Edit::RemoveAnnotator(_))).collect()
    }

    fn document(&self, n: u64, stamps: &mut FixedStamps) -> Vec<Edit> {
        let text = TEXT.repeat(3);
        let import = ImportRecord {
            file_name: Some(format!("brief-{n}.txt")),
            ..ImportRecord::of_text(&text, stamps.now())
        };
        let document = Document {
            id: DocumentId::new(format!("brief-{n}")),
            source: Arc::new(Source::new(text.as_str(), import)),
            info: Arc::new(DocumentInfo::default()),
        };
        let vos = Annotator { name: "É. Vos".to_owned(), note: String::new() };
        vec![
            Edit::PutAnnotator(AnnotatorId::new("vos"), vos),
            Edit::AddDocument { at: self.session.documents.len(), document: Arc::new(document) },
        ]
    }

    fn mark(&self, n: u64, random: &mut Random, stamps: &mut FixedStamps) -> Vec<Edit> {
        let document = &self.session.documents[random.below(self.session.documents.len())];
        let word = WORDS[random.below(WORDS.len())];
        let start = TEXT.find(word).expect("the text holds its words");
        let at = stamps.now();
        let annotation = Annotation {
            id: AnnotationId(stamps.id()),
            anchor: Anchor::Placed {
                document: document.id.clone(),
                span: Span::new(start, start + word.len()).expect("words are not empty"),
            },
            tag: TagId::new(TAGS[random.below(TAGS.len())]),
            note: if n.is_multiple_of(3) { format!("“{n}” e\u{301}") } else { String::new() },
            unsure: n.is_multiple_of(7),
            attributes: Default::default(),
            statement: None,
            voice: Vec::new(),
            comments: Vec::new(),
            annotator: AnnotatorId::new("vos"),
            created: at,
            modified: at,
            provenance: None,
            changes: Vec::new(),
        };
        vec![Edit::PutAnnotation(Arc::new(annotation))]
    }
}

/// The number that the script has left in a session; 0 for an empty one.
pub fn number_in(session: &Session) -> Option<u64> {
    let note = &session.info.note;
    if note.is_empty() && session.annotations.is_empty() {
        Some(0)
    } else {
        note.strip_prefix("step ")?.parse().ok()
    }
}

fn link(from: AnnotationId, to: AnnotationId, stamps: &mut FixedStamps) -> Vec<Edit> {
    let at = stamps.now();
    let link = Link {
        id: LinkId(stamps.id()),
        kind: LinkKindId::new("denies"),
        from,
        to,
        note: String::new(),
        annotator: AnnotatorId::new("vos"),
        created: at,
        modified: at,
    };
    vec![Edit::PutLink(Arc::new(link))]
}

fn stamps(seed: u64, n: u64) -> FixedStamps {
    let seconds = 1_767_603_600 + i64::try_from(n * 10).unwrap_or(0);
    FixedStamps::new(seconds, u32::try_from(seed % 1_000_000).unwrap_or(0))
}

/// SplitMix64 (Steele, Lea and Flood 2014).
pub struct Random(u64);

impl Random {
    pub fn of(seed: u64, n: u64) -> Self {
        let mut random = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ n);
        random.next();
        random
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub fn below(&mut self, n: usize) -> usize {
        usize::try_from(self.next() % (n as u64)).unwrap_or(0)
    }
}
