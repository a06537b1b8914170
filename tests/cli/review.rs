//! Review, next, calibration and the simulation.

use serde_json::{Value, json};

use crate::support::{TWO, TestWorkspace};

/// One idea with a missed promise, one abandoned long ago, one in the inbox.
const WAITING: &str = r#"
[[idea]]
title = "Stuck"
status = "active"
tags = ["agents"]
[[idea.log]]
date = 2026-01-10
hours = 12
traction = 3
[[idea.promise]]
set = 2026-01-01
by = 2026-02-01
claim = "it works"
traction = 5
chance = 0.7
result = "missed"
resolved = 2026-02-01

[[idea]]
title = "Gone"
status = "abandoned"
[[idea.log]]
date = 2025-09-01
hours = 5
[[idea.decision]]
date = 2025-12-01
from = "active"
to = "abandoned"
why = "no time"
[idea.hindsight]
date = 2026-02-01
outcome = "mattered"

[[idea]]
title = "New"
"#;

/// The entry of an idea in a review.
fn entry<'a>(review: &'a Value, id: &str) -> &'a Value {
    let ideas = review["ideas"].as_array().unwrap();
    ideas.iter().find(|idea| idea["id"] == id).unwrap()
}

#[test]
fn the_json_of_the_review_is_pinned() {
    let workspace = TestWorkspace::with(WAITING);
    let review = workspace.json(&["review", "--json"]);
    assert_eq!(review["as_of"], "2026-03-01");
    let stuck = &review["ideas"][0];
    let keys = [
        "id",
        "status",
        "verdict",
        "p_stalled",
        "p_declining",
        "expected_gain",
        "block_hours",
        "hours",
        "observations",
        "sunk_cost",
        "best_alternative",
        "opportunity_cost",
        "reasons",
        "promises",
        "due",
    ];
    for key in keys {
        assert!(stuck.get(key).is_some(), "{key}");
    }
    assert_eq!((&stuck["id"], &stuck["due"]), (&json!("stuck"), &json!(true)));
    assert_eq!(stuck["why_due"], "promise-missed");
    assert_eq!(stuck["verdict"], "not-enough-evidence");
    let promise = &stuck["promises"][0];
    let pinned = ["set", "by", "claim", "traction", "chance", "state", "amended"];
    assert!(pinned.iter().all(|key| promise.get(key).is_some()), "{promise}");
    assert_eq!((&promise["state"], &promise["amended"]), (&json!("missed"), &json!(0)));
    assert_eq!(entry(&review, "gone")["why_due"], "second-look");
    assert_eq!(entry(&review, "new")["due"], false);
    assert_eq!(review["ideas"].as_array().unwrap().len(), 3);
    assert_eq!(workspace.json(&["show", "stuck", "--json"])["review"], *stuck);
}

#[test]
fn a_review_for_people_and_as_a_memo() {
    let workspace = TestWorkspace::with(WAITING);
    let text = workspace.ok(&["review"]);
    assert!(text.starts_with("2 ideas need a decision\n"), "{text}");
    assert!(text.contains("promise missed: Stuck (stuck)"), "{text}");
    let memo = workspace.ok(&["review", "--format", "md"]);
    assert!(memo.starts_with("# Review of 2026-03-01\n"), "{memo}");
    assert!(memo.contains("- promise missed on 2026-02-01"), "{memo}");
}

#[test]
fn strict_ends_with_three_as_long_as_a_decision_waits() {
    let workspace = TestWorkspace::with(WAITING);
    assert_eq!(workspace.run(&["review", "--strict"]).code, 3);
    let quiet = TestWorkspace::with("[[idea]]\ntitle = \"New\"\n");
    quiet.ok(&["review", "--strict"]);
}

#[test]
fn a_miss_is_answered_only_by_a_decision() {
    let workspace = TestWorkspace::with(WAITING);
    workspace.ok(&["promise", "stuck", "--by", "2026-06-01", "--claim", "it works"]);
    assert_eq!(entry(&workspace.json(&["review", "--json"]), "stuck")["due"], true);
    workspace.ok(&["log", "--id", "stuck", "3h", "4"]);
    assert_eq!(entry(&workspace.json(&["review", "--json"]), "stuck")["due"], true);
    workspace.ok(&["set", "stuck", "status=parked", "--why", "after the conference"]);
    assert_eq!(entry(&workspace.json(&["review", "--json"]), "stuck")["due"], false);
}

#[test]
fn next_in_lines_in_one_line_and_in_json() {
    let workspace = TestWorkspace::with(WAITING);
    assert_eq!(workspace.ok(&["next", "--line"]), "1 missed\n");
    let next = workspace.json(&["next", "--json"]);
    assert_eq!(next["due"][0]["why"], "promise-missed");
    assert_eq!((&next["inbox"], &next["incomplete"]), (&json!(1), &json!(1)));
    let text = workspace.ok(&["next"]);
    let lines: Vec<&str> = text.lines().collect();
    assert!(
        lines[0].starts_with("  decide    ") && lines[0].contains(": promise missed"),
        "{text}"
    );
    assert!(lines[1].starts_with("  inbox     1 idea to look at"), "{text}");
    assert!(lines[2].starts_with("  forecast  none this week"), "{text}");
    assert_eq!(lines.len(), 3, "{text}");
    let nothing = TestWorkspace::with("");
    assert_eq!(nothing.ok(&["next", "--line"]), "");
    assert_eq!(nothing.ok(&["next"]), "Nothing needs you now.\n");
}

#[test]
fn calibration_counts_and_says_when_there_is_too_little() {
    let workspace = TestWorkspace::with(WAITING);
    let calibration = workspace.json(&["calibration", "--json"]);
    let promises = &calibration["promises"];
    assert_eq!(promises["resolved"], 1);
    assert!((promises["brier"].as_f64().unwrap() - 0.49).abs() < 1e-12);
    assert_eq!(promises["bins"], json!([]));
    assert_eq!(calibration["selection"]["outcomes"]["mattered"], 1);
    assert_eq!(calibration["selection"]["duel_pairs"], 0);
    assert_eq!(calibration["selection"]["ideas"][0]["decided"], "2025-12-01");
    let text = workspace.ok(&["calibration"]);
    assert!(text.contains("too few to judge") && text.contains("given up, and it mattered: Gone"));
    let none = TestWorkspace::with("").json(&["calibration", "--json"]);
    assert_eq!(
        (&none["promises"]["resolved"], &none["promises"]["brier"]),
        (&json!(0), &json!(null))
    );
}

#[test]
fn the_same_seed_gives_the_same_table() {
    let workspace = TestWorkspace::with("");
    let simulate =
        |seed| workspace.json(&["simulate", "stall", "--runs", "40", "--seed", seed, "--json"]);
    let first = simulate("7");
    assert_eq!(first["settings"]["runs"], 40);
    let row = &first["rows"][0];
    assert_eq!((&row["rule"], &row["observations"]), (&json!("prospect"), &json!(5)));
    assert_eq!(first, simulate("7"));
    assert_ne!(first, simulate("8"));
}

/// Eleven promises at 70 %, five of them kept, and a log that rises.
fn promising() -> String {
    let mut text = String::from("[[idea]]\ntitle = \"Rising\"\nstatus = \"active\"\n");
    for week in 0..8 {
        let (day, level) = (1 + 3 * week, 1 + week / 2);
        text += &format!("[[idea.log]]\ndate = 2026-02-{day:02}\nhours = 8\ntraction = {level}\n");
    }
    for i in 0..11 {
        let result = if i < 5 { "kept" } else { "missed" };
        text += &format!(
            "[[idea.promise]]\nset = 2025-01-01\nby = 2025-02-01\nclaim = \"{i}\"\n\
             chance = 0.7\nresult = \"{result}\"\nresolved = 2025-02-01\n"
        );
    }
    text
}

#[test]
fn a_promise_is_told_what_became_of_others_like_it() {
    let workspace = TestWorkspace::with(&promising());
    let promise = ["promise", "rising", "--by", "2026-05-01", "--traction", "5"];
    let ran = workspace.run(&[&promise[..], &["--chance", "0.7"]].concat());
    assert_eq!(ran.stdout, "Promise of \"Rising\": by 2026-05-01: level 5 or more (70 % sure)\n");
    let mut lines = ran.stderr.lines();
    assert_eq!(lines.next(), Some("of your 70 % promises, 45 % were kept (5 of 11)"));
    let forecast = lines.next().unwrap();
    assert!(forecast.starts_with("the log gives ") && forecast.ends_with(" more hours"));
    let few = TestWorkspace::with(WAITING);
    let claim = ["--claim", "it works", "--chance", "0.6"];
    let ran = few.run(&[&["promise", "stuck", "--by", "2026-06-01"][..], &claim].concat());
    assert_eq!(ran.stderr, "1 of 10 promises resolved: too few to judge\n");
}

/// Real logs in small: some that rise, some that stop.
fn histories() -> (String, String) {
    let (mut ideas, mut labels) = (String::new(), String::from("id,label,until\n"));
    for i in 0..6 {
        ideas += &format!("[[idea]]\nid = \"p{i}\"\ntitle = \"Project {i}\"\n");
        for week in 0..10 {
            let level = if i < 3 { week } else { week.min(3) };
            ideas += &format!(
                "[[idea.log]]\ndate = 2025-01-{:02}\nhours = 9\ntraction = {level}\n",
                1 + 3 * week
            );
        }
        labels += &format!("p{i},{},\n", if i < 3 { "shipped" } else { "dropped" });
    }
    ideas += "[[idea]]\nid = \"short\"\ntitle = \"Short\"\n";
    labels += "short,dropped,2025-06-01\n";
    (ideas, labels)
}

#[test]
fn rules_are_compared_on_real_logs_whose_end_is_known() {
    let (ideas, labels) = histories();
    let workspace = TestWorkspace::with(&ideas);
    let file = workspace.path("labels.csv");
    std::fs::write(&file, &labels).unwrap();
    let file = file.to_str().unwrap();
    let call = ["simulate", "labelled", "--labels", file, "--healthy", "shipped"];
    let result = workspace.json(&[&call[..], &["--stalled", "dropped", "--json"]].concat());
    assert_eq!(result["settings"]["healthy"], 3);
    assert_eq!(result["settings"]["left_out"], 1);
    let own = &result["rows"][0];
    assert_eq!((&own["rule"], &own["n"]), (&json!("prospect"), &json!(3)));
    assert_eq!((&own["auroc"], &own["standard_error"]), (&json!(1.0), &json!(0.0)));
    let text = workspace.ok(&[&call[..], &["--stalled", "dropped"]].concat());
    assert!(text.contains("dropped (3)") && text.contains("1.00 ± 0.00"), "{text}");
    let none = workspace.run(&[&call[..], &["--stalled", "droped"]].concat());
    assert_eq!(none.code, 2);
    assert!(none.stderr.contains("no log of droped can be judged"), "{}", none.stderr);
    std::fs::write(file, labels + "p9,dropped,\n").unwrap();
    let unknown = workspace.run(&[&call[..], &["--stalled", "dropped"]].concat());
    assert_eq!(unknown.code, 2);
    assert!(
        unknown.stderr.contains("labels.csv:9:1: there is no idea \"p9\""),
        "{}",
        unknown.stderr
    );
}

#[test]
fn time_spent_on_choosing_stands_beside_the_time_logged() {
    let workspace = TestWorkspace::with(WAITING);
    workspace.ok(&["log", "--id", "stuck", "3h"]);
    let time = |workspace: &TestWorkspace| workspace.json(&["review", "--json"])["time"].clone();
    assert_eq!(
        (&time(&workspace)["choosing"], &time(&workspace)["logged"]),
        (&json!(0.0), &json!(3.0))
    );
    let state = workspace.path(".local/state/prospect");
    let mut own = std::fs::read_dir(&state).unwrap().map(|entry| entry.unwrap().path());
    let own = own.find(|path| path.join("journal.jsonl").exists()).unwrap();
    let log = "2026-02-28 triage 1800\n2026-03-01 duel 1800\ntorn 2026-03-02 duel 1800\n";
    std::fs::write(own.join("choosing.log"), log).unwrap();
    assert_eq!(time(&workspace)["choosing"], 1.0);
    assert_eq!(time(&workspace)["by_screen"]["triage"], 0.5);
    assert_eq!(workspace.json(&["calibration", "--json"])["time"], time(&workspace));
    let said = "Choosing took 1.0 h of the last 30 days, the work 3.0 h.";
    for answer in [workspace.ok(&["review"]), workspace.ok(&["review", "--format", "md"])] {
        assert!(answer.replace("\n  ", " ").contains(said), "{answer}");
    }
    let before = std::fs::read(own.join("choosing.log")).unwrap();
    workspace.ok(&["--keys", "g4jkjk", "--print"]);
    assert_eq!(std::fs::read(own.join("choosing.log")).unwrap(), before, "no clock, no time");
}

#[test]
fn every_decision_keeps_the_score_of_its_day() {
    let workspace = TestWorkspace::with(TWO);
    workspace.ok(&["set", "narrow", "status=active", "--why", "cheap to try"]);
    let text = workspace.text();
    assert!(text.contains("why = \"cheap to try\"\nscore = 40.6\n"), "{text}");
    let shown = workspace.json(&["show", "narrow", "--json"]);
    assert_eq!(shown["decision"][0]["score"], 40.6, "{shown}");
    // Nothing rated: no score, and none is invented.
    workspace.ok(&["add", "Blank"]);
    workspace.ok(&["set", "blank", "status=parked", "--why", "later"]);
    let shown = workspace.json(&["show", "blank", "--json"]);
    assert!(shown["decision"][0].get("score").is_none(), "{shown}");
}

#[test]
fn next_says_when_hours_go_against_the_rank() {
    let rated = |id: &str, answer: u8, status: &str| {
        format!(
            "[[idea]]\nid = \"{id}\"\ntitle = \"{id}\"\nstatus = \"{status}\"\n[idea.ratings]\n\
             simplicity = {answer}\ngenerality = {answer}\nlongevity = {answer}\n\
             headroom = {answer}\nstrategy = {answer}\n"
        )
    };
    let ideas = [("best", 10), ("good", 9), ("fair", 8)].map(|(id, x)| rated(id, x, "shortlist"));
    let log = "[[idea.log]]\ndate = 2026-02-20\nhours = 14\n";
    let text = format!("{}{}{log}", ideas.concat(), rated("low", 2, "active"));
    let workspace = TestWorkspace::with(&text);
    let attention = &workspace.json(&["next", "--json"])["attention"];
    let expected = json!({
        "share": 1.0, "id": "low", "rank": 4, "of": 4, "neglected": ["best", "good", "fair"],
    });
    assert_eq!(attention, &expected);
    let next = workspace.ok(&["next"]);
    let words: Vec<&str> = next.split_whitespace().collect();
    let said = "hours 100 % of your last 30 days went to #4 of 4; #1, #2 and #3 got none";
    assert!(words.join(" ").contains(said), "{next}");
    let report = workspace.ok(&["report", "-o", "-", "--format", "md"]).replace("\\#", "#");
    assert!(report.contains(said.trim_start_matches("hours ")), "{report}");
    let screen = workspace.ok(&["--keys", "g1", "--print", "--size", "100x24"]);
    let notice = "! 100 % of your last 30 days went to #4 of 4; #1, #2 and #3 got none. g4 answers";
    assert!(screen.contains(notice), "{screen}");
    assert_eq!(workspace.run(&["review", "--strict"]).code, 3);
    let typed = workspace.ok(&["--keys", "/low<enter>L2h<enter>", "--print"]);
    assert!(typed.contains("✓ Logged; 100 % of your last 30 days went to #4 of 4"), "{typed}");
    workspace.ok(&["undo"]);
    // The first entry of a week says it too, the second one does not.
    let said = "went to #4 of 4; #1, #2 and #3 got none.\n";
    assert!(workspace.ok(&["log", "--id", "low", "3h"]).ends_with(said));
    assert!(!workspace.ok(&["log", "--id", "low", "1h"]).contains("got none"));
    workspace.ok(&[
        "set",
        "low",
        "status=active",
        "rechecked=2026-03-01",
        "--why",
        "one more week",
    ]);
    assert_eq!(workspace.json(&["show", "low", "--json"])["rechecked"], "2026-03-01");
    workspace.ok(&["set", "low", "status=shortlist"]);
    let started = workspace.run(&["set", "low", "status=active", "--why", "it is fun"]);
    let said = "probably better and not started: \"best\" (#1), \"good\" (#2), \"fair\" (#3)";
    assert!(started.code == 0 && started.stderr.contains(said), "{}", started.stderr);
    assert_eq!(workspace.json(&["next", "--json"])["attention"], Value::Null);
}

#[test]
fn goals_speak_in_the_review_and_the_report() {
    let workspace = TestWorkspace::with(TWO);
    let settings = workspace.ideas_file().with_file_name("prospect.toml");
    let goals = "[[goal]]\ntext = \"Ship the replay paper\"\nby = 2026-03-31\nhours_per_week = 12\n\
                 outputs = [\"paper\", \"talk\"]\ntags = [\"vision\"]\nnot_for = \"citations\"\n";
    std::fs::write(&settings, goals).unwrap();
    let ideas = workspace.text().replacen(
        "tags = [\"vision\"]",
        "tags = [\"vision\"]\nstatus = \"active\"\nlog = [{ date = 2026-02-27, hours = 5, \
         output = \"talk: seminar\" }]",
        1,
    );
    std::fs::write(workspace.ideas_file(), ideas.replace("shortlist", "active")).unwrap();
    let review = workspace.ok(&["review"]);
    let said = "Ship the replay paper: 12 h a week meant, 5 went in; 1 of 2 outputs; 1 active idea; \
                by 2026-03-31; not for citations";
    let flat = review.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(flat.contains(said), "{review}");
    assert!(flat.contains("active and serving no goal: An open question"), "{review}");
    let json = workspace.json(&["review", "--json"]);
    assert_eq!(json["goals"][0]["hours"], 5.0);
    assert_eq!(json["goals"][0]["outputs"][0]["made"], 0);
    assert_eq!(json["serving_no_goal"][0], "open-question");
    workspace.ok(&["report", "-o", "report.md"]);
    let report = std::fs::read_to_string(workspace.path("report.md")).unwrap();
    assert!(report.contains("## Goals"), "{report}");
    // Goals are soft: nothing counts them.
    let counted = |workspace: &TestWorkspace| {
        (workspace.run(&["review", "--strict"]).code, workspace.ok(&["next", "--line"]))
    };
    let with_goals = counted(&workspace);
    std::fs::remove_file(&settings).unwrap();
    assert_eq!(counted(&workspace), with_goals);
    let next = workspace.ok(&["next"]);
    let asks = "  forecast  none this week: what will this week's run show?\n";
    assert!(next.ends_with(asks), "{next}");
    workspace.ok(&["forecast", "it works", "70", "--id", "narrow"]);
    let next = workspace.ok(&["next"]);
    assert!(!next.contains("forecast"), "{next}");
    workspace.ok(&["forecast", "it ends", "70", "--by", "2026-03-01", "--id", "narrow"]);
    let due = workspace.ok(&["next"]);
    assert!(due.starts_with("  due       1 forecast "), "{due}");
}

#[test]
fn a_fault_in_a_goal_is_named_and_stops_nothing() {
    let workspace = TestWorkspace::with(TWO);
    let settings = workspace.ideas_file().with_file_name("prospect.toml");
    std::fs::write(&settings, "[[goal]]\ntxt = \"x\"\n").unwrap();
    workspace.ok(&["review"]);
    let check = workspace.run(&["check"]);
    assert!(
        check.stderr.contains("goal.txt") || check.stdout.contains("goal.txt"),
        "{}",
        check.stdout
    );
}
