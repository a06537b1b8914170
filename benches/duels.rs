//! Duels at the size of a large backlog: 300 ideas, 2,000 answers.

use divan::{Bencher, black_box};
use prospect::domain::{CRITERIA, Winner};
use prospect::judge::ScoreRule;
use prospect::judge::duel::{
    Aim, Contest, Cut, DuelRule, Entrant, Fit, Outcomes, Posterior, Round, RoundOptions, next_pair,
};
use prospect::judge::taste::Taste;
use rand::{RngExt, SeedableRng};
use rand_distr::{Distribution, StandardNormal};
use rand_pcg::Pcg64Mcg;

const IDEAS: usize = 300;
const DUELS: usize = 2000;

fn main() {
    divan::main();
}

#[divan::bench]
fn taste_from_all_duels(bencher: Bencher<'_, '_>) {
    let contest = contest();
    let mut random = Pcg64Mcg::seed_from_u64(8);
    let answers: Vec<Option<[f64; CRITERIA]>> = (0..IDEAS)
        .map(|_| Some(std::array::from_fn(|_| f64::from(random.random_range(0..=10)))))
        .collect();
    let rule = ScoreRule::default();
    bencher.bench(|| Taste::of(black_box(&contest), &answers, &rule.weights, &rule, 0));
}

/// Answers to questions between any two ideas, which leave no structure to
/// profit from, by the model itself.
fn contest() -> Contest {
    let mut random = Pcg64Mcg::seed_from_u64(7);
    let mut normal = || -> f64 { StandardNormal.sample(&mut random) };
    let scores: Vec<f64> = (0..IDEAS).map(|_| 50.0 + 15.0 * normal()).collect();
    let strengths: Vec<f64> =
        scores.iter().map(|score| 0.12 * (score - 50.0) + 2.4 * normal()).collect();
    let entrant = |(number, &score): (usize, &f64)| Entrant { id: number.to_string(), score };
    let mut contest = Contest::new(scores.iter().enumerate().map(entrant).collect(), IDEAS);
    while contest.duels() < DUELS {
        let (left, right) = (random.random_range(0..IDEAS), random.random_range(0..IDEAS));
        let chances = Outcomes::at(strengths[left] - strengths[right], 0.35);
        let winner = match random.random::<f64>() {
            x if x < chances.left => Winner::Left,
            x if x < chances.left + chances.right => Winner::Right,
            _ => Winner::Tie,
        };
        let by = contest.duels().to_string();
        contest.record(&by, left, right, winner);
    }
    contest
}

#[divan::bench]
fn fit_without_covariance(bencher: Bencher<'_, '_>) {
    let (contest, rule) = (contest(), DuelRule::default());
    bencher.bench(|| Fit::with_multiplier(black_box(&contest), &rule, 1.0));
}

#[divan::bench]
fn fit_with_the_rubric_weighed(bencher: Bencher<'_, '_>) {
    let (contest, rule) = (contest(), DuelRule::default());
    bencher.bench(|| Fit::new(black_box(&contest), &rule));
}

#[divan::bench]
fn covariance_and_ten_thousand_draws(bencher: Bencher<'_, '_>) {
    let (contest, rule) = (contest(), DuelRule::default());
    bencher.with_inputs(|| Fit::new(&contest, &rule)).bench_values(|fit| {
        let posterior = fit.posterior(&contest, &rule);
        Cut::new(&contest, &posterior, rule.k, 10_000, 0)
    });
}

#[divan::bench]
fn next_question_at_the_cut(bencher: Bencher<'_, '_>) {
    let (contest, rule) = (contest(), DuelRule::default());
    let posterior = Posterior::new(&contest, &rule);
    let cut = Cut::new(&contest, &posterior, rule.k, 10_000, 0);
    bencher.bench(|| next_pair(&contest, black_box(&posterior), Aim::TopOf(&cut), "ana", &[], 0));
}

#[divan::bench]
fn next_question_for_the_whole_order(bencher: Bencher<'_, '_>) {
    let (contest, rule) = (contest(), DuelRule::default());
    let posterior = Posterior::new(&contest, &rule);
    bencher.bench(|| next_pair(&contest, black_box(&posterior), Aim::WholeOrder, "ana", &[], 0));
}

#[divan::bench]
fn a_whole_round(bencher: Bencher<'_, '_>) {
    let (contest, rule) = (contest(), DuelRule::default());
    let options = RoundOptions::default();
    bencher
        .with_inputs(|| contest.clone())
        .bench_values(|contest| Round::new(contest, &rule, options.clone(), 0));
}
