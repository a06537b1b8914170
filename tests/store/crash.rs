//! Recovery after a crash at each point of a write.

use std::fs;
use std::path::PathBuf;

use jiff::civil::date;
use prospect::domain::{
    Change, Duel, DuelEntry, Edit, Entry, Field, Idea, LogEntry, Value, Winner,
};
use prospect::store::{Notice, OnConflict, StoreError};

use crate::support::{OpenWorkspace, TestWorkspace};

const A: &str = "[[idea]]\nid = 'a'\ntitle = 'A'\n";
const B: &str = "[[idea]]\nid = 'b'\ntitle = 'B'\n";

fn from(id: &str, who: &str) -> Edit {
    Edit::set(id, Field::From, Some(Value::Text(who.to_owned())))
}

fn journal(files: &TestWorkspace) -> PathBuf {
    let folders = fs::read_dir(files.state()).unwrap().flatten();
    let mut journals = folders.map(|entry| entry.path().join("journal.jsonl"));
    journals.find(|path| path.exists()).unwrap()
}

/// Cuts the last line off the journal: the mark that a step is done.
fn forget_last_line(files: &TestWorkspace) {
    let path = journal(files);
    let text = fs::read_to_string(&path).unwrap();
    let end = text.trim_end().rfind('\n').map_or(0, |at| at + 1);
    fs::write(path, &text[..end]).unwrap();
}

#[test]
fn a_step_that_reached_the_file_counts_without_its_mark() {
    let files = TestWorkspace::with(A);
    files.open().edit(&from("a", "one"));
    forget_last_line(&files);
    let mut opened = files.open();
    assert_eq!(opened.undo().as_deref(), Some("from of a: one"));
    assert_eq!(files.text(), A);
    forget_last_line(&files);
    let mut opened = files.open();
    assert_eq!(opened.undo(), None);
    assert_eq!(opened.redo().as_deref(), Some("from of a: one"));
}

#[test]
fn a_step_that_did_not_reach_the_file_does_not_count() {
    let files = TestWorkspace::with(A);
    files.open().edit(&from("a", "one"));
    let one = files.text();
    files.open().edit(&from("a", "two"));
    forget_last_line(&files);
    files.write("ideas.toml", &one);
    let mut opened = files.open();
    opened.edit(&from("a", "three"));
    assert_eq!(opened.undo().as_deref(), Some("from of a: three"));
    assert_eq!(files.text(), one);
    assert_eq!(opened.undo().as_deref(), Some("from of a: one"));
    assert_eq!(opened.undo(), None);
    assert_eq!(files.text(), A);
}

#[test]
fn a_step_that_reached_one_of_two_files_is_put_back() {
    let files = TestWorkspace::with_files(&[("a.toml", A), ("b.toml", B)]);
    files.open().edit(&Edit::Group(vec![from("a", "one"), from("b", "one")]));
    forget_last_line(&files);
    files.write("b.toml", B);
    let mut opened = files.open();
    opened.edit(&from("b", "two"));
    assert_eq!(fs::read_to_string(files.file("a.toml")).unwrap(), A);
    assert_eq!(opened.undo().as_deref(), Some("from of b: two"));
    assert_eq!(opened.undo(), None);
    assert_eq!(files.open().portfolio, opened.portfolio);
}

#[test]
fn a_torn_line_is_skipped() {
    let files = TestWorkspace::with(A);
    files.open().edit(&from("a", "one"));
    let path = journal(&files);
    let whole = fs::read_to_string(&path).unwrap();
    let edit = whole.lines().next().unwrap();
    let character = edit.find("from of").unwrap();
    for end in [1, character, edit.len() - 1, edit.len()] {
        fs::write(&path, format!("{whole}{}", &edit[..end])).unwrap();
        let mut opened = files.open();
        assert_eq!(opened.undo().as_deref(), Some("from of a: one"), "torn at {end}");
        assert_eq!(files.text(), A);
        opened.redo().unwrap();
    }
}

#[test]
fn a_new_edit_drops_what_was_undone() {
    let files = TestWorkspace::with(A);
    let mut opened = files.open();
    opened.edit(&from("a", "one"));
    opened.edit(&from("a", "two"));
    opened.undo().unwrap();
    opened.edit(&from("a", "three"));
    assert_eq!(opened.redo(), None);
    opened.undo().unwrap();
    opened.undo().unwrap();
    assert_eq!((opened.undo(), files.text().as_str()), (None, A));
}

#[test]
fn a_lost_journal_loses_only_the_past() {
    let files = TestWorkspace::with(A);
    let mut opened = files.open();
    opened.edit(&from("a", "one"));
    opened.undo().unwrap();
    fs::remove_file(journal(&files)).unwrap();
    assert_eq!((opened.undo(), opened.redo()), (None, None));
    opened.edit(&from("a", "two"));
    assert_eq!(opened.undo().as_deref(), Some("from of a: two"));
}

/// A step that was recorded and never reached the file, as after a crash between
/// the two.
fn record_without_effect(files: &TestWorkspace, edit: &Edit) {
    let before = files.text();
    files.open().edit(edit);
    forget_last_line(files);
    files.write("ideas.toml", &before);
}

const REPETITIVE: &str = "[[idea]]
title = \"A\"

[[idea.log]]
date = 2026-11-28
hours = 1

[[idea.log]]
date = 2026-11-28
hours = 1

[idea.case]
pitch = \"some words that are long enough to be context\"
";

fn logged() -> Edit {
    let entry = LogEntry {
        date: date(2026, 11, 28),
        hours: Some(1.0),
        traction: None,
        note: String::new(),
        recalled: false,
        output: None,
    };
    Edit::Change { id: "a".into(), change: Change::Insert { at: 2, entry: Entry::Log(entry) } }
}

#[test]
fn an_interrupted_step_is_not_taken_for_one_that_looks_like_it() {
    let files = TestWorkspace::with(REPETITIVE);
    record_without_effect(&files, &logged());
    assert_eq!(files.open().undo(), None);
    assert_eq!(files.text(), REPETITIVE);
    files.open().edit(&logged());
    assert!(files.open().undo().is_some());
    assert_eq!(files.text(), REPETITIVE);
}

#[test]
fn an_interrupted_removal_does_not_block_what_came_before() {
    let text = format!("{A}\n{B}");
    let files = TestWorkspace::with(&text);
    files.open().edit(&from("a", "one"));
    record_without_effect(&files, &Edit::Remove { id: "b".into() });
    let mut session = files.open();
    assert_eq!(session.undo().as_deref(), Some("from of a: one"));
    assert_eq!((files.text().as_str(), session.undo()), (text.as_str(), None));
}

#[test]
fn an_interrupted_step_in_an_edited_file_is_decided_by_its_surroundings() {
    let text = format!("{A}\n{B}");
    for reached in [true, false] {
        let files = TestWorkspace::with(&text);
        files.open().edit(&from("a", "one"));
        forget_last_line(&files);
        let now = if reached { files.text() } else { text.clone() };
        files.write("ideas.toml", format!("# edited since\n{now}"));
        let mut session = files.open();
        assert_eq!(session.undo().is_some(), reached);
        assert_eq!(files.text(), format!("# edited since\n{text}"));
        assert_eq!(session.workspace.take_notices(), []);
    }
}

#[test]
fn a_step_that_cannot_be_told_is_said_once_and_skipped() {
    let files = TestWorkspace::with(REPETITIVE);
    files.open().edit(&from("a", "one"));
    let one = files.text();
    files.open().edit(&logged());
    forget_last_line(&files);
    let repeated = "\n[[idea.log]]\ndate = 2026-11-28\nhours = 1\n";
    files.write("ideas.toml", one.replacen(repeated, &repeated.repeat(4), 1));
    let edited = files.text();
    let mut session = files.open();
    assert_eq!(session.undo().as_deref(), Some("from of a: one"));
    let notices = session.workspace.take_notices();
    let [Notice::UnclearStep { label, .. }] = &notices[..] else { panic!("{notices:?}") };
    assert_eq!(label, "log added to a");
    assert_eq!(files.text(), edited.replacen("from = \"one\"\n", "", 1));
    assert_eq!(files.open().undo(), None);
    let mut session = files.open();
    assert!(session.redo().is_some());
    assert_eq!((files.text(), session.workspace.take_notices()), (edited, Vec::new()));
}

#[test]
fn lines_of_the_journal_that_cannot_be_read_are_counted() {
    let files = TestWorkspace::with(A);
    files.open().edit(&from("a", "one"));
    let path = journal(&files);
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, format!("not json\n{{\"step\":\"later\"}}\n{text}")).unwrap();
    let mut session = files.open();
    assert!(session.undo().is_some());
    let notices = session.workspace.take_notices();
    assert!(matches!(notices[..], [Notice::UnreadableJournal { lines: 2, .. }]), "{notices:?}");
    assert!(session.redo().is_some());
    assert_eq!(session.workspace.take_notices(), []);
}

#[test]
fn a_duel_of_an_interrupted_step_goes_with_its_file() {
    let duel = |id: &str| {
        Edit::Duel(DuelEntry::Duel(Duel {
            id: id.into(),
            at: date(2026, 3, 1).to_zoned(jiff::tz::TimeZone::UTC).unwrap(),
            by: "me".into(),
            left: "a".into(),
            right: "b".into(),
            winner: Winner::Left,
        }))
    };
    let text = "[[idea]]\ntitle = 'A'\n[[idea]]\ntitle = 'B'\n";
    let files = TestWorkspace::with(text);
    files.open().edit(&duel("1"));
    let written = files.text();
    assert_ne!(written, text, "the ids are written");
    forget_last_line(&files);
    fs::remove_file(files.file("duels.toml")).unwrap();
    assert_eq!(files.open().undo(), None);
    assert_eq!(files.text(), text);
    files.open().edit(&duel("2"));
    forget_last_line(&files);
    assert!(files.open().undo().is_some());
}

#[test]
fn nothing_is_undone_by_halves_where_a_file_cannot_be_read() {
    let files = TestWorkspace::with_files(&[("ideas.toml", A), ("z.toml", B)]);
    files.open().edit(&Edit::Group(vec![from("a", "one"), from("b", "one")]));
    let (first, second) = (files.text(), fs::read_to_string(files.file("z.toml")).unwrap());
    files.write("z.toml", b"# \xff\n");
    let mut opened = files.open();
    let refused = opened.workspace.undo(OnConflict::Ask);
    assert!(matches!(refused, Err(StoreError::Broken { .. })), "{refused:?}");
    assert_eq!(files.text(), first);
    files.write("z.toml", &second);
    assert!(files.open().undo().is_some());
    assert_eq!(files.text(), A);
}

#[test]
fn a_moved_workspace_takes_its_history_along_and_a_copy_does_not() {
    let files = TestWorkspace::with(A);
    files.open().edit(&from("a", "one"));
    let (moved, copied) = (files.path("moved"), files.path("copied"));
    fs::rename(files.folder(), &moved).unwrap();
    fs::create_dir(&copied).unwrap();
    fs::copy(moved.join("ideas.toml"), copied.join("ideas.toml")).unwrap();
    let mut opened = OpenWorkspace::open(&moved, &files.state());
    assert!(opened.undo().is_some());
    let [Notice::Moved { from }] = &opened.workspace.take_notices()[..] else { panic!() };
    assert!(from.ends_with("ideas"), "{from:?}");
    assert!(opened.redo().is_some());
    let mut opened = OpenWorkspace::open(&copied, &files.state());
    assert_eq!(opened.undo(), None);
    let [Notice::OtherHistory { path, .. }] = &opened.workspace.take_notices()[..] else {
        panic!()
    };
    assert!(path.ends_with("moved"), "{path:?}");
}

#[test]
fn a_workspace_that_was_renamed_and_changed_says_whose_history_it_does_not_use() {
    let files = TestWorkspace::with(A);
    files.open().edit(&from("a", "one"));
    let renamed = files.path("renamed");
    fs::rename(files.folder(), &renamed).unwrap();
    fs::write(renamed.join("ideas.toml"), format!("{A}# changed meanwhile\n")).unwrap();
    let mut opened = OpenWorkspace::open(&renamed, &files.state());
    assert_eq!(opened.undo(), None);
    let [Notice::OtherHistory { path, .. }] = &opened.workspace.take_notices()[..] else {
        panic!()
    };
    assert!(path.ends_with("ideas"), "{path:?}");
}

#[test]
fn an_empty_workspace_takes_over_no_history() {
    let files = TestWorkspace::with("");
    let idea = Idea::new("a", "A");
    files.open().edit(&Edit::Add { idea: Box::new(idea), before: None });
    files.open().undo().unwrap();
    let new = files.path("new");
    fs::remove_dir_all(files.folder()).unwrap();
    fs::create_dir(&new).unwrap();
    fs::write(new.join("ideas.toml"), "").unwrap();
    let mut opened = OpenWorkspace::open(&new, &files.state());
    assert_eq!(opened.undo(), None);
    assert!(opened.redo().is_none());
}
