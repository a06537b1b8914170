//! Numerical building blocks: linear algebra, optimisation and quadrature.

mod cholesky;
mod newton;
mod quadrature;

pub(crate) use cholesky::{Cholesky, Matrix};
pub(crate) use newton::{Maximum, maximize};
pub(crate) use quadrature::NormalQuadrature;
