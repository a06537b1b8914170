//! Numerical building blocks: linear algebra, optimisation, quadrature and
//! distributions.

mod beta;
mod cholesky;
mod newton;
mod quadrature;
mod student_t;

pub(crate) use beta::jeffreys;
pub(crate) use cholesky::{Cholesky, Matrix};
pub(crate) use newton::{Maximum, maximize};
pub(crate) use quadrature::NormalQuadrature;
pub(crate) use student_t::StudentT;
