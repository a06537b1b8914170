//! Saving, undoing and leaving; changes from outside and conflicts with them.

use super::*;
use crate::tui::action::{EditorTask, EditorText};
use crate::tui::app::external_changes::ExternalChange;

#[test]
fn only_one_request_is_on_its_way() {
    let mut model = model();
    let first = press(&mut model, "9");
    assert_eq!(first.len(), 1);
    assert_eq!(press(&mut model, "75"), []);
    let second = answer(&mut model, saved());
    assert!(matches!(&second[..], [Effect::Store(Request::Commit { edit, .. })]
        if *edit == set_headroom("best", 7.0)));
}

#[test]
fn what_cannot_be_saved_is_kept_and_tried_again() {
    let mut model = model();
    press(&mut model, "9");
    assert_eq!(answer(&mut model, failed()), []);
    assert_eq!(model.unsaved(), 1);
    assert_eq!(headroom(&model, "best"), Some(9.0));
    assert_eq!(toast(&model), "not saved: the disk is full · Ctrl-S tries again");
    let again = press(&mut model, "<c-s>");
    assert!(matches!(&again[..], [Effect::Store(Request::Commit { .. })]));
    answer(&mut model, saved());
    assert_eq!(model.unsaved(), 0);
}

#[test]
fn what_cannot_be_saved_keeps_the_program_from_leaving() {
    let mut model = model();
    press(&mut model, "9q");
    assert_eq!(answer(&mut model, failed()), []);
    assert!(!model.leaving);
    assert_eq!(press(&mut model, "2").last(), Some(&Effect::Quit));
}

#[test]
fn the_system_ends_it_with_what_cannot_be_saved() {
    let mut model = model();
    press(&mut model, "Nwords worth keeping<c-s>Nbegun");
    assert!(!update(&mut model, Msg::Terminate).contains(&Effect::Quit), "a save is under way");
    let effects = answer(&mut model, failed());
    let kept = Effect::Store(Request::KeepUnsavedText {
        name: "note best".into(),
        text: Some("words worth keeping\n\nbegun".into()),
    });
    assert!(effects.contains(&kept), "{effects:?}");
    assert_eq!(effects.last(), Some(&Effect::Quit));
    assert_eq!(model.save_queue.edits().count(), 1);
    assert_eq!(press(&mut model, "9"), [], "nothing is taken in any more");
}

#[test]
fn the_next_edit_tries_again_too_and_order_is_kept() {
    let mut model = model();
    press(&mut model, "9");
    answer(&mut model, failed());
    let again = press(&mut model, "7");
    assert!(matches!(&again[..], [Effect::Store(Request::Commit { edit, .. })]
        if *edit == set_headroom("best", 9.0)));
}

#[test]
fn undo_takes_back_what_never_reached_the_disk_without_it() {
    let mut model = model();
    press(&mut model, "9");
    answer(&mut model, failed());
    assert_eq!(press(&mut model, "u"), []);
    assert_eq!(headroom(&model, "best"), Some(8.0));
    assert_eq!(model.unsaved(), 0);
    assert_eq!(press(&mut model, "u"), [Effect::Store(Request::Undo { overwrite: false })]);
}

#[test]
fn what_can_never_be_saved_is_taken_back() {
    let mut model = model();
    press(&mut model, "9");
    assert_eq!(answer(&mut model, StoreReply::Refused("edit it by hand".into())), []);
    assert_eq!(headroom(&model, "best"), Some(8.0));
    assert_eq!((model.unsaved(), toast(&model)), (0, "edit it by hand"));
    press(&mut model, "97");
    let next = answer(&mut model, StoreReply::Refused("edit it by hand".into()));
    assert!(matches!(&next[..], [Effect::Store(Request::Commit { inverse, .. })]
        if *inverse == set_headroom("best", 8.0)));
    assert_eq!(headroom(&model, "best"), Some(7.0));
}

#[test]
fn undo_says_what_it_undid_and_goes_there() {
    let mut model = model();
    press(&mut model, "u");
    let edit = set_headroom("fair", 1.0);
    let label = "headroom of fair: 4".to_owned();
    answer(&mut model, StoreReply::Stepped { label, edit, outside: None });
    assert_eq!(headroom(&model, "fair"), Some(1.0));
    assert_eq!(under_cursor(&model), Some("fair"));
    assert_eq!(toast(&model), "Undone: headroom of \"FAIR\" is 1 again · U redoes");
    press(&mut model, "U");
    answer(&mut model, StoreReply::NothingToStep);
    assert_eq!(toast(&model), "nothing to do again");
}

#[test]
fn a_notice_of_the_store_stays_beside_the_reply() {
    let mut model = model();
    press(&mut model, "u");
    let damaged = "1 line of the journal cannot be read".to_owned();
    update(&mut model, Msg::StoreNotice(damaged));
    answer(&mut model, StoreReply::NothingToStep);
    assert_eq!(toast(&model), "nothing to undo · 1 line of the journal cannot be read");
    press(&mut model, "U");
    answer(&mut model, StoreReply::NothingToStep);
    assert_eq!(toast(&model), "nothing to do again");
}

#[test]
fn keys_typed_while_undoing_wait_for_it() {
    let mut model = model();
    press(&mut model, "u");
    assert_eq!(press(&mut model, "9"), []);
    assert_eq!(headroom(&model, "best"), Some(8.0));
    let edit = set_headroom("best", 3.0);
    let effects =
        answer(&mut model, StoreReply::Stepped { label: String::new(), edit, outside: None });
    assert!(matches!(&effects[..], [Effect::Store(Request::Commit { inverse, .. })]
        if *inverse == set_headroom("best", 3.0)));
    assert_eq!(headroom(&model, "best"), Some(9.0));
}

#[test]
fn an_outside_change_is_taken_in_under_what_is_not_saved_yet() {
    let mut model = model();
    press(&mut model, "j97");
    let mut theirs = ideas();
    theirs.apply(&set_headroom("good", 9.0)).unwrap();
    theirs.apply(&set_headroom("best", 0.0)).unwrap();
    let outside = Some(Files { portfolio: theirs, ..Files::default() });
    answer(&mut model, StoreReply::Saved { outside });
    assert_eq!(headroom(&model, "best"), Some(0.0));
    assert_eq!(headroom(&model, "good"), Some(7.0));
    assert_eq!(under_cursor(&model), Some("good"));
}

#[test]
fn an_edit_whose_idea_is_gone_is_dropped_with_a_word() {
    let mut model = model();
    press(&mut model, "97");
    let others = vec![rated("good", 6.0)];
    let portfolio = Portfolio::new(others, Vec::new());
    let outside = Some(Files { portfolio, ..Files::default() });
    assert_eq!(answer(&mut model, StoreReply::Saved { outside }), []);
    assert!(model.save_queue.is_empty());
    assert_eq!(under_cursor(&model), Some("good"));
}

fn conflict() -> StoreReply {
    let mut theirs = ideas();
    theirs.apply(&set_headroom("best", 2.0)).unwrap();
    theirs.apply(&set_headroom("good", 3.0)).unwrap();
    StoreReply::Conflict(Conflict {
        what: "ratings.headroom of best".into(),
        mine: "9".into(),
        theirs: "2".into(),
        files: Files { portfolio: theirs, ..Files::default() },
    })
}

#[test]
fn in_a_conflict_mine_can_win() {
    let mut model = model();
    press(&mut model, "9");
    answer(&mut model, conflict());
    assert!(question(&model) == Some("conflict"));
    assert_eq!(headroom(&model, "good"), Some(6.0));
    let effects = press(&mut model, "1");
    assert_eq!(headroom(&model, "good"), Some(3.0), "what else has changed is taken in");
    assert!(matches!(&effects[..], [Effect::Store(Request::Commit { overwrite: true, .. })]));
    assert_eq!(headroom(&model, "best"), Some(9.0));
}

#[test]
fn in_a_conflict_theirs_can_win() {
    let mut model = model();
    press(&mut model, "9");
    answer(&mut model, conflict());
    assert_eq!(press(&mut model, "2"), []);
    assert_eq!(headroom(&model, "best"), Some(2.0));
    assert!(model.save_queue.is_empty());
}

#[test]
fn a_conflict_waits_until_a_line_is_typed_to_its_end() {
    let mut model = model();
    press(&mut model, "9a");
    answer(&mut model, conflict());
    press(&mut model, "New");
    assert!(question(&model) == Some("new idea"));
    press(&mut model, "<enter>");
    assert!(question(&model) == Some("conflict"));
    assert_eq!(under_cursor(&model), Some("new"));
}

#[test]
fn leaving_waits_until_everything_is_saved() {
    let mut model = model();
    press(&mut model, "9");
    assert_eq!(press(&mut model, "q"), []);
    assert_eq!(answer(&mut model, saved()), [Effect::Quit]);
}

#[test]
fn leaving_with_something_unsaved_asks_first() {
    let mut model = model();
    press(&mut model, "9");
    answer(&mut model, failed());
    assert_eq!(press(&mut model, "q"), []);
    assert_eq!(press(&mut model, "1"), []);
    assert!(model.dialog.is_none());
    assert_eq!(press(&mut model, "q2"), [Effect::Quit]);
}

fn files(ideas: Vec<Idea>) -> Option<Files> {
    let portfolio = Portfolio::new(ideas, Vec::new());
    Some(Files { portfolio, ..Files::default() })
}

#[test]
fn a_touched_file_is_looked_at_once() {
    let mut model = model();
    assert_eq!(send(&mut model, Msg::FilesChanged), [Effect::Store(Request::ReloadQuietly)]);
    update(&mut model, Msg::FilesChanged);
    update(&mut model, Msg::FilesChanged);
    assert_eq!(
        answer(&mut model, StoreReply::Reloaded(None)),
        [Effect::Store(Request::ReloadQuietly)]
    );
    assert_eq!(answer(&mut model, StoreReply::Reloaded(None)), []);
    assert_eq!(toast(&model), "");
}

#[test]
fn a_new_day_begins_with_a_reload_and_not_before() {
    for day_stays in [false, true] {
        let mut model = model();
        model.world.day_stays = day_stays;
        let day = model.world.portfolio.as_of();
        let tomorrow = day.tomorrow().unwrap();
        let now = tomorrow.at(0, 5, 0, 0).to_zoned(jiff::tz::TimeZone::UTC).unwrap();
        update(&mut model, Msg::Tick(Tick { now, ..Tick::default() }));
        press(&mut model, "jk");
        assert_eq!(model.world.portfolio.as_of(), day, "past midnight it stays the day");
        press(&mut model, "R");
        answer(&mut model, StoreReply::Reloaded(None));
        let expected = if day_stays { day } else { tomorrow };
        assert_eq!(model.world.portfolio.as_of(), expected);
    }
}

#[test]
fn what_changed_outside_is_said_and_listed() {
    let mut model = model();
    press(&mut model, "j");
    update(&mut model, Msg::FilesChanged);
    let now = vec![rated("good", 9.0), rated("fair", 4.0), rated("new", 1.0)];
    answer(&mut model, StoreReply::Reloaded(files(now)));
    assert_eq!(toast(&model), "3 ideas changed outside · :changes lists them");
    assert_eq!(under_cursor(&model), Some("good"), "the cursor stays on its idea");
    let listed: Vec<String> = model.external_changes.iter().map(ExternalChange::title).collect();
    assert_eq!(listed, ["GOOD", "NEW", "BEST"]);
    assert!(model.external_changes[0].what().contains(&"ratings.headroom: 6 → 9".to_owned()));
    press(&mut model, ":changes<enter>");
    assert!(model.overlay.is_some());
}

#[test]
fn the_cursor_returns_to_an_idea_that_was_gone() {
    let mut model = model();
    press(&mut model, "j");
    let all = || vec![rated("best", 8.0), rated("good", 6.0), rated("fair", 4.0)];
    for (ideas, id) in [(Vec::new(), None), (all(), Some("good"))] {
        update(&mut model, Msg::FilesChanged);
        answer(&mut model, StoreReply::Reloaded(files(ideas)));
        assert_eq!(under_cursor(&model), id);
    }
    for (ideas, keys, id) in [(all().split_off(2), "", "fair"), (all(), "", "good")] {
        update(&mut model, Msg::FilesChanged);
        answer(&mut model, StoreReply::Reloaded(files(ideas)));
        press(&mut model, keys);
        assert_eq!(under_cursor(&model), Some(id));
    }
}

fn draft(text: &str) -> EditorText {
    EditorText {
        id: "best".into(),
        before: "before".into(),
        text: text.into(),
        line: 1,
        file: "a.toml".into(),
    }
}

#[test]
fn the_text_of_an_idea_goes_to_the_editor_and_back() {
    let mut model = model();
    let asked = press(&mut model, "e");
    assert_eq!(asked, [Effect::Store(Request::Text { id: "best".into(), to_copy: false })]);
    let opened = answer(&mut model, StoreReply::Text(draft("before")));
    assert_eq!(opened, [Effect::OpenEditor(EditorTask::Idea(draft("before")))]);
    let edited = Msg::EditorClosed { draft: draft("before"), text: Ok("after".into()) };
    let written = Request::Rewrite { draft: draft("after"), overwrite: false };
    assert_eq!(send(&mut model, edited), [Effect::Store(written)]);
    let edit = Some(set_headroom("best", 1.0));
    answer(&mut model, StoreReply::Rewritten { edit, outside: None });
    assert_eq!(headroom(&model, "best"), Some(1.0));
    assert_eq!(under_cursor(&model), Some("best"));
    assert!(toast(&model).ends_with("u undoes"), "{}", toast(&model));
    let same = Msg::EditorClosed { draft: draft("before"), text: Ok("before".into()) };
    assert_eq!(send(&mut model, same), []);
    assert_eq!(toast(&model), "nothing was changed");
}

#[test]
fn a_text_that_is_no_idea_can_be_put_right() {
    let mut model = model();
    update(&mut model, Msg::EditorClosed { draft: draft("before"), text: Ok("wrong".into()) });
    let problem = crate::domain::Problem::at(
        std::path::Path::new("best.toml"),
        "a\nb\n",
        2..3,
        crate::domain::Severity::Error,
        "syntax",
        "no".into(),
    );
    let refused = StoreReply::NotAnIdea { draft: draft("wrong"), problems: vec![problem] };
    assert_eq!(answer(&mut model, refused), []);
    let again = EditorText { line: 2, ..draft("wrong") };
    assert_eq!(press(&mut model, "1"), [Effect::OpenEditor(EditorTask::Idea(again))]);
}

#[test]
fn an_entry_that_waits_is_kept_when_the_one_before_it_is_gone() {
    let mut model = model();
    press(&mut model, "L1h<space>first<enter>");
    press(&mut model, "L1h<space>second<enter>");
    let without_log = vec![rated("best", 8.0), rated("good", 6.0), rated("fair", 4.0)];
    let sent = answer(&mut model, StoreReply::Saved { outside: files(without_log) });
    let [Effect::Store(Request::Commit { .. })] = sent.as_slice() else { panic!("{sent:?}") };
    let notes: Vec<&str> = model
        .world
        .portfolio
        .get("best")
        .unwrap()
        .log
        .iter()
        .map(|entry| entry.note.as_str())
        .collect();
    assert_eq!(notes, ["second"]);
}

#[test]
fn an_editor_that_was_not_chosen_is_announced_before_it_opens() {
    let mut model = model();
    let task = EditorTask::Idea(draft("before"));
    let notice = "Opens nano (Ctrl-X leaves). $EDITOR chooses another.".to_owned();
    let unset = Msg::EditorUnset { notice: notice.clone(), task: task.clone() };
    assert_eq!(send(&mut model, unset.clone()), []);
    assert_eq!(model.dialog.as_ref().map(|open| &open.prompt.label), Some(&notice));
    assert_eq!(press(&mut model, "<enter>"), [Effect::OpenEditor(task)]);
    send(&mut model, unset);
    assert_eq!(press(&mut model, "<esc>"), []);
    assert!(model.dialog.is_none());
}

#[test]
fn the_settings_open_in_the_editor_and_are_read_again() {
    let mut model = model();
    let asked = press(&mut model, ":own settings<enter>");
    assert_eq!(asked, [Effect::Store(Request::SettingsFile { own: true })]);
    let file = std::path::PathBuf::from("config.toml");
    let opened = send(&mut model, Msg::SettingsFile(Ok(file.clone())));
    assert_eq!(opened, [Effect::OpenEditor(EditorTask::Settings(file))]);
    let read = send(&mut model, Msg::SettingsEdited(Ok(())));
    assert!(read.contains(&Effect::Store(Request::Settings)), "{read:?}");
    send(&mut model, Msg::SettingsEdited(Err("vi ended with 1".to_owned())));
    assert_eq!(toast(&model), "vi ended with 1");
}
