//! What we conclude: scores, rankings, verdicts, flags. Pure functions of the
//! domain; the day as of which is judged is always an argument.

mod alternative;
mod belief;
mod calibration;
mod days;
mod direction;
mod effort;
mod hinge;
mod hours;
mod next_step;
mod parking;
mod promise;
mod rank;
mod raters;
mod review;
mod rule;
mod score;
mod second_look;
pub mod simulate;
mod strategy;
mod student;
mod traction;
mod verdict;
mod words;

pub use alternative::Alternative;
pub use calibration::{
    Bin, Calibration, Decomposition, FEW, Forecast, Judged, Recalibration, Selection, forecasts,
    selection,
};
pub use direction::{Direction, directions};
pub use effort::{Effort, EffortUnit};
pub use hinge::{Course, Hinge, Level, Observation};
pub use hours::hours_within;
pub use next_step::{NextStep, next_step};
pub use parking::effective_status;
pub use promise::{PromiseStanding, PromiseState, describe_promise, promises};
pub use rank::{Flag, Standing, flags, possible_ranks, rank};
pub use raters::{Answers, disputes, others, scores};
pub use review::{Review, Urgency, queue, review, review_of};
pub use rule::{Appetite, Form, ScoreRule};
pub use score::{Score, score, shown_tenths};
pub use second_look::{SecondLook, second_looks};
pub use strategy::strategy;
pub use traction::{Outlook, Traction};
pub use verdict::{StallRule, Verdict};
