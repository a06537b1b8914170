//! The practice deck: a whole session by script, and the deck itself.

use std::fs;

use prospect::domain::{CardOutcome, Deck};
use prospect::store::{built_in_deck, read_deck};

use crate::support::{Ran, TestWorkspace};

fn deck() -> Deck {
    let (deck, oddities) = built_in_deck().unwrap_or_else(|problems| panic!("{problems:?}"));
    assert!(oddities.is_empty(), "{oddities:?}");
    deck
}

fn practise(workspace: &TestWorkspace, arguments: &[&str], answers: &str) -> Ran {
    let mut command = workspace.command();
    let output =
        command.arg("practice").args(arguments).write_stdin(answers.to_owned()).output().unwrap();
    Ran {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

#[test]
fn the_deck_is_balanced_over_decades_and_fields() {
    let deck = deck();
    assert!(deck.cards.len() >= 18);
    for fate in CardOutcome::ALL {
        let of_it = deck.cards.iter().filter(|card| card.fate == *fate).count();
        assert_eq!(of_it * 3, deck.cards.len(), "{fate}");
    }
    let mut decades: Vec<i16> = deck.cards.iter().map(|card| card.year / 10).collect();
    let mut fields: Vec<&str> = deck.cards.iter().map(|card| card.field.as_str()).collect();
    decades.sort_unstable();
    decades.dedup();
    fields.sort_unstable();
    fields.dedup();
    assert_eq!(decades, [194, 195, 196, 197, 198, 199, 200, 201]);
    assert!(fields.len() >= 8, "{fields:?}");
}

#[test]
fn no_card_gives_its_end_away_and_every_one_has_a_source() {
    // Words that only hindsight uses.
    const TELLTALE: [&str; 16] = [
        "later",
        "eventually",
        "turned out",
        "would become",
        "nobel",
        "today's",
        "in hindsight",
        "retract",
        "debunk",
        "disproved",
        "breakthrough",
        "revolution",
        "famous",
        "pioneered",
        "in the end",
        "never worked",
    ];
    for card in deck().cards {
        let shown = format!("{} {} {}", card.title, card.description, card.claim).to_lowercase();
        for word in TELLTALE {
            // A prize that is held already says nothing of this direction.
            let is_fact_of_the_day = word == "nobel" && shown.contains("has two nobel prizes");
            assert!(is_fact_of_the_day || !shown.contains(word), "{}: {word}", card.id);
        }
        let years = |text: &str| -> Vec<i16> {
            let numbers = text.split(|c: char| !c.is_ascii_digit());
            numbers.filter(|n| n.len() == 4).filter_map(|n| n.parse().ok()).collect()
        };
        for year in years(&shown).into_iter().filter(|year| *year > 1900) {
            assert!(year <= card.year, "{} speaks of {year} in {}", card.id, card.year);
        }
        let cited = years(&card.source);
        let cited = cited.last().unwrap_or_else(|| panic!("{}: no year", card.id));
        assert!((card.year..=2030).contains(cited), "{}: {cited}", card.id);
        assert!(card.source.split(", ").count() >= 3, "{}: who, what, when?", card.id);
        // Whoever is cited for the end is not named before it.
        let words: Vec<&str> = card.source.split_whitespace().collect();
        for name in words.windows(2).filter(|pair| pair[0].ends_with('.')).map(|pair| pair[1]) {
            let name = name.trim_end_matches(',').to_lowercase();
            assert!(!shown.split_whitespace().any(|word| word == name), "{}: {name}", card.id);
        }
    }
}

#[test]
fn a_whole_deck_is_played_in_two_sittings_and_judged() {
    let workspace = TestWorkspace::empty();
    let deck = deck();
    // Headroom follows the chance; hits get 70 %, the others 20 to 35 %.
    let answer = |at: usize, fate: CardOutcome| {
        let chance = if fate == CardOutcome::Hit { 70 } else { 20 + 5 * (at % 4) };
        format!("{} {}..{} - {} 5 n {chance} n\n", at % 8, at % 5, at % 5 + 2, chance / 10)
    };
    let answers: Vec<String> =
        deck.cards.iter().enumerate().map(|(at, card)| answer(at, card.fate)).collect();
    let first = practise(&workspace, &["--cards", "10"], &answers[..10].concat());
    assert_eq!((first.code, first.stderr.as_str()), (0, ""), "{}", first.stdout);
    assert!(first.stdout.contains("10 of 24 cards answered"), "{}", first.stdout);
    let (before, after) = first.stdout.split_once("A slow burner: not by 1990").unwrap();
    assert!(before.contains("it is 1984") && !before.contains("1994"));
    assert!(after.contains("source: NIH Consensus"), "{after}");

    let record = workspace.path(".local/state/prospect/practice.jsonl");
    let kept = fs::read_to_string(&record).unwrap();
    let second = practise(&workspace, &[], &answers[10..].concat());
    assert_eq!((second.code, second.stderr.as_str()), (0, ""), "{}", second.stdout);
    assert!(!second.stdout.contains("Two hospital doctors"), "no card comes twice");
    assert!(fs::read_to_string(&record).unwrap().starts_with(&kept), "append-only");
    let results = second.stdout.split("Practice: ").nth(1).unwrap();
    for line in [
        "24 of 24 cards answered",
        "8 of 8 hits",
        "0 of 8 fizzles",
        "your chances put what held above what did not in over 99 % of 128 pairs",
        "your ratings (by the weights in force): too few to say",
        "headroom   your chances rose with it; what held rose with it",
        "generality your chances had nothing clear to do with it",
    ] {
        assert!(results.contains(line), "{line}\n{results}");
    }
    let again = practise(&workspace, &["--results"], "");
    assert_eq!(again.stdout, format!("Practice: {results}"), "the record says the same");
    let json = workspace.json(&["practice", "--json"]);
    assert_eq!((json["answered"].as_u64(), json["concordance"].as_f64()), (Some(24), Some(1.0)));
    assert_eq!(json["leanings"]["longevity"], serde_json::Value::Null);

    let anew = practise(&workspace, &["--again", "--seed", "3", "--cards", "1"], "q\n");
    assert!(anew.stdout.contains("0 of 24 cards answered"), "{}", anew.stdout);
    assert!(!anew.stdout.contains("Two hospital doctors"), "shuffled");
    assert_eq!(anew.stdout, practise(&workspace, &["--again", "--seed", "3"], "q\n").stdout);
}

#[test]
fn a_torn_record_costs_one_answer_and_is_said() {
    let workspace = TestWorkspace::empty();
    practise(&workspace, &["--cards", "2"], "5 5 5 5 5 h 50 n\n5 5 5 5 5 h 50 n\n");
    let record = workspace.path(".local/state/prospect/practice.jsonl");
    let text = fs::read_to_string(&record).unwrap();
    fs::write(&record, &text[..text.len() - 20]).unwrap();
    let ran = practise(&workspace, &["--cards", "1"], "5 5 5 5 5 h 50 n\n");
    assert!(ran.stderr.contains("1 line of"), "{}", ran.stderr);
    assert!(ran.stdout.contains("2 of 24 cards answered"), "{}", ran.stdout);
    let ran = practise(&workspace, &["--results"], "");
    assert!(ran.stdout.contains("2 of 24"), "what was appended behind it counts: {}", ran.stdout);
}

const OWN: &str = "\
name = \"ours\"
[[card]]
id = \"a\"
year = 1990
title = \"A\"
description = \"It looked \\u001b[31mgood.\"
by = 2000
claim = \"it works\"
kind = \"hit\"
outcome = \"It did.\"
source = \"Somebody, Something, 1999\"
";

#[test]
fn a_deck_of_ones_own_is_read_with_every_fault() {
    let workspace = TestWorkspace::empty();
    let file = workspace.path("ours.toml");
    fs::write(&file, OWN).unwrap();
    let ran = practise(&workspace, &["ours.toml"], "5 5 5 5 5 - 50 n\n");
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
    assert!(ran.stdout.contains("A hit: by 2000 it held.") && !ran.stdout.contains('\u{1b}'));
    assert_eq!(workspace.json(&["practice", "--json"])["answered"], 0, "each deck by itself");

    let broken = OWN.replace("by = 2000", "by = 1989").replace("\"hit\"", "\"hitt\"");
    let broken = format!("{broken}[[card]]\nid = \"a\"\nyear = \"1990\"\ncolour = 1\n");
    fs::write(&file, broken).unwrap();
    let problems = read_deck(&file).unwrap_err();
    let places: Vec<_> = problems.iter().map(|p| format!("{}:{}", p.line, p.code)).collect();
    assert_eq!(
        places,
        ["9:unknown-word", "12:missing", "12:duplicate-id", "14:wrong-type", "15:unknown-key"]
    );
    let ran = practise(&workspace, &["ours.toml"], "");
    assert_eq!((ran.code, ran.stdout.as_str()), (2, ""));
    assert!(ran.stderr.contains("ours.toml:9:8"), "{}", ran.stderr);
    fs::write(&file, b"\xff\xfe").unwrap();
    assert_eq!(practise(&workspace, &["ours.toml"], "").code, 2);
    fs::write(&file, "").unwrap();
    assert!(practise(&workspace, &["ours.toml"], "").stderr.contains("needs a name"));
    assert_eq!(practise(&workspace, &["none.toml"], "").code, 2);
}
