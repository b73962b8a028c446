//! The dossiers written by hand, harder than the made ones: what repeats what, which quotations are right and what was
//! changed was listed before the engine was asked. Offices, formulas and lines of the page stand in all of them.

use gainsay::across::alerts::Kind;
use gainsay::across::verdict::Verdict::{self, Altered, NotFound, Omission, Partly, Spliced, Verbatim};

pub use super::judge::Dossier;

/// All of them.
pub const ALL: [&Dossier; 4] = [&VATS, &TUNNEL, &HOSPITAL, &SLEEP];

/// A letter, an agency, two newspapers, minutes and an agenda in Dutch; a memo, a newspaper and a log in English. The engine
/// was mended on it.
pub const VATS: Dossier = Dossier {
    name: "vats",
    texts: &[
        ("agenda", include_str!("vats/agenda.md")),
        ("bericht", include_str!("vats/bericht.md")),
        ("brief", include_str!("vats/brief.md")),
        ("courant", include_str!("vats/courant.md")),
        ("dagblad", include_str!("vats/dagblad.md")),
        ("herald", include_str!("vats/herald.md")),
        ("log", include_str!("vats/log.md")),
        ("memo", include_str!("vats/memo.md")),
        ("notulen", include_str!("vats/notulen.md")),
    ],
    quotations: &[
        ("bericht", "Bewoners", &[Verbatim]),
        ("courant", "Bewoners", &[Altered]),
        ("courant", "Wij betreuren", &[Altered]),
        ("courant", "Het hangt in", &[Verbatim]),
        ("dagblad", "Het hangt in", &[Verbatim]),
        ("dagblad", "Hij heeft", &[Partly, Altered]),
        ("dagblad", "besloten", &[Omission]),
        ("herald", "Nobody", &[Verbatim]),
    ],
    alerts: &[
        (1, 'A', 'C', &[Kind::Number]),
        (1, 'B', 'C', &[Kind::Number]),
        (2, 'A', 'B', &[Kind::Negation]),
        (11, 'A', 'B', &[Kind::Name]),
    ],
};

/// A minister's letter, an agency's news, two newspapers, a broadcaster and a letter to a town council, in Dutch.
pub const TUNNEL: Dossier = Dossier {
    name: "tunnel",
    texts: &[
        ("kamerbrief", include_str!("tunnel/kamerbrief.md")),
        ("ochtendblad", include_str!("tunnel/ochtendblad.md")),
        ("omroep", include_str!("tunnel/omroep.md")),
        ("persbericht", include_str!("tunnel/persbericht.md")),
        ("raadsbrief", include_str!("tunnel/raadsbrief.md")),
        ("streekkrant", include_str!("tunnel/streekkrant.md")),
    ],
    quotations: &[
        ("kamerbrief", "Ventilatoren tunnel haalden", NOWHERE),
        ("ochtendblad", "Er is geen aanleiding", &[Altered]),
        ("ochtendblad", "Of de aannemer", &[Altered]),
        ("ochtendblad", "De onderhoudsrapporten bevatten", &[Omission]),
        ("ochtendblad", "Wie niets te verbergen", &[Altered]),
        ("ochtendblad", "Ik heb nooit", &[Altered, Partly]),
        ("omroep", "Er is op dit moment wel", &[Altered]),
        ("omroep", "We nemen deze maatregel", &[Altered]),
        ("omroep", "Naar verwachting", &[Verbatim]),
        ("omroep", "Mijn kopjes", NOWHERE),
        ("persbericht", "De tunnel is veilig", &[Verbatim]),
        ("persbericht", "We nemen deze", &[Verbatim]),
        ("raadsbrief", "alle ventilatoren", &[Altered]),
        ("raadsbrief", "We nemen deze", &[Verbatim]),
        ("streekkrant", "Ik heb gezegd", &[Altered]),
        ("streekkrant", "Je kunt hier", NOWHERE),
        ("streekkrant", "Ze zeggen dat", NOWHERE),
        ("streekkrant", "Wie niets", &[Altered]),
        ("streekkrant", "Ik heb gezegd", &[Altered]),
        ("streekkrant", "De tunnel is veilig", &[Altered, Spliced]),
    ],
    alerts: &[
        (1, 'A', 'C', &[Kind::Number]),
        (1, 'B', 'C', &[Kind::Number]),
        (2, 'A', 'C', &[Kind::Hedge]),
        (2, 'B', 'C', &[Kind::Hedge]),
        (3, 'A', 'C', &[Kind::Negation]),
        (3, 'B', 'C', &[Kind::Negation]),
        (6, 'A', 'B', &[Kind::Number]),
        (10, 'A', 'B', &[Kind::Hedge]),
        (10, 'B', 'C', &[Kind::Hedge]),
        (14, 'A', 'B', &[Kind::Negation]),
        (14, 'B', 'C', &[Kind::Negation]),
        (19, 'A', 'B', &[Kind::Negation]),
    ],
};

/// A report, a hearing, two newspapers and a rebuttal in English, and a newspaper in German.
pub const HOSPITAL: Dossier = Dossier {
    name: "hospital",
    texts: &[
        ("courier", include_str!("hospital/courier.md")),
        ("evening", include_str!("hospital/evening.md")),
        ("hearing", include_str!("hospital/hearing.md")),
        ("report", include_str!("hospital/report.md")),
        ("statement", include_str!("hospital/statement.md")),
        ("zeitung", include_str!("hospital/zeitung.md")),
    ],
    quotations: &[
        ("courier", "A cupboard broke", &[Verbatim]),
        ("courier", "I was not told", &[Verbatim]),
        ("courier", "were recorded in", &[Verbatim]),
        ("courier", "I accept that", &[Altered]),
        ("courier", "A cupboard broke", &[Spliced]),
        ("courier", "should have identified", &[Verbatim]),
        ("courier", "It is the most", &[Altered]),
        ("evening", "raised concerns", &[Altered]),
        ("evening", "The decision to", &[Verbatim]),
        ("evening", "Patients were not", &[Verbatim]),
        ("evening", "We will replace", &[Altered, Spliced]),
        ("evening", "They can keep", NOWHERE),
        ("evening", "Patient safety is", NOWHERE),
        ("hearing", "Staff raised", &[Verbatim]),
        ("statement", "I accept that", &[Verbatim]),
        ("statement", "I do not accept", &[Verbatim]),
        ("statement", "It is possible", &[Omission]),
        ("statement", "on at least seven", &[Verbatim]),
        ("zeitung", "Ein Schrank ging", NOWHERE),
        ("zeitung", "Ich wurde erst", NOWHERE),
        ("zeitung", "I think it", &[Verbatim]),
        ("zeitung", "the most uncomfortable", &[Verbatim]),
        ("zeitung", "Wir wissen", NOWHERE),
        ("zeitung", "Bei uns stand", NOWHERE),
    ],
    alerts: &[
        (3, 'A', 'C', &[Kind::Negation]),
        (4, 'A', 'B', &[Kind::Number]),
        (4, 'B', 'C', &[Kind::Number]),
        (6, 'A', 'B', &[Kind::Hedge]),
        (6, 'B', 'C', &[Kind::Hedge]),
        (15, 'A', 'B', &[Kind::Negation]),
        (16, 'A', 'B', &[Kind::Number]),
        (18, 'A', 'B', &[Kind::Number]),
    ],
};

/// A university's news, its study in English, two newspapers, a fact check and a letter to parliament, in Dutch. Before one
/// cause was mended on it, recall of verbatim and altered echoes was .85 and precision .94.
pub const SLEEP: Dossier = Dossier {
    name: "sleep",
    texts: &[
        ("dagkoerier", include_str!("sleep/dagkoerier.md")),
        ("kamerbrief", include_str!("sleep/kamerbrief.md")),
        ("nieuwscheck", include_str!("sleep/nieuwscheck.md")),
        ("noorderpost", include_str!("sleep/noorderpost.md")),
        ("persbericht", include_str!("sleep/persbericht.md")),
        ("study", include_str!("sleep/study.md")),
    ],
    quotations: &[
        ("dagkoerier", "We hadden gehoopt", &[Altered]),
        ("dagkoerier", "geen reden om", NOWHERE),
        ("dagkoerier", "Wie ’s avonds", NOWHERE),
        ("nieuwscheck", "Leerlingen van wie de school een uur later begint", &[Verbatim]),
        ("nieuwscheck", "Leerlingen van wie de school een uur later begon", &[Verbatim]),
        ("nieuwscheck", "Pupils in the", &[Verbatim]),
        ("nieuwscheck", "Het verzuim op", &[Verbatim]),
        ("nieuwscheck", "al kan dat", &[Verbatim]),
        ("nieuwscheck", "Absence fell", &[Verbatim]),
        ("nieuwscheck", "Ik zei dat", &[Partly, NotFound]),
        ("nieuwscheck", "Een half uur", &[Verbatim]),
        ("noorderpost", "Een half uur extra", &[Altered]),
        ("noorderpost", "Een half uur slaap", &[Verbatim]),
        ("noorderpost", "De eerste weken", NOWHERE),
        ("noorderpost", "Nu rijdt de bus", &[Altered]),
        ("noorderpost", "Scholen gaan zelf", &[Altered, Partly]),
        ("persbericht", "We hadden gehoopt", &[Verbatim]),
        ("persbericht", "Maar een half", &[Altered]),
    ],
    alerts: &[(1, 'A', 'B', &[Kind::Number]), (5, 'A', 'B', &[Kind::Negation])],
};

const NOWHERE: &[Verdict] = &[NotFound];
