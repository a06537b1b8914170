//! What we conclude: scores, rankings, flags. Pure functions of the domain.

mod rank;
mod rule;
mod score;
mod strategy;

pub use rank::{Flag, Standing, flags, possible_ranks, rank};
pub use rule::{Appetite, Form, ScoreRule};
pub use score::{Score, score, shown_tenths};
pub use strategy::strategy;
