//! Student's t distribution.

use std::f64::consts::{FRAC_1_SQRT_2, FRAC_2_PI};

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

#[cfg(test)]
mod tests {
    use super::*;
    use std::f64::consts::FRAC_PI_2;

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
}
