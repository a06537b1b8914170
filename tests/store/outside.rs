//! Others who write to the same files.

use std::fs;

use jiff::civil::date;
use prospect::domain::{Edit, Entry, Field, LogEntry, Status, Value};
use prospect::store::{OnConflict, StoreError, Workspace};

use crate::desk::{Desk, Session};

const TWO: &str = "# top\n[[idea]]\ntitle = 'A'\n\n[[idea]]\ntitle = 'B' # b\n";

fn from(id: &str, who: &str) -> Edit {
    Edit::set(id, Field::From, Some(Value::Text(who.to_owned())))
}

fn log(session: &Session, id: &str, note: &str) -> Edit {
    let entry = LogEntry {
        date: date(2026, 1, 1),
        hours: None,
        traction: None,
        note: note.to_owned(),
        recalled: false,
    };
    Edit::append(session.idea(id), Entry::Log(entry))
}

#[test]
fn two_who_take_turns_lose_nothing() {
    let desk = Desk::new(TWO);
    let (mut one, mut two) = (desk.open(), desk.open());
    for round in 0..5 {
        one.edit(&log(&one, "a", &format!("one {round}")));
        two.edit(&log(&two, "a", &format!("two {round}")));
        two.edit(&from("b", &format!("two {round}")));
    }
    let now = desk.open();
    assert_eq!(now.portfolio, two.portfolio);
    assert_eq!(now.idea("a").log.len(), 10);
    assert_eq!(now.idea("b").from.as_deref(), Some("two 4"));
    while two.undo().is_some() {}
    assert_eq!(desk.text(), TWO);
    while one.reload() || one.redo().is_some() {}
    assert_eq!(one.portfolio, now.portfolio);
}

#[test]
fn a_change_to_another_field_is_merged() {
    let desk = Desk::new(TWO);
    let mut session = desk.open();
    desk.write("ideas.toml", TWO.replace("'A'", "'A'\ndir = 'x'").replace("# b", "# c"));
    let committed = session.try_edit(&from("a", "me")).unwrap();
    assert!(committed.outside.is_some());
    assert_eq!(
        desk.text(),
        "# top\n[[idea]]\ntitle = 'A'\nfrom = \"me\"\ndir = 'x'\n\n[[idea]]\ntitle = 'B' # c\n"
    );
    assert_eq!(session.idea("a").dir.as_deref(), Some("x"));
    assert!(session.workspace.reload().unwrap().is_none(), "told already");
}

#[test]
fn a_change_to_the_same_field_asks() {
    let desk = Desk::new(TWO);
    let mut session = desk.open();
    desk.write("ideas.toml", TWO.replace("'A'", "'A'\nfrom = 'them'"));
    let theirs = desk.text();
    let refused = session.try_edit(&from("a", "me"));
    let Err(StoreError::Conflict { id, what, mine, theirs: now, loaded }) = refused else {
        panic!("{refused:?}")
    };
    assert_eq!([&id, &what, &mine, &now], ["a", "from", "me", "them"]);
    assert_eq!(loaded.portfolio.get("a").unwrap().from.as_deref(), Some("them"));
    assert_eq!(desk.text(), theirs);
    session.edit_on(&from("a", "me"), OnConflict::Overwrite).unwrap();
    assert_eq!(desk.text(), theirs.replace("'them'", "'me'"));
    session.undo().unwrap();
    assert_eq!(desk.text(), theirs);
}

#[test]
fn what_is_so_already_is_not_written_again() {
    let desk = Desk::new(TWO);
    let mut session = desk.open();
    desk.write("ideas.toml", TWO.replace("'A'", "'A'\nfrom = 'me' # them"));
    let theirs = desk.text();
    session.edit(&from("a", "me"));
    assert_eq!(desk.text(), theirs);
    assert_eq!(session.undo(), None);
}

#[test]
fn a_status_changed_by_both_asks() {
    let desk = Desk::new(TWO);
    let (mut one, mut two) = (desk.open(), desk.open());
    let decide =
        |session: &Session, to| Edit::decide(session.idea("a"), to, date(2026, 1, 1), "so");
    one.edit(&decide(&one, Status::Active));
    let stood = desk.text();
    let refused = two.try_edit(&decide(&two, Status::Parked));
    assert!(matches!(refused, Err(StoreError::Conflict { .. })), "{refused:?}");
    assert_eq!(desk.text(), stood);
}

#[test]
fn an_idea_that_is_gone_is_not_edited() {
    let desk = Desk::new(TWO);
    let mut session = desk.open();
    desk.write("ideas.toml", "[[idea]]\ntitle = 'B'\n");
    let refused = session.try_edit(&from("a", "me"));
    assert!(matches!(refused, Err(StoreError::Edit(_))), "{refused:?}");
    assert_eq!(desk.text(), "[[idea]]\ntitle = 'B'\n");
    assert!(session.reload(), "nobody has been told yet");
}

#[test]
fn an_id_made_from_a_title_must_still_mean_the_same_idea() {
    let desk = Desk::new("[[idea]]\ntitle = 'A'\n[[idea]]\ntitle = 'A!'\n");
    let mut session = desk.open();
    desk.write("ideas.toml", "[[idea]]\ntitle = 'A!'\n");
    let refused = session.try_edit(&from("a", "me"));
    assert!(matches!(refused, Err(StoreError::Conflict { .. })), "{refused:?}");
}

#[test]
fn files_come_and_go() {
    let desk = Desk::with(&[("a.toml", "[[idea]]\ntitle = 'A'\n")]);
    let mut session = desk.open();
    assert!(!session.reload());
    desk.write("b.toml", "[[idea]]\ntitle = 'B'\n");
    assert!(session.reload());
    assert_eq!(session.portfolio.ideas().len(), 2);
    fs::remove_file(desk.file("a.toml")).unwrap();
    assert!(session.reload());
    assert_eq!(session.portfolio.ideas().len(), 1);
    desk.write("people/mara.toml", "[ratings.b]\nheadroom = 3\n");
    assert!(session.reload());
    assert_eq!(session.portfolio.raters().len(), 1);
    fs::write(desk.file("b.toml"), "[[idea]]\ntitle = 'B'\n").unwrap();
    assert!(!session.reload(), "the same bytes are no news");
}

#[test]
fn undo_after_an_outside_change_to_the_same_idea_goes_by_value() {
    let desk = Desk::new(TWO);
    let mut session = desk.open();
    session.edit(&from("a", "me"));
    desk.write("ideas.toml", desk.text().replace("title = 'A'", "title = 'A' # longer\ndir = 'x'"));
    let before = desk.text();
    assert_eq!(session.undo().as_deref(), Some("from of a: me"));
    assert_eq!(desk.text(), before.replace("from = \"me\"\n", ""));
    session.redo().unwrap();
    assert_eq!(desk.text(), before);
    desk.write("ideas.toml", before.replace("\"me\"", "\"them\""));
    let refused = session.workspace.undo(OnConflict::Ask);
    assert!(matches!(refused, Err(StoreError::Conflict { .. })), "{refused:?}");
    session.workspace.undo(OnConflict::Overwrite).unwrap().unwrap();
    assert_eq!(desk.text(), before.replace("from = \"me\"\n", ""));
}

#[test]
fn threads_that_write_at_the_same_time_lose_nothing() {
    let desk = Desk::new(TWO);
    std::thread::scope(|scope| {
        for who in ["one", "two", "three"] {
            let desk = &desk;
            scope.spawn(move || {
                let mut session = desk.open();
                for round in 0..10 {
                    session.edit(&log(&session, "b", &format!("{who} {round}")));
                }
            });
        }
    });
    let mut session = desk.open();
    assert_eq!(session.idea("b").log.len(), 30);
    while session.undo().is_some() {}
    assert_eq!(desk.text(), TWO);
}

#[test]
fn a_folder_and_a_file_in_it_share_a_lock() {
    let desk = Desk::new(TWO);
    let state = desk.path("state");
    let (mut file, _) = Workspace::open(&desk.file("ideas.toml"), &state).unwrap();
    let mut folder = desk.open();
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
    let desk = Desk::new(TWO);
    let mut session = desk.open();
    session.edit(&from("a", "me"));
    assert_eq!(touched(&mut session.workspace), None, "what is one's own is no news");
    desk.write("ideas.toml", desk.text().replace("# b", "# c"));
    desk.write("more.toml", "[[idea]]\ntitle = 'C'\n");
    assert_eq!(touched(&mut session.workspace), Some(vec!["b".into(), "c".into()]));
    fs::remove_file(desk.file("more.toml")).unwrap();
    assert_eq!(touched(&mut session.workspace), Some(vec!["c".into()]), "gone");
    desk.write("more.toml", "[[idea]]\ntitle = 'C'\n");
    assert_eq!(touched(&mut session.workspace), Some(vec!["c".into()]), "and back");
    assert_eq!(touched(&mut session.workspace), None);
}

fn touched(workspace: &mut Workspace) -> Option<Vec<String>> {
    let mut touched = workspace.reload().unwrap()?.touched;
    touched.sort();
    Some(touched)
}
