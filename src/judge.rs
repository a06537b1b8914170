//! What we conclude: scores, rankings, flags. Pure functions of the domain.

mod memory;
mod parking;
mod rank;
mod raters;
mod score;
mod similarity;
mod triage;

pub use memory::{Reminder, is_duplicate, reminders};
pub use parking::effective_status;
pub use rank::{Flag, Standing, flags, possible_ranks, rank};
pub use raters::{Answers, disputes, others, scores};
pub use score::{Appetite, Form, Score, ScoreRule, score, shown_tenths, strategy};
pub use similarity::{ALIKE, Resemblance, SimilarityIndex};
pub use triage::{Card, Landing, Progress, Return, next_open, questions, queue};
