//! Calibration: how far stated chances can be trusted, and how well ideas were
//! chosen in the light of what became of them.

mod history;
mod pairs;
mod practice;
mod reliability;
mod selection;

use crate::domain::{Date, Portfolio};

pub use history::{DueForecast, ForecastHistory, Quarter, due_forecasts, wants_forecast};
pub use pairs::{CardPair, OWN_DECK, PairScore, SURE, next_pair, own_deck};
pub use practice::{BackedShare, CriterionCorrelation, Practice};
pub use reliability::{Bin, Decomposition, Recalibration};
pub use selection::{IdeaInHindsight, Selection, selection};

/// Below so many resolved forecasts nothing is concluded from them: even a
/// twofold overconfidence would be found in one case of three only.
pub const FEW: usize = 10;

/// Probabilities are kept this far from 0 and 1 in the log score.
const CLIP: f64 = 0.01;

/// A forecast whose end is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct ResolvedForecast {
    /// Probability that was given, 0–1.
    pub chance: f64,
    /// Whether it came true.
    pub came_true: bool,
}

/// What is to be said about a number of forecasts, at least one.
#[derive(Clone, Debug, PartialEq)]
pub struct Calibration {
    /// How many there are.
    pub resolved: usize,
    /// How many came true.
    pub kept: usize,
    /// How many were to be expected: the sum of the chances.
    pub expected: f64,
    /// Mean squared error of the chances (Brier 1950): 0 is best, 1 worst.
    pub brier: f64,
    /// Mean of −ln of the chance given to what happened, chances clipped to
    /// 0.01–0.99.
    pub log_score: f64,
    /// Share that came true.
    pub base_rate: f64,
    /// 1 − Brier score over that of the base rate; `None` where all ended the
    /// same way.
    pub skill: Option<f64>,
    /// Spiegelhalter's z (1986); about standard normal where the chances are
    /// right. `None` where every chance was 0, ½ or 1.
    pub spiegelhalter_z: Option<f64>,
    /// Probability of so few coming true, if the chances were right: exact, by
    /// the Poisson-binomial distribution.
    pub p_so_few: f64,
    /// Probability of so many.
    pub p_so_many: f64,
    /// Where the Brier score comes from.
    pub decomposition: Decomposition,
    /// At most three groups of like chances; none below [`FEW`] forecasts.
    pub bins: Vec<Bin>,
    /// What a chance may be worth; `None` below [`FEW`] forecasts.
    pub recalibration: Option<Recalibration>,
}

/// The forecasts in the promises that were kept or missed by a day, in the
/// order of the portfolio. Promises without a chance foretell nothing.
#[must_use]
pub fn promise_forecasts(portfolio: &Portfolio, as_of: Date) -> Vec<ResolvedForecast> {
    ForecastHistory::of(portfolio, as_of)
        .promises
        .into_iter()
        .map(|(_, forecast)| forecast)
        .collect()
}

/// What became of promises like one that is about to be made, in words: see
/// [`Calibration::reminder`].
#[must_use]
pub fn reminder(portfolio: &Portfolio, chance: f64, as_of: Date) -> String {
    match Calibration::of(&promise_forecasts(portfolio, as_of)) {
        Some(calibration) => calibration.reminder(chance),
        None => too_few(0),
    }
}

fn too_few(resolved: usize) -> String {
    format!("{resolved} of {FEW} promises resolved: too few to judge")
}

impl Calibration {
    /// Judges forecasts; `None` if there are none.
    #[must_use]
    pub fn of(forecasts: &[ResolvedForecast]) -> Option<Self> {
        if forecasts.is_empty() {
            return None;
        }
        let resolved = forecasts.len();
        let n = resolved as f64;
        let kept = forecasts.iter().filter(|forecast| forecast.came_true).count();
        let base_rate = kept as f64 / n;
        let brier = forecasts.iter().map(|f| f.error().powi(2)).sum::<f64>() / n;
        let decomposition = Decomposition::of(forecasts);
        let (p_so_few, p_so_many) = tails(forecasts, kept);
        let enough = resolved >= FEW;
        Some(Self {
            resolved,
            kept,
            expected: forecasts.iter().map(|forecast| forecast.chance).sum(),
            brier,
            log_score: forecasts.iter().map(|f| f.log_loss()).sum::<f64>() / n,
            base_rate,
            skill: (0 < kept && kept < resolved)
                .then(|| 1.0 - brier / (base_rate * (1.0 - base_rate))),
            spiegelhalter_z: spiegelhalter(forecasts),
            p_so_few,
            p_so_many,
            decomposition,
            bins: if enough { Bin::of(forecasts) } else { Vec::new() },
            recalibration: enough.then(|| Recalibration::of(forecasts)),
        })
    }

    /// What became of forecasts like one of this chance, for a prompt: `of your
    /// 70 % promises, 45 % were kept (5 of 11)`. No share is given of fewer than
    /// [`FEW`], only that they are too few to judge.
    #[must_use]
    pub fn reminder(&self, chance: f64) -> String {
        let distance = |bin: &&Bin| (bin.from - chance).max(chance - bin.to).max(0.0);
        let nearest = self.bins.iter().min_by(|a, b| distance(a).total_cmp(&distance(b)));
        let percent = |p: f64| (p * 100.0).round();
        let Some(Bin { from, to, n, kept, .. }) = nearest else {
            return too_few(self.resolved);
        };
        let (from, to) = (percent(*from), percent(*to));
        let like = if from == to { format!("{from} %") } else { format!("{from}–{to} %") };
        if *n < FEW {
            return format!("of your {like} promises, {kept} of {n} were kept: too few to judge");
        }
        let share = percent(*kept as f64 / *n as f64);
        format!("of your {like} promises, {share} % were kept ({kept} of {n})")
    }
}

impl ResolvedForecast {
    fn outcome(self) -> f64 {
        f64::from(u8::from(self.came_true))
    }

    fn error(self) -> f64 {
        self.chance - self.outcome()
    }

    fn log_loss(self) -> f64 {
        let chance = self.chance.clamp(CLIP, 1.0 - CLIP);
        -(if self.came_true { chance } else { 1.0 - chance }).ln()
    }
}

/// Spiegelhalter (1986), "Probabilistic prediction in patient management and
/// clinical trials", Statistics in Medicine 5.
fn spiegelhalter(forecasts: &[ResolvedForecast]) -> Option<f64> {
    let (mut sum, mut variance) = (0.0, 0.0);
    for forecast in forecasts {
        let p = forecast.chance;
        sum += (forecast.outcome() - p) * (1.0 - 2.0 * p);
        variance += (1.0 - 2.0 * p).powi(2) * p * (1.0 - p);
    }
    (variance > 0.0).then(|| sum / variance.sqrt())
}

/// Probabilities of at most and of at least so many coming true, if the chances
/// are right and the forecasts independent.
fn tails(forecasts: &[ResolvedForecast], kept: usize) -> (f64, f64) {
    let mut distribution = vec![1.0];
    for ResolvedForecast { chance, .. } in forecasts {
        let mut next = vec![0.0; distribution.len() + 1];
        for (count, p) in distribution.iter().enumerate() {
            next[count] += p * (1.0 - chance);
            next[count + 1] += p * chance;
        }
        distribution = next;
    }
    let few: f64 = distribution[..=kept].iter().sum();
    let many: f64 = distribution[kept..].iter().sum();
    (few.min(1.0), many.min(1.0))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn forecast(chance: f64, came_true: bool) -> ResolvedForecast {
        ResolvedForecast { chance, came_true }
    }

    #[test]
    fn few_forecasts_give_neither_bins_nor_a_recalibrated_value() {
        let few = vec![forecast(0.7, true); FEW - 1];
        let calibration = Calibration::of(&few).unwrap();
        assert!(calibration.bins.is_empty() && calibration.recalibration.is_none());
        assert_eq!(calibration.skill, None);
        assert_eq!(calibration.reminder(0.7), "9 of 10 promises resolved: too few to judge");
        assert_eq!(Calibration::of(&[]), None);
    }

    #[test]
    fn a_prompt_is_reminded_of_the_nearest_chances() {
        let mut forecasts: Vec<ResolvedForecast> = (0..11).map(|i| forecast(0.7, i < 5)).collect();
        assert_eq!(
            Calibration::of(&forecasts).unwrap().reminder(0.9),
            "of your 70 % promises, 45 % were kept (5 of 11)"
        );
        forecasts.extend((0..9).map(|i| forecast(0.2 + f64::from(i) / 100.0, false)));
        assert_eq!(
            Calibration::of(&forecasts).unwrap().reminder(0.21),
            "of your 20–26 % promises, 0 of 7 were kept: too few to judge"
        );
    }

    #[test]
    fn certainty_that_failed_is_clipped() {
        let calibration = Calibration::of(&[forecast(1.0, false)]).unwrap();
        assert!((calibration.log_score - 0.01_f64.ln().abs()).abs() < 1e-12);
        assert_eq!((calibration.brier, calibration.p_so_few), (1.0, 0.0));
        assert_eq!(calibration.spiegelhalter_z, None);
    }
}
