//! The workbench without a person: keys in, a picture out.

use crate::support::{TWO, TestWorkspace};

#[test]
fn keys_are_pressed_and_the_last_screen_is_printed() {
    let workspace = TestWorkspace::with(TWO);
    let screen = workspace.ok(&["--keys", "j", "--print"]);
    assert_eq!(screen.lines().count(), 24);
    assert!(screen.contains("A narrow topic, well done"), "{screen}");
    assert!(screen.lines().all(|line| prospect::text::width(line) <= 80));
    assert!(!screen.contains('\u{1b}'));
    let wide = workspace.ok(&["--print", "--size", "100x30", "ideas"]);
    assert_eq!(wide.lines().count(), 30);
    assert!(workspace.ok(&["--print=svg"]).starts_with("<svg"));
    assert_eq!(workspace.text(), TWO);
}

#[test]
fn what_keys_write_is_written() {
    let workspace = TestWorkspace::with(TWO);
    assert_eq!(workspace.ok(&["--keys", "z7"]), "");
    let written = workspace.text();
    assert_eq!(written.lines().count(), TWO.lines().count());
    assert_ne!(written, TWO);
    workspace.ok(&["--keys", "u"]);
    assert_eq!(workspace.text(), TWO);
}

#[test]
fn the_demo_is_set_on_its_day_and_leaves_nothing_behind() {
    let workspace = TestWorkspace::empty();
    let rooms = workspace.path("tmp");
    std::fs::create_dir(&rooms).unwrap();
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_prospect"));
        command.env_clear().env("HOME", workspace.home()).env("TMPDIR", &rooms).args(arguments);
        let output = command.output().unwrap();
        assert!(output.status.success(), "{output:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let screen = run(&["demo", "--keys", "7", "--print"]);
    assert!(screen.contains("demo · 20 Nov"), "{screen}");
    assert!(run(&["demo", "--print", "--as-of", "2026-12-24"]).contains("demo · 24 Dec"));
    assert!(run(&["--print", "demo"]).contains("demo · 20 Nov"));
    assert_eq!(std::fs::read_dir(&rooms).unwrap().count(), 0);
    assert_eq!(std::fs::read_dir(workspace.home()).unwrap().count(), 1, "nor in the home folder");
}

#[test]
fn a_list_is_imported_by_keys_and_taken_back_from_the_shell() {
    let workspace = TestWorkspace::with(TWO);
    std::fs::write(workspace.path("list.csv"), "Idea,Tags\nProbe,nlp\nSmaller,data\n").unwrap();
    let page = workspace.ok(&["--keys", ":import<enter>list.csv<enter>", "--print"]);
    assert!(page.contains("2 new ideas") && page.contains("y import"), "{page}");
    assert_eq!(workspace.text(), TWO);
    let done = workspace.ok(&["--keys", ":import<enter>list.csv<enter>y", "--print"]);
    assert!(done.contains("2 imported · u undoes all"), "{done}");
    // What the one has imported is known to the other.
    let again = workspace.ok(&["import", "list.csv"]);
    assert_eq!(again, "0 ideas added, 0 updated, 2 unchanged\n");
    workspace.ok(&["undo"]);
    assert_eq!(workspace.text(), TWO);
    workspace.ok(&["import", "list.csv"]);
    workspace.ok(&["--keys", "u"]);
    assert_eq!(workspace.text(), TWO);
}
