//! How long judging takes: scores, ranks, verdicts, and the review of a whole
//! portfolio. Budgets: 2,000 ideas with 50 entries each in under 150 ms on one
//! core, one idea with 5,000 entries in under 20 ms.

use divan::{Bencher, black_box};
use jiff::ToSpan;
use jiff::civil::date;
use prospect::domain::{Date, Idea, LogEntry, Portfolio, Rating, Status};
use prospect::judge::{Score, ScoreRule, StallRule, Traction, rank, review, review_of, scores};
use rand::{RngExt, SeedableRng};
use rand_pcg::Pcg64Mcg;

const START: Date = date(2025, 1, 1);
const TODAY: Date = date(2026, 6, 1);

fn main() {
    divan::main();
}

/// Ideas of all statuses, half of them rated by ranges, each with a log that
/// rises and then goes on or stays where it is.
fn portfolio(ideas: usize, entries: usize) -> Portfolio {
    let mut random = Pcg64Mcg::seed_from_u64(1);
    let ideas = (0..ideas).map(|i| {
        let mut idea = Idea::new(format!("idea-{i}"), format!("Idea {i}"));
        idea.status = Status::ALL[i % Status::ALL.len()];
        idea.ratings = std::array::from_fn(|_| {
            let low = f64::from(random.random_range(0..=8_u8));
            Rating::range(low, if i % 2 == 0 { low } else { low + 2.0 })
        });
        let (bend, slope) = (random.random_range(0.2..1.2), random.random_range(2.0..9.0));
        for entry in 0..entries {
            let u = entry as f64 / entries as f64;
            let traction = slope * u.min(bend) + random.random_range(0.0..1.5);
            idea.log.push(LogEntry {
                date: START.saturating_add((500 * entry as i64 / entries as i64).days()),
                hours: Some(random.random_range(1.0..12.0)),
                traction: Some(traction.round().min(10.0)),
                note: String::new(),
                recalled: false,
                output: None,
            });
        }
        idea
    });
    Portfolio::new(ideas.collect(), Vec::new())
}

#[divan::bench]
fn review_2000_ideas_of_50_entries(bencher: Bencher) {
    let portfolio = portfolio(2000, 50);
    let (score_rule, stall_rule) = (ScoreRule::default(), StallRule::default());
    let scores = scores(&portfolio, &score_rule);
    bencher.bench_local(|| review(black_box(&portfolio), &scores, &score_rule, &stall_rule, TODAY));
}

/// What follows a log entry in the workbench: one verdict is new, those of the
/// others are known.
#[divan::bench]
fn review_2000_ideas_after_one_entry(bencher: Bencher) {
    let portfolio = portfolio(2000, 50);
    let (score_rule, stall_rule) = (ScoreRule::default(), StallRule::default());
    let scores = scores(&portfolio, &score_rule);
    let verdict = |idea| Traction::of(idea, &stall_rule, TODAY);
    let known: Vec<Traction> = portfolio.iter().map(verdict).collect();
    bencher.bench_local(|| {
        let mut tractions = known.clone();
        tractions[2] = verdict(black_box(&portfolio.ideas()[2]));
        review_of(&portfolio, tractions, &scores, (&score_rule, &stall_rule), TODAY)
    });
}

#[divan::bench(args = [12, 50, 500, 5000])]
fn verdict_on_one_idea(bencher: Bencher, entries: usize) {
    let portfolio = portfolio(1, entries);
    let rule = StallRule::default();
    bencher.bench_local(|| Traction::of(black_box(&portfolio.ideas()[0]), &rule, TODAY));
}

#[divan::bench(args = [2000, 10_000])]
fn score_all(bencher: Bencher, ideas: usize) {
    let portfolio = portfolio(ideas, 0);
    let rule = ScoreRule::default();
    bencher.bench_local(|| scores(black_box(&portfolio), &rule));
}

#[divan::bench(args = [2000, 10_000])]
fn rank_all(bencher: Bencher, ideas: usize) {
    let portfolio = portfolio(ideas, 0);
    let scores = scores(&portfolio, &ScoreRule::default());
    let all: Vec<(&Idea, &Score)> = portfolio.iter().zip(&scores).collect();
    bencher.bench_local(|| rank(black_box(&all)));
}
