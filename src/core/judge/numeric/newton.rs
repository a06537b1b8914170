//! Newton's method for a log-posterior with a single maximum.

use super::{Cholesky, Matrix};

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
