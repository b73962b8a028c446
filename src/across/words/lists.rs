//! Word lists of Dutch, English, German and French, in folded form: lower case, no accents, no apostrophes.

use std::collections::HashSet;
use std::sync::LazyLock;

/// Words that hold sentences together and say nothing of what they are about.
const FUNCTION: &[&str] = &[
    // Dutch
    "de het een en van in is op te dat die voor met zijn was als aan er ook om bij uit door naar maar dan nog of over \
     tot werd wordt worden heeft hebben had hadden kan kunnen kon konden zou zouden zal zullen moet moeten moest \
     mag mogen wil willen wilde hij zij ze we wij ik je jij u men hem haar hun hen ons onze mijn me mij dit deze \
     daar hier waar wat wie welke hoe wanneer waarom omdat doordat zodat terwijl toen nadat voordat indien tenzij \
     hoewel want dus toch al alle alles andere ander anders zo zoals zelf zich elkaar meer meest veel weinig heel \
     zeer te tegen tussen onder boven na sinds tijdens volgens vanaf vanuit binnen buiten zonder via per \
     niet geen nooit niets niemand noch evenmin wel eens weer al nu dan daarom daarmee daarvan daarbij hierbij \
     hiervan hierover hiermee daarover waarbij waarvan waarmee waarin ervan erop erin ermee ben bent waren geweest \
     gaan gaat ging doen doet deed gedaan komen komt kwam laat laten liet s t n d wiens zulke enkele iets iemand \
     iedere ieder elk elke beide toe af eerst echter namelijk immers bovendien daarnaast verder vooral slechts \
     alleen ongeveer bijna altijd vaak soms misschien steeds reeds ten ter der des",
    // English
    "the a an and of to in is was for that it on with as be by at this from or are have had has not but which they \
     his he she we you i me my your her him them their our us its were been will would can could should may might \
     must shall do does did done so if than then there here when where who whom whose what how why because while \
     although though unless until since after before during about into over under between against through \
     without within upon per via no nor never none neither either both each every any some such other another \
     more most many much few less least own same also only just very too still yet even up down out off again \
     once all these those being having am isnt arent wasnt werent dont doesnt didnt cant cannot couldnt wont \
     wouldnt shouldnt havent hasnt hadnt however therefore whether let get got one ones",
    // German
    "der die das den dem ein eine einen einem einer eines und oder aber ist war sind waren sein hat haben hatte \
     hatten wird werden wurde wurden kann konnen konnte konnten soll sollen sollte muss mussen musste will wollen \
     nicht kein keine keinen nie ohne mit von vom zu zum zur im am auf aus bei bis durch fur gegen nach seit uber \
     um unter vor wahrend wegen zwischen als wie dass wenn weil ob auch nur noch schon sehr so da dort hier er sie \
     es wir ihr ich du mich mir dich dir sich ihm ihn ihnen uns euch mein dein unser dies diese dieser dieses \
     jede jeder jedes alle alles man was wer wo wann warum",
    // French
    "le la les un une des du de et ou mais est sont etait etaient etre a ont avait avaient avoir sera seront dans \
     en au aux par pour sur avec sans sous entre vers chez que qui quoi dont ou ne pas plus jamais aucun aucune \
     rien personne ni il elle ils elles on nous vous je tu me te se lui leur leurs son sa ses mon ma mes ton ta \
     tes notre votre ce cet cette ces cela ca comme si quand lorsque parce car donc aussi tres tout tous toute \
     toutes meme l d n s c j m qu",
];

/// Words that turn a statement round.
const NEGATION: &[&str] = &["niet geen nooit niemand niets evenmin noch zonder nergens geenszins \
     not no never none nothing nobody nowhere neither nor without cannot dont doesnt didnt isnt arent wasnt werent cant \
     couldnt wont wouldnt shouldnt havent hasnt hadnt \
     nicht kein keine keinen keinem keiner nie niemals niemand ohne weder \
     pas jamais aucun aucune sans"];

/// Words that carry a denial in themselves; a weaker sign than a negation.
const POLARITY: &[&str] = &[
    "ontkent ontkend ontkende ontkennen ontkenden ontkenning weigert weigerde weigeren geweigerd \
     verbiedt verbood verbieden verboden onmogelijk onjuist \
     denies denied deny denying denial refuses refused refuse forbids forbade forbidden impossible untrue false \
     leugnet bestreitet bestritt verweigert nie refuse dement",
];

/// Words by which a speaker leaves room for being wrong, or says that it is hearsay.
const HEDGES: &[&str] = &[
    "mogelijk mogelijke mogelijkerwijs misschien wellicht vermoedelijk vermoedelijke waarschijnlijk zou zouden \
     verwachting verwacht verwachte schatting geschat geschatte verluidt vermeende vermeend schijnbaar blijkbaar kennelijk ongeveer circa \
     reportedly allegedly alleged may might could possibly perhaps apparently presumably probably likely suspected \
     possible expected estimated approximately roughly seemingly supposedly \
     moglicherweise moglich voraussichtlich vielleicht vermutlich angeblich wahrscheinlich offenbar \
     probablement presume presumee apparemment",
];

/// Words that begin what is said, denied or doubted.
const THAT: [&str; 4] = ["that", "dat", "dass", "que"];

pub(crate) fn is_that(word: &str) -> bool {
    THAT.contains(&word)
}

/// Number words that are never an article or a pronoun.
const NUMBERS: &[(&str, u32)] = &[
    ("nul zero null", 0),
    ("twee two zwei deux", 2),
    ("drie three drei trois", 3),
    ("vier four quatre", 4),
    ("vijf five funf cinq", 5),
    ("zes six sechs", 6),
    ("zeven seven sieben sept", 7),
    ("acht eight huit", 8),
    ("negen nine neun neuf", 9),
    ("tien ten zehn dix", 10),
    ("elf eleven onze", 11),
    ("twaalf twelve zwolf douze", 12),
    ("dertien thirteen dreizehn treize", 13),
    ("veertien fourteen vierzehn quatorze", 14),
    ("vijftien fifteen funfzehn quinze", 15),
    ("zestien sixteen sechzehn seize", 16),
    ("zeventien seventeen siebzehn", 17),
    ("achttien eighteen achtzehn", 18),
    ("negentien nineteen neunzehn", 19),
    ("twintig twenty zwanzig vingt", 20),
    ("dertig thirty dreissig trente", 30),
    ("veertig forty vierzig quarante", 40),
    ("vijftig fifty funfzig cinquante", 50),
    ("zestig sixty sechzig soixante", 60),
    ("zeventig seventy siebzig", 70),
    ("tachtig eighty achtzig", 80),
    ("negentig ninety neunzig", 90),
    ("honderd hundred hundert cent", 100),
    ("duizend thousand tausend mille", 1000),
];

/// Months, with what stands for them.
const MONTHS: [&str; 12] = [
    "januari january januar janvier jan",
    "februari february februar fevrier feb",
    "maart march marz mars mrt mar",
    "april avril apr",
    "mei may mai",
    "juni june juin jun",
    "juli july juillet jul",
    "augustus august aout aug",
    "september septembre sep sept",
    "oktober october octobre okt oct",
    "november novembre nov",
    "december dezember decembre dec",
];

/// What a distinct word is, as far as its letters tell.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Kind {
    pub function: bool,
    pub negation: bool,
    pub polarity: bool,
    pub hedge: bool,
    /// 1 to 12 for the name of a month, if it stands beside a number.
    pub month: u8,
}

/// Every word of the lists: most words of a text are none of them, and the lists need not be looked through.
static LISTED: LazyLock<HashSet<&str>> = LazyLock::new(|| {
    let numbers = NUMBERS.iter().map(|(names, _)| names);
    let lists = [FUNCTION, NEGATION, POLARITY, HEDGES, &MONTHS].into_iter().flatten().chain(numbers);
    lists.flat_map(|list| list.split_ascii_whitespace()).collect()
});

fn has(lists: &[&str], word: &str) -> bool {
    lists.iter().any(|list| list.split_ascii_whitespace().any(|other| other == word))
}

/// Looks a folded word up in all lists. Costs microseconds if it is in one: to be asked once for each distinct word.
pub(crate) fn kind_of(word: &str) -> Kind {
    if !LISTED.contains(word) {
        return Kind::default();
    }
    let is_month = |names: &&str| names.split_ascii_whitespace().any(|name| name == word);
    let negation = has(NEGATION, word);
    Kind {
        function: negation || has(FUNCTION, word),
        negation,
        polarity: has(POLARITY, word),
        hedge: has(HEDGES, word),
        month: MONTHS.iter().position(is_month).map_or(0, |at| at as u8 + 1),
    }
}

/// The value of a number word. "Onze" is French for eleven and Dutch for "our": the Dutch word wins.
pub(crate) fn number_of(word: &str) -> Option<u32> {
    if !LISTED.contains(word) || has(FUNCTION, word) || word == "sept" {
        return None;
    }
    let is = |names: &str| names.split_ascii_whitespace().any(|name| name == word);
    NUMBERS.iter().find(|(names, _)| is(names)).map(|(_, value)| *value)
}

/// How often a word of this many letters stands in running text, as a share; before any document was seen.
pub(crate) fn prior(letters: usize, function: bool) -> f32 {
    const BY_LENGTH: [f32; 13] = [
        0.006, 0.006, 0.004, 0.0018, 0.0008, 0.000_35, 0.000_15, 0.000_1, 0.000_07, 0.000_05, 0.000_037,
        0.000_027, 0.000_02,
    ];
    if function { 0.006 } else { BY_LENGTH[letters.min(12)] }
}

/// A word without its endings: rough, the same for both sides, for Dutch and English.
pub(crate) fn stem(word: &str) -> &str {
    let mut stem = word;
    for endings in [&["s"][..], &["ingen", "en", "es", "ed", "ing", "e"][..], &["t", "d"][..]] {
        for ending in endings {
            if let Some(rest) = stem.strip_suffix(ending)
                && rest.len() >= 4
                && rest.is_char_boundary(rest.len())
            {
                stem = rest;
                break;
            }
        }
    }
    let bytes = stem.as_bytes();
    match bytes {
        [.., a, b] if a == b && a.is_ascii_alphabetic() && stem.len() > 4 => &stem[..stem.len() - 1],
        _ => stem,
    }
}

/// The first letters of a stem, by which words are matched: at most six bytes, whole characters.
pub(crate) fn class(stem: &str) -> &str {
    &stem[..stem.floor_char_boundary(6)]
}
