//! Links, permissions, missing files and folders.

use std::fs;
use std::io::ErrorKind;

use prospect::domain::{Edit, Field, Idea, Value};
use prospect::store::{OnConflict, StoreError, Workspace, write_atomic};

use crate::support::{OpenWorkspace, TestWorkspace};

const ONE: &str = "[[idea]]\ntitle = 'A'\n";

fn edit() -> Edit {
    Edit::set("a", Field::From, Some(Value::Text("me".to_owned())))
}

fn leftovers(files: &TestWorkspace) -> Vec<String> {
    let names = fs::read_dir(files.folder()).unwrap().flatten();
    let names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
    names.filter(|name| name.ends_with(".prospect-tmp")).collect()
}

#[cfg(unix)]
#[test]
fn a_link_stays_a_link_and_permissions_stay() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let files = TestWorkspace::with("");
    fs::remove_file(files.file("ideas.toml")).unwrap();
    fs::write(files.path("real.toml"), ONE).unwrap();
    fs::set_permissions(files.path("real.toml"), fs::Permissions::from_mode(0o640)).unwrap();
    symlink("../real.toml", files.file("ideas.toml")).unwrap();
    let mut opened = files.open();
    opened.edit(&edit());
    assert!(files.file("ideas.toml").is_symlink());
    assert!(fs::read_to_string(files.path("real.toml")).unwrap().contains("from = \"me\""));
    let mode = files.path("real.toml").metadata().unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o640);
    assert_eq!(leftovers(&files), [""; 0]);
}

#[test]
fn a_read_only_file_is_not_replaced_and_the_edit_can_be_retried() {
    let files = TestWorkspace::with(ONE);
    let mut opened = files.open();
    let writable = files.file("ideas.toml").metadata().unwrap().permissions();
    let mut readonly = writable.clone();
    readonly.set_readonly(true);
    fs::set_permissions(files.file("ideas.toml"), readonly).unwrap();
    let refused = opened.try_edit(&edit());
    let Err(StoreError::Io { path, source }) = refused else { panic!("{refused:?}") };
    assert_eq!(path, files.file("ideas.toml"));
    assert_eq!(source.kind(), ErrorKind::PermissionDenied);
    assert_eq!(files.text(), ONE);
    assert_eq!(opened.undo(), None, "what was not done cannot be undone");
    fs::set_permissions(files.file("ideas.toml"), writable).unwrap();
    opened.edit(&edit());
    opened.undo().unwrap();
    assert_eq!(files.text(), ONE);
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_named_in_the_error() {
    use std::os::unix::fs::PermissionsExt;
    let files = TestWorkspace::with(ONE);
    let mut opened = files.open();
    fs::set_permissions(files.folder(), fs::Permissions::from_mode(0o555)).unwrap();
    if fs::write(files.file("probe"), "").is_ok() {
        eprintln!("skipped: this user may write to read-only folders");
        return;
    }
    let refused = opened.try_edit(&edit());
    fs::set_permissions(files.folder(), fs::Permissions::from_mode(0o755)).unwrap();
    assert!(matches!(refused, Err(StoreError::Io { .. })), "{refused:?}");
    assert_eq!(files.text(), ONE);
    opened.edit(&edit());
}

#[test]
fn a_state_folder_that_cannot_be_made_stops_the_edit() {
    let files = TestWorkspace::with(ONE);
    fs::write(files.state(), "a file").unwrap();
    let mut opened = files.open();
    let refused = opened.try_edit(&edit());
    assert!(matches!(refused, Err(StoreError::Io { .. })), "{refused:?}");
    assert_eq!(files.text(), ONE);
    fs::remove_file(files.state()).unwrap();
    opened.edit(&edit());
}

#[test]
fn a_single_file_that_goes_away_is_an_error_and_stays_in_memory() {
    let files = TestWorkspace::with(ONE);
    let mut opened = OpenWorkspace::open(&files.file("ideas.toml"), &files.state());
    fs::remove_file(files.file("ideas.toml")).unwrap();
    assert!(opened.workspace.reload().is_err());
    assert!(matches!(opened.try_edit(&edit()), Err(StoreError::Io { .. })));
    fs::create_dir(files.file("ideas.toml")).unwrap();
    assert!(matches!(opened.try_edit(&edit()), Err(StoreError::Io { .. })));
    fs::remove_dir(files.file("ideas.toml")).unwrap();
    files.write("ideas.toml", ONE);
    opened.edit(&edit());
}

#[test]
fn orphans_of_a_crash_are_cleaned_up() {
    let files = TestWorkspace::with(ONE);
    files.write(".ideas.toml.abc123.prospect-tmp", "half");
    files.write(".other.toml.abc123.prospect-tmp", "not ours");
    let mut opened = files.open();
    assert_eq!(leftovers(&files).len(), 2, "reading removes nothing");
    opened.edit(&edit());
    assert_eq!(leftovers(&files), [".other.toml.abc123.prospect-tmp"]);
}

#[test]
fn a_first_idea_makes_its_file_and_undo_takes_it_away() {
    let files = TestWorkspace::with_files(&[("notes.toml", "x = 1\n")]);
    let mut opened = files.open();
    let add = Edit::Add { idea: Box::new(Idea::new("a", "A")), before: None };
    opened.edit(&add);
    assert_eq!(files.text(), "[[idea]]\nid = \"a\"\ntitle = \"A\"\n");
    opened.edit(&edit());
    opened.undo().unwrap();
    opened.undo().unwrap();
    assert!(!files.file("ideas.toml").exists());
    opened.redo().unwrap();
    opened.redo().unwrap();
    assert_eq!(files.text(), "[[idea]]\nid = \"a\"\ntitle = \"A\"\nfrom = \"me\"\n");
    assert_eq!(files.open().portfolio, opened.portfolio);
}

#[test]
fn a_new_idea_joins_the_file_that_is_meant_for_it() {
    for (files, target) in [
        (&[("a.toml", ONE), ("ideas.toml", ""), ("z.toml", ONE)][..], "ideas.toml"),
        (&[("a.toml", ONE), ("b.toml", ONE), ("c.toml", "x = 1\n")][..], "b.toml"),
    ] {
        let files = TestWorkspace::with_files(files);
        let mut opened = files.open();
        opened.edit(&Edit::Add { idea: Box::new(Idea::new("new", "New")), before: None });
        assert_eq!(opened.workspace.location("new").unwrap().0, files.file(target));
    }
}

#[test]
fn a_group_over_several_files_is_undone_as_one() {
    let b = "[[idea]]\r\ntitle = 'B'\r\n";
    let files = TestWorkspace::with_files(&[("a.toml", ONE), ("b.toml", b)]);
    let mut opened = files.open();
    let merge = Edit::Group(vec![
        Edit::set("b", Field::Tags, Some(Value::List(vec!["x".to_owned()]))),
        Edit::set("a", Field::MergedInto, Some(Value::Text("b".to_owned()))),
        Edit::Remove { id: "a".to_owned() },
    ]);
    opened.edit(&merge);
    let read = |name: &str| fs::read_to_string(files.file(name)).unwrap();
    assert_eq!(read("a.toml"), "");
    assert_eq!(read("b.toml"), "[[idea]]\r\nid = \"b\"\r\ntitle = 'B'\r\ntags = [\"x\"]\r\n");
    opened.undo().unwrap();
    assert_eq!((read("a.toml").as_str(), read("b.toml").as_str()), (ONE, b));
    assert_eq!(files.open().portfolio, opened.portfolio);
}

#[test]
fn places_and_texts_of_ideas() {
    let files = TestWorkspace::with(
        "\u{feff}# top\n\n[[idea]]\ntitle = 'A'\n# end\n\n# of b\n[[ 'idea' ]] # b\ntitle = 'B'\n",
    );
    let opened = files.open();
    assert_eq!(opened.workspace.location("b"), Some((files.file("ideas.toml"), 8)));
    assert_eq!(opened.workspace.idea_text("a").as_deref(), Some("[[idea]]\ntitle = 'A'\n# end\n"));
    assert_eq!(opened.workspace.location("c"), None);
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
    let opened = OpenWorkspace::open(&path, &folder.path().join("state"));
    assert_eq!((opened.portfolio.ideas().len(), opened.problems.len()), (0, 0));
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
    let opened = OpenWorkspace::open(&path, &folder.path().join("state"));
    assert_eq!((opened.portfolio.ideas().len(), opened.problems.as_slice()), (1, &[][..]));
}

#[test]
fn an_inverse_that_is_none_is_refused() {
    let files = TestWorkspace::with(ONE);
    let mut opened = files.open();
    let refused = opened.workspace.commit(&edit(), &Edit::Group(Vec::new()), OnConflict::Ask);
    assert!(matches!(refused, Err(StoreError::NotInverse)), "{refused:?}");
    assert_eq!(files.text(), ONE);
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
