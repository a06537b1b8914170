//! The fit under one bend and one walk: the local-level filter, which takes the
//! correlation that a random walk brings out of columns of numbers in linear time,
//! and the posterior of the coefficients.
//!
//! With observation noise of variance 1 and a walk of variance ρ per block from
//! 0, the covariance of the observations is I + ρ·min(uᵢ, uⱼ). The innovations
//! of the Kalman filter for the walk, each divided by its standard deviation,
//! are L⁻¹ times the column, with L the Cholesky factor of that covariance
//! (Durbin and Koopman, Time Series Analysis by State Space Methods, 2.4).

use super::Bend;

/// The filter for one variance of the walk.
#[derive(Clone, Debug)]
pub(super) struct LevelFilter {
    /// Variance per block, in units of the noise variance.
    variance: f64,
    /// Efforts in blocks.
    efforts: Vec<f64>,
    steps: Vec<Step>,
    /// Logarithm of the determinant of L.
    log_deviation: f64,
}

#[derive(Clone, Copy, Debug)]
struct Step {
    /// How far an innovation moves the expected walk.
    gain: f64,
    /// 1 over the standard deviation of the innovation.
    precision: f64,
}

impl LevelFilter {
    pub(super) fn new(efforts: &[f64], variance: f64) -> Self {
        let (mut known, mut before) = (0.0, 0.0);
        let mut log_variance = 0.0;
        let step = |&u: &f64| {
            let walk = known + variance * (u - before);
            let innovation = walk + 1.0;
            (known, before) = (walk / innovation, u);
            if variance > 0.0 {
                log_variance += innovation.ln();
            }
            Step { gain: known, precision: innovation.sqrt().recip() }
        };
        let steps = efforts.iter().map(step).collect();
        let log_deviation = log_variance / 2.0;
        Self { variance, efforts: efforts.to_vec(), steps, log_deviation }
    }

    /// Variance of the walk per block, in units of the noise variance.
    pub(super) const fn variance(&self) -> f64 {
        self.variance
    }

    /// Logarithm of the determinant of L.
    pub(super) const fn log_deviation(&self) -> f64 {
        self.log_deviation
    }

    /// L⁻¹ times a column.
    pub(super) fn whiten(&self, column: &[f64]) -> Vec<f64> {
        self.whitened(column.iter().copied())
    }

    /// L⁻¹ times the covariance of the walk at `u` with the observations;
    /// `None` where there is no walk.
    pub(super) fn whitened_covariance(&self, u: f64) -> Option<Vec<f64>> {
        let covariance = self.efforts.iter().map(|effort| self.variance * effort.min(u));
        (self.variance > 0.0).then(|| self.whitened(covariance))
    }

    fn whitened(&self, column: impl Iterator<Item = f64>) -> Vec<f64> {
        let mut walk = 0.0;
        let innovation = |(value, step): (f64, &Step)| {
            let innovation = value - walk;
            walk += step.gain * innovation;
            innovation * step.precision
        };
        column.zip(&self.steps).map(innovation).collect()
    }

    /// The product of a whitened column with the whitened max(0, u − c) of each
    /// bend c.
    ///
    /// That column is 0 before the bend. From there on its innovations are
    /// u − z, with z = c at the bend, and z moves towards u by the gain at each
    /// step. So the sum from any observation on is linear in z, and one pass
    /// from the end gives it for every bend.
    pub(super) fn with_hinges(&self, whitened: &[f64], bends: &[Bend]) -> Vec<f64> {
        let (mut slope, mut constant) = (0.0, 0.0);
        self.walk_back(bends, |i, c| {
            let (Step { gain, precision }, u) = (self.steps[i], self.efforts[i]);
            let weight = whitened[i] * precision;
            constant += gain * u * slope + u * weight;
            slope = (1.0 - gain) * slope - weight;
            c.map(|c| slope * c + constant)
        })
    }

    /// The square of the whitened max(0, u − c) of each bend c: by the same
    /// pass, as it is quadratic in z.
    pub(super) fn squares_of_hinges(&self, bends: &[Bend]) -> Vec<f64> {
        let (mut square, mut slope, mut constant) = (0.0, 0.0, 0.0);
        self.walk_back(bends, |i, c| {
            let (Step { gain, precision }, u) = (self.steps[i], self.efforts[i]);
            let (kept, moved, weight) = (1.0 - gain, gain * u, precision * precision);
            constant += moved * (slope + moved * square) + weight * u * u;
            slope = kept * (slope + 2.0 * moved * square) - 2.0 * weight * u;
            square = kept * kept * square + weight;
            c.map(|c| (square * c + slope) * c + constant)
        })
    }

    /// Calls `step` for each observation from the last to the first, with the
    /// bend before it if there is one, and gathers what it gives for the bends.
    fn walk_back(
        &self,
        bends: &[Bend],
        mut step: impl FnMut(usize, Option<f64>) -> Option<f64>,
    ) -> Vec<f64> {
        let mut values = vec![0.0; bends.len()];
        let mut left = bends.len();
        for i in (0..self.steps.len()).rev() {
            let bend = left.checked_sub(1).map(|at| bends[at]).filter(|bend| bend.next == i);
            if let Some(value) = step(i, bend.map(|bend| bend.at)) {
                left -= 1;
                values[left] = value;
            }
        }
        values
    }
}

/// Prior mean of the level at the start, and of the gain per block before and
/// after the bend.
const MEAN: [f64; 3] = [4.0, 1.05, 1.05];

/// Prior variances of the same, in units of the noise variance.
const VARIANCE: [f64; 3] = [25.0, 4.0, 4.0];

/// Shape and scale of the inverse gamma prior of the noise variance.
pub(super) const NOISE: (u32, f64) = (3, 2.0);

/// The fit under one bend, or none, and one walk.
#[derive(Clone, Copy, Debug)]
pub(super) struct Component {
    /// Which of the walks.
    pub(super) walk: usize,
    /// Which of the bends; `None` without one.
    pub(super) bend: Option<usize>,
    /// Posterior probability.
    pub(super) weight: f64,
    /// Squared scale of the noise.
    pub(super) noise: f64,
    /// Cholesky factor L of the posterior precision of the coefficients.
    factor: [[f64; 3]; 3],
    /// L⁻¹r, so that the posterior mean is L⁻ᵀ of it.
    solved: [f64; 3],
}

/// Products of the whitened columns 1, u, max(0, u − c) and y.
#[derive(Clone, Copy, Debug)]
pub(super) struct Products {
    /// Of 1 with 1, u and max(0, u − c).
    pub(super) ones: [f64; 3],
    /// Of u with u and max(0, u − c).
    pub(super) efforts: [f64; 2],
    /// Of max(0, u − c) with itself.
    pub(super) hinge: f64,
    /// Of y with 1, u and max(0, u − c).
    pub(super) levels: [f64; 3],
    /// Of y with itself.
    pub(super) square: f64,
}

/// Values for 1, u and max(0, u − c) as values for the columns of the line,
/// 1, min(u, c) and max(0, u − c); without a bend the last is 0.
pub(super) const fn columns(ones: f64, efforts: f64, hinge: f64, bends: bool) -> [f64; 3] {
    if bends { [ones, efforts - hinge, hinge] } else { [ones, efforts, 0.0] }
}

impl Component {
    /// `weight` is the logarithm of the prior probability and of what else
    /// bears on the marginal likelihood. Until [`normalise`] is called, the
    /// component's weight is a logarithm too.
    pub(super) fn fit(
        walk: usize,
        bend: Option<usize>,
        products: &Products,
        shape: f64,
        weight: f64,
    ) -> Self {
        let Products { ones, efforts, hinge, levels, square } = *products;
        let cross = efforts[1] - hinge;
        let before = efforts[0] - efforts[1] - cross;
        let mut precision =
            [[ones[0], 0.0, 0.0], [ones[1] - ones[2], before, 0.0], [ones[2], cross, hinge]];
        let mut right = columns(levels[0], levels[1], levels[2], bend.is_some());
        let mut squares = square;
        for i in 0..3 {
            precision[i][i] += 1.0 / VARIANCE[i];
            right[i] += MEAN[i] / VARIANCE[i];
            squares += MEAN[i] * MEAN[i] / VARIANCE[i];
        }
        let factor = cholesky(precision);
        let solved = forward(&factor, right);
        let rate = NOISE.1 + 0.5 * (squares - dot(&solved, &solved));
        let volume = factor[0][0] * factor[1][1] * factor[2][2];
        let weight = weight - volume.ln() - shape * rate.ln();
        Self { walk, bend, weight, noise: rate / shape, factor, solved }
    }

    /// The slope after the bend, or the only one, as a combination of the
    /// coefficients.
    pub(super) const fn last_slope(&self) -> [f64; 3] {
        if self.bend.is_some() { [0.0, 0.0, 1.0] } else { [0.0, 1.0, 0.0] }
    }

    /// Expectation of a combination of the coefficients, and its variance in
    /// units of [`Component::noise`].
    pub(super) fn combination(&self, combination: [f64; 3]) -> (f64, f64) {
        let z = forward(&self.factor, combination);
        (dot(&z, &self.solved), dot(&z, &z))
    }
}

/// Turns logarithms of weights into probabilities.
pub(super) fn normalise(components: &mut [Component]) {
    let highest =
        components.iter().map(|component| component.weight).fold(f64::NEG_INFINITY, f64::max);
    let mut sum = 0.0;
    for component in components.iter_mut() {
        component.weight = (component.weight - highest).exp();
        sum += component.weight;
    }
    for component in components {
        component.weight /= sum;
    }
}

/// The lower triangle L with L·Lᵀ = `matrix`, of which only the lower triangle
/// is read.
fn cholesky(matrix: [[f64; 3]; 3]) -> [[f64; 3]; 3] {
    let mut factor = [[0.0; 3]; 3];
    for i in 0..3 {
        for j in 0..=i {
            let done: f64 = (0..j).map(|k| factor[i][k] * factor[j][k]).sum();
            let rest = matrix[i][j] - done;
            factor[i][j] = if i == j { rest.sqrt() } else { rest / factor[j][j] };
        }
    }
    factor
}

/// L⁻¹·`right`.
fn forward(factor: &[[f64; 3]; 3], right: [f64; 3]) -> [f64; 3] {
    let mut solution = right;
    for i in 0..3 {
        for j in 0..i {
            solution[i] -= factor[i][j] * solution[j];
        }
        solution[i] /= factor[i][i];
    }
    solution
}

pub(super) fn dot(a: &[f64], b: &[f64]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::possible_bends;
    use super::*;

    /// L⁻¹ of a column by the Cholesky factor of the whole covariance.
    fn whiten_densely(efforts: &[f64], variance: f64, column: &[f64]) -> (Vec<f64>, f64) {
        let n = efforts.len();
        let mut factor = vec![vec![0.0; n]; n];
        let mut log_deviation = 0.0;
        let mut solved: Vec<f64> = Vec::new();
        for i in 0..n {
            for j in 0..=i {
                let done = dot(&factor[i][..j], &factor[j][..j]);
                let covariance = f64::from(u8::from(i == j)) + variance * efforts[j];
                let rest = covariance - done;
                factor[i][j] = if i == j { rest.sqrt() } else { rest / factor[j][j] };
            }
            log_deviation += factor[i][i].ln();
            solved.push((column[i] - dot(&factor[i][..i], &solved)) / factor[i][i]);
        }
        (solved, log_deviation)
    }

    proptest! {
        #[test]
        fn the_filter_does_what_the_whole_covariance_does(
            points in prop::collection::vec((0.0..0.4, 0.0..=10.0), 1..40),
            variance in prop::sample::select(vec![0.0, 0.25, 1.0, 4.0]),
        ) {
            let mut effort = 0.0;
            let mut after = |step: f64| {
                effort += step;
                effort
            };
            let efforts: Vec<f64> = points.iter().map(|(step, _)| after(*step)).collect();
            let levels: Vec<f64> = points.iter().map(|(_, level)| *level).collect();
            let filter = LevelFilter::new(&efforts, variance);
            let (expected, log_deviation) = whiten_densely(&efforts, variance, &levels);
            let whitened = filter.whiten(&levels);
            for (actual, expected) in whitened.iter().zip(&expected) {
                prop_assert!((actual - expected).abs() < 1e-9);
            }
            prop_assert!((filter.log_deviation() - log_deviation).abs() < 1e-9);
            let bends = possible_bends(&efforts);
            let (products, squares) =
                (filter.with_hinges(&whitened, &bends), filter.squares_of_hinges(&bends));
            for ((bend, product), square) in bends.iter().zip(products).zip(squares) {
                let column: Vec<f64> = efforts.iter().map(|u| (u - bend.at).max(0.0)).collect();
                let (hinge, _) = whiten_densely(&efforts, variance, &column);
                prop_assert!((product - dot(&hinge, &expected)).abs() < 1e-9);
                prop_assert!((square - dot(&hinge, &hinge)).abs() < 1e-9);
            }
        }
    }
}
