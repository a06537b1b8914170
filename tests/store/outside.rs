//! Other programs that write to the same files.

use std::fs;

use jiff::civil::date;
use prospect::domain::{Edit, Entry, Field, LogEntry, Status, Value};
use prospect::store::{OnConflict, StoreError, Workspace};

use crate::support::{OpenWorkspace, TestWorkspace};

const TWO: &str = "# top\n[[idea]]\ntitle = 'A'\n\n[[idea]]\ntitle = 'B' # b\n";

fn from(id: &str, who: &str) -> Edit {
    Edit::set(id, Field::From, Some(Value::Text(who.to_owned())))
}

fn log(opened: &OpenWorkspace, id: &str, note: &str) -> Edit {
    let entry = LogEntry {
        date: date(2026, 1, 1),
        hours: None,
        traction: None,
        note: note.to_owned(),
        recalled: false,
        output: None,
    };
    Edit::append(opened.idea(id), Entry::Log(entry))
}

#[test]
fn two_who_take_turns_lose_nothing() {
    let files = TestWorkspace::with(TWO);
    let (mut one, mut two) = (files.open(), files.open());
    for round in 0..5 {
        one.edit(&log(&one, "a", &format!("one {round}")));
        two.edit(&log(&two, "a", &format!("two {round}")));
        two.edit(&from("b", &format!("two {round}")));
    }
    let now = files.open();
    assert_eq!(now.portfolio, two.portfolio);
    assert_eq!(now.idea("a").log.len(), 10);
    assert_eq!(now.idea("b").from.as_deref(), Some("two 4"));
    while two.undo().is_some() {}
    assert_eq!(files.text(), TWO);
    while one.reload() || one.redo().is_some() {}
    assert_eq!(one.portfolio, now.portfolio);
}

#[test]
fn a_change_to_another_field_is_merged() {
    let files = TestWorkspace::with(TWO);
    let mut opened = files.open();
    files.write("ideas.toml", TWO.replace("'A'", "'A'\ndir = 'x'").replace("# b", "# c"));
    let committed = opened.try_edit(&from("a", "me")).unwrap();
    assert!(committed.outside.is_some());
    assert_eq!(
        files.text(),
        "# top\n[[idea]]\ntitle = 'A'\nfrom = \"me\"\ndir = 'x'\n\n[[idea]]\ntitle = 'B' # c\n"
    );
    assert_eq!(opened.idea("a").dir.as_deref(), Some("x"));
    assert!(opened.workspace.reload().unwrap().is_none(), "told already");
}

#[test]
fn a_change_to_the_same_field_asks() {
    let files = TestWorkspace::with(TWO);
    let mut opened = files.open();
    files.write("ideas.toml", TWO.replace("'A'", "'A'\nfrom = 'them'"));
    let theirs = files.text();
    let refused = opened.try_edit(&from("a", "me"));
    let Err(StoreError::Conflict { id, what, mine, theirs: now, loaded }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!([&id, &what, &mine, &now], ["a", "from", "me", "them"]);
    assert_eq!(loaded.portfolio.get("a").unwrap().from.as_deref(), Some("them"));
    assert_eq!(files.text(), theirs);
    opened.edit_on(&from("a", "me"), OnConflict::Overwrite).unwrap();
    assert_eq!(files.text(), theirs.replace("'them'", "'me'"));
    opened.undo().unwrap();
    assert_eq!(files.text(), theirs);
}

#[test]
fn what_is_so_already_is_not_written_again() {
    let files = TestWorkspace::with(TWO);
    let mut opened = files.open();
    files.write("ideas.toml", TWO.replace("'A'", "'A'\nfrom = 'me' # them"));
    let theirs = files.text();
    opened.edit(&from("a", "me"));
    assert_eq!(files.text(), theirs);
    assert_eq!(opened.undo(), None);
}

#[test]
fn a_status_changed_by_both_asks() {
    let files = TestWorkspace::with(TWO);
    let (mut one, mut two) = (files.open(), files.open());
    let decide =
        |opened: &OpenWorkspace, to| Edit::decide(opened.idea("a"), to, date(2026, 1, 1), "so");
    one.edit(&decide(&one, Status::Active));
    let stood = files.text();
    let refused = two.try_edit(&decide(&two, Status::Parked));
    assert!(matches!(refused, Err(StoreError::Conflict { .. })), "{refused:?}");
    assert_eq!(files.text(), stood);
}

#[test]
fn an_idea_that_is_gone_is_not_edited() {
    let files = TestWorkspace::with(TWO);
    let mut opened = files.open();
    files.write("ideas.toml", "[[idea]]\ntitle = 'B'\n");
    let refused = opened.try_edit(&from("a", "me"));
    assert!(matches!(refused, Err(StoreError::Edit(_))), "{refused:?}");
    assert_eq!(files.text(), "[[idea]]\ntitle = 'B'\n");
    assert!(opened.reload(), "nobody has been told yet");
}

#[test]
fn an_id_made_from_a_title_must_still_mean_the_same_idea() {
    let files = TestWorkspace::with("[[idea]]\ntitle = 'A'\n[[idea]]\ntitle = 'A!'\n");
    let mut opened = files.open();
    files.write("ideas.toml", "[[idea]]\ntitle = 'A!'\n");
    let refused = opened.try_edit(&from("a", "me"));
    assert!(matches!(refused, Err(StoreError::Conflict { .. })), "{refused:?}");
}

#[test]
fn files_come_and_go() {
    let files = TestWorkspace::with_files(&[("a.toml", "[[idea]]\ntitle = 'A'\n")]);
    let mut opened = files.open();
    assert!(!opened.reload());
    files.write("b.toml", "[[idea]]\ntitle = 'B'\n");
    assert!(opened.reload());
    assert_eq!(opened.portfolio.ideas().len(), 2);
    fs::remove_file(files.file("a.toml")).unwrap();
    assert!(opened.reload());
    assert_eq!(opened.portfolio.ideas().len(), 1);
    files.write("people/mara.toml", "[ratings.b]\nheadroom = 3\n");
    assert!(opened.reload());
    assert_eq!(opened.portfolio.raters().len(), 1);
    fs::write(files.file("b.toml"), "[[idea]]\ntitle = 'B'\n").unwrap();
    assert!(!opened.reload(), "the same bytes are no news");
}

#[test]
fn undo_after_an_outside_change_to_the_same_idea_goes_by_value() {
    let files = TestWorkspace::with(TWO);
    let mut opened = files.open();
    opened.edit(&from("a", "me"));
    files.write(
        "ideas.toml",
        files.text().replace("title = 'A'", "title = 'A' # longer\ndir = 'x'"),
    );
    let before = files.text();
    assert_eq!(opened.undo().as_deref(), Some("from of a: me"));
    assert_eq!(files.text(), before.replace("from = \"me\"\n", ""));
    opened.redo().unwrap();
    assert_eq!(files.text(), before);
    files.write("ideas.toml", before.replace("\"me\"", "\"them\""));
    let refused = opened.workspace.undo(OnConflict::Ask);
    assert!(matches!(refused, Err(StoreError::Conflict { .. })), "{refused:?}");
    opened.workspace.undo(OnConflict::Overwrite).unwrap().unwrap();
    assert_eq!(files.text(), before.replace("from = \"me\"\n", ""));
}

#[test]
fn threads_that_write_at_the_same_time_lose_nothing() {
    let files = TestWorkspace::with(TWO);
    std::thread::scope(|scope| {
        for who in ["one", "two", "three"] {
            let files = &files;
            scope.spawn(move || {
                let mut opened = files.open();
                for round in 0..10 {
                    opened.edit(&log(&opened, "b", &format!("{who} {round}")));
                }
            });
        }
    });
    let mut opened = files.open();
    assert_eq!(opened.idea("b").log.len(), 30);
    while opened.undo().is_some() {}
    assert_eq!(files.text(), TWO);
}

#[test]
fn a_folder_and_a_file_in_it_share_a_lock() {
    let files = TestWorkspace::with(TWO);
    let state = files.state();
    let (mut file, _) = Workspace::open(&files.file("ideas.toml"), &state).unwrap();
    let mut folder = files.open();
    folder.edit(&from("a", "folder"));
    let inverse = Edit::set("b", Field::From, None);
    let committed = file.commit(&from("b", "file"), &inverse, OnConflict::Ask).unwrap();
    assert!(committed.outside.is_some());
    let locks = fs::read_dir(&state).unwrap().flatten();
    let locks = locks.filter(|entry| entry.path().extension().is_some_and(|e| e == "lock"));
    assert_eq!(locks.count(), 1);
}

#[test]
fn what_others_touched_is_told_once() {
    let files = TestWorkspace::with(TWO);
    let mut opened = files.open();
    opened.edit(&from("a", "me"));
    assert_eq!(touched(&mut opened.workspace), None, "what is one's own is no news");
    files.write("ideas.toml", files.text().replace("# b", "# c"));
    files.write("more.toml", "[[idea]]\ntitle = 'C'\n");
    assert_eq!(touched(&mut opened.workspace), Some(vec!["b".into(), "c".into()]));
    fs::remove_file(files.file("more.toml")).unwrap();
    assert_eq!(touched(&mut opened.workspace), Some(vec!["c".into()]), "gone");
    files.write("more.toml", "[[idea]]\ntitle = 'C'\n");
    assert_eq!(touched(&mut opened.workspace), Some(vec!["c".into()]), "and back");
    assert_eq!(touched(&mut opened.workspace), None);
}

fn touched(workspace: &mut Workspace) -> Option<Vec<String>> {
    let mut touched = workspace.reload().unwrap()?.touched;
    touched.sort();
    Some(touched)
}
