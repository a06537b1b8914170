//! Draws from the posterior of the strengths.

use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

use super::expectation_propagation::{Moments, StrengthPrior};
use crate::judge::numeric::{Cholesky, Matrix};

/// Draws the strengths of some entrants together.
#[derive(Debug)]
pub(super) struct Sampler {
    /// The multiplier of the rubric first, then the entrants with duels.
    means: Vec<f64>,
    factor: Cholesky,
    /// Indices of those in what is drawn.
    indices: Vec<usize>,
    /// Entrants without duels: index, prior mean at a multiplier of 1, and
    /// standard deviation. Given the multiplier they depend on nothing else.
    free: Vec<(usize, f64, f64)>,
    normal: Vec<f64>,
    drawn: Vec<f64>,
}

impl Sampler {
    /// A sampler for these entrants. `priors` and `duelled` (whether in any
    /// duel) are of all.
    pub(super) fn new(
        moments: &Moments,
        priors: &[StrengthPrior],
        duelled: &[bool],
        entrants: &[usize],
    ) -> Self {
        let (mut linked, mut indices, mut free) = (Vec::new(), Vec::new(), Vec::new());
        for (index, &entrant) in entrants.iter().enumerate() {
            if duelled[entrant] {
                linked.push(entrant);
                indices.push(index);
            } else {
                let StrengthPrior { rubric, precision } = priors[entrant];
                free.push((index, rubric, precision.sqrt().recip()));
            }
        }
        let mut covariance = Matrix::zero(linked.len() + 1);
        covariance[(0, 0)] = moments.rubric_scale.variance;
        for (row, &one) in linked.iter().enumerate() {
            covariance[(row + 1, 0)] = moments.rubric_scale.covariance[one];
            for (column, &other) in linked[..=row].iter().enumerate() {
                covariance[(row + 1, column + 1)] = moments.covariance[(one, other)];
            }
        }
        let means = linked.iter().map(|&entrant| moments.means[entrant]);
        let size = linked.len() + 1;
        Self {
            means: std::iter::once(moments.rubric_scale.mean).chain(means).collect(),
            factor: Cholesky::new(covariance),
            indices,
            free,
            normal: vec![0.0; size],
            drawn: vec![0.0; size],
        }
    }

    /// Draws the strengths, in the order of the entrants.
    pub(super) fn draw(&mut self, random: &mut impl Rng, strengths: &mut [f64]) {
        self.normal.fill_with(|| StandardNormal.sample(random));
        self.factor.multiply(&self.normal, &mut self.drawn);
        for (drawn, mean) in self.drawn.iter_mut().zip(&self.means) {
            *drawn += mean;
        }
        let (scale, linked) = self.drawn.split_at(1);
        for (&index, &strength) in self.indices.iter().zip(linked) {
            strengths[index] = strength;
        }
        for &(index, rubric, deviation) in &self.free {
            let normal: f64 = StandardNormal.sample(random);
            strengths[index] = scale[0] * rubric + deviation * normal;
        }
    }
}
