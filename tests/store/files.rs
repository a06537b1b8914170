//! What files and folders do that are not plain ones.

use std::fs;
use std::io::ErrorKind;

use prospect::domain::{Edit, Field, Idea, Value};
use prospect::store::{OnConflict, StoreError, Workspace, write_atomic};

use crate::desk::{Desk, Session};

const ONE: &str = "[[idea]]\ntitle = 'A'\n";

fn edit() -> Edit {
    Edit::set("a", Field::From, Some(Value::Text("me".to_owned())))
}

fn leftovers(desk: &Desk) -> Vec<String> {
    let names = fs::read_dir(desk.path("w")).unwrap().flatten();
    let names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| name.ends_with(".prospect-tmp")).collect()
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let desk = Desk::new("");
    fs::remove_file(desk.file("ideas.toml")).unwrap();
    fs::write(desk.path("real.toml"), ONE).unwrap();
    fs::set_permissions(desk.path("real.toml"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("../real.toml", desk.file("ideas.toml")).unwrap();
    let mut session = desk.open();
    session.edit(&edit());
    assert!(desk.file("ideas.toml").is_symlink());
    assert!(fs::read_to_string(desk.path("real.toml")).unwrap().contains("from = \"me\""));
    let mode = desk.path("real.toml").metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert_eq!(leftovers(&desk), [""; 0]);
}

#[test]
fn a_read_only_file_is_not_replaced_and_the_edit_can_be_retried() {
    let desk = Desk::new(ONE);
    let mut session = desk.open();
    let writable = desk.file("ideas.toml").metadata().unwrap().permissions();
    let mut readonly = writable.clone();
    readonly.set_readonly(true);
    fs::set_permissions(desk.file("ideas.toml"), readonly).unwrap();
    let refused = session.try_edit(&edit());
    let Err(StoreError::Io { path, source }) = refused else { panic!("{refused:?}") };
    assert_eq!(path, desk.file("ideas.toml"));
    assert_eq!(source.kind(), ErrorKind::PermissionDenied);
    assert_eq!(desk.text(), ONE);
    assert_eq!(session.undo(), None, "what was not done cannot be undone");
    fs::set_permissions(desk.file("ideas.toml"), writable).unwrap();
    session.edit(&edit());
    session.undo().unwrap();
    assert_eq!(desk.text(), ONE);
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_named_in_the_error() {
    use std::os::unix::fs::PermissionsExt;
    let desk = Desk::new(ONE);
    let mut session = desk.open();
    fs::set_permissions(desk.path("w"), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(desk.file("probe"), "").is_ok() {
        eprintln!("skipped: this user may write to read-only folders");
        return;
    }
    let refused = session.try_edit(&edit());
    fs::set_permissions(desk.path("w"), fs::Permissions::from_mode(0o755)).unwrap();
    assert!(matches!(refused, Err(StoreError::Io { .. })), "{refused:?}");
    assert_eq!(desk.text(), ONE);
    session.edit(&edit());
}

#[test]
fn a_state_folder_that_cannot_be_made_stops_the_edit() {
    let desk = Desk::new(ONE);
    fs::write(desk.path("state"), "a file").unwrap();
    let mut session = desk.open();
    let refused = session.try_edit(&edit());
    assert!(matches!(refused, Err(StoreError::Io { .. })), "{refused:?}");
    assert_eq!(desk.text(), ONE);
    fs::remove_file(desk.path("state")).unwrap();
    session.edit(&edit());
}

#[test]
fn a_single_file_that_goes_away_is_an_error_and_stays_in_memory() {
    let desk = Desk::new(ONE);
    let mut session = Session::open(&desk.file("ideas.toml"), &desk.path("state"));
    fs::remove_file(desk.file("ideas.toml")).unwrap();
    assert!(session.workspace.reload().is_err());
    assert!(matches!(session.try_edit(&edit()), Err(StoreError::Io { .. })));
    fs::create_dir(desk.file("ideas.toml")).unwrap();
    assert!(matches!(session.try_edit(&edit()), Err(StoreError::Io { .. })));
    fs::remove_dir(desk.file("ideas.toml")).unwrap();
    desk.write("ideas.toml", ONE);
    session.edit(&edit());
}

#[test]
fn orphans_of_a_crash_are_cleaned_up() {
    let desk = Desk::new(ONE);
    desk.write(".ideas.toml.abc123.prospect-tmp", "half");
    desk.write(".other.toml.abc123.prospect-tmp", "not ours");
    let mut session = desk.open();
    assert_eq!(leftovers(&desk).len(), 2, "reading removes nothing");
    session.edit(&edit());
    assert_eq!(leftovers(&desk), [".other.toml.abc123.prospect-tmp"]);
}

#[test]
fn a_first_idea_makes_its_file_and_undo_takes_it_away() {
    let desk = Desk::with(&[("notes.toml", "x = 1\n")]);
    let mut session = desk.open();
    let add = Edit::Add { idea: Box::new(Idea::new("a", "A")), before: None };
    session.edit(&add);
    assert_eq!(desk.text(), "[[idea]]\nid = \"a\"\ntitle = \"A\"\n");
    session.edit(&edit());
    session.undo().unwrap();
    session.undo().unwrap();
    assert!(!desk.file("ideas.toml").exists());
    session.redo().unwrap();
    session.redo().unwrap();
    assert_eq!(desk.text(), "[[idea]]\nid = \"a\"\ntitle = \"A\"\nfrom = \"me\"\n");
    assert_eq!(desk.open().portfolio, session.portfolio);
}

#[test]
fn a_new_idea_joins_the_file_that_is_meant_for_it() {
    for (files, target) in [
        (&[("a.toml", ONE), ("ideas.toml", ""), ("z.toml", ONE)][..], "ideas.toml"),
        (&[("a.toml", ONE), ("b.toml", ONE), ("c.toml", "x = 1\n")][..], "b.toml"),
    ] {
        let desk = Desk::with(files);
        let mut session = desk.open();
        session.edit(&Edit::Add { idea: Box::new(Idea::new("new", "New")), before: None });
        assert_eq!(session.workspace.location("new").unwrap().0, desk.file(target));
    }
}

#[test]
fn a_group_over_several_files_is_undone_as_one() {
    let b = "[[idea]]\r\ntitle = 'B'\r\n";
    let desk = Desk::with(&[("a.toml", ONE), ("b.toml", b)]);
    let mut session = desk.open();
    let merge = Edit::Group(vec![
        Edit::set("b", Field::Tags, Some(Value::List(vec!["x".to_owned()]))),
        Edit::set("a", Field::MergedInto, Some(Value::Text("b".to_owned()))),
        Edit::Remove { id: "a".to_owned() },
    ]);
    session.edit(&merge);
    let read = |name: &str| fs::read_to_string(desk.file(name)).unwrap();
    assert_eq!(read("a.toml"), "");
    assert_eq!(read("b.toml"), "[[idea]]\r\nid = \"b\"\r\ntitle = 'B'\r\ntags = [\"x\"]\r\n");
    session.undo().unwrap();
    assert_eq!((read("a.toml").as_str(), read("b.toml").as_str()), (ONE, b));
    assert_eq!(desk.open().portfolio, session.portfolio);
}

#[test]
fn places_and_texts_of_ideas() {
    let desk = Desk::new(
        "\u{feff}# top\n\n[[idea]]\ntitle = 'A'\n# end\n\n# of b\n[[ 'idea' ]] # b\ntitle = 'B'\n",
    );
    let session = desk.open();
    assert_eq!(session.workspace.location("b"), Some((desk.file("ideas.toml"), 8)));
    assert_eq!(session.workspace.idea_text("a").as_deref(), Some("[[idea]]\ntitle = 'A'\n# end\n"));
    assert_eq!(session.workspace.location("c"), None);
}

#[test]
fn a_workspace_is_made_once_and_opens_empty() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("deep/er");
    let file = Workspace::create(&path).unwrap();
    assert_eq!(file, path.join("ideas.toml"));
    assert_eq!(
        fs::read_to_string(path.join(".gitattributes")).unwrap(),
        "duels.toml merge=union\n"
    );
    let starter = fs::read_to_string(&file).unwrap();
    let session = Session::open(&path, &folder.path().join("state"));
    assert_eq!((session.portfolio.ideas().len(), session.problems.len()), (0, 0));
    assert!(Workspace::create(&path).is_err());
    assert_eq!(fs::read_to_string(&file).unwrap(), starter);
    let single = folder.path().join("new/mine.toml");
    assert_eq!(Workspace::create(&single).unwrap(), single);
    assert!(!folder.path().join("new/.gitattributes").exists());

    let comment = starter.find("# [[idea]]").unwrap();
    let uncommented: Vec<_> = starter[comment..]
        .lines()
        .map(|line| line.strip_prefix("# ").unwrap_or(line.trim_start_matches('#')))
        .collect();
    fs::write(&file, uncommented.join("\n")).unwrap();
    let session = Session::open(&path, &folder.path().join("state"));
    assert_eq!((session.portfolio.ideas().len(), session.problems.as_slice()), (1, &[][..]));
}

#[test]
fn an_inverse_that_is_none_is_refused() {
    let desk = Desk::new(ONE);
    let mut session = desk.open();
    let refused = session.workspace.commit(&edit(), &Edit::Group(Vec::new()), OnConflict::Ask);
    assert!(matches!(refused, Err(StoreError::NotInverse)), "{refused:?}");
    assert_eq!(desk.text(), ONE);
}

#[test]
fn a_file_is_written_whole_or_not_at_all() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("new.toml");
    write_atomic(&path, b"one").unwrap();
    write_atomic(&path, b"two").unwrap();
    assert_eq!(fs::read(&path).unwrap(), b"two");
    let error = write_atomic(folder.path(), b"x").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::IsADirectory);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
