//! What we conclude: scores, rankings, flags. Pure functions of the domain.

mod hinge;
mod next_step;
mod rank;
mod rule;
mod score;
mod strategy;
mod student;

pub use hinge::{Hinge, Level, Observation};
pub use next_step::{NextStep, next_step};
pub use rank::{Flag, Standing, flags, possible_ranks, rank};
pub use rule::{Appetite, Form, ScoreRule};
pub use score::{Score, score, shown_tenths};
pub use strategy::strategy;
