//! Cholesky factorisation of symmetric positive definite matrices, for a few
//! hundred unknowns.

/// A square matrix, row by row.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Matrix {
    size: usize,
    cells: Vec<f64>,
}

impl Matrix {
    /// All zeros.
    pub(crate) fn zero(size: usize) -> Self {
        Self { size, cells: vec![0.0; size * size] }
    }

    /// One row.
    pub(crate) fn row(&self, row: usize) -> &[f64] {
        &self.cells[row * self.size..(row + 1) * self.size]
    }

    /// One row times a vector.
    pub(crate) fn times_row(&self, row: usize, vector: &[f64]) -> f64 {
        dot(self.row(row), vector)
    }

    fn row_mut(&mut self, row: usize) -> &mut [f64] {
        &mut self.cells[row * self.size..(row + 1) * self.size]
    }

    /// The rows and columns with these numbers, in this order.
    pub(crate) fn part(&self, which: &[usize]) -> Self {
        let cells =
            which.iter().flat_map(|&row| which.iter().map(move |&column| self[(row, column)]));
        Self { size: which.len(), cells: cells.collect() }
    }
}

impl std::ops::Index<(usize, usize)> for Matrix {
    type Output = f64;

    fn index(&self, (row, column): (usize, usize)) -> &f64 {
        &self.cells[row * self.size + column]
    }
}

impl std::ops::IndexMut<(usize, usize)> for Matrix {
    fn index_mut(&mut self, (row, column): (usize, usize)) -> &mut f64 {
        &mut self.cells[row * self.size + column]
    }
}

/// The lower triangle L with L·Lᵀ = A.
#[derive(Clone, Debug)]
pub(crate) struct Cholesky {
    lower: Matrix,
    /// Column of the first cell of a row that is not zero: rows of A that
    /// start late stay short in L, so unconnected unknowns cost nothing.
    first: Vec<usize>,
}

impl Cholesky {
    /// Factors a symmetric positive definite matrix, of which only the lower
    /// triangle is read. A pivot that rounding has pushed to zero or below is
    /// lifted to a hair above it.
    pub(crate) fn new(mut matrix: Matrix) -> Self {
        let size = matrix.size;
        let mut first = Vec::with_capacity(size);
        for row in 0..size {
            let start = (0..row).find(|&column| matrix[(row, column)] != 0.0).unwrap_or(row);
            first.push(start);
            let (above, below) = matrix.cells.split_at_mut(row * size);
            let current = &mut below[..size];
            for column in start..row {
                let other = &above[column * size..=column * size + column];
                let from = start.max(first[column]);
                let sum = dot(&current[from..column], &other[from..column]);
                current[column] = (current[column] - sum) / other[column];
            }
            let tail = &current[start..row];
            let pivot = current[row] - dot(tail, tail);
            let least = 1e-14 * current[row].abs() + f64::MIN_POSITIVE;
            current[row] = pivot.max(least).sqrt();
        }
        Self { lower: matrix, first }
    }

    /// Solves A·x = b.
    pub(crate) fn solve(&self, b: &[f64]) -> Vec<f64> {
        let mut x = b.to_vec();
        self.forward(&mut x, 0);
        for row in (0..x.len()).rev() {
            x[row] /= self.lower[(row, row)];
            let value = x[row];
            let start = self.first[row];
            for (x, cell) in x[start..row].iter_mut().zip(&self.lower.row(row)[start..row]) {
                *x -= value * cell;
            }
        }
        x
    }

    /// Solves L·x = b in place, where b is zero before `from`.
    fn forward(&self, x: &mut [f64], from: usize) {
        for row in from..x.len() {
            let start = from.max(self.first[row]).min(row);
            let cells = self.lower.row(row);
            x[row] = (x[row] - dot(&cells[start..row], &x[start..row])) / cells[row];
        }
    }

    /// ln det A.
    pub(crate) fn log_determinant(&self) -> f64 {
        2.0 * (0..self.lower.size).map(|row| self.lower[(row, row)].ln()).sum::<f64>()
    }

    /// The inverse of A.
    pub(crate) fn inverse(&self) -> Matrix {
        let size = self.lower.size;
        // Row i holds column i of the inverse of L, which is zero before i.
        let mut columns = Matrix::zero(size);
        for row in 0..size {
            let column = columns.row_mut(row);
            column[row] = 1.0;
            self.forward(column, row);
        }
        let mut inverse = Matrix::zero(size);
        for row in 0..size {
            for other in 0..=row {
                let cell = dot(&columns.row(row)[row..], &columns.row(other)[row..]);
                inverse[(row, other)] = cell;
                inverse[(other, row)] = cell;
            }
        }
        inverse
    }

    /// L·z, written to `product`: for independent standard normal z a draw
    /// from N(0, A).
    pub(crate) fn multiply(&self, z: &[f64], product: &mut [f64]) {
        for (row, value) in product.iter_mut().enumerate() {
            let start = self.first[row];
            *value = dot(&self.lower.row(row)[start..=row], &z[start..=row]);
        }
    }
}

/// The sum of products, in eight strands that the processor can run side by
/// side.
fn dot(a: &[f64], b: &[f64]) -> f64 {
    let ((a, a_rest), (b, b_rest)) = (a.as_chunks::<8>(), b.as_chunks::<8>());
    let rest: f64 = a_rest.iter().zip(b_rest).map(|(a, b)| a * b).sum();
    let mut strands = [0.0; 8];
    for (a, b) in a.iter().zip(b) {
        for strand in 0..8 {
            strands[strand] += a[strand] * b[strand];
        }
    }
    rest + strands.iter().sum::<f64>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// B·Bᵀ + I is positive definite whatever B; every third row stands alone.
    fn positive_definite(size: usize, cells: &[f64]) -> Matrix {
        let mut matrix = Matrix::zero(size);
        for row in 0..size {
            for column in 0..size {
                let alone = row != column && (row % 3 == 0 || column % 3 == 0);
                matrix[(row, column)] = f64::from(u8::from(row == column))
                    + (0..size)
                        .map(|k| cells[row * size + k] * cells[column * size + k])
                        .sum::<f64>()
                        * f64::from(u8::from(!alone));
            }
        }
        matrix
    }

    proptest! {
        #[test]
        fn solves_inverts_and_multiplies(
            (size, cells, z) in (1_usize..20).prop_flat_map(|size| {
                let cells = prop::collection::vec(-2.0..2.0, size * size);
                (Just(size), cells, prop::collection::vec(-2.0..2.0, size))
            })
        ) {
            let matrix = positive_definite(size, &cells);
            let factor = Cholesky::new(matrix.clone());
            let inverse = factor.inverse();
            let times = |matrix: &Matrix, x: &[f64]| -> Vec<f64> {
                (0..size).map(|row| dot(matrix.row(row), x)).collect()
            };
            let solution = factor.solve(&z);
            for (a, b) in times(&matrix, &solution).iter().zip(&z) {
                prop_assert!((a - b).abs() < 1e-9);
            }
            for (a, b) in times(&inverse, &z).iter().zip(&solution) {
                prop_assert!((a - b).abs() < 1e-9);
            }
            let mut draw = vec![0.0; size];
            factor.multiply(&z, &mut draw);
            // |L·z|² = zᵀ·Lᵀ·L·z, and Lᵀ·A⁻¹·L = I.
            let length: f64 = dot(&draw, &times(&inverse, &draw));
            prop_assert!((length - dot(&z, &z)).abs() < 1e-9);
        }
    }

    #[test]
    fn determinant_of_two_by_two() {
        let mut matrix = Matrix::zero(2);
        (matrix[(0, 0)], matrix[(1, 1)]) = (4.0, 3.0);
        (matrix[(1, 0)], matrix[(0, 1)]) = (1.0, 1.0);
        assert!((Cholesky::new(matrix).log_determinant() - 11_f64.ln()).abs() < 1e-12);
    }
}
