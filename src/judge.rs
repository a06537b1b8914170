//! What we conclude: scores, rankings, verdicts, flags. Pure functions of the
//! domain; the day as of which is judged is always an argument.

mod effort;
mod hinge;
mod promise;
mod rank;
mod rule;
mod score;
mod strategy;
mod student;
mod traction;
mod verdict;
mod words;

pub use effort::{Effort, EffortUnit};
pub use hinge::{Course, Hinge, Level, Observation};
pub use promise::{PromiseStanding, PromiseState, describe_promise, promises};
pub use rank::{Flag, Standing, flags, possible_ranks, rank};
pub use rule::{Appetite, Form, ScoreRule};
pub use score::{Score, score, shown_tenths};
pub use strategy::strategy;
pub use traction::{Outlook, Traction};
pub use verdict::{StallRule, Verdict};
