//! Recovery after a crash at each point of a write.

use std::fs;
use std::path::PathBuf;

use prospect::domain::{Edit, Field, Value};

use crate::support::TestWorkspace;

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
