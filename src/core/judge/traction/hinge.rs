//! The course of traction: a line with at most one bend, and what it says about
//! the next block of effort.
//!
//! y = a + b₁·min(u, c) + b₂·max(0, u − c) + noise, with u the effort in blocks
//! and c the bend, each midpoint between two observations that leaves two on
//! either side being equally likely before the data, and no bend as likely as
//! all of them together. Coefficients and noise have the conjugate
//! normal-inverse-gamma prior, so everything is a mixture of Student t
//! distributions in closed form (Gelman et al., Bayesian Data Analysis, 14.2).

use crate::judge::numeric::StudentT;

/// Probability, before the data, that there is no bend.
const STRAIGHT: f64 = 0.5;

/// Observations that must lie on either side of a bend.
const SIDE: usize = 2;

/// Prior mean of the level at the start, and of the gain per block before and
/// after the bend.
const MEAN: [f64; 3] = [4.0, 1.05, 1.05];

/// Prior variances of the same, in units of the noise variance.
const VARIANCE: [f64; 3] = [25.0, 4.0, 4.0];

/// Shape and scale of the inverse gamma prior of the noise variance.
const NOISE: (u32, f64) = (3, 2.0);

/// Components less likely than this change no figure that is shown.
const NEGLIGIBLE: f64 = 1e-12;

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

/// What the observations say, bend by bend.
#[derive(Clone, Debug)]
pub struct Hinge {
    block: f64,
    effort: f64,
    degrees: u32,
    /// Never empty; the first has no bend.
    components: Vec<Component>,
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

/// The fit under one bend.
#[derive(Clone, Copy, Debug)]
struct Component {
    /// Effort at the bend, in blocks; infinite if there is none.
    bend: f64,
    /// Posterior probability.
    weight: f64,
    /// Cholesky factor L of the posterior precision of the coefficients.
    factor: [[f64; 3]; 3],
    /// L⁻¹r, so that the posterior mean is L⁻ᵀ of it.
    solved: [f64; 3],
    /// Squared scale of the noise.
    noise: f64,
}

/// Sums over the observations on one side of a bend.
#[derive(Clone, Copy, Default)]
struct Sums {
    n: f64,
    u: f64,
    uu: f64,
    y: f64,
    uy: f64,
    yy: f64,
}

impl Sums {
    fn add(&mut self, u: f64, y: f64) {
        self.n += 1.0;
        self.u += u;
        self.uu += u * u;
        self.y += y;
        self.uy += u * y;
        self.yy += y * y;
    }

    fn without(self, other: Self) -> Self {
        Self {
            n: self.n - other.n,
            u: self.u - other.u,
            uu: self.uu - other.uu,
            y: self.y - other.y,
            uy: self.uy - other.uy,
            yy: self.yy - other.yy,
        }
    }
}

impl Hinge {
    /// Fits observations in order of effort, none beyond `effort`, the total so
    /// far. `block` is the next block of effort, in the same unit and above 0.
    /// Takes time linear in the number of observations.
    #[must_use]
    pub fn fit(observations: &[Observation], effort: f64, block: f64) -> Self {
        let scaled = |observation: &Observation| (observation.effort / block, observation.traction);
        let mut all = Sums::default();
        for (u, y) in observations.iter().map(scaled) {
            all.add(u, y);
        }
        let shape = f64::from(NOISE.0) + all.n / 2.0;
        let bends = (observations.len() + 1).saturating_sub(2 * SIDE);
        let mut components = Vec::with_capacity(bends + 1);
        components.push(Component::fit(f64::INFINITY, all, Sums::default(), shape, STRAIGHT));
        let mut before = Sums::default();
        for (i, pair) in observations.windows(2).enumerate() {
            let ((u, y), (next, _)) = (scaled(&pair[0]), scaled(&pair[1]));
            before.add(u, y);
            if (SIDE..SIDE + bends).contains(&(i + 1)) {
                let prior = (1.0 - STRAIGHT) / bends as f64;
                let bend = f64::midpoint(u, next);
                components.push(Component::fit(bend, before, all.without(before), shape, prior));
            }
        }
        normalise(&mut components);
        let degrees = 2 * NOISE.0 + u32::try_from(observations.len()).unwrap_or(u32::MAX / 2);
        Self { block, effort, degrees, components }
    }

    /// Probability that the next block of effort gains less than this.
    #[must_use]
    pub fn gain_below(&self, gain: f64) -> f64 {
        self.mixture(|component| self.at(component, component.gain()).below(gain)).min(1.0)
    }

    /// Expected gain over the next block of effort.
    #[must_use]
    pub fn expected_gain(&self) -> f64 {
        self.mixture(|component| self.at(component, component.gain()).location)
    }

    /// The course with the likeliest bend, or without one if that is likelier
    /// than each bend.
    #[must_use]
    pub fn trend(&self) -> Trend {
        let first = &self.components[0];
        let likeliest = self.components.iter().fold(first, |likeliest, component| {
            if component.weight > likeliest.weight { component } else { likeliest }
        });
        let level = |u| self.at(likeliest, likeliest.basis(u)).location;
        let end = self.effort / self.block;
        let bend = likeliest.bend.min(end);
        Trend {
            bend: likeliest.bend.is_finite().then_some(likeliest.bend * self.block),
            gain_before: level(bend) - level(0.0),
            gain_since: level(end) - level(bend),
        }
    }

    /// Every possible bend, as effort, with its probability; what is missing to
    /// 1 is the probability that there is none.
    pub fn bends(&self) -> impl Iterator<Item = (f64, f64)> + '_ {
        self.components
            .iter()
            .skip(1)
            .map(|component| (component.bend * self.block, component.weight))
    }

    /// Probability that there is a bend.
    #[must_use]
    pub fn p_bend(&self) -> f64 {
        self.bends().map(|(_, probability)| probability).sum()
    }

    /// Where the bend lies with a probability, if there is one: as effort, the
    /// same probability beyond either end. `None` with too few observations for
    /// any bend.
    #[must_use]
    pub fn bend_within(&self, share: f64) -> Option<(f64, f64)> {
        let all = self.p_bend();
        let quantile = |share: f64| {
            let mut below = 0.0;
            let mut reached = self.bends().skip_while(|(_, probability)| {
                below += probability;
                below < share * all
            });
            reached.next().map(|(effort, _)| effort)
        };
        let tail = (1.0 - share) / 2.0;
        Some((quantile(tail)?, quantile(1.0 - tail)?))
    }

    /// The fitted level at some effort, which may lie ahead.
    #[must_use]
    pub fn level(&self, effort: f64) -> Level {
        let u = effort / self.block;
        let mean = self.mixture(|component| self.at(component, component.basis(u)).location);
        let variance = self.mixture(|component| {
            let level = self.at(component, component.basis(u));
            let spread = f64::from(self.degrees) / f64::from(self.degrees - 2);
            level.scale.powi(2) * spread + (level.location - mean).powi(2)
        });
        Level { mean, deviation: variance.sqrt() }
    }

    /// Probability that after `more` effort the level is at least `level`: a
    /// forecast for a promise.
    #[must_use]
    pub fn reaches(&self, level: f64, more: f64) -> f64 {
        let u = (self.effort + more) / self.block;
        self.mixture(|component| 1.0 - self.at(component, component.basis(u)).below(level)).min(1.0)
    }

    /// The distribution of a combination of the coefficients under one bend.
    fn at(&self, component: &Component, combination: [f64; 3]) -> StudentT {
        let z = forward(&component.factor, combination);
        let variance = component.noise * dot(z, z);
        StudentT {
            degrees: self.degrees,
            location: dot(z, component.solved),
            scale: variance.sqrt(),
        }
    }

    fn mixture(&self, value: impl Fn(&Component) -> f64) -> f64 {
        let likely = self.components.iter().filter(|component| component.weight > NEGLIGIBLE);
        likely.map(|component| component.weight * value(component)).sum()
    }
}

impl Component {
    /// The posterior under one bend; its weight is the logarithm of prior times
    /// marginal likelihood, but for a constant, until [`normalise`] is called.
    fn fit(bend: f64, before: Sums, after: Sums, shape: f64, prior: f64) -> Self {
        // The three columns are 1, min(u, bend) and max(0, u − bend).
        let c = if bend.is_finite() { bend } else { 0.0 };
        let beyond = after.u - after.n * c;
        let products = [
            [before.n + after.n, 0.0, 0.0],
            [before.u + after.n * c, before.uu + after.n * c * c, 0.0],
            [beyond, c * beyond, after.uu - c * (2.0 * after.u - after.n * c)],
        ];
        let targets = [before.y + after.y, before.uy + c * after.y, after.uy - c * after.y];
        let mut precision = products;
        let mut right = targets;
        let mut squares = before.yy + after.yy;
        for i in 0..3 {
            precision[i][i] += 1.0 / VARIANCE[i];
            right[i] += MEAN[i] / VARIANCE[i];
            squares += MEAN[i] * MEAN[i] / VARIANCE[i];
        }
        let factor = cholesky(precision);
        let solved = forward(&factor, right);
        let rate = NOISE.1 + 0.5 * (squares - dot(solved, solved));
        let volume: f64 = (0..3).map(|i| factor[i][i].ln()).sum();
        let weight = prior.ln() - volume - shape * rate.ln();
        Self { bend, weight, factor, solved, noise: rate / shape }
    }

    /// The coefficients' part in the level at an effort in blocks.
    fn basis(&self, u: f64) -> [f64; 3] {
        [1.0, u.min(self.bend), (u - self.bend).max(0.0)]
    }

    /// The coefficients' part in the gain over one more block.
    fn gain(&self) -> [f64; 3] {
        if self.bend.is_finite() { [0.0, 0.0, 1.0] } else { [0.0, 1.0, 0.0] }
    }
}

/// Turns logarithms of weights into probabilities.
fn normalise(components: &mut [Component]) {
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

fn dot(a: [f64; 3], b: [f64; 3]) -> f64 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn observations(points: &[(f64, f64)]) -> Vec<Observation> {
        let mut effort = 0.0;
        let mut observation = |&(step, traction): &(f64, f64)| {
            effort += step;
            Observation { effort, traction, recalled: false }
        };
        points.iter().map(&mut observation).collect()
    }

    /// The same fit with the sums of every bend added up anew.
    fn fit_the_long_way(observations: &[Observation], block: f64) -> Vec<Component> {
        let sums = |observations: &[Observation]| {
            let mut sums = Sums::default();
            observations.iter().for_each(|o| sums.add(o.effort / block, o.traction));
            sums
        };
        let n = observations.len();
        let shape = 3.0 + n as f64 / 2.0;
        let mut components =
            vec![Component::fit(f64::INFINITY, sums(observations), Sums::default(), shape, 0.5)];
        for split in 2..=n.saturating_sub(2) {
            let (before, after) = observations.split_at(split);
            let bend = (before[split - 1].effort + after[0].effort) / (2.0 * block);
            let prior = 0.5 / (n - 3) as f64;
            components.push(Component::fit(bend, sums(before), sums(after), shape, prior));
        }
        normalise(&mut components);
        components
    }

    proptest! {
        #[test]
        fn running_sums_lose_nothing(
            points in prop::collection::vec((0.0..30.0, 0.0..=10.0), 1..60),
        ) {
            let observations = observations(&points);
            let effort = observations.last().unwrap().effort;
            let hinge = Hinge::fit(&observations, effort, (effort / 3.0).max(40.0));
            let expected = fit_the_long_way(&observations, hinge.block);
            prop_assert_eq!(hinge.components.len(), expected.len());
            for (actual, expected) in hinge.components.iter().zip(&expected) {
                prop_assert!((actual.weight - expected.weight).abs() < 1e-9);
                prop_assert!((actual.noise - expected.noise).abs() < 1e-9 * expected.noise);
            }
        }

        #[test]
        fn what_it_says_hangs_together(
            points in prop::collection::vec((0.0..30.0, 0.0..=10.0), 1..40), level in 0.0..10.0,
        ) {
            let observations = observations(&points);
            let effort = observations.last().unwrap().effort;
            let block = (effort / 3.0).max(40.0);
            let hinge = Hinge::fit(&observations, effort, block);
            let weights: f64 = hinge.components.iter().map(|component| component.weight).sum();
            prop_assert!((weights - 1.0).abs() < 1e-9);
            prop_assert!(hinge.gain_below(0.0) <= hinge.gain_below(0.7));
            let gain = hinge.level(effort + block).mean - hinge.level(effort).mean;
            prop_assert!((gain - hinge.expected_gain()).abs() < 1e-9);
            prop_assert!(hinge.level(effort + block).deviation > 0.0);
            let reached = hinge.reaches(level, block);
            prop_assert!((0.0..=1.0).contains(&reached) && reached >= hinge.reaches(level + 1.0, block));
        }
    }

    #[test]
    fn the_bend_is_said_to_lie_where_it_lies() {
        let kink = |i: u32| (8.0, f64::from(i.min(10)) / 2.0 + f64::from(i % 2) / 4.0);
        let observations = observations(&(0..24).map(kink).collect::<Vec<_>>());
        let hinge = Hinge::fit(&observations, 192.0, 64.0);
        let (low, high) = hinge.bend_within(0.8).unwrap();
        assert!(hinge.p_bend() > 0.99);
        assert!((60.0..=88.0).contains(&low) && (80.0..110.0).contains(&high), "{low} {high}");
        let (wide_low, wide_high) = hinge.bend_within(0.99).unwrap();
        assert!(wide_low <= low && high <= wide_high);
        assert_eq!(Hinge::fit(&observations[..3], 24.0, 40.0).bend_within(0.8), None);
    }

    #[test]
    fn thousands_of_observations_are_no_trouble() {
        let rise_then_flat = |i: u32| (0.5, f64::from(i.min(1500)) / 250.0 + f64::from(i % 3));
        let observations = observations(&(0..5000).map(rise_then_flat).collect::<Vec<_>>());
        let effort = observations.last().unwrap().effort;
        let hinge = Hinge::fit(&observations, effort, effort / 3.0);
        let expected = fit_the_long_way(&observations, effort / 3.0);
        for (actual, expected) in hinge.components.iter().zip(&expected).step_by(97) {
            assert!((actual.weight - expected.weight).abs() < 1e-9);
        }
        assert!((hinge.trend().bend.unwrap() - 750.0).abs() < 5.0);
        assert!(hinge.gain_below(0.7) > 0.999);
    }
}
