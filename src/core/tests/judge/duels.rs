//! Duels and taste against reference numbers made by other programs, listed
//! in `tests/fixtures/README.md`.

use prospect_core::domain::Winner;
use prospect_core::judge::duel::{
    Contest, Cut, DuelRule, Entrant, Fit, Posterior, StrengthPrior, cycles,
};
use prospect_core::judge::taste::{JointFit, LEAST_DIFFERENCE, Taste};
use prospect_core::judge::{Form, ScoreRule};
use serde_json::Value;

fn fixture(name: &str) -> Value {
    let path = format!("{}/../../tests/fixtures/{name}", env!("CARGO_MANIFEST_DIR"));
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

fn rows(value: &Value) -> Vec<Vec<f64>> {
    value.as_array().unwrap().iter().map(numbers).collect()
}

#[track_caller]
fn assert_close(ours: &[f64], theirs: &[f64], tolerance: f64) {
    assert_eq!(ours.len(), theirs.len());
    for (a, b) in ours.iter().zip(theirs) {
        assert!((a - b).abs() <= tolerance, "{ours:?}\n{theirs:?}");
    }
}

/// A contest with prior means and one deviation as a fixture gives them: at one
/// logit per ten points, a score of 50 + 10·mean. Every answer counts in full,
/// as if each came from another person.
fn contest(means: &[f64], spread: f64, duels: &[Vec<f64>]) -> (Contest, DuelRule) {
    let entrant = |(number, mean): (usize, &f64)| Entrant {
        id: number.to_string(),
        score: 50.0 + 10.0 * mean,
    };
    let mut contest = Contest::new(means.iter().enumerate().map(entrant).collect(), means.len());
    for (person, duel) in duels.iter().enumerate() {
        let winner = match duel.get(2) {
            Some(0.5) => Winner::Tie,
            Some(0.0) => Winner::Right,
            _ => Winner::Left,
        };
        contest.record(&person.to_string(), duel[0] as usize, duel[1] as usize, winner);
    }
    (contest, DuelRule { slope: 1.0, spread, ..DuelRule::default() })
}

/// Ties all but ruled out, for the oracles that know none.
fn without_ties(rule: DuelRule) -> DuelRule {
    DuelRule { tie_mean: -40.0, tie_spread: 1e-3, ..rule }
}

fn posterior_without_ties(contest: &Contest, rule: DuelRule) -> Posterior {
    let rule = without_ties(rule);
    Fit::with_multiplier(contest, &rule, 1.0).posterior(contest, &rule)
}

/// Strengths from the duels alone: a prior so wide that it says nothing.
fn maximum_likelihood(entrants: usize, duels: &[Vec<f64>]) -> (Contest, DuelRule) {
    contest(&vec![0.0; entrants], 1e4, duels)
}

fn centred(strengths: &[f64]) -> Vec<f64> {
    let mean = strengths.iter().sum::<f64>() / strengths.len() as f64;
    strengths.iter().map(|strength| strength - mean).collect()
}

#[test]
fn maximum_likelihood_without_ties_agrees_with_choix() {
    let fixture = fixture("f3_bt.json");
    let duels = rows(&fixture["D1"]);
    let (contest, rule) = maximum_likelihood(6, &duels);
    let fit = Fit::with_multiplier(&contest, &without_ties(rule), 1.0);
    assert_close(&centred(fit.strengths()), &numbers(&fixture["choix_mm"]), 2e-6);
}

#[test]
fn ridge_agrees_with_choix() {
    let fixture = fixture("f3_bt.json");
    let duels = rows(&fixture["D1"]);
    for (alpha, key) in [(0.1_f64, "choix_opt alpha=.1"), (0.5, "choix_opt alpha=.5")] {
        let deviation = (1.0 / (2.0 * alpha)).sqrt();
        let (contest, rule) = contest(&[0.0; 6], deviation, &duels);
        let fit = Fit::with_multiplier(&contest, &without_ties(rule), 1.0);
        assert_close(fit.strengths(), &numbers(&fixture[key]), 2e-6);
    }
}

#[test]
fn the_pairwise_testcases_of_choix() {
    let cases = fixture("choix_cases.json");
    let cases = cases.as_object().unwrap();
    let pairwise: Vec<_> =
        cases.iter().filter(|(name, _)| name.starts_with("testcase-pairwise")).collect();
    assert!(pairwise.len() >= 2);
    for (_, case) in pairwise {
        let entrants = case["n_items"].as_u64().unwrap() as usize;
        let (contest, rule) = maximum_likelihood(entrants, &rows(&case["data"]));
        let fit = Fit::with_multiplier(&contest, &without_ties(rule), 1.0);
        assert_close(&centred(fit.strengths()), &numbers(&case["ml_est"]), 1e-6);
    }
}

#[test]
fn laplace_variances_without_ties() {
    let fixture = fixture("f3_bt.json");
    let duels = rows(&fixture["D1"]);
    for (deviation, key) in [(1.0, "laplace_alpha1.0"), (2.0, "laplace_alpha0.25")] {
        let (contest, rule) = contest(&[0.0; 6], deviation, &duels);
        let posterior = posterior_without_ties(&contest, rule);
        assert_close(posterior.strengths(), &numbers(&fixture[key]["map"]), 1e-6);
        let variances: Vec<f64> = (0..6).map(|i| posterior.covariance(i, i)).collect();
        assert_close(&variances, &numbers(&fixture[key]["var"]), 1e-6);
    }
    let centred = &fixture["prior_centred_no_ties"];
    let (contest, rule) = contest(&numbers(&centred["mu"]), 1.0, &duels);
    let posterior = posterior_without_ties(&contest, rule);
    assert_close(posterior.strengths(), &numbers(&centred["theta"]), 1e-8);
    let deviations: Vec<f64> = (0..6).map(|i| posterior.deviation(i)).collect();
    assert_close(&deviations, &numbers(&centred["sd"]), 1e-8);
}

#[test]
fn matched_means_are_near_those_of_choix() {
    let fixture = fixture("f3_bt.json");
    for (deviation, key) in [(1.0, "choix_ep_logit_alpha1"), (2.0, "choix_ep_logit_alpha.25")] {
        let (contest, rule) = contest(&[0.0; 6], deviation, &rows(&fixture["D1"]));
        let rule = without_ties(rule);
        let fit = Fit::with_multiplier(&contest, &rule, 1.0);
        let (laplace, matched) =
            (fit.clone().posterior(&contest, &rule), fit.ep_posterior(&contest, &rule));
        let theirs = numbers(&fixture[key]["mean"]);
        for other in 1..6 {
            let exact = theirs[0] - theirs[other];
            let ours = matched.difference(0, other).0;
            // choix has a factor for each answer, we have one for each pair.
            assert!((ours - exact).abs() < 0.04, "{ours} {exact}");
            assert!((ours - exact).abs() < (laplace.difference(0, other).0 - exact).abs());
        }
    }
}

#[test]
fn davidson_maximum_likelihood_agrees_with_a_log_linear_model() {
    let fixture = &fixture("f3_bt.json")["davidson_mle_poisson_glm"];
    let (contest, rule) = maximum_likelihood(6, &rows(&fixture["duels"]));
    let rule = DuelRule { tie_mean: 0.0, tie_spread: 1e4, ..rule };
    let fit = Fit::with_multiplier(&contest, &rule, 1.0);
    assert_close(&centred(fit.strengths()), &numbers(&fixture["theta_centred"]), 1e-6);
    let eta = fixture["eta"].as_f64().unwrap();
    assert_close(&[fit.log_tie_parameter()], &[eta], 1e-6);
    let posterior = fit.posterior(&contest, &rule);
    let deviations: Vec<f64> = (1..6).map(|i| posterior.difference(i, 0).1.sqrt()).collect();
    assert_close(&deviations, &numbers(&fixture["se_theta_minus_theta0"]), 1e-5);
}

/// The contest of the fixture, whose ideas have prior deviations of their own,
/// and its fit.
fn davidson() -> (Contest, DuelRule, Fit, Value) {
    let fixture = fixture("f3_bt.json")["davidson"].clone();
    let (means, deviations) = (numbers(&fixture["mu"]), numbers(&fixture["tau"]));
    let (contest, rule) = contest(&means, 1.0, &rows(&fixture["duels"]));
    let prior = |(rubric, deviation): (&f64, &f64)| StrengthPrior {
        rubric: *rubric,
        precision: deviation.powi(-2),
    };
    let priors = means.iter().zip(&deviations).map(prior).collect();
    let fit = Fit::with_priors(&contest, &rule, priors, 1.0);
    (contest, rule, fit, fixture)
}

#[test]
fn davidson_with_a_prior_to_eight_digits() {
    let (contest, rule, fit, fixture) = davidson();
    assert!(fit.steps <= 6, "{}", fit.steps);
    assert_close(fit.strengths(), &numbers(&fixture["theta"]), 1e-8);
    assert_close(&[fit.log_tie_parameter()], &[fixture["eta"].as_f64().unwrap()], 1e-8);
    assert_close(&[fit.log_posterior], &[fixture["logpost"].as_f64().unwrap()], 1e-8);
    let posterior = fit.posterior(&contest, &rule);
    let deviations: Vec<f64> = (0..6).map(|i| posterior.deviation(i)).collect();
    assert_close(&deviations, &numbers(&fixture["sd"])[..6], 1e-8);
    let covariance = fixture["cov01"].as_f64().unwrap();
    assert_close(&[posterior.covariance(0, 1)], &[covariance], 1e-8);
}

#[test]
fn chances_to_be_the_stronger_and_among_the_first_two_agree() {
    let (contest, rule, fit, fixture) = davidson();
    let posterior = fit.posterior(&contest, &rule);
    for (i, row) in rows(&fixture["p_greater"]).iter().enumerate() {
        // The normal distribution at the difference over its deviation.
        let stronger = |j: usize| {
            let (mean, variance) = posterior.difference(i, j);
            0.5 * libm::erfc(-mean / (2.0 * variance).sqrt())
        };
        let ours: Vec<f64> = (0..6).map(|j| if i == j { 0.5 } else { stronger(j) }).collect();
        assert_close(&ours, row, 1e-6);
    }
    let cut = Cut::new(&contest, &posterior, 2, 20_000, 1);
    assert_close(cut.chances(), &numbers(&fixture["p_top2_laplace"]), 0.012);
    assert_close(cut.chances(), &numbers(&fixture["p_top2_exact_IS"]), 0.03);
}

#[test]
fn information_about_one_difference_agrees() {
    for case in rows(&fixture("f3_bt.json")["eig_scalar_binary"]) {
        let [mean, variance, information] = case[..] else { panic!("three numbers: {case:?}") };
        let (contest, rule) = contest(&[mean, 0.0], (variance / 2.0).sqrt(), &[]);
        let posterior = posterior_without_ties(&contest, rule);
        assert_close(&[posterior.information(0, 1)], &[information], 1e-6);
    }
}

#[test]
fn cyclic_triads_are_counted_as_by_the_scores_of_the_tournament() {
    for name in ["tournament5", "triads"] {
        let tournament = &fixture("f3_bt.json")[name];
        // Twice each: one answer makes no majority.
        let edges = rows(&tournament["edges"]);
        let (contest, _) = contest(&[0.0; 6], 1.0, &[edges.clone(), edges].concat());
        let triads = cycles(&contest).iter().filter(|cycle| cycle.len() == 3).count();
        assert_eq!(Some(triads as u64), tournament["cyclic"].as_u64(), "{name}");
    }
}

#[test]
fn information_agrees_with_gauss_hermite_quadrature() {
    let (contest, rule, fit, fixture) = davidson();
    let posterior = fit.posterior(&contest, &rule);
    for (i, row) in rows(&fixture["eig_ternary"]).iter().enumerate() {
        let ours: Vec<f64> =
            (0..6).map(|j| if i == j { 0.0 } else { posterior.information(i, j) }).collect();
        assert_close(&ours, row, 1e-6);
    }
}

#[test]
fn neither_order_nor_side_changes_a_single_bit() {
    let fixture = &fixture("f3_bt.json")["davidson"];
    let (means, duels) = (numbers(&fixture["mu"]), rows(&fixture["duels"]));
    // Three people, who answer some pairs more than once.
    let posterior = |flip: bool| {
        let (mut contest, rule) = contest(&means, 1.0, &[]);
        let mut answers: Vec<_> = duels.iter().enumerate().collect();
        if flip {
            answers.reverse();
            answers.rotate_left(5);
        }
        for (number, duel) in answers {
            let (left, right) = (duel[0] as usize, duel[1] as usize);
            let (winner, other) = match duel[2] {
                0.5 => (Winner::Tie, Winner::Tie),
                0.0 => (Winner::Right, Winner::Left),
                _ => (Winner::Left, Winner::Right),
            };
            let by = (number % 3).to_string();
            if flip && number % 2 == 0 {
                contest.record(&by, right, left, other);
            } else {
                contest.record(&by, left, right, winner);
            }
        }
        Posterior::new(&contest, &rule)
    };
    let (posterior, other) = (posterior(false), posterior(true));
    assert_eq!(posterior.strengths(), other.strengths());
    for i in 0..6 {
        assert_eq!(posterior.deviation(i).to_bits(), other.deviation(i).to_bits());
    }
}

const STATED: [f64; 5] = [0.15, 0.20, 0.20, 0.25, 0.20];

/// The form of the score that the taste fixture has.
fn additive() -> ScoreRule {
    ScoreRule { form: Form::Additive, ..ScoreRule::default() }
}

/// The contest and the answers of the taste fixture.
fn taste() -> (Contest, Vec<Option<[f64; 5]>>, Value) {
    let fixture = fixture("f4_taste.json");
    let answers: Vec<_> =
        rows(&fixture["X"]).into_iter().map(|row| Some(row.try_into().unwrap())).collect();
    let unrated = (0..answers.len()).map(|i| Entrant::unrated(i.to_string())).collect();
    let mut contest = Contest::new(unrated, answers.len());
    for (person, duel) in rows(&fixture["duels"]).iter().enumerate() {
        let winner = if duel[2] == 1.0 { Winner::Left } else { Winner::Right };
        contest.record(&person.to_string(), duel[0] as usize, duel[1] as usize, winner);
    }
    (contest, answers, fixture)
}

#[test]
fn joint_taste_to_six_digits() {
    let (contest, answers, _) = taste();
    let joint = fixture("f4_taste_joint.json");
    for (idiosyncrasy, key) in
        [(0.01, "fixture_se0.01"), (1.0, "fixture_se1.0"), (1.6, "fixture_se1.6")]
    {
        let fit =
            JointFit::with_idiosyncrasy(&contest, &answers, &STATED, &additive(), idiosyncrasy);
        let oracle = &joint[key];
        assert_close(&fit.weights(), &numbers(&oracle["w"]), 2e-6);
        assert_close(&[fit.sharpness], &[oracle["kappa"].as_f64().unwrap()], 5e-6);
        assert_close(&[fit.log_posterior], &[oracle["logpost"].as_f64().unwrap()], 1e-6);
        assert_eq!((fit.duels, fit.ideas), (40, 12));
        let mut own = fit.own.clone();
        let mut theirs = numbers(&oracle["eps"]);
        own.sort_by(f64::total_cmp);
        theirs.sort_by(f64::total_cmp);
        assert_close(&own, &theirs, 5e-6);
    }
}

#[test]
fn revealed_weights_are_near_those_of_exact_sampling() {
    let (contest, answers, fixture) = taste();
    let free = JointFit::with_idiosyncrasy(&contest, &answers, &STATED, &additive(), 0.01);
    // So that what is told as more is all that lies above the stated weights.
    let less = STATED.map(|weight| weight - LEAST_DIFFERENCE);
    let taste = Taste::from_fits(&[free], &less, 1);
    for (number, weight) in taste.weights.iter().enumerate() {
        let exact = |key: &str| fixture["pymc"][key][number].as_f64().unwrap();
        // Normal logits reach too far up where a weight is small: what differs
        // is said to differ a little less than it does.
        assert_close(&[weight.mean], &[exact("mean")], 0.04);
        assert!((weight.low..weight.high).contains(&exact("mean")));
        let (ours, theirs) = (weight.p_more - 0.5, exact("p_gt") - 0.5);
        assert!(ours.abs() < theirs.abs() + 0.01);
    }
    assert!(!taste.is_enough(), "twelve ideas are too few for words");
}
