//! What a full stop after a token means. Tokens are compared without the last full stop.

/// When a sentence ends after an abbreviation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Ending {
    /// An ordinary word: here.
    Word,
    /// It introduces what follows ("dhr.", "m.b.t.").
    Never,
    /// It introduces a number, and is a word otherwise ("No.", "p.").
    BeforeNumber,
    /// It may close a sentence ("enz."): before a capital it does.
    BeforeCapital,
    /// An acronym ("U.S."): only before a word that sentences begin with.
    BeforeStarter,
    /// The initial of a name.
    Initial,
}

/// `is_whole`: the token is all that there is of the sentence.
pub(super) fn ending_of(token: &str, is_whole: bool) -> Ending {
    if token.len() > LONGEST && !token.contains('.') {
        return Ending::Word; // Most tokens: the lists need not be looked through.
    }
    let lower = token.to_lowercase();
    let lower = lower.as_str();
    if NEVER.contains(&lower) {
        return Ending::Never;
    }
    if CLOSING.contains(&lower) {
        return Ending::BeforeCapital;
    }
    if is_whole && token.len() <= 3 && !token.is_empty() && token.bytes().all(|b| b.is_ascii_digit()) {
        return Ending::Never; // "1. De politie": the number of an item.
    }
    if ACRONYMS.contains(&lower) {
        return Ending::BeforeStarter;
    }
    let is_letters =
        token.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    if is_letters && token.chars().all(|c| c == '.' || c.is_uppercase()) {
        return Ending::Initial;
    }
    if NUMBERED.contains(&lower) {
        return Ending::BeforeNumber;
    }
    // As "i.s.m.": letters and full stops; "nu.nl" is an address.
    if is_letters && token.contains('.') { Ending::Never } else { Ending::Word }
}

/// Words that sentences often begin with, and names seldom.
pub(super) fn is_starter(word: &str) -> bool {
    STARTERS.contains(&word)
}

/// Bytes of the longest abbreviation without a full stop inside.
const LONGEST: usize = 6;

#[rustfmt::skip]
const NEVER: &[&str] = &[
    // Titles and names
    "dhr", "mevr", "mw", "dr", "prof", "mr", "ir", "drs", "ing", "ds", "gebr", "fam", "mrs", "ms", "messrs",
    "st", "hon", "rev", "gen", "col", "lt", "sgt", "capt", "gov", "sen", "rep", "pres",
    // References
    "nr", "nrs", "art", "artt", "blz", "pag", "vgl", "zgn", "resp", "hfdst", "hfst", "afd", "tel", "fig", "figs",
    "vol", "ed", "eds", "vs", "cf", "viz", "approx", "ca", "incl", "excl", "max", "min", "evt", "ong", "bijv", "bv",
    "d.w.z", "o.a", "m.b.t", "t.a.v", "m.a.w", "m.n", "i.v.m", "i.p.v", "n.a.v", "t.o.v", "t.b.v", "t.g.v", "a.h.w",
    "m.i.v", "o.l.v", "o.b.v", "e.g", "i.e", "z.g", "d.d", "dd", "st.crt", "stb", "stcrt", "trb", "jo", "v",
];

#[rustfmt::skip]
const CLOSING: &[&str] = &[
    "enz", "etc", "jl", "a.s", "e.a", "e.d", "c.s", "e.v", "ev", "ff", "ll", "al", "n.v.t", "a.u.b", "s.v.p", "jr", "sr",
];

#[rustfmt::skip]
const ACRONYMS: &[&str] = &[
    "u.s", "u.k", "u.n", "e.u", "v.s", "u.s.a", "d.c", "b.v", "n.v", "v.o.f", "a.m", "p.m", "inc", "ltd", "corp", "co",
    "ph.d",
];

#[rustfmt::skip]
const NUMBERED: &[&str] = &[
    "no", "nos", "p", "pp", "c", "ch", "sec", "par", "lid", "jan", "feb", "febr", "mrt", "apr", "jun", "jul", "aug",
    "sep", "sept", "okt", "oct", "nov", "dec",
];

#[rustfmt::skip]
const STARTERS: &[&str] = &[
    "De", "Het", "Een", "Dat", "Dit", "Die", "Deze", "Daar", "Daarna", "Daarom", "Daarmee", "Daarnaast", "Hij", "Zij",
    "Ze", "Wij", "We", "Ik", "Je", "U", "Er", "En", "Maar", "Of", "Ook", "Op", "In", "Als", "Toen", "Toch", "Volgens",
    "Uit", "Om", "Bij", "Met", "Na", "Naar", "Niet", "Nu", "Zo", "Zoals", "Wat", "Wie", "Waarom", "Hoe", "Hierdoor",
    "The", "A", "An", "This", "That", "These", "Those", "It", "He", "She", "They", "You", "I", "But", "And", "Or", "If",
    "When", "What", "Who", "Why", "How", "For", "From", "At", "On", "After", "Before", "However", "There", "Then", "His",
    "Her", "Their", "Its", "Our", "No", "Not", "According", "As", "By", "Since", "While", "Although",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_abbreviation_is_longer_than_is_looked_for() {
        let all = [NEVER, CLOSING, ACRONYMS, NUMBERED].concat();
        assert!(all.iter().all(|token| token.len() <= LONGEST || token.contains('.')));
    }
}
