//! Draws from what is believed of the strengths.

use rand::Rng;
use rand_distr::{Distribution, StandardNormal};

use super::moments::{Belief, Moments};
use crate::judge::cholesky::{Cholesky, Matrix};

/// Draws the strengths of some entrants together.
#[derive(Debug)]
pub(super) struct Sampler {
    /// The voice first, then those who have been in duels.
    means: Vec<f64>,
    factor: Cholesky,
    /// Where the draws of those go.
    places: Vec<usize>,
    /// Those without duels: where their draw goes, their leaning, and the
    /// standard deviation around it. Given the voice they depend on nothing
    /// else.
    free: Vec<(usize, f64, f64)>,
    normal: Vec<f64>,
    drawn: Vec<f64>,
}

impl Sampler {
    /// A sampler for these entrants. `beliefs` are of all, `duelled` says who
    /// has been in duels.
    pub(super) fn new(
        moments: &Moments,
        beliefs: &[Belief],
        duelled: &[bool],
        entrants: &[usize],
    ) -> Self {
        let (mut tied, mut places, mut free) = (Vec::new(), Vec::new(), Vec::new());
        for (place, &entrant) in entrants.iter().enumerate() {
            if duelled[entrant] {
                tied.push(entrant);
                places.push(place);
            } else {
                let Belief { leaning, precision } = beliefs[entrant];
                free.push((place, leaning, precision.sqrt().recip()));
            }
        }
        let mut covariance = Matrix::zero(tied.len() + 1);
        covariance[(0, 0)] = moments.voice.variance;
        for (row, &one) in tied.iter().enumerate() {
            covariance[(row + 1, 0)] = moments.voice.covariance[one];
            for (column, &other) in tied[..=row].iter().enumerate() {
                covariance[(row + 1, column + 1)] = moments.covariance[(one, other)];
            }
        }
        let means = tied.iter().map(|&entrant| moments.means[entrant]);
        let size = tied.len() + 1;
        Self {
            means: std::iter::once(moments.voice.mean).chain(means).collect(),
            factor: Cholesky::new(covariance),
            places,
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
        let (voice, tied) = self.drawn.split_at(1);
        for (&place, &strength) in self.places.iter().zip(tied) {
            strengths[place] = strength;
        }
        for &(place, leaning, deviation) in &self.free {
            let normal: f64 = StandardNormal.sample(random);
            strengths[place] = voice[0] * leaning + deviation * normal;
        }
    }
}
