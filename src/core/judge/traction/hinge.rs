//! Fit of traction against effort: a line with at most one bend, around which
//! the level may wander, and what it says about the next block of effort.
//!
//! y = a + b₁·min(u, c) + b₂·max(0, u − c) + w(u) + noise, with u the effort in
//! blocks. The bend c is one of the midpoints between two observations that
//! leave two on either side, all equally likely before the data, and no bend is
//! as likely as all of them together. The walk w is Brownian motion from 0 with
//! a variance of ρ noise variances per block; ρ is one of [`WALKS`].
//! Coefficients and noise have the conjugate normal-inverse-gamma prior, so
//! everything is a mixture of Student t distributions in closed form (Gelman et
//! al., Bayesian Data Analysis, 14.2), once [`LevelFilter`] has removed the
//! correlation that the walk brings.

mod filter;

use crate::judge::numeric::StudentT;
use filter::{Component, LevelFilter, Products, dot};

/// Probability, before the data, that there is no bend.
const STRAIGHT: f64 = 0.5;

/// Observations that must lie on either side of a bend.
const SIDE: usize = 2;

/// Above so many observations the possible bends are thinned …
const MANY_OBSERVATIONS: usize = 120;

/// … to so many, evenly spread.
const BENDS: usize = 60;

/// The variances per block that the walk may have, in units of the noise
/// variance, with their probabilities before the data.
const WALKS: [(f64, f64); 4] =
    [(0.0, 0.75), (0.25, 1.0 / 12.0), (1.0, 1.0 / 12.0), (4.0, 1.0 / 12.0)];

/// Components less likely than this change no figure that is shown.
const NEGLIGIBLE: f64 = 1e-11;

/// Effort and traction at one observation.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Observation {
    /// Effort until then, in hours or weeks.
    pub effort: f64,
    /// What there was to show, 0–10.
    pub traction: f64,
    /// Whether it was filled in later from memory. It counts like any other and
    /// is told apart only when drawn.
    pub recalled: bool,
}

/// The posterior of the fit.
#[derive(Clone, Debug)]
pub struct Hinge {
    block: f64,
    /// Effort so far, in blocks.
    end: f64,
    degrees: u32,
    bends: Vec<Bend>,
    walks: Vec<RandomWalk>,
    /// For each walk first the one without a bend, then one for each bend.
    components: Vec<Component>,
}

/// A place where the line may bend.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Bend {
    /// The first observation after it.
    next: usize,
    /// Effort there, in blocks.
    at: f64,
}

/// The observations without the correlation that a walk of some variance
/// brings.
#[derive(Clone, Debug)]
struct RandomWalk {
    filter: LevelFilter,
    ones: Vec<f64>,
    efforts: Vec<f64>,
    levels: Vec<f64>,
}

/// The likeliest course so far.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Trend {
    /// Effort at the bend; `None` if it is straight.
    pub bend: Option<f64>,
    /// What was gained until the bend, or in all if there is none.
    pub gain_before: f64,
    /// What was gained since the bend; 0 if there is none.
    pub gain_since: f64,
}

/// The fitted level at some effort.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// Expected level. Not cut to 0–10.
    pub mean: f64,
    /// Standard deviation of the level, without the noise of an observation.
    pub deviation: f64,
}

impl Hinge {
    /// Fits observations in order of effort, none beyond `effort`, the total so
    /// far. `block` is the next block of effort, in the same unit and above 0.
    /// Takes time linear in the number of observations.
    #[must_use]
    pub fn fit(observations: &[Observation], effort: f64, block: f64) -> Self {
        Self::fit_with(observations, effort, block, &WALKS)
    }

    /// The same without a walk: the line with at most one bend alone.
    #[must_use]
    pub fn fit_steady(observations: &[Observation], effort: f64, block: f64) -> Self {
        Self::fit_with(observations, effort, block, &[(0.0, 1.0)])
    }

    fn fit_with(
        observations: &[Observation],
        effort: f64,
        block: f64,
        walks: &[(f64, f64)],
    ) -> Self {
        let efforts: Vec<f64> = observations.iter().map(|o| o.effort / block).collect();
        let levels: Vec<f64> = observations.iter().map(|o| o.traction).collect();
        let bends = possible_bends(&efforts);
        let ones = vec![1.0; efforts.len()];
        let whitened = |&(variance, _): &(f64, f64)| {
            let filter = LevelFilter::new(&efforts, variance);
            let whiten = |column: &[f64]| filter.whiten(column);
            let (ones, levels) = (whiten(&ones), whiten(&levels));
            let efforts = whiten(&efforts);
            RandomWalk { filter, ones, efforts, levels }
        };
        let mut components = Vec::with_capacity(walks.len() * (bends.len() + 1));
        let each: Vec<RandomWalk> = walks.iter().map(whitened).collect();
        for (position, (walk, (_, prior))) in each.iter().zip(walks).enumerate() {
            components.extend(walk.components(position, *prior, &bends));
        }
        filter::normalise(&mut components);
        let degrees = u32::try_from(observations.len()).unwrap_or(u32::MAX / 2);
        let degrees = degrees + 2 * filter::NOISE.0;
        Self { block, end: effort / block, degrees, bends, walks: each, components }
    }

    /// Probability that the next block of effort gains less than this, the
    /// slope and the walk together.
    #[must_use]
    pub fn gain_below(&self, gain: f64) -> f64 {
        self.mixture(|component| self.gain(component).below(gain)).min(1.0)
    }

    /// Expected gain over the next block of effort.
    #[must_use]
    pub fn expected_gain(&self) -> f64 {
        self.mixture(|component| self.gain(component).location)
    }

    /// The likeliest course: with the bend, or without one, of the likeliest
    /// component.
    #[must_use]
    pub fn trend(&self) -> Trend {
        let first = &self.components[0];
        let likeliest = self.components.iter().fold(first, |likeliest, component| {
            if component.weight > likeliest.weight { component } else { likeliest }
        });
        let level = |u| self.level_under(likeliest, &self.walk_at(likeliest.walk, u), u).location;
        let bend = likeliest.bend.map_or(self.end, |bend| self.bends[bend].at);
        Trend {
            bend: likeliest.bend.map(|_| bend * self.block),
            gain_before: level(bend) - level(0.0),
            gain_since: level(self.end) - level(bend),
        }
    }

    /// Every possible bend, as effort, with its probability; what is missing to
    /// 1 is the probability that there is none.
    #[must_use]
    pub fn bends(&self) -> Vec<(f64, f64)> {
        let mut bends: Vec<(f64, f64)> =
            self.bends.iter().map(|bend| (bend.at * self.block, 0.0)).collect();
        for component in &self.components {
            if let Some(bend) = component.bend {
                bends[bend].1 += component.weight;
            }
        }
        bends
    }

    /// Probability that there is a bend.
    #[must_use]
    pub fn p_bend(&self) -> f64 {
        self.bends().iter().map(|(_, probability)| probability).sum()
    }

    /// Probability that the level wanders.
    #[must_use]
    pub fn p_wanders(&self) -> f64 {
        let wanders = |component: &&Component| self.walks[component.walk].filter.variance() > 0.0;
        self.components.iter().filter(wanders).map(|component| component.weight).sum()
    }

    /// Where the bend lies with a probability, if there is one: as effort, the
    /// same probability beyond either end. `None` with too few observations for
    /// any bend.
    #[must_use]
    pub fn bend_within(&self, share: f64) -> Option<(f64, f64)> {
        let bends = self.bends();
        let all: f64 = bends.iter().map(|(_, probability)| probability).sum();
        let quantile = |share: f64| {
            let mut below = 0.0;
            let mut reached = bends.iter().skip_while(|(_, probability)| {
                below += probability;
                below < share * all
            });
            reached.next().map(|(effort, _)| *effort)
        };
        let tail = (1.0 - share) / 2.0;
        Some((quantile(tail)?, quantile(1.0 - tail)?))
    }

    /// The level at some effort, which may lie ahead: line and walk together.
    #[must_use]
    pub fn level(&self, effort: f64) -> Level {
        let u = effort / self.block;
        let walks: Vec<WalkAt> = (0..self.walks.len()).map(|walk| self.walk_at(walk, u)).collect();
        let mut mean = 0.0;
        let mut square = 0.0;
        let spread = f64::from(self.degrees) / f64::from(self.degrees - 2);
        for component in self.likely() {
            let level = self.level_under(component, &walks[component.walk], u);
            mean += component.weight * level.location;
            square += component.weight * (level.scale.powi(2) * spread + level.location.powi(2));
        }
        Level { mean, deviation: (square - mean * mean).max(0.0).sqrt() }
    }

    /// Probability that after `more` effort the level is at least `level`: a
    /// forecast for a promise.
    #[must_use]
    pub fn reaches(&self, level: f64, more: f64) -> f64 {
        let u = self.end + more / self.block;
        let walks: Vec<WalkAt> = (0..self.walks.len()).map(|walk| self.walk_at(walk, u)).collect();
        let reached = |component: &Component| {
            1.0 - self.level_under(component, &walks[component.walk], u).below(level)
        };
        self.mixture(reached).min(1.0)
    }

    /// The gain over the next block under one component: the last slope, and
    /// what the walk may add.
    fn gain(&self, component: &Component) -> StudentT {
        let slope = component.last_slope();
        let (location, variance) = component.combination(slope);
        let walk = self.walks[component.walk].filter.variance();
        StudentT {
            degrees: self.degrees,
            location,
            scale: (component.noise * (variance + walk)).sqrt(),
        }
    }

    /// The level at `u` blocks under one component, given what its walk says
    /// there.
    fn level_under(&self, component: &Component, walk: &WalkAt, u: f64) -> StudentT {
        let at = component.bend.map_or(f64::INFINITY, |bend| self.bends[bend].at);
        let hinge = component.bend.map_or(0.0, |bend| walk.hinges[bend]);
        let explained = filter::columns(walk.ones, walk.efforts, hinge, component.bend.is_some());
        let line = [1.0, u.min(at), (u - at).max(0.0)];
        let rest = std::array::from_fn(|i| line[i] - explained[i]);
        let (location, variance) = component.combination(rest);
        StudentT {
            degrees: self.degrees,
            location: location + walk.levels,
            scale: (component.noise * (variance + walk.variance)).sqrt(),
        }
    }

    fn walk_at(&self, walk: usize, u: f64) -> WalkAt {
        self.walks[walk].at(u, &self.bends)
    }

    fn mixture(&self, value: impl Fn(&Component) -> f64) -> f64 {
        self.likely().map(|component| component.weight * value(component)).sum()
    }

    fn likely(&self) -> impl Iterator<Item = &Component> {
        self.components.iter().filter(|component| component.weight > NEGLIGIBLE)
    }
}

/// What is expected of a walk at one effort, as a linear function of the
/// observations: the part of each column of the line that it would explain.
struct WalkAt {
    ones: f64,
    efforts: f64,
    levels: f64,
    /// For each bend the part of max(0, u − c).
    hinges: Vec<f64>,
    /// Variance of the walk there given the observations, in units of the noise
    /// variance.
    variance: f64,
}

impl RandomWalk {
    fn components(&self, walk: usize, prior: f64, bends: &[Bend]) -> Vec<Component> {
        let Self { filter, ones, efforts, levels } = self;
        let shape = f64::from(filter::NOISE.0) + levels.len() as f64 / 2.0;
        let straight = Products {
            ones: [dot(ones, ones), dot(ones, efforts), 0.0],
            efforts: [dot(efforts, efforts), 0.0],
            hinge: 0.0,
            levels: [dot(ones, levels), dot(efforts, levels), 0.0],
            square: dot(levels, levels),
        };
        // The share of the walk's variance in the marginal likelihood.
        let weight = |prior: f64| prior.ln() - filter.log_deviation();
        let fit =
            |bend, products: &Products, weight| Component::fit(walk, bend, products, shape, weight);
        let with_ones = filter.with_hinges(ones, bends);
        let with_efforts = filter.with_hinges(efforts, bends);
        let with_levels = filter.with_hinges(levels, bends);
        let squares = filter.squares_of_hinges(bends);
        let each = weight(prior * (1.0 - STRAIGHT) / bends.len() as f64);
        let mut components = vec![fit(None, &straight, weight(prior * STRAIGHT))];
        components.extend((0..bends.len()).map(|bend| {
            let mut products = straight;
            products.ones[2] = with_ones[bend];
            products.efforts[1] = with_efforts[bend];
            products.levels[2] = with_levels[bend];
            products.hinge = squares[bend];
            fit(Some(bend), &products, each)
        }));
        components
    }

    /// The walk at `u` blocks. Its covariance with the observations is
    /// ρ·min(uᵢ, u), which is whitened like a column.
    fn at(&self, u: f64, bends: &[Bend]) -> WalkAt {
        let Some(covariance) = self.filter.whitened_covariance(u) else {
            let hinges = vec![0.0; bends.len()];
            return WalkAt { ones: 0.0, efforts: 0.0, levels: 0.0, hinges, variance: 0.0 };
        };
        let known = dot(&covariance, &covariance);
        WalkAt {
            ones: dot(&covariance, &self.ones),
            efforts: dot(&covariance, &self.efforts),
            levels: dot(&covariance, &self.levels),
            hinges: self.filter.with_hinges(&covariance, bends),
            variance: (self.filter.variance() * u - known).max(0.0),
        }
    }
}

/// The midpoints that leave [`SIDE`] observations on either side, thinned where
/// there are many observations.
fn possible_bends(efforts: &[f64]) -> Vec<Bend> {
    let n = efforts.len();
    let all = (n + 1).saturating_sub(2 * SIDE);
    let bend = |next: usize| Bend { next, at: f64::midpoint(efforts[next - 1], efforts[next]) };
    if n <= MANY_OBSERVATIONS {
        return (SIDE..SIDE + all).map(bend).collect();
    }
    (0..BENDS).map(|i| bend(SIDE + i * (all - 1) / (BENDS - 1))).collect()
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn observations(points: &[(f64, f64)]) -> Vec<Observation> {
        let mut effort = 0.0;
        let mut observation = |&(step, traction): &(f64, f64)| {
            effort += step;
            Observation { effort, traction, recalled: false }
        };
        points.iter().map(&mut observation).collect()
    }

    proptest! {
        #[test]
        fn its_figures_agree_with_each_other(
            points in prop::collection::vec((0.0..30.0, 0.0..=10.0), 1..40),
            level in 0.0..10.0,
            within in 0.0..=1.0,
        ) {
            let observations = observations(&points);
            let effort = observations.last().unwrap().effort;
            let block = (effort / 3.0).max(40.0);
            let hinge = Hinge::fit(&observations, effort, block);
            let weights: f64 = hinge.components.iter().map(|component| component.weight).sum();
            prop_assert!((weights - 1.0).abs() < 1e-9);
            prop_assert!(hinge.p_bend() <= 1.0 + 1e-9 && hinge.p_wanders() <= 1.0);
            prop_assert!(hinge.gain_below(0.0) <= hinge.gain_below(0.7));
            let gain = hinge.level(effort + block).mean - hinge.level(effort).mean;
            prop_assert!((gain - hinge.expected_gain()).abs() < 1e-7);
            prop_assert!(hinge.level(effort + block).deviation > 0.0);
            prop_assert!(hinge.level(within * effort).deviation > 0.0);
            let reached = hinge.reaches(level, block);
            prop_assert!((0.0..=1.0).contains(&reached));
            prop_assert!(reached >= hinge.reaches(level + 1.0, block));
        }
    }

    #[test]
    fn the_bend_is_said_to_lie_where_it_lies() {
        let kink = |i: u32| (8.0, f64::from(i.min(10)) / 2.0 + f64::from(i % 2) / 4.0);
        let observations = observations(&(0..24).map(kink).collect::<Vec<_>>());
        let hinge = Hinge::fit(&observations, 192.0, 64.0);
        let (low, high) = hinge.bend_within(0.8).unwrap();
        assert!(hinge.p_bend() > 0.95, "{}", hinge.p_bend());
        assert!((60.0..=88.0).contains(&low) && (80.0..110.0).contains(&high), "{low} {high}");
        let (wide_low, wide_high) = hinge.bend_within(0.99).unwrap();
        assert!(wide_low <= low && high <= wide_high);
        assert_eq!(Hinge::fit(&observations[..3], 24.0, 40.0).bend_within(0.8), None);
    }

    #[test]
    fn a_level_that_wanders_is_followed_and_not_foretold() {
        // Up, down and up again: no line with one bend.
        let levels = [1.0, 2.0, 4.0, 5.0, 6.0, 5.0, 3.0, 2.0, 1.0, 2.0, 4.0, 6.0, 7.0, 6.0];
        let observations = observations(&levels.map(|level| (10.0, level)));
        let hinge = Hinge::fit(&observations, 140.0, 140.0 / 3.0);
        assert!(hinge.p_wanders() > 0.9, "{}", hinge.p_wanders());
        assert!(hinge.level(50.0).mean > 4.5 && hinge.level(90.0).mean < 2.5);
        let (now, ahead) = (hinge.level(140.0), hinge.level(280.0));
        assert!(ahead.deviation > 2.0 * now.deviation);
        let steady = Hinge::fit_steady(&observations, 140.0, 140.0 / 3.0);
        assert!(steady.p_wanders() == 0.0);
        // A lasting swing of the line looks certain, one of the level does not.
        let apart = |hinge: &Hinge| (hinge.gain_below(0.7) - 0.5).abs();
        assert!(apart(&hinge) < apart(&steady));
    }

    #[test]
    fn thousands_of_observations_are_no_trouble() {
        let rise_then_flat = |i: u32| (0.5, f64::from(i.min(1500)) / 250.0 + f64::from(i % 3));
        let observations = observations(&(0..5000).map(rise_then_flat).collect::<Vec<_>>());
        let effort = observations.last().unwrap().effort;
        let hinge = Hinge::fit(&observations, effort, effort / 3.0);
        assert_eq!(hinge.bends().len(), BENDS);
        let apart = 0.5 * 5000.0 / BENDS as f64;
        assert!((hinge.trend().bend.unwrap() - 750.0).abs() < apart);
        assert!(hinge.gain_below(0.7) > 0.99, "{}", hinge.gain_below(0.7));
    }
}
