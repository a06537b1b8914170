//! The posterior of the coefficients under one bend and one walk.

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
