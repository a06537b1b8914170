//! Expectations over a normal distribution, and Newton's method for a
//! log-posterior with a single maximum.

use super::{Cholesky, Matrix};

/// Expectations over a normal distribution by the trapezoid rule, whose error
/// falls geometrically for such smooth integrands (Trefethen & Weideman 2014).
#[derive(Clone, Debug)]
pub(crate) struct NormalQuadrature {
    /// Nodes in standard deviations, and their weights, which sum to 1.
    nodes: [(f64, f64); Self::NODES],
}

impl NormalQuadrature {
    const NODES: usize = 27;
    const STEP: f64 = 0.5;

    pub(crate) fn new() -> Self {
        let middle = Self::NODES / 2;
        let node = |index: usize| Self::STEP * (index as f64 - middle as f64);
        let weight = |x: f64| (-0.5 * x * x).exp();
        let total: f64 = (0..Self::NODES).map(|index| weight(node(index))).sum();
        Self { nodes: std::array::from_fn(|index| (node(index), weight(node(index)) / total)) }
    }

    /// The nodes of N(mean, variance) with their weights: the expectation of a
    /// function is the sum of weight times value.
    pub(crate) fn nodes(&self, mean: f64, variance: f64) -> impl Iterator<Item = (f64, f64)> + '_ {
        let deviation = variance.max(0.0).sqrt();
        self.nodes.iter().map(move |(x, weight)| (mean + deviation * x, *weight))
    }

    /// Mean and variance of N(mean, variance) weighted by a function, given by
    /// its logarithm up to a constant.
    pub(crate) fn moments(
        &self,
        mean: f64,
        variance: f64,
        log_weight: impl Fn(f64) -> f64,
    ) -> (f64, f64) {
        let deviation = variance.max(0.0).sqrt();
        let logs = self.nodes.map(|(x, _)| log_weight(mean + deviation * x));
        let largest = logs.iter().copied().fold(f64::NEG_INFINITY, f64::max);
        let (mut total, mut first, mut second) = (0.0, 0.0, 0.0);
        for ((x, weight), log) in self.nodes.iter().zip(logs) {
            let weight = weight * (log - largest).exp();
            total += weight;
            first += weight * x;
            second += weight * x * x;
        }
        let shift = first / total;
        (mean + deviation * shift, variance * (second / total - shift * shift))
    }
}

/// More steps than any fit has been seen to need.
const MAX_STEPS: usize = 60;

/// Loss of value by rounding that still counts as a step upwards.
const SLACK: f64 = 1e-9;

/// A halved step shorter than this share is taken as it is.
const MIN_SHARE: f64 = 1e-6;

/// The maximum of a function.
#[derive(Clone, Debug)]
pub(crate) struct Maximum {
    /// The argument of the maximum.
    pub(crate) x: Vec<f64>,
    /// The value there.
    pub(crate) value: f64,
    /// Newton steps taken.
    pub(crate) steps: usize,
}

/// Newton's method with halved steps, from `start` until no unknown moves by as
/// much as `tolerance`. `gradient_and_hessian` gives the gradient, and minus
/// the second derivatives or a positive definite approximation of them (the
/// lower triangle).
pub(crate) fn maximize(
    start: Vec<f64>,
    tolerance: f64,
    value: impl Fn(&[f64]) -> f64,
    gradient_and_hessian: impl Fn(&[f64]) -> (Vec<f64>, Matrix),
) -> Maximum {
    let mut maximum = Maximum { value: value(&start), x: start, steps: 0 };
    while maximum.steps < MAX_STEPS {
        let (gradient, hessian) = gradient_and_hessian(&maximum.x);
        let step = Cholesky::new(hessian).solve(&gradient);
        let mut share = 1.0;
        loop {
            let x: Vec<f64> =
                maximum.x.iter().zip(&step).map(|(x, step)| x + share * step).collect();
            let reached = value(&x);
            if reached >= maximum.value - SLACK || share < MIN_SHARE {
                (maximum.x, maximum.value) = (x, reached);
                break;
            }
            share /= 2.0;
        }
        maximum.steps += 1;
        if step.iter().all(|step| step.abs() < tolerance) {
            break;
        }
    }
    maximum
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn moments_of_a_weighted_normal_distribution() {
        let quadrature = NormalQuadrature::new();
        let mean: f64 = quadrature.nodes(3.0, 4.0).map(|(x, weight)| x * weight).sum();
        assert!((mean - 3.0).abs() < 1e-12);
        // exp(x) shifts N(1, 4) by its variance and leaves the variance.
        let (mean, variance) = quadrature.moments(1.0, 4.0, |x| x);
        assert!((mean - 5.0).abs() < 1e-4 && (variance - 4.0).abs() < 1e-3, "{mean} {variance}");
    }
}
