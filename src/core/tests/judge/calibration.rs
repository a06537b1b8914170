//! Calibration of promises against reference numbers.

use prospect_core::judge::{Calibration, ResolvedForecast};
use serde_json::Value;

fn oracle() -> Value {
    serde_json::from_str(include_str!("../../../../tests/fixtures/f6_calibration.json")).unwrap()
}

#[track_caller]
fn assert_close(actual: f64, expected: &Value, tolerance: f64) {
    let expected = expected.as_f64().unwrap();
    assert!((actual - expected).abs() < tolerance, "{actual} is not {expected}");
}

fn calibration(oracle: &Value) -> Calibration {
    let chances = oracle["p"].as_array().unwrap().iter();
    let outcomes = oracle["y"].as_array().unwrap().iter();
    let forecasts: Vec<ResolvedForecast> = chances
        .zip(outcomes)
        .map(|(p, y)| ResolvedForecast { chance: p.as_f64().unwrap(), came_true: *y == 1 })
        .collect();
    Calibration::of(&forecasts).unwrap()
}

#[test]
fn scores_and_tests_agree() {
    let oracle = oracle();
    let calibration = calibration(&oracle);
    assert_close(calibration.brier, &oracle["brier"], 1e-12);
    assert_close(calibration.log_score, &oracle["log_loss"], 1e-12);
    assert_close(calibration.skill.unwrap(), &oracle["bss"], 1e-12);
    assert_close(calibration.spiegelhalter_z.unwrap(), &oracle["spiegelhalter_z"], 1e-12);
    assert_close(calibration.p_so_few, &oracle["pb_cdf_at_hits"], 1e-9);
    assert_close(calibration.p_so_many, &oracle["pb_sf_ge_hits"], 1e-9);
    assert_close(calibration.expected, &oracle["pb_mean"], 1e-9);
}

#[test]
fn the_decomposition_agrees() {
    let oracle = oracle();
    let parts = calibration(&oracle).decomposition;
    assert_close(parts.miscalibration, &oracle["corp"]["mcb"], 1e-12);
    assert_close(parts.discrimination, &oracle["corp"]["dsc"], 1e-12);
    assert_close(parts.uncertainty, &oracle["corp"]["unc"], 1e-12);
}

#[test]
fn bins_and_recalibration_agree() {
    let oracle = oracle();
    let calibration = calibration(&oracle);
    let shares = oracle["curve_q3"][1].as_array().unwrap();
    assert_eq!(calibration.bins.len(), shares.len());
    for (bin, share) in calibration.bins.iter().zip(shares) {
        assert_eq!(bin.n, 4);
        assert_close(bin.kept as f64 / bin.n as f64, share, 1e-9);
        assert!(bin.low < share.as_f64().unwrap() && share.as_f64().unwrap() < bin.high);
    }
    let recalibration = calibration.recalibration.unwrap();
    assert_close(recalibration.offset, &oracle["recal_map"][0], 1e-5);
    assert_close(recalibration.slope, &oracle["recal_map"][1], 1e-5);
}
