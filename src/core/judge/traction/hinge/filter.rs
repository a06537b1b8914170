//! The local-level filter: columns of numbers without the correlation that a
//! random walk brings, in linear time.
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
