//! State that version 0.2.0 wrote: names on disk stay readable.

use std::fs;
use std::path::{Path, PathBuf};

use prospect::domain::TimeEntry;

use crate::support::TestWorkspace;

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures/state-0.2").join(name)
}

fn text(name: &str) -> String {
    fs::read_to_string(fixture(name)).unwrap()
}

/// A copy of the recorded workspace, with its state where this version looks.
fn recorded() -> TestWorkspace {
    let names = ["ideas.toml", "prospect.toml", "duels.toml", "people/mara.toml"];
    let texts = names.map(|name| text(&format!("workspace/{name}")));
    let files: Vec<(&str, &str)> =
        names.into_iter().zip(texts.iter().map(String::as_str)).collect();
    let files = TestWorkspace::with_files(&files);
    let editor_file = files.open().workspace.editor_file("any").unwrap();
    let own = editor_file.parent().and_then(Path::parent).unwrap();
    for entry in fs::read_dir(fixture("state")).unwrap().flatten() {
        fs::copy(entry.path(), own.join(entry.file_name())).unwrap();
    }
    files
}

#[test]
fn everything_that_0_2_did_is_undone_to_the_first_bytes_and_redone() {
    let files = recorded();
    let mut opened = files.open();
    let mut undone = 0;
    while opened.undo().is_some() {
        undone += 1;
    }
    assert_eq!(undone, 11);
    for name in ["ideas.toml", "prospect.toml"] {
        let now = fs::read_to_string(files.file(name)).unwrap();
        assert_eq!(now, text(&format!("first/{name}")));
    }
    assert!(!files.file("people").exists());
    for _ in 0..undone {
        assert!(opened.redo().is_some());
    }
    assert_eq!((opened.redo(), files.text()), (None, text("workspace/ideas.toml")));
    assert_eq!(opened.workspace.take_notices(), []);
}

#[test]
fn what_0_2_remembered_is_read() {
    let files = recorded();
    let opened = files.open().workspace;
    assert_eq!(opened.unsaved_texts().into_values().collect::<Vec<_>>(), ["\nhalf a note"]);
    assert_eq!(opened.duel_pool().query, "bet:hot");
    assert!(opened.triage_round().is_some_and(|round| round.decided.len() == 1));
    assert!(opened.import_history().is_some_and(|history| history.contains("list.csv")));
    let spent: Vec<u64> =
        opened.time_log().unwrap().iter().map(|TimeEntry { time, .. }| time.as_secs()).collect();
    assert_eq!(spent.iter().sum::<u64>(), 380);
}
