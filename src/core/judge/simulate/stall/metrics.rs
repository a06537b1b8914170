//! Accuracy of a detector: area under the ROC curve, power, medians.

/// Area under the receiver operating characteristic: the probability that one
/// of the stalled is more suspect than one of the healthy, ties counting half.
pub(super) fn auroc(stalled: &[f64], healthy: &[f64]) -> f64 {
    let mut all: Vec<(f64, bool)> = stalled.iter().map(|&x| (x, true)).collect();
    all.extend(healthy.iter().map(|&x| (x, false)));
    all.sort_by(|a, b| a.0.total_cmp(&b.0));
    let (mut below, mut wins) = (0.0, 0.0);
    for equal in all.chunk_by(|a, b| a.0 == b.0) {
        let hits = equal.iter().filter(|(_, stalled)| *stalled).count() as f64;
        let others = equal.len() as f64 - hits;
        wins += hits * (below + others / 2.0);
        below += others;
    }
    wins / (stalled.len() as f64 * healthy.len() as f64)
}

/// Standard error of an area under the curve (Hanley and McNeil 1982,
/// Radiology 143, equation 1).
pub(super) fn standard_error(auroc: f64, stalled: usize, healthy: usize) -> f64 {
    let (m, n) = (stalled as f64, healthy as f64);
    let (q1, q2) = (auroc / (2.0 - auroc), 2.0 * auroc * auroc / (1.0 + auroc));
    let square = auroc * auroc;
    let variance = auroc * (1.0 - auroc) + (m - 1.0) * (q1 - square) + (n - 1.0) * (q2 - square);
    (variance.max(0.0) / (m * n)).sqrt()
}

/// Share of the stalled that are more suspect than all but this share of the
/// healthy.
pub(super) fn power_at(stalled: &[f64], healthy: &[f64], false_alarms: f64) -> f64 {
    let mut sorted = healthy.to_vec();
    sorted.sort_unstable_by(f64::total_cmp);
    let last = sorted.len().saturating_sub(1);
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "a share of a length is a position"
    )]
    let position = ((1.0 - false_alarms) * last as f64).ceil() as usize;
    let Some(&threshold) = sorted.get(position) else { return f64::NAN };
    share(stalled, |suspicion| *suspicion > threshold)
}

/// Share of values for which something holds; not a number without any.
pub(super) fn share<T>(values: &[T], holds: impl Fn(&T) -> bool) -> f64 {
    values.iter().filter(|value| holds(value)).count() as f64 / values.len() as f64
}

/// The middle value; `None` without any.
pub(super) fn median(values: &[usize]) -> Option<usize> {
    let mut sorted = values.to_vec();
    sorted.sort_unstable();
    sorted.get(sorted.len() / 2).copied()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ties_count_half() {
        assert_eq!(auroc(&[3.0, 2.0], &[1.0, 2.0]), 3.5 / 4.0);
        assert_eq!(auroc(&[1.0], &[1.0]), 0.5);
    }

    #[test]
    fn an_area_over_few_is_uncertain() {
        assert_eq!(standard_error(0.5, 1, 1), 0.5);
        assert_eq!(standard_error(1.0, 3, 3), 0.0);
        // By hand: ((0.88·0.12 + 49·0.01131 + 49·0.04943) / 2500)^½.
        assert!((standard_error(0.88, 50, 50) - 0.035_10).abs() < 5e-5);
    }

    #[test]
    fn power_is_what_lies_beyond_the_healthy() {
        let healthy: Vec<f64> = (0..=10).map(f64::from).collect();
        assert_eq!(power_at(&[9.5, 8.5, 9.0, 20.0], &healthy, 0.1), 0.5);
        assert_eq!(median(&[7, 1, 3]), Some(3));
    }
}
