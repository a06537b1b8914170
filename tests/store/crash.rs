//! What a crash leaves behind, at each point where one can strike.

use std::fs;
use std::path::PathBuf;

use prospect::domain::{Edit, Field, Value};

use crate::desk::Desk;

const A: &str = "[[idea]]\nid = 'a'\ntitle = 'A'\n";
const B: &str = "[[idea]]\nid = 'b'\ntitle = 'B'\n";

fn from(id: &str, who: &str) -> Edit {
    Edit::set(id, Field::From, Some(Value::Text(who.to_owned())))
}

fn journal(desk: &Desk) -> PathBuf {
    let folders = fs::read_dir(desk.path("state")).unwrap().flatten();
    let mut journals = folders.map(|entry| entry.path().join("journal.jsonl"));
    journals.find(|path| path.exists()).unwrap()
}

/// Cuts the last line off the journal: the mark that a step is done.
fn forget_last_line(desk: &Desk) {
    let path = journal(desk);
    let text = fs::read_to_string(&path).unwrap();
    let end = text.trim_end().rfind('\n').map_or(0, |at| at + 1);
    fs::write(path, &text[..end]).unwrap();
}

#[test]
fn a_step_that_reached_the_file_counts_without_its_mark() {
    let desk = Desk::new(A);
    desk.open().edit(&from("a", "one"));
    forget_last_line(&desk);
    let mut session = desk.open();
    assert_eq!(session.undo().as_deref(), Some("from of a: one"));
    assert_eq!(desk.text(), A);
    forget_last_line(&desk);
    let mut session = desk.open();
    assert_eq!(session.undo(), None);
    assert_eq!(session.redo().as_deref(), Some("from of a: one"));
}

#[test]
fn a_step_that_did_not_reach_the_file_does_not_count() {
    let desk = Desk::new(A);
    desk.open().edit(&from("a", "one"));
    let one = desk.text();
    desk.open().edit(&from("a", "two"));
    forget_last_line(&desk);
    desk.write("ideas.toml", &one);
    let mut session = desk.open();
    session.edit(&from("a", "three"));
    assert_eq!(session.undo().as_deref(), Some("from of a: three"));
    assert_eq!(desk.text(), one);
    assert_eq!(session.undo().as_deref(), Some("from of a: one"));
    assert_eq!(session.undo(), None);
    assert_eq!(desk.text(), A);
}

#[test]
fn a_step_that_reached_one_of_two_files_is_put_back() {
    let desk = Desk::with(&[("a.toml", A), ("b.toml", B)]);
    desk.open().edit(&Edit::Group(vec![from("a", "one"), from("b", "one")]));
    forget_last_line(&desk);
    desk.write("b.toml", B);
    let mut session = desk.open();
    session.edit(&from("b", "two"));
    assert_eq!(fs::read_to_string(desk.file("a.toml")).unwrap(), A);
    assert_eq!(session.undo().as_deref(), Some("from of b: two"));
    assert_eq!(session.undo(), None);
    assert_eq!(desk.open().portfolio, session.portfolio);
}

#[test]
fn a_torn_line_is_skipped() {
    let desk = Desk::new(A);
    desk.open().edit(&from("a", "one"));
    let path = journal(&desk);
    let whole = fs::read_to_string(&path).unwrap();
    let edit = whole.lines().next().unwrap();
    let character = edit.find("from of").unwrap();
    for end in [1, character, edit.len() - 1, edit.len()] {
        fs::write(&path, format!("{whole}{}", &edit[..end])).unwrap();
        let mut session = desk.open();
        assert_eq!(session.undo().as_deref(), Some("from of a: one"), "torn at {end}");
        assert_eq!(desk.text(), A);
        session.redo().unwrap();
    }
}

#[test]
fn a_new_edit_drops_what_was_undone() {
    let desk = Desk::new(A);
    let mut session = desk.open();
    session.edit(&from("a", "one"));
    session.edit(&from("a", "two"));
    session.undo().unwrap();
    session.edit(&from("a", "three"));
    assert_eq!(session.redo(), None);
    session.undo().unwrap();
    session.undo().unwrap();
    assert_eq!((session.undo(), desk.text().as_str()), (None, A));
}

#[test]
fn a_lost_journal_loses_only_the_past() {
    let desk = Desk::new(A);
    let mut session = desk.open();
    session.edit(&from("a", "one"));
    session.undo().unwrap();
    fs::remove_file(journal(&desk)).unwrap();
    assert_eq!((session.undo(), session.redo()), (None, None));
    session.edit(&from("a", "two"));
    assert_eq!(session.undo().as_deref(), Some("from of a: two"));
}
