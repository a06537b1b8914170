//! Numerical building blocks: linear algebra, optimisation, quadrature,
//! distributions, sorting by value.

mod cholesky;
mod distributions;
mod quadrature;

pub(crate) use cholesky::{Cholesky, Matrix};
pub(crate) use distributions::{StudentT, jeffreys};
pub(crate) use quadrature::{Maximum, NormalQuadrature, maximize};

/// Sorts positions by their values, the largest first; equal ones stay as they
/// are. Not generic on purpose: every sort that is compiled for types of its own
/// takes several kB of the program.
///
/// # Panics
/// A position has no value.
pub fn sort_descending(positions: &mut [usize], values: &[f64]) {
    positions.sort_by(|&a, &b| values[b].total_cmp(&values[a]));
}
