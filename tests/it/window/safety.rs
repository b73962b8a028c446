//! What keeps work from being lost: kills, second windows, other programs, earlier versions.

use gainsay::app::{Access, Action};
use gainsay::model::AnnotationId;

use super::*;

/// The sample with one mark more that is in the journal and not in the file, and its window killed; opened again.
fn killed_with_a_mark() -> (Window, AnnotationId) {
    let mut window = Window::on_sample();
    window.sweep("Please find below my answers");
    window.key(Key::Num2);
    let id = window.chosen().id;
    window.until("it is in the journal", |window| window.desk().file.journaled == window.desk().revision());
    // A killed process holds no lock; a forgotten one does, so the folder is looked at without it.
    (again(window.kill()), id)
}

/// The next start on what a killed window has left in `folder`.
fn again(folder: tempfile::TempDir) -> Window {
    let elsewhere = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(folder.path()).unwrap().flatten() {
        if !entry.file_name().to_string_lossy().contains("lock") {
            std::fs::copy(entry.path(), elsewhere.path().join(entry.file_name())).unwrap();
        }
    }
    let path = elsewhere.path().join("harbour.ron");
    let mut next = Window::open(elsewhere, vec![path], egui::vec2(1920.0, 1080.0));
    next.until("it is open", |window| window.harness.state().workspace.desk.is_some());
    next.settle();
    next
}

const HALF: &str = "👮🏽‍♀️ e\u{301} “half a com";

/// The sample with a comment that is being written on its first annotation; a second after the last key.
fn half_a_comment() -> (Window, AnnotationId) {
    let mut window = Window::on_sample();
    let id = *window.session().annotations.keys().next().unwrap();
    window.harness.state_mut().workspace.dispatch(Action::Choose(Some(id)));
    window.settle();
    window.key(Key::C);
    window.type_text(HALF);
    let drafts = window.folder.path().join(".~harbour.ron.drafts");
    window.until("it is kept", |_| {
        std::fs::read_to_string(&drafts).is_ok_and(|text| text.contains("half a com"))
    });
    (window, id)
}

#[test]
fn a_comment_that_was_being_written_stands_in_its_field_after_a_kill() {
    let (window, id) = half_a_comment();
    let before = window.session().clone();
    let mut next = again(window.kill());
    assert_eq!(*next.session(), before, "it is no step");
    assert!(!next.shows("What it is…"), "the journal has brought nothing back");
    assert!(next.shows("A comment that was not posted yet stands in its field again, at “"));
    next.press("Go to it");
    assert_eq!(next.desk().view.chosen, Some(id));
    assert!(next.shows(HALF));
    assert!(!next.shows("Go to it"));
    // Going on in the field, and posting.
    next.harness.state_mut().workspace.dispatch(Action::Access(AccessChoice::WorkOn));
    next.settle();
    next.focus("Comment");
    next.key(Key::End);
    next.type_text("ment");
    next.key_with(Modifiers::COMMAND, Key::Enter);
    assert_eq!(next.session().annotations[&id].comments.last().unwrap().text, format!("{HALF}ment"));
    let drafts = next.folder.path().join(".~harbour.ron.drafts");
    next.until("nothing is being written any more", |_| !drafts.exists());
}

#[test]
fn a_comment_that_was_posted_in_the_last_moment_does_not_come_back_as_a_draft() {
    let (mut window, id) = half_a_comment();
    let drafts = window.folder.path().join(".~harbour.ron.drafts");
    let kept = std::fs::read(&drafts).unwrap();
    window.key_with(Modifiers::COMMAND, Key::Enter);
    window.until("it is gone", |_| !drafts.exists());
    // As if it had been killed before the file could go.
    std::fs::write(&drafts, kept).unwrap();
    window.until("the journal has it", |window| window.desk().file.journaled == window.desk().revision());
    let mut next = again(window.kill());
    assert_eq!(next.session().annotations[&id].comments.last().unwrap().text, HALF);
    assert!(!next.shows("not posted yet"));
    next.harness.state_mut().workspace.dispatch(Action::Choose(Some(id)));
    next.settle();
    assert!(!next.shows("Add comment"));
}

#[test]
fn a_comment_that_is_refused_stays_in_its_field() {
    let mut window = Window::on_sample_of_others();
    window.harness.state_mut().workspace.dispatch(Action::Access(AccessChoice::Review));
    let id = *window.session().annotations.keys().next().unwrap();
    window.harness.state_mut().workspace.dispatch(Action::Choose(Some(id)));
    window.settle();
    window.focus("Comment");
    window.type_text(HALF);
    window.key_with(Modifiers::COMMAND, Key::Enter);
    assert!(window.said("You are reading this session"), "{:?}", window.messages());
    assert!(window.shows(HALF));
}

#[test]
fn what_came_back_is_looked_at_and_kept() {
    let (mut window, id) = killed_with_a_mark();
    assert!(window.session().annotations.contains_key(&id));
    assert!(window.shows("1 edit came back that the file does not have yet: a mark in "));
    window.press("What it is…");
    assert!(window.shows("came back: the program had ended before it wrote the file."));
    assert!(window.shows("tag denial, in "), "the step, its time and its document are listed");
    window.press("Look at the documents first");
    assert!(!window.on_disk("harbour.ron").annotations.contains_key(&id), "nothing is in the file unasked");
    window.press("Keep it");
    window.until("the file has it", |window| window.desk().file.saved == Some(window.desk().revision()));
    assert!(window.on_disk("harbour.ron").annotations.contains_key(&id));
    assert!(!window.shows("Keep it"));
}

#[test]
fn what_came_back_is_left_out_as_one_step() {
    let (mut window, id) = killed_with_a_mark();
    window.press("Leave it out");
    assert!(!window.session().annotations.contains_key(&id));
    window.command(Key::Z);
    assert!(window.session().annotations.contains_key(&id), "leaving it out can be taken back");
    assert!(!window.shows("Leave it out"));
}

#[test]
fn a_second_window_on_the_same_session_can_only_read() {
    let mut first = Window::on_sample();
    let path = first.folder.path().join("harbour.ron");
    let mut second = Window::open(tempfile::tempdir().unwrap(), vec![path], egui::vec2(1600.0, 1000.0));
    second.until("it is open", |window| window.harness.state().workspace.desk.is_some());
    second.settle();
    assert_eq!(second.desk().access, Access::ReadOnly);
    assert!(second.shows("has this session open"));
    assert!(second.shows("Only to be read"));
    let marks = second.session().annotations.len();
    second.sweep("Please find below my answers");
    second.key(Key::Num2);
    assert_eq!(second.session().annotations.len(), marks);
    assert!(second.said("here it can only be read"), "{:?}", second.messages());
    // While the first has it, and after that.
    second.press("Open for work");
    second.until("it is refused", |window| window.said("It is still open elsewhere"));
    first.harness.state_mut().workspace.dispatch(Action::CloseNow);
    first.settle();
    second.press("Open for work");
    second.until("it is open for work", |window| window.desk().file.held.is_none());
    second.harness.state_mut().workspace.dispatch(Action::Access(AccessChoice::WorkOn));
    second.sweep("Please find below my answers");
    second.key(Key::Num2);
    assert_eq!(second.session().annotations.len(), marks + 1);
}

#[test]
fn a_lock_of_another_computer_is_taken_over_when_told_so() {
    let folder = tempfile::tempdir().unwrap();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/harbour.ron");
    std::fs::copy(sample, folder.path().join("harbour.ron")).unwrap();
    let lock = folder.path().join(".~lock.harbour.ron#");
    std::fs::write(&lock, "vos\nanother computer\n7\n2026-01-01T00:00:00Z\n").unwrap();
    let path = folder.path().join("harbour.ron");
    let mut window = Window::open(folder, vec![path], egui::vec2(1600.0, 1000.0));
    window.until("it is open", |window| window.harness.state().workspace.desk.is_some());
    window.settle();
    assert!(
        window.shows(
            "You are reading: vos on another computer since 2026-01-01 00:00 UTC has this session open"
        )
    );
    window.press("Nobody works on it there: take over");
    window.until("it is taken over", |window| window.desk().file.held.is_none());
}

/// Writes the session in the file with one annotation and its links less, as another program would.
fn another_program_removes_one(window: &Window) -> AnnotationId {
    let mut theirs = window.on_disk("harbour.ron");
    // Not the one just made here.
    let chosen = window.desk().view.chosen;
    let id = *theirs.annotations.keys().find(|id| Some(**id) != chosen).unwrap();
    theirs.annotations.remove(&id);
    theirs.links.retain(|_, link| link.from != id && link.to != id);
    let bytes = gainsay::format::session::write(&theirs);
    std::fs::write(window.folder.path().join("harbour.ron"), bytes).unwrap();
    id
}

#[test]
fn what_another_program_writes_is_merged_with_ones_own() {
    let mut window = Window::on_sample();
    let gone = another_program_removes_one(&window);
    window.sweep("Please find below my answers");
    window.key(Key::Num2);
    let mine = window.chosen().id;
    window.harness.state_mut().workspace.dispatch(Action::Pause);
    window.until("one is asked", |window| window.shows("was changed by another program. What you have done"));
    assert!(!window.on_disk("harbour.ron").annotations.contains_key(&mine), "nothing was written over");
    window.press("Merge both");
    window.until("the file has both", |window| window.desk().file.saved == Some(window.desk().revision()));
    let on_disk = window.on_disk("harbour.ron");
    assert!(on_disk.annotations.contains_key(&mine) && !on_disk.annotations.contains_key(&gone));
    assert_eq!(on_disk, *window.session());
    window.command(Key::Z);
    assert!(window.session().annotations.contains_key(&gone), "one step takes the merge back");
}

#[test]
fn what_another_program_writes_can_wait_and_be_taken() {
    let mut window = Window::on_sample();
    window.sweep("Please find below my answers");
    window.key(Key::Num2);
    let mine = window.chosen().id;
    window.harness.state_mut().workspace.dispatch(Action::Pause);
    window.until("it is saved", |window| window.desk().file.saved == Some(window.desk().revision()));
    let gone = another_program_removes_one(&window);
    window.harness.state_mut().workspace.dispatch(Action::Pause);
    window.until("one is asked", |window| window.shows("was changed by another program. What you have done"));
    window.press("Decide later");
    assert!(window.shows("What changed…"));
    window.press("What changed…");
    window.until("one is asked again", |window| window.shows("Take it in"));
    window.press("Take it in");
    window.until("it is as there", |window| window.desk().file.saved == Some(window.desk().revision()));
    assert!(!window.session().annotations.contains_key(&gone));
    assert!(window.session().annotations.contains_key(&mine));
    assert_eq!(window.on_disk("harbour.ron"), *window.session());
}

/// A folder as a sync client leaves it: the sample, and beside it a version with a note that is not in it.
fn with_a_conflicted_copy() -> (Window, AnnotationId) {
    let sample = Window::on_sample();
    let mut theirs = sample.on_disk("harbour.ron");
    let folder = sample.kill();
    let (&id, noted) = theirs.annotations.iter().nth(2).unwrap();
    let noted =
        Annotation { note: "👮🏽‍♀️ e\u{301} “on the train”".to_owned(), ..(**noted).clone() };
    theirs.annotations.insert(id, std::sync::Arc::new(noted));
    let elsewhere = tempfile::tempdir().unwrap();
    let path = elsewhere.path().join("harbour.ron");
    std::fs::copy(folder.path().join("harbour.ron"), &path).unwrap();
    let copy = elsewhere.path().join("harbour (Ada's conflicted copy 2026-11-26).ron");
    std::fs::write(copy, gainsay::format::session::write(&theirs)).unwrap();
    std::fs::write(elsewhere.path().join("harbour.sync-conflict-20261126-101112-A.ron"), "torn").unwrap();
    let mut window = Window::open(elsewhere, vec![path], egui::vec2(1920.0, 1080.0));
    window.harness.state_mut().workspace.dispatch(Action::Access(AccessChoice::WorkOn));
    window.until("one is asked", |window| window.shows("Beside harbour.ron a sync client has put"));
    (window, id)
}

#[test]
fn a_version_that_a_sync_client_has_put_beside_is_offered_for_merging() {
    let (mut window, id) = with_a_conflicted_copy();
    let before = window.session().clone();
    assert!(window.shows("harbour (Ada's conflicted copy 2026-11-26).ron, and it holds what is not here."));
    window.press("See what it would change");
    window.until("what it would change is shown", |window| window.shows("into this session?"));
    assert_eq!(*window.session(), before, "nothing has happened yet");
    window.press("Merge it");
    window.until("it is merged", |window| !window.session().annotations[&id].note.is_empty());
    assert_eq!(window.session().annotations[&id].note, "👮🏽‍♀️ e\u{301} “on the train”");
    window.command(Key::Z);
    assert_eq!(*window.session(), before, "one step");
}

#[test]
fn a_version_beside_the_session_that_is_left_there_is_not_asked_about_again() {
    let (mut window, _) = with_a_conflicted_copy();
    window.press("Leave it there");
    window.harness.state_mut().workspace.dispatch(Action::CameBack);
    window.settle();
    assert!(!window.shows("a sync client has put"));
    // A new one is, as soon as one comes back to the window.
    let folder = window.folder.path();
    std::fs::copy(
        folder.join("harbour (Ada's conflicted copy 2026-11-26).ron"),
        folder.join("harbour (conflicted copy 2).ron"),
    )
    .unwrap();
    std::fs::copy(
        folder.join("harbour (Ada's conflicted copy 2026-11-26).ron"),
        folder.join("harbour (conflicted copy 3).ron"),
    )
    .unwrap();
    // Two at once: one after the other, the second when one comes back once more.
    window.harness.state_mut().workspace.dispatch(Action::CameBack);
    window.until("one is asked", |window| window.shows("has put 2 other versions"));
    window.press("Leave it there");
    window.harness.state_mut().workspace.dispatch(Action::CameBack);
    window.until("one is asked", |window| window.shows("has put harbour (conflicted copy 3).ron"));
}

/// Asks the window to close, with what came in the same moment.
fn close_with(window: &mut Window, events: Vec<Event>) {
    let root = window.harness.input().viewport_id;
    let input = window.harness.input_mut();
    input.events.extend(events);
    input.viewports.get_mut(&root).unwrap().events.push(egui::ViewportEvent::Close);
    window.harness.step();
    window.settle();
}

#[test]
fn what_was_typed_up_to_the_closing_is_in_the_file() {
    let mut window = Window::on_sample();
    let id = *window.session().annotations.keys().next().unwrap();
    window.harness.state_mut().workspace.dispatch(Action::Choose(Some(id)));
    window.settle();
    window.key(Key::C);
    window.type_text("👮🏽‍♀️ e\u{301} “half a com");
    window.settle();
    window.key(Key::Escape);
    window.harness.state_mut().workspace.dispatch(Action::Choose(Some(id)));
    window.settle();
    window.key(Key::N);
    close_with(&mut window, vec![Event::Text("to the end".to_owned())]);
    window.until("it ends", |window| window.harness.state().workspace.is_quitting());
    let file = window.on_disk("harbour.ron");
    let kept = &file.annotations[&id];
    assert!(kept.note.contains("to the end"), "{}", kept.note);
    assert_eq!(kept.comments.last().unwrap().text, "👮🏽‍♀️ e\u{301} “half a com");
}

/// While a window is hidden the same request to close is seen in each frame: it closes all the same.
#[test]
fn a_request_to_close_that_is_seen_again_closes() {
    let mut window = Window::on_sample();
    let root = window.harness.input().viewport_id;
    for _ in 0..3 {
        if !window.harness.state().workspace.is_quitting() {
            let input = window.harness.input_mut();
            input.viewports.get_mut(&root).unwrap().events.push(egui::ViewportEvent::Close);
            window.harness.step();
        }
    }
    assert!(window.harness.state().workspace.desk.is_none(), "the session is being closed");
    window.until("it ends", |window| window.harness.state().workspace.is_quitting());
}

#[test]
fn work_that_can_not_be_written_where_it_belongs_is_kept_for_later_whole() {
    let mut window = Window::on_sample();
    let id = window.session().id;
    let folder = window.folder.path().to_owned();
    let away = folder.with_extension("away");
    std::fs::rename(&folder, &away).unwrap();
    window.sweep("Please find below my answers");
    window.key(Key::Num2);
    window.until("it is not safe", |window| window.desk().file.trouble.is_some());
    // The mark at the top says why, whole, and what can be done.
    let why = window.desk().file.trouble.clone().unwrap();
    window.click_on("Not saved", false);
    assert!(window.shows("This session is not saved") && window.shows(&why));
    window.press("Go on working");
    let all = window.session().annotations.len();
    close_with(&mut window, Vec::new());
    window.press("Keep it for later");
    window.until("it ends", |window| window.harness.state().workspace.is_quitting());
    let mut next = Window::on(&[]);
    next.until("it is listed", |window| {
        let kept = window.harness.state().workspace.unsaved.iter().find(|entry| entry.id == id);
        kept.is_some_and(|entry| entry.annotations == all && entry.problem.is_none())
    });
    std::fs::rename(&away, &folder).unwrap();
}

/// One mark more, and the file has it.
fn mark_and_save(window: &mut Window) {
    window.sweep("Please find below my answers");
    window.key(Key::Num2);
    window.harness.state_mut().workspace.dispatch(Action::Pause);
    window.until("it is saved", |window| window.desk().file.saved == Some(window.desk().revision()));
}

#[test]
fn a_file_that_does_not_read_offers_its_last_earlier_version() {
    let mut window = Window::on_sample();
    let before = window.session().annotations.len();
    mark_and_save(&mut window);
    let folder = window.kill();
    let text = std::fs::read(folder.path().join("harbour.ron")).unwrap();
    let elsewhere = tempfile::tempdir().unwrap();
    let path = elsewhere.path().join("harbour.ron");
    std::fs::write(&path, &text[..1_000]).unwrap();
    let mut window = Window::open(elsewhere, vec![path], egui::vec2(1920.0, 1080.0));
    window.until("one is asked", |window| window.shows("Open its last earlier version, as a copy"));
    window.press("Open its last earlier version, as a copy");
    window.until("it is open", |window| window.harness.state().workspace.desk.is_some());
    assert_eq!(window.session().annotations.len(), before);
    assert_eq!(window.desk().file.path, None);
}

#[test]
fn an_earlier_version_shows_what_differs_and_opens_as_a_copy() {
    let mut window = Window::on_sample();
    let before = window.session().annotations.len();
    mark_and_save(&mut window);
    window.harness.state_mut().workspace.dispatch(Action::Command(gainsay::app::Command::EarlierVersions));
    window.until("it is compared", |window| window.shows("Changed since · "));
    let saved = window.on_disk("harbour.ron");
    window.press("Open as a copy");
    window.until("the copy is open", |window| window.desk().file.path.is_none());
    assert_eq!(window.session().annotations.len(), before);
    window.settle();
    assert_eq!(window.on_disk("harbour.ron"), saved);
}

/// Three passages behind an emoji, an accent and curly quotes, marked; then a corrected text that keeps one, changes one
/// and drops one.
#[test]
fn a_corrected_version_is_looked_at_and_put_in_as_one_step() {
    let first = "👮🏽‍♀️ e\u{301}én “zin” vooraf, die blijft.";
    let before =
        "De gemeente heeft de bewoners van de kade in het voorjaar een brief geschreven over de kranen.";
    let after =
        "Wie wilde, kon in het wijkgebouw inzien hoe de metingen aan de kade waren gedaan en door wie.";
    let old = format!(
        "{before}\n\n{first}\n\n{after}\n\nDe haven meet elke nacht het geluid van twaalf kranen.\n\n\
         Niemand heeft dat ooit ontkend.\n"
    );
    let new = format!(
        "{before}\n\n{first}\n\n{after}\n\nDe haven meet elke nacht het geluid van veertien kranen.\n"
    );
    let mut window = Window::on(&[("a.txt", old.as_bytes()), ("corrected.txt", b"x")]);
    window.until("it is open", |window| window.harness.state().workspace.desk.is_some());
    window.settle();
    let document = window.session().documents[0].id.clone();
    let path = window.folder.path().join("corrected.txt");
    std::fs::write(&path, &new).unwrap();
    let tag = window.session().scheme.tags[0].id.clone();
    for words in
        [first, "De haven meet elke nacht het geluid van twaalf kranen.", "Niemand heeft dat ooit ontkend."]
    {
        let start = old.find(words).unwrap();
        let span = gainsay::model::Span::new(start, start + words.len()).unwrap();
        let mark = Action::Mark { document: document.clone(), span, tag: tag.clone() };
        window.harness.state_mut().workspace.dispatch(mark);
    }
    window.settle();
    let before = window.session().clone();
    window.answers.borrow_mut().push(DialogAnswer::Picked(vec![path]));
    let ask = gainsay::app::replacing::ReplaceAction::Ask(document.clone());
    window.harness.state_mut().workspace.dispatch(Action::Replace(ask));
    window.until("it is planned", |window| window.shows("A corrected version"));
    window.settle();
    for words in ["all 3", "kept 1", "doubtful 1", "lost 1"] {
        assert!(window.shows(words), "{words}");
    }
    window.press("yes, it is this");
    assert!(window.shows("2 annotations placed; 1 without a place, kept with their words"));
    window.press("Put the corrected text in");
    let after = window.session();
    assert_eq!(after.document(&document).unwrap().text(), new);
    let mut quotes: Vec<(&str, bool)> =
        after.annotations.values().map(|it| (after.quote(it), it.anchor.span().is_some())).collect();
    quotes.sort_unstable();
    assert_eq!(
        quotes,
        [
            ("De haven meet elke nacht het geluid van veertien kranen.", true),
            ("Niemand heeft dat ooit ontkend.", false),
            (first, true),
        ]
    );
    // The lost one is chosen in the table and put on another passage.
    let lost = after.annotations.values().find(|it| it.anchor.span().is_none()).unwrap().id;
    window.harness.state_mut().workspace.dispatch(Action::Choose(Some(lost)));
    window.settle();
    assert!(window.shows("These words stand in its document no more"));
    window.press("Put it on the selection");
    assert!(window.said("Select the passage in"));
    // It stays chosen while its place is selected, and what is selected stays while it is chosen again.
    window.sweep("De haven meet elke nacht het geluid van veertien kranen.");
    let selected = window.selected();
    assert_eq!(window.desk().view.chosen, Some(lost));
    window.harness.state_mut().workspace.dispatch(Action::Choose(Some(lost)));
    window.settle();
    window.press("Put it on the selection");
    let placed = window.session().annotations[&lost].clone();
    assert!(placed.anchor.span().is_some());
    assert_eq!(window.session().quote(&placed), selected);
    window.command(Key::Z);
    window.command(Key::Z);
    assert_eq!(window.session().annotations, before.annotations);
    assert_eq!(window.session().documents, before.documents);
}

#[test]
fn what_another_program_has_added_is_in_view_in_the_table() {
    let mut window = Window::on_sample();
    let mut theirs = window.on_disk("harbour.ron");
    let last = theirs.annotations.values().next_back().unwrap().clone();
    let id = AnnotationId(uuid::Uuid::now_v7());
    let tag = theirs.scheme.tags.iter().find(|tag| tag.id != last.tag).unwrap().id.clone();
    theirs.annotations.insert(id, std::sync::Arc::new(Annotation { id, tag, ..(*last).clone() }));
    std::fs::write(window.folder.path().join("harbour.ron"), gainsay::format::session::write(&theirs))
        .unwrap();
    window.harness.state_mut().workspace.dispatch(Action::Pause);
    window.until("one is asked", |window| window.shows("Take it in"));
    window.press("Take it in");
    window.until("it is as there", |window| window.session().annotations.contains_key(&id));
    assert_eq!(window.desk().view.chosen, Some(id));
    window.until("its row is in view", |window| !window.desk().view.row_wanted);
}

#[test]
fn a_damaged_quote_costs_no_mark_and_the_messages_are_a_click_away() {
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets/sample/harbour.ron");
    let mut bytes = std::fs::read(sample).unwrap();
    let at = bytes.windows(8).position(|part| part == b"quote: \"").unwrap();
    bytes[at + 12] = 0xFF;
    let mut window = Window::on(&[("harbour.ron", &bytes)]);
    window.until("one is asked", |window| window.shows("Open what is sound, as a copy"));
    window.press("Open what is sound, as a copy");
    window.until("it is open", |window| window.harness.state().workspace.desk.is_some());
    window.settle();
    let original = Window::on_sample();
    assert_eq!(window.session().annotations, original.session().annotations);
    window.press("Messages");
    assert!(window.shows("its words are taken from the text at its place"), "{:?}", window.messages());
}

/// A session file of which nothing is left finds its versions by its path.
#[test]
fn an_emptied_file_offers_its_last_earlier_version() {
    let mut window = Window::on_sample();
    let before = window.session().annotations.len();
    mark_and_save(&mut window);
    let path = window.folder.path().join("harbour.ron");
    window.harness.state_mut().workspace.dispatch(Action::CloseNow);
    window.until("it is closed", |window| {
        window.harness.state().workspace.desk.is_none() && !window.harness.state().workspace.busy()
    });
    std::fs::write(&path, b"").unwrap();
    window.harness.state_mut().workspace.dispatch(Action::OpenPaths(vec![path]));
    window.until("one is asked", |window| window.shows("Open its last earlier version, as a copy"));
    window.press("Open its last earlier version, as a copy");
    window.until("it is open", |window| window.harness.state().workspace.desk.is_some());
    assert_eq!(window.session().annotations.len(), before);
    assert!(window.said("A copy of the version of "), "{:?}", window.messages());
}

#[test]
fn a_file_that_another_program_renames_is_written_again_and_told() {
    let mut window = Window::on_sample();
    mark_and_save(&mut window);
    let path = window.folder.path().join("harbour.ron");
    let other = window.folder.path().join("renamed.ron");
    std::fs::rename(&path, &other).unwrap();
    window.harness.state_mut().workspace.dispatch(Action::CameBack);
    window.until("it is there again", |window| {
        path.exists() && window.desk().file.saved == Some(window.desk().revision())
    });
    assert!(window.said("harbour.ron was moved, renamed or removed by another program"));
    assert_eq!(window.on_disk("harbour.ron"), *window.session());
    assert_eq!(window.on_disk("renamed.ron"), *window.session());
}

#[test]
fn a_change_by_another_program_takes_no_dialog_away_in_which_one_types() {
    let mut window = Window::on_sample();
    let ids: Vec<AnnotationId> = window.session().annotations.keys().take(2).copied().collect();
    window.harness.state_mut().workspace.dispatch(Action::Pick(ids));
    window.settle();
    window.key(Key::N);
    window.type_text("half a no");
    assert!(window.shows("half a no"));
    another_program_removes_one(&window);
    window.harness.state_mut().workspace.dispatch(Action::CameBack);
    window.until("it is noticed", |window| window.desk().file.changed_by_other);
    window.settle();
    assert!(window.shows("half a no"), "what was typed is there");
    assert!(window.said("harbour.ron was changed by another program"));
    window.key(Key::Escape);
    window.press("What changed…");
    window.until("one is asked", |window| window.shows("Take it in"));
}
