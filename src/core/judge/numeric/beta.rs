//! Intervals for a share, from the beta distribution.

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
        if below(middle, a, b) < p { low = middle } else { high = middle }
    }
    f64::midpoint(low, high)
}

/// The regularised incomplete beta function I_x(a, b), 0 < x < 1.
fn below(x: f64, a: f64, b: f64) -> f64 {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn agrees_with_closed_forms() {
        for x in [0.01, 0.2, 0.5, 0.77, 0.99] {
            assert!((below(x, 1.0, 1.0) - x).abs() < 1e-13);
            assert!((below(x, 3.0, 1.0) - x.powi(3)).abs() < 1e-13);
            let arcsine = 2.0 / std::f64::consts::PI * x.sqrt().asin();
            assert!((below(x, 0.5, 0.5) - arcsine).abs() < 1e-12);
        }
    }

    #[test]
    fn nothing_and_everything_leave_one_end_open() {
        assert_eq!(jeffreys(0, 7, 0.8).0, 0.0);
        assert_eq!(jeffreys(7, 7, 0.8).1, 1.0);
        let (low, high) = jeffreys(4, 6, 0.8);
        assert!((low - 0.408_106_579).abs() < 1e-8 && (high - 0.856_513_679).abs() < 1e-8);
    }
}
