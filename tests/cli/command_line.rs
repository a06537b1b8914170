//! The command line as people try it: everyday names, beginnings of ids, paths,
//! help, sorting, days and durations.

use crate::support::{TWO, TestWorkspace};

fn refused(workspace: &TestWorkspace, arguments: &[&str], words: &[&str]) {
    let ran = workspace.run(arguments);
    assert_eq!(ran.code, 2, "{arguments:?}: {}{}", ran.stdout, ran.stderr);
    for word in words {
        assert!(ran.stderr.contains(word), "{arguments:?}: {word} in {}", ran.stderr);
    }
}

#[test]
fn everyday_names_are_commands_or_lead_to_one() {
    let workspace = TestWorkspace::with(TWO);
    let table = workspace.ok(&["rank"]);
    assert_eq!(workspace.ok(&["list"]), table);
    assert_eq!(workspace.ok(&["ls"]), table);
    assert_eq!(workspace.ok(&["status"]), workspace.ok(&["next"]));
    assert!(workspace.ok(&["delete", "narrow"]).starts_with("Deleted \"A narrow topic"));
    assert!(workspace.ok(&["remove", "open-question"]).starts_with("Deleted"));
    for (word, hint) in [
        ("done", "prospect set ID status=done"),
        ("rename", "prospect set ID title="),
        ("settings", "prospect config"),
        ("search", "prospect rank --filter"),
        ("lst", "did you mean \"list\""),
        ("frobnicate", "prospect help"),
    ] {
        let ran = workspace.run(&[word]);
        refused(&workspace, &[word], &[&format!("no command \"{word}\""), hint]);
        assert!(!ran.stderr.contains("prospect init"), "{}", ran.stderr);
    }
}

#[test]
fn only_what_looks_like_a_path_is_offered_as_a_workspace() {
    let workspace = TestWorkspace::with(TWO);
    for path in ["new/folder", "./new", "~/new", "new.toml", ".new"] {
        refused(&workspace, &[path], &["no file or folder", &format!("prospect init {path}")]);
    }
    let ran = workspace.run(&["list", "nowhere"]);
    assert!(ran.stderr.contains("no file or folder \"nowhere\""), "{}", ran.stderr);
    assert!(!ran.stderr.contains("prospect init"), "{}", ran.stderr);
}

#[test]
fn an_id_may_be_given_by_a_unique_beginning() {
    let ideas = ["trees", "trees-and-logs", "teach"].map(|id| {
        format!("[[idea]]\nid = \"{id}\"\ntitle = \"Title of {id}\"\naliases = [\"old-{id}\"]\n")
    });
    let workspace = TestWorkspace::with(&ideas.join("\n"));
    let id = |given: &str| workspace.json(&["show", given, "--json"])["id"].clone();
    assert_eq!(id("tea"), "teach");
    assert_eq!(id("trees"), "trees", "an exact id comes first");
    assert_eq!(id("trees-"), "trees-and-logs");
    assert_eq!(id("old-teach"), "teach", "an alias is exact too");
    refused(&workspace, &["show", "t"], &["3 ideas begin with \"t\"", "trees-and-logs"]);
    refused(&workspace, &["show", ""], &["there is no idea"]);
    workspace.ok(&["set", "tea", "parked_on=trees-"]);
    assert!(workspace.text().contains("parked_on = \"trees-and-logs\""), "files hold whole ids");
    workspace.ok(&["duel", "tea", "trees-", "--winner", "left"]);
    workspace.ok(&["log", "--id", "tea", "3h"]);
}

#[test]
fn the_help_is_short_and_all_of_it_is_a_command_away() {
    let workspace = TestWorkspace::empty();
    let help = workspace.ok(&["--help"]);
    assert_eq!(workspace.ok(&["-h"]), help);
    assert_eq!(workspace.ok(&["help"]), help);
    for line in [
        "Choose what to research next.",
        "Usage: prospect [PATH]            open the workbench (a folder or a file)",
        "       prospect COMMAND …",
        "Start      demo          look around in a throw-away copy",
        "Every day  add           add an idea",
        "Choosing   rank          the ranking             (list)",
        "Others     ask           a one-minute sheet for a colleague",
        "help --all  all commands · help COMMAND · help rank, triage, duel … (screens)",
    ] {
        assert!(help.lines().any(|shown| shown == line), "{line} in\n{help}");
    }
    let all = workspace.ok(&["help", "--all"]);
    for command in ["robust", "completions", "calibration", "--as-of", "--seed"] {
        assert!(all.contains(command) && !help.contains("robust"), "{command}");
    }
    assert!(workspace.ok(&["help", "log"]).contains("prospect log 3h 6"));
    assert!(workspace.ok(&["help", "list"]).contains("prospect rank"));
    assert!(workspace.ok(&["help", "simulate", "duels"]).contains("--sigma"));
    let triage = workspace.ok(&["help", "triage"]);
    assert!(triage.contains("g2") && triage.contains("pass 1"), "{triage}");
    let rank = workspace.ok(&["help", "rank"]);
    assert!(rank.contains("--sort") && rank.contains("g1"), "the command and the screen");
    refused(&workspace, &["help", "frobnicate"], &["no command and no screen"]);
    refused(&workspace, &["help", "traige"], &["did you mean \"triage\"?"]);
}

#[test]
fn the_ranking_is_sorted_by_any_column() {
    let workspace = TestWorkspace::with(TWO);
    let ids = |field: &str| -> Vec<String> {
        let ranking = workspace.json(&["rank", "--sort", field, "--json"]);
        let ideas = ranking["ideas"].as_array().unwrap().clone();
        ideas.iter().map(|idea| idea["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids("title"), ["narrow", "open-question"]);
    assert_eq!(ids("headroom").len(), 2);
    assert_eq!(ids("status"), ["narrow", "open-question"]);
    workspace.ok(&["log", "--id", "open-question", "3h"]);
    assert_eq!(ids("hours"), ["open-question", "narrow"]);
    refused(&workspace, &["rank", "--sort", "beauty"], &["headroom", "hours"]);
}

#[test]
fn ids_are_whole_in_a_pipe_and_titles_are_readable() {
    let id = "an-id-that-is-longer-than-half-of-a-terminal-of-eighty-columns";
    let title = "A title that is longer than thirty columns by far";
    let workspace = TestWorkspace::with(&format!("[[idea]]\nid = \"{id}\"\ntitle = \"{title}\"\n"));
    let table = workspace.ok(&["rank"]);
    assert!(table.contains(&format!(" {id} ")), "{table}");
    assert!(table.contains("A title that is longer than t"), "{table}");
}

#[test]
fn a_log_line_takes_days_and_durations_as_people_write_them() {
    let workspace = TestWorkspace::with(TWO);
    let log = |words: &[&str]| workspace.ok(&[&["log", "--id", "narrow"], words].concat());
    for (words, said) in [
        (&["yesterday", "3", "h", "6", "first task works"][..], "2026-02-28, 3 h, traction 6"),
        (&["2026-02-20", "2h30", "5"], "2026-02-20, 2.5 h, traction 5"),
        (&["mon", "90min"], "2026-02-23, 1.5 h"),
        (&["1:30", "4", "x"], "2026-03-01, 1.5 h, traction 4"),
    ] {
        assert!(log(words).contains(said), "{words:?}: {}", log(words));
    }
    let before = workspace.text();
    for (words, reason) in [
        (&["99h", "12", "lots"][..], "99 h in one day cannot be; level 12"),
        (&["--hours", "30"], "0 to 24"),
        (&["2026-03-02", "3h"], "in the future"),
        (&["--date", "2026-02-01", "yesterday", "3h"], "given twice"),
    ] {
        refused(&workspace, &[&["log", "--id", "narrow"], words].concat(), &[reason]);
    }
    refused(&workspace, &["log", "narrow", "3h", "6"], &["did you mean --id narrow?"]);
    refused(&workspace, &["log", "narr", "3h", "6"], &["did you mean --id narrow?"]);
    assert_eq!(workspace.text(), before);
}

#[test]
fn a_new_idea_takes_tags_people_and_the_bet_from_its_line() {
    let workspace = TestWorkspace::with("");
    workspace.ok(&["add", "Read logs #agents @mara !hot", "--tag", "data"]);
    let idea = workspace.json(&["show", "read-logs", "--json"]);
    assert_eq!(idea["title"], "Read logs");
    assert_eq!(idea["tags"], serde_json::json!(["agents", "data"]));
    assert_eq!(idea["people"], serde_json::json!(["mara"]));
    assert_eq!(idea["bet"]["kind"], "hot");
    let lines = "- Second #data\n- [ ] Third @lee\n";
    let output = workspace.command().args(["add", "-"]).write_stdin(lines).output().unwrap();
    assert_eq!(String::from_utf8(output.stdout).unwrap(), "second\nthird\n");
    assert_eq!(workspace.json(&["show", "third", "--json"])["people"][0], "lee");
    let again = workspace.run(&["add", "Second"]);
    assert_eq!(again.code, 0);
    assert!(again.stderr.contains("there is one with this title already: second"));
}

#[test]
fn the_settings_that_people_change_come_first() {
    let workspace = TestWorkspace::with(TWO);
    let keys = |text: &str| text.lines().filter(|line| line.contains(" = ")).count();
    let usual = workspace.ok(&["config"]);
    assert_eq!(keys(&usual), 9, "{usual}");
    std::fs::write(workspace.folder().join("prospect.toml"), "[stall]\nblock_hours = 60\n")
        .unwrap();
    let set = workspace.ok(&["config"]);
    assert_eq!(keys(&set), 10, "what is set somewhere is shown too");
    assert!(keys(&workspace.ok(&["config", "--all"])) > 40);
}

#[test]
fn an_idea_is_edited_only_where_there_is_a_terminal() {
    let workspace = TestWorkspace::with(TWO);
    refused(&workspace, &["edit", "narrow"], &["an editor needs a terminal", "prospect set"]);
    refused(&workspace, &["edit", "nowhere"], &["there is no idea"]);
}
