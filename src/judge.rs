//! What we conclude: scores, rankings, flags. Pure functions of the domain.

mod next_step;
mod rank;
mod score;

pub use next_step::{NextStep, next_step};
pub use rank::{Flag, Standing, flags, rank};
pub use score::{Appetite, Form, Score, ScoreRule, score, shown_tenths, strategy};
