//! Reviews: a colleague's session over one's own, differences, decisions by keys, comments that go back.

use std::path::{Path, PathBuf};

use egui::{Key, Modifiers};
use gainsay::app::{Mode, Overlay};
use gainsay::model::{ReadingStatus, Verdict};
use gainsay::review::compare::Kind;

use super::{Window, egui};

const ADAN: &str = "harbour-adan.ron";

impl Window {
    fn adan(&self) -> PathBuf {
        let to = self.folder.path().join(ADAN);
        let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample").join(ADAN);
        std::fs::copy(sample, &to).unwrap();
        to
    }

    /// Lays the session of R. Adan over the sample, as a user does.
    fn lay_over(&mut self) {
        let path = self.adan();
        self.answers.borrow_mut().push(super::DialogAnswer::Picked(vec![path]));
        self.command_shift(Key::R);
        self.until("the layer lies over it", |window| !window.desk().review.found().cases.is_empty());
        self.settle();
    }

    /// Does an action by its name, through the list of all actions.
    fn by_name(&mut self, name: &str) {
        self.command(Key::K);
        self.type_text(name);
        self.key(Key::Enter);
    }

    /// The answer of the question that is asked which begins with these words.
    fn question_with(&self, words: &str) -> String {
        let Some(Overlay::Question { answers, .. }) = &self.harness.state().workspace.overlay else {
            panic!("nothing is asked")
        };
        answers.iter().map(|answer| answer.words.clone()).find(|answer| answer.starts_with(words)).unwrap()
    }
}

#[test]
fn differences_are_listed_counted_and_gone_through_by_keys() {
    let mut window = Window::on_sample();
    window.lay_over();
    assert_eq!(window.desk().view.mode, Mode::Review);
    let found = window.desk().review.found();
    let count = |kind| found.counts.get(&kind).copied().unwrap_or(0);
    // As `sessions/README.md` counts them, those of punctuation aside.
    let kinds = [Kind::Agree, Kind::Ends, Kind::Tag, Kind::EndsAndTag, Kind::OnlyOurs, Kind::OnlyTheirs];
    assert_eq!(kinds.map(count), [11, 3, 3, 1, 6, 3]);
    assert_eq!((found.slight, found.listed.len()), (2, 16));
    assert!(window.shows("0 of 18 decided"));
    window.key(Key::J);
    let first = window.desk().review.chosen.clone();
    assert_eq!(window.desk().review.chosen_row(), Some(0));
    window.key(Key::J);
    window.key(Key::K);
    assert_eq!(window.desk().review.chosen, first);
    // The way back to reading, by the same key as here.
    window.command(Key::R);
    assert_eq!(window.desk().view.mode, Mode::Annotate);
    window.key(Key::J);
    assert_eq!(window.desk().review.chosen, first, "J is the next annotation here");
}

#[test]
fn what_one_has_not_read_is_named_and_not_compared() {
    let mut window = Window::on_sample();
    window.lay_over();
    let all = window.desk().review.found().cases.len();
    let bode = window.session().documents.iter().find(|it| it.id.as_str() == "bode").unwrap().clone();
    let mut info = (*bode.info).clone();
    info.reading.values_mut().for_each(|reading| reading.status = ReadingStatus::Reading);
    let change = gainsay::app::Action::SetDocumentInfo(bode.id.clone(), Box::new(info), "read on");
    window.harness.state_mut().workspace.dispatch(change);
    window.settle();
    let found = window.desk().review.found();
    assert_eq!(found.cases.len(), all - 6);
    assert!(window.shows("Bode: not finished by me, 11 annotations not compared (6 of mine, 5 of R. Adan)"));
    window.press("Compare all the same");
    assert_eq!(window.desk().review.found().cases.len(), all);
}

#[test]
fn a_whole_adjudication_by_keys_and_on_the_next_day() {
    let mut window = Window::on_sample();
    window.lay_over();
    window.by_name("Decide in a session of its own");
    window.until("both lie over the session for the result", |window| {
        window.desk().review.layers().len() == 2 && !window.desk().review.found().cases.is_empty()
    });
    let found = window.desk().review.found();
    assert_eq!(found.names, ["E. Vos", "R. Adan"]);
    assert_eq!((found.cases.len(), window.session().annotations.len()), (29, 0));
    // What both agree on comes in by a rule.
    window.by_name("Take in what all agree on");
    assert!(matches!(window.harness.state().workspace.overlay, Some(Overlay::Question { .. })));
    let rule = window.question_with("Agreed in all: ");
    let agreed: usize = rule.rsplit(' ').next().unwrap().parse().unwrap();
    window.press(&rule);
    window.settle();
    assert_eq!(window.session().annotations.len(), agreed);
    assert!(window.session().decisions.iter().all(|it| it.verdict == Verdict::Rule && it.outcome.len() == 1));
    // All others by keys, with those of punctuation: theirs, mine, both, none and a new one.
    let mut options = window.desk().review.options.clone();
    options.slight = true;
    options.left_out.clear();
    let show = gainsay::app::ReviewAction::Options(Box::new(options));
    window.harness.state_mut().workspace.dispatch(gainsay::app::Action::Review(show));
    window.settle();
    let waiting = |window: &Window| {
        let found = window.desk().review.found();
        found.listed.iter().filter(|at| !found.cases[**at].is_decided()).count()
    };
    let open = 29 - agreed;
    assert_eq!(waiting(&window), open);
    let mut keys = [Key::D, Key::R, Key::E].into_iter();
    window.key(Key::J);
    while window.desk().review.chosen_row().is_some_and(|row| {
        let found = window.desk().review.found();
        found.cases[found.listed[row]].is_decided()
    }) {
        window.key(Key::J);
    }
    for left in (0..open).rev() {
        let case = window.desk().review.found().case(window.desk().review.chosen.as_ref().unwrap()).unwrap();
        let both = case.marks.iter().all(Option::is_some);
        let key = match keys.next() {
            Some(key) => key,
            None if both => Key::B,
            None if case.marks[0].is_some() => Key::A,
            None => Key::B,
        };
        window.key(key);
        if key == Key::E {
            window.key(Key::Num3);
        }
        assert_eq!(waiting(&window), left, "by {key:?}: {:?}", window.messages().last());
    }
    assert_eq!(window.desk().review.progress(), (29, 29));
    let verdict = |wanted| window.session().decisions.iter().filter(|it| it.verdict == wanted).count();
    assert_eq!([Verdict::Both, Verdict::Neither, Verdict::New].map(verdict), [1, 1, 1]);
    // Each mark of the result says where it came from and who has decided; none says so of nothing.
    let me = window.harness.state().workspace.me();
    for annotation in window.session().annotations.values() {
        let provenance = annotation.provenance.as_ref().expect("it says where it came from");
        assert!(provenance.decided_by == me && !provenance.from.is_empty());
    }
    // One undo takes one decision back, one redo makes it again.
    window.command(Key::Z);
    assert_eq!(window.desk().review.progress(), (28, 29));
    window.key_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::Z);
    let done = window.session().clone();
    // Written, closed, opened on the next day: the layers lie over it and everything is decided.
    let file = window.folder.path().join("result.ron");
    window.answers.borrow_mut().push(super::DialogAnswer::Picked(vec![file.clone()]));
    window.command_shift(Key::S);
    window.until("it is written", |window| window.said("Saved as result.ron"));
    window.by_name("Close session");
    window.until("it is closed", |window| window.harness.state().workspace.desk.is_none());
    window.harness.state_mut().workspace.dispatch(gainsay::app::Action::OpenPaths(vec![file]));
    window.until("all is as it was", |window| {
        window.harness.state().workspace.desk.as_ref().is_some_and(|desk| desk.review.progress() == (29, 29))
    });
    assert_eq!(window.session(), &done);
    assert_eq!(window.desk().view.mode, Mode::Review);
}

/// The session in a file, and the one that is open, without the comments of its annotations and those who wrote them.
fn without_comments(session: &gainsay::model::Session) -> gainsay::model::Session {
    let mut bare = session.clone();
    for annotation in bare.annotations.values_mut() {
        std::sync::Arc::make_mut(annotation).comments.clear();
    }
    bare.annotators.retain(|id, _| session.annotations.values().any(|it| it.annotator == *id));
    bare
}

#[test]
fn comments_go_back_to_the_colleague_and_touch_nothing_else() {
    let mut window = Window::on_sample();
    window.lay_over();
    // On the first difference, with a status; on the second, words alone.
    window.key(Key::J);
    window.key(Key::C);
    window.type_text("een “zin” e\u{301} te ver");
    window.press("Question");
    window.until("it is kept", |window| window.session().remarks.len() == 1);
    window.key(Key::J);
    window.key(Key::C);
    window.type_text("eens");
    window.key(Key::Enter);
    window.until("it is kept too", |window| window.session().remarks.len() == 2);
    let file = window.folder.path().join("review.ron");
    window.answers.borrow_mut().push(super::DialogAnswer::Picked(vec![file.clone()]));
    window.by_name("Send the review back");
    window.until("it is written", |window| window.said("2 comments written to review.ron"));
    let review = gainsay::format::session::read(&std::fs::read(&file).unwrap()).unwrap().session;
    let theirs = window.desk().review.layers()[0].session.clone();
    assert_eq!(without_comments(&review), without_comments(&theirs), "nothing else is changed in it");

    // The colleague takes it in, twice.
    let adan = std::fs::read(window.folder.path().join(ADAN)).unwrap();
    let mut colleague = Window::on(&[(ADAN, &adan)]);
    colleague.until("it is open", |window| window.harness.state().workspace.desk.is_some());
    colleague.harness.state_mut().workspace.dispatch(gainsay::app::Action::SetName("R. Adan".to_owned()));
    colleague.settle();
    let before = colleague.session().clone();
    for words in ["2 comments taken in from review.ron", "review.ron holds no comment that is not here"] {
        colleague.answers.borrow_mut().push(super::DialogAnswer::Picked(vec![file.clone()]));
        colleague.by_name("Take in a review");
        colleague.until(words, |window| window.said(words));
    }
    let after = colleague.session().clone();
    assert_eq!(without_comments(&after), without_comments(&before));
    let comments: Vec<_> = after.annotations.values().flat_map(|it| &it.comments).collect();
    assert_eq!(comments.len(), 2);
    assert!(comments.iter().any(|it| it.text == "een “zin” e\u{301} te ver"
        && it.status == Some(gainsay::model::CommentStatus::Questioned)));
    colleague.command(Key::Z);
    assert_eq!(*colleague.session(), before, "one undo takes it back");
}

#[test]
fn another_copy_is_merged_after_a_list_and_with_a_copy_of_what_was() {
    let mut window = Window::on_sample();
    let original = std::fs::read(window.folder.path().join("harbour.ron")).unwrap();
    // The other copy: a note on one mark, elsewhere.
    let mut other = Window::on(&[("elsewhere.ron", &original)]);
    other.until("it is open", |window| window.harness.state().workspace.desk.is_some());
    let work_on = gainsay::app::Action::Access(gainsay::app::AccessChoice::WorkOn);
    other.harness.state_mut().workspace.dispatch(work_on);
    other.settle();
    let ids: Vec<_> = other.session().annotations.keys().copied().collect();
    let change = gainsay::app::AnnotationChange::Note("👮🏽‍♀️ e\u{301} “elders”".to_owned());
    other.harness.state_mut().workspace.dispatch(gainsay::app::Action::Change(ids[3], change));
    other.command(Key::S);
    let file = other.folder.path().join("elsewhere.ron");
    other.until("it is saved", |window| {
        let desk = window.desk();
        desk.file.saved == Some(desk.revision())
    });
    // Here something else was changed.
    let change = gainsay::app::AnnotationChange::Unsure(true);
    window.harness.state_mut().workspace.dispatch(gainsay::app::Action::Change(ids[0], change));
    window.settle();
    let before = window.session().clone();
    window.answers.borrow_mut().push(super::DialogAnswer::Picked(vec![file]));
    window.by_name("Merge a session");
    window.until("it is asked", |window| {
        matches!(window.harness.state().workspace.overlay, Some(Overlay::Question { .. }))
    });
    assert_eq!(*window.session(), before, "nothing has happened yet");
    window.press("Merge it");
    window.until("it is merged", |window| !window.session().annotations[&ids[3]].note.is_empty());
    let noted = &window.session().annotations[&ids[3]];
    assert_eq!(noted.note, "👮🏽‍♀️ e\u{301} “elders”");
    assert!(window.session().annotations[&ids[0]].unsure);
    let backup = std::fs::read(window.folder.path().join("harbour-before-merge-1.ron")).unwrap();
    assert_eq!(gainsay::format::session::read(&backup).unwrap().session, before);
    window.command(Key::Z);
    assert_eq!(*window.session(), before, "one step");
}

#[test]
fn a_tag_with_another_name_is_asked_for_once() {
    let mut window = Window::on_sample();
    let path = window.adan();
    let text = std::fs::read_to_string(&path).unwrap().replace("\"caveat\"", "\"voorbehoud\"");
    std::fs::write(&path, text).unwrap();
    window.answers.borrow_mut().push(super::DialogAnswer::Picked(vec![path.clone()]));
    window.command_shift(Key::R);
    window.until("it is asked", |window| {
        matches!(window.harness.state().workspace.overlay, Some(Overlay::Mapping(0)))
    });
    window.settle();
    window.press("none of mine");
    window.press_last("caveat");
    window.press("Keep this");
    let mappings = window.session().tag_mappings.clone();
    assert_eq!(mappings.len(), 1);
    assert_eq!((mappings[0].theirs.as_str(), mappings[0].ours.as_str()), ("voorbehoud", "caveat"));
    let counts = &window.desk().review.found().counts;
    assert_eq!((counts[&Kind::Agree], counts[&Kind::Tag]), (11, 3), "as if it had the same name");
    // Read again, nothing is asked.
    window.answers.borrow_mut().push(super::DialogAnswer::Picked(vec![path]));
    window.command_shift(Key::R);
    window.until("it is read", |window| window.said("harbour-adan.ron is as it was"));
    window.settle();
    assert!(window.harness.state().workspace.overlay.is_none());
}

#[test]
fn a_blind_layer_is_seen_where_one_has_done_the_document_oneself() {
    use gainsay::app::review::{ReviewAction, Shown};
    let mut window = Window::on_sample();
    window.lay_over();
    let do_it = |window: &mut Window, action| {
        window.harness.state_mut().workspace.dispatch(action);
        window.settle();
    };
    do_it(&mut window, gainsay::app::Action::Review(ReviewAction::Show(0, Shown::Blind)));
    // Under a name that has done none of them.
    assert!(window.desk().review.found().marks.is_empty());
    assert!(window.desk().review.found().cases.is_empty());
    let bode = gainsay::model::DocumentId::new("bode");
    do_it(&mut window, gainsay::app::Action::SetReading(bode.clone(), ReadingStatus::Done));
    let found = window.desk().review.found();
    assert_eq!(found.marks.keys().collect::<Vec<_>>(), [&bode]);
    assert!(found.cases.iter().all(|case| case.case.document == bode) && found.cases.len() == 6);
    do_it(&mut window, gainsay::app::Action::Review(ReviewAction::Show(0, Shown::Hidden)));
    assert!(window.desk().review.found().marks.is_empty());
}

#[test]
fn figures_stand_beside_the_differences() {
    let mut window = Window::on_sample();
    window.lay_over();
    window.until("the figures are there", |window| window.desk().review.agreed().figures().is_some());
    window.settle();
    // Counted by hand in `sessions/README.md`: ten claims and nine, seven of which have a partner.
    assert!(window.shows("7 passages") || window.shows("7 of 12"), "{:?}", window.messages());
    let report = window.desk().review.agreed().figures().unwrap().report.clone();
    let claim = report.tags.iter().find(|it| it.tag.as_str() == "claim").unwrap();
    assert_eq!((claim.shared, claim.all), (7, 12));
    assert_eq!(report.documents.len(), 4);
    let out = window.folder.path().join("figures.csv");
    window.answers.borrow_mut().push(super::DialogAnswer::Picked(vec![out.clone()]));
    window.press("Export table…");
    window.until("the table is written", |_| out.exists());
    window.settle();
    let rows: Vec<csv::StringRecord> =
        csv::Reader::from_path(&out).unwrap().records().map(Result::unwrap).collect();
    let alpha =
        rows.iter().find(|row| &row[0] == "u_alpha" && row[2].is_empty() && row[3].is_empty()).unwrap();
    let told = report.figure("u_alpha", "character").unwrap().value.clone().unwrap();
    assert_eq!(alpha[5].parse::<f64>().unwrap(), told);
}

#[test]
fn each_figure_leads_to_the_passages_that_pull_it_down() {
    use gainsay::app::review::ReviewAction;
    let mut window = Window::on_sample();
    window.lay_over();
    let mut ask = |measure, tag: Option<&str>| {
        let tag = tag.map(gainsay::model::TagId::new);
        let action = gainsay::app::Action::Review(ReviewAction::Culprits(measure, tag));
        window.harness.state_mut().workspace.dispatch(action);
        window.settle();
        let found = window.desk().review.found();
        found.listed.iter().map(|at| found.cases[*at].clone()).collect::<Vec<_>>()
    };
    // Tags alone: three passages with another tag, one with other ends too.
    let tags = ask("cu_alpha", None);
    assert_eq!(tags.len(), 4);
    assert!(tags.iter().all(|case| matches!(case.kind, Kind::Tag | Kind::EndsAndTag)));
    // The heaviest first.
    let all = ask("u_alpha", None);
    assert_eq!(all.len(), 18);
    assert!(all.is_sorted_by(|a, b| a.weight() >= b.weight()));
    // By hand: where Vos or Adan has a denial that the other has not just so.
    let denials = ask("bar_u_alpha", Some("denial"));
    let has = |case: &gainsay::app::review::Sides| {
        case.marks.iter().flatten().any(|mark| mark.tag.as_ref().is_some_and(|tag| tag.as_str() == "denial"))
    };
    assert!(denials.iter().all(has));
    assert_eq!(denials.len(), 5);
    assert!(window.shows("Only where someone has denial"));
    window.press("All tags");
    assert!(window.desk().review.options.tag.is_none());
}

/// Two remarks at a time, each with its mark; closing keeps them as what they are.
#[test]
fn what_is_being_said_of_differences_stays_when_one_goes_on_and_closes() {
    let mut window = Window::on_sample();
    window.lay_over();
    let half = ["👮🏽‍♀️ e\u{301} “first half", "second half"];
    for words in half {
        window.key(Key::J);
        window.key(Key::C);
        window.type_text(words);
        window.key(Key::Escape);
    }
    assert_eq!(window.session().remarks.len(), 0, "nothing is posted");
    window.key(Key::K);
    assert!(window.shows(half[0]) && !window.shows(half[1]), "each stands with its mark");
    let path = window.folder.path().join("harbour.ron");
    window.harness.state_mut().workspace.dispatch(gainsay::app::Action::Pause);
    let drafts = window.folder.path().join(".~harbour.ron.drafts");
    let both = |text: String| text.contains("first half") && text.contains("second half");
    window.until("both are kept", |_| std::fs::read_to_string(&drafts).is_ok_and(both));
    window.harness.state_mut().workspace.dispatch(gainsay::app::Action::CloseNow);
    window.until("it is closed", |window| {
        window.harness.state().workspace.desk.is_none() && !window.harness.state().workspace.busy()
    });
    assert!(drafts.exists());
    window.harness.state_mut().workspace.dispatch(gainsay::app::Action::OpenPaths(vec![path]));
    window.until("it is open again", |window| window.harness.state().workspace.desk.is_some());
    window.until("the layer too", |window| !window.desk().review.found().cases.is_empty());
    window.settle();
    assert!(window.shows("2 comments that were not posted yet stand in their fields again."));
    assert_eq!(window.session().remarks.len(), 0);
    window.press("All right");
    window.command(Key::R);
    if window.desk().view.mode != Mode::Review {
        window.command(Key::R);
    }
    while window.desk().review.chosen_row() != Some(0) {
        window.key(if window.desk().review.chosen.is_none() { Key::J } else { Key::K });
    }
    assert!(window.shows(half[0]));
    window.key(Key::J);
    assert!(window.shows(half[1]));
}
