//! Weights drawn around the stated ones, or anywhere.

use rand::SeedableRng;
use rand_distr::{Distribution, Exp1, Gamma};
use rand_pcg::Pcg64Mcg;

use crate::domain::CRITERIA;

/// How many draws' worth of trust the stated weights get: Dirichlet(1 + 30 w)
/// has a standard deviation of 0.07 for a weight of 0.25.
const CONCENTRATION: f64 = 30.0;

/// How far weights are drawn from the stated ones.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WeightSpread {
    /// Near the stated weights w: Dirichlet(1 + 30 w).
    Near,
    /// Any weights, all equally likely: Dirichlet(1).
    Any,
}

impl WeightSpread {
    /// Both, the default first.
    pub const ALL: [Self; 2] = [Self::Near, Self::Any];

    /// The word on the command line and in JSON.
    #[must_use]
    pub const fn id(self) -> &'static str {
        match self {
            Self::Near => "near",
            Self::Any => "any",
        }
    }

    /// The spread of that name, if there is one.
    #[must_use]
    pub fn from_id(id: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|spread| spread.id() == id)
    }
}

/// Weights by draw, each summing to 1. A criterion with a stated weight of 0
/// has been switched off and stays so.
pub(super) fn draw(
    stated: &[f64; CRITERIA],
    spread: WeightSpread,
    draws: usize,
    seed: u64,
) -> Vec<[f64; CRITERIA]> {
    let mut random = Pcg64Mcg::seed_from_u64(seed);
    let gammas = stated.map(|weight| match spread {
        WeightSpread::Near if weight > 0.0 => Gamma::new(1.0 + CONCENTRATION * weight, 1.0).ok(),
        _ => None,
    });
    let draw = |_| {
        let mut weights = [0.0; CRITERIA];
        for ((weight, stated), gamma) in weights.iter_mut().zip(stated).zip(&gammas) {
            *weight = match gamma {
                _ if *stated <= 0.0 => 0.0,
                Some(gamma) => gamma.sample(&mut random),
                None => Exp1.sample(&mut random),
            };
        }
        let sum: f64 = weights.iter().sum();
        if sum > 0.0 { weights.map(|weight| weight / sum) } else { *stated }
    };
    (0..draws).map(draw).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::Criterion;

    const STATED: [f64; CRITERIA] = [0.15, 0.2, 0.2, 0.25, 0.2];

    /// Mean and standard deviation of the weight of headroom.
    fn headroom(spread: WeightSpread) -> (f64, f64) {
        let weights = draw(&STATED, spread, 50_000, 1);
        let values = || weights.iter().map(|weights| weights[Criterion::Headroom.index()]);
        let mean = values().sum::<f64>() / weights.len() as f64;
        let variance = values().map(|x| (x - mean).powi(2)).sum::<f64>() / weights.len() as f64;
        (mean, variance.sqrt())
    }

    #[test]
    fn weights_sum_to_one_and_have_the_moments_of_their_dirichlet() {
        for weights in WeightSpread::ALL.map(|spread| draw(&STATED, spread, 1_000, 1)).concat() {
            assert!((weights.iter().sum::<f64>() - 1.0).abs() < 1e-12);
            assert!(weights.iter().all(|weight| *weight >= 0.0));
        }
        // Dirichlet with total a: variance m(1 − m)/(a + 1).
        let (mean, deviation) = headroom(WeightSpread::Near);
        let expected: f64 = 8.5 / 35.0;
        assert!((mean - expected).abs() < 0.002, "{mean}");
        assert!((deviation - (expected * (1.0 - expected) / 36.0).sqrt()).abs() < 0.002);
        let (mean, deviation) = headroom(WeightSpread::Any);
        assert!((mean - 0.2).abs() < 0.003, "{mean}");
        assert!((deviation - (0.2_f64 * 0.8 / 6.0).sqrt()).abs() < 0.003);
    }

    #[test]
    fn what_is_switched_off_stays_off() {
        for spread in WeightSpread::ALL {
            for weights in draw(&[0.5, 0.5, 0.0, 0.0, 0.0], spread, 100, 1) {
                assert_eq!(weights[2..], [0.0; 3]);
            }
        }
    }
}
