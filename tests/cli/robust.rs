//! `robustness` and `why`: certainty of the ranking, and the reasons for one idea
//! to stand above another.

use serde_json::Value as Json;

use crate::support::{TWO, TestWorkspace};

/// An idea with ratings in the order of the criteria.
fn idea(id: &str, ratings: [&str; 5]) -> String {
    let criteria = ["simplicity", "generality", "longevity", "headroom", "strategy"];
    let lines = criteria.iter().zip(ratings).map(|(name, rating)| format!("{name} = {rating}\n"));
    format!(
        "[[idea]]\nid = \"{id}\"\ntitle = \"{id}\"\n[idea.ratings]\n{}\n",
        lines.collect::<String>()
    )
}

/// One idea that is better than all others whatever the weights, two that no
/// weights tell apart for sure, and one that is worse than all; numbers are
/// taken at their word.
fn four_sure() -> TestWorkspace {
    let workspace = four();
    std::fs::write(workspace.file("prospect.toml"), "[robust]\nnoise = 0\n").unwrap();
    workspace
}

/// The same with the doubt that plain numbers deserve.
fn four() -> TestWorkspace {
    let ideas = [
        idea("best", ["9", "9", "9", "9", "9"]),
        idea("plain", ["8", "6", "6", "8", "6"]),
        idea("unsure", ["6", "8", "[5, 7]", "8", "6"]),
        idea("worst", ["1", "1", "1", "1", "1"]),
    ];
    TestWorkspace::with(&ideas.concat())
}

fn chance(robust: &Json, id: &str) -> f64 {
    let ideas = robust["ideas"].as_array().unwrap();
    ideas.iter().find(|idea| idea["id"] == id).unwrap()["p_top_k"].as_f64().unwrap()
}

#[test]
fn the_json_of_robustness_is_pinned() {
    let robust = four_sure().json(&["robust", "--top", "2", "--json"]);
    assert_eq!(robust["samples"], 10_000);
    assert_eq!(robust["top"], 2);
    let ideas = robust["ideas"].as_array().unwrap();
    assert_eq!(ideas.len(), 4);
    for idea in ideas {
        for key in ["id", "acceptability", "p_top_k", "central_weights", "confidence"] {
            assert!(idea.get(key).is_some(), "{key}");
        }
        let shares = idea["acceptability"].as_array().unwrap();
        let sum: f64 = shares.iter().map(|share| share.as_f64().unwrap()).sum();
        assert!(shares.len() == 4 && (sum - 1.0).abs() < 1e-9);
    }
    assert_eq!(ideas[0]["id"], "best");
    assert_eq!(ideas[0]["confidence"], 1.0);
    let weights = ideas[0]["central_weights"].as_object().unwrap();
    assert!(
        (weights.values().map(|weight| weight.as_f64().unwrap()).sum::<f64>() - 1.0).abs() < 1e-9
    );
    assert_eq!(ideas[3]["central_weights"], Json::Null);
    assert_eq!((chance(&robust, "best"), chance(&robust, "worst")), (1.0, 0.0));
    let between = chance(&robust, "plain");
    assert!(between > 0.05 && between < 0.95, "{between}");
    for criterion in ["simplicity", "generality", "longevity", "headroom", "strategy"] {
        let ends = robust["stability"][criterion].as_array().unwrap();
        assert!(ends.len() == 2 && ends[0].as_f64() <= ends[1].as_f64(), "{criterion}");
    }
    assert_eq!(robust["stability_first"]["headroom"], serde_json::json!([0.0, 1.0]));
}

#[test]
fn plain_numbers_are_doubted_unless_noise_is_switched_off() {
    let doubted = four().json(&["robust", "--top", "2", "--json"]);
    for (id, low, high) in [("best", 0.7, 0.999), ("worst", 0.0, 0.2)] {
        let p = chance(&doubted, id);
        assert!((low..=high).contains(&p), "{id}: {p}");
    }
    let why = four().json(&["why", "best", "plain", "--json"]);
    let p = why["p_left_better"].as_f64().unwrap();
    assert!((0.75..0.99).contains(&p), "{p}");
}

#[test]
fn a_seed_gives_the_same_draws_and_another_seed_others() {
    let workspace = four();
    let draw = |seed: &str| workspace.ok(&["robust", "--top", "2", "--json", "--seed", seed]);
    assert_eq!(draw("7"), draw("7"));
    assert_ne!(draw("7"), draw("8"));
    assert_eq!(draw("0"), workspace.ok(&["robust", "--top", "2", "--json"]));
}

#[test]
fn weights_can_be_anything_and_k_comes_from_the_settings() {
    let workspace = four_sure();
    let near = workspace.json(&["robust", "--top", "2", "--json"]);
    let any = workspace.json(&["robust", "--top", "2", "--json", "--weights", "any"]);
    assert_eq!((&near["weights"], &any["weights"]), (&"near".into(), &"any".into()));
    assert!((chance(&any, "plain") - chance(&near, "plain")).abs() > 0.02);
    assert_eq!(workspace.run(&["robust", "--weights", "some"]).code, 2);
    assert_eq!(workspace.json(&["robust", "--json"])["top"], 3);
    std::fs::write(workspace.file("prospect.toml"), "[duel]\nk = 1\n").unwrap();
    assert_eq!(workspace.json(&["robust", "--json"])["top"], 1);
}

#[test]
fn robustness_is_told_in_words_first() {
    let workspace = four();
    let text = workspace.ok(&["robust", "--top", "2"]);
    assert!(
        text.starts_with("Safely in the top 2: \"best\". Contending for the last place: "),
        "{text}"
    );
    assert!(text.contains("\n· settle longevity of \"unsure\". "), "{text}");
    assert!(text.contains("the top 2 if "), "{text}");
    assert!(text.contains("nothing changes, wherever it is"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
    let all = workspace.ok(&["robust", "--top", "9"]);
    assert!(all.starts_with("4 ideas are rated and 9 may be pursued"), "{all}");
    let unrated = TestWorkspace::with("[[idea]]\ntitle = \"A\"\n");
    assert!(unrated.ok(&["robust"]).starts_with("nothing is rated yet"));
    assert_eq!(unrated.json(&["robust", "--json"])["ideas"], serde_json::json!([]));
}

#[test]
fn why_explains_term_by_term_and_adds_up() {
    let workspace = four_sure();
    let why = workspace.json(&["why", "best", "plain", "--json"]);
    let terms = why["terms"].as_array().unwrap();
    assert_eq!(terms.len(), 7);
    let sum: f64 = terms.iter().map(|term| term["difference"].as_f64().unwrap()).sum();
    assert!((sum - why["difference"].as_f64().unwrap()).abs() < 1e-9);
    assert_eq!(why["p_left_better"], 1.0);
    let text = workspace.ok(&["why", "plain", "best"]);
    assert!(text.starts_with("\"best\" stands above \"plain\" by "), "{text}");
    assert!(text.contains("headroom cap"), "{text}");
}

#[test]
fn why_says_what_is_wrong_with_the_question() {
    let workspace =
        TestWorkspace::with(&format!("{TWO}\n[[idea]]\nid = \"blank\"\ntitle = \"Blank\"\n"));
    let unknown = workspace.run(&["why", "narow", "open-question"]);
    assert_eq!(unknown.code, 2);
    assert!(unknown.stderr.contains("narrow"), "{}", unknown.stderr);
    assert_eq!(workspace.run(&["why", "narrow", "narrow"]).code, 2);
    let blank = workspace.ok(&["why", "narrow", "blank"]);
    assert_eq!(blank, "nothing about \"Blank\" is rated, so there is nothing to compare\n");
    let lacks = workspace.ok(&["why", "open-question", "narrow"]).replace('\n', " ");
    assert!(lacks.contains("which lacks simplicity"), "{lacks}");
}
