//! What `benches/peers/run.sh` sets beside other programs: the same data for
//! all of them, and single parts of ours as whole processes.

#[path = "../support/mod.rs"]
mod support;

use std::fs;
use std::process::ExitCode;
use std::time::{Duration, Instant};

use prospect::domain::Winner;
use prospect::find::{Finder, fold_all};
use prospect::judge::duel::{Contest, DuelRule, Entrant, Fit};
use serde_json::json;
use support::Numbers;

const USAGE: &str = "\
ideas N            print a workspace of N ideas with ten log entries each
tasks N            print as many tasks with ten annotations each, for task import
titles N           print N titles
parse FILE         parse a file with the toml crate and nothing else
find QUERY FILE    print the lines that match, the best first, as the search does
fit FILE           fit strengths to the duels of a file, and say how long that takes";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match words.as_slice() {
        ["ideas", count] => print!("{}", support::workspace(number(count))),
        ["tasks", count] => tasks(number(count)),
        ["titles", count] => print!("{}", titles(number(count))),
        ["parse", file] => drop(toml::from_str::<toml::Table>(&read(file)).expect("valid TOML")),
        ["fit", file] => fit(&read(file)),
        ["find", query, file] => find(query, &read(file)),
        _ => {
            println!("{USAGE}");
            // Cargo calls every bench with --bench; alone it has nothing to do.
            return ExitCode::SUCCESS;
        }
    }
    ExitCode::SUCCESS
}

fn number(text: &str) -> usize {
    text.parse().expect("a number")
}

fn read(file: &str) -> String {
    fs::read_to_string(file).expect("a file")
}

/// Titles such as the ideas have.
fn titles(count: usize) -> String {
    let mut numbers = Numbers::new(11);
    (0..count).map(|i| format!("{} {i}\n", numbers.words(5))).collect()
}

/// As many words as an idea has, in the fields that a task has.
fn tasks(count: usize) {
    let titles = titles(count * 11);
    let mut titles = titles.lines();
    for id in 0..count {
        let annotations: Vec<_> = titles
            .by_ref()
            .take(10)
            .enumerate()
            .map(|(at, note)| {
                let entry = format!("2025{:02}01T120000Z", 2 + at);
                json!({ "entry": entry, "description": note })
            })
            .collect();
        let task = json!({
            "description": titles.next().unwrap_or_default(),
            "status": "pending",
            "entry": "20250101T120000Z",
            "uuid": format!("00000000-0000-4000-8000-{id:012}"),
            "tags": ["bench"],
            "annotations": annotations,
        });
        println!("{task}");
    }
}

fn find(query: &str, text: &str) {
    let lines: Vec<&str> = text.lines().collect();
    let keys = fold_all(&lines);
    let found = Finder::default().find(query, &keys);
    let found: Vec<&str> = found.into_iter().map(|at| lines[at]).collect();
    println!("{}", found.join("\n"));
}

/// Strengths from a list of winners and losers, without ties, every strength
/// N(0, 1/2α) before them.
fn fit(text: &str) {
    let asked: serde_json::Value = serde_json::from_str(text).expect("valid JSON");
    let ideas = asked["ideas"].as_u64().expect("a number of ideas") as usize;
    let alpha = asked["alpha"].as_f64().expect("a number");
    let duels: Vec<(usize, usize)> =
        serde_json::from_value(asked["duels"].clone()).expect("winners and losers");
    let rule = DuelRule {
        slope: 0.0,
        spread: (0.5 / alpha).sqrt(),
        tie_mean: -40.0,
        tie_spread: 1e-3,
        ..DuelRule::default()
    };
    let mut times: Vec<Duration> = Vec::new();
    let mut strengths = Vec::new();
    for _ in 0..21 {
        let entrants = (0..ideas).map(|idea| Entrant::unrated(idea.to_string())).collect();
        let start = Instant::now();
        let mut contest = Contest::new(entrants, ideas);
        for &(winner, loser) in &duels {
            let by = contest.duels().to_string();
            contest.record(&by, winner, loser, Winner::Left);
        }
        strengths = Fit::with_multiplier(&contest, &rule, 1.0).strengths().to_vec();
        times.push(start.elapsed());
    }
    times.sort();
    let seconds = times[times.len() / 2].as_secs_f64();
    println!("{}", json!({ "seconds": seconds, "strengths": strengths }));
}
