//! The text of an idea, edited by hand.

use prospect::store::{OnConflict, StoreError};

use crate::support::TestWorkspace;

const TWO: &str = "# the file\n\n[[idea]]\ntitle = \"One\" # first\nodd = 1\n\n\
                   # about two\n[[idea]]\ntitle = \"Two\"\n[idea.ratings]\nheadroom = 3\n";

/// Edits the text of an idea, and gives the texts of the file after that, after
/// an undo and after a redo.
fn rewrite(id: &str, from: &str, to: &str) -> Result<[String; 3], StoreError> {
    let files = TestWorkspace::with(TWO);
    let mut opened = files.open();
    let before = opened.workspace.idea_text(id).unwrap();
    let text = before.replace(from, to);
    let rewritten = opened.workspace.rewrite(id, &before, &text, OnConflict::Ask)?;
    if let Some(edit) = &rewritten.edit {
        opened.portfolio.apply(edit).unwrap();
    }
    assert_eq!(files.open().portfolio, opened.portfolio);
    let after = files.text();
    let mut other = files.open();
    other.workspace.undo(OnConflict::Ask).unwrap();
    let undone = files.text();
    other.workspace.redo(OnConflict::Ask).unwrap();
    Ok([after, undone, files.text()])
}

#[test]
fn a_text_is_taken_byte_for_byte_and_undone() {
    let changes = [
        ("two", "headroom = 3", "headroom   =  7 # sure"),
        ("one", "odd = 1\n", "odd = 2\n# a comment\n\n"),
        ("one", "# first", "# the very first"),
        ("two", "\"Two\"\n", "\"Two\"\nid = \"deux\"\ntags = [\n  \"a\",\n]\n"),
        ("two", "headroom = 3\n", "headroom = 3\n[[idea.log]]\ndate = 2026-01-01\nnote = \"x\""),
    ];
    for (id, from, to) in changes {
        let [after, undone, redone] = rewrite(id, from, to).unwrap();
        let expected = TWO.replace(from, to);
        let expected = if expected.ends_with('\n') { expected } else { expected + "\n" };
        assert_eq!(after, expected);
        assert_eq!(undone, TWO);
        assert_eq!(redone, expected);
    }
}

#[test]
fn another_title_leaves_the_id_as_it_was() {
    let [after, undone, _] = rewrite("one", "\"One\"", "\"Une\"").unwrap();
    assert!(after.contains("title = \"Une\" # first") && after.contains("id = \"one\""), "{after}");
    assert_eq!(undone, TWO);
}

#[test]
fn nothing_changed_is_nothing_written() {
    let [after, ..] = rewrite("one", "", "").unwrap();
    assert_eq!(after, TWO);
}

#[test]
fn what_is_not_one_idea_is_refused_with_its_place() {
    let faults = [
        ("headroom = 3", "headroom = 11", 4, "out-of-range"),
        ("headroom = 3", "headroom = = 3", 4, "syntax"),
        ("[[idea]]", "stray = 1\n[[idea]]", 1, "not-one-idea"),
        ("headroom = 3", "headroom = 3\n[[idea]]\ntitle = \"Three\"", 1, "not-one-idea"),
    ];
    for (from, to, line, code) in faults {
        match rewrite("two", from, to) {
            Err(StoreError::Invalid { problems }) => {
                let found = problems.iter().any(|found| (found.line, found.code) == (line, code));
                assert!(found, "{to}: {problems:?}");
            }
            other => panic!("{to}: {other:?}"),
        }
    }
    let taken = rewrite("two", "\"Two\"\n", "\"Two\"\nid = \"one\"\n");
    assert!(matches!(taken, Err(StoreError::Edit(_))), "{taken:?}");
}

#[test]
fn an_outside_change_to_the_same_idea_asks_and_another_does_not() {
    let files = TestWorkspace::with(TWO);
    let mut opened = files.open();
    let before = opened.workspace.idea_text("two").unwrap();
    let text = before.replace("headroom = 3", "headroom = 7");
    files.write("ideas.toml", TWO.replace("headroom = 3", "headroom = 5"));
    match opened.workspace.rewrite("two", &before, &text, OnConflict::Ask) {
        Err(StoreError::Conflict { mine, theirs, .. }) => {
            assert_eq!((mine.as_str(), theirs.as_str()), ("headroom = 7", "headroom = 5"));
        }
        other => panic!("{other:?}"),
    }
    opened.workspace.rewrite("two", &before, &text, OnConflict::Overwrite).unwrap();
    assert!(files.text().contains("headroom = 7"));
    let before = opened.workspace.idea_text("two").unwrap();
    files.write("ideas.toml", files.text().replace("odd = 1", "odd = 9"));
    let text = before.replace("headroom = 7", "headroom = 8");
    let rewritten = opened.workspace.rewrite("two", &before, &text, OnConflict::Ask).unwrap();
    assert!(rewritten.outside.is_some());
    assert!(files.text().contains("odd = 9") && files.text().contains("headroom = 8"));
}
