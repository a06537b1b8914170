//! Calibration: how far stated chances can be trusted, and how well ideas were
//! chosen in the light of what became of them.

mod history;
mod pairs;
mod practice;
mod selection;

pub use history::{DueForecast, ForecastHistory, Quarter, due_forecasts, wants_forecast};
pub use pairs::{CardPair, OWN_DECK, PairScore, SURE, next_pair, own_deck};
pub use practice::{BackedShare, CriterionCorrelation, Practice};
pub use selection::{IdeaInHindsight, Selection, selection};

use crate::domain::{Date, Portfolio};
use crate::judge::numeric::jeffreys;

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

/// At most so many groups: with a few dozen forecasts more would be noise.
const BINS: usize = 3;

/// Probability between the ends of the interval of a group.
const WITHIN: f64 = 0.8;

/// Prior deviations of the recalibration's offset and slope, around 0 and 1.
const PRIOR: [f64; 2] = [0.5, 0.3];

/// The longest step towards the most likely recalibration.
const LONGEST_STEP: f64 = 0.25;

/// The Brier score as miscalibration − discrimination + uncertainty, after
/// isotonic recalibration by pooling adjacent violators: the CORP decomposition
/// of Dimitriadis, Gneiting & Jordan (2021), PNAS 118.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Decomposition {
    /// What the best monotone relabelling of the chances would save: 0 is best.
    pub miscalibration: f64,
    /// What telling the cases apart is worth: 0 is worst.
    pub discrimination: f64,
    /// How uncertain the cases are in themselves.
    pub uncertainty: f64,
}

/// Forecasts of like chances.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bin {
    /// Lowest chance in it.
    pub from: f64,
    /// Highest chance in it.
    pub to: f64,
    /// How many there are.
    pub n: usize,
    /// How many came true.
    pub kept: usize,
    /// Low end of the 80 % interval of the share that comes true (Jeffreys).
    pub low: f64,
    /// High end.
    pub high: f64,
}

/// What a chance may be worth: logit p′ = offset + slope · logit p, the most
/// likely values given the forecasts and a prior around "just as given".
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Recalibration {
    /// Above 0: things come true more often than was said.
    pub offset: f64,
    /// Below 1: the chances were too far from a half.
    pub slope: f64,
}

impl Decomposition {
    pub(super) fn of(forecasts: &[ResolvedForecast]) -> Self {
        let n = forecasts.len() as f64;
        let outcomes: f64 = forecasts.iter().map(|forecast| forecast.outcome()).sum();
        let base_rate = outcomes / n;
        let score = forecasts.iter().map(|forecast| forecast.error().powi(2)).sum::<f64>() / n;
        // Within a pool of size m with mean r the squared error is m·r·(1 − r).
        let error = |(m, sum): &(f64, f64)| sum * (1.0 - sum / m);
        let calibrated = pools(forecasts).iter().map(error).sum::<f64>() / n;
        let uncertainty = base_rate * (1.0 - base_rate);
        Self {
            miscalibration: score - calibrated,
            discrimination: uncertainty - calibrated,
            uncertainty,
        }
    }
}

/// Forecasts by chance, equal chances together.
fn by_chance(forecasts: &[ResolvedForecast]) -> Vec<ResolvedForecast> {
    let mut sorted = forecasts.to_vec();
    sorted.sort_by(|a, b| a.chance.total_cmp(&b.chance));
    sorted
}

/// Sizes and sums of outcomes after pooling adjacent violators, so that the
/// means rise with the chance.
fn pools(forecasts: &[ResolvedForecast]) -> Vec<(f64, f64)> {
    let mut pools: Vec<(f64, f64)> = Vec::new();
    for equal in by_chance(forecasts).chunk_by(|a, b| a.chance == b.chance) {
        let sum: f64 = equal.iter().map(|forecast| forecast.outcome()).sum();
        pools.push((equal.len() as f64, sum));
        while let [.., (m, below), (n, above)] = pools[..]
            && below / m >= above / n
        {
            pools.pop();
            pools.pop();
            pools.push((m + n, below + above));
        }
    }
    pools
}

impl Bin {
    /// Groups as equal in size as can be without telling equal chances apart.
    pub(super) fn of(forecasts: &[ResolvedForecast]) -> Vec<Self> {
        let sorted = by_chance(forecasts);
        let mut bins = Vec::with_capacity(BINS);
        let mut start = 0;
        for bin in 1..=BINS {
            let mut end = (sorted.len() * bin).div_ceil(BINS).max(start);
            while (1..sorted.len()).contains(&end) && sorted[end].chance == sorted[end - 1].chance {
                end += 1;
            }
            let group = &sorted[start..end];
            if let (Some(first), Some(last)) = (group.first(), group.last()) {
                bins.push(Self::around(first.chance, last.chance, group));
            }
            start = end;
        }
        bins
    }

    fn around(from: f64, to: f64, forecasts: &[ResolvedForecast]) -> Self {
        let n = forecasts.len();
        let kept = forecasts.iter().filter(|forecast| forecast.came_true).count();
        let (low, high) = jeffreys(kept, n, WITHIN);
        Self { from, to, n, kept, low, high }
    }
}

impl Recalibration {
    /// Newton's method on a concave function of two parameters.
    pub(super) fn of(forecasts: &[ResolvedForecast]) -> Self {
        let (mut offset, mut slope) = (0.0, 1.0);
        for _ in 0..100 {
            let mut gradient = [-offset / PRIOR[0].powi(2), -(slope - 1.0) / PRIOR[1].powi(2)];
            let mut curvature = [PRIOR[0].powi(-2), 0.0, PRIOR[1].powi(-2)];
            for forecast in forecasts {
                let x = logit(forecast.chance);
                let p = logistic(offset + slope * x);
                let (residual, weight) = (forecast.outcome() - p, p * (1.0 - p));
                gradient[0] += residual;
                gradient[1] += residual * x;
                curvature[0] += weight;
                curvature[1] += weight * x;
                curvature[2] += weight * x * x;
            }
            let [a, b, c] = curvature;
            let determinant = a * c - b * b;
            let steps = [
                (c * gradient[0] - b * gradient[1]) / determinant,
                (a * gradient[1] - b * gradient[0]) / determinant,
            ];
            // Far from the top a whole step overshoots; short ones cannot.
            let longest = steps[0].abs().max(steps[1].abs());
            let scale = (LONGEST_STEP / longest).min(1.0);
            offset += scale * steps[0];
            slope += scale * steps[1];
            if longest < 1e-12 {
                break;
            }
        }
        Self { offset, slope }
    }

    /// What this chance may be worth, 0–1.
    #[must_use]
    pub fn apply(self, chance: f64) -> f64 {
        logistic(self.offset + self.slope * logit(chance))
    }
}

fn logit(p: f64) -> f64 {
    let p = p.clamp(CLIP, 1.0 - CLIP);
    (p / (1.0 - p)).ln()
}

fn logistic(x: f64) -> f64 {
    1.0 / (1.0 + (-x).exp())
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

    #[test]
    fn equal_chances_are_never_told_apart() {
        let forecasts: Vec<ResolvedForecast> =
            (0..12).map(|i| forecast(if i < 9 { 0.7 } else { 0.9 }, i % 2 == 0)).collect();
        let bins = Bin::of(&forecasts);
        assert_eq!(bins.iter().map(|bin| bin.n).collect::<Vec<_>>(), [9, 3]);
        assert_eq!((bins[0].from, bins[0].to, bins[0].kept), (0.7, 0.7, 5));
        assert!(bins[0].low < 5.0 / 9.0 && 5.0 / 9.0 < bins[0].high);
    }

    #[test]
    fn the_parts_of_a_score_add_up_and_none_is_negative() {
        let forecasts: Vec<ResolvedForecast> =
            [(0.9, false), (0.8, true), (0.2, true), (0.2, false), (0.1, false)]
                .map(|(chance, came_true)| forecast(chance, came_true))
                .to_vec();
        let parts = Decomposition::of(&forecasts);
        let brier = (0.81 + 0.04 + 0.64 + 0.04 + 0.01) / 5.0;
        let sum = parts.miscalibration - parts.discrimination + parts.uncertainty;
        assert!((sum - brier).abs() < 1e-12);
        assert!(parts.miscalibration >= 0.0 && parts.discrimination >= 0.0);
    }

    #[test]
    fn overconfidence_is_drawn_towards_a_half() {
        let forecasts: Vec<ResolvedForecast> =
            (0..40).map(|i| forecast(if i % 2 == 0 { 0.95 } else { 0.05 }, i % 4 < 2)).collect();
        let recalibration = Recalibration::of(&forecasts);
        assert!(recalibration.slope < 0.5, "{recalibration:?}");
        let worth = recalibration.apply(0.95);
        assert!((0.5..0.9).contains(&worth), "{worth}");
    }
}
