//! Numerical building blocks: linear algebra, quadrature over a normal distribution,
//! Newton's method for a log-posterior with a single maximum, Student's t
//! distribution, intervals for a share from the beta distribution, sorting by value;
//! and numbers as people read them.

mod cholesky;

pub(crate) use cholesky::{Cholesky, Matrix};

use std::f64::consts::{FRAC_1_SQRT_2, FRAC_2_PI};

/// Sorts positions by their values, the largest first; equal ones stay as they
/// are. Not generic on purpose: every sort that is compiled for types of its own
/// takes several kB of the program.
///
/// # Panics
/// A position has no value.
pub fn sort_descending(positions: &mut [usize], values: &[f64]) {
    positions.sort_by(|&a, &b| values[b].total_cmp(&values[a]));
}

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

/// From this many degrees of freedom on, the expansion is used in place of the
/// finite series; its error is then below 1e-9.
const MANY_DEGREES: u32 = 60;

/// A Student t distribution with a location and a scale.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) struct StudentT {
    /// Degrees of freedom, at least 1.
    pub(crate) degrees: u32,
    /// Centre.
    pub(crate) location: f64,
    /// Scale, above 0.
    pub(crate) scale: f64,
}

impl StudentT {
    /// Probability of a value below `x`.
    pub(crate) fn below(self, x: f64) -> f64 {
        below((x - self.location) / self.scale, self.degrees)
    }
}

/// Probability of a value below `t` for the standard distribution.
fn below(t: f64, degrees: u32) -> f64 {
    let within = if degrees < MANY_DEGREES {
        within_by_series(t, degrees)
    } else {
        within_by_expansion(t, degrees)
    };
    f64::midpoint(1.0, within)
}

/// Probability between −t and t, with the sign of `t`, by the finite series for
/// whole degrees of freedom: Abramowitz & Stegun (1964), 26.7.3 and 26.7.4.
fn within_by_series(t: f64, degrees: u32) -> f64 {
    let nu = f64::from(degrees);
    let sine = t / (nu + t * t).sqrt();
    let cosine_squared = nu / (nu + t * t);
    let odd = degrees % 2 == 1;
    let (mut term, mut k) = if odd { (cosine_squared.sqrt(), 1) } else { (1.0, 0) };
    let mut sum = 0.0;
    while k + 2 <= degrees {
        sum += term;
        term *= cosine_squared * f64::from(k + 1) / f64::from(k + 2);
        k += 2;
    }
    if odd { FRAC_2_PI * ((t / nu.sqrt()).atan() + sine * sum) } else { sine * sum }
}

/// The same by the expansion around the normal distribution of Hill (1970),
/// "Algorithm 395: Student's t-distribution", Communications of the ACM 13.
fn within_by_expansion(t: f64, degrees: u32) -> f64 {
    let nu = f64::from(degrees);
    let a = nu - 0.5;
    let b = 48.0 * a * a;
    let y = a * (t * t / nu).ln_1p();
    let correction = (((-0.4 * y - 3.3) * y - 24.0) * y - 85.5) / (0.8 * y * y + 100.0 + b);
    let normal = ((correction + y + 3.0) / b + 1.0) * y.sqrt();
    (1.0 - libm::erfc(normal * FRAC_1_SQRT_2)).copysign(t)
}

/// Steps of bisection: more than a double can tell apart.
const HALVINGS: usize = 60;

/// The interval that holds the share behind `hits` of `n` with a probability,
/// from the posterior under Jeffreys' prior; open where nothing or everything
/// was a hit (Brown, Cai & DasGupta 2001, Statistical Science 16).
pub(crate) fn jeffreys(hits: usize, n: usize, within: f64) -> (f64, f64) {
    let (a, b) = (hits as f64 + 0.5, (n - hits) as f64 + 0.5);
    let tail = (1.0 - within) / 2.0;
    let low = if hits == 0 { 0.0 } else { quantile(tail, a, b) };
    let high = if hits == n { 1.0 } else { quantile(1.0 - tail, a, b) };
    (low, high)
}

fn quantile(p: f64, a: f64, b: f64) -> f64 {
    let (mut low, mut high) = (0.0, 1.0);
    for _ in 0..HALVINGS {
        let middle = f64::midpoint(low, high);
        if incomplete_beta(middle, a, b) < p { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// The regularised incomplete beta function I_x(a, b), 0 < x < 1.
fn incomplete_beta(x: f64, a: f64, b: f64) -> f64 {
    let front =
        (libm::lgamma(a + b) - libm::lgamma(a) - libm::lgamma(b) + a * x.ln() + b * (1.0 - x).ln())
            .exp();
    if x < (a + 1.0) / (a + b + 2.0) {
        front * fraction(x, a, b) / a
    } else {
        1.0 - front * fraction(1.0 - x, b, a) / b
    }
}

/// The continued fraction 8.17.22 of the NIST Digital Library of Mathematical
/// Functions, by Lentz's method.
fn fraction(x: f64, a: f64, b: f64) -> f64 {
    const TINY: f64 = 1e-300;
    let away_from_zero = |value: f64| if value.abs() < TINY { TINY } else { value };
    let mut c = 1.0;
    let mut d = 1.0 / away_from_zero(1.0 - (a + b) * x / (a + 1.0));
    let mut value = d;
    for m in (1..500).map(f64::from) {
        let even = m * (b - m) * x / ((a + 2.0 * m - 1.0) * (a + 2.0 * m));
        let odd = -(a + m) * (a + b + m) * x / ((a + 2.0 * m) * (a + 2.0 * m + 1.0));
        let mut change = 1.0;
        for term in [even, odd] {
            d = 1.0 / away_from_zero(1.0 + term * d);
            c = away_from_zero(1.0 + term / c);
            change = c * d;
            value *= change;
        }
        if (change - 1.0).abs() < 1e-15 {
            break;
        }
    }
    value
}

/// A difference with its sign and one decimal: `+3.5`, `−0.2`, `0.0`.
pub(crate) fn signed(x: f64) -> String {
    let tenths = (x * 10.0).round() / 10.0;
    match tenths {
        x if x > 0.0 => format!("+{x:.1}"),
        x if x < 0.0 => format!("−{:.1}", -x),
        _ => "0.0".to_owned(),
    }
}

/// A probability in whole percent, never claiming certainty: `65 %`,
/// `over 99 %`.
///
/// ```
/// assert_eq!(prospect_core::judge::percent(0.654), "65 %");
/// assert_eq!(prospect_core::judge::percent(0.999), "over 99 %");
/// ```
#[must_use]
pub fn percent(p: f64) -> String {
    match (p * 100.0).round() {
        whole if whole < 1.0 => "under 1 %".to_owned(),
        whole if whole > 99.0 => "over 99 %".to_owned(),
        whole => format!("{whole:.0} %"),
    }
}

/// With one decimal, unless that is 0.
pub(crate) fn tenth(x: f64) -> String {
    ((x * 10.0).round() / 10.0).to_string()
}

/// A place in figures: `1st`, `2nd`, `11th`, `23rd`.
#[must_use]
pub fn ordinal(n: usize) -> String {
    let ending = match (n % 100, n % 10) {
        (11..=13, _) => "th",
        (_, 1) => "st",
        (_, 2) => "nd",
        (_, 3) => "rd",
        _ => "th",
    };
    format!("{n}{ending}")
}

/// `once`, `twice`, `3 times`.
pub(crate) fn times(n: usize) -> String {
    match n {
        1 => "once".to_owned(),
        2 => "twice".to_owned(),
        n => format!("{n} times"),
    }
}

#[cfg(test)]
mod tests {
    use std::f64::consts::FRAC_PI_2;

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

    /// The density is proportional to cos^(ν−1) in the angle atan(t/√ν);
    /// Simpson's rule over it needs neither series nor gamma function.
    fn below_by_quadrature(t: f64, degrees: u32) -> f64 {
        let power = i32::try_from(degrees).unwrap() - 1;
        let integral = |from: f64, to: f64| {
            let steps = 4000;
            let h = (to - from) / f64::from(steps);
            let weight = |i| if i == 0 || i == steps { 1.0 } else { 2.0 + 2.0 * f64::from(i % 2) };
            (0..=steps)
                .map(|i| weight(i) * (from + h * f64::from(i)).cos().powi(power))
                .sum::<f64>()
                * h
        };
        let angle = (t / f64::from(degrees).sqrt()).atan();
        integral(-FRAC_PI_2, angle) / integral(-FRAC_PI_2, FRAC_PI_2)
    }

    #[test]
    fn agrees_with_quadrature() {
        for degrees in [1, 2, 3, 7, 8, 11, 18, 30, 59, 60, 61, 100, 1000] {
            for t in [-9.0, -3.1, -1.0, -0.2, 0.0, 0.4, 1.3, 2.0, 4.5, 12.0] {
                let (actual, expected) = (below(t, degrees), below_by_quadrature(t, degrees));
                assert!((actual - expected).abs() < 1e-9, "{t} {degrees}: {actual} {expected}");
            }
        }
    }

    #[test]
    fn series_and_expansion_meet() {
        for i in -300..=300 {
            let t = f64::from(i) / 20.0;
            let apart = within_by_series(t, MANY_DEGREES) - within_by_expansion(t, MANY_DEGREES);
            assert!(apart.abs() < 1e-9, "{t}: {apart}");
        }
    }

    #[test]
    fn the_tails_end_at_nothing_and_at_certainty() {
        for degrees in [1, 2, 11, 60, 5000] {
            assert!(below(-1e12, degrees) < 1e-9);
            assert!(below(1e12, degrees) > 1.0 - 1e-9);
            assert_eq!(below(0.0, degrees), 0.5);
        }
    }

    #[test]
    fn agrees_with_closed_forms() {
        for x in [0.01, 0.2, 0.5, 0.77, 0.99] {
            assert!((incomplete_beta(x, 1.0, 1.0) - x).abs() < 1e-13);
            assert!((incomplete_beta(x, 3.0, 1.0) - x.powi(3)).abs() < 1e-13);
            let arcsine = 2.0 / std::f64::consts::PI * x.sqrt().asin();
            assert!((incomplete_beta(x, 0.5, 0.5) - arcsine).abs() < 1e-12);
        }
    }

    #[test]
    fn nothing_and_everything_leave_one_end_open() {
        assert_eq!(jeffreys(0, 7, 0.8).0, 0.0);
        assert_eq!(jeffreys(7, 7, 0.8).1, 1.0);
        let (low, high) = jeffreys(4, 6, 0.8);
        assert!((low - 0.408_106_579).abs() < 1e-8 && (high - 0.856_513_679).abs() < 1e-8);
    }

    #[test]
    fn a_sign_stands_before_what_is_not_nothing() {
        assert_eq!([3.46, -0.18, -0.04, 0.04].map(signed), ["+3.5", "−0.2", "0.0", "0.0"]);
    }

    #[test]
    fn places_have_their_endings() {
        assert_eq!(
            [1, 2, 3, 4, 11, 12, 13, 21, 112].map(ordinal).join(" "),
            "1st 2nd 3rd 4th 11th 12th 13th 21st 112th"
        );
    }

    #[test]
    fn nothing_is_certain() {
        let shown = [0.0, 0.004, 0.006, 0.65, 0.994, 0.999].map(percent);
        assert_eq!(shown, ["under 1 %", "under 1 %", "1 %", "65 %", "99 %", "over 99 %"]);
    }
}
