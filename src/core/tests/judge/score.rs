//! Scores, intervals and bets against reference numbers.

use prospect_core::domain::{BetKind, CRITERIA, Idea, Rating};
use prospect_core::judge::{
    Appetite, Form, Score, ScoreRule, possible_ranks, score, shown_tenths, strategy,
};
use serde_json::Value;

/// The fixture gives six decimals.
const TOLERANCE: f64 = 5.1e-7;

fn fixture() -> Value {
    serde_json::from_str(include_str!("../../../../tests/fixtures/f1_scoring_smaa.json")).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

fn rows(value: &Value) -> Vec<[f64; CRITERIA]> {
    value.as_array().unwrap().iter().map(|row| numbers(row).try_into().unwrap()).collect()
}

fn rule(form: Form) -> ScoreRule {
    let fixture = fixture();
    let rule = ScoreRule {
        form,
        ceiling: fixture["c0"].as_f64().unwrap(),
        bet_ceiling: fixture["c1"].as_f64().unwrap(),
        leak: fixture["leak"].as_f64().unwrap(),
        ..ScoreRule::default()
    };
    rule.with_weights(numbers(&fixture["weights"]).try_into().unwrap()).unwrap()
}

fn idea(low: [f64; CRITERIA], high: [f64; CRITERIA]) -> Idea {
    let mut idea = Idea::new("idea", "Idea");
    for (rating, (low, high)) in idea.ratings.iter_mut().zip(low.into_iter().zip(high)) {
        // The fixture's unknown is the whole scale; ours is the absence of an answer.
        *rating = if (low, high) == (0.0, 10.0) { None } else { Rating::range(low, high) };
    }
    idea
}

#[track_caller]
fn assert_close(actual: f64, expected: f64) {
    assert!((actual - expected).abs() < TOLERANCE, "{actual} is not {expected}");
}

#[test]
fn the_defaults_are_those_of_the_fixture() {
    let (default, fixture) = (ScoreRule::default(), rule(Form::Leaky));
    assert_eq!((default.ceiling, default.leak), (fixture.ceiling, fixture.leak));
    assert_eq!(default.bet_ceiling, fixture.bet_ceiling);
    for (default, fixture) in default.weights.into_iter().zip(fixture.weights) {
        assert_close(default, fixture);
    }
}

#[test]
fn scores_agree_under_every_form() {
    let fixture = fixture();
    let ideas = rows(&fixture["X"]);
    for form in Form::ALL {
        let expected = numbers(&fixture["scores"][form.id()]);
        assert_eq!(expected.len(), ideas.len());
        for (answers, expected) in ideas.iter().zip(expected) {
            assert_close(rule(form).value(answers), expected);
            let score = score(&idea(*answers, *answers), &rule(form), false);
            assert_close(score.low, expected);
            assert_close(score.high, expected);
        }
    }
}

#[test]
fn waterfalls_agree() {
    let fixture = fixture();
    for (answers, expected) in
        rows(&fixture["X"]).iter().zip(fixture["waterfall"].as_array().unwrap())
    {
        let score = score(&idea(*answers, *answers), &rule(Form::Leaky), false);
        let mut line = score.contributions.to_vec();
        line.extend([score.headroom_cap, score.strategy_cap, score.value()]);
        let expected = numbers(expected);
        assert_eq!(line.len(), expected.len());
        for (actual, expected) in line.iter().zip(expected) {
            assert_close(*actual, expected);
        }
        let (parts, total) = line.split_at(line.len() - 1);
        let shown: f64 = shown_tenths(parts, total[0]).iter().sum();
        assert_eq!(format!("{shown:.1}"), format!("{:.1}", (total[0] * 10.0).round() / 10.0));
    }
}

#[test]
fn intervals_and_possible_ranks_agree() {
    let interval = &fixture()["interval"];
    let scores: Vec<Score> = rows(&interval["lo"])
        .into_iter()
        .zip(rows(&interval["hi"]))
        .map(|(low, high)| score(&idea(low, high), &rule(Form::Leaky), false))
        .collect();
    let ranks = possible_ranks(&scores.iter().collect::<Vec<_>>());
    for i in 0..scores.len() {
        assert_close(scores[i].low, interval["L"][i].as_f64().unwrap());
        assert_close(scores[i].high, interval["U"][i].as_f64().unwrap());
        assert_eq!(*ranks[i].start() as u64, interval["best"][i].as_u64().unwrap());
        assert_eq!(*ranks[i].end() as u64, interval["worst"][i].as_u64().unwrap());
    }
}

fn strategy_of(kind: BetKind, answers: [f64; 3], appetite: Appetite) -> f64 {
    let mut idea = Idea::new("idea", "Idea");
    idea.bet = Some(kind);
    for (input, answer) in kind.inputs().into_iter().zip(answers) {
        idea.bet_inputs[input.index()] = Some(Rating::value(answer));
    }
    let (rating, known) = strategy(&idea, appetite);
    assert!(known && rating.high() - rating.low() < 1e-12);
    rating.middle()
}

#[test]
fn hot_bets_agree() {
    let fixture = fixture();
    let cases = fixture["hot"].as_array().unwrap();
    assert!(!cases.is_empty());
    for case in cases.iter().map(numbers) {
        let answers = [case[0], case[1], case[2]];
        assert_close(strategy_of(BetKind::Hot, answers, Appetite::Neutral), case[3]);
    }
}

#[test]
fn next_hot_bets_agree_under_every_appetite() {
    let fixture = fixture();
    let cases = fixture["next_hot"].as_array().unwrap();
    assert!(!cases.is_empty());
    for case in cases.iter().map(numbers) {
        let appetite = match case[3] {
            gamma if gamma < 1.0 => Appetite::Bold,
            gamma if gamma > 1.0 => Appetite::Cautious,
            _ => Appetite::Neutral,
        };
        assert_close(strategy_of(BetKind::NextHot, [case[0], case[1], case[2]], appetite), case[4]);
    }
}
