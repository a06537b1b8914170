//! Command lines that make no sense end with 2 and advice.

use std::fs;

use crate::support::{TWO, TestWorkspace};

/// Whether a call ends with this exit code and says this.
fn says(workspace: &TestWorkspace, arguments: &[&str], code: i32, words: &[&str]) {
    let ran = workspace.run(arguments);
    assert_eq!(ran.code, code, "{arguments:?}: {}", ran.stderr);
    assert_eq!(ran.stdout, "", "{arguments:?}");
    for word in words {
        assert!(ran.stderr.contains(word), "{arguments:?}: {word} in {}", ran.stderr);
    }
}

#[test]
fn a_word_that_is_neither_subcommand_nor_path() {
    let workspace = TestWorkspace::with(TWO);
    says(&workspace, &["rnak"], 2, &["\"rnak\"", "did you mean \"rank\"?"]);
    says(&workspace, &["rnak", "--json"], 2, &["did you mean \"rank\"?"]);
    says(&workspace, &["nowhere.toml"], 2, &["prospect init nowhere.toml"]);
    says(&workspace, &["rank", "nowhere"], 2, &["\"nowhere\""]);
    says(&workspace, &["rank", "-w", "nowhere"], 2, &["\"nowhere\""]);
}

#[test]
fn words_that_are_no_commands_are_unknown() {
    let workspace = TestWorkspace::with(TWO);
    for command in ["publish", "serve"] {
        says(&workspace, &[command], 2, &[command]);
    }
}

#[test]
fn a_path_stands_last_and_only_where_one_is_taken() {
    let workspace = TestWorkspace::with(TWO);
    says(&workspace, &["ideas", "rank"], 2, &["prospect rank ideas"]);
    says(&workspace, &["ideas", "undo"], 2, &["--workspace ideas"]);
    says(&workspace, &["undo", "ideas"], 2, &["--workspace ideas"]);
    says(&workspace, &["set", "narrow", "ideas"], 2, &["FIELD=VALUE", "--workspace"]);
    says(&workspace, &["--print", "rank"], 2, &["--print"]);
}

#[test]
fn without_a_workspace_it_is_said_how_to_begin() {
    let workspace = TestWorkspace::empty();
    let ran = workspace.command().env_remove("PROSPECT_WORKSPACE").arg("rank").output().unwrap();
    assert_eq!(ran.status.code(), Some(2));
    let stderr = String::from_utf8(ran.stderr).unwrap();
    assert!(stderr.contains("prospect init") && stderr.contains("prospect demo"), "{stderr}");
}

#[test]
fn an_unknown_id_comes_with_the_nearest() {
    let workspace = TestWorkspace::with(TWO);
    for arguments in [
        &["show", "narow"][..],
        &["set", "narow", "title=x"],
        &["rm", "narow"],
        &["log", "--id", "narow", "3h"],
        &["promise", "narow", "--by", "2026-05-01", "--claim", "x"],
        &["set", "open-question", "parked_on=narow"],
    ] {
        says(&workspace, arguments, 2, &["there is no idea \"narow\"", "did you mean \"narrow\"?"]);
    }
    assert_eq!(workspace.text(), TWO);
}

#[test]
fn values_that_do_not_fit_are_refused() {
    let workspace = TestWorkspace::with(TWO);
    for (assignment, word) in [
        ("ratings.headroom=11", "a number from 0 to 10"),
        ("ratings.headroom=7..3", "LO..HI"),
        ("bet.chance=2", "a number from 0 to 1"),
        ("status=killed", "one of inbox"),
        ("bet.kind=cold", "one of hot, next-hot"),
        ("created=yesterday", "a date"),
        ("title=", "title must not be empty"),
        ("title= ", "title must not be empty"),
        ("id=", "id must not be empty"),
        ("id=open-question", "is taken"),
        ("ratings.headrom=3", "did you mean \"ratings.headroom\"?"),
        ("headroom", "FIELD=VALUE"),
    ] {
        says(&workspace, &["set", "narrow", assignment], 2, &[word]);
    }
    says(&workspace, &["set", "narrow", "title=x", "--why", "y"], 2, &["--why"]);
    says(&workspace, &["log", "--id", "narrow"], 2, &["nothing to log"]);
    says(&workspace, &["log", "--id", "narrow", "--hours", "3", "2h"], 2, &["twice"]);
    says(&workspace, &["log", "--id", "narrow", "--traction", "11"], 2, &["0 to 10"]);
    says(
        &workspace,
        &["promise", "narrow", "--by", "2026-02-01", "--claim", "x"],
        2,
        &["is in the past"],
    );
    says(&workspace, &["promise", "narrow", "--by", "2026-05-01"], 2, &["--claim"]);
    says(&workspace, &["rank", "--as-of", "today"], 2, &["2026-03-01"]);
    says(&workspace, &["rank", "--status", "killed"], 2, &["inbox", "all"]);
    says(&workspace, &["rank", "--top", "0"], 2, &["--top"]);
    says(&workspace, &["rank", "--json", "--format", "csv"], 2, &["--format"]);
    assert_eq!(workspace.text(), TWO);
}

#[test]
fn a_wrong_rate_lists_what_is_allowed() {
    let workspace = TestWorkspace::with(TWO);
    for rate in ["beauty=3", "headroom", "headroom=", "=3"] {
        let words = ["simplicity, generality, longevity, headroom, strategy", "edge", "chance"];
        says(&workspace, &["add", "New", "--rate", rate], 2, &words);
    }
    says(&workspace, &["add", "New", "--rate", "headroom=11"], 2, &["0 to 10"]);
    says(&workspace, &["add", "New", "--bet", "hot", "--rate", "chance=0.5"], 2, &["edge"]);
    says(&workspace, &["add", "New", "--status", "killed"], 2, &["inbox"]);
    says(&workspace, &["add", " "], 2, &["title"]);
    assert_eq!(workspace.text(), TWO);
}

#[test]
fn the_workbench_needs_a_terminal() {
    says(&TestWorkspace::with(TWO), &[], 1, &["needs a terminal", "prospect rank"]);
    says(&TestWorkspace::with(TWO), &["ideas"], 1, &["needs a terminal"]);
    says(&TestWorkspace::with(TWO), &["demo"], 1, &["needs a terminal"]);
    says(&TestWorkspace::with(TWO), &["--keys", "<nokey>"], 2, &["<nokey>", "<enter>"]);
    says(&TestWorkspace::with(TWO), &["--print", "--size", "3"], 2, &["100x30"]);
}

#[test]
fn a_change_warns_of_an_id_that_stands_in_two_files() {
    let workspace = TestWorkspace::with(TWO);
    workspace.write("ideas-LAPTOP.toml", TWO);
    let ran = workspace.run(&["set", "narrow", "title=Changed"]);
    assert_eq!(ran.code, 0);
    assert!(ran.stderr.contains("\"narrow\" is taken by"), "{}", ran.stderr);
    // A copy by its name is left alone, and that is said.
    let workspace = TestWorkspace::with(TWO);
    workspace.write("ideas (conflicted copy).toml", TWO);
    let ran = workspace.run(&["set", "narrow", "title=Changed"]);
    assert!(ran.code == 0 && workspace.text().contains("Changed"));
    assert!(ran.stderr.contains("left alone"), "{}", ran.stderr);
    assert_eq!(fs::read_to_string(workspace.file("ideas (conflicted copy).toml")).unwrap(), TWO);
}

#[cfg(unix)]
#[test]
fn pipes_are_refused_by_name_and_never_opened() {
    let workspace = TestWorkspace::with(TWO);
    let pipe = |path: &std::path::Path| {
        assert!(std::process::Command::new("mkfifo").arg(path).status().unwrap().success());
    };
    pipe(&workspace.path("pipe"));
    for arguments in [
        &["import", "pipe"][..],
        &["answers", "pipe", "--from", "mara"],
        &["rank", "./pipe"],
        &["rank", "--log", "pipe"],
        &["report", "-o", "pipe", "--format", "md"],
    ] {
        let ran = workspace.run(arguments);
        assert_eq!(ran.code, 1, "{arguments:?}");
        assert!(ran.stderr.contains("pipe"), "{arguments:?}: {}", ran.stderr);
    }
    fs::remove_file(workspace.ideas_file()).unwrap();
    pipe(&workspace.ideas_file());
    for arguments in [&["rank"][..], &["add", "New"], &["check"]] {
        let ran = workspace.run(arguments);
        assert_ne!(ran.code, 0, "{arguments:?}");
        let said = ran.stderr + &ran.stdout;
        assert!(said.contains("ideas.toml") && said.contains("a pipe"), "{arguments:?}: {said}");
    }
}
