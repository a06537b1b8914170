//! `duel`, `pair`, `duels`, `taste`, `simulate duels`, `rank --by`.

use crate::support::TestWorkspace;

/// Ideas of falling quality by id, all on the shortlist.
fn shortlist(count: usize) -> String {
    let idea = |i: usize| {
        let id = char::from(b'a' + u8::try_from(i).unwrap());
        format!(
            "[[idea]]\nid = \"{id}\"\ntitle = \"Idea {id}\"\nstatus = \"shortlist\"\n\
             [idea.ratings]\nsimplicity = 5\ngenerality = 5\nlongevity = 5\nheadroom = {}\n\
             strategy = 5\n\n",
            9 - i
        )
    };
    (0..count).map(idea).collect()
}

fn answer(workspace: &TestWorkspace, left: &str, right: &str, winner: &str) {
    workspace.ok(&["duel", left, right, "--winner", winner]);
}

#[test]
fn an_answer_is_recorded_and_taken_back() {
    let workspace = TestWorkspace::with(&shortlist(3));
    assert_eq!(workspace.ok(&["duel", "a", "b", "--winner", "right"]), "b over a\n");
    let log = std::fs::read_to_string(workspace.file("duels.toml")).unwrap();
    assert!(log.contains("at = 2026-03-01T") && log.contains("winner = \"right\""), "{log}");
    assert_eq!(workspace.json(&["duels", "--json"])["duels"], 1);
    let later = "[[duel]]\nid = \"9\"\nat = 2026-03-02T10:00:00Z\nby = \"ana\"\nleft = \"a\"\n\
                 right = \"c\"\nwinner = \"tie\"\n";
    std::fs::write(workspace.file("duels.toml"), log + later).unwrap();
    assert_eq!(workspace.json(&["duels", "--json"])["duels"], 1, "tomorrow's does not count yet");
    assert_eq!(workspace.json(&["duels", "--by", "nobody", "--json"])["duels"], 0);
    assert_eq!(workspace.ok(&["undo"]), "Undone: b over a\n");
    assert_eq!(workspace.json(&["duels", "--json"])["duels"], 0);
    workspace.ok(&["redo"]);
    assert_eq!(workspace.json(&["duels", "--json"])["duels"], 1);
}

#[test]
fn wrong_answers_are_refused() {
    let workspace = TestWorkspace::with(&shortlist(3));
    for arguments in [
        &["duel", "a", "b"][..],
        &["duel", "a", "b", "--winner", "both"],
        &["duel", "a", "a", "--winner", "tie"],
        &["duel", "a", "nobody", "--winner", "left"],
    ] {
        assert_eq!(workspace.run(arguments).code, 2, "{arguments:?}");
    }
    assert!(!workspace.file("duels.toml").exists());
}

#[test]
fn the_pair_names_two_of_the_pool_and_says_why() {
    let workspace = TestWorkspace::with(&shortlist(4));
    let pair = workspace.json(&["pair", "--json"]);
    assert_ne!(pair["left"], pair["right"]);
    assert!(pair["reason"].as_str().is_some_and(|reason| !reason.is_empty()), "{pair}");
    assert_eq!(workspace.json(&["pair", "--json"]), pair, "the same duels give the same pair");
    answer(&workspace, pair["left"].as_str().unwrap(), pair["right"].as_str().unwrap(), "tie");
    let next = workspace.json(&["pair", "--json"]);
    let sides = |pair: &serde_json::Value| {
        let mut sides = [pair["left"].clone(), pair["right"].clone()];
        sides.sort_by_key(ToString::to_string);
        sides
    };
    assert_ne!(sides(&pair), sides(&next), "no pair is asked twice");
    let alone = workspace.json(&["pair", "--status", "done", "--json"]);
    assert!(alone["left"].is_null() && alone["reason"].is_null(), "{alone}");
    assert!(workspace.ok(&["pair"]).contains("Which would you rather work on?"));
}

#[test]
fn every_pair_is_asked_once_and_then_it_says_so() {
    let workspace = TestWorkspace::with(&shortlist(4));
    let mut asked = Vec::new();
    loop {
        let pair = workspace.json(&["pair", "--json"]);
        let Some((left, right)) = pair["left"].as_str().zip(pair["right"].as_str()) else { break };
        let mut sides = [left.to_owned(), right.to_owned()];
        answer(&workspace, left, right, "tie");
        sides.sort();
        assert!(!asked.contains(&sides), "{asked:?} {sides:?}");
        asked.push(sides);
    }
    assert_eq!(asked.len(), 6);
    assert!(workspace.ok(&["pair"]).starts_with("All 6 pairs have been answered"));
    let duels = workspace.json(&["duels", "--json"]);
    assert_eq!((&duels["state"], &duels["pairs_left"]), (&"all-equal".into(), &0.into()));
    let strengths = duels["ideas"].as_array().unwrap().iter();
    let sum: f64 = strengths.map(|idea| idea["strength"].as_f64().unwrap()).sum();
    assert!(sum.abs() < 1e-9, "strengths are relative to the mean of the pool: {sum}");
}

#[test]
fn the_pool_is_limited_by_the_search_of_the_workbench() {
    let ideas = shortlist(5)
        .replace("title = \"Idea a\"", "title = \"Idea a\"\ntags = [\"data\"]")
        .replace("title = \"Idea c\"", "title = \"Smäll models\"\ntags = [\"data\", \"x\"]")
        .replace("id = \"e\"\ntitle = \"Idea e\"\nstatus = \"shortlist\"", "title = \"e\"");
    let workspace = TestWorkspace::with(&ideas);
    let ids = |arguments: &[&str]| -> Vec<String> {
        let standings = workspace.json(&[&["duels", "--json"], arguments].concat());
        let ideas = standings["ideas"].as_array().unwrap();
        let mut ids: Vec<_> = ideas.iter().map(|idea| idea["id"].as_str().unwrap()).collect();
        ids.sort_unstable();
        ids.into_iter().map(str::to_owned).collect()
    };
    assert_eq!(ids(&[]), ["a", "b", "c", "d"]);
    assert_eq!(ids(&["--filter", "tag:data"]), ["a", "c"]);
    assert_eq!(ids(&["--filter", "small"]), ["c"]);
    assert_eq!(ids(&["--filter", "tag:data", "--tag", "x"]), ["c"]);
    assert_eq!(ids(&["--filter", "status:inbox"]), ids(&["--status", "inbox"]));
    let pair = workspace.json(&["pair", "--filter", "tag:data", "--json"]);
    let mut sides = [pair["left"].as_str().unwrap(), pair["right"].as_str().unwrap()];
    sides.sort_unstable();
    assert_eq!(sides, ["a", "c"]);
}

#[test]
fn what_is_settled_has_the_pinned_keys() {
    let workspace = TestWorkspace::with(&shortlist(5));
    for (left, right) in [("e", "d"), ("d", "c"), ("c", "e"), ("e", "a"), ("e", "b")] {
        answer(&workspace, left, right, "left");
    }
    let duels = workspace.json(&["duels", "--json"]);
    assert_eq!((&duels["k"], &duels["duels"]), (&3.into(), &5.into()));
    let overlap = duels["expected_overlap"].as_f64().unwrap();
    assert!((0.0..=1.0).contains(&overlap));
    assert!(duels["p_set"].as_f64().unwrap() <= overlap + 1e-9);
    assert!(duels["tie_parameter"].as_f64().unwrap() > 0.0);
    let ideas = duels["ideas"].as_array().unwrap();
    assert_eq!(ideas.len(), 5);
    let total: f64 = ideas.iter().map(|idea| idea["p_top_k"].as_f64().unwrap()).sum();
    assert!((total - 3.0).abs() < 1e-6, "{total}");
    assert!(ideas.iter().all(|idea| idea["sd"].as_f64().unwrap() > 0.0));
    let cycle = duels["cycles"][0].as_array().unwrap();
    assert_eq!(cycle.len(), 3, "{duels}");
    assert!(workspace.ok(&["duels"]).contains("Answers in a circle"));
}

#[test]
fn a_merged_idea_keeps_its_duels_and_has_none_with_itself() {
    let ideas = shortlist(3).replace("id = \"a\"\n", "id = \"a\"\naliases = [\"old\", \"b2\"]\n");
    let workspace = TestWorkspace::with(&ideas);
    let entry = |id: &str, left: &str, right: &str| {
        format!(
            "[[duel]]\nid = \"{id}\"\nat = 2026-02-01T10:00:00Z\nby = \"ana\"\n\
             left = \"{left}\"\nright = \"{right}\"\nwinner = \"left\"\n"
        )
    };
    let log = entry("1", "old", "b") + &entry("2", "old", "b2") + &entry("3", "gone", "a");
    std::fs::write(workspace.file("duels.toml"), log).unwrap();
    assert_eq!(workspace.json(&["duels", "--json"])["duels"], 1);
}

#[test]
fn taste_says_when_there_is_not_enough() {
    let workspace = TestWorkspace::with(&shortlist(4));
    answer(&workspace, "d", "a", "left");
    let taste = workspace.json(&["taste", "--json"]);
    assert_eq!(taste["duels"], 1);
    for of in ["stated", "revealed"] {
        let weight = |criterion: &str| match of {
            "stated" => taste[of][criterion].as_f64().unwrap(),
            _ => taste[of][criterion]["mean"].as_f64().unwrap(),
        };
        let names = ["simplicity", "generality", "longevity", "headroom", "strategy"];
        let total: f64 = names.iter().map(|name| weight(name)).sum();
        assert!((total - 1.0).abs() < 1e-6, "{of} {total}");
    }
    let first = &taste["disagreements"][0];
    assert_eq!((&first["rank_by_score"], &first["rank_by_duels"]), (&1.into(), &2.into()));
    assert!(workspace.ok(&["taste"]).contains("Too few answers yet"));
}

#[test]
fn the_ranking_goes_by_duels_on_request_only() {
    let workspace = TestWorkspace::with(&shortlist(3));
    answer(&workspace, "c", "a", "left");
    answer(&workspace, "c", "a", "left");
    let ids = |arguments: &[&str]| -> Vec<String> {
        let ranking = workspace.json(&[&["rank", "--json"], arguments].concat());
        let ideas = ranking["ideas"].as_array().unwrap();
        ideas.iter().map(|idea| idea["id"].as_str().unwrap().to_owned()).collect()
    };
    assert_eq!(ids(&[]), ["a", "b", "c"]);
    assert_eq!(ids(&["--by", "rubric"]), ids(&[]));
    assert_eq!(ids(&["--by", "pull"]), ["c", "a", "b"], "b has no duel");
    assert_eq!(ids(&["--by", "joined"])[0], "c");
    let pull = workspace.json(&["rank", "--by", "pull", "--json"]);
    let rubric = workspace.json(&["rank", "--json"]);
    assert_eq!(pull["ideas"][0]["score"], rubric["ideas"][2]["score"]);
    assert_eq!(pull["ideas"][0]["rank"], 1);
    assert!(pull["ideas"][2]["rank"].is_null());
}

#[test]
fn the_simulation_reports_every_method() {
    let workspace = TestWorkspace::empty();
    let small = [
        "simulate", "duels", "--ideas", "6", "--duels", "8", "--top", "2", "--runs", "3", "--json",
    ];
    let simulation = workspace.json(&small);
    assert_eq!(simulation["settings"]["ideas"], 6);
    let rows = simulation["rows"].as_array().unwrap();
    for method in ["cut", "order", "random"] {
        assert!(rows.iter().any(|row| row["method"] == method && row["duels"] == 8), "{method}");
    }
    assert_eq!(workspace.json(&small), simulation, "the same seed gives the same figures");
    assert!(workspace.ok(&small[..small.len() - 1]).contains("near-recall"));
}

/// Nine duels of ana and one of bob between ideas a and b.
fn answered_by_two(workspace: &TestWorkspace) {
    let entry = |id: usize| {
        let by = if id == 0 { "bob" } else { "ana" };
        format!(
            "[[duel]]\nid = \"{id}\"\nat = 2026-02-01T10:00:00Z\nby = \"{by}\"\n\
             left = \"a\"\nright = \"b\"\nwinner = \"left\"\n"
        )
    };
    let log: String = (0..10).map(entry).collect();
    std::fs::write(workspace.file("duels.toml"), log).unwrap();
}

#[test]
fn taste_is_one_persons() {
    let workspace = TestWorkspace::with(&shortlist(3));
    answered_by_two(&workspace);
    let ana = workspace.json(&["taste", "--by", "ana", "--json"]);
    assert_eq!(
        (&ana["by"], &ana["duels"], &ana["others"]["bob"]),
        (&"ana".into(), &9.into(), &1.into())
    );
    let bob = workspace.json(&["taste", "--by", "bob", "--json"]);
    assert_eq!(bob["duels"], 1);
    // With two people, only one who has answered can be meant.
    let nobody = workspace.json(&["taste", "--json"]);
    assert_eq!(nobody["duels"], 0);
    assert!(workspace.ok(&["taste"]).contains("not counted: 9 by ana, 1 by bob (--by NAME)"));
}

#[test]
fn weights_stated_before_are_the_prior_of_taste() {
    let workspace = TestWorkspace::with(&shortlist(3));
    answered_by_two(&workspace);
    let taste = || workspace.json(&["taste", "--by", "ana", "--json"]);
    let before = taste();
    assert_eq!((&before["adopted"], &before["prior"]), (&false.into(), &before["stated"]));
    let settings = "[weights]\nsimplicity = 6\ngenerality = 1\nlongevity = 1\n\
                    headroom = 1\nstrategy = 1\n\n[taste]\nsimplicity = 3\ngenerality = 4\n\
                    longevity = 4\nheadroom = 5\nstrategy = 4\n";
    std::fs::write(workspace.file("prospect.toml"), settings).unwrap();
    let after = taste();
    assert_eq!((&after["adopted"], &after["stated"]["simplicity"]), (&true.into(), &0.6.into()));
    assert_eq!(after["prior"], before["prior"]);
    assert_eq!(after["revealed"], before["revealed"], "the same duels around the same weights");
    assert!(workspace.ok(&["taste", "--by", "ana"]).contains("so that none counts twice"));
    let checked = workspace.json(&["check", "--json"]);
    assert_eq!(checked["problems"].as_array().map(Vec::len), Some(0), "{checked}");
}
