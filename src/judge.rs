//! What we conclude: scores, rankings, flags. Pure functions of the domain.

mod rank;
mod robustness;
mod rule;
mod score;
mod strategy;

pub use rank::{Flag, Standing, flags, possible_ranks, rank};
pub use robustness::{
    Acceptability, Answer, OpenQuestion, Passing, Sampling, Side, Stability, Study, TippingPoint,
    WeightInterval, WeightSpread, tipping_points, weight_stability,
};
pub use rule::{Appetite, Form, ScoreRule};
pub use score::{Score, score, shown_tenths};
pub use strategy::strategy;
