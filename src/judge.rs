//! What we conclude: scores, rankings, flags. Pure functions of the domain.

mod cholesky;
pub mod duel;
mod newton;
mod rank;
mod score;
pub mod simulate;
pub mod taste;

pub use rank::{Flag, Standing, flags, rank};
pub use score::{Appetite, Form, Score, ScoreRule, score, shown_tenths, strategy};
