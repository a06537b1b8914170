//! Commands that write: what they change, what they say, and the way back.

use crate::support::{TWO, TestWorkspace};

#[test]
fn init_creates_a_workspace_and_never_overwrites() {
    let workspace = TestWorkspace::empty();
    let said = workspace.ok(&["init"]);
    assert!(said.contains("ideas.toml") && said.contains("prospect add"), "{said}");
    let text = workspace.text();
    assert!(text.starts_with('#'), "{text}");
    assert!(workspace.ok(&["rank"]).contains("no ideas yet"));
    let ran = workspace.run(&["init"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (1, ""));
    assert!(ran.stderr.contains("is there already"), "{}", ran.stderr);
    assert_eq!(workspace.text(), text);
    workspace.ok(&["init", "one.toml"]);
    assert!(workspace.path("one.toml").is_file());
    workspace.ok(&["add", "First"]);
    assert!(workspace.text().starts_with(&text), "{}", workspace.text());
}

#[test]
fn add_prints_the_id_and_writes_what_was_said() {
    let workspace = TestWorkspace::with(TWO);
    let id = workspace.ok(&[
        "add",
        "Ask the solver!",
        "--summary",
        "Why not?",
        "--tag",
        "a,b",
        "--tag",
        "c",
        "--rate",
        "headroom=7.5",
        "--rate",
        "longevity=3..6",
        "--rate",
        "edge=8",
        "--status",
        "shortlist",
    ]);
    assert_eq!(id, "ask-the-solver\n");
    assert!(workspace.text().starts_with(TWO));
    let idea = workspace.json(&["show", "ask-the-solver", "--json"]);
    assert_eq!(idea["summary"], "Why not?");
    assert_eq!(idea["tags"], serde_json::json!(["a", "b", "c"]));
    assert_eq!(idea["created"], "2026-03-01");
    assert_eq!(idea["status"], "shortlist");
    assert_eq!(idea["ratings"]["longevity"], serde_json::json!([3.0, 6.0]));
    assert_eq!(idea["bet"]["kind"], "hot");
    assert_eq!(workspace.ok(&["add", "Ask the solver"]), "ask-the-solver-2\n");
    workspace.ok(&["undo"]);
    workspace.ok(&["undo"]);
    assert_eq!(workspace.text(), TWO);
}

#[test]
fn add_creates_the_workspace_where_there_is_none() {
    let workspace = TestWorkspace::empty();
    let ran = workspace.run(&["add", "First"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (0, "first\n"));
    assert!(ran.stderr.contains("created"), "{}", ran.stderr);
    assert!(workspace.text().contains("title = \"First\""));
    let file = workspace.path("deep/one.toml");
    workspace.ok(&["add", "-w", "deep/one.toml", "First"]);
    assert!(std::fs::read_to_string(file).unwrap().contains("id = \"first\""));
}

#[test]
fn the_id_of_an_idea_that_cannot_be_read_is_not_given_away() {
    let workspace = TestWorkspace::with(&TWO.replace("headroom = 2", "headroom = 12"));
    assert_eq!(workspace.ok(&["add", "Narrow!"]), "narrow-2\n");
    assert_eq!(workspace.run(&["set", "narrow-2", "id=narrow"]).code, 2);
}

#[test]
fn set_changes_the_values_and_nothing_else() {
    let workspace = TestWorkspace::with(TWO);
    let said = workspace.ok(&["set", "narrow", "title=A wide topic", "ratings.headroom=3..7"]);
    let expected = "\"A narrow topic, well done\"\ntitle: A narrow topic, well done → A wide \
                    topic\nratings.headroom: 2 → 3..7\n";
    assert_eq!(said, expected);
    let expected = TWO
        .replace("\"A narrow topic, well done\"", "\"A wide topic\"")
        .replace("headroom = 2", "headroom = [3, 7]");
    assert_eq!(workspace.text(), expected);
    workspace.ok(&["undo"]);
    assert_eq!(workspace.text(), TWO, "one call is one step back");
    workspace.ok(&["redo"]);
    assert_eq!(workspace.text(), expected);
    assert_eq!(workspace.ok(&["set", "narrow", "title=A wide topic"]), "nothing to change\n");
}

#[test]
fn set_clears_renames_and_declares_bets() {
    let workspace = TestWorkspace::with(TWO);
    let said = workspace.ok(&[
        "set",
        "narrow",
        "tags=",
        "ratings.strategy=",
        "bet.chance=0.3",
        "id=broad",
    ]);
    let expected = "\"A narrow topic, well done\"\nbet.kind: nothing → next-hot\ntags: vision → nothing\n\
                    ratings.strategy: 8 → nothing\nbet.chance: nothing → 0.3\n\
                    id: narrow → broad\n";
    assert_eq!(said, expected);
    let idea = workspace.json(&["show", "narrow", "--json"]);
    assert_eq!(idea["id"], "broad", "the old id still leads to it");
    assert_eq!(idea["aliases"], serde_json::json!(["narrow"]));
    assert_eq!(idea["bet"], serde_json::json!({ "kind": "next-hot", "chance": 0.3 }));
    assert!(idea.get("tags").is_none() && idea["ratings"].get("strategy").is_none());
    workspace.ok(&["undo"]);
    assert_eq!(workspace.text(), TWO);
}

#[test]
fn a_change_of_status_is_a_decision() {
    let workspace = TestWorkspace::with(TWO);
    let said = workspace.ok(&["set", "narrow", "status=abandoned", "--why", "no headroom"]);
    assert_eq!(said, "\"A narrow topic, well done\"\nstatus: inbox → abandoned\n");
    let idea = workspace.json(&["show", "narrow", "--json"]);
    let decision = serde_json::json!([
        { "date": "2026-03-01", "from": "inbox", "to": "abandoned", "why": "no headroom", "score": 40.6 }
    ]);
    assert_eq!(idea["decision"], decision);
    workspace.ok(&["set", "narrow", "status=abandoned", "--why", "second look: still true"]);
    let idea = workspace.json(&["show", "narrow", "--json"]);
    assert_eq!(idea["decision"][1]["from"], "abandoned");
}

#[test]
fn rm_undo_and_redo_step_through_the_journal() {
    let workspace = TestWorkspace::with(TWO);
    assert!(workspace.ok(&["rm", "narrow"]).contains("prospect undo"));
    assert_eq!(workspace.run(&["show", "narrow"]).code, 2);
    assert!(workspace.ok(&["undo"]).starts_with("Undone: "));
    assert_eq!(workspace.text(), TWO);
    assert!(workspace.ok(&["redo"]).starts_with("Redone: "));
    assert_eq!(workspace.run(&["redo"]).code, 1);
    workspace.ok(&["undo"]);
    let ran = workspace.run(&["undo"]);
    assert_eq!((ran.code, ran.stderr.as_str()), (1, "error: there is nothing to undo\n"));
}

#[test]
fn an_outside_change_to_the_same_field_is_not_undone_silently() {
    let workspace = TestWorkspace::with(TWO);
    workspace.ok(&["set", "narrow", "ratings.headroom=5"]);
    let theirs = workspace.text().replace("headroom = 5", "headroom = 9");
    std::fs::write(workspace.ideas_file(), &theirs).unwrap();
    let ran = workspace.run(&["undo"]);
    assert_eq!(ran.code, 1);
    assert!(ran.stderr.contains("--force"), "{}", ran.stderr);
    assert_eq!(workspace.text(), theirs);
    workspace.ok(&["undo", "--force"]);
    assert_eq!(workspace.text(), TWO);
}

#[test]
fn log_says_what_it_understood() {
    let workspace = TestWorkspace::with(TWO);
    let said = workspace.ok(&["log", "--id", "narrow", "3h", "6", "first task works"]);
    assert_eq!(
        said,
        "Logged on \"A narrow topic, well done\": 2026-03-01, 3 h, traction 6, note \"first task works\"\n"
    );
    let said = workspace.ok(&["log", "--id", "narrow", "3 runs failed"]);
    assert_eq!(
        said,
        "Logged on \"A narrow topic, well done\": 2026-03-01, note \"3 runs failed\"\n"
    );
    let said = workspace.ok(&["log", "--id", "narrow", "45m"]);
    assert_eq!(said, "Logged on \"A narrow topic, well done\": 2026-03-01, 0.75 h\n");
    workspace.ok(&[
        "log",
        "--id",
        "narrow",
        "--date",
        "2026-02-01",
        "--hours",
        "2",
        "--traction",
        "4.5",
    ]);
    let log = &workspace.json(&["show", "narrow", "--json"])["log"];
    assert_eq!(log[0]["hours"], 3.0);
    assert_eq!(log[3], serde_json::json!({ "date": "2026-02-01", "hours": 2.0, "traction": 4.5 }));
}

#[test]
fn log_finds_the_idea_by_the_folder_it_is_called_in() {
    let workspace = TestWorkspace::with(TWO);
    let deep = workspace.file("work/deep");
    std::fs::create_dir_all(&deep).unwrap();
    let here = |folder: &std::path::Path| {
        let output = workspace.command().current_dir(folder).args(["log", "2h"]).output().unwrap();
        (output.status.code(), String::from_utf8(output.stdout).unwrap())
    };
    assert_eq!(
        here(&deep),
        (Some(0), "Logged on \"An open question\": 2026-03-01, 2 h\n".to_owned())
    );
    assert_eq!(here(workspace.home()).0, Some(2));
    let home = workspace.path("lab");
    std::fs::create_dir(&home).unwrap();
    workspace.ok(&["set", "narrow", "dir=~/lab"]);
    assert_eq!(
        here(&home),
        (Some(0), "Logged on \"A narrow topic, well done\": 2026-03-01, 2 h\n".to_owned())
    );
    workspace.ok(&["set", "narrow", "dir=work/deep"]);
    assert_eq!(
        here(&deep).1,
        "Logged on \"A narrow topic, well done\": 2026-03-01, 2 h\n",
        "the innermost folder wins"
    );
    workspace.ok(&["set", "narrow", "dir=work/deep/.."]);
    assert_eq!(here(&deep).0, Some(2), "two ideas with one folder");
    workspace.ok(&["set", "narrow", "status=abandoned", "--why", "pivoted"]);
    assert_eq!(
        here(&deep).1,
        "Logged on \"An open question\": 2026-03-01, 2 h\n",
        "one of them is over"
    );
}

#[test]
fn promise_is_kept_with_its_day() {
    let workspace = TestWorkspace::with(TWO);
    let said = workspace.ok(&[
        "promise",
        "narrow",
        "--by",
        "2026-06-01",
        "--claim",
        "beats it",
        "--traction",
        "5",
        "--chance",
        "0.6",
    ]);
    let expected = "Promise of \"A narrow topic, well done\": by 2026-06-01: beats it, and level 5 or more (60 % sure)\n";
    assert_eq!(said, expected);
    let promise = &workspace.json(&["show", "narrow", "--json"])["promise"][0];
    assert_eq!(promise["set"], "2026-03-01");
    assert_eq!(promise["chance"], 0.6);
}

#[test]
fn a_promise_that_is_moved_keeps_its_words() {
    let workspace = TestWorkspace::with(TWO);
    let says = |arguments: &[&str]| {
        let promise: Vec<&str> =
            ["promise", "narrow"].into_iter().chain(arguments.to_vec()).collect();
        workspace.ok(&promise)
    };
    says(&["--by", "2026-06-01", "--claim", "beats it", "--chance", "0.6"]);
    let before = workspace.text();
    let said = says(&["--move", "--by", "2026-07-01", "--chance", "0.4"]);
    assert_eq!(
        said,
        "Promise of \"A narrow topic, well done\": by 2026-07-01: beats it (40 % sure)\n"
    );
    let review = workspace.json(&["review", "--json"]);
    let narrow = review["ideas"].as_array().unwrap().iter().find(|idea| idea["id"] == "narrow");
    let promises = narrow.unwrap()["promises"].as_array().unwrap().iter();
    let seen: Vec<String> =
        promises.map(|it| format!("{} {} {}", it["by"], it["state"], it["amended"])).collect();
    assert_eq!(seen, ["\"2026-06-01\" \"void\" 0", "\"2026-07-01\" \"pending\" 1"]);
    workspace.ok(&["undo"]);
    assert_eq!(workspace.text(), before);
    workspace.ok(&["undo"]);
    let ran = workspace.run(&["promise", "narrow", "--move", "--by", "2026-07-01"]);
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("no promise of narrow stands"), "{}", ran.stderr);
}

#[test]
fn what_happens_is_logged_on_request() {
    let workspace = TestWorkspace::with(TWO);
    workspace.ok(&["--log", "log.txt", "set", "narrow", "title=New"]);
    workspace.run(&["--log", "log.txt", "show", "nobody"]);
    let log = std::fs::read_to_string(workspace.path("log.txt")).unwrap();
    assert!(log.contains("title of narrow: New") && log.contains("nobody"), "{log}");
}

#[test]
fn ideas_come_from_standard_input_one_per_line_and_go_as_one() {
    let workspace = TestWorkspace::empty();
    let lines = "First idea\n\n- Second, from a list\n* [x] Third\nFirst idea\n";
    let mut command = workspace.command();
    let output = command.args(["add", "-", "--tag", "club"]).write_stdin(lines).output().unwrap();
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "first-idea\nsecond-from-a-list\nthird\nfirst-idea-2\n"
    );
    assert_eq!(workspace.text().matches("tags = [\"club\"]").count(), 4);
    workspace.ok(&["undo"]);
    assert!(!workspace.text().contains("club"), "{}", workspace.text());
}

#[test]
fn days_may_be_words() {
    let workspace = TestWorkspace::with(TWO);
    // 2026-03-01 is a Sunday.
    for (word, day) in [
        ("yesterday", "2026-02-28"),
        ("mon", "2026-02-23"),
        ("2026-02-01", "2026-02-01"),
        ("2 days ago", "2026-02-27"),
    ] {
        let said = workspace.ok(&["log", "--id", "narrow", "--date", word, "1h"]);
        assert!(said.contains(day), "{word}: {said}");
    }
    let refused = workspace.run(&["log", "--id", "narrow", "--date", "soon", "1h"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("\"soon\" is not a day"), "{}", refused.stderr);
    workspace.ok(&["promise", "narrow", "--by", "fri", "--traction", "5"]);
    assert!(workspace.text().contains("by = 2026-03-06"), "{}", workspace.text());
}
