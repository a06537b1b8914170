//! Stalls and forecasts against reference numbers.

use prospect_core::judge::{Hinge, Observation};
use serde_json::Value;

const SERIES: [&str; 5] = ["rise_flat", "rising", "decline", "short", "noisy_flat"];

fn oracles() -> Value {
    serde_json::from_str(include_str!("../../../../tests/fixtures/f5_stall_oracles.json")).unwrap()
}

fn numbers(value: &Value) -> Vec<f64> {
    value.as_array().unwrap().iter().map(|x| x.as_f64().unwrap()).collect()
}

fn fit(series: &Value, fit: fn(&[Observation], f64, f64) -> Hinge) -> Hinge {
    let observations: Vec<Observation> = numbers(&series["x"])
        .into_iter()
        .zip(numbers(&series["y"]))
        .map(|(effort, traction)| Observation { effort, traction, recalled: false })
        .collect();
    let effort = observations.last().unwrap().effort;
    fit(&observations, effort, series["wandering"]["block_hours"].as_f64().unwrap())
}

#[track_caller]
fn assert_close(actual: f64, expected: &Value, tolerance: f64) {
    let expected = expected.as_f64().unwrap();
    assert!((actual - expected).abs() < tolerance, "{actual} is not {expected}");
}

#[test]
fn stall_and_decline_agree_where_the_level_may_wander() {
    let oracles = oracles();
    for name in SERIES {
        let hinge = fit(&oracles[name], Hinge::fit);
        let expected = &oracles[name]["wandering"];
        assert_close(hinge.gain_below(0.7), &expected["p_stall"], 1e-8);
        assert_close(hinge.gain_below(0.0), &expected["p_decline"], 1e-8);
        assert_close(hinge.expected_gain(), &expected["gain_next_block"], 1e-8);
        assert_close(hinge.p_wanders(), &expected["p_wanders"], 1e-8);
        assert_close(hinge.p_bend(), &expected["p_bend"], 1e-8);
        assert_eq!(hinge.trend().bend, expected["bend_hours"].as_f64(), "{name}");
    }
}

#[test]
fn stall_and_decline_agree_where_it_may_not() {
    let oracles = oracles();
    for name in SERIES {
        let hinge = fit(&oracles[name], Hinge::fit_steady);
        let expected = &oracles[name]["hinge_v2_default"];
        assert_close(hinge.gain_below(0.7), &expected["p_stall"], 1e-8);
        assert_close(hinge.gain_below(0.0), &expected["p_decline"], 1e-8);
        assert_close(hinge.expected_gain(), &expected["gain_next_block"], 1e-8);
        assert_close(hinge.p_bend(), &expected["p_change"], 1e-8);
        assert_eq!(hinge.trend().bend, expected["knot_hours"].as_f64(), "{name}");
    }
}

#[test]
fn forecasts_of_promises_agree() {
    let (oracles, expected): (Value, Value) = (
        oracles(),
        serde_json::from_str(include_str!("../../../../tests/fixtures/f5_kill.json")).unwrap(),
    );
    for (name, cases) in expected.as_object().unwrap() {
        let hinge = fit(&oracles[name], Hinge::fit);
        for (case, probability) in cases.as_object().unwrap() {
            let (hours, level) = case.trim_start_matches('+').split_once("h>= ").unwrap();
            let forecast = hinge.reaches(level.parse().unwrap(), hours.parse().unwrap());
            assert_close(forecast, probability, 1e-6);
        }
    }
}
