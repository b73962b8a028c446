//! Random editing of which it is known, letter by letter, what came from where: the truth by which carrying passages is
//! judged. It is kept by the edits themselves; no alignment takes part in it.
//!
//! What counts as right: the words of the passage (white space and retyped quotation marks aside), made of its own letters
//! in their order, each of which the edits took along. Letters typed anew within them may belong to it. A copy that the
//! edits made of the passage is wrong, with one exception: it is made of copies of its letters and stands between the
//! sentence before and the sentence after the original, made of their letters: the same sentence in the same company.
//! Any other copy is wrong, also one beside the original and one of which the original was taken out since.

use gainsay::model::Span;

/// Numbers that look random and are the same in each run.
pub struct Dice(u64);

impl Dice {
    pub fn new(seed: u64) -> Self {
        Self(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// From 0 up to `n`, without it.
    pub fn roll(&mut self, n: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % n.max(1)
    }

    pub fn one<T: Copy>(&mut self, of: &[T]) -> T {
        of[self.roll(of.len())]
    }
}

/// A character of the edited text, and which one of the old text it is.
#[derive(Clone, Copy)]
struct Letter {
    c: char,
    from: Option<usize>,
    /// It is a copy of that one.
    copy: bool,
}

/// A text after editing.
pub struct Edited {
    old: Vec<char>,
    letters: Vec<Letter>,
}

/// How a place is judged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Right,
    Wrong,
}

impl Edited {
    pub fn new(text: &str) -> Self {
        let letter = |(at, c)| Letter { c, from: Some(at), copy: false };
        Self { old: text.chars().collect(), letters: text.chars().enumerate().map(letter).collect() }
    }

    pub fn text(&self) -> String {
        self.letters.iter().map(|letter| letter.c).collect()
    }

    /// Makes `count` edits.
    pub fn edit(&mut self, dice: &mut Dice, count: usize) {
        for _ in 0..count {
            match dice.roll(12) {
                0..=2 => self.typo(dice),
                3 => self.retype_quotes(dice),
                4 => self.wrap(dice),
                5 => self.move_paragraph(dice),
                6 => self.remove_sentence(dice),
                7 => self.copy_sentence(dice, true),
                8 => self.copy_sentence(dice, false),
                9 => self.change_number(dice),
                10 => self.mark(dice),
                _ => self.look_alike(dice),
            }
        }
    }

    fn typo(&mut self, dice: &mut Dice) {
        let Some(at) = self.find(dice, char::is_alphabetic) else { return };
        let new = Letter { c: dice.one(&['a', 'e', 'n', 'r', 't', 'é']), from: None, copy: false };
        match dice.roll(3) {
            0 if self.letters[at].c != new.c => self.letters[at] = new,
            1 => drop(self.letters.remove(at)),
            _ => self.letters.insert(at, new),
        }
    }

    fn retype_quotes(&mut self, dice: &mut Dice) {
        let some = dice.roll(2) == 0;
        for letter in &mut self.letters {
            let c = match letter.c {
                '“' | '”' | '„' => '"',
                '‘' | '’' => '\'',
                '"' => '”',
                '\'' => '’',
                _ => continue,
            };
            if !some || dice.roll(3) == 0 {
                letter.c = c;
            }
        }
    }

    /// Wraps the lines of each paragraph anew.
    fn wrap(&mut self, dice: &mut Dice) {
        let width = dice.one(&[40, 60, 72, 100_000]);
        let mut column = 0;
        for at in 0..self.letters.len() {
            let blank = |at: usize| self.letters.get(at).is_none_or(|letter| letter.c == '\n');
            let c = self.letters[at].c;
            column += 1;
            if c == '\n' && (blank(at + 1) || at == 0 || blank(at - 1)) {
                column = 0;
            } else if c == ' ' || c == '\n' {
                let new = if column > width { '\n' } else { ' ' };
                if new == '\n' {
                    column = 0;
                }
                self.letters[at].c = new;
            }
        }
    }

    fn move_paragraph(&mut self, dice: &mut Dice) {
        let cuts = self.paragraphs();
        if cuts.len() < 3 {
            return;
        }
        let nth = dice.roll(cuts.len() - 1);
        let moved: Vec<Letter> = self.letters.drain(cuts[nth]..cuts[nth + 1]).collect();
        let cuts = self.paragraphs();
        let at = dice.one(&cuts);
        self.letters.splice(at..at, moved);
    }

    fn remove_sentence(&mut self, dice: &mut Dice) {
        let Some((start, end)) = self.sentence(dice) else { return };
        // Of two beside each other with the same words no one can tell which one went.
        let size = end - start;
        let same = |a: usize, b: usize| {
            let (a, b) = (self.letters.get(a..a + size), self.letters.get(b..b + size));
            let words = |it: &[Letter]| -> String {
                it.iter().map(|it| it.c).filter(|c| c.is_alphanumeric()).collect()
            };
            matches!((a, b), (Some(a), Some(b)) if words(a) == words(b))
        };
        if !(same(start, end) || start >= size && same(start - size, start)) {
            self.letters.drain(start..end);
        }
    }

    fn copy_sentence(&mut self, dice: &mut Dice, beside: bool) {
        let Some((start, end)) = self.sentence(dice) else { return };
        let copy = |letter: &Letter| Letter { copy: true, ..*letter };
        let copied: Vec<Letter> = self.letters[start..end].iter().map(copy).collect();
        let at = if beside { end } else { self.sentence(dice).map_or(end, |(start, _)| start) };
        self.letters.splice(at..at, copied);
    }

    /// A sentence of which a word is another one, put somewhere: near to the one that it resembles or not.
    fn look_alike(&mut self, dice: &mut Dice) {
        let Some((start, end)) = self.sentence(dice) else { return };
        let alike = |letter: &Letter| Letter { from: None, copy: false, ..*letter };
        let mut made: Vec<Letter> = self.letters[start..end].iter().map(alike).collect();
        let at = dice.roll(made.len());
        let word = |letter: &Letter| letter.c.is_alphanumeric();
        let from = made[..at].iter().rposition(|it| !word(it)).map_or(0, |at| at + 1);
        let to = made[at..].iter().position(|it| !word(it)).map_or(made.len(), |to| at + to);
        let new = "waarschijnlijk".chars().map(|c| Letter { c, from: None, copy: false });
        made.splice(from..to, new);
        let at = if dice.roll(2) == 0 { end } else { self.sentence(dice).map_or(end, |(start, _)| start) };
        self.letters.splice(at..at, made);
    }

    fn change_number(&mut self, dice: &mut Dice) {
        let Some(at) = self.find(dice, |c| c.is_ascii_digit()) else { return };
        let c = dice.one(&['1', '2', '3', '5', '8']);
        if self.letters[at].c != c {
            self.letters[at] = Letter { c, from: None, copy: false };
        }
    }

    fn mark(&mut self, dice: &mut Dice) {
        let Some((start, end)) = self.sentence(dice) else { return };
        let put = |c| Letter { c, from: None, copy: false };
        match dice.roll(3) {
            0 => {
                let end =
                    self.letters[..end].iter().rposition(|it| !it.c.is_whitespace()).map_or(end, |at| at + 1);
                self.letters.splice(end..end, "**".chars().map(put));
                self.letters.splice(start..start, "**".chars().map(put));
            }
            1 => drop(self.letters.splice(start..start, "\n\n## ".chars().map(put))),
            _ => drop(self.letters.splice(start..start, "\n> ".chars().map(put))),
        }
    }

    fn find(&self, dice: &mut Dice, like: impl Fn(char) -> bool) -> Option<usize> {
        let from = dice.roll(self.letters.len());
        (from..self.letters.len()).chain(0..from).find(|at| like(self.letters[*at].c))
    }

    /// Where paragraphs begin, and the end.
    fn paragraphs(&self) -> Vec<usize> {
        let mut cuts = vec![0];
        let blank = |at: usize| self.letters.get(at).is_some_and(|letter| letter.c == '\n');
        cuts.extend((2..self.letters.len()).filter(|at| blank(at - 1) && blank(at - 2) && !blank(*at)));
        cuts.push(self.letters.len());
        cuts.dedup();
        cuts
    }

    /// A sentence with the space after it.
    fn sentence(&self, dice: &mut Dice) -> Option<(usize, usize)> {
        let text: Vec<char> = self.letters.iter().map(|letter| letter.c).collect();
        let all = sentences(&text);
        (!all.is_empty()).then(|| dice.one(&all))
    }

    /// Whether the passage that stood at these characters of the old text stands at `span` of this one.
    pub fn judge(&self, (start, end): (usize, usize), span: Span) -> Verdict {
        let text = self.text();
        let at = text[..span.start()].chars().count();
        let to = at + span.of(&text).unwrap_or_default().chars().count();
        let found = &self.letters[at..to];
        let words = plain(self.old[start..end].iter().copied()) == plain(found.iter().map(|letter| letter.c));
        let own: Vec<usize> = found.iter().filter_map(|letter| letter.from).collect();
        let inside = own.iter().all(|from| (start..end).contains(from)) && own.is_sorted_by(|a, b| a < b);
        let is_own = words && inside && own.len() * 2 > end - start;
        if is_own && (found.iter().all(|letter| !letter.copy) || self.in_company((start, end), (at, to))) {
            Verdict::Right
        } else {
            Verdict::Wrong
        }
    }

    /// Whether around `at..to` stands what stood around the passage, from the sentence before its own to the one after.
    fn in_company(&self, (start, end): (usize, usize), (at, to): (usize, usize)) -> bool {
        let all = sentences(&self.old);
        let own = all.partition_point(|(from, _)| *from <= start).saturating_sub(1);
        let from = own.checked_sub(1).map(|before| all[before].0);
        let next = all.partition_point(|(_, end_of)| *end_of < end);
        let until = all.get(next + 1).map(|(_, end)| *end);
        let word = |c: char| c.is_alphanumeric();
        let old = |range: std::ops::Range<usize>| range.filter(|it| word(self.old[*it])).map(Some);
        let letters = |range: &[Letter]| -> Vec<Option<usize>> {
            range.iter().filter(|it| word(it.c)).map(|it| it.from).collect()
        };
        let (before, after) = (letters(&self.letters[..at]), letters(&self.letters[to..]));
        let old_before: Vec<Option<usize>> = old(from.unwrap_or(0)..start).collect();
        let old_after: Vec<Option<usize>> = old(end..until.unwrap_or(self.old.len())).collect();
        // Where no sentence more stood before or after it, none may stand there now.
        before.ends_with(&old_before)
            && after.starts_with(&old_after)
            && (from.is_some() || before.len() == old_before.len())
            && (until.is_some() || after.len() == old_after.len())
    }
}

/// The words with white space as one space and quotation marks straight.
fn plain(text: impl Iterator<Item = char>) -> String {
    let straight = |c| match c {
        '“' | '”' | '„' => '"',
        '‘' | '’' => '\'',
        c => c,
    };
    let text: String = text.map(straight).collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Where sentences stand, each with the space after it.
fn sentences(text: &[char]) -> Vec<(usize, usize)> {
    let (mut found, mut start) = (Vec::new(), 0);
    for at in 0..text.len() {
        let space = text.get(at + 1).is_none_or(|c| c.is_whitespace());
        if matches!(text[at], '.' | '?' | '!') && space {
            let end = (at + 1..text.len()).find(|at| !text[*at].is_whitespace()).unwrap_or(text.len());
            if end - start > 3 {
                found.push((start, end));
            }
            start = end;
        }
    }
    found
}

/// Passages as readers mark them: sentences, some words of one, a word, several sentences. Characters.
pub fn passages(text: &str, dice: &mut Dice, count: usize) -> Vec<(usize, usize)> {
    let chars: Vec<char> = text.chars().collect();
    let all = sentences(&chars);
    let mut found = Vec::new();
    while found.len() < count && !all.is_empty() {
        let nth = dice.roll(all.len());
        let (mut start, mut end) = all[nth];
        match dice.roll(20) {
            0..=10 => {}
            11..=17 => {
                let words = if dice.roll(3) == 0 { 1 } else { 2 + dice.roll(5) };
                start += dice.roll(end - start);
                while start < end && start > 0 && chars[start - 1].is_alphanumeric() {
                    start -= 1;
                }
                let mut left = words;
                let stop = (start..end).find(|at| {
                    left -= usize::from(chars[*at].is_whitespace());
                    left == 0
                });
                end = stop.unwrap_or(end);
            }
            _ => end = all[(nth + 1 + dice.roll(2)).min(all.len() - 1)].1,
        }
        while start < end && chars[start].is_whitespace() {
            start += 1;
        }
        while start < end && chars[end - 1].is_whitespace() {
            end -= 1;
        }
        if start < end && chars[start..end].iter().any(|c| c.is_alphanumeric()) {
            found.push((start, end));
        }
    }
    found
}

/// A text of sentences made of few words, with questions that have the same answer, numbers and quotes: twins and
/// look-alikes are many.
pub fn made(dice: &mut Dice, paragraphs: usize) -> String {
    const WHO: [&str; 8] = [
        "De wethouder",
        "De politie",
        "De minister",
        "Een woordvoerder",
        "De gemeente",
        "Zij",
        "Hij",
        "De haven",
    ];
    const SAYS: [&str; 6] = ["zegt", "ontkent", "bevestigt niet", "schrijft", "vindt mogelijk", "hoorde"];
    const WHAT: [&str; 10] = [
        "dat de kranen ’s nachts te luid zijn",
        "dat er 12 meters zijn geplaatst",
        "dat Clearview niet is gebruikt",
        "dat het café “De Boei” e\u{301}én klacht kreeg",
        "dat 45 van de 60 metingen te hoog waren",
        "dat er overleg was met de haven",
        "dat niemand ervan wist",
        "“daar is geen sprake van”",
        "dat de brief van 3 mei zoek is 👮🏽‍♀️",
        "dat de uitslag nog volgt",
    ];
    const REST: [&str; 6] =
        ["", "", " volgens de brief", " sinds 2019", " en meer niet", ", maar met “een slag om de arm”"];
    let mut text = String::from("👮🏽‍♀️ “Een e\u{301}” dossier.\n\n");
    for _ in 0..paragraphs {
        if dice.roll(6) == 0 {
            text.push_str(dice.one(&["Wist men ervan?", "Was er overleg?", "Klopt dat?"]));
            text.push('\n');
            text.push_str(dice.one(&["Nee.", "Nee. Ook daarna niet.", "Ja."]));
        } else {
            for nth in 0..1 + dice.roll(6) {
                let space = if nth > 0 { " " } else { "" };
                let (who, says, what, rest) =
                    (dice.one(&WHO), dice.one(&SAYS), dice.one(&WHAT), dice.one(&REST));
                text.push_str(&format!("{space}{who} {says} {what}{rest}."));
            }
        }
        text.push_str("\n\n");
    }
    text
}

/// Bytes of a text for characters of it.
pub fn span(text: &str, (start, end): (usize, usize)) -> Span {
    let byte = |at: usize| text.char_indices().nth(at).map_or(text.len(), |(byte, _)| byte);
    Span::new(byte(start), byte(end)).unwrap()
}
