//! The ranking and single ideas: tables, JSON, CSV, Markdown.

use std::path::{Path, PathBuf};

use serde_json::json;

use crate::support::{TWO, TestWorkspace};

#[test]
fn the_json_of_the_ranking_is_pinned() {
    let workspace = TestWorkspace::with(TWO);
    let ranking = workspace.json(&["rank", "--json"]);
    assert_eq!(ranking["as_of"], "2026-03-01");
    assert_eq!(ranking["broken"], json!([]));
    let narrow = &ranking["ideas"][0];
    let keys = [
        "rank",
        "id",
        "title",
        "status",
        "complete",
        "score",
        "low",
        "high",
        "strategy",
        "bet",
        "contributions",
        "missing",
        "flags",
    ];
    for key in keys {
        assert!(narrow.get(key).is_some(), "{key}");
    }
    assert_eq!(narrow["rank"], 1);
    assert_eq!(narrow["id"], "narrow");
    assert_eq!(narrow["complete"], true);
    assert_eq!(narrow["bet"], json!(null));
    assert_eq!(narrow["strategy"], 8.0);
    let score = narrow["score"].as_f64().unwrap();
    assert!((score - 40.575).abs() < 1e-9);
    let contributions = narrow["contributions"].as_object().unwrap();
    let names: Vec<&str> = contributions.keys().map(String::as_str).collect();
    let pinned = [
        "simplicity",
        "generality",
        "longevity",
        "headroom",
        "strategy",
        "headroom_cap",
        "strategy_cap",
    ];
    assert_eq!(names, pinned);
    let sum: f64 = contributions.values().map(|part| part.as_f64().unwrap()).sum();
    assert!((sum - score).abs() < 1e-9);
    let open = &ranking["ideas"][1];
    assert_eq!(open["rank"], 2);
    assert_eq!(open["bet"], "hot");
    assert_eq!(open["missing"], json!(["simplicity", "generality", "longevity", "strategy"]));
    assert_eq!(open["flags"], json!(["no-edge", "incomplete"]));
    assert_eq!(workspace.ok(&["rank", "--json"]), workspace.ok(&["rank", "--format", "json"]));
}

#[test]
fn an_idea_with_nothing_rated_comes_last_without_numbers() {
    let workspace = TestWorkspace::with("[[idea]]\ntitle = \"A\"\n");
    std::fs::write(workspace.file("more.toml"), TWO).unwrap();
    let ranking = workspace.json(&["rank", "--json"]);
    let unrated = &ranking["ideas"][2];
    assert_eq!(unrated["id"], "a");
    for key in ["rank", "score", "low", "high", "contributions"] {
        assert_eq!(unrated[key], json!(null), "{key}");
    }
}

#[test]
fn the_set_is_chosen_by_status_and_tag_and_cut_at_the_top() {
    let workspace = TestWorkspace::with(&format!(
        "{TWO}\n[[idea]]\ntitle = \"Gone\"\nstatus = \"abandoned\"\n"
    ));
    let ids = |arguments: &[&str]| -> Vec<String> {
        let ranking = workspace.json(&[&["rank", "--json"], arguments].concat());
        let ideas = ranking["ideas"].as_array().unwrap();
        ideas.iter().map(|idea| idea["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&[]), ["narrow", "open-question"]);
    assert_eq!(ids(&["--status", "all"]), ["narrow", "open-question", "gone"]);
    assert_eq!(ids(&["--status", "abandoned"]), ["gone"]);
    assert_eq!(ids(&["--status", "inbox", "--status", "abandoned"]), ["narrow", "gone"]);
    assert_eq!(ids(&["--tag", "vision"]), ["narrow"]);
    assert_eq!(ids(&["--top", "1"]), ["narrow"]);
    assert!(workspace.ok(&["rank", "--tag", "nothing"]).contains("no idea matches"));
}

#[test]
fn the_table_is_aligned_and_fits() {
    let workspace = TestWorkspace::with(&format!(
        "{TWO}\n[[idea]]\nid = \"wide\"\ntitle = \"{}\"\n[[idea]]\nid = \"日本語\"\ntitle = \"日本語の研究\"\n",
        "A very long title ".repeat(8)
    ));
    let table = workspace.ok(&["rank"]);
    let expected = [
        " #  score  range  status     id             idea",
        " 1   40.6         inbox      narrow         A narrow topic, well done",
        "── an answer is missing",
        " 2  ~43.2  15–71  shortlist  open-question  An open question",
        "── nothing rated yet",
        "        –         inbox      wide           A very long title A very long title…",
        "        –         inbox      日本語         日本語の研究",
    ];
    assert_eq!(table.lines().collect::<Vec<_>>(), expected);
    let why = workspace.ok(&["rank", "--why", "--top", "1"]);
    let why: Vec<&str> = why.lines().skip(2).collect();
    let expected = [
        "    simplicity 13.5 + generality 16 + longevity 16 + headroom 5 + strategy 16 =",
        "    66.5; headroom 2/10 caps at 36 → −25.9 = 40.6",
    ];
    assert_eq!(why, expected);
    for line in workspace.ok(&["rank", "--why"]).lines() {
        assert!(prospect::text::width(line) <= 80, "{line}");
    }
}

#[test]
fn colours_are_for_terminals_or_on_request() {
    let workspace = TestWorkspace::with(TWO);
    assert!(!workspace.ok(&["rank"]).contains('\u{1b}'));
    assert!(workspace.ok(&["rank", "--color", "always"]).contains('\u{1b}'));
    assert!(!workspace.ok(&["--color", "never", "rank"]).contains('\u{1b}'));
}

#[test]
fn nothing_in_a_title_is_obeyed() {
    let title = r#""=cmd()\u001b[31m\u0007\u009b2J | \u202e`x`""#;
    let workspace = TestWorkspace::with(&format!("[[idea]]\nid = \"x\\u001b\"\ntitle = {title}\n"));
    let dangerous = |c: char| (c.is_control() && c != '\n') || c == '\u{202e}';
    for format in ["table", "json", "csv", "md"] {
        let text = workspace.ok(&["rank", "--format", format]);
        assert!(!text.contains(dangerous), "{format}: {text:?}");
    }
    let shown = workspace.ok(&["show", "x\u{1b}"]);
    assert!(!shown.contains(dangerous), "{shown:?}");
    assert!(workspace.ok(&["rank", "--format", "csv"]).contains(",'=cmd()"));
    assert!(workspace.ok(&["rank", "--format", "md"]).contains(r"\| �\`x\`"));
    let json = workspace.json(&["rank", "--json"]);
    assert_eq!(json["ideas"][0]["title"], "=cmd()\u{1b}[31m\u{7}\u{9b}2J | \u{202e}`x`");
}

#[test]
fn csv_has_a_line_for_each_idea() {
    let text = TestWorkspace::with(TWO).ok(&["rank", "--format", "csv"]);
    let mut reader = csv::Reader::from_reader(text.as_bytes());
    let header = reader.headers().unwrap().clone();
    let column = |name: &str| header.iter().position(|title| title == name).unwrap();
    let rows: Vec<csv::StringRecord> = reader.records().map(Result::unwrap).collect();
    assert_eq!(rows.len(), 2);
    assert_eq!(&rows[0][column("title")], "A narrow topic, well done");
    assert_eq!(&rows[0][column("simplicity_points")], "13.5");
    assert_eq!(&rows[1][column("flags")], "no-edge incomplete");
}

#[test]
fn an_idea_is_shown_whole() {
    let workspace = TestWorkspace::with(TWO);
    workspace.ok(&["log", "--id", "narrow", "3h", "6", "first task works"]);
    workspace.ok(&["log", "--id", "narrow", "--date", "2026-04-01", "not yet"]);
    workspace.ok(&[
        "promise",
        "narrow",
        "--by",
        "2026-05-01",
        "--claim",
        "it holds",
        "--chance",
        "0.6",
    ]);
    workspace.ok(&["set", "narrow", "status=active", "--why", "cheap", "case.pitch=One sentence."]);
    let text = workspace.ok(&["show", "narrow"]);
    for expected in [
        "A narrow topic, well done\nnarrow · active · tags vision\n",
        "Score 40.6, rank 1 of 2\n  simplicity 13.5 + generality 16",
        "  headroom    2        a point on a full benchmark",
        "Log, 3 h\n  2026-03-01  3 h     traction 6    first task works\n",
        "Traction: can't tell yet\n  · too little to judge",
        "Promises\n  pending  by 2026-05-01: it holds (60 % sure)\n",
        "Decisions\n  2026-03-01  inbox → active: cheap\n",
        "Case\n  pitch   One sentence.\n",
    ] {
        assert!(text.contains(expected), "{expected} in {text}");
    }
    assert!(!text.contains("not yet"), "what is dated later is not known yet: {text}");
    let json = workspace.json(&["show", "narrow", "--json"]);
    assert_eq!(json["ratings"]["headroom"], 2.0);
    assert_eq!(json["log"][0]["note"], "first task works");
    assert_eq!(json["promise"][0]["by"], "2026-05-01");
    assert_eq!(json["decision"][0]["to"], "active");
    let ranking = workspace.json(&["rank", "--status", "all", "--json"]);
    assert_eq!(json["rank"], ranking["ideas"][0]);
}

#[test]
fn broken_ideas_are_listed_and_the_others_ranked() {
    let broken = TWO.replace("headroom = 2", "headroom = 12\nlongevity = \"much\"");
    let broken = broken.replace("longevity = 8\n", "");
    let workspace = TestWorkspace::with(&broken);
    let ran = workspace.run(&["rank", "--json"]);
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    assert!(ran.stderr.contains("headroom = 12") && ran.stderr.contains("^^"), "{}", ran.stderr);
    let ranking: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
    assert_eq!(ranking["ideas"][0]["id"], "open-question");
    let places: Vec<_> = ranking["broken"]
        .as_array()
        .unwrap()
        .iter()
        .map(|place| (place["line"].as_u64().unwrap(), place["column"].as_u64().unwrap()))
        .collect();
    assert_eq!(places, [(10, 12), (11, 13)]);
    assert_eq!(workspace.run(&["show", "narrow"]).code, 2);
    assert_eq!(workspace.run(&["show", "open-question"]).code, 0);
    assert_eq!(workspace.run(&["set", "narrow", "title=New"]).code, 2);
    assert_eq!(workspace.text(), broken);
    let only = TestWorkspace::with("[[idea]]\nstatus = \"inbox\"\n");
    let ran = only.run(&["rank"]);
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("ideas.toml:1:"), "{}", ran.stderr);
}

#[test]
fn a_closed_pipe_is_no_failure() {
    let ideas: String = (0..5000).map(|i| format!("[[idea]]\ntitle = \"Idea {i}\"\n")).collect();
    let workspace = TestWorkspace::with(&ideas);
    let mut command = workspace.std_command();
    command.arg("rank").stdout(std::process::Stdio::piped()).stderr(std::process::Stdio::piped());
    let mut child = command.spawn().unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8(output.stderr).unwrap(), "");
}

/// Real backlogs, where they are at hand.
#[test]
fn real_backlogs_are_ranked_completely() {
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("../shared/data");
    for (name, ideas) in [("openastronomy", 147), ("samsquire", 1117), ("rust-goals", 50)] {
        let path: PathBuf = data.join(name);
        if !path.exists() {
            eprintln!("skipped: {} is not there", path.display());
            continue;
        }
        let path = path.display().to_string();
        let ran = TestWorkspace::empty().run(&["rank", "--status", "all", "--json", &path]);
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{name}");
        let ranking: serde_json::Value = serde_json::from_str(&ran.stdout).unwrap();
        assert_eq!(ranking["ideas"].as_array().unwrap().len(), ideas, "{name}");
    }
}

#[test]
fn the_set_is_chosen_by_a_search_typed_or_saved() {
    let workspace = TestWorkspace::with(&format!(
        "{TWO}\n[[idea]]\ntitle = \"Gone\"\nstatus = \"abandoned\"\n"
    ));
    let settings = workspace.file("prospect.toml");
    std::fs::write(&settings, "[filters]\nmine = \"tag:vision\"\nbad = \"tag:\"\n").unwrap();
    let ids = |arguments: &[&str]| -> Vec<String> {
        let ranking = workspace.json(&[&["rank", "--json"], arguments].concat());
        let ideas = ranking["ideas"].as_array().unwrap();
        ideas.iter().map(|idea| idea["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&["--filter", "@mine"]), ["narrow"]);
    assert_eq!(ids(&["--filter", "gone"]), ["gone"], "of every status, as in the workbench");
    assert_eq!(ids(&["--filter", "gone", "--status", "inbox"]), [""; 0]);
    assert_eq!(ids(&["--filter", "flag:no-edge bet:hot"]), ["open-question"]);
    assert_eq!(ids(&["--filter", "status:aband status:inb"]), ["narrow", "gone"]);
    let refused = |search: &str| {
        let ran = workspace.run(&["rank", "--filter", search]);
        assert_eq!(ran.code, 2, "{search}");
        ran.stderr
    };
    assert!(refused("@yours").contains("no filter is saved as \"@yours\"; there are @mine"));
    let unknown = "there is no status \"actve\"; did you mean \"active\"?";
    assert!(refused("status:actve").contains(unknown));
    let check = workspace.run(&["check"]);
    assert_eq!(check.code, 2);
    let stands = ["prospect.toml:3:8", "filters.bad: nothing stands behind tag:"];
    assert!(stands.iter().all(|text| check.stdout.contains(text)), "{}", check.stdout);
    let config = workspace.run(&["config"]);
    assert_eq!(config.code, 2);
    assert!(config.stdout.contains("mine = \"tag:vision\""), "{}", config.stdout);
}

#[test]
fn ideas_that_say_the_same_are_flagged_and_near_ones_offered() {
    let workspace = TestWorkspace::with(
        "[[idea]]\nid = \"fresh\"\ntitle = \"Agents that read the logs of failed runs\"\n\n\
         [[idea]]\nid = \"twin\"\ntitle = \"Read logs of failed runs with agents\"\n\n\
         [[idea]]\nid = \"dropped\"\ntitle = \"Read the logs of failed runs by agents\"\n\
         status = \"abandoned\"\n[[idea.decision]]\ndate = 2025-01-02\nfrom = \"inbox\"\n\
         to = \"abandoned\"\nwhy = \"others have it\"\n\n\
         [[idea]]\nid = \"near\"\ntitle = \"Telescopes that read their own logs at night\"\n\n\
         [[idea]]\nid = \"far\"\ntitle = \"Bread with less salt\"\n",
    );
    let ranked = workspace.json(&["rank", "--json"]);
    let is_flagged = |idea: &serde_json::Value| {
        idea["flags"].as_array().unwrap().iter().any(|flag| flag == "duplicate")
    };
    let ideas = ranked["ideas"].as_array().unwrap();
    let flagged: Vec<&str> = ideas
        .iter()
        .filter(|idea| is_flagged(idea))
        .filter_map(|idea| idea["id"].as_str())
        .collect();
    assert_eq!(flagged, ["fresh", "twin"], "{ranked}");
    let found = workspace.ok(&["rank", "--filter", "flag:duplicate"]);
    assert!(found.contains("fresh") && !found.contains("far"), "{found}");
    assert!(is_flagged(&workspace.json(&["show", "twin", "--json"])["rank"]));
    let shown = workspace.ok(&["show", "fresh"]).replace("\n  ", " ");
    let same = "Same as \"Read the logs of failed runs by agents\" (dropped: others have it)?";
    assert!(shown.contains(same), "{shown}");
    let near = workspace.ok(&["show", "near"]);
    assert!(near.contains("Perhaps like \"") && near.contains("logs"), "{near}");
    let far = workspace.json(&["show", "far", "--json"]);
    assert_eq!(far["similar"], serde_json::json!([]));
    let checked = workspace.json(&["check", "--strict", "--json"]);
    assert_eq!(checked["duplicates"], serde_json::json!(["fresh", "twin"]));
    let screen = workspace.ok(&["--keys", "/fresh<bs><bs><bs><bs><bs>agents<enter>", "--print"]);
    assert!(screen.contains("duplicate"), "{screen}");
}
