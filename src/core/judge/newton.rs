//! Newton's method for a log-posterior with a single summit.

use super::cholesky::{Cholesky, Matrix};

/// More steps than any fit has been seen to need.
const MOST_STEPS: usize = 60;

/// How much a step may lose to rounding.
const SLACK: f64 = 1e-9;

/// A halved step shorter than this share is taken as it is.
const LEAST_SHARE: f64 = 1e-6;

/// Where a function is highest.
#[derive(Clone, Debug)]
pub(crate) struct Summit {
    /// The place.
    pub(crate) place: Vec<f64>,
    /// The height.
    pub(crate) height: f64,
    /// How many steps led there.
    pub(crate) steps: usize,
}

/// Climbs from a place, until a step moves nothing by as much as `small`.
/// Steps that lead too far are halved. `slope` gives the gradient, and minus
/// the second derivatives or a positive definite likeness of them.
pub(crate) fn climb(
    start: Vec<f64>,
    small: f64,
    height: impl Fn(&[f64]) -> f64,
    slope: impl Fn(&[f64]) -> (Vec<f64>, Matrix),
) -> Summit {
    let mut summit = Summit { height: height(&start), place: start, steps: 0 };
    while summit.steps < MOST_STEPS {
        let (gradient, curvature) = slope(&summit.place);
        let step = Cholesky::new(curvature).solve(&gradient);
        let mut share = 1.0;
        loop {
            let ahead: Vec<f64> =
                summit.place.iter().zip(&step).map(|(x, step)| x + share * step).collect();
            let reached = height(&ahead);
            if reached >= summit.height - SLACK || share < LEAST_SHARE {
                (summit.place, summit.height) = (ahead, reached);
                break;
            }
            share /= 2.0;
        }
        summit.steps += 1;
        if step.iter().all(|step| step.abs() < small) {
            break;
        }
    }
    summit
}
