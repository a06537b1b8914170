//! Robustness of a ranking against reference numbers, and what its laws are tested on.

mod properties;

use proptest::prelude::*;
use prospect_core::domain::{BetKind, CRITERIA, Criterion, Idea, Portfolio, Rating};
use prospect_core::judge::{
    Acceptability, Form, Sampling, Score, ScoreRule, Stability, Study, WeightSpread, score,
    weight_stability,
};
use serde_json::Value;

/// An idea of which all criteria are rated directly.
fn rated(id: &str, answers: [f64; CRITERIA]) -> Idea {
    Idea { ratings: answers.map(|x| Some(Rating::value(x))), ..Idea::new(id, id) }
}

fn scores(ideas: &[Idea], rule: &ScoreRule) -> Vec<Score> {
    ideas.iter().map(|idea| score(idea, rule, false)).collect()
}

fn pairs<'a>(ideas: &'a [Idea], scores: &'a [Score]) -> Vec<(&'a Idea, &'a Score)> {
    ideas.iter().zip(scores).collect()
}

fn answer(max: f64) -> impl Strategy<Value = Option<Rating>> {
    let at = move |step: u8| max * f64::from(step) / 20.0;
    prop_oneof![
        1 => Just(None),
        4 => (0..=20_u8).prop_map(move |x| Some(Rating::value(at(x)))),
        3 => (0..=20_u8, 0..=20_u8).prop_map(move |(a, b)| Rating::range(at(a.min(b)), at(a.max(b)))),
    ]
}

/// Ideas with values, ranges, unknowns and both kinds of bets; the first is
/// always rated.
fn any_ideas(count: std::ops::Range<usize>) -> impl Strategy<Value = Vec<Idea>> {
    let bet = prop_oneof![Just(None), Just(Some(BetKind::Hot)), Just(Some(BetKind::NextHot))];
    let inputs =
        (answer(10.0), answer(10.0), answer(10.0), answer(1.0), answer(10.0), answer(10.0));
    let idea = (prop::array::uniform5(answer(10.0)), bet, inputs, any::<bool>());
    prop::collection::vec(idea, count).prop_map(|ideas| {
        let named = ideas.into_iter().enumerate().map(|(i, (mut ratings, bet, inputs, direct))| {
            if !direct {
                ratings[CRITERIA - 1] = None;
            }
            if i == 0 {
                ratings[0] = Some(Rating::value(5.0));
            }
            let (edge, commitment, crowding, chance, reward, fallback) = inputs;
            let bet_inputs = [edge, commitment, crowding, chance, reward, fallback];
            Idea {
                ratings,
                bet,
                bet_inputs,
                ..Idea::new(format!("idea-{i:02}"), format!("Idea {i}"))
            }
        });
        named.collect()
    })
}

prop_compose! {
    fn any_rule()(
        weights in prop::array::uniform5(0.02..1.0),
        form in prop::sample::select(prospect_core::judge::Form::ALL.to_vec()),
        appetite in prop::sample::select(prospect_core::judge::Appetite::ALL.to_vec()),
    ) -> ScoreRule {
        ScoreRule { form, appetite, ..ScoreRule::default() }.with_weights(weights).unwrap()
    }
}

/// What 10,000 draws must reach.
const SAMPLED: f64 = 0.02;

fn fixture() -> Value {
    serde_json::from_str(include_str!("../../../../tests/fixtures/f1_scoring_smaa.json")).unwrap()
}

fn rows<const N: usize>(value: &Value) -> Vec<[f64; N]> {
    let number = |x: &Value| x.as_f64().unwrap();
    let row = |row: &Value| row.as_array().unwrap().iter().map(number).collect::<Vec<_>>();
    value.as_array().unwrap().iter().map(|it| row(it).try_into().unwrap()).collect()
}

fn six_ideas() -> Vec<Idea> {
    let ids = ["a", "b", "c", "d", "e", "f"];
    ids.iter().zip(rows(&fixture()["X"])).map(|(id, answers)| rated(id, answers)).collect()
}

fn study(ideas: &[Idea], rule: &ScoreRule, weights: WeightSpread) -> Study {
    let sampling = Sampling { weights, seed: 3, ..Sampling::default() };
    Study::new(&ideas.iter().collect::<Vec<_>>(), &Portfolio::default(), rule, &sampling)
}

#[track_caller]
fn assert_near(actual: f64, expected: f64, tolerance: f64) {
    assert!((actual - expected).abs() <= tolerance, "{actual} is not {expected} ± {tolerance}");
}

#[track_caller]
fn assert_ranks(actual: &[Acceptability], expected: &[Vec<f64>]) {
    assert_eq!(actual.len(), expected.len());
    for (actual, expected) in actual.iter().zip(expected) {
        assert_eq!(actual.ranks.len(), expected.len());
        for (actual, expected) in actual.ranks.iter().zip(expected) {
            assert_near(*actual, *expected, SAMPLED);
        }
    }
}

#[test]
fn rank_acceptabilities_of_six_ideas_agree() {
    for (form, name) in
        [(Form::Additive, "smaa_uniform_additive"), (Form::Leaky, "smaa_uniform_leaky")]
    {
        let rule = ScoreRule { form, noise: 0.0, ..ScoreRule::default() };
        let actual = study(&six_ideas(), &rule, WeightSpread::Any).acceptability(2);
        let fixture = &fixture()[name];
        let expected = rows::<6>(&fixture["ra"]);
        assert_ranks(&actual, &expected.iter().map(|row| row.to_vec()).collect::<Vec<_>>());
        for (i, actual) in actual.iter().enumerate() {
            assert_near(actual.top, expected[i][0] + expected[i][1], SAMPLED);
            match (&fixture["cw"][i][0], actual.central_weights) {
                (Value::Null, None) => {}
                (_, Some(weights)) => {
                    let expected =
                        rows::<CRITERIA>(&Value::Array(vec![fixture["cw"][i].clone()]))[0];
                    for (actual, expected) in weights.into_iter().zip(expected) {
                        assert_near(actual, expected, SAMPLED);
                    }
                }
                (expected, None) => panic!("idea {i} is never first, and not {expected}"),
            }
        }
    }
}

/// Two criteria, three ideas: shares and central weights by hand.
#[test]
fn two_criteria_agree_with_the_exact_values() {
    let exact = &fixture()["exact_2crit"];
    let ideas: Vec<Idea> = rows::<2>(&exact["X"])
        .into_iter()
        .zip(["a", "b", "c"])
        .map(|([x, y], id)| rated(id, [x, y, 0.0, 0.0, 0.0]))
        .collect();
    let rule = ScoreRule { form: Form::Additive, noise: 0.0, ..ScoreRule::default() };
    let rule = rule.with_weights([0.5, 0.5, 0.0, 0.0, 0.0]).unwrap();
    let actual = study(&ideas, &rule, WeightSpread::Any).acceptability(1);
    let expected = rows::<3>(&exact["ra"]);
    assert_ranks(&actual, &expected.iter().map(|row| row.to_vec()).collect::<Vec<_>>());
    for (actual, expected) in actual.iter().zip(rows::<2>(&exact["cw"])) {
        let weights = actual.central_weights.unwrap();
        assert_near(weights[0], expected[0], SAMPLED);
        assert_near(weights[1], expected[1], SAMPLED);
    }
    let confidence = study(&ideas, &rule, WeightSpread::Any).confidence(&actual);
    assert_eq!(confidence, [Some(1.0); 3], "values without doubt leave none");
}

#[test]
fn pairwise_winning_indices_agree_with_the_exact_ones() {
    let exact: Value = serde_json::from_str(include_str!(
        "../../../../tests/fixtures/f1_exact_pwi_additive_uniform.json"
    ))
    .unwrap();
    let rule = ScoreRule { form: Form::Additive, noise: 0.0, ..ScoreRule::default() };
    let study = study(&six_ideas(), &rule, WeightSpread::Any);
    for (i, row) in rows::<6>(&exact).iter().enumerate() {
        for (j, expected) in row.iter().enumerate().filter(|(j, _)| *j != i) {
            assert_near(study.pairwise(i, j).unwrap(), *expected, SAMPLED);
        }
    }
}

#[test]
fn weight_stability_intervals_agree() {
    let (ideas, rule) = (six_ideas(), ScoreRule::default());
    let scores = scores(&ideas, &rule);
    let actual = weight_stability(&pairs(&ideas, &scores), &rule, 2);
    for Stability { criterion, first, top, order } in actual {
        let id = if criterion == Criterion::Strategy { "risk" } else { criterion.id() };
        for (name, interval) in [("top1", first), ("top2 set", top), ("full order", order)] {
            let expected = &fixture()["wsi"][name][id];
            assert_near(interval.low, expected[0].as_f64().unwrap(), 1e-6);
            assert_near(interval.high, expected[1].as_f64().unwrap(), 1e-6);
            assert_eq!(interval.below.is_none(), interval.low == 0.0);
            assert_eq!(interval.above.is_none(), interval.high == 1.0);
        }
    }
    // Beyond 0.446, simplicity lifts the simple E over the hard D.
    let top = actual[Criterion::Simplicity.index()].top;
    let passing = top.above.unwrap();
    assert_eq!((passing.riser, passing.faller), (4, 3));
}
