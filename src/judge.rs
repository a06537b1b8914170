//! What we conclude: scores, rankings, flags. Pure functions of the domain.

mod rank;
mod score;
mod similarity;

pub use rank::{Flag, Standing, flags, rank};
pub use score::{Appetite, Form, Score, ScoreRule, score, shown_tenths, strategy};
pub use similarity::{ALIKE, Resemblance, SimilarityIndex};
