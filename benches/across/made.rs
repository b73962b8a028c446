//! Dossiers made by chance with planted quotations and hard negatives, for the figures of `benches/across.rs` and the
//! test that holds them. All words but the function words are made of syllables; nothing is taken from a real text.
//!
//! A dossier has sources and reports. Planted in the reports: verbatim, altered, spliced and paraphrased stretches of the
//! sources. Hard negatives: standing noun phrases, offices with names, formulas of procedure, page headers, sentences that
//! borrow some content words of a source sentence, quotations without a source.

use std::collections::BTreeMap;

/// Random numbers (Knuth's MMIX generator).
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        let mut dice = Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) ^ 0x1234_5678_9abc_def1);
        for _ in 0..8 {
            dice.below(2);
        }
        dice
    }

    pub fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) as usize) % n.max(1)
    }

    pub fn chance(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    pub fn pick<T: Clone>(&mut self, of: &[T]) -> T {
        of[self.below(of.len())].clone()
    }

    /// Small numbers often: Zipf-like over `n`.
    fn zipf(&mut self, n: usize) -> usize {
        let u = (self.below(1_000_000) as f64 + 0.5) / 1e6;
        (((n as f64 + 1.0).powf(u)) as usize).saturating_sub(1).min(n - 1)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Verbatim,
    Altered,
    Spliced,
    Paraphrase,
}

/// What was changed in an altered passage besides words.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trick {
    Number,
    Negation,
    Name,
}

/// A planted case: stretches of a source and of a report, in bytes.
#[derive(Clone, Debug)]
pub struct Case {
    pub kind: Kind,
    pub source: usize,
    pub source_spans: Vec<(usize, usize)>,
    pub report: usize,
    pub report_span: (usize, usize),
    pub is_quoted: bool,
    /// What was changed besides words, in any of its sentences.
    pub tricks: Vec<Trick>,
}

/// A quotation whose source is in none of the documents.
#[derive(Clone, Debug)]
#[allow(dead_code, reason = "for the figures on quotations")]
pub struct Loose {
    pub report: usize,
    pub span: (usize, usize),
}

pub struct Made {
    pub texts: Vec<String>,
    pub is_markdown: Vec<bool>,
    pub cases: Vec<Case>,
    pub loose: Vec<Loose>,
    /// Sentence by sentence, what each stands for: (document, span, source sentences it takes words of).
    pub origins: Vec<Vec<((usize, usize), Vec<(usize, usize)>)>>,
}

const FRAMES: [&[&str]; 2] = [
    &[
        "de N van de N V A in de N",
        "het N dat de N V is volgens de N niet A",
        "er is geen N die de N van het N V",
        "in de A N wordt de N door het N V",
        "dat betekent dat de N voor # N een A N heeft",
        "P heeft de N over het N V en de N V",
        "voor de N is het van belang dat N en N A worden V",
        "uit de N blijkt dat # N in # N zijn V",
        "het is niet de bedoeling dat een N zonder A N wordt V",
        "P van O zou de N op # N hebben V",
        "op de A N heeft O een N met N V",
        "wie de N wil V moet eerst het A N van de N V",
    ],
    &[
        "the N of the N V the A N in N",
        "it is not the N that the N has V by an A N",
        "there are # N which have been V by the N of O",
        "P has V that the N would be A for the N",
        "in the A N the N was V without any N from the N",
        "the A N and the N have to V before the N can be V",
        "according to the N about # N may have been V at the N",
        "O did not V the N with which the A N was V",
        "whether the N will V is for the N of P to decide",
        "no N has been V on the A N since the N of #",
        "when the N V the N it was the A N that V",
        "more than # of the N were V from an A N",
    ],
];

const FILLERS: [&[&str]; 2] = [
    &["ook", "nu", "dan", "nog", "al", "toch", "daar", "zo"],
    &["also", "now", "then", "still", "just", "again", "so"],
];

const FUNCTIONS: [&[&str]; 2] = [
    &[
        "de", "het", "een", "van", "in", "op", "voor", "door", "met", "bij", "dat", "die", "is", "wordt",
        "heeft", "zijn", "en", "niet", "geen",
    ],
    &[
        "the", "a", "an", "of", "in", "on", "for", "by", "with", "at", "that", "which", "is", "was", "has",
        "are", "and", "not", "no",
    ],
];

const ONSETS: [&[&str]; 2] = [
    &[
        "b", "bl", "br", "d", "dr", "f", "g", "gr", "h", "j", "k", "kl", "kn", "kr", "l", "m", "n", "p",
        "pl", "pr", "r", "s", "sch", "sl", "sp", "st", "str", "t", "tr", "v", "vl", "w", "z", "zw", "",
    ],
    &[
        "b", "bl", "br", "c", "ch", "cl", "cr", "d", "dr", "f", "fl", "fr", "g", "gl", "gr", "h", "l", "m",
        "n", "p", "pl", "pr", "r", "s", "sc", "sh", "sl", "sp", "st", "str", "t", "th", "tr", "v", "w", "",
    ],
];
const NUCLEI: [&[&str]; 2] = [
    &["a", "e", "i", "o", "u", "aa", "ee", "oo", "ie", "oe", "ui", "ij", "ei", "ou"],
    &["a", "e", "i", "o", "u", "ai", "ea", "ee", "oa", "ou", "io"],
];
const CODAS: [&[&str]; 2] = [
    &["", "", "l", "m", "n", "r", "s", "t", "k", "p", "ng", "nd", "rt", "cht", "st", "ls"],
    &["", "", "l", "m", "n", "r", "s", "t", "ck", "p", "nd", "rt", "nt", "st", "sh", "ce"],
];

fn coin(dice: &mut Dice, lang: usize, syllables: usize) -> String {
    let mut word = String::new();
    for _ in 0..syllables {
        word += dice.pick(ONSETS[lang]);
        word += dice.pick(NUCLEI[lang]);
        if dice.chance(55) {
            word += dice.pick(CODAS[lang]);
        }
    }
    if word.len() < 4 { word + "er" } else { word }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|c| c.to_uppercase().collect::<String>() + letters.as_str()).unwrap_or_default()
}

/// The words of a language: nouns, verbs, adjectives with Zipf weights.
struct Lexicon {
    nouns: Vec<String>,
    verbs: Vec<String>,
    adjectives: Vec<String>,
}

fn lexicon(lang: usize) -> Lexicon {
    let mut dice = Dice::new(77 + lang as u64);
    let mut words = |n: usize, ending: &str| -> Vec<String> {
        let mut words: Vec<String> = (0..n)
            .map(|_| {
                let syllables = 1 + dice.below(3) + usize::from(dice.chance(30));
                coin(&mut dice, lang, syllables) + ending
            })
            .collect();
        words.sort();
        words.dedup();
        for i in (1..words.len()).rev() {
            words.swap(i, dice.below(i + 1));
        }
        words
    };
    let verb = ["en", "ed"][lang];
    Lexicon {
        nouns: words(5_000, ""),
        verbs: words(1_500, verb),
        adjectives: words(1_500, ["e", "al"][lang]),
    }
}

/// What a dossier talks about.
struct Topic {
    lang: usize,
    nouns: Vec<String>,
    verbs: Vec<String>,
    names: Vec<String>,
    bodies: Vec<String>,
    standing: Vec<String>,
    offices: Vec<String>,
}

#[derive(Clone, Debug)]
struct Sentence {
    words: Vec<String>,
}

fn noun(dice: &mut Dice, lex: &Lexicon, topic: &Topic) -> String {
    if dice.chance(30) {
        topic.nouns[dice.zipf(topic.nouns.len())].clone()
    } else {
        lex.nouns[dice.zipf(lex.nouns.len())].clone()
    }
}

fn verb(dice: &mut Dice, lex: &Lexicon, topic: &Topic) -> String {
    if dice.chance(25) {
        topic.verbs[dice.zipf(topic.verbs.len())].clone()
    } else {
        lex.verbs[dice.zipf(lex.verbs.len())].clone()
    }
}

fn number(dice: &mut Dice) -> String {
    match dice.below(4) {
        0 => format!("{}", 2 + dice.below(90)),
        1 => format!("{}", 100 + dice.below(900)),
        2 => format!("{}.{:03}", 1 + dice.below(90), dice.below(1000)),
        _ => format!("{}", 1990 + dice.below(35)),
    }
}

fn clause(dice: &mut Dice, lex: &Lexicon, topic: &Topic) -> Vec<String> {
    let mut words = Vec::new();
    for part in dice.pick(FRAMES[topic.lang]).split(' ') {
        match part {
            "N" => words.push(noun(dice, lex, topic)),
            "V" => words.push(verb(dice, lex, topic)),
            "A" => words.push(lex.adjectives[dice.zipf(lex.adjectives.len())].clone()),
            "#" => words.push(number(dice)),
            "P" => words.extend(dice.pick(&topic.names).split(' ').map(str::to_owned).collect::<Vec<_>>()),
            "O" => words.extend(dice.pick(&topic.bodies).split(' ').map(str::to_owned).collect::<Vec<_>>()),
            other => words.push(other.to_owned()),
        }
    }
    words
}

fn sentence(dice: &mut Dice, lex: &Lexicon, topic: &Topic) -> Vec<String> {
    let mut words = clause(dice, lex, topic);
    if dice.chance(45) {
        words.push(["en", "and"][topic.lang].to_owned());
        words.extend(clause(dice, lex, topic));
    }
    if dice.chance(20) {
        let phrase = if dice.chance(50) { dice.pick(&topic.standing) } else { dice.pick(&topic.offices) };
        let at = if dice.chance(50) { 0 } else { words.len() };
        words.splice(at..at, phrase.split(' ').map(str::to_owned));
    }
    words
}

fn topic(dice: &mut Dice, lex: &Lexicon, lang: usize, formulas: &[String]) -> Topic {
    let some =
        |dice: &mut Dice, of: &[String], n: usize| -> Vec<String> { (0..n).map(|_| dice.pick(of)).collect() };
    let nouns = some(dice, &lex.nouns, 80);
    let verbs = some(dice, &lex.verbs, 25);
    let name =
        |dice: &mut Dice| format!("{} {}", capital(&coin(dice, lang, 2)), capital(&coin(dice, lang, 2)));
    let names: Vec<String> = (0..9).map(|_| name(dice)).collect();
    let bodies: Vec<String> = (0..6).map(|_| capital(&coin(dice, lang, 3))).collect();
    let f = FUNCTIONS[lang];
    let mut standing: Vec<String> = (0..12)
        .map(|_| {
            let (a, b, c) = (dice.pick(&lex.adjectives), dice.pick(&lex.nouns), dice.pick(&nouns));
            if dice.chance(50) {
                format!("{} {a} {b} {} {} {c}", f[0], f[3], f[0])
            } else {
                format!("{} {b} {} {a} {c}", f[0], f[6])
            }
        })
        .collect();
    standing.extend(formulas.iter().cloned());
    let offices = names.iter().take(6).map(|name| {
        let (a, b) = (dice.pick(&lex.nouns), dice.pick(&lex.nouns));
        format!("{a} {name} {} {b}", f[3])
    });
    let offices = offices.collect();
    Topic { lang, nouns, verbs, names, bodies, standing, offices }
}

/// Whether a word may be lost or replaced in a paraphrase.
fn is_content(word: &str, lang: usize) -> bool {
    word.len() > 3
        && !FUNCTIONS[lang].contains(&word)
        && !is_negation(word)
        && !word.starts_with(char::is_uppercase)
        && !word.starts_with(|c: char| c.is_ascii_digit())
}

fn alter(dice: &mut Dice, lex: &Lexicon, topic: &Topic, words: &[String]) -> (Vec<String>, Option<Trick>) {
    let mut out = words.to_vec();
    let rate = 8 + dice.below(20);
    let changes = (words.len() * rate / 100).max(1);
    for _ in 0..changes {
        let at = dice.below(out.len());
        match dice.below(4) {
            0 if out.len() > 6
                && !out[at].starts_with(|c: char| c.is_ascii_digit())
                && !is_negation(&out[at]) =>
            {
                drop(out.remove(at))
            }
            1 => out.insert(at, dice.pick(FILLERS[topic.lang]).to_string()),
            2 if is_content(&out[at], topic.lang) => out[at] = noun(dice, lex, topic),
            _ if at + 1 < out.len() => out.swap(at, at + 1),
            _ => {}
        }
    }
    if dice.chance(25) && out.len() > 10 {
        let cut = 3 + dice.below(out.len() - 6);
        out.rotate_left(cut);
    }
    let mut trick = None;
    match dice.below(4) {
        0 => {
            if let Some(at) = out.iter().position(|word| word.starts_with(|c: char| c.is_ascii_digit())) {
                let old = out[at].clone();
                while out[at] == old {
                    out[at] = number(dice);
                }
                trick = Some(Trick::Number);
            }
        }
        1 => {
            if let Some(at) = out.iter().position(|word| is_negation(word)) {
                out.remove(at);
                trick = Some(Trick::Negation);
            } else {
                let at = 2 + dice.below(out.len() - 2);
                out.insert(at, ["niet", "not"][topic.lang].to_owned());
                trick = Some(Trick::Negation);
            }
        }
        2 => {
            if let Some(at) = out.iter().position(|word| word.starts_with(char::is_uppercase)) {
                let old = out[at].clone();
                while out[at] == old {
                    let name = dice.pick(&topic.names);
                    out[at] = name.split(' ').next_back().unwrap_or_default().to_owned();
                }
                trick = Some(Trick::Name);
            }
        }
        _ => {}
    }
    (out, trick)
}

fn is_negation(word: &str) -> bool {
    ["niet", "geen", "zonder", "not", "no", "without"].contains(&word)
}

fn paraphrase(dice: &mut Dice, lex: &Lexicon, topic: &Topic, words: &[String]) -> Vec<String> {
    let mut out = words.to_vec();
    let cut = if out.len() > 8 { 3 + dice.below(out.len() - 6) } else { 0 };
    out.rotate_left(cut);
    let mut made = Vec::new();
    for word in out {
        if !is_content(&word, topic.lang) {
            let is_function = FUNCTIONS[topic.lang].contains(&word.as_str());
            made.push(if is_function && dice.chance(50) {
                dice.pick(FUNCTIONS[topic.lang]).to_string()
            } else {
                word
            });
            continue;
        }
        match dice.below(100) {
            0..12 => {}
            12..30 => made.push(noun(dice, lex, topic)),
            30..48 => made.push(word + dice.pick(&["en", "s", "e", "er"])),
            _ => made.push(word),
        }
    }
    made
}

/// Writes words into a document in its style and records where they came to stand.
struct Writer {
    text: String,
    style: usize,
    column: usize,
    /// Where each word of the last call of `words` came to stand.
    last: Vec<(usize, usize)>,
}

impl Writer {
    fn raw(&mut self, text: &str) {
        self.text += text;
        self.column += text.chars().count();
    }

    /// The words with spaces between; where they begin and end.
    fn words(&mut self, dice: &mut Dice, words: &[String], first_capital: bool) -> (usize, usize) {
        let start = self.text.len();
        self.last.clear();
        for (at, word) in words.iter().enumerate() {
            if at > 0 {
                self.space(dice);
            }
            let word = if at == 0 && first_capital { capital(word) } else { word.clone() };
            let begin = self.text.len();
            self.word(dice, &word);
            self.last.push((begin, self.text.len()));
        }
        (start, self.text.len())
    }

    fn space(&mut self, dice: &mut Dice) {
        match self.style {
            2 if self.column > 68 => {
                self.text.push('\n');
                self.column = 0;
            }
            3 if dice.chance(4) => self.raw("\u{A0}"),
            _ => self.raw(" "),
        }
    }

    fn word(&mut self, dice: &mut Dice, word: &str) {
        match self.style {
            1 if dice.chance(3) => self.raw(&format!("**{word}**")),
            2 => {
                let word = word.replace("fi", "\u{FB01}");
                let letters: Vec<char> = word.chars().collect();
                if self.column > 60
                    && letters.len() > 7
                    && letters.iter().all(|c| c.is_lowercase())
                    && dice.chance(60)
                {
                    let cut = 3 + dice.below(letters.len() - 6);
                    self.raw(&letters[..cut].iter().collect::<String>());
                    self.text.push_str("-\n");
                    self.column = 0;
                    self.raw(&letters[cut..].iter().collect::<String>());
                } else {
                    self.raw(&word);
                }
            }
            3 => {
                let letters: Vec<char> = word.chars().collect();
                if letters.len() > 8 && dice.chance(15) {
                    let cut = 3 + dice.below(letters.len() - 6);
                    self.raw(&format!(
                        "{}\u{AD}{}",
                        letters[..cut].iter().collect::<String>(),
                        letters[cut..].iter().collect::<String>()
                    ));
                } else {
                    self.raw(word);
                }
            }
            4 => {
                // Accents that make no difference for finding, decomposed.
                let at = word.find('e').filter(|_| word.len() > 6 && dice.chance(20));
                match at {
                    Some(at) => self.raw(&format!("{}\u{301}{}", &word[..=at], &word[at + 1..])),
                    None => self.raw(word),
                }
            }
            _ => self.raw(word),
        }
    }
}

const QUOTES: [(&str, &str); 6] = [("“", "”"), ("\"", "\""), ("‘", "’"), ("„", "”"), ("«", "»"), ("'", "'")];
const SAYS: [&[&str]; 2] = [&["zegt", "schrijft", "aldus", "stelt"], &["said", "wrote", "stated", "says"]];

/// `dossiers` × `per` documents, a fourth of them sources. About `length` words a report.
pub fn made(seed: u64, dossiers: usize, per: usize, length: usize) -> Made {
    let mut dice = Dice::new(seed);
    let lexicons = [lexicon(0), lexicon(1)];
    let formulas: Vec<Vec<String>> = (0..2)
        .map(|lang| {
            let mut topic = Topic {
                lang,
                nouns: lexicons[lang].nouns[..40].to_vec(),
                verbs: lexicons[lang].verbs[..20].to_vec(),
                names: vec!["X".into()],
                bodies: vec!["Y".into()],
                standing: vec![],
                offices: vec![],
            };
            topic.names.push("Z".into());
            (0..40)
                .map(|_| {
                    let words = clause(&mut dice, &lexicons[lang], &topic);
                    words[..words.len().min(4 + dice.below(5))].join(" ")
                })
                .collect()
        })
        .collect();
    let mut made = Made { texts: vec![], is_markdown: vec![], cases: vec![], loose: vec![], origins: vec![] };
    for dossier in 0..dossiers {
        let lang = usize::from(dossier % 5 >= 3);
        dossier_into(&mut dice, &lexicons[lang], lang, &formulas[lang], per, length, &mut made);
    }
    made
}

fn dossier_into(
    dice: &mut Dice,
    lex: &Lexicon,
    lang: usize,
    formulas: &[String],
    per: usize,
    length: usize,
    made: &mut Made,
) {
    let topic = topic(dice, lex, lang, formulas);
    let first = made.texts.len();
    let sources = (per / 4).max(1);
    let mut texts: Vec<Vec<Sentence>> = Vec::new();
    let mut spans: BTreeMap<(usize, usize), Vec<(usize, usize)>> = BTreeMap::new();
    for at in 0..per {
        let number = first + at;
        let style = [0, 1, 2, 3, 4][dice.below(5)];
        let mut writer = Writer {
            text: "👮🏽‍♀️ e\u{301} “.”\n\n".to_owned(), style, column: 0, last: vec![]
        };
        let mut sentences: Vec<Sentence> = Vec::new();
        let mut origins = Vec::new();
        let wanted = if at < sources { length * 3 / 2 } else { length };
        let header = format!(
            "{} {} {}",
            capital(&dice.pick(&topic.nouns)),
            dice.pick(&topic.bodies),
            dice.pick(&topic.nouns)
        );
        let (mut words, mut page, mut in_paragraph) = (0, 1, 0);
        while words < wanted {
            if at < sources && words > page * 180 {
                writer.raw(&format!("\n\n{header}\nblad {page}\n\n"));
                writer.column = 0;
                page += 1;
            } else if in_paragraph > 3 + dice.below(4) {
                writer.raw("\n\n");
                writer.column = 0;
                in_paragraph = 0;
            } else if !writer.text.ends_with('\n') {
                writer.space(dice);
            }
            in_paragraph += 1;
            let before = words;
            if at < sources || dice.chance(55) {
                let mut content = sentence(dice, lex, &topic);
                if at >= sources && dice.chance(15) {
                    // Borrows some words of a source sentence: no echo.
                    let source = dice.below(sources);
                    let theirs = dice.pick(&texts[source]).words;
                    let content_words: Vec<&String> =
                        theirs.iter().filter(|word| is_content(word, lang)).collect();
                    for _ in 0..2 + dice.below(3) {
                        let to = dice.below(content.len());
                        if is_content(&content[to], lang) && !content_words.is_empty() {
                            content[to] = dice.pick(&content_words).clone();
                        }
                    }
                }
                let span = writer.words(dice, &content, true);
                writer.raw(".");
                words += content.len();
                spans.insert((number, sentences.len()), writer.last.clone());
                origins.push((span, vec![(number, sentences.len())]));
                sentences.push(Sentence { words: content });
            } else if dice.chance(14) {
                // A quotation from nowhere.
                let content = sentence(dice, lex, &topic);
                let (open, close) = dice.pick(&QUOTES);
                writer.raw(open);
                let span = writer.words(dice, &content, true);
                writer.raw(close);
                writer.raw(&format!(", {} {}.", dice.pick(SAYS[lang]), dice.pick(&topic.names)));
                words += content.len() + 3;
                made.loose.push(Loose { report: number, span });
                origins.push((span, Vec::new()));
            } else {
                words += plant(
                    dice,
                    lex,
                    &topic,
                    &texts,
                    sources,
                    first,
                    &spans,
                    &mut writer,
                    number,
                    made,
                    &mut origins,
                );
            }
            if words == before {
                words += 1;
            }
        }
        writer.raw("\n");
        texts.push(sentences);
        made.is_markdown.push(style == 1);
        made.texts.push(writer.text);
        made.origins.push(origins);
    }
}

#[expect(clippy::too_many_arguments, reason = "the state of one loop")]
fn plant(
    dice: &mut Dice,
    lex: &Lexicon,
    topic: &Topic,
    texts: &[Vec<Sentence>],
    sources: usize,
    first: usize,
    spans: &BTreeMap<(usize, usize), Vec<(usize, usize)>>,
    writer: &mut Writer,
    report: usize,
    made: &mut Made,
    origins: &mut Vec<((usize, usize), Vec<(usize, usize)>)>,
) -> usize {
    let lang = topic.lang;
    let source = dice.below(sources);
    let sentences = &texts[source];
    let kind = dice.pick(&[
        Kind::Verbatim,
        Kind::Verbatim,
        Kind::Altered,
        Kind::Altered,
        Kind::Spliced,
        Kind::Paraphrase,
        Kind::Paraphrase,
    ]);
    let count = match kind {
        Kind::Verbatim | Kind::Altered => 1 + dice.below(2),
        _ => 1,
    };
    let at = dice.below(sentences.len() - count);
    let mut taken: Vec<(usize, usize)> = (at..at + count).map(|s| (first + source, s)).collect();
    let is_quoted = kind != Kind::Paraphrase && dice.chance(60);
    let (open, close) = if is_quoted { dice.pick(&QUOTES) } else { ("", "") };
    writer.raw(open);
    let start = writer.text.len();
    let mut written = 0;
    let mut tricks = Vec::new();
    let mut parts: Vec<std::ops::Range<usize>> = Vec::new();
    match kind {
        Kind::Spliced => {
            let far = (at + 5 + dice.below(sentences.len())) % sentences.len();
            let far = if far.abs_diff(at) < 4 { (at + sentences.len() / 2) % sentences.len() } else { far };
            taken.push((first + source, far));
            let mut part = |words: &[String], dice: &mut Dice| -> Vec<String> {
                let length = (6 + dice.below(8)).min(words.len());
                let from = dice.below(words.len() - length + 1);
                parts.push(from..from + length);
                words[from..from + length].to_vec()
            };
            let (a, b) = (part(&sentences[at].words, dice), part(&sentences[far].words, dice));
            writer.words(dice, &a, true);
            writer.raw(dice.pick(&[" […] ", " ... ", ", ", " "]));
            writer.words(dice, &b, false);
            written += a.len() + b.len();
        }
        _ => {
            for (s, sentence) in sentences.iter().enumerate().skip(at).take(count) {
                if s > at {
                    writer.raw(".");
                    writer.space(dice);
                }
                let original = &sentence.words;
                let words = match kind {
                    Kind::Altered => {
                        let (mut words, mut its) = alter(dice, lex, topic, original);
                        // Cut at an end it would be verbatim.
                        while original.windows(words.len()).any(|part| part == words) {
                            (words, its) = alter(dice, lex, topic, original);
                        }
                        tricks.extend(its);
                        words
                    }
                    Kind::Paraphrase => paraphrase(dice, lex, topic, original),
                    _ => original.clone(),
                };
                writer.words(dice, &words, true);
                written += words.len();
            }
        }
    }
    let span = (start, writer.text.len());
    writer.raw(close);
    if is_quoted {
        writer.raw(&format!(", {} {}", dice.pick(SAYS[lang]), dice.pick(&topic.names)));
        written += 3;
    }
    writer.raw(".");
    origins.push((span, taken.clone()));
    let source_spans = taken.iter().enumerate().map(|(at, key)| {
        let words = &spans[key];
        let part = parts.get(at).cloned().unwrap_or(0..words.len());
        (words[part.start].0, words[part.end - 1].1)
    });
    let source_spans = source_spans.collect();
    made.cases.push(Case {
        kind,
        source: first + source,
        source_spans,
        report,
        report_span: span,
        is_quoted,
        tricks,
    });
    written
}
