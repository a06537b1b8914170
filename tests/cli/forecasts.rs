//! Practice forecasts: made, judged, counted.

use serde_json::json;

use crate::support::TestWorkspace;

const TWO: &str = "\
# mine\r
[[idea]]\r
title = \"Busy\"\r
status = \"active\"\r
[[idea.promise]]\r
set = 2026-01-01\r
by = 2026-02-20\r
claim = \"it works\" # really\r
chance = 0.6\r
\r
[[idea]]\r
title = \"Waiting\"\r
";

#[test]
fn a_forecast_is_made_judged_counted_and_undone() {
    let workspace = TestWorkspace::with(TWO);
    let said = workspace.ok(&["forecast", "A beats B", "70%", "--by", "2026-03-01"]);
    assert_eq!(said, "busy: \"A beats B\", 70 %, by 2026-03-01\n");
    let text = workspace.text();
    let written = "[[idea.forecast]]\r\nset = 2026-03-01\r\nby = 2026-03-01\r\n\
                   claim = \"A beats B\"\r\nchance = 0.7\r\n";
    assert!(text.contains(written), "{text}");
    let judged = workspace.command().arg("resolve").write_stdin("y\nwhat?\nn\n").unwrap();
    let said = String::from_utf8(judged.stdout).unwrap();
    assert_eq!(said, "judged 2: 1 true, 1 not, 0 void\nToo few to tell: 2 of 10.\n");
    assert_eq!(workspace.ok(&["resolve"]), "nothing is due\n");
    let text = workspace.text();
    assert!(text.contains("chance = 0.7\r\nresult = \"yes\"\r\nresolved = 2026-03-01\r\n"));
    assert!(text.contains("chance = 0.6\r\nresult = \"missed\"\r\nresolved = 2026-03-01\r\n"));
    let calibration = workspace.json(&["calibration", "--json"]);
    let resolved = |what: &str| calibration[what]["resolved"].clone();
    let counts = ["forecasts", "promises", "together"].map(resolved);
    assert_eq!(counts, [json!(1), json!(1), json!(2)]);
    assert_eq!(calibration["quarters"][0]["quarter"], "2026-Q1");
    let shown = workspace.json(&["show", "busy", "--json"]);
    assert_eq!(shown["forecast"][0]["result"], "yes");
    for _ in 0..3 {
        workspace.ok(&["undo"]);
    }
    assert_eq!(workspace.text(), TWO);
}

#[test]
fn without_an_id_only_one_active_idea_can_be_meant() {
    let workspace = TestWorkspace::with(TWO);
    workspace.ok(&["forecast", "A beats B", "20", "--id", "waiting"]);
    workspace.ok(&["set", "waiting", "status=active", "--why", "why not"]);
    let refused = workspace.run(&["forecast", "A beats B", "20"]);
    assert_eq!(refused.code, 2);
    assert!(refused.stderr.contains("2 ideas are active"), "{}", refused.stderr);
    for wrong in ["-1", "101", "often"] {
        assert_eq!(workspace.run(&["forecast", "x", wrong]).code, 2);
    }
    let past = ["forecast", "x", "20", "--by", "2026-02-01", "--id", "busy"];
    assert_eq!(workspace.run(&past).code, 2);
}

#[test]
fn what_is_later_or_of_another_idea_is_left_alone() {
    let workspace = TestWorkspace::with(TWO);
    let before = workspace.text();
    let mut command = workspace.command();
    let judged = command.args(["resolve", "busy"]).write_stdin("\n").unwrap();
    assert_eq!(String::from_utf8(judged.stdout).unwrap(), "judged 0: 0 true, 0 not, 0 void\n");
    assert_eq!(workspace.ok(&["resolve", "waiting"]), "nothing is due\n");
    assert_eq!(workspace.text(), before);
}

#[test]
fn a_faulty_forecast_is_named_with_its_place() {
    let text = "[[idea]]\ntitle = \"a\"\n[[idea.forecast]]\nby = 2026-03-01\nclaim = \"\"\n\
                chance = 7\nresult = \"perhaps\"\n";
    let workspace = TestWorkspace::with(text);
    let checked = workspace.run(&["check", "--json"]);
    let checked: serde_json::Value = serde_json::from_str(&checked.stdout).unwrap();
    let codes: Vec<(u64, &str)> = checked["problems"]
        .as_array()
        .unwrap()
        .iter()
        .map(|problem| (problem["line"].as_u64().unwrap(), problem["code"].as_str().unwrap()))
        .collect();
    for expected in [(3, "empty-forecast"), (6, "out-of-range"), (7, "unknown-word")] {
        assert!(codes.contains(&expected), "{codes:?}");
    }
}
